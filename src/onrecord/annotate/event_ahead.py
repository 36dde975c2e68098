"""What is only asked, wished for or refused for the time to come: neither an act nor a denial of one."""

from __future__ import annotations

from onrecord.annotate.event_conditions import negated
from onrecord.annotate.event_grammar import is_verb
from onrecord.text.tree import Tree

_MODALS = frozenset({"will", "'ll", "wo", "sha", "shall", "would", "'d"})
_WISHES = frozenset({"expect", "want", "like", "need", "require", "prefer"})


def _clause_edge(tree: Tree, i: int) -> bool:
    """Whether what stands above does not bear on the clause of `i`: a relative or adverbial clause, or
    a coordinate one with a subject and a tense of its own ("..., but Quill has warned that")."""
    if tree.deps[i] == "conj" and is_verb(tree, i):
        modal = any(tree.tags[a] in ("MD", "TO") for a in tree.all(i, "aux"))
        return not modal and tree.child(i, "nsubj", "nsubjpass") is not None
    return tree.deps[i] in ("relcl", "advcl") and not (
        tree.tags[i] in ("VBG", "VBN") and tree.child(i, "nsubj", "mark") is None
    )


def asked_or_wished(tree: Tree, trigger: int) -> str | None:
    """Why the act is told by nobody as done or to come, where a clause around it, at any depth, is only
    asked or wished for by somebody else; None where none is."""
    for i in (trigger, *tree.ancestors(trigger)):
        if tree.deps[i] in ("ccomp", "pcomp", "csubj"):
            marks = {tree.words[m].lower() for m in tree.all(i, "mark", "advmod")}
            if "whether" in marks:
                return "asked whether, not told as done"
        if (
            tree.deps[i] == "ccomp"
            and tree.lemmas[tree.heads[i]] in _WISHES
            and any(tree.words[a].lower() == "to" for a in tree.all(i, "aux"))
            and tree.child(i, "nsubj", "nsubjpass") is not None
        ):
            wishing = tree.heads[i]
            modal = any(tree.words[a].lower() in _MODALS for a in tree.all(wishing, "aux"))
            if modal or tree.lemmas[wishing] != "expect":
                return "wanted by somebody else, not planned by who would do it"
        if _clause_edge(tree, i):
            return None
    return None


def negated_ahead(tree: Tree, trigger: int) -> bool:
    """Whether the negation on the way up is of what is still to come or open ("will not annex", "could
    not be imposed without"), or stands in what somebody only seeks; a past one denies."""
    for i in (trigger, *tree.ancestors(trigger)):
        if not is_verb(tree, i):
            continue
        if negated(tree, i) is not None:
            low = {tree.words[a].lower() for a in tree.all(i, "aux", "auxpass")}
            if "have" in low:
                return False
            if low & _MODALS:
                return True
            open_ = low & {"could", "can", "ca"}
            return bool(open_) and _without_leave(tree, i)
        if _clause_edge(tree, i):
            return False
    return False


def _without_leave(tree: Tree, i: int) -> bool:
    """Whether a `without` names what it would take: "no change could be made without their leave"."""
    return any(tree.words[c].lower() == "without" for c in tree.all(i, "prep"))

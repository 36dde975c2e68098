"""Explicit conditions and negations around a verb of a stored parse. Neither may ever be lost."""

from __future__ import annotations

from onrecord.annotate.event_grammar import is_verb
from onrecord.annotate.event_words import load_words
from onrecord.text.tree import Tree


def _opening(tree: Tree, tokens: tuple[int, ...], count: int = 6) -> str:
    return " ".join(tree.words[t].lower() for t in tokens[:count])


def _is_condition(tree: Tree, i: int, tokens: tuple[int, ...], future: bool) -> bool:
    words = load_words()
    mark = tree.child(i, "mark", "advmod")
    opening = _opening(tree, tokens)
    first = tree.words[tokens[0]].lower()
    if opening.startswith(("as if ", "as though ")):
        return False
    if mark is not None and tree.words[mark].lower() in words.marks:
        return tree.deps[i] not in ("ccomp", "csubj") or tree.words[mark].lower() != "if"
    if first in words.marks and tree.deps[i] not in ("ccomp", "csubj"):
        return True
    if any(opening.startswith((p, f"only {p}")) for p in words.phrases):
        return True
    before = tree.words[tokens[0] - 1].lower() if tokens[0] else ""
    if future and (
        any(opening.startswith(p) for p in words.after_future)
        or (before == "only" and first in ("after", "when", "once"))
    ):
        return True
    # inversion: "had the bridge held", "should he return"
    own = tree.child(i, "nsubj", "nsubjpass")
    aux = tree.child(i, "aux", "auxpass")
    return (
        tree.deps[i] in ("advcl", "ccomp", "parataxis", "dep")
        and aux is not None
        and aux == tokens[0]
        and (own is None or aux < own < i)
        and (own is not None or (first == "should" and i > aux + 1))
        and first in words.inverted
    )


def condition_of(tree: Tree, i: int, future: bool) -> tuple[int, ...] | None:
    """The tokens of an explicit condition that hangs on verb `i`; None if there is none."""
    root = inverted_root(tree, i)
    if root is not None:
        return _without(tree, root, i)
    for c in tree.children[i]:
        if tree.deps[c] not in (
            "advcl",
            "prep",
            "ccomp",
            "acl",
            "relcl",
            "dep",
            "parataxis",
            "mark",
            "pcomp",
            "npadvmod",
            "advmod",
            "dobj",
            "conj",
        ):
            continue
        tokens = tree.subtree(c)
        if tree.deps[c] in ("prep", "npadvmod", "advmod", "mark", "dobj"):
            opening = _opening(tree, tokens)
            if any(opening.startswith(p) for p in load_words().phrases):
                return tokens
            continue
        if is_verb(tree, c) or tree.pos[c] in ("ADJ", "NOUN", "PROPN"):
            if tree.deps[c] in ("conj", "ccomp") and tree.child(c, "mark") is None and c > i:
                continue
            if _is_condition(tree, c, tokens, future):
                return tokens
    return None


def inverted_root(tree: Tree, i: int) -> int | None:
    """The verb of an inverted condition that the parse made the head of verb `i`: "police would arrest
    him should he return"; None where there is none."""
    head = tree.heads[i]
    if head == i or tree.deps[i] != "ccomp" or i > head:
        return None
    own = tree.child(head, "nsubj", "nsubjpass")
    aux = tree.child(head, "aux", "auxpass")
    if own is None or aux is None or not i < aux < own < head:
        return None
    return head if tree.words[aux].lower() in load_words().inverted else None


def condition_phrase(tree: Tree, i: int) -> tuple[int, ...] | None:
    """A condition the parse hung elsewhere in the same clause: "provided that", "in the event of"."""
    words = load_words()
    low = [w.lower() for w in tree.words]
    for start in range(len(tree)):
        rest = " ".join(low[start : start + 6])
        named = next(
            (
                p
                for p in (*words.phrases, "only after", "only once")
                if rest == p or rest.startswith(p + " ")
            ),
            None,
        )
        if named is None:
            continue
        end = start + 1
        while end < len(tree) and tree.words[end] not in (",", ";", ".", '"', "”"):
            end += 1
        if not start <= i < end:
            return tuple(range(start, end))
    return None


def _without(tree: Tree, top: int, part: int) -> tuple[int, ...]:
    out = set(tree.subtree(part))
    return tuple(t for t in tree.subtree(top) if t not in out and tree.words[t] != ".")


def inside_condition(tree: Tree, i: int) -> tuple[int, ...] | None:
    """The condition clause that token `i` itself stands in; None if it stands in none."""
    j = i
    while True:
        main = next((c for c in tree.children[j] if inverted_root(tree, c) == j), None)
        if main is not None and i not in tree.subtree(main):
            return _without(tree, j, main)
        if is_verb(tree, j) or tree.pos[j] in ("ADJ", "NOUN"):
            tokens = tree.subtree(j)
            if tree.deps[j] in (
                "advcl",
                "acl",
                "relcl",
                "pcomp",
                "dep",
                "ccomp",
                "parataxis",
            ) and _is_condition(tree, j, tokens, future=False):
                return tokens
        if tree.deps[j] == "prep" and any(
            _opening(tree, tree.subtree(j)).startswith(p) for p in load_words().phrases
        ):
            return tree.subtree(j)
        if tree.heads[j] == j:
            return None
        j = tree.heads[j]


# --------------------------------------------------------------------------- negation


def negated(tree: Tree, i: int) -> str | None:
    """The word that negates verb `i` or one of its subjects and objects; None if nothing does."""
    words = load_words()
    low = {c: tree.words[c].lower() for c in tree.children[i]}
    for c, word in low.items():
        if tree.deps[c] == "neg" or (
            word in words.sets["negation"]
            and tree.deps[c] in ("advmod", "preconj", "cc", "aux", "dep")
        ):
            if (
                word == "not"
                and c + 1 < len(tree)
                and tree.words[c + 1].lower() in ("only", "just", "merely")
            ):
                continue
            return word
    for c in tree.all(i, "advmod", "npadvmod"):  # no longer, never again
        for d in tree.subtree(c):
            if tree.words[d].lower() in ("no", "never", "nowhere") and d != c:
                return tree.words[d].lower()
    for c in low:
        if tree.deps[c] not in ("nsubj", "nsubjpass", "dobj", "agent", "attr"):
            continue
        noun = tree.child(c, "pobj") if tree.deps[c] == "agent" else c
        if noun is None:
            continue
        if tree.words[noun].lower() in words.sets["negative_subject"]:
            return tree.words[noun].lower()
        for d in tree.subtree(noun):
            if d >= noun:
                break
            if tree.words[d].lower() in ("no", "neither", "not") and tree.heads[d] in (noun, d + 1):
                return tree.words[d].lower()
    return None


def yet_to(tree: Tree, i: int) -> bool:
    """Has yet to share, is yet to decide."""
    before = [w.lower() for w in tree.words[max(0, i - 3) : i]]
    return "yet" in before and "to" in before

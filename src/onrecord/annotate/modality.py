"""Negation and modality of a clause and of the cue that reports it, read from the stored parse."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from onrecord.text.tree import Tree

_VERBS = ("VERB", "AUX")
_WOULD = frozenset(("would", "'d", "’d"))
_HAPPENED = frozenset(
    "continue begin start appear seem try go come use happen tend proceed keep rush hasten decide choose manage".split()
)
_AHEAD = frozenset(
    "plan expect intend vow promise want prepare set seek hope agree aim due pledge schedule look".split()
)


@functools.cache
def words_of_acts() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("onrecord.annotate").joinpath("acts.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def negated(tree: Tree, verb: int) -> bool:
    """Whether a verb is denied: not, never, "no one", "has no plans", "neither ... nor"."""
    words = words_of_acts()["negators"]
    shared = (c for c in tree.all(verb, "conj") if tree.pos[c] in _VERBS)
    group = [verb, *(c for c in shared if tree.child(c, "nsubj", "nsubjpass", "expl") is None)]
    denied = any(
        tree.deps[c] == "neg"
        or tree.words[c].lower() in ("never", "n't", "n’t", "neither", "hardly")
        for one in group
        for c in tree.children[one]
    )
    nobody = any(_is_none(tree, c, words) for c in tree.all(verb, "nsubj", "nsubjpass"))
    nothing = any(_is_none(tree, c, words) for c in tree.all(verb, "dobj", "attr", "oprd"))
    longer = any(
        tree.words[c].lower() == "longer" and c and tree.words[c - 1].lower() == "no"
        for c in tree.subtree(verb)
        if verb in (tree.heads[c], tree.heads[tree.heads[c]])
    )
    return (denied != nobody) or nothing or longer


def _is_none(tree: Tree, noun: int, words: frozenset[str]) -> bool:
    """ "nobody", "no plans", "neither we nor they"."""
    return (
        tree.words[noun].lower() in words
        or any(tree.words[c].lower() in ("no", "neither") and c < noun for c in tree.children[noun])
        or any(
            tree.words[c].lower() == "not" and c <= min(tree.subtree(noun)) + 1
            for c in tree.subtree(noun)
        )
    )


_EPISTEMIC = frozenset(["believe", "think", "convince", "assume", "suppose", "guess"])
_SURE = frozenset(["convinced", "sure", "certain", "confident", "clear", "adamant"])


def embedded(tree: Tree, verb: int) -> int | None:
    """What is believed, of "I am convinced that they do not want it"; None for any other verb."""
    if tree.lemmas[verb] in _EPISTEMIC:
        return tree.child(verb, "ccomp")
    acomp = tree.child(verb, "acomp")
    if acomp is not None and tree.words[acomp].lower() in _SURE:
        return tree.child(acomp, "ccomp") or tree.child(verb, "ccomp")
    return None


def predicate(tree: Tree, tokens: Iterable[int]) -> int | None:
    """The main verb among some tokens of a sentence: the highest one, the first of several."""
    inside = tuple(tokens)
    members = set(inside)
    tops = [
        t
        for t in inside
        if tree.pos[t] in _VERBS
        and tree.deps[t] not in ("aux", "auxpass")
        and (tree.heads[t] not in members or tree.heads[t] == t)
    ]
    if tops:
        top = next((t for t in tops if not _is_conditional(tree, t)), tops[0])
        return _told_behind(tree, top, members)
    verbs = [t for t in inside if tree.pos[t] in _VERBS and tree.deps[t] not in ("aux", "auxpass")]
    return min(verbs, key=lambda t: (sum(1 for _ in tree.ancestors(t)), t)) if verbs else None


def _told_behind(tree: Tree, top: int, members: set[int]) -> int:
    """Of "I do, but I will not give it" what follows: the bare verb only answers."""
    other = next((c for c in tree.all(top, "conj") if tree.pos[c] in _VERBS), None)
    bare = tree.lemmas[top] in ("do", "be", "have", "can", "will") and not any(
        tree.deps[c] not in ("nsubj", "punct", "cc", "conj", "intj") for c in tree.children[top]
    )
    return other if bare and other is not None and other in members else top


def _is_conditional(tree: Tree, verb: int) -> bool:
    return any(tree.words[c].lower() in ("if", "unless") for c in tree.all(verb, "mark"))


def cue_modality(tree: Tree, verb: int | None) -> str:
    """How far the saying itself is a fact: asserted, planned, possible, required, hypothetical."""
    if verb is None:
        return "asserted"
    for child in tree.all(verb, "aux"):
        word = tree.words[child].lower()
        if word in ("will", "'ll", "’ll", "wo", "shall"):
            return "planned"
        if word in words_of_acts()["required_words"]:
            return "required"
        if word in ("may", "might", "can", "could"):
            return "possible"
        if word in ("would", "'d", "’d"):
            return "hypothetical"
        if tree.tags[child] == "TO":
            head = tree.heads[verb]
            if tree.deps[verb] not in ("xcomp", "ccomp", "acl", "advcl"):
                return "asserted"
            if tree.lemmas[head] in _HAPPENED:
                return "asserted"
            if tree.lemmas[head] in _AHEAD or tree.deps[verb] == "advcl":
                return "planned"
            if tree.lemmas[head] == "be" or tree.lemmas[head] == "have":
                return "planned" if tree.lemmas[head] == "be" else "required"
            return "possible"
        if tree.lemmas[child] == "go":
            return "planned"
    if any(tree.words[c].lower() in ("if", "whether", "unless") for c in tree.all(verb, "mark")):
        return "hypothetical"
    subject = tree.child(verb, "nsubj", "nsubjpass")
    asked = tree.words[-1] == "?" and subject is not None
    if asked and any(c < (subject or 0) for c in tree.all(verb, "aux", "auxpass")):
        return "hypothetical"
    return "asserted"


def content_modality(tree: Tree, verb: int, *, reported: bool) -> str:
    """The modality of a content's main verb. `reported`: in indirect speech after a past cue, where
    "would" is the past of "will"."""
    words = words_of_acts()
    auxiliaries = {tree.words[c].lower() for c in tree.all(verb, "aux")}
    if auxiliaries & _WOULD:
        if tree.tags[verb] == "VBN" and "have" in auxiliaries:
            # "would have beaten anyone": what did not come about
            return "hypothetical"
        inner = tree.child(verb, "xcomp", "ccomp")
        if tree.lemmas[verb] in ("have", "need") and inner is not None and is_to(tree, inner):
            return "required"
    for child in (*tree.all(verb, "aux", "auxpass"), *tree.all(verb, "advmod")):
        word = tree.words[child].lower()
        if word == "shall":
            # "no farmer shall draw water" is a rule, "we shall see" is none
            subject = tree.child(verb, "nsubj", "nsubjpass")
            first = subject is None or tree.words[subject].lower() in ("i", "we")
            return "planned" if first else "required"
        if word in ("will", "'ll", "’ll", "wo"):
            return "planned"
        if word in words["required_words"]:
            return "required"
        if word in words["possible_words"]:
            return "possible"
        if word in _WOULD:
            return "planned" if reported else "hypothetical"
    lemma = tree.lemmas[verb]
    inner = tree.child(verb, "xcomp")
    if lemma in ("have", "need") and inner is not None and is_to(tree, inner):
        return "required"
    if lemma == "go" and inner is not None and is_to(tree, inner) and tree.tags[verb] == "VBG":
        deeper = tree.child(inner, "xcomp")
        return "required" if tree.lemmas[inner] == "have" and deeper is not None else "planned"
    if (
        lemma in ("plan", "intend", "aim", "prepare", "hope", "want", "expect")
        and inner is not None
    ):
        return "planned"
    acomp = tree.child(verb, "acomp")
    if acomp is not None and tree.words[acomp].lower() in (
        "ready",
        "prepared",
        "set",
        "due",
        "willing",
    ):
        return "planned"
    if acomp is not None and tree.words[acomp].lower() in words["possible_words"]:
        return "possible"
    if is_to(tree, verb):
        return "planned"
    if lemma in ("plan", "schedule", "intend") and tree.child(verb, "auxpass") is not None:
        # "no such step was planned"
        return "planned"
    return "asserted"


def is_to(tree: Tree, verb: int) -> bool:
    return any(tree.tags[c] == "TO" for c in tree.all(verb, "aux"))

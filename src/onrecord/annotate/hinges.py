"""What a statement hangs on, as far as its act depends on it: who is to do what, wished for or feared.

"We will pay if they leave" offers, "unless they leave" threatens, and "unless we act" warns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.annotate import speakers
from onrecord.annotate.conditions import Condition, is_present
from onrecord.annotate.modality import words_of_acts
from onrecord.text.tree import Tree

Own = Callable[[Tree, int], bool]
_VERBS = ("VERB", "AUX")
_PEOPLE = ("they", "you", "he", "she", "it", "who", "nobody", "anybody", "anyone", "somebody")


@dataclass(frozen=True, slots=True)
class Hinge:
    """`kind`: "" if nothing is hung on, "open" for a condition in the present tense, "event" for a
    subject that is one ("failure to pay would ..."), "alternative" for "pay or we ...", else "remote". `word` is its first word, of "as soon
    as" and "so long as" the first two. `wished`
    if the speaker may want it, `feared` if its words say that nobody does, `unsettled`
    if they tell neither; `doer` is "us" if
    "we" are to do it, "self" if the speaker's side otherwise is, "other" if somebody else is, "" for what only happens."""

    kind: str = ""
    word: str = ""
    wished: bool = False
    feared: bool = False
    unsettled: bool = False
    doer: str = ""


NONE = Hinge()
ELSEWHERE = Hinge("open")
"""A condition that another sentence names."""


def hinge(tree: Tree, condition: Condition, own: Own, verb: int | None = None) -> Hinge:
    """The hinge that a condition of a sentence is for the clause of `verb`."""
    tokens = condition.tokens
    kind = "open" if is_present(tree, condition) else "remote"
    if condition.kind == "nominal":
        kind = "event"
    elif condition.kind == "alternative":
        kind = "alternative"
    words = words_of_acts()
    denied = any(
        tree.deps[t] == "neg" or tree.words[t].lower() in words["negators"] for t in tokens
    )
    lemmas = {tree.lemmas[t] for t in tokens if tree.pos[t] in _VERBS}
    # "if they stop shooting" is wished for
    relief = bool(lemmas & words["relief_verbs"])
    feared = denied or (not relief and bool(lemmas & (words["harm_verbs"] | words["feared_verbs"])))
    return Hinge(
        kind,
        " ".join(tree.words[t].lower() for t in tokens[: 2 if _is_as(tree, tokens[0]) else 1]),
        wished=not (feared or lemmas & words["unsettled_verbs"]),
        feared=feared,
        unsettled=not feared and bool(lemmas & words["unsettled_verbs"]),
        doer=_doer(tree, tokens, own, verb),
    )


def _is_as(tree: Tree, token: int) -> bool:
    return tree.words[token].lower() in ("as", "so")


def _doer(tree: Tree, tokens: tuple[int, ...], own: Own, main: int | None) -> str:
    inside = set(tokens)
    verb = next(
        (
            t
            for t in tokens
            if tree.pos[t] in _VERBS and tree.child(t, "nsubj") is not None and t in inside
        ),
        None,
    )
    subject = None if verb is None else tree.child(verb, "nsubj")
    if subject is None or subject not in inside:
        return ""
    if tree.words[subject].lower() == "we":
        return "us"
    beside = None if main is None else tree.child(main, "nsubj", "nsubjpass")
    if beside is not None and tree.pos[beside] == tree.pos[subject] == "PRON":
        # "she would ruin him if he went": two pronouns are two doers, one is one
        same = tree.words[beside].lower() == tree.words[subject].lower()
        return "self" if same and own(tree, subject) else "other"
    if own(tree, subject):
        return "self"
    if tree.words[subject].lower() in _PEOPLE or tree.pos[subject] == "PROPN":
        return "other"
    return "other" if speakers.speaks(tree, subject) else ""

"""Speakers named twice right before the verb: "..., the town's mayor, Jonas Kirin, said".

Parsers take such a pair for the object or the complement of what is said, or hang it on the name
before it. Read from the words: two
noun phrases between commas, one a name and one an office or a role, then the verb.
"""

from __future__ import annotations

from onrecord.annotate.cues import Cue
from onrecord.annotate.speakers import Phrase, speaks
from onrecord.text.tree import Tree

_LONGEST = 12
"""Tokens of one of the two phrases, at most: "the head of the country's largest union of teachers" has nine."""
_OPEN = (",", "”", '"', "’", "'", "—", "–", "--")
_PHRASE = frozenset(("NOUN", "PROPN", "ADJ", "DET", "PART", "ADP", "NUM", "PRON", "CCONJ", "PUNCT"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def trailing(tree: Tree, cue: Cue) -> Phrase | None:
    """The speaker of a cue behind a clause or a preposition, if it is named with an apposition; else None."""
    first = min(cue.tokens)
    if (
        cue.kind != "verb"
        or not cue.takes("aside")
        or tree.tags[cue.head] not in ("VBD", "VBZ")
        or first < 5
        or tree.words[first - 1] != ","
    ):
        return None
    middle = _opening(tree, first - 1)
    if middle is None or tree.words[middle] != ",":
        return None
    start = _opening(tree, middle)
    if start is None:
        return None
    # "..., the mayor, Jonas Kirin, said" and "In a letter to the council, the mayor, Jonas Kirin, said"
    if tree.pos[0] != "ADP" and not any(tree.tags[t] in _FINITE for t in range(start)):
        return None
    one, other = range(start + 1, middle), range(middle + 1, first - 1)
    if not (
        (_is_name(tree, one) and _is_role(tree, other))
        or (_is_role(tree, one) and _is_name(tree, other))
    ):
        return None
    head = _head(tree, one)
    core = tuple(one)
    whole = tuple(range(one.start, other.stop))
    return None if head is None else Phrase(head, whole, core, whole)


def _opening(tree: Tree, closing: int) -> int | None:
    """The comma, dash or closing mark before a phrase that ends right before `closing`."""
    for t in range(closing - 1, max(-1, closing - 2 - _LONGEST), -1):
        if tree.words[t] in _OPEN and not (tree.words[t] in ("'", "’") and tree.pos[t] == "PART"):
            return t if t < closing - 1 else None
        if tree.pos[t] not in _PHRASE:
            return None
    return None


def _head(tree: Tree, phrase: range) -> int | None:
    """The noun a phrase is about: the last one before its first preposition."""
    stop = next((t for t in phrase if tree.pos[t] == "ADP" and t > phrase.start), phrase.stop)
    nouns = [t for t in range(phrase.start, stop) if tree.pos[t] in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else None


def _is_name(tree: Tree, phrase: range) -> bool:
    return len(phrase) <= 5 and all(
        tree.pos[t] == "PROPN" and not tree.ents[t].endswith(("DATE", "TIME")) for t in phrase
    )


def _is_role(tree: Tree, phrase: range) -> bool:
    head = _head(tree, phrase)
    return (
        head is not None
        and tree.pos[phrase.start] in ("DET", "NOUN", "PROPN", "ADJ", "PRON")
        and tree.words[head][:1].islower()
        and speaks(tree, head)
    )

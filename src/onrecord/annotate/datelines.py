"""Datelines in front of a sentence: "PORT SELN, March 3 (CWN) - Two ministers said …".

The reading cuts off the dateline it finds at the head of a report. Those further down, and those it
left in the text, are no part of what the sentence says, though the parse takes their town for a subject.
"""

from __future__ import annotations

from onrecord.text.tree import Tree

_DASHES = ("—", "–", "-", "--", "―")
_LONGEST = 4
"""Words of a town's name in capitals."""
_WITHIN = 10
"""Tokens behind the town in which the dash stands: the state, the day, the agency."""


def town(tree: Tree) -> int:
    """How many tokens at the head of a sentence name the town of a dateline; 0 if there is none."""
    last = 0
    while (
        last < min(len(tree), _LONGEST)
        and tree.words[last].isupper()
        and tree.words[last].isalpha()
    ):
        last += 1
    if not last or len(tree.words[0]) < 3 or last == len(tree):
        return 0
    if tree.words[last] not in (*_DASHES, ",", "("):
        return 0
    return last if dash(tree, last) else 0


def dash(tree: Tree, town: int) -> int | None:
    """The token of the dash that ends a dateline whose town has so many tokens."""
    starts, ends = tree.sentence.starts, tree.sentence.ends
    for i in range(town, min(len(tree), town + _WITHIN)):
        # A hyphen with nothing beside it joins two words.
        if tree.words[i] in _DASHES and (tree.words[i] != "-" or ends[i - 1] < starts[i]):
            return i
    return None


def told_from(tree: Tree) -> int:
    """The first token behind a sentence's dateline; 0 if it has none."""
    here = town(tree)
    end = dash(tree, here) if here else None
    return 0 if end is None else end + 1

"""A span: a mention before it has a chain. Found by several finders, settled so that none overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.text.tree import Tree


@dataclass(frozen=True)
class Span:
    """Tokens `first` to `last` (exclusive) of one sentence that name somebody or something.

    `head` is the token the sentence's other words attach to. `name` is how the record names it.
    `definite`: worded as known already ("the minister"). `title`: honorific as written, for gender.
    `rank` settles overlaps: the lower wins.
    """

    sentence: int
    first: int
    last: int
    head: int
    kind: str
    role: str
    name: str
    rank: int
    office: str | None = None
    country: str | None = None
    definite: bool = False
    plural: bool = False
    gender: str | None = None
    key: str = ""
    noun: bool = False
    """A noun phrase, no name: who it is hangs on what stands before it."""
    tail: bool = False
    """Its name goes on behind its noun ("chairman of the council"): it takes up nothing."""
    holder: tuple[int, int] | None = None
    """For an office beside its holder's name: (sentence, first token) of that name."""


def settle(spans: Iterable[Span]) -> list[Span]:
    """The spans without overlaps: of two that overlap the better rank stays, then the longer, the earlier."""
    kept: dict[int, list[Span]] = {}
    order = sorted(spans, key=lambda s: (s.rank, s.first - s.last, s.sentence, s.first))
    for span in order:
        beside = kept.setdefault(span.sentence, [])
        if all(span.first >= other.last or span.last <= other.first for other in beside):
            beside.append(span)
    return sorted(
        (s for group in kept.values() for s in group), key=lambda s: (s.sentence, s.first)
    )


def head_of(tree: Tree, first: int, last: int) -> int:
    """The token of `first:last` that hangs on a token outside it (the last such one)."""
    for i in range(last - 1, first - 1, -1):
        if tree.heads[i] == i or not first <= tree.heads[i] < last:
            return i
    return last - 1


def text_of(tree: Tree, text: str, first: int, last: int) -> str:
    """The words of `first:last` as written."""
    return text[tree.sentence.starts[first] : tree.sentence.ends[last - 1]]


def nominal(tree: Tree, i: int) -> tuple[int, str]:
    """The token whose place in the clause a conjunct or apposition shares, and its dependency."""
    seen = 0
    while tree.deps[i] in ("conj", "appos") and tree.heads[i] != i and seen < 12:
        above = tree.heads[i]
        if tree.pos[above] not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            break
        i, seen = above, seen + 1
    return i, tree.deps[i]

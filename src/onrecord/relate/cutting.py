"""A version cut up for comparison: blocks, and where it is asked for their sentences and units."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from onrecord.records import Version
from onrecord.relate.segments import plain_words, sentences, units
from onrecord.text.quotes import quotations

FRAME = frozenset({"byline", "dateline"})
"""Kinds of blocks that say who wrote and when, not what happened."""

LAYOUT = frozenset({"byline", "dateline", "deck", "caption"})
"""Kinds whose place on the page is the template's."""


class Segment:
    """A sentence of a version: its range, its block's index and kind; its units on demand."""

    __slots__ = ("_plain", "_spans", "_words", "block", "end", "kind", "start", "text")

    def __init__(self, start: int, end: int, block: int, kind: str, text: str) -> None:
        self.start, self.end, self.block, self.kind, self.text = start, end, block, kind, text
        self._spans: list[tuple[int, int]] | None = None
        self._words: list[str] | None = None
        self._plain: list[str] | None = None

    @property
    def plain(self) -> list[str]:
        """Its words without marks: by what it is known again."""
        if self._plain is None:
            self._plain = plain_words(self.text)
        return self._plain

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Ranges of its units in the version's text."""
        if self._spans is None:
            low = self.start
            self._spans = [(low + a, low + b) for a, b in units(self.text)]
        return self._spans

    @property
    def words(self) -> list[str]:
        """Its units."""
        if self._words is None:
            low, text = self.start, self.text
            self._words = [text[a - low : b - low] for a, b in self.spans]
        return self._words


@dataclass(frozen=True, slots=True)
class VisibleBlock:
    """A block that holds anything: its index in the version, its kind, its text."""

    number: int
    kind: str
    text: str


class CutVersion:
    """A version with its blocks, cut into sentences where that is asked for."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.text = text = version.text
        self.blocks = [
            VisibleBlock(number, block.kind, piece)
            for number, block in enumerate(version.blocks)
            if not (piece := text[block.start : block.end]).isspace() and piece
        ]
        self._cut: dict[int, tuple[Segment, ...]] = {}

    def cut(self, number: int) -> tuple[Segment, ...]:
        """The sentences of a block."""
        if number not in self._cut:
            block, text = self.version.blocks[number], self.text
            self._cut[number] = tuple(
                Segment(start, end, number, block.kind, text[start:end])
                for start, end in sentences(text, block.start, block.end)
            )
        return self._cut[number]

    def uncut(self, block: VisibleBlock) -> Segment:
        """A block as one segment, for what needs no sentences."""
        start = self.version.blocks[block.number].start
        text = block.text.strip()
        start += block.text.index(text)
        return Segment(start, start + len(text), block.number, block.kind, text)

    def sentences(self) -> list[Segment]:
        """All sentences, in order."""
        return [segment for block in self.blocks for segment in self.cut(block.number)]

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Ranges inside quotation marks, in order."""
        ranges = [(block.start, block.end) for block in self.version.blocks]
        return tuple(p for q in quotations(self.text, ranges) for p in q.pieces)

    def quoted_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The ranges inside quotation marks that touch a passage; of a point, those it stands in, their
        ends included."""
        found = []
        k = bisect_left(self._quote_ends, start if start == end else start + 1)
        while k < len(self.quoted):
            low, high = self.quoted[k]
            if low >= end:
                break
            found.append((low, high))
            k += 1
        return found

    @cached_property
    def _quote_ends(self) -> list[int]:
        return [high for _, high in self.quoted]

    def block_text(self, number: int) -> str:
        """The text of a block by its index in the version."""
        block = self.version.blocks[number]
        return self.text[block.start : block.end]

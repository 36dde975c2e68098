"""The quotations of one version, asked by offset. Ranges include the marks unless said otherwise."""

from __future__ import annotations

from bisect import bisect_right

from onrecord.records import Version
from onrecord.text.quotes import Quotation, quotations

Range = tuple[int, int]
_CLOSING = ("”", '"', "“", "»", "’", "'")
_GAP = frozenset(" ,.;:?!-–—…()[]\"“”‘’'«»\n")


class Quoted:
    """Where a version's text stands in quotation marks."""

    def __init__(self, version: Version) -> None:
        self.text = version.text
        self.all: tuple[Quotation, ...] = quotations(
            version.text, [(b.start, b.end) for b in version.blocks]
        )
        self.pieces: list[tuple[int, int, int]] = []
        for number, quotation in enumerate(self.all):
            for start, end in quotation.pieces:
                low = (
                    start - 2 if self.text[max(0, start - 2) : start] in ("''", "``") else start - 1
                )
                high = end + (
                    2 if self.text.startswith("''", end) else self.text[end : end + 1] in _CLOSING
                )
                self.pieces.append((max(0, low), high, number))
        self._starts = [p[0] for p in self.pieces]

    def at(self, offset: int) -> Quotation | None:
        """The quotation that covers an offset (its marks included), or None."""
        piece = self.piece_at(offset)
        return None if piece is None else self.all[piece[2]]

    def piece_at(self, offset: int) -> tuple[int, int, int] | None:
        """(start, end, number of the quotation) of the piece that covers an offset, or None."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and self.pieces[i][1] > offset:
            return self.pieces[i]
        return None

    def ranges(self, number: int) -> tuple[Range, ...]:
        """All pieces of one quotation, marks included."""
        return tuple((a, b) for a, b, n in self.pieces if n == number)

    def in_range(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Pieces that overlap a range."""
        i = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while i < len(self.pieces) and self.pieces[i][0] < end:
            if self.pieces[i][1] > start:
                found.append(self.pieces[i])
            i += 1
        return found

    def ending_before(self, offset: int) -> tuple[int, int, int] | None:
        """The piece that ends right before an offset, with nothing but punctuation between."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or self.pieces[i][1] > offset:
            return None
        return self.pieces[i] if self.is_gap(self.pieces[i][1], offset) else None

    def starting_after(self, offset: int) -> tuple[int, int, int] | None:
        """The next piece that starts at or after an offset."""
        i = bisect_right(self._starts, offset - 1)
        return self.pieces[i] if i < len(self.pieces) else None

    def is_gap(self, start: int, end: int) -> bool:
        """Whether a range holds nothing but punctuation and blanks."""
        return all(c in _GAP for c in self.text[start:end])

    def _letters(self, start: int, end: int) -> int:
        """Letters and digits in a range."""
        return sum(map(str.isalnum, self.text[start:end]))

    def manner(self, content: list[Range], direct_above: int, mixed_above: int) -> str:
        """direct, indirect or mixed, by the share (per cent) of letters and digits in marks."""
        inside = total = 0
        for start, end in content:
            total += self._letters(start, end)
            for low, high, _ in self.in_range(start, end):
                # pieces may overlap: no letter counts twice
                low, high = max(low, start), min(high, end)
                inside += self._letters(low, high)
                start = max(start, high)
        if inside * 100 > direct_above * total:
            return "direct"
        return "mixed" if inside * 100 > mixed_above * total else "indirect"

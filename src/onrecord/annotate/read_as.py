"""A text as the parser had better read it: some words replaced by others, each place still known in the page.

The parser learned from running text of one kind. Where a word of the page leads it astray, it is given another;
every token keeps the characters of the page, which alone are stored, shown and cited.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A text for the parser and where it parts from the page's: (offset in `text`, what to add to come to the
    offset in the page's text) from that offset on, in order, the first being (0, 0). Offsets are code points."""

    text: str
    shifts: tuple[tuple[int, int], ...] = ((0, 0),)

    def on_page(self, offset: int) -> int:
        """Where an offset of the text lies in the page's. Of a replaced word the two ends are known."""
        at = bisect_right(self.shifts, (offset, 1 << 60)) - 1
        return offset + self.shifts[at][1]


def read_as(text: str, words: Iterable[tuple[int, int, str]]) -> ReadAs:
    """`text` with the ranges `start:end` of `words` replaced, in order; a space is put before a word that the page
    sets against the one before it."""
    parts: list[str] = []
    shifts = [(0, 0)]
    done = length = 0
    for start, end, word in words:
        gap = " " if start and not text[start - 1].isspace() else ""
        parts += [text[done:start], gap, word]
        length += start - done + len(gap)
        shifts.append((length, start - length))
        length += len(word)
        shifts.append((length, end - length))
        done = end
    return ReadAs("".join((*parts, text[done:])), tuple(shifts))

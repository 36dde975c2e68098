"""Quotation marks: which stretches of a text stand inside them. Offsets are code points, half-open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_OPEN = {"“": "”", "„": "“”", "«": "»", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, marks excluded; `pieces` has one range a paragraph it runs through."""

    pieces: tuple[tuple[int, int], ...]
    closed: bool

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """All outermost quotations in double marks, straight or curly, or guillemets, and single curly ones.

    A quotation still open at the end of a paragraph goes on in the next one only if that begins
    with an opening mark (the newspaper convention); otherwise it ends there, `closed=False`.
    """
    found: list[Quotation] = []
    pieces: list[tuple[int, int]] = []
    closing = ""
    for low, high in paragraphs:
        i = low
        if closing:
            if text[low:high].lstrip()[:1] in ('"', "“", "„", "«", "‘"):
                i = low + len(text[low:high]) - len(text[low:high].lstrip()) + 1
            else:
                found.append(Quotation(tuple(pieces), closed=False))
                pieces, closing = [], ""
        begin = i
        while i < high:
            char = text[i]
            if closing:
                if char in closing and not _apostrophe(text, i, high):
                    pieces.append((begin, i))
                    found.append(Quotation(tuple(p for p in pieces if p[0] < p[1]) or ((begin, i),), closed=True))
                    pieces, closing = [], ""
            elif char == '"' or char in _OPEN:
                if char != "‘" or not _apostrophe(text, i, high):
                    closing, begin = _OPEN.get(char, '"') , i + 1
            i += 1
        if closing:
            pieces.append((begin, high))
    if closing and pieces:
        found.append(Quotation(tuple(pieces), closed=False))
    return tuple(q for q in found if q.start < q.end)


def _apostrophe(text: str, i: int, high: int) -> bool:
    """A single mark with letters on both sides, or before a decade, is no quotation mark."""
    if text[i] not in "‘’'":
        return False
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < high else " "
    return (before.isalnum() and after.isalnum()) or (text[i] == "‘" and after.isdigit())

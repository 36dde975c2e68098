"""Quotation marks: which stretches of a text stand inside them. Offsets are code points, half-open.

Marks seen in print: straight and curly double marks, low-high marks, guillemets, curly and straight
single marks. A double mark may be closed by its straight or curly counterpart, since many pages
open with one and close with the other. Only outermost quotations are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DOUBLE = ('"', "”", "''")
_CLOSING = {
    "“": _DOUBLE,
    '"': _DOUBLE,
    "``": _DOUBLE,
    "''": _DOUBLE,
    "„": ("“", "”", '"'),
    "«": ("»",),
    "‘": ("’", "'"),
    "'": ("’", "'"),
}
_SINGLE = ("‘", "'")
_MARK = re.compile(r"``|''|[“”\"„«»‘’']")
_ELISION = re.compile(
    r"['‘’](?:\d|(?:em|til|twas|tis|cause|bout|round|n|cos|cuz|neath)\b)", re.IGNORECASE
)


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
    """All outermost quotations, in order of the text.

    `paragraphs` are ranges of `text`, in order. A quotation still open at the end of a paragraph
    goes on in the next one only if that begins with an opening mark (the newspaper convention);
    otherwise it ends there, `closed=False`. Single marks count only if they are closed.
    """
    found: list[Quotation] = []
    pieces: list[tuple[int, int]] = []
    mark = ""
    for number, (low, high) in enumerate(paragraphs):
        begin = low
        if mark:
            first = _first_mark(text, low, high)
            if first is not None:
                begin = first.end()
            else:
                found.append(Quotation(tuple(pieces), closed=False))
                pieces, mark = [], ""
        following = (
            _first_mark(text, *paragraphs[number + 1]) if number + 1 < len(paragraphs) else None
        )
        at = begin
        while match := _MARK.search(text, at, high):
            i, at = match.span()
            this = match.group()
            if not mark:
                if _opens(text, match, low, high) and (
                    this not in _SINGLE
                    or _closer(text, i, high) is not None
                    or (following is not None and following.group() == this == "‘")
                ):
                    mark, begin = this, at
            elif this in _CLOSING[mark] and _closes(text, match, mark, low, high):
                pieces.append((begin, i))
                found.append(Quotation(_filled(pieces, begin, i), closed=True))
                pieces, mark = [], ""
        if mark:
            pieces.append((begin, high))
            if following is None:
                found.append(Quotation(_filled(pieces, begin, high), closed=False))
                pieces, mark = [], ""
    return tuple(q for q in found if q.start < q.end)


def _filled(pieces: Sequence[tuple[int, int]], begin: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(p for p in pieces if p[0] < p[1]) or ((begin, end),)


def _first_mark(text: str, low: int, high: int) -> re.Match[str] | None:
    """The opening mark a paragraph begins with, or None."""
    while low < high and text[low].isspace():
        low += 1
    match = _MARK.match(text, low, high)
    return match if match and _opens(text, match, low, high) else None


def _opens(text: str, match: re.Match[str], low: int, high: int) -> bool:
    """An opening mark is followed by what is quoted and does not stand behind a letter or digit."""
    start, end = match.span()
    if match.group() not in _CLOSING:
        return False
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    if after.isspace() or (match.group() not in "“„«``" and before.isalnum()):
        return False
    return match.group() not in _SINGLE or (after.isalnum() and not _ELISION.match(text, start))


def _closes(text: str, match: re.Match[str], mark: str, low: int, high: int) -> bool:
    start, end = match.span()
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    if mark in _SINGLE:
        if after.isalnum() or before.isspace():
            return False
        # "the workers’ union" inside single marks: a plural's apostrophe, if a better end follows
        return not (
            before in "sS" and after == " " and _closer(text, start, high, plain=False) is not None
        )
    if match.group() == '"' and mark == "“":
        # “He called it "mine" again”: straight marks inside curly ones, if the curly one still closes
        curly = _CURLY.search(text, end, high)
        return curly is None or curly.group() == "“"
    return True


_CURLY = re.compile("[“”]")
_SINGLE_END = re.compile("[’']")


def _closer(text: str, i: int, high: int, *, plain: bool = True) -> int | None:
    """Where a single quotation opened before `i + 1` ends in its paragraph, or None.

    With `plain` any closing mark counts; without it, only one that punctuation or the end of the
    paragraph marks as such.
    """
    for match in _SINGLE_END.finditer(text, i + 1, high):
        at = match.start()
        before = text[at - 1]
        after = text[at + 1] if at + 1 < high else " "
        if after.isalnum() or before.isspace():
            continue
        if plain or before in ",.?!" or after in ",.;:?!" or match.end() == high:
            return at
    return None

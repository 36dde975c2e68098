"""Quotation marks: which stretches of a text stand inside them. Offsets are code points, half-open.

Marks seen in print: straight and curly double marks, low-high marks, guillemets, curly and straight
single marks. A double mark may be closed by its straight or curly counterpart, since many pages
open with one and close with the other. Only outermost quotations are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLOSING = {"“": '”"', '"': '"”', "„": '“”"', "«": "»", "‘": "’'", "'": "'’"}
_SINGLE = "‘'"
_MARK = re.compile(r"[“”\"„«»‘’']")
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
            first = _first(text, low, high)
            if first < high and text[first] in _CLOSING:
                begin = first + 1
            else:
                found.append(Quotation(tuple(pieces), closed=False))
                pieces, mark = [], ""
        follows = number + 1 < len(paragraphs) and _opens_paragraph(text, *paragraphs[number + 1])
        at = begin
        while match := _MARK.search(text, at, high):
            i = match.start()
            at = i + 1
            if not mark:
                if _opens(text, i, low, high) and (
                    text[i] not in _SINGLE or _closer(text, i, high) is not None
                ):
                    mark, begin = text[i], i + 1
            elif text[i] in _CLOSING[mark] and _closes(text, i, mark, low, high):
                pieces.append((begin, i))
                found.append(Quotation(_filled(pieces, begin, i), closed=True))
                pieces, mark = [], ""
        if mark:
            pieces.append((begin, high))
            if not follows:
                found.append(Quotation(_filled(pieces, begin, high), closed=False))
                pieces, mark = [], ""
    return tuple(q for q in found if q.start < q.end)


def _filled(pieces: Sequence[tuple[int, int]], begin: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(p for p in pieces if p[0] < p[1]) or ((begin, end),)


def _first(text: str, low: int, high: int) -> int:
    while low < high and text[low].isspace():
        low += 1
    return low


def _opens_paragraph(text: str, low: int, high: int) -> bool:
    first = _first(text, low, high)
    return first < high and text[first] in _CLOSING


def _around(text: str, i: int, low: int, high: int) -> tuple[str, str]:
    return (text[i - 1] if i > low else " "), (text[i + 1] if i + 1 < high else " ")


def _opens(text: str, i: int, low: int, high: int) -> bool:
    """An opening mark is followed by what is quoted and does not stand behind a letter or digit."""
    if text[i] not in _CLOSING:
        return False
    before, after = _around(text, i, low, high)
    if after.isspace() or text[i] in '"' + _SINGLE and before.isalnum():
        return False
    return text[i] not in _SINGLE or (after.isalnum() and not _ELISION.match(text, i))


def _closes(text: str, i: int, mark: str, low: int, high: int) -> bool:
    before, after = _around(text, i, low, high)
    if mark in _SINGLE:
        if after.isalnum() or before.isspace():
            return False
        # "the workers’ union" inside single marks: a plural's apostrophe, if a better end follows
        return not (
            before in "sS" and after == " " and _closer(text, i, high, plain=False) is not None
        )
    if text[i] == '"' and mark == "“":
        # “He called it "mine" again”: straight marks inside curly ones, if the curly one still closes
        following = re.compile("[“”]").search(text, i + 1, high)
        return following is None or following.group() == "“"
    return True


def _closer(text: str, i: int, high: int, *, plain: bool = True) -> int | None:
    """Where a single quotation opened before `i + 1` ends in its paragraph, or None.

    With `plain` any closing mark counts; without it, only one that punctuation or the end marks as such.
    """
    opened = text[i] if text[i] in _SINGLE else "‘"
    for match in re.compile("[’']").finditer(text, i + 1, high):
        before, after = _around(text, match.start(), i, high)
        if match.group() not in _CLOSING[opened] or after.isalnum() or before.isspace():
            continue
        if plain or before in ",.?!" or after in ",.;:?!" or match.end() == high:
            return match.start()
    return None

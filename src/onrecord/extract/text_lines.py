"""A text capture as units: its lines, or what a hard-wrapped file prints as one paragraph.

Offsets are code points of the decoded capture, half-open. Every non-blank line is in exactly one
unit, so that whatever a reader does not keep can be listed as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.text.offsets import Segment

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_GAP = re.compile(r"[\u200b\ufeff]*\s[\s\u200b\ufeff]*")
_EDGE = re.compile(r"[\s\u200b\ufeff]+")
_ZERO_WIDTH = "\u200b\ufeff"
_MARK = re.compile(r"(?:[*+•·▪◦●○‣■□-]|\d{1,3}[.)])[ \t\u00a0]+(?=\S)")
_BULLET = re.compile(r"[*+•·▪◦●○‣■□-][ \t\u00a0]+(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_FULL_STOP = re.compile(r"[.!?…。！？][\"”’'»)\]]*\Z")
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"”’'»)\]]*\Z")

WRAP_SHORTEST, WRAP_LONGEST = 45, 110
"""Lengths of a printed line in code points; typewriter and e-mail conventions are 60 to 80."""


@dataclass(frozen=True)
class Unit:
    """One line of the capture (several, where hard-wrapped), white space at its ends left off."""

    start: int
    end: int
    text: str
    indent: int
    blank_before: bool
    blank_after: bool = False
    mark: str = ""
    """The list mark at its head, as written (`*`, `1.`), else empty."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(self.text))

    @cached_property
    def after_mark(self) -> int:
        """Capture offset where its words begin, behind a list mark."""
        return self.start + len(self.mark)

    @cached_property
    def content(self) -> str:
        """Its text behind the list mark."""
        return self.text[len(self.mark) :].strip() if self.mark else self.text

    @cached_property
    def ends_sentence(self) -> bool:
        return bool(_FULL_STOP.search(self.text[-12:]))


def trim(source: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space (zero-width marks included) at its ends; empty if it has no more."""
    if match := _EDGE.match(source, start, end):
        start = match.end()
    while end > start and (source[end - 1].isspace() or source[end - 1] in _ZERO_WIDTH):
        end -= 1
    return start, end


def fold(source: str, start: int, end: int, at: int = 0) -> tuple[str, list[Segment]]:
    """`source[start:end]`, trimmed, with each run of white space as one space, and its offset map.

    Rows count from `at` on the side of the text. No other code point is changed.
    """
    start, end = trim(source, start, end)
    parts: list[str] = []
    rows: list[Segment] = []
    here = start
    for match in _GAP.finditer(source, start, end):
        low, high = match.span()
        if low > here:
            parts.append(source[here:low])
            rows.append((at, at + low - here, here, low))
            at += low - here
        parts.append(" ")
        rows.append((at, at + 1, low, high))
        at += 1
        here = high
    if end > here:
        parts.append(source[here:end])
        rows.append((at, at + end - here, here, end))
    return "".join(parts), rows


def unit_of(
    source: str,
    start: int,
    end: int,
    *,
    blank_before: bool = False,
    blank_after: bool = False,
    marks: bool = True,
) -> Unit:
    """A range of the capture as a unit. The range must hold something beside white space."""
    line = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    low, high = trim(source, start, end)
    text, _ = fold(source, low, high)
    mark = (_MARK.match(text) if marks else None) or None
    return Unit(
        start=low,
        end=high,
        text=text,
        indent=len(source[line:low].expandtabs())
        if not source[line:low].strip("\ufeff\u200b \t")
        else 0,
        blank_before=blank_before,
        blank_after=blank_after,
        mark=mark[0].rstrip() if mark else "",
    )


def _line_ranges(source: str) -> list[tuple[int, int, bool]]:
    """(start, end, whether a blank line stands before) of every non-blank line."""
    found: list[tuple[int, int, bool]] = []
    last = 0
    for match in _LINE.finditer(source):
        low, high = trim(source, *match.span())
        if low == high:
            continue
        gap = source[last:low].replace("\r\n", "\n")
        breaks = sum(gap.count(c) for c in "\n\r\u2028\u2029")
        found.append((low, high, not found or breaks > 1))
        last = high
    return found


def _paragraphs(lines: Sequence[tuple[int, int, bool]]) -> Iterator[list[tuple[int, int]]]:
    group: list[tuple[int, int]] = []
    for low, high, blank in lines:
        if blank and group:
            yield group
            group = []
        group.append((low, high))
    if group:
        yield group


def hard_wrapped(source: str) -> bool:
    """Whether the file breaks its lines at a fixed width inside paragraphs.

    Most lines that another line follows directly must then be nearly as long as the longest one
    and must not end a sentence, and no line may be long. A page of sentences, one a line, or of menu
    entries is not wrapped.
    """
    groups = list(_paragraphs(_line_ranges(source)))
    inner = [(low, high) for group in groups for low, high in group[:-1]]
    longest = max((high - low for group in groups for low, high in group), default=0)
    if len(inner) < 2 or not WRAP_SHORTEST <= longest <= WRAP_LONGEST:
        return False
    full = [high - low for low, high in inner if high - low >= longest * 7 // 10]
    open_ended = [
        1 for low, high in inner if not _SENTENCE_END.search(source, max(low, high - 12), high)
    ]
    return len(full) * 10 >= len(inner) * 8 and len(open_ended) * 10 >= len(inner) * 6


def units(source: str) -> tuple[Unit, ...]:
    """All units of a capture, in its order."""
    lines = _line_ranges(source)
    if hard_wrapped(source):
        spans: list[tuple[int, int, bool]] = []
        longest = max(high - low for low, high, _ in lines)
        for group in _paragraphs(lines):
            start = group[0][0]
            for i, (low, high) in enumerate(group):
                last = i + 1 == len(group)
                full = high - low >= longest * 6 // 10
                listed = not last and _BULLET.match(source, group[i + 1][0])
                if last or not full or listed:
                    spans.append((start, high, start == group[0][0]))
                    start = group[i + 1][0] if not last else high
    else:
        spans = lines
    return tuple(
        unit_of(
            source,
            low,
            high,
            blank_before=blank,
            blank_after=i + 1 == len(spans) or spans[i + 1][2],
        )
        for i, (low, high, blank) in enumerate(spans)
    )

"""A text capture as units: its lines, or what a hard-wrapped file prints as one paragraph.

Offsets are code points of the decoded capture, half-open. Every non-blank line is in exactly one
unit, so that whatever a reader does not keep can be listed as left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from itertools import pairwise
from typing import TypeVar, cast

from onrecord.text.folding import fold_loose
from onrecord.text.offsets import Segment

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_GAP = re.compile(r"[\u200b\ufeff]*\s[\s\u200b\ufeff]*")
_EDGE = re.compile(r"[\s\u200b\ufeff]+")
_ZERO_WIDTH = "\u200b\ufeff"
_MARK = re.compile(r"(?:[*+•·▪◦●○‣■□-]|o(?= [A-ZÀ-Þ0-9])|\d{1,3}[.)])[ \t\u00a0]+(?=\S)")
"""`o` is the mark of nested lists in text made from pages."""
_BULLET = re.compile(r"[*+•·▪◦●○‣■□-][ \t\u00a0]+(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
TRUNCATED = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\])\s*\Z")
"""The end of a text that was cut."""
_FULL_STOP = re.compile(r"[.!?…。！？][\"”’'»)\]]*\Z")
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"”’'»)\]]*\Z")

WRAP_SHORTEST, WRAP_LONGEST = 45, 110
"""Lengths of a printed line in code points; typewriter and e-mail conventions are 60 to 80."""


_RARE_SPACE = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + _ZERO_WIDTH
)
"""White space beside blanks and the ends of lines."""
_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")


class Unit:
    """One line of the capture (several, where hard-wrapped), white space at its ends left off.

    Never changed once made; what is costly to know is found when first asked for.
    """

    __slots__ = (
        "_count",
        "_ends",
        "_folded",
        "_prose",
        "_words",
        "blank_after",
        "blank_before",
        "end",
        "indent",
        "mark",
        "start",
        "text",
    )

    def __init__(
        self,
        start: int,
        end: int,
        text: str,
        indent: int,
        blank_before: bool,
        blank_after: bool = False,
        mark: str = "",
    ) -> None:
        self.start, self.end, self.text, self.indent = start, end, text, indent
        self.blank_before, self.blank_after = blank_before, blank_after
        self.mark = mark
        """The list mark at its head, as written (`*`, `1.`), else empty."""
        self._words: tuple[str, ...] | None = None
        self._ends: bool | None = None
        self._folded: str | None = None
        self._prose: bool | None = None
        self._count = -1

    @property
    def words(self) -> tuple[str, ...]:
        """Words and numbers, with their inner points and hyphens."""
        if self._words is None:
            self._words = tuple(_WORD.findall(self.text))
        return self._words

    @property
    def count(self) -> int:
        """How many words; in scripts without spaces between them two characters count as one."""
        if self._count < 0:
            text = self.text
            self._count = len([t for t in text.split() if len(t) > 1 or t.isalnum()])
            if not text.isascii() and _WIDE.search(text):
                wide = len(_WIDE.findall(text))
                narrow = self._count if wide * 2 < len(text) else 0
                self._count = max(narrow, wide // 2)
        return self._count

    @property
    def folded(self) -> str:
        """Its text, folded for comparison."""
        if self._folded is None:
            self._folded = fold_loose(self.text)
        return self._folded

    @property
    def prose(self) -> bool:
        """Whether it reads as running text: a sentence of ten words or more, or half as long again."""
        if self._prose is None:
            count = self.count
            sentence = count >= 10 and self.ends_sentence and not TRUNCATED.search(self.text[-8:])
            self._prose = sentence or count >= 28
        return self._prose

    @property
    def after_mark(self) -> int:
        """Capture offset where its words begin, behind a list mark."""
        return self.start + len(self.mark)

    @property
    def content(self) -> str:
        """Its text behind the list mark."""
        return self.text[len(self.mark) :].strip() if self.mark else self.text

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends in a full stop, a question or an exclamation mark, quotes behind it apart."""
        if self._ends is None:
            self._ends = _FULL_STOP.search(self.text, max(0, len(self.text) - 12)) is not None
        return self._ends


T = TypeVar("T")
REMEMBERED, MOST_REMEMBERED = 100, 20_000
"""Code points of the lines that are judged once for all pages (menus are the same on every one), and how
many of them a process holds."""


def remembered(judge: Callable[[Unit], T]) -> Callable[[Unit], T]:
    """The same function of a line's text and list mark, asked once for short lines that are alike."""
    known: dict[str, T] = {}
    unknown = object()

    @wraps(judge)
    def recall(unit: Unit) -> T:
        if len(unit.text) > REMEMBERED:
            return judge(unit)
        key = f"{unit.mark}\t{unit.text}"
        found = known.get(key, unknown)
        if found is unknown:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[key] = found = judge(unit)
        return cast(T, found)

    return recall


def trim(source: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space (zero-width marks included) at its ends; empty if it has no more."""
    if start < end and (source[start].isspace() or source[start] in _ZERO_WIDTH):
        match = _EDGE.match(source, start, end)
        start = match.end() if match else start
    while end > start and (source[end - 1].isspace() or source[end - 1] in _ZERO_WIDTH):
        end -= 1
    return start, end


def _folded(text: str) -> str:
    """A trimmed text with each run of white space as one space."""
    text = " ".join(text.split())
    if not text.isascii() and ("\u200b" in text or "\ufeff" in text):
        text = _GAP.sub(" ", text)
    return text


def fold(source: str, start: int, end: int, at: int = 0) -> tuple[str, list[Segment]]:
    """`source[start:end]`, trimmed, with each run of white space as one space, and its offset map.

    Rows count from `at` on the side of the text. No other code point is changed.
    """
    start, end = trim(source, start, end)
    text = source[start:end]
    if text and text == _folded(text):
        return text, [(at, at + end - start, start, end)]
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
    lead = source[line:low]
    return _unit(source, low, high, _indent(lead), blank_before, blank_after, marks, True)


def _indent(lead: str) -> int:
    """The width of the white space before a line's first character; 0 behind anything else."""
    if not lead or lead.strip("\ufeff\u200b \t"):
        return 0
    return len(lead.expandtabs()) if "\t" in lead else len(lead)


def _unit(
    source: str,
    low: int,
    high: int,
    indent: int,
    before: bool,
    after: bool,
    marks: bool,
    rare: bool,
) -> Unit:
    """The unit of a trimmed range; `rare` is whether the capture may hold other white space than blanks."""
    text = source[low:high]
    if "  " in text or rare:
        text = _folded(text)
    mark = _MARK.match(text) if marks else None
    return Unit(low, high, text, indent, before, after, mark[0].rstrip() if mark else "")


def _line_ranges(source: str) -> list[tuple[int, int, bool, int]]:
    """(start, end, whether a blank line stands before, indent) of every non-blank line."""
    found: list[tuple[int, int, bool, int]] = []
    breaks = 2
    last = 0
    for match in _LINE.finditer(source):
        begin, stop = match.span()
        if begin > last:
            gap = source[last:begin]
            breaks += len(gap) - (gap.count("\r\n") if "\r" in gap else 0)
        last = stop
        line = match[0]
        inner = line.strip()
        if inner and inner[0] not in _ZERO_WIDTH and inner[-1] not in _ZERO_WIDTH:
            low = begin + len(line) - len(line.lstrip())
            high = low + len(inner)
        else:
            low, high = trim(source, begin, stop)
            if low == high:
                continue
        found.append((low, high, breaks > 1, _indent(source[begin:low])))
        breaks = 0
    return found


def _paragraphs(lines: Sequence[tuple[int, int, bool, int]]) -> Iterator[list[tuple[int, int]]]:
    group: list[tuple[int, int]] = []
    for low, high, blank, _ in lines:
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
    return _hard_wrapped(source, _line_ranges(source))


def _hard_wrapped(source: str, lines: Sequence[tuple[int, int, bool, int]]) -> bool:
    longest = max((high - low for low, high, _, _ in lines), default=0)
    if not WRAP_SHORTEST <= longest <= WRAP_LONGEST:
        return False
    inner = [(low, high) for (low, high, _, _), (_, _, blank, _) in pairwise(lines) if not blank]
    if len(inner) < 2:
        return False
    full = sum(high - low >= longest * 7 // 10 for low, high in inner)
    open_ended = sum(
        not _SENTENCE_END.search(source, max(low, high - 12), high) for low, high in inner
    )
    return full * 10 >= len(inner) * 8 and open_ended * 10 >= len(inner) * 6


def units(source: str) -> tuple[Unit, ...]:
    """All units of a capture, in its order."""
    lines = _line_ranges(source)
    wrapped = _hard_wrapped(source, lines)
    if wrapped:
        spans: list[tuple[int, int, bool, int]] = []
        longest = max(high - low for low, high, _, _ in lines)
        indents = {low: indent for low, _, _, indent in lines}
        for group in _paragraphs(lines):
            start = group[0][0]
            for i, (low, high) in enumerate(group):
                last = i + 1 == len(group)
                full = high - low >= longest * 6 // 10
                listed = not last and _BULLET.match(source, group[i + 1][0])
                if last or not full or listed:
                    spans.append((start, high, start == group[0][0], indents[start]))
                    start = group[i + 1][0] if not last else high
    else:
        spans = lines
    rare = wrapped or any(map(source.__contains__, _RARE_SPACE))
    return tuple(
        _unit(
            source,
            low,
            high,
            indent,
            blank,
            i + 1 == len(spans) or spans[i + 1][2],
            True,
            rare,
        )
        for i, (low, high, blank, indent) in enumerate(spans)
    )

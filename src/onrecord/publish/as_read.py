"""A capture as it was read: all its text in the order of its source, with what became of each piece.

Only text is shown, cut from the decoded capture by the reading's own offsets: what is part of the
report, what was left out and why, and where the cited characters stand. A page's markup, styles and
scripts never reach the reader.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from onrecord.extract.html_source import folded, read_page
from onrecord.publish.library import Library
from onrecord.records import Block, Capture, LeftOut, Reading, Version
from onrecord.text.offsets import Segment

LARGEST = 3_000_000
"""A capture with more code points is not laid out as a page (about two seconds' work); its source is."""
FOLDED_LINES, FOLDED_LETTERS = 4, 400
"""A stretch left out that has more than this is folded away until a reader opens it."""
SHORT = 120
"""A single line left out that has no more than this is shown in one line with its reason."""
PART = 40_000
"""Room on one part of a page's pages, in code points; every line takes LINE more."""
LINE = 40
UNFOLDED = 20_000
"""Room of what stands before and after the cited words on the evidence page; the whole page has the rest."""
HIDDEN = "hidden on the page"
UNREAD = "not read"
NO_REPORT = "the capture is no report"


@dataclass(frozen=True)
class Words:
    """A run of words; `cited`: they are among the cited ones. `anchor`: the first of those."""

    text: str
    cited: bool = False
    anchor: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph of the capture, or what of it met the same fate. Offsets are the capture's."""

    start: int
    end: int
    words: tuple[Words, ...]

    @property
    def letters(self) -> int:
        return sum(len(w.text) for w in self.words)

    @property
    def cited(self) -> bool:
        return any(w.cited for w in self.words)


@dataclass(frozen=True)
class Stretch:
    """Neighbouring lines of one fate: a block of the report (`kind`), or left out for a `reason`.

    `heard` is when a transcript's block is heard: (from, to), on its first stretch.
    """

    kind: str
    reason: str
    lines: tuple[Line, ...]
    heard: tuple[str, str] | None = None

    @property
    def cited(self) -> bool:
        return any(line.cited for line in self.lines)

    @property
    def letters(self) -> int:
        return sum(line.letters for line in self.lines)

    @property
    def room(self) -> int:
        """What it takes of a page."""
        return self.letters + LINE * len(self.lines)

    @property
    def is_short(self) -> bool:
        """Whether it needs no more than a line of its own."""
        return len(self.lines) == 1 and self.letters <= SHORT

    @property
    def is_long(self) -> bool:
        """Whether it is folded away at first: furniture that would bury the report."""
        big = len(self.lines) > FOLDED_LINES or self.letters > FOLDED_LETTERS
        return self.reason not in ("", NO_REPORT) and big and not self.cited


@dataclass(frozen=True)
class Fate:
    """What became of a range of the capture."""

    start: int
    end: int
    kind: str = ""
    reason: str = ""
    heard: tuple[str, str] | None = None


@dataclass(frozen=True)
class Read:
    """What a reader made of a capture: its fates, ordered and told apart by `start`."""

    fates: tuple[Fate, ...]
    kind: str
    language: str | None
    decoder: str
    starts: tuple[int, ...] = field(default=(), repr=False)

    def at(self, start: int, end: int) -> Fate | None:
        """The narrowest fate that covers the range; None if nothing is known of it."""
        last = bisect_right(self.starts, start)
        covering = (f for f in reversed(self.fates[max(0, last - 8) : last]) if f.end >= end)
        return min(covering, key=lambda f: f.end - f.start, default=None)


def read_of(library: Library, capture: Capture) -> Read | None:
    """What was read from a capture; None if no reader has read it."""
    readings = library.by(Reading, "capture_id", capture.id)
    if readings:
        first = readings[0]
        blocks = [block for reading in readings for block in reading.blocks]
        left = [one for reading in readings for one in reading.left_out]
        return _read(blocks, left, first.kind, first.language, first.decoder)
    versions = library.by(Version, "capture_id", capture.id)
    if versions:
        v = versions[0]
        return _read(v.blocks, v.left_out, "article", v.language, v.decoder)
    return None


def _read(
    blocks: Iterable[Block],
    left_out: Iterable[LeftOut],
    kind: str,
    language: str | None,
    decoder: str,
) -> Read:
    reason = "" if kind in ("article", "feed") else NO_REPORT
    fates = [
        Fate(
            b.capture_start,
            b.capture_end,
            kind="" if reason else b.kind,
            reason=reason,
            heard=(b.begins, b.ends or b.begins) if b.begins else None,
        )
        for b in blocks
    ]
    fates += [Fate(x.capture_start, x.capture_end, reason=x.reason) for x in left_out]
    fates.sort(key=lambda f: (f.start, -f.end, f.kind, f.reason))
    return Read(tuple(fates), kind, language, decoder, tuple(f.start for f in fates))


@dataclass(frozen=True)
class _Run:
    """Text between two block boundaries of a capture, with its map (rows count from its first letter)."""

    text: str
    rows: tuple[Segment, ...]
    hidden: bool = False


def _html_runs(source: str) -> Iterator[_Run]:
    for run in read_page(source).runs:
        text, rows = folded(source, run.parts)
        if text:
            yield _Run(text, rows, run.hidden)


def _text_runs(source: str) -> Iterator[_Run]:
    at = 0
    for line in source.splitlines(keepends=True):
        text = line.strip()
        if text:
            low = at + len(line) - len(line.lstrip())
            yield _Run(text, ((0, len(text), low, low + len(text)),))
        at += len(line)


def _place(rows: Sequence[Segment], offset: int, length: int) -> int:
    """Where a capture's offset stands in a run's text; inside an entity, at its beginning."""
    i = bisect_right(rows, offset, key=lambda row: row[3])
    if i == len(rows):
        return length
    start, end, low, high = rows[i]
    if offset <= low or end - start != high - low:
        return start
    return start + offset - low


def lay_out(
    source: str, markup: bool, read: Read, cited: tuple[int, int] | None = None
) -> tuple[Stretch, ...]:
    """All text of a decoded capture in stretches, in order. `cited`: a range of the capture.

    Raises LimitExceeded for a page that is beyond the limits of its reader.
    """
    edges = {edge for fate in read.fates for edge in (fate.start, fate.end)}
    cuts = sorted(edges.union(cited or ()))
    pieces: list[tuple[Fate, Line]] = []
    anchored = False
    for run in _html_runs(source) if markup else _text_runs(source):
        low, high = run.rows[0][2], run.rows[-1][3]
        inner = cuts[bisect_right(cuts, low) : bisect_left(cuts, high)]
        last: Fate | None = None
        words: list[Words] = []
        for a, b in zip([low, *inner], [*inner, high], strict=True):
            text = run.text[_place(run.rows, a, len(run.text)) : _place(run.rows, b, len(run.text))]
            if not text or text.isspace():
                words += [Words(text)] if text and words else []
                continue
            fate = read.at(a, b) or Fate(low, high, reason=HIDDEN if run.hidden else UNREAD)
            is_cited = cited is not None and cited[0] <= a and b <= cited[1]
            piece = Words(text, is_cited, is_cited and not anchored)
            anchored = anchored or is_cited
            if last is not None and fate is not last and _told(fate) != _told(last):
                pieces.append((last, Line(low, high, tuple(words))))
                words = []
            last, words = fate, [*words, piece]
        if last is not None:
            pieces.append((last, Line(low, high, tuple(words))))
    return tuple(_stretches(pieces))


def _told(fate: Fate) -> tuple[str, str, int]:
    """What makes one stretch: lines of a block, or neighbours left out for the same reason."""
    return fate.kind, fate.reason, fate.start if fate.kind else -1


def _stretches(pieces: Sequence[tuple[Fate, Line]]) -> Iterator[Stretch]:
    heard: Fate | None = None
    for _, group in groupby(pieces, key=lambda row: _told(row[0])):
        rows = list(group)
        fate = rows[0][0]
        again = fate is heard
        heard = fate if fate.heard else heard
        yield Stretch(
            fate.kind,
            fate.reason,
            tuple(line for _, line in rows),
            None if again else fate.heard,
        )


@dataclass(frozen=True)
class Around:
    """The stretches at the cited words, and what stands before and after them, as far as it is shown.

    `cut`: some of the page stands further away than that.
    """

    before: tuple[Stretch, ...]
    near: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    cut: bool


def around(stretches: Sequence[Stretch], letters: int) -> Around | None:
    """The cited stretches with about `letters` code points on both sides; None if none is cited."""
    cited = [i for i, stretch in enumerate(stretches) if stretch.cited]
    if not cited:
        return None
    low = cited[0] - _fitting(reversed(stretches[: cited[0]]), letters, _open_room)
    high = cited[-1] + 1 + _fitting(stretches[cited[-1] + 1 :], letters, _open_room)
    first = low - _fitting(reversed(stretches[:low]), UNFOLDED, lambda s: s.room)
    last = high + _fitting(stretches[high:], UNFOLDED, lambda s: s.room)
    return Around(
        tuple(stretches[first:low]),
        tuple(stretches[low:high]),
        tuple(stretches[high:last]),
        first > 0 or last < len(stretches),
    )


def _fitting(stretches: Iterable[Stretch], room: int, takes: Callable[[Stretch], int]) -> int:
    """How many of the stretches begin within the room."""
    count = 0
    for stretch in stretches:
        if room <= 0:
            break
        room -= takes(stretch)
        count += 1
    return count


def _open_room(stretch: Stretch) -> int:
    """The room that a stretch takes in the open: one line where it is folded away."""
    return 2 * LINE if stretch.is_long else stretch.letters


def parts(stretches: Sequence[Stretch]) -> tuple[tuple[Stretch, ...], ...]:
    """The stretches in parts of about PART room each; one that is longer is cut between lines."""
    found: list[list[Stretch]] = [[]]
    room = PART
    for stretch in stretches:
        for piece in _cut(stretch):
            if room < piece.room and found[-1]:
                found.append([])
                room = PART
            found[-1].append(piece)
            room -= piece.room
    return tuple(tuple(part) for part in found)


def _cut(stretch: Stretch) -> Iterator[Stretch]:
    lines: list[Line] = []
    room = PART
    for line in stretch.lines:
        if room < line.letters + LINE and lines:
            yield Stretch(stretch.kind, stretch.reason, tuple(lines), stretch.heard)
            lines, room = [], PART
        lines.append(line)
        room -= line.letters + LINE
    yield Stretch(stretch.kind, stretch.reason, tuple(lines), stretch.heard)

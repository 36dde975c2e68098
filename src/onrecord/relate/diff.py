"""From two versions to hunks: which passages of one stand where in the other.

Sentences are aligned first (aligning.py), then the units of those that were edited. A hunk never ends
inside a word or a number, and only the missing side of an addition or a deletion is empty: it is then
the point at which the passage was put in or taken out.

The hunks tell everything: where every hunk's passage in the older text, with the white space beside it,
gives way to its passage in the newer one, and every move carries its words (edited by the hunks inside
it) from where they stood to where they were put, the older text becomes the newer one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from onrecord.records import Side, Version
from onrecord.relate.aligning import DEFAULT, Limits, Link, align, followed
from onrecord.relate.cutting import CutVersion, Segment
from onrecord.relate.sequences import Encoder

WORD_CELLS = 50_000_000
"""Product of the units of two sides from which they are not compared word by word (a bit each)."""


class Unit(NamedTuple):
    """A unit of a hunk's side, with its place in the version's text."""

    text: str
    start: int
    end: int
    folded: str
    """In lower case, without a point behind it, as the word lists have it."""
    is_word: bool
    """Whether it holds a letter or a digit."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One hunk before it is labelled. `a`/`b`: the sentences (index ranges) it stands in, on each side."""

    op: str
    from_: Side
    to: Side
    a: tuple[int, int]
    b: tuple[int, int]
    whole: bool
    """Whole sentences on the side or sides that are not empty."""
    put_at: int | None = None
    """Of a move: the point of the older text at which the passage was put in."""
    left_at: int | None = None
    """Of a move: the point of the newer text that it left."""
    coarse: bool = False
    """Too long to be compared word by word: all of it is given as replaced."""
    units: tuple[Sequence[Unit], Sequence[Unit]] = ((), ())
    """The units of both sides; of whole sentences none."""


class Diff:
    """The comparison of two versions; `differences` holds its result, in order of the newer text."""

    def __init__(
        self, old: Version | CutVersion, new: Version | CutVersion, limits: Limits = DEFAULT
    ) -> None:
        self.cut_old = old if isinstance(old, CutVersion) else CutVersion(old)
        self.cut_new = new if isinstance(new, CutVersion) else CutVersion(new)
        self.old, self.new, self.limits = self.cut_old.text, self.cut_new.text, limits
        self.alignment = align(self.cut_old, self.cut_new, limits)
        self.a, self.b = self.alignment.a, self.alignment.b
        self._ends_a = [link.a[1] for link in self.alignment.kept]
        self._ends_b = [link.b[1] for link in self.alignment.kept]
        edited = [
            difference
            for link in (*self.alignment.kept, *self.alignment.moved)
            if not link.equal
            for difference in self._inside(link)
        ]
        found = [*self._moves(), *self._one_sided(), *self._separators(edited), *edited]
        self.differences = sorted(
            found,
            key=lambda d: (d.to.start, d.to.end, d.from_.start, d.from_.end, d.op != "move", d.op),
        )

    # ------------------------------------------------------------------ whole sentences

    def _point_in_new(self, index: int) -> int:
        """Where a sentence of the older text without a counterpart would stand in the newer one:
        behind the counterpart of the kept sentence before it."""
        k = bisect_left(self._ends_a, index + 1) - 1
        return self.b[self.alignment.kept[k].b[1] - 1].end if k >= 0 else 0

    def _point_in_old(self, index: int) -> int:
        k = bisect_left(self._ends_b, index + 1) - 1
        return self.a[self.alignment.kept[k].a[1] - 1].end if k >= 0 else 0

    def _moves(self) -> Iterator[Difference]:
        rows = self.alignment.moved
        begun: Link | None = None
        for k, link in enumerate(rows):
            begun = begun or link
            after = rows[k + 1] if k + 1 < len(rows) else None
            if (
                after is not None
                and after.a[0] == link.a[1]
                and after.b[0] == link.b[1]
                and self.a[link.a[0]].block == self.a[after.a[0]].block
                and self.b[link.b[0]].block == self.b[after.b[0]].block
            ):
                continue
            a, b = (begun.a[0], link.a[1]), (begun.b[0], link.b[1])
            yield Difference(
                "move",
                Side(start=self.a[a[0]].start, end=self.a[a[1] - 1].end),
                Side(start=self.b[b[0]].start, end=self.b[b[1] - 1].end),
                a,
                b,
                whole=True,
                put_at=self._point_in_old(b[0]),
                left_at=self._point_in_new(a[0]),
            )
            begun = None

    def _one_sided(self) -> Iterator[Difference]:
        """Passages without a counterpart: neighbouring sentences of one block together."""
        links = (*self.alignment.kept, *self.alignment.moved)
        there = [{i for link in links for i in range(*link.a)}]
        there.append({j for link in links for j in range(*link.b)})
        for low, high in _runs(self.a, there[0]):
            point = self._point_in_new(low)
            yield Difference(
                "delete",
                Side(start=self.a[low].start, end=self.a[high - 1].end),
                Side(start=point, end=point),
                (low, high),
                (0, 0),
                whole=True,
            )
        for low, high in _runs(self.b, there[1]):
            point = self._point_in_old(low)
            yield Difference(
                "add",
                Side(start=point, end=point),
                Side(start=self.b[low].start, end=self.b[high - 1].end),
                (0, 0),
                (low, high),
                whole=True,
            )

    def _separators(self, edited: Sequence[Difference]) -> Iterator[Difference]:
        """White space between sentences that follow on each other in both versions, if it changed: a
        paragraph that was split or joined. `edited`: what changed inside sentences."""
        moved = self.alignment.moved
        for one in (*followed(self.alignment.kept), *followed(moved)):
            i, j = one.a[1] - 1, one.b[1] - 1
            if one.moved and (
                self.a[i].block != self.a[i + 1].block or self.b[j].block != self.b[j + 1].block
            ):
                continue  # two moves, not one
            old = Side(start=self.a[i].end, end=self.a[i + 1].start)
            new = Side(start=self.b[j].end, end=self.b[j + 1].start)
            if self.old[old.start : old.end] == self.new[new.start : new.end]:
                continue
            if old.start < old.end and new.start < new.end:
                yield Difference("replace", old, new, (i, i + 2), (j, j + 2), whole=False)
                continue
            # Scripts that put no space between sentences: the marks before it are shown with it, unless
            # they are part of what changed.
            a = Side(start=self.a[i].spans[-1][0], end=self.a[i + 1].spans[0][1])
            b = Side(start=self.b[j].spans[-1][0], end=self.b[j + 1].spans[0][1])
            if any(_meet(a, d.from_) or _meet(b, d.to) for d in edited):
                op = "add" if old.start == old.end else "delete"
                yield Difference(op, old, new, (i, i + 2), (j, j + 2), whole=False)
            else:
                yield Difference("replace", a, b, (i, i + 2), (j, j + 2), whole=False)

    # ------------------------------------------------------------------ words of edited sentences

    def _inside(self, link: Link) -> Iterator[Difference]:
        a = _Units(self.a[link.a[0] : link.a[1]])
        b = _Units(self.b[link.b[0] : link.b[1]])
        encoder = Encoder()
        x, y = encoder.encode(a.words, 0), encoder.encode(b.words, 1)
        if len(x) * len(y) > WORD_CELLS:
            rows, coarse = [_ends_cut(x, y)], True
        else:
            rows, coarse = _changed(x, y), False
            rows = _join_near(rows, a, b)
            rows = [_settled(row, rows, k, a, b) for k, row in enumerate(rows)]
        rows = _space_changes(rows, self.old, self.new, a.spans, b.spans)
        for x0, x1, y0, y1 in rows:
            op = "add" if x0 == x1 else "delete" if y0 == y1 else "replace"
            yield Difference(
                op,
                a.side(x0, x1),
                b.side(y0, y1),
                link.a,
                link.b,
                whole=False,
                coarse=coarse,
                units=(a.units(x0, x1), b.units(y0, y1)),
            )


def _meet(one: Side, other: Side) -> bool:
    return one.start < other.end and other.start < one.end


def _runs(side: Sequence[Segment], there: set[int]) -> Iterator[tuple[int, int]]:
    """Ranges of neighbouring sentences of one block that are not `there`."""
    begin = -1
    for i in range(len(side) + 1):
        loose = i < len(side) and i not in there
        if begin >= 0 and (not loose or side[i].block != side[begin].block):
            yield begin, i
            begin = -1
        if loose and begin < 0:
            begin = i


class _Units:
    """The units of neighbouring sentences as one row."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.start = segments[0].start
        self.spans = [span for s in segments for span in s.spans]
        self.words = [word for s in segments for word in s.words]

    def units(self, low: int, high: int) -> list[Unit]:
        return [
            Unit(
                word,
                start,
                end,
                word.lower().rstrip(".").replace("’", "'"),
                word.isalnum() or any(c.isalnum() for c in word),
            )
            for word, (start, end) in zip(self.words[low:high], self.spans[low:high], strict=True)
        ]

    def side(self, low: int, high: int) -> Side:
        if low < high:
            return Side(start=self.spans[low][0], end=self.spans[high - 1][1])
        point = self.spans[low - 1][1] if low else self.start
        return Side(start=point, end=point)


Row = tuple[int, int, int, int]


def _changed(a: str, b: str) -> list[Row]:
    """Unequal stretches of two unit strings, neighbouring insertions and deletions as one."""
    rows: list[Row] = []
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            continue
        row = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        if rows and rows[-1][1] == row[0] and rows[-1][3] == row[2]:
            row = (rows[-1][0], row[1], rows[-1][2], row[3])
            rows.pop()
        rows.append(row)
    return rows


def _ends_cut(a: str, b: str) -> Row:
    """All but what is equal at both ends."""
    least = min(len(a), len(b))
    low = next((k for k in range(least) if a[k] != b[k]), least)
    high = next((k for k in range(least - low) if a[-1 - k] != b[-1 - k]), least - low)
    return low, len(a) - high, low, len(b) - high


def _join_near(rows: list[Row], a: _Units, b: _Units) -> list[Row]:
    """Joins rewritten stretches that only one short word or mark keeps apart: chance matches, which
    would show a rewritten clause as confetti. A number alone is never swallowed."""
    joined: list[Row] = []
    for row in rows:
        if joined:
            last = joined[-1]
            between = a.words[last[1] : row[0]]
            rewritten = all(r[1] - r[0] + r[3] - r[2] >= 3 for r in (last, row))
            if (
                rewritten
                and len(between) == 1
                and len(between[0]) <= 3
                and not any(c.isdigit() for c in between[0])
            ):
                joined[-1] = (last[0], row[1], last[2], row[3])
                continue
        joined.append(row)
    return joined


_CLOSERS = frozenset(".!?…,;:")


def _settled(row: Row, rows: list[Row], k: int, a: _Units, b: _Units) -> Row:
    """An insertion or deletion whose words could as well stand a little earlier or later ("the red
    [and the] blue") where it reads best: with a whole clause inside it, from mark to mark."""
    x0, x1, y0, y1 = row
    if (x0 == x1) == (y0 == y1):
        return row
    low_a, low_b = (rows[k - 1][1], rows[k - 1][3]) if k else (0, 0)
    high_a, high_b = (
        (rows[k + 1][0], rows[k + 1][2]) if k + 1 < len(rows) else (len(a.words), len(b.words))
    )
    words, low, high = (b.words, y0, y1) if x0 == x1 else (a.words, x0, x1)
    # One equal unit is left between this row and its neighbours, so that they stay apart.
    room_before = min(x0 - low_a, y0 - low_b) - (1 if k else 0)
    room_after = min(high_a - x1, high_b - y1) - (1 if k + 1 < len(rows) else 0)
    shifts = [0]
    step = 0
    while step < room_before and words[low - 1 - step] == words[high - 1 - step]:
        step += 1
        shifts.append(-step)
    step = 0
    while step < room_after and words[high + step] == words[low + step]:
        step += 1
        shifts.append(step)
    if len(shifts) == 1:
        return row

    def rank(shift: int) -> tuple[int, int]:
        first, last = words[low + shift], words[high + shift - 1]
        before = words[low + shift - 1] if low + shift else "."
        whole = before in _CLOSERS and last in _CLOSERS
        opened = first in ",;:—–(" and last not in _CLOSERS
        return (2 if whole else 1 if opened else 0, -abs(shift))

    best = max(shifts, key=rank)
    return x0 + best, x1 + best, y0 + best, y1 + best


def _space_changes(
    rows: list[Row],
    old: str,
    new: str,
    a: Sequence[tuple[int, int]],
    b: Sequence[tuple[int, int]],
) -> list[Row]:
    """Adds the places where two equal neighbours stand at another distance ("said:x" and "said: x")."""
    found = list(rows)
    x = y = 0
    for x0, x1, _, y1 in (*rows, (len(a), len(a), len(b), len(b))):
        for k in range(x0 - x - 1):
            before = old[a[x + k][1] : a[x + k + 1][0]]
            after = new[b[y + k][1] : b[y + k + 1][0]]
            if before != after:
                found.append((x + k, x + k + 2, y + k, y + k + 2))
        x, y = x1, y1
    if len(found) == len(rows):
        return found
    joined: list[Row] = []
    for row in sorted(found):
        if joined and (row[0] < joined[-1][1] or row[2] < joined[-1][3]):
            last = joined.pop()
            row = (last[0], max(last[1], row[1]), last[2], max(last[3], row[3]))
        joined.append(row)
    return joined

"""From two versions to hunks: which passages of one stand where in the other.

Sentences are aligned first (exactly, then moved, then similar ones), then the units of those that are
alike. Texts are compared as they are: nothing is stripped or folded. A hunk never ends inside a word
or a number, and only the missing side of an addition or a deletion is empty: it is then the point at
which the passage was put in or taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from onrecord.records import Side, Version
from onrecord.relate.segments import sentences, units

_FIRST = 0x10000
"""First code point that stands for a word when units are compared as one string (no surrogates)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How alike two passages must be to be compared word by word. Shares in per mille."""

    alike: int = 450
    moved_alike: int = 800
    moved_words: int = 4
    cells: int = 40_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a version: its range, its block's index and its units."""

    start: int
    end: int
    block: int
    kind: str
    text: str
    units: tuple[tuple[int, int], ...] = field(repr=False)


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


def segments_of(version: Version) -> list[Segment]:
    """The sentences of a version, in order of the text."""
    found = []
    for number, block in enumerate(version.blocks):
        for start, end in sentences(version.text, block.start, block.end):
            spans = tuple(units(version.text, start, end))
            found.append(Segment(start, end, number, block.kind, version.text[start:end], spans))
    return found


class _Codes(dict[str, int]):
    """Unit -> code, in order of first use; only equality of codes matters."""

    def __missing__(self, key: str) -> int:
        self[key] = value = len(self)
        return value


def similarity(a: str, b: str) -> int:
    """Share of the units of both that correspond, in order; per mille."""
    total = len(a) + len(b)
    return 2000 * LCSseq.similarity(a, b) // total if total else 1000


class Diff:
    """The comparison of two versions; `differences` holds its result, in order of the newer text."""

    def __init__(self, old: Version, new: Version, limits: Limits = Limits()) -> None:
        self.old, self.new, self.limits = old.text, new.text, limits
        self.a, self.b = segments_of(old), segments_of(new)
        codes = _Codes()
        self._words = [
            [
                "".join(chr(_FIRST + codes[s.text[x - s.start : y - s.start]]) for x, y in s.units)
                for s in side
            ]
            for side in (self.a, self.b)
        ]
        keys = _Codes()
        self._keys = [[keys[s.text] for s in side] for side in (self.a, self.b)]
        self.pairs: dict[int, int] = {}
        self.moved: dict[int, int] = {}
        self.similar: dict[int, int] = {}
        self._align()
        self.differences = self._collect()

    # ------------------------------------------------------------------ alignment of sentences

    def _align(self) -> None:
        titles = [[i for i, s in enumerate(side) if s.kind == "title"] for side in (self.a, self.b)]
        bodies = [[i for i, s in enumerate(side) if s.kind != "title"] for side in (self.a, self.b)]
        self._align_stream(*titles)
        self._align_stream(*bodies)
        self._find_moved_alike()

    def _align_stream(self, a: list[int], b: list[int]) -> None:
        """Aligns two sequences of sentences: equal ones in order, moved ones, then similar ones in each gap."""
        gaps: list[tuple[list[int], list[int]]] = []
        for op in LCSseq.opcodes([self._keys[0][i] for i in a], [self._keys[1][i] for i in b]):
            left, right = a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
            if op.tag == "equal":
                self.pairs.update(zip(left, right, strict=True))
                gaps.append(([], []))
            elif gaps:
                gaps[-1][0].extend(left)
                gaps[-1][1].extend(right)
            else:
                gaps.append((left, right))
        free: dict[int, list[int]] = {}
        for i in (i for _, right in gaps for i in right):
            free.setdefault(self._keys[1][i], []).append(i)
        for i in (i for left, _ in gaps for i in left):
            there = free.get(self._keys[0][i])
            if there and len(self.a[i].units) >= self.limits.moved_words:
                self.moved[i] = there.pop(0)
        gone, come = set(self.moved), set(self.moved.values())
        for left, right in gaps:
            left, right = [i for i in left if i not in gone], [i for i in right if i not in come]
            if left and right:
                self._pair_similar(left, right)

    def _pair_similar(self, left: list[int], right: list[int]) -> None:
        """Pairs sentences of one gap in order so that the sum of their similarities is greatest."""
        n, m = len(left), len(right)
        if n * m > self.limits.cells:
            return
        floor = 1 if self.a[left[0]].kind == "title" else self.limits.alike
        score = [[0] * (m + 1) for _ in range(n + 1)]
        alike = [[0] * m for _ in range(n)]
        for i in range(n - 1, -1, -1):
            for j in range(m - 1, -1, -1):
                x, y = self._words[0][left[i]], self._words[1][right[j]]
                if 2000 * min(len(x), len(y)) >= floor * (len(x) + len(y)):
                    value = similarity(x, y)
                    alike[i][j] = value if value >= floor else 0
                paired = alike[i][j] and alike[i][j] + score[i + 1][j + 1]
                score[i][j] = max(paired, score[i + 1][j], score[i][j + 1])
        i = j = 0
        while i < n and j < m:
            if alike[i][j] and score[i][j] == alike[i][j] + score[i + 1][j + 1]:
                self.similar[left[i]] = right[j]
                i, j = i + 1, j + 1
            elif score[i][j] == score[i + 1][j]:
                i += 1
            else:
                j += 1

    def _find_moved_alike(self) -> None:
        """Sentences that were moved and edited a little: the best match among what is left, in order."""
        taken = {*self.pairs.values(), *self.moved.values(), *self.similar.values()}
        used = {*self.pairs, *self.moved, *self.similar}
        right = [j for j, s in enumerate(self.b) if j not in taken and s.kind != "title"]
        left = [i for i, s in enumerate(self.a) if i not in used and s.kind != "title"]
        if len(left) * len(right) > self.limits.cells:
            return
        for i in left:
            x = self._words[0][i]
            if len(x) < 2 * self.limits.moved_words or not right:
                continue
            best = max(right, key=lambda j: (similarity(x, self._words[1][j]), -j))
            if similarity(x, self._words[1][best]) >= self.limits.moved_alike:
                self.moved[i] = best
                right.remove(best)

    # ------------------------------------------------------------------ from alignment to hunks

    def _collect(self) -> list[Difference]:
        found = [*self._moves(), *self._deletions(), *self._additions()]
        for i, j in (*self.similar.items(), *self.moved.items()):
            if self.a[i].text != self.b[j].text:
                found.extend(self._inside(i, j))
        found.extend(self._separators())
        return sorted(found, key=lambda d: (d.to.start, d.to.end, d.from_.start, d.from_.end, d.op))

    def _runs(self, numbers: Sequence[int], side: list[Segment]) -> Iterator[tuple[int, int]]:
        """Ranges of neighbouring sentences of one block."""
        begin = previous = -2
        for i in numbers:
            if i != previous + 1 or side[i].block != side[previous].block:
                if begin >= 0:
                    yield begin, previous + 1
                begin = i
            previous = i
        if begin >= 0:
            yield begin, previous + 1

    def _moves(self) -> Iterator[Difference]:
        begun: tuple[int, int] | None = None
        rows = sorted(self.moved.items())
        for k, (i, j) in enumerate(rows):
            begun = begun or (i, j)
            after = rows[k + 1] if k + 1 < len(rows) else None
            if (
                after == (i + 1, j + 1)
                and self.a[i].block == self.a[i + 1].block
                and self.b[j].block == self.b[j + 1].block
            ):
                continue
            yield Difference(
                "move",
                Side(start=self.a[begun[0]].start, end=self.a[i].end),
                Side(start=self.b[begun[1]].start, end=self.b[j].end),
                (begun[0], i + 1),
                (begun[1], j + 1),
                True,
            )
            begun = None

    def _deletions(self) -> Iterator[Difference]:
        kept = {**self.pairs, **self.similar}
        gone = [i for i in range(len(self.a)) if i not in kept and i not in self.moved]
        for low, high in self._runs(gone, self.a):
            point = _point(kept, low, self.b, self.a[low].kind)
            yield Difference(
                "delete",
                Side(start=self.a[low].start, end=self.a[high - 1].end),
                Side(start=point, end=point),
                (low, high),
                (0, 0),
                True,
            )

    def _additions(self) -> Iterator[Difference]:
        kept = {j: i for i, j in (*self.pairs.items(), *self.similar.items())}
        come = set(self.moved.values())
        new = [j for j in range(len(self.b)) if j not in kept and j not in come]
        for low, high in self._runs(new, self.b):
            point = _point(kept, low, self.a, self.b[low].kind)
            yield Difference(
                "add",
                Side(start=point, end=point),
                Side(start=self.b[low].start, end=self.b[high - 1].end),
                (0, 0),
                (low, high),
                True,
            )

    def _inside(self, i: int, j: int) -> Iterator[Difference]:
        """Differences between two sentences that were paired."""
        a, b = self.a[i], self.b[j]
        rows = _merge_opcodes(self._words[0][i], self._words[1][j])
        rows = _join_near(rows, a, b)
        rows = _space_changes(rows, self.old, self.new, a.units, b.units)
        for x0, x1, y0, y1 in rows:
            op = "add" if x0 == x1 else "delete" if y0 == y1 else "replace"
            yield Difference(op, _side(a, x0, x1), _side(b, y0, y1), (i, i + 1), (j, j + 1), False)

    def _separators(self) -> Iterator[Difference]:
        """White space between two sentences that stand together in both versions, if it changed:
        a paragraph that was split or joined."""
        kept = {**self.pairs, **self.similar}
        for i, j in sorted(kept.items()):
            if kept.get(i + 1) != j + 1:
                continue
            old = Side(start=self.a[i].end, end=self.a[i + 1].start)
            new = Side(start=self.b[j].end, end=self.b[j + 1].start)
            if self.old[old.start : old.end] != self.new[new.start : new.end]:
                yield Difference("replace", old, new, (i, i + 1), (j, j + 1), False)


def _point(kept: dict[int, int], index: int, other: list[Segment], kind: str) -> int:
    """Where a passage without a counterpart would stand in the other text: behind the counterpart of
    the sentence before it; a title's place is the start."""
    if kind == "title" or not other:
        return 0
    while index > 0:
        index -= 1
        if index in kept:
            return other[kept[index]].end
    return other[0].start


def _side(segment: Segment, low: int, high: int) -> Side:
    if low < high:
        return Side(start=segment.units[low][0], end=segment.units[high - 1][1])
    point = segment.units[low - 1][1] if low else segment.start
    return Side(start=point, end=point)


Rows = list[tuple[int, int, int, int]]


def _merge_opcodes(a: str, b: str) -> Rows:
    """Unequal stretches of two unit strings, neighbouring insertions and deletions as one."""
    rows: Rows = []
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            continue
        row = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        if rows and rows[-1][1] == row[0] and rows[-1][3] == row[2]:
            row = (rows[-1][0], row[1], rows[-1][2], row[3])
            rows.pop()
        rows.append(row)
    return rows


def _join_near(rows: Rows, a: Segment, b: Segment) -> Rows:
    """Joins rewritten stretches that only one short word or mark keeps apart: chance matches, which
    would show a rewritten clause as confetti. A number alone is never swallowed."""
    joined: Rows = []
    for row in rows:
        if joined:
            last = joined[-1]
            between = [a.text[x - a.start : y - a.start] for x, y in a.units[last[1] : row[0]]]
            rewritten = all(r[1] - r[0] + r[3] - r[2] >= 3 for r in (last, row))
            if (
                rewritten
                and len(between) == 1
                and len(between[0]) <= 3
                and not between[0].isdigit()
            ):
                joined[-1] = (last[0], row[1], last[2], row[3])
                continue
        joined.append(row)
    return joined


def _space_changes(
    rows: Rows,
    old: str,
    new: str,
    a: tuple[tuple[int, int], ...],
    b: tuple[tuple[int, int], ...],
) -> Rows:
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
    joined: Rows = []
    for row in sorted(found):
        if joined and (row[0] < joined[-1][1] or row[2] < joined[-1][3]):
            last = joined.pop()
            row = (last[0], max(last[1], row[1]), last[2], max(last[3], row[3]))
        joined.append(row)
    return joined

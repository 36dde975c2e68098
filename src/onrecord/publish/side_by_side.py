"""Two versions of a report against one another: paragraphs level, what differs marked in place.

The marks are the hunks of `relate.changes.compare`; here they are only laid out. Nothing of either text
is lost: the runs of a side, in order, are that side's blocks, and a difference that no hunk covers
would still be marked, as one without a label.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from rapidfuzz.distance import LCSseq

from onrecord.publish.desk import try_cite
from onrecord.records import Citation, Hunk, Version

MINOR = frozenset({"cosmetic", "template"})
_WORD = re.compile(r"\S+")
NEAR = 1
"""Unchanged rows left open on either side of a changed one."""
FEWEST = 3
"""Fewer unchanged rows than this are not folded away."""


@dataclass(frozen=True)
class Run:
    """Words of a paragraph that met one fate. `op`: same, del (on the older side only), ins (on the
    newer side only). `hunk`: number of the difference, from 1. `moved`: number of the one that moved
    the words; on the older side they are where they were, on the newer where they are now.
    """

    op: str
    text: str
    hunk: int | None = None
    moved: int | None = None
    away: bool = False
    """Moved words at the place they were moved from."""

    @property
    def shared(self) -> bool:
        """Whether the words stand at this place in both versions."""
        return self.op == "same" and self.moved is None


@dataclass(frozen=True)
class Para:
    """A block of a version, or of both in one line of reading."""

    kind: str
    runs: tuple[Run, ...]
    split: bool = False
    """It begins where the older version has no new paragraph."""

    def moves(self) -> tuple[tuple[int | None, tuple[Run, ...]], ...]:
        """The runs, those of one move together: (its number or None, runs)."""
        cut = groupby(self.runs, key=lambda run: (run.moved, run.away))
        return tuple((moved, tuple(runs)) for (moved, _), runs in cut)


@dataclass(frozen=True)
class Row:
    """What stands level: blocks of the older version, of the newer, and both read as one.

    `kind`: same, changed, added, taken, moved (nothing but moved words). `note`: split, joined, or
    both, or empty: how paragraphs were cut. `hunks`: numbers of the differences told at this row.
    """

    kind: str
    old: tuple[Para, ...]
    new: tuple[Para, ...]
    inline: tuple[Para, ...]
    note: str
    hunks: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """A hunk by its number, with the words on both sides and where they stand."""

    number: int
    hunk: Hunk
    before: str
    after: str
    old: Citation | None
    new: Citation | None

    @property
    def minor(self) -> bool:
        return bool(self.hunk.labels) and MINOR.issuperset(self.hunk.labels)


@dataclass(frozen=True)
class Stretch:
    """Rows together; `folded`: unchanged and far from any change."""

    folded: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions laid out."""

    older: Version
    newer: Version
    differences: tuple[Difference, ...]
    spacing: int
    """Differences of white space alone, between paragraphs or inside them."""
    rows: tuple[Row, ...]

    def stretches(self) -> tuple[Stretch, ...]:
        """The rows in order, long unchanged stretches folded."""
        near = [False] * len(self.rows)
        for i, row in enumerate(self.rows):
            if row.kind != "same" or row.note:
                for k in range(max(0, i - NEAR), min(len(self.rows), i + NEAR + 1)):
                    near[k] = True
        found: list[tuple[bool, list[Row]]] = []
        for row, open_ in zip(self.rows, near, strict=True):
            if found and found[-1][0] is not open_:
                found[-1][1].append(row)
            else:
                found.append((not open_, [row]))
        joined: list[tuple[bool, list[Row]]] = []
        for folded, rows in found:
            folded = folded and len(rows) >= FEWEST
            if joined and not folded and not joined[-1][0]:
                joined[-1][1].extend(rows)
            else:
                joined.append((folded, rows))
        return tuple(Stretch(folded, tuple(rows)) for folded, rows in joined)


# --------------------------------------------------------------------------- marks


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    hunk: int | None
    moved: int | None = None


@dataclass
class _Side:
    """One version with its marks: `paras[i]` are the runs of block i, each with where it starts."""

    version: Version
    op: str
    marks: list[_Mark] = field(default_factory=list)
    paras: list[list[tuple[int, Run]]] = field(default_factory=list)

    def cut(self) -> None:
        """Cuts every block where a mark begins or ends."""
        text = self.version.text
        self.paras = []
        self.marks.sort(key=lambda m: (m.start, m.end))
        open_: list[_Mark] = []
        at = 0
        for block in self.version.blocks:
            while at < len(self.marks) and self.marks[at].start < block.end:
                open_.append(self.marks[at])
                at += 1
            open_ = mine = [m for m in open_ if block.start < m.end]
            edges = {block.start, block.end}
            for m in mine:
                edges.update(e for e in (m.start, m.end) if block.start < e < block.end)
            runs = []
            for low, high in pairwise(sorted(edges)):
                inside = [m for m in mine if m.start <= low and high <= m.end]
                hunk = next((m.hunk for m in inside if m.moved is None), None)
                moved = next((m.moved for m in inside if m.moved is not None), None)
                marked = any(m.moved is None for m in inside)
                op = self.op if marked else "same"
                away = moved is not None and self.op == "del"
                runs.append((low, Run(op, text[low:high], hunk, moved, away)))
            self.paras.append(runs)

    def words(self) -> list[tuple[int, str]]:
        """The words that stand in both versions, in order, each with where it starts."""
        return [
            (start + m.start(), m[0])
            for runs in self.paras
            for start, run in runs
            if run.shared
            for m in _WORD.finditer(run.text)
        ]

    def block_at(self, at: int) -> int | None:
        """The number of the block that holds an offset."""
        number = bisect_right(self.version.blocks, at, key=lambda b: b.start) - 1
        return number if number >= 0 and at < self.version.blocks[number].end else None

    def shared(self) -> str:
        """The letters that stand in both versions, white space left out."""
        kept = (run.text for runs in self.paras for _, run in runs if run.shared)
        return "".join("".join(kept).split())

    def between(self, low: int, high: int) -> tuple[Para, ...]:
        """The blocks of these numbers."""
        return tuple(
            Para(self.version.blocks[n].kind, tuple(run for _, run in self.paras[n]))
            for n in range(low, high)
        )


def _reconcile(old: _Side, new: _Side) -> None:
    """Marks what differs and is covered by no hunk, so that what is left is the same on both sides."""
    if old.shared() == new.shared():
        return
    a, b = old.words(), new.words()
    for op in LCSseq.opcodes([w for _, w in a], [w for _, w in b]):
        if op.tag != "equal":
            old.marks += [_Mark(at, at + len(w), None) for at, w in a[op.src_start : op.src_end]]
            new.marks += [_Mark(at, at + len(w), None) for at, w in b[op.dest_start : op.dest_end]]
    old.cut()
    new.cut()


# --------------------------------------------------------------------------- rows


def _letters(paras: Sequence[Para]) -> list[tuple[int, int]]:
    """How many letters of each paragraph are shared, white space not counted: (paragraph, number)."""
    found = []
    for number, para in enumerate(paras):
        count = sum(_count(r.text) for r in para.runs if r.shared)
        if count:
            found.append((number, count))
    return found


def _pairs(old: Sequence[Para], new: Sequence[Para]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that hold the same letters, in order."""
    a, b = _letters(old), _letters(new)
    found: list[tuple[int, int]] = []
    i = j = used_a = used_b = 0
    while i < len(a) and j < len(b):
        found.append((a[i][0], b[j][0]))
        step = min(a[i][1] - used_a, b[j][1] - used_b)
        used_a, used_b = used_a + step, used_b + step
        if used_a == a[i][1]:
            i, used_a = i + 1, 0
        if used_b == b[j][1]:
            j, used_b = j + 1, 0
    return found


def _replaced(old: _Side, new: _Side, hunks: Sequence[Hunk]) -> list[tuple[int, int]]:
    """Pairs of blocks that a replacement joins: a headline rewritten whole shares no letter."""
    moves = [h.to for h in hunks if h.op == "move" and h.to]
    found = []
    for hunk in hunks:
        a, b = hunk.from_, hunk.to
        if hunk.op != "replace" or a is None or b is None:
            continue
        if any(m.start <= b.start and b.end <= m.end for m in moves):
            continue
        i, j = old.block_at(a.start), new.block_at(b.start)
        if i is not None and j is not None:
            found.append((i, j))
    return found


def _crosses(pair: tuple[int, int], kept: Sequence[tuple[int, int]]) -> bool:
    """Whether a pair of blocks runs against pairs that are in order on both sides: shared letters decide
    what stands beside what, a replacement only where they leave it open."""
    i, j = pair
    before, behind = bisect_left(kept, (i, 0)), bisect_left(kept, (i + 1, 0))
    return (before > 0 and kept[before - 1][1] > j) or (behind < len(kept) and kept[behind][1] < j)


def _groups(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Ranges of blocks (old from, to, new from, to) that belong together; a pair that crosses the
    ones before it joins nothing."""
    groups: list[tuple[int, int, int, int]] = []
    for i, j in sorted(set(pairs)):
        a0, a1, b0, b1 = groups[-1] if groups else (0, 0, 0, 0)
        if j < b0:
            continue
        if i < a1 or j < b1:
            groups[-1] = (a0, max(a1, i + 1), b0, max(b1, j + 1))
        else:
            groups.append((i, i + 1, j, j + 1))
    return groups


def _cut_anew(pairs: Sequence[tuple[int, int]]) -> str:
    """Whether paragraphs were split or joined, by which share letters."""
    split = len({i for i, _ in pairs}) < len(pairs)
    joined = len({j for _, j in pairs}) < len(pairs)
    return "both" if split and joined else "split" if split else "joined" if joined else ""


def _kind(old: Sequence[Para], new: Sequence[Para], runs: Sequence[Run]) -> str:
    if old and new and all(r.shared for r in runs):
        return "same"
    if runs and all(r.moved is not None for r in runs):
        return "moved"
    return "changed" if old and new else "added" if new else "taken"


def _row(old: tuple[Para, ...], new: tuple[Para, ...], within: dict[int, set[int]]) -> Row:
    """`within`: differences inside words that were moved, by the move; they are told where those stand
    now."""
    runs = [r for p in (*old, *new) for r in p.runs if r.text.strip()]
    numbers = {r.hunk for r in runs if r.hunk is not None and r.moved is None}
    for move in {r.moved for r in runs if r.moved is not None and not r.away}:
        numbers |= {move, *within.get(move, ())}
    kind = _kind(old, new, runs)
    if kind == "same" and len(old) == len(new) == 1:
        return Row(kind, old, new, new, "", ())
    note = _cut_anew(_pairs(old, new))
    return Row(kind, old, new, inline(old, new), note, tuple(sorted(numbers)))


def _rows(
    old: _Side,
    new: _Side,
    groups: Sequence[tuple[int, int, int, int]],
    within: dict[int, set[int]],
) -> Iterator[Row]:
    """Blocks without a counterpart stand alone, those of the older version first."""
    i = j = 0
    last = (len(old.paras), len(old.paras), len(new.paras), len(new.paras))
    for a0, a1, b0, b1 in (*groups, last):
        for n in range(i, a0):
            yield _row(old.between(n, n + 1), (), within)
        for n in range(j, b0):
            yield _row((), new.between(n, n + 1), within)
        if a0 < a1:
            yield _row(old.between(a0, a1), new.between(b0, b1), within)
        i, j = a1, b1


def lay_out(older: Version, newer: Version, hunks: Sequence[Hunk]) -> Comparison:
    """The two versions with these differences marked. What a hunk's sides say must hold in the texts."""
    old, new = _Side(older, "del"), _Side(newer, "ins")
    differences: list[Difference] = []
    spacing = 0
    for hunk in hunks:
        a, b = hunk.from_, hunk.to
        before = older.text[a.start : a.end] if a else ""
        after = newer.text[b.start : b.end] if b else ""
        if not before.strip() and not after.strip():
            spacing += 1
            continue
        number = len(differences) + 1
        differences.append(
            Difference(
                number,
                hunk,
                before,
                after,
                try_cite(older, a.start, a.end) if a else None,
                try_cite(newer, b.start, b.end) if b else None,
            )
        )
        moved = number if hunk.op == "move" else None
        for side, at in ((old, a), (new, b)):
            if at is not None and at.start < at.end:
                side.marks.append(_Mark(at.start, at.end, None if moved else number, moved))
    old.cut()
    new.cut()
    _reconcile(old, new)
    pairs = _pairs(old.between(0, len(old.paras)), new.between(0, len(new.paras)))
    replaced = [pair for pair in _replaced(old, new, hunks) if not _crosses(pair, pairs)]
    groups = _groups([*pairs, *replaced])
    rows = tuple(_rows(old, new, groups, _within(old, new)))
    return Comparison(older, newer, tuple(differences), spacing, rows)


def _within(*sides: _Side) -> dict[int, set[int]]:
    """The differences inside words that were moved, by the number of the move."""
    found: dict[int, set[int]] = {}
    for run in (run for side in sides for runs in side.paras for _, run in runs):
        if run.moved is not None and run.hunk is not None:
            found.setdefault(run.moved, set()).add(run.hunk)
    return found


# --------------------------------------------------------------------------- one line of reading


class _Reader:
    """Goes through the runs of a side's paragraphs."""

    def __init__(self, paras: Sequence[Para]) -> None:
        self._todo = [(n, run) for n, para in enumerate(paras) for run in para.runs]
        self._at = 0
        self.rest = self._todo[0][1].text if self._todo else ""

    @property
    def run(self) -> Run | None:
        return self._todo[self._at][1] if self._at < len(self._todo) else None

    @property
    def para(self) -> int:
        return self._todo[self._at][0]

    def next(self) -> None:
        self._at += 1
        self.rest = self._todo[self._at][1].text if self.run else ""

    def take(self, letters: int) -> str:
        """That many letters of the run, with the white space around them."""
        end = 0
        while letters:
            letters -= not self.rest[end].isspace()
            end += 1
        while end < len(self.rest) and self.rest[end].isspace():
            end += 1
        taken, self.rest = self.rest[:end], self.rest[end:]
        if not self.rest:
            self.next()
        return taken


def _count(text: str) -> int:
    """How many letters, white space not counted."""
    return len("".join(text.split()))


class _Lines:
    """The paragraphs of one line of reading while they are written."""

    def __init__(self, old: Sequence[Para], new: Sequence[Para]) -> None:
        self._old, self._new = old, new
        self._shares = set(_pairs(old, new))
        self._lines: list[tuple[str, bool, list[Run]]] = []
        self._p: int | None = None
        self._q: int | None = None

    def _line(self, p: int | None, q: int | None, *, begin: bool) -> list[Run]:
        if begin or not self._lines:
            kind = self._new[q].kind if q is not None else self._old[p or 0].kind
            split = bool(self._lines) and p is not None and p == self._p
            self._lines.append((kind, split, []))
            self._p, self._q = p, q
        self._p = self._p if p is None else p
        self._q = self._q if q is None else q
        return self._lines[-1][2]

    def old(self, p: int, run: Run) -> None:
        """Words of the older side alone: in the line of their paragraph's kept words, or in their own."""
        stays = self._p in (None, p) or (self._q is not None and (p, self._q) in self._shares)
        self._line(p, None, begin=not stays).append(run)

    def new(self, q: int, run: Run) -> None:
        """Words of the newer side alone."""
        single = len(self._old) == len(self._new) == 1
        stays = self._q == q or (
            self._q is None and (single or self._p is None or (self._p, q) in self._shares)
        )
        self._line(None, q, begin=not stays).append(run)

    def shared(self, p: int, q: int, text: str, space: bool) -> None:
        stays = self._q == q or (self._q is None and self._p in (None, p))
        runs = self._line(p, q, begin=not stays)
        if space and runs and not runs[-1].text[-1:].isspace() and not text[:1].isspace():
            text = " " + text
        runs.append(Run("same", text))

    def paras(self) -> tuple[Para, ...]:
        return tuple(Para(kind, _joined(runs), split) for kind, split, runs in self._lines)


def inline(old: Sequence[Para], new: Sequence[Para]) -> tuple[Para, ...]:
    """Both sides as one text: the newer one, with what was taken out set in where it stood."""
    a, b, lines = _Reader(old), _Reader(new), _Lines(old, new)
    space = False
    while a.run or b.run:
        if a.run and not a.run.shared:
            lines.old(a.para, a.run)
            space = False
            a.next()
        elif b.run and not b.run.shared:
            lines.new(b.para, b.run)
            b.next()
        elif a.run and b.run and _count(a.rest) and _count(b.rest):
            p, q = a.para, b.para
            number = min(_count(a.rest), _count(b.rest))
            kept = a.take(number)
            lines.shared(p, q, b.take(number), space or kept[:1].isspace())
            space = kept[-1:].isspace()
        else:
            # White space that only one side has left, at the end of a paragraph or around a mark.
            blank = a if a.run and not _count(a.rest) else b
            if not blank.run or _count(blank.rest):
                raise ValueError("the kept words of the two sides are not the same")
            space = space or blank is a
            blank.next()
    return lines.paras()


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Neighbouring kept runs as one."""
    found: list[Run] = []
    for run in runs:
        if found and run.shared and found[-1].shared:
            found[-1] = Run("same", found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)

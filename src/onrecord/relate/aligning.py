"""Which sentences of one version stand for which of another.

Equal paragraphs are paired first, then equal sentences between them, in order (longest common
subsequence; rapidfuzz's bit-parallel one, after Hyyro 2004); then what stands elsewhere word for word,
which was moved; then edited sentences, by the words they share; last, sentences that were cut in two
or joined. Equal means equal in every character; which sentences are alike is told by their words,
without the marks between them.

Work is bounded by counting: a gap with many sentences on both sides is not compared each with each, but
each with the few that share its rarer words. `Alignment.comparisons` counts them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, product

from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from onrecord.relate.cutting import FRAME, LAYOUT, CutVersion, Segment, VisibleBlock
from onrecord.relate.sequences import Encoder, heaviest, matching

ALONE = frozenset({"title", *FRAME})
"""Kinds whose edited form is looked for among blocks of the same kind, however little they share."""

HOT = 16
"""Sentences that share a word up to which the word leads from one to the other."""

NEAREST = 6
"""Sentences of the other side that are compared with one of a long gap."""

SHORT = (300, 16)
"""Share of words (per mille) and most words of both from which two short sentences are one edited, if they
stand alone between the same neighbours."""

FEWEST = 16
"""Pairs of sentences up to which a call of the library for each costs less than one for all."""

FEW = 400
"""Pairs of headlines, bylines and datelines that are compared each with each."""

PARTS = 64
"""Most sentences that one was cut into, or made of."""

GAP_CELLS = 2_000_000_000
"""Product of the words of two sides of a gap up to which its sentences are compared each with each."""

SPLIT = 500
"""Share of a sentence's words, per mille, that must come from a neighbour's counterpart for it to be
part of that sentence cut in two."""

CONTAINED = (800, 8)
"""Share of the shorter sentence's words (per mille) that the longer one holds, and fewest words of the
shorter one, from which the longer is the shorter with something put in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How alike two passages must be to be compared word by word. Shares in per mille."""

    alike: int = 450
    moved_alike: int = 800
    moved_words: int = 4
    cells: int = 250_000


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Link:
    """Neighbouring sentences of the older version that stand for neighbouring ones of the newer:
    index ranges, half-open. More than one on a side: a sentence was cut in two, or two joined."""

    a: tuple[int, int]
    b: tuple[int, int]
    equal: bool
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """`kept` in order of both texts, `moved` in order of the older one; `a` and `b` are what their
    ranges count: sentences, and paragraphs that stand in both versions as one each."""

    a: tuple[Segment, ...]
    b: tuple[Segment, ...]
    kept: tuple[Link, ...]
    moved: tuple[Link, ...]
    comparisons: int
    """Pairs of sentences that were compared by their words."""


@dataclass
class Aligner:
    """Finds the alignment of two versions; use `align`."""

    old: CutVersion
    new: CutVersion
    limits: Limits
    kept: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    """Sentences of the newer version that have a counterpart."""
    comparisons: int = 0

    def __post_init__(self) -> None:
        self.a: list[Segment] = []
        self.b: list[Segment] = []
        self._encoder = Encoder()
        self._strings: tuple[dict[int, str], dict[int, str]] = ({}, {})

    def run(self) -> Alignment:
        self._equal()
        self._moved_as_they_are()
        for left, right in self._gaps():
            for i, j in heaviest(self._alike(left, right)):
                self._keep(i, j)
        self._moved_and_edited()
        for left, right in self._gaps():
            if len(left) == len(right) == 1 and self._short_and_alike(left[0], right[0]):
                self._keep(left[0], right[0])
        kept = tuple(self._links())
        moved = tuple(
            Link((i, i + 1), (j, j + 1), self.a[i].text == self.b[j].text, moved=True)
            for i, j in sorted(self.moved.items())
        )
        return Alignment(tuple(self.a), tuple(self.b), kept, moved, self.comparisons)

    # ------------------------------------------------------------------ what is equal

    def _equal(self) -> None:
        old, new = self.old.blocks, self.new.blocks
        rows = _numbered(
            [(block.kind == "title", block.text) for block in old],
            [(block.kind == "title", block.text) for block in new],
        )
        # Where the report and a caption changed places, it is the caption that moved.
        placed = {block.text for block in (*old, *new) if block.kind in LAYOUT}
        fixed = [[k for k, b in enumerate(side) if b.text not in placed] for side in (old, new)]
        pairs = [
            (fixed[0][p], fixed[1][q])
            for p, q in matching([rows[0][k] for k in fixed[0]], [rows[1][k] for k in fixed[1]])
        ]
        pairs = list(_filled(pairs, *rows)) if placed else pairs
        x = y = 0
        for i, j in [*pairs, (len(old), len(new))]:
            self._cut_gap(old[x:i], new[y:j])
            if i < len(old):
                self.kept[len(self.a)] = len(self.b)
                self.taken.add(len(self.b))
                self.a.append(self.old.uncut(old[i]))
                self.b.append(self.new.uncut(new[j]))
            x, y = i + 1, j + 1

    def _cut_gap(self, old: Sequence[VisibleBlock], new: Sequence[VisibleBlock]) -> None:
        """Cuts the blocks between two that are equal into sentences, and pairs the equal ones."""
        left = [s for block in old for s in self.old.cut(block.number)]
        right = [s for block in new for s in self.new.cut(block.number)]
        low_a, low_b = len(self.a), len(self.b)
        self.a += left
        self.b += right
        if left and right:
            rows = _numbered(
                [(s.kind == "title", s.text) for s in left],
                [(s.kind == "title", s.text) for s in right],
            )
            for x, y in matching(*rows):
                self.kept[low_a + x] = low_b + y
                self.taken.add(low_b + y)

    def _keep(self, i: int, j: int) -> None:
        self.kept[i] = j
        self.taken.add(j)

    def _short_and_alike(self, i: int, j: int) -> bool:
        """Whether two short sentences at the same place are one, though two of three words differ."""
        if "title" in (self.a[i].kind, self.b[j].kind):
            return False
        x, y = self.string(0, i), self.string(1, j)
        both = len(x) + len(y)
        return both <= SHORT[1] and 2000 * self._shared(x, y) >= SHORT[0] * both > 0

    def _gaps(self) -> list[tuple[list[int], list[int]]]:
        """What has no counterpart yet, between neighbours that have one in order; both sides filled."""
        found = []
        i = j = 0
        for x, y in [*sorted(self.kept.items()), (len(self.a), len(self.b))]:
            left = [k for k in range(i, x) if k not in self.moved]
            right = [k for k in range(j, y) if k not in self.taken]
            if left and right:
                found.append((left, right))
            i, j = x + 1, y + 1
        return found

    def _moved_as_they_are(self) -> None:
        free = [j for j in range(len(self.b)) if j not in self.taken and self._movable(self.b[j])]
        rest = [i for i in range(len(self.a)) if i not in self.kept and self._movable(self.a[i])]
        if not free or not rest:
            return
        waiting = set(free)
        where: dict[str, deque[int]] = {}
        for j in free:
            where.setdefault(self.b[j].text, deque()).append(j)
        seeds = [i for i in rest if self.a[i].text in where and self._long_enough(i)]
        loose = set(rest)
        for i in seeds:
            if i not in loose:
                continue
            there = where[self.a[i].text]
            while there and there[0] not in waiting:
                there.popleft()
            if there:
                self._move_run(i, there[0], loose, waiting)

    def _move_run(self, i: int, j: int, loose: set[int], waiting: set[int]) -> None:
        """Moves a sentence with the equal ones beside it, however short they are."""
        low = 0
        while (
            i - low - 1 in loose
            and j - low - 1 in waiting
            and self.a[i - low - 1].text == self.b[j - low - 1].text
        ):
            low += 1
        k = -low
        while i + k in loose and j + k in waiting and self.a[i + k].text == self.b[j + k].text:
            self._move(i + k, j + k)
            loose.discard(i + k)
            waiting.discard(j + k)
            k += 1

    def _move(self, i: int, j: int) -> None:
        self.moved[i] = j
        self.taken.add(j)

    def _movable(self, segment: Segment) -> bool:
        return segment.kind != "title"

    def _long_enough(self, i: int) -> bool:
        """Whether a sentence says enough to be known again elsewhere; a whole block does with less."""
        segment = self.a[i]
        alone = all(
            not 0 <= k < len(self.a) or self.a[k].block != segment.block for k in (i - 1, i + 1)
        )
        least = 2 if alone else self.limits.moved_words
        return segment.kind in FRAME or len(segment.plain) >= least

    # ------------------------------------------------------------------ what is alike

    def string(self, side: int, index: int) -> str:
        """A sentence with one code point a word."""
        known = self._strings[side]
        if index not in known:
            known[index] = self._encoder.encode((self.a, self.b)[side][index].plain, side)
        return known[index]

    def _both(self, link: Link) -> tuple[str, str]:
        x = "".join([self.string(0, i) for i in range(*link.a)])
        return x, "".join([self.string(1, j) for j in range(*link.b)])

    def _shared(self, x: str, y: str) -> int:
        self.comparisons += 1
        return LCSseq.similarity(x, y)

    def _weight(self, i: int, j: int, shared: int) -> int:
        """What pairing two sentences that share so many words is worth; 0 if they are not alike enough
        to be one edited."""
        a, b = self.a[i].kind, self.b[j].kind
        if a == b and a in ALONE:
            return 1 + shared
        if a == "title" or b == "title":
            return 0
        x, y = len(self.string(0, i)), len(self.string(1, j))
        both, least = x + y, min(x, y)
        share, fewest = CONTAINED
        if 2000 * shared >= self.limits.alike * both or (
            least >= fewest and 1000 * shared >= share * least
        ):
            return shared * (2000 * shared // both) if both else 0
        return 0

    def _alike(self, left: list[int], right: list[int]) -> Iterator[tuple[int, int, int]]:
        for i, j, shared in self._candidates(left, right, self.limits.alike, contained=True):
            weight = self._weight(i, j, shared)
            if weight:
                yield i, j, weight

    def _candidates(
        self, left: list[int], right: list[int], alike: int, contained: bool
    ) -> Iterator[tuple[int, int, int]]:
        """The pairs of a gap that are alike (per mille), or hold one another, with the words they share:
        of all pairs of a gap that is not too large, else of those that share rarer words. Blocks of the
        same kind that stand alone are always among them."""
        left, right = yield from self._alone(left, right)
        if not left or not right:
            return
        rows = [self.string(0, i) for i in left]
        columns = [self.string(1, j) for j in right]
        lengths = [len(y) for y in columns]
        share, fewest = CONTAINED
        small = sum(map(len, rows)) * sum(lengths) <= GAP_CELLS
        if small and len(left) * len(right) <= self.limits.cells:
            self.comparisons += len(left) * len(right)
            if len(left) * len(right) <= FEWEST:
                for i, x in zip(left, rows, strict=True):
                    for j, y in zip(right, columns, strict=True):
                        shared, least = LCSseq.similarity(x, y), min(len(x), len(y))
                        if 2000 * shared >= alike * (len(x) + len(y)) or (
                            contained and least >= fewest and 1000 * shared >= share * least
                        ):
                            yield i, j, shared
                return
            table = cdist(rows, columns, scorer=LCSseq.similarity)
            shortest = min(lengths)
            for i, x, row in zip(left, rows, table, strict=True):
                size = len(x)
                least = max(1, alike * (size + shortest) // 2000)
                if contained and size >= fewest:
                    least = min(least, share * fewest // 1000)
                for place in (row >= least).nonzero()[0].tolist():
                    shared, other = int(row[place]), lengths[place]
                    if 2000 * shared >= alike * (size + other) or (
                        contained
                        and min(size, other) >= fewest
                        and 1000 * shared >= share * min(size, other)
                    ):
                        yield i, right[place], shared
            return
        for i, x, near in zip(left, rows, self._near(rows, columns), strict=True):
            for place in near:
                yield i, right[place], self._shared(x, columns[place])

    def _alone(
        self, left: list[int], right: list[int]
    ) -> Generator[tuple[int, int, int], None, tuple[list[int], list[int]]]:
        """Pairs of headlines, bylines and datelines of a gap; returns what else there is."""
        sides = []
        for side, segments in ((left, self.a), (right, self.b)):
            sides.append([k for k in side if segments[k].kind in ALONE])
        if not sides[0] and not sides[1]:
            return left, right
        # A text full of them was misread: then only those at the same place are compared.
        few = len(sides[0]) * len(sides[1]) <= FEW
        pairs = product(*sides) if few else zip(*sides, strict=False)
        for i, j in pairs:
            if self.a[i].kind == self.b[j].kind:
                yield i, j, self._shared(self.string(0, i), self.string(1, j))
        return (
            [i for i in left if self.a[i].kind != "title"],
            [j for j in right if self.b[j].kind != "title"],
        )

    def _near(self, rows: list[str], columns: list[str]) -> Iterator[list[int]]:
        """Per row the columns that share most of its rarer words."""
        where: dict[str, list[int]] = {}
        for place, string in enumerate(columns):
            for word in set(string):
                where.setdefault(word, []).append(place)
        for order, string in enumerate(rows):
            votes = Counter(
                chain.from_iterable(
                    places
                    for word in sorted(set(string))
                    if len(places := where.get(word, ())) <= HOT
                )
            )
            level = order * len(columns) // len(rows)
            best = sorted(votes.items(), key=lambda v: (-v[1], abs(v[0] - level), v[0]))
            yield [place for place, _ in best[:NEAREST]]

    def _moved_and_edited(self) -> None:
        """Sentences that were moved and edited: beside moved ones, or very much alike."""
        self._spread_moves()
        left = [i for i, s in enumerate(self.a) if self._loose_old(i) and s.kind != "title"]
        right = [j for j, s in enumerate(self.b) if j not in self.taken and s.kind != "title"]
        if not left or not right:
            return
        rows = []
        for i, j, shared in self._candidates(left, right, self.limits.moved_alike, contained=False):
            both = len(self.string(0, i)) + len(self.string(1, j))
            if self.a[i].kind == self.b[j].kind and self.a[i].kind in FRAME:
                rows.append((-1001 - shared, i, j))
            elif (
                both >= 4 * self.limits.moved_words
                and 2000 * shared >= self.limits.moved_alike * both
            ):
                rows.append((-2000 * shared // both, i, j))
        for _, i, j in sorted(rows):
            if self._loose(i, j):
                self._move(i, j)
        self._spread_moves()

    def _spread_moves(self) -> None:
        """Takes into moves what stands beside them on both sides and is alike, or the same."""
        for i, j in list(self.moved.items()):
            for step in (1, -1):
                p, q = i + step, j + step
                while self._loose(p, q) and (
                    self.a[p].text == self.b[q].text
                    or self._weight(p, q, self._shared(self.string(0, p), self.string(1, q)))
                ):
                    self._move(p, q)
                    p, q = p + step, q + step

    def _loose_old(self, i: int) -> bool:
        return i not in self.kept and i not in self.moved

    def _loose(self, i: int, j: int) -> bool:
        return (
            0 <= i < len(self.a)
            and 0 <= j < len(self.b)
            and self._loose_old(i)
            and j not in self.taken
            and "title" not in (self.a[i].kind, self.b[j].kind)
        )

    # ------------------------------------------------------------------ what was cut or joined

    def _links(self) -> Iterator[Link]:
        """The kept pairs in order, each with the neighbours that were cut off it or joined to it."""
        rows = sorted(self.kept.items())
        used_a, used_b = set(self.kept) | set(self.moved), set(self.taken)
        for i, j in rows:
            a, b = (i, i + 1), (j, j + 1)
            if self.a[i].text == self.b[j].text:
                yield Link(a, b, equal=True)
                continue
            grown = True
            while grown and a[1] - a[0] + b[1] - b[0] < PARTS:
                grown = False
                for side, at in ((1, b[1]), (1, b[0] - 1), (0, a[1]), (0, a[0] - 1)):
                    used = used_b if side else used_a
                    if at in used or not self._cut_off(a, b, side, at):
                        continue
                    used.add(at)
                    if side:
                        b = (min(b[0], at), max(b[1], at + 1))
                    else:
                        a = (min(a[0], at), max(a[1], at + 1))
                    grown = True
            yield Link(a, b, equal=False)

    def _cut_off(self, a: tuple[int, int], b: tuple[int, int], side: int, at: int) -> bool:
        """Whether a neighbouring sentence takes half its words from what a link's other side has left."""
        segments = self.b if side else self.a
        if not 0 <= at < len(segments):
            return False
        if {"title", *FRAME} & {segments[at].kind, self.a[a[0]].kind, self.b[b[0]].kind}:
            return False
        strings = self._both(Link(a, b, equal=False))
        more = self.string(side, at)
        mine, other = strings[side], strings[1 - side]
        joined = mine + more if at >= (b if side else a)[1] else more + mine
        gain = self._shared(joined, other) - self._shared(mine, other)
        return gain >= 3 and 1000 * gain >= SPLIT * len(more)


def _filled(
    pairs: Sequence[tuple[int, int]], a: Sequence[int], b: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs in order, with what else is equal between them."""
    x = y = 0
    for i, j in [*pairs, (len(a), len(b))]:
        for p, q in matching(a[x:i], b[y:j]):
            yield x + p, y + q
        if i < len(a):
            yield i, j
        x, y = i + 1, j + 1


def _numbered(a: list[tuple[bool, str]], b: list[tuple[bool, str]]) -> tuple[list[int], list[int]]:
    """Equal keys as equal numbers."""
    numbers: dict[tuple[bool, str], int] = {}
    return (
        [numbers.setdefault(key, len(numbers)) for key in a],
        [numbers.setdefault(key, len(numbers)) for key in b],
    )


def align(old: CutVersion, new: CutVersion, limits: Limits = DEFAULT) -> Alignment:
    """Which sentences stand for which."""
    return Aligner(old, new, limits).run()


def followed(links: Sequence[Link]) -> Iterator[Link]:
    """Links that the next one follows at once, on both sides."""
    for one, two in pairwise(links):
        if one.a[1] == two.a[0] and one.b[1] == two.b[0]:
            yield one

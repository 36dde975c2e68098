"""Longest and heaviest common orders of two sequences, and words as strings that C compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from rapidfuzz.distance import LCSseq

FIRST = 0x10000
"""First code point that stands for a word when units are compared as one string (no surrogates)."""

CODES = 0x10FFFF - FIRST
"""Most different words of one comparison."""

_UNKNOWN = "\x01\x02"
"""Codes of units that got none, one a side."""

SEQUENCE_CELLS = 400_000_000
"""Product of lengths up to which two sequences are compared as a whole (a bit each: 50 MB)."""


def matching(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Index pairs of a longest common subsequence. Sequences too long to be compared as a whole are
    compared between what stands exactly once in both."""
    low = 0
    high_a, high_b = len(a), len(b)
    while low < min(high_a, high_b) and a[low] == b[low]:
        yield low, low
        low += 1
    tail = []
    while low < min(high_a, high_b) and a[high_a - 1] == b[high_b - 1]:
        high_a, high_b = high_a - 1, high_b - 1
        tail.append((high_a, high_b))
    anchors: list[tuple[int, int]] = []
    if (high_a - low) * (high_b - low) > SEQUENCE_CELLS:
        anchors = _anchors(a, b, (low, high_a), (low, high_b))
    begin_a = begin_b = low
    for x, y in [*anchors, (high_a, high_b)]:
        if (x - begin_a) * (y - begin_b) <= SEQUENCE_CELLS:
            for block in LCSseq.opcodes(a[begin_a:x], b[begin_b:y]):
                if block.tag == "equal":
                    for k in range(block.src_end - block.src_start):
                        yield begin_a + block.src_start + k, begin_b + block.dest_start + k
        if x < high_a and y < high_b:
            yield x, y
        begin_a, begin_b = x + 1, y + 1
    yield from reversed(tail)


def _anchors(
    a: Sequence[Hashable], b: Sequence[Hashable], left: tuple[int, int], right: tuple[int, int]
) -> list[tuple[int, int]]:
    """What stands exactly once on both sides, in the longest order common to both (patience diff)."""
    once = [Counter(a[slice(*left)]), Counter(b[slice(*right)])]
    where = {b[j]: j for j in range(*right) if once[1][b[j]] == 1}
    rows = [(i, where[a[i]], 1) for i in range(*left) if once[0][a[i]] == 1 and a[i] in where]
    return heaviest(rows)


def heaviest(rows: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of (i, j, weight) the pairs that rise in both and together weigh most: a heaviest increasing
    subsequence over a Fenwick tree, n log n. Of equal ones, those found first in order of i."""
    ordered = sorted(rows, key=lambda r: (r[0], -r[1]))
    ranks = {j: rank for rank, j in enumerate(sorted({j for _, j, _ in ordered}), start=1)}
    size = len(ranks)
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    """Per rank and what it covers: greatest weight, and the row that ends it."""
    before = [-1] * len(ordered)
    top = (0, -1)
    for k, (_, j, weight) in enumerate(ordered):
        total, last = 0, -1
        rank = ranks[j] - 1
        while rank > 0:
            if best[rank][0] > total:
                total, last = best[rank]
            rank -= rank & -rank
        before[k] = last
        total += weight
        if total > top[0]:
            top = (total, k)
        rank = ranks[j]
        while rank <= size:
            if total > best[rank][0]:
                best[rank] = (total, k)
            rank += rank & -rank
    found = []
    k = top[1]
    while k >= 0:
        found.append(ordered[k][:2])
        k = before[k]
    return found[::-1]


class _Codes(dict[str, str]):
    """Word -> one code point, in order of first use; only equality counts. There are no more than a
    million: later words are `_UNKNOWN`, which nothing equals."""

    def __missing__(self, key: str) -> str:
        if len(self) >= CODES:
            return _UNKNOWN[0]
        self[key] = value = chr(FIRST + len(self))
        return value


class Encoder:
    """Words as strings of one code point each, so that two rows of them can be compared in C."""

    def __init__(self) -> None:
        self._codes = _Codes()

    def encode(self, words: Sequence[str], side: int) -> str:
        """The words of a side (0 or 1) as one string."""
        codes = self._codes
        string = "".join([codes[w] for w in words])
        return string if len(codes) < CODES else string.replace(_UNKNOWN[0], _UNKNOWN[side])

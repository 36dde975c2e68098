"""Which lines of an episode speak of the same thing, and by which words.

Every shared word weighs by how few lines of the episode have it (Spärck Jones 1972, inverse document
frequency): the words that the whole story is about bring nothing together. The shared weight is set
against what both lines weigh. Lines need less if they are worded alike, if their neighbours match as
well, and the nearer to the top of their reports they stand. All numbers are integers, so that the record
is the same on every machine. What matches is only *looked at*: what two lines have to do with one
another, comparing.compare decides by their frames.
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Line
from onrecord.relate.keys import name_keys, words_of

LEAST_WEIGHT = 70
"""Hundredths of a nat that a word weighs at least: it is still one word of the two lines."""

DAMPING = 500
"""Weight added to what two lines weigh, so that one shared word of two short lines is not much."""

SHORTER = 70
"""Per cent of the measure that the shorter line makes, the longer one the rest: a sentence that holds
another one whole speaks of it too. Tuned on pairs of real reports (bench/accounts.py), as the others."""

BESIDE = 20
"""Per cent of the best match among the lines beside two lines that counts for them."""

OPENING = 3
"""Lines at the top of a report (headline, deck, first sentences): the news, which every report opens with."""

LEAD = 80
"""Per mille that two opening lines need less."""

WORDING = 150
"""Per cent of the share of all words, the small ones too, that two lines have in common (Jaccard 1912):
reports of one event take sentences over from one source and rewrite them. With DEPTH it brought 5 in
100 more of the related pairs of real reports together than weighed words alone, at as many unrelated."""

DEPTH = 4
"""Per mille that a line needs more for each sentence before it in its report, up to DEEPEST: what
stands first is the news, which the others have too; what stands last is each report's own background."""

DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Match:
    """Two lines that have something in common. `score`: per mille; `shared`: keys both have."""

    score: int
    shared: frozenset[str]


class Weights:
    """What the words of an episode's lines weigh, in hundredths of a nat."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.keys = [frozenset(_keys(line)) for line in lines]
        counts = Counter(key for found in self.keys for key in found)
        self.of_key = {
            key: max(LEAST_WEIGHT, _log(len(lines) + 2, count + 1)) for key, count in counts.items()
        }
        self.sums = [sum(self.of_key[key] for key in found) for found in self.keys]
        self._words = [frozenset((*words_of(line.text), *line.saying)) for line in lines]

    def of(self, keys: frozenset[str]) -> int:
        """The weight of some keys."""
        return sum(self.of_key[key] for key in keys)

    def match(self, i: int, j: int) -> Match:
        """What two lines have in common, by their places in the sequence."""
        shared = self.keys[i] & self.keys[j]
        low, high = sorted((self.sums[i], self.sums[j]))
        return Match(1000 * self.of(shared) // _whole(low, high), shared)

    def wording(self, i: int, j: int) -> int:
        """Per mille of all words of two lines, with the words around them, that both have."""
        a, b = self._words[i], self._words[j]
        both = len(a & b)
        return 1000 * both // max(1, len(a) + len(b) - both)


N = TypeVar("N", int, NDArray[np.int64])


def _whole(low: N, high: N) -> N:
    """What the shared weight of two lines is set against: `low` and `high` are their own weights."""
    return (SHORTER * low + (100 - SHORTER) * high) // 100 + DAMPING


@functools.lru_cache(maxsize=100_000)
def _log(total: int, count: int) -> int:
    return round(100 * math.log(total / count))


def _keys(line: Line) -> set[str]:
    found = {key for key, _ in line.keys} | set(line.hinge)
    if line.holder is not None and line.holder.actor_id is not None:
        found |= {key for key, _ in name_keys(line.holder.name, "person")}
    return found


def candidates(
    lines: Sequence[Line], weights: Weights, common: int, partners: int
) -> dict[tuple[int, int], Match]:
    """Pairs of lines of different reports, or a headline with its own report, that share a word which
    at most `common` lines have. Of each line the `partners` best; ties go together, for by order alone
    a hash would decide what is compared."""
    rows = list(_rows(lines, weights, common))
    least = [0] * len(lines)
    for i, scores in _by_line(rows):
        if len(scores) > partners:
            least[i] = int(np.partition(scores, -partners)[-partners])
    bounds = np.array(least)
    found = {}
    for i, others, scores in rows:
        kept = (scores >= least[i]) | (scores >= bounds[others])
        for j, score in zip(others[kept].tolist(), scores[kept].tolist(), strict=True):
            found[i, j] = Match(score, weights.keys[i] & weights.keys[j])
    return found


_Row = tuple[int, NDArray[np.int64], NDArray[np.int64]]


def _rows(lines: Sequence[Line], weights: Weights, common: int) -> Iterator[_Row]:
    """For each line those behind it that it may be compared with, and the scores of their matches. The
    weights of shared words are summed for all of them at once: pair by pair took half of all candidates'
    time."""
    index: dict[str, list[int]] = defaultdict(list)
    for i, keys in enumerate(weights.keys):
        for key in keys:
            index[key].append(i)
    places = {key: np.array(found) for key, found in index.items() if len(found) > 1}
    sums = np.array(weights.sums)
    sorts = np.unique([line.article_id for line in lines], return_inverse=True)[1]
    heads = np.array([line.part == "headline" for line in lines])
    for i, keys in enumerate(weights.keys):
        shared = np.zeros(len(lines), np.int64)
        met = np.zeros(len(lines), bool)
        for key in keys:
            found = places.get(key)
            if found is not None:
                shared[found] += weights.of_key[key]
                if len(found) <= common:
                    met[found] = True
        met[: i + 1] = False
        met &= (sorts != sorts[i]) | (heads != heads[i])
        others = np.flatnonzero(met)
        if len(others):
            whole = _whole(np.minimum(sums[others], sums[i]), np.maximum(sums[others], sums[i]))
            yield i, others, 1000 * shared[others] // whole


def _by_line(rows: Sequence[_Row]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """The scores of all matches of each line, with lines before it and behind it."""
    if not rows:
        return
    first = np.concatenate([np.full(len(others), i) for i, others, _ in rows])
    second = np.concatenate([others for _, others, _ in rows])
    scores = np.concatenate([found for _, _, found in rows])
    ends = np.concatenate([first, second])
    order = np.argsort(ends, kind="stable")
    ends, both = ends[order], np.concatenate([scores, scores])[order]
    lines, begins = np.unique(ends, return_index=True)
    yield from zip(lines.tolist(), np.split(both, begins[1:]), strict=True)


def scored(
    lines: Sequence[Line], weights: Weights, found: Mapping[tuple[int, int], Match], reach: int = 2
) -> dict[tuple[int, int], Match]:
    """The matches, each raised by what the two lines have in common in wording and by the best match
    among the lines up to `reach` places beside both, and lowered by how far down they stand."""
    order: dict[str, list[int]] = defaultdict(list)
    for i in sorted(range(len(lines)), key=lambda i: _place(lines[i])):
        order[lines[i].version_id].append(i)
    before = {i: n for places in order.values() for i, n in _depths(lines, places)}

    beside = {
        i: [k for k in places[max(0, n - reach) : n + reach + 1] if k != i]
        for places in order.values()
        for n, i in enumerate(places)
    }
    best = _beside(len(lines), beside, found)
    placed = {}
    for ((i, j), match), near in zip(found.items(), best, strict=True):
        lead = LEAD if before[i] < OPENING and before[j] < OPENING else 0
        depth = DEPTH * (min(before[i], DEEPEST) + min(before[j], DEEPEST))
        wording = WORDING * weights.wording(i, j) // 100
        score = match.score + BESIDE * near // 100 + wording + lead - depth
        placed[i, j] = Match(max(0, score), match.shared)
    return placed


def _beside(
    count: int, beside: Mapping[int, Sequence[int]], found: Mapping[tuple[int, int], Match]
) -> list[int]:
    """For each match, in order, the best score of those between a line beside its first and one beside
    its second; 0 if there is none. Looked up for all at once: one by one they took as long as all else
    in `scored`."""
    if not found:
        return []
    pairs = np.array(list(found))
    scores = np.array([match.score for match in found.values()])
    both = np.concatenate([pairs, pairs[:, ::-1]])
    codes = both[:, 0] * (count + 1) + both[:, 1]
    order = np.argsort(codes)
    codes, of_code = codes[order], np.concatenate([scores, scores])[order]
    widest = max(map(len, beside.values()))
    # `count` stands for no line: no pair holds it.
    near = np.array([[*(row := beside[i]), *[count] * (widest - len(row))] for i in range(count)])
    best = np.zeros(len(pairs), np.int64)
    for x in range(widest):
        for y in range(widest):
            wanted = near[pairs[:, 0], x] * (count + 1) + near[pairs[:, 1], y]
            at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
            best = np.maximum(best, np.where(codes[at] == wanted, of_code[at], 0))
    told: list[int] = best.tolist()
    return told


def _depths(lines: Sequence[Line], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """How many sentences with lines stand before each of a version's lines, in order: lines
    of one passage stand at one depth."""
    depth, end = -1, 0
    for i in places:
        if depth < 0 or (lines[i].citation.start or 0) >= end:
            depth += 1
        end = max(end, lines[i].citation.end or 0)
        yield i, depth


def _place(line: Line) -> tuple[str, int, int, str]:
    c = line.citation
    return (line.version_id, c.start or 0, c.end or 0, line.id)

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

from onrecord.records import Line
from onrecord.relate.keys import name_keys
from onrecord.text.folding import words

LEAST_WEIGHT = 70
"""Hundredths of a nat that a word weighs at least: it is still one word of the two lines."""

DAMPING = 500
"""Weight added to what two lines weigh, so that one shared word of two short lines is not much."""

SHORTER = 70
"""Per cent of the measure that the shorter line makes, the longer one the rest: a sentence that holds
another one whole speaks of it too. Tuned on pairs of real reports (bench/accounts.py), as the others."""

BESIDE = 20
"""Per cent of the best match among the lines beside two lines that counts for them."""

OPENING = 2
"""Lines at the top of a report (headline, deck, first sentence): the news, which every report opens with."""

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
        self._of = {
            key: max(LEAST_WEIGHT, _log(len(lines) + 2, count + 1)) for key, count in counts.items()
        }
        self.sums = [sum(self._of[key] for key in found) for found in self.keys]
        self._words = [frozenset((*words(line.text), *line.saying)) for line in lines]

    def of(self, keys: frozenset[str]) -> int:
        """The weight of some keys."""
        return sum(self._of[key] for key in keys)

    def match(self, i: int, j: int) -> Match:
        """What two lines have in common, by their places in the sequence."""
        shared = self.keys[i] & self.keys[j]
        low, high = sorted((self.sums[i], self.sums[j]))
        whole = (SHORTER * low + (100 - SHORTER) * high) // 100 + DAMPING
        return Match(1000 * self.of(shared) // whole, shared)

    def wording(self, i: int, j: int) -> int:
        """Per mille of all words of two lines, with the words around them, that both have."""
        a, b = self._words[i], self._words[j]
        return 1000 * len(a & b) // max(1, len(a | b))


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
    index: dict[str, list[int]] = defaultdict(list)
    for i, keys in enumerate(weights.keys):
        for key in keys:
            index[key].append(i)
    pairs: set[tuple[int, int]] = set()
    for places in index.values():
        if len(places) > common:
            continue
        for n, i in enumerate(places):
            for j in places[n + 1 :]:
                if _comparable(lines[i], lines[j]):
                    pairs.add((i, j))
    found = {pair: weights.match(*pair) for pair in sorted(pairs)}
    best: dict[int, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
    for pair, match in found.items():
        for i in pair:
            best[i].append((match.score, pair))
    kept: set[tuple[int, int]] = set()
    for rows in best.values():
        scores = sorted((score for score, _ in rows), reverse=True)
        least = scores[partners - 1] if len(scores) > partners else 0
        kept |= {pair for score, pair in rows if score >= least}
    return {pair: match for pair, match in found.items() if pair in kept}


def _comparable(a: Line, b: Line) -> bool:
    if a.article_id != b.article_id:
        return True
    return (a.part == "headline") != (b.part == "headline")


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
    scores = {pair: match.score for pair, match in found.items()}
    placed = {}
    for (i, j), match in found.items():
        best = 0
        for x in beside[i]:
            for y in beside[j]:
                score = scores.get((x, y) if x < y else (y, x), 0)
                best = max(best, score)
        lead = LEAD if before[i] < OPENING and before[j] < OPENING else 0
        depth = DEPTH * (min(before[i], DEEPEST) + min(before[j], DEEPEST))
        wording = WORDING * weights.wording(i, j) // 100
        score = match.score + BESIDE * best // 100 + wording + lead - depth
        placed[i, j] = Match(max(0, score), match.shared)
    return placed


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

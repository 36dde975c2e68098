"""How alike reports are, in whole numbers: weighted words, cosine, average-link grouping.

Every sum is over integers, so no result hangs on the order of addition or on a machine's arithmetic;
logarithms are rounded to thousandths before anything is added.

Method: TF-IDF cosine (Salton and Buckley 1988) and average-link agglomerative clustering (Sokal and
Michener 1958); short texts borrow words of their nearest neighbours (document expansion, Singhal and
Pereira 1999).
"""

from __future__ import annotations

import functools
import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files

from onrecord.text.folding import fold_loose

ONE = 1000
"""Length of a vector, and a similarity of 1 in per mille of `ONE`."""

RARITY_POWER = 0.75
"""Power of the inverse document frequency: below 1, since what a large event is about is common in it.
Measured on bench/stories: .5 to .75 gains 10 points on headlines and costs texts nothing."""

LONE = 50
"""Weight (per cent) of a word that stands in one report only: in a large collection such words are
mostly accidents of spelling; in a small one they tell reports apart, and count in full."""

BACKGROUND = 30
"""Reports that are imagined to lie beside the collection, so that in a handful of reports a word that
all share still counts. Of the words of the collection they hold only the common ones."""

COMMON = (25, 8)
"""In how many of a hundred imagined reports a word of each part of common.txt stands: a handful of
reports is too few to tell from them that "minister" says less of a matter than "ferry" does."""

SHORT_TEXT = 10
"""A text of so many different words, or fewer, counts as a bare headline; the effect fades with the
square of the length."""

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


@functools.cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing of a report's matter. Our own list."""
    return frozenset(files("onrecord.relate").joinpath("stopwords.txt").read_text("utf-8").split())


@functools.cache
def common_terms() -> Mapping[str, int]:
    """Terms that reports hold whatever they are about, and in how many of a hundred imagined ones each
    stands. Our own list; small numbers count among its second part."""
    text = files("onrecord.relate").joinpath("common.txt").read_text("utf-8")
    found: dict[str, int] = {}
    for share, part in zip(COMMON, text.split("\n\n"), strict=True):
        for word in part.split():
            if term := term_of(word):
                found.setdefault(term, share)
    return found


def _imagined(term: str) -> int:
    """In how many of a hundred imagined reports a term stands."""
    small = COMMON[1] if term.isdigit() and len(term) < 4 else 0
    return common_terms().get(term, small)


@functools.cache
def _without_ending(word: str) -> str:
    """A folded English word without the commonest endings; numbers and short words stay."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4 and not word.endswith("ss"):
        for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)] + instead
    return word


@functools.lru_cache(maxsize=200_000)
def term_of(word: str) -> str | None:
    """What a word counts as; None if it tells nothing."""
    folded = fold_loose(word)
    folded = folded[:-2] if folded.endswith("'s") else folded
    if len(folded) < 2 or folded in stop_words():
        return None
    if not folded[0].isdigit():
        folded = folded.replace(".", "")
    term = _without_ending(folded)
    return term if len(term) > 1 else None


def count_terms(parts: Iterable[tuple[str, int]]) -> Counter[str]:
    """Terms of texts, each text's counted so many times (a headline more often than the body)."""
    counts: Counter[str] = Counter()
    for text, weight in parts:
        for match in _WORD.finditer(text):
            if term := term_of(match[0]):
                counts[term] += weight
    return counts


Vector = dict[str, int]


def vectors(counts: Sequence[Mapping[str, int]]) -> list[Vector]:
    """TF-IDF vectors of length ONE, one a report."""
    frequency: Counter[str] = Counter()
    for one in counts:
        frequency.update(one.keys())
    total = len(counts) + BACKGROUND
    alone = LONE + (100 - LONE) * BACKGROUND // total
    held = BACKGROUND * BACKGROUND // total
    rarity = {
        t: round(ONE * math.log(100 * total / (100 * n + held * _imagined(t))) ** RARITY_POWER)
        * (alone if n == 1 else 100)
        // 100
        for t, n in frequency.items()
    }
    return [
        unit({t: round(ONE * (1 + math.log(n))) * rarity[t] // ONE for t, n in one.items()})
        for one in counts
    ]


def unit(vector: Mapping[str, int]) -> Vector:
    """The vector at length ONE, rounded; terms that round to nothing go."""
    length = math.isqrt(ONE * ONE * sum(w * w for w in vector.values()))
    if not length:
        return {}
    scale = ONE * ONE
    return {t: v for t, w in vector.items() if (v := (2 * scale * w + length) // (2 * length))}


def shortness(counts: Mapping[str, int]) -> int:
    """How much a text is a bare headline, in per mille."""
    return min(ONE, ONE * SHORT_TEXT * SHORT_TEXT // max(1, len(counts)) ** 2)


Graph = list[dict[int, int]]
"""For every report its neighbours and the similarity to each, in millionths."""

Join = Callable[[int, int, Sequence[int], Sequence[int]], bool]
"""Whether two groups may be joined: the mean similarity between them, the one inside the closer knit
of the two, and their members."""


def dot_products(rows: Sequence[Vector], floor: int) -> Graph:
    """Neighbours of every vector, itself left out, with a dot product of at least `floor` (millionths)."""
    import numpy as np

    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, row in enumerate(rows):
        for term, weight in row.items():
            holders[term].append((i, weight))
    index = {
        term: (np.array([i for i, _ in found]), np.array([w for _, w in found], dtype=np.int64))
        for term, found in holders.items()
        if len(found) > 1
    }
    graph: Graph = []
    for i, row in enumerate(rows):
        total = np.zeros(len(rows), dtype=np.int64)
        for term, weight in row.items():
            if term in index:
                places, weights = index[term]
                total[places] += weight * weights
        near = np.flatnonzero(total >= floor)
        near = near[near != i]
        graph.append(dict(zip(near.tolist(), total[near].tolist(), strict=True)))
    return graph


def broad(rows: Sequence[Vector], graph: Graph) -> Graph:
    """The graph with every likeness at most twice what it is without the word that weighs most in it: a
    town's name alone makes short reports of a cup final and of a flood alike."""
    found: Graph = []
    for i, near in enumerate(graph):
        most = {
            j: max((w * rows[j][t] for t, w in rows[i].items() if t in rows[j]), default=0)
            for j in near
        }
        found.append({j: min(v, 2 * (v - most[j])) for j, v in near.items()})
    return found


def borrow(
    rows: Sequence[Vector],
    graph: Graph,
    short: Sequence[int],
    neighbours: int,
    floor: int,
    bonus: int,
) -> list[Vector]:
    """The vectors of short texts with words of their nearest neighbours added.

    `short` tells how short each is (per mille); between two short ones a likeness counts up to
    `bonus` (per mille) more when it is held against `floor` (millionths).
    """
    found = []
    for i, row in enumerate(rows):
        if short[i] < 50:
            found.append(row)
            continue
        weighed = (
            (v * (ONE * ONE + bonus * min(short[i], short[j])) // (ONE * ONE), j)
            for j, v in graph[i].items()
        )
        near = sorted(weighed, key=lambda pair: (-pair[0], pair[1]))[:neighbours]
        total: dict[str, int] = {t: w * ONE * ONE for t, w in row.items()}
        for alike, j in near:
            if alike >= floor:
                weight = min(alike, ONE * ONE) * short[i] // ONE
                for t, w in rows[j].items():
                    total[t] = total.get(t, 0) + w * weight
        found.append(unit({t: w // ONE for t, w in total.items()}))
    return found


def agglomerate(graph: Graph, least: int, may: Join | None = None) -> list[list[int]]:
    """Average-link groups: the two groups with the greatest mean similarity are joined until none
    reaches `least` (millionths). Pairs that are not in the graph count as 0. Ties go to the groups of
    the smallest numbers, so that the result hangs on nothing but the numbering.

    `may` is asked before two groups are joined: of the mean between them, the mean inside the closer
    knit of the two (0 if both are single), and their members.
    """
    near: list[dict[int, int]] = [dict(row) for row in graph]
    members: list[list[int]] = [[i] for i in range(len(graph))]
    inner = [0] * len(graph)
    alive = [True] * len(graph)

    def inside(i: int) -> int:
        size = len(members[i])
        return inner[i] // (size * (size - 1) // 2) if size > 1 else 0

    heap = [
        (-alike, i, j)
        for i, row in enumerate(graph)
        for j, alike in row.items()
        if i < j and alike >= least
    ]
    heapq.heapify(heap)
    while heap:
        mean, i, j = heapq.heappop(heap)
        if not (alive[i] and alive[j]):
            continue
        if near[i][j] // (len(members[i]) * len(members[j])) != -mean:
            continue
        if may and not may(-mean, max(inside(i), inside(j)), members[i], members[j]):
            continue
        inner[i] += inner[j] + near[i][j]
        members[i].extend(members[j])
        alive[j] = False
        del near[i][j]
        for k, total in near[j].items():
            if k != i:
                near[i][k] = near[k][i] = near[i].get(k, 0) + total
                del near[k][j]
        near[j] = {}
        for k, total in near[i].items():
            value = total // (len(members[i]) * len(members[k]))
            if value >= least:
                heapq.heappush(heap, (-value, min(i, k), max(i, k)))
    return [sorted(found) for i, found in enumerate(members) if alive[i]]

"""Passages that two texts share: which texts are worth a comparison, and where they run together.

Candidates come from hashed runs of `SHINGLE` words (an inverted index by sorting); passages from
aligning two texts exactly and bridging what a copyist or a scanner changed in between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel

from onrecord.records import Version
from onrecord.relate.segments import sentences, units
from onrecord.text.folding import fold_loose
from onrecord.text.quotes import quotations

SHINGLE = 5
"""Words in a run that must be the same; of texts with 12 % of the words changed half of the runs stay."""

SKIPPED = frozenset({"title", "byline", "dateline"})
"""Block kinds that are not compared: the same headline is no copied text."""

BRIDGE = 30
"""Longest stretch of changed words, on either side, that a passage runs over."""

ALIKE = 55
"""Share of letters (per cent, in order) that a bridged stretch must have in common."""

REPEATS = 8
"""A run that stands more often than this in one text is not aligned: lists, tables, refrains."""

_STRAIGHT = re.compile('"')


@dataclass(frozen=True)
class Text:
    """A version as words: folded keys, ranges, the sentence and quotation each stands in."""

    version: Version
    order: int
    """Place among all texts, earliest first; ties are settled by it."""
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentence: tuple[int, ...]
    """A quotation that ends a sentence counts with the sentence behind it: its attribution, mostly."""
    quoted: tuple[bool, ...]
    told: tuple[bool, ...]
    """Narration: outside quotation marks and captions."""

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def places(self) -> dict[tuple[str, ...], list[int]]:
        """Where each run of words stands."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i in range(len(self) - SHINGLE + 1):
            found[self.keys[i : i + SHINGLE]].append(i)
        return found

    @cached_property
    def sentence_lengths(self) -> dict[int, int]:
        lengths: dict[int, int] = defaultdict(int)
        for number in self.sentence:
            lengths[number] += 1
        return lengths


def key_of(word: str) -> str:
    """What of a word counts: case, accents and the points of `U.S.` do not; a number's points do."""
    folded = fold_loose(word)
    return folded if any(c.isdigit() for c in folded) else folded.replace(".", "").replace("'", "")


def read(version: Version, order: int, keys: dict[str, str]) -> Text:
    """A version as words. `keys` remembers folded words between calls."""
    text = version.text
    blocks = [b for b in version.blocks if b.kind not in SKIPPED]
    pieces = _quoted_pieces(text, [(b.start, b.end) for b in blocks])
    opens = [p[0] for p in pieces]
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    sentence: list[int] = []
    quoted: list[bool] = []
    told: list[bool] = []
    number = 0
    for block in blocks:
        for low, high in sentences(text, block.start, block.end):
            for start, end in units(text, low, high):
                word = text[start:end]
                if not any(c.isalnum() for c in word):
                    continue
                if word not in keys:
                    keys[word] = key_of(word)
                words.append(keys[word])
                spans.append((start, end))
                sentence.append(number)
                at = bisect_left(opens, end) - 1
                quoted.append(at >= 0 and pieces[at][0] <= start and end <= pieces[at][1])
                told.append(not quoted[-1] and block.kind != "caption")
            number += not text[low:high].endswith(('"', "”", "’", "'", "»"))
        number += 1
    return Text(
        version, order, tuple(words), tuple(spans), tuple(sentence), tuple(quoted), tuple(told)
    )


def _quoted_pieces(text: str, blocks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges inside quotation marks, in order. Of a quotation that nothing closes only the first
    sentence is taken for one: behind it the mark is more likely missing than the speech going on.
    Straight marks of an even number in a block are also taken in pairs, wherever spaces stand."""
    pieces: list[tuple[int, int]] = []
    for quotation in quotations(text, blocks):
        if quotation.closed:
            pieces.extend(quotation.pieces)
        else:
            low, high = quotation.pieces[0]
            pieces.append(next(sentences(text, low, high), (low, high)))
    for low, high in blocks:
        marks = [low + m.start() for m in _STRAIGHT.finditer(text[low:high])]
        if len(marks) % 2 == 0:
            pieces.extend((x + 1, y) for x, y in zip(marks[::2], marks[1::2], strict=True))
    joined: list[tuple[int, int]] = []
    for low, high in sorted(pieces):
        if joined and low < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


# --------------------------------------------------------------------------- candidates


@dataclass(frozen=True, slots=True)
class Caps:
    """What keeps one sentence that everybody prints from making one huge group."""

    holders: int
    """A run of words in more articles than this links each of them to the earliest only."""
    outlet: int
    """A run in more articles of one outlet than this is the outlet's boilerplate and dropped."""


def candidates(
    texts: Sequence[Text],
    caps: Caps,
    outlet_of: Callable[[Text], str | None],
    least: int,
) -> tuple[list[tuple[int, int, int]], frozenset[tuple[str, ...]]]:
    """(place of a text, place of another, number of runs of words they share) for every two articles
    that share at least `least`, and the runs dropped as an outlet's boilerplate.

    Of several versions of an article the pair that shares most is taken, the earliest of equals; a
    run that an earlier version has already is not counted for a later one.
    """
    shared: dict[tuple[int, int], int] = defaultdict(int)
    dropped = []
    for run, holders in _shared_runs(texts):
        by_outlet: dict[str, int] = defaultdict(int)
        for i in holders:
            if name := outlet_of(texts[i]):
                by_outlet[name] += 1
        if by_outlet and max(by_outlet.values()) > caps.outlet:
            dropped.append(run)
            continue
        if len(holders) > caps.holders:
            for i in holders[1:]:
                shared[holders[0], i] += 1
            continue
        for x, i in enumerate(holders):
            for j in holders[x + 1 :]:
                shared[i, j] += 1
    best: dict[tuple[str, str], tuple[int, int, int]] = {}
    for (i, j), count in sorted(shared.items()):
        if count >= least:
            pair = (texts[i].version.article_id, texts[j].version.article_id)
            if pair not in best or count > best[pair][2]:
                best[pair] = (i, j, count)
    return sorted(best.values()), frozenset(dropped)


def _shared_runs(texts: Sequence[Text]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Every run of words that stands in two articles or more, with the texts that hold it, one an
    article, in order. Runs are found by sorting 64-bit hashes and told apart by their words."""
    import numpy as np

    codes: dict[str, int] = {}
    multipliers = [pow(0x9E3779B97F4A7C15, k + 1, 2**64) for k in range(SHINGLE)]
    hashes, owners, places = [], [], []
    for number, text in enumerate(texts):
        n = len(text) - SHINGLE + 1
        if n < 1:
            continue
        ids = np.array([codes.setdefault(k, len(codes) + 1) for k in text.keys], dtype=np.uint64)
        total = np.zeros(n, dtype=np.uint64)
        for k, multiplier in enumerate(multipliers):
            total += ids[k : k + n] * np.uint64(multiplier)
        hashes.append(total)
        owners.append(np.full(n, number, dtype=np.int32))
        places.append(np.arange(n, dtype=np.int32))
    if not hashes:
        return
    every, owner, place = np.concatenate(hashes), np.concatenate(owners), np.concatenate(places)
    order = np.argsort(every, kind="stable")
    every, owner, place = every[order], owner[order], place[order]
    edges = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1], [True])))
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if high - low < 2 or owner[low] == owner[high - 1]:
            continue
        by_words: dict[tuple[str, ...], dict[str, int]] = {}
        for i, at in zip(owner[low:high].tolist(), place[low:high].tolist(), strict=True):
            run = texts[i].keys[at : at + SHINGLE]
            by_words.setdefault(run, {}).setdefault(texts[i].version.article_id, i)
        for run, holders in by_words.items():
            if len(holders) > 1:
                yield run, sorted(holders.values())


# --------------------------------------------------------------------------- alignment


@dataclass(frozen=True, slots=True)
class Passage:
    """Words `a0:a1` of one text that run together with words `b0:b1` of another; `same` of them equal."""

    a0: int
    a1: int
    b0: int
    b1: int
    same: int

    def flip(self) -> Passage:
        return Passage(self.b0, self.b1, self.a0, self.a1, self.same)


def align(a: Text, b: Text, dropped: frozenset[tuple[str, ...]] = frozenset()) -> list[Passage]:
    """The passages two texts share, in order of the first, without overlap on either side."""
    runs = _without_overlap(_exact_runs(a, b, dropped))
    passages: list[Passage] = []
    for run in sorted(runs, key=lambda r: (r.a0, r.b0)):
        if passages and (joined := _bridge(a, b, passages[-1], run)):
            passages[-1] = joined
        else:
            passages.append(run)
    if not passages:
        return []
    limits_a = [p.a0 for p in passages[1:]] + [len(a)]
    starts = [0] + [p.a1 for p in passages[:-1]]
    taken_b = sorted((p.b0, p.b1) for p in passages)
    return [
        _extend(a, b, p, low, high, taken_b)
        for p, low, high in zip(passages, starts, limits_a, strict=True)
    ]


def _exact_runs(a: Text, b: Text, dropped: frozenset[tuple[str, ...]]) -> list[Passage]:
    """Longest runs of equal words, at least SHINGLE long."""
    if len(a.places) > len(b.places):
        return [run.flip() for run in _exact_runs(b, a, dropped)]
    diagonals: dict[int, list[int]] = defaultdict(list)
    for run, here in a.places.items():
        there = b.places.get(run)
        if there and run not in dropped and len(here) * len(there) <= REPEATS:
            for i in here:
                for j in there:
                    diagonals[j - i].append(i)
    found = []
    for shift, starts in diagonals.items():
        starts.sort()
        begin = previous = starts[0]
        for i in (*starts[1:], -1):
            if i != previous + 1:
                end = previous + SHINGLE
                found.append(Passage(begin, end, begin + shift, end + shift, end - begin))
                begin = i
            previous = i
    return found


def _without_overlap(runs: Iterable[Passage]) -> list[Passage]:
    """The longest runs first; what is left of a shorter one that overlaps them, if still long enough."""
    kept: list[Passage] = []
    for run in sorted(runs, key=lambda r: (-r.same, r.a0, r.b0)):
        a0, a1, b0 = run.a0, run.a1, run.b0
        for k in kept:
            low = max(a0, k.a0), max(b0, k.b0)
            high = min(a1, k.a1), min(b0 + a1 - a0, k.b1)
            for axis, start in ((0, a0), (1, b0)):
                if low[axis] < high[axis]:
                    cut = high[axis] - low[axis]
                    if low[axis] == start:
                        a0, b0 = a0 + cut, b0 + cut
                    else:
                        a1 = a0 + low[axis] - start
                    break
            if a1 - a0 < SHINGLE:
                break
        else:
            piece = Passage(a0, a1, b0, b0 + a1 - a0, a1 - a0)
            if not any(_overlap(piece, k) for k in kept):
                kept.append(piece)
    return kept


def _overlap(x: Passage, y: Passage) -> bool:
    return (x.a0 < y.a1 and y.a0 < x.a1) or (x.b0 < y.b1 and y.b0 < x.b1)


def _bridge(a: Text, b: Text, left: Passage, right: Passage) -> Passage | None:
    """Both as one passage, if what stands between them is short or reads alike on both sides."""
    gap_a, gap_b = right.a0 - left.a1, right.b0 - left.b1
    if gap_a < 0 or gap_b < 0 or max(gap_a, gap_b) > BRIDGE:
        return None
    if max(gap_a, gap_b) > 2:
        x = " ".join(a.keys[left.a1 : right.a0])
        y = " ".join(b.keys[left.b1 : right.b0])
        if Indel.distance(x, y) * 100 > (100 - ALIKE) * (len(x) + len(y)):
            return None
    return Passage(left.a0, right.a1, left.b0, right.b1, left.same + right.same)


def _extend(
    a: Text, b: Text, p: Passage, low: int, high: int, taken_b: list[tuple[int, int]]
) -> Passage:
    """The passage with the words before and behind it that still read alike, one changed word at most
    between two that do."""
    at = taken_b.index((p.b0, p.b1)) if (p.b0, p.b1) in taken_b else -1
    low_b = taken_b[at - 1][1] if at > 0 else 0
    high_b = taken_b[at + 1][0] if 0 <= at < len(taken_b) - 1 else len(b)
    back = _reach(a, b, p.a0 - 1, p.b0 - 1, -1, min(p.a0 - low, p.b0 - low_b))
    on = _reach(a, b, p.a1, p.b1, 1, min(high - p.a1, high_b - p.b1))
    return Passage(p.a0 - back, p.a1 + on, p.b0 - back, p.b1 + on, p.same)


def _reach(a: Text, b: Text, i: int, j: int, step: int, most: int) -> int:
    reached = missed = 0
    for k in range(min(most, BRIDGE)):
        x, y = a.keys[i + step * k], b.keys[j + step * k]
        if x == y or (len(x) > 3 and Indel.distance(x, y) * 100 <= 40 * (len(x) + len(y))):
            reached, missed = k + 1, 0
        else:
            missed += 1
            if missed > 1:
                break
    return reached


def stretches(a: Text, b: Text, passages: Sequence[Passage]) -> Iterator[tuple[Passage, bool]]:
    """The passages cut where quotation marks open or close on either side, each with whether it
    stands inside them on both. Only equal words, and single changed ones between them, are kept."""
    for passage in passages:
        if passage.a1 - passage.a0 == passage.b1 - passage.b0:
            rows = [passage]
        else:
            inner = [
                r
                for r in _exact_runs(a, b, frozenset())
                if passage.a0 <= r.a0
                and r.a1 <= passage.a1
                and passage.b0 <= r.b0
                and r.b1 <= passage.b1
            ]
            rows = sorted(_without_overlap(inner), key=lambda r: r.a0)
        for row in rows:
            begin = 0
            length = row.a1 - row.a0
            flags = [(a.quoted[row.a0 + k], b.quoted[row.b0 + k]) for k in range(length)]
            for k in range(1, length + 1):
                if k == length or flags[k] != flags[begin]:
                    i, j = row.a0 + begin, row.b0 + begin
                    same = sum(a.keys[i + n] == b.keys[j + n] for n in range(k - begin))
                    piece = Passage(i, i + k - begin, j, j + k - begin, same)
                    if flags[begin] == (True, True):
                        yield piece, True
                    elif flags[begin] == (False, False):
                        yield piece, False
                    begin = k

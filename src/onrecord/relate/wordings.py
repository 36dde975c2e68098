"""Two wordings of one thing, word by word: the longest run both have, and where they differ."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from onrecord.relate.keys import key_of, tables, words_of
from onrecord.relate.quantities import quantity
from onrecord.relate.similarity import stop_words
from onrecord.text.folding import WORD, fold_loose

CUT = "…"
"""Stands for words left out or replaced with a mark: an ellipsis, asterisks, the editor's words in brackets."""

_TOKEN = re.compile(
    rf"(\[[^\]]{{0,80}}\]|\w*\*{{2,}}\w*|…|\.\s?\.\s?\.)|({WORD.pattern})([.!?](?=\W{{0,4}}$|\W{{0,3}}\s\W{{0,3}}[A-Z]))?"
)
"""A mark of a cut; or a word, with the sign that ends its sentence."""


def printed(text: str) -> str:
    """The words of a quotation as they are printed, one space between two, with the signs that end
    sentences, and `CUT` for what is marked as left out or put in by the outlet."""
    found = (CUT if m[1] else m[2] + (m[3] or "") for m in _TOKEN.finditer(text))
    return " ".join(found).strip(f" {CUT}")


class Word(NamedTuple):
    """A word of a quotation: as it is compared, and as it is printed (None for the second part of a
    contraction)."""

    fold: str
    shown: str | None
    name: bool
    """Whether it is written like a name: with a capital, and not as the first word of a sentence."""
    ends: bool
    """Whether its sentence ends with it."""


_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "n't": "not"}
_IS = frozenset("it he she that there here what who where how".split())
_WHOLE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
}


@functools.lru_cache(maxsize=20_000)
def spoken(quote: str) -> tuple[Word, ...]:
    """The words of a quotation (see `printed`) with contractions and hyphens taken apart."""
    found: list[Word] = []
    opens = True
    for shown in quote.split():
        if shown == CUT:
            found.append(Word(CUT, CUT, False, False))
            continue
        bare, ends = shown.rstrip(".!?"), shown[-1] in ".!?"
        name = (
            not opens
            and any(c.isupper() for c in bare)
            and bare != "I"
            and not bare.startswith(("I'", "I’"))
        )
        parts = _parts(fold_loose(bare))
        for k, fold in enumerate(parts):
            found.append(Word(fold, None if k else shown, name, ends and k == len(parts) - 1))
        opens = ends
    return tuple(found)


@functools.lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    if word in _WHOLE:
        return tuple(_WHOLE[word])
    for ending, full in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending), full
    if word.endswith("'s") and word[:-2] in _IS:
        return word[:-2], "is"
    return tuple(_part(part) for part in word.split("-") if part)


def _part(word: str) -> str:
    value = None if word == "one" else quantity(word)
    return word.replace(".", "") if value is None else f"#{value}"


SMALL = frozenset(
    """a an the this that these those and or but nor so as than then if though although because while
    of to in on at by for from with into onto upon over under about before after since until till
    along across between through toward towards against near among during within without behind beyond
    per i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    who whom whose which what there here is are was were be been being am has have had having do does
    did doing will would shall should can could may might must let also too very just still even well
    now one's some any such no not nor everyone everybody somebody someone anyone anybody off
    away up down out back around keep keeps go goes get gets got""".split()
)
"""Words of the closed classes: one of them for another changes the grammar, seldom the sense."""

_DENIES = frozenset("not no never nor none nothing nobody neither without hardly".split())
_SURE = {"may": "may", "might": "may", "could": "may", "can": "may"}
_WILL = {"will": "will", "shall": "will", "must": "must"}


@functools.lru_cache(maxsize=20_000)
def folded(quote: str) -> tuple[str, ...]:
    """The words of a quotation as they are compared."""
    return tuple(w.fold for w in spoken(quote))


@functools.lru_cache(maxsize=20_000)
def folded_set(quote: str) -> frozenset[str]:
    """The words of a quotation as they are compared, each once."""
    return frozenset(folded(quote))


@functools.lru_cache(maxsize=20_000)
def running(text: str) -> tuple[str, ...]:
    """The words of a text as those of quotations are compared."""
    return tuple([part for word in words_of(text) for part in _parts(word)])


@functools.lru_cache(maxsize=20_000)
def running_set(text: str) -> frozenset[str]:
    """The same, each once."""
    return frozenset(running(text))


@functools.lru_cache(maxsize=20_000)
def telling(quote: str) -> frozenset[str]:
    """The words of a quotation that are neither small nor names."""
    return frozenset(w.fold for w in spoken(quote) if tells(w))


def tells(word: Word) -> bool:
    """Whether a word of a quotation is neither small nor part of a name."""
    return not word.name and word.fold != CUT and word.fold not in SMALL


def weighs(word: Word) -> bool:
    """Whether a word of a quotation carries something that others would say otherwise: no small or
    everyday word and no part of a name ("of the United States")."""
    return not word.name and word.fold != CUT and word.fold not in stop_words()


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The most words that stand in both, next to one another."""
    return _longest(a, b)[2]


def _longest(a: Sequence[str], b: Sequence[str]) -> tuple[int, int, int]:
    """Where the longest run of words of both begins in each, and its length; of equals the first.
    Only places of equal words are visited; a mark for left-out words is never equal."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    best = (0, 0, 0)
    ending: dict[int, int] = {}
    for i, word in enumerate(a):
        at = () if word == CUT else places.get(word, ())
        here = {j: ending.get(j - 1, 0) + 1 for j in at}
        for j, size in here.items():
            if size > best[2]:
                best = (i - size + 1, j - size + 1, size)
        ending = here
    return best


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one quotation that stand for others in the other one, between words that both have.
    `edge`: they are where a quotation begins or ends, and both go on."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    edge: bool
    shown: tuple[str, str]

    @property
    def turns(self) -> bool:
        """Whether it makes the quotation say something else: a word that carries something for
        another one, a "not", "may" for "will"."""
        left, right = ({w.fold for w in side} for side in (self.left, self.right))
        denied = bool(left & _DENIES) != bool(right & _DENIES)
        if denied and not self.edge and len(self.left) + len(self.right) <= GAP:
            return True
        if {_SURE[w] for w in left if w in _SURE} and {_WILL[w] for w in right if w in _WILL}:
            return True
        if {_SURE[w] for w in right if w in _SURE} and {_WILL[w] for w in left if w in _WILL}:
            return True
        one, other = (_stems(side) for side in (self.left, self.right))
        return bool(one and other) and not one & other and not self._one_name

    @property
    def _one_name(self) -> bool:
        """Whether both are spellings of a name, or one a word's short form: "Gen." for "General"."""
        one, other = (
            "".join(w.fold for w in side if w.fold not in SMALL) for side in (self.left, self.right)
        )
        if one.startswith(other) or other.startswith(one):
            return True
        names = all(w.name or w.fold in SMALL for w in (*self.left, *self.right))
        return names and 100 * Indel.normalized_similarity(one, other) >= SPELLING


SPELLING = 60
"""Per cent of the letters of two names that are the same in order, for them to be spellings of one
("Gadhafi", "Qaddafi": 71)."""


def is_spelling(one: str, other: str) -> bool:
    """Whether two full names differ in a few letters only: "Ilsa Brandt" and "Ilse Brand"."""
    return 100 * Indel.normalized_similarity(fold_loose(one), fold_loose(other)) >= FULL_NAME


FULL_NAME = 85
"""Per cent of the letters of two full names; higher, for first names are shared by many."""


def _stems(found: Sequence[Word]) -> set[str]:
    return {_stem(w.fold) for w in found if w.fold not in SMALL}


def _stem(word: str) -> str:
    return word if word in tables()["light"] else key_of(word) or word


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two quotations side by side. `words`: how many both have in the same order around their longest
    run, `run`; `telling`: the stems of those that are neither small nor names; `weighty`: of these those
    that are no everyday words; `cut`: 1 if the first is the longer one, -1 if the second is, 0 if neither
    goes beyond the other."""

    words: int
    run: int
    telling: frozenset[str]
    weighty: frozenset[str]
    core: frozenset[str]
    phrase: str
    changes: tuple[Change, ...]
    cut: int
    shorter: int

    @property
    def whole(self) -> bool:
        """Whether the shorter quotation stands in the other one, word for word."""
        return self.run >= self.shorter


def aligned(a: Sequence[Word], b: Sequence[Word]) -> Aligned:
    """Two quotations word by word, outwards from the longest run both have: a cut quotation meets the
    longer one at one place, however many of its small words stand elsewhere too."""
    one, other = [w.fold for w in a], [w.fold for w in b]
    i, j, size = _longest(one, other)
    blocks = [(i, j, size)] if size else []
    if blocks:
        blocks += [
            (x, y, n)
            for x, y, n in _onwards(a[i + size :], b[j + size :], i + size, j + size)
        ]  # fmt: skip
        before = _onwards(a[:i][::-1], b[:j][::-1], 0, 0)
        blocks = [(i - x - n, j - y - n, n) for x, y, n in reversed(before)] + blocks
    shared = [row for x, y, n in blocks for row in zip(a[x : x + n], b[y : y + n], strict=True)]
    core = zip(a[i : i + size], b[j : j + size], strict=True)
    return Aligned(
        words=len(shared),
        run=size,
        telling=_stems_of(shared, tells),
        weighty=_stems_of(shared, weighs),
        core=_stems_of(core, weighs),
        phrase=_shown(a[i : i + size]),
        changes=tuple(_changes(a, b, blocks)),
        cut=_longer(a, b, blocks),
        shorter=min(sum(w != CUT for w in one), sum(w != CUT for w in other)),
    )


def _stems_of(
    shared: Iterable[tuple[Word, Word]], carries: Callable[[Word], bool]
) -> frozenset[str]:
    """The stems of the shared words that carry something in either wording: a headline's capitals make
    no names."""
    return frozenset(_stem(x.fold) for x, y in shared if carries(x) or carries(y))


GAP = 6
"""Words of each quotation that may stand between two runs both have, if nothing is marked as left out."""

LEAVES_OUT = 60
"""Words of one quotation that the other may leave out between two runs."""


def _onwards(
    a: Sequence[Word], b: Sequence[Word], low_a: int, low_b: int
) -> list[tuple[int, int, int]]:
    """The runs that follow one another in both, each the nearest to the one before it."""
    found = []
    x = y = 0
    while x < len(a) and y < len(b):
        best: tuple[int, int, int, int] | None = None
        for dx, dy in _gaps(a[x:], b[y:]):
            if best is not None and dx + dy > best[0]:
                continue
            size = _run(a, b, x + dx, y + dy)
            if size and _holds(a[x + dx : x + dx + size], dx, dy):
                row = (dx + dy, -size, dx, dy)
                best = row if best is None else min(best, row)
        if best is None:
            break
        _, size, dx, dy = best
        found.append((low_a + x + dx, low_b + y + dy, -size))
        x, y = x + dx - size, y + dy - size
    return found


def _gaps(a: Sequence[Word], b: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """How many words of each may be passed over to find the next run."""
    marked = [any(w.fold == CUT for w in side[: GAP + 1]) for side in (a, b)]
    far_a = LEAVES_OUT if marked[1] else GAP
    far_b = LEAVES_OUT if marked[0] else GAP
    for dx in range(min(len(a), far_a + 1)):
        for dy in range(min(len(b), far_b + 1)):
            yield dx, dy
    for dx in range(far_a + 1, min(len(a), LEAVES_OUT + 1)):
        yield dx, 0
    for dy in range(far_b + 1, min(len(b), LEAVES_OUT + 1)):
        yield 0, dy


def _run(a: Sequence[Word], b: Sequence[Word], x: int, y: int) -> int:
    size = 0
    while (
        x + size < len(a)
        and y + size < len(b)
        and a[x + size].fold == b[y + size].fold != CUT
    ):  # fmt: skip
        size += 1
    return size


def _holds(run: Sequence[Word], dx: int, dy: int) -> bool:
    """Whether a run shows that the quotations go on together behind a gap: the more they pass over, the
    more it must be."""
    heavy = any(w.fold not in SMALL for w in run)
    if dx == dy == 1 or len(run) >= 2 >= dx + dy:
        return True
    if max(dx, dy) > GAP:
        return heavy and len(run) >= 3
    return heavy and (dx + dy <= 4 or len(run) >= 2)


def _changes(
    a: Sequence[Word], b: Sequence[Word], blocks: Sequence[tuple[int, int, int]]
) -> Iterator[Change]:
    if not blocks:
        return
    ends = [(x + n, y + n) for x, y, n in blocks]
    spans = [
        (ax, bx, ay, by, False)
        for (ax, ay), (bx, by, _) in zip(ends, blocks[1:], strict=False)
    ]  # fmt: skip
    (x, y, _), (p, q) = blocks[0], ends[-1]
    # A quotation may leave out whole sentences without a mark: at their ends both go on as they like.
    if x and y and not (a[x - 1].ends or b[y - 1].ends):
        spans.insert(0, (max(0, x - EDGE), x, max(0, y - EDGE), y, True))
    if p < len(a) and q < len(b) and not (a[p - 1].ends or b[q - 1].ends):
        spans.append((p, min(len(a), p + EDGE), q, min(len(b), q + EDGE), True))
    for ax, bx, ay, by, edge in spans:
        left, right = tuple(a[ax:bx]), tuple(b[ay:by])
        if any(w.fold == CUT for w in (*left, *right)) or _same(left, right):
            continue
        if not edge and (_leaves_out(left, right) or _leaves_out(right, left)):
            continue
        yield Change(left, right, edge, (_around(a, ax, bx), _around(b, ay, by)))


def _leaves_out(more: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether one quotation has nothing but a sentence more than the other at a place."""
    return not other and any(w.ends for w in more)


EDGE = 4
"""Words shown of how a quotation goes on where the other goes on otherwise."""

AROUND = 2
"""Words that both have, shown on each side of those that differ."""


def _same(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether two stretches differ in nothing but where a space stands: "per cent" and "percent"."""
    one, other = ("".join(w.fold for w in side) for side in (left, right))
    return one == other


def _around(found: Sequence[Word], low: int, high: int) -> str:
    return _shown(found[max(0, low - AROUND) : high + AROUND])


def _shown(found: Sequence[Word]) -> str:
    return " ".join(w.shown for w in found if w.shown).rstrip(".!?")


def _longer(a: Sequence[Word], b: Sequence[Word], blocks: Sequence[tuple[int, int, int]]) -> int:
    """Which of two quotations has words before or behind all that the other one has."""
    if not blocks:
        return 0
    (x, y, _), (p, q, n) = blocks[0], blocks[-1]
    more_a = (x if not y else 0) + (len(a) - p - n if q + n == len(b) else 0)
    more_b = (y if not x else 0) + (len(b) - q - n if p + n == len(a) else 0)
    return (more_a > more_b) - (more_b > more_a)

"""What the line model looks at: a table of whole numbers, one row a line, one column a feature.

No feature is a word of a report: besides shape, place and company there are only the words that pages
say of themselves (`text_words`, `text_cues`) and how many words a line shares with the page's longest
run of text. Whole numbers throughout, so that the same page gives the same table on every machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.extract.text_cues import (
    BIO,
    CLOCK,
    CUE_WORDS,
    MEDIA,
    MORE,
    REPLY,
    SAYS,
    SIGNED,
    THREAD,
    cues,
)
from onrecord.extract.text_furniture import COMMENTS, RELATED, REMEMBERED
from onrecord.extract.text_lines import TRUNCATED, Unit
from onrecord.extract.text_words import ADDRESS, FUNCTION, FURNITURE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int32]

_ALPHA = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[.!?…][\"”’'»)\]]*\s")
_COMMAS = re.compile("[,、،]")
_SEPARATORS = re.compile("[|»›→·©/@#]")
_QUOTES = re.compile('["“”«»„]')
_GLUED = re.compile(r"[^\W\d_A-Z][?!.’”\")]?[A-ZÀ-ÞА-Я][^\W\d_A-Z]")
"""Two words set side by side without a space: `SteakhouseA party`, `closedThe`."""
_KNOWN = FURNITURE | CUE_WORDS
FAR = 99
"""Lines to a neighbour that is further away, or is not there."""
LONGEST = 320
"""Code points of a line that are looked at for its words; longer ones are text or a glued menu by then."""

OWN = (
    "words",
    "chars",
    "ends",
    "cut",
    "mark",
    "commas",
    "stops",
    "capitals",
    "capital words",
    "digits",
    "signs",
    "quotes",
    "last sign",
    "function",
    "furniture",
    "furniture share",
    "address",
    "promo",
    "legal",
    "clock",
    "more",
    "thread",
    "bio",
    "media",
    "signed",
    "lower start",
    "glued",
    "prose",
)
MOST = {
    "words": 250,
    "chars": 1500,
    "commas": 12,
    "stops": 12,
    "signs": 9,
    "quotes": 6,
    "promo": 5,
    "legal": 5,
    "glued": 5,
}
"""Values above these tell no more."""
PLACED = ("blank", "sure")


def _own(unit: Unit) -> tuple[tuple[int, ...], set[str]]:
    """(the features of a line by itself, its long words in lower case)."""
    if len(unit.text) > REMEMBERED:
        return _look(unit)
    return _short_look(unit.text, unit.mark)


@lru_cache(maxsize=20_000)
def _short_look(text: str, mark: str) -> tuple[tuple[int, ...], set[str]]:
    return _look(Unit(0, len(text), text, 0, False, mark=mark))


def _look(unit: Unit) -> tuple[tuple[int, ...], set[str]]:
    text = unit.text
    count = unit.count
    content = unit.content
    low = content[:LONGEST].lower()
    words = _ALPHA.findall(low)
    tokens = content[:LONGEST].split()
    initials = [t[0] for t in tokens]
    letters = [c for c in initials if c.isalpha()]
    capitals = sum(map(str.isupper, letters))
    known = _KNOWN.intersection(words)
    bits, promo, legal = cues(low, words, known, count)
    furniture = len(FURNITURE & known)
    held = len(words) or 1
    ends = unit.ends_sentence
    last = text[-1]
    row = (
        count,
        len(text),
        int(ends),
        int(bool(TRUNCATED.search(text, max(0, len(text) - 8)))),
        0 if not unit.mark else 1 if not unit.mark[0].isdigit() else 2,
        len(_COMMAS.findall(text)),
        len(_STOPS.findall(text)) + ends,
        100 * capitals // len(letters) if len(letters) > 1 else -1,
        100 * sum(map(str.isupper, words and tokens)) // (len(tokens) or 1),
        100 * sum(map(str.isdigit, initials)) // (len(tokens) or 1),
        len(_SEPARATORS.findall(text)),
        len(_QUOTES.findall(text)),
        1 if last == ":" else 2 if last == "?" else 3 if last in "…>»|" else 0,
        100 * sum(map(FUNCTION.__contains__, words)) // held if words else -1,
        furniture,
        100 * furniture // held,
        100 * sum(map(ADDRESS.__contains__, words)) // held,
        promo,
        legal,
        bits >> CLOCK & 1,
        bits >> MORE & 1,
        (bits >> THREAD & 1) + (bits >> SAYS & 1) + (bits >> REPLY & 1),
        bits >> BIO & 1,
        bits >> MEDIA & 1,
        bits >> SIGNED & 1,
        int(initials[0].islower()) if initials else 0,
        len(_GLUED.findall(text, 0, LONGEST)),
        int(unit.prose),
    )
    return row, {w for w in words if len(w) >= 5}


NEAR = (
    *(
        f"{side}{d} {what}"
        for d in (1, 2, 3)
        for side in ("before", "after")
        for what in ("words", "ends", "prose")
    ),
    *(f"{side}{d} indent" for d in (1, 2) for side in ("before", "after")),
    *(f"text {w} {side}" for w in (3, 8, 20) for side in ("before", "after")),
    *(f"short {w} {side}" for w in (4, 12) for side in ("before", "after")),
    *(f"sure {w} {side}" for w in (4, 12) for side in ("before", "after")),
    *(
        f"{what} near {side}"
        for what in ("thread", "clock", "more", "promo")
        for side in ("before", "after")
    ),
    *(f"{what} before" for what in ("thread", "more", "bio", "legal")),
    *(f"lines since {what}" for what in ("prose", "thread", "more", "sure")),
    *(f"lines to {what}" for what in ("prose", "sure")),
    "size of prose before",
    "size of prose after",
    "lone prose near",
    "passed",
    "rest",
    "place",
    "lines left",
    "page text",
    "page lines",
    "indent share",
    "deeper",
    "same text",
    "run",
    "run share",
    "from run",
    "shared",
    "shared rare",
    "marks near",
    "same shape near",
    "behind related",
    "behind comments",
)
NAMES = (*OWN, *PLACED, *NEAR)


def features(
    units: Sequence[Unit], certain: Mapping[int, str], repeated: Sequence[int] = ()
) -> Table:
    """The table of a page. `certain` are units known to be furniture, with their reasons."""
    import numpy as np

    n = len(units)
    rows: list[tuple[int, ...]] = []
    words: list[set[str]] = []
    for unit in units:
        row, own = _own(unit)
        rows.append(row)
        words.append(own)
    table = np.zeros((n, len(NAMES)), np.int32)
    table[:, : len(OWN)] = np.minimum(np.array(rows, np.int32), [MOST.get(k, 999) for k in OWN])
    column = {name: table[:, i] for i, name in enumerate(NAMES)}
    column["blank"][:] = [2 * u.blank_before + u.blank_after for u in units]
    column["sure"][list(certain)] = 1
    at = len(OWN) + len(PLACED)

    def put(values: Any) -> None:
        nonlocal at
        table[:, at] = values
        at += 1

    index = np.arange(n)
    sure = column["sure"] > 0
    prose = (column["prose"] > 0) & ~sure
    count, ends = column["words"], column["ends"]
    indent = np.array([u.indent for u in units], np.int32)

    def moved(values: Any, by: int, edge: int) -> Any:
        """The value `by` lines further on (back if negative)."""
        out = np.full(n, edge, np.int32)
        if 0 < by < n:
            out[: n - by] = values[by:]
        elif -n < by < 0:
            out[-by:] = values[: n + by]
        return out

    shown = np.where(sure, -1, count)
    for distance in (1, 2, 3):
        for by in (-distance, distance):
            put(moved(shown, by, -2))
            put(moved(ends, by, -1))
            put(moved(prose, by, -1))
    for distance in (1, 2):
        for by in (-distance, distance):
            put(np.clip(moved(indent, by, 0) - indent, -20, 20))

    def window(values: Any, width: int) -> tuple[Any, Any]:
        """Sums over the `width` lines before and behind each."""
        total = np.concatenate(([0], np.cumsum(values)))
        return (
            total[index] - total[np.maximum(index - width, 0)],
            total[np.minimum(index + 1 + width, n)] - total[index + 1],
        )

    size = np.where(prose, np.minimum(column["chars"], LONGEST), 0)
    for width in (3, 8, 20):
        for part in window(size, width):
            put(np.minimum(part, 6000))
    short = ~prose & (count <= 6)
    for width in (4, 12):
        for part in window(short, width):
            put(part)
    for width in (4, 12):
        for part in window(sure, width):
            put(part)
    thread = column["thread"] > 0
    more = (column["more"] > 0) | np.array([certain.get(i) == RELATED for i in range(n)])
    for values in (thread, column["clock"], more, column["promo"] + column["legal"] > 1):
        for part in window(values, 10):
            put(part)
    for values in (thread, more, column["bio"] > 0, column["legal"] > 1):
        put(np.minimum(np.cumsum(values) - values, 20))

    def since(values: Any) -> Any:
        """Lines back to the last line that is one."""
        last = np.maximum.accumulate(np.where(values, index, -FAR - 1))
        return np.minimum(index - np.concatenate(([-FAR - 1], last[:-1])), FAR)

    def until(values: Any) -> Any:
        return since(values[::-1])[::-1]

    for values in (prose, thread, more, sure):
        put(since(values))
    for values in (prose, sure):
        put(until(values))
    put(_last_of(size, prose))
    put(_last_of(size[::-1], prose[::-1])[::-1])
    lone = prose & ~moved(prose, -1, 0).astype(bool) & ~moved(prose, 1, 0).astype(bool)
    before, behind = window(lone, 10)
    put(before + behind)
    whole = int(size.sum()) or 1
    done = np.cumsum(size) - size
    put(100 * done // whole)
    put(100 * (whole - done - size) // whole)
    put(100 * index // n)
    put(np.minimum(n - 1 - index, 200))
    put(min(100 * whole // (int(column["chars"].sum()) or 1), 100))
    put(min(n, 300))
    by_indent: Counter[int] = Counter()
    for value, held in zip(indent.tolist(), size.tolist(), strict=True):
        by_indent[value] += held
    main = max(sorted(by_indent), key=lambda k: by_indent[k])
    put([100 * by_indent[v] // whole for v in indent.tolist()])
    put(np.clip(indent - main, -20, 20))
    seen = Counter(u.text for u in units)
    put([min(seen[u.text], 5) for u in units])
    run, low, high = _main_run(size.tolist(), prose.tolist(), indent.tolist())
    put(run)
    inside = (index >= low) & (index < high)
    put(100 * int(size[low:high].sum()) // whole)
    put(
        np.where(
            inside,
            0,
            np.where(index < low, np.maximum(index - low, -FAR), np.minimum(index - high + 1, FAR)),
        )
    )
    shared, rare = _shared(words, prose.tolist(), low, high)
    put(shared)
    put(rare)
    before, behind = window(column["mark"] > 0, 5)
    put(before + behind)
    shape = np.minimum(count, 60) // 8 * 4 + ends * 2 + (column["capitals"] > 75)
    before, behind = (
        sum((moved(shape, by * k, -1) == shape).astype(np.int32) for k in range(1, 9))
        for by in (-1, 1)
    )
    put(before + behind)
    put(_behind(certain, RELATED, n))
    put(_behind(certain, COMMENTS, n))
    assert at == len(NAMES)
    return table


def _last_of(values: Any, where: Any) -> Any:
    """For every line the value of the last earlier line that is one of `where`, else 0."""
    import numpy as np

    n = len(values)
    last = np.maximum.accumulate(np.where(where, np.arange(n), -1))
    last = np.concatenate(([-1], last[:-1]))
    return np.where(last >= 0, values[last], 0)


def _behind(certain: Mapping[int, str], reason: str, n: int) -> Any:
    """How many lines of that reason stand above, at most 9."""
    import numpy as np

    marks = np.zeros(n, np.int32)
    for i, why in certain.items():
        marks[i] = why == reason
    return np.minimum(np.cumsum(marks), 9)


GAP = 6
"""Lines that may stand between two paragraphs of one run of text."""


def _main_run(size: list[int], prose: list[bool], indent: list[int]) -> tuple[list[int], int, int]:
    """The runs of text: (for every line the characters of its run, start, end of the longest one).

    Paragraphs belong to one run if few lines stand between them and they are indented alike.
    """
    n = len(size)
    runs: list[tuple[int, int, int]] = []
    start = last = -1
    total = 0
    for i in range(n):
        if not prose[i]:
            continue
        if start >= 0 and i - last <= GAP and abs(indent[i] - indent[last]) <= 2:
            total += size[i]
        else:
            if start >= 0:
                runs.append((start, last + 1, total))
            start, total = i, size[i]
        last = i
    if start >= 0:
        runs.append((start, last + 1, total))
    held = [0] * n
    for low, high, total in runs:
        held[low:high] = [min(total, 6000)] * (high - low)
    if not runs:
        return held, 0, 0
    best = max(runs, key=lambda r: (r[2], -r[0]))
    return held, best[0], best[1]


def _shared(
    words: Sequence[set[str]], prose: Sequence[bool], low: int, high: int
) -> tuple[list[int], list[int]]:
    """For every line how many of its long words also stand in the longest run of text: (per cent of
    them, -1 if it has none; of those that stand in three lines of the run or fewer)."""
    held: Counter[str] = Counter()
    for i in range(low, high):
        if prose[i]:
            held.update(words[i])
    shared: list[int] = []
    rare: list[int] = []
    for i, line in enumerate(words):
        if not line:
            shared.append(-1)
            rare.append(0)
            continue
        least = 1 if low <= i < high and prose[i] else 0
        counts = [held[w] for w in line if w in held]
        common = sum(c > least for c in counts)
        shared.append(100 * common // len(line))
        rare.append(min(common, 9))
    return shared, rare

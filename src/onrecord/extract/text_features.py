"""What the line model looks at: a table of whole numbers, one row a line, one column a feature.

No feature is a word of a report: besides shape, place and company there are only the words that pages
say of themselves (`text_words`, `text_cues`) and how many words a line shares with the page's longest
run of text. Whole numbers throughout, so that the same page gives the same table on every machine.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
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
from onrecord.extract.text_furniture import COMMENTS, RELATED
from onrecord.extract.text_lines import TRUNCATED, Unit, remembered
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
_MAY_GLUE = re.compile(r"[A-ZÀ-ÞА-Я](?:(?<=[^\W\d_A-Z].)|(?<=[^\W\d_A-Z][?!.’”\")].))")
"""Its second word, which is quickly found."""
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
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


Look = tuple[bytes, frozenset[str]]
"""The features of a line by itself, as bytes of whole numbers, and its long words in lower case."""


@remembered
def _own(unit: Unit) -> Look:
    text = unit.text
    count = unit.count
    content = unit.content[:LONGEST]
    low = content.lower()
    words = low.translate(_NO_LETTERS).split() if low.isascii() else _ALPHA.findall(low)
    tokens = content.split()
    initials = [t[0] for t in tokens]
    letters = [*filter(str.isalpha, initials)]
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
        int(last in ".…]" and bool(TRUNCATED.search(text, max(0, len(text) - 8)))),
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
        len(_GLUED.findall(text, 0, LONGEST)) if _MAY_GLUE.search(text, 0, LONGEST) else 0,
        int(unit.prose),
    )
    return array("i", row).tobytes(), frozenset([w for w in words if len(w) >= 5])


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


SUMMED = (
    *("size", "short", "sure", "thread", "clock", "more", "promo"),
    *("lone", "mark", "bio", "legal", "related", "comments"),
)
"""What is counted above, below and around each line, in the rows of one array."""
WIDEST = 20
"""Lines of the widest window."""


def features(units: Sequence[Unit], certain: Mapping[int, str]) -> Table:
    """The table of a page. `certain` are units known to be furniture, with their reasons.

    It is worked out column by column, several alike at once: what a page costs is the number of array
    operations, not their size.
    """
    import numpy as np

    n = len(units)
    looks = [_own(unit) for unit in units]
    columns = np.empty((len(NAMES), n), np.int32)
    own = np.frombuffer(b"".join([row for row, _ in looks]), np.int32).reshape(n, len(OWN))
    np.minimum(own.T, np.array([[MOST.get(name, 999)] for name in OWN]), out=columns[: len(OWN)])
    column = dict(zip(NAMES, columns, strict=True))
    column["blank"][:] = [2 * u.blank_before + u.blank_after for u in units]
    column["sure"][:] = 0
    column["sure"][list(certain)] = 1
    at = len(OWN) + len(PLACED)

    def put(values: Any, rows: int = 1) -> Any:
        """Sets the next columns, and gives them."""
        nonlocal at
        at += rows
        columns[at - rows : at] = values
        return columns[at - rows : at]

    index = np.arange(n)
    sure = column["sure"] > 0
    prose = (column["prose"] > 0) & ~sure
    count, ends = column["words"], column["ends"]
    indent = np.array([u.indent for u in units], np.int32)
    size = np.where(prose, np.minimum(column["chars"], LONGEST), 0)

    # The lines next to each.
    shown = np.empty((3, n + 6), np.int32)
    shown[:] = ((-2,), (-1,), (-1,))
    shown[:, 3 : n + 3] = np.where(sure, -1, count), ends, prose
    for by in (-1, 1, -2, 2, -3, 3):
        put(shown[:, 3 + by : 3 + by + n], 3)
    beside = np.zeros(n + 4, np.int32)
    beside[2 : n + 2] = indent
    moved = [beside[2 + by : 2 + by + n] for by in (-1, 1, -2, 2)]
    _limit(put(np.array(moved) - indent, 4), -20, 20)

    # Sums over the lines above and below; `sums[:, WIDEST + i]` is that of the lines before the line i.
    lone = prose.copy()
    lone[1:] &= ~prose[:-1]
    lone[:-1] &= ~prose[1:]
    thread, legal = column["thread"] > 0, column["legal"] > 1
    related, comments = np.zeros((2, n), bool)
    related[[i for i, reason in certain.items() if reason == RELATED]] = True
    comments[[i for i, reason in certain.items() if reason == COMMENTS]] = True
    more = (column["more"] > 0) | related
    sums = np.zeros((len(SUMMED), n + 1 + 2 * WIDEST), np.int64)
    behind = sums[:, WIDEST + 1 : WIDEST + 1 + n]
    before = sums[:, WIDEST : WIDEST + n]
    behind[:] = (
        *(size, ~prose & (count <= 6), sure, thread, column["clock"], more),
        *(column["promo"] + column["legal"] > 1, lone, column["mark"] > 0),
        *(column["bio"] > 0, legal, related, comments),
    )
    np.cumsum(behind, axis=1, out=behind)
    sums[:, WIDEST + 1 + n :] = sums[:, WIDEST + n, None]

    def windows(first: str, width: int, rows: int = 1) -> tuple[Any, Any]:
        """Sums over the `width` lines above and over those below each line, of the rows from `first`."""
        low = SUMMED.index(first)
        here, left, right = slice(low, low + rows), WIDEST - width, WIDEST + 1 + width
        return (
            before[here] - sums[here, left : left + n],
            sums[here, right : right + n] - behind[here],
        )

    def put_windows(first: str, width: int, rows: int = 1) -> Any:
        """Sets the next columns, above and below by turns."""
        block = put(0, 2 * rows)
        block[::2], block[1::2] = windows(first, width, rows)
        return block

    for width in (3, 8, 20):
        _limit(put_windows("size", width), 0, 6000)
    for first in ("short", "sure"):
        for width in (4, 12):
            put_windows(first, width)
    put_windows("thread", 10, 4)
    _limit(put(before[[SUMMED.index(k) for k in ("thread", "more", "bio", "legal")]], 4), 0, 20)

    # Lines back to the last line that is one, and on to the next; the prose there.
    last = np.maximum.accumulate(np.where((prose, thread, more, sure), index, -FAR - 1), axis=1)
    since = put(FAR, 4)
    np.minimum(index[1:] - last[:, :-1], FAR, out=since[:, 1:], casting="unsafe")
    mirrored = np.where((prose, sure), index, n + FAR)[:, ::-1]
    following = np.minimum.accumulate(mirrored, axis=1)[:, ::-1]
    until = put(FAR, 2)
    np.minimum(following[:, 1:] - index[:-1], FAR, out=until[:, :-1], casting="unsafe")
    earlier, later = put(0)[0], put(0)[0]
    sizes_or_none = np.append(size, 0)
    earlier[1:] = sizes_or_none[np.where(last[0, :-1] < 0, n, last[0, :-1])]
    later[:-1] = sizes_or_none[np.minimum(following[0, 1:], n)]

    put(sum(windows("lone", 10)))
    whole = int(size.sum()) or 1
    done = before[0]
    put(100 * done // whole)
    put(100 * (whole - done - size) // whole)
    put(100 * index // n)
    put(np.minimum(n - 1 - index, 200))
    put(min(100 * whole // (int(column["chars"].sum()) or 1), 100))
    put(min(n, 300))
    indents, sizes = indent.tolist(), size.tolist()
    by_indent: dict[int, int] = {}
    for value, held in zip(indents, sizes, strict=True):
        by_indent[value] = by_indent.get(value, 0) + held
    main = max(sorted(by_indent), key=by_indent.__getitem__)
    put([100 * by_indent[v] // whole for v in indents])
    _limit(put(indent - main), -20, 20)
    seen = Counter([u.text for u in units])
    put([min(seen[u.text], 5) for u in units])
    is_prose = prose.tolist()
    run, low, high = _main_run(sizes, is_prose, indents)
    put(run)
    put(100 * sum(sizes[low:high]) // whole)
    away = put(0)[0]
    away[:low] = np.maximum(index[:low] - low, -FAR)
    away[high:] = np.minimum(index[high:] - high + 1, FAR)
    shared, rare = _shared([words for _, words in looks], is_prose, low, high)
    put(shared)
    put(rare)
    put(sum(windows("mark", 5)))
    put(_alike(np.minimum(count, 60) // 8 * 4 + ends * 2 + (column["capitals"] > 75)))
    _limit(put(behind[[SUMMED.index("related"), SUMMED.index("comments")]], 2), 0, 9)
    assert at == len(NAMES)
    return columns.T


def _limit(values: Any, low: int, high: int) -> None:
    """Sets values below or above the limits to them."""
    import numpy as np

    np.minimum(np.maximum(values, low, out=values), high, out=values)


def _alike(shape: Any) -> Any:
    """For every line how many of the eight lines above and the eight below it have its shape."""
    import numpy as np

    near = np.zeros(len(shape), np.int32)
    for distance in range(1, 9):
        same = shape[distance:] == shape[:-distance]
        near[distance:] += same
        near[:-distance] += same
    return near


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
    words: Sequence[frozenset[str]], prose: Sequence[bool], low: int, high: int
) -> tuple[list[int], list[int]]:
    """For every line how many of its long words also stand in the longest run of text, in a line other
    than itself: (per cent of them, -1 if it has none; their number, 9 at most)."""
    held, twice = set[str](), set[str]()
    for i in range(low, high):
        if prose[i]:
            twice |= held & words[i]
            held |= words[i]
    shared: list[int] = []
    rare: list[int] = []
    for i, line in enumerate(words):
        common = len(line & (twice if low <= i < high and prose[i] else held))
        shared.append(100 * common // len(line) if line else -1)
        rare.append(min(common, 9))
    return shared, rare

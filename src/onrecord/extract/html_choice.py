"""Which runs of a page are its main content: trafilatura chooses, and its choice is found again here.

trafilatura gives strings without offsets, with soft hyphens dropped and accents composed. Each of its
paragraphs is looked up among the page's own runs by letters and digits alone, in order: passages
that occur once pin the others down. A run counts as chosen when most of it was found.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

_NO_KEY = re.compile(r"[\W_]+")
MOST = 60
"""Per cent of a run's letters and digits that must be found in the choice."""
UNIQUE = 24
"""A passage of at least so many letters and digits that occurs once in a page pins its place."""

_TRIES = 100
"""Places a short passage is looked for in: keeps the search linear on tables of like cells."""


def key(text: str) -> str:
    """Letters and digits alone, compatibility forms and case folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        return "".join(filter(str.isalnum, text))
    return _NO_KEY.sub("", text).lower()


def _units(body: Any) -> Iterator[tuple[str, ...]]:
    """trafilatura's paragraphs in order: each as its whole key, then its parts' keys."""
    for element in body:
        leaves = [e for e in element.iter("item", "cell", "p", "head", "quote") if e is not element]
        inside = set(leaves)
        for unit in leaves or [element]:
            if any(e in inside for e in unit.iterancestors()):
                continue
            texts = [key(t) for t in unit.itertext()]
            texts = [t for t in texts if t]
            if texts:
                yield ("".join(texts), *texts) if len(texts) > 1 else (texts[0],)
        if element.tail and (tail := key(element.tail)):
            yield (tail,)


def ask_trafilatura(source: str, *, comments: bool = False) -> list[tuple[str, ...]] | None:
    """The keys of the paragraphs trafilatura chooses; None where it finds no content or fails."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            source.replace("\0", ""), include_comments=comments, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, LookupError, AssertionError):
        return None
    body = getattr(document, "body", None)
    return list(_units(body)) if body is not None else None


def locate(units: Sequence[tuple[str, ...]], keys: Sequence[str]) -> list[int]:
    """How many letters and digits of each run belong to the units, looked up in order.

    A unit that does not stand in the page as a whole is looked up part by part.
    """
    starts = [0, *accumulate(map(len, keys))]
    whole = "".join(keys)
    runs: dict[str, list[int]] = {}
    for i, run in enumerate(keys):
        runs.setdefault(run, []).append(starts[i])
    passages: list[str] = []
    places: list[int] = []
    for unit in units:
        at = _place(unit[0], runs, whole)
        for part in unit[:1] if at is not None else unit[1:]:
            place = at if at is not None else _place(part, runs, whole)
            passages.append(part)
            places.append(-1 if place is None else place)
    found: list[tuple[int, int]] = []
    limits = [len(whole)] * (len(passages) + 1)
    for i in range(len(passages) - 1, -1, -1):
        limits[i] = places[i] if places[i] >= 0 else limits[i + 1]
    cursor = 0
    for i, passage in enumerate(passages):
        at = places[i]
        if at < 0:
            limit = limits[i + 1] if limits[i + 1] >= cursor else len(whole)
            at = _find(whole, passage, cursor, limit, starts)
        if at >= 0:
            found.append((at, at + len(passage)))
            cursor = at + len(passage)
    return _coverage(found, starts)


def _place(passage: str, runs: dict[str, list[int]], whole: str) -> int | None:
    """Where a passage stands if it stands there only; -1 if at several places, None if nowhere."""
    exact = runs.get(passage)
    if exact is not None:
        return exact[0] if len(exact) == 1 and len(passage) >= UNIQUE else -1
    at = whole.find(passage)
    if at < 0:
        return None
    return at if len(passage) >= UNIQUE and whole.find(passage, at + 1) < 0 else -1


def _find(whole: str, part: str, low: int, high: int, starts: list[int]) -> int:
    """Where a part stands between two places; a short one must begin a run."""
    at = whole.find(part, low, high)
    for _ in range(_TRIES):
        if at < 0 or len(part) >= UNIQUE:
            return at
        i = bisect_left(starts, at)
        if i < len(starts) and starts[i] == at:
            return at
        at = whole.find(part, at + 1, high)
    return -1


def _coverage(found: Sequence[tuple[int, int]], starts: list[int]) -> list[int]:
    counts = [0] * (len(starts) - 1)
    for low, high in found:
        i = max(0, bisect_right(starts, low) - 1)
        while i < len(counts) and starts[i] < high:
            counts[i] += max(0, min(high, starts[i + 1]) - max(low, starts[i]))
            i += 1
    return counts


def choose(source: str, keys: Sequence[str]) -> list[bool] | None:
    """For every run (given as its key) whether it is main content; None where nothing was found."""
    units = ask_trafilatura(source)
    if not units:
        return None
    counts = locate(units, keys)
    chosen = [bool(k) and 100 * n >= MOST * len(k) for k, n in zip(keys, counts, strict=True)]
    return chosen if any(chosen) else None

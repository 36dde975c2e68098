"""When a page says it was published and changed: instants with their own zone, else the day.

Structured data comes first, then what the page shows, then the day in its address. A time without a
zone gives the day alone. Where structured data and the day shown differ, the instant stays and the
basis says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from onrecord.extract.masthead import day_in_url, read_date_line
from onrecord.extract.structured import Fact
from onrecord.extract.text_times import FULL, find_times
from onrecord.records import Bounds, CaptureSpan
from onrecord.text.instants import day_of, is_instant, moment, normalise
from onrecord.text.offsets import to_capture

_EARLIEST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Shown:
    """A time that the page shows: as day or instant, its words, their range, and which label it bears."""

    value: str
    words: str
    start: int
    end: int
    role: str


def read_time(text: str) -> str | None:
    """A day or an instant from a machine-readable value (ISO 8601, RFC 2822) or a written date."""
    text = text.strip()
    if found := normalise(text):
        return _plausible(found)
    if match := re.fullmatch(
        r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?:UTC|GMT)", text
    ):
        return _plausible(normalise(match[1] + "Z"))
    if match := re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", text
    ):
        clock = f"T{match[4]}:{match[5]}:{match[6] or '00'}{match[7] or ''}" if match[4] else ""
        return _plausible(normalise(f"{match[1]}-{match[2]}-{match[3]}{clock}"))
    if re.match(r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}", text):
        try:
            at = parsedate_to_datetime(text)
        except ValueError:
            return None
        return _plausible(normalise(at.isoformat() if at.tzinfo else at.date().isoformat()))
    if len(text) <= 80:
        times = [t for t in find_times(text) if t.status == FULL]
        if len(times) == 1:
            return _plausible(times[0].instant or times[0].day)
    if match := re.match(r"(\d{4}-\d{2}-\d{2})[T ]", text):
        return _plausible(normalise(match[1]))
    return None


def _plausible(value: str | None) -> str | None:
    return value if value and int(value[:4]) >= _EARLIEST_YEAR else None


def days(value: str) -> set[str]:
    """The local day as written and the day in UTC."""
    found = {day_of(value).isoformat()}
    if is_instant(value):
        found.add(datetime.fromisoformat(value).astimezone(UTC).date().isoformat())
    return found


def _best(facts: Sequence[Fact]) -> tuple[str, Fact] | None:
    """The first fact that gives a time; if that is a day, an instant on it from a later fact."""
    read = [(value, fact) for fact in facts if (value := read_time(fact.value))]
    if not read:
        return None
    first, fact = read[0]
    if not is_instant(first):
        for value, other in read[1:]:
            if is_instant(value) and first in days(value):
                return value, other
    return first, fact


def published_bounds(
    facts: Sequence[Fact], shown: Sequence[Shown], role: str = "published"
) -> tuple[Bounds, tuple[CaptureSpan, ...]]:
    """The time of publication (or, by `role`, of the last change) with the spans it was read from."""
    best = _best(facts)
    mine = [s for s in shown if s.role == role]
    if best is not None:
        value, fact = best
        basis = f"{fact.where} of the page"
        spans = [CaptureSpan(start=fact.start, end=fact.end)]
        differing = [s for s in mine if not any(d in days(value) for d in days(s.value))]
        if mine and len(differing) == len(mine):
            other = mine[0]
            basis += f"; the page shows {day_of(other.value).isoformat()}"
            spans.append(CaptureSpan(start=other.start, end=other.end))
        return Bounds(earliest=value, latest=value, text=fact.value[:80], basis=basis), tuple(spans)
    if mine:
        one = next((s for s in mine if is_instant(s.value)), mine[0])
        bounds = Bounds(
            earliest=one.value, latest=one.value, text=one.words, basis="shown on the page"
        )
        return bounds, (CaptureSpan(start=one.start, end=one.end),)
    return Bounds(), ()


def address_bounds(
    url: str | None, facts: Sequence[Fact]
) -> tuple[Bounds, tuple[CaptureSpan, ...]]:
    """The day in the page's address, cited where the page itself gives that address."""
    for fact in facts:
        if fact.end - fact.start == len(fact.value) and (found := day_in_url(fact.value)):
            low = fact.start + fact.value.index(found.text or "")
            return found, (CaptureSpan(start=low, end=low + len(found.text or "")),)
    return day_in_url(url) or Bounds(), ()


def consistent(modified: Bounds, published: Bounds) -> Bounds:
    """The time of change, unless it lies before publication."""
    if (
        modified.latest
        and published.earliest
        and (moment(modified.latest, end=True) < moment(published.earliest))
    ):
        return Bounds(basis=f"{modified.basis}: before publication, not used")
    return modified


def displayed(
    lines: Iterable[tuple[str, Sequence[tuple[int, int, int, int]]]],
) -> list[Shown]:
    """The times of lines that are mastheads: (text, map to the source) of each line in order."""
    found = []
    for text, rows in lines:
        read = read_date_line(text) if any(c.isdigit() for c in text) else None
        for role, time in read.times if read else ():
            value = time.instant or time.day
            if time.status == FULL and value and _plausible(value):
                low, high = to_capture(rows, time.start, time.end)
                found.append(Shown(value, text[time.start : time.end], low, high, role))
    return found

"""When a page says it was published and changed: instants with their own zone, else the day.

Structured data comes first, then what the page shows, then the day in its address. A time without a
zone gives the day alone. Where structured data and the day shown differ, the instant stays and the
basis says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from onrecord.extract.html_lines import Line
from onrecord.extract.masthead import PUBLISHED, UPDATED, day_in_url, read_date_line
from onrecord.extract.structured import Fact
from onrecord.extract.text_times import FULL, find_times
from onrecord.records import Bounds, CaptureSpan
from onrecord.text.instants import day_of, is_instant, moment, normalise
from onrecord.text.offsets import to_capture

_EARLIEST_YEAR = 1990
_ROUNDED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A time that the page shows: as day or instant, its words, their range, and which label it bears.

    `where` says whether it was read as written or from the element that holds it.
    """

    value: str
    words: str
    start: int
    end: int
    role: str
    where: str = "shown on the page"


def read_time(text: str) -> str | None:
    """A day or an instant from a machine-readable value (ISO 8601, RFC 2822, seconds or milliseconds
    since 1970 in UTC) or a written date."""
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
    if re.fullmatch(r"1\d{9}(?:\d{3})?|2[0-3]\d{8}", text):
        at = datetime.fromtimestamp(int(text[:10]), UTC)
        return at.isoformat()
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
    if best is not None and not is_instant(best[0]):
        exact = next((s for s in mine if is_instant(s.value) and best[0] in days(s.value)), None)
        if exact is not None:
            return _as_shown(exact)
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
        return _as_shown(one)
    return Bounds(), ()


def settle_roles(
    shown: Sequence[Shown], published: Sequence[Fact], modified: Sequence[Fact]
) -> list[Shown]:
    """The times shown, those without a label of their own given the role that the metadata bear out:
    a day on which the page says it was changed, and not published, is the day of the change."""
    first, last = _best(published), _best(modified)
    if first is None or last is None:
        return list(shown)
    changed = days(last[0]) - days(first[0])
    return [
        replace(s, role=UPDATED) if s.role == PUBLISHED and days(s.value) & changed else s
        for s in shown
    ]


def _as_shown(one: Shown) -> tuple[Bounds, tuple[CaptureSpan, ...]]:
    bounds = Bounds(earliest=one.value, latest=one.value, text=one.words[:80], basis=one.where)
    return bounds, (CaptureSpan(start=one.start, end=one.end),)


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
    """The time of change, unless it lies before publication (by more than systems round)."""
    if (
        modified.latest
        and published.earliest
        and moment(modified.latest, end=True) + _ROUNDED < moment(published.earliest)
    ):
        return Bounds(basis=f"{modified.basis}: before publication, not used")
    return modified


TIME_ELEMENT = "time element of the page"
_CHANGED = re.compile(
    r"updat|modif|edited|revised|corrected|aktualis|stand\b|actuali[sz]|mis à jour|aggiornat|bijgewerkt|atualizad|oppdatert|opdateret|uppdaterad|обновл",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"publi|posted|create|entry-date|pubdate|erstellt|veröff|udgivet|släppt", re.IGNORECASE
)
_LABEL_REACH = 30


def of_elements(line: Line) -> list[Shown]:
    """The times of the `time` elements in a line, by what stands in their `datetime`: each with the
    role that its own name or the words before it give, publication where they give none."""
    found: list[Shown] = []
    seen: set[int] = set()
    before = ""
    for start, end, element in line.run.parts:
        holder = None
        for e in element.path if element is not None else ():
            if e.tag == "time":
                holder = e
            if holder is not None or e is line.element.parent:
                break
        if holder is not None and holder.start not in seen:
            seen.add(holder.start)
            value, low, high = holder.attributes.get("datetime", ("", 0, 0))
            if read := read_time(value):
                names = f"{holder.get('class')} {holder.get('itemprop')}"
                label = names if _CHANGED.search(names) or _FIRST.search(names) else before
                changed = _CHANGED.search(label) and not _FIRST.search(label)
                role = UPDATED if changed else PUBLISHED
                found.append(Shown(read, value, low, high, role, TIME_ELEMENT))
            before = ""
        elif element is not None:
            before = (before + element.source[start:end])[-_LABEL_REACH:]
    return found


def labelled(
    lines: Iterable[tuple[str, Sequence[tuple[int, int, int, int]]]],
) -> list[Shown]:
    """Times of lines anywhere on a page that begin with a label of dates: `Date: 2 May 2031`."""
    return displayed(row for row in lines if _DATE_LABEL.match(row[0]))


_DATE_LABEL = re.compile(
    r"(?:date|datum|data|fecha|dato|published|publi[ée]e?|publicado|pubblicato|ver[öo]ffentlicht|erschienen|erstellt|gepubliceerd|publicerad|опубликовано|дата)\b",
    re.IGNORECASE,
)
LONGEST_LABELLED = 60


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

"""Written times: days, instants with an offset, and inclusive bounds made of them.

An instant keeps its offset as written. A day has no zone: it is what the page or the sentence calls
that day. Where the two must be compared, an instant counts as its local day, as written.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?"
)


def normalise(text: str) -> str | None:
    """An ISO 8601 text as the record writes it: `2014-03-14T14:57:00+04:00` or `2014-03-14`.

    `Z` becomes `+00:00`; seconds are filled in; a time without a zone gives the day alone; fractions
    of a second go. None if it is neither a valid day nor a valid instant.
    """
    text = text.strip()
    if _DAY.fullmatch(text):
        return text if _valid_day(text) else None
    match = _INSTANT.fullmatch(text)
    if not match or not _valid_day(match[1]):
        return None
    day, clock, seconds, zone = match[1], match[2], match[3] or ":00", match[4]
    if zone is None:
        return day
    if zone == "Z":
        zone = "+00:00"
    elif len(zone) == 3:
        zone += ":00"
    elif ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    written = f"{day}T{clock}{seconds}{zone}"
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return None
    return written


def _valid_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_instant(text: str) -> bool:
    return "T" in text


def day_of(text: str) -> date:
    """The local day, as written, of a day or an instant. Raises ValueError if it is neither."""
    return date.fromisoformat(text[:10])


def moment(text: str, *, end: bool = False) -> datetime:
    """A point in UTC to sort and compare by: an instant itself; for a day its first (or, with
    `end`, its last) second in UTC. Raises ValueError if it is neither."""
    if is_instant(text):
        return datetime.fromisoformat(text).astimezone(UTC)
    start = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return start + timedelta(days=1, seconds=-1) if end else start


def sort_key(earliest: str | None, tie: str = "") -> tuple[int, str, str]:
    """Orders by UTC moment, unknown times last, then by `tie`."""
    if earliest is None:
        return (1, "", tie)
    return (0, moment(earliest).isoformat(), tie)


def shift_days(day: str, days: int) -> str:
    """The bare day that many days after (before, if negative) a day or an instant's local day."""
    return (day_of(day) + timedelta(days=days)).isoformat()


def with_zone(day: str, hour: int, minute: int, second: int, offset_minutes: int) -> str:
    """An instant from its parts. Raises ValueError if they are no valid time."""
    zone = timezone(timedelta(minutes=offset_minutes))
    at = datetime.fromisoformat(day).replace(hour=hour, minute=minute, second=second, tzinfo=zone)
    return at.isoformat()


_PARTS_OF_DAY = "MO|MI|AF|EV|NI|DT|PM"
_VALUE_DAY = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:T(?:{_PARTS_OF_DAY}|\d{{2}}(?::\d{{2}})*))?")
_VALUE_WEEK = re.compile(rf"(\d{{4}})-W(\d{{2}})(?:-(\d|WE)(?:T(?:{_PARTS_OF_DAY}))?)?")
_VALUE_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI|\d{2})")
_VALUE_YEARS = re.compile(r"\d{2,4}")
_MONTHS_OF = {
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
    "H1": (1, 6),
    "H2": (7, 12),
}


def bounds_of(value: str | None) -> tuple[str | None, str | None]:
    """The inclusive bounds of a TIMEX3 value: `2014-03` gives `2014-03-01` and `2014-03-31`.

    Days, months, quarters, halves, ISO weeks and weekends, years, decades (`199`) and centuries
    (`19`) have bounds in days; a part of the day (`2014-03-14TNI`) has those of its day, a clock
    time with an offset those of its instant. What has no place on the calendar has none: durations,
    sets, PAST_REF, seasons (their months depend on the hemisphere; their year does not always
    hold them), and what begins with an X. `2014-XX` counts as its year.
    """
    value = re.sub(r"(?:-W?X+)+$", "", value or "")
    if "T" in value and (instant := normalise(value)) and is_instant(instant):
        return instant, instant
    try:
        if match := _VALUE_DAY.fullmatch(value):
            day = date.fromisoformat(match[1]).isoformat()
            return day, day
        if match := _VALUE_WEEK.fullmatch(value):
            return _week_bounds(int(match[1]), int(match[2]), match[3])
        if match := _VALUE_PART.fullmatch(value):
            if match[2] in ("SP", "SU", "FA", "WI"):
                return None, None
            first, last = _MONTHS_OF.get(match[2]) or (int(match[2]), int(match[2]))
            return _month_bounds(int(match[1]), first)[0], _month_bounds(int(match[1]), last)[1]
        if _VALUE_YEARS.fullmatch(value):
            return _month_bounds(int(value.ljust(4, "0")), 1)[0], _month_bounds(
                int(value.ljust(4, "9")), 12
            )[1]
    except ValueError:
        pass
    return None, None


def _month_bounds(year: int, month: int) -> tuple[str, str]:
    start = date(year, month, 1)
    last = calendar.monthrange(year, month)[1]
    return start.isoformat(), start.replace(day=last).isoformat()


def _week_bounds(year: int, week: int, day: str | None) -> tuple[str, str]:
    first, last = {None: (1, 7), "WE": (6, 7)}.get(day) or (int(day or 0), int(day or 0))
    return (
        date.fromisocalendar(year, week, first).isoformat(),
        date.fromisocalendar(year, week, last).isoformat(),
    )

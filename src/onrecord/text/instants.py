"""Written times: days, instants with an offset, and inclusive bounds made of them.

An instant keeps its offset as written. A day has no zone: it is what the page or the sentence calls
that day. Where the two must be compared, an instant counts as its local day, as written.
"""

from __future__ import annotations

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

"""What a time expression means, and the TIMEX3 value it has on a given day of publication.

A meaning is what the words alone say ("a weekday, with `last`"); a value needs a day to count from
and, for words like a bare weekday, a direction: `before` or `after` that day. Without the day the
value keeps X where digits would stand (TIMEX3 1.2.1: `XXXX-WXX-7`), or is None.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that hangs on nothing: an explicit date, a duration, a set, PRESENT_REF."""

    type: str
    value: str | None
    why: str = "explicit date"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, 0 = Monday. `week`: last, next, this, week (the one a week later), or None."""

    day: int
    week: str | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A month, or a day of it, whose year is not said (`year_shift` None) or counted from now."""

    month: int
    day: int | None = None
    year_shift: int | None = None
    side: str | None = None
    """`last` or `next` before a bare month."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """So many units before (negative) or after the day of publication, to the unit."""

    unit: str
    count: int | None
    type: str = "DATE"


@dataclass(frozen=True, slots=True)
class Season:
    """SP, SU, FA or WI; `shift` in years from the season of publication, None if not said."""

    code: str
    shift: int | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, 1 to 4 (None: the one the text is about), of a year counted from publication's."""

    number: int | None
    year_shift: int | None = None
    year: int | None = None
    back: int = 0
    """Years before the quarter the text is about: `the year-ago quarter`."""


@dataclass(frozen=True, slots=True)
class YearBefore:
    """`a year earlier`, `year-ago`: a year before what the text is about, in its grain."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """So many units from what the text last spoke of: `that day`, `the following year`; with a
    `weekday`, the one before or after that: `the previous Friday`."""

    unit: str = "D"
    count: int = 0
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class At:
    """A part of a day or a clock time (`TNI`, `T22:00`) on the day that `day` means."""

    day: Meaning
    suffix: str


@dataclass(frozen=True, slots=True)
class Weekend:
    """`the weekend`: the last or the coming one."""


@dataclass(frozen=True, slots=True)
class Thanksgiving:
    """The fourth Thursday of November."""


Meaning = (
    Plain
    | Weekday
    | MonthDay
    | Shifted
    | Season
    | Quarter
    | YearBefore
    | Spoken
    | At
    | Weekend
    | Thanksgiving
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a value hangs on: the day of publication, the direction of the sentence, and what the
    text spoke of before (`quarter` as in `1989-Q3`, `day`, `year`)."""

    anchor: date | None
    direction: str | None = None
    quarter: str | None = None
    day: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A TIMEX3 value (None: not known), whether its day of reference was known, and why it is so."""

    type: str
    value: str | None
    anchored: bool
    why: str


def directional(meaning: Meaning) -> bool:
    """Whether the value hangs on which way the sentence points."""
    match meaning:
        case Weekday(week=None) | MonthDay(year_shift=None, side=None) | Weekend() | Thanksgiving():
            return True
        case Season(shift=None):
            return True
        case Quarter(number=int(), year_shift=None, back=0):
            return True
        case At(day=day):
            return directional(day)
    return False


def weekday_of(meaning: Meaning) -> int | None:
    """0 = Monday, where the words give a bare weekday."""
    match meaning:
        case Weekday(day=day, week=None):
            return day
        case At(day=inner):
            return weekday_of(inner)
    return None


def evaluate(meaning: Meaning, context: Context) -> Value:
    """The TIMEX3 value of a meaning in its context."""
    match meaning:
        case Plain(type=kind, value=value, why=why):
            return Value(kind, value, True, why)
        case At(day=day, suffix=suffix):
            inner = evaluate(day, context)
            value = f"{inner.value}{suffix}" if inner.value else None
            return Value("TIME", value, inner.anchored, inner.why)
        case YearBefore():
            return _year_before(context)
        case Spoken():
            return _spoken(meaning, context)
    if context.anchor is None:
        return Value(_type(meaning), _open(meaning), False, "publication date unknown")
    value, why = _anchored(meaning, context, context.anchor)
    return Value(_type(meaning), value, True, why)


def _spoken(meaning: Spoken, context: Context) -> Value:
    unit, count = meaning.unit, meaning.count
    if unit == "Y" and context.year:
        return Value(
            "DATE",
            f"{int(context.year) + count:04}",
            True,
            f"counted from {context.year}, which the text spoke of before",
        )
    if unit == "Y" or context.day is None:
        written = (
            f"XXXX-WXX-{meaning.weekday + 1}"
            if meaning.weekday is not None
            else _open(Shifted(unit, count))
        )
        return Value("DATE", written, False, "the text names nothing to count from")
    day = date.fromisoformat(context.day)
    why = f"counted from {context.day}, which the text spoke of before"
    if meaning.weekday is None:
        return Value("DATE", _shift(unit, count, day), True, why)
    way = "before" if count < 0 else "after"
    found = nearest_weekday(meaning.weekday, way, day + timedelta(days=count))
    return Value("DATE", found.isoformat(), True, why)


def _type(meaning: Meaning) -> str:
    return meaning.type if isinstance(meaning, Shifted) else "DATE"


def _open(meaning: Meaning) -> str | None:
    """The underspecified value, where the day of publication is unknown."""
    match meaning:
        case Weekday(day=day):
            return f"XXXX-WXX-{day + 1}"
        case MonthDay(month=month, day=None):
            return f"XXXX-{month:02}"
        case MonthDay(month=month, day=day):
            return f"XXXX-{month:02}-{day:02}"
        case Season(code=code):
            return f"XXXX-{code}"
        case Quarter(number=int(number)):
            return f"XXXX-Q{number}"
        case Thanksgiving():
            return "XXXX-11"
        case Shifted(unit="D") | Shifted(unit="TH"):
            return "XXXX-XX-XX"
        case Shifted(unit="W"):
            return "XXXX-WXX"
        case Shifted(unit="WE") | Weekend():
            return "XXXX-WXX-WE"
        case Shifted(unit="M"):
            return "XXXX-XX"
        case Shifted(unit="Y"):
            return "XXXX"
    return None


def _anchored(meaning: Meaning, context: Context, anchor: date) -> tuple[str | None, str]:
    way = context.direction
    counted = f"counted from publication on {anchor.isoformat()}"
    match meaning:
        case Weekday(day=day, week="next") if day > anchor.weekday():
            return _open(
                meaning
            ), "‘next’ before a weekday can be the coming one or the one after it"
        case Weekday(week=None) if way is None:
            return _open(meaning), "the sentence does not say which side of publication"
        case Weekday(day=day, week=week):
            return _weekday(day, week, way, anchor).isoformat(), _side(week, way)
        case MonthDay(month=month, day=day, year_shift=int(shift)):
            return _day_text(anchor.year + shift, month, day), counted
        case MonthDay(month=month, day=day, side=side):
            way = {"last": "before", "next": "after"}.get(side or "", way or "")
            year = _year_for(month, day, way, anchor, strict=side is not None)
            return _day_text(year, month, day), _year_side(way)
        case Shifted(unit=unit, count=count):
            return _shift(unit, count, anchor), counted
        case Weekend() if way is None:
            return _open(meaning), "the sentence does not say which side of publication"
        case Weekend():
            # On a Saturday or a Sunday "the weekend" is the one that is on.
            back = way == "before" and anchor.weekday() < 5
            return _shift("WE", -1 if back else 0, anchor), f"weekend on or {way} publication"
        case Season(code=code, shift=shift):
            return _season(code, shift, way, anchor), counted
        case Quarter():
            return _quarter(meaning, context, anchor)
        case Thanksgiving():
            near = min(
                (_thanksgiving(anchor.year + shift) for shift in (-1, 0, 1)),
                key=lambda d: _distance(d, anchor, way),
            )
            return near.isoformat(), "fourth Thursday of November"
    raise AssertionError(f"no rule for {meaning!r}")


# ------------------------------------------------------------------------------- weekdays, months


def nearest_weekday(day: int, way: str, anchor: date) -> date:
    """The weekday on or `before`, or on or `after`, the anchor: the day itself where it is one."""
    if way == "after":
        return anchor + timedelta(days=(day - anchor.weekday()) % 7)
    return anchor - timedelta(days=(anchor.weekday() - day) % 7)


def _weekday(day: int, week: str | None, way: str | None, anchor: date) -> date:
    if week == "last":
        return nearest_weekday(day, "before", anchor - timedelta(days=1))
    if week == "next":
        return nearest_weekday(day, "after", anchor + timedelta(days=1))
    if week == "this coming":
        return nearest_weekday(day, "after", anchor + timedelta(days=1))
    if week == "week":
        return nearest_weekday(day, "after", anchor) + timedelta(days=7)
    if week in ("last week", "this week", "next week"):
        monday = anchor - timedelta(days=anchor.weekday())
        shift = {"last week": -7, "this week": 0, "next week": 7}[week]
        return monday + timedelta(days=shift + day)
    assert way is not None, "a bare weekday without a direction stays open"
    return nearest_weekday(day, way, anchor)


def _side(week: str | None, way: str | None) -> str:
    if week:
        return f"weekday with ‘{week}’, counted from publication"
    return f"weekday on or {way} publication"


def _year_side(way: str | None) -> str:
    if way == "after":
        return "year not said; the next one from publication on"
    if way == "before":
        return "year not said; the last one up to publication"
    return "year not said; the one nearest to publication"


_NEAR = 90
"""Days. A day of a month without its year lies within this of publication far more often than the
tense of its sentence is read rightly; beyond it the tense decides."""


def _distance(
    day: date, anchor: date, way: str | None, *, strict: bool = False
) -> tuple[bool, int]:
    away = abs((day - anchor).days)
    wrong = (way == "after" and day < anchor) or (way == "before" and day > anchor)
    return wrong and (strict or away > _NEAR), away


def _year_for(month: int, day: int | None, way: str, anchor: date, *, strict: bool) -> int:
    """The year of a month or a day of it: on the side that is said, else the nearest.

    A month counts as its middle for nearness and, unless `strict`, the month of publication itself
    lies on both sides.
    """
    if day is None:
        gap = month - anchor.month
        if way == "before":
            return anchor.year - (gap > 0 or (strict and gap == 0))
        if way == "after":
            return anchor.year + (gap < 0 or (strict and gap == 0))
        return anchor.year + (gap < -6) - (gap > 6)
    return min(
        (anchor.year + shift for shift in (0, -1, 1)),
        key=lambda year: _distance(_valid(year, month, day), anchor, way, strict=strict),
    )


def _valid(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _day_text(year: int, month: int, day: int | None) -> str:
    return f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{day:02}"


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


# ------------------------------------------------------------------------------- counting


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    total = day.year * 12 + day.month - 1 + months
    return _valid(total // 12, total % 12 + 1, day.day)


def iso_week(day: date) -> str:
    """`2014-W11`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _shift(unit: str, count: int | None, anchor: date) -> str | None:
    if count is None:
        return None
    try:
        match unit:
            case "D":
                return (anchor + timedelta(days=count)).isoformat()
            case "W":
                return iso_week(anchor + timedelta(days=7 * count))
            case "F":
                return iso_week(anchor + timedelta(days=14 * count))
            case "WE":
                return f"{iso_week(anchor + timedelta(days=7 * count))}-WE"
            case "M":
                day = add_months(anchor, count)
                return f"{day.year}-{day.month:02}"
            case "Q":
                day = add_months(anchor, 3 * count)
                return f"{day.year}-Q{(day.month + 2) // 3}"
            case "Y":
                return f"{anchor.year + count:04}"
            case "E":
                return f"{anchor.year // 10 + count:03}"
            case "C":
                return f"{anchor.year // 100 + count:02}"
    except (ValueError, OverflowError):
        return None
    return anchor.isoformat() if unit in ("TH", "TM", "TS") and abs(count) < 2 else None


_SEASON_MONTH = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


def _season(code: str, shift: int | None, way: str | None, anchor: date) -> str:
    """Northern seasons: the middle month decides which one was last and which comes next."""
    middle = _SEASON_MONTH[code]
    if shift == -1:
        return f"{anchor.year - (anchor.month <= middle + 1)}-{code}"
    if shift == 1:
        return f"{anchor.year + (anchor.month >= middle - 1)}-{code}"
    if shift == 0:
        return f"{anchor.year}-{code}"
    year = _year_for(middle, None, way or "", anchor, strict=False)
    return f"{year}-{code}"


# ------------------------------------------------------------------------------- business quarters


def _quarter(meaning: Quarter, context: Context, anchor: date) -> tuple[str | None, str]:
    if meaning.number is None:
        if context.quarter is None:
            return None, "a quarter the text does not name"
        year, rest = context.quarter.split("-")
        return (
            f"{meaning.year or int(year) - meaning.back}-{rest}",
            "the quarter the text spoke of before",
        )
    now = (anchor.month + 2) // 3
    number, back = meaning.number, meaning.back
    if meaning.year_shift is not None:
        return f"{anchor.year + meaning.year_shift}-Q{number}", "year counted from publication"
    if context.direction == "after":
        after = anchor.year + (number < now) - back
        return f"{after}-Q{number}", "next such quarter from publication on"
    before = anchor.year - (number > now) - back
    return f"{before}-Q{number}", "last such quarter up to publication"


def _year_before(context: Context) -> Value:
    if context.quarter:
        year, rest = context.quarter.split("-")
        return Value("DATE", f"{int(year) - 1}-{rest}", True, "a year before the quarter spoken of")
    if context.anchor is None:
        return Value("DATE", None, False, "publication date unknown")
    return Value("DATE", str(context.anchor.year - 1), True, "a year before publication")

"""Written times: days and instants as mastheads print them, with their zone, and nothing guessed.

`dateparser` gives nothing for `14 March 2014 14:57 (UTC +04:00)` and `dateutil` a wrong zone without a
word, so mastheads are read here: a day needs day, month and year; an instant needs a clock time and
a zone that names one offset. Numbers that may be read either way (3/4/2014) are no date. Offsets are
code points, half-open.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.text.instants import with_zone

_DIGIT = re.compile(r"\d")
FULL, NO_YEAR, AMBIGUOUS, INVALID = "full", "no year", "ambiguous", "invalid"


class Names(NamedTuple):
    """The tables of text_months.toml, folded name -> number (of the month, of the weekday, minutes)."""

    months: dict[str, int]
    weekdays: dict[str, int]
    zones: dict[str, int]
    us: dict[str, int]


@lru_cache(maxsize=1)
def names() -> Names:
    """The bundled tables."""
    table = tomllib.loads(files("onrecord.extract").joinpath("text_months.toml").read_text("utf-8"))

    def turned(rows: dict[str, list[str]]) -> dict[str, int]:
        return {name: int(number) for number, row in rows.items() for name in row}

    return Names(turned(table["months"]), turned(table["weekdays"]), table["zones"], table["us"])


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A time as written at `start:end` of some text.

    `status` is full, no year, ambiguous or invalid (no such day, or a weekday that contradicts it);
    `day` is set for full and, as `--MM-DD`, for no year; `instant` only where clock and zone stand
    beside it.
    """

    start: int
    end: int
    status: str
    day: str | None = None
    instant: str | None = None
    short_year: bool = False


_SEVERAL = "ist|cst|ast|wst|pht|pkt|ict|wib|irst|brt|art|clt"
"""Zone names that stand for several offsets: read over, never resolved."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(a date, a clock behind it, a clock before it, a zone behind it), over folded text."""
    table = names()

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

    weekday = rf"(?:\b(?P<weekday>{any_of(table.weekdays)})\b\.?[,|\s]*(?:(?:the|le|den|el|il|dem)\b\s*)?)?"
    month = rf"(?P<month{{}}>{any_of(table.months)})\b\.?"
    zone = (
        (
            r"(?:\s?[(\[]?\s?(?P<zone{0}>(?:utc|gmt)\s?[+\u2212-]\s?\d{{1,2}}(?::?\d{{2}})?|[+\u2212-]\d{{2}}:?\d{{2}}(?!\d)"
            rf"|\b(?:{any_of([*table.zones, *table.us, 'msk'])}|{_SEVERAL})\b|(?<=\d)z\b)\s?[)\]]?)?"
        )
        .replace("{{", "{")
        .replace("}}", "}")
    )
    clock = (
        r"(?P<hour{0}>\d{1,2})(?:(?:\s?:\s?|[.h])(?P<minute{0}>\d{2})(?:\s?:\s?(?P<second{0}>\d{2})(?:\.\d+)?)?)?"
        r"(?:\s?(?P<half{0}>[ap])\.?\s?m\b\.?|\s?uhr\b|\s?hrs?\b|\s?h\b)?"
    )
    day = (
        weekday
        + r"(?<![^\W_])(?:"
        + r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
        + r"|(?P<y5>\d{4})\s?[年년]\s?(?P<m5>\d{1,2})\s?[月월]\s?(?P<d5>\d{1,2})\s?[日일]"
        + r"|(?P<a2>\d{1,2})(?P<sep>[./-])(?P<b2>\d{1,2})(?P=sep)(?P<y2>\d{4}|\d{2})(?![\d./-]\d|\d)"
        + r"|(?P<d3>\d{1,2})(?:st|nd|rd|th|er|o|a|º|ª|\.)?[\s/-]{1,3}(?:de\s+|of\s+|d['’])?"
        + month.format(3)
        + r"(?:,?[\s/-]{1,3}(?:de\s+|del\s+)?(?P<y3>\d{4}(?!\d)|['’]?\d{2}(?![\d:.]\d|\d)(?=\s*(?:$|[-–,|]))))?"
        + r"|"
        + month.format(4)
        + r"\s{1,3}(?P<d4>\d{1,2})(?!\d|[:.]\d)(?:st|nd|rd|th)?(?:[,.]?\s{1,3}(?P<y4>\d{4})(?!\d))?"
        + r")"
    )
    behind = r"\s*(?:t(?=\d)|[,|·•;–—-]|/)?\s*(?:\b(?:at|um|a las|as|alle|ore|a|kl\.?|om)\b)?\s*"
    return (
        re.compile(day),
        re.compile(behind + clock.replace("{0}", "1") + zone.replace("{0}", "1")),
        re.compile(
            clock.replace("{0}", "2")
            + zone.replace("{0}", "2")
            + r"\s*(?:[,|·•;–—-]|\bon\b|\bam\b)?\s*\Z"
        ),
        re.compile(r"\s*,?\s*" + zone.replace("{0}", "3")),
    )


def _folded(text: str) -> str:
    """Lower case without accents, code point for code point, so that offsets hold."""

    return text.lower() if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def us_summer(day: date) -> bool:
    """Whether summer time was in force in the United States on that day (laws of 1986 and 2005)."""

    def sunday(month: int, nth: int) -> date:
        first = date(day.year, month, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))

    if day.year >= 2007:
        return sunday(3, 2) <= day < sunday(11, 1)
    last = date(day.year, 10, 31)
    return sunday(4, 1) <= day < last - timedelta(days=(last.weekday() + 1) % 7)


def _eu_summer(day: date) -> bool:
    def last_sunday(month: int) -> date:
        last = date(day.year, month, 31)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    return last_sunday(3) <= day <= last_sunday(10)


def zone_minutes(zone: str, day: date) -> int | None:
    """The offset in minutes that a written zone names on that day; None if it may be several.

    Moscow time was UTC+4 from 27 March 2011 to 25 October 2014 and is UTC+3 since; before, it
    followed the seasons, and the name alone does not tell. British Summer Time out of its season is
    some other zone of that name.
    """
    text = zone.upper().replace("\u2212", "-").replace(" ", "")
    if match := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", text):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes > 14 * 60:
            return None
        return -minutes if match[1] == "-" else minutes
    name = text.lower()
    if name == "msk":
        if date(2011, 3, 27) <= day <= date(2014, 10, 25):
            return 240
        return 180 if day > date(2014, 10, 26) else None
    if name == "bst" and not _eu_summer(day):
        return None
    if name in names().us:
        return names().us[name] + (60 if us_summer(day) else 0)
    return names().zones.get(name)


def _clock(match: re.Match[str], number: int) -> tuple[int, int, int] | None:
    hour = int(match[f"hour{number}"])
    minute, second = match[f"minute{number}"], match[f"second{number}"]
    half = (match[f"half{number}"] or "").lower()
    if minute is None and not half:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    return hour, int(minute or 0), int(second or 0)


def _read_date(match: re.Match[str]) -> WrittenTime:
    start, end = match.span()
    groups = match.groupdict()
    weekday = names().weekdays.get(groups["weekday"] or "")
    short = False
    if groups["y1"] or groups["y5"]:
        n = "1" if groups["y1"] else "5"
        day = _day(int(groups[f"y{n}"]), int(groups[f"m{n}"]), int(groups[f"d{n}"]))
    elif groups["a2"]:
        first, second, year = int(groups["a2"]), int(groups["b2"]), groups["y2"]
        if len(year) == 2 and groups["sep"] != ".":
            return WrittenTime(start, end, AMBIGUOUS)
        number = int(year) + (2000 if len(year) == 2 else 0)
        short = len(year) == 2
        readings = {
            _day(number, second, first),
            _day(number, first, second) if groups["sep"] != "." else None,
        }
        readings.discard(None)
        if len(readings) > 1:
            return WrittenTime(start, end, AMBIGUOUS)
        day = readings.pop() if readings else None
    else:
        n = "3" if groups["d3"] else "4"
        month = names().months[groups[f"month{n}"]]
        number_of_day, written = int(groups[f"d{n}"]), groups[f"y{n}"]
        if written is None:
            valid = _day(2000, month, number_of_day)
            if not valid:
                return WrittenTime(start, end, INVALID)
            return WrittenTime(start, end, NO_YEAR, f"--{month:02d}-{number_of_day:02d}")
        digits = written.strip("'’")
        short = len(digits) == 2
        day = _day(int(digits) + (2000 if short else 0), month, number_of_day)
    if day is None or not 1600 <= day.year <= 2200 or (weekday and day.isoweekday() != weekday):
        return WrittenTime(start, end, INVALID)
    return WrittenTime(start, end, FULL, day.isoformat(), None, short)


def _with_clock(text: str, found: WrittenTime, before: int, after: int) -> WrittenTime:
    """The same time with the clock and zone that stand right behind or before it."""
    start, end, instant = found.start, found.end, None
    _, behind, ahead, late_zone = _patterns()
    for match, number in (
        (behind.match(text, end, after), 1),
        (ahead.search(text, before, start), 2),
    ):
        if match is None:
            continue
        low = match.start(f"hour{number}")
        if low and (text[low - 1].isdigit() or text[low - 1] in ":."):
            continue
        clock = _clock(match, number)
        if clock is None:
            continue
        zone = match[f"zone{number}"]
        day = date.fromisoformat(found.day) if found.day and found.status == FULL else None
        minutes = zone_minutes(zone, day) if zone and day else None
        if number == 1:
            end = len(text[: match.end()].rstrip())
        else:
            start = low
            if zone is None and (late := late_zone.match(text, end, after)) and late["zone3"]:
                minutes = zone_minutes(late["zone3"], day) if day else None
                end = late.end() if minutes is not None else end
        if day and minutes is not None:
            instant = with_zone(day.isoformat(), *clock, minutes)
        break
    return WrittenTime(start, end, found.status, found.day, instant, found.short_year)


@lru_cache(maxsize=2_000)
def find_times(text: str) -> tuple[WrittenTime, ...]:
    """Every written date of a line with the clock beside it, in order."""
    if not _DIGIT.search(text):
        return ()
    folded = _folded(text)
    dates = [
        _read_date(match)
        for match in _patterns()[0].finditer(folded)
        if not (match.start() and folded[match.start() - 1] in "$€£#")
    ]
    times: list[WrittenTime] = []
    for i, found in enumerate(dates):
        after = dates[i + 1].start if i + 1 < len(dates) else len(text)
        before = times[-1].end if times else 0
        times.append(_with_clock(folded, found, before, after))
    return tuple(times)


def year_before(month_day: str, latest: str) -> str | None:
    """The last day of this month and day (`--MM-DD`) that is not after `latest`; None if there is none."""
    limit = date.fromisoformat(latest[:10])
    for year in range(limit.year, limit.year - 5, -1):
        day = _day(year, int(month_day[2:4]), int(month_day[5:7]))
        if day and day <= limit:
            return day.isoformat()
    return None

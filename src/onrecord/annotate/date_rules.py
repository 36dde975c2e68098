"""The rules for English time expressions: which words make one, and what they mean.

After TIMEX3 1.2.1 (Saurí et al. 2006): a preposition is not part of an expression; an article, an
approximation ("nearly") and "early" or "late" are.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.date_grammar import Hit, Reader, Rule, rule
from onrecord.annotate.date_values import (
    At,
    Meaning,
    MonthDay,
    Plain,
    Quarter,
    Season,
    Shifted,
    Spoken,
    Thanksgiving,
    Weekday,
    Weekend,
    YearBefore,
)

_PIECES = {
    "about": "(?:APPROX|NO? MORE THAN|AT LEAST|UP TO)",
    "approx": "(?:{about}|OVER)",
    "count": "(?P<count>DAYNUM|NUM)",
    "many": "(?:{count}(?: (?:TO|OR|HYPHEN) (?:DAYNUM|NUM))?|A? (?P<couple>COUPLE) OF?|A? (?P<few>FEW))",
    "unit": "(?P<unit>UNIT|UNITS|SECOND)",
    "mod": "(?:(?:EARLY|LATE|MID) HYPHEN? )?",
    "edge": "(?:THE? (?:END|MID|BEGINNING) OF THE?)",
    "when": "(?:(?:EARLIER|LATER|EARLY|LATE|MID) HYPHEN? (?:ON|IN)? )?",
    "zone": "(?: (?P<zone>ZONE))?",
    "clock": "(?:(?P<clock>CLOCK|DAYNUM) (?:(?P<ampm>AMPM)|OCLOCK)|(?P<time>CLOCK)|(?P<noon>NOON)"
    "|(?P<midnight>MIDNIGHT)) {zone}",
    "on": "(?:{clock} COMMA? ON? )?",
    "day": "(?P<day>DAYNUM|ORD|SECOND)",
    "month": "(?P<month>MONTH)",
    "year": "(?P<year>YEAR)",
    "shift": "(?:OF? (?P<shift>LAST|THIS|NEXT) UNIT)",
    "named": "(?:(?:THIS COMING)? (?:WEEKDAY|WDSHORT STOP?) COMMA? THE? )?",
    "ordinal": "(?P<ord>ORD|SECOND)",
}

_SIDE = {
    "LAST": "last",
    "PAST": "last",
    "PREVIOUS": "last",
    "NEXT": "next",
    "COMING": "next",
    "FOLLOWING": "next",
}
_SHIFT = {"LAST": -1, "PAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}


# ------------------------------------------------------------------------------- lengths and sets


def duration_value(amount: str, unit: str) -> str | None:
    """`P2W`, `PT6H`, `P2Y6M`; X for an amount that is not said. Decades and centuries in years."""
    if amount.isdigit():
        factor, unit = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W")}.get(unit, (1, unit))
        amount = str(int(amount) * factor)
    half = re.fullmatch(r"(\d+)(?:\s1/2|\.5)", amount)
    if half and (rest := {"Y": "6M", "TH": "30M", "TM": "30S", "D": "T12H"}.get(unit)):
        return _length(half[1], unit) + rest
    return _length(amount, unit) if re.fullmatch(r"\d+(?:\.\d+)?|X", amount) else None


def _length(amount: str, unit: str) -> str:
    return f"PT{amount}{unit[1]}" if unit.startswith("T") else f"P{amount}{unit}"


def _amount(hit: Hit) -> str:
    """How many, as text: X for "few" and "several"."""
    if hit.has("few"):
        return "X"
    return hit.text("count") or ("2" if hit.has("couple") else "1")


def _unit(hit: Hit) -> str:
    return "TS" if hit.kind("unit") == "SECOND" else hit.text("unit")


def _length_of(value: str | None) -> Meaning | None:
    return Plain("DURATION", value, "length as written") if value else None


def _duration(hit: Hit) -> Meaning | None:
    return _length_of(duration_value(_amount(hit), _unit(hit)))


_RATE = re.compile(r"[a-z]+s|percent|million|billion")


def _one_unit(hit: Hit) -> Meaning | None:
    """`a year`: how often, behind an amount ("$5 a year", "50 visits a year"), else how long."""
    before = hit.before
    if _unit(hit) == "Q":
        return None  # "a quarter of the market" is the commoner reading
    value = duration_value("1", _unit(hit))
    if before and not hit.has("approx"):
        rate = before.kind in ("MONEY", "NUM") or (
            before.kind == "WORD" and _RATE.fullmatch(before.text)
        )
        if rate and before.end + 1 == hit.first.start:
            return _set(value)
    return _length_of(value)


def _set(value: str | None) -> Meaning | None:
    return Plain("SET", value, "repeated") if value else None


def _every(hit: Hit) -> Meaning | None:
    part = f"T{hit.text('part')}" if hit.has("part") else ""
    if hit.has("weekday"):
        return _set(f"XXXX-WXX-{hit.number('weekday') + 1}{part}")
    if hit.has("month"):
        return _set(f"XXXX-{hit.number('month'):02}")
    if hit.has("season"):
        return _set(f"XXXX-{hit.text('season')}")
    if part:
        return _set(f"XXXX-XX-XX{part}")
    return _set(duration_value(_amount(hit), _unit(hit)))


# ------------------------------------------------------------------------------- calendar dates


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _calendar(hit: Hit) -> Meaning | None:
    month, day, year = hit.number("month"), hit.number("day"), hit.number("year")
    if day > _LONGEST[month - 1]:
        return None
    if year:
        return _on(hit, Plain("DATE", f"{year}-{month:02}" + (f"-{day:02}" if day else "")))
    shift = _SHIFT.get(hit.kind("shift") or "", 0) if hit.has("shift") else None
    return _on(hit, MonthDay(month, day or None, shift, _SIDE.get(hit.kind("which") or "")))


def _numeric(hit: Hit) -> Meaning | None:
    """Day and month in digits; where either could be the month, the year alone is certain."""
    first, second, year = (int(n) for n in re.split(r"[/.-]", hit.first.text))
    if max(first, second) <= 12 and first != second:
        return Plain("DATE", f"{year}-XX-XX", "day and month cannot be told apart")
    day, month = max(first, second), min(first, second)
    if not 1 <= month <= 12 or day > _LONGEST[month - 1]:
        return None
    return Plain("DATE", f"{year}-{month:02}-{day:02}")


def _on(hit: Hit, day: Meaning) -> Meaning | None:
    """The day, with the clock time or part of the day that the hit names."""
    if hit.has("part"):
        return At(day, f"T{hit.text('part')}")
    if any(hit.has(name) for name in ("clock", "time", "noon", "midnight")):
        suffix = _clock(hit)
        return At(day, suffix) if suffix else None
    return day


def _clock(hit: Hit) -> str | None:
    """`T22:00`, with the offset where a zone of one meaning is named; None if it is no time."""
    zone = hit.text("zone")
    if hit.has("noon"):
        return f"T12:00{zone}"
    if hit.has("midnight"):
        # The midnight that ends or begins a day cannot be told apart in print: the night, not an instant.
        return "TNI"
    token = hit.get("clock") or hit.get("time")
    if token is None:
        return None
    hours, _, minutes = token.text.replace(".", ":").partition(":")
    hour = int(token.value) if token.kind == "DAYNUM" else int(hours)
    minute = int(minutes[:2]) if minutes else 0
    if hit.has("ampm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if hit.text("ampm") == "p" else 0)
    return f"T{hour:02}:{minute:02}{zone}" if hour <= 23 and minute <= 59 else None


def _clock_alone(hit: Hit) -> Meaning | None:
    if (
        hit.has("time")
        and not hit.has("zone")
        and (hit.before is None or hit.before.kind not in ("AT", "BY", "AFTER", "BEFORE"))
    ):
        # A bare 01:52 is as often the length of a video or a score.
        return None
    return _on(hit, Spoken())


_WEEK_WORD = {"LAST": "last", "PAST": "last", "NEXT": "next", "COMING": "this coming"}


def _weekday(hit: Hit) -> Meaning | None:
    if hit.has("from"):
        shift = _SHIFT[hit.kind("from") or ""]
        return _on(hit, Spoken("W", shift, hit.number("weekday")))
    week = _WEEK_WORD.get(hit.kind("which") or "")
    if hit.has("week"):
        if hit.text("week") != "W":
            return None
        week = "week"
    if hit.has("shift"):
        week = f"{hit.kind('shift')} week".lower()
    return _on(hit, Weekday(hit.number("weekday"), week))


def _month(hit: Hit) -> Meaning | None:
    which = hit.kind("which") or ""
    return MonthDay(hit.number("month"), None, 0 if which == "THIS" else None, _SIDE.get(which))


def _year(hit: Hit) -> Meaning | None:
    year = hit.number("year")
    return Plain("DATE", str(year), "explicit year") if 1000 <= year <= 2099 else None


def _century(hit: Hit) -> Meaning | None:
    number = hit.number("ord")
    if hit.text("unit") != "C" or not 1 < number <= 21:
        return None
    return Plain("DATE", f"{number - 1:02}", "explicit century")


def _season(hit: Hit) -> Meaning | None:
    code = hit.text("season")
    if year := hit.number("year"):
        return Plain("DATE", f"{year}-{code}", "explicit season and year")
    kind = hit.kind("which")
    return Season(code, _SHIFT.get(kind, 0) if kind else None)


def _quarter(hit: Hit) -> Meaning | None:
    number, year = hit.number("ord") or None, hit.number("year")
    if (hit.has("unit") and hit.text("unit") != "Q") or (number and number > 4):
        return None
    if year and number:
        return Plain("DATE", f"{year}-Q{number}", "explicit quarter")
    if year:
        return Quarter(None, year=year)
    if hit.has("ago"):
        return Quarter(number, back=1)
    if kind := hit.kind("shift"):
        return Quarter(number, year_shift=_SHIFT.get(kind, 0))
    return Quarter(number)


def _end_of(hit: Hit) -> Meaning | None:
    """the end of the month, year-end: the unit that is on."""
    letter = hit.text("which")
    return Shifted(letter, 0) if letter in ("W", "M", "Y") else None


def _half(hit: Hit) -> Meaning | None:
    half = 1 if hit.number("ord") == 1 else 2
    return Plain("DATE", f"{hit.number('year')}-H{half}", "explicit half-year")


def _holiday(hit: Hit) -> Meaning | None:
    value = hit.text("name")
    if value == "thanksgiving":
        return Thanksgiving()
    return MonthDay(int(value[:2]), int(value[3:]))


# ------------------------------------------------------------------------------- counted from now


def _deictic(hit: Hit) -> Meaning | None:
    shift = {"YESTERDAY": -1, "TOMORROW": 1}.get(hit.kind("word") or "", 0)
    return _on(hit, Shifted("D", shift * (2 if hit.has("further") else 1)))


def _part_of_today(hit: Hit) -> Meaning | None:
    return _on(hit, Shifted("D", _SHIFT.get(hit.kind("which") or "", 0)))


def _relative(hit: Hit) -> Meaning | None:
    """last week, this year, next month, the current quarter, the past decade, this weekend."""
    kind = hit.kind("which") or ""
    shift = _SHIFT.get(kind, 0)
    letter = hit.text("unit") or "WE"
    if letter == "Q" and kind == "LATEST":
        return Quarter(None)
    if kind in ("PREVIOUS", "FOLLOWING") or (kind == "NEXT" and letter == "D"):
        return Spoken(letter, shift)
    if kind == "PAST" and letter in ("E", "C", "D"):
        return _length_of(duration_value("1", letter))
    if letter.startswith("T") or (letter == "D" and kind != "THIS"):
        return None
    return Shifted(letter, shift)


def _same(hit: Hit) -> Meaning | None:
    """that year, the same day: what the text spoke of before."""
    letter = _unit(hit)
    if letter == "Q":
        return Quarter(None)
    return Spoken(letter, 0) if letter in ("D", "W", "M", "Y") else None


def _ago(hit: Hit) -> Meaning | None:
    amount, unit = _amount(hit), _unit(hit)
    if not amount.isdigit():
        return Plain("DATE", "PAST_REF", "a past that is not counted")
    if amount == "1" and unit == "Y":
        return YearBefore()
    count, unit = (int(amount) * 10, "Y") if unit == "E" else (int(amount), unit)
    return Shifted(unit, -count)


def _counted(hit: Hit) -> Meaning | None:
    """two days later, a year earlier: counted from something the text tells."""
    amount, unit = _amount(hit), _unit(hit)
    if hit.has("earlier") and amount == "1" and unit == "Y":
        return YearBefore()
    value = duration_value(amount, unit)
    return Plain("DURATION", value, "counted from something the text tells") if value else None


def _year_before(hit: Hit) -> Meaning | None:
    return YearBefore() if hit.text("unit") == "Y" else None


def _bare_unit(hit: Hit) -> Meaning | None:
    """the year, the quarter, the week: the one that is on, or the one the text is about."""
    return Quarter(None) if hit.text("unit") == "Q" else None


# ------------------------------------------------------------------------------- references


def _as_written(value: str, why: str = "as written") -> Reader:
    return lambda hit: Plain("DATE", value, why)


def _adverb(hit: Hit) -> Meaning | None:
    value = str(hit.first.value)
    return _set(value) if "_" not in value else Plain("DATE", value, "as written")


def _vague(hit: Hit) -> Meaning | None:
    """recent days, the coming weeks."""
    if hit.has("recent"):
        return Plain("DATE", "PAST_REF", "a past that is not counted")
    return Plain("DATE", "FUTURE_REF", "a future that is not counted")


_WRITTEN: tuple[tuple[str, str, Reader], ...] = (
    # calendar dates
    ("iso date", "ISO", lambda hit: Plain("DATE", hit.first.text)),
    ("numeric date", "NUMERIC", _numeric),
    ("month day", "{on}{named}{when}(?P<which>LAST|NEXT|COMING)? {month} THE? {day}(?: COMMA? {year}|{shift})?", _calendar),
    ("day month", "{on}{named}{day} OF? {month}(?: COMMA? {year}|{shift})?", _calendar),
    ("month year", "{edge}? {mod}{month}(?: COMMA? OF? {year}|{shift})", _calendar),
    ("month", "(?:{edge}|{when})(?P<which>LAST|PAST|NEXT|COMING|THIS)? {month}", _month),
    ("year", "{edge}? {when}{year}(?! HYPHEN? UNIT| UNITS)", _year),
    ("the year", "THE UNIT (?P<year>YEAR|NUM)", _year),
    ("fiscal year", "FISCAL UNIT? {year}", _year),
    ("decade", "THE? {mod}(?P<decade>DECADE)", lambda hit: Plain("DATE", hit.text("decade"), "explicit decade")),
    ("century", "THE? {mod}{ordinal} HYPHEN? (?P<unit>UNIT)", _century),
    ("half-year", "THE? (?P<ord>ORD|SECOND|LAST) HALF OF {year}", _half),
    ("season year", "THE? {mod}(?P<season>SEASON) OF? {year}", _season),
    ("season", "THE? {mod}THE? THIS? (?P<which>LAST|PAST|THIS|NEXT|COMING) (?P<season>SEASON)", _season),
    ("the season", "(?<![WORD]) {mod}(?:THE) {mod}(?P<season>SEASON)(?! OF| WORD)", _season),
    ("holiday", "(?P<name>HOLIDAY)", _holiday),
    # weekdays
    (
        "weekday",
        "{when}{on}(?:THE? THIS? (?P<which>LAST|PAST|NEXT|COMING)|THE (?P<from>PREVIOUS|FOLLOWING)|THIS)? (?P<weekday>WEEKDAY)"
        "(?:(?P<part>PART)|(?P<week>UNIT)|{shift})?",
        _weekday,
    ),
    ("weekday alone", "(?P<weekday>WEEKDAY) (?P<part>PART)?", _weekday),
    ("weekdays", "(?P<weekday>WEEKDAYS) (?P<part>PARTS|PART)?", _every),
    ("part of weekdays", "(?P<weekday>WEEKDAY) (?P<part>PARTS)", _every),
    ("every weekday", "EVERY (?P<weekday>WEEKDAY) (?P<part>PART)?", _every),
    # repeated
    ("every", "EVERY (?:{count}? {unit}|{month}|(?P<season>SEASON)|(?P<part>PART))", _every),
    ("so often", "TIMES (?:A|PER) {unit}", _every),
    ("adverb", "ADVERB", _adverb),
    # days around now
    ("today", "{when}{on}(?P<word>TODAY|YESTERDAY|TOMORROW) (?P<part>PART)?", _deictic),
    ("part yesterday", "MID? HYPHEN? (?P<part>PART) (?P<word>TODAY|YESTERDAY|TOMORROW)", _deictic),
    ("day before yesterday", "THE? UNIT (?P<further>BEFORE|AFTER) (?P<word>YESTERDAY|TOMORROW)", _deictic),
    ("tonight", "{when}TONIGHT", lambda hit: At(Shifted("D", 0), "TNI")),
    ("overnight", "OVERNIGHT", lambda hit: Plain("TIME", None, "which night is not said")),
    ("part of today", "{when}(?P<which>THIS|LAST) (?P<part>PART)", _part_of_today),
    ("clock", "{clock}", _clock_alone),
    # weeks, months, years around now
    (
        "relative",
        "(?:{when}|{edge})(?:THE(?= PREVIOUS| FOLLOWING)|THE? THIS?(?! PREVIOUS| FOLLOWING))"
        " (?P<which>LAST|PAST|PREVIOUS|NEXT|COMING|FOLLOWING|THIS|CURRENT|LATEST)"
        " FISCAL? (?:(?P<unit>UNIT)|WEEKEND)",
        _relative,
    ),
    ("that unit", "{when}(?:THAT|THE SAME) (?P<unit>UNIT)", _same),
    ("weekend", "THE WEEKEND", lambda hit: Weekend()),
    ("ago", "{approx}? (?:{many}|A) {unit}(?: OR WORD)? AGO", _ago),
    ("counted", "{approx}? (?:{many}|A|THE) {unit} (?:(?P<earlier>EARLIER)|LATER)", _counted),
    ("year-ago", "(?:THE (?P<unit>UNIT) HYPHEN (?:AGO|EARLIER) PERIOD)", _year_before),
    ("year-ago result", "(?P<unit>UNIT) HYPHEN (?:AGO|EARLIER)", _year_before),
    # lengths
    ("length", "{approx}? {approx}? THE? {many} (?:TRADING|MORE)? {unit} OLD?", _duration),
    ("hyphened", "(?:{count}|(?P<few>FEW)) HYPHEN {unit}(?: HYPHEN OLD)?", lambda hit: None if _unit(hit) == "Q" else _duration(hit)),
    ("one unit", "(?P<approx>{approx})? A TRADING? (?P<unit>UNIT)(?! HYPHEN)", _one_unit),
    ("one unit old", "A {unit} HYPHEN OLD", _duration),
    ("and a half", "{approx}? A {unit} AND A HALF", lambda hit: _length_of(duration_value("1.5", _unit(hit)))),
    ("half a unit", "{approx}? HALF A {unit}", lambda hit: _length_of({"TH": "PT30M", "Y": "P6M", "E": "P5Y", "C": "P50Y"}.get(_unit(hit)))),
    ("window", "{about}? (?:THE? (?:LAST|PAST|NEXT|COMING|ORD|LATEST)|THE (?:PREVIOUS|FOLLOWING)) {many} TRADING? {unit}(?: OR WORD)?", _duration),
    ("vague window", "THE? (?:(?P<recent>RECENT|PAST)|COMING) (?P<unit>UNITS)(?: AND UNITS)?", _vague),
    ("units", "(?<=FOR) (?P<few>(?P<unit>UNITS))", _duration),
    # business quarters
    ("quarter", "(?:THE(?! (?:ORD|SECOND) HYPHEN))? (?:FISCAL HYPHEN?)? {ordinal} HYPHEN? (?P<unit>UNIT)(?: OF? {year}|{shift})?", _quarter),
    ("numbered quarter", "(?P<ord>QUARTER) {year}?", _quarter),
    ("quarter of year", "THE? (?:{year}|(?P<shift>LAST|THIS|NEXT) UNIT POSS|UNIT HYPHEN (?P<ago>AGO|EARLIER)) {ordinal}? HYPHEN? (?P<unit>UNIT)", _quarter),
    ("the quarter", "THE (?P<unit>UNIT)", _bare_unit),
    ("the period", "THE LATEST PERIOD", lambda hit: Quarter(None)),
    ("period of year", "THE {year} PERIOD", _year),
    ("end of unit", "THE END OF THE (?P<which>UNIT)", _end_of),
    ("year-end", "(?P<which>UNIT) (?:HYPHEN|POSS)? END", _end_of),
    # references
    ("now", "NOW", _as_written("PRESENT_REF")),
    ("current", "CURRENT", _as_written("PRESENT_REF")),
    ("the past", "THE PAST(?! UNIT| UNITS| DAYNUM| NUM| FEW)", _as_written("PAST_REF")),
    ("the future", "THE (?:NEAR)? FUTURE", _as_written("FUTURE_REF")),
    ("these days", "THESE UNITS", _as_written("PRESENT_REF")),
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, compiled."""
    return tuple(rule(name, pattern, read, _PIECES) for name, pattern, read in _WRITTEN)

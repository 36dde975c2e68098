"""Hours of the clock as reports write them: "6.42 a.m.", "ten past seven", "two in the afternoon", "noon"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.relate.quantities import quantity

_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MINUTE = r"(?:five|ten|twenty|twenty-five|(?:a )?quarter|half|\d{1,2})(?: minutes?)?"
_DAYTIME = (
    r"(?:\s*(?P<half>[ap])\.?m\b\.?|\s+(?:in the|on \w+) (?P<part>morning|afternoon|evening)"
    r"|\s+at (?P<night>night))"
)
_TIMES = (
    re.compile(
        rf"\b(?P<hour>\d{{1,2}})[.:](?P<minute>[0-5]\d)(?:{_DAYTIME})?(?![\d%]|\s*(?:per|million|m\b))"
    ),
    re.compile(
        rf"\b(?P<shift>{_MINUTE}) (?P<way>past|to|after|before) (?P<hour>{_HOUR}|\d{{1,2}})\b(?:{_DAYTIME})?"
    ),
    re.compile(rf"\b(?P<hour>{_HOUR}|\d{{1,2}})(?: o['’]clock)?{_DAYTIME}"),
    re.compile(rf"\b(?P<hour>{_HOUR}|\d{{1,2}}) o['’]clock\b"),
    re.compile(rf"\bat (?P<hour>{_HOUR}) on (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"),
    re.compile(r"\b(?P<named>noon|midnight)\b"),
)
_LOOSE = re.compile(
    r"\b(?:about|around|nearly|almost|shortly (?:before|after)|soon after|just (?:before|after)|after|before|by|until)\s+$"
)

HALF_DAY = 12 * 60
"""Minutes after which a clock shows the same again."""
CLOSE = 10
"""Minutes by which two hours may differ and still be one, as reports round them."""
LOOSE = 45
"""The same for an hour that is told as "about", "shortly after", "by"."""


DAYTIMES = {
    "morn": (4 * 60, 12 * 60),
    "afternoon": (12 * 60 + 30, 17 * 60 + 40),
    "evening": (16 * 60, 24 * 60),
    "night": (18 * 60, 30 * 60),
}
"""From and to which minute since midnight the parts of the day go, by the key of their word: an hour or two
more than they are by the sun, as reports write them; the night goes into the next day."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes since midnight; without `certain` since midnight or noon, which the text leaves open. `long`:
    how many minutes it may have been, of a part of the day."""

    minutes: int
    certain: bool
    loose: bool
    written: str
    long: int = 0


def daytime(key: str, written: str) -> Clock:
    """A part of the day (see DAYTIMES) as a stretch of time."""
    start, end = DAYTIMES[key]
    return Clock(start, True, False, written, end - start)


def may_be_one_time(a: Clock, b: Clock) -> bool:
    """Whether two times of one day may be one, of which one or both are parts of the day; the small hours
    belong to the night before or to their morning. Both must be certain."""
    slack = LOOSE if a.loose or b.loose else CLOSE
    return any(
        a.minutes - slack <= b.minutes + b.long + day
        and b.minutes + day <= a.minutes + a.long + slack
        for day in (-2 * HALF_DAY, 0, 2 * HALF_DAY)
    )


def clock_in(text: str) -> Clock | None:
    """The hour that a text names; None if it names none or several."""
    found: list[tuple[int, int, Clock]] = []
    folded = text.lower()
    for pattern in _TIMES:
        for match in pattern.finditer(folded):
            if any(low < match.end() and match.start() < high for low, high, _ in found):
                continue
            loose = _LOOSE.search(folded[: match.start()]) is not None
            clock = _read(match, text[match.start() : match.end()], loose)
            if clock is None:
                return None
            found.append((*match.span(), clock))
    return found[0][2] if len(found) == 1 else None


def _read(match: re.Match[str], written: str, loose: bool) -> Clock | None:
    parts = match.groupdict()
    if parts.get("named"):
        return Clock(0 if parts["named"] == "midnight" else HALF_DAY, True, loose, written)
    hour = quantity(parts["hour"])
    if hour is None or not 0 <= hour // 1000 <= 24:
        return None
    minutes = hour // 1000 * 60 + int(parts.get("minute") or 0)
    if shift := parts.get("shift"):
        step = _shift(shift)
        if step is None:
            return None
        minutes += step if parts["way"] in ("past", "after") else -step
    late = _is_late(parts, minutes)
    if late is None:
        # A clock of 24 hours writes its minutes with a colon.
        certain = minutes > HALF_DAY + 59 or written.startswith("0")
        return Clock(minutes, certain, loose, written)
    return Clock(minutes % HALF_DAY + (HALF_DAY if late else 0), True, loose, written)


def _shift(written: str) -> int | None:
    word = written.removesuffix("s").removesuffix(" minute").removeprefix("a ")
    if word in ("quarter", "half"):
        return 15 if word == "quarter" else 30
    value = quantity(word)
    return None if value is None else value // 1000


def _is_late(parts: dict[str, str | None], minutes: int) -> bool | None:
    if parts.get("half"):
        return parts["half"] == "p"
    if parts.get("part"):
        return parts["part"] != "morning"
    if parts.get("night"):
        # "Eleven at night" is late, "two at night" early.
        return minutes % HALF_DAY >= 6 * 60
    return None


def same_clock(a: Clock, b: Clock) -> bool:
    """Whether two hours may be one."""
    whole = 2 * HALF_DAY if a.certain and b.certain else HALF_DAY
    apart = abs(a.minutes - b.minutes) % whole
    return min(apart, whole - apart) <= (LOOSE if a.loose or b.loose else CLOSE)

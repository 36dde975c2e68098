"""The words time expressions are made of, and the lexer that finds them.

Every token gets the name of one class ("MONTH", "DAYNUM", "UNIT", ...) and what it stands for;
any other word is WORD. The grammar (date_grammar.py) is written over class names alone. Offsets are
code points of the text that is read, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
    "sun": 6,
}  # fmt: skip

UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "F",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip
"""A unit's word and its letter: TIMEX3's own, with T before those of a clock; F is two weeks."""

PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "daybreak": "MO",
    "sunrise": "MO", "dusk": "EV", "sunset": "EV", "nightfall": "EV", "lunchtime": "MI",
}  # fmt: skip
"""Parts of the day as TIMEX3 writes them."""

_NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000, "dozen": 12,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9}  # fmt: skip

_ZONES = {"gmt": "+00:00", "utc": "+00:00", "est": "-05:00", "edt": "-04:00", "pst": "-08:00", "pdt": "-07:00", "cet": "+01:00", "cest": "+02:00"}  # fmt: skip
"""Zone letters with one meaning in news; CST, BST, IST and MSK have more than one, or had."""

HOLIDAYS = {
    "Christmas Day": "12-25", "Christmas Eve": "12-24", "Christmas": "12-25", "Boxing Day": "12-26",
    "New Year's Day": "01-01", "New Year's Eve": "12-31", "New Year’s Day": "01-01",
    "New Year’s Eve": "12-31", "Halloween": "10-31", "Valentine's Day": "02-14",
    "Valentine’s Day": "02-14", "Bastille Day": "07-14", "May Day": "05-01", "Fourth of July": "07-04",
    "Thanksgiving Day": "thanksgiving", "Thanksgiving": "thanksgiving",
}  # fmt: skip
"""Holidays of one date everywhere they are kept by that name, and the American Thanksgiving."""

_CLASSES: dict[str, str] = {
    "AGO": "ago",
    "EARLIER": "earlier",
    "LATER": "later",
    "EARLY": "early",
    "LATE": "late",
    "MID": "mid middle",
    "END": "end close",
    "BEGINNING": "beginning start outset",
    "HALF": "half",
    "LAST": "last",
    "PAST": "past",
    "PREVIOUS": "previous preceding prior",
    "LATEST": "latest",
    "NEXT": "next",
    "COMING": "coming",
    "FOLLOWING": "following",
    "CURRENT": "current",
    "THIS": "this",
    "THAT": "that",
    "SAME": "same corresponding comparable",
    "EVERY": "every each",
    "THE": "the",
    "ITS": "its their his her our my your",
    "A": "a an",
    "OF": "of",
    "IN": "in",
    "ON": "on",
    "AT": "at",
    "BY": "by until till since during from between through throughout around into as",
    "BEFORE": "before",
    "AFTER": "after",
    "FOR": "for within",
    "AND": "and",
    "OR": "or",
    "TO": "to",
    "THAN": "than",
    "NO": "no not",
    "OVER": "over under",
    "OLD": "old",
    "FISCAL": "fiscal financial",
    "TODAY": "today",
    "YESTERDAY": "yesterday",
    "TOMORROW": "tomorrow",
    "TONIGHT": "tonight",
    "OVERNIGHT": "overnight",
    "NOON": "noon midday",
    "MIDNIGHT": "midnight",
    "WEEKEND": "weekend",
    "NOW": "now",
    "RECENT": "recent",
    "FEW": "few several many",
    "COUPLE": "couple",
    "PERIOD": "period",
    "FUTURE": "future",
    "NEAR": "near foreseeable",
    "THESE": "these",
    "TRADING": "trading working business straight consecutive full additional",
    "TIMES": "once twice times",
    "PER": "per",
    "AHEAD": "ahead",
    "SEASON": "spring summer autumn fall winter",
    "APPROX": "about approximately nearly almost roughly some",
    "MORE": "more less fewer",
    "LEAST": "least most",
    "UP": "up",
    "OCLOCK": "o'clock o’clock",
}
_SEASON_VALUES = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

CLASS_NAMES = (
    *_CLASSES,
    "MONTH", "WEEKDAY", "WEEKDAYS", "WDSHORT", "UNIT", "UNITS", "PART", "PARTS", "DAYNUM", "NUM", "YEAR",
    "ORD", "SECOND", "DECADE", "ISO", "NUMERIC", "CLOCK", "AMPM", "ZONE", "HYPHEN", "COMMA", "POSS",
    "OPEN", "QUARTER", "WORD", "STOP", "SEASONS", "HOLIDAY", "ADVERB", "MONEY",
)  # fmt: skip
"""Every class a token can have."""

ADVERBS = {
    "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF",
    "recently": "PAST_REF", "lately": "PAST_REF",
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y",
    "hourly": "PT1H", "nightly": "P1D",
}  # fmt: skip
"""Words that are a time expression by themselves, with their TIMEX3 value."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its class, where it stands, its text in lower case and what it stands for."""

    kind: str
    start: int
    end: int
    text: str
    value: int | str = 0


_TOKEN = re.compile(
    r"(?P<holiday>\b(?:"
    + "|".join(re.escape(name) for name in sorted(HOLIDAYS, key=len, reverse=True))
    + r")\b)"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}(?![\d-]))"
    r"|(?P<numeric>(?<![\d/.-])\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{4}(?![\d/-]))"
    r"|(?P<money>[$£€¥#]\s?\d[\d,.]*)"
    r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}\.\d{2}(?=\s?[aApP]\.?[mM]\b))"
    r"|(?P<decade>(?:(?<!\w)1[5-9]\d0|(?<!\w)20\d0|['’‘]\d0)['’]?s(?!\w))"
    r"|(?P<ordinal>(?<![\w.,])\d{1,2}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<ampm>[aApP]\.m\b\.?|(?<=\d)\s?[aApP][mM]\b)"
    r"|(?P<number>(?<![\w.,])\d+(?:[.,]\d+)*(?:\s\d/\d)?(?![\w%])(?!\s?%))"
    r"|(?P<month>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|(?=\W))|(?:JAN|FEB|MAR|APR|AUG|SEPT|OCT|NOV|DEC)\.)"
    r"|(?P<quarter>\bQ[1-4]\b)"
    r"|(?P<oclock>[oO]['’]clock)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<poss>['’](?:s\b)?)"
    r"|(?P<hyphen>[-‐‑–—])"
    r"|(?P<comma>,)"
    r"|(?P<open>[(])"
    r"|(?P<stop>[^\s\w])"
    r"|(?P<other>\w+)"
)


@cache
def _vocabulary() -> Mapping[str, tuple[str, int | str]]:
    table: dict[str, tuple[str, int | str]] = {
        word: (name, 0) for name, words in _CLASSES.items() for word in words.split()
    }
    table |= {word: ("SEASON", value) for word, value in _SEASON_VALUES.items()}
    table |= {
        f"{word}s": ("SEASONS", _SEASON_VALUES[word]) for word in ("summer", "winter", "autumn")
    }
    for word, unit in UNITS.items():
        plural = "centuries" if word == "century" else f"{word}s"
        table |= {word: ("UNIT", unit), plural: ("UNITS", unit)}
    for word, part in PARTS.items():
        table |= {word: ("PART", part), f"{word}s": ("PARTS", part)}
    table |= {word: ("NUMWORD", value) for word, value in _NUMBERS.items()}
    table |= {word: ("ORD", value) for word, value in _ORDINALS.items()}
    table["second"] = ("SECOND", 2)
    table |= {word: ("DECADE", f"19{value}") for word, value in _DECADES.items()}
    table |= {word: ("ZONE", value) for word, value in _ZONES.items()}
    table |= {word: ("ADVERB", value) for word, value in ADVERBS.items()}
    return table


@cache
def _names() -> Mapping[str, tuple[str, int | str]]:
    """Words that count only when written with a capital."""
    table: dict[str, tuple[str, int | str]] = {m: ("MONTH", i + 1) for i, m in enumerate(MONTHS)}
    table |= {day: ("WEEKDAY", i) for i, day in enumerate(WEEKDAYS)}
    table |= {f"{day}s": ("WEEKDAYS", i) for i, day in enumerate(WEEKDAYS)}
    table |= {day: ("WDSHORT", i) for day, i in _WEEKDAY_SHORT.items()}
    return table


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, with numbers in words joined into one token."""
    return list(_join_numbers(_raw(text, start, end)))


def _raw(text: str, start: int, end: int) -> Iterator[Token]:
    words, names = _vocabulary(), _names()
    for match in _TOKEN.finditer(text, start, end):
        low, high = match.span()
        written = match[0]
        lower = written.lower()
        group = match.lastgroup
        if group == "word":
            kind, value = words.get(lower) or ("WORD", 0)
            if written[0].isupper():
                kind, value = names.get(lower) or (kind, value)
                if kind == "ZONE" and not written.isupper():
                    kind = "WORD"
            elif kind == "ZONE":
                kind = "WORD"
            yield Token(kind, low, high, lower, value)
        elif group == "number":
            yield _number(low, high, lower)
        elif group == "holiday":
            yield Token("HOLIDAY", low, high, lower, HOLIDAYS[written])
        elif group == "quarter":
            yield Token("QUARTER", low, high, lower, int(lower[1]))
        elif group == "ordinal":
            yield Token("ORD", low, high, lower, int(lower[:-2]))
        elif group == "month":
            yield Token("MONTH", low, high, lower, _MONTH_SHORT[lower.rstrip(".")])
        elif group == "decade":
            digits = "".join(c for c in lower if c.isdigit())
            yield Token(
                "DECADE", low, high, lower, digits[:-1] if len(digits) == 4 else f"19{digits[0]}"
            )
        elif group == "ampm":
            shift = len(lower) - len(lower.lstrip())
            yield Token("AMPM", low + shift, high, lower.strip(), lower.strip()[0])
        elif group == "oclock":
            yield Token("OCLOCK", low, high, lower)
        elif group in ("iso", "numeric", "clock", "poss", "hyphen", "comma", "open", "money"):
            yield Token(group.upper(), low, high, lower)
        else:
            yield Token("STOP" if group == "stop" else "WORD", low, high, lower)


def _number(low: int, high: int, text: str) -> Token:
    """A number in digits: a possible day of the month, a possible year, or any other."""
    if text.isdigit():
        number = int(text)
        if len(text) == 4 and 1500 <= number <= 2099:
            return Token("YEAR", low, high, text, number)
        if 1 <= number <= 31 and len(text) <= 2:
            return Token("DAYNUM", low, high, text, number)
        return Token("NUM", low, high, text, number)
    return Token("NUM", low, high, text, text.replace(",", ""))


def _join_numbers(raw: Iterator[Token]) -> Iterator[Token]:
    """Numbers in words as one token: `twenty-four`, `a hundred`, `nineteen ninety-seven`, `twenty-first`."""
    held: list[Token] = []
    for token in raw:
        joins = bool(held) and (
            token.kind == "NUMWORD"
            or (
                token.kind == "HYPHEN"
                and held[-1].kind == "NUMWORD"
                and held[-1].end == token.start
            )
        )
        if (
            joins
            and token.kind == "NUMWORD"
            and held[-1].kind == "HYPHEN"
            and held[-1].end != token.start
        ):
            joins = False
        if joins:
            held.append(token)
            continue
        if held and token.kind in ("ORD", "SECOND") and _tens(held) and int(token.value) < 10:
            tens = int(held[0].value)
            yield Token(
                "ORD",
                held[0].start,
                token.end,
                f"{held[0].text}-{token.text}",
                tens + int(token.value),
            )
            held = []
            continue
        yield from _flush(held)
        held = []
        if token.kind == "NUMWORD":
            held = [token]
        else:
            yield token
    yield from _flush(held)


def _tens(held: list[Token]) -> bool:
    return (
        len(held) == 2
        and held[0].kind == "NUMWORD"
        and int(held[0].value) in range(20, 100, 10)
        and held[1].kind == "HYPHEN"
    )


def _flush(held: list[Token]) -> Iterator[Token]:
    if not held:
        return
    trailing = []
    while held[-1].kind == "HYPHEN":
        trailing.append(held.pop())
    words = [int(t.value) for t in held if t.kind == "NUMWORD"]
    text = " ".join(t.text for t in held)
    first, last = held[0], held[-1]
    if len(words) in (2, 3) and words[0] in (18, 19, 20) and 10 <= words[1] < 100:
        year = words[0] * 100 + sum(words[1:])
        yield Token("YEAR", first.start, last.end, text, year)
    else:
        total, part = 0, 0
        for word in words:
            if word in (100, 1000):
                total, part = total + max(part, 1) * word, 0
            elif word == 12 and part:
                part *= 12
            else:
                part += word
        number = total + part
        kind = "DAYNUM" if 1 <= number <= 31 else "NUM"
        yield replace(first, kind=kind, end=last.end, text=text, value=number)
    yield from reversed(trailing)

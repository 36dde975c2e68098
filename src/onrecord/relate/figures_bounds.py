"""The bounds that a told number sets: "more than 300", "about 40", "between three and five", "3-5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.records import Figure
from onrecord.relate.quantities import quantity

_SMALL = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|\b(?:{_TENS})(?:[-\s](?:{_ONES}))?|\b(?:{_SMALL}))"
    r"(?:\s+(?:hundred|thousand|million|billion|trillion))?\b"
)
"""A number as reports write it, for patterns."""

ABOUT = 5
"""Per cent to either side that "about" leaves open: two numbers that both may be 5 per cent off can
lie 10 per cent apart, which is what quantities.py allows."""

_BETWEEN = re.compile(rf"\bbetween\s+[$€£]?(?P<low>{NUMBER})\s+and\s+[$€£]?$", re.IGNORECASE)
_TO = re.compile(
    rf"(?:\bfrom\s+)?(?<![\w.,-])[$€£]?(?P<low>{NUMBER})\s*(?:-|–|\bto\b)\s*[$€£]?$", re.IGNORECASE
)
_RANGE_AFTER = re.compile(rf"\s*(?:-|–|\bto\b|\band\b)\s*[$€£]?{NUMBER}", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<least>\b(?:more than|at least|no fewer than|no less than|over|above|upwards? of)\s+[$€£]?)$"
    r"|(?P<most>\b(?:up to|at most|less than|fewer than|no more than|under|below|as many as)\s+[$€£]?)$"
    r"|(?P<nearly>\b(?:nearly|almost|close to)\s+[$€£]?)$"
    r"|(?P<about>\b(?:about|around|some|roughly|approximately|an estimated)\s+[$€£]?)$",
    re.IGNORECASE,
)
_PLAIN_BOUNDS = {"least": "least", "most": "most", "nearly": "about", "about": "about"}


def bound_before(text: str, start: int, begin: int) -> str:
    """How what stands before a number bounds it: "least", "most", "about" or "" for exact."""
    found = _BOUND.search(text[max(begin, start - 40) : start])
    return _PLAIN_BOUNDS[found.lastgroup] if found and found.lastgroup else ""


def is_of_a_range(text: str, figure: Figure, begin: int) -> bool:
    """Whether a number is one of the two that bound a third: "between three and five", "3-5"."""
    before = text[max(begin, figure.start - 40) : figure.start]
    if re.search(r"\b(?:between|from)\s+[$€£]?$", before, re.IGNORECASE):
        return _RANGE_AFTER.match(text, figure.end) is not None
    if re.match(rf"(?:-|–|\s+to\s+)[$€£]?{NUMBER}", text[figure.end : figure.end + 24]):
        return True
    return _BETWEEN.search(before) is not None or _TO.search(before) is not None


_GOES_ON = re.compile(r"[^\W_]|\s?[.,]\s?\d{3}")
"""What makes a number part of a longer one: "38m", "200 ,000"."""
_CURRENCY = re.compile(r"[$€£]$")


@dataclass(frozen=True)
class Range:
    """Inclusive bounds in thousandths, the number itself, where and how it is written, and why."""

    low: int | None
    high: int | None
    value: int
    start: int
    end: int
    written: str
    why: str


def bounds_of(text: str, figure: Figure, begin: int) -> Range | None:
    """The bounds of a figure in a text, read back to `begin`; None if it cannot be read, or it is the
    first number of a range, which the second one tells."""
    value = quantity(figure.value)
    if value is None or _GOES_ON.match(text, figure.end):
        return None
    near = max(begin, figure.start - 40)
    before = text[near : figure.start]
    if re.search(r"\b(?:between|from)\s+[$€£]?$", before, re.IGNORECASE) and _RANGE_AFTER.match(
        text, figure.end
    ):
        return None
    for pattern in (_BETWEEN, _TO):
        if found := pattern.search(before):
            least = quantity(_scaled(found["low"].lower(), figure.value))
            if least is not None and least <= value:
                start = near + found.start()
                return Range(least, value, value, start, figure.end, text[start : figure.end], "")
    if re.match(rf"(?:-|–|\s+to\s+)[$€£]?{NUMBER}", text[figure.end : figure.end + 24]):
        return None
    bound = _BOUND.search(before)
    kind = bound.lastgroup if bound else figure.bound
    sign = _CURRENCY.search(before)
    start = near + bound.start() if bound else figure.start - (1 if sign else 0)
    low, high, why = _limits(value, kind or "")
    return Range(low, high, value, start, figure.end, text[start : figure.end], why)


def _scaled(low: str, value: str) -> str:
    """ "3 to 5 million": the scale of the second number is the first one's too."""
    scale = value.split()[-1] if len(value.split()) > 1 else ""
    return low if not scale or len(low.split()) > 1 else f"{low} {scale}"


def _limits(value: int, kind: str) -> tuple[int | None, int | None, str]:
    if kind == "least":
        return value, None, "told as a lower bound"
    if kind == "most":
        return None, value, "told as an upper bound"
    if kind not in ("about", "nearly"):
        return value, value, ""
    step = 1000 if value % 1000 == 0 else 1  # of whole things there are whole numbers
    low = -(-value * (100 - ABOUT) // (100 * step)) * step
    high = value if kind == "nearly" else value * (100 + ABOUT) // (100 * step) * step
    return (
        low,
        high,
        f"told as “{kind}”: {ABOUT} per cent"
        + (" below" if kind == "nearly" else " to either side"),
    )


def numeral(thousandths: int | None) -> int | str | None:
    """A whole number as such, another as a decimal string: exports hold no floats."""
    if thousandths is None:
        return None
    whole, rest = divmod(thousandths, 1000)
    return whole if rest == 0 else f"{whole}.{rest:03d}".rstrip("0")

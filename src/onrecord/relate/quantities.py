"""Written quantities, read and compared: "1,200", "more than three", "about 1.5 million"."""

from __future__ import annotations

import functools
import re

from onrecord.records import Figure
from onrecord.text.short_scales import WORDS

_SMALL_NUMBERS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
}
_SMALL_NUMBERS |= {
    w: 10 * n
    for n, w in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}


_SHORT_SCALES = {short: _SCALES[word] for short, word in WORDS.items()}
_SHORT = "|".join(_SHORT_SCALES)
_HALF = re.compile(r"\band a half\b")


@functools.lru_cache(maxsize=50_000)
def quantity(written: str) -> int | None:
    """A written number in thousandths: "1,200", "four", "1.5 million", "two and a half", "38m", "3.5 trln"; None
    where it cannot be read."""
    total, scale = None, 1
    for word in _HALF.sub("0.5", written.replace(",", "").replace("-", " ")).split():
        if word in _SCALES:
            scale *= _SCALES[word]
        elif word in _SMALL_NUMBERS:
            total = (total or 0) + 1000 * _SMALL_NUMBERS[word]
        elif total is not None and word in _SHORT_SCALES:
            scale *= _SHORT_SCALES[word]
        elif found := re.fullmatch(rf"(\d+)(?:\.(\d{{1,3}}))?({_SHORT})?", word):
            total = (total or 0) + 1000 * int(found[1]) + int(((found[2] or "") + "000")[:3])
            scale *= _SHORT_SCALES.get(found[3] or "", 1)
        else:
            return None
    return (1000 if total is None else total) * scale if written.strip() else None


ROUNDING = 5
"""Per cent by which two figures may differ if one of them is told as "about" or "more than"."""

_ROUND = 100_000
"""Thousandths from which "more than" is taken to name the last round number that was passed."""

_MEASURES = {
    "second": ("time", 1_000), "minute": ("time", 60_000), "hour": ("time", 3_600_000),
    "day": ("time", 86_400_000), "week": ("time", 604_800_000), "fortnight": ("time", 1_209_600_000),
    "month": ("months", 1_000), "year": ("months", 12_000), "decade": ("months", 120_000),
    "metre": ("length", 1_000), "meter": ("length", 1_000), "kilometre": ("length", 1_000_000),
    "kilometer": ("length", 1_000_000), "km": ("length", 1_000_000), "mile": ("length", 1_609_344),
    "foot": ("length", 305), "yard": ("length", 914),
    "hectare": ("area", 10_000_000), "acre": ("area", 4_046_856),
    "tonne": ("mass", 1_000_000), "ton": ("mass", 1_000_000), "kilogram": ("mass", 1_000), "kilo": ("mass", 1_000),
}  # fmt: skip
"""Units of measure: what they measure, and how much of it in thousandths of a second, month, metre, square
metre, kilogram."""
_SIGNS = {
    "$": "dollar", "£": "pound", "€": "euro", "cent": "percent", "%": "percent",
    "pct": "percent", "percentage": "percent",
}  # fmt: skip


def unit_of(figure: Figure) -> str:
    """What a figure is measured in, one name for "$" and dollars, for miles and kilometres."""
    unit = _SIGNS.get(figure.unit, figure.unit)
    return _MEASURES[unit][0] if unit in _MEASURES else unit


def counted(figure: Figure) -> str:
    """A figure with what it counts, as a reader writes it: "12 people", "$4bn"."""
    if figure.noun[-1:] in CURRENCIES:
        return f"{figure.noun}{figure.value}"
    return f"{figure.value} {'per cent' if unit_of(figure) == 'percent' else figure.noun}"


CURRENCIES = frozenset("$£€¥₹₩₽")
"""Signs of money that stand before their number."""


def amount(figure: Figure) -> int | None:
    """A figure in thousandths of its unit (see unit_of); None where it cannot be read."""
    value = quantity(figure.value)
    return None if value is None else value * _MEASURES.get(figure.unit, ("", 1000))[1] // 1000


def _near(a: int, b: int) -> bool:
    return abs(a - b) * 100 <= ROUNDING * max(a, b)


def _rounded(a: int, b: int) -> bool:
    """Whether one figure is the other to fewer places: 61 and 61.3, 1,200 and 1,187 (thousandths)."""
    if not _near(a, b):
        return False
    low = min(a, b)
    units = [1000] if low < 1_000_000 else [10**n for n in range(4, 18)]
    return any(
        x % unit == 0 and y % unit != 0 and abs(x - y) * 2 <= unit
        for unit in units
        for x, y in ((a, b), (b, a))
    )


def _passed(low: int, other: int) -> bool:
    """Whether "more than" a round number may be told of another: more than 100 and 143, not 243."""
    if low < _ROUND or other < low:
        return False
    unit = 1000
    while low % (unit * 10) == 0:
        unit *= 10
    return other < low + unit


def agree(a: int, x: Figure, b: int, y: Figure) -> bool:
    """Whether two figures agree, of one measure: "about 1,200" and 1,180, "more than 100" and 143, "up to 50"
    and 40, two miles and 3.2 kilometres. "At least six" and eight do not: the count has grown; nor "up to 50" and
    50: what may be is told as what is. `a` and `b`: their amounts in thousandths, which may be sums of several."""
    if x.unit != y.unit and unit_of(x) in ("length", "area", "mass"):
        return _near(a, b)
    for (low, bound), (other, beside) in (
        ((a, x.bound), (b, y.bound)),
        ((b, y.bound), (a, x.bound)),
    ):
        if bound == "most" and other <= low:
            return other < low or bool(beside) or unit_of(x) in ("time", "months")
        if bound == "least" and _passed(low, other):
            return True
    if x.bound or y.bound:
        return _near(a, b)
    return a == b or _rounded(a, b)

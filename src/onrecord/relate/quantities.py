"""Written quantities, read and compared: "1,200", "more than three", "about 1.5 million"."""

from __future__ import annotations

import re

from onrecord.records import Figure

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
}


def quantity(written: str) -> int | None:
    """A written number in thousandths: "1,200", "four", "1.5 million"; None where it cannot be read."""
    total, scale = None, 1
    for word in written.replace(",", "").replace("-", " ").split():
        if word in _SCALES:
            scale *= _SCALES[word]
        elif word in _SMALL_NUMBERS:
            total = (total or 0) + 1000 * _SMALL_NUMBERS[word]
        elif re.fullmatch(r"\d+(\.\d{1,3})?", word):
            whole, _, part = word.partition(".")
            total = (total or 0) + 1000 * int(whole) + int((part + "000")[:3])
        else:
            return None
    return (1000 if total is None else total) * scale if written.strip() else None


ROUNDING = 5
"""Per cent by which two figures may differ if one of them is told as "about"."""


def _rounded(a: int, b: int) -> bool:
    """Whether one figure is the other to fewer places: 61 and 61.3, 1,200 and 1,187 (thousandths)."""
    low, high = sorted((a, b))
    if (high - low) * 100 > ROUNDING * high:
        return False
    units = [1000] if low < 1_000_000 else [10**n for n in range(4, 15)]
    return any(
        x % unit == 0 and y % unit != 0 and abs(x - y) * 2 <= unit
        for unit in units
        for x, y in ((a, b), (b, a))
    )


def compatible(x: Figure, y: Figure) -> bool:
    """Whether two figures can both hold: "more than three hours" and six, "about 1,200" and 1,180.
    What cannot be read is never held against anything."""
    a, b = quantity(x.value), quantity(y.value)
    if a is None or b is None:
        return True
    for (low, bound), other in (((a, x.bound), b), ((b, y.bound), a)):
        if (bound == "least" and other >= low) or (bound == "most" and other <= low):
            return True
    if "about" in (x.bound, y.bound):
        return abs(a - b) * 100 <= ROUNDING * max(a, b)
    return a == b or _rounded(a, b)

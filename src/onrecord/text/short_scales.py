"""Numbers whose scale is written short ("£4bn", "60m doses", "$3.5 trln"), spelt out for the parser alone.

The parser learned from text that spells scales out: of "up to 60m doses" it makes sixty of a thing called "m", and
"£4bn" is no number to it, so that such a figure was not counted, and never held against "60 million".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

WORDS = {
    "k": "thousand", "m": "million", "mn": "million", "mln": "million", "b": "billion", "bn": "billion",
    "bln": "billion", "t": "trillion", "tn": "trillion", "trn": "trillion", "trln": "trillion",
}  # fmt: skip
"""Scales as newspapers and agencies write them short (the Guardian's and the Economist's "bn" and "tn", Reuters'
"mln", "bln" and "trln"), and the words they stand for."""

_SHORT = re.compile(
    r"(?<![\w.,])(?P<sign>(?:[A-Z]{1,3})?[$€£¥]\s?)?\d[\d,]*(?:\.\d+)?(?P<gap>\s?)(?P<scale>trln|trn|tn|[bm]ln|[bm]n|[kmbt])"
    r"(?![\w%])(?!\.\w)(?P<next>[\s-]+[^\W\d_]+)?",
    re.IGNORECASE,
)

_ALWAYS = frozenset({"mn", "mln", "bn", "bln", "trn", "trln"})
"""What stands for a scale wherever it follows a number: "m" may be metres, "k" kilometres, "tn" tonnes."""

_COUNTED = frozenset("people men women children staff euros dollars pounds yen yuan".split())
"""Words behind a number that are counted, though they end like no plural or like a length's."""

_OF_LENGTH = frozenset("deep long high wide tall away hurdles freestyle races walls waves".split())
"""Words behind "60m" that make it metres."""


def short_scales(text: str) -> Iterator[tuple[int, int, str]]:
    """The places of scales written short, in order, each with the word it stands for. Offsets are code points."""
    for found in _SHORT.finditer(text):
        if _is_scale(found):
            yield *found.span("scale"), WORDS[found["scale"].lower()]


def _is_scale(found: re.Match[str]) -> bool:
    scale = found["scale"]
    if scale.lower() in _ALWAYS or found["sign"]:
        return True
    if found["gap"] or scale.lower() in ("b", "t", "tn"):
        return False
    word = (found["next"] or "").strip(" -").casefold()
    if word in _OF_LENGTH or "-" in (found["next"] or ""):
        return False
    return word in _COUNTED or (len(word) > 3 and word.endswith("s") and not word.endswith("ss"))

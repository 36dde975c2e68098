"""Numbers whose scale is written short ("£4bn", "60m doses", "$3.5 trln"), spelt out for the parser alone.

The parser learned from text that spells scales out: of "up to 60m doses" it makes sixty of a thing called "m", and
"£4bn" is no number to it, so that such a figure was not counted, and never held against "60 million".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

WORDS = {
    "k": "thousand", "m": "million", "mn": "million", "mln": "million", "b": "billion", "bn": "billion",
    "bln": "billion", "t": "trillion", "tn": "trillion", "trn": "trillion", "trln": "trillion",
}  # fmt: skip
"""Scales as newspapers and agencies write them short (the Guardian's and the Economist's "bn" and "tn", Reuters'
"mln", "bln" and "trln"), and the words they stand for."""

_SHORT = re.compile(
    r"(?<![\w.,])(?P<sign>(?:(?:[A-Z]{1,3})?[$€£¥₹₩₽]|Rs\.?)\s?)?\d[\d,]*(?:\.\d+)?(?P<gap>\s?)"
    r"(?P<scale>trln|trn|tn|[bm]ln|[bm]n|[kmbt])(?![\w%&])(?!\.\w)(?=(?P<next>(?:[\s-]+[^\W\d_]+){1,3})?)",
    re.IGNORECASE,
)

_ALWAYS = frozenset({"mn", "mln", "bn", "bln", "trn", "trln"})
"""What stands for a scale wherever it follows a number: "m" may be metres, "k" kilometres, "tn" tonnes."""

_COUNTED = frozenset(
    "accounts acres adults americans animals babies bags barrels birds births books boxes britons bushels cars cases "
    "cattle chickens children citizens copies customers deaths devices documents dollars doses downloads eggs emails euros "
    "families fans farmers followers francs gallons graves hectares homes houses households immigrants indians "
    "infections inhabitants iphones jobs letters litres liters members men messages migrants pages parcels passengers "
    "patients pensioners people phones pigs players pounds prisoners pupils records refugees residents seats sheep shares "
    "signatures soldiers staff students subscribers taxpayers tests tickets tonnes tons tourists troops users "
    "vaccinations vaccines vehicles viewers views visitors voters votes women workers yen yuan".split()
)
"""What is counted by thousands and millions: behind "60m", or a word or two further, these make it no length."""


def short_scales(text: str) -> Iterator[tuple[int, int, str]]:
    """The places of scales written short, in order, each with the word it stands for. Offsets are code points."""
    found = list(_SHORT.finditer(text))
    scales = [_is_scale(match) for match in found]
    for i, (one, other) in enumerate(itertools.pairwise(found)):
        # "3m-5m doses": the first of a range is what the second is.
        if scales[i + 1] and text[one.end() : other.start()] in ("-", "–"):
            scales[i] = True
    for match, scale in zip(found, scales, strict=True):
        if scale:
            yield *match.span("scale"), WORDS[match["scale"].lower()]


def _is_scale(found: re.Match[str]) -> bool:
    scale, sign, gap = found["scale"], found["sign"], found["gap"]
    after = found.string[found.end() : found.end() + 2]
    if len(scale) == 1:
        if gap or (after[:1] == "-" and after[1:].lower() != "a" and scale.lower() != "m"):
            # "$20 T-shirts", "£10 M&S voucher"
            return False
    elif scale.lower() in _ALWAYS:
        # "38 Bn" is a battalion, "120 MN" a force.
        return bool(sign) or not gap or scale.islower()
    if sign:
        return True
    if scale.lower() in ("b", "t", "tn"):
        return False
    return not _COUNTED.isdisjoint((found["next"] or "").casefold().replace("-", " ").split())

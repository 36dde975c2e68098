"""How texts are cut for comparison: blocks into sentences, sentences into units that are never cut.

Offsets are code points of the version's text, half-open. Nothing is folded here: digits, signs and
punctuation are what a comparison must not lose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d"
_UNIT = re.compile(
    rf"(?:(?<![\w%)\]])[+\-−±]?(?:[A-Z]{{1,3}}(?=[$£€¥₹]))?[$£€¥₹]?[+\-−]?\.?(?=\d))?"
    rf"[\w{_MARKS}]+(?:(?:['’.\-](?=\w)|(?<=\d)[,:/](?=\d))[\w{_MARKS}]+)*%?"
    r"|\S"
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘„«(\[]*[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Rev|Hon|"
    r"No|vs|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Corp|Co|[A-Z](?:\.[A-Z])*)$"
)


def units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of the words, numbers and single marks of `text[start:end]`.

    A number is one unit with its sign, currency mark, points, commas and per cent sign (`-$4.7`,
    `1,200`, `19:30`); so is a word with its inner hyphens, points and apostrophes.
    """
    return [match.span() for match in _UNIT.finditer(text, start, end)]


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of the sentences of `text[start:end]`, white space between them left out.

    By marks alone, no parser: good enough to align by, since both sides are cut the same way.
    """
    low = start
    for match in _END.finditer(text, start, end):
        if text[match.start()] == "." and _ABBREVIATION.search(
            text, max(low, match.start() - 12), match.start()
        ):
            continue
        high = match.start() + len(match[0].rstrip())
        if low < high:
            yield low, high
        low = match.end()
    piece = text[low:end]
    low += len(piece) - len(piece.lstrip())
    high = low + len(piece.strip())
    if low < high:
        yield low, high

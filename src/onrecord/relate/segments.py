"""How texts are cut for comparison: blocks into sentences, sentences into units that are never cut.

Offsets are code points of the version's text, half-open. Nothing is folded here: digits, signs and
punctuation are what a comparison must not lose.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator


def _combining() -> str:
    """All combining marks as ranges of a character class: vowel signs belong to their words."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


_MARKS = _combining() + "\u00ad\u200b-\u200d\u2060"
_JOINED = _MARKS + "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
"""What belongs to the sign before it: marks, skin tones, tags (UTS #51)."""
_MONEY = "$£¥₹¢\u20a0-\u20cf"
_UNIT = re.compile(
    # Plain words and marks between spaces, which the rest would match as well, at twice the time.
    r"[A-Za-z][a-z]*(?=[ ,])|[,.](?= )|"
    rf"(?:(?<![\w%)\]])[+\-−±]?(?:[A-Z]{{1,3}}(?=[{_MONEY}]))?[{_MONEY}]?[+\-−]?\.?(?=\d))?"
    rf"[\w{_MARKS}]+(?:(?:['’.\-](?=\w)|(?<=\d)[,:/](?=\d))[\w{_MARKS}]+)*[%‰°]?"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|\S[{_JOINED}]*(?:(?<=\u200d)\S[{_JOINED}]*)*"
)
_END = re.compile(r"[.!?…؟۔।。！？]++[\"'”’»)\]」』）]*+(\s++(?=[\"'“‘„«(\[]*[^\W_a-z])|(?=\S))?")
"""Marks that may end a sentence, with what closes behind them; the group holds if they do. It matches
whether they do or not, so that no run of marks is read twice."""
_WIDE = frozenset("。！？")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Rev|Hon|"
    r"No|vs|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Corp|Co|[A-Z](?:\.[A-Z])*)$"
)


_WIDE_LETTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[^\W{_WIDE_LETTERS}]+|[{_WIDE_LETTERS}]")


def plain_words(text: str) -> list[str]:
    """The runs of letters and digits of a text, each Chinese or Japanese character by itself: by what
    sentences are known again, not what edits are shown in."""
    return _WORD.findall(text)


def units(text: str, start: int = 0, end: int = sys.maxsize) -> list[tuple[int, int]]:
    """Ranges of the words, numbers and single marks of `text[start:end]`.

    A number is one unit with its sign, currency mark, points, commas and per cent sign (`-$4.7`,
    `1,200`, `19:30`); so is a word with its inner hyphens, points and apostrophes, a letter with its
    combining marks, a picture with what is joined to it. A script that puts no space between words is
    cut at its punctuation alone.
    """
    return [match.span() for match in _UNIT.finditer(text, start, end)]


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of the sentences of `text[start:end]`, white space between them left out.

    By marks alone, no parser: good enough to align by, since both sides are cut the same way.
    """
    low = start
    for match in _END.finditer(text, start, end):
        if match[1] is None:
            continue
        mark = text[match.start()]
        if not match[1] and mark not in _WIDE:
            continue
        # From one before the sentence: "Mr." may be its first word.
        near = max(0, low - 1, match.start() - 12)
        if mark == "." and _ABBREVIATION.search(text, near, match.start()):
            continue
        high = match.end() - len(match[1])
        if low < high:
            yield low, high
        low = match.end()
    piece = text[low:end]
    low += len(piece) - len(piece.lstrip())
    high = low + len(piece.strip())
    if low < high:
        yield low, high

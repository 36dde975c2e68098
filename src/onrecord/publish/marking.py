"""Marking characters: cut texts around a citation, set inline changes, links that help a reader find it.

All offsets are code points. Everything returned is plain text; the templates escape it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote, urlsplit

from onrecord.text.entities import unescape

_TOKEN = re.compile(r"\s+|\w+(?:['’.,]\w+)*|[^\w\s]")
MOST_PAIRS = 4_000_000
"""Word pairs beyond which two passages are shown whole, one after the other (about a second's work)."""
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)


@dataclass(frozen=True)
class Marked:
    """A piece of a text with the cited characters in it. `start` and `end` are where the piece stands."""

    start: int
    before: str
    marked: str
    after: str
    end: int
    total: int


def mark(text: str, start: int, end: int, around: int) -> Marked:
    """`text[start:end]` with up to `around` code points on both sides, cut at white space.

    Raises ValueError if the range is empty or outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is not a range of a text of {len(text)} characters")
    low, high = max(0, start - around), min(len(text), end + around)
    low = next((i for i in range(low, min(low + 40, start)) if low and text[i - 1].isspace()), low)
    high = (
        next((i for i in range(high, max(high - 40, end), -1) if text[i - 1].isspace()), high)
        if high < len(text)
        else high
    )
    return Marked(low, text[low:start], text[start:end], text[end:high], high, len(text))


def plain(source: str) -> str:
    """The words of a piece of HTML source: tags and comments gone, entities read, white space folded."""
    return " ".join(unescape(_TAG.sub("", source)).split())


def safe_url(url: str | None) -> str | None:
    """The URL if it is an http(s) address a page may link to; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def fragment_link(url: str | None, words: str) -> str | None:
    """A link that asks the browser to find the words on the live page: a convenience, never the citation."""
    address = safe_url(url)
    found = words.split()
    if address is None or not found:
        return None
    ends = [found] if len(found) <= 12 else [found[:6], found[-6:]]
    parts = [quote(" ".join(part), safe="").replace("-", "%2D") for part in ends]
    return f"{address.partition('#')[0]}#:~:text={','.join(parts)}"


@dataclass(frozen=True)
class Piece:
    """A stretch of an inline comparison. `op`: same, del, ins."""

    op: str
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Word for word: what went, what came, what stayed. Digits and signs are words of their own."""
    if not before or not after:
        return tuple(p for p in (Piece("del", before), Piece("ins", after)) if p.text)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        return (Piece("del", before), Piece("ins", after))
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for op, a0, a1, b0, b1 in matcher.get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(old[a0:a1])))
            continue
        pieces.append(Piece("del", "".join(old[a0:a1])))
        pieces.append(Piece("ins", "".join(new[b0:b1])))
    return _joined(tuple(p for p in pieces if p.text))


def _joined(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Changes with only white space between them read better as one."""
    joined: list[Piece] = []
    i = 0
    while i < len(pieces):
        old, new = "", ""
        while i < len(pieces) and (
            pieces[i].op != "same"
            or (
                (old or new)
                and pieces[i].text.isspace()
                and i + 1 < len(pieces)
                and pieces[i + 1].op != "same"
            )
        ):
            piece = pieces[i]
            old += piece.text if piece.op != "ins" else ""
            new += piece.text if piece.op != "del" else ""
            i += 1
        joined += [p for p in (Piece("del", old), Piece("ins", new)) if p.text]
        if i < len(pieces):
            joined.append(pieces[i])
            i += 1
    return tuple(joined)


def shorten(pieces: Sequence[Piece], longest: int = 160) -> tuple[Piece, ...]:
    """The same comparison with long stretches that stayed cut in the middle."""
    short: list[Piece] = []
    for piece in pieces:
        if piece.op == "same" and len(piece.text) > longest:
            half = longest // 2
            short.append(
                Piece("same", f"{piece.text[:half].rstrip()} … {piece.text[-half:].lstrip()}")
            )
        else:
            short.append(piece)
    return tuple(short)


def cuts(length: int, ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int, bool], ...]:
    """A text of this length cut at the ends of ranges, which may overlap: (start, end, inside any)."""
    edges = sorted({0, length, *(edge for pair in ranges for edge in pair)})
    return tuple(
        (low, high, any(a <= low and high <= b for a, b in ranges)) for low, high in pairwise(edges)
    )

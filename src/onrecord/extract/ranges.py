"""Blocks read from several ranges of a capture: a speech over many cues, a paragraph over two pages.

What stands between the ranges (time codes, page heads) is inside the block's range of the capture and
left out of its text; the offset map tells exactly which characters were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from onrecord.extract.text_build import Built
from onrecord.records import Block, CaptureSpan, LeftOut, Reading
from onrecord.text.entities import unescape
from onrecord.text.offsets import Segment, join_segments, mapped, to_capture

Token = tuple[str, int, int]
"""Text as it is shown, and the range of the capture it stands for; a space stands for white space."""

_PIECE = re.compile(
    r"[\s\u200b\ufeff]+|&(?:#(?:[0-9]{1,9}|[xX][0-9a-fA-F]{1,8})(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31};?)"
    r"|[^\s\u200b\ufeff&]+|&"
)
"""White space, a character reference (none is longer), other text, a bare `&`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block to be: its words in order, and when they are heard."""

    kind: str
    tokens: tuple[Token, ...]
    begins: str | None = None
    ends: str | None = None


def tokens_of(source: str, start: int, end: int, *, entities: bool = False) -> Iterator[Token]:
    """A range of the capture in tokens; `entities` are resolved as in HTML where they are written."""
    for match in _PIECE.finditer(source, start, end):
        piece, low, high = match[0], match.start(), match.end()
        if piece[0].isspace() or piece[0] in "\u200b\ufeff":
            yield " ", low, high
        elif entities and piece[0] == "&":
            shown = unescape(piece) or piece
            yield (" " if shown.isspace() else shown), low, high
        else:
            yield piece, low, high


def fold_tokens(tokens: Iterable[Token], at: int = 0) -> tuple[str, list[Segment]]:
    """The text of tokens, runs of white space as one space and none at the ends, and its map.

    Of a run of white space that is broken by what was not read only the first part is mapped.
    """
    parts: list[str] = []
    rows: list[Segment] = []
    here = at
    gap: tuple[int, int] | None = None
    for text, start, end in tokens:
        if text == " ":
            if not parts:
                continue
            if gap is None:
                gap = (start, end)
            elif gap[1] == start:
                gap = (gap[0], end)
            continue
        if not text:
            continue
        if gap is not None:
            parts.append(" ")
            rows.append((here, here + 1, *gap))
            here += 1
            gap = None
        parts.append(text)
        rows.append((here, here + len(text), start, end))
        here += len(text)
    return "".join(parts), rows


def assemble(passages: Iterable[Passage], left: Iterable[LeftOut]) -> Built:
    """Blocks in the order given, which must be the capture's, joined by a blank line. Passages without
    words are no blocks. Neighbours in `left` of one reason that touch become one."""
    parts: list[str] = []
    blocks: list[Block] = []
    rows: list[Segment] = []
    at = 0
    for passage in passages:
        start = at + 2 if blocks else at
        text, own = fold_tokens(passage.tokens, start)
        if not text:
            continue
        at = start + len(text)
        blocks.append(
            Block(
                kind=passage.kind,
                start=start,
                end=at,
                capture_start=own[0][2],
                capture_end=own[-1][3],
                begins=passage.begins,
                ends=passage.ends,
            )
        )
        parts.append(text)
        rows += own
    return Built("\n\n".join(parts), tuple(blocks), join_segments(rows), joined(left))


def joined(left: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What was left out, in the capture's order; what touches and has one reason as one."""
    found: list[LeftOut] = []
    for one in sorted(left, key=lambda o: (o.capture_start, o.capture_end)):
        if found and found[-1].reason == one.reason and found[-1].capture_end >= one.capture_start:
            found[-1] = structs.replace(
                found[-1], capture_end=max(found[-1].capture_end, one.capture_end)
            )
        else:
            found.append(one)
    return tuple(found)


# ------------------------------------------------------------------ a reading of a text made from a capture


def carried(reading: Reading, rows: Sequence[Segment], left: Iterable[LeftOut]) -> Reading:
    """A reading of a text that was made from a capture, carried back to the capture itself.

    `rows` map the made text to the capture, ordered on both sides; `left` is what did not get into it.
    """

    def span(start: int, end: int) -> tuple[int, int]:
        return to_capture(rows, start, end)

    blocks = []
    for block in reading.blocks:
        low, high = span(block.capture_start, block.capture_end)
        blocks.append(structs.replace(block, capture_start=low, capture_end=high))
    out = list(left)
    for one in reading.left_out:
        pieces = mapped(rows, one.capture_start, one.capture_end)
        out += [LeftOut(capture_start=c, capture_end=d, reason=one.reason) for _, _, c, d in pieces]
    return structs.replace(
        reading,
        blocks=tuple(blocks),
        segments=join_segments(
            row for segment in reading.segments for row in _composed(rows, segment)
        ),
        left_out=joined(out),
        evidence={
            name: tuple(
                CaptureSpan(start=low, end=high)
                for low, high in (span(one.start, one.end) for one in spans)
            )
            for name, spans in reading.evidence.items()
        },
    )


def _composed(rows: Sequence[Segment], segment: Segment) -> Iterator[Segment]:
    """One row of the reading's map, carried on through the rows of the made text."""
    start, end, c_start, c_end = segment
    if end - start != c_end - c_start:
        yield start, end, *to_capture(rows, c_start, c_end)
        return
    for low, high, c, d in mapped(rows, c_start, c_end):
        yield start + low - c_start, start + high - c_start, c, d

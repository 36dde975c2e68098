"""Puts a Reading's text together: chosen ranges of the capture as blocks, all the rest as left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.extract.text_lines import fold, trim
from onrecord.records import Block, LeftOut
from onrecord.text.offsets import Segment, join_segments


class Piece(NamedTuple):
    """A range of the capture with what becomes of it: a kind of block, or a reason to leave it out."""

    start: int
    end: int
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """Text, blocks, offset map and what was left out, as a Reading holds them."""

    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    left_out: tuple[LeftOut, ...]


def build(source: str, pieces: Iterable[Piece]) -> Built:
    """Blocks in the order of the capture, the title first, joined by a blank line.

    A title that stands below other blocks would break the order of the offset map: what stands above
    it must have been left out by the caller. Raises ValueError if the pieces overlap.
    """
    ordered = sorted(pieces, key=lambda p: p.start)
    parts: list[str] = []
    blocks: list[Block] = []
    rows: list[Segment] = []
    left: list[LeftOut] = []
    at = last = 0
    for piece in ordered:
        low, high = trim(source, piece.start, piece.end)
        if low == high:
            continue
        if low < last:
            raise ValueError(f"pieces overlap at {low}")
        last = high
        if not piece.kind:
            if (
                left
                and left[-1].reason == piece.reason
                and not source[left[-1].capture_end : low].strip("\ufeff\u200b \t\r\n\u00a0")
            ):
                left[-1] = LeftOut(
                    capture_start=left[-1].capture_start, capture_end=high, reason=piece.reason
                )
            else:
                left.append(LeftOut(capture_start=low, capture_end=high, reason=piece.reason))
            continue
        if blocks:
            at += 2
        text, own = fold(source, low, high, at)
        blocks.append(
            Block(
                kind=piece.kind, start=at, end=at + len(text), capture_start=low, capture_end=high
            )
        )
        parts.append(text)
        rows.extend(own)
        at += len(text)
    return Built("\n\n".join(parts), tuple(blocks), join_segments(rows), tuple(left))

"""Two wordings of one thing, word by word: the longest run both have, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The most words that stand in both, next to one another. Only places of equal words are visited."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    best = 0
    ending: dict[int, int] = {}
    for word in a:
        here = {j: ending.get(j - 1, 0) + 1 for j in places.get(word, ())}
        best = max(best, *here.values()) if here else best
        ending = here
    return best


def differing_words(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, str]]:
    """The stretches of words in which two quotations differ, in order."""
    return [
        (" ".join(a[op.src_start : op.src_end]), " ".join(b[op.dest_start : op.dest_end]))
        for op in _replaced(a, b)
    ]


def between(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, str]] | None:
    """The differing stretches between the first and the last shared word; None if they outweigh what
    is shared, so that naming them would explain nothing."""
    blocks = _replaced(a, b)
    inner = [x for x in blocks if x.src_start > 0 or x.dest_start > 0]
    inner = [x for x in inner if x.src_end < len(a) or x.dest_end < len(b)]
    words_changed = sum(max(x.src_end - x.src_start, x.dest_end - x.dest_start) for x in inner)
    if not inner or words_changed * 3 > min(len(a), len(b)):
        return None
    return [
        (" ".join(a[x.src_start : x.src_end]), " ".join(b[x.dest_start : x.dest_end]))
        for x in inner
    ]


@dataclass(frozen=True, slots=True)
class _Block:
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def _replaced(a: Sequence[str], b: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    for op in Indel.opcodes(list(a), list(b)):
        if op.tag == "equal":
            continue
        if blocks and blocks[-1].src_end == op.src_start and blocks[-1].dest_end == op.dest_start:
            last = blocks[-1]
            blocks[-1] = _Block(last.src_start, op.src_end, last.dest_start, op.dest_end)
        else:
            blocks.append(_Block(op.src_start, op.src_end, op.dest_start, op.dest_end))
    return blocks


def longest_common(a: Sequence[str], b: Sequence[str]) -> Sequence[str]:
    """The longest run of words both have; of equals the first."""
    size = longest_run(a, b)
    for i in range(len(a) - size + 1):
        piece = list(a[i : i + size])
        if any(list(b[j : j + size]) == piece for j in range(len(b) - size + 1)):
            return piece
    return []

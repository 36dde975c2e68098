"""One utterance as several outlets print it, word by word against the longest form they share.

The pivot is the longest sequence of words that at least two of the wordings have in common, in order
(a longest common subsequence; of equals that of the first pair). It is nobody's text: no outlet's
wording is taken for the true one, so a word is `own` to a wording, never "wrong" in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Indel

from onrecord.text.folding import WORD, fold_loose

MOST = 24
"""Different wordings that are compared pair by pair for the pivot; of more the longest are."""
_DOTS = re.compile(r"…|\.\s?\.\s?\.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one wording. `op`: same (stands in the pivot), own (only here), changed (own words
    where others have other words), left (of the pivot, not here), cut (left out behind an ellipsis)."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """The pivot's words, and the pieces of each wording in the order they were given. The pieces that
    are neither `left` nor `cut` give back its exact characters."""

    pivot: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]


def align(texts: Sequence[str]) -> Aligned:
    """The wordings against the longest form that two of them share. One or none has itself as pivot."""
    spans = [[m.span() for m in WORD.finditer(text)] for text in texts]
    folded = [[_fold(text[a:b]) for a, b in rows] for text, rows in zip(texts, spans, strict=True)]
    shown = _pivot(folded, [[t[a:b] for a, b in s] for t, s in zip(texts, spans, strict=True)])
    pivot = [_fold(word) for word in shown]
    gaps = [_gaps(pivot, words) for words in folded]
    rows = tuple(
        tuple(_pieces(text, row, words, shown, pivot, _others(gaps, n)))
        for n, (text, row, words) in enumerate(zip(texts, spans, folded, strict=True))
    )
    return Aligned(tuple(shown), rows)


def _fold(word: str) -> str:
    """A word as it is compared: "U.S" and "US" are one, "1.5" and "15" are not."""
    fold = fold_loose(word)
    return fold if any(c.isdigit() for c in fold) else fold.replace(".", "")


def _pivot(folded: Sequence[Sequence[str]], shown: Sequence[Sequence[str]]) -> list[str]:
    """The longest common words of two, as the first of them writes them."""
    first = {tuple(words): n for n, words in reversed(list(enumerate(folded)))}
    twice = [n for n, words in enumerate(folded) if first[tuple(words)] != n]
    kinds = sorted(first.values(), key=lambda n: (-len(folded[n]), n))[:MOST]
    best = list(shown[kinds[0]]) if len(folded) == 1 else []
    if twice:
        longest = max(twice, key=lambda n: (len(folded[n]), -n))
        best = list(shown[first[tuple(folded[longest])]])
    for i, j in combinations(sorted(kinds), 2):
        if min(len(folded[i]), len(folded[j])) <= len(best):
            continue
        kept = [
            word
            for op in Indel.opcodes(list(folded[i]), list(folded[j]))
            if op.tag == "equal"
            for word in shown[i][op.src_start : op.src_end]
        ]
        if len(kept) > len(best):
            best = kept
    return best


def _steps(pivot: Sequence[str], words: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """(equal, pivot from, to, words from, to): neighbouring differences joined."""
    made: list[tuple[bool, int, int, int, int]] = []
    for op in Indel.opcodes(list(pivot), list(words)):
        row = (op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)
        if made and not made[-1][0] and not row[0]:
            made[-1] = (False, made[-1][1], row[2], made[-1][3], row[4])
        else:
            made.append(row)
    return made


def _gaps(pivot: Sequence[str], words: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The words of its own that a wording has, by the pivot's word that they stand before."""
    return {
        low: tuple(words[a:b])
        for equal, low, _, a, b in _steps(pivot, words)
        if not equal and b > a
    }


def _others(gaps: Sequence[dict[int, tuple[str, ...]]], n: int) -> dict[int, set[tuple[str, ...]]]:
    """What the other wordings put where this one has words of its own."""
    return {
        at: {row[at] for m, row in enumerate(gaps) if m != n and at in row} - {mine}
        for at, mine in gaps[n].items()
    }


def _pieces(
    text: str,
    spans: Sequence[tuple[int, int]],
    words: Sequence[str],
    shown: Sequence[str],
    pivot: Sequence[str],
    others: dict[int, set[tuple[str, ...]]],
) -> list[Piece]:
    made: list[Piece] = []
    at = 0
    for equal, low, high, a, b in _steps(pivot, words):
        if not equal and high > low:
            until = spans[a][0] if a < len(spans) else len(text)
            dots = a == b and _DOTS.search(text, at if a else 0, until) is not None
            made.append(Piece("cut" if dots else "left", " ".join(shown[low:high])))
        if b == a:
            continue
        if spans[a][0] > at:
            made.append(Piece("same", text[at : spans[a][0]]))
        changed = not equal and (high > low or bool(others.get(low)))
        op = "same" if equal else "changed" if changed else "own"
        made.append(Piece(op, text[spans[a][0] : spans[b - 1][1]]))
        at = spans[b - 1][1]
    if at < len(text):
        made.append(Piece("same", text[at:]))
    return made

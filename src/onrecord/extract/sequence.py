"""Lines kept and left out as runs: the best sequence of labels (Viterbi, 1967), in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence


def best_sequence(scores: Sequence[int], prices: Sequence[int]) -> list[bool]:
    """Labels with the greatest sum: a kept line adds its score, a left-out one takes it away, and a
    change from one to the other costs the price at the second line."""
    keep = leave = 0
    back: list[tuple[bool, bool]] = []
    for i, score in enumerate(scores):
        cost = prices[i] if i else 0
        from_keep, from_leave = keep >= leave - cost, keep - cost > leave
        keep, leave = (
            (keep if from_keep else leave - cost) + score,
            (keep - cost if from_leave else leave) - score,
        )
        back.append((from_keep, from_leave))
    labels: list[bool] = []
    state = keep >= leave
    for i in range(len(scores) - 1, -1, -1):
        labels.append(state)
        state = back[i][0] if state else back[i][1]
    return labels[::-1]

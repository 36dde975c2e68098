"""What is found of the labelled commitments, and what is told of what came of them, does not fall."""

from __future__ import annotations

import pytest
from tests.gold.accounts.score import Tally, build, count_commitments, stories


@pytest.fixture(scope="module")
def tally() -> Tally:
    found = Tally()
    for gold in stories(1, 20):
        if gold.told.get("commitment"):
            count_commitments(gold, build(gold), found)
    return found


def test_commitments_are_found(tally: Tally) -> None:
    """24 of 26 found when written: what is missing are a "may" and an "as long as"."""
    assert tally.counts["commitments found"] >= 24, tally.wrong
    assert tally.counts["commitments, act"] >= 24, tally.wrong
    assert tally.counts["commitments, condition"] == tally.counts["commitments with condition"]


def test_what_came_of_them_is_told(tally: Tally) -> None:
    """23 of 35 told when written, none of them wrong."""
    assert tally.counts["outcomes rightly told"] >= 23, tally.wrong


def test_what_is_told_of_what_came_of_them_is_right(tally: Tally) -> None:
    """At least 95 in a hundred: an answer told wrongly is worse than none."""
    right, told = tally.counts["outcomes rightly told"], tally.counts["outcomes told"]
    assert 100 * right >= 95 * told, tally.wrong
    assert tally.counts["evidence found"] >= 19, tally.wrong

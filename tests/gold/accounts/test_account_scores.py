"""What is reached on the readable stories is held: bars stand just below the figures measured. See README.md."""

from __future__ import annotations

from tests.gold.accounts.score import score

BARS = {
    ("rightly opposed", "shown opposed"): 950,
    ("rightly opposed", "opposed"): 100,
    ("related together", "related"): 370,
    ("differing, right in", "differing"): 100,
}
"""Counted, of what -> least share, in tenths of a per cent."""

CEILINGS = {
    ("looks opposed, shown so", "looks opposed"): 0,
    ("unrelated together", "unrelated"): 120,
}


def test_what_is_reached_on_the_readable_stories_is_held() -> None:
    tally = score(1, 20)
    assert tally.macro_f1() >= 220
    for names, least in BARS.items():
        assert (tally.share(*names) or 0) >= least, names
    for names, most in CEILINGS.items():
        assert (tally.share(*names) or 0) <= most, names

"""What is reached on the readable stories is held: bars stand just below the figures measured. See README.md."""

from __future__ import annotations

import pytest
from tests.gold.accounts.score import score

BARS = {
    (1, 20): {
        ("rightly opposed", "shown opposed"): 950,
        ("rightly opposed", "opposed"): 100,
        ("related together", "related"): 460,
        ("differing, right in", "differing"): 150,
    },
    (39, 48): {
        ("rightly opposed", "shown opposed"): 950,
        ("rightly opposed", "opposed"): 180,
        ("related together", "related"): 690,
        ("differing, right in", "differing"): 450,
    },
}
"""Stories -> counted, of what -> least share, in tenths of a per cent."""

CEILINGS = {
    (1, 20): {
        ("looks opposed, shown so", "looks opposed"): 0,
        ("unrelated together", "unrelated"): 140,
    },
    (39, 48): {
        ("looks opposed, shown so", "looks opposed"): 0,
        ("unrelated together", "unrelated"): 280,
    },
}
"""The same for what there should be little of. Unrelated pairs are chosen to be hard."""


@pytest.mark.parametrize(("numbers", "macro"), [((1, 20), 260), ((39, 48), 440)], ids=str)
def test_what_is_reached_on_the_readable_stories_is_held(
    numbers: tuple[int, int], macro: int
) -> None:
    tally = score(*numbers)
    assert tally.macro_f1() >= macro
    for names, least in BARS[numbers].items():
        assert (tally.share(*names) or 0) >= least, names
    for names, most in CEILINGS[numbers].items():
        assert (tally.share(*names) or 0) <= most, names

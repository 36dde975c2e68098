"""The labelled stories keep to their guide and hold enough of everything. See README.md."""

from __future__ import annotations

from tests.gold.accounts.check import DETAILS, RELATIONS, check_all


def test_labels_keep_to_the_guide_and_every_kind_is_there() -> None:
    errors, counts = check_all()
    assert errors == []
    assert {r for r in RELATIONS if counts["relation"][r] < 25} == set()
    assert {d for d in DETAILS if counts["in"][d] < 12} == set()
    assert counts["relation"]["none"] >= 110
    assert counts["all"]["hard unrelated"] >= 80
    assert counts["all"]["looks opposed"] >= 40

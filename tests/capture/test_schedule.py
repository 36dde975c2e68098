"""The policy of looking again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.capture.schedule import DAY, Options, interval


@given(st.floats(0, 400 * DAY), st.integers(1, 500))
def test_never_too_often_never_too_seldom_and_not_for_ever(age: float, checks: int) -> None:
    wait = interval(age, age, checks)
    if age >= 365 * DAY:
        assert wait is None
    else:
        assert wait is not None and 15 <= wait <= 30 * DAY


def test_a_change_brings_the_next_check_nearer() -> None:
    unchanged, changed = interval(10 * DAY, 10 * DAY, 60), interval(60, 10 * DAY, 60)
    assert unchanged is not None and changed is not None and changed < unchanged
    assert interval(DAY, DAY, 9, Options(share=50)) == DAY / 2

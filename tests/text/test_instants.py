"""Written times: what is normalised, ordered and bounded, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.instants import (
    bounds_of,
    day_of,
    is_instant,
    moment,
    normalise,
    shift_days,
    sort_key,
    with_zone,
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2031-05-02", "2031-05-02"),
        ("2031-05-02T19:19Z", "2031-05-02T19:19:00+00:00"),
        ("2031-05-02 19:19:07.25 +0400", "2031-05-02T19:19:07+04:00"),
        ("2031-05-02T19:19:00+04", "2031-05-02T19:19:00+04:00"),
        ("2031-05-02T19:19", "2031-05-02"),
        ("2031-02-29", None),
        ("2031-05-02T25:00Z", None),
        ("2 May 2031", None),
        ("", None),
    ],
)
def test_normalise_keeps_the_offset_and_never_invents_one(written: str, kept: str | None) -> None:
    assert normalise(written) == kept


def test_an_instant_counts_as_its_local_day() -> None:
    assert day_of("2031-05-02T00:30:00+11:00") == date(2031, 5, 2)
    assert moment("2031-05-02T00:30:00+11:00").date() == date(2031, 5, 1)


def test_unknown_times_sort_last() -> None:
    times = [None, "2031-05-02", "2031-05-01T23:00:00-05:00", "2031-05-01"]
    assert sorted(times, key=sort_key) == [
        "2031-05-01",
        "2031-05-02",
        "2031-05-01T23:00:00-05:00",
        None,
    ]


def test_shifting_crosses_months_and_leap_days() -> None:
    assert shift_days("2028-02-28", 2) == "2028-03-01"
    assert shift_days("2028-03-01T00:10:00+09:00", -1) == "2028-02-29"


def test_an_instant_from_its_parts() -> None:
    assert with_zone("2031-05-02", 14, 57, 0, 240) == "2031-05-02T14:57:00+04:00"


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2031-05-02", "2031-05-02", "2031-05-02"),
        ("2031-05-02TNI", "2031-05-02", "2031-05-02"),
        ("2031-05-02T22:00", "2031-05-02", "2031-05-02"),
        ("2031-05-02T22:00+04:00", "2031-05-02T22:00:00+04:00", "2031-05-02T22:00:00+04:00"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2031-W18", "2031-04-28", "2031-05-04"),
        ("2031-W18-WE", "2031-05-03", "2031-05-04"),
        ("2031-W18-5TNI", "2031-05-02", "2031-05-02"),
        ("2031-Q2", "2031-04-01", "2031-06-30"),
        ("2031-H2", "2031-07-01", "2031-12-31"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-XX-XX", "2031-01-01", "2031-12-31"),
        ("203", "2030-01-01", "2039-12-31"),
        ("20", "2000-01-01", "2099-12-31"),
    ],
)
def test_bounds_of_what_has_a_place_on_the_calendar(value: str, earliest: str, latest: str) -> None:
    assert bounds_of(value) == (earliest, latest)


@pytest.mark.parametrize(
    "value",
    [None, "", "PAST_REF", "P2W", "PT6H", "XXXX-03-16", "XXXX-WXX-7TNI", "2031-02-30", "2031-W60", "2031-13", "2031-SU", "0000"],
)  # fmt: skip
def test_what_has_no_place_on_the_calendar_has_no_bounds(value: str | None) -> None:
    assert bounds_of(value) == (None, None)


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 12, 31)))
def test_every_coarser_value_holds_its_day(day: date) -> None:
    week = day.isocalendar()
    for value in (
        day.isoformat(),
        f"{day.year}-{day.month:02}",
        f"{day.year}-Q{(day.month + 2) // 3}",
        f"{week.year}-W{week.week:02}",
        f"{day.year}",
    ):
        earliest, latest = bounds_of(value)
        assert earliest is not None and latest is not None
        assert earliest <= day.isoformat() <= latest


@given(st.text(alphabet="0123456789-TWXQHPSU:+NIE", max_size=14))
def test_bounds_are_both_known_or_both_unknown_and_in_order(value: str) -> None:
    earliest, latest = bounds_of(value)
    assert (earliest is None) == (latest is None)
    if earliest and latest:
        assert is_instant(earliest) == is_instant(latest)
        assert moment(earliest) <= moment(latest, end=True)

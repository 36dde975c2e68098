"""Written times: what stands there and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.text_times import (
    AMBIGUOUS,
    FULL,
    INVALID,
    NO_YEAR,
    find_times,
    year_before,
    zone_minutes,
)


@pytest.mark.parametrize(
    ("written", "day", "instant"),
    [
        ("3 May 2019 14:57 (UTC +04:00)", "2019-05-03", "2019-05-03T14:57:00+04:00"),
        ("Friday, 3 May 2019 19:19 GMT", "2019-05-03", "2019-05-03T19:19:00+00:00"),
        ("May 3, 2019", "2019-05-03", None),
        ("23-5-2019", "2019-05-23", None),
        ("05/23/2019", "2019-05-23", None),
        ("23/05/2019 11:36", "2019-05-23", None),
        ("03.05.2019", "2019-05-03", None),
        ("4:13 PM EST, December 20, 2009", "2009-12-20", "2009-12-20T16:13:00-05:00"),
        ("May 3, 2019 9:05 a.m. ET", "2019-05-03", "2019-05-03T09:05:00-04:00"),
        ("Jan. 3, 2019 9:05 a.m. ET", "2019-01-03", "2019-01-03T09:05:00-05:00"),
        ("2019-05-03T10:28:00-0500", "2019-05-03", "2019-05-03T10:28:00-05:00"),
        ("2019-05-03T10:28:00Z", "2019-05-03", "2019-05-03T10:28:00+00:00"),
        ("13. März 2014, 10:20 Uhr", "2014-03-13", None),
        ("20 décembre 2018 à 17h33", "2018-12-20", None),
        ("3 de julio de 2021", "2021-07-03", None),
        ("2014年3月14日", "2014-03-14", None),
        ("3 May 2019 10:05 IST", "2019-05-03", None),
        ("18 Jun 2013, 16:29 MSK", "2013-06-18", "2013-06-18T16:29:00+04:00"),
        ("18 Jun 2019, 16:29 MSK", "2019-06-18", "2019-06-18T16:29:00+03:00"),
        ("3 January 2019 10:05 BST", "2019-01-03", None),
        ("24 Apr 21 - 17:13", "2021-04-24", None),
    ],
)
def test_reads_day_and_instant_as_written(written: str, day: str, instant: str | None) -> None:
    (found,) = find_times(written)
    assert (found.status, found.day, found.instant) == (FULL, day, instant)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("3/4/2014", AMBIGUOUS),
        ("03-04-2014", AMBIGUOUS),
        ("12 March", NO_YEAR),
        ("Thursday 14 March 2014", INVALID),
        ("31 June 2014", INVALID),
    ],
)
def test_says_what_it_cannot_know(written: str, status: str) -> None:
    (found,) = find_times(written)
    assert (found.status, found.instant) == (status, None)


def test_equal_day_and_month_are_not_ambiguous() -> None:
    assert find_times("05/05/2014")[0].day == "2014-05-05"


@pytest.mark.parametrize(
    "text", ["May 2024", "10:45", "617 words", "Thursday 10:48", "$3/4/2014", "over 40 days ago"]
)
def test_no_date_where_none_is_written(text: str) -> None:
    assert find_times(text) == ()


def test_two_times_on_one_line_keep_their_own_clocks() -> None:
    first, second = find_times(
        "Published: 16:51 BST, 26 July 2015 | Updated: 18:52 BST, 27 July 2015"
    )
    assert first.instant == "2015-07-26T16:51:00+01:00"
    assert second.instant == "2015-07-27T18:52:00+01:00"


def test_year_comes_from_the_last_such_day() -> None:
    assert year_before("--12-16", "2014-01-02T00:00:00+00:00") == "2013-12-16"
    assert year_before("--02-29", "2015-01-02") == "2012-02-29"


def test_zone_with_several_meanings_has_no_offset() -> None:
    from datetime import date

    assert zone_minutes("CST", date(2014, 3, 14)) is None
    assert zone_minutes("UTC+17", date(2014, 3, 14)) is None
    assert zone_minutes("GMT-3", date(2014, 3, 14)) == -180


@given(st.text(alphabet="0123456789 :/.-,March JunDecGMTESTZ+()\u00a0äé", max_size=60))
def test_offsets_hold_for_any_text(text: str) -> None:
    last = 0
    for found in find_times(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@given(st.dates(), st.integers(0, 23), st.integers(0, 59), st.integers(-12, 14))
def test_written_instants_come_back(day: object, hour: int, minute: int, zone: int) -> None:
    from datetime import date

    assert isinstance(day, date)
    if not 1600 <= day.year <= 2200:
        return
    text = f"{day.day} {day.strftime('%B')} {day.year:04d} {hour:02d}:{minute:02d} (UTC {zone:+03d}:00)"
    (found,) = find_times(text)
    assert found.instant == f"{day.isoformat()}T{hour:02d}:{minute:02d}:00{zone:+03d}:00"

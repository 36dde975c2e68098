"""Masthead lines: only a time and a few words, with what each time is the time of."""

from __future__ import annotations

import pytest

from onrecord.extract.masthead import (
    PUBLISHED,
    UPDATED,
    day_in_url,
    read_date_line,
    relative_bounds,
)


def roles(line: str) -> list[tuple[str, str | None]]:
    found = read_date_line(line)
    assert found is not None, line
    return [(role, time.instant or time.day) for role, time in found.times]


def test_published_and_updated_are_told_apart() -> None:
    assert roles("Published: 16:51 BST, 26 July 2015 | Updated: 18:51 BST, 26 July 2015") == [
        (PUBLISHED, "2015-07-26T16:51:00+01:00"),
        (UPDATED, "2015-07-26T18:51:00+01:00"),
    ]
    assert roles("Last updated at 17:32 on 20 May 2022; first published 20 May 2022") == [
        (UPDATED, "2022-05-20"),
        (PUBLISHED, "2022-05-20"),
    ]


def test_words_beside_the_time_are_kept_apart() -> None:
    found = read_date_line("23-5-2019 < Valley Echo 12 617 words")
    assert found is not None
    assert found.word_count
    assert [text for text, _ in found.rest] == ["Valley Echo"]


@pytest.mark.parametrize(
    "line",
    [
        "The county apologised on 21 March 2023 and moved the switch.",
        "“We read it in a 21.03.2023 newspaper,” one resident said.",
        "Talks resume on 14 March 2014 in Geneva after the break",
        "No date at all",
    ],
)
def test_prose_with_a_date_is_no_masthead(line: str) -> None:
    assert read_date_line(line) is None


def test_relative_times_need_the_capture() -> None:
    assert relative_bounds("Published 3 hours ago", None) == (True, None)
    known, bounds = relative_bounds("Updated 3 hrs ago", "2019-05-03T16:02:00+00:00")
    assert known
    assert bounds is not None
    assert (bounds.earliest, bounds.latest) == ("2019-05-03", "2019-05-03")
    _, near_midnight = relative_bounds("3 hours ago", "2019-05-03T03:30:00+00:00")
    assert near_midnight is not None
    assert (near_midnight.earliest, near_midnight.latest) == ("2019-05-02", "2019-05-03")
    assert relative_bounds(
        "Its roof last leaked over 60 days ago and nobody in the town knew why", None
    ) == (False, None)


def test_day_in_address() -> None:
    found = day_in_url("https://paper.example/2015/08/14/ferry")
    assert found is not None
    assert found.earliest == "2015-08-14"
    assert day_in_url("https://paper.example/2015/aug/14/ferry") is not None
    assert day_in_url("https://paper.example/2015/13/14/ferry") is None
    assert day_in_url("https://paper.example/story-20150") is None
    assert day_in_url(None) is None

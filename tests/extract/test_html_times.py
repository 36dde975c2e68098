"""Times of pages: instants with their own zone, days, and what is not known."""

from __future__ import annotations

import pytest

from onrecord.extract.html_times import Shown, address_bounds, published_bounds, read_time
from onrecord.extract.structured import Fact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-05-02T09:15:00+03:00", "2031-05-02T09:15:00+03:00"),
        ("2031-05-02T09:15:00.123Z", "2031-05-02T09:15:00+00:00"),
        ("2031-05-02 09:15:00 +0300", "2031-05-02T09:15:00+03:00"),
        ("2031-05-02 09:15:00 UTC", "2031-05-02T09:15:00+00:00"),
        ("Fri, 02 May 2031 09:15:00 GMT", "2031-05-02T09:15:00+00:00"),
        ("20310502T091500Z", "2031-05-02T09:15:00+00:00"),
        ("2031-05-02T09:15:00", "2031-05-02"),
        ("2 May 2031", "2031-05-02"),
        ("3/4/2031", None),
        ("1970-01-01T00:00:00Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_read_time(text: str, expected: str | None) -> None:
    assert read_time(text) == expected


def fact(value: str, where: str = "JSON-LD datePublished") -> Fact:
    return Fact(value, 10, 10 + len(value), where)


def test_an_instant_on_the_same_day_betters_a_bare_day() -> None:
    bounds, _ = published_bounds(
        [fact("2031-05-02"), fact("2031-05-02T20:00:00-04:00", "meta a")], []
    )
    assert bounds.earliest == bounds.latest == "2031-05-02T20:00:00-04:00"
    other, _ = published_bounds([fact("2031-05-02"), fact("2031-06-09T20:00:00Z", "meta a")], [])
    assert other.earliest == "2031-05-02"


def test_a_day_shown_that_differs_is_said_in_the_basis() -> None:
    shown = Shown("2031-05-01", "May 1, 2031", 90, 101, "published")
    bounds, spans = published_bounds([fact("2031-05-02T20:00:00Z")], [shown])
    assert bounds.earliest == "2031-05-02T20:00:00+00:00"
    assert "the page shows 2031-05-01" in (bounds.basis or "")
    assert [(s.start, s.end) for s in spans] == [(10, 30), (90, 101)]


def test_the_day_shown_counts_where_there_is_nothing_else() -> None:
    shown = Shown("2031-05-01", "May 1, 2031", 90, 101, "updated")
    assert published_bounds([], [shown])[0].earliest is None
    assert published_bounds([], [shown], role="updated")[0].earliest == "2031-05-01"


def test_the_day_in_the_address_is_cited_where_the_page_gives_it() -> None:
    url = "https://a.example/2031/05/02/strike"
    bounds, spans = address_bounds(None, [Fact(url, 50, 50 + len(url), "link canonical")])
    assert bounds.earliest == "2031-05-02"
    assert url[spans[0].start - 50 : spans[0].end - 50] == "2031/05/02"
    assert address_bounds("https://a.example/strike", [])[0].earliest is None

"""Times of pages: instants with their own zone, days, and what is not known."""

from __future__ import annotations

import pytest

from onrecord.extract.html_lines import read_lines
from onrecord.extract.html_reading import read_html
from onrecord.extract.html_source import read_page
from onrecord.extract.html_times import (
    Shown,
    address_bounds,
    consistent,
    of_elements,
    published_bounds,
    read_time,
    settle_roles,
)
from onrecord.extract.structured import Fact
from onrecord.gazetteer import load_outlets
from onrecord.records import Bounds, Reading
from onrecord.run.memory import capture_of


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
        ("1935479700", "2031-05-02T09:15:00+00:00"),
        ("1935479700123", "2031-05-02T09:15:00+00:00"),
        ("193547970", None),
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


NINE = "2031-05-02T09:15:00+03:00"
NOON = "2031-05-02T12:00:00+03:00"


@pytest.mark.parametrize(
    ("line", "times"),
    [
        (f'<time datetime="{NINE}">2 May</time>', [("published", NINE)]),
        (f'Updated <time datetime="{NINE}">an hour ago</time>', [("updated", NINE)]),
        (
            f'Published <time datetime="{NINE}">9:15</time>, updated <time datetime="{NOON}">noon</time>',
            [("published", NINE), ("updated", NOON)],
        ),
        (
            f'<time class="entry-date published" datetime="{NINE}">2 May</time><time class="updated" datetime="{NOON}">2 May</time>',
            [("published", NINE), ("updated", NOON)],
        ),
        (
            f'<time class="entry-date published updated" datetime="{NINE}">2 May</time>',
            [("published", NINE)],
        ),
        (f'Aktualisiert am <time datetime="{NINE}">2. Mai</time>', [("updated", NINE)]),
        ('<time datetime="P2D">two days</time>', []),
        ("<time>2 May 2031</time>", []),
    ],
)
def test_times_of_elements(line: str, times: list[tuple[str, str]]) -> None:
    source = f"<p>{line}</p>"
    (read,) = read_lines(read_page(source))
    found = of_elements(read)
    assert [(s.role, s.value) for s in found] == times
    assert [source[s.start : s.end] for s in found] == [value for _, value in times]


def test_a_change_in_the_minute_of_publication_stays() -> None:
    published = Bounds(earliest=NOON, latest=NOON, basis="a")
    second = Bounds(
        earliest="2031-05-02T11:59:59+03:00", latest="2031-05-02T11:59:59+03:00", basis="b"
    )
    assert consistent(second, published) is second
    nine = Bounds(earliest=NINE, latest=NINE, basis="b")
    assert consistent(nine, published) == Bounds(basis="b: before publication, not used")


def read(body: str, head: str = "") -> Reading:
    text = "".join(
        f"<p>Dockers in the port of Vellmouth went back to work after {n} days, the union of the port said.</p>"
        for n in range(5, 10)
    )
    source = f"<html><head><title>Ships wait</title>{head}</head><body><article><h1>Ships wait</h1>{body}{text}</article>"
    source += "<ul><li>About</li><li><b>Date</b> 3 May 2031</li></ul></body></html>"
    return read_html(
        capture_of("p.html", source.encode(), media_type="text/html"), source, load_outlets()
    )


def test_the_element_of_the_head_gives_the_instant() -> None:
    reading = read(f'<p><time datetime="{NINE}">2 May 2031</time></p>')
    assert (reading.published.earliest, reading.published.basis) == (
        NINE,
        "time element of the page",
    )


def test_the_element_betters_a_day_in_the_metadata_and_no_other_day() -> None:
    head = '<meta property="article:published_time" content="2031-05-02 09:15:00">'
    assert read(f'<p><time datetime="{NINE}">2 May</time></p>', head).published.earliest == NINE
    other = read(f'<p><time datetime="{NINE}">2 May</time></p>', head.replace("05-02", "05-07"))
    assert other.published.earliest == "2031-05-07"
    assert "the page shows 2031-05-02" in (other.published.basis or "")


def test_a_labelled_date_counts_where_the_head_has_none() -> None:
    assert read("").published.earliest == "2031-05-03"


def test_names_of_metas_may_be_lists() -> None:
    head = (
        f'<meta property="article:published" itemprop="datePublished dateCreated" content="{NINE}">'
    )
    assert read("", head).published.earliest == NINE


def test_a_day_shown_that_is_the_day_of_the_change_is_no_day_of_publication() -> None:
    change = Shown("2031-05-04", "4 May", 90, 95, "published")
    other = Shown("2031-05-01", "1 May", 90, 95, "published")
    published, modified = [fact("2031-05-02T20:00:00Z")], [fact("2031-05-04T08:00:00Z", "meta b")]
    assert [s.role for s in settle_roles([change, other], published, modified)] == [
        "updated",
        "published",
    ]
    bounds, _ = published_bounds(published, settle_roles([change], published, modified))
    assert bounds.basis == "JSON-LD datePublished of the page"
    assert settle_roles([change], [], modified) == [change]

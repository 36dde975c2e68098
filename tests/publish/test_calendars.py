"""The calendar: every capture with a time stands on its day, those without are counted apart."""

from __future__ import annotations

import msgspec
import pytest
from tests.publish import watching
from tests.publish.reading import Reader, Site

from onrecord.publish.calendars import archive
from onrecord.publish.library import MemoryLibrary
from onrecord.publish.web import create_app
from onrecord.records import Article, Capture, Check, Watch
from onrecord.store.record import Store


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return watching.library()


@pytest.fixture(scope="module")
def site(library: MemoryLibrary) -> Site:
    return Site(create_app(library))


def labels(page: Reader) -> list[str]:
    return [a["aria-label"] for a in page.all("a") if a["href"].startswith("/calendar/2")]


def test_days_tell_captures_new_versions_and_reports_first_seen(site: Site) -> None:
    page = Reader(site.get("/calendar").text)
    assert labels(page) == [
        "3 February 2031: 6 captures, 4 new versions, 3 reports first seen",
        "4 February 2031: 2 captures, 2 new versions",
        "5 February 2031: 1 capture, 1 new version",
        "9 February 2031: 0 captures, 1 removed",
        "1 March 2031: 1 capture, 1 new version, 1 there again",
    ]
    assert [name for name, _ in page.elements].count("table") == 2
    assert "February 2031 9 captures, 7 new versions, 3 reports first seen, 1 removed" in page.text


def test_a_month_is_a_grid_of_weeks_that_begin_on_monday(site: Site) -> None:
    page = site.get("/calendar?year=2031").text
    february = page[page.index("<tbody>") : page.index("</tbody>")]
    weeks = february.split("</tr>")[:-1]
    assert [week.count("<td") for week in weeks] == [7] * 5
    # 1 February 2031 is a Saturday.
    assert weeks[0].count('class="outside"') == 5


def test_a_report_has_a_calendar_of_its_own(site: Site) -> None:
    page = Reader(site.get(f"/article/{watching.ferry()}/calendar").text)
    assert labels(page)[0] == "3 February 2031: 4 captures, 2 new versions, 1 report first seen"
    day = Reader(site.get(f"/calendar/2031-02-03?article={watching.ferry()}").text)
    assert (
        day.text.count("Ferry with 49 on board") == 6
    )  # crumbs, title of the window, four captures


def test_a_day_lists_what_was_captured_and_what_was_new_in_it(
    site: Site, library: MemoryLibrary
) -> None:
    page = Reader(site.get("/calendar/2031-02-03").text)
    assert "6 captures · 4 new versions · 3 reports first seen" in page.text
    assert "a request for consent" in page.text and "nothing new in the text" in page.text
    assert (
        page.text.index("06:00 UTC") < page.text.index("06:30 UTC") < page.text.index("08:00 UTC")
    )
    # 11:00 in UTC+09:00 is 02:00 in UTC: it comes first.
    assert page.text.index("11:00 UTC+09:00") < page.text.index("06:00 UTC")
    article = library.get(Article, watching.ferry())
    assert article is not None
    compare = [a["href"] for a in page.all("a") if "/compare?" in a["href"]]
    assert len(compare) == 1 and site.get(compare[0]).status_code == 200
    only = Reader(site.get("/calendar/2031-02-03?only=versions").text)
    assert len(only.all("li", "line")) == 4 and "consent" not in only.text


def test_a_removal_stands_on_its_day_with_why_and_leads_to_the_history(site: Site) -> None:
    page = Reader(site.get("/calendar/2031-02-09").text)
    assert "Removed, or there again 1 09:00 UTC" in page.text
    assert "404 for the third time" in page.text and "Captures" not in page.text
    assert any(a["href"] == f"/article/{watching.ferry()}/history" for a in page.all("a"))
    back = Reader(site.get("/calendar/2031-03-01").text).text
    assert "there again" in back and "new version 4" in back


def test_captures_of_unknown_time_stand_on_no_day(library: MemoryLibrary) -> None:
    capture = next(c for c in library.all(Capture) if c.path == "ferry-wall.html")
    bare = msgspec.structs.replace(capture, captured_at=None)
    page = Reader(Site(create_app(watching.library(bare))).get("/calendar").text)
    assert "1 capture of unknown time stands on no day" in page.text
    assert labels(page)[0].startswith("3 February 2031: 5 captures")


def test_a_day_without_captures_and_one_that_is_none(site: Site) -> None:
    assert "Nothing was captured on this day" in site.get("/calendar/2031-02-20").text
    for path in ("/calendar/2031-02-30", "/calendar/tuesday", "/calendar/2031-02-03T10:00:00Z"):
        assert site.get(path).status_code == 404


def test_an_empty_record_has_an_empty_calendar() -> None:
    page = Site(create_app(MemoryLibrary([], {}))).get("/calendar")
    assert page.status_code == 200 and "No capture has a time" in page.text


def test_a_busy_day_comes_in_pages(library: MemoryLibrary) -> None:
    capture = next(c for c in library.all(Capture) if c.path == "ferry-wall.html")
    many = [
        msgspec.structs.replace(
            capture, id=f"cap-{n:04}", captured_at=f"2031-07-01T{n // 60:02}:{n % 60:02}:00+00:00"
        )
        for n in range(250)
    ]
    site = Site(create_app(watching.library(*many)))
    path, rows, pages = "/calendar/2031-07-01", 0, 0
    while path:
        page = Reader(site.get(path).text)
        rows, pages = rows + len(page.all("li", "line")), pages + 1
        path = next(
            (a["href"] for a in page.all("a") if a.get("rel") == "next" and "page=" in a["href"]),
            "",
        )
    assert (rows, pages) == (250, 3)


def test_a_record_on_disk_gives_the_same_calendar(library: MemoryLibrary, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Store(tmp_path / "record") as store:
        for capture in library.all(Capture):
            store.add(capture, library.data(capture.sha256))
        for check in library.all(Check):
            store.checked(check, library.by(Watch, "article_id", watching.ferry()))
        found, known = archive(store), archive(library)
    assert list(found.days) == list(known.days)
    assert [found.captures(day) for day in found.days] == [known.captures(d) for d in known.days]

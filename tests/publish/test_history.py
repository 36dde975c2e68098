"""A report's history in the app: what became of it, told as it was and nothing beyond."""

from __future__ import annotations

import re
import time

import msgspec
import pytest
from tests.publish import fixture, watching
from tests.publish.reading import Reader, Site, folded, source_words

from onrecord.publish.library import MemoryLibrary
from onrecord.publish.web import create_app
from onrecord.records import Article, Change, Check, Reading, Record, Version, Watch
from onrecord.relate.changes import compare


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return watching.library()


@pytest.fixture(scope="module")
def site(library: MemoryLibrary) -> Site:
    return Site(create_app(library))


@pytest.fixture(scope="module")
def article(library: MemoryLibrary) -> Article:
    found = library.get(Article, watching.ferry())
    assert found is not None
    return found


def read(site: Site, path: str) -> Reader:
    answer = site.get(path)
    assert answer.status_code == 200, path
    return Reader(answer.text)


@pytest.fixture(scope="module")
def past(site: Site, article: Article) -> Reader:
    return read(site, f"/article/{article.id}/history")


def in_order(text: str, *words: str) -> None:
    at = 0
    for one in words:
        assert one in text[at:], one
        at = text.index(one, at) + len(one)


def test_versions_and_what_checks_met_stand_in_one_line_of_time(past: Reader) -> None:
    text = past.text[past.text.index("What became of it") :]
    in_order(
        text,
        "Version 1 First seen 3 February 2031, 06:00 UTC",
        "held in 2 captures",
        "Version 2 First seen 3 February 2031, 08:00 UTC",
        "2 fetches failed",
        "A wall or an error page in its place 3 February 2031, 12:00 UTC",
        "Version 3 First seen 5 February 2031, 09:00 UTC",
        "Not found, 2 times 7 February 2031, 09:00 UTC to 8 February 2031, 09:00 UTC",
        "Removed 9 February 2031, 09:00 UTC (HTTP status 404)",
        "There again 1 March 2031, 09:00 UTC (HTTP status 200)",
        "Version 4",
        "The text is again that of version 2",
    )


def test_a_version_was_last_seen_when_a_check_found_it_unchanged(past: Reader) -> None:
    in_order(
        past.text,
        "Version 1 First seen 3 February 2031, 06:00 UTC; last seen so 3 February 2031, 07:15 UTC",
        "Version 2 First seen 3 February 2031, 08:00 UTC; last seen so 4 February 2031, 12:00 UTC",
    )


def test_a_failed_fetch_is_no_removal(library: MemoryLibrary, article: Article) -> None:
    failed = [c for c in library.all(Check) if c.outcome not in ("missing", "removed", "returned")]
    records = [r for r in watching.build()[0] if not isinstance(r, Check)]
    site = Site(create_app(MemoryLibrary([*records, *failed], watching.build()[1])))
    text = read(site, f"/article/{article.id}/history").text
    assert "2 fetches failed" in text and "This tells nothing of the report itself" in text
    assert "Removed" not in text and "removed" not in text


def test_a_wall_is_kept_apart_from_versions(past: Reader) -> None:
    in_order(
        past.text, "Captures that are no version 1", "a request for consent", "ferry-wall.html"
    )
    assert "4 versions held" in past.text


def test_the_state_of_watching_is_told_in_full_and_in_brief(
    site: Site, article: Article, past: Reader
) -> None:
    for words in (
        "Last checked1 March 2031, 09:00 UTC",
        "Next check due1 March 2031, 09:16 UTC",
        "Another text last found5 February 2031, 09:00 UTC",
        "Checks13 (2 ",
        "Found bythe feed Fenland Ledger, coast",
    ):
        assert words in past.text
    page = read(site, f"/article/{article.id}")
    assert (
        "last checked 1 March 2031, 09:00 UTC, next check due 1 March 2031, 09:16 UTC" in page.text
    )
    assert any(a["href"] == f"/article/{article.id}/history" for a in page.all("a"))


def test_a_page_that_is_not_checked_any_more_says_why(
    library: MemoryLibrary, article: Article
) -> None:
    (watch,) = library.by(Watch, "article_id", article.id)
    stopped = msgspec.structs.replace(watch, next_check=None, stopped="gone for good (410)")
    site = Site(create_app(watching.library(stopped)))
    brief = read(site, f"/article/{article.id}").text
    assert "not checked any more: gone for good (410)" in brief and "next check" not in brief
    full = read(site, f"/article/{article.id}/history").text
    assert "Not checked any moregone for good (410)" in full and "Next check" not in full


def test_a_report_that_is_not_watched_says_nothing_of_it(site: Site) -> None:
    other = watching.build()[2][watching.ARABIC]
    for path in (f"/article/{other}", f"/article/{other}/history"):
        text = read(site, path).text
        assert "atched" not in text and "hecked" not in text


def test_versions_that_nobody_captured_are_named_and_get_no_change() -> None:
    _, versions = fixture.build()
    site = Site(create_app(fixture.library()))
    page = read(site, f"/article/{versions['post1'].article_id}/history")
    in_order(
        page.text, "Announced, not captured", "1 version not captured", "announces 3, 2 are held"
    )
    assert page.text.count("Changed against version") == 1


def test_versions_of_unknown_time_keep_their_order_and_say_so(
    library: MemoryLibrary, article: Article
) -> None:
    versions = library.by(Version, "article_id", article.id)
    bare = [msgspec.structs.replace(v, seen_at=None) for v in versions]
    text = read(Site(create_app(watching.library(*bare))), f"/article/{article.id}/history").text
    in_order(text, "Version 1 First seen unknown when", "Version 2", "Version 3", "Version 4")


def test_a_long_history_comes_in_pages(article: Article, library: MemoryLibrary) -> None:
    check = library.all(Check)[0]
    many = [
        msgspec.structs.replace(
            check,
            id=f"chk-x{n:03}",
            outcome="returned",
            at=f"2031-04-01T{n // 60:02}:{n % 60:02}:00+00:00",
        )
        for n in range(200)
    ]
    site = Site(create_app(watching.library(*many)))
    path: str = f"/article/{article.id}/history"
    pages, seen = 0, 0
    while path:
        page = read(site, path)
        pages += 1
        seen += len(re.findall(r"There again \d", page.text))
        for link in page.all("a"):
            if link["href"].startswith("#"):
                assert link["href"][1:] in page.ids, link["href"]
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), "")
    assert pages == 7 and seen == 201


def test_a_report_with_hundreds_of_versions_is_shown_quickly_and_whole(
    article: Article, library: MemoryLibrary
) -> None:
    versions = sorted(library.by(Version, "article_id", article.id), key=lambda v: v.number)
    changes = {c.from_version: c for c in library.by(Change, "article_id", article.id)}
    ids = [f"ver-x{n:03}" for n in range(300)]
    many: list[Record] = [msgspec.structs.replace(article, versions=tuple(ids))]
    for n, ident in enumerate(ids):
        # two and three, back and forth
        one = versions[1 + n % 2]
        many.append(msgspec.structs.replace(one, id=ident, number=n + 1, seen_at=None))
        if n:
            change = changes[versions[1].id] if n % 2 else _back(versions)
            many.append(
                msgspec.structs.replace(
                    change, id=f"chg-x{n:03}", from_version=ids[n - 1], to_version=ident
                )
            )
    kept = [r for r in watching.build()[0] if not isinstance(r, (Article, Version, Change, Check))]
    site = Site(create_app(MemoryLibrary([*kept, *many], watching.build()[1])))
    started = time.perf_counter()
    page = read(site, f"/article/{article.id}")
    assert "291 earlier versions" in page.text and "Version 300" in page.text
    path: str = f"/article/{article.id}/history"
    found: list[str] = []
    while path:
        page = read(site, path)
        found += re.findall(r"Version (\d+) First seen", page.text)
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), "")
    assert found == [str(n + 1) for n in range(300)]
    assert time.perf_counter() - started < 20


def _back(versions: list[Version]) -> Change:
    return Change(
        id="",
        article_id=versions[0].article_id,
        from_version="",
        to_version="",
        labels=("wording",),
        hunks=compare(versions[2], versions[1]),
    )


# --------------------------------------------------------------------------- comparing


def compared(site: Site, article: Article, older: int, newer: int, view: str = "side") -> Reader:
    a, b = article.versions[older - 1], article.versions[newer - 1]
    return read(site, f"/article/{article.id}/compare?from={a}&to={b}&view={view}")


@pytest.mark.parametrize("view", ["side", "inline"])
def test_every_difference_leads_to_its_characters_on_each_side(
    site: Site, article: Article, view: str
) -> None:
    page = compared(site, article, 1, 3, view)
    for version in (watching.library().get(Version, article.versions[n]) for n in (0, 2)):
        assert version is not None and f"SHA-256 {version.sha256}" in page.text
    cites = page.all("a", "cite")
    assert len(cites) >= 12
    for link in cites:
        marked = Reader(site.get(link["href"]).text).marked
        assert marked is not None
        assert folded(link["data-quote"]) in (folded(marked), source_words(marked))


@pytest.mark.parametrize("view", ["side", "inline"])
def test_changed_words_are_marked_by_elements_and_in_words(
    site: Site, article: Article, view: str
) -> None:
    page = compared(site, article, 1, 2, view)
    assert page.all("del") and page.all("ins")
    assert "[taken out: 47]" in page.text and "[added: 49]" in page.text
    assert "struck through]: in version 1 only" in page.text
    assert "a number" in page.text and "headline" in page.text


@pytest.mark.parametrize("view", ["side", "inline"])
def test_moved_words_link_from_each_place_to_the_other(
    site: Site, article: Article, view: str
) -> None:
    page = compared(site, article, 2, 3, view)
    links = [a["href"] for a in page.all("a", "moved-link")]
    assert len(links) == 2
    assert {link[1:] for link in links} <= set(page.ids)
    assert "moved here, see its old place" in page.text
    assert "moved from here, see its new place" in page.text


def test_any_two_versions_can_be_picked_by_a_plain_form(site: Site, article: Article) -> None:
    page = compared(site, article, 1, 4)
    (form,) = page.all("form", "pick")
    assert form["action"] == f"/article/{article.id}/compare" and form["method"] == "get"
    assert [s["name"] for s in page.all("select")] == ["from", "to", "view"]
    chosen = [o["value"] for o in page.all("option") if "selected" in o]
    assert chosen == [article.versions[0], article.versions[3], "side"]


def test_previous_and_next_lead_through_all_changes(site: Site, article: Article) -> None:
    path = f"/article/{article.id}/compare?from={article.versions[0]}&to={article.versions[1]}"
    headings = []
    while path:
        page = read(site, path)
        headings.append(re.search(r"Version \d and version \d", page.text)[0])  # type: ignore[index]
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), "")
    assert headings == [f"Version {n} and version {n + 1}" for n in (1, 2, 3)]


def test_backwards_is_said_and_a_version_against_itself_has_no_change(
    site: Site, article: Article
) -> None:
    assert "The newer version stands first" in compared(site, article, 3, 1).text
    same = compared(site, article, 2, 2)
    assert "one and the same version" in same.text and not same.all("a", "cite")


def test_neighbours_are_compared_as_the_record_has_it(site: Site, article: Article) -> None:
    assert "back to earlier words" in compared(site, article, 3, 4).text
    assert "back to earlier words" not in compared(site, article, 1, 4).text


def test_versions_may_be_named_by_their_numbers(site: Site, article: Article) -> None:
    page = read(site, f"/article/{article.id}/compare?from=1&to=3")
    assert page.text == compared(site, article, 1, 3).text


def test_what_cannot_be_compared_is_said(site: Site, article: Article) -> None:
    path = f"/article/{article.id}/compare"
    assert site.get(f"{path}?from=ver-none").status_code == 404
    assert site.get(f"{path}?view=upside-down").status_code == 400
    assert site.get("/article/art-none/compare").status_code == 404
    assert site.get("/article/art-none/history").status_code == 404
    other = watching.library().get(Article, watching.build()[2][watching.ARABIC])
    assert other is not None
    assert site.get(f"{path}?from={other.versions[0]}").status_code == 404


def test_of_one_version_there_is_nothing_to_compare() -> None:
    _, versions = fixture.build()
    page = Site(create_app(fixture.library())).get(
        f"/article/{versions['today'].article_id}/compare"
    )
    assert page.status_code == 200 and "nothing to compare" in Reader(page.text).text


@pytest.mark.parametrize("view", ["side", "inline"])
@pytest.mark.parametrize("url", [watching.ARABIC, watching.JAPANESE])
def test_other_writing_keeps_its_words_and_its_direction(
    site: Site, library: MemoryLibrary, url: str, view: str
) -> None:
    ident = watching.build()[2][url]
    page = read(site, f"/article/{ident}/compare?view={view}")
    for version in library.by(Version, "article_id", ident):
        for block in version.blocks[1:]:
            assert version.text[block.start : block.start + 12] in page.text
    language = {p["lang"] for p in page.all("p", "para")}
    assert language == {"ar" if url == watching.ARABIC else "ja"}
    assert all(p["dir"] == "auto" for p in page.all("p", "para"))
    assert all(s["dir"] == "ltr" for s in page.all("span", "hidden"))


def test_hostile_words_stay_words_in_a_comparison(library: MemoryLibrary, article: Article) -> None:
    versions = library.by(Version, "article_id", article.id)
    bad = [
        msgspec.structs.replace(v, text=v.text.replace("Ferry", "<b>F&", 1), language='"><b>')
        for v in versions
    ]
    site = Site(create_app(watching.library(*bad)))
    for view in ("side", "inline"):
        page = compared(site, article, 1, 2, view)
        assert not page.all("b") and "<b>F&" in page.text


def test_readings_of_every_kind_have_words_for_them(library: MemoryLibrary) -> None:
    from onrecord.publish import wording
    from onrecord.relate.labelling import LABELS

    assert set(LABELS) == set(wording.CHANGES)
    described = next(f for f in msgspec.structs.fields(Check) if f.name == "outcome")
    told = described.type.__metadata__[0].description  # type: ignore[union-attr]
    outcomes = {re.split(r"[:,]", part)[0].strip() for part in told.split(";")}
    assert outcomes == set(wording.CHECKED)
    assert {r.kind for r in library.all(Reading)} <= set(wording.NO_VERSION)


def test_every_check_is_listed_and_neighbours_that_met_the_same_are_one_row(
    article: Article, library: MemoryLibrary
) -> None:
    check = next(c for c in library.all(Check) if c.outcome == "not_modified")
    many = [
        msgspec.structs.replace(check, id=f"chk-y{n}", at=f"2031-02-04T12:0{n}:00+00:00")
        for n in range(1, 9)
    ]
    text = read(Site(create_app(watching.library(*many))), f"/article/{article.id}/history").text
    in_order(
        text,
        "Every check, newest first",
        "1 March 2031, 09:00 UTCthere again200",
        "4 February 2031, 12:00 UTC to 4 February 2031, 12:08 UTC (9 checks)not modified",
        "captured for the first time",
        "What became of it",
    )

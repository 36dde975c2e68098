"""The page of the latest edits: what it lists, its form, and that each line leads to its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.publish.reading import Reader, Site, folded, source_words
from tests.store.editing import keep, report, several

from onrecord.publish.web import create_app
from onrecord.publish.web_edits import PER_PAGE
from onrecord.records import Story, Version
from onrecord.store.record import Store
from onrecord.text.citing import parse_address

RECORDS, DATA = several()
STORY = next(r for r in RECORDS if isinstance(r, Story))
MANY = 3 * PER_PAGE + 5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("edits")) as opened:
        keep(opened, RECORDS, DATA)
        yield opened


@pytest.fixture(scope="module")
def site(store: Store) -> Site:
    return Site(create_app(store))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record with many edits."""
    with Store(tmp_path_factory.mktemp("long")) as opened:
        made = [
            report(
                f"https://heron.example/{n}",
                f"Outlet {n % 3}",
                (None, f"Fair {n} opens\n\nIt costs 10 crowns."),
                (f"2031-01-{n % 28 + 1:02}", f"Fair {n} opens\n\nIt costs 12 crowns."),
            )
            for n in range(MANY)
        ]
        keep(
            opened,
            [r for one in made for r in one.records],
            {k: v for one in made for k, v in one.data.items()},
        )
        yield opened


def listed(site: Site, path: str = "/edits") -> list[str]:
    """The titles of the edits on a page."""
    answer = site.get(path)
    assert answer.status_code == 200, path
    found = re.findall(r'<h2[^>]*><a href="[^"]*">(.*?)</a></h2>', answer.text)
    return [folded(title) for title in found]


def test_the_newest_edits_of_all_sources_come_first(site: Site) -> None:
    assert listed(site) == [
        "Report is back: “Castle roof is mended” (Tern Post)",
        "Report removed: “Castle roof is mended” (Tern Post)",
        "Headline changed in “Ferry line halts all crossings” (Tern Post): night → all",
        "Number changed in “Ferry line halts night crossings” (Tern Post): 12 → 14",
        "Wording changed in “Toll on grain ships stays”: harbour board → port authority",
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("source=Tern+Post&label=number", ["Number changed"]),
        ("source=gull.example", ["Wording changed"]),
        ("label=number&label=headline", ["Headline changed", "Number changed"]),
        ("q=castle&label=removed", ["Report removed"]),
        ("from=2031-03-16&to=2031-03-16", ["Headline changed"]),
        ("source=&q=&from=&to=&least=&label=removed", ["Report removed"]),
        ("label=cosmetic&source=gull.example&from=2031-01-01", ["Spacing or marks changed"]),
        (f"story={STORY.id}&label=wording", ["Headline changed", "Wording changed"]),
        ("least=1000", ["Report removed"]),
    ],
)
def test_the_form_leaves_what_was_asked_for(site: Site, query: str, titles: list[str]) -> None:
    found = listed(site, f"/edits?{query}")
    assert len(found) == len(titles)
    assert all(title.startswith(start) for title, start in zip(found, titles, strict=True))


def test_every_line_is_one_click_from_its_evidence_and_its_comparison(site: Site) -> None:
    page = Reader(site.get("/edits?also=minor&also=first").text)
    cited = page.all("a", "cite")
    assert len(cited) >= 9
    for link in cited:
        parse_address(link["data-address"])
        marked = Reader(site.get(link["href"]).text).marked
        assert marked is not None
        assert folded(link["data-quote"]) in (folded(marked), source_words(marked))
    compared = {a["href"] for a in page.all("a") if "/compare?" in a["href"]}
    assert len(compared) == 4
    assert all(site.get(href).status_code == 200 for href in compared)


def test_changed_words_are_elements_and_said_in_words(site: Site) -> None:
    page = Reader(site.get("/edits?label=number").text)
    assert len(page.all("del")) == len(page.all("ins")) == 1
    assert "words before" in page.text and "words after" in page.text


def test_numbers_stand_beside_what_can_be_chosen(site: Site) -> None:
    page = Reader(site.get("/edits?source=Tern+Post").text)
    assert "Latest edits 4" in page.text
    assert "headline 1" in page.text and "removed 1" in page.text and "moved 0" in page.text
    chosen = [o["value"] for o in page.all("option") if "selected" in o]
    assert "Tern Post" in chosen
    assert {o["value"] for o in page.all("option") if o["value"][:1].isupper()} == {"Tern Post"}


def test_the_feeds_of_exactly_this_filter_are_told(site: Site) -> None:
    page = Reader(site.get("/edits?label=number&q=12+crossings").text)
    links = {a["type"]: a["href"] for a in page.all("link") if a.get("rel") == "alternate"}
    assert links == {
        f"application/{kind}": f"/edits.{form}?label=number&q=12+crossings"
        for form, kind in (("atom", "atom+xml"), ("rss", "rss+xml"), ("json", "feed+json"))
    }
    assert all(site.get(href).status_code == 200 for href in links.values())
    assert set(links.values()) <= {a["href"] for a in page.all("a")}


def test_nonsense_is_said_in_one_line_above_the_form(site: Site) -> None:
    answer = site.get("/edits?label=numbr")
    assert answer.status_code == 400
    page = Reader(answer.text)
    assert "there is no such label (did you mean number?)" in page.text
    assert len(page.all("form", "edit-filter")) == 1 and not page.all("li", "latest")


def test_an_empty_page_says_so(site: Site) -> None:
    assert (
        "No edit is held that fits: quoted words"
        in Reader(site.get("/edits?label=quote").text).text
    )


def test_what_is_not_held_is_not_found(site: Site) -> None:
    assert site.get("/edits?story=sto-none").status_code == 404
    assert site.get("/edits?article=art-none").status_code == 404


def test_very_many_words_are_looked_for_all_the_same(site: Site) -> None:
    assert listed(site, f"/edits?q={'+'.join('a' * 200)}") == []
    assert len(listed(site, f"/edits?q={'+'.join(['castle'] * 50)}")) == 2


def test_hostile_queries_stay_words(site: Site) -> None:
    page = Reader(site.get("/edits?q=%3Cscript%3Ex&source=%22%3E%3Cb%3E").text)
    assert len(page.all("script")) == 1 and not page.all("b")


def test_pages_hold_every_edit_once_and_keep_the_filter(long: Store) -> None:
    site = Site(create_app(long))
    seen, address, pages = [], "/edits?source=Outlet+1", 0
    while address:
        answer = Reader(site.get(address).text)
        seen += [a["id"] for a in answer.all("li", "latest")]
        address = next((a["href"] for a in answer.all("a") if a.get("rel") == "next"), "")
        pages += 1
    assert len(seen) == len(set(seen)) == -(-MANY // 3)
    assert pages == -(-len(seen) // PER_PAGE) > 1


def test_texts_are_read_for_the_edits_shown_alone(
    long: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    load = long.load

    def watched(kind: Any, ids: Any) -> Any:
        if kind is Version:
            read.extend(ids)
        return load(kind, ids)

    monkeypatch.setattr(long, "load", watched)
    assert len(listed(Site(create_app(long)))) == PER_PAGE
    assert len(read) == 2 * PER_PAGE


def test_reports_and_stories_name_their_feeds(site: Site) -> None:
    article = STORY.articles[0]
    for path in (f"/article/{article}", f"/story/{STORY.id}"):
        page = Reader(site.get(path).text)
        links = [a["href"] for a in page.all("link") if a.get("rel") == "alternate"]
        feeds = [f"{path}/changes.{form}" for form in ("atom", "rss", "json")]
        assert [href for href in links if "/changes." in href] == feeds
        assert all(site.get(href).status_code == 200 for href in feeds)

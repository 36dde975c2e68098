"""The served pages: every line leads to its characters, hostile words stay words, long lists have pages."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from tests.publish import fixture
from tests.publish.reading import Reader, Site, crawl, folded, source_words

from onrecord.publish.library import MemoryLibrary
from onrecord.publish.web import create_app
from onrecord.records import Article, Story, Version
from onrecord.text.citing import parse_address


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return fixture.library()


@pytest.fixture(scope="module")
def site(library: MemoryLibrary) -> Site:
    return Site(create_app(library))


@pytest.fixture(scope="module")
def crawled(site: Site) -> dict[str, Reader]:
    return crawl(site, "/", "/search?q=strait")


def test_a_crawler_follows_every_citation_to_its_marked_characters(
    site: Site, crawled: dict[str, Reader]
) -> None:
    checked: dict[tuple[str, str], None] = {}
    for page in crawled.values():
        for link in page.all("a", "cite"):
            checked.setdefault((link["href"], link["data-quote"]))
    assert len(checked) > 60
    for href, quote in checked:
        answer = site.get(href)
        assert answer.status_code == 200, href
        marked = Reader(answer.text).marked
        assert marked is not None, href
        assert folded(quote) in (folded(marked), source_words(marked)), href


def test_every_derived_line_of_a_story_has_a_citation(crawled: dict[str, Reader]) -> None:
    page = crawled[f"/story/{fixture.STORY}"]
    for item in ("stm-threat", "tml-closed", "clm-threat", "reu-copy", "com-threat", "chg-1"):
        assert item in page.ids
    assert len(page.all("a", "cite")) > 50


def test_the_address_and_the_link_of_a_citation_agree(crawled: dict[str, Reader]) -> None:
    for page in crawled.values():
        for link in page.all("a", "cite"):
            parse_address(link["data-address"])
            assert link["data-address"] in link["href"]


def test_links_inside_a_page_find_their_place_and_no_id_stands_twice(
    crawled: dict[str, Reader],
) -> None:
    for path, page in crawled.items():
        ids = page.ids
        assert len(ids) == len(set(ids)), path
        for link in page.all("a"):
            if link["href"].startswith("#"):
                assert link["href"][1:] in ids, (path, link["href"])


def test_links_to_an_item_lead_to_a_page_that_holds_it(
    site: Site, crawled: dict[str, Reader]
) -> None:
    for page in crawled.values():
        for link in page.all("a"):
            path, _, item = link["href"].partition("#")
            if path.startswith("/") and item:
                assert item in Reader(site.get(path).text).ids, link["href"]


@pytest.mark.parametrize("name", ["title", "script", "img"])
def test_hostile_words_never_become_elements(crawled: dict[str, Reader], name: str) -> None:
    for path, page in crawled.items():
        found = page.all(name)
        if name == "title":
            assert len(found) == 1
        elif name == "script":
            assert [a.get("src") for a in found] == ["/static/onrecord.js"], path
        else:
            assert not found, path


def test_a_script_address_is_never_a_link(crawled: dict[str, Reader]) -> None:
    for page in crawled.values():
        for link in page.all("a"):
            assert link["href"].startswith(("/", "#", "https://", "?")), link["href"]


def test_pages_ask_nothing_of_other_hosts_and_say_so_to_the_browser(
    site: Site, crawled: dict[str, Reader]
) -> None:
    for path, page in crawled.items():
        policy = site.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy
        for name, attributes in page.elements:
            if name != "a":
                for key in ("src", "href", "srcset", "action"):
                    assert attributes.get(key, "/").startswith(("/", "data:,")), (path, name)
            assert "style" not in attributes


def test_every_page_has_landmarks_one_first_heading_and_a_skip_link(
    crawled: dict[str, Reader],
) -> None:
    for path, page in crawled.items():
        names = [name for name, _ in page.elements]
        assert names.count("main") == 1 and names.count("h1") == 1, path
        assert page.all("a", "skip")[0]["href"] == "#main"
        levels = [int(n[1]) for n in names if n in ("h1", "h2", "h3", "h4", "h5")]
        assert all(b - a <= 1 for a, b in pairwise(levels)), (path, levels)


def test_a_long_capture_with_wide_characters_is_marked_by_code_points(site: Site) -> None:
    _, versions = fixture.build()
    found = fixture.words_of(versions["radio"], "as soon as the grain moves")
    answer = site.get(f"/evidence?address={found.address}")
    page = Reader(answer.text)
    assert page.marked == "as soon as the grain moves"
    assert "From the beginning" in page.text and "Go on reading" in page.text
    assert len(answer.text) < 80_000


def test_all_of_a_long_capture_can_be_read(site: Site) -> None:
    builder, versions = fixture.build()
    path, got = f"/capture/{versions['radio'].capture_id}", ""
    while path:
        page = Reader(site.get(path).text)
        got += page.text
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), "")
    source = builder.sources[versions["radio"].capture_id]
    assert got.count("🌦") == source.count("🌦") and got.count("🌊") == source.count("🌊")


def test_markup_evidence_shows_the_words_and_the_source(site: Site) -> None:
    _, versions = fixture.build()
    found = fixture.words_of(versions["post2"], "toll “will stay” & that Marovia’s")
    page = Reader(site.get(f"/evidence?address={found.address}").text)
    assert page.marked == "toll &ldquo;will stay&rdquo; &amp; that Marovia&#8217;s"
    assert "cited-words" in page.ids
    assert "toll “will stay” & that Marovia’s" in page.text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("", 400, "not an evidence address"),
        ("sha256:12/utf-8:1-2", 400, "not an evidence address"),
        (f"sha256:{'0' * 64}/utf-8:1-2", 404, "no capture of this record has these bytes"),
        ("{}/utf-8:5-999999999", 404, "is not a range of a text"),
        ("{}/utf-8:5-5", 404, "is not a range of a text"),
        ("{}/no-such-codec:5-9", 404, "cannot be read"),
    ],
)
def test_a_wrong_address_is_told_why(site: Site, address: str, status: int, words: str) -> None:
    _, versions = fixture.build()
    answer = site.get(
        "/evidence?address=" + address.replace("{}", f"sha256:{versions['courier'].sha256}")
    )
    assert answer.status_code == status
    assert words in Reader(answer.text).text


@pytest.mark.parametrize(
    "path",
    [
        "/story/none",
        "/article/none",
        "/actor/none",
        "/capture/none",
        "/none",
        f"/story/{fixture.STORY}/none",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(site: Site, path: str) -> None:
    assert site.get(path).status_code == 404


def test_bytes_that_are_gone_are_said_to_be_gone() -> None:
    builder, versions = fixture.build()
    gone = versions["courier"]
    data = {k: v for k, v in builder.data.items() if k != gone.sha256}
    site = Site(create_app(MemoryLibrary(builder.records, data)))
    found = fixture.words_of(gone, "Irena Voss")
    answer = site.get(f"/evidence?address={found.address}")
    assert answer.status_code == 404 and "cannot be read" in answer.text
    assert "cannot be read" in site.get(f"/article/{gone.article_id}").text


def test_another_host_name_is_refused(library: MemoryLibrary) -> None:
    assert Site(create_app(library), host="attacker.example").get("/").status_code == 400


def test_notices_name_what_was_left_alone_and_why(crawled: dict[str, Reader]) -> None:
    text = crawled["/notices"].text
    assert "notes/scan.bin" in text and "it holds NUL bytes" in text
    assert "Talks on the strait open in Lund Harbour, version 1" in text
    assert "splitting into sentences" in text


def test_a_search_marks_the_words_and_an_empty_one_says_what_to_do(site: Site) -> None:
    page = Reader(site.get("/search?q=grain+toll").text)
    assert "2 passages" in page.text or "passages for" in page.text
    assert page.all("mark")
    assert "No passage holds" in site.get("/search?q=zzzz").text
    assert "Type words" in site.get("/search").text


def test_an_article_page_shows_each_version_and_what_was_left_out(site: Site) -> None:
    _, versions = fixture.build()
    path = f"/article/{versions['post1'].article_id}"
    newest = site.get(path).text
    oldest = site.get(f"{path}?version={versions['post1'].id}").text
    assert "At least 14 ships" in Reader(newest).text
    assert "Text of version 1" in Reader(oldest).text
    assert "track(&#34;page&#34;)" in newest and "navigation" in newest
    assert "1 version not captured" in Reader(newest).text


def test_hundreds_of_reports_are_shown_page_by_page() -> None:
    builder, _ = fixture.build()
    article = next(r for r in builder.records if isinstance(r, Article))
    story = next(r for r in builder.records if isinstance(r, Story))
    more = [
        msgspec.structs.replace(article, id=f"art-{n:04}", title=f"Report {n:04}", evidence={})
        for n in range(400)
    ]
    stories = [
        msgspec.structs.replace(story, id=f"sto-{n:04}", title=f"Story {n:04}") for n in range(90)
    ]
    big = msgspec.structs.replace(story, articles=tuple(a.id for a in more))
    records = [r for r in builder.records if not isinstance(r, Story)]
    site = Site(create_app(MemoryLibrary([*records, *more, *stories, big], builder.data)))
    first = site.get(f"/story/{story.id}")
    assert len(first.text) < 400_000
    assert "All 400 reports" in Reader(first.text).text
    titles: set[str] = set()
    path = f"/story/{story.id}/sources"
    while path:
        page = Reader(site.get(path).text)
        titles |= {w for w in (f"Report {n:04}" for n in range(400)) if w in page.text}
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), "")
    assert len(titles) == 400
    index = Reader(site.get("/").text)
    assert "Page 1 of 5" in index.text
    item = Reader(site.get(f"/story/{story.id}/sources?item=source-art-0333").text)
    assert "source-art-0333" in item.ids


def test_an_empty_record_says_what_to_do() -> None:
    text = Site(create_app(MemoryLibrary([], {}))).get("/").text
    assert "There is no story yet" in text


def test_a_version_without_its_story_or_capture_record_does_not_break_a_page(site: Site) -> None:
    builder, versions = fixture.build()
    records = [r for r in builder.records if not isinstance(r, Version)]
    bare = Site(create_app(MemoryLibrary(records, builder.data)))
    assert bare.get(f"/story/{fixture.STORY}").status_code == 200
    assert bare.get(f"/article/{versions['courier'].article_id}").status_code == 200

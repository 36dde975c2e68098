"""Feeds of edits, read as feed readers read them: by an XML parser, by the formats' rules, by HTTP's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from tests.publish.reading import Site
from tests.publish.test_edits import Safe
from tests.store.editing import Made, check, report, several

from onrecord.publish import feeds
from onrecord.publish.edits import items
from onrecord.publish.feeds import Feed, atom, clean, etag, rss, unchanged
from onrecord.publish.library import MemoryLibrary
from onrecord.publish.web import create_app
from onrecord.publish.web_edits import PER_FEED, routes
from onrecord.records import Record, Story
from onrecord.store.edits import Filter

A = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
RECORDS, DATA = several()
STORY = next(r for r in RECORDS if isinstance(r, Story))
HARBOUR = STORY.articles[0]
FORMS = ("atom", "rss", "json")


def many(number: int) -> list[Made]:
    return [
        report(
            f"https://heron.example/{n}",
            "Heron Weekly",
            (None, f"Fair {n} opens\n\nIt costs 10 crowns."),
            (
                f"2031-02-{n % 28 + 1:02}T{n % 24:02}:00:00+01:00",
                f"Fair {n} opens\n\nIt costs 12 crowns.",
            ),
        )
        for n in range(number)
    ]


def library(*more: Record) -> MemoryLibrary:
    return MemoryLibrary([*RECORDS, *more], DATA)


def client(held: MemoryLibrary, host: str = "127.0.0.1", scheme: str = "http") -> Site:
    """The app as a client sees it, at a time after all edits."""
    app = Starlette(routes=routes(held, clock=lambda: datetime(2031, 5, 1, tzinfo=UTC)))
    return Site(app, host, scheme)


@pytest.fixture(scope="module")
def site() -> Site:
    return client(library())


@pytest.fixture(scope="module")
def long() -> Site:
    made = many(2 * PER_FEED + 20)
    records = [r for one in made for r in one.records]
    return client(MemoryLibrary(records, {k: v for one in made for k, v in one.data.items()}))


def absolute(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


# --------------------------------------------------------------------------- the formats' rules


def only(element: ET.Element, tag: str) -> ET.Element:
    (found,) = element.findall(tag)
    return found


def valid_atom(body: bytes) -> list[ET.Element]:
    """The entries of a feed that keeps RFC 4287, 4.1."""
    root = ET.fromstring(body)
    assert root.tag == f"{A}feed"
    for element in (root, *root.findall(f"{A}entry")):
        assert only(element, f"{A}id").text and absolute_iri(only(element, f"{A}id").text)
        assert (only(element, f"{A}title").text or "").strip()
        assert RFC3339.fullmatch(only(element, f"{A}updated").text or "")
        links = [link.attrib for link in element.findall(f"{A}link")]
        assert all(absolute(link["href"]) for link in links)
        assert [link["rel"] for link in links].count("alternate") == 1
    assert only(only(root, f"{A}author"), f"{A}name").text
    assert [link.get("rel") for link in root.findall(f"{A}link")].count("self") == 1
    entries = root.findall(f"{A}entry")
    for entry in entries:
        assert only(entry, f"{A}content").get("type") == "html"
        assert len(entry.findall(f"{A}published")) <= 1
        assert all(c.get("term") for c in entry.findall(f"{A}category"))
    ids = [only(entry, f"{A}id").text for entry in entries]
    assert len(ids) == len(set(ids))
    children = [child.tag for child in root]
    assert children[len(children) - len(entries) :] == [f"{A}entry"] * len(entries), (
        "entries stand behind the rest"
    )
    return entries


def absolute_iri(text: str | None) -> bool:
    return (
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text or "") is not None
    )


def valid_rss(body: bytes) -> list[ET.Element]:
    """The items of a feed that keeps RSS 2.0 and the RSS Board's best practices."""
    root = ET.fromstring(body)
    assert root.tag == "rss" and root.get("version") == "2.0"
    channel = only(root, "channel")
    for tag in ("title", "link", "description"):
        assert only(channel, tag).text
    assert absolute(only(channel, "link").text or "")
    selves = [link for link in channel.findall(f"{A}link") if link.get("rel") == "self"]
    assert len(selves) == 1 and selves[0].get("type") == "application/rss+xml"
    entries = channel.findall("item")
    for entry in entries:
        assert (only(entry, "title").text or "").strip() and only(entry, "description").text
        assert absolute(only(entry, "link").text or "")
        guid = only(entry, "guid")
        assert guid.get("isPermaLink") == "false" and absolute_iri(guid.text)
        for date in entry.findall("pubDate"):
            assert re.fullmatch(
                r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000",
                date.text or "",
            )
            assert parsedate_to_datetime(date.text or "").utcoffset() is not None
        assert only(entry, CONTENT).text
    guids = [only(entry, "guid").text for entry in entries]
    assert len(guids) == len(set(guids))
    return entries


def valid_json(body: bytes) -> list[dict[str, Any]]:
    """The items of a feed that keeps JSON Feed 1.1."""
    values = json.loads(body.decode("utf-8"))
    assert values["version"] == "https://jsonfeed.org/version/1.1"
    assert values["title"] and absolute(values["home_page_url"]) and absolute(values["feed_url"])
    if "next_url" in values:
        assert absolute(values["next_url"]) and values["next_url"] != values["feed_url"]
    for entry in values["items"]:
        assert isinstance(entry["id"], str) and absolute(entry["url"])
        assert entry["content_html"] and entry["content_text"]
        assert all(isinstance(tag, str) for tag in entry["tags"])
        assert "date_published" not in entry or RFC3339.fullmatch(entry["date_published"])
    ids = [entry["id"] for entry in values["items"]]
    assert len(ids) == len(set(ids))
    found: list[dict[str, Any]] = values["items"]
    return found


VALID = {"atom": valid_atom, "rss": valid_rss, "json": valid_json}


def ids_of(form: str, body: bytes) -> list[str]:
    if form == "json":
        return [entry["id"] for entry in valid_json(body)]
    if form == "rss":
        return [only(entry, "guid").text or "" for entry in valid_rss(body)]
    return [only(entry, f"{A}id").text or "" for entry in valid_atom(body)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/edits", 5),
        (f"/article/{HARBOUR}/changes", 2),
        (f"/story/{STORY.id}/changes", 3),
        ("/edits?source=tern.example", 4),
        ("/edits?label=number", 1),
        ("/edits?q=castle", 2),
        ("/edits?also=first,minor", 9),
        ("/edits?label=quote", 0),
        (f"/article/{HARBOUR}/changes?label=headline", 1),
    ],
)
def test_every_feed_is_valid_and_holds_what_was_asked(
    site: Site, form: str, path: str, number: int
) -> None:
    head, mark, query = path.partition("?")
    answer = site.get(f"{head}.{form}{mark}{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{feeds.FORMS[form][1]}; charset=utf-8"
    assert len(VALID[form](answer.content)) == number


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feedparser_reads_them_without_a_complaint(site: Site, form: str) -> None:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    found = feedparser.parse(site.get(f"/edits.{form}").content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert found.entries[2].title == (
        "Headline changed in “Ferry line halts all crossings” (Tern Post): night → all"
    )
    assert "<del>night</del><ins>all</ins>" in found.entries[2].content[0].value
    assert found.entries[2].published_parsed[:5] == (2031, 3, 16, 8, 0)
    assert {tag.term for tag in found.entries[2].tags} == {"headline", "wording"}


@pytest.mark.parametrize("form", FORMS)
def test_the_diff_itself_stands_in_every_item(site: Site, form: str) -> None:
    body = site.get(f"/edits.{form}?label=number").content
    (entry,) = VALID[form](body)
    html = {
        "atom": lambda: only(entry, f"{A}content").text,
        "rss": lambda: only(entry, CONTENT).text,
        "json": lambda: entry["content_html"],
    }[form]()
    page = Safe(html)
    assert page.inside == {"del": "12", "ins": "14"}
    assert all(absolute(link) for link in page.links) and len(page.links) == 4
    if form != "atom":
        text = only(entry, "description").text if form == "rss" else entry["content_text"]
        assert "[-12-]{+14+} crossings" in text


def test_times_are_those_of_the_newer_version_in_utc(site: Site) -> None:
    (entry,) = valid_atom(site.get("/edits.atom?label=number").content)
    assert only(entry, f"{A}updated").text == "2031-03-15T01:30:00Z"
    (other,) = valid_rss(site.get("/edits.rss?label=number").content)
    assert only(other, "pubDate").text == "Sat, 15 Mar 2031 01:30:00 +0000"


def test_an_unknown_time_is_not_made_up_where_the_format_allows_it(site: Site) -> None:
    assert (
        only(valid_atom(site.get("/edits.atom").content)[-1], f"{A}updated").text == feeds.UNKNOWN
    )
    assert not valid_rss(site.get("/edits.rss").content)[-1].findall("pubDate")
    assert "date_published" not in valid_json(site.get("/edits.json").content)[-1]


@pytest.mark.parametrize("form", FORMS)
def test_ids_depend_on_no_host_and_on_no_other_edit(form: str) -> None:
    here = client(library()).get(f"/edits.{form}").content
    extra = many(1)[0]
    there = (
        client(library(*extra.records), "desk.example:8443", "https").get(f"/edits.{form}").content
    )
    assert set(ids_of(form, here)) < set(ids_of(form, there))
    assert b"http://127.0.0.1" in here and b"127.0.0.1" not in there
    assert b"https://desk.example:8443/edits" in there


def test_the_same_filter_in_other_words_is_the_same_feed(site: Site) -> None:
    one = ET.fromstring(site.get("/edits.atom?label=number&label=name").content)
    two = ET.fromstring(site.get("/edits.atom?label=name,number&q=").content)
    three = ET.fromstring(site.get("/edits.atom").content)
    assert only(one, f"{A}id").text == only(two, f"{A}id").text != only(three, f"{A}id").text
    assert only(one, f"{A}title").text == "Edits: a number, a name"


# --------------------------------------------------------------------------- pages


def test_a_long_feed_is_read_page_by_page(long: Site) -> None:
    """RFC 5005, 3: `next` leads on, `previous` back, and every entry stands on one page."""
    seen: list[str] = []
    address, before = "/edits.atom?source=heron.example", None
    while address:
        body = long.get(address).content
        seen += ids_of("atom", body)
        links = {x.get("rel"): x.get("href") for x in ET.fromstring(body).findall(f"{A}link")}
        assert links["first"] == "http://127.0.0.1/edits.atom?source=heron.example"
        assert links.get("previous") == before
        before, address = links["self"], links.get("next", "")
    assert len(seen) == len(set(seen)) == 2 * PER_FEED + 20
    assert PER_FEED <= 100


def test_json_feed_leads_on_by_next_url(long: Site) -> None:
    seen: list[str] = []
    address = "/edits.json"
    while address:
        values = long.get(address).json()
        seen += [entry["id"] for entry in values["items"]]
        address = values.get("next_url", "")
    assert len(seen) == len(set(seen)) == 2 * PER_FEED + 20


def test_rss_has_pages_too_and_a_page_behind_the_last_is_empty(long: Site) -> None:
    channel = only(ET.fromstring(long.get("/edits.rss?page=2").content), "channel")
    rels = {x.get("rel"): x.get("href") for x in channel.findall(f"{A}link")}
    assert rels["previous"] == "http://127.0.0.1/edits.rss"
    assert rels["next"] == "http://127.0.0.1/edits.rss?page=3"
    assert valid_rss(long.get("/edits.rss?page=99").content) == []


# --------------------------------------------------------------------------- conditional requests


def test_what_a_reader_holds_is_not_sent_again(site: Site) -> None:
    first = site.get("/edits.atom")
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert tag.startswith('"') and modified == "Tue, 18 Mar 2031 09:00:00 GMT"
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f"W/{tag}"},
        {"If-None-Match": f'"a,b", W/"other", {tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
        {"If-Modified-Since": "Wed, 19 Mar 2031 00:00:00 GMT"},
        {"If-None-Match": tag, "If-Modified-Since": "Sat, 01 Mar 2031 00:00:00 GMT"},
    ):
        answer = site.get("/edits.atom", headers=headers)
        assert answer.status_code == 304, headers
        assert answer.content == b"" and answer.headers["etag"] == tag
        assert "content-length" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-None-Match": "other"},
        {"If-Modified-Since": "Tue, 18 Mar 2031 08:59:59 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Fri, 99 Foo 2031 99:99:99 GMT"},
        {"If-None-Match": '"other"', "If-Modified-Since": "Wed, 19 Mar 2031 00:00:00 GMT"},
    ],
)
def test_what_a_reader_does_not_hold_is_sent(site: Site, headers: Mapping[str, str]) -> None:
    answer = site.get("/edits.atom", headers=dict(headers))
    assert answer.status_code == 200 and answer.content


def test_head_says_what_get_would(site: Site) -> None:
    full, head = site.get("/edits.rss"), site.ask("HEAD", "/edits.rss")
    assert head.status_code == 200 and head.content == b""
    for name in ("etag", "last-modified", "content-type", "content-length"):
        assert head.headers[name] == full.headers[name]
    assert site.ask("HEAD", "/edits.rss", headers={"If-None-Match": "*"}).status_code == 304


def test_another_edit_gives_another_tag_though_its_time_is_older() -> None:
    before = client(library()).get("/edits.atom").headers
    after = client(library(*many(1)[0].records)).get(
        "/edits.atom", headers={"If-None-Match": before["etag"]}
    )
    assert after.status_code == 200 and after.headers["etag"] != before["etag"]


def test_a_time_to_come_is_not_told_as_that_of_the_last_change() -> None:
    article = next(r for r in RECORDS if r.id == HARBOUR)
    late = check(article, "2099-01-01T00:00:00+00:00", "removed")  # type: ignore[arg-type]
    answer = client(library(late)).get("/edits.atom")
    assert answer.status_code == 200 and "last-modified" not in answer.headers


@given(st.text(st.sampled_from('W/"*a, ')), st.none() | st.text(max_size=30))
def test_any_header_is_understood_or_does_not_count(tags: str, since: str | None) -> None:
    mine = etag(b"mine")
    assert not unchanged(mine, None, tags, since) or tags.strip() == "*"
    assert unchanged(mine, None, f"{tags.replace(chr(34), '')}, {mine}", since)


# --------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("form", FORMS)
def test_nonsense_is_one_line_of_text(site: Site, form: str) -> None:
    answer = site.get(f"/edits.{form}?label=numbr")
    assert answer.status_code == 400
    assert (
        answer.text
        == "not a filter of edits: 'numbr': there is no such label (did you mean number?)\n"
    )
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path",
    [
        "/edits.xml",
        "/article/art-none/changes.atom",
        "/story/sto-none/changes.rss",
        "/edits.atom?article=art-none",
        f"/article/{HARBOUR}/changes.csv",
    ],
)
def test_what_is_not_held_is_not_found(path: str) -> None:
    assert Site(create_app(library())).get(path).status_code == 404


def test_the_whole_app_serves_them_beside_the_sections_of_stories() -> None:
    whole = Site(create_app(library()))
    assert valid_atom(whole.get(f"/story/{STORY.id}/changes.atom").content)
    assert whole.get(f"/story/{STORY.id}/changes").status_code == 200


# --------------------------------------------------------------------------- any text

ANY = st.text(
    st.one_of(
        st.sampled_from("&<>]\"'\x00\x01\x08\x0b\x0c\x1f\x7f\x85\ufffe\uffff\u2028é😀 1"),
        st.characters(),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(ANY, ANY, ANY, st.sampled_from(["]]>", "<![CDATA[", "&amp;", "\ud800", "-->"]))
def test_any_text_gives_well_formed_feeds(outlet: str, old: str, new: str, odd: str) -> None:
    made = report(
        "https://tern.example/a b?x=<&>",
        outlet + odd,
        ("2031-03-14T00:00:00+00:00", f"{odd}x{outlet}\n\nIt is {old} 1."),
        ("2031-03-15T00:00:00+00:00", f"{odd}x{outlet}\n\nIt is {new}{odd} 2."),
    )
    held = MemoryLibrary(made.records, made.data)
    found = items(held, held.edits(Filter(also=("minor", "first")), 10))
    assert len(found) == 2
    feed = Feed("urn:uuid:" + "0" * 8 + "-0000-0000-0000-" + "0" * 12, f"Edits {odd}{outlet}", "http://a.example", "/edits", "/edits.atom", "/edits.atom", None, None, found)  # fmt: skip
    for entry in valid_atom(atom(feed)):
        Words(only(entry, f"{A}content").text or "")
    for entry in valid_rss(rss(feed)):
        Words(only(entry, CONTENT).text or "")
        Words(only(entry, "description").text or "")
    for values in valid_json(feeds.json(feed)):
        Words(values["content_html"])


class Words(HTMLParser):
    """Fails on every element that the words of a report could have brought in."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("p", "a", "b", "br", "del", "ins"), tag


@given(st.text())
def test_what_xml_forbids_is_replaced_and_nothing_else(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    read = ET.fromstring(f"<a>{cleaned.replace('&', '&amp;').replace('<', '&lt;')}</a>").text or ""
    assert read == cleaned.replace("\r\n", "\n").replace("\r", "\n")
    for before, after in zip(text, cleaned, strict=True):
        assert after == before or after == "\ufffd"

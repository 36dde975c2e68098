"""What feeds and sitemaps list, whoever wrote them and whatever they wrote."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.capture.schedule import Options
from onrecord.capture.sniff import decoder
from onrecord.extract.listing import Entry, Listing, kind_of, read_listing
from onrecord.run.checking import wanted
from onrecord.text.decoding import decode
from onrecord.text.instants import moment

BASE = "https://tern.example/news/feed.xml"
AT = "2031-03-14T10:57:00+00:00"

RSS2 = """<?xml version="1.0"?><rss version="2.0"><channel><title>Tern Post</title><link>https://tern.example/</link>
<item><title>Ferry talks end</title><link>https://tern.example/1</link><pubDate>Fri, 14 Mar 2031 10:57:00 GMT</pubDate></item>
<item><title>Port &amp; pilots agree</title><guid isPermaLink="true">https://tern.example/2</guid></item></channel></rss>"""
RSS1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://tern.example/"><title>Tern Post</title></channel>
<item rdf:about="https://tern.example/1"><title>Ferry talks end</title><link>https://tern.example/1</link><dc:date>2031-03-14T10:57:00Z</dc:date></item>
<item rdf:about="https://tern.example/2"><title>Port &amp; pilots agree</title><link>https://tern.example/2</link></item></rdf:RDF>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tern Post</title><link rel="self" href="https://tern.example/feed"/>
<entry><title>Ferry talks end</title><link rel="alternate" href="https://tern.example/1"/><published>2031-03-14T10:57:00Z</published></entry>
<entry><title type="html">Port &amp; pilots agree</title><link href='/2'/></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tern Post",
        "items": [
            {"id": "1", "url": "https://tern.example/1", "title": "Ferry talks end", "date_published": "2031-03-14T10:57:00Z"},
            {"id": "https://tern.example/2", "title": "Port & pilots agree"},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize("source", [RSS2, RSS1, ATOM, JSON], ids=["RSS 2", "RSS 1", "Atom", "JSON"])
def test_every_format_of_feed_lists_the_same(source: str) -> None:
    assert read_listing(source, BASE) == Listing(
        "Tern Post",
        (
            Entry("https://tern.example/1", "Ferry talks end", AT),
            Entry("https://tern.example/2", "Port & pilots agree"),
        ),
    )


def test_a_sitemap_lists_what_a_site_has_and_when_it_changed() -> None:
    source = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
     xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://tern.example/1</loc><lastmod>2031-03-14T11:57:00+01:00</lastmod></url>
    <url><loc> https://tern.example/2?a=1&amp;b=2 </loc><news:news><news:title>Vote held</news:title>
    <news:publication_date>2031-03-14</news:publication_date></news:news></url></urlset>"""
    assert read_listing(source, BASE) == Listing(
        None,
        (
            Entry("https://tern.example/1", changed="2031-03-14T11:57:00+01:00"),
            Entry("https://tern.example/2?a=1&b=2", "Vote held", "2031-03-14"),
        ),
        is_sitemap=True,
    )


def test_an_index_lists_sitemaps() -> None:
    source = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://tern.example/a.xml</loc><lastmod>2031-03-14</lastmod></sitemap>
    <sitemap><loc>/b.xml.gz</loc></sitemap><sitemap><lastmod>2031-03-14</lastmod></sitemap></sitemapindex>"""
    assert read_listing(source, BASE) == Listing(
        None,
        (
            Entry("https://tern.example/a.xml", changed="2031-03-14", is_listing=True),
            Entry("https://tern.example/b.xml.gz", is_listing=True),
        ),
        is_sitemap=True,
    )


def _links(*written: str) -> list[str]:
    items = "".join(f"<item><link>{one}</link></item>" for one in written)
    found = read_listing(f"<rss><channel>{items}</channel></rss>", BASE)
    assert found is not None
    return [entry.url for entry in found.entries]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/a", "https://tern.example/a"),
        ("a", "https://tern.example/news/a"),
        ("../a", "https://tern.example/a"),
        ("../../../../etc/passwd", "https://tern.example/etc/passwd"),
        ("//gull.example/a", "https://gull.example/a"),
        ("?a=1&amp;b=2", "https://tern.example/news/feed.xml?a=1&b=2"),
        ("<![CDATA[https://tern.example/a?b=1&c=2]]>", "https://tern.example/a?b=1&c=2"),
        ("\n\t https://tern.example/a \n", "https://tern.example/a"),
    ],
)
def test_relative_addresses_are_made_whole(written: str, url: str) -> None:
    if written.startswith("<!"):
        source = f"<urlset><url><loc>{written}</loc></url></urlset>"
        found = read_listing(source, BASE)
        assert found is not None and [entry.url for entry in found.entries] == [url]
    else:
        assert _links(written) == [url]


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://tern.example/a",
     "mailto:desk@tern.example", "feed:https://tern.example/a", "http:///", "https://[::1", ""],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_listed_and_breaks_nothing(written: str) -> None:
    assert [url for url in _links(written, "/a") if url.startswith("https://tern.example/a")]
    assert not [u for u in _links(written, "/a") if not u.startswith(("http://", "https://"))]


def test_an_address_that_is_listed_twice_is_listed_once() -> None:
    assert _links("/a", "/b", "https://tern.example/a", "../a") == [
        "https://tern.example/a",
        "https://tern.example/b",
    ]


BOMB = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>{}]>".format(
    "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
)


def test_entities_of_a_document_do_not_grow_and_read_no_files() -> None:
    outer = "<!ENTITY x SYSTEM 'file:///etc/hostname'>"
    source = f"{BOMB.replace(']>', outer + ']>')}<rss><channel><title>&i;</title><item><title>&i;&x;</title><link>/a</link></item></channel></rss>"
    begun = time.monotonic()
    found = read_listing(source, BASE)
    assert time.monotonic() - begun < 1
    assert found == Listing("&i;", (Entry("https://tern.example/a", "&i;&x;"),))


@pytest.mark.parametrize("source", [RSS2, RSS1, ATOM, JSON])
def test_a_listing_that_breaks_off_gives_what_came_before(source: str) -> None:
    full = read_listing(source, BASE)
    assert full is not None
    counts = []
    for cut in range(len(source)):
        found = read_listing(source[:cut], BASE)
        if found is not None:
            assert found.entries == full.entries[: len(found.entries)]
            counts.append(len(found.entries))
    assert counts == sorted(counts) and counts[-1] >= 1


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_read(codec: str) -> None:
    source = RSS2.replace("Ferry talks", "Fähre: talks").replace(
        'version="1.0"?', f'version="1.0" encoding="{codec.removesuffix("-sig").upper()}"?'
    )
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    data = mark + source.encode(codec)
    found = read_listing(decode(data, decoder(data, "application/xml", None)), BASE)
    assert found is not None
    assert [entry.title for entry in found.entries] == ["Fähre: talks end", "Port & pilots agree"]


def test_control_characters_do_not_reach_the_record() -> None:
    found = read_listing("<rss><channel><item><title>a\x00b\ud800c</title><link>/a\x00b</link></item></channel></rss>", BASE)  # fmt: skip
    assert found is not None
    for entry in found.entries:
        assert "\x00" not in f"{entry.title}{entry.url}"
        assert f"{entry.title}{entry.url}".encode()


@pytest.mark.parametrize(
    "source",
    [
        "<!doctype html><html><head><title>A page about &lt;rss and &lt;urlset</title></head></html>",
        "<!-- c --><html><body><rss></rss></body></html>",
        "<svg><feed/></svg>",
        '{"version": "1", "items": []}',
        '{"a": 1}',
        "Plain text that speaks of RSS feeds.",
        "",
    ],
)
def test_what_is_no_listing_is_none(source: str) -> None:
    assert kind_of(source) is None and read_listing(source, BASE) is None


@pytest.mark.parametrize(
    "written",
    [
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2031-02-30", "yesterday"),
        *("Fri, 31 Dec 9999 23:59:59 -1200", "2031-03-14T25:00:00Z"),
        *("1931", "", "2031-03-14T10:57:00+99:99", "Fri, 99 Mar 2031 10:57:00 GMT", "∞"),
    ],
)  # fmt: skip
def test_a_time_that_no_calendar_holds_is_none(written: str) -> None:
    source = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a'/><published>{written}</published><updated>{written}</updated></entry></feed>"
    found = read_listing(source, BASE)
    assert found is not None
    (entry,) = found.entries
    assert (entry.published, entry.changed) == (None, None)
    assert wanted(found, AT, Options()) == [entry]


# --------------------------------------------------------------------------- size


def test_a_sitemap_of_50_megabytes_is_read_in_bounded_time() -> None:
    one = "<url><loc>https://tern.example/{:07d}</loc><lastmod>2031-03-14</lastmod><x>{}</x></url>"
    source = "<urlset>" + "".join(one.format(n, "." * 900) for n in range(50_000)) + "</urlset>"
    assert len(source) > 49_000_000
    begun = time.monotonic()
    found = read_listing(source, BASE)
    assert time.monotonic() - begun < 15
    assert found is not None and len(found.entries) == 50_000


@pytest.mark.parametrize(
    "piece",
    ["<item>", "<url>", "<url><loc>", "<sitemap>", "<link", "<link ", "<title>", "&amp;", "<![CDATA[",
     "<item><link>a", "<entry><updated>", '{"items":[', "[", '"', "\\", "</item>", "<item></item>"],
)  # fmt: skip
@pytest.mark.parametrize("head", ["<rss>", "<urlset>", "<sitemapindex>", '{"version":"https://jsonfeed.org/version/1","items":['])  # fmt: skip
def test_a_million_of_anything_is_read_in_bounded_time(head: str, piece: str) -> None:
    source = head + piece * (1_000_000 // len(piece))
    begun = time.monotonic()
    read_listing(source, BASE)
    assert time.monotonic() - begun < 5


# --------------------------------------------------------------------------- anything

TAGS = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<link href='",
     "'/>", "/a", "https://", "<feed Atom>", "<entry>", "</entry>", "<updated>", "</updated>", "<urlset>", "<url>",
     "</url>", "<loc>", "</loc>", "<lastmod>", "</lastmod>", "2031-03-14", "<sitemapindex>", "<sitemap>", "</sitemap>",
     "<![CDATA[", "]]>", "&amp;", "&#0;", "&#xD800;", '{"version":"https://jsonfeed.org/version/1"', ',"items":[',
     '{"url":"', '"}', "]}", "\x00", "é"]
)  # fmt: skip


@given(st.lists(TAGS, max_size=40).map("".join) | st.text(max_size=80))
def test_anything_gives_addresses_and_times_that_hold_or_nothing(source: str) -> None:
    found = read_listing(source, BASE)
    if found is None:
        return
    urls = [entry.url for entry in found.entries]
    assert len(set(urls)) == len(urls)
    for entry in found.entries:
        assert entry.url.startswith(("http://", "https://")) and entry.url.encode()
        for said in (entry.published, entry.changed):
            assert said is None or moment(said)
    assert wanted(found, AT, Options()) is not None

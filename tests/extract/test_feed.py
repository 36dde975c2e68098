"""Feeds as files: every value with its place, a cut feed keeps what was before the cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.feed import read_feed
from onrecord.records import encode
from onrecord.run.memory import capture_of
from onrecord.text.urls import article_id

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Tern Post</title><language>en-gb</language>
<item><title><![CDATA[Ferry talks <b>end</b>]]></title><link>https://tern.example/1?a=1&amp;b=2</link>
<pubDate>Fri, 14 Mar 2031 14:57:00 +0400</pubDate></item>
<item><title>Line &amp; port agree</title><link> https://tern.example/2 </link><pubDate>soon</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tern Post</title>
<entry><title>Vote held</title><link rel="self" href="https://tern.example/x.xml"/><link href="https://tern.example/3"/>
<updated>2031-03-14T10:57:00Z</updated></entry></feed>"""


def test_an_item_gives_what_the_feed_says_and_where() -> None:
    first, second = read_feed(capture_of("feed.xml", RSS.encode()), RSS)
    assert (first.title, first.url, first.outlet, first.language) == (
        "Ferry talks end",
        "https://tern.example/1?a=1&b=2",
        "Tern Post",
        "en",
    )
    assert first.published.earliest == first.published.latest == "2031-03-14T14:57:00+04:00"
    assert first.article_id == article_id("https://tern.example/1?b=2&a=1", "")
    (span,) = first.evidence["published"]
    assert RSS[span.start : span.end] == "Fri, 14 Mar 2031 14:57:00 +0400"
    (span,) = second.evidence["url"]
    assert RSS[span.start : span.end] == "https://tern.example/2"
    assert (second.title, second.published.earliest) == ("Line & port agree", None)
    assert first.kind == "feed" and first.text == ""


def test_atom() -> None:
    (entry,) = read_feed(capture_of("feed.xml", ATOM.encode()), ATOM)
    assert (
        entry.url,
        entry.modified.earliest,
        entry.published.earliest,
        entry.published.latest,
    ) == (
        "https://tern.example/3",
        "2031-03-14T10:57:00+00:00",
        None,
        "2031-03-14T10:57:00+00:00",
    )


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid>https://tern.example/9</guid>", "https://tern.example/9"),
        ('<guid isPermaLink="true">https://tern.example/9</guid>', "https://tern.example/9"),
        ('<guid isPermaLink="false">https://tern.example/9</guid>', None),
        ("<guid>tag:9</guid>", None),
        ('<link rel="enclosure" href="https://tern.example/9.mp3"/>', None),
        ("<link></link><guid>https://tern.example/9</guid>", "https://tern.example/9"),
    ],
)
def test_the_address_of_an_item(item: str, url: str | None) -> None:
    source = f"<rss><channel><item><title>x</title>{item}</item></channel></rss>"
    (reading,) = read_feed(capture_of("feed.xml", source.encode()), source)
    assert reading.url == url


NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://tern.example/about</loc></url>
<url><loc>https://tern.example/4?a=1&amp;b=2</loc><n:news><n:publication><n:name>Tern Post</n:name>
<n:language>en</n:language></n:publication><n:publication_date>2031-03-14T14:57:00+04:00</n:publication_date>
<n:title>Ferry talks &#x2019;end&#x2019;</n:title></n:news></url></urlset>"""


def test_a_news_sitemap() -> None:
    capture = capture_of("s.xml", NEWS.encode(), media_type="application/xml")
    (reading,) = read_feed(capture, NEWS)
    assert (reading.url, reading.title, reading.outlet, reading.language) == (
        "https://tern.example/4?a=1&b=2",
        "Ferry talks ’end’",
        "Tern Post",
        "en",
    )
    assert reading.published.earliest == "2031-03-14T14:57:00+04:00"
    (span,) = reading.evidence["title"]
    assert NEWS[span.start : span.end] == "Ferry talks &#x2019;end&#x2019;"


JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Tern Post", "language": "en-GB",
 "items": [
  {"id": "1", "url": "https:\\/\\/tern.example\\/1", "title": "Ferry talks \\u201cend\\u201d",
   "date_published": "2031-03-14T14:57:00+04:00", "content_text": "The line said so."},
  {"id": "https://tern.example/2", "title": "Lone \\ud83d surrogate", "date_modified": "2031-03-15"},
  7, {"id": 3, "url": null, "title": ["x"]},
  {"id": "4", "title": "Cut"}]}""".replace("\\\\", "\\")


def test_a_json_feed() -> None:
    capture = capture_of("feed.json", JSON.encode(), media_type="application/feed+json")
    first, second, third = read_feed(capture, JSON)
    assert (first.url, first.title, first.outlet, first.language) == (
        "https://tern.example/1",
        "Ferry talks “end”",
        "Tern Post",
        "en",
    )
    assert first.published.earliest == "2031-03-14T14:57:00+04:00"
    (span,) = first.evidence["title"]
    assert JSON[span.start : span.end] == r"Ferry talks \u201cend\u201d"
    (span,) = first.evidence["published"]
    assert JSON[span.start : span.end] == "2031-03-14T14:57:00+04:00"
    assert (second.url, second.title) == ("https://tern.example/2", "Lone \ufffd surrogate")
    assert (second.published.earliest, second.published.latest, second.published.basis) == (
        None,
        "2031-03-15",
        "the feed's date_modified, so published no later; the feed does not say when",
    )
    assert (third.url, third.title) == (None, "Cut")


@given(st.integers(0, len(JSON)))
def test_a_json_feed_cut_in_the_middle_keeps_the_items_before_the_cut(cut: int) -> None:
    capture = capture_of("feed.json", b"", media_type="application/feed+json")
    whole, found = list(read_feed(capture, JSON)), list(read_feed(capture, JSON[:cut]))
    assert [one.title for one in found] == [one.title for one in whole[: len(found)]]
    ends = [JSON.index('said so."}') + 10, JSON.index('03-15"}') + 7, JSON.index('"Cut"}') + 6]
    assert sum(end <= cut for end in ends) <= len(found)


@pytest.mark.parametrize(
    "media", ["application/rss+xml", "application/xml", "application/feed+json"]
)
@pytest.mark.parametrize(
    "piece",
    ["<item>", "<item><title>", "<link ", "<link href='", "<url>", "a='", "<![CDATA[", "</item>",
     "<guid>http://x", "]]>", '{"items":[', "<item><link>x</item>"],
)  # fmt: skip
def test_a_repeated_piece_takes_no_time(media: str, piece: str) -> None:
    source = "<rss><item>" + piece * (400_000 // len(piece))
    start = time.process_time()
    for _ in read_feed(capture_of("feed", b"", media_type=media), source):
        pass
    assert time.process_time() - start < 5


@pytest.mark.parametrize(("cut", "whole"), [(0, 0), (200, 0), (300, 1), (320, 1)])
def test_a_feed_cut_in_the_middle_keeps_the_items_before_the_cut(cut: int, whole: int) -> None:
    found = list(read_feed(capture_of("feed.xml", RSS[:cut].encode()), RSS[:cut]))
    assert [reading.title for reading in found] == ["Ferry talks end"] * whole


PIECES = ["<title>", "</title>", "<link href='", "'/>", "<pubDate>", "</pubDate>", "&#0;", "&amp;", "14 Mar",
          "2031", " -9999", "<![CDATA[", "]]>", "<item>", "</item>", "<guid>", "http://[", "\x00", "\ud800",
          "<url><loc>", "<news:title>", "</news:title></url>", '{"items":[{"title":', "}]"]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map("".join),
    st.sampled_from(["application/rss+xml", "application/xml", "application/feed+json"]),
)
def test_any_text_is_read_without_an_error(text: str, media: str) -> None:
    source = f"<rss><item>{text}</item>" if media == "application/rss+xml" else text
    for reading in read_feed(capture_of("feed.xml", b"", media_type=media), source):
        encode(reading).encode()
        for spans in reading.evidence.values():
            assert all(0 <= s.start < s.end <= len(source) for s in spans)

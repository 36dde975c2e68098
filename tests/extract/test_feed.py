"""Feeds as files: every value with its place, a cut feed keeps what was before the cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.feed import read_feed
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
    assert (entry.url, entry.published.earliest) == (
        "https://tern.example/3",
        "2031-03-14T10:57:00+00:00",
    )


@pytest.mark.parametrize(("cut", "whole"), [(0, 0), (200, 0), (300, 1), (320, 1)])
def test_a_feed_cut_in_the_middle_keeps_the_items_before_the_cut(cut: int, whole: int) -> None:
    found = list(read_feed(capture_of("feed.xml", RSS[:cut].encode()), RSS[:cut]))
    assert [reading.title for reading in found] == ["Ferry talks end"] * whole


@given(st.text(alphabet="<>/item&;linkhref=\"' ![CDATA[]]", max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    source = f"<rss><item>{text}</item>"
    for reading in read_feed(capture_of("feed.xml", source.encode()), source):
        for spans in reading.evidence.values():
            assert all(0 <= s.start < s.end <= len(source) for s in spans)

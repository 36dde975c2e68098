"""Lists of feeds: what feed readers write is read, what is written is read again as it was."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.capture.opml import Outline, is_opml, read_opml, write_opml
from onrecord.errors import InputError

TERN = Outline("https://tern.example/feed?a=1&b=2", "Tern Post")
GULL = Outline("https://gull.example/atom", "Gull & Daughters")

ATTRIBUTES = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Subscriptions</title></head><body>
<outline text="Harbours" title="Harbours">
  <outline type="rss" text="Tern Post" title="Tern Post" xmlUrl="https://tern.example/feed?a=1&amp;b=2"
    htmlUrl="https://tern.example/"/>
  <outline text="Deeper"><outline text="Deepest">
    <outline type="atom" text="Gull &amp; Daughters" xmlUrl=" https://gull.example/atom "/>
  </outline></outline>
</outline>
<outline type="rss" text="again, in another folder" xmlUrl="https://gull.example/atom"/>
<outline type="link" text="no feed" url="https://gull.example/"/>
</body></opml>"""
CAPITALS = """<OPML version="1.1"><body>
<outline TITLE="Tern Post" XMLURL="https://tern.example/feed?a=1&#38;b=2" TYPE="rss"/>
<outline Text="Gull &#x26; Daughters" xmlurl="https://gull.example/atom"/>
</body></OPML>"""
OUTSIDE_THE_BODY = """<!-- exported --><opml xmlns:x="urn:x" version="2.0">
<outline text="Tern Post" xmlUrl="https://tern.example/feed?a=1&amp;b=2" x:visits="9"/>
<body><outline text="Gull &amp; Daughters" xmlUrl="https://gull.example/atom">inside</outline></body></opml>"""


@pytest.mark.parametrize("written", [ATTRIBUTES, CAPITALS, OUTSIDE_THE_BODY])
def test_what_feed_readers_write_is_read(written: str) -> None:
    data = written.encode()
    assert is_opml(data)
    assert read_opml(data, "feeds.opml") == (TERN, GULL)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_hindrance(codec: str) -> None:
    written = ATTRIBUTES.replace(' encoding="UTF-8"', "").encode(codec)
    assert is_opml(written)
    assert read_opml(written, "feeds.opml") == (TERN, GULL)


def test_an_older_encoding_is_read_as_it_is_declared() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><opml><body><outline text="Möwe" xmlUrl="https://m.example/"/></body></opml>'
    assert read_opml(text.encode("latin-1"), "x") == (Outline("https://m.example/", "Möwe"),)


def test_an_outline_without_a_name_has_none() -> None:
    data = b'<opml><body><outline xmlUrl="https://a.example/"/><outline text="  " xmlUrl="https://b.example/"/></body></opml>'
    assert [one.title for one in read_opml(data, "x")] == [None, None]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<opml",
        b"<opml><body></opml>",
        b"<opml><body><outline xmlUrl='https://a.example/?a=1&b=2'/></body></opml>",
        b'<?xml version="1.0" encoding="no-such"?><opml/>',
        b'<?xml version="1.0" encoding="shift_jis"?><opml/>',
        b"<opml>\x00</opml>",
        b"<opml>\xff\xfe</opml>",
        b"<opml>" + b"<outline>" * 100_000,
    ],
    ids=["empty", "cut", "crossed", "bare &", "encoding", "many bytes", "nul", "no utf-8", "deep"],
)
def test_what_is_no_xml_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_opml(data, "feeds.opml")
    assert caught.value.line().startswith("feeds.opml: not a list of feeds: ")
    assert "\n" not in caught.value.line()


BOMB = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "0123456789">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>
<opml><body><outline text="&e;" xmlUrl="https://a.example/"/></body></opml>"""
OUTER = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]><opml><body><outline text="&x;" xmlUrl="https://a.example/"/></body></opml>'


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("written", [BOMB, OUTER, "<!DOCTYPE opml><opml/>"])
def test_a_document_type_is_refused_before_anything_in_it_grows(written: str, codec: str) -> None:
    begun = time.monotonic()
    with pytest.raises(InputError, match="it declares a document type"):
        read_opml(written.encode(codec), "feeds.opml")
    assert time.monotonic() - begun < 1


def test_a_long_list_is_read_in_bounded_time() -> None:
    feeds = [Outline(f"https://tern.example/{n}", f"Feed {n}") for n in range(50_000)]
    written = write_opml(feeds, "Many")
    begun = time.monotonic()
    assert list(read_opml(written, "many.opml")) == feeds
    assert time.monotonic() - begun < 5


URLS = st.builds(
    "https://{}.example/{}".format,
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=20),
)
TITLES = st.none() | st.text(max_size=30)
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@given(st.lists(st.builds(Outline, URLS, TITLES), unique_by=lambda one: one.url, max_size=8))
def test_what_is_written_is_read_again(feeds: list[Outline]) -> None:
    written = write_opml(feeds, "Feeds")
    assert is_opml(written)
    assert read_opml(written, "x") == tuple(
        Outline(one.url, NO_XML.sub("\ufffd", one.title or "").strip() or None) for one in feeds
    )


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"<opml>{t}".encode()))
def test_any_bytes_give_outlines_or_one_line(data: bytes) -> None:
    is_opml(data)
    try:
        read_opml(data, "x")
    except InputError as error:
        assert "\n" not in error.line()

"""Time maps and CDX listings in all the forms archives write."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.capture.links import read_links
from onrecord.capture.timemaps import Listed, More, instant_of, read_listing, replayed, timestamp_of
from onrecord.errors import InputError

BASE = "https://archive.example/timemap"
PAGE = "https://tern.example/harbour?id=3,4"
FIRST = Listed(PAGE, "2031-03-14T10:00:00+00:00", None, 200, "text/html", "SHA7")
SECOND = Listed(PAGE, "2031-03-15T11:30:09+00:00", None, None, "warc/revisit", "SHA7")

CDX_JSON = json.dumps(
    [
        ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
        ["example,tern)/", "20310314100000", PAGE, "text/html", "200", "SHA7", "9"],
        ["example,tern)/", "20310315113009", PAGE, "warc/revisit", "-", "SHA7", "9"],
    ]
)
CDX_TEXT = f"""example,tern)/ 20310314100000 {PAGE} text/html 200 SHA7 9
example,tern)/ 20310315113009 {PAGE} warc/revisit - SHA7 9
"""
CDX_FILE = f""" CDX N b a m s k r M S V g
example,tern)/ 20310314100000 {PAGE} text/html 200 SHA7 - - 9 0 a.warc.gz
example,tern)/ 20310315113009 {PAGE} warc/revisit - SHA7 - - 9 9 a.warc.gz
"""
CDX_OTHER_ORDER = f""" CDX b k s m a
20310314100000 SHA7 200 text/html {PAGE}
20310315113009 SHA7 - warc/revisit {PAGE}
"""
CDXJ = f"""!meta {{"about": "tern"}}
example,tern)/ 20310314100000 {{"url": "{PAGE}", "mime": "text/html", "status": "200", "digest": "SHA7"}}
example,tern)/ 20310315113009 {{"url": "{PAGE}", "mime": "warc/revisit", "status": "-", "digest": "SHA7"}}
"""
NDJSON = f"""{{"urlkey": "x", "timestamp": "20310314100000", "url": "{PAGE}", "mime": "text/html", "status": "200", "digest": "SHA7"}}
{{"urlkey": "x", "timestamp": "20310315113009", "url": "{PAGE}", "mime": "warc/revisit", "digest": "SHA7"}}
"""


@pytest.mark.parametrize(
    "written", [CDX_JSON, CDX_TEXT, CDX_FILE, CDX_OTHER_ORDER, CDXJ, NDJSON, CDX_TEXT.strip()]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_form_of_a_cdx_listing_says_the_same(written: str, ends: str) -> None:
    listing = read_listing(written.replace("\n", ends).encode(), BASE)
    assert (listing.captures, listing.bad, listing.resume) == ((FIRST, SECOND), 0, None)


def test_the_key_of_the_next_page_stands_behind_an_empty_row() -> None:
    rows = [*json.loads(CDX_JSON), [], ["example%2Ctern%29%2F+20310315113009%21"]]
    for written in (json.dumps(rows), f"{CDX_TEXT}\nexample%2Ctern%29%2F+20310315113009%21\n"):
        listing = read_listing(written.encode(), BASE)
        assert listing.captures == (FIRST, SECOND)
        assert listing.resume == "example%2Ctern%29%2F+20310315113009%21"


def test_empty_lines_between_captures_are_no_key() -> None:
    listing = read_listing(CDX_TEXT.replace("9\n", "9\n\n").encode(), BASE)
    assert (listing.captures, listing.resume) == ((FIRST, SECOND), None)


LINKS = f"""<{PAGE}>;rel="original",
<{BASE}/1>; rel="self"; type="application/link-format"; from="Fri, 14 Mar 2031 10:00:00 GMT",
<https://archive.example/gate/{PAGE}>; rel="timegate",
<https://archive.example/20310314100000/{PAGE}>; rel="first memento"; datetime="Fri, 14 Mar 2031 10:00:00 GMT",
</m/7>; rel=memento; license="a, \\"b\\" <c>"; datetime="Sat, 15 Mar 2031 12:30:09 +0100",
</m/8>; rel="memento"; datetime="soon",
<{BASE}/2>; rel="timemap"; type="application/link-format"; from="Sun, 16 Mar 2031 00:00:00 GMT",
<{BASE}.json>; rel="timemap"; type="application/json"
"""


def test_a_time_map_lists_mementos_and_its_further_pages() -> None:
    listing = read_listing(LINKS.encode(), BASE)
    assert [(c.url, c.at, c.address) for c in listing.captures] == [
        (PAGE, FIRST.at, f"https://archive.example/20310314100000/{PAGE}"),
        (PAGE, SECOND.at, "https://archive.example/m/7"),
    ]
    assert listing.more == (More(f"{BASE}/2", "2031-03-16T00:00:00+00:00", None),)
    assert listing.bad == 1


def test_a_json_time_map_lists_the_same() -> None:
    whole = {
        "original_uri": PAGE,
        "timemap_uri": {"json_format": BASE},
        "mementos": {
            "first": {"uri": "https://archive.example/m/1", "datetime": "2031-03-14T10:00:00Z"},
            "list": [
                {"uri": "https://archive.example/m/1", "datetime": "2031-03-14T10:00:00Z"},
                {"uri": "/m/2", "datetime": "2031-03-15T11:30:09Z"},
                {"uri": 3},
            ],
        },
        "pages": {"next": {"uri": "https://archive.example/t/2", "until": "2031-04-01T00:00:00Z"}},
    }
    listing = read_listing(json.dumps(whole, indent=1).encode(), BASE)
    assert [(c.at, c.address) for c in listing.captures] == [
        (FIRST.at, "https://archive.example/m/1"),
        (SECOND.at, "https://archive.example/m/2"),
    ]
    assert listing.more == (More("https://archive.example/t/2", None, "2031-04-01T00:00:00+00:00"),)
    assert listing.bad == 1
    index = {"original_uri": PAGE, "timemap_index": [{"uri": f"{BASE}/a"}, {"uri": f"{BASE}/b"}]}
    found = read_listing(json.dumps(index).encode(), BASE)
    assert [more.address for more in found.more] == [f"{BASE}/a", f"{BASE}/b"]


@pytest.mark.parametrize(
    "written",
    [
        "<html><body><p>Not found</p></body></html>",
        "<!doctype html><a href='x'>",
        '{"message": "No captures found"}',
        '["a", "b"]',
        "[1, 2",
        "An ordinary text\nabout the harbour.",
        "[" * 9000,
    ],
)
def test_what_is_no_listing_is_one_line(written: str) -> None:
    with pytest.raises(InputError, match="neither a time map nor a CDX listing"):
        read_listing(written.encode(), BASE)


@pytest.mark.parametrize("written", ["", "\n", "[]", "\ufeff"])
def test_an_empty_listing_lists_nothing(written: str) -> None:
    assert read_listing(written.encode(), BASE).captures == ()


def test_lines_that_are_not_understood_are_counted_and_the_others_used() -> None:
    broken = CDX_TEXT.replace("20310315113009", "20310231999999") + "half a li\n"
    listing = read_listing(broken.encode(), BASE)
    assert (listing.captures, listing.bad) == ((FIRST,), 2)


def test_a_captures_own_address_tells_time_form_and_page() -> None:
    found = replayed("https://archive.example/web/20310314100000id_/https:/tern.example/a?b=1")
    assert found and (found.at, found.modifier, found.url) == (
        FIRST.at,
        "id_",
        "https://tern.example/a?b=1",
    )
    assert found.written("") == (
        "https://archive.example/web/20310314100000/https://tern.example/a?b=1"
    )
    assert replayed("https://archive.example/m/7") is None


# --------------------------------------------------------------------------- properties

moments = st.datetimes(datetime(1991, 1, 1), datetime(2100, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
urls = st.from_regex(r"https?://[a-z]{1,8}\.example/[A-Za-z0-9?=&,;:~/%-]{0,20}", fullmatch=True)
captures = st.lists(
    st.builds(
        Listed,
        urls,
        moments.map(lambda at: at.isoformat()),
        st.none(),
        st.none() | st.integers(100, 599),
        st.none() | st.sampled_from(["text/html", "warc/revisit"]),
        st.none() | st.from_regex(r"[A-Z2-7]{32}", fullmatch=True),
    ),
    max_size=6,
)


@given(captures)
def test_what_is_written_as_cdx_is_read_back(listed: list[Listed]) -> None:
    rows = [
        ["key", c.timestamp, c.url, c.media_type or "-", str(c.status or "-"), c.digest or "-"]
        for c in listed
    ]
    head = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest"]
    names = ["urlkey", "timestamp", "url", "mime", "status", "digest"]
    for written in (
        json.dumps([head, *rows]),
        "".join(" ".join(row) + "\n" for row in rows),
        "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows),
    ):
        assert read_listing(written.encode(), BASE).captures == tuple(listed)


@given(st.lists(st.tuples(urls, moments), max_size=6))
def test_what_is_written_as_a_time_map_is_read_back(mementos: list[tuple[str, datetime]]) -> None:
    links = [f'<{PAGE}>; rel="original"']
    links += [
        f'<{url}>; rel="memento"; datetime="{format_datetime(at, usegmt=True)}"'
        for url, at in mementos
    ]
    listing = read_listing(",\n".join(links).encode(), BASE)
    assert [(c.address, c.at) for c in listing.captures] == [
        (url, at.isoformat()) for url, at in mementos
    ]
    assert listing.bad == 0


@given(st.text(max_size=80) | st.text('<>;,="\\ relmento[]{}0:/', max_size=80))
def test_no_text_raises_anything_but_the_one_error(written: str) -> None:
    read_links(written)
    try:
        read_listing(written.encode("utf-8", "surrogatepass"), BASE)
    except InputError:
        return


@given(moments)
def test_fourteen_digits_and_instants_are_the_same_time(at: datetime) -> None:
    assert instant_of(timestamp_of(at.isoformat())) == at.isoformat()

"""The app as a web archive: another record is copied from it, and clients of RFC 7089 find their way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.capture.printing import column, pdf
from tests.capture.serving import Clock, now
from tests.publish.served import served

from onrecord.capture.archives import Options, parse_archive
from onrecord.capture.capturing import Origin, capture
from onrecord.capture.links import read_links
from onrecord.capture.timemaps import read_listing
from onrecord.capture.web import Fetcher
from onrecord.capture.web import Options as Web
from onrecord.publish.mementos import asked, http_date, stamped
from onrecord.publish.web import create_app
from onrecord.records import Capture, Hop
from onrecord.run.backfilling import Wanted, backfill
from onrecord.store.record import Store
from onrecord.text.urls import identity

URL = "https://tern.example/harbour?id=7&part=a%2Fb"
MOVED = "https://tern.example/old"


def page(words: str, charset: str = "utf-8") -> bytes:
    return f"<html><title>Harbour</title><h1>Harbour</h1><p>The pilots {words}.</p></html>".encode(
        charset
    )


A, B, C = page("stay"), page("häng on", "windows-1252"), page("leave")


def put(store: Store, data: bytes, at: str | None, url: str | None = URL, **more: object) -> str:
    known = {"path": url or "a.html", "url": url, "captured_at": at, "status": 200}
    found = capture(data, Origin(**{**known, **more}))  # type: ignore[arg-type]
    store.add(found.capture, found.data, found.text)
    return found.capture.id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A, B, A again, and C: of one address in several writings, in several zones."""
    with Store(tmp_path / "one") as found:
        put(found, A, "2031-03-14T10:00:00+00:00")
        put(
            found,
            B,
            "2031-03-14T14:30:00+04:00",
            content_type="text/html; charset=windows-1252",
            headers={"content-type": "text/html; charset=windows-1252", "etag": '"b"'},
        )
        put(found, A, "2031-03-15T10:00:00+00:00", url=URL.replace("https://", "http://www."))
        put(
            found,
            C,
            "2031-04-01T08:00:00+00:00",
            final_url="https://tern.example/harbour-2",
            redirects=(Hop(url=URL, status=301),),
        )
        put(found, A, None)
        put(found, C, "2031-05-01")
        put(found, B, "2031-03-14T10:00:00+00:00", url=None)
        yield found


def ask(store: Store, path: str, **headers: str) -> httpx.Response:
    """An answer of the app; redirects are not followed."""

    async def one() -> httpx.Response:
        transport = httpx.ASGITransport(app=create_app(store))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(
                path, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )

    return asyncio.run(one())


def links(answer: httpx.Response) -> Mapping[str, str]:
    """Relation -> target of the answer's Link header; every relation by itself."""
    found, bad = read_links(answer.headers["link"])
    assert not bad
    return {name: link.target for link in found for name in link.relations}


def leads_to(store: Store, answer: httpx.Response) -> Capture:
    assert answer.status_code == 302
    found = store.get(Capture, urlsplit(answer.headers["location"]).path.rpartition("/")[2])
    assert found is not None
    return found


# --------------------------------------------------------------------------- one record from another


@pytest.mark.parametrize("listing", ["", "/timemap/link/{url}", "/timemap/json/{url}"])
def test_a_record_is_copied_from_another_one_with_its_bytes_times_and_ids(
    store: Store, tmp_path: Path, listing: str
) -> None:
    mementos = {c.id: c for c in store.all(Capture) if c.url and "T" in (c.captured_at or "")}
    with served(store) as base, Store(tmp_path / "two") as copy:
        wanted = Wanted(url=URL, archive=parse_archive(base + listing))
        clock = Clock()
        with Fetcher(Web(private=True), now, clock.sleep, clock) as fetcher:
            report = backfill(copy, fetcher, wanted, Options())
        with Fetcher(Web(private=True), now, clock.sleep, clock) as fetcher:
            again = backfill(copy, fetcher, wanted, Options())
        assert (report.listed, report.added, report.lines) == (4, 4, [])
        assert (again.held, again.added) == (4, 0)
        copied = {c.id: c for c in copy.all(Capture)}
        assert copied.keys() == mementos.keys()
        for ident, one in copied.items():
            first = mementos[ident]
            assert copy.data(one.sha256) == store.data(first.sha256)
            assert (one.url, one.captured_at) == (first.url, first.captured_at)
            assert (one.final_url, one.redirects) == (first.final_url, first.redirects)
            assert (one.media_type, one.decoder) == (first.media_type, first.decoder)
            assert one.memento and one.memento.form == "raw"


def test_what_a_server_says_of_a_capture_counts_only_if_the_bytes_prove_it(
    store: Store, tmp_path: Path
) -> None:
    """A header about other bytes, another address or another time changes nothing."""
    from onrecord.capture.recorded import proved

    (first,) = (c for c in store.all(Capture) if c.captured_at == "2031-03-14T14:30:00+04:00")
    told = ask(store, f"/memento/id/{first.id}").headers["onrecord-capture"]
    assert proved(B, {"onrecord-capture": told}) is not None
    assert proved(A, {"onrecord-capture": told}) is None
    for name, value in (("url", "https://gull.example/"), ("captured_at", "2031-03-14T10:30:00Z")):
        wrong = json.dumps({**json.loads(told), name: value})
        assert proved(B, {"onrecord-capture": wrong}) is None
    for wrong in ("{}", "[1", '{"id": 3}', "\ud800"):
        assert proved(B, {"onrecord-capture": wrong}) is None


# --------------------------------------------------------------------------- time maps


def test_a_time_map_lists_every_capture_that_has_a_time_and_no_other(store: Store) -> None:
    answer = ask(store, f"/timemap/link/{URL}")
    assert answer.headers["content-type"] == "application/link-format"
    listing = read_listing(answer.content, "http://127.0.0.1/")
    assert (listing.bad, listing.more) == (0, ())
    assert [c.at for c in listing.captures] == [
        "2031-03-14T10:00:00+00:00",
        "2031-03-14T10:30:00+00:00",
        "2031-03-15T10:00:00+00:00",
        "2031-04-01T08:00:00+00:00",
    ]
    found, _ = read_links(answer.text)
    relations = [" ".join(sorted(link.relations)) for link in found]
    assert relations == [
        *("original", "self", "timemap", "timegate"),
        *("first memento", "memento", "memento", "last memento"),
    ]
    assert found[1].parameters["from"] == "Fri, 14 Mar 2031 10:00:00 GMT"
    assert found[1].parameters["until"] == "Tue, 01 Apr 2031 08:00:00 GMT"


def test_the_time_map_in_json_says_the_same(store: Store) -> None:
    answer = ask(store, f"/timemap/json/{URL}")
    assert answer.headers["content-type"] == "application/json"
    as_links = read_listing(ask(store, f"/timemap/link/{URL}").content, "http://127.0.0.1/")
    as_json = read_listing(answer.content, "http://127.0.0.1/")
    assert as_json.captures == as_links.captures
    found = answer.json()
    assert found["mementos"]["first"] == found["mementos"]["list"][0]
    assert found["mementos"]["last"] == found["mementos"]["list"][-1]


# --------------------------------------------------------------------------- the time gate


@pytest.mark.parametrize(
    "asked_for, at",
    [
        (None, "2031-04-01T08:00:00+00:00"),
        ("Sat, 01 Jan 2000 00:00:00 GMT", "2031-03-14T10:00:00+00:00"),
        ("Fri, 14 Mar 2031 10:16:00 GMT", "2031-03-14T14:30:00+04:00"),
        ("Fri, 14 Mar 2031 10:15:00 GMT", "2031-03-14T10:00:00+00:00"),
        ("Fri, 31 Dec 2060 23:59:59 GMT", "2031-04-01T08:00:00+00:00"),
    ],
)
def test_the_time_gate_leads_to_the_nearest_capture(
    store: Store, asked_for: str | None, at: str
) -> None:
    headers = {"Accept_Datetime": asked_for} if asked_for else {}
    answer = ask(store, f"/timegate/{URL}", **headers)
    assert leads_to(store, answer).captured_at == at
    assert answer.headers["vary"] == "accept-datetime"
    assert links(answer)["original"] == URL
    assert links(answer)["timemap"].startswith("http://127.0.0.1/timemap/")
    assert "memento-datetime" not in answer.headers
    assert {"first", "last", "memento"} <= links(answer).keys()


@pytest.mark.parametrize(
    "date", ["yesterday", "2031-03-14T10:00:00Z", "Fri, 31 Feb 2031 10:00:00 GMT", "", "14"]
)
def test_a_bad_date_is_refused_and_the_way_on_is_shown(store: Store, date: str) -> None:
    answer = ask(store, f"/timegate/{URL}", Accept_Datetime=date)
    assert answer.status_code == 400
    assert answer.headers["vary"] == "accept-datetime"
    assert "timemap" in links(answer)


@pytest.mark.parametrize("room", ["timegate", "timemap/link", "timemap/json", "memento/2031"])
def test_an_address_without_captures_is_not_found(store: Store, room: str) -> None:
    put(store, A, None, url="https://tern.example/undated")
    assert ask(store, f"/{room}/https://gull.example/").status_code == 404
    undated = ask(store, f"/{room}/https://tern.example/undated")
    assert undated.status_code == 404
    assert "nothing says when it was captured" in undated.text


@pytest.mark.parametrize(
    "written",
    [
        URL,
        URL.replace("https://", "http://www."),
        URL.replace("https://", "https:/"),
        URL.removeprefix("https://"),
        "https%3A%2F%2Ftern.example%2Fharbour%3Fid%3D7%26part%3Da%252Fb",
        URL.replace("?", "?utm_source=feed&"),
        URL.replace("%2F", "%2f"),
    ],
)
def test_other_writings_of_an_address_find_its_captures(store: Store, written: str) -> None:
    assert leads_to(store, ask(store, f"/timegate/{written}")).url == URL
    assert ask(store, f"/timegate/{URL.replace('%2F', '/')}").status_code == 404


def test_an_address_beyond_ascii_is_found_as_it_is_sent(store: Store) -> None:
    written = "https://bücher.example/häfen?ort=Tönning"
    put(store, A, "2031-03-14T10:00:00+00:00", url=written)
    answer = ask(store, "/timegate/https://xn--bcher-kva.example/h%C3%A4fen?ort=T%C3%B6nning")
    assert leads_to(store, answer).url == written
    assert answer.headers["link"].isascii()
    again = urlsplit(links(answer)["timegate"])
    assert leads_to(store, ask(store, f"{again.path}?{again.query}")).url == written


def test_the_time_in_an_address_leads_to_the_capture_of_that_time(store: Store) -> None:
    for time_, at in (
        ("20310314103000", "2031-03-14T14:30:00+04:00"),
        ("20310314103000id_", "2031-03-14T14:30:00+04:00"),
        ("20310315", "2031-03-15T10:00:00+00:00"),
        ("1999", "2031-03-14T10:00:00+00:00"),
    ):
        assert leads_to(store, ask(store, f"/memento/{time_}/{URL}")).captured_at == at
    assert ask(store, f"/memento/20319999/{URL}").status_code == 400


# --------------------------------------------------------------------------- the captures themselves


def test_a_memento_is_the_page_as_it_was_captured(store: Store) -> None:
    (middle,) = (c for c in store.all(Capture) if c.captured_at == "2031-03-14T14:30:00+04:00")
    answer = ask(store, f"/memento/id/{middle.id}")
    assert answer.status_code == 200
    assert answer.content == B
    assert answer.headers["content-type"] == "text/html; charset=windows-1252"
    assert answer.headers["memento-datetime"] == "Fri, 14 Mar 2031 10:30:00 GMT"
    assert answer.headers["x-archive-orig-etag"] == '"b"'
    found = links(answer)
    assert found["original"] == URL
    assert {"timegate", "timemap", "first", "last", "prev", "next"} <= found.keys()
    assert found["next"].rpartition("/")[2] == min(
        c.id for c in store.all(Capture) if c.captured_at == "2031-03-15T10:00:00+00:00"
    )


def test_captures_without_a_time_are_no_mementos_and_their_page_says_why(store: Store) -> None:
    for capture_ in store.all(Capture):
        answer = ask(store, f"/memento/id/{capture_.id}")
        text = ask(store, f"/capture/{capture_.id}")
        if capture_.url and "T" in (capture_.captured_at or ""):
            assert answer.status_code == 200
            assert links(text)["timegate"].startswith("http://127.0.0.1/timegate/http")
            continue
        assert answer.status_code == 404
        assert "link" not in text.headers
        plain = ask(store, f"/memento/bytes/{capture_.id}")
        assert plain.content == store.data(capture_.sha256)
        assert plain.headers["content-security-policy"].startswith("sandbox; ")
        assert "memento-datetime" not in plain.headers
        assert f"/memento/bytes/{capture_.id}" in text.text
        why = {
            None: "nothing says when it was captured",
            "2031-05-01": "only the day of its capture",
        }
        expected = why[capture_.captured_at] if capture_.url else "no web address is known"
        assert expected in text.text


def test_what_is_replayed_is_kept_apart_from_the_app(store: Store) -> None:
    """Its own policy stands on every memento, whatever the page was sent with."""
    ident = put(
        store,
        page("run <script>parent.x=1</script>"),
        "2031-06-01T00:00:00+00:00",
        headers={"content-type": "text/javascript", "link": '<x>; rel="canonical"\r\nA: b'},
    )
    answer = ask(store, f"/memento/id/{ident}")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'") and "allow" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "a" not in answer.headers and "x-archive-orig-link" not in answer.headers


def test_a_pdf_is_offered_as_a_file(store: Store) -> None:
    data = pdf([column("The harbour talks end.", 72, 700, 400)])
    ident = put(store, data, "2031-06-01T00:00:00+00:00", url="https://tern.example/a.pdf")
    answer = ask(store, f"/memento/id/{ident}")
    assert (answer.content, answer.headers["content-type"]) == (data, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="{ident}.pdf"'
    assert "content-disposition" not in ask(store, f"/timegate/{URL}").headers


# --------------------------------------------------------------------------- what is written in addresses


@given(st.from_regex(r"https?://[a-z]{1,8}\.example(/[!-~]{0,20})?", fullmatch=True))
def test_an_address_behind_a_path_means_itself(url: str) -> None:
    meant = asked(url)
    assert identity(url) in {identity(one) for one in meant} or url.count("//") > 1


@given(st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9999, 12, 31)))
def test_dates_come_back_as_they_were_written(at: datetime) -> None:
    from onrecord.publish.mementos import Memento

    whole = at.replace(microsecond=0, tzinfo=UTC)
    assert http_date(Memento(None, whole).date) == whole  # type: ignore[arg-type]
    assert stamped(whole.strftime("%Y%m%d%H%M%S")) == whole

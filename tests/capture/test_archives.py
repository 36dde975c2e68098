"""Captures of web archives into a record, from an archive on the loopback address."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.capture.archive import BANNER, URL, Archived, FakeArchive, text
from tests.capture.serving import Clock, Page, Site, names, now, serving

from onrecord.capture.archives import (
    PRESETS,
    Options,
    Span,
    filled,
    parse_archive,
    parse_span,
)
from onrecord.capture.mementos import has_digest
from onrecord.capture.timemaps import Listed
from onrecord.capture.web import Answer, Fetcher
from onrecord.capture.web import Options as Web
from onrecord.errors import InputError, UsageError
from onrecord.records import Capture, Hop
from onrecord.run.backfilling import BackfillReport, Wanted, backfill, dry_run
from onrecord.store.record import Store

ONE, TWO, THREE = "20310314100000", "20310315113009", "20310401080000"
A, B, C = text("the ferry stays."), text("the ferry goes."), text("the ferry came back.")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as found:
        yield found


Run = Callable[..., BackfillReport]


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Backfills as a new run of the program does: with a fetcher that knows nothing of the last one."""
    names(monkeypatch, {})

    def one(fake: FakeArchive, **more: object) -> BackfillReport:
        chosen = more.pop("options", Options())
        clock = Clock()
        web = Web(**{"private": True, **more.pop("web", {})})  # type: ignore[dict-item]
        wanted = Wanted(**{"url": URL, "archive": parse_archive(fake.base), **more})  # type: ignore[arg-type]
        with Fetcher(web, now, clock.sleep, clock) as fetcher:
            return backfill(store, fetcher, wanted, chosen)  # type: ignore[arg-type]

    return one


def times(store: Store) -> list[tuple[str, str]]:
    """Of every capture in the record its time and how it was had, by time."""
    found = [(c.captured_at or "", c.memento.form if c.memento else "") for c in store.all(Capture)]
    return sorted(found)


# --------------------------------------------------------------------------- what is recorded


def test_captures_keep_their_own_time_and_address_and_where_they_stand(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B)])
    report = run(archive)
    assert (report.listed, report.added, report.lines) == (2, 2, [])
    first = min(store.all(Capture), key=lambda c: c.captured_at or "")
    assert (first.url, first.final_url) == (URL, URL)
    assert (first.captured_at, first.status) == ("2031-03-14T10:00:00+00:00", 200)
    assert store.data(first.sha256) == A
    assert first.memento is not None
    assert first.memento.address == f"{archive.base}/{ONE}id_/{URL}"
    assert (first.memento.form, first.memento.digest) == ("raw", Archived(ONE, A).digest)
    assert first.headers == {
        "content-type": "text/html; charset=utf-8",
        "link": f'<{URL}>; rel="original"',
        "memento-datetime": "Fri, 14 Mar 2031 10:00:00 GMT",
        "x-archive-orig-etag": '"then"',
    }


def test_equal_digests_are_fetched_once_and_every_time_they_were_seen_is_kept(
    site: Site, store: Store, run: Run
) -> None:
    """Also where a text went and came back: A, A, B, A."""
    stamps = [ONE, TWO, "20310316000000", THREE]
    archive = FakeArchive(site, [Archived(t, d) for t, d in zip(stamps, (A, A, B, A), strict=True)])
    archive.captures[1] = Archived(TWO, A, media="warc/revisit")
    report = run(archive)
    assert (report.added, report.by_digest) == (4, 2)
    assert archive.shown == [f"{ONE}id_", "20310316000000id_"]
    assert times(store) == [
        ("2031-03-14T10:00:00+00:00", "raw"),
        ("2031-03-15T11:30:09+00:00", "by_digest"),
        ("2031-03-16T00:00:00+00:00", "raw"),
        ("2031-04-01T08:00:00+00:00", "by_digest"),
    ]
    assert len(list(store.captures.stored())) == 2


def test_a_digest_that_the_bytes_do_not_have_stands_for_nothing(
    site: Site, store: Store, run: Run
) -> None:
    class Lying(Archived):
        digest = "A" * 32  # type: ignore[assignment]

    report = run(FakeArchive(site, [Lying(ONE, A), Lying(TWO, B)]))
    assert (report.added, report.by_digest) == (2, 0)
    assert {store.data(c.sha256) for c in store.all(Capture)} == {A, B}
    assert all(c.memento and c.memento.digest is None for c in store.all(Capture))


def test_an_archive_without_raw_captures_gives_them_as_it_shows_them(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, A)], raw=False)
    report = run(archive)
    assert (report.added, report.replayed, report.by_digest) == (2, 2, 0)
    assert archive.shown == [f"{ONE}id_", ONE, TWO]
    for capture in store.all(Capture):
        assert store.data(capture.sha256) == BANNER + A
        assert capture.memento and capture.memento.form == "replayed"
    assert run(archive).added == 0


def test_an_archive_that_leads_from_raw_captures_to_shown_ones_is_followed(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B)], drops=True)
    report = run(archive)
    assert (report.added, report.replayed, report.lines) == (2, 2, [])
    assert run(archive).held == 2


def test_raw_captures_that_fail_for_once_are_not_taken_with_a_banner(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B)])
    archive.broken = {f"{ONE}id_"}
    report = run(archive)
    assert (report.added, report.failed, report.replayed) == (1, 1, 0)
    archive.broken = set()
    assert run(archive).added == 1
    assert {form for _, form in times(store)} == {"raw"}


def test_raw_captures_can_be_left_aside_by_the_option(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, A)])
    assert run(archive, options=Options(raw=False)).replayed == 1
    assert archive.shown == [ONE]


# --------------------------------------------------------------------------- again and again


def test_a_second_run_asks_only_for_what_is_missing(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B, status=404)])
    run(archive)
    archive.captures.append(Archived(THREE, C))
    site.asked.clear()
    report = run(archive)
    assert (report.held, report.settled, report.added, report.lines) == (1, 1, 1, [])
    assert archive.shown == [f"{THREE}id_"]


def test_a_limit_takes_the_next_ones_at_the_next_run(site: Site, store: Store, run: Run) -> None:
    stamps = [f"2031030{n}000000" for n in range(1, 6)]
    archive = FakeArchive(site, [Archived(t, text(t)) for t in stamps])
    for added, left in ((2, 3), (2, 1), (1, 0), (0, 0)):
        report = run(archive, limit=2)
        assert (report.added, report.left) == (added, left)
    assert [t for t, _ in times(store)] == [f"2031-03-0{n}T00:00:00+00:00" for n in range(1, 6)]


def test_what_failed_is_one_line_and_asked_for_again(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B)])
    archive.broken = {f"{ONE}id_", ONE}
    report = run(archive)
    assert (report.added, report.failed) == (1, 1)
    (line,) = report.lines
    assert line.startswith(f"{archive.base}/{ONE}id_/{URL}: not captured: the archive answered 500")
    assert [note for _, _, _, note in store.notices()] == [line]
    archive.broken = set()
    assert run(archive).added == 1
    assert store.notices() == []


def test_the_digest_of_a_failed_capture_is_had_from_the_next_one(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, A)])
    archive.broken = {f"{ONE}id_", ONE}
    run(archive)
    archive.broken = set()
    site.asked.clear()
    assert run(archive).by_digest == 1
    assert archive.shown == []
    assert times(store) == [
        ("2031-03-14T10:00:00+00:00", "by_digest"),
        ("2031-03-15T11:30:09+00:00", "raw"),
    ]


def test_a_dry_run_lists_what_there_is_and_touches_nothing(site: Site, store: Store) -> None:
    archive = FakeArchive(
        site,
        [
            Archived(ONE, A),
            Archived(TWO, A),
            Archived(THREE, B, status=503),
            Archived("20310402000000", C, media="image/png"),
        ],
    )
    clock = Clock()
    wanted = Wanted(url=URL, archive=parse_archive(archive.base))
    with Fetcher(Web(private=True), now, clock.sleep, clock) as fetcher:
        plan, problems = dry_run(store, fetcher, wanted, Options())
    assert problems == []
    assert [one.listed.timestamp for one in plan] == [ONE, TWO, THREE, "20310402000000"]
    assert [one.plan for one in plan[:2]] == ["fetch", "same bytes"]
    assert "is an error (503)" in plan[2].plan
    assert "lists it as image/png" in plan[3].plan
    assert archive.shown == []
    assert (store.count(Capture), store.notices()) == (0, [])


# --------------------------------------------------------------------------- redirects and errors


def _time_map(archive: FakeArchive, stamps: list[str]) -> Page:
    links = "".join(f',<{archive.base}/{t}/{URL}>; rel="memento"' for t in stamps)
    return Page(200, f'<{URL}>; rel="original"{links}'.encode())


def test_another_time_than_asked_for_is_kept_as_it_is_and_not_doubled(
    site: Site, store: Store, run: Run
) -> None:
    """The time map names times of which the archive has no capture: it answers with the nearest."""
    archive = FakeArchive(site, [Archived(ONE, A), Archived(THREE, C)], cdx=False)
    path, near = f"/web/timemap/link/{URL}", "20310401070000"
    site.pages[path] = _time_map(archive, [near])
    assert run(archive).added == 1
    (capture,) = store.all(Capture)
    assert capture.captured_at == "2031-04-01T08:00:00+00:00"
    assert capture.redirects == (Hop(url=f"{archive.base}/{near}id_/{URL}", status=302),)
    assert capture.memento and capture.memento.address == f"{archive.base}/{THREE}id_/{URL}"

    site.pages[path] = _time_map(archive, [ONE, "20310314120000", near, "20310401060000", THREE])
    report = run(archive)
    assert (report.listed, report.held, report.added, report.settled) == (5, 2, 1, 2)
    assert report.lines == []
    assert [t for t, _ in times(store)] == [
        "2031-03-14T10:00:00+00:00",
        "2031-04-01T08:00:00+00:00",
    ]
    site.asked.clear()
    assert run(archive).added == 0
    assert archive.shown == []


def test_the_nearest_capture_is_left_to_its_own_line_of_the_listing(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(THREE, C)], cdx=False)
    site.pages[f"/web/timemap/link/{URL}"] = _time_map(archive, ["20310401070000", THREE])
    report = run(archive)
    assert (report.added, report.settled) == (1, 1)
    assert store.all(Capture)[0].redirects == ()


@pytest.mark.parametrize("rewrites", [True, False])
@pytest.mark.parametrize("raw", [True, False])
def test_an_archived_redirect_leads_to_its_target_in_the_archive(
    site: Site, store: Store, run: Run, rewrites: bool, raw: bool
) -> None:
    target = "https://tern.example/harbour-talks"
    archive = FakeArchive(
        site,
        [
            Archived(ONE, status=301, target=target),
            Archived("20310314100007", A, url=target),
        ],
        rewrites=rewrites,
        raw=raw,
    )
    report = run(archive)
    assert (report.listed, report.added) == (1, 1), report.lines
    (capture,) = store.all(Capture)
    assert (capture.url, capture.final_url) == (URL, target)
    assert capture.captured_at == "2031-03-14T10:00:07+00:00"
    assert [hop.status for hop in capture.redirects] == [301, 302]
    assert all(hop.url.startswith(archive.base) for hop in capture.redirects)
    assert {host for host, _, _ in site.asked} == {"127.0.0.1"}
    site.asked.clear()
    assert run(archive).added == 0
    assert archive.shown == []


def test_a_redirect_from_http_to_https_is_followed_and_its_page_not_doubled(
    site: Site, store: Store, run: Run
) -> None:
    plain = URL.replace("https", "http")
    archive = FakeArchive(
        site,
        [Archived(ONE, status=301, url=plain, target=URL), Archived(ONE, A)],
        rewrites=False,
    )
    report = run(archive)
    assert (report.listed, report.held, report.added) == (2, 1, 1), report.lines
    assert archive.shown == [f"{ONE}id_"]


def test_redirects_in_a_circle_or_into_nothing_are_settled_with_a_line(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(
        site,
        [
            Archived(ONE, status=302, target=URL),
            Archived(TWO, status=302, target="https://tern.example/none"),
        ],
    )
    report = run(archive)
    assert report.added == 0
    assert len(report.lines) == 2
    assert "in a circle" in report.lines[0]
    assert "answered 404" in report.lines[1]


@pytest.mark.parametrize("cdx", [True, False])
def test_archived_error_pages_are_one_line_each_and_never_captured(
    site: Site, store: Store, run: Run, cdx: bool
) -> None:
    """From a time map the status shows only when the capture is asked for; also 429 and 503 that were
    archived ask nobody to wait."""
    statuses = (404, 410, 429, 503)
    archive = FakeArchive(
        site,
        [Archived(f"2031030{n}000000", A, status=s) for n, s in enumerate(statuses, 1)],
        cdx=cdx,
    )
    report = run(archive)
    assert (report.added, report.settled) == (0, 4)
    for status, line in zip(statuses, report.lines, strict=True):
        assert f"not captured: the archived answer is an error ({status})" in line
    site.asked.clear()
    report = run(archive)
    assert (report.settled, report.lines, archive.shown) == (4, [], [])


def test_what_was_archived_and_is_no_page_is_settled(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, b""), Archived(TWO, b"%!\x00\x01" * 9)])
    report = run(archive)
    assert (report.added, report.settled, len(report.lines)) == (0, 2, 2)
    assert run(archive).lines == []


# --------------------------------------------------------------------------- listings


@pytest.mark.parametrize("keys", [True, False])
def test_a_cdx_listing_is_read_page_by_page(site: Site, store: Store, run: Run, keys: bool) -> None:
    stamps = [f"203103{n:02}000000" for n in range(1, 8)]
    archive = FakeArchive(site, [Archived(t, text(t)) for t in stamps], rows=3, keys=keys)
    assert run(archive, options=Options(rows=3)).added == 7
    assert len([p for p in site.paths if p.startswith("/web/cdx")]) >= 3


def test_a_time_map_is_read_page_by_page(site: Site, store: Store, run: Run) -> None:
    stamps = [f"203103{n:02}000000" for n in range(1, 8)]
    archive = FakeArchive(site, [Archived(t, text(t)) for t in stamps], cdx=False, per_page=3)
    assert run(archive).added == 7
    assert [p for p in site.paths if "timemap" in p] == [
        f"/web/timemap/link/{page}{URL}" for page in ("", "page1/", "page2/")
    ]


def test_a_listing_longer_than_the_limit_is_said_to_be(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(t, text(t)) for t in (ONE, TWO, THREE)])
    report = run(archive, options=Options(listed=2))
    assert report.added == 2
    assert "the listing is longer: only 2 captures" in report.lines[0]


@pytest.mark.parametrize("cdx", [True, False])
@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2031-03-15", None, [TWO, THREE]),
        (None, "2031-03-15", [ONE, TWO]),
        ("2031-03-14T10:00:01Z", "2031-03", [TWO]),
        ("2031-04", "2031", [THREE]),
        (TWO, TWO, [TWO]),
        ("2031-03-14T12:00:00+02:00", "2031-03-14", [ONE]),
    ],
)
def test_only_captures_between_the_dates_are_taken(
    site: Site,
    store: Store,
    run: Run,
    start: str | None,
    end: str | None,
    found: list[str],
    cdx: bool,
) -> None:
    archive = FakeArchive(site, [Archived(t, text(t)) for t in (ONE, TWO, THREE)], cdx=cdx)
    assert run(archive, span=parse_span(start, end)).added == len(found)
    assert archive.shown == [f"{t}id_" for t in found]


def test_a_listing_with_its_own_address_is_asked_there(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, A)])
    elsewhere = f"{site.url}/list?of={{url}}&since={{from}}"
    quoted = "https%3A%2F%2Ftern.example%2Fharbour"
    site.pages[f"/list?of={quoted}&since=19900101000000"] = Page(
        200, f"x {ONE} {URL} text/html 200 - -".encode()
    )
    replay = archive.base + "/{timestamp}id_/{url}"
    assert run(archive, archive=parse_archive(elsewhere, replay)).added == 1
    report = run(archive, archive=parse_archive(elsewhere))
    assert "does not say where the archive shows" in report.lines[0]


def test_a_listing_in_a_file_names_the_captures(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B)])
    lines = [f"x {t} {URL} text/html 200 - -" for t in (ONE, TWO)]
    lines.append(f"x {TWO} https://gull.example/other text/html 200 - -")
    cdx = ("tern.cdx", "\n".join(lines).encode())
    assert run(archive, listing=cdx).added == 2
    link = f'<{archive.base}/{ONE}/{URL}>; rel="memento"'.encode()
    report = run(archive, url=None, archive=None, listing=("tern.link", link))
    assert (report.listed, report.held) == (1, 1)
    assert not [p for p in site.paths if "cdx" in p]


@pytest.mark.parametrize(
    "page", [Page(404), Page(200, b"<html>Sorry</html>"), Page(200, b"", {"Content-Encoding": "x"})]
)
def test_an_archive_without_a_listing_is_one_line(site: Site, run: Run, page: Page) -> None:
    archive = FakeArchive(site, timemap=False)
    site.pages[
        "/web/cdx?url=https%3A%2F%2Ftern.example%2Fharbour&output=json&limit=10000&showResumeKey=true"
    ] = page
    with pytest.raises(InputError, match=r"no list of captures: http.*cdx.*timemap/link") as error:
        run(archive)
    assert "\n" not in error.value.line()


def test_other_writings_of_the_address_that_the_archive_lists_are_kept_as_listed(
    site: Site, store: Store, run: Run
) -> None:
    other = "http://www.tern.example:80/Harbour"
    archive = FakeArchive(site, [Archived(ONE, A), Archived(TWO, B, url=other)])
    assert run(archive).added == 2
    assert {c.url for c in store.all(Capture)} == {URL, other}
    assert run(archive).held == 2


def test_an_archive_that_may_not_be_asked_or_is_not_there_says_so(site: Site, run: Run) -> None:
    archive = FakeArchive(site, [Archived(ONE, A)])
    with pytest.raises(InputError, match=r"open internet .*--web-private true"):
        run(archive, web={"private": False})
    assert site.asked == []
    with pytest.raises(InputError, match="Connection refused"):
        run(archive, archive=parse_archive("http://127.0.0.1:9/web"))


# --------------------------------------------------------------------------- politeness


def test_an_archive_that_asks_to_wait_too_long_is_left_and_the_rest_counted(
    site: Site, store: Store, run: Run
) -> None:
    archive = FakeArchive(site, [Archived(t, text(t)) for t in (ONE, TWO, THREE)])
    site.pages[f"/web/{TWO}id_/{URL}"] = Page(429, b"", {"Retry-After": "9000"})
    report = run(archive)
    assert (report.added, report.left, len(report.lines)) == (1, 2, 1)
    assert "asks to wait 9000 s" in report.lines[0]
    del site.pages[f"/web/{TWO}id_/{URL}"]
    assert run(archive).added == 2


def test_an_archive_that_stops_answering_is_left_after_three(
    site: Site, store: Store, run: Run
) -> None:
    stamps = [f"203103{n:02}000000" for n in range(1, 9)]
    archive = FakeArchive(site, [Archived(t, text(t)) for t in stamps])
    for stamp in stamps[2:]:
        site.pages[f"/web/{stamp}id_/{URL}"] = lambda write: write(b"HTTP/1.1 200 OK\r\nContent-")
    report = run(archive)
    assert (report.added, report.failed, report.left, len(report.lines)) == (2, 2, 4, 3)


def test_robots_of_the_archive_holds_and_is_one_line(site: Site, store: Store, run: Run) -> None:
    archive = FakeArchive(site, [Archived(t, text(t)) for t in (ONE, TWO, THREE)])
    site.pages["/robots.txt"] = Page(200, b"User-agent: *\nDisallow: /web/2\n")
    report = run(archive)
    assert (report.added, report.left, len(report.lines)) == (0, 3, 1)
    assert "robots.txt forbids" in report.lines[0]
    assert archive.shown == []
    assert run(archive, web={"robots": False}).added == 3


# --------------------------------------------------------------------------- what users write


def test_the_internet_archive_is_known_by_name_and_by_its_addresses() -> None:
    for written in ("web.archive.org", "https://web.archive.org/web/", "HTTP://Web.Archive.org"):
        archive = parse_archive(written)
        assert archive == PRESETS["web.archive.org"]
    assert filled(archive.replay, "https://tern.example/a?b=1", timestamp=ONE) == (
        f"https://web.archive.org/web/{ONE}id_/https://tern.example/a?b=1"
    )


@pytest.mark.parametrize("written", ["", "archives", "ftp://a.example/x", "https://", "file:///x"])
def test_what_is_no_archive_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UsageError, match=r"web\.archive\.org"):
        parse_archive(written)


def test_a_pattern_without_its_places_is_refused() -> None:
    with pytest.raises(UsageError, match="not a pattern"):
        parse_archive("https://a.example/web", "https://a.example/{url}")


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (None, None, Span()),
        ("2031", "2031", Span("20310101000000", "20311231235959")),
        ("2032-02", "2032-02", Span("20320201000000", "20320229235959")),
        ("203202", "20320229", Span("20320201000000", "20320229235959")),
        ("2031-03-14", "2031031410", Span("20310314000000", "20310314105959")),
        ("2031-03-14T14:57:00+04:00", None, Span("20310314105700")),
    ],
)
def test_spans_are_days_months_years_instants_or_digits(
    start: str | None, end: str | None, span: Span
) -> None:
    assert parse_span(start, end) == span


@pytest.mark.parametrize("written", ["yesterday", "2031-13", "2031-02-30", "14.3.2031", "203", ""])
def test_what_is_no_date_is_refused(written: str) -> None:
    if written:
        with pytest.raises(UsageError, match="is not a date"):
            parse_span(written, None)
    with pytest.raises(UsageError, match="ends before it begins"):
        parse_span("2032", "2031")


def test_digests_are_known_in_the_forms_archives_write() -> None:
    sent = gzip.compress(A)
    answer = Answer(URL, 200, (), A, sent)
    sha1, sha256 = hashlib.sha1(A).digest(), hashlib.sha256(sent)
    for written in (
        base64.b32encode(sha1).decode(),
        "sha1:" + base64.b32encode(sha1).decode(),
        sha1.hex(),
        f"sha256:{sha256.hexdigest()}",
        hashlib.md5(A).hexdigest().upper(),
    ):
        assert has_digest(answer, written), written
    assert not has_digest(answer, hashlib.sha1(B).hexdigest())


def test_listed_captures_are_compared_by_what_they_say() -> None:
    assert Listed(URL, "2031-03-14T10:00:00+00:00").timestamp == ONE

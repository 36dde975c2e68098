"""Watching a scripted newsroom: what is found, what is kept, what is told, and how politely it is asked.

Nearly all runs go by a simulated clock with one host at a time, so that they are the same every time;
the last section runs in real time with many hosts at once.
"""

from __future__ import annotations

import gzip
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.capture.serving import Clock, names
from tests.run.newsroom import (
    CONSENT,
    CONTACT,
    DAY,
    FAULT,
    FRONT,
    HOUR,
    MINUTE,
    PAYWALL,
    Answer,
    Desk,
    Item,
    Newsroom,
    Reply,
    Request,
    atom,
    broken_gzip,
    dripping,
    json_feed,
    news_sitemap,
    newsroom,
    over_time,
    page,
    redirect,
    report,
    retry_by_date,
    robots,
    rss,
    sitemap,
    sitemap_index,
    slow,
    status,
    text_over_time,
    violations,
)

from onrecord import settings
from onrecord.capture.opml import read_opml
from onrecord.capture.schedule import Options
from onrecord.extract import readings
from onrecord.pipeline import stages_for
from onrecord.publish.cli import main
from onrecord.publish.exports import with_watching
from onrecord.records import Article, Capture, Change, Check, Version, Watch
from onrecord.run import watching
from onrecord.run.building import build_record
from onrecord.run.watches import add_watches, stop_watch
from onrecord.run.watching import Times, watch
from onrecord.store.record import Store

EDIT = "The ferry line added this paragraph of its own in the afternoon, after the talks had ended."
OTHER = (
    "Nobody of the harbour office was there to answer the questions of the island council's men."
)
TERN = "tern.example"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    names(monkeypatch, {})
    return Clock(0.0)


@pytest.fixture
def room(clock: Clock) -> Iterator[Newsroom]:
    with newsroom(clock) as found:
        yield found


Open = Callable[..., Desk]


@pytest.fixture
def desk(room: Newsroom, clock: Clock, tmp_path: Path) -> Iterator[Open]:
    """Desks that watch the newsroom; every run of a test must have been polite."""
    opened: list[Desk] = []

    def one(*places: str, folder: str = "record", **options: Any) -> Desk:
        opened.append(Desk(tmp_path / folder, room, clock, **options))
        opened[-1].add(*places)
        return opened[-1]

    yield one
    for each in opened:
        each.close()
    assert violations(room.asked) == []


def _captures(desk: Desk, place: str) -> list[Capture]:
    wanted = {c.capture_id for c in desk.checks(place)}
    return sorted(
        (c for c in desk.store.all(Capture) if c.id in wanted), key=lambda c: c.captured_at or ""
    )


def _told(desk: Desk, place: str) -> list[str]:
    return [event.what for event in desk.said if event.url == desk.room.url(place)]


# --------------------------------------------------------------------------- what feeds name


def _odd(items: list[Item]) -> str:
    """A feed with relative addresses."""
    return rss([Item(i.url.partition(".example")[2].partition("/")[2], i.title) for i in items])


LISTINGS: dict[str, tuple[Callable[[list[Item]], str], str]] = {
    "rss": (rss, "application/rss+xml"),
    "rss as html": (rss, "text/html"),
    "atom": (atom, "application/atom+xml"),
    "json feed": (json_feed, "application/feed+json"),
    "json feed as json": (json_feed, "application/json"),
    "news sitemap": (news_sitemap, "application/xml"),
    "sitemap": (sitemap, "text/xml"),
    "relative": (_odd, "application/rss+xml"),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_new_reports_are_found_in_every_kind_of_feed(name: str, room: Newsroom, desk: Open) -> None:
    write, kind = LISTINGS[name]
    for n in (1, 2):
        room.serve(f"{TERN}/{n}", page(report(n)))
    one, two = (Item(room.url(f"{TERN}/{n}"), f"Talks {n}", 0.0, 0.0) for n in (1, 2))
    room.serve(
        f"{TERN}/list",
        over_time((0, page(write([one]), kind)), (40 * MINUTE, page(write([two, one]), kind))),
    )
    watching = desk(f"{TERN}/list")
    watching.run(2 * HOUR)
    assert watching.watch(f"{TERN}/list").kind == "feed"
    assert [watching.outcomes(f"{TERN}/{n}")[0] for n in (1, 2)] == ["first", "first"]
    assert watching.minutes(f"{TERN}/1")[0] < 1 and 40 < watching.minutes(f"{TERN}/2")[0] < 58
    for n in (1, 2):
        found = watching.watch(f"{TERN}/{n}")
        assert (found.kind, found.source) == ("page", watching.watch(f"{TERN}/list").id)
        assert "found" in _told(watching, f"{TERN}/{n}")
        (capture,) = _captures(watching, f"{TERN}/{n}")
        assert watching.store.data(capture.sha256) == report(n).encode()


def test_sitemaps_are_found_in_an_index_also_where_it_says_no_dates_and_where_they_are_compressed(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", page(report(1)))
    room.serve("gull.example/2", page(report(2)))
    zipped = gzip.compress(sitemap([Item(room.url(f"{TERN}/1"), updated=0.0)]).encode())
    room.serve(f"{TERN}/map.xml.gz", page(zipped, "application/x-gzip"))
    plain = news_sitemap([Item(room.url("gull.example/2"))])
    room.serve("gull.example/map.xml", page(plain, "application/xml"))
    dated = sitemap_index([Item(room.url(f"{TERN}/map.xml.gz"), updated=0.0)])
    room.serve(f"{TERN}/index.xml", page(dated, "application/xml"))
    undated = sitemap_index([Item(room.url("gull.example/map.xml"))])
    room.serve("gull.example/index.xml", page(undated, "application/xml"))
    watching = desk(f"{TERN}/index.xml", "gull.example/index.xml")
    watching.run(HOUR)
    for place in (f"{TERN}/1", "gull.example/2"):
        assert watching.outcomes(place)[0] == "first"
    # a sitemap without news is used for what it lists, and is no capture of a report
    assert {watching.watch(f"{TERN}/{m}").kind for m in ("index.xml", "map.xml.gz")} == {"feed"}


def test_old_reports_of_a_feed_and_undated_pages_of_a_sitemap_are_not_taken(
    room: Newsroom, desk: Open
) -> None:
    items = [
        Item(room.url(f"{TERN}/old"), published=-30 * DAY),
        Item(room.url(f"{TERN}/undated"), published=None),
    ]
    room.serve(f"{TERN}/feed", page(rss(items), "application/rss+xml"))
    room.serve(f"{TERN}/undated", page(report(1)))
    pages = [Item(room.url(f"{TERN}/about")), Item(room.url(f"{TERN}/2"), updated=-30 * DAY)]
    room.serve(f"{TERN}/map", page(sitemap(pages), "application/xml"))
    watching = desk(f"{TERN}/feed", f"{TERN}/map")
    watching.run(HOUR)
    assert {one.request.path for one in room.at(TERN)} == {"/feed", "/map", "/undated"}


def test_an_address_written_oddly_in_a_feed_is_one_watch_however_often_it_is_named(
    room: Newsroom, desk: Open
) -> None:
    room.serve("xn--mwe-sna.example/a%20b", page(report(1)))
    named = [f"http://m\u00f6we.example:{room.port}/a b#top", room.url("m\u00f6we.example/a b")]
    bodies = [rss([Item(url) for url in [*named, f"{named[0]}{n}"]]) for n in range(20)]
    counter = itertools.count()
    room.serve(
        f"{TERN}/feed",
        lambda request: Reply(
            200, bodies[min(next(counter), 19)].encode(), {"Content-Type": "application/rss+xml"}
        ),
    )
    watching = desk(f"{TERN}/feed")
    watching.run(3 * HOUR)
    assert [w.kind for w in watching.store.all(Watch)].count("page") == 1
    (found,) = [w for w in watching.store.all(Watch) if w.kind == "page"]
    assert found.checks > 5
    outcomes = [c.outcome for c in watching.store.by(Check, "watch_id", found.id)]
    assert outcomes.count("first") == 1


def test_a_feed_that_names_more_than_the_limit_gives_the_newest_first_and_says_so(
    room: Newsroom, desk: Open
) -> None:
    items = [Item(room.url(f"{TERN}/{n}"), published=-n * HOUR) for n in range(5)]
    room.serve(f"{TERN}/feed", page(rss(items), "application/rss+xml"))
    watching = desk(f"{TERN}/feed", watch_most=2)
    watching.run(5 * MINUTE)
    assert {w.url for w in watching.store.all(Watch)} == {
        room.url(f"{TERN}/{name}") for name in ("feed", "0", "1")
    }
    assert any("5 new addresses" in event.why for event in watching.said)


def test_lists_of_feeds_are_taken_and_given_as_opml(room: Newsroom, tmp_path: Path) -> None:
    room.serve(f"{TERN}/feed", page(rss([]), "application/rss+xml"))
    room.serve("gull.example/atom", page(atom([]), "application/atom+xml"))
    feeds = "".join(
        f'<outline text="{n}"><outline type="rss" text="{n} news" xmlUrl="{room.url(place)}"/></outline>'
        for n, place in (("Tern", f"{TERN}/feed"), ("Gull", "gull.example/atom"))
    )
    (tmp_path / "feeds.opml").write_text(f'<opml version="2.0"><body>{feeds}</body></opml>')
    record = str(tmp_path / "record")
    common = ["--record", record, "--web-private", "true", "--web-contact", CONTACT]
    runner = CliRunner()
    done = runner.invoke(main, ["watch", str(tmp_path / "feeds.opml"), "--once", *common])
    assert done.exit_code == 0, done.output
    given = runner.invoke(main, ["watch", "--opml", str(tmp_path / "out.opml"), *common])
    assert given.exit_code == 0, given.output
    found = read_opml((tmp_path / "out.opml").read_bytes(), "out.opml")
    assert {one.url for one in found} == {room.url(f"{TERN}/feed"), room.url("gull.example/atom")}
    listed = runner.invoke(main, ["watch", "--list", "--json", *common])
    values = json.loads(listed.stdout.splitlines()[-1])
    assert [w["kind"] for w in values["watches"]] == ["feed", "feed"]


# --------------------------------------------------------------------------- what is kept


def test_a_capture_is_raw_with_its_way_headers_and_validators_and_each_check_is_recorded(
    room: Newsroom, desk: Open
) -> None:
    room.serve("tern.example/old", redirect("/moved", 301))
    room.serve("tern.example/moved", redirect(room.url("gull.example/1")))
    room.serve("gull.example/1", text_over_time([(0, report(1))], "both"))
    watching = desk(f"{TERN}/old")
    watching.run(20 * MINUTE)
    first, second = watching.checks(f"{TERN}/old")
    (capture,) = _captures(watching, f"{TERN}/old")
    assert (first.outcome, first.status, first.final_url) == (
        "first",
        200,
        room.url("gull.example/1"),
    )
    assert [(hop.url, hop.status) for hop in first.redirects] == [
        (room.url(f"{TERN}/old"), 301),
        (room.url(f"{TERN}/moved"), 302),
    ]
    assert capture.redirects == first.redirects and capture.captured_at == first.at
    assert (first.sha256, first.bytes) == (capture.sha256, capture.bytes)
    assert watching.store.data(capture.sha256) == report(1).encode()
    reply = room.at("gull.example/1")[0].reply.headers
    assert (first.headers["etag"], first.headers["last-modified"]) == (
        reply["ETag"],
        reply["Last-Modified"],
    )
    assert (second.outcome, second.status, second.capture_id) == ("not_modified", 304, None)


@pytest.mark.parametrize("validators", ["strong", "weak", "odd", "date", "both"])
def test_validators_are_sent_back_as_the_server_wrote_them(
    validators: str, room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (3 * HOUR, report(1, edit=EDIT))], validators))  # fmt: skip
    watching = desk(f"{TERN}/1")
    watching.run(6 * HOUR)
    every = [c.outcome for c in watching.checks(f"{TERN}/1")]
    assert (every.count("first"), every.count("changed")) == (1, 1)
    assert every.count("not_modified") >= len(every) - 3
    assert len(_captures(watching, f"{TERN}/1")) == 2


@pytest.mark.parametrize("validators", ["none", "ignored"])
def test_the_same_bytes_are_captured_once_where_a_server_has_no_validators(
    validators: str, room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1))], validators))
    watching = desk(f"{TERN}/1")
    watching.run(6 * HOUR)
    assert watching.outcomes(f"{TERN}/1") == ["first", "same_bytes"]
    assert watching.store.count(Capture) == 1


def test_an_edit_behind_a_server_that_always_says_304_is_found_by_a_whole_answer(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (HOUR, report(1, edit=EDIT))], "stuck"))
    watching = desk(f"{TERN}/1", watch_full=10)
    watching.run(5 * HOUR)
    assert "changed" in watching.outcomes(f"{TERN}/1")


def test_of_other_bytes_with_the_same_text_only_the_check_is_kept_if_a_user_wants_that(
    room: Newsroom, desk: Open
) -> None:
    states = [(0, report(1)), (3 * HOUR, report(1, edit=EDIT))]
    room.serve(f"{TERN}/1", text_over_time(states, noise=True))
    watching = desk(f"{TERN}/1", watch_keep="texts", watch_build="changes")
    watching.run(12 * HOUR)
    assert watching.outcomes(f"{TERN}/1") == ["first", "same_text", "changed", "same_text"]
    assert watching.store.count(Capture) == 2
    assert sorted(v.number for v in watching.store.all(Version)) == [1, 2]
    assert all(c.sha256 for c in watching.checks(f"{TERN}/1"))


def test_other_bytes_of_one_text_are_no_edit_and_do_not_bring_checks_nearer(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1))], noise=True))
    room.serve(f"{TERN}/2", text_over_time([(0, report(2))]))
    watching = desk(f"{TERN}/1", f"{TERN}/2", watch_build="changes")
    watching.run(DAY)
    assert watching.outcomes(f"{TERN}/1") == ["first", "same_text"]
    assert abs(len(watching.checks(f"{TERN}/1")) - len(watching.checks(f"{TERN}/2"))) <= 3
    versions = watching.store.all(Version)
    assert len(versions) == 2
    # every capture of the text is held by its version, each once
    held = [c for v in versions for c in v.captures]
    assert sorted(held) == sorted(c.id for c in watching.store.all(Capture))


def test_edits_and_a_revert_are_versions_after_the_check(room: Newsroom, desk: Open) -> None:
    states = [(0.0, report(1)), (HOUR, report(1, edit=EDIT)), (2 * HOUR, report(1))]
    room.serve(f"{TERN}/1", text_over_time(states))
    watching = desk(f"{TERN}/1", watch_build="changes")
    watching.run(4 * HOUR)
    versions = sorted(watching.store.all(Version), key=lambda v: v.number)
    assert [EDIT in v.text for v in versions] == [False, True, False]
    changes = {(c.from_version, c.to_version): c for c in watching.store.all(Change)}
    first, second, third = versions
    assert "addition" in changes[first.id, second.id].labels
    assert "revert" in changes[second.id, third.id].labels
    assert watching.outcomes(f"{TERN}/1").count("changed") == 2


def test_a_new_design_of_a_page_is_no_edit(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (HOUR, report(1, template=2))]))
    watching = desk(f"{TERN}/1")
    watching.run(3 * HOUR)
    assert watching.outcomes(f"{TERN}/1") == ["first", "not_modified", "same_text", "not_modified"]


def test_the_export_of_articles_says_when_it_was_checked_and_will_be_or_why_not(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", page(report(1)))
    room.serve(f"{TERN}/2", over_time((0, page(report(2))), (HOUR, status(410))))
    watching = desk(f"{TERN}/1", f"{TERN}/2", watch_build="changes")
    watching.run(3 * HOUR)
    every = with_watching(watching.store.all(Article), watching.store.all(Watch))
    articles = {a.url: a for a in every}
    one, two = (articles[room.url(f"{TERN}/{n}")] for n in (1, 2))
    stands = watching.watch(f"{TERN}/1")
    assert (one.last_checked, one.next_check, one.stopped) == (
        stands.last_checked,
        stands.next_check,
        None,
    )
    assert one.next_check and one.next_check > watching.now()[:19]
    assert two.next_check is None and two.stopped and "410" in two.stopped


# --------------------------------------------------------------------------- when it is looked at


def _wished(ages: list[float], options: Options) -> list[tuple[float, float]]:
    """Least and most minutes between two checks, by the age at the earlier one."""
    wait = [min(max(options.shortest, a * options.share / 100), options.longest * 1440) for a in ages]  # fmt: skip
    return [(0.9 * w, 1.1 * w) for w in wait]


def test_checks_come_as_the_policy_says_within_a_tenth_and_stop_after_a_year(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1))]))
    watching = desk(f"{TERN}/1")
    watching.run(2 * 365 * DAY)
    at = watching.minutes(f"{TERN}/1")
    gaps = [b - a for a, b in itertools.pairwise(at)]
    for gap, (least, most) in zip(gaps, _wished([t - at[0] for t in at], Options()), strict=False):
        # the pause of a host may add seconds
        assert least - 0.05 <= gap <= most + 0.1
    assert len({round(gap / 15, 3) for gap in gaps[:9]}) > 5, "no jitter"
    assert 365 * 1440 <= at[-1] - at[0] <= (365 + 33) * 1440
    stands = watching.watch(f"{TERN}/1")
    assert stands.next_check is None and stands.stopped == "unchanged for 365 days"
    assert len(at) <= 130


def test_an_edit_brings_the_next_check_nearer(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (2 * DAY, report(1, edit=EDIT))]))
    watching = desk(f"{TERN}/1")
    watching.run(3 * DAY)
    checks = watching.checks(f"{TERN}/1")
    (noticed,) = [n for n, c in enumerate(checks) if c.outcome == "changed"]
    at = watching.minutes(f"{TERN}/1")
    assert at[noticed] - at[noticed - 1] > 240 and at[noticed + 1] - at[noticed] < 17


@pytest.mark.parametrize("write", [atom, json_feed, sitemap])
def test_what_a_feed_says_was_updated_is_looked_at_at_once(
    write: Callable[[list[Item]], str], room: Newsroom, desk: Open
) -> None:
    edited = 3 * DAY
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (edited, report(1, edit=EDIT))]))
    url = room.url(f"{TERN}/1")
    room.serve(
        f"{TERN}/feed",
        over_time(
            (0, page(write([Item(url, updated=0.0)]), "application/xml")),
            (edited, page(write([Item(url, updated=edited)]), "application/xml")),
        ),
    )
    watching = desk(f"{TERN}/feed")
    watching.run(4 * DAY)
    (noticed,) = [
        minutes
        for minutes, check in zip(
            watching.minutes(f"{TERN}/1"), watching.checks(f"{TERN}/1"), strict=True
        )
        if check.outcome == "changed"
    ]
    # a feed is asked once an hour at the least
    assert 0 <= noticed - edited / 60 <= 67


def test_a_page_that_stopped_for_its_age_is_woken_by_its_feed(room: Newsroom, desk: Open) -> None:
    edited = 8 * DAY
    url = room.url(f"{TERN}/1")
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (edited, report(1, edit=EDIT))]))
    room.serve(
        f"{TERN}/feed",
        over_time(
            (0, page(atom([Item(url)]), "application/xml")),
            (edited, page(atom([Item(url, updated=edited)]), "application/xml")),
        ),
    )
    watching = desk(f"{TERN}/feed", watch_stop_after=5)
    watching.run(7 * DAY)
    assert watching.watch(f"{TERN}/1").stopped == "unchanged for 5 days"
    watching.run(2 * DAY)
    assert "changed" in [c.outcome for c in watching.checks(f"{TERN}/1")][-45:]


def test_a_changed_report_wakes_its_sisters(room: Newsroom, desk: Open) -> None:
    edited = 3 * DAY
    places = [f"{TERN}/1", "gull.example/1"]
    headline = "Ferry line and pilots end the harbour talks without a result"
    for place in places:
        room.serve(
            place,
            text_over_time(
                [
                    (0, report(1, headline=headline)),
                    (edited, report(1, headline=headline, edit=EDIT)),
                ]
            ),
        )
    room.serve("skua.example/9", text_over_time([(0, report(900)), (edited, report(900, edit=OTHER))]))  # fmt: skip
    watching = desk(*places, "skua.example/9", watch_build="all")
    watching.run(5 * DAY)
    noticed = {}
    for place in (*places, "skua.example/9"):
        noticed[place] = next(
            minutes
            for minutes, check in zip(watching.minutes(place), watching.checks(place), strict=True)
            if check.outcome == "changed"
        )
    assert abs(noticed[places[0]] - noticed[places[1]]) < 1
    assert watching.watch("skua.example/9").checks > 0


# --------------------------------------------------------------------------- removed, and what is not


def test_404_is_believed_the_third_time_and_is_one_event(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", over_time((0, page(report(1))), (2 * HOUR, status(404))))
    watching = desk(f"{TERN}/1")
    watching.run(3 * DAY)
    every = [c.outcome for c in watching.checks(f"{TERN}/1")]
    assert every[-3:] == ["missing", "missing", "removed"] and every.count("removed") == 1
    assert _told(watching, f"{TERN}/1").count("removed") == 1
    stands = watching.watch(f"{TERN}/1")
    assert stands.next_check is None and stands.stopped and "removed" in stands.stopped
    assert watching.store.count(Capture) == 1


def test_410_is_a_removal_at_once(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", over_time((0, page(report(1))), (2 * HOUR, status(410))))
    watching = desk(f"{TERN}/1")
    watching.run(DAY)
    assert watching.outcomes(f"{TERN}/1") == ["first", "same_bytes", "removed"]


def test_a_report_that_leads_to_the_front_page_is_gone_and_not_the_front_page(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/", page(FRONT))
    room.serve(f"{TERN}/sea/1", over_time((0, page(report(1))), (HOUR, redirect("/"))))
    watching = desk(f"{TERN}/sea/1")
    watching.run(DAY)
    assert watching.outcomes(f"{TERN}/sea/1") == ["first", "same_bytes", "missing", "removed"]
    assert watching.store.count(Capture) == 1


def test_a_consent_page_on_another_host_is_no_removal(room: Newsroom, desk: Open) -> None:
    room.serve("consent.example/", page(CONSENT))
    room.serve(
        f"{TERN}/sea/1",
        over_time(
            (0, page(report(1))),
            (HOUR, redirect(room.url("consent.example/"))),
            (12 * HOUR, page(report(1))),
        ),
    )
    watching = desk(f"{TERN}/sea/1")
    watching.run(DAY)
    assert watching.outcomes(f"{TERN}/sea/1") == ["first", "same_bytes", "wall", "same_bytes"]


def test_a_page_that_was_away_for_a_while_was_not_removed(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", over_time((0, page(report(1))), (2 * HOUR, status(404)), (2.7 * HOUR, page(report(1)))))  # fmt: skip
    watching = desk(f"{TERN}/1")
    watching.run(DAY)
    assert watching.outcomes(f"{TERN}/1") == ["first", "same_bytes", "missing", "same_bytes"]
    assert watching.watch(f"{TERN}/1").missing == 0


def test_a_removed_page_that_its_feed_names_again_is_back_also_after_a_fault(
    room: Newsroom, desk: Open
) -> None:
    url = room.url(f"{TERN}/1")
    room.serve(
        f"{TERN}/1",
        over_time(
            (0, page(report(1))),
            (2 * HOUR, status(410)),
            (DAY, status(500)),
            (2 * DAY, page(report(1))),
        ),
    )
    room.serve(
        f"{TERN}/feed",
        over_time(
            (0, page(atom([Item(url)]), "application/xml")),
            (DAY, page(atom([Item(url, updated=DAY)]), "application/xml")),
        ),
    )
    watching = desk(f"{TERN}/feed")
    watching.run(4 * DAY)
    assert watching.outcomes(f"{TERN}/1") == [
        "first",
        "same_bytes",
        "removed",
        "failed",
        "returned",
        "same_bytes",
    ]
    assert _told(watching, f"{TERN}/1")[-1] == "returned"
    assert watching.watch(f"{TERN}/1").next_check is not None


@pytest.mark.parametrize(
    "answer",
    [page(PAYWALL), page(CONSENT), page(FAULT), page(""), status(500), status(403), broken_gzip(report(1).encode()), page(b"\x89PNG\r\n\x1a\n" * 9, "image/png")],
    ids=["paywall", "consent", "error page", "nothing", "500", "403", "broken gzip", "picture"],
)  # fmt: skip
def test_what_stands_in_a_reports_place_for_a_while_is_no_version_and_no_removal(
    answer: Answer, room: Newsroom, desk: Open
) -> None:
    room.serve(
        f"{TERN}/1",
        over_time(
            (0, text_over_time([(0, report(1))])),
            (2 * HOUR, answer),
            (14 * HOUR, text_over_time([(0, report(1))])),
        ),
    )
    watching = desk(f"{TERN}/1", watch_build="changes")
    watching.run(2 * DAY)
    outcomes = watching.outcomes(f"{TERN}/1")
    assert outcomes[:2] == ["first", "not_modified"]
    assert outcomes[-1] in ("not_modified", "same_bytes")
    assert set(outcomes) <= {"first", "not_modified", "wall", "failed", "same_bytes"}
    assert len(outcomes) >= 4
    assert [v.text for v in watching.store.all(Version)] and watching.store.count(Version) == 1
    assert watching.store.count(Change) == 0
    # a wall is kept once, as evidence, however long it stands
    assert watching.store.count(Capture) <= 2
    assert len(_told(watching, f"{TERN}/1")) <= 2, "told again and again"


def test_a_page_without_a_usable_answer_for_a_month_stops_and_says_why(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", over_time((0, page(report(1))), (HOUR, status(500))))
    watching = desk(f"{TERN}/1")
    watching.run(60 * DAY)
    stands = watching.watch(f"{TERN}/1")
    assert stands.stopped and "no usable answer for 30 days" in stands.stopped
    assert "500" in stands.stopped
    assert len(watching.checks(f"{TERN}/1")) < 70


def test_an_endless_page_is_cut_off_at_the_limit_and_said_to_be(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", dripping(b"<p>" + b"More of the same of it. " * 300, 0))
    watching = desk(f"{TERN}/1", web_largest=200_000)
    watching.run(MINUTE)
    (capture,) = watching.store.all(Capture)
    assert capture.cut and capture.bytes == 200_000
    assert any("cut off" in line for _, _, _, line in watching.store.notices())


def test_a_page_that_drips_is_given_up_at_the_deadline(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", dripping(pause=0.05))
    room.serve(f"{TERN}/2", page(report(2)))
    watching = desk(f"{TERN}/1", f"{TERN}/2", web_deadline=1)
    watching.run(5 * MINUTE)
    assert watching.outcomes(f"{TERN}/1") == ["failed"]
    assert "within 1 s" in watching.checks(f"{TERN}/1")[0].basis
    assert watching.outcomes(f"{TERN}/2") == ["first"]


def test_a_page_that_breaks_its_reader_is_kept_and_stops_no_other(
    room: Newsroom, desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = readings.read

    def breaking(group: Any, options: Any, resources: Any) -> Iterator[Any]:
        if group.one(Capture).url.endswith("/bad"):
            raise ZeroDivisionError("an odd page")
        yield from real(group, options, resources)

    monkeypatch.setattr(readings, "read", breaking)
    room.serve(
        f"{TERN}/bad", text_over_time([(0, report(1)), (HOUR, report(1, edit=EDIT))], "none")
    )
    room.serve(f"{TERN}/good", page(report(2)))
    watching = desk(f"{TERN}/bad", f"{TERN}/good", watch_build="changes")
    watching.run(3 * HOUR)
    assert watching.outcomes(f"{TERN}/good")[0] == "first"
    kept = _captures(watching, f"{TERN}/bad")
    assert [watching.store.data(c.sha256) for c in kept] == [
        report(1).encode(),
        report(1, edit=EDIT).encode(),
    ]
    assert "ZeroDivisionError" in watching.checks(f"{TERN}/bad")[0].basis


# --------------------------------------------------------------------------- politeness


def test_a_host_that_asks_to_wait_is_left_alone_by_all_its_pages(
    room: Newsroom, desk: Open
) -> None:
    for n, busy in enumerate(
        (status(429, Retry_After="5400"), retry_by_date(503, 5400), status(429))
    ):
        host = f"h{n}.example"
        room.serve(f"{host}/1", over_time((0, page(report(1))), (HOUR, busy), (3 * HOUR, page(report(1)))))  # fmt: skip
        room.serve(f"{host}/2", page(report(2)))
    places = [f"h{n}.example/{m}" for n in range(3) for m in (1, 2)]
    watching = desk(*places)
    watching.run(6 * HOUR)
    for place in places:
        assert "removed" not in watching.outcomes(place)
        assert watching.outcomes(place)[-1] == "same_bytes"
    asked = [c for c in watching.checks("h0.example/1") if c.outcome == "put_off"]
    assert asked[0].status == 429
    waited = watching.minutes("h0.example/1")
    first = [c.outcome for c in watching.checks("h0.example/1")].index("put_off")
    assert waited[first + 1] - waited[first] >= 89.999


def test_a_wait_that_a_server_asked_for_holds_over_a_restart(room: Newsroom, desk: Open) -> None:
    busy = status(503, Retry_After="20000")
    one = page(report(1))
    room.serve(f"{TERN}/1", over_time((0, one), (20 * MINUTE, busy), (5 * HOUR, one)))
    room.serve(f"{TERN}/2", page(report(2)))
    watching = desk(f"{TERN}/1")
    watching.run(50 * MINUTE)
    assert watching.outcomes(f"{TERN}/1")[-1] == "put_off"
    watching.add(f"{TERN}/2")
    watching.run(DAY)
    assert watching.outcomes(f"{TERN}/2")[-1] == "same_bytes"
    # the fixture counts what was asked before the wait was over


def test_503_without_a_wait_is_asked_less_and_less_often(room: Newsroom, desk: Open) -> None:
    room.serve(f"{TERN}/1", over_time((0, page(report(1))), (HOUR, status(503))))
    watching = desk(f"{TERN}/1")
    watching.run(DAY)
    failed = [
        m
        for m, c in zip(watching.minutes(f"{TERN}/1"), watching.checks(f"{TERN}/1"), strict=True)
        if c.outcome == "failed"
    ]
    gaps = [b - a for a, b in itertools.pairwise(failed)]
    assert len(failed) <= 7 and all(b > 1.5 * a for a, b in itertools.pairwise(gaps))


def test_a_host_that_is_out_of_order_is_asked_less_and_less_often_whatever_is_due(
    room: Newsroom, desk: Open
) -> None:
    for n in range(40):
        well = page(report(n))
        room.serve(f"{TERN}/{n}", over_time((0, well), (HOUR, status(502)), (2.5 * HOUR, well)))
    watching = desk(*(f"{TERN}/{n}" for n in range(40)))
    watching.run(4.5 * HOUR)
    failed = [one.request.at for one in room.at(TERN) if one.reply.status == 502]
    # page by page there would be 120, a second apart
    assert len(failed) < 60
    assert max(b - a for a, b in itertools.pairwise(failed)) >= 100
    for n in range(40):
        # one that is due while the host is left alone is put off
        told = [o for o in watching.outcomes(f"{TERN}/{n}") if o != "put_off"]
        assert [o for o, _ in itertools.groupby(told)] in (
            ["first", "same_bytes", "failed", "same_bytes"],
            ["first", "same_bytes"],
        )


def test_a_host_with_more_due_pages_than_it_may_be_asked_for_starves_no_other(
    room: Newsroom, desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 10)
    room.serve("slow.example/robots.txt", robots(delay=100))
    slow = [f"slow.example/{n}" for n in range(60)]
    for place in slow:
        room.serve(place, page(report(1)))
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (HOUR, report(1, edit=EDIT))]))
    watched = desk(*slow, f"{TERN}/1", watch_hosts=2)
    watched.run(50 * MINUTE)
    gaps = [b - a for a, b in itertools.pairwise(watched.minutes(f"{TERN}/1"))]
    assert max(gaps) < 19
    assert len(room.at("slow.example")) > 25


def test_once_means_all_that_is_due_also_where_a_site_wants_long_pauses(
    room: Newsroom, desk: Open
) -> None:
    room.serve("slow.example/robots.txt", robots(delay=100))
    places = [f"slow.example/{n}" for n in range(4)]
    for n, place in enumerate(places):
        room.serve(place, page(report(n)))
    watched = desk(*places)
    done = watched.run(10 * HOUR, once=True)
    assert done.checks == {"first": 4}
    assert watched.clock.seconds < 10 * MINUTE


def test_pages_whose_redirects_meet_at_a_slow_host_hold_up_no_other(
    room: Newsroom, desk: Open
) -> None:
    room.serve("meet.example/robots.txt", robots(delay=60))
    places = [f"h{n}.example/1" for n in range(24)]
    for n, place in enumerate(places):
        room.serve(place, redirect(room.url(f"meet.example/{n}"), 301))
        room.serve(f"meet.example/{n}", page(report(n)))
    room.serve(f"{TERN}/1", page(report(99)))
    watched = desk(*places, f"{TERN}/1")
    watched.run(2 * HOUR)
    at = [minutes for minutes in watched.minutes(f"{TERN}/1") if minutes > 30]
    assert max(b - a for a, b in itertools.pairwise(at)) < 17
    assert len(room.at("meet.example")) > 90


def test_robots_holds_and_a_broken_one_forbids_for_the_time_being(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/robots.txt", robots("/closed"))
    room.serve(f"{TERN}/closed/1", page(report(1)))
    room.serve(f"{TERN}/2", page(report(2)))
    room.serve("gull.example/robots.txt", over_time((0, status(503)), (2 * HOUR, robots(delay=7))))
    for n in (1, 2, 3):
        room.serve(f"gull.example/{n}", page(report(n)))
    room.serve(f"{TERN}/away", redirect("/closed/1"))
    places = [f"{TERN}/closed/1", f"{TERN}/2", f"{TERN}/away", *(f"gull.example/{n}" for n in (1, 2, 3))]  # fmt: skip
    watching = desk(*places)
    watching.run(3 * DAY)
    assert watching.outcomes(f"{TERN}/closed/1") == ["refused"]
    assert watching.outcomes(f"{TERN}/away") == ["refused"]
    assert len(watching.checks(f"{TERN}/closed/1")) <= 5
    for n in (1, 2, 3):
        assert watching.outcomes(f"gull.example/{n}") == ["failed", "first", "same_bytes"]
    assert not [one for one in room.at(f"{TERN}/closed/1") if one.request.path != "/robots.txt"]


def test_servers_inside_are_refused_also_behind_redirects_and_when_a_name_changes(
    room: Newsroom, desk: Open, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    """The loopback address is let through as if it were public; the others are inside."""
    from onrecord.capture import network

    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    inside = {"inside.example": ["10.0.0.8"]}
    names(monkeypatch, inside)
    room.serve(f"{TERN}/1", page(report(1)))
    room.serve(f"{TERN}/away", redirect(room.url("inside.example/1")))
    room.serve("moving.example/1", page(report(3)))
    room.serve("moving.example/2", page(report(4)))
    watching = desk(f"{TERN}/1", f"{TERN}/away", "inside.example/1", "moving.example/1", web_private=False)  # fmt: skip
    watching.run(MINUTE)
    assert watching.outcomes("moving.example/1") == ["first"]
    inside["moving.example"] = ["192.168.3.4"]
    watching.add("moving.example/2")
    watching.run(HOUR)
    assert watching.outcomes(f"{TERN}/1") == ["first", "same_bytes"]
    for place in (f"{TERN}/away", "inside.example/1"):
        assert watching.outcomes(place) == ["refused"]
        assert "not on the open internet" in watching.checks(place)[0].basis
    assert watching.outcomes("moving.example/2") == ["refused"]
    assert watching.outcomes("moving.example/1")[-1] == "refused"
    # nothing of it is a removal
    assert "removed" not in {event.what for event in watching.said}


# --------------------------------------------------------------------------- going on


def test_a_second_start_goes_on_where_the_first_one_stopped_and_doubles_nothing(
    room: Newsroom, desk: Open
) -> None:
    room.serve(f"{TERN}/1", text_over_time([(0, report(1)), (HOUR, report(1, edit=EDIT))]))
    one = desk(f"{TERN}/1")
    for _ in range(30):
        one.run(7 * MINUTE)
    other = desk(f"{TERN}/1", folder="other")
    assert [c.outcome for c in one.checks(f"{TERN}/1")].count("first") == 1
    assert [c.outcome for c in one.checks(f"{TERN}/1")].count("changed") == 1
    assert one.store.count(Capture) == 2
    gaps = [b - a for a, b in itertools.pairwise(one.minutes(f"{TERN}/1"))]
    assert min(gaps) >= 13.4
    assert other.checks(f"{TERN}/1") == []


def test_an_address_that_a_user_gave_up_stays_given_up(room: Newsroom, desk: Open) -> None:
    url = room.url(f"{TERN}/1")
    room.serve(f"{TERN}/1", page(report(1)))
    room.serve(
        f"{TERN}/feed",
        lambda r: page(atom([Item(url, updated=r.at)]), "application/atom+xml")(r),
    )
    watching = desk(f"{TERN}/feed")
    watching.run(HOUR)
    stop_watch(watching.store, url)
    before = len(watching.checks(f"{TERN}/1"))
    watching.run(DAY)
    assert len(watching.checks(f"{TERN}/1")) == before
    watching.add(f"{TERN}/1")
    watching.run(HOUR)
    assert len(watching.checks(f"{TERN}/1")) > before


def test_an_address_given_up_while_it_is_asked_stays_given_up(room: Newsroom, desk: Open) -> None:
    """Another program says so: what the running check knows of the watch is old then."""
    watching = desk(f"{TERN}/1")
    url = room.url(f"{TERN}/1")

    def answer(request: Request) -> Reply:
        stop_watch(watching.store, url)
        return Reply(200, report(1).encode(), {"Content-Type": "text/html"})

    room.serve(f"{TERN}/1", answer)
    watching.run(2 * HOUR)
    assert [c.outcome for c in watching.checks(f"{TERN}/1")] == ["first"]
    assert watching.watch(f"{TERN}/1").stopped == "a user asked to stop"


def test_stopping_finishes_the_check_at_hand_and_no_more(room: Newsroom, desk: Open) -> None:
    asked = threading.Event()

    def answer(request: Request) -> Reply:
        asked.set()
        return page(report(1))(request)

    for n in range(5):
        room.serve(f"{TERN}/{n}", answer)
    watching = desk(*(f"{TERN}/{n}" for n in range(5)), watch_build="changes")
    watching.end = 10 * DAY
    done = watch(watching.store, watching.settings, watching.times, stop=asked.is_set)
    assert sum(done.checks.values()) == 1 == watching.store.count(Check)
    assert watching.store.count(Capture) == watching.store.count(Version) == 1


def test_what_a_build_says_is_the_same_whether_it_ran_after_each_check_or_once(
    room: Newsroom, desk: Open
) -> None:
    for n in range(3):
        room.serve(f"{TERN}/{n}", text_over_time([(0, report(n)), (HOUR, report(n, edit=EDIT))]))
    places = [f"{TERN}/{n}" for n in range(3)]
    watching = desk(*places, watch_build="changes")
    watching.run(3 * HOUR)

    def rows(desk: Desk) -> list[Any]:
        return [desk.store.all(kind) for kind in (Article, Version, Change)]

    before = rows(watching)
    build_record(watching.store, watching.settings)
    assert rows(watching) == before
    assert [len(some) for some in before] == [3, 6, 3]


def test_a_new_report_of_an_outlet_is_no_reason_to_read_its_others_again(
    room: Newsroom, desk: Open
) -> None:
    """All have a line of the outlet's in them, which is left out with the number of those that have it."""
    letter = "<p>Sign up for our morning letter and read it first.</p></article>"
    places = [f"{TERN}/{n}" for n in range(6)]
    for n, place in enumerate(places):
        room.serve(place, page(report(n).replace("</article>", letter)))
    watched = desk(*places[:5])
    watched.run(MINUTE)
    build_record(watched.store, watched.settings, stages=stages_for([Change]))
    assert all("Sign up" not in version.text for version in watched.store.all(Version))
    watched.add(places[5])
    watched.run(MINUTE)
    reports = build_record(watched.store, watched.settings, stages=stages_for([Change]))
    worked = {one.stage: one.worked for one in reports}
    assert (worked["readings"], worked["articles"], worked["changes"]) == (1, 1, 1)


# --------------------------------------------------------------------------- in real time


def _real(
    folder: Path, room: Newsroom, places: list[str], enough: Callable[[list[Check]], bool]
) -> list[Check]:
    """The checks of a watcher that runs in real time until there are enough, for 20 s at most."""
    values = {"web.private": True, "web.contact": CONTACT, "watch.build": "none", "web.pause": 100}
    begun = time.monotonic()

    def now() -> str:
        return datetime.now(UTC).isoformat()

    with Store(folder) as store:
        add_watches(store, [(room.url(p), None) for p in places], now())
        watch(
            store,
            settings.join(values),
            Times(now, nap=lambda s: time.sleep(min(s, 0.05))),
            stop=lambda: enough(list(store.all(Check))) or time.monotonic() - begun > 20,
        )
        return sorted(store.all(Check), key=lambda c: c.at)


def test_a_slow_host_holds_up_no_other_and_no_host_gets_two_questions_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, {})
    with newsroom(time.monotonic) as room:
        for n in range(3):
            room.serve(f"slow.example/{n}", slow(report(n).encode(), 0.7))
        for h, n in itertools.product(range(12), range(3)):
            room.serve(f"h{h}.example/{n}", redirect(room.url(f"meet.example/{h}-{n}")) if n == 2 else page(report(n)))  # fmt: skip
            room.serve(f"meet.example/{h}-{n}", page(report(h)))
        places = [f"slow.example/{n}" for n in range(3)]
        places += [f"h{h}.example/{n}" for h in range(12) for n in range(3)]
        checks = _real(tmp_path / "r", room, places, lambda some: len(some) >= len(places))
        assert violations(room.asked, pause=0.1, slack=0.02) == []
        assert len(checks) == len(places)
        assert {c.outcome for c in checks} == {"first"}
        ends = [one.ended for one in room.asked if one.request.host.startswith("h")]
        slow_ends = [one.ended for one in room.asked if one.request.host == "slow.example"]
        assert max(ends) < max(slow_ends)


def test_what_is_due_while_a_slow_host_is_worked_off_is_not_kept_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed names a report while another host's pages, a second apart, are worked off."""
    names(monkeypatch, {})
    with newsroom(time.monotonic) as room:
        for n in range(30):
            room.serve(f"slow.example/{n}", page(report(n)))
        room.serve("slow.example/robots.txt", robots(delay=1))
        room.serve("quick.example/1", page(report(1)))
        feed = page(rss([Item(room.url("quick.example/1"), published=None)]), "application/rss+xml")
        room.serve("quick.example/feed", feed)
        places = [*(f"slow.example/{n}" for n in range(30)), "quick.example/feed"]
        quick = room.url("quick.example/1")
        checks = _real(tmp_path / "r", room, places, lambda some: quick in {c.url for c in some})
        assert quick in {c.url for c in checks} and len(checks) < 25
        assert violations(room.asked, pause=0.1, slack=0.02) == []


def test_a_wait_asked_of_one_question_holds_for_those_that_stand_in_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redirects from many hosts meet at one, which asks to be left alone."""
    names(monkeypatch, {})
    with newsroom(time.monotonic) as room:
        for h in range(8):
            room.serve(f"h{h}.example/1", redirect(room.url(f"meet.example/{h}")))
            room.serve(f"meet.example/{h}", status(429, Retry_After="60"))
        places = [f"h{h}.example/1" for h in range(8)]
        checks = _real(tmp_path / "r", room, places, lambda some: len(some) >= 8)
        assert violations(room.asked, pause=0.1, slack=0.02) == []
        assert {c.outcome for c in checks} == {"put_off"}
        assert len([o for o in room.at("meet.example") if o.reply.status == 429]) == 1

"""`onrecord watch` as a user calls it: what it takes, what it lists, what it answers, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.capture.serving import Page, Site, serving

from onrecord.capture.opml import Outline, read_opml, write_opml
from onrecord.publish.cli import main
from onrecord.records import Check, Version, Watch
from onrecord.store.record import Store

ONRECORD = Path(sys.executable).parent / "onrecord"
HTML = {"Content-Type": "text/html; charset=utf-8"}
FAST = ("--web-private", "true", "--web-pause", "1", "--watch-build", "changes")


def report(name: str) -> bytes:
    return (
        f"<html><head><title>Harbour talks {name}</title></head><body><article><h1>Harbour talks {name}</h1>"
        f"<p>The ferry line of Brenholm said on Monday that talks {name} would go on without the pilots.</p>"
        f"<p>The island council had asked for a winter timetable for {name} in the first round.</p>"
        "</article></body></html>"
    ).encode()


class Answer:
    """What a call of the command gave."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out.splitlines(), err.splitlines()


Call = Callable[..., Answer]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        items = "".join(f"<item><title>Talks {n}</title><link>/{n}</link></item>" for n in range(3))
        feed = f'<rss version="2.0"><channel><title>Tern Post</title>{items}</channel></rss>'
        found.pages["/feed"] = Page(200, feed.encode(), {"Content-Type": "application/rss+xml"})
        for n in range(3):
            found.pages[f"/{n}"] = Page(200, report(str(n)), HTML)
        yield found


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Call:
    """Runs `onrecord watch` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("ONRECORD_"):
            monkeypatch.delenv(name)

    def called(*arguments: str) -> Answer:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["onrecord", "watch", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Answer(ended.value.code, out, err)

    return called


def test_once_checks_what_is_due_builds_and_stops(call: Call, site: Site) -> None:
    done = call(f"{site.url}/feed", "--once", *FAST)
    assert (done.status, done.err) == (0, [])
    assert done.out[-2:] == ["4 checks: 4 first", "4 captures, 3 addresses found"]
    assert sorted(line.split("  ")[1] for line in done.out[:-2]) == ["first"] * 3 + ["found"] * 3
    with Store(Path("record")) as store:
        assert (store.count(Version), store.count(Check), store.count(Watch)) == (3, 4, 4)
    asked = len(site.asked)
    again = call("--once", *FAST)
    assert (again.status, again.out[-2]) == (0, "0 checks"), "nothing is due yet"
    assert len(site.asked) == asked


def test_with_json_every_line_is_an_object_and_the_last_is_the_answer(
    call: Call, site: Site
) -> None:
    site.pages["/2"] = Page(500)
    done = call(f"{site.url}/feed", "ftp://tern.example/", "--once", "--json", *FAST)
    *events, answer = [json.loads(line) for line in done.out]
    assert {frozenset(event["event"]) for event in events} == {
        frozenset({"at", "what", "url", "why"})
    }
    assert [e["event"]["url"] for e in events if e["event"]["what"] == "failed"] == [
        f"{site.url}/2"
    ]
    assert answer["checks"] == {"first": 3, "failed": 1}
    assert (answer["captures"], answer["discovered"], answer["lines"]) == (3, 3, [])
    assert len(answer["unusable"]) == 1 and "ftp://tern.example/" in answer["unusable"][0]
    assert (done.status, done.err) == (1, [])


def test_what_is_watched_is_listed_with_when_and_why(call: Call, site: Site) -> None:
    site.pages["/gone"] = Page(410)
    call(f"{site.url}/feed", f"{site.url}/gone", "--once", *FAST)
    done = call("--list")
    assert done.status == 0 and done.out[-1] == "5 watched addresses"
    assert done.out[0].startswith("feed  next 2") and done.out[0].endswith(f"{site.url}/feed")
    (gone,) = [line for line in done.out if line.endswith("/gone")]
    assert "stopped: removed: the server answered 410" in gone
    answer = json.loads(call("--list", "--json").out[0])
    assert {one["url"] for one in answer["watches"]} == {
        f"{site.url}/{name}" for name in ("feed", "gone", "0", "1", "2")
    }
    (feed,) = [one for one in answer["watches"] if one["kind"] == "feed"]
    assert feed["title"] == "Tern Post" and feed["checks"] == 1


def test_listing_takes_what_is_named_and_asks_for_nothing(call: Call, site: Site) -> None:
    done = call(f"{site.url}/0", "--list")
    assert done.out[-1] == "1 watched addresses" and "not checked yet" in done.out[0]
    assert site.asked == []


def test_what_is_forgotten_is_not_checked_and_named_again_it_is(call: Call, site: Site) -> None:
    call(f"{site.url}/0", "--once", *FAST)
    done = call("--forget", f"{site.url}/0?utm_source=mail#top")
    assert (done.status, done.err) == (0, [f"not watched any more: {site.url}/0"])
    assert "stopped: a user asked to stop" in call("--list").out[0]
    done = call("--forget", f"{site.url}/1")
    assert done.status == 2 and len(done.err) == 1 and "this address is not watched" in done.err[0]
    assert "stopped" not in call(f"{site.url}/0", "--list").out[0]
    assert call("--once", *FAST).out[-2] == "1 check: 1 same_bytes"


def test_feeds_are_taken_from_and_given_as_opml(call: Call, site: Site) -> None:
    listed = [Outline(f"{site.url}/feed", "My harbour"), Outline(f"{site.url}/0", None)]
    Path("mine.opml").write_bytes(write_opml(listed, "Mine"))
    assert call("mine.opml", "--once", *FAST).status == 0
    assert call("--opml", "out/feeds.opml").status == 0
    written = Path("out/feeds.opml").read_bytes()
    assert read_opml(written, "x") == (Outline(f"{site.url}/feed", "Tern Post"),)
    assert "\n".join(call("--opml", "-").out).encode() == written.strip()
    assert call("out/feeds.opml", "--list").out[-1] == "4 watched addresses"


def _files() -> None:
    Path("plain.txt").write_text("no list")
    Path("broken.opml").write_text("<opml><body>")
    Path("bomb.opml").write_text("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>")
    Path("empty.opml").write_text("<opml><body/></opml>")
    Path("folder").mkdir()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "there is no record here"),
        (("--list",), "there is no record here"),
        (("--opml", "-"), "there is no record here"),
        (("--forget", "https://tern.example/"), "there is no record here"),
        (("plain.txt",), "plain.txt: not a list of feeds: it is no OPML"),
        (("broken.opml",), "broken.opml: not a list of feeds: "),
        (("bomb.opml",), "bomb.opml: not a list of feeds: it declares a document type"),
        (("empty.opml",), "nothing is watched"),
        (("folder",), "folder: not an address and not a file: Is a directory"),
        (("tern.example/feed",), "not an address and not a file: No such file or directory"),
        (("https://tern.example/", "--watch-build", "some"), "watch.build cannot be 'some'"),
        (("https://tern.example/", "--watch-keep", "none"), "watch.keep cannot be 'none'"),
        (("https://tern.example/", "--watch-jitter", "51"), "watch.jitter cannot be 51 (it is 0 to 50)"),
        (("https://tern.example/", "--watch-shortest", "0"), "watch.shortest cannot be 0 (it is 1 or more)"),
        (("https://tern.example/", "--watch-hosts", "-1"), "watch.hosts cannot be -1"),
        (("https://tern.example/", "--watch-full", "0"), "watch.full cannot be 0"),
        (("--forgot", "https://tern.example/"), "--forgot"),
    ],
)  # fmt: skip
def test_a_wrong_call_gives_one_line_and_makes_nothing(
    arguments: tuple[str, ...], said: str, call: Call
) -> None:
    _files()
    done = call(*arguments)
    assert done.status == 2 and done.out == []
    assert len(done.err) == 1 and said in done.err[0], done.err
    answer = call(*arguments, "--json")
    (line,) = answer.err
    assert answer.status == 2 and json.loads(line)["exit_status"] == 2
    if arguments != ("empty.opml",):
        assert not Path("record").exists()


def test_addresses_that_cannot_be_watched_are_told_and_the_rest_is_done(
    call: Call, site: Site
) -> None:
    done = call("ftp://tern.example/", "https://user:s3cret@tern.example/", f"{site.url}/0", "--once", *FAST)  # fmt: skip
    assert done.status == 1 and done.out[-2] == "1 check: 1 first"
    assert len(done.err) == 2 and all("not watched" in line for line in done.err)
    assert "s3cret" not in "".join(done.err)


def test_a_private_address_is_refused_unless_it_is_allowed(call: Call, site: Site) -> None:
    done = call(f"{site.url}/0", "--once", "--watch-build", "none")
    assert done.status == 0 and done.out[-2] == "1 check: 1 refused"
    assert "not on the open internet" in done.out[0] and site.asked == []


def test_ctrl_c_ends_it_with_its_answer_and_the_next_start_goes_on(
    call: Call, site: Site, tmp_path: Path
) -> None:
    command: list[Any] = [ONRECORD, "watch", f"{site.url}/feed", "--json", *FAST]
    process = subprocess.Popen(command, cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    while '"first"' not in lines[-1]:
        lines.append(process.stdout.readline())
        assert lines[-1], process.stderr
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - begun < 15
    assert process.returncode == 0
    assert err.splitlines() == ["stopping after the checks at hand; once more to stop at once"]
    answer = json.loads(out.splitlines()[-1])
    kept = sum(answer["checks"].values())
    call("--once", *FAST)
    with Store(tmp_path / "record") as store:
        assert (store.count(Check), store.count(Version)) == (4, 3) and kept <= 4

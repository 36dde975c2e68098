"""The watcher when things go wrong around it: killed, stopped, no room, no database, a clock that jumps."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from filelock import FileLock
from tests.capture.serving import Page, Site, serving
from tests.run.watcher import START

from onrecord import settings
from onrecord.errors import RecordBusy, RecordDamaged
from onrecord.records import Article, Capture, Check, Version, Watch
from onrecord.run.checking import ASKED, Seen, judge, minutes_between
from onrecord.run.watches import add_watches, stop_watch
from onrecord.run.watching import Event, Times, watch
from onrecord.store.record import Store
from onrecord.text.instants import moment

ONRECORD = Path(sys.executable).parent / "onrecord"
ROOT = Path(__file__).resolve().parents[2]
SPEED = 1800
"""Simulated seconds in a second: a quarter of an hour is half a second."""

STATES = 3
PAGES = 3
KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "4"))
"""Kills at random moments in one run; measured with hundreds."""

SETTINGS: dict[str, Any] = {
    "web.private": True,
    "web.pause": 1,
    "watch.build": "changes",
    "watch.feeds_longest": 15,
    "watch.share": 1,
}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def report(number: str, state: int) -> bytes:
    """A page of an invented report, in one of its states."""
    told = " ".join(f"The {what} of pier {number} was put off {state} times." for what in WHAT)
    head = f"Harbour talks at pier {number} go on"
    return (
        f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1><p>{told}</p>"
        f"<p>In round {state} the ferry line said that it would keep the winter timetable.</p>"
        f"</article></body></html>"
    ).encode()


WHAT = ("dredging", "lease", "repair", "timetable", "lighthouse")


@dataclass
class Newsroom:
    """A feed that names pages; all of them are in one state, until the next one is called for."""

    site: Site
    state: int = 0
    asked: Callable[[str], None] = field(default=lambda path: None)

    @property
    def hosts(self) -> tuple[str, str]:
        return self.site.at("127.0.0.1"), self.site.at("localhost")

    @property
    def urls(self) -> list[str]:
        return [f"{self.hosts[n % 2]}/{n}" for n in range(PAGES)]

    @property
    def gone(self) -> str:
        return f"{self.hosts[0]}/gone"

    def answer(self, path: str) -> Page | None:
        self.asked(path)
        if path == "/feed":
            items = "".join(f"<item><link>{u}</link></item>" for u in [*self.urls, self.gone])
            data = f'<rss version="2.0"><channel><title>Tern</title>{items}</channel></rss>'
            return Page(200, data.encode(), {"Content-Type": "application/rss+xml"})
        if path == "/gone" and self.state:
            return Page(410)
        if path == "/robots.txt":
            return None
        return Page(200, report(path[1:], self.state), HTML)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with serving() as site:
        found = Newsroom(site)
        site.others = found.answer
        yield found


class Watcher:
    """The watcher's process."""

    def __init__(self, record: Path, database: str | None, began: float) -> None:
        self.given = {
            "record": str(record),
            "database": database,
            "began": began,
            "speed": SPEED,
            "settings": SETTINGS,
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self, kill: Sequence[tuple[str, str, int]] = ()) -> subprocess.Popen[str]:
        """Starts it and waits until it watches."""
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-X",
                "faulthandler",
                "-m",
                "tests.run.watcher",
                json.dumps({**self.given, "kill": kill}),
            ],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == "started\n", line + self.process.stdout.read()
        return self.process

    def end(self, number: signal.Signals = signal.SIGTERM) -> str:
        """Ends it; what it said."""
        assert self.process is not None
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=60)
        return said


@dataclass(frozen=True)
class Kept:
    """What a record holds of what a newsroom published: captures by address, oldest first, versions'
    texts, removals."""

    captures: dict[str, list[str]]
    versions: dict[str, list[str]]
    removals: list[str]


def kept(store: Store) -> Kept:
    captures: dict[str, list[tuple[str, str]]] = {}
    for one in store.all(Capture):
        captures.setdefault(one.url or "", []).append((one.captured_at or "", one.sha256))
    urls = {article.id: article.url or "" for article in store.all(Article)}
    texts: dict[str, list[tuple[int, str]]] = {}
    for version in store.all(Version):
        texts.setdefault(urls.get(version.article_id, ""), []).append(
            (version.number, version.text)
        )
    return Kept(
        {url: [sha for _, sha in sorted(some)] for url, some in sorted(captures.items())},
        {url: [text for _, text in sorted(some)] for url, some in sorted(texts.items())},
        [check.url for check in store.all(Check) if check.outcome == "removed"],
    )


def is_done(store: Store, room: Newsroom) -> bool:
    """Whether all that the newsroom published so far is kept and built."""
    held = kept(store)
    wanted = [*room.urls, room.gone]
    counts = {url: 1 if url == room.gone else room.state + 1 for url in wanted}
    return all(
        len(held.captures.get(url, ())) >= count and len(held.versions.get(url, ())) >= count
        for url, count in counts.items()
    ) and (room.state == 0 or bool(held.removals))


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@contextmanager
def newsroom_record(
    folder: Path, database: str | None, room: Newsroom
) -> Iterator[tuple[Store, Watcher]]:
    """A record that watches the newsroom's feed, and its watcher, which is ended at last."""
    room.state = 0
    watcher = Watcher(folder / "record", database, time.time())
    with Store(folder / "record", database=database) as store:
        add_watches(store, [(f"{room.hosts[1]}/feed", None)], START.isoformat())
        try:
            yield store, watcher
        finally:
            if watcher.process and watcher.process.poll() is None:
                watcher.process.kill()
                watcher.process.communicate()


def publish_all(store: Store, watcher: Watcher, room: Newsroom) -> None:
    """Every state in turn, each when the one before is kept, with a watcher that nobody disturbs."""
    if watcher.process is None or watcher.process.poll() is not None:
        watcher.start()
    while True:
        wait_for(lambda: is_done(store, room))
        if room.state == STATES - 1:
            return
        room.state += 1


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, room: Newsroom) -> Kept:
    """What a watcher keeps that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with newsroom_record(folder, None, room) as (store, watcher):
        publish_all(store, watcher, room)
        assert "ended" in watcher.end()
        return kept(store)


def assert_nothing_lost_or_doubled(store: Store, room: Newsroom) -> None:
    """Every state of every page once, in order; one removal; and the record's parts fit together."""
    found = kept(store)
    states = range(room.state + 1)
    for url in room.urls:
        sent = [hashlib.sha256(report(url[-1], state)).hexdigest() for state in states]
        assert found.captures[url] == sent
        assert [f"In round {n} " in text for n, text in enumerate(found.versions[url])] == [
            True for _ in states
        ]
    assert found.captures[room.gone] == [hashlib.sha256(report("gone", 0)).hexdigest()]
    assert found.removals == [room.gone]
    # what was written to disk before a kill is used, and nothing is left half-written
    assert list(store.captures.stored()) == sorted({c.sha256 for c in store.all(Capture)})
    assert not list(store.captures.folder.glob("**/*.partial"))
    # a check, its capture, and how its watch stands after it are kept together or not at all
    for one in store.all(Watch):
        assert len(store.by(Check, "watch_id", one.id)) == one.checks
    made = {check.capture_id for check in store.all(Check) if check.capture_id}
    assert made == {capture.id for capture in store.all(Capture)}


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_watcher_killed_at_random_moments_loses_and_doubles_nothing(
    where: str,
    tmp_path: Path,
    room: Newsroom,
    undisturbed: Kept,
    request: pytest.FixtureRequest,
) -> None:
    database = request.getfixturevalue("database") if where == "postgresql" else None
    chance = random.Random(KILLS)
    with newsroom_record(tmp_path, database, room) as (store, watcher):
        for kill in range(KILLS):
            process = watcher.start()
            time.sleep(chance.uniform(0.2, 1.6))
            assert process.poll() is None, watcher.end()
            watcher.end(signal.SIGKILL)
            if is_done(store, room) and room.state < STATES * kill // KILLS:
                room.state += 1
        publish_all(store, watcher, room)
        assert "ended" in watcher.end()
        assert_nothing_lost_or_doubled(store, room)
        assert kept(store) == undisturbed


POINTS = {
    "during a fetch": ("onrecord.capture.web:Fetcher._read", "before", 3),
    "a file half-written": ("os:fsync", "after", 1),
    "a capture's file there, not its row": ("onrecord.store.captures:CaptureFiles.put", "after", 1),
    "in the transaction": ("onrecord.store.record:Store._add", "after", 1),
    "at the end of the transaction": ("onrecord.store.record:Store._put_watches", "after", 3),
    "the check kept, nothing built": ("onrecord.store.record:Store.checked", "after", 2),
    "in the build, something withdrawn": ("onrecord.store.record:Store.withdraw", "after", 2),
    "in the build's transaction": ("onrecord.store.search:add", "after", 1),
}


def test_a_watcher_killed_at_its_weakest_points_loses_and_doubles_nothing(
    tmp_path: Path, room: Newsroom
) -> None:
    with newsroom_record(tmp_path, None, room) as (store, watcher):
        for name, point in POINTS.items():
            process = watcher.start([point])
            end = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < end:
                if is_done(store, room):
                    room.state += 1
                time.sleep(0.02)
            struck, said = process.poll(), watcher.end()
            assert struck == -signal.SIGKILL, f"not struck: {name}: {said}"
        watcher.start()
        room.state += room.state == 0
        wait_for(lambda: is_done(store, room))
        assert "ended" in watcher.end()
        assert_nothing_lost_or_doubled(store, room)


def test_builds_of_another_program_at_the_same_time_do_no_harm(
    tmp_path: Path, room: Newsroom
) -> None:
    with newsroom_record(tmp_path, None, room) as (store, watcher):
        watcher.start()
        command = [ONRECORD, "build", "--record", store.folder]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as build:
            publish_all(store, watcher, room)
            _, said = build.communicate(timeout=120)
        assert (build.returncode, said) == (0, "")
        assert "ended" in watcher.end()
        assert_nothing_lost_or_doubled(store, room)


def test_a_second_watcher_refuses_in_one_line(tmp_path: Path, room: Newsroom) -> None:
    with newsroom_record(tmp_path, None, room) as (store, watcher):
        watcher.start()
        command = [ONRECORD, "watch", "--once", "--record", store.folder]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            f"onrecord: {store.folder}: another watcher works on this record (stop it first)"
        ]
        watcher.end(signal.SIGKILL)
        done = subprocess.run([*command, "--watch-build", "none"], capture_output=True, text=True)
        assert "checks" in done.stdout and not done.stderr, (
            "a killed watcher still holds the record"
        )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watcher_within_seconds_also_while_a_server_does_not_answer(
    number: signal.Signals, tmp_path: Path, room: Newsroom
) -> None:
    silent = threading.Event()

    def answer(write: Callable[[bytes], Any]) -> None:
        silent.set()
        room.site.stopped.wait(30)

    room.site.pages["/silent"] = answer
    with newsroom_record(tmp_path, None, room) as (store, watcher):
        add_watches(store, [(f"{room.hosts[0]}/silent", None)], START.isoformat())
        watcher.start()
        assert silent.wait(20)
        wait_for(lambda: bool(store.count(Capture)))
        begun = time.monotonic()
        said = watcher.end(number)
        assert time.monotonic() - begun < 15
        assert said.endswith("ended\n") and "Traceback" not in said
        # what was not answered is no check, and due again
        assert not [c for c in store.all(Check) if c.url.endswith("/silent")]
        assert [w.next_check for w in store.all(Watch) if w.url.endswith("/silent")] == [
            START.isoformat()
        ]


def test_a_watcher_that_is_halted_for_long_goes_on_without_a_stampede(
    tmp_path: Path, room: Newsroom
) -> None:
    with newsroom_record(tmp_path, None, room) as (store, watcher):
        process = watcher.start()
        wait_for(lambda: is_done(store, room))
        process.send_signal(signal.SIGSTOP)
        room.state += 1
        time.sleep(3)  # an hour and a half
        before = len(room.site.asked)
        process.send_signal(signal.SIGCONT)
        wait_for(lambda: is_done(store, room))
        assert len(room.site.asked) - before <= 20 * (PAGES + 2)
        said = watcher.end()
        assert "ended" in said and said.count("the clock went forward") <= 1
        assert_nothing_lost_or_doubled(store, room)


# --------------------------------------------------------------------------- in this process


class Hours:
    """A clock that moves by sleeping, and by hand. `shift` is what the wall clock is wrong by."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.shift = 0.0
        self.at_nap: Callable[[], None] = lambda: None

    def now(self) -> str:
        return (START + timedelta(seconds=self.seconds + self.shift)).isoformat()

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def nap(self, seconds: float) -> None:
        self.seconds += seconds
        self.at_nap()


@dataclass
class Desk:
    """A watcher in this process."""

    store: Store
    hours: Hours
    events: list[Event] = field(default_factory=list)

    def run(self, minutes: float, **more: Any) -> list[str]:
        """Watches for so long by the true clock; lines that are no news of pages."""
        end = self.hours.seconds + 60 * minutes
        events: list[Event] = []
        watch(
            self.store,
            settings.join({**SETTINGS, "watch.build": "none", "watch.hosts": 2, **more}),
            Times(self.hours.now, self.hours.sleep, lambda: self.hours.seconds, self.hours.nap),
            events.append,
            stop=lambda: self.hours.seconds >= end,
        )
        self.events += events
        return [event.why for event in events if event.what == "note"]

    def outcomes(self, url: str) -> list[str]:
        checks = [check for check in self.store.all(Check) if check.url == url]
        return [check.outcome for check in sorted(checks, key=lambda c: c.at)]

    def sent(self, url: str) -> list[str]:
        return kept(self.store).captures.get(url, [])


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def desk(tmp_path: Path, room: Newsroom, hours: Hours) -> Iterator[Desk]:
    """A watcher of the newsroom's pages, that has captured each of them once."""
    room.state = 0
    with Store(tmp_path / "record", patience=0.1) as store:
        yield _begun(store, room, hours)


def _begun(store: Store, room: Newsroom, hours: Hours) -> Desk:
    desk = Desk(store, hours)
    add_watches(store, [(url, None) for url in room.urls], hours.now())
    assert desk.run(5) == []
    assert [desk.outcomes(url) for url in room.urls] == [["first"]] * PAGES
    return desk


def _sent(room: Newsroom, url: str, *states: int) -> list[str]:
    return [hashlib.sha256(report(url[-1], state)).hexdigest() for state in states]


def test_a_locked_database_is_waited_for_and_told_once(desk: Desk, room: Newsroom) -> None:
    other = sqlite3.connect(desk.store.folder / "record.db", isolation_level=None)
    other.execute("begin immediate")
    naps = 0

    def at_nap() -> None:
        nonlocal naps
        naps += 1
        if naps == 40:
            other.execute("rollback")
            other.close()

    desk.hours.at_nap = at_nap
    room.state = 1
    lines = desk.run(90)
    assert naps > 40
    assert len(lines) == 1 and "database is locked" in lines[0] and "nothing recorded" in lines[0]
    for url in room.urls:
        assert desk.sent(url) == _sent(room, url, 0, 1)
        assert desk.outcomes(url).count("changed") == 1


def test_a_database_locked_until_the_watcher_is_stopped_holds_up_no_stop(
    desk: Desk, room: Newsroom
) -> None:
    with closing(sqlite3.connect(desk.store.folder / "record.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        room.state = 1
        assert len(desk.run(30)) == 1
        other.execute("rollback")
    assert desk.run(20) == []
    for url in room.urls:
        assert desk.sent(url) == _sent(room, url, 0, 1)


def test_another_build_that_goes_on_and_on_does_not_hold_up_the_checks(
    desk: Desk, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.run.watching.BUILD_PATIENCE", 0.05)
    with FileLock(desk.store.folder / "build.lock"):
        lines = desk.run(60, **{"watch.build": "changes"})
        assert len(lines) == 1 and "another build works on it" in lines[0]
        assert all(len(desk.outcomes(url)) >= 3 for url in room.urls)
    assert desk.run(20, **{"watch.build": "changes"}) == []
    assert desk.store.count(Version) == PAGES


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of a size of its own; skips where none may be mounted."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)  # fmt: skip
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _fill(path: Path, leave: int) -> None:
    """Leaves so many bytes of a disk."""
    free = os.statvfs(path.parent)
    with path.open("wb") as file:
        file.write(b"x" * max(0, free.f_bavail * free.f_frsize - leave))


@pytest.mark.parametrize("leave", [0, 4096, 8192, 20_000, 40_000])
def test_a_full_disk_is_told_in_one_line_and_the_watcher_goes_on_when_there_is_room(
    leave: int, tmp_path: Path, room: Newsroom, hours: Hours
) -> None:
    room.state = 0
    with small_disk(tmp_path / "disk", "4m") as disk, Store(disk / "record") as store:
        desk = _begun(store, room, hours)
        _fill(disk / "filler", leave)
        naps = 0

        def at_nap() -> None:
            nonlocal naps
            naps += 1
            if naps == 60:
                (disk / "filler").unlink()

        hours.at_nap = at_nap
        lines: list[str] = []
        for state in (1, 2, 3):
            room.state = state
            lines += desk.run(25)
        naps = max(naps, 60)
        (disk / "filler").unlink(missing_ok=True)
        lines += desk.run(60)
        assert 1 <= len(lines) <= 6, lines
        for line in lines:
            assert re.search("no space left|disk is full|disk I/O error", line, re.IGNORECASE), line
        for url in room.urls:
            sent = desk.sent(url)
            assert sent == sorted(set(sent), key=sent.index), "a capture twice"
            assert sent[-1:] == _sent(room, url, 3)
            assert set(sent) <= set(_sent(room, url, 0, 1, 2, 3))
        assert not list(store.captures.folder.glob("**/*.partial"))
        for capture in store.all(Capture):
            assert hashlib.sha256(store.captures.read(capture.sha256)).hexdigest() == capture.sha256
        assert store.engine.connect().exec_driver_sql("pragma integrity_check").scalar() == "ok"


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Takes the right to write to a record, also from root, which is another user meanwhile."""
    places = [folder, folder / "captures", *(folder / "captures").glob("??")]
    me = os.geteuid()
    for place in places:
        place.chmod(0o555)
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)
        for place in places:
            place.chmod(0o755)


def test_a_record_that_cannot_be_written_to_is_waited_for(room: Newsroom, hours: Hours) -> None:
    room.state = 0
    with TemporaryDirectory() as folder, ExitStack() as taken:
        Path(folder).chmod(0o755)
        with Store(Path(folder) / "record") as store:
            desk = _begun(store, room, hours)
        with Store(Path(folder) / "record") as store:
            desk = Desk(store, hours)
            with unwritable(store.folder), pytest.raises(RecordBusy, match="cannot be watched"):
                desk.run(1)
            store.engine.dispose()
            room.state = 1
            naps = 0

            def asked(path: str) -> None:
                if not naps and path in ("/0", "/1", "/2"):
                    room.asked = lambda path: None
                    taken.enter_context(unwritable(store.folder))

            def at_nap() -> None:
                nonlocal naps
                naps += room.asked is not asked
                if naps == 30:
                    taken.close()

            room.asked, hours.at_nap = asked, at_nap
            lines = desk.run(90)
            assert naps > 30
            assert len(lines) == 1 and re.search("ermission denied|readonly", lines[0]), lines
            for url in room.urls:
                assert desk.sent(url) == _sent(room, url, 0, 1)


# --------------------------------------------------------------------------- PostgreSQL


def test_a_database_server_that_is_down_for_a_while_is_waited_for(
    database: str, postgres: str, tmp_path: Path, room: Newsroom, hours: Hours
) -> None:
    room.state = 0
    name = database.rpartition("/")[2]
    with (
        Store(tmp_path / "record", database=database) as store,
        psycopg.connect(f"{postgres}/postgres", autocommit=True) as server,
    ):
        desk = _begun(store, room, hours)
        naps = 0

        def at_nap() -> None:
            nonlocal naps
            naps += 1
            if naps in (2, 40):
                server.execute(f"alter database {name} allow_connections {naps == 40}".encode())
                server.execute(b"select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])  # fmt: skip

        hours.at_nap = at_nap
        room.state = 1
        lines = desk.run(120)
        assert naps > 40
        assert len(lines) == 1 and "cannot be written to now" in lines[0], lines
        for url in room.urls:
            assert desk.sent(url) == _sent(room, url, 0, 1)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_database_server_that_is_restarted_loses_nothing(
    mode: str, database: str, tmp_path: Path, room: Newsroom, hours: Hours
) -> None:
    room.state = 0
    with psycopg.connect(database) as server:
        data = server.execute("show data_directory").fetchone()
        bin_folder = server.execute(
            "select setting from pg_config where name = 'BINDIR'"
        ).fetchone()
    assert data and bin_folder
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    restart = [
        *user,
        f"{bin_folder[0]}/pg_ctl",
        "-w",
        "-D",
        data[0],
        "-l",
        f"{data[0]}.log",
        "-m",
        mode,
        "restart",
    ]
    with Store(tmp_path / "record", database=database) as store:
        desk = _begun(store, room, hours)
        room.state = 1
        restarts = []

        def asked(path: str) -> None:
            if path == "/1" and not restarts:
                # another session of tests may have taken the right to pass through their common folder
                for parent in Path(data[0]).parents:
                    if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
                        parent.chmod(parent.stat().st_mode | 0o011)
                restarts.append(subprocess.run(restart, cwd="/", capture_output=True, text=True))

        room.asked = asked
        try:
            lines = desk.run(60)
        finally:
            room.asked = lambda path: None
        assert [(one.returncode, one.stderr) for one in restarts] == [(0, "")], restarts
        assert len(lines) <= 1, lines
        for url in room.urls:
            assert desk.sent(url) == _sent(room, url, 0, 1)


# --------------------------------------------------------------------------- clocks

DAY = 24 * 60 * 60.0


def _leap(hours: Hours, after_minutes: float, seconds: float) -> None:
    """Lets the clock leap during a run."""
    at = hours.seconds + 60 * after_minutes

    def at_nap() -> None:
        if hours.seconds >= at:
            hours.shift += seconds
            hours.at_nap = lambda: None

    hours.at_nap = at_nap


def _checks_since(desk: Desk, url: str, before: int) -> int:
    return len(desk.outcomes(url)) - before


@pytest.mark.parametrize("days", [1, 400])
@pytest.mark.parametrize("during", [True, False], ids=["during", "before"])
def test_a_clock_that_leaps_ahead_stops_nothing_and_makes_no_rush(
    during: bool, days: int, desk: Desk, room: Newsroom, hours: Hours
) -> None:
    desk.run(100)
    asked = len(room.site.asked)
    if during:
        _leap(hours, 1, days * DAY)
    else:
        hours.shift += days * DAY
    room.state = 1
    lines = desk.run(50)
    assert len(lines) == during
    assert all(
        f"the clock went forward by {24 * days if days < 2 else days}" in line for line in lines
    )
    assert len(room.site.asked) - asked <= 5 * PAGES + 2, "each a few times, and rules once a host"
    assert not [one.url for one in desk.store.all(Watch) if one.stopped]
    for url in room.urls:
        assert desk.sent(url) == _sent(room, url, 0, 1)


@pytest.mark.parametrize("during", [True, False], ids=["during", "before"])
def test_a_clock_that_was_ahead_by_a_year_for_a_while_leaves_no_page_unwatched(
    during: bool, desk: Desk, room: Newsroom, hours: Hours
) -> None:
    desk.run(100)
    hours.shift = 400 * DAY
    desk.run(100)
    if during:
        _leap(hours, 1, -400 * DAY)
    else:
        hours.shift = 0
    room.state = 1
    counts = {url: len(desk.outcomes(url)) for url in room.urls}
    lines = desk.run(60)
    assert len(lines) == 1 and "one of them is wrong" in lines[0]
    assert not [one.url for one in desk.store.all(Watch) if one.stopped]
    for url in room.urls:
        assert 1 <= _checks_since(desk, url, counts[url]) <= 6
        assert sorted(desk.sent(url)) == sorted(_sent(room, url, 0, 1))
    assert desk.run(60) == [], "it is told once"


@pytest.mark.parametrize("during", [True, False], ids=["during", "before"])
def test_a_clock_that_goes_back_by_minutes_is_waited_for_so_that_captures_keep_their_order(
    during: bool, desk: Desk, room: Newsroom, hours: Hours
) -> None:
    desk.run(50)
    if during:
        _leap(hours, 1, -600)
    else:
        hours.shift -= 600
    lines = []
    for room.state in (1, 2, 3):
        lines += desk.run(40)
    assert len(lines) <= 1 and all("went back" in line for line in lines)
    for url in room.urls:
        assert desk.sent(url) == _sent(room, url, 0, 1, 2, 3), "by the time of capture"


@pytest.mark.parametrize("days", [1, 365])
@pytest.mark.parametrize("during", [True, False], ids=["during", "before"])
def test_a_clock_that_goes_back_far_is_taken_at_its_word_and_no_page_waits_for_it(
    during: bool, days: int, desk: Desk, room: Newsroom, hours: Hours
) -> None:
    desk.run(100)
    if during:
        _leap(hours, 1, -days * DAY)
    else:
        hours.shift -= days * DAY
    counts = {url: len(desk.outcomes(url)) for url in room.urls}
    room.state = 1
    lines = desk.run(60)
    assert len(lines) == 1 and "one of them is wrong" in lines[0]
    for url in room.urls:
        assert 1 <= _checks_since(desk, url, counts[url]) <= 6
        assert sorted(desk.sent(url)) == sorted(_sent(room, url, 0, 1))
    # and when it is right again, nothing is called old
    hours.shift += days * DAY
    desk.run(60)
    assert not [one.url for one in desk.store.all(Watch) if one.stopped]


def test_what_is_due_after_a_long_sleep_is_asked_for_one_after_the_other(
    desk: Desk, room: Newsroom, hours: Hours
) -> None:
    urls = [f"{room.hosts[0]}/a{n}" for n in range(40)]
    add_watches(desk.store, [(url, None) for url in urls], hours.now())
    desk.run(10)
    hours.shift += 3 * DAY
    times: list[float] = []
    room.asked = lambda path: times.append(hours.seconds)
    try:
        desk.run(10, **{"web.pause": 1000, "watch.hosts": 8})
    finally:
        room.asked = lambda path: None
    assert len(times) == len(urls) + PAGES + 2
    assert max(times) - min(times) >= 39
    # and the next time they are spread
    dues = sorted(one.next_check or "" for one in desk.store.all(Watch))
    assert (moment(dues[-1]) - moment(dues[0])).total_seconds() > 60


# --------------------------------------------------------------------------- faults of onrecord


def test_a_page_that_breaks_the_watcher_is_told_and_the_others_go_on(
    desk: Desk, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(watch: Watch, seen: Seen, at: str, options: Any) -> Any:
        if watch.url == room.urls[1] and seen.outcome != "failed":
            raise ZeroDivisionError("nothing\udcff works")
        return judge(watch, seen, at, options)

    room.state = 1
    with monkeypatch.context() as patched:
        patched.setattr("onrecord.run.watching.judge", broken)
        desk.run(40)
    assert "failed" in desk.outcomes(room.urls[1])
    (why,) = {e.why for e in desk.events if e.what == "failed"}
    assert "report it: ZeroDivisionError: nothing? works" in why
    assert desk.sent(room.urls[0]) == _sent(room, room.urls[0], 0, 1)
    # How often it failed meanwhile, and so how long it is left alone, differs with its port's jitter.
    (due,) = [one.next_check for one in desk.store.all(Watch) if one.url == room.urls[1]]
    desk.run(minutes_between(desk.hours.now(), due or "") + 10)
    assert desk.sent(room.urls[1]) == _sent(room, room.urls[1], 0, 1)


def test_a_damaged_record_ends_the_watcher_and_what_was_kept_stays(
    desk: Desk, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(self: Store, check: Check, *rest: Any) -> None:
        if check.url == room.urls[1]:
            raise RecordDamaged("the record's database cannot be read", why="malformed")
        kept(self, check, *rest)

    kept = Store.checked
    room.state = 1
    with monkeypatch.context() as patched:
        patched.setattr(Store, "checked", damaged)
        with pytest.raises(RecordDamaged, match="malformed"):
            desk.run(40)
    desk.run(40)
    for url in room.urls:
        assert desk.sent(url) == _sent(room, url, 0, 1)


def test_a_capture_that_was_lost_does_not_keep_its_page_from_being_captured(
    desk: Desk, room: Newsroom
) -> None:
    (sha,) = desk.sent(room.urls[0])
    desk.store.captures.path(sha).unlink()
    with Store(desk.store.folder) as again:
        other = Desk(again, desk.hours)
        room.state = 1
        other.run(40)
        assert other.sent(room.urls[0]) == _sent(room, room.urls[0], 0, 1)
        assert "failed" not in other.outcomes(room.urls[0])


def test_what_a_user_stops_while_it_is_asked_for_stays_stopped(desk: Desk, room: Newsroom) -> None:
    def asked(path: str) -> None:
        if path == "/1":
            with Store(desk.store.folder) as other:
                stop_watch(other, room.urls[1])

    room.asked = asked
    try:
        desk.run(20)
    finally:
        room.asked = lambda path: None
    checks = len(desk.outcomes(room.urls[1]))
    assert [one.stopped for one in desk.store.all(Watch) if one.url == room.urls[1]] == [ASKED]
    desk.run(60)
    assert len(desk.outcomes(room.urls[1])) == checks


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "99999-01-01", ""]
)
def test_a_feed_with_impossible_times_and_addresses_stops_nothing(
    when: str, desk: Desk, room: Newsroom
) -> None:
    url = f"{room.hosts[0]}/ä b?ü=1"
    links = (url, "https://user:secret@gull.example/", "http://" + "a" * 9000, "https://%", url)
    items = "".join(
        f"<entry><title>&#0;x</title><link href='{link}'/><updated>{when}</updated></entry>"
        for link in links
    )
    data = f"<feed xmlns='http://www.w3.org/2005/Atom'>{items}</feed>".encode(
        "utf-8", "surrogateescape"
    )
    room.site.pages["/atom"] = Page(200, data, {"Content-Type": "application/atom+xml"})
    add_watches(desk.store, [(f"{room.hosts[0]}/atom", None)], desk.hours.now())
    assert desk.run(100) == []
    (found,) = [one for one in desk.store.all(Watch) if "%C3%A4" in one.url]
    assert desk.outcomes(found.url)[0] == "first" and desk.outcomes(found.url).count("first") == 1
    assert found.checks >= 4
    assert not [line for _, _, _, line in desk.store.notices() if "secret" in line]

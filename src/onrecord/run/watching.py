"""The watcher: one loop over the watches' `next_check`, with the clock handed in.

Hosts are asked side by side, each one request at a time, by threads that only fetch and read; what they
bring is judged (checking.py) and kept by one thread, in one transaction with its capture, so that a
watcher killed at any moment has lost at most the checks it was at, which are then due again.
"""

from __future__ import annotations

import functools
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from onrecord.capture import schedule, web
from onrecord.capture.addresses import host_key, sendable
from onrecord.capture.web import Fetcher, Hosts
from onrecord.errors import InputError, OnrecordError, RecordBusy, RecordDamaged
from onrecord.extract.listing import Entry
from onrecord.gazetteer import load_outlets
from onrecord.pipeline import STAGES, stages_for
from onrecord.records import Capture, Change, Check, Story, Watch
from onrecord.run.attending import Attendant
from onrecord.run.building import build_record, registry_files
from onrecord.run.checking import (
    ANSWERED,
    CHANGED,
    UNUSABLE,
    Seen,
    after_clock_jump,
    announced,
    judge,
    later,
    minutes_between,
    new_watch,
    utc,
    wake,
    wanted,
    watch_id,
)
from onrecord.run.looking import Look, Looker
from onrecord.run.telling import Describe
from onrecord.run.watches import only_watcher
from onrecord.run.workers import Workers
from onrecord.store.record import Store
from onrecord.text.ids import make_id
from onrecord.text.instants import moment

T = TypeVar("T")

AT_ONCE = 500
"""Due watches taken from the record at once; more if they are all of hosts that may not be asked yet."""

ROUND = 60
"""Seconds after which what is due is looked up anew, and what was captured is built."""

GRACE = 5
"""Seconds that the checks at hand may take when the watcher is to stop; then they are given up."""

LOOK_UP = 0.25
"""Seconds between two looks at whether the watcher is to stop."""

LOOK_UP_DUE = 5
"""Seconds between two looks at what is due while there is something to do."""

NAP = 60
"""Longest sleep in seconds; another program may have added a watch meanwhile."""

BUSY_NAP = 30
"""Seconds until a record that is locked or full is written to again."""

HOLD = 60
"""Minutes: a clock that goes back by less is waited for, so that no capture stands before an earlier one."""

STEP = 1
"""Minutes: a clock that goes back by less is not worth a word; time stands still meanwhile."""

MOST_SITEMAPS = 10
"""Sitemaps taken from an index of them at once, the newest: the others hold a site's past."""

MOST_OPEN = 200
"""Hosts that connections are kept open to, and whose rules are kept beyond their time."""

SHARE = 10
"""A build of what changed is followed by so many times its length in which nothing is built."""

BUILD_PATIENCE = 1
"""Seconds that another build of the record is waited for before checks go on."""

MOST_LINES = 1000
"""Lines that a report repeats at the end."""

Say = Callable[["Event"], None]


@dataclass(frozen=True)
class Event:
    """Something a user should know: `what` in a word or two, about which address, and why."""

    at: str
    what: str
    url: str
    why: str

    def line(self) -> str:
        """The event as one line."""
        return "  ".join(part for part in (self.at, self.what, self.url, self.why) if part)


@dataclass
class WatchReport:
    """What a watcher did. `checks` by outcome."""

    checks: dict[str, int] = field(default_factory=dict)
    captures: int = 0
    discovered: int = 0
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Times:
    """The clock: `now` as an instant, `clock` in seconds of any origin, `sleep` in seconds. `nap` is a
    sleep that may end early, for waiting that nobody else relies on."""

    now: Callable[[], str]
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    nap: Callable[[float], None] = time.sleep


# --------------------------------------------------------------------------- the loop


def watch(
    store: Store,
    settings: Mapping[str, Any],
    times: Times,
    say: Say = lambda event: None,
    *,
    stop: Callable[[], bool] = lambda: False,
    once: bool = False,
    describe: Describe | None = None,
) -> WatchReport:
    """Checks what is due until `stop` says so; with `once` what is due now, and no more.

    `settings` as settings.join gives them. `describe` gives hooks the values of an edit; without it none
    is told. Raises UsageError if another watcher works on the record, RecordDamaged if the record does
    not hold.
    """
    with only_watcher(store.folder), _Watcher(store, settings, times, say) as watcher:
        watcher.stop = stop
        watcher.attend(describe)
        with suppress(_Stopped):
            watcher.begin()
            while not stop():
                worked = watcher.round()
                watcher.build(everything=once)
                more = watcher.idle()
                if once and not (worked or watcher.at_hand or watcher.held_back or more):
                    break
                if not (worked or more):
                    watcher.nap()
            if watcher.at_hand:
                watcher.round()
            watcher.build(everything=once)
        return watcher.report


class _Stopped(Exception):
    """The watcher is to stop, and what it is at cannot be waited for."""


class _Watcher:
    """One run of the watcher."""

    def __init__(self, store: Store, settings: Mapping[str, Any], times: Times, say: Say) -> None:
        self.store, self.settings, self.times, self.say = store, settings, times, say
        self.options: schedule.Options = settings["watch"]
        self.report = WatchReport()
        self._attendant: Attendant | None = None
        self.stop: Callable[[], bool] = lambda: False
        # A host that asks to wait is put off instead of being waited for.
        self._web: web.Options = replace(settings["web"], retries=0)
        self._hosts = Hosts(back_off=True)
        self._fetchers: dict[str, Fetcher] = {}
        self.at_hand: dict[Future[Look], Watch] = {}
        self.held_back = False
        self._led_to: dict[str, str] = {}
        # The watcher before may have been killed between a capture and its build, or before it told.
        self._dirty = self._urgent = self._stale = self._news = True
        self._rested = (0.0, 0.0)
        self._woken = False
        self._last_build: str | None = None
        self._latest = ""
        self._clocks: tuple[str, float] | None = None
        self._stopping: float | None = None
        self._busy_line = self._unbuilt = ""
        self._episodes: Mapping[str, Sequence[Sequence[str]]] | None = None
        self._looker = Looker(
            self.options,
            settings["readings"],
            store.captures,
            load_outlets(registry_files(store.folder, settings["registry"].outlets)),
            lambda ident: store.get(Capture, ident),
        )

    def __enter__(self) -> _Watcher:
        self._workers = Workers(max(1, self.options.hosts))
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.close()
        self._hang_up()

    def _hang_up(self) -> None:
        for fetcher in self._fetchers.values():
            fetcher.close()
        self._fetchers.clear()

    def begin(self) -> None:
        """Takes up where the watcher before stopped, however it ended."""
        self._patiently(self.store.captures.tidy)
        self._patiently(lambda: self._compare_with_record(self._clock_says()))
        self._patiently(self._remember_waits)

    def _remember_waits(self) -> None:
        """Hosts that asked the watcher before to wait are left alone until then: their pages' next check
        comes no sooner."""
        now, clock = self.now(), self.times.clock()
        for one in self.store.stream(Watch):
            if not one.failing_since or not one.last_checked or (one.next_check or "") <= now:
                continue
            check = self.store.get(Check, make_id("chk", one.id, one.last_checked))
            if check is None or check.outcome != "put_off":
                continue
            host = self._hosts.host(host_key(check.final_url or one.url))
            seconds = (moment(one.next_check or now) - moment(now)).total_seconds()
            if clock + seconds > host.ready:
                host.ready, host.closed = clock + seconds, check.basis

    def attend(self, describe: Describe | None) -> None:
        """Has hooks, time-stamps and pictures seen to, and new hooks met before anything is checked."""
        self._attendant = Attendant(
            self.store, self.settings, describe, self.now, self._warn, self._tell_user
        )
        self._patiently(self._attendant.tell)

    def idle(self) -> bool:
        """Does one thing that waits beside the checks; whether there may be more at once."""
        return self._attendant is not None and self._patiently(self._attendant.idle)

    def now(self) -> str:
        """The time in UTC with whole seconds. While the clock goes back a little, time stands still."""
        at = self._clock_says()
        if at < self._latest and minutes_between(at, self._latest) <= HOLD:
            return self._latest
        self._latest = max(at, self._latest)
        return at

    def _clock_says(self) -> str:
        return utc(moment(self.times.now()))

    def _no_time_left(self) -> bool:
        """Whether the watcher was to stop some seconds ago."""
        if not self.stop():
            return False
        if self._stopping is None:
            self._stopping = time.monotonic()
        return time.monotonic() - self._stopping > GRACE

    # ------------------------------------------------------------------ one round

    def round(self) -> int:
        """Checks what is due, for a minute at most; how many were checked. What is being asked then is
        still at hand in the next round."""
        self.mind_the_clock()
        if len(self._fetchers) > MOST_OPEN and not self.at_hand:
            self._hang_up()
            self._hosts.forget(self.times.clock())
        waiting = self._waiting()
        begun = looked_up = self.times.clock()
        real_end = time.monotonic() + ROUND
        worked, resting, self.held_back = 0, False, False
        while waiting or self.at_hand:
            at = self.times.clock()
            if self.stop() or resting:
                waiting = {}
            elif at >= begun + ROUND or time.monotonic() >= real_end:
                self.held_back = self.held_back or bool(waiting)
                if time.monotonic() >= real_end:
                    break
                waiting = {}
            elif self._woken or at >= looked_up + LOOK_UP_DUE:
                waiting, looked_up = self._waiting(), at
            soonest = self._ask(waiting, at)
            if self.at_hand:
                done, _ = wait(self.at_hand, LOOK_UP, FIRST_COMPLETED)
                for future in sorted(done, key=lambda f: self.at_hand[f].id):
                    del self.at_hand[future]
                    try:
                        self._settle(future.result())
                        worked += 1
                    except RecordBusy as error:
                        # the look could not read the record; it is due again
                        resting = True
                        self._wait_for_record(error)
            elif waiting:
                self.times.nap(min(max(soonest - at, 0.0), LOOK_UP_DUE))
            if self.at_hand and self._no_time_left():
                count = len(self.at_hand)
                self._tell_user(f"{count} checks at hand were given up; they are due again")
                self.at_hand.clear()
        return worked

    def _waiting(self) -> dict[str, deque[Watch]]:
        """What is due and not at hand, by host."""
        self._woken = False
        at_hand = {one.id for one in self.at_hand.values()}
        limit = AT_ONCE
        while True:
            now, clock = self.now(), self.times.clock()
            due = self._patiently(functools.partial(self.store.due, now, limit))
            waiting: dict[str, deque[Watch]] = defaultdict(deque)
            for one in due:
                if one.id not in at_hand:
                    waiting[self._host_of(one)].append(one)
            askable = sum(self._hosts.host(host).ready <= clock for host in waiting)
            if len(due) < limit or askable >= self.options.hosts:
                return waiting
            limit *= 4

    def _ask(self, waiting: dict[str, deque[Watch]], at: float) -> float:
        """Gives free workers what is due of hosts that may be asked now, longest due first; when the next
        host may be asked. One that asks for a pause is not waited for by a worker; one that may not be
        asked for long is given to it, and is put off."""
        free = max(1, self.options.hosts) - len(self.at_hand)
        if len(self._fetchers) > 2 * MOST_OPEN:
            free = 0
        busy = {self._host_of(one) for one in self.at_hand.values()}
        soonest = float("inf")
        idle = sorted(waiting.keys() - busy, key=lambda h: (waiting[h][0].next_check, h))
        for host in idle:
            early = self._hosts.host(host).ready - at
            if 0 < early <= self._web.wait:
                soonest = min(soonest, at + early)
            elif free > 0:
                free -= 1
                one = waiting[host].popleft()
                look = functools.partial(self._look, one, self._fetcher(host))
                self.at_hand[self._workers.submit(look)] = one
                if not waiting[host]:
                    del waiting[host]
        return soonest

    def _host_of(self, one: Watch) -> str:
        """The host that counts for a page: the one that its redirects led to, where they led before."""
        return self._led_to.get(one.id) or host_key(one.url)

    def _look(self, one: Watch, fetcher: Fetcher) -> Look:
        try:
            return self._looker.look(fetcher, one)
        except (RecordBusy, RecordDamaged):
            raise
        except Exception as error:
            # A page that breaks its reader must not stop the watching of all others.
            return Look(one, _fault(error))

    def _fetcher(self, host: str) -> Fetcher:
        if host not in self._fetchers:
            times = self.times
            self._fetchers[host] = Fetcher(
                self._web, self.now, times.sleep, times.clock, self._hosts
            )
        return self._fetchers[host]

    # ------------------------------------------------------------------ what becomes of a look

    def _settle(self, look: Look) -> None:
        """Judges what a look gave by how the watch stands now: a feed may have woken it meanwhile, or a
        user stopped it."""
        if look.seen.final_url and look.seen.redirects:
            self._led_to[look.watch.id] = host_key(look.seen.final_url)
        elif look.seen.final_url:
            self._led_to.pop(look.watch.id, None)
        now = self._patiently(lambda: self.store.get(Watch, look.watch.id)) or look.watch
        at = self._at(now)
        if look.found and look.found.capture.captured_at:
            at = max(at, look.found.capture.captured_at)
        try:
            check, said = self._judged(look, now, at)
        except (OnrecordError, _Stopped):
            raise
        except Exception as error:
            # what a server sent must not stop the watcher, now and at every start
            check, said = self._judged(Look(now, _fault(error)), now, at)
        for event in said:
            self.say(event)
            if event.what == "note":
                self._remember(event.why)
        self._tell(check, now)
        found = look.found
        if self._attendant and found and check.article_id and check.outcome in CHANGED:
            self._attendant.captured(found.capture)

    def _judged(self, look: Look, now: Watch, at: str) -> tuple[Check, list[Event]]:
        """The check, kept, and what to say of what it named."""
        check, after = judge(now, look.seen, at, self.options)
        named, said, bad = self._patiently(lambda: self._named(look, at))
        woken = self._patiently(lambda: list(self._sisters(check)))
        self._patiently(lambda: self._keep(check, [after, *named, *woken], look))
        self._woken = self._woken or bool(named or woken)
        self._patiently(lambda: self._note(check, now, [*look.lines, *bad]))
        self._count(check, look.found is not None, sum(event.what == "found" for event in said))
        return check, said

    def _keep(self, check: Check, watches: Sequence[Watch], look: Look) -> None:
        # it is kept already where the database was lost behind the transaction
        if self.store.get(Check, check.id) is None:
            found = look.found
            self.store.checked(
                check,
                watches,
                found.capture if found else None,
                found.data if found else b"",
                found.text if found else None,
            )

    def _at(self, one: Watch) -> str:
        """The time of a check: now, but never the time of the one before, whose id it would share."""
        at = self.now()
        if (
            one.last_checked
            and at <= one.last_checked
            and minutes_between(at, one.last_checked) < 1
        ):
            return later(one.last_checked, 1)
        return at

    def _named(self, look: Look, at: str) -> tuple[list[Watch], list[Event], list[str]]:
        """New watches for what a feed names first, those it wakes; what to say of them, and lines about
        what is no address."""
        if look.listing is None:
            return [], [], []
        source, listing, said, bad = look.watch, look.listing, list[Event](), list[str]()
        entries: dict[str, Entry] = {}
        for entry in listing.entries:
            try:
                # what is sent is what is known: an address may be written in several ways
                whole = replace(entry, url=sendable(entry.url))
            except InputError as error:
                bad.append(error.line())
                continue
            entries.setdefault(watch_id(whole.url), whole)
        entries.pop(source.id, None)
        known = {one.id: one for one in self.store.load(Watch, list(entries))}
        watches = [
            woken
            for ident, entry in entries.items()
            if ident in known and (woken := announced(known[ident], entry, at, self.options))
        ]
        rest = replace(listing, entries=tuple(e for i, e in entries.items() if i not in known))
        fresh = wanted(rest, at, self.options)
        most = MOST_SITEMAPS if any(e.is_listing for e in fresh) else self.options.most
        if len(fresh) > most:
            more = f"it names {len(fresh)} new addresses; the {most} newest are taken now"
            line = InputError(more, where=source.url, do="--watch-most sets the limit").line()
            said.append(Event(at, "note", "", line))
        for entry in fresh[:most]:
            said.append(Event(at, "found", entry.url, entry.title or ""))
            watches.append(
                new_watch(
                    entry.url,
                    at,
                    kind="feed" if entry.is_listing else "page",
                    source=source.id,
                    title=entry.title,
                    announced=entry.changed,
                )
            )
        return watches, said, bad

    def _sisters(self, check: Check) -> Iterator[Watch]:
        """The other reports of a changed report's episode, woken."""
        if check.outcome != "changed" or check.article_id is None or not self.options.sisters:
            return
        if self._episodes is None:
            self._episodes = self._read_episodes()
        for article in sorted(
            {a for some in self._episodes.get(check.article_id, ()) for a in some}
        ):
            for one in self.store.by(Watch, "article_id", article):
                if one.id != check.watch_id and (woken := wake(one, check.at, self.options)):
                    yield woken

    def _read_episodes(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """The episodes that each article is in, as the last build of everything left them."""
        found: dict[str, list[Sequence[str]]] = defaultdict(list)
        for story in self.store.stream(Story):
            for episode in story.episodes:
                for article in episode.articles:
                    found[article].append(episode.articles)
        return found

    def _note(self, check: Check, before: Watch, lines: Sequence[str]) -> None:
        """Keeps what could not be used, and takes back what was said of a page that is well again."""
        if check.outcome in CHANGED | ANSWERED and (before.failing_since or before.missing):
            self.store.forget_notices(before.url)
        for line in lines:
            self.store.notice(before.url, line)
        if check.outcome == "missing" or (check.outcome in UNUSABLE and not before.failing_since):
            self.store.notice(before.url, f"{check.url}: {check.outcome}: {check.basis}")

    def _count(self, check: Check, captured: bool, discovered: int) -> None:
        self.report.checks[check.outcome] = self.report.checks.get(check.outcome, 0) + 1
        self.report.captures += captured
        self.report.discovered += discovered
        self._dirty = self._dirty or captured
        self._urgent = self._urgent or (captured and check.outcome in CHANGED)
        self._news = self._news or check.outcome in ("removed", "returned")

    def _tell(self, check: Check, before: Watch) -> None:
        repeated = before.failing_since and check.outcome in UNUSABLE
        if check.outcome in ANSWERED or repeated:
            return
        if check.outcome in ("first", "changed") and check.article_id is None:
            return
        self.say(Event(check.at, check.outcome, check.url, check.basis))

    # ------------------------------------------------------------------ building and telling

    def build(self, *, everything: bool = False) -> None:
        """Builds what the options ask for, if there is something new, and tells of what changed."""
        wanted = self.options.build
        if wanted != "none" and self._dirty and (everything or self._changes_are_due()):
            begun = time.monotonic()
            if self._run(stages_for([Change])):
                self._dirty = self._urgent = False
                self._stale = self._news = True
            ended = time.monotonic()
            self._rested = ended + (ended - begun) * SHARE, ended + (ended - begun) * SHARE**2
        attendant = self._attendant
        if self._news and attendant:
            self._news = False
            self._patiently(attendant.tell)
        if self.stop():
            return
        if wanted == "all" and self._stale and (everything or self._build_is_due()):
            if self._run(STAGES):
                self._stale, self._episodes = False, None
            self._last_build = self.now()

    def _changes_are_due(self) -> bool:
        """Whether the watcher has looked for long enough since the last build, or is to stop. Other bytes
        of a known text can wait longer."""
        soon, late = self._rested
        return self.stop() or time.monotonic() >= (soon if self._urgent else late)

    def _build_is_due(self) -> bool:
        last = self._last_build
        return last is None or minutes_between(last, self.now()) >= self.options.build_pause

    def _run(self, stages: Sequence[Any]) -> bool:
        """Whether the stages were worked. If not, the record is busy, which keeps no page from being looked
        at, and they will be worked later."""
        try:
            reports = build_record(
                self.store, self.settings, self._go_on, stages, patience=BUILD_PATIENCE
            )
        except RecordBusy as error:
            if error.line() != self._unbuilt:
                self._unbuilt = error.line()
                self._warn(self._unbuilt)
            return False
        self._unbuilt = ""
        for report in reports:
            for key, why in report.failed:
                self._warn(f"{report.stage}: {key}: {why}")
        return True

    def _go_on(self, stage: str, done: int, total: int) -> None:
        if self._no_time_left():
            raise _Stopped

    def _warn(self, line: str) -> None:
        """Says a line that the report repeats at the end."""
        self._remember(line)
        self._tell_user(line)

    def _remember(self, line: str) -> None:
        if line not in self.report.lines:
            self.report.lines = [*self.report.lines, line][-MOST_LINES:]

    def _tell_user(self, line: str) -> None:
        self.say(Event(self.now(), "note", "", line))

    # ------------------------------------------------------------------ waiting

    def nap(self) -> None:
        """Sleeps until the next check is due, or for a while."""
        due = self._patiently(self.store.next_due)
        seconds = float(NAP)
        if due is not None:
            gap = (moment(due) - moment(self.now())).total_seconds()
            seconds = min(seconds, max(gap, 0.2))
        self.times.nap(seconds)

    def _patiently(self, work: Callable[[], T]) -> T:
        """Does something with the record; waits and does it again while it is locked or full. Raises
        _Stopped if the watcher is to stop meanwhile: a check that could not be kept is due again."""
        while True:
            try:
                found = work()
            except RecordBusy as error:
                self._wait_for_record(error)
                if self.stop():
                    raise _Stopped from error
            else:
                self._busy_line = ""
                return found

    def _wait_for_record(self, error: RecordBusy) -> None:
        if error.line() != self._busy_line:
            self._busy_line = error.line()
            self._warn(self._busy_line)
        if not self.stop():
            self.times.nap(BUSY_NAP)

    def mind_the_clock(self) -> None:
        """Waits for a clock that went back a little. One that went back far is taken at its word: what
        is due by times ahead of it becomes due by its own."""
        at = self._clock_says()
        self._mind_a_leap(at)
        gap = minutes_between(at, self._latest) if self._latest else 0.0
        if gap <= STEP:
            return
        if gap > HOLD:
            self._latest = at
            self._patiently(lambda: self._compare_with_record(at))
            return
        self._warn(f"the clock went back by {gap:.0f} minutes; waiting until it has caught up")
        while not self.stop():
            left = 60 * minutes_between(self._clock_says(), self._latest)
            if not 0 < left <= 60 * HOLD:
                break
            self.times.nap(min(NAP, left))

    def _mind_a_leap(self, at: str) -> None:
        """Says that the clock went forward by more than time passed, which many due checks come of."""
        seconds = self.times.clock()
        if self._clocks:
            before, counted = self._clocks
            leap = minutes_between(before, at) - (seconds - counted) / 60
            if leap > HOLD:
                self._tell_user(
                    f"the clock went forward by {_span(leap)}, or this machine slept; "
                    "what is due is asked for one after the other"
                )
        self._clocks = at, seconds

    def _compare_with_record(self, at: str) -> None:
        newest, count, moved = "", 0, list[Watch]()
        for one in self.store.stream(Watch):
            last = one.last_checked or one.added_at
            newest = max(newest, last)
            if minutes_between(at, last) > HOLD:
                count += 1
                if (then := after_clock_jump(one, at, self.options)) != one:
                    moved.append(then)
        if not count:
            # an earlier clock was ahead by so little that it is waited for
            self._latest = max(self._latest, newest)
            return
        self.store.put_watches(moved)
        self._warn(
            f"the record holds checks of {newest}, the clock says {at}: one of them is wrong; "
            f"{count} watches go on from now"
        )


def _fault(error: Exception) -> Seen:
    where = traceback.extract_tb(error.__traceback__)[-1]
    what = str(error).encode("utf-8", "replace").decode()
    why = f"{type(error).__name__}: {what} ({Path(where.filename).name}:{where.lineno})"
    return Seen("failed", f"a fault of onrecord, please report it: {why}")


def _span(minutes: float) -> str:
    hours = minutes / 60
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"

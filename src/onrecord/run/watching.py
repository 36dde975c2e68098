"""The watcher: one loop over the watches' `next_check`, with the clock handed in.

Hosts are asked side by side, each one request at a time. What a check gave is judged (checking.py) and
kept in one transaction with its capture, so that a watcher killed at any moment has lost at most the
check it was at, which is then due again.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.capture import schedule, web
from onrecord.capture.addresses import host_key, sendable
from onrecord.capture.web import Fetcher, Hosts
from onrecord.errors import InputError, RecordBusy, UsageError
from onrecord.extract.listing import Entry
from onrecord.gazetteer import load_outlets
from onrecord.pipeline import STAGES, stages_for
from onrecord.records import Capture, Change, Check, Story, Watch
from onrecord.run.building import build_record, registry_files
from onrecord.run.checking import (
    ASKED,
    CHANGED,
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
from onrecord.store.record import Store
from onrecord.text.instants import moment

AT_ONCE = 400
"""Due watches taken from the record at once."""

NAP = 60
"""Longest sleep in seconds; another program may have added a watch meanwhile."""

BUSY_NAP = 30
"""Seconds until a record that is locked or full is written to again."""

HOLD = 60
"""Minutes: a clock that goes back by less is waited for, so that no capture stands before an earlier one."""

MOST_SITEMAPS = 10
"""Sitemaps taken from an index of them at once, the newest: the others hold a site's past."""

MOST_OPEN = 200
"""Hosts that connections are kept open to."""

LOCK = "watch.lock"

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


# --------------------------------------------------------------------------- what is watched


def add_watches(store: Store, addresses: Sequence[tuple[str, str | None]], at: str) -> list[str]:
    """Watches these addresses (with titles, where known) from now on; one that was stopped goes on.
    Returns lines about those that cannot be watched."""
    lines: list[str] = []
    for address, title in addresses:
        try:
            url = sendable(address)
        except InputError as error:
            lines.append(InputError("not watched", where=error.where, why=error.why).line())
            continue
        known = store.get(Watch, watch_id(url))
        if known is None:
            store.put_watches([new_watch(url, utc(moment(at)), title=title)])
        elif known.stopped:
            store.put_watches([_going_on(known, utc(moment(at)))])
    return lines


def stop_watch(store: Store, address: str) -> Watch:
    """Stops watching an address for good. Raises UsageError if it is not watched."""
    from msgspec import structs

    known = store.get(Watch, watch_id(sendable(address)))
    if known is None:
        raise UsageError("this address is not watched", where=address, do="onrecord watch --list")
    stopped = structs.replace(known, next_check=None, stopped=ASKED)
    store.put_watches([stopped])
    return stopped


def _going_on(watch: Watch, at: str) -> Watch:
    from msgspec import structs

    return structs.replace(
        watch, next_check=at, stopped=None, added_at=at, missing=0, failures=0, failing_since=None
    )


@contextmanager
def only_watcher(folder: Path) -> Iterator[None]:
    """Holds the record against a second watcher, which would ask hosts twice. Raises UsageError if
    there is one. The lock goes with its process, however that ends."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0)
    try:
        with lock:
            yield
    except Timeout as error:
        raise UsageError(
            "another watcher works on this record", where=str(folder), do="stop it first"
        ) from error


# --------------------------------------------------------------------------- the loop


def watch(
    store: Store,
    settings: Mapping[str, Any],
    times: Times,
    say: Say = lambda event: None,
    *,
    stop: Callable[[], bool] = lambda: False,
    once: bool = False,
    changed: Callable[[Store], Sequence[str]] = lambda store: (),
) -> WatchReport:
    """Checks what is due until `stop` says so; with `once` what is due now, and no more.

    `settings` as settings.join gives them. `changed` is called after every build and gives lines to
    tell (notifications). Raises UsageError if another watcher works on the record.
    """
    with only_watcher(store.folder), _Watcher(store, settings, times, say) as watcher:
        watcher.changed = changed
        watcher.mind_the_clock()
        watcher.stop = stop
        while not stop():
            worked = watcher.round()
            watcher.build(everything=once)
            if once and not worked:
                break
            if not worked:
                watcher.nap()
        return watcher.report


class _Watcher:
    """One run of the watcher."""

    def __init__(self, store: Store, settings: Mapping[str, Any], times: Times, say: Say) -> None:
        self.store, self.settings, self.times, self.say = store, settings, times, say
        self.options: schedule.Options = settings["watch"]
        self.report = WatchReport()
        self.changed: Callable[[Store], Sequence[str]] = lambda store: ()
        self.stop: Callable[[], bool] = lambda: False
        # A host that asks to wait is put off instead of being waited for.
        self._web: web.Options = replace(settings["web"], retries=0)
        self._hosts = Hosts()
        self._fetchers: dict[str, Fetcher] = {}
        self._opened = ExitStack()
        self._dirty = self._built = False
        self._stale = True
        self._last_build: str | None = None
        self._latest = ""
        self._looker = Looker(
            self.options,
            settings["readings"],
            store.captures,
            load_outlets(registry_files(store.folder, settings["registry"].outlets)),
            lambda ident: store.get(Capture, ident),
        )

    def __enter__(self) -> _Watcher:
        workers = max(1, self.options.hosts)
        self._pool = None if workers == 1 else self._opened.enter_context(_pool(workers))
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()
        self._hang_up()

    def _hang_up(self) -> None:
        for fetcher in self._fetchers.values():
            fetcher.close()
        self._fetchers.clear()

    def now(self) -> str:
        """The time in UTC with whole seconds."""
        return utc(moment(self.times.now()))

    # ------------------------------------------------------------------ one round

    def round(self) -> int:
        """Checks what is due; how many were checked."""
        self.mind_the_clock()
        if len(self._fetchers) > MOST_OPEN:
            self._hang_up()
        due = self._patiently(lambda: self.store.due(self.now(), AT_ONCE)) or ()
        waiting: dict[str, list[Watch]] = {}
        for one in due:
            waiting.setdefault(host_key(one.url), []).append(one)
        worked = 0
        if self._pool is None:
            for one in due:
                if self.stop():
                    break
                self._settle(self._look(one))
                worked += 1
            return worked
        running: dict[Future[Look], str] = {}
        while waiting or running:
            if self.stop():
                waiting.clear()
            busy = set(running.values())
            for host in [h for h in waiting if h not in busy][: self.options.hosts - len(running)]:
                running[self._pool.submit(self._look, waiting[host].pop(0))] = host
                if not waiting[host]:
                    del waiting[host]
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda f: running[f]):
                del running[future]
                self._settle(future.result())
                worked += 1
        return worked

    def _look(self, one: Watch) -> Look:
        host = host_key(one.url)
        try:
            return self._looker.look(self._fetcher(host), one)
        except RecordBusy:
            raise
        except Exception as error:
            # A page that breaks its reader must not stop the watching of all others.
            where = traceback.extract_tb(error.__traceback__)[-1]
            why = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
            return Look(one, Seen("failed", f"a fault of onrecord, please report it: {why}"))

    def _fetcher(self, host: str) -> Fetcher:
        if host not in self._fetchers:
            times = self.times
            self._fetchers[host] = Fetcher(
                self._web, self.now, times.sleep, times.clock, self._hosts
            )
        return self._fetchers[host]

    # ------------------------------------------------------------------ what becomes of a look

    def _settle(self, look: Look) -> None:
        at = self._at(look.watch)
        found = look.found
        if found and found.capture.captured_at:
            at = max(at, found.capture.captured_at)
        check, after = judge(look.watch, look.seen, at, self.options)
        watches = [after, *self._named(look, after, at), *self._sisters(check)]
        capture, data = (found.capture, found.data) if found else (None, b"")
        text = found.text if found else None
        self._patiently(lambda: self._keep(check, watches, capture, data, text))
        for line in look.lines:
            self.store.notice(look.watch.url, line)
        self._count(check, found is not None)
        self._tell(check, look.watch)

    def _keep(
        self,
        check: Check,
        watches: Sequence[Watch],
        capture: Capture | None,
        data: bytes,
        text: str | None,
    ) -> None:
        if self.store.get(Check, check.id) is None:
            self.store.checked(check, watches, capture, data, text)

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

    def _named(self, look: Look, source: Watch, at: str) -> Iterator[Watch]:
        """New watches for what a feed names first, and those it wakes."""
        if look.listing is None:
            return
        ids = [watch_id(entry.url) for entry in look.listing.entries]
        known = {one.id: one for one in self.store.load(Watch, ids)}
        for ident, entry in zip(ids, look.listing.entries, strict=True):
            one = known.get(ident)
            if one and one.id != source.id and (woken := announced(one, entry, at, self.options)):
                yield woken
        fresh = [e for e in wanted(look.listing, at, self.options) if watch_id(e.url) not in known]
        most = MOST_SITEMAPS if any(e.is_listing for e in fresh) else self.options.most
        if len(fresh) > most:
            more = f"it names {len(fresh)} new addresses; the {most} newest are taken now"
            self._warn(InputError(more, where=source.url, do="--watch-most sets the limit").line())
        taken: set[str] = {source.id}
        for entry in fresh[:most]:
            new = self._discovered(entry, source, at)
            if new and new.id not in taken:
                taken.add(new.id)
                yield new

    def _discovered(self, entry: Entry, source: Watch, at: str) -> Watch | None:
        try:
            url = sendable(entry.url)
        except InputError as error:
            self.store.notice(source.url, error.line())
            return None
        self.report.discovered += 1
        self.say(Event(at, "found", url, entry.title or ""))
        return new_watch(
            url,
            at,
            kind="feed" if entry.is_listing else "page",
            source=source.id,
            title=entry.title,
            announced=entry.changed,
        )

    def _sisters(self, check: Check) -> Iterator[Watch]:
        """The other reports of a changed report's episode, woken."""
        if check.outcome != "changed" or check.article_id is None or not self.options.sisters:
            return
        for story in self.store.all(Story):
            for episode in story.episodes:
                if check.article_id not in episode.articles:
                    continue
                for article in episode.articles:
                    for one in self.store.by(Watch, "article_id", article):
                        if one.id != check.watch_id and (
                            woken := wake(one, check.at, self.options)
                        ):
                            yield woken

    def _count(self, check: Check, captured: bool) -> None:
        self.report.checks[check.outcome] = self.report.checks.get(check.outcome, 0) + 1
        self.report.captures += captured
        if captured:
            self._dirty = True

    def _tell(self, check: Check, before: Watch) -> None:
        quiet = {"same_bytes", "same_text", "same_folded", "not_modified"}
        repeated = before.failing_since and check.outcome in (
            "failed",
            "put_off",
            "refused",
            "wall",
        )
        if check.outcome in quiet or repeated:
            return
        if check.outcome in ("first", "changed") and check.article_id is None:
            return
        event = Event(check.at, check.outcome, check.url, check.basis)
        self.say(event)
        if check.outcome not in CHANGED:
            self.store.notice(check.url, f"{check.url}: {check.outcome}: {check.basis}")

    # ------------------------------------------------------------------ building and telling

    def build(self, *, everything: bool = False) -> None:
        """Builds what the options ask for, if there is something new, and tells of what changed."""
        wanted = self.options.build
        if wanted == "none":
            return
        if self._dirty:
            self._run(stages_for([Change]))
            self._dirty, self._stale = False, True
            for line in self._patiently(lambda: self.changed(self.store)) or ():
                self._warn(line)
        if wanted == "all" and self._stale and (everything or self._build_is_due()):
            self._run(STAGES)
            self._stale, self._last_build = False, self.now()

    def _build_is_due(self) -> bool:
        last = self._last_build
        return last is None or minutes_between(last, self.now()) >= self.options.build_pause

    def _run(self, stages: Sequence[Any]) -> None:
        reports = self._patiently(lambda: build_record(self.store, self.settings, stages=stages))
        for report in reports or ():
            for key, why in report.failed:
                self._warn(f"{report.stage}: {key}: {why}")

    def _warn(self, line: str) -> None:
        self.report.lines.append(line)
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

    def _patiently(self, work: Callable[[], Any]) -> Any:
        """Does something with the record; waits and does it again while it is locked or full. None if
        the watcher is to stop meanwhile: the check that could not be kept is then due again."""
        told = ""
        while not (told and self.stop()):
            try:
                return work()
            except RecordBusy as error:
                if error.line() != told:
                    told = error.line()
                    self._warn(told)
                self.times.nap(BUSY_NAP)
        return None

    def mind_the_clock(self) -> None:
        """Waits for a clock that went back a little. One that went back far is taken at its word: what
        is due by times ahead of it becomes due by its own."""
        at = self.now()
        if at >= self._latest:
            if not self._latest:
                self._compare_with_record(at)
            self._latest = max(self._latest, at)
            return
        gap = minutes_between(at, self._latest)
        if gap <= HOLD:
            self._warn(f"the clock went back by {gap:.0f} minutes; waiting until it has caught up")
            while self.now() < self._latest and not self.stop():
                self.times.nap(min(NAP, 60 * minutes_between(self.now(), self._latest) + 1))
            return
        self._latest = at
        self._compare_with_record(at)

    def _compare_with_record(self, at: str) -> None:
        ahead = [
            one
            for one in self.store.stream(Watch)
            if one.last_checked and minutes_between(at, one.last_checked) > HOLD
        ]
        if not ahead:
            return
        newest = max(one.last_checked or "" for one in ahead)
        self._warn(
            f"the record holds checks of {newest}, the clock says {at}: one of them is wrong; "
            f"{len(ahead)} watches go on from now"
        )
        self.store.put_watches([after_clock_jump(one, at, self.options) for one in ahead])


@contextmanager
def _pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(workers, thread_name_prefix="watch")
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)

"""From what a check gave to how its watch stands: pure, times as UTC texts with whole seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec import structs

from onrecord.capture import schedule
from onrecord.capture.schedule import DAY, Options
from onrecord.extract.listing import Entry, Listing
from onrecord.records import Check, Hop, Watch
from onrecord.text.ids import make_id
from onrecord.text.instants import moment
from onrecord.text.urls import article_id, identity

CHANGED = frozenset({"first", "changed", "returned"})
"""Outcomes after which a page is looked at again soon."""

ANSWERED = frozenset({"same_bytes", "same_text", "same_folded", "not_modified"})
"""Outcomes that say that nothing changed."""

GONE = "removed"
ASKED = "a user asked to stop"
"""Why a watch was stopped by hand; nothing wakes it."""


@dataclass(frozen=True)
class Seen:
    """What a check gave, before it is judged by what came before it.

    `outcome` as of a Check, but `gone` for 404 and 410 alike. `wait`: seconds that the server asks to
    be left alone. `digest`: of what counts, None where there is no usable answer.
    """

    outcome: str
    basis: str
    status: int | None = None
    final_url: str | None = None
    redirects: tuple[Hop, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    sha256: str | None = None
    bytes: int | None = None
    capture_id: str | None = None
    digest: str | None = None
    kind: str | None = None
    title: str | None = None
    wait: float = 0
    etag: str | None = None
    last_modified: str | None = None


def utc(when: datetime) -> str:
    """An instant as watches write it."""
    return when.astimezone(UTC).replace(microsecond=0).isoformat()


def later(at: str, seconds: float) -> str:
    """So many seconds after `at`."""
    return utc(moment(at) + timedelta(seconds=seconds))


def minutes_between(start: str, end: str) -> float:
    """Minutes from one instant to another; 0 if the clock went back."""
    return max(0.0, (moment(end) - moment(start)).total_seconds() / 60)


def watch_id(url: str) -> str:
    """The id of the watch of an address, by the frozen rule of what of it counts."""
    return make_id("wat", identity(url))


def new_watch(
    url: str,
    at: str,
    *,
    kind: str = "page",
    source: str | None = None,
    title: str | None = None,
    announced: str | None = None,
    after: float = 0,
) -> Watch:
    """A watch of an address that was not watched before, due `after` so many seconds."""
    return Watch(
        id=watch_id(url),
        url=url,
        kind=kind,
        article_id=article_id(url, "") if kind == "page" else None,
        source=source,
        title=title,
        added_at=at,
        next_check=later(at, after),
        announced=announced,
    )


# --------------------------------------------------------------------------- one check


def judge(watch: Watch, seen: Seen, at: str, options: Options) -> tuple[Check, Watch]:
    """The check as it is kept, and how the watch stands after it."""
    outcome, basis, stopped = seen.outcome, seen.basis, None
    missing = failures = 0
    was_removed = watch.stopped is not None and watch.stopped.startswith(GONE)
    kind = seen.kind or watch.kind
    if outcome == "gone":
        missing = watch.missing + 1
        if seen.status == 410 or missing >= options.missing:
            outcome = "missing" if was_removed else "removed"
            stopped = (
                f"{GONE}: {basis}" if seen.status == 410 else f"{GONE}: {basis}, {missing} times"
            )
        else:
            outcome = "missing"
            basis = f"{basis}; believed after {options.missing} times in a row, now {missing}"
    elif outcome in ("failed", "wall", "put_off", "refused"):
        failures = watch.failures + (outcome == "failed")
        missing = watch.missing
    elif was_removed:
        basis = f"it is there again; {basis}"
        outcome = "returned"
    if outcome == "removed" and watch.capture_id is None:
        outcome, basis = "missing", f"{basis}; it was never captured"
    changed = outcome in CHANGED
    since = 0.0 if changed else minutes_between(watch.last_changed or watch.added_at, at)
    good = outcome in CHANGED | ANSWERED
    failing_since = None if good else watch.failing_since or at
    planned = _planned(watch, kind, since, options)
    if stopped is None and planned is None:
        stopped = f"unchanged for {options.stop_after} days"
    if stopped is None and failing_since and _days(failing_since, at) >= options.give_up:
        stopped = f"no usable answer for {options.give_up} days: {basis}"
    check = Check(
        id=make_id("chk", watch.id, at),
        watch_id=watch.id,
        article_id=None if kind == "feed" else watch.article_id,
        url=watch.url,
        at=at,
        outcome=outcome,
        status=seen.status,
        final_url=seen.final_url,
        redirects=seen.redirects,
        headers=dict(seen.headers),
        sha256=seen.sha256,
        bytes=seen.bytes,
        capture_id=seen.capture_id,
        basis=basis,
    )
    minutes = _minutes(outcome, planned or 0.0, missing, failures, options)
    seconds = max(schedule.jittered(minutes, check.id, options), seen.wait)
    counts = seen.digest is not None
    return check, structs.replace(
        watch,
        kind=kind,
        article_id=check.article_id,
        title=seen.title or watch.title,
        last_checked=at,
        last_changed=at if changed else watch.last_changed,
        next_check=None if stopped else later(at, seconds),
        stopped=stopped,
        checks=watch.checks + 1,
        missing=missing,
        failures=failures,
        failing_since=failing_since,
        etag=seen.etag if counts else watch.etag,
        last_modified=seen.last_modified if counts else watch.last_modified,
        capture_id=(seen.capture_id if counts else None) or watch.capture_id,
        digest=seen.digest or watch.digest,
    )


def _planned(watch: Watch, kind: str, since: float, options: Options) -> float | None:
    if kind == "feed":
        return schedule.feed_interval(since, options)
    return schedule.interval(since, since, watch.checks, options)


def _days(start: str, end: str) -> float:
    return minutes_between(start, end) / DAY


def _minutes(outcome: str, planned: float, missing: int, failures: int, options: Options) -> float:
    if outcome == "missing":
        return schedule.after_missing(missing - 1, options)
    if outcome == "failed":
        return schedule.after_failure(failures, planned, options)
    if outcome == "refused":
        return float(DAY)
    return planned


# --------------------------------------------------------------------------- what wakes a page


def wake(watch: Watch, at: str, options: Options) -> Watch | None:
    """The watch due now because something else changed; None if it is due within the shortest interval
    anyway, was just checked, or is not to be woken."""
    if watch.stopped == ASKED or (watch.stopped or "").startswith(GONE):
        return None
    if watch.last_checked and minutes_between(watch.last_checked, at) < options.shortest:
        soonest = later(watch.last_checked, options.shortest * 60)
    else:
        soonest = at
    if watch.next_check and watch.next_check <= soonest:
        return None
    return structs.replace(watch, next_check=soonest, stopped=None)


def announced(watch: Watch, entry: Entry, at: str, options: Options) -> Watch | None:
    """How a watch stands after its feed or sitemap named it again; None if that says nothing new."""
    said = entry.changed
    if said is None or said == watch.announced or watch.stopped == ASKED:
        return None
    noted = structs.replace(watch, announced=said)
    if watch.last_checked and moment(said, end=True) <= moment(watch.last_checked):
        return noted
    if (watch.stopped or "").startswith(GONE):
        return structs.replace(noted, next_check=at)
    return wake(noted, at, options) or noted


def wanted(listing: Listing, at: str, options: Options) -> list[Entry]:
    """The entries of a listing to be watched if they are not: what a feed names without a time or with
    a recent one; of a sitemap what it dates so. The newest first, where there is a limit to them."""
    recent = [
        entry
        for entry in listing.entries
        if (
            not listing.is_sitemap
            if entry.dated is None
            else _days(entry.dated, at) <= options.first_days
        )
    ]
    recent.sort(
        key=lambda e: moment(e.dated).timestamp() if e.dated else float("inf"), reverse=True
    )
    return recent


def after_clock_jump(watch: Watch, at: str, options: Options) -> Watch:
    """A watch whose last check lies ahead of the clock: it is due by its interval from now at the
    latest, and what was stopped for its age by a clock that ran ahead goes on."""
    planned = schedule.jittered(float(options.shortest), f"{watch.id} {at}", options)
    by_age = (watch.stopped or "").startswith(("unchanged for", "no usable answer"))
    due = later(at, planned)
    if watch.stopped and not by_age:
        return watch
    if watch.next_check and watch.next_check <= due and not by_age:
        return watch
    return structs.replace(watch, next_check=due, stopped=None)

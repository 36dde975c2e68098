"""From what a check gave to how its watch stands: pure, times as UTC texts with whole seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

UNUSABLE = frozenset({"failed", "wall", "put_off", "refused"})
"""Outcomes that say nothing of the page."""

PAUSE = DAY
"""Minutes: a check that comes so much later than it was due was preceded by a pause of the watcher, or
by a clock that was set."""

MOST_UNDATED = 10
"""Sitemaps taken from an index that does not date them."""

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
    """The check as it is kept, and how the watch stands after it.

    A page that counted as removed is known by as many misses as that takes, also while it is asked for
    again. A watch that a user stopped while the check was on its way stays stopped.
    """
    outcome, basis, stopped = seen.outcome, seen.basis, None
    missing = failures = 0
    enough = max(1, options.missing)
    was_removed = watch.missing >= enough or (watch.stopped or "").startswith(GONE)
    kind = seen.kind or watch.kind
    if outcome == "gone":
        missing = watch.missing + 1
        outcome = "missing"
        if seen.status == 410 or missing >= enough:
            times = "" if seen.status == 410 else f", {missing} times"
            stopped = f"{GONE}: {basis}{times}"
            if watch.capture_id is None:
                basis = f"{basis}; it was never captured"
            elif not was_removed:
                outcome = "removed"
            missing = max(missing, enough)
        else:
            basis = f"{basis}; believed after {enough} times in a row, now {missing}"
    elif outcome in UNUSABLE:
        failures = watch.failures + (outcome in ("failed", "put_off"))
        missing = watch.missing
    elif was_removed and watch.capture_id is not None:
        basis = f"it is there again; {basis}"
        outcome = "returned"
    changed = outcome in CHANGED
    since = 0.0 if changed else _unchanged(watch, at)
    paused = watch.next_check is not None and minutes_between(watch.next_check, at) > PAUSE
    good = outcome in CHANGED | ANSWERED
    # time in which nobody looked says nothing of the page
    failing_since = None if good else (None if paused else watch.failing_since) or at
    if stopped is None and good and not paused and _is_old(watch, kind, since, options):
        stopped = f"unchanged for {options.stop_after} days"
    if stopped is None and failing_since and _days(failing_since, at) >= options.give_up:
        stopped = f"no usable answer for {options.give_up} days: {basis}"
    if watch.stopped == ASKED:
        stopped = ASKED
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
    minutes = _minutes(outcome, _planned(kind, since, options), missing, failures, options)
    asked = min(seen.wait, options.longest * DAY * 60)
    seconds = max(1, schedule.jittered(minutes, check.id, options), asked)
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


def _unchanged(watch: Watch, at: str) -> float:
    """Minutes since the last change, or since a user asked to watch it (again)."""
    return minutes_between(max(watch.last_changed or "", watch.added_at), at)


def _is_old(watch: Watch, kind: str, since: float, options: Options) -> bool:
    """Whether a page is unchanged for so long that it is left. It must have been looked at as often as
    so long a time asks for: a clock that was set to another year makes no page old."""
    if kind == "feed" or schedule.interval(since, since, watch.checks, options) is not None:
        return False
    return watch.checks + 1 >= options.stop_after // max(1, options.longest)


def _planned(kind: str, since: float, options: Options) -> float:
    if kind == "feed":
        return schedule.feed_interval(since, options)
    planned = schedule.interval(since, since, 0, options)
    return float(options.longest * DAY) if planned is None else planned


def _days(start: str, end: str) -> float:
    return minutes_between(start, end) / DAY


def _minutes(outcome: str, planned: float, missing: int, failures: int, options: Options) -> float:
    if outcome == "missing":
        return schedule.after_missing(missing - 1, options)
    if outcome in ("failed", "put_off"):
        # soon, also where the page is old: it was not looked at
        return schedule.after_failure(failures, float(options.shortest), options)
    if outcome == "refused":
        return float(DAY)
    return min(planned, DAY) if outcome == "wall" else planned


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
        return structs.replace(noted, next_check=at, stopped=None)
    if watch.last_checked and _was_wrong(watch):
        # some sites call every page changed at all times
        since = _unchanged(watch, watch.last_checked)
        soon = later(watch.last_checked, 60 * _planned(watch.kind, since, options) / 4)
        return wake(noted, max(at, soon), options) or noted
    return wake(noted, at, options) or noted


def _was_wrong(watch: Watch) -> bool:
    """Whether what was last announced of a page had not happened when it was looked at afterwards."""
    if not watch.announced or not watch.last_checked or not watch.last_changed:
        return False
    said = moment(watch.announced, end=True)
    return moment(watch.last_changed) < said <= moment(watch.last_checked)


def wanted(listing: Listing, at: str, options: Options) -> list[Entry]:
    """The entries of a listing to be watched if they are not: what a feed names without a time or with
    a recent one; of a sitemap what it dates so. Of an index without dates the first sitemaps. The newest
    first, where there is a limit to them."""
    undated = {e.url for e in listing.entries[:MOST_UNDATED] if e.is_listing}
    recent = [
        entry
        for entry in listing.entries
        if (
            entry.url in undated or not listing.is_sitemap
            if entry.dated is None
            else _days(entry.dated, at) <= options.first_days
        )
    ]
    recent.sort(
        key=lambda e: moment(e.dated).timestamp() if e.dated else float("inf"), reverse=True
    )
    return recent


def after_clock_jump(watch: Watch, at: str, options: Options) -> Watch:
    """A watch whose last check lies ahead of the clock: it is due within its interval from now, at a
    place of its own in it, so that not all are due at once. What was stopped for its age by a clock
    that ran ahead goes on."""
    by_age = (watch.stopped or "").startswith(("unchanged for", "no usable answer"))
    if watch.stopped and not by_age:
        return watch
    planned = _planned(watch.kind, _unchanged(watch, at), options)
    if watch.next_check and watch.next_check <= later(at, 60 * planned):
        return watch
    seconds = schedule.jittered(planned / 2, f"{watch.id} {at}", replace(options, jitter=100))
    return structs.replace(watch, next_check=later(at, seconds), stopped=None)

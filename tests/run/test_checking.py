"""From what a check gave to how its watch stands: rules over any row of outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from onrecord.capture.schedule import DAY, Options, feed_interval, interval
from onrecord.extract.listing import Entry, Listing
from onrecord.records import Check, Watch
from onrecord.run.checking import (
    ANSWERED,
    ASKED,
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
from onrecord.run.watches import _going_on
from onrecord.text.instants import moment

START = "2031-03-14T10:00:00+00:00"
URL = "https://tern.example/1"
OPTIONS = Options()
MONTH = 30 * DAY * 60.0


def page(at: str = START) -> Watch:
    return new_watch(URL, at)


def first(at: str = START) -> Watch:
    """A page that was captured once."""
    return judge(page(at), seen("changed", capture_id="cap-1"), at, OPTIONS)[1]


def seen(outcome: str, *, status: int | None = 200, **more: object) -> Seen:
    digest = "d" if outcome in CHANGED | ANSWERED else None
    return Seen(outcome, "as it was", status=status, **{"digest": digest, **more})  # type: ignore[arg-type]


GONE = (seen("gone", status=404), seen("gone", status=410), seen("gone", status=200))
GOOD = tuple(seen(outcome) for outcome in sorted((CHANGED | ANSWERED) - {"first", "returned"}))
BAD = tuple(seen(outcome, status=None) for outcome in sorted(UNUSABLE))
SEEN = st.sampled_from(GONE + GOOD + BAD) | st.builds(
    lambda wait: seen("put_off", status=429, wait=wait), st.integers(0, 10**9)
)
LATE = st.sampled_from((0, 1, 60, DAY * 60 - 1, DAY * 60 + 61, 3 * DAY * 60, 400 * DAY * 60))
"""Seconds that a check comes later than it was due."""


def run(
    steps: list[tuple[Seen, int]], options: Options = OPTIONS
) -> list[tuple[Watch, Check, Watch]]:
    """Watch before, check, watch after, for outcomes at the times they are due; one that stopped is
    announced by its feed again a day later."""
    watch, at, rows = first(), START, []
    for number, (one, late) in enumerate(steps):
        if watch.next_check is None:
            at = later(at, DAY * 60)
            again = announced(watch, Entry(URL, changed=at), at, options)
            assert again is not None and again.next_check is not None
            watch = again
        at = later(max(watch.next_check or at, at), late)
        check, after = judge(watch, _captured(one, number), at, options)
        rows.append((watch, check, after))
        watch = after
    return rows


def _captured(one: Seen, number: int) -> Seen:
    return replace(one, capture_id=f"cap-{number}") if one.outcome == "changed" else one


STEPS = st.lists(st.tuples(SEEN, LATE), max_size=40)


@given(STEPS)
def test_whatever_happens_a_page_is_checked_again_or_it_is_said_why_not(
    steps: list[tuple[Seen, int]],
) -> None:
    for before, check, after in run(steps):
        assert (after.next_check is None) == (after.stopped is not None)
        assert after.checks == before.checks + 1
        assert check.id != "" and check.watch_id == before.id == after.id
        assert (after.last_checked, after.last_changed is None) == (check.at, False)
        assert check.basis


@given(STEPS)
def test_the_next_check_keeps_to_the_policy(steps: list[tuple[Seen, int]]) -> None:
    low, high = 0.9 * OPTIONS.shortest, 1.1 * OPTIONS.longest * DAY
    for _, check, after in run(steps):
        if after.next_check is None:
            continue
        wait = minutes_between(check.at, after.next_check)
        assert low - 0.02 <= wait <= high + 0.02
        if check.outcome in CHANGED:
            assert wait <= 1.1 * OPTIONS.shortest + 0.02
        if check.outcome in UNUSABLE - {"put_off"} or check.outcome == "missing":
            assert wait <= 1.1 * DAY + 0.02, "what was not seen is asked for again soon"


@given(STEPS)
def test_removals_and_returns_come_in_turn_and_failures_are_neither(
    steps: list[tuple[Seen, int]],
) -> None:
    there, misses = True, 0
    for (_, check, after), (one, _) in zip(run(steps), steps, strict=True):
        misses = misses + 1 if one.outcome == "gone" else misses if one.outcome in UNUSABLE else 0
        if check.outcome == "removed":
            assert there and one.outcome == "gone"
            assert one.status == 410 or misses >= OPTIONS.missing
            there = False
        if check.outcome == "returned":
            assert not there and one.outcome not in UNUSABLE | {"gone"}
            there = True
        if one.outcome not in UNUSABLE | {"gone"}:
            assert there and check.outcome != "removed"
            assert (after.missing, after.failures, after.failing_since) == (0, 0, None)
        if one.outcome in UNUSABLE:
            assert check.outcome == one.outcome


@given(STEPS)
def test_the_same_outcomes_give_the_same_checks(steps: list[tuple[Seen, int]]) -> None:
    assert run(steps) == run(steps)


@given(
    STEPS,
    st.sampled_from([Options(missing=1), Options(missing=5), Options(stop_after=30, give_up=2)]),
)
def test_other_options_hold_too(steps: list[tuple[Seen, int]], options: Options) -> None:
    for _, _, after in run(steps, options):
        assert (after.next_check is None) == (after.stopped is not None)


# --------------------------------------------------------------------------- removals


def _rows(*outcomes: Seen) -> list[str]:
    return [check.outcome for _, check, _ in run([(one, 0) for one in outcomes])]


def test_404_is_believed_the_third_time_and_410_at_once() -> None:
    lost, gone = seen("gone", status=404), seen("gone", status=410)
    assert _rows(lost, lost, lost) == ["missing", "missing", "removed"]
    assert _rows(lost, gone) == ["missing", "removed"]
    assert _rows(lost, lost, seen("same_text"), lost) == [
        "missing",
        "missing",
        "same_text",
        "missing",
    ]


def test_a_failure_between_misses_is_neither_a_miss_nor_a_sight() -> None:
    lost = seen("gone", status=404)
    assert _rows(lost, seen("failed"), lost, seen("put_off"), lost)[-1] == "removed"


def test_a_removed_page_that_fails_and_comes_back_returned_once() -> None:
    gone, well = seen("gone", status=410), seen("same_text")
    assert _rows(gone, seen("failed"), well, well) == ["removed", "failed", "returned", "same_text"]
    assert _rows(gone, seen("failed"), gone, well)[2:] == ["missing", "returned"]


def test_a_page_that_was_never_captured_is_neither_removed_nor_returned() -> None:
    check, after = judge(page(), seen("gone", status=410), START, OPTIONS)
    assert check.outcome == "missing" and "never captured" in check.basis
    assert after.next_check is None
    again = announced(after, Entry(URL, changed=later(START, 60)), later(START, 90), OPTIONS)
    assert again is not None
    check, _ = judge(again, seen("first", capture_id="c"), later(START, 90), OPTIONS)
    assert check.outcome == "first"


# --------------------------------------------------------------------------- stopping


def test_a_page_unchanged_for_a_year_is_left_after_a_hundred_looks() -> None:
    watch, at, checks = first(), START, 0
    while watch.next_check:
        at = watch.next_check
        _, watch = judge(watch, seen("not_modified"), at, OPTIONS)
        checks += 1
    assert watch.stopped == "unchanged for 365 days"
    assert 365 <= minutes_between(START, at) / DAY <= 365 + 33
    assert checks <= 100


def test_a_clock_that_leaps_over_a_year_makes_no_page_old() -> None:
    late = later(START, 400 * DAY * 60)
    _, after = judge(first(), seen("not_modified"), late, OPTIONS)
    assert after.stopped is None
    _, after = judge(after, seen("not_modified"), after.next_check or "", OPTIONS)
    assert after.stopped is None


def test_a_machine_asleep_for_long_gives_up_no_page_that_was_failing() -> None:
    _, failing = judge(first(), seen("failed"), later(START, 900), OPTIONS)
    late = later(START, 60 * DAY * 60)
    _, after = judge(failing, seen("failed"), late, OPTIONS)
    assert after.stopped is None and after.failing_since == late


@pytest.mark.parametrize("outcome", sorted(UNUSABLE))
def test_a_page_that_gives_no_usable_answer_is_asked_for_a_month_and_often(outcome: str) -> None:
    watch, checks = structs.replace(first(), last_changed="2030-06-01T00:00:00+00:00"), 0
    watch = structs.replace(watch, added_at=watch.last_changed or "")
    while watch.next_check:
        _, watch = judge(watch, seen(outcome), watch.next_check, OPTIONS)
        checks += 1
    assert (watch.stopped or "").startswith("no usable answer for 30 days")
    assert checks >= 27, "it must not be given up for one bad day"


def test_a_page_that_a_user_names_again_is_watched_like_a_new_one() -> None:
    old = structs.replace(first(), stopped="unchanged for 365 days", next_check=None, checks=99)
    at = later(START, 500 * DAY * 60)
    watch = _going_on(old, at)
    _, after = judge(watch, seen("same_text"), at, OPTIONS)
    assert after.stopped is None and minutes_between(at, after.next_check or "") <= 17


def test_what_a_user_stopped_while_it_was_asked_for_stays_stopped() -> None:
    watch = structs.replace(first(), stopped=ASKED, next_check=None)
    for one in (*GOOD, *BAD, *GONE):
        _, after = judge(watch, one, later(START, 900), OPTIONS)
        assert (after.stopped, after.next_check) == (ASKED, None)


# --------------------------------------------------------------------------- waking

TIMES = st.integers(-400 * DAY * 60, 400 * DAY * 60).map(lambda s: later(START, s))
STOPS = st.sampled_from((None, ASKED, "removed: 410", "unchanged for 365 days"))


@st.composite
def watches(draw: st.DrawFn) -> Watch:
    stopped = draw(STOPS)
    return structs.replace(
        first(),
        stopped=stopped,
        next_check=None if stopped else draw(TIMES),
        last_checked=draw(st.none() | TIMES),
        last_changed=draw(st.none() | TIMES),
        announced=draw(st.none() | TIMES),
        missing=3 if (stopped or "").startswith("removed") else 0,
    )


@given(watches(), TIMES)
def test_a_wake_brings_a_check_nearer_and_never_too_near(watch: Watch, at: str) -> None:
    woken = wake(watch, at, OPTIONS)
    if watch.stopped and watch.stopped != "unchanged for 365 days":
        assert woken is None
        return
    if woken is None:
        assert watch.next_check is not None
        return
    assert woken.stopped is None and woken.next_check is not None
    assert watch.next_check is None or woken.next_check < watch.next_check
    if watch.last_checked:
        assert minutes_between(watch.last_checked, woken.next_check) >= OPTIONS.shortest
    assert structs.replace(woken, next_check=watch.next_check, stopped=watch.stopped) == watch


@given(watches(), st.none() | TIMES | st.just("2031-03-14"), TIMES)
def test_an_announcement_is_kept_and_wakes_what_it_may(
    watch: Watch, said: str | None, at: str
) -> None:
    woken = announced(watch, Entry(URL, changed=said), at, OPTIONS)
    if said is None or said == watch.announced or watch.stopped == ASKED:
        assert woken is None
        return
    assert woken is not None and woken.announced == said
    assert (woken.next_check is None) == (woken.stopped is not None)
    if watch.last_checked and moment(said, end=True) <= moment(watch.last_checked):
        assert woken.next_check == watch.next_check


def test_a_site_that_calls_everything_changed_is_believed_less() -> None:
    """Its sitemap's lastmod is the time it is asked for; the page's last change lies ten days back."""
    at = later(START, 10 * DAY * 60)
    watch = structs.replace(
        first(), last_checked=at, next_check=later(at, DAY * 60), announced=None
    )
    now = later(at, 3600)
    true = announced(watch, Entry(URL, changed=now), now, OPTIONS)
    assert true is not None and true.next_check == now
    lied = structs.replace(watch, announced=later(at, -3600))
    woken = announced(lied, Entry(URL, changed=now), now, OPTIONS)
    assert woken is not None and woken.next_check is not None
    assert minutes_between(at, woken.next_check) == DAY / 4


# --------------------------------------------------------------------------- clocks


@given(watches(), TIMES)
def test_after_a_clock_went_back_all_are_due_by_its_own_time(watch: Watch, at: str) -> None:
    after = after_clock_jump(watch, at, OPTIONS)
    if watch.stopped in (ASKED, "removed: 410"):
        assert after == watch
        return
    assert after.stopped is None and after.next_check is not None
    assert after.next_check <= later(at, MONTH)
    assert after.last_changed == watch.last_changed


def test_after_a_clock_went_back_not_all_are_due_at_once() -> None:
    ahead = later(START, 400 * DAY * 60)
    found = [
        after_clock_jump(
            structs.replace(new_watch(f"{URL}{n}", START), last_changed=START, next_check=ahead),
            later(START, 10 * DAY * 60),
            OPTIONS,
        ).next_check
        for n in range(400)
    ]
    by_hour = [minutes_between(later(START, 10 * DAY * 60), due or "") // 60 for due in found]
    assert len(set(by_hour)) == 24, "over a tenth of the ten days since their last change"
    assert max(by_hour.count(hour) for hour in set(by_hour)) < 40


# --------------------------------------------------------------------------- what is wanted

DATES = st.none() | TIMES | st.dates().map(str)
ENTRIES = st.lists(
    st.builds(
        Entry, st.integers(0, 99).map(lambda n: f"{URL}/{n}"), published=DATES, changed=DATES
    ),
    unique_by=lambda one: one.url,
    max_size=8,
)


@given(ENTRIES, st.booleans())
def test_only_recent_entries_are_wanted_the_newest_first(
    entries: list[Entry], sitemap: bool
) -> None:
    found = wanted(Listing(None, tuple(entries), sitemap), START, OPTIONS)
    assert set(found) <= set(entries)
    week_ago = later(START, -7 * DAY * 60)
    for entry in entries:
        if entry.dated:
            recent = moment(entry.dated) >= moment(week_ago)
            assert (entry in found) == recent
    dated = [moment(one.dated) for one in found if one.dated]
    assert dated == sorted(dated, reverse=True)


# --------------------------------------------------------------------------- times and ids


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=st.timezones()),
    st.integers(-(10**6), 10**6),
)
def test_times_are_in_utc_with_whole_seconds_and_order_as_text(
    when: datetime, seconds: int
) -> None:
    written = utc(when)
    assert written.endswith("+00:00") and len(written) == 25
    assert moment(written) == when.astimezone(UTC).replace(microsecond=0)
    assert moment(later(written, seconds)) - moment(written) == timedelta(seconds=seconds)
    assert (later(written, seconds) < written) == (seconds < 0)


def test_an_address_has_one_watch_however_it_is_written() -> None:
    assert watch_id("http://www.tern.example/1/?utm_source=x#top") == watch_id(URL)


@given(st.floats(0, 10**6), st.integers(1, 10**4), st.integers(1, 10**4))
def test_feeds_are_asked_within_their_limits(since: float, shortest: int, longest: int) -> None:
    wait = feed_interval(since, Options(shortest=shortest, feeds_longest=longest))
    assert shortest <= wait <= max(shortest, longest)
    assert interval(0, 0, 1, Options(shortest=shortest)) == min(shortest, 30 * DAY)

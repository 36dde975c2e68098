"""When a page is looked at again: a pure policy, measured by the benchmark `schedule`.

A tenth of the time since its last change, never more often than every quarter of an hour, at most
30 days apart, and not at all after a year without being changed: edits come soon after publication
or late, seldom between (80 % of headline edits within five hours, 90 % within ten: Verba Volant,
WWW 2022).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.options import option

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Options:
    """Options of watching."""

    shortest: int = option(15, "Shortest time between two checks of a page", unit="minutes")
    share: int = option(
        10,
        "Time until the next check as a share of the time since the last change",
        unit="per cent",
    )
    longest: int = option(30, "Longest time between two checks of a page", unit="days")
    stop_after: int = option(
        365, "A page unchanged for so long is not checked any more", unit="days"
    )
    jitter: int = option(
        10,
        "How much a check may come earlier or later, so that checks do not bunch",
        unit="per cent",
    )
    feeds_longest: int = option(
        60, "Longest time between two checks of a feed or sitemap", unit="minutes"
    )
    first_days: int = option(
        7, "Reports that a feed or sitemap dates earlier than this are not taken", unit="days"
    )
    most: int = option(500, "Most new reports taken from one check of a feed or sitemap")
    missing: int = option(3, "Answers 404 in a row after which a page counts as removed")
    give_up: int = option(
        30,
        "A page or feed that gave no usable answer for so long is not checked any more",
        unit="days",
    )
    full: int = option(
        25,
        "One check in so many asks for the whole page, even if the server could say that nothing "
        "changed: some say so wrongly",
    )
    keep: str = option(
        "all",
        "What is kept of a page: all (every answer with other bytes than the one before), texts (only "
        "what has another text; every check is recorded all the same)",
    )
    hosts: int = option(8, "Hosts asked at the same time; each gets one request at a time")
    sisters: bool = option(True, "A changed report wakes the other reports of its episode")
    build: str = option(
        "all",
        "What is built when something changed: changes (versions and what changed), all (the same at "
        "once, and everything every `build_pause` minutes), none",
    )
    build_pause: int = option(60, "Shortest time between two builds of everything", unit="minutes")
    screenshots: bool = option(
        False, "Take a screenshot of every new version (needs Chromium on this machine)"
    )


def interval(
    since_change: float, since_seen: float, checks: int, options: Options | None = None
) -> float | None:
    """Minutes until the next check, or None to stop for good.

    `since_change` and `since_seen` are minutes since the last noticed change (or the first fetch)
    and since the first fetch; `checks` counts the checks so far and is not used.
    """
    chosen = options or Options()
    if since_change >= chosen.stop_after * DAY:
        return None
    return min(max(chosen.shortest, since_change * chosen.share / 100), chosen.longest * DAY)


def feed_interval(since_change: float, options: Options) -> float:
    """Minutes until a feed or sitemap is asked again; `since_change`: since it last named another report."""
    wanted = since_change * options.share / 100
    return min(max(options.shortest, wanted), max(options.shortest, options.feeds_longest))


def after_missing(times: int, options: Options) -> float:
    """Minutes until a page that answered 404 so many times in a row is asked again: four times as
    long each time, so that a removal is told from a site that is down for an hour."""
    return float(min(options.shortest * 4**times, DAY))


def after_failure(times: int, planned: float, options: Options) -> float:
    """Minutes until a page that gave no usable answer so many times in a row is asked again: twice as
    long each time, at most a day, and never sooner than `planned`."""
    return max(planned, float(min(options.shortest * 2 ** min(times, 16), DAY)))


def jittered(minutes: float, key: str, options: Options) -> int:
    """Whole seconds, at most `jitter` per cent more or less. The same `key` gives the same: no dice,
    so that a run can be repeated."""
    dice = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 0xFFFFFFFF
    return round(minutes * 60 * (1 + (2 * dice - 1) * options.jitter / 100))

"""When a page is looked at again: a pure policy, measured by the benchmark `schedule`.

A tenth of the time since its last change, never more often than every quarter of an hour, at most
30 days apart, and not at all after a year without being changed: edits come soon after publication
or late, seldom between (80 % of headline edits within five hours, 90 % within ten: Verba Volant,
WWW 2022).
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.options import option

DAY = 24 * 60


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

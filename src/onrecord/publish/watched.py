"""What the watcher knows of a report's page: how it stands, and what its checks met that no capture shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.publish.library import Library
from onrecord.records import Check, Watch
from onrecord.text.instants import moment

SAME = frozenset({"not_modified", "same_bytes", "same_text", "same_folded"})
"""Outcomes of a check that found the text as it was."""
FATES = frozenset({"removed", "returned"})
"""Outcomes that are an event each."""
TROUBLES = frozenset({"missing", "failed", "refused", "put_off", "wall"})
"""Outcomes that are one event together with their neighbours of the same kind."""


@dataclass(frozen=True)
class Standing:
    """A watched page: its watch, who found it (name and address of a feed; empty if a user named it),
    how many checks ended how, and when one last found another text."""

    watch: Watch
    feed: str
    feed_url: str
    outcomes: tuple[tuple[str, int], ...]
    changed: str | None


@dataclass(frozen=True)
class Episode:
    """Neighbouring checks of one outcome, as one event: `first` and `last` are when; the check is the last."""

    outcome: str
    first: str
    last: str
    number: int
    check: Check


def checks_of(library: Library, article_id: str) -> tuple[Check, ...]:
    """All looks at a report's page, in order of time."""
    found = library.by(Check, "article_id", article_id)
    return tuple(sorted(found, key=lambda c: (moment(c.at), c.id)))


def standings(
    library: Library, article_id: str, checks: Sequence[Check] = ()
) -> tuple[Standing, ...]:
    """How a report's page is watched; more than one if it is watched under several addresses, none if
    it is not watched."""
    found = []
    for watch in sorted(library.by(Watch, "article_id", article_id), key=lambda w: (w.url, w.id)):
        mine = [c for c in checks if c.watch_id == watch.id]
        counted = Counter(c.outcome for c in mine)
        feed = library.get(Watch, watch.source) if watch.source else None
        found.append(
            Standing(
                watch,
                (feed.title or feed.url) if feed else (watch.source or ""),
                feed.url if feed else "",
                tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0]))),
                max((c.at for c in mine if c.outcome == "changed"), key=moment, default=None),
            )
        )
    return tuple(found)


def episodes(checks: Sequence[Check]) -> Iterator[Episode]:
    """What is told of the checks beside versions, in order. Looks without a usable answer, one behind
    the other, are one event; a removal or a return is its own."""
    for found in _neighbours(checks, lambda c: (c.outcome, c.id if c.outcome in FATES else "")):
        if found.outcome in FATES or found.outcome in TROUBLES:
            yield found


def looks(checks: Sequence[Check]) -> tuple[Episode, ...]:
    """All checks, newest first; neighbours that met the very same are one."""
    found = _neighbours(checks, lambda c: (c.outcome, c.status, c.basis, c.capture_id))
    return tuple(reversed(list(found)))


def _neighbours(checks: Sequence[Check], key: Callable[[Check], Hashable]) -> Iterator[Episode]:
    for _, group in groupby(checks, key=key):
        members = list(group)
        last = members[-1]
        yield Episode(last.outcome, members[0].at, last.at, len(members), last)


def last_same(checks: Sequence[Check], since: str, until: str | None) -> str | None:
    """When a check last found the text of that stretch of time unchanged; None if none did."""
    low, high = moment(since), moment(until) if until else None
    found = [
        c.at
        for c in checks
        if c.outcome in SAME and low <= moment(c.at) and (high is None or moment(c.at) < high)
    ]
    return max(found, key=moment) if found else None

"""The calendar of the archive: what was captured on which day, what was new in it, without reading a text.

A day is the capture's own, as its time is written; of a check, which is written in UTC, it is that of
UTC. A capture whose time is not known stands on no day.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onrecord.publish.as_read import read_of
from onrecord.publish.library import Library
from onrecord.records import Article, Capture, Change, Check, Version
from onrecord.store.edits import Filter, Row
from onrecord.text.instants import moment, sort_key

EVERY = 1_000_000_000
"""A limit that leaves out no edit."""


@dataclass(frozen=True)
class Counted:
    """How much there is of a day: captures, versions that were new, reports seen for the first time,
    reports that were removed, and such that were there again."""

    captures: int = 0
    versions: int = 0
    reports: int = 0
    removed: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Month:
    """A month's weeks, Monday first; a day outside the month, or on which nothing was, has no count."""

    first: date
    weeks: tuple[tuple[tuple[date, Counted | None], ...], ...]
    total: Counted


@dataclass(frozen=True)
class Archive:
    """Every capture with a time by its day. `begun`: the version that begins with a capture, by the
    capture's id. `fates`: ids of the checks that found a report removed or there again, by day."""

    _captures: dict[str, tuple[tuple[str, str], ...]]
    days: dict[str, Counted]
    untimed: int
    begun: dict[str, str]
    fates: dict[str, tuple[str, ...]]

    def captures(self, day: str) -> tuple[str, ...]:
        """The ids of a day's captures, in order of time."""
        rows = self._captures.get(day, ())
        return tuple(ident for _, ident in sorted(rows, key=lambda row: sort_key(*row)))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({int(day[:4]) for day in self.days}))

    def months(self, year: int) -> tuple[Month, ...]:
        """The months of a year in which something was."""
        numbers = sorted({int(day[5:7]) for day in self.days if int(day[:4]) == year})
        return tuple(self._month(year, number) for number in numbers)

    def _month(self, year: int, number: int) -> Month:
        weeks = calendar.Calendar().monthdatescalendar(year, number)
        found = tuple(
            tuple(
                (day, self.days.get(day.isoformat()) if day.month == number else None)
                for day in week
            )
            for week in weeks
        )
        counted = [c for week in found for _, c in week if c]
        total = Counted(
            sum(c.captures for c in counted),
            sum(c.versions for c in counted),
            sum(c.reports for c in counted),
            sum(c.removed for c in counted),
            sum(c.returned for c in counted),
        )
        return Month(date(year, number, 1), found, total)

    def beside(self, day: str) -> tuple[str | None, str | None]:
        """The days with something to tell before and behind a day."""
        known = sorted(self.days)
        before = [d for d in known if d < day]
        behind = [d for d in known if d > day]
        return (before[-1] if before else None, behind[0] if behind else None)


def archive(library: Library, article_id: str | None = None) -> Archive:
    """The calendar of all captures, or of one report's. Of 50,000 captures it takes under a second."""
    placed: dict[str, list[tuple[str, str]]] = {}
    day_of_capture: dict[str, str] = {}
    first_seen: dict[str, tuple[datetime, str]] = {}
    untimed = 0
    for ident, owner, at in _captures(library, article_id):
        if at is None:
            untimed += 1
            continue
        day = day_of_capture[ident] = at[:10]
        placed.setdefault(day, []).append((at, ident))
        when = (moment(at), day)
        first_seen[owner] = min(when, first_seen.get(owner, when))
    reports = {ident for ident, _, _ in library.index(Article, ())}
    seen = Counter(day for owner, (_, day) in first_seen.items() if owner in reports)
    begun = {
        capture: ident
        for ident, capture in _versions(library, article_id)
        if capture in day_of_capture
    }
    new = Counter(day_of_capture[capture] for capture in begun)
    fates = _fates(library, article_id)
    kinds = Counter((row.moment[:10], row.kind) for row in fates)
    by_day: dict[str, tuple[str, ...]] = {}
    for row in fates:
        by_day[row.moment[:10]] = (row.id, *by_day.get(row.moment[:10], ()))
    days = {
        day: Counted(
            len(placed.get(day, ())),
            new[day],
            seen[day],
            kinds[day, "removed"],
            kinds[day, "returned"],
        )
        for day in (*placed, *(d for d in by_day if d not in placed))
    }
    return Archive({day: tuple(rows) for day, rows in placed.items()}, days, untimed, begun, by_day)


def _fates(library: Library, article_id: str | None) -> list[Row]:
    """Every removal and return with a time, newest first."""
    wanted = Filter(article=article_id or "", labels=("removed", "returned"))
    return [
        row
        for row in library.edits(wanted, EVERY)
        if row.kind in ("removed", "returned") and row.moment
    ]


def _captures(library: Library, article_id: str | None) -> Iterator[tuple[str, str, str | None]]:
    """(id, article's id, time) of all captures, or of one report's."""
    if article_id is not None:
        for c in library.by(Capture, "article_id", article_id):
            yield c.id, c.article_id, c.captured_at
        return
    for ident, _, values in library.index(Capture, ("article_id", "captured_at")):
        yield ident, values["article_id"], values["captured_at"]


def _versions(library: Library, article_id: str | None) -> Iterator[tuple[str, str]]:
    """(id, id of the capture it begins with) of all versions, or of one report's."""
    if article_id is not None:
        for v in library.by(Version, "article_id", article_id):
            yield v.id, v.capture_id
        return
    for ident, _, values in library.index(Version, ("capture_id",)):
        yield ident, values["capture_id"]


@dataclass(frozen=True)
class Entry:
    """A capture in a day's list. `number`: of the version that begins with it; `change`: what that one
    changed; `before`: the version it is compared with. `kind`: its reading's, if it begins none."""

    capture: Capture
    article: Article | None
    number: int | None
    change: Change | None
    before: str | None
    kind: str


def fates(library: Library, found: Archive, day: str) -> tuple[tuple[Check, Article | None], ...]:
    """What checks of a day found removed or there again, in order of time."""
    checks = [c for i in found.fates.get(day, ()) if (c := library.get(Check, i)) is not None]
    return tuple((c, library.get(Article, c.article_id) if c.article_id else None) for c in checks)


def entries(library: Library, found: Archive, ids: Sequence[str]) -> tuple[Entry, ...]:
    """The captures of these ids with what they brought."""
    rows = []
    for ident in ids:
        capture = library.get(Capture, ident)
        if capture is None:
            continue
        article = library.get(Article, capture.article_id)
        version = found.begun.get(ident)
        number, change, before, kind = None, None, None, ""
        if version is not None and article is not None and version in article.versions:
            at = article.versions.index(version)
            number = at + 1
            if at:
                before = article.versions[at - 1]
                changes = library.by(Change, "article_id", article.id)
                change = next((c for c in changes if c.to_version == version), None)
        else:
            known = read_of(library, capture)
            kind = known.kind if known else "unread"
        rows.append(Entry(capture, article, number, change, before, kind))
    return tuple(rows)

"""Edits: one narrow row for each change, removal, return and first sight of a report.

They are what pages and feeds of the latest edits list and what hooks are told of. The rows are made
from records in the transaction that stores these, and go with them; texts are never read to list them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from onrecord.records import Article, Change, Check, Reading, Version
from onrecord.store import search
from onrecord.store.tables import BY_KIND, edits, told
from onrecord.text.instants import moment

CHUNK = 400
MINOR = frozenset({"cosmetic", "template"})
"""Labels of changes of looks: where a change has no other, it is listed only if asked for."""

EVENTS: Mapping[str, int] = {"removed": 1000, "returned": 600, "first": 100}
"""Significance (0 to 1000) of what is no change of a text: a page taken off counts as a change that
takes a report off its page."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which edits are wanted; what is empty does not count.

    `source`: an outlet's name, or a host. `labels`: any of them. `words`: all of them in one passage
    of the article, in any version. `since` and `until`: days, inclusive, in UTC. `least`: significance
    from 0 to 1000. `also`: `minor` (changes of looks only) and `first` (reports first seen), which are
    left out otherwise, unless a label asks for them.
    """

    article: str = ""
    story: str = ""
    source: str = ""
    labels: tuple[str, ...] = ()
    words: str = ""
    since: str = ""
    until: str = ""
    least: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An edit. `id`: of the Change, of the Check, of the article that was first seen. `kind`: change,
    removed, returned, first. `moment`: in UTC, so that it orders as text; empty if unknown."""

    id: str
    kind: str
    article_id: str
    moment: str
    labels: tuple[str, ...]
    significance: int


@dataclass(frozen=True)
class Counts:
    """How many edits there are: all, with each label, of each outlet (None: its name is not known)."""

    total: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    outlets: Mapping[str | None, int] = field(default_factory=dict)


def moment_of(written: str | None) -> str:
    """A written time in UTC with whole seconds (a day: its first), or empty if it is unknown or lies
    outside the calendar."""
    try:
        return moment(written).isoformat(timespec="seconds") if written else ""
    except (ValueError, OverflowError):
        return ""


def of_change(change: Change, seen_at: str | None) -> Row:
    """The row of a change; `seen_at` is the newer version's."""
    at = moment_of(seen_at)
    return Row(change.id, "change", change.article_id, at, change.labels, change.significance)


def of_check(check: Check) -> Row | None:
    """The row of a removal or a return; None for any other check, and for one of a feed."""
    if check.outcome not in ("removed", "returned") or check.article_id is None:
        return None
    at = moment_of(check.at)
    weight = EVENTS[check.outcome]
    return Row(check.id, check.outcome, check.article_id, at, (check.outcome,), weight)


def of_first(version: Version) -> Row | None:
    """The row of a report first seen; None for its later versions."""
    if version.number != 1:
        return None
    at = moment_of(version.seen_at)
    return Row(version.article_id, "first", version.article_id, at, ("first",), EVENTS["first"])


def listed(row: Row, wanted: Filter) -> bool:
    """Whether an edit's own values are wanted; the article it is of does not count here."""
    first, minor = "first" in wanted.also, "minor" in wanted.also
    if wanted.labels:
        asked = {*wanted.labels, *(("first",) if first else ()), *(MINOR if minor else ())}
        if not asked.intersection(row.labels):
            return False
    elif (row.kind == "first" and not first) or (MINOR.issuperset(row.labels) and not minor):
        return False
    day = row.moment[:10]
    return (
        row.significance >= wanted.least
        and (not wanted.since or day >= wanted.since)
        and (not wanted.until or (bool(day) and day <= wanted.until))
    )


# --------------------------------------------------------------------------- keeping


class _Seen(msgspec.Struct):
    """What is read of a stored version here: not its text."""

    id: str
    seen_at: str | None


def add(
    connection: Connection,
    changes: Iterable[Change] = (),
    versions: Iterable[Version] = (),
    checks: Iterable[Check] = (),
    articles: Iterable[Article] = (),
) -> None:
    """Keeps the rows of records that are stored in the same transaction, these before; the versions
    that changes compare are there by then. Rows of articles that are stored anew get their outlet."""
    changes = list(changes)
    newer = sorted({change.to_version for change in changes})
    table = BY_KIND[Version]
    seen: dict[str, str | None] = {}
    for low in range(0, len(newer), CHUNK):
        query = select(table.c.body).where(table.c.id.in_(newer[low : low + CHUNK]))
        found = (msgspec.json.decode(body, type=_Seen) for (body,) in connection.execute(query))
        seen |= {version.id: version.seen_at for version in found}
    rows = [of_change(change, seen.get(change.to_version)) for change in changes]
    rows += [row for version in versions if (row := of_first(version))]
    rows += [row for check in checks if (row := of_check(check))]
    if rows:
        connection.execute(insert(edits), [_values(row) for row in rows])
    of = {row.article_id for row in rows} | {article.id for article in articles}
    _name_outlets(connection, sorted(of))


def _name_outlets(connection: Connection, articles: Sequence[str]) -> None:
    """Gives the rows of articles the outlets that these have now."""
    table = BY_KIND[Article]
    outlet = select(table.c.outlet).where(table.c.id == edits.c.article_id).scalar_subquery()
    for low in range(0, len(articles), CHUNK):
        some = edits.c.article_id.in_(articles[low : low + CHUNK])
        connection.execute(update(edits).where(some).values(outlet=outlet))


def _values(row: Row) -> dict[str, str | int]:
    return {
        "id": row.id,
        "kind": row.kind,
        "article_id": row.article_id,
        "moment": row.moment,
        "labels": f",{','.join(row.labels)},",
        "significance": row.significance,
    }


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Forgets the rows of changes, or of articles' first sight."""
    for low in range(0, len(ids), CHUNK):
        connection.execute(delete(edits).where(edits.c.id.in_(ids[low : low + CHUNK])))


# --------------------------------------------------------------------------- finding


def find(
    connection: Connection,
    wanted: Filter,
    story: Sequence[str],
    limit: int,
    offset: int,
    untold: str | None,
) -> list[Row]:
    """Edits, newest first, unknown times last, ties by id. `story`: ids of the articles of the story
    that is wanted. `untold`: only those that this hook was not told of."""
    query = select(edits).where(_where(connection, wanted, story))
    if untold is not None:
        query = query.where(~exists().where(and_(told.c.hook == untold, told.c.item == edits.c.id)))
    query = query.order_by(edits.c.moment.desc(), edits.c.id).limit(limit).offset(offset)
    return [
        Row(r.id, r.kind, r.article_id, r.moment, _labels(r.labels), r.significance)
        for r in connection.execute(query)
    ]


def count(connection: Connection, wanted: Filter, story: Sequence[str]) -> Counts:
    """How many there are of them."""
    found = connection.execute(
        select(edits.c.outlet, edits.c.labels, func.count())
        .where(_where(connection, wanted, story))
        .group_by(edits.c.outlet, edits.c.labels)
    )
    labels: Counter[str] = Counter()
    outlets: Counter[str | None] = Counter()
    for outlet, written, number in found:
        labels.update(dict.fromkeys(_labels(written), int(number)))
        outlets[outlet] += int(number)
    return Counts(sum(outlets.values()), dict(labels), dict(outlets))


def _labels(written: str) -> tuple[str, ...]:
    return tuple(written.strip(",").split(","))


def _where(connection: Connection, wanted: Filter, story: Sequence[str]) -> ColumnElement[bool]:
    first, minor = "first" in wanted.also, "minor" in wanted.also
    parts: list[ColumnElement[bool]] = []
    if wanted.labels:
        asked = {*wanted.labels, *(("first",) if first else ()), *(MINOR if minor else ())}
        parts.append(or_(*(edits.c.labels.contains(f",{name},") for name in sorted(asked))))
    else:
        if not first:
            parts.append(edits.c.kind != "first")
        if not minor:
            parts.append(edits.c.labels.not_in(_MINOR_ALONE))
    if wanted.article:
        parts.append(edits.c.article_id == wanted.article)
    if wanted.story:
        # Written into the statement: a story may have more reports than a statement has variables.
        ids = bindparam("story", list(story), String, expanding=True, literal_execute=True)
        parts.append(edits.c.article_id.in_(ids))
    if wanted.source:
        readings = BY_KIND[Reading]
        by_host = select(readings.c.article_id).where(readings.c.site == wanted.source)
        parts.append(or_(edits.c.outlet == wanted.source, edits.c.article_id.in_(by_host)))
    if wanted.words:
        parts.append(edits.c.article_id.in_(search.articles(connection, wanted.words)))
    if wanted.since:
        parts.append(edits.c.moment >= wanted.since)
    if wanted.until:
        parts.append(and_(edits.c.moment != "", edits.c.moment < f"{wanted.until}U"))
    if wanted.least:
        parts.append(edits.c.significance >= wanted.least)
    return and_(*parts) if parts else edits.c.id.is_not(None)


_MINOR_ALONE = (",cosmetic,", ",template,", ",cosmetic,template,", ",template,cosmetic,")

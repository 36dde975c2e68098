"""Sayings: one narrow row for each statement, and which actors its words name.

They are what the ledger of statements lists, filters, counts and sorts by; no statement is read to do
so. The rows are made from records in the transaction that stores these, and go with them. They are
made anew when a record is opened that was written by other rules (`FORM`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from onrecord.records import ActorLinks, ActorRef, Article, Bounds, Mention, Statement
from onrecord.store.edits import moment_of
from onrecord.store.search import terms
from onrecord.store.tables import BY_KIND, clean, meta, sayings, sayings_naming
from onrecord.text.folding import fold_loose

FORM = "1"
"""By which rules rows are made: raise it when `row_of` or what is named gives something else."""

CHUNK = 400
AT_ONCE = 50
"""Articles whose mentions are read at a time."""

UNKNOWN = "unknown"
"""What a filter calls a speaker or an outlet that no report names."""
LAST = "~"
"""Sorts behind every day and every folded name."""

_WORD = re.compile(r"\w+")

MOST_NAMED = 200
"""Speakers, addressees and outlets that are counted one by one, those with most statements."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements are wanted, and in which order; what is empty does not count.

    `speaker` and `addressee`: an actor's id, or `name:` with the name of somebody who is none;
    `speaker` and `outlet` may be `unknown`. `name`: words of the speaker's name. `about`: an actor
    whom the words of others name. `acts`: any of them. `condition`: `yes` or `no`. `words`: all of
    them in what is said or its condition; words in double quotes stay together, and a word that ends
    in `*` has any ending. `since` and `until`: days of the saying as reports write them, inclusive; a
    statement of which only one bound is known counts as said then. `sort`: `said` (in the order of
    saying), `newest`, `speaker`; unknown times and speakers come last in all of them.
    """

    story: str = ""
    article: str = ""
    speaker: str = ""
    name: str = ""
    addressee: str = ""
    about: str = ""
    outlet: str = ""
    acts: tuple[str, ...] = ()
    manner: str = ""
    condition: str = ""
    words: str = ""
    since: str = ""
    until: str = ""
    sort: str = "said"


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as it is listed. `said` orders by when; `first_day` and `last_day` are empty if
    unknown; `place` counts code points of the capture; `words` and `speaker_words` are folded, a
    blank before and behind each word; `naming`: actors named in what is said."""

    id: str
    article_id: str
    place: int
    said: str
    first_day: str
    last_day: str
    speaker: str
    speaker_name: str
    speaker_words: str
    addressee: str
    addressee_name: str
    outlet: str
    act: str
    manner: str
    conditional: int
    words: str
    naming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that statements have, what it is called, and how many have it."""

    value: str
    name: str
    number: int


@dataclass(frozen=True)
class Counts:
    """How many statements a filter leaves, and by which values: of each field what the other fields
    leave, most first. At most MOST_NAMED speakers, addressees and outlets."""

    total: int = 0
    speakers: tuple[Choice, ...] = ()
    addressees: tuple[Choice, ...] = ()
    outlets: tuple[Choice, ...] = ()
    acts: tuple[Choice, ...] = ()
    manners: tuple[Choice, ...] = ()
    conditions: tuple[Choice, ...] = ()


# --------------------------------------------------------------------------- rows


def key_of(ref: ActorRef | None) -> str:
    """What a filter calls a speaker or an addressee: the actor's id, `name:` and the name, `unknown`."""
    if ref is None:
        return UNKNOWN
    return ref.actor_id or f"name:{clean(ref.name)}"


def said_key(said: Bounds) -> str:
    """Orders by the day a statement was said, as written: what is known to the day before stretches
    of days, then what was said not before it, then not after it; then by the moment."""
    first = said.earliest or said.latest
    last = said.latest or said.earliest
    if first is None or last is None:
        return LAST
    open_ended = "3" if said.earliest is None else "2"
    how = open_ended if None in (said.earliest, said.latest) else str(int(first[:10] != last[:10]))
    return f"{first[:10]} {how} {last[:10]} {moment_of(first)}"


def spaced(words: str) -> str:
    """The words of a text, folded, with a blank before and behind each."""
    found = _WORD.findall(fold_loose(clean(words)))
    return f" {' '.join(found)} "


def row_of(item: Statement, outlet: str | None, naming: Iterable[str] = ()) -> Row:
    """The row of a statement; `outlet` is its report's, `naming` the actors that its words name."""
    first = item.said.earliest or item.said.latest or ""
    last = item.said.latest or item.said.earliest or ""
    parts = (*item.content, *((item.condition,) if item.condition else ()))
    return Row(
        id=item.id,
        article_id=item.article_id,
        place=item.citation.capture_start,
        said=said_key(item.said),
        first_day=first[:10],
        last_day=last[:10],
        speaker=key_of(item.speaker),
        speaker_name=clean(item.speaker.name) if item.speaker else "",
        speaker_words=spaced(item.speaker.name) if item.speaker else LAST,
        addressee=key_of(item.addressee) if item.addressee else "",
        addressee_name=clean(item.addressee.name) if item.addressee else "",
        outlet=clean(outlet or ""),
        act=item.act,
        manner=item.manner,
        conditional=int(item.condition is not None),
        words="".join(spaced(citation.quote) for citation in parts),
        naming=tuple(sorted(naming)),
    )


def plain(wanted: Filter) -> Filter:
    """The filter with texts that every database takes."""
    return replace(
        wanted,
        story=clean(wanted.story),
        article=clean(wanted.article),
        speaker=clean(wanted.speaker),
        name=clean(wanted.name),
        addressee=clean(wanted.addressee),
        about=clean(wanted.about),
        outlet=clean(wanted.outlet),
        words=clean(wanted.words),
    )


def looked_for(query: str) -> list[str]:
    """What stands in `Row.words` where all of a query does; nothing for a query without a word."""
    found = []
    for term in terms(query):
        parts = spaced(term)
        if parts.strip():
            found.append(parts.rstrip() if term.endswith("*") else parts)
    return found


def fits(row: Row, wanted: Filter, story: Iterable[str]) -> bool:
    """Whether a statement is wanted; `story`: ids of the articles of the story that is."""
    return (
        (not wanted.story or row.article_id in story)
        and (not wanted.article or row.article_id == wanted.article)
        and (not wanted.speaker or row.speaker == wanted.speaker)
        and all(words in row.speaker_words for words in looked_for(wanted.name))
        and (not wanted.addressee or row.addressee == wanted.addressee)
        and (not wanted.about or (wanted.about in row.naming and row.speaker != wanted.about))
        and (not wanted.outlet or row.outlet in _outlets(wanted.outlet))
        and (not wanted.acts or row.act in wanted.acts)
        and (not wanted.manner or row.manner == wanted.manner)
        and (not wanted.condition or row.conditional == (wanted.condition == "yes"))
        and all(words in row.words for words in looked_for(wanted.words))
        and (not wanted.since or row.last_day >= wanted.since)
        and (not wanted.until or "" < row.first_day <= wanted.until)
    )


def _outlets(name: str) -> tuple[str, ...]:
    return (name, "") if name == UNKNOWN else (name,)


def ordered(rows: Iterable[Row], sort: str) -> list[Row]:
    """Rows in the order that is asked for; ties as printed, by article."""
    found = sorted(rows, key=lambda r: (r.said, r.article_id, r.place, r.id))
    if sort == "newest":
        found.sort(key=lambda r: r.said, reverse=True)
        found.sort(key=lambda r: r.said == LAST)
    if sort == "speaker":
        found.sort(key=lambda r: (r.speaker_words, r.speaker))
    return found


_FACETS: Mapping[str, tuple[str, str, str]] = {
    "speakers": ("speaker", "speaker_name", "speaker"),
    "addressees": ("addressee", "addressee_name", "addressee"),
    "outlets": ("outlet", "outlet", "outlet"),
    "acts": ("act", "act", "acts"),
    "manners": ("manner", "manner", "manner"),
    "conditions": ("conditional", "conditional", "condition"),
}
"""Of each count: the column, the column of its name, and the filter's field that it leaves out."""


def without(wanted: Filter, facet: str) -> Filter:
    """The filter without the field that a count is of."""
    if facet == "acts":
        return replace(wanted, acts=())
    nothing: dict[str, Any] = {_FACETS[facet][2]: ""}
    return replace(wanted, **nothing)


def counts_of(rows: Sequence[Row], wanted: Filter, story: Iterable[str]) -> Counts:
    """How many of these rows there are; the twin of `count`, in memory."""
    found: dict[str, tuple[Choice, ...]] = {}
    for facet, (column, named, _) in _FACETS.items():
        among = [row for row in rows if fits(row, without(wanted, facet), story)]
        names: dict[str | int, str | int] = {}
        numbers: Counter[str | int] = Counter()
        for row in among:
            value, name = getattr(row, column), getattr(row, named)
            names[value] = min(name, names.get(value, name))
            numbers[value] += 1
        found[facet] = _choices(facet, [(v, names[v], n) for v, n in numbers.items()])
    return Counts(sum(fits(row, wanted, story) for row in rows), **found)


def _choices(facet: str, found: Iterable[tuple[str | int, str | int, int]]) -> tuple[Choice, ...]:
    if facet == "conditions":
        rows = [Choice("yes" if value else "no", "", number) for value, _, number in found]
    elif facet == "outlets":
        rows = [Choice(str(value) or UNKNOWN, str(name), number) for value, name, number in found]
    else:
        rows = [Choice(str(value), str(name), number) for value, name, number in found if value]
    rows.sort(key=lambda choice: (-choice.number, choice.name, choice.value))
    return tuple(rows[:MOST_NAMED])


# --------------------------------------------------------------------------- keeping


class _Named(msgspec.Struct):
    """What is read of a stored article here."""

    id: str
    outlet: str | None


class _Place(msgspec.Struct):
    """What is read of a stored mention here."""

    id: str
    version_id: str
    start: int
    end: int


def add(connection: Connection, statements: Sequence[Statement]) -> None:
    """Keeps the rows of statements that are stored in the same transaction; their articles, and the
    mentions and links of these, are there by then."""
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for item in statements:
        by_article[item.article_id].append(item)
    ids = sorted(by_article)
    for low in range(0, len(ids), AT_ONCE):
        some = ids[low : low + AT_ONCE]
        _add(connection, [s for i in some for s in by_article[i]], some)


def _add(connection: Connection, statements: Sequence[Statement], articles: Sequence[str]) -> None:
    table = BY_KIND[Article]
    query = select(table.c.body).where(table.c.id.in_(articles))
    outlets = {
        article.id: article.outlet
        for (body,) in connection.execute(query)
        if (article := msgspec.json.decode(body, type=_Named))
    }
    naming = _naming(connection, statements, articles)
    rows = [row_of(s, outlets.get(s.article_id), naming.get(s.id, ())) for s in statements]
    if not rows:
        return
    connection.execute(insert(sayings), [_values(row) for row in rows])
    named = [{"saying_id": row.id, "actor_id": actor} for row in rows for actor in row.naming]
    if named:
        connection.execute(insert(sayings_naming), named)


def _values(row: Row) -> dict[str, str | int]:
    return {column.name: getattr(row, column.name) for column in sayings.c}


def _naming(
    connection: Connection, statements: Sequence[Statement], articles: Sequence[str]
) -> dict[str, set[str]]:
    """The actors that the words of statements name, pronouns included."""
    links, mentions = BY_KIND[ActorLinks], BY_KIND[Mention]
    actors = {
        link.mention_id: link.actor_id
        for (body,) in connection.execute(
            select(links.c.body).where(links.c.article_id.in_(articles))
        )
        for link in msgspec.json.decode(body, type=ActorLinks).links
    }
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for (body,) in connection.execute(
        select(mentions.c.body).where(mentions.c.article_id.in_(articles))
    ):
        mention = msgspec.json.decode(body, type=_Place)
        if mention.id in actors:
            places[mention.version_id].append((mention.start, mention.end, actors[mention.id]))
    return {item.id: named_in(item, places) for item in statements}


def named_in(item: Statement, places: Mapping[str, Sequence[tuple[int, int, str]]]) -> set[str]:
    """The actors that a statement's words name; `places`: of each version where actors are named, as
    (start, end, actor's id)."""
    return {
        actor
        for c in item.content
        if c.version_id is not None and c.start is not None and c.end is not None
        for start, end, actor in places.get(c.version_id, ())
        if c.start <= start and end <= c.end
    }


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Forgets the rows of statements."""
    for low in range(0, len(ids), CHUNK):
        some = ids[low : low + CHUNK]
        connection.execute(delete(sayings).where(sayings.c.id.in_(some)))
        connection.execute(delete(sayings_naming).where(sayings_naming.c.saying_id.in_(some)))


def refresh(connection: Connection) -> None:
    """Makes all rows anew where they were made by other rules, or not at all."""
    known = meta.c.name == "sayings"
    form = select(meta.c.value).where(known)
    if connection.execute(form).scalar() == FORM:
        return
    if connection.dialect.name == "postgresql":
        # another program that opens the record at the same time may have made them meanwhile
        connection.execute(text("lock table sayings in exclusive mode"))
        if connection.execute(form).scalar() == FORM:
            return
    connection.execute(delete(sayings))
    connection.execute(delete(sayings_naming))
    table = BY_KIND[Statement]
    articles = sorted({i for (i,) in connection.execute(select(table.c.article_id).distinct())})
    for low in range(0, len(articles), AT_ONCE):
        some = articles[low : low + AT_ONCE]
        bodies = connection.execute(select(table.c.body).where(table.c.article_id.in_(some)))
        add(connection, [msgspec.json.decode(body, type=Statement) for (body,) in bodies.all()])
    if not connection.execute(update(meta).where(known).values(value=FORM)).rowcount:
        connection.execute(insert(meta).values(name="sayings", value=FORM))


# --------------------------------------------------------------------------- finding


def find(
    connection: Connection, wanted: Filter, story: Sequence[str], limit: int, offset: int
) -> list[str]:
    """Ids of statements in the order that is asked for. `story`: as `fits` takes it."""
    c = sayings.c
    by: tuple[Any, ...] = (c.said, c.article_id, c.place, c.id)
    if wanted.sort == "newest":
        by = (c.said == LAST, c.said.desc(), *by[1:])
    if wanted.sort == "speaker":
        by = (c.speaker_words, c.speaker, *by)
    query = select(c.id).where(_where(wanted, story)).order_by(*by)
    return [row[0] for row in connection.execute(query.limit(limit).offset(offset))]


def count(connection: Connection, wanted: Filter, story: Sequence[str]) -> Counts:
    """How many there are of them."""
    total = select(func.count()).select_from(sayings).where(_where(wanted, story))
    found: dict[str, tuple[Choice, ...]] = {}
    for facet in _FACETS:
        rows = connection.execute(_facet(facet, wanted, story))
        found[facet] = _choices(facet, [(value, name, int(n)) for value, name, n in rows])
    return Counts(int(connection.execute(total).scalar_one()), **found)


def _facet(facet: str, wanted: Filter, story: Sequence[str]) -> Select[Any]:
    column, named, _ = _FACETS[facet]
    value, name = sayings.c[column], func.min(sayings.c[named])
    return (
        select(value, name, func.count())
        .where(_where(without(wanted, facet), story))
        .group_by(value)
        .order_by(func.count().desc(), name, value)
        .limit(MOST_NAMED + 1)  # one may be the empty value, which is no choice
    )


def _where(wanted: Filter, story: Sequence[str]) -> ColumnElement[bool]:
    c = sayings.c
    parts: list[ColumnElement[bool]] = []
    if wanted.story:
        # Written into the statement: a story may have more reports than a statement has variables.
        ids = bindparam("story", list(story), String, expanding=True, literal_execute=True)
        parts.append(c.article_id.in_(ids))
    if wanted.article:
        parts.append(c.article_id == wanted.article)
    if wanted.speaker:
        parts.append(c.speaker == wanted.speaker)
    if wanted.addressee:
        parts.append(c.addressee == wanted.addressee)
    if wanted.about:
        naming = select(sayings_naming.c.saying_id).where(sayings_naming.c.actor_id == wanted.about)
        parts.append(and_(c.id.in_(naming), c.speaker != wanted.about))
    if wanted.outlet:
        parts.append(or_(*(c.outlet == name for name in _outlets(wanted.outlet))))
    if wanted.acts:
        parts.append(c.act.in_(wanted.acts))
    if wanted.manner:
        parts.append(c.manner == wanted.manner)
    if wanted.condition:
        parts.append(c.conditional == int(wanted.condition == "yes"))
    parts += [c.speaker_words.contains(w, autoescape=True) for w in looked_for(wanted.name)]
    parts += [c.words.contains(w, autoescape=True) for w in looked_for(wanted.words)]
    if wanted.since:
        parts.append(c.last_day >= wanted.since)
    if wanted.until:
        parts.append(and_(c.first_day != "", c.first_day <= wanted.until))
    return and_(*parts) if parts else c.id.is_not(None)

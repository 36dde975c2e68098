"""Judgements at work: made of lines of today, taken in from a colleague, brought to the record at once.

A line is named by its id of today and kept by its addresses. What is decided is written down first; then
the few stages that it can alter are run, as a build of that part. If a build is at work already, that
or the next one brings it in: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, BinaryIO, Protocol, TypeVar

import msgspec

from onrecord.errors import InputError, UsageError
from onrecord.pipeline import stages_behind
from onrecord.records import (
    SCHEMA_VERSION,
    Actor,
    Article,
    Capture,
    Citation,
    Claim,
    Commitment,
    DateExpression,
    Event,
    Judgement,
    JudgementValue,
    Mention,
    PrimarySource,
    Record,
    Reuse,
    Ruling,
    Statement,
    StatementCandidate,
    Story,
    TimelineEntry,
    ToldFigure,
    Version,
)
from onrecord.relate.judging import Entry, Lines, docket
from onrecord.relate.judging_lines import (
    meet_reuse,
    meet_statements,
    reuse_addresses,
    statement_addresses,
)
from onrecord.run.building import PATIENCE, build_record
from onrecord.run.checking import utc
from onrecord.run.engine import StageReport
from onrecord.store.judgements import Put
from onrecord.store.record import Store
from onrecord.text.citing import address
from onrecord.text.instants import is_instant, moment, normalise
from onrecord.text.judgements import after, check, joined, make, order, shown, undo

R = TypeVar("R", bound=Record)


class Records(Protocol):
    """What is read of a record: a Store, or any library of pages."""

    def all(self, kind: type[R]) -> tuple[R, ...]: ...
    def get(self, kind: type[R], id: str, /) -> R | None: ...
    def by(self, kind: type[R], field: str, value: str) -> tuple[R, ...]: ...
    def source(self, sha256: str, decoder: str) -> str: ...


# --------------------------------------------------------------------------- what it is about


@dataclass(frozen=True)
class Named:
    """Lines named by a user: their kind, their addresses, and what they are called now."""

    kind: str
    addresses: tuple[str, ...]
    value: JudgementValue = field(default_factory=JudgementValue)


def about(
    records: Records, verdict: str, names: Sequence[str], kind: str = "", to: str = ""
) -> Named:
    """What a judgement of these lines (ids of today, or addresses) hangs on. A relation is named by
    its two members, a split by what goes: an actor and the articles whose mentions go, or articles of a
    story (`to`: the article whose episode takes them in).

    Raises UsageError if there is no such line, or the kind cannot be told.
    """
    if not names:
        raise UsageError("it is not said what about", do="name lines by their ids or addresses")
    members = [n for n in names if n.startswith("mem-")]
    if members:
        return _relation(records, verdict, members, names)
    found = [_line(records, name) for name in names]
    kinds = list(dict.fromkeys(k for k, _ in found if k))
    if verdict == "split" and kinds[:1] == ["actor"] and len(names) > 1:
        return Named("actor", _mentions_in(records, names))
    if kinds in (["story", "article"], ["article"]) and verdict in ("split", "merge", "rename"):
        found = [row for row in found if row[0] == "article"] if verdict == "split" else found
        kinds = ["story"]
    told = kind or (kinds[0] if len(kinds) == 1 else "")
    if not told or (kind and any(k not in (kind, "article") for k in kinds)):
        raise UsageError(
            "these lines are not of one kind" if kinds else "an address alone has no kind",
            where=", ".join(kinds),
            do="say it with --kind: relation, statement, actor, reuse, story",
        )
    addresses = tuple(dict.fromkeys(a for _, some in found for a in some))
    value = JudgementValue()
    if to:
        value = JudgementValue(to=_line(records, to)[1][0])
    if told == "reuse" and verdict in ("confirm", "reject") and len(names) == 1:
        row = records.get(Reuse, names[0])
        value = JudgementValue(kind=row.kind) if row else value
    return Named(told, addresses, value)


def _relation(
    records: Records, verdict: str, members: Sequence[str], names: Sequence[str]
) -> Named:
    if len(names) != 2 or len(members) != 2:
        raise UsageError("a relation is between two members of a claim", where=" ".join(names))
    for claim in records.all(Claim):
        held = {m.id: m.citation.address for m in claim.members}
        if set(members) <= held.keys():
            rows = [r for r in claim.relations if {r.a, r.b} == set(members)]
            value = JudgementValue()
            if rows and verdict in ("confirm", "reject"):
                value = JudgementValue(relation=rows[0].relation, in_=rows[0].in_)
            elif rows and verdict == "relabel":
                value = JudgementValue(was=rows[0].relation)
            return Named("relation", (held[members[0]], held[members[1]]), value)
    raise UsageError(
        "no claim holds both of these", where=" ".join(members), do="see `onrecord export claims`"
    )


_KINDS: dict[str, tuple[type[Record], str]] = {
    "act": (Actor, "actor"),
    "art": (Article, "article"),
    "cap": (Capture, "capture"),
    "clm": (Claim, "claim"),
    "com": (Commitment, "commitment"),
    "dat": (DateExpression, "date"),
    "evt": (Event, "event"),
    "fig": (ToldFigure, "figure"),
    "reu": (Reuse, "reuse"),
    "src": (PrimarySource, "source"),
    "sta": (Statement, "statement"),
    "sto": (Story, "story"),
    "tml": (TimelineEntry, "timeline"),
    "ver": (Version, "version"),
}


def _line(records: Records, name: str) -> tuple[str, tuple[str, ...]]:
    """Kind and addresses of a line; of an address no kind."""
    if name.startswith("sha256:"):
        return "", (name,)
    known = _KINDS.get(name.partition("-")[0])
    record = records.get(known[0], name) if known else None
    if known is None or record is None:
        raise UsageError(
            "there is no such line", where=name, do="name it by its id in an export, or an address"
        )
    return known[1], _addresses(records, record)


def _addresses(records: Records, record: Record) -> tuple[str, ...]:
    """The addresses that a judgement of a record hangs on."""
    if isinstance(record, Statement):
        return statement_addresses(record)
    if isinstance(record, Reuse):
        return reuse_addresses(record)
    if isinstance(record, Actor):
        return (record.mentions[0].address,)
    if isinstance(record, Story):
        return (article_address(records, record.articles[0]),)
    if isinstance(record, Article):
        return (article_address(records, record.id),)
    if isinstance(record, Version):
        return (version_address(record),)
    if isinstance(record, Capture):
        return (capture_address(records, record),)
    cited: tuple[Citation, ...] = ()
    if isinstance(record, Claim):
        cited = tuple(m.citation for m in record.members)
    elif isinstance(record, Event | TimelineEntry):
        cited = record.citations
    elif isinstance(record, DateExpression | ToldFigure):
        cited = (record.citation,)
    elif isinstance(record, PrimarySource):
        cited = (record.text,)
    elif isinstance(record, Commitment):
        cited = (record.what,)
    return tuple(dict.fromkeys(c.address for c in cited))


def version_address(version: Version) -> str:
    """The address of a version's first block: its headline, as a rule."""
    block = version.blocks[0]
    return address(version.sha256, version.decoder, block.capture_start, block.capture_end)


def article_address(records: Records, article: str) -> str:
    """The address that stands for a report: of its first version's first block, else of its first
    capture as a whole. Raises UsageError if nothing of it was captured."""
    versions = sorted(records.by(Version, "article_id", article), key=lambda v: v.number)
    for version in versions:
        if version.blocks:
            return version_address(version)
    captures = records.by(Capture, "article_id", article)
    if not captures:
        raise UsageError("nothing of this report was captured", where=article)
    return capture_address(records, captures[0])


def capture_address(records: Records, capture: Capture) -> str:
    """The address of a capture as a whole. Raises UsageError if it is empty."""
    length = len(records.source(capture.sha256, capture.decoder))
    if not length:
        raise UsageError("this capture is empty", where=capture.id)
    return address(capture.sha256, capture.decoder, 0, length)


def _mentions_in(records: Records, names: Sequence[str]) -> tuple[str, ...]:
    """The mentions of an actor (the first name) that stand in some articles, or at some addresses."""
    actor = records.get(Actor, names[0])
    if actor is None:
        raise UsageError("name the actor first, then what is split off", where=names[0])
    own = {c.address for c in actor.mentions}
    found: list[str] = []
    for name in names[1:]:
        if name.startswith("sha256:"):
            found.append(name)
            continue
        kind, _ = _line(records, name)
        if kind != "article":
            raise UsageError("an actor is split by articles or addresses", where=name)
        shas = {c.sha256 for c in records.by(Capture, "article_id", name)}
        found += sorted(a for a in own if a.removeprefix("sha256:").partition("/")[0] in shas)
    if not found:
        raise UsageError("this actor is not named there", where=" ".join(names[1:]))
    return tuple(dict.fromkeys(found))


# --------------------------------------------------------------------------- decided


def decide(
    store: Store, author: str, now: str, verdict: str, named: Named, value: JudgementValue
) -> Judgement:
    """Writes a judgement down. `value` is joined with what `named` says, and wins. Who decides the same
    again, and nobody decided otherwise since, decides nothing new. Raises UsageError if it is none."""
    known = store.all(Judgement)
    at = after(utc(moment(now)), known, named.addresses)
    whole = msgspec.structs.replace(named.value, **_given(value))
    if value.relation is not None and value.in_ is None:
        whole = msgspec.structs.replace(whole, in_=None)
    if verdict == "note":
        whole = JudgementValue(text=whole.text)
    one = _usable(lambda: make(author, at, verdict, named.kind, named.addresses, whole))
    same = [j for j in known if j.about == one.about and j.undone is None]
    last = max(same, key=order, default=one)
    if (last.author, last.verdict, last.value) == (one.author, one.verdict, one.value):
        one = last
    store.put_judgements([one])
    return one


def _given(value: JudgementValue) -> dict[str, str]:
    names = JudgementValue.__struct_fields__
    return {name: found for name in names if (found := getattr(value, name)) is not None}


def take_back(store: Store, identity: str, by: str, now: str) -> Judgement:
    """Undoes a judgement; one that is undone already stays so. Raises UsageError if there is none."""
    one = store.get(Judgement, identity)
    if one is None:
        raise UsageError(
            "there is no such judgement", where=identity, do="`onrecord judgements` lists them"
        )
    undone = _usable(lambda: undo(one, by, max(utc(moment(now)), one.at)))
    store.put_judgements([undone])
    return undone


def _usable(making: Callable[[], Judgement]) -> Judgement:
    """A judgement of this call. Raises UsageError if it is none: the call was wrong."""
    try:
        return making()
    except InputError as error:
        raise UsageError(error.what, where=error.where, why=error.why, do=error.do) from error


# --------------------------------------------------------------------------- taken in

FAST = timedelta(days=1)
"""How far ahead a colleague's clock may be. One that is far ahead would have the last word for good."""
LONGEST_LINE = 1_000_000
"""Bytes of one line of a file: a thousand addresses and a note have room."""


@dataclass
class TakenIn:
    """What a file of judgements brought. `lines` tell what could not be used."""

    put: Put = field(default_factory=Put)
    kinds: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)


def take_in(store: Store, name: str, file: BinaryIO, now: str) -> TakenIn:
    """Joins the judgements of an export (JSON Lines) with the record's. A line that is none is told,
    the others are taken; adding a file again changes nothing."""
    report = TakenIn()
    found: dict[str, Judgement] = {}
    latest = utc(moment(now) + FAST)
    for number, line in _numbered(file):
        try:
            one = read_line(line)
            if one.at > latest:
                raise InputError(
                    "it was made in the future", where=one.at, why="its clock is wrong"
                )
            found[one.id] = joined(found[one.id], one) if one.id in found else one
        except InputError as error:
            report.lines.append(f"{name}: line {number}: {error.line()}")
    report.kinds = {one.about.kind for one in found.values()}
    report.put = store.put_judgements([found[i] for i in sorted(found)])
    return report


def _numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
            if not rest or rest.endswith(b"\n"):
                break
        if line.strip():
            yield number, line


def read_line(line: bytes) -> Judgement:
    """A judgement as an export writes it; one that was written by hand may leave out its id and write
    its time in any zone. Raises InputError if it is none."""
    if len(line) > LONGEST_LINE:
        raise InputError("this line is too long", why=f"more than {LONGEST_LINE} bytes")
    try:
        values = msgspec.json.decode(line)
        if not isinstance(values, dict):
            raise InputError("this line is no judgement", why="it is not a JSON object")
        version = values.pop("schema_version", SCHEMA_VERSION)
        if version != SCHEMA_VERSION or isinstance(version, bool):
            raise InputError("another format", why=f"schema version {str(version)[:20]}")
        by_hand = not values.get("id")
        one = msgspec.convert({**values, "id": values.get("id") or ""}, Judgement)
    except (ValueError, RecursionError) as error:
        raise InputError("this line is no judgement", why=shown(str(error))) from error
    if not by_hand:
        return check(one)
    written = normalise(one.at)
    if written is None or not is_instant(written):
        raise InputError("this is no time", where="at", why="it needs a day, a time and a zone")
    at = utc(moment(written))
    made = make(one.author, at, one.verdict, one.about.kind, one.about.addresses, one.value)
    return check(msgspec.structs.replace(made, undone=one.undone))


# --------------------------------------------------------------------------- brought to the record


def apply(
    store: Store,
    settings: Mapping[str, Any],
    kinds: Iterable[str],
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    patience: float = PATIENCE,
) -> list[StageReport]:
    """Runs the stages that judgements about these kinds of lines can alter. Raises RecordBusy if
    another build is not done within `patience` seconds; the next build then brings them in."""
    return build_record(store, settings, progress, stages_behind(kinds), patience)


# --------------------------------------------------------------------------- how they stand


@dataclass(frozen=True)
class Standing:
    """How a judgement stands: applied, noted, undone, overruled (a later one is about the same), next
    (the next build brings it in), waiting (nothing in the record matches it now: it is kept)."""

    judgement: Judgement
    state: str
    why: str = ""
    lines: tuple[str, ...] = ()


def standings(records: Records) -> list[Standing]:
    """How every judgement stands, in the order in which they are applied."""
    judgements = sorted(records.all(Judgement), key=order)
    if not judgements:
        return []
    held = {capture.sha256 for capture in records.all(Capture)}
    rulings = records.all(Ruling)
    ruled = {r.judgement for r in rulings}
    met = _Meeting(records, rulings)
    later: dict[tuple[str, frozenset[str]], str] = {}
    for one in judgements:
        if one.undone is None and one.verdict in ("confirm", "reject", "relabel", "rename"):
            later[one.about.kind, frozenset(one.about.addresses)] = one.id
    found = []
    for one in judgements:
        last = later.get((one.about.kind, frozenset(one.about.addresses)), one.id)
        missing = [sha for sha in one.captures if sha not in held]
        if one.undone is not None:
            state = Standing(one, "undone", f"by {one.undone.by} on {one.undone.at[:10]}")
        elif missing:
            state = Standing(one, "waiting", "a capture it rests on is not in the record")
        elif one.verdict == "note":
            state = Standing(one, "noted")
        elif one not in ruled:
            state = Standing(one, "next", "the next build brings it in")
        elif one.verdict in ("confirm", "reject", "relabel", "rename") and last != one.id:
            state = Standing(one, "overruled", f"by the later {last}")
        else:
            state = met.standing(one)
        found.append(state)
    return found


class _Meeting:
    """Which lines of today each judgement meets, looked up as it is asked for."""

    def __init__(self, records: Records, rulings: Sequence[Ruling]) -> None:
        self._records = records
        kinds = {r.kind for r in rulings}
        self.entries = {e.judgement.id: e for kind in kinds for e in docket(rulings, kind)}
        self._claims: dict[str, tuple[tuple[Claim, ...], Lines]] = {}
        self._read: dict[tuple[type[Record], str], tuple[Any, ...]] = {}

    def _of(self, kind: type[R], entry: Entry) -> Iterator[R]:
        """All records of a kind of the articles that a judgement concerns."""
        for article in self._articles(entry):
            if (kind, article) not in self._read:
                self._read[kind, article] = self._records.by(kind, "article_id", article)
            yield from self._read[kind, article]

    @cached_property
    def _story_of(self) -> dict[str, str]:
        return {a: story.id for story in self._records.all(Story) for a in story.articles}

    @cached_property
    def _rows(self) -> dict[str, Reuse]:
        return {row.id: row for row in self._records.all(Reuse)}

    def _claims_of(self, story: str) -> tuple[tuple[Claim, ...], Lines]:
        if story not in self._claims:
            claims = self._records.by(Claim, "story_id", story)
            members = {m.id: (m.citation.address,) for c in claims for m in c.members}
            self._claims[story] = claims, Lines(members)
        return self._claims[story]

    def standing(self, one: Judgement) -> Standing:
        entry = self.entries[one.id]
        lines = getattr(self, f"_{one.about.kind}")(entry)
        if lines:
            return Standing(one, "applied", "", tuple(lines))
        if one.verdict == "reject":
            return Standing(one, "applied", "nothing of the kind is found now")
        return Standing(one, "waiting", "no line of the record matches it now")

    def _articles(self, entry: Entry) -> list[str]:
        return sorted({a for some in entry.articles for a in some})

    def _relation(self, entry: Entry) -> list[str]:
        stories = {self._story_of[a] for a in self._articles(entry) if a in self._story_of}
        for story in sorted(stories):
            claims, lines = self._claims_of(story)
            a, b = (set(lines.meet(slot).lines) for slot in entry.about)
            for claim in claims:
                ids = {m.id for m in claim.members}
                if a & ids and b & ids and len((a | b) & ids) > 1:
                    return [claim.id, *sorted((a | b) & ids)]
        return []

    def _statement(self, entry: Entry) -> list[str]:
        if entry.judgement.verdict == "reject":
            found = {c.id: (c.citation.address,) for c in self._of(StatementCandidate, entry)}
            return list(Lines(found).meet(entry.about[0]).lines)
        statements = {s.id: s for s in self._of(Statement, entry)}
        return [i for _, ids in meet_statements(statements, [entry]) for i in ids]

    def _actor(self, entry: Entry) -> list[str]:
        lines = Lines({m.id: (m.citation.address,) for m in self._of(Mention, entry)})
        met = [lines.meet(slot).lines for slot in entry.about]
        return sorted({i for ids in met for i in ids}) if all(met) else []

    def _reuse(self, entry: Entry) -> list[str]:
        return sorted(i for _, ids in meet_reuse(self._rows, [entry]) for i in ids)

    def _story(self, entry: Entry) -> list[str]:
        return [a for a in self._articles(entry) if a in self._story_of]

    def _source(self, entry: Entry) -> list[str]:
        found = {
            s.id: tuple(c.address for c in (s.text, *s.mentions))
            for s in self._of(PrimarySource, entry)
        }
        return list(Lines(found).meet(entry.about[0]).lines[:1])

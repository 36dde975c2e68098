"""What the story's pages show, first part: the first screen, what happened, timeline, statements.

Plain frozen values made from records; the templates only lay them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.publish import citations, wording
from onrecord.publish.citations import Cited
from onrecord.publish.desk import Desk
from onrecord.publish.library import Notice, notices_of
from onrecord.records import (
    ActorRef,
    Article,
    Citation,
    Commitment,
    Event,
    Statement,
    TimelineEntry,
)
from onrecord.text.instants import day_of, sort_key

DONE = frozenset({"happened", "ongoing"})
BRIEF_LINES = 6
"""Lines of "What happened": what fits a first screen."""
BRIEF_A_DAY = 3
"""Lines of one day among them: a day that many reports tell must not push out the others."""
SAID_EACH = 3
"""Statements of each speaker on the story's page."""
MANY_SPEAKERS = 60
"""With more speakers than this, one statement of each."""


@dataclass(frozen=True)
class Line:
    """A line of the first screen: a label, words, where it leads and why it is there."""

    label: str
    text: str
    citation: Citation | None = None
    anchor: str = ""
    article: Article | None = None
    when: str | None = None
    note: str = ""


@dataclass(frozen=True)
class FirstScreen:
    new: tuple[Line, ...]
    look: tuple[Line, ...]
    due: tuple[Line, ...]


def title_citation(article: Article) -> Citation | None:
    """Where the report's title stands, if its evidence is known."""
    return next(iter(article.evidence.get("title", ())), None)


def first_screen(desk: Desk) -> FirstScreen:
    """What is new, what needs a look and what is due; measured by the newest report, not by a clock."""
    return FirstScreen(tuple(_new(desk)), tuple(_look(desk)), tuple(_due(desk)))


def _new(desk: Desk) -> Iterator[Line]:
    found: list[tuple[str | None, str, Line]] = []
    for article in desk.articles:
        when = article.published.latest or article.published.earliest
        if when is None:
            when = next((c.captured_at for c in desk.captures(article) if c.captured_at), None)
        line = Line(
            "report",
            wording.title(article),
            title_citation(article),
            article=article,
            when=when,
        )
        found.append((when, article.id, line))
    for change in desk.changes:
        article_of_change = desk.by_id.get(change.article_id)
        version = desk.version(change.to_version)
        if article_of_change is None or version is None:
            continue
        line = Line(
            "changed",
            f"Version {version.number} of “{wording.title(article_of_change)}”: "
            + ", ".join(wording.changed(change.labels) or ("change",)),
            anchor=change.id,
            article=article_of_change,
            when=version.seen_at,
        )
        found.append((version.seen_at, change.id, line))
    known = [row for row in found if row[0] is not None]
    unknown = [row for row in found if row[0] is None]
    known.sort(key=lambda row: sort_key(row[0], row[1]), reverse=True)
    for _, _, line in known + unknown:
        yield line


def _look(desk: Desk) -> Iterator[Line]:
    for claim in desk.claims:
        open_ = [
            r for r in claim.relations if r.relation in wording.OPPOSED and r.review == "unreviewed"
        ]
        if open_:
            ways = sorted({r.in_ for r in open_ if r.in_})
            yield Line(
                wording.POSSIBLE,
                claim.text,
                anchor=claim.id,
                note=f"in {', '.join(map(wording.detail, ways))}; nobody has reviewed it"
                if ways
                else "nobody has reviewed it",
            )
    for article in desk.articles:
        gap = missing_versions(article)
        if gap or article.missing:
            yield Line(
                "not captured",
                wording.title(article),
                anchor=f"history-{article.id}",
                article=article,
                note="; ".join(
                    ([f"{wording.count(gap, 'version')} that the page announces"] if gap else [])
                    + list(article.missing)
                ),
            )
    for article in desk.articles:
        if article.published.earliest is None and article.published.latest is None:
            yield Line(
                "undated",
                wording.title(article),
                anchor=f"source-{article.id}",
                article=article,
                note=article.published.basis or "the capture does not say when it was published",
            )
    agencies = sorted({agency for a in desk.articles for agency in uncaptured(desk, a)})
    for agency in agencies:
        yield Line(
            "not captured",
            f"{agency} is credited as a source",
            anchor="copies",
            note="none of its reports is among the captures",
        )
    for notice in story_notices(desk):
        yield Line(
            notice.outcome,
            subject_of(desk, notice),
            note=f"{wording.stage(notice.stage)}: {notice.note}",
        )


def missing_versions(article: Article) -> int:
    """How many versions the page says there were beyond those captured."""
    return max(0, (article.announced_versions or 0) - len(article.versions))


def uncaptured(desk: Desk, article: Article) -> tuple[str, ...]:
    """Agencies the report names of which no report is in this story."""
    held = {name.casefold() for name in desk.outlets}
    return tuple(c for c in article.credits if c.casefold() not in held)


def story_notices(desk: Desk) -> tuple[Notice, ...]:
    """Notices about this story's own captures, reports and versions."""
    mine = {desk.story.id}
    for a in desk.articles:
        mine.update((a.id, a.path, *a.versions, *a.captures))
        mine.update(c.path for c in desk.captures(a))
    return tuple(n for n in notices_of(desk.library) if n.subject in mine)


def subject_of(desk: Desk, notice: Notice) -> str:
    """A notice's subject in words: the report's title where it is one of its parts."""
    for a in desk.articles:
        if notice.subject in (a.id, *a.versions, *a.captures):
            return wording.title(a)
    return desk.story.title if notice.subject == desk.story.id else notice.subject


def _due(desk: Desk) -> Iterator[Line]:
    open_ = [c for c in desk.commitments if c.deadline.earliest or c.deadline.latest]
    open_ = [c for c in open_ if "unknown" in (c.outcome.act, c.outcome.deadline)]
    for item in sorted(open_, key=lambda c: is_past(desk, c) is not False):
        yield Line(
            wording.ACTS.get(item.act, item.act),
            item.what.quote,
            item.what,
            anchor=item.id,
            article=desk.article_of(item.what),
            when=item.deadline.latest or item.deadline.earliest,
            note=f"{standing(desk, item)}; {_done(item)}",
        )


def _done(item: Commitment) -> str:
    if item.outcome.act == "unknown":
        return "unknown whether it was done"
    return wording.OUTCOMES.get(item.outcome.act, item.outcome.act)


def is_past(desk: Desk, item: Commitment) -> bool | None:
    """Whether the deadline's last day is before the newest report's day; None where unknown."""
    end = item.deadline.latest or item.deadline.earliest
    if end is None or desk.newest is None:
        return None
    return day_of(end) < day_of(desk.newest)


def standing(desk: Desk, item: Commitment) -> str:
    """Whether a deadline is past, by the newest report: the pages read no clock."""
    end = item.deadline.latest or item.deadline.earliest
    if end is None:
        return "no deadline known"
    if desk.newest is None:
        return "no report is dated, so unknown whether it is past"
    if is_past(desk, item):
        return f"past by the newest dated report, {wording.day(desk.newest)}"
    return f"still to come in the newest dated report, {wording.day(desk.newest)}"


# --------------------------------------------------------------------------- timeline


@dataclass(frozen=True)
class Told:
    """A citation with the report it stands in."""

    citation: Citation
    article: Article | None


@dataclass(frozen=True)
class Entry:
    """A timeline entry; `flags` says what must not be lost: planned, on a condition, denied, by whom told."""

    entry: TimelineEntry
    when: str
    told: tuple[Told, ...]
    flags: tuple[tuple[str, str], ...]
    conditions: tuple[Citation, ...]
    happened: bool


@dataclass(frozen=True)
class Day:
    """All entries of one day or stretch of days."""

    label: str
    earliest: str | None
    entries: tuple[Entry, ...]


_KINDS = {"planned": "modal", "conditional": "modal", "threatened": "modal", "denied": "not"}


def entry_view(desk: Desk, entry: TimelineEntry) -> Entry:
    events = [desk.events[i] for i in entry.events if i in desk.events]
    flags = [
        (_KINDS.get(status, ""), words)
        for e in events
        for status in sorted(_as_told(entry, e))
        if (words := wording.STATUSES.get(status, status))
    ]
    flags += [("", f"according to {who}") for e in events if (who := _teller(desk, e))]
    told = tuple(Told(c, desk.article_of(c)) for c in entry.citations)
    return Entry(
        entry,
        wording.span(entry.earliest, entry.latest),
        told,
        tuple(dict.fromkeys(flags)),
        tuple({e.condition.address: e.condition for e in events if e.condition}.values()),
        _happened(desk, entry),
    )


def _teller(desk: Desk, event: Event) -> str:
    said = desk.statement(event.attributed_to)
    if event.attributed_to is None or said is None:
        return ""
    return said.speaker.name if said.speaker else "somebody not named"


def told_entries(desk: Desk) -> tuple[TimelineEntry, ...]:
    """The entries that can be shown: those with a citation."""
    return tuple(e for e in desk.entries if e.citations)


def days(desk: Desk, entries: Sequence[TimelineEntry]) -> tuple[Day, ...]:
    """Entries by day, in order; what has no day at all comes last."""
    found = []
    for label, group in groupby((entry_view(desk, e) for e in entries), key=_day_label):
        members = tuple(group)
        found.append(Day(label, members[0].entry.earliest, members))
    return tuple(found)


def _day_label(view: Entry) -> str:
    first, last = view.entry.earliest, view.entry.latest
    if first is None and last is None:
        return "Day unknown"
    if first and last and first[:10] == last[:10]:
        return wording.day(first)
    return wording.span(first and first[:10], last and last[:10])


def brief(desk: Desk) -> tuple[Entry, ...]:
    """The lines of "What happened": told as done, by the most independent reports, on the days told most; by time."""
    done = [
        e for e in told_entries(desk) if _happened(desk, e) and "denied" not in _told_as(desk, e)
    ]
    weight = Counter[str]()
    for e in told_entries(desk):
        weight[_day_of(e)] += e.independent_sources
    best = sorted(
        done,
        key=lambda e: (
            -e.independent_sources,
            not _told_as(desk, e) <= DONE,
            -weight[_day_of(e)],
            -len(e.outlets),
            *sort_key(e.earliest or e.latest, e.id),
        ),
    )
    chosen: list[TimelineEntry] = []
    for e in best:
        if sum(_day_of(c) == _day_of(e) for c in chosen) < BRIEF_A_DAY:
            chosen.append(e)
    ids = {e.id for e in chosen[:BRIEF_LINES]}
    return tuple(entry_view(desk, e) for e in done if e.id in ids)


def _day_of(entry: TimelineEntry) -> str:
    return (entry.earliest or entry.latest or "")[:10]


def _happened(desk: Desk, entry: TimelineEntry) -> bool:
    """Whether at least one of its events is told as done or going on."""
    return bool(_told_as(desk, entry) & DONE)


def _told_as(desk: Desk, entry: TimelineEntry) -> frozenset[str]:
    """The statuses of an entry's events, as its own sentences tell them."""
    events = (desk.events[i] for i in entry.events if i in desk.events)
    return frozenset(status for e in events for status in _as_told(entry, e))


def _as_told(entry: TimelineEntry, event: Event) -> frozenset[str]:
    """What an entry's sentences tell an event as: another report may tell it otherwise."""
    inside = frozenset(
        a.status
        for a in event.accounts
        if any(
            c.capture_id == a.citation.capture_id
            and c.capture_start <= a.citation.capture_start
            and a.citation.capture_end <= c.capture_end
            for c in entry.citations
        )
    )
    return inside or frozenset({event.status})


# --------------------------------------------------------------------------- statements


@dataclass(frozen=True)
class Said:
    """A statement with all that keeps it from being misread."""

    statement: Statement
    article: Article | None
    act: str
    flags: tuple[str, ...]
    negated: bool
    content: tuple[Citation, ...]
    when: str
    inside: Statement | None
    stands: str
    cited: Cited


@dataclass(frozen=True)
class Speaker:
    """One speaker's statements. `ref` None: the report does not say who.

    `total` counts all in the story, of which a page may show fewer; `first` is the first one's id.
    """

    name: str
    ref: ActorRef | None
    said: tuple[Said, ...]
    total: int
    first: str


def said_view(desk: Desk, item: Statement) -> Said:
    article = desk.article(item.article_id)
    versions = len(article.versions) if article else len(item.versions)
    here = len(item.versions)
    modality = wording.MODALITIES.get(item.modality, item.modality)
    return Said(
        statement=item,
        article=article,
        act=wording.ACTS.get(item.act, item.act),
        flags=(modality,) if modality else (),
        negated=item.polarity == "negative",
        content=item.content or (item.citation,),
        when=wording.bounds(item.said),
        inside=desk.statement(item.within),
        stands="" if here >= versions else f"in {here} of {versions} versions",
        cited=citations.cited(
            item.content or (item.citation,),
            article,
            desk.capture,
            desk.version,
            citations.about_statement(item),
        ),
    )


def said_at(desk: Desk, citation: Citation) -> tuple[Statement, ...]:
    """The statements of a report one of whose citations is this one, as printed."""
    article = desk.article_of(citation)
    found = desk.library.by(Statement, "article_id", article.id) if article else ()
    here = [s for s in found if citation.address in {c.address for c in _citations(s)}]
    return tuple(sorted(here, key=lambda s: (s.citation.capture_start, s.id)))


def _citations(item: Statement) -> Iterator[Citation]:
    yield from (item.citation, *item.content)
    held = (item.speaker, item.addressee, item.place)
    for citation in (item.cue, item.condition, *(one.citation for one in held if one)):
        if citation is not None:
            yield citation


def _who(item: Statement) -> tuple[int, str]:
    if item.speaker is None:
        return (1, "")
    return (0, item.speaker.actor_id or f"name:{item.speaker.name}")


def by_speaker(desk: Desk) -> tuple[Statement, ...]:
    """Statements by speaker: who said most first, those without a known speaker last."""
    groups: dict[tuple[int, str], list[Statement]] = {}
    for item in desk.statements:
        groups.setdefault(_who(item), []).append(item)
    order = sorted(groups, key=lambda who: (who[0], -len(groups[who]), _name(groups[who][0])))
    return tuple(item for who in order for item in groups[who])


def few_by_speaker(items: Sequence[Statement]) -> tuple[Statement, ...]:
    """The first statements of every speaker: nobody is pushed out by those who said most."""
    groups = [list(group) for _, group in groupby(items, key=_who)]
    each = SAID_EACH if len(groups) <= MANY_SPEAKERS else 1
    return tuple(item for group in groups for item in group[:each])


def _name(item: Statement) -> str:
    return item.speaker.name if item.speaker else "Speaker unknown"


def speakers(desk: Desk, items: Sequence[Statement]) -> tuple[Speaker, ...]:
    """The same, under the speakers' names."""
    made = []
    total = Counter(_who(s) for s in desk.statements)
    first: dict[tuple[int, str], str] = {}
    for item in desk.statements:
        first.setdefault(_who(item), item.id)
    for who, group in groupby(items, key=_who):
        said = tuple(group)
        views = tuple(said_view(desk, s) for s in said)
        made.append(Speaker(_name(said[0]), said[0].speaker, views, total[who], first[who]))
    return tuple(made)

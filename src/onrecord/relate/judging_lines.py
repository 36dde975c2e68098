"""What people decided about statements, reuse, actors and stories, laid over what the stages found.

Pure; each is called at the end of its stage, so that all that follows is built on the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from onrecord.records import (
    Actor,
    ActorLink,
    ActorRef,
    Mention,
    Reuse,
    Ruling,
    Statement,
    Story,
)
from onrecord.relate.actor_members import Member, form
from onrecord.relate.actor_merge import Cluster
from onrecord.relate.judging import Entry, Lines, docket

# --------------------------------------------------------------------------- statements


def statement_addresses(one: Statement) -> tuple[str, ...]:
    """What a judgement of a statement hangs on: the statement, then what it says, without repetition."""
    return tuple(dict.fromkeys(c.address for c in (one.citation, *one.content)))


def corrected(
    statements: Iterable[Statement], found: Iterable[Ruling], links: Iterable[ActorLink]
) -> Iterator[Statement]:
    """The statements of one article: those rejected are gone, those relabelled read as decided."""
    entries = docket(found, "statement")
    if not entries:
        yield from statements
        return
    every = {s.id: s for s in statements}
    names = _names(links)
    rejected: set[str] = set()
    for entry, ids in meet_statements(every, entries):
        for one in ids:
            if entry.judgement.verdict == "reject":
                rejected.add(one)
            else:
                rejected.discard(one)
                every[one] = _relabelled(every[one], entry, names)
    for one, statement in every.items():
        if one not in rejected:
            yield structs.replace(statement, within=_outer(statement, every, rejected))


def meet_statements(
    statements: Mapping[str, Statement], entries: Iterable[Entry]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The statements that each judgement meets. Several stand in one sentence: where the first address
    meets more than one, those whose contents the other addresses meet best."""
    places = Lines({i: (s.citation.address,) for i, s in statements.items()})
    contents = Lines({i: [c.address for c in s.content] for i, s in statements.items()})
    for entry in entries:
        met = places.meet(entry.about[0]).lines
        scores = dict.fromkeys(met, (0, 0))
        for slot in entry.about[1:]:
            inner = contents.meet(slot)
            for one in scores.keys() & set(inner.lines):
                exact, near = scores[one]
                scores[one] = (exact + inner.exact, near + 1)
        best = max(scores.values(), default=(0, 0))
        yield entry, tuple(sorted(one for one, score in scores.items() if score == best))


def _names(links: Iterable[ActorLink]) -> dict[str, str]:
    """Name in lower case -> the only actor of the article that bears it."""
    found: dict[str, set[str]] = {}
    for link in links:
        found.setdefault(link.name.casefold(), set()).add(link.actor_id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def _relabelled(statement: Statement, entry: Entry, names: Mapping[str, str]) -> Statement:
    value = entry.judgement.value
    if value is None or entry.judgement.verdict != "relabel":
        return statement
    speaker = statement.speaker
    if value.speaker is not None and (speaker is None or speaker.name != value.speaker):
        known = names.get(value.speaker.casefold())
        speaker = ActorRef(actor_id=known, name=value.speaker, citation=None)
    return structs.replace(
        statement,
        act=value.act or statement.act,
        polarity=value.polarity or statement.polarity,
        modality=value.modality or statement.modality,
        speaker=speaker,
    )


def _outer(statement: Statement, every: Mapping[str, Statement], rejected: set[str]) -> str | None:
    """The nearest statement around this one that was not rejected."""
    outer, seen = statement.within, {statement.id}
    while outer in rejected and outer not in seen:
        seen.add(outer)
        outer = every[outer].within
    return None if outer in rejected else outer


# --------------------------------------------------------------------------- reuse


def reuse_addresses(one: Reuse) -> tuple[str, ...]:
    """What a judgement of a reuse hangs on: its source if it was captured, its target, all others."""
    source = (one.source.address,) if one.source.address else ()
    return tuple(dict.fromkeys((*source, one.target.address, *(c.address for c in one.others))))


def kept(rows: Iterable[Reuse], found: Iterable[Ruling]) -> Iterator[Reuse]:
    """The reuse but for what was rejected, whichever side it names as the source."""
    entries = docket(found, "reuse")
    if not entries:
        yield from rows
        return
    every = {row.id: row for row in rows}
    gone: set[str] = set()
    for entry, ids in meet_reuse(every, entries):
        if entry.judgement.verdict == "reject":
            gone |= ids
        else:
            gone -= ids
    yield from (row for i, row in every.items() if i not in gone)


def meet_reuse(
    rows: Mapping[str, Reuse], entries: Iterable[Entry]
) -> Iterator[tuple[Entry, frozenset[str]]]:
    """The rows that each judgement meets with all of its addresses; of one kind, if it names it."""
    lines = Lines({i: reuse_addresses(row) for i, row in rows.items()})
    for entry in entries:
        kind = entry.judgement.value.kind if entry.judgement.value else None
        met = [set(lines.meet(slot).lines) for slot in entry.about if slot]
        whole = len(met) == len(entry.about)
        ids = set.intersection(*met) if met and whole else set[str]()
        yield entry, frozenset(i for i in ids if kind in (None, rows[i].kind))


# --------------------------------------------------------------------------- actors


@dataclass(frozen=True)
class Decided:
    """A cluster with what was decided about its name and kind, the latest last."""

    cluster: Cluster
    entries: tuple[Entry, ...] = ()


def decided(clusters: Sequence[Cluster], found: Iterable[Ruling]) -> list[Decided]:
    """The clusters behind all merges and splits, in order of time; then what renames or relabels them."""
    entries = docket(found, "actor")
    if not entries:
        return [Decided(cluster) for cluster in clusters]
    groups = list(clusters)
    mentions = _mentions(groups)
    lines = Lines({i: (m.citation.address,) for i, m in mentions.items()})
    named: list[tuple[Entry, set[str]]] = []
    for entry in entries:
        met = [set(lines.meet(slot).lines) for slot in entry.about]
        if entry.judgement.verdict == "merge":
            groups = _merged(groups, met, entry)
        elif entry.judgement.verdict == "split":
            groups = _split(groups, set[str]().union(*met), entry)
        if entry.judgement.value and entry.judgement.verdict != "confirm":
            named.append((entry, set[str]().union(*met)))
    return [
        Decided(g, tuple(entry for entry, ids in named if ids & set(_mentions([g]))))
        for g in groups
    ]


def _mentions(clusters: Iterable[Cluster]) -> dict[str, Mention]:
    return {m.id: m for c in clusters for member in c.members for m in member.mentions}


def _merged(clusters: Sequence[Cluster], met: Sequence[set[str]], entry: Entry) -> list[Cluster]:
    """The clusters, those that these mentions are in made one: of the first one's kind."""
    of = {m: i for i, c in enumerate(clusters) for m in _mentions([c])}
    chosen = list(dict.fromkeys(of[m] for ids in met for m in sorted(ids)))
    if len(chosen) < 2:
        return list(clusters)
    whole = Cluster()
    for i in chosen:
        whole.add(clusters[i].members)
        whole.reasons += [r for r in clusters[i].reasons if r not in whole.reasons]
    whole.reasons.append(f"merged {entry.by}")
    return [
        whole if i == chosen[0] else cluster
        for i, cluster in enumerate(clusters)
        if i == chosen[0] or i not in chosen
    ]


def _split(clusters: Sequence[Cluster], apart: set[str], entry: Entry) -> list[Cluster]:
    """The clusters without these mentions, and one of these mentions alone."""
    made: list[Cluster] = []
    own: list[Member] = []
    for cluster in clusters:
        held = set(_mentions([cluster]))
        if not held & apart:
            made.append(cluster)
            continue
        rest = [m for member in cluster.members if (m := _part(member, held - apart))]
        own += [m for member in cluster.members if (m := _part(member, apart))]
        if rest:
            left = Cluster()
            left.add(rest)
            left.reasons += [*cluster.reasons, f"others split off {entry.by}"]
            made.append(left)
    if own:
        new = Cluster()
        new.add(own, f"split off {entry.by}")
        made.append(new)
    return made


def _part(member: Member, wanted: set[str]) -> Member | None:
    """The member with these of its mentions alone. A part is named by its own words, if it has any."""
    mentions = tuple(m for m in member.mentions if m.id in wanted)
    if not mentions or len(mentions) == len(member.mentions):
        return member if mentions else None
    forms = tuple(dict.fromkeys(f for m in mentions if (f := form(m))))
    return replace(
        member,
        first=min(m.id for m in mentions),
        mentions=mentions,
        forms=forms,
        offices=tuple(dict.fromkeys(m.office for m in mentions if m.office)),
        name=member.name if member.name in forms or not forms else max(forms, key=len),
    )


def renamed(actor: Actor, entries: Sequence[Entry]) -> Actor:
    """The actor by the name, kind and country that were decided."""
    for entry in entries:
        value = entry.judgement.value
        if value is None:
            continue
        was = actor.name
        actor = structs.replace(
            actor,
            name=value.name or actor.name,
            kind=value.kind or actor.kind,
            country=value.country or actor.country,
        )
        if actor.name != was:
            aliases = tuple(sorted(({*actor.aliases, was}) - {actor.name}))
            basis = f"{actor.basis}; named {entry.by}, was {was}"
            actor = structs.replace(actor, aliases=aliases, basis=basis)
        if value.kind or value.country:
            actor = structs.replace(actor, basis=f"{actor.basis}; relabelled {entry.by}")
    return actor


# --------------------------------------------------------------------------- stories


@dataclass(frozen=True)
class Grouping:
    """A story before it is written: its episodes, each a row of article ids, and why they are one."""

    episodes: tuple[tuple[str, ...], ...]
    why: str

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(a for episode in self.episodes for a in episode)


def regrouped(stories: Sequence[Grouping], found: Iterable[Ruling]) -> list[Grouping]:
    """The stories behind all merges and moves, in order of time."""
    for entry in docket(found, "story"):
        if entry.judgement.verdict == "merge":
            stories = _joined(stories, [set(ids) for ids in entry.articles], entry)
        elif entry.judgement.verdict == "split":
            about = len(entry.judgement.about.addresses)
            known = {a for s in stories for a in s.articles}
            moved = known & {a for ids in entry.articles[:about] for a in ids}
            to = min(known & {a for ids in entry.articles[about:] for a in ids}, default=None)
            asked = entry.judgement.value is not None and entry.judgement.value.to is not None
            if not asked or to is not None:
                stories = _moved(stories, moved, to, entry)
    return list(stories)


def _joined(
    stories: Sequence[Grouping], sides: Sequence[set[str]], entry: Entry
) -> Sequence[Grouping]:
    wanted = set[str]().union(*sides)
    chosen = [s for s in stories if s.articles & wanted]
    if len(chosen) < 2:
        return stories
    why = "; ".join([*dict.fromkeys(s.why for s in chosen), f"merged {entry.by}"])
    whole = Grouping(tuple(e for s in chosen for e in s.episodes), why)
    return [whole if s is chosen[0] else s for s in stories if s is chosen[0] or s not in chosen]


def _moved(
    stories: Sequence[Grouping], moved: set[str], to: str | None, entry: Entry
) -> Sequence[Grouping]:
    """Takes articles out of their stories, into the episode of `to` or a story of their own."""
    moved = {a for a in moved if a != to}
    made: list[Grouping] = []
    apart: list[tuple[str, ...]] = []
    for story in stories:
        rows = [(e, tuple(a for a in e if a not in moved)) for e in story.episodes]
        taken = [tuple(a for a in e if a in moved) for e in story.episodes]
        apart += [e for e in taken if e]
        left = [row for _, row in rows if row]
        why = f"{story.why}; others moved {entry.by}" if any(taken) else story.why
        if to in story.articles:
            left = [(*e, *(a for a in sorted(moved))) if to in e else e for e in left]
            why = f"{story.why}; others moved in {entry.by}"
        if left:
            made.append(Grouping(tuple(left), why) if why != story.why else story)
    if to is None and apart:
        made.append(Grouping(tuple(apart), f"set apart {entry.by}"))
    return made


def titled(story: Story, found: Iterable[Ruling]) -> Story:
    """The story by the title that was decided last."""
    for entry in docket(found, "story"):
        value = entry.judgement.value
        here = {a for ids in entry.articles[: len(entry.about)] for a in ids}
        if (
            value
            and value.name
            and entry.judgement.verdict == "rename"
            and here & set(story.articles)
        ):
            basis = f"{story.basis}; titled {entry.by}, was “{story.title}”"
            story = structs.replace(story, title=value.name, basis=basis)
    return story

"""Statements and narrated events of one episode -> Claim: who says the same, and where accounts differ.

Candidates come from an index over content words, actors and quoted phrases, so that adding a report
touches only what it shares words with; pairs are related by comparing.compare; a claim is what hangs
together by relations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.options import option
from onrecord.records import (
    ActorLinks,
    Article,
    Citation,
    Claim,
    ClaimMember,
    DateExpression,
    Event,
    Mention,
    Relation,
    Reuse,
    Ruling,
    Sentence,
    Statement,
    Story,
    Version,
)
from onrecord.relate.comparing import Finding, compare
from onrecord.relate.components import connected_upto
from onrecord.relate.frames import Frame, Reader, event_frames, statement_frame
from onrecord.relate.judging import reviewed
from onrecord.stage import Group, Resources
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id
from onrecord.text.instants import sort_key


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the claims stage."""

    common: int = option(
        40,
        "Words that stand in more lines of an episode than this bring no lines together",
        unit="lines",
    )
    partners: int = option(
        24,
        "Lines each line is compared with at most, those with most shared words first",
        unit="lines",
    )
    members: int = option(
        40,
        "Lines one claim may hold; what hangs on beyond them makes a claim of its own",
        unit="lines",
    )


def readers(group: Group) -> dict[str, Reader]:
    """A reader for every version of the group's articles, by version id."""
    sentences, mentions, dates = defaultdict(list), defaultdict(list), defaultdict(list)
    for s in group.all(Sentence):
        sentences[s.version_id].append(s)
    for m in group.all(Mention):
        mentions[m.version_id].append(m)
    for d in group.all(DateExpression):
        dates[d.citation.version_id].append(d)
    links = {one.article_id: one for one in group.all(ActorLinks)}
    return {
        v.id: Reader(v, sentences[v.id], mentions[v.id], links.get(v.article_id), dates[v.id])
        for v in group.all(Version)
    }


def frames_of(group: Group, found: dict[str, Reader]) -> list[Frame]:
    """The frames of all statements and narrated events, ordered by article and place."""
    outlets = {a.id: a.outlet for a in group.all(Article)}
    published = {a.id: a.published.earliest for a in group.all(Article)}
    frames: list[Frame] = []
    by_id = {s.id: s for s in group.all(Statement)}
    for statement in group.all(Statement):
        if _is_part(statement, by_id.get(statement.within or "")):
            continue
        reader = found.get(statement.citation.version_id or "")
        frame = (
            statement_frame(statement, reader, outlets.get(statement.article_id))
            if reader
            else None
        )
        if frame:
            frames.append(frame)
    spoken = _cues(group.all(Statement))
    for event in group.all(Event):
        if event.status != "planned" or len(event.accounts) > 1:
            told = event_frames(event, found, outlets, published)
            frames.extend(f for f in told if not _is_spoken(f, event, spoken))
    return sorted(
        frames,
        key=lambda f: (
            f.article_id,
            f.citation.capture_start,
            f.citation.capture_end,
            f.statement_id or "",
            f.event_id or "",
        ),
    )


def _is_part(statement: Statement, outer: Statement | None) -> bool:
    """Whether a statement only picks a pledge or a condition out of what the same speaker says in the
    statement around it, which is compared as a whole."""
    return (
        outer is not None
        and statement.speaker is not None
        and outer.speaker is not None
        and statement.speaker.name == outer.speaker.name
    )


def _cues(statements: Sequence[Statement]) -> dict[str | None, list[Citation]]:
    cues: dict[str | None, list[Citation]] = defaultdict(list)
    for statement in statements:
        if statement.cue:
            cues[statement.cue.version_id].append(statement.cue)
    return cues


def _is_spoken(frame: Frame, event: Event, cues: dict[str | None, list[Citation]]) -> bool:
    """Whether an event is the saying of something that stands among the statements already: "warned
    that …" is one line of the record, not two."""
    c = frame.citation
    if c.start is None or c.end is None:
        return False
    stem = event.predicate[:4]
    return any(
        cue.start is not None and c.start <= cue.start < c.end and stem in fold_loose(cue.quote)
        for cue in cues[c.version_id]
    )


def candidates(frames: Sequence[Frame], options: Options) -> list[tuple[int, int]]:
    """Pairs of frames of different reports that share words, actors or a quoted phrase."""
    index: dict[str, list[int]] = defaultdict(list)
    for i, frame in enumerate(frames):
        keys = {f"w {x}" for x in frame.lemmas} | {f"a {x}" for x in frame.actors}
        keys |= {f"q {x} {y}" for q in frame.quotes for x, y in pairwise(q)}
        for key in sorted(keys):
            index[key].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for _, places in sorted(index.items()):
        if len(places) > options.common:
            continue
        for n, i in enumerate(places):
            for j in places[n + 1 :]:
                if frames[i].article_id != frames[j].article_id:
                    shared[i, j] += 1
    best: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (i, j), count in shared.items():
        if count >= 2:
            best[i].append((-count, i, j))
            best[j].append((-count, i, j))
    kept: set[tuple[int, int]] = set()
    for pairs in best.values():
        counts = sorted((-count for count, _, _ in pairs), reverse=True)
        least = counts[options.partners - 1] if len(counts) > options.partners else 0
        # Ties at the cut go together: by order alone, a hash would decide what is compared.
        least += least == 2
        kept |= {(i, j) for count, i, j in pairs if -count >= least}
    return sorted(kept)


def copied_pairs(group: Group) -> frozenset[frozenset[str]]:
    """Pairs of articles of which one is a printed copy of the other: they count as one account."""
    return frozenset(frozenset(r.articles) for r in group.all(Reuse) if r.kind == "copy")


def work(group: Group, options: Options, resources: Resources) -> Iterator[Claim]:
    """All claims of one story, with what people decided about their relations."""
    return reviewed(_found(group, options), group.all(Ruling))


def _found(group: Group, options: Options) -> Iterator[Claim]:
    """The claims, episode by episode."""
    story = group.one(Story)
    found = readers(group)
    every = frames_of(group, found)
    copies = copied_pairs(group)
    articles = {a.id: a for a in group.all(Article)}
    for episode in story.episodes:
        inside = set(episode.articles)
        frames = [f for f in every if f.article_id in inside]
        if len(inside) > 1:
            yield from _claims(story.id, episode.articles, frames, copies, articles, options)


STRENGTH = {
    "same_quote": 0,
    "adds": 1,
    "contradicts": 2,
    "incompatible_accounts": 2,
    "paraphrase": 3,
    "differs": 4,
    "corroborates": 5,
}
"""The order in which relations join lines into a claim: the surest first."""


def _claims(
    story_id: str,
    episode: Sequence[str],
    frames: Sequence[Frame],
    copies: frozenset[frozenset[str]],
    articles: dict[str, Article],
    options: Options,
) -> Iterator[Claim]:
    related: dict[tuple[int, int], Finding] = {}
    for i, j in candidates(frames, options):
        a, b = frames[i], frames[j]
        finding = compare(a, b)
        if (
            finding
            and frozenset((a.article_id, b.article_id)) in copies
            and finding.relation == "corroborates"
        ):
            finding = Finding("paraphrase", None, "printed copies of one text: one account")
        if finding:
            related[i, j] = finding
    ordered = sorted(related, key=lambda pair: (STRENGTH[related[pair].relation], pair))
    for members in connected_upto(len(frames), ordered, options.members):
        if len(members) < 2:
            continue
        ids = {i: _member_id(frames[i]) for i in members}
        first = min(
            members,
            key=lambda i: (
                *sort_key(_published(articles, frames[i]), frames[i].article_id),
                frames[i].citation.capture_start,
                ids[i],
            ),
        )
        carried = {frames[i].article_id for i in members}
        denying = _denying(frames, members, related)
        yield Claim(
            id=make_id("clm", "claim", ids[first]),
            story_id=story_id,
            text=frames[first].text,
            members=tuple(
                _member(frames[i], ids[i], i in denying)
                for i in sorted(members, key=lambda i: ids[i])
            ),
            relations=tuple(
                Relation(a=ids[i], b=ids[j], relation=f.relation, in_=f.in_, basis=f.basis)
                for (i, j), f in sorted(
                    related.items(),
                    key=lambda row: (ids.get(row[0][0], ""), ids.get(row[0][1], "")),
                )
                if i in ids and j in ids
            ),
            silent=tuple(sorted(a for a in episode if a not in carried and articles[a].versions)),
        )


def _published(articles: dict[str, Article], frame: Frame) -> str | None:
    return articles[frame.article_id].published.earliest


def _member_id(frame: Frame) -> str:
    return make_id(
        "mem", frame.statement_id or frame.event_id, frame.article_id, frame.citation.address
    )


def _denying(
    frames: Sequence[Frame], members: Sequence[int], related: dict[tuple[int, int], Finding]
) -> set[int]:
    """The lines that deny: by their act, or by saying not what another line of the claim says. A
    sentence that merely holds a "no" ("had no running water") denies nothing."""
    inside = set(members)
    found = {i for i in members if frames[i].act in ("deny", "refuse") and frames[i].negative}
    for (i, j), finding in related.items():
        if i in inside and j in inside and finding.in_ in ("polarity", "characterisation"):
            found |= {k for k in (i, j) if frames[k].negative}
    return found | {i for i in members if frames[i].status == "denied"}


def _member(frame: Frame, identity: str, denies: bool) -> ClaimMember:
    return ClaimMember(
        id=identity,
        statement_id=frame.statement_id,
        event_id=frame.event_id,
        article_id=frame.article_id,
        outlet=frame.outlet,
        holder=frame.holder,
        stance="denies" if denies else "asserts",
        citation=frame.citation,
    )

"""Candidates, actors, days and a story made by hand, for tests of events and the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import (
    ActorLink,
    ActorLinks,
    Article,
    DateExpression,
    Episode,
    Event,
    EventCandidate,
    Holder,
    Statement,
    Story,
    Version,
)
from onrecord.text.citing import cite
from onrecord.text.ids import make_id


def span(version: Version, words: str) -> tuple[int, int]:
    low = version.text.index(words)
    return low, low + len(words)


def holder(version: Version, name: str) -> Holder:
    """A filler whose mention is the actor of that name (see `links`)."""
    return Holder(
        name=name,
        mention_id=f"men-{version.id}-{name}",
        citation=cite(version, *span(version, name)),
    )


def links(article: Article, versions: Sequence[Version], names: Sequence[str]) -> ActorLinks:
    """Every name is an actor of its own: act-NAME."""
    return ActorLinks(
        id=make_id("lnk", article.id),
        article_id=article.id,
        links=tuple(
            ActorLink(
                mention_id=f"men-{v.id}-{name}",
                actor_id=f"act-{name}",
                name=name,
                kind="government",
                country=None,
            )
            for v in versions
            for name in names
        ),
    )


def candidate(
    version: Version,
    clause: str,
    trigger: str,
    *,
    kind: str | None = "ASSAULT",
    mode: str | None = "explosives",
    predicate: str = "bomb",
    actors: Sequence[str] = ("Norland",),
    recipients: Sequence[str] = ("Dell",),
    status: str = "happened",
    dates: Sequence[str] = (),
    statement: str | None = None,
    about: Sequence[str] = (),
) -> EventCandidate:
    start, end = span(version, trigger)
    return EventCandidate(
        id=make_id("evc", version.id, "event", start, end),
        version_id=version.id,
        article_id=version.article_id,
        sentence=0,
        kind=kind,
        mode=mode,
        predicate=predicate,
        actors=tuple(holder(version, n) for n in actors),
        recipients=tuple(holder(version, n) for n in recipients),
        about=tuple(about),
        dates=tuple(dates),
        place=None,
        status=status,
        status_basis="as narrated",
        condition=None,
        statement=statement,
        trigger=cite(version, start, end),
        citation=cite(version, *span(version, clause)),
    )


def day(version: Version, words: str, value: str) -> DateExpression:
    """A time expression that means one day; its candidate is dtc-VERSION-WORDS."""
    return DateExpression(
        id=make_id("dat", version.id, words),
        article_id=version.article_id,
        candidate_id=f"dtc-{version.id}-{words}",
        citation=cite(version, *span(version, words)),
        type="DATE",
        value=value,
        earliest=value,
        latest=value,
        basis="written out",
    )


def statement(version: Version, content: str) -> Statement:
    low, high = span(version, content)
    from onrecord.records import Bounds

    return Statement(
        id=make_id("sta", version.id, low),
        article_id=version.article_id,
        versions=(version.id,),
        citation=cite(version, low, high),
        speaker=None,
        cue=None,
        content=(cite(version, low, high),),
        addressee=None,
        manner="indirect",
        act="assert",
        polarity="positive",
        modality="asserted",
        condition=None,
        said=Bounds(),
        place=None,
        within=None,
        via=(),
    )


def story(articles: Sequence[Article], episodes: Sequence[Sequence[str]] = ()) -> Story:
    ids = tuple(sorted(a.id for a in articles))
    return Story(
        id="sto-1",
        title="Dell",
        articles=ids,
        episodes=tuple(
            Episode(id=f"epi-{n}", title="", earliest=None, latest=None, articles=tuple(members))
            for n, members in enumerate(episodes or (ids,))
        ),
        basis="made by hand",
    )


def event_of(
    members: Sequence[tuple[Version, str]], *, status: str = "happened", on: str | None = None
) -> Event:
    """An event cited at these words."""
    citations = tuple(cite(v, *span(v, words)) for v, words in members)
    return Event(
        id=make_id("evt", "event", citations[0].address),
        story_id="sto-1",
        kind="ASSAULT",
        mode=None,
        predicate="bomb",
        actors=("act-Norland",),
        recipients=("act-Dell",),
        earliest=on,
        latest=on,
        place=None,
        status=status,
        condition=None,
        attributed_to=None,
        articles=tuple(dict.fromkeys(v.article_id for v, _ in members)),
        citations=citations,
        accounts=(),
        basis="made by hand",
    )

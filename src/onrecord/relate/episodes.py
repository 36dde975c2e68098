"""Story -> EpisodeReports: what claims are made from, and nothing more.

A story of few reports is compared whole: what came of a matter is told in a later episode, and a claim of
the first is followed there. In a long story a report that is added changes the row of its own episode
alone, so only that episode's lines are compared again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.options import option
from onrecord.records import EpisodeReports, Event, EventAt, Reuse, Story
from onrecord.stage import Group, Resources


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the episodes stage."""

    whole: int = option(
        60,
        "Lines of a story of at most so many reports are compared across its episodes, those of a longer "
        "one episode by episode",
        unit="reports",
    )


def work(group: Group, options: Options, resources: Resources) -> Iterator[EpisodeReports]:
    """The reports of one story that are compared with one another; each article is in exactly one row."""
    story = group.one(Story)
    copied = sorted({(r.articles[0], r.articles[1]) for r in group.all(Reuse) if r.kind == "copy"})
    told: dict[str, list[EventAt]] = defaultdict(list)
    for event in group.all(Event):
        for account in event.accounts:
            told[account.article_id].append(
                EventAt(address=account.citation.address, event_id=event.id, status=account.status)
            )
    every = [[episode] for episode in story.episodes]
    if len(story.articles) <= options.whole:
        every = [list(story.episodes)]
    for episodes in every:
        articles = tuple(a for episode in episodes for a in episode.articles)
        inside = set(articles)
        yield EpisodeReports(
            id=episodes[0].id,
            story_id=story.id,
            articles=articles,
            episodes=tuple(episode.articles for episode in episodes),
            copies=tuple((a, b) for a, b in copied if a in inside and b in inside),
            events=tuple(
                sorted(
                    (e for a in articles for e in told[a]),
                    key=lambda e: (e.address, e.event_id),
                )
            ),
        )

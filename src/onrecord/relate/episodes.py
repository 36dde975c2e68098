"""Story -> EpisodeReports: what the claims of each episode are made from, and nothing more.

A report that is added to a long story changes the row of its own episode alone, so only that
episode's lines are compared again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import EpisodeReports, Event, EventAt, Reuse, Story
from onrecord.stage import Group, Resources


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the episodes stage."""


def work(group: Group, options: Options, resources: Resources) -> Iterator[EpisodeReports]:
    """The episodes of one story that have several reports or one; each article is in exactly one."""
    story = group.one(Story)
    copied = sorted({(r.articles[0], r.articles[1]) for r in group.all(Reuse) if r.kind == "copy"})
    told: dict[str, list[EventAt]] = defaultdict(list)
    for event in group.all(Event):
        for account in event.accounts:
            told[account.article_id].append(
                EventAt(address=account.citation.address, event_id=event.id, status=account.status)
            )
    for episode in story.episodes:
        inside = set(episode.articles)
        yield EpisodeReports(
            id=episode.id,
            story_id=story.id,
            articles=episode.articles,
            copies=tuple((a, b) for a, b in copied if a in inside and b in inside),
            events=tuple(
                sorted(
                    (e for a in episode.articles for e in told[a]),
                    key=lambda e: (e.address, e.event_id),
                )
            ),
        )

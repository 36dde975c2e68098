"""Primary sources for pages: what reports name, whether the record holds it, how they quote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.publish.desk import Desk
from onrecord.records import Article, Capture, PrimarySource, QuotedFrom
from onrecord.text.instants import sort_key


@dataclass(frozen=True)
class Quoted:
    """A quotation beside the words of the source, and the report it stands in."""

    quote: QuotedFrom
    article: Article | None


@dataclass(frozen=True)
class Named:
    """One source as one report names it."""

    source: PrimarySource
    article: Article | None
    capture: Capture | None
    quotes: tuple[Quoted, ...]


def named(desk: Desk) -> tuple[PrimarySource, ...]:
    """The story's primary sources: those held first, then by publication of the report."""
    found = desk.library.by(PrimarySource, "story_id", desk.story.id)

    def key(one: PrimarySource) -> tuple[object, ...]:
        article = desk.article(one.article_id)
        when = sort_key(article.published.earliest if article else None, one.article_id)
        return one.held is None, one.kind == "agency text", *when, one.text.capture_start, one.id

    return tuple(sorted(found, key=key))


def views(desk: Desk, items: Sequence[PrimarySource]) -> tuple[Named, ...]:
    return tuple(
        Named(
            one,
            desk.article(one.article_id),
            desk.capture(one.held) if one.held else None,
            tuple(Quoted(q, desk.article(q.article_id)) for q in one.quotes),
        )
        for one in items
    )

"""A story's desk: its reports at hand, and the small questions every section asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from onrecord.publish.library import Library
from onrecord.records import (
    Article,
    Bounds,
    Capture,
    Change,
    Citation,
    Claim,
    Commitment,
    Event,
    Reuse,
    Statement,
    Story,
    TimelineEntry,
    Version,
)
from onrecord.text.citing import cite
from onrecord.text.instants import sort_key

T = TypeVar("T")

NO_STORY = Story(id="", title="", articles=(), episodes=(), basis="")
"""What a desk is of on pages over the whole record."""

KEPT = 64
"""Versions that a desk keeps in memory at a time."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. `number` counts from 1; `size` None means all on one page."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int

    @property
    def more(self) -> int:
        """How many are not on this page."""
        return self.total - len(self.items)


def page(items: Sequence[T], number: int = 1, size: int | None = None) -> Page[T]:
    """The page of that number, or the nearest there is."""
    total = len(items)
    if size is None or total == 0:
        return Page(tuple(items), 1, 1, total)
    pages = -(-total // size)
    number = min(max(number, 1), pages)
    return Page(tuple(items[(number - 1) * size : number * size]), number, pages, total)


def key_of(bounds: Bounds, tie: str = "") -> tuple[int, str, str]:
    """Orders by when something was, unknown last. What only has a latest bound counts as that."""
    return sort_key(bounds.earliest or bounds.latest, tie)


class Desk:
    """A story with its reports. Loads a version's text only where a section needs it."""

    def __init__(self, library: Library, story: Story) -> None:
        self.library = library
        self.story = story
        self._recent: dict[str, Version | None] = {}
        self._elsewhere: dict[str, Article | None] = {}
        self._captures: dict[str, Capture | None] = {}

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The story's reports by publication, unknown last."""
        found = self.library.load(Article, self.story.articles)
        return tuple(sorted(found, key=lambda a: key_of(a.published, a.id)))

    @cached_property
    def by_id(self) -> dict[str, Article]:
        return {a.id: a for a in self.articles}

    def article(self, article_id: str | None) -> Article | None:
        """A report of this story, or of another one."""
        if article_id is None:
            return None
        if article_id in self.by_id:
            return self.by_id[article_id]
        if article_id not in self._elsewhere:
            self._elsewhere[article_id] = self.library.get(Article, article_id)
        return self._elsewhere[article_id]

    @cached_property
    def _of_capture(self) -> dict[str, Article]:
        return {i: a for a in self.articles for i in a.captures}

    def article_of(self, citation: Citation) -> Article | None:
        """The report that a citation stands in."""
        found = self._of_capture.get(citation.capture_id)
        if found is not None:
            return found
        if citation.version_id is not None:
            version = self.version(citation.version_id)
            if version is not None:
                return self.article(version.article_id)
        capture = self.capture(citation.capture_id)
        return self.article(capture.article_id) if capture else None

    def captures(self, article: Article) -> tuple[Capture, ...]:
        return tuple(c for i in article.captures if (c := self.capture(i)) is not None)

    def capture(self, capture_id: str) -> Capture | None:
        if capture_id not in self._captures:
            self._captures[capture_id] = self.library.get(Capture, capture_id)
        return self._captures[capture_id]

    def version(self, version_id: str) -> Version | None:
        """A version; the last few asked for are kept at hand."""
        if version_id not in self._recent:
            if len(self._recent) >= KEPT:
                self._recent.pop(next(iter(self._recent)))
            self._recent[version_id] = self.library.get(Version, version_id)
        return self._recent[version_id]

    def versions(self, article: Article) -> tuple[Version, ...]:
        """An article's versions, oldest first."""
        found = (self.version(i) for i in article.versions)
        return tuple(v for v in found if v is not None)

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        return tuple(sorted({a.outlet for a in self.articles if a.outlet}))

    @cached_property
    def newest(self) -> str | None:
        """The newest time that a report of this story gives: what `due` and `past` are measured by."""
        times = [
            t for a in self.articles for t in (a.published.latest or a.published.earliest,) if t
        ]
        times += [c.captured_at for a in self.articles for c in self.captures(a) if c.captured_at]
        return max(times, key=sort_key) if times else None

    @cached_property
    def oldest(self) -> str | None:
        times = [a.published.earliest for a in self.articles if a.published.earliest]
        return min(times, key=sort_key) if times else None

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The story's statements in the order they were said, then as printed."""
        found = [s for a in self.articles for s in self.library.by(Statement, "article_id", a.id)]
        return tuple(
            sorted(
                found, key=lambda s: (*key_of(s.said)[:2], s.article_id, s.citation.capture_start)
            )
        )

    @cached_property
    def _statement(self) -> dict[str, Statement]:
        return {s.id: s for s in self.statements}

    def statement(self, statement_id: str | None) -> Statement | None:
        if statement_id is None:
            return None
        return self._statement.get(statement_id) or self.library.get(Statement, statement_id)

    @cached_property
    def events(self) -> dict[str, Event]:
        return {e.id: e for e in self.library.by(Event, "story_id", self.story.id)}

    @cached_property
    def entries(self) -> tuple[TimelineEntry, ...]:
        found = self.library.by(TimelineEntry, "story_id", self.story.id)
        return tuple(sorted(found, key=lambda e: sort_key(e.earliest or e.latest, e.id)))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return self.library.by(Claim, "story_id", self.story.id)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        found = self.library.by(Commitment, "story_id", self.story.id)
        return tuple(sorted(found, key=lambda c: key_of(c.deadline, c.id)))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return tuple(
            c
            for a in self.articles
            if len(a.versions) > 1
            for c in self.library.by(Change, "article_id", a.id)
        )

    @cached_property
    def reuse(self) -> tuple[Reuse, ...]:
        """What stands in reports of this story and was printed elsewhere too, longest first."""
        mine = set(self.by_id)
        found = [r for r in self.library.all(Reuse) if mine.intersection(r.articles)]
        return tuple(sorted(found, key=lambda r: (-r.words, r.id)))


def try_cite(version: Version, start: int, end: int) -> Citation | None:
    """The citation of a range, white space at its ends left out; None if nothing citable is left."""
    while start < end and version.text[start].isspace():
        start += 1
    while start < end and version.text[end - 1].isspace():
        end -= 1
    try:
        return cite(version, start, end)
    except ValueError:
        return None

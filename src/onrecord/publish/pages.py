"""From views to HTML: the sections of a story and the template environment that app and file share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from onrecord.publish import (
    accounts,
    board,
    decisions,
    figures,
    history,
    marking,
    primary,
    reviewing,
    views,
    wording,
)
from onrecord.publish.desk import Desk, Page, page
from onrecord.publish.links import Links
from onrecord.records import Article, Commitment, Record, Reuse, Statement, TimelineEntry


@dataclass(frozen=True)
class Section:
    """A section of a story: `items` lists what it holds, `show` makes the view of a page of them.

    `first` items stand on the story's page, or those that `pick` chooses; `per` on each page of the
    section's own.
    """

    name: str
    title: str
    note: str
    unit: str
    items: Callable[[Desk], Sequence[Any]]
    show: Callable[[Desk, Sequence[Any]], Any]
    ids: Callable[[Any], str]
    first: int
    per: int
    pick: Callable[[Sequence[Any]], Sequence[Any]] | None = None


def _id(record: Record) -> str:
    return record.id


def _timeline(desk: Desk, items: Sequence[TimelineEntry]) -> tuple[views.Day, ...]:
    return views.days(desk, items)


def _statements(desk: Desk, items: Sequence[Statement]) -> tuple[views.Speaker, ...]:
    return views.speakers(desk, items)


def _histories(desk: Desk, items: Sequence[Article]) -> tuple[history.History, ...]:
    return tuple(history.history(desk, a, desk.changes) for a in items)


def _copies(desk: Desk, items: Sequence[Reuse]) -> tuple[history.CopyGroup, ...]:
    return history.copy_groups(desk, items)


def _commitments(desk: Desk, items: Sequence[Commitment]) -> board.Board:
    return board.board(desk, items)


def _sources(desk: Desk, items: Sequence[Article]) -> tuple[history.SourceRow, ...]:
    return tuple(history.source_row(desk, a) for a in items)


SECTIONS: tuple[Section, ...] = (
    Section(
        "timeline",
        "Timeline",
        "What reports say happened, or would happen, by day. Each line leads to the words it rests on.",
        "line",
        views.told_entries,
        _timeline,
        _id,
        first=40,
        per=100,
    ),
    Section(
        "statements",
        "Who said what",
        "By speaker, in the order things were said. Negations, conditions and doubts are marked.",
        "statement",
        views.by_speaker,
        _statements,
        _id,
        first=30,
        per=80,
        pick=views.few_by_speaker,
    ),
    Section(
        "accounts",
        "Accounts side by side",
        "The same matter in several reports. “Possible contradiction” is a hint by the machine, no finding.",
        "matter",
        accounts.rows,
        accounts.tables,
        lambda item: str(item.claim.id),
        first=12,
        per=15,
    ),
    Section(
        "changes",
        "Changed after publication",
        "Versions of one report, compared word for word. A version nobody captured is named, not guessed.",
        "report",
        history.revised,
        _histories,
        lambda item: f"history-{item.id}",
        first=6,
        per=15,
    ),
    Section(
        "copies",
        "Who copied whom",
        "The same words in more than one report, and what is known of where they came from.",
        "passage",
        history.by_kind,
        _copies,
        _id,
        first=20,
        per=60,
    ),
    Section(
        "commitments",
        "Threats, promises and deadlines",
        "What was announced, on which condition, and what later reports show of it.",
        "commitment",
        lambda desk: desk.commitments,
        _commitments,
        _id,
        first=20,
        per=60,
    ),
    Section(
        "figures",
        "Figures",
        "Numbers of one thing, as reports tell them, by day. “More than” and “about” set bounds.",
        "series",
        figures.by_series,
        figures.views,
        lambda item: str(item[0].id),
        first=8,
        per=20,
    ),
    Section(
        "primary",
        "Primary sources",
        "Letters, calls, speeches, posts, documents and agency texts that reports name, and whether the "
        "record holds them. The command “attach” adds one.",
        "source",
        primary.named,
        primary.views,
        _id,
        first=25,
        per=60,
    ),
    Section(
        "sources",
        "Sources, and what is missing",
        "Every report of this story, with what its capture says of it and what it lacks.",
        "report",
        lambda desk: desk.articles,
        _sources,
        lambda item: f"source-{item.id}",
        first=25,
        per=50,
    ),
)
"""Every section of a story, in the order of the page."""


@dataclass(frozen=True)
class Shown:
    """A section with one page of its items."""

    section: Section
    page: Page[Any]
    view: Any
    ids: frozenset[str]


def shown(
    desk: Desk,
    section: Section,
    *,
    number: int = 1,
    size: int | None = None,
    item: str = "",
    chosen: Sequence[Any] | None = None,
) -> Shown:
    """A page of a section, or of the `chosen` of its items: of that number, or the one that holds
    `item`."""
    items = section.items(desk) if chosen is None else chosen
    if item and size:
        at = next((n for n, i in enumerate(items) if section.ids(i) == item), None)
        number = number if at is None else at // size + 1
    found = page(items, number, size)
    return Shown(
        section,
        found,
        section.show(desk, found.items),
        frozenset(section.ids(i) for i in found.items),
    )


def opening(desk: Desk, section: Section) -> Shown:
    """What the story's page shows of a section."""
    if section.pick is None:
        return shown(desk, section, size=section.first)
    items = section.items(desk)
    some = tuple(section.pick(items))
    found = Page(some, 1, 1, len(items))
    return Shown(section, found, section.show(desk, some), frozenset(section.ids(i) for i in some))


@cache
def asset(name: str) -> str:
    """The text of a file in static/."""
    return files("onrecord.publish").joinpath("static", name).read_text("utf-8")


@cache
def environment() -> jinja2.Environment:
    """The templates: everything is escaped, an unknown name is an error."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.publish", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        w=wording,
        SECTIONS=SECTIONS,
        missing_versions=views.missing_versions,
        decided_words=decisions.in_words,
        decided_in_a_word=decisions.done,
        rejected=reviewing.rejected,
        zip=zip,
    )
    env.filters.update(
        day=wording.day,
        instant=wording.instant,
        bounds=wording.bounds,
        outlet=wording.outlet,
        title_of=wording.title,
        safe_url=marking.safe_url,
        plain=marking.plain,
        without_ids=wording.without_ids,
    )
    return env


def render(template: str, links: Links, **values: Any) -> str:
    """The HTML of a template."""
    return environment().get_template(template).render(links=links, **values)

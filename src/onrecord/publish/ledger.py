"""What the pages of statements show: a page of the ledger under its days or speakers, choices to filter by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.publish import statement_filter, wording
from onrecord.publish.asked import Offered
from onrecord.publish.desk import Desk, Page
from onrecord.publish.library import Library
from onrecord.publish.statement_filter import CONDITIONS
from onrecord.publish.views import Said, said_view
from onrecord.records import Actor, ActorRef, Article, Statement
from onrecord.store.sayings import UNKNOWN, Choice, Counts, Filter, key_of


@dataclass(frozen=True)
class Group:
    """Statements under one heading: those of a day, or of a speaker (`ref`; None: not known)."""

    heading: str
    known: bool
    ref: ActorRef | None
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Listed:
    """One page of the statements that a filter leaves."""

    groups: tuple[Group, ...]
    page: Page[Statement]


def in_order(library: Library, ids: Sequence[str]) -> tuple[Statement, ...]:
    """The statements of these ids, in their order; those that went in the meantime are left out."""
    found = {item.id: item for item in library.load(Statement, ids)}
    return tuple(found[i] for i in ids if i in found)


def listed(desk: Desk, wanted: Filter, total: int, number: int, per: int) -> Listed:
    """A page of statements, or the nearest there is; `total` is how many the filter leaves."""
    pages = max(1, -(-total // per))
    number = min(max(number, 1), pages)
    ids = desk.library.statements(wanted, per, (number - 1) * per) if total else ()
    items = in_order(desk.library, ids)
    made = by_speaker(desk, items) if wanted.sort == "speaker" else by_day(desk, items)
    return Listed(made, Page(items, number, pages, total))


def day_of(item: Statement) -> str:
    """The day of a saying in words: `14 March 2031`, `not after 14 March 2031`, `Day unknown`."""
    first, last = item.said.earliest, item.said.latest
    if first is None and last is None:
        return "Day unknown"
    label = wording.span(first and first[:10], last and last[:10])
    return label[:1].upper() + label[1:]


def by_day(desk: Desk, items: Sequence[Statement]) -> tuple[Group, ...]:
    """Statements in their order, under the days they were said."""
    return tuple(
        Group(label, label != "Day unknown", None, tuple(said_view(desk, s) for s in some))
        for label, some in groupby(items, key=day_of)
    )


def by_speaker(desk: Desk, items: Sequence[Statement]) -> tuple[Group, ...]:
    """Statements in their order, under those who said them."""
    made = []
    for key, group in groupby(items, key=lambda s: key_of(s.speaker)):
        some = tuple(group)
        ref = some[0].speaker
        name = ref.name if ref else "Speaker unknown"
        made.append(Group(name, key != UNKNOWN, ref, tuple(said_view(desk, s) for s in some)))
    return tuple(made)


def names(library: Library, wanted: Filter) -> dict[str, str]:
    """The names of the actors that a filter asks for, by id."""
    asked = (wanted.speaker, wanted.addressee, wanted.about)
    found = (library.get(Actor, i) for i in asked if i and i != UNKNOWN)
    return {actor.id: actor.name for actor in found if actor}


def people(choices: Sequence[Choice], chosen: str, called: dict[str, str]) -> list[Offered]:
    """Speakers or addressees to choose from, by name; one that is chosen is always among them."""
    made = [
        Offered(c.value, c.name or "speaker unknown", c.number, c.value == chosen) for c in choices
    ]
    if chosen and not any(option.chosen for option in made):
        made.append(Offered(chosen, statement_filter.somebody(chosen, called), 0, True))
    return sorted(made, key=lambda o: (o.value == UNKNOWN, o.words.casefold(), o.value))


def outlets(choices: Sequence[Choice], chosen: str) -> list[Offered]:
    """Outlets to choose from, by name."""
    made = [
        Offered(c.value, c.name or "outlet unknown", c.number, c.value == chosen) for c in choices
    ]
    if chosen and not any(option.chosen for option in made):
        made.append(Offered(chosen, chosen, 0, True))
    return sorted(made, key=lambda o: (o.value == UNKNOWN, o.words.casefold(), o.value))


def acts(choices: Sequence[Choice], chosen: Sequence[str]) -> list[Offered]:
    """All acts, in the order of the contract."""
    numbers = {c.value: c.number for c in choices}
    return [
        Offered(act, words, numbers.get(act, 0), act in chosen)
        for act, words in wording.ACTS.items()
    ]


def manners(choices: Sequence[Choice], chosen: str) -> list[Offered]:
    numbers = {c.value: c.number for c in choices}
    return [
        Offered(name, words, numbers.get(name, 0), name == chosen)
        for name, words in wording.MANNERS.items()
    ]


def conditions(choices: Sequence[Choice], chosen: str) -> list[Offered]:
    numbers = {c.value: c.number for c in choices}
    return [
        Offered(name, words, numbers.get(name, 0), name == chosen)
        for name, words in CONDITIONS.items()
    ]


@dataclass(frozen=True)
class Part:
    """One of the lists on a person's page: `name` is that of its page number in the address."""

    name: str
    title: str
    note: str
    wanted: Filter
    counts: Counts


def parts(library: Library, actor: Actor, asked: Filter) -> tuple[Part, ...]:
    """What somebody said, what others said of them and what they were told; `asked` tells acts and
    outlet."""
    rows = (
        (
            "said",
            "On record",
            "Everything this record has them say, in the order it was said.",
            replace(asked, speaker=actor.id),
        ),
        (
            "about",
            "What others said of them",
            "Statements by others whose words name them, or mean them by a pronoun or an office.",
            replace(asked, about=actor.id),
        ),
        (
            "heard",
            "What they were told",
            "Statements that reports say were made to them.",
            replace(asked, addressee=actor.id),
        ),
    )
    return tuple(
        Part(name, title, note, wanted, library.statement_counts(wanted))
        for name, title, note, wanted in rows
    )


def added(counts: Sequence[Sequence[Choice]]) -> tuple[Choice, ...]:
    """The choices of several counts, their numbers added."""
    numbers: dict[str, Choice] = {}
    for choices in counts:
        for c in choices:
            before = numbers[c.value].number if c.value in numbers else 0
            numbers[c.value] = Choice(c.value, c.name, before + c.number)
    return tuple(numbers.values())


MOST_REPORTS = 200
"""Most reports that a form offers to set apart."""


def reports_naming(desk: Desk, actor: Actor) -> tuple[Article, ...]:
    """The reports that name a person or body, in the order of the first mention."""
    captures = list(dict.fromkeys(c.capture_id for c in actor.mentions))[:MOST_REPORTS]
    known = (desk.capture(capture) for capture in captures)
    ids = dict.fromkeys(capture.article_id for capture in known if capture is not None)
    return tuple(article for i in ids if (article := desk.article(i)) is not None)

"""Merging acts outside PLOVER's roots, and what a deadline, a since and a by say of the day of an act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest
from tests.relate.making import article, version
from tests.relate.telling import candidate, day, links, story

from onrecord.records import (
    ActorLinks,
    Article,
    DateExpression,
    Event,
    EventCandidate,
    Record,
    Story,
    Version,
)
from onrecord.relate import events
from onrecord.stage import Group

NAMES = ("Norland", "Sudria")


def told(
    ident: str,
    clause: str,
    trigger: str,
    predicate: str,
    about: Sequence[str],
    *,
    published: str | None = "2031-05-06",
    dated: tuple[str, str] | None = None,
    status: str = "happened",
    kind: str | None = None,
) -> tuple[Article, Version, list[Record]]:
    """A report of one clause with its candidate; `dated`: the words of its day, and the day."""
    v = version(f"Headline\n\n{clause}.", article=ident)
    one = candidate(
        v,
        clause,
        trigger,
        kind=kind,
        mode=None,
        predicate=predicate,
        actors=[n for n in NAMES if n in clause],
        recipients=(),
        status=status,
        about=about,
        dates=[f"dtc-{v.id}-{dated[0]}"] if dated else (),
    )
    more: list[Record] = [day(v, *dated)] if dated else []
    return article(ident, [v], published=published), v, [one, *more]


def merged(*reports: tuple[Article, Version, list[Record]]) -> list[Event]:
    articles = [a for a, _, _ in reports]
    records = [r for _, _, found in reports for r in found]
    group = Group({Story: (story(articles, ()),), Article: tuple(articles)})
    group[ActorLinks] = tuple(links(a, [v], NAMES) for a, v, _ in reports)
    for kind in (EventCandidate, DateExpression):
        group[kind] = tuple(sorted((r for r in records if isinstance(r, kind)), key=lambda r: r.id))
    return list(events.work(group, events.Options(), {}))


SHUT = told("art-a", "Norland shut the mill on Monday", "shut", "shut", ["mill"])


def test_verbs_of_one_act_done_to_one_thing_are_one_event() -> None:
    (event,) = merged(SHUT, told("art-b", "Norland closed the mill", "closed", "close", ["mill"]))

    assert event.kind is None
    assert event.articles == ("art-a", "art-b")
    assert event.actors == ("act-Norland",)


def test_who_did_it_may_be_told_by_one_report_alone() -> None:
    passive = told("art-b", "The mill was closed", "closed", "close", ["mill"])
    (event,) = merged(SHUT, passive)

    assert event.actors == ("act-Norland",)


@pytest.mark.parametrize(
    ("clause", "trigger", "predicate", "about"),
    [
        ("Norland shut the school", "shut", "shut", ["school"]),
        ("Sudria shut the mill", "shut", "shut", ["mill"]),
        ("Norland sold the mill", "sold", "sell", ["mill"]),
    ],
)
def test_another_thing_doer_or_act_is_another_event(
    clause: str, trigger: str, predicate: str, about: list[str]
) -> None:
    assert len(merged(SHUT, told("art-b", clause, trigger, predicate, about))) == 2


def test_another_day_is_another_event() -> None:
    a = told(
        "art-a",
        "Norland shut the mill on Monday",
        "shut",
        "shut",
        ["mill"],
        dated=("Monday", "2031-05-05"),
    )
    b = told(
        "art-b",
        "Norland shut the mill on Friday",
        "shut",
        "shut",
        ["mill"],
        dated=("Friday", "2031-05-02"),
    )

    assert [e.earliest for e in merged(a, b)] == ["2031-05-05", "2031-05-02"]


def test_done_and_denied_keep_their_own_status() -> None:
    denied = told(
        "art-b", "Norland did not shut the mill", "shut", "shut", ["mill"], status="denied"
    )
    (event,) = merged(SHUT, denied)

    assert [a.status for a in event.accounts] == ["happened", "denied"]


def test_a_denial_without_doer_or_day_joins_nothing() -> None:
    denied = told("art-b", "The mill was not shut", "shut", "shut", ["mill"], status="denied")

    assert sorted(e.status for e in merged(SHUT, denied)) == ["denied", "happened"]


def test_a_denial_of_the_same_day_is_an_account_of_the_same_act() -> None:
    a = told(
        "art-a",
        "Norland shut the mill on Monday",
        "shut",
        "shut",
        ["mill"],
        dated=("Monday", "2031-05-05"),
    )
    b = told(
        "art-b",
        "The mill was not shut on Monday",
        "shut",
        "shut",
        ["mill"],
        dated=("Monday", "2031-05-05"),
        status="denied",
    )
    (event,) = merged(a, b)

    assert event.status == "denied"
    assert [x.status for x in event.accounts] == ["happened", "denied"]


def test_what_is_to_come_is_not_what_was_done() -> None:
    planned = told(
        "art-b", "Norland will shut the mill", "shut", "shut", ["mill"], status="planned"
    )

    assert sorted(e.status for e in merged(SHUT, planned)) == ["happened", "planned"]


def test_an_act_without_root_never_joins_one_with_a_root() -> None:
    rooted = told("art-b", "Norland shut the mill", "shut", "shut", ["mill"], kind="COERCE")

    assert len(merged(SHUT, rooted)) == 2


def test_nobody_and_no_day_are_needed_where_a_thing_is_named() -> None:
    (event,) = merged(
        told("art-a", "No crate was opened", "opened", "open", ["crate"], status="denied")
    )

    assert (event.status, event.actors, event.earliest) == ("denied", (), None)


def test_a_single_report_is_an_account_too() -> None:
    (event,) = merged(SHUT)

    assert [a.article_id for a in event.accounts] == ["art-a"]


@pytest.mark.parametrize(
    ("clause", "status", "bounds"),
    [
        ("Norland did not sell the mill by May 4", "denied", (None, None)),
        ("Norland had not sold the mill before May 4", "denied", (None, None)),
        ("Norland had sold the mill by May 4", "happened", (None, "2031-05-04")),
        ("Norland will sell the mill by May 4", "planned", (None, "2031-05-04")),
        ("Norland has not sold the mill since May 4", "denied", ("2031-05-04", None)),
        ("Norland did not sell the mill on May 4", "denied", ("2031-05-04", "2031-05-04")),
        ("Norland sold the mill on May 4", "happened", ("2031-05-04", "2031-05-04")),
    ],
)
def test_a_deadline_is_not_the_day_of_the_act(
    clause: str, status: str, bounds: tuple[str | None, str | None]
) -> None:
    verb = "sold" if "sold" in clause else "sell"
    (event,) = merged(
        told("art-a", clause, verb, "sell", ["mill"], dated=("May 4", "2031-05-04"), status=status)
    )

    assert (event.earliest, event.latest) == bounds
    assert [(a.earliest, a.latest) for a in event.accounts] == [bounds]


def test_of_one_report_the_telling_with_its_day_is_the_account() -> None:
    clause = "Norland shut the mill on Monday"
    v = version(f"Norland shuts mill\n\n{clause}.", article="art-a")
    shut = partial(
        candidate, v, kind=None, mode=None, predicate="shut", about=["mill"], recipients=()
    )
    found = merged(
        (
            article("art-a", [v], published="2031-05-06"),
            v,
            [
                shut("Norland shuts mill", "shuts"),
                shut(clause, "shut the", dates=[f"dtc-{v.id}-Monday"]),
                day(v, "Monday", "2031-05-05"),
            ],
        )
    )

    assert [(e.earliest, [c.quote for c in e.citations]) for e in found] == [
        ("2031-05-05", [clause])
    ]

"""Whole stories told: who committed himself in them, and what came of it. What is told is right; how much of
it is told may only grow."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tests.gold.accounts.score import Built, Gold, Tally, build, count_commitments, meets

from onrecord.records import Commitment

STORIES = Path(__file__).parent / "commitment_stories.toml"


def golds() -> list[Gold]:
    told = tomllib.loads(STORIES.read_text("utf-8"))
    return [
        Gold(s["name"], {r["id"]: r["text"].strip() for r in s["report"]}, s) for s in told["story"]
    ]


@pytest.fixture(scope="module")
def built() -> list[tuple[Gold, Built]]:
    return [(gold, build(gold)) for gold in golds()]


@pytest.fixture(scope="module")
def tally(built: list[tuple[Gold, Built]]) -> Tally:
    found = Tally()
    for gold, story in built:
        count_commitments(gold, story, found)
    return found


def test_everybody_who_commits_himself_is_found_with_his_condition_and_his_day(
    tally: Tally,
) -> None:
    counts = tally.counts
    assert counts["commitments found"] == counts["commitments"] == 51, tally.wrong
    assert counts["commitments, condition"] == counts["commitments with condition"], tally.wrong
    assert counts["commitments, deadline"] >= counts["commitments with deadline"] - 1, tally.wrong


def test_nothing_is_told_wrongly(tally: Tally) -> None:
    assert tally.counts["outcomes told"] == tally.counts["outcomes rightly told"], tally.wrong


def test_most_of_what_came_of_them_is_told(tally: Tally) -> None:
    """47 of 78 when written; 2 before there were families of deeds."""
    assert tally.counts["outcomes rightly told"] >= 46, tally.wrong


def pledged(built: list[tuple[Gold, Built]], story: str, words: str) -> list[Commitment]:
    """The commitments of a story whose pledge holds these words."""
    return [
        c
        for gold, made in built
        if gold.name == story
        for c in made.commitments
        if words in c.what.quote
    ]


@pytest.mark.parametrize(
    ("story", "pledge", "outcome", "evidence"),
    [
        # A hypernym, as a noun, with what is said of it.
        ("tram strike", "to stop work in Orlen", "done", "The walkout by Orlen's tram drivers"),
        ("tin sanctions", "impose sanctions", "done", "A ban on imports of Tavrian tin"),
        ("teachers' union", "Teachers in Brask will strike", "not_done", "has been called off"),
        ("river ceasefire", "to stop shelling", "done", "The ceasefire along the Ister took hold"),
        # Another word for the same deed, and its opposite.
        ("airline refunds", "he would resign", "done", "Thorn stepped down"),
        ("airline refunds", "to withdraw Nordvinge's licence", "done", "stripped Nordvinge"),
        ("vaccine ship", "Schools will stay closed", "not_done", "Schools reopened"),
        ("bank rescue", "take over the bank", "done", "Corvin Bank was nationalised"),
        # What others answer, and how somebody lets a day pass.
        ("biscuit bid", "offered on Monday to buy", "not_done", "withdrew from the fight"),
        ("search engine", "to delete its face archive", "not_done", "let Thursday's deadline pass"),
        # The pledge named beside.
        ("glacier road", "to reopen the road", "done", "later than the governor had promised"),
    ],
)
def test_an_act_is_known_again_in_other_words(
    built: list[tuple[Gold, Built]], story: str, pledge: str, outcome: str, evidence: str
) -> None:
    rows = pledged(built, story, pledge)
    assert [c.outcome.act for c in rows] == [outcome]
    assert [evidence in e.citation.quote for e in rows[0].evidence if e.for_ == "act"] == [True]


@pytest.mark.parametrize(
    ("story", "pledge", "condition", "evidence"),
    [
        ("search engine", "Lumi will be fined", "met", "let Thursday's deadline pass"),
        ("orchestra", "they will not play under him", "unmet", "Aske"),
    ],
)
def test_a_condition_that_points_back_is_answered_by_what_came_of_the_demand(
    built: list[tuple[Gold, Built]], story: str, pledge: str, condition: str, evidence: str
) -> None:
    rows = pledged(built, story, pledge)
    assert [c.outcome.condition for c in rows] == [condition]
    shows = [e.citation.quote for e in rows[0].evidence if e.for_ == "condition"]
    assert [evidence in quote for quote in shows] == [True]


def test_what_others_did_elsewhere_shows_nothing(built: list[tuple[Gold, Built]]) -> None:
    made = next(story for gold, story in built if gold.name == "nothing shown")
    assert len(made.commitments) == 4
    assert [e.citation.quote for c in made.commitments for e in c.evidence] == []


def test_every_answer_has_its_line_in_a_later_report(built: list[tuple[Gold, Built]]) -> None:
    for gold, made in built:
        for c in made.commitments:
            asked = {
                "act": c.outcome.act,
                "condition": c.outcome.condition,
                "deadline": c.outcome.deadline,
            }
            assert {e.for_ for e in c.evidence} == {k for k, v in asked.items() if v != "unknown"}
            for e in c.evidence:
                report = made.captures[e.citation.capture_id or ""]
                assert report != made.captures[c.what.capture_id or ""], gold.name
                assert re.search(r"\w", e.basis or ""), gold.name
                assert meets(
                    (0, len(gold.texts[report])), (e.citation.capture_start, e.citation.capture_end)
                )

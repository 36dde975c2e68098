"""Whose words a headline gives where the voice stands last, without a verb."""

from __future__ import annotations

import pytest
from tests.relate.reports import TAIL

from onrecord.pipeline import STAGES
from onrecord.records import Given, Statement
from onrecord.run.memory import build_in_memory, capture_of


def said_in(headline: str) -> list[tuple[str, str]]:
    """Who says what in a headline, by the statements of its report."""
    first = "Captain Jory Teague was found in the harbour on Monday. Teague had sailed for years."
    data = f"{headline}\n\n{first}{TAIL}".encode()
    given = Given(outlet="Tern Post", published="2031-05-02", language="en")
    shelf, _ = build_in_memory([(capture_of("1.txt", data, given=given), data)], STAGES)
    return [
        (s.speaker.name, c.quote)
        for s in shelf.all(Statement)
        if s.speaker and (s.citation.capture_start or 0) < len(headline)
        for c in s.content
    ]


@pytest.mark.parametrize(
    ("headline", "who", "what"),
    [
        ("Harbour fee will rise in May - mayor", "mayor", "Harbour fee will rise in May"),
        ("Pier fire was 'barbaric act' – police", "police", "Pier fire was 'barbaric act'"),
        (
            "Captain shot dead at home in 'barbaric act' - PM",
            "PM",
            "Captain shot dead at home in 'barbaric act'",
        ),
        ("Harbour fee will rise in May: Teague", "Jory Teague", "Harbour fee will rise in May"),
        ("Northern pier closed after storm: report", "report", "Northern pier closed after storm"),
        ("Aurelia ferry to be sold — harbour board", "harbour board", "Aurelia ferry to be sold"),
        ("Two killed in Harne - sources", "sources", "Two killed in Harne"),
    ],
)
def test_the_voice_behind_a_dash_or_a_colon_says_it(headline: str, who: str, what: str) -> None:
    assert said_in(headline) == [(who, what)]


@pytest.mark.parametrize(
    "headline",
    [
        "Harbour fee will rise in May - Tern Post",
        "Pier closes for winter - in pictures",
        "Ferry strike: day two",
        "What we know about the fire: police",
        "Storm hits Velmora: 12 dead",
        "Velmora talks fail – again",
        "Pier fire: mayor",
        "Ferry Aurelia: a life",
        "Aurelia sets a new standard for ferries: review",
        "Harbour fee will rise in May - BBC",
        "Mayor resigns after pier fire - Velmora",
        "Council to vote on pier repairs: 9 AM",
        "Harbour budget to hit pensioners hard: Q&A",
        "Police name man killed in ferry fire: Jory Teague",
        "Council elects its first woman mayor: Teague",
        "City beat United in cup final: match report",
        "Ten hurt in ferry fire – two children",
        "Man jailed for stabbing - victim",
        "Pier fire was 'act of god' - police in Harne",
    ],
)
def test_what_stands_last_is_not_always_a_voice(headline: str) -> None:
    assert said_in(headline) == []

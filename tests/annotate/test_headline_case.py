"""Headlines in title case are parsed as they would stand in running text, letter for letter as long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.relate.reports import TAIL

from onrecord.annotate.headline_case import in_running_case, is_title_case, usage_of
from onrecord.pipeline import STAGES
from onrecord.records import ActorLinks, Given, Sentence, Statement
from onrecord.run.memory import build_in_memory, capture_of
from onrecord.text.tree import Tree

BODY = (
    "The harbour minister, Ilsa Brandt, has laid out her plan for Karrow. Dockers in Karrow said that Brandt had "
    "not asked them. Nobody had been told of the scandal, the Fish Guild said, and its guild hall stayed shut."
)


@pytest.mark.parametrize(
    ("headline", "running"),
    [
        (
            "Ilsa Brandt Lays Out Harbour Plan, Dockers Say",
            "Ilsa Brandt lays out harbour plan, Dockers say",
        ),
        ("Brandt Slams Scandal in Karrow", "Brandt slams scandal in Karrow"),
        (
            "MINISTER BRANDT SLAMS FISH GUILD OF KARROW",
            "Minister Brandt slams Fish guild of Karrow",
        ),
        ("Minister Brandt Asked Guild, Says EU", "Minister Brandt asked guild, says EU"),
        (
            "AND I SAY MINISTER BRANDT ASKED THE HARBOUR GUILD",
            "And I say minister Brandt asked the harbour guild",
        ),
        # No title case: as it stands.
        ("Brandt slams the dockers of Karrow", "Brandt slams the dockers of Karrow"),
        ("Karrow, Velmora, Ostrand", "Karrow, Velmora, Ostrand"),
    ],
)
def test_names_keep_their_capital_letter(headline: str, running: str) -> None:
    assert in_running_case(headline, usage_of([BODY])) == running


def test_a_name_that_is_longer_in_capitals_keeps_its_length() -> None:
    usage = usage_of(["The dockers of Karrow live in Langstraße, said the guild of the harbour."])
    headline = "DOCKERS LEAVE LANGSTRASSE EARLY TODAY"
    assert len(in_running_case(headline, usage)) == len(headline)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_letter_is_added_or_taken_away(headline: str, body: str) -> None:
    changed = in_running_case(headline, usage_of([body, headline.lower()]))
    assert len(changed) == len(headline)
    assert changed.casefold() == headline.casefold()


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "A Day", "Brandt says dockers of Karrow may stay away"]
)
def test_few_or_small_words_are_no_title_case(text: str) -> None:
    assert not is_title_case(text)


def test_a_headline_in_title_case_tells_who_says_what() -> None:
    headline = "Ilsa Brandt Accuses Dockers of Theft at Karrow Harbour"
    data = f"{headline}\n\n{BODY}{TAIL}".encode()
    given_ = Given(outlet="Tern Post", published="2031-05-02", language="en")
    shelf, _ = build_in_memory([(capture_of("1.txt", data, given=given_), data)], STAGES)
    said = {(s.speaker.name, s.act) for s in shelf.all(Statement) if s.speaker}
    assert ("Ilsa Brandt", "condemn") in said or ("Ilsa Brandt", "accuse") in said
    names = {link.name for links in shelf.all(ActorLinks) for link in links.links}
    assert not {name for name in names if "Accuses" in name or "Theft" in name}


def test_a_verb_with_a_capital_letter_is_no_surname() -> None:
    headline = "Minister Brandt Warns of Strike at Karrow Harbour"
    data = f"{headline}\n\n{BODY}{TAIL}".encode()
    given_ = Given(outlet="Tern Post", published="2031-05-02", language="en")
    shelf, _ = build_in_memory([(capture_of("1.txt", data, given=given_), data)], STAGES)
    said = {s.speaker.name for s in shelf.all(Statement) if s.speaker and s.citation.start == 0}
    assert said <= {"Ilsa Brandt"}
    assert not any("Warns" in x.name for links in shelf.all(ActorLinks) for x in links.links)


def test_the_words_of_a_sentence_are_those_that_are_printed() -> None:
    headline = "Ilsa Brandt Lays Out Harbour Plan for Karrow"
    data = f"{headline}\n\n{BODY}".encode()
    given_ = Given(outlet="Tern Post", published="2031-05-02", language="en")
    shelf, _ = build_in_memory([(capture_of("1.txt", data, given=given_), data)], STAGES)
    first = min(shelf.all(Sentence), key=lambda s: s.start)
    tree = Tree(headline, first)
    assert " ".join(tree.words) == headline
    assert tree.pos[tree.words.index("Lays")] == "VERB"

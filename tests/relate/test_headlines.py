"""Lines of headlines and of first paragraphs: what they tell, and what stands before it."""

from __future__ import annotations

import pytest
from tests.relate.reports import TAIL

from onrecord.pipeline import STAGES
from onrecord.records import Given, Line
from onrecord.run.memory import build_in_memory, capture_of


def lines_of(headline: str, first: str = "") -> list[Line]:
    """The lines of a headline, or of the paragraph below it if one is given."""
    text = f"{headline}\n\n{first or 'Ferry captain Jory Teague said nothing on Monday.'}{TAIL}"
    data = text.encode()
    given = Given(outlet="Tern Post", published="2031-05-02", language="en")
    shelf, _ = build_in_memory([(capture_of("1.txt", data, given=given), data)], STAGES)
    told = first or headline
    begin = text.index(told)
    return sorted(
        (
            x
            for x in shelf.all(Line)
            if begin <= (x.citation.capture_start or 0) < begin + len(told)
        ),
        key=lambda x: x.citation.capture_start or 0,
    )


@pytest.mark.parametrize(
    ("headline", "word", "told"),
    [
        ("New fee to be added to ferry ticket over pier damage", "added", "ahead"),
        ("New ferry to link Velmora and Ostrand", "link", "ahead"),
        ("Northern pier officially closed after mayor revokes permit", "closed", "done"),
        ("Harbour fire: mayor steps down", "steps", "present"),
        ("Council boots mayor from leadership post", "boots", "present"),
    ],
)
def test_the_news_of_a_headline_is_its_main_clause(headline: str, word: str, told: str) -> None:
    mains = [(c.word, c.told) for x in lines_of(headline) for c in x.clauses if c.main]
    assert (word, told) in mains


def test_whose_saying_it_is_behind_a_dash_is_no_dateline() -> None:
    (line,) = lines_of("Ostrand captain shot dead at home in 'barbaric act' - PM")
    assert line.text.startswith("Ostrand captain shot dead")


@pytest.mark.parametrize(
    ("first", "begins"),
    [
        ("KELM, March 3 (Reuters) - The mayor closed the northern pier.", "The mayor"),
        ("STOKE-ON-TERN — The mayor closed the northern pier.", "The mayor"),
        ("PARIS — Édouard Lund closed the northern pier.", "Édouard"),
        ("Port of Harne, Velmora, 3 May - The mayor closed the northern pier.", "The mayor"),
        ("Sailors left the northern pier on Monday - A day later it burnt down.", "Sailors"),
        ("Brandt - who left the council in May - closed the northern pier.", "Brandt"),
    ],
)  # fmt: skip
def test_only_names_and_days_stand_before_the_first_words(first: str, begins: str) -> None:
    assert lines_of("Pier closed", first)[0].text.startswith(begins)


@pytest.mark.parametrize(
    ("first", "doers"),
    [
        ("The council has a plan to buy the northern pier.", {"council"}),
        ("The plan to buy the northern pier failed on Monday.", set()),
        ("The first sailor to buy the northern pier failed on Monday.", {"sailor"}),
    ],
)
def test_a_plan_does_not_do_what_it_is_about(first: str, doers: set[str]) -> None:
    (line,) = lines_of("Pier plan", first)
    assert [{*c.doers} for c in line.clauses if c.word == "buy"] == [doers]


def test_verbs_that_are_joined_share_their_object() -> None:
    (line,) = lines_of("Pier plan", "The council will buy and repair the northern pier.")
    others = {c.word: {*c.others} for c in line.clauses}
    assert "pier" in others["buy"] & others["repair"]


def test_what_only_brings_the_news_is_not_what_a_line_says() -> None:
    first = "The ferry ticket will soon have a new fee for bicycles, it was revealed on Monday."
    mains = {c.word: c.told for x in lines_of("Ferry fee", first) for c in x.clauses if c.main}
    assert mains.get("have", mains.get("fee")) == "ahead"
    assert "revealed" not in mains

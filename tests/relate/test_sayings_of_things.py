"""Statements whose content names a thing and tells no act, and sayings of light words alone."""

from __future__ import annotations

import pytest
from tests.relate.reports import story
from tests.relate.test_comparing import details, told

from onrecord.records import Claim, Line


def line_of(text: str) -> Line:
    (found,) = [x for x in story(("Tern Post", "2031-05-02", text)).all(Line) if x.text in text]
    return found


def test_what_is_done_by_saying_it_is_the_act_of_the_line() -> None:
    line = line_of("Oldmoor's mayor signed the measure on Tuesday.")
    (clause,) = line.clauses
    assert line.by_cue and clause.main and not clause.negative
    assert (clause.word, clause.told) == ("signed", "done")
    assert {"mayor", "measur"} <= {*clause.doers, *clause.others} and clause.days
    assert {"signed", "measure", "Tuesday"} <= {word for _, word in line.keys}


def test_a_saying_that_tells_an_act_keeps_its_own_clauses() -> None:
    line = line_of("Oldmoor's mayor said on Tuesday that the pier would close.")
    assert not line.by_cue
    assert [c.word for c in line.clauses] == ["close"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Oldmoor's mayor signed the measure on Tuesday.",
            "On Tuesday mayor Ilsa Brandt signed into law a measure that keeps horses off the beach.",
        ),
        (
            "Velmora has banned seals and sea birds from its harbour pier.",
            "The harbour pier is closed to seals, which Velmora banned on Friday.",
        ),
    ],
)
def test_it_is_found_where_another_report_tells_the_act(a: str, b: str) -> None:
    assert told(a, b) != set()


def test_a_claim_is_called_by_words_that_can_be_read_alone() -> None:
    first = (
        "Tern Post",
        "2031-05-02",
        "Mayor Ilsa Brandt told the harbour board to open the pier.",
    )
    last = ("Oldmoor Mail", "2031-05-03", "Brandt asked the harbour board to open the pier.")
    told = [c.text for c in story(first, last).all(Claim)]
    assert any("Ilsa Brandt told the harbour board to open the pier" in text for text in told), told


def test_two_who_find_otherwise_do_not_agree() -> None:
    first = "The headmaster found the excursion a success."
    other = "Ilsa Brandt found the excursion a disaster."
    assert told(first, other) == set()


def test_an_act_still_to_come_by_its_cue_differs_from_one_done() -> None:
    ahead = "Ilsa Brandt will outline her approach to the harbour fees on Friday."
    done = "On Friday Ilsa Brandt outlined her approach to the harbour fees."
    assert details(ahead, done) == {"modality"}


def test_light_words_alone_are_a_saying_too() -> None:
    assert told(
        "“Do not come, do not come,” Ilsa Brandt said at a meeting in Harne.",
        "Ilsa Brandt told the sailors: “Do not come.”",
    ) == {("same_quote", None)}
    other = "“Do not go,” Ilsa Brandt said in Oldmoor."
    assert told("“Do not come,” Ilsa Brandt said in Harne.", other) == set()

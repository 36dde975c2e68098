"""What two lines have to do with one another, rule by rule, with the near miss of each."""

from __future__ import annotations

import pytest
from tests.relate.reports import story

from onrecord.records import Claim, Line
from onrecord.relate.comparing import compare
from onrecord.relate.differing_values import names_one_of
from onrecord.relate.frames import Frame
from onrecord.relate.matching import Match, Weights

OPPOSED = {"contradicts", "incompatible_accounts"}


def told(a: str, b: str, later: str = "2031-05-02") -> set[tuple[str, str | None]]:
    """The relations found between two reports of one line each."""
    shelf = story(("Tern Post", "2031-05-02", a), ("Oldmoor Mail", later, b))
    said = {m.id: m.citation.quote for c in shelf.all(Claim) for m in c.members}
    return {
        (r.relation, r.in_)
        for c in shelf.all(Claim)
        for r in c.relations
        if any(said[x] in a and said[y] in b for x, y in ((r.a, r.b), (r.b, r.a)))
    }


def details(a: str, b: str) -> set[str | None]:
    return {in_ for relation, in_ in told(a, b) if relation == "differs"}


@pytest.mark.parametrize(
    ("a", "b", "detail"),
    [
        (
            "The town council demanded that the ferry company pay for the broken pier.",
            "The ferry company paid the town council for the broken pier in June.",
            "modality",
        ),
        (
            "The ferry company will close the northern pier of the harbour.",
            "The ferry company closed the northern pier of the harbour.",
            "modality",
        ),
        (
            "Sixty-one sailors were rescued from the burning ferry.",
            "Forty sailors were rescued from the burning ferry.",
            "number",
        ),
        (
            "The ferry company closed the northern pier on Monday.",
            "The ferry company closed the northern pier on Thursday.",
            "date",
        ),
    ],
)
def test_a_detail_that_differs_is_named(a: str, b: str, detail: str) -> None:
    assert details(a, b) == {detail}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # rounded
        (
            "About 1,200 households in Lower Emsby lost power in the storm.",
            "In Lower Emsby 1,187 households lost power in the storm.",
        ),
        (
            "Turnout in Lower Emsby was 61 percent, the town clerk said.",
            "Turnout in Lower Emsby was 61.3 percent, the town clerk said.",
        ),
        # one number in two spellings
        (
            "Sixty-one sailors were rescued from the burning ferry.",
            "Rescuers brought 61 sailors from the burning ferry.",
        ),
        # numbers that name
        (
            "Ilsa Brandt kept the No. 2 position in the harbour board.",
            "Ilsa Brandt kept her position in the harbour board, and Oskar Venn the No. 3 position.",
        ),
    ],
)
def test_what_agrees_in_another_way_does_not_differ_in_number(a: str, b: str) -> None:
    assert "number" not in details(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Oskar Venn paid a clerk of the harbour board for the letters.",
            "Oskar Venn never paid a clerk of the harbour board, Ilsa Brandt said.",
        ),
        (
            "The harbour master received the envoy on Wednesday, Ilsa Brandt said.",
            "Nobody received the envoy on Wednesday, Oskar Venn said.",
        ),
    ],
)
def test_a_denial_of_the_whole_act_is_opposed(a: str, b: str) -> None:
    assert {relation for relation, _ in told(a, b)} == {"incompatible_accounts"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # not yet
        (
            "The harbour board has not yet paid the sailors of the ferry, Ilsa Brandt said.",
            "The harbour board paid the sailors of the ferry, Oskar Venn said.",
        ),
        # a promise and what came of it
        (
            "“We will pay the sailors of the ferry,” Ilsa Brandt said.",
            "The harbour board did not pay the sailors of the ferry.",
        ),
        # a part of it
        (
            "Not all sailors of the ferry were paid by the harbour board, Ilsa Brandt said.",
            "The harbour board paid the sailors of the ferry, Oskar Venn said.",
        ),
        # somebody else
        (
            "The police did not fire at the crowd in Harne, Ilsa Brandt said.",
            "Gunmen fired at the crowd in Harne, Oskar Venn said.",
        ),
        # a count that grows
        (
            "No sailor was injured in the blaze on the ferry, Ilsa Brandt said.",
            "Two sailors were injured in the blaze on the ferry.",
        ),
        # the same, with another word for "not"
        (
            "The lower town had no water after the flood, Ilsa Brandt said.",
            "The lower town was without water after the flood, Oskar Venn said.",
        ),
        # another day
        (
            "The harbour master did not receive the envoy on Monday, Ilsa Brandt said.",
            "The harbour master received the envoy on Wednesday, Oskar Venn said.",
        ),
    ],
)
def test_what_may_both_be_true_is_never_opposed(a: str, b: str) -> None:
    assert not {relation for relation, _ in told(a, b)} & OPPOSED


def test_what_may_have_happened_after_a_denial_does_not_oppose_it() -> None:
    denial = "The harbour board did not pay the sailors of the ferry, Ilsa Brandt said."
    later = "The harbour board paid the sailors of the ferry, Oskar Venn said."
    assert not {r for r, _ in told(denial, later, "2031-05-09")} & OPPOSED


def test_words_said_once_more_are_another_occasion() -> None:
    told_first = "Oskar Venn said the harbour fee was fair to every fisherman in Harne."
    assert details(told_first, told_first.replace("said", "repeated that")) == {"occasion"}


def test_a_stock_phrase_is_no_shared_quotation() -> None:
    found = told(
        "“There is no place for fear among the fishermen of this harbour,” Ilsa Brandt said.",
        "“There is no place for a larger ship, and the council knows it well,” Ilsa Brandt said.",
    )
    assert "same_quote" not in {relation for relation, _ in found}


def test_two_lines_that_share_their_speaker_alone_are_no_paraphrase() -> None:
    first = "Ilsa Brandt called the ferry company a band of thieves."
    assert not told(first, "Ilsa Brandt praised her own grandfather as a great builder.")


def test_a_meeting_is_known_by_who_meets() -> None:
    """One minister at two meetings in one town on one day: neither outlet bears the other out."""
    first = "Minister Ilsa Brandt met the envoy Jory Teague in Karrow on Monday."
    other = (
        "In Karrow on Monday Minister Oskar Venn had a meeting with Ilsa Brandt about the fleet."
    )
    same = (
        "In Karrow on Monday the envoy Jory Teague had a meeting with Ilsa Brandt about the fleet."
    )
    seen = "Ahead of the talks with Jory Teague, Oskar Venn met Ilsa Brandt in Karrow on Monday."
    assert told(first, other) == set()
    assert told(first, seen.replace("Ilsa Brandt", "the shipowner")) == set()
    assert told(first, same) != set()


def test_conditions_of_two_matters_are_not_held_against_each_other() -> None:
    a = (
        '"If the island votes to leave the league, that would be a theft by the back door," '
        "Ilsa Brandt said."
    )
    b = (
        "Ostrand is ready to freeze the accounts of nine shipowners if the vote on leaving the league "
        "goes ahead on the island, its government said."
    )
    assert "condition" not in details(a, b)


def test_a_place_is_named_by_another_of_its_names_too() -> None:
    shelf = story(("Tern Post", "2031-05-02", "The US broke off its talks with Norway on cod."))
    line = next(x for x in shelf.all(Line) if "cod" in x.text)
    assert names_one_of(["united states"], line)
    assert not names_one_of(["united kingdom"], line)


def together(a: str, b: str) -> bool:
    """Whether two reports of one line each are told in one claim."""
    shelf = story(("Tern Post", "2031-05-02", a), ("Oldmoor Mail", "2031-05-02", b))
    found = [[m.citation.quote for m in c.members] for c in shelf.all(Claim)]
    return any(any(q in a for q in held) and any(q in b for q in held) for held in found)


def test_lines_worded_alike_come_together_by_one_word_and_nothing_is_told_of_them() -> None:
    first = "The headmaster found the excursion a success."
    other = "Ilsa Brandt finds the excursion a disaster."
    assert together(first, other)
    assert told(first, other) == set()


def test_lines_worded_alike_do_not_come_together_by_a_weekday() -> None:
    first = "The regatta is to be held on Thursday."
    assert not together(first, "The library is to be shut on Thursday.")


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (
            "The ferry company towed the broken lighter to the northern pier.",
            "In ten hours the ferry company towed the broken lighter to the northern pier.",
            "adds",
        ),
        (
            "The ferry company towed the broken lighter to the northern pier.",
            "At ten past seven the lighter, broken amidships, was towed by the ferry company.",
            "adds",
        ),
        (
            "Some 240 of the sailors were put up in the old customs house.",
            "The old customs house is where 240 sailors were put up.",
            "corroborates",
        ),
        (
            "None of the 300 herring boats is in danger because of the ice, the harbour guild said.",
            "The harbour guild sees no danger for any of the 300 herring boats.",
            "paraphrase",
        ),
        (
            "None of the 300 herring boats is in danger because of the ice, the harbour guild said.",
            "Of the 300 herring boats not one is in danger.",
            "corroborates",
        ),
    ],
)
def test_who_says_it_and_what_one_of_two_answers_decide_how_they_agree(
    a: str, b: str, relation: str
) -> None:
    shelf = story(("Tern Post", "2031-05-02", a), ("Oldmoor Mail", "2031-05-02", b))
    # The reports of `story` are otherwise alike, copies of one text: the two lines by themselves.
    left, right = (
        Frame(next(x for x in shelf.all(Line) if x.citation.quote in text), outlet, "2031-05-02")
        for text, outlet in ((a, "Tern Post"), (b, "Oldmoor Mail"))
    )
    shared = Weights([left.line, right.line]).match(0, 1).shared
    found = compare(left, right, Match(900, shared), 330)
    assert found is not None
    assert found.relation == relation


def test_what_lies_years_back_is_not_the_news() -> None:
    news = "Four dockers were banned from the quay after a crate of rope went missing in the night."
    told_of_one = (
        "A docker was banned for a year over a coil of rope, and three sailors with him lost "
        "their berths."
    )
    assert told(news, told_of_one) != set()
    assert told(news, told_of_one.replace("a year", "a year in 2019")) == set()


def test_the_signature_of_a_post_tells_nothing() -> None:
    text = (
        "The pier of Karrow fell into the harbour. pic.twitter.com/ab12CD — Harbour Office of Karrow "
        "(@KarrowHarbour) May 2, 2031"
    )
    shelf = story(("Tern Post", "2031-05-02", text))
    lines = [line.text for line in shelf.all(Line)]
    assert any("pier" in line for line in lines)
    assert not [line for line in lines if "@KarrowHarbour" in line]


def test_a_caption_without_a_verb_is_no_line() -> None:
    text = (
        "The pier of Karrow fell into the harbour.\n\n"
        "Minister Ilsa Brandt, head of the harbour office, in May at the pier of Karrow.PhotoJo Lund/Tern Pictures"
    )
    shelf = story(("Tern Post", "2031-05-02", text))
    lines = [line.text for line in shelf.all(Line)]
    assert any("fell" in line for line in lines)
    assert not [line for line in lines if "head of the harbour office" in line]

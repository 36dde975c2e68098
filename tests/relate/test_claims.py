"""Accounts side by side: what is brought together, how it relates, and above all what is no contradiction."""

from __future__ import annotations

import pytest
from tests.relate.reports import story

from onrecord.records import Article, Claim, ClaimMember, Relation
from onrecord.run.memory import MemoryShelf

OPPOSED = ("contradicts", "incompatible_accounts")


def relations(shelf: MemoryShelf, near: str, other: str) -> list[Relation]:
    """The relations between a member that holds `near` and one that holds `other`."""
    found = []
    for claim in shelf.all(Claim):
        members: dict[str, ClaimMember] = {m.id: m for m in claim.members}
        for r in claim.relations:
            quotes = [members[r.a].citation.quote, members[r.b].citation.quote]
            if any(near in x and other in y for x, y in (quotes, quotes[::-1])):
                found.append(r)
    return found


def two(a: str, b: str) -> MemoryShelf:
    return story(("Tern Post", "2031-05-02", a), ("Oldmoor Mail", "2031-05-02", b))


def test_one_utterance_in_two_reports_is_one_quotation() -> None:
    words = "“We will pay the harbour fee when the books are open to everybody,” "
    shelf = two(words + "Ilsa Brandt told reporters on Friday.", words + "Brandt said.")
    assert {(r.relation, r.in_) for r in relations(shelf, "books are open", "books are open")} == {
        ("same_quote", None)
    }


def test_a_quotation_with_another_word_names_the_words_that_differ() -> None:
    shelf = two(
        "“We will not lift the harbour fee under pressure from anybody,” Oskar Venn said.",
        "“We will not lift the harbour fee under threat from anybody,” Venn told the Mail.",
    )
    (relation,) = relations(shelf, "under pressure", "under threat")
    assert (relation.relation, relation.in_) == ("differs", "wording")
    assert "“fee under pressure from anybody”" in relation.basis
    assert "“fee under threat from anybody”" in relation.basis


def test_the_same_phrase_on_other_conditions_differs_in_condition() -> None:
    shelf = two(
        "If the ferry stays in port, it would be “an act of piracy”, Ilsa Brandt said.",
        "Ilsa Brandt said it would be “an act of piracy” if Velmora sells the ship.",
    )
    (relation,) = relations(shelf, "act of piracy", "act of piracy")
    assert (relation.relation, relation.in_) == ("differs", "condition")
    assert "if Velmora sells the ship" in relation.basis


def test_a_denied_threat_beside_the_threat_differs_and_never_contradicts() -> None:
    shelf = two(
        "Ilsa Brandt did not threaten Velmora with any blockade of the harbour, Oskar Venn said after the talks.",
        "Ilsa Brandt has warned Velmora that Ostrand will impose a blockade of the harbour on Monday if the fee stays.",
    )
    found = relations(shelf, "did not threaten", "has warned")
    assert {r.relation for r in found} == {"differs"}
    assert not [r for c in shelf.all(Claim) for r in c.relations if r.relation in OPPOSED]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The ministers talked for more than three hours in Harne, Ilsa Brandt said.",
            "Ilsa Brandt said the ministers talked for six hours in Harne.",
        ),
        (
            "About 1,200 passengers waited in the harbour, Oskar Venn said.",
            "Oskar Venn said 1,180 passengers waited in the harbour.",
        ),
        ("The fee will rise, Oskar Venn said.", "“We will meet again in June,” Ilsa Brandt said."),
        (
            "Oskar Venn said the ferry would not sail on Monday.",
            "Oskar Venn said the ferry had sailed on Friday.",
        ),
        ("The union did not meet Oskar Venn in March.", "The union met Oskar Venn on Thursday."),
    ],
)
def test_false_alarms(a: str, b: str) -> None:
    shelf = two(a, b)
    assert not [r for c in shelf.all(Claim) for r in c.relations if r.relation in OPPOSED]


def test_figures_that_differ_are_told_with_both_outlets() -> None:
    shelf = two(
        "Captain Jory Teague said 120 passengers had no cabin on the ferry Aurelia.",
        "Jory Teague said 450 passengers had no cabin on the ferry Aurelia.",
    )
    (relation,) = relations(shelf, "120 passengers", "450 passengers")
    assert (relation.relation, relation.in_) == ("differs", "number")
    assert relation.basis == "Tern Post: 120 passengers; Oldmoor Mail: 450 passengers"


def test_silent_reports_are_listed() -> None:
    words = "“We will see to it that the books are open to everybody,” Ilsa Brandt said."
    shelf = story(
        ("Tern Post", "2031-05-02", words),
        ("Oldmoor Mail", "2031-05-02", words),
        (
            "Dunholt News",
            "2031-05-02",
            "The harbour fee stays as it is, Oskar Venn said in Harne on Friday.",
        ),
    )
    (claim,) = [c for c in shelf.all(Claim) if "books are open" in c.text]
    silent = [a.outlet for a in shelf.all(Article) if a.id in claim.silent]
    assert silent == ["Dunholt News"]


def test_every_relation_says_why_and_names_members_of_its_claim() -> None:
    shelf = two(
        "“We will pay when the books are open,” Ilsa Brandt said. Ostrand closed the harbour on Thursday.",
        "“We will pay when the books are open,” Brandt said. Ostrand closed the harbour on Thursday, the Mail saw.",
    )
    claims = shelf.all(Claim)
    assert claims
    for claim in claims:
        ids = {m.id for m in claim.members}
        assert len(ids) == len(claim.members)
        for relation in claim.relations:
            assert (
                {relation.a, relation.b} <= ids
                and relation.basis
                and relation.review == "unreviewed"
            )

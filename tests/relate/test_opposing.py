"""What is opposed, and for each way of being so the near miss that both reports may rightly tell."""

from __future__ import annotations

import pytest
from tests.relate.reports import story

from onrecord.records import Claim

OPPOSED = {"contradicts", "incompatible_accounts"}


def opposed(a: str, b: str, later: str = "2031-05-02") -> set[str]:
    """The oppositions between the lines of two reports."""
    shelf = story(("Tern Post", "2031-05-02", a), ("Oldmoor Mail", later, b))
    return {r.relation for c in shelf.all(Claim) for r in c.relations if r.relation in OPPOSED}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # denied by the verb of saying
        (
            "Oskar Venn denied that he had signed a contract with the salt works in Harne.",
            "Oskar Venn signed a contract with the salt works in Harne, according to two clerks.",
        ),
        (
            "Oskar Venn rejected the accusation that he had paid the clerk of the salt works.",
            "Oskar Venn paid the clerk of the salt works, Ilsa Brandt said.",
        ),
        (
            "Oskar Venn disputes having paid the clerk of the salt works.",
            "Oskar Venn paid the clerk of the salt works.",
        ),
        # nobody, never, not a single
        (
            "The harbour master never received the letter of the salt works, Ilsa Brandt said.",
            "The harbour master received the letter of the salt works in March, two clerks said.",
        ),
        # told in a clause beside
        (
            "The guards of the salt works were not dismissed, Ilsa Brandt said.",
            "The gate stood open after the guards of the salt works had been dismissed, two clerks said.",
        ),
        # refused, and done
        (
            "Captain Jory Teague refused to open the northern lock of the harbour, Ilsa Brandt said.",
            "Captain Jory Teague opened the northern lock of the harbour, two clerks said.",
        ),
        # what nobody did and what is of that kind
        (
            "Not one stone was thrown at the salt works, Ilsa Brandt said.",
            "Two clerks were at the gate when boys threw a stone at the salt works, Oskar Venn said.",
        ),
    ],
)
def test_who_denies_the_very_act_is_opposed_to_who_tells_it(a: str, b: str) -> None:
    assert opposed(a, b) == {"incompatible_accounts"}


def test_two_outlets_in_their_own_voice_contradict_one_another() -> None:
    assert opposed(
        "No siren sounded at the salt works before the roof fell on Friday.",
        "The siren at the salt works sounded twice before the roof fell on Friday.",
    ) == {"contradicts"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # one thing, two states
        (
            "The boiler of the salt works was intact, Ilsa Brandt said.",
            "The boiler of the salt works exploded, Oskar Venn said.",
        ),
        # each names another as the first
        (
            "It was the delegation of the union that left the talks in the castle first, Ilsa Brandt said.",
            "It was the people of the salt works who left the talks in the castle first, Oskar Venn said.",
        ),
    ],
)
def test_what_cannot_both_be_so_is_opposed_without_a_denial(a: str, b: str) -> None:
    assert opposed(a, b) == {"incompatible_accounts"}


def test_who_says_he_never_said_it_is_opposed_to_the_report_of_it() -> None:
    assert opposed(
        "Oskar Venn said the chimneys of Mill Lane were safe.",
        "Oskar Venn said he had never called the chimneys of Mill Lane safe.",
    ) == {"incompatible_accounts"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # a comparison is no denial
        (
            "The union of the harbour had no better friend than Oskar Venn, Ilsa Brandt said.",
            "Oskar Venn was a friend of the union of the harbour, two clerks said.",
        ),
        # the words are alike, the act is another
        (
            "Jory Teague was hit in the leg and had not fallen from the pier, the doctor said.",
            "Jory Teague was hit in the leg when guards fired at the pier, two clerks said.",
        ),
        # what is counted may have grown
        (
            "Nobody was injured when the roof of the salt works fell, Ilsa Brandt said.",
            "A clerk was injured when the roof of the salt works fell, the doctor in Harne said.",
        ),
        # another year
        (
            "Nobody fell ill in the first trial of the drug in Harne last spring.",
            "In 2026 six people fell ill in a trial of a drug in Harne.",
        ),
        # done by another
        (
            "The guards of the harbour did not break the lock of the salt works, Ilsa Brandt said.",
            "Thieves broke the lock of the salt works, Oskar Venn said.",
        ),
        # what one does not know is not denied
        (
            "Ilsa Brandt said she did not know the clerk of the salt works.",
            "Two clerks said Oskar Venn knew the clerk of the salt works.",
        ),
        # not only, and not all
        (
            "Not only the clerks left the salt works on Friday, Ilsa Brandt said.",
            "The clerks left the salt works on Friday, Oskar Venn said.",
        ),
        # an infinitive that was tried
        (
            "The guards did not open the northern lock, Ilsa Brandt said.",
            "The guards tried to open the northern lock, Oskar Venn said.",
        ),
        # of one's own accord later
        (
            "The northern lock of the harbour was open on Monday, Ilsa Brandt said.",
            "The northern lock of the harbour was closed on Thursday, Oskar Venn said.",
        ),
        # parts of one thing
        (
            "Some windows of the salt works were intact, Ilsa Brandt said.",
            "Forty windows of the salt works were destroyed, Oskar Venn said.",
        ),
        # one holder, two sentences
        (
            "Oskar Venn said he had served in the northern fleet.",
            "Oskar Venn said he had not served in the northern fleet.",
        ),
    ],
)
def test_what_both_may_rightly_tell_is_never_opposed(a: str, b: str) -> None:
    assert opposed(a, b) == set()

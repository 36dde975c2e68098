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


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # of what there was none, one
        (
            "Not a cent was paid to the pirates of Oldmoor, Ilsa Brandt said.",
            "The salt works handed 40,000 crowns to the pirates of Oldmoor, Oskar Venn said.",
        ),
        (
            "No guns were moved by the northern fleet, Ilsa Brandt said.",
            "The northern fleet withdrew its guns, Oskar Venn said.",
        ),
        # heard, so done
        (
            "Not a single shot was fired at the pier of Harne on Friday, Ilsa Brandt said.",
            "Gunfire could be heard from the pier of Harne on Friday, two clerks said.",
        ),
        # in the other's terms: he to whom it is sent receives it
        (
            "Oskar Venn never received the money from the salt works.",
            "The salt works sent Oskar Venn the money, two clerks said.",
        ),
        (
            "The council was not informed of the leak, Ilsa Brandt said.",
            "The salt works wrote to the council about the leak, two clerks said.",
        ),
        # another word for it
        (
            "Oskar Venn never took back his offer to the salt works.",
            "Oskar Venn withdrew his offer to the salt works, two clerks said.",
        ),
        (
            "Jory Teague denied that he had met the pirates at Oldmoor.",
            "Jory Teague dined with the pirates at Oldmoor, two clerks said.",
        ),
        # the pledge that nobody gave
        (
            "No money was promised to the widows of the salt works, Ilsa Brandt said.",
            "The salt works said it would pay the widows 40,000 crowns.",
        ),
        # of whom it is told is corrected
        (
            "It was a tank and not the boiler that blew up, Ilsa Brandt said.",
            "A boiler blew up in the cellar of the salt works, Oskar Venn said.",
        ),
        # told by the words that did it
        (
            "The bank never offered Oskar Venn a loan, Ilsa Brandt said.",
            "The bank offered Oskar Venn a loan of 40,000 crowns.",
        ),
        # so of all, not so of some
        (
            "Every lamp on the pier worked during the night, Ilsa Brandt said.",
            "Two lamps on the pier were dark during the night, Oskar Venn said.",
        ),
    ],
)
def test_who_tells_the_act_is_opposed_to_who_denies_it_in_other_words(a: str, b: str) -> None:
    assert opposed(a, b) == {"incompatible_accounts"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The ferry Aurelia remained in the harbour.",
            "The ferry Aurelia put to sea at midnight.",
        ),
        # open on a day on which it was closed
        (
            "The road from Harne to Oldmoor is open.",
            "Guards closed the road from Harne to Oldmoor from Monday until Sunday.",
        ),
    ],
)
def test_two_outlets_that_tell_what_excludes_the_other_contradict(a: str, b: str) -> None:
    assert opposed(a, b) == {"contradicts"}


def test_what_was_never_done_is_opposed_however_late_it_is_said() -> None:
    told = "The dose of the drug was raised on the first day, two clerks said."
    assert opposed(told, "The dose of the drug was never raised, Ilsa Brandt said.", "2031-06-20")
    assert not opposed(told, "The dose of the drug was not raised, Ilsa Brandt said.", "2031-06-20")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # another filler of the one slot
        (
            "Nobody was moved out of Mill Lane, Ilsa Brandt said.",
            "Forty people were moved out of Harbour Street, Oskar Venn said.",
        ),
        (
            "The company was not told of the mould in the flats, Ilsa Brandt said.",
            "The council was told of the mould in the flats, two clerks said.",
        ),
        (
            "Oskar Venn did not sign the letter to the bank.",
            "Oskar Venn signed the letter to the council.",
        ),
        (
            "The league never promised the club a loan, Ilsa Brandt said.",
            "The league promised the club an answer, two clerks said.",
        ),
        (
            "The airline did not cancel the flight to Harne.",
            "The airline cancelled the flight to Oldmoor.",
        ),
        # before and after
        (
            "The minister was not informed before the raid, Ilsa Brandt said.",
            "The minister was informed after the raid, Oskar Venn said.",
        ),
        # done by whom it is said not to have been done to
        (
            "Not a cent was paid to the clerks of the salt works, Ilsa Brandt said.",
            "The clerks of the salt works paid forty crowns for a new lamp, Oskar Venn said.",
        ),
        (
            "Oskar Venn received no letter from the salt works.",
            "Oskar Venn sent a letter to the salt works, two clerks said.",
        ),
        (
            "Nobody received Oskar Venn at the castle, Ilsa Brandt said.",
            "Oskar Venn was given a letter at the castle, two clerks said.",
        ),
        (
            "Oskar Venn was never told of the leak in the tank.",
            "Oskar Venn told reporters that the tank was safe.",
        ),
        # warned of another thing, fired in another sense, done by the other side
        (
            "Nobody warned us, Ilsa Brandt said.",
            "Oskar Venn warned of a storm in the northern bay, two clerks said.",
        ),
        (
            "The council did not fire her, Ilsa Brandt said.",
            "The guards fired at the council house, two clerks said.",
        ),
        (
            "Our guards did not fire a shot, Ilsa Brandt said.",
            "The guards of Ostrand fired on the pier, two clerks said.",
        ),
        (
            "No shot was fired at the pier, Ilsa Brandt said.",
            "The guards held their fire at the pier, two clerks said.",
        ),
        # another place
        (
            "No shell has fallen on Harne since Monday, Ilsa Brandt said.",
            "A shell fell on Oldmoor on Tuesday, two clerks said.",
        ),
        (
            "No case had been recorded in the country, the doctor in Harne said.",
            "Two cases were recorded in Ostrand, Ilsa Brandt said.",
        ),
        (
            "Every lamp on the pier worked during the night, Ilsa Brandt said.",
            "Two lamps in the market were dark during the night, Oskar Venn said.",
        ),
        # another kind of thing, or another matter
        (
            "No dog came to harm when the drug was tested.",
            "Two clerks died in the hospital in Harne on Friday.",
        ),
        (
            "No inspector set foot in the salt works this year, Ilsa Brandt said.",
            "Two inspectors asked for a larger office in Harne, Oskar Venn said.",
        ),
        (
            "No money was promised to the clerks, Ilsa Brandt said.",
            "The salt works would pay the bank forty crowns, Oskar Venn said.",
        ),
        # asked for, not given; no proof, not no act
        (
            "There was no order to open the lock, Ilsa Brandt said.",
            "Oskar Venn asked for an order to open the lock.",
        ),
        (
            "There was no evidence that the clerk took the money, Ilsa Brandt said.",
            "The clerk took the money, Oskar Venn said.",
        ),
        # the one that is told of is the one that is corrected to
        (
            "It was a tank and not the boiler that blew up, Ilsa Brandt said.",
            "A tank blew up in the cellar of the salt works, Oskar Venn said.",
        ),
        # whether another's words were a threat is how they are told
        (
            "Jory Teague did not threaten Ostrand with a strike, Oskar Venn said.",
            "Jory Teague warned that sailors would go on strike in Ostrand if the fee is raised.",
        ),
        # one after the other
        (
            "The ferry Aurelia remained in the harbour on Friday.",
            "The ferry Aurelia put to sea on Saturday.",
        ),
        # the winner defeated the other
        (
            "Jory Teague won by forty votes, the clerk said.",
            "Jory Teague defeated Oskar Venn by forty votes, the council said.",
        ),
    ],
)
def test_what_only_sounds_like_the_case_that_is_denied_is_not_opposed(a: str, b: str) -> None:
    assert opposed(a, b) == set()

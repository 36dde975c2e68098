"""In what two accounts differ - condition, modality, occasion, what one thing is called - and where they
only seem to."""

from __future__ import annotations

import pytest
from tests.relate.reports import HEAD, TAIL
from tests.relate.test_comparing import details, told

from onrecord.pipeline import STAGES
from onrecord.records import Claim, Given
from onrecord.run.memory import build_in_memory, capture_of

VENN = "Harbour Minister Oskar Venn"


@pytest.mark.parametrize(
    ("a", "b", "detail"),
    [
        # not so on one day, so on another
        (
            f"Nobody at the ferry company is being investigated, {VENN} said on Tuesday.",
            f"{VENN} is investigating two managers of the ferry company, he said on Thursday.",
            "polarity",
        ),
        # which of several
        (
            "Captain Jory Teague underwent surgery at the Sailors' Hospital of Harne for his broken hip.",
            "Captain Jory Teague underwent a second surgery at the Sailors' Hospital of Harne for his broken leg.",
            "occasion",
        ),
        # of one day, in other words
        (
            "Mate Lenn Quill will be in charge of the crew for Saturday's race against Obervik.",
            "On Saturday Lenn Quill was in charge of the crew that beat Obervik by a length.",
            "modality",
        ),
        # the saying itself is still to come
        (
            f"{VENN} will ask parliament for a vote on the harbour treaty on Friday.",
            f"{VENN} won the vote on the harbour treaty in parliament on Friday.",
            "modality",
        ),
        # possible and sure
        (
            "The ferry company may close the northern pier of the harbour in autumn.",
            "The ferry company will close the northern pier of the harbour in autumn.",
            "modality",
        ),
        (
            "The ferry company was expected to close the northern pier of the harbour in autumn.",
            "The ferry company will close the northern pier of the harbour in autumn.",
            "modality",
        ),
        # hoped for and sure
        (
            "Ilsa Brandt said she hopes that all dockers will oppose the plan of the harbour board.",
            "Ilsa Brandt said the dockers will oppose the plan of the harbour board.",
            "modality",
        ),
        # to be done and done
        (
            "A fee for bicycles is to be added to the ferry ticket.",
            "On Monday the ferry company added a fee for bicycles to the ferry ticket.",
            "modality",
        ),
        # weighed, tried, done
        (
            "The ferry company is considering closing the northern pier of the harbour.",
            "The ferry company will close the northern pier of the harbour.",
            "modality",
        ),
        # a condition that the other report leaves out, some of whose words it has
        (
            "The sailors of Harne will stop work for two days unless the ferry company drops its plan to hire "
            "crews in Ostrand, their union said.",
            "The sailors of Harne are to stop work for two days in a quarrel over Ostrand.",
            "condition",
        ),
        # so in one line, not so inside the other
        (
            "The mayor said tests by the health office showed that the smoke was not dangerous.",
            "The health office took back its tests: its van had stood on the wrong side of the smoke, which "
            "was dangerous after all for the harbour.",
            "polarity",
        ),
        # the contrary
        (
            "Velmora will close its harbours to ferries of Ostrand on Monday, Foreign Minister Ilsa Brandt said.",
            "Velmora's harbours will remain open to ferries on Monday, Foreign Minister Ilsa Brandt assured.",
            "polarity",
        ),
        # how it was said
        (
            f"{VENN} admitted that the ferry company had paid the harbour fee to a friend.",
            f"{VENN} boasted that the ferry company had paid the harbour fee to a friend.",
            "characterisation",
        ),
        # two names for one thing
        (
            f"{VENN} described the harbour treaty as a precaution.",
            "Foreign Minister Ilsa Brandt called the harbour treaty “a confession”.",
            "characterisation",
        ),
        (
            "Foreign Minister Ilsa Brandt called the treaty “a wage cut by the back door”.",
            "The treaty, in force since March, is a net for lean summers, the ferry company says.",
            "characterisation",
        ),
        # whose words
        (
            "“We eat no promises and sell no nets,” Harbour Minister Oskar Venn told the families of the sailors.",
            "“We eat no promises and sell no nets” became the cry of the harbour; it came from a "
            "sailor's wife, Elin Strand.",
            "attribution",
        ),
        # rank
        (
            "The Aurelia is the largest ferry of the harbour and carries 800 cars to Ostrand.",
            "The Aurelia is one of the largest ferries of the harbour and carries 800 cars to Ostrand.",
            "characterisation",
        ),
        # the act is the cue, and is still to come in the other
        (
            "Mayor Lena Hask announced that she will endorse Oskar Venn for governor.",
            "Mayor Lena Hask endorsed Oskar Venn, the governor's deputy.",
            "modality",
        ),
        # whether, and so
        (
            "The council will decide on Monday whether to sell the northern pier, Mayor Lena Hask said.",
            "The council will sell the northern pier to the ferry company, Mayor Lena Hask said.",
            "modality",
        ),
        (
            "Mayor Lena Hask will announce whether she will sell the northern pier to the ferry company.",
            "Mayor Lena Hask will not sell the northern pier to the ferry company, she said.",
            "modality",
        ),
        # possible and likely, be it under a condition
        (
            "The ferry company would likely close the northern pier of the harbour if the fees rise.",
            "The ferry company could close the northern pier of the harbour.",
            "modality",
        ),
        # with how much force it was called for
        (
            "The union urged the ferry company to drop its plan for the northern pier.",
            "The union pressured the ferry company to drop its plan for the northern pier.",
            "characterisation",
        ),
        (
            "The council asked the ferry company to clear the northern pier.",
            "The council ordered the ferry company to clear the northern pier.",
            "characterisation",
        ),
        # how much was done
        (
            "The council trimmed the budget of the harbour office.",
            "The council slashed the budget of the harbour office.",
            "characterisation",
        ),
        (
            "Shares of the ferry company dipped on Tuesday.",
            "Shares of the ferry company plunged on Tuesday.",
            "characterisation",
        ),
        (
            "The council postponed the sale of the northern pier until spring, which pleased the sailors.",
            "The council abandoned its sale of the northern pier, and the sailors cheered.",
            "characterisation",
        ),
        (
            "Police searched the office of the ferry company on Monday.",
            "Police raided the office of the ferry company on Monday.",
            "characterisation",
        ),
    ],
)
def test_the_detail_in_which_two_accounts_differ_is_named(a: str, b: str, detail: str) -> None:
    assert details(a, b) == {detail}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # said once more, in words that share the verb alone
        (
            f"“I threatened nobody at Harne,” {VENN} said when the talks with the sailors opened.",
            f"In a letter to the Mail {VENN} says once more that he threatened nobody.",
        ),
        # said once more, told in an outlet's own voice
        (
            f"{VENN} said that every lamp on the northern pier had burnt during the night.",
            f"In parliament on Wednesday {VENN} once more assured members that every lamp had burnt on the "
            "night of the northern pier.",
        ),
    ],
)
def test_what_is_said_once_more_days_later_is_another_occasion(a: str, b: str) -> None:
    assert ("differs", "occasion") in told(a, b, "2031-05-06")
    assert ("differs", "occasion") not in told(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # "again" is of what is said, not of the saying
        (
            f"{VENN} said the ferry would sail again in spring from the northern pier.",
            f"{VENN} said the ferry would sail in spring from the northern pier.",
        ),
        # a second surgery on the day of the surgery
        (
            "Captain Jory Teague underwent surgery on Monday at the Sailors' Hospital of Harne.",
            "Captain Jory Teague underwent a second surgery on Monday at the Sailors' Hospital of Harne.",
        ),
        # what one threatens to do and what the other has done
        (
            "The ferry company has threatened to close the old bridge at the dam.",
            "On Tuesday the harbour board closed the gates of the dam at the old bridge.",
        ),
        # what is agreed is another act than leading the agreement
        (
            "A committee will be responsible for leading the ferry agreement through the harbour budget.",
            "Sailors agreed to a ferry timetable for the harbour budget.",
        ),
        # "do not come" denies nobody's coming
        (
            "Ilsa Brandt told the sailors of Ostrand “do not come” to the United Harbours.",
            "Oskar Venn said talks had helped to deter the sailors of Ostrand from sailing to the United "
            "Harbours.",
        ),
        # what is called for, and who called for it
        (
            "Papers say Ilsa Brandt directed Oskar Venn to lie to the harbour board about the ferry.",
            "Ilsa Brandt had directed Oskar Venn, her driver, to lie to the harbour board about the ferry.",
        ),
        # expected in both
        (
            "The ferry company was expected to close the northern pier of the harbour in autumn.",
            "The ferry company is likely to close the northern pier of the harbour in autumn.",
        ),
        # nothing was found, told in two ways
        (
            "The pier was inspected in March by the harbour board and no fault had been found.",
            "In March the harbour board inspected the pier without a fault being found there.",
        ),
        # names of two things, one name for one thing
        (
            f"{VENN} called the harbour treaty “a confession of weakness”.",
            "Foreign Minister Ilsa Brandt called the ferry timetable “a good joke”.",
        ),
        (
            f"{VENN} called the harbour treaty “a confession of weakness”.",
            "Foreign Minister Ilsa Brandt called the harbour treaty “a weakness confessed”.",
        ),
        # who promised one thing has done another
        (
            "Mayor Lena Hask promised to repay the harbour fee of 9,000 crowns.",
            "Mayor Lena Hask, who had used the harbour fee for a holiday, resigned on Friday.",
        ),
        # a question is no account of the answer
        (
            "Mayor Lena Hask was asked whether she would sell the northern pier to the ferry company.",
            "Mayor Lena Hask will sell the northern pier to the ferry company.",
        ),
        # the word between the weaker and the stronger one gainsays neither
        (
            "The council slashed the budget of the harbour office.",
            "The council cut the budget of the harbour office.",
        ),
        # two doers in two matters
        (
            "Governor Lena Hask restricted the sale of fireworks in the old harbour until June.",
            "The ferry company banned dogs from its ships to Ostrand.",
        ),
        # whose words, and the same
        (
            "“We eat no promises and sell no nets,” Harbour Minister Oskar Venn told the families of the sailors.",
            "“We eat no promises and sell no nets” became the cry of the harbour; it came from the "
            "minister, Oskar Venn.",
        ),
        # a plain cue beside another one
        (
            f"{VENN} said that the ferry company had paid the harbour fee to a friend.",
            f"{VENN} told reporters that the ferry company had paid the harbour fee to a friend.",
        ),
    ],
)
def test_what_agrees_in_another_way_does_not_differ(a: str, b: str) -> None:
    assert details(a, b) == set()


def test_one_quotation_of_two_things_is_told_to_be_of_two() -> None:
    first = f"{VENN} called the new ferry fee “a black day for every sailor of the coast”."
    assert told(
        first,
        f"{VENN} said the council's decision was “a black day for every sailor of the coast”.",
    ) == {("same_quote", "characterisation")}
    assert told(
        first, f"{VENN} said the ferry fee was “a black day for every sailor of the coast”."
    ) == {("same_quote", None)}


def test_one_quotation_on_two_occasions_is_told_to_be_of_two() -> None:
    first = f"“The ferry fee is fair to every sailor,” {VENN} said in an interview with the Post."
    second = f"“The ferry fee is fair to every sailor,” {VENN} wrote in a letter to the Mail."
    assert told(first, second) == {("same_quote", "occasion")}
    assert told(first, second.replace("wrote in a letter to", "told")) == {("same_quote", None)}


@pytest.mark.parametrize(
    ("headline", "line", "differs"),
    [
        ("Mayor Hask signs harbour treaty", "Mayor Lena Hask is to sign the harbour treaty.", True),
        ("Mayor Hask signs harbour treaty", "Mayor Lena Hask signed the harbour treaty.", False),
        # of what is planned or set down for a day the present tense tells nothing done
        ("Mayor Hask plans harbour treaty", "Mayor Lena Hask will plan the harbour treaty.", False),
        (
            "Mayor Hask signs harbour treaty on Friday",
            "Mayor Lena Hask will sign the harbour treaty on Friday.",
            False,
        ),
    ],
)
def test_a_headline_tells_the_news_in_the_present_tense(
    headline: str, line: str, differs: bool
) -> None:
    texts = (f"{headline}\n\nMayor Lena Hask met the sailors.{TAIL}", f"{HEAD}{line}{TAIL}")
    captures = []
    for name, text in zip(("Tern Post", "Oldmoor Mail"), texts, strict=True):
        given = Given(outlet=name, published="2031-05-01", language="en")
        captures.append((capture_of(f"{name}.txt", text.encode(), given=given), text.encode()))
    shelf, _ = build_in_memory(captures, STAGES)
    claims = shelf.all(Claim)
    said = {m.id: m.citation.quote for c in claims for m in c.members}
    found = [
        r.in_
        for c in claims
        for r in c.relations
        if r.relation == "differs" and {said[r.a], said[r.b]} & {headline}
    ]
    assert ("modality" in found) == differs


def test_he_may_be_anybody_and_makes_no_second_mouth() -> None:
    words = "“The captain never saw the second buoy and nobody lit it for him,”"
    first = f"Foreign Minister Ilsa Brandt was angry. {words} Ilsa Brandt said on Monday."
    assert details(first, f"{VENN} met the captain. {words} {VENN} said.") == {"attribution"}
    assert details(first, f"{VENN} met the captain. {words} he said.") == set()


def test_a_quarrel_that_goes_on_does_not_keep_a_ferry_from_leaving() -> None:
    a = "The ferry quarrel over the harbour fee of Ostrand goes on."
    b = "The ferry Aurelia left the harbour of Ostrand with the fee unpaid, Oskar Venn said."
    assert "polarity" not in details(a, b)

"""In what two accounts differ - condition, modality, occasion, what one thing is called - and where they
only seem to."""

from __future__ import annotations

import pytest
from tests.relate.test_comparing import details, told

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

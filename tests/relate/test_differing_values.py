"""Numbers, days, hours and places of two accounts: told to differ where they do, and only there."""

from __future__ import annotations

import pytest
from tests.relate.test_comparing import details, told

from onrecord.relate.clock import clock_in, same_clock


@pytest.mark.parametrize(
    ("a", "b", "detail"),
    [
        # a number at the head of a sentence
        (
            "Nine people were killed when the ferry Aurelia burnt off Harne, the coastguard said.",
            "Eleven people were killed when the ferry Aurelia burnt off Harne, the coastguard said.",
            "number",
        ),
        # a count that grows
        (
            "At least six people were killed when the ferry Aurelia burnt off Harne, the coastguard said.",
            "The number of people killed when the ferry Aurelia burnt off Harne rose to seven, the coastguard said.",
            "number",
        ),
        # a toll told again in other words
        (
            "Nine people were killed when the ferry Aurelia burnt off Harne, the coastguard said.",
            "The coastguard now puts the number of dead at ten, because one sailor had not been counted.",
            "number",
        ),
        # the whole beside a part
        (
            "Nineteen people died when the ferry Aurelia burnt off Harne.",
            "Six of the 23 dead of the ferry Aurelia, which burnt off Harne, were over 70.",
            "number",
        ),
        # houses under two nouns, of what befell them in one place
        (
            "A night fire destroyed 14 houses in the old harbour of Harne.",
            "Nine buildings in the old harbour of Harne burnt down in the fire, and the mayor wept.",
            "number",
        ),
        (
            "The storm left about 40,000 homes in Harne without power.",
            "Some 65,000 customers in Harne lost power in the storm.",
            "number",
        ),
        # how long it lasted, and after how long it was over
        (
            "The talks between the council and the sailors broke down on Monday after more than eleven hours.",
            "The talks at the town hall had gone on for nine hours by then, and the sailors were tired.",
            "number",
        ),
        # with and without a noun that counts
        (
            "The blaze on the ferry Aurelia killed four people and injured 30 at Harne.",
            "The blaze on the ferry Aurelia left four dead and 45 injured at Harne.",
            "number",
        ),
        # money
        (
            "The harbour board will pay $4.5 million for the broken pier of Harne.",
            "The harbour board will pay 6.2 million dollars for the broken pier of Harne.",
            "number",
        ),
        # another length of one thing
        (
            "The divers searched the wreck of the Aurelia for six hours.",
            "The divers searched the wreck of the Aurelia for eleven hours.",
            "number",
        ),
        # the part of the day
        (
            "Captain Jory Teague will open the new pier of Harne on Monday at 11 a.m. with the mayor.",
            "Captain Jory Teague opened the new pier of Harne on Monday afternoon with the mayor.",
            "date",
        ),
        (
            "Captain Jory Teague opened the new pier of Harne in the morning with the mayor.",
            "In rain and wind Captain Jory Teague opened the pier in the evening, a band played and sailors came.",
            "date",
        ),
        # the sort of place
        (
            "The last two cars of the train came to rest in a field of rape near Harne.",
            "The last two cars of the train came to rest in the bed of a river near Harne.",
            "place",
        ),
        # the one number of its kind in each of two lines about one matter
        (
            "The ferry was carrying 210 tonnes of wheat when it sank off the pier.",
            "When it sank the ferry had 340 tonnes of wheat on board.",
            "number",
        ),
        # a speed
        (
            "The night train had been travelling at 131 kilometres an hour, the ferry company said.",
            "The recorder gives the speed of the train as 112 kilometres an hour, the coastguard said.",
            "number",
        ),
        # the area of one thing
        (
            "The fire above Harne has burnt 3,000 hectares of wood since Saturday.",
            "The fire above Harne, which is now held, covers 4,100 hectares.",
            "number",
        ),
        # hours of the clock
        (
            "The blaze on the ferry Aurelia began at 6.40 in the morning in the engine room.",
            "The blaze on the ferry Aurelia began at half past nine in the morning in the engine room.",
            "date",
        ),
        # how far from what
        (
            "The coastguard boarded the trawler Petrel three miles off Harne.",
            "The coastguard boarded the trawler Petrel nineteen miles off Harne.",
            "place",
        ),
    ],
)
def test_values_of_one_thing_that_differ_are_told(a: str, b: str, detail: str) -> None:
    found = told(a, b)
    assert ("differs", detail) in found
    assert not {r for r, _ in found} & {"corroborates", "adds", "contradicts"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # a part and a whole
        (
            "Twenty people were killed when the ferry Aurelia burnt off Harne, including nine children.",
            "Twenty people were killed when the ferry Aurelia burnt off Harne, including two sailors.",
        ),
        # one length in two units
        (
            "The divers searched the wreck of the Aurelia for 48 hours.",
            "The divers searched the wreck of the Aurelia for two days.",
        ),
        (
            "Oskar Venn asked for thirteen and a half years in prison for the captain of the Aurelia.",
            "Oskar Venn asked for 13 years and six months in prison for the captain of the Aurelia.",
        ),
        # the last round number that was passed
        (
            "More than 100 passengers of the ferry Aurelia were rescued off Harne.",
            "Some 143 passengers of the ferry Aurelia were rescued off Harne.",
        ),
        # two miles and three kilometres
        (
            "The trawler Petrel dragged its net for two miles along the reef of Harne.",
            "The trawler Petrel dragged its net for 3.2 kilometres along the reef of Harne.",
        ),
        # votes of two sides and the margin
        (
            "The harbour board elected Ilsa Brandt chairwoman by 44 votes to 40.",
            "The harbour board elected Ilsa Brandt chairwoman by four votes.",
        ),
        # an accident long ago
        (
            "Nine people were killed when the ferry Aurelia burnt off Harne.",
            "Four people were killed when the ferry Petrel sank off Harne in 1998.",
        ),
        # a player's game and career
        (
            "Jory Teague finished with 14 points for the Harne club on Sunday.",
            "Jory Teague has 2,129 points for the Harne club.",
        ),
        # of several sums the other may be any
        (
            "The harbour board will pay $4 million for the pier and $2 million for the crane of Harne.",
            "The harbour board will pay $9 million for the ferries of Harne.",
        ),
        # each names another
        (
            "The ferry Aurelia was carrying 210 tonnes of wheat when it sank.",
            "When it sank the ferry Petrel had 340 tonnes of wheat on board.",
        ),
        # different people
        (
            "Ilsa Brandt won 44 votes in the harbour board of Harne.",
            "Oskar Venn won 31 votes in the harbour board of Harne.",
        ),
    ],
)
def test_what_agrees_or_is_of_something_else_does_not_differ_in_number(a: str, b: str) -> None:
    assert "number" not in details(a, b)


def test_a_term_and_a_day_before_it_are_no_two_dates() -> None:
    a = "The harbour board will repair the northern pier of Harne by Friday."
    b = "The harbour board repaired the northern pier of Harne on Wednesday."
    assert "date" not in details(a, b)


def test_a_term_that_was_missed_is_another_day_whatever_months_are_named() -> None:
    a = "The wages of the crew for May and June will be paid by Tuesday, Captain Jory Teague promised."
    b = "The wages of the crew for May and June were paid on Thursday, after Captain Jory Teague had {} them."
    assert ("differs", "date") in told(a, b.format("promised"), "2031-05-09")
    assert ("differs", "date") not in told(a, b.replace("Thursday", "Monday"), "2031-05-09")


def test_a_room_and_its_house_are_no_two_places() -> None:
    a = "Captain Jory Teague hid the gold of the Aurelia in the kitchen."
    b = "In his house at Harne Captain Jory Teague hid the gold of the Aurelia for years."
    assert "place" not in details(a, b)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("morning", "afternoon", False),
        ("afternoon", "evening", True),
        ("night", "morning", True),
        ("night", "afternoon", False),
    ],
)
def test_parts_of_the_day_may_be_one_where_they_meet(one: str, other: str, is_one: bool) -> None:
    a = f"Captain Jory Teague opened the new pier of Harne in the {one} with the mayor."
    b = f"In rain and wind Captain Jory Teague opened the pier in the {other}, a band played and sailors came."
    assert ("date" in details(a, b)) is not is_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("at 6.42 a.m.", "at twenty to seven in the morning"),
        ("at 14:30", "at half past two"),
        ("at ten past eight", "shortly after eight o'clock"),
        ("at noon", "at twelve o'clock"),
        ("at eleven at night", "at 11 p.m."),
    ],
)
def test_one_hour_in_two_ways(one: str, other: str) -> None:
    a, b = clock_in(f"The siren sounded {one}."), clock_in(f"The siren sounded {other}.")
    assert a is not None
    assert b is not None
    assert same_clock(a, b)


@pytest.mark.parametrize(
    "text",
    [
        "The siren sounded at six in the morning and at nine in the evening.",
        "The share rose to 7.50 percent.",
        "She counted three of the boats.",
    ],
)
def test_no_hour_or_several_are_none(text: str) -> None:
    assert clock_in(text) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # the damaged beside the destroyed
        (
            "A night fire destroyed 14 houses in the old harbour of Harne.",
            "Nine buildings in the old harbour of Harne were damaged in the fire, and the mayor wept.",
        ),
        # two talks
        (
            "The talks between the council and the sailors broke down on Monday after more than eleven hours.",
            "The quarrel of the sailors with the council had gone on for nine hours before the talks.",
        ),
    ],
)
def test_what_is_counted_of_two_things_does_not_differ(a: str, b: str) -> None:
    assert "number" not in details(a, b)

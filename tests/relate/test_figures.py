"""Figures: the numbers of one thing by who tells them and for which day, and what is no such number."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.relate.reports import outlet_of, story

from onrecord.records import Figure, ToldFigure, Version
from onrecord.relate.figures_bounds import NUMBER, bounds_of, numeral
from onrecord.run.memory import MemoryShelf

TERN = (
    "At least 12 people were killed and 30 injured when the ferry burned, the harbour police said.\n\n"
    "Some 400 lorries wait at the Velmora quay, Oskar Venn said. The talks lasted three hours.\n\n"
    "The ferry cost the harbour board of Velmora $4.7 million last year. Two ministers met in Harne."
)
MAIL = (
    "The death toll from the ferry fire rose to 15, the harbour police said. Between 30 and 35 people "
    "were injured.\n\n"
    "As of 4 May more than 650 lorries wait at the Velmora quay, Venn said. The talks lasted six hours.\n\n"
    "The ferry cost the harbour board more than $5 million last year. Three ministers dined in Harne."
)


@functools.cache
def fire() -> MemoryShelf:
    return story(("Tern Post", "2031-05-02", TERN), ("Oldmoor Mail", "2031-05-05", MAIL))


def told(what: str) -> list[tuple[str | None, str | int | None, str | int | None, str | None]]:
    """Outlet, bounds and day of a series, in order of the day."""
    shelf = fire()
    rows = [f for f in shelf.all(ToldFigure) if what in f.what]
    found = [(outlet_of(shelf, f.article_id), f.low, f.high, f.as_of) for f in rows]
    return sorted(found, key=lambda row: (row[3] or "", str(row[1])))


def test_the_dead_are_one_series_however_they_are_counted() -> None:
    assert told("people killed") == [
        ("Tern Post", 12, None, "2031-05-02"),
        ("Oldmoor Mail", 15, 15, "2031-05-05"),
    ]
    rows = [f for f in fire().all(ToldFigure) if f.what == "people killed"]
    assert {f.holder.name for f in rows if f.holder} == {"harbour police"}
    assert {f.unit for f in rows} == {"people"}


def test_a_range_has_both_bounds_and_is_one_number() -> None:
    assert told("people injured") == [
        ("Tern Post", 30, 30, "2031-05-02"),
        ("Oldmoor Mail", 30, 35, "2031-05-05"),
    ]


def test_what_is_told_as_of_a_day_is_of_that_day() -> None:
    assert told("lorries") == [
        ("Tern Post", 380, 420, "2031-05-02"),
        ("Oldmoor Mail", 650, None, "2031-05-04"),
    ]


def test_money_has_its_currency_and_no_float() -> None:
    rows = [f for f in fire().all(ToldFigure) if f.unit == "$"]
    assert sorted((f.low, f.high) for f in rows if isinstance(f.low, int)) == [
        (4_700_000, 4_700_000),
        (5_000_000, None),
    ]


def test_lengths_of_time_and_small_numbers_of_other_acts_are_no_series() -> None:
    whats = {f.what for f in fire().all(ToldFigure)}
    assert not [w for w in whats if "hour" in w.split() or "ministers" in w]


def test_every_citation_reads_as_its_version_and_holds_the_number() -> None:
    versions = {v.id: v for v in fire().all(Version)}
    rows = fire().all(ToldFigure)
    assert rows
    for f in rows:
        text = versions[f.citation.version_id or ""].text
        assert text[f.citation.start : f.citation.end] == f.citation.quote
        assert f.written in f.citation.quote


def test_outlets_that_print_one_text_have_rows_of_their_own() -> None:
    rows = story(
        ("Tern Post", "2031-05-02", TERN),
        ("Skua Times", "2031-05-02", TERN),
        ("Oldmoor Mail", "2031-05-05", MAIL),
    ).all(ToldFigure)
    dead = [r for r in rows if r.what == "people killed"]
    assert len(dead) == len({r.id for r in dead}) == len({r.article_id for r in dead}) == 3
    assert len({r.citation.address for r in dead}) == 2


def test_a_number_that_one_report_tells_once_is_no_row() -> None:
    shelf = story(("Tern Post", "2031-05-02", "At least 12 people were killed, police said."))
    assert shelf.all(ToldFigure) == ()


def test_the_dead_of_two_places_and_of_other_years_are_no_one_series() -> None:
    shelf = story(
        ("Tern Post", "2031-05-02", "In all 12 people were killed in Harne when the ferry burned."),
        (
            "Oldmoor Mail",
            "2031-05-02",
            "A storm killed 40 people in Sallow on the same day. In 1987 a ferry fire killed 90 people. "
            "Storms kill 300 people every year.",
        ),
    )
    assert shelf.all(ToldFigure) == ()


def test_some_of_those_counted_are_not_the_whole() -> None:
    shelf = story(
        ("Tern Post", "2031-05-02", "The fire killed 12 people, including 3 people from Harne."),
        (
            "Oldmoor Mail",
            "2031-05-02",
            "In all 12 people were killed in the fire. Two others were killed on shore.",
        ),
    )
    assert {f.low for f in shelf.all(ToldFigure)} == {12}


@pytest.mark.parametrize(
    ("text", "low", "high", "written"),
    [
        ("more than 300", 300, None, "more than 300"),
        ("up to 300", None, 300, "up to 300"),
        ("about 40", 38, 42, "about 40"),
        ("nearly 40", 38, 40, "nearly 40"),
        ("exactly 7", 7, 7, "7"),
        ("between 3 and 5", 3, 5, "between 3 and 5"),
        ("from 10 to 12", 10, 12, "from 10 to 12"),
        ("3 to 5 million", 3_000_000, 5_000_000, "3 to 5 million"),
        ("over $4.75", "4.75", None, "over $4.75"),
        ("1,250.5", "1250.5", "1250.5", "1,250.5"),
    ],
)
def test_bounds(text: str, low: object, high: object, written: str) -> None:
    value = text.split("to ")[-1] if "million" in text else text.split()[-1].lstrip("$")
    start = len(text) - len(value)
    figure = Figure(value=value, unit="", noun="", bound="", start=start, end=len(text))
    found = bounds_of(text, figure, 0)
    assert found is not None
    assert (numeral(found.low), numeral(found.high), found.written) == (low, high, written)


@given(st.integers(0, 10**9), st.sampled_from(["", "about ", "nearly ", "at least ", "up to "]))
def test_bounds_hold_the_number_and_are_whole_for_whole_numbers(value: int, before: str) -> None:
    text = f"{before}{value:,} people"
    start, end = len(before), len(text) - len(" people")
    figure = Figure(value=text[start:end], unit="", noun="", bound="", start=start, end=end)
    found = bounds_of(text, figure, 0)
    assert found is not None and text[found.start : found.end] == text[:end]
    low, high = numeral(found.low), numeral(found.high)
    assert low is None or (isinstance(low, int) and low <= value)
    assert high is None or (isinstance(high, int) and high >= value)


@pytest.mark.parametrize("behind", ["m", ",000", " ,000", "th"])
def test_part_of_a_longer_number_is_none(behind: str) -> None:
    figure = Figure(value="38", unit="", noun="", bound="", start=6, end=8)
    assert bounds_of(f"about 38{behind}", figure, 0) is None


def test_a_number_is_a_number_to_the_patterns() -> None:
    import re

    for text in ("12", "1,200", "4.7 million", "three", "three hundred"):
        assert re.fullmatch(NUMBER, text), text
    assert not re.fullmatch(NUMBER, "several")

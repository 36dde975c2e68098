"""Authors of pages: persons, and who signs where no person does."""

from __future__ import annotations

import pytest

from onrecord.extract.html_names import (
    byline_spans,
    desk_span,
    is_person,
    names_site,
    read_authors,
)
from onrecord.extract.structured import Fact
from onrecord.gazetteer import load_outlets

OUTLETS = load_outlets()
JSON = "JSON-LD author name"


def facts(*values: str, where: str = JSON) -> list[Fact]:
    return [Fact(v, 10 * i, 10 * i + len(v), where) for i, v in enumerate(values)]


def authors(*values: str, where: str = JSON) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = read_authors(
        facts(*values, where=where), OUTLETS, "Tidewater Post", "tidewater.example"
    )
    return found.names, found.desks


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ilse Marrow", ("Ilse Marrow",)),
        ("By Ilse Marrow and Jon Aske", ("Ilse Marrow", "Jon Aske")),
        ("Ilse Marrow, Jon Aske", ("Ilse Marrow", "Jon Aske")),
        ("Ilse Marrow, Northern Correspondent", ("Ilse Marrow",)),
        ("Ilse Marrow, Tidewater Post", ("Ilse Marrow",)),
        ("im/hosk;tam", ("im/hosk", "tam")),
        ("이서윤 기자", ("이서윤",)),
        ("https://social.example/tidewater", ()),
        ("admin", ()),
        ("news", ()),
        ("root", ()),
        ("team;desk", ()),
    ],
)
def test_names_of_one_value(value: str, names: tuple[str, ...]) -> None:
    assert authors(value)[0] == names


def test_a_desk_signs_where_no_person_does() -> None:
    assert authors("Tidewater Staff") == ((), ("Tidewater Staff",))
    assert authors("The Associated Press") == ((), ("The Associated Press",))
    assert authors("admin") == ((), ())
    assert authors("news") == ((), ())
    assert authors("News Desk") == ((), ("News Desk",))
    assert authors("Tidewater Post", where="meta author") == ((), ())


def test_a_desk_named_beside_a_person_stays_beside() -> None:
    found = read_authors(facts("Ilse Marrow", "Harbour Team"), OUTLETS, None)
    assert (found.names, found.desks, found.beside) == (
        ("Ilse Marrow",),
        ("Harbour Team",),
        True,
    )


def test_a_person_of_a_lesser_source_comes_before_a_desk() -> None:
    found = read_authors(
        [*facts("Tidewater Staff"), *facts("Ilse Marrow", where="meta author")], OUTLETS, None
    )
    assert (found.names, found.desks) == (("Ilse Marrow",), ())


def test_agencies_are_organisations_by_any_name() -> None:
    found = read_authors(facts("Associated Press"), OUTLETS, None)
    assert found.organisations == ("Associated Press",)


def test_an_account_of_the_site_is_no_person() -> None:
    assert names_site("Tidewater D", None, "tidewaternews.example")
    assert names_site("TWP NORTH", None, "www.twp.example")
    assert names_site("Tidewater Post", "Tidewater Post", None)
    assert not names_site("Ilse Marrow", "Tidewater Post", "tidewater.example")
    assert authors("Tidewater D") == ((), ("Tidewater D",))


def test_no_newsroom_is_a_person() -> None:
    assert not is_person("News Desk")
    assert not is_person("Ilse")
    assert is_person("Ilse van der Marrow")


def test_names_of_a_byline_line_stand_where_they_stand() -> None:
    line = "Words: Ilse Marrow | 2 May 2031"
    assert [line[a:b] for a, b in byline_spans(line, ["ILSE MARROW"], OUTLETS, marked=False)] == [
        "Ilse Marrow"
    ]
    line = "Jon Aske | 2 May 2031"
    assert byline_spans(line, [], OUTLETS, marked=False) == []
    assert byline_spans(line, [], OUTLETS, marked=True) == [(0, 8)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ilse Marrow on Monday, May 5th, 2031 at 11:08 a.m.", ["Ilse Marrow"]),
        ("By Ilse Marrow , Jon Aske on Monday, May 5th, 2031", ["Ilse Marrow", "Jon Aske"]),
        ("Von Ilse Marrow publiziert am 30. Juli 2031", ["Ilse Marrow"]),
        ("Von Seb Marrow, Lille 05.08.2031, 21:13", ["Seb Marrow"]),
        ("Текст: Лида Морская · 11 октября 2031", ["Лида Морская"]),
        ("Published on Monday 5 May 2031", []),
    ],
)
def test_a_date_behind_the_names_is_no_name(line: str, names: list[str]) -> None:
    spans = byline_spans(line, [], OUTLETS, marked=False)
    assert [line[a:b] for a, b in spans][: len(names) or 1] == names


def test_an_agency_glued_to_a_marked_name_is_no_name() -> None:
    line = "Ilse Marrow Associated Press"
    assert [line[a:b] for a, b in byline_spans(line, [], OUTLETS, marked=True)] == ["Ilse Marrow"]


@pytest.mark.parametrize(
    ("line", "marked", "desk"),
    [
        ("By TIDEWATER POST STAFF", False, "TIDEWATER POST STAFF"),
        ("By Staff Reports - 5 May 2031", False, "Staff Reports"),
        ("Tidewater wire services", True, "Tidewater wire services"),
        ("Tidewater wire services", False, None),
        ("By the end of the week", True, None),
        ("Ilse Marrow", True, None),
    ],
)
def test_desks_shown(line: str, marked: bool, desk: str | None) -> None:
    span = desk_span(line, marked=marked)
    assert (line[slice(*span)] if span else None) == desk

"""Bylines: persons, not organisations, and not prose."""

from __future__ import annotations

import pytest

from onrecord.extract.text_bylines import bare_names, find_byline, signed, staff_line
from onrecord.gazetteer.outlets import load_outlets

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("line", "names", "organisations", "place"),
    [
        ("By Ilse Korvan", ["Ilse Korvan"], [], None),
        ("By Ilse Korvan and Tomas Brell", ["Ilse Korvan", "Tomas Brell"], [], None),
        (
            "By Ilse Korvan, Tomas Brell and Dana O'Stell",
            ["Ilse Korvan", "Tomas Brell", "Dana O'Stell"],
            [],
            None,
        ),
        ("By Ilse Korvan, City Hall reporter", ["Ilse Korvan"], [], None),
        ("By Ilse Korvan | Staff writer", ["Ilse Korvan"], [], None),
        ("From Ilse Korvan in Helsinki", ["Ilse Korvan"], [], "Helsinki"),
        ("By The Associated Press", [], ["Associated Press"], None),
        ("By Ilse Korvan, Reuters", ["Ilse Korvan"], ["Reuters"], None),
        ("By Ilse Korvan BBC News, Moscow", ["Ilse Korvan"], ["BBC News"], None),
        ("Von Karl-Heinz Brell, Berlin", ["Karl-Heinz Brell"], [], None),
        ("By John de la Cruz", ["John de la Cruz"], [], None),
        # An agency's name that is a given name, and the agency itself.
        ("By Petra Olin", ["Petra Olin"], [], None),
        ("By Ilse Korvan and Petra Olin", ["Ilse Korvan", "Petra Olin"], [], None),
        ("By Petra Olin, Reuters", ["Petra Olin"], ["Reuters"], None),
        ("By Ilse Korvan, Petra", ["Ilse Korvan"], ["Petra"], None),
        ("By Reuters Staff", [], ["Reuters"], None),
    ],
)
def test_reads_who_wrote_it(
    line: str, names: list[str], organisations: list[str], place: str | None
) -> None:
    found = find_byline(line, OUTLETS)
    assert found is not None
    assert [n for n, _, _ in found.names] == names
    assert all(line[a:b] == n for n, a, b in found.names)
    assert list(found.organisations) == organisations
    assert found.place == place


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the river had risen over the wall.",
        "By voting for it, Parliament has shown its hand.",
        "From London to Paris",
        "by the time the ferry had left the harbour, Ilse Korvan was on the quay and it was dark",
    ],
)
def test_prose_is_no_byline(line: str) -> None:
    assert find_byline(line, OUTLETS) is None


def test_names_without_by_need_to_be_names() -> None:
    assert [n for n, _, _ in bare_names("Mei-Ling Brell", OUTLETS)] == ["Mei-Ling Brell"]
    assert bare_names("Other News Materials", OUTLETS) == ()
    assert bare_names("World Politics", OUTLETS) == ()


def test_a_role_or_an_agency_signs_a_line_of_names() -> None:
    with_role = signed("Ilse Korvan, Staff Writer", OUTLETS)
    assert with_role is not None
    assert [n for n, _, _ in with_role.names] == ["Ilse Korvan"]
    with_agency = signed("Ilse Korvan / Bloomberg", OUTLETS)
    assert with_agency is not None
    assert with_agency.organisations == ("Bloomberg",)
    assert signed("Ilse Korvan", OUTLETS) is None
    assert signed("Ilse Korvan Lashes Out at Tomas Brell", OUTLETS) is None
    assert signed("Tomas Brell Resigns With State Funds", OUTLETS) is None
    assert staff_line("By our staff reporters")
    assert not staff_line("By noon the staff had gone")

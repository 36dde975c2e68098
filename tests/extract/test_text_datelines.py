"""Datelines at the head of a report, and the sentences that only look like one."""

from __future__ import annotations

import pytest

from onrecord.extract.text_datelines import find_cells, find_dateline
from onrecord.gazetteer.outlets import load_outlets

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("text", "place", "day", "agency"),
    [
        ("VELDT, May 3 (Reuters) - A ship ran aground.", "Veldt", "--05-03", "Reuters"),
        ("PORT ELDER (AP) — A ship ran aground.", "Port Elder", None, "AP"),
        ("OSTREL. Aug 21 (Interfax) - A ship ran aground.", "Ostrel", "--08-21", "Interfax"),
        ("ANKARA, June 18. /TASS/. A ship ran aground.", "Ankara", "--06-18", "TASS"),
        ("WARSAW, Apr. 13, 2009 (Xinhua) -- A ship ran aground.", "Warsaw", "2009-04-13", "Xinhua"),
        ("Tulsa, Okla. (dpa) - A ship ran aground.", "Tulsa, Okla.", None, "dpa"),
        ("KELD/ROME, Italy, May 3 (Kyodo) - A ship", "Keld/Rome, Italy", "--05-03", "Kyodo"),
        ("PORT ELDER — A ship ran aground.", "Port Elder", None, None),
        ("VELDT, May 3 — A ship ran aground.", "Veldt", "--05-03", None),
        ("(Reuters) - A ship ran aground.", None, None, "Reuters"),
        ("HAVANA, August 7 (Xinhua) --", "Havana", "--08-07", "Xinhua"),
        ("Geneva, 12 March 2014 (Valley News) – A ship", "Geneva", "2014-03-12", "Valley News"),
    ],
)
def test_finds_place_day_and_agency(
    text: str, place: str | None, day: str | None, agency: str | None
) -> None:
    found = find_dateline(text, OUTLETS)
    assert found is not None
    assert (found.place, found.time and found.time.day, found.agency) == (place, day, agency)


@pytest.mark.parametrize(
    "text",
    [
        "The minister (Liberal) - and his brother - left.",
        "BREAKING — A ship ran aground.",
        "U.S. - Veldt talks to resume",
        "BRELL: I have nothing to say.",
        "Brell — who had waited for hours — left.",
        "NATO (AP) members met.",
        "Friday, 3 May 2019 - 10:05 AM",
        "A ship ran aground.",
        "",
    ],
)
def test_no_dateline_where_none_stands(text: str) -> None:
    found = find_dateline(text, OUTLETS)
    assert found is None or found.place is None


def test_long_runs_of_capitals_are_read_in_no_time() -> None:
    assert find_dateline("A-B-" * 5000 + " (AP) -", OUTLETS) is None
    assert find_dateline("AAA BBB " * 5000, OUTLETS) is None


def test_cells_on_a_line_of_their_own() -> None:
    found = find_cells("PTI | Nairobi | May 6, 2018", OUTLETS)
    assert found is not None
    assert (found.agency, found.place) == ("PTI", "Nairobi")
    assert found.time is not None
    assert found.time.day == "2018-05-06"
    assert find_cells("Home | World | Africa", OUTLETS) is None

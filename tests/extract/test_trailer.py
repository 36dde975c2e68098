"""Credits of texts, not of pictures, and not every mention of an agency."""

from __future__ import annotations

import pytest

from onrecord.extract.trailer import (
    closing_credit,
    copyright_agency,
    image_credit,
    lead_credits,
    trailer_credits,
)
from onrecord.gazetteer.outlets import load_outlets

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("ik/tb (Reuters, AFP, AP)", ["Reuters", "AFP", "AP"]),
        ("(Reporting by Ilse Korvan; Editing by Tomas Brell)", []),
        ("The Associated Press and Reuters contributed to this report.", ["AP", "Reuters"]),
        ("— with files from AP", ["AP"]),
        ("With inputs from PTI", ["PTI"]),
        ("Source: Interfax", ["Interfax"]),
        ("AFP/Reuters", ["AFP", "Reuters"]),
        ("Based on reporting by AP, AFP, and dpa", ["AP", "AFP", "dpa"]),
    ],
)
def test_reads_trailers(line: str, agencies: list[str]) -> None:
    is_trailer, credits = trailer_credits(line, OUTLETS)
    assert is_trailer
    assert [c.name for c in credits] == agencies


@pytest.mark.parametrize(
    "line",
    [
        "Image: Reuters",
        "Photo: AFP",
        "Reporting from the yard has been banned since the strike began, the union told its members.",
        "Brell told Reuters that he would resign.",
        "The rain contributed to the delay.",
        "(It was dark.)",
    ],
)
def test_other_lines_are_no_trailers(line: str) -> None:
    assert trailer_credits(line, OUTLETS) == (False, ())


def test_image_credits() -> None:
    assert image_credit("Image: Reuters")
    assert image_credit("Photo credit: Ilse Korvan")
    assert not image_credit("Images of the ferry were shown on Tuesday.")


def test_the_lead_names_its_source() -> None:
    lead = "A ferry ran aground, Reuters reported."
    (credit,) = lead_credits(lead, OUTLETS)
    assert (credit.name, lead[credit.start : credit.end]) == ("Reuters", "Reuters")
    assert [
        c.name for c in lead_credits("A ferry sank, the Interfax news agency reported.", OUTLETS)
    ] == ["Interfax"]
    assert lead_credits("“It sank,” Brell told Reuters.", OUTLETS) == ()


def test_signed_paragraphs_and_copyright() -> None:
    assert [c.name for c in closing_credit("The tide will lift it. (AFP)", OUTLETS)] == ["AFP"]
    assert [c.name for c in closing_credit("The tide will lift it. - Reuters", OUTLETS)] == [
        "Reuters"
    ]
    assert closing_credit("The tide (AFP) will lift it.", OUTLETS) == ()
    owner = copyright_agency("Copyright 2014 The Associated Press. All rights reserved.", OUTLETS)
    assert owner is not None
    assert owner.name == "AP"
    assert copyright_agency("© 2014 The Valley Paper", OUTLETS) is None

"""Bullets above a report against what its body reports."""

from __future__ import annotations

from onrecord.pipeline import STAGES
from onrecord.records import Claim, Given
from onrecord.run.memory import build_in_memory, capture_of

REPORT = """Talks on the lake end without a deal

by Tern News Agency
Friday, 3 March 2034 19:19 GMT

* {bullet}

* Talks ended without a deal in Kelm

By Ada Quill

KELM, March 3 (Tern News Agency) - The ministers of Norland and Sefar ended talks on the lake without a deal on Friday.

"The canal must stay open until the vote on Sunday," Foreign Minister Oskar Venn told reporters in Kelm.

Venn said Norland had not decided anything about the dam and would wait for the vote.
"""
OTHER = """Ministers part in Kelm

The ministers of Norland and Sefar parted in Kelm on Friday after talks on the lake and the dam.

Foreign Minister Oskar Venn said the canal must stay open until the vote on Sunday.
"""


def _bases(bullet: str) -> list[str]:
    captures = []
    for name, text, outlet in (("a", REPORT, "Tern News Agency"), ("b", OTHER, "Kelm Post")):
        data = text.format(bullet=bullet).encode()
        given = Given(outlet=outlet, published="2034-03-03", language="en")
        captures.append(
            (capture_of(f"{name}.txt", data, url=f"https://{name}.example/1", given=given), data)
        )
    shelf, _ = build_in_memory(captures, STAGES)
    return [
        r.basis
        for claim in shelf.all(Claim)
        for r in claim.relations
        if r.in_ == "characterisation" and "the line above the report" in r.basis
    ]


def test_a_bullet_that_says_what_the_body_does_not_is_told() -> None:
    (basis,) = _bases("Venn says Norland to blow up dam before the vote")
    assert "Oskar Venn" in basis and "blow up dam" in basis


def test_a_bullet_that_the_body_bears_out_is_quiet() -> None:
    assert _bases("Venn says canal must stay open until the vote") == []

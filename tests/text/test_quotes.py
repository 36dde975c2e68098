"""Quotation marks as pages print them: which words stand inside."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotes import Quotation, quotations


def paragraphs(text: str) -> list[tuple[int, int]]:
    ranges, start = [], 0
    for piece in text.split("\n\n"):
        ranges.append((start, start + len(piece)))
        start += len(piece) + 2
    return ranges


def inside(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in q.pieces] for q in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We stay,” she said. “We are tired.”", ["We stay,", "We are tired."]),
        ('"We stay," she said.', ["We stay,"]),
        ('He called it “the end of it all." Then he left.', ["the end of it all."]),
        ('"We stay,” she said, "for good."', ["We stay,", "for good."]),
        ("«We stay», she said.", ["We stay"]),
        ("„We stay“, she said.", ["We stay"]),
        ("``We stay,'' she said.", ["We stay,"]),
        ("''We stay,'' she said.", ["We stay,"]),
        ("‘Useful, but late’: what the mayor thinks", ["Useful, but late"]),
        ("Mayor calls bridge 'a ruin' in Kelm", ["a ruin"]),
        ("‘The miners’ union is split,’ she said.", ["The miners’ union is split,"]),
        ('“He called it "mine" again,” she said.', ['He called it "mine" again,']),
    ],
)
def test_finds_what_is_quoted(text: str, quoted: list[str]) -> None:
    assert [piece for pieces in inside(text) for piece in pieces] == quoted


@pytest.mark.parametrize(
    "text",
    [
        "The miners' strike and the owners' answer",
        "It's Kelm's bridge, isn't it?",
        "rock ’n’ roll of the ’90s and the '80s",
        'a board 6" wide and a 12" pipe',
        "no marks at all",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text: str) -> None:
    assert inside(text) == []


def test_open_quotation_goes_on_in_a_paragraph_that_begins_with_a_mark() -> None:
    text = '"First part.\n\n"Second part," Kirin said.\n\nNarration.'
    assert inside(text) == [["First part.", "Second part,"]]


def test_open_quotation_ends_with_its_paragraph_if_the_next_begins_without_a_mark() -> None:
    text = "“First part.\n\nNarration follows here."
    (found,) = quotations(text, paragraphs(text))
    assert found == Quotation(pieces=((1, 12),), closed=False)


@given(st.text(alphabet="ab.,s “”\"'‘’«»„`\n", max_size=80))
def test_quotations_are_ordered_and_inside_their_paragraphs(text: str) -> None:
    ranges = paragraphs(text)
    found = quotations(text, ranges)
    pieces = [piece for q in found for piece in q.pieces]
    assert pieces == sorted(pieces)
    assert all(b <= c for (_, b), (c, _) in pairwise(pieces))
    for a, b in pieces:
        assert a < b
        assert any(low <= a and b <= high for low, high in ranges)


@given(st.text(alphabet="abc .,;", max_size=60))
def test_text_without_marks_has_no_quotations(text: str) -> None:
    assert quotations(text, [(0, len(text))]) == ()

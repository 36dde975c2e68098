"""In how far two captures are the same, and what is never folded."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.folding import fold_cosmetic
from onrecord.text.sameness import sameness

SEEN = "“The quay’s café will open at 7:30,” said Ilsa Brandt. It cost $4.7 million – or +3.5%."


@pytest.mark.parametrize(
    "other",
    [
        SEEN.replace("“", '"').replace("”", '"').replace("’", "'"),
        SEEN.replace("“", "«").replace("”", "»"),
        unicodedata.normalize("NFD", SEEN),
        SEEN.replace(". It", ".\n\nIt"),
        SEEN.replace(" ", "\u00a0", 3),
        SEEN.replace("million", "mil\u00adlion"),
        f"  {SEEN}\u200b\n",
    ],
)
def test_white_space_unicode_form_and_quote_marks_are_folded(other: str) -> None:
    assert other != SEEN
    assert sameness(SEEN, other) == "same_folded"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$4.7", "$47"),
        ("$4.7", "$4,7"),
        ("$4.7", "€4.7"),
        ("+3.5", "-3.5"),
        ("+3.5", "3.5"),
        ("3.5%", "3.5"),
        ("7:30", "7.30"),
        ("–", "-"),
        ("Brandt.", "Brandt"),
        ("Brandt.", "Brandt?"),
        ("café", "cafe"),
        ("Brandt", "brandt"),
        ("4.7", "٤.٧"),
        ("4.7", "４.７"),
        ("million –", "million² –"),
    ],
)
def test_digits_signs_and_punctuation_never_are(before: str, after: str) -> None:
    assert before in SEEN
    assert sameness(SEEN, SEEN.replace(before, after)) == "different"


def test_bytes_say_more_than_text() -> None:
    digest, other = (hashlib.sha256(b).hexdigest() for b in (b"one", b"two"))
    assert sameness("a", "a", older_sha256=digest, newer_sha256=digest) == "same_bytes"
    assert sameness("a", "a", older_sha256=digest, newer_sha256=other) == "same_text"
    assert sameness("a", "a") == "same_text"
    assert sameness("a", "b", older_sha256=None, newer_sha256=None) == "different"


@given(st.text(), st.text())
def test_the_order_of_the_two_does_not_matter(a: str, b: str) -> None:
    assert sameness(a, b) == sameness(b, a)
    assert (sameness(a, b) == "same_text") == (a == b)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold_cosmetic(text)
    assert fold_cosmetic(once) == once
    assert sum(c.isdecimal() for c in once) == sum(c.isdecimal() for c in text)


def test_a_pile_of_marks_takes_no_time() -> None:
    pile = "a" + "\u0301\u0327" * 200_000
    assert sameness(pile, pile + "b") == "different"

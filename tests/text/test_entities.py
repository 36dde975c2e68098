"""Character references: as the standard library's where that works, and where it does not."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.entities import PATTERN, resolve, unescape, unescape_attribute

PIECES = st.sampled_from(
    ["&", "#", "x", "X", ";", "amp", "not", "notin", "it", "copy", "fjlig", "frac12", "bogus", "0", "65", "128", "1F600",
     "110000", "d800", "é", " ", "<", "=", "&amp;", "&lt", "&#39;", "&ThickSpace;", "&CounterClockwiseContourIntegral;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_texts_are_resolved_as_the_standard_library_does(text: str) -> None:
    assert unescape(text) == html.unescape(text)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_reference_says_how_much_of_the_text_it_takes(text: str) -> None:
    for match in re.finditer(PATTERN, text):
        found, used = resolve(match[0])
        assert 0 <= used <= len(match[0])
        if used:
            assert html.unescape(match[0][:used]) == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&region=2", "?a=1&region=2"),
        ("?a=1&copy;=2", "?a=1©=2"),
        ("&copy 1", "© 1"),
        ("&copy", "©"),
        ("Ships &amp; men", "Ships & men"),
        ("&#65=1", "A=1"),
        ("&bogus;", "&bogus;"),
    ],
)
def test_addresses_in_attributes_keep_their_ampersands(value: str, expected: str) -> None:
    assert unescape_attribute(value) == expected


def test_a_number_of_any_length_has_a_value() -> None:
    assert unescape("&#" + "9" * 100_000 + ";") == "\ufffd"
    assert unescape("&#x" + "f" * 100_000 + ";") == "\ufffd"
    assert unescape("&#" + "0" * 100_000 + "65;") == "A"
    assert unescape("&" + "a" * 100_000 + ";") == "&" + "a" * 100_000 + ";"

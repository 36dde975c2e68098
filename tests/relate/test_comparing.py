"""The parts of a comparison: runs of words, differing words, quantities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.relate.comparing import differing_words, longest_run, quantity

WORDS = st.lists(st.sampled_from("the ferry will not sail on monday".split()), max_size=8)


@given(WORDS, WORDS)
def test_the_longest_run_stands_in_both(a: list[str], b: list[str]) -> None:
    size = longest_run(a, b)
    runs = {tuple(a[i : i + size]) for i in range(len(a) - size + 1)}
    assert size == 0 or any(tuple(b[j : j + size]) in runs for j in range(len(b) - size + 1))
    longer = {tuple(a[i : i + size + 1]) for i in range(len(a) - size)}
    assert not any(tuple(b[j : j + size + 1]) in longer for j in range(len(b) - size))


@given(WORDS, WORDS)
def test_equal_texts_have_no_differing_words_and_others_have(a: list[str], b: list[str]) -> None:
    assert (differing_words(a, b) == []) == (a == b)


@pytest.mark.parametrize(
    ("written", "thousandths"),
    [
        ("1,200", 1_200_000),
        ("four", 4_000),
        ("1.5 million", 1_500_000_000),
        ("twenty one", 21_000),
        ("million", 1_000_000_000),
        ("several", None),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_quantities(written: str, thousandths: int | None) -> None:
    assert quantity(written) == thousandths

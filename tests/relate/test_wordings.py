"""Two wordings of one thing: runs of words and differing words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.relate.wordings import differing_words, longest_run

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

"""Two wordings of one thing: runs of words, and the words in which they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.relate.wordings import Aligned, aligned, is_spelling, longest_run, printed, spoken

WORDS = st.lists(st.sampled_from("the ferry will not sail on monday".split()), max_size=8)
TEXTS = st.lists(
    st.sampled_from(
        ["the", "ferry", "will", "won't", "sail.", "Venn", "…", "[the pier]", "on", "12", "(yes)"]
    ),
    max_size=10,
).map(" ".join)


def side_by_side(a: str, b: str) -> Aligned:
    return aligned(spoken(printed(a)), spoken(printed(b)))


def changes(a: str, b: str) -> list[tuple[str, str]]:
    return [c.shown for c in side_by_side(a, b).changes]


@given(WORDS, WORDS)
def test_the_longest_run_stands_in_both(a: list[str], b: list[str]) -> None:
    size = longest_run(a, b)
    runs = {tuple(a[i : i + size]) for i in range(len(a) - size + 1)}
    assert size == 0 or any(tuple(b[j : j + size]) in runs for j in range(len(b) - size + 1))
    longer = {tuple(a[i : i + size + 1]) for i in range(len(a) - size)}
    assert not any(tuple(b[j : j + size + 1]) in longer for j in range(len(b) - size))


@given(TEXTS | st.text(max_size=40), TEXTS | st.text(max_size=40))
def test_side_by_side_is_the_same_from_either_side(a: str, b: str) -> None:
    assert side_by_side(a, a).changes == ()
    one, other = side_by_side(a, b), side_by_side(b, a)
    assert one.run == other.run and one.shorter == other.shorter
    assert one.words <= one.shorter


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We won't leave; it's our pier.", "we will not leave: it is our pier"),
        (
            "The harbour's ferry-master knew 12 per cent",
            "The harbour's ferry master knew 12 percent",
        ),
        (
            "We knew … that the pier was rotten",
            "We knew from the first day that the pier was rotten",
        ),
        ("We told [the council] that it was rotten", "We told them that it was rotten"),
        ("That d***ed pier has to go", "That damned pier has to go"),
        # Cut at either end, or by a whole sentence.
        ("We will not leave our pier to them", "not leave our pier"),
        ("The pier is ours. Ask anybody. We stay.", "The pier is ours. We stay."),
        ("The pier is ours. Nobody leaves.", "The pier is ours. We stay."),
    ],
)
def test_what_is_printed_otherwise_is_no_other_wording(a: str, b: str) -> None:
    assert changes(a, b) == changes(b, a) == []


@pytest.mark.parametrize(
    ("a", "b", "shown"),
    [
        ("He went too far", "He went way too far", ("He went too far", "He went way too far")),
        (
            "went too far and was sorry",
            "I went way too far",
            ("went too far", "I went way too far"),
        ),
        (
            "We did not want this",
            "We did not fear this",
            ("did not want this", "did not fear this"),
        ),
        ("died of its own hand", "died of its own folly", ("its own hand", "its own folly")),
    ],
)
def test_words_that_differ_are_shown_with_those_beside_them(
    a: str, b: str, shown: tuple[str, str]
) -> None:
    assert changes(a, b) == [shown]


def test_a_cut_quotation_meets_the_longer_one_in_one_place() -> None:
    longer = "The fee is for the pier, and the pier is for the ferry that the island has waited for"
    found = side_by_side(longer, "for the ferry that the island has waited")
    assert found.whole and found.cut == 1 and found.changes == ()


@pytest.mark.parametrize(
    ("a", "b", "turns"),
    [
        ("We regret what has happened", "We welcome what has happened", True),
        ("The ferry will sail on Friday", "The ferry may sail on Friday", True),
        ("That should have been told", "That should not have been told", True),
        ("Those who had paid the fee", "Those who have paid the fee", False),
        ("He runs the pier like a bank", "He is running the pier like his bank", False),
        ("A deal with Ilmarinen Ravsky is off", "A deal with Ilmarinnen Rafsky is off", False),
    ],
)
def test_only_words_that_carry_something_turn_the_sense(a: str, b: str, turns: bool) -> None:
    found = side_by_side(a, b)
    assert found.changes and any(c.turns for c in found.changes) == turns


def test_the_words_of_a_name_carry_nothing() -> None:
    found = side_by_side("the pride of the United Isles", "the laws of the United Isles")
    assert found.run == 4 and not found.core


def test_a_name_in_two_spellings_is_one() -> None:
    assert is_spelling("Vicenda Foss", "Vincenda Foss") and not is_spelling(
        "Ilsa Foss", "Anna Foss"
    )

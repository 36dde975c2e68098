"""Wordings of one utterance: nothing of an outlet's words is lost, and what differs is named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.relate.variants import Aligned, align
from onrecord.text.folding import WORD, fold_loose

WORDS = st.lists(
    st.sampled_from(
        ["we", "will", "not", "can", "cannot", "leave", "Leave,", "…", "the strait", "12"]
    ),
    max_size=12,
).map(" ".join)


def ops(found: Aligned, row: int) -> list[tuple[str, str]]:
    return [(p.op, p.text.strip()) for p in found.rows[row] if p.op != "same"]


@given(st.lists(WORDS | st.text(max_size=40), min_size=1, max_size=6))
def test_without_its_marks_each_row_is_what_the_outlet_printed(texts: list[str]) -> None:
    found = align(texts)
    for text, row in zip(texts, found.rows, strict=True):
        assert "".join(p.text for p in row if p.op not in ("left", "cut")) == text


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_without_its_own_words_each_row_is_the_common_form(texts: list[str]) -> None:
    found = align(texts)
    common = [fold_loose(word) for word in found.pivot]
    for row in found.rows:
        kept = " ".join(p.text for p in row if p.op in ("same", "left", "cut"))
        assert [fold_loose(w) for w in WORD.findall(kept)] == common


@given(st.lists(WORDS, min_size=2, max_size=5))
def test_the_common_form_stands_whole_in_two_wordings(texts: list[str]) -> None:
    found = align(texts)
    whole = [row for row in found.rows if all(p.op not in ("left", "cut") for p in row)]
    assert len(whole) >= 2


def test_two_that_differ_in_one_word_both_changed_it() -> None:
    found = align(["We can not stand by.", "“We cannot stand by”"])
    assert found.pivot == ("We", "stand", "by")
    assert ops(found, 0) == [("changed", "can not")] and ops(found, 1) == [("changed", "cannot")]


def test_words_that_only_one_has_are_its_own() -> None:
    found = align(["No ship will pass.", "No ship will ever pass.", "No ship will pass"])
    assert ops(found, 1) == [("own", "ever")] and ops(found, 0) == ops(found, 2) == []


def test_what_one_leaves_out_is_named_and_an_ellipsis_is_told_apart() -> None:
    whole = "We do not want this, but we are ready."
    found = align([whole, whole, "We … are ready.", "We are ready."])
    left = "do not want this but we"
    assert ops(found, 2) == [("cut", left)] and ops(found, 3) == [("left", left)]


def test_an_abbreviation_with_points_is_the_one_without() -> None:
    found = align(["The U.S.A. will not pay 1.5 million", "The USA will not pay 15 million"])
    assert ops(found, 0) == [("changed", "1.5")] and ops(found, 1) == [("changed", "15")]

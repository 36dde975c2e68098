"""Pronouns: joined to what fits alone, left out where nothing or more than one thing does."""

from __future__ import annotations

import pytest
from tests.annotate.reading import find, quotes, read


@pytest.mark.parametrize(
    ("text", "pronoun", "stands_for"),
    [
        ("Anton Krell said he would resign.", "he", "Anton Krell"),
        (
            "Ilse Varga met Tomas Brenn on Monday. She said the talks were useful.",
            "She",
            "Ilse Varga",
        ),
        (
            "Ilse Varga met Tomas Brenn on Monday. He said the talks were useless.",
            "He",
            "Tomas Brenn",
        ),
        ("Mr Pell warned Mr Dorn that he would sue.", "he", "Pell"),
        ("Ukraine said it would sign the treaty.", "it", "Ukraine"),
        ("Moscow refused the offer. It said the terms were unfair.", "It", "Moscow"),
        (
            "Protesters gathered outside parliament. They demanded new elections.",
            "They",
            "Protesters",
        ),
        ("Martin Cole urged Paula Reed to vote against him.", "him", "Martin Cole"),
    ],
)
def test_a_pronoun_joins_the_one_that_fits(text: str, pronoun: str, stands_for: str) -> None:
    found = read(text)
    mention = find(found, pronoun)
    assert mention.role == "pronoun"
    assert mention.chain == find(found, stands_for).chain


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Anton Krell and Tomas Brenn met on Monday. He said the talks were useful.", "He"),
        ("It is clear that Ukraine will negotiate.", "It"),
        ("The vote was held on Monday. It surprised many.", "It"),
        ("Washington will act if the vote goes ahead and it leads to war.", "it"),
        ("Ilse Varga left early. He was not amused.", "He"),
        ("Anton Krell met him on Monday.", "him"),
    ],
)
def test_a_pronoun_nothing_fits_alone_is_no_mention(text: str, pronoun: str) -> None:
    assert pronoun not in quotes(read(text))


def test_a_pronoun_inside_a_quotation_is_left_alone() -> None:
    found = read('Anton Krell met Paula Reed. "He is mistaken," Paula Reed said.')
    assert "He" not in quotes(found)


def test_the_speaker_of_a_quotation_carries_over_sentences_of_nothing_but_quotation() -> None:
    found = read(
        '"We are ready," Anton Krell said on Monday.\n\n"The door is open."\n\n"We will wait," he said.'
    )
    assert find(found, "he").chain == find(found, "Anton Krell").chain


def test_him_is_not_the_one_who_does_it() -> None:
    found = read("Anton Krell praised Tomas Brenn. Paula Reed hoped to persuade her.")
    assert "her" not in quotes(found)


def test_without_pronouns_the_option_leaves_them_out() -> None:
    assert "he" not in quotes(read("Anton Krell said he would resign.", pronouns=False))

"""Cues are found in what pages say of themselves, in several languages, and seldom in reports."""

from __future__ import annotations

import re

import pytest

from onrecord.extract import text_cues as cue
from onrecord.extract.text_cues import CUE_WORDS, cues


def bits(line: str) -> tuple[int, int, int]:
    low = line.lower()
    words = re.findall(r"[^\W\d_]+", low)
    return cues(low, words, CUE_WORDS.intersection(words), len(line.split()))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("12 comments", cue.THREAD),
        ("Deixe um comentário", cue.THREAD),
        ("Ilse on 3 May 2017 at 10:41 said:", cue.SAYS),
        ("2 days ago", cue.CLOCK),
        ("vor 3 Stunden", cue.CLOCK),
        ("Log in to reply", cue.REPLY),
        ("Lesen Sie auch", cue.MORE),
        ("Notícias relacionadas", cue.MORE),
        ("About the author", cue.BIO),
        ("Ilse Korvan is a staff writer at the paper.", cue.BIO),
        ("Image 1 of 8", cue.MEDIA),
        ("By Ilse Korvan, staff writer", cue.SIGNED),
    ],
)
def test_a_line_has_its_cue(line: str, kind: int) -> None:
    assert bits(line)[0] >> kind & 1


def test_phrases_of_the_house_are_counted() -> None:
    _, promo, legal = bits("Sign up for our newsletter and get the latest news in your inbox.")
    assert promo >= 3
    _, promo, legal = bits("All rights reserved. This site uses cookies, see our privacy policy.")
    assert legal >= 3


def test_a_report_has_none() -> None:
    line = "The council of Veldt voted on Monday to close the old bridge after cracks were found in two piers."
    assert bits(line) == (0, 0, 0)

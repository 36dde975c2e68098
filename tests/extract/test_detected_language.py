"""The language of a text whose page says nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.detected_language import LONGEST, guesses, language_of

MANY_NAMES = (
    "Ruud van Houten, Anneke de Groot and Joost Vandersloot of Gemeente Bank told Emir Khalid bin Rashid "
    "Al Tamim and Sheikh Faisal al Nuwair that the loan was off."
)
SHOUTED = "DOCKERS SHUT KARVIK PORT IN ROW OVER NIGHT SHIFTS AS TALKS WITH THE COMPANY BREAK DOWN"
MARKED_UP = (
    '<post author="@karvik_havn" id="672153"/>The strike is over and the ships are let in tonight, '
    "says the port https://havn.example/nl/de/het #havnestreik"
)
GERMAN = (
    "Die Arbeiter im Hafen von Karvik gingen nach neun Tagen wieder an die Arbeit, wie die Gewerkschaft am "
    "Abend sagte, und die Schiffe durften einlaufen."
)
ZULU = (
    "Abasebenzi basechwebeni babuyele emsebenzini ngemuva kwezinsuku eziyisishiyagalolunye, kusho inyunyana "
    "kusihlwa. Imikhumbi eyishumi nane ibilindile olwandle izinsuku eziningi."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (MANY_NAMES, "en"),
        (SHOUTED, "en"),
        (MARKED_UP, "en"),
        (GERMAN, "de"),
        ("市議会は昨夜の会合で、川の西側にある古い橋を火曜日まで閉鎖することを決めた。", "ja"),
        (ZULU, None),
        ("Oskar Brenn, Karvik", None),
        ("", None),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", None),
    ],
)
def test_names_markup_and_capitals_do_not_hide_the_language(
    text: str, language: str | None
) -> None:
    assert language_of(text) == language


def test_most_of_the_text_decides() -> None:
    quoted = "\n\n".join([MANY_NAMES, *[GERMAN] * 5])
    assert language_of(quoted) == "de"
    assert language_of(MANY_NAMES + "\n\n" + GERMAN * 5) == "de", (
        "a long paragraph weighs its length"
    )


@given(st.text(max_size=2 * LONGEST))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert all(0 <= g.sure <= 1001 and 0 < g.length <= LONGEST for g in guesses(text))
    assert language_of(text) is None or language_of(text)

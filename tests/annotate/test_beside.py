"""Whose a quotation is, where the words beside it show it and the parse of a long sentence does not."""

from __future__ import annotations

import pytest
from tests.annotate.stating import told as said


def told(text: str) -> list[tuple[str, str]]:
    """(speaker, what is quoted) of every statement that is within no other."""
    return [
        (
            one.speaker.citation.quote if one.speaker and one.speaker.citation else "",
            " … ".join(c.quote.strip('“”"., ') for c in one.content),
        )
        for one in said(text)
        if one.within is None
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "“The quay is not safe. Not safe, I say, not for a single boat of the line,” Coun. Ilse P. "
            "Marlow (N-Ansel) said in a phone interview.",
            "Ilse P. Marlow",
            "not for a single boat",
        ),
        (
            "“The harbour is in panic mode. Full panic mode,” said Lena Wimmer, a pilot who has led the "
            "union of Port Ansel for nine years.",
            "Lena Wimmer",
            "Full panic mode",
        ),
        (
            "Critics fear for the old mole. Said Marlow: “I do not see that anybody wants to mend it.”",
            "Marlow",
            "I do not see that anybody wants to mend it",
        ),
        (
            "“From the lighthouse to the dry dock we see boats that nobody looks after,” the letter "
            "reads. “We ask for two more crews.”",
            "the letter",
            "nobody looks after",
        ),
        (
            "“The mole held all night, and nobody on the quay believed it would,” Marlow, a former pilot, "
            "said on Radio Harbour’s “Tides and Talk.”",
            "Marlow",
            "The mole held all night",
        ),
    ],
)
def test_the_name_beside_a_quotation_says_it(text: str, speaker: str, words: str) -> None:
    found = [row for row in told(text) if words in row[1]]
    assert found
    assert all(speaker in who for who, _ in found)


def test_a_name_behind_a_dash_signs_a_quotation() -> None:
    text = (
        "“We were told nothing for three days.” ― Oda Brix\n\n"
        "“My boat is my house. Where am I to sleep?” — Pell Arno, fisherman\n\n"
        "“It will pass.” — but nobody on the quay believed that it would."
    )
    assert told(text)[:2] == [
        ("Oda Brix", "We were told nothing for three days"),
        ("Pell Arno, fisherman", "My boat is my house. Where am I to sleep?"),
    ]
    assert not [row for row in told(text) if "It will pass" in row[1] and "nobody" in row[0]]


def test_a_quotation_belongs_to_the_cue_right_before_it() -> None:
    text = "“We cannot pay for this any more,” Marlow said, adding later, “The mole costs us a fortune.”"
    contents = [words for _, words in told(text)]
    assert any(w == "We cannot pay for this any more" for w in contents)
    assert not any("any more" in w and "fortune" in w for w in contents)


def test_a_transcript_in_quotation_marks_is_told_by_its_speakers() -> None:
    text = (
        "The station printed what was said:\n\n"
        "“MARLOW: Will the ferry sail on Monday, yes or no?\n\n"
        "“BRIX: It will sail when the harbour master lets it sail."
    )
    rows = [(one.speaker.name, one.content[0].quote) for one in said(text) if one.speaker]
    assert any(who == "MARLOW" and "Will the ferry sail" in words for who, words in rows)
    assert any(who == "BRIX" and "lets it sail" in words for who, words in rows)


def test_no_name_is_read_out_of_what_is_no_attribution() -> None:
    text = "They sang “The Old Mole” on the quay. The band played “Home” twice, and Marlow danced."
    assert told(text) == []

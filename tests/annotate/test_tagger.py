"""What the tagger adds with the bundled weights, and the deeds it leaves alone."""

from __future__ import annotations

import pytest
from tests.annotate.stating import speaker, told


@pytest.mark.parametrize(
    ("text", "cue", "who", "content"),
    [
        (
            "The dockers' union endorsed Mara Lund for mayor on Friday.",
            "endorsed",
            "The dockers' union",
            "Mara Lund for mayor",
        ),
        ("Islanders are worried about the ferry.", "worried", "Islanders", "the ferry"),
        ("Farmers distrust the new mayor.", "distrust", "Farmers", "the new mayor"),
    ],
)
def test_views_without_a_word_of_saying_are_statements(
    text: str, cue: str, who: str, content: str
) -> None:
    (found,) = told(text)
    assert found.cue is not None and cue in found.cue.quote
    assert speaker(found) == who
    assert found.content[0].quote.startswith(content)


@pytest.mark.parametrize(
    "text",
    [
        "The firm built a bridge to the island in May.",
        "Lund drove her brother to the station and bought a ticket.",
        "The road to the clinic was closed after the storm.",
    ],
)
def test_deeds_are_no_statements(text: str) -> None:
    assert told(text) == ()

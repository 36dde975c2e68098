"""How a clause is told: as done, as still to come, or left open."""

from __future__ import annotations

import pytest
from tests.relate.reports import story

from onrecord.records import Line


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("A fee for bicycles is to be added to the ferry ticket.", "added", "ahead"),
        ("A fee for bicycles was added to the ferry ticket.", "added", "done"),
        ("The harbour towns are set to close their piers in autumn.", "set", "ahead"),
        ("The harbour towns were set on fire in autumn.", "set", "done"),
        ("The mayor will open the pier and visit the ferry on Monday.", "visit", "ahead"),
        ("The mayor opened the pier and visited the ferry on Monday.", "visited", "done"),
        ("The harbour board has a plan to close the northern pier.", "close", "ahead"),
        ("The decision to close the northern pier angered the sailors.", "close", "bare"),
    ],
)
def test_how_a_clause_is_told(text: str, word: str, expected: str) -> None:
    lines = [x for x in story(("Tern Post", "2031-05-02", text)).all(Line) if x.text in text]
    assert [c.told for x in lines for c in x.clauses if c.word == word] == [expected]

"""When something was said, through the whole pipeline: a date beside the cue, never a deadline."""

from __future__ import annotations

import pytest

from onrecord.pipeline import STAGES
from onrecord.records import Given, Statement
from onrecord.run.memory import build_in_memory, capture_of


def said(line: str) -> tuple[str | None, str | None]:
    """Bounds of the saying of the only top statement of a report of Saturday, 10 May 2031."""
    data = f"Dam talks go on\n\nThe talks in Kelm went on for a third day.\n\n{line}\n".encode()
    capture = capture_of("a.txt", data, given=Given(published="2031-05-10", language="en"))
    shelf, _ = build_in_memory([(capture, data)], STAGES, until="statements")
    (statement,) = [s for s in shelf.all(Statement) if s.within is None]
    return statement.said.earliest, statement.said.latest


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("The dam is safe, Dorva said on Thursday.", ("2031-05-08", "2031-05-08")),
        ("Dorva told reporters on May 6 that the dam was safe.", ("2031-05-06", "2031-05-06")),
        ("Vesk demanded on Friday that the gates open by 20 May.", ("2031-05-09", "2031-05-09")),
        ("Dorva promised to publish the data by May 20.", (None, "2031-05-10")),
        ("Dorva promised the data for May 20.", (None, "2031-05-10")),
        ("Dorva said the gates would open on May 20.", (None, "2031-05-10")),
        ("Dorva demanded an answer before Monday.", (None, "2031-05-10")),
    ],
)
def test_day_of_saying(line: str, days: tuple[str | None, str | None]) -> None:
    assert said(line) == days

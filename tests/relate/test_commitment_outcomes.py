"""What came of a pledge, by one later report: three questions apart, and no answer where the report gives none."""

from __future__ import annotations

import pytest
from tests.gold.accounts.score import ONE

from onrecord import settings
from onrecord.pipeline import STAGES
from onrecord.records import Commitment, Given
from onrecord.run.memory import build_in_memory, capture_of

PASS = "Tavria will close the pass if Ostrand does not free the sailors by Friday, foreign minister Ada Holm said."
SUE = "The mayor said she would sue the builder Kranz if it did not mend the roof by Friday."
TUNNEL = "Mayor Dag Wille said he would step down if the tunnel was not open by Friday."
STRIKE = "Nurses in Harne threatened to strike from Thursday unless their pay was raised."
CREWS = "Belmar Air pilots will walk out on Thursday unless the airline withdraws the roster, their union said."
RECTOR = "Rector Ana Bly promised to resign by Friday."
WAGES = "The firm Ferrox promised to pay the workers 2,000 crowns each by Friday."
FREE = "President Sorel promised to free all 20 prisoners by Friday."
ROOF = "The town promised to have the roof of the school repaired by Friday."


def came_of(told: str, day: str, later: str) -> tuple[str, str, str]:
    """(act, condition, deadline) of what a report of Monday, 7 June 2032 tells, by a later one of June."""
    captures = []
    for i, (text, published) in enumerate(((told, "07"), (later, day))):
        data = f"Notes from Harne\n\n{text}\n\nThe morning was dry and cold.".encode()
        given = Given(
            outlet=f"Outlet {i}", published=f"2032-06-{published}T10:00+01:00", language="en"
        )
        captures.append(
            (capture_of(f"{i}.txt", data, url=f"https://o{i}.example/x", given=given), data)
        )
    shelf, _ = build_in_memory(captures, STAGES, options=settings.join(ONE))
    first = captures[0][0].id
    (row,) = (c for c in shelf.all(Commitment) if c.what.capture_id == first)
    told_of = {e.for_ for e in row.evidence}
    answers = (row.outcome.act, row.outcome.condition, row.outcome.deadline)
    slots = ("act", "condition", "deadline")
    assert told_of == {s for s, a in zip(slots, answers, strict=True) if a != "unknown"}
    return answers


@pytest.mark.parametrize(
    ("told", "day", "later", "condition"),
    [
        # What does not come about before its last day may still come about.
        (PASS, "09", "Ostrand has not yet freed the sailors.", "unknown"),
        (PASS, "13", "Ostrand has not freed the sailors.", "met"),
        (PASS, "10", "Ostrand freed the sailors on Thursday.", "unmet"),
        (PASS, "14", "Ostrand freed the sailors on Sunday.", "met"),
        (PASS, "12", "The sailors came home on Thursday.", "unmet"),
        (SUE, "12", "Kranz mended the roof on Wednesday.", "unmet"),
        (SUE, "12", "The roof has been mended, Kranz said.", "unknown"),
        (SUE, "09", "The roof has been mended, Kranz said.", "unmet"),
        (TUNNEL, "14", "The tunnel opened on Sunday with a brass band.", "met"),
        (TUNNEL, "14", "The tunnel opened on Thursday with a brass band.", "unmet"),
        (TUNNEL, "08", "The tunnel is still closed to all lorries.", "unknown"),
    ],
)
def test_a_condition_with_a_last_day_is_met_or_not_by_that_day(
    told: str, day: str, later: str, condition: str
) -> None:
    act, met, _ = came_of(told, day, later)
    assert (act, met) == ("unknown", condition)


@pytest.mark.parametrize(
    ("told", "day", "later", "outcome"),
    [
        (RECTOR, "14", "Ana Bly is still in office at the university of Harne.",
         ("not_done", "unknown", "missed")),
        (RECTOR, "14", "Ana Bly handed in her resignation to the senate on Thursday.",
         ("done", "unknown", "kept")),
        (WAGES, "20", "Ferrox has still not paid the workers.", ("not_done", "unknown", "missed")),
        (WAGES, "20", "The workers got their 2,000 crowns on Monday.", ("done", "unknown", "missed")),
        (FREE, "14", "The 20 prisoners walked free on Thursday.", ("done", "unknown", "kept")),
        (FREE, "14", "The 20 prisoners remain in jail.", ("not_done", "unknown", "missed")),
        (STRIKE, "12", "Nurses in Harne called off their strike after the hospital raised their pay.",
         ("not_done", "unmet", "unknown")),
        (CREWS, "12", "The walkout was averted when the airline withdrew the roster.",
         ("not_done", "unmet", "unknown")),
        (CREWS, "12", "Pilots at Belmar Air did not walk out on Thursday.",
         ("not_done", "unknown", "unknown")),
        # Another's deed: the pledging report knows of no church.
        (ROOF, "14", "The roof of the church was repaired in four days.",
         ("unknown", "unknown", "unknown")),
    ],
)  # fmt: skip
def test_the_three_questions_are_answered_apart(
    told: str, day: str, later: str, outcome: tuple[str, str, str]
) -> None:
    assert came_of(told, day, later) == outcome

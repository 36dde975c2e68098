"""Threats, promises and demands: the three questions answered apart, or unknown."""

from __future__ import annotations

from tests.relate.reports import story

from onrecord.records import Commitment

THREAT = (
    "Foreign Minister Ilsa Brandt vowed to close the harbour to Velmoran ferries on May 12 if the fee "
    "stays."
)


def the(act: str, *reports: tuple[str, str, str]) -> Commitment:
    found = [c for c in story(*reports).all(Commitment) if c.act == act]
    assert len(found) == 1, [(c.act, c.what.quote) for c in found]
    return found[0]


def test_a_threat_nobody_reports_on_is_unknown_in_all_three() -> None:
    row = the("threat", ("Tern Post", "2031-05-02", THREAT))
    assert (row.outcome.act, row.outcome.condition, row.outcome.deadline) == (
        "unknown",
        "unknown",
        "unknown",
    )
    assert row.condition is not None and row.condition.quote == "if the fee stays"
    assert (row.deadline.earliest, row.deadline.latest) == ("2031-05-12", "2031-05-12")
    assert row.evidence == ()


def test_an_act_reported_on_its_day_is_done_and_in_time_and_says_nothing_of_the_condition() -> None:
    row = the(
        "threat",
        ("Tern Post", "2031-05-02", THREAT),
        ("Oldmoor Mail", "2031-05-13", "Ostrand closed the harbour to Velmoran ferries on Monday."),
    )
    assert (row.outcome.act, row.outcome.condition, row.outcome.deadline) == (
        "done",
        "unknown",
        "kept",
    )
    assert {e.for_ for e in row.evidence} == {"act", "deadline"}
    assert all("closed the harbour" in e.citation.quote for e in row.evidence)


def test_a_report_of_before_the_threat_shows_nothing() -> None:
    row = the(
        "threat",
        ("Tern Post", "2031-05-02", THREAT),
        (
            "Oldmoor Mail",
            "2031-05-01",
            "Ostrand closed the harbour to Velmoran ferries on Wednesday.",
        ),
    )
    assert row.outcome.act == "unknown"


def test_a_plan_repeated_later_is_not_done() -> None:
    row = the(
        "threat",
        ("Tern Post", "2031-05-02", THREAT),
        (
            "Oldmoor Mail",
            "2031-05-04",
            "Ostrand may close the harbour to Velmoran ferries, people in Harne fear.",
        ),
    )
    assert row.outcome.act == "unknown"


def test_a_promise_that_is_not_kept() -> None:
    row = the(
        "promise",
        (
            "Tern Post",
            "2031-05-02",
            "The harbour board promised to publish the Lunt report by May 10.",
        ),
        ("Oldmoor Mail", "2031-05-14", "The harbour board has not published the Lunt report."),
    )
    assert (row.outcome.act, row.outcome.deadline) == ("not_done", "missed")


def test_a_denied_threat_is_no_commitment() -> None:
    text = "Ilsa Brandt did not threaten Velmora with any blockade of the harbour, Oskar Venn said."
    assert [
        c for c in story(("Tern Post", "2031-05-02", text)).all(Commitment) if c.act == "threat"
    ] == []

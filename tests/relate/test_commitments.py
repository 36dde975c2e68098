"""Threats, promises and demands: the three questions answered apart, or unknown."""

from __future__ import annotations

import pytest
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


def test_one_threat_of_people_without_a_name_is_one_row_however_many_print_it() -> None:
    threat = "The dockers of Velm threatened a strike from Thursday if their overtime is cut."
    told = "Dockers of Velm threatened a strike from Thursday over their overtime."
    reports = [("Tern Post", "2031-05-02", threat), ("Skua Times", "2031-05-02", threat)]
    row = the("threat", *reports, ("Oldmoor Mail", "2031-05-03", told))
    assert row.who is not None and row.condition is not None
    other = ("Oldmoor Mail", "2031-05-03", told.replace("Dockers", "Pilots"))
    assert len([c for c in story(*reports, other).all(Commitment) if c.act == "threat"]) == 2


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


def answers(row: Commitment) -> tuple[str, str, str]:
    return (row.outcome.act, row.outcome.condition, row.outcome.deadline)


def acts(*reports: tuple[str, str, str]) -> list[str]:
    return sorted(c.act for c in story(*reports).all(Commitment))


BEFORE = ("Tern Post", "2031-05-02")
AFTER = ("Oldmoor Mail", "2031-05-14")


def after(act: str, first: str, then: str) -> Commitment:
    return the(act, (*BEFORE, first), (*AFTER, then))


# --------------------------------------------------------------------------- who commits himself


@pytest.mark.parametrize(
    ("told", "act"),
    [
        ("“We will reopen the north quay on May 12,” Oskar Venn said.", "promise"),
        ("Oskar Venn said his ministry would sue the company unless the fee was paid.", "threat"),
        ("Ferry operators agreed to lower the fare by May 20.", "promise"),
        ("The town promised to have the quay mended by May 10.", "promise"),
        ("The union gave the harbour board until Friday to raise the allowance.", "deadline"),
        ("The offer runs until May 31.", "deadline"),
        ("The skipper must leave the harbour by Saturday.", "deadline"),
        ("The harbour board vowed that no ferry would leave the harbour.", "promise"),
    ],
)
def test_who_binds_himself_or_another_by_words_is_a_row(told: str, act: str) -> None:
    assert acts((*BEFORE, told)) == [act]


@pytest.mark.parametrize(
    "told",
    [
        "Captain Teague refused to sail the ferry on Sundays.",
        "Oskar Venn said Kelmark would close its market in the summer.",
        "Oskar Venn said prices would rise next week.",
        "“We will lose the summer trade,” Oskar Venn said.",
        "The regatta will take place in June.",
        "The old lease on the quay ran until May 1.",
    ],
)
def test_a_forecast_a_refusal_and_what_an_outlet_expects_bind_nobody(told: str) -> None:
    assert acts((*BEFORE, told)) == []


def test_what_an_outlet_tells_itself_has_no_statement_and_is_cited() -> None:
    row = the("deadline", (*BEFORE, "The offer runs until May 31."))
    assert row.statement_id is None and row.what.quote == "The offer runs until May 31."
    assert row.deadline.latest == "2031-05-31"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Oskar Venn promised to publish the Lunt report within ten days.", "2031-05-12"),
        ("Oskar Venn promised to publish the Lunt report by May 20.", "2031-05-20"),
        ("Oskar Venn promised on Thursday to publish the Lunt report.", None),
        ("Oskar Venn promised to publish the Lunt report next week.", "2031-05-11"),
    ],
)
def test_the_deadline_is_the_day_that_is_named_for_the_act(told: str, day: str | None) -> None:
    assert the("promise", (*BEFORE, told)).deadline.latest == day


# --------------------------------------------------------------------------- what came of it


@pytest.mark.parametrize(
    ("act", "first", "then", "answer"),
    [
        (
            "promise",
            "Oskar Venn pledged to repair the north quay by May 10.",
            "The north quay was repaired on May 11.",
            ("done", "unknown", "missed"),
        ),
        (
            "promise",
            "Oskar Venn pledged to repair the north quay by May 10.",
            "Oskar Venn has failed to repair the north quay.",
            ("not_done", "unknown", "missed"),
        ),
        (
            "threat",
            "Foreign Minister Ilsa Brandt vowed to close the harbour to Velmoran ferries within ten "
            "days unless the fee was dropped.",
            "Velmora did not drop the fee, and the harbour has been closed to Velmoran ferries since "
            "Monday.",
            ("done", "met", "kept"),
        ),
        (
            "offer",
            "The ferry company offered to pay passengers 40 crowns each.",
            "Passengers have received 40 crowns each.",
            ("done", "unknown", "unknown"),
        ),
        (
            "deadline",
            "The union gave the harbour board until May 9 to raise the night allowance.",
            "The deadline passed without a rise of the night allowance.",
            ("not_done", "unknown", "missed"),
        ),
        (
            "deadline",
            "The union gave the harbour board until May 9 to raise the night allowance.",
            "The harbour board ignored the ultimatum of the union.",
            ("not_done", "unknown", "missed"),
        ),
        (
            "threat",
            "Ilsa Brandt threatened to recall the envoy from Velmora.",
            "Ilsa Brandt made good on her threat, and the envoy is back from Velmora.",
            ("done", "unknown", "unknown"),
        ),
        (
            "promise",
            "The harbour board vowed that no ferry would leave the harbour.",
            "The ferry left the harbour on May 12.",
            ("not_done", "unknown", "unknown"),
        ),
    ],
)
def test_a_later_report_tells_what_came_of_it(
    act: str, first: str, then: str, answer: tuple[str, str, str]
) -> None:
    row = after(act, first, then)
    assert answers(row) == answer
    assert {e.for_ for e in row.evidence} == {
        name
        for name, said in zip(("act", "condition", "deadline"), answer, strict=True)
        if said != "unknown"
    }
    assert all(e.basis and e.citation.quote for e in row.evidence)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        # Somebody else's roof, quay or report.
        (
            "The harbour board promised to have the roof mended by May 10.",
            "In four days the roof of the chapel was mended.",
        ),
        (
            "Oskar Venn pledged to repair the north quay by May 10.",
            "Captain Teague repaired the quay at Kelm.",
        ),
        # Not yet is no answer before the deadline.
        (
            "Oskar Venn promised to publish the Lunt report by May 20.",
            "Oskar Venn has not yet published the Lunt report.",
        ),
        # A plan, a wish and a doubt show nothing.
        (
            "Oskar Venn promised to publish the Lunt report by May 20.",
            "Oskar Venn may publish the Lunt report, and readers hope he will.",
        ),
        # An earlier day is another occasion.
        (
            "Oskar Venn promised to publish the Lunt report by May 20.",
            "Oskar Venn published the Lunt report on April 3.",
        ),
    ],
)
def test_what_shows_nothing_leaves_it_unknown(first: str, then: str) -> None:
    assert answers(after("promise", first, then)) == ("unknown", "unknown", "unknown")


def test_what_is_told_as_done_and_afterwards_as_not_done_is_unknown() -> None:
    row = the(
        "promise",
        (*BEFORE, "Oskar Venn promised to publish the Lunt report by May 10."),
        ("Oldmoor Mail", "2031-05-09", "Oskar Venn published the Lunt report on May 9."),
        ("Kelm Courier", "2031-05-14", "Oskar Venn did not publish the Lunt report."),
    )
    assert row.outcome.act == "unknown"

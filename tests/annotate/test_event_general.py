"""Acts outside PLOVER's roots: which ordinary facts become events, and which words never do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotate.event_reading import date_in, read

from onrecord.records import EventCandidate


def general(text: str, day: str | None = None, block: str = "paragraph") -> list[EventCandidate]:
    """The acts outside PLOVER's roots that a sentence tells; `day`: its words that date it."""
    more = {} if day is None else {"d": date_in(text, day)}
    return [e for e in read(text, block, **more) if e.kind is None]


@pytest.mark.parametrize(
    ("text", "day", "predicate", "status", "about"),
    [
        ("Norland drained the lake.", None, "drain", "happened", "lake"),
        ("Norland is draining the lake.", None, "drain", "ongoing", "lake"),
        ("Norland has drained the lake.", None, "drain", "happened", "lake"),
        ("Norland will drain the lake.", None, "drain", "planned", "lake"),
        ("Norland has not drained the lake.", None, "drain", "denied", "lake"),
        ("Norland did not drain the lake.", None, "drain", "denied", "lake"),
        ("Norland never drained the lake.", None, "drain", "denied", "lake"),
        ("Norland could not drain the lake.", None, "drain", "denied", "lake"),
        ("Norland failed to drain the lake.", None, "drain", "denied", "lake"),
        ("Norland has yet to drain the lake.", None, "drain", "denied", "lake"),
        ("Norland refused to drain the lake.", None, "drain", "denied", "lake"),
        ("If it rains, Norland will drain the lake.", None, "drain", "conditional", "lake"),
        ("Norland will not drain the lake unless it rains.", None, "drain", "conditional", "lake"),
        ("Nobody drained the lake.", None, "drain", "denied", "lake"),
        ("Neither Norland nor Sudria drained the lake.", None, "drain", "denied", "lake"),
        ("The lake was drained on Monday.", "Monday", "drain", "happened", "lake"),
        ("The lake was not drained on Monday.", "Monday", "drain", "denied", "lake"),
        ("The lake will be drained on Monday.", "Monday", "drain", "planned", "lake"),
        ("The lake was drained near Dell.", None, "drain", "happened", "lake"),
        ("No visitor was sent off.", None, "send off", "denied", "visitor"),
        ("None of the 900 crates has arrived.", None, "arrive", "denied", "crate"),
        ("Neither of the two barges has arrived.", None, "arrive", "denied", "barge"),
        ("Thirty of the 900 crates have arrived.", None, "arrive", "happened", "crate"),
        ("Forty cellars were pumped out.", None, "pump out", "happened", "cellar"),
        ("The barge sank on Monday.", "Monday", "sink", "happened", "barge"),
        ("Schools in Dell reopened on Monday.", "Monday", "reopen", "happened", "school"),
        ("The assembly passed the budget on Monday.", "Monday", "pass", "happened", "budget"),
        ("The court did not hear the appeal.", None, "hear", "denied", "appeal"),
        ("Norland did not receive the pumps.", None, "receive", "denied", "pump"),
        ("Clinics in Dell admitted 40 patients.", None, "admit", "happened", "patient"),
        ("Workers removed ten tonnes of ash.", None, "remove", "happened", "ash"),
        (
            "Norland was expected to publish the figures on Monday.",
            "Monday",
            "publish",
            "planned",
            "figure",
        ),
    ],
)
def test_an_ordinary_fact_is_an_event(
    text: str, day: str | None, predicate: str, status: str, about: str
) -> None:
    (event,) = general(text, day)

    assert (event.predicate, event.status) == (predicate, status)
    assert about in event.about
    assert event.recipients == ()
    assert len(event.dates) == (day is not None)


@pytest.mark.parametrize(
    "text",
    [
        "Norland supplies nearly two thirds of the grain.",
        "The mill employs 400 people in Dell.",
        "The mill, which stands on the lake, belongs to Norland.",
        "Norland knew the lake well.",
        "Norland wanted to drain the lake.",
        "Norland may drain the lake.",
        "Norland should drain the lake.",
        "Norland would have drained the lake.",
        "Norland said the lake was drained on Monday.",
        "President Quill believes that Norland drained the lake.",
        "President Quill asked whether Norland drained the lake.",
        "Did Norland drain the lake?",
        "Norland almost drained the lake.",
        "Norland allegedly drained the lake.",
        "Sudria urged Norland to drain the lake.",
        "Sudria accused Norland of draining the lake.",
        "The lake was drained.",
        "It drained on Monday.",
        '"We drained the lake," General Orr said.',
        "General Orr walked to the window.",
    ],
)
def test_what_is_no_reported_act_gives_none(text: str) -> None:
    assert general(text, "Monday" if "Monday" in text else None) == []


def test_a_thing_acted_on_makes_no_pair_of_actors() -> None:
    (event,) = general("Norland repaired Sudria's bridge.")

    assert [h.name for h in event.actors] == ["Norland"]
    assert event.recipients == ()


def test_what_the_lexicon_knows_keeps_its_root() -> None:
    found = read("Norland bombed Dell and repaired the bridge.")

    assert [(e.kind, e.predicate) for e in found] == [("ASSAULT", "bomb"), (None, "repair")]


def test_what_the_lexicon_finds_only_demanded_comes_in_by_no_other_door() -> None:
    assert [e.kind for e in read("Sudria urged Norland to close the border.")] == ["REQUEST"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Norland drained the lake and Sudria repaired the bridge.",
            ["Norland drained the lake", "Sudria repaired the bridge"],
        ),
        (
            "General Orr, who repaired the bridge, left early.",
            ["General Orr, who repaired the bridge"],
        ),
    ],
)
def test_the_citation_is_the_clause(text: str, quote: list[str]) -> None:
    found = [e for e in general(text) if e.predicate in ("drain", "repair")]

    assert [e.citation.quote for e in found] == quote


def test_a_state_of_many_is_told_with_its_figure() -> None:
    (lasting,) = general("About 1,200 homes have been without power.")
    (over,) = general("About 1,200 homes were without power.")

    assert (lasting.predicate, lasting.status, over.status) == ("be without", "ongoing", "happened")
    assert general("The homes were without power.") == []


def test_a_title_tells_in_the_present_what_happened() -> None:
    (event,) = general("Norland drains lake", block="title")

    assert event.status == "happened"
    assert general("Norland drains the lake.") == []


def test_a_report_of_somebody_unknown_is_not_the_outlets_own() -> None:
    assert general("Norland drained the lake, officials said.") == []


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["did not", "never", "has not", "failed to", "could not", "refused to"]),
    st.sampled_from(["repair", "flood", "inspect", "replace"]),
    st.sampled_from(["{}.", "On Monday {}.", "After the storm, {}.", "{}, and the rain stopped."]),
)
def test_a_negated_act_never_happened(negation: str, verb: str, frame: str) -> None:
    form = {"repair": "repaired", "flood": "flooded", "inspect": "inspected", "replace": "replaced"}
    word = form[verb] if negation in ("never", "has not") else verb
    found = general(frame.format(f"Norland {negation} {word} the mill"))

    assert {e.status for e in found if e.predicate == verb} <= {"denied"}


@pytest.mark.parametrize(
    "text",
    [
        "Not all of the crates have arrived.",
        "Visitors can not touch the glass.",
        "The lake never ceases to flood the mill.",
        "A man who repaired the mill left.",
        "General Orr asked why Norland did not repair the mill.",
    ],
)
def test_half_denials_and_generalities_give_none(text: str) -> None:
    assert [e for e in general(text) if e.status == "denied" or e.predicate == "repair"] == []

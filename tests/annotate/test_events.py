"""Events of a sentence: kind, sides, status, day, place, and that no negation or condition is lost."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotate.event_reading import date_in, named, parsed, read, told, version_of

from onrecord.annotate import events
from onrecord.annotate.event_lexicon import KINDS, load_lexicon
from onrecord.annotate.event_words import load_words
from onrecord.records import Mention, Sentence, StatementCandidate, Version
from onrecord.stage import Group
from onrecord.text.citing import cite


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Norland bombed Dell on Monday.", "ASSAULT", ["Norland"], ["Dell"]),
        ("Dell was bombed by Norland.", "ASSAULT", ["Norland"], ["Dell"]),
        ("Norland and Sudria signed a treaty.", "AGREE", ["Norland", "Sudria"], []),
        ("Norland signed a treaty with Sudria.", "AGREE", ["Norland"], ["Sudria"]),
        (
            "President Quill held talks with General Orr.",
            "CONSULT",
            ["President Quill"],
            ["General Orr"],
        ),
        ("Talks between Norland and Sudria began on Monday.", "CONSULT", [], ["Norland", "Sudria"]),
        ("The Lake Union imposed sanctions on Sudria.", "SANCTION", ["Lake Union"], ["Sudria"]),
        ("The Lake Union lifted its embargo against Sudria.", "YIELD", ["Lake Union"], ["Sudria"]),
        ("Norland suspended aid to Sudria.", "SANCTION", ["Norland"], ["Sudria"]),
        ("Norland sent food to Sudria.", "AID", ["Norland"], ["Sudria"]),
        ("Norland urged Sudria to negotiate.", "REQUEST", ["Norland"], ["Sudria"]),
        (
            "President Quill accused General Orr of lying.",
            "ACCUSE",
            ["President Quill"],
            ["General Orr"],
        ),
        ("The police arrested two students.", "COERCE", ["police"], ["students"]),
        ("Norland freed the prisoners.", "YIELD", ["Norland"], ["prisoners"]),
        ("Norland sent two brigades to Sudria's border.", "MOBILIZE", ["Norland"], ["Sudria"]),
        (
            "The students marched through the town against President Quill.",
            "PROTEST",
            ["students"],
            ["President Quill"],
        ),
        ("Norland rejected Sudria's offer.", "REJECT", ["Norland"], ["Sudria"]),
        ("Norland praised Sudria.", "SUPPORT", ["Norland"], ["Sudria"]),
        ("Norland carried out joint exercises with Sudria.", "COOPERATE", ["Norland"], ["Sudria"]),
        ("Norland threatened to bomb Dell.", "THREATEN", ["Norland"], ["Dell"]),
        ("Sudrian troops shelled Dell.", "ASSAULT", ["Sudrian"], ["Dell"]),
    ],
)
def test_who_did_what_to_whom(
    text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    event = told(text, kind)
    by_id = {m.id: m.name for m in named(version_of(text), parsed(version_of(text)))}

    assert [by_id[h.mention_id] for h in event.actors if h.mention_id] == actors
    assert [by_id[h.mention_id] for h in event.recipients if h.mention_id] == recipients


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Norland bombed Dell.", "ASSAULT", "happened"),
        ("Norland is bombing Dell.", "ASSAULT", "ongoing"),
        ("Norland continues to bomb Dell.", "ASSAULT", "ongoing"),
        ("Norland will bomb Dell.", "ASSAULT", "planned"),
        ("Norland is preparing to bomb Dell.", "ASSAULT", "planned"),
        ("Norland and Sudria are to sign a treaty on Friday.", "AGREE", "planned"),
        ("Norland threatened to bomb Dell.", "ASSAULT", "threatened"),
        ("Norland threatened an attack on Dell.", "ASSAULT", "threatened"),
        ('"We will bomb Dell," General Orr said.', "ASSAULT", "threatened"),
        ("Norland could bomb Dell.", "ASSAULT", "conditional"),
        ("If the talks fail, Norland will bomb Dell.", "ASSAULT", "conditional"),
        ("Norland will bomb Dell unless the talks succeed.", "ASSAULT", "conditional"),
        ("Norland said it would bomb Dell if the talks failed.", "ASSAULT", "conditional"),
        ("Should the talks fail, Norland will bomb Dell.", "ASSAULT", "conditional"),
        ("In the event of a coup, Norland would bomb Dell.", "ASSAULT", "conditional"),
        ("Norland will free the prisoners only after Sudria withdraws.", "YIELD", "conditional"),
        ("Norland would have bombed Dell.", "ASSAULT", "conditional"),
        ("Norland did not bomb Dell.", "ASSAULT", "denied"),
        ("Norland never bombed Dell.", "ASSAULT", "denied"),
        ("Neither Norland nor Sudria bombed Dell.", "ASSAULT", "denied"),
        ("Norland denied that it had bombed Dell.", "ASSAULT", "denied"),
        ("Norland denied bombing Dell.", "ASSAULT", "denied"),
        ("President Quill rejected claims that Norland had bombed Dell.", "ASSAULT", "denied"),
        (
            "General Orr dismissed as a lie the report that Norland had bombed Dell.",
            "ASSAULT",
            "denied",
        ),
        ("There is no evidence that Norland bombed Dell.", "ASSAULT", "denied"),
        ("There is no evidence Norland bombed Dell.", "ASSAULT", "denied"),
        ("Norland refused to free the prisoners.", "YIELD", "denied"),
        ("Norland failed to free the prisoners.", "YIELD", "denied"),
        ("Norland has yet to free the prisoners.", "YIELD", "denied"),
        ("Norland decided against imposing sanctions on Sudria.", "SANCTION", "denied"),
        ("Norland called off the talks with Sudria.", "CONSULT", "denied"),
        ("No talks between Norland and Sudria took place.", "CONSULT", "denied"),
        ("Instead of bombing Dell, Norland sent envoys.", "ASSAULT", "denied"),
        ("Norland abandoned plans to bomb Dell.", "ASSAULT", "denied"),
        ("Norland did not threaten Sudria.", "THREATEN", "denied"),
    ],
)
def test_status(text: str, kind: str, status: str) -> None:
    event = next(e for e in read(text) if e.kind == kind)

    assert event.status == status
    assert event.status_basis


@pytest.mark.parametrize(
    "text",
    [
        "Norland must free the prisoners.",
        "President Quill urged Norland to bomb Dell.",
        "Norland was accused of bombing Dell.",
        "Norland allegedly bombed Dell.",
        "Norland is believed to have bombed Dell.",
        "It is unclear whether Norland bombed Dell.",
        "Did Norland bomb Dell?",
        "President Quill wants to see Norland bombing Dell.",
        "President Quill will not say that Norland bombed Dell.",
        "President Quill expected the army to halt the convoy that entered Marl and to bomb Dell.",
        "Fears that Norland would bomb Dell grew.",
        "Norland considered bombing Dell.",
        "General Orr was acquitted of bombing Dell.",
        "President Quill warned Norland not to bomb Dell.",
    ],
)
def test_what_nobody_says_was_done_is_no_event(text: str) -> None:
    assert not [e for e in read(text) if e.kind in ("ASSAULT", "YIELD") and e.predicate != "acquit"]


def test_to_vow_to_help_or_to_warn_of_others_is_no_threat() -> None:
    assert not [e for e in read("Norland vowed to help Sudria.") if e.kind == "THREATEN"]
    assert not [
        e for e in read("Norland warned that Sudria would bomb Dell.") if e.kind == "THREATEN"
    ]
    assert told("Norland vowed to bomb Dell.", "THREATEN").status == "happened"


def test_a_headlines_present_tense_is_past() -> None:
    assert told("Norland bombs Dell", "ASSAULT", "title").status == "happened"
    assert "headline" in told("Norland bombs Dell", "ASSAULT", "title").status_basis


def test_the_condition_is_cited_in_full() -> None:
    event = told("Norland will bomb Dell unless Sudria withdraws its troops.", "ASSAULT")

    assert event.condition is not None
    assert event.condition.quote == "unless Sudria withdraws its troops"


def test_what_stands_inside_a_condition_is_conditional_too() -> None:
    event = told("Norland will bomb Dell unless Sudria frees the prisoners.", "YIELD")

    assert event.status == "conditional"


def test_a_denial_reaches_all_it_conjoins() -> None:
    found = read("Norland denied it had bombed Dell and killed two students.")

    assert {e.status for e in found if e.kind == "ASSAULT"} == {"denied"}


def test_a_pronoun_in_reported_speech_stands_for_the_speaker() -> None:
    event = told("Norland says it has bombed Dell.", "ASSAULT")

    assert event.actors[0].name == "it"
    assert event.actors[0].mention_id is not None


def test_it_never_stands_for_a_person() -> None:
    version = version_of("President Quill sought a word from Sudria that it did not bomb Dell.")
    found = parsed(version)
    people = [
        msgspec.structs.replace(m, kind="person") if m.name == "President Quill" else m
        for m in named(version, found)
    ]
    group = Group({Version: (version,), Sentence: found, Mention: tuple(people)})
    bombs = [e for e in events.work(group, events.Options(), {}) if e.predicate == "bomb"]

    assert [h.mention_id for e in bombs for h in e.actors] == [None]
    assert [e.status for e in bombs] == ["denied"]


def test_a_side_without_a_mention_keeps_its_words() -> None:
    event = told("Masked gunmen bombed Dell.", "ASSAULT")

    assert [(h.name, h.mention_id) for h in event.actors] == [("Masked gunmen", None)]


def test_trigger_clause_and_place() -> None:
    text = "President Quill met General Orr in Dell, officials said."
    event = told(text, "CONSULT")

    assert event.trigger.quote == "met"
    assert event.citation.quote == "President Quill met General Orr in Dell"
    assert event.place is not None
    assert event.place.name == "Dell"


def test_a_day_belongs_to_the_verb_it_hangs_on() -> None:
    text = "Norland said on Friday that it bombed Dell on Monday."
    monday, friday = date_in(text, "Monday"), date_in(text, "Friday")

    assert [e.dates for e in read(text, d=monday) if e.kind == "ASSAULT"] == [(monday.id,)]
    assert [e.dates for e in read(text, d=friday) if e.kind == "ASSAULT"] == [()]


def test_the_statement_it_stands_in_is_named() -> None:
    text = "President Quill said Norland bombed Dell."
    version = version_of(text)
    low = text.index("Norland")
    statement = StatementCandidate(
        id="stc-1",
        version_id=version.id,
        article_id=version.article_id,
        sentence=0,
        citation=cite(version, 0, len(text)),
        speaker=None,
        cue=None,
        content=(cite(version, low, len(text) - 1),),
        addressee=None,
        manner="indirect",
        act="assert",
        polarity="positive",
        modality="asserted",
        condition=None,
    )

    assert [e.statement for e in read(text, s=statement) if e.kind == "ASSAULT"] == ["stc-1"]
    assert told(text, "ASSAULT").statement is None


def test_ids_hang_on_place_alone() -> None:
    first = told("Norland bombed Dell.", "ASSAULT")
    again = told("Norland bombed Dell.", "ASSAULT")

    assert first == again
    assert first.id.startswith("evc-")


def test_every_lexicon_entry_is_usable() -> None:
    lexicon = load_lexicon()
    kinds = {act.kind for rows in lexicon.verbs.values() for _, act in rows}

    assert kinds == set(KINDS)
    assert load_words().hostile <= set(KINDS)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet='Norlad bombed nt if,.?"Sudri \n', max_size=80))
def test_any_text_gives_citations_inside_it(text: str) -> None:
    if not text.strip():
        return
    version = version_of(text)
    for event in read(text):
        for citation in (event.citation, event.trigger):
            assert citation.start is not None
            assert version.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "negation", ["did not attack", "never attacked", "has not attacked", "won't attack"]
)
@pytest.mark.parametrize(
    "frame",
    ["{}.", "General Orr said {}.", "President Quill knows that {}.", "On Monday, {}, police say."],
)
def test_a_negated_act_never_happened(negation: str, frame: str) -> None:
    found = read(frame.format(f"Norland {negation} Dell"))

    assert {e.status for e in found if e.kind == "ASSAULT"} <= {"denied"}


@pytest.mark.parametrize(
    ("text", "kind", "recipients"),
    [
        ("President Quill met General Orr in Dell.", "CONSULT", ["General Orr"]),
        ("President Quill and General Orr met in Dell.", "CONSULT", []),
        ("Norland signed the treaty in Dell.", "AGREE", []),
        ("Norland bombed a school in Dell.", "ASSAULT", ["Dell"]),
    ],
)
def test_a_place_where_they_met_is_no_side(text: str, kind: str, recipients: list[str]) -> None:
    event = told(text, kind)
    by_id = {m.id: m.name for m in named(version_of(text), parsed(version_of(text)))}

    assert [by_id[h.mention_id] for h in event.recipients if h.mention_id] == recipients


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norland closed the bridge to Sudrian trucks.", "COERCE"),
        ("Norland paid compensation to Sudria.", "YIELD"),
        ("Norland took Sudria to court.", "ACCUSE"),
    ],
)
def test_acts_of_law_and_traffic_have_their_root(text: str, kind: str) -> None:
    assert [h.mention_id is not None for h in told(text, kind).recipients] == [True]


_ABSENT = ("bomb", "impose", "hold", "talk", "offer")


@pytest.mark.parametrize(
    "text",
    [
        "Norland will seek assurances from Sudria that it will not bomb Dell.",
        "Norland will not bomb Sudria.",
        "Norland would expect Sudria to bomb Dell.",
        "The terms would include holding talks with Sudria in Dell.",
        "The interpretations of that conversation offered by Norland and Sudria differ.",
        "Norland asked in a letter whether Sudria would be willing to bomb Dell.",
        "No sanctions could be imposed on Sudria by Norland without the leave of the council.",
    ],
)
def test_what_is_only_asked_or_refused_for_later_is_no_act_and_no_denial(text: str) -> None:
    version = version_of(text)
    found = parsed(version)
    group = Group({Version: (version,), Sentence: found, Mention: tuple(named(version, found))})
    acts = list(events.work(group, events.Options(), {}))

    assert [(e.predicate, e.status) for e in acts if e.predicate in _ABSENT] == []


def test_a_past_negation_denies() -> None:
    version = version_of("Norland did not bomb Sudria.")
    found = parsed(version)
    group = Group({Version: (version,), Sentence: found, Mention: tuple(named(version, found))})

    assert [e.status for e in events.work(group, events.Options(), {})] == ["denied"]


def test_a_coordinate_clause_is_not_part_of_what_is_asked() -> None:
    version = version_of(
        "The vote will decide whether Dell will become part of Sudria but President Quill has warned "
        "that Norland will bomb Sudria if the vote goes ahead."
    )
    found = parsed(version)
    group = Group({Version: (version,), Sentence: found, Mention: tuple(named(version, found))})
    acts = list(events.work(group, events.Options(), {}))

    assert [e.status for e in acts if e.predicate == "bomb"] == ["conditional"]

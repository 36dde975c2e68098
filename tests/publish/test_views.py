"""What the pages say: negation, condition and the unknown are never lost, and no line is a verdict."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish import fixture
from tests.publish.reading import Reader

from onrecord.publish import accounts, history, marking, views, wording
from onrecord.publish.desk import Desk, page
from onrecord.publish.dossier import render
from onrecord.publish.library import MemoryLibrary
from onrecord.records import Article, Bounds, Claim, Relation, Story


@pytest.fixture(scope="module")
def desk() -> Desk:
    library = fixture.library()
    story = library.get(Story, fixture.STORY)
    assert story is not None
    return Desk(library, story)


@pytest.fixture(scope="module")
def text() -> str:
    return Reader(render(fixture.library(), fixture.STORY)).text


def changed(**values: object) -> Desk:
    """The desk of a story whose first claim has its first relation changed."""
    builder, _ = fixture.build()
    records = []
    for record in builder.records:
        if isinstance(record, Claim) and record.id == "clm-threat":
            first = msgspec.structs.replace(record.relations[0], **values)
            record = msgspec.structs.replace(record, relations=(first, *record.relations[1:]))
        records.append(record)
    library = MemoryLibrary(records, builder.data)
    story = library.get(Story, fixture.STORY)
    assert story is not None
    return Desk(library, story)


def test_what_is_new_begins_with_the_newest_and_names_changes(desk: Desk) -> None:
    new = views.first_screen(desk).new
    assert [line.when for line in new[:3]] == [
        "2031-05-26",
        "2031-05-11T07:30:00+00:00",
        "2031-05-11",
    ]
    assert new[1].text == "Version 2 of “Berg: grain toll stays for now”: headline, a number"
    assert new[-1].when is None


def test_what_needs_a_look_says_why(desk: Desk) -> None:
    look = {(line.label, line.text): line.note for line in views.first_screen(desk).look}
    assert look["possible contradiction", "Voss threatened to close the strait"] == (
        "in whether it is so; nobody has reviewed it"
    )
    assert (
        look["not captured", "Berg: grain toll stays for now"]
        == "1 version that the page announces"
    )
    assert ("not captured", "Meridian Wire is credited as a source") in look
    assert any(label == "undated" for label, _ in look)
    assert look["skipped", "Talks on the strait open in Lund Harbour"].startswith("splitting into")
    assert not any("scan.bin" in subject for _, subject in look)


@pytest.mark.parametrize("review", ["confirmed", "rejected"])
def test_a_reviewed_opposition_no_longer_needs_a_look(review: str) -> None:
    screen = views.first_screen(changed(review=review))
    assert not any(line.label == "possible contradiction" for line in screen.look)


def test_a_rejected_opposition_is_not_shown_as_one() -> None:
    found = accounts.rows(changed(review="rejected"))
    assert "opposed" not in {row.tone for row in found}


def test_what_is_due_is_measured_by_the_newest_report_and_leaves_out_what_is_settled(
    desk: Desk,
) -> None:
    (due,) = views.first_screen(desk).due
    assert due.note == "past by the newest dated report, 26 May 2031; reported as done"
    item = desk.commitments[0]
    early = msgspec.structs.replace(
        item, deadline=Bounds(earliest="2031-06-01", latest="2031-06-01")
    )
    assert views.standing(desk, early) == "still to come in the newest dated report, 26 May 2031"


def test_only_what_is_told_as_done_is_under_what_happened(desk: Desk) -> None:
    lines = [entry.entry.id for entry in views.brief(desk)]
    assert lines == ["tml-ships", "tml-closed", "tml-talks"]


def test_a_conditional_event_keeps_its_condition_and_its_teller(desk: Desk) -> None:
    entry = views.entry_view(desk, next(e for e in desk.entries if e.id == "tml-plan"))
    assert [words for _, words in entry.flags] == ["only on a condition", "according to Irena Voss"]
    assert [c.quote for c in entry.conditions] == ["If the toll stands on Monday"]
    assert not entry.happened


def test_a_negated_statement_is_marked_and_a_denial_is_called_one(text: str) -> None:
    assert (
        "denial with a negation in the reporter’s words "
        "Marovia’s foreign minister had not threatened to close the strait"
    ) in text


def test_a_threat_carries_its_condition_in_the_same_line(text: str) -> None:
    at = text.index("threat supposed, not said to be so on a condition word for word")
    assert "Condition: If the toll stands on Monday" in text[at : at + 300]


def test_accounts_are_grouped_and_no_contradiction_is_called_more_than_possible(
    desk: Desk, text: str
) -> None:
    found = accounts.rows(desk)
    assert [(row.claim.id, row.tone) for row in found] == [
        ("clm-threat", "opposed"),
        ("clm-when", "differs"),
        ("clm-ships", "agrees"),
    ]
    assert "possible contradiction" in text and "differ in: condition" in text
    assert set(re.findall(r"(\w+)\W+contradict", text.lower())) == {"possible"}
    assert "the outlet itself" in text
    assert "silence is not denial" in text


def test_unknown_is_written_out_with_its_reason(text: str) -> None:
    assert "unknown (the capture holds no date)" in text
    assert "unknown (no report says when)" in text
    assert "Was the condition met? unknown (no captured report says)" in text
    assert "Was the deadline kept? unknown (no deadline was named)" in text


def test_versions_that_nobody_captured_are_named(desk: Desk, text: str) -> None:
    assert "1 version not captured the page announces 3, 2 are held" in text
    assert "an earlier version that the page links to" in text
    first, _ = history.revised(desk)
    told = history.history(desk, first, desk.changes)
    assert [v.number for v in told.versions] == [1, 2] and told.not_captured == 1


def test_a_change_of_one_digit_is_shown_in_place(desk: Desk) -> None:
    told = history.history(desk, history.revised(desk)[0], desk.changes)
    number = next(e for e in told.revisions[0].edits if "number" in e.labels)
    assert [(p.op, p.text) for p in number.pieces] == [
        ("same", "At least "),
        ("del", "12"),
        ("ins", "14"),
        ("same", " ships were waiting off Port Varlen on Saturday evening."),
    ]
    (one,) = number.differences
    assert one.old and one.new
    assert (one.old.quote, one.new.quote) == ("12", "14")


def test_a_shared_quotation_is_not_called_a_copy(desk: Desk) -> None:
    words = {
        c.reuse.id: c.words
        for g in history.copy_groups(desk, history.by_kind(desk))
        for c in g.items
    }
    assert words == {
        "reu-copy": "outlet unknown (unknown<b>.txt) prints 12 words of Eastmere Post",
        "reu-wire": "Harbour Courier and outlet unknown (unknown<b>.txt): "
        "5 words from Meridian Wire (not captured)",
        "reu-quote": "Harbour Courier and Eastmere Post: the same quotation, 2 words",
    }


def test_a_report_of_the_agency_among_the_captures_is_no_longer_missing() -> None:
    builder, _ = fixture.build()
    records = [
        msgspec.structs.replace(r, outlet="Meridian Wire")
        if isinstance(r, Article) and r.outlet == "Lowmark Today"
        else r
        for r in builder.records
    ]
    library = MemoryLibrary(records, builder.data)
    story = library.get(Story, fixture.STORY)
    assert story is not None
    look = views.first_screen(Desk(library, story)).look
    assert not any("Meridian" in line.text for line in look)


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (None, None, "unknown"),
        ("2031-05-10", None, "not before 10 May 2031"),
        (None, "2031-05-10", "not after 10 May 2031"),
        ("2031-05-10", "2031-05-10", "10 May 2031"),
        ("2031-05-10", "2031-05-13", "10 to 13 May 2031"),
        ("2031-05-30", "2031-06-02", "30 May 2031 to 2 June 2031"),
        ("2031-05-10T09:20:00+02:00", "2031-05-10T09:20:00+02:00", "10 May 2031, 09:20 UTC+02:00"),
        ("2031-05-10T09:20:00-05:00", "2031-05-10T09:20:00-05:00", "10 May 2031, 09:20 UTC−05:00"),
        (
            "2031-05-10T09:20:00+00:00",
            "2031-05-10T10:00:00+00:00",
            "10 May 2031, between 09:20 UTC and 10:00 UTC",
        ),
    ],
)
def test_times_are_said_as_far_as_they_are_known(
    earliest: str | None, latest: str | None, words: str
) -> None:
    assert wording.span(earliest, latest) == words


def test_relations_are_said_without_a_verdict() -> None:
    relation = Relation(a="a", b="b", relation="contradicts", in_="number", basis="")
    assert wording.relation(relation) == "possible contradiction"
    accounts = msgspec.structs.replace(relation, relation="incompatible_accounts")
    assert wording.relation(accounts) == "possible contradiction"


@given(st.lists(st.integers()), st.integers(-3, 60), st.integers(1, 7))
def test_pages_hold_every_item_once(items: list[int], number: int, size: int) -> None:
    first = page(items, number, size)
    assert 1 <= first.number <= first.pages
    everything = [i for n in range(1, first.pages + 1) for i in page(items, n, size).items]
    assert everything == items


@given(st.text(), st.text())
def test_an_inline_comparison_loses_no_character(before: str, after: str) -> None:
    pieces = marking.compare(before, after)
    assert "".join(p.text for p in pieces if p.op != "ins") == before
    assert "".join(p.text for p in pieces if p.op != "del") == after


@given(st.text(min_size=1), st.data())
def test_a_marked_window_is_a_cut_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = marking.mark(text, start, end, data.draw(st.integers(0, 60)))
    assert found.marked == text[start:end]
    assert text[found.start : found.end] == found.before + found.marked + found.after


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_cuts_cover_a_text_once(length: int, pairs: list[tuple[int, int]]) -> None:
    ranges = [(min(a, b, length), min(max(a, b), length)) for a, b in pairs]
    pieces = marking.cuts(length, ranges)
    assert sum(b - a for a, b, _ in pieces) == length
    for low, high, inside in pieces:
        for i in range(low, high):
            assert inside == any(a <= i < b for a, b in ranges)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc", "//host", "http://", "http://[", ""],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert marking.safe_url(url) is None
    assert marking.fragment_link(url, "words") is None


def test_a_text_fragment_link_escapes_what_its_grammar_uses() -> None:
    link = marking.fragment_link("https://a.example/x#top", "well-known, said & done")
    assert link == "https://a.example/x#:~:text=well%2Dknown%2C%20said%20%26%20done"


def test_every_speaker_is_shown_with_the_number_of_all_statements(desk: Desk) -> None:
    every = views.by_speaker(desk)
    doubled = [s for s in every for _ in range(5)]
    few = views.few_by_speaker(doubled)
    whole = views.speakers(desk, every)
    shown = views.speakers(desk, few)
    assert [s.name for s in shown] == [s.name for s in whole]
    assert all(1 <= len(s.said) <= views.SAID_EACH for s in shown)
    assert [s.total for s in shown] == [len(s.said) for s in whole]


def test_a_basis_is_shown_without_the_ids_of_records() -> None:
    ident = "dat-" + "0a" * 10
    told = f"“Friday” stands beside “said”; {ident}: weekday on or before publication"
    assert wording.without_ids(told) == (
        "“Friday” stands beside “said”; weekday on or before publication"
    )
    assert wording.without_ids(f"as the other ({ident})") == "as the other"
    assert wording.without_ids("no id here;  kept") == "no id here;  kept"

"""What a reader is told was changed between two captures of one article."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.relate.making import version

from onrecord.records import Change, Version
from onrecord.relate.changes import Options, work
from onrecord.relate.segments import sentences, units
from onrecord.stage import Group

TITLE = "Harbour board votes on the new ferry"
LEDE = "The harbour board met on Tuesday in Oldmoor. Its chair, Ilsa Brandt, spoke for an hour."
COST = "The ferry will cost $4.7 million and carry 120 people. Fares rise by +3.5 percent."
QUOTE = "“We never promised a second boat,” said Ilsa Brandt after the vote."
TAIL = "Work on the quay begins once the ministry has signed the lease with the owners."
BASE = "\n\n".join((TITLE, LEDE, COST, QUOTE, TAIL))


def changes_of(*texts: str, kinds: str = "") -> list[Change]:
    versions = [version(t, number=i + 1, kinds=kinds) for i, t in enumerate(texts)]
    return list(work(Group({Version: tuple(versions)}), Options(), {}))


def one(old: str, new: str, **more: str) -> Change:
    (change,) = changes_of(old, new, **more)
    return change


def shown(change: Change, old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (h.op, old[h.from_.start : h.from_.end], new[h.to.start : h.to.end])
        for h in change.hunks
        if h.from_ and h.to
    ]


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        ("120 people", "124 people", "number"),
        ("$4.7 million", "$47 million", "number"),
        ("+3.5", "-3.5", "number"),
        ("$4.7 million", "$4.7 billion", "number"),
        ("met on Tuesday", "met on Thursday", "date"),
        ("Its chair, Ilsa Brandt", "Its chair, Ilse Brandt", "name"),
        ("never promised", "promised", "quote"),
        ("Harbour board votes", "Harbour board stalls", "headline"),
        ("has signed", "had signed", "wording"),
    ],
)
def test_small_edits_are_named_and_located(before: str, after: str, label: str) -> None:
    new = BASE.replace(before, after, 1)
    change = one(BASE, new)
    assert label in change.labels
    (hunk,) = change.hunks
    assert label in hunk.labels
    assert hunk.from_ is not None
    assert hunk.from_.end - hunk.from_.start <= len(before) + 1


def test_a_number_is_shown_as_a_whole() -> None:
    new = BASE.replace("$4.7", "$47")
    assert shown(one(BASE, new), BASE, new) == [("replace", "$4.7", "$47")]
    new = BASE.replace("+3.5", "-3.5")
    assert shown(one(BASE, new), BASE, new) == [("replace", "+3.5", "-3.5")]


def test_a_name_in_the_headline_needs_the_body_to_be_a_name() -> None:
    assert one(BASE, BASE.replace("new ferry", "old Ferry")).labels == ("headline", "wording")


def test_a_new_paragraph_and_a_lost_sentence() -> None:
    new = BASE.replace(" Its chair, Ilsa Brandt, spoke for an hour.", "")
    change = one(BASE, new)
    assert change.labels == ("deletion",)
    assert shown(change, BASE, new) == [
        ("delete", "Its chair, Ilsa Brandt, spoke for an hour.", "")
    ]
    change = one(BASE, BASE + "\n\nThe union of deck hands was not asked.")
    assert change.labels == ("addition",)
    (hunk,) = change.hunks
    assert hunk.from_ is not None and hunk.from_.start == hunk.from_.end == len(BASE)


def test_a_moved_paragraph_is_a_move_and_nothing_else() -> None:
    new = "\n\n".join((TITLE, LEDE, COST, TAIL, QUOTE))
    assert one(BASE, new).labels == ("move",)
    new = "\n\n".join((TITLE, TAIL, LEDE, COST, QUOTE))
    change = one(BASE, new)
    assert shown(change, BASE, new) == [("move", TAIL, TAIL)]


def test_a_moved_and_edited_sentence_is_both() -> None:
    new = "\n\n".join((TITLE, TAIL.replace("owners", "heirs"), LEDE, COST, QUOTE))
    change = one(BASE, new)
    assert change.labels == ("move", "wording")
    assert ("replace", "owners", "heirs") in shown(change, BASE, new)


def test_a_correction_note() -> None:
    note = "Correction: An earlier version of this article misstated the cost of the ferry."
    change = one(BASE, BASE.replace("$4.7", "$5.2") + "\n\n" + note)
    assert change.labels == ("number", "correction", "addition")
    plain = "The corrections officer said that the ferry is safe."
    assert "correction" not in one(BASE, BASE + "\n\n" + plain).labels


def test_quote_marks_and_paragraph_breaks_are_cosmetic() -> None:
    new = BASE.replace("“", '"').replace("”", '"')
    change = one(BASE, new)
    assert change.labels == ("cosmetic",) and len(change.hunks) == 2
    new = BASE.replace("Oldmoor. Its", "Oldmoor.\n\nIts")
    change = one(BASE, new)
    assert change.labels == ("cosmetic",)
    assert shown(change, BASE, new) == [("replace", " ", "\n\n")]


def test_dashes_and_case_are_not_cosmetic() -> None:
    assert one(BASE, BASE.replace("an hour", "an Hour")).labels != ("cosmetic",)
    old = BASE.replace("120", "120-130")
    assert "number" in one(old, old.replace("120-130", "120–130")).labels


def test_furniture_is_template() -> None:
    assert one(BASE + "\n\n3,201 views", BASE + "\n\n4,977 views").labels == ("template",)
    assert one(BASE, BASE + "\n\nAdvertisement").labels == ("template",)
    old = BASE.replace(LEDE, "By Tom Ek, Anna Roe\n\n" + LEDE)
    new = BASE.replace(LEDE, "Tom Ek and Anna Roe\n\n" + LEDE)
    assert one(old, new, kinds="tbpppp").labels == ("template",)
    new = new.replace("Roe", "Row")
    assert "name" in one(old, new, kinds="tbpppp").labels


def test_back_to_what_it_was_is_a_revert() -> None:
    new = BASE.replace("120", "140")
    first, second = changes_of(BASE, new, BASE)
    assert first.labels == ("number",)
    assert second.labels == ("number", "revert")


def test_one_sentence_back_while_another_stays_changed() -> None:
    middle = BASE.replace("120", "140")
    last = BASE.replace("begins once", "began when")
    _, change = changes_of(BASE, middle, last)
    by_label = {h.labels for h in change.hunks}
    assert ("number", "revert") in by_label and ("wording",) in by_label


def test_another_number_is_no_revert() -> None:
    assert (
        "revert"
        not in changes_of(BASE, BASE.replace("120", "140"), BASE.replace("120", "150"))[1].labels
    )


def test_a_notice_in_place_of_the_report_is_removed() -> None:
    gone = TITLE + "\n\nThis article has been removed at the request of the board."
    assert "removed" in one(BASE, gone).labels
    assert "removed" not in one(BASE, "\n\n".join((TITLE, LEDE))).labels


def test_ids_do_not_hang_on_what_was_found() -> None:
    change = one(BASE, BASE.replace("120", "140"))
    assert change.id.startswith("chg-")
    assert change.id != one(BASE, BASE.replace("120", "150")).id


UNIT = re.compile(r"\d+(?:[.,]\d+)*|\w+")
PIECES = st.sampled_from(
    ["Brandt", "12", "1,200", "4.7", "$4.7", "-3", "+3.5%", ".", ",", "“so”", "ferry", "the", "a", "\n\n",
     "says.", "It", "—", "e\u0301", "U.S.", "v1.2,3", "5-6", "x_y", "’", "\u00ad", "7:30", "is"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30), st.lists(PIECES, min_size=1, max_size=30))
def test_hunks_resolve_and_never_cut_a_word_or_a_number(a: list[str], b: list[str]) -> None:
    def text(pieces: list[str]) -> str:
        blocks = (" ".join(block.split()) for block in " ".join(pieces).split("\n\n"))
        return "\n\n".join(block for block in blocks if block)

    old, new = text(a), text(b)
    if not old or not new or old == new:
        return
    change = one(old, new)
    assert change.labels
    for hunk in change.hunks:
        assert hunk.from_ is not None and hunk.to is not None and hunk.labels
        assert hunk.from_.start < hunk.from_.end or hunk.op == "add"
        assert hunk.to.start < hunk.to.end or hunk.op == "delete"
        for side, there in ((hunk.from_, old), (hunk.to, new)):
            assert 0 <= side.start <= side.end <= len(there)
            for match in UNIT.finditer(there):
                assert not match.start() < side.start < match.end()
                assert not match.start() < side.end < match.end()


@given(st.lists(PIECES, max_size=40))
def test_the_hunks_of_a_text_with_itself_are_none(pieces: list[str]) -> None:
    text = " ".join(" ".join(pieces).split()) or "x"
    assert changes_of(text, text) == []


@given(st.text(max_size=200))
def test_sentences_and_units_cover_all_that_is_visible(text: str) -> None:
    for spans in (list(sentences(text, 0, len(text))), units(text, 0, len(text))):
        assert all(a < b for a, b in spans)
        assert all(x[1] <= y[0] for x, y in pairwise(spans))
        covered = {i for a, b in spans for i in range(a, b)}
        assert all(i in covered for i, c in enumerate(text) if not c.isspace())


def test_signs_currencies_and_points_stay_with_their_number() -> None:
    text = "It fell -3.5% to US$1,200.50 (was $.75), 19:30, 5-6 times, St. Ives."
    found = [text[a:b] for a, b in units(text, 0, len(text))]
    for unit in ("-3.5%", "US$1,200.50", "$.75", "19:30", "5-6"):
        assert unit in found

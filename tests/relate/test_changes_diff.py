"""What hunks must be whatever the texts: resolvable, whole, complete, and found in bounded time."""

from __future__ import annotations

import random
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.relate.making import version, version_of_blocks
from tests.relate.rebuilding import rebuilt

from onrecord.records import Change, Hunk, Version
from onrecord.relate.aligning import NEAREST, Limits, align
from onrecord.relate.changes import Options, compare, work
from onrecord.relate.cutting import CutVersion
from onrecord.relate.sequences import matching
from onrecord.stage import Group

SENTENCES = (
    "The board met in Oldmoor on Tuesday.",
    "Its chair, Ilsa Brandt, spoke for an hour and left.",
    "The ferry will cost $4.7 million and carry 1,204 people.",
    "Fares rise by +3.5% from July, or by -1.2% at night.",
    "“We never promised a second boat,” said Ilsa Brandt.",
    "Nobody from the union of deck hands was asked.",
    "It was −4° at 7:30, the pilot said.",
    "US$1,200.50 was paid in 2031, and €.75 a year later.",
    "Η πόλη δεν πλήρωσε.",
    "سفينة جديدة تصل غدا.",
    "港は九週間閉鎖される。新しい船は来ない。",
    "हिन्दी में एक वाक्य है।",
    "The cafe\u0301 on the quay is shut 👩‍👩‍👧 🇫🇷🇩🇪 👍🏽 now.",
    "No.",
    "He did not.",
    "Mr. Holm, of St. Ives, agreed (so he says).",
)
WORDS = st.sampled_from(
    ["Brandt", "12", "1,200", "$4.7", "-3", "+3.5%", "the", "boat", "not", "“so”", "—", ",", "e\u0301t", "👍🏽",
     "7:30", "船", "x_y", "\u00adsoft", "U.S."]
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    """Paragraphs of sentences before and after edits, moves, cuts and joins."""
    paragraph = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)
    old = draw(st.lists(paragraph, min_size=1, max_size=6))
    new = [list(p) for p in old]
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.integers(0, 7))
        i = draw(st.integers(0, len(new) - 1))
        k = draw(st.integers(0, len(new[i]) - 1))
        if kind == 0:
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(i))
        elif kind == 1:
            new[i].insert(k, draw(st.sampled_from(SENTENCES)))
        elif kind == 2 and len(new[i]) > 1:
            sentence = new[i].pop(k)
            j = draw(st.integers(0, len(new) - 1))
            new[j].insert(draw(st.integers(0, len(new[j]))), sentence)
        elif kind == 3 and len(new[i]) > 1:
            new[i : i + 1] = [new[i][:1], new[i][1:]]
        elif kind == 4 and i + 1 < len(new):
            new[i : i + 2] = [new[i] + new[i + 1]]
        elif kind == 5 and len(new) > 1:
            new.pop(i)
        else:
            words = new[i][k].split(" ")
            at = draw(st.integers(0, len(words)))
            words[at : at + draw(st.integers(0, 2))] = draw(st.lists(WORDS, max_size=2))
            new[i][k] = " ".join(words) or "So."
    return old, new


def text_of(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(" ".join(p).split()) for p in paragraphs)


def assert_whole(change: Change, old: str, new: str) -> None:
    """No hunk ends inside a word, a number, a letter with its marks or a joined picture."""
    for hunk in change.hunks:
        assert hunk.from_ is not None and hunk.to is not None
        assert hunk.labels and hunk.basis and 0 <= hunk.significance <= 1000
        assert hunk.from_.start < hunk.from_.end or hunk.op == "add"
        assert hunk.to.start < hunk.to.end or hunk.op == "delete"
        for side, text in ((hunk.from_, old), (hunk.to, new)):
            assert 0 <= side.start <= side.end <= len(text)
            for at in (side.start, side.end):
                for match in re.finditer(r"\d+(?:[.,]\d+)*|\w+", text[max(0, at - 40) : at + 40]):
                    assert not match.start() < at - max(0, at - 40) < match.end()
                if 0 < at < len(text):
                    assert not unicodedata.combining(text[at])
                    assert "\u200d" not in text[at - 1 : at + 1]
                    assert not "\U0001f3fb" <= text[at] <= "\U0001f3ff"


MET = "The board met in Oldmoor on Tuesday."
JA = ["No.", "港は九週間閉鎖される。新しい船は来ない。"]


@settings(max_examples=400, deadline=None)
@given(edited(), st.sampled_from(["t", "p", "tb"]))
@example(([JA, [MET], [MET, MET]], [[MET, MET], JA, [MET]]), "t")
def test_the_hunks_make_the_newer_text(
    pair: tuple[list[list[str]], list[list[str]]], head: str
) -> None:
    old, new = map(text_of, pair)
    versions = [
        version(text, number=i, kinds=head + "p" * 99) for i, text in enumerate((old, new), start=1)
    ]
    found = list(work(Group({Version: tuple(versions)}), Options(), {}))
    if old == new:
        assert found == []
        return
    (change,) = found
    assert_whole(change, old, new)
    assert rebuilt(old, new, change.hunks) == new


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    old, new = (" ".join(t.split()) for t in (a, b))
    if not old or not new or old == new:
        return
    hunks = compare(version(old, kinds="p"), version(new, number=2, kinds="p"))
    assert rebuilt(old, new, hunks) == new


def test_a_hunk_that_is_left_out_is_missed() -> None:
    old, new = "\n\n".join(SENTENCES[:5]), "\n\n".join((SENTENCES[4], *SENTENCES[1:4]))
    hunks = compare(version(old, kinds="p" * 9), version(new, number=2, kinds="p" * 9))
    assert {h.op for h in hunks} == {"move", "delete"}
    assert rebuilt(old, new, hunks) == new
    for hunk in hunks:
        assert rebuilt(old, new, [h for h in hunks if h is not hunk]) != new


# ------------------------------------------------------------------ cuts, joins, moves

FIRST = "The harbour board met on Tuesday in Oldmoor behind closed doors."
LONG = (
    "The boat left the quay at dawn, and the pilot was the only man aboard who knew of the crack."
)
CUT = "The boat left the quay at dawn. The pilot was the only man aboard who knew of the crack."
LAST = "Work on the quay begins once the ministry has signed the lease."


def hunks_of(old: str, new: str) -> tuple[Hunk, ...]:
    found = compare(version(old, kinds="p" * 99), version(new, number=2, kinds="p" * 99))
    assert rebuilt(old, new, found) == new
    return found


def passages(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (h.op, old[h.from_.start : h.from_.end], new[h.to.start : h.to.end])
        for h in hunks_of(old, new)
        if h.from_ and h.to
    ]


def test_a_sentence_cut_in_two_is_a_small_edit() -> None:
    old, new = f"{FIRST} {LONG} {LAST}", f"{FIRST} {CUT} {LAST}"
    assert passages(old, new) == [("replace", ", and the", ". The")]
    assert passages(new, old) == [("replace", ". The", ", and the")]


def test_a_sentence_cut_into_two_paragraphs_too() -> None:
    cut = CUT.replace(". The", ".\n\nThe")
    assert passages(f"{FIRST}\n\n{LONG}", f"{FIRST}\n\n{cut}") == [
        ("replace", ", and the", ".\n\nThe")
    ]


def test_paragraphs_cut_and_joined_edit_no_words() -> None:
    old, new = f"{FIRST} {CUT} {LAST}", f"{FIRST}\n\n{CUT}\n\n{LAST}"
    for a, b in ((old, new), (new, old)):
        assert {h.labels for h in hunks_of(a, b)} == {("cosmetic",)}


def test_something_put_into_a_short_sentence_leaves_it_standing() -> None:
    old = "The pilot left the ship at noon on Monday."
    new = old.replace(
        "pilot", "pilot, who had been awake since the early morning of the day before and had asked"
        " the harbour master twice to be relieved by another man,"
    )  # fmt: skip
    assert [op for op, _, _ in passages(f"{FIRST} {old}", f"{FIRST} {new}")] == ["add"]


def test_a_moved_paragraph_of_several_sentences_is_what_moved() -> None:
    moved = f"{LONG} {LAST} Nobody from the union of deck hands was asked about it at all."
    rest = [FIRST, "It was a cold day on the river.", "The pilots had been told of it by letter."]
    old = "\n\n".join([rest[0], moved, *rest[1:]])
    new = "\n\n".join([*rest, moved])
    assert passages(old, new) == [("move", moved, moved)]


def test_a_moved_paragraph_with_an_edit_is_one_move_and_the_edit() -> None:
    moved = f"{LONG} {LAST} Nobody was asked."
    edited = moved.replace("at dawn", "at noon").replace("lease", "deed")
    rest = [FIRST, "It was a cold day on the river.", "The pilots had been told of it by letter."]
    found = passages("\n\n".join([moved, *rest]), "\n\n".join([*rest, edited]))
    assert found[0] == ("move", moved, edited)
    assert found[1:] == [("replace", "dawn", "noon"), ("replace", "lease", "deed")]


def test_a_sentence_moved_into_another_paragraph() -> None:
    old = f"{FIRST} {LAST}\n\n{CUT}"
    new = f"{FIRST}\n\n{CUT} {LAST}"
    assert passages(old, new) == [("move", LAST, LAST)]


def test_a_move_tells_where_it_left_and_where_it_was_put() -> None:
    old, new = f"{FIRST}\n\n{CUT}\n\n{LAST}", f"{LAST}\n\n{FIRST}\n\n{CUT}"
    (move,) = hunks_of(old, new)
    assert (move.put_at, move.left_at) == (0, len(new))
    (edit,) = hunks_of("One boat left. It sank.", "Two boats left. It sank.")
    assert edit.put_at is None and edit.left_at is None


def test_repeated_headlines_and_bylines_never_become_body() -> None:
    rows = [("title", "A"), ("paragraph", "B is here.")]
    older, newer = version_of_blocks(rows), version_of_blocks([("title", "B is here."), rows[1]])
    (hunk,) = compare(older, newer)
    assert hunk.labels[0] == "headline" and hunk.op == "replace"


# ------------------------------------------------------------------ bounds


def rewritten(count: int, seed: int) -> str:
    chance = random.Random(seed)
    words = [f"w{chance.randrange(4000)}" for _ in range(8 * count)]
    return "\n\n".join(
        " ".join(f"S{' '.join(words[8 * i : 8 * i + 8])}." for i in range(k, k + 10))
        for k in range(0, count, 10)
    )


def test_ten_thousand_rewritten_sentences_are_not_compared_each_with_each() -> None:
    old, new = rewritten(10_000, 1), rewritten(10_000, 2)
    cuts = [CutVersion(version(t, kinds="p" * 1000)) for t in (old, new)]
    found = align(*cuts)
    assert len(found.a) == len(found.b) == 10_000
    # In the gap, and once more for what was moved and edited.
    assert found.comparisons <= 2 * NEAREST * 10_000


def test_of_a_long_gap_edited_sentences_are_found_all_the_same() -> None:
    old = rewritten(400, 1)
    new = re.sub(r" w\d+\.", " ended.", old)
    cuts = [CutVersion(version(t, kinds="p" * 40)) for t in (old, new)]
    for cells in (100, 1_000_000):
        found = align(*cuts, Limits(cells=cells))
        assert [(link.a, link.b) for link in found.kept] == [
            ((i, i + 1), (i, i + 1)) for i in range(400)
        ]


def test_a_sentence_without_end_is_given_as_a_whole_with_the_reason() -> None:
    words = [f"w{i}" for i in range(8_000)]
    other = [w if i % 2 else f"v{i}" for i, w in enumerate(words)]
    old, new = "Start " + " ".join(words), "Start " + " ".join(other)
    (hunk,) = hunks_of(old, new)
    assert hunk.op == "replace" and "too long to compare by words" in hunk.basis
    assert hunk.from_ is not None and old[hunk.from_.start : hunk.from_.end].startswith("w0 ")


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_matching_rises_and_pairs_equal_things(a: list[int], b: list[int]) -> None:
    found = list(matching(a, b))
    assert all(a[i] == b[j] for i, j in found)
    assert all(x[0] < y[0] and x[1] < y[1] for x, y in pairwise(found))
    assert len(found) == _longest(a, b)


def _longest(a: list[int], b: list[int]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], last + 1 if x == y else max(row[j], row[j + 1])
    return row[-1]


# ------------------------------------------------------------------ order and templates


def test_what_matters_stands_first() -> None:
    base = [
        "Harbour board votes on the ferry",
        "The ferry will carry 120 people across the river, the board said on Tuesday.",
        "The work has begun at the quay of Oldmoor.",
        "The gate was safe in the flood, engineers found.",
        "“We are glad of it,” said Ilsa Brandt.",
        "It was a long meeting in a cold room, and few had come.",
    ]
    edits = [
        ("Harbour board", "Divided board"),
        ("was safe", "was not safe"),
        ("120", "140"),
        (" It was a long meeting in a cold room, and few had come.", ""),
        ("has begun", "had begun"),
        ("“We are glad of it,”", '"We are glad of it,"'),
    ]
    old = "\n\n".join(base[:5]) + " " + base[5]
    note = "Correction: An earlier version of this article gave the wrong number of people."
    new = old
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    versions = version(old), version(f"{new}\n\n{note}", number=2)
    (change,) = work(Group({Version: versions}), Options(), {})
    ordered = sorted(change.hunks, key=lambda h: -h.significance)
    assert [h.basis.split(";")[0] for h in ordered] == [
        "a correction note",
        "the headline",
        "a negation put in or taken out",
        "a number",
        "words taken out",
        "wording",
        "spacing or marks alone",
        "spacing or marks alone",
    ]
    assert change.significance == ordered[0].significance >= 900
    assert change.basis == "a correction note; words put in; and 5 more"


def test_the_longer_and_the_earlier_of_a_kind_stand_first() -> None:
    old = "One boat left the bay today.\n\nThe crew was well.\n\nA big crowd came."
    early = compare(version(old, kinds="ppp"), version(old.replace("bay", "port"), kinds="ppp"))
    late = compare(version(old, kinds="ppp"), version(old.replace("big", "vast"), kinds="ppp"))
    assert early[0].significance > late[0].significance
    assert early[0].labels == late[0].labels == ("wording",)


def test_another_reader_of_the_same_file_is_named() -> None:
    old, new = version("One boat left."), version("Two boats left.", number=2)
    (change,) = work(
        Group({Version: (old, replace(new, decoder="pdf-1-pdfium-9999"))}), Options(), {}
    )
    assert "read by utf-8 and pdf-1-pdfium-9999" in change.basis


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ([("byline", "By Tom Ek")], [("byline", "TOM EK")]),
        ([("byline", "By Tom Ek"), ("dateline", "3 March 2031")], [("byline", "Tom Ek | 3 March 2031")]),
        ([("dateline", "Updated 3 March 2031, 14:57")], [("dateline", "Updated 3 March 2031, 15:20")]),
        ([("dateline", "3 March 2031")], [("dateline", "Published 3 March 2031, updated 15:20")]),
        ([("byline", "By Tom Ek")], []),
        ([("paragraph", "3 min read")], [("paragraph", "4 min read")]),
        ([], [("paragraph", "Tags: harbour, ferry")]),
        ([], [("paragraph", "More on this story"), ("paragraph", "Five walks by the river")]),
    ],
)  # fmt: skip
def test_a_redesign_is_template(older: list[tuple[str, str]], newer: list[tuple[str, str]]) -> None:
    title, body = ("title", "Board votes on the ferry"), ("paragraph", FIRST)
    a, b = (
        version_of_blocks([title, *older, body]),
        version_of_blocks([title, body, *newer], number=2),
    )
    (change,) = work(Group({Version: (a, b)}), Options(), {})
    assert change.labels == ("template",) and change.significance == 0
    edited = [("paragraph", FIRST.replace("Tuesday", "Thursday"))]
    b = version_of_blocks([title, *edited, *newer], number=2)
    (change,) = work(Group({Version: (a, b)}), Options(), {})
    assert change.labels == ("date", "template") and change.significance >= 650


@pytest.mark.parametrize(
    ("older", "newer", "label"),
    [
        (("byline", "By Tom Ek"), ("byline", "By Tom Ek and Anna Roe"), "name"),
        (("byline", "By Tom Ek"), ("byline", "By Anna Roe"), "name"),
        (("dateline", "OLDMOOR, 3 March"), ("dateline", "NEWPORT, 3 March"), "name"),
        (("dateline", "3 March 2031"), ("dateline", "5 March 2031"), "date"),
        (("title", "Board votes on the ferry"), ("title", "Exclusive: Board votes on the ferry"), "headline"),
        (("title", "Board votes on the ferry"), ("title", "Opinion: Board votes on the ferry"), "headline"),
        (("paragraph", "OLDMOOR (CKR) — The board met."), ("paragraph", "NEWPORT (CKR) — The board met."), "name"),
        (("caption", "Ilsa Brandt at the quay."), ("caption", "Ruth Brandt at the quay."), "name"),
        (("list", "• 12 boats"), ("list", "• 14 boats"), "number"),
    ],
)  # fmt: skip
def test_an_edit_of_the_frame_is_no_template(
    older: tuple[str, str], newer: tuple[str, str], label: str
) -> None:
    a = version_of_blocks([older, ("paragraph", FIRST)])
    b = version_of_blocks([newer, ("paragraph", FIRST)], number=2)
    (change,) = work(Group({Version: (a, b)}), Options(), {})
    assert label in change.labels and "template" not in change.labels

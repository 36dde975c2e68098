"""Two versions laid out: no character of either is lost, moved words lead to their other place."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish import watching
from tests.relate.making import version

from onrecord.publish.side_by_side import Comparison, Para, lay_out
from onrecord.records import Article, Hunk, Side, Version
from onrecord.relate.changes import compare

SENTENCES = (
    "The ferry ran aground with 47 people on board.",
    "The ferry ran aground with 49 people on board.",
    "Two tugs are on their way from Lindmark to the sandbank.",
    "“We wait for the tide,” the captain told reporters on the quay.",
    "Keepers watched the beaches for oil through the morning.",
    "No oil was found, and no one was hurt in the night.",
    "البلدية تقول إن الإصلاح يحتاج إلى 3 أسابيع.",
    "橋は月曜日に閉鎖された。",
)
paragraph = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
text = st.lists(paragraph, min_size=1, max_size=6).map("\n\n".join)


def words(paras: tuple[Para, ...]) -> str:
    return "\n\n".join("".join(r.text for r in p.runs) for p in paras)


def squeezed(pieces: list[str]) -> str:
    return "".join("".join(pieces).split())


def check(shown: Comparison) -> None:
    rows = shown.rows
    assert words(tuple(p for row in rows for p in row.old)) == shown.older.text
    assert words(tuple(p for row in rows for p in row.new)) == shown.newer.text
    for row in rows:
        runs = [r for p in row.inline for r in p.runs]
        was = [r.text for r in runs if r.op != "ins" and (r.moved is None or r.away)]
        now = [r.text for r in runs if r.op != "del" and not r.away]
        assert squeezed(was) == squeezed([words(row.old)])
        assert squeezed(now) == squeezed([words(row.new)])
    told = [n for row in rows for n in row.hunks]
    assert sorted(told) == [d.number for d in shown.differences]
    stretches = shown.stretches()
    assert [r for s in stretches for r in s.rows] == list(rows)
    assert all(r.kind == "same" for s in stretches if s.folded for r in s.rows)


@given(text, text)
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost_and_every_difference_is_told_once(old: str, new: str) -> None:
    a, b = version(old), version(new, number=2)
    check(lay_out(a, b, compare(a, b)))


@given(text, text, st.data())
@settings(max_examples=60, deadline=None)
def test_differences_that_no_hunk_covers_are_marked(
    old: str, new: str, data: st.DataObject
) -> None:
    a, b = version(old), version(new, number=2)
    hunks = [h for h in compare(a, b) if data.draw(st.booleans())]
    shown = lay_out(a, b, hunks)
    rows = shown.rows
    assert words(tuple(p for row in rows for p in row.old)) == old
    assert words(tuple(p for row in rows for p in row.new)) == new
    kept = [
        squeezed([r.text for row in rows for p in side(row) for r in p.runs if r.shared])
        for side in (lambda row: row.old, lambda row: row.new)
    ]
    assert kept[0] == kept[1]


def test_whatever_hunks_are_left_out_both_texts_are_shown() -> None:
    """A hunk inside moved words joins paragraphs that cross those which share letters once the move is left
    out."""
    fewer, more, tugs, *_ = SENTENCES
    a = version(f"{fewer} {fewer}\n\n{more} {more}\n\n{more} {tugs} {fewer}")
    b = version(f"{fewer}\n\n{tugs}\n\n{fewer} {fewer}", number=2)
    hunks = compare(a, b)
    assert any(h.op == "move" for h in hunks)
    for number in range(len(hunks)):
        for left in combinations(hunks, number):
            rows = lay_out(a, b, left).rows
            assert words(tuple(p for row in rows for p in row.old)) == a.text
            assert words(tuple(p for row in rows for p in row.new)) == b.text


@cache
def ferry() -> tuple[Version, ...]:
    library = watching.library()
    article = library.get(Article, watching.ferry())
    assert article is not None
    found = tuple(library.get(Version, i) for i in article.versions)
    assert None not in found
    return found  # type: ignore[return-value]


def test_paragraphs_of_the_two_versions_stand_level() -> None:
    first, second, *_ = ferry()
    shown = lay_out(first, second, compare(first, second))
    check(shown)
    assert [r.kind for r in shown.rows[:2]] == ["changed", "changed"]
    assert [r.kind for r in shown.rows[2:-1]] == ["same"] * 9
    assert shown.rows[-1].kind == "added" and shown.rows[-1].old == ()
    runs = [(r.op, r.text) for r in shown.rows[1].inline[0].runs if r.op != "same"]
    assert runs == [("del", "47"), ("ins", "49")]


def test_words_that_were_moved_stand_at_both_places_and_are_told_at_the_new_one() -> None:
    _, second, third, _ = ferry()
    shown = lay_out(second, third, compare(second, third))
    check(shown)
    moved = next(d for d in shown.differences if d.hunk.op == "move")
    here = next(row for row in shown.rows if moved.number in row.hunks)
    away = next(
        row
        for row in shown.rows
        if any(r.away and r.moved == moved.number for p in row.old for r in p.runs)
    )
    assert shown.rows.index(here) < shown.rows.index(away)
    assert here.old == () and away.new == () and away.hunks == ()
    edited = next(d for d in shown.differences if d.before == "morning")
    assert edited.number in here.hunks and edited.after == "evening"


def test_long_unchanged_stretches_are_folded_and_short_ones_are_not() -> None:
    lines = [f"Paragraph number {word} says the same as ever." for word in "abcdefghij"]
    old = version("\n\n".join(["A title", *lines]))
    new = version("\n\n".join(["Another title", *lines[:9], "The last one is new."]), number=2)
    stretches = lay_out(old, new, compare(old, new)).stretches()
    assert [s.folded for s in stretches] == [False, True, False]
    assert len(stretches[1].rows) == 7


def test_a_paragraph_that_was_split_stands_beside_both_of_its_parts() -> None:
    one, two = SENTENCES[2], SENTENCES[4]
    old = version(f"A title\n\n{one} {two}")
    new = version(f"A title\n\n{one}\n\n{two}", number=2)
    split = lay_out(old, new, compare(old, new))
    assert (split.rows[1].note, len(split.rows[1].old), len(split.rows[1].new)) == ("split", 1, 2)
    assert split.differences == () and split.spacing == 1
    joined = lay_out(new, old, compare(new, old))
    assert joined.rows[1].note == "joined"


def test_a_headline_rewritten_whole_stands_beside_the_old_one() -> None:
    old = version(f"Ferry aground\n\n{SENTENCES[2]}")
    new = version(f"Night of fear at the Point\n\n{SENTENCES[2]}", number=2)
    hunk = Hunk(op="replace", from_=Side(start=0, end=13), to=Side(start=0, end=26), labels=())
    (first, second) = lay_out(old, new, [hunk]).rows
    assert (first.kind, second.kind) == ("changed", "same")
    assert [(r.op, r.text) for r in first.inline[0].runs] == [
        ("del", "Ferry aground"),
        ("ins", "Night of fear at the Point"),
    ]

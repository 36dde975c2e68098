"""Edits as they are told: which a query asks for, their titles in words, the diff as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.editing import Made, report, several

from onrecord.errors import InputError
from onrecord.publish import edits
from onrecord.publish.edit_filter import ALSO, NAMES, in_words, parse, query_of
from onrecord.publish.edits import Item, as_fields, as_html, as_text
from onrecord.publish.library import MemoryLibrary
from onrecord.store.edits import Filter

BASE = "https://record.example"
RECORDS, DATA = several()


def library_of(*made: Made) -> MemoryLibrary:
    return MemoryLibrary(
        [r for one in made for r in one.records],
        {k: v for one in made for k, v in one.data.items()},
    )


LOOKS_TOO = Filter(also=("minor",))


def told(library: MemoryLibrary, wanted: Filter = LOOKS_TOO) -> Sequence[Item]:
    return edits.items(library, library.edits(wanted, 1000))


def item(old: str, new: str, outlet: str | None = "Tern Post") -> Item:
    """The only edit between two texts."""
    made = report(
        "https://tern.example/1",
        outlet,
        ("2031-03-14T10:00:00+00:00", old),
        ("2031-03-15T10:00:00+00:00", new),
    )
    (found,) = told(library_of(made))
    return found


BODY = "Night ferry\n\nThe line said that 12 boats lie in the harbour of Sandvik.\n\nIt is Friday."


# --------------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("12 boats", "14 boats", "Number changed in “Night ferry” (Tern Post): 12 → 14"),
        ("harbour of Sandvik", "harbour of Torhult", "Name changed in “Night ferry” (Tern Post): Sandvik → Torhult"),
        ("Night ferry", "Late ferry", "Headline changed in “Late ferry” (Tern Post): Night → Late"),
        ("\n\nIt is Friday.", "", "Passage deleted in “Night ferry” (Tern Post): “It is Friday.”"),
        (
            "It is Friday.",
            "It is Friday.\n\nThe mayor did not say how long the strike would last this time.",
            "Passage added in “Night ferry” (Tern Post): “The mayor did not say how long the strike…”",
        ),
        (
            "It is Friday.",
            "It is Friday.\n\nCorrection: an earlier version gave a wrong day.",
            "Correction note added in “Night ferry” (Tern Post): “Correction: an earlier version gave a wrong day.”",
        ),
        ("harbour of", "harbour  of", "Spacing or marks changed in “Night ferry” (Tern Post)"),
    ],
)  # fmt: skip
def test_a_title_says_in_words_what_was_changed(old: str, new: str, title: str) -> None:
    assert old in BODY
    assert item(BODY, BODY.replace(old, new)).title == title


def test_a_title_tells_how_many_more_changes_there_are() -> None:
    changed = BODY.replace("12 boats", "14 boats").replace("Friday", "Saturday")
    assert item(BODY, changed).title.endswith("; 1 more change")


def test_words_that_come_back_and_passages_that_move_are_told_as_such() -> None:
    other = BODY.replace("12", "14")
    times = [f"2031-03-1{n}T00:00:00+00:00" for n in range(3)]
    made = report("https://tern.example/1", None, *zip(times, (BODY, other, BODY), strict=True))
    assert told(library_of(made))[0].title == "Number changed back in “Night ferry”: 14 → 12"
    head, first, last = BODY.split("\n\n")
    longer = f"{first} Nobody was hurt in the night."
    moved = item(f"{head}\n\n{longer}\n\n{last}", f"{head}\n\n{last}\n\n{longer}")
    assert moved.title.startswith("Passage moved in “Night ferry” (Tern Post): “")
    assert "Moved, not reworded: " in Safe(as_html(moved, BASE)).words


def test_an_unknown_outlet_is_not_made_up() -> None:
    found = item(BODY, BODY.replace("12", "14"), outlet=None)
    assert found.title == "Number changed in “Night ferry”: 12 → 14"
    assert found.outlet.startswith("outlet unknown")


def test_removals_returns_and_first_sights_are_told_with_what_was_captured() -> None:
    found = told(MemoryLibrary(RECORDS, DATA), Filter(labels=("removed", "returned", "first")))
    titles = {i.title for i in found}
    assert titles == {
        "Report is back: “Castle roof is mended” (Tern Post)",
        "Report removed: “Castle roof is mended” (Tern Post)",
        "First seen: “Castle roof is mended” (Tern Post)",
        "First seen: “Ferry line halts night crossings” (Tern Post)",
        "First seen: “Toll on grain ships stays”",
    }
    assert all(i.held and i.note for i in found)


def test_a_removed_page_that_was_never_read_is_told_by_its_address() -> None:
    (check,) = [r for r in RECORDS if getattr(r, "outcome", "") == "removed"]
    (found,) = told(MemoryLibrary([check], {}))
    assert found.title == "Report removed: “https://tern.example/castle”"
    assert as_text(found) and as_html(found, BASE)


def test_a_row_whose_records_are_gone_gives_no_item() -> None:
    whole = MemoryLibrary(RECORDS, DATA)
    assert edits.items(MemoryLibrary([], {}), whole.edits(Filter(also=("first",)), 100)) == ()


# --------------------------------------------------------------------------- the diff


class Safe(HTMLParser):
    """Fails on every element and attribute that feed readers might have to take out."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.inside: dict[str, str] = {"del": "", "ins": ""}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("p", "a", "b", "br", "del", "ins"), tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.links += [value or "" for _, value in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        for tag in self.open:
            if tag in self.inside:
                self.inside[tag] += data


def test_the_diff_reads_without_strokes_and_colours_and_leads_to_its_evidence() -> None:
    found = item(BODY, BODY.replace("12 boats", "14 boats"))
    page = Safe(as_html(found, BASE))
    assert page.inside == {"del": "12", "ins": "14"}
    assert "Before: “12” After: “14”" in page.words
    assert page.links[0] == "https://tern.example/1"
    assert page.links[1].startswith(f"{BASE}/article/") and "/compare?from=ver-" in page.links[1]
    assert [link.startswith(f"{BASE}/evidence?address=sha256:") for link in page.links[2:]] == [
        True,
        True,
    ]
    assert "The line said that [-12-]{+14+} boats lie in the harbour" in as_text(found)


def test_words_taken_out_are_shown_among_those_they_stood_with() -> None:
    (whole,) = item(BODY, BODY.replace("\n\nIt is Friday.", "")).spots
    assert (whole.lead, whole.tail) == ("", "")
    (inner,) = item(BODY, BODY.replace(" in the harbour of Sandvik", "")).spots
    assert inner.lead.endswith("12 boats lie ") or inner.lead.endswith("12 boats lie")
    assert inner.tail == "."


def test_what_was_put_in_or_taken_out_is_said_in_words() -> None:
    assert (
        "Deleted: " in Safe(as_html(item(BODY, BODY.replace("\n\nIt is Friday.", "")), BASE)).words
    )
    longer = f"{BODY}\n\nNobody was hurt."
    assert "Added: Nobody was hurt." in Safe(as_html(item(BODY, longer), BASE)).words


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert('x')</script><b onclick=x>&amp;]]>"
    found = item(BODY, BODY.replace("12 boats", hostile), outlet=f"Post {hostile}")
    page = Safe(as_html(found, BASE))
    assert "<script>alert('x')</script>" in page.words
    assert hostile in found.title


def test_a_script_address_is_no_link() -> None:
    made = report("javascript:alert(1)//x", None, (None, BODY), (None, BODY.replace("12", "14")))
    (found,) = told(library_of(made))
    assert not any("javascript" in link for link in Safe(as_html(found, BASE)).links)


def test_a_long_passage_is_cut_at_words_and_says_so() -> None:
    long = " ".join(f"word{n}" for n in range(400))
    (spot,) = item(BODY, f"{BODY}\n\n{long}.").spots
    (piece,) = spot.pieces
    assert len(piece.text) < 500 and "characters left out" in piece.text
    head, _, tail = piece.text.partition(" … [")
    assert long.startswith(f"{head} ") and long.endswith(tail.rpartition("] … ")[2].rstrip("."))
    assert spot.after and len(spot.after.quote) > 3000, "the evidence is the whole passage"


def test_the_weightiest_of_many_changes_are_shown_in_order_of_the_text() -> None:
    old = "Fair opens\n\n" + "\n\n".join(f"Stall {n}a sells red yarn there." for n in range(30))
    new = old.replace("red yarn", "blue cloth").replace("Fair opens", "Fair closes")
    found = item(old, new)
    assert len(found.spots) == edits.MOST_SPOTS and found.more == 31 - edits.MOST_SPOTS
    assert "headline" in found.spots[0].labels
    places = [s.after.start for s in found.spots if s.after and s.after.start is not None]
    assert places == sorted(places)
    assert found.best(1)[0].labels == found.spots[0].labels
    assert found.hidden(3) == "28 more changes"


WORDS = st.text(st.sampled_from("ab 1.<>&“”\n\x00\x0b￾é😀]-"), min_size=1, max_size=40)


@given(WORDS, WORDS, WORDS)
def test_any_two_texts_give_safe_html_and_every_spot_its_evidence(
    title: str, old: str, new: str
) -> None:
    made = report(
        "https://tern.example/1",
        title,
        (None, f"T{title}\n\nx{old}"),
        (None, f"T{title}\n\nx{new}"),
    )
    for found in told(library_of(made)):
        Safe(as_html(found, BASE))
        assert as_text(found)
        for spot in found.spots:
            assert spot.citations or not any(p.text.strip() for p in spot.pieces if p.op != "same")


# --------------------------------------------------------------------------- names


def test_an_item_keeps_its_id_and_its_name_in_another_build_and_another_company() -> None:
    first = item(BODY, BODY.replace("12", "14"))
    made = report(
        "https://tern.example/1",
        "Tern Post",
        ("2031-03-14T10:00:00+00:00", BODY),
        ("2031-03-15T10:00:00+00:00", BODY.replace("12", "14")),
    )
    others = MemoryLibrary([*RECORDS, *made.records], DATA | made.data)
    again = next(i for i in told(others) if i.row.article_id == made.article.id)
    assert (again.id, again.urn, again.title) == (first.id, first.urn, first.title)
    assert first.urn.startswith("urn:uuid:")


def test_the_names_of_items_never_change() -> None:
    assert edits.urn("edit", "chg-0") == "urn:uuid:8d6dfbf4-2210-54aa-a757-d6f20a6aabc4"


def test_hooks_get_plain_values() -> None:
    values = as_fields(item(BODY, BODY.replace("12", "14")), BASE)
    assert values["labels"] == ["number"]
    assert values["article"] == {
        "id": values["article"]["id"],
        "url": "https://tern.example/1",
        "outlet": "Tern Post",
        "title": "Night ferry",
    }
    assert values["changes"][0]["evidence_before"].startswith("sha256:")


# --------------------------------------------------------------------------- filters


def test_a_query_says_which_edits_are_wanted() -> None:
    wanted = parse(
        [
            ("source", "www.Tern.example"),
            ("label", "number,name"),
            ("label", "headline"),
            ("q", " night ferry "),
            ("from", "2031-03-01"),
            ("to", "2031-03-31"),
            ("least", "500"),
            ("also", "minor"),
            ("story", ""),
            ("page", "3"),
        ]
    )
    assert wanted == Filter(
        source="tern.example",
        labels=("headline", "number", "name"),
        words="night ferry",
        since="2031-03-01",
        until="2031-03-31",
        least=500,
        also=("minor",),
    )
    assert query_of(wanted) == (
        "source=tern.example&label=headline,number,name&q=night+ferry&from=2031-03-01&"
        "to=2031-03-31&least=500&also=minor"
    )
    assert in_words(wanted) == (
        "tern.example; headline, a number, a name; with “night ferry”; from 1 March 2031; "
        "to 31 March 2031; significance at least 500; changes of looks too"
    )


def test_nothing_asked_is_everything() -> None:
    assert parse([]) == Filter() and query_of(Filter()) == "" and in_words(Filter()) == ""


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("lable", "number", "there is no such key (did you mean label?)"),
        ("label", "numbr", "there is no such label (did you mean number?)"),
        ("also", "all", "there is no such also"),
        ("from", "14 March 2031", "it is no day (write it as 2031-03-14)"),
        ("to", "2031-02-30", "it is no day"),
        ("to", "２０３１-03-01", "it is no day"),
        ("least", "-1", "significance is a whole number from 0 to 1000"),
        ("least", "1001", "significance is a whole number"),
        ("q", "?!", "it holds no word"),
    ],
)
def test_nonsense_is_one_clear_line(key: str, value: str, why: str) -> None:
    with pytest.raises(InputError) as error:
        parse([(key, value)])
    assert why in error.value.line()
    assert repr(key if "key" in why else value) in error.value.line()
    assert "\n" not in error.value.line()


def test_a_span_that_ends_before_it_begins_is_nonsense() -> None:
    with pytest.raises(InputError, match="it ends before it begins"):
        parse([("from", "2031-03-02"), ("to", "2031-03-01")])


def test_a_value_that_goes_on_and_on_is_nonsense() -> None:
    assert parse([("q", "ab " * 133)])
    with pytest.raises(InputError, match="more than 400 characters") as error:
        parse([("q", "ab " * 140)])
    assert len(error.value.line()) < 250


def test_two_sources_are_nonsense() -> None:
    with pytest.raises(InputError, match="source stands twice"):
        parse([("source", "a"), ("source", "b")])


LABELS = st.lists(st.sampled_from(NAMES), unique=True)


@given(LABELS, st.text(min_size=1), st.integers(0, 1000), st.sets(st.sampled_from(ALSO)))
def test_the_canonical_query_gives_the_same_filter(
    labels: list[str], source: str, least: int, also: set[str]
) -> None:
    from urllib.parse import parse_qsl

    pairs = [("label", name) for name in labels] + [("also", name) for name in sorted(also)]
    pairs += [("source", source.encode("utf-8", "replace").decode()), ("least", str(least))]
    wanted = parse(pairs)
    assert parse(parse_qsl(query_of(wanted))) == wanted


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=12))))
def test_any_query_is_a_filter_or_one_line(pairs: list[tuple[str, str]]) -> None:
    try:
        parse(pairs)
    except InputError as error:
        assert "\n" not in error.line() and len(error.line()) < 500

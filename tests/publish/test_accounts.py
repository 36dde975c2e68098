"""Accounts side by side: what is shown of claims, kept apart, set off, counted once and left out."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish import fixture
from tests.publish.reading import Reader, Site, folded

from onrecord.errors import InputError
from onrecord.publish import accounts, accounts_filter, accounts_words
from onrecord.publish.desk import Desk
from onrecord.publish.dossier import render
from onrecord.publish.library import Library, MemoryLibrary
from onrecord.publish.web import create_app
from onrecord.records import (
    About,
    Actor,
    Article,
    Citation,
    Claim,
    ClaimHolder,
    ClaimMember,
    Episode,
    EpisodeReports,
    Judgement,
    Record,
    Relation,
    Statement,
    Story,
)

TEXTS = {
    "gull": ("Gull Times", "The harbour board said 12 boats were lost."),
    "tern": ("Tern Post", "The harbour board said 15 boats were lost."),
    "yawl": ("Skua Daily", "The harbour board said 15 boats were lost."),
    "auk": ("Auk Radio", "“No boat will sail, and no crew will be paid,” Ana Ruhl said."),
    "ibis": ("Ibis Wire", "“No boat will ever sail … will be paid,” Ana Ruhl said."),
    "mute": ("Mute Herald", "A report of something else."),
}
RUHL = ClaimHolder(actor_id=None, name="Ana Ruhl")


def cited(key: str) -> Citation:
    text = TEXTS[key][1]
    return Citation(
        capture_id=f"cap-{key}",
        version_id=None,
        start=None,
        end=None,
        capture_start=0,
        capture_end=len(text),
        quote=text,
        address=f"sha256:{ord(key[0]):064x}/utf-8:0-{len(text)}",
    )


def article(key: str, credits: tuple[str, ...] = ()) -> Article:
    blank = fixture.library().all(Article)[0]
    return msgspec.structs.replace(
        blank, id=f"art-{key}", path=f"{key}.txt", url=None, outlet=TEXTS[key][0], title=key,
        credits=credits, captures=(f"cap-{key}",), versions=(f"ver-{key}",), announced_versions=None,
        evidence={},
    )  # fmt: skip


def member(key: str, holder: ClaimHolder | None = None, stance: str = "asserts") -> ClaimMember:
    return ClaimMember(
        id=f"mem-{key}", statement_id=None, event_id=None, article_id=f"art-{key}",
        outlet=TEXTS[key][0], holder=holder, stance=stance, citation=cited(key),
    )  # fmt: skip


def relation(
    a: str, b: str, kind: str, in_: str | None = None, review: str = "unreviewed"
) -> Relation:
    return Relation(a=f"mem-{a}", b=f"mem-{b}", relation=kind, in_=in_, basis="why", review=review)


def boats(kind: str = "differs", review: str = "unreviewed") -> Claim:
    return Claim(
        id="clm-boats",
        story_id="sto-x",
        text="boats were lost",
        members=(member("gull"), member("tern", RUHL), member("yawl")),
        relations=(
            relation("gull", "tern", kind, "number", review),
            relation("gull", "yawl", kind, "number", review),
        ),
        silent=("art-mute",),
    )


CREW = Claim(
    id="clm-crew",
    story_id="sto-x",
    text="no boat will sail",
    members=(member("auk", RUHL), member("ibis", ClaimHolder(actor_id=None, name="an official"))),
    relations=(relation("auk", "ibis", "same_quote", "wording"),),
    silent=("art-mute",),
)


def desk(*claims: Claim, more: tuple[Record, ...] = ()) -> Desk:
    story = Story(
        id="sto-x",
        title="Boats",
        articles=tuple(f"art-{k}" for k in TEXTS),
        episodes=(
            Episode(id="epi-x", title="Boats", earliest=None, latest=None,
                    articles=tuple(f"art-{k}" for k in TEXTS)),
        ),
        basis="",
    )  # fmt: skip
    reports = EpisodeReports(
        id="epi-x", story_id="sto-x", articles=story.articles,
        episodes=(story.articles,), copies=(("art-tern", "art-yawl"),),
        events=(),
    )  # fmt: skip
    found = [article(k, ("Kite Agency",) if k == "gull" else ()) for k in TEXTS]
    return Desk(MemoryLibrary([story, reports, *found, *claims, *more], {}), story)


def only(at: Desk) -> accounts.Accounts:
    (table,) = accounts.tables(at, accounts.rows(at))
    (found,) = table.rows
    return found


def test_a_claim_whose_only_relation_was_rejected_does_not_agree_and_says_nothing_of_it() -> None:
    for kind in ("contradicts", "differs", "corroborates"):
        found = only(desk(boats(kind, review="rejected")))
        assert found.tone == "single"
        assert {p.tone for p in found.folded} == {"aside"} and not found.pairs
        assert not any(apart for t in found.tellers for _, apart in t.pieces)


def test_a_confirmed_relation_says_by_whom_and_when() -> None:
    judged = Judgement(
        id="jdg-1",
        author="Bo Lind",
        at="2031-05-12T08:00:00Z",
        verdict="confirm",
        about=About(kind="relation", addresses=(cited("tern").address, cited("gull").address)),
    )
    found = only(desk(boats("contradicts", review="confirmed"), more=(judged,)))
    assert found.pairs[0].words == "contradiction, confirmed by Bo Lind, 12 May 2031"


def test_the_numbers_that_differ_are_set_off_and_said_in_short() -> None:
    found = only(desk(boats()))
    assert [[t for t, apart in x.pieces if apart] for x in found.tellers] == [
        ["12"],
        ["15"],
        ["15"],
    ]
    assert found.pairs[0].short == "12 / 15"
    assert all("".join(t for t, _ in x.pieces) == x.member.citation.quote for x in found.tellers)


def test_printed_copies_count_as_one_account_and_their_relations_are_shown_once() -> None:
    found = only(desk(boats()))
    assert (found.reports, found.accounts) == (3, 2)
    assert [t.copy_of for t in found.tellers] == [None, None, 2]
    assert len(found.pairs) == 1 and len(found.folded) == 1


def test_silent_and_not_captured_are_two_things() -> None:
    (table,) = accounts.tables(desk(boats()), accounts.rows(desk(boats())))
    assert [(c.name, c.captured) for c in table.columns] == [
        ("Gull Times", True), ("Tern Post", True), ("Skua Daily", True), ("Kite Agency", False),
    ]  # fmt: skip
    (row,) = table.rows
    assert [c.state for c in row.cells] == ["told", "told", "told", "absent"]
    assert row.cells[-1].note == "Gull Times credits it"
    assert [a.outlet for a in row.silent] == ["Mute Herald"]


def test_a_silent_outlet_of_another_row_has_a_cell_that_says_so() -> None:
    other = msgspec.structs.replace(
        boats(), id="clm-two", members=(member("gull"), member("mute")), silent=("art-tern",),
        relations=(relation("gull", "mute", "differs", "date"),),
    )  # fmt: skip
    at = desk(boats(), other)
    (table,) = accounts.tables(at, accounts.rows(at))
    states = [{c.column.name: c.state for c in row.cells} for row in table.rows]
    assert states[0]["Mute Herald"] == "silent" and states[1]["Tern Post"] == "silent"
    assert states[1]["Skua Daily"] == "blank"


def test_a_report_of_another_episode_is_not_silent() -> None:
    follow = msgspec.structs.replace(
        boats(), id="clm-two", members=(member("gull"), member("mute")), silent=(),
        relations=(relation("gull", "mute", "differs", "date"),),
    )  # fmt: skip
    at = desk(boats(), follow)
    rest = tuple(a for a in at.story.articles if a != "art-tern")
    split = tuple(
        msgspec.structs.replace(at.story.episodes[0], id=f"epi-{n}", articles=inside)
        for n, inside in enumerate((rest, ("art-tern",)))
    )
    parted = Desk(at.library, msgspec.structs.replace(at.story, episodes=split))
    (table,) = accounts.tables(parted, accounts.rows(parted))
    (cell,) = [c for c in table.rows[1].cells if c.column.name == "Tern Post"]
    assert (cell.state, "another" in cell.note or "no line" in cell.note) == ("elsewhere", True)


def test_who_stands_for_a_line_is_kept_apart() -> None:
    at = desk(boats(), CREW)
    kinds = {
        t.member.id: t.holder.kind
        for table in accounts.tables(at, accounts.rows(at))
        for row in table.rows
        for t in row.tellers
    }
    assert kinds == {
        "mem-gull": "narration", "mem-tern": "person", "mem-yawl": "narration",
        "mem-auk": "person", "mem-ibis": "unnamed",
    }  # fmt: skip
    wire = msgspec.structs.replace(
        CREW, members=(member("auk", ClaimHolder(actor_id=None, name="ibis wire")),), relations=()
    )
    assert only(desk(wire)).tellers[0].holder.words == "another outlet’s report"


def test_the_wordings_of_a_quotation_are_laid_under_their_common_form() -> None:
    (found,) = only(desk(CREW)).variants
    assert found.pivot == "No boat will sail, will be paid"
    first, second = (
        [(p.op, p.text) for p in one.pieces if p.op != "same"] for one in found.wordings
    )
    assert first == [("own", "and no crew")] and second == [("own", "ever")]


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["number", "polarity", "condition", "place", None]),
)
def test_what_is_set_off_lies_in_the_line_in_order(a: str, b: str, in_: str | None) -> None:
    found = accounts_words.spans(a, b, in_)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges) and all(0 <= low < high <= len(a) for low, high in found)


@pytest.mark.parametrize(
    ("a", "b", "in_", "words"),
    [
        ("They can't leave", "They leave", "polarity", ["can't"]),
        ("It will stay if rain comes, he said", "It will stay", "condition", ["if rain comes"]),
        ("Three boats on Monday", "Two boats on Monday", "number", ["Three"]),
        ("Some 1,200 boats", "Some 1,500 boats", "number", ["1,200"]),
        ("It costs $5 trillion in all", "It costs $6 trillion in all", "number", ["$5 trillion"]),
        ("Up to 60m doses go", "They get 50m doses", "number", ["60m"]),
        (
            "About 12 per cent of four million",
            "A tenth of it",
            "number",
            ["12 per cent", "four million"],
        ),
        ("Three boats on Monday", "Three boats on 4 May", "date", ["Monday"]),
        ("She would leave", "She left", "modality", ["would"]),
    ],
)
def test_the_words_that_differ(a: str, b: str, in_: str, words: list[str]) -> None:
    assert [a[low:high] for low, high in accounts_words.spans(a, b, in_)] == words


def test_of_several_figures_only_those_that_the_relation_rests_on_are_set_off() -> None:
    a, b = "It costs $5 trillion in 2032, the board said", "It costs $6tn, Ana Ruhl said"
    basis = "Gull Times: $5 trillion; Tern Post: $6tn"
    assert [a[x:y] for x, y in accounts_words.spans(a, b, "number", basis=basis)] == ["$5 trillion"]
    assert accounts_words.in_short(a, b, "number", basis) == "$5 trillion / $6tn"
    assert accounts_words.in_short(a, b, "number") == "$5 trillion and 2032 / $6tn"


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ([], ["clm-boats", "clm-crew"]),
        ([("show", "apart")], ["clm-boats"]),
        ([("relation", "same_quote")], ["clm-crew"]),
        ([("in", "number")], ["clm-boats"]),
        ([("outlet", "Ibis Wire")], ["clm-crew"]),
        ([("holder", "narration")], ["clm-boats"]),
        ([("holder", "name:Ana Ruhl")], ["clm-boats", "clm-crew"]),
        ([("episode", "epi-y")], []),
        ([("relation", "same_quote"), ("in", "number")], []),
    ],
)
def test_the_filter(query: list[tuple[str, str]], left: list[str]) -> None:
    at = desk(boats(), CREW)
    wanted = accounts_filter.parse(query)
    assert [r.claim.id for r in accounts_filter.chosen(at, accounts.rows(at), wanted)] == left
    again = [tuple(x.split("=")) for x in accounts_filter.query_of(wanted).split("&") if x]
    assert [k for k, _ in again] == [k for k, _ in query]


def test_a_rejected_relation_is_not_found_by_its_name() -> None:
    at = desk(boats("contradicts", review="rejected"))
    wanted = accounts_filter.parse([("relation", "contradicts")])
    assert accounts_filter.chosen(at, accounts.rows(at), wanted) == ()


def test_nonsense_in_the_query_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="did you mean differs"):
        accounts_filter.parse([("relation", "differ")])


def test_tables_hold_few_outlets_and_every_claim_once() -> None:
    keys = list(TEXTS)
    claims = [
        msgspec.structs.replace(
            boats(), id=f"clm-{n}", silent=(),
            members=(member(keys[n % 6]), member(keys[(n * 5 + 1) % 6])), relations=(),
        )
        for n in range(30)
    ]  # fmt: skip
    at = desk(*claims)
    found = accounts.tables(at, accounts.rows(at))
    assert sorted(r.claim.id for t in found for r in t.rows) == sorted(c.id for c in claims)
    assert all(sum(c.captured for c in t.columns) <= accounts.COLUMNS for t in found)


# --------------------------------------------------------------------------- pages


@pytest.fixture(scope="module")
def library() -> Library:
    return fixture.library()


def test_each_cell_leads_to_its_characters(library: Library) -> None:
    site = Site(create_app(library))
    page = site.get(f"/story/{fixture.STORY}/accounts")
    links = [a for a in Reader(page.text).all("a", "cite") if a["data-quote"] != "whole passage"]
    assert len(links) >= 7
    for link in links:
        marked = Reader(site.get(link["href"]).text).marked
        assert marked is not None
        assert folded(re.sub(r"<[^>]*>", "", marked))[:5] == folded(link["data-quote"])[:5]


def test_the_page_filters_and_says_what_it_cannot_do(library: Library) -> None:
    site = Site(create_app(library))
    apart = site.get(f"/story/{fixture.STORY}/accounts?show=apart")
    assert 'id="clm-threat"' in apart.text and 'id="clm-ships"' not in apart.text
    assert "2 of 3" in Reader(apart.text).text
    wrong = site.get(f"/story/{fixture.STORY}/accounts?relation=nonsense")
    assert wrong.status_code == 400 and "not a filter of accounts" in wrong.text
    assert site.get("/story/sto-none/accounts").status_code == 404


def test_the_one_file_has_the_same_tables(library: Library) -> None:
    page = Reader(render(library, fixture.STORY))
    assert len(page.all("table", "accounts")) >= 3
    anchors = set(page.ids)
    cells = [a["href"] for a in page.all("a", "cite")]
    assert all(href.startswith("#") and href[1:] in anchors for href in cells)
    assert "silence is not denial" in page.text.lower()


def test_a_line_that_quotes_twice_joins_no_two_utterances(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "auk": ("Auk Radio", "“No boat will sail today,” she said. “I am sorry for the crews.”"),
        "ibis": ("Ibis Wire", "“No boat sails today”"),
        "gull": ("Gull Times", "“I am so sorry for the crews”"),
    }
    for key, one in said.items():
        monkeypatch.setitem(TEXTS, key, one)
    claim = msgspec.structs.replace(
        CREW,
        members=tuple(member(k, RUHL) for k in said),
        relations=(relation("auk", "ibis", "same_quote"), relation("auk", "gull", "same_quote")),
    )
    assert {
        frozenset(t.member.id for one in v.wordings for t in one.tellers)
        for v in only(desk(claim)).variants
    } == {frozenset(("mem-auk", "mem-ibis")), frozenset(("mem-auk", "mem-gull"))}


def test_of_very_many_relations_a_page_lists_some_and_counts_the_rest() -> None:
    pairs = tuple(relation("gull", "tern", "corroborates") for _ in range(accounts.FOLDED + 5))
    found = only(desk(msgspec.structs.replace(boats(), relations=pairs)))
    assert len(found.folded) == accounts.FOLDED and found.further == 5


def test_only_the_line_that_denies_has_its_negation_set_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(TEXTS, "gull", ("Gull Times", "The board did not lose a boat."))
    monkeypatch.setitem(TEXTS, "tern", ("Tern Post", "The board lost boats without warning."))
    claim = msgspec.structs.replace(
        boats(),
        members=(member("gull", stance="denies"), member("tern")),
        relations=(relation("gull", "tern", "contradicts", "polarity"),),
    )
    assert [[t for t, apart in x.pieces if apart] for x in only(desk(claim)).tellers] == [
        ["not"],
        [],
    ]


def test_told_the_herald_in_the_harsfeld_herald_is_no_report_that_is_missing() -> None:
    """An outlet calls itself by a part of its name."""
    blank = fixture.library().all(Statement)[0]
    said = [
        msgspec.structs.replace(blank, id=f"stm-{key}", article_id=f"art-{key}", via=(via,))
        for key, via in (("gull", "Times"), ("tern", "Kite Agency"))
    ]
    claim = boats()
    members = tuple(
        msgspec.structs.replace(m, statement_id=i, holder=RUHL)
        for m, i in zip(claim.members, ("stm-gull", "stm-tern", None), strict=True)
    )
    found = only(desk(msgspec.structs.replace(claim, members=members), more=tuple(said)))
    assert [c.column.name for c in found.cells if c.state == "absent"] == ["Kite Agency"]
    assert [t.holder.words for t in found.tellers] == [
        "named speaker", "named speaker, as Kite Agency reported", "named speaker",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "set_off"),
    [
        ("The gates were not shut, two men who did not want to be named said.", "The gates were shut.",
         ["not"]),
        ("Nobody was hurt and nothing burnt.", "Two men were hurt.", ["Nobody"]),
        ("It was never, at no time, so.", "The gates were shut.", ["never", "no"]),
    ],
)  # fmt: skip
def test_of_two_negations_the_one_about_what_both_lines_tell_is_set_off(
    a: str, b: str, set_off: list[str]
) -> None:
    assert [a[low:high] for low, high in accounts_words.spans(a, b, "polarity")] == set_off


@pytest.mark.parametrize(
    ("texts", "holders", "wordings"),
    [
        (("“We open when the check is over,” Ana Ruhl said.",
          "“We open when the test is over,” Ana Ruhl said."), (RUHL, RUHL), 2),
        (("“We open when the check is over,” Ana Ruhl said.",
          "“We open when the test is over,” Bo Lind said."),
         (RUHL, ClaimHolder(actor_id=None, name="Bo Lind")), 0),
        (("The port opens when the check is over, Ana Ruhl said.",
          "The port opens when the test is over, Ana Ruhl said."), (RUHL, RUHL), 0),
    ],
    ids=["one speaker", "two speakers", "no quotation"],
)  # fmt: skip
def test_quotations_of_one_speaker_that_differ_in_a_detail_are_wordings_too(
    texts: tuple[str, str], holders: tuple[ClaimHolder, ClaimHolder], wordings: int
) -> None:
    members = tuple(
        msgspec.structs.replace(
            m, holder=h, citation=msgspec.structs.replace(m.citation, quote=text)
        )
        for m, h, text in zip((member("gull"), member("tern")), holders, texts, strict=True)
    )
    claim = msgspec.structs.replace(
        boats(), members=members, relations=(relation("gull", "tern", "differs", "condition"),)
    )
    found = only(desk(claim)).variants
    assert [len(v.wordings) for v in found] == ([wordings] if wordings else [])


def test_of_a_claim_of_many_lines_those_apart_stand_in_the_open_and_none_is_lost() -> None:
    more = [
        msgspec.structs.replace(member(key), id=f"mem-{key}-{n}")
        for key in ("gull", "tern")
        for n in range(5)
    ]
    claim = boats()
    crowded = msgspec.structs.replace(claim, members=(*claim.members, *more))
    found = only(desk(crowded))
    shown = {t.number for c in found.cells for t in c.tellers}
    assert shown >= {t.number for p in found.pairs for t in (p.a, p.b)} and len(shown) == 3
    assert sorted(shown | {t.number for c in found.cells for t in c.further}) == list(range(1, 14))
    page = Reader(Site(create_app(desk(crowded).library)).get("/story/sto-x/accounts").text)
    assert "5 more lines: Gull Times" in page.text
    few = only(desk(claim))
    assert not any(c.further for c in few.cells)


def test_of_many_outlets_those_that_are_apart_come_first() -> None:
    """A table of five outlets is wider than most screens: what is opposed must not be off its side."""
    keys = ("gull", "tern", "yawl", "auk", "mute")
    claim = msgspec.structs.replace(
        boats(), members=tuple(member(key) for key in keys), silent=(),
        relations=(relation("mute", "auk", "contradicts", "polarity"),
                   relation("tern", "auk", "differs", "number"),
                   relation("gull", "yawl", "corroborates")),
    )  # fmt: skip
    found = only(desk(claim))
    names = [c.column.name for c in found.cells if c.column.captured]
    assert set(names[:2]) == {"Auk Radio", "Mute Herald"} and names[2] == "Tern Post"
    assert [t.number for c in found.cells for t in c.tellers] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("name", "kind", "stands"),
    [
        ("two engineers", "group", "unnamed"),
        ("senior Treasury official", "office", "unnamed"),
        ("a spokesman", None, "unnamed"),
        ("the Harbour Board", "organisation", "body"),
        ("van der Aa", "person", "person"),
        ("union leader", "person", "unnamed"),
        ("Ana Ruhl", None, "person"),
    ],
)
def test_who_is_only_described_is_not_shown_as_named(
    name: str, kind: str | None, stands: str
) -> None:
    blank = fixture.library().all(Actor)[0]
    known = [msgspec.structs.replace(blank, id="act-x", kind=kind, name=name)] if kind else []
    holder = ClaimHolder(actor_id="act-x" if kind else None, name=name)
    claim = msgspec.structs.replace(boats(), members=(member("gull", holder), *boats().members[1:]))
    found = only(desk(claim, more=tuple(known)))
    assert found.tellers[0].holder.kind == stands


def test_names_are_known_again_in_their_adjectives_and_months_are_no_names() -> None:
    a, b = "Mayor Pell shut the Velmoran port on May 3.", "The port of Velmora was shut."
    assert [a[x:y] for x, y in accounts_words.spans(a, b, "actor")] == ["Mayor Pell"]


def test_a_line_to_which_nothing_was_found_is_no_account_of_the_matter() -> None:
    claim = msgspec.structs.replace(
        boats(), members=(member("gull"), member("tern", RUHL), member("ibis")), silent=(),
        relations=(relation("gull", "tern", "differs", "number"),),
    )  # fmt: skip
    made = desk(claim)
    cells = {c.column.name: c for c in only(made).cells}
    assert not cells["Ibis Wire"].tellers and len(cells["Ibis Wire"].further) == 1
    assert len(cells["Gull Times"].tellers) == 1 and not cells["Gull Times"].further
    page = Reader(Site(create_app(made.library)).get("/story/sto-x/accounts").text)
    assert "1 line near this, no relation found: Ibis Wire" in page.text
    alone = msgspec.structs.replace(claim, relations=())
    assert all(c.tellers and not c.further for c in only(desk(alone)).cells if c.column.captured)

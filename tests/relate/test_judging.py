"""Judgements on records made by hand: what they meet, what they change, and that no order matters."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.relate.making import version

from onrecord.records import (
    Bounds,
    Citation,
    Claim,
    ClaimMember,
    Dateline,
    Judged,
    Judgement,
    JudgementValue,
    Mention,
    Reading,
    Relation,
    Reuse,
    ReuseSource,
    Ruling,
    Version,
)
from onrecord.relate.actor_members import Member
from onrecord.relate.actor_merge import Cluster, cluster_of
from onrecord.relate.judging import Lines, carried, reviewed, rulings
from onrecord.relate.judging_lines import Grouping, decided, kept, regrouped
from onrecord.stage import Group
from onrecord.text.citing import address, cite
from onrecord.text.judgements import check, joined, make, undo
from onrecord.text.offsets import to_capture

HEX = {letter: letter * 64 for letter in "abcdef0123456789"}
AT = "2031-06-{:02}T10:00:00+00:00"


def at(letter: str, start: int, end: int) -> str:
    return address(HEX[letter], "utf-8", start, end)


def citation(where: str) -> Citation:
    start, _, end = where.rpartition(":")[2].partition("-")
    return Citation(
        version_id="ver",
        start=int(start),
        end=int(end),
        capture_id="cap",
        capture_start=int(start),
        capture_end=int(end),
        quote="words",
        address=where,
    )


def claim(lines: dict[str, str], *relations: Relation) -> Claim:
    members = tuple(
        ClaimMember(
            id=name,
            statement_id=f"sta-{name}",
            event_id=None,
            article_id=f"art-{name}",
            outlet=None,
            holder=None,
            stance="asserts",
            citation=citation(where),
        )
        for name, where in lines.items()
    )
    return Claim(id="clm", story_id="sto", text="", members=members, relations=relations, silent=())


def found(a: str, b: str, relation: str = "contradicts", in_: str | None = "polarity") -> Relation:
    return Relation(a=a, b=b, relation=relation, in_=in_, basis="by the machine")


def ruling(one: Judgement, *places: Sequence[str]) -> Ruling:
    """A judgement brought to one article that all its addresses lie in, or to these places."""
    slots = places or tuple((a,) for a in one.about.addresses)
    return Ruling(
        id=f"rul-{one.id}",
        article_id="art",
        kind=one.about.kind,
        judgement=one,
        places=tuple(map(tuple, slots)),
    )


def judgement(
    verdict: str, *about: str, day: int = 1, kind: str = "relation", **value: str
) -> Judgement:
    whole = JudgementValue(**value) if value else None
    return make("Ada Nile", AT.format(day), verdict, kind, about, whole)


A, B = at("a", 10, 50), at("b", 10, 50)
TWO = {"m1": A, "m2": B}


def states(one: Claim, *judgements: Judgement) -> list[tuple[str, str | None, str]]:
    (made,) = reviewed([one], [ruling(j) for j in judgements])
    return [(r.relation, r.in_, r.review) for r in made.relations]


# --------------------------------------------------------------------------- relations


@pytest.mark.parametrize("again", ["contradicts", "incompatible_accounts"])
@pytest.mark.parametrize(("a", "b"), [("m1", "m2"), ("m2", "m1")])
@pytest.mark.parametrize("in_", ["polarity", "number", None])
def test_a_rejected_opposition_comes_back_by_no_name_direction_or_ground(
    again: str, a: str, b: str, in_: str | None
) -> None:
    no = judgement("reject", A, B, relation="contradicts", in_="polarity")
    assert states(claim(TWO, found(a, b, again, in_)), no) == [(again, in_, "rejected")]


def test_rejecting_one_relation_says_nothing_of_another_between_the_same_lines() -> None:
    no = judgement("reject", A, B, relation="contradicts")
    assert states(claim(TWO, found("m1", "m2", "differs", "date")), no) == [
        ("differs", "date", "unreviewed")
    ]
    other = judgement("reject", A, B, relation="differs")
    assert states(claim(TWO, found("m1", "m2")), other)[0][2] == "unreviewed"


def test_what_was_decided_is_there_though_the_machine_finds_it_no_more() -> None:
    yes = judgement("relabel", A, B, relation="differs", in_="date", was="contradicts")
    assert states(claim(TWO), yes) == [("differs", "date", "confirmed")]
    assert states(claim({"m1": A, "m3": at("c", 1, 9)}), yes) == []


def test_a_confirmed_opposition_is_not_relabelled_by_a_later_reading() -> None:
    yes = judgement("confirm", A, B, relation="contradicts", in_="polarity")
    (made,) = reviewed([claim(TWO, found("m1", "m2", "differs", "wording"))], [ruling(yes)])
    (relation,) = made.relations
    assert (relation.relation, relation.review) == ("contradicts", "confirmed")
    assert "was differs in wording: by the machine" in relation.basis


def test_the_very_address_is_met_before_one_that_overlaps() -> None:
    near = at("a", 12, 50)
    lines = {"m1": A, "m2": B, "m3": near}
    no = judgement("reject", A, B, relation="contradicts")
    one = claim(lines, found("m1", "m2"), found("m3", "m2"))
    assert [r[2] for r in states(one, no)] == ["rejected", "unreviewed"]
    one = claim({"m2": B, "m3": near}, found("m3", "m2"))
    assert [r[2] for r in states(one, no)] == ["rejected"]


def test_of_two_lines_in_one_sentence_only_the_one_that_was_judged_is_relabelled() -> None:
    lines = {"m1": A, "m2": B, "m3": A}
    yes = judgement("confirm", A, B, relation="contradicts", in_="polarity")
    one = claim(lines, found("m1", "m2"), found("m3", "m2", "differs", "date"))
    assert states(one, yes) == [
        ("contradicts", "polarity", "confirmed"),
        ("differs", "date", "unreviewed"),
    ]


@pytest.mark.parametrize(
    ("where", "met"),
    [
        (at("a", 10, 50), True),
        (at("a", 30, 70), True),
        (at("a", 31, 71), False),
        (at("a", 20, 24), True),
        (at("a", 0, 400), True),
        (at("a", 50, 90), False),
        (at("c", 10, 50), False),
        (address(HEX["a"], "utf-16-le", 10, 50), False),
    ],
)
def test_half_of_the_shorter_range_in_the_same_capture_is_enough(where: str, met: bool) -> None:
    assert bool(Lines({"line": (where,)}).meet(frozenset([A])).lines) is met


def test_the_words_in_any_version_of_the_article_are_met() -> None:
    no = judgement("reject", A, B, relation="contradicts")
    moved = ruling(no, (A, at("c", 200, 240)), (B,))
    one = claim({"m1": at("c", 200, 240), "m2": B}, found("m1", "m2"))
    (made,) = reviewed([one], [moved])
    assert [r.review for r in made.relations] == ["rejected"]


verdicts = st.sampled_from(
    [
        ("confirm", {"relation": "contradicts"}),
        ("confirm", {}),
        ("reject", {"relation": "contradicts"}),
        ("reject", {"relation": "differs"}),
        ("reject", {}),
        ("relabel", {"relation": "differs", "in_": "date", "was": "contradicts"}),
        ("relabel", {"relation": "incompatible_accounts", "in_": "actor"}),
    ]
)


@given(st.lists(st.tuples(verdicts, st.integers(1, 4), st.booleans()), max_size=6), st.randoms())
def test_the_order_of_adding_changes_nothing(
    made: list[tuple[tuple[str, dict[str, str]], int, bool]], shuffle: random.Random
) -> None:
    lines = {**TWO, "m3": at("a", 15, 48)}
    one = claim(lines, found("m1", "m2"), found("m2", "m3", "differs", "date"))
    found_ = [
        ruling(judgement(verdict, A if near else at("a", 8, 30), B, day=day, **value))
        for (verdict, value), day, near in made
    ]
    found_ = list({r.id: r for r in found_}.values())
    expected = list(reviewed([one], found_))
    shuffle.shuffle(found_)
    again = list(reviewed([one], found_))
    assert msgspec.json.encode(again) == msgspec.json.encode(expected)
    for relation in expected[0].relations:
        assert relation.review in ("unreviewed", "confirmed", "rejected")
        assert {relation.a, relation.b} <= set(lines)


# --------------------------------------------------------------------------- judgements themselves


def test_joining_two_records_is_the_same_in_every_order_and_however_often() -> None:
    one = judgement("reject", A, B)
    states_ = [
        one,
        undo(one, "Ada Nile", AT.format(3)),
        undo(one, "Bo Reed", AT.format(2)),
        undo(one, "Cy Ford", AT.format(2)),
    ]
    results = set()
    for row in permutations(states_):
        whole = row[0]
        for other in (*row[1:], *row):
            whole = joined(whole, other)
        results.add(whole)
    (final,) = results
    assert final.undone is not None and (final.undone.by, final.undone.at) == (
        "Bo Reed",
        AT.format(2),
    )
    assert check(final).id == one.id


def test_a_relation_s_judgement_has_one_id_whichever_side_is_named_first() -> None:
    assert judgement("reject", A, B).id == judgement("reject", B, A).id
    assert judgement("reject", A, B).id != judgement("reject", A, B, day=2).id


# --------------------------------------------------------------------------- other versions

paragraph = st.sampled_from(
    [
        "The ferry stays. The fee rises.",
        "“No,” Venn said. He left.",
        "The ferry stays.",
        "Nothing else is known!",
        "🌊 Storm over Harne. The fee rises.",
    ]
)
page = st.lists(paragraph, min_size=1, max_size=6).map("\n\n".join)


@given(page, page, st.data())
def test_words_are_carried_to_the_same_words_or_not_at_all(
    text: str, other: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = carried(text, (start, end), other)
    if place is not None:
        assert other[slice(*place)] == text[start:end]
    assert carried(text, (start, end), text) in ((start, end), None)


def test_a_short_word_is_carried_by_what_stands_around_it() -> None:
    older = (
        "Fee rises\n\nVenn said he would stay.\n\nHe left, and he came back. Nobody saw he was ill."
    )
    newer = "Fee falls\n\nThe port is shut.\n\nHe left, and he came back. Nobody saw he was ill."
    start = older.index("he came")
    place = carried(older, (start, start + 2), newer)
    assert place is not None and newer[place[0] :].startswith("he came back")
    gone = older.index("he would")
    assert carried(older, (gone, gone + 2), newer) is None


def test_a_ruling_names_the_same_words_in_every_version_and_capture() -> None:
    older = version("Fee rises\n\nThe ferry stays in port, Venn said.", article="art-1")
    newer = version(
        "Fee rises\n\nA strike.\n\nThe ferry stays in port, Venn said.", article="art-1", number=2
    )
    start = older.text.index("The ferry")
    line = cite(older, start, len(older.text))
    one = make("Ada Nile", AT.format(1), "reject", "statement", [line.address])
    group = Group(
        {
            Judged: (Judged(id="jdd", article_id="art-1", judgement=one),),
            Version: (older, newer),
            Reading: tuple(_read(v) for v in (older, newer)),
        }
    )
    (made,) = rulings(group, None, {})
    assert isinstance(made, Ruling)
    there = newer.text.index("The ferry")
    low, high = to_capture(newer.segments, there, len(newer.text))
    assert set(made.places[0]) == {
        line.address,
        address(newer.sha256, newer.decoder, low, high),
    }


def _read(one: Version) -> Reading:
    return Reading(
        id=f"rea-{one.id}",
        capture_id=one.capture_id,
        article_id=one.article_id,
        text=one.text,
        blocks=one.blocks,
        segments=one.segments,
        left_out=(),
        url=None,
        outlet=None,
        title=None,
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=Bounds(),
        modified=Bounds(),
        language="en",
        tags=(),
        announced_versions=None,
        capture_path="a.txt",
        decoder=one.decoder,
        sha256=one.sha256,
        extractor="test",
    )


# --------------------------------------------------------------------------- actors, stories, reuse


def mention(letter: str, n: int, name: str) -> Mention:
    where = at(letter, 10 * n, 10 * n + 6)
    return Mention(
        id=f"men-{letter}{n}",
        version_id=f"ver-{letter}",
        article_id=f"art-{letter}",
        start=10 * n,
        end=10 * n + 6,
        chain=f"men-{letter}0",
        name=name,
        kind="person",
        role="name",
        sentence=0,
        citation=msgspec.structs.replace(citation(where), quote=name),
    )


def cluster(letter: str, name: str, count: int = 3) -> Cluster:
    mentions = tuple(mention(letter, n, name) for n in range(count))
    return cluster_of(
        Member(
            first=mentions[0].id,
            version_id=f"ver-{letter}",
            article_id=f"art-{letter}",
            kind="person",
            name=name,
            country=None,
            offices=(),
            forms=(name,),
            mentions=mentions,
        )
    )


def ids(one: Cluster) -> set[str]:
    return {m.id for member in one.members for m in member.mentions}


CLUSTERS = [cluster("a", "Oskar Venn"), cluster("b", "Venn"), cluster("c", "Ilsa Brandt")]
PLACES = [at(letter, 10 * n, 10 * n + 6) for letter in "abc" for n in range(3)]

moves = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split"]),
        st.lists(st.sampled_from(PLACES), min_size=2, max_size=4, unique=True),
        st.integers(1, 5),
    ),
    max_size=5,
)


@given(moves, st.randoms())
def test_every_mention_is_in_exactly_one_actor_whatever_was_decided_in_whatever_order(
    made: list[tuple[str, list[str], int]], shuffle: random.Random
) -> None:
    found_ = [ruling(judgement(v, *about, day=day, kind="actor")) for v, about, day in made]
    found_ = list({r.id: r for r in found_}.values())
    before = [ids(c) for c in CLUSTERS]
    result = [ids(one.cluster) for one in decided(CLUSTERS, found_)]
    assert sorted(m for some in result for m in some) == sorted(m for some in before for m in some)
    assert all(result)
    shuffle.shuffle(found_)
    assert [ids(one.cluster) for one in decided(CLUSTERS, found_)] == result
    assert [ids(c) for c in CLUSTERS] == before


def test_a_mention_split_off_is_named_by_its_own_words_and_says_why() -> None:
    two = Cluster()
    two.add([*CLUSTERS[0].members, *CLUSTERS[1].members], "one bearer")
    split = judgement("split", at("b", 10, 16), kind="actor")
    rest, apart = (one.cluster for one in decided([two], [ruling(split)]))
    assert ids(apart) == {"men-b1"} and ids(rest) == ids(two) - {"men-b1"}
    assert apart.members[0].name == "Venn"
    assert apart.reasons == ["split off by Ada Nile on 2031-06-01"]
    assert "others split off by Ada Nile on 2031-06-01" in rest.reasons


STORIES = [Grouping((("art-a", "art-b"), ("art-c",)), "one"), Grouping((("art-d",),), "two")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["merge", "split", "move"]),
            st.lists(st.sampled_from("abcde"), min_size=2, max_size=3, unique=True),
            st.integers(1, 5),
        ),
        max_size=5,
    ),
    st.randoms(),
)
def test_every_report_is_in_exactly_one_episode_whatever_was_decided(
    made: list[tuple[str, list[str], int]], shuffle: random.Random
) -> None:
    found_: dict[str, Ruling] = {}
    for what, letters, day in made:
        to = {"to": at(letters[-1], 0, 9)} if what == "move" else {}
        about = [at(x, 0, 9) for x in (letters[:-1] if to else letters)]
        verdict = "merge" if what == "merge" else "split"
        one = judgement(verdict, *about, day=day, kind="story", **to)
        for letter in letters:
            slots = tuple((a,) if a == at(letter, 0, 9) else () for a in (*about, *to.values()))
            found_[f"{one.id} {letter}"] = Ruling(
                id=f"{one.id} {letter}",
                article_id=f"art-{letter}",
                kind="story",
                judgement=one,
                places=slots,
            )
    result = regrouped(STORIES, found_.values())
    every = sorted(a for story in result for episode in story.episodes for a in episode)
    assert every == ["art-a", "art-b", "art-c", "art-d"]
    assert all(story.episodes and all(story.episodes) for story in result)
    mixed = list(found_.values())
    shuffle.shuffle(mixed)
    assert regrouped(STORIES, mixed) == result


def test_a_rejected_reuse_is_gone_in_both_directions_and_only_of_its_kind() -> None:
    def row(name: str, kind: str, source: str, target: str) -> Reuse:
        return Reuse(
            id=name,
            kind=kind,
            source=ReuseSource.of(citation(source)),
            target=citation(target),
            articles=("art-a", "art-b"),
            words=9,
            direction="unknown",
            basis="",
        )

    rows = [row("1", "copy", A, B), row("2", "copy", B, A), row("3", "shared_quote", A, B)]
    rows.append(row("4", "copy", A, at("c", 1, 9)))
    no = judgement("reject", A, B, kind="reuse")
    of_kind = make("Ada Nile", AT.format(1), "reject", "reuse", [A, B], JudgementValue(kind="copy"))
    assert [r.id for r in kept(rows, [ruling(no)])] == ["4"]
    assert [r.id for r in kept(rows, [ruling(of_kind)])] == ["3", "4"]
    assert [r.id for r in kept(rows, [])] == ["1", "2", "3", "4"]

"""What people decide about lines: it outlives rebuilds, new versions and better reading, can be undone,
and two colleagues' decisions join to the same bytes in either order."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import jsonschema
import msgspec
import pytest
from tests.gold.building import export_bytes

from onrecord import pipeline, settings
from onrecord.errors import RecordBusy, UsageError
from onrecord.pipeline import STAGES, stages_behind
from onrecord.publish.exports import jsonl, schema
from onrecord.records import (
    Actor,
    Article,
    Claim,
    ClaimMember,
    Event,
    Given,
    Judgement,
    JudgementValue,
    Record,
    Relation,
    Reuse,
    Ruling,
    Statement,
    Story,
    Version,
)
from onrecord.relate.judging import reviewed
from onrecord.run import judging
from onrecord.run.building import _only_build, build_record
from onrecord.run.memory import capture_of
from onrecord.run.verifying import Checked, verify
from onrecord.stage import Group, Join, Resources, Stage
from onrecord.store.record import Store
from onrecord.text.citing import cite
from onrecord.text.ids import make_id
from onrecord.text.judgements import make

NOW = "2031-06-01T10:00:00+00:00"
LATER = "2031-06-02T10:00:00+00:00"
SETTINGS = settings.join()
URL = "https://ternpost.example/ferry"
TAIL = (
    "\n\nThe ferry Aurelia links the harbours of Velmora and Ostrand. Captain Jory Teague has sailed it "
    "for years. The quarrel over the harbour fee began in spring."
)
TERN = (
    "Ferry quarrel goes on\n\nThe ferry will sail on Monday, Harbour Minister Oskar Venn said in Harne."
    "\n\nVenn praised the crew."
)
MAIL = (
    "Ferry stays in port\n\nThe ferry will not sail on Monday, Foreign Minister Ilsa Brandt said in "
    "Harne.\n\nThe union of the harbour workers met on Tuesday."
)
GAZETTE = (
    "Old mill burns down\n\nThe mill at Sallow burned on Friday, fire chief Edda Morn said. Nobody was "
    "hurt, Morn said.\n\nThe miller had left the valley long ago, and grass grew on the roof."
)


def opposing(cut: int = 0) -> Callable[..., Iterator[Record]]:
    """A claims stage that opposes every two statements of different reports; `cut`: it reads the
    statements so many characters shorter, as a better program may."""

    def work(group: Group, options: object, resources: Resources) -> Iterator[Record]:
        versions = {v.id: v for v in group.all(Version)}
        members = []
        for s in group.all(Statement):
            version = versions[s.citation.version_id or ""]
            start, end = s.citation.start or 0, s.citation.end or 0
            members.append(
                ClaimMember(
                    id=make_id("mem", s.id, cut),
                    statement_id=s.id,
                    event_id=None,
                    article_id=s.article_id,
                    outlet=None,
                    holder=None,
                    stance="asserts",
                    citation=cite(version, start + cut, end),
                )
            )
        relations = tuple(
            Relation(a=b.id, b=a.id, relation="contradicts", in_="polarity", basis="one says not")
            for a, b in combinations(sorted(members, key=lambda m: m.id), 2)
            if a.article_id != b.article_id
        )
        story = group.one(Story)
        if relations:
            claim = Claim(
                id=make_id("clm", story.id),
                story_id=story.id,
                text="",
                members=tuple(members),
                relations=relations,
                silent=(),
            )
            yield from reviewed([claim], group.all(Ruling))

    return work


def nothing(group: Group, options: object, resources: Resources) -> Iterator[Record]:
    yield from ()


OPPOSED = (
    Join(Statement, "article_id", on="articles"),
    Join(Version, "article_id", on="articles"),
    Join(Ruling, "article_id", on="articles", where=("kind", "relation")),
)


def stages(cut: int = 0) -> tuple[Stage, ...]:
    """The pipeline, with the claims stage that opposes everything."""
    return tuple(
        replace(s, work=opposing(cut), version=1000 + cut, each=Story, joins=OPPOSED)
        if s.name == "claims"
        else s
        for s in STAGES
    )


REPORTS = (
    ("tern.txt", TERN, "Tern Post", URL, "2031-05-03T08:00:00+00:00"),
    ("mail.txt", MAIL, "Oldmoor Mail", None, None),
    ("gazette.txt", GAZETTE, "Sallow Gazette", None, None),
)


def add(store: Store, reports: Sequence[tuple[str, str, str, str | None, str | None]]) -> None:
    for path, text, outlet, url, at in reports:
        data = (text + ("" if text == GAZETTE else TAIL)).encode()
        given = Given(outlet=outlet, published="2031-05-02", language="en")
        store.add(capture_of(path, data, url=url, captured_at=at, given=given), data)


def build(store: Store, chosen: Sequence[Stage] | None = None) -> None:
    reports = build_record(store, SETTINGS, stages=chosen or stages())
    assert [why for r in reports for _, why in r.failed] == []


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judging") / "record"
    with Store(folder) as store:
        add(store, REPORTS)
        build(store)
    return folder


@pytest.fixture
def record(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "record"))


@pytest.fixture
def store(record: Path) -> Iterator[Store]:
    """The story, built."""
    with Store(record) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, record: Path, tmp_path: Path) -> Iterator[Store]:
    """The story built: in SQLite, and anew in PostgreSQL."""
    if request.param == "sqlite":
        with Store(record) as opened:
            yield opened
        return
    with Store(tmp_path / "other", database=request.getfixturevalue("database")) as opened:
        add(opened, REPORTS)
        build(opened)
        yield opened


def pair(store: Store, near: str = "will sail", other: str = "will not sail") -> list[str]:
    """The members of today that hold these words."""
    members = [m for c in store.all(Claim) for m in c.members]
    return [next(m.id for m in members if words in m.citation.quote) for words in (near, other)]


def between(store: Store, near: str = "will sail", other: str = "will not sail") -> list[Relation]:
    ids = set(pair(store, near, other))
    return [r for c in store.all(Claim) for r in c.relations if {r.a, r.b} == ids]


def decide(
    store: Store,
    verdict: str,
    names: Sequence[str],
    *,
    author: str = "Ada Nile",
    at: str = NOW,
    to: str = "",
    **value: str,
) -> Judgement:
    named = judging.about(store, verdict, names, to=to)
    return judging.decide(store, author, at, verdict, named, JudgementValue(**value))


def export(store: Store) -> bytes:
    return b"".join(jsonl(store.all(Judgement)))


def taken_in(store: Store, data: bytes, now: str = LATER) -> judging.TakenIn:
    return judging.take_in(store, "theirs.jsonl", io.BytesIO(data), now)


def state(store: Store, one: Judgement) -> str:
    return next(s.state for s in judging.standings(store) if s.judgement.id == one.id)


# --------------------------------------------------------------------------- relations


def test_a_rejected_opposition_stays_rejected_when_all_is_built_anew(
    either: Store, tmp_path: Path
) -> None:
    store = either
    (machine,) = between(store)
    assert (machine.relation, machine.review) == ("contradicts", "unreviewed")
    one = decide(store, "reject", pair(store), text="two ferries")
    build(store)
    (relation,) = between(store)
    assert (relation.relation, relation.review) == ("contradicts", "rejected")
    assert "rejected by Ada Nile on 2031-06-01" in relation.basis
    assert state(store, one) == "applied"
    with Store(tmp_path / "anew") as other:
        taken_in(other, export(store))
        add(other, REPORTS[::-1])
        build(other)
        assert between(other) == [relation]
        assert b"".join(jsonl(other.all(Claim))) == b"".join(jsonl(store.all(Claim)))


def test_a_rejected_opposition_never_comes_back_with_the_next_version_of_the_text(
    store: Store,
) -> None:
    one = decide(store, "reject", pair(store))
    newer = TERN.replace(
        "Ferry quarrel goes on\n\n", "Ferry quarrel grows\n\nA strike is near.\n\n"
    )
    add(store, [("tern.txt", newer, "Tern Post", URL, "2031-05-04T08:00:00+00:00")])
    build(store)
    assert {r.review for r in between(store)} == {"rejected"}
    # a capture from before the first one: now the statement is cited from other bytes
    older = "Tern Post morning edition\n\n" + TERN.replace("Ferry quarrel goes on", "Ferry quarrel")
    add(store, [("tern.txt", older, "Tern Post", URL, "2031-05-02T08:00:00+00:00")])
    build(store)
    members = {m.id: m for c in store.all(Claim) for m in c.members}
    cited = {members[i].citation.address for i in pair(store)}
    assert not cited & set(one.about.addresses[:1]) or not cited & set(one.about.addresses[1:])
    assert {r.review for r in between(store)} == {"rejected"}
    assert state(store, one) == "applied"


def test_a_judgement_meets_the_same_line_read_a_little_otherwise(store: Store) -> None:
    one = decide(store, "reject", pair(store))
    without = [replace(s, work=nothing, version=7) if s.name == "claims" else s for s in stages()]
    build(store, without)
    assert store.all(Claim) == ()
    (standing,) = judging.standings(store)
    assert (standing.state, standing.why) == ("applied", "nothing of the kind is found now")
    build(store, stages(cut=5))
    (relation,) = between(store, "erry will sail", "erry will not sail")
    assert relation.review == "rejected"
    others = [r for c in store.all(Claim) for r in c.relations if r != relation]
    assert {r.review for r in others} <= {"unreviewed"}
    assert state(store, one) == "applied"


def test_who_confirms_or_relabels_is_named_and_the_latest_counts(store: Store) -> None:
    first = decide(store, "confirm", pair(store))
    build(store)
    (relation,) = between(store)
    assert (relation.relation, relation.review) == ("contradicts", "confirmed")
    decide(
        store, "relabel", pair(store), at=LATER, author="Bo Reed",
        relation="differs", in_="occasion", text="another Monday",
    )  # fmt: skip
    build(store)
    validator = jsonschema.Draft202012Validator(schema("judgements"))
    for line in export(store).splitlines():
        validator.validate(json.loads(line))
    (relation,) = between(store)
    assert (relation.relation, relation.in_, relation.review) == (
        "differs",
        "occasion",
        "confirmed",
    )
    assert relation.basis == (
        "by Bo Reed on 2031-06-02: another Monday, was contradicts in polarity: one says not"
    )
    assert state(store, first) == "overruled"
    # who rejects the new label does not bring the old one back
    decide(store, "reject", pair(store), at=LATER, relation="differs")
    build(store)
    assert {r.review for r in between(store)} == {"rejected"}


def test_two_decisions_in_one_second_count_in_the_order_they_were_made(store: Store) -> None:
    for verdict in ("confirm", "reject", "confirm", "reject"):
        decide(store, verdict, pair(store))
    build(store)
    assert [r.review for r in between(store)] == ["rejected"]
    assert len({j.at for j in store.all(Judgement)}) == 4
    again = decide(store, "reject", pair(store), at=LATER)  # pressed twice
    assert again in store.all(Judgement) and len(store.all(Judgement)) == 4


def test_undoing_brings_the_machine_s_line_back_and_is_recorded(store: Store) -> None:
    before = between(store)
    one = decide(store, "reject", pair(store))
    build(store)
    undone = judging.take_back(store, one.id, "Bo Reed", LATER)
    assert judging.take_back(store, one.id, "Cy Ford", LATER) == undone
    build(store)
    assert between(store) == before
    assert state(store, one) == "undone"
    (kept,) = store.all(Judgement)
    assert kept.undone is not None and kept.undone.by == "Bo Reed"
    again = decide(store, "reject", pair(store))
    assert again.id != one.id
    build(store)
    assert [r.review for r in between(store)] == ["rejected"]


def test_colleagues_join_their_judgements_in_either_order_to_the_same_bytes(
    template: Path, tmp_path: Path
) -> None:
    records = [Path(shutil.copytree(template, tmp_path / name)) for name in ("ada", "bo")]
    with Store(records[0]) as ada, Store(records[1]) as bo:
        decide(ada, "reject", pair(ada))
        shared = decide(ada, "note", [ada.all(Article)[0].id], text="ask the editor")
        taken_in(bo, export(ada))
        decide(ada, "rename", [ada.all(Story)[0].id], name="The ferry")
        decide(bo, "confirm", pair(bo), author="Bo Reed")
        decide(bo, "reject", [_statement(bo, "Nobody was hurt").id], author="Bo Reed", at=LATER)
        judging.take_back(ada, shared.id, "Ada Nile", LATER)
        judging.take_back(bo, shared.id, "Bo Reed", NOW)
        theirs = export(ada), export(bo)
        assert taken_in(ada, theirs[1]).put.added == 2
        assert taken_in(bo, theirs[0]).put.added == 1
        for one in (ada, bo):
            build(one)
            assert taken_in(one, theirs[0]).put.added == taken_in(one, theirs[1]).put.undone == 0
        assert export(ada) == export(bo)
    assert export_bytes(records[0]) == export_bytes(records[1])


def _statement(store: Store, words: str) -> Statement:
    return next(s for s in store.all(Statement) if words in s.citation.quote)


# --------------------------------------------------------------------------- other lines


def test_a_rejected_statement_is_no_line_of_the_record_any_more(store: Store) -> None:
    statement = _statement(store, "will not sail")
    before = {s.id for s in store.all(Statement)}
    one = decide(store, "reject", [statement.id])
    build(store)
    assert before - {s.id for s in store.all(Statement)} == {statement.id}
    assert statement.id not in {e.attributed_to for e in store.all(Event)}
    assert statement.id not in {m.statement_id for c in store.all(Claim) for m in c.members}
    assert state(store, one) == "applied"
    assert list(verify(store, Checked())) == []
    judging.take_back(store, one.id, "Ada Nile", LATER)
    build(store)
    assert {s.id for s in store.all(Statement)} == before


def test_a_relabelled_statement_reads_as_it_was_decided(store: Store) -> None:
    statement = _statement(store, "will not sail")
    venn = next(a for a in store.all(Actor) if a.name == "Oskar Venn")
    decide(store, "relabel", [statement.id], act="promise", modality="planned", speaker="Ilsa Marr")
    build(store)
    found = next(s for s in store.all(Statement) if s.id == statement.id)
    assert (found.act, found.modality, found.polarity) == ("promise", "planned", statement.polarity)
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.actor_id) == ("Ilsa Marr", None)
    other = _statement(store, "The ferry will sail")
    decide(store, "relabel", [other.id], speaker="Oskar Venn", act="warn")
    build(store)
    found = next(s for s in store.all(Statement) if s.id == other.id)
    assert found.speaker is not None and found.speaker.actor_id == venn.id


def test_actors_are_merged_split_and_renamed_and_statements_follow(store: Store) -> None:
    actors = {a.name: a for a in store.all(Actor)}
    venn, brandt = actors["Oskar Venn"], actors["Ilsa Brandt"]
    merged = decide(store, "merge", [venn.id, brandt.id])
    decide(store, "rename", [brandt.id], name="Ilsa Venn-Brandt")
    build(store)
    names = [a.name for a in store.all(Actor)]
    assert "Ilsa Venn-Brandt" in names and not {"Oskar Venn", "Ilsa Brandt"} & set(names)
    speakers = {
        s.speaker.name for s in store.all(Statement) if s.speaker and "sail on" in s.citation.quote
    }
    assert speakers == {"Ilsa Venn-Brandt"}
    whole = next(a for a in store.all(Actor) if a.name == "Ilsa Venn-Brandt")
    assert {m.address for m in whole.mentions} == {
        m.address for a in (venn, brandt) for m in a.mentions
    }
    assert "merged by Ada Nile on 2031-06-01" in whole.basis
    # the report whose mentions are split off
    mail = next(a for a in store.all(Article) if a.path == "mail.txt")
    decide(store, "split", [whole.id, mail.id], name="Ilsa Brandt", at=LATER)
    build(store)
    apart = {a.name: {m.address for m in a.mentions} for a in store.all(Actor)}
    assert apart["Ilsa Brandt"] == {m.address for m in brandt.mentions}
    judging.take_back(store, merged.id, "Ada Nile", LATER)
    build(store)
    assert "Oskar Venn" in {a.name for a in store.all(Actor)}


def test_stories_are_renamed_joined_and_reports_moved(store: Store) -> None:
    articles = {a.path: a.id for a in store.all(Article)}
    of = {a: s for s in store.all(Story) for a in s.articles}
    mill, ferry = of[articles["gazette.txt"]], of[articles["tern.txt"]]
    assert mill.id != ferry.id
    decide(store, "rename", [ferry.id], name="The ferry")
    joined = decide(store, "merge", [ferry.id, mill.id])
    build(store)
    (story,) = store.all(Story)
    assert story.title == "The ferry" and len(story.articles) == 3
    assert "merged by Ada Nile on 2031-06-01" in story.basis
    judging.take_back(store, joined.id, "Ada Nile", LATER)
    decide(store, "split", [articles["mail.txt"]], to=articles["gazette.txt"], at=LATER)
    build(store)
    groups = {frozenset(s.articles) for s in store.all(Story)}
    assert groups == {
        frozenset([articles["tern.txt"]]),
        frozenset([articles["mail.txt"], articles["gazette.txt"]]),
    }
    (moved,) = [s for s in store.all(Story) if len(s.articles) == 2]
    assert len(moved.episodes) == 1
    decide(store, "split", [articles["mail.txt"]], at="2031-06-03T10:00:00+00:00")
    build(store)
    assert len(store.all(Story)) == 3


def test_a_rejected_copy_is_gone_and_stays_gone(record: Path, tmp_path: Path) -> None:
    text = (
        "The old lighthouse of Sallow was sold on Friday to a baker from Harne. The keeper will stay "
        "until the autumn and then move to the mainland with his two dogs. Nobody else made an offer "
        "for the tower, which has stood empty for eleven years."
    )
    with Store(tmp_path / "copies") as store:
        add(
            store,
            [
                ("a.txt", "Lighthouse sold\n\n" + text, "Tern Post", None, None),
                ("b.txt", "Baker buys tower\n\n" + text, "Oldmoor Mail", None, None),
            ],
        )
        build(store)
        rows = [r for r in store.all(Reuse) if r.kind == "copy" and "lighthouse" in r.target.quote]
        assert rows
        one = decide(store, "reject", [rows[0].id])
        build(store)
        assert rows[0].id not in {r.id for r in store.all(Reuse)}
        assert state(store, one) == "applied"
        judging.take_back(store, one.id, "Ada Nile", LATER)
        build(store)
        assert rows[0].id in {r.id for r in store.all(Reuse)}


# --------------------------------------------------------------------------- reach, waiting, locks


def test_only_what_a_judgement_can_alter_is_built_and_only_in_its_story(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "STAGES", stages())
    with Store(record) as store:
        one = decide(store, "reject", pair(store))
        reports = judging.apply(store, SETTINGS, [one.about.kind])
        worked = {r.stage: r.worked for r in reports if r.worked}
        assert worked == {"judged": 1, "rulings": 2, "claims": 1, "attached": 1}
        assert next(r for r in reports if r.stage == "claims").unchanged == 1
        assert [r.review for r in between(store)] == ["rejected"]
        decide(store, "note", pair(store), text="heard it myself")
        again = judging.apply(store, SETTINGS, ["relation"])
        assert {r.stage: r.worked for r in again if r.worked} == {"judged": 1, "attached": 1}


def test_who_reads_while_a_judgement_is_brought_in_finds_every_claim(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(record) as store:
        seen: list[int] = []
        work = opposing()

        def looking(group: Group, options: object, resources: Resources) -> Iterator[Record]:
            seen.append(store.count(Claim))
            yield from work(group, options, resources)

        slow = [replace(s, work=looking) if s.name == "claims" else s for s in stages()]
        monkeypatch.setattr(pipeline, "STAGES", tuple(slow))
        decide(store, "reject", pair(store))
        judging.apply(store, SETTINGS, ["relation"])
        assert seen == [1]
        assert [r.review for r in between(store)] == ["rejected"]


def test_a_relation_s_judgement_reaches_claims_and_what_rests_on_them_alone() -> None:
    reached = {s.name for s in stages_behind(["relation"])}
    assert {"judged", "rulings", "claims"} <= reached
    assert not reached & {"readings", "articles", "sentences", "actors", "stories", "statements"}
    assert {"actors", "stories", "statements", "claims"} <= {
        s.name for s in stages_behind(["actor"])
    }


def test_what_matches_nothing_waits_and_applies_when_its_reports_come(
    store: Store, tmp_path: Path
) -> None:
    one = decide(store, "reject", pair(store))
    with Store(tmp_path / "colleague") as other:
        assert taken_in(other, export(store)).put.added == 1
        add(other, REPORTS[2:])
        build(other)
        assert state(other, one) == "waiting"
        assert list(verify(other, Checked())) == []
        assert other.all(Judgement) == (one,)
        add(other, REPORTS[:2])
        build(other)
        assert state(other, one) == "applied"
        assert [r.review for r in between(other)] == ["rejected"]


def test_while_another_build_works_a_judgement_is_written_down_and_the_next_build_takes_it(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "STAGES", stages())
    with Store(record) as store:
        with _only_build(record, 1.0):
            one = decide(store, "reject", pair(store))
            with pytest.raises(RecordBusy, match="another build works on it"):
                judging.apply(store, SETTINGS, ["relation"], patience=0.1)
            assert state(store, one) == "next"
        build(store)
        assert state(store, one) == "applied"


def test_programs_that_decide_at_the_same_moment_do_not_disturb_one_another(either: Store) -> None:
    store = either
    names = [store.all(Story)[0].id]
    named = judging.about(store, "note", names)
    made = [
        make(f"Author {n % 5}", NOW, "note", named.kind, named.addresses, JudgementValue(text="x"))
        for n in range(20)
    ]
    with ThreadPoolExecutor(8) as pool:
        puts = list(pool.map(lambda one: store.put_judgements([one]), made))
    assert sum(put.added for put in puts) == len(store.all(Judgement)) == 5


# --------------------------------------------------------------------------- what is no judgement


def test_files_that_are_none_are_told_line_by_line_and_the_rest_is_taken(either: Store) -> None:
    store = either
    good = json.loads(msgspec.json.encode(decide(store, "reject", pair(store))))
    judging.take_back(store, good["id"], "Ada Nile", LATER)

    def other(**changes: object) -> bytes:
        return json.dumps({**good, **changes}).encode()

    about = good["about"]
    hostile = {
        b"[1, 2]": "not a JSON object",
        b"{": "this line is no judgement",
        b"\xff\xfe\x00": "this line is no judgement",
        b"[" * 100_000: "this line is no judgement",
        b'"' + b"x" * 2_000_000 + b'"': "too long",
        other(author="Eve"): "its id belongs to another judgement",
        other(value={"relation": "differs"}): "its id belongs to another judgement",
        other(verdict="delete"): "cannot be decided about a relation",
        other(verdict="\x1b[2Jdelete"): "cannot be decided about a relation",
        other(**{"\x1b[2J": True}): "unknown field",
        other(id=None, value={"relation": "\x1b[2J\x07"}): "is no relation",
        other(sudo=True): "unknown field `sudo`",
        other(id=None, author="A\u202eB"): "this is no name",
        other(id=None, author="a" * 201): "this is no name",
        other(id=None, at="yesterday"): "this is no time",
        other(id=None, at="2999-01-01T00:00:00+00:00"): "made in the future",
        other(id=None, at="2031-06-03T10:00:01+00:00"): "made in the future",
        other(id=None, about={**about, "addresses": ["../../etc/passwd", "x"]}): "not an evidence",
        other(id=None, about={**about, "addresses": about["addresses"][:1]}): "it needs 2",
        other(id=None, about={**about, "kind": "person"}): "nothing can be decided about this",
        other(id=None, value={"relation": "lies"}): "'lies' is no relation",
        other(id=None, value={"name": "x"}): "`name` does not fit",
        other(schema_version=99): "schema version 99",
    }
    by_hand = {**good, "author": "Bo Reed", "at": "2031-05-31T12:00:00+02:00"}
    del by_hand["id"]
    data = b"\n".join([*hostile, json.dumps(by_hand).encode(), b"", export(store)])
    report = taken_in(store, data)
    assert len(report.lines) == len(hostile)
    for line, why in zip(report.lines, hostile.values(), strict=True):
        assert why in line and line.isprintable() and len(line) < 600, line
    assert report.put.added == 1
    (bo,) = [j for j in store.all(Judgement) if j.author == "Bo Reed"]
    assert bo.at == "2031-05-31T10:00:00+00:00"
    build(store)


def test_what_cannot_be_decided_is_one_clear_line(record: Path) -> None:
    with Store(record) as store:
        story, actor = store.all(Story)[0].id, store.all(Actor)[0].id
        for verdict, names, value, why in (
            ("merge", [story], {}, "too few or too many addresses"),
            ("merge", [story, actor], {}, "not of one kind"),
            ("relabel", pair(store), {}, "must say relation"),
            ("rename", [story], {}, "must say name"),
            ("rename", [story], {"name": "two\nlines"}, "no name"),
            ("reject", ["sta-none"], {}, "no such line"),
            ("confirm", ["sha256:" + "0" * 64 + "/utf-8:1-2"], {}, "has no kind"),
            ("note", [story], {}, "must say text"),
            ("reject", [actor], {}, "cannot be decided about an actor"),
        ):
            with pytest.raises(UsageError, match=why):
                decide(store, verdict, names, **value)
        with pytest.raises(UsageError, match="no such judgement"):
            judging.take_back(store, "jud-none", "Ada Nile", NOW)
        assert store.all(Judgement) == ()

"""The ledger of statements from a record on disk, in PostgreSQL and in memory: the same everywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import update
from tests.publish import fixture
from tests.store.editing import keep
from tests.store.test_edits import at_revision

from onrecord.publish.library import MemoryLibrary
from onrecord.records import (
    Actor,
    ActorLink,
    ActorLinks,
    Article,
    Bounds,
    Mention,
    Record,
    Statement,
)
from onrecord.run.engine import Result
from onrecord.stage import Stage
from onrecord.store.record import Store
from onrecord.store.sayings import Filter, looked_for, said_key, spaced
from onrecord.store.tables import meta
from onrecord.text.ids import make_id

SAYING = Stage("saying", 1, lambda group, options, resources: (), each=Article, writes=(Statement,))


def _named(actors: list[Actor]) -> list[Record]:
    """The mentions and links of these actors, as the stages before them leave them."""
    made: list[Record] = []
    links: dict[str, list[ActorLink]] = {}
    for actor in actors:
        for c in actor.mentions:
            assert c.version_id is not None and c.start is not None and c.end is not None
            article = next(v.article_id for v in VERSIONS.values() if v.id == c.version_id)
            name = make_id("men", c.version_id, c.start, c.end)
            made.append(
                Mention(
                    id=name,
                    version_id=c.version_id,
                    article_id=article,
                    start=c.start,
                    end=c.end,
                    chain=name,
                    name=actor.name,
                    kind=actor.kind,
                    role="name",
                    sentence=0,
                    citation=c,
                )
            )
            links.setdefault(article, []).append(
                ActorLink(
                    mention_id=name,
                    actor_id=actor.id,
                    name=actor.name,
                    kind=actor.kind,
                    country=actor.country,
                )
            )
    made += [
        ActorLinks(id=make_id("lnk", article), article_id=article, links=tuple(found))
        for article, found in links.items()
    ]
    return made


def _records() -> tuple[list[Record], dict[str, bytes]]:
    """The invented story, and somebody whom others name."""
    builder, _ = fixture.build()
    minister = Actor(
        id="act-minister",
        name="The foreign minister",
        kind="office",
        country="Marovia",
        aliases=(),
        offices=(),
        mentions=(
            fixture.words_of(VERSIONS["post1"], "foreign minister"),
            fixture.words_of(VERSIONS["courier"], "foreign minister"),
        ),
        basis="the same office",
    )
    records: list[Record] = [*builder.records, minister]
    records += _named([r for r in records if isinstance(r, Actor)])
    return records, builder.data


VERSIONS = fixture.build()[1]
RECORDS, DATA = _records()
MEMORY = MemoryLibrary(RECORDS, DATA)
STATEMENTS = [r for r in RECORDS if isinstance(r, Statement)]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = request.getfixturevalue("database") if request.param == "postgresql" else None
    with Store(tmp_path / "record", database=address) as opened:
        keep(opened, [r for r in RECORDS if not isinstance(r, Statement)], DATA)
        said = Result("k", "f" * 32, "done", "", tuple(STATEMENTS))
        opened.commit(SAYING, [said])
        yield opened


ARTICLE = VERSIONS["courier"].article_id
FILTERS = {
    "everything": (Filter(), 7),
    "story": (Filter(story=fixture.STORY), 7),
    "no such story": (Filter(story="sto-none"), 0),
    "article": (Filter(article=ARTICLE), 2),
    "speaker": (Filter(speaker="act-voss"), 2),
    "speaker that is no actor": (Filter(speaker="name:a spokesman for Irena Voss"), 2),
    "speaker unknown": (Filter(speaker="unknown"), 1),
    "words of the name": (Filter(name="VOSS"), 4),
    "addressee": (Filter(addressee="act-voss"), 1),
    "addressee that is no actor": (Filter(addressee="name:reporters"), 1),
    "outlet": (Filter(outlet="Harbour Courier"), 2),
    "outlet unknown": (Filter(outlet="unknown"), 1),
    "acts": (Filter(acts=("deny", "refuse")), 3),
    "manner": (Filter(manner="indirect"), 2),
    "on a condition": (Filter(condition="yes"), 2),
    "without": (Filter(condition="no"), 5),
    "words": (Filter(words="strait threatened"), 1),
    "words of a condition": (Filter(words="grain moves"), 1),
    "words together": (Filter(words='"threaten anyone"'), 1),
    "words not together": (Filter(words='"anyone threaten"'), 0),
    "the beginning of a word": (Filter(words="threat*"), 2),
    "a piece of a word": (Filter(words="hreat"), 0),
    "a possessive": (Filter(words="marovia"), 1),
    "signs that databases read": (Filter(words="th_ll % mar*"), 0),
    "since": (Filter(since="2031-05-11"), 2),
    "until": (Filter(until="2031-05-10"), 2),
    "one day": (Filter(since="2031-05-11", until="2031-05-11"), 2),
    "what others said of them": (Filter(about="act-minister"), 1),
    "nobody names them": (Filter(about="act-berg"), 0),
    "newest": (Filter(sort="newest"), 7),
    "by speaker": (Filter(sort="speaker"), 7),
    "several": (Filter(speaker="act-voss", acts=("threaten",), words="ship", condition="yes"), 1),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_gives_the_same_on_disk_and_in_memory(store: Store, name: str) -> None:
    wanted, number = FILTERS[name]
    found = store.statements(wanted, 100)
    assert len(found) == number
    assert found == list(MEMORY.statements(wanted, 100))
    counted = store.statement_counts(wanted)
    assert counted.total == number
    assert counted == MEMORY.statement_counts(wanted)


def test_the_order_is_that_of_saying_and_what_is_unknown_comes_last(store: Store) -> None:
    said = {s.id: s.said for s in STATEMENTS}
    for sort, unknown in (("said", 3), ("newest", 3)):
        found = [said[i].earliest for i in store.statements(Filter(sort=sort), 100)]
        assert found[-unknown:] == [None] * unknown
        days = [day for day in found[:-unknown] if day]
        assert days == sorted(days, reverse=sort == "newest") and len(days) == 4
    speakers = {s.id: s.speaker.name if s.speaker else "~" for s in STATEMENTS}
    by_name = [speakers[i].casefold() for i in store.statements(Filter(sort="speaker"), 100)]
    assert by_name == sorted(by_name)


def test_pages_of_the_list_fit_together(store: Store) -> None:
    for sort in ("said", "newest", "speaker"):
        wanted = Filter(sort=sort)
        one_by_one = [i for n in range(8) for i in store.statements(wanted, 1, n)]
        assert one_by_one == store.statements(wanted, 100)


def test_a_count_is_of_what_the_other_fields_leave(store: Store) -> None:
    counted = store.statement_counts(Filter(acts=("deny",), outlet="Lowmark Today"))
    assert counted.total == 1
    assert {c.value: c.number for c in counted.acts} == {"assert": 1, "deny": 1}
    assert {c.name: c.number for c in counted.outlets} == {"Eastmere Post": 1, "Lowmark Today": 1}
    assert [(c.name, c.number) for c in counted.speakers] == [("a spokesman for Irena Voss", 1)]


def test_rows_go_with_their_statements(store: Store) -> None:
    store.withdraw(SAYING, ["k"])
    assert store.statements(Filter(), 10) == []
    assert store.statement_counts(Filter()).speakers == ()
    again = Result("k", "e" * 32, "done", "", tuple(STATEMENTS[:2]))
    store.commit(SAYING, [again])
    assert sorted(store.statements(Filter(), 10)) == sorted(s.id for s in STATEMENTS[:2])


@pytest.mark.parametrize("field", ["story", "speaker", "name", "about", "outlet", "words"])
def test_words_that_no_database_takes_are_looked_for_in_vain(store: Store, field: str) -> None:
    wanted = Filter(**{field: "\x00\ud800 odd"})
    assert store.statements(wanted, 10) == [] and store.statement_counts(wanted).total == 0


def test_names_that_no_database_takes_are_kept(store: Store) -> None:
    odd = structs.replace(STATEMENTS[0], id="stm-odd")
    assert odd.speaker is not None
    odd = structs.replace(odd, speaker=structs.replace(odd.speaker, actor_id=None, name="\x00 Mox"))
    store.commit(SAYING, [Result("odd", "d" * 32, "done", "", (odd,))])
    assert store.statements(Filter(speaker="name:\x00 Mox"), 10) == ["stm-odd"]


@pytest.mark.parametrize("revision", ["0007", "0008"])
def test_an_older_record_gets_its_rows_when_it_is_opened(tmp_path: Path, revision: str) -> None:
    filters = [Filter(), Filter(about="act-minister"), Filter(outlet="Harbour Courier")]
    with Store(tmp_path / "new") as made:
        keep(made, RECORDS, DATA)
        expected = [made.statements(wanted, 100) for wanted in filters]
    assert [len(found) for found in expected] == [7, 1, 2]
    connection = at_revision(tmp_path / "old", revision)
    connection.execute("attach ? as new", (str(tmp_path / "new" / "record.db"),))
    for name in ("articles", "versions", "mentions", "actor_links", "statements"):
        columns = ", ".join(row[1] for row in connection.execute(f"pragma table_info({name})"))
        connection.execute(f"insert into main.{name} ({columns}) select {columns} from new.{name}")
    connection.commit()
    connection.close()
    with Store(tmp_path / "old", create=False) as opened:
        assert [opened.statements(wanted, 100) for wanted in filters] == expected


def test_rows_made_by_other_rules_are_made_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "r") as made:
        keep(made, RECORDS, DATA)
        expected = made.statements(Filter(), 100)
    connection = sqlite3.connect(tmp_path / "r" / "record.db")
    connection.execute("update sayings set said = '~', words = ''")
    connection.execute("update meta set value = '0' where name = 'sayings'")
    connection.commit()
    connection.close()
    with Store(tmp_path / "r", create=False) as opened:
        assert opened.statements(Filter(), 100) == expected
        assert len(opened.statements(Filter(words="grain moves"), 9)) == 1


def test_what_is_known_to_the_day_comes_before_what_is_known_less_well() -> None:
    day = "2031-05-10"
    in_order = [
        Bounds(earliest="2031-05-09", latest="2031-05-20"),
        Bounds(earliest=day, latest=day),
        Bounds(earliest=f"{day}T09:00:00+02:00", latest=f"{day}T09:00:00+02:00"),
        Bounds(earliest=f"{day}T08:00:00+00:00", latest=f"{day}T08:00:00+00:00"),
        Bounds(earliest=day, latest="2031-05-12"),
        Bounds(earliest=day),
        Bounds(latest=day),
        Bounds(latest=f"{day}T23:00:00-02:00"),
        Bounds(earliest="2031-05-11", latest="2031-05-11"),
        Bounds(),
    ]
    keys = [said_key(bounds) for bounds in in_order]
    assert all(a < b for a, b in pairwise(keys))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.data())
def test_every_word_of_a_text_finds_it(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    found = spaced(text).split()
    if not found:
        return
    word = data.draw(st.sampled_from(found))
    assert all(w in spaced(text) for w in looked_for(word))
    start = word[: data.draw(st.integers(1, len(word)))]
    assert all(w in spaced(text) for w in looked_for(f"{start}*"))
    assert not any(w in spaced("") for w in looked_for(word))


def test_a_filter_without_a_word_asks_for_nothing() -> None:
    assert looked_for("“ ” * - …") == []
    assert replace(Filter(), words="*") != Filter() and looked_for("*") == []


def test_two_programs_may_open_an_older_record_at_once(database: str, tmp_path: Path) -> None:
    with Store(tmp_path / "r", database=database) as made:
        keep(made, RECORDS, DATA)
        expected = made.statements(Filter(), 100)
        with made.engine.begin() as connection:
            connection.execute(update(meta).where(meta.c.name == "sayings").values(value="0"))

    def opened(_: int) -> list[str]:
        with Store(tmp_path / "r", database=database) as store:
            return store.statements(Filter(), 100)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(opened, range(4))) == [expected] * 4

"""The latest edits, listed from a record on disk, in PostgreSQL and in memory: the same everywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from msgspec import structs
from sqlalchemy import create_engine
from tests.store.editing import CHANGES, STAGE, check, keep, report, several

from onrecord.publish.library import MemoryLibrary
from onrecord.records import Article, Story
from onrecord.run.engine import Result
from onrecord.store import migrate
from onrecord.store.edits import Filter, moment_of
from onrecord.store.record import Store

RECORDS, DATA = several()
MEMORY = MemoryLibrary(RECORDS, DATA)
STORY = next(r for r in RECORDS if isinstance(r, Story))
HARBOUR = STORY.articles[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = request.getfixturevalue("database") if request.param == "postgresql" else None
    with Store(tmp_path / "record", database=address) as opened:
        keep(opened, RECORDS, DATA)
        yield opened


def test_the_newest_comes_first_and_an_unknown_time_last(store: Store) -> None:
    found = store.edits(Filter(), 100)
    assert [(r.kind, r.moment[:16], r.labels[0]) for r in found] == [
        ("returned", "2031-03-18T09:00", "returned"),
        ("removed", "2031-03-17T09:00", "removed"),
        ("change", "2031-03-16T08:00", "headline"),
        ("change", "2031-03-15T01:30", "number"),
        ("change", "", "wording"),
    ]


FILTERS = {
    "everything": (Filter(also=("first", "minor")), 9),
    "first seen": (Filter(labels=("first",)), 3),
    "looks": (Filter(labels=("cosmetic",)), 2),
    "looks too": (Filter(also=("minor",)), 6),
    "a label and first sights": (Filter(labels=("number",), also=("first",)), 4),
    "outlet": (Filter(source="Tern Post"), 4),
    "host": (Filter(source="gull.example"), 1),
    "no such source": (Filter(source="Heron Weekly"), 0),
    "article": (Filter(article=HARBOUR), 2),
    "story": (Filter(story=STORY.id), 3),
    "no such story": (Filter(story="sto-none"), 0),
    "labels": (Filter(labels=("number", "headline")), 2),
    "words of the text": (Filter(words="castle mended"), 2),
    "words of an older version": (Filter(words="12 crossings"), 2),
    "words not in one passage": (Filter(words="castle crossings"), 0),
    "since": (Filter(since="2031-03-16"), 3),
    "until, the day counted in UTC": (Filter(until="2031-03-15"), 1),
    "one day": (Filter(since="2031-03-17", until="2031-03-17"), 1),
    "the most significant": (Filter(least=1000), 1),
    "several": (
        Filter(source="tern.example", labels=("headline", "removed"), since="2031-03-16"),
        2,
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_gives_the_same_on_disk_and_in_memory(store: Store, name: str) -> None:
    wanted, number = FILTERS[name]
    found = store.edits(wanted, 100)
    assert len(found) == number
    assert found == list(MEMORY.edits(wanted, 100))
    counted = store.edit_counts(wanted)
    assert counted.total == number
    twin = MEMORY.edit_counts(wanted)
    assert (counted.labels, counted.outlets) == (dict(twin.labels), dict(twin.outlets))


def test_pages_of_the_list_fit_together(store: Store) -> None:
    everything = Filter(also=("first", "minor"))
    one_by_one = [row for n in range(10) for row in store.edits(everything, 1, n)]
    assert one_by_one == store.edits(everything, 100)


def test_a_hook_is_shown_what_it_was_not_told_of(store: Store) -> None:
    first, *others = store.edits(Filter(), 100, untold="hook")
    store.tell("hook", [first.id])
    assert store.edits(Filter(), 100, untold="hook") == others
    assert store.edits(Filter(), 100, untold="another") == [first, *others]


def test_rows_go_with_the_changes_they_were_made_of(store: Store) -> None:
    store.withdraw(CHANGES, ["k"])
    assert {r.kind for r in store.edits(Filter(also=("first", "minor")), 100)} == {
        "first",
        "removed",
        "returned",
    }
    store.withdraw(STAGE, ["k"])
    assert [r.kind for r in store.edits(Filter(also=("first", "minor")), 9)] == [
        "returned",
        "removed",
    ]


def test_other_reports_change_no_row(store: Store) -> None:
    before = store.edits(Filter(), 100)
    more = report(
        "https://heron.example/1",
        "Heron Weekly",
        ("2031-01-01T00:00:00+00:00", "Fair opens\n\nThe fair of Sandvik opens."),
        ("2031-01-02T00:00:00+00:00", "Fair opens\n\nThe fair of Sandvik opened."),
    )
    keep(store, more.records, more.data, "more")
    after = store.edits(Filter(), 100)
    assert len(after) == len(before) + 1
    assert [r for r in after if r in before] == before


@pytest.mark.parametrize("field", ["article", "story", "source", "words"])
def test_words_that_no_database_takes_are_looked_for_in_vain(store: Store, field: str) -> None:
    wanted = Filter(**{field: "\x00\ud800 odd"})
    assert store.edits(wanted, 10) == [] and store.edit_counts(wanted).total == 0


def test_an_outlet_that_is_known_later_is_the_one_of_earlier_edits(store: Store) -> None:
    article = next(r for r in RECORDS if isinstance(r, Article) and r.outlet is None)
    again = replace(STAGE, writes=(Article,))
    store.withdraw(again, ["k"])
    assert store.edit_counts(Filter()).outlets == {"Tern Post": 4, None: 1}
    named = structs.replace(article, outlet="Gull")
    store.commit(again, [Result("k", "f", "done", "", (named,))])
    assert store.edit_counts(Filter()).outlets == {"Tern Post": 4, "Gull": 1}
    assert [r.article_id for r in store.edits(Filter(source="Gull"), 10)] == [article.id]


def test_a_feed_that_is_gone_is_no_edit(tmp_path: Path) -> None:
    article = next(r for r in RECORDS if r.id == HARBOUR)
    gone = check(article, "2031-04-01T00:00:00+00:00", "removed")  # type: ignore[arg-type]
    with Store(tmp_path) as opened:
        opened.checked(type(gone)(**{**_fields(gone), "article_id": None}), ())
        assert opened.edits(Filter(), 10) == []


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}  # type: ignore[attr-defined]


def at_revision(folder: Path, revision: str) -> sqlite3.Connection:
    """An empty record as a program of that revision made it."""
    folder.mkdir()
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{folder / 'record.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    return sqlite3.connect(folder / "record.db")


def test_an_older_record_gets_its_rows_when_it_is_opened(tmp_path: Path) -> None:
    everything = Filter(also=("first", "minor"))
    with Store(tmp_path / "new") as made:
        keep(made, RECORDS, DATA)
        expected = made.edits(everything, 100)
    connection = at_revision(tmp_path / "old", "0004")
    connection.execute("attach ? as new", (str(tmp_path / "new" / "record.db"),))
    for name in ("articles", "versions", "changes", "checks"):
        columns = ", ".join(row[1] for row in connection.execute(f"pragma table_info({name})"))
        copied = f"select {columns} from new.{name}"
        connection.execute(f"insert into main.{name} ({columns}) {copied}")
    connection.commit()
    connection.close()
    with Store(tmp_path / "old", create=False) as opened:
        assert opened.edits(everything, 100) == expected
        assert len(opened.edits(Filter(source="Tern Post"), 100)) == 4


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2031-03-14T23:30:00-02:00", "2031-03-15T01:30:00+00:00"),
        ("2031-03-14", "2031-03-14T00:00:00+00:00"),
        (None, ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("9999-12-31T23:59:59-12:00", ""),
    ],
)
def test_times_are_ordered_in_utc(written: str | None, moment: str) -> None:
    assert moment_of(written) == moment

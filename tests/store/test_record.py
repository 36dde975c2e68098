"""The record on disk and in PostgreSQL: one test body for both."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest
from msgspec import structs
from sqlalchemy import Connection, event, inspect
from sqlalchemy.exc import IntegrityError

from onrecord.errors import RecordBusy, RecordDamaged, UsageError
from onrecord.records import Block, Capture, Check, Given, Hop, Memento, Version, Watch
from onrecord.run.checking import watch_id
from onrecord.run.engine import Result
from onrecord.run.memory import capture_of
from onrecord.stage import Stage
from onrecord.store.record import Store
from onrecord.store.tables import metadata

Open = Callable[[], Store]
TEXT = "Harbour talks end\n\nThe ferry line, Brenholm's oldest, said nul \x00 and naïve words stay."


def _version(text: str = TEXT) -> Version:
    cut = text.index("\n\n")
    blocks = (
        Block(kind="title", start=0, end=cut, capture_start=0, capture_end=cut),
        Block(
            kind="paragraph",
            start=cut + 2,
            end=len(text),
            capture_start=cut + 2,
            capture_end=len(text),
        ),
    )
    return Version(
        id="ver-1",
        article_id="art-1",
        capture_id="cap-1",
        number=1,
        seen_at=None,
        text=text,
        blocks=blocks,
        left_out=(),
        segments=((0, cut, 0, cut), (cut + 2, len(text), cut + 2, len(text))),
        language="en",
        decoder="utf-8",
        sha256="0" * 64,
    )


STAGE = Stage("articles", 1, lambda group, options, resources: (), each=Capture, writes=(Version,))


def _done(*versions: Version, key: str = "k") -> list[Result]:
    return [Result(key, "f", "done", "", versions)]


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    address = request.getfixturevalue("database") if request.param == "postgresql" else None
    stores: list[Store] = []

    def again() -> Store:
        stores.append(Store(tmp_path / "record", database=address))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


def test_migrations_make_the_tables_that_the_code_expects(opened: Open) -> None:
    store = opened()
    found = inspect(store.engine)
    made = {name: {c["name"] for c in found.get_columns(name)} for name in found.get_table_names()}
    for table in metadata.tables.values():
        assert made[table.name] == {c.name for c in table.columns}
        assert {i["name"] for i in found.get_indexes(table.name)} >= {i.name for i in table.indexes}


def test_a_capture_is_kept_once_and_read_back_byte_for_byte(opened: Open) -> None:
    data = "naïve\r\n\x00tail".encode()
    capture = capture_of("a.txt", data, url="https://a.example/1?id=3")
    assert opened().add(capture, data) is True
    store = opened()
    assert store.add(capture, data) is False
    assert store.all(Capture) == (capture,)
    assert store.data(capture.sha256) == data
    assert store.source(capture.sha256, "utf-8") == "naïve\r\n\x00tail"


@pytest.mark.parametrize("first", [0, 1])
def test_what_two_addings_know_of_a_capture_is_joined_in_either_order(
    opened: Open, first: int
) -> None:
    notes = [
        capture_of("b/a.txt", b"text", url="https://a.example/1"),
        capture_of("a.txt", b"text", url="https://a.example/1", given=Given(outlet="Tern Post")),
    ]
    store = opened()
    for capture in (notes[first], notes[1 - first]):
        store.add(capture, b"text")
    (kept,) = store.all(Capture)
    assert (kept.path, kept.given.outlet) == ("a.txt", "Tern Post")


@pytest.mark.parametrize("first", [0, 1])
def test_what_a_fetch_and_an_archive_know_of_a_capture_is_joined_in_either_order(
    opened: Open, first: int
) -> None:
    plain = capture_of("a.txt", b"text", url="https://a.example/1")
    hop = Hop(url="https://a.example/old", status=301)
    notes = [
        msgspec.structs.replace(plain, headers={"etag": '"b"'}, redirects=(hop,)),
        msgspec.structs.replace(
            plain,
            headers={"date": "Fri, 14 Mar 2031 10:00:00 GMT"},
            memento=Memento(address="https://archive.example/1", form="raw"),
        ),
    ]
    store = opened()
    for capture in (notes[first], notes[1 - first]):
        store.add(capture, b"text")
    (kept,) = store.all(Capture)
    assert kept.redirects == (hop,)
    assert kept.memento == notes[1].memento
    assert kept.headers == {"date": "Fri, 14 Mar 2031 10:00:00 GMT"}


def test_a_capture_of_an_older_record_opens_with_what_it_did_not_know_left_unknown(
    tmp_path: Path,
) -> None:
    capture = capture_of("a.txt", b"text")
    with Store(tmp_path) as store:
        store.add(capture, b"text")
    connection = sqlite3.connect(tmp_path / "record.db")
    (body,) = connection.execute("select body from captures").fetchone()
    row = json.loads(body)
    for name in ("redirects", "headers", "memento"):
        del row[name]
    connection.execute("update captures set body = ?", (json.dumps(row),))
    connection.commit()
    connection.close()
    with Store(tmp_path, create=False) as store:
        assert store.all(Capture) == (capture,)


def test_withdrawn_groups_leave_nothing_behind(opened: Open) -> None:
    store = opened()
    store.commit(STAGE, _done(_version()))
    assert store.count(Version) == 1
    assert store.search("ferry")
    store.withdraw(STAGE, ["k"])
    assert store.count(Version) == 0
    assert store.search("ferry") == []
    assert store.ledger("articles") == {}


def test_one_id_from_two_groups_is_refused_and_nothing_of_the_batch_is_kept(opened: Open) -> None:
    store = opened()
    with pytest.raises(RecordDamaged, match="gave one id twice"):
        store.commit(STAGE, _done(_version(), key="a") + _done(_version(), key="b"))
    assert store.count(Version) == 0
    assert store.ledger("articles") == {}


def test_search_finds_all_words_and_marks_them_in_the_versions_text(opened: Open) -> None:
    store = opened()
    store.commit(STAGE, _done(_version()))
    (hit,) = store.search('"ferry line" Brenholm')
    assert [TEXT[a:b] for a, b in hit.marks] == ["ferry line", "Brenholm"]
    assert store.search("ferry zeppelin") == []
    with pytest.raises(UsageError):
        store.search("  ")


def test_a_search_query_is_never_a_program(opened: Open) -> None:
    store = opened()
    store.commit(STAGE, _done(_version()))
    for query in (
        'ferry" OR "x',
        "ferry NOT line",
        "(ferry",
        "text:ferry",
        "*",
        "'; drop table passages; --",
    ):
        store.search(query)
    assert store.search("ferry")


def test_notices_list_what_could_not_be_used_once(opened: Open) -> None:
    store = opened()
    store.notice("x.bin", "x.bin: binary \x00")
    store.notice("x.bin", "x.bin: binary \x00")
    store.commit(STAGE, [Result("k", "f", "skipped", "language is de", ())])
    assert store.notices() == [
        ("add", "x.bin", "unusable", "x.bin: binary \\0"),
        ("articles", "k", "skipped", "language is de"),
    ]


def test_what_was_settled_of_an_archive_is_known_at_the_next_opening(opened: Open) -> None:
    addresses = [f"https://archive.example/{n}/\x00" for n in range(900)]
    store = opened()
    for address in addresses[::2]:
        store.settle(address, "an error")
    store.settle(addresses[0], "still an error")
    found = opened().settled(addresses)
    assert sorted(found) == sorted(addresses[::2])
    assert found[addresses[0]] == "still an error"


def test_notices_of_an_input_that_could_be_used_after_all_are_taken_back(opened: Open) -> None:
    store = opened()
    store.notice("https://a.example/1", "no answer")
    store.notice("https://a.example/2", "no answer")
    store.forget_notices("https://a.example/1")
    assert [subject for _, subject, _, _ in store.notices()] == ["https://a.example/2"]


def test_a_record_of_the_first_revision_is_brought_up_to_date(tmp_path: Path) -> None:
    capture = capture_of("a.txt", b"text")
    with Store(tmp_path) as store:
        store.add(capture, b"text")
    connection = sqlite3.connect(tmp_path / "record.db")
    for table in (
        "mementos",
        "repeated_lines",
        "watches",
        "checks",
        "told",
        "edits",
        "screenshots",
        *("judgements", "judged", "rulings"),
        *("sayings", "sayings_naming"),
        *("lines", "episode_reports"),
        *("figures", "sources", "named_sources", "attached"),
        "advice",
    ):
        connection.execute(f"drop table {table}")
    connection.execute("drop index ix_readings_site")
    connection.execute("alter table readings drop column site")
    connection.execute("alter table articles drop column outlet")
    connection.execute("update alembic_version set version_num = '0001'")
    connection.commit()
    connection.close()
    with Store(tmp_path, create=False) as store:
        assert store.all(Capture) == (capture,)
        assert store.settled(["https://archive.example/1"]) == {}


def test_a_record_works_after_being_moved(tmp_path: Path) -> None:
    capture = capture_of("a.txt", b"moved text")
    with Store(tmp_path / "here") as store:
        store.add(capture, b"moved text")
    shutil.move(tmp_path / "here", tmp_path / "there")
    with Store(tmp_path / "there", create=False) as store:
        assert store.data(store.all(Capture)[0].sha256) == b"moved text"


def test_a_folder_without_a_record_is_not_made_into_one_by_looking(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no record here"):
        Store(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_database_that_is_none_is_reported_as_damage(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_bytes(b"not a database at all" * 400)
    with pytest.raises(RecordDamaged, match=r"record\.db"):
        Store(tmp_path)


def test_a_record_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Store(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "record.db")
    connection.execute("update alembic_version set version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(UsageError, match="newer onrecord"):
        Store(tmp_path)


def test_the_database_is_in_wal_mode_so_that_readers_never_wait(tmp_path: Path) -> None:
    with Store(tmp_path) as store, store.engine.connect() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"


def _capture(name: str) -> tuple[Capture, bytes]:
    return capture_of(name, name.encode()), name.encode()


def test_a_record_that_is_locked_for_too_long_is_busy_and_then_goes_on(tmp_path: Path) -> None:
    with Store(tmp_path, patience=0.1) as store:
        other = sqlite3.connect(tmp_path / "record.db", isolation_level=None)
        other.execute("begin immediate")
        begun = time.monotonic()
        with pytest.raises(RecordBusy, match="database is locked"):
            store.add(*_capture("a.txt"))
        assert time.monotonic() - begun < 5
        assert store.all(Capture) == (), "readers do not wait"
        other.execute("rollback")
        other.close()
        assert store.add(*_capture("a.txt"))


def test_a_database_that_may_not_grow_is_busy_and_then_goes_on(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add(*_capture("a.txt"))
        pages = 0

        @event.listens_for(store.engine, "begin")
        def _limit(connection: Connection) -> None:
            connection.exec_driver_sql(f"pragma max_page_count={pages or 2**30}")

        with store.engine.connect() as connection:
            pages = int(connection.exec_driver_sql("pragma page_count").scalar_one())
        text = "All of it\n\n" + "and more of it. " * 20_000
        version = structs.replace(_version(text), id="ver-2", text=text)
        with pytest.raises(RecordBusy, match="full"):
            store.commit(STAGE, _done(version))
        pages = 0
        store.commit(STAGE, _done(version))
        assert store.count(Version) == 1 and store.count(Capture) == 1


WATCHED = "https://tern.example/1"
AT = "2031-03-14T10:00:00+00:00"


def _watch(url: str = WATCHED, due: str | None = AT) -> Watch:
    return Watch(id=watch_id(url), url=url, kind="page", added_at=AT, next_check=due)


def _check(watch: Watch, number: int, capture_id: str | None = None) -> Check:
    return Check(
        id=f"chk-{number}",
        watch_id=watch.id,
        article_id=None,
        url=watch.url,
        at=AT,
        outcome="first",
        status=200,
        capture_id=capture_id,
        basis="captured",
    )


def test_a_check_its_capture_and_its_watch_are_kept_together_or_not_at_all(opened: Open) -> None:
    store, watch = opened(), _watch()
    store.put_watches([watch])
    capture, data = _capture("a.txt")
    later = structs.replace(watch, checks=1, next_check=None, stopped="enough")
    store.checked(_check(watch, 1, capture.id), [later], capture, data)
    assert (store.all(Watch), store.count(Check), store.all(Capture)) == ((later,), 1, (capture,))
    other, other_data = _capture("b.txt")
    with pytest.raises(IntegrityError):
        store.checked(_check(watch, 1, other.id), [watch], other, other_data)
    assert (store.all(Watch), store.count(Check), store.all(Capture)) == ((later,), 1, (capture,))


def test_due_watches_come_longest_due_first_and_those_that_stopped_never(opened: Open) -> None:
    store = opened()
    times = [f"2031-03-14T1{n}:00:00+00:00" for n in (2, 0, 3, 1)]
    store.put_watches([_watch(f"{WATCHED}{n}", due) for n, due in enumerate([*times, None])])
    assert [w.next_check for w in store.due(times[0], 9)] == sorted(times)[:3]
    assert [w.next_check for w in store.due(times[0], 2)] == sorted(times)[:2]
    assert store.due("2031-03-14T09:00:00+00:00", 9) == ()
    assert store.next_due() == min(times)
    store.put_watches([structs.replace(w, next_check=None) for w in store.all(Watch)])
    assert store.next_due() is None


def test_what_is_due_is_found_by_an_index(opened: Open) -> None:
    store = opened()
    if store.engine.dialect.name != "sqlite":
        pytest.skip("a small table is read whole by PostgreSQL, and rightly")
    queries = (
        "select body from watches where next_check <= 'x' order by next_check, id limit 9",
        "select min(next_check) from watches",
        "select body from watches where article_id = 'x'",
    )
    with store.engine.connect() as connection:
        for query in queries:
            plan = connection.exec_driver_sql(f"explain query plan {query}").all()
            assert "USING INDEX" in str(plan) or "USING COVERING INDEX" in str(plan), plan


def test_a_server_that_ended_its_connections_is_asked_again(
    database: str, postgres: str, tmp_path: Path
) -> None:
    with Store(tmp_path, database=database) as store:
        store.add(*_capture("a.txt"))
        with psycopg.connect(f"{postgres}/postgres", autocommit=True) as server:
            name = database.rpartition("/")[2]
            server.execute(b"select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])  # fmt: skip
            assert store.add(*_capture("b.txt")), "a connection that was lost is made anew"
            server.execute(f"alter database {name} allow_connections false".encode())
            server.execute(b"select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])  # fmt: skip
            with pytest.raises(RecordBusy, match="not currently accepting connections"):
                store.add(*_capture("c.txt"))
            server.execute(f"alter database {name} allow_connections true".encode())
        assert store.add(*_capture("c.txt"))
        with store.engine.connect() as mine, psycopg.connect(database, autocommit=True) as server:
            backend = mine.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
            server.execute("select pg_terminate_backend(%s)", [backend])
            with pytest.raises(RecordBusy, match="terminating connection"), store._reporting():
                mine.exec_driver_sql("select 1")


FIRST_READ = """
import sys, threading
from onrecord.records import Capture, encode
from onrecord.run.memory import capture_of
import msgspec
body, together = encode(capture_of("a", b"x")), threading.Barrier(8)
sys.setswitchinterval(1e-6)
def read():
    together.wait()
    msgspec.json.decode(body, type=Capture)
threads = [threading.Thread(target=read) for _ in range(8)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
"""


def test_threads_that_read_their_first_record_at_once_do_not_crash_the_process() -> None:
    """Measured without the types worked out beforehand: one process in seven ends by a fault."""
    for _ in range(6):
        assert subprocess.run([sys.executable, "-c", FIRST_READ], check=False).returncode == 0

"""A record: one folder with `record.db` and `captures/`, or the same tables in PostgreSQL."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, IntegrityError, InternalError, OperationalError

from onrecord.errors import RecordBusy, RecordDamaged, UsageError
from onrecord.records import (
    SCHEMA_VERSION,
    Advice,
    Article,
    Capture,
    Change,
    Check,
    Judgement,
    Record,
    Screenshot,
    Statement,
    Story,
    Version,
    Watch,
    encode,
)
from onrecord.stage import Stage
from onrecord.store import edits, judgements, sayings, search
from onrecord.store.captures import CaptureFiles
from onrecord.store.edits import Counts, Filter, Row
from onrecord.store.merging import merged
from onrecord.store.migrate import upgrade
from onrecord.store.pictures import PictureFiles
from onrecord.store.tables import BY_KIND, columns_of, ledger, mementos, meta, notices, told
from onrecord.store.tables import clean as _clean

R = TypeVar("R", bound=Record)
CHUNK = 400
"""Ids in one query: below SQLite's limit of 999 variables of older builds."""

_NOT_NOW = re.compile(
    r"database is locked|database table is locked|disk is full|disk I/O error|no space left|readonly"
    r"|unable to open database file|could not (?:connect|extend|write|receive|send)"
    r"|connection (?:failed|refused|timeout|to server)|server closed the connection"
    r"|connection (?:is|has been) (?:closed|lost)|terminating connection|consuming input failed"
    r"|too many (?:clients|connections)|lock timeout|deadlock|starting up|shutting down|read-only"
    r"|out of memory|connection not open|not accepting connections|recovery mode",
    re.IGNORECASE,
)
"""What SQLite and PostgreSQL say when it is not the record that is wrong but the moment."""


class Worked(Protocol):
    """A worked group, as run.engine.Result has it."""

    @property
    def key(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def records(self) -> tuple[Record, ...]: ...


PATIENCE = 60.0
"""Seconds that a database locked by another program is waited for."""


def _engine(folder: Path, database: str | None, patience: float) -> Engine:
    if database:
        if database.startswith("postgres://"):
            database = "postgresql://" + database.removeprefix("postgres://")
        if database.startswith("postgresql://"):
            database = "postgresql+psycopg://" + database.removeprefix("postgresql://")
        try:
            # a server that was restarted has closed the connections at hand: they are tried first
            return create_engine(database, pool_pre_ping=True)
        except Exception as error:
            raise UsageError("cannot use this database", where=database, why=str(error)) from error
    engine = create_engine(f"sqlite:///{folder / 'record.db'}", connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA busy_timeout={int(1000 * patience)}")
        cursor.close()

    return engine


class Store:
    """An open record. A shelf for the engine, a library for pages, and where captures are added.

    Opening brings the tables up to date; with `create=False` a folder without a record raises
    UsageError. A database that cannot be read raises RecordDamaged; one that another program keeps
    locked for longer than `patience` seconds, or that there is no room for, RecordBusy.
    """

    def __init__(
        self,
        folder: Path,
        *,
        database: str | None = None,
        create: bool = True,
        patience: float = PATIENCE,
    ) -> None:
        self.folder = folder
        if not create and not database and not (folder / "record.db").is_file():
            raise UsageError(
                "there is no record here",
                where=str(folder),
                do="add captures first, or name one with --record",
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                "cannot make the record's folder", where=str(folder), why=str(error.strerror)
            ) from error
        self.captures = CaptureFiles(folder / "captures")
        self.pictures = PictureFiles(folder / "screenshots")
        self.engine = _engine(folder, database, patience)
        with self._reporting(), self.engine.begin() as connection:
            upgrade(connection)
            self._check_schema(connection)
            sayings.refresh(connection)

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            reason = str(error.orig).splitlines()[0] if error.orig else str(error)
            if isinstance(error, OperationalError | InternalError) and _NOT_NOW.search(reason):
                raise RecordBusy(
                    "the record cannot be written to now",
                    where=str(self.folder),
                    why=reason,
                    do="nothing recorded is lost; make room or let the other program finish",
                ) from error
            raise RecordDamaged(
                "the record's database cannot be read",
                where=str(self.folder / "record.db")
                if self.engine.dialect.name == "sqlite"
                else "database",
                why=reason,
                do="restore it from a copy, or build a new record from captures/",
            ) from error

    def _check_schema(self, connection: Connection) -> None:
        found = connection.execute(
            select(meta.c.value).where(meta.c.name == "schema_version")
        ).scalar()
        if found is None:
            connection.execute(
                insert(meta).values(name="schema_version", value=str(SCHEMA_VERSION))
            )
        elif int(found) > SCHEMA_VERSION:
            raise UsageError(
                f"this record has schema version {found}",
                why=f"this onrecord knows {SCHEMA_VERSION}",
                do="upgrade onrecord",
            )

    # ------------------------------------------------------------------ what is added

    def add(self, capture: Capture, data: bytes, text: str | None = None) -> bool:
        """Stores a capture and its bytes, and the text that a derived decoder gave for them. False if
        it was there already; what a second adding knows beside the first is then joined to it."""
        self.captures.put(data)
        with self._reporting(), self.engine.begin() as connection:
            return self._add(connection, capture, text)

    def _add(self, connection: Connection, capture: Capture, text: str | None) -> bool:
        table = BY_KIND[Capture]
        body = connection.execute(select(table.c.body).where(table.c.id == capture.id)).scalar()
        known = msgspec.json.decode(body, type=Capture) if body is not None else capture
        if text is not None and known.decoder == capture.decoder:
            self.captures.put_text(capture.sha256, capture.decoder, text)
        if body is None:
            connection.execute(insert(table).values(**_row(capture, "add", capture.id)))
            return True
        joined = merged(known, capture)
        row = _row(joined, "add", capture.id)
        if row["body"] != body:
            connection.execute(update(table).where(table.c.id == capture.id).values(**row))
        return False

    def notice(self, source: str, line: str) -> None:
        """Keeps one line about an input that could not be used; the same line once."""
        identity = hashlib.sha256(f"{source}\n{line}".encode("utf-8", "replace")).hexdigest()
        with self._reporting(), self.engine.begin() as connection:
            if not connection.execute(select(notices.c.id).where(notices.c.id == identity)).first():
                connection.execute(
                    insert(notices).values(id=identity, input=_clean(source), line=_clean(line))
                )

    def forget_notices(self, source: str) -> None:
        """Takes back the notices about an input that could be used after all."""
        with self._reporting(), self.engine.begin() as connection:
            connection.execute(delete(notices).where(notices.c.input == _clean(source)))

    def settle(self, address: str, note: str) -> None:
        """Keeps that a capture of a web archive need not be asked for again, and why."""
        identity = _address_id(address)
        values = {"address": _clean(address), "note": _clean(note)}
        with self._reporting(), self.engine.begin() as connection:
            known = mementos.c.id == identity
            if not connection.execute(update(mementos).where(known).values(**values)).rowcount:
                connection.execute(insert(mementos).values(id=identity, **values))

    def settled(self, addresses: Sequence[str]) -> dict[str, str]:
        """Of these addresses those that were settled, and why."""
        by_id = {_address_id(address): address for address in addresses}
        ids = sorted(by_id)
        found: dict[str, str] = {}
        with self._reporting(), self.engine.connect() as connection:
            for low in range(0, len(ids), CHUNK):
                query = select(mementos.c.id, mementos.c.note).where(
                    mementos.c.id.in_(ids[low : low + CHUNK])
                )
                found |= {by_id[row[0]]: str(row[1]) for row in connection.execute(query)}
        return found

    def add_screenshot(self, taken: Screenshot, png: bytes) -> None:
        """Stores a screenshot and its picture; one that is there already stays as it is."""
        self.pictures.put(png)
        table = BY_KIND[Screenshot]
        with self._reporting(), self.engine.begin() as connection:
            if not connection.execute(select(table.c.id).where(table.c.id == taken.id)).first():
                row = _row(taken, "screenshot", taken.capture_id)
                connection.execute(insert(table).values(**row))

    def put_judgements(self, found: Sequence[Judgement]) -> judgements.Put:
        """Joins judgements with those that are there, all or nothing; adding one again changes nothing."""
        with self._reporting():
            try:
                with self.engine.begin() as connection:
                    return judgements.put(connection, found, _row)
            except IntegrityError:  # another program added one of them at this moment
                with self.engine.begin() as connection:
                    return judgements.put(connection, found, _row)

    def put_advice(self, one: Advice) -> None:
        """Keeps a model's answer; one that is there already stays as it is."""
        table = BY_KIND[Advice]
        with self._reporting(), self.engine.begin() as connection:
            if not connection.execute(select(table.c.id).where(table.c.id == one.id)).first():
                connection.execute(insert(table).values(**_row(one, "adjudicate", one.id)))

    # ------------------------------------------------------------------ watching

    def checked(
        self,
        check: Check,
        watches: Sequence[Watch],
        capture: Capture | None = None,
        data: bytes = b"",
        text: str | None = None,
    ) -> None:
        """Keeps what a check gave, all or nothing: the check, the capture if there is a new one (its
        `data` and `text` as `add` takes them), and how the watches stand now. A watch that is not
        there yet is added."""
        if capture:
            self.captures.put(data)
        with self._reporting(), self.engine.begin() as connection:
            if capture:
                self._add(connection, capture, text)
            connection.execute(
                insert(BY_KIND[Check]).values(**_row(check, "watch", check.watch_id))
            )
            edits.add(connection, checks=[check])
            self._put_watches(connection, watches)

    def put_watches(self, watches: Sequence[Watch]) -> None:
        """Adds watches, or alters those that are there."""
        with self._reporting(), self.engine.begin() as connection:
            self._put_watches(connection, watches)

    @staticmethod
    def _put_watches(connection: Connection, watches: Sequence[Watch]) -> None:
        table = BY_KIND[Watch]
        for watch in watches:
            row = _row(watch, "watch", watch.id)
            known = table.c.id == watch.id
            if not connection.execute(update(table).where(known).values(**row)).rowcount:
                connection.execute(insert(table).values(**row))

    def due(self, until: str, limit: int) -> tuple[Watch, ...]:
        """The watches to be checked by then (UTC, whole seconds), those due longest first."""
        table = BY_KIND[Watch]
        query = (
            select(table.c.body)
            .where(table.c.next_check <= until)
            .order_by(table.c.next_check, table.c.id)
            .limit(limit)
        )
        with self._reporting(), self.engine.connect() as connection:
            return tuple(
                msgspec.json.decode(body, type=Watch) for (body,) in connection.execute(query)
            )

    def next_due(self) -> str | None:
        """When the next check of any watch is due; None if none ever is."""
        table = BY_KIND[Watch]
        with self._reporting(), self.engine.connect() as connection:
            return connection.execute(select(func.min(table.c.next_check))).scalar()

    def tell(self, hook: str, items: Sequence[str]) -> None:
        """Keeps that a hook was told of these changes or removals."""
        by_id = {_address_id(f"{hook}\n{item}"): item for item in items}
        ids = sorted(by_id)
        with self._reporting(), self.engine.begin() as connection:
            for low in range(0, len(ids), CHUNK):
                some = ids[low : low + CHUNK]
                known = set(connection.scalars(select(told.c.id).where(told.c.id.in_(some))))
                rows = [
                    {"id": i, "item": by_id[i], "hook": _clean(hook)}
                    for i in some
                    if i not in known
                ]
                if rows:
                    connection.execute(insert(told), rows)

    def was_told(self, hook: str, item: str) -> bool:
        """Whether a hook was told of a change or removal."""
        query = select(told.c.id).where(told.c.id == _address_id(f"{hook}\n{item}"))
        with self._reporting(), self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def told(self, hook: str) -> frozenset[str]:
        """Ids of the changes and removals that a hook was told of."""
        query = select(told.c.item).where(told.c.hook == _clean(hook))
        with self._reporting(), self.engine.connect() as connection:
            return frozenset(row[0] for row in connection.execute(query))

    # ------------------------------------------------------------------ shelf

    def index(
        self, kind: type[Record], fields: Sequence[str]
    ) -> list[tuple[str, str, Mapping[str, Any]]]:
        """(id, digest, values of the fields) of every record, ordered by id."""
        table = BY_KIND[kind]
        plain = [name for name in fields if name in table.c]
        nested = [name for name in fields if name not in table.c]
        columns = [table.c.id, table.c.digest, *(table.c[name] for name in plain)]
        if nested:
            columns.append(table.c.body)
        rows: list[tuple[str, str, Mapping[str, Any]]] = []
        with self._reporting(), self.engine.connect() as connection:
            for row in connection.execute(select(*columns)):
                values = dict(zip(plain, row[2:], strict=False))
                if nested:
                    record = msgspec.json.decode(row[-1], type=kind)
                    values |= {name: getattr(record, name) for name in nested}
                rows.append((row[0], row[1], values))
        return sorted(rows, key=lambda row: row[0])

    def load(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]:
        """The records of these ids, ordered by id."""
        wanted = sorted(ids)
        if not wanted:
            return ()
        table = BY_KIND[kind]
        query = select(table.c.body).where(table.c.id.in_(bindparam("ids", expanding=True)))
        decode = msgspec.json.Decoder(kind).decode
        found: list[R] = []
        with self._reporting(), self.engine.connect() as connection:
            for low in range(0, len(wanted), CHUNK):
                some = {"ids": wanted[low : low + CHUNK]}
                found.extend(map(decode, connection.scalars(query, some).all()))
        return tuple(sorted(found, key=lambda record: record.id))

    def ledger(self, stage: str) -> dict[str, tuple[str, str]]:
        """Group key -> (fingerprint, outcome)."""
        query = select(ledger.c.group_key, ledger.c.fingerprint, ledger.c.outcome).where(
            ledger.c.stage == stage
        )
        with self._reporting(), self.engine.connect() as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(query)}

    def withdraw(self, stage: Stage, keys: Sequence[str]) -> None:
        """Forgets groups: their records and ledger rows, in one transaction."""
        with self._reporting(), self.engine.begin() as connection:
            for low in range(0, len(keys), CHUNK):
                some = keys[low : low + CHUNK]
                for kind in stage.writes:
                    table = BY_KIND[kind]
                    which = (table.c.stage == stage.name) & table.c.group_key.in_(some)
                    if kind is Version:
                        gone = connection.execute(
                            select(table.c.id, table.c.article_id).where(which)
                        ).all()
                        search.remove(connection, [row[0] for row in gone])
                        edits.remove(connection, sorted({row[1] for row in gone}))
                    if kind is Change:
                        changes = connection.execute(select(table.c.id).where(which))
                        edits.remove(connection, [row[0] for row in changes])
                    if kind is Statement:
                        gone = connection.execute(select(table.c.id).where(which)).all()
                        sayings.remove(connection, [row[0] for row in gone])
                    connection.execute(delete(table).where(which))
                connection.execute(
                    delete(ledger).where(
                        (ledger.c.stage == stage.name) & ledger.c.group_key.in_(some)
                    )
                )

    def commit(self, stage: Stage, results: Sequence[Worked]) -> None:
        """Stores worked groups with their ledger rows, all or nothing.

        Raises RecordDamaged if two groups gave the same id: a stage's identity rule is then wrong.
        """
        rows: dict[type[Record], list[dict[str, Any]]] = defaultdict(list)
        for result in results:
            for record in result.records:
                rows[type(record)].append(_row(record, stage.name, result.key))
        with self._reporting(), self.engine.begin() as connection:
            try:
                for kind, some in rows.items():
                    connection.execute(insert(BY_KIND[kind]), some)
            except IntegrityError as error:
                raise RecordDamaged(
                    f"stage {stage.name} gave one id twice", why=str(error.orig)
                ) from error
            versions = [r for result in results for r in result.records if isinstance(r, Version)]
            changes = [r for result in results for r in result.records if isinstance(r, Change)]
            articles = [r for result in results for r in result.records if isinstance(r, Article)]
            search.add(connection, versions)
            edits.add(connection, changes, versions, articles=articles)
            said = [r for result in results for r in result.records if isinstance(r, Statement)]
            sayings.add(connection, said)
            done = [
                {
                    "stage": stage.name,
                    "group_key": result.key,
                    "fingerprint": result.fingerprint,
                    "outcome": result.outcome,
                    "note": _clean(result.note),
                }
                for result in results
            ]
            for low in range(0, len(done), CHUNK):
                keys = [row["group_key"] for row in done[low : low + CHUNK]]
                worked = (ledger.c.stage == stage.name) & ledger.c.group_key.in_(keys)
                connection.execute(delete(ledger).where(worked))
            if done:
                connection.execute(insert(ledger), done)

    # ------------------------------------------------------------------ library

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """All records of a kind, ordered by id."""
        return tuple(self.stream(kind))

    def stream(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind one after the other, ordered by id, without holding them all."""
        table = BY_KIND[kind]
        with self._reporting(), self.engine.connect() as connection:
            ids = sorted(i for (i,) in connection.execute(select(table.c.id)))
        for low in range(0, len(ids), CHUNK):
            yield from self.load(kind, ids[low : low + CHUNK])

    def get(self, kind: type[R], identity: str) -> R | None:
        """The record of this id, or None."""
        return next(iter(self.load(kind, [identity])), None)

    def by(self, kind: type[R], field: str, value: str) -> tuple[R, ...]:
        """The records whose column `field` (article_id, version_id, capture_id, story_id) is `value`."""
        table = BY_KIND[kind]
        with self._reporting(), self.engine.connect() as connection:
            rows = connection.execute(select(table.c.body).where(table.c[field] == value))
            found = [msgspec.json.decode(body, type=kind) for (body,) in rows]
        return tuple(sorted(found, key=lambda record: record.id))

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        with self._reporting(), self.engine.connect() as connection:
            return int(
                connection.execute(select(func.count()).select_from(BY_KIND[kind])).scalar_one()
            )

    def source(self, sha256: str, decoder: str) -> str:
        """The decoded capture."""
        return self.captures.text(sha256, decoder)

    def data(self, sha256: str) -> bytes:
        """A capture's raw bytes."""
        return self.captures.read(sha256)

    def picture(self, sha256: str) -> bytes:
        """A screenshot's PNG file."""
        return self.pictures.read(sha256)

    def notices(self) -> list[tuple[str, str, str, str]]:
        """(stage, subject, outcome, note) of what could not be used, was skipped or failed; ordered."""
        with self._reporting(), self.engine.connect() as connection:
            found = [
                ("add", r[0], "unusable", r[1])
                for r in connection.execute(select(notices.c.input, notices.c.line))
            ]
            query = select(ledger.c.stage, ledger.c.group_key, ledger.c.outcome, ledger.c.note)
            found += [
                (r[0], r[1], r[2], r[3])
                for r in connection.execute(query.where(ledger.c.outcome != "done"))
            ]
        return sorted(found)

    def search(self, query: str, limit: int = 20) -> list[search.Hit]:
        """Passages that hold the words of the query, best first. Raises UsageError for an empty one."""
        if not query.strip():
            raise UsageError("the query is empty")
        with self._reporting(), self.engine.connect() as connection:
            return search.find(connection, query, limit)

    def edits(
        self, wanted: Filter, limit: int, offset: int = 0, untold: str | None = None
    ) -> list[Row]:
        """The latest edits, newest first, unknown times last; of a story that is not there none.
        `untold`: only those that this hook was not told of."""
        wanted = _plain(wanted)
        story = self._articles_of(wanted.story)
        hook = None if untold is None else _clean(untold)
        with self._reporting(), self.engine.connect() as connection:
            return edits.find(connection, wanted, story, limit, offset, hook)

    def edit_counts(self, wanted: Filter) -> Counts:
        """How many edits there are, in all, with each label and of each outlet."""
        wanted = _plain(wanted)
        story = self._articles_of(wanted.story)
        with self._reporting(), self.engine.connect() as connection:
            return edits.count(connection, wanted, story)

    def statements(self, wanted: sayings.Filter, limit: int, offset: int = 0) -> list[str]:
        """Ids of statements in the order that the filter asks for; of a story that is not there none."""
        wanted = sayings.plain(wanted)
        story = self._articles_of(wanted.story)
        with self._reporting(), self.engine.connect() as connection:
            return sayings.find(connection, wanted, story, limit, offset)

    def statement_counts(self, wanted: sayings.Filter) -> sayings.Counts:
        """How many statements there are, in all and of each speaker, addressee, outlet, act, manner."""
        wanted = sayings.plain(wanted)
        story = self._articles_of(wanted.story)
        with self._reporting(), self.engine.connect() as connection:
            return sayings.count(connection, wanted, story)

    def _articles_of(self, story: str) -> tuple[str, ...]:
        found = self.get(Story, story) if story else None
        return found.articles if found else ()


def _address_id(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def _plain(wanted: Filter) -> Filter:
    """The filter with texts that every database takes."""
    return replace(
        wanted,
        article=_clean(wanted.article),
        story=_clean(wanted.story),
        source=_clean(wanted.source),
        words=_clean(wanted.words),
    )


def _row(record: Record, stage: str, group: str) -> dict[str, Any]:
    body = encode(record)
    values = {name: getattr(record, name) for name in columns_of(type(record))}
    return {
        "id": record.id,
        "digest": hashlib.sha256(body.encode()).hexdigest()[:16],
        "stage": stage,
        "group_key": group,
        "body": body,
        **{name: _clean(v) if isinstance(v, str) else v for name, v in values.items()},
    }

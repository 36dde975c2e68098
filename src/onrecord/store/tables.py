"""The tables, as SQLAlchemy Core: one a record type, and what the build and the search keep.

A record's row holds its canonical JSON (`body`), a digest of it, the stage and group that made it,
and the columns that other stages join on. JSON and times are text: PostgreSQL refuses NUL in its own
types, reorders jsonb and drops offsets of timestamptz. Sorting for output is done in Python.
"""

from __future__ import annotations

import functools

import msgspec
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text

from onrecord.records import TABLES, Article, Check, Record, Watch

metadata = MetaData()

COLUMNS = ("article_id", "version_id", "capture_id", "story_id", "language", "url", "path", "site")
"""Fields of a record that have a column of their own, where a record type has them."""

OWN: dict[type[Record], tuple[str, ...]] = {
    Article: ("outlet",),
    Watch: ("next_check",),
    Check: ("watch_id", "at"),
}
"""Columns of one record type alone."""

INDEXED = (
    *("article_id", "version_id", "capture_id", "story_id", "site"),
    *("next_check", "watch_id", "at"),
)


@functools.cache
def columns_of(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record type that have a column of their own."""
    fields = {field.name for field in msgspec.structs.fields(kind)}
    return (*(c for c in COLUMNS if c in fields), *OWN.get(kind, ()))


def _table(name: str, kind: type[Record]) -> Table:
    columns = columns_of(kind)
    table = Table(
        name,
        metadata,
        Column("id", String(64), primary_key=True),
        Column("digest", String(16), nullable=False),
        Column("stage", String(40), nullable=False),
        Column("group_key", String(80), nullable=False),
        Column("body", Text, nullable=False),
        *(Column(c, Text) for c in columns),
    )
    Index(f"ix_{name}_group", table.c.stage, table.c.group_key)
    for column in INDEXED:
        if column in columns:
            Index(f"ix_{name}_{column}", table.c[column])
    return table


BY_KIND: dict[type[Record], Table] = {kind: _table(name, kind) for name, kind in TABLES.items()}

ledger = Table(
    "ledger",
    metadata,
    Column("stage", String(40), primary_key=True),
    Column("group_key", String(80), primary_key=True),
    Column("fingerprint", String(32), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("note", Text, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("input", Text, nullable=False),
    Column("line", Text, nullable=False),
)
"""Inputs that could not be used, one line each."""

told = Table(
    "told",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("item", Text, nullable=False),
    Column("hook", Text, nullable=False),
)
"""Which hook was told of which change or removal, so that a watcher that starts again goes on."""
Index("ix_told_hook", told.c.hook, told.c.item)

edits = Table(
    "edits",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("article_id", String(64), nullable=False),
    Column("moment", Text, nullable=False),
    Column("labels", Text, nullable=False),
    Column("significance", Integer, nullable=False),
    Column("outlet", Text),
)
"""What pages of the latest edits list: a narrow row each, so that listing reads no text. See edits.py."""
Index("ix_edits_moment", edits.c.moment, edits.c.id)
Index("ix_edits_article_id", edits.c.article_id)

mementos = Table(
    "mementos",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("address", Text, nullable=False),
    Column("note", Text, nullable=False),
)
"""Captures of web archives that need not be asked for again: error pages, and what is held already."""

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("version_id", String(64), nullable=False),
    Column("article_id", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("text", Text, nullable=False),
)
"""Blocks of versions, for full-text search."""
Index("ix_passages_version", passages.c.version_id)

ORDERED = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared and sorted by code point in every database."""

sayings = Table(
    "sayings",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("article_id", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    *(
        Column(name, ORDERED, nullable=False)
        for name in (
            *("said", "first_day", "last_day"),
            *("speaker", "speaker_name", "speaker_words"),
            *("addressee", "addressee_name", "outlet", "act", "manner"),
        )
    ),
    Column("conditional", Integer, nullable=False),
    Column("words", Text, nullable=False),
)
"""What the ledger of statements lists: a narrow row each. See sayings.py."""
Index("ix_sayings_said", sayings.c.said, sayings.c.article_id, sayings.c.place, sayings.c.id)
for _column in ("article_id", "speaker", "addressee"):
    Index(f"ix_sayings_{_column}", sayings.c[_column])

sayings_naming = Table(
    "sayings_naming",
    metadata,
    Column("saying_id", String(64), primary_key=True),
    Column("actor_id", String(64), primary_key=True),
)
"""Which actors the words of a statement name."""
Index("ix_sayings_naming_actor_id", sayings_naming.c.actor_id)


def clean(text: str) -> str:
    """Text that every database takes: no NUL, no lone surrogates."""
    return text.replace("\x00", "\\0").encode("utf-8", "backslashreplace").decode()

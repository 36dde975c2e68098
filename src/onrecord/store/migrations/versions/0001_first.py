"""The first tables: one a record type, ledger, meta, notices, passages.

Frozen: a later change of store/tables.py gets a migration of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

RECORDS: dict[str, tuple[str, ...]] = {
    "captures": ("article_id", "url", "path"),
    "articles": ("language", "url", "path"),
    "versions": ("article_id", "capture_id", "language"),
    "changes": ("article_id",),
    "actors": (),
    "dates": ("article_id", "story_id"),
    "statements": ("article_id",),
    "events": ("story_id",),
    "reuse": (),
    "stories": (),
    "timeline": ("story_id",),
    "claims": ("story_id",),
    "commitments": ("story_id",),
    "readings": ("article_id", "capture_id", "language", "url"),
    "sentences": ("article_id", "version_id"),
    "mentions": ("article_id", "version_id"),
    "date_candidates": ("article_id", "version_id"),
    "statement_candidates": ("article_id", "version_id"),
    "event_candidates": ("article_id", "version_id"),
    "actor_links": ("article_id",),
}
INDEXED = ("article_id", "version_id", "capture_id", "story_id")


def upgrade() -> None:
    for name, columns in RECORDS.items():
        op.create_table(
            name,
            sa.Column("id", sa.String(64), primary_key=True),
            sa.Column("digest", sa.String(16), nullable=False),
            sa.Column("stage", sa.String(40), nullable=False),
            sa.Column("group_key", sa.String(80), nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            *(sa.Column(column, sa.Text) for column in columns),
        )
        op.create_index(f"ix_{name}_group", name, ["stage", "group_key"])
        for column in columns:
            if column in INDEXED:
                op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_table(
        "ledger",
        sa.Column("stage", sa.String(40), primary_key=True),
        sa.Column("group_key", sa.String(80), primary_key=True),
        sa.Column("fingerprint", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("input", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("version_id", sa.String(64), nullable=False),
        sa.Column("article_id", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_passages_version", "passages", ["version_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create virtual table passages_fts using fts5("
            "text, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
        )
    else:
        op.execute(
            "create index ix_passages_words on passages using gin (to_tsvector('simple', text))"
        )

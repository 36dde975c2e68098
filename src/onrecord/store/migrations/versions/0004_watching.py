"""Watched pages and feeds, what each check of them gave, and whom a hook was told of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

RECORDS: dict[str, tuple[str, ...]] = {
    "watches": ("article_id", "capture_id", "url", "next_check"),
    "checks": ("article_id", "capture_id", "url", "watch_id", "at"),
}


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
            if column != "url":
                op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_table(
        "told",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("hook", sa.Text, nullable=False),
    )

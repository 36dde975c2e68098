"""Primary sources that reports name, what was attached as one, and figures by outlet and time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

RECORDS: dict[str, tuple[str, ...]] = {
    "figures": ("article_id", "story_id"),
    "sources": ("article_id", "story_id"),
    "named_sources": ("article_id",),
    "attached": ("article_id", "capture_id"),
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
            op.create_index(f"ix_{name}_{column}", name, [column])

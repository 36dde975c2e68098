"""What a browser showed of pages when they were captured."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "screenshots",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("group_key", sa.String(80), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        *(sa.Column(column, sa.Text) for column in ("article_id", "capture_id", "url")),
    )
    op.create_index("ix_screenshots_group", "screenshots", ["stage", "group_key"])
    for column in ("article_id", "capture_id"):
        op.create_index(f"ix_screenshots_{column}", "screenshots", [column])

"""Readings know their site, and what a site repeats is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("readings", sa.Column("site", sa.Text))
    op.create_index("ix_readings_site", "readings", ["site"])
    op.create_table(
        "repeated_lines",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("group_key", sa.String(80), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("site", sa.Text),
    )
    op.create_index("ix_repeated_lines_group", "repeated_lines", ["stage", "group_key"])
    op.create_index("ix_repeated_lines_site", "repeated_lines", ["site"])

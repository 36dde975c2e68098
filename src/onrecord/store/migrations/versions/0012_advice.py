"""What a user's own endpoint answered about pairs of lines."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "advice",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("group_key", sa.String(80), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_advice_group", "advice", ["stage", "group_key"])

"""Statements have narrow rows of their own to be listed by; they are filled when the record is opened."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    ordered = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "sayings",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("article_id", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        *(
            sa.Column(name, ordered, nullable=False)
            for name in (
                *("said", "first_day", "last_day"),
                *("speaker", "speaker_name", "speaker_words"),
                *("addressee", "addressee_name", "outlet", "act", "manner"),
            )
        ),
        sa.Column("conditional", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_sayings_said", "sayings", ["said", "article_id", "place", "id"])
    for column in ("article_id", "speaker", "addressee"):
        op.create_index(f"ix_sayings_{column}", "sayings", [column])
    op.create_table(
        "sayings_naming",
        sa.Column("saying_id", sa.String(64), primary_key=True),
        sa.Column("actor_id", sa.String(64), primary_key=True),
    )
    op.create_index("ix_sayings_naming_actor_id", "sayings_naming", ["actor_id"])

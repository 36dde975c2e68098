"""Edits know their outlet, so that they are counted without looking articles up."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.drop_index("ix_articles_outlet", "articles")
    op.add_column("edits", sa.Column("outlet", sa.Text))
    edits = sa.table("edits", sa.column("article_id"), sa.column("outlet"))
    articles = sa.table("articles", sa.column("id"), sa.column("outlet"))
    outlet = (
        sa.select(articles.c.outlet).where(articles.c.id == edits.c.article_id).scalar_subquery()
    )
    op.execute(sa.update(edits).values(outlet=outlet))

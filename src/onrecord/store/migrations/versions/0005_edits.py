"""Edits have rows of their own to be listed by; articles are found by their outlet."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

AT_ONCE = 200
T = TypeVar("T", bound=msgspec.Struct)


class _Article(msgspec.Struct):
    outlet: str | None = None


class _Version(msgspec.Struct):
    article_id: str
    number: int
    seen_at: str | None = None


class _Change(msgspec.Struct):
    article_id: str
    to_version: str
    labels: tuple[str, ...]
    significance: int = 0


class _Check(msgspec.Struct):
    outcome: str
    at: str
    article_id: str | None = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("outlet", sa.Text))
    op.create_index("ix_articles_outlet", "articles", ["outlet"])
    op.create_index("ix_told_hook", "told", ["hook", "item"])
    edits = op.create_table(
        "edits",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("article_id", sa.String(64), nullable=False),
        sa.Column("moment", sa.Text, nullable=False),
        sa.Column("labels", sa.Text, nullable=False),
        sa.Column("significance", sa.Integer, nullable=False),
    )
    op.create_index("ix_edits_moment", "edits", ["moment", "id"])
    op.create_index("ix_edits_article_id", "edits", ["article_id"])
    connection = op.get_bind()
    articles = sa.table("articles", sa.column("id"), sa.column("outlet"))
    for identity, article in _rows(connection, "articles", _Article):
        if article.outlet is not None:
            connection.execute(
                sa.update(articles)
                .where(articles.c.id == identity)
                .values(outlet=_clean(article.outlet))
            )
    seen: dict[str, str] = {}
    rows: list[dict[str, str | int]] = []
    for identity, version in _rows(connection, "versions", _Version):
        seen[identity] = _moment(version.seen_at)
        if version.number == 1:
            owner = version.article_id
            rows.append(_row(owner, "first", owner, seen[identity], ("first",), 100))
    for identity, change in _rows(connection, "changes", _Change):
        at = seen.get(change.to_version, "")
        found = (change.article_id, at, change.labels, change.significance)
        rows.append(_row(identity, "change", *found))
    for identity, check in _rows(connection, "checks", _Check):
        if check.article_id and check.outcome in ("removed", "returned"):
            weight = 1000 if check.outcome == "removed" else 600
            found = (check.article_id, _moment(check.at), (check.outcome,), weight)
            rows.append(_row(identity, check.outcome, *found))
    if rows:
        connection.execute(sa.insert(edits), rows)


def _rows(connection: sa.Connection, name: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    table = sa.table(name, sa.column("id"), sa.column("body"))
    ids = [i for (i,) in connection.execute(sa.select(table.c.id))]
    for low in range(0, len(ids), AT_ONCE):
        some = sa.select(table).where(table.c.id.in_(ids[low : low + AT_ONCE]))
        for identity, body in connection.execute(some).all():
            yield identity, msgspec.json.decode(body, type=kind)


def _row(
    identity: str, kind: str, article: str, at: str, labels: tuple[str, ...], significance: int
) -> dict[str, str | int]:
    return {
        "id": identity,
        "kind": kind,
        "article_id": article,
        "moment": at,
        "labels": f",{','.join(labels)},",
        "significance": significance,
    }


def _moment(written: str | None) -> str:
    try:
        at = datetime.fromisoformat(written or "")
        at = at.replace(tzinfo=UTC) if "T" not in (written or "") else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return at.isoformat(timespec="seconds")


def _clean(text: str) -> str:
    return text.replace("\x00", "\\0").encode("utf-8", "backslashreplace").decode()

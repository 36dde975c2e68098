"""Full-text search over the blocks of versions: SQLite's FTS5, or PostgreSQL's tsvector."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, text

from onrecord.records import Version
from onrecord.store.tables import passages

CHUNK = 400


@dataclass(frozen=True)
class Hit:
    """A passage that was found: `start` and `end` index the version's text; `marks` are the ranges
    of the words found, in the same count."""

    version_id: str
    article_id: str
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


def add(connection: Connection, versions: Sequence[Version]) -> None:
    """Indexes the blocks of versions."""
    for version in versions:
        for block in version.blocks:
            words = version.text[block.start : block.end].replace("\x00", " ")
            row = connection.execute(
                insert(passages)
                .values(
                    version_id=version.id,
                    article_id=version.article_id,
                    start=block.start,
                    text=words,
                )
                .returning(passages.c.id)
            ).scalar_one()
            if connection.dialect.name == "sqlite":
                connection.execute(
                    text("insert into passages_fts(rowid, text) values (:row, :words)"),
                    {"row": row, "words": words},
                )


def remove(connection: Connection, versions: Sequence[str]) -> None:
    """Forgets the blocks of versions."""
    for low in range(0, len(versions), CHUNK):
        some = list(versions[low : low + CHUNK])
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    "insert into passages_fts(passages_fts, rowid, text) "
                    "select 'delete', id, text from passages where version_id in :some"
                ).bindparams(bindparam("some", expanding=True)),
                {"some": some},
            )
        connection.execute(delete(passages).where(passages.c.version_id.in_(some)))


def terms(query: str) -> list[str]:
    """The words of a query; what stands in double quotes stays together."""
    return [a or b for a, b in re.findall(r'"([^"]+)"|(\S+)', query)]


def find(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Passages with all the query's terms, best first (BM25, or ts_rank), ties by version and place."""
    wanted = [w for w in terms(query) if re.search(r"\w", w)]
    if not wanted:
        return []
    if connection.dialect.name == "sqlite":
        match = " ".join('"' + w.replace('"', '""') + '"' for w in wanted)
        rows = connection.execute(
            text(
                "select p.version_id, p.article_id, p.start, p.text from passages_fts f join passages p on p.id = f.rowid "
                "where passages_fts match :match order by round(bm25(passages_fts), 6), p.version_id, p.start limit :limit"
            ),
            {"match": match, "limit": limit},
        ).all()
    else:
        rows = connection.execute(
            text(
                "select version_id, article_id, start, text from passages "
                "where to_tsvector('simple', text) @@ plainto_tsquery('simple', :query) "
                "order by round(ts_rank(to_tsvector('simple', text), plainto_tsquery('simple', :query))::numeric, 6) desc, "
                "version_id, start limit :limit"
            ),
            {"query": " ".join(wanted), "limit": limit},
        ).all()
    return [
        Hit(v, a, start, start + len(words), words, _marks(words, start, wanted))
        for v, a, start, words in rows
    ]


def _marks(words: str, start: int, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for term in wanted:
        parts = re.findall(r"\w+", term)
        pattern = r"\W+".join(rf"\b{re.escape(p)}\b" for p in parts)
        found.extend(
            (start + m.start(), start + m.end()) for m in re.finditer(pattern, words, re.IGNORECASE)
        )
    return tuple(sorted(set(found)))

"""Full-text search over the blocks of versions: SQLite's FTS5, or PostgreSQL's tsvector."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, TextualSelect, bindparam, delete, insert, text

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


def _wanted(query: str) -> list[str]:
    return [w for w in terms(query) if re.search(r"\w", w)]


def _match(wanted: Sequence[str]) -> str:
    """An expression of FTS5 for all the terms."""
    return " ".join('"' + w.replace('"', '""') + '"' for w in wanted)


def articles(connection: Connection, query: str) -> TextualSelect:
    """A query for the ids of articles that have a passage with all the terms; none if there is no
    term."""
    wanted = _wanted(query)
    if not wanted:
        found = text("select article_id from passages where 1 = 0")
    elif connection.dialect.name == "sqlite":
        found = text(
            "select p.article_id from passages_fts f join passages p on p.id = f.rowid "
            "where passages_fts match :words"
        ).bindparams(words=_match(wanted))
    else:
        found = text(
            "select article_id from passages "
            "where to_tsvector('simple', text) @@ plainto_tsquery('simple', :words)"
        ).bindparams(words=" ".join(wanted))
    return found.columns(passages.c.article_id)


def find(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Passages with all the query's terms, best first (BM25, or ts_rank), ties by version and place."""
    wanted = _wanted(query)
    if not wanted:
        return []
    if connection.dialect.name == "sqlite":
        match = _match(wanted)
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

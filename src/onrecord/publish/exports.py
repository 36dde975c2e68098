"""Exports: every kind of the contract as JSON Lines, CSV or Parquet, and their JSON Schemas.

Rows are ordered by id; nested values in CSV and Parquet are their JSON text. `schema_version` stands
on every row, so that a line taken out of a file still says what it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.records import KINDS, SCHEMA_VERSION, Article, Record, Watch

FORMATS = ("jsonl", "csv", "parquet")


def rows(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Records as plain values, `schema_version` first."""
    for record in records:
        yield {"schema_version": SCHEMA_VERSION, **msgspec.to_builtins(record)}


def with_watching(articles: Iterable[Article], watches: Iterable[Watch]) -> Iterator[Article]:
    """Articles with when their pages were last checked, when they will be next, or why not."""
    by_article = {watch.article_id: watch for watch in watches if watch.article_id}
    for article in articles:
        if watch := by_article.get(article.id):
            article = msgspec.structs.replace(
                article,
                last_checked=watch.last_checked,
                next_check=watch.next_check,
                stopped=watch.stopped,
            )
        yield article


def jsonl(records: Iterable[Record]) -> Iterator[bytes]:
    """One line a record, UTF-8, ended by a line feed alone."""
    for row in rows(records):
        yield msgspec.json.encode(row, order="deterministic") + b"\n"


def fields(kind: type[Record]) -> list[str]:
    """The columns of a kind, in order."""
    return ["schema_version", *(field.encode_name for field in msgspec.structs.fields(kind))]


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    return msgspec.json.encode(value, order="deterministic").decode()


def csv_text(kind: type[Record], records: Iterable[Record]) -> Iterator[bytes]:
    """A header and one row a record; an unknown value is an empty cell."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(fields(kind))
    for row in rows(records):
        writer.writerow("" if row[name] is None else _cell(row[name]) for name in fields(kind))
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def parquet_bytes(kind: type[Record], records: Iterable[Record]) -> Iterator[bytes]:
    """A Parquet file. Raises UsageError if pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "Parquet needs an extra",
            why="pyarrow is not installed",
            do="pip install 'onrecord[parquet]'",
        ) from error
    whole = [{name: _cell(value) for name, value in row.items()} for row in rows(records)]
    whole_numbers = {
        *("schema_version", "bytes", "status", "number", "announced_versions", "words"),
        *("checks", "missing", "failures", "width", "height"),
    }
    numeric = {
        n for n in whole_numbers if all(isinstance(row.get(n, 0), int | None) for row in whole)
    }
    for row in whole:  # a bound is a whole number or a decimal: in a column of texts both are texts
        row.update({n: str(row[n]) for n in ("low", "high") if isinstance(row.get(n), int)})
    schema = pa.schema([(n, pa.int64() if n in numeric else pa.string()) for n in fields(kind)])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(whole, schema=schema), sink, compression="zstd")
    yield sink.getvalue()


def export(kind: str, fmt: str, records: Iterable[Record]) -> Iterator[bytes]:
    """The bytes of an export, in pieces."""
    if fmt == "jsonl":
        return jsonl(records)
    if fmt == "csv":
        return csv_text(KINDS[kind], records)
    return parquet_bytes(KINDS[kind], records)


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file whole or not at all; its folders are made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        with partial.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        partial.replace(path)
    except OSError as error:
        raise UsageError(
            "cannot write", where=str(path), why=error.strerror or str(error)
        ) from error


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one line of an export."""
    found = msgspec.json.schema(KINDS[kind])
    name = KINDS[kind].__name__
    body = found["$defs"][name]
    body["properties"] = {"schema_version": {"const": SCHEMA_VERSION}, **body["properties"]}
    body["required"] = list(body["properties"])
    body["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"onrecord export: {kind}",
        **found,
    }

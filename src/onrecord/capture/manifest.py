"""A manifest, CSV or JSON Lines: which files to capture, and what is known of each."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.capture.capturing import Found, Origin
from onrecord.capture.files import Options, Payloads, from_file
from onrecord.errors import InputError, UsageError
from onrecord.records import Given
from onrecord.text.instants import normalise

COLUMNS = ("path", "url", "outlet", "published", "captured_at", "language", "credit")


def from_manifest(manifest: Path, options: Options | None = None) -> Iterator[Found | InputError]:
    """The capture of every row, of an archive all its captures; for what cannot be used, an error in
    its place. What a row says of an archive but for its address holds for each of its captures.

    Raises UsageError if the manifest itself cannot be read or has no column `path`.
    """
    try:
        text = manifest.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("cannot read the manifest", where=str(manifest), why=str(error)) from error
    rows = (
        _json_rows(text, manifest)
        if manifest.suffix in (".jsonl", ".ndjson", ".json")
        else _csv_rows(text, manifest)
    )
    told: set[str] = set()
    payloads = Payloads()
    for line, row in rows:
        where = f"{manifest.name}, line {line}"
        if isinstance(row, InputError):
            yield row
            continue
        for name in row:
            if name not in COLUMNS and name not in told:
                told.add(name)
                yield _unknown(name, manifest.name)
        if not row.get("path"):
            yield InputError("row left out", where=where, why="it has no path")
            continue
        origin, errors = _origin(row, where)
        yield from errors
        yield from from_file(manifest.parent / row["path"], origin, options, payloads)


def _origin(row: Mapping[str, str], where: str) -> tuple[Origin, list[InputError]]:
    errors: list[InputError] = []

    def time(name: str) -> str | None:
        written = row.get(name) or None
        if written is None:
            return None
        value = normalise(written)
        if value is None:
            errors.append(
                InputError(
                    f"{name} left unknown",
                    where=where,
                    why=f"{written!r} is not ISO 8601",
                    do="write 2014-03-14 or 2014-03-14T14:57:00+04:00",
                )
            )
        return value

    origin = Origin(
        path=row["path"],
        url=row.get("url") or None,
        captured_at=time("captured_at"),
        given=Given(
            outlet=row.get("outlet") or None,
            published=time("published"),
            language=row.get("language") or None,
            credit=row.get("credit") or None,
        ),
    )
    return origin, errors


def _unknown(name: str, manifest: str) -> InputError:
    close = difflib.get_close_matches(name, COLUMNS, 1)
    return InputError(
        f"column {name!r} is not read",
        where=manifest,
        why="it is none of " + ", ".join(COLUMNS),
        do=f"did you mean {close[0]}?" if close else "",
    )


def _csv_rows(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, str] | InputError]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "path" not in (reader.fieldnames or ()):
        raise UsageError(
            "the manifest has no column `path`",
            where=str(manifest),
            why="columns are " + ", ".join(reader.fieldnames or ("none",)),
        )
    for row in reader:
        if row.get(None):
            yield (
                reader.line_num,
                InputError(
                    "row left out",
                    where=f"{manifest.name}, line {reader.line_num}",
                    why="it has more cells than the header",
                ),
            )
            continue
        yield reader.line_num, {k: (v or "").strip() for k, v in row.items()}


def _json_rows(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, str] | InputError]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{manifest.name}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            yield number, InputError("row left out", where=where, why=f"not JSON: {error}")
            continue
        if not isinstance(row, dict) or not all(isinstance(v, str | None) for v in row.values()):
            yield number, InputError("row left out", where=where, why="not an object of texts")
            continue
        yield number, {k: (v or "").strip() for k, v in row.items()}

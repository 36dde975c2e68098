"""Labelled texts that `onrecord train statements` learns from, in three forms.

JSON lines (`*.jsonl`), a document on each: `path` (a UTF-8 text file, relative to this one) or `text`,
and `attributions`, each with `source`, `cue` and `content` as lists of `[start, end]` in code points.
`"nested": true` says that statements inside others' contents are labelled too. Of rows with the same
`path` the first counts, in order of `annotator`. A row's `split` can be chosen.

TOML (`*.toml`): `text` and `[[statement]]`s with `source`, `cue` and `content` in the words of the text;
of words that stand there several times `#2` behind them means the second, and of a source or cue the
place nearest to the content. All other keys are left alone. Nested statements are labelled.

Marked text (`*.marked`): paragraphs in which `{s …}`, `{c …}` and `{x …}` are source, cue and content
of a statement; of several in a paragraph each has a number, `{s2 …} {c2 …} {x2 …}`. Nested statements
are labelled. Lines that begin with `#` are comments. Such a file may hold chosen sentences: it is
learned from, but how common statements are is taken from the other forms, where there are any.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.annotate.quotation import Range
from onrecord.annotate.train_tagger import Label
from onrecord.errors import InputError, OnrecordError

FORMS = (".jsonl", ".toml", ".marked")
_ROLES = ("source", "cue", "content")
_MARK = re.compile(r"\{(?P<role>[scx])(?P<number>\d*) |(?P<close>\})|(?P<stray>\{)")
_LETTERS = {"s": "source", "c": "cue", "x": "content"}
_NUMBERED = re.compile(r"\s*#(\d+)$")


@dataclass(frozen=True)
class LabelledText:
    """A document: its name, its text, its statements, whether nested ones are among them, and whether
    it is a whole report."""

    name: str
    text: str
    labels: tuple[Label, ...]
    nested: bool
    whole: bool = True


def corpus_files(paths: tuple[Path, ...]) -> list[Path]:
    """The files of a corpus, those of folders in order of their names. Raises InputError for a path that
    is neither, or a folder without any."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.glob("*") if p.suffix in FORMS) if path.is_dir() else [path]
        if not inside or not all(p.is_file() and p.suffix in FORMS for p in inside):
            raise InputError(
                "there are no labelled texts here",
                where=str(path),
                do=f"it takes {', '.join(FORMS)}",
            )
        found.extend(inside)
    return found


def read_file(
    path: Path, split: str | None, problems: list[OnrecordError]
) -> Iterator[LabelledText]:
    """The documents of one file. What cannot be used is left out and said in `problems`."""
    try:
        data = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(InputError("cannot be read", where=str(path), why=str(error)))
        return
    if path.suffix == ".jsonl":
        yield from _rows(path, data, split, problems)
        return
    try:
        if path.suffix == ".toml":
            yield _table(path, data, problems)
        else:
            yield _marked(path, data)
    except InputError as error:
        problems.append(error)


# --------------------------------------------------------------------------- JSON lines


def _rows(
    path: Path, data: str, split: str | None, problems: list[OnrecordError]
) -> Iterator[LabelledText]:
    rows: dict[str, tuple[str, int, Mapping[str, Any]]] = {}
    for number, line in enumerate(data.splitlines(), 1):
        where = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(InputError("this line is no JSON", where=where, why=str(error)))
            continue
        if not isinstance(row, dict) or not isinstance(row.get("attributions"), list):
            problems.append(InputError("this line has no `attributions`", where=where))
            continue
        if split is not None and row.get("split") != split:
            continue
        name = str(row.get("path", number))
        annotator = str(row.get("annotator", ""))
        if name not in rows or annotator < rows[name][0]:
            rows[name] = (annotator, number, row)
    for name, (_, number, row) in rows.items():
        where = f"{path}:{number}"
        try:
            text = row["text"] if "text" in row else _text_of(path.parent / name, where)
        except InputError as error:
            problems.append(error)
            continue
        labels = []
        for n, one in enumerate(row["attributions"], 1):
            try:
                labels.append(_label(one, text))
            except InputError as error:
                problems.append(
                    InputError(error.what, where=f"{where}: attribution {n}", why=error.why)
                )
        yield LabelledText(name, text, tuple(labels), bool(row.get("nested", False)))


def _text_of(path: Path, where: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("its text cannot be read", where=where, why=str(error)) from error


def _label(row: Any, text: str) -> Label:
    spans: dict[str, tuple[Range, ...]] = {}
    for role in _ROLES:
        given = row.get(role) if isinstance(row, dict) else None
        try:
            spans[role] = tuple((int(a), int(b)) for a, b in given or ())
        except (TypeError, ValueError) as error:
            raise InputError(f"{role} is no list of [start, end]") from error
        for a, b in spans[role]:
            if not 0 <= a < b <= len(text):
                raise InputError(
                    f"{role} [{a}, {b}] is not in the text", why=f"that has {len(text)} characters"
                )
    return Label(**spans)


# --------------------------------------------------------------------------- TOML


def _table(path: Path, data: str, problems: list[OnrecordError]) -> LabelledText:
    try:
        table = tomllib.loads(data)
        text, rows = table["text"].strip(), table.get("statement", [])
    except (ValueError, KeyError, AttributeError) as error:
        raise InputError("this is no labelled report", where=str(path), why=str(error)) from error
    labels = []
    for number, row in enumerate(rows, 1):
        try:
            labels.append(_worded(text, row))
        except InputError as error:
            where = f"{path}: statement {row.get('id', number)}"
            problems.append(InputError(error.what, where=where))
    return LabelledText(path.name, text, tuple(labels), True)


def _worded(text: str, row: Mapping[str, Any]) -> Label:
    content = tuple(_place(text, str(words)) for words in row.get("content", ()))
    if not content:
        raise InputError("there is no content")
    at = content[0][0]
    others = {
        role: (_place(text, str(row[role]), at),) if row.get(role) else ()
        for role in ("source", "cue")
    }
    return Label(content=content, **others)


def _place(text: str, written: str, near: int | None = None) -> Range:
    number = _NUMBERED.search(written)
    words = _NUMBERED.sub("", written)
    spots = [m.span() for m in re.finditer(re.escape(words), text)] if words else []
    wanted = 1 if number is None else int(number[1])
    if len(spots) < wanted:
        raise InputError(f"“{written}” does not stand in the text")
    if near is not None:
        return min(spots, key=lambda spot: (abs(spot[0] - near), spot[0]))
    return spots[wanted - 1]


# --------------------------------------------------------------------------- marked text


def _marked(path: Path, data: str) -> LabelledText:
    pieces: list[str] = []
    spans: dict[tuple[int, str], dict[str, list[Range]]] = {}
    length = 0

    def add(words: str) -> None:
        nonlocal length
        pieces.append(words)
        length += len(words)

    for number, line in enumerate(data.splitlines(), 1):
        if line.startswith("#"):
            continue
        opened: list[tuple[str, str, int]] = []
        at = 0
        for mark in _MARK.finditer(line):
            add(line[at : mark.start()])
            at = mark.end()
            if mark["role"]:
                opened.append((mark["role"], mark["number"], length))
            elif mark["stray"] or not opened:
                raise InputError(
                    "a brace opens or closes nothing", where=f"{path}:{number}", do="write {s …}"
                )
            else:
                role, key, start = opened.pop()
                parts = spans.setdefault((number, key), {"s": [], "c": [], "x": []})
                parts[role].append((start, length))
        if opened:
            raise InputError("a brace is not closed", where=f"{path}:{number}")
        add(line[at:] + "\n")
    labels = []
    for (number, key), parts in spans.items():
        if not parts["x"]:
            raise InputError(
                f"statement {key or 'without a number'} has no {{x …}}", where=f"{path}:{number}"
            )
        labels.append(
            Label(**{_LETTERS[role]: tuple(sorted(found)) for role, found in parts.items()})
        )
    return LabelledText(path.name, "".join(pieces), tuple(labels), True, whole=False)

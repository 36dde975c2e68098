"""Generated pages: docs/options.md, docs/cli.md, docs/exports.md and docs/schemas/*.json.

python -m onrecord.publish.docs DIR            writes them
python -m onrecord.publish.docs DIR --check    exits 1 and names those that have drifted
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from onrecord.publish.cited_csv import COLUMNS
from onrecord.publish.cli import main as command_line
from onrecord.publish.exports import fields, schema
from onrecord.records import KINDS
from onrecord.settings import every


def options_page() -> Iterator[str]:
    """Every setting with its names, default and meaning."""
    yield "# Options"
    yield ""
    yield "Generated from the options themselves. Command line > environment > `onrecord.toml` > default."
    section = ""
    for setting in every():
        if setting.section != section:
            section = setting.section
            yield from (
                "",
                f"## [{section}]",
                "",
                "| key | default | what | flag | variable |",
                "| --- | --- | --- | --- | --- |",
            )
        yield f"| `{setting.field.name}` | `{setting.field.default}` | {setting.doc} | `{setting.flag}` | `{setting.variable}` |"


def cli_page() -> Iterator[str]:
    """Every command's help. The flags of settings are in options.md and left out here."""
    yield "# Command line"
    yield ""
    yield "Generated from the commands themselves. Commands that build also take every flag of [options.md](options.md)."
    settings = {**command_line.context_settings, "max_content_width": 90}
    context = click.Context(command_line, info_name="onrecord", **settings)
    yield from ("", "```", command_line.get_help(context), "```")
    for name, command in sorted(command_line.commands.items()):
        plain = click.Command(
            name, params=command.params, help=command.help, callback=command.callback
        )
        inner = click.Context(plain, info_name=name, parent=context, max_content_width=90)
        yield from ("", f"## onrecord {name}", "", "```", plain.get_help(inner), "```")


def _cited_csv() -> Iterator[str]:
    yield from (
        "",
        "### statements as cited-csv",
        "",
        "A table for a spreadsheet, `--format cited-csv`, in the order of saying; not one of the formats "
        "that hold every field. UTF-8 with a byte order mark; a row is a line. A cell that a spreadsheet "
        "would take for a formula (it begins with `=`, `+`, `-` or `@`, or with apostrophes before such a "
        "sign) gets an apostrophe before it; taken away again from just these cells, the text is as it was.",
        "",
        "| column | meaning |",
        "| --- | --- |",
    )
    for column, meaning in COLUMNS.items():
        yield f"| `{column}` | {meaning} |"


def exports_page() -> Iterator[str]:
    """Every kind, field by field."""
    yield "# Exports"
    yield ""
    yield "Generated from `records.py`. JSON Schemas of every kind lie in `schemas/`."
    for name, kind in KINDS.items():
        found = schema(name)
        properties = found["$defs"][kind.__name__]["properties"]
        yield from (
            "",
            f"## {name}",
            "",
            " ".join((kind.__doc__ or "").split()),
            "",
            "| field | type | meaning |",
            "| --- | --- | --- |",
        )
        for field in fields(kind):
            body = properties[field]
            yield f"| `{field}` | {_type(body)} | {_meaning(field, body)} |"
        if name == "statements":
            yield from _cited_csv()
    parts: dict[str, Any] = {}
    for name, kind in KINDS.items():
        parts |= {n: d for n, d in schema(name)["$defs"].items() if n != kind.__name__}
    for name, body in sorted(parts.items()):
        yield from (
            "",
            f"### {name}",
            "",
            body.get("description", ""),
            "",
            "| field | type | meaning |",
            "| --- | --- | --- |",
        )
        for field, inner in body["properties"].items():
            yield f"| `{field}` | {_type(inner)} | {_meaning(field, inner)} |"


SHARED = {
    "id": "Content hash of its identity",
    "schema_version": "Version of this format",
    "earliest": "Inclusive lower bound; null = unknown",
    "latest": "Inclusive upper bound; null = unknown",
    "start": "Code points into the version's text, half-open",
    "end": "Code points into the version's text, half-open",
    "capture_start": "Code points into the decoded capture, half-open",
    "capture_end": "Code points into the decoded capture, half-open",
    "article_id": "The article",
    "story_id": "The story",
    "version_id": "The version; null for evidence outside an article's text",
    "capture_id": "The capture",
    "citation": "The exact characters it rests on",
    "quote": "The characters themselves",
    "basis": "Why, in a few words a reader understands",
}
"""What fields of the same name mean everywhere."""


def _type(body: dict[str, Any]) -> str:
    if "$ref" in body:
        return f"[{body['$ref'].rpartition('/')[2]}](#{body['$ref'].rpartition('/')[2].lower()})"
    if "anyOf" in body:
        return " or ".join(_type(one) for one in body["anyOf"])
    if "const" in body:
        return f"`{body['const']}`"
    if body.get("type") == "array":
        inner = body.get("items") or {}
        return f"list of {_type(inner)}" if isinstance(inner, dict) and inner else "list"
    if body.get("type") == "object" and "additionalProperties" in body:
        return f"object of {_type(body['additionalProperties'])}"
    return str(body.get("type", "any"))


def _meaning(field: str, body: dict[str, Any]) -> str:
    own = body.get("description") or next(
        (b["description"] for b in body.get("anyOf", ()) if "description" in b), ""
    )
    return own or SHARED.get(field, "")


def pages() -> dict[str, str]:
    """Path below docs/ -> text."""
    found = {
        "options.md": "\n".join(options_page()) + "\n",
        "cli.md": "\n".join(cli_page()) + "\n",
        "exports.md": "\n".join(exports_page()) + "\n",
    }
    for kind in KINDS:
        found[f"schemas/{kind}.json"] = (
            json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"
        )
    return found


def main(arguments: list[str]) -> int:
    """Writes or checks the pages; 0 if all is well."""
    folder = Path(arguments[0])
    drifted = []
    for name, text in pages().items():
        path = folder / name
        if "--check" in arguments:
            if not path.is_file() or path.read_text("utf-8") != text:
                drifted.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for name in drifted:
        print(
            f"docs/{name} has drifted: run `python -m onrecord.publish.docs docs`", file=sys.stderr
        )
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

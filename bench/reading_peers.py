"""Readers of pages that others wrote, on the same pages and the same machine as ours.

    python bench/run.py reading-peers        # or python bench/reading_peers.py, which only prints

The first run makes the peers' environment (peers_env.py). Every reader is given the pages decoded as
our captures decode them, works in a fresh process, and is scored by the benchmark's own score.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from peers_env import peers_python
from shared_pages import HTML_PARTS, TEXT_PARTS, part_pages

HERE = Path(__file__).resolve().parent
ON_HTML = (
    "onrecord",
    "trafilatura",
    "trafilatura precision",
    "trafilatura fast",
    "readability-lxml",
    "newspaper4k",
    "resiliparse",
    "jusText",
)
ON_TEXT = ("onrecord", "keeping all", "C4 line rules", "jusText")


def measure(bench: Path) -> dict[str, Any]:
    """Figures and speed of every reader: {"figures": {reader: {part: {...}}}, "tables": [...]}."""
    folder, python = bench / "reading", peers_python()
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for part in (*HTML_PARTS, *TEXT_PARTS[:2]):
            source = work / f"{part}.jsonl"
            with source.open("w", encoding="utf-8") as out:
                for page in part_pages(folder / part):
                    row = {
                        "path": page.path,
                        "url": page.capture.url or "",
                        "media_type": page.capture.media_type,
                        "source": page.source.removeprefix("\ufeff"),
                    }
                    out.write(json.dumps(row) + "\n")
            for name in ON_HTML if part in HTML_PARTS else ON_TEXT:
                out_folder = work / "out" / name / part
                interpreter = sys.executable if name == "onrecord" else python
                subprocess.run(
                    [interpreter, HERE / "reading_peer.py", name, source, out_folder], check=True
                )
                speed = json.loads((out_folder / "speed.json").read_text(encoding="utf-8"))
                row = _score(folder, out_folder, part) | speed
                figures.setdefault(name, {})[part] = row
                print(part, name, json.dumps(figures[name][part]), flush=True)
    return {"figures": figures, "tables": tables(figures)}


def _score(folder: Path, out: Path, part: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, folder / "score.py", out, "--part", part],
        check=True,
        capture_output=True,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])[part]
    return {k: v for k, v in figures.items() if k not in ("pages", "missing", "citations")}


_HTML_COLUMNS = (
    ("AEB body P", "html-aeb", "body_p"),
    ("R", "html-aeb", "body_r"),
    ("F1", "html-aeb", "body_f1"),
    ("fundus body F1", "html-fundus", "body_f1"),
    ("title contains", "html-fundus", "title_contains"),
    ("bylines F1", "html-fundus", "bylines_f1"),
    ("day", "html-fundus", "day"),
    ("instant", "html-fundus", "instant"),
    ("wrong zone", "html-fundus", "wrong_zone"),
    ("captions found", "html-fundus", "captions_found"),
    ("leaked", "html-fundus", "captions_leaked"),
    ("AEB pages a CPU-second", "html-aeb", "pages_a_cpu_second"),
    ("in lxml parses", "html-aeb", "times_lxml_parse"),
    ("fundus pages a CPU-second", "html-fundus", "pages_a_cpu_second"),
    ("in lxml parses", "html-fundus", "times_lxml_parse"),
    ("peak MB", "html-fundus", "peak_mb"),
)
_TEXT_COLUMNS = (
    ("hard P", "text-hard", "body_p"),
    ("R", "text-hard", "body_r"),
    ("F1", "text-hard", "body_f1"),
    ("mild P", "text-mild", "body_p"),
    ("R", "text-mild", "body_r"),
    ("F1", "text-mild", "body_f1"),
    ("hard captures a CPU-second", "text-hard", "pages_a_cpu_second"),
    ("mild", "text-mild", "pages_a_cpu_second"),
)
_GIVES = {
    "trafilatura": {"title_contains", "bylines_f1", "day", "captions_leaked"},
    "readability-lxml": {"title_contains", "captions_leaked"},
    "newspaper4k": {
        "title_contains",
        "bylines_f1",
        "day",
        "instant",
        "wrong_zone",
        "captions_leaked",
    },
    "resiliparse": {"captions_leaked"},
    "jusText": {"captions_leaked"},
}
"""What each peer has an answer for: where it has none, the table has a dash and not the score's 0."""
_METADATA = {"title_contains", "bylines_f1", "day", "instant", "wrong_zone", "captions_found"}


def tables(figures: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The tables of RESULTS.md: caption, columns, rows."""

    def cell(name: str, part: str, key: str) -> str:
        gives = _GIVES.get(name, _GIVES["trafilatura"] if name.startswith("traf") else None)
        if gives is not None and key in _METADATA and key not in gives:
            return "-"
        value = figures[name].get(part, {}).get(key)
        return "-" if value is None else str(value)

    def rows(names: tuple[str, ...], columns: tuple[tuple[str, str, str], ...]) -> list[list[str]]:
        return [
            [figures[n][columns[0][1]]["reader"], *(cell(n, p, k) for _, p, k in columns)]
            for n in names
        ]

    return [
        {
            "caption": "Web pages. Time is that of the body alone for peers whose metadata are a call of "
            "their own; ours gives text, offset map, metadata and evidence in that time. *In lxml "
            "parses*: the same time divided by that of lxml's bare parse of the same pages. newspaper4k "
            "fails on Korean pages (it wants data that its packages do not bring): no text there.",
            "columns": ["reader", *(name for name, _, _ in _HTML_COLUMNS)],
            "rows": rows(ON_HTML, _HTML_COLUMNS),
        },
        {
            "caption": "Text captures.",
            "columns": ["reader", *(name for name, _, _ in _TEXT_COLUMNS)],
            "rows": rows(ON_TEXT, _TEXT_COLUMNS),
        },
    ]


if __name__ == "__main__":
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "bench"
    for table in measure(bench)["tables"]:
        print(
            table["caption"], *(" | ".join(r) for r in [table["columns"], *table["rows"]]), sep="\n"
        )

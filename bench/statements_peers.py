"""Extractors of statements that others wrote, on the same documents and the same machine as ours.

    python bench/run.py statements-peers     # or python bench/statements_peers.py, which only prints

The first run makes the peers' environment (peers_env.py). Every extractor is given the decoded text of
the shared dev documents, parses it with the model that we use, works in a fresh process, and is scored
by the benchmark's own score.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from peers_env import peers_python
from shared_pages import SharedPage, part_pages
from statements_peer import PEERS

HERE = Path(__file__).resolve().parent
EXTRACTORS = ("onrecord", *PEERS)

_COLUMNS = (
    ("AR P", "ar_p"),
    ("R", "ar_r"),
    ("F1", "ar_f1"),
    ("speech F1", "speech_f1"),
    ("contents F1", "c50_f1"),
    ("words F1, speaker", "token_f1_source"),
    ("cue", "token_f1_cue"),
    ("content", "token_f1_content"),
    ("recall, direct", "recall_direct"),
    ("mixed", "recall_mixed"),
    ("indirect", "recall_indirect"),
    ("documents without statements", "silent_documents"),
    ("documents it failed on", "failed_documents"),
    ("documents a CPU-second", "documents_a_cpu_second"),
    ("peak MB", "peak_mb"),
)


def dev_pages(bench: Path) -> list[SharedPage]:
    """The shared dev documents, by path."""
    folder = bench / "statements"
    with (folder / "gold.jsonl").open(encoding="utf-8") as rows:
        dev = {row["path"] for row in map(json.loads, rows) if row["split"] == "dev"}
    return sorted((p for p in part_pages(folder) if p.path in dev), key=lambda p: p.path)


def short_name(number: int, path: str) -> str:
    """A document's number in the order of the paths, its outlet and day."""
    return f"{number} {' '.join(Path(path).name.split('_')[:2])}"


def measure(bench: Path) -> dict[str, Any]:
    """Figures of every extractor: {"figures": {extractor: {...}}, "tables": [...]}."""
    python = peers_python("bench-statements")
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        source = work / "documents.jsonl"
        with source.open("w", encoding="utf-8") as out:
            for number, page in enumerate(dev_pages(bench), 1):
                name = short_name(number, page.path)
                out.write(json.dumps({"path": page.path, "name": name, "text": page.source}) + "\n")
        for name in EXTRACTORS:
            interpreter = sys.executable if name == "onrecord" else python
            folder = work / name
            subprocess.run(
                [interpreter, HERE / "statements_peer.py", name, source, folder], check=True
            )
            run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
            run["failed_documents"] = len(run["failed"])
            figures[name] = _score(bench / "statements", folder) | run
            print(name, json.dumps(figures[name]), flush=True)
    return {"figures": figures, "tables": tables(figures)}


def _score(folder: Path, out: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, folder / "score.py", out, "dev"],
        check=True,
        capture_output=True,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def tables(figures: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The tables of RESULTS.md: caption, columns, rows."""
    failures = []
    for name, row in figures.items():
        reasons = sorted({why for whys in row["failed"].values() for why in whys})
        for why in reasons:
            documents = {d: whys[why] for d, whys in row["failed"].items() if why in whys}
            count = sum(documents.values())
            failures.append([name, why, count, len(documents), "; ".join(documents)])
    scores = {
        "caption": "The shared dev documents, all with the same parser model. textacy and SaysWho look for direct "
        "quotations only. SaysWho runs without its coreference model, which is on no package index and only names "
        "speakers. Time is that of the parse and of all that follows, ours from the capture to the exported statement.",
        "columns": ["extractor", *(title for title, _ in _COLUMNS)],
        "rows": [
            [row["extractor"], *(row[key] for _, key in _COLUMNS)] for row in figures.values()
        ],
    }
    if not failures:
        return [scores]
    failed = {
        "caption": "What failed: a document, or one paragraph where an extractor is given paragraphs. Documents by "
        "number in the order of their paths, outlet and day.",
        "columns": ["extractor", "why", "times", "documents", "which"],
        "rows": failures,
    }
    return [scores, failed]


if __name__ == "__main__":
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "bench"
    for table in measure(bench)["tables"]:
        print(table["caption"], table["columns"], *table["rows"], sep="\n")

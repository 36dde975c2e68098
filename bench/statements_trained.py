"""What `onrecord train statements` is worth: the tagger trained on the shared benchmark's train split,
scored on its dev split. The corpus states no licence: the weights lie in a temporary folder and go with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TARGETS = {"ar_f1": 66, "speech_f1": 82, "recall_direct": 90, "recall_indirect": 52}
SHOWN = ("ar_p", "ar_r", "ar_f1", "speech_f1", "recall_direct", "recall_mixed", "recall_indirect")


def _run(*command: str | Path) -> str:
    done = subprocess.run([str(c) for c in command], text=True, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def _scored(folder: Path, work: Path, *settings: str | Path) -> dict[str, Any]:
    """The score's figures of a build with these settings. Only statements are built anew."""
    onrecord, record, out = Path(sys.executable).parent / "onrecord", work / "record", work / "out"
    only = ("--only", "articles", "--only", "statements")
    processes = str(os.cpu_count() or 1)
    _run(onrecord, "build", "--record", record, "--build-processes", processes, *only, *settings)
    for kind in ("articles", "statements"):
        _run(onrecord, "export", kind, "--record", record, "-o", out / f"{kind}.jsonl")
    lines = _run(sys.executable, folder / "score.py", out, "dev").strip().splitlines()
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures


def measure(bench: Path) -> dict[str, Any]:
    """The entry of results.json: shipped and trained weights on the same record of the dev split."""
    folder = bench / "statements"
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    dev = {row["path"] for row in rows if row["split"] == "dev"}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        lines = (folder / "manifest.csv").read_text("utf-8").splitlines(keepends=True)
        chosen = [line for line in lines[1:] if any(path in line for path in dev)]
        # a manifest's paths are relative to it
        (work / "manifest.csv").write_text("".join([lines[0], *chosen]), "utf-8")
        (work / "files").symlink_to(folder / "files", target_is_directory=True)
        onrecord, weights = Path(sys.executable).parent / "onrecord", work / "weights.json"
        _run(onrecord, "add", "--record", work / "record", "--manifest", work / "manifest.csv")
        shipped = _scored(folder, work)
        trained_on = json.loads(
            _run(
                onrecord,
                "train",
                "statements",
                folder / "gold.jsonl",
                "--split",
                "train",
                "--json",
                "-o",
                weights,
            )
        )
        trained = _scored(folder, work, "--registry-statements", weights)
    caption = (
        f"Dev split, with the shipped weights and with those trained on the train split: "
        f"{trained_on['documents']} documents, {trained_on['statements']} statements, "
        f"{trained_on['features']} weights, none of them kept."
    )
    table = {
        "caption": caption,
        "columns": ["figure", "target of trained", "shipped", "trained"],
        "rows": [[name, TARGETS.get(name, ""), shipped[name], trained[name]] for name in SHOWN],
    }
    return {"figures": {"shipped": shipped, "trained": trained}, "tables": [table]}

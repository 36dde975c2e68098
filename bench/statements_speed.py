"""What statements cost beyond the parse, and the memory it takes: CPU by stage, in one run.

    python bench/run.py statements-speed     # or python bench/statements_speed.py, which only prints

A fresh process adds the shared dev documents to a record on disk and builds all that statements need,
as `onrecord build --build-processes 1 --only statements` does. A second one reads and parses alone, as
a worker of a build with several processes does. The parse is the time within spaCy itself: making and
storing sentences counts as beyond it, as do SQLite, the ledger and the encoding of records, which are
in each stage's time.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from statements_peer import WARM_UP
from statements_peers import dev_pages

from onrecord.pipeline import stages_for
from onrecord.records import Capture, Given, Sentence, Statement
from onrecord.run.building import resource_digests, resources
from onrecord.run.engine import build, in_process
from onrecord.run.memory import build_in_memory, capture_of
from onrecord.store.record import Store

HERE = Path(__file__).resolve().parent
READING = ("readings", "repeated_lines", "articles")
"""Stages before the parse, which any use of a capture pays."""
TARGET_PERCENT, TARGET_MB = 40, 1200

Captures = list[tuple[Capture, bytes]]


class Clocked:
    """A spaCy pipeline that counts the CPU seconds within it."""

    def __init__(self, nlp: Any) -> None:
        self.nlp, self.seconds = nlp, 0.0

    def pipe(self, texts: Iterable[str], **how: Any) -> Iterator[Any]:
        docs = self.nlp.pipe(texts, **how)
        while True:
            begun = time.process_time()
            doc = next(docs, None)
            self.seconds += time.process_time() - begun
            if doc is None:
                return
            yield doc


def captures_of(bench: Path) -> Captures:
    """The shared dev documents, told to be English as their manifest tells."""
    english = Given(language="en")
    return [(capture_of(p.path, p.data, given=english), p.data) for p in dev_pages(bench)]


def warm_up() -> None:
    """Loads code, model and tables, which are a process's cost and not a document's."""
    data = WARM_UP.encode()
    build_in_memory([(capture_of("warm-up.txt", data), data)], stages_for([Statement]))


def peak_mb() -> int:
    """Peak memory of this process."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def work_all(captures: Captures) -> dict[str, Any]:
    """Builds a record in this process: CPU seconds of the parse and of each stage."""
    warm_up()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for capture, data in captures:
            store.add(capture, data)
        loaded = dict(resources(store.captures.folder, ()))
        loaded["nlp"] = nlp = Clocked(loaded["nlp"])
        reports = build(
            store,
            stages_for([Statement]),
            {},
            resource_digests(()),
            in_process(loaded),
            clock=time.process_time,
        )
    seconds = {report.stage: report.seconds for report in reports}
    seconds["sentences"] -= nlp.seconds
    return {
        "documents": len(captures),
        "parse_seconds": nlp.seconds,
        "stage_seconds": seconds,
        "failed": sum(len(report.failed) for report in reports),
        "peak_mb": peak_mb(),
    }


def work_parse(captures: Captures) -> dict[str, Any]:
    """Reads and parses in this process."""
    build_in_memory(captures, stages_for([Sentence]))
    return {"peak_mb": peak_mb()}


WORK = {"--all": work_all, "--parse": work_parse}


def _fresh(what: str, bench: Path) -> dict[str, Any]:
    """What a fresh process of this script prints."""
    command = [sys.executable, str(HERE / "statements_speed.py"), what, str(bench)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def measure(bench: Path) -> dict[str, Any]:
    """{"figures": ..., "tables": [...]} of the shared dev documents."""
    whole, parse = _fresh("--all", bench), _fresh("--parse", bench)
    unit, count = whole["parse_seconds"], whole["documents"]
    beyond = {k: v for k, v in whole["stage_seconds"].items() if k not in READING}
    before = {k: v for k, v in whole["stage_seconds"].items() if k in READING}

    def row(name: str, seconds: float) -> list[Any]:
        percent = round(100 * seconds / unit, 1)
        return [name, round(seconds, 2), round(1000 * seconds / count, 1), percent]

    rows = [
        row("the parse: spaCy", unit),
        *(row(name, seconds) for name, seconds in beyond.items()),
        row(f"**all beyond the parse** (target: at most {TARGET_PERCENT})", sum(beyond.values())),
        *(row(f"before it: {name}", seconds) for name, seconds in before.items()),
        row("all but the parse", sum(beyond.values()) + sum(before.values())),
    ]
    figures = {
        "documents": count,
        "failed": whole["failed"],
        "parse_seconds": round(unit, 2),
        "percent_of_parse": {name: row(name, s)[3] for name, s in (beyond | before).items()},
        "beyond_percent": row("", sum(beyond.values()))[3],
        "peak_mb": whole["peak_mb"],
        "worker_peak_mb": parse["peak_mb"],
    }
    memory = [
        ["one process that does all", whole["peak_mb"]],
        ["a worker that reads and parses", parse["peak_mb"]],
    ]
    return {
        "figures": figures,
        "tables": [
            {
                "caption": f"CPU of one build, in one process, of {count} shared dev documents into a record on disk. "
                "`sentences` is what that stage takes without spaCy.",
                "columns": ["what", "CPU s", "ms a document", "% of the parse"],
                "rows": rows,
            },
            {
                "caption": f"Memory (target: below {TARGET_MB}).",
                "columns": ["process", "peak MB"],
                "rows": memory,
            },
        ],
    }


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in WORK:
        print(json.dumps(WORK[sys.argv[1]](captures_of(Path(sys.argv[2])))))
        return
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "bench"
    for table in measure(bench)["tables"]:
        print(table["caption"], table["columns"], *table["rows"], sep="\n")


if __name__ == "__main__":
    main()

"""Time and memory of the extract stage, on the shared pages and on pages made to break a reader.

    python bench/run.py speed        # or python bench/speed.py, which only prints

The readings stage works in one fresh process, a capture at a time, as a worker of a build does. CPU
seconds are that process's own; beside them stands how many parses by lxml the same time would buy,
each parse measured right before its page, so that figures of a busy machine can be compared.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hostile import HTML, TEXT
from peers_env import lxml_html
from shared_pages import HTML_PARTS, TEXT_PARTS, SharedPage, captured, part_pages, seed_pages

from onrecord.errors import OnrecordError
from onrecord.extract import readings
from onrecord.gazetteer import load_outlets
from onrecord.records import Capture, Reading
from onrecord.run.memory import MemoryCaptures
from onrecord.stage import Group

HERE = Path(__file__).resolve().parent
WARM_UP = 3
"""Pages read before the clock starts: tables and compiled patterns are a worker's, not a page's."""
LIMIT = 10.0
"""CPU seconds that no page may take."""
KILLED = 60
"""CPU seconds after which a hostile page's process is ended."""

SMALLEST = 64
"""A page that is refused is cut to a half, a quarter … down to this part, until it is read."""


def read(page: SharedPage, outlets: Any) -> tuple[Reading, ...]:
    """The readings stage on one capture."""
    captures = MemoryCaptures({page.capture.sha256: page.data})
    group = Group({Capture: (page.capture,)})
    return tuple(
        readings.work(group, readings.Options(), {"captures": captures, "outlets": outlets})
    )


def peak_mb() -> int:
    """Peak memory of this process."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def pages_of(kind: str, bench: Path) -> Iterator[SharedPage]:
    parts = HTML_PARTS if kind == "html" else TEXT_PARTS
    for part in parts:
        yield from part_pages(bench / "reading" / part)
    if kind == "text":
        yield from seed_pages(bench.parent / "seeds")


def work_shared(kind: str, bench: Path) -> dict[str, Any]:
    """Reads all shared pages of a kind in this process."""
    outlets, lxml = load_outlets(), lxml_html()
    parser = lxml.HTMLParser(encoding="utf-8")
    count, spent, unit, slowest = 0, 0.0, 0.0, (0.0, "")
    for page in pages_of(kind, bench):
        if count < WARM_UP:
            read(page, outlets)
        begun = time.process_time()
        lxml.fromstring(page.source.encode(), parser=parser)
        parsed = time.process_time()
        read(page, outlets)
        seconds = time.process_time() - parsed
        unit, spent, count = unit + parsed - begun, spent + seconds, count + 1
        slowest = max(slowest, (seconds, page.path))
    return {
        "pages": count,
        "pages_a_cpu_second": round(count / spent, 1),
        "in_lxml_parses": round(spent / unit, 1),
        "slowest_seconds": round(slowest[0], 2),
        "slowest_page": slowest[1],
        "peak_mb": peak_mb(),
    }


def work_hostile(name: str, part: int = 1) -> dict[str, Any]:
    """Captures and reads one hostile page, or its first part of so many, in this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (KILLED, KILLED))
    data = (HTML | TEXT)[name]()
    data = data[: len(data) // part]
    path = "page.html" if name in HTML else "page.txt"
    outlets = load_outlets()
    read(captured(path, HTML["metas"]()[:400] if name in HTML else b"A line.\n"), outlets)
    held, begun = peak_mb(), time.process_time()
    try:
        found = read(captured(path, data), outlets)
        outcome = ", ".join(f"{r.kind}, {len(r.blocks)} blocks" for r in found)
    except OnrecordError as error:
        outcome = f"refused: {error.what}"
    seconds = time.process_time() - begun
    return {
        "mb": round(len(data) / 1e6, 1),
        "seconds": round(seconds, 1),
        "peak_mb": peak_mb(),
        "before_mb": held,
        "outcome": outcome,
    }


def _fresh(*arguments: str) -> dict[str, Any]:
    """What a fresh process of this script prints, or that it had to be ended."""
    command = [sys.executable, str(HERE / "speed.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        ended = done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        why = "" if ended else (done.stderr.strip().splitlines() or ["?"])[-1]
        outcome = f"ended after {KILLED} CPU seconds" if ended else f"failed: {why}"
        return {"mb": None, "seconds": None, "peak_mb": None, "outcome": outcome}
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def measure(bench: Path) -> dict[str, Any]:
    """{"figures": ..., "tables": [...]} of shared and hostile pages."""
    figures: dict[str, Any] = {}
    for kind in ("html", "text"):
        command = [sys.executable, str(HERE / "speed.py"), "--shared", kind, str(bench)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures[kind] = json.loads(done.stdout.strip().splitlines()[-1])
        print(kind, figures[kind], flush=True)
    hostile = {}
    for name in HTML | TEXT:
        row = _fresh("--hostile", name)
        hostile[name] = row
        part = 1
        while row["outcome"].startswith("refused") and part < SMALLEST:
            part *= 2
            row = _fresh("--hostile", name, str(part))
        if part > 1:
            hostile[f"{name}: its first {row['mb']} MB"] = row
        print(name, part, row, flush=True)
    slow = [n for n, row in hostile.items() if row["seconds"] is None or row["seconds"] > LIMIT]
    figures["hostile"] = {
        "pages": len(hostile),
        "over_10_seconds_or_failed": slow,
        "slowest_seconds": max(row["seconds"] or 0 for row in hostile.values()),
        "peak_mb": max(row["peak_mb"] or 0 for row in hostile.values()),
    }
    columns = ("pages", "pages_a_cpu_second", "in_lxml_parses", "slowest_seconds", "peak_mb")
    return {
        "figures": figures,
        "tables": [
            {
                "caption": "The readings stage in one fresh process over the shared pages.",
                "columns": [
                    "captures",
                    "number",
                    "a CPU-second",
                    "time in lxml parses",
                    "slowest, s",
                    "peak MB of the worker",
                ],
                "rows": [
                    [n, *(figures[k][c] for c in columns)]
                    for k, n in (("html", "web pages"), ("text", "text captures"))
                ],
            },
            {
                "caption": "Pages made to break a reader (hostile.py), each in a fresh process: capturing and reading. What is "
                "refused is cut until it is read, so that the limits are measured, too.",
                "columns": ["page", "MB", "CPU s", "peak MB", "outcome"],
                "rows": [
                    [n, row["mb"], row["seconds"], row["peak_mb"], row["outcome"]]
                    for n, row in hostile.items()
                ],
            },
        ],
    }


def main() -> None:
    if sys.argv[1:2] == ["--shared"]:
        print(json.dumps(work_shared(sys.argv[2], Path(sys.argv[3]))))
    elif sys.argv[1:2] == ["--hostile"]:
        print(json.dumps(work_hostile(sys.argv[2], int(sys.argv[3]) if sys.argv[3:] else 1)))
    else:
        bench = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "bench"
        measure(bench)


if __name__ == "__main__":
    main()

"""Runs the benchmarks beside the checkout by their READMEs' commands and writes bench/RESULTS.md.

    python bench/run.py [NAME …] [--bench DIR] [--processes N] [--keep DIR]

Without names, all of them. Figures of benchmarks that are not run stay as they stand in
bench/results.json; RESULTS.md is written from that file, with peers' figures beside.

`reading-peers` runs other readers on the pages of `reading` (reading_peers.py), `statements-peers` other
extractors on the documents of `statements` (statements_peers.py), `statements-speed` measures what
statements cost beyond the parse (statements_speed.py), `speed` time and memory of the extract stage
(speed.py), `stability` what changes when a page around a report does
(stability.py), `diffing` the time of comparing two versions (diffing.py),
`watching` a day of watching a scripted newsroom (watching.py), `edits` the time that the page and the
feeds of the latest edits take (edits.py), `statements-trained` what training on the shared train split gives
(statements_trained.py), `accounts` the accounts side by side against our own labelled stories
(accounts_gold.py), `accounts-cost` what claims and commitments cost (accounts_cost.py).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"


@dataclass(frozen=True)
class Part:
    """One record of a benchmark: its manifest and the kinds its score needs."""

    name: str
    manifest: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Bench:
    """One benchmark: its records, and how the score is called (`{out}` is the exports' folder)."""

    name: str
    parts: tuple[Part, ...]
    score: tuple[str, ...] = ("score.py", "{out}")


def _parts(folder: str, names: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[Part, ...]:
    return tuple(Part(name, f"{folder}{name}/manifest.csv", kinds) for name in names)


READING = ("html-aeb", "html-fundus", "text-hard", "text-mild", "datelines")
BENCHES = (
    Bench(
        "reading",
        _parts("{unpacked}/", READING, ("articles", "versions", "captures")),
    ),
    Bench("revisions", (Part("", "manifest.csv", ("articles", "versions", "changes")),)),
    Bench(
        "statements",
        (Part("", "manifest.csv", ("articles", "statements")),),
        ("score.py", "{out}", "dev"),
    ),
    Bench("dates", (Part("", "manifest.csv", ("articles", "dates")),)),
    Bench("events", (Part("", "manifest.csv", ("articles", "versions", "actors", "events")),)),
    Bench("stories", _parts("", ("allsides", "basil", "ecb", "uci"), ("articles", "stories"))),
    Bench("timeline", (Part("", "manifest.csv", ("articles", "versions", "timeline")),)),
    Bench("reuse", (Part("", "manifest.csv", ("articles", "versions", "reuse")),)),
    Bench("reuse-untimed", (Part("", "manifest-untimed.csv", ("articles", "versions", "reuse")),)),
)


def call(*command: str | Path, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    """Runs a command and returns it; exit status 1 (some input unusable) is allowed."""
    done = subprocess.run(
        [str(c) for c in command], text=True, capture_output=True, check=False, **kwargs
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done


def onrecord(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return call(Path(sys.executable).parent / "onrecord", *arguments)


def run(bench: Bench, folder: Path, work: Path, processes: int) -> dict[str, Any]:
    """The figures of one benchmark, with wall and CPU seconds of its builds."""
    if any("{unpacked}" in part.manifest for part in bench.parts):
        call(sys.executable, folder / "score.py", "--unpack", work / "pages")
    wall, cpu = time.perf_counter(), _cpu()
    notes: list[str] = []
    for part in bench.parts:
        record, out = work / "records" / (part.name or "record"), work / "out" / part.name
        manifest = folder / part.manifest.replace("{unpacked}", str(work / "pages"))
        onrecord("add", "--record", record, "--manifest", manifest)
        only = [word for kind in part.kinds for word in ("--only", kind)]
        built = onrecord("build", "--record", record, "--build-processes", str(processes), *only)
        notes += [line for line in built.stderr.splitlines() if line.strip()][:20]
        for kind in part.kinds:
            onrecord("export", kind, "--record", record, "-o", out / f"{kind}.jsonl")
    spent = {"wall_seconds": round(time.perf_counter() - wall), "cpu_seconds": round(_cpu() - cpu)}
    scored = call(
        sys.executable, *(s.replace("{out}", str(work / "out")) for s in bench.score), cwd=folder
    )
    figures = json.loads(scored.stdout.strip().splitlines()[-1])
    return {"figures": figures, **spent, "failed_groups": notes}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def schedule(bench: Path) -> dict[str, Any]:
    """The figures of the check policy."""
    done = call(
        sys.executable, "simulate.py", "onrecord.capture.schedule:interval", cwd=bench / "schedule"
    )
    return {"figures": json.loads(done.stdout.strip().splitlines()[-1])}


def _by_script(name: str) -> Callable[[Path], dict[str, Any]]:
    """A measurement with a script of its own beside this one: its `measure` gives the entry."""

    def measure(bench: Path) -> dict[str, Any]:
        # some measure by what the tests build with
        if str(HERE.parent) not in sys.path:
            sys.path.insert(0, str(HERE.parent))
        entry: dict[str, Any] = importlib.import_module(name).measure(bench)
        return entry

    return measure


OTHERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "schedule": schedule,
    "reading-peers": _by_script("reading_peers"),
    "speed": _by_script("speed"),
    "diffing": _by_script("diffing"),
    "stability": _by_script("stability"),
    "watching": _by_script("watching"),
    "edits": _by_script("edits"),
    "statements-gold": _by_script("statements_gold"),
    "statements-peers": _by_script("statements_peers"),
    "statements-speed": _by_script("statements_speed"),
    "statements-trained": _by_script("statements_trained"),
    "accounts": _by_script("accounts_gold"),
    "accounts-cost": _by_script("accounts_cost"),
}
"""What is measured without a record of its own, by name."""


def flat(figures: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted name and value of every single figure."""
    if isinstance(figures, dict):
        for name, value in figures.items():
            yield from flat(value, f"{prefix}.{name}" if prefix else str(name))
    elif isinstance(figures, list):
        yield prefix, f"{len(figures)} listed"
    else:
        yield prefix, figures


def report(results: dict[str, Any], peers: dict[str, list[dict[str, str]]]) -> str:
    """RESULTS.md."""
    lines = [
        "# Results",
        "",
        "Written by `python bench/run.py` from `bench/results.json`. Figures are on the shared part of each benchmark;",
        "tuned on that part as a whole, never on single documents. Peers' figures are those of the benchmarks' READMEs",
        "(mostly measured on the held-out parts, so they stand beside ours, not in the same row), but for `reading-peers`",
        "and `statements-peers`, which run others on the same files and the same machine.",
    ]
    for name in sorted(results):
        entry = results[name]
        lines += ["", f"## {name}", ""]
        if "wall_seconds" in entry:
            lines += [
                f"Adding, building what the score needs (`build --only`) and exporting: {entry['wall_seconds']} s wall, {entry['cpu_seconds']} s CPU.",
                "",
            ]
        for table in entry.get("tables", []):
            lines += _table(table)
        for row in peers.get(name, []):
            lines.append(
                f"- {row['figure']}: **{_find(entry['figures'], row['key'])}** · peers: {row['peers']}"
            )
        if "tables" not in entry:
            lines += [
                "",
                "<details><summary>All figures</summary>",
                "",
                "| figure | value |",
                "| --- | --- |",
            ]
            lines += [f"| {key} | {value} |" for key, value in flat(entry["figures"])]
            lines += ["", "</details>"]
        if entry.get("failed_groups"):
            lines += ["", f"Groups that failed: {len(entry['failed_groups'])}"]
    return "\n".join(lines) + "\n"


def _table(table: dict[str, Any]) -> list[str]:
    """A measurement's own table: caption, columns, rows."""
    rows = [table["columns"], ["---"] * len(table["columns"]), *table["rows"]]
    return [table["caption"], "", *("| " + " | ".join(map(str, row)) + " |" for row in rows), ""]


def _find(figures: Any, key: str) -> Any:
    return dict(flat(figures)).get(key, "not measured")


def save(results: dict[str, Any]) -> None:
    """Writes results.json, joined with what another run wrote meanwhile, and RESULTS.md."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    known.update(results)
    RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    peers = json.loads((HERE / "peers.json").read_text())
    (HERE / "RESULTS.md").write_text(report(known, peers))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared" / "bench")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="keep records and exports below this folder")
    chosen = parser.parse_args()
    if not chosen.bench.is_dir():
        raise SystemExit(
            f"{chosen.bench.name}: the benchmarks are not beside this checkout; name them with --bench"
        )
    results: dict[str, Any] = {}
    known = [bench.name for bench in BENCHES] + list(OTHERS)
    for name in chosen.names or known:
        if name not in known:
            raise SystemExit(f"there is no benchmark {name!r}; there are {', '.join(known)}")
    for bench in BENCHES:
        if chosen.names and bench.name not in chosen.names:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            work = chosen.keep / bench.name if chosen.keep else Path(temporary)
            folder = chosen.bench / bench.name.removesuffix("-untimed")
            results[bench.name] = run(bench, folder, work.resolve(), chosen.processes)
        print(bench.name, json.dumps(results[bench.name])[:2000], flush=True)
        save(results)
    for name, measure in OTHERS.items():
        if not chosen.names or name in chosen.names:
            results[name] = measure(chosen.bench)
            print(name, json.dumps(results[name]["figures"])[:2000], flush=True)
            save(results)


if __name__ == "__main__":
    main()

"""What the accounts cost: the stages behind the parse, and what one more report costs in a long story.

    python bench/run.py accounts-cost     # or python bench/accounts_cost.py, which only prints

The first table builds the shared reports of `stories/basil` (50 events, three outlets each) in one
process and sets the CPU of the stages that make lines, episodes, claims and commitments against the time
within spaCy; of five runs the one in the middle counts. The second builds a story of 1,000 invented reports, 20 on each of 50 days, adds one
more and builds again: how many groups each of these stages worked, and its CPU, both times.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from statements_speed import Captures, Clocked, warm_up

from onrecord import settings
from onrecord.pipeline import STAGES
from onrecord.records import Claim, Given, Story
from onrecord.run.building import resource_digests, resources
from onrecord.run.engine import build, in_process
from onrecord.run.memory import capture_of
from onrecord.store.record import Store

HERE = Path(__file__).resolve().parent
MEASURED = ("lines", "episodes", "claims", "commitments")
TARGET_PERCENT = 30
RUNS = 5
"""On a shared machine one and the same build gave 21 to 31 per cent within one hour: of five runs the middle one counts."""
DAYS, A_DAY = 50, 20

TOGETHER = {"stories.same_story": 1, "stories.near_names": 1, "stories.window": 400}
"""Options that keep the invented reports one story: how stories are found is not measured here."""


def shared_reports(bench: Path) -> Captures:
    """The reports of stories/basil with what their manifest tells."""
    folder = bench / "stories" / "basil"
    found = []
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            data = (folder / row["path"]).read_bytes()
            given = Given(outlet=row["outlet"], published=row["published"], language="en")
            found.append((capture_of(row["path"], data, url=row["url"], given=given), data))
    return found


_WHO = ("Minister Ilsa Brandt", "Captain Jory Teague", "union leader Oda Farr", "Mayor Pell Osk")
_DOES = ("closed", "opened", "inspected", "blocked", "sold", "repaired", "searched", "flooded")
_WHAT = (
    "pier",
    "grain silo",
    "customs house",
    "ferry",
    "lighthouse",
    "fish hall",
    "crane",
    "depot",
)
_WHERE = ("Karrow", "Velmora", "Harne", "Ostrand", "Dunholt", "Brackwater", "Tarn", "Sallow")
_SAID = ("said", "told reporters", "announced", "warned", "insisted")
_WHY = ("the talks failed", "the fee was doubled", "a strike began", "the storm had passed")


def invented(day: int, number: int) -> str:
    """One of a day's reports: some of the day's facts, in an order of its own."""
    facts = random.Random(day)
    rows = []
    for _ in range(10):
        who, does, what, where = (facts.choice(x) for x in (_WHO, _DOES, _WHAT, _WHERE))
        said, why, count = facts.choice(_SAID), facts.choice(_WHY), facts.randrange(20, 900)
        rows.append(f"{who} {does} the {what} of {where} after {why}.")
        rows.append(f"{count} people near the {what} of {where} would be moved, {who} {said}.")
    own = random.Random(1000 * day + number)
    told = own.sample(rows, 8)
    return "\n\n".join([f"Karrow harbour dispute: {told[0][:60]}", *told])


def long_story(reports: int) -> Captures:
    """The first `reports` of the invented story; the one behind the last is of a day in its middle."""
    found = []
    for i in range(reports):
        day = i % DAYS
        published = f"2031-{3 + day // 28:02}-{1 + day % 28:02}T{6 + i // DAYS % 16:02}:00:00+01:00"
        data = invented(day, i // DAYS).encode()
        given = Given(outlet=f"Outlet {i // DAYS}", published=published, language="en")
        url = f"https://outlet{i // DAYS}.example/{day}"
        found.append((capture_of(f"{i}.txt", data, url=url, given=given), data))
    return found


def work_shared(bench: Path) -> dict[str, Any]:
    """CPU seconds of the parse and of the measured stages over the shared reports."""
    warm_up()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        captures = shared_reports(bench)
        for capture, data in captures:
            store.add(capture, data)
        loaded = dict(resources(store.captures.folder, ()))
        loaded["nlp"] = nlp = Clocked(loaded["nlp"])
        reports = build(
            store, STAGES, {}, resource_digests(()), in_process(loaded), clock=time.process_time
        )
        failed = [f"{r.stage}: {why}" for r in reports for _, why in r.failed]
        if failed:
            raise SystemExit(f"the build failed in {len(failed)} groups: {failed[0]}")
        claims = len(store.all(Claim))
    return {
        "reports": len(captures),
        "claims": claims,
        "parse_seconds": nlp.seconds,
        "stage_seconds": {r.stage: r.seconds for r in reports if r.stage in MEASURED},
    }


def work_long(bench: Path) -> dict[str, Any]:
    """Groups and CPU seconds of the measured stages for 1,000 reports, and for one more."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        captures = long_story(DAYS * A_DAY + 1)
        loaded = resources(store.captures.folder, ())
        chosen = settings.join(TOGETHER)
        rounds = []
        for some in (captures[:-1], captures[-1:]):
            for capture, data in some:
                store.add(capture, data)
            reports = build(
                store,
                STAGES,
                chosen,
                resource_digests(()),
                in_process(loaded),
                clock=time.process_time,
            )
            rounds.append({r.stage: [r.worked, r.seconds] for r in reports if r.stage in MEASURED})
        stories = [len(s.articles) for s in store.all(Story)]
        claims = len(store.all(Claim))
    return {"stories": sorted(stories, reverse=True)[:3], "claims": claims, "rounds": rounds}


WORK = {"--shared": work_shared, "--long": work_long}


def _fresh(what: str, bench: Path) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "accounts_cost.py"), what, str(bench)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _percent(run: dict[str, Any]) -> float:
    return float(100 * sum(run["stage_seconds"].values()) / run["parse_seconds"])


def _middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run whose share of the parse lies in the middle."""
    return sorted(runs, key=_percent)[len(runs) // 2]


def measure(bench: Path) -> dict[str, Any]:
    """{"figures": ..., "tables": [...]}."""
    shared, long = (
        _middle([_fresh("--shared", bench) for _ in range(RUNS)]),
        _fresh("--long", bench),
    )
    unit = shared["parse_seconds"]
    seconds = shared["stage_seconds"]
    total = sum(seconds.values())
    rows = [["the parse: spaCy", round(unit, 2), 100.0]]
    rows += [[name, round(s, 2), round(100 * s / unit, 1)] for name, s in seconds.items()]
    rows.append(
        [
            f"**all four** (target: at most {TARGET_PERCENT})",
            round(total, 2),
            round(100 * total / unit, 1),
        ]
    )
    first, second = long["rounds"]
    grown = [
        [name, first[name][0], round(first[name][1], 2), *_one_more(second.get(name))]
        for name in MEASURED
    ]
    return {
        "figures": {
            "reports": shared["reports"],
            "claims": shared["claims"],
            "percent_of_parse": round(100 * total / unit, 1),
            "long_story": long["stories"][0],
            "claims_groups_for_one_more": second["claims"][0],
            "claims_cpu_for_one_more_percent": round(
                100 * second["claims"][1] / first["claims"][1], 1
            ),
        },
        "tables": [
            {
                "caption": f"CPU of one build of {shared['reports']} shared reports of 50 events, {shared['claims']} claims: "
                f"of {RUNS} runs the one in the middle.",
                "columns": ["what", "CPU s", "% of the parse"],
                "rows": rows,
            },
            {
                "caption": f"A story of {long['stories'][0]} invented reports, and one report more. The CPU of "
                "a stage holds what it takes to see which groups are unchanged.",
                "columns": [
                    "stage",
                    "groups",
                    "CPU s",
                    "groups for one more",
                    "CPU s for one more",
                ],
                "rows": grown,
            },
        ],
    }


def _one_more(row: list[Any] | None) -> list[Any]:
    return [row[0], round(row[1], 2)] if row else [0, 0.0]


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in WORK:
        print(json.dumps(WORK[sys.argv[1]](Path(sys.argv[2]))))
        return
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "bench"
    for table in measure(bench)["tables"]:
        print(table["caption"], table["columns"], *table["rows"], sep="\n")


if __name__ == "__main__":
    main()

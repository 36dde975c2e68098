"""How long the page of the latest edits and its feeds take over a large record.

    python -m bench.edits [CHANGES]      # 20,000 by default

An invented record in SQLite: half as many reports as changes, each with three versions, of 60 outlets.
Every address is asked for five times in this process, through the web app; the best time counts, and
the median. Building the record takes two minutes of processor time and is not measured.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.publish.reading import Site
from tests.store.editing import Made, keep, report

from onrecord.publish.web import create_app
from onrecord.store.record import Store

CHANGES, OUTLETS, TIMES, AT_ONCE = 20_000, 60, 5, 100
NOUNS = (
    "harbour ferry crossing toll ship grain minister board strike night storm castle roof bridge "
    "island council vote letter report winter"
).split()
ASKED = (
    ("all, first page", "/edits"),
    ("all, a page far behind", "/edits?page=400"),
    ("a label and a source", "/edits?label=number&source=Outlet+7"),
    ("days and significance", "/edits?from=2031-03-01&to=2031-04-01&least=600"),
    ("words of one report", "/edits?q=8+ships"),
    ("words of every report", "/edits?q=harbour"),
    ("Atom", "/edits.atom"),
    ("RSS of a label", "/edits.rss?label=number"),
    ("JSON Feed", "/edits.json"),
)


def made(number: int, rng: random.Random) -> Made:
    """A report of three versions: a number, then its headline was changed."""
    body = [
        f"{' '.join(rng.choice(NOUNS) for _ in range(20)).capitalize()} {number} ships."
        for _ in range(4)
    ]
    first = "\n\n".join([f"Report {number} of the {rng.choice(NOUNS)}", *body])
    second = first.replace(f"{number} ships", f"{number + 2} ships", 1)
    third = second.replace("Report", "Account", 1)
    times = [
        f"2031-{1 + (3 * number + k) % 12:02}-{1 + (number + k) % 28:02}T{number % 24:02}:00:00+00:00"
        for k in range(3)
    ]
    name = f"Outlet {number % OUTLETS}"
    states = zip(times, (first, second, third), strict=True)
    return report(f"https://o{number % OUTLETS}.example/{number}", name, *states)


def fill(store: Store, changes: int) -> None:
    """Puts reports with so many changes into a record."""
    rng = random.Random(7)
    for low in range(0, changes // 2, AT_ONCE):
        some = [made(n, rng) for n in range(low, min(low + AT_ONCE, changes // 2))]
        data = {sha: body for one in some for sha, body in one.data.items()}
        keep(store, [record for one in some for record in one.records], data, f"k{low}")


def measure(bench: Path | None = None, changes: int = CHANGES) -> dict[str, Any]:
    """The entry for results.json; `bench` is not needed."""
    rows, figures = [], {}
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        fill(store, changes)
        site = Site(create_app(store))
        for name, address in ASKED:
            taken = []
            for _ in range(TIMES):
                begun = time.perf_counter()
                answer = site.get(address)
                taken.append(1000 * (time.perf_counter() - begun))
                assert answer.status_code == 200, address
            best, middle = round(min(taken)), round(statistics.median(taken))
            figures[name] = {"best_ms": best, "median_ms": middle}
            rows.append([name, best, middle, f"{len(answer.content) / 1000:.0f}"])
    table = {
        "caption": f"{changes:,} changes in SQLite.",
        "columns": ["asked for", "ms, best", "ms, median", "kB"],
        "rows": rows,
    }
    return {"figures": figures, "tables": [table]}


if __name__ == "__main__":
    found = measure(changes=int(sys.argv[1]) if sys.argv[1:] else CHANGES)
    for row in found["tables"][0]["rows"]:
        print("{:26} {:6} {:6} ms {:>6} kB".format(*row))

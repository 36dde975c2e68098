"""Statements against our own labelled reports (tests/gold/statements): those that rules were written by,
and those that whoever writes rules does not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.gold.statements.score import score

PARTS = {"01 to 44, read": (1, 44), "45 and up, not read": (45, 99)}
TARGETS = {"nesting": 80, "addressee": 75, "act": 80, "condition": 80}


def measure(bench: Path) -> dict[str, Any]:
    """The entry of results.json. `bench` is not used."""
    del bench
    tallies = {name: score(*numbers) for name, numbers in PARTS.items()}
    first = next(iter(tallies.values()))
    rows = [
        [name, TARGETS.get(name, ""), *(tally.f1(name) / 10 for tally in tallies.values())]
        for name in first.gold
    ]
    figures = {
        f"{part}.{name}": tally.f1(name) / 10
        for part, tally in tallies.items()
        for name in tally.gold
    }
    caption = (
        "F1 over labelled reports of our own: "
        + "; ".join(f"{part}: {tally.gold['act']} statements" for part, tally in tallies.items())
        + "."
    )
    table = {"caption": caption, "columns": ["what", "target", *PARTS], "rows": rows}
    return {"figures": figures, "tables": [table]}

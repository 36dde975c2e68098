"""Accounts side by side against our own labelled stories (tests/gold/accounts): those that rules were
written by, and those that whoever writes rules does not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.gold.accounts.score import RELATIONS, Tally, score

PARTS = {
    "39 to 48, read": (39, 48),
    "49 to 58, not read": (49, 58),
    "01 to 20, hard, read": (1, 20),
    "21 to 38, hard, not read": (21, 38),
}
"""Stories from 39 on are worded as real reports of one event are; those before share hardly a word."""
SHARES = {
    "rightly opposed, of shown opposed": ("rightly opposed", "shown opposed", 95),
    "rightly opposed, of opposed": ("rightly opposed", "opposed", 50),
    "looks opposed, shown so": ("looks opposed, shown so", "looks opposed", ""),
    "related brought together": ("related together", "related", 75),
    "hard unrelated brought together": ("unrelated together", "unrelated", ""),
    "differing, right detail": ("differing, right in", "differing", 50),
    "silences told": ("silences told", "silences, claim found", ""),
    "commitments found": ("commitments found", "commitments", ""),
    "outcomes right": ("outcomes right", "outcomes", ""),
}
"""What is measured -> (counted, of what, target in per cent)."""


def measure(bench: Path) -> dict[str, Any]:
    """The entry of results.json. `bench` is not used."""
    del bench
    tallies = {name: score(*numbers) for name, numbers in PARTS.items()}
    rows: list[list[Any]] = [["macro-F1", 75, *(t.macro_f1() / 10 for t in tallies.values())]]
    rows += [[f"F1 {r}", "", *(t.f1(r) / 10 for t in tallies.values())] for r in RELATIONS]
    rows += [
        [name, target, *(_said(tally, counted, of) for tally in tallies.values())]
        for name, (counted, of, target) in SHARES.items()
    ]
    figures = {f"{part}.{row[0]}": row[2 + n] for n, part in enumerate(tallies) for row in rows}
    caption = (
        "Per cent over pairs of lines of invented stories, chosen to be hard: "
        + "; ".join(
            f"{part}: {sum(t.gold[r] for r in RELATIONS)} pairs" for part, t in tallies.items()
        )
        + "."
    )
    table = {"caption": caption, "columns": ["what", "target", *PARTS], "rows": rows}
    return {"figures": figures, "tables": [table]}


def _said(tally: Tally, counted: str, of: str) -> str:
    share = tally.share(counted, of)
    alone = "–" if share is None else f"{share / 10}"
    return f"{alone} ({tally.counts[counted]} of {tally.counts[of]})"

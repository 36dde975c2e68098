"""Checks the labelled stories beside it: `python -m tests.gold.accounts.check [file …]`.

A breach of README.md is an error and makes the exit status 1.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RELATIONS = (
    "same_quote paraphrase corroborates adds differs contradicts incompatible_accounts none"
).split()
DETAILS = (
    "polarity condition modality actor number date place attribution occasion characterisation wording"
).split()
ACTS = "threat promise offer demand deadline".split()
OUTCOMES = {
    "act": ("done", "not_done", "unknown"),
    "condition": ("met", "unmet", "unknown"),
    "deadline": ("kept", "missed", "unknown"),
}
FIELDS = {
    "report": {"id", "outlet", "published", "url", "text"},
    "pair": {"a", "b", "relation", "in", "also", "hard", "looks_opposed", "why"},
    "commitment": {
        "report", "who", "act", "words", "condition", "deadline", "outcome", "evidence",
    },
    "silent": {"report", "claim"},
}  # fmt: skip
NEEDED = {
    "report": FIELDS["report"],
    "pair": {"a", "b", "relation", "why"},
    "commitment": {"report", "who", "act", "words", "outcome"},
    "silent": FIELDS["silent"],
}
REPORTS = (2, 4)
PAIRS = 11
DAY = re.compile(r"\d{4}-\d\d-\d\d")
Counts = dict[str, Counter[str]]


def counted() -> Counts:
    """Empty counts."""
    return {name: Counter() for name in ("all", "relation", "in", "commitment")}


def check(told: Mapping[str, Any], counts: Counts) -> Iterator[str]:
    """The errors of one story; what it holds is added to the counts."""
    yield from (f"unknown table {name!r}" for name in told.keys() - FIELDS.keys())
    for table, allowed in FIELDS.items():
        for number, row in enumerate(told.get(table, ()), 1):
            for name in sorted(row.keys() - allowed):
                yield f"{table} {number}: unknown field {name!r}"
            for name in sorted(NEEDED[table] - row.keys()):
                yield f"{table} {number}: no {name}"
                return
        counts["all"][table] += len(told.get(table, ()))
    texts = {report["id"]: report["text"].strip() for report in told["report"]}
    if not REPORTS[0] <= len(texts) == len(told["report"]) <= REPORTS[1]:
        yield f"{len(told['report'])} reports with {len(texts)} ids"
    for report in told["report"]:
        try:
            if datetime.fromisoformat(report["published"]).tzinfo is None:
                yield f"report {report['id']}: published without a zone"
        except ValueError:
            yield f"report {report['id']}: published is no time"
        if not re.match(r"https://[\w.-]+\.example/", report["url"]):
            yield f"report {report['id']}: url is not of an invented .example host"
    if not told.get("silent"):
        yield "nothing is silent"

    def line(row: Mapping[str, str], where: str) -> Iterator[str]:
        if row["report"] not in texts:
            yield f"{where}: there is no report {row['report']!r}"
            return
        words, mark, number = row["words"].partition("#")
        stands = texts[row["report"]].count(words)
        if not words or words != words.strip() or "\n" in words:
            yield f"{where}: words with spaces round them or over a line's end: {words!r}"
        elif mark and not (number.isdecimal() and stands >= 2 and 1 <= int(number) <= stands):
            yield f"{where}: stands {stands} times, not #{number}: {words!r}"
        elif not mark and stands != 1:
            yield f"{where}: stands {stands} times: {words!r}"

    yield from _pairs(told.get("pair", ()), counts, line)
    yield from _commitments(told.get("commitment", ()), counts, line)
    for number, row in enumerate(told.get("silent", ()), 1):
        yield from line(row["claim"], f"silent {number}")
        if row["report"] not in texts or row["report"] == row["claim"]["report"]:
            yield f"silent {number}: report {row['report']!r}"


def _pairs(rows: Any, counts: Counts, line: Any) -> Iterator[str]:
    if len(rows) < PAIRS:
        yield f"only {len(rows)} pairs"
    seen = set()
    for number, row in enumerate(rows, 1):
        where = f"pair {number}"
        for side in ("a", "b"):
            yield from line(row[side], where)
        key = frozenset((row[s]["report"], row[s]["words"]) for s in ("a", "b"))
        if key in seen or len(key) != 2:
            yield f"{where}: twice, or a line with itself"
        seen.add(key)
        relation = row["relation"]
        counts["relation"][relation] += 1
        if relation not in RELATIONS:
            yield f"{where}: relation {relation!r}"
        details = [row["in"], *row.get("also", ())] if "in" in row else []
        if ("in" in row) != (relation == "differs") or ("also" in row and "in" not in row):
            yield f"{where}: `in` stands with differs and only with it"
        if set(details) - set(DETAILS) or len(set(details)) != len(details):
            yield f"{where}: in {details}"
        if details:
            counts["in"][details[0]] += 1
        if row.get("looks_opposed") and relation in ("contradicts", "incompatible_accounts"):
            yield f"{where}: opposed and looks opposed"
        counts["all"]["looks opposed"] += bool(row.get("looks_opposed"))
        counts["all"]["hard unrelated"] += relation == "none" and bool(
            row.get("hard") or row.get("looks_opposed")
        )


def _commitments(rows: Any, counts: Counts, line: Any) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        where = f"commitment {number}"
        yield from line(row, where)
        counts["commitment"][row["act"]] += 1
        if row["act"] not in ACTS:
            yield f"{where}: act {row['act']!r}"
        if "condition" in row and row["condition"] not in row["words"]:
            yield f"{where}: the condition is not among its words"
        for day in row.get("deadline", "2031-01-01").split("/"):
            try:
                date.fromisoformat(day)
            except ValueError:
                yield f"{where}: deadline {day!r}"
        outcome = row["outcome"]
        for slot, allowed in OUTCOMES.items():
            if outcome.get(slot) not in allowed:
                yield f"{where}: outcome of {slot} {outcome.get(slot)!r}"
        if "condition" not in row and outcome.get("condition") != "unknown":
            yield f"{where}: an outcome of a condition that there is not"
        if "deadline" not in row and outcome.get("deadline") != "unknown":
            yield f"{where}: an outcome of a deadline that there is not"
        shown = {e["for"] for e in row.get("evidence", ())}
        for slot in shown:
            if outcome.get(slot) == "unknown":
                yield f"{where}: evidence for an unknown {slot}"
        if outcome.get("act") != "unknown" and "act" not in shown:
            yield f"{where}: the act's outcome without evidence"
        for evidence in row.get("evidence", ()):
            yield from line(evidence, where)


def check_all(paths: list[Path] | None = None) -> tuple[list[str], Counts]:
    """The errors of all stories, each with its file's name, and the counts."""
    counts, errors = counted(), []
    for path in paths or sorted(HERE.glob("[0-9][0-9]-*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        errors += [f"{path.name}: {error}" for error in check(told, counts)]
        counts["all"]["stories"] += 1
    return errors, counts


def main(arguments: list[str]) -> int:
    """Prints the errors and the counts."""
    errors, counts = check_all([Path(a) for a in arguments])
    print("\n".join(errors))
    for name, counter in counts.items():
        print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in counter.most_common()))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

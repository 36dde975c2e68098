"""A build: every stage on what is new since the last one, and only on that.

The engine asks a shelf (the store, or a dict in memory) what there is, brings records together into
groups, skips the groups whose fingerprint the ledger holds already, works the others and commits
them in batches, each with its ledger rows. A build that is killed resumes behind the last batch.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from onrecord.errors import LimitExceeded, OnrecordError
from onrecord.options import options_hash
from onrecord.records import Record
from onrecord.stage import Group, Join, Resources, Stage

Values = Mapping[str, Any]
LOT_GROUPS, LOT_RECORDS = 32, 4000
"""How many groups, of how many records in all, are loaded together at most. Half of what loading a
thousand records costs is asking for them: lots of four thousand took half the time for the groups that
lines are made of, and 8 per cent more memory of a build of 150 reports."""

NEW_OBJECTS = 50_000
"""How many objects more than before there are until a build looks for cycles among the new ones."""


class Shelf(Protocol):
    """What a build reads from and writes to."""

    def index(self, kind: type[Record], fields: Sequence[str]) -> list[tuple[str, str, Values]]:
        """(id, digest of the contents, values of the fields) of every record, ordered by id."""

    def load(self, kind: type[Record], ids: Sequence[str]) -> tuple[Record, ...]:
        """The records of these ids, ordered by id."""

    def ledger(self, stage: str) -> dict[str, tuple[str, str]]:
        """Group key -> (fingerprint, outcome) of what was done before."""

    def withdraw(self, stage: Stage, keys: Sequence[str]) -> None:
        """Forgets groups: their records and ledger rows."""

    def commit(self, stage: Stage, results: Sequence[Result]) -> None:
        """Stores worked groups with their ledger rows, all or nothing."""


@dataclass(frozen=True)
class Plan:
    """A group before it is worked: which records it brings together."""

    key: str
    members: tuple[tuple[type[Record], tuple[str, ...]], ...]
    fingerprint: str
    skip: str = ""


@dataclass(frozen=True)
class Result:
    """A worked group. `outcome`: done, skipped or failed; `note` says why in the latter two."""

    key: str
    fingerprint: str
    outcome: str
    note: str
    records: tuple[Record, ...]


@dataclass
class StageReport:
    """What a build did in one stage."""

    stage: str
    worked: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    records: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0


Runner = Callable[[Stage, Any, Iterable[tuple[Plan, Group]]], Iterator[Result]]


def plan(stage: Stage, shelf: Shelf, options: Any, digests: Mapping[str, str]) -> list[Plan]:
    """The stage's groups, ordered by key."""
    driver = stage.driver
    by = stage.by[1] if stage.by else None
    wanted = sorted(
        {join.on for join in stage.joins if join.field}
        | ({by} if by else set())
        | ({"language"} if stage.english else set())
    )
    drivers = shelf.index(driver, wanted)
    groups: dict[str, list[tuple[str, str, Values]]] = defaultdict(list)
    for row in drivers:
        groups["all" if stage.whole else str(row[2][by]) if by else row[0]].append(row)
    tables = [(join, _lookup(shelf, join)) for join in stage.joins if drivers]
    head = "\n".join(
        [stage.name, str(stage.version), options_hash(options)]
        + [f"{name}={digests.get(name, '')}" for name in stage.resources]
    )
    plans = []
    for key, rows in sorted(groups.items()):
        members: dict[type[Record], dict[str, str]] = {driver: {row[0]: row[1] for row in rows}}
        for join, table in tables:
            joined = members.setdefault(join.kind, {})
            if join.field is None:
                joined.update(table[""])
                continue
            for row in rows:
                value = row[2][join.on]
                for one in value if isinstance(value, list | tuple) else (value,):
                    joined.update(table.get(one, {}))
        skip = ""
        if stage.english:
            language = rows[0][2]["language"]
            if language != "en":
                skip = f"language is {language or 'unknown'}, the stage reads English"
        digest = hashlib.sha256(head.encode())
        for kind, found in members.items():
            for identity, contents in sorted(found.items()):
                digest.update(f"\n{kind.__name__} {identity} {contents}".encode())
        plans.append(
            Plan(
                key=key,
                members=tuple((kind, tuple(sorted(found))) for kind, found in members.items()),
                fingerprint=digest.hexdigest()[:32],
                skip=skip,
            )
        )
    return plans


def _lookup(shelf: Shelf, join: Join) -> dict[str, dict[str, str]]:
    fields = sorted(
        {*([join.field] if join.field else ()), *(join.where[:1] if join.where else ())}
    )
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for identity, digest, values in shelf.index(join.kind, fields):
        if join.where is None or values[join.where[0]] == join.where[1]:
            table[str(values[join.field]) if join.field else ""][identity] = digest
    return table


def work_group(
    stage: Stage, options: Any, resources: Resources, planned: Plan, group: Group
) -> Result:
    """Works one group. An exception becomes a `failed` result that names it; nothing is swallowed.

    Of a group that hits a limit stays what its stage gave before: a page over one is kept as
    unreadable. Of any other that fails nothing stays.
    """
    records: list[Record] = []
    try:
        for record in stage.work(group, options, resources):
            records.append(record)
    except LimitExceeded as error:
        return Result(planned.key, planned.fingerprint, "failed", error.line(), tuple(records))
    except OnrecordError as error:
        return Result(planned.key, planned.fingerprint, "failed", error.line(), ())
    except Exception as error:
        import traceback

        frame = traceback.extract_tb(error.__traceback__)[-1]
        line = f"{type(error).__name__}: {error} (in {frame.name}, line {frame.lineno})"
        return Result(planned.key, planned.fingerprint, "failed", " ".join(line.split()), ())
    return Result(planned.key, planned.fingerprint, "done", "", tuple(records))


def in_process(resources: Resources) -> Runner:
    """A runner that works groups one after the other in this process."""

    def run(stage: Stage, options: Any, groups: Iterable[tuple[Plan, Group]]) -> Iterator[Result]:
        for planned, group in groups:
            yield work_group(stage, options, resources, planned, group)

    return run


def load_groups(shelf: Shelf, plans: Iterable[Plan]) -> Iterator[tuple[Plan, Group]]:
    """Plans with their records, in order. Some groups are asked for at once: asking costs more than
    small groups do, and what several of them join is read once."""
    for some in _together(plans):
        wanted: dict[type[Record], set[str]] = defaultdict(set)
        for planned in some:
            for kind, ids in planned.members:
                wanted[kind].update(ids)
        found = {
            kind: {record.id: record for record in shelf.load(kind, sorted(ids))}
            for kind, ids in wanted.items()
        }
        for planned in some:
            yield (
                planned,
                Group(
                    {
                        kind: tuple(found[kind][i] for i in ids if i in found[kind])
                        for kind, ids in planned.members
                    }
                ),
            )


def _together(plans: Iterable[Plan]) -> Iterator[list[Plan]]:
    """Plans in lots of few enough groups and records to be held in memory."""
    lot: list[Plan] = []
    records = 0
    for planned in plans:
        size = sum(len(ids) for _, ids in planned.members)
        if lot and (len(lot) >= LOT_GROUPS or records + size > LOT_RECORDS):
            yield lot
            lot, records = [], 0
        lot.append(planned)
        records += size
    if lot:
        yield lot


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Within it Python looks for cycles of dead objects after NEW_OBJECTS, as it did before behind it.

    Records are trees, and freed without that. Looked for after every 700 of them, the default, cycles
    took a quarter of the CPU of the stages that make accounts, and 8 per cent of the parse's; a build of
    150 reports holds 1.5 per cent more memory for it. Where they are never looked for (0), that stays.
    """
    before = gc.get_threshold()
    gc.set_threshold(before[0] and max(before[0], NEW_OBJECTS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@collecting_seldom()
def build(
    shelf: Shelf,
    stages: Sequence[Stage],
    options: Mapping[str, Any],
    digests: Mapping[str, str],
    runner: Runner,
    *,
    batch: int = 32,
    clock: Callable[[], float] = lambda: 0.0,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> list[StageReport]:
    """Runs the stages in order. `options` maps a stage's name to its Options (missing: defaults),
    `digests` a resource's name to what its contents hash to."""
    reports = []
    for stage in stages:
        begun = clock()
        chosen = options.get(stage.name) or stage.options()
        plans = plan(stage, shelf, chosen, digests)
        before = shelf.ledger(stage.name)
        report = StageReport(stage.name)
        todo = [
            p
            for p in plans
            if before.get(p.key) not in ((p.fingerprint, "done"), (p.fingerprint, "skipped"))
        ]
        current = {p.key for p in plans}
        gone = sorted(before.keys() - current)
        report.withdrawn = len(gone)
        report.unchanged = len(plans) - len(todo)
        report.skipped = [(p.key, p.skip) for p in plans if p.skip]
        work = [p for p in todo if not p.skip]
        # What one commit replaces stays until then: who reads meanwhile does not find it gone.
        at_once = len(work) <= batch
        old = gone + [p.key for p in work if p.key in before]
        shelf.withdraw(stage, [p.key for p in todo if p.skip and p.key in before])
        if not at_once:
            shelf.withdraw(stage, old)
        skipped = [Result(p.key, p.fingerprint, "skipped", p.skip, ()) for p in todo if p.skip]
        shelf.commit(stage, skipped)
        waiting: list[Result] = []
        done = 0
        for result in runner(stage, chosen, load_groups(shelf, work)):
            waiting.append(result)
            done += 1
            report.records += len(result.records)
            if result.outcome == "failed":
                report.failed.append((result.key, result.note))
            if len(waiting) >= batch and not at_once:
                shelf.commit(stage, waiting)
                waiting = []
                progress(stage.name, done, len(work))
        if at_once:
            shelf.withdraw(stage, old)
        shelf.commit(stage, waiting)
        progress(stage.name, done, len(work))
        report.worked = len(work)
        report.seconds = clock() - begun
        reports.append(report)
    return reports

"""The same input gives the same bytes: in any order and number of steps, with one and two processes,
in another time zone, locale, folder and hash seed, in SQLite and in PostgreSQL."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.gold.building import build, export_bytes

from onrecord.publish.demo import story

ONRECORD = Path(sys.executable).parent / "onrecord"


@pytest.fixture(scope="module")
def expected(demo_record: Path) -> dict[str, bytes]:
    return export_bytes(demo_record)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with story() as source:
        return Path(shutil.copytree(source, tmp_path / "an other folder"))


def _rows(folder: Path) -> tuple[list[str], list[list[str]]]:
    with (folder / "manifest.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def test_in_another_order_and_in_steps(
    folder: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    header, rows = _rows(folder)
    shuffled = rows[::-1][1::2] + rows[::-1][::2]
    for start in range(0, len(shuffled), 5):
        part = folder / f"part{start}.csv"
        with part.open("w", newline="") as file:
            csv.writer(file).writerows([header, *shuffled[start : start + 5]])
        build(tmp_path / "record", manifest=part, outlets=folder / "outlets.toml")
    assert export_bytes(tmp_path / "record") == expected


def test_in_two_processes_elsewhere_in_the_world(
    folder: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    record = tmp_path / "r"
    record.mkdir()
    shutil.copy(folder / "outlets.toml", record)
    world = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4321"}
    done = subprocess.run(
        [
            ONRECORD,
            "open",
            "--no-serve",
            "--record",
            record,
            "--manifest",
            folder / "manifest.csv",
            "--build-processes",
            "2",
            "--build-batch",
            "3",
        ],
        env=os.environ | world,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert export_bytes(record) == expected


def test_in_postgresql(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, database: str
) -> None:
    build(
        tmp_path / "record",
        manifest=folder / "manifest.csv",
        outlets=folder / "outlets.toml",
        database=database,
    )
    assert export_bytes(tmp_path / "record", database) == expected


def test_one_by_one(folder: Path, tmp_path: Path) -> None:
    """Each report built before the next is added; a few of them, against the same few at once."""
    header, rows = _rows(folder)
    few = [row for row in rows if row[0].startswith(("cwn", "dorvan", "courier-0508"))]
    for number, row in enumerate(few):
        part = folder / f"one{number}.csv"
        with part.open("w", newline="") as file:
            csv.writer(file).writerows([header, row])
        build(tmp_path / "steps", manifest=part, outlets=folder / "outlets.toml")
    with (folder / "few.csv").open("w", newline="") as file:
        csv.writer(file).writerows([header, *few])
    build(tmp_path / "once", manifest=folder / "few.csv", outlets=folder / "outlets.toml")
    assert export_bytes(tmp_path / "steps") == export_bytes(tmp_path / "once")


def test_a_vanished_capture_leaves_no_trace(folder: Path, tmp_path: Path) -> None:
    """What came from a capture that is no longer in the record goes with the next build."""
    from sqlalchemy import delete

    from onrecord.records import Capture
    from onrecord.store.record import Store
    from onrecord.store.tables import BY_KIND

    header, rows = _rows(folder)
    few = [row for row in rows if row[0].startswith(("cwn", "dorvan"))]
    for name, some in (("all", few), ("less", few[1:])):
        with (folder / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([header, *some])
    build(tmp_path / "a", manifest=folder / "all.csv", outlets=folder / "outlets.toml")
    with Store(tmp_path / "a") as store, store.engine.begin() as connection:
        table = BY_KIND[Capture]
        connection.execute(delete(table).where(table.c.path == few[0][0]))
    build(tmp_path / "a", outlets=folder / "outlets.toml")
    build(tmp_path / "b", manifest=folder / "less.csv", outlets=folder / "outlets.toml")
    assert export_bytes(tmp_path / "a") == export_bytes(tmp_path / "b")

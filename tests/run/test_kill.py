"""A build that is killed in the middle is resumed, and ends with the same bytes."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.gold.building import build, export_bytes

from onrecord.publish.demo import story

ONRECORD = Path(sys.executable).parent / "onrecord"


def _rows(record: Path) -> int:
    try:
        with sqlite3.connect(
            f"file:{record / 'record.db'}?mode=ro", uri=True, timeout=5
        ) as connection:
            return int(connection.execute("select count(*) from ledger").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_killed_build_is_resumed(tmp_path: Path, demo_record: Path) -> None:
    record = tmp_path / "record"
    with story() as folder:
        record.mkdir()
        shutil.copy(folder / "outlets.toml", record)
        command = [
            ONRECORD,
            "open",
            "--no-serve",
            "--record",
            record,
            "--manifest",
            folder / "manifest.csv",
            "--build-batch",
            "1",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while _rows(record) < 40 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "the build ended before it could be killed"
    done = _rows(record)
    assert done >= 40
    reports = build(record)
    assert sum(r.unchanged for r in reports) > 0, "nothing of the killed build was kept"
    assert export_bytes(record) == export_bytes(demo_record)

"""Builds a record from a folder of captures and reads its exports, for tests over whole stories."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from tests.gold.checks import Exports

from onrecord import settings
from onrecord.capture.capturing import Found
from onrecord.capture.manifest import from_manifest
from onrecord.publish.exports import jsonl
from onrecord.records import KINDS, Capture
from onrecord.run.adding import add, inputs
from onrecord.run.building import build_record
from onrecord.run.engine import StageReport
from onrecord.run.memory import MemoryShelf
from onrecord.store.record import Store


def _nothing() -> BinaryIO:
    return io.BytesIO()


def _never() -> str:
    raise AssertionError("a test asked for the clock")


def build(
    record: Path,
    *,
    manifest: Path | None = None,
    sources: Sequence[Path] = (),
    outlets: Path | None = None,
    values: Mapping[str, Any] | None = None,
    database: str | None = None,
) -> list[StageReport]:
    """Adds and builds; every group must succeed and every input be usable."""
    chosen = settings.join(values or {})
    with Store(record, database=database) as store:
        if outlets:
            shutil.copy(outlets, record / "outlets.toml")
        if manifest:
            report = add(store, from_manifest(manifest))
            assert report.lines == []
        if sources:
            report = add(store, inputs([str(s) for s in sources], _nothing, chosen["web"], _never))
            assert report.lines == []
        reports = build_record(store, chosen)
    failed = [(r.stage, why) for r in reports for _, why in r.failed]
    assert failed == []
    return reports


def export_bytes(record: Path, database: str | None = None) -> dict[str, bytes]:
    """Every kind's export, as bytes."""
    with Store(record, database=database, create=False) as store:
        return {name: b"".join(jsonl(store.stream(kind))) for name, kind in KINDS.items()}


def exports(record: Path, database: str | None = None) -> Exports:
    """Every kind's export, read back."""
    return Exports(
        {
            name: [json.loads(line) for line in data.decode().split("\n") if line]
            for name, data in export_bytes(record, database).items()
        }
    )


def captures_of(manifest: Path) -> list[tuple[Capture, bytes]]:
    """The captures of a manifest, for builds in memory."""
    return [(f.capture, f.data) for f in from_manifest(manifest) if isinstance(f, Found)]


def exports_of(shelf: MemoryShelf) -> Exports:
    """The exports of a build in memory."""
    return Exports(
        {
            name: [json.loads(line) for line in jsonl(shelf.all(kind))]
            for name, kind in KINDS.items()
        }
    )

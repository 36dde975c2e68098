"""A user's own offices and who held them: read by a build, and built again when the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.gold.building import build

from onrecord import settings
from onrecord.errors import UsageError
from onrecord.records import Actor
from onrecord.run.building import build_record
from onrecord.store.record import Store

STORY = """Bridge at Kelm shut

The bridge at Kelm was shut on Monday. Wharfinger Ilse Varga said the piers were unsafe. The wharfinger
asked drivers to take the ferry.
"""
OWN = """
[[office]]
title = "wharfinger"
role = "regional"

[[holder]]
person = "Ilse Varga"
title = "wharfinger"
country = "Norland"
earliest = 2030-02-01
"""


def _varga(record: Path) -> Actor:
    with Store(record) as store:
        (found,) = [a for a in store.all(Actor) if a.name.endswith("Varga")]
    return found


def test_offices_of_the_records_folder_are_read_and_a_change_is_built(tmp_path: Path) -> None:
    source, record = tmp_path / "bridge.txt", tmp_path / "record"
    source.write_text(STORY, "utf-8")
    build(record, sources=[source])
    assert _varga(record).offices == ()
    assert _varga(record).country is None

    (record / "offices.toml").write_text(OWN, "utf-8")
    build(record)
    assert [o.title for o in _varga(record).offices] == ["wharfinger"]
    assert _varga(record).country == "Norland"
    assert all(report.worked == 0 for report in build(record))

    (record / "offices.toml").write_text(OWN.replace("Norland", "Vesk"), "utf-8")
    build(record)
    assert _varga(record).country == "Vesk"


def test_a_named_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    chosen = settings.join({"registry.offices": str(tmp_path / "mine.toml")})
    with Store(tmp_path / "record") as store, pytest.raises(UsageError) as told:
        build_record(store, chosen)
    assert "mine.toml" in str(told.value)
    assert "registry.offices" in str(told.value)

"""Switching off any one stage makes checks of the demo fail that hold with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.gold.building import captures_of, exports_of
from tests.gold.checks import Check, read_key, run

from onrecord.pipeline import STAGES
from onrecord.publish.demo import story
from onrecord.records import Record
from onrecord.run.memory import MemoryShelf, build_in_memory
from onrecord.stage import Group, Resources

ELSEWHERE = {"repeated_lines", "judged", "rulings", "attached"}
"""`repeated_lines` needs three reports of one outlet, which no outlet of the demo has
(tests/extract/test_repeated.py), the others that somebody decided something (tests/run/test_judging.py,
tests/run/test_attaching.py)."""
KEY = read_key(Path(__file__).parent / "demo.toml")


def nothing(group: Group, options: Any, resources: Resources) -> Iterator[Record]:
    """A stage that is switched off."""
    yield from ()


@pytest.fixture(scope="module")
def whole() -> tuple[MemoryShelf, list[Check]]:
    with story() as folder:
        shelf, _ = build_in_memory(
            captures_of(folder / "manifest.csv"), STAGES, outlets=[folder / "outlets.toml"]
        )
    return shelf, run(exports_of(shelf), KEY)


@pytest.mark.parametrize("off", [s.name for s in STAGES if s.name not in ELSEWHERE])
def test_without_it_something_is_missed(whole: tuple[MemoryShelf, list[Check]], off: str) -> None:
    shelf, wrong = whole
    stages = [
        replace(stage, work=nothing, version=stage.version + 1) if stage.name == off else stage
        for stage in STAGES
    ]
    with story() as folder:
        without, _ = build_in_memory(
            captures_of(folder / "manifest.csv"),
            stages,
            outlets=[folder / "outlets.toml"],
            shelf=copy.deepcopy(shelf),
        )
    now_wrong = run(exports_of(without), KEY)
    assert [c["says"] for c in now_wrong if c not in wrong]

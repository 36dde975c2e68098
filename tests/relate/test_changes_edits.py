"""Several hundred small edits of invented reports: each has the label and the rank a reader expects."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.relate.making import version_of_blocks

from onrecord.records import Change, Version
from onrecord.relate.changes import Options, work
from onrecord.stage import Group

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from invented_edits import Edit, edits

EDITS = tuple(edits())


def change_of(edit: Edit) -> Change:
    versions = (version_of_blocks(edit.older), version_of_blocks(edit.newer, number=2))
    (change,) = work(Group({Version: versions}), Options(), {})
    return change


def faults(edit: Edit, change: Change) -> list[str]:
    found = [] if edit.label in change.labels else [f"no {edit.label}"]
    found += [label for label in edit.never if label in change.labels]
    if not edit.least <= change.significance <= edit.most:
        found.append(f"rank {change.significance}")
    return found


def test_there_are_hundreds() -> None:
    assert len(EDITS) >= 240
    assert len({e.kind for e in EDITS}) >= 30


@pytest.mark.parametrize("kind", sorted({e.kind for e in EDITS}))
def test_edits_of_a_kind_have_their_label_and_rank(kind: str) -> None:
    mine = [e for e in EDITS if e.kind == kind]
    wrong = Counter[str]()
    for edit in mine:
        change = change_of(edit)
        if found := faults(edit, change):
            differ = [t for _, t in edit.newer if t not in {u for _, u in edit.older}]
            wrong[f"{', '.join(found)} in {change.labels}: {differ[-1:]} {change.basis}"] += 1
    assert not wrong, wrong

"""The pipeline as declared: every record has one writer, everything read was written before."""

from __future__ import annotations

from onrecord.pipeline import STAGES, stages_for
from onrecord.records import (
    TABLES,
    Advice,
    Capture,
    Change,
    Check,
    Judgement,
    Reuse,
    Screenshot,
    Story,
    Watch,
)

FROM_OUTSIDE = (Capture, Watch, Check, Screenshot, Judgement, Advice)


def test_every_record_that_is_derived_is_written_by_exactly_one_stage() -> None:
    writers = [kind for stage in STAGES for kind in stage.writes]
    assert sorted(k.__name__ for k in writers) == sorted(
        k.__name__ for k in TABLES.values() if k not in FROM_OUTSIDE
    )


def test_a_stage_reads_only_what_stages_above_it_wrote() -> None:
    known = {Capture, Judgement}
    for stage in STAGES:
        assert {stage.driver, *(join.kind for join in stage.joins)} <= known, stage.name
        known |= set(stage.writes)


def test_only_what_a_kind_needs_is_run() -> None:
    assert [s.name for s in stages_for([Change])] == [
        "readings",
        "repeated_lines",
        "articles",
        "changes",
    ]
    assert [s.name for s in stages_for([Reuse])] == [
        "readings",
        "repeated_lines",
        "articles",
        "judged",
        "rulings",
        "reuse",
    ]
    needed = [s.name for s in stages_for([Story])]
    assert "sentences" in needed and "claims" not in needed
    assert needed == [s.name for s in STAGES if s.name in needed]

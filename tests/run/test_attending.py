"""What a watcher does beside its checks: pictures of new versions, time-stamps of days that are over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.capture.serving import Clock, Page, names, serving
from tests.run.newsroom import DAY, HOUR, Desk, newsroom, over_time, page, report

from onrecord.records import Capture, Screenshot

PLACE = "tern.example/1"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed")
def test_every_new_version_gets_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, {})
    clock = Clock(0.0)
    edited = report(1, edit="The ferry line added these words of its own.")
    with newsroom(clock) as room:
        room.serve(PLACE, over_time((0, page(report(1))), (HOUR, page(edited))))
        desk = Desk(
            tmp_path / "record",
            room,
            clock,
            watch_screenshots=True,
            screenshots_sandbox=False,
            screenshots_settle=50,
        )
        desk.add(PLACE)
        done = desk.run(6 * HOUR)
        captures = {c.id for c in desk.store.all(Capture)}
        pictures = desk.store.all(Screenshot)
        desk.close()
    assert done.lines == []
    assert {one.capture_id for one in pictures} == captures
    assert len(pictures) == 2


def test_a_time_stamp_service_that_fails_is_asked_once_an_hour_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, {})
    clock = Clock(0.0)
    with newsroom(clock) as room, serving() as service:
        service.others = lambda path: Page(200, b"<html>no stamps today", {})
        room.serve(PLACE, page(report(1)))
        desk = Desk(tmp_path / "record", room, clock, timestamps_service=f"{service.url}/tsa")
        desk.add(PLACE)
        desk.run(DAY + 3 * HOUR)
        checks, asked = len(desk.checks(PLACE)), len(service.posted)
        notes = [event.why for event in desk.said if event.what == "note"]
        folder = tmp_path / "record" / "timestamps"
        tokens, lists = list(folder.glob("*.tsr")), list(folder.glob("*.txt"))
        desk.close()
    assert checks > 10
    assert 1 <= asked <= 27
    assert len(notes) == asked
    assert (len(tokens), len(lists)) == (0, 1)

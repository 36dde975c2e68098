"""From a page that is edited and taken off to what a webhook gets, through the watcher itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.capture.serving import Clock, Page, names, serving
from tests.run.newsroom import DAY, HOUR, Desk, newsroom, over_time, page, report, status

from onrecord.capture.posting import Options
from onrecord.publish.edits import describer
from onrecord.run.watching import watch

PLACE = "tern.example/1"


def test_an_edit_and_a_removal_reach_a_webhook_once_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, {})
    clock = Clock(0.0)
    edited = report(1, edit="The ferry line added these words of its own in the afternoon.")
    with newsroom(clock) as room, serving() as hook:
        room.serve(
            PLACE, over_time((0, page(report(1))), (2 * HOUR, page(edited)), (DAY, status(410)))
        )
        hook.others = lambda path: Page(204)
        desk = Desk(tmp_path / "record", room, clock, watch_build="changes")
        desk.add(PLACE)
        desk.end = 2 * DAY

        settings = {**desk.settings, "hooks": Options(webhook=f"{hook.url}/hook")}
        watch(
            desk.store,
            settings,
            desk.times,
            stop=lambda: clock.seconds >= desk.end,
            describe=describer(desk.store, "http://127.0.0.1:8765"),
        )
        desk.close()
        # Builds keep to real time: here a day passes before the first one.
        got = sorted((json.loads(body) for body in hook.posted), key=lambda one: one["at"])
    assert [(one["kind"], one["labels"]) for one in got] == [
        ("change", ["addition"]),
        ("removed", ["removed"]),
    ]
    assert "{+The ferry line added these words of its own in the afternoon.+}" in got[0]["text"]

"""The watcher as a process of its own whose clock runs fast, for tests that kill it.

`python -m tests.run.watcher JSON` with: `record`, `database`, `began` (time.time() at which the clock said
START), `speed` (how many times as fast it runs), `settings`, `kill` (kill this process: `module:name`,
before or after its nth call), `patience` (seconds).
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from onrecord import settings
from onrecord.publish.cli_watching import _until_stopped
from onrecord.run import watching
from onrecord.run.watching import Times, watch
from onrecord.store.record import Store

START = datetime.fromisoformat("2031-03-14T10:00:00+00:00")


def kill_at(place: str, when: str, count: int) -> None:
    """Lets this process kill itself before or after the nth call of a function, `module:Class.name`."""
    module, _, name = place.partition(":")
    *path, last = name.split(".")
    owner: Any = functools.reduce(getattr, path, importlib.import_module(module))
    held = vars(owner)[last]
    real: Callable[..., Any] = held.__func__ if isinstance(held, staticmethod) else held
    calls = 0

    def deadly(*args: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == count and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        found = real(*args, **named)
        if calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(owner, last, staticmethod(deadly) if isinstance(held, staticmethod) else deadly)


def main() -> None:
    given = json.loads(sys.argv[1])
    watching.SHARE = 0  # builds are not spread: time runs fast
    began, speed = given["began"], given["speed"]
    for one in given["kill"]:
        kill_at(*one)

    def clock() -> float:
        return (time.time() - began) * speed

    with (
        Store(Path(given["record"]), database=given["database"], patience=5) as store,
        _until_stopped() as stopped,
    ):

        def nap(seconds: float) -> None:
            end = time.monotonic() + seconds / speed
            while not stopped() and time.monotonic() < end:
                time.sleep(0.01)

        times = Times(
            lambda: (START + timedelta(seconds=clock())).isoformat(),
            lambda seconds: time.sleep(seconds / speed),
            clock,
            nap,
        )
        print("started", flush=True)
        watch(
            store,
            settings.join(given["settings"]),
            times,
            lambda event: print(event.line(), flush=True),
            stop=stopped,
        )
        print("ended", flush=True)


if __name__ == "__main__":
    main()

"""Threads that look at watched pages while the main thread judges and writes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future

from onrecord.run.looking import Look


class Workers:
    """Threads that look. They write nothing to the record, and the program does not wait for them to
    end: a server that takes its time must not keep it from stopping."""

    def __init__(self, count: int) -> None:
        self._tasks: queue.SimpleQueue[tuple[Future[Look], Callable[[], Look]] | None]
        self._tasks = queue.SimpleQueue()
        self._count = count
        for number in range(count):
            threading.Thread(target=self._work, name=f"watch-{number}", daemon=True).start()

    def submit(self, work: Callable[[], Look]) -> Future[Look]:
        future: Future[Look] = Future()
        self._tasks.put((future, work))
        return future

    def close(self) -> None:
        """Lets the threads end when they are done with what they are at."""
        for _ in range(self._count):
            self._tasks.put(None)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            future, work = task
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

"""Stages in a pool of processes: the same functions, the same results, in the same order."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from onrecord.run.engine import Plan, Result, Runner, collecting_seldom, work_group
from onrecord.stage import Group, Resources, Stage

HEAVY = frozenset({"captures", "nlp"})
"""Resources of stages that are worked by the pool."""

_resources: Resources | None = None


def _start(load: Callable[[], Resources]) -> None:
    global _resources
    _resources = load()
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()


def _leave_with(parent: int) -> None:
    """Ends this worker once its parent is gone: a killed build must leave no process behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _work(name: str, options: Any, planned: Plan, group: Group) -> Result:
    from onrecord.pipeline import STAGES

    if _resources is None:
        raise RuntimeError("a worker was not started")
    stage = next(stage for stage in STAGES if stage.name == name)
    with collecting_seldom():
        return work_group(stage, options, _resources, planned, group)


class Pool:
    """Worker processes that live for a build. `load` is a picklable function that gives the resources.

    Only stages that read captures or parse are worth it: for the others sending a group to a worker
    costs more than working it (measured on 923 reports: the parent was busy, the workers idle).
    """

    def __init__(self, processes: int, load: Callable[[], Resources], here: Runner) -> None:
        self._here = here
        self._processes = processes
        self._executor = ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(load,),
        )

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def run(
        self, stage: Stage, options: Any, groups: Iterable[tuple[Plan, Group]]
    ) -> Iterator[Result]:
        """Works groups, at most four waiting a process; results come in the order of the groups."""
        if stage.whole or not HEAVY & set(stage.resources):
            yield from self._here(stage, options, groups)
            return
        waiting: deque[Future[Result]] = deque()
        for planned, group in groups:
            waiting.append(self._executor.submit(_work, stage.name, options, planned, group))
            if len(waiting) >= 4 * self._processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

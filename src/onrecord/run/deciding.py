"""Deciding while the record is served: written down at once, brought in by a thread beside the pages.

Pages only read; what the stages make of a decision is built by one thread, however fast decisions come.
If another build is at work (a watcher's, a command's), it waits and tries again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.errors import RecordBusy, UsageError
from onrecord.records import Judgement, JudgementValue
from onrecord.run.judging import about, apply, decide, take_back
from onrecord.store.record import Store

PATIENCE = 2.0
"""Seconds that another build is waited for before trying again."""


class Bench:
    """Where decisions of pages are made. To be closed in the end: a build at work is finished first."""

    def __init__(self, store: Store, settings: Mapping[str, Any], now: Callable[[], str]) -> None:
        self._store = store
        self._settings = {**settings, "build": replace(settings["build"], processes=1)}
        self._now = now
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._wanted: set[str] = set()
        self._working = False
        self._closed = False
        self._thread: threading.Thread | None = None
        self.problem = ""
        """Why the last decisions could not be brought in yet; empty if they were."""

    @property
    def author(self) -> str:
        """Who decides if nobody is named."""
        return str(self._settings["judging"].author)

    def decide(
        self,
        author: str,
        verdict: str,
        lines: Sequence[str],
        value: JudgementValue,
        kind: str = "",
        to: str = "",
    ) -> Judgement:
        """Writes a decision down and has it brought in. Raises UsageError if it is none, RecordBusy if
        the record cannot be written to."""
        with self._writing:
            try:
                named = about(self._store, verdict, lines, kind, to)
            except UsageError:
                if self.settled(0.0):
                    raise
                self.settled(PATIENCE)  # the line may be one that is being built anew
                named = about(self._store, verdict, lines, kind, to)
            one = decide(self._store, author, self._now(), verdict, named, value)
        self._bring_in(one)
        return one

    def take_back(self, identity: str, author: str) -> Judgement:
        """Undoes a decision. Raises as `decide`."""
        with self._writing:
            one = take_back(self._store, identity, author, self._now())
        self._bring_in(one)
        return one

    def settled(self, seconds: float) -> bool:
        """Waits until all that was decided is brought in, at most so long; whether it is."""
        end = time.monotonic() + seconds
        with self._changed:
            while self._wanted or self._working:
                if not self._changed.wait(max(0.0, end - time.monotonic())):
                    return False
            return not self.problem

    def close(self) -> None:
        """Lets the thread end. What it did not get to, the next build brings in."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _bring_in(self, one: Judgement) -> None:
        if one.verdict == "note":
            return
        with self._changed:
            self._wanted.add(one.about.kind)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="judging", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def _work(self) -> None:
        while kinds := self._next():
            again, problem = False, ""
            try:
                reports = apply(self._store, self._settings, kinds, patience=PATIENCE)
                problem = "; ".join(f"{r.stage}: {why}" for r in reports for _, why in r.failed)
            except RecordBusy as error:
                again, problem = True, error.line()
            except Exception as error:
                # shown with the next answer; the thread must live on for later decisions
                problem = f"{type(error).__name__}: {error}"
            with self._changed:
                self.problem = problem
                self._working = False
                if again:
                    self._wanted |= kinds
                self._changed.notify_all()

    def _next(self) -> set[str]:
        """The kinds to bring in next; none when it is to end."""
        with self._changed:
            while not self._wanted and not self._closed:
                self._changed.wait()
            if self._closed:
                return set()
            kinds, self._wanted, self._working = self._wanted, set(), True
            return kinds

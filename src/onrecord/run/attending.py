"""What a watcher does beside its checks: hooks are told of edits, days get their time-stamp, new versions
their picture. Each is switched on by its own options and does nothing without them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onrecord.capture import posting, schedule, screenshots, timestamps, web
from onrecord.errors import InputError
from onrecord.records import Capture
from onrecord.run import screenshotting, telling
from onrecord.run.telling import Describe
from onrecord.run.timestamping import stamp_days
from onrecord.store.record import Store
from onrecord.text.instants import moment

MOST_PICTURES = 200
"""Captures that wait for their picture; the page of an older one is another by then."""

AGAIN = 60
"""Minutes until a time-stamp service that failed is asked again."""

Warn = Callable[[str], None]


@dataclass
class Attendant:
    """`describe` gives the values of an edit, None if no hook is to be told; `now` the time in UTC; `warn`
    takes lines about what failed, `note` lines that a user may like to know."""

    store: Store
    settings: Mapping[str, Any]
    describe: Describe | None
    now: Callable[[], str]
    warn: Warn
    note: Warn
    waiting: bool = False
    """Whether hooks are to be told of more edits."""
    _pictures: deque[Capture] = field(default_factory=deque)
    _day: str = ""
    _failed: str = ""

    @property
    def _web(self) -> web.Options:
        options: web.Options = self.settings["web"]
        return options

    def tell(self) -> None:
        """Tells hooks of the edits they were not told of. The first time a hook is met it is told of
        nothing: that is to be before anything is checked."""
        options: posting.Options = self.settings["hooks"]
        if self.describe is None or not (options.webhook or options.command):
            return
        report = telling.tell(
            self.store,
            options,
            self._web,
            self.describe,
            now=lambda: datetime.fromisoformat(self.now()),
        )
        self.waiting = report.waiting > 0
        for line in report.notes:
            self.note(line)
        for line in report.problems:
            self.warn(line)

    def captured(self, capture: Capture) -> None:
        """Notes that a new version of a page was captured."""
        options: schedule.Options = self.settings["watch"]
        if not options.screenshots:
            return
        if len(self._pictures) == MOST_PICTURES:
            late = self._pictures.popleft()
            self.warn(
                InputError("no screenshot", where=late.path, why="too many wait for one").line()
            )
        self._pictures.append(capture)

    def idle(self) -> bool:
        """Does one thing that waits; whether there may be more at once."""
        if self.waiting:
            self.tell()
        self._stamp()
        if not self._pictures:
            return False
        capture = self._pictures[0]
        options: screenshots.Options = self.settings["screenshots"]
        try:
            screenshotting.take(self.store, capture, options, self._web, self.now)
        except InputError as error:
            self.warn(error.line())
        self._pictures.popleft()
        return bool(self._pictures)

    def _stamp(self) -> None:
        """Has the days that are over stamped, once a day; an hour later again if the service failed."""
        options: timestamps.Options = self.settings["timestamps"]
        now = self.now()
        if not options.service or now[:10] == self._day:
            return
        if self._failed and (moment(now) - moment(self._failed)).total_seconds() < AGAIN * 60:
            return
        report = stamp_days(self.store, options, self._web, now)
        for line in report.lines:
            self.warn(line)
        if report.stamped:
            self.note(f"{report.stamped} days were stamped")
        self._failed = now if report.left else ""
        self._day = "" if report.left else now[:10]

"""Every error that onrecord raises on purpose, in one tree.

OnrecordError
├── UsageError       the call was wrong                       exit 2
├── InputError       one input could not be used              exit 1, the rest is done
├── RecordDamaged    what is stored does not hold             exit 3
├── RecordBusy       cannot be written to now: locked or full exit 1, nothing is lost; try again
└── LimitExceeded    a limit of time, size or depth was hit   exit 1
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_PARTIAL = 1
EXIT_USAGE = 2
EXIT_DAMAGED = 3


class OnrecordError(Exception):
    """Base of all: `what` failed, `where`, `why`, and what to do; one line."""

    exit_status = EXIT_PARTIAL

    def __init__(self, what: str, *, where: str = "", why: str = "", do: str = "") -> None:
        self.what, self.where, self.why, self.do = what, where, why, do
        super().__init__(self.line())

    def line(self) -> str:
        """The message as one line: "where: what: why (do)"."""
        text = ": ".join(part for part in (self.where, self.what, self.why) if part)
        return " ".join((f"{text} ({self.do})" if self.do else text).split())


class UsageError(OnrecordError):
    exit_status = EXIT_USAGE


class InputError(OnrecordError):
    exit_status = EXIT_PARTIAL


class RecordDamaged(OnrecordError):
    exit_status = EXIT_DAMAGED


class RecordBusy(OnrecordError):
    exit_status = EXIT_PARTIAL


class LimitExceeded(InputError):
    pass

"""What is watched: addresses taken in and given up, and the lock that keeps a record to one watcher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs

from onrecord.capture.addresses import sendable
from onrecord.errors import InputError, RecordBusy, UsageError
from onrecord.records import Watch
from onrecord.run.checking import ASKED, new_watch, utc, watch_id
from onrecord.store.record import Store
from onrecord.text.instants import moment

LOCK = "watch.lock"


def add_watches(store: Store, addresses: Sequence[tuple[str, str | None]], at: str) -> list[str]:
    """Watches these addresses (with titles, where known) from now on; one that was stopped goes on.
    Returns lines about those that cannot be watched."""
    lines: list[str] = []
    for address, title in addresses:
        try:
            url = sendable(address)
        except InputError as error:
            lines.append(InputError("not watched", where=error.where, why=error.why).line())
            continue
        known = store.get(Watch, watch_id(url))
        if known is None:
            store.put_watches([new_watch(url, utc(moment(at)), title=title)])
        elif known.stopped:
            store.put_watches([_going_on(known, utc(moment(at)))])
    return lines


def stop_watch(store: Store, address: str) -> Watch:
    """Stops watching an address for good. Raises UsageError if it is not watched."""
    known = store.get(Watch, watch_id(sendable(address)))
    if known is None:
        raise UsageError("this address is not watched", where=address, do="onrecord watch --list")
    stopped = structs.replace(known, next_check=None, stopped=ASKED)
    store.put_watches([stopped])
    return stopped


def _going_on(watch: Watch, at: str) -> Watch:
    # its misses stay: they tell that it was removed, so that its return is one
    return structs.replace(
        watch, next_check=at, stopped=None, added_at=at, failures=0, failing_since=None
    )


@contextmanager
def only_watcher(folder: Path) -> Iterator[None]:
    """Holds the record against a second watcher, which would ask hosts twice. Raises UsageError if
    there is one, RecordBusy if the folder cannot be written to. The lock goes with its process, however
    that ends."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            "another watcher works on this record", where=str(folder), do="stop it first"
        ) from error
    except OSError as error:
        raise RecordBusy(
            "the record cannot be watched",
            where=str(folder / LOCK),
            why=error.strerror or str(error),
            do="let the record's folder be written to",
        ) from error
    try:
        yield
    finally:
        lock.release()

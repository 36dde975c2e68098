"""The command that watches feeds and pages."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL, InputError, UsageError
from onrecord.publish.console import Call, Configurable, common, now

if TYPE_CHECKING:
    from onrecord.records import Watch
    from onrecord.run.watching import Event
    from onrecord.store.record import Store

PATIENCE = 5.0
"""Seconds that a locked database is waited for before the watcher says so and waits on."""

CHOICES = {"build": ("changes", "all", "none"), "keep": ("all", "texts")}
"""What options that are words may be."""

BOUNDS = {
    **dict.fromkeys(("shortest", "longest", "feeds_longest", "stop_after", "give_up"), (1, 0)),
    **dict.fromkeys(("missing", "full", "hosts", "build_pause", "most"), (1, 0)),
    "share": (0, 0),
    "first_days": (0, 0),
    "jitter": (0, 50),
}
"""Least and most of what numbers of the policy may be; 0 for no most."""


@click.command(cls=Configurable)
@click.argument("sources", nargs=-1, metavar="[FEED|PAGE|FILE.opml]…")
@click.option("--once", is_flag=True, help="Check what is due now, build, and stop.")
@click.option("--list", "listing", is_flag=True, help="List what is watched, and check nothing.")
@click.option("--forget", metavar="URL", multiple=True, help="Stop watching an address for good.")
@click.option(
    "--opml",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="Write the watched feeds as OPML (- for standard output), and check nothing.",
)
@common
def watch(
    call: Call,
    sources: tuple[str, ...],
    once: bool,
    listing: bool,
    forget: tuple[str, ...],
    opml: Path | None,
) -> int:
    """Poll feeds and pages for new reports and new versions until stopped.

    Feeds (RSS, Atom, JSON Feed, sitemaps), single pages and OPML files named here are watched from now
    on; without any, those named before. What a feed names is watched as well. Each check is recorded;
    a page is checked again after a tenth of the time since its last change, a quarter of an hour at
    least. robots.txt, pauses and Retry-After are kept to. Stop with Ctrl-C: the check at hand is
    finished, and the next start goes on where this one stopped. Only one watcher works on a record.
    """
    from onrecord.publish import wording
    from onrecord.publish.edits import describer
    from onrecord.run import telling, watches, watching

    settings = call.settings()
    _check_settings(settings)
    telling.check(settings["hooks"])
    named = _read_sources(sources)
    with _opened(call, create=bool(sources)) as store:
        problems = watches.add_watches(store, named, now())
        for address in forget:
            call.console.warn(f"not watched any more: {watches.stop_watch(store, address).url}")
        if opml or listing or (forget and not sources):
            call.warn(problems)
            if opml:
                _write_opml(store, opml)
            if listing:
                _list(call, store)
            return EXIT_PARTIAL if problems else EXIT_OK
        from onrecord.records import Watch

        if not store.count(Watch):
            call.warn(problems)
            raise UsageError("nothing is watched", do="name feeds, pages or an OPML file")
        with _until_stopped() as stopped:
            report = watching.watch(
                store,
                settings,
                watching.Times(now, nap=_interruptible(stopped)),
                _teller(call),
                stop=stopped,
                once=once,
                describe=describer(store, settings["hooks"].site),
            )
        call.warn(problems)
        values = {**asdict(report), "unusable": problems}
        counted = ", ".join(f"{n} {what}" for what, n in sorted(report.checks.items()))
        made = wording.count(sum(report.checks.values()), "check")
        captures = wording.count(report.captures, "capture")
        lines = [f"{made}{': ' if counted else ''}{counted}"]
        lines.append(f"{captures}, {report.discovered} addresses found")
        call.console.answer(values, lines)
    return EXIT_PARTIAL if problems or report.lines else EXIT_OK


def _check_settings(settings: dict[str, Any]) -> None:
    for name, words in CHOICES.items():
        wanted = getattr(settings["watch"], name)
        if wanted not in words:
            do = f"it is one of {', '.join(words)}"
            raise UsageError(f"watch.{name} cannot be {wanted!r}", do=do)
    for name, (least, most) in BOUNDS.items():
        value = getattr(settings["watch"], name)
        if value < least or (most and value > most):
            do = f"it is {least} to {most}" if most else f"it is {least} or more"
            raise UsageError(f"watch.{name} cannot be {value}", do=do)


def _opened(call: Call, *, create: bool) -> Store:
    """The record, which waits for a lock no longer than a signal may wait for an answer."""
    from onrecord.store.record import Store

    return Store(call.record, database=call.database, create=create, patience=PATIENCE)


def _read_sources(sources: Sequence[str]) -> list[tuple[str, str | None]]:
    """The addresses that are named, with titles where known. Raises UsageError for a file that is no OPML."""
    from onrecord.capture.addresses import is_address
    from onrecord.capture.opml import is_opml, read_opml

    found: list[tuple[str, str | None]] = []
    for source in sources:
        if is_address(source):
            found.append((source, None))
            continue
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            why = error.strerror or str(error)
            raise UsageError(
                "not an address and not a file", where=source, why=why, do="write https://…"
            ) from error
        if not is_opml(data):
            raise UsageError("not a list of feeds", where=source, why="it is no OPML")
        try:
            found += [(one.url, one.title) for one in read_opml(data, source)]
        except InputError as error:
            raise UsageError(error.what, where=error.where, why=error.why) from error
    return found


def _write_opml(store: Store, target: Path) -> int:
    from onrecord.capture.opml import Outline, write_opml
    from onrecord.publish.exports import write
    from onrecord.records import Watch

    feeds = [w for w in store.all(Watch) if w.kind == "feed" and not w.stopped and not w.source]
    feeds.sort(key=lambda w: (w.title or "", w.url))
    data = write_opml([Outline(w.url, w.title) for w in feeds], "Feeds watched by onrecord")
    if str(target) == "-":
        click.echo(data, nl=False)
    else:
        write(target, [data])
    return EXIT_OK


def _list(call: Call, store: Store) -> int:
    import msgspec

    from onrecord.records import Watch

    found = sorted(store.all(Watch), key=lambda w: (w.kind, w.next_check or "~", w.url))
    values = {"watches": [msgspec.to_builtins(one) for one in found]}
    call.console.answer(values, [*map(_line, found), f"{len(found)} watched addresses"])
    return EXIT_OK


def _line(one: Watch) -> str:
    state = f"next {one.next_check}" if one.next_check else f"stopped: {one.stopped}"
    last = f"last {one.last_checked}" if one.last_checked else "not checked yet"
    return f"{one.kind:4}  {state}  {last}  {one.url}"


def _teller(call: Call) -> Callable[[Event], None]:
    """Events as lines, with `--json` as one JSON object a line."""

    def tell(event: Event) -> None:
        if call.console.as_json:
            click.echo(json.dumps({"event": asdict(event)}, ensure_ascii=False))
        else:
            click.echo(event.line())

    return tell


class _until_stopped:
    """Whether Ctrl-C or a TERM signal asked to stop; a second one ends at once."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    def __call__(self) -> bool:
        return self.asked

    def __enter__(self) -> _until_stopped:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        click.echo("stopping after the checks at hand; once more to stop at once", err=True)


def _interruptible(stopped: Callable[[], bool]) -> Callable[[float], None]:
    """A sleep that ends soon after a signal asked to stop."""
    import time

    def sleep(seconds: float) -> None:
        end = time.monotonic() + seconds
        while not stopped() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))

    return sleep


COMMANDS = (watch,)

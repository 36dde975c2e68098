"""Adding: inputs of any kind into the record; what cannot be used is one line, the rest is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from onrecord.capture import files, manifest, web
from onrecord.capture.addresses import is_address
from onrecord.capture.capturing import Found
from onrecord.errors import InputError
from onrecord.store.record import Store

LISTINGS = frozenset({".cdx", ".cdxj", ".link", ".timemap"})
"""Names of files that list captures of web archives."""


@dataclass
class AddReport:
    """What adding did: `added` and `known` count captures, `lines` tell what could not be used."""

    added: int = 0
    known: int = 0
    lines: list[str] = field(default_factory=list)


def inputs(
    sources: Iterable[str],
    read_input: Callable[[], BinaryIO],
    options: web.Options,
    now: Callable[[], str],
    reading: files.Options | None = None,
) -> Iterator[Found | InputError]:
    """Everything that files, folders, archives, `-` and URLs give, in the order named."""
    payloads = files.Payloads()
    with ExitStack() as opened:
        fetcher: web.Fetcher | None = None
        for source in sources:
            if source == "-":
                yield from files.from_standard_input(read_input(), reading, payloads)
            elif is_address(source):
                fetcher = fetcher or opened.enter_context(web.Fetcher(options, now))
                try:
                    yield fetcher.page(source)
                except InputError as error:
                    yield error
            elif Path(source).suffix.lower() in LISTINGS:
                yield InputError(
                    "not a page but a list of captures",
                    where=source,
                    do=f"`onrecord backfill --timemap {source}` fetches what it lists",
                )
            else:
                yield from files.from_path(Path(source), reading, payloads)


def add(store: Store, found: Iterable[Found | InputError]) -> AddReport:
    """Records what was found."""
    report = AddReport()
    for one in found:
        if isinstance(one, InputError):
            report.lines.append(one.line())
            store.notice(one.where or "input", one.line())
            continue
        if store.add(one.capture, one.data, one.text):
            report.added += 1
        else:
            report.known += 1
        for taken, png in one.shots:
            store.add_screenshot(taken, png)
        for line in one.lines:
            report.lines.append(line)
            store.notice(one.capture.path, line)
    return report


def add_manifest(store: Store, path: Path, reading: files.Options | None = None) -> AddReport:
    """Records every row of a manifest. Raises UsageError if it cannot be read at all."""
    return add(store, manifest.from_manifest(path, reading))

"""Files, folders and standard input -> Found, one after the other."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from onrecord.capture import sniff
from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.contents import Options, from_contents, is_page
from onrecord.capture.names import choose, shown
from onrecord.capture.packed import too_large
from onrecord.capture.warc_pages import Payloads
from onrecord.capture.zips import from_zip
from onrecord.errors import InputError

__all__ = ["Options", "Payloads", "from_file", "from_path", "from_standard_input"]

_NO_FILES = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_ADDRESSES = re.compile(rb"(?:\s*https?://[^\s<>\"]+)+\s*", re.IGNORECASE)


def from_path(
    path: Path, options: Options | None = None, payloads: Payloads | None = None
) -> Iterator[Found | InputError]:
    """The captures of a file or of all files below a folder, ordered by path; errors in their place."""
    options, payloads = options or Options(), payloads or Payloads()
    if path.is_dir():
        yield from _from_folder(path, options, payloads)
    else:
        yield from from_file(path, Origin(path=path.name), options, payloads)


def from_file(
    path: Path, origin: Origin, options: Options | None = None, payloads: Payloads | None = None
) -> Iterator[Found | InputError]:
    """The captures of one file: itself, or those of an archive."""
    options, payloads = options or Options(), payloads or Payloads()
    origin = replace(origin, path=shown(origin.path))
    try:
        mode = path.stat().st_mode
        for is_kind, what in _NO_FILES:
            if is_kind(mode):
                yield InputError(
                    "cannot be read",
                    where=origin.path,
                    why=f"it is {what}",
                    do="read it from standard input: `onrecord add -`",
                )
                return
        with path.open("rb") as file:
            kind = sniff.container(file.read(sniff.HEAD))
        from_kind = from_zip if kind == "zip" else from_contents
        yield from from_kind(lambda: path.open("rb"), origin, options, payloads)
    except OSError as error:
        why = error.strerror or str(error)
        yield InputError("cannot be read", where=origin.path, why=why, do="check the path")


def _from_folder(
    folder: Path, options: Options, payloads: Payloads
) -> Iterator[Found | InputError]:
    names: list[str] = []
    for one in _walk(folder):
        if isinstance(one, InputError):
            yield one
        else:
            names.append(one)
    choice = choose(names)
    usable, misfits = False, []
    for name in choice.read:
        path = folder / name
        if name in choice.look and not _is_page(path, options):
            misfits.append(name)
            continue
        for found in from_file(path, Origin(path=name), options, payloads):
            usable |= isinstance(found, Found)
            yield found
    where = shown(folder.name or str(folder))
    yield from choice.lines(where, misfits)
    if not usable:
        yield InputError("nothing usable in this folder", where=where, why="no page, text or feed")


def _is_page(path: Path, options: Options) -> bool:
    try:
        if not path.is_file():
            return True  # why it cannot be read is told where it is read
        with path.open("rb") as file:
            return is_page(file, options.largest)
    except OSError:
        return True


def _walk(folder: Path) -> Iterator[str | InputError]:
    """All files below a folder, relative to it; folders behind symbolic links are not entered."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield InputError(
                "cannot be read",
                where=shown(below) or folder.name,
                why=error.strerror or str(error),
            )
            continue
        for entry in found:
            name = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            elif entry.is_symlink() and (folder / name).is_dir():
                yield InputError(
                    "left out", where=shown(name), why="a symbolic link to a folder", do="name it"
                )
            else:
                yield name


def from_standard_input(
    stream: BinaryIO, options: Options | None = None, payloads: Payloads | None = None
) -> Iterator[Found | InputError]:
    """The captures of what comes in on standard input: a text, a page, a feed or an archive.

    Archives are copied to a temporary file: they are read here and there, not from front to end.
    """
    options, payloads = options or Options(), payloads or Payloads()
    origin = Origin(path="-")
    head = stream.read(sniff.HEAD)
    kind = sniff.container(head)
    try:
        if kind:
            with tempfile.TemporaryFile() as copy:
                copy.write(head)
                shutil.copyfileobj(stream, copy)
                copy.seek(0)
                from_kind = from_zip if kind == "zip" else from_contents
                yield from from_kind(lambda: nullcontext(copy), origin, options, payloads)
            return
        data = head + stream.read(max(0, options.largest + 1 - len(head)))
        yield _pasted(data, origin, options)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError("cannot be read", where="-", why=error.strerror or str(error))


def _pasted(data: bytes, origin: Origin, options: Options) -> Found:
    if len(data) > options.largest:
        raise too_large(origin.path, options.largest)
    if _ADDRESSES.fullmatch(data):
        raise InputError(
            "not captured",
            where=origin.path,
            why="it is a list of addresses; standard input takes what is to be captured itself",
            do="name addresses as arguments: `xargs onrecord add < list`",
        )
    return capture(data, origin, options.pdfs)

"""ZIP archives -> Found: of saved pages, read as a folder is, and WACZ (web archives with their index).

A capture's `path` is the archive's path and the member's: `pages.zip/harbour/1.html`. Of a WACZ only
its WARC files are read: the index, the list of pages and the logs tell nothing that those do not.
"""

from __future__ import annotations

import functools
import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, cast

from onrecord.capture import sniff
from onrecord.capture.capturing import Found, Origin
from onrecord.capture.contents import Options, from_contents, is_page, unused_address
from onrecord.capture.names import choose, shown
from onrecord.capture.packed import PIECE
from onrecord.capture.warc_pages import Opener, Payloads
from onrecord.errors import InputError, LimitExceeded

RATIO, ALLOWANCE = 64, 1 << 26
"""All members together may expand to RATIO times the archive's size and ALLOWANCE bytes."""
ENCRYPTED = 1
"""Bit of a member's flags."""
LOCAL = 30
"""Bytes of a member's own header before its name."""
MEMBERS = 100_000
"""More members are not read."""
DIRECTORY = 1 << 26
"""A larger list of members (bytes) is not read: it is held in memory as a whole."""
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's zipfile raises for a damaged archive or member, an encrypted one, or a compression it
does not know."""


def from_zip(
    opener: Opener, origin: Origin, options: Options, payloads: Payloads
) -> Iterator[Found | InputError]:
    """The captures in a ZIP archive or WACZ that `opener` opens; what cannot be used in its place.

    Raises OSError if the file cannot be read.
    """
    yield from unused_address(origin)
    origin = replace(origin, url=None)
    with opener() as file:
        try:
            _check_directory(file)
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            yield InputError(
                "not captured",
                where=origin.path,
                why=f"a ZIP archive that is cut off or damaged: {error}",
            )
            return
        with archive:
            left = RATIO * file.seek(0, io.SEEK_END) + ALLOWANCE
            with _Archive(archive, opener, origin, options, payloads, left) as members:
                yield from members.captures()


def _check_directory(file: BinaryIO) -> None:
    """Raises ValueError if the list of members is too large to be held in memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 16 > len(tail):
        return
    (length,) = struct.unpack_from("<L", tail, at + 12)
    if length == 0xFFFFFFFF:  # ZIP64: its own record says how much
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        if wide >= 0 and wide + 48 <= len(tail):
            (length,) = struct.unpack_from("<Q", tail, wide + 40)
    if length > DIRECTORY:
        raise ValueError("its list of members is too large")


@dataclass
class _Archive:
    archive: zipfile.ZipFile
    opener: Opener
    origin: Origin
    options: Options
    payloads: Payloads
    left: int
    """Bytes that may still be expanded."""
    _files: ExitStack = field(default_factory=ExitStack)
    _file: BinaryIO = field(default_factory=io.BytesIO)
    _copied: str | None = None
    _opened: set[str] = field(default_factory=set)

    def __enter__(self) -> _Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def captures(self) -> Iterator[Found | InputError]:
        """What the members hold."""
        where = self.origin.path
        named = [(info.filename.replace("\\", "/"), info) for info in self.archive.infolist()]
        infos = {name: info for name, info in named if name.strip("/") and name[-1] != "/"}
        if len(infos) > MEMBERS:
            yield LimitExceeded(
                "not captured", where=where, why=f"it has more than {MEMBERS:,} members"
            )
            return
        wacz = {name for name in infos if name.startswith("archive/") and ".warc" in name}
        choice = choose(wacz if "datapackage.json" in infos and wacz else infos)
        usable, misfits = False, []
        for name in choice.read:
            inside = replace(self.origin, path=f"{where}/{shown(name)}")
            member = functools.partial(self._open, infos[name], inside.path)
            try:
                if name in choice.look and not self._is_page(member):
                    misfits.append(name)
                    continue
                for one in from_contents(member, inside, self.options, self.payloads):
                    usable |= isinstance(one, Found)
                    yield one
            except InputError as error:
                yield error
            except BROKEN as error:
                yield InputError("not captured", where=inside.path, why=f"damaged: {error}")
            if self.left < 0:
                yield LimitExceeded(
                    "not read further", where=where, why="it expands beyond all measure"
                )
                return
        yield from choice.lines(where, misfits)
        if not usable:
            yield InputError(
                "nothing usable in this archive", where=where, why="no page, text or feed"
            )

    def _is_page(self, member: Opener) -> bool:
        with member() as file:
            return is_page(file, self.options.largest)

    @contextmanager
    def _open(self, info: zipfile.ZipInfo, where: str) -> Iterator[BinaryIO]:
        """A member as a file that can be sought in. Raises InputError if it is encrypted, one of
        BROKEN if it is damaged."""
        if info.flag_bits & ENCRYPTED:
            raise InputError("not captured", where=where, why="it is encrypted", do="unpack it")
        if info.compress_type == zipfile.ZIP_STORED:
            if info.filename not in self._opened:
                self._opened.add(info.filename)
                self.left -= info.file_size
            with self.opener() as file, Window(file, *_stored(file, info)) as window:
                yield cast(BinaryIO, io.BufferedReader(window))
            return
        if self._copied != info.filename:
            self._copy(info)
        self._file.seek(0)
        yield self._file

    def _copy(self, info: zipfile.ZipInfo) -> None:
        """Expands a member to a temporary file, which takes the place of the one before."""
        self._files.close()
        self._copied = None
        with ExitStack() as files:
            self._file = files.enter_context(tempfile.TemporaryFile())
            self._files = files.pop_all()
        with self.archive.open(info) as packed:
            piece = packed.read(PIECE)
            most = self.left if sniff.container(piece) else self.options.largest + 1
            while piece and most > 0:
                self._file.write(piece)
                most -= len(piece)
                self.left -= len(piece)
                piece = packed.read(PIECE)
        self._copied = info.filename


def _stored(file: BinaryIO, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Where a member that is not compressed begins in the archive, and its size."""
    file.seek(info.header_offset)
    head = file.read(LOCAL)
    if len(head) < LOCAL or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a member is not where the list of members says")
    name, extra = struct.unpack_from("<HH", head, 26)
    return info.header_offset + LOCAL + name + extra, info.file_size


class Window(io.RawIOBase):
    """A part of a file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

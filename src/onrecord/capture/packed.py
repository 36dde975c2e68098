"""Undoing compression and chunks within bounds: nothing expands beyond a limit, whatever the bytes say.

What is damaged in the middle is read up to the damage, and the damage is told.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.capture import sniff
from onrecord.capture.bodies import CODINGS, BadBody
from onrecord.errors import InputError, LimitExceeded

PIECE = 1 << 18
"""Bytes that are decompressed at a time."""
INPUT = 1 << 16
"""Compressed bytes that are read at a time."""
STEP = 256
"""Bytes that are decompressed at a time where damage is near."""


@dataclass(frozen=True)
class Unpacked:
    """Bytes, and why they are not the whole ("" if they are)."""

    data: bytes
    damage: str = ""


class Member:
    """One gzip member of a file, from `offset` on; with another `wbits` a stream of that kind."""

    def __init__(self, file: BinaryIO, offset: int = 0, wbits: int = 31) -> None:
        self._file = file
        self._wbits = wbits
        self.offset = offset
        self.end: int | None = None
        """Where the member ends in the file, once it was read to its end."""
        self.rewind()

    def rewind(self) -> None:
        """Goes back to the beginning."""
        self._worker = zlib.decompressobj(self._wbits)
        self._rest = b""
        self._at = self.offset

    @property
    def consumed(self) -> int:
        """Compressed bytes read so far."""
        return self._at - len(self._rest) - self.offset

    def read(self, size: int = PIECE) -> bytes:
        """Up to `size` bytes; none at its end. Raises BadBody if it is damaged or ends in the middle."""
        try:
            while not self._worker.eof:
                if not self._rest:
                    self._file.seek(self._at)
                    self._rest = self._file.read(INPUT)
                    self._at += len(self._rest)
                data = self._rest
                piece = self._worker.decompress(data, size)
                self._rest = self._worker.unconsumed_tail
                if piece:
                    return piece
                if not data and not self._worker.eof:
                    raise BadBody("the gzip stream is cut short")
        except zlib.error as error:
            raise BadBody(f"not a gzip stream: {error}") from error
        self.end = self._at - len(self._worker.unused_data)
        return b""


def too_large(where: str, largest: int) -> LimitExceeded:
    """The one line about an input that is larger than the option `capture.largest`."""
    return LimitExceeded(
        "not captured",
        where=where,
        why=f"larger than {largest:,} bytes",
        do="raise the option capture.largest",
    )


def gunzip(file: BinaryIO, limit: int, where: str) -> Unpacked:
    """A gzip file of one or more members, unpacked. Raises LimitExceeded beyond `limit` bytes."""
    found = _gathered(CODINGS["gzip"](iter(lambda: file.read(INPUT), b"")), limit, where)
    return _closer(file, found, limit, where) if found.damage else found


def _closer(file: BinaryIO, found: Unpacked, limit: int, where: str) -> Unpacked:
    """What can be read of a damaged gzip file in small steps and without its checksum: zlib keeps back
    what it had of the step in which it meets the damage, of a small page all."""
    file.seek(0)
    member = Member(file, _header_size(file.read(INPUT)), wbits=-zlib.MAX_WBITS)
    closer = _gathered(iter(lambda: member.read(STEP), b""), limit, where)
    if len(closer.data) <= len(found.data):
        return found
    why = found.damage.partition(";")[0]
    return Unpacked(closer.data, f"{why}; {len(closer.data):,} bytes could be read")


def _header_size(head: bytes) -> int:
    """Bytes of a gzip member's header (RFC 1952, 2.3.1)."""
    flags, at = head[3:4] or b"\x00", 10
    if flags[0] & 4:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    for named in (8, 16):
        if flags[0] & named:
            at = head.find(b"\x00", at) + 1
    return at + 2 if flags[0] & 2 else at


def undo(body: bytes, codings: Sequence[str], limit: int, where: str) -> Unpacked:
    """A body without its content codings, which are named in the order they were applied.

    Bytes that are not coded as they are said to be are returned as they are: crawlers often store
    bodies decoded below the server's headers. Raises LimitExceeded beyond `limit` bytes, InputError
    for a coding that is not known.
    """
    damage = ""
    for coding in reversed([name.strip().lower() for name in codings]):
        if coding in ("", "identity", "none"):
            continue
        if coding not in CODINGS:
            raise InputError(
                "not captured", where=where, why=f"the content coding {coding!r} is not read"
            )
        found = _gathered(CODINGS[coding](iter([body])), limit, where)
        if found.damage and coding in ("gzip", "x-gzip"):
            found = _closer(io.BytesIO(body), found, limit, where)
        if found.damage and not found.data and _is_text(body):
            continue
        body, damage = found.data, damage or found.damage
    return Unpacked(body, damage)


def _is_text(body: bytes) -> bool:
    """Whether bytes were never coded: markup, or UTF-8 without control characters."""
    head = body[:4096]
    if head.lstrip().startswith(b"<"):
        return True
    readable = len(head.decode("utf-8", "ignore").encode())
    return not sniff.control_characters(head) and len(head) - readable < 4


def _gathered(pieces: Iterable[bytes], limit: int, where: str) -> Unpacked:
    data = bytearray()
    try:
        for piece in pieces:
            data += piece
            if len(data) > limit:
                raise too_large(where, limit)
    except BadBody as error:
        return Unpacked(bytes(data), f"{error}; {len(data):,} bytes could be read")
    return Unpacked(bytes(data))


_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHUNK_END = re.compile(rb"\r?\n")


def dechunk(body: bytes) -> Unpacked:
    """A body without the transfer coding `chunked` (RFC 9112, 7.1); as it is if it is not chunked."""
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size, start = int(match[1], 16), match.end()
        pieces.append(body[start : start + size])
        at = start + size
        if size == 0:
            return Unpacked(b"".join(pieces))
        if at > len(body):
            return Unpacked(b"".join(pieces), "its last chunk is cut off")
        end = _CHUNK_END.match(body, at)
        if not end:
            pieces = pieces if len(pieces) > 1 else []
            break
        at = end.end()
    if not pieces:
        return Unpacked(body)
    return Unpacked(
        b"".join(pieces),
        "its last chunk is missing" if at >= len(body) else "its chunks are damaged",
    )

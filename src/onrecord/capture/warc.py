"""WARC files (ISO 28500), plain or gzip-compressed: their records one after the other.

Only one record is held in memory, and of a record larger than a limit its head alone. What is damaged
is passed over to the next record that can be read: a compressed file is searched for the next gzip
member that begins a record, a plain one for the next line `WARC/`. Where a record's Content-Length and
the place of the next record contradict each other, the place of the next record counts.

fastwarc, which reads plain records as fast as the disk gives them, was tried for this. It stops at the
first byte between two records and at the first damaged member, takes a record that is too short for
one that is whole, and takes in the next records where a Content-Length is too large.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.capture.bodies import GZIP, BadBody
from onrecord.capture.packed import PIECE, Member

HEADERS = 1 << 16
"""Bytes in which a record's or an answer's headers must end."""
PEEK = 1024
"""Bytes looked at before more are asked for."""
SEARCHED = 1 << 30
"""Bytes of a file that are searched for the true end of records with a wrong Content-Length, a few
seconds' work; what is damaged behind that is not mended."""
FALSE_STARTS = 10_000
"""Three bytes that look like the begin of a gzip member stand in 16 MB by chance; a file with more of
them that begin no record was made so."""
RATIO, ALLOWANCE = 64, 1 << 26
"""A member may expand to RATIO times its size and ALLOWANCE bytes. Pages compress to a tenth, a page
of 64 MB that is all one word is still read."""

NO_RECORD = "bytes that belong to no record were passed over"
_MEMBER = GZIP + b"\x08"
_START = b"WARC/"
_BLANK = re.compile(rb"\r?\n\r?\n")
_HEAD = re.compile(rb"WARC/\d\.\d\r?\n[A-Za-z-]+:")


@dataclass(frozen=True)
class Place:
    """Where a record begins: the offset in the file and, in a gzip member that holds several records,
    the offset in the member's expanded data."""

    offset: int
    inner: int = 0

    def __str__(self) -> str:
        return f"#{self.offset}+{self.inner}" if self.inner else f"#{self.offset}"


@dataclass(frozen=True)
class Record:
    """A record: `fields` by name in lower case; `block` whole, or its first HEADERS bytes if it is
    `large`; `note` says what was wrong with its length ("" if nothing)."""

    place: Place
    fields: Mapping[str, str]
    block: bytes
    large: bool = False
    note: str = ""

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "").strip().lower()


@dataclass(frozen=True)
class Damage:
    """A part of the file that could not be read, and why."""

    place: Place
    what: str


def read_records(file: BinaryIO, largest: int) -> Iterator[Record | Damage]:
    """Every record of a file that can be sought in, in order; what is damaged in its place.

    Blocks of more than `largest` bytes are not read. Raises OSError if the file cannot be read.
    """
    file.seek(0)
    if file.read(len(_MEMBER)) == _MEMBER:
        yield from _compressed(file, largest)
    else:
        yield from _records(_Plain(file, _Budget()), largest)


def read_record(file: BinaryIO, place: Place, largest: int) -> Record | None:
    """The record at a place that `read_records` gave, or None if it cannot be read any more."""
    file.seek(place.offset)
    stream: _Stream
    if file.read(len(_MEMBER)) == _MEMBER:
        stream = _Expanded(Member(file, place.offset), _Budget())
        stream.skip(place.inner)
    else:
        stream = _Plain(file, _Budget(), place.offset)
    found = next(_records(stream, largest), None)
    return found if isinstance(found, Record) else None


# --------------------------------------------------------------------------- compressed files


def _compressed(file: BinaryIO, largest: int) -> Iterator[Record | Damage]:
    budget = _Budget()
    offset: int | None = 0
    while offset is not None:
        member = Member(file, offset)
        yield from _records(_Expanded(member, budget), largest)
        if member.end is None:
            offset = _next_member(file, offset + 1, budget)
            continue
        file.seek(member.end)
        head = file.read(len(_MEMBER))
        if head == _MEMBER:
            offset = member.end
            continue
        offset = _next_member(file, member.end, budget)
        if offset is not None or head.strip(b"\x00"):
            yield Damage(Place(member.end), NO_RECORD)
    if budget.starts <= 0:
        yield Damage(Place(member.offset), "too much damage behind this, the rest is not read")


def _next_member(file: BinaryIO, offset: int, budget: _Budget) -> int | None:
    """Where the next gzip member begins that begins with a record."""
    while budget.starts > 0:
        file.seek(offset)
        data = file.read(PIECE)
        at = data.find(_MEMBER)
        while 0 <= at < len(data) - PEEK or (at >= 0 and len(data) < PIECE):
            if _begins_record(data[at : at + PEEK]):
                return offset + at
            budget.starts -= 1
            at = data.find(_MEMBER, at + 1) if budget.starts > 0 else -1
        if len(data) < PIECE:
            return None
        offset += len(data) - PEEK
    return None


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, len(_START)) == _START
    except zlib.error:  # bytes that look like a member's begin
        return False


# --------------------------------------------------------------------------- bytes with a look ahead


@dataclass
class _Budget:
    """What may still be spent on the damage of one file."""

    searched: int = SEARCHED
    starts: int = FALSE_STARTS

    def allows(self, size: int) -> bool:
        """Whether so many bytes more may be searched."""
        self.searched -= size
        return self.searched > 0


class _Stream:
    """Bytes read from the front, with a look ahead. `damage` says why they ended early."""

    damage = ""

    def __init__(self, budget: _Budget) -> None:
        self.budget = budget
        self._buffer = bytearray()
        self._ended = False
        self.at = 0

    def place(self, at: int) -> Place:
        raise NotImplementedError

    def _read(self) -> bytes:
        """More bytes, none at the end. Raises BadBody if they are damaged."""
        raise NotImplementedError

    def ahead(self, size: int) -> bytearray:
        """At least `size` bytes without taking them, fewer only before the end."""
        while len(self._buffer) < size and not self._ended:
            try:
                piece = self._read()
            except BadBody as error:
                self.damage = str(error)
                piece = b""
            self._ended = not piece
            self._buffer += piece
        return self._buffer

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        with memoryview(self.ahead(size)) as view:
            data = bytes(view[:size])
        del self._buffer[: len(data)]
        self.at += len(data)
        return data

    def put_back(self, data: bytes) -> None:
        """Undoes taking."""
        self._buffer[:0] = data
        self.at -= len(data)

    def skip_newlines(self) -> None:
        """Takes line ends."""
        while data := bytes(self.ahead(1)[:PEEK]):
            newlines = len(data) - len(data.lstrip(b"\r\n"))
            self.skip(newlines)
            if newlines < len(data):
                return

    def rewind(self, at: int) -> None:
        """Goes back to an offset that was passed."""
        raise NotImplementedError

    def head(self) -> bytes | None:
        """Takes header lines and the blank line behind them; None if they do not end within HEADERS
        bytes."""
        size = PEEK
        while True:
            data = self.ahead(size)
            another = data.find(b"\n" + _START, 0, HEADERS)
            blank = _BLANK.search(data, 0, HEADERS if another < 0 else another)
            if blank:
                return self.take(blank.end())
            if another >= 0 or size >= HEADERS or len(data) < size:
                return None
            size = min(4 * size, HEADERS)

    @property
    def end(self) -> str:
        """Why there is no more."""
        return self.damage or "the file ends"

    def skip(self, size: int) -> int:
        """Takes up to `size` bytes without keeping them. How many there were."""
        left = size
        while left and (data := self.ahead(1)):
            count = min(left, len(data))
            del data[:count]
            self.at += count
            left -= count
        return size - left


class _Plain(_Stream):
    def __init__(self, file: BinaryIO, budget: _Budget, offset: int = 0) -> None:
        super().__init__(budget)
        self._file = file
        self._next = offset
        self.at = offset

    def _read(self) -> bytes:
        self._file.seek(self._next)
        data = self._file.read(PIECE)
        self._next += len(data)
        return data

    def place(self, at: int) -> Place:
        return Place(at)

    def rewind(self, at: int) -> None:
        self._buffer.clear()
        self._ended = False
        self._next = self.at = at

    def skip(self, size: int) -> int:
        """As of a stream, without reading what a file lets one jump over."""
        jump = size - len(self._buffer)
        if jump > PIECE:
            end = self._file.seek(0, 2)
            jump = min(jump, max(0, end - self._next))
            size = len(self._buffer) + jump
            self._buffer.clear()
            self._next += jump
            self.at += size
            return size
        return super().skip(size)


class _Expanded(_Stream):
    def __init__(self, member: Member, budget: _Budget) -> None:
        super().__init__(budget)
        self._member = member
        self._expanded = 0

    def _read(self) -> bytes:
        data = self._member.read()
        self._expanded += len(data)
        if self._expanded > RATIO * self._member.consumed + ALLOWANCE:
            raise BadBody("it expands beyond all measure")
        return data

    def place(self, at: int) -> Place:
        return Place(self._member.offset, at)

    def rewind(self, at: int) -> None:
        self._buffer.clear()
        self._ended, self.damage = False, ""
        self._member.rewind()
        self._expanded = self.at = 0
        self.skip(at)


# --------------------------------------------------------------------------- records


def _records(stream: _Stream, largest: int) -> Iterator[Record | Damage]:
    """The records of a stream up to its end or to its damage."""
    told = False
    while True:
        stream.skip_newlines()
        place = stream.place(stream.at)
        first = stream.ahead(len(_START))[: len(_START)]
        if first == _START:
            found = _record(stream, place, largest)
        elif first:
            _to_next_line(stream)
            cut = stream.damage and not stream.ahead(1)
            what = f"cut here: {stream.damage}" if cut else NO_RECORD
            found = Damage(place, what)
        else:
            if stream.damage and not told:
                yield Damage(place, f"cut here: {stream.damage}")
            return
        if isinstance(found, Record) or not told:
            yield found
        if isinstance(found, Damage):
            told = bool(stream.damage)
            if first == _START:
                _to_next_line(stream)


def _to_next_line(stream: _Stream) -> None:
    """Passes over bytes up to the next line that begins a record."""
    stream.skip(1)
    while data := stream.ahead(PIECE):
        at = data.find(b"\n" + _START)
        stream.skip(at + 1 if at >= 0 else max(1, len(data) - len(_START)))
        if at >= 0:
            return


def _record(stream: _Stream, place: Place, largest: int) -> Record | Damage:
    head = stream.head()
    if head is None:
        whole = len(stream.ahead(HEADERS)) >= HEADERS
        why = f"they do not end within {HEADERS:,} bytes" if whole else stream.end
        if (b"\n" + _START) in stream.ahead(HEADERS)[:HEADERS]:
            why = "the next record begins"
        stream.skip(len(_START))
        return Damage(place, f"a record is cut in its headers: {why}")
    fields = parse_fields(head.partition(b"\n")[2])
    written = fields.get("content-length", "")
    if not re.fullmatch("[0-9]{1,18}", written):
        return Damage(place, f"a record has no usable Content-Length: {written[:40]!r}")
    length = int(written)
    start = stream.at
    if length > largest:
        block = stream.take(min(length, HEADERS))
        if stream.skip(length - len(block)) == length - len(block):
            return Record(place, fields, block, large=True)
        there, why = stream.at - start, stream.end
        if stream.budget.allows(there) and not stream.damage:
            stream.rewind(start)
        return Damage(place, f"a record is cut, {there:,} of {length:,} bytes are there: {why}")
    block = stream.take(length)
    behind = bytes(stream.ahead(PEEK)[:PEEK])
    following = behind.lstrip(b"\r\n")
    closed = behind.startswith((b"\r\n\r\n", b"\n\n"))
    if len(block) == length and closed and (not following or following.startswith(_START)):
        return Record(place, fields, block)
    if not stream.budget.allows(len(block)):
        return Damage(
            place, "a record has a wrong Content-Length, and there was too much damage before"
        )
    if (b"\n" + _START) in block + behind:
        inside = _next_record(block + behind)
        if 0 <= inside < length:
            stream.put_back(block[inside:])
            return _corrected(place, fields, block[:inside], length)
    if len(block) == length and (not following or behind[:1] in (b"\r", b"\n")):
        return Record(place, fields, block)
    if len(block) == length:
        rest = stream.ahead(largest - length)
        stream.budget.allows(len(rest))
        found = _next_record(rest)
        if found < 0 and (stream.damage or len(rest) >= largest - length):
            return Damage(place, f"a record's length is not {length:,}, and its end was not found")
        block += stream.take(found if found >= 0 else len(rest))
        return _corrected(place, fields, block, length)
    if block.endswith(b"\r\n\r\n") and not stream.damage:
        return _corrected(place, fields, block[:-4], length)
    return Damage(
        place, f"a record is cut, {len(block):,} of {length:,} bytes are there: {stream.end}"
    )


def _next_record(data: bytes | bytearray) -> int:
    """Where a record ends that another one follows: before up to two line ends; -1 if there is none."""
    at = data.find(b"\n" + _START)
    while at >= 0:
        if _HEAD.match(data, at + 1):
            end = data[max(0, at - 3) : at + 1]
            newlines = next(
                (mark for mark in (b"\r\n\r\n", b"\n\n", b"\r\n") if end.endswith(mark)), b"\n"
            )
            return at + 1 - len(newlines)
        at = data.find(b"\n" + _START, at + 1)
    return -1


def _corrected(place: Place, fields: Mapping[str, str], block: bytes, length: int) -> Record:
    there = f"up to the next record there are {len(block):,}"
    note = f"its Content-Length says {length:,} bytes, {there}"
    return Record(place, fields, block, note=note)


def parse_fields(head: bytes) -> dict[str, str]:
    """Header lines by name in lower case, a folded line joined to the one before; of a repeated
    field all values, joined by `, `."""
    found: dict[str, list[str]] = {}
    for line in re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace")).split("\n"):
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name:
            found.setdefault(name, []).append(value.strip())
    return {name: ", ".join(values) for name, values in found.items()}

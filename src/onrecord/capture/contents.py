"""What one open file holds -> Found: a page, text or feed, the same compressed, or a web archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from onrecord.capture import sniff
from onrecord.capture.bodies import BadBody
from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.packed import Member, gunzip, too_large
from onrecord.capture.pdf import Limits
from onrecord.capture.warc_pages import Opener, Payloads, from_warc
from onrecord.errors import InputError
from onrecord.options import option


@dataclass(frozen=True, slots=True)
class Options:
    """Options of reading files, folders and archives."""

    largest: int = option(
        20_000_000,
        "Largest page, text or feed that is captured from a file or an archive; more is left out",
        unit="bytes",
    )
    pdf_pages: int = option(Limits.pages, "A PDF with more pages is left out")
    pdf_characters: int = option(
        Limits.characters, "A PDF with more text is left out", unit="characters"
    )
    pdf_seconds: int = option(Limits.seconds, "Longest time for reading one PDF", unit="seconds")
    pdf_memory: int = option(Limits.memory, "Most memory for reading one PDF", unit="megabytes")

    @property
    def pdfs(self) -> Limits:
        return Limits(self.pdf_pages, self.pdf_characters, self.pdf_seconds, self.pdf_memory)


def from_contents(
    opener: Opener, origin: Origin, options: Options, payloads: Payloads
) -> Iterator[Found | InputError]:
    """The captures in the file that `opener` opens; what cannot be used in its place. Raises OSError
    if it cannot be read. ZIP archives are not looked into."""
    with opener() as file:
        head = file.read(sniff.HEAD)
        kind = sniff.container(head)
        packed = _packed_head(file) if kind == "gzip" else b""
        if "warc" in (kind, sniff.container(packed)):
            yield from unused_address(origin)
            yield from from_warc(opener, origin.path, options.largest, payloads, origin.given)
            return
        try:
            if kind == "zip":
                raise InputError(
                    "not captured",
                    where=origin.path,
                    why="an archive inside an archive is not read",
                    do="unpack the outer one first",
                )
            file.seek(0)
            if kind == "gzip":
                yield _from_gzip(file, packed, origin, options)
            else:
                yield capture(read(file, options.largest, origin.path), origin, options.pdfs)
        except InputError as error:
            yield error


def unused_address(origin: Origin) -> Iterator[InputError]:
    """A line, if somebody gave one address for all that an archive holds."""
    if origin.url:
        yield InputError(
            "url not used",
            where=origin.path,
            why="the pages of an archive have their own addresses",
        )


def is_page(file: BinaryIO, largest: int) -> bool:
    """Whether the bytes of a file are those of a page, a feed or an archive, whatever its name."""
    head = file.read(sniff.HEAD)
    if sniff.container(head) == "warc" or head.startswith(b"%PDF-"):
        return True
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        head += file.read(largest)
    elif not start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        return False
    try:
        kind = sniff.media_type(head, "")
    except InputError:
        return False
    return kind == "application/feed+json" or (not start.startswith(b"{") and kind != "text/plain")


def read(file: BinaryIO, largest: int, where: str) -> bytes:
    """All bytes. Raises LimitExceeded if there are more than `largest`."""
    data = file.read(largest + 1)
    if len(data) > largest:
        raise too_large(where, largest)
    return data


def _packed_head(file: BinaryIO) -> bytes:
    """The first bytes that a gzip file holds."""
    try:
        return Member(file).read(sniff.HEAD)
    except BadBody:
        return b""


def _from_gzip(file: BinaryIO, packed: bytes, origin: Origin, options: Options) -> Found:
    """A page compressed with gzip. The capture is the page: its bytes as they were before somebody
    compressed them. Of a file that is cut or damaged it is what could be read, and a line says so."""
    if sniff.container(packed):
        raise InputError(
            "not captured",
            where=origin.path,
            why="an archive inside a gzip file is not read",
            do="unpack it first",
        )
    page = gunzip(file, options.largest, origin.path)
    if page.damage and not page.data.strip():
        raise InputError("not captured", where=origin.path, why=page.damage)
    name = origin.path.lower().removesuffix(".gz")
    is_page = name.endswith((".html", ".htm", ".xhtml"))
    found = capture(
        page.data,
        replace(origin, content_type=origin.content_type or ("text/html" if is_page else None)),
        options.pdfs,
    )
    if not page.damage:
        return found
    line = InputError("captured, but not whole", where=origin.path, why=page.damage).line()
    return replace(found, lines=(*found.lines, line))

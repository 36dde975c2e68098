"""What is recognised before anything else, and bytes that a reader turns into text when they are added.

A PDF and a saved page are decoded by a reader whose name and version become their decoder; what it
gave is stored. Transcripts (WebVTT, SubRip) are text like any other, and only their kind is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.capture import mhtml, pdf
from onrecord.errors import InputError

PDF = "application/pdf"
VTT = "text/vtt"
SRT = "application/x-subrip"

_PDF_HEAD = 1024
"""Bytes in which a PDF's signature may stand (PDF 1.7, implementation note 13)."""
_HEAD = 1 << 13
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_CUE = re.compile(rf"[ \t]*{_TIME}[ \t]*-{{1,2}}>[ \t]*{_TIME}".encode())
_HEADER_LINES = 12
"""Lines in which a transcript without a signature must have its first time line."""


@dataclass(frozen=True)
class Derived:
    """What a reader gave for bytes that are no text."""

    text: str
    decoder: str
    media_type: str
    url: str | None = None
    captured_at: str | None = None
    lines: tuple[str, ...] = ()


def is_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF, whatever their name is."""
    at = data.find(b"%PDF-", 0, _PDF_HEAD)
    return at == 0 or (at > 0 and b"<" not in data[:at])


def derive(data: bytes, name: str, limits: pdf.Limits | None = None) -> Derived | None:
    """The text of a PDF or a saved page; None for other bytes.

    Raises InputError if there is no text in it, LimitExceeded for a PDF beyond the limits.
    """
    if is_pdf(data):
        found = pdf.read_pdf(data, name, limits)
        lines = _scanned(found.scanned, name) if found.scanned else ()
        return Derived(found.text, pdf.decoder(), PDF, lines=lines)
    if mhtml.is_mhtml(data):
        page = mhtml.read_mhtml(data, name)
        lines = tuple(
            InputError("the saved page is damaged", where=name, why=why).line()
            for why in page.flaws
        )
        return Derived(page.text, mhtml.DECODER, "text/html", page.url, page.saved_at, lines)
    return None


def _scanned(pages: tuple[int, ...], name: str) -> tuple[str, ...]:
    shown = ", ".join(map(str, pages[:10])) + (" and more" if len(pages) > 10 else "")
    error = InputError(
        "captured, but not read whole",
        where=name,
        why=f"pages without text, only pictures: {shown}",
        do="recognise their text first, e.g. with OCRmyPDF",
    )
    return (error.line(),)


def decode_again(data: bytes, decoder: str, name: str) -> str | None:
    """What a derived decoder gives now; None if this one is not installed. Raises as `derive`."""
    if decoder == mhtml.DECODER:
        return mhtml.read_mhtml(data, name).text
    if decoder == pdf.decoder():
        return pdf.read_pdf(data, name).text
    return None


def transcript(data: bytes) -> str | None:
    """The media type of a transcript with time codes, by its signature or its first time line."""
    head = data[:_HEAD].replace(b"\x00", b"")  # UTF-16 without its zero bytes is read well enough
    head = re.sub(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*", b"", head)
    if re.match(rb"WEBVTT(?:[ \t\r\n]|\Z)", head):
        return VTT
    lines = re.split(rb"\r\n?|\n", head)[:_HEADER_LINES]
    return SRT if any(_CUE.match(line) for line in lines) else None

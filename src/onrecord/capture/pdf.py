"""A PDF -> its text, read by PDFium in a process of its own with limits of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from onrecord.capture import pdf_pages
from onrecord.errors import InputError, LimitExceeded

SLACK = 5
"""Seconds of waiting for the machine that do not count as the reader's."""
LAYOUT = "pdf-1"
"""The frozen rules of pdf_layout.py."""


@dataclass(frozen=True)
class Limits:
    """How large and slow a PDF may be: pages, code points, seconds, megabytes of memory."""

    pages: int = 1_000
    characters: int = 5_000_000
    seconds: int = 60
    memory: int = 1_500


def decoder() -> str:
    """The name of what is installed to read PDFs: the rules of layout and PDFium's build."""
    from pypdfium2.version import PDFIUM_INFO

    return f"{LAYOUT}-pdfium-{PDFIUM_INFO.build}"


@dataclass(frozen=True)
class PdfText:
    """What a PDF says, and the numbers of its pages that hold pictures and no text."""

    text: str
    scanned: tuple[int, ...] = ()


def read_pdf(data: bytes, name: str, limits: Limits | None = None) -> PdfText:
    """The text of a PDF: lines, paragraphs parted by a blank line, pages parted by a form feed.

    `name` is what the PDF is called in errors. Raises InputError if it holds no text that can be
    read, LimitExceeded if it is larger or slower than the limits allow.
    """
    limits = limits or Limits()
    numbers = (limits.pages, limits.characters, limits.seconds, limits.memory)
    command = [sys.executable, "-P", "-m", pdf_pages.__name__, *map(str, numbers)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds + SLACK, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(name, limits) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        # Killed by a limit or fallen over: a signal's number is negative, 24 is that of the CPU limit.
        if done.returncode == -24:
            raise _too_slow(name, limits) from None
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            "the PDF cannot be read",
            where=name,
            why=f"its reader broke off ({said[-1] if said else f'status {done.returncode}'})",
            do="print it to a new PDF, or save its text",
        ) from None
    if "text" in answer:
        return PdfText(answer["text"], tuple(map(int, answer["scanned"].split())))
    raise _error(answer["error"], answer["detail"], name, limits)


def _too_slow(name: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        "the PDF was not read",
        where=name,
        why=f"it takes longer than {limits.seconds} seconds",
        do="read it as a file with a higher capture.pdf_seconds",
    )


def _error(kind: str, detail: str, name: str, limits: Limits) -> InputError:
    if kind == pdf_pages.PASSWORD:
        return InputError(
            "the PDF is locked",
            where=name,
            why="it opens with a password only",
            do="save a copy without the password",
        )
    if kind == pdf_pages.PAGES:
        return LimitExceeded(
            "the PDF was not read",
            where=name,
            why=f"it has {detail} pages, the limit is {limits.pages}",
            do="read it as a file with a higher capture.pdf_pages",
        )
    if kind == pdf_pages.CHARACTERS:
        return LimitExceeded(
            "the PDF was not read",
            where=name,
            why=f"it has more than {limits.characters} characters",
            do="read it as a file with a higher capture.pdf_characters",
        )
    if kind == pdf_pages.NO_TEXT:
        return InputError(
            "no text in this PDF",
            where=name,
            why=f"its pages ({detail}) hold pictures only: a scan",
            do="recognise its text first, e.g. with OCRmyPDF",
        )
    if kind == pdf_pages.UNMAPPED:
        return InputError(
            "the text of this PDF cannot be read",
            where=name,
            why="its fonts do not say which letters they draw",
            do="recognise its text first, e.g. with OCRmyPDF --force-ocr",
        )
    return InputError("the PDF is damaged", where=name, why=detail, do="download or save it again")

"""The program that reads a PDF in a process of its own: bytes on standard input, an answer on standard
output, both limited by the caller.

PDFium is native code that reads what strangers wrote: should it fall over, run on or eat memory, only
this process does. The answer is one line of JSON, {"text": …, "scanned": numbers of pages} or
{"error": kind, "detail": …}.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

from onrecord.capture.pdf_layout import FAR, FAR_SPACED, Word, clean, is_right_to_left, text_of

PASSWORD, DAMAGED, PAGES, CHARACTERS, NO_TEXT, UNMAPPED = (
    "password",
    "damaged",
    "pages",
    "characters",
    "no text",
    "unmapped",
)
"""Kinds of errors in an answer."""

_SPACE = 0.12
"""Line heights between two letters that part words where PDFium tells of a line's end in the middle of
a line: on pages with few lines it takes them for columns of single letters."""
_HEBREW = 0x590
"""Where the letters that are written from right to left begin in Unicode."""
_TURNED = 0.1
"""Radians. Text at a greater angle is no line of the page."""


def main() -> None:
    """`python -m onrecord.capture.pdf_pages PAGES CHARACTERS SECONDS MEGABYTES`."""
    pages, characters, seconds, megabytes = (int(a) for a in sys.argv[1:5])
    _limit(seconds, megabytes)
    answer = read(sys.stdin.buffer.read(), pages, characters)
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the caller's time limit holds, memory is the system's matter
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def read(data: bytes, most_pages: int, most_characters: int) -> dict[str, str]:
    """The answer for the bytes of a PDF."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = PASSWORD if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD else DAMAGED
        return {"error": kind, "detail": str(error)}
    count = len(document)
    if count > most_pages:
        return {"error": PAGES, "detail": str(count)}
    pages: list[list[Word]] = []
    scanned: list[int] = []
    printed = total = unreadable = 0
    for number in range(count):
        try:
            page = document[number]
            text = page.get_textpage()
            printed += text.count_chars()
            if printed > most_characters:
                return {"error": CHARACTERS, "detail": str(printed)}
            words = list(_words(text, raw))
            if not words and _has_picture(page, raw):
                scanned.append(number + 1)
            page.close()
        except pypdfium2.PdfiumError as error:
            return {"error": DAMAGED, "detail": f"page {number + 1}: {error}"}
        total += sum(len(word.text) for word in words)
        unreadable += sum(word.text.count("\ufffd") for word in words)
        pages.append(words)
    if not any(c.isalnum() for page in pages for word in page for c in word.text):
        kind = UNMAPPED if unreadable else NO_TEXT
        return {"error": kind, "detail": str(count)}
    if unreadable * 2 > total:
        return {"error": UNMAPPED, "detail": str(unreadable)}
    return {"text": text_of(pages), "scanned": " ".join(map(str, scanned))}


def _has_picture(page: Any, raw: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _words(page: Any, raw: Any) -> Iterator[Word]:
    """The pieces of a page's lines, in the order of the file."""
    box, base, other = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    text: list[str] = []
    left = right = height = level = before = behind = 0.0
    first = last = 0
    printed = broken = was_to_left = False

    def word() -> Iterator[Word]:
        shown = clean(_utf16("".join(text)))
        if shown:
            middle = (first + last) // 2
            raw.FPDFText_GetCharOrigin(page, middle, other, base)
            yield Word(
                shown,
                left,
                right,
                base.value,
                height,
                _bold(page, raw, first) and _bold(page, raw, last),
                _turned(page, raw, middle),
            )

    for i in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, i)
        if code in (10, 13):
            broken = True
            continue
        if raw.FPDFText_IsGenerated(page, i) == 1 or code == 32:
            printed = text != [] and code == 32 and raw.FPDFText_IsGenerated(page, i) != 1
            if text:
                text.append(" ")
            continue
        raw.FPDFText_GetLooseCharBox(page, i, box)
        own = abs(box.top - box.bottom)
        tall = max(own, height)
        away = max(box.left - behind, before - box.right)
        to_left = code >= _HEBREW and is_right_to_left(chr(code))
        apart = (
            away > (FAR_SPACED if printed else FAR) * tall
            # A word broken by a hyphen goes on in the next line, for PDFium on the same one.
            or abs((box.top + box.bottom) / 2 - level) > 0.7 * tall
            or (box.left < before - tall / 2 and not (to_left or was_to_left))
        )
        if text and (broken if _turned(page, raw, i) else apart):
            yield from word()
            text = []
        if not text:
            left, right, height, first = box.left, box.right, own, i
        elif broken and away > _SPACE * tall:
            text.append(" ")
        before, behind, was_to_left = box.left, box.right, to_left
        level = (box.top + box.bottom) / 2
        text.append(chr(code) if code else "\ufffd")
        printed = broken = False
        left, right = min(left, box.left), max(right, box.right)
        height, last = max(height, own), i
    yield from word()


def _utf16(text: str) -> str:
    """Surrogate pairs as the characters they stand for, lone surrogates as U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _turned(page: Any, raw: Any, index: int) -> bool:
    return bool(_TURNED < raw.FPDFText_GetCharAngle(page, index) < 2 * math.pi - _TURNED)


def _bold(page: Any, raw: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(page, index, name, len(name), None)
    return b"bold" in name.value.lower() or raw.FPDFText_GetFontWeight(page, index) >= 600


if __name__ == "__main__":
    main()

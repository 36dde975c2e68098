"""A tiny PDF writer for tests: lines of text at given places in the fonts every reader has."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PAGE_HEIGHT, PAGE_WIDTH = 842, 595
WIDTHS = {
    "'": 0.333,
    " ": 0.25,
    ".": 0.25,
    ",": 0.25,
    "-": 0.333,
    "i": 0.278,
    "l": 0.278,
    "m": 0.778,
}
"""Widths in Times Roman, in ems; letters that are not named are half an em on average."""


@dataclass(frozen=True)
class Printed:
    """Text at `x` points from the left and `y` from the foot of the page."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False
    turned: bool = False


def pdf(pages: Sequence[Iterable[Printed]], *, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """The bytes of a PDF. `extra` is an object of number 99, `trailer` stands in the trailer."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
    }
    kids = []
    for number, page in enumerate(pages):
        one, content = 10 + 2 * number + 90, 11 + 2 * number + 90
        stream = zlib.compress(b"\n".join(_shown(printed) for printed in page))
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        objects[content] = head + stream + b"\nendstream"
        objects[one] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] "
            f"/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> /Contents {content} 0 R >>"
        ).encode()
        kids.append(f"{one} 0 R")
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    if extra:
        objects[99] = extra
    return _written(objects, trailer)


def _shown(printed: Printed) -> bytes:
    text = printed.text.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        text = text.replace(mark, b"\\" + mark)
    matrix = "0.7 0.7 -0.7 0.7" if printed.turned else "1 0 0 1"
    head = f"BT /F{int(printed.bold)} {printed.size} Tf {matrix} {printed.x} {printed.y} Tm ("
    return head.encode() + text + b") Tj ET"


def _written(objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    size = max(places) + 1
    return out + (
        f"trailer\n<< /Size {size} /Root 1 0 R ".encode()
        + trailer
        + f" >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def width(text: str, size: float = 11) -> float:
    """About how wide a text is in Times Roman, in points."""
    return sum(WIDTHS.get(c, 0.47) for c in text) * size


def column(
    text: str, x: float, y: float, wide: float, size: float = 11, indent: float = 0
) -> list[Printed]:
    """Paragraphs (parted by a line feed) set ragged in a column from `y` downwards, half a line apart,
    or indented without a gap."""
    found: list[Printed] = []
    for paragraph in text.split("\n"):
        line, left = "", indent
        for word in [*paragraph.split(), ""]:
            longer = f"{line} {word}".strip()
            if word and width(longer, size) + left <= wide:
                line = longer
                continue
            found.append(Printed(x + left, y, line, size))
            line, left, y = word, 0, y - 1.25 * size
        y -= 0 if indent else 0.6 * size
    return found

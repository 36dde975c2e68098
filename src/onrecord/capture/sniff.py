"""What bytes are: media type and decoder, from the bytes first and from what others say of them second."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import InputError
from onrecord.text.decoding import is_codec

HEAD = 4096
"""Bytes looked at for the media type and for a declared charset: browsers look at 1,024, some sites
put scripts in front."""

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image or sound (RIFF)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"WARC/", "a web archive (WARC)"),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|title|meta|div|p)\b", re.IGNORECASE
)
_FEEDS = (
    (re.compile(rb"<rss\b", re.IGNORECASE), "application/rss+xml"),
    (re.compile(rb"<feed\b[^>]*Atom", re.IGNORECASE), "application/atom+xml"),
    (re.compile(rb"<rdf:RDF\b", re.IGNORECASE), "application/rss+xml"),
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What a declared charset means on the web (WHATWG Encoding Standard, labels)."""


def media_type(data: bytes, name: str, declared: str | None = None) -> str:
    """text/html, text/plain, application/rss+xml or application/atom+xml.

    Raises InputError for an empty input and for what is no text: `name` and the reason are in it.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputError(
            "nothing in it", where=name, why="the file is empty", do="capture the page again"
        )
    bom = next((codec for mark, codec in _BOMS if data.startswith(mark)), None)
    if bom is None or bom == "utf-8":
        for magic, what in _MAGIC:
            if data.startswith(magic):
                raise InputError("not a page or a text", where=name, why=f"it is {what}")
        head = data[: 16 * HEAD]
        odd = sum(head.count(byte) for byte in _CONTROL)
        if odd * 50 > len(head):
            raise InputError("not a page or a text", where=name, why="it is binary data")
    start = data[:HEAD]
    if bom and bom != "utf-8":
        start = data[: 4 * HEAD].decode(bom, "replace").encode()
    for pattern, kind in _FEEDS:
        if pattern.search(start):
            return kind
    plain = (declared or "").partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml") or name.lower().endswith(
        (".html", ".htm", ".xhtml")
    ):
        return "text/html"
    return "text/html" if _HTML.search(start) else "text/plain"


_CONTROL = bytes(b for b in range(32) if b not in (9, 10, 12, 13, 27))


def decoder(data: bytes, media: str, declared: str | None = None) -> str:
    """The codec that turns the bytes into text.

    A byte order mark decides; then bytes that are valid UTF-8; then the charset the server or the
    page declares, if the bytes fit it; then detection (faust-cchardet); at last windows-1252.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        stray = error
    names = []
    if declared and (found := _CHARSET.search(declared.encode())):
        names.append(found[1].decode())
    if media != "text/plain" and (found := _CHARSET.search(data[:HEAD])):
        names.append(found[1].decode())
    for name in names:
        if is_codec(name):
            codec = codecs.lookup(name).name
            codec = _WIDER.get(codec, codec)
            if codec == "utf-8" or _fits(data, codec):
                return codec
    if _mostly_utf8(data, stray.start):
        return "utf-8"
    import cchardet

    guess = cchardet.detect(data[: 1 << 20]).get("encoding")
    if guess and is_codec(guess):
        codec = codecs.lookup(guess).name
        codec = _WIDER.get(codec, codec)
        if _fits(data, codec):
            return codec
    return "cp1252"


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes, stray: int) -> bool:
    """Valid multi-byte sequences in number, and few bytes that are none: UTF-8 with damage."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if ord(c) > 127) - bad
    return good > 4 * bad


def bad_bytes(data: bytes, codec: str) -> int:
    """How many stretches of bytes the codec cannot read; each becomes U+FFFD in the decoded capture."""
    if _fits(data, codec):
        return 0
    return data.decode(codec, "replace").count("\ufffd")

"""A page saved with its pictures (MHTML, RFC 2557) or a page sent by mail -> the page's own source.

FROZEN under the name `mhtml-1`: what it gives is stored with a capture, and a change needs a new name.
So the charset is found by rules of its own here, not by those for bare pages, which get better.
"""

from __future__ import annotations

import codecs
import email
import re
from dataclasses import dataclass
from email import errors
from email.message import Message
from email.utils import parsedate_to_datetime

from onrecord.errors import InputError
from onrecord.text.decoding import is_codec

DECODER = "mhtml-1"
_HEAD = 1 << 16
_MULTIPART = re.compile(rb"^content-type:[ \t]*multipart/", re.IGNORECASE | re.MULTILINE)
_DEEPEST = 100
"""Parts that hold parts. Browsers write one; every level costs the parser a look at every line."""
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+(?=\r?\n)")
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_PAGE = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)\b",
    re.IGNORECASE | re.MULTILINE,
)
_META = re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
"""What a declared charset means on the web (WHATWG Encoding Standard, labels)."""
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class SavedPage:
    """The source of the page, and what the file says of it. `flaws` are what it could not say."""

    text: str
    url: str | None
    saved_at: str | None
    flaws: tuple[str, ...] = ()


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with a MIME header that announces a page."""
    head = _HEADER.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n"))
    return bool(head and _VERSION.search(head[0]) and _PAGE.search(head[0]))


def read_mhtml(data: bytes, name: str) -> SavedPage:
    """The page in a MIME file. `name` is what the file is called in errors.

    Raises InputError if no page is in it.
    """
    if len(_MULTIPART.findall(data)) > _DEEPEST:
        raise InputError("not a saved page", where=name, why="its parts are nested too deeply")
    try:
        whole = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        parts = list(whole.walk())
    except RecursionError:
        raise InputError(
            "not a saved page", where=name, why="its parts are nested too deeply"
        ) from None
    root = _root(whole, parts)
    if root is None:
        kinds = sorted({part.get_content_type() for part in parts if not part.is_multipart()})
        why = f"it holds {', '.join(kinds[:5])}" if kinds else "it holds nothing"
        if any(isinstance(d, errors.StartBoundaryNotFoundDefect) for d in whole.defects):
            why = "its parts are missing: the file is cut off or altered"
        raise InputError("no page in it", where=name, why=why, do="save the page again")
    payload = root.get_payload(decode=True)
    source = payload if isinstance(payload, bytes) else b""
    text, bad = _decode(source, root.get_content_charset())
    if not text.strip("\ufeff \t\r\n\x00"):
        raise InputError(
            "no page in it", where=name, why="its page is empty", do="save the page again"
        )
    flaws = []
    if any(isinstance(d, errors.CloseBoundaryNotFoundDefect) for d in whole.defects):
        flaws.append("the file is cut off at its end, read as far as it goes")
    if bad:
        flaws.append(f"{bad} bytes of the page are in no known charset, shown as U+FFFD")
    return SavedPage(text, _address(whole, root), _date(whole), tuple(flaws))


def _root(whole: Message, parts: list[Message]) -> Message | None:
    """The part that `start` names (RFC 2387), else the first page in it."""
    pages = [part for part in parts if part.get_content_type() in _HTML]
    start = whole.get_param("start")
    if isinstance(start, str):
        for part in pages:
            if _value(part, "Content-ID").strip("<>") == start.strip().strip("<>"):
                return part
    return pages[0] if pages else None


def _value(part: Message, name: str) -> str:
    return "".join(str(part.get(name, "")).split())


def _address(whole: Message, root: Message) -> str | None:
    for value in (
        _value(whole, "Snapshot-Content-Location"),
        _value(root, "Content-Location"),
        _value(whole, "Content-Location"),
    ):
        if value.lower().startswith(("http://", "https://")):
            return value
    return None


def _date(whole: Message) -> str | None:
    """When the file was saved, by its header. `-0000` is UTC (RFC 5322, 3.3); no zone gives the day."""
    written = " ".join(str(whole.get("Date", "")).split())
    try:
        parsed = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if parsed.tzinfo is None:
        if re.search(r"[ ]-0000\b", written):
            return f"{parsed.isoformat()}+00:00"
        return parsed.date().isoformat()
    return parsed.isoformat()


def _decode(data: bytes, declared: str | None) -> tuple[str, int]:
    """The text, and how many stretches of bytes are none.

    A byte order mark decides, then bytes that are valid UTF-8, then the charset that the part or the
    page declares if the bytes fit it, at last windows-1252.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _replaced(data, codec)
    meta = _META.search(data[:4096])
    stated = [declared, meta[1].decode() if meta else None]
    names = [codecs.lookup(name).name for name in stated if name and is_codec(name)]
    if b"\x1b" not in data:  # the escape sequences of ISO-2022 are valid UTF-8
        names.insert(0, "utf-8")
    for name in names:
        try:
            return data.decode(_WIDER.get(name, name)), 0
        except UnicodeError:  # also of codecs that are no charsets and fail on any bytes
            continue
    return _replaced(data, "cp1252")


def _replaced(data: bytes, codec: str) -> tuple[str, int]:
    text = data.decode(codec, "replace")
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return text, text.count("\ufffd")
    return text, 0

"""What bytes are: media type and decoder, from the bytes first and from what others say of them second."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import InputError

HEAD = 4096
"""Bytes looked at for the media type."""
FAR = 1 << 16
"""Bytes looked at for a charset in the page, and for control characters. Browsers look at 1,024 for
the charset and read a page again whose `meta` comes later; sites put scripts in front of it."""
ENOUGH = 4
"""Fewer bytes above 127 than this tell nothing of the charset."""
STRAY = 3
"""So many control characters are a text's damage, whatever its length."""

_ZIPPED = (
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"", "an office document"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"\x00\x00\x01\x00", "an image (icon)"),
    (b"ID3\x02", "a sound (MP3)"),
    (b"ID3\x03", "a sound (MP3)"),
    (b"ID3\x04", "a sound (MP3)"),
    (b"OggS", "a sound or film (Ogg)"),
    (b"fLaC", "a sound (FLAC)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska or WebM)"),
    (b"FLV\x01", "a film (FLV)"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OTTO\x00", "a font"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (such as .doc)"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"%!PS", "a PostScript document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"\x04\x22\x4d\x18", "lz4-compressed"),
    (b"\x7fELF", "a program"),
    (b"\x00asm", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"WARC/", "a web archive (WARC)"),
    (b"filedesc://", "a web archive (ARC)"),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|title|meta|div|p)\b", re.IGNORECASE
)
_FEEDS = (
    (re.compile(rb"<rss\b", re.IGNORECASE), "application/rss+xml"),
    (re.compile(rb"<feed\b[^>]*Atom", re.IGNORECASE), "application/atom+xml"),
    (re.compile(rb"<rdf:RDF\b", re.IGNORECASE), "application/rss+xml"),
    (re.compile(rb"<urlset\b", re.IGNORECASE), "application/xml"),
)
"""A sitemap has no media type of its own; no other XML is recorded as application/xml."""
_PROLOG = re.compile(rb"(?>\s+|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/1')
_NEWS = b"schemas/sitemap-news/"
_CONTROL = bytes(b for b in range(32) if b not in (9, 10, 12, 13, 27))

_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_META = re.compile(
    rb"""<meta\b[^<>]{0,1000}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
_XML = re.compile(
    rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
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
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
}
"""What a declared charset means on the web (WHATWG Encoding Standard, labels)."""
_ALIASES = {
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5",
    "big5-hkscs": "big5hkscs",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "iso-8859-8-i": "iso8859-8",
    "x-user-defined": "cp1252",
    "unicode-1-1-utf-8": "utf-8",
    "ks_c_5601-1987": "cp949",
}
"""Labels of the same standard that Python does not know."""
_WESTERN = frozenset(("cp1252", "iso8859-15", "mac_roman"))
_CODECS = frozenset(
    "utf-8 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 "
    "iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 "
    "cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gb18030 big5 big5hkscs euc_jp "
    "iso2022_jp cp932 cp949 cp437 cp850 cp852 cp855".split()
)
"""Decoders that a label may name: those of the Encoding Standard, and code pages of old text files.
Python knows more, of which some are no charsets and fail on any bytes (undefined, idna)."""


def media_type(data: bytes, name: str, declared: str | None = None) -> str:
    """text/html, text/plain, or that of a feed: application/rss+xml, application/atom+xml,
    application/feed+json, application/xml (a news sitemap).

    Raises InputError for an empty input and for what is no text: `name` and the reason are in it.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputError(
            "nothing in it", where=name, why="the file is empty", do="capture the page again"
        )
    wide = _wide(data)
    if wide is None and (found := binary(data)):
        raise InputError("not a page or a text", where=name, why=f"it is {found}")
    start = data[:HEAD] if wide is None else data[: 4 * HEAD].decode(wide, "replace").encode()
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and _JSON_FEED.search(data):
        return "application/feed+json"
    prolog = _PROLOG.match(start)
    if not _HTML.match(start, prolog.end() if prolog else 0):
        for pattern, kind in _FEEDS:
            if pattern.search(start):
                if kind == "application/xml" and _NEWS not in data:
                    raise InputError(
                        "not a page or a text",
                        where=name,
                        why="it is a sitemap that names no news",
                    )
                return kind
    plain = (declared or "").partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml") or name.lower().endswith(
        (".html", ".htm", ".xhtml")
    ):
        return "text/html"
    return "text/html" if _HTML.search(start) else "text/plain"


def container(head: bytes) -> str | None:
    """`warc`, `gzip` or `zip` if bytes that begin like this hold captures rather than are one."""
    for magic, kind in ((b"WARC/", "warc"), (b"\x1f\x8b\x08", "gzip")):
        if head.lstrip(b"\r\n").startswith(magic):
            return kind
    zipped = head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x00\x00PK"))
    return "zip" if zipped and not _document(head) else None


def binary(data: bytes) -> str | None:
    """What bytes are that are no text ("an image (PNG)"), or None for what may be text."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data.startswith(b"PK\x03\x04"):
        return _document(data[:HEAD]) or "a ZIP archive"
    if data[:4] == b"RIFF":
        return "an image (WebP)" if data[8:12] == b"WEBP" else "a sound or film (RIFF)"
    if data[4:8] == b"ftyp":
        return "an image (AVIF or HEIF)" if data[8:10] in (b"av", b"he") else "a film (MP4)"
    if data[257:262] == b"ustar":
        return "an archive (tar)"
    if data[:3] == b"BZh" and data[4:10] == b"1AY&SY":
        return "bzip2-compressed"
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        return "a program"
    head = data[:FAR].rstrip(b"\x00")
    control = control_characters(head)
    return "binary data" if control > STRAY and control * 50 > len(head) else None


def control_characters(data: bytes) -> int:
    """How many control characters there are that no text needs."""
    return len(data) - len(data.translate(None, _CONTROL))


def _document(head: bytes) -> str | None:
    """The office document that a ZIP is, by the name of its first member (at byte 30)."""
    first = (
        b"mimetypeapplication/",
        b"[Content_Types].xml",
        b"_rels/.rels",
        b"docProps/",
        b"word/",
    )
    if not head[30:].startswith(first):
        return None
    return next(what for sign, what in _ZIPPED if sign in head)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by its byte order mark, or UTF-16 without one by its zero bytes.

    Text in any alphabet has spaces, digits or markup, whose upper byte is zero: those stand at odd
    places or at even ones, not at both.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return None if codec == "utf-8" else codec
    head = data[:HEAD]
    head = head[: len(head) // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (
        max(even, odd) < 4
        or max(even, odd) * 40 < len(head)
        or min(even, odd) * 10 > max(even, odd)
    ):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(codec, "replace")
    wrong = sum((c < " " and c not in "\t\n\f\r") or c == "\ufffd" for c in text)
    return codec if wrong * 50 <= len(text) else None


def decoder(data: bytes, media: str, declared: str | None = None) -> str:
    """The codec that turns the bytes into text.

    1. A byte order mark, or the zero bytes of UTF-16. 2. ISO-2022-JP by its escape sequences. 3. Bytes
    that are valid UTF-8, or are but for a few. 4. What the server declares, then what the page
    declares, if the bytes fit it; where they contradict each other, detection decides between them.
    5. Detection (faust-cchardet). 6. windows-1252.

    Browsers do 1, 4 and 5. Here 3 comes before 4, because a text in another charset is not valid
    UTF-8 by chance, while servers that declare a default of their own for pages in UTF-8 are common.
    For the same reason a declared Western charset gives way to detection where bytes above 127
    stand in long runs: in a Western text they stand alone among ASCII letters.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    if wide := _wide(data):
        return wide
    if re.search(rb"\x1b\$[@B]", data) and _readable(data, "iso2022_jp"):
        return "iso2022_jp"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
    stated = _stated(data, media, declared)
    good, bad = _utf8(data)
    told = "utf-8" in stated
    if good > 4 * bad or (told and cut) or ((told or cut) and good >= bad):
        return "utf-8"
    guess = _detected(data)
    fitting = [codec for codec in stated if codec != "utf-8" and _readable(data, codec)]
    if not fitting:
        return guess or "cp1252"
    if guess in fitting:
        return guess
    if fitting[0] in _WESTERN and guess and guess not in _WESTERN and _runs(data):
        return next((codec for codec in fitting if codec not in _WESTERN), guess)
    return fitting[0]


def _stated(data: bytes, media: str, declared: str | None) -> list[str]:
    """The decoders that the server and the page name, in this order."""
    labels = [found[1] for found in [_LABEL.search(declared or "")] if found]
    if media != "text/plain":
        inside = [_XML.match(data[:HEAD]), _META.search(data[:FAR])]
        labels += [found[1].decode() for found in inside if found]
    return [codec for label in labels if (codec := _codec(label))]


def _codec(label: str) -> str | None:
    label = label.strip().lower()
    try:
        codec = codecs.lookup(_ALIASES.get(label, label)).name
    except LookupError:
        return None
    wider = _WIDER.get(codec, codec)
    return wider if wider in _CODECS else None


def _detected(data: bytes) -> str | None:
    import cchardet

    if _above(data) < ENOUGH:
        return None
    guess = cchardet.detect(data[: 1 << 20]).get("encoding")
    codec = _codec(guess) if guess else None
    return codec if codec and _readable(data, codec) else None


def _above(data: bytes) -> int:
    """How many bytes are above 127."""
    return len(data.translate(None, bytes(range(128))))


def _readable(data: bytes, codec: str) -> bool:
    """Whether the codec reads all but a damaged byte in a hundred, or a character cut at the end."""
    return bad_bytes(data, codec) <= 1 + _above(data) // 100


def _runs(data: bytes) -> bool:
    """Whether bytes above 127 mostly stand in runs of four and more."""
    found = [len(run) for run in re.findall(rb"[\x80-\xff]+", data[: 1 << 20])]
    return 2 * sum(length for length in found if length > 3) > sum(found)


def _utf8(data: bytes) -> tuple[int, int]:
    """Characters of more than one byte that are valid UTF-8, and stretches that are not."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - bad, bad


def bad_bytes(data: bytes, codec: str) -> int:
    """How many stretches of bytes the codec cannot read; each becomes U+FFFD in the decoded capture."""
    try:
        data.decode(codec)
        return 0
    except UnicodeDecodeError:
        return data.decode(codec, "replace").count("\ufffd")

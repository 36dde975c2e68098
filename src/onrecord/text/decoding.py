"""From a capture's bytes to its decoded text: the text that capture offsets count in.

A decoder is named by a codec's name (`utf-8`, `windows-1252`, `utf-16-le`). A byte order mark is
kept as U+FEFF, line ends are not translated, bad bytes become U+FFFD. FROZEN: addresses hang on it.

Bytes that are no text (a PDF, a page saved with its pictures) have a *derived* decoder: the name and
version of a reader, `pdf-1-pdfium-8149`. What it gave is stored once beside the capture, and from
then on that is the decoded text, whatever reader is installed later.
"""

from __future__ import annotations

import codecs
import re

_DERIVED = re.compile(r"(?:pdf|mhtml)-\d+(?:-[a-z0-9.]+)*")


def decode(data: bytes, decoder: str) -> str:
    """The decoded capture. Raises LookupError if the decoder is unknown or a derived one."""
    return data.decode(decoder, errors="replace")


def is_derived(decoder: str) -> bool:
    """Whether the decoded text is what a reader gave and was stored, and no codec gives it again."""
    return bool(_DERIVED.fullmatch(decoder))


def is_codec(name: str) -> bool:
    """Whether Python knows a text codec of this name."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):  # a NUL in its name
        return False
    return bool(getattr(info, "_is_text_encoding", True))

"""From a capture's bytes to its decoded text: the text that capture offsets count in.

A decoder is named by a codec's name (`utf-8`, `windows-1252`, `utf-16-le`). A byte order mark is
kept as U+FEFF, line ends are not translated, bad bytes become U+FFFD. FROZEN: addresses hang on it.
"""

from __future__ import annotations

import codecs


def decode(data: bytes, decoder: str) -> str:
    """The decoded capture. Raises LookupError if the decoder is unknown."""
    return data.decode(decoder, errors="replace")


def is_codec(name: str) -> bool:
    """Whether Python knows a text codec of this name."""
    try:
        info = codecs.lookup(name)
    except LookupError:
        return False
    return bool(getattr(info, "_is_text_encoding", True))

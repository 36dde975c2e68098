"""Content-hash ids: the same identity gives the same id on every machine, in any order of work."""

from __future__ import annotations

import hashlib


def make_id(prefix: str, *parts: str | int | None) -> str:
    """`prefix` and 20 hex digits over the parts, e.g. `cap-1f…`.

    Each part is hashed with its length in front, so that ("ab", "c") and ("a", "bc") differ; None
    and "" differ as well.
    """
    pieces: list[bytes] = []
    for part in parts:
        data = b"-" if part is None else f"{part}".encode("utf-8", "surrogatepass")
        pieces += (b"n:" if part is None else b"%d:" % len(data), data)
    return f"{prefix}-{hashlib.sha256(b''.join(pieces)).hexdigest()[:20]}"

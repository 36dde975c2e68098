"""Content-hash ids: the same identity gives the same id on every machine, in any order of work."""

from __future__ import annotations

import hashlib


def make_id(prefix: str, *parts: str | int | None) -> str:
    """`prefix` and 20 hex digits over the parts, e.g. `cap-1f…`.

    Each part is hashed with its length in front, so that ("ab", "c") and ("a", "bc") differ; None
    and "" differ as well.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = b"-" if part is None else f"{part}".encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode() if part is not None else b"n:")
        digest.update(data)
    return f"{prefix}-{digest.hexdigest()[:20]}"

"""Screenshots on disk: PNG files under their SHA-256, written once and never altered.

`screenshots/ab/abcdef….png` relative to the record's folder; files are set read-only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.errors import RecordDamaged
from onrecord.store.captures import write_once


class PictureFiles:
    """The content-addressed folder of pictures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.png"

    def put(self, data: bytes) -> str:
        """Stores a picture and returns its SHA-256 in hex. Storing it again changes nothing."""
        sha = hashlib.sha256(data).hexdigest()
        write_once(self.path(sha), data, "a screenshot")
        return sha

    def read(self, sha256: str) -> bytes:
        """The picture. Raises RecordDamaged if it is missing or unreadable."""
        path = self.path(sha256)
        try:
            return path.read_bytes()
        except OSError as error:
            where = f"screenshots/{path.relative_to(self.folder).as_posix()}"
            raise RecordDamaged(
                "a screenshot cannot be read", where=where, why=error.strerror or str(error)
            ) from error

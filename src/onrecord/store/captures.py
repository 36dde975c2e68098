"""The captures on disk: raw bytes under their SHA-256, written once and never altered.

`captures/ab/abcdef…` relative to the record's folder; files are set read-only.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import RecordDamaged
from onrecord.records import Capture
from onrecord.text.decoding import decode


class CaptureFiles:
    """The content-addressed folder. Also the resource `captures` of the stages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Stores bytes and returns their SHA-256 in hex. Storing them again changes nothing."""
        sha = hashlib.sha256(data).hexdigest()
        path = self.path(sha)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(f".{os.getpid()}.partial")
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.chmod(0o444)
            partial.replace(path)
        return sha

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises RecordDamaged if they are missing or unreadable."""
        try:
            return self.path(sha256).read_bytes()
        except OSError as error:
            raise RecordDamaged(
                "a capture cannot be read",
                where=f"captures/{sha256[:2]}/{sha256}",
                why=str(error.strerror),
            ) from error

    def data(self, capture: Capture) -> bytes:
        """The raw bytes of a capture."""
        return self.read(capture.sha256)

    def text(self, sha256: str, decoder: str) -> str:
        """The decoded capture. Kept for the few captures a stage works on at a time."""
        return _decoded(self, sha256, decoder)

    def stored(self) -> Iterator[str]:
        """The SHA-256 of every file there is, ordered."""
        for path in sorted(self.folder.glob("??/*")):
            if len(path.name) == 64:
                yield path.name


@functools.lru_cache(maxsize=32)
def _decoded(files: CaptureFiles, sha256: str, decoder: str) -> str:
    return decode(files.read(sha256), decoder)

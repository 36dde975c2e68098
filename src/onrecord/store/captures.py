"""The captures on disk: raw bytes under their SHA-256, written once and never altered.

`captures/ab/abcdef…` relative to the record's folder; files are set read-only. Beside the bytes of a
PDF and the like stands the text that its reader gave, `captures/ab/abcdef….DECODER.txt`: the SHA-256
of the text on a line of its own, then the text in UTF-8.
"""

from __future__ import annotations

import functools
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from onrecord.errors import RecordBusy, RecordDamaged
from onrecord.records import Capture
from onrecord.text.decoding import decode, is_derived

_MARK = b"sha256:"
_MARK_LENGTH = len(_MARK) + 64 + 1
_PARTIAL = ".partial"
_FORGOTTEN = 24 * 3600
"""Seconds after which a half-written file is nobody's, whatever process has the number in its name."""


class CaptureFiles:
    """The content-addressed folder. Also the resource `captures` of the stages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def text_path(self, sha256: str, decoder: str) -> Path:
        """Where the text lies that a derived decoder gave."""
        return self.folder / sha256[:2] / f"{sha256}.{decoder}.txt"

    def put(self, data: bytes) -> str:
        """Stores bytes and returns their SHA-256 in hex. Storing them again changes nothing."""
        sha = hashlib.sha256(data).hexdigest()
        write_once(self.path(sha), data)
        return sha

    def put_text(self, sha256: str, decoder: str, text: str) -> None:
        """Stores the text that a derived decoder gave for a capture. Of a text that is there already
        nothing changes: addresses count in the first one."""
        data = text.encode("utf-8")
        mark = _MARK + hashlib.sha256(data).hexdigest().encode() + b"\n"
        write_once(self.text_path(sha256, decoder), mark + data)

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises RecordDamaged if they are missing or unreadable."""
        return self._bytes(self.path(sha256), "a capture cannot be read")

    def data(self, capture: Capture) -> bytes:
        """The raw bytes of a capture."""
        return self.read(capture.sha256)

    def text(self, sha256: str, decoder: str) -> str:
        """The decoded capture. Kept for the few captures a stage works on at a time.

        Raises RecordDamaged if the capture, or the text that a derived decoder gave for it, is
        missing, unreadable or altered.
        """
        return _decoded(self, sha256, decoder)

    def derived(self, sha256: str, decoder: str) -> str:
        """The stored text that a derived decoder gave. Raises as `text`."""
        path = self.text_path(sha256, decoder)
        data = self._bytes(path, "the text read from a capture cannot be read")
        mark, text = data[:_MARK_LENGTH], data[_MARK_LENGTH:]
        if mark != _MARK + hashlib.sha256(text).hexdigest().encode() + b"\n":
            raise RecordDamaged(
                "the text read from a capture was altered",
                where=self._shown(path),
                why="it does not hash to its first line",
            )
        return text.decode("utf-8")

    def stored(self) -> Iterator[str]:
        """The SHA-256 of every capture there is, ordered."""
        for path in sorted(self.folder.glob("??/*")):
            if len(path.name) == 64:
                yield path.name

    def tidy(self) -> int:
        """Takes away what programs that were killed left half-written; how many files. What another
        program that still runs is writing stays. To be called before this one writes."""
        left = [path for path in self.folder.glob(f"??/*{_PARTIAL}") if _is_left(path)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _bytes(self, path: Path, what: str) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise RecordDamaged(what, where=self._shown(path), why=str(error.strerror)) from error

    def _shown(self, path: Path) -> str:
        return f"captures/{path.relative_to(self.folder).as_posix()}"


def _is_left(partial: Path) -> bool:
    """Whether nobody writes a half-written file any more."""
    number = partial.name.removesuffix(_PARTIAL).rpartition(".")[2]
    if number == str(os.getpid()):
        return True  # of an earlier process with our number, as in a container
    if os.name == "posix" and number.isdigit():
        try:
            os.kill(int(number), 0)
        except (ProcessLookupError, OverflowError):
            return True
        except PermissionError:
            pass
    try:
        return time.time() - partial.stat().st_mtime > _FORGOTTEN
    except FileNotFoundError:
        return False


def write_once(path: Path, data: bytes, what: str = "a capture") -> None:
    """Writes a read-only file of the record's folder whole or not at all, unless it is there; `what` is
    in it. Raises RecordBusy if there is no room for it."""
    if path.exists():
        return
    partial = path.with_name(f"{path.name}.{os.getpid()}{_PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(0o444)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise RecordBusy(
            f"{what} cannot be written",
            where=path.relative_to(path.parents[2]).as_posix(),
            why=error.strerror or str(error),
            do="nothing recorded is lost; make room or let the record's folder be written to",
        ) from error


@functools.lru_cache(maxsize=32)
def _decoded(files: CaptureFiles, sha256: str, decoder: str) -> str:
    if is_derived(decoder):
        return files.derived(sha256, decoder)
    return decode(files.read(sha256), decoder)

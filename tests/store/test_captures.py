"""Raw bytes on disk: content-addressed, written once, never altered."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordBusy, RecordDamaged
from onrecord.store.captures import CaptureFiles
from onrecord.text.decoding import decode, is_derived


def test_bytes_lie_under_their_hash_and_cannot_be_written(tmp_path: Path) -> None:
    files = CaptureFiles(tmp_path)
    sha = files.put(b"page")
    assert sha == hashlib.sha256(b"page").hexdigest()
    path = tmp_path / sha[:2] / sha
    assert path.read_bytes() == b"page"
    assert path.stat().st_mode & 0o222 == 0
    assert files.put(b"page") == sha
    assert list(files.stored()) == [sha]


def test_a_missing_capture_is_damage_and_named(tmp_path: Path) -> None:
    with pytest.raises(RecordDamaged, match="captures/ab/ab"):
        CaptureFiles(tmp_path).read("ab" * 32)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "cp1252", "utf-16-le", "gb18030"]))
def test_every_capture_decodes_to_the_same_text_every_time(data: bytes, codec: str) -> None:
    assert decode(data, codec) == decode(data, codec)


def test_decoding_keeps_the_mark_and_the_line_ends() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\xff", "utf-8") == "\ufeffa\r\nb\ufffd"


DECODER = "pdf-1-pdfium-8149"
SHA = "ab" * 32


def test_what_a_reader_gave_is_stored_once_and_is_the_decoded_text_from_then_on(
    tmp_path: Path,
) -> None:
    files = CaptureFiles(tmp_path)
    files.put_text(SHA, DECODER, "one\fnaïve\r\n")
    files.put_text(SHA, DECODER, "what a later version of the reader would give")
    assert CaptureFiles(tmp_path).text(SHA, DECODER) == "one\fnaïve\r\n"
    assert files.text_path(SHA, DECODER).stat().st_mode & 0o222 == 0
    assert list(files.stored()) == [], "a text is no capture"
    assert not list(tmp_path.rglob("*.partial"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_stored_text_comes_back_to_the_character(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = CaptureFiles(Path(folder))
        files.put_text(SHA, DECODER, text)
        assert files.derived(SHA, DECODER) == text


@pytest.mark.parametrize("change", ["lost", "altered", "cut", "empty"])
def test_a_stored_text_that_is_lost_or_altered_is_damage_and_named(
    tmp_path: Path, change: str
) -> None:
    files = CaptureFiles(tmp_path)
    files.put_text(SHA, DECODER, "The quay stays shut.\n")
    path = files.text_path(SHA, DECODER)
    data = path.read_bytes()
    path.chmod(0o644)
    if change == "lost":
        path.unlink()
    else:
        path.write_bytes(
            {"altered": data.replace(b"shut", b"open"), "cut": data[:-3], "empty": b""}[change]
        )
    with pytest.raises(RecordDamaged, match=rf"captures/ab/{SHA}\.pdf-1-pdfium-8149\.txt"):
        files.text(SHA, DECODER)


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-16-le", "cp1252", "iso2022_jp_1", "mhtml", "pdf-x", "zip-1"]
)
def test_codecs_are_not_taken_for_readers(name: str) -> None:
    assert not is_derived(name)


def test_no_codec_decodes_what_a_reader_gave() -> None:
    assert is_derived(DECODER) and is_derived("mhtml-1")
    with pytest.raises(LookupError):
        decode(b"%PDF-1.4", DECODER)


def test_what_a_killed_program_left_half_written_is_taken_away_and_nothing_else(
    tmp_path: Path,
) -> None:
    files = CaptureFiles(tmp_path)
    sha = files.put(b"page")
    folder = files.path(sha).parent
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = [folder / f"{sha}.{dead.pid}.partial", folder / f"{sha}.{os.getpid()}.partial"]
    written = folder / f"{sha}.{os.getppid()}.partial"
    forgotten = folder / f"{sha}.{DECODER}.txt.{os.getppid()}.partial"
    for path in (*left, written, forgotten):
        path.write_bytes(b"pa")
    os.utime(forgotten, (time.time() - 90_000,) * 2)
    assert files.tidy() == 3
    assert sorted(folder.iterdir()) == sorted([files.path(sha), written])
    assert files.tidy() == 0


@pytest.mark.parametrize("what", ["write", "replace"])
def test_a_capture_that_there_is_no_room_for_leaves_nothing_behind(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    files = CaptureFiles(tmp_path)
    with monkeypatch.context() as patched:
        if what == "replace":
            patched.setattr(Path, "replace", full)
        else:
            patched.setattr(os, "fsync", full)
        with pytest.raises(RecordBusy, match="No space left on device") as caught:
            files.put(b"page")
    assert "nothing recorded is lost" in caught.value.line()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert files.read(files.put(b"page")) == b"page"


def test_a_file_that_may_not_grow_so_large_is_no_capture(tmp_path: Path) -> None:
    """The limit of a process on the size of its files, as a quota gives it."""
    program = (
        "import resource, sys; from pathlib import Path; from onrecord.store.captures import CaptureFiles\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "CaptureFiles(Path(sys.argv[1])).put(b'x' * 5000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False
    )
    assert "RecordBusy" in done.stderr and "File too large" in done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

"""Raw bytes on disk: content-addressed, written once, never altered."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordDamaged
from onrecord.store.captures import CaptureFiles
from onrecord.text.decoding import decode


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

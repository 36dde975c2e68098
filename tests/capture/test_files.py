"""Files and folders."""

from __future__ import annotations

import io
from pathlib import Path

from onrecord.capture.capturing import Found
from onrecord.capture.files import from_path, from_standard_input
from onrecord.errors import InputError


def _lines(found: list[Found | InputError]) -> list[str]:
    return [f.line() for f in found if isinstance(f, InputError)]


def test_a_folder_is_read_in_order_with_paths_relative_to_it(tmp_path: Path) -> None:
    for name, text in {
        "b/2.txt": "two two",
        "a.html": "<p>one",
        "b/1.txt": "one one",
        ".hidden": "x",
        "notes.csv": "x",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    found = list(from_path(tmp_path))
    assert [f.capture.path for f in found if isinstance(f, Found)] == [
        "a.html",
        "b/1.txt",
        "b/2.txt",
    ]
    (line,) = _lines(found)
    assert line.startswith("notes.csv: left out")


def test_the_same_file_is_the_same_capture_named_alone_or_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one one")
    (alone,) = from_path(tmp_path / "a.txt")
    (inside,) = from_path(tmp_path)
    assert isinstance(alone, Found) and isinstance(inside, Found)
    assert alone.capture == inside.capture


def test_a_folder_with_nothing_usable_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert any(
        "nothing usable in this folder" in line for line in _lines(list(from_path(tmp_path)))
    )


def test_a_missing_file_and_an_empty_paste_are_one_line_each(tmp_path: Path) -> None:
    assert _lines(list(from_path(tmp_path / "none.txt"))) == [
        "none.txt: cannot be read: No such file or directory (check the path)"
    ]
    (line,) = _lines(list(from_standard_input(io.BytesIO(b"\n"))))
    assert line.startswith("-: nothing in it")
    (found,) = from_standard_input(io.BytesIO(b"pasted text"))
    assert isinstance(found, Found) and found.capture.path == "-"


def test_damaged_bytes_are_kept_and_told(tmp_path: Path) -> None:
    data = ("The naïve café reopened. " * 9).encode() + b"\xff\xfe"
    (tmp_path / "a.txt").write_bytes(data)
    (found,) = from_path(tmp_path / "a.txt")
    assert isinstance(found, Found)
    assert found.data == data
    assert "not valid utf-8" in found.lines[0]

"""Manifests: every row that can be used is, every other is one line that names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.capture.capturing import Found
from onrecord.capture.manifest import from_manifest
from onrecord.errors import InputError, UsageError


def _split(manifest: Path) -> tuple[list[Found], list[str]]:
    found = list(from_manifest(manifest))
    return [f for f in found if isinstance(f, Found)], [
        f.line() for f in found if isinstance(f, InputError)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.txt").write_text("The ferry line said so.")
    (tmp_path / "p" / "b.txt").write_text("The ferry line denied it.")
    return tmp_path


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_row_gives_what_is_known_and_nothing_else(folder: Path, form: str) -> None:
    row = {
        "path": "p/a.txt",
        "url": "https://tern.example/1",
        "outlet": "Tern Post",
        "published": "2031-03-14T14:57+04:00",
        "captured_at": "",
        "language": "en",
        "credit": "",
    }
    manifest = folder / f"m.{form}"
    manifest.write_text(
        json.dumps(row) + "\n"
        if form == "jsonl"
        else ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    )
    (found,), lines = _split(manifest)
    assert lines == []
    capture = found.capture
    assert (capture.path, capture.url, capture.captured_at) == (
        "p/a.txt",
        "https://tern.example/1",
        None,
    )
    assert (capture.given.outlet, capture.given.published, capture.given.credit) == (
        "Tern Post",
        "2031-03-14T14:57:00+04:00",
        None,
    )


def test_two_rows_with_one_url_are_two_captures_of_one_article(folder: Path) -> None:
    (folder / "m.csv").write_text(
        "path,url\np/a.txt,https://tern.example/1?utm_source=x\np/b.txt,http://www.tern.example/1/\n"
    )
    found, _ = _split(folder / "m.csv")
    assert len({f.capture.id for f in found}) == 2
    assert len({f.capture.article_id for f in found}) == 1


def test_what_is_wrong_is_named_and_the_rest_is_done(folder: Path) -> None:
    (folder / "m.csv").write_text(
        "path,publshed,published\np/a.txt,x,14 March\np/none.txt,,\n,,\np/b.txt,,2031-03-14\n"
    )
    found, lines = _split(folder / "m.csv")
    assert [f.capture.path for f in found] == ["p/a.txt", "p/b.txt"]
    assert [f.capture.given.published for f in found] == [None, "2031-03-14"]
    assert any("'publshed'" in line and "did you mean published?" in line for line in lines)
    assert any("'14 March' is not ISO 8601" in line for line in lines)
    assert any(line.startswith("p/none.txt: cannot be read") for line in lines)
    assert any("line 4" in line and "no path" in line for line in lines)
    assert len(lines) == 4


def test_a_manifest_that_is_none_is_a_wrong_call(folder: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the manifest"):
        list(from_manifest(folder / "none.csv"))
    (folder / "m.csv").write_text("file\nx\n")
    with pytest.raises(UsageError, match="no column `path`"):
        list(from_manifest(folder / "m.csv"))
    (folder / "m.jsonl").write_text('{"path": 3}\nnot json\n')
    assert len(_split(folder / "m.jsonl")[1]) == 2

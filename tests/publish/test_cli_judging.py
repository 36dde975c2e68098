"""Deciding by command: real processes, the contract's exit statuses, one line an error."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.publish.test_cli import call

from onrecord.run.building import _only_build

TEXT = """Tern Post

Harbour talks end without a result

14 March 2031 14:57 (UTC +04:00)

Ferry line chief Ana Ruhl said on Friday that the talks had ended. "We will meet again on Monday," Ruhl told reporters.
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judging")
    (folder / "a.txt").write_text(TEXT)
    done = call(folder, "open", "a.txt", "--no-serve")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "here"))


def ids(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in call(folder, "export", kind).stdout.splitlines()]


def failing(done: subprocess.CompletedProcess[str], status: int) -> str:
    assert done.returncode == status, done
    (line,) = done.stderr.strip().splitlines()
    return line


def test_a_decision_shows_at_once_is_listed_exported_and_taken_back(folder: Path) -> None:
    ruhl = next(a for a in ids(folder, "actors") if a["name"] == "Ana Ruhl")
    done = call(
        folder, "judge", "rename", ruhl["id"], "--value", "Ana Ruhl-Berg", "--author", "Ada Nile", "--json"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert (made["judgement"]["state"], made["built"]) == ("applied", True)
    assert "Ana Ruhl-Berg" in {a["name"] for a in ids(folder, "actors")}
    assert {s["speaker"]["name"] for s in ids(folder, "statements")} == {"Ana Ruhl-Berg"}
    (row,) = ids(folder, "judgements")
    assert row == {
        "schema_version": 1,
        "id": made["judgement"]["id"],
        "author": "Ada Nile",
        "at": made["judgement"]["at"],
        "verdict": "rename",
        "about": {"kind": "actor", "addresses": [ruhl["mentions"][0]["address"]]},
        "value": {"name": "Ana Ruhl-Berg"},
        "undone": None,
    }
    listed = call(folder, "judgements").stdout
    assert "Ada Nile: rename actor name='Ana Ruhl-Berg'; applied" in listed
    assert "1 judgements: 1 applied" in listed
    done = call(folder, "judge", "--undo", row["id"], ONRECORD_JUDGING_AUTHOR="Bo Reed")
    assert done.returncode == 0 and "undone (by Bo Reed" in done.stdout
    assert "Ana Ruhl" in {a["name"] for a in ids(folder, "actors")}


def test_a_wrong_call_is_one_line_and_decides_nothing(folder: Path) -> None:
    story = ids(folder, "stories")[0]["id"]
    for arguments, why in (
        (("judge", "confirm", story), "it is not said who decides"),
        (("judge", "--author", "A"), "say a verdict and lines, or --undo ID"),
        (("judge", "confirm", "sto-none", "--author", "A"), "there is no such line"),
        (("judge", "confirm", "--author", "A"), "it is not said what about"),
        (("judge", "reject", story, "--author", "A"), "cannot be decided about a story"),
        (("judge", "rename", story, "--value", "nmae=x", "--author", "A"), "no such value"),
        (("judge", "--undo", "jud-none", "--author", "A"), "there is no such judgement"),
        (("import", "judgements", "none.jsonl"), "cannot read the judgements"),
    ):
        assert why in failing(call(folder, *arguments), 2)
    assert ids(folder, "judgements") == []


def test_a_colleague_s_file_is_taken_in_and_what_waits_is_told(
    folder: Path, tmp_path: Path
) -> None:
    statement = ids(folder, "statements")[0]["id"]
    call(folder, "judge", "reject", statement, "--author", "Ada Nile", "--no-build")
    assert call(folder, "export", "judgements", "-o", "mine.jsonl").returncode == 0
    assert statement in {s["id"] for s in ids(folder, "statements")}
    mine = (folder / "mine.jsonl").read_text()
    other = tmp_path / "other"
    other.mkdir()
    (other / "theirs.jsonl").write_text(mine + "not json\n" + mine.replace("Ada", "Eve"))
    done = call(other, "import", "judgements", "theirs.jsonl", "--json")
    assert done.returncode == 1
    values = json.loads(done.stdout)
    assert (values["added"], values["known"], len(values["unusable"])) == (1, 0, 2)
    assert values["unusable"][0].startswith("theirs.jsonl: line 2: ")
    assert "its id belongs to another judgement" in values["unusable"][1]
    waits = "1 judgement waits for lines that are not in the record"
    assert waits in call(other, "build").stdout
    assert waits in call(other, "verify").stdout
    (other / "a.txt").write_text(TEXT)
    done = call(other, "open", "a.txt", "--no-serve")
    assert statement not in {s["id"] for s in ids(other, "statements")}
    assert "1 applied" in call(other, "judgements").stdout
    assert (other / "theirs.jsonl").exists() and ids(other, "judgements") == ids(
        folder, "judgements"
    )


def test_a_decision_while_a_build_works_is_written_down(folder: Path) -> None:
    statement = ids(folder, "statements")[0]["id"]
    with _only_build(folder / "record", 1.0):
        done = call(folder, "judge", "reject", statement, "--author", "Ada Nile", "--patience", "0")
    assert done.returncode == 1
    assert "it will be brought in by the next build" in done.stderr
    assert call(folder, "build").returncode == 0
    assert statement not in {s["id"] for s in ids(folder, "statements")}

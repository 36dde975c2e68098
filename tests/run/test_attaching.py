"""Attaching a letter to the report that names it: it is held, compared, outlives a rebuild, is undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.publish.cli import main

TERN = """Tern Post

Ferry quarrel between Velmora and Ostrand goes on

2 May 2031

The ferry Aurelia links the harbours of Velmora and Ostrand. The quarrel over the harbour fee began in spring between Foreign Minister Ilsa Brandt and Harbour Minister Oskar Venn.

In a letter to Oskar Venn, Ilsa Brandt asked for an inspection. "We will pay the fee ... when the books of the harbour are open to everybody," she wrote.
"""
MAIL = """Oldmoor Mail

Ferry quarrel: Ostrand writes to Velmora

3 May 2031

The ferry Aurelia links the harbours of Velmora and Ostrand. Foreign Minister Ilsa Brandt wrote to Harbour Minister Oskar Venn about the harbour fee.

"We shall pay the fee, as we have always done, when the books of the harbour are open to everybody," Brandt said in the letter.
"""
LETTER = """Ostrand, 1 May 2031

Dear Minister Venn,

The ferry Aurelia has linked our harbours for forty years. We do not want a quarrel.

We will pay the fee, as we have always done, when the books of the harbour are open to everybody.

Ilsa Brandt
"""


def run(record: Path, *arguments: str, status: int = 0) -> Any:
    done = CliRunner().invoke(
        main, [arguments[0], "--record", str(record), *arguments[1:], "--json"]
    )
    assert done.exit_code == status, done.output
    return json.loads(done.stdout or done.output)


def sources(record: Path) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["export", "sources", "--record", str(record)])
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def attached(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("attaching")
    for name, text in (("tern", TERN), ("mail", MAIL), ("letter", LETTER)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    record = folder / "record"
    run(record, "add", str(folder / "tern.txt"), str(folder / "mail.txt"))
    run(record, "build")
    (named,) = (s for s in sources(record) if s["text"]["quote"] == "a letter to Oskar Venn")
    told = run(record, "attach", named["id"], str(folder / "letter.txt"), "--author", "A. Reader")
    return record, told


def test_it_is_held_for_every_report_that_quotes_it(attached: tuple[Path, dict[str, Any]]) -> None:
    record, told = attached
    rows = {s["text"]["quote"]: s for s in sources(record)}
    assert {s["held"] for s in rows.values()} == {told["capture"]}
    assert rows["a letter to Oskar Venn"]["held_basis"].startswith("attached by A. Reader on ")
    assert "quotes its words" in rows["the letter"]["held_basis"]


def test_what_each_report_changed_and_cut_is_told(attached: tuple[Path, dict[str, Any]]) -> None:
    record, told = attached
    found = {
        s["text"]["quote"]: [(d["op"], d["original"], d["quoted"]) for q in s["quotes"] for d in q["differences"]]
        for s in sources(record)
    }  # fmt: skip
    assert found == {
        "a letter to Oskar Venn": [("cut", "as we have always done", "")],
        "the letter": [("changed", "will", "shall")],
    }
    assert (told["quotations"], told["altered"]) == (2, 2)


def test_it_stands_in_the_episode_of_the_report(attached: tuple[Path, dict[str, Any]]) -> None:
    record, _ = attached
    done = CliRunner().invoke(main, ["export", "stories", "--record", str(record)])
    (story,) = map(json.loads, done.stdout.splitlines())
    assert [len(e["articles"]) for e in story["episodes"]] == [3]


def test_the_record_verifies_and_the_same_again_changes_nothing(
    attached: tuple[Path, dict[str, Any]],
) -> None:
    record, told = attached
    assert run(record, "verify")["problems"] == []
    before = sources(record)
    (named,) = (s["id"] for s in before if s["text"]["quote"] == "a letter to Oskar Venn")
    again = run(record, "attach", named, told["capture"], "--author", "A. Reader")
    assert again["judgements"][0] == told["judgements"][0]
    assert sources(record) == before


def test_a_report_is_not_its_own_source_and_nonsense_is_told(
    attached: tuple[Path, dict[str, Any]],
) -> None:
    record, _ = attached
    row = sources(record)[0]
    for source, text, why in (
        (row["id"], row["article_id"], "a report is not its own source"),
        ("src-none", row["article_id"], "there is no such source"),
        (row["id"], "missing.txt", "one text is attached at a time"),
    ):
        call = ["attach", source, text, "--author", "A. Reader", "--record", str(record)]
        done = CliRunner().invoke(main, call)
        assert done.exit_code == 2 and why in done.output


def test_taken_back_it_is_held_no_more(attached: tuple[Path, dict[str, Any]]) -> None:
    record, told = attached
    run(record, "judge", "--undo", told["judgements"][0], "--author", "A. Reader")
    assert {s["held"] for s in sources(record)} == {None}

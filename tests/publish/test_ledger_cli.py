"""The table of statements from the command line: what it holds, what a wrong call is told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.publish.reading import Site
from tests.publish.test_cli import call

from onrecord.publish.web import create_app
from onrecord.records import Story
from onrecord.store.record import Store


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_is_that_of_the_page(demo_record: Path, tmp_path: Path) -> None:
    query = "act=threaten,deny&sort=newest"
    done = call(
        tmp_path,
        *("export", "statements", "--format", "cited-csv", "--where", query),
        *("--record", str(demo_record), "-o", "new/table.csv"),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Store(demo_record, create=False) as store:
        served = Site(create_app(store)).get(f"/statements.csv?{query}").content
        story = max(store.all(Story), key=lambda s: len(s.articles)).id
    assert (tmp_path / "new" / "table.csv").read_bytes() == served
    found = rows(served.decode())
    assert {row["act"] for row in found} == {"threaten", "deny"}
    whole = call(
        tmp_path,
        *("export", "statements", "--format", "cited-csv", "--story", story),
        *("--record", str(demo_record)),
    )
    assert whole.returncode == 0 and whole.stdout.startswith("\ufeffspeaker,quotation,act,")
    assert {row["id"] for row in found} < {row["id"] for row in rows(whole.stdout)}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("statements", "--format", "cited-csv", "--where", "act=thraten"),
            "did you mean threaten?",
        ),
        (("statements", "--format", "cited-csv", "--story", "sto-none"), "no such story"),
        (("articles", "--format", "cited-csv"), "a format of `statements`"),
        (("statements", "--where", "act=deny"), "--where is for the last"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    demo_record: Path, tmp_path: Path, arguments: tuple[str, ...], line: str
) -> None:
    done = call(tmp_path, "export", *arguments, "--record", str(demo_record), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert line in json.loads(done.stderr)["error"]

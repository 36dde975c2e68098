"""Exports hold to their schemas, in every format; generated docs have not drifted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from tests.gold.building import export_bytes

from onrecord.publish import docs
from onrecord.publish.exports import csv_text, fields, parquet_bytes, schema
from onrecord.records import KINDS
from onrecord.store.record import Store

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "kind", KINDS.keys() - {"watches", "checks", "screenshots", "judgements", "advice"}
)
def test_every_line_of_the_demo_holds_to_its_schema(demo_record: Path, kind: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(kind))
    lines = [
        json.loads(line) for line in export_bytes(demo_record)[kind].decode().split("\n") if line
    ]
    assert lines, f"the demo has no {kind}"
    for line in lines:
        validator.validate(line)


@pytest.mark.parametrize("kind", KINDS)
def test_no_export_holds_a_float(demo_record: Path, kind: str) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(f"a float: {text}")

    for line in export_bytes(demo_record)[kind].decode().split("\n"):
        if line:
            json.loads(line, parse_float=refuse)


@pytest.mark.parametrize("kind", ["articles", "statements", "versions"])
def test_csv_and_parquet_hold_what_json_lines_hold(demo_record: Path, kind: str) -> None:
    lines = [
        json.loads(line) for line in export_bytes(demo_record)[kind].decode().split("\n") if line
    ]
    with Store(demo_record, create=False) as store:
        records = store.all(KINDS[kind])
    table = csv.DictReader(
        io.StringIO(b"".join(csv_text(KINDS[kind], records)).decode(), newline="")
    )
    rows = list(table)
    frame = pq.read_table(io.BytesIO(b"".join(parquet_bytes(KINDS[kind], records)))).to_pylist()
    assert table.fieldnames == fields(KINDS[kind])
    for line, row, cell in zip(lines, rows, frame, strict=True):
        for name in fields(KINDS[kind]):
            value = line[name]
            if value is None:
                assert row[name] == "" and cell[name] is None
            elif isinstance(value, str | int):
                assert row[name] == str(value) and cell[name] == value
            else:
                assert json.loads(row[name]) == value == json.loads(cell[name])


def test_generated_docs_have_not_drifted(capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main([str(ROOT / "docs"), "--check"]) == 0, capsys.readouterr().err


def test_every_option_is_documented() -> None:
    page = "\n".join(docs.options_page())
    for setting in docs.every():
        assert setting.doc and setting.flag in page and setting.variable in page

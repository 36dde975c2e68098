"""Training the tagger: the three forms of a corpus, what cannot be used, and what trained weights change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import settings
from onrecord.annotate.tagger import load_tagger
from onrecord.capture.files import from_path
from onrecord.errors import InputError, OnrecordError, RecordDamaged, UsageError
from onrecord.records import Statement
from onrecord.run.adding import add
from onrecord.run.building import build_record
from onrecord.run.labelled_texts import LabelledText, corpus_files, read_file
from onrecord.run.training import train_statements, written
from onrecord.store.record import Store

WORDS = st.text("abc defg", min_size=1, max_size=9)


def read(path: Path, split: str | None = None) -> tuple[list[LabelledText], list[str]]:
    problems: list[OnrecordError] = []
    found = list(read_file(path, split, problems))
    return found, [p.line() for p in problems]


def corpus(folder: Path) -> Path:
    """Five files in which councils table plans, which no rule takes for a statement, and build halls."""
    folder.mkdir()
    for n, town in enumerate(("Kelm", "Velm", "Torvik", "Ansel", "Orm")):
        lines = [
            f"{{s The council of {town}}} {{c tables}} {{x the plan for the {thing}}}. "
            f"The firm of {town} built the {thing} in May and sold the {other}."
            for thing, other in (
                ("dam", "mill"),
                ("mill", "pier"),
                ("pier", "dam"),
                ("tower", "hall"),
            )
        ]
        (folder / f"{n}.marked").write_text("\n\n".join(["# Invented.", *lines]) + "\n", "utf-8")
    return folder


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=4))
def test_marks_are_taken_out_and_point_to_their_words(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("marked") / "a.marked"
    line = " ".join(
        f"{plain}{{s{n} {s}}}{{c{n} {c}}}{{x{n} {x}}}" for n, (plain, s, c, x) in enumerate(rows, 1)
    )
    path.write_text("x" + line + "\n", "utf-8")
    (found,), problems = read(path)
    assert not problems and "{" not in found.text and len(found.labels) == len(rows)
    for label, (_, s, c, x) in zip(found.labels, rows, strict=True):
        told = [found.text[a:b] for ((a, b),) in (label.source, label.cue, label.content)]
        assert told == [s, c, x]


def test_a_nested_statement_is_marked_inside_its_outer_one(tmp_path: Path) -> None:
    path = tmp_path / "a.marked"
    path.write_text("{s1 Ana} {c1 said} {x1 that {s2 Bo} {c2 fears} {x2 rain}}.\n", "utf-8")
    (found,), _ = read(path)
    assert found.text == "Ana said that Bo fears rain.\n"
    assert [found.text[slice(*one.content[0])] for one in found.labels] == [
        "that Bo fears rain",
        "rain",
    ]


def test_words_of_a_report_may_stand_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        'text = """\nDorva spoke. Rain, said Dorva. Rain fell.\n"""\n'
        '[[statement]]\nsource = "Dorva"\ncue = "said"\ncontent = ["Rain"]\n'
        '[[statement]]\ncontent = ["Rain #2"]\n[[statement]]\nid = "c"\ncontent = ["snow"]\n',
        "utf-8",
    )
    (found,), problems = read(path)
    first, second = found.labels
    assert first.content == ((13, 17),) and first.source == ((24, 29),)
    assert second.content == ((31, 35),)
    assert problems == [f"{path}: statement c: “snow” does not stand in the text"]


def test_of_json_lines_what_is_wrong_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana said no.", "utf-8")
    good = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]]}
    rows = [
        {"path": "a.txt", "annotator": "2", "attributions": []},
        {"path": "a.txt", "annotator": "1", "attributions": [good, {"content": [[9, 40]]}]},
        {"path": "gone.txt", "attributions": []},
        {"text": "Held back.", "split": "test", "attributions": []},
        {"path": "a.txt"},
    ]
    path = tmp_path / "gold.jsonl"
    lines = [json.dumps({"split": "train", **row}) for row in rows]
    path.write_text("\n".join([*lines, "{"]) + "\n", "utf-8")
    found, problems = read(path, "train")
    assert [(one.name, len(one.labels)) for one in found] == [("a.txt", 1)]
    assert [line.partition(" ")[0] for line in sorted(problems)] == [
        f"{path}:{number}:" for number in (2, 3, 5, 6)
    ]
    assert "content [9, 40] is not in the text: that has 12 characters" in "".join(problems)


def test_braces_that_fit_nothing_and_folders_without_texts_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.marked"
    path.write_text("fine\n{s Ana said\n", "utf-8")
    assert read(path) == ([], [f"{path}:2: a brace is not closed"])
    with pytest.raises(InputError, match="no labelled texts"):
        corpus_files((tmp_path / "nowhere",))


def test_too_small_a_corpus_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.marked"
    path.write_text("{s Ana} {c said} {x it had rained all night}.\n", "utf-8")
    with pytest.raises(UsageError, match="too few"):
        train_statements([path])


def test_trained_weights_find_what_the_corpus_teaches_and_go_with_the_setting(
    tmp_path: Path,
) -> None:
    weights = tmp_path / "weights.json"
    weights.write_text(written(train_statements([corpus(tmp_path / "corpus")], keep_rules=True)))
    report = tmp_path / "report.txt"
    report.write_text(
        "Harbour plan\n\nThe council of Brandt tables the plan for the lock. The firm built the lock "
        "in June.\n\nMara Lund said nobody had asked her about it.\n",
        "utf-8",
    )

    def told(store: Store, **registry: str) -> set[str]:
        chosen = settings.join({f"registry.{k}": v for k, v in registry.items()})
        build_record(store, chosen)
        return {s.cue.quote for s in store.all(Statement) if s.cue is not None}

    with Store(tmp_path / "record", create=True) as store:
        add(store, from_path(report))
        assert told(store) == {"said"}
        trained = told(store, statements=str(weights))
        assert {"said", "tables"} <= trained and "built" not in trained
        assert told(store) == {"said"}
        with pytest.raises(UsageError, match="no such weights"):
            told(store, statements=str(tmp_path / "gone.json"))


def test_the_same_corpus_gives_the_same_weights_under_any_hash_seed(tmp_path: Path) -> None:
    folder, out = corpus(tmp_path / "corpus"), tmp_path / "weights.json"
    done = subprocess.run(
        [sys.executable, "-m", "onrecord.publish.cli", "train", "statements", folder, "-o", out],
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    here, there = train_statements([folder]).values, json.loads(out.read_bytes())
    assert {**there, "command": ""} == here
    assert there["documents"] == 5 and "F1" in done.stdout


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    assert load_tagger().weights
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"weights": {"rule": 1}, "sha256": "0"}), "utf-8")
    with pytest.raises(RecordDamaged, match="digest"):
        load_tagger(path)
    path.write_text("[]", "utf-8")
    with pytest.raises(UsageError, match="cannot read"):
        load_tagger(path)

"""Adding to a real record: every input is there afterwards or is one line, and twice is once."""

from __future__ import annotations

import io
import json
from pathlib import Path

from click.testing import CliRunner, Result
from tests.capture.warcs import answer, digest, gz, page, record, wacz, zipped

from onrecord.capture.contents import Options
from onrecord.capture.web import Options as WebOptions
from onrecord.publish.cli import main
from onrecord.records import Capture
from onrecord.run.adding import AddReport, add, inputs
from onrecord.store.record import Store

STORY = page("Harbour talks", "The ferry line said on Monday that the talks had ended. " * 9)
CRAWL = gz(
    record("https://tern.example/1", answer(STORY), WARC_Payload_Digest=digest(STORY)),
    record("https://tern.example/p.png", answer(b"\x89PNG", Content_Type="image/png")),
    record("https://tern.example/2", answer(gz(STORY), Content_Encoding="gzip")),
    record("https://tern.example/1", b"", "revisit", date="2031-03-20T12:00:00Z",
           WARC_Payload_Digest=digest(STORY)),
)  # fmt: skip


def _add(store: Store, *sources: str, pasted: bytes = b"") -> AddReport:
    def never() -> str:
        raise AssertionError("nothing is fetched")

    return add(store, inputs(sources, lambda: io.BytesIO(pasted), WebOptions(), never, Options()))


def test_a_second_adding_of_an_archive_adds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(CRAWL)
    with Store(tmp_path / "record") as store:
        first = _add(store, str(tmp_path / "a.warc.gz"))
        kept = store.all(Capture)
        second = _add(store, str(tmp_path / "a.warc.gz"))
        assert (first.added, first.known, second.added, second.known) == (3, 0, 0, 3)
        assert store.all(Capture) == kept
        assert (
            first.lines
            == second.lines
            == ["a.warc.gz: left out: no pages, texts or feeds: images (1)"]
        )
        assert len(store.notices()) == 1
        assert {store.data(capture.sha256) for capture in kept} == {STORY}
        # the first capture and its revisit are two captures of one article
        assert len({capture.article_id for capture in kept}) == 2


def test_the_same_archive_in_any_wrapping_gives_the_same_captures(tmp_path: Path) -> None:
    ids = []
    for name, data in {"a.warc.gz": CRAWL, "b.wacz": wacz({"x.warc.gz": CRAWL})}.items():
        (tmp_path / name).write_bytes(data)
        with Store(tmp_path / f"record of {name}") as store:
            assert _add(store, str(tmp_path / name)).added == 3
            ids.append([capture.id for capture in store.all(Capture)])
    with Store(tmp_path / "record of a paste") as store:
        assert _add(store, "-", pasted=CRAWL).added == 3
        ids.append([capture.id for capture in store.all(Capture)])
    assert ids[0] == ids[1] == ids[2]


def test_what_cannot_be_used_is_a_line_each_and_the_rest_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in {
        "a.warc.gz": CRAWL[:-40],
        "b.html": b"\x89PNG\r\n\x1a\n",
        "c.html.gz": gz(STORY)[:-20],
        "d.zip": zipped({"e.html": STORY})[:-30],
        "f.html": b"",
        "g.html": STORY.replace(b"talks", b"t\x00lks"),
        "h.html": page("Naïve").decode().replace("talks", "café").encode("cp1252"),
    }.items():
        (folder / name).write_bytes(data)
    with Store(tmp_path / "record") as store:
        report = _add(store, str(folder), str(tmp_path / "nothing"))
        paths = {capture.path.partition("#")[0] for capture in store.all(Capture)}
        assert paths == {"a.warc.gz", "c.html.gz", "g.html", "h.html"}
        assert report.added == len(store.all(Capture)) == 5
        assert [line.partition(":")[0].partition("#")[0] for line in report.lines] == [
            "a.warc.gz",
            "a.warc.gz",
            "b.html",
            "c.html.gz",
            "d.zip",
            "f.html",
            "nothing",
        ]
        assert sorted(note for *_, note in store.notices()) == sorted(report.lines)


def _run(*arguments: str, pasted: bytes = b"") -> Result:
    return CliRunner().invoke(main, arguments, input=pasted)


def test_the_command_reads_archives_from_standard_input_and_keeps_to_the_limit(
    tmp_path: Path,
) -> None:
    into = ("--record", str(tmp_path / "record"), "--json")
    result = _run("add", *into, "-", pasted=CRAWL)
    assert json.loads(result.stdout)["added"] == 3
    assert result.exit_code == 1  # a picture was left out
    result = _run("add", *into, "-", pasted=b"The ferry line said so.")
    assert (json.loads(result.stdout)["added"], result.exit_code) == (1, 0)
    result = _run("add", *into, "--capture-largest", "10", "-", pasted=b"The line denied it.")
    assert json.loads(result.stdout)["unusable"] == [
        "-: not captured: larger than 10 bytes (raise the option capture.largest)"
    ]
    assert result.exit_code == 1

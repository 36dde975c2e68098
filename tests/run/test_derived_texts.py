"""PDFs, saved pages and transcripts in a record: what their readers gave is kept, checked and cited."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.capture.printing import Printed, column, pdf

from onrecord import settings
from onrecord.capture import pdf as pdf_reader
from onrecord.capture.files import from_path
from onrecord.capture.pdf import PdfText
from onrecord.pipeline import stages_for
from onrecord.publish.cli import main
from onrecord.publish.exports import jsonl
from onrecord.records import Capture, Version
from onrecord.run.adding import add
from onrecord.run.building import build_record
from onrecord.run.memory import MemoryCaptures, build_in_memory
from onrecord.run.verifying import Checked, verify
from onrecord.store.record import Store
from onrecord.text.citing import cite, parse_address

TITLE = "The northern quay of Osk opens again after the storm"
FIRST = """The harbour of Osk will open its northern quay on Monday, the harbourmaster said, after divers had looked at every pile and found none that had moved.
Nobody was hurt when the wall gave way, and those who saw it speak of a noise like thunder that went on"""
SECOND = """for a minute, said Mira Olsen, who keeps the light at the end of the quay and had called for help.
Boats to the islands keep to their winter times until the end of the month."""
PAGE = """MIME-Version: 1.0
Content-Location: https://harbour.example/quay
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body><article><h1>Quay opens again after the storm at Osk</h1><p>The harbour of Osk =E2=80=93 =
shut since the storm &amp; the flood &ndash; opens on Monday, the harbourmaster said in a letter.</p><p>Boats to the
islands keep to their winter times until the end of the month, the ferry line said.</p></article></body></html>
"""
TALK = """WEBVTT - Briefing on the quay

00:01.000 --> 00:04.000
<v Mira Olsen>The quay at Osk will open
on Monday, <i>if</i> the divers agree

00:04.100 --> 00:06.000
<v Mira Olsen>&amp; the council signs.

00:07.000 --> 00:09.500
<v Jon Hale>And the ferry?
"""


def statement() -> bytes:
    """Two pages with a running head and page numbers; a paragraph goes on over the border."""
    head = [Printed(60, 800, "Harbour Office of Osk", 9)]
    first = [Printed(60, 740, TITLE, 18), Printed(60, 715, "Osk, 14 March 2031")]
    return pdf(
        [
            [*head, *first, *column(FIRST, 60, 680, 450), Printed(290, 40, "1")],
            [*head, *column(SECOND, 60, 740, 450), Printed(290, 40, "2")],
        ]
    )


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "statement.html").write_bytes(statement())
    (folder / "page.mhtml").write_text(PAGE)
    (folder / "talk.vtt").write_text(TALK)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Store]:
    """Opens the record in a folder below the test's own."""
    address = request.getfixturevalue("database") if request.param == "postgresql" else None
    return lambda name: Store(tmp_path / name, database=address)


def built(store: Store, folder: Path) -> None:
    assert add(store, from_path(folder)).lines == []
    build_record(store, settings.join({}), stages=stages_for([Version]))


def problems(store: Store) -> list[str]:
    return [f"{p.where}: {p.why}" for p in verify(store, Checked())]


def version(store: Store, path: str) -> Version:
    (capture,) = [c for c in store.all(Capture) if c.path == path]
    (found,) = store.by(Version, "capture_id", capture.id)
    return found


def test_all_three_are_read_cited_and_verified_also_after_the_record_moved(
    opened: Callable[[str], Store], inputs: Path, tmp_path: Path
) -> None:
    with opened("record") as store:
        built(store, inputs)
        assert problems(store) == []
    shutil.move(tmp_path / "record", tmp_path / "elsewhere")
    with opened("elsewhere") as store:
        assert problems(store) == []
        paper = version(store, "statement.html")
        assert paper.text.startswith(f"{TITLE}\n\nThe harbour of Osk will open")
        whole = " ".join(f"{FIRST}\n{SECOND}".split())
        assert " ".join(paper.text.split()) == f"{TITLE} {whole}"
        at = paper.text.index("thunder that went on for a minute")
        citation = cite(paper, at, at + len("thunder that went on for a minute"))
        sha, decoder, start, end = parse_address(citation.address)
        cited = " ".join(store.source(sha, decoder)[start:end].split())
        assert cited.startswith("thunder that went on") and cited.endswith("for a minute")
        assert "Harbour Office" in cited, "the head of the second page stands between"
        left = {
            " ".join(store.source(sha, decoder)[o.capture_start : o.capture_end].split()): o.reason
            for o in paper.left_out
        }
        assert (left["1"], left["2"]) == ("page number", "page number")
        assert left["Harbour Office of Osk"] == "repeated on the pages"
        assert "– shut since the storm & the flood –" in version(store, "page.mhtml").text
        talk = version(store, "talk.vtt")
        (line,) = jsonl([talk])
        blocks = json.loads(line)["blocks"]
        assert [(b.get("begins"), b.get("ends")) for b in blocks] == [
            (None, None),
            ("00:00:01.000", "00:00:06.000"),
            ("00:00:07.000", "00:00:09.500"),
        ]
        assert "begins" not in blocks[0], "what has no time exports as it did before"


@pytest.mark.parametrize(
    ("path", "change"),
    [("statement.html", "lost"), ("page.mhtml", "altered"), ("statement.html", "rewritten")],
)
def test_a_text_that_is_lost_or_altered_is_damage(
    inputs: Path, tmp_path: Path, path: str, change: str
) -> None:
    with Store(tmp_path / "record") as store:
        built(store, inputs)
        (capture,) = [c for c in store.all(Capture) if c.path == path]
        stored = store.captures.text_path(capture.sha256, capture.decoder)
        data = stored.read_bytes()
        stored.chmod(0o644)
        if change == "altered":
            stored.write_bytes(data.replace(b"Monday", b"Sunday"))
        else:
            stored.unlink()
        if change == "rewritten":
            text = data.partition(b"\n")[2].replace(b"Monday", b"Sunday").decode()
            store.captures.put_text(capture.sha256, capture.decoder, text)
    done = CliRunner().invoke(main, ["verify", "--record", str(tmp_path / "record"), "--json"])
    assert done.exit_code == 3
    lines = [f"{p['where']}: {p['why']}" for p in json.loads(done.stdout)["problems"]]
    want = {
        "lost": "the text read from a capture cannot be read: No such file or directory",
        "altered": "the text read from a capture was altered: it does not hash to its first line",
        "rewritten": f"its reader {capture.decoder} gives another text than the one that is stored",
    }
    assert any(path in line and want[change] in line for line in lines)


def test_a_build_names_a_lost_text_and_adding_the_file_again_brings_it_back(
    inputs: Path, tmp_path: Path
) -> None:
    with Store(tmp_path / "record") as store:
        add(store, from_path(inputs))
        (capture,) = [c for c in store.all(Capture) if c.path == "statement.html"]
        store.captures.text_path(capture.sha256, capture.decoder).unlink()
        reports = build_record(store, settings.join({}), stages=stages_for([Version]))
        ((_, why),) = [failure for report in reports for failure in report.failed]
        assert "the text read from a capture cannot be read: No such file" in why
        assert len(store.all(Version)) == 2, "the others are read"
        built(store, inputs)
        assert problems(store) == []


def test_a_later_reader_changes_neither_text_nor_addresses(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "record") as store:
        built(store, inputs)
        before = version(store, "statement.html")
        monkeypatch.setattr(pdf_reader, "decoder", lambda: "pdf-1-pdfium-1")
        monkeypatch.setattr(
            pdf_reader, "read_pdf", lambda *_: PdfText("Something else was read.\n")
        )
        built(store, inputs)
        assert version(store, "statement.html") == before
        assert problems(store) == []
        capture = store.get(Capture, before.capture_id)
        assert capture is not None and capture.decoder == before.decoder


def test_the_same_is_built_in_memory(inputs: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "record") as store:
        built(store, inputs)
        captures = [(c, store.captures.data(c)) for c in store.all(Capture)]
        texts = {
            (c.sha256, c.decoder): store.source(c.sha256, c.decoder)
            for c, _ in captures
            if c.media_type != "text/vtt"
        }
        shelf, _ = build_in_memory(captures, stages_for([Version]), texts=texts)
        assert shelf.all(Version) == store.all(Version)
    with pytest.raises(KeyError):
        MemoryCaptures({}).text("ab" * 32, "mhtml-1")

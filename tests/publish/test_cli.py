"""The command line as a user calls it: real processes, the contract's exit statuses, one line an error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.capture.archive import URL, Archived, FakeArchive, text
from tests.capture.serving import Page, Site, serving

from onrecord.records import KINDS, Article, Capture
from onrecord.store.record import Store

ONRECORD = Path(sys.executable).parent / "onrecord"
TEXT = """Tern Post

Harbour talks end without a result

14 March 2031 14:57 (UTC +04:00)

Ferry line chief Ana Ruhl said on Friday that the talks had ended. "We will meet again on Monday," Ruhl told reporters.

The union denied that it had left the room.
"""


def call(
    folder: Path, *arguments: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ONRECORD_")}
    done = subprocess.run(
        [ONRECORD, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        env=clean | environment,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(TEXT)
    done = call(folder, "open", "--no-serve", "a.txt")
    assert done.returncode == 0, done.stderr
    return folder


def test_open_says_what_it_did(built: Path) -> None:
    again = call(built, "open", "--no-serve", "a.txt")
    assert again.returncode == 0
    assert again.stdout.splitlines()[0] == "0 captures added, 1 known already"
    assert again.stdout.splitlines()[1].startswith("built: 0 groups worked")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_exported_as_json_lines_and_csv(built: Path, kind: str) -> None:
    done = call(built, "export", kind, "-o", f"new/folder/{kind}.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    data = (built / "new" / "folder" / f"{kind}.jsonl").read_bytes()
    rows = [json.loads(line) for line in data.split(b"\n") if line]
    assert data == b"" or (data.endswith(b"\n") and b"\r" not in data)
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert all(row["schema_version"] == 1 for row in rows)
    table = call(built, "export", kind, "--format", "csv")
    assert table.stdout.splitlines()[0].startswith("schema_version,id,")


def test_search_shows_the_passage_and_its_address(built: Path) -> None:
    found = json.loads(call(built, "search", "meet Monday", "--json").stdout)["found"]
    assert "We will meet again on Monday" in found[0]["quote"]
    assert found[0]["address"].startswith("sha256:")
    assert call(built, "search", "zeppelin").stdout.strip() == "nothing found"


def test_dossier_is_one_file_that_asks_for_nothing(built: Path) -> None:
    assert call(built, "dossier", "-o", "out/d.html").returncode == 0
    page = (built / "out" / "d.html").read_text()
    assert "Harbour talks end without a result" in page
    for outside in ('src="http', "url(http", '<link rel="stylesheet"', "@import"):
        assert outside not in page


def test_verify_finds_a_flipped_byte_and_names_the_capture(built: Path, tmp_path: Path) -> None:
    assert call(built, "verify").returncode == 0
    copy = tmp_path / "copy"
    shutil.copytree(built / "record", copy)
    (capture,) = (p for p in (copy / "captures").rglob("*") if p.is_file())
    data = bytearray(capture.read_bytes())
    data[200] ^= 1
    capture.chmod(0o644)
    capture.write_bytes(data)
    done = call(tmp_path, "verify", "--record", str(copy))
    assert done.returncode == 3
    assert "a.txt" in done.stderr and "altered" in done.stderr
    report = json.loads(call(tmp_path, "verify", "--record", str(copy), "--json").stdout)
    assert report["problems"]


def test_a_database_cut_in_half_is_damage(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(built / "record", copy)
    data = (copy / "record.db").read_bytes()
    (copy / "record.db").write_bytes(data[: len(data) // 2])
    done = call(tmp_path, "export", "statements", "--record", str(copy))
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "record.db" in done.stderr


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "an image"),
    "noise.txt": (bytes(range(256)) * 40, "binary"),
    "damaged.txt": (
        ("The naïve café reopened. " * 20).encode() + b"\xff\xfe\xfd",
        "not valid utf-8",
    ),
}


def test_bad_input_is_one_line_each_and_the_rest_is_done(folder: Path) -> None:
    for name, (data, _) in BAD.items():
        (folder / "in" / name).write_bytes(data)
    done = call(folder, "open", "--no-serve", "in")
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    for name, (_, why) in BAD.items():
        assert [line for line in lines if name in line and why in line], (name, lines)
    assert len(lines) == len(BAD)
    articles = call(folder, "export", "articles").stdout
    assert "Harbour talks end without a result" in articles
    listed = json.loads(call(folder, "status", "--json").stdout)["notices"]
    assert {n["subject"] for n in listed if n["outcome"] == "unusable"} == set(BAD)


def test_a_huge_page_is_one_line_and_quick(folder: Path) -> None:
    (folder / "in" / "huge.html").write_bytes(b"<html><p>" + b"word " * 10_500_000)
    done = call(folder, "open", "--no-serve", "in")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if "huge.html" in line]
    assert "Harbour talks end" in call(folder, "export", "articles").stdout


def test_a_folder_with_nothing_usable(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = call(tmp_path, "add", "none")
    assert done.returncode == 1
    assert "nothing usable in this folder" in done.stderr


def test_a_manifest_with_a_missing_file_and_an_unknown_column(folder: Path) -> None:
    (folder / "m.csv").write_text("path,outlt\nin/a.txt,Tern Post\nin/none.txt,\n")
    done = call(folder, "add", "--manifest", "m.csv")
    assert done.returncode == 1
    assert "1 captures added" in done.stdout
    assert "did you mean outlet?" in done.stderr
    assert "in/none.txt: cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add",), "nothing to add"),
        (("add", "none.txt"), "no such file"),
        (("build",), "there is no record here"),
        (("export", "statments"), "did you mean statements?"),
        (("build", "--stories-similarty", "3"), "--stories-"),
        (("frobnicate",), "No such command"),
        (("backfill", "https://tern.example/a"), "nothing to ask for"),
        (("backfill", "tern.example", "--archive", "web.archive.org"), "not a page's address"),
        (("backfill", "https://a.example/", "--archive", "archives"), "such as https://"),
        (("backfill", "--timemap", "none.cdx"), "cannot read the listing"),
        (
            ("backfill", "https://a.example/", "--archive", "web.archive.org", "--from", "soon"),
            "'soon' is not a date",
        ),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(
    tmp_path: Path, arguments: tuple[str, ...], why: str
) -> None:
    done = call(tmp_path, *arguments)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert why in done.stderr
    as_json = json.loads(call(tmp_path, *arguments, "--json").stderr)
    assert as_json["exit_status"] == 2 and why in as_json["error"]


def test_an_unknown_setting_is_refused_with_a_suggestion(folder: Path) -> None:
    (folder / "onrecord.toml").write_text("[build]\nproceses = 2\n")
    done = call(folder, "add", "in")
    assert done.returncode == 2
    assert "did you mean build.processes?" in done.stderr
    (folder / "onrecord.toml").unlink()
    assert (
        "did you mean ONRECORD_BUILD_BATCH?"
        in call(folder, "add", "in", ONRECORD_BUILD_BACH="2").stderr
    )


def test_standard_input_is_captured(tmp_path: Path) -> None:
    done = call(tmp_path, "add", "-", given=TEXT.encode())
    assert (done.returncode, done.stdout.strip()) == (0, "1 captures added")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/a"] = Page(200, TEXT.encode(), {"Content-Type": "text/plain"})
        yield found


INSIDE = ("--web-private", "true", "--web-pause", "0")


def test_a_live_page_is_captured_and_one_inside_only_where_it_is_allowed(
    tmp_path: Path, site: Site
) -> None:
    refused = call(tmp_path, "add", f"{site.url}/a")
    assert refused.returncode == 1
    assert "not on the open internet (--web-private true allows it)" in refused.stderr
    assert site.asked == []
    done = call(tmp_path, "add", f"{site.url}/a", f"{site.url}/gone", "file:///x", *INSIDE)
    assert (done.returncode, done.stdout.strip()) == (1, "1 captures added")
    lines = done.stderr.strip().splitlines()
    assert [line.partition(": ")[0] for line in lines] == [f"{site.url}/gone", "file:///x"]
    with Store(tmp_path / "record", create=False) as store:
        assert [(c.url, c.status) for c in store.all(Capture)] == [(f"{site.url}/a", 200)]
    as_json = json.loads(call(tmp_path, "add", f"{site.url}/gone", *INSIDE, "--json").stdout)
    assert (as_json["added"], len(as_json["unusable"])) == (0, 1)


def test_backfill_lists_then_fetches_and_goes_on_where_it_stopped(
    tmp_path: Path, site: Site
) -> None:
    archive = FakeArchive(
        site,
        [
            Archived("20310314100000", text("the ferry stays.")),
            Archived("20310315100000", text("the ferry stays.")),
            Archived("20310316100000", text("the ferry goes.")),
            Archived("20310317100000", status=404),
        ],
    )
    start = ("backfill", URL, "--archive", archive.base, *INSIDE)
    listed = call(tmp_path, *start, "--dry-run", "--to", "2031-03-16")
    assert listed.returncode == 0, listed.stderr
    lines = listed.stdout.splitlines()
    assert [line.rsplit("  ", 1)[1] for line in lines[:-1]] == ["fetch", "same bytes", "fetch"]
    assert lines[-1] == "3 captures listed"
    assert not (tmp_path / "record").exists()

    first = call(tmp_path, *start, "--limit", "1")
    assert first.returncode == 1
    assert first.stdout.strip() == (
        "4 captures listed: 2 added, 1 of them known by their digest, 1 not to be captured, "
        "1 left for another time"
    )
    (line,) = first.stderr.strip().splitlines()
    assert line.endswith("not captured: the archived answer is an error (404)")

    second = call(tmp_path, *start, "--json")
    assert second.returncode == 0
    report = json.loads(second.stdout)
    assert (report["held"], report["added"], report["settled"]) == (2, 1, 1)
    assert report["unusable"] == []

    assert call(tmp_path, "build").returncode == 0
    assert call(tmp_path, "verify").returncode == 0
    with Store(tmp_path / "record", create=False) as store:
        forms = {c.captured_at: c.memento.form for c in store.all(Capture) if c.memento}
        assert forms == {
            "2031-03-14T10:00:00+00:00": "raw",
            "2031-03-15T10:00:00+00:00": "by_digest",
            "2031-03-16T10:00:00+00:00": "raw",
        }
        (article,) = store.all(Article)
        assert (article.url, len(article.versions)) == (URL, 2)


def test_a_list_of_captures_in_a_file_is_backfilled_and_not_taken_for_a_page(
    tmp_path: Path, site: Site
) -> None:
    archive = FakeArchive(site, [Archived("20310314100000", text("the ferry stays."))])
    memento = f'<{archive.base}/20310314100000/{URL}>; rel="memento"'
    (tmp_path / "tern.link").write_text(f'<{URL}>; rel="original", {memento}')
    refused = call(tmp_path, "add", "tern.link")
    assert refused.returncode == 1
    assert "onrecord backfill --timemap tern.link" in refused.stderr
    done = call(tmp_path, "backfill", "--timemap", "tern.link", *INSIDE)
    assert (done.returncode, done.stdout.strip()) == (0, "1 captures listed: 1 added")


def test_help_answers_without_loading_the_rooms() -> None:
    script = "import sys; sys.argv = ['onrecord', '--help']\nfrom onrecord.publish.cli import main\ntry: main()\nexcept SystemExit: pass\nprint(sorted(m for m in sys.modules if m in ('spacy', 'sqlalchemy', 'trafilatura', 'starlette', 'numpy', 'lxml', 'httpx')))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"

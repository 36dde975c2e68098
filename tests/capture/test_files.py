"""Files, folders and standard input: every input is a capture or one clear line."""

from __future__ import annotations

import gzip
import io
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.capture.warcs import found, gz, page, record, zipped

from onrecord.capture.capturing import Found
from onrecord.capture.contents import Options
from onrecord.capture.files import from_path, from_standard_input
from onrecord.capture.manifest import from_manifest
from onrecord.errors import InputError

PAGE = page("One")


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


# --------------------------------------------------------------------------- folders


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_parts_of_saved_pages_are_one_line_and_pictures_another(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        {
            "Ferry talks.html": PAGE,
            "Ferry talks_files/a.js": b"x()",
            "Ferry talks_files/deep/frame.html": b"<p>advert",
            "Fähre.htm": page("Two"),
            "Fähre-Dateien/a.css": b"p{}",
            "press_files/3.html": page("Three"),
            "press.jpg": b"\xff\xd8\xff",
            "b.jpg": b"\xff\xd8\xff",
        },
    )
    captures, lines = found(from_path(folder))
    assert [one.capture.path for one in captures] == [
        "Ferry talks.html",
        "Fähre.htm",
        "press_files/3.html",
    ]
    assert lines == [
        f"{tmp_path.name}: left out: no pages, texts or feeds: .jpg (2)",
        f"{tmp_path.name}: left out: 3 parts of saved pages in 2 folders beside them (Ferry talks_files)",
    ]


def test_a_file_of_another_name_is_read_if_its_bytes_are_a_page(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        {
            "index.php?id=3": PAGE,
            "a.json": b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
            "b.json": b'{"html": "<p>x</p>"}',
            "c.csv": b"a,b",
            "d.csv": b"<p>,b",
            "e.bin": bytes(range(256)) * 9,
        },
    )
    captures, lines = found(from_path(folder))
    assert [one.capture.path for one in captures] == ["a.json", "d.csv", "index.php?id=3"]
    assert [line.partition(":")[0] for line in lines] == ["e.bin", "c.csv", "b.json"]


def test_encodings_mixed_within_a_folder_are_each_files_own(tmp_path: Path) -> None:
    said = "Паромная линия сообщила, что переговоры в порту закончились. "
    codecs = ["utf-8", "cp1251", "koi8-r", "utf-16-le", "utf-16-be"]
    folder = _write(tmp_path, {f"{codec}.txt": (said * 9).encode(codec) for codec in codecs})
    captures, lines = found(from_path(folder))
    assert lines == []
    assert {one.capture.decoder for one in captures} == set(codecs)
    assert {one.data.decode(one.capture.decoder) for one in captures} == {said * 9}


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise AssertionError("it hangs")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def test_what_is_no_file_never_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    (tmp_path / "b.html").symlink_to(tmp_path / "b.html")
    (tmp_path / "c.html").symlink_to("/dev/zero")
    (tmp_path / "d.html").symlink_to("nowhere")
    (tmp_path / "e").symlink_to(tmp_path)
    (tmp_path / "f.html").mkdir()
    _write(tmp_path, {"f.html/g.html": PAGE, "h.html": b""})
    with socket.socket(socket.AF_UNIX) as pipe, _within(20):
        pipe.bind(os.path.relpath(tmp_path / "i.html"))
        captures, lines = found(from_path(tmp_path))
        assert [one.capture.path for one in captures] == ["f.html/g.html"]
        why = {line.partition(":")[0]: line for line in lines}
        for name, words in {
            "a.html": "it is a pipe",
            "b.html": "Too many levels of symbolic links",
            "c.html": "it is a device",
            "d.html": "No such file",
            "e": "a symbolic link to a folder",
            "h.html": "the file is empty",
            "i.html": "it is a socket",
        }.items():
            assert words in why.pop(name)
        assert why == {}
        assert "it is a pipe" in found(from_path(tmp_path / "a.html"))[1][0]
        assert (
            found(from_path(tmp_path / "f.html"))[0]
            == found(from_path(tmp_path / "f.html/g.html"))[0]
        )


def test_a_file_that_may_not_be_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _write(tmp_path, {"a.html": PAGE, "b.html": PAGE, "c/d.html": PAGE})
    opened, entered = Path.open, os.scandir

    def forbidden(path: Path, *args: object) -> object:  # root may read everything
        if path.name == "a.html":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)  # type: ignore[call-overload]

    def closed(path: Path) -> object:
        if Path(path).name == "c":
            raise PermissionError(13, "Permission denied")
        return entered(path)

    monkeypatch.setattr(Path, "open", forbidden)
    monkeypatch.setattr(os, "scandir", closed)
    captures, lines = found(from_path(folder))
    assert [one.capture.path for one in captures] == ["b.html"]
    assert lines == [
        "c: cannot be read: Permission denied",
        "a.html: cannot be read: Permission denied (check the path)",
    ]


def test_names_that_are_no_utf8_or_hold_control_characters_are_written_out(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"caf\xe9.html", b"a\x1b[2Jb.html", b"line\nbreak.html"):
        with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(PAGE)
    captures, lines = found(from_path(tmp_path))
    assert lines == []
    assert [one.capture.path for one in captures] == [
        "a\\x1b[2Jb.html",
        "caf\\xe9.html",
        "line\\x0abreak.html",
    ]


# --------------------------------------------------------------------------- single files


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "it is an image (PNG)"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a Word document"),
        (b"", "the file is empty"),
        (bytes(500), "the file is empty"),
    ],
)
def test_what_is_behind_html_is_told_by_its_bytes(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.html").write_bytes(data)
    captures, (line,) = found(from_path(tmp_path / "a.html"))
    assert captures == []
    assert line.startswith("a.html: ") and why in line


def test_a_page_of_a_hundred_megabytes_is_one_line_at_once(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(100_000_000)
        file.write(b"<p>")
    start = time.process_time()
    captures, (line,) = found(from_path(tmp_path / "a.html"))
    assert time.process_time() - start < 1
    assert captures == []
    assert line == (
        "a.html: not captured: larger than 20,000,000 bytes (raise the option capture.largest)"
    )
    (tmp_path / "b.html").write_bytes(PAGE)
    captures, (line,) = found(from_path(tmp_path / "b.html", Options(largest=10)))
    assert captures == [] and "larger than 10 bytes" in line


@pytest.mark.parametrize("name", ["a.html.gz", "a.gz", "a.html"])
def test_a_compressed_page_is_captured_as_the_page(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gz(PAGE[:50], PAGE[50:]) + bytes(20))
    (one,), lines = found(from_path(tmp_path / name))
    assert (one.data, one.capture.path, one.capture.media_type) == (PAGE, name, "text/html")
    assert lines == []


def test_a_compressed_text_under_a_pages_name_is_a_page(tmp_path: Path) -> None:
    _write(tmp_path, {"a.html.gz": gz(b"The line said so."), "a.txt.gz": gz(b"The line said so.")})
    captures, _ = found(from_path(tmp_path))
    assert [one.capture.media_type for one in captures] == ["text/html", "text/plain"]


def test_a_cut_compressed_page_is_captured_as_far_as_it_goes(tmp_path: Path) -> None:
    words = "".join(f"<p>Ferry {n} sailed at {n * 7919 % 1440}.</p>" for n in range(2000))
    whole = page("One", words)
    (tmp_path / "a.html.gz").write_bytes(gz(whole)[:5000])
    (one,), (line,) = found(from_path(tmp_path / "a.html.gz"))
    assert whole.startswith(one.data) and len(one.data) > 5000
    assert line == (
        f"a.html.gz: captured, but not whole: the gzip stream is cut short; {len(one.data):,} bytes "
        "could be read"
    )
    (tmp_path / "b.html.gz").write_bytes(gz(PAGE)[:-8] + b"checksum")
    (one,), (line,) = found(from_path(tmp_path / "b.html.gz"))
    assert one.data == PAGE and "incorrect data check" in line
    (tmp_path / "b.html.gz").write_bytes(gz(whole)[:12])
    captures, (line,) = found(from_path(tmp_path / "b.html.gz"))
    assert captures == [] and "cut short; 0 bytes" in line


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (gz(bytes(100_000_000)), "larger than 20,000,000 bytes"),
        (gz(gz(PAGE)), "an archive inside a gzip file is not read"),
        (gz(zipped({"a.html": PAGE})), "an archive inside a gzip file is not read"),
        (gz(b"a.html" + bytes(251) + b"ustar" + PAGE), "it is an archive (tar)"),
        (gz(b""), "the file is empty"),
        (b"\x1f\x8b\x08\x00", "cut short; 0 bytes"),
        (b"\x1f\x8b\x08" + b"\xff" * 90, "not a gzip stream"),
    ],
)
def test_compressed_files_that_are_no_page_are_one_line(
    tmp_path: Path, data: bytes, why: str
) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    captures, (line,) = found(from_path(tmp_path / "a.gz"))
    assert captures == [] and why in line


def test_what_a_manifest_says_of_an_archive_holds_for_its_captures(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    (tmp_path / "a.warc.gz").write_bytes(gz(record("https://tern.example/1", answer)))
    (tmp_path / "b.zip").write_bytes(zipped({"c.html": PAGE}))
    (tmp_path / "m.csv").write_text(
        "path,outlet,url\na.warc.gz,Tern Post,\nb.zip,Tern Post,https://tern.example/b\n"
    )
    (one, other), lines = found(from_manifest(tmp_path / "m.csv"))
    assert lines == ["b.zip: url not used: the pages of an archive have their own addresses"]
    assert (other.capture.given.outlet, other.capture.url) == ("Tern Post", None)
    assert (one.capture.given.outlet, one.capture.url) == ("Tern Post", "https://tern.example/1")


# --------------------------------------------------------------------------- standard input


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"Harbour talks\n\nThe line said so.", "text/plain"),
        (PAGE, "text/html"),
        (gz(PAGE), "text/html"),
        (b"<rss><channel></channel></rss>", "application/rss+xml"),
        (b"See https://tern.example/1 for more.", "text/plain"),
    ],
)
def test_what_is_pasted_is_captured(data: bytes, media: str) -> None:
    (one,), lines = found(from_standard_input(io.BytesIO(data)))
    assert (one.capture.path, one.capture.media_type, lines) == ("-", media, [])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"https://tern.example/1\nhttps://tern.example/2\n", "it is a list of addresses"),
        (b"x" * 3000, "larger than 2,000 bytes"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
    ],
)
def test_what_is_pasted_and_no_capture_is_one_line(data: bytes, why: str) -> None:
    captures, (line,) = found(from_standard_input(io.BytesIO(data), Options(largest=2000)))
    assert captures == []
    assert line.startswith("-: ") and why in line


def test_a_zip_archive_from_standard_input() -> None:
    captures, lines = found(from_standard_input(io.BytesIO(zipped({"a/b.html": PAGE}))))
    assert [(one.data, one.capture.path) for one in captures] == [(PAGE, "-/a/b.html")]
    assert lines == []


STARTS = [b"", PAGE, gz(PAGE), gzip.compress(PAGE)[:40], zipped({"a.html": PAGE}), b"WARC/1.1\r\n"]


@settings(max_examples=200, deadline=2000)
@given(st.sampled_from(STARTS), st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_a_capture_or_a_line(start: bytes, rest: bytes, cut: int) -> None:
    captures, lines = found(
        from_standard_input(io.BytesIO(start[:cut] + rest), Options(largest=5000))
    )
    assert captures or lines
    assert all("\n" not in line for line in lines)

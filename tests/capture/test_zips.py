"""ZIP archives of saved pages are read as the folder they were."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.capture.warcs import answer, found, gz, page, record, wacz, zipped

from onrecord.capture import zips
from onrecord.capture.contents import Options
from onrecord.capture.files import from_path, from_standard_input

ONE, TWO = page("One"), page("Two")
BOTH = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize("how", BOTH)
def test_an_archive_is_read_as_its_folder_would_be(tmp_path: Path, how: int) -> None:
    files = {
        "b/2.html": TWO,
        "a.html": ONE,
        "a_files/x.js": b"x()",
        "a_files/frame.html": b"<p>advert",
        "c.html.gz": gz(ONE),
        "d.warc.gz": gz(record("https://tern.example/2", answer(TWO))),
        "pictures/e.png": b"\x89PNG",
        "notes.csv": b"a,b",
        ".hidden": b"x",
        "__MACOSX/a.html": b"x",
    }
    (tmp_path / "pages.zip").write_bytes(zipped(files, how))
    captures, lines = found(from_path(tmp_path / "pages.zip"))
    assert [(one.capture.path, one.data) for one in captures] == [
        ("pages.zip/a.html", ONE),
        ("pages.zip/b/2.html", TWO),
        ("pages.zip/c.html.gz", ONE),
        ("pages.zip/d.warc.gz#0", TWO),
    ]
    assert lines == [
        "notes.csv: left out: not a page, text or feed by its name (.csv) "
        "(name the file itself to read it)",
        "pages.zip: left out: no pages, texts or feeds: .png (1)",
        "pages.zip: left out: 2 parts of saved pages in 1 folders beside them (a_files)",
    ]
    folder = tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "pages.zip") as archive:
        archive.extractall(folder)
    inside, _ = found(from_path(folder))
    assert [one.data for one in inside] == [one.data for one in captures]


def test_archives_inside_are_one_line_each() -> None:
    data = zipped(
        {"a.html": ONE, "b.zip": zipped({"c.html": TWO}), "d.wacz": wacz({"a.warc": b""})}
    )
    captures, lines = found(from_standard_input(io.BytesIO(data)))
    assert [one.data for one in captures] == [ONE]
    assert lines == [
        f"-/{name}: not captured: an archive inside an archive is not read "
        "(unpack the outer one first)"
        for name in ("b.zip", "d.wacz")
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a.html": ONE})[:-30], "cut off or damaged"),
        (zipped({}), "nothing usable in this archive"),
        (zipped({"a.png": b""}), "nothing usable in this archive"),
    ],
)
def test_an_archive_that_cannot_be_used_says_so(data: bytes, why: str) -> None:
    captures, lines = found(from_standard_input(io.BytesIO(data)))
    assert captures == [] and why in lines[-1]


def test_a_damaged_or_encrypted_member_is_one_line_and_the_rest_is_read() -> None:
    data = bytearray(zipped({"a.html": ONE, "b.html": TWO, "c.html": ONE}, zipfile.ZIP_DEFLATED))
    at = data.find(b"a.html") + 6
    data[at + 20 : at + 30] = b"\xff" * 10
    second = data.rfind(b"b.html")  # in the list of members
    flags = second - 46 + 8
    data[flags] |= 1
    captures, lines = found(from_standard_input(io.BytesIO(bytes(data))))
    assert [one.data for one in captures] == [ONE]
    assert len(lines) == 2
    assert lines[0].startswith("-/a.html: not captured: damaged: ")
    assert lines[1] == "-/b.html: not captured: it is encrypted (unpack it)"


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_bomb_in_a_zip_is_bounded(how: int) -> None:
    zeros = bytes(21_000_000)
    data = zipped({f"{n}.html": zeros for n in range(3)} | {"z.html": ONE}, how)
    start = time.process_time()
    captures, lines = found(from_standard_input(io.BytesIO(data)))
    assert time.process_time() - start < 5
    assert [line.partition(":")[2] for line in lines[:3]] == [
        " not captured: larger than 20,000,000 bytes (raise the option capture.largest)"
    ] * 3
    assert [one.data for one in captures] == [ONE]
    many = zipped({f"{n}.txt": zeros[:15_000_000] for n in range(5)}, how)
    captures, lines = found(from_standard_input(io.BytesIO(many)))
    assert lines[-1] == "-: not read further: it expands beyond all measure"


def test_members_over_one_another_are_bounded() -> None:
    """Many members that name the same bytes: a small archive would expand to any size."""
    body = ONE + b" " * 2_000_000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.html", body)
        first = archive.infolist()[0]
        for n in range(200):
            twin = zipfile.ZipInfo(f"{n}.html")
            twin.header_offset, twin.CRC = first.header_offset, first.CRC
            twin.compress_size = twin.file_size = len(body)
            archive.filelist.append(twin)
    captures, lines = found(from_standard_input(io.BytesIO(file.getvalue())))
    assert len(captures) < 110
    assert lines[-1] == "-: not read further: it expands beyond all measure"


def test_a_list_of_members_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped({"a.html": ONE}))
    struct.pack_into("<L", data, len(data) - 22 + 12, 1 << 30)
    _, (line,) = found(from_standard_input(io.BytesIO(bytes(data))))
    assert "its list of members is too large" in line
    monkeypatch.setattr(zips, "MEMBERS", 2)
    _, (line,) = found(from_standard_input(io.BytesIO(zipped(dict.fromkeys("abc", ONE)))))
    assert "more than 2 members" in line


WHOLE = (
    zipped({"a.html": ONE, "b/c.txt": b"The line said so."}, zipfile.ZIP_DEFLATED),
    zipped({"a.html": ONE, "b/c.txt": b"The line said so."}),
    wacz({"a.warc.gz": gz(record("https://tern.example/1", answer(ONE)))}),
    wacz({"a.warc": record("https://tern.example/1", answer(ONE))}, zipfile.ZIP_DEFLATED),
)


def test_looking_back_at_earlier_records_often_is_no_bomb() -> None:
    held = record("https://tern.example/1", answer(ONE), WARC_Payload_Digest="sha1:X")
    filler = record("https://tern.example/f", answer(b"x" * 900_000, Content_Type="video/mp4"))
    again = [
        record("https://tern.example/1", b"", "revisit", WARC_Payload_Digest="sha1:X",
               date=f"2031-03-{day:02}T12:00:00Z")
        for day in range(1, 31)
    ] * 9  # fmt: skip
    data = wacz({"a.warc": held + filler + b"".join(again)})
    captures, _ = found(from_standard_input(io.BytesIO(data)))
    assert len(captures) == 271


def test_a_member_without_a_name_is_passed_over() -> None:
    data = zipped({"a.html": ONE, "b.html": TWO})
    at = data.rfind(b"a.html")
    nameless = bytearray(data[:at] + data[at + 6 :])
    struct.pack_into("<H", nameless, at - 46 + 28, 0)
    struct.pack_into("<L", nameless, len(nameless) - 22 + 12, 46 + 52)
    captures, _ = found(from_standard_input(io.BytesIO(bytes(nameless))))
    assert [one.data for one in captures] == [TWO]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(4, len(data)))
        data[at : at + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(data)


@settings(max_examples=300, deadline=2000)
@given(mutated())
def test_damaged_archives_raise_nothing(data: bytes) -> None:
    captures, lines = found(from_standard_input(io.BytesIO(data), Options(largest=5000)))
    assert captures or lines
    assert all("\n" not in line for line in lines)

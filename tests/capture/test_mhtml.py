"""Saved pages (MHTML): the page's own source, its address and time; one line for what holds none."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.deriving import transcript
from onrecord.capture.mhtml import is_mhtml, read_mhtml
from onrecord.errors import InputError
from onrecord.text.decoding import is_codec, is_derived

PAGE = "<html><body><h1>Quay reopens</h1><p>The café at Osk – 3 € – is “open”.</p></body></html>"
IMAGE = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"


def part(
    page: str,
    charset: str | None = "utf-8",
    encoding: str = "quoted-printable",
    codec: str = "utf-8",
    more: str = "",
) -> str:
    data = page.encode(codec)
    body = quopri.encodestring(data) if encoding == "quoted-printable" else base64.encodebytes(data)
    kind = "Content-Type: text/html" + (f'; charset="{charset}"' if charset else "")
    return f"{kind}\nContent-Transfer-Encoding: {encoding}\n{more}\n{body.decode()}\n"


def saved(*parts: str, head: str = "", closed: bool = True, kind: str = "related") -> bytes:
    top = (
        "From: <Saved by a browser>\n"
        f"{head}"
        "Subject: Quay\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/{kind};\n\ttype="text/html";\n\tboundary="--cut--"\n\n'
    )
    return (top + "".join(f"----cut--\n{p}" for p in parts) + ("----cut----\n" * closed)).encode()


def found(data: bytes, **known: str) -> Found:
    return capture(data, Origin(path="in/quay.mhtml", **known))  # type: ignore[arg-type]


def error(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        found(data)
    line = caught.value.line()
    assert "\n" not in line and line.startswith("in/quay.mhtml: ")
    return line


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_capture_is_read_as_the_pages_own_source(encoding: str, end: str) -> None:
    data = saved(part(PAGE, encoding=encoding), IMAGE).replace(b"\n", end.encode())
    one = found(data)
    assert one.text is not None and one.text.strip() == PAGE
    assert one.data == data, "the bytes are kept as they came"
    assert one.capture.media_type == "text/html"
    assert one.capture.decoder == "mhtml-1" and is_derived(one.capture.decoder)
    assert one.lines == ()


def test_address_and_time_come_from_the_file_unless_somebody_gives_them() -> None:
    head = (
        "Snapshot-Content-Location: https://harbour.example/quay\n"
        "Date: Fri, 14 Mar 2031 10:00:00 -0000\n"
    )
    data = saved(part(PAGE), head=head)
    told = found(data).capture
    assert (told.url, told.captured_at) == (
        "https://harbour.example/quay",
        "2031-03-14T10:00:00+00:00",
    )
    kept = found(data, url="https://a.example/b", captured_at="2031-03-15").capture
    assert (kept.url, kept.captured_at) == ("https://a.example/b", "2031-03-15")
    assert told.id != kept.id


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Fri, 14 Mar 2031 10:00:00 +0400", "2031-03-14T10:00:00+04:00"),
        ("Fri, 14 Mar 2031 10:00:00", "2031-03-14"),
        ("sometime in spring", None),
        ("Fri, 99 Mar 2031 99:00:00 +0000", None),
    ],
)
def test_a_time_keeps_its_offset_and_an_unknown_one_is_unknown(written: str, at: str) -> None:
    assert found(saved(part(PAGE), head=f"Date: {written}\n")).capture.captured_at == at


def test_the_address_may_stand_with_the_page_and_be_no_web_address() -> None:
    located = part(PAGE, more="Content-Location: https://harbour.example/\n folded\n")
    assert found(saved(located)).capture.url == "https://harbour.example/folded"
    local = part(PAGE, more="Content-Location: file:///C:/quay.html\n")
    assert found(saved(local)).capture.url is None


def test_the_part_named_as_the_start_is_the_page_and_frames_are_not() -> None:
    frame = part("<p>an advert</p>", more="Content-ID: <frame-2>\n")
    page = part(PAGE, more="Content-ID: <frame-1>\n")
    data = saved(frame, page).replace(b"boundary=", b'start="<frame-1>";\n\tboundary=')
    assert "Quay reopens" in (found(data).text or "")
    assert "an advert" in (found(saved(frame, page)).text or "")


def test_a_page_in_nested_parts_and_one_that_is_the_whole_file() -> None:
    inner = saved(part(PAGE), kind="alternative").split(b"MIME-Version: 1.0\n")[1].decode()
    outer = saved(inner.replace("--cut--", "inner"), kind="mixed")
    assert "Quay reopens" in (found(outer).text or "")
    alone = f"MIME-Version: 1.0\n{part(PAGE)}".encode()
    assert (found(alone).text or "").strip() == PAGE


@pytest.mark.parametrize(
    ("declared", "codec", "meta"),
    [
        ("windows-1252", "cp1252", ""),
        ("iso-8859-1", "cp1252", ""),
        (None, "utf-8", ""),
        (None, "cp1252", '<meta charset="windows-1252">'),
        ("x-unknown", "cp1252", ""),
        ("undefined", "utf-8", ""),
        ("us-ascii", "utf-8", ""),
        ("utf-8", "cp1252", ""),
    ],
)
def test_wrong_and_missing_charsets(declared: str | None, codec: str, meta: str) -> None:
    one = found(saved(part(meta + PAGE, declared, codec=codec)))
    assert one.text is not None and "café at Osk – 3 € – is “open”" in one.text


def test_a_file_cut_off_is_read_as_far_as_it_goes_and_says_so() -> None:
    one = found(saved(part(PAGE), IMAGE[:60], closed=False))
    assert "Quay reopens" in (one.text or "")
    (line,) = one.lines
    assert line == (
        "in/quay.mhtml: the saved page is damaged: the file is cut off at its end, "
        "read as far as it goes"
    )


def test_files_that_hold_no_page_are_one_line_each() -> None:
    assert "no page in it: it holds image/png" in error(saved(IMAGE))
    assert "its page is empty" in error(saved(part("  ")))
    lost = saved(part(PAGE)).split(b"----cut--\n")[0]
    assert "its parts are missing: the file is cut off or altered" in error(lost)
    deep = "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(3_000)
    )
    assert "nested too deeply" in error(f"MIME-Version: 1.0\n{deep}".encode())


@pytest.mark.parametrize(
    "text",
    [
        "From: the ministry\nSubject: the quay\n\nThe quay reopens.",
        "MIME-Version: 1.0\nContent-Type: text/plain\n\nThe quay reopens.",
        "Title: MIME-Version: 1.0 and Content-Type: text/html\n\nAn article about mail.",
    ],
)
def test_letters_and_articles_are_not_taken_for_saved_pages(text: str) -> None:
    assert not is_mhtml(text.encode())
    assert found(text.encode()).capture.media_type == "text/plain"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    whole = bytearray(saved(part(PAGE), IMAGE, head="Date: Fri, 14 Mar 2031 10:00:00 -0000\n"))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        page = read_mhtml(cut, "a.mhtml")
    except InputError as error:
        assert "\n" not in error.line()
    else:
        page.text.encode()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "text/vtt"),
        (b"\xef\xbb\xbfWEBVTT - Quay", "text/vtt"),
        ("\ufeffWEBVTT\n".encode("utf-16-le"), "text/vtt"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\n<p>Hi", "application/x-subrip"),
        (b"Quay, part one\n\n1\n0:01.5 -> 0:02.5\nHi", "application/x-subrip"),
        (b"WEBVTTER is no signature", None),
        (b"The talks lasted from 10:00 to 12:00 --> see below.", None),
    ],
)
def test_transcripts_are_told_by_their_first_lines(data: bytes, media_type: str | None) -> None:
    assert transcript(data) == media_type
    if media_type:
        assert found(data).capture.media_type == media_type


@pytest.mark.parametrize("name", ["\0", "utf-8\0", "no such thing", ""])
def test_a_broken_name_is_no_codec(name: str) -> None:
    assert not is_codec(name)

"""WARC and WACZ files: every page in them is a capture, whatever stands between the pages."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zipfile
import zlib
from contextlib import nullcontext
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.capture.warcs import answer, digest, found, gz, page, record, wacz

from onrecord.capture.capturing import Found
from onrecord.capture.contents import Options
from onrecord.capture.files import Payloads, from_path, from_standard_input
from onrecord.capture.warc import Place, Record, read_record, read_records
from onrecord.capture.warc_pages import from_warc

ONE, TWO, THREE = page("One"), page("Two"), page("Three")
A = record("https://tern.example/1", answer(ONE))
B = record("https://tern.example/2", answer(TWO), date="2031-03-15T08:30:00.123456Z")
C = record("https://tern.example/3", THREE, "resource", Content_Type="text/html")


def read(data: bytes, largest: int = 1_000_000) -> tuple[list[Found], list[str]]:
    return found(from_warc(lambda: nullcontext(io.BytesIO(data)), "t.warc", largest, Payloads()))


@pytest.mark.parametrize(
    "data",
    [A + B + C, gz(A, B, C), gz(A + B + C), gz(A, B + C), b"\r\n" + A + B + C],
    ids=["plain", "gzip", "gzip of the whole", "mixed", "newlines in front"],
)
def test_every_page_is_a_capture_with_its_address_and_time(data: bytes) -> None:
    captures, lines = read(data)
    assert lines == []
    assert [one.data for one in captures] == [ONE, TWO, THREE]
    assert [(c.capture.url, c.capture.captured_at, c.capture.status) for c in captures] == [
        ("https://tern.example/1", "2031-03-14T12:00:00+00:00", 200),
        ("https://tern.example/2", "2031-03-15T08:30:00+00:00", 200),
        ("https://tern.example/3", "2031-03-14T12:00:00+00:00", None),
    ]
    assert {c.capture.media_type for c in captures} == {"text/html"}


@pytest.mark.parametrize("data", [A + B + C, gz(A, B, C), gz(A + B, C)])
def test_a_path_finds_its_record_again(data: bytes) -> None:
    captures, _ = read(data)
    for one in captures:
        offset, _, inner = one.capture.path.partition("#")[2].partition("+")
        place = Place(int(offset), int(inner or 0))
        again = read_record(io.BytesIO(data), place, 1_000_000)
        assert again is not None and again.block.endswith(one.data)
    assert len({one.capture.path for one in captures}) == 3


RAW = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"10\r\n" + ONE[:16] + b"\r\n" + b"%x\r\n" % (len(ONE) - 16) + ONE[16:] + b"\r\n0\r\n\r\n",
         {"Transfer_Encoding": "chunked"}),
        (gzip.compress(ONE), {"Content_Encoding": "gzip"}),
        (zlib.compress(ONE), {"Content_Encoding": "deflate"}),
        (RAW.compress(ONE) + RAW.flush(), {"Content_Encoding": "deflate"}),
        (brotli.compress(ONE), {"Content_Encoding": "br"}),
        (zstandard.compress(ONE), {"Content_Encoding": "zstd"}),
        (brotli.compress(gzip.compress(ONE)), {"Content_Encoding": "gzip, br"}),
        (b"%x;x=y\r\n" % len(gzip.compress(ONE)) + gzip.compress(ONE) + b"\r\n0\r\nX: y\r\n\r\n",
         {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        # crawlers store what they decoded below the server's headers
        (ONE, {"Transfer_Encoding": "chunked"}),
        (ONE, {"Content_Encoding": "gzip"}),
        (ONE, {"Content_Encoding": "br"}),
        (ONE, {"Content_Encoding": "zstd"}),
        (ONE, {"Content_Encoding": "identity"}),
    ],
)  # fmt: skip
def test_codings_are_undone(body: bytes, headers: dict[str, str]) -> None:
    captures, lines = read(record("https://tern.example/1", answer(body, **headers)))
    assert [one.data for one in captures] == [ONE]
    assert lines == []


def test_a_body_cut_in_its_coding_is_captured_as_far_as_it_goes() -> None:
    long = page("One", "".join(f"<p>Ferry {n} sailed at {n * 7919 % 1440}. " for n in range(2000)))
    body = gzip.compress(long)
    (one,), (line,) = read(
        record("https://tern.example/1", answer(body[: len(body) // 2], Content_Encoding="gzip"))
    )
    assert long.startswith(one.data) and len(one.data) > 1000
    assert line.startswith("t.warc#0 (https://tern.example/1): captured, but not whole: the gzip")
    nothing, lines = read(
        record("https://tern.example/1", answer(b"\x8b\x02", Content_Encoding="br"))
    )
    assert nothing == [] and "brotli" in lines[0]
    unknown, lines = read(record("https://tern.example/1", answer(ONE, Content_Encoding="lzx")))
    assert unknown == [] and "the content coding 'lzx' is not read" in lines[0]


def test_what_is_no_page_is_counted_in_one_line() -> None:
    png = b"\x89PNG\r\n\x1a\n"
    records = [
        record("", b"software: x", "warcinfo", Content_Type="application/warc-fields"),
        record("https://tern.example/1", b"GET /1 HTTP/1.1\r\n\r\n", "request"),
        record("dns:tern.example", b"20310314", "response", Content_Type="text/dns"),
        A,
        *(record(f"https://tern.example/{n}.png", answer(png, Content_Type="image/png"))
          for n in range(3)),
        record("https://tern.example/x", answer(png)),
        record("https://tern.example/x.js", answer(b"x()", Content_Type="text/javascript")),
        record("https://tern.example/x.css", answer(b"p{}", Content_Type="text/css")),
        record("https://tern.example/f", answer(b"wOF2", Content_Type="font/woff2")),
        record("https://tern.example/api", answer(b'{"html": "<p>x</p>"}', Content_Type="application/json")),
        record("https://tern.example/api", answer(b'[{"a": "<p>"}]')),
        record("https://tern.example/robots.txt", answer(b"User-agent: *", Content_Type="text/plain")),
        record("https://tern.example/gone", answer(ONE, "410 Gone")),
        record("https://tern.example/gone", answer(b"", "410 Gone"), "revisit"),
        record("x\x1b[2J:y", answer(ONE)),
        record("https://tern.example/1", b"One", "conversion"),
        record("https://tern.example/1", b"One", "x" * 99),
        record("https://tern.example/busy", answer(ONE, "503 Busy")),
        record("https://tern.example/empty", answer(b" ")),
        record("https://tern.example/x", answer(b"bytes", Content_Type="application/octet-stream")),
    ]  # fmt: skip
    captures, (line,) = read(b"".join(records))
    assert [one.data for one in captures] == [ONE]
    assert line == (
        "t.warc: left out: no pages, texts or feeds: images (4), answers with status 410 (2), data (2), "
        "answers with status 503 (1), conversion records (1), empty answers (1), fonts (1), other files "
        "(1), other records (1), records of dns: addresses (1), records of other addresses (1), "
        "robots.txt and the like (1), scripts (1), style sheets (1)"
    )


def test_feeds_texts_and_pages_without_a_type_are_captured() -> None:
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
    captures, lines = read(
        record("https://tern.example/f", answer(feed, Content_Type="application/json"))
        + record(
            "https://tern.example/r", answer(b"<rss><channel/></rss>", Content_Type="text/xml")
        )
        + record("https://tern.example/t", answer(b"The line said so.", Content_Type="text/plain"))
        + record("https://tern.example/o", answer(ONE, Content_Type="application/octet-stream"))
    )
    assert lines == []
    assert [one.capture.media_type for one in captures] == [
        "application/feed+json",
        "application/rss+xml",
        "text/plain",
        "text/html",
    ]


def test_an_archive_without_a_page_says_so() -> None:
    assert read(b"")[1] == ["t.warc: no page in this archive"]


def test_redirects_are_joined_to_the_page_they_lead_to() -> None:
    captures, lines = read(
        record(
            "http://tern.example/s/1", answer(b"", "301 Moved", Location="https://tern.example/s/1")
        )
        + record("https://tern.example/s/1", answer(b"", "302 Found", Location="/1"))
        + A
        + record("https://tern.example/1", answer(TWO), date="2031-03-15T12:00:00Z")
        + record("https://tern.example/x", answer(b"", "301 Moved", Location="http://[bad"))
        + record("https://tern.example/x", answer(b"", "301 Moved", Location="/nowhere"))
    )
    first, second = (one.capture for one in captures)
    assert lines == []
    assert (first.url, first.final_url) == ("http://tern.example/s/1", "https://tern.example/1")
    assert [(hop.url, hop.status) for hop in first.redirects] == [
        ("http://tern.example/s/1", 301),
        ("https://tern.example/s/1", 302),
    ]
    # a later answer of the same address was asked for by itself
    assert (second.url, second.redirects) == ("https://tern.example/1", ())


def test_a_redirect_to_itself_ends() -> None:
    again = record("https://tern.example/1", answer(b"", "302 Found", Location="/1"))
    (one,), _ = read(again * 50 + A)
    assert one.capture.url == "https://tern.example/1"


HELD = record("https://tern.example/1", answer(ONE), WARC_Payload_Digest=digest(ONE))


@pytest.mark.parametrize(
    "fields",
    [
        {"WARC_Payload_Digest": digest(ONE)},
        {
            "WARC_Refers_To_Target_URI": "https://tern.example/1",
            "WARC_Refers_To_Date": "2031-03-14T12:00:00Z",
        },
    ],
)
@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified"])
def test_a_revisit_is_a_capture_of_the_earlier_payload(fields: dict[str, str], status: str) -> None:
    again = record("https://tern.example/1", answer(b"", status), "revisit",
                   date="2031-03-20T12:00:00Z", **fields)  # fmt: skip
    for data in (HELD + again, gz(HELD, again), gz(HELD + again)):
        (first, second), lines = read(data)
        assert lines == []
        assert (second.data, second.capture.status) == (ONE, 200)
        assert second.capture.captured_at == "2031-03-20T12:00:00+00:00"
        assert first.capture.article_id == second.capture.article_id
        assert first.capture.id != second.capture.id


def test_a_revisit_of_a_compressed_payload_is_decoded_as_that_was() -> None:
    body = gzip.compress(ONE)
    held = record("https://tern.example/1", answer(body, Content_Encoding="gzip"),
                  WARC_Payload_Digest=digest(body))  # fmt: skip
    again = record("https://tern.example/2", b"", "revisit", WARC_Payload_Digest=digest(body))
    (_, second), lines = read(held + again)
    assert (second.data, second.capture.url, lines) == (ONE, "https://tern.example/2", [])


def test_a_revisit_of_what_is_not_there_is_one_line_and_of_an_image_none() -> None:
    lost = record("https://tern.example/1", answer(b""), "revisit", WARC_Payload_Digest="sha1:X")
    image = record("https://tern.example/i", answer(b"", Content_Type="image/png"), "revisit",
                   WARC_Payload_Digest="sha1:Y")  # fmt: skip
    captures, lines = read(A + lost + image)
    assert len(captures) == 1
    assert lines == [
        f"t.warc#{len(A)} (https://tern.example/1): not captured: a revisit record names an earlier "
        "one that was not added (add the archive it is in together with this one)",
        "t.warc: left out: no pages, texts or feeds: images (1)",
    ]
    _, lines = read(lost * 50)
    assert len(lines) == 22 and "revisits of records that were not added (30)" in lines[-2]


def test_a_revisit_finds_its_payload_in_another_file_of_the_same_adding(tmp_path: Path) -> None:
    again = record("https://tern.example/1", answer(b""), "revisit",
                   date="2031-03-20T12:00:00Z", WARC_Payload_Digest=digest(ONE))  # fmt: skip
    (tmp_path / "a.warc.gz").write_bytes(gz(HELD))
    (tmp_path / "b.wacz").write_bytes(wacz({"b.warc": again}))
    (tmp_path / "c.wacz").write_bytes(wacz({"c.warc": again}, zipfile.ZIP_DEFLATED))
    captures, lines = found(from_path(tmp_path))
    assert lines == []
    assert [(one.data, one.capture.path) for one in captures] == [
        (ONE, "a.warc.gz#0"),
        (ONE, "b.wacz/archive/b.warc#0"),
        (ONE, "c.wacz/archive/c.warc#0"),
    ]
    assert captures[1].capture.id == captures[2].capture.id


# --------------------------------------------------------------------------- what is damaged


@pytest.mark.parametrize(
    ("data", "whole", "why"),
    [
        ((A + B)[:-20], [ONE], "a record is cut"),
        ((A + B)[: len(A) + 40], [ONE], "cut in its headers: the file ends"),
        (gz(A, B)[:-30], [ONE], "the gzip stream is cut short"),
        (gz(A, B)[:-4], [ONE, TWO], "the gzip stream is cut short"),
        (gz(A, B)[: len(gz(A)) + 60], [ONE], "the gzip stream is cut short"),
        (gz(A + B)[:-9], [ONE, TWO], "cut"),
        (A + b"noise\x00\xff\r\n\r\n" + B, [ONE, TWO], "bytes that belong to no record"),
        (gz(A) + b"noise\x1f\x8b\x08" + gz(B), [ONE, TWO], "bytes that belong to no record"),
        (gz(A, b"no record", B), [ONE, TWO], "bytes that belong to no record"),
        (gz(A)[:60] + b"\xff" * 9 + gz(A)[69:] + gz(B, C), [TWO, THREE], "not a gzip stream"),
        (A + record("https://tern.example/x", ONE, length="much") + B, [ONE, TWO], "'much'"),
        (
            A + record("https://tern.example/x", answer(ONE), length=10**15) + B,
            [ONE, TWO],
            "is cut",
        ),
        (A + b"WARC/1.1\r\n" + b"X: y\r\n" * 20_000 + B, [ONE, TWO], "do not end within 65,536"),
    ],
)
def test_what_is_whole_is_captured_and_what_is_cut_is_one_line(
    data: bytes, whole: list[bytes], why: str
) -> None:
    captures, (line,) = read(data)
    assert [one.data for one in captures] == whole
    assert why in line and line.startswith("t.warc#")


@pytest.mark.parametrize("length", [70, 100, 5000])
@pytest.mark.parametrize("packed", [False, True])
def test_a_wrong_length_is_mended_by_the_place_of_the_next_record(
    length: int, packed: bool
) -> None:
    wrong = record("https://tern.example/1", answer(ONE), length=length)
    assert length != len(answer(ONE))
    captures, lines = read(gz(wrong + B + C) if packed else wrong + B + C, largest=10_000)
    assert [one.data for one in captures] == [ONE, TWO, THREE]
    assert len(lines) == 1 and f"its Content-Length says {length:,} bytes" in lines[0]


def test_a_length_that_takes_in_whole_records_is_mended() -> None:
    wrong = record("https://tern.example/1", answer(ONE), length=len(answer(ONE)) + 4 + len(B))
    captures, _ = read(wrong + B + C)
    assert [one.data for one in captures] == [ONE, TWO, THREE]


def test_a_page_that_speaks_of_warc_files_stays_whole() -> None:
    data = page("One") + b"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n"
    captures, lines = read(record("https://tern.example/1", answer(data)) + B)
    assert [one.data for one in captures] == [data, TWO]
    assert lines == []


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_is_too_large_is_one_line_and_the_next_one_is_read(packed: bool) -> None:
    large = record("https://tern.example/x", answer(b"<p>" + b"x" * 3_000_000))
    film = record("https://tern.example/f", answer(b"x" * 3_000_000, Content_Type="video/mp4"))
    data = (large, film, A)
    captures, lines = read(gz(*data) if packed else b"".join(data))
    assert [one.data for one in captures] == [ONE]
    assert lines == [
        "t.warc#0 (https://tern.example/x): not captured: larger than 1,000,000 bytes "
        "(raise the option capture.largest)",
        "t.warc: left out: no pages, texts or feeds: films (1)",
    ]


ZEROS = bytes(1 << 20) * 300


@pytest.mark.parametrize(
    "bomb",
    [
        gz(record("https://tern.example/x", answer(ZEROS))),
        gz(record("https://tern.example/x", answer(gz(ZEROS), Content_Encoding="gzip"))),
        gz(record("https://tern.example/x", answer(brotli.compress(ZEROS, quality=1), Content_Encoding="br"))),
        gz(record("https://tern.example/x", answer(zstandard.compress(ZEROS), Content_Encoding="zstd"))),
        gz(ZEROS),
    ],
    ids=["member", "gzip body", "brotli body", "zstd body", "no record"],
)  # fmt: skip
def test_a_bomb_is_one_line_in_little_memory_and_time(bomb: bytes) -> None:
    start = time.process_time()
    tracemalloc.start()
    captures, lines = read(bomb + gz(A))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.data for one in captures] == [ONE]
    assert len(lines) == 1
    assert peak < 20_000_000
    assert time.process_time() - start < 4


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "many.warc.gz"
    with path.open("wb") as file:
        for n in range(400):
            body = page(f"{n}", "The line said so. " * 3000)
            file.write(gz(record(f"https://tern.example/{n}", answer(body))))
    assert read(A)  # what is loaded once does not count
    tracemalloc.start()
    count = sum(isinstance(one, Found) for one in from_path(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 400
    assert peak < 4_000_000  # of 22 MB


def test_a_record_without_an_answer_or_with_a_wrong_date_is_told() -> None:
    captures, lines = read(
        record("https://tern.example/1", b"<p>no answer")
        + record("<https://tern.example/2>", answer(ONE), date="yesterday")
        + record("https://tern.example/3", answer(ONE), WARC_Truncated="length")
    )
    assert [one.capture.url for one in captures] == [
        "https://tern.example/2",
        "https://tern.example/3",
    ]
    assert captures[0].capture.captured_at is None
    assert ["no answer of a server" in lines[0], "'yesterday' is no time" in lines[1]] == [
        True,
        True,
    ]
    assert "the crawler cut it off (length)" in lines[2] and len(lines) == 3


# --------------------------------------------------------------------------- WACZ, standard input


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_gives_the_pages_of_its_archives(tmp_path: Path, how: int) -> None:
    path = tmp_path / "story.wacz"
    path.write_bytes(wacz({"b.warc.gz": gz(B), "a.warc.gz": gz(A), "c.warc": C}, how))
    captures, lines = found(from_path(path))
    assert lines == []
    assert [(one.data, one.capture.path) for one in captures] == [
        (ONE, "story.wacz/archive/a.warc.gz#0"),
        (TWO, "story.wacz/archive/b.warc.gz#0"),
        (THREE, "story.wacz/archive/c.warc#0"),
    ]


@pytest.mark.parametrize("data", [A + B, gz(A, B), wacz({"a.warc.gz": gz(A, B)})])
def test_an_archive_from_standard_input(data: bytes) -> None:
    captures, lines = found(from_standard_input(io.BytesIO(data)))
    assert [one.data for one in captures] == [ONE, TWO]
    assert lines == []


def test_the_limit_is_an_option(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(A)
    captures, lines = found(from_path(tmp_path / "a.warc", Options(largest=100)))
    assert captures == [] and "larger than 100 bytes" in lines[0]


# --------------------------------------------------------------------------- any bytes


WHOLE = (A + B + C, gz(A, B, C), gz(A + B + C), HELD + B)


PIECE = record("https://tern.example/x", answer(ONE), length=10)


@pytest.mark.parametrize(
    "middle",
    [
        gz(A)[:-4] + b"\x1f\x8b\x08" * 5000,
        gz(A[:-4] + b"\nWARC/" * 200_000),
        gz(b"\r\n" * 1_000_000),
        gz(PIECE.replace(b"WARC/1.1", b"WARC/1.1 ") * 3000),
        gz(record("https://tern.example/x", answer(ONE), length=900_000) * 3000),
        gz(record("https://tern.example/x", answer(ONE), length=9_000_000) * 3000),
        gz(A[:-4])[:150] * 6000,
        gz(b"") * 40_000,
        gz(A.replace(b"WARC-Date", b"a: b\r\n" * 8000 + b"WARC-Date")) * 40,
    ],
    ids=[
        "members",
        "starts",
        "newlines",
        "short",
        "long",
        "too long",
        "broken",
        "empty",
        "headers",
    ],
)
def test_damage_without_end_takes_no_time_and_few_lines(middle: bytes) -> None:
    start = time.process_time()
    captures, lines = read(middle + gz(B))
    assert time.process_time() - start < 8
    assert captures
    assert len([line for line in lines if "Content-Length" not in line]) < 30


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 40))
        piece = draw(
            st.binary(max_size=20) | st.sampled_from([b"\r\n\r\n", b"WARC/1.1\r\n", gz(A)])
        )
        data[at : at + size] = piece
    return bytes(data)


@settings(max_examples=400, deadline=2000)
@given(mutated() | st.binary(max_size=300))
def test_damaged_archives_raise_nothing_and_lose_no_place(data: bytes) -> None:
    captures, lines = read(data, largest=5000)
    assert all("\n" not in line for line in lines)
    assert captures or lines
    for one in read_records(io.BytesIO(data), 5000):
        if isinstance(one, Record):
            assert read_record(io.BytesIO(data), one.place, 5000) == one


@settings(max_examples=100, deadline=2000)
@given(st.integers(0, len(gz(A, B, C))), st.booleans())
def test_records_before_a_cut_are_captured(cut: int, packed: bool) -> None:
    data = gz(A, B, C) if packed else A + B + C
    ends = [len(gz(A)), len(gz(A, B)), len(gz(A, B, C))] if packed else [
        len(A) - 4, len(A + B) - 4, len(A + B + C) - 4]  # fmt: skip
    captures, lines = read(data[:cut])
    assert [one.data for one in captures[: sum(end <= cut for end in ends)]] == [
        ONE, TWO, THREE][: sum(end <= cut for end in ends)]  # fmt: skip
    assert len(lines) <= 2

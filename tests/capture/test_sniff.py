"""What bytes are: from the bytes first, from what others say of them second."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.capture.sniff import bad_bytes, decoder, media_type
from onrecord.errors import InputError


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "a", "text/html"),
        (b"\xef\xbb\xbf\n<HTML>", "a", "text/html"),
        (b"Harbour talks\n\nThe line said so.", "a.txt", "text/plain"),
        (b"Less < more, said the clerk", "a.html", "text/html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.xml", "application/rss+xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a.xml", "application/atom+xml"),
        ("<html>".encode("utf-16"), "a", "text/html"),
    ],
)
def test_media_types(data: bytes, name: str, kind: str) -> None:
    assert media_type(data, name) == kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        media_type(data, "clip.html")
    assert "clip.html" in caught.value.line()
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize(
    ("data", "media", "declared", "codec"),
    [
        ("naïve".encode(), "text/plain", None, "utf-8"),
        ("naïve".encode(), "text/html", "text/html; charset=iso-8859-1", "utf-8"),
        (b"\xef\xbb\xbfna\xc3\xafve", "text/html", "text/html; charset=latin-1", "utf-8"),
        ("<meta charset='iso-8859-1'>“naïve”".encode("cp1252"), "text/html", None, "cp1252"),
        (
            "Привет из Москвы".encode("cp1251"),
            "text/html",
            "text/html; charset=windows-1251",
            "cp1251",
        ),
        ("x".encode("utf-16"), "text/plain", None, "utf-16-le"),
        (("naïve café " * 9).encode() + b"\xff", "text/plain", None, "utf-8"),
    ],
)
def test_decoders(data: bytes, media: str, declared: str | None, codec: str) -> None:
    assert decoder(data, media, declared) == codec


@given(st.binary(max_size=300))
def test_any_bytes_get_a_decoder_that_reads_them(data: bytes) -> None:
    codec = decoder(data, "text/html")
    text = data.decode(codec, "replace")
    assert bad_bytes(data, codec) <= len(text)

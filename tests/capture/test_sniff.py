"""What bytes are: from the bytes first, from what others say of them second."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.capture.sniff import bad_bytes, container, decoder, media_type
from onrecord.errors import InputError

JSON_FEED = b'{"items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1.1"}'


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "a", "text/html"),
        (b"\xef\xbb\xbf\n<HTML>", "a", "text/html"),
        (b"Harbour talks\n\nThe line said so.", "a.txt", "text/plain"),
        (b"Less < more, said the clerk", "a.html", "text/html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.xml", "application/rss+xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a.xml", "application/atom+xml"),
        (b'Notice: x\n<?xml version="1.0"?><rss>', "a.xml", "application/rss+xml"),
        (b"<!-- saved --><html><script>'<rss version=2>'", "a", "text/html"),
        (JSON_FEED, "a.json", "application/feed+json"),
        (b'{"items": []}', "a.json", "text/plain"),
        (
            b'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">',
            "a.xml",
            "application/xml",
        ),
        ("<html>".encode("utf-16"), "a", "text/html"),
        ("<html><p>The line said so.".encode("utf-16-le"), "a", "text/html"),
        (b"MZ is the mark of the Marsh Zone.", "a.txt", "text/plain"),
        (b"GIF8 was a ferry.", "a.txt", "text/plain"),
        (b"The fer\x00ry line\x01 said so.", "a.txt", "text/plain"),
        (b"<p>The line said so." + b"\x00" * 9000, "a", "text/html"),
    ],
)
def test_media_types(data: bytes, name: str, kind: str) -> None:
    assert media_type(data, name) == kind


def _zipped(first: str, *others: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in (first, *others):
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "an image"),
        (b"\x00\x00\x00\x1cftypavif", "an image"),
        (b"\x1f\x8b\x08", "gzip"),
        (_zipped("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (_zipped("pages/a.html"), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "office document"),
        (b"{\\rtf1\\ansi The line said so.}", "rich text"),
        (b"a.html" + b"\x00" * 251 + b"ustar\x00" + b"<p>x", "tar"),
        (b"<urlset><url><loc>https://tern.example/1</loc></url></urlset>", "names no news"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        media_type(data, "clip.html")
    assert "clip.html" in caught.value.line()
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"WARC/1.1\r\n", "warc"),
        (b"\r\n\r\nWARC/1.0\r\n", "warc"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (_zipped("password/a.html"), "zip"),
        (_zipped("word/document.xml"), None),
        (b"PKs were seized.", None),
        (b"<p>WARC/1.1", None),
    ],
)
def test_what_holds_captures(data: bytes, kind: str | None) -> None:
    assert container(data) == kind


RUSSIAN = "Паромная линия сообщила, что переговоры в порту закончились без соглашения. "
FRENCH = "La ligne a déclaré que le traversier était à quai à l’été dernier. "
FAR = "<script>" + "x = 1;" * 3000 + "</script>"


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
        ("The line said so.".encode("utf-16-be"), "text/plain", None, "utf-16-be"),
        (RUSSIAN.encode("utf-16-le"), "text/plain", None, "utf-16-le"),
        (b"ferry\x00 line", "text/plain", None, "utf-8"),
        (b"<p>x</p>" * 9 + b"\x00" * 900, "text/html", None, "utf-8"),
        (RUSSIAN.encode("cp1251"), "text/plain", None, "cp1251"),
        (RUSSIAN.encode("koi8-r"), "text/plain", None, "koi8-r"),
        ("港での協議が終わった。".encode("iso2022_jp"), "text/plain", None, "iso2022_jp"),
        (
            "港での協議が終わった。".encode("cp932")[:-1],
            "text/html",
            "x; charset=Shift_JIS",
            "cp932",
        ),
        ("港口的谈判结束了。".encode("gbk")[:-1], "text/html", "x; charset=gb2312", "gb18030"),
        (RUSSIAN.encode()[:-3], "text/html", None, "utf-8"),
        (b"a caf\xe9", "text/plain", None, "cp1252"),
    ],
)
def test_decoders(data: bytes, media: str, declared: str | None, codec: str) -> None:
    assert decoder(data, media, declared) == codec


@pytest.mark.parametrize(
    ("page", "declared", "codec"),
    [
        # the server declares its default, the page knows better
        (f"<meta charset=windows-1251><p>{RUSSIAN}", "text/html; charset=iso-8859-1", "cp1251"),
        (
            "<meta charset=koi8-u><p>" + "Поромна лінія заявила: угоди немає. " * 9,
            "x; charset=latin1",
            "koi8-u",
        ),
        # the page's template lies, the server knows better
        (f"<meta charset=iso-8859-1><p>{RUSSIAN}", "text/html; charset=windows-1251", "cp1251"),
        # nobody knows better
        (f"<meta charset=iso-8859-1><p>{RUSSIAN}", "text/html; charset=iso-8859-1", "cp1251"),
        (f"<meta charset=utf-8><p>{RUSSIAN}", None, "cp1251"),
        # an attribute of another element is no declaration
        (f"<script charset='koi8-r'></script><p>{FRENCH}", None, "cp1252"),
        # the declaration stands behind scripts
        (f"{FAR}<meta content='text/html; charset=windows-1251'><p>Нет.", None, "cp1251"),
    ],
)
def test_declarations_that_contradict_the_bytes_or_each_other(
    page: str, declared: str | None, codec: str
) -> None:
    data = page.encode(codec)
    assert decoder(data, "text/html", declared) == codec
    assert data.decode(codec) == page


@pytest.mark.parametrize("label", ["undefined", "idna", "punycode", "utf-7", "unicode_escape", "?"])
def test_a_label_that_is_no_charset_is_not_followed(label: str) -> None:
    data = f"<meta charset={label}><p>{FRENCH}".encode("cp1252")
    assert decoder(data, "text/html", f"text/html; charset={label}") == "cp1252"


@given(
    st.binary(max_size=300)
    | st.builds(
        lambda label, data: b"<meta charset=" + label + b">" + data,
        st.sampled_from([b"utf-16", b"undefined", b"big5", b"iso-2022-jp", b"x-user-defined"]),
        st.binary(max_size=300),
    ),
    st.none() | st.text(max_size=20) | st.just("text/html; charset=idna"),
)
def test_any_bytes_get_a_decoder_that_reads_them(data: bytes, declared: str | None) -> None:
    codec = decoder(data, "text/html", declared)
    text = data.decode(codec, "replace")
    assert bad_bytes(data, codec) <= len(text)


@given(st.binary(max_size=300), st.text(max_size=20), st.none() | st.text(max_size=20))
def test_any_bytes_have_a_media_type_or_one_line(
    data: bytes, name: str, declared: str | None
) -> None:
    container(data)
    try:
        kind = media_type(data, name, declared)
    except InputError as error:
        assert "\n" not in error.line()
    else:
        assert kind.startswith(("text/", "application/"))


@settings(max_examples=20)
@given(st.sampled_from([b"<?x ?>", b"<!-- -->", b" ", b"<!--", b"<?", b"<meta ", b"charset="]))
def test_repeated_markup_takes_no_time(piece: bytes) -> None:
    data = (piece * 200_000)[:1_000_000] + b"\xff"
    start = time.process_time()
    assert media_type(data, "a") in ("text/html", "text/plain")
    decoder(data, "text/html")
    assert time.process_time() - start < 1

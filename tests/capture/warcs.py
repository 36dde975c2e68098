"""Writes small web archives of invented pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable

from onrecord.capture.capturing import Found
from onrecord.errors import InputError

NOON = "2031-03-14T12:00:00Z"


def page(title: str, words: str = "The ferry line said that the talks had ended.") -> bytes:
    return f"<html><head><title>{title}</title></head><body><p>{words}</p></body></html>".encode()


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer; `_` in a header's name stands for `-`."""
    headers = {"Content_Type": "text/html"} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def record(
    url: str,
    block: bytes,
    kind: str = "response",
    *,
    date: str = NOON,
    length: int | str | None = None,
    **fields: str,
) -> bytes:
    """A WARC record; `_` in a field's name stands for `-`."""
    values = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": date,
        "Content-Type": "application/http; msgtype=response",
        **{name.replace("_", "-"): value for name, value in fields.items()},
        "Content-Length": str(len(block) if length is None else length),
    }
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in values.items()), "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def digest(payload: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(payload).digest()).decode()


def gz(*members: bytes) -> bytes:
    """Each member compressed by itself, as WARC files are."""
    return b"".join(gzip.compress(member, mtime=0) for member in members)


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def wacz(warcs: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    others = {
        "datapackage.json": b'{"profile": "data-package"}',
        "indexes/index.cdx": b"example,tern)/1 20310314120000 {}",
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}',
    }
    return zipped(others | {f"archive/{name}": data for name, data in warcs.items()}, how)


def found(results: Iterable[Found | InputError]) -> tuple[list[Found], list[str]]:
    """What was captured, and all lines."""
    every = list(results)
    captures = [one for one in every if isinstance(one, Found)]
    lines = [one.line() for one in every if isinstance(one, InputError)]
    return captures, lines + [line for one in captures for line in one.lines]

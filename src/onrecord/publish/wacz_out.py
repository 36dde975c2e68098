"""The captures as a WACZ 1.1.1 file (specs.webrecorder.net/wacz/1.1.1), to be opened in replay programs.

    archive/data.warc.gz   publish/warc_out.py
    indexes/index.cdx.gz   CDXJ: where in it each address and time stands, sorted; `index.idx` says where
                           each block of lines begins (ZipNum, as ReplayWeb.page wants it)
    pages/pages.jsonl      every capture, in a built record with its title and text
    datapackage.json       SHA-256 and size of every file; datapackage-digest.json that of this one

Nothing is compressed twice, and nothing in it is a time of writing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from onrecord.publish.warc_out import SOFTWARE, UNKNOWN, Entry, Source, packed, surt, write
from onrecord.records import Capture

VERSION = "1.1.1"
PIECE = 1 << 20
BLOCK = 3000
"""Lines of the index that are compressed together, as pywb does."""
WARC = "data.warc.gz"


@dataclass(frozen=True)
class Words:
    """What was read from a capture, as far as the record is built."""

    title: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Listed:
    """An entry with the place of its record in the WARC file."""

    entry: Entry
    offset: int

    @property
    def line(self) -> bytes:
        """Its line in the index."""
        one = self.entry
        mime = "warc/revisit" if one.kind == "revisit" else one.media_type.partition(";")[0].strip()
        values = {
            "url": one.url,
            "mime": mime or "unk",
            **({"status": str(one.status)} if one.status else {}),
            "digest": one.digest,
            "length": str(one.length),
            "offset": str(self.offset),
            "filename": WARC,
        }
        return f"{surt(one.url)} {stamp(one.date)} {json.dumps(values)}\n".encode()


def stamp(date: str) -> str:
    """A WARC-Date as fourteen digits; a day alone is its first second."""
    digits = "".join(c for c in date if c.isdigit())
    return digits.ljust(14, "0")


def rfc3339(date: str) -> str:
    """A WARC-Date as WACZ wants times; a day alone is its first second."""
    return date if "T" in date else f"{date}T00:00:00Z"


def wacz(
    captures: Sequence[Capture], source: Source, words: Callable[[Capture], Words], name: str
) -> Iterator[bytes]:
    """The file, in pieces. `words` gives what was read from a capture; `name` is what the collection is
    called."""
    with tempfile.TemporaryFile() as warc, tempfile.TemporaryFile() as whole:
        listed: list[Listed] = []
        digest, size = hashlib.sha256(), 0
        for one in write(captures, source, compress=True):
            if one.entry:
                listed.append(Listed(one.entry, size))
            warc.write(one.data)
            digest.update(one.data)
            size += len(one.data)
        files = {**index(listed), "pages/pages.jsonl": pages(listed, words)}
        path = f"archive/{WARC}"
        resources = [_resource(path, digest.hexdigest(), size)]
        resources += [
            _resource(path, hashlib.sha256(text).hexdigest(), len(text))
            for path, text in files.items()
        ]
        newest = max((one.entry.date for one in listed), key=stamp, default=UNKNOWN)
        package = _json(
            {
                "profile": "data-package",
                "wacz_version": VERSION,
                "software": SOFTWARE,
                "title": name,
                "description": "Captures of news reports. `created` is the time of the newest "
                f"capture; {UNKNOWN} on a page means that nothing says when it was captured.",
                "created": rfc3339(newest),
                "resources": resources,
            }
        )
        files["datapackage.json"] = package
        found = f"sha256:{hashlib.sha256(package).hexdigest()}"
        files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": found})
        warc.seek(0)
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            with archive.open(_member(path, size), "w") as member:
                shutil.copyfileobj(warc, member, PIECE)
            for path, text in files.items():
                archive.writestr(_member(path, len(text)), text)
        whole.seek(0)
        yield from _pieces(whole)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _member(path: str, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    info.file_size = size
    return info


def _resource(path: str, digest: str, size: int) -> dict[str, object]:
    name = path.rpartition("/")[2]
    return {"name": name, "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def index(listed: Sequence[Listed]) -> dict[str, bytes]:
    """The index and its index, by path."""
    lines = sorted(one.line for one in listed)
    compressed, places = b"", []
    for low in range(0, len(lines), BLOCK):
        block = packed(b"".join(lines[low : low + BLOCK]))
        key = b" ".join(lines[low].split(b" ", 2)[:2]).decode()
        values = {
            "offset": len(compressed),
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        places.append(f"{key} {json.dumps(values)}\n")
        compressed += block
    head = '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n'
    return {
        "indexes/index.cdx.gz": compressed or packed(b""),
        "indexes/index.idx": (head + "".join(places)).encode(),
    }


def pages(listed: Sequence[Listed], words: Callable[[Capture], Words]) -> bytes:
    """The list of pages: one line a capture that has a web address, in the order of the file."""
    rows: list[dict[str, object]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "Captures", "hasText": True}
    ]
    for one in listed:
        capture, url = one.entry.capture, one.entry.url
        if capture is None or not url.startswith(("http://", "https://")):
            continue
        read = words(capture)
        rows.append(
            {
                "id": capture.id,
                "url": url,
                "ts": rfc3339(one.entry.date),
                **({"title": read.title} if read.title else {}),
                **({"text": read.text} if read.text else {}),
            }
        )
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

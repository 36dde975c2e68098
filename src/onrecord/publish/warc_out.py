"""The captures as a WARC 1.1 file (ISO 28500:2017), for other people's archives and for a new record.

    warcinfo   what the file is, and what holds for all of it
    metadata   before every capture: all that the record knows of it (`capture.recorded.Told`)
    response   a capture that a server answered with; and each redirect that led to it
    conversion the text that a reader gave for a PDF and the like: addresses of evidence count in it
    revisit    the same bytes at another time (identical-payload-digest)
    resource   a capture of a file: at the address it is given for, else at `urn:onrecord:ID`;
               and a capture's screenshots, at `urn:fullPage:URL`, each behind a metadata record

The same captures give the same bytes with the same zlib; without compression on every machine. Record
ids are UUIDs made from capture ids, dates are those of the captures.
"""

from __future__ import annotations

import hashlib
import re
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote, unquote_to_bytes, urlsplit

import msgspec

from onrecord import __version__
from onrecord.capture.headers import KEPT
from onrecord.capture.recorded import WARC_METADATA, WARC_SCREENSHOT, Told
from onrecord.publish.mementos import as_uri, content_type
from onrecord.records import SCHEMA_VERSION, Capture, Screenshot
from onrecord.text.decoding import is_derived
from onrecord.text.instants import is_instant, sort_key
from onrecord.text.instants import moment as moment_of

SOFTWARE = f"onrecord/{__version__}"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/onrecord/")
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

UNKNOWN = "1970-01-01T00:00:00Z"
"""WARC-Date of a capture whose time is unknown: the field is required, and no other date is as surely
none. The warcinfo record says so, and the metadata record holds `"captured_at": null`."""

NOTE = (
    "The body is as the server meant it: transfer and content codings are undone. Of the headers those "
    "are kept that date, identify or link the page: "
    + ", ".join(sorted(KEPT))
    + "; of a web archive's "
    "answer also those with x-archive-orig- in front. Content-Length is that of the body here."
)
INFO = (
    ("software", SOFTWARE),
    ("format", "WARC File Format 1.1"),
    (
        "conformsTo",
        "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    ),
    (
        "description",
        f"Captures of news reports. {NOTE} Redirects are written from the addresses and statuses that "
        f"were kept of them. A WARC-Date of a day alone means that no more is known; {UNKNOWN} means "
        "that nothing says when the capture was taken. The metadata record before a capture holds all "
        "that is known of it, with its time as it is written in the record. The date of this warcinfo "
        "record is that of the newest capture.",
    ),
)

_HTTP = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One written record as an index lists it: `status` None where no server answered."""

    kind: str
    url: str
    date: str
    status: int | None
    media_type: str
    digest: str
    length: int
    """Bytes in the file, compressed if the file is."""
    capture: Capture | None


@dataclass(frozen=True)
class Written:
    """Bytes of the file in their order, with what an index lists of them if it does."""

    data: bytes
    entry: Entry | None = None


def ordered(captures: Iterable[Capture]) -> list[Capture]:
    """By time, those of unknown time last; then by id."""
    return sorted(captures, key=lambda c: sort_key(c.captured_at, c.id))


def warc_date(capture: Capture) -> str:
    """The time of a capture as WARC-Date has it: in UTC, a day alone as it is, UNKNOWN."""
    if capture.captured_at is None:
        return UNKNOWN
    if not is_instant(capture.captured_at):
        return capture.captured_at
    return moment_of(capture.captured_at).strftime("%Y-%m-%dT%H:%M:%SZ")


def target(capture: Capture) -> str:
    """The address that a capture's record is of: the page's own, behind redirects that are written."""
    url = capture.url
    if url and capture.redirects and capture.memento is None:
        url = capture.final_url or url
    return as_uri(url) if url and _HTTP.match(url.strip()) else f"urn:onrecord:{capture.id}"


class Source(Protocol):
    """Where captures come from: publish.library.Library, as far as it is needed here."""

    def data(self, sha256: str, /) -> bytes: ...
    def source(self, sha256: str, decoder: str, /) -> str: ...
    def picture(self, sha256: str, /) -> bytes: ...
    def by(self, kind: type[Screenshot], field: str, value: str, /) -> tuple[Screenshot, ...]: ...


def write(captures: Iterable[Capture], source: Source, *, compress: bool) -> Iterator[Written]:
    """The file, record by record; one capture at a time is held."""
    every = ordered(captures)
    pack = packed if compress else bytes
    info = _info_id(every)
    held: dict[str, Capture] = {}
    yield Written(pack(_info(every, info)))
    for capture in every:
        body = source.data(capture.sha256)
        for shot in source.by(Screenshot, "capture_id", capture.id):
            yield from _shot(shot, source.picture(shot.sha256), capture, info, pack)
        for number, hop in enumerate(capture.redirects):
            if capture.memento is None and _HTTP.match(hop.url):
                yield _redirect(capture, number, info, pack)
        text = (
            source.source(capture.sha256, capture.decoder) if is_derived(capture.decoder) else None
        )
        first = held.setdefault(capture.sha256, capture)
        yield from _capture(capture, body, text, first, info, pack)


# --------------------------------------------------------------------------- records


def _id(what: str, identity: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(NAMESPACE, f'{what} {identity}')}>"


def _record(kind: str, ident: str, date: str, block: bytes, fields: dict[str, str]) -> bytes:
    every = {
        "WARC-Type": kind,
        "WARC-Record-ID": ident,
        "WARC-Date": date,
        **fields,
        "WARC-Block-Digest": _digest(block),
        "Content-Length": str(len(block)),
    }
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in every.items() if value), "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _info_id(captures: Sequence[Capture]) -> str:
    ids = "\n".join(capture.id for capture in captures)
    return _id("warcinfo", hashlib.sha256(ids.encode()).hexdigest())


def _info(captures: Sequence[Capture], ident: str) -> bytes:
    dates = [warc_date(c) for c in captures if c.captured_at and is_instant(c.captured_at)]
    block = "".join(f"{name}: {value}\r\n" for name, value in INFO).encode()
    fields = {"Content-Type": "application/warc-fields"}
    return _record("warcinfo", ident, max(dates, default=UNKNOWN), block, fields)


def _answer(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    phrase = next((one.phrase for one in HTTPStatus if one == status), "")
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode()


def _redirect(capture: Capture, number: int, info: str, pack: Callable[[bytes], bytes]) -> Written:
    """A redirect: its answer is written from what was kept of it, where it led to and its status."""
    hop = capture.redirects[number]
    behind = [*(h.url for h in capture.redirects[number + 1 :]), capture.final_url or hop.url]
    block = _answer(hop.status, [("Location", as_uri(behind[0])), ("Content-Length", "0")])
    date, url = warc_date(capture), as_uri(hop.url)
    fields = {
        "WARC-Target-URI": url,
        "WARC-Warcinfo-ID": info,
        "WARC-Concurrent-To": _own_id(capture),
        "WARC-Payload-Digest": _digest(b""),
        "Content-Type": "application/http; msgtype=response",
    }
    data = pack(_record("response", _id(f"redirect {number}", capture.id), date, block, fields))
    entry = Entry("response", url, date, hop.status, "", _digest(b""), len(data), None)
    return Written(data, entry)


def _shot(
    shot: Screenshot, png: bytes, capture: Capture, info: str, pack: Callable[[bytes], bytes]
) -> Iterator[Written]:
    """The metadata record of a screenshot and its own, at the address that browser crawlers give it."""
    url, ident = f"urn:fullPage:{as_uri(shot.url)}", _id("screenshot", shot.id)
    date = moment_of(shot.taken_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    shared = {"WARC-Target-URI": url, "WARC-Warcinfo-ID": info}
    about = {**shared, "WARC-Refers-To": ident, "Content-Type": WARC_SCREENSHOT}
    said = msgspec.json.encode(shot, order="deterministic")
    yield Written(pack(_record("metadata", _id("metadata", shot.id), date, said, about)))
    digest = f"sha256:{shot.sha256}"
    fields = {
        **shared,
        "WARC-Concurrent-To": _own_id(capture),
        "WARC-Payload-Digest": digest,
        "Content-Type": "image/png",
    }
    data = pack(_record("resource", ident, date, png, fields))
    yield Written(data, Entry("resource", url, date, None, "image/png", digest, len(data), None))


def _own_id(capture: Capture) -> str:
    return _id("capture", capture.id)


def _capture(
    capture: Capture,
    body: bytes,
    text: str | None,
    first: Capture,
    info: str,
    pack: Callable[[bytes], bytes],
) -> Iterator[Written]:
    """The metadata record of a capture and its own, with the `text` of a derived decoder between them;
    `first` is the first one with these bytes."""
    url, date, media = target(capture), warc_date(capture), content_type(capture)
    answered = capture.status is not None and not url.startswith("urn:")
    again = first is not capture
    kind = "revisit" if again else "response" if answered else "resource"
    shared = {"WARC-Target-URI": url, "WARC-Warcinfo-ID": info}
    fields = {**shared, "WARC-Payload-Digest": f"sha256:{capture.sha256}"}
    if again:
        fields |= {
            "WARC-Profile": IDENTICAL,
            "WARC-Refers-To": _own_id(first),
            "WARC-Refers-To-Target-URI": target(first),
            "WARC-Refers-To-Date": warc_date(first),
        }
    block = b"" if again else body
    if answered:
        headers = {"content-type": media, **_headers(capture), "content-length": str(len(body))}
        names = [("-".join(p.capitalize() for p in n.split("-")), v) for n, v in headers.items()]
        block = _answer(capture.status or 0, names) + block
        fields["Content-Type"] = "application/http; msgtype=response"
    else:
        fields["Content-Type"] = "" if again else media
    fields["WARC-Truncated"] = "length" if capture.cut or (again and answered) else ""
    told = Told(schema_version=SCHEMA_VERSION, note=NOTE, capture=capture)
    about = {**shared, "WARC-Refers-To": _own_id(capture), "Content-Type": WARC_METADATA}
    said = msgspec.json.encode(told, order="deterministic")
    yield Written(pack(_record("metadata", _id("metadata", capture.id), date, said, about)))
    if text is not None:
        about = {**about, "Content-Type": "text/plain; charset=utf-8"}
        converted = _record("conversion", _id("text", capture.id), date, text.encode(), about)
        yield Written(pack(converted))
    data = pack(_record(kind, _own_id(capture), date, block, fields))
    status = capture.status if answered else None
    digest = f"sha256:{capture.sha256}"
    yield Written(data, Entry(kind, url, date, status, media, digest, len(data), capture))


def _headers(capture: Capture) -> dict[str, str]:
    """The kept headers whose values can stand on one line."""
    return {name: value for name, value in capture.headers.items() if value.isprintable()}


def packed(data: bytes) -> bytes:
    """One gzip member (RFC 1952) without name, time and system, which vary."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + body + tail


# --------------------------------------------------------------------------- what an index says


def surt(url: str) -> str:
    """An address as web archives sort them: host reversed, in lower case, without scheme and `www.`;
    percent-encodings resolved where they can be, the query's parameters in order (as the packages surt
    and cdxj-indexer write it for addresses of news pages)."""
    path, mark, query = url.lower().partition("?")
    head = ""
    with suppress(ValueError):  # an address that cannot be taken apart stays as it is
        parts = urlsplit(url.lower())
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
        host = re.sub(r"^www\d*\.", "", parts.hostname or "")
        if parts.scheme in ("http", "https") and host:
            head = f"{','.join(reversed(host.split('.')))}{port})"
            path, mark, query = parts.path.rstrip("/") or "/", "?" * bool(parts.query), parts.query
    return head + _plain(path) + mark + "&".join(sorted(map(_plain, query.split("&"))))


def _plain(text: str) -> str:
    return quote(unquote_to_bytes(text), safe="!$&'()*+,/:;=@[]~").lower()

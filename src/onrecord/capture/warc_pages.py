"""The pages, texts and feeds in a WARC file -> Found, one after the other.

A capture's `path` is the file's path and the place of its record, `crawl.warc.gz#81920`: the offset in
the file at which the record begins, or in a compressed file its gzip member (`#81920+512` where a
member holds several records: the offset in the member's expanded data). The bytes are the body as the
server meant it, without transfer and content codings. What led to a page by redirects is joined to it:
`url` is the address that was asked for, `final_url` the page's own.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

from onrecord.capture import sniff
from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.headers import kept_headers
from onrecord.capture.names import shown
from onrecord.capture.packed import dechunk, too_large, undo
from onrecord.capture.recorded import (
    WARC_METADATA,
    WARC_SCREENSHOT,
    is_proved,
    is_proved_shot,
    restored,
    told,
    told_shot,
    with_text,
)
from onrecord.capture.warc import Damage, Place, Record, parse_fields, read_record, read_records
from onrecord.errors import InputError
from onrecord.records import Capture, Given, Hop, Screenshot
from onrecord.text.decoding import is_derived
from onrecord.text.instants import normalise

KNOWN = 1_000_000
"""Payloads of earlier records that are remembered for revisits: about 200 MB."""
WAITING = 10_000
"""Redirects whose page has not come yet that are remembered."""
TOLD = 20
"""Damaged places, and revisits without a payload, that are told one by one; the others are counted."""
LONGEST_CHAIN = 20
MOST_SHOTS = 10
"""Screenshots of one capture that are held until it comes."""

PAGES = frozenset(
    "text/html application/xhtml+xml text/plain text/markdown application/rss+xml application/atom+xml "
    "application/rdf+xml application/feed+json application/xml text/xml application/pdf text/vtt "
    "application/x-subrip message/rfc822 multipart/related".split()
)
"""Content types of what is captured. JSON is, if it is a feed; what has no type, if its bytes are a page."""
_UNTYPED = frozenset(("", "application/octet-stream", "binary/octet-stream", "unknown/unknown"))
_KINDS = (
    (re.compile(r"image/|an image"), "images"),
    (re.compile(r"video/|application/(?:vnd\.apple\.mpegurl|dash\+xml|x-mpegurl)|a film"), "films"),
    (re.compile(r"audio/|a sound"), "sounds"),
    (re.compile(r"font/|application/(?:x-)?font|application/vnd\.ms-fontobject|a font"), "fonts"),
    (re.compile(r"text/css"), "style sheets"),
    (re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script|application/wasm"), "scripts"),
    (
        re.compile(r"(?:application|text)/(?:[\w.-]+\+)?json|application/(?:json|x-protobuf)"),
        "data",
    ),
)
_CODED = ("content-type", "content-encoding", "transfer-encoding")
"""Headers that say how a payload is to be read."""
_SITE_FILES = frozenset(("/robots.txt", "/ads.txt", "/app-ads.txt"))
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\r\n]*\r?\n")
_BLANK = re.compile(rb"\r?\n\r?\n")

Opener = Callable[[], AbstractContextManager[BinaryIO]]
"""Opens a WARC file again."""


@dataclass(frozen=True)
class Answer:
    """A server's answer, its headers by name in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Payloads:
    """Where the payloads of one adding lie, for `revisit` records that name them instead of repeating
    them: of this WARC file and of those before it."""

    _files: list[Opener] = field(default_factory=list)
    _places: OrderedDict[bytes, tuple[int, Place]] = field(default_factory=OrderedDict)

    def begin(self, opener: Opener) -> None:
        """A file whose records are remembered from now on."""
        self._files.append(opener)

    def remember(self, record: Record) -> None:
        """A record whose payload was captured."""
        if record.kind == "revisit":
            return
        for key in _keys(record.fields, "warc-target-uri", "warc-date"):
            self._places[key] = (len(self._files) - 1, record.place)
            if len(self._places) > KNOWN:
                self._places.popitem(last=False)

    def find(self, record: Record, largest: int) -> Record | None:
        """The record whose payload a revisit repeats, or None if it was not read before."""
        for key in _keys(record.fields, "warc-refers-to-target-uri", "warc-refers-to-date"):
            if key in self._places:
                number, place = self._places[key]
                try:
                    with self._files[number]() as file:
                        return read_record(file, place, largest)
                except (OSError, ValueError):  # taken away or closed since it was read
                    return None
        return None


def _keys(fields: Mapping[str, str], uri: str, date: str) -> Iterator[bytes]:
    if digest := fields.get("warc-payload-digest"):
        yield hashlib.blake2b(digest.strip().upper().encode(), digest_size=12).digest()
    if uri in fields and date in fields:
        name = f"{_unbracketed(fields[uri])} {fields[date]}"
        yield hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=12).digest()


def from_warc(
    opener: Opener, name: str, largest: int, payloads: Payloads, given: Given | None = None
) -> Iterator[Found | InputError]:
    """The captures of a WARC file that `opener` opens and that is called `name`; what cannot be used
    in its place; at the end one line that counts what is no page. `largest` bytes may a page have."""
    payloads.begin(opener)
    reader = _Reader(name, largest, payloads, given or Given())
    damaged = 0
    with opener() as file:
        for record in read_records(file, largest):
            if isinstance(record, Damage):
                damaged += 1
                if damaged <= TOLD:
                    yield InputError(record.what, where=f"{name}{record.place}")
                continue
            try:
                found = reader.read(record)
            except InputError as error:
                yield error
                continue
            if found:
                payloads.remember(record)
                yield found
    if damaged > TOLD:
        yield InputError(f"{damaged - TOLD:,} more damaged places", where=name)
    yield from reader.summary()


@dataclass
class _Reader:
    name: str
    largest: int
    payloads: Payloads
    given: Given
    found: int = 0
    left: Counter[str] = field(default_factory=Counter)
    revisits: int = 0
    redirects: OrderedDict[str, tuple[Hop, ...]] = field(default_factory=OrderedDict)
    """The page a redirect leads to, and how one came there."""
    told: tuple[str, Capture | None] = ("", None)
    """What the last metadata record of another onrecord tells, and of which record."""
    text: str | None = None
    """What a reader gave for it, if that came with it."""
    told_shot: tuple[str, Screenshot | None] = ("", None)
    """What the last metadata record tells of a screenshot, and of which record."""
    shots: list[tuple[Screenshot, bytes]] = field(default_factory=list)
    """Screenshots whose capture has not come yet."""
    doubt: str = ""
    """Why that is not used for the record that is being read."""

    def read(self, record: Record) -> Found | None:
        """The capture of a record, or None for what is no page: it is counted. Raises InputError for
        a page that cannot be used."""
        if record.kind == "metadata" and record.fields.get("content-type") == WARC_METADATA:
            self.told = (record.fields.get("warc-refers-to", ""), told(record.block))
            self.text = None
        if record.kind == "metadata" and record.fields.get("content-type") == WARC_SCREENSHOT:
            self.told_shot = (record.fields.get("warc-refers-to", ""), told_shot(record.block))
        if record.kind in ("warcinfo", "request", "metadata"):
            return None
        if self.told_shot[1] and self.told_shot[0] == record.fields.get("warc-record-id"):
            self._picture(record, self.told_shot[1])
            return None
        self.doubt = ""
        if self.told[1] and self.told[0] == record.fields.get("warc-record-id"):
            found = self._restored(record, self.told[1])
            if found:
                return found
        if record.kind == "conversion" and self._is_told_text(record):
            return None
        if record.kind not in ("response", "resource", "revisit"):
            known = record.kind in ("conversion", "continuation")
            self.left[f"{record.kind if known else 'other'} records"] += 1
            return None
        url = _unbracketed(record.fields.get("warc-target-uri", ""))
        scheme = url.partition(":")[0].lower()
        if scheme not in ("http", "https", "ftp"):
            known = scheme in ("dns", "urn", "whois", "metadata", "file")
            self.left[
                f"records of {scheme}: addresses" if known else "records of other addresses"
            ] += 1
            return None
        where = f"{self.name}{record.place} ({shown(url)})"
        status, headers, body = self._content(record, where)
        if status and 300 <= status < 400 and "location" in headers:
            self._redirected(url, status, headers["location"])
            return None
        if status not in (None, 200, 203) and (record.kind, status) != ("revisit", 304):
            self.left[f"answers with status {status}"] += 1
            return None
        if record.kind == "revisit":
            content = self._revisited(record, where, headers)
            if content is None:
                return None
            coded = {name: content[0][name] for name in _CODED if name in content[0]}
            headers = {k: v for k, v in headers.items() if k not in _CODED} | coded
            body = content[1]
        if kind := _no_page(headers.get("content-type", ""), url):
            self.left[kind] += 1
            return None
        if record.large:
            raise too_large(where, self.largest)
        return self._captured(record, url, where, status, headers, body)

    def _is_told_text(self, record: Record) -> bool:
        """Keeps the text that a reader gave for the capture that comes next, if it is that."""
        one = self.told[1]
        ours = one and record.fields.get("warc-refers-to") == self.told[0] and not record.large
        if not ours or not record.fields.get("content-type", "").startswith("text/plain"):
            return False
        self.text = record.block.decode("utf-8", "replace")
        return True

    def _picture(self, record: Record, one: Screenshot) -> None:
        """A screenshot that another onrecord exported; it waits for its capture."""
        if record.large:
            raise too_large(f"{self.name}{record.place}", self.largest)
        if is_proved_shot(record.block, one):
            self.shots = [*self.shots, (one, record.block)][-MOST_SHOTS:]
        else:
            self.left["images"] += 1

    def _restored(self, record: Record, one: Capture) -> Found | None:
        """A capture as another onrecord exported it, whatever its address and status; None if the bytes
        are not those that it tells of."""
        where = f"{self.name}{record.place}"
        if record.large:
            raise too_large(where, self.largest)
        _, headers, body = self._content(record, where)
        if record.kind == "revisit":
            content = self._revisited(record, where, {})
            if content is None:
                return None
            headers, body = content
        if not is_proved(hashlib.sha256(body).hexdigest(), one):
            self.doubt = "what a metadata record tells of it is not used: its bytes do not prove it"
            return None
        self.redirects.pop((one.final_url or one.url or "").partition("#")[0], None)
        origin = Origin(path=where, content_type=headers.get("content-type"))
        self.found += 1
        shots = tuple(shot for shot in self.shots if shot[0].capture_id == one.id)
        self.shots = []
        if self.text is not None and is_derived(one.decoder):
            found = with_text(body, one, self.given, self.text)
        else:
            found = restored(capture(body, origin), one, self.given)
        return replace(found, shots=shots)

    def _content(self, record: Record, where: str) -> tuple[int | None, Mapping[str, str], bytes]:
        kind = record.fields.get("content-type", "").strip().lower()
        if not kind.startswith("application/http") and record.kind == "resource":
            return None, {"content-type": kind}, record.block
        answer = _answer(record.block)
        if answer:
            return answer.status, answer.headers, answer.body
        if record.kind == "revisit":
            return None, {}, b""
        raise InputError("not captured", where=where, why="the record holds no answer of a server")

    def _redirected(self, url: str, status: int, location: str) -> None:
        try:
            target = urljoin(url, location.strip()).partition("#")[0]
        except ValueError:  # a location that is no address leads nowhere
            return
        before = self.redirects.pop(url.partition("#")[0], ())
        if len(before) < LONGEST_CHAIN:
            self.redirects[target] = (*before, Hop(url=url, status=status))
        if len(self.redirects) > WAITING:
            self.redirects.popitem(last=False)

    def _revisited(
        self, record: Record, where: str, headers: Mapping[str, str]
    ) -> tuple[Mapping[str, str], bytes] | None:
        if "content-type" in headers and (kind := _no_page(headers["content-type"], "")):
            self.left[kind] += 1
            return None
        earlier = self.payloads.find(record, self.largest)
        if earlier:
            _, found, body = self._content(earlier, where)
            return found, body
        self.revisits += 1
        if self.revisits > TOLD:
            self.left["revisits of records that were not added"] += 1
            return None
        raise InputError(
            "not captured",
            where=where,
            why="a revisit record names an earlier one that was not added",
            do="add the archive it is in together with this one",
        )

    def _captured(
        self,
        record: Record,
        url: str,
        where: str,
        status: int | None,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Found | None:
        damages = [record.note, self.doubt]
        if "chunked" in headers.get("transfer-encoding", "").lower():
            whole = dechunk(body)
            body, damages = whole.data, [*damages, whole.damage]
        codings = headers.get("content-encoding", "").split(",")
        plain = undo(body, codings, self.largest, where)
        body, damages = plain.data, [*damages, plain.damage]
        truncated = record.fields.get("warc-truncated")
        if truncated and (record.kind, truncated) != ("revisit", "length"):
            damages.append(f"the crawler cut it off ({truncated})")
        told = headers.get("content-type", "")
        if kind := _no_page_bytes(body, told):
            if plain.damage:
                raise InputError("not captured", where=where, why=plain.damage)
            self.left[kind] += 1
            return None
        day = record.fields.get("warc-date", "")
        captured_at = normalise(day)
        if captured_at is None:
            damages.append(f"its WARC-Date {day[:40]!r} is no time, left unknown")
        hops = self.redirects.pop(url.partition("#")[0], ())
        origin = Origin(
            path=f"{self.name}{record.place}",
            url=hops[0].url if hops else url,
            final_url=url,
            captured_at=captured_at,
            status=200 if record.kind == "revisit" else status,
            content_type=told or None,
            given=self.given,
            redirects=hops,
            headers=kept_headers(headers.items()),
        )
        try:
            found = capture(body, origin)
        except InputError as error:
            raise InputError(error.what, where=where, why=error.why, do=error.do) from error
        self.found += 1
        lines = tuple(
            InputError("captured, but not whole", where=where, why=damage).line()
            for damage in damages
            if damage
        )
        return replace(found, lines=found.lines + lines)

    def summary(self) -> Iterator[InputError]:
        """One line that counts what is no page."""
        if self.left:
            counted = sorted(self.left.items(), key=lambda item: (-item[1], item[0]))
            yield InputError(
                "left out",
                where=self.name,
                why="no pages, texts or feeds: "
                + ", ".join(f"{kind} ({count:,})" for kind, count in counted),
            )
        if not self.found:
            yield InputError("no page in this archive", where=self.name)


def _unbracketed(uri: str) -> str:
    """wget writes a URI as `<URI>`."""
    uri = uri.strip()
    return uri[1:-1] if uri.startswith("<") and uri.endswith(">") else uri


def _answer(block: bytes) -> Answer | None:
    first = _STATUS.match(block)
    if not first:
        return None
    blank = _BLANK.search(block, first.end() - 2)
    head = block[first.end() : blank.start()] if blank else block[first.end() :]
    body = block[blank.end() :] if blank else b""
    return Answer(int(first[1]), parse_fields(head), body)


def _no_page(content_type: str, url: str) -> str | None:
    """What an answer is that is no page, by its content type; None if it may be one."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain" and _path(url) in _SITE_FILES:
        return "robots.txt and the like"
    if kind in PAGES or kind in _UNTYPED or kind == "application/json":
        return None
    return next((name for pattern, name in _KINDS if pattern.match(kind)), "other files")


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _no_page_bytes(body: bytes, content_type: str) -> str | None:
    """The same by the bytes."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return "empty answers"
    if body.startswith(b"%PDF-"):
        return None
    stripped = body.strip()
    json = stripped[:1] + stripped[-1:] in (b"{}", b"[]")
    try:
        found = sniff.media_type(body, "")
    except InputError as error:
        what = error.why.removeprefix("it is ")
        return next((name for pattern, name in _KINDS if pattern.match(what)), "other files")
    if json and found in ("text/plain", "text/html"):
        return "data"
    if found != "text/plain":
        return None
    if kind in ("application/json", "application/xml", "text/xml", "application/rdf+xml"):
        return "data"
    return "other files" if kind in _UNTYPED else None

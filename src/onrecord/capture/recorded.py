"""Captures that another onrecord had: what it says of one is believed where it can be checked.

A capture's id is a hash over its bytes, its address and its time as they are written in the record. Who
has the bytes can compute it again: if it comes out as it is said to be, address and time are those that
belong to it. So a record copied from another one has the same ids. Everything else that is said has the
weight of any archive's word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from onrecord.capture.capturing import Found
from onrecord.capture.headers import kept_headers
from onrecord.records import SCHEMA_VERSION, Capture, Given, Hop, Screenshot
from onrecord.text.decoding import decode, is_codec, is_derived
from onrecord.text.ids import make_id
from onrecord.text.instants import normalise
from onrecord.text.urls import article_id

PNG = b"\x89PNG\r\n\x1a\n"
WARC_METADATA = "application/vnd.onrecord.capture+json"
"""Content type of a WARC metadata record that holds a `Told`."""
WARC_SCREENSHOT = "application/vnd.onrecord.screenshot+json"
"""Content type of a WARC metadata record that holds a `Screenshot`: it stands before the resource record
of the picture, and that one before its capture's records."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What an onrecord says of a capture it serves (publish/mementos.py)."""

    id: str
    url: str
    captured_at: str
    final_url: str | None = None
    redirects: tuple[Hop, ...] = ()


def said(written: str | None) -> Said | None:
    """What the header `Onrecord-Capture` says; None if there is none or it is none."""
    if not written:
        return None
    try:
        return msgspec.json.decode(written, type=Said)
    except (msgspec.DecodeError, UnicodeError):  # any server may send a header of this name
        return None


def is_proved(sha256: str, one: Said | Capture) -> bool:
    """Whether bytes of this hash have the id that is said, by the address and time that are said."""
    if one.captured_at is not None and normalise(one.captured_at) != one.captured_at:
        return False
    where = one.url or (one.path if isinstance(one, Capture) else "")
    return make_id("cap", sha256, where, one.captured_at) == one.id


def proved(data: bytes, headers: Mapping[str, str]) -> Said | None:
    """What the header says of these bytes, if the id proves it."""
    one = said(headers.get("onrecord-capture"))
    return one if one and is_proved(hashlib.sha256(data).hexdigest(), one) else None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an exported WARC file says of a capture in it (publish/warc_out.py)."""

    schema_version: int
    note: str
    capture: Capture


def told(block: bytes) -> Capture | None:
    """The capture that a metadata record tells of; None if it tells of none, or in a newer form."""
    try:
        found = msgspec.json.decode(block, type=Told)
    except (msgspec.DecodeError, UnicodeError):  # any file may hold a record of this type
        return None
    return found.capture if found.schema_version <= SCHEMA_VERSION else None


def told_shot(block: bytes) -> Screenshot | None:
    """The screenshot that a metadata record tells of, or None."""
    try:
        return msgspec.json.decode(block, type=Screenshot)
    except (msgspec.DecodeError, UnicodeError):
        return None


def is_proved_shot(png: bytes, one: Screenshot) -> bool:
    """Whether a picture is the one that is told of, and has the id that is said."""
    sha = hashlib.sha256(png).hexdigest()
    same = sha == one.sha256 and len(png) == one.bytes and png.startswith(PNG)
    timed = normalise(one.taken_at) == one.taken_at
    return same and timed and make_id("scr", one.capture_id, sha, one.taken_at) == one.id


def restored(found: Found, one: Capture, given: Given) -> Found:
    """The capture as the record had it that exported these bytes, which prove it; what is `given` now
    wins. Without the text that came with a PDF and the like it stays as it was read here."""
    here = found.capture
    same = not is_derived(here.decoder) and _decodes(found.data, one.decoder)
    capture = _as_it_was(found.data, one, given)
    if not same:
        capture = msgspec.structs.replace(capture, media_type=here.media_type, decoder=here.decoder)
    return replace(found, capture=capture)


def with_text(data: bytes, one: Capture, given: Given, text: str) -> Found:
    """The same for a capture that has a derived decoder: with the text that its reader gave then, in
    which the addresses of evidence count."""
    return Found(_as_it_was(data, one, given), data, text=text)


def _decodes(data: bytes, decoder: str) -> bool:
    """Whether a codec gives a text for the bytes, as every codec does that a capture is read by."""
    try:
        return is_codec(decoder) and isinstance(decode(data, decoder), str)
    except (UnicodeError, ValueError):  # some codecs take no bytes but their own
        return False


def _as_it_was(data: bytes, one: Capture, given: Given) -> Capture:
    values = msgspec.structs.asdict(given)
    wins = {name: value for name, value in values.items() if value is not None}
    return msgspec.structs.replace(
        one,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        article_id=article_id(one.url, one.id),
        given=msgspec.structs.replace(one.given, **wins),
        headers=kept_headers(one.headers.items()),
    )

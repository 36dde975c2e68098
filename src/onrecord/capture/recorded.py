"""Captures that another onrecord had: what it says of one is believed where it can be checked.

A capture's id is a hash over its bytes, its address and its time as they are written in the record. Who
has the bytes can compute it again: if it comes out as it is said to be, address and time are those that
belong to it. So a record copied from another one has the same ids. Everything else that is said has the
weight of any archive's word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from onrecord.records import Capture, Hop
from onrecord.text.ids import make_id


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
    where = one.url or (one.path if isinstance(one, Capture) else "")
    return make_id("cap", sha256, where, one.captured_at) == one.id


def proved(data: bytes, headers: Mapping[str, str]) -> Said | None:
    """What the header says of these bytes, if the id proves it."""
    one = said(headers.get("onrecord-capture"))
    return one if one and is_proved(hashlib.sha256(data).hexdigest(), one) else None

"""Two notes of one capture become one, the same whichever came first."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from onrecord.records import Capture, Given
from onrecord.text.decoding import is_derived

T = TypeVar("T", Capture, Given)


def merged(a: Capture, b: Capture) -> Capture:
    """Field by field what is known; where both know something else, the smaller text, so that the
    order of adding does not matter. Both have the same id, so bytes, URL and time are equal. Only a
    derived decoder stays the first one's: its text is stored, and addresses count in it."""
    decoder = a.decoder if is_derived(a.decoder) else min(a.decoder, b.decoder)
    return _merged(a, b, given=_merged(a.given, b.given), decoder=decoder)


def _merged(a: T, b: T, **fixed: object) -> T:
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(type(a)):
        left, right = getattr(a, field.name), getattr(b, field.name)
        if field.name in fixed:
            continue
        values[field.name] = (
            left
            if not _known(right)
            else right
            if not _known(left)
            else min(left, right, key=_order)
        )
    return msgspec.structs.replace(a, **values, **fixed)


def _known(value: object) -> bool:
    return value is not None and value != () and value != {}


def _order(value: object) -> tuple[bool, object]:
    """Texts and numbers by themselves, what has parts by its canonical JSON."""
    if isinstance(value, str | int):
        return (False, value)
    return (True, msgspec.json.encode(value, order="deterministic"))

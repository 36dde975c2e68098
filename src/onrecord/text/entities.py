"""HTML's character references (`&amp;`, `&#233;`), resolved as the standard's tokenizer does.

Unlike `html.unescape` it says how many characters a reference takes, keeps apart text and attribute
values (`?a=1&copy=2` is an address there), and never fails: a number of any length has a value.
Source: HTML Standard, 13.2.5.72 to 13.2.5.80 (character reference states).
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

PATTERN = r"&(?:#(?:[xX][0-9a-fA-F]++|[0-9]++);?+|[A-Za-z][A-Za-z0-9]*+;?+)"
"""What may be a character reference; `resolve` says whether it is one."""

_REFERENCE = re.compile(PATTERN)
_IN_ATTRIBUTE = re.compile(PATTERN + "=?+")
_LONGEST_OPEN = max(len(name) for name in html5 if not name.endswith(";"))
_LONGEST_NAME = max(map(len, html5))
_LONGEST_NUMBER = 7
"""Digits of U+10FFFF in decimal; leading zeros are not counted."""
_CACHED = 64


def resolve(raw: str) -> tuple[str, int]:
    """The text of the reference at the head of `raw` (a match of PATTERN), and its length there.

    ("", 0) if it is none. The text is "" for control characters and noncharacters.
    """
    return _resolve(raw) if len(raw) <= _CACHED else _resolve_any(raw)


@lru_cache(maxsize=2048)
def _resolve(raw: str) -> tuple[str, int]:
    return _resolve_any(raw)


def _resolve_any(raw: str) -> tuple[str, int]:
    if raw[1] == "#":
        hexadecimal = raw[2] in "xX"
        digits = raw[3 if hexadecimal else 2 :].rstrip(";").lstrip("0")
        if len(digits) > _LONGEST_NUMBER:
            return "\ufffd", len(raw)
        return html.unescape(f"&#{'x' if hexadecimal else ''}{digits or 0};"), len(raw)
    if len(raw) <= _LONGEST_NAME + 1 and (found := html5.get(raw[1:])):
        return found, len(raw)
    for size in range(min(_LONGEST_OPEN, len(raw) - 1), 1, -1):
        if found := html5.get(raw[1 : size + 1]):
            return found, size + 1
    return "", 0


def _text(match: re.Match[str]) -> str:
    raw = match[0]
    text, used = resolve(raw)
    return text + raw[used:]


def _value(match: re.Match[str]) -> str:
    raw = match[0]
    text, used = resolve(raw.rstrip("="))
    if used and raw[used - 1] != ";" and raw[used : used + 1] and raw[1] != "#":
        return raw
    return text + raw[used:]


def unescape(text: str) -> str:
    """Text with its character references resolved."""
    return _REFERENCE.sub(_text, text) if "&" in text else text


def unescape_attribute(value: str) -> str:
    """An attribute's value with its references resolved: a name without a semicolon counts there
    only where no letter, digit or `=` follows it."""
    return _IN_ATTRIBUTE.sub(_value, value) if "&" in value else value

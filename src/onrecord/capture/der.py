"""The little of DER (X.690) that time-stamps need: elements with tag, length and content.

Nothing here checks a signature; that takes a library of its own, or `openssl ts -verify`. Writing a
request and finding the hash inside a token takes tags and lengths alone, and a record must be able to
check its tokens' hashes wherever it is opened.
"""

from __future__ import annotations

from dataclasses import dataclass

BOOLEAN, INTEGER, OCTETS, NULL, OID, UTF8, TIME = 0x01, 0x02, 0x04, 0x05, 0x06, 0x0C, 0x18
SEQUENCE, SET, EXPLICIT = 0x30, 0x31, 0xA0
LONG_TAG = 0x1F
LONGEST = 4
"""Bytes of a length; four allow for more than any token has."""


class BadDer(ValueError):
    """Bytes that are no DER, or not the elements that were looked for."""


@dataclass(frozen=True)
class Element:
    """One element: its tag and its content, which for SEQUENCE and the like are elements again."""

    tag: int
    content: bytes

    def inside(self, tag: int = SEQUENCE) -> tuple[Element, ...]:
        """The elements inside one that must have this tag. Raises BadDer."""
        self.must(tag)
        return elements(self.content)

    def must(self, tag: int) -> bytes:
        """The content of an element that must have this tag. Raises BadDer."""
        if self.tag != tag:
            raise BadDer(f"an element has the tag {self.tag:#04x} where {tag:#04x} should stand")
        return self.content

    @property
    def number(self) -> int:
        """The value of an INTEGER. Raises BadDer."""
        content = self.must(INTEGER)
        if not content:
            raise BadDer("an INTEGER without a value")
        return int.from_bytes(content, "big", signed=True)


def elements(data: bytes) -> tuple[Element, ...]:
    """All elements that the bytes are, one after the other. Raises BadDer."""
    found, at = [], 0
    while at < len(data):
        if len(data) - at < 2 or data[at] & LONG_TAG == LONG_TAG:
            raise BadDer("an element is cut off, or has a long tag")
        tag, size, at = data[at], data[at + 1], at + 2
        if size >= 0x80:
            count = size & 0x7F
            if not 0 < count <= LONGEST or at + count > len(data):
                raise BadDer("a length is indefinite, too large or cut off")
            size, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + size > len(data):
            raise BadDer("an element is longer than what holds it")
        found.append(Element(tag, data[at : at + size]))
        at += size
    return tuple(found)


def element(tag: int, *contents: bytes) -> bytes:
    """An element written: its content is what the contents are together."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(value: int) -> bytes:
    """A number that is not negative, as an INTEGER."""
    return element(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(*arcs: int) -> bytes:
    """An OBJECT IDENTIFIER: `oid(1, 2, 840)` is 1.2.840."""
    content = bytearray()
    for arc in (40 * arcs[0] + arcs[1], *arcs[2:]):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        content += bytes(reversed(groups))
    return element(OID, bytes(content))

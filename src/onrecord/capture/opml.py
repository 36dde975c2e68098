"""OPML: lists of feeds, as feed readers give and take them (opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from onrecord.errors import InputError

_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_OPML = re.compile(rb"<opml\b", re.IGNORECASE)
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 may hold."""
HEAD = 4096
"""Bytes in which a file shows that it is OPML."""


@dataclass(frozen=True)
class Outline:
    """A feed of a list: its address, and what the list calls it."""

    url: str
    title: str | None


def is_opml(data: bytes) -> bool:
    """Whether bytes are a list of feeds."""
    return bool(_OPML.search(data[:HEAD]))


def read_opml(data: bytes, name: str) -> tuple[Outline, ...]:
    """The feeds of a list, folders within folders included, each address once.

    Raises InputError if it is no well-formed XML or declares entities (none needs them, and they can
    be made to grow without end).
    """
    if _ENTITY.search(data):
        raise InputError("not a list of feeds", where=name, why="it declares a document type")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise InputError("not a list of feeds", where=name, why=str(error)) from error
    found: dict[str, Outline] = {}
    for outline in root.iter("outline"):
        url = next((v.strip() for k, v in outline.items() if k.lower() == "xmlurl"), "")
        if url:
            title = outline.get("title") or outline.get("text")
            found.setdefault(url, Outline(url, title.strip() if title else None))
    return tuple(found.values())


def write_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """A list of feeds as OPML 2.0, in the order given."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for one in outlines:
        ElementTree.SubElement(
            body,
            "outline",
            type="rss",
            text=_BAD.sub("\ufffd", one.title or one.url),
            xmlUrl=one.url,
        )
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"

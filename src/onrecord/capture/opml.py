"""OPML: lists of feeds, as feed readers give and take them (opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from onrecord.errors import InputError

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
    """Whether bytes are a list of feeds, in UTF-8 or UTF-16."""
    return bool(_OPML.search(data[:HEAD].replace(b"\0", b"")))


def read_opml(data: bytes, name: str) -> tuple[Outline, ...]:
    """The feeds of a list, folders within folders included, each address once.

    Raises InputError if it is no well-formed XML or declares a document type: none needs one, and the
    entities in it can be made to grow without end.
    """
    found: dict[str, Outline] = {}

    def element(tag: str, attributes: Mapping[str, str]) -> None:
        named = {key.lower(): value.strip() for key, value in attributes.items()}
        url = named.get("xmlurl")
        if url and tag.lower() == "outline":
            title = named.get("title") or named.get("text")
            found.setdefault(url, Outline(url, None if title == url else title or None))

    def refuse(*_: object) -> None:
        raise InputError("not a list of feeds", where=name, why="it declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # also an encoding that is not known, or not read by this parser
        raise InputError("not a list of feeds", where=name, why=str(error)) from error
    return tuple(found.values())


def write_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """A list of feeds as OPML 2.0, in the order given."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _BAD.sub(
        "\ufffd", title
    )
    body = ElementTree.SubElement(root, "body")
    for one in outlines:
        ElementTree.SubElement(
            body,
            "outline",
            type="rss",
            text=_BAD.sub("\ufffd", one.title or one.url),
            xmlUrl=_BAD.sub("\ufffd", one.url),
        )
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"

"""Web links as RFC 8288 writes them: in `Link` headers, and in time maps (application/link-format)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TARGET = re.compile(r"<([^<>]*)>")
_PARAMETER = re.compile(r'\s*;\s*([^\s=;,"<>]*)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;,"<>]*))?')
_END = re.compile(r"\s*(?:,|$)")


@dataclass(frozen=True)
class Link:
    """One link: `parameters` by lower-case name, the first of a name counts; `written` as it stood."""

    target: str
    parameters: Mapping[str, str]
    written: str

    @property
    def relations(self) -> frozenset[str]:
        """The relation types, in lower case."""
        return frozenset(self.parameters.get("rel", "").lower().split())


def read_links(text: str) -> tuple[tuple[Link, ...], int]:
    """The links of a header's value or of a whole document, and how many stretches are none."""
    links: list[Link] = []
    bad = at = 0
    lost = False
    while (opening := text.find("<", at)) >= 0:
        bad += not lost and not _is_gap(text[at:opening])
        link, at = _one(text, opening)
        lost = link is None
        if link:
            links.append(link)
        bad += lost
    bad += not lost and not _is_gap(text[at:])
    return tuple(links), bad


def _is_gap(text: str) -> bool:
    return not text.strip(" \t\r\n,")


def _one(text: str, opening: int) -> tuple[Link | None, int]:
    """The link that opens there, or None, and where to look for the next one."""
    start = _TARGET.match(text, opening)
    if start is None:
        return None, opening + 1
    at = start.end()
    parameters: dict[str, str] = {}
    while match := _PARAMETER.match(text, at):
        value = match[2] or ""
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
        if match[1]:
            parameters.setdefault(match[1].lower(), value)
        at = match.end()
    end = _END.match(text, at)
    if end is None:
        return None, at
    return Link(start[1].strip(), parameters, text[opening:at]), end.end()

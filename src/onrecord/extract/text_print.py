"""Print views and reader-mode dumps: what they set above and below a report.

    Printed from https://paper.example/bridge          URL: https://paper.example/bridge
    14/03/2014, 09:30    Bridge closed - The Paper      https://paper.example/bridge    1/2
    Print this page · Close window                      3-4 minutes

Only lines of these forms near the top or the bottom count; the address they name is the report's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract.text_lines import Unit

PRINT = "frame of a print view"
EDGE = 6
"""Lines from the top and from the bottom among which such a frame is looked for."""

_URL = r"(?P<url>https?://[^\s<>\"|]+)"
_SOURCE = re.compile(
    r"(?:this (?:article|page|story) (?:was )?(?:printed|is (?:available|online)|can be found|first appeared) (?:from|at|on|in).{0,60}?|"
    r"(?:re)?printed (?:from|at|on).{0,60}?|(?:article|page|source|original|short|canonical)?\s?(?:url|link|address|permalink|source)(?: source)?\s?:|"
    r"(?:find|view|see|read) (?:this|the) (?:article|page|story|original)(?: online)? (?:at|on)\s?:?|(?:retrieved|available|accessed|downloaded|saved) (?:from|at)\s?:?|"
    r"gedruckt von|adresse\s?:|imprimé (?:de|depuis)|impreso (?:de|desde)|impresso de)\s*<?"
    + _URL
    + r">?\s*(?:on .{0,30})?",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:printed|gedruckt) (?:from|on|by|von|am)\b.{0,80}|print (?:this )?(?:page|article|story|view|version|edition)|printer[- ]friendly(?: (?:version|page))?|"
    r"close (?:this )?(?:window|page)|click here to print(?: this page)?|send this (?:page|article) to (?:a )?(?:friend|printer)|page \d{1,3} of \d{1,3}|"
    r"markdown content:|\d{1,3}\s?[-–]\s?\d{1,3} min(?:ute)?s(?: read)?|reader (?:view|mode)|exit reader(?: view| mode)?",
    re.IGNORECASE,
)
_BROWSER = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}:\d{2}(?:\s?[AP]M)?\s{1,}\S.{0,200}|"
    + r"https?://[^\s<>\"|]+\s+(?:page )?\d{1,3}\s?(?:/|of)\s?\d{1,3}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"<?" + _URL + r">?(?:\s+(?:page )?\d{1,3}\s?(?:/|of)\s?\d{1,3})?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Printed:
    """The address that a print view names, and where (code points of the capture)."""

    url: str
    start: int
    end: int


def print_view(lines: Sequence[Unit]) -> tuple[dict[int, str], Printed | None]:
    """(lines that are the frame of a print view, with the reason; the address it names).

    A bare address counts beside another line of the frame, and so does what a browser prints at the
    edge of every page.
    """
    edges = [i for i in range(len(lines)) if i < EDGE or i >= len(lines) - EDGE]
    found: dict[int, str] = {}
    printed: Printed | None = None
    bare: list[tuple[int, re.Match[str]]] = []
    for i in edges:
        text = lines[i].text
        if len(text) > 300:
            continue
        match = _SOURCE.fullmatch(text)
        if match or _FRAME.fullmatch(text) or (_BROWSER.fullmatch(text) and len(lines) > 2):
            found[i] = PRINT
        if match and printed is None:
            printed = _printed(lines[i], match)
        elif bare_match := _BARE.fullmatch(text):
            bare.append((i, bare_match))
    if found:
        for i, match in bare:
            found[i] = PRINT
            printed = printed or _printed(lines[i], match)
    return found, printed


def _printed(unit: Unit, match: re.Match[str]) -> Printed | None:
    url = match["url"].rstrip(".,;)")
    if unit.end - unit.start != len(unit.text):
        return Printed(url, unit.start, unit.end)
    return Printed(url, unit.start + match.start("url"), unit.start + match.start("url") + len(url))

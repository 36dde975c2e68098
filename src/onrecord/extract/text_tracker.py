"""Pages that compare an article's versions in a table, as text: a frame, then rows of `|` cells.

    This article is from the source 'x' and was first published or seen on D.
    ... original source at http://...
    The article has changed N times.
    Version 0 | Version 1 |
    ---|---|
    text of both, or of the older | text of the newer |

The newest wording is read; older cells are left out with their version's name. What the page says
exists but does not hold is named in `missing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.masthead import bounds_of_time
from onrecord.extract.text_build import Piece
from onrecord.extract.text_captions import glued_caption
from onrecord.extract.text_lines import Unit, unit_of
from onrecord.extract.text_times import FULL, find_times
from onrecord.gazetteer.outlets import Outlets
from onrecord.records import Bounds, CaptureSpan

FRAME = "frame of the revision page"

_SOURCE = re.compile(r"\bfrom the source ['\"‘“](?P<name>[^'\"’”]{2,40})['\"’”]")
_SEEN = re.compile(r"\bfirst (?:published or )?seen (?:on|at)\s+(?P<when>[^.]{6,40})")
_URL = re.compile(
    r"\b(?:original source|source|found|article)\b[^\n]{0,60}?(?P<url>https?://[^\s<>\"|]+)"
)
_CHANGED = re.compile(
    r"\b(?:article )?has (?:been )?changed (?P<n>\d{1,4}|once|twice) ?(?:times?)?\b"
)
_VERSION = re.compile(r"Version \d{1,4}", re.IGNORECASE)
_RULE = re.compile(r"[\s|:\-]+")
_LATER = re.compile(r"\((?:about |less than |over |almost )?[\w ]{1,24} (?:later|earlier)\)")


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a revision page says: pieces of its text and what stands in its frame."""

    pieces: tuple[Piece, ...]
    title: str | None
    outlet: str | None
    url: str | None
    announced: int | None
    missing: tuple[str, ...]
    published: Bounds
    evidence: dict[str, tuple[CaptureSpan, ...]]


def _cells(source: str, unit: Unit) -> list[tuple[int, int]]:
    """Ranges of a row's cells, empty ones included."""
    found: list[tuple[int, int]] = []
    start = unit.start
    for match in re.finditer(r"\|", source[unit.start : unit.end]):
        found.append((start, unit.start + match.start()))
        start = unit.start + match.end()
    found.append((start, unit.end))
    return found


def read_tracker(source: str, lines: tuple[Unit, ...], outlets: Outlets) -> Tracked | None:
    """The revision page that a capture is; None if it is none."""
    head = next(
        (
            i
            for i, u in enumerate(lines)
            if "|" in u.text
            and len(_VERSION.findall(u.text)) >= 1
            and not re.sub(r"Version \d+|[\s|]", "", u.text)
        ),
        None,
    )
    if head is None or not any(
        _CHANGED.search(u.text) or _SOURCE.search(u.text) for u in lines[:head]
    ):
        return None
    evidence: dict[str, tuple[CaptureSpan, ...]] = {}
    pieces: list[Piece] = [Piece(u.start, u.end, reason=FRAME) for u in lines[: head + 1]]
    outlet = url = None
    announced: int | None = None
    published = Bounds()

    def span(unit: Unit, match: re.Match[str], group: str) -> tuple[CaptureSpan, ...]:
        at = source.find(match[group], unit.start, unit.end)
        return (CaptureSpan(start=at, end=at + len(match[group])),) if at >= 0 else ()

    for unit in lines[:head]:
        if outlet is None and (match := _SOURCE.search(unit.text)):
            known = outlets.by_name(match["name"])
            outlet = known.name if known else match["name"]
            evidence["outlet"] = span(unit, match, "name")
        if url is None and (match := _URL.search(unit.text)):
            url = match["url"].rstrip(".,;)")
            evidence["url"] = span(unit, match, "url")
        if announced is None and (match := _CHANGED.search(unit.text)):
            announced = {"once": 1, "twice": 2}.get(match["n"]) or int(match["n"])
            evidence["announced_versions"] = span(unit, match, "n")
        if (
            (match := _SEEN.search(unit.text))
            and (times := find_times(match["when"]))
            and times[0].status == FULL
        ):
            seen = bounds_of_time(times[0], match["when"], None, "the revision page")
            if seen:
                published = Bounds(
                    latest=seen.latest,
                    text=seen.text,
                    basis="the revision page says when it was first published or seen",
                )
                evidence["published"] = span(unit, match, "when")
    if outlet and not outlets.by_name(outlet) and (known := outlets.by_url(url)):
        outlet = known.name
    versions = _VERSION.findall(lines[head].text)
    title = None
    compared = False
    for unit in lines[head + 1 :]:
        if _RULE.fullmatch(unit.text):
            pieces.append(Piece(unit.start, unit.end, reason=FRAME))
            continue
        filled = [
            (i, low, high)
            for i, (low, high) in enumerate(_cells(source, unit))
            if source[low:high].strip()
        ]
        for position, (column, low, high) in enumerate(filled):
            cell = unit_of(source, low, high, marks=False)
            if _LATER.fullmatch(cell.text):
                pieces.append(Piece(low, high, reason="time between two versions"))
            elif not any(c.isalnum() for c in cell.text):
                pieces.append(Piece(low, high, reason="no words"))
            elif position + 1 < len(filled):
                compared = True
                name = versions[column] if column < len(versions) else "an older version"
                pieces.append(Piece(low, high, reason=f"older wording, of {name}"))
            elif (
                title is None
                and not any(p.kind for p in pieces)
                and not cell.text.endswith(".")
                and len(cell.words) <= 30
            ):
                title = cell.text
                evidence["title"] = (CaptureSpan(start=cell.start, end=cell.end),)
                pieces.append(Piece(low, high, kind="title"))
            else:
                kind = "paragraph" if cell.ends_sentence or len(cell.words) > 14 else "heading"
                cut = glued_caption(source, cell.start, cell.end)
                pieces.append(Piece(low, cut or high, kind=kind))
                if cut:
                    pieces.append(Piece(cut, high, kind="caption"))
    return Tracked(
        tuple(pieces),
        title,
        outlet,
        url,
        announced,
        _missing(versions, announced, compared),
        published,
        evidence,
    )


def _missing(versions: list[str], announced: int | None, compared: bool) -> tuple[str, ...]:
    """What the page names and this capture does not hold."""
    found = []
    for name in versions[:-1]:
        held = (
            "only the words that were changed are held" if compared else "its own text is not held"
        )
        found.append(f"{name} is named, {held}")
    if announced and announced > max(1, len(versions)):
        found.append(f"{announced} changes are announced, {len(versions)} versions are named")
    return tuple(found)

"""Credits: the agencies a report names as its source, in its lead, its masthead and its last lines.

    ab/cd (Reuters, AFP, AP)                             initials and agencies in brackets
    (Reporting by A; Editing by B)                       who wrote and edited it
    The Associated Press contributed to this report.     contributors
    — with files from AP                                 files
    ..., Reuters reported.                               the lead names where it has it from

Credits of pictures ("Image: Reuters") are none. Offsets are code points of the line given, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.text_bylines import bare_names, is_given_name
from onrecord.gazetteer.outlets import Outlet, Outlets

_INITIALS = re.compile(
    r"(?:[a-zA-ZäöüÄÖÜ]{1,4}(?:\s?[/,&]\s?[a-zA-ZäöüÄÖÜ]{1,5})*\s?)?\((?P<in>[^()]{2,80})\)\.?"
)
_STAFF = re.compile(
    r"[(\[]?\s?(?P<role>(?:additional |extra |further )?(?:reporting|writing|written|editing|edited|compiled|translat(?:ed|ion)|contributing|contributions?|"
    r"reported|production|graphics?|with reporting|research)(?:\s+(?:and|&)\s+(?:writing|editing|reporting))?)\s*(?:by|from|:)\s",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:to (?:this|the) (?:report|article|story|piece|dispatch)|reporting)\b"
    r"|\bcontributing to this (?:report|article|story|piece|dispatch)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"[(\[—–\-*\s]*(?:with (?:files|inputs?|reporting|material|additional reporting|agency reports?)(?: from)?|source|sources|quelle|quellen|fuente|fonte|agenc(?:y|ies)|"
    r"via|by|from|mit material von|avec|con informaci[oó]n de|wire reports?|news agenc(?:y|ies))\b\s*:?\s*(?:from\s+)?",
    re.IGNORECASE,
)
_IMAGE_END = re.compile(r"[/–—-]\s?(?:getty images|afp photo|ap photo)\)?$", re.IGNORECASE)
_IMAGE = re.compile(
    r"^\W*(?:image|images|photo|photos|photograph|picture|pictures|foto|fotos|bild|video|credit|graphic|illustration|file photo)\b(?:\s+(?:credit|by|courtesy|source))?s?\s*[:/|©(]|"
    r"^\W*(?:image|photo|photograph|picture|foto)s?\s+(?:credit|by|courtesy|via|copyright)\b|"
    r"^\(?(?:ap|afp|reuters|epa|getty(?: images)?)\s+(?:photo|image|file photo|foto)|^©\s?(?:reuters|ap|afp|getty|epa)",
    re.IGNORECASE,
)
_REPORTED = r"(?:has\s+|have\s+|had\s+)?(?:reported|reports|report|writes|wrote)"


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency (by its registered name) named at `start:end`."""

    name: str
    start: int
    end: int


_MATERIAL = re.compile(
    r"^\W*(?:(?:with|using|based on|compiled (?:from|by)|information from|material from|some (?:information|material) from)\b.{0,60}"
    r"\b(?:inputs?|reports?|reporting|material|information|files|wires?|dispatches)\b|(?:based on|compiled from|information from|material from)\b)"
    r"|\b(?:was used in this (?:report|article|story)|(?:with|using) (?:additional )?(?:material|information|reporting) (?:from|by))\b"
    r"|^\W*(?P<alone>(?:with )?(?:news )?agenc(?:y|ies)(?: reports?| inputs?)?)\W*$",
    re.IGNORECASE,
)


_OF_MATERIAL = (
    *("input", "report", "material", "information", "file", "wire", "dispatch", "agenc"),
    *("based on", "compiled", "was used"),
)
"""One of these stands in every such line."""
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s\d,–-]*(?:by\s+)?(?:the\s+)?", re.IGNORECASE)


def copyright_agency(line: str, outlets: Outlets) -> Credit | None:
    """The agency that a copyright line names as the owner of the text (`© 2014 AFP`)."""
    match = _COPYRIGHT.match(line)
    named = agencies_in(line[match.end() : match.end() + 40], outlets, match.end()) if match else ()
    return named[0] if match and named and named[0].start == match.end() else None


def image_credit(line: str) -> bool:
    """Whether a line credits a picture: no credit of the text."""
    return len(line) <= 160 and bool(
        _IMAGE.match(line) or _IMAGE_END.search(line, max(0, len(line) - 16))
    )


def agencies_in(text: str, outlets: Outlets, at: int = 0) -> tuple[Credit, ...]:
    """The agencies named in a piece of a credit line, in order, each once."""
    found: dict[str, Credit] = {}
    for start, end, outlet in outlets.find(text):
        if outlet.agency and outlet.name not in found and not _is_given_name(text, start, end):
            found[outlet.name] = Credit(outlet.name, at + start, at + end)
    return tuple(found.values())


def _is_given_name(text: str, start: int, end: int) -> bool:
    """Whether an agency's name is a person's first name there: "Editing by Petra Olin"."""
    return is_given_name(text, start, end) and bool(
        re.search(r"\b[Bb]y (?:[^()]*(?:,| and) )?$", text[:start])
    )


def _only_names(text: str, outlets: Outlets, *, agencies: bool = True) -> bool:
    """Whether a text holds nothing but names of outlets and what joins them."""
    named = outlets.find(text)
    if not named or (agencies and not any(o.agency for _, _, o in named)):
        return False
    rest = list(text)
    for start, end, _ in named:
        rest[start:end] = " " * (end - start)
    left = re.sub(
        r"\b(?:and|und|et|y|e|the|news|agency|agencies|wires?|staff|reports?|material|von|with)\b",
        " ",
        "".join(rest),
        flags=re.IGNORECASE,
    )
    return not re.search(r"\w", left)


def trailer_credits(line: str, outlets: Outlets) -> tuple[bool, tuple[Credit, ...]]:
    """(whether the line is an agency trailer or a staff note, the agencies it credits)."""
    if len(line) > 400 or image_credit(line):
        return False, ()
    if (match := _INITIALS.fullmatch(line)) and _only_names(match["in"], outlets, agencies=False):
        return True, agencies_in(match["in"], outlets, match.start("in"))
    if _STAFF.match(line) and (line[0] in "([" or _staff_list(line)):
        return True, agencies_in(line, outlets)
    low = line.lower()
    if "contribut" in low and len(line) <= 250 and _CONTRIBUTED.search(line):
        credits = agencies_in(line, outlets)
        return True, credits
    if (
        any(map(low.__contains__, _OF_MATERIAL))
        and (match := _MATERIAL.search(line))
        and len(line.split()) <= 25
        and not re.search(r"[\"“”«»]", line)
    ):
        credits = agencies_in(line, outlets)
        if credits or match["alone"]:
            return True, credits
    bare = line.strip(" —–-*()[].")
    if _only_names(bare, outlets):
        return True, agencies_in(line, outlets)
    if (match := _SOURCE.match(line)) and match.end() < len(line):
        rest = line[match.end() :].strip(" .)]—–-")
        if _only_names(rest, outlets):
            return True, agencies_in(line[match.end() :], outlets, match.end())
    return False, ()


_STAFF_WORDS = frozenset(
    "and by from in for of the with at additional further extra reporting writing written editing edited compiled "
    "contributing research translated translation graphics production newsroom bureau".split()
)


def _staff_list(line: str) -> bool:
    """Whether a note on who wrote and edited holds names and roles alone, no other words."""
    lower = [w for w in re.findall(r"[^\W\d_][\w'’-]*", line) if w[0].islower()]
    return sum(w not in _STAFF_WORDS for w in lower) <= 1


_END_SIGN = re.compile(
    r"(?:[.!?”\"]\s*|\s)[(\[](?P<in>[^()\[\]]{2,40})[)\]]\.?$|[.!?”\"]\s*[-–—]{1,2}\s?(?P<in2>[A-Z][\w /.,-]{1,40})\.?$"
)


def closing_credit(text: str, outlets: Outlets) -> tuple[Credit, ...]:
    """The agencies that sign the end of a paragraph: `... at sea. (AFP)`, `... at sea. - Reuters`."""
    low = max(0, len(text) - 120)
    match = _END_SIGN.search(text, low)
    if match is None:
        return ()
    group = "in" if match["in"] else "in2"
    return (
        agencies_in(match[group], outlets, match.start(group))
        if _only_names(match[group], outlets)
        else ()
    )


def lead_credits(text: str, outlets: Outlets) -> tuple[Credit, ...]:
    """The agencies a lead names as where it has its report from: `..., Reuters reported.`"""
    found: dict[str, Credit] = {}
    for start, end, outlet in outlets.find(text):
        if outlet.agency and outlet.name not in found and _is_reported(text, start, end):
            found[outlet.name] = Credit(outlet.name, start, end)
    return tuple(found.values())


def _is_reported(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 40) : start], text[end : end + 60]
    if re.match(rf"(?:\s+news agency)?\s+{_REPORTED}\b", after) and re.search(
        r"(?:[,;.”\"]|\bas|\bthe|\band)\s*$|^\s*$", before
    ):
        return True
    return bool(
        re.search(
            r"(?:\breport(?:ed)?\s+by|\bciting|\bciting the|\bquoted by|\baccording to(?: an?| the)?(?: report (?:by|from))?)\s+(?:the\s+)?$",
            before,
            re.IGNORECASE,
        )
    ) and not re.match(r"['’]s\s+(?:correspondent|reporter|poll|witness)", after)


def organisation_credit(line: str, outlets: Outlets) -> Outlet | None:
    """The agency that a short line of its own names (`Associated Press` below a byline)."""
    outlet = outlets.by_name(line.strip(" ()[].-–—")) if len(line) <= 40 else None
    return outlet if outlet and outlet.agency and not bare_names(line, outlets) else None

"""Bylines: who is named as the author. Organisations are credits, not bylines.

Offsets are code points of the line given, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.text_words import NEWSROOM
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.folding import fold_loose

_INTRO = re.compile(
    r"(?P<intro>(?:(?:written|story|words|reported|posted|published|text|article|report|report(?:ing)?|analysis|review|comment|opinion)\s+)?by"
    r"|author|authors|reporter|reporting by|from|von|par|por|di|door|autor|auteur|av|texte?)\s*(?P<colon>:)?\s+",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|da|do|dos|das|del|della|di|du|van|von|der|den|ter|la|le|el|al|bin|ben|ibn|bint|al-[A-Z]\w+|af|zu|zur|y|e|st\.|O')"
_PART = r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ][\w'’‘\-]*\.?|[A-Z]\.(?:[A-Z]\.)?)"
_NAME = re.compile(
    rf"{_PART}(?:\s+(?:{_PARTICLE}\s+){{0,2}}(?:d['’]|al-|el-)?{_PART}){{1,4}}(?:,?\s(?:Jr|Sr)\.?|\s(?:II|III|IV))?"
)
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|e|en)\s+|,|;|&|\+|\band\b|\bund\b|\bet\b|\by\b|\bwith\b|\bmit\b|\bavec\b|/)\s*"
)
_IN_PLACE = re.compile(
    r"\s*,?\s+(?:in|à|aus|desde|reporting from)\s+(?P<place>[A-ZÀ-Þ][\w'’.\-]*(?:[ /-](?:[A-ZÀ-Þ][\w'’.\-]*|de|la|and))*)"
)


_ROLES = frozenset(
    "correspondent correspondents reporter writer editor columnist contributor analyst staff bureau desk agencies agency reporters writers editors photographer producer columnists "
    "korrespondent correspondant corresponsal redaktion".split()
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Names with their ranges in the line, the organisations named instead of or beside them, the
    place they report from, and where the byline itself ends."""

    names: tuple[tuple[str, int, int], ...]
    organisations: tuple[str, ...]
    place: str | None
    end: int


def is_name(text: str) -> bool:
    """Whether a text looks like one person's name: two to six capitalised words, no newsroom word."""
    if not _NAME.fullmatch(text) or len(text) > 48:
        return False
    words = [fold_loose(w).strip(".,'") for w in re.split(r"[\s\-]+", text)]
    return not any(w in NEWSROOM for w in words) and sum(len(w) > 1 for w in words) >= 1


def is_given_name(text: str, start: int, end: int) -> bool:
    """Whether an outlet's one-word name is a person's first name there: `Petra Olin`.

    A word in capitals alone is none, nor one before a newsroom's word (`Petra News`).
    """
    behind = re.match(r" ([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)", text[end:])
    return (
        behind is not None
        and text[start:end].isalpha()
        and not text[start:end].isupper()
        and fold_loose(behind[1]) not in NEWSROOM | _ROLES
    )


def _names(
    text: str, at: int, outlets: Outlets
) -> tuple[list[tuple[str, int, int]], list[str], int, bool]:
    """(names, organisations, end, whether anything was found) of a list of names from `at`."""
    names: list[tuple[str, int, int]] = []
    organisations: list[str] = []
    here = end = at
    while here < len(text):
        organisation = next(
            (
                (a, b)
                for a, b, _ in outlets.find(text[here : here + 60].removeprefix("The "))
                if a == 0 and not is_given_name(text, here, here + b)
            ),
            None,
        )
        if organisation:
            the = 4 if text.startswith("The ", here) else 0
            organisations.append(text[here + the : here + the + organisation[1]])
            end = here + the + organisation[1]
        else:
            match = _NAME.match(text, here)
            if match is None:
                break
            name = match[0]
            named = [a for a, b, _ in outlets.find(name) if a or not is_given_name(name, a, b)]
            if named:
                name = name[: named[0]].rstrip()
            while not is_name(name) and " " in name:
                name = name.rpartition(" ")[0]
            if not is_name(name):
                break
            names.append((name, here, here + len(name)))
            end = here + len(name)
        join = _JOIN.match(text, end)
        if join is None:
            break
        here = join.end()
    return names, organisations, end, bool(names or organisations)


def find_byline(line: str, outlets: Outlets) -> Byline | None:
    """The byline that a line is, if it is one: `By A B and C D`, `From A B in Paris`, `By AP`.

    After the names there may stand a role, an outlet or a place; anything else, and the line is prose.
    """
    intro = _INTRO.match(line)
    if intro is None or (intro["intro"].islower() and not intro["colon"] and len(line) > 60):
        return None
    names, organisations, end, found = _names(line, intro.end(), outlets)
    if not found:
        return None
    place = None
    if match := _IN_PLACE.match(line, end):
        place, end = match["place"].rstrip("."), match.end()
    rest = line[end:].strip()
    if rest and not _rest_is_role(rest):
        return None
    organisations += [
        line[end + a : end + b]
        for a, b, o in outlets.find(line[end:])
        if o.name not in organisations
    ]
    return Byline(tuple(names), tuple(organisations), place, len(line))


def _rest_is_role(rest: str) -> bool:
    """Whether what follows the names can be a role, a department or a date: short, no sentence."""
    words = rest.split()
    if len(words) > 12 or (re.search(r"[a-z]{2}[.!?]\s*$", rest) and len(words) > 5):
        return False
    return bool(
        rest[0] in "|,•·–—-(/:"
        or rest[0].isdigit()
        or words[0] in ("Staff", "Special", "Associated", "for")
        or rest[0].isupper()
    )


_STAFF = re.compile(
    r"(?:by|from|von|par|por)\s+(?:(?:the|our|a|an)\s+)?(?:[\w'’.]+\s+)?(?:staff|editorial|web|online|news|digital|special|agenc\w+|correspondents?|reporters?|wire|newsroom)\b[\w\s,/&'’|-]{0,50}",
    re.IGNORECASE,
)


def role_line(line: str) -> bool:
    """Whether a short line below a byline is the author's post: `Northern correspondent`."""
    words = [fold_loose(w).strip(".,") for w in line.split()]
    return len(words) <= 6 and not line.endswith(".") and any(w in _ROLES for w in words)


def staff_line(line: str) -> bool:
    """Whether a line gives a byline without a name: `By our staff reporters`, `By the editorial board`."""
    return len(line.split()) <= 8 and bool(_STAFF.fullmatch(line))


def signed(line: str, outlets: Outlets) -> Byline | None:
    """A line of names without `By` that a role, an organisation or a place shows to be a byline."""
    names, organisations, end, found = _names(line, 0, outlets)
    if not found or not names:
        return None
    place = None
    if match := _IN_PLACE.match(line, end):
        place, end = match["place"].rstrip("."), match.end()
    rest = line[end:].strip(" ,|•·–—-:;/()@")
    if rest and not re.match(r"\s*[,|•·–—:/(@-]", line[end:]):
        return None
    named = outlets.find(rest)
    organisations += [rest[a:b] for a, b, _ in named]
    words = [fold_loose(w).strip(".,") for w in rest.split()]
    role = any(w in _ROLES for w in words) or bool(named)
    if len(words) > 8 or (words and not role) or not (role or organisations or place):
        return None
    return Byline(tuple(names), tuple(organisations), place, len(line))


def bare_names(text: str, outlets: Outlets) -> tuple[tuple[str, int, int], ...]:
    """The names that make up a whole line without `By`; empty if it holds anything but names and a role."""
    text = re.sub(r"\s@\w{1,30}", lambda m: " " * len(m[0]), text)
    low = len(text) - len(text.lstrip())
    names, organisations, end, _ = _names(text, low, outlets)
    rest = text[end:].strip(" ,|•·–—-:;")
    if not names or organisations:
        return ()
    if rest and (
        len(rest.split()) > 6 or not any(fold_loose(w).strip(".,") in _ROLES for w in rest.split())
    ):
        return ()
    return tuple(names)

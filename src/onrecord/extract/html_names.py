"""Authors as pages name them, in structured data and in byline lines: persons and organisations.

Structured data gives one name, a list in one string, a name with its office, an address or the
outlet itself; what is left here is persons' names as written, and the organisations beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.extract.structured import Fact
from onrecord.extract.text_bylines import bare_names, find_byline
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.folding import fold_loose

_INTRO = re.compile(
    r"^(?:(?:written|story|posted|published|reported|reporting|text|words|analysis)\s+)?"
    r"(?:by|von|par|por|di|door|av|autor(?:in|en)?\s*:|author\s*:|texte?\s*:)\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·\n]|\s&\s|\s\+\s|,\s*(?:and|und|et|y|e)\s|\s(?:and|und|et|y|og|och|en|with|mit)\s)\s*"
)
_NO_NAME = re.compile(r"https?:|www\.|[@<>{}=]|\d{2,}|\.(?:com|org|net|de)\b", re.IGNORECASE)
_NEWSROOM = frozenset(
    "staff desk team newsroom editorial editors redaktion redaccion redazione redactie rédaction "
    "redação admin administrator administrador webmaster bureau agency agencies agencias agentur "
    "news newspaper correspondent correspondents reporter reporters writer writers editor journalist "
    "service services press contributor contributors online digital media unknown guest wire wires "
    "nachrichten tv radio daily noticias none null author".split()
)
_PARTICLES = frozenset(
    "de da do dos del della di van von der den ter la le el al bin ben ibn zu zur y e".split()
)
_CELL = re.compile(r"[^|·•/]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Authors:
    """Persons and organisations with the facts they were read from."""

    names: tuple[str, ...]
    organisations: tuple[str, ...]
    facts: tuple[Fact, ...]


def _is_latin(text: str) -> bool:
    return all(ord(c) < 0x250 or not c.isalpha() for c in text)


def is_person(text: str) -> bool:
    """Whether a text that structured data gives as an author can be a person's name."""
    words = text.split()
    if not words or len(text) > 60 or _NO_NAME.search(text) or not _OTHER_SCRIPT.search(text):
        return False
    if any(fold_loose(w).strip(".,:()") in _NEWSROOM for w in words):
        return False
    if _is_latin(text):
        return 2 <= len(words) <= 6 and all(
            w[0].isupper() or w.lower() in _PARTICLES or w[:2] in ("d'", "d’") for w in words
        )
    return len(words) <= 5


def _names(value: str, outlets: Outlets, site: str | None) -> tuple[list[str], list[str]]:
    """(persons, organisations) of one author value."""
    persons: list[str] = []
    organisations: list[str] = []
    for piece in _SPLIT.split(_INTRO.sub("", value.strip())):
        parts = [p.strip() for p in piece.split(",") if p.strip()]
        if len(parts) > 1 and not all(is_person(p) for p in parts):
            parts = parts[:1]
        for part in parts:
            name = re.split(r"\s+[-–—(]\s*|\s*\(|\s+(?:in|for|für|aus)\s+[A-Z]", part)[0].strip(
                " .:-–"
            )
            outlet = outlets.by_name(name)
            if outlet is not None:
                organisations.append(name)
            elif site and fold_loose(name) == fold_loose(site):
                continue
            elif is_person(name):
                persons.append(name)
    return persons, organisations


def read_authors(facts: Sequence[Fact], outlets: Outlets, site: str | None) -> Authors:
    """The authors by the best source that names a person (or, if none does, an organisation).

    `facts` are ordered best source first; values of one source belong together.
    """
    fallback: Authors | None = None
    for where in dict.fromkeys(fact.where for fact in facts):
        names: dict[str, str] = {}
        organisations: dict[str, str] = {}
        used = []
        for fact in facts:
            if fact.where != where:
                continue
            persons, others = _names(fact.value, outlets, site)
            for name in persons:
                names.setdefault(fold_loose(name), name)
            for name in others:
                organisations.setdefault(fold_loose(name), name)
            if persons or others:
                used.append(fact)
        found = Authors(tuple(names.values()), tuple(organisations.values()), tuple(used))
        if found.names:
            return found
        if found.organisations and fallback is None:
            fallback = found
    return fallback or Authors((), (), ())


def spans_in(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where names stand in a line, in any case, in order of the line."""
    low = text.lower()
    if len(low) != len(text):
        low = text
    found = []
    for name in names:
        at = low.find(name.lower())
        if at >= 0:
            found.append((at, at + len(name)))
    return sorted(found)


def byline_spans(
    text: str, names: Sequence[str], outlets: Outlets, *, marked: bool
) -> list[tuple[int, int]]:
    """The names' ranges in a byline line: the names known from elsewhere, else what it names itself
    (`By ...`; where the page marks the line as its byline, also names alone between separators)."""
    known = spans_in(text, names)
    if known:
        return known
    if found := find_byline(text, outlets):
        return [(low, high) for _, low, high in found.names]
    if marked:
        for cell in _CELL.finditer(text):
            if own := bare_names(cell[0], outlets):
                return [(cell.start() + low, cell.start() + high) for _, low, high in own]
    return []

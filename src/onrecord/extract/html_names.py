"""Authors as pages name them, in structured data and in byline lines: persons, desks, organisations.

Structured data gives one name, a list in one string, a name with its office, initials, an address or
the outlet itself; what is left here is persons' names as written, and the desks and agencies that a
page's own article object (JSON-LD) names as its author: those sign where no person does.
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
_NOBODY = frozenset(
    "admin administrator administrador webmaster web editor author authors autor autoren guest unknown none null undefined "
    "user anonymous anonym default test staff redaktion redaccion redazione redacao redaction redactie".split()
)
"""Names of accounts and fields that say nothing about who wrote a report."""
_INITIALS = re.compile(r"[a-zäöü]{2,4}(?:/[a-zäöü]{2,4}){0,3}")
_NO_INITIALS = _NOBODY | _NEWSROOM | frozenset("root info user wp site blog post web mail".split())
_MOST_INITIALS = 6
_ROLE_BEHIND = re.compile(r"\s*(?:기자|특파원|논설위원|記者|记者|特派员)$")
"""`... reporter` as Korean, Japanese and Chinese bylines write it behind the name."""
_LONGEST_LIST = 600
_LONGEST_DESK = 60
_DESK_WORDS = 6
_DESK = frozenset(
    "staff desk team newsroom editors editorial bureau agencies wire wires services reporters correspondents reports "
    "redaktion redaccion redazione redactie redacao redaction redaksjonen redaktionen".split()
)
_WHEN = re.compile(
    r"\s+(?:(?:publiziert|ver[öo]ffentlicht|published|posted|updated|aktualisiert|publi[ée]e?|publicado|pubblicato|gepubliceerd)\b\W*)?"
    r"(?:(?:on|am|le|el|il|op|den|at|em|del|vom)\s+(?:[^\W\d_]{2,10},?\s+)?(?:[^\W\d_]{3,10}\.?\s+)?|\W*)\d{1,4}(?:st|nd|rd|th)?\b.*$",
    re.IGNORECASE,
)
"""A date behind the names: `... on Monday, 5 May 2031`, `... publiziert am 30. Juli`."""
_FOREIGN_INTRO = re.compile(
    r"(?:текст|автор|авторы|автори|κείμενο|yazan|haber|문|글|文|作者|記者|记者)\s*[:：]\s*",
    re.IGNORECASE,
)
_SITE_WORD = 5
"""A word of so many letters that begins the host's name is the outlet's."""
_PARTICLES = frozenset(
    "de da do dos del della di van von der den ter la le el al bin ben ibn zu zur y e".split()
)
_CELL = re.compile(r"[^|·•/]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Authors:
    """Persons and organisations with the facts they were read from.

    `desks` are the authors without a person's name that the article's own JSON-LD names, as written;
    `beside` holds where it names them together with the persons.
    """

    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    desks: tuple[str, ...] = ()
    beside: bool = False


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


def is_desk(text: str) -> bool:
    """Whether an author that is no person says who wrote: an agency, an outlet, a desk, initials."""
    words = [fold_loose(w).strip(".,:()") for w in text.split()]
    return bool(
        words
        and 1 < len(text) <= _LONGEST_DESK
        and _OTHER_SCRIPT.search(text)
        and not re.search(r"https?:|www\.|[@<>{}=]", text)
        and not all(w in _NOBODY for w in words)
        and not (len(words) == 1 and words[0] in _NO_INITIALS)
    )


def names_site(text: str, site: str | None, host: str | None) -> bool:
    """Whether a name holds the outlet's: `Post Online`, an account named as the site is."""
    labels = (host or "").removeprefix("www.").split(".")
    own = {label for label in labels[:-1] if len(label) > 2}
    words = [fold_loose(w).strip(".,:()") for w in text.split()]
    folded = fold_loose(site) if site else ""
    return bool(folded and folded in (fold_loose(text), "".join(words))) or any(
        w in own or (len(w) >= _SITE_WORD and any(label.startswith(w) for label in own))
        for w in words
    )


def _names(value: str, outlets: Outlets, site: str | None) -> tuple[list[str], list[str]]:
    """(persons, organisations) of one author value."""
    persons: list[str] = []
    organisations: list[str] = []
    if len(value) > _LONGEST_LIST:
        return persons, organisations
    signs = [v.strip() for v in value.split(";")]
    if all(_INITIALS.fullmatch(v) and v not in _NO_INITIALS for v in signs):
        return signs[:_MOST_INITIALS], []
    for piece in _SPLIT.split(_INTRO.sub("", value.strip())):
        parts = [p.strip() for p in piece.split(",") if p.strip()]
        if len(parts) > 1 and not all(is_person(p) for p in parts):
            parts = parts[:1]
        for part in parts:
            name = re.split(r"\s+[-–—(]\s*|\s*\(|\s+(?:in|for|für|aus)\s+[A-Z]", part)[0].strip(
                " .:-–"
            )
            name = _ROLE_BEHIND.sub("", name)
            outlet = outlets.by_name(name)
            if outlet is not None:
                organisations.append(name)
            elif site and fold_loose(name) == fold_loose(site):
                continue
            elif is_person(name):
                persons.append(name)
    return persons, organisations


def read_authors(
    facts: Sequence[Fact], outlets: Outlets, site: str | None, host: str | None = None
) -> Authors:
    """The authors by the best source that names a person, and who else signs.

    `facts` are ordered best source first; values of one source belong together. `site` and `host`
    are the outlet's name and the page's host: an account named after them is no person.
    """
    persons: Authors | None = None
    organisations: Authors | None = None
    desks: dict[str, Fact] = {}
    for where in dict.fromkeys(fact.where for fact in facts):
        names: dict[str, str] = {}
        others: dict[str, str] = {}
        used: list[Fact] = []
        beside: dict[str, Fact] = {}
        for fact in sorted((f for f in facts if f.where == where), key=lambda f: f.start):
            found, named = _names(fact.value, outlets, site)
            found = [name for name in found if not names_site(name, site, host)]
            for name in found:
                names.setdefault(fold_loose(name), name)
            for name in named:
                others.setdefault(fold_loose(name), name)
            if found or named:
                used.append(fact)
            if not found and where.startswith("JSON-LD") and is_desk(fact.value):
                beside.setdefault(fact.value, fact)
        rows = tuple(others.values()), tuple(used)
        if names and persons is None:
            persons = Authors(tuple(names.values()), *rows, tuple(beside), beside=bool(beside))
        elif others and organisations is None:
            organisations = Authors((), *rows)
        if not desks:
            desks = beside
    if persons is not None:
        return persons
    if organisations is not None or desks:
        found_facts = organisations.facts if organisations else tuple(desks.values())
        named_too = organisations.organisations if organisations else ()
        return Authors((), named_too, found_facts, tuple(desks))
    return Authors()


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
    if tail := _WHEN.search(text):
        text = text[: tail.start()]
    if found := find_byline(text, outlets):
        return [(low, high) for _, low, high in found.names]
    intro = _FOREIGN_INTRO.match(text)
    if marked or intro:
        for cell in _CELL.finditer(text, intro.end() if intro else 0):
            if own := _names_of_cell(cell[0], outlets):
                return [(cell.start() + low, cell.start() + high) for low, high in own]
    return []


def _names_of_cell(text: str, outlets: Outlets) -> list[tuple[int, int]]:
    """The names that make up a cell, alone or before an outlet's name (`Ilse Marrow Associated Press`)."""
    found = bare_names(text, outlets)
    if not found:
        behind = [low for low, _, _ in outlets.find(text) if low]
        found = bare_names(text[: behind[0]], outlets) if behind else ()
    return [(low, high) for _, low, high in found]


def desk_span(text: str, *, marked: bool) -> tuple[int, int] | None:
    """Where a line names a desk instead of a person: `By Tidewater Staff`, or marked as a byline."""
    if tail := _WHEN.search(text):
        text = text[: tail.start()]
    intro = _INTRO.match(text)
    start = intro.end() if intro else 0
    desk = text[start:].rstrip(" -–—|,.:")
    words = [fold_loose(w).strip(".,") for w in desk.split()]
    if not (intro or marked) or not 1 <= len(words) <= _DESK_WORDS or any(map(str.isdigit, words)):
        return None
    if not any(w in _DESK for w in words) or not is_desk(desk):
        return None
    return start, start + len(desk)

"""The head of a report: which line is the headline, which the deck, where the names stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_lines import NOT_CHOSEN, Line, Marks, has_word, key
from onrecord.extract.html_names import byline_spans, desk_span
from onrecord.extract.html_source import Element, Page, folded
from onrecord.extract.structured import Fact
from onrecord.extract.text_bylines import bare_names
from onrecord.extract.trailer import image_credit
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.folding import fold_loose, words
from onrecord.text.offsets import to_capture
from onrecord.text.urls import host_of

_SUFFIX = re.compile(r"\s+(?:[|–—\-·•«»:]|::|//)\s+|\s*[｜│ㅣ︱]\s*")
ALIKE = 75
"""Similarity (per cent, rapidfuzz) from which a headline shown is the one the page names."""
_LONGEST_TITLE = 400
_LONGEST_NAMED = 2_000
"""Source of a title that the page names without showing it, at most (code points)."""
_DATED = re.compile(
    r"\W*(?:last )?(?:updated|published|posted|modified|aktualisiert|veröffentlicht|mis à jour|publié|actualizado|publicado)\b.{0,60}\d",
    re.IGNORECASE,
)
_HEADLINE_DEPTH = 5
_MOST_HEADLINES = 50
_LONGEST_DECK = 600
_SHORT_SITE = 12
"""Letters of an outlet's name that begins with a short one."""


@dataclass(frozen=True, slots=True)
class Title:
    """The headline: the line it is shown on, or the range of the source where no line shows it."""

    text: str
    line: int | None
    parts: list[tuple[int, int, Element | None]]


def strip_site(title: str, site: str | None, url: str | None) -> str:
    """A page title without the name of the outlet behind (or before) it."""
    if len(title) > _LONGEST_NAMED:
        return title
    host = (host_of(url) or "").rpartition(".")[0]
    names = {n for n in (key(site or ""), key(host), key(host.rpartition(".")[2])) if len(n) > 1}
    while True:
        cuts = list(_SUFFIX.finditer(title))
        if not cuts:
            return title
        tail, head = title[cuts[-1].end() :], title[: cuts[0].start()]
        if _names_site(key(tail), names):
            title = title[: cuts[-1].start()]
        elif _names_site(key(head), names) and len(head) < 40:
            return title[cuts[0].end() :]
        else:
            return title


def _names_site(text: str, names: set[str]) -> bool:
    """Whether a part of a title is the outlet's name, or holds it (a short name begins it: `ABC News`)."""
    return bool(text) and any(
        text == n
        or (len(n) > 3 and (n in text or text in n))
        or (len(n) > 2 and text.startswith(n) and len(text) <= _SHORT_SITE)
        for n in names
    )


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 12 and shorter in longer:
        return True
    return len(shorter) >= 8 and fuzz.ratio(one, other) >= ALIKE


def find_title(
    page: Page,
    lines: Sequence[Line],
    marks: Marks,
    facts: Sequence[Fact],
    site: str | None,
    url: str | None,
) -> Title | None:
    """The headline, best where it is shown (an h1 the page's own metadata agrees with)."""
    named = [strip_site(f.value, site, url) for f in facts]
    document = element_text_of_title(page)
    if document:
        named.append(strip_site(document[0], site, url))
    keys = [k for k in dict.fromkeys(map(key, named)) if k]
    kept = [i for i, line in enumerate(lines) if line.kind]
    last = kept[len(kept) // 2] if kept else len(lines)
    heads = [
        i
        for i, line in enumerate(lines[: last + 1])
        if len(line.text) <= _LONGEST_TITLE and _in_h1(line.element)
    ]
    heads = heads[:_MOST_HEADLINES]
    agreeing = [i for i in heads if any(_alike(lines[i].key, k) for k in keys)]
    shown = [
        i for i in heads if not marks.over(lines[i].element) and key(site or "") != lines[i].key
    ]
    pick = (
        next((i for i in agreeing if lines[i].key in keys), None)
        if agreeing
        else (shown[0] if len(shown) == 1 and len(lines[shown[0]].text) > 8 else None)
    )
    if pick is None and agreeing:
        pick = agreeing[0]
    if pick is None:
        candidates = [
            i
            for i, line in enumerate(lines[: last + 1])
            if line.key in keys and len(line.key) >= 12 and line.links < 90
        ]
        pick = candidates[-1] if candidates else None
    if pick is not None:
        return Title(lines[pick].text, pick, lines[pick].run.parts)
    return _from_source(page, facts, document, site, url)


def _in_h1(element: Element) -> bool:
    return any(e.tag == "h1" for _, e in zip(range(_HEADLINE_DEPTH), element.path, strict=False))


def element_text_of_title(page: Page) -> tuple[str, int, int] | None:
    """The text of the page's title element with its range."""
    if page.title is None or page.title.end - page.title.inner > _LONGEST_NAMED:
        return None
    text, rows = folded(page.source, [(page.title.inner, page.title.end, page.title)])
    return (text, rows[0][2], rows[-1][3]) if text else None


def _from_source(
    page: Page,
    facts: Sequence[Fact],
    document: tuple[str, int, int] | None,
    site: str | None,
    url: str | None,
) -> Title | None:
    """A headline that no line shows: from a meta element, else from the title element."""
    root = page.root or page.title
    if root is None and not facts:
        return None
    ranges = [(f.start, f.end) for f in facts if f.where.startswith("meta")]
    ranges += [document[1:]] if document else []
    for start, end in ranges:
        holder = Element(page.source, "title", None, start, start)
        text, rows = folded(page.source, [(start, end, holder)])
        cut = strip_site(text, site, url)
        at = text.find(cut)
        if cut and at >= 0 and key(cut) != key(site or ""):
            low, high = to_capture(rows, at, at + len(cut))
            return Title(cut, None, [(low, high, holder)])
    return None


@dataclass(frozen=True, slots=True)
class _Named:
    """A headline with the place it stands in and its range."""

    where: str
    text: str
    start: int
    end: int
    key: str


_OPEN_GRAPH, _SHOWN, _JSON, _DOCUMENT = (
    "meta og:title",
    "shown",
    "JSON-LD headline",
    "title element",
)
_ODD = (_OPEN_GRAPH, _JSON)
_SHORTEST_ODD = 12
_TELLING = 5
"""Letters of a word that two headlines of one report can be expected to share."""
_CUT_SHORT = re.compile(r"\s*(?:\.\.\.|…)\s*$")


def name_title(
    title: Title | None,
    page: Page,
    facts: Sequence[Fact],
    site: str | None,
    url: str | None,
) -> tuple[str | None, tuple[int, int] | None]:
    """What the report is called, with the range it was read from.

    A page names its report up to four times: OpenGraph, the headline shown, JSON-LD, the title
    element. Templates fill most of them from one field. Where OpenGraph's or JSON-LD's alone differs
    from the others, it was written for this report by hand, and it counts (in 14 of 20 such cases of
    129 pages it was the headline that people who read those sites by machine chose); else the form
    that most places agree on, first the one shown. The block of kind title stays the headline shown.
    """
    places: list[_Named] = []

    def add(where: str, text: str, start: int, end: int) -> None:
        if (letters := key(text)) and letters != key(site or ""):
            places.append(_Named(where, text, start, end, letters))

    for where in (_OPEN_GRAPH, _SHOWN, _JSON):
        if where == _SHOWN and title is not None:
            add(where, title.text, title.parts[0][0], title.parts[-1][1])
        fact = next((f for f in facts if f.where == where), None)
        if fact is not None:
            add(where, strip_site(fact.value, site, url), fact.start, fact.end)
    if document := element_text_of_title(page):
        add(_DOCUMENT, strip_site(document[0], site, url), *document[1:])
    if not places:
        return None, None
    keys = [p.key for p in places]
    best = _odd_one(places) or max(places, key=lambda p: (keys.count(p.key), p.where == _SHOWN))
    if _CUT_SHORT.search(best.text):
        whole = [p for p in places if p.key.startswith(best.key) and len(p.key) > len(best.key)]
        best = whole[0] if whole else best
    return best.text, (best.start, best.end)


def _odd_one(places: Sequence[_Named]) -> _Named | None:
    """OpenGraph's or JSON-LD's headline where it differs from every other, and the other two agree."""
    at = {p.where: p for p in places}
    shown = at.get(_SHOWN)
    for where, other in (_ODD, _ODD[::-1]):
        one, with_shown = at.get(where), at.get(other)
        if one is None or shown is None or with_shown is None or not _same(shown, with_shown):
            continue
        if len(one.key) < _SHORTEST_ODD or any(_same(one, p) for p in places if p is not one):
            continue
        told = set(_telling(one.text))
        if any(told & set(_telling(p.text)) for p in places if p is not one):
            return one
    return None


def _same(one: _Named, other: _Named) -> bool:
    return one.key in other.key or other.key in one.key


def _telling(text: str) -> list[str]:
    return [w[:_TELLING] for w in words(text) if len(w) >= _TELLING]


def find_deck(
    lines: Sequence[Line], title: int | None, first: int, descriptions: Sequence[Fact]
) -> list[int]:
    """Lines between headline and text that sum the report up: so named, or the page's description."""
    if title is None:
        return []
    described = {key(f.value) for f in descriptions if len(f.value) > 30}
    marks = furniture.tables().deck
    home = lines[first].element.parent if first < len(lines) else None
    found = []
    for i in range(title + 1, min(first + 1, len(lines))):
        line = lines[i]
        if not 25 <= len(line.text) <= _LONGEST_DECK or line.links > 50:
            continue
        if _DATED.match(line.text):
            continue
        if line.kind not in (None, "paragraph", "heading", "list"):
            continue
        levels = 1 if i == first else 2
        named = has_word(line.element, marks, levels=levels)
        alone = i < first and line.element.parent is not home
        below = i == title + 1 and _stands_below(lines, title, i, first)
        if named or below or (alone and line.key in described):
            found.append(i)
    return found[:3]


def _stands_below(lines: Sequence[Line], title: int, i: int, first: int) -> bool:
    """Whether a line stands by itself right below the headline: in the headline's own container, and
    other than the paragraphs that follow."""
    line, headline = lines[i], lines[title]
    if line.words < 5 or line.reason not in ("", NOT_CHOSEN) or line.links > 20:
        return False
    if line.element.parent is not headline.element.parent:
        return False
    if line.is_heading:
        return line.words >= 10 or line.sentences > 0
    follows = next((other for other in lines[i + 1 : first + 2] if other.kind == "paragraph"), None)
    return i < first and follows is not None and follows.element.parent is not line.element.parent


_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|autore|staff|journalists?|reporters?|"
    r"writers?|columnists?|contributors?|redaktion|redactie|medewerker|forfatter)/[^/]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:authors?|written by|reporter|autorin/autor|autor(?:in|en|es|a)?|auteure?s?|autore|auteur|forfatter|skribent|yazar)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 200
_LONGEST_LABELLED = 80


def _author_link(line: Line) -> bool:
    """Whether a line holds a link to an author's page."""
    for _, _, element in line.run.parts:
        for e in element.path if element is not None else ():
            if e.tag == "a" and _AUTHOR_PAGE.search(e.get("href")):
                return True
            if e is line.element:
                break
    return False


def find_bylines(
    lines: Sequence[Line],
    low: int,
    high: int,
    names: Sequence[str],
    outlets: Outlets,
    own: Callable[[str], bool] = bool,
    *,
    desks: bool = False,
) -> dict[int, list[tuple[int, int]]]:
    """Lines of the head that name the authors: index -> the names' ranges in the line's text.

    `own` tells names that are the outlet's: they are no author's unless they are among `names`.
    With `desks`, the first line that names a desk (`By Tidewater Staff`) is looked for instead.
    """
    signed = furniture.tables().byline
    pictures = furniture.tables().caption | furniture.tables().pictures
    found: dict[int, list[tuple[int, int]]] = {}
    seen: set[str] = set()
    for i in range(low, high):
        line = lines[i]
        if len(line.text) > _LONGEST_BYLINE or image_credit(line.text):
            continue
        named = (
            has_word(line.element, signed)
            or any(has_word(e, signed, levels=2) for _, _, e in line.run.parts[:6] if e is not None)
            or _author_link(line)
        )
        named = named and (bool(names) or not has_word(line.element, pictures, levels=2))
        if desks:
            span = desk_span(line.text, marked=named)
            if span:
                return {i: [span]}
            continue
        spans = byline_spans(line.text, names, outlets, marked=named)
        if not names:
            spans = [(a, b) for a, b in spans if not own(line.text[a:b])]
        if not spans:
            continue
        covered = sum(b - a for a, b in spans)
        if not (named or 100 * covered >= 35 * len(line.text)):
            continue
        here = {fold_loose(line.text[a:b]) for a, b in spans}
        if here <= seen:
            continue
        seen |= here
        found[i] = spans
    return found


def labelled_bylines(
    lines: Sequence[Line], outlets: Outlets, own: Callable[[str], bool]
) -> dict[int, list[tuple[int, int]]]:
    """Lines anywhere on the page that say `Author: ...` and nothing else, for pages whose head names
    nobody."""
    for i, line in enumerate(lines):
        match = _LABEL.match(line.text) if len(line.text) <= _LONGEST_LABELLED else None
        if match is None or has_word(line.element, furniture.tables().caption):
            continue
        spans = [
            (match.end() + a, match.end() + b)
            for _, a, b in bare_names(line.text[match.end() :], outlets)
        ]
        if spans and not any(own(line.text[a:b]) for a, b in spans):
            return {i: spans}
    return {}


def opening_name(line: Line, outlets: Outlets, own: Callable[[str], bool]) -> list[tuple[int, int]]:
    """The name that a report's first line is where it is nothing else and set apart (in capitals or
    bold): papers without a byline's place in their template print it there."""
    bold = any(e is not None and e.tag in ("b", "strong") for _, _, e in line.run.parts)
    if not (line.text.isupper() or bold):
        return []
    return [(a, b) for name, a, b in bare_names(line.text, outlets) if not own(name)]

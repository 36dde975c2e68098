"""The head of a report: which line is the headline, which the deck, where the names stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_blocks import Line, Marks, has_word, link_share
from onrecord.extract.html_choice import key
from onrecord.extract.html_names import byline_spans
from onrecord.extract.html_source import Element, Page, folded
from onrecord.extract.structured import Fact
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.folding import fold_loose
from onrecord.text.offsets import to_capture
from onrecord.text.urls import host_of

_SUFFIX = re.compile(r"\s+(?:[|–—\-·•«»:]|::|//)\s+")
ALIKE = 75
"""Similarity (per cent, rapidfuzz) from which a headline shown is the one the page names."""
_LONGEST_TITLE = 400
_LONGEST_DECK = 600


@dataclass(frozen=True, slots=True)
class Title:
    """The headline: the line it is shown on, or the range of the source where no line shows it."""

    text: str
    line: int | None
    parts: list[tuple[int, int, Element | None]]


def strip_site(title: str, site: str | None, url: str | None) -> str:
    """A page title without the name of the outlet behind (or before) it."""
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
    return bool(text) and any(text == n or (len(n) > 3 and (n in text or text in n)) for n in names)


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
        if len(line.text) <= _LONGEST_TITLE and any(e.tag == "h1" for e in line.element.path)
    ]
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
            if line.key in keys and len(line.key) >= 12 and link_share(line) < 90
        ]
        pick = candidates[-1] if candidates else None
    if pick is not None:
        return Title(lines[pick].text, pick, lines[pick].run.parts)
    return _from_source(page, facts, document, site, url)


def element_text_of_title(page: Page) -> tuple[str, int, int] | None:
    """The text of the page's title element with its range."""
    if page.title is None:
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


def name_title(
    title: Title | None,
    page: Page,
    facts: Sequence[Fact],
    site: str | None,
    url: str | None,
) -> tuple[str | None, tuple[int, int] | None]:
    """What the report is called, with the range it was read from: the form that most of the page's
    own places (OpenGraph, headline shown, JSON-LD, title element) agree on, in this order."""
    places: list[tuple[str, int, int]] = []
    for where in ("meta og:title", "", "JSON-LD headline"):
        if not where and title is not None:
            places.append((title.text, title.parts[0][0], title.parts[-1][1]))
        fact = next((f for f in facts if f.where == where), None)
        if fact is not None:
            places.append((strip_site(fact.value, site, url), fact.start, fact.end))
    if document := element_text_of_title(page):
        places.append((strip_site(document[0], site, url), *document[1:]))
    keys = [key(text) for text, _, _ in places]
    places = [p for p, k in zip(places, keys, strict=True) if k and k != key(site or "")]
    if not places:
        return None, None
    text, start, end = max(places, key=lambda p: keys.count(key(p[0])))
    return text, (start, end)


def find_deck(
    lines: Sequence[Line], title: int | None, first: int, descriptions: Sequence[Fact]
) -> list[int]:
    """Lines between headline and text that sum the report up: so named, or the page's description."""
    if title is None:
        return []
    described = {key(f.value) for f in descriptions if len(f.value) > 30}
    words = furniture.tables().deck
    home = lines[first].element.parent if first < len(lines) else None
    found = []
    for i in range(title + 1, min(first + 1, len(lines))):
        line = lines[i]
        if not 25 <= len(line.text) <= _LONGEST_DECK or link_share(line) > 50:
            continue
        if line.kind not in (None, "paragraph", "heading", "list"):
            continue
        levels = 1 if i == first else 2
        named = has_word(line.element, words, levels=levels)
        alone = i < first and line.element.parent is not home
        if named or (alone and line.key in described):
            found.append(i)
    return found[:3]


def find_bylines(
    lines: Sequence[Line], low: int, high: int, names: Sequence[str], outlets: Outlets
) -> dict[int, list[tuple[int, int]]]:
    """Lines of the head that name the authors: index -> the names' ranges in the line's text."""
    words = furniture.tables().byline
    found: dict[int, list[tuple[int, int]]] = {}
    seen: set[str] = set()
    for i in range(low, high):
        line = lines[i]
        if len(line.text) > 200:
            continue
        named = has_word(line.element, words) or any(
            has_word(e, words, levels=2) for _, _, e in line.run.parts[:6] if e is not None
        )
        spans = byline_spans(line.text, names, outlets, marked=named)
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

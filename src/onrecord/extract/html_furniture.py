"""What on a page is furniture and why: by names of classes, by elements and roles, by whole lines.

The tables are in html_furniture.toml. A mark is only a hint: a container that holds much of the
chosen text is the article's own, whatever it is called (see html_blocks.py).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from onrecord.extract.html_source import Element

_STATES = ("has-", "is-", "js-", "no-", "with-", "u-", "has_", "is_", "wp-block-")
"""Names that tell a state or a utility (as those with a colon do), not what an element is."""
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
TEXTUAL = frozenset("p h1 h2 h3 h4 h5 h6 li span a".split())
"""Their ids are made from their own words, so they name nothing."""
LONGEST_LINE = 300
"""Longer lines (code points) are never furniture by their words alone."""


@dataclass(frozen=True)
class Tables:
    """html_furniture.toml, ready to use: word of a name -> reason, and so on."""

    marks: dict[str, str]
    elements: dict[str, str]
    page: dict[str, str]
    roles: dict[str, str]
    lines: tuple[tuple[str, re.Pattern[str]], ...]
    boxes: frozenset[str]
    related: re.Pattern[str]
    caption: frozenset[str]
    caption_credits: frozenset[str]
    caption_harmless: frozenset[str]
    pictures: frozenset[str]
    deck: frozenset[str]
    byline: frozenset[str]
    embed: frozenset[str]
    spoken: frozenset[str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The bundled tables."""
    data = tomllib.loads(
        files("onrecord.extract").joinpath("html_furniture.toml").read_text("utf-8")
    )
    return Tables(
        marks={word: reason for reason, words in data["marks"].items() for word in words.split()},
        elements=data["elements"],
        page=data["page"],
        roles=data["roles"],
        lines=tuple(
            (reason, re.compile(pattern, re.IGNORECASE))
            for reason, pattern in data["lines"].items()
        ),
        boxes=frozenset(data["boxes"]["reasons"].split("|")),
        related=re.compile(data["related"]["start"], re.IGNORECASE),
        caption=frozenset(data["caption"]["marks"].split()),
        caption_credits=frozenset(data["caption"]["credits"].split()),
        caption_harmless=frozenset(data["caption"]["harmless"].split("|")),
        pictures=frozenset(data["caption"]["pictures"].split()),
        deck=frozenset(data["deck"]["marks"].split()),
        byline=frozenset(data["byline"]["marks"].split()),
        embed=frozenset(data["embed"]["marks"].split()),
        spoken=frozenset(data["spoken"]["marks"].split()),
    )


@lru_cache(maxsize=20_000)
def name_words(names: str) -> frozenset[str]:
    """The words of class or id names: `ArticleRelated-links` gives article, related, links, and the
    whole names in lower case with and without their hyphens."""
    found: set[str] = set()
    for name in names.split():
        low = name.lower()
        if low.startswith(_STATES) or ":" in low or "[" in low:
            continue
        found.update((low, low.replace("-", "").replace("_", "")))
        pieces = [w.lower() for w in _WORD.findall(name)]
        found.update(pieces)
        found.update(a + b for a, b in pairwise(pieces) if len(a) > 2 and len(b) > 2)
    return frozenset(found)


def words_of(element: Element) -> frozenset[str]:
    """The words of an element's class and id."""
    found = element.attributes
    used = (
        ("class",) if element.tag in TEXTUAL else ("class", "id", "data-component", "data-testid")
    )
    names = [found[name][0] for name in used if name in found]
    return name_words(" ".join(names)[:400]) if names else frozenset()


def mark(element: Element) -> str | None:
    """Why an element may be furniture, by its own name, role and tag; None if nothing says so."""
    table = tables()
    if reason := table.elements.get(element.tag):
        return reason
    if element.inner - element.start > len(element.tag) + 2:
        if reason := table.roles.get(element.get("role").lower()):
            return reason
        if element.tag not in ("html", "body", "main", "article"):
            words = words_of(element)
            reasons = [table.marks[w] for w in words if w in table.marks]
            if reasons:
                return min(reasons)
    if element.tag in table.page and not any(e.tag in ("article", "main") for e in element.path):
        return table.page[element.tag]
    return None


def line_reason(text: str, link_share: int) -> str | None:
    """Why a whole line is furniture by its words; `link_share` is how much of it is links, per cent."""
    if len(text) > LONGEST_LINE:
        return None
    table = tables()
    for reason, pattern in table.lines:
        if pattern.fullmatch(text):
            return reason
    if link_share >= 60 and table.related.match(text):
        return "related links"
    return None

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
from typing import NamedTuple

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
    lines: re.Pattern[str]
    line_reasons: tuple[str, ...]
    phrases: re.Pattern[str]
    phrase_reasons: dict[str, str]
    below: re.Pattern[str]
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
    lines: dict[str, str] = data["lines"]
    phrases = {
        phrase: reason
        for reason, text in data["phrases"].items()
        for phrase in text.strip().split("\n")
    }
    return Tables(
        marks={word: reason for reason, words in data["marks"].items() for word in words.split()},
        elements=data["elements"],
        page=data["page"],
        roles=data["roles"],
        lines=re.compile(
            "|".join(f"(?P<g{i}>{pattern})" for i, pattern in enumerate(lines.values()))
        ),
        line_reasons=tuple(lines),
        phrases=re.compile("|".join(re.escape(phrase) for phrase in phrases)),
        phrase_reasons=phrases,
        below=re.compile("|".join(data["below"].values())),
        boxes=frozenset(data["boxes"]["reasons"].split("|")),
        related=re.compile(data["related"]["start"]),
        caption=frozenset(data["caption"]["marks"].split()),
        caption_credits=frozenset(data["caption"]["credits"].split()),
        caption_harmless=frozenset(data["caption"]["harmless"].split("|")),
        pictures=frozenset(data["caption"]["pictures"].split()),
        deck=frozenset(data["deck"]["marks"].split()),
        byline=frozenset(data["byline"]["marks"].split()),
        embed=frozenset(data["embed"]["marks"].split()),
        spoken=frozenset(data["spoken"]["marks"].split()),
    )


_MOST_NAMES = 10
"""Class names of an element that are looked at, states and utilities not counted."""


@lru_cache(maxsize=20_000)
def name_words(names: str) -> frozenset[str]:
    """The words of class or id names: `ArticleRelated-links` gives article, related, links, and the
    whole names in lower case with and without their hyphens."""
    found: set[str] = set()
    looked_at = 0
    for name in names.split():
        low = name.lower()
        if low.startswith(_STATES) or ":" in low or "[" in low:
            continue
        looked_at += 1
        if looked_at > _MOST_NAMES:
            break
        found.update((low, low.replace("-", "").replace("_", "")))
        pieces = [w.lower() for w in _WORD.findall(name)]
        found.update(pieces)
        found.update(a + b for a, b in pairwise(pieces) if len(a) > 2 and len(b) > 2)
    return frozenset(found)


_CACHED_TAG = 400
"""Start tags of more code points are not remembered."""
_NAMES = re.compile(
    r"""[\s"'](class|id|role|data-component|data-testid)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""",
    re.IGNORECASE,
)
_UNMARKED = frozenset(("html", "body", "main", "article"))


class _Named(NamedTuple):
    """What a start tag's names say: their words, and why the element may be furniture."""

    words: frozenset[str]
    reason: str | None


_NAMELESS = _Named(frozenset(), None)


def _read_names(tag: str, text: str) -> _Named:
    found: dict[str, str] = {}
    for name, *values in _NAMES.findall(text):
        found.setdefault(name.lower(), "".join(values))
    if not found:
        return _NAMELESS
    table = tables()
    used = ("class",) if tag in TEXTUAL else ("class", "id", "data-component", "data-testid")
    words = name_words(" ".join(found[name] for name in used if name in found)[:400])
    reason = table.roles.get(found.get("role", "").lower())
    if reason is None and tag not in _UNMARKED:
        reason = min((table.marks[w] for w in words if w in table.marks), default=None)
    return _Named(words, reason)


_remembered = lru_cache(maxsize=20_000)(_read_names)


def _named(element: Element) -> _Named:
    """Pages repeat the same start tags: they are read as they stand in the source, once each."""
    size = element.inner - element.start
    if size <= len(element.tag) + 2:
        return _NAMELESS
    read = _remembered if size <= _CACHED_TAG else _read_names
    return read(element.tag, element.source[element.start : element.inner])


def words_of(element: Element) -> frozenset[str]:
    """The words of an element's class and id."""
    return _named(element).words


def mark(element: Element) -> str | None:
    """Why an element may be furniture, by its own name, role and tag; None if nothing says so."""
    table = tables()
    if reason := table.elements.get(element.tag) or _named(element).reason:
        return reason
    if element.tag in table.page and not any(e.tag in ("article", "main") for e in element.path):
        return table.page[element.tag]
    return None


def line_reason(text: str, links: int) -> str | None:
    """Why a whole line is furniture by its words; `links` is how much of it is links, per cent."""
    if len(text) > LONGEST_LINE:
        return None
    table = tables()
    low = text.lower()
    if match := table.lines.fullmatch(low):
        return table.line_reasons[int((match.lastgroup or "g0")[1:])]
    if match := table.phrases.search(low):
        return table.phrase_reasons[match[0]]
    if links >= 60 and table.related.match(low):
        return "related links"
    return None

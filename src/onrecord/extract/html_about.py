"""What a page belongs to: its outlet, its canonical address, its tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from onrecord.extract.html_lines import key
from onrecord.extract.structured import Fact, Facts
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.entities import unescape
from onrecord.text.folding import fold_loose
from onrecord.text.urls import host_of

_PARTS = re.compile(r"\s+(?:[|–—\-·•«»:]|::|//)\s+|\s*[｜│ㅣ︱]\s*")
_NO_OUTLET = re.compile(r"https?:|[@/{}<>]", re.IGNORECASE)
_LONGEST_OUTLET = 60
_SHORTEST_LABEL = 3
_AROUND_LABEL = 2.5
"""How many times longer than the host's label a part of a title may be that names the outlet."""
_MOST_TAGS = 40
_LONGEST_TAG = 60
_NO_TAG = re.compile(
    r"[@_#$]|(?:[a-z]+[ _-]){0,3}(?:category|categories|nlp|tag|tags|type|source|page|section|site|id|entity|author|format|template)s?\b[^:]{0,20}:|"
    r"[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{16,}$|\W*$|\(?\d+\)?\W*$",
    re.IGNORECASE,
)
"""What publishing systems write among tags for themselves."""


def read_outlet(
    url: str | None, facts: Facts, outlets: Outlets, document: tuple[str, int, int] | None
) -> tuple[str | None, Fact | None]:
    """(the outlet's name, the fact that gives it).

    By the registry's name where it knows address or site name, else as the page says; last, the part
    of the page's title that the address bears out. `document` is the title element's text and range.
    """
    named = [fact for f in facts.sites if (fact := _clean(f, url)) is not None]
    for address in (url, *(f.value for f in facts.urls[:2])):
        if found := outlets.by_url(address):
            same = next((f for f in named if outlets.by_name(f.value) == found), None)
            return found.name, same or next((f for f in facts.urls if f.value == address), None)
    for fact in named:
        if known := outlets.by_name(fact.value):
            return known.name, fact
    host = host_of(url)
    for fact in named:
        if fold_loose(fact.value) != host:
            return fact.value, fact
    if document is not None:
        text, start, end = document
        labels = _labels(url or next((f.value for f in facts.urls), None))
        for part in reversed(_PARTS.split(text)[1:]):
            letters = key(part)
            if any(
                letters.startswith(n) and len(letters) <= _AROUND_LABEL * len(n) for n in labels
            ):
                return part, Fact(part, start, end, "title element")
    return None, None


def _labels(url: str | None) -> set[str]:
    """The host's labels that can be an outlet's name: all but the last, and `www`."""
    labels = (host_of(url) or "").split(".")[:-1]
    return {key(label) for label in labels if len(label) >= _SHORTEST_LABEL and label != "www"}


def _clean(fact: Fact, url: str | None) -> Fact | None:
    """A site's name without its motto, of an address its host; None if it is no name (an account)."""
    if fact.value.startswith(("http://", "https://")):
        host = host_of(fact.value)
        return Fact(host, fact.start, fact.end, fact.where) if host else None
    parts = _PARTS.split(fact.value)
    labels = _labels(url)
    own = next((p for p in parts if any(n in key(p) for n in labels)), parts[0]) if labels else None
    name = own if own and len(parts) > 1 else fact.value
    if not 1 < len(name) <= _LONGEST_OUTLET or _NO_OUTLET.search(name):
        return None
    return Fact(name, fact.start, fact.end, fact.where)


def canonical_url(facts: Facts) -> Fact | None:
    """The page's own address as it gives it: the first one that is more than the site's front page."""
    found = [f for f in facts.urls if f.value.startswith(("http://", "https://"))]
    return next((f for f in found if _has_path(f.value)), found[0] if found else None)


def _has_path(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def read_tags(facts: Sequence[Fact], headline: str | None) -> tuple[tuple[str, ...], list[Fact]]:
    """(tags, the facts that give them) of the first kind of source that has any, lists split at commas."""
    for where in dict.fromkeys(fact.where for fact in facts):
        used = [f for f in facts if f.where == where][:_MOST_TAGS]
        tags: dict[str, str] = {}
        for fact in used:
            for tag in _split(fact.value, headline):
                tags.setdefault(key(tag), tag)
        if tags:
            return tuple(tags.values())[:_MOST_TAGS], used
    return (), []


def _split(value: str, headline: str | None) -> list[str]:
    text = unescape(value) if "&" in value else value
    separator = ";" if ";" in text and "," not in text else ","
    pieces = [" ".join(piece.split()).strip(" '\"") for piece in text.split(separator)]
    return [
        tag
        for tag in pieces
        if 1 < len(tag) <= _LONGEST_TAG
        and not _NO_TAG.match(tag)
        and key(tag) != key(headline or "")
    ]

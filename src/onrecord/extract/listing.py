"""What a feed or sitemap lists: addresses of reports, with what it says of when they were changed.

For the watcher, which looks for new reports and for reports that are said to have changed. What a feed
is as evidence (its values with their places) is feed.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.feed import (
    JSON_FEED,
    SITEMAP,
    Item,
    Place,
    element,
    instant_of,
    items_of,
    joined,
    spans,
)
from onrecord.text.instants import moment

INDEX = "sitemap index"
_KINDS = (
    (re.compile(r"<rss\b|<rdf:RDF\b", re.IGNORECASE), "application/rss+xml"),
    (re.compile(r"<feed\b[^<>]*Atom", re.IGNORECASE), "application/atom+xml"),
    (re.compile(r"<urlset\b", re.IGNORECASE), SITEMAP),
    (re.compile(r"<sitemapindex\b", re.IGNORECASE), INDEX),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_JSON = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_SITEMAP = re.compile(r"<(sitemap)\b[^<>]*>")
HEAD = 4096
"""Characters in which a listing shows what it is."""


@dataclass(frozen=True)
class Entry:
    """One address of a listing. `published` and `changed` are instants or days as the listing says
    them, None if it does not; an `is_listing` address is another sitemap."""

    url: str
    title: str | None = None
    published: str | None = None
    changed: str | None = None
    is_listing: bool = False

    @property
    def dated(self) -> str | None:
        """The latest time that is said of it."""
        return self.changed or self.published


@dataclass(frozen=True)
class Listing:
    """A feed or sitemap: its name and its entries, in its order, each address once. A sitemap lists what
    a site has, a feed what is new."""

    title: str | None
    entries: tuple[Entry, ...]
    is_sitemap: bool = False


def kind_of(source: str) -> str | None:
    """What sort of listing a text is, or None if it is none."""
    head = source[:HEAD]
    if _HTML.match(head):
        return None
    for pattern, kind in _KINDS:
        if pattern.search(head):
            return kind
    return JSON_FEED if head.lstrip().startswith("{") and _JSON.search(head) else None


def read_listing(source: str, base: str) -> Listing | None:
    """The listing in a decoded text, None if it is none. `base` is its own address, for the relative
    addresses in it."""
    kind = kind_of(source)
    if kind is None:
        return None
    if kind == INDEX:
        return Listing(None, _once(_sitemaps(source, base)), is_sitemap=True)
    items = tuple(items_of(kind, source, every=True))
    sitemap = kind == SITEMAP
    title = next((item.outlet.value for item in items if item.outlet and not sitemap), None)
    return Listing(title, _once(_entry(item, base) for item in items), sitemap)


def _entry(item: Item, base: str) -> Entry | None:
    url = _address(item.url.value, base) if item.url else None
    if url is None:
        return None
    return Entry(
        url,
        item.title.value if item.title else None,
        _instant(item.when),
        _instant(item.changed),
    )


def _sitemaps(source: str, base: str) -> Iterator[Entry | None]:
    for low, high in spans(source, _SITEMAP):
        place, changed = element(source, "loc", low, high), element(source, "lastmod", low, high)
        url = _address(place.value, base) if place else None
        if url:
            yield Entry(url, changed=_instant(changed), is_listing=True)


def _instant(place: Place | None) -> str | None:
    """A time as the record writes it; None for none, and for one that UTC's calendar does not hold."""
    value = instant_of(place.value) if place else None
    try:
        return value if value and moment(value) else None
    except (ValueError, OverflowError):
        return None


def _address(written: str, base: str) -> str | None:
    """An http(s) address, made whole; None for anything else."""
    url = joined(base, written.strip())
    return url if url.startswith(("http://", "https://")) else None


def _once(entries: Iterator[Entry | None]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry:
            found.setdefault(entry.url, entry)
    return tuple(found.values())

"""Feeds of edits: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, and conditional requests (RFC 9110).

Each item holds the diff itself. Names of feeds and items depend on no host, so that a reader knows
them again wherever the record is served. Links are absolute.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from xml.etree import ElementTree as ET

import msgspec

from onrecord.publish.edit_filter import label_words
from onrecord.publish.edits import Item, as_html, as_text
from onrecord.publish.marking import safe_url

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
UNKNOWN = "1970-01-01T00:00:00Z"
"""Atom demands a time of every entry; this one stands where none is known, as the text says."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2): most control characters, surrogates, U+FFFE and U+FFFF."""


@dataclass(frozen=True)
class Feed:
    """A page of a feed. `name` tells it from other feeds, whatever the host; `base` begins the links;
    `page` is the HTML page of the same edits, `here`, `first`, `previous` and `next` are pages of the
    feed, as paths with queries."""

    name: str
    title: str
    base: str
    page: str
    here: str
    first: str
    previous: str | None
    next: str | None
    items: Sequence[Item]


def clean(text: str) -> str:
    """The text with U+FFFD for every code point that XML 1.0 forbids."""
    return _FORBIDDEN.sub("\ufffd", text)


def newest(items: Sequence[Item]) -> datetime | None:
    """The latest time of the items, in UTC; None if none is known."""
    times = [datetime.fromisoformat(item.row.moment) for item in items if item.row.moment]
    return max(times, default=None)


def _rfc3339(at: str) -> str:
    return at.removesuffix("+00:00") + "Z" if at else UNKNOWN


def _put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {k: clean(v) for k, v in attributes.items()})
    element.text = clean(text) or None
    return element


def _written(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"


def _paging(feed: Feed) -> list[tuple[str, str]]:
    """Relations of RFC 5005, 3, and their addresses."""
    pages = (("first", feed.first), ("previous", feed.previous), ("next", feed.next))
    return [(rel, feed.base + path) for rel, path in pages if path is not None]


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    kind = "application/atom+xml"
    at = newest(feed.items)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _put(root, "id", feed.name)
    _put(root, "title", feed.title)
    _put(root, "updated", _rfc3339(at.isoformat() if at else ""))
    _put(_put(root, "author"), "name", "onrecord")
    _put(root, "link", rel="self", type=kind, href=feed.base + feed.here)
    _put(root, "link", rel="alternate", type="text/html", href=feed.base + feed.page)
    for rel, address in _paging(feed):
        _put(root, "link", rel=rel, type=kind, href=address)
    for item in feed.items:
        entry = _put(root, "entry")
        _put(entry, "id", item.urn)
        _put(entry, "title", item.title)
        _put(entry, "updated", _rfc3339(item.row.moment))
        if item.row.moment:
            _put(entry, "published", _rfc3339(item.row.moment))
        _put(entry, "link", rel="alternate", type="text/html", href=feed.base + item.link)
        for label in item.row.labels:
            _put(entry, "category", term=label, label=label_words(label))
        _put(entry, "content", as_html(item, feed.base), type="html")
    return _written(root)


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0; the diff stands in `content:encoded`, in plain text in `description`."""
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": ATOM, "xmlns:content": CONTENT})
    channel = _put(root, "channel")
    _put(channel, "title", feed.title)
    _put(channel, "link", feed.base + feed.page)
    _put(channel, "description", "What was changed in captured reports, newest first.")
    _put(channel, "language", "en")
    at = newest(feed.items)
    if at:
        _put(channel, "lastBuildDate", format_datetime(at))
    kind = "application/rss+xml"
    _put(channel, "atom:link", rel="self", type=kind, href=feed.base + feed.here)
    for rel, address in _paging(feed):
        _put(channel, "atom:link", rel=rel, type=kind, href=address)
    for item in feed.items:
        entry = _put(channel, "item")
        _put(entry, "title", item.title)
        _put(entry, "link", feed.base + item.link)
        _put(entry, "guid", item.urn, isPermaLink="false")
        if item.row.moment:
            _put(entry, "pubDate", format_datetime(datetime.fromisoformat(item.row.moment)))
        for label in item.row.labels:
            _put(entry, "category", label)
        # Readers take a description for HTML.
        _put(entry, "description", escape(as_text(item)).replace("\n", "<br>\n"))
        _put(entry, "content:encoded", as_html(item, feed.base))
    return _written(root)


def json(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    values: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": feed.base + feed.page,
        "feed_url": feed.base + feed.here,
        "language": "en",
        "authors": [{"name": "onrecord"}],
    }
    if feed.next is not None:
        values["next_url"] = feed.base + feed.next
    values["items"] = [_json_item(item, feed.base) for item in feed.items]
    return msgspec.json.format(msgspec.json.encode(values), indent=1) + b"\n"


def _json_item(item: Item, base: str) -> dict[str, object]:
    values: dict[str, object] = {
        "id": item.urn,
        "url": base + item.link,
        "title": clean(item.title),
        "content_html": clean(as_html(item, base)),
        "content_text": clean(as_text(item)),
        "tags": list(item.row.labels),
    }
    if url := safe_url(item.url):
        values["external_url"] = clean(url)
    if item.row.moment:
        values["date_published"] = _rfc3339(item.row.moment)
    return values


FORMS = {
    "atom": (atom, "application/atom+xml"),
    "rss": (rss, "application/rss+xml"),
    "json": (json, "application/feed+json"),
}
"""The ending of a feed's address, what writes it, its media type."""


# --------------------------------------------------------------------------- conditional requests


def etag(body: bytes) -> str:
    """A strong validator: the same for the same bytes alone."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def http_date(at: datetime) -> str:
    """A time in UTC as HTTP writes it (RFC 9110, 5.6.7)."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


_ETAG = re.compile(r'(?:W/)?("[^"]*")')


def unchanged(
    tag: str, modified: datetime | None, if_none_match: str | None, if_modified_since: str | None
) -> bool:
    """Whether what the client holds is what it would get (RFC 9110, 13.1.2, 13.1.3 and 13.2.2): if it
    names tags, they alone count, compared weakly; a date that cannot be read does not count."""
    if if_none_match is not None:
        return if_none_match.strip() == "*" or tag in _ETAG.findall(if_none_match)
    if if_modified_since is None or modified is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except (ValueError, OverflowError):
        return False
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return modified.replace(microsecond=0) <= since

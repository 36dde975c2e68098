"""A feed as a file (RSS, Atom, JSON Feed, news sitemap) -> one Reading an item: what the feed says of
reports, not the reports.

An item never becomes a version: its summary is not the article's text. It gives address, title,
outlet and instant with their places in the feed, and names reports that nobody captured. Items are
found by their tags in the decoded source, because every value needs its exact place there; a feed
that is cut off in the middle gives the items before the cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from onrecord.extract.json_source import Node, scan
from onrecord.records import Bounds, Capture, CaptureSpan, Dateline, Reading
from onrecord.text.entities import unescape
from onrecord.text.folding import fold_space
from onrecord.text.ids import make_id
from onrecord.text.instants import normalise
from onrecord.text.urls import article_id

READER = "feed 3"
JSON_FEED = "application/feed+json"
SITEMAP = "application/xml"
_CHANGED = frozenset(("updated", "date_modified"))
"""Fields that say when a report was last changed: that is when it was published only for some."""
MEDIA_TYPES = frozenset(("application/rss+xml", "application/atom+xml", JSON_FEED, SITEMAP))


@dataclass(frozen=True)
class Place:
    """A value, and where it stands in the decoded source."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Item:
    """What a feed says of one report. `when` is said by the field `dated`, `changed` by one of its own."""

    url: Place | None
    title: Place | None
    when: Place | None
    dated: str
    outlet: Place | None
    language: Place | None
    changed: Place | None = None


def read_feed(capture: Capture, source: str) -> Iterator[Reading]:
    """The readings of a feed's items, in order of the feed. None if there is no item in it."""
    for number, item in enumerate(items_of(capture.media_type, source)):
        if item.url or item.title:
            yield _reading(capture, number, item)


def items_of(media_type: str, source: str, *, every: bool = False) -> Iterator[Item]:
    """The items of a feed in order; of a sitemap the reports, or with `every` all its addresses."""
    if media_type == JSON_FEED:
        return _json_items(source)
    if media_type == SITEMAP:
        return _sitemap_items(source, every)
    return _xml_items(source)


def _reading(capture: Capture, number: int, item: Item) -> Reading:
    base = capture.final_url or capture.url
    url = joined(base or "", item.url.value) if item.url else None
    instant = instant_of(item.when.value) if item.when else None
    published, modified = Bounds(), Bounds()
    if item.when and instant:
        said = Bounds(
            earliest=instant, latest=instant, text=item.when.value, basis=f"the feed's {item.dated}"
        )
        if item.dated in _CHANGED:
            modified = said
            basis = f"{said.basis}, so published no later; the feed does not say when"
            published = Bounds(latest=instant, text=said.text, basis=basis)
        else:
            published = said
    evidence: dict[str, tuple[CaptureSpan, ...]] = {
        name: (CaptureSpan(start=found.start, end=found.end),)
        for name, found in (
            ("url", item.url),
            ("title", item.title),
            ("published", item.when if instant else None),
            ("modified", item.when if modified.latest else None),
            ("outlet", item.outlet),
        )
        if found
    }
    return Reading(
        id=make_id("rea", capture.id, "item", number),
        capture_id=capture.id,
        article_id=article_id(url, f"{capture.id} {number}"),
        text="",
        blocks=(),
        segments=(),
        left_out=(),
        url=url,
        outlet=item.outlet.value if item.outlet else None,
        title=item.title.value if item.title else None,
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=published,
        modified=modified,
        language=item.language.value[:2].lower() if item.language else None,
        tags=(),
        announced_versions=None,
        missing=("the feed names this report; its page was not captured",),
        evidence=evidence,
        capture_path=capture.path,
        captured_at=capture.captured_at,
        decoder=capture.decoder,
        sha256=capture.sha256,
        given=capture.given,
        extractor=READER,
        kind="feed",
    )


def joined(base: str, written: str) -> str:
    """An address of a feed made whole; as it is written where it cannot be."""
    try:
        return urljoin(base, written)
    except ValueError:
        return written


def instant_of(text: str) -> str | None:
    """A time as feeds write it, ISO 8601 or as in mail, as the record does; None if it is none."""
    if value := normalise(text):
        return value
    try:
        parsed = parsedate_to_datetime(text)
        return parsed.isoformat() if parsed.tzinfo else parsed.date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _clean(value: str) -> str:
    """White space folded; what no database and no export takes, NUL and lone surrogates, as U+FFFD."""
    return fold_space(re.sub("[\x00\ud800-\udfff]", "\ufffd", value))


# --------------------------------------------------------------------------- RSS and Atom

_ITEM = re.compile(r"<(item|entry)\b[^<>]*>")
_LINK = re.compile(r"<link\b([^<>]*?)/?>(?:([^<]*)</link\s*>)?")
_GUID = re.compile(r"<guid\b([^<>]*)>\s*(https?://[^\s<>]+)\s*</guid\s*>")
_ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_DATES = ("pubDate", "published", "dc:date", "updated")


def _xml_items(source: str) -> Iterator[Item]:
    first = _ITEM.search(source)
    head_end = first.start() if first else len(source)
    outlet = element(source, "title", 0, head_end)
    language = element(source, "language", 0, head_end)
    for low, high in spans(source, _ITEM):
        dated, when = next(
            (
                (name, found)
                for name in _DATES
                if (found := element(source, name, low, high)) and instant_of(found.value)
            ),
            ("", None),
        )
        yield Item(
            url=_link(source, low, high) or _guid(source, low, high),
            title=element(source, "title", low, high),
            when=when,
            dated=dated,
            outlet=outlet,
            language=language,
            changed=element(source, "updated", low, high)
            or element(source, "dc:modified", low, high)
            or element(source, "dcterms:modified", low, high),
        )


def spans(source: str, opening: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The ranges of the insides of elements whose tag is the pattern's first group, up to one that is not closed."""
    at = 0
    while found := opening.search(source, at):
        closing = re.compile(rf"</{found[1]}\s*>").search(source, found.end())
        if not closing:
            return
        yield found.end(), closing.start()
        at = closing.end()


def element(source: str, name: str, low: int, high: int) -> Place | None:
    """The first element of a name in a range, its text unescaped and without tags; None if it is empty."""
    opened = re.compile(rf"<{name}\b[^<>]*>").search(source, low, high)
    closed = opened and re.compile(rf"</{name}\s*>").search(source, opened.end(), high)
    if not opened or not closed:
        return None
    inner, start = source[opened.end() : closed.start()], opened.end()
    if cdata := _CDATA.fullmatch(inner):
        value, start, end = cdata[1], start + cdata.start(1), start + cdata.end(1)
    else:
        value = unescape(inner)
        end = start + len(inner.rstrip())
        start += len(inner) - len(inner.lstrip())
    value = _clean(_TAG.sub(" ", value))
    return Place(value, start, end) if value and start < end else None


def _link(source: str, low: int, high: int) -> Place | None:
    for match in _LINK.finditer(source, low, high):
        attributes = {m[1]: m for m in _ATTRIBUTE.finditer(match[1])}
        if href := attributes.get("href"):
            relation = attributes.get("rel")
            if relation and (relation[2] or relation[3]) != "alternate":
                continue
            group = 2 if href[2] is not None else 3
            place = _place(href[group], match.start(1) + href.start(group))
        else:
            place = _place(match[2] or "", match.start(2))
        if place:
            return place
    return None


def _guid(source: str, low: int, high: int) -> Place | None:
    """RSS: a guid is an address unless it says that it is none."""
    match = _GUID.search(source, low, high)
    if not match or re.search(r"isPermaLink\s*=\s*[\"']false", match[1]):
        return None
    return _place(match[2], match.start(2))


def _place(written: str, start: int) -> Place | None:
    """An address as it is written in XML, without the white space around it."""
    value = _clean(unescape(written))
    start += len(written) - len(written.lstrip())
    return Place(value, start, start + len(written.strip())) if value else None


# --------------------------------------------------------------------------- news sitemaps

_URL = re.compile(r"<(url)\b[^<>]*>")
_PREFIX = re.compile(r"""xmlns:([\w-]+)\s*=\s*["']http://www\.google\.com/schemas/sitemap-news/""")


def _sitemap_items(source: str, every: bool) -> Iterator[Item]:
    """The reports of a news sitemap; its other addresses tell nothing of reports."""
    declared = _PREFIX.search(source)
    news = declared[1] if declared else "news"
    for low, high in spans(source, _URL):
        title = element(source, f"{news}:title", low, high)
        if title or every:
            yield Item(
                url=element(source, "loc", low, high),
                title=title,
                when=element(source, f"{news}:publication_date", low, high),
                dated="publication date",
                outlet=element(source, f"{news}:name", low, high),
                language=element(source, f"{news}:language", low, high),
                changed=element(source, "lastmod", low, high),
            )


# --------------------------------------------------------------------------- JSON Feed


def _json_items(source: str) -> Iterator[Item]:
    """The items of a JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    root = scan(source)
    feed = root.members() if root else {}
    items = feed["items"].items() if "items" in feed else []
    for node in items:
        if not node.whole or not isinstance(node.value, dict):
            continue
        item = node.members()
        dated = next(
            (name for name in ("date_published", "date_modified") if _said(item, name)), ""
        )
        ident = _said(item, "id")
        address = ident if ident and ident.value.startswith(("http://", "https://")) else None
        yield Item(
            url=_said(item, "url") or address,
            title=_said(item, "title"),
            when=_said(item, dated),
            dated=dated,
            outlet=_said(feed, "title"),
            language=_said(item, "language") or _said(feed, "language"),
            changed=_said(item, "date_modified"),
        )


def _said(members: Mapping[str, Node], name: str) -> Place | None:
    node = members.get(name)
    value = _clean(node.text() or "") if node else ""
    return Place(value, node.start, node.end) if node and value else None

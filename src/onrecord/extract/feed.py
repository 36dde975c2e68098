"""A feed as a file (RSS, Atom) -> one Reading an item: what the feed says of reports, not the reports.

An item never becomes a version: its summary is not the article's text. It gives address, title,
outlet and instant with their places in the feed, and names reports that nobody captured. Items are
found by their tags in the decoded source, because every value needs its exact place there; a feed
that is cut off in the middle gives the items before the cut.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from onrecord.records import Bounds, Capture, CaptureSpan, Dateline, Reading
from onrecord.text.folding import fold_space
from onrecord.text.ids import make_id
from onrecord.text.instants import normalise
from onrecord.text.urls import article_id

READER = "feed 1"
_ITEM = re.compile(r"<(item|entry)\b[^>]*>(.*?)</\1\s*>", re.DOTALL)
_LINK = re.compile(r"<link\b([^>]*?)/?>(?:([^<]*)</link\s*>)?", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def read_feed(capture: Capture, source: str) -> Iterator[Reading]:
    """The readings of a feed's items, in order of the feed. None if there is no item in it."""
    first = _ITEM.search(source)
    head_end = first.start() if first else len(source)
    outlet = _element(source, "title", 0, head_end)
    language = _element(source, "language", 0, head_end)
    for number, item in enumerate(_ITEM.finditer(source)):
        low, high = item.span(2)
        link = _link(source, low, high)
        title = _element(source, "title", low, high)
        when, published = _published(source, low, high)
        url = link[0] if link else None
        evidence: dict[str, tuple[CaptureSpan, ...]] = {
            name: (CaptureSpan(start=found[1], end=found[2]),)
            for name, found in (
                ("url", link),
                ("title", title),
                ("published", when),
                ("outlet", outlet),
            )
            if found
        }
        yield Reading(
            id=make_id("rea", capture.id, "item", number),
            capture_id=capture.id,
            article_id=article_id(url, f"{capture.id} {number}"),
            text="",
            blocks=(),
            segments=(),
            left_out=(),
            url=url,
            outlet=outlet[0] if outlet else None,
            title=title[0] if title else None,
            bylines=(),
            dateline=Dateline(),
            credits=(),
            published=published,
            modified=Bounds(),
            language=language[0][:2].lower() if language else None,
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


Found = tuple[str, int, int]
"""A value, and where it stands in the decoded source."""


def _element(source: str, name: str, low: int, high: int) -> Found | None:
    match = re.compile(rf"<{name}\b[^>]*>(.*?)</{name}\s*>", re.DOTALL).search(source, low, high)
    if not match:
        return None
    start, end = match.span(1)
    inner = match[1]
    if cdata := re.fullmatch(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", inner, re.DOTALL):
        start, end = start + cdata.start(1), start + cdata.end(1)
        value = cdata[1]
    else:
        start, end = (
            start + len(inner) - len(inner.lstrip()),
            end - (len(inner) - len(inner.rstrip())),
        )
        value = html.unescape(inner)
    value = fold_space(re.sub(r"<[^>]*>", " ", value))
    return (value, start, end) if value and start < end else None


def _link(source: str, low: int, high: int) -> Found | None:
    for match in _LINK.finditer(source, low, high):
        attributes = {
            m[1]: (
                m[2] if m[2] is not None else m[3],
                match.start(1) + (m.start(2) if m[2] is not None else m.start(3)),
            )
            for m in _ATTRIBUTE.finditer(match[1])
        }
        if "href" in attributes:
            if attributes.get("rel", ("alternate", 0))[0] != "alternate":
                continue
            value, start = attributes["href"]
            return html.unescape(value), start, start + len(value)
        if match[2] and match[2].strip():
            start = match.start(2) + len(match[2]) - len(match[2].lstrip())
            return html.unescape(match[2].strip()), start, start + len(match[2].strip())
    return None


def _published(source: str, low: int, high: int) -> tuple[Found | None, Bounds]:
    for name in ("pubDate", "published", "dc:date", "updated"):
        found = _element(source, name, low, high)
        if found and (value := _instant(found[0])):
            return found, Bounds(
                earliest=value, latest=value, text=found[0], basis=f"the feed's {name}"
            )
    return None, Bounds()


def _instant(text: str) -> str | None:
    if value := normalise(text):
        return value
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return parsed.isoformat() if parsed.tzinfo else parsed.date().isoformat()

"""One look at a watched page or feed: fetched, read, and compared with what the record holds of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from onrecord.capture import bodies, web
from onrecord.capture.capturing import Found
from onrecord.capture.headers import kept_headers
from onrecord.capture.schedule import Options
from onrecord.capture.sniff import decoder as decoder_of
from onrecord.capture.web import Answer, Busy, Fetcher, Forbidden
from onrecord.errors import (
    InputError,
    LimitExceeded,
    OnrecordError,
    RecordBusy,
    RecordDamaged,
)
from onrecord.extract import readings
from onrecord.extract.listing import HEAD, Listing, kind_of, read_listing
from onrecord.records import Capture, Reading, Watch
from onrecord.run.checking import Seen
from onrecord.stage import Group
from onrecord.text.decoding import decode
from onrecord.text.sameness import sameness

GONE = frozenset({404, 410})
PAGE = "article"
FRONT = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home"})
"""Paths of a site's front page."""

WALLS = frozenset({"consent", "login", "paywall", "challenge"})
"""Kinds of pages that stand before a report."""

Load = Callable[[str], Capture | None]


@dataclass(frozen=True)
class Look:
    """A check before it is judged; the capture to keep, if there is one; what a feed lists."""

    watch: Watch
    seen: Seen
    found: Found | None = None
    listing: Listing | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        return self.found.lines if self.found else ()


class Texts:
    """The decoded captures that a look needs: the stored ones, and the one just fetched."""

    def __init__(self, stored: Any, found: Found | None = None) -> None:
        self._stored, self._found = stored, found

    def text(self, sha256: str, decoder: str) -> str:
        """A decoded capture. Raises as the store's."""
        found = self._found
        if found and (found.capture.sha256, found.capture.decoder) == (sha256, decoder):
            return found.text if found.text is not None else decode(found.data, decoder)
        text: str = self._stored.text(sha256, decoder)
        return text


@dataclass(frozen=True)
class Looker:
    """What looks at watches: options, the stored captures, and the resources of reading."""

    options: Options
    reading: readings.Options
    captures: Any
    outlets: Any
    load: Load

    def look(self, fetcher: Fetcher, watch: Watch) -> Look:
        """Asks for a watched address once and says what came of it. Raises nothing that a server, a page
        or the network may cause; RecordBusy and RecordDamaged if the record cannot be read."""
        try:
            answer = fetcher.get(watch.url, self._validators(watch), cut=True)
        except Busy as error:
            busy = Seen("put_off", error.why, wait=error.seconds)
            return Look(watch, _told(error.answer, busy) if error.answer else busy)
        except Forbidden as error:
            return Look(watch, Seen("refused", error.why))
        except InputError as error:
            return Look(watch, Seen("failed", error.why))
        try:
            return self._answered(fetcher, watch, answer)
        except (RecordBusy, RecordDamaged):
            raise
        except OnrecordError as error:
            return Look(watch, _told(answer, Seen("failed", error.why or error.what)))

    def _validators(self, watch: Watch) -> Mapping[str, str]:
        """What lets the server say that nothing changed, as it wrote it; none if a whole page is due."""
        if (
            watch.digest is None
            or watch.missing
            or (watch.checks + 1) % max(1, self.options.full) == 0
        ):
            return {}
        named = {"If-None-Match": watch.etag, "If-Modified-Since": watch.last_modified}
        return {name: value for name, value in named.items() if value}

    def _answered(self, fetcher: Fetcher, watch: Watch, answer: Answer) -> Look:
        if answer.status == 304:
            if watch.digest is None:
                return Look(
                    watch, _told(answer, Seen("failed", "304 to a question without validators"))
                )
            return Look(watch, _told(answer, Seen("not_modified", "the server answered 304")))
        if answer.status in GONE:
            return Look(watch, _told(answer, Seen("gone", f"the server answered {answer.status}")))
        if answer.status not in web.USABLE:
            return Look(
                watch, _told(answer, Seen("failed", f"the server answered {answer.status}"))
            )
        if _led_home(watch.url, answer):
            return self._home(fetcher, watch, answer)
        body = answer.body
        if body.startswith(bodies.GZIP):
            body = _inflated(body, fetcher.options.largest)
        sha = hashlib.sha256(body).hexdigest()
        listing = _listing(body, answer)
        if listing is not None:
            return self._feed(fetcher, watch, replace(answer, body=body), listing, sha)
        if watch.kind == "feed":
            return Look(watch, _told(answer, Seen("failed", "what came is no feed and no sitemap")))
        return self._page(fetcher, watch, answer, sha)

    # ------------------------------------------------------------------ feeds

    def _feed(
        self, fetcher: Fetcher, watch: Watch, answer: Answer, listing: Listing, sha: str
    ) -> Look:
        listed = "\n".join(f"{e.url}\t{e.title}\t{e.dated}" for e in listing.entries)
        digest = _digest(listed)
        seen = Seen("", "", sha256=sha, digest=digest, kind="feed", title=listing.title)
        if digest == watch.digest:
            same = replace(seen, outcome="same_text", basis="it lists what it listed before")
            return Look(watch, _told(answer, same), listing=listing)
        count = len(listing.entries)
        basis = f"it lists {count} addresses" + (" and was cut off" if answer.cut else "")
        outcome = "changed" if watch.digest else "first"
        seen = _told(answer, replace(seen, outcome=outcome, basis=basis))
        try:
            found = fetcher.captured(answer, watch.url, watch.url)
        except InputError:
            # a sitemap without news is used for what it lists, and is no capture of a report
            return Look(watch, seen, listing=listing)
        return Look(watch, replace(seen, capture_id=found.capture.id), found, listing)

    # ------------------------------------------------------------------ pages

    def _page(self, fetcher: Fetcher, watch: Watch, answer: Answer, sha: str) -> Look:
        old = self.load(watch.capture_id) if watch.capture_id else None
        seen = _told(answer, Seen("", "", sha256=sha, digest=watch.digest))
        if old and old.sha256 == sha:
            return Look(watch, replace(seen, outcome="same_bytes", basis="the very same bytes"))
        found = fetcher.captured(answer, watch.url, watch.url)
        reading, why = self._read(found.capture, Texts(self.captures, found))
        seen = replace(seen, capture_id=found.capture.id)
        if reading is not None and reading.kind != PAGE:
            return self._wall(watch, seen, reading.kind, found)
        text = reading.text if reading else ""
        seen = replace(seen, digest=_digest(text or sha), title=reading.title if reading else None)
        if old is None:
            return Look(watch, replace(seen, outcome="first", basis=why or "captured"), found)
        if reading is not None and seen.digest == watch.digest:
            return self._same(watch, seen, found)
        try:
            before, _ = self._read(old, Texts(self.captures))
        except RecordDamaged:
            # its file is gone or altered, which `verify` tells; the new page is kept all the same
            before = None
        if before is None or reading is None:
            other = replace(seen, outcome="changed", basis=why or "the earlier page cannot be read")
            return Look(watch, other, found)
        level = sameness(before.text, text)
        if level == "same_text":
            return self._same(watch, seen, found)
        outcome = "changed" if level == "different" else level
        return Look(watch, replace(seen, outcome=outcome, basis=BASIS[level]), found)

    def _same(self, watch: Watch, seen: Seen, found: Found) -> Look:
        """Other bytes, the same text: kept, unless only other texts are to be."""
        same = replace(seen, outcome="same_text", basis=BASIS["same_text"])
        if self.options.keep == "texts":
            return Look(watch, replace(same, capture_id=None))
        return Look(watch, same, found)

    def _home(self, fetcher: Fetcher, watch: Watch, answer: Answer) -> Look:
        """A front page is no state of the report that led to it before: it is gone; but what asks for
        consent or a login may stand on a front page too."""
        found = fetcher.captured(answer, watch.url, watch.url)
        reading, _ = self._read(found.capture, Texts(self.captures, found))
        if reading is not None and reading.kind in WALLS:
            seen = _told(answer, Seen("", "", sha256=found.capture.sha256))
            seen = replace(seen, capture_id=found.capture.id)
            return self._wall(watch, seen, reading.kind, found)
        why = "it redirects to the front page of the site"
        return Look(watch, _told(answer, Seen("gone", why)))

    def _wall(self, watch: Watch, seen: Seen, kind: str, found: Found) -> Look:
        """What stands in a report's place is no state of it; the first of a row of such pages is kept."""
        basis = f"a page of the kind “{kind}” stands in its place"
        wall = replace(seen, outcome="wall", digest=None, basis=basis)
        if watch.failing_since:
            return Look(watch, replace(wall, capture_id=None))
        return Look(watch, wall, found)

    def _read(self, capture: Capture, texts: Texts) -> tuple[Reading | None, str]:
        """What a capture says, or why it cannot be read. Raises RecordDamaged as the store's."""
        group = Group({Capture: (capture,)})
        resources = {"captures": texts, "outlets": self.outlets}
        try:
            return next(iter(readings.read(group, self.reading, resources)), None), ""
        except LimitExceeded as error:
            return None, error.why
        except OnrecordError:
            raise
        except Exception as error:
            # the capture is kept; the build meets the same fault and its report tells it
            return None, f"it cannot be read: {type(error).__name__}: {error}"


BASIS = {
    "different": "another text",
    "same_folded": "the text differs in white space, Unicode form or quote marks alone",
    "same_text": "other bytes, the same text",
    "same_bytes": "the very same bytes",
}


def _told(answer: Answer, seen: Seen) -> Seen:
    """With what the answer says of itself."""
    return replace(
        seen,
        status=answer.status,
        final_url=answer.url,
        redirects=answer.hops,
        headers=tuple(sorted(kept_headers(answer.headers).items())),
        bytes=len(answer.body) if answer.body else None,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
    )


def _led_home(url: str, answer: Answer) -> bool:
    """Whether a page's address leads to a site's front page now: a report that was taken down so has not
    turned into the front page."""
    asked, came = urlsplit(url), urlsplit(answer.url)
    return bool(answer.hops) and asked.path not in FRONT and came.path in FRONT and not came.query


def _inflated(body: bytes, most: int) -> bytes:
    """A gzip file as it is served for sitemaps, taken out; what is damaged stays as it is, and is no
    listing then."""
    out = bytearray()
    try:
        for piece in bodies.decoded([body], "gzip"):
            out += piece
            if len(out) >= most:
                return bytes(out[:most])
    except bodies.BadBody:
        return body
    return bytes(out)


def _listing(body: bytes, answer: Answer) -> Listing | None:
    if kind_of(body[:HEAD].decode("latin-1")) is None:
        return None
    codec = decoder_of(body, "application/xml", answer.header("content-type"))
    return read_listing(decode(body, codec), answer.url)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

"""A web archive as a test wants it: captures of an invented page, listed and shown as archives do."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.capture.serving import Page, Site

URL = "https://tern.example/harbour"
BANNER = b"<!-- shown by the archive -->"


def text(words: str) -> bytes:
    """A page that says so, in enough words to be read as a report."""
    more = (
        "Ana Ruhl, who leads the ferry line, told reporters after the meeting in the harbour office"
    )
    body = "".join(f"<p>{more} {day} that {words}</p>" for day in ("on Friday", "on Monday"))
    return f"<html><title>Harbour talks</title><h1>Harbour talks</h1>{body}</html>".encode()


@dataclass(frozen=True)
class Archived:
    """One capture in the archive. `target` is where an archived redirect leads."""

    timestamp: str
    body: bytes = b""
    status: int = 200
    url: str = URL
    media: str = "text/html"
    target: str = ""

    @property
    def digest(self) -> str:
        return base64.b32encode(hashlib.sha1(self.body).digest()).decode()

    @property
    def date(self) -> str:
        at = datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return format_datetime(at, usegmt=True)


@dataclass
class FakeArchive:
    """Stands at `/web` of a site: `/web/cdx`, `/web/timemap/link/…`, `/web/TIMEid_/…`, `/web/TIME/…`.

    `cdx`, `timemap` and `raw` say what of it there is; `rows` and `per_page` cut the listings; with
    `drops` it leads from raw captures to those it shows, with `keys` a CDX listing that is cut ends with
    a key, with `rewrites` archived redirects lead to addresses of the archive, else to those that were archived.
    """

    site: Site
    captures: list[Archived] = field(default_factory=list)
    cdx: bool = True
    timemap: bool = True
    raw: bool = True
    drops: bool = False
    rewrites: bool = True
    rows: int = 1000
    keys: bool = True
    per_page: int = 1000
    broken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.site.others = self.answer

    @property
    def base(self) -> str:
        return f"{self.site.url}/web"

    @property
    def shown(self) -> list[str]:
        """The captures that were asked for, as time and form."""
        return [p.split("/")[2] for p in self.site.paths if p.startswith("/web/2")]

    def answer(self, path: str) -> Page | None:
        parts = urlsplit(path)
        if parts.path == "/web/cdx" and self.cdx:
            return self._cdx(dict(parse_qsl(parts.query)))
        if path.startswith("/web/timemap/link/") and self.timemap:
            return self._timemap(path.removeprefix("/web/timemap/link/"))
        if path.startswith("/web/2"):
            return self._memento(path.removeprefix("/web/"))
        return None

    def _of_the_page(self) -> list[Archived]:
        """By time; like archives, without regard to scheme, port, `www.` and capitals."""

        def folded(url: str) -> str:
            return re.sub(r"^https?://(?:www\.)?|:80(?=/)", "", url.lower())

        some = (c for c in self.captures if folded(c.url) == folded(URL))
        return sorted(some, key=lambda c: c.timestamp)

    def _cdx(self, asked: dict[str, str]) -> Page:
        limit = min(self.rows, int(asked.get("limit", 1000)))
        rows = [
            c
            for c in self._of_the_page()
            if asked.get("from", "0") <= c.timestamp <= asked.get("to", "9")
        ]
        if key := asked.get("resumeKey"):
            rows = rows[int(key.rpartition(" ")[2]) :]
        head = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        found: list[list[str]] = [head] if self.keys else []
        for c in rows[:limit]:
            status = "-" if c.media == "warc/revisit" else str(c.status)
            cells = ["example,tern)/", c.timestamp, c.url, c.media, status, c.digest]
            found.append([*cells, str(len(c.body))])
        if not self.keys:
            lines = "".join(" ".join(row) + "\n" for row in found)
            return Page(200, lines.encode(), {"Content-Type": "text/plain"})
        if len(rows) > limit:
            at = limit + (int(key.rpartition(" ")[2]) if key else 0)
            found += [[], [f"example%2Ctern%29%2F+{at}"]]
        return Page(200, json.dumps(found).encode(), {"Content-Type": "application/json"})

    def _timemap(self, rest: str) -> Page:
        page = 0
        if rest.startswith("page"):
            number, _, rest = rest.partition("/")
            page = int(number.removeprefix("page"))
        low = page * self.per_page
        some = self._of_the_page()
        lines = [
            f'<{URL}>; rel="original"',
            f'<{self.base}/timemap/link/{URL}>; rel="self"; type="application/link-format"',
        ]
        lines += [
            f'<{self.base}/{c.timestamp}/{c.url}>; rel="memento"; datetime="{c.date}"'
            for c in some[low : low + self.per_page]
        ]
        if low + self.per_page < len(some):
            following = f"{self.base}/timemap/link/page{page + 1}/{URL}"
            lines.append(f'<{following}>; rel="timemap"; type="application/link-format"')
        head = {"Content-Type": "application/link-format"}
        return Page(200 if some else 404, ",\n".join(lines).encode(), head)

    def _memento(self, rest: str) -> Page:
        time, _, url = rest.partition("/")
        modifier = time[14:]
        if time in self.broken or (modifier and not self.raw):
            return Page(500 if time in self.broken else 404)
        if modifier and self.drops:
            return Page(302, b"", {"Location": f"/web/{time[:14]}/{url}"})
        of_url = [c for c in self.captures if c.url == unquote(url)]
        if not of_url:
            return Page(404)
        near = min(of_url, key=lambda c: (abs(int(c.timestamp) - int(time[:14])), c.timestamp))
        if near.timestamp != time[:14]:
            return Page(302, b"", {"Location": f"/web/{near.timestamp}{modifier}/{near.url}"})
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Memento-Datetime": near.date,
            "Link": f'<{near.url}>; rel="original", <{self.base}/next>; rel="next memento"',
            "X-Archive-Orig-ETag": '"then"',
            "ETag": '"now"',
        }
        if near.target:
            inside = f"{self.base}/{near.timestamp}{modifier}/{near.target}"
            headers["Location"] = inside if self.rewrites else near.target
        body = near.body if modifier else BANNER + near.body
        return Page(near.status, body, headers)

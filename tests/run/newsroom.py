"""A scripted newsroom on the loopback address: invented outlets whose feeds and pages change by the clock,
and a checker that counts how often a visitor was impolite.

Names under `.example` stand for the loopback address (serving.names); every outlet is a host of its own.
What is answered hangs on the time alone, so that a run under a simulated clock can be repeated.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.capture.serving import NOW, Clock, Quiet

from onrecord import settings
from onrecord.records import Check, Watch
from onrecord.run.checking import watch_id
from onrecord.run.watches import add_watches
from onrecord.run.watching import Event, Times, WatchReport, watch
from onrecord.store.record import Store

CONTACT = "desk@tern.example"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
HTML = "text/html; charset=utf-8"
START = datetime.fromisoformat(NOW)


def instant(seconds: float) -> str:
    """Simulated seconds since the start as an instant."""
    return (START + timedelta(seconds=int(seconds))).isoformat()


def http_date(seconds: float) -> str:
    """Simulated seconds since the start as HTTP writes a date."""
    return format_datetime((START + timedelta(seconds=int(seconds))).astimezone(UTC), usegmt=True)


# --------------------------------------------------------------------------- what is answered


@dataclass(frozen=True)
class Request:
    """What was asked, and when (simulated seconds since the start). Header names in lower case, values
    with every byte as one character."""

    host: str
    path: str
    at: float
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What is answered. `raw` writes to the socket itself instead: slow, endless and broken answers. Of an
    `endless` one the server does not notice at once that the visitor hung up, so its end is not timed."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[Callable[[bytes], Any]], None] | None = None
    endless: bool = False


Answer = Callable[[Request], Reply]


def always(reply: Reply) -> Answer:
    """The same reply at any time."""
    return lambda request: reply


def page(body: bytes | str, kind: str = HTML) -> Answer:
    """A page that never changes, without validators."""
    data = body.encode() if isinstance(body, str) else body
    return always(Reply(200, data, {"Content-Type": kind}))


def status(number: int, **headers: str) -> Answer:
    """An answer without a page; `Retry_After="60"` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return always(Reply(number, b"", named))


def redirect(to: str, number: int = 302) -> Answer:
    return status(number, Location=to)


def retry_by_date(number: int, seconds: float) -> Answer:
    """The server asks to wait, with a date that many seconds ahead."""
    return lambda request: Reply(number, b"", {"Retry-After": http_date(request.at + seconds)})


def over_time(*states: tuple[float, Answer]) -> Answer:
    """The last state that has begun; (seconds since the start, answer), in order."""

    def answer(request: Request) -> Reply:
        return [state for begun, state in states if begun <= request.at][-1](request)

    return answer


def text_over_time(
    states: Sequence[tuple[float, str]],
    validators: str = "strong",
    *,
    noise: bool = False,
    kind: str = HTML,
) -> Answer:
    """A page with another text from each time on.

    `validators`: strong, weak, odd (an ETag without quotes and beyond ASCII), date (Last-Modified
    alone), both, none, ignored (sent, and every answer is whole), stuck (304 for ever to who asks with
    one). With `noise` every answer has other bytes and the same text, and no validator fits twice.
    """

    def answer(request: Request) -> Reply:
        begun, text = [s for s in states if s[0] <= request.at][-1]
        mark = f"<!-- {request.at:.0f} -->" if noise else ""
        body = (text + mark).encode()
        tag = hashlib.sha256(body).hexdigest()[:12]
        named = {"Content-Type": kind}
        etag = {"weak": f'W/"{tag}"', "odd": f"caf\xe9-{tag}"}.get(validators, f'"{tag}"')
        if validators not in ("none", "date"):
            named["ETag"] = etag
        if validators in ("date", "both"):
            named["Last-Modified"] = http_date(begun)
        asked_tag = request.headers.get("if-none-match")
        asked_date = request.headers.get("if-modified-since")
        same = {
            "none": False,
            "ignored": False,
            "stuck": bool(asked_tag or asked_date),
            "date": asked_date == named.get("Last-Modified"),
        }.get(validators, asked_tag == named.get("ETag"))
        return Reply(304, b"", named) if same else Reply(200, body, named)

    return answer


def robots(*rules: str, delay: float | None = None) -> Answer:
    """A robots.txt that forbids these paths to everybody."""
    lines = ["User-agent: *", *(f"Disallow: {rule}" for rule in rules)]
    if delay is not None:
        lines.append(f"Crawl-delay: {delay:g}")
    return page("\n".join(lines), "text/plain")


def slow(body: bytes, seconds: float) -> Answer:
    """The page comes after that many real seconds."""

    def write(send: Callable[[bytes], Any]) -> None:
        threading.Event().wait(seconds)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\nContent-Length: {len(body)}\r\n\r\n"
        send(head.encode() + body)

    return always(Reply(raw=write))


def dripping(piece: bytes = b"<p>more", pause: float = 0.1) -> Answer:
    """A page that goes on for ever, a piece every `pause` real seconds."""

    def write(send: Callable[[bytes], Any]) -> None:
        send(f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\n\r\n<html><body>".encode())
        while True:
            send(piece)
            if pause:
                threading.Event().wait(pause)

    return always(Reply(raw=write, endless=True))


def broken_gzip(body: bytes) -> Answer:
    """A page whose compressed body breaks off."""
    data = gzip.compress(body)[: len(body) // 4]
    return always(Reply(200, data, {"Content-Type": HTML, "Content-Encoding": "gzip"}))


# --------------------------------------------------------------------------- the server


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it, and its answer. `open` counts the requests that this host had
    open when it came, itself included; `digest` is the SHA-256 of the body."""

    request: Request
    reply: Reply
    ended: float
    open: int
    digest: str


@dataclass
class Newsroom:
    """A running server of many outlets. `answers` by host and path; what is not in it is a 404, a
    robots.txt too. `asked` is every request, in the order of the answers; bodies are left out of it
    where `bodies` says so. `cpu` are the seconds that the server itself used."""

    clock: Callable[[], float]
    port: int = 0
    bodies: bool = True
    cpu: float = 0.0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    _open: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def url(self, place: str) -> str:
        """`tern.example/a` as an address."""
        host, _, path = place.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def serve(self, place: str, answer: Answer) -> str:
        """Puts an answer at a place; its address."""
        self.answers[place if "/" in place else f"{place}/"] = answer
        return self.url(place)

    def at(self, place: str) -> list[Asked]:
        """The requests for one place, or with a bare host for all of it but robots.txt."""
        return [
            one
            for one in self.asked
            if f"{one.request.host}{one.request.path}" == place
            or (one.request.host == place and one.request.path != "/robots.txt")
        ]

    def answer(self, host: str, path: str, headers: Mapping[str, str], send: Any) -> bool:
        """Answers one request; whether the connection may be kept."""
        request = Request(host, path, self.clock(), headers)
        with self.lock:
            self._open[host] += 1
            count = self._open[host]
        found = self.answers.get(f"{host}{path}", status(404))
        reply = found(request)
        # What the visitor does once he has the answer comes after its end: it is noted before it is sent.
        timed = reply.raw is not None and not reply.endless
        if not timed:
            self._note(request, reply, count)
        try:
            if reply.raw:
                reply.raw(send)
            else:
                self._send(reply, send)
        except OSError:
            return False
        finally:
            if timed:
                self._note(request, reply, count)
        return reply.raw is None

    def _note(self, request: Request, reply: Reply, count: int) -> None:
        digest = hashlib.sha256(reply.body).hexdigest()
        kept = reply if self.bodies or request.path == "/robots.txt" else replace(reply, body=b"")
        with self.lock:
            self._open[request.host] -= 1
            self.asked.append(Asked(request, kept, self.clock(), count, digest))

    @staticmethod
    def _send(reply: Reply, send: Callable[[bytes], Any]) -> None:
        headers = {**reply.headers}
        if reply.status != 304:
            headers.setdefault("Content-Length", str(len(reply.body)))
        lines = [f"HTTP/1.1 {reply.status} As-Scripted"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        send("\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body)


USUAL_PORT = 47301
"""Where a newsroom is if nobody else is: addresses, and with them jitter, are then the same every time."""


def _server(handler: type[BaseHTTPRequestHandler], port: int) -> Quiet:
    try:
        return Quiet(("127.0.0.1", port), handler)
    except OSError:
        return Quiet(("127.0.0.1", 0), handler)


@contextmanager
def newsroom(clock: Callable[[], float], port: int = USUAL_PORT) -> Iterator[Newsroom]:
    """A newsroom for as long as the block runs, at a port or, if that is taken, at any free one."""
    room = Newsroom(clock)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_one_request(self) -> None:
            begun = time.thread_time()
            super().handle_one_request()
            with room.lock:
                room.cpu += time.thread_time() - begun

        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            headers = {name.lower(): value for name, value in self.headers.items()}
            if not room.answer(host, self.path, headers, self.wfile.write):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = _server(Handler, port)
    server.daemon_threads = True
    server.block_on_close = False
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield room
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# --------------------------------------------------------------------------- politeness


def violations(
    asked: Sequence[Asked], pause: float = 1.0, contact: str = CONTACT, slack: float = 0.001
) -> list[str]:
    """What a server's owner would complain of, one line each: two requests at once, pauses shorter than
    asked for, a question before Retry-After was over, a forbidden path, no name or contact, a validator
    that the server did not write, and no look at robots.txt first or for more than a day.

    `pause` in seconds is what the visitor promises by himself; `slack` is what clocks may differ by.
    """
    found: list[str] = []
    by_host: dict[str, list[Asked]] = defaultdict(list)
    for one in sorted(asked, key=lambda a: (a.request.at, a.ended)):
        by_host[one.request.host].append(one)
    given = {v for one in asked for k, v in one.reply.headers.items() if k == "ETag"}
    given |= {v for one in asked for k, v in one.reply.headers.items() if k == "Last-Modified"}
    for host, requests in sorted(by_host.items()):
        found += [f"{host}: {line}" for line in _complaints(requests, pause, contact, slack, given)]
    return found


def _complaints(
    requests: Sequence[Asked], pause: float, contact: str, slack: float, given: set[str]
) -> Iterator[str]:
    last: Asked | None = None
    closed = read = float("-inf")
    delay, forbidden = 0.0, tuple[str, ...]()
    for one in requests:
        at, path, headers = one.request.at, one.request.path, one.request.headers
        where = f"{path} at {at:.3f}"
        if one.open > 1:
            yield f"{where}: {one.open} requests at once"
        if last is not None:
            wanted = pause if last.request.path == "/robots.txt" else max(pause, delay)
            if at - last.ended < wanted - slack:
                yield f"{where}: {at - last.ended:.3f} s after the last one, not {wanted:g}"
        if at < closed - slack:
            yield f"{where}: {closed - at:.0f} s before Retry-After was over"
        if contact not in headers.get("user-agent", ""):
            yield f"{where}: no contact in {headers.get('user-agent')!r}"
        for name in ("if-none-match", "if-modified-since"):
            if name in headers and headers[name] not in given:
                yield f"{where}: {name} {headers[name]!r} was never given"
        if path == "/robots.txt":
            read = at
            delay, forbidden = _rules(one.reply)
        else:
            if at - read > DAY + pause + slack:
                yield f"{where}: robots.txt was not read before it"
            if any(path.startswith(rule) for rule in forbidden):
                yield f"{where}: robots.txt forbids it"
        closed = max(closed, one.ended + _asked_to_wait(one))
        last = one


def _rules(reply: Reply) -> tuple[float, tuple[str, ...]]:
    if reply.status >= 500:
        return 0.0, ("/",)
    delay, paths = 0.0, []
    for line in reply.body.decode().splitlines():
        name, _, value = line.partition(": ")
        if name == "Crawl-delay":
            delay = float(value)
        elif name == "Disallow":
            paths.append(value)
    return delay, tuple(paths)


def _asked_to_wait(one: Asked) -> float:
    written = one.reply.headers.get("Retry-After")
    if written is None or one.reply.status not in (429, 503):
        return float("-inf")
    if written.isdigit():
        return float(written)
    return (parsedate_to_datetime(written) - START).total_seconds() - one.ended


# --------------------------------------------------------------------------- reports and feeds

_WHO = "the harbour master|the ferry line|a pilots' union|the island council|the tide office|the port's lawyers".split(
    "|"
)
_DID = "put off|signed|rejected|published|asked for|paid for|withdrew|announced|tested|lost".split(
    "|"
)
_WHAT = (
    "a plan for the northern quay|the winter timetable|two new lifeboats|a report on the dredging"
    "|the lease of the fish market|a fine over the oil slick|the repair of the lighthouse"
).split("|")
_WHEN = "on Monday|after a night of talks|without a word|before the storm|for the third time".split(
    "|"
)


def paragraphs(seed: int, count: int = 6) -> list[str]:
    """Invented paragraphs, the same for the same seed and hardly any twice."""
    chance = random.Random(seed)

    def sentence() -> str:
        parts = [chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHEN)]
        text = f"{' '.join(parts)}, as {chance.randint(11, 99)} of {chance.randint(100, 999)} members had wished."
        return text[0].upper() + text[1:]

    return [" ".join(sentence() for _ in range(3)) for _ in range(count)]


def report(
    seed: int, *, headline: str = "", edit: str = "", published: float = 0.0, template: int = 0
) -> str:
    """A report's page. `edit` is a paragraph more; `template` another design of the same page."""
    head = html.escape(headline or f"Harbour talks number {seed} end without a result")
    body = "".join(f"<p>{p}</p>" for p in [*paragraphs(seed), *([edit] if edit else [])])
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline or f"Harbour talks number {seed} end without a result",
        "datePublished": instant(published),
    }
    meta = f'<script type="application/ld+json">{json.dumps(about)}</script>'
    if template:
        return (
            f'<!doctype html><html lang="en"><head><title>{head} | The Tern</title>{meta}</head><body>'
            f'<div class="top"><a href="/">Front</a> <a href="/sea">Sea</a></div>'
            f'<main><section class="t{template}"><h1>{head}</h1><div class="copy">{body}</div>'
            "</section></main></body></html>"
        )
    return (
        f'<!doctype html><html lang="en"><head><title>{head}</title>{meta}</head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{head}</h1>{body}</article></body></html>'
    )


CONSENT = (
    '<!doctype html><html lang="en"><head><title>Your privacy</title></head><body><h1>Before you go on</h1>'
    "<p>We and our partners use cookies. Accept all cookies or manage your consent preferences.</p>"
    "<button>Accept all</button></body></html>"
)
PAYWALL = (
    '<!doctype html><html lang="en"><head><title>Subscribe</title></head><body><h1>Subscribe to continue '
    "reading</h1><p>This article is for subscribers only. Subscribe now or log in.</p></body></html>"
)
FAULT = (
    '<!doctype html><html lang="en"><head><title>404 - Page not found</title></head><body><h1>Page not '
    "found</h1><p>The page you asked for could not be found.</p></body></html>"
)
FRONT = (
    '<!doctype html><html lang="en"><head><title>The Tern</title></head><body><h1>The Tern</h1>'
    '<ul><li><a href="/1">Talks</a></li><li><a href="/2">Tides</a></li></ul></body></html>'
)


@dataclass(frozen=True)
class Item:
    """What a feed says of one report; times in simulated seconds."""

    url: str
    title: str = "Harbour talks"
    published: float | None = 0.0
    updated: float | None = None


def rss(items: Iterable[Item]) -> str:
    rows = "".join(
        f"<item><title>{i.title}</title><link>{html.escape(i.url)}</link>"
        + (f"<pubDate>{http_date(i.published)}</pubDate>" if i.published is not None else "")
        + "</item>"
        for i in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Tern</title>{rows}</channel></rss>'


def atom(items: Iterable[Item]) -> str:
    rows = "".join(
        f'<entry><title>{i.title}</title><link href="{html.escape(i.url)}"/>'
        f"<published>{instant(i.published or 0)}</published>"
        f"<updated>{instant(i.updated if i.updated is not None else i.published or 0)}</updated></entry>"
        for i in items
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Tern</title>{rows}</feed>'


def json_feed(items: Iterable[Item]) -> str:
    rows = [
        {"id": i.url, "url": i.url, "title": i.title, "date_published": instant(i.published or 0)}
        | ({"date_modified": instant(i.updated)} if i.updated is not None else {})
        for i in items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "The Tern", "items": rows}
    return json.dumps(head)


_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def news_sitemap(items: Iterable[Item]) -> str:
    rows = "".join(
        f"<url><loc>{html.escape(i.url)}</loc><news:news><news:publication><news:name>The Tern</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{instant(i.published or 0)}</news:publication_date>"
        f"<news:title>{i.title}</news:title></news:news></url>"
        for i in items
    )
    return f'<?xml version="1.0"?><urlset {_SITEMAP} {_NEWS}>{rows}</urlset>'


def sitemap(items: Iterable[Item]) -> str:
    rows = "".join(
        f"<url><loc>{html.escape(i.url)}</loc>"
        + (f"<lastmod>{instant(i.updated)}</lastmod>" if i.updated is not None else "")
        + "</url>"
        for i in items
    )
    return f'<?xml version="1.0"?><urlset {_SITEMAP}>{rows}</urlset>'


def sitemap_index(items: Iterable[Item]) -> str:
    return (
        sitemap(items)
        .replace("<url>", "<sitemap>")
        .replace("</url>", "</sitemap>")
        .replace("urlset", "sitemapindex")
    )


# --------------------------------------------------------------------------- a desk that watches


class Desk:
    """A record that watches a newsroom under a simulated clock. `said` are the events that it told."""

    def __init__(self, folder: Path, room: Newsroom, clock: Clock, **options: Any) -> None:
        values = {"web_private": True, "web_contact": CONTACT, "watch_hosts": 1}
        values |= {"watch_build": "none", "build_processes": 1} | options
        self.settings = settings.join({k.replace("_", ".", 1): v for k, v in values.items()})
        self.store = Store(folder)
        self.room, self.clock = room, clock
        self.said: list[Event] = []
        self.end = 0.0
        self.times = Times(self.now, clock.sleep, clock, self.nap)

    def close(self) -> None:
        self.store.close()

    def now(self) -> str:
        return instant(self.clock.seconds)

    def nap(self, seconds: float) -> None:
        """Sleeps on until something is due: nothing happens before, as on a machine that was suspended."""
        due = self.store.next_due()
        until = (datetime.fromisoformat(due) - START).total_seconds() if due else self.end
        self.clock.sleep(
            min(max(seconds, until - self.clock.seconds), max(0.2, self.end - self.clock.seconds))
        )

    def add(self, *places: str) -> None:
        """Watches these places from now on."""
        lines = add_watches(self.store, [(self.room.url(p), None) for p in places], self.now())
        assert lines == []

    def run(self, seconds: float, *, once: bool = False) -> WatchReport:
        """Watches for that many simulated seconds."""
        self.end = self.clock.seconds + seconds
        return watch(
            self.store,
            self.settings,
            self.times,
            self.said.append,
            stop=lambda: self.clock.seconds >= self.end,
            once=once,
        )

    def watch(self, place: str) -> Watch:
        """How the watch of a place stands."""
        found = self.store.get(Watch, watch_id(self.room.url(place)))
        assert found is not None, f"{place} is not watched"
        return found

    def checks(self, place: str) -> list[Check]:
        """The checks of a place, in order."""
        found = self.store.by(Check, "watch_id", watch_id(self.room.url(place)))
        return sorted(found, key=lambda c: c.at)

    def outcomes(self, place: str) -> list[str]:
        """What came of the checks of a place, in order; the same several times behind one another, once."""
        every = [c.outcome for c in self.checks(place)]
        return [o for n, o in enumerate(every) if n == 0 or every[n - 1] != o]

    def minutes(self, place: str) -> list[float]:
        """Minutes since the start at which a place was checked."""
        return [
            (datetime.fromisoformat(c.at) - START).total_seconds() / 60 for c in self.checks(place)
        ]

"""Live pages, fetched politely.

robots.txt is asked first and holds (RFC 9309); a host gets one request at a time, with a pause between
two; `Retry-After` and `Crawl-delay` are kept to; time and size have limits; every redirect is recorded,
and only servers on the open internet are asked, unless an option allows others.
"""

from __future__ import annotations

import functools
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.request import Request

from onrecord.capture.addresses import host_key, joined, origin, sendable
from onrecord.capture.bodies import BadBody, decoded
from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.headers import kept_headers
from onrecord.errors import InputError, UsageError
from onrecord.options import option
from onrecord.records import Hop

if TYPE_CHECKING:
    from ssl import SSLContext

    from protego import Protego


@dataclass(frozen=True, slots=True)
class Options:
    """Options of fetching live pages and captures of web archives."""

    user_agent: str = option(
        "onrecord/0.1 (+https://pypi.org/project/onrecord/)",
        "How onrecord names itself to servers; robots.txt is read for the word in front",
    )
    contact: str = option(
        "", "Your mail address or page, sent to servers so that their owners can reach you"
    )
    timeout: int = option(30, "Longest wait for a server to connect or to go on", unit="seconds")
    deadline: int = option(120, "Longest time for one answer as a whole", unit="seconds")
    largest: int = option(20_000_000, "Largest page that is fetched", unit="bytes")
    redirects: int = option(10, "Most redirects that are followed")
    robots: bool = option(True, "Respect robots.txt")
    pause: int = option(1000, "Pause between two requests to one host", unit="milliseconds")
    wait: int = option(
        120,
        "Longest wait that a server may ask for by Retry-After or Crawl-delay; if it asks for more, "
        "the rest of its pages are left for another time",
        unit="seconds",
    )
    retries: int = option(2, "How often a server that asked to wait is asked again")
    private: bool = option(
        False, "Fetch from private, loopback and link-local addresses as well as from the internet"
    )
    proxy: str = option("", "Address of an HTTP proxy that all requests go through")


class Busy(InputError):
    """A host asked to be left alone for longer than may be waited: for `seconds` from now, in which it
    is not asked again. `answer` is the one that said so, None where it was not asked now."""

    seconds: float = 0
    answer: Answer | None = None


class Unreachable(InputError):
    """A server did not answer, or not to the end."""


class Forbidden(InputError):
    """robots.txt or the rule about private addresses forbids to ask."""


class NotAPage(InputError):
    """What a server gives is no page or text; asking again would give the same."""


REDIRECTS = frozenset({301, 302, 303, 307, 308})
USABLE = frozenset({200, 203})
"""Statuses whose body is the page (RFC 9110, 15.3): OK, and OK by way of a transforming proxy."""

TOO_MANY = 429
UNAVAILABLE = 503
ASSUMED_WAIT = 60
"""Seconds to wait after a 429 that says nothing of how long."""

ROBOTS_LARGEST = 512_000
"""Bytes of a robots.txt that are read; RFC 9309, 2.5 asks for at least 500 KiB."""

ROBOTS_REDIRECTS = 5
"""RFC 9309, 2.3.1.2."""

LONGEST_REASON = 200
"""Characters shown of a fault in what a server sent: some show all of it."""

_NO_PAGE = re.compile(
    r"(?:image|audio|video|font|model)/|text/(?:css|javascript)\b"
    r"|application/(?:javascript|x-javascript|zip|font|vnd\.ms-fontobject|wasm)\b"
)
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate, br",
}


@dataclass(frozen=True)
class Answer:
    """What a server answered: `body` is decoded and empty unless the status is USABLE; `sent` is the
    body as it came, in the coding that `Content-Encoding` names; `hops` lead to `url`. `cut`: the body
    goes on behind the limit."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    sent: bytes = b""
    hops: tuple[Hop, ...] = ()
    cut: bool = False

    def header(self, name: str) -> str | None:
        """The value of a header, several of one name joined by `, `; None if there is none."""
        found = [value for key, value in self.headers if key == name]
        return ", ".join(found) if found else None


ROBOTS_KEPT = 24 * 3600
"""Seconds for which a site's rules are taken to hold (RFC 9309, 2.4: no longer than 24 hours)."""

ROBOTS_UNKNOWN = 1800
"""Seconds after which a site whose rules could not be read is asked for them again."""


@dataclass
class _Host:
    """What is known of one host: when it may be asked again, and why not before. `turn` is held by
    who asks it: one request at a time. `faults`: answers in a row that did not come, or with a 5xx."""

    ready: float = float("-inf")
    closed: str = ""
    pause: float = 0
    faults: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class _Rules:
    """What a site's robots.txt says, None if there is none, the error if it is not known; until when."""

    found: Protego | InputError | None
    until: float


@dataclass
class Hosts:
    """What fetchers know of hosts and sites together, so that several threads with a fetcher each still
    ask a host for one thing at a time. With `back_off` a host that is out of order is asked less and
    less often, whichever of its pages is wanted."""

    back_off: bool = False
    hosts: dict[str, _Host] = field(default_factory=dict)
    rules: dict[str, _Rules] = field(default_factory=dict)

    @functools.cached_property
    def context(self) -> SSLContext:
        """What certificates are checked with."""
        import httpcore

        return httpcore.default_ssl_context()

    def host(self, key: str) -> _Host:
        """What is known of a host."""
        return self.hosts.setdefault(key, _Host())

    def forget(self, now: float) -> None:
        """Lets go of rules that are out of date, and of hosts without any that may be asked at once."""
        for site in [site for site, rules in self.rules.items() if rules.until < now]:
            del self.rules[site]
        kept = {host_key(site) for site in self.rules}
        for key in [k for k, h in self.hosts.items() if k not in kept and h.ready <= now]:
            del self.hosts[key]


@dataclass
class Fetcher:
    """Asks servers, one request at a time, and remembers for one run how each wants to be asked.

    `now` gives the time of capture (ISO 8601 with offset), `sleep` waits, `clock` counts seconds.
    Not for several threads at once; fetchers of several threads share `hosts`. To be closed.
    """

    options: Options
    now: Callable[[], str]
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    hosts: Hosts = field(default_factory=Hosts)

    def __post_init__(self) -> None:
        import httpx

        from onrecord.capture.network import Deadline, Transport

        chosen = self.options
        named = {"User-Agent": user_agent(chosen)}
        if "@" in chosen.contact:
            named["From"] = chosen.contact
        self._deadline = Deadline()
        try:
            transport = Transport(
                self._deadline,
                private=chosen.private,
                proxy=chosen.proxy,
                context=lambda: self.hosts.context,
            )
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise UsageError("not a proxy", where=chosen.proxy, why=str(error)) from error
        self._client = httpx.Client(
            transport=transport,
            headers=_sent({**_HEADERS, **named}),
            cookies=CookieJar(_Sendable()),
            timeout=chosen.timeout,
            trust_env=False,
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------ pages

    def page(self, written: str) -> Found:
        """The capture of the page at an address, as people write it.

        A page beyond the limit of size is cut off there, and a line says so. Raises InputError if it may
        not be asked for, if the server does not give it (Unreachable, or Busy), if it comes too slowly,
        or is no page or text.
        """
        url = sendable(written)
        answer = self.get(url, cut=True)
        if answer.status not in USABLE:
            raise InputError(
                "not captured",
                where=url,
                why=f"the server answered {answer.status}",
                do="a failed fetch is not a removal; try again later",
            )
        return self.captured(answer, written.strip(), url)

    def captured(self, answer: Answer, path: str, url: str) -> Found:
        """The capture of an answer to `url`, taken now. Raises InputError if it is no page or text."""
        found = capture(
            answer.body,
            Origin(
                path=path,
                url=url,
                final_url=answer.url,
                captured_at=self.now(),
                status=answer.status,
                content_type=answer.header("content-type"),
                redirects=answer.hops,
                headers=kept_headers(answer.headers),
                cut=answer.cut,
            ),
        )
        if not answer.cut:
            return found
        line = _too_large(url, self.options.largest, "cut off").line()
        return replace(found, lines=(*found.lines, line))

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, cut: bool = False
    ) -> Answer:
        """The answer behind all redirects. Cookies that a redirect sets are sent on and then forgotten.
        With `cut` a body beyond the limit is cut off there.

        Raises InputError as `ask`, and if redirects go in a circle, are too many or lead nowhere.
        """
        self._client.cookies.clear()
        hops: list[Hop] = []
        seen: set[tuple[str, str]] = set()
        target = url
        try:
            while True:
                cookies = sorted((c.name, c.value or "") for c in self._client.cookies.jar)
                if (target, repr(cookies)) in seen:
                    raise InputError("not fetched", why="its redirects go in a circle")
                seen.add((target, repr(cookies)))
                answer = self.ask(target, headers, cut=cut)
                location = answer.header("location")
                if answer.status not in REDIRECTS or not location:
                    return replace(answer, hops=tuple(hops))
                hops.append(Hop(url=target, status=answer.status))
                if len(hops) > self.options.redirects:
                    raise InputError(
                        "not fetched", why=f"it redirects more than {self.options.redirects} times"
                    )
                target = joined(target, location)
        except InputError as error:
            if not hops:
                raise
            behind = f"it redirects to {error.where}: " if error.where else ""
            again = type(error)(error.what, where=url, why=behind + error.why, do=error.do)
            if isinstance(error, Busy) and isinstance(again, Busy):
                again.seconds = error.seconds
                if error.answer:
                    again.answer = replace(error.answer, hops=tuple(hops))
            raise again from error

    # ------------------------------------------------------------------ one request

    def ask(
        self, url: str, headers: Mapping[str, str] | None = None, *, cut: bool = False
    ) -> Answer:
        """One answer of a server, whatever its status; redirects are not followed.

        `url` is as `sendable` gives it; `headers` may hold validators (If-None-Match), as the server
        wrote them: a 304 is then an answer without a body. Raises InputError if robots.txt forbids it, if the answer is
        too large or no page; Unreachable if there is none; Busy if the server asks to wait too long.
        """
        if self.options.robots:
            rules = self._robots(origin(url))
            if isinstance(rules, InputError):
                raise type(rules)(rules.what, where=url, why=rules.why, do=rules.do)
            if rules and not rules.can_fetch(url, _product(self.options)):
                raise Forbidden("not fetched", where=url, why="the site's robots.txt forbids it")
        return self._patiently(url, headers, cut=cut)

    def _patiently(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        largest: int | None = None,
        *,
        cut: bool = False,
    ) -> Answer:
        host = self._host(url)
        for attempt in range(self.options.retries + 1):
            # Nobody else asks the host between the question and what its answer says of the next one.
            with host.turn:
                answer = self._send(host, url, headers, largest, cut)
                asked = self._asked_to_wait(answer)
                if asked is None:
                    return answer
                host.ready = max(host.ready, self.clock() + asked)
                if asked > self.options.wait or attempt == self.options.retries:
                    host.ready = max(host.ready, self.clock() + self.options.wait + 1)
                    host.closed = (
                        f"{host_key(url)} answered {answer.status} and asks to wait {asked} s"
                    )
                    raise _busy("not fetched", url, host.closed, asked, answer)
        raise AssertionError("the last attempt returns or raises")

    def _send(
        self,
        host: _Host,
        url: str,
        headers: Mapping[str, str] | None,
        largest: int | None,
        cut: bool,
    ) -> Answer:
        """One request, when the host may be asked again. Raises Busy if that is too long to wait for."""
        early = host.ready - self.clock()
        if early > self.options.wait:
            slow = f"{host_key(url)} wants {host.pause:g} s between two requests"
            raise _busy("not asked", url, host.closed or slow, early)
        host.closed = ""
        if early > 0:
            self.sleep(early)
        self._deadline.start(self.options.deadline)
        faults, host.faults = host.faults, 0
        try:
            with one_line(url, self.options):
                answer = self._read(url, headers, largest, cut)
            if answer.status >= 500:
                host.faults = faults + 1
            return answer
        except Unreachable:
            host.faults = faults + 1
            raise
        finally:
            pause = self.options.pause / 1000
            if self.hosts.back_off and host.faults > 1:
                pause = min(pause * 2 ** min(host.faults, 16), max(pause, self.options.wait))
            host.ready = self.clock() + max(pause, host.pause)

    def _read(
        self, url: str, headers: Mapping[str, str] | None, largest: int | None, cut: bool
    ) -> Answer:
        limit = largest or self.options.largest
        cut = cut or largest is not None
        with self._client.stream("GET", url, headers=_asked(headers or {})) as response:
            found = Answer(
                url=url,
                status=response.status_code,
                headers=tuple(_written(k, v) for k, v in response.headers.raw),
            )
            if found.status not in USABLE:
                return found
            if largest is None:
                _check_type(found, url)
            sent, body, more = _bodies(found, response.iter_raw(), limit, cut=cut)
            return replace(found, sent=sent, body=body, cut=more)

    def _host(self, url: str) -> _Host:
        return self.hosts.host(host_key(url))

    def _asked_to_wait(self, answer: Answer) -> int | None:
        """Seconds that the server asks to be left alone, or None. An archived answer asks nothing."""
        if answer.status not in (TOO_MANY, UNAVAILABLE) or answer.header("memento-datetime"):
            return None
        seconds = _seconds(answer.header("retry-after"), self.now())
        if seconds is None and answer.status == TOO_MANY:
            return ASSUMED_WAIT
        return seconds

    # ------------------------------------------------------------------ robots.txt

    def _robots(self, site: str) -> Protego | InputError | None:
        """The rules of a site, None if it has none; the error if they cannot be known (RFC 9309:
        a site whose rules cannot be read is not to be fetched from)."""
        known = self.hosts.rules.get(site)
        if known is None or known.until < self.clock():
            found: Protego | InputError | None
            kept = ROBOTS_UNKNOWN
            try:
                found, kept = self._read_robots(site), ROBOTS_KEPT
            except Unreachable as error:
                why = f"its robots.txt cannot be read: {error.why}"
                found = Unreachable("not fetched", why=why, do="try again later")
            except Busy as error:
                error.answer = None  # of robots.txt, not of what was asked for
                raise
            except InputError as error:
                found = error
            known = self.hosts.rules[site] = _Rules(found, self.clock() + kept)
        return known.found

    def _read_robots(self, site: str) -> Protego | None:
        from protego import Protego

        target = f"{site}/robots.txt"
        for _ in range(ROBOTS_REDIRECTS + 1):
            answer = self._patiently(target, largest=ROBOTS_LARGEST)
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                break
            target = joined(target, location)
        if answer.status >= 500:
            raise Unreachable("", why=f"the server answered {answer.status}")
        if answer.status not in USABLE:
            return None
        rules = Protego.parse(answer.body.decode("utf-8", "replace"))
        host = self._host(site)
        host.pause = max(host.pause, rules.crawl_delay(_product(self.options)) or 0)
        return rules


def user_agent(options: Options) -> str:
    """The name sent to servers, with the contact in it."""
    return f"{options.user_agent} ({options.contact})" if options.contact else options.user_agent


def _sent(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]


_VALIDATORS = frozenset({"etag", "last-modified"})


def _asked(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Validators as they are sent: with the very bytes that `_written` took them from."""
    return [
        (n.encode("ascii"), v.encode("utf-8" if max(v, default="") > "\xff" else "latin-1"))
        for n, v in headers.items()
    ]


def _written(name: bytes, value: bytes) -> tuple[str, str]:
    """A header as it came, its name in lower case. Every byte of a validator is one character, so that
    it can be sent back; other values are UTF-8, or Latin-1 where they are none."""
    key = name.decode("latin-1").lower()
    if key not in _VALIDATORS:
        try:
            return key, value.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return key, value.decode("latin-1")


class _Sendable(DefaultCookiePolicy):
    """Takes no cookie that is not ASCII: it could not be sent back."""

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        return f"{cookie.name}{cookie.value}".isascii() and super().set_ok(cookie, request)


def _product(options: Options) -> str:
    """The word that robots.txt knows a crawler by (RFC 9309, 2.2.1)."""
    match = re.match(r"[A-Za-z_-]+", options.user_agent)
    return match[0] if match else "onrecord"


def _seconds(written: str | None, now: str) -> int | None:
    """`Retry-After` (RFC 9110, 10.2.3), seconds or a date, as whole seconds from now."""
    text = (written or "").strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        return None
    return max(0, int((until - datetime.fromisoformat(now)).total_seconds()))


def _check_type(answer: Answer, url: str) -> None:
    kind = (answer.header("content-type") or "").strip().lower()
    if _NO_PAGE.match(kind):
        raise NotAPage("not a page or a text", where=url, why=f"the server says it is {kind}")


def _bodies(
    answer: Answer, pieces: Iterator[bytes], limit: int, *, cut: bool
) -> tuple[bytes, bytes, bool]:
    """The body as sent and decoded, and whether there is more; with `cut`, the beginning of it up to
    the limit is enough."""
    sent, body = bytearray(), bytearray()

    def counted() -> Iterator[bytes]:
        for piece in pieces:
            sent.extend(piece)
            if len(sent) > limit and not cut:
                raise _too_large(answer.url, limit)
            yield piece

    declared = answer.header("content-length") or ""
    if declared.isdigit() and int(declared[:15]) > limit and not cut:
        raise _too_large(answer.url, limit)
    for piece in decoded(counted(), answer.header("content-encoding") or ""):
        body.extend(piece)
        if len(body) > limit:
            if cut:
                return bytes(sent), bytes(body[:limit]), True
            raise _too_large(answer.url, limit)
    return bytes(sent), bytes(body), False


def _busy(what: str, url: str, why: str, seconds: float, answer: Answer | None = None) -> Busy:
    error = Busy(what, where=url, why=why, do="try again later")
    error.seconds, error.answer = seconds, answer
    return error


def _too_large(url: str, limit: int, what: str = "not fetched") -> InputError:
    return InputError(
        what,
        where=url,
        why=f"larger than {limit} bytes",
        do="--web-largest sets the limit",
    )


@contextmanager
def one_line(url: str, options: Options) -> Iterator[None]:
    """Turns what can go wrong on the network into one InputError."""
    import httpcore
    import httpx

    from onrecord.capture.network import NotAllowed, TooSlow

    try:
        yield
    except NotAllowed as error:
        raise Forbidden(
            "not fetched", where=url, why=str(error), do="--web-private true allows it"
        ) from error
    except TooSlow as error:
        why = f"the answer was not finished within {options.deadline} s"
        raise Unreachable("not fetched", where=url, why=why) from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        why = f"no answer within {options.timeout} s"
        raise Unreachable("not fetched", where=url, why=why) from error
    except (
        BadBody,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
        httpx.HTTPError,
        httpx.InvalidURL,
    ) as error:
        why = re.sub(r"^\[Errno -?\d+\] ", "", str(error)) or type(error).__name__
        why = why if len(why) <= LONGEST_REASON else f"{why[:LONGEST_REASON]}…"
        raise Unreachable("not fetched", where=url, why=why) from error

"""Mementos (RFC 7089): the captures of one address as a web archive offers them, by time.

A capture is a memento if it has an http(s) address and an instant at which it was captured. One without
a time, or with a day alone, is none: a memento's time is a claim to the second, and nothing is guessed.
Addresses are compared by the frozen rule (text/urls.py), so that `http`, `https` and `www.` are one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote, unquote

from onrecord.capture.warc_pages import PAGES
from onrecord.records import Capture
from onrecord.text.decoding import is_derived
from onrecord.text.instants import is_instant, moment

LINK_FORMAT = "application/link-format"

LONGEST_TOLD = 4000
"""Characters of the header that tells what the record knows; proxies often stop at 8 kB in all."""

_HTTP = re.compile(r"https?:/+", re.IGNORECASE)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (" + "|".join(_MONTHS) + r") (\d{4}) "
    r"(\d\d):(\d\d):(\d\d) GMT",
    re.ASCII,
)
_STAMP = re.compile(r"(\d{4,14})(?:[a-z]{2}_)?", re.ASCII)
_NON_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_SAFE = ":/?[]@!$&'()*+,;=%-._~"
"""What stands unchanged in an address inside another one (RFC 3986, 2.2 and 2.3)."""


@dataclass(frozen=True)
class Memento:
    """A capture with the moment (UTC, whole seconds) at which it was taken."""

    capture: Capture
    at: datetime

    @property
    def date(self) -> str:
        """The moment as HTTP writes dates."""
        return format_datetime(self.at, usegmt=True)


def why_none(capture: Capture) -> str:
    """Why a capture is no memento, for a reader; "" if it is one."""
    if not capture.url or not _HTTP.match(capture.url.strip()):
        return "no web address is known for it"
    if not capture.captured_at:
        return "nothing says when it was captured"
    if not is_instant(capture.captured_at):
        return "only the day of its capture is known"
    return ""


def mementos(captures: Iterable[Capture]) -> tuple[Memento, ...]:
    """The mementos among captures, oldest first."""
    found = [
        Memento(c, moment(c.captured_at))
        for c in captures
        if c.captured_at is not None and not why_none(c)
    ]
    return tuple(sorted(found, key=lambda m: (m.at, m.capture.id)))


def nearest(found: Sequence[Memento], at: datetime) -> Memento:
    """The memento nearest in time, the earlier of two; of those of one second the first by id."""
    return min(found, key=lambda m: (abs(m.at - at), m.at, m.capture.id))


# --------------------------------------------------------------------------- what was asked for


def http_date(text: str) -> datetime:
    """A date as RFC 9110, 5.6.7 prefers it and RFC 7089, 2.1.1 demands it. Raises ValueError."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text[:60]!r} is no date like 'Fri, 14 Mar 2014 10:57:00 GMT'")
    day, month, year, hour, minute, second = match.groups()
    written = f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{hour}:{minute}:{second}+00:00"
    return datetime.fromisoformat(written)


def stamped(text: str) -> datetime:
    """Four to fourteen digits, as archives write times, as the first moment they stand for; letters
    behind them that ask for a form (`id_`) do not matter. Raises ValueError if they are no time."""
    match = _STAMP.fullmatch(text)
    if not match:
        raise ValueError(f"{text[:40]!r} is no time like 20140314105700")
    digits = match[1] + "00000101000000"[len(match[1]) :]
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def asked(raw: str) -> tuple[str, ...]:
    """The addresses that a path behind `/timegate/` and the like may mean, in order.

    Query strings and percent-encodings are part of the address. An address that was percent-encoded
    as a whole, one whose `//` a proxy made a `/`, and one without a scheme are understood as well;
    of characters beyond ASCII the address with them written out is one more possible meaning.
    """
    if not _HTTP.match(raw) and _HTTP.match(unquote(raw)):
        raw = unquote(raw)
    scheme = _HTTP.match(raw)
    url = f"{scheme[0].partition(':')[0]}://{raw[scheme.end() :]}" if scheme else f"https://{raw}"
    return tuple(dict.fromkeys((url, _written_out(url))))


def _written_out(url: str) -> str:
    text = _NON_ASCII.sub(lambda m: _decoded(m[0]), url)
    head, _, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    with suppress(UnicodeError):  # a name that only looks like one
        host = host.encode("ascii").decode("idna") if "xn--" in host.lower() else host
    return f"{head}://{host}{slash}{path}"


def _decoded(encoded: str) -> str:
    try:
        return unquote(encoded, errors="strict")
    except UnicodeDecodeError:
        return encoded


# --------------------------------------------------------------------------- what is answered


def as_uri(url: str) -> str:
    """An address as RFC 3986 allows it, without a fragment; what is not ASCII is written in it as
    browsers send it."""
    head, mark, rest = url.strip().partition("#")[0].partition("://")
    host, slash, path = rest.partition("/")
    with suppress(UnicodeError):  # a name that no domain can have is percent-encoded
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    return quote(f"{head}{mark}{host}{slash}{path}", safe=_SAFE)


@dataclass(frozen=True)
class Addresses:
    """Where the app has what of one address; `base` is the app's own, with a slash at its end."""

    base: str
    url: str

    @property
    def original(self) -> str:
        """The page's own address, as it may stand in a header: ASCII and without a fragment."""
        return as_uri(self.url)

    @property
    def timegate(self) -> str:
        return f"{self.base}timegate/{self.original}"

    @property
    def timemap(self) -> str:
        return f"{self.base}timemap/link/{self.original}"

    @property
    def timemap_json(self) -> str:
        return f"{self.base}timemap/json/{self.original}"

    def memento(self, capture: Capture) -> str:
        return f"{self.base}memento/id/{quote(capture.id, safe='')}"


def about(where: Addresses) -> str:
    """The `Link` header of every answer about an address: original, time gate and time maps."""
    return ", ".join(
        (
            f'<{where.original}>; rel="original"',
            f'<{where.timegate}>; rel="timegate"',
            f'<{where.timemap}>; rel="timemap"; type="{LINK_FORMAT}"',
            f'<{where.timemap_json}>; rel="timemap"; type="application/json"',
        )
    )


def around(where: Addresses, found: Sequence[Memento], at: int) -> str:
    """The `Link` header of the memento number `at` (from 0), or of the answer that leads to it, with
    those before and behind it (RFC 7089, 2.2.4)."""
    named: dict[int, list[str]] = {}
    last = len(found) - 1
    for name, number in (("first", 0), ("prev", at - 1), ("next", at + 1), ("last", last)):
        if 0 <= number <= last:
            named.setdefault(number, []).append(name)
    named.setdefault(at, [])
    links = [
        f'<{where.memento(found[n].capture)}>; rel="{" ".join([*names, "memento"])}"; '
        f'datetime="{found[n].date}"'
        for n, names in sorted(named.items())
    ]
    return ", ".join([about(where), *links])


def link_timemap(where: Addresses, found: Sequence[Memento]) -> Iterator[bytes]:
    """A time map in link format (RFC 7089, 5), piece by piece."""
    span = f'from="{found[0].date}"; until="{found[-1].date}"'
    yield (
        f'<{where.original}>; rel="original",\n'
        f'<{where.timemap}>; rel="self"; type="{LINK_FORMAT}"; {span},\n'
        f'<{where.timemap_json}>; rel="timemap"; type="application/json"; {span},\n'
        f'<{where.timegate}>; rel="timegate"'
    ).encode()
    for number, one in enumerate(found):
        names = [name for name, at in (("first", 0), ("last", len(found) - 1)) if at == number]
        relation = " ".join([*names, "memento"])
        address = where.memento(one.capture)
        yield f',\n<{address}>; rel="{relation}"; datetime="{one.date}"'.encode()
    yield b"\n"


def json_timemap(where: Addresses, found: Sequence[Memento]) -> bytes:
    """A time map as JSON, as mementoweb.org/guide/timemap-json describes it."""
    rows = [
        {"datetime": m.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "uri": where.memento(m.capture)}
        for m in found
    ]
    answer = {
        "original_uri": where.original,
        "self": where.timemap_json,
        "timegate_uri": where.timegate,
        "timemap_uri": {"link_format": where.timemap, "json_format": where.timemap_json},
        "mementos": {"first": rows[0], "last": rows[-1], "list": rows},
    }
    return (json.dumps(answer, indent=1) + "\n").encode()


def content_type(capture: Capture) -> str:
    """The media type and charset that the page came with; where none is kept, or it is none that is
    captured, those it was read by."""
    told = capture.headers.get("content-type", "")
    if told.partition(";")[0].strip().lower() in PAGES and told.isascii() and told.isprintable():
        return told
    text = capture.media_type.startswith("text/") or capture.media_type.endswith("xml")
    charset = text and not is_derived(capture.decoder)
    return f"{capture.media_type}; charset={capture.decoder}" if charset else capture.media_type


def told_headers(capture: Capture) -> Mapping[str, str]:
    """What another onrecord may know of a capture beside its bytes: the headers that were kept of the
    page, and id, address and time as they are written in the record.

    Who has the bytes can compute the id from them, and so knows that address and time are those that
    belong to it (capture/recorded.py).
    """
    kept = {
        f"X-Archive-Orig-{name}": value
        for name, value in capture.headers.items()
        if not name.startswith("x-archive-orig-")
        and name != "memento-datetime"
        and value.isascii()
        and value.isprintable()
    }
    told: dict[str, object] = {
        "id": capture.id,
        "url": capture.url,
        "captured_at": capture.captured_at,
        "final_url": capture.final_url,
        "redirects": [{"url": hop.url, "status": hop.status} for hop in capture.redirects],
    }
    if capture.memento:
        told["redirects"] = []
    written = json.dumps(told)
    if len(written) <= LONGEST_TOLD:
        kept["Onrecord-Capture"] = written
    return kept

"""Web archives: which captures of an address one lists, and one capture as it was archived.

An archive is named by a preset, by the address that its captures stand under, or by the address of a
listing with `{url}` in it. Requests are as polite as those for live pages (capture/web.py).
"""

from __future__ import annotations

import base64
import calendar
import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import msgspec

from onrecord.capture.addresses import host_key, joined, sendable
from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.headers import kept_headers
from onrecord.capture.links import read_links
from onrecord.capture.timemaps import (
    Listed,
    Listing,
    instant_from,
    instant_of,
    read_listing,
    replayed,
    timestamp_of,
)
from onrecord.capture.web import REDIRECTS, USABLE, Answer, Busy, Fetcher, NotAPage
from onrecord.errors import InputError, UsageError
from onrecord.options import option
from onrecord.records import Capture, Given, Hop, Memento
from onrecord.text.ids import make_id
from onrecord.text.instants import is_instant, normalise
from onrecord.text.urls import article_id


@dataclass(frozen=True, slots=True)
class Options:
    """Options of asking web archives."""

    listed: int = option(50_000, "Most captures that are read from an archive's listing")
    rows: int = option(10_000, "Rows of a CDX listing that are asked for at once")
    raw: bool = option(
        True, "Ask for captures without the archive's banner and links (`id_`) where it has them"
    )


@dataclass(frozen=True)
class Archive:
    """Where to ask: addresses of listings, tried in order, and how a capture's address is made.

    A listing with `{url}` is filled in; one without is a CDX server. `replay` has `{timestamp}` and
    `{url}`, or is "" where the listings name the addresses themselves.
    """

    name: str
    listings: tuple[str, ...]
    replay: str = ""


PRESETS = {
    "web.archive.org": Archive(
        "web.archive.org",
        ("https://web.archive.org/cdx/search/cdx",),
        "https://web.archive.org/web/{timestamp}id_/{url}",
    )
}
"""Archives that are known by name. web.archive.org: the CDX server's README in
github.com/internetarchive/wayback, and the `id_` modifier of its replay addresses."""

PAGES = 500
"""Most pages of one listing that are read."""

EARLIEST, LATEST = "19900101000000", "29991231235959"
"""What `{from}` and `{to}` of a listing's address are if no date was given."""


def parse_archive(text: str, replay: str = "") -> Archive:
    """The archive that a user names. Raises UsageError if it is none.

    `web.archive.org`              a preset, by its name or by any address on its host
    `https://a.example/coll`       BASE/cdx, else BASE/timemap/link/URL; captures at BASE/TIMEid_/URL
    `https://a.example/t/{url}`    one listing, of any form; `{from}` and `{to}` are filled in as well

    `replay` says where the captures stand, with `{timestamp}` and `{url}` in it.
    """
    base = text.strip().rstrip("/")
    host = host_key(base) if "://" in base else base.lower()
    if replay and not ("{timestamp}" in replay and "{url}" in replay):
        raise UsageError("not a pattern", where=replay, why="it has no {timestamp} or no {url}")
    if host in PRESETS and "{url}" not in base:
        return dataclasses.replace(PRESETS[host], replay=replay or PRESETS[host].replay)
    try:
        sendable(re.sub(r"[{}]", "", base))
    except InputError as error:
        raise UsageError(
            "not an archive",
            where=text,
            why=error.why,
            do=f"name {' or '.join(PRESETS)}, or an address such as https://archive.example/web",
        ) from error
    if "{url}" in base:
        return Archive(base, (base,), replay)
    listings = (f"{base}/cdx", f"{base}/timemap/link/{{url}}")
    return Archive(base, listings, replay or f"{base}/{{timestamp}}id_/{{url}}")


def filled(pattern: str, url: str, **values: str) -> str:
    """A pattern with its places filled: `url` percent-encoded behind a `?`, as it is in a path."""
    head, mark, query = pattern.partition("?")
    for name, value in values.items():
        head = head.replace(f"{{{name}}}", value)
        query = query.replace(f"{{{name}}}", value)
    return head.replace("{url}", url) + mark + query.replace("{url}", quote(url, safe=""))


# --------------------------------------------------------------------------- a span of time


@dataclass(frozen=True)
class Span:
    """From when to when, both included, as fourteen digits in UTC; None is open."""

    start: str | None = None
    end: str | None = None

    def holds(self, timestamp: str) -> bool:
        return (self.start or "") <= timestamp <= (self.end or "9")


_DIGITS = re.compile(r"\d{4}(?:\d\d){0,5}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


def parse_span(start: str | None, end: str | None) -> Span:
    """A span from days, months, years, instants or digits as archives write them.

    A day counts from its first to its last second in UTC. Raises UsageError for anything else, and if
    the end lies before the start.
    """
    span = Span(start and _bound(start, last=False), end and _bound(end, last=True))
    if span.start and span.end and span.start > span.end:
        raise UsageError("the span ends before it begins", where=f"{start} to {end}")
    return span


def _bound(written: str, *, last: bool) -> str:
    text = written.strip()
    iso = normalise(text)
    if iso and is_instant(iso):
        return timestamp_of(iso)
    if match := _MONTH.fullmatch(text):
        text = match[1] + match[2]
    digits = iso.replace("-", "") if iso else text
    if _DIGITS.fullmatch(digits):
        month = int(digits[4:6] or ("12" if last else "1"))
        if 1 <= month <= 12:
            days = calendar.monthrange(int(digits[:4]) or 1, month)[1]
            rest = f"{month:02}{days:02}235959" if last else "0101000000"
            whole = digits + rest[len(digits) - 4 :]
            if instant_of(whole):
                return whole
    raise UsageError(
        f"{written!r} is not a date", do="write 2014, 2014-03, 2014-03-14 or 2014-03-14T14:57:00Z"
    )


# --------------------------------------------------------------------------- listings


def listed(
    fetcher: Fetcher, archive: Archive, url: str, span: Span, options: Options
) -> Iterator[Listed | InputError]:
    """The captures of `url` in the span that the archive lists, page by page; errors in their place.

    The first of its listings that answers counts. Raises InputError if none does.
    """
    errors: list[InputError] = []
    for pattern in archive.listings:
        address = _first(pattern, url, span, options)
        try:
            first = _asked(fetcher, address)
        except Busy:
            raise
        except InputError as error:
            errors.append(error)
            continue
        yield from all_pages(fetcher, first, address, url, span, options)
        return
    raise InputError(
        "no list of captures",
        where=archive.name,
        why="; ".join(f"{error.where}: {error.why or error.what}" for error in errors),
        do="it may have none of this address, or list them elsewhere: name a list with {url} in it",
    )


def _first(pattern: str, url: str, span: Span, options: Options) -> str:
    if "{url}" in pattern:
        bounds = {"from": span.start or EARLIEST, "to": span.end or LATEST}
        return filled(pattern, url, **bounds)
    asked = {
        "url": url,
        "output": "json",
        "from": span.start,
        "to": span.end,
        "limit": str(options.rows),
        "showResumeKey": "true",
    }
    return f"{pattern}?{urlencode({name: value for name, value in asked.items() if value})}"


def _asked(fetcher: Fetcher, address: str) -> Listing:
    answer = fetcher.get(sendable(address))
    if answer.status not in USABLE:
        raise InputError("no listing", where=address, why=f"the archive answered {answer.status}")
    return read_listing(answer.body, answer.url)


def all_pages(
    fetcher: Fetcher, first: Listing, address: str, url: str, span: Span, options: Options
) -> Iterator[Listed | InputError]:
    """The captures of a listing whose first page was read at `address` (an address, or a file's name),
    and of the pages behind it; `url` where a capture does not say of which address it is."""
    seen, waiting, count = {address}, [(first, address)], 0
    while waiting:
        listing, at = waiting.pop(0)
        if listing.bad:
            yield InputError(
                f"{listing.bad} lines are not understood", where=at, why="the others are used"
            )
        for one in listing.captures:
            if not span.holds(one.timestamp):
                continue
            if count == options.listed:
                yield _cut(at, f"only {count} captures of it are read")
                return
            count += 1
            yield one if one.url else dataclasses.replace(one, url=url)
        if listing.resume and "://" not in at:
            yield _cut(at, "it ends with the key of its next page")
        for target in _following(listing, at, span, options):
            if target in seen:
                continue
            if len(seen) == PAGES:
                yield _cut(at, f"only {PAGES} pages of it are read")
                return
            seen.add(target)
            try:
                waiting.append((_asked(fetcher, target), target))
            except Busy:
                raise
            except InputError as error:
                yield error


def _cut(where: str, why: str) -> InputError:
    return InputError(
        "the listing is longer",
        where=where,
        why=why,
        do="narrow it with --from and --to, or raise --archives-listed",
    )


def _following(listing: Listing, at: str, span: Span, options: Options) -> Iterator[str]:
    """Addresses of the pages behind one. A CDX server that cut its answer at `limit` and gave no key
    (pywb) is asked again from the last time on."""
    for more in listing.more:
        if _touches(more.earliest, more.latest, span):
            yield more.address
    if "://" not in at:
        return
    if listing.resume:
        parted = re.sub(r"&resumeKey=[^&]*", "", at)
        yield f"{parted}&resumeKey={_sent_key(listing.resume)}"
    elif "&showResumeKey=" in at and len(listing.captures) >= options.rows:
        parted = re.sub(r"&(?:from|resumeKey)=[^&]*", "", at)
        yield f"{parted}&from={max(one.timestamp for one in listing.captures)}"


def _sent_key(key: str) -> str:
    """A resumption key as it is sent: archives show it percent-encoded, ready to be put in."""
    return key if re.fullmatch(r"[\w.~!*'()%+-]+", key, re.ASCII) else quote(key, safe="")


def _touches(earliest: str | None, latest: str | None, span: Span) -> bool:
    return not (
        (latest and span.start and timestamp_of(latest) < span.start)
        or (earliest and span.end and timestamp_of(earliest) > span.end)
    )


# --------------------------------------------------------------------------- one capture


class AlreadyHeld(InputError):
    """The archive answers with a capture of another time, which is in the record or listed itself."""


@dataclass
class Reader:
    """Takes captures out of an archive, and remembers for one run which hosts have raw ones.

    `known` says whether a capture of an address (by the frozen rule) and time is in the record, or
    will be by itself.
    """

    fetcher: Fetcher
    known: Callable[[str, str], bool]
    replay: str = ""
    raw: bool = True
    _has_raw: dict[str, bool] = field(default_factory=dict)

    def address(self, one: Listed) -> str:
        """Where a listed capture is asked for. Raises InputError if that cannot be known."""
        return self._forms(one)[0]

    def take(self, one: Listed) -> Found:
        """The capture, with the time at which it was archived.

        Raises NotAPage if an error page was archived, or no page; AlreadyHeld; or as Fetcher.ask.
        """
        forms = self._forms(one)
        answers: list[Answer] = []
        for form in forms:
            answers.append(self._follow(one, form))
            if answers[-1].header("memento-datetime") or _is_listed(one, answers[-1]):
                break
        dated = [a for a in answers if a.header("memento-datetime") or a.status in USABLE]
        if not dated:
            raise InputError(
                "not captured",
                where=forms[0],
                why=f"the archive answered {answers[-1].status}",
                do="it is asked again next time",
            )
        best = max(dated, key=lambda a: a.header("memento-datetime") is not None)
        if len(forms) > 1:
            self._has_raw.setdefault(host_key(forms[0]), best is answers[0])
        return self._found(one, best, forms[0])

    def _forms(self, one: Listed) -> list[str]:
        """Addresses to try: the raw form first, unless its host is known to have none."""
        if one.address is None and not self.replay:
            raise InputError(
                "not captured",
                where=one.url,
                why="the listing does not say where the archive shows its captures",
                do="name the archive with --archive, or the pattern with --replay",
            )
        shown = one.address or filled(self.replay, one.url, timestamp=one.timestamp)
        parts = replayed(shown)
        if not parts:
            return [sendable(shown)]
        raw, plain = sendable(parts.written("id_")), sendable(parts.written(""))
        if self.raw and self._has_raw.get(host_key(raw), True):
            return [raw, plain]
        return [plain]

    def _follow(self, one: Listed, start: str) -> Answer:
        """The answer behind the archive's own redirects and those that it archived."""
        hops: list[Hop] = []
        target = start
        while True:
            answer = self.fetcher.ask(target)
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return dataclasses.replace(answer, hops=tuple(hops))
            hops.append(Hop(url=target, status=answer.status))
            target = _inside(one, answer, location)
            if any(hop.url == target for hop in hops):
                raise NotAPage("not captured", where=start, why="its redirects go in a circle")
            if len(hops) > self.fetcher.options.redirects:
                raise NotAPage("not captured", where=start, why="it redirects too often")
            parts = replayed(target)
            if parts and parts.at:
                self._check(one, parts.at, start)

    def _check(self, one: Listed, at: str, start: str) -> None:
        if at != one.at and self.known(one.url, at):
            raise AlreadyHeld(
                "not captured twice",
                where=start,
                why=f"the archive answers with its capture of {at}, which is taken by itself",
            )

    def _found(self, one: Listed, answer: Answer, start: str) -> Found:
        if answer.status not in USABLE:
            raise _error_page(start, answer.status)
        parts = replayed(answer.url)
        at = instant_from(answer.header("memento-datetime") or "") or (parts and parts.at) or one.at
        self._check(one, at, start)
        matches = one.digest is not None and has_digest(answer, one.digest)
        is_raw = matches or (parts is not None and parts.modifier == "id_")
        origin = Origin(
            path=start,
            url=one.url,
            final_url=_original(answer) or (parts.url if parts else one.url),
            captured_at=at,
            status=answer.status,
            content_type=answer.header("content-type"),
            redirects=answer.hops,
            headers=kept_headers(answer.headers, archived=True),
            memento=Memento(
                address=answer.url,
                form="raw" if is_raw else "replayed",
                digest=one.digest if matches else None,
            ),
        )
        try:
            return capture(answer.body, origin)
        except InputError as error:
            raise NotAPage(error.what, where=start, why=error.why) from error


def _error_page(where: str, status: int) -> NotAPage:
    return NotAPage("not captured", where=where, why=f"the archived answer is an error ({status})")


def _is_listed(one: Listed, answer: Answer) -> bool:
    return bool(answer.status in USABLE and one.digest and has_digest(answer, one.digest))


def _inside(one: Listed, answer: Answer, location: str) -> str:
    """Where a redirect leads inside the archive: never to the page of today.

    An archived redirect is followed at its own time: the archive may give the address as it was
    written (then it is asked for there), or as one of its own.
    """
    here, target = replayed(answer.url), joined(answer.url, location)
    there = replayed(target)
    if there:
        raw = here is not None and here.modifier and not there.modifier
        return sendable(there.written("id_")) if raw else target
    archived = answer.header("memento-datetime") is not None
    if host_key(target) == host_key(answer.url) and not archived:
        return target
    if here is None:
        raise NotAPage(
            "not captured", where=answer.url, why=f"the archive leads out of itself, to {target}"
        )
    meant = joined(here.url, location)
    return sendable(dataclasses.replace(here, url=meant).written(here.modifier))


def _original(answer: Answer) -> str | None:
    links, _ = read_links(answer.header("link") or "")
    return next((link.target for link in links if "original" in link.relations), None)


def by_digest(one: Listed, held: Capture, address: str) -> Capture:
    """A listed capture that has the digest, and so the bytes, of one that was fetched."""
    ident = make_id("cap", held.sha256, one.url, one.at)
    return msgspec.structs.replace(
        held,
        id=ident,
        path=address,
        url=one.url,
        final_url=one.url,
        captured_at=one.at,
        article_id=article_id(one.url, ident),
        given=Given(),
        redirects=(),
        headers={},
        memento=Memento(address=address, form="by_digest", digest=one.digest),
    )


# --------------------------------------------------------------------------- digests


def digest_key(written: str) -> str:
    """A digest without the name of its algorithm, for comparing."""
    return written.rpartition(":")[2].strip().upper()


def has_digest(answer: Answer, written: str) -> bool:
    """Whether the body, as sent or decoded, has this digest: SHA-1 (base 32, as CDX servers write it,
    or hexadecimal), SHA-256 or MD5."""
    wanted = digest_key(written)
    for data in (answer.sent, answer.body):
        for name in ("sha1", "sha256", "md5"):
            digest = hashlib.new(name, data, usedforsecurity=False)
            raw = digest.digest()
            if wanted in (base64.b32encode(raw).decode(), digest.hexdigest().upper()):
                return True
    return False


_NO_PAGE = re.compile(
    r"(?:image|audio|video|font)/|text/(?:css|javascript)\b|application/(?:x-)?javascript\b"
)


def unfit(one: Listed, address: str) -> NotAPage | None:
    """Why a listed capture is no page, as far as the listing tells: an error, a picture, a script."""
    if one.status and one.status >= 400:
        return _error_page(address, one.status)
    kind = (one.media_type or "").lower()
    if _NO_PAGE.match(kind):
        return NotAPage("not captured", where=address, why=f"the archive lists it as {kind}")
    return None

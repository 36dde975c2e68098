"""Web archives: how one is named, and which captures of an address it lists.

An archive is named by a preset, by the address that its captures stand under, or by the address of a
listing with `{url}` in it. Requests are as polite as those for live pages (capture/web.py).
"""

from __future__ import annotations

import calendar
import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from onrecord.capture.addresses import host_key, sendable
from onrecord.capture.timemaps import (
    Listed,
    Listing,
    instant_of,
    read_listing,
    timestamp_of,
)
from onrecord.capture.web import USABLE, Busy, Fetcher, Forbidden, Unreachable
from onrecord.errors import InputError, UsageError
from onrecord.options import option
from onrecord.text.instants import is_instant, normalise


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
    if all(isinstance(error, Forbidden | Unreachable) for error in errors):
        raise errors[0]
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

"""What a web archive lists: Memento time maps and CDX listings, in all the forms they come in.

link-format   RFC 7089, 5: `<address>; rel="memento"; datetime="…"`, paged by rel="timemap"
JSON          mementoweb.org/guide/timemap-json: one object, paged by `pages` or `timemap_index`
CDX, JSON     the Internet Archive's CDX server: an array of rows, the first names the columns;
              behind an empty row stands the key that the next page is asked for with
CDX, text     the same, parted by spaces; also files with a ` CDX N b a m s k` line in front
CDXJ          `urlkey timestamp {…}` a line, as pywb writes it; also the objects alone (NDJSON)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from onrecord.capture.links import read_links
from onrecord.errors import InputError
from onrecord.text.instants import is_instant, moment, normalise

_DIGITS = re.compile(r"(\d{4})" + r"(\d\d)" * 5, re.ASCII)
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_REPLAYED = re.compile(r"/(\d{14})([a-z]{2}_)?/(https?):/{1,2}([^/].*)", re.ASCII | re.DOTALL)

COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
"""What a CDX row holds if nothing says otherwise."""

_LETTERS = {
    "N": "urlkey",
    "b": "timestamp",
    "a": "original",
    "m": "mimetype",
    "s": "statuscode",
    "k": "digest",
}
"""Columns of a CDX file's first line (the Internet Archive's CDX legend); others are not needed."""

_NAMES = {"url": "original", "uri": "original", "mime": "mimetype", "status": "statuscode"}
"""What pywb calls the columns of the CDX server."""


@dataclass(frozen=True)
class Listed:
    """A capture that an archive says it has. `url` is the page's own address, "" if the listing does
    not tell; `at` an instant in UTC; `address` where the archive shows it, if the listing tells."""

    url: str
    at: str
    address: str | None = None
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None

    @property
    def timestamp(self) -> str:
        """`at` as fourteen digits."""
        return timestamp_of(self.at)


@dataclass(frozen=True)
class Replayed:
    """What the address of a capture says where it is written as most archives do: PREFIX/TIME/URL, with
    a modifier such as `id_` behind the time, or none."""

    prefix: str
    timestamp: str
    modifier: str
    url: str

    @property
    def at(self) -> str | None:
        """Its time as an instant."""
        return instant_of(self.timestamp)

    def written(self, modifier: str) -> str:
        """The address with that modifier."""
        return f"{self.prefix}/{self.timestamp}{modifier}/{self.url}"


def replayed(address: str) -> Replayed | None:
    """What the address of a capture says, or None if it is written in another way."""
    match = _REPLAYED.search(address)
    if not match:
        return None
    prefix = address[: match.start()]
    return Replayed(prefix, match[1], match[2] or "", f"{match[3]}://{match[4]}")


@dataclass(frozen=True)
class More:
    """Another page of a listing, and the times that it says it covers."""

    address: str
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True)
class Listing:
    """One page of a listing: captures in the order listed, further pages, the key of the next one
    (CDX), and how many of its lines are not understood."""

    captures: tuple[Listed, ...] = ()
    more: tuple[More, ...] = ()
    resume: str | None = None
    bad: int = 0


def timestamp_of(instant: str) -> str:
    """An instant as the fourteen digits, UTC, that archives use. Raises ValueError if it is none."""
    return moment(instant).strftime("%Y%m%d%H%M%S").rjust(14, "0")


def instant_of(timestamp: str) -> str | None:
    """Fourteen digits as an instant; None if they are none."""
    match = _DIGITS.fullmatch(timestamp)
    if not match:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
    except ValueError:
        return None


def instant_from(written: str) -> str | None:
    """A date of HTTP (`Fri, 14 Mar 2014 10:00:00 GMT`) or of ISO 8601 as an instant in UTC, or None."""
    iso = normalise(written)
    if iso and is_instant(iso):
        return moment(iso).isoformat()
    try:
        found = parsedate_to_datetime(written)
        return found.astimezone(UTC).isoformat() if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def read_listing(data: bytes, base: str) -> Listing:
    """One page of a listing that was found at `base`; relative addresses are resolved against it.

    Raises InputError if it is none of the forms above. An empty document lists nothing.
    """
    text = data.decode("utf-8-sig", "replace")
    start = text.lstrip()[:1]
    if not start:
        return Listing()
    if start == "<":
        return _from_links(text, base)
    if start == "[":
        rows = _json(text)
        if not isinstance(rows, list):
            raise _no_listing(base)
        return _from_array(rows, base)
    if start == "{" and isinstance(whole := _json(text), dict) and "timestamp" not in whole:
        return _from_object(whole, base)
    return _from_lines(text, base)


def _no_listing(base: str) -> InputError:
    return InputError("neither a time map nor a CDX listing", where=base)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


# --------------------------------------------------------------------------- time maps


def _from_links(text: str, base: str) -> Listing:
    links, bad = read_links(text)
    original = next((link.target for link in links if "original" in link.relations), "")
    captures, more = [], []
    understood = bool(original)
    for link in links:
        address = _resolved(base, link.target)
        if "memento" in link.relations:
            one = _memento(address, original, link.parameters.get("datetime"))
            bad += one is None
            if one:
                captures.append(one)
        elif "timemap" in link.relations and "self" not in link.relations:
            kind = link.parameters.get("type", "application/link-format").partition(";")[0]
            if kind.strip().lower() == "application/link-format":
                more.append(_more(address, link.parameters, "from"))
        understood |= bool(link.relations & {"memento", "timemap", "self"})
    if not understood:
        raise _no_listing(base)
    return Listing(tuple(captures), tuple(more), bad=bad)


def _from_object(found: Mapping[str, Any], base: str) -> Listing:
    """The guide's examples write `list` and `timemap_index`, its text `all` and `indexes`: both are read."""
    mementos, index = found.get("mementos"), found.get("timemap_index") or found.get("indexes")
    if not isinstance(mementos, dict) and not isinstance(index, list):
        raise _no_listing(base)
    original = found.get("original_uri")
    captures, bad = [], 0
    listed = mementos.get("list") or mementos.get("all") if isinstance(mementos, dict) else None
    for row in listed if isinstance(listed, list) else ():
        one = None
        if isinstance(row, dict) and isinstance(row.get("uri"), str):
            written = row.get("datetime")
            one = _memento(
                _resolved(base, row["uri"]),
                original if isinstance(original, str) else "",
                written if isinstance(written, str) else None,
            )
        bad += one is None
        if one:
            captures.append(one)
    pages = found.get("pages")
    following = list(pages.values()) if isinstance(pages, dict) else []
    more = [
        _more(_resolved(base, row["uri"]), row, "from")
        for row in [*(index if isinstance(index, list) else ()), *following]
        if isinstance(row, dict) and isinstance(row.get("uri"), str)
    ]
    return Listing(tuple(captures), tuple(more), bad=bad)


def _resolved(base: str, target: str) -> str:
    """An absolute address stays as it is written: `urljoin` would take an empty `;` or `?` off it."""
    return target if _ABSOLUTE.match(target) else urljoin(base, target)


def _memento(address: str, original: str, written: str | None) -> Listed | None:
    shown = replayed(address)
    at = instant_from(written) if written else shown.at if shown else None
    if at is None:
        return None
    return Listed(url=original or (shown.url if shown else ""), at=at, address=address)


def _more(address: str, values: Mapping[str, Any], first: str) -> More:
    bounds = [values.get(first), values.get("until")]
    earliest, latest = (instant_from(b) if isinstance(b, str) else None for b in bounds)
    return More(address, earliest, latest)


# --------------------------------------------------------------------------- CDX


def _from_array(rows: Sequence[Any], base: str) -> Listing:
    columns: Sequence[str] = COLUMNS
    captures, bad, resume = [], 0, None
    for number, row in enumerate(rows):
        if isinstance(row, dict):
            one = _row(row)
        elif not isinstance(row, list) or not all(isinstance(c, str | int | None) for c in row):
            one = None
        elif number == 0 and "timestamp" in row:
            columns = [str(cell) for cell in row]
            continue
        elif not row:
            following = rows[number + 1 : number + 2]
            resume = str(following[0][0]) if following and _is_key(following[0]) else None
            break
        else:
            one = _row(dict(zip(columns, row, strict=False)))
        bad += one is None
        if one:
            captures.append(one)
    if bad and not captures:
        raise _no_listing(base)
    return Listing(tuple(captures), resume=resume, bad=bad)


def _is_key(row: object) -> bool:
    return isinstance(row, list) and len(row) == 1 and isinstance(row[0], str)


def _from_lines(text: str, base: str) -> Listing:
    columns: Sequence[str] | None = None
    captures, bad, resume = [], 0, None
    lines = iter(text.split("\n"))
    for line in lines:
        line = line.rstrip("\r")
        if not line.strip():
            resume = next((key.strip() for key in lines if key.strip()), None)
            break
        if line.lstrip().startswith("CDX "):
            columns = [_LETTERS.get(letter, letter) for letter in line.split()[1:]]
            continue
        if line.startswith(("!", "@", "#")):
            continue
        one = _line(line, columns)
        bad += one is None
        if one:
            captures.append(one)
    if bad and not captures:
        raise _no_listing(base)
    if resume and _line(resume, columns):
        return _from_lines("\n".join(filter(str.strip, text.split("\n"))), base)
    return Listing(tuple(captures), resume=resume, bad=bad)


def _line(line: str, columns: Sequence[str] | None) -> Listed | None:
    if (opening := line.find("{")) >= 0 and isinstance(values := _json(line[opening:]), dict):
        words = line[:opening].split()
        relations = values.get("rel")
        if isinstance(relations, str) and "memento" in relations.split():
            at = instant_of(words[-1]) if words else None
            written = values.get("datetime")
            uri = values.get("uri")
            if not isinstance(uri, str):
                return None
            return _memento(uri, "", written if isinstance(written, str) else at)
        return _row({"timestamp": words[-1], **values} if words else values)
    cells = line.split()
    if columns is None:
        time = next((i for i in range(min(2, len(cells))) if instant_of(cells[i])), None)
        if time is None:
            return None
        columns = COLUMNS[1 - time :]
    return _row(dict(zip(columns, cells, strict=False)))


def _row(values: Mapping[str, Any]) -> Listed | None:
    row = {_NAMES.get(name, name): value for name, value in values.items()}
    texts = {name: str(value) for name, value in row.items() if isinstance(value, str | int)}
    known = {name: text for name, text in texts.items() if text not in ("", "-")}
    at, url = instant_of(known.get("timestamp", "")), known.get("original", "")
    if at is None or ":" not in url:
        return None
    status = known.get("statuscode", "")
    return Listed(
        url=url,
        at=at,
        status=int(status) if re.fullmatch(r"[1-5]\d\d", status, re.ASCII) else None,
        media_type=known.get("mimetype"),
        digest=known.get("digest"),
    )


def in_time_order(captures: Iterable[Listed]) -> Iterator[Listed]:
    """Each capture once, by time; at one time the one with the page itself before redirects and errors."""
    order = sorted(
        set(captures), key=lambda c: (c.at, c.status or 200, c.url, c.address or "", c.digest or "")
    )
    yield from order

"""Addresses of pages as people and redirects write them, and as they are sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from onrecord.errors import InputError

LONGEST = 8000
"""Characters of an address; more than RFC 9110, 4.1 asks every server to take."""


def is_address(text: str) -> bool:
    """Whether it is meant as an address rather than as a path."""
    return "://" in text


def sendable(written: str) -> str:
    """The http(s) URL as it is sent: ASCII host and path, no fragment.

    `http://bücher.example/a b#top` gives `http://xn--bcher-kva.example/a%20b`. Raises InputError for
    any other scheme, for what is no URL, and for one with a user or password in it.
    """
    import httpx

    text = written.strip()
    if len(text) > LONGEST:
        why = f"the address has {len(text)} characters"
        raise InputError("not fetched", where=f"{text[:60]}…", why=why)
    scheme = text.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise InputError(
            "not fetched",
            where=text,
            why="only http and https addresses are",
            do="name a file by its path" if scheme == "file" else "",
        )
    try:
        url = httpx.URL(text).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError("not fetched", where=text, why=f"not an address: {error}") from error
    if not url.host or "%" in url.host or not 0 < (url.port or 80) < 65536:
        raise InputError("not fetched", where=text, why="not an address: it names no host")
    if url.userinfo:
        raise InputError(
            "not fetched",
            where=str(url.copy_with(userinfo=b"")),
            why="a user or password in an address would stand in the record",
        )
    return str(url)


def joined(base: str, location: str) -> str:
    """Where a redirect leads, as it is sent. Raises InputError as `sendable`."""
    import httpx

    try:
        return sendable(str(httpx.URL(base).join(location.strip())))
    except (httpx.InvalidURL, ValueError) as error:
        why = f"it redirects to what is no address: {location[:60]!r}"
        raise InputError("not fetched", where=base, why=why) from error


def host_key(url: str) -> str:
    """What requests are counted by: the host's name in lower case."""
    return (urlsplit(url).hostname or "").lower()


def origin(url: str) -> str:
    """Scheme, host and port: what a robots.txt holds for (RFC 9309, 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

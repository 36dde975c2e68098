"""Posting to webhooks, by the same rules as fetching: only to the open internet, never for too long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from onrecord.capture import web
from onrecord.capture.addresses import sendable
from onrecord.errors import InputError, UsageError
from onrecord.options import option

VARIABLES = "ONRECORD_EDIT_"
"""How variables of the environment begin that tell a program of an edit; they are no settings."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of notifications: who is told of edits, and of which."""

    webhook: str = option(
        "", "Addresses that get a POST of JSON for every edit, separated by white space"
    )
    secret: str = option(
        "",
        "Signs what webhooks get: the header X-Onrecord-Signature is `sha256=` and the HMAC-SHA256 of "
        "the body in hex. Rather a variable of the environment than a flag",
    )
    command: str = option(
        "",
        "A program, with arguments, that is run for every edit: the same JSON on its standard input, "
        "the main values in ONRECORD_EDIT_ variables. No shell is involved",
    )
    labels: str = option(
        "",
        "Only edits with one of these labels are told, separated by `,`; empty: all but changes of "
        "looks only",
    )
    least: int = option(0, "Only edits of at least this significance are told (0 to 1000)")
    timeout: int = option(10, "Longest time for one answer of a webhook", unit="seconds")
    retries: int = option(2, "How often a webhook that fails is asked again in one round")
    command_timeout: int = option(60, "Longest time for the program", unit="seconds")
    most: int = option(100, "Most edits that a hook is told of in one round; the next goes on")
    oldest: int = option(
        30, "Edits seen longer ago are not told, only counted; 0: all are told", unit="days"
    )
    site: str = option(
        "http://127.0.0.1:8765", "Where the web app is reached: links in what hooks get begin so"
    )


@dataclass(frozen=True)
class Posted:
    """What a receiver answered. `wait`: seconds that it asks to be left alone, or None."""

    status: int
    wait: int | None = None


class Poster:
    """Posts; follows no redirects and reads no answer beyond its status and headers. To be closed.

    Of `fetching`, `private`, `proxy`, `user_agent` and `contact` hold for posting as well.
    """

    def __init__(self, fetching: web.Options, timeout: int) -> None:
        import httpx

        from onrecord.capture.network import Deadline, Transport

        self._seconds = timeout
        self._deadline = Deadline()
        try:
            transport = Transport(self._deadline, private=fetching.private, proxy=fetching.proxy)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise UsageError("not a proxy", where=fetching.proxy, why=str(error)) from error
        self._client = httpx.Client(
            transport=transport,
            headers=[(b"User-Agent", web.user_agent(fetching).encode("utf-8"))],
            timeout=timeout,
            trust_env=False,
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> Poster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Posts to an address. Raises web.Forbidden if the rule about private addresses forbids it,
        web.Unreachable if there is no answer in time, InputError if it is no address; none of them
        tells more of the address than its host, since what follows is often a secret."""
        target = sendable(url)
        self._deadline.start(self._seconds)
        with (
            posting("not told", shown(target), self._seconds),
            self._client.stream("POST", target, content=body, headers=headers) as response,
        ):
            return Posted(response.status_code, wait_of(response.headers.get("retry-after")))


@contextmanager
def posting(what: str, where: str, seconds: int) -> Iterator[None]:
    """Turns what can go wrong between here and a receiver into `web.Forbidden` and `web.Unreachable`."""
    import httpcore
    import httpx

    from onrecord.capture.network import NotAllowed, TooSlow

    try:
        yield
    except NotAllowed as error:
        raise web.Forbidden(
            what, where=where, why=str(error), do="--web-private true allows it"
        ) from error
    except (TooSlow, httpcore.TimeoutException, httpx.TimeoutException) as error:
        why = f"no answer within {seconds} s"
        raise web.Unreachable(what, where=where, why=why) from error
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
        httpx.HTTPError,
        httpx.InvalidURL,
    ) as error:
        why = re.sub(r"^\[Errno -?\d+\] ", "", str(error)) or type(error).__name__
        raise web.Unreachable(what, where=where, why=why[: web.LONGEST_REASON]) from error


def shown(url: str) -> str:
    """An address in a message: scheme and host alone, since the rest of a webhook's is often its key."""
    scheme, found, rest = url.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    return f"{scheme}://{host}/…" if found else "an address without https://"


def check_address(url: str) -> None:
    """Raises UsageError if nothing can be posted there."""
    try:
        sendable(url)
    except InputError as error:
        raise UsageError("not an address of a webhook", where=shown(url), why=error.why) from error


def wait_of(written: str | None) -> int | None:
    """`Retry-After` (RFC 9110, 10.2.3) as whole seconds."""
    text = (written or "").strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    with suppress(ValueError, OverflowError):
        until = parsedate_to_datetime(text)
        if until.tzinfo is not None:
            return max(0, int((until - datetime.now(UTC)).total_seconds()))
    return None

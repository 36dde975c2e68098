"""Live pages, fetched politely: robots.txt, a limit of size and time, redirects recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from onrecord.capture.capturing import Found, Origin, capture
from onrecord.errors import InputError
from onrecord.options import option

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Options:
    """Options of fetching live pages."""

    user_agent: str = option(
        "onrecord/0.1 (+https://pypi.org/project/onrecord/)",
        "How onrecord names itself to servers; add a contact",
    )
    timeout: int = option(30, "Longest wait for a server", unit="seconds")
    largest: int = option(20_000_000, "Largest page that is fetched", unit="bytes")
    robots: bool = option(True, "Respect robots.txt")


def fetch(
    url: str, options: Options, now: Callable[[], str], client: httpx.Client | None = None
) -> Found:
    """The page at `url`. `now` gives the time of capture (ISO 8601 with offset).

    Raises InputError if robots.txt forbids it, the server does not give the page, or it is too large.
    """
    import httpx

    own = client or httpx.Client(
        headers={"User-Agent": options.user_agent}, timeout=options.timeout, follow_redirects=True
    )
    try:
        if options.robots and not _allowed(own, url, options):
            raise InputError("not fetched", where=url, why="the site's robots.txt forbids it")
        with own.stream("GET", url) as response:
            data = b""
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > options.largest:
                    raise InputError(
                        "not fetched", where=url, why=f"larger than {options.largest} bytes"
                    )
        if response.status_code != 200:
            raise InputError(
                "not captured",
                where=url,
                why=f"the server answered {response.status_code}",
                do="a failed fetch is not a removal; try again later",
            )
        return capture(
            data,
            Origin(
                path=url,
                url=url,
                final_url=str(response.url),
                captured_at=now(),
                status=response.status_code,
                content_type=response.headers.get("content-type"),
            ),
        )
    except httpx.HTTPError as error:
        raise InputError(
            "not fetched", where=url, why=f"{type(error).__name__}: {error}"
        ) from error
    finally:
        if client is None:
            own.close()


def _allowed(client: httpx.Client, url: str, options: Options) -> bool:
    import httpx
    from protego import Protego

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise InputError("not fetched", where=url, why="not an http or https address")
    try:
        response = client.get(urljoin(url, "/robots.txt"))
    except httpx.HTTPError as error:
        raise InputError(
            "not fetched", where=url, why=f"robots.txt cannot be read: {error}"
        ) from error
    if response.status_code >= 500:
        raise InputError(
            "not fetched",
            where=url,
            why=f"robots.txt answered {response.status_code}",
            do="try again later",
        )
    if response.status_code >= 400:
        return True
    return bool(Protego.parse(response.text).can_fetch(url, options.user_agent))

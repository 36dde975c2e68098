"""Asking a user's own OpenAI-compatible endpoint. Only `onrecord adjudicate` does, never a build.

The address is the user's own setting, so that it may lead to this machine or its network. Redirects are
not followed. The key comes from the environment, goes into one header, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.capture import posting, web
from onrecord.capture.addresses import sendable
from onrecord.errors import InputError, UsageError
from onrecord.options import option

COMPLETIONS = "/chat/completions"
LARGEST = 1_000_000
"""Bytes of an answer; a completion of a hundred words has some 1,000."""
SHORTEST_KEY = 8
"""Characters from which on a key is looked for in answers: servers that need none take any word."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of adjudication: whom `onrecord adjudicate` asks. Off as long as no address is given."""

    url: str = option(
        "",
        "Address of an OpenAI-compatible server, as far as /v1; empty: none is asked. Only `onrecord "
        "adjudicate` sends anything there",
    )
    model: str = option("", "The model that is asked for")
    key_variable: str = option(
        "", "Name of the variable of the environment that holds the key; empty: none is sent"
    )
    timeout: int = option(60, "Longest time for one answer", unit="seconds")
    retries: int = option(
        2, "How often one question is asked again if the server is busy or asks to wait"
    )
    most: int = option(100, "Most pairs that are asked about in one run")
    near: int = option(
        20,
        "Pairs are in doubt if claims.shared, lower or higher by so much, would decide otherwise; 0: "
        "only oppositions are asked about",
        unit="per mille",
    )


@dataclass(frozen=True)
class Endpoint:
    """Whom to ask. `host`: as it is shown and recorded, with the port if one is named."""

    url: str = field(repr=False)
    host: str
    key: str = field(default="", repr=False)

    def holds_key(self, text: str) -> bool:
        """Whether a text holds the key."""
        return len(self.key) >= SHORTEST_KEY and self.key in text


def endpoint(options: Options, environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that the options name. Raises UsageError if they name none, or not well enough; it
    tells neither the key nor the name of its variable, for the key itself may stand there."""
    import httpx

    if not options.url.strip() or not options.model.strip():
        missing = "address" if not options.url.strip() else "model"
        raise UsageError(
            f"no {missing} of an endpoint is given",
            why="adjudication is off by default",
            do="set adjudication.url and adjudication.model",
        )
    for name, least in (("timeout", 1), ("retries", 0), ("most", 1), ("near", 0)):
        if getattr(options, name) < least:
            raise UsageError("too little", where=f"adjudication.{name}", why=f"at least {least}")
    try:
        url = httpx.URL(sendable(options.url))
    except InputError as error:
        raise UsageError(
            "not an address of an endpoint", where="adjudication.url", why=error.why
        ) from error
    path = url.path.rstrip("/")
    if not path.endswith(COMPLETIONS):
        path += COMPLETIONS
    port = f":{url.port}" if url.port else ""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return Endpoint(str(url.copy_with(path=path)), f"{host}{port}", _key(options, environment))


def _key(options: Options, environment: Mapping[str, str]) -> str:
    if not options.key_variable:
        return ""
    key = environment.get(options.key_variable, "").strip()
    if not key:
        raise UsageError(
            "no key is there",
            where="adjudication.key_variable",
            why="the variable that it names is not set",
            do="give the name of a variable, not the key",
        )
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise UsageError(
            "this is no key",
            where="adjudication.key_variable",
            why="it holds more than ASCII letters",
        )
    return key


@dataclass(frozen=True)
class Answered:
    """What an endpoint answered. `wait`: seconds that it asks to be left alone, or None."""

    status: int
    body: bytes
    wait: int | None = None


class Asker:
    """Asks one endpoint. To be closed.

    Of `fetching`, `proxy`, `user_agent` and `contact` hold for asking as well; the proxy does not for
    an endpoint on this machine or its network.
    """

    def __init__(self, fetching: web.Options, options: Options, to: Endpoint) -> None:
        import httpx

        from onrecord.capture.network import Deadline, Transport

        self.endpoint = to
        self._seconds = options.timeout
        self._deadline = Deadline()
        url = httpx.URL(to.url)
        public = _is_public(url.host)
        if to.key and url.scheme != "https" and public:
            raise UsageError(
                "the key is not sent",
                where=to.host,
                why="it would travel unencrypted",
                do="use https",
            )
        proxy = fetching.proxy if public else ""
        try:
            transport = Transport(self._deadline, private=True, proxy=proxy)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise UsageError("not a proxy", where=fetching.proxy, why=str(error)) from error
        headers = {
            "User-Agent": web.user_agent(fetching).encode(),
            "Content-Type": b"application/json",
            "Accept": b"application/json",
            "Accept-Encoding": b"identity",
            **({"Authorization": f"Bearer {to.key}".encode()} if to.key else {}),
        }
        self._client = httpx.Client(
            transport=transport,
            headers=[(name.encode(), value) for name, value in headers.items()],
            timeout=options.timeout,
            trust_env=False,
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, body: bytes) -> Answered:
        """Asks once. Raises web.Unreachable if there is no whole answer in time, InputError for one that
        is too large or holds the key."""
        found = bytearray()
        self._deadline.start(self._seconds)
        with (
            posting.posting("not answered", self.endpoint.host, self._seconds),
            self._client.stream("POST", self.endpoint.url, content=body) as response,
        ):
            for piece in response.iter_raw():
                found += piece
                if len(found) > LARGEST:
                    why = f"its answer is larger than {LARGEST} bytes"
                    raise InputError("not used", where=self.endpoint.host, why=why)
            wait = posting.wait_of(response.headers.get("retry-after"))
        if self.endpoint.holds_key(found.decode("utf-8", "replace")):
            raise InputError("not used", where=self.endpoint.host, why="its answer holds the key")
        return Answered(response.status_code, bytes(found), wait)


def _is_public(host: str) -> bool:
    """Whether a host is one of the open internet, or cannot be resolved here (a proxy may)."""
    import httpcore

    from onrecord.capture.network import addresses, is_public

    try:
        return any(is_public(address) for address in addresses(host, 0, private=True))
    except httpcore.ConnectError:
        return True

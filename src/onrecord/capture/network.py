"""Connections: only to addresses that are allowed, and never longer than a deadline.

A name is resolved here and the address that was checked is the one connected to, so that a name which
answers differently the second time cannot lead to a machine inside the network. The deadline holds
for a whole answer, headers and body: a server that sends one byte now and then never times out by
the single read.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 one in their last 32 bits (RFC 6052)."""


class NotAllowed(Exception):
    """The address of a server is private, loopback or link-local."""


class TooSlow(Exception):
    """An answer was not finished by its deadline."""


class Deadline:
    """Until when the answer that is being read must be finished."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = float("inf")

    def start(self, seconds: float) -> None:
        """Counts from now."""
        self._end = self._clock() + seconds

    def within(self, timeout: float | None) -> float:
        """The timeout, or what is left if that is less. Raises TooSlow if nothing is."""
        left = self._end - self._clock()
        if left <= 0:
            raise TooSlow
        return left if timeout is None else min(left, timeout)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where IPv6 only wraps an IPv4 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped:
            return is_public(str(wrapped))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def addresses(host: str, port: int, *, private: bool) -> list[str]:
    """The addresses of a host that may be connected to, in the system's order of preference.

    Raises NotAllowed if it has none but private ones and `private` is not set; httpcore.ConnectError
    if the name is not known.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} is not known") from error
    every = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in every if private or is_public(address)]
    if not allowed:
        known_as = host if host == every[0] else f"{host} ({every[0]})"
        raise NotAllowed(f"{known_as} is not on the open internet")
    return allowed


class Backend(httpcore.NetworkBackend):
    """httpcore's sockets behind the two rules above."""

    def __init__(self, deadline: Deadline, *, private: bool) -> None:
        self._sockets = httpcore.SyncBackend()
        self._deadline = deadline
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        allowed = addresses(host, port, private=self._private)
        for address in allowed:
            share = None if timeout is None else timeout / len(allowed)
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._deadline.within(share), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return _Stream(stream, self._deadline)
        assert failed is not None
        raise failed


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        wait = self._deadline.within(timeout)
        try:
            return self._inner.read(max_bytes, wait)
        except httpcore.ReadTimeout:
            self._deadline.within(timeout)
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        wait = self._deadline.within(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """What an httpx client sends its requests through, by a proxy or not. Raises httpcore's errors.

    Certificates are checked against the system's authorities and certifi's, as httpcore does by itself.
    `context` gives what they are checked with: reading the authorities takes longer (30 ms) than most
    requests, so that transports share it.
    """

    def __init__(
        self,
        deadline: Deadline,
        *,
        private: bool,
        proxy: str = "",
        context: Callable[[], SSLContext] = httpcore.default_ssl_context,
    ) -> None:
        self._private = private
        self._proxied = bool(proxy)
        self._context = context
        self._make: Callable[[SSLContext | None], httpcore.ConnectionPool]
        if proxy:
            through = Backend(deadline, private=True)
            self._make = lambda checked: httpcore.HTTPProxy(
                proxy, ssl_context=checked, network_backend=through
            )
        else:
            backend = Backend(deadline, private=private)
            self._make = lambda checked: httpcore.ConnectionPool(
                ssl_context=checked, network_backend=backend
            )
        self._plain = self._make(None)
        self._checked: httpcore.ConnectionPool | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._proxied:
            self._check_for_proxy(request.url)
        answer = self._pool(request.url.scheme).handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._plain.close()
        if self._checked:
            self._checked.close()

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        if scheme != "https":
            return self._plain
        if self._checked is None:
            self._checked = self._make(self._context())
        return self._checked

    def _check_for_proxy(self, url: httpx.URL) -> None:
        """The proxy resolves the name; what this machine knows of it is checked all the same."""
        with suppress(httpcore.ConnectError):
            addresses(url.host, url.port or 0, private=self._private)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()

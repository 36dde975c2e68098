"""A gate for a browser: a proxy on the loopback address that leads only where fetching may go.

A browser resolves names, follows redirects and loads pictures by itself; rules inside it can be got
round. Here every connection it opens is asked for by name, the name is resolved, and the address that
was checked is the one connected to, as for our own requests (capture/network.py).
"""

from __future__ import annotations

import re
import selectors
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpcore

from onrecord.capture.network import NotAllowed, addresses

HEAD = 1 << 16
"""Bytes in which a request's headers must end."""
PIECE = 1 << 16
IDLE = 30
"""Seconds without a byte after which a connection is closed."""
DIAL = 10
"""Seconds for opening a connection."""
_HOP = re.compile(rb"(?im)^(?:proxy-[a-z-]+|connection|keep-alive):[^\r\n]*\r\n")


@dataclass
class Gate:
    """An open gate: its port; `refused` holds the hosts that were asked for and may not be reached;
    `left` counts down the bytes that may still pass."""

    private: bool
    left: int
    port: int = 0
    refused: set[str] = field(default_factory=set)
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def dial(self, host: str, port: int) -> socket.socket:
        """A connection to a host. Raises NotAllowed, OSError or httpcore.ConnectError."""
        try:
            allowed = addresses(host, port, private=self.private)
        except NotAllowed:
            self.refused.add(host)
            raise
        failed: OSError = OSError("no address")
        for address in allowed[:3]:
            try:
                return socket.create_connection((address, port), DIAL)
            except OSError as error:
                failed = error
        raise failed

    def count(self, size: int) -> None:
        """Takes bytes off those that may still pass. Raises OSError if none are left."""
        with self._lock:
            self.left -= size
            if self.left < 0:
                raise OSError("more bytes than one page may load")

    @contextmanager
    def held(self, one: socket.socket) -> Iterator[socket.socket]:
        """Closes the socket at the end, or when the gate is closed."""
        with self._lock:
            self._open.add(one)
        try:
            yield one
        finally:
            with self._lock:
                self._open.discard(one)
            one.close()

    def close(self) -> None:
        """Closes all connections."""
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no fault."""


@contextmanager
def opened(*, private: bool, largest: int) -> Iterator[Gate]:
    """A gate for as long as the block runs, through which `largest` bytes may pass in all."""
    gate = Gate(private, largest)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with gate.held(self.request), suppress(OSError):
                _serve(gate, self.request)

    with _Server(("127.0.0.1", 0), Handler) as server:
        gate.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield gate
        finally:
            server.shutdown()
            gate.close()
            thread.join()


def _serve(gate: Gate, browser: socket.socket) -> None:
    """Answers one request and leads its connection on. Raises OSError when either side is gone."""
    browser.settimeout(IDLE)
    head = _head(browser)
    line = head.partition(b"\r\n")[0].decode("latin-1")
    try:
        method, target, _ = line.split(" ")
        host, port, first = _asked(method, target, head)
    except ValueError:
        _answer(browser, 400, "this is no request to a proxy")
        return
    try:
        server = gate.dial(host, port)
    except NotAllowed as error:
        _answer(browser, 403, str(error))
        return
    except (OSError, httpcore.ConnectError) as error:
        _answer(browser, 502, str(error))
        return
    with gate.held(server):
        if method == "CONNECT":
            browser.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        server.sendall(first)
        _lead(gate, browser, server)


def _asked(method: str, target: str, head: bytes) -> tuple[str, int, bytes]:
    """Host and port that a request asks for, and what its server gets first. Raises ValueError."""
    rest = head.partition(b"\r\n\r\n")[2]
    if method == "CONNECT":
        parts = urlsplit(f"//{target}")
        if not parts.hostname or parts.port is None:
            raise ValueError(target)
        return parts.hostname, parts.port, rest
    parts = urlsplit(target)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(target)
    origin = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = head.partition(b"\r\n\r\n")[0].partition(b"\r\n")[2] + b"\r\n"
    first = f"{method} {origin} HTTP/1.1\r\n".encode("latin-1")
    return (
        parts.hostname,
        parts.port or 80,
        first + _HOP.sub(b"", lines) + b"Connection: close\r\n\r\n" + rest,
    )


def _head(browser: socket.socket) -> bytes:
    """A request up to its blank line, and what came with it. Raises OSError if there is none."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = browser.recv(PIECE)
        head += piece
        if not piece or len(head) > HEAD:
            raise OSError("no request")
    return head


def _answer(browser: socket.socket, status: int, why: str) -> None:
    body = f"{why}\n".encode()
    head = (
        f"HTTP/1.1 {status} Refused\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n"
    )
    browser.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)


def _lead(gate: Gate, browser: socket.socket, server: socket.socket) -> None:
    """Passes bytes both ways until one side is done."""
    with selectors.DefaultSelector() as selector:
        selector.register(browser, selectors.EVENT_READ, server)
        selector.register(server, selectors.EVENT_READ, browser)
        while ready := selector.select(IDLE):
            for key, _ in ready:
                piece = key.fileobj.recv(PIECE)  # type: ignore[union-attr]
                if not piece:
                    return
                gate.count(len(piece))
                key.data.sendall(piece)

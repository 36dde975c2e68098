"""A server on the loopback address that does what a test tells it, and a clock that only moves when told."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

NOW = "2031-03-14T10:00:00+00:00"


@dataclass(frozen=True)
class Page:
    """What is answered: once with each of `answers`, from then on with the last one."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Write = Callable[[Callable[[bytes], Any]], None]


@dataclass
class Site:
    """A running server. `pages` by path and query: one Page, several for one request after another, or
    a function that writes the raw answer to the socket; `others` answers for what is not in it. `asked`
    is every request, in order; `posted` the bodies of those that were POST."""

    port: int = 0
    pages: dict[str, Page | list[Page] | Write] = field(default_factory=dict)
    others: Callable[[str], Page | None] = lambda path: None
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def at(self, host: str) -> str:
        """The same server by another name."""
        return f"http://{host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for _, path, _ in self.asked if path != "/robots.txt"]


class Quiet(ThreadingHTTPServer):
    """Says nothing of clients that hang up, which is what some tests are about."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Site]:
    """A site for as long as the block runs; by TLS with a file of a certificate and its key."""
    site = Site()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            with lock:
                site.posted.append(body)
            self.do_GET()

        def do_GET(self) -> None:
            with lock:
                host = self.headers["Host"].partition(":")[0]
                site.asked.append((host, self.path, dict(self.headers.items())))
                answer = site.pages.get(f"//{host}{self.path}", site.pages.get(self.path))
                answer = answer or site.others(self.path)
                if isinstance(answer, list):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
            try:
                self._answer(answer)
            except OSError:
                self.close_connection = True

        def _answer(self, answer: Page | Write | None) -> None:
            if callable(answer):
                self.close_connection = True
                answer(self.wfile.write)
                return
            page = answer or Page(404)
            self.send_response(page.status)
            headers = {"Content-Length": str(len(page.body)), **page.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)
            if int(headers["Content-Length"]) != len(page.body):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Clock:
    """Seconds that pass only by sleeping; `slept` is every sleep."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds


def now() -> str:
    return NOW


def names(monkeypatch: pytest.MonkeyPatch, hosts: Mapping[str, list[str]]) -> None:
    """Lets names of hosts stand for addresses; all others under `.example` for the loopback one."""
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: Any, **more: Any) -> Any:
        if host in hosts or host.endswith(".example"):
            found = hosts.get(host, ["127.0.0.1"])
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]
        return real(host, port, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

"""Live pages from a loopback server: robots.txt, redirects, errors, limits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from onrecord.capture.web import Options, fetch
from onrecord.errors import InputError

PAGES = {
    "/robots.txt": (200, b"User-agent: *\nDisallow: /private\n", {}),
    "/a": (
        200,
        "<html><p>naïve".encode("cp1252"),
        {"Content-Type": "text/html; charset=windows-1252"},
    ),
    "/old": (301, b"", {"Location": "/a"}),
    "/gone": (410, b"gone", {}),
    "/private/x": (200, b"<html>", {}),
    "/huge": (200, b"x" * 5000, {"Content-Type": "text/html"}),
}


class Handler(BaseHTTPRequestHandler):
    seen: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"]))
        status, body, headers = PAGES.get(self.path, (404, b"", {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    Handler.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def now() -> str:
    return "2031-03-14T10:00:00+00:00"


def test_a_page_is_captured_with_its_time_and_the_servers_charset(site: str) -> None:
    found = fetch(f"{site}/old", Options(user_agent="tester (mail@tern.example)"), now)
    capture = found.capture
    assert (capture.url, capture.final_url, capture.status) == (f"{site}/old", f"{site}/a", 200)
    assert (capture.captured_at, capture.decoder) == (now(), "cp1252")
    assert {agent for _, agent in Handler.seen} == {"tester (mail@tern.example)"}
    assert Handler.seen[0][0] == "/robots.txt"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/private/x", "robots.txt forbids"),
        ("/gone", "answered 410"),
        ("/huge", "larger than 1000"),
    ],
)
def test_what_is_not_captured_says_why(site: str, path: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        fetch(f"{site}{path}", Options(largest=1000), now)


def test_a_forbidden_page_is_never_asked_for(site: str) -> None:
    with pytest.raises(InputError):
        fetch(f"{site}/private/x", Options(), now)
    assert [path for path, _ in Handler.seen] == ["/robots.txt"]


def test_a_server_that_is_not_there_is_one_line() -> None:
    with pytest.raises(InputError, match=r"robots\.txt cannot be read"):
        fetch("http://127.0.0.1:9/x", Options(timeout=2), now)

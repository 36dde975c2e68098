"""The gate that a browser's connections go through, spoken to by hand."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.capture.serving import Page, Site, serving

from onrecord.capture.gate import Gate, opened


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/harbour?id=7"] = Page(200, b"The pilots stay.")
        found.pages["/large"] = Page(200, b"x" * 500_000)
        yield found


def say(gate: Gate, *words: bytes) -> bytes:
    """All that the gate answers to bytes sent one after the other."""
    with socket.create_connection(("127.0.0.1", gate.port), 5) as connection:
        connection.settimeout(5)
        found = b""
        with suppress(OSError):
            for word in words:
                connection.sendall(word)
            while piece := connection.recv(1 << 16):
                found += piece
        return found


def test_plain_requests_and_tunnels_are_led_on(site: Site) -> None:
    with opened(private=True, largest=10_000) as gate:
        plain = say(
            gate,
            f"GET {site.url}/harbour?id=7 HTTP/1.1\r\nHost: x\r\n".encode(),
            b"Proxy-Connection: keep-alive\r\nCookie: a=b\r\n\r\n",
        )
        assert plain.startswith(b"HTTP/1.1 200") and plain.endswith(b"The pilots stay.")
        _, path, headers = site.asked[0]
        assert path == "/harbour?id=7"
        assert (headers["Connection"], headers["Cookie"]) == ("close", "a=b")
        assert "Proxy-Connection" not in headers
        tunnel = say(
            gate,
            f"CONNECT 127.0.0.1:{site.port} HTTP/1.1\r\n\r\n".encode(),
            b"GET /harbour?id=7 HTTP/1.0\r\nHost: x\r\n\r\n",
        )
        assert tunnel.startswith(b"HTTP/1.1 200 Connection established\r\n\r\n")
        assert tunnel.endswith(b"The pilots stay.")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0", "2130706433", "10.0.0.1"]
)
def test_no_writing_of_a_private_address_is_led_on(site: Site, host: str) -> None:
    with opened(private=False, largest=10_000) as gate:
        for words in (
            f"CONNECT {host}:{site.port} HTTP/1.1\r\n\r\n",
            f"GET http://{host}:{site.port}/harbour?id=7 HTTP/1.1\r\n\r\n",
            f"GET http://tern.example@{host}:{site.port}/ HTTP/1.1\r\nHost: tern.example\r\n\r\n",
        ):
            answer = say(gate, words.encode())
            assert answer.split(b" ")[1] in (b"403", b"502"), answer
        assert gate.refused
    assert site.asked == []


def test_no_more_passes_than_one_page_may_load(site: Site) -> None:
    with opened(private=True, largest=100_000) as gate:
        answer = say(gate, f"GET {site.url}/large HTTP/1.1\r\n\r\n".encode())
        assert len(answer) <= 100_000
        again = say(gate, f"GET {site.url}/harbour?id=7 HTTP/1.1\r\n\r\n".encode())
        assert b"pilots" not in again


def test_a_server_that_is_not_there_is_told(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with opened(private=True, largest=1000) as gate:
        answer = say(gate, f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 502")


def test_the_gate_closes_though_a_browser_holds_on(site: Site) -> None:
    with opened(private=True, largest=1000) as gate:
        held = socket.create_connection(("127.0.0.1", gate.port), 5)
        held.sendall(f"CONNECT 127.0.0.1:{site.port} HTTP/1.1\r\n\r\n".encode())
        assert held.recv(100).startswith(b"HTTP/1.1 200")
    held.settimeout(5)
    assert held.recv(100) == b""
    held.close()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=60))
def test_what_is_no_request_is_told_so_or_hung_up_on(words: bytes) -> None:
    with opened(private=False, largest=1000) as gate:
        answer = say(gate, words.replace(b"\r\n\r\n", b"") + b"\r\n\r\n")
        assert answer == b"" or answer.split(b" ")[1] in (b"400", b"403", b"502")

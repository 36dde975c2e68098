"""Screenshots in a real Chromium, of pages on the loopback address."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.capture.serving import Page, Site, now, serving
from tests.publish.test_mementos import put

from onrecord.capture.screenshots import Options, Shot, screenshot
from onrecord.capture.web import Options as Web
from onrecord.errors import InputError
from onrecord.publish.cli import main
from onrecord.records import Capture, Screenshot
from onrecord.run.screenshotting import take
from onrecord.store.record import Store

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
HTML = {"Content-Type": "text/html; charset=utf-8"}
SANDBOX = False  # containers that tests run in often forbid what it needs
OPTIONS = Options(sandbox=SANDBOX, settle=50, seconds=30)
OPEN = Web(private=True)


def page(body: str) -> Page:
    return Page(200, f"<html><body style='margin:0;background:#fff'>{body}".encode(), HTML)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def pixel(shot: Shot, x: int, y: int) -> tuple[int, ...]:
    """The colour of a pixel: enough of PNG (RFC 2083) for what Chromium writes."""
    data, at, packed = shot.png, 8, b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8
            channels = {2: 3, 6: 4}[colour]
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    raw, row = zlib.decompress(packed), bytes(width * channels)
    for line in range(y + 1):
        start = line * (width * channels + 1)
        how, new = raw[start], bytearray(raw[start + 1 : start + 1 + width * channels])
        for i in range(len(new)):
            left = new[i - channels] if i >= channels else 0
            corner = row[i - channels] if i >= channels else 0
            up = row[i]
            near = min((left, up, corner), key=lambda v: abs(left + up - corner - v))
            new[i] = (new[i] + (0, left, up, (left + up) // 2, near)[how]) & 255
        row = bytes(new)
    return tuple(row[x * channels : x * channels + 3])


# --------------------------------------------------------------------------- what is shown


@needs_chromium
def test_the_whole_page_is_shown_as_its_scripts_make_it(site: Site) -> None:
    script = "<script>document.body.style.background = 'rgb(1, 2, 3)'</script>"
    site.pages["/long"] = page(f"<p>Harbour</p><div style='height:2000px'></div>{script}")
    shot = screenshot(f"{site.url}/long", OPTIONS, OPEN)
    assert shot.width == 1280 and 2000 < shot.height < 2100 and not shot.cut
    assert shot.url == f"{site.url}/long"
    assert "Chrom" in shot.agent
    assert pixel(shot, 1200, 5) == (1, 2, 3)
    agent = next(headers["User-Agent"] for _, path, headers in site.asked if path == "/long")
    assert agent.startswith("onrecord/")


@needs_chromium
def test_a_page_without_end_is_shown_as_far_as_the_limit_under_its_last_address(site: Site) -> None:
    site.pages["/old"] = Page(302, b"", {"Location": "/new"})
    site.pages["/new"] = page("<div style='height:90000px'></div>")
    narrow = Options(sandbox=SANDBOX, settle=0, tallest=3000, width=640)
    shot = screenshot(f"{site.url}/old", narrow, OPEN)
    assert (shot.width, shot.height, shot.cut) == (640, 3000, True)
    assert shot.url == f"{site.url}/new"


# --------------------------------------------------------------------------- what may not be


@needs_chromium
def test_private_addresses_are_not_reached_neither_by_the_page_nor_from_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public page may not look into the network it is shown in: pictures, scripts, frames, redirects."""
    from onrecord.capture import network

    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    real = network.addresses

    def resolved(host: str, port: int, *, private: bool) -> list[str]:
        if host == "router.example":
            return real("127.0.0.9", port, private=private)
        return real(host, port, private=private)

    monkeypatch.setattr("onrecord.capture.gate.addresses", resolved)
    with serving_on("127.0.0.9") as inner:
        there = f"router.example:{inner.port}"
        site.pages["/"] = page(
            f"<p>Harbour</p><img src='http://{there}/picture'><iframe src='http://127.0.0.9:{inner.port}/'>"
            f"</iframe><script>fetch('http://{there}/fetched', {{mode: 'no-cors'}});"
            f"new WebSocket('ws://{there}/socket')</script>"
        )
        site.pages["/to"] = Page(302, b"", {"Location": f"http://{there}/redirected"})
        assert screenshot(site.url, OPTIONS, Web()).height > 0
        for start in (f"{site.url}/to", f"http://{there}/asked", f"https://{there}/asked"):
            with pytest.raises(InputError, match=r"not on the open internet") as refused:
                screenshot(start, OPTIONS, Web())
            assert "\n" not in refused.value.line()
        assert inner.asked == []
        screenshot(site.url, OPTIONS, OPEN)
        assert {"/picture", "/fetched", "/"} <= set(inner.asked), "the option allows it"


def serving_on(address: str):  # type: ignore[no-untyped-def]
    """A site on another loopback address, which stands for a machine inside the network."""
    import contextlib
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from types import SimpleNamespace

    @contextlib.contextmanager
    def one():  # type: ignore[no-untyped-def]
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer((address, 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield SimpleNamespace(port=server.server_address[1], asked=asked)
        server.shutdown()
        thread.join()
        server.server_close()

    return one()


@needs_chromium
def test_an_error_page_is_no_screenshot(site: Site) -> None:
    site.pages["/"] = Page(404, b"<p>gone", HTML)
    with pytest.raises(InputError, match="the server answered the browser 404"):
        screenshot(site.url, OPTIONS, OPEN)


@needs_chromium
def test_a_page_that_never_ends_or_computes_for_ever_is_stopped_in_time(site: Site) -> None:
    site.pages["/busy"] = page("<p>Harbour</p><script>while (true) {}</script>")

    def slow(write) -> None:  # type: ignore[no-untyped-def]
        write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        site.stopped.wait(20)

    site.pages["/slow.png"] = slow
    site.pages["/slow"] = page("<p>Harbour</p><img src=/slow.png>")
    short = Options(sandbox=SANDBOX, settle=0, seconds=3)
    longer = Options(sandbox=SANDBOX, settle=0, seconds=10)
    start = time.monotonic()
    with pytest.raises(InputError, match="it was not done within 3 s"):
        screenshot(f"{site.url}/busy", short, OPEN)
    assert screenshot(f"{site.url}/slow", longer, OPEN).height > 0, "what is there is shown"
    assert time.monotonic() - start < 20
    left = subprocess.run(["pgrep", "-f", "remote-debugging-pipe"], capture_output=True, text=True)
    mine = [pid for pid in left.stdout.split() if _parent(pid) == os.getpid()]
    assert mine == [], "no browser is left behind"


def _parent(pid: str) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


@pytest.mark.parametrize(
    "options, web, why",
    [
        (
            Options(chromium="/no/such/program"),
            OPEN,
            "/no/such/program: no screenshot: no such program",
        ),
        (Options(sandbox=False, chromium="true"), OPEN, "no screenshot: the browser ended"),
        (Options(chromium="true"), Web(proxy="http://a.example"), "through the proxy"),
    ],
)
def test_without_a_browser_it_is_one_line(options: Options, web: Web, why: str) -> None:
    with pytest.raises(InputError) as none:
        screenshot("http://127.0.0.1:9/", options, web)
    assert why in none.value.line()


def test_what_a_browser_says_of_its_end_is_told(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text(
        "#!/bin/sh\necho 'noise' >&2\necho 'FATAL: No usable sandbox!' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    with pytest.raises(InputError, match="the browser ended: FATAL: No usable sandbox!"):
        screenshot("http://127.0.0.1:9/", Options(sandbox=False, chromium=str(program)), OPEN)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may not use the sandbox")
def test_as_root_it_is_said_that_the_sandbox_must_be_given_up() -> None:
    with pytest.raises(InputError, match="--screenshots-sandbox false"):
        screenshot("http://127.0.0.1:9/", Options(chromium="true"), OPEN)


def test_that_no_browser_is_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="neither Chromium nor Chrome is installed"):
        screenshot("https://tern.example/", Options(), OPEN)


# --------------------------------------------------------------------------- kept with the capture


@needs_chromium
def test_a_screenshot_is_kept_verified_and_exported(site: Site, tmp_path: Path) -> None:
    site.pages["/harbour"] = page("<h1>Harbour</h1>")
    record = tmp_path / "record"
    with Store(record) as store:
        ident = put(store, b"<h1>Harbour</h1>", now(), url=f"{site.url}/harbour")
        capture = store.get(Capture, ident)
        assert capture
        taken = take(store, capture, OPTIONS, OPEN, now)
        assert store.all(Screenshot) == (taken,)
        assert (taken.capture_id, taken.taken_at, taken.width) == (ident, now(), 1280)
        path = record / "screenshots" / taken.sha256[:2] / f"{taken.sha256}.png"
        assert path.read_bytes() == store.picture(taken.sha256)
        assert path.stat().st_mode & 0o222 == 0
    runner = CliRunner()
    answer = runner.invoke(main, ["verify", "--record", str(record)])
    assert answer.exit_code == 0 and "1 screenshots" in answer.output
    path.chmod(0o644)
    path.write_bytes(b"another")
    answer = runner.invoke(main, ["verify", "--record", str(record)])
    assert answer.exit_code == 3 and "it was altered" in answer.output
    path.unlink()
    answer = runner.invoke(main, ["verify", "--record", str(record)])
    assert answer.exit_code == 3 and "No such file" in answer.output


def test_a_capture_without_an_address_has_none(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        ident = put(store, b"<h1>Harbour</h1>", None, url=None, path="a.html")
        capture = store.get(Capture, ident)
        assert capture
        with pytest.raises(InputError, match="the capture has no address"):
            take(store, capture, OPTIONS, OPEN, now)

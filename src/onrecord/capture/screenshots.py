"""A picture of a page as an installed Chromium shows it, scripts and all.

The browser asks for the page by itself: the picture may show something else than the bytes captured a
moment before. It starts with an empty profile in a temporary folder, which goes with it, and is driven
over a pipe (the Chrome DevTools Protocol), so that no port is open. Every connection goes through a gate
of ours (capture/gate.py): what fetching may not reach, the page may not either. UDP is turned off by
Chromium's own switches, which we cannot enforce. robots.txt is not asked for what a page loads.
"""

from __future__ import annotations

import base64
import json
import os
import re
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.capture.addresses import host_key, sendable
from onrecord.capture.web import LONGEST_REASON, Forbidden, Unreachable, user_agent
from onrecord.capture.web import Options as Web
from onrecord.errors import InputError
from onrecord.options import option

if TYPE_CHECKING:
    from onrecord.capture.gate import Gate


@dataclass(frozen=True, slots=True)
class Options:
    """Options of screenshots."""

    chromium: str = option(
        "", "Path of Chromium or Chrome; without one it is looked for among the installed programs"
    )
    width: int = option(1280, "Width of the browser's window", unit="pixels")
    tallest: int = option(16_000, "Of a taller page its beginning is shown", unit="pixels")
    seconds: int = option(40, "Longest time for one screenshot")
    settle: int = option(
        1000, "Pause after a page was loaded, for what it shows late", unit="milliseconds"
    )
    largest: int = option(100_000_000, "Most that a page may load for its screenshot", unit="bytes")
    sandbox: bool = option(
        True, "Run Chromium in its sandbox; as root it does not run so, and without it less safely"
    )


PROGRAMS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HEIGHT = 800
"""Pixels of the window; the picture is as tall as the page."""
_FATAL = re.compile(r"FATAL|[Nn]o usable sandbox|cannot open shared object")
LOADING = 0.6
"""Share of the time within which a page should be loaded; what is there by then is shown."""
PNG = b"\x89PNG\r\n\x1a\n"
SWITCHES = (
    *("--headless", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check"),
    *("--hide-scrollbars", "--mute-audio", "--disable-gpu", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-client-side-phishing-detection", "--disable-default-apps", "--no-pings"),
    *("--disable-domain-reliability", "--disable-breakpad", "--disable-dev-shm-usage"),
    *("--password-store=basic", "--use-mock-keychain", "--disable-quic", "--lang=en"),
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_PIPES = (
    "import fcntl,os,sys;"
    "ends=[fcntl.fcntl(int(n),fcntl.F_DUPFD,10) for n in sys.argv[1:3]];"
    "os.dup2(ends[0],3);os.dup2(ends[1],4);"
    "os.execv(sys.argv[3],sys.argv[3:])"
)
"""Puts two ends of pipes where Chromium looks for them, and becomes Chromium."""


@dataclass(frozen=True)
class Shot:
    """A PNG with its size in pixels; `cut` if the page is taller; the address shown in the end, and the
    browser's name and version."""

    png: bytes
    width: int
    height: int
    cut: bool
    url: str
    agent: str


def find(options: Options) -> str:
    """The path of Chromium. Raises InputError if there is none."""
    names = (options.chromium,) if options.chromium else PROGRAMS
    for name in names:
        if found := shutil.which(name):
            return found
    raise InputError(
        "no screenshot",
        where=options.chromium,
        why="no such program" if options.chromium else "neither Chromium nor Chrome is installed",
        do="install Chromium, or name it with --screenshots-chromium",
    )


def screenshot(url: str, options: Options, web: Web) -> Shot:
    """The picture of a page, whole as far as `options.tallest`.

    Of the `web` options the user agent and the rule about private addresses hold. Raises InputError if
    there is no browser or no picture in time, Forbidden for an address that may not be reached, Unreachable
    for a server that does not answer, or not with a page.
    """
    from onrecord.capture.gate import opened

    target = sendable(url)
    program = find(options)
    if os.name != "posix":
        raise InputError(
            "no screenshot",
            where=target,
            why="the browser is driven over pipes as Linux and macOS have them",
        )
    if web.proxy:
        raise InputError(
            "no screenshot",
            where=target,
            why="it cannot be taken through the proxy that the option web.proxy names",
        )
    if options.sandbox and hasattr(os, "geteuid") and os.geteuid() == 0:
        raise InputError(
            "no screenshot",
            where=target,
            why="Chromium does not run as root in its sandbox",
            do="run onrecord as another user, or set --screenshots-sandbox false",
        )
    with (
        opened(private=web.private, largest=options.largest) as gate,
        _started(program, gate, options, web) as browser,
    ):
        try:
            return _taken(browser, target, gate, options)
        except _Gone as error:
            why = f"{error}: {browser.last_words}" if browser.last_words else str(error)
            raise InputError("no screenshot", where=target, why=why) from error


def _taken(browser: _Browser, url: str, gate: Gate, options: Options) -> Shot:
    agent = str(browser.call("Browser.getVersion")["product"])
    with suppress(
        _Fault
    ):  # older ones ask by another name; the profile goes with what is downloaded
        browser.call("Browser.setDownloadBehavior", behavior="deny")
    page = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=page, flatten=True)[
        "sessionId"
    ]
    for room in ("Page", "Network"):
        browser.call(f"{room}.enable")
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        width=options.width,
        height=HEIGHT,
        deviceScaleFactor=1,
        mobile=False,
    )
    browser.frame = browser.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
    failed = browser.call("Page.navigate", url=url).get("errorText")
    if not failed:
        browser.until(lambda: browser.loaded, browser.left - options.seconds * (1 - LOADING))
        browser.until(lambda: False, options.settle / 1000)
    here = {host_key(url), host_key(browser.url)}
    if refused := sorted(gate.refused if failed else gate.refused & here):
        raise Forbidden(
            "no screenshot",
            where=url,
            why=f"{refused[0]} is not on the open internet",
            do="--web-private true allows it",
        )
    if failed:
        raise Unreachable("no screenshot", where=url, why=f"the browser says {failed}")
    if browser.status is not None and not 200 <= browser.status < 300:
        why = f"the server answered the browser {browser.status}"
        raise Unreachable("no screenshot", where=url, why=why)
    size = browser.call("Page.getLayoutMetrics")
    tall = int(size.get("cssContentSize", size["contentSize"])["height"])
    height = max(1, min(tall, options.tallest))
    clip = {"x": 0, "y": 0, "width": options.width, "height": height, "scale": 1}
    answer = browser.call(
        "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip
    )
    png = base64.b64decode(answer["data"])
    if not png.startswith(PNG):
        raise InputError("no screenshot", where=url, why="the browser gave no PNG")
    width, found = struct.unpack(">II", png[16:24])
    return Shot(png, width, found, tall > height, browser.url or url, agent)


# --------------------------------------------------------------------------- the browser


class _Gone(Exception):
    """The browser is not there any more, or was not done in time."""


class _Fault(_Gone):
    """The browser says that it cannot do something."""


@dataclass
class _Browser:
    """Chromium behind two pipes. What it tells by itself is noted as it comes."""

    receiving: int
    sending: int
    end: float
    seconds: int
    log: Path
    session: str = ""
    frame: str = ""
    loaded: bool = False
    status: int | None = None
    url: str = ""
    _calls: int = 0
    _answers: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    _buffer: bytearray = field(default_factory=bytearray)
    _ready: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def __post_init__(self) -> None:
        self._ready.register(self.receiving, selectors.EVENT_READ)

    def close(self) -> None:
        """Closes both pipes."""
        self._ready.close()
        os.close(self.receiving)
        os.close(self.sending)

    @property
    def last_words(self) -> str:
        """What the browser says of why it ended; "" if it says nothing of it."""
        lines = self.log.read_text("utf-8", "replace").splitlines() if self.log.is_file() else []
        found = next((line for line in lines if _FATAL.search(line)), "")
        return found[:LONGEST_REASON]

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.end - time.monotonic()

    def call(self, method: str, **parameters: Any) -> Mapping[str, Any]:
        """Asks for something and waits for the answer. Raises _Gone, _Fault."""
        number = self._send(method, parameters)
        self.until(lambda: number in self._answers, float("inf"))
        if number not in self._answers:
            raise _Gone(f"it was not done within {self.seconds} s")
        answer = self._answers.pop(number)
        if "error" in answer:
            raise _Fault(f"the browser says of {method}: {answer['error'].get('message')}")
        found: Mapping[str, Any] = answer["result"]
        return found

    def until(self, done: Callable[[], bool], seconds: float) -> None:
        """Takes in what comes until that is true, or so many seconds have passed."""
        end = min(self.end, time.monotonic() + seconds)
        while not done() and (left := end - time.monotonic()) > 0:
            if not self._ready.select(left):
                return
            piece = os.read(self.receiving, 1 << 20)
            if not piece:
                raise _Gone("the browser ended")
            self._buffer += piece
            while (at := self._buffer.find(b"\0")) >= 0:
                message = json.loads(bytes(self._buffer[:at]))
                del self._buffer[: at + 1]
                self._take(message)

    def _send(self, method: str, parameters: Mapping[str, Any]) -> int:
        self._calls += 1
        message: dict[str, Any] = {"id": self._calls, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self.sending, data) :]
        except OSError as error:
            raise _Gone("the browser ended") from error
        return self._calls

    def _take(self, message: Mapping[str, Any]) -> None:
        if "id" in message:
            self._answers[message["id"]] = message
            return
        told = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self.loaded = self.url not in ("", "about:blank")
            case "Page.frameNavigated" if "parentId" not in told["frame"]:
                self.url = told["frame"]["url"].partition("#")[0]
            case "Network.responseReceived" if told.get("type") == "Document":
                if told.get("frameId") == self.frame:
                    self.status = told["response"]["status"]
            case "Page.javascriptDialogOpening":
                self._send("Page.handleJavaScriptDialog", {"accept": False})


@contextmanager
def _started(program: str, gate: Gate, options: Options, web: Web) -> Iterator[_Browser]:
    """Chromium with an empty profile, which ends with the block, whatever it is doing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        to_browser, from_us = os.pipe()
        from_browser, to_us = os.pipe()
        until = time.monotonic() + options.seconds
        log = Path(folder) / "log"
        browser = _Browser(from_browser, from_us, until, options.seconds, log)
        command = [
            *(sys.executable, "-I", "-S", "-c", _PIPES, str(to_browser), str(to_us), program),
            *SWITCHES,
            f"--user-data-dir={folder}/profile",
            f"--proxy-server=http://127.0.0.1:{gate.port}",
            "--proxy-bypass-list=<-loopback>",
            f"--window-size={options.width},{HEIGHT}",
            f"--user-agent={user_agent(web)}",
            *(() if options.sandbox else ("--no-sandbox",)),
            "about:blank",
        ]
        try:
            with _running(command, (to_browser, to_us), Path(folder), log):
                yield browser
        finally:
            browser.close()


@contextmanager
def _running(command: list[str], pipes: tuple[int, int], folder: Path, log: Path) -> Iterator[None]:
    """A process with these ends of pipes, which ends with the block, and all that it started."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        with log.open("wb") as words:
            process = subprocess.Popen(
                command,
                pass_fds=pipes,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=words,
                env={**kept, **home},
                start_new_session=True,
            )
    finally:
        for end in pipes:
            os.close(end)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

"""The web app on a port of its own, and a real browser to look at it with."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from onrecord.publish.library import Library
from onrecord.publish.web import create_app
from onrecord.publish.web_judging import Deciding

CHROMIUM = shutil.which("chromium")


@contextmanager
def served(library: Library, bench: Deciding | None = None) -> Iterator[str]:
    """The address of the app over a library, for as long as the block runs."""
    import uvicorn

    config = uvicorn.Config(create_app(library, bench=bench), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the app did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def needed() -> Any:
    """Playwright's own module. Skips the module that asks where it or Chromium is not installed."""
    if CHROMIUM is None:
        pytest.skip(
            "no chromium is installed: the browser tests need Debian's package",
            allow_module_level=True,
        )
    return pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@contextmanager
def chromium(sync_api: Any) -> Iterator[Any]:
    """A browser of playwright's."""
    with sync_api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()

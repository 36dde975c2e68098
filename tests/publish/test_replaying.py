"""A captured page in a real browser: a stranger's page on our address runs nothing and asks for nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from tests.capture.serving import Site, serving
from tests.publish.test_mementos import put, served

from onrecord.store.record import Store

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip(
        "no chromium is installed: the browser tests need Debian's package", allow_module_level=True
    )
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

HOSTILE = """<!doctype html><html><head><title>Harbour</title>
<base href="{there}/base/">
<meta http-equiv="refresh" content="0; url={there}/refresh">
<link rel="stylesheet" href="{there}/style.css"><link rel="preload" as="image" href="{there}/pre.png">
<link rel="prefetch" href="{there}/fetch"><link rel="icon" href="{there}/icon.png">
<link rel="dns-prefetch" href="{there}"><link rel="manifest" href="{there}/manifest.json">
<style>@import url({there}/import.css); h1 {{ color: rgb(1, 2, 3); background: url({there}/bg.png) }}
@font-face {{ font-family: f; src: url({there}/f.woff) }} h1 {{ font-family: f }}</style>
<script>document.title = "owned"; fetch("{there}/fetched"); fetch("/")</script>
<script src="{there}/script.js"></script></head>
<body onload="document.title = 'owned'"><h1>Harbour</h1>
<img src="{there}/picture.png" onerror="document.title = 'owned'">
<img id="dot" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
<iframe src="{there}/frame"></iframe><iframe srcdoc="<script>top.document.title='owned'</script>"></iframe>
<object data="{there}/object"></object><embed src="{there}/embed"><video src="{there}/film" autoplay></video>
<form id="f" action="{there}/form"><input name="a"><button>go</button></form>
<svg><script>document.title = "owned"</script><image href="{there}/svg.png"/></svg></body></html>"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def replayed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the app shows the captured page."""
    with Store(tmp_path_factory.mktemp("replayed")) as store:
        data = HOSTILE.format(there=site.url).encode()
        ident = put(store, data, "2031-03-14T10:00:00+00:00")
        with served(store) as base:
            yield f"{base}/memento/id/{ident}"


def test_a_replayed_page_runs_nothing_and_asks_for_nothing(replayed: str, site: Site) -> None:
    with sync_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = chromium.new_page()
        tab.goto(replayed)
        tab.wait_for_timeout(1500)
        assert tab.title() == "Harbour"
        assert tab.url == replayed
        assert site.asked == []
        assert tab.evaluate("window.origin") == "null"
        color = "getComputedStyle(document.querySelector('h1')).color"
        assert tab.evaluate(color) == "rgb(1, 2, 3)", "the page's own styles are shown"
        assert tab.evaluate("document.querySelector('#dot').naturalWidth") == 1
        tab.get_by_role("button", name="go").click()
        tab.wait_for_timeout(500)
        assert site.asked == []
        assert tab.url == replayed
        chromium.close()

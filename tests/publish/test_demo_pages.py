"""The demo as a user opens it: served from its record on disk, every line followed to its characters,
and in a real browser where one is installed."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish.reading import Reader, Site, crawl, folded

from onrecord.publish.dossier import render
from onrecord.publish.web import create_app
from onrecord.records import Story
from onrecord.run.verifying import words_of
from onrecord.store.record import Store


@pytest.fixture(scope="module")
def store(demo_record: Path) -> Iterator[Store]:
    with Store(demo_record, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def crawled(store: Store) -> dict[str, Reader]:
    return crawl(Site(create_app(store)), "/")


def test_every_line_of_the_demo_leads_to_its_characters(
    store: Store, crawled: dict[str, Reader]
) -> None:
    site = Site(create_app(store))
    links = {
        (a["href"], a["data-quote"]) for page in crawled.values() for a in page.all("a", "cite")
    }
    assert len(links) > 200
    for href, quote in sorted(links):
        answer = site.get(href)
        assert answer.status_code == 200, href
        marked = Reader(answer.text).marked
        assert marked is not None, href
        assert words_of(quote, "text/plain") in (
            words_of(marked, "text/plain"),
            words_of(marked, "text/html"),
        ), (href, quote, marked)


def test_the_first_screen_says_what_is_new_needs_a_look_and_is_due(
    crawled: dict[str, Reader],
) -> None:
    page = max(
        (p for path, p in crawled.items() if path.startswith("/story/") and path.count("/") == 2),
        key=lambda p: len(p.text),
    )
    for words in ("New", "Needs a look", "Due"):
        assert words in page.text


def test_the_file_holds_every_section_and_asks_for_nothing(store: Store) -> None:
    story = min(store.all(Story), key=lambda s: (-len(s.articles), s.id))
    page = Reader(render(store, story.id))
    text = page.text
    for words in (
        "theft of a river",
        "if Kelvaria sells the stored water abroad",
        "did not threaten",
        "not captured",
        "Pravet Press Agency",
        "Version 3",
    ):
        assert words in text, words
    assert not [a for _, a in page.elements if a.get("src", "").startswith("http")]
    inside = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
    assert inside <= set(page.ids)


def test_in_a_browser_a_citation_is_followed_to_its_marked_characters(store: Store) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium is installed: the browser test needs Debian's package")
    import uvicorn
    from playwright.sync_api import sync_playwright

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(store), host="127.0.0.1", port=port, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the app did not start"
        time.sleep(0.02)
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            tab = browser.new_context(java_script_enabled=False).new_page()
            tab.goto(f"http://127.0.0.1:{port}/")
            tab.locator('a[href^="/story/"]').first.click()
            link = tab.locator("a.cite").first
            quote = link.get_attribute("data-quote") or ""
            tab.goto(f"http://127.0.0.1:{port}{link.get_attribute('href')}")
            marked = tab.locator("mark#cited").first.inner_text()
            assert folded(marked) == folded(quote)
            browser.close()
    finally:
        server.should_exit = True
        thread.join(10)

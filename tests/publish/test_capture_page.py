"""The page of a capture: what it offers of the capture itself, and its screenshots."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.publish import fixture
from tests.publish.reading import Reader, Site
from tests.publish.test_mementos import A, put

from onrecord.capture.links import read_links
from onrecord.publish.mementos import why_none
from onrecord.publish.web import create_app
from onrecord.records import Capture, Screenshot
from onrecord.store.record import Store

PNG = b"\x89PNG\r\n\x1a\n not really one"
AT = "2031-03-14T10:00:00+00:00"


def shot(store: Store, capture_id: str, **more: object) -> Screenshot:
    found = {
        "id": "scr-1",
        "capture_id": capture_id,
        "article_id": "art-1",
        "url": "https://tern.example/harbour-2",
        "sha256": store.pictures.put(PNG),
        "bytes": len(PNG),
        "width": 1280,
        "height": 2000,
        "taken_at": AT,
        "agent": "Chrome/150.0",
        **more,
    }
    taken = Screenshot(**found)  # type: ignore[arg-type]
    store.add_screenshot(taken, PNG)
    return taken


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "record")


def test_a_capture_s_screenshots_are_shown_and_only_there_pictures_are_loaded(store: Store) -> None:
    ident, other = put(store, A, AT), put(store, A, "2031-03-15T10:00:00+00:00")
    shot(store, ident, cut=True)
    site = Site(create_app(store))
    answer = site.get(f"/capture/{ident}")
    page = Reader(answer.text)
    (image,) = page.all("img")
    assert image["alt"].startswith("Screenshot of the page")
    assert "img-src 'self' data:" in answer.headers["content-security-policy"]
    assert "under https://tern.example/harbour-2" in page.text and "goes on below" in page.text
    picture = site.get(image["src"])
    assert picture.content == PNG and picture.headers["content-type"] == "image/png"
    assert Reader(site.get(f"/capture/{other}").text).all("img") == []
    assert "'self' data:" not in site.get("/").headers["content-security-policy"]
    assert site.get("/screenshot/scr-2.png").status_code == 404


def test_pages_about_an_address_lead_to_its_time_gate_and_time_map() -> None:
    app = Site(create_app(fixture.library()))
    _, versions = fixture.build()
    led: set[str] = set()
    for version in versions.values():
        (capture,) = (c for c in fixture.library().all(Capture) if c.id == version.capture_id)
        for path in (f"/article/{version.article_id}", f"/capture/{version.capture_id}"):
            told = app.get(path).headers.get("link", "")
            relations = {name for link in read_links(told)[0] for name in link.relations}
            expected = set() if why_none(capture) else {"original", "timegate", "timemap"}
            assert relations == expected, path
            led |= relations
    assert led


def test_a_picture_that_is_gone_is_said_to_be_gone(store: Store) -> None:
    taken = shot(store, put(store, A, AT))
    store.pictures.path(taken.sha256).unlink()
    answer = Site(create_app(store)).get("/screenshot/scr-1.png")
    assert answer.status_code == 404 and "cannot be read" in answer.text


def test_the_page_leads_to_the_capture_as_it_was_and_to_all_of_its_address(store: Store) -> None:
    ident = put(store, A, AT)
    capture = store.get(Capture, ident)
    assert capture
    site = Site(create_app(store))
    links = [a["href"] for a in Reader(site.get(f"/capture/{ident}").text).all("a")]
    assert f"/memento/id/{ident}" in links
    (timemap,) = (href for href in links if href.startswith("/timemap/link/"))
    assert ident in site.get(timemap).text

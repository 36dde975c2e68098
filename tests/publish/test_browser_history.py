"""Histories and comparisons in a real browser: paragraphs level, nothing wider than the screen, legible on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.publish import watching
from tests.publish.served import needed, served

from onrecord.records import Article

needed()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(watching.library()) as address:
        yield address


WIDE = {"viewport": {"width": 1440, "height": 900}}
SMALL = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


def compared(older: int, newer: int, view: str = "side") -> str:
    article = watching.library().get(Article, watching.ferry())
    assert article is not None
    a, b = article.versions[older - 1], article.versions[newer - 1]
    return f"/article/{article.id}/compare?from={a}&to={b}&view={view}"


def box(found) -> dict[str, float]:  # type: ignore[no-untyped-def]
    return dict(found.bounding_box())


def test_paragraphs_of_both_versions_stand_level_on_a_wide_screen(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + compared(1, 3))
    levels = tab.locator(".row .level")
    shown = [levels.nth(i) for i in range(levels.count()) if levels.nth(i).is_visible()]
    assert len(shown) >= 8
    for level in shown:
        was, now = box(level.locator(".was")), box(level.locator(".is"))
        assert was["y"] == now["y"] and was["x"] + was["width"] <= now["x"]
    changed = tab.locator(".row-changed", has_text="people on board").first
    assert changed.locator(".was del").text_content() == "[taken out: 47]"
    assert changed.locator(".is ins").text_content() == "[added: 49]"


@pytest.mark.parametrize("tab", [SMALL], indirect=True, ids=["phone without script"])
def test_on_a_phone_the_older_words_stand_above_the_newer_and_unchanged_ones_once(  # type: ignore[no-untyped-def]
    tab, site: str
) -> None:
    tab.goto(site + compared(1, 3))
    changed = tab.locator(".row-changed", has_text="people on board").first
    was, now = box(changed.locator(".was")), box(changed.locator(".is"))
    assert was["y"] + was["height"] <= now["y"]
    assert changed.locator(".side-name").first.is_visible()
    assert tab.get_by_text("Fen Harbour has no other way").locator("visible=true").count() == 1


@pytest.mark.parametrize("tab", [WIDE, SMALL], indirect=True, ids=["wide", "phone without script"])
@pytest.mark.parametrize("view", ["side", "inline"])
def test_a_move_is_followed_to_its_other_place_and_back(tab, site: str, view: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + compared(2, 3, view))
    for words in ("see its new place", "see its old place"):
        tab.get_by_role("link", name=words).click()
        target = tab.locator(".moved:target")
        assert target.count() == 1
        assert 0 <= box(target)["y"] < tab.viewport_size["height"]


@pytest.mark.parametrize("tab", [SMALL], indirect=True, ids=["phone without script"])
def test_folded_paragraphs_open_and_versions_are_picked_without_script(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + compared(1, 2))
    hidden = tab.get_by_text("The council of Alder Point").locator("visible=true")
    assert hidden.count() == 0
    tab.get_by_text("unchanged paragraphs").first.click()
    assert hidden.count() == 1
    tab.get_by_label("To").select_option(index=3)
    tab.get_by_label("As").select_option("inline")
    tab.get_by_role("button", name="Compare").click()
    assert tab.locator("h1").inner_text() == "Version 1 and version 4"
    assert tab.locator(".compared-inline").count() == 1


def test_the_keyboard_goes_from_change_to_change(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + compared(1, 2))
    seen = []
    for _ in range(3):
        tab.keyboard.press("j")
        seen.append(tab.evaluate("document.activeElement.className.split(' ')[1]"))
    assert seen == ["row-changed", "row-changed", "row-added"]


def test_on_paper_there_is_no_navigation_and_marks_need_no_colour(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + compared(1, 3))
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 680, "height": 1000})  # A4 with margins of 15 mm
    assert tab.locator(".level-head").is_visible()
    for hidden in (".bar", ".pick", ".steps", "record-keys"):
        assert not tab.locator(hidden).first.is_visible(), hidden
    level = tab.locator(".row-changed .level").first
    assert box(level.locator(".was"))["y"] == box(level.locator(".is"))["y"]
    style = "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).color]"
    assert tab.locator("del").first.evaluate(style) == ["line-through", "rgb(0, 0, 0)"]
    assert tab.locator("ins").first.evaluate(style) == ["underline", "rgb(0, 0, 0)"]


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_the_screen(browser, site: str, width: int) -> None:  # type: ignore[no-untyped-def]
    ids = watching.build()[2]
    context = browser.new_context(viewport={"width": width, "height": 800})
    found = context.new_page()
    for path in (
        f"/article/{watching.ferry()}",
        f"/article/{watching.ferry()}/history",
        f"/article/{watching.ferry()}/calendar",
        compared(1, 3),
        compared(2, 3, "inline"),
        f"/article/{ids[watching.ARABIC]}/compare",
        f"/article/{ids[watching.ARABIC]}/compare?view=inline",
        f"/article/{ids[watching.JAPANESE]}/compare",
        "/calendar",
        "/calendar/2031-02-03",
    ):
        found.goto(site + path)
        wider = found.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, (path, width)
    context.close()


@pytest.mark.parametrize("view", ["side", "inline"])
def test_a_text_from_right_to_left_begins_at_the_right(tab, site: str, view: str) -> None:  # type: ignore[no-untyped-def]
    ids = watching.build()[2]
    tab.goto(f"{site}/article/{ids[watching.ARABIC]}/compare?view={view}")
    for found in tab.locator(".para").all():
        if found.is_visible():
            assert found.evaluate("e => getComputedStyle(e).direction") == "rtl"

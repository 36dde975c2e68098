"""The served pages in a real browser: a citation is followed to its marked characters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.publish import fixture
from tests.publish.reading import folded
from tests.publish.served import needed, served

from onrecord.publish.dossier import render

needed()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(fixture.library()) as address:
        yield address


SMALL = {"viewport": {"width": 360, "height": 740}}
PLAIN = {"viewport": {"width": 1440, "height": 900}, "java_script_enabled": False}


@pytest.mark.parametrize("tab", [SMALL, PLAIN], indirect=True, ids=["phone", "without script"])
def test_a_click_on_a_line_opens_the_page_with_its_characters_marked(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/story/{fixture.STORY}")
    link = tab.locator("#stm-threat blockquote a.cite").first
    quote = link.get_attribute("data-quote")
    link.click()
    tab.locator("mark#cited").wait_for()
    assert "/evidence?address=sha256:" in tab.url
    assert folded(tab.locator("mark#cited").inner_text()) == folded(quote)
    assert tab.locator("mark#cited").is_visible()


def test_on_a_wide_screen_the_evidence_opens_beside_the_line_and_closes_again(  # type: ignore[no-untyped-def]
    tab, site: str
) -> None:
    tab.goto(f"{site}/story/{fixture.STORY}")
    link = tab.locator("#stm-not blockquote a.cite").first
    quote = link.get_attribute("data-quote")
    link.click()
    panel = tab.locator("record-preview[open]")
    assert folded(panel.locator("#cited-words").inner_text()) == folded(quote)
    assert "<em>not</em>" in panel.locator("mark#cited").inner_text()
    tab.keyboard.press("Escape")
    assert panel.count() == 0
    assert tab.evaluate("document.activeElement.dataset.quote") == quote


def test_the_keyboard_goes_from_line_to_line_and_opens_evidence(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/story/{fixture.STORY}")
    tab.keyboard.press("j")
    first = tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    assert tab.evaluate("document.activeElement.textContent") == first
    tab.keyboard.press("Enter")
    tab.locator("record-preview[open] mark#cited").wait_for()


def test_the_filter_leaves_only_lines_with_the_words(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/story/{fixture.STORY}")
    tab.locator('record-filter[data-for="statements"] input').fill("berg toll")
    lines = tab.locator("#statements .said:visible")
    assert lines.count() == 1 and "will stay" in lines.inner_text()
    tab.locator('record-filter[data-for="statements"] input').fill("")
    assert tab.locator("#statements .said:visible").count() == 7


def test_hostile_words_run_nothing(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    _, versions = fixture.build()
    tab.goto(f"{site}/article/{versions['hostile'].article_id}")
    assert "owned" not in tab.title()
    found = fixture.words_of(versions["hostile"], '<script>document.title = "owned"</script>')
    tab.goto(f"{site}/evidence?address={found.address}")
    assert tab.locator("mark#cited").inner_text() == found.quote
    assert "owned" not in tab.title()


@pytest.mark.parametrize(
    "tab",
    [SMALL, {**SMALL, "java_script_enabled": False}],
    indirect=True,
    ids=["phone", "phone without script"],
)
def test_the_whole_page_opens_at_the_cited_words_by_keyboard(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    _, versions = fixture.build()
    citation = fixture.words_of(versions["post1"], "Tomas Berg")
    tab.goto(f"{site}/evidence?address={citation.address}")
    tab.get_by_role("link", name="The whole page as it was read").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/read?*")
    mark = tab.locator("mark#cited-words")
    assert mark.inner_text() == citation.quote
    top = mark.bounding_box()["y"]
    assert 0 <= top < tab.viewport_size["height"]


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_the_screen(browser, site: str, width: int) -> None:  # type: ignore[no-untyped-def]
    _, versions = fixture.build()
    context = browser.new_context(viewport={"width": width, "height": 800})
    found = context.new_page()
    for path in (
        "/",
        f"/story/{fixture.STORY}",
        "/notices",
        "/search?q=strait",
        "/actor/act-voss",
        f"/article/{versions['post1'].article_id}",
        f"/evidence?address={fixture.words_of(versions['post1'], 'Tomas Berg').address}",
        f"/capture/{versions['post1'].capture_id}/read",
        f"/capture/{versions['radio'].capture_id}/read",
    ):
        found.goto(site + path)
        wider = found.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, (path, width)
    context.close()


def test_the_one_file_opens_its_passages_without_a_server(tab, tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "story.html"
    file.write_text(render(fixture.library(), fixture.STORY), "utf-8")
    tab.goto(file.as_uri())
    link = tab.locator("#stm-deny blockquote a.cite").first
    quote = link.get_attribute("data-quote")
    link.click()
    panel = tab.locator("record-preview[open]")
    assert folded(panel.locator("mark").first.inner_text()) == folded(quote)
    panel.get_by_text("Show it in the list").click()
    assert tab.locator(".passage-item:target mark").inner_text().strip() == quote

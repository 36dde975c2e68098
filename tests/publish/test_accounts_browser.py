"""Accounts side by side in a real browser: one click to the characters, the filter, the phone, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish import fixture
from tests.publish.reading import folded, source_words
from tests.publish.served import needed, served

from onrecord.publish.dossier import render

needed()

WIDE = {"viewport": {"width": 1440, "height": 900}}
SMALL = {"viewport": {"width": 360, "height": 740}}
PLAIN = {**WIDE, "java_script_enabled": False}
PAGE = f"/story/{fixture.STORY}/accounts"
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(fixture.library()) as address:
        yield address


def source_of(link) -> str:  # type: ignore[no-untyped-def]
    return folded(link.get_attribute("data-quote"))


def test_one_click_on_a_cell_opens_its_characters_beside_it(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + PAGE)
    link = tab.locator("#clm-threat td.cell a.cite").first
    link.click()
    marked = tab.locator("record-preview[open] mark#cited-words, record-preview[open] mark#cited")
    marked.first.wait_for()
    assert folded(marked.first.inner_text()) == source_of(link)


@pytest.mark.parametrize("tab", [SMALL, PLAIN], indirect=True, ids=["phone", "without script"])
def test_a_click_leads_to_the_page_with_its_characters(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + PAGE)
    link = tab.locator("#clm-threat td.cell a.cite").first
    quote = source_of(link)
    link.click()
    tab.locator("mark#cited").wait_for()
    assert source_words(tab.locator("mark#cited").inner_text()) == quote


@pytest.mark.parametrize("tab", [WIDE, PLAIN], indirect=True, ids=["script", "without script"])
def test_the_form_leaves_what_fits_and_keeps_what_was_chosen(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + PAGE)
    tab.get_by_text("Choose by relation, outlet or who says it").click()
    tab.get_by_label("Only possible contradictions and differences").check()
    tab.get_by_label("What differs").select_option("condition")
    tab.get_by_role("button", name="Show these").click()
    tab.wait_for_url(re.compile("show=apart.*in=condition"))
    assert [x.get_attribute("id") for x in tab.locator("tbody.claim").all()] == ["clm-when"]
    assert tab.get_by_label("Only possible contradictions and differences").is_checked()
    tab.get_by_role("link", name="Show all").click()
    assert tab.locator("tbody.claim").count() == 3


@pytest.mark.parametrize("tab", [SMALL], indirect=True)
def test_on_a_phone_nothing_runs_off_the_side_and_each_cell_names_its_outlet(  # type: ignore[no-untyped-def]
    tab, site: str
) -> None:
    for path in (PAGE, f"/story/{fixture.STORY}"):
        tab.goto(site + path)
        assert tab.evaluate(NO_SIDEWAYS), path
    cell = tab.locator("#clm-threat td.cell").first
    before = cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert before.strip('"') == cell.get_attribute("data-label")
    assert cell.evaluate("e => getComputedStyle(e).display") == "block"


def test_on_a_wide_screen_the_table_alone_scrolls(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + PAGE)
    assert tab.evaluate(NO_SIDEWAYS)
    cells = tab.locator("#clm-threat tr.cells > *")
    assert len({round(c.bounding_box()["y"]) for c in cells.all()}) == 1


@pytest.mark.parametrize("tab", [PLAIN], indirect=True)
def test_the_one_file_leaves_out_what_agrees_without_a_script(tab, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "story.html"
    file.write_text(render(fixture.library(), fixture.STORY), encoding="utf-8")
    tab.goto(file.as_uri())
    assert tab.locator("#clm-ships").is_visible()
    tab.locator(".only-apart").check()
    assert not tab.locator("#clm-ships").is_visible() and tab.locator("#clm-threat").is_visible()
    link = tab.locator("#clm-threat td.cell a.cite").first
    quote = source_of(link)
    link.click()
    passage = tab.locator(tab.url[tab.url.index("#") :])
    assert quote in folded(passage.inner_text())

"""The ledger in a real browser: citations are copied with and without a clipboard, forms work without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish import fixture
from tests.publish.served import needed, served

from onrecord.publish.dossier import render

sync_api = needed()

WIDE = {"viewport": {"width": 1440, "height": 900}}
SMALL = {"viewport": {"width": 360, "height": 740}}
PLAIN = {**WIDE, "java_script_enabled": False}
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
NO_COPYING = NO_CLIPBOARD + "Document.prototype.execCommand = () => false;"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(fixture.library()) as address:
        yield address


def pasted(tab) -> str:  # type: ignore[no-untyped-def]
    """What the clipboard holds, got as a user gets it."""
    box = tab.evaluate_handle(
        "() => { const box = document.createElement('textarea'); document.body.append(box); return box; }"
    ).as_element()
    box.focus()
    tab.keyboard.press("Control+V")
    return str(box.evaluate("box => box.value"))


def press(item, name: str, says: str = "Copied") -> None:  # type: ignore[no-untyped-def]
    """Presses the last button of this name, and waits for what it answers."""
    item.get_by_role("button", name=name).last.click()
    sync_api.expect(item.locator("output").last).to_contain_text(says)


def open_citation(tab, identity: str):  # type: ignore[no-untyped-def]
    item = tab.locator(f'[id="{identity}"]')
    item.locator(".cite-this summary").click()
    return item


PAGES = {
    "ledger": "/statements",
    "person": "/actor/act-voss",
    "story": f"/story/{fixture.STORY}",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_button_copies_the_citation_and_its_annotation(tab, site: str, path: str) -> None:  # type: ignore[no-untyped-def]
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(site + path)
    item = open_citation(tab, "stm-threat")
    press(item, "Copy citation")
    text = tab.evaluate("navigator.clipboard.readText()")
    words, _, made = text.partition("\n{")
    assert words.startswith("“no ship will pass,”\nIrena Voss; threat")
    assert "Harbour Courier, “Voss warns of closing the Halden Strait”" in words
    assert "https://courier.example/strait" in words and "\nEvidence sha256:" in words
    selector = json.loads("{" + made)["target"]["selector"]
    assert selector[0]["exact"] == "no ship will pass," and selector[1]["end"] > 0
    press(item, "Text only")
    assert tab.evaluate("navigator.clipboard.readText()") == words
    press(item, "Annotation only")
    assert json.loads(tab.evaluate("navigator.clipboard.readText()")) == json.loads("{" + made)


def test_without_the_clipboards_interface_it_is_copied_all_the_same(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.add_init_script(NO_CLIPBOARD)
    tab.goto(f"{site}/statements")
    item = open_citation(tab, "stm-not")
    press(item, "Text only")
    assert item.locator("record-copy textarea").count() == 0
    assert "Tomas Berg; denial, with a negation" in pasted(tab)


def test_where_nothing_may_be_copied_the_text_is_left_selected(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.add_init_script(NO_COPYING)
    tab.goto(f"{site}/statements")
    item = open_citation(tab, "stm-not")
    press(item, "Text only", "Selected")
    chosen = tab.evaluate(
        "(() => { const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd); })()"
    )
    assert "Tomas Berg; denial" in chosen and "Evidence sha256:" in chosen


@pytest.mark.parametrize("tab", [PLAIN, {**PLAIN, **SMALL}], indirect=True, ids=["wide", "phone"])
def test_without_a_script_the_citation_can_be_selected_by_keyboard(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/statements")
    item = tab.locator("#stm-threat")
    item.locator(".cite-this summary").focus()
    tab.keyboard.press("Enter")
    box = item.locator("textarea").first
    assert box.is_visible() and item.locator("textarea").nth(1).is_visible()
    assert item.get_by_role("button").count() == 0
    tab.keyboard.press("Tab")
    tab.keyboard.press("Control+A")
    tab.keyboard.press("Control+C")
    tab.locator("#q").focus()
    tab.keyboard.press("Control+V")
    assert tab.locator("#q").input_value().startswith("“no ship will pass,”")


def test_evidence_beside_the_line_can_be_cited_there(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{site}/statements")
    tab.locator("#stm-threat blockquote a.cite").first.click()
    panel = tab.locator("record-preview[open]")
    panel.locator(".cite-this summary").last.click()
    press(panel, "Copy citation")
    assert tab.evaluate("navigator.clipboard.readText()").startswith("“no ship will pass,”")


def test_passages_and_statements_of_the_one_file_can_be_cited(browser, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "story.html"
    file.write_bytes(render(fixture.library(), fixture.STORY).encode())
    context = browser.new_context(**WIDE)
    tab = context.new_page()
    tab.add_init_script(NO_CLIPBOARD)
    tab.goto(file.as_uri())
    item = open_citation(tab, "stm-threat")
    press(item, "Annotation only")
    target = json.loads(pasted(tab))["target"]
    passage = tab.locator(".passage-item").filter(has_text=target["id"])
    press(passage, "Copy citation")
    lines = pasted(tab).split("\n")
    assert lines == [
        "“no ship will pass,”",
        "Harbour Courier, “Voss warns of closing the Halden Strait”, published 10 May 2031, "
        "09:20 UTC+02:00",
        "https://courier.example/strait",
        "captured 10 May 2031, 10:00 UTC+02:00",
        f"Evidence {target['id']}",
    ]
    context.close()


def test_words_of_citations_are_not_looked_for_by_the_filter(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/story/{fixture.STORY}")
    box = tab.locator('record-filter[data-for="statements"] input')
    box.fill("TextQuoteSelector")
    assert tab.locator("#statements .said:visible").count() == 0
    box.fill("voss reporters")
    assert tab.locator("#statements .said:visible").count() == 1


@pytest.mark.parametrize("tab", [PLAIN, {**PLAIN, **SMALL}], indirect=True, ids=["wide", "phone"])
def test_the_forms_work_without_a_script(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/statements")
    tab.locator(".edit-choice > summary").click()
    tab.get_by_label("Outlet").select_option("Lowmark Today")
    tab.get_by_label("Said on or after").fill("2031-05-11")
    tab.get_by_label("denial").check()
    tab.get_by_role("button", name="Show these statements").click()
    assert "outlet=Lowmark+Today" in tab.url and "act=deny" in tab.url
    assert [e.get_attribute("id") for e in tab.locator(".said").all()] == ["stm-deny"]
    assert tab.get_by_label("denial").is_checked()
    tab.get_by_role("link", name="statement 1").click()
    assert [e.get_attribute("id") for e in tab.locator(".said").all()] == ["stm-law"]
    tab.get_by_role("link", name="Irena Voss", exact=True).first.click()
    tab.wait_for_url("**/actor/act-voss")
    tab.locator(".edit-choice > summary").click()
    tab.get_by_label("promise").check()
    tab.get_by_role("button", name="Show these statements").click()
    assert [e.get_attribute("id") for e in tab.locator(".said").all()] == ["stm-promise"]


def test_the_table_is_a_file_to_save(tab, site: str) -> None:  # type: ignore[no-untyped-def]
    tab.goto(f"{site}/statements?act=deny")
    with tab.expect_download() as saved:
        tab.get_by_role("link", name="These 2 as CSV").click()
    assert saved.value.suggested_filename == "statements.csv"
    assert Path(saved.value.path()).read_text("utf-8-sig").count("\n") == 3


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_of_statements_is_wider_than_the_screen(browser, site: str, width: int) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": width, "height": 800})
    tab = context.new_page()
    for path in (*PAGES.values(), "/statements?act=deny&sort=speaker", "/statements?act=frob"):
        tab.goto(site + path)
        tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        outside = tab.evaluate(
            """width => [...document.querySelectorAll('button, select, textarea, .bar nav a')]
                .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 80)])
                .filter(([box]) => box.width && (box.x < 0 || box.right > width + 0.5))
                .map(([, what]) => what)""",
            width,
        )
        assert outside == [], path
    context.close()

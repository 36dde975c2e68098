"""The review queue in a real browser: decided by keys, undone by one, and without a script by forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish.served import needed

from onrecord import settings
from onrecord.publish.reviewing import queue
from onrecord.records import Actor, Given, Judgement, Story
from onrecord.run.building import build_record
from onrecord.run.memory import capture_of
from onrecord.store.record import Store

sync_api = needed()

NOW = "2031-06-01T10:00:00+00:00"
LINES = (
    "“We will not lift the harbour fee under {} from anybody,” Oskar Venn said in Harne.",
    "“The bridge at Ostrand must be {} before the first snow,” Mayor Ilse Brandt said on Monday.",
)
WORDS = (("pressure", "repaired"), ("threat", "closed"))
WIDE = {"viewport": {"width": 1440, "height": 900}}
SMALL = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as opened:
        for name, words in zip(("a.txt", "b.txt"), WORDS, strict=True):
            said = "\n\n".join(line.format(w) for line, w in zip(LINES, words, strict=True))
            data = f"Ferry quarrel goes on\n\n{said}\n\nGulls sat on the ramp.".encode()
            given = Given(outlet=name, published="2031-05-02", language="en")
            opened.add(capture_of(name, data, given=given), data)
        build_record(opened, settings.join())
        yield opened


def verdicts(store: Store) -> list[str]:
    return [one.verdict for one in store.all(Judgement) if one.undone is None]


def at(tab) -> str:  # type: ignore[no-untyped-def]
    return str(tab.evaluate("document.activeElement.id"))


def test_keys_confirm_reject_and_undo(tab, site: str, store: Store) -> None:  # type: ignore[no-untyped-def]
    rows = [row.key for row in queue(store).rows]
    assert len(rows) >= 2
    tab.goto(f"{site}/review")
    expect = sync_api.expect
    assert at(tab) == rows[0]
    tab.keyboard.press("c")
    assert verdicts(store) == [], "nobody is named yet"
    tab.keyboard.type("Ada Nile cru")  # keys of the queue are letters while a name is written
    tab.locator(f"[id='{rows[0]}']").focus()
    tab.keyboard.press("c")
    expect(tab.locator(f"[id='{rows[0]}'] .review-said")).to_contain_text("Confirmed")
    expect(tab.locator("[data-decided]")).to_have_text("1")
    assert verdicts(store) == ["confirm"] and at(tab) == rows[1]
    tab.keyboard.press("r")
    expect(tab.locator(f"[id='{rows[1]}'] .review-said")).to_contain_text("Rejected")
    assert sorted(verdicts(store)) == ["confirm", "reject"]
    tab.keyboard.press("u")
    expect(tab.locator(f"[id='{rows[1]}'] .review-said")).to_contain_text("Taken back")
    expect(tab.locator("[data-decided]")).to_have_text("1")
    assert verdicts(store) == ["confirm"] and at(tab) == rows[1]
    tab.keyboard.press("k")
    assert at(tab) == rows[0]
    tab.keyboard.press("ArrowDown")
    assert at(tab) == rows[1]
    tab.goto(f"{site}/review")
    assert tab.locator(f"[id='{rows[0]}']").count() == 0
    assert tab.get_by_label("You decide as").input_value() == "Ada Nile cru"
    tab.keyboard.press("u")  # what was decided before this page was opened
    expect(tab.locator(f"[id='{rows[0]}']")).to_be_visible()
    assert verdicts(store) == []


def test_who_switched_the_keys_off_decides_nothing_by_a_letter(
    tab, site: str, store: Store
) -> None:  # type: ignore[no-untyped-def]
    row = queue(store).rows[0].key
    tab.goto(f"{site}/review")
    tab.get_by_label("You decide as").fill("Ada Nile")
    tab.get_by_role("button", name="Switch these keys off").click()
    item = tab.locator(f"[id='{row}']")
    item.focus()
    tab.keyboard.press("c")
    tab.keyboard.press("l")
    assert not item.locator("select").first.is_visible()
    assert item.locator(".review-said").count() == 0 and verdicts(store) == []
    tab.get_by_role("button", name="Switch the keys on").click()
    item.focus()
    tab.keyboard.press("c")
    sync_api.expect(item.locator(".review-said")).to_contain_text("Confirmed")


def test_relabel_and_note_open_by_keys_and_escape_closes_them(tab, site: str, store: Store) -> None:  # type: ignore[no-untyped-def]
    row = queue(store).rows[0].key
    tab.goto(f"{site}/review")
    tab.get_by_label("You decide as").fill("Ada Nile")
    item = tab.locator(f"[id='{row}']")
    item.focus()
    tab.keyboard.press("n")
    tab.keyboard.type("ask the mayor: c, r and u are letters here")
    assert verdicts(store) == []
    item.get_by_role("button", name="Keep the note").click()
    sync_api.expect(item.locator(".review-said")).to_contain_text("Noted")
    tab.keyboard.press("l")
    assert tab.evaluate("document.activeElement.name") == "value.relation"
    tab.keyboard.press("Escape")
    assert at(tab) == row and not item.locator(".relabel select").first.is_visible()
    tab.keyboard.press("l")
    item.locator('select[name="value.relation"]').select_option("differs")
    item.locator('select[name="value.in"]').select_option("occasion")
    item.get_by_role("button", name="Relabel").click()
    sync_api.expect(item.locator(".review-said")).to_contain_text("Relabelled")
    assert sorted(verdicts(store)) == ["note", "relabel"]


@pytest.mark.parametrize(
    "tab",
    [{**WIDE, "java_script_enabled": False}, {**SMALL, "java_script_enabled": False}],
    indirect=True,
    ids=["wide", "phone"],
)
def test_the_forms_decide_without_a_script(tab, site: str, store: Store) -> None:  # type: ignore[no-untyped-def]
    first, second = [row.key for row in queue(store).rows][:2]
    tab.goto(f"{site}/review")
    assert not tab.locator(".keys").is_visible()
    row = tab.locator(f"[id='{first}']")
    row.get_by_label("Your name").first.fill("Bo Reed")
    row.get_by_role("button", name="Reject").click()
    tab.wait_for_url(f"**/review#{second}")
    assert tab.locator(f"[id='{first}']").count() == 0
    assert tab.locator(".row-review").get_by_label("Your name").count() == 0
    tab.locator(".lately > summary").click()
    tab.get_by_role("button", name="Undo").click()
    sync_api.expect(tab.locator(f"[id='{first}']")).to_have_count(1)
    assert verdicts(store) == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_of_the_review_is_wider_than_the_screen(  # type: ignore[no-untyped-def]
    browser, site: str, store: Store, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    tab = context.new_page()
    row, story = queue(store).rows[0], store.all(Story)[0]
    lines = ("/statements", f"/story/{story.id}", f"/actor/{store.all(Actor)[0].id}")
    tab.goto(f"{site}/review")
    tab.get_by_label("You decide as").fill("Ada Nile " * 8)
    tab.get_by_role("button", name="Remember").click()
    tab.locator(f"[id='{row.key}']").get_by_role("button", name="Reject").click()
    sync_api.expect(tab.locator("[data-decided]")).to_have_text("1")
    for path in ("/review", "/review?relation=differs", "/review/decided", *lines):
        tab.goto(site + path)
        tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()

"""The one file of the demo as a colleague opens it: without a network, without scripts, on any screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.publish.served import needed

from onrecord.publish.dossier import render
from onrecord.records import Claim, Story
from onrecord.store.record import Store

needed()

OFFLINE = {"java_script_enabled": False, "offline": True}
WIDE = {**OFFLINE, "viewport": {"width": 1440, "height": 900}}
SMALL = {**OFFLINE, "viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
READABLE = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""
CONTRAST = """() => {
  const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const under = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  let least = 21, where = "";
  for (const e of document.querySelectorAll("#accounts *, #commitments *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest("svg, .hidden") || !e.getClientRects().length) continue;
    const pair = [light(rgb(getComputedStyle(e).color)), light(under(e))].sort((a, b) => b - a);
    const found = (pair[0] + .05) / (pair[1] + .05);
    if (found < least) [least, where] = [found, e.className + ": " + e.textContent.slice(0, 40)];
  }
  return [least, where];
}"""


@pytest.fixture(scope="module")
def file(demo_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of the demo's story with most claims."""
    with Store(demo_record, create=False) as store:
        story = max(store.all(Story), key=lambda s: len(store.by(Claim, "story_id", s.id)))
        path = tmp_path_factory.mktemp("dossier") / "story.html"
        path.write_text(render(store, story.id), encoding="utf-8")
    return path


@pytest.mark.parametrize("tab", [WIDE, SMALL], indirect=True, ids=["wide", "phone in the dark"])
def test_the_accounts_of_a_story_are_whole_in_one_file(tab, file: Path) -> None:  # type: ignore[no-untyped-def]
    tab.goto(file.as_uri())
    accounts = tab.locator("#accounts")
    assert accounts.locator("table.accounts th[scope=col]").count() > 1
    assert accounts.locator("table.accounts th[scope=row]").first.is_visible()
    pair = accounts.locator(".tone-differs .pairs li").first
    assert pair.locator(".basis").inner_text().strip()
    wordings = accounts.locator("details.wordings[open] dl").first
    assert wordings.get_by_text("Shared by at least two").is_visible()
    board = tab.locator("#commitments .board > svg")
    assert board.is_visible() and board.locator(".b-came, .b-open").count() > 0
    assert tab.locator("#commitments .outcomes").first.is_visible()
    assert tab.locator("form, button").count() == 0, "what cannot be done here is not offered"
    link = accounts.locator("td.cell a.cite").first
    quote = link.get_attribute("data-quote")
    link.click()
    passage = tab.locator(f"[id='{tab.url.rsplit('#', 1)[1]}']")
    assert passage.locator("mark").inner_text().split() == quote.split()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_of_it_can_be_read(browser, file: Path, scheme: str) -> None:  # type: ignore[no-untyped-def]
    tab = browser.new_page(color_scheme=scheme)
    tab.goto(file.as_uri())
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    least, where = tab.evaluate(CONTRAST)
    tab.emulate_media(media="print", color_scheme=scheme)
    printed, printed_where = tab.evaluate(CONTRAST)
    tab.close()
    assert least >= READABLE, where
    assert printed >= READABLE, printed_where


def test_on_paper_what_is_folded_is_open_and_nothing_asks_to_be_clicked(  # type: ignore[no-untyped-def]
    browser, file: Path
) -> None:
    tab = browser.new_page(viewport={"width": 720, "height": 1000})
    tab.goto(file.as_uri())
    tab.emulate_media(media="print")
    folded = tab.locator("#accounts details.more-pairs:not([open]) .basis").first
    box = folded.bounding_box()
    assert box is not None and box["height"] > 5
    assert not tab.locator("#accounts .only-apart").is_visible()
    tab.close()

"""Deciding on the accounts page itself, and the way from there to the review queue, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.publish.served import needed

from onrecord import settings
from onrecord.publish import web_reviewing
from onrecord.publish.dossier import render
from onrecord.publish.reviewing import Undecided, queue
from onrecord.records import Advice, Given, Judgement, Story
from onrecord.run.building import build_record
from onrecord.run.memory import capture_of
from onrecord.store.record import Store

sync_api = needed()
expect = sync_api.expect

NOW = "2031-06-01T10:00:00+00:00"
REPORTS = (
    (
        "Quay Courier",
        "“The ferry Aurelia was not searched on Monday,” Oskar Venn said in Harne.",
        12,
    ),
    (
        "Harne Herald",
        "Customs officers searched the ferry Aurelia on Monday, Ilse Brandt said.",
        15,
    ),
)
MORE = "\n\nThe harbour board said {} boats were lost in the storm on Sunday."
PLAIN = {"viewport": {"width": 1440, "height": 900}, "java_script_enabled": False}
SMALL = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as opened:
        for outlet, line, boats in REPORTS:
            data = f"Ferry quarrel goes on\n\n{line}{MORE.format(boats)}".encode()
            given = Given(outlet=outlet, published="2031-05-06", language="en")
            opened.add(capture_of(f"{outlet}.txt", data, given=given), data)
        build_record(opened, settings.join())
        yield opened


def accounts(store: Store) -> str:
    return f"/story/{store.all(Story)[0].id}/accounts"


def boats(store: Store) -> Undecided:
    """The relation of the two numbers of boats."""
    (row,) = [r for r in queue(store).rows if "boats" in r.a.citation.quote]
    assert (row.relation.relation, row.relation.in_) == ("differs", "number")
    return row


def counting(store: Store) -> list[str]:
    return [one.verdict for one in store.all(Judgement) if one.undone is None]


def named(tab: Any, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("You decide as").fill("Ada Nile")
    tab.get_by_role("button", name="Remember").click()


@pytest.mark.parametrize("tab", [{}, SMALL], indirect=True, ids=["wide", "phone"])
def test_with_a_script_the_page_stays_while_relations_are_decided(  # type: ignore[no-untyped-def]
    tab, site: str, store: Store
) -> None:
    row = boats(store)
    named(tab, site + accounts(store))
    here = tab.locator(f"[id='{row.key}']")
    here.get_by_role("button", name="Reject").click()
    expect(here.get_by_role("status")).to_contain_text("Rejected")
    assert counting(store) == ["reject"] and "#" not in tab.url
    assert tab.evaluate("document.activeElement.textContent") == "Undo"
    tab.keyboard.press("Enter")
    expect(here.get_by_role("button", name="Confirm", exact=True)).to_be_focused()
    assert counting(store) == []
    here.locator("summary").click()
    here.locator('select[name="value.in"]').select_option("occasion")
    here.get_by_role("button", name="Relabel").click()
    expect(here.get_by_role("status")).to_contain_text("Relabelled")
    (one,) = [j for j in store.all(Judgement) if j.undone is None]
    assert one.value is not None and one.value.in_ == "occasion"
    tab.route("**/judgements/undo", lambda route: route.fulfill(body="gone"))
    here.get_by_role("button", name="Undo").click()
    expect(here.get_by_role("alert")).to_contain_text("Not decided")
    assert counting(store) == ["relabel"]


@pytest.mark.parametrize("tab", [PLAIN], indirect=True)
def test_a_relation_is_confirmed_taken_back_and_relabelled_where_it_is_read(  # type: ignore[no-untyped-def]
    tab, site: str, store: Store
) -> None:
    key = boats(store).key
    named(tab, site + accounts(store))
    here = tab.locator(f"[id='{key}']")
    here.get_by_role("button", name="Confirm", exact=True).click()
    expect(here).to_contain_text("confirmed by Ada Nile")
    assert tab.url.endswith(f"#{key}") and counting(store) == ["confirm"]
    expect(here.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    here.get_by_role("button", name="Undo").click()
    expect(here.get_by_role("button", name="Confirm", exact=True)).to_be_visible()
    assert counting(store) == []
    here.locator("summary").click()
    here.locator('select[name="value.relation"]').select_option("corroborates")
    here.locator('select[name="value.in"]').select_option("")
    here.get_by_role("button", name="Relabel").click()
    tab.wait_for_url(f"**#{key}")
    assert counting(store) == ["relabel"]
    assert "relabelled: they agree" in tab.locator("main").inner_text()


@pytest.mark.parametrize("tab", [PLAIN], indirect=True)
def test_a_rejected_relation_is_told_as_rejected_and_can_be_taken_back(  # type: ignore[no-untyped-def]
    tab, site: str, store: Store
) -> None:
    row = boats(store)
    named(tab, site + accounts(store))
    tab.locator(f"[id='{row.key}']").get_by_role("button", name="Reject").click()
    tab.get_by_text("What you decided lately").click()
    expect(tab.locator(".tone-differs").filter(has_text="boats")).to_have_count(0)
    tab.locator(".lately").get_by_role("button", name="Undo").click()
    expect(tab.locator(".tone-differs").filter(has_text="boats")).to_have_count(1)
    assert counting(store) == []


def test_nobody_decides_without_a_name(tab, site: str, store: Store) -> None:  # type: ignore[no-untyped-def]
    tab.goto(site + accounts(store))
    here = tab.locator(f"[id='{boats(store).key}']")
    assert here.get_by_role("button").count() == 0
    here.get_by_role("link", name="Decide").click()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "author"


@pytest.mark.parametrize("tab", [{}, PLAIN], indirect=True, ids=["script", "plain"])
def test_a_relation_leads_to_its_place_in_the_queue_on_whichever_page(  # type: ignore[no-untyped-def]
    tab, site: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_reviewing, "PER_PAGE", 1)
    rows = queue(store).rows
    key = boats(store).key
    place = [r.key for r in rows].index(key) + 1
    assert place > 1, "it stands on a later page"
    tab.goto(site + accounts(store))
    tab.locator(f"[id='{key}']").get_by_role("link", name="in the review queue").click()
    tab.wait_for_url(f"**/review?row={key}#{key}")
    assert tab.locator(".row-review").get_attribute("id") == key
    assert f"Page {place} of {len(rows)}" in tab.locator("nav.pages").inner_text()
    named(tab, tab.url)
    tab.locator(".row-review").get_by_role("button", name="Reject").click()
    done = tab.locator(".review-said", has_text="Rejected")
    expect(done.or_(tab.locator(".lately", has_text="rejected")).first).to_be_attached()
    tab.goto(f"{site}{accounts(store).replace('accounts', 'review')}?row={key}#{key}")
    expect(tab.get_by_role("alert")).to_contain_text("is decided, or no longer in the record")


def test_what_an_endpoint_said_stands_beside_the_relation_as_its_word(  # type: ignore[no-untyped-def]
    tab, site: str, store: Store, tmp_path: Path
) -> None:
    row = boats(store)
    a, b = sorted(row.pair)
    store.put_advice(
        Advice(id="adv-1", a=a, b=b, host="127.0.0.1:9", model="small-one", prompt="p", at=NOW,
               relation="unrelated", in_=None, why="<b>two</b> storms")
    )  # fmt: skip
    file = tmp_path / "story.html"
    file.write_text(render(store, store.all(Story)[0].id), encoding="utf-8")
    for address in (site + accounts(store), file.as_uri()):
        tab.goto(address)
        beside = tab.locator(f"[id='{row.key}'] .advice")
        expect(beside).to_contain_text("endpoint, unchecked: small-one at 127.0.0.1:9")
        expect(beside).to_contain_text("<b>two</b> storms")
        tone = tab.locator(f"[id='{row.key}'] .tag")
        assert tone.inner_text() == "differ in: number", "advice decides nothing"

"""Decisions on the pages of lines themselves: statements, persons, passages, stories; nothing goes unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish import fixture
from tests.publish.reading import Reader, Site
from tests.publish.test_review import NOW, Client

from onrecord import settings
from onrecord.publish.dossier import render
from onrecord.publish.web import create_app
from onrecord.records import Actor, Given, Judgement, Statement, Story
from onrecord.run.building import build_record
from onrecord.run.deciding import Bench
from onrecord.run.memory import capture_of
from onrecord.store.record import Store

SAID = "“We will not lift the harbour fee under {} from anybody,” Oskar Venn said in Harne."
MORE = "Mayor Ilse Brandt of Ostrand warned on Monday that the ferry Aurelia would stay in port."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as opened:
        for name, word in (("a.txt", "pressure"), ("b.txt", "threat")):
            data = f"Ferry quarrel goes on\n\n{SAID.format(word)}\n\n{MORE}".encode()
            given = Given(outlet=name, published="2031-05-02", language="en")
            opened.add(capture_of(name, data, given=given), data)
        build_record(opened, settings.join())
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[Client]:
    bench = Bench(store, settings.join(), lambda: NOW)
    made = Client(create_app(store, bench=bench))
    made.submit("/review", "Remember", author="Ada Nile")
    yield made
    bench.close()


def fee(store: Store) -> Statement:
    found = [s for s in store.all(Statement) if "under pressure" in s.citation.quote]
    assert len(found) == 1
    return found[0]


def test_a_rejected_statement_is_gone_and_told_where_it_stood(store: Store, client: Client) -> None:
    one, story = fee(store), store.all(Story)[0]
    page = client.submit(f"/story/{story.id}", "Reject: nobody says this", one.id)
    assert one.id not in page.ids and one.id not in {s.id for s in store.all(Statement)}
    text = client.answer.text[client.answer.text.index('id="rejected"') :]
    assert "under pressure" in text and "rejected" in text and "Ada Nile" in text
    evidence = client.ask("GET", f"/evidence?address={one.citation.address}")
    assert "What people decided about these words" in evidence.text
    file = Reader(render(store, story.id))
    assert "rejected" in file.ids and "Ada Nile" in file.text
    assert not file.all("form")
    client.submit(f"/story/{story.id}", "Undo", "rejected")
    assert fee(store).id == one.id
    assert "rejected" not in client.ask("GET", f"/story/{story.id}").ids


def test_a_statement_is_relabelled_where_it_stands_and_tells_by_whom(
    store: Store, client: Client
) -> None:
    one = fee(store)
    changed = {"value__act": "refuse", "note": "he turns it down"}
    client.submit(f"/evidence?address={one.citation.address}", "Relabel", **changed)
    assert fee(store).act == "refuse"
    page = client.ask("GET", "/statements")
    assert "relabelled: refusal by Ada Nile" in page.text and "he turns it down" in page.text


def test_a_person_is_renamed_and_joined_with_another(store: Store, client: Client) -> None:
    venn = next(a for a in store.all(Actor) if "Venn" in a.name)
    brandt = next(a for a in store.all(Actor) if "Brandt" in a.name)
    client.submit(f"/actor/{venn.id}", "Rename", value__name="Oskar Venn-Berg")
    assert "Oskar Venn-Berg" in {a.name for a in store.all(Actor)}
    venn = next(a for a in store.all(Actor) if "Venn" in a.name)
    page = client.ask("GET", f"/actor/{venn.id}")
    assert "renamed: “Oskar Venn-Berg” by Ada Nile" in page.text
    offered = [o["value"] for o in page.all("option") if o.get("value", "").startswith("act-")]
    assert brandt.id in offered and venn.id not in offered
    fields = {"line": [venn.id, brandt.id], "verdict": "merge", "then": "/review/decided"}
    token = next(i["value"] for i in page.all("input") if i.get("name") == "token")
    page = client.ask("POST", "/judgements", {**fields, "token": token})
    assert "joined with another" in page.text
    assert len([a for a in store.all(Actor) if "Venn" in a.name or "Brandt" in a.name]) == 1


def test_reports_are_set_apart_from_a_story_by_a_form(store: Store, client: Client) -> None:
    story = store.all(Story)[0]
    assert len(store.all(Story)) == 1
    client.submit(f"/story/{story.id}", "Set apart", line=story.articles[0])
    assert len(store.all(Story)) == 2
    (one,) = store.all(Judgement)
    assert (one.verdict, one.about.kind) == ("split", "story")


def test_who_is_not_known_is_asked_for_the_name_first(store: Store) -> None:
    bench = Bench(store, settings.join(), lambda: NOW)
    client = Client(create_app(store, bench=bench))
    page = client.ask("GET", "/statements")
    assert "Your name is asked for once" in page.text
    assert not [b for b in page.all("button") if b.get("value") == "reject"]
    back = fee(store).id
    page = client.submit("/statements", "Remember", back, author="Bo Reed")
    assert str(client.answer.url).endswith(f"#{back}")
    assert [b for b in page.all("button") if b.get("value") == "reject"]
    bench.close()


def test_pages_that_only_show_have_no_forms_to_decide() -> None:
    site = Site(create_app(fixture.library()))
    for path in (f"/story/{fixture.STORY}", "/statements", "/actor/act-voss"):
        page = Reader(site.get(path).text)
        assert not page.all("details", "decide"), path
        assert not [f for f in page.all("form") if f.get("method") == "post"], path

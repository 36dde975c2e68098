"""The review queue as a reader gets it: what is undecided, narrowed, in context; decided with plain forms."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from tests.publish import fixture
from tests.publish.reading import Reader, Site

from onrecord import settings
from onrecord.pipeline import STAGES
from onrecord.publish.reviewing import queue
from onrecord.publish.web import create_app
from onrecord.records import Claim, Given, Judgement, JudgementValue, Story
from onrecord.run.building import build_record
from onrecord.run.deciding import Bench
from onrecord.run.judging import about, decide
from onrecord.run.memory import capture_of
from onrecord.store.record import Store

OWN = "http://127.0.0.1:8765"
NOW = "2031-06-01T10:00:00+00:00"
QUOTE = "“We will not lift the harbour fee under {} from anybody,” Oskar Venn said in Harne."
BEGIN = "Ferry quarrel goes on\n\nThe quay was empty at noon. "
TAIL = " Gulls sat on the ramp.\n\nThe ferry Aurelia links the harbours of Velmora and Ostrand."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as opened:
        for name, word in (("a.txt", "pressure"), ("b.txt", "threat")):
            data = (BEGIN + QUOTE.format(word) + TAIL).encode()
            given = Given(outlet=name, published="2031-05-02", language="en")
            opened.add(capture_of(name, data, given=given), data)
        build_record(opened, settings.join())
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[Client]:
    bench = Bench(store, settings.join(), lambda: NOW)
    yield Client(create_app(store, bench=bench))
    bench.close()


class Client:
    """A browser without scripts: it keeps cookies, sends forms as the page has them, follows redirects."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self.cookies = httpx.Cookies()

    def ask(self, method: str, path: str, fields: Mapping[str, object] | None = None) -> Reader:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            headers = {"origin": OWN, "sec-fetch-site": "same-origin"} if fields else {}
            async with httpx.AsyncClient(
                transport=transport, base_url=OWN, cookies=self.cookies, follow_redirects=True
            ) as client:
                answer = await client.request(
                    method,
                    path,
                    content=urlencode(fields or {}, doseq=True),
                    headers={**headers, "content-type": "application/x-www-form-urlencoded"},
                )
                self.cookies = client.cookies
                return answer

        self.answer = asyncio.run(send())
        assert self.answer.status_code == 200, self.answer.text[-600:]
        return Reader(self.answer.text)

    def submit(self, path: str, button: str, row: str = "", **typed: str) -> Reader:
        """Presses the first button with these words on a page (in the element of an id)."""
        self.ask("GET", path)
        text = self.answer.text
        if row:
            text = text[text.index(f'id="{row}"') :]
        for form in re.findall(r"<form.*?</form>", text, re.S):
            pressed = re.search(rf"<button([^>]*)>{button}", form)
            if pressed:
                break
        else:
            raise AssertionError(f"no button {button}")
        page = Reader(form)
        fields: dict[str, list[str]] = {}
        for one in page.all("input"):
            fields.setdefault(one.get("name", ""), []).append(one.get("value", ""))
        if named := re.search(r'name="verdict" value="(\w+)"', pressed[1]):
            fields["verdict"] = [named[1]]
        fields |= {name.replace("__", "."): [value] for name, value in typed.items()}
        return self.ask("POST", page.all("form")[0]["action"], fields)


def reviews(store: Store) -> list[str]:
    return sorted(r.review for c in store.all(Claim) for r in c.relations)


def test_the_queue_shows_each_line_in_its_context_with_what_it_rests_on(
    store: Store, client: Client
) -> None:
    page = client.ask("GET", "/review")
    (row,) = [r for r in queue(store).rows if "harbour fee" in r.a.citation.quote]
    text = client.answer.text
    own = " ".join(Reader(text[text.index(f'id="{row.key}"') :].split("</li>")[0]).text.split())
    line = " ".join(row.a.citation.quote.split())
    assert f"empty at noon. {line}" in own, "context and line are spaced as they are printed"
    for words in ("The quay was empty at noon.", "Gulls sat on the ramp.", "Oskar Venn", "a.txt"):
        assert words in own, words
    assert row.relation.basis in own
    assert f"0 of {len(reviews(store))} decided" in page.text
    story = store.all(Story)[0]
    assert row.key in client.ask("GET", f"/story/{story.id}/review").ids


def test_a_decision_leaves_the_queue_is_remembered_and_undone_with_plain_forms(
    store: Store, client: Client
) -> None:
    (row,) = [r for r in queue(store).rows if "harbour fee" in r.a.citation.quote]
    total = len(reviews(store))
    page = client.submit("/review", "Reject", row.key, author="Ada Nile")
    assert row.key not in page.ids
    assert f"1 of {total} decided" in page.text and "rejected: " in page.text
    assert "by Ada Nile" in page.text
    assert reviews(store).count("rejected") == 1
    assert [i["value"] for i in page.all("input") if i.get("name") == "author"] == ["Ada Nile"]
    page = client.submit("/review", "Undo")
    assert row.key in page.ids and f"0 of {total} decided" in page.text
    assert reviews(store).count("rejected") == 0
    relabelled = {"value__relation": "differs", "value__in": "wording", "note": "two words"}
    page = client.submit("/review", "Relabel", row.key, **relabelled)
    assert "relabelled: they differ, in wording" in page.text and "two words" in page.text
    found = [r for c in store.all(Claim) for r in c.relations if r.review == "confirmed"]
    assert [(r.relation, r.in_) for r in found] == [("differs", "wording")]


def test_a_decision_counts_while_the_stages_behind_it_are_at_work(store: Store) -> None:
    (row,) = [r for r in queue(store).rows if "harbour fee" in r.a.citation.quote]
    bench = Bench(store, settings.join(), lambda: NOW)
    value = JudgementValue(relation=row.relation.relation)
    named = about(store, "reject", (row.a.citation.address, row.b.citation.address), "relation", "")
    one = decide(store, "Ada Nile", NOW, "reject", named, value)
    for stages in ((), [s for s in STAGES if s.name in ("judged", "rulings")], STAGES):
        build_record(store, settings.join(), stages=stages)
        left = queue(store)
        assert row.key not in {r.key for r in left.rows} and left.decided == 1, len(stages)
    bench.take_back(one.id, "Ada Nile")
    assert bench.settled(60)
    bench.close()
    assert row.key in {r.key for r in queue(store).rows}


def test_another_relation_found_between_two_decided_lines_is_to_be_decided(store: Store) -> None:
    row = queue(store).rows[0]
    other = "adds" if row.relation.relation != "adds" else "corroborates"
    named = about(store, "reject", (row.a.citation.address, row.b.citation.address), "relation", "")
    decide(store, "Ada Nile", NOW, "reject", named, JudgementValue(relation=other))
    assert row.key in {r.key for r in queue(store).rows}


def test_a_note_stays_with_its_row_which_stays_undecided(store: Store, client: Client) -> None:
    row = queue(store).rows[0]
    page = client.submit("/review", "Keep the note", row.key, author="Ada Nile", note="ask Bo")
    assert row.key in page.ids and "ask Bo" in page.text
    assert reviews(store).count("unreviewed") == len(reviews(store))


def test_the_name_can_be_told_once_and_changed(client: Client) -> None:
    client.submit("/review", "Remember", author="Bo Reed")
    page = client.submit("/review", "Change", author="Bo Reed-Nile")
    names = [i["value"] for i in page.all("input") if i.get("name") == "author"]
    assert names == ["Bo Reed-Nile"]


def test_the_queue_is_narrowed_by_story_relation_and_what_it_is_in() -> None:
    library = fixture.library()
    site = Site(create_app(library))

    def rows(path: str) -> int:
        return len(Reader(site.get(path).text).all("li", "row-review"))

    total = rows("/review")
    assert total == 5 == queue(library).total
    assert rows("/review?relation=differs") == 2
    assert rows("/review?relation=differs&in=condition") == 1
    assert rows(f"/story/{fixture.STORY}/review?in=polarity") == 1
    assert rows(f"/review?story={fixture.STORY}") == total
    assert site.get("/review?story=sto-none").status_code == 404
    assert rows("/review?relation=no-such") == 0
    first = Reader(site.get("/review").text).text
    assert first.index("possible contradiction") < first.index("differ in")


def test_a_server_that_only_shows_says_why_it_has_no_buttons() -> None:
    site = Site(create_app(fixture.library()))
    for path in ("/review", f"/story/{fixture.STORY}/review"):
        page = Reader(site.get(path).text)
        assert page.all("li", "row-review")
        assert not [f for f in page.all("form") if f.get("method") == "post"]
        assert "takes no decisions" in page.text and "onrecord judge" in page.text


def test_what_was_decided_is_listed_with_how_it_stands_and_saved_for_a_colleague(
    store: Store, client: Client
) -> None:
    row = queue(store).rows[0]
    client.submit("/review", "Confirm", row.key, author="Ada Nile")
    page = client.ask("GET", "/review/decided")
    assert "onrecord import judgements" in page.text and "0 judgements" in page.text
    (one,) = store.all(Judgement)
    assert one.id in page.ids and row.a.citation.quote[:40] in page.text
    client.ask("GET", "/review/judgements.jsonl")
    (line,) = client.answer.text.splitlines()
    assert json.loads(line)["id"] == one.id
    page = client.submit("/review/decided", "Undo")
    assert "taken back by Ada Nile" in page.text
    assert "taken back 1" in page.text

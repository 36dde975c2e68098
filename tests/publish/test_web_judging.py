"""Deciding on pages: only our own pages can, the author is remembered, and what follows shows at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from onrecord import settings
from onrecord.publish.reviewing import queue
from onrecord.publish.web import create_app
from onrecord.publish.web_judging import form
from onrecord.records import Actor, Claim, Given, Judgement, Statement
from onrecord.run.building import _only_build, build_record
from onrecord.run.deciding import Bench
from onrecord.run.memory import capture_of
from onrecord.store.record import Store

OWN = "http://127.0.0.1:8765"
NOW = "2031-06-01T10:00:00+00:00"
QUOTE = "“We will not lift the harbour fee under {} from anybody,” Oskar Venn said in Harne."
BEGIN = "Ferry quarrel goes on\n\n"
TAIL = "\n\nThe ferry Aurelia links the harbours of Velmora and Ostrand."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("deciding") / "record") as opened:
        for name, word in (("a.txt", "pressure"), ("b.txt", "threat")):
            data = (BEGIN + QUOTE.format(word) + TAIL).encode()
            given = Given(outlet=name, published="2031-05-02", language="en")
            opened.add(capture_of(name, data, given=given), data)
        build_record(opened, settings.join())
        yield opened


@pytest.fixture
def bench(store: Store) -> Iterator[Bench]:
    made = Bench(store, settings.join(), lambda: NOW)
    yield made
    made.close()


class Client:
    """A browser on one of our pages."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=OWN) as client:
                return await client.request(method, path, content=body, headers=dict(headers or {}))

        return asyncio.run(send())

    def token(self) -> str:
        return str(self.ask("GET", "/judgements/form").json()["token"])

    def post(
        self, values: Mapping[str, Any], path: str = "/judgements", **headers: str
    ) -> httpx.Response:
        own = {
            "content-type": "application/json",
            "origin": OWN,
            "sec-fetch-site": "same-origin",
            "x-onrecord-token": self.token(),
        }
        own |= {name.replace("_", "-"): text for name, text in headers.items()}
        return self.ask("POST", path, json.dumps(values).encode(), own)

    def submit(self, fields: list[tuple[str, str]], cookie: str = "") -> httpx.Response:
        headers = {"content-type": "application/x-www-form-urlencoded", "origin": OWN}
        if cookie:
            headers["cookie"] = cookie
        return self.ask("POST", "/judgements", urlencode(fields).encode(), headers)


@pytest.fixture
def client(store: Store, bench: Bench) -> Client:
    return Client(create_app(store, bench=bench))


def quotation(store: Store) -> list[str]:
    """The members of a relation that nobody reviewed."""
    (row,) = [r for r in queue(store).rows if "harbour fee" in r.a.citation.quote]
    return [row.a.id, row.b.id]


def test_a_form_decides_remembers_who_and_leads_back(store: Store, client: Client) -> None:
    pair = quotation(store)
    (row,) = [r for r in queue(store).rows if {r.a.id, r.b.id} == set(pair)]
    fields = [*row.fields("reject"), ("token", client.token())]
    fields += [("author", "Ada Nilé"), ("note", "two talks"), ("then", "/#x")]
    answer = client.submit(fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/#x")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
    found = [r for c in store.all(Claim) for r in c.relations if {r.a, r.b} == set(pair)]
    assert [r.review for r in found] == ["rejected"]
    assert not [r for r in queue(store).rows if {r.a.id, r.b.id} == set(pair)]
    (one,) = store.all(Judgement)
    assert one.author == "Ada Nilé" and one.value is not None and one.value.text == "two talks"
    assert one.value.relation == row.relation.relation
    remembered = cookie.partition(";")[0]
    name = client.ask("GET", "/judgements/form", headers={"cookie": remembered}).json()["author"]
    assert name == "Ada Nilé"
    undo = client.post({"id": one.id, "author": "Bo Reed"}, "/judgements/undo")
    assert undo.status_code == 201 and undo.json()["judgement"]["undone"]["by"] == "Bo Reed"
    again = [("verdict", "confirm"), ("token", client.token()), ("then", "//evil.example/")]
    answer = client.submit([*again, *(("line", i) for i in pair)], remembered)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    found = [r for c in store.all(Claim) for r in c.relations if {r.a, r.b} == set(pair)]
    assert [r.review for r in found] == ["confirmed"]


def test_a_script_gets_json_at_once_and_the_build_follows(
    store: Store, client: Client, bench: Bench
) -> None:
    actor = next(a for a in store.all(Actor) if "Venn" in a.name)
    values = {
        "verdict": "rename",
        "lines": [actor.id],
        "author": "Ada Nile",
        "value": {"name": "Oskar Venn-Berg"},
    }
    answer = client.post(values)
    assert answer.status_code == 201
    assert answer.json()["judgement"]["value"] == {"name": "Oskar Venn-Berg"}
    assert answer.headers["cache-control"] == "no-store"
    assert bench.settled(30)
    said = [s for s in store.all(Statement) if "harbour fee" in s.citation.quote]
    assert {s.speaker.name for s in said if s.speaker} == {"Oskar Venn-Berg"}


def test_nothing_but_our_own_pages_decides(store: Store, client: Client) -> None:
    before = store.all(Judgement)
    values = {"verdict": "note", "lines": any_line(store), "note": "x", "author": "Eve"}
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"x_onrecord_token": ""},
        {"x_onrecord_token": "guessed"},
    ):
        answer = client.post(values, **headers)
        assert answer.status_code == 403, headers
        assert list(answer.json()) == ["error"]
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.ask("GET", "/judgements/form", headers=foreign).status_code == 403
    assert client.post(values, host="evil.example").status_code == 400
    assert client.ask("GET", "/judgements").status_code == 405
    plain = {"content-type": "text/plain", "origin": OWN}
    assert client.ask("POST", "/judgements", b"{}", plain).status_code == 415
    assert store.all(Judgement) == before


def any_line(store: Store) -> list[str]:
    return [store.all(Actor)[0].id]


def test_what_is_no_decision_is_refused_with_one_line(store: Store, client: Client) -> None:
    before = store.all(Judgement)
    actor = store.all(Actor)[0].id
    good = {"verdict": "note", "lines": [actor], "note": "x", "author": "Ada Nile"}
    for changes, status, why in (
        ({"author": ""}, 400, "who decides"),
        ({"author": "two\nlines"}, 400, "no name"),
        ({"lines": ["act-none"]}, 400, "no such line"),
        ({"lines": actor}, 400, "no decision"),
        ({"lines": []}, 400, "what about"),
        ({"verdict": "reject"}, 400, "cannot be decided"),
        ({"value": {"sudo": "x"}}, 400, "unknown field"),
        ({"note": 7}, 400, "no decision"),
        ({"note": "x" * 250_000}, 413, "at most"),
    ):
        answer = client.post({**good, **changes})
        assert answer.status_code == status, (changes.keys(), answer.text[:200])
        assert why in answer.json()["error"] and "\n" not in answer.json()["error"]
    headers = {"content-type": "application/json", "x-onrecord-token": client.token()}
    for body in (b"", b"[]", b"{", b"[" * 50_000, b"\xff"):
        assert client.ask("POST", "/judgements", body, headers).status_code == 400
    page = client.submit([("verdict", "reject"), ("line", actor), ("token", client.token())])
    assert page.status_code == 400 and "who decides" in page.text
    assert page.headers["content-type"].startswith("text/html")
    assert store.all(Judgement) == before


def test_while_a_build_is_at_work_a_decision_is_kept_and_brought_in_behind_it(
    store: Store, client: Client, bench: Bench
) -> None:
    actor = next(a for a in store.all(Actor) if "Aurelia" in a.name or "Ostrand" in a.name)
    values = {
        "verdict": "rename",
        "lines": [actor.id],
        "author": "Ada Nile",
        "value": {"name": "Greater Ostrand"},
    }
    with _only_build(Path(store.folder), 5.0):
        answer = client.post(values)
        assert answer.status_code == 201 and answer.json()["built"] is False
        assert not bench.settled(0.2)
        assert "Greater Ostrand" not in {a.name for a in store.all(Actor)}
    assert bench.settled(30)
    assert "Greater Ostrand" in {a.name for a in store.all(Actor)}


def test_pages_get_their_form_and_a_read_only_app_has_none(store: Store, bench: Bench) -> None:
    def page(request: Request) -> Response:
        found = form(request)
        return PlainTextResponse("none" if found is None else f"{found.action} {found.token}")

    for app, expected in ((create_app(store, bench=bench), True), (create_app(store), False)):
        app.router.routes.append(Route("/probe", page))
        client = Client(app)
        text = client.ask("GET", "/probe").text
        assert (text != "none") is expected
        if expected:
            assert text == f"/judgements {client.token()}"
        else:
            assert client.ask("POST", "/judgements").status_code == 404

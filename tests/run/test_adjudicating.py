"""Asking a user's own endpoint: what is sent, what is kept, and that nothing is asked twice. The server is
one on this machine; the answers are invented."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from tests.capture.serving import Clock, Page, Site, serving
from tests.gold.building import export_bytes
from tests.publish.test_cli import ONRECORD, call
from tests.text.test_advice import completion

from onrecord import settings
from onrecord.capture.asking import Asker, Endpoint, endpoint
from onrecord.errors import UsageError
from onrecord.publish.advice import advice_for, advice_of
from onrecord.publish.exports import schema
from onrecord.publish.web import create_app
from onrecord.records import Advice, Claim, Given, JudgementValue, Line, Story
from onrecord.run import adjudicating, judging
from onrecord.run.adjudicating import Pair, Report
from onrecord.run.building import build_record
from onrecord.run.memory import capture_of
from onrecord.run.verifying import Checked, verify
from onrecord.store.record import Store

NOW = "2031-06-01T10:00:00+00:00"
KEY = "sk-tern-0123456789"
HEAD = "Ferry quarrel between Velmora and Ostrand goes on\n\n"
TERN = (
    "The weather was calm. The ferry Aurelia left the harbour of Ostrand on Monday, Harbour Minister "
    "Oskar Venn said.\n\nSome 400 dockers marched to the town hall of Ostrand against the fee.\n\n"
    "The dockers' union called the fee a mistake and asked the town for talks.\n\n"
    "Gulls circled above the empty quay while the mayor slept through the morning.\n\n"
    "Children from nine villages painted yellow flags for the regatta at Harne while bakers sold plum "
    "cakes and fiddlers played old tunes under lamps."
)
MAIL = (
    "The ferry Aurelia did not leave the harbour of Ostrand on Monday, Foreign Minister Ilsa Brandt "
    "said.\n\nIn Ostrand dockers went to the town hall, where a band played.\n\n"
    "Talks about the fee were asked for by the union, which spoke of a costly mistake.\n\n"
    "On the quay the mayor counted gulls all morning, and nobody was angry with him.\n\n"
    "A regatta is held every year, and this time sailors brought ropes, tar, compasses and "
    "paint, which children carried up to a chapel on a hill."
)
WORDS = "The ferry Aurelia"
ANSWER = {"relation": "differs", "in": "occasion", "why": "it may be another ferry"}
GOOD = Page(body=completion(json.dumps(ANSWER)))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("adjudicating") / "record"
    with Store(folder) as store:
        for name, text in (("Tern Post", TERN), ("Oldmoor Mail", MAIL)):
            data = (HEAD + text).encode()
            given = Given(outlet=name, published="2031-05-02", language="en")
            store.add(capture_of(f"{name}.txt", data, given=given), data)
        reports = build_record(store, settings.join())
    assert [why for r in reports for _, why in r.failed] == []
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "record"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store(folder) as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages["/v1/chat/completions"] = GOOD
        yield running


def asked_by(
    site: Site, near: int = 0, model: str = "wader-7b", **more: Any
) -> Callable[[Store], Report]:
    """A run of `onrecord adjudicate` as far as the record sees it; `more` are other settings."""

    def run(store: Store, sleep: Callable[[float], None] = time.sleep) -> Report:
        values = {"adjudication.url": f"{site.url}/v1", "adjudication.model": model}
        values |= {"adjudication.near": near, "adjudication.key_variable": "TERN_KEY"}
        values |= {f"adjudication.{name}": value for name, value in more.items()}
        chosen = settings.join(values)
        to = endpoint(chosen["adjudication"], {"TERN_KEY": KEY})
        pairs = adjudicating.undecided(store, chosen)
        pairs = adjudicating.unanswered(store, pairs, to, model)
        with Asker(chosen["web"], chosen["adjudication"], to) as asker:
            return adjudicating.adjudicate(
                store, store, pairs, model, to, asker,
                retries=chosen["adjudication"].retries, now=lambda: NOW, sleep=sleep,
            )  # fmt: skip

    return run


def undecided(store: Store, near: int = 0) -> list[Pair]:
    return adjudicating.undecided(store, settings.join({"adjudication.near": near}))


def sent(body: bytes) -> Any:
    return json.loads(json.loads(body)["messages"][1]["content"])


def test_an_opposition_is_asked_about_with_all_that_is_needed_and_no_more(
    store: Store, site: Site
) -> None:
    asked_by(site)(store)
    ((_, path, headers),) = site.asked
    assert path == "/v1/chat/completions" and headers["Authorization"] == f"Bearer {KEY}"
    body = json.loads(site.posted[0])
    assert (body["model"], body["temperature"], body["stream"]) == ("wader-7b", 0, False)
    question = sent(site.posted[0])
    assert question["machine"]["relation"] == "incompatible_accounts"
    assert question["machine"]["in"] == "polarity" and question["machine"]["basis"]
    sides = {one["outlet"]: one for one in (question["a"], question["b"])}
    assert sides["Tern Post"] == {
        "outlet": "Tern Post",
        "published": ["2031-05-02", "2031-05-02"],
        "speaker": "Oskar Venn",
        "said": sides["Tern Post"]["said"],
        "text": "The ferry Aurelia left the harbour of Ostrand on Monday, Harbour Minister Oskar Venn said",
        "around": "The weather was calm. The ferry Aurelia left the harbour of Ostrand on Monday, "
        "Harbour Minister Oskar Venn said.",
    }
    assert sides["Oldmoor Mail"]["text"].startswith("The ferry Aurelia did not leave")
    lines = store.all(Line)
    known = {x.said for x in lines if x.text.startswith(WORDS)}
    assert known == {tuple(one["said"]) for one in sides.values()}
    assert "dockers" not in site.posted[0].decode()


def test_an_answer_is_kept_as_the_model_s_and_nothing_else_changes(
    store: Store, folder: Path, site: Site
) -> None:
    before = export_bytes(folder)
    ((pair, _),) = asked_by(site)(store).answers
    after = export_bytes(folder)
    assert {kind for kind in after if after[kind] != before[kind]} == {"advice"}
    (row,) = map(json.loads, after["advice"].splitlines())
    jsonschema.Draft202012Validator(schema("advice")).validate(row)
    host = f"127.0.0.1:{site.port}"
    assert (row["host"], row["model"], row["at"]) == (host, "wader-7b", NOW)
    assert (row["relation"], row["in"], row["why"]) == ("differs", "occasion", ANSWER["why"])
    line = f"wader-7b at {host}: differs in occasion: it may be another ferry"
    a, b = pair.addresses
    assert advice_for(store, a, b) == advice_for(store, b, a) == (line,)
    assert advice_for(store, a, a) == () and list(advice_of(store)) == [frozenset((a, b))]
    assert list(verify(store, Checked())) == []


def test_the_review_shows_it_as_the_endpoint_s_beside_the_machine_s(
    store: Store, site: Site
) -> None:
    heading = "Your endpoint, unchecked:"
    assert heading not in review(store)
    why = "<b>ferry</b> & quay"
    site.pages["/v1/chat/completions"] = Page(body=completion(json.dumps({**ANSWER, "why": why})))
    asked_by(site)(store)
    html = review(store)
    line = f"wader-7b at 127.0.0.1:{site.port}: differs in occasion: &lt;b&gt;ferry&lt;/b&gt; &amp; quay"
    assert html.count(heading) == 1 and line in html
    row = html[html.rindex('<li class="row-review', 0, html.index(heading)) : html.index(heading)]
    assert "ossible" in row


def review(store: Store) -> str:
    async def get() -> str:
        transport = httpx.ASGITransport(app=create_app(store))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return (await client.get("/review")).text

    return asyncio.run(get())


def test_nothing_is_asked_twice_not_even_after_a_rebuild(store: Store, site: Site) -> None:
    run = asked_by(site)
    run(store)
    assert run(store) == Report()
    extra = (
        b"Old mill burns down\n\nThe mill at Sallow burned on Friday, fire chief Edda Morn said."
    )
    store.add(capture_of("mill.txt", extra), extra)
    build_record(store, settings.join({"claims.partners": 12}))
    assert run(store) == Report() and len(site.posted) == 1
    asked_by(site, model="wader-70b")(store)
    assert len(site.posted) == 2
    assert sorted(one.model for one in store.all(Advice)) == ["wader-70b", "wader-7b"]


@pytest.mark.parametrize("brought_in", [True, False])
def test_what_a_person_decided_is_not_asked_about(store: Store, brought_in: bool) -> None:
    (pair,) = undecided(store)
    named = judging.Named("relation", tuple(sorted(pair.addresses)))
    one = judging.decide(store, "Ada Nile", NOW, "reject", named, JudgementValue())
    if brought_in:
        judging.apply(store, settings.join(), ["relation"])
    assert undecided(store) == []
    judging.take_back(store, one.id, "Ada Nile", NOW)
    judging.apply(store, settings.join(), ["relation"])
    assert [p.addresses for p in undecided(store)] == [pair.addresses]


def test_pairs_that_the_threshold_alone_decides_are_asked_about_after_oppositions(
    store: Store,
) -> None:
    held = {
        frozenset(at[i] for i in (r.a, r.b))
        for claim in store.all(Claim)
        for at in [{m.id: m.citation.address for m in claim.members}]
        for r in claim.relations
    }
    none, few, many = (undecided(store, near) for near in (0, 110, 280))
    assert len(none) == 1 < len(few) <= len(many)
    assert [p.addresses for p in many][: len(few)] == [p.addresses for p in few]
    assert few[0].addresses == none[0].addresses
    for pair in many:
        assert (frozenset(pair.addresses) in held) == (pair.machine is not None)
    both = [p for p in many if all("regatta" in one.citation.quote for one in (p.a, p.b))]
    (regatta,) = both
    assert regatta.machine is None
    question = sent(adjudicating.asked(store, "m", regatta))
    assert question["machine"] is None and "lamps" in str(question)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(body=b"<html>"), "this is no completion"),
        (Page(body=completion("They differ.")), "not the JSON that was asked for"),
        (Page(body=completion(json.dumps({**ANSWER, "relation": "agrees"}))), "is no relation"),
        (Page(body=b"x" * 1_000_001), "larger than 1000000 bytes"),
        (Page(400, b"{}"), "it answered 400"),
        (Page(307, b"", {"Location": "/v2"}), "it answered 307"),
        (Page(401, f"no such key: {KEY}".encode()), "its answer holds the key"),
        (Page(401, b"{}"), "it answered 401: it does not take the key"),
        (Page(body=completion(json.dumps({**ANSWER, "why": f"by {KEY}"}))), "holds the key"),
        (
            Page(body=completion(json.dumps({**ANSWER, "why": KEY}).replace("sk-", "\\u0073k-"))),
            "holds the key",
        ),
    ],
)
def test_what_cannot_be_used_is_one_line_asked_once_and_not_kept(
    store: Store, site: Site, page: Page, why: str
) -> None:
    site.pages["/v1/chat/completions"] = page
    report = asked_by(site)(store)
    (line,) = report.problems
    assert why in line and KEY not in line
    assert report.answers == [] and store.all(Advice) == ()
    assert len(site.posted) == 1
    site.pages["/v1/chat/completions"] = GOOD
    assert len(asked_by(site)(store).answers) == 1, "the next run asks again"


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(store: Store, site: Site) -> None:
    clock = Clock()
    busy = Page(429, b"{}", {"Retry-After": "7"})
    site.pages["/v1/chat/completions"] = [busy, Page(503), GOOD]
    report = asked_by(site)(store, clock.sleep)
    assert (len(report.answers), report.problems, clock.slept) == (1, [], [7, 2])


@pytest.mark.parametrize(
    ("page", "slept", "why"),
    [
        (Page(429, b"{}", {"Retry-After": "3600"}), [], "asks to be left alone for 3600 s"),
        (Page(429), [1, 2], "it answered 429, 3 times"),
    ],
)
def test_one_that_stays_busy_ends_the_run(
    store: Store, site: Site, page: Page, slept: list[float], why: str
) -> None:
    clock = Clock()
    site.pages["/v1/chat/completions"] = page
    report = asked_by(site, near=280)(store, clock.sleep)
    (line,) = report.problems
    assert why in line and "waits for the next run" in line
    assert clock.slept == slept and report.left == len(undecided(store, 280)) > 1


def test_a_server_that_does_not_answer_in_time_is_one_line(store: Store, site: Site) -> None:
    site.pages["/v1/chat/completions"] = lambda write: [
        write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
        site.stopped.wait(5),
    ][0]
    begun = time.monotonic()
    (line,) = asked_by(site, timeout=1)(store).problems
    assert "no answer within 1 s" in line and time.monotonic() - begun < 4


def test_a_server_that_fails_again_and_again_is_given_up(store: Store, site: Site) -> None:
    site.pages["/v1/chat/completions"] = Page(body=completion("?"))
    report = asked_by(site, near=280)(store)
    assert len(site.posted) == 3 and len(report.problems) == 4
    assert "3 questions failed in a row" in report.problems[-1]


def test_a_run_that_is_killed_keeps_what_was_answered(store: Store, site: Site) -> None:
    site.pages["/v1/chat/completions"] = [GOOD, Page(429)]

    def killed(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked_by(site, near=280)(store, killed)
    site.pages["/v1/chat/completions"] = GOOD
    before = len(site.posted)
    asked_by(site, near=280)(store)
    assert len(site.posted) - before == len(undecided(store, 280)) - 1
    assert len(store.all(Advice)) == len(undecided(store, 280))


# --------------------------------------------------------------------------- whom it may be


def options_of(**values: Any) -> Any:
    found = {"url": "https://model.example/v1", "model": "m", **values}
    return settings.join({f"adjudication.{k}": v for k, v in found.items()})["adjudication"]


@pytest.mark.parametrize(
    ("url", "leads", "host"),
    [
        ("https://Model.example/v1/", "https://model.example/v1/chat/completions", "model.example"),
        ("http://localhost:8080", "http://localhost:8080/chat/completions", "localhost:8080"),
        ("http://[::1]:99/v1", "http://[::1]:99/v1/chat/completions", "[::1]:99"),
        (
            "https://m.example/d/chat/completions?api-version=1",
            "https://m.example/d/chat/completions?api-version=1",
            "m.example",
        ),
    ],
)
def test_an_address_is_completed(url: str, leads: str, host: str) -> None:
    found = endpoint(options_of(url=url), {})
    assert (found.url, found.host) == (leads, host)


@pytest.mark.parametrize(
    ("values", "environment", "why"),
    [
        ({"url": ""}, {}, "off by default"),
        ({"model": " "}, {}, "no model"),
        ({"retries": -1}, {}, "adjudication.retries: too little: at least 0"),
        ({"timeout": 0}, {}, "adjudication.timeout: too little: at least 1"),
        ({"url": "model.example"}, {}, "not an address"),
        ({"url": f"https://me:{KEY}@model.example"}, {}, "not an address"),
        ({"key_variable": KEY}, {}, "give the name of a variable, not the key"),
        ({"key_variable": "TERN_KEY"}, {"TERN_KEY": " "}, "is not set"),
        ({"key_variable": "TERN_KEY"}, {"TERN_KEY": f"{KEY}\r\nX: y"}, "this is no key"),
    ],
)
def test_wrong_settings_are_one_line_without_the_key(
    values: Mapping[str, Any], environment: Mapping[str, str], why: str
) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint(options_of(**values), environment)
    assert why in caught.value.line() and KEY not in caught.value.line()


def test_a_key_goes_unencrypted_only_to_this_machine_and_its_network() -> None:
    web = settings.join()["web"]
    for url, allowed in (
        ("http://127.0.0.1:1/v1", True),
        ("http://192.168.7.7/v1", True),
        ("http://8.8.8.8/v1", False),
        ("https://8.8.8.8/v1", True),
    ):
        options = options_of(url=url, key_variable="TERN_KEY")
        to = endpoint(options, {"TERN_KEY": KEY})
        assert KEY not in repr(to)
        if allowed:
            Asker(web, options, to).close()
        else:
            with pytest.raises(UsageError, match="unencrypted"):
                Asker(web, options, to)
    Asker(web, options_of(), Endpoint("http://8.8.8.8/v1", "8.8.8.8")).close()


# --------------------------------------------------------------------------- as a user calls it


def environment(site: Site) -> dict[str, str]:
    return {
        "ONRECORD_ADJUDICATION_URL": f"{site.url}/v1",
        "ONRECORD_ADJUDICATION_MODEL": "wader-7b",
        "ONRECORD_ADJUDICATION_KEY_VARIABLE": "TERN_KEY",
        "TERN_KEY": KEY,
    }


def test_the_command_sends_only_with_a_yes_says_what_and_writes_no_key(
    folder: Path, site: Site
) -> None:
    at = folder.parent
    given = environment(site)
    off = call(at, "adjudicate", "--yes")
    assert off.returncode == 2 and "off by default" in off.stderr
    shown = call(at, "adjudicate", "--dry-run", "--adjudication-near", "0", **given)
    assert shown.returncode == 0, shown.stderr
    unasked = call(at, "adjudicate", "--adjudication-near", "0", **given)
    assert unasked.returncode == 2 and site.posted == []
    host = f"127.0.0.1:{site.port}"
    assert f"text of 1 pairs of lines goes to {host} (model wader-7b)" in unasked.stderr
    done = call(at, "adjudicate", "--yes", "--limit", "1", **given)
    assert done.returncode == 0, done.stderr
    assert [body.decode() for body in site.posted] == shown.stdout.splitlines()
    assert f"text of 1 pairs of lines goes to {host}" in done.stderr
    assert f"wader-7b at {host}: differs in occasion: it may be another ferry" in done.stdout
    assert "1 pairs answered, 0 known already" in done.stdout
    site.pages["/v1/chat/completions"] = Page(401, f"wrong: {KEY}".encode())
    again = call(at, "adjudicate", "--yes", "--json", "--adjudication-near", "280", **given)
    assert again.returncode == 1
    values = json.loads(again.stdout)
    assert values["known"] == 1 and values["answered"] == [] and values["unusable"]
    everything = [off, shown, unasked, done, again]
    assert not [d for d in everything if KEY in d.stdout + d.stderr]
    files = [p for p in folder.rglob("*") if p.is_file()]
    assert len(files) > 2 and not [p for p in files if KEY.encode() in p.read_bytes()]


def test_at_a_terminal_it_asks_first_and_takes_no_for_no(folder: Path, site: Site) -> None:
    ours, theirs = os.openpty()
    try:
        os.write(ours, b"n\n")
        done = subprocess.run(
            [ONRECORD, "adjudicate"],
            cwd=folder.parent,
            stdin=theirs,
            capture_output=True,
            env=os.environ | environment(site),
            check=False,
            timeout=60,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert f"goes to 127.0.0.1:{site.port} (model wader-7b). Send it?" in done.stderr.decode()
    assert site.posted == [] and b"0 pairs answered" in done.stdout


def test_one_story_or_none(store: Store) -> None:
    chosen = settings.join({"adjudication.near": 0})
    (story,) = store.all(Story)
    assert len(adjudicating.undecided(store, chosen, story.id)) == 1
    with pytest.raises(UsageError, match="there is no such story"):
        adjudicating.undecided(store, chosen, "sto-none")

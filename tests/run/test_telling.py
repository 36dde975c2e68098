"""Hooks told of edits: a real server on the loopback address, real programs, a real record."""

from __future__ import annotations

import hashlib
import hmac
import json
import shlex
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.capture.serving import Page, Site, serving
from tests.store.editing import Made, keep, report, several

from onrecord import settings
from onrecord.capture import web
from onrecord.capture.posting import Options
from onrecord.errors import UsageError
from onrecord.publish.edits import describer
from onrecord.run.telling import TellReport, check, signature, tell
from onrecord.store.record import Store

NOW = datetime(2031, 4, 1, tzinfo=UTC)
PRIVATE = web.Options(private=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.others = lambda path: Page(204)
        yield running


class Teller:
    """Tells a record's hooks, with a clock that stands still; `slept` is every wait."""

    def __init__(self, store: Store, options: Options, fetching: web.Options = PRIVATE) -> None:
        self.store, self.options, self.fetching = store, options, fetching
        self.slept: list[float] = []

    def __call__(self) -> TellReport:
        return tell(
            self.store,
            self.options,
            self.fetching,
            describer(self.store, self.options.site),
            now=lambda: NOW,
            sleep=self.slept.append,
        )


def edited(number: int, day: int = 20) -> Made:
    """A report in which a number was changed."""
    old, new = (f"Fair {number} opens\n\nIt costs {price} crowns." for price in (10, 12))
    at = f"2031-03-{day:02}T{number % 24:02}:00:00+00:00"
    return report(f"https://heron.example/{number}", "Heron Weekly", (None, old), (at, new))


def fill(store: Store, *numbers: int, day: int = 20) -> list[Made]:
    made = [edited(number, day) for number in numbers]
    for one in made:
        keep(store, one.records, one.data, one.article.id)
    return made


def told(site: Site) -> list[str]:
    return [json.loads(body)["title"] for body in site.posted]


def test_a_new_hook_is_told_of_what_comes_and_not_of_the_past(store: Store, site: Site) -> None:
    records, data = several()
    keep(store, records, data)
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    first = teller()
    assert site.posted == [] and first.told == 0
    assert first.notes == [
        f"webhook {site.url}/… is new: it is told of edits from now on, not of the 9 there are"
    ]
    (made,) = fill(store, 1)
    again = teller()
    assert (again.told, again.waiting, again.notes, again.problems) == (1, 0, [], [])
    assert told(site) == ["Number changed in “Fair 1 opens” (Heron Weekly): 10 → 12"]
    values = json.loads(site.posted[0])
    assert values["id"] == made.changes[0].id
    assert values["changes"][0]["before"] == "10" and values["changes"][0]["after"] == "12"
    assert values["changes"][0]["evidence_after"].startswith("sha256:")
    assert "It costs [-10-]{+12+} crowns." in values["text"]
    assert values["link"].startswith("http://127.0.0.1:8765/article/")
    assert teller().told == 0 and len(site.posted) == 1


def test_a_signature_proves_who_sent_the_body(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook", secret="tide"))
    teller()
    fill(store, 1)
    teller()
    headers = {name.lower(): value for name, value in site.asked[-1][2].items()}
    expected = hmac.new(b"tide", site.posted[0], hashlib.sha256).hexdigest()
    assert headers["x-onrecord-signature"] == f"sha256={expected}"
    assert signature("tide", site.posted[0]) == headers["x-onrecord-signature"]
    assert headers["content-type"] == "application/json"
    assert headers["x-onrecord-id"] == json.loads(site.posted[0])["id"]


def test_without_a_secret_nothing_is_signed(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    teller()
    fill(store, 1)
    teller()
    assert "x-onrecord-signature" not in {name.lower() for name in site.asked[-1][2]}


def test_a_receiver_that_stumbles_is_asked_again(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    teller()
    fill(store, 1)
    site.pages["/hook"] = [Page(503, headers={"Retry-After": "7"}), Page(500), Page(200)]
    assert teller().told == 1
    assert teller.slept == [7, 2]
    assert len(site.posted) == 3 and len(set(site.posted)) == 1


def test_what_a_receiver_that_is_down_misses_it_gets_later_oldest_first(
    store: Store, site: Site
) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    teller()
    fill(store, 3, 1, 2)
    site.pages["/hook"] = Page(502)
    failed = teller()
    assert (failed.told, failed.waiting) == (0, 3)
    assert failed.problems == [
        f"webhook {site.url}/…: it answered 502; what is not told waits for the next round"
    ]
    assert len(site.posted) == 3, "one edit, asked three times"
    site.posted.clear()
    site.pages["/hook"] = Page(200)
    assert teller().told == 3
    assert [title.split()[4] for title in told(site)] == ["1", "2", "3"]


def test_a_refused_edit_holds_up_no_other(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    teller()
    fill(store, 1, 2)
    site.pages["/hook"] = [Page(422), Page(200)]
    first = teller()
    assert (first.told, first.waiting) == (1, 1)
    assert "it answered 422" in first.problems[0] and "next round" in first.problems[0]
    assert teller().told == 1
    assert len(site.posted) == 3


def test_a_receiver_that_refuses_everything_is_left_alone(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    teller()
    fill(store, *range(8))
    site.pages["/hook"] = Page(404)
    found = teller()
    assert len(site.posted) == 3 and found.waiting == 8
    assert found.problems[-1].endswith(
        "3 edits failed in a row; what is not told waits for the next round"
    )


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_not_followed(store: Store, site: Site, status: int) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook", retries=0))
    teller()
    fill(store, 1)
    site.pages["/hook"] = Page(status, headers={"Location": f"{site.url}/other"})
    assert f"it answered {status}" in teller().problems[0]
    assert site.paths == ["/hook"]


def test_a_private_address_is_refused_unless_it_is_allowed(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/key-of-mine"), web.Options())
    teller()
    fill(store, 1)
    found = teller()
    assert site.asked == [] and found.waiting == 1
    assert "is not on the open internet (--web-private true allows it)" in found.problems[0]
    assert "key-of-mine" not in " ".join(found.problems + found.notes)
    teller.fetching = PRIVATE
    assert teller().told == 1


def test_a_receiver_that_says_nothing_is_not_waited_for_long(store: Store, site: Site) -> None:
    options = Options(webhook=f"{site.url}/hook", timeout=1, retries=0)
    teller = Teller(store, options)
    teller()
    fill(store, 1)
    site.pages["/hook"] = lambda write: site.stopped.wait(20)
    begun = time.monotonic()
    found = teller()
    assert time.monotonic() - begun < 5
    assert "no answer within 1 s" in found.problems[0]


def test_nobody_listening_is_one_line(store: Store, site: Site) -> None:
    options = Options(webhook="http://127.0.0.1:9/hook", retries=1)
    teller = Teller(store, options)
    teller()
    fill(store, 1)
    (line,) = teller().problems
    assert "\n" not in line and "Connection refused" in line
    assert teller.slept == [1]


def test_two_hooks_are_told_each_by_itself(store: Store, site: Site) -> None:
    site.pages["/down"] = Page(500)
    teller = Teller(store, Options(webhook=f"{site.url}/down {site.url}/up", retries=0))
    teller()
    fill(store, 1)
    assert teller().told == 1
    site.pages["/down"] = Page(200)
    site.asked.clear()
    assert teller().told == 1
    assert site.paths == ["/down"]


def test_an_edit_is_told_again_if_the_watcher_was_killed_before_it_was_kept(
    store: Store, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook"))
    teller()
    fill(store, 1, 2)
    keep_told = store.tell

    def killed(hook: str, items: list[str]) -> None:
        if any(item.startswith("chg-") for item in items):
            raise KeyboardInterrupt
        keep_told(hook, items)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(store, "tell", killed)
        teller()
    assert teller().told == 2
    ids = [json.loads(body)["id"] for body in site.posted]
    assert len(ids) == 3 and ids[0] == ids[1], "the same id tells the receiver that it is a double"


def test_what_is_not_wanted_is_passed_over_for_good(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook", labels="headline, removed"))
    teller()
    fill(store, 1)
    assert (teller().told, len(site.posted)) == (0, 0)
    teller.options = replace(teller.options, labels="")
    assert (teller().told, len(site.posted)) == (0, 0)
    fill(store, 2)
    assert teller().told == 1


def test_removals_are_told_and_looks_and_first_sights_are_not(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook", oldest=0))
    teller()
    records, data = several()
    keep(store, records, data)
    teller()
    kinds = [json.loads(body)["kind"] for body in site.posted]
    assert kinds == ["change", "change", "change", "removed", "returned"]
    removed = json.loads(site.posted[3])
    assert removed["title"] == "Report removed: “Castle roof is mended” (Tern Post)"
    assert removed["article"]["url"] == "https://tern.example/castle"


def test_old_edits_are_not_told_and_this_is_said(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook", oldest=20))
    teller()
    fill(store, 1, day=2)
    fill(store, 2, day=20)
    found = teller()
    assert found.told == 1
    assert found.notes == [
        f"webhook {site.url}/… is not told of 1 edits seen more than 20 days ago"
    ]
    assert teller().notes == []


def test_only_so_many_in_one_round(store: Store, site: Site) -> None:
    teller = Teller(store, Options(webhook=f"{site.url}/hook", most=2))
    teller()
    fill(store, 1, 2, 3)
    assert (teller().told, teller().told, teller().told) == (2, 1, 0)


# --------------------------------------------------------------------------- commands


def program(folder: Path, text: str) -> str:
    path = folder / "hook of mine.py"
    path.write_text(text, "utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(path))}"


WRITES = """
import json, os, sys
given = json.load(sys.stdin)
mine = {k: v for k, v in os.environ.items() if k.startswith("ONRECORD_EDIT_")}
with open("out.jsonl", "a", encoding="utf-8") as out:
    out.write(json.dumps({"argv": sys.argv[1:], "id": given["id"], "env": mine}) + "\\n")
print("x" * 100_000)
"""


def test_a_command_gets_the_edit_on_standard_input_and_in_its_environment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    argument = "$(touch broken); echo"
    teller = Teller(store, Options(command=f"{program(tmp_path, WRITES)} {shlex.quote(argument)}"))
    teller()
    (made,) = fill(store, 1)
    assert teller().told == 1
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    found = json.loads(line)
    assert found["argv"] == [argument] and not (tmp_path / "broken").exists()
    assert found["id"] == made.changes[0].id
    env = found["env"]
    assert env["ONRECORD_EDIT_ID"] == found["id"]
    assert env["ONRECORD_EDIT_KIND"] == "change"
    assert env["ONRECORD_EDIT_LABELS"] == "number"
    assert env["ONRECORD_EDIT_ARTICLE_OUTLET"] == "Heron Weekly"
    assert env["ONRECORD_EDIT_ARTICLE_URL"] == "https://heron.example/1"
    assert env["ONRECORD_EDIT_AT"] == "2031-03-20T01:00:00+00:00"
    assert env["ONRECORD_EDIT_TITLE"].endswith("10 → 12")
    assert settings.from_environment(env) == {}, "a program that calls onrecord must not be refused"


def test_a_command_that_fails_is_one_line_and_is_run_again(store: Store, tmp_path: Path) -> None:
    fails = "import sys\nprint('no line', file=sys.stderr)\nsys.exit('mail server away')\n"
    teller = Teller(store, Options(command=program(tmp_path, fails)))
    teller()
    (made,) = fill(store, 1)
    (line,) = teller().problems
    assert f"{made.changes[0].id}: not told: it ended with status 1: mail server away" in line
    program(tmp_path, "pass")
    assert teller().told == 1


def test_a_command_that_does_not_end_is_killed_with_what_it_started(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hangs = (
        "import subprocess, sys, time\n"
        'code = \'import time; time.sleep(3); open("late", "w")\'\n'
        "subprocess.Popen([sys.executable, '-c', code])\n"
        "time.sleep(60)\n"
    )
    teller = Teller(store, Options(command=program(tmp_path, hangs), command_timeout=1))
    teller()
    fill(store, 1, 2)
    found = teller()
    assert len(found.problems) == 1 and "it was not done within 1 s" in found.problems[0]
    assert found.waiting == 2
    time.sleep(2.6)
    assert not (tmp_path / "late").exists()


def test_a_command_that_is_not_there_is_one_line(store: Store) -> None:
    teller = Teller(store, Options(command="/no/such/program --now"))
    teller()
    fill(store, 1, 2)
    found = teller()
    assert found.problems == [
        "command /no/such/program: it cannot be run: No such file or directory; "
        "what is not told waits for the next round"
    ]


def test_a_command_need_not_read_what_it_gets(store: Store, tmp_path: Path) -> None:
    teller = Teller(store, Options(command=program(tmp_path, "pass")))
    teller()
    fill(store, 1)
    assert teller().told == 1


# --------------------------------------------------------------------------- what cannot be meant


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (Options(labels="nmuber"), "there is no label 'nmuber'"),
        (Options(least=1001), "1001 is no significance"),
        (Options(webhook="ftp://a.example/x"), "not an address of a webhook"),
        (Options(webhook="a.example/secret"), "only http and https addresses are"),
        (Options(command="'open"), "not a command"),
    ],
)
def test_options_that_are_nonsense_are_one_line(store: Store, options: Options, why: str) -> None:
    for attempt in (Teller(store, options), lambda: check(options)):
        with pytest.raises(UsageError, match=why) as error:
            attempt()
        assert "secret" not in error.value.line()


def test_good_options_pass_the_check() -> None:
    check(Options(webhook="https://a.example/x", command="mail 'a b'", labels="number,removed"))


def test_no_hooks_no_work(store: Store) -> None:
    fill(store, 1)
    assert Teller(store, Options())() == TellReport()


def test_words_that_utf_8_cannot_hold_are_told_all_the_same(
    store: Store, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = Options(webhook=f"{site.url}/hook", command=program(tmp_path, WRITES))
    teller = Teller(store, options)
    teller()
    made = report(
        "https://heron.example/odd",
        "Her\x00on",
        (None, "Odd\x01 words\n\nIt costs 10 \ufffe crowns."),
        ("2031-03-20T00:00:00+00:00", "Odd\x01 words\n\nIt costs 12 \x08 crowns."),
    )
    keep(store, made.records, made.data)
    assert teller().told == 2
    assert json.loads(site.posted[0])["article"]["outlet"] == "Her\x00on"

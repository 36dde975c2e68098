"""A day of watching a scripted newsroom: how politely, how completely, how soon, and at what cost.

    python bench/run.py watching     # or python -m bench.watching, which only prints

1,000 reports on 40 invented hosts, found by the hosts' feeds, for 24 simulated hours: three quarters are
never edited, the others 1 to 4 times, soon after publication; four fifths of the hosts have validators, a
fifth of the pages send other bytes with every answer, 3 % are removed and 2 % fail now and then. The
server (tests/run/newsroom.py) is on the loopback address and goes by the same simulated clock; the
watcher is the real one, with a real record. Everything follows from one seed.
"""

from __future__ import annotations

import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.capture.serving import Clock, names
from tests.run import newsroom as news
from tests.run.newsroom import DAY, HOUR, MINUTE, Answer, Desk, Newsroom, Reply, Request

from onrecord.pipeline import stages_for
from onrecord.records import Capture, Change, Check, Watch
from onrecord.run import watching
from onrecord.run.checking import watch_id
from onrecord.run.engine import StageReport

PORT = 18471
"""Of the newsroom: addresses make ids, and ids make jitter."""
PAGES, HOSTS, LENGTH = 1000, 40, 24 * HOUR
EDITED, NOISY, REMOVED, FLAKY = 0.25, 0.2, 0.03, 0.02
VALIDATORS = ("strong", "strong", "weak", "both", "date", "none", "strong", "both", "weak", "none")
"""By host: a fifth has none."""
FEEDS = (
    (news.rss, "application/rss+xml"),
    (news.atom, "application/atom+xml"),
    (news.json_feed, "application/feed+json"),
    (news.news_sitemap, "application/xml"),
)
MEDIAN_EDIT, SPREAD = 75 * MINUTE, 1.3
"""Edits come so long after publication, log-normally: 80 % within four hours."""
LAST_REMOVAL = 15 * HOUR
"""What is removed later may not have been looked at three times at the end of the day."""


@dataclass
class Page:
    """One report of the day; times in simulated seconds. `edits` are when another text begins."""

    place: str
    seed: int
    published: float
    validators: str
    edits: list[float] = field(default_factory=list)
    noisy: bool = False
    removed: float | None = None
    gone: int = 404
    flaky: bool = False
    moved: bool = False


def pages(seed: int = 1) -> list[Page]:
    """The reports of the day: half of them of the day before."""
    chance = random.Random(seed)
    found = []
    for number in range(PAGES):
        host = number % HOSTS
        published = chance.uniform(-DAY, LENGTH - HOUR)
        one = Page(
            f"h{host:02}.example/news/{number}",
            number,
            published,
            VALIDATORS[host % len(VALIDATORS)],
        )
        if chance.random() < EDITED:
            delays = (
                chance.lognormvariate(math.log(MEDIAN_EDIT), SPREAD)
                for _ in range(chance.randint(1, 4))
            )
            one.edits = sorted(published + delay for delay in delays)
        one.noisy = chance.random() < NOISY
        fate = chance.random()
        if fate < REMOVED:
            one.removed = chance.uniform(max(published, 0) + 10 * MINUTE, LENGTH)
            one.gone = chance.choice((404, 404, 410))
        one.flaky = REMOVED <= fate < REMOVED + FLAKY
        one.moved = chance.random() < 0.05
        found.append(one)
    return found


def state(one: Page, number: int) -> str:
    """The page after so many edits."""
    said = f"Edit number {number} of the desk: {news.paragraphs(one.seed * 10 + number, 1)[0]}"
    whole = news.report(one.seed, published=one.published, edit=said if number else "")
    letter = f"<p>Sign up for our morning letter of desk {one.seed % HOSTS} and read it first.</p>"
    return whole.replace("</article>", f"{letter}</article>")


def _answer(one: Page) -> Answer:
    states = [(at, state(one, n)) for n, at in enumerate([one.published, *one.edits])]
    text = news.text_over_time(states, one.validators, noise=one.noisy)

    def answer(request: Request) -> Reply:
        if request.at < one.published or (one.removed and request.at >= one.removed):
            return Reply(one.gone if one.removed else 404)
        slot = random.Random(f"{one.seed} {request.at // (20 * MINUTE):.0f}").random()
        if one.flaky and slot < 0.2:
            return Reply((500, 503, 404, 403)[int(slot * 20)])
        return text(request)

    return answer


def furnish(room: Newsroom, some: Sequence[Page]) -> list[str]:
    """Puts the day into the newsroom; the places of the feeds."""
    feeds = []
    for host in range(HOSTS):
        name = f"h{host:02}.example"
        own = [one for one in some if one.place.startswith(f"{name}/")]
        for one in own:
            if one.moved:
                room.serve(one.place, news.redirect(f"/moved/{one.seed}", 301))
            room.serve(f"{name}/moved/{one.seed}" if one.moved else one.place, _answer(one))
        delay = (None, None, 2.0, 5.0)[host % 4]
        room.serve(f"{name}/robots.txt", news.robots("/private", delay=delay))
        room.serve(f"{name}/private/1", news.page(news.report(host)))
        room.serve(f"{name}/feed", _feed(room, own, host))
        feeds.append(f"{name}/feed")
    busy = room.answers["h07.example/feed"]
    room.serve(
        "h07.example/feed",
        lambda r: (
            Reply(429, b"", {"Retry-After": "2700"}) if 6 * HOUR < r.at < 8 * HOUR else busy(r)
        ),
    )
    return feeds


def _feed(room: Newsroom, own: Sequence[Page], host: int) -> Answer:
    write, kind = FEEDS[host % len(FEEDS)]

    def answer(request: Request) -> Reply:
        there = [
            p
            for p in own
            if p.published <= request.at and not (p.removed and p.removed <= request.at)
        ]
        newest = sorted(there, key=lambda p: -p.published)[:30]
        items = [news.Item(room.url(p.place), f"Talks {p.seed}", p.published) for p in newest]
        if host % 40 == 0:
            items.append(news.Item(room.url(f"h{host:02}.example/private/1"), published=0.0))
        steady = news.text_over_time(
            [(0, write(items))], "strong" if host % 2 else "none", kind=kind
        )
        return steady(request)

    return answer


# --------------------------------------------------------------------------- the day


def day(folder: Path) -> dict[str, Any]:
    """One day, and what came of it."""
    clock, some = Clock(0.0), pages()
    names(pytest.MonkeyPatch(), {})
    builds: list[tuple[float, list[StageReport]]] = []
    real = watching.build_record

    def timed(*args: Any, **more: Any) -> list[StageReport]:
        begun = time.perf_counter()
        reports = real(*args, **more)
        builds.append((time.perf_counter() - begun, reports))
        return reports

    watching.build_record = timed
    with news.newsroom(clock, PORT) as room:
        room.bodies = False
        feeds = furnish(room, some)
        desk = Desk(folder, room, clock, watch_build="changes")
        desk.add(*feeds)
        wall, cpu = time.perf_counter(), time.process_time()
        report = desk.run(LENGTH)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu - room.cpu
        asked = len(room.asked)
        found = _figures(desk, room, some)
        real(desk.store, desk.settings, stages=stages_for([Change]))
        held, whole = desk.store.count(Capture), len(builds)
        desk.run(4 * MINUTE)
        small = max(seconds for seconds, _ in builds[whole:])
        building = sum(seconds for seconds, _ in builds[:whole])
        by_stage: Counter[str] = Counter()
        for _, reports in builds[:whole]:
            by_stage.update({r.stage: r.seconds for r in reports})
        cost = {
            "wall_s": round(wall),
            "cpu_s_without_server": round(cpu),
            "requests": asked,
            "requests_a_second": round(asked / wall),
            "cpu_ms_a_check": round(1000 * cpu / max(1, sum(report.checks.values())), 1),
            "ms_a_check_without_builds": round(
                1000 * (wall - building) / max(1, sum(report.checks.values())), 1
            ),
            "builds": whole,
            "build_share_pct": round(100 * building / wall),
            "build_s": {name: round(seconds, 1) for name, seconds in by_stage.items()},
            "small_build_s": round(small, 2),
            "small_build_captures": desk.store.count(Capture) - held,
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        desk.close()
    return {**found, "outcomes": dict(sorted(report.checks.items())), "cost": cost}


def _figures(desk: Desk, room: Newsroom, some: Sequence[Page]) -> dict[str, Any]:
    checks: dict[str, list[Check]] = {}
    for check in sorted(desk.store.all(Check), key=lambda c: c.at):
        checks.setdefault(check.watch_id, []).append(check)
    of = {one.place: checks.get(watch_id(room.url(one.place)), []) for one in some}
    noticed, missed, delays = _edits(some, of)
    rude = news.violations(room.asked)
    removed = [p for p in some if p.removed and p.removed <= LAST_REMOVAL and of[p.place]]
    told = {e.url for e in desk.said if e.what == "removed"}
    steady = [p for p in some if p.validators != "none" and not p.noisy]
    same = Counter(
        c.outcome
        for p in steady
        for c in of[p.place]
        if c.outcome in ("not_modified", "same_bytes", "same_text")
    )
    lost, doubled = _captures(desk, room, of)
    on_pages = sum(len(found) for found in of.values())
    return {
        "politeness_violations": len(rude),
        "politeness_first": rude[:5],
        "pages_watched": sum(1 for found in of.values() if found),
        "watches": desk.store.count(Watch),
        "checks": sum(map(len, checks.values())),
        "checks_a_page": round(on_pages / max(1, sum(1 for f in of.values() if f)), 1),
        "removals": len(removed),
        "removals_told": sum(room.url(p.place) in told for p in removed),
        "false_removals": len(told - {room.url(p.place) for p in some if p.removed}),
        "unchanged_answered_304_pct": round(100 * same["not_modified"] / max(1, same.total()), 1),
        "edits": noticed + missed,
        "edits_noticed": noticed,
        "edit_delay_min_median": round(delays[len(delays) // 2], 1),
        "edit_delay_min_p90": round(delays[len(delays) * 9 // 10], 1),
        "captures": desk.store.count(Capture),
        "captures_lost": lost,
        "captures_doubled": doubled,
    }


def _edits(some: Sequence[Page], of: dict[str, list[Check]]) -> tuple[int, int, list[float]]:
    """Edits that a check saw before the next one, those that none did, and minutes until it came. Of
    edits behind the first check of a page and before its end."""
    noticed = missed = 0
    delays = []
    for one in some:
        at = [(_seconds(c.at), c.outcome) for c in of[one.place]]
        good = [t for t, outcome in at if outcome in ("first", "changed", "returned")]
        ends = [*one.edits[1:], math.inf][: len(one.edits)]
        for begun, end in zip(one.edits, ends, strict=True):
            end = min(end, one.removed or math.inf, LENGTH)
            if not good or begun <= good[0] or begun >= end:
                continue
            seen = [t for t in good if begun <= t < end]
            if seen:
                noticed += 1
                delays.append((seen[0] - begun) / 60)
            else:
                missed += 1
    return noticed, missed, sorted(delays)


def _captures(desk: Desk, room: Newsroom, of: dict[str, list[Check]]) -> tuple[int, int]:
    """Bodies of reports that were answered and are not held; captures of one address with the very
    bytes of the one before."""
    every = sorted(desk.store.all(Capture), key=lambda c: c.captured_at or "")
    held = {c.sha256 for c in every}
    answered = {
        one.digest
        for one in room.asked
        if one.reply.status == 200 and "/private" not in one.request.path
        if one.request.path.startswith(("/news/", "/moved/"))
    }
    last: dict[str, str] = {}
    doubled = 0
    for capture in every:
        address = capture.url or ""
        doubled += last.get(address) == capture.sha256
        last[address] = capture.sha256
    kept = [c.capture_id for found in of.values() for c in found if c.capture_id]
    return len(answered - held) + len(set(kept) - {c.id for c in every}), doubled


def _seconds(at: str) -> float:
    return (datetime.fromisoformat(at) - news.START).total_seconds()


def measure(bench: Path) -> dict[str, Any]:
    """The entry of RESULTS.md, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.watching"],
        text=True,
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    return {"figures": figures, "tables": [_table(figures)]}


def _table(figures: dict[str, Any]) -> dict[str, Any]:
    cost = figures["cost"]
    rows = [
        ("pages watched, of 1,000 on 40 hosts", "1000", figures["pages_watched"]),
        ("violations of politeness in all requests", "0", figures["politeness_violations"]),
        (
            "removals that became events, of those looked at three times",
            "all",
            f"{figures['removals_told']} of {figures['removals']}",
        ),
        ("removals told that were none", "0", figures["false_removals"]),
        (
            "unchanged checks answered 304 where the server has validators that hold",
            ">= 90 %",
            f"{figures['unchanged_answered_304_pct']} %",
        ),
        ("captures lost / doubled", "0 / 0", f"{figures['captures_lost']} / {figures['captures_doubled']}"),
        ("checks, in all and a page", "", f"{figures['checks']}, {figures['checks_a_page']}"),
        (
            "edits noticed before the next edit or the end",
            "",
            f"{figures['edits_noticed']} of {figures['edits']}",
        ),
        (
            "minutes from an edit to the check that noticed it, median / 90 %",
            "9.5 / 29",
            f"{figures['edit_delay_min_median']} / {figures['edit_delay_min_p90']}",
        ),
        ("captures", "", figures["captures"]),
        ("seconds for the day, wall / CPU without the server", "", f"{cost['wall_s']} / {cost['cpu_s_without_server']}"),
        ("real requests a second, one host at a time", "", cost["requests_a_second"]),
        ("CPU ms a check, builds included", "", cost["cpu_ms_a_check"]),
        ("builds of versions and changes, share of the time", "", f"{cost['builds']}, {cost['build_share_pct']} %"),
        (
            "seconds of a build four minutes later, with so many new captures",
            "",
            f"{cost['small_build_s']}, {cost['small_build_captures']}",
        ),
        ("peak MB, the server and its log included", "", cost["peak_mb"]),
    ]  # fmt: skip
    return {
        "caption": "A simulated day of watching a scripted newsroom on the loopback address (watching.py).",
        "columns": ["what", "target", "measured"],
        "rows": [list(row) for row in rows],
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(day(Path(temporary) / "record")))

"""Reports with versions and the changes between them, as the pipeline would leave them, for tests.

Everything is invented: places, people, outlets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import (
    Article,
    Block,
    Bounds,
    Capture,
    Change,
    Check,
    Dateline,
    Reading,
    Record,
    Story,
    Version,
)
from onrecord.relate import changes
from onrecord.run.engine import Result
from onrecord.run.memory import capture_of
from onrecord.stage import Group, Stage
from onrecord.store.record import Store
from onrecord.text.ids import make_id

HARBOUR = (
    "Ferry line halts night crossings\n\n"
    "The Brenholm ferry line said on Friday that 12 crossings would be halted.\n\n"
    "“We regret this,” said its chief, Ana Ruhl."
)
HARBOUR_2 = HARBOUR.replace("12 crossings", "14 crossings")
HARBOUR_3 = HARBOUR_2.replace("halts night crossings", "halts all crossings")
TOLL = "Toll on grain ships stays\n\nThe toll will stay, the harbour board of Sandvik said."
TOLL_2 = TOLL.replace("ships stays", "ships  stays")
CASTLE = "Castle roof is mended\n\nThe roof of Torhult castle was mended after the storm."


@dataclass(frozen=True)
class Made:
    """A report's records and the bytes of its captures by SHA-256."""

    records: tuple[Record, ...]
    data: dict[str, bytes]

    @property
    def article(self) -> Article:
        return next(r for r in self.records if isinstance(r, Article))

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(r for r in self.records if isinstance(r, Change))


def report(url: str, outlet: str | None, *states: tuple[str | None, str], path: str = "") -> Made:
    """A report with a version for each (time, text), its changes found by the stage itself."""
    captures: list[Capture] = []
    versions: list[Version] = []
    data: dict[str, bytes] = {}
    for number, (at, text) in enumerate(states, start=1):
        body = text.encode("utf-8", "replace")
        capture = capture_of(f"{path or url}.{number}", body, url=url, captured_at=at)
        captures.append(capture)
        data[capture.sha256] = body
        versions.append(_version(capture, number, text))
    article_id = captures[0].article_id
    held = Group({Version: tuple(versions)})
    found = tuple(changes.work(held, changes.Options(), {}))
    article = Article(
        id=article_id,
        path=captures[0].path,
        url=url,
        outlet=outlet,
        title=states[-1][1].partition("\n\n")[0],
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=Bounds(),
        language="en",
        tags=(),
        announced_versions=None,
        versions=tuple(v.id for v in versions),
        captures=tuple(c.id for c in captures),
        evidence={},
    )
    reading = _reading(captures[0], versions[0], url)
    return Made((*captures, reading, article, *versions, *found), data)


def _version(capture: Capture, number: int, text: str) -> Version:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        kind = "title" if not blocks else "paragraph"
        end = at + len(part)
        blocks.append(Block(kind=kind, start=at, end=end, capture_start=at, capture_end=end))
        at = end + 2
    return Version(
        id=make_id("ver", capture.article_id, text, number),
        article_id=capture.article_id,
        capture_id=capture.id,
        captures=(capture.id,),
        number=number,
        seen_at=capture.captured_at,
        text=text,
        blocks=tuple(blocks),
        left_out=(),
        segments=((0, len(text), 0, len(text)),),
        language="en",
        decoder="utf-8",
        sha256=capture.sha256,
    )


def _reading(capture: Capture, version: Version, url: str) -> Reading:
    return Reading(
        id=make_id("rea", capture.id),
        capture_id=capture.id,
        article_id=capture.article_id,
        text=version.text,
        blocks=version.blocks,
        segments=version.segments,
        left_out=(),
        url=url,
        outlet=None,
        title=None,
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=Bounds(),
        modified=Bounds(),
        language="en",
        tags=(),
        announced_versions=None,
        capture_path=capture.path,
        decoder="utf-8",
        sha256=capture.sha256,
        extractor="test",
        site=url.split("/")[2],
    )


def check(article: Article, at: str, outcome: str, status: int | None = 410) -> Check:
    """A check of an article's page."""
    assert article.url
    return Check(
        id=make_id("chk", article.url, at),
        watch_id=make_id("wat", "page", article.url),
        article_id=article.id,
        url=article.url,
        at=at,
        outcome=outcome,
        status=status,
        basis="the server answers 410 (gone)",
    )


def story(title: str, *made: Made) -> Story:
    ids = tuple(m.article.id for m in made)
    return Story(id=make_id("sto", *ids), title=title, articles=ids, episodes=(), basis="")


def several() -> tuple[list[Record], dict[str, bytes]]:
    """A small record: a report edited twice, one with a change of looks, one removed and returned."""
    harbour = report(
        "https://tern.example/harbour",
        "Tern Post",
        ("2031-03-14T10:00:00+00:00", HARBOUR),
        ("2031-03-14T23:30:00-02:00", HARBOUR_2),
        ("2031-03-16T08:00:00+00:00", HARBOUR_3),
    )
    toll = report(
        "https://gull.example/toll",
        None,
        ("2031-03-14T12:00:00+00:00", TOLL),
        ("2031-03-15T12:00:00+00:00", TOLL_2),
        (None, TOLL.replace("harbour board", "port authority")),
    )
    castle = report("https://tern.example/castle", "Tern Post", ("2031-03-01", CASTLE))
    records: list[Record] = [
        *harbour.records,
        *toll.records,
        *castle.records,
        check(castle.article, "2031-03-17T09:00:00+00:00", "removed"),
        check(castle.article, "2031-03-18T09:00:00+00:00", "returned", 200),
        check(castle.article, "2031-03-18T10:00:00+00:00", "same_bytes", 200),
        story("Ferries", harbour, toll),
    ]
    return records, harbour.data | toll.data | castle.data


STAGE = Stage("all", 1, lambda group, options, resources: (), each=Capture, writes=(Version,))


def keep(store: Store, records: Sequence[Record], data: dict[str, bytes], key: str = "k") -> None:
    """Puts records into a store as adding, building and watching would."""
    for record in records:
        if isinstance(record, Capture):
            store.add(record, data[record.sha256])
    built = tuple(r for r in records if not isinstance(r, Capture | Check))
    older = tuple(r for r in built if not isinstance(r, Change))
    newer = tuple(r for r in built if isinstance(r, Change))
    mark = hashlib.sha256(key.encode()).hexdigest()[:32]
    store.commit(STAGE, [Result(key, mark, "done", "", older)])
    store.commit(CHANGES, [Result(key, mark, "done", "", newer)])
    for record in records:
        if isinstance(record, Check):
            store.checked(record, ())


CHANGES = Stage(
    "changes", 1, lambda group, options, resources: (), by=(Version, "article_id"), writes=(Change,)
)

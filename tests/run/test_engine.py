"""A build does only what is new, forgets what is gone, resumes after a kill and names what failed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from onrecord.errors import InputError
from onrecord.options import option
from onrecord.records import ActorLinks, Article, Bounds, Capture, Dateline, Story, TimelineEntry
from onrecord.run.engine import NEW_OBJECTS, StageReport, build, in_process
from onrecord.run.memory import MemoryShelf, capture_of
from onrecord.stage import Group, Join, Resources, Stage

WORKED: list[str] = []
REPORTS: list[StageReport] = []


@dataclass(frozen=True, slots=True)
class Options:
    loud: int = option(1, "How loud")


def links(group: Group, options: Options, resources: Resources) -> Iterator[ActorLinks]:
    capture = group.one(Capture)
    WORKED.append(f"links {capture.path}")
    if capture.path == "bad.txt":
        raise ValueError("two\nlines")
    if capture.path == "limit.txt":
        raise InputError("too long", where="limit.txt")
    yield ActorLinks(id=f"lnk-{capture.id}", article_id=capture.article_id, links=())


def story(group: Group, options: Any, resources: Resources) -> Iterator[Story]:
    WORKED.append("story")
    found = group.all(ActorLinks)
    yield Story(
        id="sto-1",
        title=str(len(found)),
        articles=tuple(x.article_id for x in found),
        episodes=(),
        basis="all",
    )


def entry(group: Group, options: Any, resources: Resources) -> Iterator[TimelineEntry]:
    one = group.one(Story)
    WORKED.append(f"entry {len(group.all(ActorLinks))}")
    yield TimelineEntry(
        id="tim-1",
        story_id=one.id,
        earliest=None,
        latest=None,
        text="x",
        events=(),
        outlets=(),
        independent_sources=1,
        citations=(),
        basis="x",
    )


STAGES = (
    Stage("links", 1, links, each=Capture, writes=(ActorLinks,), options=Options),
    Stage("story", 1, story, whole=ActorLinks, writes=(Story,)),
    Stage(
        "entry",
        1,
        entry,
        each=Story,
        joins=(Join(ActorLinks, "article_id", on="articles"),),
        writes=(TimelineEntry,),
    ),
)


@pytest.fixture(autouse=True)
def forget() -> None:
    WORKED.clear()


def shelf_of(*paths: str) -> MemoryShelf:
    return MemoryShelf([capture_of(path, path.encode()) for path in paths])


def run(shelf: MemoryShelf, stages: tuple[Stage, ...] = STAGES, **options: Any) -> list[str]:
    WORKED.clear()
    REPORTS[:] = build(shelf, stages, options, {}, in_process({}))
    return list(WORKED)


def test_a_second_build_does_nothing() -> None:
    shelf = shelf_of("a", "b")
    assert sorted(run(shelf)) == ["entry 2", "links a", "links b", "story"]
    assert run(shelf) == []


def test_a_new_capture_works_only_its_groups_and_what_rests_on_them() -> None:
    shelf = shelf_of("a")
    run(shelf)
    shelf._put(capture_of("b", b"b"))
    assert run(shelf) == ["links b", "story", "entry 2"]


def test_changed_options_work_their_stage_again_and_stop_where_nothing_changed() -> None:
    shelf = shelf_of("a")
    run(shelf)
    assert run(shelf, links=Options(loud=2)) == ["links a"]


def test_a_raised_version_works_again() -> None:
    shelf = shelf_of("a")
    run(shelf)
    newer = (
        Stage("links", 2, links, each=Capture, writes=(ActorLinks,), options=Options),
        *STAGES[1:],
    )
    assert run(shelf, newer) == ["links a"]


def test_what_came_from_a_vanished_input_goes() -> None:
    shelf = shelf_of("a", "b")
    run(shelf)
    gone = capture_of("b", b"b")
    del shelf._records[Capture][gone.id]
    assert run(shelf) == ["story", "entry 1"]
    assert len(shelf.all(ActorLinks)) == 1


def test_a_failing_group_is_one_line_and_the_rest_is_done() -> None:
    shelf = shelf_of("a", "bad.txt", "limit.txt")
    run(shelf)
    failed = sorted(why for _, why in REPORTS[0].failed)
    assert failed[0].startswith("ValueError: two lines (in links, line ")
    assert failed[1] == "limit.txt: too long"
    assert len(shelf.all(ActorLinks)) == 1
    assert sorted(run(shelf)) == ["links bad.txt", "links limit.txt"], (
        "failed groups are tried again"
    )


def test_a_build_looks_for_cycles_seldom_and_leaves_that_as_it_was() -> None:
    before = gc.get_threshold()
    seen = []

    def looking(group: Group, options: Any, resources: Resources) -> Iterator[Story]:
        seen.append(gc.get_threshold())
        return story(group, options, resources)

    build(
        shelf_of("a", "b"),
        (STAGES[0], Stage("looking", 1, looking, whole=ActorLinks, writes=(Story,))),
        {},
        {},
        in_process({}),
    )
    assert seen == [(NEW_OBJECTS, *before[1:])]
    assert gc.get_threshold() == before


def test_a_build_that_is_killed_leaves_the_looking_for_cycles_as_it_was() -> None:
    def killed(group: Group, options: Any, resources: Resources) -> Iterator[Story]:
        raise KeyboardInterrupt

    before = gc.get_threshold()
    stage = Stage("killed", 1, killed, each=Capture, writes=(Story,))
    with pytest.raises(KeyboardInterrupt):
        build(shelf_of("a"), (stage,), {}, {}, in_process({}))
    assert gc.get_threshold() == before


def test_a_killed_build_resumes_behind_the_last_batch() -> None:
    class Killed(MemoryShelf):
        commits = 0

        def commit(self, stage: Stage, results: Any) -> None:
            if results and stage.name == "links":
                Killed.commits += 1
                if Killed.commits == 3:
                    raise KeyboardInterrupt
            super().commit(stage, results)

    shelf = Killed([capture_of(str(n), str(n).encode()) for n in range(5)])
    with pytest.raises(KeyboardInterrupt):
        build(shelf, STAGES, {}, {}, in_process({}), batch=1)
    assert len(shelf.all(ActorLinks)) == 2
    WORKED.clear()
    build(shelf, STAGES, {}, {}, in_process({}), batch=1)
    assert len([w for w in WORKED if w.startswith("links")]) == 3
    assert shelf.all(Story)[0].title == "5"


def test_groups_in_another_language_are_skipped_and_listed() -> None:
    def article(i: str, language: str | None) -> Article:
        return Article(
            id=i,
            path=i,
            url=None,
            outlet=None,
            title=None,
            bylines=(),
            dateline=Dateline(),
            credits=(),
            published=Bounds(),
            language=language,
            tags=(),
            announced_versions=None,
            versions=(),
            evidence={},
        )

    def work(group: Group, options: Any, resources: Resources) -> Iterator[ActorLinks]:
        yield ActorLinks(id="l" + group.one(Article).id, article_id=group.one(Article).id, links=())

    stage = Stage("english", 1, work, each=Article, writes=(ActorLinks,), english=True)
    shelf = MemoryShelf([article("a1", "en"), article("a2", "de"), article("a3", None)])
    (report,) = build(shelf, (stage,), {}, {}, in_process({}))
    assert [record.id for record in shelf.all(ActorLinks)] == ["la1"]
    assert report.skipped == [
        ("a2", "language is de, the stage reads English"),
        ("a3", "language is unknown, the stage reads English"),
    ]
    assert shelf.ledger("english")["a2"][1] == "skipped"


def test_each_of_many_groups_gets_its_own_records_and_what_all_join() -> None:
    seen: dict[str, tuple[tuple[str, ...], int]] = {}

    def look(group: Group, options: Any, resources: Resources) -> Iterator[ActorLinks]:
        capture = group.one(Capture)
        seen[capture.path] = (
            tuple(x.article_id for x in group.all(ActorLinks)),
            len(group.all(Story)),
        )
        yield from ()

    joins = (Join(ActorLinks, "article_id", on="article_id"), Join(Story, None))
    stages = (
        *STAGES[:2],
        Stage("look", 1, look, each=Capture, joins=joins, writes=(TimelineEntry,)),
    )
    captures = [capture_of(f"{n}.txt", b"%d" % n) for n in range(50)]
    build(MemoryShelf(captures), stages, {}, {}, in_process({}))
    assert seen == {c.path: ((c.article_id,), 1) for c in captures}

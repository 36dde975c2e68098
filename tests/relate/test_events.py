"""Merging what reports tell: one act one event, every report its account, nothing lost or made up."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from tests.relate.making import article, version
from tests.relate.telling import candidate, day, links, statement, story

from onrecord.records import (
    ActorLinks,
    Article,
    DateExpression,
    Event,
    EventCandidate,
    Record,
    Statement,
    Story,
    Version,
)
from onrecord.relate import events
from onrecord.stage import Group

NAMES = ("Norland", "Sudria", "Dell", "Marl")


def report(
    ident: str, text: str, published: str | None = "2031-05-06", **more: object
) -> tuple[Article, Version]:
    v = version(text, article=ident)
    return article(ident, [v], published=published, **more), v  # type: ignore[arg-type]


def merged(
    articles: Sequence[Article],
    versions: Sequence[Version],
    *records: Record,
    episodes: Sequence[Sequence[str]] = (),
) -> list[Event]:
    group = Group({Story: (story(articles, episodes),), Article: tuple(articles)})
    group[ActorLinks] = tuple(
        links(a, [v for v in versions if v.article_id == a.id], NAMES) for a in articles
    )
    for kind in (EventCandidate, DateExpression, Statement):
        group[kind] = tuple(sorted((r for r in records if isinstance(r, kind)), key=lambda r: r.id))
    return list(events.work(group, events.Options(), {}))


A, VA = report(
    "art-a", "Attack\n\nNorland bombed Dell on Monday.", "2031-05-05", outlet="Dell Post"
)
B, VB = report("art-b", "Raid\n\nNorland shelled Dell at the start of the week, Sudria said.")


def test_two_reports_of_one_act_are_one_event() -> None:
    found = merged(
        [A, B],
        [VA, VB],
        candidate(VA, "Norland bombed Dell on Monday", "bombed"),
        candidate(
            VB, "Norland shelled Dell at the start of the week", "shelled", predicate="shell"
        ),
    )

    (event,) = found
    assert event.articles == ("art-a", "art-b")
    assert [a.article_id for a in event.accounts] == ["art-a", "art-b"]
    assert [c.quote for c in event.citations] == [
        "Norland bombed Dell on Monday",
        "Norland shelled Dell at the start of the week",
    ]
    assert (event.actors, event.recipients) == (("act-Norland",), ("act-Dell",))
    assert event.basis.startswith("2 reports")


def test_other_sides_days_episodes_or_kinds_stay_apart() -> None:
    first = candidate(VA, "Norland bombed Dell on Monday", "bombed", dates=[f"dtc-{VA.id}-Monday"])
    monday = day(VA, "Monday", "2031-05-05")
    clause = "Norland shelled Dell at the start of the week"
    same = {"predicate": "bomb"}

    assert (
        len(merged([A, B], [VA, VB], first, monday, candidate(VB, clause, "shelled", **same))) == 1
    )
    assert (
        len(
            merged(
                [A, B],
                [VA, VB],
                first,
                monday,
                candidate(VB, clause, "shelled", actors=["Sudria"], recipients=["Dell"]),
            )
        )
        == 2
    )
    assert (
        len(
            merged([A, B], [VA, VB], first, monday, candidate(VB, clause, "shelled", kind="COERCE"))
        )
        == 2
    )
    assert (
        len(
            merged(
                [A, B],
                [VA, VB],
                first,
                monday,
                candidate(VB, clause, "shelled"),
                episodes=[["art-a"], ["art-b"]],
            )
        )
        == 2
    )
    later = candidate(VB, clause, "shelled", dates=[f"dtc-{VB.id}-start"])
    assert len(merged([A, B], [VA, VB], first, monday, later, day(VB, "start", "2031-04-28"))) == 2


def test_done_and_to_come_stay_apart() -> None:
    found = merged(
        [A, B],
        [VA, VB],
        candidate(VA, "Norland bombed Dell on Monday", "bombed"),
        candidate(
            VB,
            "Norland shelled Dell at the start of the week",
            "shelled",
            predicate="bomb",
            status="planned",
        ),
    )

    assert sorted(e.status for e in found) == ["happened", "planned"]


def test_a_denial_of_the_same_act_is_an_account_of_its_event() -> None:
    found = merged(
        [A, B],
        [VA, VB],
        candidate(VA, "Norland bombed Dell on Monday", "bombed"),
        candidate(
            VB,
            "Norland shelled Dell at the start of the week",
            "shelled",
            predicate="bomb",
            status="denied",
            statement="stc-1",
        ),
        statement(VB, "Norland shelled Dell at the start of the week"),
    )

    (event,) = found
    assert event.status == "happened"
    assert [a.status for a in event.accounts] == ["happened", "denied"]
    assert event.accounts[0].attributed_to is None
    assert event.accounts[1].attributed_to is not None


def test_a_denial_by_other_words_is_an_event_of_its_own() -> None:
    found = merged(
        [A, B],
        [VA, VB],
        candidate(VA, "Norland bombed Dell on Monday", "bombed"),
        candidate(
            VB,
            "Norland shelled Dell at the start of the week",
            "shelled",
            predicate="shell",
            status="denied",
        ),
    )

    assert sorted(e.status for e in found) == ["denied", "happened"]


def test_what_is_only_said_is_attributed() -> None:
    said = statement(VB, "Norland shelled Dell at the start of the week")
    heard = candidate(
        VB, "Norland shelled Dell at the start of the week", "shelled", statement="stc-1"
    )

    (event,) = merged([B], [VB], heard, said)
    assert event.attributed_to == said.id

    (event,) = merged(
        [A, B],
        [VA, VB],
        heard,
        said,
        candidate(VA, "Norland bombed Dell on Monday", "bombed", predicate="bomb"),
    )
    assert event.attributed_to is None
    assert {a.article_id: a.attributed_to for a in event.accounts} == {
        "art-a": None,
        "art-b": said.id,
    }


def test_where_only_a_quoted_speaker_says_so_the_narration_heads_the_event() -> None:
    said = statement(VB, "Norland shelled Dell at the start of the week")
    found = merged(
        [A, B],
        [VA, VB],
        candidate(
            VB, "Norland shelled Dell at the start of the week", "shelled", statement="stc-1"
        ),
        candidate(VA, "Norland bombed Dell on Monday", "bombed", status="denied"),
        said,
    )

    assert [e.status for e in found] == ["denied"]


def test_versions_of_one_article_are_one_account() -> None:
    v1 = version("Attack\n\nNorland bombed Dell.", article="art-v", number=1)
    v2 = version("Attack\n\nNorland bombed Dell. Two died.", article="art-v", number=2)
    v3 = version("Attack\n\nNorland bombed Dell heavily. Two died.", article="art-v", number=3)
    a = article("art-v", [v1, v2, v3], published="2031-05-05")
    found = merged(
        [a],
        [v1, v2, v3],
        candidate(v1, "Norland bombed Dell", "bombed"),
        candidate(v2, "Norland bombed Dell", "bombed"),
        candidate(v3, "Norland bombed Dell heavily", "bombed"),
    )

    (event,) = found
    assert [c.version_id for c in event.citations] == [v1.id]
    assert event.basis.startswith("one report")


def test_the_narrowest_day_counts_and_none_is_made_up() -> None:
    named = candidate(VA, "Norland bombed Dell on Monday", "bombed", dates=[f"dtc-{VA.id}-Monday"])
    bare = candidate(VB, "Norland shelled Dell at the start of the week", "shelled")

    (event,) = merged([A, B], [VA, VB], named, bare, day(VA, "Monday", "2031-05-05"))
    assert (event.earliest, event.latest) == ("2031-05-05", "2031-05-05")
    assert [(a.earliest, a.latest) for a in event.accounts] == [
        ("2031-05-05", "2031-05-05"),
        (None, None),
    ]

    (event,) = merged([B], [VB], bare)
    assert (event.earliest, event.latest) == (None, None)


def test_talks_of_the_same_two_merge_and_of_others_do_not() -> None:
    a, va = report("art-c", "Talks\n\nNorland met Sudria.")
    b, vb = report("art-d", "Talks\n\nSudria held talks with Norland. Norland conferred with Marl.")

    def talks(v: Version, clause: str, trigger: str, first: str, second: str) -> EventCandidate:
        return candidate(
            v,
            clause,
            trigger,
            kind="CONSULT",
            mode="meet",
            predicate=trigger,
            actors=[first],
            recipients=[second],
        )

    met = talks(va, "Norland met Sudria", "met", "Norland", "Sudria")
    held = talks(vb, "Sudria held talks with Norland", "talks", "Sudria", "Norland")
    other = talks(vb, "Norland conferred with Marl", "conferred", "Norland", "Marl")

    assert [e.articles for e in merged([a, b], [va, vb], met, held)] == [("art-c", "art-d")]
    assert len(merged([a, b], [va, vb], met, other)) == 2


def test_a_candidate_with_neither_party_nor_day_is_left_out() -> None:
    nobody = candidate(VA, "Norland bombed Dell on Monday", "bombed", actors=[], recipients=[])
    dated = candidate(
        VA,
        "Norland bombed Dell on Monday",
        "bombed",
        actors=[],
        recipients=[],
        dates=[f"dtc-{VA.id}-Monday"],
    )

    assert merged([A], [VA], nobody) == []
    assert len(merged([A], [VA], dated, day(VA, "Monday", "2031-05-05"))) == 1


def many(count: int) -> tuple[list[Article], list[Version], list[EventCandidate]]:
    articles, versions, candidates = [], [], []
    for n in range(count):
        a, v = report(
            f"art-{n:04}",
            f"No {n}\n\nNorland bombed Dell. Sudria shelled Marl.",
            f"2031-05-{n % 28 + 1:02}",
        )
        articles.append(a)
        versions.append(v)
        candidates.append(candidate(v, "Norland bombed Dell", "bombed"))
        candidates.append(
            candidate(
                v,
                "Sudria shelled Marl",
                "shelled",
                predicate="shell",
                actors=["Sudria"],
                recipients=["Marl"],
            )
        )
    return articles, versions, candidates


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    articles, versions, candidates = many(20)
    shuffled = candidates[:]
    random.Random(4).shuffle(shuffled)

    assert sorted(e.id for e in merged(articles, versions, *candidates)) == sorted(
        e.id for e in merged(articles[::-1], versions, *shuffled)
    )


def test_a_large_story_is_merged_in_seconds() -> None:
    articles, versions, candidates = many(800)
    start = time.process_time()
    found = merged(articles, versions, *candidates)

    assert time.process_time() - start < 10
    assert sum(len(e.articles) for e in found) == 1600
    assert len(found) < 60

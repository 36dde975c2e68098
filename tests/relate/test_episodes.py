"""Which reports' lines are compared with one another: those of an episode, and of a small story all."""

from __future__ import annotations

import pytest
from tests.relate.making import article, version
from tests.relate.reports import HEAD, TAIL
from tests.relate.telling import story as told

from onrecord.pipeline import STAGES
from onrecord.records import Claim, EpisodeReports, Given, Story
from onrecord.relate.episodes import Options, work
from onrecord.relate.judging import OPPOSED
from onrecord.run.memory import MemoryShelf, build_in_memory, capture_of
from onrecord.settings import join
from onrecord.stage import Group


def rows(episodes: list[list[str]], **options: int) -> list[EpisodeReports]:
    articles = [article(a, [version("x", article=a)]) for inside in episodes for a in inside]
    return list(work(Group({Story: (told(articles, episodes),)}), Options(**options), {}))


def test_a_story_of_few_reports_is_compared_whole() -> None:
    (row,) = rows([["art-a", "art-b"], ["art-c"]])
    assert row.id == "epi-0"
    assert row.articles == ("art-a", "art-b", "art-c")
    assert row.episodes == (("art-a", "art-b"), ("art-c",))


def test_a_long_story_is_compared_episode_by_episode() -> None:
    found = rows([["art-a", "art-b"], ["art-c"]], whole=2)
    assert [(r.id, r.articles, r.episodes) for r in found] == [
        ("epi-0", ("art-a", "art-b"), (("art-a", "art-b"),)),
        ("epi-1", ("art-c",), (("art-c",),)),
    ]


PARTED = {
    "stories.same_event": 5000,
    "stories.likely_in_few": 5000,
    "stories.likely_event": 5000,
    "stories.near_likeness": 5000,
}
"""Makes an episode of each report."""


def quarrels(*reports: tuple[str | None, str], parted: bool = False) -> MemoryShelf:
    """Reports of the ferry quarrel by day, through the whole pipeline."""
    captures = []
    for n, (day, text) in enumerate(reports):
        data = (HEAD + text + TAIL).encode()
        given = Given(outlet=f"Outlet {n}", published=day, language="en")
        captures.append((capture_of(f"{n}.txt", data, given=given), data))
    shelf, built = build_in_memory(captures, STAGES, options=join(PARTED if parted else {}))
    assert [why for r in built for _, why in r.failed] == []
    return shelf


FIRST = (
    "2031-05-02",
    "Ostrand will lower the harbour fee by Friday, Harbour Minister Oskar Venn promised on Monday.\n\n"
    "Two hundred boats lay idle in Velmora, and a bakery gave away its bread.",
)
LATER = (
    "2031-06-20",
    "Harbour Minister Oskar Venn had promised that Ostrand would lower the harbour fee. The fee was lowered "
    "on Thursday, seven weeks late.\n\nSailors rang bells.",
)


@pytest.fixture(scope="module")
def quarrel() -> MemoryShelf:
    return quarrels(FIRST, LATER, parted=True)


def test_a_claim_is_followed_in_a_later_episode(quarrel: MemoryShelf) -> None:
    (story,) = quarrel.all(Story)
    assert [len(e.articles) for e in story.episodes] == [1, 1]
    claims = [c for c in quarrel.all(Claim) if "lower the harbour fee" in c.text]
    assert any(len({m.article_id for m in c.members}) == 2 for c in claims)


def test_a_report_is_silent_only_on_what_its_own_episode_tells(quarrel: MemoryShelf) -> None:
    (story,) = quarrel.all(Story)
    of = {a: e.id for e in story.episodes for a in e.articles}
    for claim in quarrel.all(Claim):
        assert {of[a] for a in claim.silent} <= {of[m.article_id] for m in claim.members}


@pytest.mark.parametrize(
    ("day", "are"), [("2031-05-03", True), ("2031-07-02", False), (None, True)]
)
def test_what_was_not_so_may_be_so_weeks_later(day: str | None, are: bool) -> None:
    shelf = quarrels(
        ("2031-05-02", "The police closed the Kestrel bridge in Velmora."),
        (day, "The police did not close the Kestrel bridge in Velmora."),
    )
    found = [r for c in shelf.all(Claim) for r in c.relations if r.in_ == "polarity"]
    assert len(found) == 1
    assert (found[0].relation in OPPOSED) is are
    assert are or "not of one time" in found[0].basis


def test_reports_of_two_episodes_one_undated_are_not_opposed() -> None:
    shelf = quarrels(
        ("2031-05-02", "The police closed the Kestrel bridge in Velmora."),
        (None, "The police did not close the Kestrel bridge in Velmora."),
        parted=True,
    )
    assert [len(e.articles) for s in shelf.all(Story) for e in s.episodes] == [1, 1]
    assert not [r for c in shelf.all(Claim) for r in c.relations if r.relation in OPPOSED]

"""Which reports are said to tell of one event, and which events to be one story."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.relate.making import article, version

from onrecord.gazetteer import load_gazetteer
from onrecord.records import ActorLink, ActorLinks, Article, Story, Version
from onrecord.relate.names import names_of, places_of
from onrecord.relate.similarity import (
    ONE,
    agglomerate,
    count_terms,
    dot_products,
    shortness,
    unit,
    vectors,
)
from onrecord.relate.stories import Options, name_words, nearness, work
from onrecord.stage import Group

FERRY_1 = (
    "Ferry sinks off Oldmoor, captain held",
    "The ferry Aurelia sank before dawn in Oldmoor and the coastguard pulled forty people "
    "from the water. Its captain, Joren Valk, was held by the harbour police. The shipping line of Mara "
    "Estrin said that the hull had been inspected in spring.",
)
FERRY_2 = (
    "Captain of sunken ferry Aurelia is questioned",
    "Harbour police in Oldmoor questioned Joren Valk, the captain of the ferry Aurelia, which sank off "
    "Oldmoor before dawn. Coastguard boats pulled forty people from the water, and the line of Mara Estrin "
    "said the hull was inspected in spring.",
)
TRIAL = (
    "Trial over lost ship opens with a denial",
    "Judges in Port Selm opened the trial of Joren Valk, captain of the ferry Aurelia. The prosecutor told the "
    "bench that Mara Estrin, who owned the ferry, had known of cracks for a year and paid an engineer to be silent. Counsel "
    "for Joren Valk asked for a new expert, and Mara Estrin shook her head in the gallery. Families of the "
    "dead filled two rows. A verdict is not expected before the autumn, and an appeal would go to the capital.",
)
FOOTBALL = (
    "Selm Rovers win the cup on penalties",
    "Selm Rovers beat Dunholt in the final after a goalless match, and keeper Pia Halloran saved three "
    "penalties. The crowd in Dunholt sang until midnight. Coach Ben Ostrow called it the night of his life.",
)
BUDGET = (
    "Parliament passes a smaller budget",
    "Deputies cut the defence budget by a tenth after a debate of nine hours. The treasurer, Lene Moor, "
    "spoke of a hard winter and of higher duties on tobacco and fuel for the coming fiscal term.",
)
Row = tuple[tuple[str, str], str | None]


def make(rows: list[Row]) -> tuple[list[Version], list[Article]]:
    versions = [version("\n\n".join(text), article=f"art-{i}") for i, (text, _) in enumerate(rows)]
    articles = [
        article(f"art-{i}", [v], published=day)
        for i, (v, (_, day)) in enumerate(zip(versions, rows, strict=True))
    ]
    return versions, articles


def stories(rows: list[Row], links: list[ActorLinks] | None = None) -> list[Story]:
    versions, articles = make(rows)
    return list(
        work(
            Group(
                {Version: tuple(versions), Article: tuple(articles), ActorLinks: tuple(links or ())}
            ),
            Options(),
            {},
        )
    )


def shape(found: list[Story]) -> list[list[list[str]]]:
    return sorted([sorted(sorted(a[4:] for a in e.articles) for e in s.episodes) for s in found])


def test_two_reports_of_one_event_and_its_aftermath() -> None:
    found = stories(
        [
            (FERRY_1, "2031-05-01"),
            (FERRY_2, "2031-05-01"),
            (TRIAL, "2031-06-02"),
            (FOOTBALL, "2031-05-01"),
            (BUDGET, None),
        ]
    )
    assert shape(found) == [[["0", "1"], ["2"]], [["3"]], [["4"]]]


def test_an_undated_report_of_the_aftermath_still_joins_the_story() -> None:
    found = stories(
        [(FERRY_1, "2031-05-01"), (FERRY_2, "2031-05-01"), (TRIAL, None), (FOOTBALL, None)]
    )
    assert shape(found) == [[["0", "1"], ["2"]], [["3"]]]
    (story,) = [s for s in found if len(s.articles) == 3]
    assert [(e.earliest, e.latest) for e in story.episodes] == [
        ("2031-05-01", "2031-05-01"),
        (None, None),
    ]
    assert (
        story.basis
        == "2 events in 2 episodes that share the names Aurelia, Estrin and 1 more, and much of their wording"
    )


def test_unlike_reports_of_a_small_collection_stay_apart() -> None:
    assert shape(stories([(FOOTBALL, None), (BUDGET, None)])) == [[["0"]], [["1"]]]
    assert shape(stories([(FERRY_1, "2031-05-01"), (BUDGET, "2031-05-01")])) == [[["0"]], [["1"]]]


def test_the_same_names_years_apart_are_no_story() -> None:
    found = stories([(FERRY_1, "2031-05-01"), (TRIAL, "2033-05-01"), (FOOTBALL, None)])
    assert len(found) == 3


def test_events_of_one_story_close_together_are_one_episode_and_far_apart_are_two() -> None:
    def round_of(day: str, place: str, more: str) -> tuple[tuple[str, str], str]:
        text = (
            f"Delegates of Velmora and Ostrand met in {place} about the fishing quota. Minister Anders Quill "
            f"and envoy Mira Solberg spoke for hours; Captain Jory Teague of the fleet waited outside. {more}"
        )
        return (f"Quota talks in {place}", text), day

    near = [
        round_of("2031-05-01", "Harne", "Nothing was signed, and the boats stayed in port."),
        round_of(
            "2031-05-03", "Harne", "Quill called the proposal thin; Solberg praised the coffee."
        ),
    ]
    late = round_of(
        "2031-05-20", "Lunden", "A paper was signed at last, and the fleet sailed at dawn."
    )
    (story,) = [s for s in stories([*near, late, (FOOTBALL, None)]) if len(s.articles) > 1]
    assert [len(e.articles) for e in story.episodes] == [2, 1]


def test_likeness_without_common_names_makes_no_story() -> None:
    def storm(town: str, who: str) -> tuple[str, str]:
        return (
            f"Storm floods cellars of {town}",
            f"The storm flooded cellars and cut the power of {town}, said mayor {who}. Firemen pumped water "
            f"from cellars through the night in {town}. {who} asked people to stay at home.",
        )

    found = stories(
        [
            (storm("Oldmoor", "Ada Pell"), "2031-01-02"),
            (storm("Dunholt", "Ivo Crane"), "2031-02-25"),
            (FOOTBALL, None),
        ]
    )
    assert len(found) == 3


BLAZE = [
    (
        (
            "Fire guts warehouse on Tallow Quay",
            "A fire tore through a spice warehouse on Tallow Quay early on Sunday, and two firefighters were "
            "taken to hospital with burns. The owner, Osgood and Daughter, said the night watchman, Piet "
            "Lammers, had raised the alarm at four. The fire chief, Hanne Dorset, said that the cause was "
            "not known and that the roof had fallen in before her crews arrived from Selm.",
        ),
        "2031-08-03T09:00:00+00:00",
    ),
    (
        (
            "'We smelled pepper for miles'",
            "People in the old town woke to the smell of burning pepper on Sunday. Of the building that "
            "Osgood and Daughter put up in 1911 only walls are left. Hanne Dorset told reporters that an "
            "electric fault was likely; Piet Lammers, who watches over it at night, said that he had seen "
            "two men run away. Two of the crew were hurt, one of them badly.",
        ),
        "2031-08-03T17:30:00+00:00",
    ),
    (
        (
            "Watchman heard over blaze",
            "Detectives heard Piet Lammers for three hours on Monday about the two men he says he saw before "
            "the spice store of Osgood and Daughter burned down. Mara Osgood, who runs the firm, called him "
            "the most honest man on the quay. Hanne Dorset's report is due on Friday. One firefighter is "
            "still in hospital.",
        ),
        "2031-08-04T12:00:00+00:00",
    ),
]
OTHER_BLAZE = [
    (
        (
            "Night fire destroys school library in Dunholt",
            "A fire destroyed the library of a school in Dunholt on Sunday night. Nobody was hurt. Rector "
            "Ilse Varn said that nine thousand books were lost, and fire officer Bram Teague said the "
            "heating had been mended only last week. Pupils of Ilse Varn wept at the gate.",
        ),
        "2031-08-04T07:00:00+00:00",
    ),
    (
        (
            "Nine thousand books burn in Dunholt school",
            "The library of Ilse Varn's school in Dunholt burned down in the night to Monday, with nine "
            "thousand books. Officer Bram Teague is looking at the heating, which was mended last week. "
            "The rector said that lessons would go on in the gym.",
        ),
        "2031-08-04T13:00:00+00:00",
    ),
]


def test_three_reports_of_one_event_alone_are_one_episode() -> None:
    assert shape(stories(BLAZE)) == [[["0", "1", "2"]]]


def test_two_reports_of_one_event_in_other_words_alone_are_one_episode() -> None:
    later = (
        "Insurer waits for Dorset's report",
        "The insurer of Osgood and Daughter will pay nothing before Hanne Dorset has told what set the spices "
        "alight. Mara Osgood called that an insult. Neighbours swept pepper from their steps, a baker gave away "
        "what he could not sell, and a choir sang for the two in hospital. Piet Lammers was not at home.",
    )
    rows: list[Row] = [BLAZE[0], (later, "2031-08-05T12:00:00+00:00")]
    assert shape(stories(rows)) == [[["0", "1"]]]
    versions, articles = make(rows)
    group = Group({Version: tuple(versions), Article: tuple(articles)})
    sure = work(group, Options(likely_in_few=240, near_likeness=1000), {})
    assert sum(len(s.episodes) for s in sure) == 2, "not alike enough to be sure"


def test_two_events_of_one_topic_stay_apart_in_a_small_record() -> None:
    found = stories([*BLAZE, *OTHER_BLAZE])
    episodes = sorted(sorted(a[4:] for a in e.articles) for s in found for e in s.episodes)
    assert episodes == [["0", "1", "2"], ["3", "4"]]


@pytest.mark.parametrize(("left", "right"), [(0, 3), (1, 3), (2, 4)])
def test_single_reports_of_two_events_of_one_topic_stay_apart(left: int, right: int) -> None:
    both = [*BLAZE, *OTHER_BLAZE]
    assert len(stories([both[left], both[right]])) == 2


def test_every_likeness_counting_makes_one_episode_and_no_failure() -> None:
    versions, articles = make([*BLAZE, (FOOTBALL, None), (BUDGET, "2031-05-03")])
    group = Group({Version: tuple(versions), Article: tuple(articles)})
    (story,) = work(group, Options(floor=0, same_event=0), {})
    assert [len(e.articles) for e in story.episodes] == [5]


def test_a_group_much_closer_knit_than_its_tie_to_another_is_whole_without_it() -> None:
    graph: list[dict[int, int]] = [{1: 500, 2: 200}, {0: 500, 2: 200}, {0: 200, 1: 200}]

    def may(mean: int, inside: int, a: Sequence[int], b: Sequence[int]) -> bool:
        assert a and b and set(a).isdisjoint(b)
        return 2 * mean >= inside

    assert agglomerate(graph, 100) == [[0, 1, 2]]
    assert agglomerate(graph, 100, may) == [[0, 1], [2]]


def test_actors_count_as_names_where_they_were_resolved() -> None:
    def links(i: int, *actors: str) -> ActorLinks:
        rows = [
            ActorLink(
                mention_id=f"men-{i}-{a}", actor_id=a, name=f"Orr{a}", kind="person", country=None
            )
            for a in actors
        ]
        return ActorLinks(id=f"lnk-{i}", article_id=f"art-{i}", links=tuple(rows))

    renamed = " ".join(FERRY_2)
    for old, new in zip(("Aurelia", "Joren Valk", "Mara Estrin", "Oldmoor"), "abcd", strict=True):
        renamed = renamed.replace(old, f"the {new}")
    rows: list[Row] = [
        (FERRY_1, "2031-05-01"),
        (("Captain is questioned", renamed), "2031-06-02"),
        (FOOTBALL, None),
    ]
    assert len(stories(rows, [links(0, "a", "b"), links(1, "a", "b")])) == 2
    assert len(stories(rows, [links(0, "a", "b"), links(1, "c", "d")])) == 3


def test_every_article_once_whatever_the_order() -> None:
    rows: list[Row] = [
        (FERRY_1, "2031-05-01"), (FERRY_2, "2031-05-01"), (TRIAL, None), (FOOTBALL, None), (BUDGET, "2031-05-03"),
        (("", ""), None),
    ]  # fmt: skip
    versions, articles = make(rows)
    expected = stories(rows)
    assert sorted(a for s in expected for e in s.episodes for a in e.articles) == sorted(
        a.id for a in articles
    )
    for s in expected:
        assert sorted(s.articles) == sorted(a for e in s.episodes for a in e.articles)
    for seed in range(5):
        random.Random(seed).shuffle(versions)
        random.Random(seed + 9).shuffle(articles)
        group = Group({Version: tuple(versions), Article: tuple(articles)})
        assert list(work(group, Options(), {})) == expected


def test_ids_hang_on_the_earliest_member_alone() -> None:
    before = stories([(FERRY_1, "2031-05-01"), (FOOTBALL, None)])
    after = stories(
        [(FERRY_1, "2031-05-01"), (FOOTBALL, None), (FERRY_2, "2031-05-01T23:00:00+00:00")]
    )
    assert {s.id for s in before} == {s.id for s in after}
    assert {e.id for s in before for e in s.episodes} == {e.id for s in after for e in s.episodes}


def test_no_articles_no_stories() -> None:
    assert stories([]) == []


def test_titles_are_those_of_members() -> None:
    (story,) = stories([(FERRY_1, "2031-05-01"), (FERRY_2, "2031-05-01")])
    assert story.title in (FERRY_1[0], FERRY_2[0])


@pytest.mark.parametrize(
    ("a", "b", "left"),
    [
        (None, (0, 0), 1000),
        ((0, 0), (0, 23), 1000),
        ((0, 0), (24, 24), 750),
        ((0, 0), (48, 48), 675),
        ((9999, 9999), (0, 0), 300),
    ],
)
def test_what_time_leaves_of_a_likeness(
    a: tuple[int, int] | None, b: tuple[int, int], left: int
) -> None:
    assert nearness(a, b) == nearness(b, a) == left


def test_places_and_names() -> None:
    text = "TARN BAY, May 3 - Police met in Port Selm in March, and in the end in Oldmoor's hall.\n\nMore."
    assert places_of(text, 0, 500) == {"tarn bay", "port selm", "oldmoor"}
    v = version(
        "Big Words Of A Headline\n\nThey said that Joren Valk and Mara Estrin met. The end."
    )
    assert names_of(v) == {"valk": "Valk", "estrin": "Estrin"}


def test_a_bare_headline_is_short_and_a_report_is_not() -> None:
    assert shortness(count_terms([(FERRY_1[0], 3)])) == ONE
    assert shortness(count_terms([(FERRY_1[1] * 2, 1)])) < 300


VECTOR = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5000), max_size=6)


@given(st.lists(VECTOR, max_size=12), st.integers(0, 1))
def test_unit_vectors_and_dot_products(rows: list[dict[str, int]], floor: int) -> None:
    units = [unit(row) for row in rows]
    for row in units:
        assert not row or abs(sum(w * w for w in row.values()) - ONE * ONE) < 10_000
    graph = dot_products(units, floor)
    for i, near in enumerate(graph):
        assert i not in near
        for j, value in near.items():
            assert graph[j][i] == value == sum(w * units[j].get(t, 0) for t, w in units[i].items())


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 1000)), max_size=40),
    st.integers(1, 1000),
)
def test_groups_part_the_reports_and_none_is_left_to_join(
    edges: list[tuple[int, int, int]], least: int
) -> None:
    graph: list[dict[int, int]] = [{} for _ in range(10)]
    for i, j, value in edges:
        if i != j:
            graph[i][j] = graph[j][i] = value
    groups = agglomerate(graph, least)
    assert sorted(i for g in groups for i in g) == list(range(10))
    for x in groups:
        for y in groups:
            if x is not y:
                total = sum(graph[i].get(j, 0) for i in x for j in y)
                assert total // (len(x) * len(y)) < least


def test_rare_words_weigh_more() -> None:
    rows = vectors(
        [count_terms([(t, 1)]) for t in ("ferry quay", "ferry harbour", "ferry quay lighthouse")]
    )
    assert rows[0]["quay"] > rows[0]["ferry"]


PLEDGE = (
    (
        "Lindal shuts its swimming baths",
        "The town of Lindal closed the Brodde baths on Tuesday after tiles fell from the ceiling. Councillor "
        "Vera Osk promised that swimmers would be back by Easter, and that the repair would cost no more than "
        "two million. Engineer Tor Mikkel had warned of damp in the steel a year ago. The swimming club of "
        "Lindal trains in a school pool until then.",
    ),
    "2031-01-20",
)
OUTCOME = (
    (
        "Swimmers still wait at Brodde",
        "Three months after its ceiling gave way the Brodde baths are a building site. The repair has eaten "
        "four million so far. Easter has passed, and Osk no longer names a day. Children of the swimming club "
        "go to a school pool in Harne, and their trainer calls the steel a disgrace.",
    ),
    "2031-04-22",
)


def test_what_came_of_a_promise_months_later_is_the_same_story() -> None:
    assert len(stories([PLEDGE, OUTCOME])) == 1
    later = [(OUTCOME[0], "2031-12-22"), (FERRY_1, "2031-01-20"), (BUDGET, "2031-12-22")]
    assert sorted(len(s.articles) for s in stories([PLEDGE, *later])) == [1, 1, 2]


def test_a_name_alone_makes_no_story_of_two_running_ones() -> None:
    cup = (
        "Lindal reach the quarter-final",
        "Lindal beat Harne by two goals in the rain. Striker Pia Holm scored both, and the coach, Jon Sand, "
        "spoke of luck. The next match is in Selm on Saturday, where Lindal have never won.",
    )
    assert shape(stories([PLEDGE, OUTCOME, (cup, "2031-01-20")])) == [[["0", "1"]], [["2"]]]


def test_a_name_counts_however_it_was_resolved() -> None:
    """Where the parser takes a firm for a person in one report, the actors' ids differ and the word is the same."""

    def link(i: int, actor: str, name: str, kind: str) -> ActorLinks:
        row = ActorLink(mention_id=f"men-{i}", actor_id=actor, name=name, kind=kind, country=None)
        return ActorLinks(id=f"lnk-{i}", article_id=f"art-{i}", links=(row,))

    links = [link(0, "a", "Brodde", "person"), link(1, "b", "Brodde baths", "organisation")]
    assert len(stories([PLEDGE, OUTCOME], links)) == 1


def test_common_words_and_known_names_say_little_of_a_matter() -> None:
    gazetteer = load_gazetteer()
    names = ["Vera Osk", "Osk", "Brodde Baths Company", "Norway", "Union", "Hodde's", "the Club"]
    assert name_words(names, gazetteer) == {"osk", "brodde", "baths", "hodde"}
    rows = vectors([count_terms([("minister ferry", 1)]), count_terms([("minister ferry", 1)])])
    assert rows[0]["ferry"] > rows[0]["minister"]
    many = vectors([count_terms([(f"minister ferry {i}", 1)]) for i in range(1000)])
    assert many[0]["ferry"] - many[0]["minister"] < rows[0]["ferry"] - rows[0]["minister"]

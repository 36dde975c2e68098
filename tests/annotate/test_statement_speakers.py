"""Who speaks: names with appositions, quoted "we", named lines, agencies between."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotate.stating import holding, speaker, told

from onrecord.annotate.speakers import phrase
from onrecord.records import Sentence
from onrecord.text.tree import Tree


@pytest.mark.parametrize(
    ("text", "content", "who"),
    [
        (
            "About 900 homes in Upper Kelm have been without power since Tuesday, the town's mayor, Jonas Kirin, said.",
            "900 homes",
            "Jonas Kirin",
        ),
        (
            "KIRSTADT, N.J. — Gov. Petra Lind declared an uphill candidacy on Tuesday.",
            "uphill",
            "Gov. Petra Lind",
        ),
        (
            "DES HARBEN – Ada Ruth Lind on Sunday urged the council to listen to the miners.",
            "listen",
            "Ada Ruth Lind",
        ),
        (
            "PORT KELM, March 3 (CWN) - Two ministers said the talks had failed.",
            "had failed",
            "Two ministers",
        ),
        (
            "KIRSTADT — Ferry crews in three harbours threatened to stop every line.",
            "every line",
            "Ferry crews in three harbours",
        ),
        (
            "Repairs will take until June, the firm's chief engineer, Petra Lind, told the council on Friday.",
            "until June",
            "Petra Lind",
        ),
        (
            "The lake has dropped by two metres, the ministry's spokesman, Pavel Kirin, told the Kelm Herald.",
            "dropped",
            "Pavel Kirin",
        ),
        (
            "The harbour will stay shut for a week, said the port's director, Ana Dorva.",
            "stay shut",
            "Ana Dorva",
        ),
        ('"The harbour is shut," said the minister, Ana Dorva.', "is shut", "Ana Dorva"),
        (
            "The harbour will stay shut for a week, Dorva, who runs the port, said.",
            "stay shut",
            "Dorva",
        ),
        (
            "The strike will go on, Mila Roth, secretary of the dockers' union in Kelm, told the paper.",
            "strike",
            "Mila Roth",
        ),
        (
            "The union's secretary, Mila Roth, said the strike would go on.",
            "the strike",
            "Mila Roth",
        ),
    ],
)
def test_speaker_with_an_apposition(text: str, content: str, who: str) -> None:
    (statement,) = told(text)
    assert statement == holding(text, content)
    assert speaker(statement) == who


def test_content_ends_before_the_pair_of_names() -> None:
    text = "About 900 homes in Upper Kelm have been without power since Tuesday, the town's mayor, Jonas Kirin, said."
    assert [c.quote for c in told(text)[0].content] == [
        "About 900 homes in Upper Kelm have been without power since Tuesday"
    ]


def test_a_list_before_the_verb_is_no_pair_of_names() -> None:
    text = "Water levels fell in the north, east of Kelm, the ministry said."
    assert speaker(told(text)[0]) == "the ministry"


# ------------------------------------------------------------------ quoted "we"


@pytest.mark.parametrize(
    "text",
    [
        '"We are sure that they know the truth," the minister said.',
        '"I will return next week," Dorva told reporters. "We hope they will listen."',
        '"We think the dam will hold," Kirin said.',
    ],
)
def test_what_a_quoted_we_only_says_again_is_no_statement_of_its_own(text: str) -> None:
    assert [s.within for s in told(text)] == [None]


@pytest.mark.parametrize(
    ("text", "words", "act"),
    [
        (
            '"We urge Vesk to free the sailors, and we promise to pay for the damage," the minister said.',
            "to pay",
            "promise",
        ),
        (
            '"The talks were long and we are ready to meet again," the minister said.',
            "meet again",
            "offer",
        ),
        ('"They say we promised to leave," the minister said.', "to leave", "promise"),
    ],
)
def test_what_a_quoted_we_commits_to_is_the_quoted_speakers(
    text: str, words: str, act: str
) -> None:
    inner = min(
        told(text), key=lambda s: sum(len(c.quote) for c in s.content if words in c.quote) or 999
    )
    outer = next(s for s in told(text) if s.within is None)
    assert inner.within is not None
    assert inner.act == act
    assert inner.speaker == outer.speaker
    assert speaker(inner) == "the minister"


def test_another_speaker_inside_a_quotation_stays_another() -> None:
    text = '"We were told by Kirin that the dam is safe," the minister said.'
    assert speaker(holding(text, "the dam is safe")) == "Kirin"


# ------------------------------------------------------------------ named lines


def test_headline_with_a_known_person_before_a_colon() -> None:
    text = "Dorva: no threats were made\n\nThe minister, Ana Dorva, spoke in Kelm. Dorva was tired."
    (statement,) = told(text, "tp")
    assert speaker(statement) == "Dorva"
    assert [c.quote for c in statement.content] == ["no threats were made"]
    assert (statement.act, statement.polarity, statement.manner) == ("deny", "negative", "indirect")


def test_topic_of_a_headline_says_nothing() -> None:
    text = "Ana Dorva: a life in politics\n\nThe minister, Ana Dorva, was born in Kelm."
    assert told(text, "tp") == ()


# ------------------------------------------------------------------ agencies between


@pytest.mark.parametrize(
    ("text", "who", "via"),
    [
        ("The crew is safe, the minister said, Reuters reported.", "the minister", ("Reuters",)),
        (
            "The crew is safe, the minister said, according to the agency Interfax.",
            "the minister",
            ("Interfax",),
        ),
        ("The minister told Reuters that the crew was safe.", "The minister", ("Reuters",)),
        (
            "The minister told the agency Interfax that the crew was safe.",
            "The minister",
            ("Interfax",),
        ),
        (
            "Reuters quoted the minister as saying that the crew was safe.",
            "the minister",
            ("Reuters",),
        ),
        (
            "The minister was quoted by Interfax as saying the crew was safe.",
            "The minister",
            ("Interfax",),
        ),
        ("The crew is safe, Reuters reported.", "Reuters", ()),
        ("The minister told the crew that the port was safe.", "The minister", ()),
    ],
)
def test_channel(text: str, who: str, via: tuple[str, ...]) -> None:
    (statement,) = told(text)
    assert (speaker(statement), statement.via) == (who, via)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was shut on Monday, as Norland had said it would.",
        "The firm missed the day, though it had promised it.",
        "Nobody won, and it is fair to say that everybody was tired.",
    ],
)
def test_words_that_point_elsewhere_are_no_statement(text: str) -> None:
    assert told(text) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Dorva said before talks in London that the truce would hold.", None),
        ("Dorva welcomed the talks in London.", None),
        ("In London, Dorva said that the truce would hold.", "London"),
        ("Dorva told reporters in London that the truce would hold.", "London"),
        ("Dorva said at a rally in London that the truce would hold.", "London"),
    ],
)
def test_the_place_is_that_of_the_saying(text: str, place: str | None) -> None:
    (statement,) = told(text)
    assert (statement.place.name if statement.place else None) == place


def _made_tree(heads: list[int], deps: list[str], pos: list[str]) -> Tree:
    size = len(heads)
    sentence = Sentence(
        id="sen-1",
        version_id="ver-1",
        article_id="art-1",
        number=0,
        block=0,
        start=0,
        end=2 * size,
        starts=tuple(range(0, 2 * size, 2)),
        ends=tuple(range(1, 2 * size, 2)),
        lemmas=("a",) * size,
        pos=tuple(pos),
        tags=("NN",) * size,
        deps=tuple(deps),
        heads=tuple(heads),
        ents=("O",) * size,
    )
    return Tree("a " * size, sentence)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_phrase_holds_its_head_in_any_parse(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 7))
    order = data.draw(st.permutations(range(size)))
    heads = [order[0]] * size
    for i, token in enumerate(order[1:], 1):
        heads[token] = order[data.draw(st.integers(0, i - 1))]
    deps = data.draw(
        st.lists(
            st.sampled_from(("nsubj", "punct", "cc", "relcl", "acl", "advcl", "appos", "prep")),
            min_size=size,
            max_size=size,
        )
    )
    tags = data.draw(
        st.lists(st.sampled_from(("NOUN", "ADV", "PUNCT")), min_size=size, max_size=size)
    )
    tree = _made_tree(heads, deps, tags)
    for head in range(size):
        made = phrase(tree, head)
        assert head in made.tokens
        assert head in made.core
        assert head in made.whole

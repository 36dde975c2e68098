"""What a statement does: threats and promises of the speaker's own side, demands, and look-alikes."""

from __future__ import annotations

import pytest
from tests.annotate.stating import holding, told

_SIDE = "Norland's foreign minister, Ana Dorva, met Vesk's envoy on Monday. "


@pytest.mark.parametrize(
    ("text", "words", "act"),
    [
        (_SIDE + "Norland will take Vesk to court, Dorva said.", "to court", "threaten"),
        (_SIDE + "Norland will cut off gas supplies, Dorva said.", "cut off", "threaten"),
        (_SIDE + "Vesk will cut off gas supplies, Dorva said.", "cut off", "assert"),
        ("Norland will cut off gas supplies, its energy minister said.", "cut off", "threaten"),
        ("Dorva said her government would expel two diplomats.", "expel", "threaten"),
        (
            "Norland's foreign minister said Norland would recall its ambassador.",
            "recall",
            "threaten",
        ),
        ("Norland's ambassador to Vesk said Vesk would seize the ships.", "seize", "assert"),
        ("The analyst said they would invade the island.", "invade", "assert"),
        ('"We will withdraw from the treaty," Dorva said.', "withdraw", "threaten"),
        ('"We will stop gas deliveries on Monday," Dorva said.', "stop", "threaten"),
        ("Norland said it would take Vesk to court.", "to court", "threaten"),
        ("Norland threatens to cut off gas to Vesk", "cut off", "threaten"),
        ("Norland said it would send 40 engineers to the dam.", "engineers", "promise"),
        ("The ministry said it will publish the report by 1 June.", "publish", "promise"),
        ('"We will pay for the damage," Dorva said.', "pay", "promise"),
        ('"We will withdraw our troops," Dorva said.', "troops", "promise"),
        ('"We will cut taxes next year," Dorva said.', "taxes", "assert"),
        ('"We will fight corruption," Dorva said.', "corruption", "assert"),
        ('"We will fight on," Dorva said.', "fight on", "assert"),
        ('"We will strike a deal by Friday," Dorva said.', "deal", "assert"),
        ('"We will face sanctions," Dorva said.', "sanctions", "assert"),
        ("The weather service warned that the storm will hit the coast.", "storm", "warn"),
        ("Rescuers warned that floods would destroy homes.", "floods", "warn"),
        ('"We will not open the gates under threat," Kirin said.', "gates", "refuse"),
    ],
)
def test_act(text: str, words: str, act: str) -> None:
    assert holding(text, words).act == act


@pytest.mark.parametrize(
    "text",
    [
        "Norland will not extend the truce, its minister said.",
        '"We will not renew the accord unless the ships leave," Dorva said.',
    ],
)
def test_letting_something_lapse_is_a_threat_told_as_not_doing(text: str) -> None:
    (statement,) = told(text)
    assert (statement.act, statement.polarity) == ("threaten", "negative")


def test_refusing_to_pay_is_no_threat() -> None:
    assert holding('"We will not pay for the dam," Dorva said.', "pay").act != "threaten"


@pytest.mark.parametrize(
    ("text", "act", "addressee", "content"),
    [
        (
            "Vesk demanded on Thursday that Norland hand over the records by 20 May.",
            "demand",
            None,
            "that Norland hand over the records by 20 May",
        ),
        (
            "Vesk ordered Norland to withdraw its ships by Friday.",
            "demand",
            "Norland",
            "Norland to withdraw its ships by Friday",
        ),
        (
            "The council called on the government to resign.",
            "demand",
            "the government",
            "the government to resign",
        ),
        (
            "Norland urged Vesk and Orlan to sign the accord by June.",
            "demand",
            "Vesk and Orlan",
            "Vesk and Orlan to sign the accord by June",
        ),
        ("Dorva asked Vesk to return the ship.", "ask", "Vesk", "Vesk to return the ship"),
        ("The union demanded an answer by Monday.", "demand", None, "an answer by Monday"),
    ],
)
def test_what_is_asked_of_whom(text: str, act: str, addressee: str | None, content: str) -> None:
    (statement,) = told(text)
    assert (statement.act, statement.modality) == (act, "required")
    assert (statement.addressee.name if statement.addressee else None) == addressee
    assert [c.quote for c in statement.content] == [content]


def test_quotation_of_several_sentences_does_what_its_first_does() -> None:
    text = '"The dam is safe. We will not leave. They did not pay," Kirin said.'
    (statement,) = told(text)
    assert (statement.act, statement.polarity, statement.modality) == (
        "assert",
        "positive",
        "asserted",
    )


def test_threat_behind_the_first_sentence_is_not_lost() -> None:
    text = '"Talks were useful. We will close the strait. The weather was fine," Dorva said.'
    outer = next(s for s in told(text) if s.within is None)
    inner = holding(text, "We will close")
    assert (outer.act, inner.act) == ("assert", "threaten")
    assert inner.within == outer.id
    assert [c.quote for c in inner.content] == ["We will close the strait"]
    assert inner.cue is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Norland will ask President Kirin to pull back troops and freeze any moves, Dorva said.",
            "freeze",
        ),
        (_SIDE + "Norland will urge Vesk to expel the pirates, Dorva said.", "expel"),
        (_SIDE + "Norland will freeze any moves on the border, Dorva said.", "freeze"),
        ("Norland said it would halt the exercises near the border.", "exercises"),
    ],
)
def test_what_is_asked_of_others_or_left_undone_oneself_is_no_threat(text: str, words: str) -> None:
    assert all(s.act != "threaten" for s in told(text))
    assert holding(text, words).modality == "planned"


def test_an_announced_request_is_a_request_still_to_come() -> None:
    text = _SIDE + "Norland will ask Vesk to open the bridge, Dorva said."
    outer = next(s for s in told(text) if s.cue is not None and s.cue.quote == "said")
    assert (outer.act, outer.modality) == ("ask", "planned")


def test_freezing_the_accounts_of_others_is_a_threat() -> None:
    text = _SIDE + "Norland will freeze the accounts of Vesk's banks, Dorva said."
    assert holding(text, "accounts").act == "threaten"


def test_a_quotation_behind_the_attribution_has_its_own_act_and_polarity() -> None:
    text = (
        '"We will respect the vote," Dorva said. '
        '"Norland does not and can not harbour any plan to storm the island."'
    )
    assert [(s.act, s.polarity, s.within) for s in told(text)] == [
        ("promise", "positive", None),
        ("deny", "negative", None),
    ]
    assert {s.speaker.name for s in told(text) if s.speaker} == {"Dorva"}


def test_a_quotation_that_goes_on_alike_stays_one_statement() -> None:
    text = '"The bridge is safe," Dorva said. "The road is open."'
    (statement,) = told(text)
    assert len(statement.content) == 2


@pytest.mark.parametrize(
    "text",
    [
        "A one-page letter explores whether Vesk would be willing to open the bridge.",
        "The town holds a vote on whether the island wants to remain part of Norland.",
        "Dorva played down the tariffs.",
        "Dorva did not know what Kirin would decide after the vote.",
    ],
)
def test_a_question_or_a_topic_is_no_statement(text: str) -> None:
    assert told(text) == ()


def test_a_clause_behind_a_question_is_still_a_statement() -> None:
    text = (
        "The vote will decide whether the island will join Norland but Kirin has warned Vesk "
        "that Norland will impose tariffs if the vote goes ahead."
    )
    assert holding(text, "impose tariffs").act in ("threaten", "warn")


def test_a_noun_read_as_a_verb_does_not_cut_the_content() -> None:
    text = (
        "Norland says it is prepared to act on Tuesday and to order travel bans and asset freezes, "
        "aimed at ministers of Vesk, if the bridge stays closed."
    )
    assert all("asset freezes" in c.quote for s in told(text) for c in s.content)


@pytest.mark.parametrize(
    ("text", "content", "modality"),
    [
        ("The bridge is expected to open in May.", ("The bridge", "to open in May"), "planned"),
        ("The treaty is said to be dead.", ("The treaty", "to be dead"), "asserted"),
        ("The thief is believed to have fled.", ("The thief", "to have fled"), "possible"),
    ],
)
def test_what_is_held_by_nobody_named_is_a_statement_without_a_speaker(
    text: str, content: tuple[str, ...], modality: str
) -> None:
    (one,) = told(text)
    assert one.speaker is None
    assert tuple(c.quote for c in one.content) == content
    assert one.modality == modality


def test_what_stood_in_something_supposed_is_kept_without_it() -> None:
    text = '"If the board wants to argue that the dam is safe, that is fine," Kirin said.'
    found = told(text)
    outer = next(s for s in found if s.speaker is not None and s.speaker.name == "Kirin")
    assert {s.within for s in found if s is not outer} <= {outer.id, None}

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
        ('"We will not open the gates under threat," Kirin said.', "gates", "assert"),
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

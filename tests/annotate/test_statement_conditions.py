"""What a statement hangs on: which clause's condition it is, and where it may stand."""

from __future__ import annotations

import pytest
from tests.annotate.stating import condition, holding, told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Failure to hand over the logs would be a breach of the treaty, Kirin said.",
            "Failure to hand over the logs",
        ),
        (
            '"Ratification by parliament would amount to annexation," Dorva told reporters.',
            "Ratification by parliament",
        ),
        ("Crossing the river would mean war, the general warned.", "Crossing the river"),
        ("Any attack on the port will be met with force, Dorva said.", "Any attack on the port"),
        (
            "Norland will keep the tariffs until Vesk frees the sailors, Dorva said.",
            "until Vesk frees the sailors",
        ),
        ("Talks cannot start before the ships leave, Kirin said.", "before the ships leave"),
        ("Without a ceasefire there will be no aid, Kirin said.", "Without a ceasefire"),
        ("He will not sign without a guarantee, Kirin said.", "without a guarantee"),
        ("Norland would close the border should talks fail, Dorva said.", "should talks fail"),
        (
            "Kirin said the truce would hold as long as nobody crossed the river.",
            "as long as nobody crossed the river",
        ),
        ("Norland will pay once the ships leave, Dorva said.", "once the ships leave"),
        (
            "Norland would open the bridge as soon as the gates are opened, Dorva said.",
            "as soon as the gates are opened",
        ),
        ("Norland promised a new bridge once the funds arrive.", "once the funds arrive"),
        (
            "Kirin promised to ask no questions if the crown is left in a church.",
            "if the crown is left in a church",
        ),
        (
            "Norland will strike failing an agreement, Dorva said.",
            "failing an agreement",
        ),
        (
            '"Hand over the logs by Monday or we will go to court," Dorva said.',
            "Hand over the logs by Monday",
        ),
        (
            '"We will close the strait. Unless the ships leave," Dorva said.',
            "Unless the ships leave",
        ),
    ],
)
def test_condition_of_the_statement(text: str, words: str) -> None:
    assert [condition(s) for s in told(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "A vote would be held on Sunday, Kirin said.",
        "The meeting would lead to a new treaty, Kirin said.",
        "Kirin said he travelled without a passport.",
        "The answer cannot be left without a reply, Kirin said.",
        "Kirin said he left before the ships came.",
        "Norland will impose tariffs as soon as Monday, Dorva said.",
        "Dorva said the treaty, which lapses if nobody signs it, was a good one.",
        "Kirin said tea or coffee would be served.",
        "Kirin said the talks came only after the draft was finished.",
    ],
)
def test_no_condition_of_the_statement(text: str) -> None:
    assert [condition(s) for s in told(text)] == [None]


def test_condition_behind_the_attribution_is_the_whole_quotations() -> None:
    text = '"The weather has been bad," Kirin said. "If the ships leave, we will open the port."'
    (statement,) = told(text)
    assert condition(statement) == "If the ships leave"
    assert len(statement.content) == 2


def test_condition_in_a_long_quotation_has_a_statement_of_its_own() -> None:
    text = (
        '"The weather has been bad for weeks and nobody knows when it will change. If the ships leave, '
        'we will open the port. The town has waited a long time, and so have the boats," Kirin said.'
    )
    outer = next(s for s in told(text) if s.within is None)
    assert condition(outer) is None
    inner = holding(text, "we will open")
    assert inner.within == outer.id
    assert inner.speaker == outer.speaker
    assert condition(inner) == "If the ships leave"


def test_condition_of_another_clause_has_a_statement_of_its_own() -> None:
    text = "Dorva said the dam was safe and the road would reopen if the rain stopped."
    outer = next(s for s in told(text) if s.within is None)
    assert (condition(outer), outer.modality) == (None, "asserted")
    inner = holding(text, "the road would reopen")
    assert (condition(inner), inner.modality) == ("if the rain stopped", "planned")


@pytest.mark.parametrize(
    ("text", "content", "words"),
    [
        (
            '"The ships must leave the bay. Otherwise we will close the port," Dorva said.',
            "Otherwise we will close the port",
            "The ships must leave the bay",
        ),
        (
            '"They have until Friday to pay. If not, we will sue," Dorva said.',
            "If not, we will sue",
            "They have until Friday to pay",
        ),
    ],
)
def test_otherwise_hangs_on_the_sentence_before(text: str, content: str, words: str) -> None:
    inner = holding(text, content)
    assert [c.quote for c in inner.content] == [content]
    assert condition(inner) == words
    assert inner.act == "threaten"


def test_condition_of_a_reported_saying_is_not_the_reporters() -> None:
    text = "Kirin said he had told Dorva that the bridge would be closed if nothing changed."
    inner = holding(text, "that the bridge")
    outer = next(s for s in told(text) if s.within is None)
    assert (condition(inner), condition(outer)) == ("if nothing changed", None)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        # a reported "will close if they come" (sequence of tenses)
        ("Norland would close the port if the ships came, Dorva said.", "planned"),
        ("Norland would close the port if the ships came, Dorva says.", "hypothetical"),
        ('"We would close the port if the ships came," Dorva said.', "hypothetical"),
        ("Norland will close the port if the ships come, Dorva said.", "planned"),
        ("Norland said it would close the port if the ships come.", "planned"),
        ("The port could close if the storm comes, Dorva said.", "possible"),
        ('"We may close the port," Dorva said.', "possible"),
        ("The ships have to leave, Dorva said.", "required"),
        ("Vesk demanded that Norland hand over the records.", "required"),
        ("Failure to pay would be a breach, Kirin said.", "hypothetical"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert [s.modality for s in told(text)] == [modality]


def test_until_tells_how_long_something_was_done() -> None:
    (statement,) = told("Kirin said Norland paid the farmers until the gates were opened.")
    assert condition(statement) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Lund proposed that the court sit in the barn until the roof is mended.",
            "until the roof is mended",
        ),
        ("Kirin agreed to open the port provided the ships leave.", "provided the ships leave"),
        ("Kirin agreed to talk as soon as the ships leave.", "as soon as the ships leave"),
        ('"Leave the bay or face the courts," Dorva said.', "Leave the bay"),
        ('"Sign the paper or I resign," Kirin said.', "Sign the paper"),
    ],
)
def test_condition_of_what_is_not_past(text: str, words: str) -> None:
    assert words in [condition(s) for s in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The aid provided the village with food, Lund said.",
        '"Why should we believe a word of it?" Dorva asked.',
        "Lund said the town had paid the guards until the water came.",
        "Lund asked the mayor if the road was closed.",
    ],
)
def test_what_only_looks_like_a_condition(text: str) -> None:
    assert {condition(s) for s in told(text)} <= {None}


def test_condition_of_a_nested_deed_is_the_inner_statements() -> None:
    text = "Lund said the mayor had threatened to sue if the road was closed."
    assert {condition(s) for s in told(text) if s.within is None} == {None}
    assert condition(holding(text, "to sue")) == "if the road was closed"


@pytest.mark.parametrize(
    "text",
    [
        "Norland will not pay until the gates are opened, Dorva said.",
        "Norland will keep the bridge shut until the gates are opened, Dorva said.",
    ],
)
def test_until_ends_a_refusal_or_a_measure(text: str) -> None:
    (statement,) = told(text)
    assert condition(statement) == "until the gates are opened"


@pytest.mark.parametrize(
    "text",
    [
        'Kirin said Norland hoped for a truce and "miners and owners at one table, and if they '
        "don't come, then there will be penalties.\"",
        "\"We hope for miners and owners at one table and if they don't come then there will be "
        'penalties," Kirin said.',
    ],
)
def test_a_threat_keeps_its_condition_behind_a_wish(text: str) -> None:
    found = [s for s in told(text) if (condition(s) or "").startswith("if they don't")]
    assert [s.act for s in found] == ["threaten"]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Unless there is a deal by midnight she will dissolve parliament, a minister said.",
            "Unless there is a deal by midnight",
        ),
        (
            "Unless there is a deal by midnight she will dissolve parliament, according to Dorva.",
            "Unless there is a deal by midnight",
        ),
        (
            "Dorva made clear that she would not touch that rule, but agreed to meet Kirin in Kelm "
            "provided that he came alone.",
            "provided that he came alone",
        ),
    ],
)
def test_a_condition_ends_before_its_main_clause_and_hangs_on_the_nearest(
    text: str, condition: str
) -> None:
    found = [s for s in told(text) if s.condition is not None]
    assert [s.condition.quote for s in found if s.condition] == [condition]
    assert "touch" not in found[0].content[0].quote

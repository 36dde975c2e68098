"""Whom a statement is said to: in its own clause, in the exchange, in what is quoted."""

from __future__ import annotations

import pytest
from tests.annotate.stating import holding, told

from onrecord.records import StatementCandidate


def _to(statement: StatementCandidate) -> str | None:
    """The words that name the addressee."""
    whom = statement.addressee
    return whom.citation.quote if whom is not None and whom.citation is not None else None


@pytest.mark.parametrize(
    ("text", "words", "addressee"),
    [
        ("Dorva told parliament on Monday that the port would close.", "the port", "parliament"),
        ("Kirin wrote to the council, warning that it could fall.", "could fall", "the council"),
        ("The foreman promised him on Monday that the valve was new.", "the valve", "him"),
        ("The company offered the strikers a new contract.", "a new contract", "the strikers"),
        ("Kirin asked two of them to jump.", "to jump", "two of them"),
        ("Dorva had been promised by the minister that it would stay.", "would stay", "Dorva"),
        ("She informed Vesk that the talks were over.", "the talks", "Vesk"),
        ("Addressing a rally in Kelm, Dorva said the fee was dead.", "the fee", "a rally"),
        ("Dorva, addressing the chamber, said that the war was over.", "the war", "the chamber"),
        (
            "Testifying before a Senate committee, Kirin said he knew nothing.",
            "knew nothing",
            "a Senate committee",
        ),
        ("In an interview with Radio Kelm, Dorva said the fee was dead.", "the fee", "Radio Kelm"),
        (
            "Dorva, in a letter to the council, denies any threat, and says the files were burned.",
            "the files",
            "the council",
        ),
        (
            "A letter to the weavers says that pensions will be paid.",
            "pensions",
            "the weavers",
        ),
        (
            "Dorva said in reply to a question from Mira Tolk that it was late.",
            "it was late",
            "Mira Tolk",
        ),
        ("Pressed by Mira Tolk, Dorva denied that a cable was lost.", "a cable", "Mira Tolk"),
        (
            "Kirin offered to show him the list, if he left his camera outside.",
            "to show",
            "him",
        ),
    ],
)
def test_addressee_of_the_clause(text: str, words: str, addressee: str) -> None:
    assert _to(holding(text, words)) == addressee


@pytest.mark.parametrize(
    "text",
    [
        "Dorva said that the port would close.",
        "She warned that tank six could burn.",
        "She calls it a gift to herself.",
        "Kirin offered to forget the matter.",
        '"Norland, the largest of them, will sign," Dorva said.',
        '"The minister, Mira Tolk, has lied," Dorva said.',
    ],
)
def test_no_addressee_is_guessed(text: str) -> None:
    assert [_to(s) for s in told(text)] == [None]


def test_a_question_and_its_answer_are_said_to_one_another() -> None:
    text = '"Will you stand again?" a reporter asked. "I have not decided," Kirin answered.'
    assert _to(holding(text, "stand again")) == "Kirin"
    assert _to(holding(text, "decided")) == "a reporter"


def test_whoever_is_answered_may_stand_in_the_sentence_before() -> None:
    text = "Mr Tolk offered to resign. Ms Dorva replied that she would not accept it."
    assert _to(holding(text, "would not accept")) == "Mr Tolk"


def test_an_answer_over_a_paragraph_needs_more_than_nearness() -> None:
    text = "Kirin said the dam was safe.\n\nThe president of the league, Ana Dorva, replied that it was late."
    assert _to(holding(text, "it was late")) is None


def test_you_goes_on_being_who_was_spoken_to() -> None:
    text = 'Dorva told the nurses that pay would rise. "You have waited long enough," she said.'
    assert _to(holding(text, "You have waited")) == "the nurses"


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ('"Mr Speaker, the house has been misled," Dorva said.', "Mr Speaker"),
        ('"We have waited long enough, Minister," Dorva said.', "Minister"),
        ('"Friends, the strike is over," Dorva said.', "Friends"),
    ],
)
def test_a_quotation_calls_its_hearer(text: str, addressee: str) -> None:
    assert [_to(s) for s in told(text)] == [addressee]


def test_turns_of_a_transcript() -> None:
    text = "REPORTER: Has he been recalled?\n\nDORVA: He has not been recalled."
    assert _to(holding(text, "Has he")) == "DORVA"
    assert _to(holding(text, "has not been")) == "REPORTER"


def test_what_a_letter_says_is_said_to_whom_it_was_sent() -> None:
    text = (
        "Forty parents have sent a letter to the minister. The letter asks for a bus. "
        "It proposes that a driver be hired."
    )
    assert _to(holding(text, "a driver")) == "the minister"
    two = text + " Another letter to the council was returned."
    assert _to(holding(two, "a driver")) is None


@pytest.mark.parametrize(
    ("text", "words", "via"),
    [
        ("Reuters reported that Kirin had promised to leave.", "to leave", ("Reuters",)),
        (
            "The Kelm Gazette reported that Kirin had promised to leave.",
            "to leave",
            ("Kelm Gazette",),
        ),
        ("Kirin has promised to leave, the Kelm Gazette reported.", "to leave", ("Kelm Gazette",)),
        ("Dorva told Radio Kelm that the talks had failed.", "the talks", ("Radio Kelm",)),
        ("Dorva told 4KB radio that the talks had failed.", "the talks", ("4KB radio",)),
        ("Dorva told the council that the talks had failed.", "the talks", ()),
        (
            "According to minutes seen by the Kelm Gazette, the port is shut.",
            "the port",
            ("Kelm Gazette",),
        ),
    ],
)
def test_outlets_that_heard_or_carried_it(text: str, words: str, via: tuple[str, ...]) -> None:
    statement = holding(text, words)
    assert statement.via == via
    assert statement.within is None


def test_what_the_speaker_once_told_others_is_within() -> None:
    text = '"I told her nobody was coming in," Kirin said. "She promised to pay us by May."'
    whole = next(s for s in told(text) if s.within is None)
    once, promise = holding(text, "nobody was coming"), holding(text, "to pay us")
    assert once.within == promise.within == whole.id
    assert _to(once) == "her"


def test_a_saying_set_in_commas_has_all_that_is_said() -> None:
    text = "She refused to play, friends say, but agreed to watch the match."
    whole = next(s for s in told(text) if s.within is None)
    assert [c.quote for c in whole.content] == [
        "She refused to play",
        "but agreed to watch the match",
    ]
    assert {s.within for s in told(text)} == {None, whole.id}


def test_what_is_only_supposed_is_nobodys_statement() -> None:
    text = '"If the union agrees to sign, we will open the gate," Dorva said.'
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            '"It is over. We have nothing to say to them." He left. "They have left," Dorva said.',
            ['"It is over. We have nothing to say to them."', '"They have left,"'],
        ),
        (
            '"If they come, we will talk," said Dorva, and "if they stay away, we will wait."',
            ['"If they come, we will talk,"', '"if they stay away, we will wait."'],
        ),
        (
            'He shook his head. "Nobody asked us about it." He looked away.',
            ['"Nobody asked us about it."'],
        ),
    ],
)
def test_quotations_beside_the_words_that_tell_whose_they_are(
    text: str, contents: list[str]
) -> None:
    (statement,) = told(text)
    assert [c.quote for c in statement.content] == contents
    assert statement.speaker is not None


def test_words_in_marks_that_nobody_speaks_are_no_statement() -> None:
    assert told('Kirin stopped at the gate. "Always open" is the motto of the port.') == ()


def test_a_place_in_capitals_before_a_colon_speaks_to_nobody() -> None:
    text = "KELM: The mayor told reporters that the dam was safe."
    assert [s.speaker.name for s in told(text) if s.speaker] == ["The mayor"]


def test_what_a_speaker_only_says_again_is_no_second_statement() -> None:
    assert len(told('"I must tell you that we are late," Dorva said.')) == 1


def test_a_past_tense_behind_an_order_is_the_one_who_orders() -> None:
    text = "Kirin ordered the troops to leave and told parliament that the war was over."
    order, report = holding(text, "to leave"), holding(text, "the war was over")
    assert "parliament" not in " ".join(c.quote for c in order.content)
    assert report.within is None
    assert report.speaker is not None and report.speaker.name == "Kirin"
    assert _to(report) == "parliament"


def test_she_who_was_asked_answers() -> None:
    text = '"Why was it shut?" Kirin asked her. "Nobody paid for it," she said.'
    assert _to(holding(text, "Nobody paid")) == "Kirin"

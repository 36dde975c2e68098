"""Who said what to whom, under which condition: sentences of our own through the real parser."""

from __future__ import annotations

import functools
import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.annotate import sentences, statements
from onrecord.annotate.tagger import load_tagger
from onrecord.gazetteer import load_gazetteer, load_outlets
from onrecord.records import (
    Block,
    DateCandidate,
    Mention,
    Sentence,
    StatementCandidate,
    Version,
)
from onrecord.run.resources import load_nlp
from onrecord.stage import Group
from onrecord.text.citing import cite


def version_of(text: str, kinds: str = "") -> Version:
    names = {"t": "title", "p": "paragraph", "q": "quote"}
    blocks, start = [], 0
    for i, piece in enumerate(text.split("\n\n")):
        end = start + len(piece)
        kind = names[kinds[i]] if kinds else "paragraph"
        blocks.append(Block(kind=kind, start=start, end=end, capture_start=start, capture_end=end))
        start = end + 2
    return Version(
        id="ver-1",
        article_id="art-1",
        capture_id="cap-1",
        number=1,
        seen_at=None,
        text=text,
        blocks=tuple(b for b in blocks if b.start < b.end),
        left_out=(),
        segments=tuple((b.start, b.end, b.start, b.end) for b in blocks if b.start < b.end),
        language="en",
        decoder="utf-8",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def parsed(version: Version) -> tuple[Sentence, ...]:
    group = Group({Version: (version,)})
    return tuple(sentences.work(group, sentences.Options(), {"nlp": load_nlp()}))


@functools.cache
def said(text: str, kinds: str = "") -> tuple[StatementCandidate, ...]:
    version = version_of(text, kinds)
    return work(version, parsed(version))


def work(
    version: Version,
    parse: tuple[Sentence, ...],
    mentions: tuple[Mention, ...] = (),
    dates: tuple[DateCandidate, ...] = (),
) -> tuple[StatementCandidate, ...]:
    group = Group({Version: (version,), Sentence: parse, Mention: mentions, DateCandidate: dates})
    resources = {"outlets": load_outlets(), "gazetteer": load_gazetteer(), "tagger": load_tagger()}
    return tuple(statements.work(group, statements.Options(), resources))


def by_cue(text: str, word: str, kinds: str = "") -> StatementCandidate:
    found = [s for s in said(text, kinds) if s.cue is not None and word in s.cue.quote]
    assert len(found) == 1, [s.cue.quote if s.cue else None for s in said(text, kinds)]
    return found[0]


def content(statement: StatementCandidate) -> list[str]:
    return [c.quote for c in statement.content]


def speaker(statement: StatementCandidate) -> str | None:
    return statement.speaker.name if statement.speaker else None


# ------------------------------------------------------------------ who and what


@pytest.mark.parametrize(
    ("text", "cue", "who", "what"),
    [
        (
            "Dorva said the army had left the town.",
            "said",
            "Dorva",
            ["the army had left the town"],
        ),
        (
            "The army had left the town, the minister said.",
            "said",
            "the minister",
            ["The army had left the town"],
        ),
        (
            '"We will not leave," said Pavel Kirin, the mayor of Kelm.',
            "said",
            "Pavel Kirin",
            ['"We will not leave,"'],
        ),
        (
            '"The bridge is ours," Kirin told the Daily Herald, "and nobody will take it."',
            "told",
            "Kirin",
            ['"The bridge is ours,"', '"and nobody will take it."'],
        ),
        (
            "According to the mayor, eleven people were hurt.",
            "According to",
            "the mayor",
            ["eleven people were hurt"],
        ),
        (
            "Talks would resume, the envoy added, when the siege was over.",
            "added",
            "the envoy",
            ["Talks would resume", "when the siege was over"],
        ),
        (
            "Her promise that taxes would fall was not kept.",
            "promise",
            "Her",
            ["that taxes would fall"],
        ),
        (
            "Orlan called for an inquiry into the fire.",
            "called for",
            "Orlan",
            ["an inquiry into the fire"],
        ),
        (
            "Dorva was accused by Kirin of hiding the report.",
            "accused",
            "Kirin",
            ["Dorva", "of hiding the report"],
        ),
        (
            "Talks ended without a deal, with the Norlanders vowing to retaliate.",
            "vowing",
            "the Norlanders",
            ["to retaliate"],
        ),
        (
            "Norland's leaders issued a statement condemning the raid.",
            "condemning",
            "Norland's leaders",
            ["the raid"],
        ),
        (
            "Kirin met Ana Dorva, who said the dam was safe.",
            "said",
            "Ana Dorva",
            ["the dam was safe"],
        ),
    ],
)
def test_speaker_and_content(text: str, cue: str, who: str, what: list[str]) -> None:
    statement = by_cue(text, cue)
    assert speaker(statement) == who
    assert content(statement) == what


def test_but_made_clear_is_a_second_statement_of_the_same_speaker() -> None:
    text = "Dorva said the army had no plans to cross the river but made clear that the cabinet would accept the result."
    first, second = by_cue(text, "said"), by_cue(text, "clear")
    assert content(first) == ["the army had no plans to cross the river"]
    assert content(second) == ["that the cabinet would accept the result"]
    assert speaker(first) == speaker(second) == "Dorva"
    assert first.within is None
    assert second.within is None


def test_adding_belongs_to_who_spoke_before() -> None:
    text = '"We need a treaty," he said, adding that he understood the union was open to it.'
    added = by_cue(text, "adding")
    assert speaker(added) == "he"
    assert added.within is None
    assert by_cue(text, "understood").within == added.id


def test_statement_told_by_another_is_within_it() -> None:
    text = "Kirin said that Dorva told him that the dam would hold."
    outer, inner = by_cue(text, "said"), by_cue(text, "told")
    assert inner.within == outer.id
    assert outer.within is None
    assert content(outer) == ["that Dorva told him that the dam would hold"]
    assert content(inner) == ["that the dam would hold"]
    assert inner.addressee is not None
    assert inner.addressee.name == "him"


def test_agency_that_reports_a_statement_is_its_way_not_its_speaker() -> None:
    text = "The bank would stay closed on Monday, a senior official said, Reuters reported."
    (statement,) = said(text)
    assert speaker(statement) == "a senior official"
    assert statement.via == ("Reuters",)
    assert content(statement) == ["The bank would stay closed on Monday"]


def test_agency_that_reports_a_fact_speaks_for_itself() -> None:
    statement = by_cue("Twelve people were killed in the mine, Reuters reported.", "reported")
    assert speaker(statement) == "Reuters"
    assert statement.via == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Dorva told reporters in Kelm that the strait was open.", "reporters"),
        ("Dorva warned Vesk that the strait would close.", "Vesk"),
        ("Orlan urged Vesk to free the sailors.", "Vesk"),
        ('"We stay," the minister told the BBC.', "the BBC"),
        ("Kirin replied to the envoy that he knew nothing.", "the envoy"),
        ("Vesk threatened Norland with war.", "Norland"),
    ],
)
def test_addressee(text: str, who: str) -> None:
    statement = said(text)[0]
    assert statement.addressee is not None
    assert statement.addressee.name == who


def test_nobody_addressed_is_null() -> None:
    assert by_cue("Dorva told the truth and said the dam was safe.", "said").addressee is None


# ------------------------------------------------------------------ quotations over sentences


def test_quotation_is_whole_over_sentence_ends() -> None:
    text = '"We came late. We saw nothing. It was dark," Kirin said. "We went home."'
    (statement,) = said(text)
    assert content(statement) == ['"We came late. We saw nothing. It was dark,"', '"We went home."']
    assert statement.manner == "direct"


def test_quotation_over_paragraphs_is_one_statement() -> None:
    text = '"The dam is old.\n\n"It has to be rebuilt," Kirin said.'
    (statement,) = said(text)
    assert content(statement) == ['"The dam is old', '"It has to be rebuilt,"']


def test_quotation_paragraph_without_a_cue_goes_on() -> None:
    text = '"The dam is old," Kirin told reporters.\n\n"I think it has to be rebuilt. It will cost us."\n\nThe town has two dams.'
    top = [s for s in said(text) if s.within is None]
    assert len(top) == 1
    assert content(top[0])[-1] == '"I think it has to be rebuilt. It will cost us."'


def test_quotation_behind_narration_is_nobodys() -> None:
    text = 'Kirin said the dam was old.\n\nThe town has two dams.\n\n"They were built long ago by hand."'
    assert [content(s) for s in said(text)] == [["the dam was old"]]


def test_quotation_does_not_go_on_from_a_headline() -> None:
    text = 'Kirin says "no"\n\n"The dam is old and we know it."\n\nThe town has two dams.'
    assert all("dam is old" not in c for s in said(text, "tpp") for c in content(s))


def test_set_off_passage_behind_a_colon_is_the_content() -> None:
    text = "The union wrote on Tuesday:\n\nThe dam must be rebuilt before winter.\n\nThe town has two dams."
    statement = by_cue(text, "wrote", "pqp")
    assert content(statement) == ["The dam must be rebuilt before winter"]


def test_named_line_is_a_statement_but_a_topic_is_none() -> None:
    (spoken,) = said('Angela Dorva: "The canal stays open."', "t")
    assert speaker(spoken) == "Angela Dorva"
    assert content(spoken) == ['"The canal stays open."']
    assert said("Canal crisis: two ships leave port", "t") == ()


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ('"It is over," she said.', "direct"),
        ('She said the plan was "dead on arrival" in Kelm.', "mixed"),
        ("She said the plan was dead.", "indirect"),
    ],
)
def test_manner(text: str, manner: str) -> None:
    assert said(text)[0].manner == manner


# ------------------------------------------------------------------ look-alikes


@pytest.mark.parametrize(
    "text",
    [
        "The treaty is old, that is to say out of use.",
        "The Washington Post building burned down on Tuesday.",
        "Needless to say, the bridge was closed.",
        "Dorva never said that the bridge was safe.",
        "The minister did not threaten to close the strait.",
        "The browser does not support the video.",
        "Soldiers attacked the village at dawn.",
    ],
)
def test_no_statement(text: str) -> None:
    assert said(text) == ()


# ------------------------------------------------------------------ acts, polarity, modality


@pytest.mark.parametrize(
    ("text", "cue", "act", "polarity"),
    [
        ("Dorva said the strait was open.", "said", "assert", "positive"),
        ("Dorva said the strait was not open.", "said", "assert", "negative"),
        ("Dorva denied that she had met the envoy.", "denied", "deny", "negative"),
        ("Dorva said the army had no plans to invade Vesk.", "said", "deny", "negative"),
        (
            "Orlan did not threaten Vesk with any tariffs, the minister said.",
            "said",
            "deny",
            "negative",
        ),
        ("Norland threatened to cut the gas supply.", "threatened", "threaten", "positive"),
        ("Norland vowed to retaliate against Vesk.", "vowed", "threaten", "positive"),
        ("Norland vowed to help the farmers.", "vowed", "promise", "positive"),
        ("Norland promised not to attack the ports.", "promised", "promise", "negative"),
        ("Vesk is ready to impose tariffs.", "ready", "threaten", "positive"),
        ("Vesk is ready to help the sailors.", "ready", "offer", "positive"),
        ('"There will be consequences," Dorva said.', "said", "threaten", "positive"),
        (
            '"There will be consequences and we do not say that as a threat," Dorva said.',
            "said",
            "warn",
            "positive",
        ),
        ("Dorva said there would be no consequences.", "said", "assert", "negative"),
        ("Dorva warned that the dam was weak.", "warned", "warn", "positive"),
        ("Dorva warned Vesk that it will face sanctions.", "warned", "threaten", "positive"),
        ("Dorva insisted that the dam was safe.", "insisted", "assert", "positive"),
        ("Dorva demanded that Vesk withdraw.", "demanded", "demand", "positive"),
        ("Dorva refused to sign the accord.", "refused", "refuse", "negative"),
        ("Norland offered to pay for the damage.", "offered", "offer", "positive"),
        ("Kirin agreed to meet Dorva.", "agreed", "agree", "positive"),
        ('"Will they come back?" Kirin asked.', "asked", "ask", "positive"),
        ("Dorva proposed that both sides withdraw.", "proposed", "propose", "positive"),
        ("Kirin praised the nurses for their courage.", "praised", "praise", "positive"),
        ("Kirin condemned the raid.", "condemned", "condemn", "positive"),
        ("Kirin does not believe that the dam is safe.", "believe", "assert", "negative"),
        ("Dorva said nobody had crossed the river.", "said", "assert", "negative"),
        (
            "Dorva said she was convinced that the sailors do not want war.",
            "said",
            "assert",
            "negative",
        ),
    ],
)
def test_act_and_polarity(text: str, cue: str, act: str, polarity: str) -> None:
    statement = by_cue(text, cue)
    assert (statement.act, statement.polarity) == (act, polarity)


def test_denied_threat_leaves_no_threat() -> None:
    text = "Orlan did not threaten Vesk with any tariffs over the canal, the minister said."
    assert [(s.act, s.polarity, speaker(s)) for s in said(text)] == [
        ("deny", "negative", "the minister")
    ]


def test_denied_saying_is_the_denial_alone() -> None:
    text = "The minister denied threatening Norland with sanctions."
    assert [(s.act, s.polarity) for s in said(text)] == [("deny", "negative")]


@pytest.mark.parametrize(
    ("text", "cue", "modality"),
    [
        ("Dorva said the strait was open.", "said", "asserted"),
        ("Dorva said the strait would open in May.", "said", "planned"),
        ("Dorva said the strait might open.", "said", "possible"),
        ("Dorva said the strait must open.", "said", "required"),
        ('"It would be a mistake," Dorva said.', "said", "hypothetical"),
        ("Dorva may say that the border is closed.", "may say", "possible"),
        ("Dorva will tell Vesk that the border is closed.", "will tell", "planned"),
        ("Orlan urged Vesk to free the sailors.", "urged", "required"),
        ("It is unclear whether Dorva agreed to the plan.", "agreed", "hypothetical"),
        ("Did Dorva say that the dam was safe?", "say", "hypothetical"),
        ("If Dorva says the bridge is safe, people will use it.", "says", "hypothetical"),
    ],
)
def test_modality(text: str, cue: str, modality: str) -> None:
    assert by_cue(text, cue).modality == modality


# ------------------------------------------------------------------ conditions


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Dorva warned Vesk that the union will impose sanctions as soon as Monday if the vote goes ahead.",
            "if the vote goes ahead",
        ),
        ("If the vote goes ahead, ties will suffer, Dorva said.", "If the vote goes ahead"),
        (
            "Norland promised to help the farmers as long as the truce holds.",
            "as long as the truce holds",
        ),
        (
            "Vesk is ready to impose tariffs unless the ships withdraw.",
            "unless the ships withdraw",
        ),
        (
            "Should Vesk cross the river, Norland would respond with force, Dorva said.",
            "Should Vesk cross the river",
        ),
        ('"If you leave," Kirin said, "we will close the port."', "If you leave"),
        (
            "Dorva said troops were ready in case the dam should burst.",
            "in case the dam should burst",
        ),
        (
            "Norland offered to pay for the damage, provided that the ships leave.",
            "provided that the ships leave",
        ),
    ],
)
def test_condition_is_kept(text: str, condition: str) -> None:
    found = [s.condition.quote if s.condition else None for s in said(text)]
    assert found == [condition]


@pytest.mark.parametrize(
    "text",
    [
        "Dorva asked Kirin if the dam was safe.",
        "Dorva said the dam looked as if it would break.",
        "Dorva spoke on condition of anonymity and said the dam was weak.",
        "Dorva said the dam would hold.",
    ],
)
def test_no_condition(text: str) -> None:
    assert all(s.condition is None for s in said(text))


# ------------------------------------------------------------------ when, where, which mention


def date(version: Version, words: str, sentence: int = 0) -> DateCandidate:
    start = version.text.index(words)
    return DateCandidate(
        id=f"dac-{start}",
        version_id=version.id,
        article_id=version.article_id,
        sentence=sentence,
        type="DATE",
        value=None,
        direction=None,
        anchored=False,
        basis="a test's own",
        citation=cite(version, start, start + len(words)),
    )


def dated(text: str, *words: str) -> tuple[StatementCandidate, ...]:
    version = version_of(text)
    return work(version, parsed(version), dates=tuple(date(version, w) for w in words))


def test_date_beside_the_cue_dates_the_saying() -> None:
    text = "Dorva told reporters on Friday that the ships would leave on Sunday."
    (statement,) = dated(text, "Friday", "Sunday")
    assert statement.said_date == f"dac-{text.index('Friday')}"
    assert "Friday" in (statement.said_basis or "")


def test_date_between_cue_and_content_dates_the_saying() -> None:
    (statement,) = dated("Norland said on Monday it would lift the tariffs.", "Monday")
    assert statement.said_date is not None
    assert content(statement) == ["it would lift the tariffs"]


def test_date_of_what_is_said_does_not() -> None:
    (statement,) = dated("Dorva said the ships would leave on Sunday.", "Sunday")
    assert statement.said_date is None


def test_place_of_saying() -> None:
    assert [
        s.place.name if s.place else None
        for s in said("Dorva told reporters in Paris that the deal was dead.")
    ] == ["Paris"]
    assert [s.place for s in said("Dorva said the ships were in Paris.")] == [None]


def mention(version: Version, words: str, name: str) -> Mention:
    start = version.text.index(words)
    return Mention(
        id=f"men-{start}",
        version_id=version.id,
        article_id=version.article_id,
        start=start,
        end=start + len(words),
        chain=f"men-{start}",
        name=name,
        kind="person",
        role="name",
        sentence=0,
        citation=cite(version, start, start + len(words)),
    )


def test_speaker_leads_to_its_mention() -> None:
    version = version_of("The mayor, Pavel Kirin, met Ana Dorva, who said the dam was safe.")
    dorva, kirin = (
        mention(version, "Ana Dorva", "Ana Dorva"),
        mention(version, "Pavel Kirin", "Pavel Kirin"),
    )
    (statement,) = work(version, parsed(version), mentions=(dorva, kirin))
    assert statement.speaker is not None
    assert statement.speaker.mention_id == dorva.id
    assert statement.speaker.citation is not None
    assert statement.speaker.citation.quote == "who"


def test_several_speakers_are_not_the_first_of_them() -> None:
    version = version_of("Norland and Vesk said the strait was open.")
    (statement,) = work(
        version, parsed(version), mentions=(mention(version, "Norland", "Norland"),)
    )
    assert statement.speaker is not None
    assert statement.speaker.mention_id is None
    assert statement.speaker.name == "Norland and Vesk"


# ------------------------------------------------------------------ for any text


WORDS = st.sampled_from(
    "\" “ ” ' , . : ? - said says warned Kirin Dorva he who that if not will to threaten the dam "
    "according promise was told by in view of adding but unless should it Reuters reported \n\n".split(
        " "
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_any_text_gives_resolvable_statements(words: list[str]) -> None:
    text = "\n\n".join(p for p in (" ".join(p.split()) for p in " ".join(words).split("\n\n")) if p)
    version = version_of(text)
    found = work(version, parsed(version))
    ids = {s.id for s in found}
    assert len(ids) == len(found)
    for statement in found:
        assert statement.content
        assert statement.within is None or statement.within in ids
        assert statement.within != statement.id
        for citation in (statement.citation, *statement.content):
            assert citation.quote == text[citation.start : citation.end]
            assert citation.quote.strip() == citation.quote


def test_empty_version_has_no_statements() -> None:
    assert said("") == ()

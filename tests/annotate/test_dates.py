"""Time expressions: what is one, what it means, and which day a sentence's tense makes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import dates, sentences
from onrecord.annotate.date_grammar import scan
from onrecord.annotate.date_rules import duration_value, rules
from onrecord.annotate.date_values import Context, Weekday, evaluate
from onrecord.annotate.date_words import tokens
from onrecord.records import Article, Block, Bounds, DateCandidate, Dateline, Sentence, Version
from onrecord.run.resources import load_nlp
from onrecord.stage import Group

FRIDAY = "2031-05-02"


def version_of(text: str, kind: str = "paragraph") -> Version:
    block = Block(kind=kind, start=0, end=len(text), capture_start=0, capture_end=len(text))
    return Version(
        id="ver-1",
        article_id="art-1",
        capture_id="cap-1",
        number=1,
        seen_at=None,
        text=text,
        blocks=(block,) if text else (),
        left_out=(),
        segments=((0, len(text), 0, len(text)),),
        language="en",
        decoder="utf-8",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def article_of(
    earliest: str | None, latest: str | None = None, dateline: str | None = None
) -> Article:
    return Article(
        id="art-1",
        path="kellport.txt",
        url=None,
        outlet="Kellport Courier",
        title=None,
        bylines=(),
        dateline=Dateline(date=dateline),
        credits=(),
        published=Bounds(earliest=earliest, latest=latest or earliest),
        language="en",
        tags=(),
        announced_versions=None,
        versions=("ver-1",),
        evidence={},
    )


def read(
    text: str,
    published: str | None = FRIDAY,
    *,
    kind: str = "paragraph",
    dateline: str | None = None,
) -> list[DateCandidate]:
    """The candidates of a text of one block, with the real parse."""
    version = version_of(text, kind)
    parsed: tuple[Sentence, ...] = tuple(
        sentences.work(Group({Version: (version,)}), sentences.Options(), {"nlp": load_nlp()})
    )
    article = article_of(published, dateline=dateline)
    group = Group({Version: (version,), Sentence: parsed, Article: (article,)})
    return list(dates.work(group, dates.Options(), {}))


def found(text: str, anchor: str | None = FRIDAY) -> list[tuple[str, str, str | None]]:
    """(words, type, value) by the grammar alone, without a parse."""
    context = Context(date.fromisoformat(anchor) if anchor else None)
    values = []
    for one in scan(tokens(text, 0, len(text)), rules()):
        value = evaluate(one.meaning, context)
        values.append((text[one.start : one.end], value.type, value.value))
    return values


# ------------------------------------------------------------------------------- which weekday


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The premier of Lorvania looks set to survive a confidence vote on Tuesday.", "2031-05-06"),
        ("Envoys met on Friday in Brackwater but made no headway.", "2031-05-02"),
        ("The two sides will meet on Friday before dusk, a spokeswoman said.", "2031-05-02"),
        ("The bloc will impose tariffs as soon as Monday if the vote goes ahead.", "2031-05-05"),
        ("He would decide nothing until after the plebiscite on Sunday, the envoy said.", "2031-05-04"),
        ("Lorvania is holding a historic vote Sunday.", "2031-05-04"),
        ("Authorities have organised a referendum for Sunday in the valley.", "2031-05-04"),
        ("At a council meeting Thursday, both governments said they did not want war.", "2031-05-01"),
        ("Addressing Thursday's emergency session, the premier urged restraint.", "2031-05-01"),
        ("They will mourn the victims of Wednesday's blast.", "2031-04-30"),
        ("The company has until Wednesday to respond.", "2031-05-07"),
        ("Rebels have given the garrison until Sunday to surrender.", "2031-05-04"),
        ("The bank did not open until Wednesday.", "2031-04-30"),
        ("The truce has held since Tuesday.", "2031-04-29"),
        ("Protesters plan to march on the palace on Saturday.", "2031-05-03"),
        ("The dam began to leak on Tuesday.", "2031-04-29"),
        ("Officials could not be reached for comment Thursday.", "2031-05-01"),
        ("The king may have visited the camp on Sunday.", "2031-04-27"),
        ("The king may visit the camp on Sunday.", "2031-05-04"),
        ("By Wednesday, the fire had reached the suburbs.", "2031-04-30"),
        ("If the bill is not signed by Monday, the government shuts down.", "2031-05-05"),
        ("He told parliament on Tuesday he would resign.", "2031-04-29"),
        ("The hearing was postponed to Tuesday.", "2031-05-06"),
        ("Ahead of Monday's deadline, ministers were still apart.", "2031-05-05"),
        ("The inquiry, published Tuesday, blames the pilot.", "2031-04-29"),
        ("The inquiry opens on Monday week, the ministry said.", "2031-05-12"),
        ("There will be no trains on Sunday.", "2031-05-04"),
    ],
)  # fmt: skip
def test_the_sentence_decides_which_weekday_is_meant(sentence: str, day: str) -> None:
    (candidate,) = (c for c in read(sentence) if c.type == "DATE")
    assert candidate.value == day
    if candidate.weekday is not None:
        assert candidate.direction in ("before", "after")


def test_two_weekdays_of_one_sentence_may_point_both_ways() -> None:
    first, second = read("A minister said on Thursday the ports would reopen on Saturday.")
    assert (first.value, first.direction) == ("2031-05-01", "before")
    assert (second.value, second.direction) == ("2031-05-03", "after")
    assert "said" in first.basis
    assert "would reopen" in second.basis


@pytest.mark.parametrize(
    "sentence",
    [
        "Diplomats rejected Sunday's referendum as illegal.",
        "The government said Sunday's referendum was unlawful.",
    ],
)
def test_a_fixed_event_that_no_verb_places_stays_open(sentence: str) -> None:
    (candidate,) = read(sentence)
    assert candidate.value == "XXXX-WXX-7"
    assert candidate.direction is None
    assert candidate.about == ("referendum",)
    assert "does not" in candidate.basis


def test_next_before_a_weekday_of_this_week_is_not_guessed() -> None:
    assert found("They vote next Sunday.")[0][2] == "XXXX-WXX-7"
    assert found("They vote next Tuesday.")[0][2] == "2031-05-06"


def test_any_such_weekday_is_no_day() -> None:
    (candidate,) = read("He was born on a Tuesday.")
    assert candidate.value == "XXXX-WXX-2"
    assert candidate.basis.startswith("no particular day")


def test_a_headline_in_the_present_tense_does_not_point() -> None:
    (headline,) = read("Police arrest three sailors on Tuesday", kind="title")
    assert headline.direction is None
    (plan,) = read("Kellport to vote on Sunday", kind="title")
    assert plan.value == "2031-05-04"


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_within_six_days_on_its_side(anchor: date, day: int) -> None:
    for way, sign in (("before", -1), ("after", 1)):
        value = evaluate(Weekday(day), Context(anchor, way)).value
        assert value is not None
        got = date.fromisoformat(value)
        assert got.weekday() == day
        assert 0 <= sign * (got - anchor).days <= 6


# ------------------------------------------------------------------------------- what it counts from


def test_without_a_publication_date_a_weekday_is_not_placed() -> None:
    (candidate,) = read("Envoys met in Brackwater on Sunday night.", None)
    assert (candidate.type, candidate.value) == ("TIME", "XXXX-WXX-7TNI")
    assert not candidate.anchored
    assert candidate.direction == "before"
    assert candidate.basis.startswith("publication date unknown")


def test_the_dateline_is_the_second_choice() -> None:
    (candidate,) = read("Envoys met on Sunday.", None, dateline="2031-05-02")
    assert candidate.value == "2031-04-27"
    assert "dateline" in candidate.basis


def test_a_publication_between_two_days_is_no_anchor() -> None:
    assert dates.anchor_of(article_of("2031-05-01", "2031-05-03")).day is None


def test_the_local_day_as_written_is_the_anchor() -> None:
    """Just after midnight far east of Greenwich it is still the day before in UTC."""
    (candidate,) = read("A tremor shook the port on Thursday.", "2031-05-02T00:40:00+11:00")
    assert candidate.value == "2031-05-01"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("She was elected on Feb. 22.", "2031-02-22"),
        ("The tariff was lifted on Nov. 20.", "2030-11-20"),
        ("The summit will open on 4 January.", "2032-01-04"),
        ("The ban was extended to May 20.", "2031-05-20"),
        ("The upcoming May 4 referendum divides the island.", "2031-05-04"),
    ],
)
def test_a_day_without_its_year_is_the_near_one(sentence: str, value: str) -> None:
    (candidate,) = read(sentence)
    assert candidate.value == value


# ------------------------------------------------------------------------------- the grammar


@pytest.mark.parametrize(
    ("words", "type_", "value"),
    [
        ("May 2, 2031", "DATE", "2031-05-02"),
        ("2 May 2031", "DATE", "2031-05-02"),
        ("Friday, 2 May 2031", "DATE", "2031-05-02"),
        ("2-5-2031", "DATE", "2031-XX-XX"),
        ("14-5-2031", "DATE", "2031-05-14"),
        ("2031-05-02", "DATE", "2031-05-02"),
        ("June 2031", "DATE", "2031-06"),
        ("June last year", "DATE", "2030-06"),
        ("last December", "DATE", "2030-12"),
        ("nineteen ninety-seven", "DATE", "1997"),
        ("the early 1990s", "DATE", "199"),
        ("the '80s", "DATE", "198"),
        ("the 19th century", "DATE", "18"),
        ("last week", "DATE", "2031-W17"),
        ("two weeks ago", "DATE", "2031-W16"),
        ("five months ago", "DATE", "2030-12"),
        ("earlier this year", "DATE", "2031"),
        ("early next year", "DATE", "2032"),
        ("the day before yesterday", "DATE", "2031-04-30"),
        ("the day after tomorrow", "DATE", "2031-05-04"),
        ("this morning", "TIME", "2031-05-02TMO"),
        ("last night", "TIME", "2031-05-01TNI"),
        ("10 p.m. yesterday", "TIME", "2031-05-01T22:00"),
        ("the second quarter of 2030", "DATE", "2030-Q2"),
        ("the first half of 2030", "DATE", "2030-H1"),
        ("fiscal 2030", "DATE", "2030"),
        ("last autumn", "DATE", "2030-FA"),
        ("the winter of 2030", "DATE", "2030-WI"),
        ("Christmas Eve", "DATE", "2030-12-24"),
        ("six hours", "DURATION", "PT6H"),
        ("more than three hours", "DURATION", "PT3H"),
        ("less than two weeks", "DURATION", "P2W"),
        ("half an hour", "DURATION", "PT30M"),
        ("an hour and a half", "DURATION", "PT1H30M"),
        ("2 1/2 years", "DURATION", "P2Y6M"),
        ("two decades", "DURATION", "P20Y"),
        ("twenty-four hours", "DURATION", "PT24H"),
        ("several months", "DURATION", "PXM"),
        ("40-year-old", "DURATION", "P40Y"),
        ("the past two years", "DURATION", "P2Y"),
        ("every Monday", "SET", "XXXX-WXX-1"),
        ("Sundays", "SET", "XXXX-WXX-7"),
        ("twice a week", "SET", "P1W"),
        ("the coming days", "DATE", "FUTURE_REF"),
        ("now", "DATE", "PRESENT_REF"),
        ("recently", "DATE", "PAST_REF"),
    ],
)
def test_an_expression_and_its_value(words: str, type_: str, value: str) -> None:
    assert found(f"They spoke of {words} there.") == [(words, type_, value)]


def test_a_rate_is_a_set_and_a_stay_is_a_duration() -> None:
    assert found("It costs $5 a year.")[0][1:] == ("SET", "P1Y")
    assert found("She stayed a year.")[0][1:] == ("DURATION", "P1Y")


def test_a_preposition_is_no_part_of_an_expression() -> None:
    assert [w for w, *_ in found("after following six hours of talks on May 2")] == [
        "six hours",
        "May 2",
    ]


def test_what_the_text_spoke_of_is_counted_from() -> None:
    candidates = read("On April 3, 2029 he left; the following day he was back.")
    assert [c.value for c in candidates] == ["2029-04-03", "2029-04-04"]
    (lost,) = read("The following day he was back.")
    assert lost.value == "XXXX-XX-XX"
    assert not lost.anchored


def test_a_clock_time_belongs_to_the_day_beside_it_or_to_none() -> None:
    at, alone = read("The raid began at 10 p.m. on Thursday. It ended at 3 a.m. in the harbour.")
    assert at.value == "2031-05-01T22:00"
    assert alone.value == "XXXX-XX-XXT03:00"
    (zoned,) = read("He spoke at 14:00 GMT on Thursday.")
    assert zoned.value == "2031-05-01T14:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "The Sunday Ledger broke the story about G8 leaders.",
        "The March 9 Brigade marched past the customs house.",
        "Black Friday sales rose in Kellport.",
        "He may march, and they might fall.",
        "Some 2000 sailors signed the petition in room 2012.",
        "It won a quarter of the seats and a second chance.",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        ("3", "E", "P30Y"),
        ("1.5", "Y", "P1Y6M"),
        ("X", "D", "PXD"),
        ("2", "F", "P4W"),
        ("many", "D", None),
    ],
)
def test_duration_values(amount: str, unit: str, value: str | None) -> None:
    assert duration_value(amount, unit) == value


# ------------------------------------------------------------------------------- citations


def test_every_candidate_cites_its_words() -> None:
    text = "On May 4 they vote. Sunday's ballot follows six hours of talks last week."
    candidates = read(text)
    assert len(candidates) == 4
    for one in candidates:
        assert one.citation.start is not None and one.citation.end is not None
        assert text[one.citation.start : one.citation.end] == one.citation.quote
        assert one.basis
    assert len({c.id for c in candidates}) == 4


_WORDS: Sequence[str] = (
    "May 4 Sunday night last next the 2031 1990s two twenty four weeks ago year-old , . - of on at 10 p.m. "
    "every first third quarter half a an and few days later earlier Christmas $5 1/2 31 99 2031-02-30 14/3/2031"
).split()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
def test_any_heap_of_words_is_read_in_order_without_overlap(text: str) -> None:
    reached = 0
    for one in scan(tokens(text, 0, len(text)), rules()):
        assert reached <= one.start < one.end <= len(text)
        reached = one.end
        for anchor in (None, date(2031, 5, 2)):
            for way in (None, "before", "after"):
                value = evaluate(one.meaning, Context(anchor, way))
                assert value.type in ("DATE", "TIME", "DURATION", "SET")
                assert value.why


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for token in tokens(text, 0, len(text)):
        assert 0 <= token.start < token.end <= len(text)

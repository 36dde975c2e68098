"""Statements over the versions of one article: folded, with actors, days and nesting."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest
from tests.relate.making import article, version

from onrecord.records import (
    ActorLink,
    ActorLinks,
    Article,
    Bounds,
    DateExpression,
    Dateline,
    Holder,
    Record,
    Statement,
    StatementCandidate,
    Version,
)
from onrecord.relate import statements
from onrecord.stage import Group
from onrecord.text.citing import cite

TEXT = "Dam news\n\nDorva told Kirin on Friday that the dam will hold if it stays dry."


@dataclass(frozen=True)
class Parts:
    speaker: str = "Dorva"
    cue: str = "told"
    content: str = "that the dam will hold if it stays dry"
    condition: str | None = "if it stays dry"
    addressee: str | None = "Kirin"


def candidate(
    of: Version,
    parts: Parts | None = None,
    *,
    ident: str = "stc",
    within: str | None = None,
    said_date: str | None = None,
    modality: str = "planned",
    mention: str | None = None,
) -> StatementCandidate:
    parts = parts or Parts()

    def at(words: str) -> tuple[int, int]:
        start = of.text.index(words)
        return start, start + len(words)

    def holder(words: str, mention_id: str | None) -> Holder:
        return Holder(name=words, mention_id=mention_id, citation=cite(of, *at(words)))

    start, end = at(parts.speaker)[0], at(parts.content)[1]
    return StatementCandidate(
        id=f"{ident}-{of.number}",
        version_id=of.id,
        article_id=of.article_id,
        sentence=1,
        citation=cite(of, start, end),
        speaker=holder(parts.speaker, mention),
        cue=cite(of, *at(parts.cue)),
        content=(cite(of, *at(parts.content)),),
        addressee=holder(parts.addressee, None) if parts.addressee else None,
        manner="indirect",
        act="assert",
        polarity="positive",
        modality=modality,
        condition=cite(of, *at(parts.condition)) if parts.condition else None,
        said_date=said_date,
        said_basis="“Friday” stands beside “told”" if said_date else None,
        within=within,
    )


def work(of: Article, *records: Record) -> list[Statement]:
    group: Group = Group({Article: (of,)})
    for record in records:
        group[type(record)] = (*group.get(type(record), ()), record)
    return list(statements.work(group, statements.Options(), {}))


def friday(of: Version, *, ident: str = "dac-1") -> DateExpression:
    start = of.text.index("Friday")
    return DateExpression(
        id="dat-1",
        article_id=of.article_id,
        candidate_id=ident,
        citation=cite(of, start, start + 6),
        type="DATE",
        value="2031-05-02",
        earliest="2031-05-02",
        latest="2031-05-02",
        basis="the Friday before it was published",
    )


def test_a_statement_of_two_versions_is_one_with_the_earliest_citation() -> None:
    first, second = version(TEXT), version("New title\n\nMore. " + TEXT.split("\n\n")[1], number=2)
    (found,) = work(
        article("art-1", (first, second)), first, second, candidate(second), candidate(first)
    )
    assert found.versions == (first.id, second.id)
    assert found.citation.version_id == first.id
    assert all(c.version_id == first.id for c in found.content)


def test_cosmetic_differences_fold_but_a_digit_does_not() -> None:
    one = version('Dam\n\nDorva told Kirin "3 dams" broke.')
    two = version("Dam\n\nDorva told Kirin “3 dams” broke.", number=2)
    three = version("Dam\n\nDorva told Kirin “8 dams” broke.", number=3)
    parts = [
        Parts(content='"3 dams" broke', condition=None),
        Parts(content="“3 dams” broke", condition=None),
        Parts(content="“8 dams” broke", condition=None),
    ]
    texts = (one, two, three)
    made = [candidate(v, p) for v, p in zip(texts, parts, strict=True)]
    found = work(article("art-1", texts), *texts, *made)
    assert sorted(s.versions for s in found) == sorted([(one.id, two.id), (three.id,)])


def test_a_dropped_condition_is_another_statement() -> None:
    first = version("Dam\n\nIf it stays dry, Dorva told Kirin the dam will hold.")
    second = version("Dam\n\nDorva told Kirin the dam will hold.", number=2)
    content = "the dam will hold"
    kept = candidate(first, Parts(content=content, condition="If it stays dry"))
    lost = candidate(second, Parts(content=content, condition=None))
    found = work(article("art-1", (first, second)), first, second, kept, lost)
    assert [s.condition is None for s in sorted(found, key=lambda s: s.condition is None)] == [
        False,
        True,
    ]


def test_the_same_words_twice_in_one_version_stay_two() -> None:
    one = version("Dorva told Kirin no.\n\nDorva told Kirin no.")
    parts = Parts(content="no", condition=None)
    first = candidate(one, parts, ident="a")
    start = one.text.rindex("no")
    second = msgspec.structs.replace(
        first, id="b-1", content=(cite(one, start, start + 2),), citation=cite(one, 22, 41)
    )
    found = work(article("art-1", (one,)), one, first, second)
    assert len({s.id for s in found}) == 2


def test_within_leads_to_the_folded_outer_statement() -> None:
    first, second = version(TEXT), version(TEXT + " More.", number=2)
    outer = Parts(content="that the dam will hold if it stays dry")
    inner = Parts(speaker="dam", cue="will", content="hold", condition=None, addressee=None)
    made = [
        candidate(v, p, ident=i, within=f"outer-{v.number}" if i == "inner" else None)
        for v in (first, second)
        for i, p in (("outer", outer), ("inner", inner))
    ]
    found = work(article("art-1", (first, second)), first, second, *made)
    by_cue = {s.cue.quote: s for s in found if s.cue}
    assert len(found) == 2
    assert by_cue["will"].within == by_cue["told"].id
    assert by_cue["told"].within is None


def test_speaker_gets_the_name_of_its_actor() -> None:
    one = version(TEXT)
    links = ActorLinks(
        id="lnk-1",
        article_id="art-1",
        links=(
            ActorLink(
                mention_id="men-1", actor_id="act-1", name="Ana Dorva", kind="person", country=None
            ),
        ),
    )
    (found,) = work(article("art-1", (one,)), one, links, candidate(one, mention="men-1"))
    assert found.speaker is not None
    assert (found.speaker.actor_id, found.speaker.name) == ("act-1", "Ana Dorva")
    assert found.speaker.citation is not None
    assert found.speaker.citation.quote == "Dorva"
    assert found.addressee is not None
    assert (found.addressee.actor_id, found.addressee.name) == (None, "Kirin")


def test_date_beside_the_cue_bounds_the_saying_and_is_named() -> None:
    one = version(TEXT)
    of = article("art-1", (one,), published="2031-05-04")
    (found,) = work(of, one, friday(one), candidate(one, said_date="dac-1"))
    assert (found.said.earliest, found.said.latest) == ("2031-05-02", "2031-05-02")
    assert "dat-1" in (found.said.basis or "")
    assert found.said.text == "Friday"


def test_without_a_date_publication_is_only_the_latest_bound() -> None:
    one = version(TEXT)
    of = article("art-1", (one,), published="2031-05-04T10:00:00+02:00")
    (found,) = work(of, one, candidate(one))
    assert found.said == Bounds(
        latest="2031-05-04T10:00:00+02:00", basis="publication: no later than its report"
    )


def test_an_undated_report_bounds_nothing_but_its_dateline_may() -> None:
    one = version(TEXT)
    of = article("art-1", (one,))
    assert work(of, one, candidate(one))[0].said == Bounds()
    dated = msgspec.structs.replace(of, dateline=Dateline(place="Kelm", date="2031-05-03"))
    assert work(dated, one, candidate(one))[0].said.latest == "2031-05-03"


def test_what_a_later_version_brings_is_not_bound_by_first_publication() -> None:
    first = version("Dam news\n\nNothing yet.")
    second = version(TEXT, number=2, seen_at="2031-05-09T08:00:00+00:00")
    of = article("art-1", (first, second), published="2031-05-04")
    (found,) = work(of, first, second, candidate(second))
    assert found.said.latest == "2031-05-09T08:00:00+00:00"


def test_a_page_with_versions_nobody_captured_bounds_nothing() -> None:
    one = version(TEXT)
    of = msgspec.structs.replace(
        article("art-1", (one,), published="2031-05-04"), announced_versions=4
    )
    assert work(of, one, candidate(one))[0].said == Bounds()


@pytest.mark.parametrize("cue", ["will tell", "may tell", "to tell"])
def test_what_is_still_to_be_said_is_not_bound_by_publication(cue: str) -> None:
    one = version(f"Dam\n\nDorva {cue} Kirin the dam is old.")
    of = article("art-1", (one,), published="2031-05-04")
    parts = Parts(cue=cue, content="the dam is old", condition=None)
    (found,) = work(of, one, candidate(one, parts))
    assert (found.said.earliest, found.said.latest) == (None, None)


def test_ids_do_not_hang_on_the_order_of_candidates() -> None:
    first, second = version(TEXT), version(TEXT + " More.", number=2)
    of = article("art-1", (first, second))
    made = [candidate(first), candidate(second)]
    one = work(of, first, second, *made)
    other = work(of, second, first, *reversed(made))
    assert one == other

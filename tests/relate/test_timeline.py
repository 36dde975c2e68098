"""The timeline: the right day for each sentence, verbatim texts, copies counted once, no plan told as done."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from tests.relate.making import article, version
from tests.relate.telling import day, event_of, story

from onrecord.annotate import sentences
from onrecord.records import (
    Account,
    Article,
    DateExpression,
    Event,
    Record,
    Reuse,
    ReuseSource,
    Sentence,
    Story,
    TimelineEntry,
    Version,
)
from onrecord.relate import timeline
from onrecord.run.resources import load_nlp
from onrecord.stage import Group
from onrecord.text.citing import cite


def report(
    ident: str, text: str, published: str | None, outlet: str | None = None
) -> tuple[Article, Version]:
    v = version(f"Title\n\n{text}", article=ident)
    return article(ident, [v], published=published, outlet=outlet), v


def entries(
    articles: Sequence[Article], versions: Sequence[Version], *records: Record, **options: int
) -> list[TimelineEntry]:
    group = Group({Story: (story(articles),), Article: tuple(articles), Version: tuple(versions)})
    group[Sentence] = tuple(
        s
        for v in versions
        for s in sentences.work(Group({Version: (v,)}), sentences.Options(), {"nlp": load_nlp()})
    )
    for kind in (Event, DateExpression, Reuse):
        group[kind] = tuple(r for r in records if isinstance(r, kind))
    return list(timeline.work(group, timeline.Options(**options), {}))


FLOOD = "The river Dell flooded the old harbour on Monday."
A, VA = report("art-a", FLOOD, "2031-05-07", "Dell Post")
B, VB = report(
    "art-b", "On Monday the river Dell flooded much of the old harbour.", "2031-05-08", "Marl Times"
)


def test_sentences_of_one_day_and_thing_make_one_entry() -> None:
    (entry,) = entries(
        [A, B], [VA, VB], day(VA, "Monday", "2031-05-05"), day(VB, "Monday", "2031-05-05")
    )

    assert (entry.earliest, entry.latest) == ("2031-05-05", "2031-05-05")
    assert entry.outlets == ("Dell Post", "Marl Times")
    assert entry.independent_sources == 2
    assert len(entry.citations) == 2
    assert entry.citations[0].quote == entry.text
    assert entry.text in (VA.text.split("\n\n")[1], VB.text.split("\n\n")[1])
    assert "names the day" in entry.basis


def test_different_things_of_one_day_are_different_entries() -> None:
    c, vc = report("art-c", "Parliament elected Ada Quill president on Monday.", "2031-05-07")
    found = entries(
        [A, c], [VA, vc], day(VA, "Monday", "2031-05-05"), day(vc, "Monday", "2031-05-05")
    )

    assert len(found) == 2
    assert {e.earliest for e in found} == {"2031-05-05"}


@pytest.mark.parametrize("kind", ["copy", "shared_source"])
def test_copies_and_one_agencys_words_count_once(kind: str) -> None:
    target = cite(VB, 7, 20)
    reuse = Reuse(
        id="reu-1",
        kind=kind,
        source=ReuseSource.of(cite(VA, 7, 20))
        if kind == "copy"
        else ReuseSource.uncaptured("Lake Wire"),
        target=target,
        articles=("art-a", "art-b"),
        words=9,
        direction="unknown",
        basis="made by hand",
    )
    (entry,) = entries(
        [A, B], [VA, VB], day(VA, "Monday", "2031-05-05"), day(VB, "Monday", "2031-05-05"), reuse
    )

    assert entry.independent_sources == 1
    assert len(entry.citations) == 2


def test_a_shared_quotation_is_no_copy() -> None:
    reuse = Reuse(
        id="reu-1",
        kind="shared_quote",
        source=ReuseSource.of(cite(VA, 7, 20)),
        target=cite(VB, 7, 20),
        articles=("art-a", "art-b"),
        words=9,
        direction="unknown",
        basis="made by hand",
    )
    (entry,) = entries(
        [A, B], [VA, VB], day(VA, "Monday", "2031-05-05"), day(VB, "Monday", "2031-05-05"), reuse
    )

    assert entry.independent_sources == 2


def test_an_undated_act_of_the_opening_counts_for_the_reports_day() -> None:
    c, vc = report("art-c", "Norland bombed the town of Dell.", "2031-05-07")
    (entry,) = entries([c], [vc], event_of([(vc, "Norland bombed the town of Dell")]))

    assert entry.earliest == "2031-05-07"
    assert "came out" in entry.basis
    assert entry.events == (event_of([(vc, "Norland bombed the town of Dell")]).id,)


def test_an_act_dated_by_another_report_counts_for_that_day() -> None:
    c, vc = report("art-c", "Norland bombed the town of Dell.", "2031-05-07")
    event = event_of([(vc, "Norland bombed the town of Dell")], on="2031-05-05")
    (entry,) = entries([c], [vc], event)

    assert entry.earliest == "2031-05-05"
    assert "dated by a report" in entry.basis


def test_an_undated_plan_or_denial_happened_on_no_day() -> None:
    c, vc = report("art-c", "Norland will bomb the town of Dell.", "2031-05-07")

    for status in ("planned", "conditional", "threatened", "denied"):
        assert (
            entries(
                [c], [vc], event_of([(vc, "Norland will bomb the town of Dell")], status=status)
            )
            == []
        )
    assert entries([c], [vc]) == []


def test_a_dated_plan_says_that_it_is_one() -> None:
    c, vc = report("art-c", "Norland will hold its great vote in Dell on Sunday.", "2031-05-07")
    event = event_of([(vc, "Norland will hold its great vote")], status="planned")
    (entry,) = entries([c], [vc], event, day(vc, "Sunday", "2031-05-11"))

    assert entry.earliest == "2031-05-11"
    assert entry.text == "Norland will hold its great vote in Dell on Sunday."
    assert "planned, not as done" in entry.basis


def test_an_undated_report_gives_only_the_days_it_names() -> None:
    c, vc = report(
        "art-c", "Norland bombed the town of Dell. The river flooded the harbour on Monday.", None
    )
    found = entries(
        [c],
        [vc],
        event_of([(vc, "Norland bombed the town of Dell")]),
        day(vc, "Monday", "2031-05-05"),
    )

    assert [e.earliest for e in found] == ["2031-05-05"]


def test_a_sentence_that_stays_through_versions_counts_once() -> None:
    v1 = version(f"Title\n\n{FLOOD}", article="art-v", number=1)
    v2 = version(f"Title\n\n{FLOOD} Nobody was hurt.", article="art-v", number=2)
    a = article("art-v", [v1, v2], published="2031-05-07")
    found = entries([a], [v1, v2], day(v1, "Monday", "2031-05-05"), day(v2, "Monday", "2031-05-05"))

    assert [c.version_id for c in found[0].citations] == [v1.id]


def test_entries_have_ids_of_their_own_in_any_order() -> None:
    records = [day(VA, "Monday", "2031-05-05"), day(VB, "Monday", "2031-05-05")]

    assert entries([A, B], [VA, VB], *records) == entries([B, A], [VB, VA], *records[::-1])


def test_no_more_entries_a_day_than_asked_for() -> None:
    c, vc = report("art-c", "Parliament elected Ada Quill president on Monday.", "2031-05-07")
    found = entries(
        [A, B, c],
        [VA, VB, vc],
        *(day(v, "Monday", "2031-05-05") for v in (VA, VB, vc)),
        most_entries=1,
    )

    assert [e.independent_sources for e in found] == [2]


def test_a_day_that_only_lies_ahead_is_not_the_sentences_own() -> None:
    c, vc = report(
        "art-c", "Norland and Sudria held talks in Marl ahead of the vote on Sunday.", None
    )

    assert entries([c], [vc], day(vc, "Sunday", "2031-05-11")) == []


def test_a_piece_of_a_quotation_is_no_entrys_text() -> None:
    c, vc = report("art-c", "The old harbour flooded on Monday,” she told the whole town.", None)

    assert entries([c], [vc], day(vc, "Monday", "2031-05-05")) == []


def test_that_it_was_not_so_is_an_entry_of_its_own() -> None:
    c, vc = report("art-c", "The river Dell did not flood the old harbour on Monday.", "2031-05-08")
    done, denied = "flooded the old harbour on Monday", "did not flood the old harbour on Monday"
    one = event_of([(VA, done), (vc, denied)], on="2031-05-05")
    one = msgspec.structs.replace(
        one,
        accounts=tuple(
            Account(
                article_id=v.article_id,
                citation=quoted,
                status=status,
                earliest="2031-05-05",
                latest="2031-05-05",
                attributed_to=None,
            )
            for v, quoted, status in zip(
                (VA, vc), one.citations, ("happened", "denied"), strict=True
            )
        ),
    )
    found = entries(
        [A, c], [VA, vc], one, day(VA, "Monday", "2031-05-05"), day(vc, "Monday", "2031-05-05")
    )

    assert [e.text.split()[3] for e in found] == ["flooded", "did"]
    assert "denied" not in found[0].basis
    assert "told as denied, not as done" in found[1].basis


def test_a_negated_sentence_without_event_joins_no_assertion() -> None:
    c, vc = report("art-c", "On Monday the river Dell did not flood the old harbour.", "2031-05-08")
    found = entries(
        [A, c], [VA, vc], day(VA, "Monday", "2031-05-05"), day(vc, "Monday", "2031-05-05")
    )

    assert len(found) == 2


def test_a_day_aimed_at_is_not_the_day_of_the_promise() -> None:
    a, va = report("art-a", "The old harbour company had promised the report for May 20.", None)

    assert entries([a], [va], day(va, "May 20", "2031-05-20")) == []


def test_what_was_announced_does_not_lend_its_reports_to_what_was_done() -> None:
    a, va = report(
        "art-a", "Norland closed the old harbour to Sudrian ships on Monday.", "2031-05-06", "Post"
    )
    b, vb = report(
        "art-b", "Norland will close the old harbour to Sudrian ships on Monday.", "2031-05-03", "B"
    )
    c, vc = report(
        "art-c",
        "Norland would close the old harbour to Sudrian ships on Monday if nobody pays.",
        "2031-05-02",
        "C",
    )
    found = entries(
        [a, b, c], [va, vb, vc], *(day(v, "Monday", "2031-05-05") for v in (va, vb, vc))
    )
    done = next(e for e in found if e.text.startswith("Norland closed"))

    assert (done.independent_sources, done.outlets, len(done.citations)) == (1, ("Post",), 1)
    assert "not as done" not in done.basis
    assert all("not as done" in e.basis for e in found if e is not done)
    assert sum(len(e.citations) for e in found) == 3


def test_a_present_tense_ahead_of_the_day_is_a_plan() -> None:
    a, va = report("art-a", "Ada Quill travels to Marl by train on Sunday.", "2031-05-09")
    b, vb = report("art-b", "Ada Quill travelled to Marl by train on Sunday.", "2031-05-12")
    found = entries([a, b], [va, vb], *(day(v, "Sunday", "2031-05-11") for v in (va, vb)))

    assert {e.text: "planned, not as done" in e.basis for e in found} == {
        "Ada Quill travels to Marl by train on Sunday.": True,
        "Ada Quill travelled to Marl by train on Sunday.": False,
    }


def test_two_reports_of_one_outlet_are_one_source() -> None:
    b = msgspec.structs.replace(B, outlet="Dell Post")
    (entry,) = entries(
        [A, b], [VA, VB], day(VA, "Monday", "2031-05-05"), day(VB, "Monday", "2031-05-05")
    )

    assert entry.independent_sources == 1
    assert len(entry.citations) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Quill restated the view of Norland on the upcoming May 11 referendum.",
        "Ada Quill praised the miners who are due to strike on May 11 in Dell.",
    ],
)
def test_a_day_of_something_else_does_not_date_the_sentence(sentence: str) -> None:
    a, va = report("art-a", sentence, "2031-05-07")

    assert [
        e for e in entries([a], [va], day(va, "May 11", "2031-05-11")) if e.earliest == "2031-05-11"
    ] == []


def test_what_happened_in_another_year_is_no_news_of_the_day() -> None:
    a, va = report("art-a", "The dam was built by Norland with loans from Sudria.", "2031-05-07")
    event = event_of([(va, "The dam was built by Norland")])
    old = msgspec.structs.replace(event, earliest="1991-01-01", latest="1991-12-31")

    assert entries([a], [va], old) == []
    assert [e.earliest for e in entries([a], [va], event)] == ["2031-05-07"]


def test_background_below_the_lead_is_no_news_of_the_day() -> None:
    text = "It rained in Marl. The wind blew in Marl. Norland bombed the town of Dell."
    a, va = report("art-a", text, "2031-05-07")
    found = entries([a], [va], event_of([(va, "Norland bombed the town of Dell")]))

    assert "Norland bombed the town of Dell." not in [e.text for e in found]


@pytest.mark.parametrize(
    "other",
    [
        "Ada Quill met Bram Ostrow in the old harbour town of Marl on Monday.",
        "Ada Quill asked Cyril Venn in the old harbour town of Marl on Monday.",
    ],
)
def test_other_persons_or_another_act_are_another_line(other: str) -> None:
    a, va = report(
        "art-a", "Ada Quill met Cyril Venn in the old harbour town of Marl on Monday.", "2031-05-07"
    )
    b, vb = report("art-b", other, "2031-05-07")
    found = entries([a, b], [va, vb], *(day(v, "Monday", "2031-05-05") for v in (va, vb)))

    assert len(found) == 2


def test_another_count_of_the_same_is_another_line() -> None:
    a, va = report(
        "art-a", "The flood left 3,000 households in Marl without water on Monday.", None
    )
    b, vb = report(
        "art-b", "The flood left 3,100 households in Marl without water on Monday.", None
    )
    found = entries([a, b], [va, vb], *(day(v, "Monday", "2031-05-05") for v in (va, vb)))

    assert len(found) == 2


def test_a_line_about_the_report_itself_is_no_entry() -> None:
    a, va = report("art-a", "This report has been updated with words from Marl.", "2031-05-07")

    assert entries([a], [va]) == []


def test_a_dateline_alone_tells_nothing() -> None:
    b, vb = report("art-b", "Old harbour, river Dell, Monday.", "2031-05-07")
    found = entries([A, b], [VA, vb], *(day(v, "Monday", "2031-05-05") for v in (VA, vb)))

    assert [len(e.citations) for e in found] == [1]

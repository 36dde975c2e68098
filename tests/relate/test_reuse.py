"""Who is said to have copied whom, and who is not."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from tests.relate.making import article, version

from onrecord.gazetteer import load_outlets
from onrecord.records import Article, Reuse, Version
from onrecord.relate.passages import align, key_of, read
from onrecord.relate.reuse import Options, work
from onrecord.stage import Group

WIRE = (
    "The dam above Tarnwick held through the night although the river rose to its highest level since "
    "records began. Engineers opened two of the four gates at dawn and the water fell by a metre before "
    "noon. Some nine hundred people slept in the halls of the agricultural school, where the mayor brought "
    "them blankets. Trains between Tarnwick and the coast will not run before the weekend."
)
OWN = (
    "Our reporter walked along the embankment with a farmer who has seen three floods. Nobody on Mill Street "
    "remembers water in the cellars of the bakery. The insurer on the corner opened an hour early."
)
QUOTE = "“We were told to leave the house with nothing but our coats and the dog,” said Petra Lind."
RUN = "the council will close the lower bridge for good unless the province pays for its piers"


def reuse(
    *rows: tuple[str, dict[str, object]], more: dict[str, list[str]] | None = None
) -> list[Reuse]:
    """Reuse among articles 0, 1, ... given as (body, what else is known of the article)."""
    versions, articles = [], []
    for i, (body, known) in enumerate(rows):
        ident = f"art-{i}"
        mine = [version(f"Headline {i} of its own\n\n{body}", article=ident)]
        for number, text in enumerate((more or {}).get(ident, []), 2):
            mine.append(
                version(
                    f"Headline {i} of its own\n\n{text}",
                    article=ident,
                    number=number,
                    seen_at=f"2031-05-0{number}",
                )
            )
        versions += mine
        articles.append(article(ident, mine, **known))  # type: ignore[arg-type]
    group = Group({Version: tuple(versions), Article: tuple(articles)})
    return list(work(group, Options(), {"outlets": load_outlets()}))


EARLY = {"outlet": "Tarn Echo", "published": "2031-05-01T08:00:00+00:00"}
LATE = {"outlet": "Coast Bugle", "published": "2031-05-01T12:00:00+02:00"}


def test_a_copy_is_found_and_its_direction_is_by_time() -> None:
    (row,) = reuse((OWN + "\n\n" + WIRE, LATE), (WIRE, EARLY))
    assert row.kind == "copy" and row.direction == "known"
    assert row.articles == ("art-1", "art-0")
    assert row.target.quote == row.source.quote == WIRE.rstrip(".")
    assert "printed first" in row.basis


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"published": "2031-05-01"}, {"published": "2031-05-01T09:00:00+00:00"}),
        ({"published": "2031-05-01T09:00:00+00:00"}, {"published": "2031-05-01T11:00:00+02:00"}),
        ({"published": "2031-05-01"}, {}),
    ],
)
def test_a_direction_is_never_guessed(one: dict[str, object], other: dict[str, object]) -> None:
    (row,) = reuse((WIRE, one), (OWN + "\n\n" + WIRE, other))
    assert row.direction == "unknown" and "unknown" in row.basis


def test_a_credit_that_names_the_other_outlet_tells_the_direction() -> None:
    (row,) = reuse(
        (WIRE, {"credits": ["Tarn Echo"], "outlet": "Bugle"}), (WIRE, {"outlet": "Tarn Echo"})
    )
    assert row.articles == ("art-1", "art-0") and row.direction == "known"
    assert "credits Tarn Echo" in row.basis


def test_a_credit_against_the_times_leaves_it_open() -> None:
    (row,) = reuse((WIRE, {**EARLY, "credits": ["Coast Bugle"]}), (WIRE, LATE))
    assert row.direction == "unknown" and "yet" in row.basis


def test_one_shared_sentence_is_no_copy() -> None:
    sentence = WIRE.split(". ")[1] + "."
    assert reuse((OWN + " " + sentence, EARLY), (WIRE, LATE)) == []


def test_a_shared_quotation_is_no_copy() -> None:
    (row,) = reuse((OWN + "\n\n" + QUOTE, EARLY), (WIRE + "\n\n" + QUOTE, LATE))
    assert row.kind == "shared_quote"
    assert (
        row.target.quote == "We were told to leave the house with nothing but our coats and the dog"
    )


def test_who_printed_a_quotation_first_does_not_tell_who_took_it() -> None:
    (row,) = reuse((OWN + "\n\n" + QUOTE, EARLY), (WIRE + "\n\n" + QUOTE, LATE))
    assert row.articles == ("art-0", "art-1") and row.direction == "unknown"
    assert "the same 15 words" in row.basis and "not known whether" in row.basis
    (row,) = reuse(
        (OWN + "\n\n" + QUOTE, EARLY), (WIRE + "\n\n" + QUOTE, {**LATE, "credits": ["Tarn Echo"]})
    )
    assert row.direction == "known"


def test_a_quotation_that_differs_says_how_many_words_are_equal() -> None:
    other = QUOTE.replace("coats", "boots")
    (row,) = reuse((OWN + "\n\n" + QUOTE, EARLY), (WIRE + "\n\n" + other, LATE))
    assert row.kind == "shared_quote" and "14 equal words of 15" in row.basis


def test_a_copy_lists_no_passage_of_a_few_words() -> None:
    formula = "the lower halls of the agricultural school"
    (row,) = reuse(
        (f"{WIRE}\n\nThey met in {formula}.", EARLY),
        (f"{WIRE}\n\n{OWN} Later she went back to {formula}, alone.", LATE),
    )
    assert row.kind == "copy" and row.words > 50


def test_words_of_a_captured_agency_text_have_no_uncaptured_source() -> None:
    credit = {"credits": ["Reuters"]}
    rows = reuse(
        (WIRE, {"outlet": "Reuters", "published": "2031-05-01T07:00:00+00:00"}),
        (WIRE, {**EARLY, **credit}),
        (WIRE + "\n\n" + OWN, {**LATE, **credit}),
    )
    assert {r.kind for r in rows} == {"copy"}
    assert {r.articles for r in rows} == {("art-0", "art-1"), ("art-0", "art-2")}


def test_words_quoted_by_one_and_told_by_the_other_are_neither() -> None:
    told = QUOTE.replace("“", "").replace(",”", "")
    assert reuse((OWN + "\n\n" + QUOTE, EARLY), (WIRE + "\n\n" + told, LATE)) == []


def test_two_reports_of_one_agency_share_a_source_and_copy_nobody() -> None:
    credit = {"credits": ["Reuters"]}
    (row,) = reuse(
        (f"{OWN} It said {RUN}.", {**EARLY, **credit}),
        (f"The mayor wrote that {RUN}. So far.", {**LATE, **credit}),
    )
    assert row.kind == "shared_source"
    assert row.source.agency == "Reuters" and row.source.captured is False
    assert row.target.quote == RUN and [c.quote for c in row.others] == [RUN]
    (row,) = reuse((WIRE, {**EARLY, **credit}), (WIRE, {**LATE, **credit}))
    assert row.kind == "shared_source"


def test_the_agencys_own_text_is_the_source_if_it_was_captured() -> None:
    (row,) = reuse(
        (WIRE, {"credits": ["Reuters"], "outlet": "Bugle"}), (WIRE, {"outlet": "Reuters"})
    )
    assert (row.kind, row.direction, row.articles) == ("copy", "known", ("art-1", "art-0"))
    (row,) = reuse(
        (f"{OWN} It said {RUN}.", {"credits": ["Reuters"], "outlet": "Bugle"}),
        (f"The mayor wrote that {RUN}. So far.", {"outlet": "Reuters"}),
    )
    assert row.kind == "shared_source" and row.source.quote == RUN
    assert row.articles == ("art-1", "art-0")


def test_a_short_run_or_another_agency_is_not_listed() -> None:
    short = "the council will close the lower bridge"
    for credits in (["Reuters"], ["AFP"]):
        text = short if credits == ["Reuters"] else RUN
        rows = reuse(
            (f"{OWN} It said {text}.", {"credits": ["Reuters"]}),
            (f"He wrote that {text}.", {"credits": credits}),
        )
        assert rows == []


def test_a_family_is_linked_to_its_earliest_report() -> None:
    times = [f"2031-05-01T0{i}:00:00+00:00" for i in range(6)]
    rows = reuse(*((WIRE, {"published": t, "outlet": f"Paper {t}"}) for t in times))
    assert {r.articles for r in rows} == {("art-0", f"art-{i}") for i in range(1, 6)}


def test_what_an_outlet_prints_under_everything_is_not_compared() -> None:
    foot = WIRE
    rows = reuse(
        *(
            (f"Story number {i} about the town of {w}.\n\n{foot}", {"outlet": "Tarn Echo"})
            for i, w in enumerate("abcdefghijkl")
        )
    )
    assert rows == []


def test_words_of_a_later_version_are_dated_by_their_sighting() -> None:
    rows = reuse((OWN, EARLY), (WIRE, LATE), more={"art-0": [OWN + "\n\n" + WIRE]})
    (row,) = rows
    assert row.direction == "unknown", "the first article printed these words only later"
    assert row.kind == "copy"


def test_changed_words_and_a_scanners_errors_do_not_break_a_passage() -> None:
    dice = random.Random(7)
    words = WIRE.split(" ")
    for i in range(4, len(words) - 4, 8):
        words[i] = dice.choice(["castle", "seldom", "purple", "argued"])
    changed = " ".join(words)
    letters = list(WIRE)
    for i in dice.sample(range(len(letters)), len(letters) // 20):
        if letters[i].isalpha():
            letters[i] = dice.choice("eiloc01")
    for noisy in (changed, "".join(letters)):
        rows = reuse((WIRE, EARLY), (noisy, LATE))
        assert {r.kind for r in rows} == {"copy"}
        assert sum(len(r.target.quote) for r in rows) > 0.9 * len(WIRE)


def test_order_of_the_input_does_not_matter() -> None:
    rows = [
        (OWN + "\n\n" + WIRE, LATE),
        (WIRE, EARLY),
        (WIRE + "\n\n" + QUOTE, {}),
        (QUOTE + OWN, {}),
    ]
    assert reuse(*rows) == reuse(*rows)
    versions = [version(f"T\n\n{body}", article=f"art-{i}") for i, (body, _) in enumerate(rows)]
    articles = [
        article(f"art-{i}", [v], **known)
        for i, (v, (_, known)) in enumerate(zip(versions, rows, strict=True))
    ]  # type: ignore[arg-type]

    def run(step: int) -> list[Reuse]:
        group = Group({Version: tuple(versions[::step]), Article: tuple(articles[::step])})
        return sorted(work(group, Options(), {"outlets": load_outlets()}), key=lambda r: r.id)

    assert run(1) == run(-1)
    assert len({r.id for r in run(1)}) == len(run(1)) > 0


def test_numbers_keep_their_points_and_abbreviations_lose_them() -> None:
    assert key_of("1.5") != key_of("15")
    assert key_of("U.S") == key_of("US") == "us"


def test_passages_do_not_overlap() -> None:
    a = read(version("T\n\n" + WIRE + " " + WIRE[:120] + "\n\n" + OWN), 0, {})
    b = read(version("T\n\n" + OWN + " " + WIRE + " " + WIRE[:90], article="art-2"), 1, {})
    rows = align(a, b)
    for low, high in (("a0", "a1"), ("b0", "b1")):
        ranges = sorted((getattr(p, low), getattr(p, high)) for p in rows)
        assert all(x[1] <= y[0] for x, y in pairwise(ranges))
    assert sum(p.a1 - p.a0 for p in rows) > 90

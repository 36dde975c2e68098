"""Readings of one article -> Article and Versions."""

from __future__ import annotations

import hashlib
import random

import msgspec
import pytest

from onrecord.extract import articles
from onrecord.pipeline import STAGES
from onrecord.records import Article, Bounds, CaptureSpan, Dateline, Given, Reading, Version
from onrecord.run.memory import MemoryCaptures, build_in_memory, capture_of
from onrecord.stage import Group

SOURCE = "<h1>Fog over Osk</h1> on 3 May"


def reading(name: str, text: str, at: str | None = None, **fields: object) -> Reading:
    sha = hashlib.sha256(SOURCE.encode()).hexdigest()
    base = Reading(
        id=f"rea-{name}", capture_id=f"cap-{name}", article_id="art-1", text=text, blocks=(), segments=(),
        left_out=(), url="https://a.example/fog", outlet="The Page", title=f"Title {name}", bylines=(),
        dateline=Dateline(), credits=(), published=Bounds(), modified=Bounds(), language="en", tags=(),
        announced_versions=None, capture_path=f"{name}.html", captured_at=at, decoder="utf-8", sha256=sha,
        extractor="test",
    )  # fmt: skip
    return msgspec.structs.replace(base, **fields)


def fold(*readings: Reading) -> tuple[Article, list[Version]]:
    resources = {"captures": MemoryCaptures({readings[0].sha256: SOURCE.encode()})}
    group = Group({Reading: tuple(readings)})
    article, *versions = articles.work(group, articles.Options(), resources)
    assert isinstance(article, Article)
    return article, [v for v in versions if isinstance(v, Version)]


DAYS = [f"2031-05-0{n}T10:00:00+00:00" for n in range(1, 7)]


def test_a_b_a_is_three_versions_and_a_recapture_joins_its_run() -> None:
    article, versions = fold(
        reading("a", "old text", DAYS[0]),
        reading("b", "old text", DAYS[1]),
        reading("c", "new text", DAYS[2]),
        reading("d", "old text", DAYS[3]),
    )
    assert [v.text for v in versions] == ["old text", "new text", "old text"]
    assert [v.number for v in versions] == [1, 2, 3]
    assert [v.captures for v in versions] == [("cap-a", "cap-b"), ("cap-c",), ("cap-d",)]
    assert [v.seen_at for v in versions] == [DAYS[0], DAYS[2], DAYS[3]]
    assert len({v.id for v in versions}) == 3
    assert article.versions == tuple(v.id for v in versions)
    assert article.captures == ("cap-a", "cap-b", "cap-c", "cap-d")


def test_any_order_of_adding_gives_the_same() -> None:
    rows = [reading(str(i), f"text {i % 3}", DAYS[i]) for i in range(5)] + [
        reading("x", "text 9"),
        reading("w", "text 9"),
    ]
    expected = fold(*rows)
    for seed in range(5):
        shuffled = list(rows)
        random.Random(seed).shuffle(shuffled)
        assert fold(*shuffled) == expected


def test_ids_of_versions_do_not_change_when_a_later_capture_comes() -> None:
    rows = [reading("a", "one", DAYS[0]), reading("b", "two", DAYS[1])]
    before = fold(*rows)[1]
    after = fold(*rows, reading("c", "one", DAYS[2]))[1]
    assert [v.id for v in after[:2]] == [v.id for v in before]


def test_without_capture_times_the_page_and_the_path_order() -> None:
    later = Bounds(earliest="2031-05-04", latest="2031-05-04", basis="b")
    earlier = Bounds(earliest="2031-05-02", latest="2031-05-02", basis="b")
    _, versions = fold(
        reading("a", "second", modified=later),
        reading("b", "first", modified=earlier),
        reading("c", "third"),
    )
    assert [v.text for v in versions] == ["first", "second", "third"]


@pytest.mark.parametrize("kind", ["consent", "error", "login", "empty"])
def test_a_page_that_stands_in_for_the_report_is_no_version(kind: str) -> None:
    article, versions = fold(
        reading("a", "the report", DAYS[0]),
        reading("b", "Please log in", DAYS[1], kind=kind, title="Please", outlet="Other"),
        reading("c", "the report", DAYS[2]),
    )
    assert [v.text for v in versions] == ["the report"]
    assert versions[0].captures == ("cap-a", "cap-c")
    assert article.title == "Title c"
    assert article.captures == ("cap-a", "cap-b", "cap-c")


def test_an_article_with_no_readable_capture_has_no_version() -> None:
    article, versions = fold(reading("a", "Not found", kind="error"))
    assert versions == []
    assert article.versions == ()
    assert article.title is None


def test_the_manifest_wins_and_the_page_stays_as_evidence() -> None:
    said = Bounds(earliest="2031-05-02T09:00:00Z", latest="2031-05-02T09:00:00Z", basis="JSON-LD")
    given = Given(outlet="Osk Gazette", published="2031-05-03", language="de", credit="AP")
    article, versions = fold(
        reading(
            "a",
            "text",
            DAYS[3],
            published=said,
            given=given,
            credits=("Reuters",),
            evidence={"published": (CaptureSpan(start=25, end=30),)},
        )
    )
    assert article.outlet == "Osk Gazette"
    assert (article.published.earliest, article.published.latest) == ("2031-05-03", "2031-05-03")
    assert article.published.basis == "manifest"
    assert article.language == versions[0].language == "de"
    assert article.credits == ("AP", "Reuters")
    assert article.given == given
    (citation,) = article.evidence["published"]
    assert citation.quote == SOURCE[25:30]
    assert citation.version_id is None
    assert citation.address.endswith("/utf-8:25-30")


def test_a_feed_dates_a_report_that_does_not_date_itself() -> None:
    told = Bounds(earliest="2031-05-03", latest="2031-05-03", basis="the feed")
    item = reading(
        "f",
        "",
        kind="feed",
        published=told,
        evidence={"published": (CaptureSpan(start=25, end=30),)},
    )
    article, versions = fold(reading("a", "text", DAYS[3]), item)
    assert [v.text for v in versions] == ["text"]
    assert article.published == told
    assert [c.quote for c in article.evidence["published"]] == [SOURCE[25:30]]
    own = Bounds(earliest="2031-05-04", latest="2031-05-04", basis="the page")
    assert fold(reading("a", "text", DAYS[3], published=own), item)[0].published == own


def test_an_undated_page_is_bounded_by_its_capture_alone() -> None:
    article, _ = fold(reading("a", "text", DAYS[2]), reading("b", "text", DAYS[1]))
    assert article.published.earliest is None
    assert article.published.latest == DAYS[1]
    assert "captured" in (article.published.basis or "")
    unknown, _ = fold(reading("a", "text"))
    assert unknown.published == Bounds()


def test_the_highest_number_of_versions_announced_counts() -> None:
    article, _ = fold(
        reading("a", "t", DAYS[0], announced_versions=3),
        reading("b", "t", DAYS[1], announced_versions=4),
        reading("c", "t", DAYS[2]),
    )
    assert article.announced_versions == 4


def test_two_captures_of_a_page_through_the_pipeline() -> None:
    def page(count: str, clock: str) -> bytes:
        return (
            f"<html lang=en><body><div class=clock>{clock}</div><article><h1>Fog over Osk keeps ferry in port</h1>"
            f"<p>The ferry to Osk stays in port until the fog lifts, the line said on Monday morning, and {count} people wait.</p>"
            "<p>It is the third day without a boat, and the shop on the island has run out of bread, its owner said.</p>"
            "<p>The harbour office expects wind from the west by Thursday, which would clear the strait.</p></article></body></html>"
        ).encode()

    pages = [page("120", "09:00"), page("120", "17:30"), page("210", "08:15")]
    captures = [
        (
            capture_of(
                f"{i}.html",
                data,
                url="https://a.example/fog",
                captured_at=DAYS[i],
                media_type="text/html",
            ),
            data,
        )
        for i, data in enumerate(pages)
    ]
    shelf, reports = build_in_memory(captures, STAGES, until="articles")
    assert [r.failed for r in reports] == [[], [], []]
    versions = sorted(shelf.all(Version), key=lambda v: v.number)
    assert [len(v.captures) for v in versions] == [2, 1]
    assert versions[0].text.replace("120", "210") == versions[1].text

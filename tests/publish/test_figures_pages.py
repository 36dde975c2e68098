"""Figures and primary sources on the story's page and in the one file: what a reader sees of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish.reading import Reader, Site

from onrecord.publish.dossier import render
from onrecord.publish.figures import bounds, number, steps
from onrecord.publish.web import create_app
from onrecord.records import Citation, Story, ToldFigure
from onrecord.store.record import Store


@pytest.fixture(scope="module")
def store(demo_record: Path) -> Iterator[Store]:
    with Store(demo_record, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def story(store: Store) -> Story:
    return min(store.all(Story), key=lambda s: (-len(s.articles), s.id))


def section(html: str, name: str) -> str:
    found = re.search(
        rf'<section class="section section-{name}".*?(?=<section class="section )', html, re.S
    )
    assert found is not None
    return found[0]


def told(day: str | None, low: int | str | None, high: int | str | None) -> ToldFigure:
    citation = Citation(
        version_id=None, start=None, end=None, capture_id="c", capture_start=0, capture_end=1,
        quote="x", address="a",
    )  # fmt: skip
    return ToldFigure(
        id=f"fig-{day}-{low}", story_id="s", what="lorries", low=low, high=high, unit="lorries",
        holder=None, article_id="a", statement_id=None, as_of=day, citation=citation, written="x",
        basis="",
    )  # fmt: skip


def test_the_story_shows_a_series_as_a_table_and_as_a_line_in_app_and_file(
    store: Store, story: Story
) -> None:
    app = Site(create_app(store)).get(f"/story/{story.id}").text
    for html in (app, render(store, story.id)):
        part = section(html, "figures")
        text = Reader(part).text
        for words in ("households: running water", "Some 1,400", "3,000 or more", "Jonas Brekke"):
            assert words in text, words
        assert 'class="steps-line"' in part and 'role="img" aria-label="Highest number told' in part
        rows = re.findall(r'<tr role="row">', part.split("</thead>")[1].split("</table>")[0])
        assert len(rows) >= 6


def test_the_story_lists_primary_sources_and_whether_they_are_held(
    store: Store, story: Story
) -> None:
    app = Site(create_app(store)).get(f"/story/{story.id}").text
    for html in (app, render(store, story.id)):
        text = Reader(section(html, "primary")).text
        for words in ("a two-page letter", "Brandt report", "not held", "cwn-0508.txt"):
            assert words in text, words


def test_a_line_is_drawn_from_three_days_on_in_whole_numbers() -> None:
    two = [told("2031-05-01", 3, 3), told("2031-05-02", 4, 4), told("2031-05-02", 5, 5)]
    assert steps(two) is None
    drawn = steps([*two, told("2031-05-09", "6.5", None), told(None, 7, 7)])
    assert drawn is not None
    assert re.fullmatch(r"M\d+ \d+(H\d+V\d+){2}", drawn.path)
    heights = [int(y) for y in re.findall(r"(?: |V)(\d+)", drawn.path)]
    assert heights == sorted(heights, reverse=True), "a growing number climbs"
    assert "1 May 2031: 3" in drawn.words and "9 May 2031: 6.5 or more" in drawn.words
    assert [m.open for m in drawn.marks] == ["", "", "", "above"]


def test_bounds_in_words() -> None:
    assert bounds(told("2031-05-01", 1140, 1260)) == "1,140 to 1,260"
    assert bounds(told("2031-05-01", None, 300)) == "300 or less"
    assert bounds(told("2031-05-01", 7, 7)) == "7"
    assert number("1234.5") == "1,234.5"

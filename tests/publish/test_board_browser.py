"""The commitments board in a real browser: it fits a phone, and its words are heard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish import fixture
from tests.publish.served import chromium, needed, served

from onrecord.publish.dossier import render

sync_api = needed()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The board's page, the story's, and the one file."""
    file = Path(tmp_path_factory.mktemp("board")) / "story.html"
    file.write_text(render(fixture.library(), fixture.STORY), "utf-8")
    with served(fixture.library()) as address:
        story = f"{address}/story/{fixture.STORY}"
        yield [f"{story}/commitments", story, file.as_uri()]


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_board_fits_the_screen_with_all_its_words(places: list[str], width: int) -> None:
    with chromium(sync_api) as browser:
        tab = browser.new_page(viewport={"width": width, "height": 800})
        for place in places:
            tab.goto(place)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, place
            outside = tab.evaluate(
                """() => {
                    const frame = document.querySelector('.board').getBoundingClientRect();
                    return [...document.querySelectorAll('.board > svg text')]
                        .map(e => [e.getBoundingClientRect(), e.textContent])
                        .filter(([b]) => b.width && (b.left < frame.left || b.right > frame.right))
                        .map(([, words]) => words);
                }"""
            )
            assert outside == [], place
            drawing = tab.get_by_role("img", name="2 commitments on a line of time")
            assert drawing.count() == 1, place
            size = tab.locator(".b-label").first.evaluate("e => getComputedStyle(e).fontSize")
            assert float(size.removesuffix("px")) >= 12, "a small screen does not shrink the words"

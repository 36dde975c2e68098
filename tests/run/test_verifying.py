"""`verify` takes a page as its reader does, and tells every block that reads otherwise."""

from __future__ import annotations

from msgspec import structs

from onrecord.pipeline import stages_for
from onrecord.records import Version
from onrecord.run.memory import build_in_memory, capture_of
from onrecord.run.verifying import same_words

PAGE = """<html><head><title>Depth of the harbour at Osk</title></head><body><article>
<h1>Depth of the harbour at Osk</h1>
<p>The pilots measured <img src=x alt="5 > 4 metres"> the western basin on Tuesday<!-- note: 3 > 2 -->
and found it shallower than the chart says.</p>
<p>They write that 1 < 2 and 3 > 2 hold for every quay, <span data-x='{"html":"<p>hidden</p>"}'>which is
true</span> and of no use to a ship <svg><title>anchor icon</title></svg>with a draught of &#53; metres.</p>
</article></body></html>"""


def _version() -> Version:
    data = PAGE.encode()
    capture = capture_of("a.html", data, media_type="text/html")
    shelf, reports = build_in_memory([(capture, data)], stages_for([Version]))
    assert [r.failed for r in reports if r.failed] == []
    (version,) = shelf.all(Version)
    return version


def _holds(version: Version, source: str) -> list[bool]:
    capture = capture_of("a.html", source.encode(), media_type="text/html")
    return [
        same_words(source, capture, version, (b.start, b.end), (b.capture_start, b.capture_end))
        for b in version.blocks
    ]


def test_attributes_comments_and_drawings_are_no_words() -> None:
    version = _version()
    assert "1 < 2 and 3 > 2 hold" in version.text
    assert "draught of 5 metres" in version.text
    assert "icon" not in version.text
    assert _holds(version, PAGE) == [True] * 3


def test_a_word_of_the_page_that_is_another_is_found() -> None:
    version = _version()
    assert _holds(version, PAGE.replace("shallower", "deeperrrr")) == [True, False, True]
    assert _holds(version, PAGE.replace("&#53;", "&#54;")) == [True, True, False]


def test_a_block_that_was_moved_is_found() -> None:
    version = _version()
    title, first, second = version.blocks
    moved = structs.replace(
        version,
        blocks=(title, structs.replace(first, capture_start=second.capture_start), second),
    )
    assert _holds(moved, PAGE) == [True, False, True]


def test_a_passage_over_an_advert_holds_and_one_that_ends_elsewhere_does_not() -> None:
    advert = "<div class=ad-slot>Advertisement <a href=/x>Boots for cold quays</a></div>"
    source = PAGE.replace("<p>They write", f"{advert}<p>They write")
    data = source.encode()
    capture = capture_of("a.html", data, media_type="text/html")
    shelf, _ = build_in_memory([(capture, data)], stages_for([Version]))
    (version,) = shelf.all(Version)
    _, first, second = version.blocks
    assert "Boots" not in version.text
    span, place = (first.start, second.end), (first.capture_start, second.capture_end)
    assert same_words(source, capture, version, span, place)
    assert not same_words(source, capture, version, span, (place[0], place[1] - 4))

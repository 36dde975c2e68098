"""What fuzzing found, each find as a small page, and generated pages of every kind of markup.

The properties: a page is read without an error and in bounded work; every row of a map reads its
source; every part of a text leads to a range of the source that shows the same letters and digits.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.capture.capturing import Origin, capture
from onrecord.extract.html_reading import read_html
from onrecord.extract.html_source import (
    DEEPEST,
    MOST_TAGS,
    Page,
    TooMuch,
    folded,
    plain,
    read_page,
    words,
)
from onrecord.gazetteer import load_outlets
from onrecord.text.offsets import from_capture, to_capture

_TAGS = (
    "p div b i a span li ul ol dl dt dd td tr th table tbody thead caption form button h1 h2 h6 "
    "option select optgroup svg math mi title script style textarea noscript template iframe object "
    "video head body html br img input wbr blockquote font nobr dialog foreignObject desc xmp "
    "plaintext pre figure"
).split()
_NAMES = st.sampled_from([*_TAGS, *(t.upper() for t in _TAGS[:12]), "x-y", "pé"])
_VALUES = st.sampled_from(
    ["", " hidden", " class=a", " class='a > b'", ' title="x>y"', " style='display:none'", " a=", ' a="',
     " a='", ' ="x>', " a = b/", "/", " /", " b\"c", " itemProp=headline", " open", "\n\ta=1\0"]
)  # fmt: skip
_WORDS = st.sampled_from(
    ["ferry", " quay ", "é", "e\u0301", "\u00ad", "\u200b", "\u200f", "\u00a0", "\u2028", "\U0001f6a2", "\0", "\ufeff",
     "\r\n", "\r", "\x0c", " \n\t ", "12", "<", ">", "&", "< 3", "=", '"', "'", "-->", "]]>"]
)  # fmt: skip
_REFERENCES = st.sampled_from(
    ["&nbsp;", "&amp;", "&amp", "&notit;", "&notin;", "&copy", "&bogus;", "&#233;", "&#xe9", "&#0;", "&#1;", "&#xD800;",
     "&#x10FFFF;", "&#x110000;", "&#99999999999999;", "&#128;", "&#32;", "&fjlig;", "&ThickSpace;", "&#;", "&#x;", "&;",
     "&ampquot;", "&#1a;"]
)  # fmt: skip
_ODD = st.sampled_from(
    ["<!-- c -->", "<!-->", "<!--->", "<!-- a --!>", "<!--", "<!x>", "<?pi?>", "</>", "</ x>", "</", "<![CDATA[a>b]]>",
     "<!--[if IE]>", "<![endif]-->", "<script><!--<script></script>", "--></script>", "<a", "<!doctype html>"]
)  # fmt: skip
_PIECES = st.one_of(
    st.builds("<{}{}>".format, _NAMES, _VALUES),
    st.builds("</{}>".format, _NAMES),
    _WORDS,
    _WORDS,
    _REFERENCES,
    _ODD,
)
PAGES = st.lists(_PIECES, max_size=60).map("".join)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _check(page: Page) -> None:
    last = 0
    for run in page.runs:
        assert last <= run.start < run.end <= len(page.source)
        text, rows = folded(page.source, run.parts)
        assert text == plain(page.source, run)
        assert text == " ".join(text.split())
        at = 0
        for start, end, low, high in rows:
            assert start == at < end
            assert last <= low < high <= run.end
            at, last = end, high
        assert at == len(text)
        last = run.end


@given(PAGES)
@settings(deadline=None, max_examples=250)
def test_any_markup_is_read_and_every_row_of_a_map_stands_in_order(source: str) -> None:
    page = read_page(source)
    _check(page)
    assert page.deepest <= DEEPEST
    for run in page.runs:
        for _, _, element in run.parts:
            for e in element.path if element else ():
                assert e.start <= e.inner <= e.end <= len(source)
                assert e.attributes is e.attributes
                assert all(0 <= a <= b <= len(source) for _, a, b in e.attributes.values())


_TEXT = st.one_of(
    st.sampled_from(["<b>", "</b>", "<i class='x>y'>", "</i>", "<a href=x>", "</a>", "<!-- no > yes -->"]),
    st.sampled_from(["<br>", "<img alt='a > b'>", "<svg><title>no</title><path d=''/></svg>", "<wbr>", "</p><p>"]),
    st.sampled_from(["<script>no</script>", "<textarea>no</textarea>", "<noscript><b>no</noscript>"]),
    st.sampled_from(["ferry", "quay", " ", "\n  ", "1 < 2 and 3 > 2", "é", "\0", "\U0001f6a2", "\u00a0"]),
    st.sampled_from(["&amp;", "&eacute;", "&frac12", "&nbsp;", "&#x41;", "&copy2", "&bogus;", "&ampquot;"]),
)  # fmt: skip


@given(st.lists(_TEXT, min_size=1, max_size=30).map("".join), st.data())
@settings(deadline=None, max_examples=250)
def test_every_part_of_a_text_leads_to_a_range_that_shows_the_same_words(
    inner: str, data: st.DataObject
) -> None:
    source = f"<div><p>{inner}</p></div>"
    text, rows = "", []
    page = read_page(source)
    for run in page.runs:
        own, map_ = folded(source, run.parts)
        if not own:
            continue
        at = len(text) + 2 if text else 0
        text = f"{text}\n\n{own}" if text else own
        rows += [(a + at, b + at, c, d) for a, b, c, d in map_]
    if not _letters(text):
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not _letters(text[start:end]):
        return
    low, high = to_capture(rows, start, end)
    assert words(page, low, high) == _letters(text[start:end])
    back = from_capture(rows, low, high)
    assert back is not None
    assert _letters(text[slice(*back)]) == _letters(text[start:end])


SHIP = "<p>The ferry left the quay on Monday, the harbour board said in a short note.</p>"


@given(PAGES, PAGES)
@settings(deadline=None, max_examples=60)
def test_any_markup_becomes_a_reading_whose_blocks_read_the_same(head: str, tail: str) -> None:
    source = f"<html><h1>The ferry left the quay</h1>{head}{SHIP * 3}{tail}"
    captured = capture(source.encode(), Origin(path="a.html", url="https://quay.example/a"))
    reading = read_html(captured.capture, source, load_outlets())
    page = read_page(source)
    for block in reading.blocks:
        shown = words(page, block.capture_start, block.capture_end)
        assert shown == _letters(reading.text[block.start : block.end])
    for spans in reading.evidence.values():
        assert all(0 <= span.start < span.end <= len(source) for span in spans)


FINDS = {
    "a reference of 5,000 digits": ("<p>A&#" + "9" * 5000 + ";B", ["A\ufffdB"]),
    "leading zeros": ("<p>&#" + "0" * 5000 + "65;", ["A"]),
    "a reference cut by a tag": ("<p>A &am<b>p;</b> B", ["A &amp; B"]),
    "a name inside a name": ("<p>&ampquot; AT&T", ["&quot; AT&T"]),
    "a script that writes a script": (
        "<script><!-- w('<script>a</script>') --></script><p>Quay",
        ["Quay"],
    ),
    "a script whose comment never ends": (
        "<script><!-- <script> </script><p>Quay",
        ["Quay"],
    ),
    "a comment closed the wrong way": ("<p>A<!-- x --!>B", ["AB"]),
    "a comment of nothing": ("<p>A<!-->B<!--->C", ["ABC"]),
    "a tag cut off at the end": ("<p>Quay<a href='x", ["Quay"]),
    "a quote that never closes": ('<p>Quay</p><a b="x>Ferry</a>', ["Quay", "Ferry"]),
    "an equals sign before a quote": ('<p>A<a ="x>B</a>', ["AB"]),
    "an icon with a name": ("<p>A <svg><title>icon</title></svg>B", ["A B"]),
    "a drawing that never ends": ("<svg><path><p>Quay</p>", ["Quay"]),
    "a style that closes itself in a drawing": ("<svg><style/></svg><p>Quay<style></style>", ["Quay"]),
    "a frame for those without scripts": (
        "<noscript><iframe></noscript><p>Quay</p><iframe></iframe>",
        ["Quay"],
    ),
    "text in the head": ("<head><title>T</title>Quay<p>Ferry", ["Quay", "Ferry"]),
    "text alone in the head": ("<head>Quay", ["Quay"]),
    "a slash that belongs to a value": ("<p>A<svg a = b/>B</svg>C", ["AC"]),
    "a film's excuse": ("<video>Too old a browser</video><p>Quay", ["Quay"]),
    "CDATA": ("<p>A<![CDATA[b>C", ["AC"]),
    "a name with a no-break space": ("<p\u00a0x>Quay", ["Quay"]),
    "an end tag of a line break": ("<p>A</br></br>B", ["A", "B"]),
    "a paragraph in a formula": ("<p>A<math><mi><p>B</p></mi></math>C", ["A", "C"]),
    "nulls alone": ("<p>\0</p><p>\0A\0", ["", "A"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), FINDS.values(), ids=FINDS.keys())
def test_finds(source: str, expected: list[str]) -> None:
    page = read_page(source)
    _check(page)
    assert [plain(source, run) for run in page.runs] == expected


@pytest.mark.parametrize(
    ("source", "tag", "expected"),
    [
        ("<a name=x>A<a href=y>B", "a", [1, 1]),
        ("<a><div>A</a>B</div>", "a", [1, 0]),
        ("<p>A<table><tr><td>B</p>C", "table", [0, 1, 1]),
        ("<div><table><td>A</div>B</table>C", "td", [1, 1, 0]),
        ("<h1>A</h2>B", "h1", [1, 0]),
        ("<form><div>A</form>B</div>C", "div", [1, 1, 0]),
        ("<body><p>A</body>B<body>C", "body", [1, 1, 1]),
        ("<ul><li>A<table><td><li>B", "li", [1, 2]),
        ("<table><tr><td>A<tr><td>B<tbody><td>C", "tr", [1, 1, 0]),
        ("<svg><g><p>A", "svg", [0]),
        ("<div>A<td>B</div>C", "div", [1, 1, 0]),
        ("<p>A<button><p>B</button>C", "p", [1, 2, 1]),
    ],
)
def test_what_closes_what(source: str, tag: str, expected: list[int]) -> None:
    found = [sum(e.tag == tag for e in run.element.path) for run in read_page(source).runs]
    inner = [
        sum(e.tag == tag for e in element.path)
        for run in read_page(source).runs
        for _, _, element in run.parts
        if element is not None
    ]
    assert inner == expected, found


def test_what_a_page_does_not_show_has_the_words_of_its_source() -> None:
    source = '<meta content="Ships &amp; 3 men"><article>Quay<math></article>No'
    page = read_page(source)
    low = source.index("Ships")
    assert words(page, low, source.index('">')) == "Ships3men"
    assert words(page, source.index("Quay"), len(source)) == "QuayNo"


SIZE = 40_000
SECONDS = 4
HOSTILE = (
    "<div>", "<p>a", "<b>a", "<a href=x>a", "<i></i>", "a<br>", "<td>a", "<table>", "<li>a", "<form><p>a</form>",
    '<a b="', "<a b='\"", "<a b=\">'", "<!--", "<!-- a --!>", "<!-->", "<![CDATA[", "<?", "<", "</", "<a ", "<a", "<a =\"",
    "<title>", "<script>", "<script><!--<script>", "<textarea>", "<plaintext>", "<svg>", "<svg><title>", "<svg><x>",
    "<math><mi>", "<template>", "<noscript>", "<b><p><i></b>", "<a><div></a>", "&", "&amp;", "&bogus;", "&#x10FFFF;",
    "&#0;", "&#", "\0", " ", "\r\n", "\u2028", "\u00ad", "\u0301", "\U0001f6a2", "<p a" + " " * 50, "<p a=b", "<option>a",
    "<head>", "<body>", "</p>", "</b>", "<button>a", "<h1>a", "<dialog>a",
)  # fmt: skip


@pytest.mark.parametrize("tail", ["", '">--></script></title></svg>'], ids=["open", "closed"])
def test_floods_are_read_in_linear_time(tail: str) -> None:
    """A flood takes a tenth of a second at most; one quadratic step took more than ten."""
    for piece in HOSTILE:
        source = "<p>" + piece * (SIZE // len(piece)) + tail
        began = time.process_time()
        page = read_page(source)
        for run in page.runs:
            folded(source, run.parts)
            plain(source, run)
        assert time.process_time() - began < SECONDS, piece


@pytest.mark.parametrize(
    "source",
    ["<i>" * (MOST_TAGS + 1), "</i>" * (MOST_TAGS + 1), "<p>" + "a &amp; " * 400_000],
    ids=["start tags", "end tags", "references"],
)
def test_too_much_is_refused_with_its_number(source: str) -> None:
    with pytest.raises(TooMuch, match=r"too many .* more than [0-9,]{7}"):
        for run in read_page(source).runs:
            folded(source, run.parts)


def test_a_page_as_large_as_may_be_is_read() -> None:
    source = "<p>ferry</p>" * (MOST_TAGS // 2 - 1)
    assert len(read_page(source).runs) == MOST_TAGS // 2 - 1

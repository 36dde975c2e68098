"""The reader of page sources: texts with exact ranges, on any markup."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.html_source import folded, plain, read_page


def texts(source: str) -> list[str]:
    page = read_page(source)
    return [plain(source, run) for run in page.runs]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<div>Bare <b>bold</b> text<p>Inner</p> tail</div>", ["Bare bold text", "Inner", "tail"]),
        ("<p>Line<br>break</p>", ["Line break"]),
        ("<p>First<br><br />Second</p>", ["First", "Second"]),
        ("<tr><td>12</td><td>ships</td></tr>", ["12 ships"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<p>A &lt; B &amp; C&nbsp;D</p>", ["A < B & C D"]),
        ("<p>1 < 2 and 3 > 2</p>", ["1 < 2 and 3 > 2"]),
        ('<p title="a > b">Kept</p>', ["Kept"]),
        ("<script>var a = '<p>no</p>';</script><p>Yes</p>", ["Yes"]),
        ("<style>p{}</style><!-- <p>no</p> --><p>Yes</p>", ["Yes"]),
        ("<noscript><p>no</p></noscript><template><p>no</p></template><p>Yes</p>", ["Yes"]),
        (
            "<head><title>Name</title><p>Body of a page without a body tag",
            ["Body of a page without a body tag"],
        ),
        ("<p>soft\u00adhyphen e\u0301 stay</p>", ["soft\u00adhyphen e\u0301 stay"]),
        ("<p>nul\0byte</p>", ["nulbyte"]),
        ("", []),
        ("<", []),
        ("</p", []),
    ],
)
def test_texts(source: str, expected: list[str]) -> None:
    assert [t for t in texts(source) if t.strip("<")] == expected


def test_what_a_style_hides_is_marked_hidden() -> None:
    page = read_page('<div style="display: none"><p>Later</p></div><p hidden>Too</p><p>Now</p>')
    assert [(plain(page.source, r), r.hidden) for r in page.runs] == [
        ("Later", True),
        ("Too", True),
        ("Now", False),
    ]


def test_attributes_have_their_range() -> None:
    source = '<meta property="og:title" content="Ships &amp; men"><meta name=a content=b>'
    first, second = read_page(source).metas
    value, start, end = first.attributes["content"]
    assert value == "Ships & men"
    assert source[start:end] == "Ships &amp; men"
    assert second.get("content") == "b"
    assert second.get("absent") == ""


FRAGMENTS = st.sampled_from(
    [
        "<p>", "</p>", "<div class='a'>", "</div>", "<br>", "<br/>", "<b>", "</b>", "<a href=\"x>y\">", "</a>",
        "word", " two words ", "é", "\u00ad", "\u00a0", "&nbsp;", "&amp;", "&#233;", "&#x1F600;", "&bogus;", "&", "<",
        ">", "\n\t ", "<!-- c -->", "<script>x</script>", "<li>", "<td>", "\0", "<h1>", "</h1>", "\U0001f600", "</", "='",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
@settings(deadline=None)
def test_every_row_of_the_map_reads_the_source(source: str) -> None:
    page = read_page(source)
    last = 0
    for run in page.runs:
        text, rows = folded(source, run.parts)
        assert text == plain(source, run)
        assert "".join(text[a:b] for a, b, _, _ in rows) == text
        assert "  " not in text
        assert text == text.strip()
        at = 0
        for start, end, low, high in rows:
            assert start == at
            at = end
            assert last <= low < high <= len(source)
            last = high
            read = source[low:high]
            if end - start == high - low:
                for ours, theirs in zip(text[start:end], read, strict=True):
                    assert ours == theirs or (ours == " " and theirs.isspace())
            else:
                assert text[start:end] == " " or html.unescape(read) == text[start:end]


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 50_000 + "text",
        '<a b="' * 50_000,
        "<" * 100_000,
        "<!--" * 50_000,
        "<title>" * 50_000,
        "<b><p><i>" * 20_000 + "</b>" * 20_000,
        "<a " + "=" * 200_000,
        "&" * 100_000,
        "<p>" + "word " * 200_000,
    ],
    ids=[
        "deep",
        "quotes",
        "lt",
        "comments",
        "titles",
        "misnested",
        "equals",
        "ampersands",
        "one line",
    ],
)
def test_hostile_markup_is_read_in_linear_time(source: str) -> None:
    page = read_page(source)
    assert page.deepest <= 400
    for run in page.runs:
        folded(source, run.parts)

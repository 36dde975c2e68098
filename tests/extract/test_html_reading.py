"""Pages of made-up outlets -> Readings: text, blocks, exact offsets, what the page says of itself."""

from __future__ import annotations

import pytest

from onrecord.extract.html_reading import read_html
from onrecord.gazetteer import load_outlets
from onrecord.records import Block, Reading
from onrecord.run.memory import capture_of
from onrecord.text.folding import fold_space
from onrecord.text.offsets import to_capture

URL = "https://tidewater-post.example/harbour/strike-ends"
PARAGRAPHS = (
    "VELLMOUTH (Reuters) - Dockers in the port of Vellmouth went back to work on Friday after nine days, the union said.",
    "“We did not get all we asked for,” said Ilona Prusk, who led the talks, “but nobody is asked to work a double shift any more.”",
    "The harbour board had threatened to hire crews from abroad unless the strike ended by Sunday, and 14 ships were waiting.",
    "Fish &amp; coal boats were let in first; the ferry to Osk sails again on Monday, the line&rsquo;s office said.",
)


def page(
    body: str | None = None,
    *,
    head: str = "",
    title: str = "Dockers return to work in Vellmouth",
    around: tuple[str, str] = ("", ""),
) -> str:
    text = body if body is not None else "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS)
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | Tidewater Post</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Tidewater Post">'
        f'<meta property="article:published_time" content="2031-05-02T09:15:00+03:00">{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World news</a></li></ul></nav>'
        f"{around[0]}<article><h1>{title}</h1>"
        '<p class="byline">By Marta Quill and Jon Aske</p><time datetime="2031-05-02">May 2, 2031</time>'
        f"{text}</article>{around[1]}"
        "<footer><p>© 2031 Tidewater Post. All rights reserved.</p></footer></body></html>"
    )


def read(source: str, **given: str) -> Reading:
    capture = capture_of("page.html", source.encode(), url=URL, media_type="text/html", **given)  # type: ignore[arg-type]
    return read_html(capture, source, load_outlets())


def of_kind(reading: Reading, kind: str) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind == kind]


def left_out(reading: Reading, source: str, words: str) -> str:
    """The reason for which the words were left out."""
    return next(
        x.reason for x in reading.left_out if words in source[x.capture_start : x.capture_end]
    )


def test_a_report_in_blocks_headline_first() -> None:
    reading = read(page())
    assert [b.kind for b in reading.blocks] == ["title", "byline", *["paragraph"] * 4]
    assert reading.text.startswith(
        "Dockers return to work in Vellmouth\n\nMarta Quill and Jon Aske\n\nVELLMOUTH"
    )
    assert "Fish & coal boats" in reading.text
    assert reading.kind == "article"


def test_every_block_leads_to_its_source() -> None:
    source = page()
    reading = read(source)
    for block in reading.blocks:
        low, high = to_capture(reading.segments, block.start, block.end)
        assert (low, high) == (block.capture_start, block.capture_end)
    for word in ("threatened", "double shift", "“We did not"):
        at = reading.text.index(word)
        low, high = to_capture(reading.segments, at, at + len(word))
        assert source[low:high] == word
    at = reading.text.index("&")
    assert source[slice(*to_capture(reading.segments, at, at + 1))] == "&amp;"


def test_what_the_page_says_of_itself_with_its_evidence() -> None:
    source = page()
    reading = read(source)
    assert reading.title == "Dockers return to work in Vellmouth"
    assert reading.bylines == ("Marta Quill", "Jon Aske")
    assert reading.outlet == "Tidewater Post"
    assert reading.published.earliest == reading.published.latest == "2031-05-02T09:15:00+03:00"
    assert reading.dateline.place == "Vellmouth"
    assert reading.credits == ("Reuters",)
    assert reading.language == "en"
    evidence = {
        n: [source[s.start : s.end] for s in spans] for n, spans in reading.evidence.items()
    }
    assert evidence["published"] == ["2031-05-02T09:15:00+03:00"]
    assert evidence["outlet"] == ["Tidewater Post"]
    assert evidence["bylines"] == ["Marta Quill and Jon Aske"]


def test_furniture_is_left_out_with_a_reason() -> None:
    source = page(
        around=(
            '<div class="cookie-banner">We use cookies on this site.</div>',
            '<aside class="promo"><p>Try our app</p></aside>',
        )
    )
    reading = read(source)
    assert left_out(reading, source, "World news") == "navigation"
    assert left_out(reading, source, "We use cookies") == "cookie notice"
    assert left_out(reading, source, "All rights reserved") == "page footer"
    assert left_out(reading, source, "May 2, 2031") == "publication date"
    assert "Try our app" not in reading.text


def test_the_same_report_in_another_template_reads_the_same() -> None:
    first = read(page())
    inserts = [
        '<aside class="related"><a href="/r/1">Related: Ferry prices rise</a></aside>',
        '<div class="ad" role="complementary">Advertisement<br>Sail away from 99</div>',
    ]
    body = "<div class='story-body'>" + PARAGRAPHS[0].join(("<p>", "</p>"))
    for extra, text in zip([*inserts, ""], PARAGRAPHS[1:], strict=True):
        body += f"{extra}<p>{text}</p>"
    body += "</div><p class='counter'>8,125 views</p><p>Share this article</p><p>3 hours ago</p>"
    title = "Dockers return to work in Vellmouth"
    second = read(
        f'<html lang="en"><head><meta property="og:title" content="{title}"></head><body class="v2">'
        '<div class="topbar">Sunday, May 4, 2031 21:13</div><main><article class="story"><header>'
        f'<h1>{title}</h1><p class="meta"><span class="author">Marta Quill and Jon Aske</span> | '
        f'<time datetime="2031-05-02T09:15:00+03:00">May 2, 2031</time></p></header>{body}</article>'
        '<section class="more"><h2>Most read</h2><ol><li><a href="/p">Fog over Osk</a></li></ol></section></main></body></html>'
    )
    assert second.text == first.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("14 ships", "19 ships"),
        ("nine days", "nine  long days"),
        ("threatened", "promised"),
        ("did not get", "did get"),
    ],
)
def test_an_edit_of_the_text_changes_the_text(old: str, new: str) -> None:
    assert read(page()).text != read(page().replace(old, new)).text


def test_kinds_of_blocks() -> None:
    body = (
        '<p class="standfirst">A nine-day strike ends with a compromise that both sides call a victory.</p>'
        '<figure><img src="a.jpg"><figcaption>Cranes stand still in the port. <span class="credit">Photo: A. Lens</span></figcaption></figure>'
        f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>What was agreed</h2>"
        f"<ul><li>No double shifts from June on, the paper says.</li><li>Two days more leave a year, it says.</li></ul><p>{PARAGRAPHS[2]}</p>"
        '<blockquote class="twitter-tweet"><p>The boats are back. Thank you all for the patience you had with us.</p></blockquote>'
        f"<blockquote><p>Work is honour, and honour has its hours, says the song of the port.</p></blockquote><p>{PARAGRAPHS[3]}</p>"
    )
    source = page(body)
    reading = read(source)
    assert of_kind(reading, "deck") == [
        "A nine-day strike ends with a compromise that both sides call a victory."
    ]
    assert of_kind(reading, "caption") == ["Cranes stand still in the port."]
    assert of_kind(reading, "heading") == ["What was agreed"]
    assert len(of_kind(reading, "list")) == 2
    assert of_kind(reading, "embed") == [
        "The boats are back. Thank you all for the patience you had with us."
    ]
    assert of_kind(reading, "quote") == [
        "Work is honour, and honour has its hours, says the song of the port."
    ]
    assert left_out(reading, source, "Photo: A. Lens") == "picture credit"


def test_a_headline_no_line_shows_is_read_from_the_head() -> None:
    source = page().replace("<h1>Dockers return to work in Vellmouth</h1>", "")
    reading = read(source)
    title = reading.blocks[0]
    assert title.kind == "title"
    assert reading.text[title.start : title.end] == "Dockers return to work in Vellmouth"
    assert source[title.capture_start : title.capture_end] == "Dockers return to work in Vellmouth"


def test_nothing_is_guessed() -> None:
    source = f"<html><body><article><h1>Fog over Osk for days</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</article></body></html>"
    capture = capture_of("fog.html", source.encode(), media_type="text/html")
    reading = read_html(capture, source, load_outlets())
    assert reading.published.earliest is None
    assert reading.published.latest is None
    assert reading.outlet is None
    assert reading.bylines == ()
    assert reading.credits == ()
    assert reading.announced_versions is None
    assert reading.language == "en"


def test_announced_versions_and_what_is_missing() -> None:
    source = page(around=("<p>Version 2 of 5</p>", "<p>Page 1 of 3</p>"))
    reading = read(source)
    assert reading.announced_versions == 5
    assert source[reading.evidence["announced_versions"][0].start :].startswith("Version 2 of 5")
    assert reading.missing == ("the page says it is page 1 of 3",)


def test_a_number_of_versions_in_the_text_of_another_thing_is_none() -> None:
    assert (
        read(page().replace("nine days", "five versions of the contract")).announced_versions
        is None
    )


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("", "empty"),
        ("<html><body></body></html>", "empty"),
        (
            "<title>404 Not Found</title><h1>Page not found</h1><p>The page cannot be found.</p>",
            "error",
        ),
        (
            "<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>",
            "challenge",
        ),
        (
            "<h1>Before you continue</h1><p>We value your privacy. We and our partners store cookies.</p><button>Accept all</button>",
            "consent",
        ),
        (
            '<title>Log in</title><form><p>Log in to go on</p><input type="password"></form>',
            "login",
        ),
    ],
)
def test_pages_that_are_no_report(source: str, kind: str) -> None:
    assert read(source).kind == kind


def test_an_http_error_is_no_report_whatever_it_shows() -> None:
    source = page()
    capture = capture_of("p.html", source.encode(), url=URL, media_type="text/html")
    gone = type(capture)(
        **{f: getattr(capture, f) for f in capture.__struct_fields__} | {"status": 410}
    )
    assert read_html(gone, source, load_outlets()).kind == "error"


def test_blocks_stand_in_the_order_of_the_source() -> None:
    body = f"<figure><figcaption>Cranes stand still in the port.</figcaption></figure>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}"
    source = page(body).replace(
        "<article>", '<article><p class="kicker">Harbour news of the week</p>'
    )
    blocks: tuple[Block, ...] = read(source).blocks
    assert blocks[0].kind == "title"
    assert [b.capture_start for b in blocks] == sorted(b.capture_start for b in blocks)


def test_a_headline_or_byline_in_a_captions_place_stays_what_it_is() -> None:
    source = (
        page()
        .replace("<h1>", '<div class="caption"><img src="a.jpg"><h1>')
        .replace("</h1>", "</h1></div>")
    )
    source = source.replace('<p class="byline">', '<p class="byline caption">')
    reading = read(source)
    assert [b.kind for b in reading.blocks] == ["title", "byline", *["paragraph"] * 4]
    taken = [(b.capture_start, b.capture_end) for b in reading.blocks]
    assert taken == sorted(set(taken))
    for piece in reading.left_out:
        assert not any(a < piece.capture_end and b > piece.capture_start for a, b in taken)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 30_000 + "<p>A short text about ships.</p>",
        "<table>" + "<tr><td>a</td><td>1</td></tr>" * 2_000 + "</table>",
        "<p>a\0b " + "c\0 " * 500,
        "<p>" + "one long line of words " * 20_000,
        "\ufeff<p>x",
    ],
    ids=["deep", "table", "nul", "line", "bom"],
)
def test_hostile_pages_are_read(source: str) -> None:
    reading = read(source)
    for block in reading.blocks:
        assert fold_space(reading.text[block.start : block.end])
        assert to_capture(reading.segments, block.start, block.end) == (
            block.capture_start,
            block.capture_end,
        )


def test_dates_version_notes_and_agency_trailers_are_no_paragraphs() -> None:
    body = (
        '<p class="deck">What the week at the quays was like</p>'
        '<p class="date"><time datetime="2031-05-02">2 May 2031</time></p>'
        "<p>Version 2 of 4. This report has been updated.</p>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "<p>A gift contributed to this calm, the union said.</p><p>(AFP, Reuters)</p>"
    )
    source = page(body)
    reading = read(source)
    told = of_kind(reading, "paragraph")
    assert told[0].startswith("VELLMOUTH") and told[-1].startswith("A gift")
    assert left_out(reading, source, "2 May 2031") == "publication date"
    assert left_out(reading, source, "Version 2 of 4") == "version note"
    assert left_out(reading, source, "(AFP, Reuters)") == "agency trailer"
    assert reading.announced_versions == 4
    assert sorted(reading.credits) == ["AFP", "Reuters"]

"""Which lines of a page are the report's: what a reader of the page would call its text."""

from __future__ import annotations

import pytest

from onrecord.extract.html_reading import read_html
from onrecord.gazetteer import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of

OUTLETS = load_outlets()
TITLE = "Ferry to Osk stays in port over pay"
STORY = (
    "The night ferry to Osk stayed in port on Tuesday because its crew refused to sail.",
    "“We have waited two winters for this rise,” said Marten Ildal, who speaks for the deckhands.",
    "The line offered to pay a third of the sum at once and the rest after the summer season.",
    "Talks are to go on at the town hall on Wednesday morning, the mayor's office said.",
)


def paragraphs(*texts: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>{TITLE} - Coast Mail</title>{head}</head><body>{body}</body></html>"


def read(source: str) -> Reading:
    capture = capture_of("a.html", source.encode(), media_type="text/html")
    return read_html(capture, source, OUTLETS)


def body_of(reading: Reading) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind != "title"]


def reason_of(reading: Reading, source: str, words: str) -> str:
    at = source.index(words)
    return next(o.reason for o in reading.left_out if o.capture_start <= at < o.capture_end)


SURROUNDINGS = {
    "menu": "<nav><a href=/a>Harbour</a> <a href=/b>Courts</a></nav>{}",
    "footer": "{}<footer><p>Coast Mail is printed by the Coast Press of Osk, which was founded in 1887.</p></footer>",
    "comments": "{}<div id=comments><p>I have taken this ferry for thirty years and I say pay them what they ask for.</p>"
    "<p>They knew the wages when they signed, so let them sail or let them leave the ship.</p></div>",
    "teasers with links": "{}<div class=c1><div class=x><h4><a href=/1>Fog closes the strait for a day</a></h4>"
    "<p>No ship left the harbour of Osk on Monday, and the fish market stayed empty.</p></div>"
    "<div class=x><h4><a href=/2>Bakers ask for cheaper flour</a></h4>"
    "<p>The guild says that eleven ovens went cold since the summer of last year.</p></div></div>",
    "cookie notice": "<div class=cookie-banner><p>We and our partners keep small files on your device, and you may "
    "choose which of them we keep, now or at any later time.</p></div>{}",
    "letter box": "{}<div class=q><h3>The letter from the coast</h3><p>Every morning before seven, five reports from the "
    "harbour and what they mean.</p><form><input type=email><button>Send</button></form></div>",
    "discussion without a name": "{}<div><p>Good that somebody writes about it at last, I had given up. 3 hours ago</p>"
    "<p>Does anybody know whether the morning ferry will sail on Friday? 12 minutes ago</p></div>",
}


@pytest.mark.parametrize("name", SURROUNDINGS)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_what_stands_around_a_report_is_no_text_of_it(name: str, tag: str) -> None:
    story = f"<h1>{TITLE}</h1><div class=k9>{paragraphs(*STORY, tag=tag)}</div>"
    assert body_of(read(page(SURROUNDINGS[name].format(story)))) == list(STORY)


@pytest.mark.parametrize(
    "wrap",
    [
        "<div class='article-body pagination-first'>{}</div>",
        "<div class=paywall>{}</div>",
        "<form action=/page.aspx>{}</form>",
        "<div class=paywall style='display:none'>{}</div>",
        "<div class='sidebar-layout promo-theme'>{}</div>",
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_a_name_of_furniture_around_the_report_itself_means_nothing(wrap: str) -> None:
    source = page(f"<h1>{TITLE}</h1>" + wrap.format(paragraphs(*STORY)))
    reading = read(source)
    assert body_of(reading) == list(STORY)
    assert {b.kind for b in reading.blocks} == {"title", "paragraph"}


def test_a_report_in_several_containers_is_read_as_a_whole() -> None:
    sections = "".join(f"<section><p>{text}</p></section>" for text in STORY)
    assert body_of(read(page(f"<main><h1>{TITLE}</h1>{sections}</main>"))) == list(STORY)


def test_a_short_report_wins_over_an_imprint() -> None:
    imprint = (
        "<div class=z><p>"
        + " ".join(["Coast Mail answers for its own pages only."] * 2)
        + "</p></div>"
    )
    source = page(
        f"<div><h1>{TITLE}</h1><div class=y><p>{STORY[0]}</p><p>{STORY[3]}</p></div></div><hr>{imprint}"
    )
    assert STORY[0] in read(source).text
    assert "answers for" not in read(source).text


@pytest.mark.parametrize("place", range(1, 4))
def test_adverts_between_paragraphs_change_nothing(place: int) -> None:
    advert = (
        "<div class=ad-slot><span>Advertisement</span><a href=/x>Boots for cold quays</a></div>"
    )
    closing = (*STORY, "Update follows.")
    texts = [f"<p>{text}</p>" for text in closing]
    plain = page(f"<article><h1>{TITLE}</h1>{''.join(texts)}</article>")
    texts.insert(place, advert)
    texts.insert(len(texts) - 1, advert)
    assert (
        read(page(f"<article><h1>{TITLE}</h1>{''.join(texts)}</article>")).text == read(plain).text
    )


def test_a_box_that_asks_to_subscribe_goes_as_a_whole_with_its_reason() -> None:
    box = (
        "<div class=b7><h3>Subscribe to read everything</h3><p>This content is reserved for subscribers.</p>"
        "<ul><li>All reports from the harbour, every day of the year.</li></ul></div>"
    )
    source = page(
        f"<article><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p>{box}<p>{STORY[2]}</p></article>"
    )
    reading = read(source)
    assert body_of(reading) == list(STORY[:3])
    assert reason_of(reading, source, "This content") == "subscription notice"


def test_a_refrain_stays_and_a_pull_quote_goes() -> None:
    refrain = "And the ferry stayed where it was, tied to the quay of Osk."
    source = page(
        f"<article><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{refrain}</p><p>{STORY[1]}</p>"
        f"<blockquote class=pull>{STORY[1]}</blockquote><p>{STORY[2]}</p><p>{refrain}</p></article>"
    )
    texts = body_of(read(source))
    assert texts.count(refrain) == 2
    assert texts.count(STORY[1]) == 1


def test_the_text_that_structured_data_states_is_found_outside_the_container() -> None:
    stated = " ".join(STORY)
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{stated}"}}</script>'
    odd = "<div class=q1><div><div><div>" + f"<span>{STORY[3]}</span>" + "</div></div></div></div>"
    source = page(
        f"<div><h1>{TITLE}</h1><div class=y>{paragraphs(*STORY[:3])}</div></div>{odd}", head
    )
    assert body_of(read(source)) == list(STORY)


def test_a_list_inside_the_report_is_kept_and_one_of_links_is_not() -> None:
    own = "<ul><li>the letter of June</li><li>a note on two gauges</li></ul>"
    links = "<ul><li><a href=/1>Fog closes the strait</a></li><li><a href=/2>Bakers ask for flour</a></li></ul>"
    source = page(
        f"<article><h1>{TITLE}</h1>{paragraphs(*STORY[:2])}{own}{paragraphs(*STORY[2:])}{links}</article>"
    )
    assert body_of(read(source)) == [
        *STORY[:2],
        "the letter of June",
        "a note on two gauges",
        *STORY[2:],
    ]


def test_a_heading_with_nothing_below_it_is_left_out() -> None:
    source = page(
        f"<article><h1>{TITLE}</h1>{paragraphs(*STORY)}<h2>From the archive</h2></article>"
    )
    reading = read(source)
    assert body_of(reading) == list(STORY)
    assert reason_of(reading, source, "From the archive")


def test_every_visible_word_is_in_a_block_or_left_out_with_a_reason() -> None:
    source = page(
        "".join(f"<div>{s.format('')}</div>" for s in SURROUNDINGS.values()) + paragraphs(*STORY)
    )
    reading = read(source)
    covered = [(b.capture_start, b.capture_end) for b in reading.blocks]
    covered += [(o.capture_start, o.capture_end) for o in reading.left_out]
    assert all(o.reason for o in reading.left_out)
    for word in ("Harbour", "printed", "thirty", "flour", "partners", "morning", STORY[3]):
        at = source.index(word)
        assert any(low <= at < high for low, high in covered), word


def test_elements_of_the_sites_own_in_a_row_are_blocks_and_one_inside_a_sentence_is_not() -> None:
    body = (
        f"<mail-head><h1>{TITLE}</h1><mail-deck>{STORY[3]}</mail-deck><mail-sign>By Ada Quill</mail-sign></mail-head>"
        f"<mail-text><p>{STORY[0]} It is <mail-link>the third</mail-link> strike.</p>{paragraphs(*STORY[1:3])}</mail-text>"
    )
    reading = read(page(body))
    assert [b.kind for b in reading.blocks][:3] == ["title", "deck", "byline"]
    assert reading.bylines == ("Ada Quill",)
    assert body_of(reading)[2] == f"{STORY[0]} It is the third strike."


def test_a_reference_of_thousands_of_digits_costs_nothing_but_itself() -> None:
    number = "&#" + "9" * 5_000 + ";"
    head = (
        f'<meta property="og:title" content="{TITLE} {number}">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","author":"{number}",'
        f'"articleBody":"{STORY[0]} {number}"}}</script>'
    )
    reading = read(
        page(f"<h1>{TITLE}</h1><p>{STORY[0]} {number}</p>{paragraphs(*STORY[1:])}", head)
    )
    assert body_of(reading)[1:] == list(STORY[1:])
    assert STORY[0] in reading.text

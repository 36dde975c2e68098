"""Captions of invented pages: told by name, by the picture they stand with, by its alt text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.extract.html_captions import ends_credited, is_credit
from onrecord.extract.html_reading import read_html
from onrecord.gazetteer import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of
from onrecord.text.offsets import to_capture

PARAGRAPHS = (
    "Dockers in the port of Vellmouth went back to work on Friday after nine days, the union of the port said.",
    "The harbour board had threatened to hire crews from abroad unless the strike ended by Sunday, and 14 ships were waiting.",
    "Nobody is asked to work a double shift any more, the board said in a letter that all the crews were given at noon.",
    "The ferry to Osk sails again on Monday, the office of the line said, and boats with fish were let in before all others.",
)
CRANES = "Cranes stand still in the port of Vellmouth on the ninth day of the strike"


def read(inset: str) -> Reading:
    text = [f"<p>{p}</p>" for p in PARAGRAPHS]
    body = f"{text[0]}{text[1]}{inset}{text[2]}{text[3]}"
    source = (
        '<html lang="en"><head><title>Dockers return to work</title></head><body><article>'
        f"<h1>Dockers return to work</h1>{body}</article></body></html>"
    )
    return read_html(
        capture_of("p.html", source.encode(), media_type="text/html"), source, load_outlets()
    )


def of_kind(reading: Reading, kind: str) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind == kind]


@pytest.mark.parametrize(
    "inset",
    [
        f'<figure><img src="a.jpg"><figcaption>{CRANES}</figcaption></figure>',
        f'<figure><a href="/pictures/12"><img src="a.jpg"><figcaption>{CRANES}</figcaption></a></figure>',
        f'<div><img src="a.jpg"><div>{CRANES}</div></div>',
        f'<div><div class="mt-2">Photo: Lena Optik</div><img src="a.jpg"><div>{CRANES}</div></div>',
        f'<div class="image-widget"><span><img src="a.jpg"></span><p>{CRANES}</p><p>Image: Lena Optik</p></div>',
        f'<div><picture><img src="a.jpg" alt="{CRANES}"></picture><p>{CRANES} <span>Wire/Lena Optik</span></p></div>',
        f'<div class="wp-caption"><a href="a.jpg"><img src="a.jpg"></a><p class="wp-caption-text">{CRANES}</p></div>',
        f'<div class="foto"><img src="a.jpg"><span class="bildunterschrift">{CRANES}</span></div>',
        f'<p><img src="a.jpg" alt="{CRANES}."></p><p>{CRANES}</p>',
        f'<p><img src="a.jpg"><br><em>{CRANES}</em></p>',
        f'<table class="image"><tr><td><img src="a.jpg"></td></tr><tr><td class="caption">{CRANES}</td></tr></table>',
    ],
    ids="figcaption linked beside credit-first widget alt class german alt-behind slanted table".split(),
)
def test_a_caption_is_a_block_of_its_own(inset: str) -> None:
    reading = read(inset)
    (caption,) = of_kind(reading, "caption")
    assert caption.startswith(CRANES)
    assert of_kind(reading, "paragraph") == list(PARAGRAPHS)


def test_captions_of_a_gallery_stand_in_order_without_counters_and_expanders() -> None:
    slides = "".join(
        f'<div class="Carousel-slide"><img src="{n}.jpg"><div class="ReadMore"><span>{n} of 3</span>'
        f"<p>Picture {n} of the strike shows {who} at the gate of the port</p><button>Read More</button></div></div>"
        for n, who in enumerate(("pickets", "sailors", "clerks"), 1)
    )
    reading = read(f'<div class="Carousel">{slides}</div>')
    assert [c.split(" shows ")[1] for c in of_kind(reading, "caption")] == [
        f"{who} at the gate of the port" for who in ("pickets", "sailors", "clerks")
    ]


def test_an_alt_text_that_no_line_shows_is_no_caption() -> None:
    reading = read(f'<p><img src="a.jpg" alt="{CRANES}"></p>')
    assert CRANES not in reading.text


@pytest.mark.parametrize(
    "inset",
    [
        f'<div class="box"><a href="/other/report"><img src="a.jpg"></a><div>{CRANES}</div></div>',
        f'<div class="card"><img src="a.jpg"><div>{CRANES}</div></div>',
        f'<div class="box"><img src="a.jpg"><div>By Ilse Marrow</div><div>{CRANES}</div><div>2 May 2031, 14:05</div></div>',
        f'<figure class="quote"><blockquote>No more.</blockquote><figcaption>{CRANES}</figcaption></figure>',
        '<figure><img src="a.jpg"><figcaption>Image 1 of 5</figcaption></figure>',
        '<figure><img src="a.jpg"><figcaption>Subscribe to our magazine of ships and ports</figcaption></figure>',
        '<figure><video src="a"></video><figcaption>Sorry, this video cannot be played here</figcaption></figure>',
    ],
    ids=["teaser", "card", "head", "quotation", "counter", "offer", "player"],
)
def test_what_only_looks_like_a_caption(inset: str) -> None:
    assert of_kind(read(inset), "caption") == []


def test_a_paragraph_with_a_picture_in_it_stays_a_paragraph() -> None:
    long = f"{CRANES}, and {PARAGRAPHS[1][0].lower()}{PARAGRAPHS[1][1:]}"
    reading = read(f'<p><img src="a.jpg" alt="A harbour in winter seen from above"> {long}</p>')
    assert of_kind(reading, "caption") == []
    assert long in of_kind(reading, "paragraph")


def test_a_paragraph_that_repeats_its_caption_is_left_out() -> None:
    reading = read(
        f'<figure><img src="a.jpg"><figcaption>{CRANES}. Lena Optik for the Post</figcaption></figure><div class="x"><p>{CRANES}.</p></div>'
    )
    assert len(of_kind(reading, "caption")) == 1
    assert of_kind(reading, "paragraph") == list(PARAGRAPHS)


def test_a_deck_in_a_pictures_container_with_its_credit_is_its_caption() -> None:
    source = (
        f'<html><head><title>Dockers return</title><meta name="description" content="{CRANES}"></head><body><article>'
        f'<h1>Dockers return</h1><div class="picture"><img src="a.jpg"><p>{CRANES}</p><p>Image: Lena Optik</p></div>'
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</article></body></html>"
    )
    reading = read_html(
        capture_of("p.html", source.encode(), media_type="text/html"), source, load_outlets()
    )
    assert of_kind(reading, "caption") == [CRANES]


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Lena Optik", True),
        ("© Lena Optik/Wire", True),
        ("Getty Images", True),
        ("Lena Optik/Reuters", True),
        ("Jon Aske, Lena Optik / Pool via Reuters", True),
        (f"{CRANES}. (Lena Optik/Getty Images)", False),
        ("The minister, left, in Vellmouth. © Lena Optik/dpa", False),
        ("The new harbour mode (1:24:10)", False),
        ("Reuters journalists wait outside the court", False),
        ("Courtesy of the Museum of Vellmouth", True),
        ("AP Photo/Lena Optik", True),
        (CRANES, False),
    ],
)
def test_credits_of_pictures(text: str, credit: bool) -> None:
    assert is_credit(text) is credit


def test_a_credit_behind_a_caption_is_seen() -> None:
    assert ends_credited(f"{CRANES}. (Photo: Lena Optik)")
    assert not ends_credited(f"{CRANES}. (The strike began in April)")


def test_a_credit_in_an_element_of_its_own_is_cut_off_the_caption() -> None:
    reading = read(
        f'<div class="caption"><img src="a.jpg"><p><span>{CRANES}.</span> <span>(Lena Optik/Getty Images)</span></p></div>'
    )
    assert of_kind(reading, "caption") == [f"{CRANES}."]
    assert "picture credit" in [x.reason for x in reading.left_out]


def test_the_heading_of_a_caption_belongs_to_it() -> None:
    source = f'<figure><img src="a.jpg"><figcaption><div>The ninth day</div><div>{CRANES}.</div></figcaption></figure>'
    reading = read(source)
    assert of_kind(reading, "caption") == [f"The ninth day {CRANES}."]
    (block,) = [b for b in reading.blocks if b.kind == "caption"]
    low, high = to_capture(reading.segments, block.start, block.end)
    assert (low, high) == (block.capture_start, block.capture_end)
    taken = [(b.capture_start, b.capture_end) for b in reading.blocks]
    assert taken == sorted(taken)
    assert all(a <= b for (_, a), (b, _) in pairwise(taken))


def test_a_portrait_behind_the_text_has_no_caption() -> None:
    source = (
        "<html><head><title>Dockers return to work</title></head><body><article><h1>Dockers return to work</h1>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + '</article><div class="who"><img src="m.jpg"><span>Ilse has written of ports for eleven years</span></div></body></html>'
    )
    reading = read_html(
        capture_of("p.html", source.encode(), media_type="text/html"), source, load_outlets()
    )
    assert of_kind(reading, "caption") == []

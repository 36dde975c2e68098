"""The head of a page: which headline counts, who is named below it."""

from __future__ import annotations

import time

import pytest

from onrecord.extract.html_head import strip_site
from onrecord.extract.html_reading import read_html
from onrecord.gazetteer import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of

URL = "https://tidewater-post.example/harbour/strike-ends"
TEXT = "".join(
    f"<p>Dockers in the port of Vellmouth went back to work on day {n}, the union of the port said, and {n} ships were let in.</p>"
    for n in range(1, 6)
)


def read(head: str, body: str, url: str = URL) -> Reading:
    source = f'<html lang="en"><head>{head}</head><body><article>{body}</article></body></html>'
    capture = capture_of("page.html", source.encode(), url=url, media_type="text/html")
    return read_html(capture, source, load_outlets())


def named(og: str, shown: str, json_ld: str, document: str) -> str | None:
    return read(
        f'<title>{document}</title><meta property="og:title" content="{og}"><script type="application/ld+json">'
        f'{{"@type":"NewsArticle","headline":"{json_ld}"}}</script>',
        f"<h1>{shown}</h1>{TEXT}",
    ).title


FIRST = "Dockers return to work in Vellmouth"
OTHER = "After nine days, Vellmouth unloads again"


@pytest.mark.parametrize(
    ("og", "shown", "json_ld", "document", "expected"),
    [
        (FIRST, FIRST, FIRST, FIRST, FIRST),
        (OTHER, FIRST, FIRST, FIRST, OTHER),
        (FIRST, FIRST, OTHER, FIRST, OTHER),
        (FIRST, FIRST, FIRST, OTHER, FIRST),
        (OTHER, FIRST, FIRST, OTHER, FIRST),
        ("The paper of the coast", FIRST, FIRST, FIRST, FIRST),
        (FIRST[:26] + "...", FIRST, FIRST, FIRST, FIRST),
        (f"{FIRST} | Tidewater Post", f"Port: {FIRST}", FIRST, f"{FIRST} - Tidewater Post", FIRST),
    ],
    ids=["one", "og", "json", "title", "two-two", "tagline", "cut", "suffix"],
)
def test_what_a_report_is_called(
    og: str, shown: str, json_ld: str, document: str, expected: str
) -> None:
    assert named(og, shown, json_ld, document) == expected


def test_the_block_is_the_headline_shown_whatever_the_report_is_called() -> None:
    reading = read(
        f'<title>{FIRST}</title><meta property="og:title" content="{OTHER}"><script type="application/ld+json">'
        f'{{"@type":"NewsArticle","headline":"{FIRST}"}}</script>',
        f"<h1>{FIRST}</h1>{TEXT}",
    )
    assert reading.title == OTHER
    assert reading.text.startswith(FIRST)


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Fog over Osk | Tidewater Post", "Fog over Osk"),
        ("Fog over Osk - World - Tidewater Post", "Fog over Osk - World"),
        ("Tidewater Post: Fog over Osk", "Tidewater Post: Fog over Osk"),
        ("Tidewater Post | Fog over Osk", "Fog over Osk"),
        ("Fog over Oskㅣ타이드워터", "Fog over Oskㅣ타이드워터"),
        ("Fog - over Osk", "Fog - over Osk"),
    ],
)
def test_the_outlets_name_is_no_part_of_a_title(title: str, left: str) -> None:
    assert strip_site(title, "Tidewater Post", URL) == left


def test_a_short_outlets_name_is_taken_off_with_what_follows_it() -> None:
    assert strip_site("Fog over Osk | TWP News", "TWP", None) == "Fog over Osk"


def test_an_author_is_told_by_the_link_to_their_page() -> None:
    reading = read(
        "", f'<h1>{FIRST}</h1><div><a href="/authors/ilse-marrow">Ilse Marrow</a></div>{TEXT}'
    )
    assert reading.bylines == ("Ilse Marrow",)
    place = read("", f'<h1>{FIRST}</h1><div><a href="/topics/port-osk">Port Osk</a></div>{TEXT}')
    assert place.bylines == ()


def test_a_label_anywhere_names_the_author_of_a_page_without_byline() -> None:
    rest = "<ul><li><b>Date</b> 2 May 2031</li><li><b>Author</b> Ilse Marrow</li></ul>"
    reading = read("", f"<h1>{FIRST}</h1>{TEXT}{TEXT}<h4>About</h4>{rest}")
    assert reading.bylines == ("Ilse Marrow",)


def test_a_name_in_capitals_opens_the_report() -> None:
    reading = read("", f"<h1>{FIRST}</h1><p><b>ILSE MARROW</b></p>{TEXT}")
    assert reading.bylines == ("ILSE MARROW",)
    assert "byline" in [b.kind for b in reading.blocks]
    plain = read("", f"<h1>{FIRST}</h1><p>Ilse Marrow</p>{TEXT}")
    assert plain.bylines == ()


def test_who_took_the_picture_did_not_write_the_report() -> None:
    credit = '<div class="image-credit">Lena Optik</div>'
    assert read("", f"<h1>{FIRST}</h1>{credit}{TEXT}").bylines == ()


def test_a_desk_signs_where_no_person_is_shown() -> None:
    script = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":{"@type":"Organization","name":"Tidewater Staff"}}</script>'
    assert read(script, f"<h1>{FIRST}</h1>{TEXT}").bylines == ("Tidewater Staff",)
    shown = read(script, f'<h1>{FIRST}</h1><p class="byline">By Ilse Marrow</p>{TEXT}')
    assert shown.bylines == ("Ilse Marrow",)


def many(piece: str, n: int = 3_000) -> str:
    return "".join(piece.replace("#", str(i)) for i in range(n))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            "",
            many(
                '<figure><img src="#.jpg"><figcaption>Cranes number # stand still</figcaption></figure>'
            ),
        ),
        ("", many('<p class="caption">Cranes number # stand still in the port</p>')),
        ("", f"<p>{many('<img src=a.jpg alt=Cranes>')} text</p>"),
        ("", many("<h1>Ships wait number #</h1>")),
        ("", many('<time datetime="2031-05-02T09:15:00Z">2 May</time>')),
        ("", many('<span itemprop="author">Ilse # Marrow</span>')),
        ("", many('<p class="byline">By Ilse Marrow #</p>')),
        ("", f"{'<div class=caption>' * 300}{many('<p>Cranes number # stand still</p>')}"),
        (
            many('<meta property="og:title" content="Ships #"><meta name="author" content="A B#">'),
            "",
        ),
        (f'<meta name="author" content="{"Ilse Marrow, " * 200_000}">', ""),
        (f'<meta property="og:title" content="{"Ships - " * 200_000}">', ""),
    ],
    ids="figures captions images headlines times itemprops bylines nested metas author title".split(),
)
def test_hostile_heads_take_linear_time(head: str, body: str) -> None:
    begun = time.process_time()
    read(head, f"<h1>{FIRST}</h1>{TEXT}{body}{TEXT}")
    assert time.process_time() - begun < 6

"""A capture as it was read: every word of the page once, in order, with its fate and the citation marked."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish.reading import Reader, Site, folded

from onrecord.extract.html_source import folded as folded_runs
from onrecord.extract.html_source import read_page
from onrecord.pipeline import STAGES
from onrecord.publish.as_read import (
    PART,
    Line,
    Stretch,
    Words,
    around,
    lay_out,
    parts,
    read_of,
)
from onrecord.publish.library import MemoryLibrary, Notice
from onrecord.publish.web import create_app
from onrecord.records import Article, Capture, Reading, Version
from onrecord.run.memory import build_in_memory, capture_of
from onrecord.text.citing import cite

LOCK = """<!doctype html><html lang="en"><head><title>Lock stays shut | Quay Courier</title>
<meta property="og:site_name" content="Quay Courier">
<meta property="article:published_time" content="2031-02-03T07:45:00+01:00">
<script>document.title = "owned by a script"</script></head><body>
<nav><a href="/">Home</a> <a href="/coast">Coast</a></nav>
<article><h1>Lock stays shut for nine weeks</h1><p class="byline">By Ada Quill</p>
<p>The western gate of Tarn Lock will stay shut for nine weeks, the canal authority said on Monday &amp; again
on <b>Tuesday</b>. Around 140 barges pass the lock on a working day.</p>
<div class="ad-slot"><span>Advertisement</span> <a href="https://adverts.example/">Warm boots for cold quays.</a></div>
<p>&ldquo;We could have patched it and hoped,&rdquo; said Orla Venn, the authority&#8217;s chief engineer, after
divers had looked at the gate from both sides and found <i>a crack</i> as long as a bus.</p>
<p>Repairs are to begin on Thursday, weather permitting, and a decision on the eastern gate is expected in March.</p>
</article>
<div class="related"><h3>Related</h3><ul>NEWS</ul></div>
<footer>&lt;script&gt;alert(1)&lt;/script&gt; Imprint</footer></body></html>
"""
LOCK = LOCK.replace(
    "NEWS", "".join(f'<li><a href="/n/{i}">Port news {i}</a></li>' for i in range(9))
)
GERMAN = """<!doctype html><html lang="de"><head><title>Schleuse bleibt zu</title></head><body><article>
<h1>Schleuse bleibt neun Wochen geschlossen</h1><p>Das westliche Tor der Schleuse bleibt nach einem Riss neun
Wochen lang geschlossen, wie die Behörde am Montag mitteilte. Die Schiffe müssen einen Umweg fahren.</p>
<p>Die Reparatur soll am Donnerstag beginnen, wenn das Wetter es zulässt, sagte eine Ingenieurin.</p>
</article></body></html>
"""
CONSENT = """<!doctype html><html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>
<p>We and our partners value your privacy. We use cookies to store information on your device.</p>
<button>Accept all cookies</button></body></html>
"""
TALK = """WEBVTT

00:00:01.000 --> 00:00:04.500
<v Orla Venn>We could have patched it and hoped.

00:01:02.000 --> 00:01:06.000
<v Reporter>When will the lock open again?
"""
PAGES = {"lock.html": LOCK, "german.html": GERMAN, "consent.html": CONSENT}


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    captures = [
        (capture_of(name, text.encode(), media_type="text/html"), text.encode())
        for name, text in PAGES.items()
    ]
    captures.append((capture_of("talk.vtt", TALK.encode(), media_type="text/vtt"), TALK.encode()))
    shelf, _ = build_in_memory(captures, STAGES, until="articles")
    records = [r for kind in (Capture, Reading, Article, Version) for r in shelf.all(kind)]
    return MemoryLibrary(records, {c.sha256: data for c, data in captures})


@pytest.fixture(scope="module")
def site(library: MemoryLibrary) -> Site:
    return Site(create_app(library))


def held(library: MemoryLibrary, path: str) -> Capture:
    return next(c for c in library.all(Capture) if c.path == path)


def address_of(library: MemoryLibrary, path: str, words: str) -> str:
    capture = held(library, path)
    (version,) = library.by(Version, "capture_id", capture.id)
    at = version.text.index(words)
    return cite(version, at, at + len(words)).address


def text_of(stretches: tuple[Stretch, ...], *, cited: bool = False) -> str:
    lines = (line for stretch in stretches for line in stretch.lines)
    return " ".join("".join(w.text for w in line.words if w.cited or not cited) for line in lines)


def shown(source: str) -> str:
    """What a browser would show of the simple pages here."""
    body = re.sub(r"<(script|title)\b.*?</\1>", " ", source, flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</?(?!b>|i>|/)[^>]*>", " ", body)))


def test_every_word_of_a_page_stands_once_and_in_order(library: MemoryLibrary) -> None:
    capture = held(library, "lock.html")
    read = read_of(library, capture)
    assert read is not None
    found = text_of(lay_out(LOCK, True, read)).split()
    assert found == shown(LOCK).split()


def test_what_is_no_part_of_the_report_keeps_its_reason(library: MemoryLibrary) -> None:
    read = read_of(library, held(library, "lock.html"))
    assert read is not None
    stretches = lay_out(LOCK, True, read)
    (version,) = library.by(Version, "capture_id", held(library, "lock.html").id)
    kept = text_of(tuple(s for s in stretches if s.kind))
    assert folded(kept) == folded(version.text)
    left = {s.reason: text_of((s,)) for s in stretches if s.reason}
    assert all(left)
    assert any("Warm boots" in text for text in left.values())
    assert any("Port news 8" in text for text in left.values())


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_citation_is_marked_word_for_word(library: MemoryLibrary, data: st.DataObject) -> None:
    capture = held(library, "lock.html")
    (version,) = library.by(Version, "capture_id", capture.id)
    start = data.draw(st.integers(0, len(version.text) - 1))
    end = data.draw(st.integers(start + 1, len(version.text)))
    try:
        citation = cite(version, start, end)
    except ValueError:
        return
    read = read_of(library, capture)
    assert read is not None
    stretches = lay_out(LOCK, True, read, (citation.capture_start, citation.capture_end))
    kept = tuple(s for s in stretches if s.kind)
    assert "".join(text_of(kept, cited=True).split()) == "".join(citation.quote.split())
    if citation.quote.strip():
        near = around(stretches, 10)
        assert near is not None
        assert (*near.before, *near.near, *near.after) == stretches and not near.cut
        assert text_of(near.near, cited=True).split() == text_of(stretches, cited=True).split()


@given(st.text(alphabet="ab <>&;/p\n\"'=!-\u0301🌊", max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_source_is_laid_out_with_every_letter_that_the_page_shows(source: str) -> None:
    capture = capture_of("page.html", source.encode(), media_type="text/html")
    shelf, _ = build_in_memory([(capture, source.encode())], STAGES[:1])
    library = MemoryLibrary([capture, *shelf.all(Reading)], {})
    read = read_of(library, capture)
    assert read is not None
    stretches = lay_out(source, True, read, (0, max(1, len(source) // 2)))
    assert all(s.kind or s.reason for s in stretches)
    every = " ".join(folded_runs(source, run.parts)[0] for run in read_page(source).runs)
    assert text_of(stretches).split() == every.split()


def test_long_pages_come_in_parts_that_lose_nothing(library: MemoryLibrary) -> None:
    source = "<h1>Tide tables</h1>" + "<p>The ferry sails again on Monday.</p>" * 5000
    capture = capture_of("long.html", source.encode(), media_type="text/html")
    shelf, _ = build_in_memory([(capture, source.encode())], STAGES[:1])
    read = read_of(MemoryLibrary([capture, *shelf.all(Reading)], {}), capture)
    assert read is not None
    stretches = lay_out(source, True, read)
    found = parts(stretches)
    assert len(found) > 3
    assert all(sum(s.letters for s in part) <= PART for part in found)
    assert text_of(tuple(s for part in found for s in part)) == text_of(stretches)


def test_evidence_on_a_long_page_shows_a_part_of_it() -> None:
    lines = tuple(Line(i, i + 9, (Words("Low water", i == 4000, i == 4000),)) for i in range(9000))
    near = around([Stretch("paragraph", "", (line,)) for line in lines], 100)
    assert near is not None and near.cut
    assert [line.start for s in near.near for line in s.lines if s.cited] == [4000]
    assert max(len(near.before), len(near.after)) < 500


def test_evidence_shows_the_page_around_the_words_and_leads_to_the_whole_page(
    library: MemoryLibrary, site: Site
) -> None:
    words = "“We could have patched it and hoped,” said Orla Venn"
    page = Reader(site.get(f"/evidence?address={address_of(library, 'lock.html', words)}").text)
    assert page.text.count("Left out") >= 1
    assert "Warm boots for cold quays." in page.text
    assert "owned by a script" not in page.text.partition("In the page’s source")[0]
    (whole,) = [a["href"] for a in page.all("a") if "/read?" in a["href"]]
    answer = site.get(whole.partition("#")[0])
    found = re.search(r'<mark id="cited-words">(.*?)</mark>', answer.text)
    assert found and html.unescape(found[1]) == words
    assert "Port news 8" in answer.text and "<script>alert" not in answer.text


def test_evidence_in_a_pages_code_is_said_to_be_there(library: MemoryLibrary, site: Site) -> None:
    (article,) = [a for a in library.all(Article) if a.path == "lock.html"]
    (citation, *_) = article.evidence["published"]
    page = Reader(site.get(f"/evidence?address={citation.address}").text)
    assert "stand in the page’s code" in page.text
    assert page.marked and "2031-02-03T07:45:00+01:00" in page.marked


def test_a_capture_that_is_no_report_says_so(library: MemoryLibrary, site: Site) -> None:
    capture = held(library, "consent.html")
    for path in (f"/capture/{capture.id}", f"/capture/{capture.id}/read"):
        assert "a request for consent, not a report" in Reader(site.get(path).text).text
    page = Reader(site.get(f"/capture/{capture.id}/read").text)
    assert "Left out: the capture is no report" in page.text
    assert not page.all("div", "taken")
    lock = Reader(site.get(f"/capture/{held(library, 'lock.html').id}/read").text)
    assert "not a report" not in lock.text and lock.all("div", "taken")


def test_a_capture_that_no_reader_could_read_says_why() -> None:
    data = b"<p>" * 10
    capture = capture_of("bomb.html", data, media_type="text/html")
    notice = Notice("readings", capture.id, "failed", "too many tags")
    site = Site(create_app(MemoryLibrary([capture], {capture.sha256: data}, [notice])))
    page = Reader(site.get(f"/capture/{capture.id}").text)
    assert "Nothing was read from this capture" in page.text
    assert "reading the capture, failed: too many tags" in page.text
    assert site.get(f"/capture/{capture.id}/read").status_code == 404


def test_a_report_in_another_language_is_labelled(library: MemoryLibrary, site: Site) -> None:
    (article,) = [a for a in library.all(Article) if a.path == "german.html"]
    assert "Written in German" in Reader(site.get(f"/article/{article.id}").text).text
    page = Reader(site.get(f"/capture/{held(library, 'german.html').id}/read").text)
    assert "Written in German" in page.text
    assert page.all("div", "as-read")[0]["lang"] == "de"
    assert "version 1, in German" in Reader(site.get("/search?q=Schleuse").text).text
    (english,) = [a for a in library.all(Article) if a.path == "lock.html"]
    assert "Written in" not in Reader(site.get(f"/article/{english.id}").text).text


def test_a_transcript_shows_when_words_are_heard(library: MemoryLibrary, site: Site) -> None:
    address = address_of(library, "talk.vtt", "When will the lock open again?")
    page = Reader(site.get(f"/evidence?address={address}").text)
    assert "Heard at 0:01:02 to 0:01:06 of the recording" in page.text
    (article,) = [a for a in library.all(Article) if a.path == "talk.vtt"]
    assert "0:00:01 to 0:00:04" in Reader(site.get(f"/article/{article.id}").text).text


def test_a_range_that_is_none_marks_nothing(library: MemoryLibrary, site: Site) -> None:
    capture = held(library, "lock.html")
    for query in ("start=9&end=3", "start=0&end=99999999", "start=x&end=y", "page=77"):
        answer = site.get(f"/capture/{capture.id}/read?{query}")
        assert answer.status_code == 200 and "<mark" not in answer.text
    assert site.get("/capture/cap-none/read").status_code == 404

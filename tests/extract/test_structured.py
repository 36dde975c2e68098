"""Structured data: every fact with the characters it was read from."""

from __future__ import annotations

from onrecord.extract.html_source import read_page
from onrecord.extract.structured import Facts, read_structured

URL = "https://tidewater-post.example/harbour/strike-ends"


def facts(source: str, url: str | None = URL) -> Facts:
    return read_structured(read_page(source), url)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_article_of_a_graph_with_referenced_author() -> None:
    source = script(
        '{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Dockers go back &amp; talk",'
        '"datePublished":"2031-05-02T09:15:00+03:00","dateModified":"2031-05-02T11:00:00+03:00",'
        '"author":{"@id":"#a"},"publisher":{"@type":"Organization","name":"Tidewater Post"}},'
        '{"@type":"Person","@id":"#a","name":"Ilse Marrow"}]}'
    )
    found = facts(source)
    assert [f.value for f in found.titles] == ["Dockers go back & talk"]
    assert [f.value for f in found.authors] == ["Ilse Marrow"]
    assert [f.value for f in found.sites] == ["Tidewater Post"]
    (published,) = found.published
    assert source[published.start : published.end] == "2031-05-02T09:15:00+03:00"
    (author,) = found.authors
    assert source[author.start : author.end] == "Ilse Marrow"


def test_articles_of_other_pages_do_not_count() -> None:
    source = script(
        '[{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other","datePublished":"2031-01-01"}]},'
        f'{{"@type":"NewsArticle","headline":"Elsewhere","url":"https://tidewater-post.example/x","datePublished":"2031-02-02"}},'
        f'{{"@type":"NewsArticle","headline":"This one","mainEntityOfPage":"{URL}","datePublished":"2031-05-02"}}]'
    )
    found = facts(source)
    assert [f.value for f in found.titles] == ["This one"]
    assert [f.value for f in found.published] == ["2031-05-02"]


def test_escapes_are_found_again_in_the_source() -> None:
    source = script('{"@type":"Article","headline":"Caf\\u00e9 \\"Anker\\" closes"}')
    (title,) = facts(source).titles
    assert title.value == 'Café "Anker" closes'
    assert source[title.start : title.end] == 'Caf\\u00e9 \\"Anker\\" closes'


def test_damaged_json_is_passed_over() -> None:
    assert facts(script('{"@type":"Article","headline":') + script("[" * 5000)).titles == []
    trailing = script('{"@type":"Article","headline":"Ok",}')
    assert [f.value for f in facts(trailing).titles] == ["Ok"]


def test_metas_are_ordered_by_how_much_they_are_worth() -> None:
    found = facts(
        '<meta name="date" content="2031-05-03"><meta property="article:published_time" content="2031-05-02T08:00:00Z">'
        '<meta property="og:site_name" content="Tidewater Post"><link rel="canonical" href="https://a.example/b">'
        '<html lang="en-GB">'
    )
    assert [f.value for f in found.published] == ["2031-05-02T08:00:00Z", "2031-05-03"]
    assert found.urls[0].value == "https://a.example/b"
    assert found.languages[0].value == "en-GB"


def test_microdata_of_the_first_article_alone() -> None:
    found = facts(
        '<article><span itemprop="author">Ilse Marrow</span><time itemprop="datePublished" datetime="2031-05-02">'
        'May 2</time></article><article><span itemprop="author">Someone Else</span></article>'
    )
    assert [f.value for f in found.authors] == ["Ilse Marrow"]
    assert [f.value for f in found.published] == ["2031-05-02"]


def test_two_objects_about_the_page_complete_one_another() -> None:
    found = facts(
        script(f'{{"@type":"NewsArticle","url":"{URL}","headline":"Ships wait"}}')
        + script(
            f'{{"@type":"Article","mainEntityOfPage":{{"@id":"{URL}"}},"datePublished":"2031-05-02T08:00:00Z",'
            '"author":{"name":"Ilse Marrow"}}'
        )
        + script(
            '{"@type":"NewsArticle","url":"https://tidewater-post.example/x","author":"Jon Aske"}'
        )
    )
    assert [f.value for f in found.titles] == ["Ships wait"]
    assert [f.value for f in found.published] == ["2031-05-02T08:00:00Z"]
    assert [f.value for f in found.authors] == ["Ilse Marrow"]


def test_an_author_of_another_script_is_cited_there() -> None:
    source = script(
        '{"@type":"NewsArticle","headline":"Ships wait","author":[{"@id":"#a"},{"@id":"#b"}],"publisher":{"@id":"#o"}}'
    ) + script(
        '[{"@id":"#a","@type":"Person","name":"Ilse Marrow"},{"@id":"#b","@type":"Person","givenName":"Jon","familyName":"Aske"},'
        '{"@id":"#o","@type":"NewsMediaOrganization","name":"Tidewater Post"}]'
    )
    found = facts(source)
    assert [f.value for f in found.authors] == ["Ilse Marrow", "Jon Aske"]
    assert [source[f.start : f.end] for f in found.authors] == ["Ilse Marrow", "Aske"]
    assert [source[f.start : f.end] for f in found.sites] == ["Tidewater Post"]


def test_a_damaged_script_costs_no_other() -> None:
    found = facts(
        script('{"@type":"NewsArticle","headline":"Ships wait","author":{"name":"Il')
        + script('{"@type":"WebPage","datePublished":"2031-05-02"}')
        + '<meta name="author" content="Ilse Marrow">'
    )
    assert [f.value for f in found.titles] == ["Ships wait"]
    assert [f.value for f in found.published] == ["2031-05-02"]
    assert [f.value for f in found.authors] == ["Ilse Marrow"]


def test_microdata_of_many_elements_is_read_where_it_stands() -> None:
    source = "<p>x</p>" * 300 + (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ships &amp; fish</h1>'
        '<span itemprop="author">By <b>Ilse</b> Marrow</span></div>'
    )
    found = facts(source)
    (title,) = found.titles
    assert (title.value, source[title.start : title.end]) == ("Ships & fish", "Ships &amp; fish")
    assert found.authors[0].value == "By Ilse Marrow"

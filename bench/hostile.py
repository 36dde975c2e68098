"""Pages made to break a reader: each a file name and its bytes. Text is invented and repeated."""

from __future__ import annotations

from collections.abc import Callable

MB = 1_000_000
WORDS = "The harbour board of Ostrava Quay said on Monday that the ferry would sail again. "
HEAD = "<!doctype html><html><head><title>Ferry sails again</title></head><body><h1>Ferry sails again</h1>"


def _page(body: str, head: str = "") -> bytes:
    start = HEAD.replace("</head>", f"{head}</head>") if head else HEAD
    return f"{start}<article><p>{WORDS * 3}</p>{body}<p>{WORDS * 3}</p></article></body></html>".encode()


def _filled(piece: str, size: int) -> str:
    return piece * (size // len(piece))


def _json_ld(content: str) -> bytes:
    return _page("", f'<script type="application/ld+json">{content}</script>')


def _classes() -> str:
    names = "-".join(["share", "social", "comment", "related", "promo", "article", "body"] * 20)
    return "".join(f'<div class="{names} {names} c{i}"><p>{WORDS}</p></div>' for i in range(2500))


def _broken_nesting() -> str:
    return "".join(f"<b><p><i><div>{i}</b></p></i><table><li>" for i in range(200_000))


HTML: dict[str, Callable[[], bytes]] = {
    "10 MB of nested div": lambda: _page("<div>" * (9 * MB // 5)),
    "9 MB of nested b": lambda: _page("<b>" * 3 * MB),
    "nested blockquotes with text": lambda: _page("<blockquote>a" * 600_000),
    "100 MB in one line": lambda: _page(f"<p>{_filled(WORDS, 100 * MB)}</p>"),
    "9 MB in one line": lambda: _page(f"<p>{_filled(WORDS, 9 * MB)}</p>"),
    "1 million i": lambda: _page("<i>a</i>" * MB),
    "1 million p": lambda: _page("<p>a</p>" * MB),
    "1 million br": lambda: _page("a <br>" * MB),
    "9 MB of ordinary paragraphs": lambda: _page(
        "".join(f"<p>{i} {WORDS * 4}</p>" for i in range(26_000))
    ),
    "paragraphs in a div each": lambda: _page(
        "".join(
            f'<div class="row r{i % 9}"><div><p>{i} {WORDS}</p></div></div>' for i in range(60_000)
        )
    ),
    "unclosed double quotes": lambda: _page(_filled('<a href="x>', 5 * MB)),
    "unclosed single quotes": lambda: _page(_filled("<p title='x>a ", 5 * MB)),
    "unclosed comments": lambda: _page(_filled("<!-- a ", 5 * MB)),
    "unclosed tags": lambda: _page(_filled("<p ", 5 * MB)),
    "less-than signs": lambda: _page("<" * 5 * MB),
    "unclosed scripts": lambda: _page(_filled("<script>a</scrip ", 5 * MB)),
    "unclosed titles and textareas": lambda: _page(_filled("<textarea>a<title>b", 5 * MB)),
    "CDATA and processing instructions": lambda: _page(_filled("<![CDATA[a<?b ", 5 * MB)),
    "misnested tags": lambda: _page(_broken_nesting()),
    "5 MB of JSON-LD, one body": lambda: _json_ld(
        '{"@type":"NewsArticle","headline":"Ferry sails again","articleBody":"'
        + _filled(WORDS, 5 * MB)
        + '"}'
    ),
    "5 MB of JSON-LD, nested lists": lambda: _json_ld("[" * 5 * MB),
    "5 MB of JSON-LD, nested objects": lambda: _json_ld(_filled('{"@graph":', 5 * MB)),
    "5 MB of JSON-LD, many authors": lambda: _json_ld(
        '{"@type":"NewsArticle","author":['
        + ",".join(['{"@type":"Person","name":"Ada Quill"}'] * 130_000)
        + "]}"
    ),
    "5 MB of JSON-LD, many articles": lambda: _json_ld(
        "["
        + ",".join(['{"@type":"NewsArticle","datePublished":"2031-02-03T04:05:06Z"}'] * 80_000)
        + "]"
    ),
    "5 MB of broken JSON-LD": lambda: _json_ld(
        '{"@type":"NewsArticle","headline":"' + '\\"' * 2 * MB
    ),
    "20,000 JSON-LD scripts": lambda: _page(
        '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 20_000
    ),
    "named entities": lambda: _page(f"<p>{_filled('&amp;', 8 * MB)}</p>"),
    "numbered entities": lambda: _page(f"<p>{_filled('&#x1F600;', 8 * MB)}</p>"),
    "broken entities": lambda: _page(f"<p>{_filled('&notanentity', 8 * MB)}</p>"),
    "one endless entity": lambda: _page(f"<p>&{'a' * 8 * MB}</p>"),
    "one endless number as entity": lambda: _page(f"<p>&#{'9' * 8 * MB};</p>"),
    "ampersands": lambda: _page(f"<p>{'&' * 8 * MB}</p>"),
    "deep tables": lambda: _page("<table><tr><td>a" * 300_000),
    "a table of a million cells": lambda: _page("<table><tr>" + "<td>1" * MB + "</table>"),
    "nested lists": lambda: _page("<ul><li>a" * 600_000),
    "100,000 links in one paragraph": lambda: _page(
        "<p>" + "".join(f'<a href="/n/{i}">Port news {i}</a> ' for i in range(100_000)) + "</p>"
    ),
    "100,000 links in a list": lambda: _page(
        "<ul>"
        + "".join(f'<li><a href="/n/{i}">Port news {i}</a></li>' for i in range(100_000))
        + "</ul>"
    ),
    "pathological class names": lambda: _page(_classes()),
    "a class of 5 MB": lambda: _page(
        f'<div class="{_filled("share comment-", 5 * MB)}"><p>{WORDS}</p></div>'
    ),
    "500,000 attributes": lambda: _page(
        "<p " + " ".join(f"a{i}=b" for i in range(500_000)) + ">a</p>"
    ),
    "attributes without values": lambda: _page(f"<p {'a ' * 4 * MB}>a</p>"),
    "equals signs": lambda: _page(f"<p {'=' * 5 * MB}>a</p>"),
    "styles": lambda: _page(f'<p style="{_filled("display : none-ish; ", 100_000)}">a</p>' * 60),
    "white space": lambda: _page(f"<p>{' ' * 8 * MB}a</p>"),
    "no-break spaces": lambda: _page("<p>" + "&nbsp;\u00a0 \n" * 800_000 + "</p>"),
    "null bytes": lambda: _page(_filled("a\0\0b ", 4 * MB)),
    "metas": lambda: _page("", '<meta property="article:tag" content="ferry">' * 150_000),
    "metas of times": lambda: _page(
        "", '<meta property="article:published_time" content="2031-02-03T04:05:06Z">' * 80_000
    ),
    "times": lambda: _page(
        '<time datetime="2031-02-03T04:05:06Z">3 February 2031</time> ' * 80_000
    ),
    "lines that are dates": lambda: _page("<p>3 February 2031 04:05 GMT</p>" * 150_000),
    "lines that are bylines": lambda: _page("<p>By Ada Quill and Bram Oster</p>" * 150_000),
    "author links": lambda: _page(
        '<a rel="author" itemprop="author" href="/a">Ada Quill</a>' * 100_000
    ),
    "figures": lambda: _page(
        "<figure><img src=a alt=b><figcaption>Ada Quill at the quay</figcaption></figure>" * 80_000
    ),
    "headings": lambda: _page("".join(f"<h2>Ferry sails again {i}</h2>" for i in range(200_000))),
    "options": lambda: _page("<select>" + "<option>Ostrava Quay" * 300_000 + "</select>"),
    "one word": lambda: _page(f"<p>{'a' * 9 * MB}</p>"),
    "digits": lambda: _page(f"<p>{'1' * 9 * MB}</p>"),
    "capitals with full stops": lambda: _page(f"<p>{'A. ' * 3 * MB}</p>"),
    "a title of 5 MB": lambda: (
        f"<title>{_filled(WORDS, 5 * MB)}</title><h1>{WORDS}</h1><p>{WORDS * 9}".encode()
    ),
    "replacement characters": lambda: _page("") + bytes(range(128, 256)) * 30_000,
    "combining marks": lambda: _page("<p>a" + "\u0301" * 3 * MB + "</p>"),
    "quotation marks": lambda: _page(f"<p>{chr(34) * 8 * MB}</p>"),
}

TEXT: dict[str, Callable[[], bytes]] = {
    "text: 100 MB in one line": lambda: _filled(WORDS, 100 * MB).encode(),
    "text: 9 MB in one line": lambda: _filled(WORDS, 9 * MB).encode(),
    "text: 1 million lines of a letter": lambda: b"a\n" * MB,
    "text: 5 million empty lines": lambda: b"a" + b"\n" * 5 * MB,
    "text: lines of dates": lambda: b"3 February 2031 04:05 GMT\n" * 200_000,
    "text: lines of bylines": lambda: b"By Ada Quill, Bram Oster and Cleo Tarn\n" * 200_000,
    "text: lines of datelines": lambda: (
        b"OSTRAVA QUAY, Feb 3 (Tidewire) - The ferry sails.\n" * 150_000
    ),
    "text: lines of names in capitals": lambda: b"ADA QUILL BRAM OSTER CLEO TARN\n" * 200_000,
    "text: brackets": lambda: b"(" * 8 * MB,
    "text: one word": lambda: b"a" * 9 * MB,
    "text: digits": lambda: b"1" * 9 * MB,
    "text: tabs and spaces": lambda: b"\t " * 4 * MB + b"a",
    "text: numbered links": lambda: "".join(
        f"{i}. Skip to part {i}\n" for i in range(200_000)
    ).encode(),
    "text: ordinary paragraphs": lambda: "".join(
        f"{i} {WORDS * 4}\n\n" for i in range(26_000)
    ).encode(),
    "text: slashes and commas": lambda: b"a/b, c/d (e, f)\n" * 400_000,
}

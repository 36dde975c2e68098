"""Invented reports on invented sites: the same report under other templates and other surroundings.

`page(report, template, variation)` is the page as one visit would find it. The report's own text is
the same in all of them, and but for OTHER_ORDER in the same order; adverts, tickers, consent banners, comments, related
links, share counts, relative times and class names are not. Everything follows from the three
arguments alone.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable
from dataclasses import replace

from invented_reports import NAMES, WORDS, Report


class Around:
    """What stands around the report on one visit. `c(name)` is a class in the site's own style."""

    def __init__(self, report: Report, chance: random.Random, style: Callable[[str], str]) -> None:
        self.report, self.chance, self.c = report, chance, style
        self.w = WORDS[report.language]

    def some(self, values: tuple[str, ...], count: int) -> list[str]:
        return [html.escape(t, quote=False) for t in self.chance.sample(values, count)]

    def one(self, values: tuple[str, ...]) -> str:
        return html.escape(self.chance.choice(values), quote=False)

    def ago(self) -> str:
        return self.chance.choice(self.w.ago).format(self.chance.randint(2, 23))

    def by(self, names: str = "") -> str:
        return self.w.by.format(names or _names(self.report))

    def links(self, count: int, heading: str, tag: str = "div") -> str:
        rows = "".join(
            f'<li class="{self.c("item")}"><a href="/n/{self.chance.randint(1, 99999)}">{t}</a></li>'
            for t in self.some(self.w.topics, count)
        )
        if self.report.language != "en":
            heading = self.chance.choice((self.w.related, self.w.popular))
        return f'<{tag} class="{self.c("related")}"><h3>{heading}</h3><ul>{rows}</ul></{tag}>'

    def teasers(self, count: int, tag: str = "div") -> str:
        rows = "".join(
            f'<div class="{self.c("teaser")}"><a href="/t/{i}"><h4>{t}</h4></a>'
            f"<p>{self.one(self.w.comments)} <span>{self.ago()}</span></p></div>"
            for i, t in enumerate(self.some(self.w.topics, count))
        )
        return f'<{tag} class="{self.c("more-news")}"><h2>{self.w.more}</h2>{rows}</{tag}>'

    def ad(self) -> str:
        number = self.chance.randint(100, 999)
        return (
            f'<div class="{self.c("advert")}" id="slot-{number}"><span>{self.w.advert}</span>'
            f'<a href="https://adverts.example/{number}">{self.one(self.w.adverts)}</a></div>'
        )

    def maybe_ad(self) -> str:
        return self.ad() if self.chance.random() < 0.4 else ""

    def consent(self) -> str:
        if self.chance.random() < 0.3:
            return ""
        return (
            f'<div class="{self.c("consent")}" role="dialog"><p>{self.one(self.w.consent)}</p>'
            f"<button>{self.w.accept}</button><button>{self.w.settings}</button></div>"
        )

    def ticker(self) -> str:
        rows = "".join(
            f"<li><span>{self.chance.randint(0, 23):02}:{self.chance.randint(0, 59):02}</span> "
            f'<a href="/l/{i}">{t}</a></li>'
            for i, t in enumerate(self.some(self.w.topics, 3))
        )
        return f'<div class="{self.c("ticker")}"><strong>{self.w.breaking}</strong><ul>{rows}</ul></div>'

    def nav(self, tag: str = "nav") -> str:
        names = self.w.sections[: self.chance.randint(4, 7)]
        rows = "".join(f'<a href="/{n.lower()}">{n}</a> ' for n in names)
        return (
            f'<{tag} class="{self.c("menu")}">{rows}<a href="/login">{self.w.sign_in}</a></{tag}>'
        )

    def share(self) -> str:
        commented = self.w.commented.format(self.chance.randint(0, 300))
        return (
            f'<div class="{self.c("share")}"><a href="#s">{self.w.share}</a> <span>{self.chance.randint(2, 900)}</span>'
            f' <a href="#p">{self.w.print_}</a> <a href="#c">{commented}</a></div>'
        )

    def letter(self) -> str:
        return (
            f'<div class="{self.c("newsletter")}"><h3>{self.w.letter}</h3><p>{self.one(self.w.letters)}</p>'
            f'<form><input type="email"><button>{self.w.subscribe}</button></form></div>'
        )

    def maybe_letter(self) -> str:
        return self.letter() if self.chance.random() < 0.5 else ""

    def comments(self) -> str:
        count = self.chance.randint(0, 5)
        rows = "".join(
            f'<div class="{self.c("comment")}"><b>{self.chance.choice(NAMES)}</b> <i>{self.ago()}</i><p>{text}</p>'
            f"<a href='#r'>{self.w.reply}</a> <a href='#l'>{self.w.like} ({self.chance.randint(0, 99)})</a></div>"
            for text in self.some(self.w.comments, count)
        )
        heading = self.w.discussion.format(count)
        return f'<section class="{self.c("comments")}" id="comments"><h3>{heading}</h3>{rows}</section>'

    def foot(self, tag: str = "footer") -> str:
        return (
            f'<{tag} class="{self.c("foot")}"><a href="/imprint">{self.w.imprint}</a> <a href="/privacy">{self.w.privacy}</a> '
            f"<p>© {self.chance.choice(('2030', '2031'))} The Brackwater Courier. {self.w.rights}</p></{tag}>"
        )

    def inline(self) -> str:
        """A promotion between two paragraphs of the report, or none."""
        roll = self.chance.random()
        topic = self.one(self.w.topics)
        if roll < 0.25:
            return f'<p class="{self.c("read-also")}">{self.w.also} <a href="/n/7">{topic}</a></p>'
        if roll < 0.45:
            return self.ad()
        if roll < 0.55:
            return f'<aside class="{self.c("inline-related")}"><a href="/n/8">{topic}</a></aside>'
        return ""

    def bio(self) -> str:
        name = self.report.authors[0]
        return (
            f'<div class="{self.c("author-box")}"><img src="/a.jpg" alt=""><h4>{name}</h4>'
            f'<p>{self.w.bio.format(name)}</p><a href="/a">{self.w.more}</a></div>'
        )

    def pay(self) -> str:
        return f'<div class="{self.c("meter")}"><p>{self.w.pay}</p><a href="/pay"><button>{self.w.subscribe}</button></a></div>'

    def gallery(self, count: int) -> str:
        rows = "".join(
            f'<figure><a href="/g/{i}"><img src="/g/{i}.jpg" alt=""></a><figcaption>{t}</figcaption></figure>'
            for i, t in enumerate(self.some(self.w.topics, count))
        )
        return f'<div class="{self.c("gallery")}"><h3>{self.w.popular}</h3>{rows}</div>'

    def scripts(self) -> str:
        number = self.chance.randint(10**6, 10**7)
        return f"<script>window.visit={number};track('{number}')</script><style>.x{number}{{color:red}}</style>"


def _plain_classes(name: str) -> str:
    return name


def _bem(name: str) -> str:
    return f"c-{name} c-{name}--wide u-mt-2"


def _hashed(seed: int) -> Callable[[str], str]:
    """Class names of a site whose build renames them: no meaning, other ones after every build."""
    return lambda name: f"css-{random.Random(f'{seed}{name}').randint(10**6, 10**7):x}"


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-")) + "_root__9aZ"


def _blocks(report: Report, around: Around, wrap: str = "<p>{}</p>", inline: bool = True) -> str:
    out = []
    for i, (kind, text) in enumerate(report.body):
        escaped = html.escape(text, quote=False)
        if kind == "heading":
            out.append(f"<h2>{escaped}</h2>")
        elif kind == "quote":
            out.append(f"<blockquote><p>{escaped}</p></blockquote>")
        elif kind == "list":
            out.append("<ul>" + "".join(f"<li>{t}</li>" for t in escaped.split("\n")) + "</ul>")
        else:
            out.append(wrap.format(escaped))
        if inline and 0 < i < len(report.body) - 1:
            out.append(around.inline())
    return "\n".join(out)


def _figure(
    report: Report, tag: str = "figure", caption: str = "figcaption", extra: str = ""
) -> str:
    if not report.caption:
        return ""
    return (
        f'<{tag} class="photo {extra}"><img src="/i/{report.slug}.jpg" alt="">'
        f'<{caption} class="caption">{html.escape(report.caption, quote=False)}</{caption}></{tag}>'
    )


def _deck(report: Report, markup: str) -> str:
    return markup.format(html.escape(report.deck, quote=False)) if report.deck else ""


def _names(report: Report) -> str:
    return " and ".join(report.authors)


def _head(report: Report, extra: str = "", site: str = "Brackwater Courier") -> str:
    return (
        f'<head><meta charset="utf-8"><title>{html.escape(report.title)} | {site}</title>'
        f'<meta property="og:title" content="{html.escape(report.title)}">'
        f'<meta property="og:site_name" content="{site}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{report.published}">{extra}</head>'
    )


def _json_ld(report: Report) -> str:
    authors = ",".join(f'{{"@type":"Person","name":"{name}"}}' for name in report.authors)
    return (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{report.title}","datePublished":"{report.published}","author":[{authors}]}}</script>'
    )


def semantic(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _plain_classes)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.consent()}{a.ticker()}"
        f"<header>{a.nav()}</header><main><article><header><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p class=standfirst>{}</p>')}<p class=byline>{a.by(f'<a rel=author href=/a>{_names(report)}</a>')}</p>"
        f"<time datetime={report.published}>{report.shown}</time>{a.share()}</header>{_figure(report)}"
        f"{_blocks(report, a)}{a.maybe_letter()}</article>{a.links(5, 'Related')}{a.comments()}</main>"
        f"<aside>{a.ad()}{a.links(4, 'Most read')}</aside>{a.foot()}{a.scripts()}</body></html>"
    )


def div_soup(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _bem)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report)}<body><div class='l-page'>{a.consent()}{a.nav('div')}"
        f"<div class='c-article'><div class='c-article__head'><h1 class='c-article__title'>"
        f"{html.escape(report.title, quote=False)}</h1>{_deck(report, '<div class=c-article__summary>{}</div>')}"
        f"<div class='c-byline'><span class='c-byline__author'>{_names(report)}</span></div>"
        f"<div class='c-timestamp'>{report.shown}</div></div>{a.share()}"
        f"{_figure(report, 'div', 'div', 'c-figure')}<div class='c-article__body'>{_blocks(report, a)}</div>"
        f"{a.teasers(4)}{a.comments()}</div><div class='c-rail'>{a.ad()}{a.links(5, 'Popular')}{a.letter()}</div>"
        f"{a.foot('div')}</div>{a.scripts()}</body></html>"
    )


def hashed(report: Report, chance: random.Random) -> str:
    c = _hashed(chance.randint(1, 10**6))
    a = Around(report, chance, c)
    paragraph = f'<div class="{c("row")}"><p class="{c("text")}">{{}}</p></div>'
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body><div id=root>{a.nav('div')}{a.consent()}"
        f'<div class="{c("outer")}"><div class="{c("main")}"><h1 class="{c("h")}">{html.escape(report.title, quote=False)}</h1>'
        f"{_deck(report, '<p>{}</p>')}<div class='{c('by')}'>{a.by()}</div><div>{report.shown}</div>{a.share()}"
        f"{_figure(report)}{_blocks(report, a, paragraph)}{a.maybe_letter()}{a.links(4, 'Read next')}</div>"
        f'<div class="{c("side")}">{a.maybe_ad()}{a.teasers(3)}</div></div>{a.foot("div")}</div>{a.scripts()}</body></html>'
    )


def tables(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _plain_classes)
    return (
        f"<html>{_head(report)}<body bgcolor=white><table width=100%><tr><td colspan=3>{a.nav('div')}</td></tr><tr>"
        f"<td width=150 class=menu>{a.links(6, 'Sections')}</td><td class=content><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p><b>{}</b></p>')}<p><i>{a.by()}</i></p><p><font size=1>{report.shown}</font></p>"
        f"{_figure(report, 'div', 'p')}{_blocks(report, a, inline=False)}{a.maybe_ad()}</td>"
        f"<td width=200>{a.ad()}{a.links(5, 'Top stories')}</td></tr><tr><td colspan=3>{a.foot('div')}</td></tr></table></body></html>"
    )


def blog(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, lambda name: f"widget widget_{name.replace('-', '_')}")
    number = chance.randint(1000, 9999)
    blog_by = a.by(f"<a class='url fn n' href=/author>{_names(report)}</a>")
    return (
        f"<!doctype html><html lang={report.language}>{_head(report)}<body class='single postid-{number}'><div id=page>{a.nav()}"
        f"<div id=primary class=content-area><article id=post-{number} class='post type-post hentry'><header class=entry-header>"
        f"<h1 class=entry-title>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<h2 class=entry-subtitle>{}</h2>')}"
        f"<div class=entry-meta><span class='author vcard'>{blog_by}</span> "
        f"<time class='entry-date published' datetime={report.published}>{report.shown}</time></div></header>"
        f"{_figure(report, 'div', 'p', 'wp-caption')}<div class=entry-content>{_blocks(report, a)}"
        f"<div class='sharedaddy'>{a.share()}</div></div><footer class=entry-footer><a rel=tag href=/t>Coast</a> "
        f"<a rel=tag href=/u>News</a></footer></article>{a.links(2, 'Post navigation', 'nav')}{a.comments()}</div>"
        f"<div id=secondary class=widget-area>{a.links(5, 'Recent posts')}{a.maybe_ad()}{a.maybe_letter()}</div>{a.foot()}</div></body></html>"
    )


def line_breaks(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _plain_classes)
    out = []
    for kind, text in report.body:
        escaped = html.escape(text, quote=False)
        if kind == "heading":
            out.append(f"<h2>{escaped}</h2>")
        elif kind == "quote":
            out.append(f"<blockquote>{escaped}</blockquote>")
        elif kind == "list":
            out.append("<ul>" + "".join(f"<li>{t}</li>" for t in escaped.split("\n")) + "</ul>")
        else:
            out.append(f"{escaped}<br><br>")
    return (
        f"<html>{_head(report)}<body>{a.nav('div')}<div id=story><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<h3 class=sub>{}</h3>')}<div class=author>{a.by()}</div><div class=date>{report.shown}</div>"
        f"{_figure(report, 'div', 'span')}<div class=storytext>{' '.join(out)}</div></div>"
        f"{a.maybe_ad()}{a.links(5, 'Also in the news')}{a.comments()}{a.foot('div')}{a.scripts()}</body></html>"
    )


def accelerated(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, lambda name: f"amp-{name}")
    figure = (
        f"<figure><amp-img src=/i.jpg width=4 height=3></amp-img><figcaption>{html.escape(report.caption, quote=False)}</figcaption></figure>"
        if report.caption
        else ""
    )
    return (
        f"<!doctype html><html amp lang={report.language}>{_head(report, _json_ld(report))}<body><amp-consent>{a.consent()}</amp-consent>"
        f"<header>{a.nav('div')}</header><article class=amp-article><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p class=amp-deck>{}</p>')}<p class=amp-author>{a.by()}</p><p class=amp-date>{report.shown}</p>"
        f"{figure}{_blocks(report, a)}<amp-ad width=300 height=250></amp-ad></article>"
        f"<amp-list>{a.links(4, 'More on this')}</amp-list>{a.foot()}</body></html>"
    )


def microdata(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _camel)
    names = " and ".join(
        f'<span itemprop=author itemscope itemtype="https://schema.org/Person"><span itemprop=name>{n}</span></span>'
        for n in report.authors
    )
    return (
        f"<!doctype html><html lang={report.language}>{_head(report)}<body>{a.consent()}<div class=Top>{a.nav('div')}{a.ticker()}</div>"
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop=headline>{html.escape(report.title, quote=False)}</h1>'
        f"{_deck(report, '<p itemprop=description>{}</p>')}<div class=Meta_root__9aZ>{a.by(names)}</div>"
        f'<time itemprop=datePublished datetime="{report.published}">{report.shown}</time>{a.share()}{_figure(report)}'
        f"<div itemprop=articleBody>{_blocks(report, a)}</div></div><div class=Bottom>{a.teasers(3)}{a.letter()}{a.comments()}</div>"
        f"{a.foot()}{a.scripts()}</body></html>"
    )


def components(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _bem)
    wrap = '<div data-component="text-block"><p>{}</p></div>'
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body><div id=app>{a.nav()}{a.consent()}<main id=main-content>"
        f'<article><div data-component="headline-block"><h1>{html.escape(report.title, quote=False)}</h1></div>'
        f"{_deck(report, '<div data-component=subheadline-block><p>{}</p></div>')}"
        f'<div data-component="byline-block"><span>{_names(report)}</span></div><div data-component="time-block">{report.shown}</div>'
        f'<div data-component="image-block">{_figure(report)}</div>{_blocks(report, a, wrap)}'
        f'<div data-component="links-block">{a.links(3, "More on this story")}</div>'
        f'<div data-component="topic-list"><ul><li><a href=/t1>Coast</a></li><li><a href=/t2>Canals</a></li></ul></div></article>'
        f"{a.teasers(4, 'section')}</main>{a.foot()}</div>{a.scripts()}</body></html>"
    )


def numbered(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _plain_classes)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report)}<body>{a.nav('div')}{a.maybe_ad()}<div class=left>{a.links(5, 'Latest')}</div>"
        f"<div class=center><h1 class=hl>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p class=lead>{}</p>')}"
        f"<div class=info>{a.by()}</div><div class=info>{report.shown}</div>{_figure(report)}"
        f"<div class=text>{_blocks(report, a)}</div><div class=pager>Page <b>1</b> of 1 <a href='?p=1'>1</a> <a href='?all=1'>Show all on one page</a></div>"
        f"<div class=tools><a href=#>Send by e-mail</a> <a href=#>Print</a></div></div>"
        f"<div class=right>{a.ad()}{a.teasers(3)}</div>{a.foot('div')}</body></html>"
    )


def bare_divs(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _camel)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.nav('div')}{a.consent()}<section class=Story>"
        f"<h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<div class=Intro>{}</div>')}"
        f"<div class=Authors>{a.by()}</div><div class=Stamp>{report.shown}</div>{_figure(report)}"
        f"<div class=Body>{_blocks(report, a, '<div>{}</div>')}</div></section><section class=Promo>{a.teasers(3)}</section>"
        f"<section class=Talk>{a.comments()}</section>{a.foot()}{a.scripts()}</body></html>"
    )


def printed(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _plain_classes)
    return (
        f"<html>{_head(report)}<body class=print><h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p class=deck>{}</p>')}"
        f"<p class=author>{a.by()}</p><p class=date>{report.shown}</p>{_figure(report)}{_blocks(report, a, inline=False)}"
        f"<hr><p class=url>Printed from https://courier.example/{report.slug} on {chance.randint(1, 28)} October 2031</p></body></html>"
    )


def sections(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _hashed(chance.randint(1, 10**6)))
    parts, current = [], []
    for row in report.body:
        if row[0] == "heading" and current:
            parts.append(tuple(current))
            current = []
        current.append(row)
    parts.append(tuple(current))
    body = "".join(
        f"<section>{_blocks(replace(report, body=part), a)}</section>{a.maybe_ad()}"
        for part in parts
    )
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.ticker()}{a.nav()}<main><article><section><h1>"
        f"{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p>{}</p>')}<p>{a.by()}</p><p>{report.shown}</p></section>"
        f"{_figure(report)}{body}</article><section>{a.letter()}</section>{a.links(5, 'You may also like', 'section')}</main>"
        f"<aside>{a.ad()}</aside>{a.foot()}{a.scripts()}</body></html>"
    )


def mobile(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _bem)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report)}<body><div class=m-page><div class=m-bar hidden>{a.nav('div')}</div>{a.consent()}"
        f"<div class=m-story><h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<div class=m-lead><p>{}</p></div>')}"
        f"<div class=m-by>{_names(report)}</div><div class=m-time>{report.shown} · {chance.randint(2, 9)} min read</div>{_figure(report)}"
        f"<div class=m-text>{_blocks(report, a)}</div><div class=m-listen>Listen to this report ({chance.randint(2, 9)} min)</div></div>"
        f"<div class=m-more>{a.links(6, 'Next')}{a.teasers(2)}</div><div style='display:none'>{a.letter()}</div>{a.foot('div')}</div></body></html>"
    )


def elements(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _camel)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body><site-header>{a.nav()}</site-header>"
        f"<article-page><article-head><h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<article-deck>{}</article-deck>')}"
        f"<article-byline><span>{a.by()}</span></article-byline><time-stamp>{report.shown}</time-stamp></article-head>{_figure(report)}"
        f"<article-body>{_blocks(report, a, '<article-paragraph><p>{}</p></article-paragraph>')}</article-body>{a.share()}</article-page>"
        f"<teaser-list>{a.teasers(4)}</teaser-list>{a.foot()}{a.scripts()}</body></html>"
    )


def authored(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _plain_classes)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report)}<body><header>{a.nav()}</header><main><article class=story>"
        f"<h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p class=summary>{}</p>')}<p class=by>{a.by()}</p>"
        f"<p class=when>{report.shown}</p>{_figure(report)}{_blocks(report, a)}{a.bio()}{a.maybe_letter()}{a.gallery(4)}</article></main>"
        f"{a.comments()}{a.foot()}{a.scripts()}</body></html>"
    )


def metered(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _hashed(chance.randint(1, 10**6)))
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.pay()}{a.nav('div')}<div id=content>"
        f"<h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<h2>{}</h2>')}<div>{a.by()}</div><div>{report.shown}</div>"
        f"{_figure(report)}<div>{_blocks(report, a)}</div>{a.pay()}</div>{a.teasers(5)}{a.letter()}{a.foot('div')}</body></html>"
    )


def sidebar_first(report: Report, chance: random.Random) -> str:
    a = Around(report, chance, _hashed(chance.randint(1, 10**6)))
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.nav('div')}<div>{a.teasers(5)}{a.ad()}"
        f"{a.letter()}</div><div><div><h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p>{}</p>')}<p>{a.by()}</p>"
        f"<p>{report.shown}</p></div>{_figure(report)}<div>{_blocks(report, a)}</div></div>{a.foot('div')}{a.scripts()}</body></html>"
    )


def unstyled(report: Report, chance: random.Random) -> str:
    """A page without a single class or id."""
    a = Around(report, chance, lambda name: "")
    bare = re.compile(r' (?:class|id)="[^"]*"')
    return bare.sub(
        "",
        f"<!doctype html><html lang={report.language}>{_head(report)}<body><div>{a.nav('div')}</div><div>{a.ticker()}</div><div><h1>"
        f"{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p>{}</p>')}<p>{a.by()}</p><p>{report.shown}</p>"
        f"{_figure(report)}{_blocks(report, a)}</div><div>{a.teasers(3)}</div><div>{a.links(5, 'More')}</div>{a.comments()}{a.foot('div')}</body></html>",
    )


def late_head(report: Report, chance: random.Random) -> str:
    """Picture above the headline, author and day below the text."""
    a = Around(report, chance, _bem)
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.nav()}<main><article>{_figure(report)}"
        f"<h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p class=c-intro>{}</p>')}{_blocks(report, a)}"
        f"<div class=c-signed>{a.by()}</div><div class=c-dated>{report.shown}</div></article>{a.teasers(3)}</main>{a.foot()}</body></html>"
    )


def early_names(report: Report, chance: random.Random) -> str:
    """Author and day above the headline, picture after the first paragraph's end."""
    a = Around(report, chance, _plain_classes)
    first, rest = replace(report, body=report.body[:1]), replace(report, body=report.body[1:])
    return (
        f"<!doctype html><html lang={report.language}>{_head(report, _json_ld(report))}<body>{a.nav()}<main><article><div class=top>"
        f"<span class=author>{a.by()}</span> <span class=date>{report.shown}</span></div><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p class=intro>{}</p>')}{_blocks(first, a)}{_figure(report)}{_blocks(rest, a)}</article>{a.links(5, 'Related')}</main>{a.foot()}</body></html>"
    )


Template = Callable[[Report, random.Random], str]
TEMPLATES: dict[str, Template] = {
    "semantic": semantic,
    "div soup": div_soup,
    "hashed classes": hashed,
    "layout tables": tables,
    "blog": blog,
    "line breaks": line_breaks,
    "accelerated": accelerated,
    "microdata": microdata,
    "components": components,
    "numbered pages": numbered,
    "bare divs": bare_divs,
    "print view": printed,
    "sections": sections,
    "mobile": mobile,
    "own elements": elements,
    "author box": authored,
    "metered": metered,
    "sidebar first": sidebar_first,
    "no classes": unstyled,
    "picture above": late_head,
    "author above": early_names,
}
OTHER_ORDER = frozenset({"picture above", "author above"})
"""Sites whose pages have the report's parts in another order: their texts cannot be the very same."""


def page(report: Report, template: str, variation: int) -> str:
    """The page as visit number `variation` finds it."""
    chance = random.Random(f"{report.slug} {template} {variation}")
    return TEMPLATES[template](report, chance)


def expected(report: Report) -> tuple[str, ...]:
    """The blocks' texts of a perfect reading, in order; names as each page prints them are left to the reader."""
    rows = [report.title, report.deck, report.caption]
    for kind, text in report.body:
        rows += text.split("\n") if kind == "list" else [text]
    return tuple(row for row in rows if row)

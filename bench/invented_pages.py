"""Invented reports on invented sites: the same report under other templates and other surroundings.

`page(report, template, variation)` is the page as one visit would find it. The report's own text is
the same in all of them, in the same order; adverts, tickers, consent banners, comments, related
links, share counts, relative times and class names are not. Everything follows from the three
arguments alone.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """`body` holds (kind, text): paragraph, heading, quote, or list with its items by line."""

    slug: str
    title: str
    deck: str
    authors: tuple[str, ...]
    published: str
    shown: str
    caption: str
    body: tuple[tuple[str, str], ...]


def _body(*rows: str) -> tuple[tuple[str, str], ...]:
    marks = {"# ": "heading", "> ": "quote", "* ": "list"}
    return tuple(
        (marks[r[:2]], r[2:].replace("\n* ", "\n")) if r[:2] in marks else ("paragraph", r)
        for r in rows
    )


REPORTS = (
    Report(
        "lock-gates",
        "Tarn Locks to close for nine weeks after crack is found",
        "Barges must take the long way round while divers repair the western gate.",
        ("Ada Quill",),
        "2031-02-03T07:45:00+01:00",
        "3 February 2031, 07:45",
        "The western gate of Tarn Locks at low water. Photograph: Ines Farrow",
        _body(
            "The western gate of Tarn Locks will stay shut for nine weeks after an inspection found a crack as long as a bus, the canal authority said on Monday.",
            "Around 140 barges pass the locks on a working day. They will have to use the old northern arm, which adds eleven hours to the journey between Brackwater and the sea.",
            "“We could have patched it and hoped,” said Orla Venn, the authority's chief engineer. “We are not going to hope with forty thousand tonnes of water behind it.”",
            "The crack was seen on 29 January by a diver who was looking for a lost anchor.",
            "# What it costs",
            "Skippers' associations put the damage at 1.3 million crowns a week. The authority disputes the figure but gave none of its own.",
            "Repairs are to begin on Thursday, weather permitting. A decision on the eastern gate, built in the same year, is expected in March.",
        ),
    ),
    Report(
        "ferry-vote",
        "Islanders vote to keep the night ferry",
        "",
        ("Bram Oster", "Cleo Tarn"),
        "2031-03-18T22:10:00+01:00",
        "18 March 2031, 22:10",
        "",
        _body(
            "Voters on the Sallow Islands have decided by 2,114 to 1,987 to keep paying for the night ferry to Ostrava Quay.",
            "The result, announced shortly after ten in the evening, surprised the council, which had planned to sell the ship.",
        ),
    ),
    Report(
        "dam-report",
        "Engineers knew of dam's weak drain, papers show",
        "Letters from 2027 describe water “where no water should be”.",
        ("Ada Quill",),
        "2031-04-09T05:00:00Z",
        "9 April 2031, 05:00",
        "Skarn dam seen from the village of Lower Arn, before the evacuation. Dovas Pictures",
        _body(
            "Engineers of Skarn Power warned four years before the evacuation of Lower Arn that a drain beneath the dam could no longer be trusted, according to letters that a parliamentary committee made public on Wednesday.",
            "In the first of the letters, dated 14 June 2027, the engineer Tomas Reyl writes of “water where no water should be” and asks for a survey by boat.",
            "> There is water where no water should be, and nobody has told me whose job it is to ask why.",
            "The company answered eleven days later that a survey was planned for the autumn. None took place.",
            "Skarn Power said in a statement that it had “acted on the advice it was given at the time”. It did not say who had given the advice.",
            "# Three warnings",
            "The committee counts three warnings in all:",
            "* the letter of 14 June 2027, which asks for a survey\n* a note of 2 May 2028 on two cracked gauges\n* an entry in the night log of 30 November 2030, eight weeks before the evacuation",
            "Irena Dovas, who leads the committee, said its members would now hear the company's former directors. “They will be asked one question,” she said. “What did you do on the day after?”",
            "The hearing is planned for 22 April. Two of the five directors live abroad & cannot be made to come.",
            "More than 900 people had to leave Lower Arn in January. About 300 of them are still living in the sports hall of the next town.",
        ),
    ),
    Report(
        "tram-strike",
        "Tram drivers call off strike hours before it was to begin",
        "Both sides speak of a fair result; the details are to be published on Friday.",
        ("Bram Oster",),
        "2031-05-21T18:32:00+02:00",
        "21 May 2031, 18:32",
        "",
        _body(
            "Tram drivers in Brackwater have called off a strike that was to begin at four o'clock on Thursday morning.",
            "Their union said it had been offered a rise of 4.5 per cent from July and a further 2 per cent a year later. The city confirmed the offer.",
            "“Nobody got everything, and everybody got home,” said Hanne Lisk of the transport workers' union after nine hours of talks.",
            "Mayor Pell Aldous called the outcome fair and thanked “the people who stayed in the room”.",
            "The union's members still have to agree. A ballot will run until 6 June.",
            "In February a two-day strike had left 60,000 passengers without trams. Schools stayed closed in three districts.",
        ),
    ),
    Report(
        "seed-bank",
        "A seed bank in the old salt mine opens its first chamber",
        "Why a cave that killed its miners with dryness is the right place for barley.",
        ("Cleo Tarn",),
        "2031-06-30T09:15:00+02:00",
        "30 June 2031, 09:15",
        "Shelves in chamber one, 212 metres below the village of Halm. Photo: Rook Agency",
        _body(
            "Two hundred and twelve metres below the village of Halm, the air has not been damp for six thousand years. That is why Vera Castane brought her barley here.",
            "The botanist opened the first chamber of what is to become the largest seed bank of the eastern provinces on Sunday, with a speech of four sentences and a key that did not fit at the first attempt.",
            "Twelve thousand samples lie in the chamber already. There is room for nine times as many.",
            "# Dry enough",
            "Seeds keep best when they are cold and dry. The cold has to be made; the dryness is free.",
            "“The miners coughed themselves to death in here,” Castane says, and lays a hand on the wall. “For a seed it is paradise.”",
            "It takes 18 kilowatts to hold the chamber at minus 12 degrees, about as much as the village bakery needs.",
            "# Who pays",
            "The provinces share the running costs, 640,000 crowns a year. The chamber itself was paid for by a foundation that does not want to be named.",
            "Critics say that seeds which are never sown lose touch with a changing climate. Ruben Aske, who breeds rye on the coast, would rather have spent the money on fields. “A bank is where you put what you do not use,” he says.",
            "Castane knows the objection. Every sample is to be sown at least once in fifteen years, she says, in a field as near as possible to where it came from.",
            "In the autumn a second chamber will follow. The key, she promises, will fit.",
        ),
    ),
    Report(
        "mayor-trial",
        "Former mayor of Ostrava Quay cleared of taking bribes",
        "Judges criticise the inquiry as “careless from the first day”.",
        ("Hugh Carrow", "Ada Quill"),
        "2031-09-12T13:05:00+02:00",
        "12 September 2031, 13:05",
        "Lena Marrow leaves the court with her lawyers on Friday. Tidewire/R. Holm",
        _body(
            "A court has cleared Lena Marrow, the former mayor of Ostrava Quay, of taking bribes from a building firm.",
            "There was no proof that the 80,000 crowns found in a desk had come from the firm, presiding judge Aron Sill said on Friday. There was not even proof that the desk had been hers.",
            "Marrow, 58, had denied the charges from the beginning. She left the court without speaking to reporters.",
            "“She did not win today. She got back what was hers,” said her lawyer, Petra Quent.",
            "The prosecution, which had asked for three years in prison, has a week to decide whether it will appeal.",
            "Judge Sill found harsh words for the inquiry, which he called “careless from the first day”. Two witnesses were never heard; a telephone was returned to its owner before anyone had looked at it.",
            "The building firm, Norrholm & Sons, went bankrupt last year. Its owner was sentenced to fourteen months for fraud in a separate trial.",
        ),
    ),
)

TOPICS = (
    "Five walks along the lower Arn",
    "What the new ferry timetable means for commuters",
    "Why bakers in Halm get up even earlier now",
    "The best soups for a week of rain",
    "How to keep a bicycle alive through the winter",
    "Quiz: how well do you know the eastern provinces?",
    "“My neighbour is a lighthouse”: an architect explains",
    "Watch: otters return to the northern arm",
    "Storm Petra: all closures at a glance",
    "Union and city at odds over night buses",
    "Harbour museum finds its missing anchor",
    "Crown falls to its lowest point since spring",
)
ADS = (
    "Warm boots for cold quays. Order by noon and walk dry tomorrow.",
    "Save up to 40 crowns on your first box of winter vegetables.",
    "Lisk Insurance: because boats do not swim by themselves.",
    "New: the Ostrava card, a month of trams for the price of a pair of shoes.",
    "Compare loans in three minutes. It costs you nothing.",
    "Sponsored: the mattress that remembers how you slept yesterday",
)
COMMENTS = (
    "I have lived beside that canal for thirty years and nobody ever asked me anything.",
    "And who is going to pay for all this in the end? The same people as always.",
    "Good article, thank you. I would have liked to hear more from the skippers themselves.",
    "My grandfather worked down there. He would have laughed, and then he would have cried.",
    "Please stop writing about the ferry, there are more important things in this country.",
    "Does anybody know whether the northern arm is open on Sundays as well?",
)
_NAMES = ("riverrat", "Old Skipper", "m.castane", "Nele", "QuayWatcher77", "Jost B.")
_CONSENT = (
    "We and our 212 partners store and read information on your device. You can change your mind at any time.",
    "This site uses cookies to make reading it more pleasant. By going on you agree to our rules.",
    "Your privacy matters to us. Choose which cookies you want to allow.",
)
_LETTERS = (
    "The most important reports of the day in your inbox every morning. You can unsubscribe at any time.",
    "Do not miss a story: subscribe to our letter from the coast, written every Friday by our editors.",
)


def _pick(chance: random.Random, values: tuple[str, ...], count: int) -> list[str]:
    return chance.sample(values, count)


def _ago(chance: random.Random) -> str:
    unit = chance.choice(("minute", "hour", "day"))
    number = chance.randint(2, 23)
    return f"{number} {unit}s ago"


class Around:
    """What stands around the report on one visit. `c(name)` is a class in the site's own style."""

    def __init__(self, chance: random.Random, style: Callable[[str], str]) -> None:
        self.chance, self.c = chance, style

    def links(self, count: int, heading: str, tag: str = "div") -> str:
        rows = "".join(
            f'<li class="{self.c("item")}"><a href="/n/{self.chance.randint(1, 99999)}">{html.escape(t)}</a></li>'
            for t in _pick(self.chance, TOPICS, count)
        )
        return f'<{tag} class="{self.c("related")}"><h3>{heading}</h3><ul>{rows}</ul></{tag}>'

    def teasers(self, count: int, tag: str = "div") -> str:
        rows = "".join(
            f'<div class="{self.c("teaser")}"><a href="/t/{i}"><h4>{html.escape(t)}</h4></a>'
            f"<p>{html.escape(self.chance.choice(COMMENTS))} <span>{_ago(self.chance)}</span></p></div>"
            for i, t in enumerate(_pick(self.chance, TOPICS, count))
        )
        return f'<{tag} class="{self.c("more-news")}"><h2>More from this section</h2>{rows}</{tag}>'

    def ad(self) -> str:
        number = self.chance.randint(100, 999)
        return (
            f'<div class="{self.c("advert")}" id="slot-{number}"><span>Advertisement</span>'
            f'<a href="https://adverts.example/{number}">{html.escape(self.chance.choice(ADS))}</a></div>'
        )

    def maybe_ad(self) -> str:
        return self.ad() if self.chance.random() < 0.4 else ""

    def consent(self) -> str:
        if self.chance.random() < 0.3:
            return ""
        return (
            f'<div class="{self.c("consent")}" role="dialog"><p>{self.chance.choice(_CONSENT)}</p>'
            "<button>Accept all</button><button>Settings</button></div>"
        )

    def ticker(self) -> str:
        rows = "".join(
            f"<li><span>{self.chance.randint(0, 23):02}:{self.chance.randint(0, 59):02}</span> "
            f'<a href="/l/{i}">{html.escape(t)}</a></li>'
            for i, t in enumerate(_pick(self.chance, TOPICS, 3))
        )
        return f'<div class="{self.c("ticker")}"><strong>Breaking</strong><ul>{rows}</ul></div>'

    def nav(self, tag: str = "nav") -> str:
        names = ["Home", "Coast", "Provinces", "Business", "Culture", "Weather", "Sport"]
        rows = "".join(
            f'<a href="/{n.lower()}">{n}</a> ' for n in names[: self.chance.randint(4, 7)]
        )
        return f'<{tag} class="{self.c("menu")}">{rows}<a href="/login">Sign in</a></{tag}>'

    def share(self) -> str:
        return (
            f'<div class="{self.c("share")}"><a href="#s">Share</a> <span>{self.chance.randint(2, 900)}</span>'
            f' <a href="#p">Print</a> <a href="#c">{self.chance.randint(0, 300)} comments</a></div>'
        )

    def letter(self) -> str:
        return (
            f'<div class="{self.c("newsletter")}"><h3>The letter from the coast</h3>'
            f'<p>{self.chance.choice(_LETTERS)}</p><form><input type="email"><button>Subscribe</button></form></div>'
        )

    def maybe_letter(self) -> str:
        return self.letter() if self.chance.random() < 0.5 else ""

    def comments(self) -> str:
        count = self.chance.randint(0, 5)
        rows = "".join(
            f'<div class="{self.c("comment")}"><b>{self.chance.choice(_NAMES)}</b> <i>{_ago(self.chance)}</i>'
            f"<p>{text}</p><a href='#r'>Reply</a> <a href='#l'>Like ({self.chance.randint(0, 99)})</a></div>"
            for text in _pick(self.chance, COMMENTS, count)
        )
        return f'<section class="{self.c("comments")}" id="comments"><h3>Comments ({count})</h3>{rows}</section>'

    def foot(self, tag: str = "footer") -> str:
        return (
            f'<{tag} class="{self.c("foot")}"><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a> '
            f"<p>© {self.chance.choice(('2030', '2031'))} The Brackwater Courier. All rights reserved.</p></{tag}>"
        )

    def inline(self) -> str:
        """A promotion between two paragraphs of the report, or none."""
        roll = self.chance.random()
        topic = html.escape(self.chance.choice(TOPICS))
        if roll < 0.25:
            return f'<p class="{self.c("read-also")}">Read also: <a href="/n/7">{topic}</a></p>'
        if roll < 0.45:
            return self.ad()
        if roll < 0.55:
            return f'<aside class="{self.c("inline-related")}"><a href="/n/8">{topic}</a></aside>'
        return ""

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
    a = Around(chance, _plain_classes)
    return (
        f"<!doctype html><html lang=en>{_head(report, _json_ld(report))}<body>{a.consent()}{a.ticker()}"
        f"<header>{a.nav()}</header><main><article><header><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p class=standfirst>{}</p>')}<p class=byline>By <a rel=author href=/a>{_names(report)}</a></p>"
        f"<time datetime={report.published}>{report.shown}</time>{a.share()}</header>{_figure(report)}"
        f"{_blocks(report, a)}{a.maybe_letter()}</article>{a.links(5, 'Related')}{a.comments()}</main>"
        f"<aside>{a.ad()}{a.links(4, 'Most read')}</aside>{a.foot()}{a.scripts()}</body></html>"
    )


def div_soup(report: Report, chance: random.Random) -> str:
    a = Around(chance, _bem)
    return (
        f"<!doctype html><html lang=en>{_head(report)}<body><div class='l-page'>{a.consent()}{a.nav('div')}"
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
    a = Around(chance, c)
    paragraph = f'<div class="{c("row")}"><p class="{c("text")}">{{}}</p></div>'
    return (
        f"<!doctype html><html lang=en>{_head(report, _json_ld(report))}<body><div id=root>{a.nav('div')}{a.consent()}"
        f'<div class="{c("outer")}"><div class="{c("main")}"><h1 class="{c("h")}">{html.escape(report.title, quote=False)}</h1>'
        f"{_deck(report, '<p>{}</p>')}<div class='{c('by')}'>By {_names(report)}</div><div>{report.shown}</div>{a.share()}"
        f"{_figure(report)}{_blocks(report, a, paragraph)}{a.maybe_letter()}{a.links(4, 'Read next')}</div>"
        f'<div class="{c("side")}">{a.maybe_ad()}{a.teasers(3)}</div></div>{a.foot("div")}</div>{a.scripts()}</body></html>'
    )


def tables(report: Report, chance: random.Random) -> str:
    a = Around(chance, _plain_classes)
    return (
        f"<html>{_head(report)}<body bgcolor=white><table width=100%><tr><td colspan=3>{a.nav('div')}</td></tr><tr>"
        f"<td width=150 class=menu>{a.links(6, 'Sections')}</td><td class=content><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p><b>{}</b></p>')}<p><i>By {_names(report)}</i></p><p><font size=1>{report.shown}</font></p>"
        f"{_figure(report, 'div', 'p')}{_blocks(report, a, inline=False)}{a.maybe_ad()}</td>"
        f"<td width=200>{a.ad()}{a.links(5, 'Top stories')}</td></tr><tr><td colspan=3>{a.foot('div')}</td></tr></table></body></html>"
    )


def blog(report: Report, chance: random.Random) -> str:
    a = Around(chance, lambda name: f"widget widget_{name.replace('-', '_')}")
    number = chance.randint(1000, 9999)
    return (
        f"<!doctype html><html lang=en>{_head(report)}<body class='single postid-{number}'><div id=page>{a.nav()}"
        f"<div id=primary class=content-area><article id=post-{number} class='post type-post hentry'><header class=entry-header>"
        f"<h1 class=entry-title>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<h2 class=entry-subtitle>{}</h2>')}"
        f"<div class=entry-meta><span class='author vcard'>by <a class='url fn n' href=/author>{_names(report)}</a></span> "
        f"<time class='entry-date published' datetime={report.published}>{report.shown}</time></div></header>"
        f"{_figure(report, 'div', 'p', 'wp-caption')}<div class=entry-content>{_blocks(report, a)}"
        f"<div class='sharedaddy'>{a.share()}</div></div><footer class=entry-footer><a rel=tag href=/t>Coast</a> "
        f"<a rel=tag href=/u>News</a></footer></article>{a.links(2, 'Post navigation', 'nav')}{a.comments()}</div>"
        f"<div id=secondary class=widget-area>{a.links(5, 'Recent posts')}{a.maybe_ad()}{a.maybe_letter()}</div>{a.foot()}</div></body></html>"
    )


def line_breaks(report: Report, chance: random.Random) -> str:
    a = Around(chance, _plain_classes)
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
        f"{_deck(report, '<h3 class=sub>{}</h3>')}<div class=author>By {_names(report)}</div><div class=date>{report.shown}</div>"
        f"{_figure(report, 'div', 'span')}<div class=storytext>{' '.join(out)}</div></div>"
        f"{a.maybe_ad()}{a.links(5, 'Also in the news')}{a.comments()}{a.foot('div')}{a.scripts()}</body></html>"
    )


def accelerated(report: Report, chance: random.Random) -> str:
    a = Around(chance, lambda name: f"amp-{name}")
    figure = (
        f"<figure><amp-img src=/i.jpg width=4 height=3></amp-img><figcaption>{html.escape(report.caption, quote=False)}</figcaption></figure>"
        if report.caption
        else ""
    )
    return (
        f"<!doctype html><html amp lang=en>{_head(report, _json_ld(report))}<body><amp-consent>{a.consent()}</amp-consent>"
        f"<header>{a.nav('div')}</header><article class=amp-article><h1>{html.escape(report.title, quote=False)}</h1>"
        f"{_deck(report, '<p class=amp-deck>{}</p>')}<p class=amp-author>By {_names(report)}</p><p class=amp-date>{report.shown}</p>"
        f"{figure}{_blocks(report, a)}<amp-ad width=300 height=250></amp-ad></article>"
        f"<amp-list>{a.links(4, 'More on this')}</amp-list>{a.foot()}</body></html>"
    )


def microdata(report: Report, chance: random.Random) -> str:
    a = Around(chance, _camel)
    names = " and ".join(
        f'<span itemprop=author itemscope itemtype="https://schema.org/Person"><span itemprop=name>{n}</span></span>'
        for n in report.authors
    )
    return (
        f"<!doctype html><html lang=en>{_head(report)}<body>{a.consent()}<div class=Top>{a.nav('div')}{a.ticker()}</div>"
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop=headline>{html.escape(report.title, quote=False)}</h1>'
        f"{_deck(report, '<p itemprop=description>{}</p>')}<div class=Meta_root__9aZ>By {names}</div>"
        f'<time itemprop=datePublished datetime="{report.published}">{report.shown}</time>{a.share()}{_figure(report)}'
        f"<div itemprop=articleBody>{_blocks(report, a)}</div></div><div class=Bottom>{a.teasers(3)}{a.letter()}{a.comments()}</div>"
        f"{a.foot()}{a.scripts()}</body></html>"
    )


def components(report: Report, chance: random.Random) -> str:
    a = Around(chance, _bem)
    wrap = '<div data-component="text-block"><p>{}</p></div>'
    return (
        f"<!doctype html><html lang=en>{_head(report, _json_ld(report))}<body><div id=app>{a.nav()}{a.consent()}<main id=main-content>"
        f'<article><div data-component="headline-block"><h1>{html.escape(report.title, quote=False)}</h1></div>'
        f"{_deck(report, '<div data-component=subheadline-block><p>{}</p></div>')}"
        f'<div data-component="byline-block"><span>{_names(report)}</span></div><div data-component="time-block">{report.shown}</div>'
        f'<div data-component="image-block">{_figure(report)}</div>{_blocks(report, a, wrap)}'
        f'<div data-component="links-block">{a.links(3, "More on this story")}</div>'
        f'<div data-component="topic-list"><ul><li><a href=/t1>Coast</a></li><li><a href=/t2>Canals</a></li></ul></div></article>'
        f"{a.teasers(4, 'section')}</main>{a.foot()}</div>{a.scripts()}</body></html>"
    )


def numbered(report: Report, chance: random.Random) -> str:
    a = Around(chance, _plain_classes)
    return (
        f"<!doctype html><html lang=en>{_head(report)}<body>{a.nav('div')}{a.maybe_ad()}<div class=left>{a.links(5, 'Latest')}</div>"
        f"<div class=center><h1 class=hl>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p class=lead>{}</p>')}"
        f"<div class=info>By {_names(report)}</div><div class=info>{report.shown}</div>{_figure(report)}"
        f"<div class=text>{_blocks(report, a)}</div><div class=pager>Page <b>1</b> of 1 <a href='?p=1'>1</a> <a href='?all=1'>Show all on one page</a></div>"
        f"<div class=tools><a href=#>Send by e-mail</a> <a href=#>Print</a></div></div>"
        f"<div class=right>{a.ad()}{a.teasers(3)}</div>{a.foot('div')}</body></html>"
    )


def bare_divs(report: Report, chance: random.Random) -> str:
    a = Around(chance, _camel)
    return (
        f"<!doctype html><html lang=en>{_head(report, _json_ld(report))}<body>{a.nav('div')}{a.consent()}<section class=Story>"
        f"<h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<div class=Intro>{}</div>')}"
        f"<div class=Authors>By {_names(report)}</div><div class=Stamp>{report.shown}</div>{_figure(report)}"
        f"<div class=Body>{_blocks(report, a, '<div>{}</div>')}</div></section><section class=Promo>{a.teasers(3)}</section>"
        f"<section class=Talk>{a.comments()}</section>{a.foot()}{a.scripts()}</body></html>"
    )


def printed(report: Report, chance: random.Random) -> str:
    a = Around(chance, _plain_classes)
    return (
        f"<html>{_head(report)}<body class=print><h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p class=deck>{}</p>')}"
        f"<p class=author>By {_names(report)}</p><p class=date>{report.shown}</p>{_figure(report)}{_blocks(report, a, inline=False)}"
        f"<hr><p class=url>Printed from https://courier.example/{report.slug} on {chance.randint(1, 28)} October 2031</p></body></html>"
    )


def sections(report: Report, chance: random.Random) -> str:
    a = Around(chance, _hashed(chance.randint(1, 10**6)))
    parts, current = [], []
    for row in report.body:
        if row[0] == "heading" and current:
            parts.append(tuple(current))
            current = []
        current.append(row)
    parts.append(tuple(current))
    body = "".join(
        f"<section>{_blocks(Report(report.slug, '', '', (), '', '', '', part), a)}</section>{a.maybe_ad()}"
        for part in parts
    )
    return (
        f"<!doctype html><html lang=en>{_head(report, _json_ld(report))}<body>{a.ticker()}{a.nav()}<main><article><section><h1>"
        f"{html.escape(report.title, quote=False)}</h1>{_deck(report, '<p>{}</p>')}<p>By {_names(report)}</p><p>{report.shown}</p></section>"
        f"{_figure(report)}{body}</article><section>{a.letter()}</section>{a.links(5, 'You may also like', 'section')}</main>"
        f"<aside>{a.ad()}</aside>{a.foot()}{a.scripts()}</body></html>"
    )


def mobile(report: Report, chance: random.Random) -> str:
    a = Around(chance, _bem)
    return (
        f"<!doctype html><html lang=en>{_head(report)}<body><div class=m-page><div class=m-bar hidden>{a.nav('div')}</div>{a.consent()}"
        f"<div class=m-story><h1>{html.escape(report.title, quote=False)}</h1>{_deck(report, '<div class=m-lead><p>{}</p></div>')}"
        f"<div class=m-by>{_names(report)}</div><div class=m-time>{report.shown} · {chance.randint(2, 9)} min read</div>{_figure(report)}"
        f"<div class=m-text>{_blocks(report, a)}</div><div class=m-listen>Listen to this report ({chance.randint(2, 9)} min)</div></div>"
        f"<div class=m-more>{a.links(6, 'Next')}{a.teasers(2)}</div><div style='display:none'>{a.letter()}</div>{a.foot('div')}</div></body></html>"
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
}


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

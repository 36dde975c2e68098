"""What changes in the text read when only what stands around a report changes.

    python bench/run.py stability                    # or python bench/stability.py [--show], which only prints

Invented pages (invented_pages.py): each report on each site visited again with other adverts, tickers,
comments, links and, where the site makes them up, class names ("another visit"), and the visits of
different sites among each other ("another template"). Shared pages: each as lxml writes it, against
the same page with one thing around the report changed. A text is stable if it is the very same.
--show prints the blocks that differ.
"""

from __future__ import annotations

import copy
import itertools
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from invented_pages import OTHER_ORDER, TEMPLATES, expected, page
from invented_reports import ADS, COMMENTS, REPORTS, TOPICS
from peers_env import lxml_html
from shared_pages import HTML_PARTS, captured, part_pages
from speed import read

from onrecord.gazetteer import load_outlets
from onrecord.records import Reading

HERE = Path(__file__).resolve().parent
VISITS = 4
"""Visits of each report on each site."""
LXML = lxml_html()
Element = Any
"""An element of lxml's tree."""


@dataclass(frozen=True)
class Text:
    """What was read of a page: (kind, text) of its blocks."""

    blocks: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.blocks)


def text_of(source: str, url: str | None, outlets: Any) -> Text:
    (found,) = read(captured("page.html", source.encode(), url), outlets)
    return Text(tuple((b.kind, _slice(found, b.start, b.end)) for b in found.blocks))


def _slice(found: Reading, start: int, end: int) -> str:
    return found.text[start:end]


def differing(a: Text, b: Text) -> list[str]:
    """The blocks that stand in one text only, or the words that the order differs."""
    left, right = Counter(a.words), Counter(b.words)
    kinds = {text: kind for kind, text in (*a.blocks, *b.blocks)}
    only = [f"{kinds[t]}: {t[:90]}" for t in sorted((left - right) + (right - left))]
    return only or ["the order of blocks"]


# ------------------------------------------------------------------ invented pages


def invented(outlets: Any, show: bool) -> dict[str, Any]:
    """Shares of stable pairs and of perfect readings over all invented pages."""
    visits: dict[tuple[str, str], list[Text]] = {}
    for report in REPORTS:
        for template in TEMPLATES:
            visits[report.slug, template] = [
                text_of(page(report, template, i), None, outlets) for i in range(VISITS)
            ]
    same_site: Counter[tuple[str, bool]] = Counter()
    across: Counter[tuple[bool, bool]] = Counter()
    causes: Counter[str] = Counter()
    perfect: Counter[str] = Counter()
    rows: dict[str, dict[str, float]] = {}
    for report in REPORTS:
        wanted = expected(report)
        for template in TEMPLATES:
            for i, found in enumerate(visits[report.slug, template]):
                body = [t for kind, t in found.blocks if kind not in ("byline", "dateline")]
                right = Counter(body) == Counter(wanted)
                perfect[template] += right
                if not right and show:
                    print(f"[not as written] {report.slug} / {template} / visit {i}")
                    for text in sorted(Counter(wanted) - Counter(body)):
                        print(f"    lost   {text[:100]}")
                    for text in sorted(Counter(body) - Counter(wanted)):
                        print(f"    gained {text[:100]}")
            for a, b in itertools.combinations(visits[report.slug, template], 2):
                same_site[template, a.words == b.words] += 1
                if a.words != b.words:
                    causes.update({f"{template}: {line}" for line in differing(a, b)})
        for one, other in itertools.combinations(TEMPLATES, 2):
            a, b = visits[report.slug, one][0], visits[report.slug, other][1]
            moved = one in OTHER_ORDER or other in OTHER_ORDER
            same = Counter(a.words) == Counter(b.words) if moved else a.words == b.words
            across[moved, same] += 1
            if not same:
                causes.update({f"{one} / {other}: {line}" for line in differing(a, b)})
    if show:
        for cause, count in causes.most_common(80):
            print(f"{count:4}  {cause}")
    pages = len(REPORTS) * VISITS
    for template in TEMPLATES:
        pairs = same_site[template, True] + same_site[template, False]
        rows[template] = {
            "another_visit": _percent(same_site[template, True], pairs),
            "as_written": _percent(perfect[template], pages),
        }
    steady = sum(same_site[t, True] for t in TEMPLATES)
    return {
        "another_visit": _percent(steady, sum(same_site.values())),
        "another_template": _share(across, False),
        "another_order": _share(across, True),
        "as_written": _percent(sum(perfect.values()), pages * len(TEMPLATES)),
        "by_template": rows,
    }


def _share(pairs: Counter[tuple[bool, bool]], moved: bool) -> float:
    return _percent(pairs[moved, True], pairs[moved, True] + pairs[moved, False])


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


# ------------------------------------------------------------------ shared pages


_SURROUNDS = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|promo\w*|related|recommend\w*|sidebar|comments?|newsletter|"
    r"most-?(?:read|popular)|trending|teasers?|widget\w*|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AGO = re.compile(r"\d+(?=\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago)", re.I)
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True)
class Kept:
    """What the unchanged page's text was read from: beginnings of blocks, letters and digits only."""

    starts: frozenset[str]

    def holds(self, element: Element) -> bool:
        """Whether any of the text read stands in the element."""
        text = _letters(element.text_content())
        return any(start in text for start in self.starts)


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _surrounding(tree: Element, kept: Kept) -> Iterator[Element]:
    """The outermost elements that hold what stands around the report and none of its text."""
    for element in tree.iter("aside", "nav", "footer", "div", "section", "ul"):
        known = element.tag in ("aside", "nav", "footer") or _SURROUNDS.search(
            f"{element.get('class', '')} {element.get('id', '')}"
        )
        if known and not kept.holds(element):
            yield element


def drop_scripts(tree: Element, kept: Kept, chance: random.Random) -> None:
    """Scripts (but structured data), styles and comments go."""
    for element in list(tree.iter("script", "style", LXML.etree.Comment)):
        if isinstance(element.tag, str) and "json" in element.get("type", ""):
            continue
        parent = element.getparent()
        if parent is not None:
            parent.remove(element) if not element.tail else element.drop_tree()


def other_words(tree: Element, kept: Kept, chance: random.Random) -> None:
    """Every text in an advert, list of links, sidebar, menu or foot is another one."""
    for element in list(_surrounding(tree, kept)):
        for inner in element.iter():
            if isinstance(inner.tag, str) and inner.tag not in ("script", "style"):
                if inner.text and inner.text.strip():
                    inner.text = chance.choice(TOPICS)
                if inner is not element and inner.tail and inner.tail.strip():
                    inner.tail = chance.choice(ADS)


def surroundings_gone(tree: Element, kept: Kept, chance: random.Random) -> None:
    """Adverts, lists of links, sidebars, menus and feet are empty, as where a script did not load them."""
    for element in list(_surrounding(tree, kept)):
        for inner in list(element):
            element.remove(inner)
        element.text = ""


def later(tree: Element, kept: Kept, chance: random.Random) -> None:
    """Every "3 hours ago" is some other number of hours ago."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            for where in ("text", "tail"):
                text = getattr(element, where)
                if text and len(text) < 80 and _AGO.search(text):
                    setattr(element, where, _AGO.sub(str(chance.randint(2, 29)), text))


def second_list(tree: Element, kept: Kept, chance: random.Random) -> None:
    """A further list of related links before the page's foot."""
    rows = "".join(f'<li><a href="/x{i}">{t}</a></li>' for i, t in enumerate(TOPICS[:6]))
    _append(tree, f"<div class='related-more'><h3>More for you</h3><ul>{rows}</ul></div>")


def discussion(tree: Element, kept: Kept, chance: random.Random) -> None:
    """A discussion of five sentences before the page's foot."""
    rows = "".join(
        f"<div class=comment><b>Nele</b> <i>3 hours ago</i><p>{t}</p></div>" for t in COMMENTS
    )
    _append(tree, f"<section id=comments class=comments><h3>5 comments</h3>{rows}</section>")


def banner(tree: Element, kept: Kept, chance: random.Random) -> None:
    """A consent banner in front of everything."""
    body = tree.find("body")
    if body is not None:
        words = "We and our partners store and read information on your device to show you adverts."
        body.insert(
            0,
            _element(
                f"<div class='consent-banner' role='dialog'><p>{words}</p><button>Accept</button></div>"
            ),
        )


def adverts_inside(tree: Element, kept: Kept, chance: random.Random) -> None:
    """An advert behind every third paragraph of the text."""
    paragraphs = [
        p
        for p in tree.iter("p")
        if _letters(p.text_content())[:60] in kept.starts
        and not (p.tail or "").strip()
        and next(p.iterancestors("blockquote", "figure", "aside"), None) is None
    ]
    for p in paragraphs[2::3]:
        advert = f"<div class='ad-slot'><span>Advertisement</span><a href='https://adverts.example/'>{ADS[0]}</a></div>"
        p.addnext(_element(advert))


def other_names(tree: Element, kept: Kept, chance: random.Random) -> None:
    """Digits in ids and in classes that carry a build's hash are other ones."""
    hashed = re.compile(r"(?=\w*\d)(?=\w*[a-zA-Z])[\w-]*\d[\w-]*")
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name in ("id", "class"):
                value = element.get(name)
                if value:
                    element.set(name, hashed.sub(lambda m: re.sub(r"\d", "7", m[0]), value))


def _element(markup: str) -> Element:
    return LXML.fragment_fromstring(markup)


def _append(tree: Element, markup: str) -> None:
    body = tree.find("body")
    if body is None:
        return
    foot = next((e for e in body if e.tag == "footer"), None)
    foot.addprevious(_element(markup)) if foot is not None else body.append(_element(markup))


MUTATIONS: dict[str, Callable[[Element, Kept, random.Random], None]] = {
    "scripts, styles and comments dropped": drop_scripts,
    "other words in adverts, links, sidebars, menus": other_words,
    "adverts, links, sidebars, menus empty": surroundings_gone,
    "other relative times": later,
    "a second list of related links": second_list,
    "a discussion added": discussion,
    "a consent banner added": banner,
    "adverts between paragraphs": adverts_inside,
    "other numbers in ids and classes": other_names,
}


def shared(bench: Path, outlets: Any, show: bool) -> dict[str, Any]:
    """For every mutation: pages that it touches, and how many of their texts changed."""
    touched: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    pages = 0
    for part in HTML_PARTS:
        for one in part_pages(bench / "reading" / part):
            parser = LXML.HTMLParser(encoding="utf-8")
            tree = LXML.fromstring(one.source.removeprefix("\ufeff").encode(), parser=parser)
            if not isinstance(tree, LXML.HtmlElement) or tree.tag != "html":
                continue
            before = _written(tree)
            base = text_of(before, one.capture.url, outlets)
            pages += 1
            kept = Kept(frozenset(start for t in base.words if (start := _letters(t)[:60])))
            for name, mutate in MUTATIONS.items():
                other = copy.deepcopy(tree)
                mutate(other, kept, random.Random(f"{one.path} {name}"))
                after = _written(other)
                if after == before:
                    continue
                touched[name] += 1
                found = text_of(after, one.capture.url, outlets)
                if found.words != base.words:
                    changed[name] += 1
                    if show:
                        print(f"[{name}] {one.path}")
                        for line in differing(base, found)[:6]:
                            print(f"    {line}")
    return {
        "pages": pages,
        "pairs": sum(touched.values()),
        "changed": sum(changed.values()),
        "stable": _percent(sum(touched.values()) - sum(changed.values()), sum(touched.values())),
        "by_change": {n: {"pairs": touched[n], "changed": changed[n]} for n in MUTATIONS},
    }


def _written(tree: Element) -> str:
    return str(LXML.tostring(tree, encoding="unicode", doctype="<!doctype html>"))


# ------------------------------------------------------------------ both


def measure(bench: Path, show: bool = False) -> dict[str, Any]:
    """{"figures": ..., "tables": [...]}."""
    outlets = load_outlets()
    made = invented(outlets, show)
    print({k: v for k, v in made.items() if k != "by_template"}, flush=True)
    real = shared(bench, outlets, show)
    print({k: v for k, v in real.items() if k != "by_change"}, flush=True)
    return {
        "figures": {"invented": made, "shared": real},
        "tables": [
            {
                "caption": f"Invented pages, {len(REPORTS)} reports on {len(TEMPLATES)} sites, {VISITS} visits each, per cent: pairs of "
                f"visits with the very same text **{made['another_visit']}**, pairs of sites with the very same text "
                f"**{made['another_template']}** (the same blocks, where one site has them in another order: "
                f"**{made['another_order']}**), pages read exactly as written **{made['as_written']}**.",
                "columns": ["site", "another visit: the same", "read as written"],
                "rows": [
                    [n, r["another_visit"], r["as_written"]] for n, r in made["by_template"].items()
                ],
            },
            {
                "caption": f"Shared pages, changed around the report: the very same text in **{real['stable']}** per cent.",
                "columns": ["change", "pages it touches", "texts that changed"],
                "rows": [[n, r["pairs"], r["changed"]] for n, r in real["by_change"].items()],
            },
        ],
    }


if __name__ == "__main__":
    names = [a for a in sys.argv[1:] if a != "--show"]
    measure(
        Path(names[0]) if names else HERE.parent.parent / "shared" / "bench", "--show" in sys.argv
    )

"""What a page says of itself for machines: JSON-LD, OpenGraph and other meta elements, microdata.

Every fact keeps the exact range of the source it was read from, and says where that was. Nothing is
weighed here: html_about.py decides between facts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.extract.html_source import Element, Page, folded
from onrecord.text.folding import fold_loose, fold_space
from onrecord.text.urls import identity


@dataclass(frozen=True, slots=True)
class Fact:
    """A value as the page gives it, the range it stands in, and in which words to say where."""

    value: str
    start: int
    end: int
    where: str


@dataclass(slots=True)
class Facts:
    """All facts of a page, best source first. `organisations` are authors that are no persons."""

    titles: list[Fact] = field(default_factory=list)
    descriptions: list[Fact] = field(default_factory=list)
    authors: list[Fact] = field(default_factory=list)
    organisations: list[Fact] = field(default_factory=list)
    sites: list[Fact] = field(default_factory=list)
    published: list[Fact] = field(default_factory=list)
    modified: list[Fact] = field(default_factory=list)
    tags: list[Fact] = field(default_factory=list)
    urls: list[Fact] = field(default_factory=list)
    languages: list[Fact] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


_META = {
    "titles": "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title headline title",
    "descriptions": "og:description description twitter:description dc.description",
    "authors": "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl "
    "cxenseparse:author citation_author authors article_author article.author",
    "sites": "og:site_name application-name",
    "published": "article:published_time og:published_time datepublished article.published "
    "parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created publish-date "
    "publish_date publishdate pubdate publication_date publication-date originalpublicationdate "
    "cxenseparse:recs:publishtime cxenseparse:publishtime article_date_original bt:pubdate "
    "rnews:datepublished dc.date dcterms.date date displaydate date.published ptime iso-8601-publish-date",
    "modified": "article:modified_time og:updated_time datemodified dcterms.modified "
    "dc.date.modified lastmod last-modified revision_date article.updated utime",
    "tags": "article:tag news_keywords keywords parsely-tags sailthru.tags",
    "urls": "og:url parsely-link",
    "languages": "content-language og:locale dc.language dcterms.language language",
}
_META_NAMES = {name: kind for kind, names in _META.items() for name in names.split()}
_META_ORDER = {name: i for names in _META.values() for i, name in enumerate(names.split())}

_SIDE_KEYS = frozenset(
    "itemlistelement liveblogupdate comment comments citation mentions about ispartof relatedlink "
    "isrelatedto review reviews potentialaction breadcrumb haspart suggestedanswer isbasedon "
    "significantlink publisher sourceorganization".split()
)
"""Keys of JSON-LD below which other pages' articles stand."""
_MAX_NESTING = 8
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_STRING = r'"((?:[^"\\]|\\.)*+)"'


def _kinds(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [k.rpartition("/")[2] for k in kinds if isinstance(k, str)]


def _is_article(node: dict[str, Any]) -> bool:
    return any(k.endswith(("Article", "Posting", "Report")) or k == "Review" for k in _kinds(node))


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD tree, outermost first, but for those that describe other pages."""
    if depth > _MAX_NESTING:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name.lower() not in _SIDE_KEYS and isinstance(inner, dict | list):
                yield from _nodes(inner, depth + 1)


@dataclass(slots=True)
class _Script:
    """One JSON-LD script: its range, its parsed value and the strings behind each key."""

    source: str
    start: int
    end: int
    tree: Any

    def locate(self, name: str, value: str) -> tuple[int, int]:
        """The range of a value's characters behind a key, else anywhere, else of the whole script."""
        for pattern in (rf'"{re.escape(name)}"\s*+:\s*+(?:\[\s*+|\{{\s*+)?{_STRING}', _STRING):
            for match in re.compile(pattern, re.DOTALL).finditer(self.source, self.start, self.end):
                raw = match[1]
                if raw == value or (("\\" in raw or "\n" in raw) and _unquote(raw) == value):
                    return match.span(1)
        return self.start, self.end


def _unquote(raw: str) -> str | None:
    try:
        value = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _scripts(page: Page) -> list[_Script]:
    scripts = []
    for element in page.scripts:
        if "ld+json" not in element.get("type").lower():
            continue
        text = _COMMENT.sub("", page.source[element.inner : element.end])
        for attempt in (text, html.unescape(text), re.sub(r",\s*([}\]])", r"\1", text)):
            try:
                tree = json.loads(attempt.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            scripts.append(_Script(page.source, element.inner, element.end, tree))
            break
    return scripts


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return []


class _Ids:
    """Objects of all scripts by `@id`, for references between them."""

    def __init__(self, scripts: list[_Script]) -> None:
        self.by_id: dict[str, dict[str, Any]] = {}
        for script in scripts:
            for node in _nodes(script.tree):
                name = node.get("@id")
                if isinstance(name, str) and len(node) > 1:
                    self.by_id.setdefault(name, node)

    def resolve(self, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return self.by_id.get(value["@id"], value)
        return value


def _from_article(script: _Script, node: dict[str, Any], ids: _Ids, facts: Facts) -> None:
    def add(target: list[Fact], name: str, key: str, text: str) -> None:
        if text.strip():
            start, end = script.locate(key, text)
            target.append(Fact(fold_space(html.unescape(text)), start, end, f"JSON-LD {name}"))

    for name, target in (
        ("headline", facts.titles),
        ("description", facts.descriptions),
        ("datePublished", facts.published),
        ("dateModified", facts.modified),
        ("url", facts.urls),
        ("inLanguage", facts.languages),
    ):
        for text in _strings(node.get(name))[:1]:
            add(target, name, name, text)
    for text in _strings(node.get("keywords"))[:60]:
        add(facts.tags, "keywords", "keywords", text)
    for name in ("author", "creator"):
        value = node.get(name)
        for one in value if isinstance(value, list) else [value]:
            person = ids.resolve(one)
            if isinstance(person, dict):
                organisation = any(k.endswith("Organization") for k in _kinds(person))
                for text in _strings(person.get("name")):
                    target = facts.organisations if organisation else facts.authors
                    add(target, f"{name} name", "name", text)
            else:
                for text in _strings(person):
                    add(facts.authors, name, name, text)
        if facts.authors or facts.organisations:
            break
    publisher = ids.resolve(node.get("publisher"))
    if isinstance(publisher, dict):
        for text in _strings(publisher.get("name"))[:1]:
            add(facts.sites, "publisher", "name", text)


def _main_first(
    found: list[tuple[_Script, dict[str, Any]]], url: str | None, titles: list[Fact]
) -> list[tuple[_Script, dict[str, Any]]]:
    """Articles of a page, the one that is about the page itself first."""
    here = identity(url) if url else None
    shown = {fold_loose(t.value) for t in titles}

    def rank(pair: tuple[_Script, dict[str, Any]]) -> int:
        node = pair[1]
        page = node.get("mainEntityOfPage")
        names = [
            node.get("url"),
            node.get("@id"),
            page.get("@id") if isinstance(page, dict) else page,
        ]
        if here and any(
            isinstance(n, str) and identity(n.partition("#")[0]) == here for n in names
        ):
            return 0
        if any(fold_loose(t) in shown for t in _strings(node.get("headline"))):
            return 1
        return 2

    return sorted(found, key=rank)


def _from_json(page: Page, url: str | None, facts: Facts) -> None:
    scripts = _scripts(page)
    ids = _Ids(scripts)
    every = [(script, node) for script in scripts for node in _nodes(script.tree)]
    articles = [pair for pair in every if _is_article(pair[1])]
    pages = [pair for pair in every if any(k.endswith("WebPage") for k in _kinds(pair[1]))]
    ranked = _main_first(articles, url, facts.titles)
    facts.kinds = [kind for _, node in ranked[:1] for kind in _kinds(node)]
    found = Facts()
    for script, node in ranked[:1] or pages[:1]:
        _from_article(script, node, ids, found)
    if ranked and not found.published:
        for script, node in pages[:1]:
            extra = Facts()
            _from_article(script, node, ids, extra)
            found.published, found.modified = extra.published, found.modified or extra.modified
    for script, node in every:
        if not found.sites and any(k in ("NewsMediaOrganization", "WebSite") for k in _kinds(node)):
            for text in _strings(node.get("name"))[:1]:
                low, high = script.locate("name", text)
                found.sites.append(
                    Fact(fold_space(html.unescape(text)), low, high, "JSON-LD site name")
                )
    for name in ("published", "modified", "authors", "organisations"):
        setattr(facts, name, getattr(found, name) + getattr(facts, name))
    for name in ("titles", "descriptions", "tags", "urls", "languages"):
        getattr(facts, name).extend(getattr(found, name))
    facts.sites.extend(found.sites)


def _attribute(element: Element, name: str, where: str) -> Fact | None:
    found = element.attributes.get(name)
    if found is None or not found[0].strip():
        return None
    return Fact(fold_space(found[0]), found[1], found[2], where)


def _from_metas(page: Page, facts: Facts) -> None:
    found: dict[str, list[tuple[int, Fact]]] = {}
    for element in page.metas:
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute).strip().lower()
            kind = _META_NAMES.get(name)
            if kind is None:
                continue
            fact = _attribute(element, "content", f"meta {name}")
            if fact is not None:
                found.setdefault(kind, []).append((_META_ORDER[name], fact))
            break
    for kind, rows in found.items():
        rows.sort(key=lambda row: row[0])
        getattr(facts, kind).extend(fact for _, fact in rows)
    for element in page.links:
        if "canonical" in element.get("rel").lower().split() and (
            fact := _attribute(element, "href", "link canonical")
        ):
            facts.urls.insert(0, fact)
    if page.root is not None and (fact := _attribute(page.root, "lang", "html lang")):
        facts.languages.insert(0, fact)


def element_text(page: Page, element: Element) -> tuple[str, int, int] | None:
    """An element's text, folded, with its range; None if it has none."""
    parts = [
        (max(a, element.inner), min(b, element.end), e)
        for run in page.runs
        if run.start < element.end and run.end > element.inner
        for a, b, e in run.parts
        if a < element.end and b > element.inner
    ]
    text, rows = folded(page.source, parts)
    return (text, rows[0][2], rows[-1][3]) if text else None


def _home(element: Element) -> int:
    """Where the article begins that an element belongs to."""
    for e in element.path:
        kind = e.get("itemtype")
        if e.tag == "article" or kind.endswith(("Article", "Posting", "Report", "WebPage")):
            return e.start
    return 0


def _from_microdata(page: Page, facts: Facts) -> None:
    targets = {
        "headline": facts.titles,
        "datepublished": facts.published,
        "datemodified": facts.modified,
        "author": facts.authors,
    }
    homes: dict[str, int] = {}
    for element in page.marked[:400]:
        name = element.get("itemprop").lower()
        rel = "author" if "author" in element.get("rel").lower().split() else ""
        target = targets.get(name or rel)
        if target is None or (not name and element.tag == "link"):
            continue
        if any(e.get("itemprop").lower() in ("comment", "isrelatedto") for e in element.path):
            continue
        where = f"itemprop {name}" if name else "rel author"
        if homes.setdefault(where, _home(element)) != _home(element):
            continue
        fact = _attribute(element, "datetime", where) or _attribute(element, "content", where)
        if fact is None and (text := element_text(page, element)) and len(text[0]) <= 300:
            fact = Fact(*text, where)
        if fact is not None:
            target.append(fact)


def read_structured(page: Page, url: str | None) -> Facts:
    """All facts of a page. `url` (where it was captured) tells the page's own article from others."""
    facts = Facts()
    _from_metas(page, facts)
    _from_json(page, url, facts)
    _from_microdata(page, facts)
    return facts

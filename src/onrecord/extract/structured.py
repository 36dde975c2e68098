"""What a page says of itself for machines: JSON-LD, OpenGraph and other meta elements, microdata.

Every fact keeps the exact range of the source it was read from, and says where that was. Nothing is
weighed here: html_head.py, html_names.py and html_times.py decide between facts.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from onrecord.extract.html_source import Element, Page, folded
from onrecord.extract.json_ld import Node, Script, is_article, kinds, nodes, read_scripts, strings
from onrecord.text.entities import unescape
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
    paid: list[Fact] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    says_article: bool = False
    """Whether JSON-LD or OpenGraph call the page an article."""


_META = {
    "titles": "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title headline title",
    "descriptions": "og:description description twitter:description dc.description",
    "authors": "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl "
    "cxenseparse:author citation_author authors article_author article.author",
    "sites": "og:site_name application-name",
    "published": "article:published_time article:published og:published_time og:article:published_time datepublished article.published "
    "vr:published_time shareaholic:article_published_time article:publish_date article:publicationdate published_time published_at publish-time "
    "parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created publish-date "
    "publish_date publishdate pubdate publication_date publication-date originalpublicationdate "
    "cxenseparse:recs:publishtime cxenseparse:publishtime article_date_original bt:pubdate "
    "rnews:datepublished dc.date dcterms.date date displaydate date.published ptime iso-8601-publish-date",
    "modified": "article:modified_time article:modified og:article:modified_time shareaholic:article_modified_time og:updated_time datemodified dcterms.modified "
    "dc.date.modified lastmod last-modified revision_date article.updated utime",
    "tags": "article:tag news_keywords keywords parsely-tags sailthru.tags",
    "urls": "og:url parsely-link",
    "languages": "content-language og:locale dc.language dcterms.language language",
}
_META_NAMES = {name: kind for kind, names in _META.items() for name in names.split()}
_META_ORDER = {name: i for names in _META.values() for i, name in enumerate(names.split())}


_LONGEST_VALUE = 10_000
"""Longer values are no headlines, names or times."""
_LARGEST_VALUE = 30_000
"""Source of an element that is read as one value, at most (code points): elements that are never
closed reach to the end of the page, and 400 of them are looked at."""
_MOST_METAS = 100
_MOST_ARTICLES = 300
_MOST_AUTHORS = 30
_MOST_TOLD = 4
"""Objects about the page itself that are read together."""


class _Ids:
    """Objects of all scripts by `@id`, for references between them."""

    def __init__(self, every: list[tuple[Script, Node]]) -> None:
        self.by_id: dict[str, tuple[Script, Node]] = {}
        for script, node in every:
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                self.by_id.setdefault(name, (script, node))

    def resolve(self, script: Script, value: Any) -> tuple[Script, Any]:
        """The object that a reference names, with the script it stands in; else the value itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return self.by_id.get(value["@id"], (script, value))
        return script, value


def _add(target: list[Fact], where: str, script: Script, key: str, text: str) -> None:
    if text.strip() and len(text) <= _LONGEST_VALUE:
        start, end = script.locate(key, text)
        target.append(Fact(fold_space(unescape(text)), start, end, f"JSON-LD {where}"))


def _key_fact(script: Script, key: str) -> Fact:
    """A key whose value is no string, as a fact that cites the key."""
    at = script.source.find(f'"{key}"', script.start, script.end)
    span = (at, at + len(key) + 2) if at >= 0 else (script.start, script.end)
    return Fact(key, *span, f"JSON-LD {key}")


def _from_article(script: Script, node: Node, ids: _Ids, facts: Facts) -> None:
    for name, target in (
        ("headline", facts.titles),
        ("description", facts.descriptions),
        ("datePublished", facts.published),
        ("dateModified", facts.modified),
        ("url", facts.urls),
        ("inLanguage", facts.languages),
    ):
        for text in strings(node.get(name))[:1]:
            _add(target, name, script, name, text)
    if not facts.published:
        for text in strings(node.get("dateCreated"))[:1]:
            _add(facts.published, "dateCreated", script, "dateCreated", text)
    if str(node.get("isAccessibleForFree")).lower() == "false":
        facts.paid.append(_key_fact(script, "isAccessibleForFree"))
    for text in strings(node.get("keywords"))[:60]:
        _add(facts.tags, "keywords", script, "keywords", text)
    for name in ("author", "creator"):
        value = node.get(name)
        for one in (value if isinstance(value, list) else [value])[:_MOST_AUTHORS]:
            _from_author(name, *ids.resolve(script, one), facts)
        if facts.authors or facts.organisations:
            break
    home, publisher = ids.resolve(script, node.get("publisher"))
    if isinstance(publisher, dict):
        for text in strings(publisher.get("name"))[:1]:
            _add(facts.sites, "publisher", home, "name", text)


def _from_author(name: str, script: Script, person: Any, facts: Facts) -> None:
    if not isinstance(person, dict):
        for text in strings(person):
            _add(facts.authors, name, script, name, text)
        return
    organisation = any(k.endswith("Organization") for k in kinds(person))
    target = facts.organisations if organisation else facts.authors
    names = strings(person.get("name"))
    if not names:
        given, family = strings(person.get("givenName"))[:1], strings(person.get("familyName"))[:1]
        if given and family:
            start, end = script.locate("familyName", family[0])
            full = fold_space(unescape(f"{given[0]} {family[0]}"))
            target.append(Fact(full, start, end, f"JSON-LD {name} name"))
    for text in names:
        _add(target, f"{name} name", script, "name", text)


def _main_first(
    found: list[tuple[Script, Node]], url: str | None, titles: list[Fact]
) -> list[tuple[int, Script, Node]]:
    """Articles of a page with a rank, the one that is about the page itself first: 0 where it gives
    the page's address, 1 where it has the page's headline, 2 otherwise."""
    here = identity(url) if url else None
    shown = {fold_loose(t.value) for t in titles}

    def rank(node: Node) -> int:
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
        if any(fold_loose(t) in shown for t in strings(node.get("headline"))):
            return 1
        return 2

    ranked = [(rank(node), script, node) for script, node in found[:_MOST_ARTICLES]]
    return sorted(ranked, key=lambda row: row[0])


def _fill(found: Facts, extra: Facts, names: tuple[str, ...]) -> None:
    """Takes from a second object what the first does not say."""
    for name in names:
        if not getattr(found, name):
            setattr(found, name, getattr(extra, name))


def _from_json(page: Page, url: str | None, facts: Facts) -> None:
    every = nodes(read_scripts(page))
    ids = _Ids(every)
    ranked = _main_first([pair for pair in every if is_article(pair[1])], url, facts.titles)
    pages = [pair for pair in every if any(k.endswith("WebPage") for k in kinds(pair[1]))]
    facts.kinds = kinds(ranked[0][2]) if ranked else []
    facts.says_article = facts.says_article or bool(ranked)
    found = Facts()
    same = [row[1:] for row in ranked if row[0] == ranked[0][0] < 2][:_MOST_TOLD] or [
        row[1:] for row in ranked[:1]
    ]
    for i, (script, node) in enumerate(same or pages[:1]):
        own = Facts()
        _from_article(script, node, ids, own)
        if not i:
            found = own
            continue
        if not (found.authors or found.organisations):
            found.authors, found.organisations = own.authors, own.organisations
        _fill(found, own, ("titles", "descriptions", "published", "modified", "tags", "sites"))
    for script, node in pages[:1] if ranked else ():
        own = Facts()
        _from_article(script, node, ids, own)
        found.published += own.published
        _fill(found, own, ("modified",))
    for script, node in every:
        if not found.sites and any(k in ("NewsMediaOrganization", "WebSite") for k in kinds(node)):
            for text in strings(node.get("name"))[:1]:
                _add(found.sites, "site name", script, "name", text)
    for name in ("published", "modified", "authors", "organisations"):
        setattr(facts, name, getattr(found, name) + getattr(facts, name))
    for name in ("titles", "descriptions", "tags", "urls", "languages"):
        getattr(facts, name).extend(getattr(found, name))
    facts.sites.extend(found.sites)
    facts.paid = found.paid


def _attribute(element: Element, name: str, where: str) -> Fact | None:
    found = element.attributes.get(name)
    if found is None or not found[0].strip() or len(found[0]) > _LONGEST_VALUE:
        return None
    return Fact(fold_space(found[0]), found[1], found[2], where)


def _from_metas(page: Page, facts: Facts) -> None:
    found: dict[str, list[tuple[int, Fact]]] = {}
    for element in page.metas:
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            names = element.get(attribute).lower().split()
            if "og:type" in names:
                facts.says_article = element.get("content").strip().lower().endswith("article")
            name = next((n for n in names if n in _META_NAMES), None)
            if name is None:
                continue
            kind = _META_NAMES[name]
            fact = _attribute(element, "content", f"meta {name}")
            rows = found.setdefault(kind, [])
            if fact is not None and len(rows) < _MOST_METAS:
                rows.append((_META_ORDER[name], fact))
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
    """An element's text, folded, with its range; None if it has none or is too large for a value."""
    if element.end - element.inner > _LARGEST_VALUE:
        return None
    low = max(0, bisect_left(page.runs, element.inner, key=lambda run: run.start) - 1)
    high = bisect_left(page.runs, element.end, low, key=lambda run: run.start)
    parts = [
        (max(a, element.inner), min(b, element.end), e)
        for run in page.runs[low:high]
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

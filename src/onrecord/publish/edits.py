"""The latest edits, told: of each a title in words, the diff itself and its links.

A page, three kinds of feeds, webhooks and commands tell the same items in the same words.
"""

from __future__ import annotations

import html
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.publish import wording
from onrecord.publish.desk import try_cite
from onrecord.publish.edit_filter import label_words
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.marking import Piece, compare, safe_url, shorten
from onrecord.records import SCHEMA_VERSION, Article, Change, Check, Citation, Hunk, Side, Version
from onrecord.store.edits import MINOR, Row

MOST_SPOTS = 8
"""Changed passages that an item shows; the comparison of the two versions shows all."""
AROUND = 70
"""Code points shown on both sides of a change."""
LONGEST = 400
"""Code points of a passage put in or taken out beyond which its middle is left out."""
MOST_COMPARED = 1_000_000
"""Product of the lengths beyond which two passages are shown whole, not word by word."""
IN_TITLE = 48
"""Code points of the old and new words in a title."""
LONGEST_TITLE = 120
"""Code points of a report's title in an item's title."""

_NAMESPACE = uuid.UUID("f1b6a7a4-6d0e-5c39-9a54-2f9c1f6d8e11")
"""What the names of items are made with (RFC 9562, 5.5). FROZEN: feed readers know items by them."""


# --------------------------------------------------------------------------- what is told of each


@dataclass(frozen=True)
class Spot:
    """One changed passage: the words around it, what went (del), came (ins) and stayed (same)."""

    op: str
    labels: tuple[str, ...]
    significance: int
    lead: str
    pieces: tuple[Piece, ...]
    tail: str
    before: Citation | None
    after: Citation | None

    @property
    def citations(self) -> tuple[tuple[str, Citation], ...]:
        """The evidence, each with what it is called."""
        named = (("words before", self.before), ("words after", self.after))
        return tuple((name, citation) for name, citation in named if citation is not None)


@dataclass(frozen=True)
class Item:
    """An edit as it is told. `at`: when it was seen, as written. `spots` of a change alone: the
    passages that matter most, in order of the text; `more` are left out, `minor` change looks only.
    `held`: of what is no change, what stood or stands there."""

    row: Row
    at: str | None
    article: Article | None
    url: str | None
    name: str
    title: str
    older: Version | None = None
    newer: Version | None = None
    spots: tuple[Spot, ...] = ()
    more: int = 0
    minor: int = 0
    note: str = ""
    held: Citation | None = None

    @property
    def id(self) -> str:
        """Of the record it is made of: the same in every build of the same captures."""
        return self.row.id

    @property
    def urn(self) -> str:
        """Its name in feeds, which depends on no host."""
        return urn("edit", self.row.id)

    @property
    def outlet(self) -> str:
        return wording.outlet(self.article) if self.article else self.url or "unknown report"

    @property
    def link(self) -> str:
        """The page that shows it whole: the two versions side by side, or the report."""
        if self.older and self.newer:
            return AppLinks().compare(self.row.article_id, self.older.id, self.newer.id)
        return AppLinks().article(self.row.article_id)

    @property
    def where(self) -> str:
        """Which versions, or what the check gave, in words."""
        if not self.older or not self.newer:
            return self.note
        return (
            f"Version {self.older.number} (seen {wording.instant(self.older.seen_at)}) to version "
            f"{self.newer.number} (seen {wording.instant(self.newer.seen_at)})"
        )

    def best(self, most: int) -> tuple[Spot, ...]:
        """The spots that matter most, in order of the text."""
        ranked = sorted(range(len(self.spots)), key=lambda n: (-self.spots[n].significance, n))
        return tuple(self.spots[n] for n in sorted(ranked[:most]))

    def hidden(self, shown: int = MOST_SPOTS) -> str:
        """What is not shown where so many spots are, in words."""
        more = self.more + max(0, len(self.spots) - shown)
        parts = [
            wording.count(more, "more change") if more else "",
            wording.count(self.minor, "change") + " of looks only" if self.minor else "",
        ]
        return ", ".join(part for part in parts if part)


def urn(kind: str, name: str) -> str:
    """A name for feeds, as `urn:uuid:` (RFC 9562): the same wherever the record lies."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{kind}:{name}')}"


def items(library: Library, rows: Iterable[Row]) -> tuple[Item, ...]:
    """The items of rows; a row whose records went in the meantime gives none."""
    teller = _Teller(library)
    return tuple(item for row in rows if (item := teller.item(row)) is not None)


class _Teller:
    """Makes items; keeps what neighbouring ones share."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._versions: dict[str, Version | None] = {}
        self._articles: dict[str, Article | None] = {}

    def item(self, row: Row) -> Item | None:
        if row.kind == "change":
            return self._change(row)
        return self._first(row) if row.kind == "first" else self._check(row)

    def _version(self, identity: str) -> Version | None:
        if identity not in self._versions:
            self._versions[identity] = self._library.get(Version, identity)
        return self._versions[identity]

    def _article(self, identity: str) -> Article | None:
        if identity not in self._articles:
            self._articles[identity] = self._library.get(Article, identity)
        return self._articles[identity]

    def _change(self, row: Row) -> Item | None:
        change = self._library.get(Change, row.id)
        older = self._version(change.from_version) if change else None
        newer = self._version(change.to_version) if change else None
        if change is None or older is None or newer is None:
            return None
        article = self._article(row.article_id)
        hunks = [h for h in change.hunks if not (h.labels and MINOR.issuperset(h.labels))]
        minor = len(change.hunks) - len(hunks)
        told = hunks or list(change.hunks)
        by_weight = sorted(range(len(told)), key=lambda n: (-told[n].significance, n))
        first = told[by_weight[0]] if told else None
        chosen = [told[n] for n in sorted(by_weight[:MOST_SPOTS])]
        name = _title_of(newer) or wording.title(article)
        return Item(
            row,
            newer.seen_at,
            article,
            article.url if article else None,
            name,
            _change_title(change, first, older, newer, name, article, len(hunks)),
            older,
            newer,
            tuple(_spot(older, newer, hunk) for hunk in chosen),
            len(told) - len(chosen),
            minor if hunks else 0,
        )

    def _check(self, row: Row) -> Item | None:
        check = self._library.get(Check, row.id)
        if check is None:
            return None
        article = self._article(row.article_id)
        newest = self._version(article.versions[-1]) if article and article.versions else None
        name = wording.title(article) if article else check.url
        lead = "Report removed" if row.kind == "removed" else "Report is back"
        note = f"Checked {wording.instant(check.at)}: {check.basis}"
        title = _named(lead, name, article, check.url)
        held = _head(newest) if newest else None
        return Item(row, check.at, article, check.url, name, title, note=note, held=held)

    def _first(self, row: Row) -> Item | None:
        article = self._article(row.article_id)
        version = self._version(article.versions[0]) if article and article.versions else None
        if article is None or version is None:
            return None
        name = _title_of(version) or wording.title(article)
        title = _named("First seen", name, article, article.url)
        seen = f"Published {wording.bounds(article.published)}, says the report"
        note = f"First seen {wording.instant(version.seen_at)}. {seen}."
        held = _head(version)
        return Item(row, version.seen_at, article, article.url, name, title, note=note, held=held)


def _title_of(version: Version) -> str:
    block = next((b for b in version.blocks if b.kind == "title"), None)
    return " ".join(version.text[block.start : block.end].split()) if block else ""


def _head(version: Version) -> Citation | None:
    block = version.blocks[0] if version.blocks else None
    return try_cite(version, block.start, block.end) if block else None


# --------------------------------------------------------------------------- titles

_LEADS = {
    "correction": "Correction note changed",
    "headline": "Headline changed",
    "number": "Number changed",
    "name": "Name changed",
    "quote": "Quoted words changed",
    "date": "Date changed",
    "addition": "Passage added",
    "deletion": "Passage deleted",
    "move": "Passage moved",
    "wording": "Wording changed",
    "cosmetic": "Spacing or marks changed",
    "template": "Page furniture changed",
}
"""How a title begins, by the first of these labels that the weightiest passage has."""


def _named(lead: str, name: str, article: Article | None, url: str | None) -> str:
    outlet = f" ({article.outlet})" if article and article.outlet else ""
    known = name if not article or article.title or not url else url
    return f"{lead}: “{_cut(known, LONGEST_TITLE)}”{outlet}"


def _change_title(
    change: Change,
    first: Hunk | None,
    older: Version,
    newer: Version,
    name: str,
    article: Article | None,
    hunks: int,
) -> str:
    outlet = f" ({article.outlet})" if article and article.outlet else ""
    where = f"“{_cut(name, LONGEST_TITLE)}”{outlet}"
    if "removed" in change.labels:
        return f"Report taken off its page: {where}"
    if first is None:
        return f"Changed: {where}"
    label = next((name for name in _LEADS if name in first.labels), "")
    lead = _LEADS.get(label, "Changed")
    if label == "correction" and first.op in ("add", "delete"):
        lead = f"Correction note {'added' if first.op == 'add' else 'deleted'}"
    if "revert" in first.labels:
        lead += " back" if lead.endswith("changed") else " again"
    words = "" if MINOR.issuperset(first.labels) else _words(first, older, newer)
    more = f"; {wording.count(hunks - 1, 'more change')}" if hunks > 1 else ""
    return f"{lead} in {where}{': ' if words else ''}{words}{more}"


def _words(hunk: Hunk, older: Version, newer: Version) -> str:
    old = _cut(" ".join(_at(older, hunk.from_).split()), IN_TITLE)
    new = _cut(" ".join(_at(newer, hunk.to).split()), IN_TITLE)
    if hunk.op == "move":
        return f"“{new or old}”"
    if old and new:
        return f"{old} → {new}"
    return f"“{old or new}”" if old or new else ""


def _cut(text: str, longest: int) -> str:
    """The text up to a length, cut at a word."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[longest // 2 :] else head}…"


# --------------------------------------------------------------------------- the diff


def _at(version: Version, side: Side | None) -> str:
    return version.text[side.start : side.end] if side else ""


def _spot(older: Version, newer: Version, hunk: Hunk) -> Spot:
    before, after = _at(older, hunk.from_), _at(newer, hunk.to)
    if hunk.op == "move":
        pieces: tuple[Piece, ...] = (Piece("same", after or before),)
    elif len(before) * len(after) > MOST_COMPARED:
        pieces = (Piece("del", before), Piece("ins", after))
    else:
        pieces = compare(before, after)
    # What was taken out is shown where it stood: in the newer text its place may be behind a paragraph.
    there = hunk.to if hunk.op != "delete" else None
    version, side = (newer, there) if there else (older, hunk.from_)
    lead, tail = _around(version, side) if side else ("", "")
    return Spot(
        hunk.op,
        hunk.labels,
        hunk.significance,
        lead,
        tuple(Piece(p.op, _middle_out(p.text)) for p in shorten(pieces)),
        tail,
        try_cite(older, hunk.from_.start, hunk.from_.end) if hunk.from_ else None,
        try_cite(newer, hunk.to.start, hunk.to.end) if hunk.to else None,
    )


def _around(version: Version, side: Side) -> tuple[str, str]:
    """The words before and after a passage, up to the ends of its block, cut at words."""
    text = version.text
    first = next((b for b in version.blocks if b.start <= side.start <= b.end), None)
    last = next((b for b in reversed(version.blocks) if b.start <= side.end <= b.end), None)
    low, high = first.start if first else side.start, last.end if last else side.end
    lead, tail = text[low : side.start], text[side.end : high]
    if len(lead) > AROUND:
        lead = "… " + lead[-AROUND:].split(" ", 1)[-1]
    if len(tail) > AROUND:
        tail = tail[:AROUND].rsplit(" ", 1)[0] + " …"
    return lead, tail


def _middle_out(text: str) -> str:
    """A long text without its middle, cut at words where there are any."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    head, tail = text[:half], text[-half:]
    head = head.rsplit(" ", 1)[0] if " " in head else head
    tail = tail.split(" ", 1)[1] if " " in tail else tail
    left = len(text) - len(head) - len(tail)
    return f"{head} … [{wording.count(left, 'character')} left out] … {tail}"


_ADDED = {"add": "Added: ", "delete": "Deleted: ", "move": "Moved, not reworded: "}


def as_text(item: Item) -> str:
    """The item in plain text; of a change the diff as `wdiff` writes it: [-gone-] {+come+}."""
    lines = [f"{item.outlet}: {item.name}", item.where]
    for spot in item.spots:
        labels = ", ".join(label_words(label) for label in spot.labels)
        lines.append(f"\n{labels}: {_ADDED.get(spot.op, '')}{_line(spot)}")
    if item.hidden():
        lines.append(f"\n{item.hidden()}")
    return "\n".join(line for line in lines if line)


def _line(spot: Spot) -> str:
    marks = {"del": ("[-", "-]"), "ins": ("{+", "+}")}
    pieces = []
    for piece in spot.pieces:
        before, after = marks.get(piece.op, ("", ""))
        pieces.append(f"{before}{piece.text}{after}")
    return f"{spot.lead}{''.join(pieces)}{spot.tail}"


def as_html(item: Item, base: str) -> str:
    """The item as a piece of HTML that is safe anywhere: no style, no script, and every change told
    in words as well, for readers that show neither strokes nor colours. `base` begins its links."""
    return "".join(_html(item, base))


def _html(item: Item, base: str) -> Iterator[str]:
    url = safe_url(item.url)
    name = _escape(item.name)
    shown = f'<a href="{_escape(url)}">{name}</a>' if url else name
    yield f"<p>{_escape(item.outlet)}: {shown}</p>\n"
    see = "Compare the two versions" if item.newer else "The report in this record"
    yield f'<p>{_escape(item.where)}. <a href="{_escape(base + item.link)}">{see}</a></p>\n'
    for spot in item.spots:
        labels = _escape(", ".join(label_words(label) for label in spot.labels))
        pieces = "".join(
            f"<{p.op}>{_escape(p.text)}</{p.op}>" if p.op != "same" else _escape(p.text)
            for p in spot.pieces
        )
        words = f"{_escape(spot.lead)}{pieces}{_escape(spot.tail)}"
        yield f"<p><b>{labels}:</b> {_ADDED.get(spot.op, '')}{words}<br>\n"
        if spot.before and spot.after and spot.op == "replace":
            yield f"Before: “{_escape(_middle_out(spot.before.quote))}” "
            yield f"After: “{_escape(_middle_out(spot.after.quote))}”<br>\n"
        yield " · ".join(
            f'<a href="{_escape(base + AppLinks().evidence(citation))}">{called}</a>'
            for called, citation in spot.citations
        )
        yield "</p>\n"
    if item.hidden():
        yield f"<p>{_escape(item.hidden())}</p>\n"
    if item.held:
        address = _escape(base + AppLinks().evidence(item.held))
        yield f'<p><a href="{address}">What was captured</a></p>\n'


def _escape(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def describer(library: Library, base: str) -> Callable[[Row], dict[str, Any] | None]:
    """What run.telling asks for the values of an edit; `base` begins their links."""

    def describe(row: Row) -> dict[str, Any] | None:
        return next((as_fields(item, base.rstrip("/")) for item in items(library, [row])), None)

    return describe


def as_fields(item: Item, base: str) -> dict[str, Any]:
    """The item as plain values, as hooks get it; `base` begins its link."""
    article = item.article
    return {
        "schema_version": SCHEMA_VERSION,
        "id": item.id,
        "urn": item.urn,
        "kind": item.row.kind,
        "at": item.at,
        "title": item.title,
        "labels": list(item.row.labels),
        "significance": item.row.significance,
        "article": {
            "id": item.row.article_id,
            "url": item.url,
            "outlet": article.outlet if article else None,
            "title": item.name,
        },
        "from_version": item.older.id if item.older else None,
        "to_version": item.newer.id if item.newer else None,
        "link": base + item.link,
        "text": as_text(item),
        "html": as_html(item, base),
        "changes": [
            {
                "op": spot.op,
                "labels": list(spot.labels),
                "before": spot.before.quote if spot.before else None,
                "after": spot.after.quote if spot.after else None,
                "evidence_before": spot.before.address if spot.before else None,
                "evidence_after": spot.after.address if spot.after else None,
            }
            for spot in item.spots
        ],
        "not_shown": item.more + item.minor,
        "note": item.note,
    }

"""What the story's pages show, third part: changes after publication, copying, sources, left-out pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.publish import wording
from onrecord.publish.desk import Desk, try_cite
from onrecord.publish.library import Library
from onrecord.publish.marking import Piece, compare, shorten
from onrecord.publish.views import Told, missing_versions, uncaptured
from onrecord.records import Article, Capture, Change, Citation, Hunk, Reuse, Version
from onrecord.text.citing import cite_capture

CONTEXT = 70
"""Code points shown on both sides of a change."""
MINOR = frozenset({"cosmetic", "template"})


@dataclass(frozen=True)
class Edit:
    """One change in place: the words before and after, with what went and what came marked."""

    op: str
    labels: tuple[str, ...]
    lead: str
    pieces: tuple[Piece, ...]
    tail: str
    before: Citation | None
    after: Citation | None


@dataclass(frozen=True)
class Revision:
    """All changes from one version to the next."""

    change: Change
    older: Version
    newer: Version
    edits: tuple[Edit, ...]
    minor: tuple[Edit, ...]
    uncited: int


@dataclass(frozen=True)
class VersionRow:
    """A version in an article's history, without its text."""

    id: str
    number: int
    seen_at: str | None
    captures: int
    capture_id: str


@dataclass(frozen=True)
class History:
    """One article after publication: versions held, versions announced, what changed."""

    article: Article
    versions: tuple[VersionRow, ...]
    revisions: tuple[Revision, ...]
    not_captured: int
    missing: tuple[str, ...]
    announced: tuple[Citation, ...]


def _edit(older: Version, newer: Version, hunk: Hunk) -> Edit | None:
    a, b = hunk.from_, hunk.to
    before = older.text[a.start : a.end] if a else ""
    after = newer.text[b.start : b.end] if b else ""
    base, low, high = (
        (newer.text, b.start, b.end) if b else ((older.text, a.start, a.end) if a else ("", 0, 0))
    )
    old_cite = try_cite(older, a.start, a.end) if a else None
    new_cite = try_cite(newer, b.start, b.end) if b else None
    if old_cite is None and new_cite is None:
        return None
    if hunk.op == "move":
        pieces: tuple[Piece, ...] = (Piece("same", after or before),)
    else:
        pieces = compare(before, after)
    return Edit(
        hunk.op,
        hunk.labels,
        _lead(base, low),
        shorten(pieces),
        _tail(base, high),
        old_cite,
        new_cite,
    )


def _lead(text: str, at: int) -> str:
    """What stands before a change in its block, cut at a word."""
    start = max(text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0, at - CONTEXT)
    lead = text[start:at]
    if start and start == at - CONTEXT and " " in lead:
        lead = "… " + lead.split(" ", 1)[1]
    return lead


def _tail(text: str, at: int) -> str:
    """What stands behind a change in its block, cut at a word."""
    block_end = text.find("\n\n", at)
    end = min(len(text) if block_end < 0 else block_end, at + CONTEXT)
    tail = text[at:end]
    if end == at + CONTEXT and end < len(text) and " " in tail:
        tail = tail.rsplit(" ", 1)[0] + " …"
    return tail


def revision(change: Change, older: Version, newer: Version) -> Revision:
    edits = [(h, _edit(older, newer, h)) for h in change.hunks]
    shown = [e for _, e in edits if e is not None]
    return Revision(
        change,
        older,
        newer,
        tuple(e for e in shown if not (e.labels and MINOR.issuperset(e.labels))),
        tuple(e for e in shown if e.labels and MINOR.issuperset(e.labels)),
        len(edits) - len(shown),
    )


def history(desk: Desk, article: Article, changes: tuple[Change, ...]) -> History:
    """An article's history. `changes` may hold other articles' changes as well."""
    versions = desk.versions(article)
    found = {v.id: v for v in versions}
    revisions = [
        revision(c, found[c.from_version], found[c.to_version])
        for c in changes
        if c.article_id == article.id and c.from_version in found and c.to_version in found
    ]
    revisions.sort(key=lambda r: (r.newer.number, r.older.number))
    return History(
        article,
        tuple(
            VersionRow(v.id, v.number, v.seen_at, len(v.captures) or 1, v.capture_id)
            for v in versions
        ),
        tuple(revisions),
        missing_versions(article),
        article.missing,
        article.evidence.get("announced_versions", ()),
    )


def revised(desk: Desk) -> tuple[Article, ...]:
    """Articles with something to tell after publication, changed ones first."""
    found = [a for a in desk.articles if len(a.versions) > 1 or missing_versions(a) or a.missing]
    return tuple(sorted(found, key=lambda a: -len(a.versions)))


# --------------------------------------------------------------------------- copying


@dataclass(frozen=True)
class Copying:
    """The same words in more than one place, and what is known of which came first."""

    reuse: Reuse
    words: str
    source: Told | None
    agency: str | None
    target: Told
    others: tuple[Told, ...]


@dataclass(frozen=True)
class CopyGroup:
    kind: str
    title: str
    note: str
    items: tuple[Copying, ...]


KINDS = (
    ("copy", "Copied text", "Words of one report printed again in another."),
    (
        "shared_source",
        "Shared source",
        "Words that several reports took from a text outside these captures.",
    ),
    (
        "shared_quote",
        "Shared quotations",
        "The same quotation in several reports. That alone does not make one a copy of another.",
    ),
)


def _copying(desk: Desk, item: Reuse) -> Copying:
    target = Told(item.target, desk.article_of(item.target))
    others = tuple(Told(c, desk.article_of(c)) for c in item.others)
    name = wording.outlet(target.article)
    number = wording.count(item.words, "word")
    first_citation = item.source.citation()
    if first_citation is None:
        agency = item.source.agency or "a text nobody names"
        names = " and ".join(dict.fromkeys([name, *(wording.outlet(t.article) for t in others)]))
        words = f"{names}: {number} from {agency} (not captured)"
        return Copying(item, words, None, agency, target, others)
    source = Told(first_citation, desk.article_of(first_citation))
    first = wording.outlet(source.article)
    if item.kind == "shared_quote":
        words = f"{first} and {name}: the same quotation, {number}"
    elif item.direction == "known":
        words = f"{name} prints {number} of {first}"
    else:
        words = f"{first} and {name}: {number} the same, unknown who had them first"
    return Copying(item, words, source, None, target, others)


def by_kind(desk: Desk) -> tuple[Reuse, ...]:
    """Who copied whom: copies, shared sources, shared quotations; within a kind the longest first."""
    order = {kind: n for n, (kind, _, _) in enumerate(KINDS)}
    return tuple(sorted(desk.reuse, key=lambda r: (order.get(r.kind, len(order)), r.kind)))


def copy_groups(desk: Desk, items: Sequence[Reuse]) -> tuple[CopyGroup, ...]:
    """The same, under a heading for each kind."""
    titles = {kind: (title, note) for kind, title, note in KINDS}
    groups = []
    for kind, members in groupby(items, key=lambda r: r.kind):
        title, note = titles.get(kind, (kind.replace("_", " "), ""))
        groups.append(CopyGroup(kind, title, note, tuple(_copying(desk, r) for r in members)))
    return tuple(groups)


# --------------------------------------------------------------------------- sources


@dataclass(frozen=True)
class SourceRow:
    """A report among the story's sources, with what is missing of it."""

    article: Article
    captures: tuple[Capture, ...]
    left_out: int | None
    uncaptured: tuple[str, ...]
    not_captured: int


def source_row(desk: Desk, article: Article) -> SourceRow:
    newest = desk.version(article.versions[-1]) if article.versions else None
    return SourceRow(
        article,
        desk.captures(article),
        len(newest.left_out) if newest else None,
        uncaptured(desk, article),
        missing_versions(article),
    )


@dataclass(frozen=True)
class LeftOutPiece:
    """A left-out piece of a capture: its first words, why it was left out, how long it is."""

    citation: Citation
    reason: str
    length: int


HEAD = 240
"""Code points of a left-out piece that are shown and cited; the evidence page shows the rest."""


def left_out(library: Library, version: Version) -> tuple[LeftOutPiece, ...]:
    """The pieces of a version's capture that are not part of its text. Raises as `Library.source`."""
    source = library.source(version.sha256, version.decoder)
    pieces = []
    for piece in version.left_out:
        start, end = piece.capture_start, piece.capture_end
        while start < end and source[start : start + 1].isspace():
            start += 1
        head = min(end, start + HEAD)
        while head > start and source[head - 1].isspace():
            head -= 1
        if start >= head:
            continue
        found = cite_capture(
            version.capture_id, version.sha256, version.decoder, source, start, head
        )
        pieces.append(LeftOutPiece(found, piece.reason, end - start))
    return tuple(pieces)

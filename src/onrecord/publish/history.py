"""What the story's pages show, third part: changes after publication, copying, sources, left-out pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from onrecord.publish import wording
from onrecord.publish.as_read import read_of
from onrecord.publish.desk import Desk
from onrecord.publish.library import Library
from onrecord.publish.marking import Piece, compare
from onrecord.publish.side_by_side import Comparison, Difference, Row, lay_out
from onrecord.publish.views import Told, missing_versions, uncaptured
from onrecord.publish.watched import Episode, episodes, last_same
from onrecord.records import Article, Capture, Change, Check, Citation, Hunk, Reuse, Version
from onrecord.text.citing import cite_capture
from onrecord.text.instants import moment

CONTEXT = 70
"""Code points shown before and behind a change; twice as many between two."""
SLACK = 20
"""A stretch that is longer than its measure by no more than this is not cut."""
LONGEST = 400
"""Code points of words added or taken out, or moved, that are shown."""


@dataclass(frozen=True)
class Edit:
    """What was changed in one paragraph: its words with what went and what came marked, long stretches
    that stayed cut, and the differences with where they stand."""

    labels: tuple[str, ...]
    pieces: tuple[Piece, ...]
    differences: tuple[Difference, ...]

    @property
    def minor(self) -> bool:
        """Whether it alters looks only."""
        return all(d.minor for d in self.differences)


@dataclass(frozen=True)
class Revision:
    """All changes from one version to the next. They are laid out when they are asked for."""

    change: Change
    older: Version
    newer: Version

    @cached_property
    def _compared(self) -> Comparison:
        return lay_out(self.older, self.newer, self.change.hunks)

    @cached_property
    def _edits(self) -> tuple[Edit, ...]:
        return edits(self._compared)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What alters more than looks, the weightiest first."""
        return tuple(e for e in self._edits if not e.minor)

    @property
    def minor(self) -> tuple[Edit, ...]:
        """What alters looks only."""
        return tuple(e for e in self._edits if e.minor)

    @property
    def spacing(self) -> int:
        """How many differences are of white space alone."""
        return self._compared.spacing


@dataclass(frozen=True)
class VersionRow:
    """A version in an article's history, without its text."""

    id: str
    number: int
    seen_at: str | None
    captures: int
    capture_id: str
    last_seen: str | None = None
    """When it was last seen so, by a capture or by a check that found it unchanged."""
    same_as: int | None = None
    """Number of the first version that has the very same text, if that is an earlier one."""


@dataclass(frozen=True)
class Passed:
    """One thing in a report's line of time: a version, with what it changed, or what checks met.
    `earlier` and `later` are the numbers of the versions before and behind it, if they are held."""

    version: VersionRow | None = None
    revision: Revision | None = None
    episode: Episode | None = None
    earlier: int | None = None
    later: int | None = None


@dataclass(frozen=True)
class NoVersion:
    """A capture that is no version of its report, and why: its reading's kind."""

    capture: Capture
    kind: str


@dataclass(frozen=True)
class History:
    """One article after publication: versions held, versions announced, what changed."""

    article: Article
    versions: tuple[VersionRow, ...]
    revisions: tuple[Revision, ...]
    not_captured: int
    missing: tuple[str, ...]
    announced: tuple[Citation, ...]


def edits(compared: Comparison) -> tuple[Edit, ...]:
    """The changes of a comparison by paragraph, the weightiest first."""
    by_number = {d.number: d for d in compared.differences}
    found = []
    for row in compared.rows:
        told = tuple(by_number[n] for n in row.hunks)
        if not told:
            continue
        labels = {label for d in told for label in d.hunk.labels}
        ordered = (
            *(n for n in wording.CHANGES if n in labels),
            *sorted(labels - {*wording.CHANGES}),
        )
        pieces = _excerpt(_pieces(row, by_number))
        found.append(Edit(ordered, pieces, told))
    found.sort(key=lambda e: min(weight(d.hunk) for d in e.differences))
    return tuple(found)


def _pieces(row: Row, by_number: dict[int, Difference]) -> list[Piece]:
    """The words of a row in one line of reading; moved ones where they stand now."""
    found: list[Piece] = []
    for para in row.inline:
        if found:
            found.append(Piece("same", " "))
        for moved, runs in para.moves():
            if moved is None:
                found += [Piece(r.op, r.text) for r in runs]
            elif not runs[0].away:
                found += compare(by_number[moved].before, by_number[moved].after)
    return found


def _excerpt(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same with long stretches cut: those that stayed to a few words beside what changed."""
    joined: list[Piece] = []
    for p in pieces:
        if joined and joined[-1].op == p.op == "same":
            joined[-1] = Piece("same", joined[-1].text + p.text)
        else:
            joined.append(p)
    marked = any(p.op != "same" for p in joined)
    found = []
    for i, p in enumerate(joined):
        first, last = i == 0 and marked, i == len(joined) - 1
        most = CONTEXT * (1 if first or last else 2) if p.op == "same" and marked else LONGEST
        text = p.text
        if len(text) > most + SLACK:
            low = "" if first else _head(text, most if last else most // 2)
            high = "" if last else _tail(text, most if first else most // 2)
            text = f"{low} … {high}".strip() if low and high else f"{low} …" if low else f"… {high}"
        found.append(Piece(p.op, text))
    return tuple(found)


def _head(text: str, most: int) -> str:
    """The first words, cut at a word where there is one."""
    return text[:most].rsplit(" ", 1)[0] if " " in text[:most].strip() else text[:most]


def _tail(text: str, most: int) -> str:
    """The last words."""
    return text[-most:].split(" ", 1)[-1] if " " in text[-most:].strip() else text[-most:]


def weight(hunk: Hunk) -> int:
    """Orders differences by how much they matter to a reader, most first."""
    return -hunk.significance


def history(desk: Desk, article: Article, changes: tuple[Change, ...]) -> History:
    """An article's history. `changes` may hold other articles' changes as well."""
    versions = desk.versions(article)
    found = {v.id: v for v in versions}
    revisions = [
        Revision(c, found[c.from_version], found[c.to_version])
        for c in changes
        if c.article_id == article.id and c.from_version in found and c.to_version in found
    ]
    first_with: dict[str, int] = {}
    rows = []
    for v in versions:
        number = first_with.setdefault(v.text, v.number)
        same_as = number if number != v.number else None
        captures = len(v.captures) or 1
        rows.append(VersionRow(v.id, v.number, v.seen_at, captures, v.capture_id, same_as=same_as))
    revisions.sort(key=lambda r: (r.newer.number, r.older.number))
    return History(
        article,
        tuple(rows),
        tuple(revisions),
        missing_versions(article),
        article.missing,
        article.evidence.get("announced_versions", ()),
    )


def line_of_time(
    versions: Sequence[Version], told: History, desk: Desk, checks: Sequence[Check]
) -> tuple[Passed, ...]:
    """A report's versions in order, and between them what checks met, by time."""
    left = list(episodes(checks))
    by_newer = {r.newer.id: r for r in told.revisions}
    found: list[Passed] = []
    for at, (row, version) in enumerate(zip(told.versions, versions, strict=True)):
        if row.seen_at is not None:
            while left and moment(left[0].first) <= moment(row.seen_at):
                found.append(Passed(episode=left.pop(0)))
        until = next((v.seen_at for v in told.versions[at + 1 :] if v.seen_at), None)
        found.append(
            Passed(
                version=_last_seen(row, version, until, desk, checks),
                revision=by_newer.get(row.id),
                earlier=told.versions[at - 1].number if at else None,
                later=told.versions[at + 1].number if at + 1 < len(told.versions) else None,
            )
        )
    return (*found, *(Passed(episode=episode) for episode in left))


def _last_seen(
    row: VersionRow, version: Version, until: str | None, desk: Desk, checks: Sequence[Check]
) -> VersionRow:
    held = (desk.capture(i) for i in version.captures)
    times = [c.captured_at for c in held if c and c.captured_at]
    same = last_same(checks, row.seen_at, until) if row.seen_at else None
    return replace(
        row, last_seen=max([*times, *([same] if same else [])], key=moment, default=None)
    )


def no_versions(desk: Desk, article: Article) -> tuple[NoVersion, ...]:
    """The captures of a report that are no version of it: walls, error pages, feeds' items."""
    versions = {i for v in desk.versions(article) for i in (v.capture_id, *v.captures)}
    rows = []
    for capture in desk.captures(article):
        if capture.id not in versions:
            known = read_of(desk.library, capture)
            rows.append(NoVersion(capture, known.kind if known else "unread"))
    return tuple(rows)


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

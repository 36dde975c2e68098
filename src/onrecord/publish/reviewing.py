"""What nobody has decided yet, in the order in which it is worth a look: the review queue's rows, how
far the review is, and what people took out of a story."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.publish import wording
from onrecord.publish.decisions import Decisions, pair_key, relation_fields
from onrecord.publish.desk import Desk, try_cite
from onrecord.publish.library import Library
from onrecord.records import (
    Article,
    Capture,
    Citation,
    Claim,
    ClaimMember,
    Judgement,
    JudgementValue,
    Relation,
    Sentence,
    Statement,
    Version,
)
from onrecord.relate.judging import same_kind
from onrecord.text.citing import parse_address
from onrecord.text.judgements import order
from onrecord.text.offsets import from_capture

FIRST = ("contradicts", "incompatible_accounts", "differs", "paraphrase", "adds", "corroborates")
"""Oppositions first: a false one does most harm."""

_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\s*\n\s*\n\s*")
"""Between paragraphs: a headline must not read on into the line behind it."""

CONTEXT = 320
"""Most code points shown before and after a line."""


@dataclass(frozen=True)
class Undecided:
    """A relation that the machine found and nobody reviewed."""

    claim: Claim
    relation: Relation

    @cached_property
    def a(self) -> ClaimMember:
        return next(m for m in self.claim.members if m.id == self.relation.a)

    @cached_property
    def b(self) -> ClaimMember:
        return next(m for m in self.claim.members if m.id == self.relation.b)

    @property
    def key(self) -> str:
        """What it is called on the page: the same however often the record is built."""
        return pair_key(self.a.citation.address, self.b.citation.address)

    @property
    def pair(self) -> frozenset[str]:
        """The addresses of its two lines."""
        return frozenset((self.a.citation.address, self.b.citation.address))

    def fields(self, verdict: str) -> list[tuple[str, str]]:
        """A form's fields for a verdict about it, see decisions.relation_fields."""
        return [("verdict", verdict), *self.named(verdict)]

    def named(self, verdict: str) -> list[tuple[str, str]]:
        """The same without the verdict, which the pressed button says."""
        return relation_fields(
            self.relation, self.a.citation.address, self.b.citation.address, verdict
        )


@dataclass(frozen=True)
class Wanted:
    """Which relations a review is of; empty: any."""

    story: str = ""
    relation: str = ""
    in_: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a review is: `decided` of `total` relations."""

    decided: int
    total: int


@dataclass(frozen=True)
class Queue(Progress):
    """The rows to review, and how far the review of the story or record is.

    `relations`, `ins`, `stories`: how many rows there are of each, by the other choices.
    """

    rows: tuple[Undecided, ...]
    relations: Mapping[str, int]
    ins: Mapping[str, int]
    stories: Mapping[str, int]

    def place(self, key: str) -> int | None:
        """Which of the rows has this key, counted from 0; None if none has."""
        return next((n for n, row in enumerate(self.rows) if row.key == key), None)


def queue(library: Library, wanted: Wanted = Wanted()) -> Queue:
    """The queue of a story, or of all, and what it could be narrowed to. A record of 1,000 reports has
    40,000 relations: each is looked at once, and its lines only on the page that shows them."""
    known = _decided(library)
    rows: dict[str, list[Undecided]] = {name: [] for name in FIRST}
    counts: Counter[tuple[str, str, str]] = Counter()
    decided = total = 0
    for claim in library.all(Claim):
        here = wanted.story in ("", claim.story_id)
        for relation in claim.relations:
            open_ = _open(claim, relation, known)
            if here:
                total += 1
                decided += not open_
            if not open_:
                continue
            kind, in_ = relation.relation, relation.in_ or ""
            counts[claim.story_id, kind, in_] += 1
            if here and wanted.relation in ("", kind) and wanted.in_ in ("", in_):
                rows.setdefault(kind, []).append(Undecided(claim, relation))
    relations, ins, stories = (Counter[str]() for _ in range(3))
    for (story, kind, in_), number in counts.items():
        fits = wanted.relation in ("", kind), wanted.in_ in ("", in_)
        if wanted.story in ("", story):
            relations[kind] += number * fits[1]
            ins[in_] += number * fits[0]
        stories[story] += number * all(fits)
    found = tuple(row for some in rows.values() for row in some)
    return Queue(decided, total, found, relations, ins, stories)


def progress(library: Library, claims: Iterable[Claim]) -> Progress:
    """How far the review of some claims is."""
    known = _decided(library)
    every = [_open(claim, relation, known) for claim in claims for relation in claim.relations]
    return Progress(len(every) - sum(every), len(every))


def _decided(library: Library) -> dict[frozenset[str], list[Judgement]]:
    """What was decided about the relations of two lines, by their addresses: it counts from the moment it
    is written down, while the stages behind it are still at work."""
    found: dict[frozenset[str], list[Judgement]] = defaultdict(list)
    for one in library.all(Judgement):
        if one.about.kind == "relation" and one.undone is None and one.verdict != "note":
            found[frozenset(one.about.addresses)].append(one)
    return found


def _open(
    claim: Claim, relation: Relation, decided: Mapping[frozenset[str], Sequence[Judgement]]
) -> bool:
    """Whether a relation is still to be decided. Another relation that the machine finds later between
    two lines somebody decided about is."""
    if relation.review != "unreviewed":
        return False
    return not decided or not any(
        _names(one, relation) for one in decided.get(Undecided(claim, relation).pair, ())
    )


def _names(one: Judgement, relation: Relation) -> bool:
    """Whether a decision is about this relation: any of the two lines if it names none."""
    value, kind = one.value or JudgementValue(), same_kind(relation.relation)
    if one.verdict == "relabel":
        return value.was is None or kind in (same_kind(value.was), same_kind(value.relation))
    if value.relation is None:
        return True
    return kind == same_kind(value.relation) and value.in_ in (None, relation.in_)


# --------------------------------------------------------------------------- as a page shows it


@dataclass(frozen=True)
class Side:
    """A line in its context: the sentence before it and the one after it."""

    member: ClaimMember
    article: Article | None
    statement: Statement | None
    before: str
    after: str


@dataclass(frozen=True)
class Item:
    """A row of the queue as a page shows it; `judged`: notes, and what was decided and undone."""

    row: Undecided
    words: str
    tone: str
    sides: tuple[Side, Side]
    judged: tuple[Judgement, ...]


def item(desk: Desk, decisions: Decisions, row: Undecided) -> Item:
    """A row with its lines in context."""
    sides = [
        Side(
            m,
            desk.article(m.article_id),
            desk.statement(m.statement_id),
            *_around(desk, m.citation),
        )
        for m in (row.a, row.b)
    ]
    return Item(
        row,
        wording.relation(row.relation),
        wording.tone(row.relation),
        (sides[0], sides[1]),
        decisions.about_pair(row.a.citation.address, row.b.citation.address),
    )


def _around(desk: Desk, citation: Citation) -> tuple[str, str]:
    """What stands before and after a line: the rest of its sentences, and a sentence on each side."""
    start, end, version_id = citation.start, citation.end, citation.version_id
    version = desk.version(version_id) if version_id else None
    if version is None or start is None or end is None:
        return "", ""
    sentences = sorted(
        (s.start, s.end) for s in desk.library.by(Sentence, "version_id", version.id)
    )
    low = max((a for a, b in sentences if b <= start), default=start)
    high = min((b for a, b in sentences if a >= end), default=end)
    before, after = version.text[low:start], version.text[end:high]
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:]
    if len(after) > CONTEXT:
        after = after[:CONTEXT] + "…"
    before, after = (_BREAK.sub(" ¶ ", text) for text in (before, after))
    return _SPACE.sub(" ", before), _SPACE.sub(" ", after)


# --------------------------------------------------------------------------- what was decided


@dataclass(frozen=True)
class Line:
    """A judgement with the words it is about, as far as they are in the record."""

    judgement: Judgement
    citations: tuple[Citation, ...]


def latest(library: Library, author: str, number: int) -> list[Judgement]:
    """What somebody decided last, newest first; what was undone is left out."""
    mine = [j for j in library.all(Judgement) if j.author == author and j.undone is None]
    return sorted(mine, key=order, reverse=True)[:number]


def lines(library: Library, judgements: Iterable[Judgement]) -> list[Line]:
    """Judgements with the words they are about."""
    desk = _Words(library)
    return [
        # Behind the first address of a statement stand those of its content: the same words again.
        Line(one, desk.cited(one.about.addresses[: 1 if one.about.kind == "statement" else 2]))
        for one in judgements
    ]


class _Words:
    """The words at addresses, each version read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._versions: dict[str, tuple[Version, ...]] = {}

    @cached_property
    def _captures(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for capture in self._library.all(Capture):
            found[capture.sha256].append(capture.id)
        return found

    def cited(self, addresses: Sequence[str]) -> tuple[Citation, ...]:
        found = (self._at(address) for address in addresses)
        return tuple(one for one in found if one is not None)

    def _at(self, address: str) -> Citation | None:
        sha, decoder, start, end = parse_address(address)
        if sha not in self._versions:
            ids = self._captures.get(sha, ())
            found = (v for i in ids for v in self._library.by(Version, "capture_id", i))
            self._versions[sha] = tuple(found)
        for version in self._versions[sha]:
            span = from_capture(version.segments, start, end)
            if version.decoder == decoder and span is not None and span[0] < span[1]:
                return try_cite(version, *span)
        return None


def rejected(desk: Desk) -> list[Line]:
    """The statements and copies of a story that people rejected: they stand nowhere else any more."""
    last = {
        (one.about.kind, one.about.addresses): one
        for one in sorted(desk.library.all(Judgement), key=order)
        if one.about.kind in ("statement", "reuse") and one.undone is None
        if one.verdict != "note"
    }
    found = [one for one in last.values() if one.verdict == "reject"]
    if not found:
        return []
    own = {c.sha256 for a in desk.articles for c in desk.library.by(Capture, "article_id", a.id)}
    return lines(desk.library, [one for one in found if own.intersection(one.captures)])

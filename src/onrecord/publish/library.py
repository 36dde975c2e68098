"""What pages read from: a small protocol, so that pages know nothing of how a record is stored.

Implementations must allow calls from several threads at once: the web app answers in a thread pool.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from onrecord.records import (
    Actor,
    Article,
    Change,
    Check,
    Reading,
    Record,
    Statement,
    Story,
    Version,
    encode,
)
from onrecord.store import sayings
from onrecord.store.edits import Counts, Filter, Row, listed, of_change, of_check, of_first
from onrecord.text.decoding import decode
from onrecord.text.folding import WORD, fold_loose, words

R = TypeVar("R", bound=Record)

FIELDS = ("article_id", "version_id", "story_id", "capture_id", "watch_id")
"""The fields that `Library.by` can be asked for."""


class Notice(NamedTuple):
    """What could not be used, or was left alone on purpose. `subject`: a record's id or a path."""

    stage: str
    subject: str
    outcome: str
    note: str


class Found(Protocol):
    """A passage that a search found: `start`, `end` and `marks` index the version's text."""

    @property
    def version_id(self) -> str: ...
    @property
    def article_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def marks(self) -> Sequence[tuple[int, int]]: ...


@dataclass(frozen=True)
class Hit:
    """A passage found in memory."""

    version_id: str
    article_id: str
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


class Library(Protocol):
    """A finished record, for reading only."""

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """All records of a kind, ordered by id."""

    def get(self, kind: type[R], id: str, /) -> R | None:
        """The record of this id, or None."""

    def load(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]:
        """The records of these ids that there are, ordered by id."""

    def by(self, kind: type[R], field: str, value: str) -> tuple[R, ...]:
        """The records of a kind whose field (one of FIELDS) has the value, ordered by id."""

    def index(
        self, kind: type[Record], fields: Sequence[str]
    ) -> Sequence[tuple[str, str, Mapping[str, Any]]]:
        """(id, digest, values of these fields) of all records of a kind, ordered by id. Where they
        have columns of their own, nothing else is read."""

    def source(self, sha256: str, decoder: str) -> str:
        """A decoded capture. Raises LookupError or OnrecordError if it cannot be read."""

    def data(self, sha256: str) -> bytes:
        """A capture's raw bytes. Raises as `source`."""

    def picture(self, sha256: str) -> bytes:
        """A screenshot's PNG file. Raises as `source`."""

    def notices(self) -> Sequence[tuple[str, str, str, str]]:
        """What was skipped or failed: (stage, subject, outcome, note), see Notice."""

    def search(self, query: str, limit: int) -> Sequence[Found]:
        """The best passages, at most `limit`. May raise UsageError for a query without a word."""

    def edits(self, wanted: Filter, limit: int, offset: int = 0) -> Sequence[Row]:
        """The latest edits, newest first, unknown times last, ties by id."""

    def edit_counts(self, wanted: Filter) -> Counts:
        """How many edits there are, in all, with each label and of each outlet."""

    def statements(self, wanted: sayings.Filter, limit: int, offset: int = 0) -> Sequence[str]:
        """Ids of statements, in the order that the filter asks for."""

    def statement_counts(self, wanted: sayings.Filter) -> sayings.Counts:
        """How many statements there are, in all and of each speaker, addressee, outlet, act, manner."""


def notices_of(library: Library) -> tuple[Notice, ...]:
    """All notices by name."""
    return tuple(Notice(*row) for row in library.notices())


def _hits(version: Version, wanted: set[str]) -> Iterable[Hit]:
    for block in version.blocks:
        text = version.text[block.start : block.end]
        spans = tuple(
            (block.start + m.start(), block.start + m.end())
            for m in WORD.finditer(text)
            if fold_loose(m[0]) in wanted
        )
        if wanted <= {fold_loose(version.text[a:b]) for a, b in spans}:
            yield Hit(version.id, version.article_id, block.start, block.end, text, spans)


class MemoryLibrary:
    """A library over records and bytes in memory: for tests, notebooks and `run.memory`'s shelf."""

    def __init__(
        self,
        records: Iterable[Record],
        data: Mapping[str, bytes],
        notices: Sequence[Notice] = (),
    ) -> None:
        self._records: dict[type[Record], dict[str, Record]] = defaultdict(dict)
        for record in sorted(records, key=lambda r: r.id):
            self._records[type(record)][record.id] = record
        self._data = dict(data)
        self._notices = tuple(notices)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        found = tuple(self._records[kind].values()) if kind in self._records else ()
        return cast(tuple[R, ...], found)

    def get(self, kind: type[R], id: str, /) -> R | None:
        found = self._records[kind].get(id) if kind in self._records else None
        return cast(R | None, found)

    def load(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]:
        return tuple(r for i in sorted(set(ids)) if (r := self.get(kind, i)) is not None)

    def by(self, kind: type[R], field: str, value: str) -> tuple[R, ...]:
        if field not in FIELDS:
            raise ValueError(f"records are not found by {field!r}")
        return tuple(r for r in self.all(kind) if getattr(r, field, None) == value)

    def index(
        self, kind: type[Record], fields: Sequence[str]
    ) -> Sequence[tuple[str, str, Mapping[str, Any]]]:
        return [
            (
                record.id,
                hashlib.sha256(encode(record).encode()).hexdigest()[:16],
                {name: getattr(record, name) for name in fields},
            )
            for record in self.all(kind)
        ]

    def source(self, sha256: str, decoder: str) -> str:
        return decode(self.data(sha256), decoder)

    def data(self, sha256: str) -> bytes:
        return self._data[sha256]

    def picture(self, sha256: str) -> bytes:
        return self._data[sha256]

    def notices(self) -> Sequence[tuple[str, str, str, str]]:
        return self._notices

    def search(self, query: str, limit: int) -> Sequence[Hit]:
        wanted = set(words(query))
        found = [h for v in self.all(Version) if wanted for h in _hits(v, wanted)]
        found.sort(key=lambda hit: (-len(hit.marks), hit.version_id, hit.start))
        return found[:limit]

    def edits(self, wanted: Filter, limit: int, offset: int = 0) -> Sequence[Row]:
        return self._edits(wanted)[offset : offset + limit]

    def edit_counts(self, wanted: Filter) -> Counts:
        found = self._edits(wanted)
        articles = (self.get(Article, row.article_id) for row in found)
        return Counts(
            len(found),
            Counter(label for row in found for label in row.labels),
            Counter(article.outlet if article else None for article in articles),
        )

    def _edits(self, wanted: Filter) -> list[Row]:
        seen = {v.id: v.seen_at for v in self.all(Version)}
        made = [of_change(c, seen.get(c.to_version)) for c in self.all(Change)]
        made += [row for c in self.all(Check) if (row := of_check(c))]
        made += [row for v in self.all(Version) if (row := of_first(v))]
        among = self._articles_wanted(wanted)
        found = [r for r in made if listed(r, wanted) and (among is None or r.article_id in among)]
        found.sort(key=lambda row: row.id)
        found.sort(key=lambda row: row.moment, reverse=True)
        return found

    def _articles_wanted(self, wanted: Filter) -> set[str] | None:
        """Ids of the articles that edits may be of; None for all."""
        some: list[set[str]] = []
        if wanted.article:
            some.append({wanted.article})
        if wanted.story:
            story = self.get(Story, wanted.story)
            some.append(set(story.articles if story else ()))
        if wanted.source:
            of_outlet = {a.id for a in self.all(Article) if a.outlet == wanted.source}
            of_host = {r.article_id for r in self.all(Reading) if r.site == wanted.source}
            some.append(of_outlet | of_host)
        if wanted.words:
            looked_for = set(words(wanted.words))
            held = {v.article_id for v in self.all(Version) for _ in _hits(v, looked_for)}
            some.append(held if looked_for else set())
        return set.intersection(*some) if some else None

    def statements(self, wanted: sayings.Filter, limit: int, offset: int = 0) -> Sequence[str]:
        wanted = sayings.plain(wanted)
        story = self._reports_of(wanted.story)
        found = [row for row in self._sayings() if sayings.fits(row, wanted, story)]
        return [row.id for row in sayings.ordered(found, wanted.sort)][offset : offset + limit]

    def statement_counts(self, wanted: sayings.Filter) -> sayings.Counts:
        wanted = sayings.plain(wanted)
        return sayings.counts_of(self._sayings(), wanted, self._reports_of(wanted.story))

    def _reports_of(self, story: str) -> set[str]:
        found = self.get(Story, story)
        return set(found.articles) if found else set()

    def _sayings(self) -> list[sayings.Row]:
        places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for actor in self.all(Actor):
            for c in actor.mentions:
                if c.version_id is not None and c.start is not None and c.end is not None:
                    places[c.version_id].append((c.start, c.end, actor.id))
        outlets = {a.id: a.outlet for a in self.all(Article)}
        return [
            sayings.row_of(s, outlets.get(s.article_id), sayings.named_in(s, places))
            for s in self.all(Statement)
        ]

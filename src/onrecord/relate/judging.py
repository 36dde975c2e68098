"""What people decided, brought to today's records: where its evidence stands now, and what it changes.

A judgement hangs on addresses. `judged` finds the articles they lie in, `rulings` where the same words
stand in each of an article's captures and versions; the stages that write actors, stories, statements,
reuse and claims take the rulings about theirs and apply them at their end. An address meets a line whose
address is the same; if there is none, each line that shares at least half of the shorter range in the
same capture. Judgements are applied in order of time, so the latest counts; the order in which they
were added never does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec import structs

from onrecord.records import (
    Capture,
    Claim,
    Judged,
    Judgement,
    Reading,
    Record,
    Relation,
    Ruling,
    Version,
)
from onrecord.stage import Group, Resources
from onrecord.text.citing import address, parse_address
from onrecord.text.ids import make_id
from onrecord.text.judgements import order
from onrecord.text.offsets import from_capture, to_capture

# --------------------------------------------------------------------------- where it stands now


def judged(group: Group, options: object, resources: Resources) -> Iterator[Record]:
    """The articles that a judgement concerns. One that was undone, or is a note, changes nothing."""
    one = group.one(Judgement)
    if one.undone is None and one.verdict != "note":
        for article in sorted({capture.article_id for capture in group.all(Capture)}):
            yield Judged(id=make_id("jdd", one.id, article), article_id=article, judgement=one)


def rulings(group: Group, options: object, resources: Resources) -> Iterator[Record]:
    """Of one article, each judgement with the places where its evidence stands in it."""
    captured = {r.sha256 for r in group.all(Reading)}
    for one in group.all(Judged):
        made = one.judgement
        to = made.value.to if made.value else None
        wanted = (*made.about.addresses, *((to,) if to else ()))
        places = tuple(
            _places(a, group.all(Reading), group.all(Version)) if parse_address(a)[0] in captured
            else ()
            for a in wanted
        )  # fmt: skip
        yield Ruling(
            id=make_id("rul", made.id, one.article_id),
            article_id=one.article_id,
            kind=made.about.kind,
            judgement=made,
            places=places,
        )


def _places(
    judged: str, readings: Sequence[Reading], versions: Sequence[Version]
) -> tuple[str, ...]:
    """The address and those of the same words in every version of the article."""
    sha, decoder, start, end = parse_address(judged)
    found = {judged}
    for reading in readings:
        if (reading.sha256, reading.decoder) != (sha, decoder):
            continue
        span = from_capture(reading.segments, start, end)
        for version in versions if span else ():
            if (version.sha256, version.decoder) == (sha, decoder):
                continue
            place = span and carried(reading.text, span, version.text)
            if place:
                low, high = to_capture(version.segments, *place)
                found.add(address(version.sha256, version.decoder, low, high))
    return tuple(sorted(found))


_ENDS = re.compile(r"[.!?…][\"'”’»)]*\s+|\n+")
LONG = 20
"""Code points from which on words are taken for themselves; shorter ones need what stands around them."""


def carried(text: str, span: tuple[int, int], other: str) -> tuple[int, int] | None:
    """Where `text[span]` stands in another text of the same article; None if that is not certain.

    Its paragraph is looked for, else its sentence, else the words alone. They must stand there as
    often as here; the first is then the first, the second the second.
    """
    start, end = span
    paragraph = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    low, high = paragraph[0], paragraph[1] if paragraph[1] >= 0 else len(text)
    stops = [low, *(low + m.end() for m in _ENDS.finditer(text[low:high])), high]
    windows = [
        (low, high),
        (max(s for s in stops if s <= start), min(s for s in stops if s >= end)),
        *([span] if end - start >= LONG else ()),
    ]
    for low, high in windows:
        words = text[low:high].strip()
        low = text.index(words, low) if words else low
        here, there = _occurrences(text, words), _occurrences(other, words)
        if words and low in here and len(here) == len(there) and start >= low:
            at = there[here.index(low)] + start - low
            if other[at : at + end - start] == text[start:end]:
                return at, at + end - start
    return None


def _occurrences(text: str, words: str) -> list[int]:
    return [m.start() for m in re.finditer(re.escape(words), text)] if words else []


# --------------------------------------------------------------------------- which lines it meets


@dataclass(frozen=True)
class Entry:
    """A judgement and, for each of its addresses (then for `to`), where its words stand now and in
    which articles."""

    judgement: Judgement
    slots: tuple[frozenset[str], ...]
    articles: tuple[frozenset[str], ...]

    @property
    def by(self) -> str:
        """Who and when, as a basis says it."""
        return by(self.judgement)

    @property
    def about(self) -> tuple[frozenset[str], ...]:
        """The slots of its addresses, without that of `to`."""
        return self.slots[: len(self.judgement.about.addresses)]


def by(one: Judgement) -> str:
    """Who decided, and on which day (UTC)."""
    return f"by {one.author} on {one.at[:10]}"


def docket(found: Iterable[Ruling], kind: str) -> list[Entry]:
    """The judgements about one kind of line, in the order in which they are applied."""
    parts: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in found:
        if ruling.kind == kind:
            parts[ruling.judgement.id].append(ruling)
    entries = [
        Entry(
            some[0].judgement,
            tuple(
                frozenset(a for r in some for a in r.places[i]) for i in range(len(some[0].places))
            ),
            tuple(
                frozenset(r.article_id for r in some if r.places[i])
                for i in range(len(some[0].places))
            ),
        )
        for some in parts.values()
    ]
    return sorted(entries, key=lambda e: order(e.judgement))


@dataclass(frozen=True)
class Met:
    """The lines that an address meets, the closest first; `exact` if it is their very address."""

    lines: tuple[str, ...]
    exact: bool


class Lines:
    """Lines by the addresses they rest on: line -> addresses, of which any may be met."""

    def __init__(self, lines: Mapping[str, Collection[str]]) -> None:
        self.addresses = lines

    @cached_property
    def _exact(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for line, addresses in self.addresses.items():
            for one in addresses:
                found[one].append(line)
        return found

    @cached_property
    def _spans(self) -> dict[tuple[str, str], list[tuple[int, int, str]]]:
        found: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
        for line, addresses in self.addresses.items():
            for one in addresses:
                sha, decoder, start, end = parse_address(one)
                found[sha, decoder].append((start, end, line))
        return {key: sorted(rows) for key, rows in found.items()}

    def meet(self, slot: frozenset[str]) -> Met:
        """The lines that any of these places meets: by the same address, else by half of a range."""
        same = sorted({line for one in slot for line in self._exact.get(one, ())})
        if same:
            return Met(tuple(same), True)
        shared: dict[str, int] = defaultdict(int)
        for one in slot:
            sha, decoder, start, end = parse_address(one)
            rows = self._spans.get((sha, decoder), [])
            for low, high, line in rows[: bisect_right(rows, end, key=lambda r: r[0])]:
                both = min(end, high) - max(start, low)
                if both > 0 and 2 * both >= min(end - start, high - low):
                    shared[line] = max(shared[line], both)
        return Met(tuple(sorted(shared, key=lambda line: (-shared[line], line))), False)


# --------------------------------------------------------------------------- relations

OPPOSED = frozenset(("contradicts", "incompatible_accounts"))


def same_kind(relation: str | None) -> str | None:
    """Relations that are rejected together: who rejects an opposition rejects it by either name."""
    return "opposed" if relation in OPPOSED else relation


def reviewed(claims: Iterable[Claim], found: Iterable[Ruling]) -> Iterator[Claim]:
    """The claims of one story with what people decided about their relations.

    A rejected relation stays listed as rejected, whatever its direction and basis and by whichever
    name of its kind it comes back; a confirmed or relabelled one reads as it was decided, and is there
    as long as one claim holds both of its lines, found again or not.
    """
    entries = docket(found, "relation")
    if not entries:
        yield from claims
        return
    every = list(claims)
    lines = Lines({m.id: (m.citation.address,) for claim in every for m in claim.members})
    decided: dict[frozenset[str], list[tuple[Entry, bool]]] = defaultdict(list)
    for entry in entries:
        sides = [lines.meet(slot) for slot in entry.about]
        pairs = {frozenset((a, b)) for a in sides[0].lines for b in sides[1].lines if a != b}
        for pair in pairs:
            decided[pair].append((entry, len(pairs) == 1))
    for claim in every:
        yield structs.replace(claim, relations=_reviewed(claim, decided))


def _reviewed(
    claim: Claim, decided: Mapping[frozenset[str], Sequence[tuple[Entry, bool]]]
) -> tuple[Relation, ...]:
    rows: dict[frozenset[str], list[Relation]] = defaultdict(list)
    for relation in claim.relations:
        rows[frozenset((relation.a, relation.b))].append(relation)
    members = {m.id for m in claim.members}
    for pair, entries in decided.items():
        if pair <= members:
            rows[pair] = _decided(rows.get(pair, []), entries, sorted(pair))
    return tuple(
        sorted(
            (relation for some in rows.values() for relation in some),
            key=lambda r: (r.a, r.b, r.relation, r.in_ or ""),
        )
    )


def _decided(
    rows: Sequence[Relation], entries: Sequence[tuple[Entry, bool]], pair: Sequence[str]
) -> list[Relation]:
    """The relations of one pair of lines, as they stand behind all judgements about it."""
    rejected: dict[str | None, Entry] = {}
    chosen: tuple[Entry, bool] | None = None
    for entry, alone in entries:
        value = entry.judgement.value
        kind = same_kind(value.relation if value else None)
        if entry.judgement.verdict == "reject":
            rejected[kind] = entry
            held = chosen[0].judgement.value if chosen else None
            if kind is None or kind == same_kind(held.relation if held else None):
                chosen = None
        else:
            chosen = (entry, alone)
            for gone in {kind, None} if kind else set(rejected):
                rejected.pop(gone, None)
            if value and value.was and same_kind(value.was) != kind:
                rejected[same_kind(value.was)] = entry
    made = [_rejected(row, rejected) for row in rows]
    if chosen is None:
        return made
    entry, alone = chosen
    value = entry.judgement.value
    if value is None or value.relation is None:  # confirms whatever stands there
        return [_confirmed(r, entry) if r.review != "rejected" else r for r in made]
    at = _which(rows, value.relation, value.was, alone)
    if at is None:
        new = Relation(
            a=pair[0], b=pair[1], relation=value.relation, in_=value.in_,
            basis=_said(entry), review="confirmed",
        )  # fmt: skip
        return [*made, *([new] if alone else ())]
    if rows[at].relation == value.relation and value.in_ in (None, rows[at].in_):
        made[at] = _confirmed(rows[at], entry)
    else:
        was = " in ".join(p for p in (rows[at].relation, rows[at].in_) if p)
        made[at] = structs.replace(
            rows[at], relation=value.relation, in_=value.in_, review="confirmed",
            basis=f"{_said(entry)}, was {was}: {rows[at].basis}",
        )  # fmt: skip
    return made


def _said(entry: Entry) -> str:
    """A person's decision as the basis of a line."""
    value = entry.judgement.value
    past = {"confirm": "confirmed", "relabel": "relabelled"}[entry.judgement.verdict]
    return " ".join(f"{entry.by}: {(value.text if value else None) or past}".split())


def _which(rows: Sequence[Relation], relation: str, was: str | None, alone: bool) -> int | None:
    """The row that a decision is about: of that relation, else of the one it replaced, else the first,
    if its addresses meet these two lines alone."""
    for wanted in (relation, was):
        for i, row in enumerate(rows):
            if wanted and same_kind(row.relation) == same_kind(wanted):
                return i
    return 0 if rows and alone else None


def _rejected(row: Relation, rejected: Mapping[str | None, Entry]) -> Relation:
    entry = rejected.get(same_kind(row.relation)) or rejected.get(None)
    if entry is None:
        return row
    return structs.replace(row, review="rejected", basis=f"{row.basis}; rejected {entry.by}")


def _confirmed(row: Relation, entry: Entry) -> Relation:
    return structs.replace(row, review="confirmed", basis=f"{row.basis}; confirmed {entry.by}")

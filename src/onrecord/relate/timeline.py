"""The timeline: which days mattered, and what happened on them, in sentences of the reports.

Sentences of one day that tell one event, or one act in like words, make one entry; those that say it
is to come or was not so make others. Its text is the sentence that shares most with what the other
reports print of that day; the citations are all of them. How much an entry weighs is how many outlets
tell it: printed copies of one text count once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.options import option
from onrecord.records import Citation, Reuse, Story, TimelineEntry
from onrecord.relate.components import connected
from onrecord.relate.timeline_days import DENIED, DONE, TO_COME
from onrecord.relate.timeline_tellings import (
    DATED_EVENT,
    NAMED,
    REPORTED,
    Subject,
    Telling,
    tellings,
)
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.ids import make_id


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the timeline stage."""

    opening: int = option(
        2,
        "Sentences of a report's prose that, told as done and undated, count for the report's own day",
        unit="sentences",
    )
    alike: int = option(
        50,
        "Share of the shorter sentence's content words that two sentences of one entry have in common",
        unit="per cent",
    )
    most_entries: int = option(
        12, "Entries a day, those most reports tell first; the others are left out"
    )
    shortest: int = option(5, "A sentence with fewer words is no entry's text", unit="words")
    longest: int = option(
        60, "A sentence with more words is an entry's text only for want of another", unit="words"
    )


class _Entry:
    """Tellings of one thing on one day; the first is the one quoted."""

    __slots__ = ("events", "first", "members")

    def __init__(self, first: Telling) -> None:
        self.members = [first]
        self.first = first
        self.events = {e.id for e in first.events}

    def takes(self, telling: Telling, alike: int) -> bool:
        """Whether a telling is of the same thing, told alike: as done, as to come, or as not so."""
        if telling.group != self.first.group or any(
            _counts_differ(m.subject, telling.subject) for m in self.members
        ):
            return False
        if any(e.id in self.events for e in telling.events):
            return True
        if not _same_subject(self.first.subject, telling.subject):
            return False
        words = self.first.words
        shorter = min(len(words), len(telling.words))
        return shorter > 2 and len(words & telling.words) * 100 >= alike * shorter


def _counts_differ(a: Subject, b: Subject) -> bool:
    """Whether both count the same noun, differently."""
    counted = {noun for noun, _ in a.figures} & {noun for noun, _ in b.figures}
    return any(
        {n for x, n in a.figures if x == noun}.isdisjoint(n for x, n in b.figures if x == noun)
        for noun in counted
    )


def _same_subject(a: Subject, b: Subject) -> bool:
    """Whether two sentences in like words can be of one act: a main verb in common, no other persons on
    both sides, no other names as doers."""
    if a.acts and b.acts and not a.acts & b.acts:
        return False
    if a.doers and b.doers and not a.doers & b.doers:
        return False
    return not (a.people - b.people and b.people - a.people)


def work(group: Group, options: Options, resources: Resources) -> Iterator[TimelineEntry]:
    """The entries of one story, day by day."""
    story = group.one(Story)
    copies = copied_from(group.all(Reuse))
    by_day: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings(group, options.opening):
        by_day[telling.day].append(telling)
    for day in sorted(by_day):
        for entry in _entries(by_day[day], copies, options):
            yield _record(story, day, entry, copies)


def copied_from(reuse: Sequence[Reuse]) -> Mapping[str, str]:
    """Article -> the first article of those that print one text: copies, and reports that share words
    with one uncaptured agency text. An article that shares none is absent."""
    edges = [
        (row.articles[0], other)
        for row in reuse
        if row.kind == "copy" or (row.kind == "shared_source" and not row.source.captured)
        for other in row.articles[1:]
    ]
    return {article: members[0] for members in connected(edges) for article in members}


# --------------------------------------------------------------------------- one day


def _entries(found: Sequence[Telling], copies: Mapping[str, str], options: Options) -> list[_Entry]:
    """The entries of one day, those that most reports tell first."""
    spread = Counter(w for t in _one_a_source(found, copies) for w in t)
    ranked = sorted(found, key=lambda t: _standing(t, spread, options))
    entries: list[_Entry] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for telling in ranked:
        shared = Counter(n for w in telling.words for n in by_word[w])
        events = {e.id for e in telling.events}
        home = next(
            (
                n
                for n, _ in sorted(shared.items(), key=lambda x: (-x[1], x[0]))
                if entries[n].takes(telling, options.alike)
            ),
            None,
        )
        if home is None and events:
            home = next(
                (
                    n
                    for n, e in enumerate(entries)
                    if e.events & events and e.takes(telling, options.alike)
                ),
                None,
            )
        if home is not None:
            entries[home].members.append(telling)
            continue
        entries.append(_Entry(telling))
        for w in telling.words:
            by_word[w].append(len(entries) - 1)
    told = [e for e in entries if _is_text(e.members[0], options)]
    order = sorted(
        range(len(told)),
        key=lambda n: (
            -_sources(told[n].members, copies),
            told[n].first.group != DONE,
            -len(told[n].members),
            n,
        ),
    )
    return [told[n] for n in order[: options.most_entries]]


def _one_a_source(found: Sequence[Telling], copies: Mapping[str, str]) -> list[frozenset[str]]:
    """The content words of every independent report of a day, once a report."""
    words: dict[str, set[str]] = defaultdict(set)
    for t in found:
        words[copies.get(t.article.id, t.article.id)] |= t.words
    return [frozenset(words[a]) for a in sorted(words)]


def _standing(telling: Telling, spread: Counter[str], options: Options) -> tuple[object, ...]:
    """Sorts a day's sentences: what can be an entry's text first, then what shares most a word with
    the day's other reports, then the earliest and shortest."""
    length = len(telling.text.split())
    shared = sum(spread[w] - 1 for w in telling.words)
    mean = shared * 1000 // (len(telling.words) + 6)
    return (
        not _is_text(telling, options),
        length > options.longest,
        -mean,
        telling.place,
        length,
        telling.sentence.id,
    )


def _is_text(telling: Telling, options: Options) -> bool:
    """Whether a sentence can stand by itself: long enough, with a verb, no question, no piece of a
    quotation."""
    text = telling.text
    return (
        len(text.split()) >= options.shortest
        and not text.endswith("?")
        and text[0] not in "\"“'`‘("
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and any(pos in ("VERB", "AUX") for pos in telling.sentence.pos)
    )


# --------------------------------------------------------------------------- records


def _sources(members: Sequence[Telling], copies: Mapping[str, str]) -> int:
    """Outlets that tell it, and reports whose outlet is unknown, printed copies counted once."""
    articles = sorted({t.article.id: t.article for t in members}.values(), key=lambda a: a.id)
    edges = []
    for a in articles:
        edges.append((a.id, f"text {copies.get(a.id, a.id)}"))
        if a.outlet:
            edges.append((a.id, f"outlet {a.outlet}"))
    return len(connected(edges))


def _record(story: Story, day: str, entry: _Entry, copies: Mapping[str, str]) -> TimelineEntry:
    first, *rest = entry.members
    rest.sort(key=lambda t: (t.article.id, t.version.number, t.sentence.start))
    members = [first, *rest]
    return TimelineEntry(
        id=make_id("tml", "timeline", day, min(t.sentence.id for t in members)),
        story_id=story.id,
        earliest=day,
        latest=day,
        text=first.text,
        events=tuple(sorted({e.id for t in members for e in t.events})),
        outlets=tuple(sorted({t.article.outlet for t in members if t.article.outlet})),
        independent_sources=_sources(members, copies),
        citations=tuple(_citation(t) for t in members),
        basis=_basis(first, members),
    )


def _citation(telling: Telling) -> Citation:
    return cite(telling.version, telling.sentence.start, telling.sentence.end)


_WHY = {
    NAMED: "the sentence names the day",
    DATED_EVENT: "its event is dated by a report",
    REPORTED: "undated in the sentence; the day its report came out",
}


def _basis(first: Telling, members: Sequence[Telling]) -> str:
    """Why this day, and how what the sentences tell stood then."""
    why = _WHY[first.why]
    if first.group != DONE:
        statuses = sorted({s for t in members for s in t.statuses})
        why += f"; told as {', '.join(statuses) or _UNNAMED[first.group]}, not as done"
    if len(members) > 1:
        why += f"; {len(members)} sentences tell it"
    return why


_UNNAMED = {TO_COME: "planned", DENIED: "denied"}

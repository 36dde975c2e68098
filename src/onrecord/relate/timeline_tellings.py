"""What the timeline is made of: sentences that tell something of one day, each with why that day.

A sentence belongs to the day that its main clause or an event in it names; else to the day of an event
that it tells and that another report dates; else, in the lead of a report or telling what the headline
tells, and told as done, to the report's own day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Article, DateExpression, Event, Sentence, Story, Version
from onrecord.relate.timeline_days import (
    DENIED,
    DONE,
    GROUP,
    TO_COME,
    about_itself,
    acts_of,
    denies,
    doer_of,
    figures_of,
    is_own_day,
    narrates,
    people_of,
    tells_main,
    told_as,
)
from onrecord.stage import Group
from onrecord.text.tree import Tree

NAMED, DATED_EVENT, REPORTED = "named", "dated event", "reported"
"""Why a sentence belongs to a day: it names the day, its event is dated elsewhere, its report's day."""

_PROSE = frozenset({"paragraph", "list", "quote"})
_TITLES = frozenset({"title", "deck"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What tells one thing from another in like words: lemmas of its main verbs, (noun, number) counted,
    persons named, names that its main verbs have as subject."""

    acts: frozenset[str]
    figures: frozenset[tuple[str, str]]
    people: frozenset[str]
    doers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Date:
    """A time expression in a version, with the bounds it resolves to."""

    start: int
    end: int
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a version tells an event, and as what."""

    start: int
    end: int
    event: Event
    status: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence of one report on one day. `words`: its content lemmas; `events`: those it tells of
    this day; `statuses`: what this very sentence tells them as; `group`: done, to come or denied;
    `place`: how many sentences of the report's prose stand before it."""

    day: str
    why: str
    article: Article
    version: Version
    sentence: Sentence
    words: frozenset[str]
    events: tuple[Event, ...]
    statuses: frozenset[str]
    group: str
    subject: Subject
    place: int

    @property
    def text(self) -> str:
        return self.version.text[self.sentence.start : self.sentence.end]


def content_words(version: Version, sentence: Sentence) -> frozenset[str]:
    """The lemmas of a sentence's nouns, names, verbs, adjectives and numbers, of two letters or more."""
    return frozenset(
        lemma
        for lemma, pos, low, high in zip(
            sentence.lemmas, sentence.pos, sentence.starts, sentence.ends, strict=True
        )
        if pos in _CONTENT and high - low > 1 and version.text[low:high][0].isalnum()
    )


def single_day(earliest: str | None, latest: str | None) -> str | None:
    """The bare day that both bounds fall on; None if they are open or days apart."""
    if earliest is None or latest is None or earliest[:10] != latest[:10]:
        return None
    return earliest[:10]


def tellings(group: Group, opening: int) -> list[Telling]:
    """All tellings of a story; `opening`: sentences of prose that count as a report's lead.

    Of several versions of an article a sentence counts once, in the first that has it.
    """
    story = group.one(Story)
    articles = {a.id: a for a in group.all(Article)}
    versions = {v.id: v for v in group.all(Version)}
    events = _by_version(group.all(Event))
    dates = _dates(group.all(DateExpression))
    of_version: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in group.all(Sentence):
        of_version[sentence.version_id].append(sentence)
    found: list[Telling] = []
    for article_id in sorted(story.articles):
        article = articles.get(article_id)
        if article is None:
            continue
        printed: set[str] = set()
        for version_id in article.versions:
            version = versions.get(version_id)
            if version is None:
                continue
            place = 0
            headlined = _headlined(version, events.get(version_id, ()))
            for sentence in sorted(of_version[version_id], key=lambda s: s.number):
                if version.blocks[sentence.block].kind not in _PROSE:
                    continue
                text = version.text[sentence.start : sentence.end]
                if text not in printed:
                    printed.add(text)
                    low, high = sentence.start, sentence.end
                    told = [
                        t for t in events.get(version_id, ()) if low <= t.start and t.end <= high
                    ]
                    lead = place < opening or any(t.event.id in headlined for t in told)
                    inside = [
                        d for d in dates.get(version_id, ()) if low <= d.start and d.end <= high
                    ]
                    found.extend(
                        _of_sentence(article, version, sentence, place, lead, inside, told)
                    )
                place += 1
    return found


def _dates(dates: tuple[DateExpression, ...]) -> Mapping[str, list[_Date]]:
    found: dict[str, list[_Date]] = defaultdict(list)
    for date in dates:
        c = date.citation
        if (
            date.type in ("DATE", "TIME")
            and c.version_id
            and c.start is not None
            and c.end is not None
        ):
            found[c.version_id].append(_Date(c.start, c.end, date.earliest, date.latest))
    return found


def _by_version(events: tuple[Event, ...]) -> Mapping[str, list[_Told]]:
    found: dict[str, list[_Told]] = defaultdict(list)
    for event in events:
        told = {a.citation.address: a.status for a in event.accounts}
        for c in event.citations:
            if c.version_id and c.start is not None and c.end is not None:
                status = told.get(c.address, event.status)
                found[c.version_id].append(_Told(c.start, c.end, event, status))
    return found


def _headlined(version: Version, told: Sequence[_Told]) -> frozenset[str]:
    """Events that the version's title tells too."""
    titles = [(b.start, b.end) for b in version.blocks if b.kind in _TITLES]
    return frozenset(
        t.event.id for t in told if any(low <= t.start and t.end <= high for low, high in titles)
    )


def _can_be(earliest: str | None, latest: str | None, day: str) -> bool:
    """Whether bounds leave room for a day; open ones do."""
    return (earliest is None or earliest[:10] <= day) and (latest is None or day <= latest[:10])


def _of_sentence(
    article: Article,
    version: Version,
    sentence: Sentence,
    place: int,
    lead: bool,
    dates: Sequence[_Date],
    told: Sequence[_Told],
) -> list[Telling]:
    """The tellings of one sentence: the days that its main clause or an event of it names; else the
    days its events have elsewhere; else, of the lead, the report's own."""
    tree = Tree(version.text, sentence)
    line = version.text[sentence.start : sentence.end]
    if about_itself(tree) or "(@" in line or not {"VERB", "AUX"} & set(sentence.pos):
        return []  # a line of the page, a signature, a dateline
    own = single_day(article.published.earliest, article.published.latest)
    days: dict[str, tuple[str, str, tuple[_Told, ...]]] = {}
    for date in dates:
        day = single_day(date.earliest, date.latest)
        if day is None or day in days:
            continue
        ahead = own is not None and day > own
        dated = tuple(t for t in told if single_day(t.event.earliest, t.event.latest) == day)
        by_clause = is_own_day(tree, date.start, date.end, ahead)
        around = [t for t in told if t.start <= date.start and date.end <= t.end]
        nearest = min(around, key=lambda t: (t.end - t.start, t.start), default=None)
        dated = tuple(t for t in dated if t in around) or dated
        if not by_clause and not dated:
            continue
        if dated:
            group = GROUP[min(dated, key=lambda t: (t.end - t.start, t.start)).status]
        elif nearest is not None and _can_be(nearest.event.earliest, nearest.event.latest, day):
            group, dated = GROUP[nearest.status], (nearest,)
        else:
            group = _tense(tree, date, day, own)
        if group == DONE and ahead and _tense(tree, date, day, own) == TO_COME:
            group = TO_COME
        days[day] = (NAMED, group, tuple(t for t in dated if GROUP[t.status] == group))
    if not days:
        for t in told:
            day = single_day(t.event.earliest, t.event.latest)
            if day is not None and day not in days:
                same = [o for o in told if single_day(o.event.earliest, o.event.latest) == day]
                group = GROUP[t.status]
                days[day] = (DATED_EVENT, group, tuple(o for o in same if GROUP[o.status] == group))
    if not days and lead and own is not None:
        fitting = tuple(
            t
            for t in told
            if GROUP[t.status] == DONE
            and _can_be(t.event.earliest, t.event.latest, own)
            and tells_main(tree, t.start, t.end)
        )
        elsewhere = any(
            not _can_be(d.earliest, d.latest, own) and is_own_day(tree, d.start, d.end, False)
            for d in dates
        )
        if not elsewhere and (fitting or (not told and narrates(tree))):
            days[own] = (REPORTED, DONE, fitting)
    if not days:
        return []
    words = content_words(version, sentence)
    subject = Subject(acts_of(tree), figures_of(tree), people_of(tree), doer_of(tree))
    found = []
    for day, (why, group, mine) in sorted(days.items()):
        if not mine and why == NAMED and group == DONE and denies(tree):
            group = DENIED
        found.append(
            Telling(
                day=day,
                why=why,
                article=article,
                version=version,
                sentence=sentence,
                words=words,
                events=tuple({t.event.id: t.event for t in mine}.values()),
                statuses=frozenset(t.status for t in mine),
                group=group,
                subject=subject,
                place=place,
            )
        )
    return found


def _tense(tree: Tree, date: _Date, day: str, own: str | None) -> str:
    lies = None if own is None else (day > own) - (day < own)
    return told_as(tree, tree.tokens_in(date.start, date.end), lies)

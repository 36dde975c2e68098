"""What the timeline is made of: sentences that tell something of one day, each with why that day.

A sentence belongs to the day it names itself; else to the day of an event that it tells and that
another report dates; else, in the opening of a report and told as done, to the report's own day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.records import Article, DateExpression, Event, Sentence, Story, Version
from onrecord.stage import Group

NAMED, DATED_EVENT, REPORTED = "named", "dated event", "reported"
"""Why a sentence belongs to a day: it names the day, its event is dated elsewhere, its report's day."""

_DONE = frozenset({"happened", "ongoing"})
_PROSE = frozenset({"paragraph", "list", "quote", "embed"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence of one report on one day. `words`: its content lemmas; `statuses`: what this very
    sentence tells its events as; `contrary`: it tells only that something was not so; `place`: how many
    sentences of the report's prose stand before it."""

    day: str
    why: str
    article: Article
    version: Version
    sentence: Sentence
    words: frozenset[str]
    events: tuple[Event, ...]
    statuses: frozenset[str]
    contrary: bool
    place: int

    @property
    def text(self) -> str:
        return self.version.text[self.sentence.start : self.sentence.end]

    @property
    def done(self) -> bool:
        """Whether something in it is told as done or going on."""
        return bool(self.statuses & _DONE)


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
    """All tellings of a story; `opening`: sentences of prose that count as a report's opening.

    Of several versions of an article a sentence counts once, in the first that has it.
    """
    story = group.one(Story)
    articles = {a.id: a for a in group.all(Article)}
    versions = {v.id: v for v in group.all(Version)}
    events = _by_version(group.all(Event))
    days = _named_days(group.all(DateExpression))
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
            for sentence in sorted(of_version[version_id], key=lambda s: s.number):
                if version.blocks[sentence.block].kind not in _PROSE:
                    continue
                text = version.text[sentence.start : sentence.end]
                if text not in printed:
                    printed.add(text)
                    found.extend(
                        _of_sentence(article, version, sentence, place, opening, days, events)
                    )
                place += 1
    return found


_APART = frozenset("ahead before until till since after prior by than".split())
"""Prepositions behind which a day is not the sentence's own: talks ahead of Sunday's vote."""

_AIMED = frozenset("promise pledge vow announce demand schedule plan".split())
"""Verbs whose day behind `for` is that of what they aim at: "had promised it for May 20"."""

_SPEECH = frozenset(
    "say add tell note explain stress claim argue insist state declare think".split()
)
"""Verbs whose past tense tells only that something was said."""


def _own_day(version: Version, sentence: Sentence, low: int, high: int) -> bool:
    """Whether a time expression is the time of its sentence, not of something it comes before or after.

    Read from the words in front of it back to the next verb or comma: in "talks ahead of the vote on
    Sunday" the parse hangs Sunday on either, the order of the words does not change.
    """
    before = [i for i, end in enumerate(sentence.ends) if end <= low]
    for i in reversed(before):
        word = version.text[sentence.starts[i] : sentence.ends[i]].lower()
        if word in _APART:
            return False
        if word == "for" and i == before[-1] and _aims(sentence, i):
            return False
        if word == "," or sentence.pos[i] in ("VERB", "AUX"):
            return True
    return True


def _aims(sentence: Sentence, i: int) -> bool:
    """Whether the verb before token `i` is one that aims at a later day, told as done itself."""
    verb = next((j for j in reversed(range(i)) if sentence.pos[j] == "VERB"), None)
    return verb is not None and sentence.lemmas[verb] in _AIMED and verb < i - 1


def _named_days(dates: tuple[DateExpression, ...]) -> Mapping[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for date in dates:
        day = single_day(date.earliest, date.latest)
        c = date.citation
        if (
            day
            and date.type in ("DATE", "TIME")
            and c.version_id
            and c.start is not None
            and c.end is not None
        ):
            found[c.version_id].append((c.start, c.end, day))
    return found


def _by_version(
    events: tuple[Event, ...],
) -> Mapping[str, list[tuple[int, int, Event, str]]]:
    """Where each version tells which event, and as what: (start, end, event, status)."""
    found: dict[str, list[tuple[int, int, Event, str]]] = defaultdict(list)
    for event in events:
        told = {a.citation.address: a.status for a in event.accounts}
        for c in event.citations:
            if c.version_id and c.start is not None and c.end is not None:
                status = told.get(c.address, event.status)
                found[c.version_id].append((c.start, c.end, event, status))
    return found


def _says_not(sentence: Sentence) -> bool:
    """Whether the main clause, or the one that it reports, is negated."""
    root = next((i for i, head in enumerate(sentence.heads) if head == i), None)
    heads = {root} | {
        i for i, head in enumerate(sentence.heads) if head == root and sentence.deps[i] == "ccomp"
    }
    return any(d == "neg" and sentence.heads[i] in heads for i, d in enumerate(sentence.deps))


def _narrated(version: Version, sentence: Sentence) -> bool:
    """Whether a sentence's main verb is in a past or perfect tense, neither negated nor modal: for what
    happens without anybody doing it, such as an earthquake."""
    for i, head in enumerate(sentence.heads):
        if head != i or sentence.pos[i] not in ("VERB", "AUX"):
            continue
        if sentence.lemmas[i] in _SPEECH:
            return False
        below = [j for j, h in enumerate(sentence.heads) if h == i and j != i]
        if any(sentence.deps[j] == "neg" or sentence.tags[j] in ("MD", "TO") for j in below):
            return False
        auxes = {version.text[sentence.starts[j] : sentence.ends[j]].lower() for j in below}
        return sentence.tags[i] == "VBD" or bool(auxes & {"has", "have", "had", "was", "were"})
    return False


def _of_sentence(
    article: Article,
    version: Version,
    sentence: Sentence,
    place: int,
    opening: int,
    days: Mapping[str, list[tuple[int, int, str]]],
    events: Mapping[str, list[tuple[int, int, Event, str]]],
) -> list[Telling]:
    inside = [
        (e, status)
        for low, high, e, status in events.get(version.id, ())
        if sentence.start <= low and high <= sentence.end
    ]
    told = tuple({e.id: e for e, _ in inside}.values())
    statuses = frozenset(status for _, status in inside)
    contrary = "denied" in statuses and not statuses & _DONE if told else _says_not(sentence)
    named = {
        day
        for low, high, day in days.get(version.id, ())
        if sentence.start <= low and high <= sentence.end and _own_day(version, sentence, low, high)
    }
    why = NAMED
    if not named:
        named = {day for e in told if (day := single_day(e.earliest, e.latest)) is not None}
        why = DATED_EVENT
    if not named and place < opening:
        own = single_day(article.published.earliest, article.published.latest)
        if own is not None and (bool(statuses & _DONE) if told else _narrated(version, sentence)):
            named, why = {own}, REPORTED
    if not named:
        return []
    words = content_words(version, sentence)
    return [
        Telling(day, why, article, version, sentence, words, told, statuses, contrary, place)
        for day in sorted(named)
    ]

"""Story -> DateExpression: the day each time expression means, once other reports are looked at.

What a version's own sentence decides stays as it is. A weekday that its sentence leaves open, or
that counts from a publication nobody knows, is taken from other reports of the same episode, if they
give the same kind of event a day that is that weekday and none of them gives another. What nothing
supports stays unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.options import option
from onrecord.records import Article, DateCandidate, DateExpression, Story
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id
from onrecord.text.instants import bounds_of, day_of


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the dates stage."""

    reach: int = option(
        9,
        "How far from its report's publication a weekday may lie that other reports date",
        unit="days",
    )


_SAME = {
    "referendum": "vote",
    "plebiscite": "vote",
    "ballot": "vote",
    "poll": "vote",
    "polls": "vote",
    "runoff": "election",
    "primary": "election",
    "talks": "talk",
    "meeting": "talk",
    "summit": "talk",
    "bombing": "explosion",
    "blast": "explosion",
    "quake": "earthquake",
}
"""Words that reports use for one and the same event."""

_COMMON = frozenset(
    "talk session visit conference debate game match race rally march protest strike statement announcement speech comment remark report".split()
)
"""Kinds of event of which a running story has many: they date nothing where publication is unknown."""


def kinds(candidate: DateCandidate) -> frozenset[str]:
    """The kinds of event a candidate is the time of."""
    return frozenset(_SAME.get(lemma, lemma) for lemma in candidate.about)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A day that a report gives for a kind of event; `explicit` if it is written as a date."""

    day: str
    kind: str
    candidate: DateCandidate
    explicit: bool


def single_day(value: str | None) -> str | None:
    """The day of a TIMEX3 value that means one day, local as written; None for any other value."""
    low, high = bounds_of(value)
    return low[:10] if low and high and low[:10] == high[:10] else None


def evidence_of(candidates: Sequence[DateCandidate]) -> Iterator[Evidence]:
    """What the candidates of an episode say of days of events."""
    for one in candidates:
        day = single_day(one.value) if one.anchored and one.type in ("DATE", "TIME") else None
        if day:
            for kind in sorted(kinds(one)):
                yield Evidence(day, kind, one, one.weekday is None and _written(one))


def _written(candidate: DateCandidate) -> bool:
    """Whether the words name a day of a month, so that no tense is read to understand them."""
    return bool(re.search(r"\d", candidate.citation.quote))


def is_open(candidate: DateCandidate) -> bool:
    """A bare weekday that its own version cannot place."""
    return candidate.weekday is not None and single_day(candidate.value) is None


@dataclass(frozen=True, slots=True)
class Report:
    """What resolving needs of an article: its local day of publication, or None, and its outlet."""

    published: date | None
    outlet: str


def report_of(article: Article) -> Report:
    """The article's single day of publication, if it is known, and how it is named in a basis."""
    low, high = article.published.earliest, article.published.latest
    known = low and high and low[:10] == high[:10]
    return Report(day_of(low) if known and low else None, article.outlet or "another report")


def support(
    candidate: DateCandidate, evidence: Sequence[Evidence], report: Report, options: Options
) -> tuple[Evidence, ...]:
    """The evidence that dates an open candidate: all of one day, explicit dates first; else none."""
    wanted = kinds(candidate)
    if report.published is None:
        wanted -= _COMMON
    fitting = [
        e
        for e in evidence
        if e.kind in wanted
        and e.candidate.article_id != candidate.article_id
        and _fits(e.day, candidate, report, options)
    ]
    fitting.sort(key=lambda e: (not e.explicit, e.candidate.id))
    if report.published is None and not any(e.explicit for e in fitting):
        return ()
    return tuple(fitting) if len({e.day for e in fitting}) == 1 else ()


def _fits(day: str, candidate: DateCandidate, report: Report, options: Options) -> bool:
    """The right weekday, on the side the sentence points to, and near enough to publication."""
    at = date.fromisoformat(day)
    if at.weekday() != candidate.weekday:
        return False
    if report.published is None:
        return True
    away = (at - report.published).days
    side = {"before": away <= 0, "after": away >= 0}.get(candidate.direction or "", True)
    return side and abs(away) <= options.reach


def work(group: Group, options: Options, resources: Resources) -> Iterator[DateExpression]:
    """One expression for every candidate of the story's articles, ordered by candidate id."""
    story = group.one(Story)
    reports = {article.id: report_of(article) for article in group.all(Article)}
    candidates = sorted(group.all(DateCandidate), key=lambda c: c.id)
    by_article: Mapping[str, list[DateCandidate]] = _by_article(candidates)
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for episode in story.episodes:
        found = tuple(
            e for article in episode.articles for e in evidence_of(by_article.get(article, []))
        )
        for article in episode.articles:
            evidence[article] = found
    for candidate in candidates:
        report = reports.get(candidate.article_id, Report(None, "another report"))
        if is_open(candidate):
            found = support(candidate, evidence.get(candidate.article_id, ()), report, options)
            if found:
                yield _resolved(story, candidate, found[0], reports)
                continue
        yield expression(story, candidate, candidate.value, candidate.basis)


def _by_article(candidates: Sequence[DateCandidate]) -> dict[str, list[DateCandidate]]:
    table: dict[str, list[DateCandidate]] = defaultdict(list)
    for candidate in candidates:
        table[candidate.article_id].append(candidate)
    return table


def _resolved(
    story: Story, candidate: DateCandidate, found: Evidence, reports: Mapping[str, Report]
) -> DateExpression:
    """The expression with the day that another report gives, named in its basis."""
    other = found.candidate
    outlet = reports[other.article_id].outlet if other.article_id in reports else "another report"
    how = "explicit" if found.explicit else "by the tense of"
    part = re.search(r"T.*", candidate.value or "")
    return expression(
        story,
        candidate,
        found.day + (part[0] if part else ""),
        f"as in {outlet}: {how} ‘{other.citation.quote}’ for the same {found.kind} ({expression_id(other)})",
    )


def expression_id(candidate: DateCandidate) -> str:
    """The id of the expression that a candidate becomes: the same whatever day it turns out to mean."""
    return make_id(
        "dat", candidate.version_id, "date", candidate.citation.start, candidate.citation.end
    )


def expression(
    story: Story, candidate: DateCandidate, value: str | None, basis: str
) -> DateExpression:
    """The exported row of a candidate with this value."""
    earliest, latest = bounds_of(value) if candidate.type in ("DATE", "TIME") else (None, None)
    return DateExpression(
        id=expression_id(candidate),
        article_id=candidate.article_id,
        story_id=story.id,
        candidate_id=candidate.id,
        citation=candidate.citation,
        type=candidate.type,
        value=value,
        earliest=earliest,
        latest=latest,
        basis=basis,
    )

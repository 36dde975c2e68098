"""Which of two reports came first, and which agency stands behind one: only what the captures say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from onrecord.gazetteer import Outlets
from onrecord.records import Article, Version
from onrecord.text.folding import fold_loose
from onrecord.text.instants import day_of, is_instant, moment

CREDITS = "the other report credits"
"""How the reason begins where a credit, and not a time, tells the order."""


@dataclass(frozen=True, slots=True)
class Report:
    """An article with the version in which the shared words first stand."""

    article: Article
    version: Version
    before: str | None
    """When the version before this one was seen; None for the first version."""


def own_name(article: Article, outlets: Outlets) -> str | None:
    """The outlet's registered name, or the name as given; None if unknown."""
    if article.outlet is None:
        return None
    known = outlets.by_name(article.outlet)
    return known.name if known else article.outlet


def credited(article: Article, outlets: Outlets) -> tuple[str, ...]:
    """Names of what the report credits as its source, once each, in order; never its own outlet."""
    own = fold_loose(own_name(article, outlets) or "")
    found: dict[str, str] = {}
    given = (article.given.credit,) if article.given.credit else ()
    for name in (*given, *article.credits):
        known = outlets.by_name(name)
        shown = known.name if known else name
        if fold_loose(shown) != own:
            found.setdefault(fold_loose(shown), shown)
    return tuple(found.values())


def is_agency(name: str, outlets: Outlets) -> bool:
    """Whether others print this outlet's texts and credit it."""
    known = outlets.by_name(name)
    return known is not None and known.agency


def first(a: Report, b: Report, outlets: Outlets) -> tuple[int, str]:
    """(-1 if `a` came first, 1 if `b` did, 0 if nothing tells; why, in a few words).

    A credit that names the other's outlet decides; else the times at which the words were printed,
    where they do not overlap. Two bare days, or a day and an instant, are compared as local days.
    """
    by_credit = _by_credit(a.article, b.article, outlets)
    by_time, why = _by_time(a, b)
    if by_credit and by_time and by_credit[0] != by_time:
        return 0, f"the order is unknown: {by_credit[1]}, yet {why}"
    if by_credit:
        return by_credit
    return by_time, why


def _by_credit(a: Article, b: Article, outlets: Outlets) -> tuple[int, str] | None:
    own = [own_name(x, outlets) for x in (a, b)]
    says = [{fold_loose(n) for n in credited(x, outlets)} for x in (a, b)]
    b_credits_a = own[0] is not None and fold_loose(own[0]) in says[1]
    a_credits_b = own[1] is not None and fold_loose(own[1]) in says[0]
    if b_credits_a == a_credits_b:
        return None
    return (-1, f"{CREDITS} {own[0]}") if b_credits_a else (1, f"{CREDITS} {own[1]}")


def _by_time(a: Report, b: Report) -> tuple[int, str]:
    early, late = [_printed(x) for x in (a, b)], "the order is unknown"
    for sign, x, y in ((-1, early[0], early[1]), (1, early[1], early[0])):
        if x[1] is not None and y[0] is not None and _before(x[1], y[0]):
            return sign, f"printed first ({x[1]}, the other {y[0]})"
    if any(x == (None, None) for x in early):
        return 0, f"{late}: a report gives no time"
    return 0, f"{late}: the times given do not tell"


def _printed(report: Report) -> tuple[str | None, str | None]:
    """Bounds of when the words were first on the page: for words of a first version the publication
    time, for later ones between the sighting before and this one."""
    if report.version.number == 1:
        return report.article.published.earliest, report.article.published.latest
    return report.before, report.version.seen_at


def _before(x: str, y: str) -> bool:
    if is_instant(x) and is_instant(y):
        return moment(x) < moment(y)
    return day_of(x) < day_of(y)


def rank(article: Article) -> tuple[int, str, str]:
    """Orders articles by when they were published, unknown ones last, then by id: for settling
    ties, never as a finding."""
    earliest = article.published.earliest
    if earliest is None:
        return (1, "", article.id)
    at = moment(earliest) + (timedelta() if is_instant(earliest) else timedelta(hours=12))
    return (0, at.isoformat(), article.id)

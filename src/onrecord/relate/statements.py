"""StatementCandidate -> Statement: one row for what stands in several versions, with actors and days.

Two candidates of different versions are the same statement if content, speaker and cue read the same
after cosmetic folding, and nothing that changes its meaning (condition, polarity, modality, day)
differs. Its citations are those of the earliest version it stands in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import (
    ActorLink,
    ActorLinks,
    ActorRef,
    Article,
    Bounds,
    Citation,
    DateExpression,
    Holder,
    Ruling,
    Statement,
    StatementCandidate,
    Version,
)
from onrecord.relate.judging_lines import corrected
from onrecord.stage import Group, Resources
from onrecord.text.folding import fold_cosmetic
from onrecord.text.ids import make_id

_AHEAD = frozenset(
    (
        "will",
        "wo",
        "won't",
        "won’t",
        "would",
        "shall",
        "may",
        "might",
        "could",
        "should",
        "must",
        "to",
    )
)
"""First words of a cue that tells of a saying which is still to come, or may be."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the statements stage."""


def work(group: Group, options: Options, resources: Resources) -> Iterator[Statement]:
    """All statements of one article, as far as nobody decided otherwise."""
    links = [link for some in group.all(ActorLinks) for link in some.links]
    return corrected(_statements(group), group.all(Ruling), links)


def _statements(group: Group) -> Iterator[Statement]:
    article = group.one(Article)
    versions = {v.id: v for v in group.all(Version)}
    links = {link.mention_id: link for links in group.all(ActorLinks) for link in links.links}
    dates = {d.candidate_id: d for d in group.all(DateExpression)}
    candidates = [c for c in group.all(StatementCandidate) if c.version_id in versions]
    folded = _fold(candidates, versions, dates)
    ids = {c.id: _identity(same[0]) for same in folded for c in same}
    for same in folded:
        first = same[0]
        numbers = sorted({(versions[c.version_id].number, c.version_id) for c in same})
        yield Statement(
            id=ids[first.id],
            article_id=article.id,
            versions=tuple(version for _, version in numbers),
            citation=first.citation,
            speaker=_actor(first.speaker, links),
            cue=first.cue,
            content=first.content,
            addressee=_actor(first.addressee, links),
            manner=first.manner,
            act=first.act,
            polarity=first.polarity,
            modality=first.modality,
            condition=first.condition,
            said=_said(first, article, versions[first.version_id], dates),
            place=first.place,
            within=None if first.within is None else ids.get(first.within),
            via=first.via,
        )


def _fold(
    candidates: Sequence[StatementCandidate],
    versions: dict[str, Version],
    dates: dict[str, DateExpression],
) -> list[list[StatementCandidate]]:
    """The candidates of each statement, earliest version first.

    Where a version prints one statement twice, the first of one version goes with the first of the
    next, the second with the second.
    """
    ordered = sorted(
        candidates,
        key=lambda c: (versions[c.version_id].number, c.version_id, c.citation.start or 0, c.id),
    )
    times: dict[tuple[str, tuple[str | None, ...]], int] = defaultdict(int)
    found: dict[tuple[tuple[str | None, ...], int], list[StatementCandidate]] = {}
    for candidate in ordered:
        key = _key(candidate, dates)
        count = times[candidate.version_id, key]
        times[candidate.version_id, key] += 1
        found.setdefault((key, count), []).append(candidate)
    return list(found.values())


def _key(candidate: StatementCandidate, dates: dict[str, DateExpression]) -> tuple[str | None, ...]:
    said = dates.get(candidate.said_date or "")
    return (
        *(fold_cosmetic(c.quote) for c in candidate.content),
        None,
        _folded(candidate.speaker.citation if candidate.speaker else None),
        _folded(candidate.cue),
        _folded(candidate.condition),
        _folded(candidate.addressee.citation if candidate.addressee else None),
        _folded(said.citation if said else None),
        candidate.act,
        candidate.polarity,
        candidate.modality,
        *candidate.via,
    )


def _folded(citation: Citation | None) -> str | None:
    return None if citation is None else fold_cosmetic(citation.quote)


def _identity(first: StatementCandidate) -> str:
    spans: list[int | None] = [first.citation.start, first.citation.end]
    for citation in (first.cue, *first.content):
        spans += [None, None] if citation is None else [citation.start, citation.end]
    return make_id("sta", first.version_id, "statement", *spans)


def _actor(holder: Holder | None, links: dict[str, ActorLink]) -> ActorRef | None:
    if holder is None:
        return None
    link = links.get(holder.mention_id or "")
    return ActorRef(
        actor_id=None if link is None else link.actor_id,
        name=holder.name if link is None else link.name,
        citation=holder.citation,
    )


def _said(
    candidate: StatementCandidate,
    article: Article,
    version: Version,
    dates: dict[str, DateExpression],
) -> Bounds:
    """When it was said: by a date beside the cue, else no later than its report was out."""
    date = dates.get(candidate.said_date or "")
    if date is not None and (date.earliest or date.latest):
        return Bounds(
            earliest=date.earliest,
            latest=date.latest,
            text=date.citation.quote,
            basis=f"{candidate.said_basis or 'a date beside the cue'}; {date.id}: {date.basis}",
        )
    if (
        candidate.modality != "asserted"
        and candidate.cue is not None
        and candidate.cue.quote.split()[0].lower() in _AHEAD
    ):
        return Bounds(basis="told as still to come, or as possible")
    latest, basis = _out_by(article, version)
    return Bounds(latest=latest, basis=basis)


def _out_by(article: Article, version: Version) -> tuple[str | None, str | None]:
    """By when a version was out, and how that is known; nothing where it is not."""
    changed = version.number > 1 or (
        article.announced_versions is not None
        and article.announced_versions > len(article.versions)
    )
    if changed:
        if version.seen_at is not None:
            return version.seen_at, "no later than its version was seen"
        return None, None
    if article.modified.latest is not None:
        return article.modified.latest, "publication: no later than the page's last change"
    if article.published.latest is not None:
        return article.published.latest, "publication: no later than its report"
    if article.dateline.date is not None:
        return article.dateline.date, "publication: no later than its report's dateline"
    return None, None

"""What the merging of events compares: an EventCandidate with its parties and days resolved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from onrecord.records import (
    ActorLinks,
    Article,
    Citation,
    DateExpression,
    EventCandidate,
    Holder,
    Statement,
    Story,
)
from onrecord.stage import Group
from onrecord.text.folding import fold_loose
from onrecord.text.instants import day_of, shift_days, sort_key

Days = tuple[str | None, str | None]


_SAME_ACT = (
    ("close", "shut", "seal", "shut down", "close down"),
    ("open", "reopen"),
    ("hand over", "turn over", "submit", "surrender"),
    ("publish", "release", "issue"),
    ("pass", "adopt", "approve"),
    ("suspend", "halt", "stop", "pause"),
    ("arrive", "reach"),
    ("turn away", "turn back", "refuse", "reject"),
    ("replace", "swap"),
    ("repair", "fix", "mend"),
    ("destroy", "wreck"),
    ("evacuate", "clear"),
    ("cancel", "scrap", "call off"),
    ("postpone", "delay", "put off"),
    ("remove", "take down"),
    ("find", "discover", "recover"),
)
"""Verbs that reports use for one act done to one thing. Only together with the same thing do they
bring two tellings together."""

_GROUPS = {verb: verbs[0] for verbs in _SAME_ACT for verb in verbs}

_UP_TO = frozenset({"by", "before", "until", "till", "than"})
_SINCE = frozenset({"since", "after", "from"})


@dataclass(frozen=True)
class Item:
    """One candidate, resolved. `dated`: the bounds its own time expression gives; `window`: bare days
    it can be on, by that or by its report's publication; `order`: earliest report first."""

    candidate: EventCandidate
    episode: str
    actor_list: tuple[str, ...]
    recipient_list: tuple[str, ...]
    dated: Days | None
    window: tuple[str, str] | None
    attributed: bool
    statement_id: str | None
    version: int
    published: str | None

    @property
    def kind(self) -> str | None:
        return self.candidate.kind

    @property
    def mode(self) -> str | None:
        return self.candidate.mode

    @property
    def predicate(self) -> str:
        return self.candidate.predicate

    @property
    def status(self) -> str:
        return self.candidate.status

    @property
    def article_id(self) -> str:
        return self.candidate.article_id

    @cached_property
    def actors(self) -> frozenset[str]:
        return frozenset(self.actor_list)

    @cached_property
    def recipients(self) -> frozenset[str]:
        return frozenset(self.recipient_list)

    @cached_property
    def parties(self) -> frozenset[str]:
        return self.actors | self.recipients

    @cached_property
    def about(self) -> frozenset[str]:
        """What it is done to, folded: lemmas of nouns."""
        return frozenset(fold_loose(a) for a in self.candidate.about)

    @cached_property
    def group(self) -> str:
        """The predicate, or the group of verbs that tell the same act of a thing: shut, close."""
        return _GROUPS.get(self.predicate, self.predicate)

    @cached_property
    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Under which it can meet tellings of the same event: its kind, or verb, with each party, and
        with what an act outside PLOVER's roots is done to."""
        act = self.kind or f"verb {self.group}"
        found = [(self.episode, act, party) for party in sorted(self.parties)]
        if self.kind is None:
            found += [(self.episode, act, f"thing {a}") for a in sorted(self.about)]
        return tuple(found)

    @cached_property
    def order(self) -> tuple[object, ...]:
        at = self.candidate.trigger.start or 0
        return (*sort_key(self.published), self.article_id, self.version, at, self.candidate.id)

    @cached_property
    def documented(self) -> tuple[int, int]:
        """Sorts what says most first: a day of its own, then both sides."""
        return (self.dated is None, -(bool(self.actors) + bool(self.recipients)))


def gather(group: Group, days_before: int, days_ahead: int) -> list[Item]:
    """Every candidate of a story's group that names a party that is an actor, has a day, or tells of a
    thing what PLOVER has no root for."""
    story = group.one(Story)
    episodes = {a: e.id for e in story.episodes for a in e.articles}
    articles = {a.id: a for a in group.all(Article)}
    actor_of = {
        link.mention_id: link.actor_id for links in group.all(ActorLinks) for link in links.links
    }
    dates = {d.candidate_id: d for d in group.all(DateExpression)}
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in group.all(Statement):
        statements[statement.article_id].append(statement)
    items: list[Item] = []
    for candidate in group.all(EventCandidate):
        article = articles.get(candidate.article_id)
        published = article.published.earliest if article is not None else None
        dated = _dated(candidate, dates)
        actors = _resolved(candidate.actors, actor_of)
        recipients = _resolved(candidate.recipients, actor_of)
        told_of_a_thing = bool(candidate.about) and (
            candidate.kind is None or not (candidate.actors or candidate.recipients)
        )
        if not actors and not recipients and dated is None and not told_of_a_thing:
            continue
        items.append(
            Item(
                candidate=candidate,
                episode=episodes.get(candidate.article_id, story.id),
                actor_list=actors,
                recipient_list=recipients,
                dated=dated,
                window=_window(candidate, dated, article, days_before, days_ahead),
                attributed=candidate.statement is not None,
                statement_id=_statement_id(candidate, statements[candidate.article_id]),
                version=_version_number(candidate, article),
                published=published,
            )
        )
    return items


def _resolved(holders: tuple[Holder, ...], actor_of: dict[str, str]) -> tuple[str, ...]:
    ids = (actor_of.get(h.mention_id) for h in holders if h.mention_id is not None)
    return tuple(dict.fromkeys(i for i in ids if i is not None))


def _version_number(candidate: EventCandidate, article: Article | None) -> int:
    if article is not None and candidate.version_id in article.versions:
        return article.versions.index(candidate.version_id)
    return 0


def _dated(candidate: EventCandidate, dates: dict[str, DateExpression]) -> Days | None:
    """The narrowest bounds that the candidate's time expressions give. A day up to which, or since
    when, something was so is no day of the act; what had not been done by a day was not undone on it."""
    given: list[tuple[int, str, str, Days]] = []
    for i in candidate.dates:
        date = dates.get(i)
        if date is None or date.type not in ("DATE", "TIME") or not (date.earliest or date.latest):
            continue
        low, high = date.earliest, date.latest
        word = _word_before(candidate.citation, date.citation)
        if word in _UP_TO:
            low = None
            high = high if candidate.status != "denied" else None
        elif word in _SINCE:
            high = None
        elif word == "for" and candidate.status in ("happened", "ongoing", "denied"):
            continue  # promised for a day: the day of what is promised
        if low is None and high is None:
            continue
        width = (day_of(high) - day_of(low)).days if low and high else 10_000
        given.append((width, low or "", high or "", (low, high)))
    return min(given)[3] if given else None


def _word_before(clause: Citation, date: Citation) -> str:
    """The word of the clause in front of a time expression, lower case; empty if there is none."""
    if clause.version_id != date.version_id or clause.start is None or date.start is None:
        return ""
    words = clause.quote[: max(0, date.start - clause.start)].lower().split()
    if words and words[-1] in ("the", "this", "last", "next", "about", "around", "early", "late"):
        words.pop()
    return words[-1] if words else ""


def _window(
    candidate: EventCandidate, dated: Days | None, article: Article | None, before: int, ahead: int
) -> tuple[str, str] | None:
    if dated is not None:
        low, high = dated
        return (low or "0001-01-01")[:10], (high or "9999-12-31")[:10]
    bounds = article.published if article is not None else None
    if bounds is None or not (bounds.earliest and bounds.latest):
        return None
    if candidate.status in ("planned", "conditional", "threatened"):
        return bounds.earliest[:10], shift_days(bounds.latest, ahead)
    return shift_days(bounds.earliest, -before), bounds.latest[:10]


def _holds(piece: Citation, candidate: EventCandidate) -> bool:
    trigger = candidate.trigger
    if piece.start is None or piece.end is None or trigger.start is None or trigger.end is None:
        return False
    return (
        piece.version_id == trigger.version_id
        and piece.start <= trigger.start
        and trigger.end <= piece.end
    )


def _statement_id(candidate: EventCandidate, statements: list[Statement]) -> str | None:
    """The statement whose content holds the candidate: in its own version, else in the same words."""
    if candidate.statement is None:
        return None
    holding = [
        (len(piece.quote), s.id)
        for s in statements
        for piece in s.content
        if _holds(piece, candidate)
    ]
    if not holding:
        clause = candidate.citation.quote
        holding = [
            (len(piece.quote), s.id)
            for s in statements
            if candidate.version_id in s.versions
            for piece in s.content
            if clause in piece.quote or piece.quote in clause
        ]
    return min(holding)[1] if holding else None

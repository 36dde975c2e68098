"""EventCandidate -> Event: what several reports tell of one act becomes one event with its accounts.

Two candidates of one episode tell the same event if kind and mode or verb agree, their resolved
parties overlap, and their days can be the same; acts outside PLOVER's roots, if verb and thing agree
and nobody else does them. Acts done, acts still to come and acts denied stay
apart; a denial joins an assertion only where act, both sides and occasion are the same. Nothing is
judged: every report keeps its own status in `accounts`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.options import option
from onrecord.records import Account, Event, EventCandidate, Story
from onrecord.relate.event_items import Item, gather
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id
from onrecord.text.instants import day_of

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""PLOVER roots in which both sides do the same; who is named first says nothing."""

_FAMILY = {
    "happened": "done",
    "ongoing": "done",
    "denied": "denied",
    "planned": "to come",
    "conditional": "to come",
    "threatened": "to come",
}

_WEAKEST_FIRST = ("conditional", "denied", "threatened", "planned", "ongoing", "happened")
"""Where as many reports give one status as another, the one that claims less heads the event."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the events stage."""

    days_before: int = option(
        3,
        "An act told in the past without a day is taken to be at most so long before its report",
        unit="days",
    )
    days_ahead: int = option(
        14,
        "An act to come without a day is taken to be at most so long after its report",
        unit="days",
    )


class _Cluster:
    """Items that tell one event. The first, best-documented one is what others are compared with."""

    __slots__ = ("leader", "members")

    def __init__(self, leader: Item) -> None:
        self.leader = leader
        self.members = [leader]


def work(group: Group, options: Options, resources: Resources) -> Iterator[Event]:
    """The events of one story."""
    story = group.one(Story)
    items = gather(group, options.days_before, options.days_ahead)
    for cluster in _clusters(items):
        yield _event(story, cluster.members)


def _clusters(items: Sequence[Item]) -> list[_Cluster]:
    """Items grouped by event: each is compared with the clusters that share its kind and a party, or
    its verb and what it is done to."""
    found: list[_Cluster] = []
    by_key: dict[tuple[str, str, str], list[_Cluster]] = defaultdict(list)
    for item in sorted(items, key=lambda i: (*i.documented, *i.order)):
        seen: set[int] = set()
        home: _Cluster | None = None
        for key in item.keys:
            for cluster in by_key[key]:
                if id(cluster) in seen:
                    continue
                seen.add(id(cluster))
                if same_event(cluster.leader, item):
                    home = cluster
                    break
            if home is not None:
                break
        if home is not None:
            home.members.append(item)
            continue
        cluster = _Cluster(item)
        found.append(cluster)
        for key in item.keys:
            by_key[key].append(cluster)
    return found


def same_event(a: Item, b: Item) -> bool:
    """Whether two candidates tell one event. They share a key: their kind and a party, say."""
    if a.kind is None or b.kind is None:
        return a.kind == b.kind and _same_general(a, b)
    same_verb = a.predicate == b.predicate
    if not same_verb and (a.mode is None or a.mode != b.mode):
        return False
    if not _days_fit(a, b):
        return False
    families = {_FAMILY[a.status], _FAMILY[b.status]}
    if len(families) > 1:
        if "to come" in families:
            return False
        return same_verb and _both_sides(a, b)
    return _parties_fit(a, b, same_verb)


def _same_general(a: Item, b: Item) -> bool:
    """Whether two acts outside PLOVER's roots are one: verbs of one group, done to the same thing, by
    nobody else, on days that fit. A denial joins only where doer or day is the same as well."""
    if a.group != b.group or not _days_fit(a, b):
        return False
    same_doer = bool(a.actors & b.actors)
    if a.actors and b.actors and not same_doer:
        return False
    if a.about or b.about:
        if not a.about & b.about:
            return False
    elif not same_doer:
        return False
    families = {_FAMILY[a.status], _FAMILY[b.status]}
    if len(families) == 1:
        return True
    if "to come" in families:
        return False
    return same_doer or (a.dated is not None and a.dated == b.dated)


def _both_sides(a: Item, b: Item) -> bool:
    if a.kind in MUTUAL:
        return len(a.parties & b.parties) > 1
    return bool(a.actors & b.actors) and bool(a.recipients & b.recipients)


def _parties_fit(a: Item, b: Item, same_verb: bool) -> bool:
    if a.kind in MUTUAL:
        shared = a.parties & b.parties
        return len(shared) > 1 or (
            bool(shared) and same_verb and (a.parties <= b.parties or b.parties <= a.parties)
        )
    if a.actors and b.actors and not a.actors & b.actors:
        return False
    if a.recipients and b.recipients and not a.recipients & b.recipients:
        return False
    return bool(a.actors & b.actors and a.recipients & b.recipients) or same_verb


def _days_fit(a: Item, b: Item) -> bool:
    """Bounds overlap; where a report gives no day its window around publication stands in."""
    if a.window is None or b.window is None:
        return a.article_id == b.article_id or (a.dated is None and b.dated is None)
    return a.window[0] <= b.window[1] and b.window[0] <= a.window[1]


# --------------------------------------------------------------------------- one event


def _event(story: Story, members: Sequence[Item]) -> Event:
    ordered = sorted(members, key=lambda i: i.order)
    told = _one_per_report(ordered)
    status, by = _headline(told)
    heading = [i for i in told if i.status == status]
    first = next((i for i in heading if i is by), heading[0])
    earliest, latest = _bounds(told, status)
    attributed = None if any(i.attributed is False for i in heading) else first.statement_id
    actors, recipients = _sides(told)
    place = Counter(i.candidate.place.name for i in told if i.candidate.place is not None)
    return Event(
        id=make_id("evt", "event", ordered[0].candidate.id),
        story_id=story.id,
        kind=first.kind,
        mode=first.mode,
        predicate=first.predicate,
        actors=actors,
        recipients=recipients,
        earliest=earliest,
        latest=latest,
        place=min(place.items(), key=lambda p: (-p[1], p[0]))[0] if place else None,
        status=status,
        condition=next((i.candidate.condition for i in heading if i.candidate.condition), None),
        attributed_to=attributed,
        articles=tuple(dict.fromkeys(i.article_id for i in told)),
        citations=tuple(i.candidate.citation for i in told),
        accounts=tuple(_account(i) for i in told),
        basis=_basis(told, first.candidate),
    )


def _one_per_report(ordered: Sequence[Item]) -> list[Item]:
    """One telling per article and status: of the earliest version's the first that is not somebody's
    statement and names its day, as far as there is one; a headline seldom does."""
    best: dict[tuple[str, str], Item] = {}
    for item in ordered:
        key = (item.article_id, item.status)
        kept = best.get(key)
        if kept is None or (kept.version == item.version and _tells_more(item, kept)):
            best[key] = item
    return sorted(best.values(), key=lambda i: i.order)


def _tells_more(a: Item, b: Item) -> bool:
    return (a.attributed, a.dated is None) < (b.attributed, b.dated is None)


def _headline(told: Sequence[Item]) -> tuple[str, Item]:
    """The status that heads the event, and a telling of it: the outlets' own narration counts before
    what they only quote; then the number of reports; then what claims less."""
    own = [i for i in told if not i.attributed] or list(told)
    counts = Counter(i.status for i in own)
    status = min(counts, key=lambda s: (-counts[s], _WEAKEST_FIRST.index(s)))
    return status, next(i for i in own if i.status == status)


def _bounds(told: Sequence[Item], status: str) -> tuple[str | None, str | None]:
    """The narrowest days given, among equals those most reports give, then the first."""
    given = [i.dated for i in told if i.dated is not None and i.status == status]
    given = given or [i.dated for i in told if i.dated is not None]
    if not given:
        return None, None
    counts = Counter(given)

    def width(bounds: tuple[str | None, str | None]) -> int:
        low, high = bounds
        return (day_of(high) - day_of(low)).days if low and high else 10_000

    return min(counts, key=lambda b: (width(b), -counts[b], b[0] or "", b[1] or ""))


def _sides(told: Sequence[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actor ids of both sides, those of the earliest telling first; nobody twice."""
    actors = list(dict.fromkeys(a for i in told for a in i.actor_list))
    recipients = [
        r for r in dict.fromkeys(r for i in told for r in i.recipient_list) if r not in actors
    ]
    return tuple(actors), tuple(recipients)


def _account(item: Item) -> Account:
    earliest, latest = item.dated or (None, None)
    return Account(
        article_id=item.article_id,
        citation=item.candidate.citation,
        status=item.status,
        earliest=earliest,
        latest=latest,
        attributed_to=item.statement_id,
    )


def _basis(told: Sequence[Item], first: EventCandidate) -> str:
    reports = len({i.article_id for i in told})
    why = first.status_basis
    if reports == 1:
        return f"one report; {why}"
    statuses = sorted({i.status for i in told})
    differ = f"; told as {', '.join(statuses)}" if len(statuses) > 1 else ""
    return f"{reports} reports with the same act, parties and time{differ}; {why}"

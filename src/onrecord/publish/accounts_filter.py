"""Which claims are wanted: from the query of an address to a filter, back, and the choices of its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from onrecord.publish import wording
from onrecord.publish.accounts import NARRATION, Row, standing
from onrecord.publish.asked import Offered, asked
from onrecord.publish.desk import Desk
from onrecord.records import ClaimMember

KEYS = ("show", "relation", "in", "outlet", "holder", "episode")

RELATIONS = {
    "contradicts": wording.POSSIBLE,
    "incompatible_accounts": f"{wording.POSSIBLE}: one says not what the other says",
    "differs": "differ",
    "same_quote": "same quotation",
    "paraphrase": "same in other words",
    "corroborates": "agree",
    "adds": "one adds to the other",
}
MOST_HOLDERS = 80
"""Holders to choose from, those of most claims; one that is chosen is always among them."""


@dataclass(frozen=True)
class Filter:
    """`apart`: only claims with something opposed or differing. Empty values do not count."""

    apart: bool = False
    relation: str = ""
    detail: str = ""
    outlet: str = ""
    holder: str = ""
    episode: str = ""


def parse(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter that a query tells; the keys `page` and `item` do not count.

    Keys: `show` (apart), `relation` and `in` (as in the contract), `outlet` (a name), `holder` (an
    actor's id, `name:` and a name, or narration), `episode` (an id). Raises InputError, one line.
    """
    found = asked("accounts", [p for p in pairs if p[0] != "item"], KEYS, ())
    return Filter(
        found.among("show", ("apart",)) == "apart",
        found.among("relation", tuple(RELATIONS)),
        found.among("in", tuple(wording.DETAILS)),
        found.one("outlet"),
        found.one("holder"),
        found.one("episode"),
    )


def query_of(wanted: Filter) -> str:
    """The canonical query of a filter; empty for all claims."""
    values = (
        "apart" if wanted.apart else "",
        *(wanted.relation, wanted.detail, wanted.outlet, wanted.holder, wanted.episode),
    )
    return urlencode([(k, v) for k, v in zip(KEYS, values, strict=True) if v], safe=":")


def holder_key(member: ClaimMember) -> str:
    """What a filter calls the holder of a line."""
    if member.holder is None:
        return NARRATION
    return member.holder.actor_id or f"name:{member.holder.name}"


def chosen(desk: Desk, rows: Sequence[Row], wanted: Filter) -> tuple[Row, ...]:
    """The rows that the filter leaves, in their order. A relation that somebody rejected is none."""
    return tuple(row for row in rows if _fits(desk, row, wanted))


def _fits(desk: Desk, row: Row, wanted: Filter) -> bool:
    if wanted.apart and row.tone not in ("opposed", "differs"):
        return False
    if wanted.episode and (row.episode is None or row.episode.id != wanted.episode):
        return False
    if (wanted.relation or wanted.detail) and not any(
        wanted.relation in ("", r.relation) and wanted.detail in ("", r.in_)
        for r in standing(row.claim)
    ):
        return False
    if wanted.outlet and wanted.outlet not in {_outlet(desk, m) for m in row.claim.members}:
        return False
    return not wanted.holder or wanted.holder in {holder_key(m) for m in row.claim.members}


def _outlet(desk: Desk, member: ClaimMember) -> str:
    article = desk.article(member.article_id)
    return (article.outlet if article else member.outlet) or "unknown"


@dataclass(frozen=True)
class Choices:
    """What the form offers, each with the number of claims that it leaves on its own."""

    relations: tuple[Offered, ...]
    details: tuple[Offered, ...]
    outlets: tuple[Offered, ...]
    holders: tuple[Offered, ...]
    episodes: tuple[Offered, ...]
    apart: int


def choices(desk: Desk, rows: Sequence[Row], wanted: Filter) -> Choices:
    relations, details, outlets, holders = (Counter[str]() for _ in range(4))
    names = {NARRATION: "the outlet itself"}
    for row in rows:
        relations.update({r.relation for r in standing(row.claim)})
        details.update({r.in_ for r in standing(row.claim) if r.in_})
        outlets.update({_outlet(desk, m) for m in row.claim.members})
        holders.update({holder_key(m) for m in row.claim.members})
        for m in row.claim.members:
            if m.holder:
                names.setdefault(holder_key(m), m.holder.name)
    named = dict(sorted(holders.items(), key=lambda x: (-x[1], x[0]))[:MOST_HOLDERS])
    if wanted.holder:
        named.setdefault(wanted.holder, holders[wanted.holder])
    people = _options(named, names, wanted.holder)
    episodes = Counter(row.episode.id for row in rows if row.episode)
    return Choices(
        tuple(Offered(k, v, relations[k], k == wanted.relation) for k, v in RELATIONS.items()),
        tuple(
            Offered(k, v, details[k], k == wanted.detail)
            for k, v in wording.DETAILS.items()
            if details[k] or k == wanted.detail
        ),
        _options(outlets, {"unknown": "outlet unknown"}, wanted.outlet),
        tuple(sorted(people, key=lambda o: o.value != NARRATION)),
        tuple(
            Offered(e.id, e.title, episodes[e.id], e.id == wanted.episode)
            for e in desk.story.episodes
            if episodes[e.id] or e.id == wanted.episode
        ),
        sum(row.tone in ("opposed", "differs") for row in rows),
    )


def _options(counts: dict[str, int], names: dict[str, str], chosen: str) -> tuple[Offered, ...]:
    made = [
        Offered(k, names.get(k, k.removeprefix("name:")), n, k == chosen) for k, n in counts.items()
    ]
    if chosen and chosen not in counts:
        made.append(Offered(chosen, chosen.removeprefix("name:"), 0, True))
    return tuple(sorted(made, key=lambda o: (o.words.casefold(), o.value)))

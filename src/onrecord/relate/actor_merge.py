"""Which members are one actor. Every rule compares folded names exactly; nothing is ever merged by likeness.

Members are blocked by folded surname, body name or country, so the work grows with their number, not
with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.gazetteer import Gazetteer
from onrecord.relate.actor_members import Member, conflict
from onrecord.text.folding import fold_loose
from onrecord.text.names import fold_name, fold_token, name_tokens, same_given


@dataclass
class Cluster:
    """Members that are one actor, and the reasons, in the order they were found."""

    members: list[Member] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    profiles: dict[tuple[str | None, tuple[str, ...]], Member] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)

    def add(self, members: Iterable[Member], reason: str = "") -> None:
        """Takes members in, for a reason."""
        for member in members:
            self.members.append(member)
            self.names.setdefault(member.name)
            self.profiles.setdefault((member.country, member.offices), member)
            self.forms.update(member.forms)
        if reason and reason not in self.reasons:
            self.reasons.append(reason)

    def refuses(self, member: Member, gazetteer: Gazetteer) -> bool:
        """Whether any member is told apart from this one by country or office."""
        return any(conflict(m, member, gazetteer) for m in self.profiles.values())


def cluster_of(member: Member) -> Cluster:
    """A cluster of one."""
    cluster = Cluster()
    cluster.add([member])
    return cluster


def merge(members: Sequence[Member], gazetteer: Gazetteer) -> list[Cluster]:
    """All members in clusters; every member is in exactly one."""
    members = states_by_name(members, gazetteer)
    people = [m for m in members if m.kind == "person" and m.named]
    states = [m for m in members if m.kind in ("government", "place") and m.named]
    bodies = [m for m in members if m.kind in ("organisation", "group") and m.named]
    rest = [m for m in members if not m.named]
    persons = merge_people(people, gazetteer)
    rest = join_offices(rest, persons)
    return [
        *persons,
        *merge_states(states),
        *merge_bodies(bodies, gazetteer),
        *merge_unnamed(rest),
    ]


def states_by_name(members: Sequence[Member], gazetteer: Gazetteer) -> list[Member]:
    """The members, those told to be a state in one report taken as that state in all reports.

    Only for names of no table: one report says "Velmara's army", another just "Velmara refused".
    """
    states = {
        fold_loose(m.name): m.name
        for m in members
        if m.kind == "government" and m.country == m.name and gazetteer.place_kind(m.name) is None
    }

    def as_state(member: Member) -> Member:
        state = states.get(fold_loose(member.name))
        if state is None or not member.named or member.offices:
            return member
        if member.kind in ("organisation", "person", "government"):
            return replace(member, kind="government", country=state, name=state)
        return replace(member, country=state) if member.kind == "place" else member

    return [as_state(m) for m in members]


# ------------------------------------------------------------------ people


def merge_people(members: Sequence[Member], gazetteer: Gazetteer) -> list[Cluster]:
    """People by full name; a surname alone joins the only bearer it can be."""
    blocks: dict[str, list[Cluster]] = defaultdict(list)
    firsts: dict[str, list[Cluster]] = defaultdict(list)
    clusters: list[Cluster] = []
    for member in sorted((m for m in members if len(fold_name(m.name)) > 1), key=_fullest_first):
        folded = fold_name(member.name)
        fitting = [
            c
            for c in blocks[folded[-1]]
            if fits_full(member, c) and not c.refuses(member, gazetteer)
        ]
        if len(fitting) == 1 or _one_exact(fitting, folded):
            chosen = _exact(fitting, folded) or fitting[0]
            chosen.add([member], _full_reason(member, chosen))
            continue
        cluster = cluster_of(member)
        clusters.append(cluster)
        blocks[folded[-1]].append(cluster)
        firsts[folded[0]].append(cluster)
    alone: dict[str, list[Member]] = defaultdict(list)
    for member in sorted(
        (m for m in members if len(fold_name(m.name)) == 1), key=lambda m: m.first
    ):
        token = fold_name(member.name)[0]
        bearers = blocks.get(token, [])
        if not bearers:
            bearers = [c for c in firsts.get(token, []) if member.name in c.forms]
        owner, reason = only_bearer(member, bearers, gazetteer)
        if owner is not None:
            owner.add([member], reason)
        else:
            alone[token].append(member)
    for token in sorted(alone):
        clusters += merge_surnames(alone[token], bool(blocks.get(token)), gazetteer)
    return clusters


def _fullest_first(member: Member) -> tuple[int, str]:
    return (-len(fold_name(member.name)), member.first)


def _exact(clusters: Sequence[Cluster], folded: tuple[str, ...]) -> Cluster | None:
    return next((c for c in clusters if any(fold_name(n) == folded for n in c.names)), None)


def _one_exact(clusters: Sequence[Cluster], folded: tuple[str, ...]) -> bool:
    same = [c for c in clusters if any(fold_name(n) == folded for n in c.names)]
    return len(same) == 1


def fits_full(member: Member, cluster: Cluster) -> bool:
    """Whether a full name may be the cluster's: equal when folded, one within the other, or given
    names that are initial or short form of one another."""
    folded = fold_name(member.name)
    for other in cluster.names:
        known = fold_name(other)
        if len(known) < 2:
            continue
        if folded == known:
            return True
        given = same_given(name_tokens(member.name)[0], name_tokens(other)[0])
        if given and (
            len(folded) == len(known) == 2
            or _within(folded[1:], known[1:])
            or _within(known[1:], folded[1:])
        ):
            return True
        if len(folded) != len(known) and (_within(folded, known) or _within(known, folded)):
            return True
    return False


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(token in rest for token in short)


def _full_reason(member: Member, cluster: Cluster) -> str:
    names = cluster.names
    if member.name in names:
        return "the same full name"
    if fold_name(member.name) in {fold_name(n) for n in names}:
        return "one full name in several spellings"
    return "full names that are short forms of one another"


def only_bearer(
    member: Member, bearers: Sequence[Cluster], gazetteer: Gazetteer
) -> tuple[Cluster | None, str]:
    """The cluster a surname alone belongs to, and why; None if several could be meant, or none."""
    able = [c for c in bearers if not c.refuses(member, gazetteer)]
    if len(bearers) == 1 and len(able) == 1:
        return able[0], f"{member.name} alone has one bearer in the record"
    if len(able) > 1 or len(bearers) > len(able):
        here = [c for c in able if any(m.article_id == member.article_id for m in c.members)]
        if len(here) == 1 and len(able) == 1:
            return here[0], f"{member.name} alone has one bearer in the report"
        office = [c for c in able if _shares_office(member, c)]
        if len(office) == 1:
            return office[0], f"{member.name} alone and office fit one bearer"
        country = [
            c
            for c in able
            if member.country and any(m.country == member.country for m in c.members)
        ]
        if len(country) == 1:
            return country[0], f"{member.name} alone and country fit one bearer"
    return None, ""


def _shares_office(member: Member, cluster: Cluster) -> bool:
    held = {o for m in cluster.members for o in m.offices}
    same_country = not member.country or any(
        m.country in (None, member.country) for m in cluster.members
    )
    return same_country and bool(held & set(member.offices))


def merge_surnames(
    members: Sequence[Member], ambiguous: bool, gazetteer: Gazetteer
) -> list[Cluster]:
    """Members known by one surname only: one actor where nothing tells them apart, one a report where
    the surname has several bearers in the record."""
    clusters: list[Cluster] = []
    ordered = sorted(members, key=lambda m: (m.country is None, m.first))
    for member in ordered:
        able = [c for c in clusters if not c.refuses(member, gazetteer)]
        if ambiguous:
            able = [c for c in able if c.members[0].article_id == member.article_id]
        if len(able) == 1:
            able[0].add([member], "the same surname, nobody else in the record bears it")
        else:
            clusters.append(cluster_of(member))
    return clusters


# ------------------------------------------------------------------ states, places, bodies, groups


def state_key(member: Member) -> tuple[str, ...]:
    """A government by its country, a place by its name."""
    if member.kind == "government" and member.country in (None, member.name):
        return ("government", fold_loose(member.name))
    return (member.kind, " ".join(map(fold_token, member.name.split())), member.country or "")


def merge_states(members: Sequence[Member]) -> list[Cluster]:
    """Governments and places of one key are one actor."""
    clusters: dict[tuple[str, ...], Cluster] = {}
    for member in members:
        reason = (
            "one country's government" if member.kind == "government" else "the same place name"
        )
        cluster = clusters.setdefault(state_key(member), Cluster())
        cluster.add([member], reason if cluster.members else "")
    return list(clusters.values())


def merge_bodies(members: Sequence[Member], gazetteer: Gazetteer) -> list[Cluster]:
    """Organisations and peoples by name and country; a short form joins the only body that uses it."""
    clusters: dict[tuple[str, str, str], Cluster] = {}
    by_name: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    loose: list[Member] = []
    for member in sorted(members, key=lambda m: (m.country is None, m.first)):
        name = (member.kind, body_key(member, gazetteer))
        if member.country is None and len(by_name[name]) > 1:
            loose.append(member)
            continue
        key = (*name, member.country or "")
        if member.country is None and len(by_name[name]) == 1:
            key = by_name[name][0]
        if key not in clusters:
            clusters[key] = Cluster()
            by_name[name].append(key)
        clusters[key].add([member], "the same name" if clusters[key].members else "")
    short: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for key, cluster in clusters.items():
        for form in dict.fromkeys(fold_body(f) for m in cluster.members for f in m.forms):
            if form != key[1]:
                short[key[0], form].append(key)
    for key in list(clusters):
        owners = short.get((key[0], key[1]), [])
        cluster = clusters[key]
        if len(owners) != 1 or owners[0] == key or owners[0] not in clusters:
            continue
        owner = clusters[owners[0]]
        if not any(owner.refuses(m, gazetteer) for m in cluster.members):
            owner.add(cluster.members, f"{cluster.members[0].name} is its short form in a report")
            del clusters[key]
    return [*clusters.values(), *(cluster_of(m) for m in loose)]


def body_key(member: Member, gazetteer: Gazetteer) -> str:
    """A body's name for comparison: the gazetteer's where it has one, else folded."""
    known = gazetteer.organisation(member.name) if member.kind == "organisation" else None
    return fold_body(known.name if known else member.name)


def fold_body(name: str) -> str:
    """Case, points, hyphens, leading article and apostrophes folded."""
    text = fold_loose(name).replace(".", "").replace("-", " ").replace("'s", "").replace("'", "")
    return " ".join(text.split()).removeprefix("the ")


# ------------------------------------------------------------------ noun phrases


def join_offices(members: Sequence[Member], people: Sequence[Cluster]) -> list[Member]:
    """Joins "Sundermark's foreign minister" to the one person who can be meant; returns the others.

    Only an office with its country, not "a minister"; only a person of that very title in the record,
    of no other country, the only such one, and named in the same report.
    """
    by_title: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in people:
        for title in dict.fromkeys(o for m in cluster.members for o in m.offices):
            by_title[title].append(cluster)
    left = []
    for member in members:
        owner = _holder(member, by_title) if member.kind == "office" else None
        if owner is None:
            left.append(member)
        else:
            owner.add([replace(member, kind="person")], "the only holder of the office named there")
    return left


def _holder(member: Member, by_title: dict[str, list[Cluster]]) -> Cluster | None:
    if member.country is None or len(member.offices) != 1:
        return None
    if fold_loose(member.name).split()[:1] in (["a"], ["an"]):
        return None
    able = [
        c
        for c in by_title.get(member.offices[0], [])
        if all(m.country in (None, member.country) for m in c.members)
    ]
    here = [c for c in able if any(m.version_id == member.version_id for m in c.members)]
    return here[0] if len(able) == 1 and here else None


def merge_unnamed(members: Sequence[Member]) -> list[Cluster]:
    """Noun phrases are one actor only over the versions of one report; a country's troops, police or
    parliament, worded alike, over all reports."""
    clusters: dict[tuple[str, ...], Cluster] = {}
    for member in members:
        name = fold_body(member.name)
        qualified = (
            member.kind in ("group", "organisation")
            and member.country
            and len(name.split()) in (2, 3)
        )
        key: tuple[str, ...]
        if qualified and _names_country(member):
            key, reason = (
                (member.kind, name, member.country or ""),
                "the same words, the same country",
            )
        else:
            key = (member.kind, member.article_id, name, member.country or "", str(member.nth))
            reason = "the same words in versions of one report"
        cluster = clusters.setdefault(key, Cluster())
        cluster.add([member], reason if cluster.members else "")
    return list(clusters.values())


def _names_country(member: Member) -> bool:
    return member.name[:1].isupper()

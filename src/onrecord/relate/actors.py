"""Mentions of all reports -> Actor, and ActorLinks for each report: who is the same over the reports.

Likeness of names alone merges nobody. Full names that are equal after folding each token's
transliteration are one person unless country or office tell two apart; a surname alone joins a
full name only where one bearer is possible; organisations go by name or acronym, governments by
country; unnamed office holders stay in their report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.gazetteer import Gazetteer
from onrecord.options import option
from onrecord.records import Actor, ActorLink, ActorLinks, Mention, Office, Record, Ruling
from onrecord.relate.actor_members import members_of
from onrecord.relate.actor_merge import Cluster, merge
from onrecord.relate.judging_lines import decided, renamed
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the actors stage."""

    aliases: int = option(
        40, "At most so many aliases an actor lists, the most frequent ones", unit="names"
    )


def work(group: Group, options: Options, resources: Resources) -> Iterator[Record]:
    """All actors of the record, and one ActorLinks a report. Needs the resource `gazetteer`."""
    gazetteer: Gazetteer = resources["gazetteer"]
    clusters = merge(members_of(group.all(Mention)), gazetteer)
    links: dict[str, list[ActorLink]] = defaultdict(list)
    for one in decided(clusters, group.all(Ruling)):
        actor = renamed(actor_of(one.cluster, options), one.entries)
        for member in one.cluster.members:
            for mention in member.mentions:
                links[mention.article_id].append(
                    ActorLink(
                        mention_id=mention.id,
                        actor_id=actor.id,
                        name=actor.name,
                        kind=actor.kind,
                        country=actor.country,
                    )
                )
        yield actor
    for article, found in sorted(links.items()):
        yield ActorLinks(
            id=make_id("lnk", article),
            article_id=article,
            links=tuple(sorted(found, key=lambda link: link.mention_id)),
        )


def actor_of(cluster: Cluster, options: Options) -> Actor:
    """The actor of a cluster. Its identity is its kind and its smallest mention id."""
    kind = cluster.members[0].kind
    name = best_name(cluster)
    country = next((c for m in cluster.members if (c := m.country)), None)
    mentions = sorted(
        (mention for member in cluster.members for mention in member.mentions),
        key=lambda m: (m.article_id, m.version_id, m.start),
    )
    return Actor(
        id=make_id("act", kind, min(m.first for m in cluster.members)),
        name=name,
        kind=kind,
        country=country,
        aliases=aliases_of(cluster, name, options.aliases),
        offices=offices_of(cluster),
        mentions=tuple(m.citation for m in mentions),
        basis=basis_of(cluster),
    )


def best_name(cluster: Cluster) -> str:
    """A full form before a short one, then the most frequent, then the longest, then the alphabet's."""
    counts: Counter[str] = Counter()
    for member in cluster.members:
        counts[member.name] += len(member.mentions)
    person = cluster.members[0].kind == "person"
    return min(
        counts, key=lambda n: (-min(len(n.split()), 2) if person else 0, -counts[n], -len(n), n)
    )


def aliases_of(cluster: Cluster, name: str, most: int) -> tuple[str, ...]:
    """The other forms in the reports, sorted; forms that differ from one another in case only once."""
    counts: Counter[str] = Counter()
    for member in cluster.members:
        counts[member.name] += 1
        for mention_form in member.forms:
            counts[mention_form] += 1
    kept: dict[str, str] = {name.casefold(): name}
    for form in sorted(counts, key=lambda f: (-counts[f], f.isupper(), f)):
        if form.casefold() not in kept and len(kept) <= most:
            kept[form.casefold()] = form
    return tuple(sorted(f for key, f in kept.items() if key != name.casefold()))


def offices_of(cluster: Cluster) -> tuple[Office, ...]:
    """The offices the reports give. Their days stay open: the gazetteer's table of holders helps to
    tell people apart, but no capture says when an office was held, so nothing could be cited."""
    given = {o for m in cluster.members for o in m.offices}
    titles = sorted(t for t in given if not any(t != o and t in o.split() for o in given))
    return tuple(Office(title=title) for title in titles)


def basis_of(cluster: Cluster) -> str:
    """Why these mentions are one actor, in plain words."""
    reports = len({m.article_id for m in cluster.members})
    if len(cluster.members) == 1 and not cluster.reasons:
        return "one report, joined by its own wording"
    where = "versions of one report" if reports == 1 else f"{reports} reports"
    return f"{where}: {'; '.join(sorted(cluster.reasons))}"

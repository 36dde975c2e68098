"""What nobody has decided yet, in the order in which it is worth a look: the review queue's rows."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.publish.library import Library
from onrecord.records import Claim, ClaimMember, Judgement, Relation, Ruling

FIRST = ("contradicts", "incompatible_accounts", "differs", "paraphrase", "adds", "corroborates")
"""Oppositions first: a false one does most harm."""


@dataclass(frozen=True)
class Undecided:
    """A relation that the machine found and nobody reviewed."""

    claim: Claim
    relation: Relation
    a: ClaimMember
    b: ClaimMember

    def fields(self, verdict: str) -> list[tuple[str, str]]:
        """A form's fields for a verdict about it. It is named by its addresses, which hold while the
        record is built anew; `relabel` needs `value.relation` and `value.in` beside these."""
        named = [("verdict", verdict), ("kind", "relation")]
        named += [("line", one.citation.address) for one in (self.a, self.b)]
        if verdict == "relabel":
            return [*named, ("value.was", self.relation.relation)]
        named.append(("value.relation", self.relation.relation))
        return [*named, *([("value.in", self.relation.in_)] if self.relation.in_ else [])]


def undecided(library: Library, story: str = "") -> list[Undecided]:
    """The relations to review, of one story or all. One that was decided this moment, and is not
    brought in yet, is none of them any more."""
    brought_in = {ruling.judgement.id for ruling in library.all(Ruling)}
    decided = {
        frozenset(one.about.addresses)
        for one in library.all(Judgement)
        if one.about.kind == "relation" and one.undone is None and one.verdict != "note"
        if one.id not in brought_in
    }
    claims = library.by(Claim, "story_id", story) if story else library.all(Claim)
    found = []
    for claim in claims:
        members = {m.id: m for m in claim.members}
        for relation in claim.relations:
            a, b = members[relation.a], members[relation.b]
            pair = frozenset((a.citation.address, b.citation.address))
            if relation.review == "unreviewed" and pair not in decided:
                found.append(Undecided(claim, relation, a, b))
    return sorted(found, key=lambda row: (_rank(row.relation), row.claim.id))


def _rank(relation: Relation) -> int:
    return FIRST.index(relation.relation) if relation.relation in FIRST else len(FIRST)

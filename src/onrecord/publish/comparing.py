"""What the story's pages show, second part: accounts side by side, and commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.publish import wording
from onrecord.publish.desk import Desk
from onrecord.publish.views import Said, Told, said_view, standing
from onrecord.records import Article, Claim, ClaimMember, Commitment, Relation

TONES = ("opposed", "differs", "agrees", "single")
"""Groups of accounts, those that need a look first."""


@dataclass(frozen=True)
class Teller:
    """A member of a claim: `number` names it within its table."""

    number: int
    member: ClaimMember
    article: Article | None
    stance: str


@dataclass(frozen=True)
class Pair:
    """How two members relate."""

    relation: Relation
    a: Teller
    b: Teller
    words: str
    tone: str


@dataclass(frozen=True)
class Accounts:
    """A claim as a table: who tells it, how they relate, who is silent."""

    claim: Claim
    tone: str
    summary: tuple[tuple[str, str], ...]
    tellers: tuple[Teller, ...]
    pairs: tuple[Pair, ...]
    silent: tuple[Article, ...]


def accounts_view(desk: Desk, claim: Claim) -> Accounts:
    tellers = tuple(
        Teller(n, m, desk.article(m.article_id), wording.STANCES.get(m.stance, m.stance))
        for n, m in enumerate(claim.members, start=1)
    )
    found = {t.member.id: t for t in tellers}
    pairs = tuple(
        Pair(r, found[r.a], found[r.b], wording.relation(r), wording.tone(r))
        for r in claim.relations
        if r.a in found and r.b in found
    )
    order = {tone: n for n, tone in enumerate((*TONES, "aside"))}
    pairs = tuple(sorted(pairs, key=lambda p: (order[p.tone], p.a.number, p.b.number)))
    tones = [p.tone for p in pairs if p.tone != "aside"]
    tone = min(tones, key=lambda t: order[t]) if tones else "single"
    if len(tellers) > 1 and tone == "single":
        tone = "agrees" if pairs else "single"
    silent = tuple(a for i in claim.silent if (a := desk.article(i)) is not None)
    summary = tuple(dict.fromkeys((p.tone, p.words) for p in pairs))
    return Accounts(claim, tone, summary, tellers, pairs, silent)


def accounts(desk: Desk) -> tuple[Accounts, ...]:
    """All claims: possibly opposed first, then differing, agreeing, told once; the longest list first."""
    made = [accounts_view(desk, c) for c in desk.claims if c.members]
    made.sort(
        key=lambda a: (TONES.index(a.tone), -len(a.tellers), a.claim.members[0].citation.address)
    )
    return tuple(made)


SILENT = "no captured report says"


@dataclass(frozen=True)
class Outcome:
    """One of the three questions about a commitment, its answer and what the answer rests on."""

    question: str
    answer: str
    known: bool
    why: str
    evidence: tuple[tuple[Told, str], ...]


@dataclass(frozen=True)
class Kept:
    """A commitment with its outcome, as far as later reports tell."""

    item: Commitment
    act: str
    article: Article | None
    said: Said | None
    deadline: str
    standing: str
    outcomes: tuple[Outcome, ...]


def _outcome(
    desk: Desk, item: Commitment, which: str, question: str, value: str, why: str
) -> Outcome:
    evidence = tuple(
        (Told(e.citation, desk.article_of(e.citation)), e.basis)
        for e in item.evidence
        if e.for_ == which
    )
    return Outcome(question, wording.OUTCOMES.get(value, value), value != "unknown", why, evidence)


def commitments(desk: Desk, items: Sequence[Commitment]) -> tuple[Kept, ...]:
    """Threats, promises, offers, demands and deadlines with what became of them."""
    made = []
    for item in items:
        said = desk.statement(item.statement_id)
        made.append(
            Kept(
                item,
                wording.ACTS.get(item.act, item.act),
                desk.article_of(item.what),
                said_view(desk, said) if said else None,
                wording.bounds(item.deadline),
                standing(desk, item),
                (
                    _outcome(desk, item, "act", "Was it done?", item.outcome.act, SILENT),
                    _outcome(
                        desk,
                        item,
                        "condition",
                        "Was the condition met?",
                        item.outcome.condition,
                        SILENT if item.condition else "none was named",
                    ),
                    _outcome(
                        desk,
                        item,
                        "deadline",
                        "Was the deadline kept?",
                        item.outcome.deadline,
                        SILENT
                        if item.deadline.earliest or item.deadline.latest
                        else "none was named",
                    ),
                ),
            )
        )
    return tuple(made)

"""What the story's pages show of commitments, and of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.publish import wording
from onrecord.publish.desk import Desk
from onrecord.publish.views import Said, Told, said_view, standing
from onrecord.records import Article, Commitment

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
                        SILENT if item.condition else "no condition was named",
                    ),
                    _outcome(
                        desk,
                        item,
                        "deadline",
                        "Was the deadline kept?",
                        item.outcome.deadline,
                        SILENT
                        if item.deadline.earliest or item.deadline.latest
                        else "no deadline was named",
                    ),
                ),
            )
        )
    return tuple(made)

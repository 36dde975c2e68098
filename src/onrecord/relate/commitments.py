"""Threats, promises, offers, demands and deadlines -> Commitment, and what later reports show of each.

Three questions are answered apart, each with its citation or `unknown`: was the act done, was the
condition met, was the deadline kept. That a later report tells the act as done shows neither that
the condition was met nor that the deadline was kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from onrecord.options import option
from onrecord.records import (
    Article,
    Commitment,
    DateExpression,
    Line,
    Statement,
    Story,
    Version,
)
from onrecord.relate.commitments_later import Later
from onrecord.relate.commitments_outcomes import outcome
from onrecord.relate.commitments_parts import Known, Pledge
from onrecord.relate.commitments_pledges import pledges
from onrecord.relate.frames import UNNAMED
from onrecord.relate.keys import key_of
from onrecord.stage import Group, Resources
from onrecord.text.folding import fold_loose, words
from onrecord.text.ids import make_id
from onrecord.text.instants import sort_key


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the commitments stage."""

    shared: int = option(
        2,
        "Content words that two lines must share to speak of one commitment",
        unit="words",
    )


def _words_alone(line: Line) -> Line:
    """A line as pledges are read: without the clause of its cue, for who binds himself is read off the statement."""
    if not line.by_cue:
        return line
    held = (*line.figures, *(f for c in line.clauses for f in c.figures))
    return structs.replace(line, clauses=(), figures=held)


def work(group: Group, options: Options, resources: Resources) -> Iterator[Commitment]:
    """All commitments of one story."""
    story = group.one(Story)
    articles = {a.id: a for a in group.all(Article)}
    dates: dict[str, list[DateExpression]] = defaultdict(list)
    for expression in group.all(DateExpression):
        dates[expression.citation.version_id or ""].append(expression)
    # Of many texts the first ones are searched, so their order must not be that of adding.
    versions = {v.id: v for v in sorted(group.all(Version), key=lambda v: v.id)}
    known = Known(articles, versions, {s.id: s for s in group.all(Statement)}, dates)
    order = {a: sort_key(x.published.earliest, a) for a, x in articles.items()}
    lines = sorted(
        (x for x in group.all(Line) if x.article_id in articles),
        key=lambda x: (order[x.article_id], x.citation.capture_start, x.id),
    )
    found = list(pledges([_words_alone(x) for x in lines], known))
    if not found:
        return
    bound = {p.line.id for p in found}
    gathered = _gathered(found, options)
    merged = [_merged(same) for same in gathered]
    later = Later(
        [x for x in lines if x.id not in bound],
        known,
        merged,
        names_by_report(lines, versions, {p.line.article_id: p.line.version_id for p in merged}),
        Counter(
            f
            for same in gathered
            if any(p.line.part != "headline" for p in same)
            for f in same[0].families
        ),
    )
    made = [_commitment(story.id, pledge, later) for pledge in merged]
    for row in made:
        yield _pointing_back(row, made)


_WORD = re.compile(r"\b[^\W\d_]{2,}")


def names_by_report(
    lines: Sequence[Line], versions: Mapping[str, Version], reports: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """By report, of these ones, the keys of the words that its lines and the text of this version write as names: who
    speaks stands in no line."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.article_id in reports:
            found[line.article_id].update(k for k, w in line.keys if w[:1].isupper())
    for article, version in reports.items():
        written = set(_WORD.findall(versions[version].text))
        found[article].update(key_of(fold_loose(w)) for w in written if w[:1].isupper())
    return {article: frozenset(keys - {""}) for article, keys in found.items()}


def _gathered(found: Sequence[Pledge], options: Options) -> list[list[Pledge]]:
    """Reports of one pledge together: same actor or, where he is not resolved, same name; same act, shared
    matter, no other deadline. Of one whom nobody names, only the same words. The earliest report comes
    first."""
    groups: list[list[Pledge]] = []
    by_actor: dict[tuple[str, str], list[list[Pledge]]] = defaultdict(list)
    for pledge in found:
        key = (_who(pledge), pledge.act)
        for group in by_actor[key]:
            if _one_pledge(group[0], pledge, options):
                group.append(pledge)
                break
        else:
            groups.append([pledge])
            by_actor[key].append(groups[-1])
    return groups


def _who(pledge: Pledge) -> str:
    """By what one who pledges is known in other reports: his id, else his name, else his words."""
    who = pledge.who
    if who is None or (who.actor_id is None and fold_loose(who.name) in UNNAMED):
        return fold_loose(pledge.line.text)
    return who.actor_id or " ".join(w for w in words(who.name) if w not in _ARTICLES)


_ARTICLES = frozenset(("the", "a", "an"))


def _one_pledge(a: Pledge, b: Pledge, options: Options) -> bool:
    if a.never != b.never:
        return False
    if fold_loose(a.line.text) == fold_loose(b.line.text):
        return True
    alike = (
        a.clause is not None and b.clause is not None and a.clause.predicate == b.clause.predicate
    )
    shared = a.matter & b.matter
    # "A strike from Thursday" and "a strike from Thursday over their overtime" have no verb.
    alike = alike or (a.clause is None and b.clause is None and bool(shared))
    if alike and a.deadline.latest and a.deadline.latest == b.deadline.latest:
        return True
    if len(shared) < options.shared or 2 * len(shared) < min(len(a.matter), len(b.matter)):
        return False
    if a.deadline.latest and b.deadline.latest:
        return a.deadline.latest == b.deadline.latest
    return True


def _merged(same: Sequence[Pledge]) -> Pledge:
    """One pledge of its repetitions: its condition and its deadline from the first report that has one."""
    first = same[0]
    hung = next((p for p in same if p.condition), first)
    due = next((p for p in same if p.deadline.latest), first)
    return replace(
        first,
        condition=hung.condition,
        hinge=hung.hinge,
        deadline=due.deadline,
        apart=due.apart,
        clause=next((p.clause for p in same if p.clause), None),
        own=frozenset().union(*(p.own for p in same)),
        own_ids=frozenset().union(*(p.own_ids for p in same)),
    )


def _commitment(story_id: str, pledge: Pledge, later: Later) -> Commitment:
    answers, evidence = outcome(pledge, later)
    return Commitment(
        id=make_id("com", "commitment", _source(pledge)),
        story_id=story_id,
        statement_id=pledge.line.statement_id,
        who=pledge.who,
        act=pledge.act,
        what=pledge.what,
        condition=pledge.condition,
        deadline=pledge.deadline,
        outcome=answers,
        evidence=evidence,
    )


_POINTS_BACK = re.compile(
    r"^\W*(?P<if>if|should|unless)\s+(?:it|he|she|they)\s+(?:(?:do|does|did)(?P<not>\s+not|n['’]t)?|"
    r"(?P<no>refuses?d?|fails?\s+to\s+(?:do\s+so|comply)|(?:do|does|did)(?:\s+not|n['’]t)\s+comply))\W*$",
    re.IGNORECASE,
)
"""A condition that says nothing of its own: "if he refuses" is that what was just demanded is not done."""


def _pointing_back(row: Commitment, made: Sequence[Commitment]) -> Commitment:
    """A row whose condition points back to a demand, with what came of that demand as its answer."""
    found = _POINTS_BACK.match(row.condition.quote) if row.condition is not None else None
    if found is None or row.outcome.condition != "unknown":
        return row
    before = [
        x
        for x in made
        if x.act in ("demand", "deadline")
        and x.what.version_id == row.what.version_id
        and (x.what.start or 0) < (row.what.start or 0)
    ]
    asked = max(before, key=lambda x: (x.what.start or 0, x.id), default=None)
    if asked is None or asked.outcome.act == "unknown":
        return row
    missing = bool(found.group("not") or found.group("no")) != (
        found.group("if").lower() == "unless"
    )
    met = (asked.outcome.act == "not_done") == missing
    if row.outcome.act == "done" and not met:
        return row
    shows = [
        structs.replace(e, for_="condition", basis=f"what was demanded before: {e.basis}")
        for e in asked.evidence
        if e.for_ == "act"
    ]
    return structs.replace(
        row,
        outcome=structs.replace(row.outcome, condition="met" if met else "unmet"),
        evidence=(*row.evidence, *shows),
    )


def _source(pledge: Pledge) -> str:
    """What a commitment's id hangs on: its statement, or where which outlet tells it."""
    line = pledge.line
    return line.statement_id or f"{line.article_id} {line.citation.address}"

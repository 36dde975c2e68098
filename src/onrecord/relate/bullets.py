"""A headline or bullet that puts words into somebody's mouth, against what the body reports of him.

"* Kerry says Russia to go ahead" is heard in the body if one line there that Kerry is said to have said
has most of its words, the verb among them. If none has, the bullet says what its own report does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.records import Line
from onrecord.relate.frames import Finding, Frame

HEARD = 60
"""Per cent of a bullet's words that a line of the body must have for it to say the same."""

_OPENING = 4
"""Words within which a line that reports words names who says them and that he does."""

_SAYS = frozenset("say tell insist warn claim declare announce maintain".split())


def unheard(frames: Sequence[Frame]) -> Iterator[tuple[tuple[int, int], Finding]]:
    """(places of the bullet and of the nearest line of the body, in order; what is found) of every bullet
    or headline whose words the body does not report. Silent where the body gives its holder no words
    about the matter at all: then nothing can be compared."""
    for i, frame in enumerate(frames):
        bullet = frame.line
        said = _said(bullet)
        if said is None:
            continue
        holder, wanted, verb = said
        body = [
            (j, other.line)
            for j, other in enumerate(frames)
            if other.line.article_id == bullet.article_id
            and other.line.part == "body"
            and other.line.holder is not None
            and other.line.holder.actor_id == holder
        ]
        if any(_hears(line, wanted, verb) for _, line in body):
            continue
        shared = [(len(wanted & _words(line)), -j) for j, line in body]
        if not shared or max(shared)[0] == 0:
            continue
        j = -max(shared)[1]
        near = frames[j].line
        name = near.holder.name if near.holder else ""
        yield (
            (min(i, j), max(i, j)),
            Finding(
                "differs",
                "characterisation",
                f"the line above the report, “{bullet.text}”, gives as {name}'s words what none of "
                f"those in the report's body says; nearest: “{near.text}”",
            ),
        )


def _words(line: Line) -> frozenset[str]:
    return frozenset(k for k, _ in line.keys) | frozenset(line.hinge)


def _said(line: Line) -> tuple[str, frozenset[str], str] | None:
    """Of "X says …" above a report: X's actor, the words said, and their verb ("" without one)."""
    if line.part != "headline" or line.statement_id is not None or not line.clauses:
        return None
    first = line.clauses[0]
    if first.predicate not in _SAYS or not first.main or len(first.doer_ids) != 1:
        return None
    if first.word not in line.text.split()[:_OPENING]:
        return None
    inner = next((c for c in line.clauses[1:]), None)
    wanted = _words(line) - set(first.doers) - _SAYS
    if len(wanted) < 2:
        return None
    return first.doer_ids[0], wanted, inner.predicate if inner is not None else ""


def _hears(line: Line, wanted: frozenset[str], verb: str) -> bool:
    has = _words(line)
    verbs = {c.predicate for c in line.clauses} | has
    told = not verb or verb in verbs
    return told and len(wanted & has) * 100 >= HEARD * len(wanted)

"""In which value two accounts of one thing differ: number, day, place, actor. Each rule names the two values
it saw, or returns None."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Clause, Figure, Line
from onrecord.relate.clause_pairs import Pair, is_close, is_other_day
from onrecord.relate.frames import Finding, Frame, outlet_of
from onrecord.relate.matching import Match
from onrecord.relate.quantities import compatible

DURATIONS = frozenset("second minute hour day week month year".split())
"""Units of time: "three hours" and "six hours" are told of different occasions or up to different
moments of one; a difference in them shows nothing."""


COUNTED = frozenset("people person man woman other one victim passenger".split())
"""What may be counted without being named: "12 were killed" and "12 people were killed"."""


def in_number(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """How many or how much, of the same thing."""
    for x, y in pairs:
        if found := _figures(a, b, _counted(x), _counted(y), loose=x.predicate == y.predicate):
            return found
    left = [f for c in a.line.clauses for f in _counted(c)]
    right = [f for c in b.line.clauses for f in _counted(c)]
    return _figures(a, b, left, right, loose=False)


def _counted(clause: Clause) -> list[Figure]:
    """The figures of a clause; "not one soldier" counts nothing."""
    return [f for f in clause.figures if not (clause.negative and f.value in ("one", "1"))]


def _figures(
    a: Frame, b: Frame, left: Sequence[Figure], right: Sequence[Figure], loose: bool
) -> Finding | None:
    """A figure of one line that agrees with no figure of the same thing in the other."""
    for x in left:
        if x.unit in DURATIONS:
            continue
        same = [y for y in right if y.unit == x.unit or (loose and _counts(x, y))]
        if not same or any(compatible(x, y) for y in same):
            continue
        if any(compatible(z, y) for y in same for z in left if z is not x and z.unit == y.unit):
            continue
        y = same[0]
        return Finding(
            "differs",
            "number",
            f"{outlet_of(a)}: {x.value} {x.noun}; {outlet_of(b)}: {y.value} {y.noun}",
        )
    return None


def _counts(x: Figure, y: Figure) -> bool:
    return bool({x.unit, y.unit} & COUNTED) and not ({x.unit, y.unit} & DURATIONS)


def in_date(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """When one act was."""
    for x, y in pairs:
        if x.days and y.days and is_other_day(a, b, x, y):
            left, right = min(x.days)[0], min(y.days)[0]
            return Finding("differs", "date", f"{outlet_of(a)}: {left}; {outlet_of(b)}: {right}")
    return None


def in_place(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Where one act was, unless one line names the other's place as well."""
    for x, y in pairs:
        if not (x.places and y.places and is_close(x, y)) or set(x.places) & set(y.places):
            continue
        if names_one_of(x.places, b.line) or names_one_of(y.places, a.line):
            continue
        return Finding(
            "differs",
            "place",
            f"{outlet_of(a)}: {', '.join(x.places)}; {outlet_of(b)}: {', '.join(y.places)}",
        )
    return None


def names_one_of(places: Sequence[str], line: Line) -> bool:
    """Whether a line names one of these places anywhere."""
    text = line.text.casefold()
    return any(p in text for p in places)


ALL_BUT = 60
"""Per cent of the fewer other words that must be shared for the doer to be what differs."""


def in_actor(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Who did the same to the same."""
    for x, y in pairs:
        shared = set(x.others) & set(y.others)
        fewer = min(len(x.others), len(y.others))
        if len(shared) < 2 or len(shared) * 100 < ALL_BUT * fewer:
            continue
        if not (x.doer_ids and y.doer_ids and x.main and y.main):
            continue
        if set(x.doers) & set(y.doers) or set(x.doer_ids) & set(y.doer_ids):
            continue
        if set(x.doers) & set(y.others) or set(y.doers) & set(x.others):
            continue
        return Finding(
            "differs",
            "actor",
            f"{outlet_of(a)}: {_doer(a.line, x)}; {outlet_of(b)}: {_doer(b.line, y)} ({x.word})",
        )
    return None


def _doer(line: Line, clause: Clause) -> str:
    return " ".join(word for key, word in line.keys if key in clause.doers) or "somebody"

"""Clauses of two lines that tell one act: with one predicate, across parts of speech, or denied."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import Clause, Line
from onrecord.relate.frames import Frame
from onrecord.text.folding import fold_loose

ENOUGH = 3
"""Words that two lines share if clauses that have little in common are yet held to tell one act."""


WHEN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday januari februari march april june juli "
    "august septemb octob novemb decemb morn afternoon even night midnight noon today tonight "
    "tomorrow yesterday earli late weekend".split()
)
"""Keys of words that say when: that two things happened on one day does not make them one thing."""


Pair = tuple[Clause, Clause]


EMPTY = frozenset("be have do say make take go come get give".split())
"""Predicates that say little: two clauses are not alike for having them."""

_LITTLE = EMPTY | frozenset(
    "is are was were been being am has had having does did done said says saying makes made making takes "
    "took taken taking goes went gone going comes came coming gets got gotten getting gives gave "
    "given giving".split()
)


def says_little(clause: Clause) -> bool:
    """Whether a clause's predicate is one of those words; not one of their topic ("handed over")."""
    return clause.predicate in EMPTY and fold_loose(clause.word) in _LITTLE


def aligned_clauses(a: Line, b: Line) -> Iterator[Pair]:
    """Clauses of the two lines that tell the same act: one predicate, or its noun in the other, and a
    doer or another word in common. The best partner of each clause of the first."""
    for x in a.clauses:
        best: tuple[int, Clause] | None = None
        for y in b.clauses:
            strength = _likeness(x, y)
            if strength and (best is None or strength > best[0]):
                best = (strength, y)
        if best is not None:
            yield x, best[1]


def _likeness(x: Clause, y: Clause) -> int:
    if x.predicate != y.predicate or (says_little(x) and says_little(y)):
        return 0
    doers = len(set(x.doers) & set(y.doers))
    others = len(set(x.others) & set(y.others))
    return doers + others


def tied_clauses(a: Line, b: Line) -> Iterator[Pair]:
    """Main clauses of the two lines that tell one act though in other parts of speech: two words in
    common, one of them what one of the two says is done ("demanded payment" and "paid"). For each of
    the first the best of the second."""
    for x in a.clauses:
        best: tuple[int, Clause] | None = None
        for y in b.clauses:
            if not (x.main and y.main) or {x.predicate, y.predicate} & EMPTY:
                continue
            shared = meant_by(x) & meant_by(y)
            said = len(shared) >= 2 and bool({x.predicate, y.predicate} & shared)
            if said and (best is None or len(shared) > best[0]):
                best = (len(shared), y)
        if best is not None:
            yield x, best[1]


def meant_by(clause: Clause) -> set[str]:
    """The words of a clause without numbers and words of time."""
    found = {clause.predicate, *clause.doers, *clause.others} - WHEN
    return {k for k in found if not k.startswith("#")}


def is_close(x: Clause, y: Clause) -> bool:
    """Whether two aligned clauses leave no doubt that they tell one act: doer and another word shared,
    or two other words."""
    doers = set(x.doers) & set(y.doers)
    others = set(x.others) & set(y.others)
    return bool(doers and others) or len(others) >= 2 or bool(doers and not (x.others and y.others))


DENIED = 65
"""Per cent of a denied clause's content words that another line must tell as so."""


def _denied_words(clause: Clause) -> set[str]:
    """What a denied clause names, without numbers and words of emphasis."""
    found = {clause.predicate, *clause.doers, *clause.others} - _EMPHASIS
    return {k for k in found if not k.startswith("#")}


def denials_of(a: Line, b: Line) -> Iterator[Pair]:
    """Clauses of the first line that are denied, each with a clause of the second that tells most of its
    words as so: "not a crane moved at the terminal" and "two cranes worked at the terminal"."""
    negative = [x for x in a.clauses if x.negative and x.main]
    if not negative or any(y.negative for y in b.clauses):
        return
    told = [y for y in b.clauses if y.main]
    if not told:
        return
    held = {k for k, _ in b.keys}
    for x in negative:
        denied = _denied_words(x)
        shared = denied & held
        if len(shared) >= 2 and len(shared) * 100 >= DENIED * len(denied):
            yield x, max(told, key=lambda y: len(shared & {y.predicate, *y.doers, *y.others}))


_EMPHASIS = frozenset("singl ever never any all flat whatsoever".split())
"""Keys of words that make a denial stronger and name nothing."""


def is_other_day(a: Frame, b: Frame, x: Clause, y: Clause) -> bool:
    """Whether the lines name occasions that cannot be one."""
    if x.days and y.days:
        return not any(p[0] <= q[1] and q[0] <= p[1] for p in x.days for q in y.days)
    return False

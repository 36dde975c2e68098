"""Lines that cannot both be so though neither denies anything: opposites of one thing at one time, two that
were first, an account that is called untrue."""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import EMPTY, WHEN, is_other_day
from onrecord.relate.denials import (
    BARE,
    HEDGED,
    NAMED,
    NOWHERE,
    REPORTED,
    VAGUE,
    Near,
    acts_of,
    is_apart,
    is_told,
    named_in,
    said_of,
    side_of,
    told_in,
    words_at,
)
from onrecord.relate.frames import Frame
from onrecord.relate.keys import key_of, words_of
from onrecord.relate.senses import is_same_sense, sense_table

_PEOPLE = frozenset(
    key_of(w) or w
    for w in "suspect man woman people person child passenger patient victim member worker".split()
)


HARDLY = 100
"""Score that two lines need even if what they share with the lines around one another shows one occasion."""


_SOME = re.compile(
    r"\b(some|others?|many|most|several|part(?:s|ly)?|half|few|one of|at first|later|then|after|before|until|"
    r"more|less|again|now)\b",
    re.IGNORECASE,
)
"""What makes an act one of a part, or one of a row of acts."""


_ALL = re.compile(r"\b(all|every|each|both|none|throughout|whole|entire)\b", re.IGNORECASE)


def families_of(clause: Clause) -> frozenset[tuple[str, str]]:
    """The families of opposites that a clause's predicate belongs to, each with its side."""
    acts = acts_of(clause) or {clause.predicate}
    if clause.word.casefold().startswith("defeat"):
        # Who defeated another won; who was defeated lost.
        acts = frozenset({"win" if clause.doers else "lose"})
    rows = (g.partition("/") for act in acts for g in sense_table("opposites").get(act, ()))
    return frozenset((family, side) for family, _, side in rows)


@functools.lru_cache(maxsize=20_000)
def _sided(frame: Frame) -> tuple[tuple[Clause, frozenset[tuple[str, str]]], ...]:
    """The main clauses of a line that tell flatly what was or is so, with the families of opposites they
    belong to; a line that hedges, denies or gives what others say has none."""
    line = frame.line
    found = [
        (c, sides)
        for c in told_in(frame)
        if c.main and c.told in ("done", "present") and (sides := families_of(c))
    ]
    if not found or line.negative or not is_told(line) or HEDGED.search(line.text):
        return ()
    return () if line.holder is None and REPORTED.search(line.text) else tuple(found)


def excluding(a: Frame, b: Frame, score: int, near: Near = NOWHERE) -> tuple[Clause, Clause] | None:
    """Main clauses of two lines whose predicates exclude each other of one thing at one time."""
    for x, left in _sided(a):
        for y, right in _sided(b):
            family = {f for f, s in left for g, u in right if f == g and s != u}
            if not family or (x.told != y.told and not _spans(a, x, b, y)):
                continue
            said = (words_at(a.line, x), words_at(b.line, y))
            whole = any(_ALL.search(w) for w in said)
            if not _is_of_one(x, y, score, near if whole and not _is_elsewhere(*said) else NOWHERE):
                continue
            part = x.figures or y.figures or any(_SOME.search(w) for w in said)
            if part and not whole and x.told == y.told:
                continue
            if _counts(x, y) and _is_elsewhere(*said):
                continue
            if family <= _WHOLE and not whole:
                continue
            if _name_others(a.line, x, b.line, y):
                continue
            if is_other_day(a, b, x, y) or (
                x.places and y.places and not set(x.places) & set(y.places)
            ):
                continue
            if (
                not set(x.days) & set(y.days)
                and (
                    is_apart(a, x, b, y)
                    or not _is_soon(a, b, bool(family & _LASTING) or (whole and x.told == "done"))
                )
                and x.told == y.told
            ):
                continue
            return x, y
    return None


def _name_others(a: Line, x: Clause, b: Line, y: Clause) -> bool:
    """Whether each of two clauses names somebody or some place that the other's line does not."""
    left = ({*x.doers, *x.others} & named_in(a)) - WHEN - {k for k, _ in b.keys}
    right = ({*y.doers, *y.others} & named_in(b)) - WHEN - {k for k, _ in a.keys}
    return bool(left and right)


_AT = re.compile(r"\b(?:in|at|on|of)\s+(?:the\s+)?(\w+)", re.IGNORECASE)


def _is_elsewhere(one: str, other: str) -> bool:
    """Whether two clauses say where, and not the same: lamps on the pier, lamps in the market."""
    left, right = (
        {key_of(w.casefold()) for w in _AT.findall(s)} - WHEN - {""} for s in (one, other)
    )
    return bool(left and right) and not left & right


_WHOLE = frozenset({"service"})
"""Families of opposites of which one is so of some and the other of the rest, unless it is so of all."""


def _counts(x: Clause, y: Clause) -> bool:
    """Whether a number counts what two clauses are of."""
    shared = {*x.doers, *x.others} & {*y.doers, *y.others}
    return any(f.unit in shared or key_of(f.unit) in shared for f in (*x.figures, *y.figures))


def _spans(a: Frame, x: Clause, b: Frame, y: Clause) -> bool:
    """Whether what one tells of days past lasted over the day on which the other says what is so: is
    open, and was closed from Tuesday until Friday."""
    now, days = (a, y.days) if x.told == "present" else (b, x.days)
    today = (now.published or "")[:10]
    return len(days) > 1 and bool(today) and min(days)[0][:10] <= today <= max(days)[1][:10]


_LASTING = frozenset(
    "verdict answer vote whole life truth contest law face sleep drink voices".split()
)
"""Families of opposites of which one does not turn into the other within days."""


def _is_soon(a: Frame, b: Frame, lasting: bool) -> bool:
    """Whether two reports are of one day; of what lasts, of days that follow one another."""
    one, other = (a.published or "")[:10], (b.published or "")[:10]
    if not one or not other:
        return False
    apart = abs(date.fromisoformat(one) - date.fromisoformat(other))
    return apart <= (LASTS if lasting else timedelta())


LASTS = timedelta(days=3)
"""How long what does not turn into its opposite stays so."""


def _is_of_one(x: Clause, y: Clause, score: int, near: Near) -> bool:
    """Whether two clauses are of one thing: who does it or what it is done to is named by both."""
    none: frozenset[str] = frozenset()
    if x.doers and y.doers and not set(x.doers) & set(y.doers):
        # "The road is open", "two cars closed the road": what is one's subject is the other's object.
        crossed = set(x.doers) & set(y.others) or set(y.doers) & set(x.others)
        if not crossed:
            return False
    left, right = said_of(x, none), said_of(y, none)
    shared = left & right
    if shared and score >= (EXCLUDING if len(shared) == 1 else BARE):
        return True
    # "Every signal worked", "two signals were dark": of the same, for it is so of all of them.
    same = set(x.doers or x.others) & set(y.doers or y.others) - VAGUE - _PEOPLE
    return bool(same & shared) and near.weight >= NAMED and score >= HARDLY


EXCLUDING = 300
"""Score that two lines need if their predicates exclude each other and they name one word beside."""


_FIRST_TO = re.compile(
    r"\bfirst to \w+|(?<!\bat )(?<!\bthe )(?<!\bfor )\bfirst(?=\s*(?:[,.;”\"]|$|with\b|and\b|on\b|from\b|in\b))",
    re.IGNORECASE,
)


def is_first_another(a: Frame, b: Frame, score: int) -> bool:
    """Whether each of two lines names another as the first to do one thing."""
    if score < EXCLUDING or not (is_told(a.line) and is_told(b.line)):
        return False
    if any(f.line.negative or not _FIRST_TO.search(f.line.text) for f in (a, b)):
        return False
    one, other = (
        {c.predicate for c in f.line.clauses if c.predicate not in EMPTY} - {"first"}
        for f in (a, b)
    )
    acts = {p for p in one for q in other if is_same_sense(p, q)}
    if not acts:
        return False
    left, right = (
        {
            d
            for c in f.line.clauses
            if c.predicate == "first" or any(is_same_sense(c.predicate, p) for p in acts)
            for d in c.doers
        }
        for f in (a, b)
    )
    return bool(left and right) and not left & right


_UNTRUE = frozenset(
    key_of(w) or w
    for w in "false untrue lie tale fabrication baseless unfounded groundless nonsense invention hoax "
    "fiction fantasy".split()
)


_TELLINGS = frozenset(
    key_of(w) or w
    for w in "account claim report story allegation accusation version rumour rumor suggestion".split()
)


def is_called_untrue(no: Frame, yes: Frame, score: int) -> bool:
    """Whether one line says of an account that it is false, and the other gives that account."""
    if score < BARE or not (is_told(no.line) and is_told(yes.line)):
        return False
    calling = [
        c
        for c in no.line.clauses
        if c.main and not c.negative and c.predicate in _UNTRUE and set(c.doers) & _TELLINGS
    ]
    if not calling:
        return False
    outlet = {key_of(w) for w in words_of(yes.outlet or "")}
    told = {k for k, _ in yes.line.keys} | side_of(yes.line)
    for clause in calling:
        about = said_of(clause, _TELLINGS | _UNTRUE)
        shared = about & (told | outlet)
        if shared & told and len(shared) >= 2 and 2 * len(shared) >= len(about):
            return True
    return False

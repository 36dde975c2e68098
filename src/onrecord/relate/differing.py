"""In what two accounts of one thing differ: condition, actor, number, day, place, modality, act, character,
occasion. Each rule names the two values it saw, or returns None."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Clause, Figure, Line
from onrecord.relate.clause_pairs import Pair, is_close, is_other_day
from onrecord.relate.frames import (
    Finding,
    Frame,
    condition_words,
    conditions,
    conditions_differ,
    name_of,
    outlet_of,
    words_of,
)
from onrecord.relate.keys import tables
from onrecord.relate.matching import Match
from onrecord.relate.quantities import compatible
from onrecord.text.folding import words

COMMITTING = frozenset({"threaten", "warn", "promise", "offer", "demand", "propose"})
"""Acts that hang on their condition: told without it they say something else."""


def _ordered(pairs: Sequence[Pair], first: bool) -> Sequence[Pair]:
    return pairs if first else tuple((y, x) for x, y in pairs)


def in_condition(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Under which condition, or whether under one."""
    if conditions_differ(a.line, b.line):
        left = condition_words(set(words(a.line.condition or "")))
        right = condition_words(set(words(b.line.condition or "")))
        if len(left & right) * 3 < 2 * min(len(left), len(right)):
            return Finding("differs", "condition", conditions(a, b))
        return None
    if (a.line.condition is None) == (b.line.condition is None):
        return None
    with_it, without = (a, b) if a.line.condition else (b, a)
    told_as_done = without.line.status in ("happened", "ongoing") and not without.line.statement_id
    if told_as_done and not any(y.told in _OPEN for _, y in _ordered(pairs, with_it is a)):
        return None
    # What the other line has of the condition's words it may say without an "if".
    if set(with_it.line.hinge) & {k for k, _ in without.line.keys}:
        return None
    committed = same_holder and {a.line.act, b.line.act} <= COMMITTING
    both_open = any(
        x.told in _OPEN and y.told in _OPEN and x.negative == y.negative for x, y in pairs
    )
    if not committed and not both_open and not any(is_close(x, y) for x, y in pairs):
        return None
    return Finding(
        "differs",
        "condition",
        f"{name_of(with_it)}: {with_it.line.condition}; {name_of(without)} names no condition",
    )


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


_OPEN = {
    "ahead": "still to come",
    "would": "still to come",
    "may": "possible",
    "if": "an if",
    "must": "called for",
}


CALLED_FOR = frozenset({"threaten", "promise", "offer", "demand", "propose", "ask"})
"""Acts that speak of what is not done yet."""


def _ahead(frame: Frame, clause: Clause) -> str | None:
    """How what a clause tells is still open, None if it is not; by its verb or by what its words do."""
    if clause.told in _OPEN:
        return _OPEN[clause.told]
    line = frame.line
    if clause.main and line.act in CALLED_FOR and clause.told == "bare":
        return "still to come"
    return "still to come" if clause.main and line.status == "planned" else None


def _done(frame: Frame, clause: Clause) -> bool:
    return (
        clause.told == "done"
        and frame.line.condition is None
        and frame.line.status != "planned"
        and frame.line.act not in CALLED_FOR
    )


def in_modality(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one tells as still open and the other as done."""
    for x, y in pairs:
        for (one, p), (two, q) in (((a, x), (b, y)), ((b, y), (a, x))):
            ahead = _ahead(one, p)
            if ahead is not None and _done(two, q) and not (p.negative or q.negative):
                return Finding(
                    "differs", "modality", f"{name_of(one)}: {ahead}; {name_of(two)}: told as done"
                )
    return None


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


CONTRASTED = (
    frozenset({"threaten", "warn"}),
    frozenset({"demand", "ask"}),
    frozenset({"promise", "offer"}),
    frozenset({"threaten", "promise"}),
)
"""Acts that one report may make of what another calls otherwise."""


def in_act(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one holder's words do: what one report calls a threat another calls a warning."""
    if not same_holder or a.line.holder is None:
        return None
    if {a.line.act, b.line.act} not in CONTRASTED:
        return None
    return Finding(
        "differs",
        "characterisation",
        f"what {outlet_of(a)} tells as “{a.line.act}” {outlet_of(b)} tells as “{b.line.act}”",
    )


def in_characterisation(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Another word of one family for the same thing: "invasion" and "operation"."""
    left = {fold: word for word in words_of(a.line.text) if (fold := _family(word))}
    right = {fold: word for word in words_of(b.line.text) if (fold := _family(word))}
    for family, one in ((f[0], f) for f in left):
        others = [f for f in right if f[0] == family]
        if not others or one in right or any(f in left for f in others):
            continue
        return Finding(
            "differs",
            "characterisation",
            f"{outlet_of(a)}: “{left[one]}”; {outlet_of(b)}: “{right[others[0]]}”",
        )
    return None


def _family(word: str) -> tuple[str, str] | None:
    found = tables()["characterisations"].get(word)
    if found is None:
        return None
    family, _, sort = found.partition("/")
    return family, sort


_REPEATED = frozenset(
    "again repeated repeats reiterated reiterates recalled recalls repeating".split()
)


def said_again(a: Frame, b: Frame) -> Finding | None:
    """One holder's words that one report tells as said once more, or that two days are named for."""
    for one, other in ((a, b), (b, a)):
        word = _repetition(one.line)
        if word and not _repetition(other.line):
            return Finding(
                "differs",
                "occasion",
                f"{outlet_of(one)}: said once more (“{word}”); {outlet_of(other)}: said",
            )
    return in_occasion(a, b)


def _repetition(line: Line) -> str:
    for n, word in enumerate(line.saying):
        if word in _REPEATED:
            return word
        if word == "once" and line.saying[n + 1 : n + 2] == ("more",):
            return "once more"
    return ""


def in_occasion(a: Frame, b: Frame) -> Finding | None:
    """One holder's words on two occasions that reports name."""
    one, two = a.line.said, b.line.said
    if not (one[0] and one[1] and two[0] and two[1]):
        return None
    if one[0] <= two[1] and two[0] <= one[1]:
        return None
    return Finding(
        "differs", "occasion", f"{outlet_of(a)}: said {one[0]}; {outlet_of(b)}: said {two[0]}"
    )

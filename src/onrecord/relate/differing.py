"""In what two accounts of one thing differ: condition, modality, act, character, occasion; values of one slot:
differing_values.py. Each rule names the two values it saw, or returns None."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Clause, Line
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
from onrecord.relate.keys import name_keys, tables
from onrecord.relate.matching import Match
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
    if a.line.nested or b.line.nested or _tells_the_call(a, b) or _tells_the_call(b, a):
        return None
    for x, y in pairs:
        if x.doers and y.doers and not set(x.doers) & {*y.doers, *y.others}:
            continue
        if not (is_close(x, y) or (x.main and y.main)) or is_other_day(a, b, x, y):
            continue
        for (one, p), (two, q) in (((a, x), (b, y)), ((b, y), (a, x))):
            ahead = _ahead(one, p)
            if ahead is not None and _done(two, q) and not (p.negative or q.negative):
                return Finding(
                    "differs", "modality", f"{name_of(one)}: {ahead}; {name_of(two)}: told as done"
                )
    return None


def _tells_the_call(call: Frame, other: Frame) -> bool:
    """Whether one line calls for something or announces it and the other tells that very act of speech
    ("asked him to stop", "had requested that he stop"): what was called for is open in both."""
    if call.line.holder is None or call.line.act not in CALLED_FOR:
        return False
    speech = tables()["speech"]
    return any(
        c.main and (c.predicate in speech or c.predicate in _CALLS) for c in other.line.clauses
    )


_CALLS = frozenset("ask request direct urge call tell instruct appeal plead seek want".split())
"""Keys of verbs that call for something, beside those of frames.toml's `speech`."""


def in_tense(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one line tells as a whole as still to come and the other as a whole as done, though no two
    clauses of theirs have one predicate: "to throw his hat in the ring", "announced he is running"."""
    if any(x.main and y.main and x.told == y.told for x, y in pairs):
        return None
    for one, two in ((a, b), (b, a)):
        ahead = _all_ahead(one)
        if ahead is not None and _all_done(two) and _one_matter(one, two, match):
            return Finding(
                "differs", "modality", f"{name_of(one)}: {ahead}; {name_of(two)}: told as done"
            )
    return None


def _all_ahead(frame: Frame) -> str | None:
    """How all main clauses of a line are still open; None if one is not."""
    mains = [c for c in frame.line.clauses if c.main]
    told = [_ahead(frame, c) for c in mains]
    if not mains or None in told or any(c.negative for c in mains):
        return None
    # In an outlet's own voice "would have run" is what did not come.
    if frame.line.holder is None and any(c.told == "would" for c in mains):
        return None
    return told[0]


def _all_done(frame: Frame) -> bool:
    line = frame.line
    mains = [c for c in line.clauses if c.main]
    # "The board meets on Thursday" is to come, "announced he is running" is done.
    tenses = {"done", "present"} if _ANNOUNCED & set(line.saying) else {"done"}
    return (
        bool(mains)
        and all(c.told in tenses and not c.negative for c in mains)
        and line.modality == "asserted"
        and line.condition is None
        and line.status in ("asserted", "happened", "ongoing")
        and line.act not in CALLED_FOR
    )


def _one_matter(a: Frame, b: Frame, match: Match) -> bool:
    """Whether two lines that are told in two tenses are about one act: a shared doer and more."""
    doers = [
        {k for c in f.line.clauses if c.main for k in c.doers}
        | ({k for k, _ in name_keys(f.line.holder.name, "person")} if f.line.holder else set())
        for f in (a, b)
    ]
    return bool(doers[0] & doers[1]) and match.score >= TENSES and len(match.shared) >= 2


_ANNOUNCED = frozenset(
    "announced announces announcing declared declares declaring confirmed confirms".split()
)

TENSES = 450
"""Score from which two lines are about one act though they tell it with other verbs in two tenses."""


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
    "repeated repeats repeat reiterated reiterates reiterate recalled recalls repeating reiterating".split()
)
"""Cues of what was said before."""

_AGAIN = (("again",), ("once", "more"), ("once", "again"))
"""Words beside a cue that say so."""


def said_again(a: Frame, b: Frame, alike: bool) -> Finding | None:
    """One holder's words that one report tells as said once more, if they are `alike`, or that two
    days are named for."""
    for one, other in ((a, b), (b, a)):
        word = _repetition(one.line)
        if word and alike and not _repetition(other.line):
            return Finding(
                "differs",
                "occasion",
                f"{outlet_of(one)}: said once more (“{word}”); {outlet_of(other)}: said",
            )
    return in_occasion(a, b)


def _repetition(line: Line) -> str:
    """The words by which a report tells that its cue was not the first; empty if it does not."""
    if found := _REPEATED & set(line.cue):
        return min(found)
    for n, word in enumerate(line.saying):
        if word not in line.cue:
            continue
        for again in _AGAIN:
            near = line.saying[max(0, n - len(again)) : n], line.saying[n + 1 : n + 1 + len(again)]
            if again in near:
                return " ".join(again)
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

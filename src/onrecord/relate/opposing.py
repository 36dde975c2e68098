"""Where one line says not what another says so: denials, and why both may yet be true.

A false alarm is the worst defect. `contradicts` is kept for two outlets in their own voice about the same act
with opposite polarity, both told as done, and no other occasion named; a denial by one holder and an assertion
by another is then `incompatible_accounts`; all else `differs`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import (
    ENOUGH,
    Pair,
    denials_of,
    is_close,
    is_one_act,
    is_other_day,
    swapped,
)
from onrecord.relate.frames import Finding, Frame, name_of, outlet_of
from onrecord.relate.keys import tables
from onrecord.relate.matching import Match

ACT_NOUNS = {
    "threaten": "threat",
    "promise": "promise",
    "agree": "agreement",
    "refuse": "refusal",
    "demand": "demand",
    "offer": "offer",
}


def speech_act(denial: Frame, other: Frame) -> Finding | None:
    """ "X did not threaten Y" beside X's threat as others report it: differing, never contradicting.

    The denial speaks of what was said on one occasion; the other report, of what was said on another
    or in other words.
    """
    speech = tables()["speech"]
    line, told = denial.line, other.line
    head = next(
        (c for c in line.clauses if (c.negative or line.negative) and c.predicate in speech), None
    )
    if head is None or line.holder is None:
        return None
    act = speech[head.predicate]
    if told.holder is None:
        mine = next(
            (c for c in told.clauses if speech.get(c.predicate) == act and not c.negative), None
        )
        if mine is None:
            return None
        same_act, speakers = True, set(mine.doer_ids)
    else:
        same_act = (
            told.act == act or (act == "threaten" and told.act == "warn")
        ) and not told.negative
        speakers = {told.holder.actor_id} if told.holder.actor_id else set()
    accused = set(head.doer_ids) or set(line.actors)
    meant = bool(speakers & accused) or bool(
        told.side is not None and told.side in _countries(line, head)
    )
    about = ({k for k, _ in line.keys} & {k for k, _ in told.keys}) - {head.predicate, act}
    if not (same_act and meant and about):
        return None
    matter = ", ".join([word for key, word in line.keys if key in about][:3])
    by = f" by {told.holder.name}" if told.holder else ""
    return Finding(
        "differs",
        "characterisation",
        f"{name_of(denial)} says there was no {ACT_NOUNS.get(act, act)} ({matter}); {outlet_of(other)} "
        f"reports one{by}; whether both speak of the same words on the same occasion is not shown",
    )


def _countries(line: Line, clause: Clause) -> frozenset[str]:
    """The countries of those a clause says did it."""
    return frozenset(c for a, c in line.sides if a in clause.doer_ids)


def polarity(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Who says not what the other says so: opposed where nothing leaves a doubt, else differing."""
    for x, y in (*pairs, *denials_of(a.line, b.line), *swapped(denials_of(b.line, a.line))):
        if not (x.main and y.main) or "bare" in (x.told, y.told):
            continue
        if x.negative == y.negative or _negators(a.line, b.line, x):
            continue
        if not (
            is_close(x, y) or len(match.shared) >= ENOUGH or (x, y) not in pairs or is_one_act(x, y)
        ):
            continue
        no, yes = (a, b) if x.negative else (b, a)
        told = f"{name_of(no)} says not; {name_of(yes)} says so"
        if (doubt := _doubt(no, yes, *((x, y) if x.negative else (y, x)))) is not None:
            if (x, y) not in pairs and x.predicate != y.predicate:
                # Only words are alike, "nobody crosses the river" and "closed the river's bridge".
                continue
            return Finding("differs", "polarity", f"{told}; {doubt}")
        return _opposed(a, b, x, y, same_holder, told)
    return None


def _opposed(
    a: Frame, b: Frame, x: Clause, y: Clause, same_holder: bool | None, told: str
) -> Finding:
    day = "same day" if set(x.days) & set(y.days) else "no other occasion is named"
    if a.line.holder is None and b.line.holder is None:
        return Finding("contradicts", "polarity", f"{told}: same act, {day}")
    if same_holder is not True:
        return Finding("incompatible_accounts", "polarity", f"{told}: same act, {day}")
    return Finding("differs", "polarity", f"{told}; the same occasion is not shown")


def _doubt(no: Frame, yes: Frame, x: Clause, y: Clause) -> str | None:
    """Why a denial and what it seems to deny may both be true; None if nothing says so."""
    unshown = "the same occasion is not shown"
    if not (_firm(no, x) and _firm(yes, y)):
        return "what is to come, a view or an appeal is no account of what was done"
    if is_other_day(no, yes, x, y) or not is_one_act(x, y):
        return unshown
    if _PASSING.search(no.line.text) or _PASSING.search(yes.line.text):
        return "one of them speaks of a moment or a part"
    if x.predicate in GROWING and no.line.act != "deny" and not set(x.days) & set(y.days):
        return "what is counted may have grown after it was said"
    if x.doers and y.doers and not set(x.doers) & ({*y.doers, *y.others} | _NOBODY):
        return "another is said to have done it"
    if x.places and y.places and not set(x.places) & set(y.places):
        return "another place is named"
    before = (no.published or "")[:10]
    later = bool(before) and before < (yes.published or "")[:10]
    if later and (not y.days or max(y.days)[1] > before):
        return "it may have happened after the denial"
    return None


_NEGATOR = re.compile(
    r"\b(no|not|never|nobody|nothing|none|neither|nor|cannot|without|hardly|barely)\b|n['’]t\b",
    re.IGNORECASE,
)


def _negators(a: Line, b: Line, x: Clause) -> bool:
    """Whether the line that is read as saying so has a "no" too: "had no water", "was without water"."""
    return bool(_NEGATOR.search((b if x.negative else a).text))


GROWING = frozenset({"kill", "injure", "arrest", "find", "confirm", "missing", "damage", "rescue"})
"""Predicates of what is counted while it goes on: "nobody was hurt" is true until somebody is found."""


_PASSING = re.compile(
    r"\b(yet|so far|still|until|initially|at first|no longer|any more|anymore|"
    r"not (?:only|just|merely|simply|necessarily|always|all|every\w*))\b",
    re.IGNORECASE,
)
"""What limits a denial to a moment or a part."""


_NOBODY = frozenset({"nobodi", "none", "neither", "anyon", "anybodi"})


def _firm(frame: Frame, clause: Clause) -> bool:
    return (
        clause.told == "done"
        and not frame.line.condition
        and frame.line.modality == "asserted"
        and frame.line.status in ("asserted", "happened", "denied", "ongoing")
        and frame.line.act in ("assert", "deny", "condemn", "praise")
    )


def untrue(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one says is to come or is so, and the other says is not."""
    for x, y in pairs:
        if x.negative == y.negative or not (x.main and y.main and is_close(x, y)):
            continue
        if _negators(a.line, b.line, x):
            continue
        no, yes = (a, b) if x.negative else (b, a)
        return Finding(
            "differs",
            "polarity",
            f"{name_of(no)} says not; {name_of(yes)} says so; the same occasion is not shown",
        )
    return None

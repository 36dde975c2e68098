"""Why a denial and what it seems to deny may both be true: another time, place or part, a view, a count that grew."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.records import Clause
from onrecord.relate.clause_pairs import EMPTY, is_other_day
from onrecord.relate.denials import (
    ALWAYS,
    GROWING,
    NONE,
    REPORTED,
    is_apart,
    is_told,
    named_in,
    words_at,
)
from onrecord.relate.frames import Frame
from onrecord.relate.senses import named_senses

_PARTLY = re.compile(
    r"\b(yet|so far|still|initially|at first|no longer|any ?more|at present|for now|currently|"
    r"not (?:only|just|merely|simply|necessarily|always|all|every\w*|immediately|fully|entirely|"
    r"exactly|directly|quite|really|personally|independently|formally|officially|publicly))\b",
    re.IGNORECASE,
)
"""What limits a denial to a moment, a part or a manner."""


_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


_NEVER_ANY = re.compile(r"\b(?:any(?:body|one|thing)?|ever|never)\b", re.IGNORECASE)


def doubt_of(no: Frame, x: Clause, yes: Frame, y: Clause) -> str | None:
    """Why a denial and what it seems to deny may both be true; None if nothing says so."""
    unshown = "the same occasion is not shown"
    told = is_told(yes.line) or y.start == y.end
    if not (is_told(no.line) and told and x.told == "done" and y.told == "done"):
        return "what is to come, a view or an appeal is no account of what was done"
    said = words_at(no.line, x)
    never = bool(ALWAYS.search(said)) and not x.days
    if not x.days and y.days and _PERFECT.search(said) and _NEVER_ANY.search(said):
        # "Has not closed any gate": none of all the time up to then.
        never = _is_before(no, y)
    since = bool(_SINCE.search(words_at(no.line, x))) and _is_within(no, x, y)
    if is_other_day(no, yes, x, y) and not (never or since):
        return unshown
    if _is_before_and_after(no.line.text, yes.line.text):
        return unshown
    if _PARTLY.search(words_at(no.line, x)) or _PARTLY.search(words_at(yes.line, y)):
        return "one of them speaks of a moment or a part"
    if yes.line.holder is None and REPORTED.search(yes.line.text):
        return "what is told there is told as the word of others"
    one_day = since or bool(x.days and y.days and not is_other_day(no, yes, x, y))
    if not (one_day or never or _names_one_occasion(no, x, yes, y)) and is_apart(no, x, yes, y):
        return unshown
    if x.predicate in GROWING and no.line.act != "deny" and not one_day and _is_count(no, x, y):
        return "what is counted may have grown after it was said"
    if x.places and y.places and not set(x.places) & set(y.places):
        return "another place is named"
    if _is_later(no, x, yes, y):
        return "it may have happened after the denial"
    return None


def _is_before_and_after(one: str, other: str) -> bool:
    """Whether of two lines one tells what was before something, the other what was after it."""
    left, right = ({w.casefold() for w in _ORDER.findall(s)} for s in (one, other))
    return bool(left and right) and not left & right


_ORDER = re.compile(r"\b(?:before|after)\b", re.IGNORECASE)


def is_past(no: Frame, x: Clause, y: Clause) -> bool:
    """Whether a denial speaks of an act that time cannot have changed: never done, or not done by
    one whom both name."""
    if ALWAYS.search(words_at(no.line, x)):
        return True
    if _PERFECT.search(words_at(no.line, x)) or not set(x.doer_ids) & set(y.doer_ids):
        return False
    named = {key for key, word in no.line.keys if word[:1].isupper()}
    return bool(named & set(x.doers) & set(y.doers))


def _is_before(no: Frame, y: Clause) -> bool:
    """Whether all the days that a clause names lie before the denial was published."""
    return bool(y.days and no.published) and max(y.days)[1][:10] < (no.published or "")[:10]


def _names_one_occasion(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether both say when it was by one act upon one name: "when Orvex was tested"."""
    shared = {k for k, _ in no.line.keys} & {k for k, _ in yes.line.keys}
    left, right = (
        {c.predicate for c in f.line.clauses if not c.main and c.start > of.start} - EMPTY
        for f, of in ((no, x), (yes, y))
    )
    shared &= named_in(no.line) & named_in(yes.line)
    return bool(shared) and any(shared - named_senses(act) - {act} for act in left & right)


def _is_count(no: Frame, x: Clause, y: Clause) -> bool:
    """Whether the denial is of anybody, or a number is told: what is found bit by bit."""
    return bool(y.figures) or bool(NONE.search(words_at(no.line, x)))


def _is_within(no: Frame, x: Clause, y: Clause) -> bool:
    """Whether a clause names a day between the one since which the other is denied and the denial."""
    if not x.days or not y.days or not no.published:
        return False
    return min(x.days)[0] <= min(y.days)[0] and max(y.days)[0][:10] <= no.published[:10]


_PERFECT = re.compile(r"\b(?:has|have|'ve|’ve|hasn['’]t|haven['’]t)\b", re.IGNORECASE)


def _is_later(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether it may have happened after it was denied: a later report names a day after the denial, or
    no day while the denial is of all the time up to then ("has not") or long ago."""
    before, after = (no.published or "")[:10], (yes.published or "")[:10]
    if not before or before >= after:
        return False
    if y.days:
        return max(y.days)[1] > before
    if _PERFECT.search(words_at(no.line, x)):
        return True
    return date.fromisoformat(after) - date.fromisoformat(before) > SOON


SOON = timedelta(days=3)
"""How long after a denial of what was done ("did not", "was not") a report still tells of the same."""

"""Was the condition of a pledge met: told by its own words, by its deed, or as the reason of the act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from onrecord.records import (
    Citation,
    Clause,
    Line,
)
from onrecord.relate.commitments_deeds import Mention, mentions, told_as
from onrecord.relate.commitments_done import (
    TOLD_ACTS,
    asserted,
    before_pledge,
    clause_keys,
    comes_after,
    predicates,
    was_done,
)
from onrecord.relate.commitments_later import Later, Told
from onrecord.relate.commitments_parts import Pledge, matter_of
from onrecord.relate.commitments_phrases import (
    YET,
)
from onrecord.relate.commitments_shown import Deed, alike, shown
from onrecord.relate.keys import key_of
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of

_NEGATED = re.compile(r"\b(?:unless|not|no|never|nobody|nothing|without|fails?|failed|refuses?|refused)\b|n['’]t\b",
                      re.IGNORECASE)  # fmt: skip
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|n['’]t\s+)?$")


def condition_told(pledge: Pledge, shown_: Told | None, later: Later) -> tuple[str, Line] | None:
    """ "met" or "unmet" with the line that tells it: what the condition names was done or was not.

    A line that gives the condition as the reason of the act ("after the airline refused to drop its plan")
    tells it best; then one that tells the deed of the condition by any word of its family; then one that shares
    its words: in the sentence that tells the act half of them do, elsewhere two and more than half."""
    if pledge.condition is None or not pledge.hinge:
        return None
    for find in (_reason, _condition_deed, _condition_words):
        for line, met in find(pledge, shown_, later):
            return ("met" if met else "unmet"), line
    return None


_REASON = re.compile(
    r"\b(?:after|because|as|since|when|once|although|though|despite|following|for\s+lack\s+of|without|"
    r"in\s+(?:protest|answer|response|reaction)\s+(?:at|to|against))\b([^;:.!?\n]*)",
    re.IGNORECASE,
)
"""What a sentence gives as the reason, the occasion or in spite of which something was done."""
_MISSING = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|without|fail(?:s|ed|ure)?|refus(?:es|ed|al)|reject(?:s|ed|ion)|"
    r"declin(?:es|ed)|turned\s+down|missed|in\s+vain|lack|stood\s+firm|held\s+out)\b|n['’]t\b",
    re.IGNORECASE,
)


def _reason(pledge: Pledge, shown_: Told | None, later: Later) -> Iterator[tuple[Line, bool]]:
    """The reason in the sentence that tells the act, where it speaks of the condition."""
    if shown_ is None:
        return
    deed, negated = _condition_as_deed(pledge, later)
    line = shown_.line
    text = line.citation.quote
    for found in _REASON.finditer(text):
        part = set(words(found.group(1)))
        keys = {k for k, w in line.keys if fold_loose(w) in part}
        shared = alike(pledge.hinge - pledge.own, keys)
        named = [m for m in mentions(text) if found.start(1) <= m.start < found.end(1)]
        for mention in named:
            if not (mention.does | mention.undoes) & deed.families or not shared:
                continue
            so, _ = told_as(mention, text, line.citation.start or 0, line.clauses, headline=False)
            if so is not None and (mention.does & deed.families or so):
                yield line, (so and bool(mention.does & deed.families)) != negated
                return
        if len(shared) >= 2 or (shared and len(pledge.hinge) <= 3):
            # A reason that only names the matter is no answer, unless it fits what came of the act.
            unless = bool(_NEGATED.search(pledge.condition.quote if pledge.condition else ""))
            met = bool(_MISSING.search(found.group(0))) == unless
            if met == shown_.done:
                yield line, met
                return


def _condition_head(quote: str) -> Mention | None:
    """The word of a condition that names its deed: a verb behind an auxiliary first ("are freed", "does not
    drop"), then a verb that is no participle of a noun ("fishermen held in …"), then a noun."""
    found = [m for m in mentions(quote) if m.does or m.undoes]
    verbs = [m for m in found if not m.noun]
    ruled = [m for m in verbs if _AUXILIARY.search(quote[: m.start])]
    free = [m for m in verbs if not re.match(r"\s+(?:in|by|at|on|since)\b", quote[m.end :])]
    return next(iter([*ruled, *free, *verbs, *found]), None)


_AUXILIARY = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|does|do|did|not|has|have|had|will|would|to)|n['’]t)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:unless|not|no|never|nobody|nothing|none|without)\b|n['’]t\b", re.IGNORECASE
)
_FAILS_TO = re.compile(
    r"\b(?:fails?|failed|refuses?|refused|declines?|declined)\s+to\s+(?:be\s+)?$", re.IGNORECASE
)


_MINE = re.compile(r"\b(?:I|we)\b")


def _condition_as_deed(pledge: Pledge, later: Later) -> tuple[Deed, bool]:
    """What a condition names, as a deed, and whether the condition is that it is not done. The words before its
    verb are who does it, or what it is done to where the verb is passive."""
    quote = pledge.condition.quote if pledge.condition is not None else ""
    head = _condition_head(quote)
    if head is None:
        none: frozenset[str] = frozenset()
        unknown = Deed(
            "", none, none, none, none, none, none, none, frozenset, none, only=False
        )  # fmt: skip
        return unknown, False
    deed = {key_of(w) for w in words(quote[head.start : head.end])}
    before = {key_of(w) or w for w in words(quote[: head.start])}
    passive = head.noun or _PASSIVE.search(quote[: head.start])
    doers = frozenset() if passive else alike(pledge.hinge, before) - deed
    negated = bool(_UNDONE.search(quote)) != bool(_FAILS_TO.search(quote[: head.start]))
    mine = bool(_MINE.search(quote[: head.start]))
    known = Deed(
        who="",
        families=head.does or head.undoes,
        own=pledge.own if mine else doers,
        own_ids=pledge.own_ids if mine else frozenset(),
        objects=frozenset(k for k in matter_of(sorted(pledge.hinge)) if not k.startswith("#"))
        - doers
        - deed,
        wide=frozenset(),
        figures=frozenset(k for k in pledge.hinge if k.startswith("#")),
        names=later.names.get(pledge.line.article_id, frozenset()),
        known=partial(later.known, pledge),
        opposites=head.undoes if head.does else frozenset(),
        only=all(later.kinds[f] == 0 for f in head.does),
    )
    return known, negated != (not head.does)


def _condition_deed(
    pledge: Pledge, shown_: Told | None, later: Later
) -> Iterator[tuple[Line, bool]]:
    """Lines that tell the deed of the condition by a word of its family or of its opposite."""
    deed, negated = _condition_as_deed(pledge, later)
    if not deed.families:
        return
    for line in later.of(deed.families | deed.opposites):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        if line.act not in TOLD_ACTS or (line.act == "agree" and line.modality == "planned"):
            continue
        for found in shown(
            deed, line, line.citation.quote, later.around(line), due=False, speaks=later.speaks
        ):
            if before_pledge(found.clause, pledge, later):
                continue
            due = _due_of_condition(pledge)
            late = due is not None and _later_than(found.clause, line, due, later)
            over = _is_over(line, due, later)
            settled = shown_ is not None or comes_after(pledge, line, later) or over
            if not found.done and due is not None and not over and shown_ is None:
                continue  # what has not come about before its last day may still come about
            if not found.done and not settled and (found.lasting or YET.search(line.text)):
                continue
            if found.done and late is not False and due is not None:
                if late is None or found.clause.days == ():
                    continue  # done, but not shown to be in time
                yield line, negated
                continue
            yield line, found.done != negated


_TIMED = re.compile(r"\b(?:by|before|within|until|in\s+time)\b", re.IGNORECASE)


def _due_of_condition(pledge: Pledge) -> str | None:
    """The day by which a condition was to come about; of a term that names no day the day of the pledge, so that
    only what came about at once is in time."""
    if pledge.hinge_due is not None or pledge.condition is None:
        return pledge.hinge_due
    return pledge.line.said[1] if _TIMED.search(pledge.condition.quote) else None


def _is_over(line: Line, due: str | None, later: Later) -> bool:
    """Whether a report is of a day behind the last day of a condition."""
    published = later.articles[line.article_id].published.earliest
    return due is not None and published is not None and day_of(published) > day_of(due)


def _later_than(clause: Clause, line: Line, due: str, later: Later) -> bool | None:
    """Whether a clause tells of something behind a day; None where it does not say and may be either."""
    if clause.days:
        if all(day_of(low) > day_of(due) for low, _ in clause.days):
            return True
        return False if all(day_of(high) <= day_of(due) for _, high in clause.days) else None
    published = later.articles[line.article_id].published.earliest
    return False if published is not None and day_of(published) <= day_of(due) else None


def _condition_words(
    pledge: Pledge, shown_: Told | None, later: Later
) -> Iterator[tuple[Line, bool]]:
    """Lines with a clause that has the words of the condition and tells what they say."""
    for line in later.sharing(pledge.hinge):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        near = shown_ is not None and _overlap(shown_.line.citation, line.citation)
        refused = line.act == "refuse"
        if not refused and not asserted(line):
            continue
        for clause in line.clauses:
            if refused:
                if not (clause.main and near) and not clause.doers:
                    continue
                if not clause.main or clause.told not in ("bare", "ahead"):
                    continue
            elif not was_done(clause, line):
                continue
            if before_pledge(clause, pledge, later):
                continue
            shared = pledge.hinge & clause_keys(clause)
            deeds = predicates(clause, line)
            shared |= pledge.hinge & deeds
            if not deeds & pledge.hinge:
                continue
            half = 2 * len(shared) >= len(pledge.hinge)
            more = len(shared) >= 2 and 3 * len(shared) > 2 * len(pledge.hinge) - 1
            if (near and half) or more:
                happened = not (refused or clause.negative)
                if not happened and YET.search(line.text):
                    continue
                due = _due_of_condition(pledge)
                if happened and due is not None:
                    late = _later_than(clause, line, due, later)
                    if late is None:
                        continue
                    happened = not late
                quote = pledge.condition.quote if pledge.condition is not None else ""
                met = happened != bool(_NEGATED.search(quote))
                # Words alone say that it did not come about only where the act was not done either.
                if met or near or (shown_ is not None and not shown_.done):
                    yield line, met


def _overlap(a: Citation, b: Citation) -> bool:
    return (
        a.version_id == b.version_id
        and (a.start or 0) < (b.end or 0)
        and (b.start or 0) < (a.end or 0)
    )

"""Whether a line tells the very act that another denies, and who denies that something was ever said or pledged.

Words in common alone are never enough: who does it, to whom, and what else the denial names must be met.
"""

from __future__ import annotations

import functools
import re

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import WHEN
from onrecord.relate.denials import (
    ALWAYS,
    BARE,
    FIRST_PERSON,
    GIVEN,
    GROWING,
    MENTAL,
    NAMED,
    NONE,
    NOWHERE,
    VAGUE,
    Denial,
    Near,
    acts_of,
    doers_of,
    idiom_words,
    is_answer,
    is_own,
    named_acts,
    named_in,
    said_of,
    side_of,
    speaker_of,
    told_acts,
    words_at,
)
from onrecord.relate.frames import Frame, named_alike
from onrecord.relate.keys import key_of, words_of
from onrecord.relate.senses import is_of_kind, is_same_sense, named_senses


def _is_corrected(denial: Denial, yes: Frame, y: Clause, score: int, near: Near) -> bool:
    """Whether a clause tells an act of the very one of whom it is denied, and not of the other."""
    told = {*y.doers, *y.others}
    if not denial.slot <= told or denial.instead & told:
        return False
    if not any(q in named_senses(p) for p in acts_of(denial.clause) for q in told_acts(y)):
        return False
    return bool(denial.about & told) or score >= EVEN or near.weight >= NAMED


EVEN = 200
"""Score that two lines need if one corrects whom an act is told of."""


_PRONOUNS = frozenset("he she it they we i who one".split())


def may_be_one(a: Line, b: Line) -> bool:
    """Whether two lines may be the word of one holder: of two who are named otherwise only a pronoun
    leaves it open. Nobody is held to contradict himself for what he said on two occasions."""
    if a.holder is None or b.holder is None:
        return False
    if a.holder.actor_id and a.holder.actor_id == b.holder.actor_id:
        return True
    names = {*words_of(a.holder.name)}, {*words_of(b.holder.name)}
    return named_alike(a.holder.name, b.holder.name) or any(n <= _PRONOUNS for n in names)


_OURS = re.compile(r"\b(?:our|my)\b", re.IGNORECASE)


_SIDES = frozenset(
    key_of(w) or w
    for w in "soldier troop guard man woman people worker member police officer side party pilot player driver "
    "engineer staff team company firm".split()
)
"""Keys of those whom each side has."""


def _fits(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether those who are said not to have done it may be those who are said to have."""
    if set(x.doer_ids) & set(y.doer_ids):
        return True
    left, right = doers_of(no.line, x), doers_of(yes.line, y)
    if _OURS.search(words_at(no.line, x)) and (left or right):
        # "Our soldiers did not fire": those of the speaker, not any soldiers.
        told = right | {k for k, _ in yes.line.keys}
        return bool(side_of(no.line) & (told - left) or (left - _SIDES) & right)
    if not left or not right:
        return True
    # Who is said not to have received a letter is the one to whom another sent it; of "had been on the
    # table and was never withdrawn" the parse takes for the doer what it was done to.
    turned = not is_same_sense(x.predicate, y.predicate) or _is_passive(no.line, x)
    return bool(left & (right | set(y.others) if turned else right))


def _is_passive(line: Line, clause: Clause) -> bool:
    """Whether a clause tells what was done to its subject."""
    return bool(
        re.search(rf"\b(?:was|were|been|being)\s+(?:\w+\s+)?{re.escape(clause.word)}\b", line.text)
    )


def _is_of_another(no: Frame, denial: Denial, yes: Frame, y: Clause) -> bool:
    """Whether each of the two names what the other does not: the letter to the bank was not signed, the
    one to the council was."""
    x, none = denial.clause, denial.none or frozenset()
    acts = {k for c in (x, y) for act in acts_of(c) for k in named_senses(act)} | idiom_words(y)
    said = {k for k, _ in no.line.keys} | set(no.line.hinge) | side_of(no.line)
    told = {k for k, _ in yes.line.keys} | set(yes.line.hinge) | side_of(yes.line)
    left = {k for k in denial.about - told - acts if k not in none or not _is_met(k, y)}
    if not left:
        return False
    held = said_of(y, frozenset(acts)) - said - (frozenset() if left & _ORGANS else _ORGANS)
    return bool({k for k in held if not is_of_kind(k, none)})


def _is_met(key: str, y: Clause) -> bool:
    """Whether a clause tells something of a kind, or an act that the key names."""
    kind = frozenset({key})
    return any(is_of_kind(k, kind) for k in (*y.doers, *y.others, *told_acts(y))) or any(
        q in named_senses(key) for q in told_acts(y)
    )


def is_denied(
    no: Frame, denial: Denial, yes: Frame, y: Clause, score: int, near: Near = NOWHERE
) -> bool:
    """Whether a clause tells the act that is denied. `score`: what the two lines have in common, per
    mille; `near`: what each has in common with the lines around the other."""
    x = denial.clause
    if denial.slot:
        return _is_corrected(denial, yes, y, score, near)
    acts = told_acts(y)
    same = any(q in named_senses(p) for p in acts_of(x) for q in acts)
    if not same and denial.bare and x.predicate in named_acts():
        same = x.predicate in y.others and y.predicate not in MENTAL | SEEKING
    if not same and not is_answer(no.line, x):
        return False
    if _is_of_another(no, denial, yes, y):
        return False
    if not same:
        # Who denies answers what was said of him: most of his words in the other's are the same matter.
        told = {k for k, _ in yes.line.keys}
        met = (denial.about | acts_of(x)) & told
        return (
            y.main
            and score >= ANSWER
            and len(met) >= 2
            and len(met) * 100 >= MOST * len(denial.about | acts_of(x))
        )
    if not _fits(no, x, yes, y) or _is_turned(no, x, yes, y):
        return False
    if _is_reversed(x, y):
        return False
    if not denial.about:
        # "No shots were fired when he was seized": of that occasion, which the other must name too.
        rest = {k for k, _ in no.line.keys if not k.startswith("#")} - VAGUE - WHEN
        rest -= {k for act in acts_of(x) for k in named_senses(act)}
        none = NONE.search(words_at(no.line, x))
        if none and rest and not rest & {k for k, _ in yes.line.keys}:
            return False
        if (
            x.predicate != y.predicate
            and is_same_sense(x.predicate, y.predicate)
            and not denial.bare
        ):
            # What names nothing, in a word that only means the like, could be any act.
            return False
        named = x.predicate not in SAYING - {"promis", "promise", "threaten"}
        done_to = named and bool(doers_of(no.line, x) & {*y.doers, *y.others})
        such = denial.bare and "such" in words_of(no.line.text)
        return score >= (0 if done_to else BARE // 2 if such else BARE)
    own = side_of(yes.line)
    told = {k for k, _ in yes.line.keys} | set(yes.line.hinge) | own
    shared = denial.about & told
    if len(shared) * 100 < MOST * len(denial.about):
        return len(denial.about) == 1 and score >= ALONE and x.predicate not in GROWING
    if (denial.about & named_in(no.line)) - told - near.around and near is not NOWHERE:
        return False
    close = shared & {*y.doers, *y.others, *(() if y.doers else own)}
    if not close and not (len(shared) >= 2 and len(shared) == len(denial.about)):
        return False
    if x.predicate == y.predicate and ALWAYS.search(words_at(no.line, x)) and score >= BARE:
        return True
    beside = near.weight >= BESIDE and is_same_sense(x.predicate, y.predicate)
    return len(shared) >= 2 or score >= NEAR or (beside and score >= EVEN)


TURNED = frozenset(key_of(w) or w for w in "receive know buy borrow hear learn get inherit".split())
"""Keys of predicates whose doer is the one whom another's act is done to: received, and was sent."""


def _is_turned(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether an act that is denied of the one it is done to is told, in the other's terms, of somebody
    else: nobody received him, and he was sent a letter."""
    if x.predicate not in TURNED or is_same_sense(x.predicate, y.predicate):
        return False
    given = y.predicate in DIRECTED or y.predicate in GIVEN
    return not doers_of(no.line, x) & ({*y.others} if given else {*y.others, *y.doers})


DIRECTED = frozenset(
    key_of(w) or w
    for w in "pay give send sell tell inform warn write promise offer threaten accuse attack hit shoot kill beat "
    "injure arrest order ask invite help bribe sue fire push kick stab poison deceive phone call contact steal".split()
)
"""Keys of acts of one upon another: who did them is not whom they were done to."""


def _is_reversed(x: Clause, y: Clause) -> bool:
    """Whether he to whom an act is said not to have been done is told to have done it."""
    if not {x.predicate, y.predicate} & DIRECTED or x.predicate in TURNED:
        return False
    return bool(((set(x.others) - {*x.doers}) & set(y.doers)) - VAGUE - WHEN)


SEEKING = frozenset(
    key_of(w) or w
    for w in "ask seek want demand plan hope talk propose fear expect await urge call negotiate push "
    "prepare consider discuss oppose reject refuse cancel lack need threaten warn deny".split()
)
"""Keys of predicates whose object need not have come about."""


_ORGANS = frozenset(
    key_of(w) or w
    for w in "company office ministry police council government city club bank hospital court union "
    "agency department authority army board team school party".split()
)
"""Keys of what stands for those who speak for it: "warned the company", "nobody warned us"."""


BESIDE = 900
"""What two lines must have in common with the lines around one another, in hundredths of a nat, to be of
one occasion, if their own words do not show it."""


ANSWER = 480
"""Score that two lines need if one is denied by a verb of denying and tells the act in other words."""


ALONE = 420
"""Score from which two lines with one predicate tell one act though they name who it is in other words."""


MOST = 60
"""Per cent of what a denial names that the other line must name too."""


NEAR = 400
"""Score that two lines need if all that the denial names beside the act is one word."""


SAYING = frozenset(
    "say tell announc threaten promis promise accuse admit claim call ask demand order agree warn "
    "apologise criticise praise appoint name fear support oppose write propose declar speak announce".split()
)
"""Keys of predicates by which something is said."""


def is_unsaid(no: Frame, yes: Frame) -> bool:
    """Whether somebody says that he never said what the other line reports as his words."""
    line, other = no.line, yes.line
    if line.holder is None or other.holder is None or line.article_id == other.article_id:
        return False
    clauses = unsaying(no)
    if not clauses:
        return False
    speaker = speaker_of(other)
    for clause in clauses:
        denier = {key_of(w) for w in words_of(line.holder.name)} - {""}
        denied = set(clause.doers) or (denier if FIRST_PERSON.search(line.text) else set())
        own = clause.predicate in (other.act, *(key_of(w) for w in other.cue))
        # "His federation never threatened to": for those of one's own side too, for no other.
        cued, acts = own, {c.predicate for c in other.clauses}
        own = own and bool(_OWN.search(words_at(line, clause)))
        if not denied & speaker or not (own or denied & speaker & denier):
            continue
        small = VAGUE | WHEN | SAYING | denied | speaker
        called = {k for k in clause.others if k in SAYING} - {clause.predicate}
        told = {k for k, _ in other.keys} | {other.act, *other.hinge}
        for words in (clause.others, [k for k, _ in line.keys]):
            matter = {k for k in (set(words) - small) | called if not k.startswith("#")}
            met = matter & told
            # One word in common may be of any matter, unless it names what the other does.
            sure = len(met) >= 2 or cued or bool(met & acts)
            if len(met) * 100 >= MOST * len(matter) and met and sure:
                return True
    return False


_OWN = re.compile(r"\b(?:his|her|its|their|our|my)\b", re.IGNORECASE)


@functools.lru_cache(maxsize=20_000)
def unsaying(frame: Frame) -> tuple[Clause, ...]:
    """The clauses by which somebody says that something was never said."""
    line = frame.line
    return tuple(
        clause
        for clause in line.clauses
        if clause.negative
        and clause.predicate in SAYING
        and is_own(line, clause)
        and (line.act == "deny" or ALWAYS.search(words_at(line, clause)))
    )


PLEDGES = frozenset({"promise", "bid", "threaten", "agree"})
"""Keys of acts that are done by saying what is to come."""


def is_unpledged(no: Frame, denial: Denial, yes: Frame, y: Clause, score: int, near: Near) -> bool:
    """Whether a line is the very promise, offer or threat that another says nobody made."""
    x, line = denial.clause, yes.line
    if not acts_of(x) & PLEDGES or x.told != "done" or line.holder is None or not y.main:
        return False
    if y.told not in ("would", "ahead") or line.act not in _PLEDGING or line.condition:
        return False
    if x.doers and not set(x.doers) & speaker_of(line):
        return False
    if not _PLEDGED.intersection(line.cue) or not _DONE.search(words_at(no.line, x)):
        return False
    none = denial.none or frozenset()
    held = {k for k, _ in line.keys} | speaker_of(line)
    about = {k for k in denial.about | none if not k.startswith("#")}
    met = {k for k in about if k in held or (k in none and any(is_of_kind(h, none) for h in held))}
    if len(met) < 2 or len(met) < len(about):
        return False
    return score >= BARE or near.weight >= NAMED


_DONE = re.compile(r"\b(?:did|had|has|have|was|were|no|nobody|never)\b|n['’]t\b", re.IGNORECASE)


_PLEDGED = frozenset(
    "said says say saying told announced promised pledged vowed offered threatened assured guaranteed".split()
)
"""Verbs of saying by which a pledge is told."""


_PLEDGING = frozenset({"assert", "promise", "offer", "threaten"})

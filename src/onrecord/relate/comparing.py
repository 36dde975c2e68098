"""How two frames relate, and why. Every rule names what it saw; none rests on a likeness score.

That two lines speak of the same thing is shown by the words they share (matching.py) or by a shared
quotation. What they have to do with one another is decided by their frames, clause by clause: the
predicate, who does it, polarity, modality, condition, figures, days, places, who is said to have
said it. A false alarm is the worst defect: `contradicts` is kept for two accounts of one holder kind
about the same act with opposite polarity, both unconditional, and no other occasion named; a denial
by one holder and an assertion by another is then `incompatible_accounts`; everything else that is not
alike `differs`, with what it differs in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import Indel

from onrecord.records import Clause, Figure, Line
from onrecord.relate.keys import key_of, tables
from onrecord.relate.matching import Match
from onrecord.relate.quantities import compatible
from onrecord.relate.wordings import between, differing_words, longest_common, longest_run
from onrecord.text.folding import words


@dataclass(frozen=True, slots=True)
class Frame:
    """A line with what its report tells of it: outlet, when it was published, the events told in it."""

    line: Line
    outlet: str | None
    published: str | None
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation between two frames. `in_` names what differs; None where nothing does."""

    relation: str
    in_: str | None
    basis: str


FEWEST = 2
"""Words that two lines share at least, if no clause of theirs is alike."""

ENOUGH = 3
"""Words that two lines share if clauses that have little in common are yet held to tell one act."""


def compare(a: Frame, b: Frame, match: Match, least: int) -> Finding | None:
    """The relation of two frames; None if they speak of different things.

    `least`: score (per mille) from which shared words show that two lines speak of the same thing.
    Symmetric but for the order in which the basis names the two.
    """
    same_holder = _same_holder(a.line, b.line)
    meant = match.score >= least
    if meant and same_holder and a.line.holder is not None and (found := _again(a, b)):
        return found
    if found := _quotation(a, b, same_holder, meant):
        return found
    if found := _speech_act(a, b) or _speech_act(b, a):
        return found
    pairs = tuple(_aligned(a.line, b.line))
    tied = (*pairs, *(p for p in _tied(a.line, b.line) if p not in pairs))
    if match.score < least and not _one_event(a, b, match, least):
        return None
    if not _enough(a.line, b.line) and not (
        any(_close(x, y) for x, y in pairs)
        or any(_denials(a.line, b.line))
        or any(_denials(b.line, a.line))
    ):
        return None
    if _long_ago(a) != _long_ago(b) and _days(a.line) and _days(b.line):
        return None
    if found := _polarity(a, b, same_holder, pairs, match):
        return found
    for rule in (_untrue, _condition, _actor, _number, _day, _place, _modality, _act, _character):
        if found := rule(a, b, same_holder, tied, match):
            return found
    own_words = bool(same_holder) and a.line.holder is not None
    if own_words and (found := _occasion(a, b)):
        return found
    if not own_words and not _agree(tied, match, least):
        return TOGETHER
    if a.line.holder is not None and own_words:
        return _alike("paraphrase", "wording", a, b, match) or Finding(
            "paraphrase",
            "wording",
            f"{a.line.holder.name}'s words told in two ways: both have {_shared(a, match)}",
        )
    in_ = None if a.line.holder is None and b.line.holder is None else "attribution"
    if found := _alike("corroborates", in_, a, b, match):
        return found
    if a.line.holder is None and b.line.holder is None:
        told = "both reports tell it themselves"
    elif a.line.holder is not None and b.line.holder is not None:
        told = f"{_name(a)} and {_name(b)} both have it"
    else:
        told = f"{_name(a)} tells as {_name(b)} does"
    return Finding("corroborates", in_, f"{told}: {_shared(a, match)}")


TOGETHER = Finding("together", None, "")
"""Two lines speak of the same thing, and nothing shows whether what they say of it agrees."""

SURE = 200
"""Per cent of the least score from which shared words alone show that two say the same: below it a
clause of both must be alike."""


def _agree(pairs: Sequence[Pair], match: Match, least: int) -> bool:
    """Whether two lines that differ in nothing seen say the same, and not only speak of the same."""
    if any((_close(x, y) or _main(x, y)) and x.negative == y.negative for x, y in pairs):
        return True
    return match.score * 100 >= SURE * least and len(match.shared) > ENOUGH


LONG = timedelta(days=120)
"""How long before its report something must lie to be background, and no news."""


def _days(line: Line) -> list[tuple[str, str]]:
    return [d for c in line.clauses if c.main for d in c.days]


def _long_ago(frame: Frame) -> bool:
    """Whether all that a line tells lies long before its report: "last year", "in 2008"."""
    if not frame.published:
        return False
    days = _days(frame.line)
    news = date.fromisoformat(frame.published[:10]) - LONG
    return bool(days) and all(latest[:10] < news.isoformat() for _, latest in days)


def _main(x: Clause, y: Clause) -> bool:
    """Whether two clauses are what their lines say and tell one act with two words in common."""
    return x.main and y.main and len(_meant_by(x) & _meant_by(y)) >= 2


def _enough(a: Line, b: Line) -> bool:
    """Whether two lines have enough words in common, the names of who says them and words of time left
    out: three, or two that are not the parts of one name of a thing ("harbour fee")."""
    left = {k for k, _ in a.keys} | set(a.hinge)
    shared = (left & ({k for k, _ in b.keys} | set(b.hinge))) - WHEN
    if len(shared) >= ENOUGH:
        return True
    if len(shared) < FEWEST:
        return False
    if any(c.predicate in shared for c in (*a.clauses, *b.clauses)):
        return True
    return not (_beside(a, shared) and _beside(b, shared))


def _beside(line: Line, shared: set[str]) -> bool:
    """Whether the shared words stand next to one another: the parts of one name of a thing."""
    places = [n for n, (key, _) in enumerate(line.keys) if key in shared]
    return len(places) == len(shared) and places[-1] - places[0] < len(shared)


WHEN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday januari februari march april june juli "
    "august septemb octob novemb decemb morn afternoon even night midnight noon today tonight "
    "tomorrow yesterday earli late weekend".split()
)
"""Keys of words that say when: that two things happened on one day does not make them one thing."""


@functools.lru_cache(maxsize=20_000)
def _words_of(text: str) -> tuple[str, ...]:
    """The words of a line, which is compared with many others."""
    return tuple(words(text))


# --------------------------------------------------------------------------- who speaks


def _same_holder(a: Line, b: Line) -> bool | None:
    """True or False where both holders are known, None where one is not resolved."""
    if a.holder is None or b.holder is None:
        return a.holder is b.holder
    if a.holder.actor_id and b.holder.actor_id:
        if a.holder.actor_id == b.holder.actor_id:
            return True
        return None if _named_alike(a.holder.name, b.holder.name) else False
    return None


UNKNOWN_OUTLET = "outlet unknown"


def _outlet(frame: Frame) -> str:
    return frame.outlet or UNKNOWN_OUTLET


def _name(frame: Frame) -> str:
    where = _outlet(frame)
    return f"{frame.line.holder.name} ({where})" if frame.line.holder else where


def _shared(a: Frame, match: Match) -> str:
    """The first shared words, as one of the two writes them."""
    found = [word for key, word in a.line.keys if key in match.shared]
    return "“" + "”, “".join(found[:8]) + "”"


# --------------------------------------------------------------------------- quotations


SHORT_QUOTE = 2
"""A quoted phrase of this many words is a shared phrase if the same holder said it."""
LONG_QUOTE = 4
"""A run of this many quoted words is one utterance: below it, stock phrases meet by chance."""
SAME_QUOTE = 80
"""Per cent of the shorter quotation's words that must stand in the other, in order, for one utterance."""
OTHER_MOUTH = 6
"""A run of this many quoted words put into another mouth differs in who is said to have said it."""


def _quotation(a: Frame, b: Frame, same_holder: bool | None, meant: bool) -> Finding | None:
    """`meant`: whether the words that the lines share already show that they speak of the same."""
    lefts = [tuple(q.split()) for q in a.line.quotes]
    rights = [tuple(q.split()) for q in b.line.quotes]
    best: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None
    for left in lefts:
        for right in rights:
            run = longest_run(left, right)
            if best is None or run > best[0]:
                best = (run, left, right)
    if same_holder is False and _two_mouths(a.line, b.line):
        if best is None or best[0] < OTHER_MOUTH:
            return None
        phrase = " ".join(longest_common(best[1], best[2]))
        return Finding(
            "differs",
            "attribution",
            f"“{phrase}” is {_name(a)}'s in one and {_name(b)}'s in the other",
        )
    plain = (
        _retold(a, b, lefts, rights, same_holder)
        or _quote_against_words(a, b, lefts)
        or _quote_against_words(b, a, rights)
    )
    if best is None or best[0] < SHORT_QUOTE:
        return plain
    run, left, right = best
    shorter = min(len(left), len(right))
    if run < LONG_QUOTE and (run < shorter or not _some_word(a.line, b.line)):
        return plain
    common = longest_common(left, right)
    phrase = " ".join(common)
    if (
        run < shorter
        and (not meant or run * 2 < shorter)
        and run < STOCK
        and len({key_of(w) for w in common} & {k for k, _ in a.line.keys}) < (2 if meant else 3)
    ):
        return plain
    if _conditions_differ(a.line, b.line):
        return Finding(
            "differs", "condition", f"the same words “{phrase}”, but {_conditions(a, b)}"
        )
    if run < shorter and run * 2 < shorter:
        return Finding("same_quote", "wording", f"{run} words of one utterance in both: “{phrase}”")
    different = differing_words(left, right)
    alike = Indel.normalized_similarity(list(left), list(right))
    equal = round(alike * (len(left) + len(right)) / 2)
    if different and equal * 100 < SAME_QUOTE * shorter:
        if (retold := _retold(a, b, lefts, rights, same_holder)) is not None:
            return retold
        return Finding(
            "paraphrase", "wording", f"both quote the words “{phrase}”, the rest differs"
        )
    if not different:
        return Finding("same_quote", None, f"the same {run} quoted words in both")
    if (
        len(different) == 1
        and "" in different[0]
        and (right[: len(left)] == left or left[: len(right)] == right or run == shorter)
    ):
        longer = a if len(left) > len(right) else b
        return Finding("adds", "wording", f"the same quotation, longer in {_outlet(longer)}")
    inner = between(left, right)
    if inner is None:
        return Finding("same_quote", "wording", f"{run} words of one utterance in both: “{phrase}”")
    changed = "; ".join(f"‘{x or '–'}’ / ‘{y or '–'}’" for x, y in inner[:4])
    return Finding("same_quote", "wording", f"same words but for {changed}")


STOCK = 8
"""A run of fewer words with fewer than three that carry something may be a stock phrase ("there is no
place for"): it shows one utterance only of lines that share other words."""

RETOLD = 60
"""Per cent of the shorter quotations' content words that must stand in the other's, in any order, for a
translation, a contraction or a cut of one utterance."""


def _retold(
    a: Frame,
    b: Frame,
    lefts: Sequence[tuple[str, ...]],
    rights: Sequence[tuple[str, ...]],
    same_holder: bool | None,
) -> Finding | None:
    """One utterance in other words or another order: "I would not let my own child" and "I'd never let
    a child of mine". Only of one holder, or of two of whom one may be the other's short name."""
    if a.line.holder is None or b.line.holder is None or same_holder is False:
        return None
    if same_holder is None and not _named_alike(a.line.holder.name, b.line.holder.name):
        return None
    left = {key for q in lefts for w in q if (key := key_of(w))} & {k for k, _ in a.line.keys}
    right = {key for q in rights for w in q if (key := key_of(w))} & {k for k, _ in b.line.keys}
    fewer = min(len(left), len(right))
    shared = left & right
    if fewer < 2 or len(shared) < 2 or len(shared) * 100 < RETOLD * fewer:
        return None
    # Two words of a scrap stand in a long quotation by chance.
    if len(shared) == 2 and max(len(left), len(right)) > 2 * fewer:
        return None
    both = [word for key, word in a.line.keys if key in shared]
    return Finding(
        "same_quote",
        "wording",
        f"one utterance of {a.line.holder.name} in two wordings: both have “{'”, “'.join(both[:6])}”",
    )


def _two_mouths(a: Line, b: Line) -> bool:
    """Whether two persons are named as the speakers, neither inside the other's words, whose names have
    nothing in common."""
    if a.holder is None or b.holder is None or a.nested or b.nested:
        return False
    return a.person and b.person and not _named_alike(a.holder.name, b.holder.name)


def _named_alike(one: str, other: str) -> bool:
    """Whether one name may be a short form of the other: "Merhan" and "Dalia Merhan"."""
    left, right = set(_words_of(one)), set(_words_of(other))
    return left <= right or right <= left


def _some_word(a: Line, b: Line) -> bool:
    return bool({k for k, _ in a.keys} & {k for k, _ in b.keys})


def _quote_against_words(a: Frame, b: Frame, quotes: Sequence[tuple[str, ...]]) -> Finding | None:
    """A quotation that the other report gives without marks, in part or whole."""
    if not quotes:
        return None
    told = _words_of(b.line.text)
    for left in quotes:
        run = longest_run(left, told)
        if run >= LONG_QUOTE and 2 * run >= len(left):
            if _conditions_differ(a.line, b.line):
                return Finding("differs", "condition", f"the same words, but {_conditions(a, b)}")
            return Finding(
                "paraphrase",
                "wording",
                f"{run} words that {_outlet(a)} quotes stand in the other without marks",
            )
    return None


# --------------------------------------------------------------------------- denials of a speech act


ACT_NOUNS = {
    "threaten": "threat",
    "promise": "promise",
    "agree": "agreement",
    "refuse": "refusal",
    "demand": "demand",
    "offer": "offer",
}


def _speech_act(denial: Frame, other: Frame) -> Finding | None:
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
        f"{_name(denial)} says there was no {ACT_NOUNS.get(act, act)} ({matter}); {_outlet(other)} "
        f"reports one{by}; whether both speak of the same words on the same occasion is not shown",
    )


def _countries(line: Line, clause: Clause) -> frozenset[str]:
    """The countries of those a clause says did it."""
    return frozenset(c for a, c in line.sides if a in clause.doer_ids)


# --------------------------------------------------------------------------- clauses

Pair = tuple[Clause, Clause]

EMPTY = frozenset("be have do say make take go come get give".split())
"""Predicates that say little: two clauses are not alike for having them."""


def _aligned(a: Line, b: Line) -> Iterator[Pair]:
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
    if x.predicate != y.predicate or x.predicate in EMPTY:
        return 0
    doers = len(set(x.doers) & set(y.doers))
    others = len(set(x.others) & set(y.others))
    return doers + others


def _tied(a: Line, b: Line) -> Iterator[Pair]:
    """Main clauses of the two lines that tell one act though in other parts of speech: two words in
    common, one of them what one of the two says is done ("demanded payment" and "paid"). For each of
    the first the best of the second."""
    for x in a.clauses:
        best: tuple[int, Clause] | None = None
        for y in b.clauses:
            if not (x.main and y.main) or {x.predicate, y.predicate} & EMPTY:
                continue
            shared = _meant_by(x) & _meant_by(y)
            said = len(shared) >= 2 and bool({x.predicate, y.predicate} & shared)
            if said and (best is None or len(shared) > best[0]):
                best = (len(shared), y)
        if best is not None:
            yield x, best[1]


def _meant_by(clause: Clause) -> set[str]:
    """The words of a clause without numbers and words of time."""
    found = {clause.predicate, *clause.doers, *clause.others} - WHEN
    return {k for k in found if not k.startswith("#")}


def _close(x: Clause, y: Clause) -> bool:
    """Whether two aligned clauses leave no doubt that they tell one act: doer and another word shared,
    or two other words."""
    doers = set(x.doers) & set(y.doers)
    others = set(x.others) & set(y.others)
    return bool(doers and others) or len(others) >= 2 or bool(doers and not (x.others and y.others))


def _one_event(a: Frame, b: Frame, match: Match, least: int) -> bool:
    """Whether two lines that share fewer words tell one event of the record, or one clause closely."""
    if 2 * match.score < least:
        return False
    if a.events & b.events or any(_denials(a.line, b.line)) or any(_denials(b.line, a.line)):
        return True
    return any(
        set(x.doers) & set(y.doers) and set(x.others) & set(y.others)
        for x, y in _aligned(a.line, b.line)
    )


# --------------------------------------------------------------------------- what differs


def _conditions_differ(a: Line, b: Line) -> bool:
    if not a.condition or not b.condition:
        return False
    left, right = set(words(a.condition)), set(words(b.condition))
    return len(left & right) * 2 < min(len(left), len(right)) or _key(left) != _key(right)


_SMALL = frozenset(
    "if unless the a an in of to by on and or is are was were would will should that it its as for before after until".split()
)


def _key(found: set[str]) -> frozenset[str]:
    return frozenset(found - _SMALL)


def _conditions(a: Frame, b: Frame) -> str:
    return f"{_outlet(a)}: {a.line.condition}; {_outlet(b)}: {b.line.condition}"


COMMITTING = frozenset({"threaten", "warn", "promise", "offer", "demand", "propose"})
"""Acts that hang on their condition: told without it they say something else."""


def _ordered(pairs: Sequence[Pair], first: bool) -> Sequence[Pair]:
    return pairs if first else tuple((y, x) for x, y in pairs)


def _condition(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    if _conditions_differ(a.line, b.line):
        left = _key(set(words(a.line.condition or "")))
        right = _key(set(words(b.line.condition or "")))
        if len(left & right) * 3 < 2 * min(len(left), len(right)):
            return Finding("differs", "condition", _conditions(a, b))
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
    if not committed and not both_open and not any(_close(x, y) for x, y in pairs):
        return None
    return Finding(
        "differs",
        "condition",
        f"{_name(with_it)}: {with_it.line.condition}; {_name(without)} names no condition",
    )


DENIED = 65
"""Per cent of a denied clause's content words that another line must tell as so."""


def _polarity(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    for x, y in (*pairs, *_denials(a.line, b.line), *_swapped(_denials(b.line, a.line))):
        if not (x.main and y.main) or "bare" in (x.told, y.told):
            continue
        if x.negative == y.negative or _negators(a.line, b.line, x):
            continue
        if not (
            _close(x, y) or len(match.shared) >= ENOUGH or (x, y) not in pairs or _one_act(x, y)
        ):
            continue
        no, yes = (a, b) if x.negative else (b, a)
        told = f"{_name(no)} says not; {_name(yes)} says so"
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
    if _other_day(no, yes, x, y) or not _one_act(x, y):
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


def _denials(a: Line, b: Line) -> Iterator[Pair]:
    """Clauses of the first line that are denied, each with a clause of the second that tells most of its
    words as so: "not a crane moved at the terminal" and "two cranes worked at the terminal"."""
    told = [y for y in b.clauses if y.main and not y.negative]
    if not told or any(y.negative for y in b.clauses):
        return
    held = {k for k, _ in b.keys}
    for x in a.clauses:
        denied = {x.predicate, *x.doers, *x.others} - _EMPHASIS
        denied = {k for k in denied if not k.startswith("#")}
        shared = denied & held
        if x.negative and x.main and len(shared) >= 2 and len(shared) * 100 >= DENIED * len(denied):
            yield x, max(told, key=lambda y: len(shared & {y.predicate, *y.doers, *y.others}))


_EMPHASIS = frozenset("singl ever never any all flat whatsoever".split())
"""Keys of words that make a denial stronger and name nothing."""


def _swapped(pairs: Iterator[Pair]) -> Iterator[Pair]:
    return ((y, x) for x, y in pairs)


def _firm(frame: Frame, clause: Clause) -> bool:
    return (
        clause.told == "done"
        and not frame.line.condition
        and frame.line.modality == "asserted"
        and frame.line.status in ("asserted", "happened", "denied", "ongoing")
        and frame.line.act in ("assert", "deny", "condemn", "praise")
    )


def _one_act(x: Clause, y: Clause) -> bool:
    """Whether two clauses tell one act: most words of the one that is denied stand in the other."""
    no, yes = (x, y) if x.negative else (y, x)
    apart = bool(no.doer_ids and yes.doer_ids) and not set(no.doer_ids) & set(yes.doer_ids)
    if apart and not set(no.doers) & set(yes.doers):
        return False
    denied = {no.predicate, *no.doers, *no.others} - _EMPHASIS
    denied = {k for k in denied if not k.startswith("#")}
    told = {yes.predicate, *yes.doers, *yes.others}
    return len(denied & told) >= 2 and len(denied & told) * 100 >= DENIED * len(denied)


def _other_day(a: Frame, b: Frame, x: Clause, y: Clause) -> bool:
    """Whether the lines name occasions that cannot be one."""
    if x.days and y.days:
        return not any(p[0] <= q[1] and q[0] <= p[1] for p in x.days for q in y.days)
    return False


DURATIONS = frozenset("second minute hour day week month year".split())
"""Units of time: "three hours" and "six hours" are told of different occasions or up to different
moments of one; a difference in them shows nothing."""

COUNTED = frozenset("people person man woman other one victim passenger".split())
"""What may be counted without being named: "12 were killed" and "12 people were killed"."""


def _number(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
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
            f"{_outlet(a)}: {x.value} {x.noun}; {_outlet(b)}: {y.value} {y.noun}",
        )
    return None


def _counts(x: Figure, y: Figure) -> bool:
    return bool({x.unit, y.unit} & COUNTED) and not ({x.unit, y.unit} & DURATIONS)


def _day(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    for x, y in pairs:
        if x.days and y.days and _other_day(a, b, x, y):
            left, right = min(x.days)[0], min(y.days)[0]
            return Finding("differs", "date", f"{_outlet(a)}: {left}; {_outlet(b)}: {right}")
    return None


def _place(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    for x, y in pairs:
        if not (x.places and y.places and _close(x, y)) or set(x.places) & set(y.places):
            continue
        if _named(x.places, b.line) or _named(y.places, a.line):
            continue
        return Finding(
            "differs",
            "place",
            f"{_outlet(a)}: {', '.join(x.places)}; {_outlet(b)}: {', '.join(y.places)}",
        )
    return None


def _named(places: Sequence[str], line: Line) -> bool:
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


def _modality(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    for x, y in pairs:
        for (one, p), (two, q) in (((a, x), (b, y)), ((b, y), (a, x))):
            ahead = _ahead(one, p)
            if ahead is not None and _done(two, q) and not (p.negative or q.negative):
                return Finding(
                    "differs", "modality", f"{_name(one)}: {ahead}; {_name(two)}: told as done"
                )
    return None


def _untrue(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one says is to come or is so, and the other says is not."""
    for x, y in pairs:
        if x.negative == y.negative or not (x.main and y.main and _close(x, y)):
            continue
        if _negators(a.line, b.line, x):
            continue
        no, yes = (a, b) if x.negative else (b, a)
        return Finding(
            "differs",
            "polarity",
            f"{_name(no)} says not; {_name(yes)} says so; the same occasion is not shown",
        )
    return None


ALL_BUT = 60
"""Per cent of the fewer other words that must be shared for the doer to be what differs."""


def _actor(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
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
            f"{_outlet(a)}: {_doer(a.line, x)}; {_outlet(b)}: {_doer(b.line, y)} ({x.word})",
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


def _act(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    if not same_holder or a.line.holder is None:
        return None
    if {a.line.act, b.line.act} not in CONTRASTED:
        return None
    return Finding(
        "differs",
        "characterisation",
        f"what {_outlet(a)} tells as “{a.line.act}” {_outlet(b)} tells as “{b.line.act}”",
    )


def _character(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Another word of one family for the same thing: "invasion" and "operation"."""
    left = {fold: word for word in _words_of(a.line.text) if (fold := _family(word))}
    right = {fold: word for word in _words_of(b.line.text) if (fold := _family(word))}
    for family, one in ((f[0], f) for f in left):
        others = [f for f in right if f[0] == family]
        if not others or one in right or any(f in left for f in others):
            continue
        return Finding(
            "differs",
            "characterisation",
            f"{_outlet(a)}: “{left[one]}”; {_outlet(b)}: “{right[others[0]]}”",
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


def _again(a: Frame, b: Frame) -> Finding | None:
    """One holder's words that one report tells as said once more, or that two days are named for."""
    for one, other in ((a, b), (b, a)):
        word = _repetition(one.line)
        if word and not _repetition(other.line):
            return Finding(
                "differs",
                "occasion",
                f"{_outlet(one)}: said once more (“{word}”); {_outlet(other)}: said",
            )
    return _occasion(a, b)


def _repetition(line: Line) -> str:
    for n, word in enumerate(line.saying):
        if word in _REPEATED:
            return word
        if word == "once" and line.saying[n + 1 : n + 2] == ("more",):
            return "once more"
    return ""


def _occasion(a: Frame, b: Frame) -> Finding | None:
    """One holder's words on two occasions that reports name."""
    one, two = a.line.said, b.line.said
    if not (one[0] and one[1] and two[0] and two[1]):
        return None
    if one[0] <= two[1] and two[0] <= one[1]:
        return None
    return Finding(
        "differs", "occasion", f"{_outlet(a)}: said {one[0]}; {_outlet(b)}: said {two[0]}"
    )


# --------------------------------------------------------------------------- what agrees

MORE = 60
"""Per cent of more words that one of two lines must have to add to the other."""
HELD = 70
"""Per cent of the shorter line's words that the longer one must hold then."""


def _alike(plain: str, in_: str | None, a: Frame, b: Frame, match: Match) -> Finding | None:
    """`adds` where one of two lines answers what the other leaves open - how many, when, where - or
    holds the other and tells more."""
    for more, less in ((a, b), (b, a)):
        if answer := _answers(more.line, less.line):
            return Finding("adds", in_, f"{_outlet(more)} adds {answer}")
    keys = {f.line.id: {k for k, _ in f.line.keys} for f in (a, b)}
    less, more = sorted((a, b), key=lambda f: (len(keys[f.line.id]), f.line.id))
    short, long = keys[less.line.id], keys[more.line.id]
    if len(short) < 3 or len(long) * 100 < (100 + MORE) * len(short):
        return None
    if len(short & long) * 100 < HELD * len(short):
        return None
    extra = [word for key, word in more.line.keys if key not in short]
    return Finding("adds", in_, f"{_outlet(more)} adds “{'”, “'.join(extra[:6])}”")


def _answers(more: Line, less: Line) -> str:
    """How many, when or where, told by the main clauses of one line and by nothing of the other."""
    mains = [c for c in more.clauses if c.main]
    figures = [f for c in mains for f in c.figures]
    if figures and not any(c.figures for c in less.clauses):
        return f"how many: {figures[0].value} {figures[0].noun}"
    days = sorted(d for c in mains for d in c.days)
    if days and not any(c.days for c in less.clauses):
        return f"when: {days[0][0]}"
    places = sorted(p for c in mains for p in c.places if not _named([p], less))
    if places and not any(c.places for c in less.clauses):
        return f"where: {places[0]}"
    return ""

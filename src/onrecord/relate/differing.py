"""In what two accounts of one thing differ: condition, modality, occasion. Values of one slot:
differing_values.py; what one thing is called: differing_calling.py. Each rule names the two values it saw, or
returns None."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import (
    EMPTY,
    ENOUGH,
    WHEN,
    Pair,
    aligned_clauses,
    is_close,
    is_other_day,
    meant_by,
    says_little,
)
from onrecord.relate.frames import (
    Finding,
    Frame,
    condition_words,
    conditions,
    conditions_differ,
    name_of,
    named_alike,
    names_speaker,
    outlet_of,
)
from onrecord.relate.keys import name_keys, tables, words_of
from onrecord.relate.matching import Match
from onrecord.relate.senses import is_opposite
from onrecord.text.folding import fold_loose, words
from onrecord.text.stemming import stem

COMMITTING = frozenset({"threaten", "warn", "promise", "offer", "demand", "propose"})
"""Acts that hang on their condition: told without it they say something else."""


def _ordered(pairs: Sequence[Pair], first: bool) -> Sequence[Pair]:
    return pairs if first else tuple((y, x) for x, y in pairs)


def in_condition(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Under which condition, or whether under one."""
    if conditions_differ(a.line, b.line):
        if not {k for k, _ in a.line.keys} & {k for k, _ in b.line.keys}:
            return None
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
    hinge = set(with_it.line.hinge)
    if 2 * len(hinge & {k for k, _ in without.line.keys}) >= len(hinge):
        return None
    committed = same_holder and {a.line.act, b.line.act} <= COMMITTING
    both_open = any(
        x.told in _OPEN and y.told in _OPEN and x.negative == y.negative for x, y in pairs
    )
    one_act = committed or both_open or any(is_close(x, y) for x, y in pairs)
    if not one_act and not _one_plan(a, b, match):
        return None
    return Finding(
        "differs",
        "condition",
        f"{name_of(with_it)}: {with_it.line.condition}; {name_of(without)} names no condition",
    )


def _one_plan(a: Frame, b: Frame, match: Match) -> bool:
    """Whether two lines, each of which tells only what is still to come, tell of one thing in other words."""
    if len(match.shared - WHEN) < ENOUGH or len((_matter(a.line) & _matter(b.line)) - WHEN) < 2:
        return False
    return _all_ahead(a) is not None and _all_ahead(b) is not None


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
    ahead = clause.main and line.status == "planned" and clause.told != "done"
    return "still to come" if ahead else None


def _done(frame: Frame, clause: Clause, close: bool) -> bool:
    return (
        (clause.told == "done" or (close and _is_news(frame, clause)))
        and frame.line.condition is None
        and frame.line.status != "planned"
        and frame.line.act not in CALLED_FOR
    )


_INTENDING = frozenset(
    "plan intend want aim eye seek hope consid weigh mull expect promise threaten offer propose prepar readi "
    "like need face look move tri begin consid schedul await anticip vow mean wish appear seem continue remain".split()
)
"""Predicates whose present tense in a headline tells of what is not done yet, or of a state."""


def _is_news(frame: Frame, clause: Clause) -> bool:
    """Whether a clause is a headline's news in the present tense ("Mayor signs pact"), which is told as done;
    not what names its day, which may be to come ("Board meets on Thursday")."""
    if clause.told != "present" or not clause.main or frame.line.part != "headline":
        return False
    if says_little(clause) or clause.predicate in _INTENDING:
        return False
    return not clause.days and WHEN.isdisjoint(clause.others)


def in_modality(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one tells as still open and the other as done."""
    if a.line.nested or b.line.nested or _announce_it(a.line, b.line):
        return None
    if _tells_the_call(a, b) or _tells_the_call(b, a):
        return None
    for x, y in pairs:
        left, right = _who_does(a.line, x), _who_does(b.line, y)
        if left and right and not left & {*right, *y.others}:
            continue
        if is_other_day(a, b, x, y):
            continue
        close = is_close(x, y)
        if not (close or (x.main and y.main) or _of_one_day(x, y, match)):
            continue
        if not _tell_one_act(x, y):
            continue
        for (one, p), (two, q) in (((a, x), (b, y)), ((b, y), (a, x))):
            ahead = _ahead(one, p)
            if ahead is not None and _done(two, q, close) and not (p.negative or q.negative):
                return Finding(
                    "differs", "modality", f"{name_of(one)}: {ahead}; {name_of(two)}: told as done"
                )
    return None


def _tell_one_act(x: Clause, y: Clause) -> bool:
    """Whether two clauses have one predicate, or one names the other's among its words ("announced his
    resignation" and "resigned") and they share much more."""
    if x.predicate == y.predicate:
        return True
    doers, others = {*x.doers} & {*y.doers}, {*x.others} & {*y.others}
    much = bool(doers and others) or len(others) > ENOUGH
    return much and (x.predicate in {*y.doers, *y.others} or y.predicate in {*x.doers, *x.others})


def _who_does(line: Line, clause: Clause) -> set[str]:
    """Keys of who does what a clause tells, where the line itself writes it: whom "she" stands for may be
    taken wrongly. What a body threatens or promises to do, it does itself; a person may speak for one."""
    if any(key in clause.doers for key, _ in line.keys):
        return set(clause.doers)
    if not clause.main or line.holder is None or line.person or line.act not in _BINDING:
        return set()
    return {*clause.doers, *(key for key, _ in name_keys(line.holder.name, "group"))}


_BINDING = frozenset({"threaten", "promise", "offer", "refuse"})
"""Acts that say what the speaker will do or not do."""


def _of_one_day(x: Clause, y: Clause, match: Match) -> bool:
    """Whether two clauses of one predicate are told of one day in lines that share three words more."""
    return bool(set(x.days) & set(y.days)) and (
        len(match.shared - WHEN - {x.predicate}) >= ENOUGH and not says_little(x)
    )


def in_question(a: Frame, b: Frame, pairs: Sequence[Pair]) -> Finding | None:
    """What one tells as open ("will decide whether to sell") and the other as sure or likely, be it so or not so."""
    left, right = _asks_whether(a.line), _asks_whether(b.line)
    if left == right:
        return None
    for x, y in pairs:
        if not is_close(x, y) or says_little(x):
            continue
        told = _sureness(b.line, y) if left else _sureness(a.line, x)
        if told in ("sure to come", "expected", "done"):
            one, other = (a, b) if left else (b, a)
            return Finding(
                "differs",
                "modality",
                f"{name_of(one)}: open; {name_of(other)}: {told} (“{x.word}”)",
            )
    return None


def _asks_whether(line: Line) -> bool:
    """Whether what is said is open. What somebody was asked is a question, and no account of the answer."""
    if not line.text.startswith("whether "):
        return False
    return bool(line.cue) and line.act != "ask" and "asked" not in line.cue


def in_sureness(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one tells as sure, to come or done, and the other as possible or expected."""
    for x, y in pairs:
        if not is_close(x, y) or x.negative or y.negative or says_little(x):
            continue
        left, right = _sureness(a.line, x), _sureness(b.line, y)
        if left and right and {left, right} in _UNLIKE:
            return Finding(
                "differs", "modality", f"{name_of(a)}: {left}; {name_of(b)}: {right} (“{x.word}”)"
            )
    return None


_WISHING = frozenset(map(stem, "love like prefer rather appear seem say think mind".split()))

_SURENESS = {
    "possible": "might could possibly perhaps potentially",
    "expected": "expected likely poised tipped",
    "hoped for": "hopes hoped hoping",
    "weighed": "considering considers weighing mulling exploring contemplating",
    "tried": "tried trying tries attempted attempting attempts sought seeking seeks",
    "sure to come": "will 'll shall",
}
_SURE_BY = {word: sort for sort, words in _SURENESS.items() for word in words.split()}
"""How sure an act is, by the words before its verb."""

_UNLIKE = (
    {"possible", "sure to come"}, {"possible", "done"}, {"expected", "sure to come"},
    {"expected", "done"}, {"weighed", "sure to come"}, {"weighed", "done"}, {"tried", "done"},
    {"possible", "expected"}, {"hoped for", "sure to come"}, {"hoped for", "done"},
)  # fmt: skip

_WORDS_BEFORE = 5


def _sureness(line: Line, clause: Clause) -> str:
    """How sure it is told that something is or will be done; empty where that is not to be seen."""
    before = _before(line, fold_loose(clause.word))
    sorts = [_SURE_BY[word] for word in reversed(before) if word in _SURE_BY]
    # "He hopes that all will sign" does not tell it as sure.
    found = next((s for s in sorts if s != "sure to come"), sorts[0] if sorts else "")
    if line.condition is not None:
        # What is likely or possible under a condition is no more than that.
        return found if found in ("possible", "expected") else ""
    if found:
        return found
    if clause.told == "may":
        return "possible"
    if clause.told == "would" and line.holder is not None and before[-1:] == ("would",):
        # What was said to be to come, in reported speech; not "would be wrong", "would have", "would love to".
        return "" if clause.predicate in _WISHING else "sure to come"
    return "done" if clause.told == "done" and clause.main and line.modality == "asserted" else ""


def _before(line: Line, word: str) -> Sequence[str]:
    """The words before a verb; of one that opens what is said, those by which it is told."""
    told = words_of(line.text)
    at = told.index(word) if word in told else 0
    near = told[max(0, at - _WORDS_BEFORE) : at]
    return near if len(near) == _WORDS_BEFORE else (*line.cue, *near)


def _tells_the_call(call: Frame, other: Frame) -> bool:
    """Whether one line calls for something or announces it and the other tells that very act of speech
    ("asked him to stop", "had requested that he stop"): what was called for is open in both."""
    if call.line.holder is None or call.line.act not in CALLED_FOR:
        return False
    speech = tables()["speech"]
    return any(
        c.main and (c.predicate in speech or c.predicate in _CALLS) for c in other.line.clauses
    )


def _announce_it(a: Line, b: Line) -> bool:
    """Whether both lines tell an announcement, one of them by a noun: "announced his run", "announced he'll run"."""
    return (a.by_cue or b.by_cue) and _announces(a) and _announces(b)


def _announces(line: Line) -> bool:
    """Whether a line's cue brings news."""
    return not _ANNOUNCING.isdisjoint(map(stem, line.cue))


_CALLS = frozenset("ask request direct urge call tell instruct appeal plead seek want".split())
"""Keys of verbs that call for something, beside those of frames.toml's `speech`."""


_TOLD_ACTS = frozenset({"assert", "promise", "offer", "propose"})
"""Acts that may be one saying in two tellings: "will announce a cut" and "pledged to cut"."""

_ANNOUNCING = frozenset(
    map(
        stem,
        "announce say said tell told declare pledge promise propose unveil outline present confirm".split(),
    )
)
"""Stems of verbs that bring news; who opposes or rejects something may have said so in many ways."""


def in_saying(a: Frame, b: Frame, same_holder: bool | None, match: Match) -> Finding | None:
    """One holder's saying that one tells as still to come and the other as said: "will announce a cut",
    "announced a cut"."""
    if not same_holder or a.line.holder is None or len(match.shared - WHEN) < ENOUGH:
        return None
    if a.line.act != b.line.act and not {a.line.act, b.line.act} <= _TOLD_ACTS:
        return None
    for one, two in ((a, b), (b, a)):
        if _PLANNING & set(one.line.cue) or not _announces(two.line):
            continue
        if _is_said_later(one.line) and not _is_said_later(two.line):
            said = " ".join(two.line.cue)
            return Finding(
                "differs",
                "modality",
                f"{outlet_of(one)}: still to be said; {outlet_of(two)}: said (“{said}”)",
            )
    return None


def in_tense(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one line tells as a whole as still to come and the other as a whole as done, though no two
    clauses of theirs have one predicate: "to throw his hat in the ring", "announced he is running"."""
    if any(x.main and y.main and x.told == y.told for x, y in pairs):
        return None
    if _tells_the_call(a, b) or _tells_the_call(b, a) or _announce_it(a.line, b.line):
        return None
    for one, two in ((a, b), (b, a)):
        ahead = _all_ahead(one)
        if ahead is None or ahead == "possible":
            # What may be is held against a deed only where one verb tells both (in_sureness).
            continue
        # "Unveils" and "will cut" are two acts; "unveils" and "will outline" is one that is told twice.
        news = _is_object(one.line) and _is_said_later(one.line)
        running = not _ANNOUNCED & set(one.line.saying)
        if not (_all_done(two, news, running) or _is_deed(two.line, one.line)):
            continue
        if _one_matter(one, two, match):
            return Finding(
                "differs", "modality", f"{name_of(one)}: {ahead}; {name_of(two)}: told as done"
            )
    return None


def _all_ahead(frame: Frame) -> str | None:
    """How all main clauses of a line are still open; None if one is not."""
    mains = [c for c in frame.line.clauses if c.main]
    if _is_object(frame.line) and _is_said_later(frame.line):
        return "still to come"
    told = [_ahead(frame, c) for c in mains]
    if not mains or None in told or any(c.negative for c in mains):
        return None
    # In an outlet's own voice "would have run" is what did not come.
    if frame.line.holder is None and any(c.told == "would" for c in mains):
        return None
    return told[0]


_PLANNING = frozenset("plans plan intends intend wants".split())
"""Cues that tell what is planned, and no saying of it."""

_COMING = frozenset({"will", "shall"}) | _PLANNING
"""Cues by which what is said itself is still to come: "will ask parliament for a vote"."""


def _is_object(line: Line) -> bool:
    """Whether what is said tells no act: a noun that the cue is about."""
    return line.by_cue or not line.clauses


def _is_said_later(line: Line) -> bool:
    """Whether the saying itself is still to come: "will outline the plan", in a headline "to outline"."""
    if _COMING & set(line.cue):
        return True
    if not line.cue or line.cue[0] not in line.saying:
        return False
    at = line.saying.index(line.cue[0])
    before = line.saying[max(0, at - 2) : at]
    if line.part == "headline" and "to" in (line.cue[0], *before[-1:]):
        return True
    return not _COMING.isdisjoint(before)


def _all_done(frame: Frame, news: bool, running: bool) -> bool:
    """`running`: whether what is announced in the present counts as done: "announced he is running" beside "expected
    to run", not beside "announced he will run"."""
    line = frame.line
    mains = [c for c in line.clauses if c.main]
    # "The board meets on Thursday" is to come.
    tenses = {"done", "present"} if running and _ANNOUNCED & set(line.saying) else {"done"}
    # "Condemned the plan" tells no deed but a saying.
    return (
        bool(mains)
        and not (line.by_cue and line.act != "assert")
        and all(
            (c.told in tenses or (news and _is_news(frame, c))) and not c.negative for c in mains
        )
        and line.modality == "asserted"
        and line.condition is None
        and line.status in ("asserted", "happened", "ongoing")
        and line.act not in CALLED_FOR
    )


def _is_deed(line: Line, other: Line) -> bool:
    """Whether a line's cue is itself the act done that the other tells ("endorsed her", "will endorse her"):
    what follows it is only its object."""
    acts = not line.by_cue and any(c.main for c in line.clauses)
    if not line.cue or line.condition is not None or acts:
        return False
    cue = set(line.cue)
    for clause in other.clauses:
        verb = fold_loose(clause.word)
        done = {verb.removesuffix("e") + "ed", verb.removesuffix("y") + "ied"}
        if line.part == "headline":
            done |= {verb + "s", verb.removesuffix("y") + "ies"}
        if clause.main and cue & done:
            return True
    return False


def _one_matter(a: Frame, b: Frame, match: Match) -> bool:
    """Whether two lines that are told in two tenses are about one act: a shared doer and more, or three
    words of what is told and the day."""
    told = [_matter(f.line) for f in (a, b)]
    if len((told[0] & told[1]) - WHEN) >= ENOUGH and (_days(a) & _days(b) or match.shared & WHEN):
        return True
    doers = [
        {k for c in f.line.clauses if c.main for k in c.doers}
        | ({k for k, _ in name_keys(f.line.holder.name, "person")} if f.line.holder else set())
        for f in (a, b)
    ]
    if not doers[0] & doers[1] or match.score < TENSES or len(match.shared) < 2:
        return False
    # Words that stand beside what is said to be done ("who had spent the grant resigned") do not show
    # that it is what was promised.
    about = {k for k in match.shared if not k.startswith("#")} - WHEN - doers[0] - doers[1]
    return not about or bool(about & told[0] & told[1])


def _matter(line: Line) -> set[str]:
    """The words of the main clauses of a line; of a line without a clause all its words."""
    mains = [meant_by(c) for c in line.clauses if c.main]
    return set().union(*mains) if mains else {k for k, _ in line.keys}


def _days(frame: Frame) -> set[tuple[str, str]]:
    return {d for c in frame.line.clauses for d in c.days}


_ANNOUNCED = frozenset(
    "announced announces announcing declared declares declaring confirmed confirms".split()
)

TENSES = 450
"""Score from which two lines are about one act though they tell it with other verbs in two tenses."""


_REPEATED = frozenset(
    "repeated repeats repeat reiterated reiterates reiterate recalled recalls repeating reiterating".split()
)
"""Cues of what was said before."""

_AGAIN = (("again",), ("once", "more"), ("once", "again"))
"""Words beside a cue that say so."""

_SPOKEN = frozenset(
    "said says told tells assured assures insisted insists promised denied stressed stated declared called "
    "confirmed ruled defended demanded warned urged asked argued accused thanked".split()
)
"""Words beside which an outlet sets them where it tells in its own voice what somebody said."""


def said_again(a: Frame, b: Frame, same_holder: bool | None, match: Match) -> Finding | None:
    """One speaker's words that one report tells as said once more, if the two are alike, or that two days
    are named for; of two days, whether they say not on one what they say so on the other."""
    known = bool(same_holder) and a.line.holder is not None
    # Reports of one day may tell one saying, which only one of them calls a repetition.
    apart = (a.published or "")[:10] != (b.published or "")[:10]
    if known or (apart and _may_be_one_mouth(a.line, b.line)):
        for one, other in ((a, b), (b, a)):
            word = _repetition(one.line)
            if (
                word
                and not _repetition(other.line)
                and _is_one_saying(a.line, b.line, match, apart)
            ):
                return Finding(
                    "differs",
                    "occasion",
                    f"{outlet_of(one)}: said once more (“{word}”); {outlet_of(other)}: said",
                )
    if not known or (found := _on_two_days(a, b)) is None:
        return None
    return _taken_back(a, b) or found


def _is_one_saying(a: Line, b: Line, match: Match, apart: bool) -> bool:
    """Whether two lines of one speaker tell one thing: words beside his name, or clauses that tell one act;
    of reports of two days (`apart`) what they say is done is enough."""
    told = {k for k, _ in a.keys} & {k for k, _ in b.keys}
    # An outlet's own sentence has the speaker's name among its words.
    if len((told & match.shared) - WHEN) >= ENOUGH - (a.holder is None or b.holder is None):
        return True
    if any(aligned_clauses(a, b)):
        return True
    # What an outlet tells of a saying in its own voice it tells in a clause inside its own.
    acts = [
        {
            c.predicate
            for c in line.clauses
            if (c.main or line.holder is None) and not says_little(c)
        }
        for line in (a, b)
    ]
    return apart and bool(acts[0] & acts[1])


def _may_be_one_mouth(a: Line, b: Line) -> bool:
    """Whether two lines may be of one speaker though his name is not resolved: "Dolan" and "Marek Dolan";
    "the president" where the other report writes "president Trant"; his name in an outlet's own sentence."""
    if a.holder is not None and b.holder is not None:
        one, two = a.holder.name, b.holder.name
        if one[:1].isupper() and two[:1].isupper():
            return (a.person or b.person) and named_alike(one, two)
        return any(
            not x.isupper() and set(words_of(x)) <= set(line.saying)
            for x, line in ((one, b), (two, a))
            if not x[:1].isupper() and x not in _ANYBODY
        )
    return names_speaker(a, b)


_ANYBODY = frozenset("he she they it who which spokesman spokeswoman official officials".split())


def _repetition(line: Line) -> str:
    """The words by which a report tells that it was not said for the first time; empty if it does not."""
    if found := _REPEATED & set(line.cue):
        return min(found)
    told, cues = (line.saying, line.cue) if line.cue else (words_of(line.text), _SPOKEN)
    if "again" not in told and "once" not in told:
        return ""
    for n, word in enumerate(told):
        if word not in cues:
            continue
        for again in _AGAIN:
            near = told[max(0, n - len(again)) : n], told[n + 1 : n + 1 + len(again)]
            if again in near:
                return " ".join(again)
    return ""


def _taken_back(a: Frame, b: Frame) -> Finding | None:
    """What one speaker says not on one day and says so on another: what differs is no longer when."""
    for no, yes in ((a, b), (b, a)):
        for x in no.line.clauses:
            if not (x.main and x.negative):
                continue
            denied = meant_by(x) - EMPTY
            for y in yes.line.clauses:
                if y.main and not y.negative and y.predicate in denied:
                    return Finding(
                        "differs",
                        "polarity",
                        f"{outlet_of(no)}: not so, said {no.line.said[0]}; "
                        f"{outlet_of(yes)}: so, said {yes.line.said[0]}",
                    )
    return None


def in_occasion(a: Frame, b: Frame) -> Finding | None:
    """One holder's words on two occasions that reports name, by their day or by where they were said."""
    if found := _on_two_days(a, b):
        return found
    told = at_another(a, b)
    return Finding("differs", "occasion", told) if told else None


def _on_two_days(a: Frame, b: Frame) -> Finding | None:
    one, two = a.line.said, b.line.said
    if not (one[0] and one[1] and two[0] and two[1]):
        return None
    if one[0] <= two[1] and two[0] <= one[1]:
        return None
    return Finding(
        "differs", "occasion", f"{outlet_of(a)}: said {one[0]}; {outlet_of(b)}: said {two[0]}"
    )


_VENUES = {
    "interview": "interview", "interviews": "interview",
    "statement": "statement", "release": "statement",
    "twitter": "post", "tweet": "post", "tweets": "post", "facebook": "post", "instagram": "post",
    "letter": "letter", "email": "letter", "e-mail": "letter", "memo": "letter",
    "column": "column", "op-ed": "column", "editorial": "column", "book": "book", "memoir": "book",
    "conference": "press conference", "briefing": "press conference",
    "speech": "speech", "address": "speech", "rally": "speech", "sermon": "speech", "parade": "speech",
    "debate": "debate", "hearing": "hearing", "testimony": "hearing", "deposition": "hearing",
    "parliament": "parliament", "floor": "parliament",
}  # fmt: skip
"""Words for where or how something is said, and what sort of occasion that is."""

_MAY_BE_ONE = (
    {"statement", "post"}, {"statement", "letter"}, {"statement", "press conference"},
    {"statement", "speech"}, {"speech", "press conference"}, {"speech", "debate"},
    {"speech", "parliament"}, {"debate", "parliament"}, {"hearing", "parliament"},
    {"statement", "hearing"}, {"statement", "parliament"}, {"interview", "press conference"},
)  # fmt: skip
"""Sorts of occasion under which two reports may tell one."""

_SAID_AT = re.compile(
    r"\b(?:in|at|on|during|via|through|to|from) (?:(?!(?:in|at|on|that|and|of|to) )[\w'’-]+ ){0,4}?"
    rf"({'|'.join(_VENUES)})\b"
)


@functools.lru_cache(maxsize=20_000)
def _venue(saying: tuple[str, ...]) -> str:
    """The sort of occasion on which something is told to be said; empty if none or several are named."""
    found = {_VENUES[m[1]] for m in _SAID_AT.finditer(" ".join(saying))}
    return found.pop() if len(found) == 1 else ""


def at_another(a: Frame, b: Frame) -> str:
    """One speaker's words in an interview here, in a letter there: the two, as a basis names them; empty
    where both may be one occasion."""
    one, two = _venue(a.line.saying), _venue(b.line.saying)
    if not one or not two or one == two or {one, two} in _MAY_BE_ONE:
        return ""
    return f"{outlet_of(a)}: said in a {one}; {outlet_of(b)}: in a {two}"


# --------------------------------------------------------------------------- so and not so


def in_polarity(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one line says not and a clause of the other, be it inside another, says so; or what each says
    the contrary of: nothing shows here that both are of one time, so they differ and are not opposed."""
    if len(match.shared - WHEN) < 2 or " without " in a.line.text + b.line.text:
        return None
    for no, yes in ((a, b), (b, a)):
        for x in no.line.clauses:
            if not x.negative:
                continue
            denied = meant_by(x) - EMPTY
            if len(denied) < 2:
                continue
            for y in yes.line.clauses:
                # "Do not come to Harne" leaves of what it denies but the name, which many lines hold.
                if x.predicate in EMPTY and y.predicate != x.predicate:
                    continue
                if not y.negative and denied <= meant_by(y) and not is_other_day(no, yes, x, y):
                    return Finding(
                        "differs",
                        "polarity",
                        f"{name_of(no)}: not “{x.word}”; {name_of(yes)}: so; "
                        "the same occasion is not shown",
                    )
    for x in a.line.clauses:
        for y in b.line.clauses if x.main and not x.negative else ():
            if not y.main or y.negative or not _are_opposite(x, y):
                continue
            of_one = ({*x.doers, *x.others} & {*y.doers, *y.others}) - WHEN
            if (len(of_one) >= 2 or (of_one and set(x.days) & set(y.days))) and not is_other_day(
                a, b, x, y
            ):
                return Finding(
                    "differs",
                    "polarity",
                    f"{name_of(a)}: “{x.word}”; {name_of(b)}: “{y.word}”; the same time is not shown",
                )
    return None


def _are_opposite(x: Clause, y: Clause) -> bool:
    """Whether what two clauses tell excludes each other: "close" and "open", "close" and "remain open"."""
    one, other = ({_told_by(c), *(c.others if c.predicate in _STAYING else ())} for c in (x, y))
    return any(is_opposite(p, q) for p in one for q in other)


def _told_by(clause: Clause) -> str:
    """The key of what a clause says of its doer: who defeats somebody wins."""
    won = bool(clause.doers) and fold_loose(clause.word).startswith("defeat")
    return "win" if won else clause.predicate


_STAYING = EMPTY | {"continue", "remain", "stay"}
"""Predicates of which the word beside them says how something is: "remain open"."""


# --------------------------------------------------------------------------- which of several

_ORDINALS = {
    "second": "second", "third": "third", "fourth": "fourth", "fifth": "fifth", "anoth": "another",
}  # fmt: skip
"""Keys of words that tell a later one of several of a kind."""

_HELD = frozenset(
    "talk speech vote strike attack bomb shoot surgeri oper debat hear search protest storm "
    "quake fire flood crash inject launch interview raid blast session".split()
)
"""Keys of what is held or happens more than once: a second one is another occasion."""


def in_round(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Which of several of a kind: "underwent surgery" and "underwent a second surgery"; unless both were
    on one day."""
    events = match.shared & _HELD
    if not events:
        return None
    left, right = _rounds(a.line.keys), _rounds(b.line.keys)
    for event in sorted(events):
        one, two = left.get(event), right.get(event)
        if one == two or len(match.shared - WHEN - {event}) < 2:
            continue
        days = [{d for c in f.line.clauses for d in c.days} for f in (a, b)]
        if days[0] & days[1]:
            continue
        return Finding(
            "differs",
            "occasion",
            f"{outlet_of(a)}: {one or 'the'} {_written(a.line, event)}; "
            f"{outlet_of(b)}: {two or 'the'} {_written(b.line, event)}",
        )
    return None


def _written(line: Line, key: str) -> str:
    return next((word for k, word in line.keys if k == key), key)


@functools.lru_cache(maxsize=20_000)
def _rounds(keys: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """What a line tells a later one of, and by which word."""
    return {
        key: _ORDINALS[before]
        for (before, _), (key, _) in itertools.pairwise(keys)
        if before in _ORDINALS and key in _HELD
    }

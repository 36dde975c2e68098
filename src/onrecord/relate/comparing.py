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
from collections.abc import Sequence, Set
from datetime import date, timedelta

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import (
    ENOUGH,
    WHEN,
    Pair,
    aligned_clauses,
    denials_of,
    is_close,
    meant_by,
    tied_clauses,
)
from onrecord.relate.clock import clock_in
from onrecord.relate.differing import (
    in_condition,
    in_modality,
    in_occasion,
    in_polarity,
    in_question,
    in_round,
    in_saying,
    in_sureness,
    in_tense,
    said_again,
)
from onrecord.relate.differing_calling import (
    called_otherwise,
    in_act,
    in_characterisation,
    in_rank,
    of_another,
)
from onrecord.relate.differing_values import (
    in_actor,
    in_date,
    in_number,
    in_place,
    span_of,
    tolls_of_one,
    unsettled,
)
from onrecord.relate.frames import (
    TOGETHER,
    UNNAMED,
    Finding,
    Frame,
    is_same_holder,
    name_of,
    named_alike,
    outlet_of,
    shared_words,
)
from onrecord.relate.keys import name_keys
from onrecord.relate.matching import Match
from onrecord.relate.opposing import polarity, unspoken, untrue
from onrecord.relate.quantities import counted, quantity, unit_of
from onrecord.relate.quoting import credited_otherwise, quotation
from onrecord.text.folding import fold_loose

ALONE = 380
"""Score from which two lines of different reports speak of the same whatever words they share, if these
are not the parts of one name: they stand at the top of both reports, or are worded alike."""

FEWEST = 2
"""Words that two lines share at least, if no clause of theirs is alike."""


def compare(a: Frame, b: Frame, match: Match, least: int) -> Finding | None:
    """The relation of two frames; None if they speak of different things.

    `least`: score (per mille) from which shared words show that two lines speak of the same thing.
    Symmetric but for the order in which the basis names the two.
    """
    if 2 * match.score < least and len(match.shared) < FEWEST:
        # Four of ten pairs: one word in common is no quotation, and nothing else is asked of so little.
        return unspoken(a, b)
    same_holder = is_same_holder(a.line, b.line)
    meant = match.score >= least
    if meant and (found := said_again(a, b, same_holder, match)):
        return found
    if found := credited_otherwise(a, b):
        return found
    if found := quotation(a, b, same_holder, meant):
        if found.relation == "same_quote" and found.in_ is None:
            return of_another(a, b, same_holder, found)
        if found.relation == "paraphrase":
            return (
                in_sureness(a, b, same_holder, tuple(aligned_clauses(a.line, b.line)), match)
                or found
            )
        return found
    if found := unspoken(a, b):
        return found
    if found := called_otherwise(a, b, same_holder):
        return found
    if match.score < least and not _one_event(a, b, match, least):
        return None
    pairs = tuple(aligned_clauses(a.line, b.line))
    tied = (*pairs, *(p for p in tied_clauses(a.line, b.line) if p not in pairs))
    alone = match.score >= ALONE and not _is_one_name(a.line, b.line, match.shared)
    one_act = tolls_of_one(a, b) or any(is_close(x, y) for x, y in pairs) or _deny(a.line, b.line)
    if not (alone or one_act or _enough(a.line, b.line)):
        # One word of their own, and worded alike: what they say of it is not told.
        return TOGETHER if _plain(a.line, b.line, match) else None
    if _long_ago(a) != _long_ago(b) and not _same_day(a, b):
        # A line that names no day is of its report's news, unless many words speak against it.
        both = bool(_days(a.line) and _days(b.line))
        if both or 100 * match.score < SURE * least or len(match.shared) <= ENOUGH:
            return None
    if _is_other_company(a, b):
        return None
    if found := in_question(a, b, pairs) or polarity(a, b, match):
        return found
    for rule in (
        untrue,
        in_polarity,
        in_condition,
        in_actor,
        in_round,
        in_number,
        in_date,
        in_place,
        in_modality,
        in_sureness,
        in_act,
        in_characterisation,
        in_rank,
        in_tense,
    ):
        if found := rule(a, b, same_holder, tied, match):
            return found
    own_words = bool(same_holder) and a.line.holder is not None
    if own_words and (found := in_saying(a, b, same_holder, match) or in_occasion(a, b)):
        return found
    if unsettled(a, b, tied) or _names_alone(a.line, b.line, match):
        return TOGETHER
    if not _agree(a.line, b.line, tied, match, least) and not (
        own_words and _speak_alike(a, b, match)
    ):
        return TOGETHER
    if a.line.holder is not None and own_words and match.shared <= _speaker(a) | _speaker(b):
        return None
    if a.line.holder is not None and (own_words or _one_name(a.line, b.line)):
        return _alike("paraphrase", "wording", a, b, match) or Finding(
            "paraphrase",
            "wording",
            f"{a.line.holder.name}'s words told in two ways: both have {shared_words(a, match)}",
        )
    if _has_it_from(a.line, b.line) or _has_it_from(b.line, a.line):
        told = f"{name_of(a)} and {name_of(b)} tell what one has said: {shared_words(a, match)}"
        return _alike("paraphrase", "wording", a, b, match) or Finding(
            "paraphrase", "wording", told
        )
    in_ = None if a.line.holder is None and b.line.holder is None else "attribution"
    if found := _alike("corroborates", in_, a, b, match):
        return found
    if a.line.holder is None and b.line.holder is None:
        told = "both reports tell it themselves"
    elif a.line.holder is not None and b.line.holder is not None:
        told = f"{name_of(a)} and {name_of(b)} both have it"
    else:
        told = f"{name_of(a)} tells as {name_of(b)} does"
    return Finding("corroborates", in_, f"{told}: {shared_words(a, match)}")


def _speaker(frame: Frame) -> set[str]:
    """The keys of the name of who says a line: sharing nothing else, two lines tell of two things."""
    name = frame.line.holder.name if frame.line.holder else ""
    return {key for key, _ in name_keys(name, "person")}


def _one_name(a: Line, b: Line) -> bool:
    """Whether two holders that are not resolved go by one name ("the airline", "airline")."""
    if a.holder is None or b.holder is None or {a.holder.name, b.holder.name} & UNNAMED:
        return False
    return named_alike(a.holder.name, b.holder.name)


SURE = 200
"""Per cent of the least score from which shared words alone show that two say the same: below it a
clause of both must be alike."""


def _agree(a: Line, b: Line, pairs: Sequence[Pair], match: Match, least: int) -> bool:
    """Whether two lines that differ in nothing seen say the same, and not only speak of the same. Who
    finds, calls, judges belongs to it: "the trainer found the race fair", "Ilsa Brandt found it unfair"."""
    if any(
        (is_close(x, y) or (_main(x, y) and not (a.by_cue or b.by_cue)))
        and x.negative == y.negative
        for x, y in pairs
    ):
        return True
    return match.score * 100 >= SURE * least and len(match.shared) > ENOUGH


def _known(line: Line) -> set[str]:
    """The keys of all whom a line may mean."""
    found = {k for k, _ in line.keys} | {d for c in line.clauses for d in c.doers}
    return found | {k for k, _ in name_keys(line.holder.name if line.holder else "", "")}


_SAYS = frozenset(
    "say see put think know call believ hope fear expect regard consid estim reckon doubt".split()
)
"""Predicates by which an outlet tells in its own voice what somebody said or thinks."""


def _has_it_from(told: Line, held: Line) -> bool:
    """Whether an outlet tells by such a predicate what the other line's holder says: "the union sees no
    danger for the jobs" and "the jobs are not in danger, the union said"."""
    if told.holder is not None or held.holder is None:
        return False
    known = _known(held)
    tells = [c for c in told.clauses if c.main and c.predicate in _SAYS and c.doers]
    return any(held.holder.actor_id in c.doer_ids or not known.isdisjoint(c.doers) for c in tells)


def _names_alone(a: Line, b: Line, match: Match) -> bool:
    """Whether all that two lines share is written with a capital letter in both: that two speak of the
    United States does not make them say the same."""
    return not any(_uncapped(line, match) for line in (a, b))


def _plain(a: Line, b: Line, match: Match) -> bool:
    """Whether two lines share a word that both write small and that does not say when."""
    return bool((_uncapped(a, match) & _uncapped(b, match)) - WHEN)


def _uncapped(line: Line, match: Match) -> set[str]:
    """The shared keys of words that a line writes small."""
    return {key for key, word in line.keys if key in match.shared and not word[:1].isupper()}


def _speak_alike(a: Frame, b: Frame, match: Match) -> bool:
    """Whether one holder's words in two lines have enough in common to be one saying, beside his name."""
    told = {k for k, _ in a.line.keys} & {k for k, _ in b.line.keys}
    return len((told & match.shared) - WHEN) >= ENOUGH


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


def _same_day(a: Frame, b: Frame) -> bool:
    """Whether main clauses of two lines name one day or one stretch of time."""
    return bool(set(_days(a.line)) & set(_days(b.line)))


TALK = "talk"
"""The topic of meetings, talks and those who meet (frames.toml)."""


@functools.lru_cache(maxsize=20_000)
def _company(frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
    """The persons whom an outlet's own sentence names as meeting or talking with one another, and those
    of them who are its subject."""
    line = frame.line
    if line.holder is not None or not line.persons:
        return frozenset(), frozenset()
    told = [c for c in line.clauses if c.main and TALK in (c.predicate, *c.doers, *c.others)]
    doers = frozenset(i for c in told for i in c.doer_ids) & {*line.persons}
    return doers | (frozenset(i for c in told for i in c.other_ids) & {*line.persons}), doers


def _is_other_company(a: Frame, b: Frame) -> bool:
    """Whether each of two lines names somebody at a meeting whom the other does not, or the subject of one
    is not at the other: a meeting is known by who meets, and the minister who sees one man in the morning
    and another at noon is at two."""
    (left, one), (right, other) = _company(a), _company(b)
    if len(left) < 2 or len(right) < 2:
        return False
    return not (left <= right or right <= left) or any(
        bool(who) and not who & met for who, met in ((one, right), (other, left))
    )


def _main(x: Clause, y: Clause) -> bool:
    """Whether two clauses are what their lines say and tell one act with two words in common."""
    return x.main and y.main and len(meant_by(x) & meant_by(y)) >= 2


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
    return not _is_one_name(a, b, shared)


def _is_one_name(a: Line, b: Line, shared: Set[str]) -> bool:
    """Whether all that two lines share are the parts of one name of a thing."""
    return _beside(a, shared) and _beside(b, shared)


def _beside(line: Line, shared: Set[str]) -> bool:
    """Whether the shared words stand next to one another: the parts of one name of a thing."""
    places = [n for n, (key, _) in enumerate(line.keys) if key in shared]
    return len(places) == len(shared) and (not places or places[-1] - places[0] < len(shared))


def _one_event(a: Frame, b: Frame, match: Match, least: int) -> bool:
    """Whether two lines that share fewer words tell one event of the record, or one clause closely."""
    if 2 * match.score < least:
        return False
    if a.events & b.events or tolls_of_one(a, b) or _deny(a.line, b.line):
        return True
    return any(
        set(x.doers) & set(y.doers) and set(x.others) & set(y.others)
        for x, y in aligned_clauses(a.line, b.line)
    )


def _deny(a: Line, b: Line) -> bool:
    """Whether one of two lines denies most of what the other tells."""
    return any(denials_of(a, b)) or any(denials_of(b, a))


MORE = 60
"""Per cent of more words that one of two lines must have to add to the other."""


HELD = 70
"""Per cent of the shorter line's words that the longer one must hold then."""


def _alike(plain: str, in_: str | None, a: Frame, b: Frame, match: Match) -> Finding | None:
    """`adds` where one of two lines answers what the other leaves open - how many, when, where - or
    holds the other and tells more."""
    for more, less in ((a, b), (b, a)):
        if answer := _answers(more, less):
            return Finding("adds", in_, f"{outlet_of(more)} adds {answer}")
    keys = {f.line.id: {k for k, _ in f.line.keys} for f in (a, b)}
    less, more = sorted((a, b), key=lambda f: (len(keys[f.line.id]), f.line.id))
    short, long = keys[less.line.id], keys[more.line.id]
    if len(short) < 3 or len(long) * 100 < (100 + MORE) * len(short):
        return None
    if len(short & long) * 100 < HELD * len(short):
        return None
    extra = [word for key, word in more.line.keys if key not in short]
    return Finding("adds", in_, f"{outlet_of(more)} adds “{'”, “'.join(extra[:6])}”")


def _answers(one: Frame, other: Frame) -> str:
    """How many, how long or when, told by the main clauses of one line and by nothing of the other. The
    day on which either was published answers nothing: every report is of it; nor does the name of a
    place: of three such answers on labelled pairs none was one, for it is where the story plays."""
    more, less = one.line, other.line
    mains = [c for c in more.clauses if c.main]
    told = {k for k, _ in less.keys}
    known = [f for c in less.clauses for f in c.figures] + list(less.figures)
    lasting = any(unit_of(f) in _TIME for f in known)
    figures = [
        f for c in mains for f in c.figures if f"#{quantity(fold_loose(f.value))}" not in told
    ]
    if figures and not known:
        return f"how many: {counted(figures[0])}"
    spans = [f for f in figures if unit_of(f) in _TIME]
    if spans and not lasting and not any(c.days for c in less.clauses):
        return f"how long: {counted(spans[0])}"
    published = {(f.published or "")[:10] for f in (one, other)}
    acts = [c for c in mains if c.predicate not in _SAYS]
    days = sorted(d for c in acts for d in c.days if not {d[0][:10], d[1][:10]} <= published)
    if days and not lasting and not any(c.days for c in less.clauses):
        return f"when: {span_of(days[0])}"
    hour = _hour(more.text)
    if hour is not None and _hour(less.text) is None:
        return f"when: {hour.written}"
    return ""


_TIME = frozenset({"time", "months"})
"""Units of what lasts."""


_hour = functools.lru_cache(maxsize=20_000)(clock_in)
"""The hour a line names; a line is held against many others."""

"""In which value two accounts of one thing differ: number, day, hour, place, actor. Each rule names the two
values it saw, or returns None.

A value is held against another only where both are told of one thing: a toll against a toll of the same
kind, a number against one of its unit in a clause that tells the same, a day against a day of one act.
What is a part of what the other counts, what is told of another place, day or name is no difference.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.records import Clause, Figure, Line
from onrecord.relate.clause_pairs import (
    EMPTY,
    ENOUGH,
    WHEN,
    Pair,
    is_close,
    is_other_day,
    meant_by,
    says_little,
)
from onrecord.relate.clock import DAYTIMES, Clock, clock_in, daytime, may_be_one_time, same_clock
from onrecord.relate.frames import Finding, Frame, outlet_of
from onrecord.relate.keys import key_of, name_keys
from onrecord.relate.matching import Match
from onrecord.relate.quantities import agree, amount, counted, unit_of
from onrecord.text.folding import fold_loose
from onrecord.text.title_case import is_title_case

# --------------------------------------------------------------------------- numbers

LENGTHS = frozenset({"time", "months"})
"""What lengths of time are measured in (quantities.unit_of)."""

COUNTED = frozenset(
    "people person man woman other one victim passenger volunteer patient worker employee protester "
    "demonstrator resident soldier troop".split()
)
"""What may be counted without being named: "12 were killed" and "12 people were killed"."""

_MONEY = frozenset("dollar pound euro percent".split())
"""Units of so many things that a number of them without a clause shows nothing."""

_ALIKE = {
    word: words.split()[0]
    for words in (
        "home house household flat apartment dwelling property residence",
        "worker employee staff job post labourer",
        "car vehicle",
        "ship boat vessel ferry trawler",
        "plane aircraft jet airliner",
        "child pupil schoolchild youngster kid",
        "protester demonstrator marcher",
        "officer policeman",
        "tenant resident inhabitant villager townspeople",
        "firm company business",
        "passenger traveller",
        "patient volunteer",
        "attack strike",
        "shot bullet round",
    )
    for word in words.split()
}
"""What is counted under several nouns."""

_ROOFS = frozenset("home hous house household build customer resid properti".split())
"""Keys of what a storm or fire is counted by, under several nouns."""

_MEASURED = frozenset({"length", "area", "mass"})

_SCORED = frozenset(
    "yard point touchdown rebound assist catch carry reception pass basket win victory game match goal "
    "run wicket inning".split()
)
"""What players and teams are counted by, each by game, half, season and career: such numbers differ for
being of something else."""

_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western insid outsid off".split()
)

_OPPOSING = frozenset("vote seat point goal run".split())
"""What is told as two numbers of two sides: "88 votes to 84" is "four votes" too."""

_ROUNDS = frozenset("second third fourth anoth resum previou befor earlier again twice far".split())
"""Keys of words that tell one session of talks from another."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of a line, in which clause it stands, and how much it is in thousandths of its unit; what is
    told in two units ("three hours and five minutes") is one. `keys` are the words of its clause, or of its
    line if it stands in none, beside what is counted; `names` those of them that are names."""

    figure: Figure
    clause: Clause | None
    amount: int | None
    keys: frozenset[str]
    names: frozenset[str]


@functools.lru_cache(maxsize=20_000)
def readings(frame: Frame) -> Sequence[Reading]:
    """The figures of a line that can be held against those of another."""
    line = frame.line
    names = _names(line)
    found = []
    for clause in line.clauses:
        mine = meant_by(clause)
        figures = list(clause.figures)
        while figures:
            figure = figures.pop(0)
            how_much = amount(figure)
            unit = unit_of(figure)
            while (
                figures
                and unit in LENGTHS
                and unit_of(figures[0]) == unit
                and 0 < figures[0].start - figure.end <= len(figure.noun) + len("  and ")
            ):
                more = figures.pop(0)
                how_much = None if how_much is None else how_much + (amount(more) or 0)
            # "Not one soldier" counts nothing.
            if not (clause.negative and figure.value in ("one", "1")):
                found.append(_reading(figure, clause, how_much, mine, names))
    told = {k for k, _ in line.keys if not k.startswith("#")} - WHEN
    found += [_reading(f, None, amount(f), told, names) for f in line.figures]
    return found


def _reading(
    figure: Figure,
    clause: Clause | None,
    how_much: int | None,
    keys: set[str],
    names: frozenset[str],
) -> Reading:
    beside = frozenset(keys - {figure.unit, key_of(fold_loose(figure.noun))})
    return Reading(figure, clause, how_much, beside, beside & names)


def _names(line: Line) -> frozenset[str]:
    """Keys that a line writes with a capital letter, its first word and words of time left out; none of a
    headline in title case, whose capitals tell nothing."""
    if line.part == "headline" and is_title_case(line.citation.quote):
        return frozenset()
    written = line.text.split()
    # Whom "the federal government" stands for has a name, but not here.
    other = {*written[:1], *(word.capitalize() for word in written if word.islower())}
    return frozenset(
        key
        for key, word in line.keys
        if word[:1].isupper() and word not in other and key not in WHEN
    )


def in_number(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """How many or how much, of the same thing."""
    for x, y in _apart(a, b, pairs):
        return Finding(
            "differs", "number", f"{outlet_of(a)}: {_written(x)}; {outlet_of(b)}: {_written(y)}"
        )
    return None


def _written(x: Reading) -> str:
    bound = {"least": "at least ", "most": "at most ", "about": "about "}.get(x.figure.bound, "")
    return f"{bound}{counted(x.figure)} {x.figure.state}".rstrip()


def _apart(
    a: Frame, b: Frame, pairs: Sequence[Pair], where: str = ""
) -> Iterator[tuple[Reading, Reading]]:
    """Figures of one thing that do not agree, the surest first; what agrees with any figure of the same
    thing is left out. `where`: only distances that tell a place, else none of them."""
    left, right = (
        [r for r in readings(f) if (r.figure.role == "where") == bool(where)] for f in (a, b)
    )
    if not left or not right:
        return
    agreed: tuple[set[int], set[int]] = (set(), set())
    found = []
    for x in left:
        for y in right:
            rank = _one_thing(a, b, x, y, pairs)
            if rank is None:
                continue
            if _agree(x, y, a.line, b.line):
                agreed[0].add(x.figure.start)
                agreed[1].add(y.figure.start)
            else:
                found.append((rank, x, y))
    for _, x, y in sorted(found, key=lambda row: row[0]):
        if x.figure.start not in agreed[0] and y.figure.start not in agreed[1]:
            yield x, y


def _agree(x: Reading, y: Reading, a: Line, b: Line) -> bool:
    if x.amount is None or y.amount is None or agree(x.amount, x.figure, y.amount, y.figure):
        return True
    if unit_of(x.figure) not in _OPPOSING:
        return False
    return any(
        abs(one - int(key[1:])) == other
        for one, other, line in ((x.amount, y.amount, a), (y.amount, x.amount, b))
        for key, _ in line.keys
        if key[:1] == "#"
    )


def _one_thing(a: Frame, b: Frame, x: Reading, y: Reading, pairs: Sequence[Pair]) -> int | None:
    """How surely two figures tell of one thing: 0 surest; None if that is not shown."""
    if _how_long(x, y):
        return None if _gainsaid(a, b, x, y) else 1
    if x.figure.role != y.figure.role or x.figure.role not in (
        "",
        "rate",
        "whole",
        "where",
        "after",
    ):
        return None
    if x.figure.state or y.figure.state:
        same = x.figure.state == y.figure.state and not x.figure.role
        return 0 if same and _one_occasion(a, b, x, y) else None
    if 1000 in (x.amount, y.amount):
        return None
    unit = _counted(x.figure)
    if x.amount == y.amount and unit == _counted(y.figure) and unit not in LENGTHS:
        return 2 if _one_count(a, b, x, y) else None
    if {unit, key_of(fold_loose(x.figure.noun))} & _SCORED:
        return None
    if x.clause is None or y.clause is None:
        if unit != _counted(y.figure) or unit in LENGTHS or unit in _MONEY:
            return None
        if len(x.keys & y.keys) < 2:
            return None
        return None if x.names and y.names and not x.names & y.names else 2
    aligned = any(p is x.clause and q is y.clause for p, q in pairs)
    if unit != _counted(y.figure) and not (aligned and _people(x, y)) and not _of_one_roof(x, y):
        return None
    if _gainsaid(a, b, x, y):
        return None
    told = (x.clause.told in _TOLD) == (y.clause.told in _TOLD)
    telling = {x.clause.predicate, y.clause.predicate} <= _TELLING
    if unit in _MONEY and not told and not telling:
        return None
    shared = x.keys & y.keys
    if unit in LENGTHS:
        return 1 if _one_length(x.clause, y.clause, shared, aligned) else None
    # Who "lost power" is without it.
    lost = "lose" in (x.clause.predicate, y.clause.predicate) and not aligned
    if not lost and _says_no(a.line, x.clause) != _says_no(b.line, y.clause):
        return None
    if not aligned and (x.names - y.names and y.names - x.names):
        return None
    if x.figure.role == "rate" and unit == "length" and shared - x.names - _PER:
        return 2 if _alone(x) and _alone(y) else None
    if x.figure.role == "where" and len(shared) >= 2 and shared - x.names - _DIRECTIONS:
        return 2
    if (
        _alone(x)
        and _alone(y)
        and _one_measure(x.clause, y.clause, shared, aligned, unit in _MONEY, unit == "area")
    ):
        return 1 if aligned else 2
    return 3 if told and _only_one(a, b, x, y, unit) else None


_HOLDING = frozenset("carri hold seat fit accommod serv".split())


def _one_count(a: Frame, b: Frame, x: Reading, y: Reading) -> bool:
    """Whether one number of one kind of thing in two lines about one matter is one count ("up to 60m doses", "60
    million doses"): nobody else sends them, they go nowhere else, and it is no capacity."""
    p, q = x.clause, y.clause
    if p is None or q is None or _gainsaid(a, b, x, y) or {p.predicate, q.predicate} & _HOLDING:
        return False
    if unit_of(x.figure) in _MONEY and (p.told in _TOLD) != (q.told in _TOLD):
        return False
    if p.doers and q.doers and not {*p.doers} & {*q.doers}:
        return False
    return not (x.names - y.names and y.names - x.names)


def _only_one(a: Frame, b: Frame, x: Reading, y: Reading, unit: str) -> bool:
    """Whether two lines about one matter have each but one number of a unit that counts nothing but one kind
    of thing ("210 tonnes of wheat"), and neither names what the other does not."""
    if unit in COUNTED | _MONEY or x.figure.role or unit != _counted(y.figure):
        return False
    if any(
        len({r.figure.start for r in readings(f) if _counted(r.figure) == unit}) > 1 for f in (a, b)
    ):
        return False
    names = _names(a.line), _names(b.line)
    if names[0] - names[1] and names[1] - names[0]:
        return False
    shared = {k for k, _ in a.line.keys} & {k for k, _ in b.line.keys}
    shared = {k for k in shared - WHEN if not k.startswith("#")} - {x.figure.unit, y.figure.unit}
    return len(shared) >= 2 and bool(shared - names[0] - names[1])


_PER = frozenset({"hour", "second"})
"""Keys of the words of a speed beside its number and unit: more must be shared for two to be of one thing."""


def _says_no(line: Line, clause: Clause) -> bool:
    """Whether a clause is negated, or says "without": "had no water" and "were without water"."""
    return clause.negative or " without " in line.text


def _alone(x: Reading) -> bool:
    """Whether a clause has no other number of the same unit, which may be the one that is meant."""
    if x.clause is None:
        return True
    unit = unit_of(x.figure)
    return not any(
        f.start != x.figure.start and f.role == x.figure.role and unit_of(f) == unit
        for f in x.clause.figures
    )


_TELLING = frozenset(
    "be have come put set amount total reach stand estim cost count number exceed rise fall climb cover "
    "contain includ hold last price valu carri part involv payment pay rais lift lower cut increas reduc "
    "sell buy".split()
)
"""Predicates that say no more than how much something is."""


def _one_measure(
    x: Clause, y: Clause, shared: Set[str], aligned: bool, money: bool, area: bool
) -> bool:
    """Whether two clauses tell how much of one thing: what one says is done stands in the other, or both
    only say how much, and they share what it is."""
    act = {x.predicate, y.predicate} & shared
    if area and x.main and y.main and set(x.doers) & set(y.doers) & shared:
        return True
    if {x.predicate, y.predicate} <= _TELLING and (
        len(shared) >= 2 or (x.main and y.main and set(x.doers) & set(y.doers) & shared)
    ):
        return True
    if aligned and x.predicate == y.predicate:
        return bool(shared - act) or is_close(x, y) or (x.main and y.main)
    if x.main and y.main and len(shared) >= 3 and not money:
        return True
    if not (act and x.main and y.main):
        return False
    return len(shared) >= 2 or {x.predicate, y.predicate} - act <= _TELLING - EMPTY


_TOLD = frozenset({"done", "present", "bare"})
"""How a clause tells what is so, and not only to come or supposed."""


def _counted(figure: Figure) -> str:
    """What a figure counts, one word for nouns that mean the same."""
    unit = unit_of(figure)
    return _ALIKE.get(unit) or _ALIKE.get(fold_loose(figure.noun).removesuffix("s"), unit)


def _people(x: Reading, y: Reading) -> bool:
    """Whether two figures of different nouns count the same in clauses that tell one act: "12 were held" and
    "12 people"."""
    units = {unit_of(x.figure), unit_of(y.figure)}
    if x.clause is None or y.clause is None or units & (LENGTHS | _MONEY | _MEASURED):
        return False
    return bool(units & COUNTED)


def _of_one_roof(x: Reading, y: Reading) -> bool:
    """Whether two figures count houses under two nouns, of what befell them in one place: "14 houses" and "nine
    buildings burnt"; not the damaged beside the destroyed."""
    if not {unit_of(x.figure), unit_of(y.figure)} <= _ROOFS or x.clause is None or y.clause is None:
        return False
    both = {x.clause.predicate, y.clause.predicate}
    return len((x.keys & y.keys) - WHEN) >= ENOUGH and both != {"damage", "destroy"}


_LASTING = frozenset({"last", "go", "continue", "run", "drag"})
_ENDING = frozenset({"collapse", "end", "break", "adjourn", "close"})
"""Predicates of what goes on for so long, and of what ends after so long."""


def _how_long(x: Reading, y: Reading) -> bool:
    """Whether one tells how long something lasted and the other after how long it was over: "went on for nine
    hours" and "broke down after eleven hours"."""
    if x.figure.role == y.figure.role or x.clause is None or y.clause is None:
        return False
    if {x.figure.role, y.figure.role} != {"", "after"}:
        return False
    if unit_of(x.figure) not in LENGTHS or unit_of(x.figure) != unit_of(y.figure):
        return False
    on, over = (x.clause, y.clause) if y.figure.role else (y.clause, x.clause)
    return (
        on.predicate in _LASTING
        and over.predicate in _ENDING
        and on.told == over.told == "done"
        and not {*on.doers}.isdisjoint(over.doers)
        and _alone(x)
        and _alone(y)
    )


def _one_length(x: Clause, y: Clause, shared: Set[str], aligned: bool) -> bool:
    """Whether two lengths of time are told of one thing: what is done is the same, or who or what it is
    told of; not "three years ago", nor two sessions of one round."""
    words = {*x.others, *x.doers} ^ {*y.others, *y.doers}
    if words & _ROUNDS or "ago" in {*x.others, *y.others}:
        return False
    if aligned:
        return is_close(x, y) or len(shared) >= 2
    return bool(set(x.doers) & set(y.doers) & shared) and x.main and y.main


def _one_occasion(a: Frame, b: Frame, x: Reading, y: Reading) -> bool:
    """Whether two tolls may be of one event: not if only one is told of a day or year long past, nor if
    they are told of different places."""
    p, q = x.clause, y.clause
    if p is not None and q is not None and p.places and q.places and not {*p.places} & {*q.places}:
        return False
    if _is_old(a, p) != _is_old(b, q):
        return False
    if any(c is not None and c.predicate in _COUNTING for c in (p, q)):
        return True
    days = [{d for c in f.line.clauses for d in c.days} for f in (a, b)]
    return not all(days) or any(m[0] <= n[1] and n[0] <= m[1] for m in days[0] for n in days[1])


_COUNTING = frozenset("rise climb grow fall reach stand put count revis number toll".split())
"""Predicates that tell a count, whose day is not the event's."""


_OLD = 21
"""Days before its report from which what a line tells of is another event than the news."""
_YEAR = re.compile(r"(?<![\d,.$€£])\b(1[5-9]\d\d|20\d\d)\b(?![,.]\d)")


def _is_old(frame: Frame, clause: Clause | None) -> bool:
    if not frame.published:
        return False
    told = date.fromisoformat(frame.published[:10])
    if clause is not None and clause.days:
        return max(_day(latest) for _, latest in clause.days) < told.toordinal() - _OLD
    return any(int(y) < told.year - 1 for y in _YEAR.findall(frame.line.text))


_SO_FAR = re.compile(r"\b(?:since|by|until|so far|as of|now|still|already)\b", re.IGNORECASE)
"""Words of what is counted up to a day, which is earlier and later counts of one thing."""


def _day(written: str) -> int:
    return date.fromisoformat(written[:10]).toordinal()


def _gainsaid(a: Frame, b: Frame, x: Reading, y: Reading) -> bool:
    """Whether two figures are told of different places, days, or of what has different names."""
    p, q = x.clause, y.clause
    if p is None or q is None:
        return False
    if p.places and q.places and not set(p.places) & set(q.places):
        return True
    if is_other_day(a, b, p, q) and not (
        _SO_FAR.search(a.line.text) or _SO_FAR.search(b.line.text)
    ):
        return True
    if _is_old(a, p) != _is_old(b, q) and p.predicate != q.predicate:
        return True
    if x.names and y.names and not x.names & y.names:
        return True
    doers = x.names & set(p.doers), y.names & set(q.doers)
    return all(doers) and not doers[0] & doers[1]


def unsettled(a: Frame, b: Frame, pairs: Sequence[Pair]) -> bool:
    """Whether two lines have figures or days that do not agree, though nothing shows that they are told of
    one thing: such lines are not told to agree."""
    left, right = readings(a), readings(b)
    beside = [(x, y) for x in left for y in right if _comparable(x, y)]
    if any(_agree(x, y, a.line, b.line) for x, y in beside):
        return False
    if any(x.main and y.main and is_other_day(a, b, x, y) for x, y in pairs):
        return True
    return bool(beside) or any(
        x.predicate == y.predicate and _only(left, x) and _only(right, y) and not _same(left, right)
        for x, y in pairs
    )


def _only(found: Sequence[Reading], clause: Clause) -> bool:
    """Whether a clause counts something, be it under another noun than the other line's."""
    return any(
        r.clause is clause
        and not r.figure.role
        and unit_of(r.figure) not in LENGTHS
        and r.amount != 1000
        for r in found
    )


def _same(left: Sequence[Reading], right: Sequence[Reading]) -> bool:
    return bool({r.amount for r in left} & {r.amount for r in right})


def _comparable(x: Reading, y: Reading) -> bool:
    return (
        unit_of(x.figure) == unit_of(y.figure)
        and x.figure.state == y.figure.state
        and x.figure.role == y.figure.role == ""
        and 1000 not in (x.amount, y.amount)
        and None not in (x.amount, y.amount)
    )


def tolls_of_one(a: Frame, b: Frame) -> bool:
    """Whether two lines count what became of people on one occasion: all the dead, all the injured."""
    return any(
        x.figure.state == y.figure.state and _one_thing(a, b, x, y, ()) == 0
        for x in _tolls(a)
        for y in _tolls(b)
    )


@functools.lru_cache(maxsize=20_000)
def _tolls(frame: Frame) -> tuple[Reading, ...]:
    """The figures of a line that count what became of people: few lines have one, and all pairs are asked."""
    return tuple(r for r in readings(frame) if r.figure.state)


# --------------------------------------------------------------------------- days and hours

_OCCASIONS = 14
"""Days between two acts told as done from which they are two, and not one told with two dates."""

_DUE = re.compile(
    r"\b(?:by|before|no later than|until)\s+(?:(?:the|end|of|next|this|coming|noon|midnight|on|early|late)\s+)*"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|june|july|aug|sep|oct|nov|dec|tomorrow|\d)",
    re.IGNORECASE,
)
"""A term: what is done before it does not differ from it."""

_NIGHT = re.compile(r"\b(?:midnight|overnight|night|weekend)\b", re.IGNORECASE)
"""Words for what belongs to two days, or begins a day early."""


def in_date(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """When one act was, by day or by hour; of talks, on which day they were held."""
    for x, y in pairs:
        if not (x.days and y.days) or _other_act(a, b, x, y):
            continue
        one, two = _narrow(x), _narrow(y)
        if any(p[0] <= q[1] and q[0] <= p[1] for p in one for q in two):
            continue
        left, right = min(one), min(two)
        if _is_year(left) != _is_year(right):
            # "A 2019 ruling" was not quoted in 2019: beside a day, a year tells mostly which one is meant.
            continue
        gap = max(_day(right[0]) - _day(left[1]), _day(left[0]) - _day(right[1]))
        done = x.told == y.told == "done"
        if (gap > _OCCASIONS and done) or _in_time(a, b, left, right):
            continue
        if gap == 1 and (_NIGHT.search(a.line.text) or _NIGHT.search(b.line.text)):
            continue
        told = f"{outlet_of(a)}: {span_of(left)}; {outlet_of(b)}: {span_of(right)}"
        if done and _is_talk(x) and _is_talk(y) and _other_session(x, y):
            return Finding("differs", "occasion", told)
        return Finding("differs", "date", told)
    return _in_hour(a, b, pairs)


def span_of(days: tuple[str, str]) -> str:
    """A day in ISO form, a year or a month that is meant as a whole, or the first and last day of a stretch."""
    first, last = (day[:10] for day in days)
    if first == last:
        return first
    if _is_year(days):
        return first[:4]
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    if begins.day == 1 and first[:7] == last[:7] and (ends + timedelta(days=1)).day == 1:
        return first[:7]
    return f"{first} to {last}"


def _is_year(days: tuple[str, str]) -> bool:
    first, last = days
    return first[:4] == last[:4] and (first[5:10], last[5:10]) == ("01-01", "12-31")


def _narrow(clause: Clause) -> Sequence[tuple[str, str]]:
    """The single days of a clause; all its stretches of time if it names none: "the wages for May and June
    were paid on Saturday" tells of one day."""
    return [d for d in clause.days if d[0][:10] == d[1][:10]] or clause.days


def _other_act(a: Frame, b: Frame, x: Clause, y: Clause) -> bool:
    """Whether two clauses name different doers, so that they tell two acts."""
    left, right = set(x.doers) & _names(a.line), set(y.doers) & _names(b.line)
    return bool(left and right) and not set(x.doers) & set(y.doers)


def _in_time(a: Frame, b: Frame, left: tuple[str, str], right: tuple[str, str]) -> bool:
    """Whether one line names a term and the other a day before it."""
    due = bool(_DUE.search(a.line.text)), bool(_DUE.search(b.line.text))
    return (due == (True, False) and right[1] <= left[1]) or (
        due == (False, True) and left[1] <= right[1]
    )


def _is_talk(clause: Clause) -> bool:
    return "talk" in {clause.predicate, *clause.doers, *clause.others}


def _other_session(x: Clause, y: Clause) -> bool:
    return bool(({*x.doers, *x.others} ^ {*y.doers, *y.others}) & _ROUNDS)


def _in_hour(a: Frame, b: Frame, pairs: Sequence[Pair]) -> Finding | None:
    """Hours of the clock, where each line names one, of an act that both tell closely."""
    if found := _in_part_of_day(a, b, pairs):
        return found
    acts = [(x, y) for x, y in pairs if x.main or y.main]
    for x in a.line.clauses:
        acts += [(x, y) for y in b.line.clauses if x.main and y.main and _one_verb(x, y)]
    if not any(not is_other_day(a, b, x, y) and not _other_act(a, b, x, y) for x, y in acts):
        return None
    left, right = clock_in(a.line.text), clock_in(b.line.text)
    if left is None or right is None or same_clock(left, right):
        return None
    return Finding(
        "differs",
        "date",
        f"{outlet_of(a)}: “{left.written}”; {outlet_of(b)}: “{right.written}”",
    )


def _in_part_of_day(a: Frame, b: Frame, pairs: Sequence[Pair]) -> Finding | None:
    """The part of the day, or its hour, of an act that the main clauses of both lines tell closely:
    "in the morning" and "in the afternoon", "at 11 a.m." and "in the evening"."""
    for x, y in pairs:
        parts = [_DAYTIMES & set(c.others) for c in (x, y)]
        if not any(parts) or any(len(found) > 1 for found in parts):
            continue
        if not (x.main and y.main and is_close(x, y)) or says_little(x) or _other_act(a, b, x, y):
            continue
        if is_other_day(a, b, x, y):
            continue
        told = [_daytime(f.line, found) for f, found in zip((a, b), parts, strict=True)]
        if told[0] is None or told[1] is None or may_be_one_time(told[0], told[1]):
            continue
        return Finding(
            "differs",
            "date",
            f"{outlet_of(a)}: “{told[0].written}”; {outlet_of(b)}: “{told[1].written}”",
        )
    return None


_DAYTIMES = frozenset(DAYTIMES)


def _daytime(line: Line, found: Set[str]) -> Clock | None:
    if not found:
        clock = clock_in(line.text)
        return clock if clock and clock.certain else None
    key = min(found)
    return daytime(key, next(word for k, word in line.keys if k == key))


def _one_verb(x: Clause, y: Clause) -> bool:
    return x.predicate == y.predicate and x.predicate not in EMPTY


# --------------------------------------------------------------------------- places


def in_place(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Where one act was, unless one line names the other's place as well; how far from what."""
    for far, near in _apart(a, b, pairs, "where"):
        return Finding(
            "differs",
            "place",
            f"{outlet_of(a)}: {_written(far)}; {outlet_of(b)}: {_written(near)}",
        )
    for x, y in pairs:
        if not (x.places and y.places and x.main and y.main and is_close(x, y)):
            continue
        if is_other_day(a, b, x, y) or _other_act(a, b, x, y) or x.predicate != y.predicate:
            continue
        if names_one_of(x.places, b.line) or names_one_of(y.places, a.line):
            continue
        left, right = _at(a.line, x.places), _at(b.line, y.places)
        # "In Paris" and "near the opera" are no two places, nor are two names with a word in common.
        if left != right or _parts(x.places) & _parts(y.places):
            continue
        return Finding(
            "differs",
            "place",
            f"{outlet_of(a)}: {', '.join(x.places)}; {outlet_of(b)}: {', '.join(y.places)}",
        )
    return _in_spot(a, b, pairs)


_SPOTS = {
    "room": "kitchen bedroom bathroom cellar basement attic corridor lobby garage balcony roof yard courtyard "
    "garden stairwell cell ward counter",
    "building": "house home flat apartment hotel motel school church chapel mosque temple synagogue hospital clinic "
    "factory plant warehouse office courthouse museum theatre theater cinema restaurant bar cafe pub shop store "
    "supermarket station airport prison barracks farm barn library stadium palace embassy consulate hall mill "
    "bakery pharmacy bank annexe headquarters villa castle tower mansion townhouse boathouse clubhouse "
    "university college gym mall casino nightclub pavilion chancellery",
    "open": "field river riverbed lake sea forest woods beach road street highway motorway bridge tunnel square "
    "park canal ditch valley hill mountain mountainside harbour harbor embankment meadow desert playground "
    "alley driveway pavement sidewalk runway swamp marsh bay quay pier reef",
}  # fmt: skip
_SPOT_OF = {word: sort for sort, words in _SPOTS.items() for word in words.split()}
"""Nouns of places that exclude each other within their sort: who is in the kitchen is not in the cellar, but
may be in the house."""

_SPOTTED = re.compile(
    r"\b(?:in|at|on|inside|outside|near|under|behind|to|into|from|through|onto|across|beside|off)\s+"
    r"(?:[\w’'-]+\s+){0,4}?"
    rf"({'|'.join(_SPOT_OF)}|bed of)\b"
)


@functools.lru_cache(maxsize=20_000)
def _spots(text: str) -> Mapping[str, frozenset[str]]:
    """The nouns of places that a text sets behind a word of place, by sort, as keys."""
    found: dict[str, set[str]] = {}
    for match in _SPOTTED.finditer(text.lower()):
        noun = "riverbed" if match[1] == "bed of" else match[1]
        found.setdefault(_SPOT_OF[noun], set()).add(key_of(noun))
    return {sort: frozenset(keys) for sort, keys in found.items()}


def _in_spot(a: Frame, b: Frame, pairs: Sequence[Pair]) -> Finding | None:
    """What sort of place one act was at, where each line names one: "in a field" and "in the river"."""
    left, right = _spots(a.line.text), _spots(b.line.text)
    sorts = [s for s in left.keys() & right.keys() if not left[s] & right[s]]
    if not sorts or any(left[s] & right[s] for s in left.keys() & right.keys()):
        return None
    keys = [{k for k, _ in f.line.keys} for f in (a, b)]
    for x, y in pairs:
        if x.predicate != y.predicate or says_little(x) or x.negative != y.negative:
            continue
        if not (is_close(x, y) or set(x.doers) & set(y.doers) or set(x.others) & set(y.others)):
            continue
        if x.told != y.told or is_other_day(a, b, x, y) or _other_act(a, b, x, y):
            continue
        for sort in sorted(sorts):
            one, two = min(left[sort]), min(right[sort])
            if left[sort] & keys[1] or right[sort] & keys[0]:
                continue
            return Finding(
                "differs",
                "place",
                f"{outlet_of(a)}: {_as_written(a.line, one)}; {outlet_of(b)}: {_as_written(b.line, two)}",
            )
    return None


def _as_written(line: Line, key: str) -> str:
    return next((word for k, word in line.keys if k == key), key)


def _at(line: Line, places: Sequence[str]) -> set[str]:
    """The words that a line sets before the names of places."""
    text = fold_loose(line.text)
    return {
        m[1] for p in places for m in re.finditer(rf"\b(\w+)\s+(?:the\s+)?{re.escape(p)}\b", text)
    }


def _parts(places: Sequence[str]) -> set[str]:
    return {word for p in places for word in p.split()}


def names_one_of(places: Sequence[str], line: Line) -> bool:
    """Whether a line names one of these places anywhere, by this name or another ("US")."""
    text = line.text.casefold()
    if any(p in text for p in places):
        return True
    told = {k for k, _ in line.keys}
    return any(keys and keys <= told for keys in map(_place_keys, places))


@functools.lru_cache(maxsize=10_000)
def _place_keys(place: str) -> frozenset[str]:
    return frozenset(key for key, _ in name_keys(place, "place"))


# --------------------------------------------------------------------------- actors

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
        if x.predicate != y.predicate or x.told != y.told or x.told == "bare":
            continue
        if set(x.doers) & set(y.doers) or set(x.doer_ids) & set(y.doer_ids):
            continue
        if set(x.doers) & set(y.others) or set(y.doers) & set(x.others):
            continue
        if not (_is_written(a.line, x) and _is_written(b.line, y)) or is_other_day(a, b, x, y):
            continue
        if unsettled(a, b, ()):
            continue
        return Finding(
            "differs",
            "actor",
            f"{outlet_of(a)}: {_doer(a.line, x)}; {outlet_of(b)}: {_doer(b.line, y)} ({x.word})",
        )
    return None


def _is_written(line: Line, clause: Clause) -> bool:
    """Whether a line itself names who does it, and says nothing more of them: what "the airline", "he" or
    "the head of the board" stands for may be the other's doer after all."""
    doers = [word for key, word in line.keys if key in clause.doers]
    return bool(doers) and all(
        word[:1].isupper() and re.search(rf"\b{re.escape(word)}\b", line.text) for word in doers
    )


def _doer(line: Line, clause: Clause) -> str:
    return " ".join(word for key, word in line.keys if key in clause.doers) or "somebody"

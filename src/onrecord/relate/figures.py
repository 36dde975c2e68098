"""Story -> ToldFigure: the numbers of one thing, by who tells them and for which day.

Two numbers count the same thing if both count the dead (wounded, missing ...), or if they have one unit
and their clauses share what else they speak of. A number that only one report tells, once, is no row;
nor are lengths of time, and what is denied, or hangs on a condition.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from onrecord.records import (
    Article,
    Citation,
    Clause,
    DateExpression,
    Figure,
    Line,
    Story,
    ToldFigure,
    Version,
)
from onrecord.relate.figures_bounds import Range, bounds_of, numeral
from onrecord.relate.keys import key_of, tables
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id
from onrecord.text.instants import day_of, sort_key


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the figures stage."""


@dataclass(frozen=True)
class Told:
    """One number as one line tells it. `state` is what became of the people it counts, else empty;
    `keys` are what its clause speaks of beside what is counted, `words` how each is written."""

    line: Line
    clause: Clause
    range: Range
    unit: str
    noun: str
    state: str
    keys: frozenset[str]
    words: Mapping[str, str]
    as_of: str | None
    basis: str
    citation: Citation
    ahead: bool
    start: int

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it stands: in this order rows are taken."""
        return self.citation.capture_id, self.start, self.line.id


def work(group: Group, options: Options, resources: Resources) -> Iterator[ToldFigure]:
    """All figures of one story that have another to stand beside."""
    story = group.one(Story)
    articles = {a.id: a for a in group.all(Article)}
    versions = {v.id: v for v in group.all(Version)}
    dates: dict[str, list[DateExpression]] = defaultdict(list)
    for date in group.all(DateExpression):
        if date.citation.version_id is not None:
            dates[date.citation.version_id].append(date)
    told: dict[tuple[str, int], Told] = {}
    for line in sorted(group.all(Line), key=lambda x: (len(x.text), x.id)):
        # A saying told inside another is its own line too: the shortest line has the number.
        version, article = versions.get(line.version_id), articles.get(line.article_id)
        if version is None or article is None:
            continue
        for one in told_in(line, version, article, dates[version.id]):
            told.setdefault((version.id, one.start), one)
    rows = sorted(told.values(), key=lambda t: t.place)
    titles: dict[tuple[str, str], int] = defaultdict(int)
    for members in series(rows):
        made = tuple(_rows(story.id, members, articles))
        # Two series of one name, of different places, say, are told apart by a number.
        titles[made[0].what, made[0].unit] += 1
        nth = titles[made[0].what, made[0].unit]
        for row in made:
            yield structs.replace(row, what=f"{row.what} ({nth})") if nth > 1 else row


# --------------------------------------------------------------------------- what one line tells

_SIGNS = {"€": "EUR", "euro": "EUR", "£": "GBP", "$": "$", "dollar": "$", "percent": "%"}
_MONEY = frozenset(("EUR", "GBP", "$", "%"))
_TIMES = frozenset(
    "second minute hour day night week fortnight month year decade century time".split()
)
_LOOSE = frozenset(
    "at as than some about around least most more less over under near nearly almost up".split()
)
"""Keys of words that bound a number."""
_YEARLY = re.compile(
    r"\b(?:each|every|per|average|typical|normal) (?:year|month|week|day)\b|\bannually\b"
    r"|\bpeople a year\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d,.$€£])\b(1[5-9]\d\d|20\d\d)\b(?![,.]\d)")
_NOT = re.compile(r"\b(?:not|never|nobody|none)\b|n['’]t\b", re.IGNORECASE)
"""Denied, as "had no water" is not."""
_AS_OF = re.compile(r"\b(?:as of|as at|by|until|up to)\s+$", re.IGNORECASE)


def told_in(
    line: Line, version: Version, article: Article, dates: Sequence[DateExpression]
) -> Iterator[Told]:
    """The numbers of one line that can stand beside others."""
    if line.act in ("deny", "refuse"):
        return
    written = dict(line.keys)
    for clause in line.clauses:
        text = version.text
        denied = clause.negative and _NOT.search(text, clause.start, clause.end)
        if (
            denied
            or clause.told in ("if", "would", "may", "must")
            or _of_old(line, clause, text, article)
        ):
            continue
        day, why = _as_of(line, clause, version, article, dates)
        counted: set[str] = set()
        for figure in clause.figures:
            state = figure.state
            # Of several numbers of one state in a clause the first is the whole.
            if figure.role == "part" or (state and state in counted):
                continue
            range_ = bounds_of(text, figure, clause.start)
            unit = _unit(figure, text)
            if range_ is None or unit in _TIMES or (range_.value < 2000 and not state):
                continue
            counted.add(state)
            light = {unit, figure.unit, key_of(fold_loose(figure.noun)), clause.predicate}
            around = {*clause.others, *clause.doers, clause.predicate} - light
            keys = {k for k in around if k in written and k not in _LOOSE and k[0] != "#"}
            if clause.predicate in written and clause.predicate not in tables()["light"]:
                keys.add(clause.predicate)
            yield Told(
                line=line,
                clause=clause,
                range=range_,
                unit="people" if state else unit,
                noun=figure.noun,
                state=state,
                keys=frozenset(keys - {unit, figure.unit}),
                words={k: written[k] for k in keys},
                as_of=day,
                basis=why,
                citation=cite(version, *_span(text, clause, range_)),
                ahead=clause.told == "ahead",
                start=figure.start,
            )


def _of_old(line: Line, clause: Clause, text: str, article: Article) -> bool:
    """Whether a clause tells of what is so every year, or of another year than the report's: such
    numbers stand beside the story's own for comparison."""
    here = text[clause.start : clause.end] if line.statement_id else line.text
    if _YEARLY.search(text, clause.start, clause.end):
        return True
    published = article.published.latest or article.published.earliest
    years = {int(y) for y in _YEAR.findall(here)}
    return published is not None and bool(years) and day_of(published).year not in years


def _span(text: str, clause: Clause, range_: Range) -> tuple[int, int]:
    """The clause, with the number and what bounds it, without white space at its ends."""
    low, high = min(clause.start, range_.start), max(clause.end, range_.end)
    while low < high and text[low].isspace():
        low += 1
    while low < high and text[high - 1].isspace():
        high -= 1
    return low, high


def _unit(figure: Figure, text: str) -> str:
    noun = fold_loose(figure.noun)
    if noun == "cent" and text[: figure.end + 12].rstrip().endswith(("per cent", "per cent.")):
        return "%"
    if noun == "cent" and re.match(r"\s+per\s+cent", text[figure.end : figure.end + 12]):
        return "%"
    return _SIGNS.get(noun.removesuffix("s"), _SIGNS.get(noun, figure.unit))


def _as_of(
    line: Line, clause: Clause, version: Version, article: Article, dates: Sequence[DateExpression]
) -> tuple[str | None, str]:
    """The day a number is told for, and why: one named with "as of" or "by", else the day of telling.
    What is told as done or going on is not told for a day to come."""
    day, why = _told_on(line, version, article)
    for date in dates:
        start = date.citation.start
        if start is None or not clause.start <= start < clause.end or date.earliest is None:
            continue
        named = _AS_OF.search(version.text, max(0, start - 10), start)
        if named and date.latest is not None and day_of(date.latest) == day_of(date.earliest):
            found = day_of(date.earliest).isoformat()
            if day is None or found <= day or clause.told == "ahead":
                return found, f"told for {date.citation.quote}"
    return day, why


def _told_on(line: Line, version: Version, article: Article) -> tuple[str | None, str]:
    first, last = line.said
    if line.statement_id and first and last and day_of(first) == day_of(last):
        return day_of(first).isoformat(), "the day it was said"
    if version.number > 1 and version.seen_at is not None:
        seen = day_of(version.seen_at).isoformat()
        return seen, f"first seen in version {version.number} of the report"
    published = article.published.latest or article.published.earliest
    day = day_of(published).isoformat() if published else None
    return day, "the day of publication" if day else "day not known"


# --------------------------------------------------------------------------- what belongs together

_SHARED = 2
"""Words that two clauses must share beside what is counted; one of them no name."""
_SMALL = 10
"""Below this a number counts the same only if it is told by the same predicate."""


def _names(told: Told) -> frozenset[str]:
    return frozenset((*told.clause.doer_ids, *told.clause.other_ids))


def conflicting(a: Told, b: Told) -> bool:
    """Whether two numbers are told of different places, or of what has different names."""
    places = set(a.clause.places), set(b.clause.places)
    if all(places) and not places[0] & places[1]:
        return True
    names = _names(a), _names(b)
    return not a.state and all(names) and not names[0] & names[1]


def same_thing(a: Told, b: Told) -> bool:
    """Whether two numbers count the same thing."""
    if a.unit != b.unit or a.state != b.state or a.ahead != b.ahead or conflicting(a, b):
        return False
    if a.state:
        return True
    shared = a.keys & b.keys
    same_act = a.clause.predicate == b.clause.predicate and a.clause.predicate in shared
    if len(shared) < _SHARED and not (same_act and a.unit in _MONEY and shared):
        return False
    if min(a.range.value, b.range.value) < _SMALL * 1000 and not same_act:
        return False
    return any(a.words[k].islower() and len(a.words[k]) > _SHORT for k in shared)


_SHORT = 2
"""Letters up to which a word is a particle, if anything."""


def series(rows: Sequence[Told]) -> list[list[Told]]:
    """Numbers of the same thing, told by two reports or by one for two days; in order of place."""
    groups: list[list[Told]] = []
    for row in rows:
        # Into the first series that it is told of and whose places and names it does not gainsay.
        for group in groups:
            if any(same_thing(row, m) for m in group) and not any(
                conflicting(row, m) for m in group
            ):
                group.append(row)
                break
        else:
            groups.append([row])
    made = []
    for group in groups:
        members = _once(group)
        reports = {m.line.article_id for m in members}
        days = {(m.as_of, m.range.low, m.range.high) for m in members if m.as_of}
        if len(reports) > 1 or len({d for d, _, _ in days}) > 1:
            made.append(members)
    return sorted(made, key=lambda members: members[0].place)


def _once(members: Iterable[Told]) -> list[Told]:
    """The same number by the same holder in one report counts once, where it stands first."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for m in members:
        holder = m.line.holder and (m.line.holder.actor_id or m.line.holder.name)
        key = (m.line.article_id, m.range.low, m.range.high, holder, m.as_of)
        if key not in seen:
            seen.add(key)
            kept.append(m)
    bodies = {(m.line.article_id, m.range.low, m.range.high) for m in kept if m.line.part == "body"}
    return [
        m
        for m in kept
        if m.line.part == "body" or (m.line.article_id, m.range.low, m.range.high) not in bodies
    ]


def _rows(
    story: str, members: Sequence[Told], articles: Mapping[str, Article]
) -> Iterator[ToldFigure]:
    first = min(
        members,
        key=lambda m: (*sort_key(articles[m.line.article_id].published.earliest, ""), m.place),
    )
    what, why = _what(members, first)
    unit = first.unit if first.state or first.unit in _MONEY else fold_loose(first.noun)
    for m in members:
        yield ToldFigure(
            id=make_id(
                "fig", story, m.line.article_id, m.citation.address, m.start - m.clause.start
            ),
            story_id=story,
            what=what,
            low=numeral(m.range.low),
            high=numeral(m.range.high),
            unit=unit,
            holder=m.line.holder,
            article_id=m.line.article_id,
            statement_id=m.line.statement_id,
            as_of=m.as_of,
            citation=m.citation,
            written=m.range.written,
            basis="; ".join(p for p in (why, m.range.why, m.basis) if p),
        )


def _what(members: Sequence[Told], first: Told) -> tuple[str, str]:
    """What the numbers of a series count, and why they are one."""
    if first.state:
        return f"people {first.state}", f"counts people {first.state}"
    common = [k for k in first.words if 2 * sum(k in m.keys for m in members) > len(members)]
    ordered = [k for k, _ in first.line.keys if k in common]
    shared = " ".join(first.words[k] for k in ordered)
    noun = "" if first.unit in _MONEY else fold_loose(first.noun)
    return ": ".join(p for p in (noun, shared) if p), f"reports share “{shared}”"

"""What a pledge is, and its parts: what is to be done, by whom, of which family, if what, by when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import (
    Article,
    Bounds,
    Citation,
    ClaimHolder,
    Clause,
    DateExpression,
    Line,
    Statement,
    Version,
)
from onrecord.relate.commitments_shown import families_of
from onrecord.relate.keys import key_of, name_keys, tables
from onrecord.relate.similarity import stop_words
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of, shift_days


@dataclass(frozen=True, slots=True)
class Pledge:
    """A line that commits somebody, and what later reports must speak of to tell what came of it."""

    line: Line
    statement: Statement | None
    act: str
    what: Citation
    who: ClaimHolder | None
    condition: Citation | None
    hinge: frozenset[str]
    """Keys of its condition."""
    deadline: Bounds
    apart: bool
    """Whether the deadline is that of the condition, not of the act."""
    clause: Clause | None
    """The clause that tells what is to be done; None where a noun tells it."""
    matter: frozenset[str]
    """Keys of what it is about, without words of pledging and of time."""
    own: frozenset[str]
    """Keys of those who are to do it, with the speaker's."""
    own_ids: frozenset[str]
    never: bool
    """Whether it is pledged that something will not be done."""
    hinge_due: str | None = None
    """The last day of its condition ("unless … by Friday")."""
    families: frozenset[str] = frozenset()
    """The families of commitments.toml that what is to be done belongs to."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a story beside its lines: by id, and dates by version."""

    articles: Mapping[str, Article]
    versions: Mapping[str, Version]
    statements: Mapping[str, Statement]
    dates: Mapping[str, Sequence[DateExpression]]


NOT = re.compile(r"\b(?:no|not|never|neither|none|nobody)\b|n['’]t\b", re.IGNORECASE)
BY_WORD = re.compile(r"\b(?:by|before|within)\b")
"""Words that set a last day."""


# --------------------------------------------------------------------------- what is to be done


def asked(line: Line) -> Clause | None:
    """The clause of what is to be done: the first that is not told as done or as it is, main first."""
    if CAUSED.match(line.text):
        caused = next((c for c in line.clauses if c.told == "done" and not c.main), None)
        if caused is not None:
            return caused
    ahead = [c for c in line.clauses if c.told in ("ahead", "would", "must", "bare")]
    first = next((c for c in ahead if c.main), None) or next(iter(ahead), None)
    let = first or next((c for c in line.clauses if c.main), None)
    if let is not None and fold_loose(let.word) in _LETTING:
        # Of "to let doctors examine him" and "was ready to lend" the deed stands below.
        below = [
            c for c in line.clauses if c.start >= let.start and c is not let and c.told == "bare"
        ]
        return next(iter(below), first)
    return first


_LETTING = frozenset("let allow help have make ready prepared willing able".split())


CAUSED = re.compile(
    r"(?:that\s+)?(?:\w+\s+){0,5}?(?:to|will|would)\s+(?:have|get|see)\s+(?:\w+\s+){1,4}?\w+(?:ed|en|t)\b",
    re.IGNORECASE,
)
"""What somebody pledges to have done: "to have the roof mended"."""


_OPENING = re.compile(r"^(?:Under|As\s+part\s+of|According\s+to|By|On|In|At)\s[^,]*,\s*")
"""Words before the subject: "Under the deal, Ostrand will …"."""


def subject_of(text: str, clause: Clause) -> str | None:
    """The words before the verb of a clause, without what opens the sentence; None if there are none
    or too many to be a name."""
    before = text[: text.find(clause.word)].strip(" ,;:–—-\"“”'‘’")
    before = re.sub(
        r"\s+(?:has|have|had|also|once|already|is|was|were|will|shall|must)$", "", before
    )
    before = _OPENING.sub("", before).split(",")[0].strip()
    return before if len(before) > 0 and len(before.split()) <= 8 else None


# --------------------------------------------------------------------------- the pledge

_GIVEN = re.compile(r"\b(?:gave|given|gives|has|have|had|was|were)\b.{0,60}?\b(?:until|till)\b")
"""Who gives another until Friday is not the one who is to act."""

TIMES = frozenset(
    "afternoon monday tuesday wednesday thursday friday saturday sunday januari februari march april may june "
    "juli august septemb octob novemb decemb morn even night midnight noon onc today tomorrow week "
    "month year day spring summer autumn winter date deadlin hour easter christma ramadan".split()
)
"""Keys of time: two lines that share a weekday do not speak of one thing."""


def matter_of(keys: Sequence[str]) -> frozenset[str]:
    """Keys that name what is done and to what: no words of pledging or of time."""
    speech = tables()["speech"]
    return frozenset(k for k in keys if k not in TIMES and k not in speech)


def pledge_of(
    line: Line,
    statement: Statement | None,
    act: str,
    what: Citation,
    who: ClaimHolder | None,
    condition: Citation | None,
    hinge: frozenset[str],
    clause: Clause | None,
    known: Known,
    *,
    never: bool,
) -> Pledge | None:
    """A pledge with its parts read off the line; None if nothing is left that it is about."""
    matter = matter_of([k for k, _ in line.keys if k not in hinge or statement is not None])
    if not matter:
        return None
    deadline, apart = (
        (Bounds(), False) if never else _deadline(line, statement, condition, clause, known)
    )
    named = frozenset(k for k, _ in name_keys(who.name, "group")) if who else frozenset()
    if statement is not None and act not in ("demand", "deadline"):
        named |= _beside_name(statement, known.versions[line.version_id].text)
    ids = {who.actor_id} if who and who.actor_id else set()
    binds_other = act in ("demand", "deadline")
    gives = GIVES.search(line.text)
    if gives is not None:
        given = set(words(gives.group(1)))
        doers = {k for k, w in line.keys if fold_loose(w) in given} - TIMES
    else:
        doers = set(clause.doers) - TIMES if clause and not _GIVEN.search(line.text) else set()
    return Pledge(
        line=line,
        statement=statement,
        act=act,
        what=what,
        who=who,
        condition=condition,
        hinge=frozenset(k for k in hinge if k not in TIMES),
        deadline=deadline,
        apart=apart,
        clause=clause,
        matter=matter,
        own=frozenset(doers if binds_other else doers | named),
        own_ids=frozenset(
            (set(clause.doer_ids) if clause and gives is None else set())
            | (set() if binds_other else ids)
        ),
        never=never,
        hinge_due=_hinge_due(line, condition, known),
        families=families_in(line, statement, condition, clause, known),
    )


def _hinge_due(line: Line, condition: Citation | None, known: Known) -> str | None:
    """The day by which a condition is to come about; None if it names none or several."""
    if condition is None or condition.start is None or condition.end is None:
        return None
    text = known.versions[line.version_id].text
    published = known.articles[line.article_id].published.earliest
    found = {
        bounds.latest
        for d in known.dates.get(line.version_id, ())
        if d.citation.start is not None
        and condition.start <= d.citation.start < condition.end
        and BY.search(text[max(0, d.citation.start - 40) : d.citation.start])
        and (bounds := ahead_of(d, published)) is not None
    }
    return found.pop() if len(found) == 1 else None


_BESIDE_AFTER = re.compile(
    r"\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?)|,\s+(?:the\s+|a\s+)?([^,.;:!?\n]{3,50}),"
)
_BESIDE_BEFORE = re.compile(
    r"(?:^|[.,;:!?“”\"\n]\s*|\bthe\s+|\ba\s+)((?:[\w’'-]+\s+){1,4})$", re.IGNORECASE
)


def titles(statement: Statement, text: str) -> list[str]:
    """The words right before and right behind a speaker's name that say who that is."""
    cited = statement.speaker.citation if statement.speaker is not None else None
    if cited is None or cited.start is None or cited.end is None:
        return []
    found = []
    before = _BESIDE_BEFORE.search(text[max(0, cited.start - 60) : cited.start])
    if before is not None:
        found.append(before.group(1))
    after = _BESIDE_AFTER.match(text, cited.end)
    if after is not None:
        found.append(after.group(1) or after.group(2))
    found.append(text[cited.start : cited.end])
    return found


def _beside_name(statement: Statement, text: str) -> frozenset[str]:
    """Keys of the words that say who the speaker is: "council leader" before the name, "Nordvinge" behind
    "the airline", ", who leads the union," behind a name."""
    said = [w for title in titles(statement, text) for w in words(title)]
    found = (key_of(w.removesuffix("'s").removesuffix("’s")) for w in said)
    common = stop_words() | TIMES
    return frozenset(k for k in found if k and k not in common and k not in tables()["speech"])


def families_in(
    line: Line,
    statement: Statement | None,
    condition: Citation | None,
    clause: Clause | None,
    known: Known,
) -> frozenset[str]:
    """The families of the deed, by the words of what is pledged without those of its condition."""
    text = known.versions[line.version_id].text
    low, high = (condition.start or 0, condition.end or 0) if condition is not None else (0, 0)
    for start, end in spans_of(statement, line):
        said = text[start:end]
        if start <= low < end:
            said = said[: low - start] + " " * (min(high, end) - low) + said[high - start :]
        if found := families_of(said, start, clause):
            return found
    return frozenset()


# --------------------------------------------------------------------------- on which condition

_IF = re.compile(
    r"\b(?:[Ii]f|[Uu]nless|[Pp]rovided(?:\s+that)?|[Aa]s\s+long\s+as|[Ii]n\s+case|[Oo]n\s+condition\s+that|Should)\b[^,;.:!?”\"]*"
)


def condition_of(line: Line, known: Known) -> Citation | None:
    """The words of a condition in what an outlet tells."""
    version = known.versions[line.version_id]
    low, high = line.citation.start or 0, line.citation.end or 0
    if not any(c.told == "if" for c in line.clauses):
        return None
    found = _IF.search(version.text, low, high)
    if found is None:
        return None
    return cite(version, found.start(), found.start() + len(found.group(0).rstrip()))


def hinge_of(line: Line) -> frozenset[str]:
    """Keys of the clauses of a line that are conditions."""
    return frozenset(
        k for c in line.clauses if c.told == "if" for k in (c.predicate, *c.doers, *c.others)
    )


# --------------------------------------------------------------------------- by when


def dates_in(line: Line, known: Known) -> list[DateExpression]:
    low, high = line.citation.start or 0, line.citation.end or 0
    return [
        d
        for d in known.dates.get(line.version_id, ())
        if d.citation.start is not None and low <= d.citation.start < high
    ]


def before_date(date: DateExpression, line: Line) -> str:
    """The words of a line that stand before a date in it."""
    offset = (date.citation.start or 0) - (line.citation.start or 0)
    return line.citation.quote[max(0, offset - 40) : max(0, offset)]


GIVES = re.compile(
    r"\b(?:gave|gives|give)\s+((?:[\w'’-]+\s+){1,6}?)(?:(?:until|till)\b|(?:\w+\s+)?(?:hours?|days?|weeks?|months?)\s+to\b)",
    re.IGNORECASE,
)
"""Who gives another a term to do something in demands it; the words between are those who are to do it."""
HAS_TIME = re.compile(
    r"\b(?:has|have)\s+(?:only\s+|just\s+)?(?:[\w-]+\s+){1,2}?(?:hours?|days?|weeks?|months?)\s+to\b",
    re.IGNORECASE,
)
"""Somebody has so long to do something."""
GIVES_TIME = re.compile(
    r"\b(?:gave|gives|give|given)\s+(?:[\w'’-]+\s+){1,5}$|\b(?:has|have)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)

BY = re.compile(
    r"\b(?:by|before|until|till|within|from|beginning(?:\s+on)?|starting(?:\s+on)?|"
    r"no\s+later\s+than|not\s+later\s+than)\s+(?:the\s+)?(?:(?:the\s+)?end\s+of\s+(?:the\s+)?)?(?:\w+\s+on\s+)?$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?][”\"]?\s|\n")


def spans_of(statement: Statement | None, line: Line) -> list[tuple[int, int]]:
    cited = statement.content if statement is not None else (line.citation,)
    return [(c.start, c.end) for c in cited if c.start is not None and c.end is not None]


def _deadline(
    line: Line,
    statement: Statement | None,
    condition: Citation | None,
    clause: Clause | None,
    known: Known,
) -> tuple[Bounds, bool]:
    """The day named in what is pledged, or behind it after "by" in the same sentence; else the day in
    its condition after "by" (and True). Unknown if there is none or several."""
    text = known.versions[line.version_id].text
    spans = spans_of(statement, line)
    if not spans:
        return Bounds(), False
    last = spans[-1][1]
    stop = _STOP.search(text, last)
    behind = (last, min(last + 60, stop.start() if stop else len(text)))
    hinge = (condition.start or 0, condition.end or 0) if condition is not None else (0, 0)
    inside: list[DateExpression] = []
    last_days: list[DateExpression] = []
    hung: list[DateExpression] = []
    for date in known.dates.get(line.version_id, ()):
        at = date.citation.start
        if at is None:
            continue
        by = bool(BY.search(text[max(0, at - 40) : at]))
        before = text[max(0, at - 60) : at]
        if date.type in ("DURATION", "SET") and not (
            _WITHIN.search(before)
            or (
                GIVES_TIME.search(before)
                and (GIVES.search(line.text) or HAS_TIME.search(line.text))
            )
        ):
            continue
        if hinge[0] <= at < hinge[1]:
            hung += [date] if by else []
        elif (
            any(low <= at < high for low, high in spans)
            or (behind[0] <= at < behind[1] and by and not _ANOTHER.search(text, behind[0], at))
        ) and not _BINDS_BEFORE.search(text[max(0, at - 40) : at]):
            if not by and _YEAR.fullmatch(text[at : date.citation.end].strip()):
                continue  # "the 2036 election" names no day of the deed
            low, high = sorted((at, clause.start if clause is not None else at))
            if not by and _STOP.search(text, low, high):
                continue  # of another sentence
            inside.append(date)
            last_days += [date] if by else []
    said = statement.said.latest if statement is not None else None
    said = said or known.articles[line.article_id].published.earliest
    for dates, apart in ((last_days, False), (inside, False), (hung, True)):
        later = [found for d in dates if (found := ahead_of(d, said)) is not None]
        if len({(d.earliest, d.latest) for d in later}) == 1:
            return later[0], apart
    term = _NAMED_TERM.search(text, spans[0][0], behind[1])
    if term is not None and not hinge[0] <= term.start() < hinge[1]:
        named = term.group(1)
        return Bounds(text=named, basis=f"no day could be read from ‘{named}’"), False
    return Bounds(), False


_ANOTHER = re.compile(
    r"\b(?:if|unless|but|adding|while|after|before|because|nothing)\b", re.IGNORECASE
)
"""Words between a pledge and a day by which the day is of something else."""
_NAMED_TERM = re.compile(r"\b(?:by|before|until)\s+((?:Easter|Christmas|Ramadan|Passover|Pentecost|"
                         r"spring|summer|autumn|winter|harvest)(?:\s+\d{4})?)\b")  # fmt: skip
"""Terms that have no day on every calendar: named in words, so that a later line can name them."""
_BINDS_BEFORE = re.compile(
    r"\b(?:promised|pledged|vowed|demanded|threatened|said|offered|agreed|announced|warned|ordered|told)\s+"
    r"(?:late\s+|early\s+)?on\s+$",
    re.IGNORECASE,
)
"""A day right behind the act is the day of binding: "promised on Monday to pay"."""

_WITHIN = re.compile(
    r"\b(?:within|in\s+less\s+than|no\s+later\s+than)\s+(?:the\s+next\s+)?$", re.IGNORECASE
)
_LENGTH = re.compile(r"P(T?)(\d{1,3})([DWMH])")
_WEEKDAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


_MONTHS = re.compile(r"\b(?:jan|febr)uary\b|\bmarch\b|\bapril\b|\bmay\b|\bjune\b|\bjuly\b|\baugust\b|"
                     r"\b(?:septem|octo|novem|decem)ber\b", re.IGNORECASE)  # fmt: skip
_WEEKDAY = re.compile(r"(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
THIS_OR_NEXT = "the report is of such a weekday: that day or the next"
"""Basis of a deadline that may be the day of the report or a week later."""
_SOME_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_YEAR = re.compile(r"\d{4}")


def _year_on(day: str) -> str:
    """The same day of the next year; of a leap day the last of February."""
    year, rest = int(day[:4]) + 1, day[4:10]
    return f"{year}-02-28" if rest == "-02-29" else f"{year}{rest}"


def ahead_of(date: DateExpression, said: str | None) -> Bounds | None:
    """The bounds of a deadline; None if it lies before the day of the saying.

    "Within ten days" is counted from that day. A weekday after "by" that the tense of its clause put
    in the past ("unless it was mended by Tuesday") is the next one.
    """
    text, earliest, latest, basis = date.citation.quote, date.earliest, date.latest, date.basis
    if date.type in ("DURATION", "SET"):
        length = _LENGTH.fullmatch(date.value or "")
        if length is None or said is None:
            return None
        hours, count, unit = length.group(1), int(length.group(2)), length.group(3)
        if bool(hours) != (unit == "H"):
            return None
        days = -(-count // 24) if hours else count * {"D": 1, "W": 7, "M": 30}[unit]
        end = shift_days(said, days)
        return Bounds(earliest=said[:10], latest=end, text=text, basis=f"counted from {said[:10]}")
    if (
        earliest is None
        and said is not None
        and (week := _SOME_WEEKDAY.fullmatch(date.value or ""))
    ):
        on = shift_days(said, (int(week.group(1)) - 1 - day_of(said).weekday()) % 7)
        return Bounds(
            earliest=on, latest=on, text=text, basis="the next such weekday: a deadline lies ahead"
        )
    if date.type not in ("DATE", "TIME") or earliest is None or latest is None:
        return None
    if said is not None and day_of(latest) == day_of(said) and _WEEKDAY.fullmatch(text.strip()):
        latest, basis = shift_days(latest, 7), THIS_OR_NEXT
    if said is not None and day_of(latest) < day_of(said):
        if _WEEKDAYS.search(text):
            moved = shift_days(latest, 7)
            why = "the next such weekday: a deadline lies ahead"
            earliest = moved
        elif _MONTHS.search(text) and not _YEAR.search(text):
            # The tense of its clause put "by the end of June" a year back.
            moved, earliest = _year_on(latest), _year_on(earliest)
            why = "the next one: a deadline lies ahead"
        else:
            return None
        if day_of(moved) < day_of(said):
            return None
        latest, basis = moved, why
    return Bounds(earliest=earliest, latest=latest, text=text, basis=basis)

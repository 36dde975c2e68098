"""Whether a later line tells the deed of a pledge, or of its condition: the same kind of deed, by nobody
else, of the same things.

The kind is a family of commitments.toml; people and things are compared by their keys and actors. A noun of
doing with nothing beside it ("the strike") is the pledged deed only where the story pledges no other of
its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Clause, Line
from onrecord.relate.commitments_deeds import (
    Mention,
    begins,
    happens_once,
    mentions,
    stands_alone,
    told_as,
)
from onrecord.relate.keys import key_of
from onrecord.text.folding import fold_loose


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed to look for: its families, who is to do it, what it is done to."""

    who: str
    families: frozenset[str]
    own: frozenset[str]
    """Keys of who is to do it; empty where that is not known."""
    own_ids: frozenset[str]
    objects: frozenset[str]
    """Keys of what it is done to, without the deed's own words, people, times and numbers."""
    wide: frozenset[str]
    """Keys of all else that the pledge speaks of."""
    figures: frozenset[str]
    """Its numbers, as keys."""
    names: frozenset[str]
    """Keys of all names that the pledging report uses: another name is of something else."""
    known: Callable[[], frozenset[str]]
    """Keys of all words of the pledging report; few lines ask for them."""
    opposites: frozenset[str]
    """Families whose deeds are its opposite: of "lose" those of winning."""
    only: bool
    """Whether the story pledges no other deed of these families."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a line shows of a deed."""

    done: bool
    clause: Clause
    shared: frozenset[str]
    lasting: bool
    """Whether it tells a state ("is still shut"), which shows nothing before the time is up."""
    dated: bool
    """Whether the days of the clause are those of the deed: "went back on Friday after a strike" says of no
    strike that it was on Friday."""


_LIGHT = frozenset(
    "impose introduce hold make give launch stage call go take bring start begin find offer issue file lodge put "
    "send get have announce promise order present sign reach face let do see".split()
)
"""Verbs that leave to their object what is done: "hold a referendum", "make a payment"."""


def families_of(text: str, base: int, clause: Clause | None) -> frozenset[str]:
    """The families of what is pledged in a text; `base` is the text's offset in its version."""
    found = [m for m in mentions(text) if m.does]
    if clause is None:
        nouns = [m for m in found if m.noun]
        return next((m.does for m in (*nouns, *found)), frozenset())
    inside = [m for m in found if clause.start <= base + m.start < clause.end]
    word = fold_loose(clause.word)
    verbs = [m for m in inside if not m.noun]
    head = next(
        (m for m in verbs if m.first == word or word in text[m.start : m.end].lower().split()),
        None,
    )
    if head is None:
        head = next((m for m in inside if m.first == word), None)
    if head is None:
        head = next((m for m in verbs if _AHEAD.search(text[: m.start])), None)
    if head is None:
        return frozenset()
    nouns = [m for m in inside if m.noun and m.start > head.start]
    if _is_light(head.first) and nouns:
        return head.does | nouns[0].does
    return head.does


_AHEAD = re.compile(
    r"(?:\b(?:will|would|shall|must|to)|['’]ll)\s+(?:not\s+|also\s+|never\s+)?$", re.IGNORECASE
)


def _is_light(word: str) -> bool:
    return word in _LIGHT or key_of(word) == "" or word.removesuffix("s") in _LIGHT


def alike(a: frozenset[str] | set[str], b: frozenset[str] | set[str]) -> frozenset[str]:
    """The keys of `a` that are in `b`, or begin alike: "velmora" and "velmoran", "hotel" and "hotelier"."""
    return frozenset(
        x
        for x in a
        if x in b or (len(x) > 4 and any(_stem(x, y) for y in b if len(y) > 4 and y[:4] == x[:4]))
    )


def _stem(x: str, y: str) -> bool:
    short, long = sorted((x, y), key=len)
    return long.startswith(short) and len(long) - len(short) <= 3


Speaks = Callable[[str, Sequence[str]], bool]
"""(name, keys of others) -> whether a report gives that person an office of theirs."""


def nobody_speaks(name: str, others: Sequence[str]) -> bool:
    """Where it is not known who speaks for whom."""
    return False


_EARLIER = re.compile(
    r"\b(?:years?|months?|decades?)\s+(?:ago|before|earlier)\b|\b(?:previous|earlier|past|former|similar)\s+\w+"
    r"|\bthe\s+last\s+(?:time|such|strike|walkout|ban|vote|election|truce|ceasefire)\b|\blast\s+(?:year|autumn|summer|spring|winter)\b",
    re.IGNORECASE,
)
"""Words by which a sentence speaks of another time."""


def shown(
    deed: Deed,
    line: Line,
    text: str,
    clauses: Sequence[Clause],
    *,
    due: bool,
    speaks: Speaks = nobody_speaks,
) -> Iterator[Shown]:
    """What a line shows of a deed, by each of its words that names one of the deed's families.

    `text` is the line's cited passage; `due` says whether the line names the day of the deadline, `speaks` whether somebody
    of that name speaks for others.
    """
    base = line.citation.start or 0
    headline = line.part == "headline"
    for mention in mentions(text):
        same = mention.does & deed.families | mention.undoes & deed.opposites
        opposite = mention.undoes & deed.families | mention.does & deed.opposites
        if not same and not opposite:
            continue
        if _EARLIER.search(text):
            return
        so, clause = told_as(mention, text, base, clauses, headline=headline)
        if so is None or clause is None or (opposite and not same and not so):
            continue
        if mention.first in _BRINGS_IN and not any(
            m.noun and (m.does | m.undoes) & (same | opposite) and abs(m.start - mention.end) < 90
            for m in mentions(text)
        ):
            continue  # "introduced legislation" is no ban
        shared = _same(deed, mention, clause, line, text, base, due=due, speaks=speaks)
        if shared is None:
            continue
        done = so if same else False
        dated = not mention.noun or begins(mention, text)
        if done and not shared and mention.noun and not dated:
            # "The strike cost millions" may speak of another; "the strike began" does not.
            continue
        lasting = clause.told == "present" or (bool(opposite) and mention.first in _LASTS)
        yield Shown(done, clause, shared, lasting, dated)


_BRINGS_IN = frozenset(
    "introduce introduces introduced introducing impose imposes imposed imposing bring brings brought bringing".split()
)
"""Verbs that say nothing of the kind of deed without its noun."""
_LASTS = frozenset("is are was were be been stay stayed stays remain remained remains stand stands stood keep kept hold "
                   "holds held keeps hang hangs".split())  # fmt: skip


def keys_in(clause: Clause) -> set[str]:
    """The keys of everything in a clause but its figures."""
    return {k for k in (*clause.doers, *clause.others) if not k.startswith("#")}


def _names(line: Line) -> frozenset[str]:
    """Keys of the words of a line that are written as names, its first word left out."""
    first = re.match(r"[\W_]*(\w+)", line.text)
    opening = first.group(1) if first else ""
    return frozenset(
        k for k, w in line.keys if w[:1].isupper() and w != opening and not k.startswith("#")
    )


_DEFINITE = re.compile(r"(?:\b(?:the|their|its|his|her|this|that)|['’]s|s['’])\s+(?:[\w'’-]+\s+){0,2}$",
                       re.IGNORECASE)  # fmt: skip


def _same(
    deed: Deed,
    mention: Mention,
    clause: Clause,
    line: Line,
    text: str,
    base: int,
    *,
    due: bool,
    speaks: Speaks,
) -> frozenset[str] | None:
    """The keys by which a mention is the deed itself; None if it is another or may be one."""
    words = {key_of(w) or w for w in fold_loose(text[mention.start : mention.end]).split()}
    given = keys_in(clause) - words
    families = (mention.does | mention.undoes) & deed.families
    if mention.noun:
        near = text[max(0, mention.start - 60) : mention.end + 80].lower()
        given |= {k for k, w in line.keys if w.lower() in near and not k.startswith("#")} - words
    elif clause.start > (line.citation.start or 0):
        # "the mediator he sent": what is done stands before its clause.
        before = text[max(0, mention.start - 30) : mention.start].lower()
        given |= {k for k, w in line.keys if w.lower() in before.split()} - words
    own = alike(deed.own, given)
    met = bool(own) or bool(deed.own_ids & {*clause.doer_ids, *clause.other_ids})
    shared = alike(deed.objects, given)
    counted = bool(deed.figures & {k for k, _ in line.keys})
    other = _strange(deed, line, given)
    strange = bool(other)
    points = len(shared) + counted + due
    if mention.noun:
        if shared or met:
            enough = points + met >= 2 or (len(deed.objects) <= 1 and bool(shared) and not deed.own)
            enough = enough or (met and stands_alone(families))
            enough = enough or (bool(shared & deed.names) and happens_once(families))
            if met and stands_alone(families):
                # Whom else it names is no matter, unless it is somebody with a name.
                strange = any(k in other and w in text for k, w in line.keys)
            return (shared | own) if enough and (not strange or len(shared) > 1) else None
        definite = bool(_DEFINITE.search(text[: mention.start])) or line.part == "headline"
        known = definite and happens_once(families) and deed.only and not strange
        return frozenset() if known else None
    # "By Friday" is parsed as who did it.
    doing = frozenset(clause.doers) - _CALENDAR
    doers = bool(doing or clause.doer_ids) and not alike(doing, deed.objects)
    did = bool(alike(deed.own, doing) or deed.own_ids & set(clause.doer_ids))
    if doers and did and not shared and deed.objects:
        # To meet their leader is to meet the drivers.
        leads = (w for k, w in line.keys if k in given and w[:1].isupper() and k not in doing)
        shared = deed.objects if any(speaks(w, sorted(deed.objects)) for w in leads) else shared
    if did and stands_alone(families):
        strange = any(k in other and w in text for k, w in line.keys)
    if doers and (did or (bool(shared) and speaks(deed.who, sorted(doing)))):
        rest = given - doing - deed.own - _CALENDAR
        named = alike(deed.wide & deed.names, given) - deed.own
        if shared or named or not deed.objects or stands_alone(families):
            alone = strange and rest and len(shared | named) < 2
            return None if alone else shared | own | named
        return None
    half = bool(shared) and 2 * len(shared) >= len(deed.objects)
    whole = bool(shared) and shared == deed.objects
    if not doers or not (deed.own or deed.own_ids):
        enough = (
            (half and points + met >= 2) or (whole and not strange) or (bool(shared) and counted)
        )
        return (shared | own) if enough and (not strange or len(shared) > 1) else None
    others = bool(clause.doer_ids) or bool(alike(doing, _names(line)))
    if half and points >= 2 and not others and (whole or points > 2 or counted):
        return shared
    return shared if whole and points >= 2 and not strange else None


def _strange(deed: Deed, line: Line, given: set[str]) -> frozenset[str]:
    """Names around a mention that the pledging report does not know. "The sailors" are an actor like a name: another
    one only if the pledging report has no such word."""
    here = _names(line) & given
    if not here:
        return frozenset()
    return frozenset(here - alike(here, deed.names | deed.known()) - _CALENDAR)


_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday januari februari march april may june juli august "
    "septemb octob novemb decemb easter christma ramadan mr mrs ms".split()
)

"""What numbers count: what became of the people, what is a part of what, what is a rate; read off the text.

The stage `lines` puts this into every Figure, so that comparing lines and setting series of numbers side
by side rest on one reading.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from onrecord.records import Clause, Figure
from onrecord.relate.figures_bounds import NUMBER, bound_before, is_of_a_range
from onrecord.relate.quantities import unit_of
from onrecord.text.folding import fold_loose

PEOPLE = frozenset("person people casualty victim body soul townspeople".split())
"""Nouns that count people and say nothing more of them."""

_STATES = {
    "kill": "killed", "injure": "injured", "miss": "missing", "missing": "missing",
    "arrest": "arrested", "detain": "detained", "displace": "displaced", "evacuate": "evacuated",
    "hospitalise": "in hospital", "hospitalize": "in hospital",
}  # fmt: skip
"""Predicates (keys) that say what became of the people they count."""
_WRITTEN = {
    "dead": "killed", "died": "killed", "killed": "killed", "killing": "killed", "wounded": "injured",
    "wounding": "injured", "injured": "injured", "injuring": "injured", "hurt": "injured",
    "missing": "missing", "arrested": "arrested", "detained": "detained",
    "displaced": "displaced", "evacuated": "evacuated",
}  # fmt: skip

_STATE = "|".join(_WRITTEN)
_BEFORE = r"(?:(?:at|more|less|fewer|up|as|nearly|almost|about|around|some|over|than|least|to|many)\s+){0,3}"
_IS = r"(?:(?:were|was|are|is|have|has|had|been|being|remain|remained|still|reported|left|feared)\s+)*"
_PERSONS = r"(?:(?:people|persons|others)\s+)?"
_BARE = (
    re.compile(
        rf"(?<![\w.,$€£-])(?P<n>{NUMBER})\s+{_PERSONS}{_IS}(?P<state>{_STATE})\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?P<state>killed|killing|kills|injured|injuring|injures|wounded|wounding|wounds|lives of)\s+"
        rf"{_BEFORE}(?P<n>{NUMBER})"
        r"(?=\s+(?:people|others)\b|\s+(?:and|in|at|on|near|when|after|as)\b|[,.;)]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<state>death toll|number of (?:the )?(?:people |persons )?(?:dead|killed|injured|wounded|missing))"
        rf"\b[^.;]{{0,90}}?\b(?:to|at|of|is|was|reached|now|be)\s+{_BEFORE}(?P<n>{NUMBER})\b"
        r"(?!\s*(?:per|%|days?|hours?|weeks?|a\.m|p\.m)\b)(?!\s+to\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,$€£-])(?P<n>{NUMBER})\s+(?P<state>lives|deaths|fatalities)\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<state>death toll)\s+of\s+{_BEFORE}(?P<n>{NUMBER})\b", re.IGNORECASE),
)  # fmt: skip
"""The dead and the wounded without a noun that counts them: "left 45 dead", "injured 30", "toll"."""
_BARE_STATES = {
    **_WRITTEN, "toll": "killed", "kills": "killed", "injures": "injured", "wounds": "injured",
    "of": "killed", "lives": "killed", "deaths": "killed", "fatalities": "killed",
}  # fmt: skip

_PART = re.compile(
    r"\b(?:including|none of(?: the)?|among (?:them|whom)|of (?:them|whom|these|those)|other|others|another|further|additional|more)\s+"
    r"(?:at least\s+|about\s+)?[$€£]?$",
    re.IGNORECASE,
)
"""Words before a number that counts some of what was counted already."""
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these|those|us)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\s+(?:others?|more|further|additional|fewer|less)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:all|everybody|everyone|nobody|none) (?:but|except)\s+$", re.IGNORECASE)
_OF_THE = re.compile(
    r"(?:\s+[\w’'-]+)?\s+of\s+(?:the|its|his|her|their|our|[\w’'.-]+['’]s?)(?:\s+[\w’'-]+){0,2}\s+",
    re.IGNORECASE,
)
"""What stands between a part and its whole: "six of the eleven dead", "two of the dam's four sluices"."""
_WHOLE = re.compile(rf"{NUMBER}{_OF_THE.pattern}$", re.IGNORECASE)
_WHERE = re.compile(
    r"\s+[\w’'-]+\s+(?:(?:north|south|east|west)\w*|inside|outside|from|off|away|into|below|above|deep|inland)\b",
    re.IGNORECASE,
)
_IN_TEN = re.compile(r"\s+(?:in|out of)\s+", re.IGNORECASE)
_RATE = re.compile(
    r"\s+[\w’'-]+\s+(?:(?:a|an|per|each|every)\s+)(?:second|minute|hour|day|night|week|month|year|head|person)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+[$€£]?$", re.IGNORECASE)
_THEN_TO = re.compile(
    rf"\s+(?:[\w%-]+\s+){{0,2}}to\s+(?:[\w%-]+\s+){{0,2}}[$€£]?{NUMBER}", re.IGNORECASE
)
_RISEN = re.compile(rf"\bto\s+[$€£]?{NUMBER}\s*[\w%]*\s+from\s+[$€£]?\Z", re.IGNORECASE)
_CUT = re.compile(r"\d\s?[.,:]\s?[$€£]?$")
_GOES_ON = re.compile(r"\s?[.,:]\s?\d")
"""What makes a number a piece of a longer one that the text sets with spaces: "2 ,129", "10 : 57"."""
_AFTER = re.compile(
    r"\b(?:after|within|past|last|first|next|every)\s+(?:(?:more|less|than|about|nearly|almost|some|just)\s+)*$",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"(?:\s?%|\s*per\s+cent\b|\s*percent\b)", re.IGNORECASE)


def read(
    text: str, low: int, high: int, clauses: Sequence[Clause], apart: Sequence[Figure]
) -> tuple[tuple[Clause, ...], tuple[Figure, ...]]:
    """The clauses of one passage with their figures read in full, and the figures of the passage that
    stand in no clause ("Six dead in blast"), of which `apart` are known. `low` and `high` bound the passage in
    the text."""
    bare = dict(_bare(text, low, high))
    owner: dict[int, int] = {}
    for start in bare:
        holding = [n for n, c in enumerate(clauses) if c.start <= start < c.end]
        named = [n for n in holding if any(f.start == start for f in clauses[n].figures)]
        if chosen := named or holding:
            owner[start] = min(chosen, key=lambda n: (clauses[n].end - clauses[n].start, n))
    found = []
    for n, clause in enumerate(clauses):
        if not bare and not clause.figures:
            found.append(clause)
            continue
        figures = {f.start: f for f in clause.figures}
        for start, figure in bare.items():
            if start in figures:
                figures[start] = structs.replace(
                    figures[start], state=figure.state, unit="people", noun=figure.noun
                )
            elif owner.get(start) == n:
                figures[start] = figure
        ordered = [figures[start] for start in sorted(figures)]
        stated = [_in_state(f, clause) for f in ordered]
        found.append(structs.replace(clause, figures=_in_full(text, low, stated)))
    rest = {f.start: f for f in apart} | {s: f for s, f in bare.items() if s not in owner}
    loose = [rest[start] for start in sorted(rest) if start not in owner]
    return tuple(found), _in_full(text, low, loose)


_TOLL = (
    *("dead", "die", "kill", "wound", "injur", "hurt", "miss", "arrest", "detain"),
    *("displace", "evacuate", "lives", "death", "fatalit"),
)
"""Without one of these letters none of the patterns above is found: most passages. One pattern of
them all took five times as long."""


def _bare(text: str, low: int, high: int) -> Iterator[tuple[int, Figure]]:
    passage = text[low:high].casefold()
    if not any(letters in passage for letters in _TOLL):
        return
    seen: set[int] = set()
    for pattern in _BARE:
        for match in pattern.finditer(text, low, high):
            start, end = match.span("n")
            if start not in seen:
                seen.add(start)
                yield start, Figure(
                    value=fold_loose(match["n"]), unit="people", noun="people", bound="",
                    state=_BARE_STATES[match["state"].split()[-1].lower()], role="", start=start, end=end,
                )  # fmt: skip


def _in_state(figure: Figure, clause: Clause) -> Figure:
    if figure.state or not is_people(figure):
        return figure
    return structs.replace(figure, state=_STATES.get(clause.predicate, ""))


def is_people(figure: Figure) -> bool:
    """Whether a figure counts people, and says nothing more of them."""
    return fold_loose(figure.noun) in PEOPLE or figure.unit in ("person", "people")


def _in_full(text: str, low: int, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Figures in order with what bounds them and what they are to one another."""
    wholes: set[int] = set()
    parts: set[int] = set()
    for x, y in itertools.pairwise(figures):
        between = text[x.end : y.start]
        if _OF_THE.fullmatch(between):
            # Of the dead the whole is what counts; of other things what is told of the part.
            (parts if y.state else wholes).add(x.start if y.state else y.start)
        elif _IN_TEN.fullmatch(between):
            parts |= {x.start, y.start}
    return tuple(
        structs.replace(
            f,
            unit="percent" if _PER_CENT.match(text, f.end) else f.unit,
            bound=bound_before(text, f.start, low),
            role="part"
            if f.start in parts
            else "whole"
            if f.start in wholes
            else _role(text, low, f, figures),
        )
        for f in figures
    )


def _role(text: str, low: int, figure: Figure, figures: Sequence[Figure]) -> str:
    before = text[max(low, figure.start - 40) : figure.start]
    if _CUT.search(before) or _GOES_ON.match(text, figure.end):
        return "part"
    if _PART.search(before) or _BUT.search(before) or _OF_THEM.match(text, figure.end):
        return "part"
    if _OTHERS.match(text, figure.end):
        # "Killed six and injured 30 others": the others are no dead.
        first = all(f.start >= figure.start for f in figures if f.state == figure.state)
        return "" if figure.state == "injured" and first else "part"
    if _FROM.search(before) and (_THEN_TO.match(text, figure.end) or _RISEN.search(before)):
        return "before"
    if is_of_a_range(text, figure, low):
        return "range"
    if _WHOLE.search(before) and not figure.state:
        return "whole"
    if unit_of(figure) in ("time", "months") and _AFTER.search(before):
        return "after"
    if unit_of(figure) == "length" and _WHERE.match(text, figure.end):
        return "where"
    return "rate" if _RATE.match(text, figure.end) else ""

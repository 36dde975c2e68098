"""What kind of word an edit touches: a number, a date, a name, or only words; and which numbers are the
same, written otherwise."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files

QUOTE_MARKS = frozenset("“”\"„«»‘’'‚‹›")


@dataclass(frozen=True)
class Words:
    """The word lists of changes.toml."""

    numbers: frozenset[str]
    vague: frozenset[str]
    measures: frozenset[str]
    calendar: frozenset[str]
    short_calendar: frozenset[str]
    days: frozenset[str]
    relative: frozenset[str]
    periods: frozenset[str]
    seasons: frozenset[str]
    negations: frozenset[str]
    conditions: frozenset[str]
    hedges: frozenset[str]
    bounds: frozenset[str]
    titles: frozenset[str]
    function: frozenset[str]
    correction: re.Pattern[str]
    correction_heading: re.Pattern[str]
    removal: re.Pattern[str]
    template: re.Pattern[str]
    link_lists: re.Pattern[str]
    headline_labels: re.Pattern[str]

    @functools.cached_property
    def listed(self) -> frozenset[str]:
        """All words that may make an edit one of a number or a date."""
        return frozenset().union(
            self.numbers,
            self.measures,
            self.calendar,
            self.short_calendar,
            self.days,
            self.relative,
            self.periods,
            self.seasons,
            self.titles,
        )

    @functools.cached_property
    def traits(self) -> dict[str, tuple[str, str]]:
        """Per word that makes a trait of a change, the trait and what it counts as: one negation is as
        good as another."""
        return (
            {word: ("hedge", word) for word in self.hedges}
            | {word: ("condition", word) for word in self.conditions}
            | dict.fromkeys(self.negations, ("negation", "not"))
        )


LISTS = (
    "numbers vague measures calendar short_calendar days relative periods seasons negations conditions hedges bounds titles "
    "function"
).split()


@functools.cache
def load_words() -> Words:
    """The bundled word lists."""
    table = tomllib.loads(files("onrecord.relate").joinpath("changes.toml").read_text("utf-8"))

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in table[name]), re.IGNORECASE)

    return Words(
        **{name: frozenset(table[name].split()) for name in LISTS},
        correction=any_of("correction"),
        removal=any_of("removal"),
        template=any_of("template"),
        correction_heading=re.compile(table["correction_heading"], re.IGNORECASE),
        link_lists=re.compile(table["link_lists"], re.IGNORECASE),
        headline_labels=re.compile(
            rf"\s*{table['headline_labels']}\s*[:|–—•·-]\s+(?=\S)", re.IGNORECASE
        ),
    )


_QUOTED = re.compile('[“"„«][^”"“»]*[”"“»]')


_STEMS = (
    "correct", "corrig", "clarif", "amend", "errat", "retract", "refile", "recast", "note", "record", "version", "edition",
    "headline", "caption", "regret", "apolog", "sorry", "wrong", "mistak", "misst", "missp", "misid", "misat", "misq",
    "misrep", "error", "erron", "fixes", "revised", "updated to", "edited to", "changed to", "modified to", "originally",
    "initially", "earlier", "previously",
)  # fmt: skip
"""Of which one stands in whatever a pattern of corrections matches: a hundred times faster to look for."""


def correction_stems(text: str) -> tuple[str, ...]:
    """Which stems of words of corrections a text holds: where none, no sentence of it announces one."""
    low = text.lower()
    return tuple(stem for stem in _STEMS if stem in low)


def is_correction(text: str, stems: Sequence[str] = _STEMS) -> bool:
    """Whether a sentence announces a correction, a clarification or an editor's note. What somebody is
    quoted with announces none. `stems`: those of the whole text, where they are known."""
    low = text.lower()
    if not any(stem in low for stem in stems):
        return False
    pattern = load_words().correction
    return bool(pattern.search(text)) and bool(pattern.search(_QUOTED.sub("“”", text)))


def is_removal(text: str) -> bool:
    """Whether a sentence says that the report was taken down."""
    return bool(load_words().removal.search(text))


_NUMBER = re.compile(r"[^\w]*[A-Z]{0,3}[^\w]*\d")
YEAR_OR_CLOCK = re.compile(r"^(?:1[5-9]|20)\d\d$|\d[/:]\d")
_AMOUNT = re.compile(
    r"(?P<sign>[+\-−±]?)(?P<money>(?:[A-Z]{0,3}[$£€¥₹¢\u20a0-\u20cf])?)(?P<sign2>[+\-−]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)(?P<scale>k|m|mn|bn|b|tn|th|st|nd|rd)?(?P<share>%?)",
    re.IGNORECASE,
)
_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: 10 * number
    for number, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
_SCALES = {
    "hundred": 10**2,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
    "dozen": 12,
}


def is_number(unit: str) -> bool:
    """Whether a unit holds digits at its head: `-$4.7`, `US$5`, `12-year-old`, `½`."""
    return bool(_NUMBER.match(unit)) or unit[:1].isnumeric()


def amounts(words: list[str]) -> list[tuple[str, Fraction]] | None:
    """The numbers of a passage, each with its sign, currency mark and per cent sign, sorted; None where
    one cannot be read. "$4.7m" and "$4.7 million" give the same, as do 12 and twelve."""
    found: list[tuple[str, Fraction]] = []
    scaled = True
    for word in words:
        folded = word.lower().rstrip(".")
        match = _AMOUNT.fullmatch(word)
        if match:
            value = Fraction(match["digits"].replace(",", ""))
            scale = (match["scale"] or "").lower()
            mark = (match["sign"] + match["money"] + match["sign2"]).replace("−", "-")
            if scale in ("th", "st", "nd", "rd"):
                mark += "th"
            found.append((mark + match["share"], value * _SCALES.get(scale, 1)))
            scaled = bool(scale)
        elif all(part in _SMALL for part in folded.split("-")):
            found.append(("", Fraction(sum(_SMALL[part] for part in folded.split("-")))))
            scaled = False
        elif folded in _SCALES:
            if scaled or not found:
                found.append(("", Fraction(_SCALES[folded])))
            else:
                found[-1] = (found[-1][0], found[-1][1] * _SCALES[folded])
            scaled = False
        elif folded in ("percent", "cent") and found and not found[-1][0].endswith("%"):
            found[-1] = (found[-1][0] + "%", found[-1][1])
        elif any(c.isdigit() for c in word) or folded in load_words().numbers:
            return None
    return sorted(found)

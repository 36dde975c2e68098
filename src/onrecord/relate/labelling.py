"""Labels of a hunk: what kind of change it is, told by the words that differ. Labels, never verdicts."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from onrecord.records import Side, Version
from onrecord.relate.diff import Diff, Difference
from onrecord.relate.segments import units
from onrecord.text.folding import fold_cosmetic
from onrecord.text.quotes import quotations

LABELS = (
    "headline",
    "number",
    "name",
    "quote",
    "date",
    "correction",
    "addition",
    "deletion",
    "move",
    "wording",
    "cosmetic",
    "template",
    "revert",
    "removed",
)
"""Every label, in the order in which a change lists them."""

LONG_INSERTION = 6
"""Words put into or taken out of one sentence from which it is called an addition or a deletion."""

SHORT = 4
"""Words on both sides together up to which a name put in or taken out is a change of the name."""

_YEAR_OR_CLOCK = re.compile(r"^(?:1[5-9]|20)\d\d$|\d[/:]\d")


@dataclass(frozen=True)
class Words:
    """The word lists of changes.toml."""

    numbers: frozenset[str]
    vague: frozenset[str]
    dates: frozenset[str]
    function: frozenset[str]
    correction: tuple[re.Pattern[str], ...]
    removal: tuple[re.Pattern[str], ...]
    template: tuple[re.Pattern[str], ...]


@functools.cache
def load_words() -> Words:
    """The bundled word lists."""
    table = tomllib.loads(files("onrecord.relate").joinpath("changes.toml").read_text("utf-8"))

    def patterns(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p, re.IGNORECASE) for p in table[name])

    return Words(
        numbers=frozenset(table["numbers"].split()),
        vague=frozenset(table["vague"].split()),
        dates=frozenset(table["dates"].split()),
        function=frozenset(table["function"].split()),
        correction=patterns("correction"),
        removal=patterns("removal"),
        template=patterns("template"),
    )


def is_template(text: str) -> bool:
    """Whether a whole block reads like a page's furniture: a counter, an advertisement's mark."""
    return any(pattern.fullmatch(text.strip()) for pattern in load_words().template)


def is_correction(text: str) -> bool:
    """Whether a sentence announces a correction, a clarification or an editor's note."""
    return any(pattern.search(text) for pattern in load_words().correction)


def is_removal(text: str) -> bool:
    """Whether a sentence says that the report was taken down."""
    return any(pattern.search(text) for pattern in load_words().removal)


def in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels once each, in the order of LABELS."""
    there = set(labels)
    return tuple(label for label in LABELS if label in there)


class Labeller:
    """Labels the differences of one pair of versions."""

    def __init__(self, old: Version, new: Version, diff: Diff) -> None:
        self.old, self.new, self.diff = old, new, diff
        self._quoted = tuple(_quoted(version) for version in (old, new))
        self._names = _names(old) | _names(new)
        self._common = _lower_words(old) | _lower_words(new)

    def labels(self, difference: Difference) -> tuple[str, ...]:
        """The labels of one difference, in order; never empty."""
        old = self.old.text[difference.from_.start : difference.from_.end]
        new = self.new.text[difference.to.start : difference.to.end]
        kinds = self._kinds(difference)
        if self._is_template(difference, kinds):
            return ("template",)
        if old and new and difference.op == "replace" and fold_cosmetic(old) == fold_cosmetic(new):
            return ("cosmetic",)
        found = ["headline"] if "title" in kinds else []
        if difference.op == "move":
            return in_order([*found, "move"])
        if self._is_correction(difference):
            found.append("correction")
        if difference.whole:
            found.append("addition" if difference.op == "add" else "deletion")
            return in_order(found)
        if self._inside_quotation(difference):
            found.append("quote")
        if difference.op != "replace" and len(_words(old or new)) >= LONG_INSERTION:
            found.append("addition" if difference.op == "add" else "deletion")
            return in_order(found)
        found += self._by_words(difference, old, new, title="title" in kinds)
        return in_order(found)

    def _kinds(self, difference: Difference) -> set[str]:
        a, b = difference.a, difference.b
        return {s.kind for s in (*self.diff.a[a[0] : a[1]], *self.diff.b[b[0] : b[1]])}

    def _is_template(self, difference: Difference, kinds: set[str]) -> bool:
        blocks = [
            version.text[version.blocks[n].start : version.blocks[n].end]
            for version, side, (low, high) in (
                (self.old, self.diff.a, difference.a),
                (self.new, self.diff.b, difference.b),
            )
            for n in sorted({s.block for s in side[low:high]})
        ]
        if blocks and all(map(is_template, blocks)):
            return True
        if not kinds or not kinds <= {"byline", "dateline"}:
            return False
        return difference.whole or (len(blocks) == 2 and _frame(blocks[0]) == _frame(blocks[1]))

    def _is_correction(self, difference: Difference) -> bool:
        before = [s.text for s in self.diff.a[difference.a[0] : difference.a[1]]]
        after = [s.text for s in self.diff.b[difference.b[0] : difference.b[1]]]
        return any(map(is_correction, after)) and (
            difference.whole or not any(map(is_correction, before))
        )

    def _inside_quotation(self, difference: Difference) -> bool:
        """Whether words inside quotation marks differ: of a replacement, on both sides."""
        inside = [
            [
                t[max(low, side.start) : min(high, side.end)]
                for low, high in quoted
                if _touch(low, high, side)
            ]
            for t, side, quoted in (
                (self.old.text, difference.from_, self._quoted[0]),
                (self.new.text, difference.to, self._quoted[1]),
            )
        ]
        return bool(inside[0]) and bool(inside[1]) and "".join(inside[0]) != "".join(inside[1])

    def _by_words(self, difference: Difference, old: str, new: str, *, title: bool) -> set[str]:
        """number, date, name and wording, by the units that stand on one side only."""
        words = load_words()
        gone, come = Counter(_words(old)), Counter(_words(new))
        sides = [*(gone - come).elements()], [*(come - gone).elements()]
        numbers, names, other = [0, 0], [0, 0], False
        found: set[str] = set()
        vague = 0
        for i, side in enumerate(sides):
            for unit in side:
                folded = unit.lower().rstrip(".")
                if _is_number(unit) or folded in words.numbers:
                    numbers[i] += 1
                    vague += folded in words.vague
                    if _YEAR_OR_CLOCK.search(unit):
                        found.add("date")
                elif folded in words.dates and (unit[0].isupper() or len(folded) > 4):
                    found.add("date")
                elif self._is_name(unit, title=title):
                    names[i] += 1
                else:
                    other = True
        if all(numbers) or sum(numbers) > vague:
            found.add("number")
            if self._beside_month(difference):
                found.add("date")
        elif vague:
            other = True
        if all(names) or (any(names) and len(sides[0]) + len(sides[1]) <= SHORT):
            found.add("name")
        elif any(names):
            other = True
        if other or not found:
            found.add("wording")
        return found

    def _is_name(self, unit: str, *, title: bool) -> bool:
        """A capitalised word that somewhere in either version stands so inside a sentence, or never in
        lower case; in a headline, where all words may be capitalised, only the former."""
        if not unit[:1].isupper() or unit.lower() in load_words().function:
            return False
        return unit in self._names or (not title and unit.lower() not in self._common)

    def _beside_month(self, difference: Difference) -> bool:
        dates = load_words().dates
        for text, side in ((self.old.text, difference.from_), (self.new.text, difference.to)):
            if side.start < side.end:
                near = text[max(0, side.start - 12) : side.start].split()[-1:]
                near += text[side.end : side.end + 12].split()[:1]
                if any(w.strip(".,").lower() in dates and w[0].isupper() for w in near):
                    return True
        return False


def _touch(low: int, high: int, side: Side) -> bool:
    if side.start == side.end:
        return low < side.start <= high
    return low < side.end and side.start < high


def _quoted(version: Version) -> tuple[tuple[int, int], ...]:
    ranges = [(block.start, block.end) for block in version.blocks]
    return tuple(p for q in quotations(version.text, ranges) for p in q.pieces)


def _words(text: str) -> list[str]:
    """The units that hold a letter or a digit."""
    spans: Sequence[tuple[int, int]] = units(text, 0, len(text))
    return [text[a:b] for a, b in spans if any(c.isalnum() for c in text[a:b])]


def _is_number(unit: str) -> bool:
    return bool(re.match(r"[^\w]*[A-Z]{0,3}[^\w]*\d", unit))


def _frame(block: str) -> tuple[str, ...]:
    """The words of a byline or dateline that carry something, in any order."""
    idle = {"by", "and", "published", "updated", "posted", "on", "at", "in", "last", "first"}
    return tuple(sorted(w for w in _words(block.lower()) if w not in idle))


def _inner_words(version: Version) -> Iterable[tuple[str, bool]]:
    """Words of all blocks but titles, each with whether it stands at the head of a sentence."""
    text = version.text
    for block in version.blocks:
        if block.kind in ("title", "heading"):
            continue
        head = True
        for a, b in units(text, block.start, block.end):
            unit = text[a:b]
            if any(c.isalnum() for c in unit):
                yield unit, head
                head = False
            elif unit in '.!?:…"“”‘«—–-*•':
                head = True


def _names(version: Version) -> set[str]:
    return {u for u, head in _inner_words(version) if u[:1].isupper() and not head}


def _lower_words(version: Version) -> set[str]:
    return {u for u, _ in _inner_words(version) if u[:1].islower()}

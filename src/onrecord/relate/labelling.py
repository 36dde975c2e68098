"""Labels of a hunk: what kind of change it is, told by the words that differ. Labels, never verdicts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from onrecord.relate.cutting import FRAME, LAYOUT, CutVersion
from onrecord.relate.diff import Diff, Difference, Unit
from onrecord.relate.edit_words import (
    QUOTE_MARKS,
    YEAR_OR_CLOCK,
    amounts,
    correction_stems,
    is_correction,
    is_number,
    load_words,
)
from onrecord.relate.furniture import (
    RECASED_WORDS,
    Furniture,
    frame_words,
    recased,
    without_label,
    without_suffix,
)
from onrecord.text.folding import fold_cosmetic

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

QUOTED_WORDS = 3
"""Fewest words inside quotation marks from which a passage put in or taken out is a quotation."""

LOOKED_UP = 50
"""Words looked up in a text one by one; from then on all its words are known."""

DOUBLE_MARKS = frozenset('“”"„«»')


@dataclass(frozen=True, slots=True)
class Judged:
    """A hunk's labels in order, and what its rank needs to know: `traits` among negation, condition,
    hedge, speaker, case, punctuation, spelling, order, style, lede; `words` that differ."""

    labels: tuple[str, ...]
    traits: frozenset[str] = frozenset()
    words: int = 0


_ORDER = {label: place for place, label in enumerate(LABELS)}


def in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels once each, in the order of LABELS."""
    there = set(labels)
    return tuple(sorted(there, key=_ORDER.__getitem__)) if len(there) > 1 else tuple(there)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a difference stands: kinds and indices of the blocks, and whether all are furniture."""

    kinds: frozenset[str]
    blocks: tuple[list[int], ...]
    furniture: bool


class Names:
    """Which words of a version are names: what the capitals in it tell."""

    def __init__(self, cut: CutVersion) -> None:
        self.cut = cut
        self._inner: dict[str, bool] = {}
        self._lower: dict[str, bool] = {}

    _WORD = re.compile(r"\w+")

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """Where each word stands; made when so many were asked for that it pays."""
        found: dict[str, list[int]] = {}
        for match in self._WORD.finditer(self.cut.text):
            found.setdefault(match[0], []).append(match.start())
        return found

    def is_inner(self, word: str) -> bool:
        """Whether a word with a capital stands inside a sentence. A headline, which may capitalise all
        words, tells nothing."""
        if word not in self._inner:
            self._inner[word] = any(map(self._stands_inside, self._places(word)))
        return self._inner[word]

    def is_common(self, word: str) -> bool:
        """Whether a word stands in lower case anywhere."""
        word = word.lower()
        if word not in self._lower:
            self._lower[word] = next(self._places(word), None) is not None
        return self._lower[word]

    def _places(self, word: str) -> Iterator[int]:
        if len(self._inner) + len(self._lower) > LOOKED_UP and self._WORD.fullmatch(word):
            yield from self._index.get(word, ())
            return
        text = self.cut.text
        at = text.find(word) if word else -1
        while at >= 0:
            end = at + len(word)
            if not _in_word(text[at - 1 : at]) and not _in_word(text[end : end + 1]):
                yield at
            at = text.find(word, end)

    def _stands_inside(self, at: int) -> bool:
        text = self.cut.text
        if at < 2 or text[at - 1] != " " or not (text[at - 2].isalnum() or text[at - 2] in ",;’'"):
            return False
        blocks = self.cut.version.blocks
        block = blocks[bisect_right(blocks, at, key=lambda b: b.start) - 1]
        return block.kind not in ("title", "heading")


class Labeller:
    """Labels the differences of one pair of versions."""

    def __init__(self, diff: Diff) -> None:
        self.diff = diff
        self.cuts = (diff.cut_old, diff.cut_new)
        self.furniture = (Furniture(diff.cut_old), Furniture(diff.cut_new))
        self._names = (Names(diff.cut_old), Names(diff.cut_new))
        self._places: dict[tuple[tuple[int, int], tuple[int, int]], Place] = {}
        self._known_stems: dict[int, tuple[str, ...]] = {}
        self._corrections: dict[tuple[int, int], bool] = {}
        self._inserted: dict[tuple[object, ...], set[str]] = {}
        for d in diff.differences:
            if not d.whole and d.op in ("add", "delete"):
                words = " ".join(u.text for u in d.units[d.op == "add"] if u.is_word)
                self._inserted.setdefault((d.op, d.a, d.b), set()).add(words)

    def judge(self, difference: Difference) -> Judged:
        """The labels of one difference, in order, never empty; and what its rank needs to know."""
        old = self.diff.old[difference.from_.start : difference.from_.end]
        new = self.diff.new[difference.to.start : difference.to.end]
        place = self._place(difference)
        kinds = place.kinds
        if place.furniture or self._is_template(difference, place, old, new):
            return Judged(("template",))
        both = difference.op == "replace"
        if both and _is_cosmetic(old, new):
            return Judged(("cosmetic",))
        found = {"headline"} if "title" in kinds else set()
        size = max(len(old.split()), len(new.split()))
        if difference.op == "move":
            return Judged(in_order({*found, "move"}), words=size)
        if self._is_correction(difference):
            found.add("correction")
        one_sided = "addition" if difference.op == "add" else "deletion"
        if difference.whole:
            found.add(one_sided)
            if self._quotes_whole(difference):
                found.add("quote")
            if kinds == {"byline"}:
                found.add("name")
            elif kinds == {"dateline"}:
                found.add("date" if any(c.isdigit() for c in old + new) else "name")
            return Judged(in_order(found), words=size)
        if self._inside_quotation(difference):
            found.add("quote")
        if not both and sum(u.is_word for u in difference.units[not old]) >= LONG_INSERTION:
            found.add(one_sided)
            if self._quotes_whole(difference):
                found.add("quote")
            return Judged(in_order(found), self._long_traits(old or new), words=size)
        labels, traits, words = self._by_words(difference, title="title" in kinds)
        if labels == {"wording"} and "quote" in found and "punctuation" not in traits:
            labels = set()
        return Judged(in_order({*found, *labels}), frozenset(traits), words)

    # ------------------------------------------------------------------ where it stands

    def _place(self, difference: Difference) -> Place:
        """The kinds of the blocks a difference stands in, and whether they are furniture, whatever differs
        in them: the same for all differences of one pair of sentences."""
        key = difference.a, difference.b
        if key not in self._places:
            segments = (self.diff.a[slice(*key[0])], self.diff.b[slice(*key[1])])
            kinds = frozenset(s.kind for side in segments for s in side)
            blocks = tuple(sorted({s.block for s in side}) for side in segments)
            furniture = all(
                self.furniture[side].is_furniture(n) for side in (0, 1) for n in blocks[side]
            )
            if not furniture and len(blocks[0]) == len(blocks[1]) == 1 and not kinds <= FRAME:
                before, after = (self.cuts[side].block_text(blocks[side][0]) for side in (0, 1))
                furniture = recased(before, after) and (
                    "title" in kinds or len(before.split()) <= RECASED_WORDS
                )
            self._places[key] = Place(kinds, blocks, furniture)
        return self._places[key]

    def _is_template(self, difference: Difference, place: Place, old: str, new: str) -> bool:
        if difference.op == "move" and place.kinds <= LAYOUT:
            return True
        if difference.whole and place.kinds <= LAYOUT - FRAME:
            # Shown in one layout only, if the layouts are known to be others.
            other = self.furniture[1 if difference.op == "delete" else 0]
            return not any(map(other.has, place.kinds)) and self._redesigned
        if place.kinds <= FRAME:
            return self._is_frame(difference, place.kinds, old, new)
        if place.kinds == {"title"} and len(place.blocks[0]) == len(place.blocks[1]) == 1:
            titles = [self.cuts[side].block_text(place.blocks[side][0]) for side in (0, 1)]
            return self._is_retitled(*titles)
        return False

    def _is_frame(self, difference: Difference, kinds: frozenset[str], old: str, new: str) -> bool:
        """Whether a byline or dateline only looks otherwise: the same names and days are there."""
        if self.furniture[0].frame == self.furniture[1].frame:
            return True
        if difference.whole and difference.op in ("add", "delete"):
            words, other = (old, 1) if old else (new, 0)
            if frame_words(words) <= self.furniture[other].frame:
                return True
            # A layout that shows none at all: whether there was one cannot be told.
            return not any(self.furniture[other].has(kind) for kind in kinds)
        if difference.op == "move":
            return True
        return (
            frame_words(old) <= self.furniture[1].frame
            and frame_words(new) <= self.furniture[0].frame
        )

    def _is_retitled(self, before: str, after: str) -> bool:
        """Whether headlines are one but for the site's name behind them, or for a section's label before
        them which the other layout shows on a line of its own, or which goes with other marks of a
        redesign."""
        if without_suffix(before) == without_suffix(after):
            return True
        bare = [without_label(t) for t in (before, after)]
        if bare[0] != bare[1] and not recased(*bare):
            return False
        for side, title in enumerate((before, after)):
            label = title[: len(title) - len(bare[side])].strip(" :|–—•·-")
            if label and not self.furniture[1 - side].has_line(label) and not self._redesigned:
                return False
        return True

    @cached_property
    def _redesigned(self) -> bool:
        """Whether anything but the headline shows that the template is another."""
        for difference in self.diff.differences:
            place = self._place(difference)
            if "title" in place.kinds or (difference.whole and place.kinds <= LAYOUT - FRAME):
                continue
            old = self.diff.old[difference.from_.start : difference.from_.end]
            new = self.diff.new[difference.to.start : difference.to.end]
            if place.furniture or self._is_template(difference, place, old, new):
                return True
        return False

    def _stems(self, side: int) -> tuple[str, ...]:
        if side not in self._known_stems:
            self._known_stems[side] = correction_stems(self.cuts[side].text)
        return self._known_stems[side]

    def _announces(self, side: int, sentences: tuple[int, int]) -> bool:
        """Whether one of the sentences announces a correction."""
        segments = self.diff.b if side else self.diff.a
        for k in range(*sentences):
            if (side, k) not in self._corrections:
                self._corrections[side, k] = is_correction(segments[k].text, self._stems(side))
            if self._corrections[side, k]:
                return True
        return False

    def _is_correction(self, difference: Difference) -> bool:
        if self._announces(1, difference.b):
            return difference.whole or not self._announces(0, difference.a)
        after = difference.b[0] < difference.b[1]
        if not after or not difference.whole:
            return False
        number = self.diff.b[difference.b[0]].block
        heading = load_words().correction_heading
        return any(
            heading.fullmatch(self.cuts[1].block_text(n)) for n in (number, number - 1) if n >= 0
        )

    # ------------------------------------------------------------------ quotations

    def _inside_quotation(self, difference: Difference) -> bool:
        """Whether what is quoted differs: words inside quotation marks, or the marks themselves."""
        inside, touched = ["", ""], False
        for k, side in enumerate((difference.from_, difference.to)):
            pieces = self.cuts[k].quoted_in(side.start, side.end)
            touched = touched or bool(pieces)
            text = self.cuts[k].text
            inside[k] = "\0".join(
                text[max(low, side.start) : min(high, side.end)] for low, high in pieces
            )
        if touched and inside[0] != inside[1]:
            words = [re.findall(r"\w+", piece) for piece in inside]
            if words[0] != words[1]:
                return True
        marks = [
            {u.text for u in side if not u.is_word and u.text in QUOTE_MARKS}
            for side in difference.units
        ]
        if not marks[0] and not marks[1]:
            return touched and inside[0] != inside[1]
        return bool(marks[0] & DOUBLE_MARKS) != bool(marks[1] & DOUBLE_MARKS) and not (
            marks[0] and marks[1]
        )

    def _quotes_whole(self, difference: Difference) -> bool:
        """Whether a passage put in or taken out holds a quotation of several words."""
        k = 0 if difference.op == "delete" else 1
        side = difference.to if k else difference.from_
        text = self.cuts[k].text
        return any(
            side.start <= low and high <= side.end and len(text[low:high].split()) >= QUOTED_WORDS
            for low, high in self.cuts[k].quoted_in(side.start, side.end)
        )

    # ------------------------------------------------------------------ words

    def _by_words(self, difference: Difference, *, title: bool) -> tuple[set[str], set[str], int]:
        """number, date, name and wording, by the units that stand on one side only; traits; how many
        words differ."""
        lists = load_words()
        words = tuple([u for u in side if u.is_word] for side in difference.units)
        differ = words
        if words[0] and words[1]:
            counts = [_counted(side) for side in words]
            differ = (_only(words[0], counts[1]), _only(words[1], counts[0]))
        count = max(len(differ[0]), len(differ[1]))
        traits = _traits(words)
        if self._bounds(words[0], 0) != self._bounds(words[1], 1):
            traits.add("hedge")
        if not count:
            return {"wording"}, traits | {"order" if words[0] else "punctuation"}, 0
        if [u.folded for u in words[0]] == [u.folded for u in words[1]]:
            return {"wording"}, traits | {"case"}, count
        if words[0] and words[1]:
            letters = [_letters(side) for side in words]
            if letters[0] == letters[1] and letters[0].isalpha():
                return {"wording"}, traits | {"spelling"}, count
        if self._reordered(difference, words):
            return {"wording"}, traits | {"order"}, count
        numbers, names, vague = [0, 0], [0, 0], 0
        other = False
        found: set[str] = set()
        for k, side in enumerate(differ):
            for unit in side:
                kind = self._kind_of(unit, k, differ[1 - k], title=title)
                if kind == "date":
                    found.add("date")
                elif kind in ("number", "vague"):
                    numbers[k] += 1
                    vague += kind == "vague"
                    if YEAR_OR_CLOCK.search(unit.text):
                        found.add("date")
                elif kind == "name":
                    names[k] += 1
                elif unit.folded not in lists.function or not any(numbers):
                    other = True
        if all(numbers) or sum(numbers) > vague:
            if self._same_amounts(words):
                if not other:
                    traits.add("style")
                other = True
            else:
                found.add("number")
            if self._beside_month(difference):
                found.add("date")
        elif vague:
            other = True
        if all(names) or (any(names) and len(differ[0]) + len(differ[1]) <= SHORT):
            found.add("name")
            if self._beside_quotation(difference):
                traits.add("speaker")
        elif any(names):
            other = True
        if not found and len(differ[0]) == len(differ[1]) == 1:
            pair = differ[0][0].folded, differ[1][0].folded
            if _is_contrary(*pair):
                traits.add("negation")
            elif _is_spelling(*pair):
                traits.add("spelling")
        if other or not found:
            found.add("wording")
        return found, traits, count

    def _bounds(self, side: Sequence[Unit], k: int) -> list[str]:
        """Words that say how exact the number behind them is."""
        lists = load_words()
        found = [u for u in side if u.folded in lists.bounds]
        if not found:
            return []
        behind = [(u.folded, _behind(self.cuts[k].text, u.end)) for u in found]
        return [word for word, after in behind if is_number(after) or after in lists.numbers]

    def _kind_of(self, unit: Unit, k: int, others: Sequence[Unit], *, title: bool) -> str:
        lists = load_words()
        folded, text = unit.folded, self.cuts[k].text
        if unit.text.islower() and folded.isalpha() and folded not in lists.listed:
            return "word"
        if is_number(unit.text):
            return "number"
        if folded in lists.calendar and unit.text[0].isupper():
            return "date"
        if folded in lists.days:
            return "date"
        before, after = _before(text, unit.start), _behind(text, unit.end)
        if folded in lists.short_calendar and (_digits(before) or _digits(after)):
            return "date"
        if folded in lists.relative and (after in lists.periods or after in lists.calendar):
            return "date"
        if folded in lists.periods and before in lists.relative:
            return "date"
        if folded in lists.seasons and before in ("in", "the", "early", "late", "mid", "by"):
            return "date"
        if folded in lists.measures and (_digits(before) or before in lists.numbers):
            return "number"
        if folded in lists.numbers:
            return "vague" if folded in lists.vague else "number"
        parts = folded.split("-")
        if len(parts) > 1 and any(p in lists.numbers and p not in lists.vague for p in parts):
            return "number"
        if self._is_name(unit, k, others, title=title):
            return "name"
        return "word"

    def _is_name(self, unit: Unit, k: int, others: Sequence[Unit], *, title: bool) -> bool:
        """A word with a capital that its place does not ask for; at the head of a sentence one that is
        known as a name from elsewhere, stands beside one, or is nearly the word it replaced."""
        word, text = unit.text, self.cuts[k].text
        lists = load_words()
        if unit.folded in lists.titles:
            return _capital(text, unit.end)
        if not word[:1].isupper() or unit.folded in lists.function:
            return False
        bare = re.sub(r"['’]s?$", "", word)
        known = any(n.is_inner(word) or n.is_inner(bare) for n in self._names)
        if title and _all_capitals(self.cuts[k], unit.start):
            return known
        if known or (len(bare) > 1 and bare.isupper()):
            return True
        common = any(n.is_common(bare) for n in self._names)
        if not _at_head(text, unit.start):
            return not (title and common)
        if common:
            return False
        if _capital(text, unit.end):
            return True
        return any(
            other.text[:1].isupper()
            and other.folded not in lists.function
            and not any(n.is_common(other.text) for n in self._names)
            and (
                any(n.is_inner(other.text) for n in self._names)
                or OSA.distance(word, other.text, score_cutoff=2) <= 2
            )
            for other in others
        )

    def _same_amounts(self, words: Sequence[Sequence[Unit]]) -> bool:
        before, after = (amounts([u.text for u in side]) for side in words)
        return bool(before) and before == after

    def _reordered(self, difference: Difference, words: Sequence[Sequence[Unit]]) -> bool:
        """Whether the very same words were put in elsewhere in the sentence, or taken out."""
        if difference.op not in ("add", "delete"):
            return False
        other = "delete" if difference.op == "add" else "add"
        mine = " ".join(u.text for u in (*words[0], *words[1]))
        return mine in self._inserted.get((other, difference.a, difference.b), ())

    def _beside_quotation(self, difference: Difference) -> bool:
        """Whether a quotation stands in the sentence or sentences of a hunk."""
        for cut, segments, (low, high) in (
            (self.cuts[0], self.diff.a, difference.a),
            (self.cuts[1], self.diff.b, difference.b),
        ):
            if low < high:
                start, end = segments[low].start, segments[high - 1].end
                if cut.quoted_in(start, end):
                    return True
        return False

    def _long_traits(self, text: str) -> frozenset[str]:
        folded = {w.strip(".,;:").lower() for w in text.split()[:2]}
        return frozenset({"condition"} if folded & load_words().conditions else ())

    def _beside_month(self, difference: Difference) -> bool:
        dates = load_words().calendar
        for text, side in (
            (self.diff.old, difference.from_),
            (self.diff.new, difference.to),
        ):
            if side.start < side.end:
                near = text[max(0, side.start - 12) : side.start].split()[-1:]
                near += text[side.end : side.end + 12].split()[:1]
                if any(w.strip(".,").lower() in dates and w[0].isupper() for w in near):
                    return True
        return False


def _counted(side: Sequence[Unit]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for unit in side:
        counts[unit.text] = counts.get(unit.text, 0) + 1
    return counts


def _only(side: Sequence[Unit], other: dict[str, int]) -> list[Unit]:
    """The units of a side that the other has not, or not as often."""
    left = dict(other)
    found = []
    for unit in side:
        if left.get(unit.text):
            left[unit.text] -= 1
        else:
            found.append(unit)
    return found


def _is_cosmetic(old: str, new: str) -> bool:
    """Whether passages differ in white space, Unicode form or quotation marks alone; single marks for
    double ones as well, where nothing else stands there."""
    if set(old) | set(new) <= QUOTE_MARKS:
        return True
    if old.isascii() and new.isascii():
        return old.split() == new.split()
    return fold_cosmetic(old) == fold_cosmetic(new)


def _before(text: str, at: int) -> str:
    words = text[max(0, at - 24) : at].split()
    return words[-1].strip("(“\"'").lower() if words else ""


def _behind(text: str, at: int) -> str:
    words = text[at : at + 24].split()
    return words[0].strip(".,;:!?)”\"’'").lower() if words else ""


def _digits(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _capital(text: str, at: int) -> bool:
    """Whether a word with a capital follows right behind."""
    rest = text[at : at + 3].lstrip(". ")
    return text[at : at + 1] in (" ", ".") and rest[:1].isupper()


_HEAD = frozenset(".!?:…“„«‘—–•*([\n")
_CLOSING = frozenset("”’»\"')")
_INITIAL = re.compile(r"(?:^|\W)(?:[A-Z]|[A-Z][a-z]{1,2})$")


def _at_head(text: str, at: int) -> bool:
    """Whether a word stands at the head of a sentence, a quotation or a line."""
    k = at - 1
    if k >= 0 and text[k] in "\"'":
        return True  # an opening mark: nothing stands between it and the word
    while k >= 0 and (text[k] == " " or text[k] in _CLOSING):
        k -= 1
    if k < 0 or text[k] not in _HEAD:
        return k < 0
    # "J. Brandt", "St. Ives": a point that ends no sentence
    return not (text[k] == "." and _INITIAL.search(text[max(0, k - 4) : k]))


def _all_capitals(cut: CutVersion, at: int) -> bool:
    """Whether most words of a headline have a capital, so that it tells nothing."""
    block = next(b for b in cut.version.blocks if b.start <= at < b.end)
    words = [w for w in cut.text[block.start : block.end].split() if len(w) > 3]
    inner = words[1:]
    return 2 * sum(w[0].isupper() for w in inner) > len(inner)


def _traits(words: Sequence[Sequence[Unit]]) -> set[str]:
    """Negations, conditions and hedges that stand more often on one side."""
    known = load_words().traits
    old, new = (
        sorted(
            [
                known.get(u.folded) or ("negation", "not")
                for u in side
                if u.folded in known or u.folded.endswith("n't")
            ]
        )
        for side in words
    )
    if old == new:
        return set()
    traits = {trait for trait, _ in (*old, *new)}
    return {t for t in traits if [r for r in old if r[0] == t] != [r for r in new if r[0] == t]}


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _letters(side: Sequence[Unit]) -> str:
    """Letters and digits alone, in lower case: "U.S." and "US" are the same."""
    return "".join(c for u in side for c in u.folded if c.isalnum())


def _is_contrary(a: str, b: str) -> bool:
    """Whether one word is the other with a prefix that makes the contrary of it: "illegal"."""
    short, long = sorted((a, b), key=len)
    return len(short) > 3 and long in {
        p + short for p in ("un", "il", "in", "im", "ir", "dis", "non", "non-")
    }


def _is_spelling(a: str, b: str) -> bool:
    """Whether two words are nearly the same: two letters apart at most, and long enough."""
    return min(len(a), len(b)) >= 5 and OSA.distance(a, b, score_cutoff=2) <= 2

"""One utterance in two reports: quoted alike, cut, in other words, retold, or put into another mouth."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.records import Line
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
from onrecord.relate.keys import key_of, words_of
from onrecord.relate.wordings import (
    Aligned,
    Change,
    aligned,
    folded,
    folded_set,
    is_spelling,
    longest_run,
    running,
    running_set,
    spoken,
    telling,
)
from onrecord.text.folding import fold_loose

SHORT_QUOTE = 2
"""A quoted phrase of this many words is a shared phrase if the same holder said it."""


LONG_QUOTE = 4
"""A run of this many quoted words is one utterance: below it, stock phrases meet by chance."""


OTHER_MOUTH = 5
"""A run of this many quoted words put into another mouth differs in who is said to have said it."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A quotation of each of two lines, side by side. `known`: whether one holder said both; `at`: which
    quotation of each line it is."""

    aligned: Aligned
    known: bool
    meant: bool
    at: tuple[int, int]

    @property
    def is_one(self) -> bool:
        """Whether they are one utterance. What they share must carry something: "of the United States"
        is in anybody's mouth."""
        one = self.aligned
        # One holder's words may be everyday ones ("went too far"); of others they must be rarer.
        heavy, words = len(one.telling if self.known else one.core), one.words
        if not heavy or words < SHORT_QUOTE:
            return False
        if one.whole:
            # A fragment that stands in the other quotation word for word.
            least = 1 if self.known or self.meant or words >= STOCK else 2
            return heavy >= least and (heavy >= 2 or words >= 3 or (self.known and self.meant))
        if words >= 3 and (self.known or self.meant) and 4 * words >= 3 * one.shorter:
            return True
        if words >= 3 and self.known and heavy >= 2 and 2 * words >= one.shorter:
            return True
        if heavy >= LONG_QUOTE and 4 * words >= 3 * one.shorter:
            # Four words that carry something, in one order, do not meet by chance.
            return True
        if (words if self.known else one.run) < LONG_QUOTE:
            return False
        return one.run >= STOCK or heavy >= (2 if self.meant or self.known else 3)

    @property
    def is_own(self) -> bool:
        """Whether what they share is somebody's own utterance, so that two cannot have said it by chance
        ("the Ostrand people deserve to")."""
        one = self.aligned
        return one.run >= OTHER_MOUTH and (one.run >= STOCK or one.whole or len(one.core) >= 2)

    @property
    def size(self) -> tuple[int, int, int]:
        """By which the best of several pairs is chosen."""
        return (len(self.aligned.weighty), self.aligned.words, self.aligned.run)


STOCK = 8
"""A run of fewer words with fewer than three that carry something may be a stock phrase ("there is no
place for"): it shows one utterance only of lines that share other words."""


def quotation(a: Frame, b: Frame, same_holder: bool | None, meant: bool) -> Finding | None:
    """`meant`: whether the words that the lines share already show that they speak of the same."""
    if not a.line.quotes and not b.line.quotes:
        return None
    known = bool(same_holder) and a.line.holder is not None
    known = known or _may_be_one(a.line, b.line)
    pairs = _pairs(a.line, b.line, known, meant)
    best = max(pairs, key=lambda p: p.size, default=None)
    if found := _mouths(a, b, same_holder, best):
        return found
    if same_holder is False and _two_mouths(a.line, b.line):
        return None
    ones = _parts(pairs)
    if not ones:
        return (
            _retold(a, b, same_holder)
            or _quote_against_words(a, b)
            or _quote_against_words(b, a)
        )  # fmt: skip
    if conditions_differ(a.line, b.line) and not _is_cut_short(a.line, b.line):
        told = f"the same words “{ones[0].phrase}”, but {conditions(a, b)}"
        return Finding("differs", "condition", told)
    return _one_utterance(a, b, ones)


def _is_cut_short(a: Line, b: Line) -> bool:
    """Whether one line's quotation ends within the condition that the other's tells in full: where an editor
    cut it, no condition differs."""
    for short, long in ((a, b), (b, a)):
        less, more = folded(short.condition or ""), folded(long.condition or "")
        if condition_words({*less}) <= condition_words({*more}) and any(
            less and folded(quote)[-len(less) :] == less for quote in short.quotes
        ):
            return True
    return False


def _pairs(a: Line, b: Line, known: bool, meant: bool) -> list[_Pair]:
    """The quotations of two lines side by side, where they share a word that is neither small nor
    a name: no others are one utterance."""
    return [
        _Pair(aligned(spoken(x), spoken(y)), known, meant, (n, m))
        for n, x in enumerate(a.quotes)
        for m, y in enumerate(b.quotes)
        if not (telling(x).isdisjoint(folded_set(y)) and telling(y).isdisjoint(folded_set(x)))
    ]


def _parts(pairs: Sequence[_Pair]) -> list[Aligned]:
    """The quotations of two lines that are one utterance, each with the one it shares most with; the
    pair that shares most first."""
    if not any(pair.is_one for pair in pairs):
        return []
    # Where one quotation shows that two lines hold one utterance, the others are its parts.
    pairs = [replace(pair, known=True) for pair in pairs]
    taken: set[tuple[bool, int]] = set()
    found = []
    for pair in sorted(pairs, key=lambda p: p.size, reverse=True):
        sides = {(False, pair.at[0]), (True, pair.at[1])}
        if pair.is_one and len(sides & taken) < 2:
            found.append(pair.aligned)
            taken |= sides
    return found


def _one_utterance(a: Frame, b: Frame, ones: Sequence[Aligned]) -> Finding:
    """What two quotations of one utterance have to do with one another: `ones` are their parts side by
    side, the one that shares most first."""
    for one in ones:
        turning = [c for c in one.changes if c.turns]
        if turning and _is_verbatim(one, turning):
            return Finding("differs", "wording", _worded(a, b, turning))
    changes = [c for one in ones for c in one.changes if one is ones[0] or not c.edge]
    if changes:
        return Finding("same_quote", "wording", _worded(a, b, changes))
    if ones[0].cut:
        longer = a if ones[0].cut > 0 else b
        return Finding(
            "same_quote",
            None,
            f"the same quotation “{ones[0].phrase}”, longer in {outlet_of(longer)}",
        )
    return Finding("same_quote", None, f"the same {ones[0].words} quoted words in both")


CHANGES = 2
"""Stretches in which two quotations may differ, for one of them to be a change of the words and not a
part of another translation; a long one may have more."""


def _is_verbatim(one: Aligned, turning: Sequence[Change]) -> bool:
    """Whether two quotations are word for word but for few words that say something else. Where more is
    other, they are two translations or renderings of one utterance."""
    if 2 * one.words < one.shorter:
        return False
    if len(one.changes) > max(CHANGES, one.words // 8):
        return False
    if any(c.edge for c in turning) and 10 * one.words < 6 * one.shorter:
        return False
    return len(turning) == 1 or 3 * len(turning) <= len(one.weighty)


def _worded(a: Frame, b: Frame, changes: Sequence[Change]) -> str:
    """The words that differ, each with a word or two that both have."""
    left, right = (
        ", ".join(f"“{c.shown[side]}”" for c in changes[:3]) for side in (0, 1)
    )  # fmt: skip
    return f"{outlet_of(a)} quotes {left}; {outlet_of(b)} quotes {right}"


RETOLD = 60
"""Per cent of the shorter quotations' content words that must stand in the other's, in any order, for a
translation, a contraction or a cut of one utterance."""


def _retold(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    """One utterance in other words or another order: "I would not let my own child" and "I'd never let
    a child of mine". Only of one holder, or of two of whom one may be the other's short name."""
    if a.line.holder is None or b.line.holder is None or same_holder is False:
        return None
    if same_holder is None and not named_alike(a.line.holder.name, b.line.holder.name):
        return None
    left, right = _quoted_keys(a), _quoted_keys(b)
    fewer = min(len(left), len(right))
    shared = left & right
    if fewer < 2 or len(shared) < 2 or len(shared) * 100 < RETOLD * fewer:
        return None
    # Two words of a scrap stand in a long quotation by chance.
    if len(shared) == 2 and max(len(left), len(right)) > 2 * fewer:
        return None
    both = [word for key, word in a.line.keys if key in shared]
    return Finding(
        "same_quote",
        "wording",
        f"one utterance of {a.line.holder.name} in two wordings: both have “{'”, “'.join(both[:6])}”",
    )


@functools.lru_cache(maxsize=20_000)
def _quoted_keys(frame: Frame) -> frozenset[str]:
    """The keys of the words that a line quotes, if they are among what it speaks of."""
    line = frame.line
    quoted = {key for q in line.quotes for w in spoken(q) if (key := key_of(w.fold))}
    return frozenset(quoted & {k for k, _ in line.keys})


# --------------------------------------------------------------------------- who said it


def _mouths(
    a: Frame, b: Frame, same_holder: bool | None, best: _Pair | None
) -> Finding | None:  # fmt: skip
    """One utterance that is put into two mouths."""
    if best is None or len(best.aligned.telling) < 2:
        return None
    names = None
    if same_holder is False and _two_mouths(a.line, b.line):
        names = (name_of(a), name_of(b)) if best.is_own else None
    elif best.aligned.words < LONG_QUOTE:
        return None
    elif other := _credited(a.line, b.line):
        names = name_of(a), f"{other} ({outlet_of(b)})"
    elif other := _credited(b.line, a.line):
        names = f"{other} ({outlet_of(a)})", name_of(b)
    if names is None:
        return None
    told = f"“{best.aligned.phrase}” is {names[0]}'s in one and {names[1]}'s in the other"
    return Finding("differs", "attribution", told)


def _two_mouths(a: Line, b: Line) -> bool:
    """Whether two persons are named as the speakers, neither inside the other's words, whose names have
    nothing in common. "A spokesman" may be anybody."""
    if a.holder is None or b.holder is None or a.nested or b.nested:
        return False
    if not (a.person and b.person) or named_alike(a.holder.name, b.holder.name):
        return False
    if not all(any(c.isupper() for c in holder.name) for holder in (a.holder, b.holder)):
        return False
    if any(_quotes_name(x, y) for x, y in ((a, b), (b, a))):
        return False
    # Whom "he said" stands for may be taken wrongly: one person in two reports, not two mouths.
    if not (_writes_its_speaker(a) and _writes_its_speaker(b)):
        return False
    return not is_spelling(a.holder.name, b.holder.name)


def _writes_its_speaker(line: Line) -> bool:
    """Whether a report writes the speaker's name, or a part of it, beside what is said."""
    name = words_of(line.holder.name) if line.holder else ()
    return any(part in line.saying for part in name)


def _quotes_name(a: Line, b: Line) -> bool:
    """Whether one line's quotation names the other's holder: "Venn says he wants …" quotes Venn."""
    name = words_of(b.holder.name)[-1:] if b.holder else ()
    return bool(name) and any(w.fold == name[0] for q in a.quotes for w in spoken(q))


_SAYING = frozenset(
    """said says saying say word words sentence phrase line put described describes coined came comes
    called cry remark remarked claimed used""".split()
)
"""Words by which an outlet tells in its own voice whose a quotation is: "… was how the captain put it"."""

_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+|(?<=\bfrom )(?:[a-z]+ ){0,3}[A-Z][\w'’-]+")
_CLOSES = re.compile(r"[”\"»][^”\"»]*$")


def _credited(spoken_by: Line, told: Line) -> str | None:
    """Whom an outlet names as the speaker behind a quotation that opens its own sentence, if that is
    another than the person who says it in the other line."""
    if spoken_by.holder is None or not spoken_by.person or told.nested:
        return None
    if not told.quotes or not any(c.isupper() for c in spoken_by.holder.name):
        return None
    rest = _CLOSES.search(told.text)
    opening = fold_loose(told.text[:40]).lstrip('"')
    if rest is None or not opening.startswith(fold_loose(told.quotes[0])[:20]):
        return None
    named = _NAME.search(rest.group())
    if named is None or not _SAYING & set(words_of(rest.group())):
        return None
    return None if named_alike(named.group(), spoken_by.holder.name) else named.group()


def _may_be_one(a: Line, b: Line) -> bool:
    """Whether the holder of one line may be who says the other: they have one name, or the outlet that
    quotes in its own voice names him beside the words ("spoke of “a quarrel”")."""
    if a.holder is not None and b.holder is not None:
        named = all(any(c.isupper() for c in x.holder.name) for x in (a, b) if x.holder)
        return named and named_alike(a.holder.name, b.holder.name)
    return names_speaker(a, b)


_CREDIT = re.compile(
    r"\b(?:coined|invented|uttered|spoken|penned|first used) by\b|\b(?:it|they|words?|phrase|line|cry|slogan) "
    r"(?:came|comes|come|is|are|was|were) from\b|\bwords (?:are|were) from\b|\b(?:was|is) what\b"
)
"""Words by which an outlet tells whose a saying is, beside a cue of its own."""
_SIGNED = re.compile(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")
_NAMED_WITHIN = 60
"""Code points behind such words within which the name stands: "came from a miner's wife, Elin Strand"."""


def credited_otherwise(a: Frame, b: Frame) -> Finding | None:
    """A saying that one report gives to a speaker and the other tells to be another's: "it was coined by
    his deputy, Arjan Kool"."""
    for said, told in ((a, b), (b, a)):
        holder = said.line.holder
        if holder is None or not said.line.person or said.line.nested or not said.line.quotes:
            continue
        name = _credited_to(told.line.text)
        if not name or named_alike(name, holder.name) or not holder.name[:1].isupper():
            continue
        quoted = {key for q in said.line.quotes for w in words_of(q) if (key := key_of(w))}
        if len(quoted & {k for k, _ in told.line.keys}) >= 2:
            return Finding(
                "differs",
                "attribution",
                f"{name_of(said)} says it; {outlet_of(told)}: {name}'s words",
            )
    return None


@functools.lru_cache(maxsize=20_000)
def _credited_to(text: str) -> str:
    """The name of whom an outlet tells a saying to be; empty if it tells nothing of it."""
    if (credit := _CREDIT.search(text)) is None:
        return ""
    named = _SIGNED.search(text, credit.end(), credit.end() + _NAMED_WITHIN)
    return named.group() if named else ""


# --------------------------------------------------------------------------- in marks or without


def _quote_against_words(a: Frame, b: Frame) -> Finding | None:
    """A quotation that the other report gives without marks, in part or whole."""
    if not a.line.quotes:
        return None
    there = running_set(b.line.text)
    for quote in a.line.quotes:
        # Four words in a row are three at least, one of them twice: nine of ten pairs share fewer.
        if len(folded_set(quote) & there) < LONG_QUOTE - 1:
            continue
        left = folded(quote)
        if sum(word in there for word in left) < max(LONG_QUOTE, (len(left) + 1) // 2):
            continue
        run = longest_run(left, running(b.line.text))
        if run >= LONG_QUOTE and 2 * run >= len(left):
            if conditions_differ(a.line, b.line):
                return Finding("differs", "condition", f"the same words, but {conditions(a, b)}")
            return Finding(
                "paraphrase",
                "wording",
                f"{run} words that {outlet_of(a)} quotes stand in the other without marks",
            )
    return None

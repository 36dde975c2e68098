"""One utterance in two reports: quoted alike, cut, retold, or put into another mouth."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from onrecord.records import Line
from onrecord.relate.frames import (
    Finding,
    Frame,
    conditions,
    conditions_differ,
    name_of,
    named_alike,
    outlet_of,
    words_of,
)
from onrecord.relate.keys import key_of
from onrecord.relate.wordings import between, differing_words, longest_common, longest_run

SHORT_QUOTE = 2
"""A quoted phrase of this many words is a shared phrase if the same holder said it."""


LONG_QUOTE = 4
"""A run of this many quoted words is one utterance: below it, stock phrases meet by chance."""


SAME_QUOTE = 80
"""Per cent of the shorter quotation's words that must stand in the other, in order, for one utterance."""


OTHER_MOUTH = 6
"""A run of this many quoted words put into another mouth differs in who is said to have said it."""


def quotation(a: Frame, b: Frame, same_holder: bool | None, meant: bool) -> Finding | None:
    """`meant`: whether the words that the lines share already show that they speak of the same."""
    lefts = [tuple(q.split()) for q in a.line.quotes]
    rights = [tuple(q.split()) for q in b.line.quotes]
    best: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None
    for left in lefts:
        for right in rights:
            run = longest_run(left, right)
            if best is None or run > best[0]:
                best = (run, left, right)
    if same_holder is False and _two_mouths(a.line, b.line):
        if best is None or best[0] < OTHER_MOUTH:
            return None
        phrase = " ".join(longest_common(best[1], best[2]))
        return Finding(
            "differs",
            "attribution",
            f"“{phrase}” is {name_of(a)}'s in one and {name_of(b)}'s in the other",
        )
    plain = (
        _retold(a, b, lefts, rights, same_holder)
        or _quote_against_words(a, b, lefts)
        or _quote_against_words(b, a, rights)
    )
    if best is None or best[0] < SHORT_QUOTE:
        return plain
    run, left, right = best
    shorter = min(len(left), len(right))
    if run < LONG_QUOTE and (run < shorter or not _some_word(a.line, b.line)):
        return plain
    common = longest_common(left, right)
    phrase = " ".join(common)
    if (
        run < shorter
        and (not meant or run * 2 < shorter)
        and run < STOCK
        and len({key_of(w) for w in common} & {k for k, _ in a.line.keys}) < (2 if meant else 3)
    ):
        return plain
    if conditions_differ(a.line, b.line):
        return Finding("differs", "condition", f"the same words “{phrase}”, but {conditions(a, b)}")
    if run < shorter and run * 2 < shorter:
        return Finding("same_quote", "wording", f"{run} words of one utterance in both: “{phrase}”")
    different = differing_words(left, right)
    alike = Indel.normalized_similarity(list(left), list(right))
    equal = round(alike * (len(left) + len(right)) / 2)
    if different and equal * 100 < SAME_QUOTE * shorter:
        if (retold := _retold(a, b, lefts, rights, same_holder)) is not None:
            return retold
        return Finding(
            "paraphrase", "wording", f"both quote the words “{phrase}”, the rest differs"
        )
    if not different:
        return Finding("same_quote", None, f"the same {run} quoted words in both")
    if (
        len(different) == 1
        and "" in different[0]
        and (right[: len(left)] == left or left[: len(right)] == right or run == shorter)
    ):
        longer = a if len(left) > len(right) else b
        return Finding("adds", "wording", f"the same quotation, longer in {outlet_of(longer)}")
    inner = between(left, right)
    if inner is None:
        return Finding("same_quote", "wording", f"{run} words of one utterance in both: “{phrase}”")
    changed = "; ".join(f"‘{x or '–'}’ / ‘{y or '–'}’" for x, y in inner[:4])
    return Finding("same_quote", "wording", f"same words but for {changed}")


STOCK = 8
"""A run of fewer words with fewer than three that carry something may be a stock phrase ("there is no
place for"): it shows one utterance only of lines that share other words."""


RETOLD = 60
"""Per cent of the shorter quotations' content words that must stand in the other's, in any order, for a
translation, a contraction or a cut of one utterance."""


def _retold(
    a: Frame,
    b: Frame,
    lefts: Sequence[tuple[str, ...]],
    rights: Sequence[tuple[str, ...]],
    same_holder: bool | None,
) -> Finding | None:
    """One utterance in other words or another order: "I would not let my own child" and "I'd never let
    a child of mine". Only of one holder, or of two of whom one may be the other's short name."""
    if a.line.holder is None or b.line.holder is None or same_holder is False:
        return None
    if same_holder is None and not named_alike(a.line.holder.name, b.line.holder.name):
        return None
    left = {key for q in lefts for w in q if (key := key_of(w))} & {k for k, _ in a.line.keys}
    right = {key for q in rights for w in q if (key := key_of(w))} & {k for k, _ in b.line.keys}
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


def _two_mouths(a: Line, b: Line) -> bool:
    """Whether two persons are named as the speakers, neither inside the other's words, whose names have
    nothing in common."""
    if a.holder is None or b.holder is None or a.nested or b.nested:
        return False
    return a.person and b.person and not named_alike(a.holder.name, b.holder.name)


def _some_word(a: Line, b: Line) -> bool:
    return bool({k for k, _ in a.keys} & {k for k, _ in b.keys})


def _quote_against_words(a: Frame, b: Frame, quotes: Sequence[tuple[str, ...]]) -> Finding | None:
    """A quotation that the other report gives without marks, in part or whole."""
    if not quotes:
        return None
    told = words_of(b.line.text)
    for left in quotes:
        run = longest_run(left, told)
        if run >= LONG_QUOTE and 2 * run >= len(left):
            if conditions_differ(a.line, b.line):
                return Finding("differs", "condition", f"the same words, but {conditions(a, b)}")
            return Finding(
                "paraphrase",
                "wording",
                f"{run} words that {outlet_of(a)} quotes stand in the other without marks",
            )
    return None

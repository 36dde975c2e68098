"""Which words of two lines differ, by what their relation says they differ in: what a cell sets off.

Only words are looked at, never meaning: that they differ was found by relate/comparing.py. All offsets
are code points of the line's own text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice

from onrecord.text.folding import WORD, fold_loose

Span = tuple[int, int]

NEGATIONS = frozenset(
    "no not never none nobody nothing neither nor without cannot deny denies denied denying refuse "
    "refuses refused reject rejects rejected".split()
)
COUNTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion dozen dozens hundreds thousands half".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december today tomorrow yesterday morning afternoon "
    "evening night noon midnight week month year".split()
)
MODALS = frozenset(
    "will would may might could can should must shall plan plans planned intends intended expected "
    "likely ready possible possibly".split()
)
_HINGE = re.compile(
    r"\b(?:if|unless|until|provided|as soon as|as long as|once|only when|on condition|in case)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*(?:\w+)?|" + WORD.pattern)
"""A word, or a figure with its points and commas: `1,200`, `14:30`, `3rd`."""
_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
_FIGURE = re.compile(
    r"(?:(?:\b[A-Z]{1,3})?[$€£¥]\s?)?\d+(?:[.,:]\d+)*\w*"
    r"(?:\s(?:trillion|trln|trn|tn|billion|bln|bn|million|mln|mn|thousand|hundred|dozen)\b)?(?:\s?%|\sper\s?cent\b)?"
    rf"|\b(?:{_COUNT})(?:[\s-](?:{_COUNT}))*\b",
    re.IGNORECASE,
)
"""A figure with its currency, scale and per cent sign: `$5 trillion`, `60m`, `12 per cent`, `four million`."""
STEM = 5
"""Letters by which a name is known again in its adjective: Estonia, Estonian."""
REACH = 2
"""Words behind a negation in which what it denies begins."""
_COMMON = frozenset("a an the to be been have has had at in of on for and or that it its".split())
"""Words that any two lines share."""
_STOP = re.compile(r"[,;:.!?”\"]")


def spans(
    a: str, b: str, in_: str | None, condition: Span | None = None, basis: str = ""
) -> tuple[Span, ...]:
    """The words of `a` that differ from `b` in what `in_` names, in order. `condition`: where the
    condition of `a` stands, if the record has it. `basis`: the relation's; of several figures that differ
    only those it names are meant. Empty where words cannot show the difference."""
    if in_ == "condition":
        return _condition(a, condition)
    if in_ == "number":
        return _figures(a, b, basis)
    others = {word for _, word in _words(b, in_)}
    found = [span for span, word in _words(a, in_) if word not in others]
    if in_ in ("polarity", "characterisation"):
        found = _before_shared(a, b, found)
    return _joined(a, found)


def _figures(a: str, b: str, basis: str) -> tuple[Span, ...]:
    others = {figure for _, figure in _numbers(b)}
    found = [(span, figure) for span, figure in _numbers(a) if figure not in others]
    # A basis names each outlet before its figure; an outlet may be called "Channel 4".
    told = " ; ".join(part.rpartition(": ")[2] for part in basis.split("; "))
    named = {figure for _, figure in _numbers(told)}
    meant = [span for span, figure in found if figure in named]
    return tuple(meant or [span for span, _ in found])


@lru_cache(maxsize=8192)
def _numbers(text: str) -> tuple[tuple[Span, str], ...]:
    """The figures of a text, each as it is written in small letters without spaces."""
    return tuple(
        (match.span(), "".join(fold_loose(match.group()).split()).replace("-", ""))
        for match in _FIGURE.finditer(text)
    )


def _before_shared(a: str, b: str, found: list[Span]) -> list[Span]:
    """Of several negations, those in front of a word that both lines have: in "were not shut, said a man
    who did not want to be named" the second says nothing of the gates. All if none stands so."""
    if len(found) < 2:
        return found
    known = {fold_loose(m.group()) for m in WORD.finditer(b)} - _COMMON
    near = [
        span
        for span in found
        if any(fold_loose(m.group()) in known for m in islice(WORD.finditer(a, span[1]), REACH))
    ]
    return near or found


@cache
def _names(in_: str | None) -> frozenset[str]:
    return {
        "date": DAYS,
        "polarity": NEGATIONS,
        "characterisation": NEGATIONS,
        "modality": MODALS,
    }.get(in_ or "", frozenset())


@lru_cache(maxsize=8192)
def _words(text: str, in_: str | None) -> tuple[tuple[Span, str], ...]:
    """The words of a text that `in_` is about, with their folded forms. Kept at hand: a line is
    compared with every other of its claim."""
    known = _names(in_)
    found = []
    for match in _TOKEN.finditer(text):
        word = fold_loose(match.group())
        digits = in_ == "date" and any(c.isdigit() for c in word)
        negative = in_ in ("polarity", "characterisation") and word.endswith("n't")
        named = in_ in ("place", "actor") and match.group()[:1].isupper() and word not in DAYS
        if digits or negative or named or word in known:
            found.append((match.span(), word[:STEM] if named else word))
    return tuple(found)


def _condition(text: str, known: Span | None) -> tuple[Span, ...]:
    if known is not None:
        return (known,)
    found = []
    for match in _HINGE.finditer(text):
        stop = _STOP.search(text, match.end())
        found.append((match.start(), stop.start() if stop else len(text)))
    return tuple(s for n, s in enumerate(found) if not n or s[0] >= found[n - 1][1])


def _joined(text: str, found: Sequence[Span]) -> tuple[Span, ...]:
    """Spans with only white space between them as one."""
    made: list[Span] = []
    for low, high in found:
        if made and not text[made[-1][1] : low].strip():
            made[-1] = (made[-1][0], high)
        else:
            made.append((low, high))
    return tuple(made)


def in_short(a: str, b: str, in_: str | None, basis: str = "") -> str:
    """`12 / 15` for lines that differ in a number or a date; empty where that is not so short. `basis`: the
    relation's."""
    if in_ not in ("number", "date"):
        return ""
    sides = [
        [t[low:high] for low, high in spans(t, o, in_, basis=basis)] for t, o in ((a, b), (b, a))
    ]
    if not all(1 <= len(side) <= 2 for side in sides):
        return ""
    return " / ".join(" and ".join(side) for side in sides)

"""Trains the tagger: labelled statements of parsed texts -> weights by feature.

Logistic regression by stochastic gradient descent with a step of its own for every feature (AdaGrad,
Duchi, Hazan and Singer, 2011), in one fixed order. Only sums, products, quotients and square roots of
floats are used, which every machine rounds alike, and a table of chances in millionths: the same corpus
gives the same weights anywhere.
"""

from __future__ import annotations

import math
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from onrecord.annotate.drafts import Draft, Text
from onrecord.annotate.quotation import Range
from onrecord.annotate.sentence_drafts import sentence_drafts
from onrecord.annotate.tagger import features, is_worth, proposals
from onrecord.records import Version
from onrecord.text.citing import cite

SEEN = 60_000
"""Examples that a training looks at in all; a corpus is gone through 3 times at least, 10 at most."""
RATE = 0.05
SEED = 1
FOLDS = 5
RAREST = 2
"""Examples that a feature must stand in, at least."""
ALIKE = 50
"""Per cent of Dice's coefficient from which two spans' words count as the same."""
CERTAIN = 1_000_000
"""Weight that no sum outweighs."""
LEANS = range(-2500, 1501, 100)
"""Thousandths of a logit that are tried as what all statements have in common."""
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_MILLION = 1_000_000
_FARTHEST = 1500
"""Hundredths of a logit beyond which a chance is that of this."""


@dataclass(frozen=True)
class Label:
    """A labelled statement: the spans of its source, cue and content, as offsets in the decoded text."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


@dataclass(frozen=True)
class Example:
    """A possible statement. `label` is the number of the label it tells, None if none; `group` is
    its sentence and head."""

    names: tuple[str, ...]
    by_rule: bool
    label: int | None
    group: tuple[int, int]
    nested: bool


@dataclass(frozen=True)
class Labelled:
    """The examples of one document and how many statements were labelled in it. `whole` tells whether
    it is a report as they are published; of chosen sentences the share of statements says nothing."""

    name: str
    examples: tuple[Example, ...]
    labels: int
    whole: bool = True


@dataclass(frozen=True)
class Figures:
    """Statements right, found and labelled."""

    right: int
    found: int
    labelled: int

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.right + other.right, self.found + other.found, self.labelled + other.labelled
        )

    @property
    def f1(self) -> int:
        """F1 in tenths of a per cent."""
        return 2000 * self.right // max(1, self.found + self.labelled)


# --------------------------------------------------------------------------- examples


def labelled(
    name: str, text: Text, decoded: str, labels: Sequence[Label], *, nested: bool, whole: bool
) -> Labelled:
    """The examples of one parsed document. `decoded` is the text that the labels' offsets count in;
    `nested` tells whether statements inside others' contents are labelled: if not, what is found there
    and matches none is neither right nor wrong, and is left out."""
    words = _Words(decoded)
    golds = [tuple(words.touched(s) for s in (g.source, g.cue, g.content)) for g in labels]
    made: list[Example] = []
    for tree in text.trees:
        ruled = [d for d in sentence_drafts(text, tree) if d.cue is not None]
        for draft in (*ruled, *proposals(text, tree, ruled)):
            spans = _spans(text.version, draft)
            source, cue, content = (words.touched(s) for s in spans)
            if not content or draft.cue is None:
                continue
            alike = [
                (_dice(gold[2], content), -n)
                for n, gold in enumerate(golds)
                if _dice(gold[2], content) >= ALIKE
                and _dice(gold[0], source) >= ALIKE
                and (gold[1] & cue or not gold[1])
            ]
            label = -max(alike)[1] if alike else None
            inside = any(cue and cue <= gold[2] for gold in golds)
            if label is None and inside and not nested:
                continue
            by_rule = any(draft is d for d in ruled)
            # the same few names stand in all examples: kept once each, a corpus fits into memory
            names = map(sys.intern, features(text, draft, ruled, by_rule=by_rule))
            group = (tree.sentence.number, draft.cue.head)
            made.append(Example(tuple(names), by_rule, label, group, inside))
    return Labelled(name, tuple(made), sum(bool(gold[2]) for gold in golds), whole)


def _spans(version: Version, draft: Draft) -> tuple[list[Range], list[Range], list[Range]]:
    """A draft's source, cue and content as offsets in the decoded text."""

    def original(start: int, end: int) -> Range:
        cited = cite(version, start, end)
        return cited.capture_start, cited.capture_end

    who = [original(*draft.who_tree.span(draft.who.tokens))] if draft.who is not None else []
    cue = [original(*draft.cue_range)] if draft.cue_range is not None else []
    return who, cue, [original(a, b) for a, b in draft.content]


class _Words:
    def __init__(self, text: str) -> None:
        spans = [m.span() for m in _WORD.finditer(text)]
        self.starts, self.ends = [a for a, _ in spans], [b for _, b in spans]

    def touched(self, spans: Iterable[Range]) -> frozenset[int]:
        """Numbers of the words that the spans touch."""
        return frozenset(
            n
            for a, b in spans
            for n in range(bisect_right(self.ends, a), bisect_left(self.starts, b))
        )


def _dice(one: frozenset[int], other: frozenset[int]) -> int:
    total = len(one) + len(other)
    return 200 * len(one & other) // total if total else 100


# --------------------------------------------------------------------------- weights


def train(
    documents: Sequence[Labelled], *, keep_rules: bool
) -> tuple[dict[str, int], Figures, Figures]:
    """(weights, figures of rules alone, figures with the tagger). Figures are of all whole reports, each
    judged by weights that were trained without it (cross-validation in FOLDS parts). What all statements
    have in common is set so that there as many are likely as there are, and then that those are accepted
    whose chance is above half of F1, which is best for F1 (Lipton, Elkan and Naryanaswamy, 2014); documents of chosen sentences are only learned from.
    With `keep_rules` all that rules make is accepted."""
    ordered = sorted(documents, key=lambda d: d.name)
    reports = [d for d in ordered if d.whole] or ordered
    nothing = Figures(0, 0, 0)
    alone, judged = nothing, []
    for fold in range(FOLDS):
        held = reports[fold::FOLDS]
        out = {d.name for d in held}
        weights = fit([d for d in ordered if d.name not in out], keep_rules=keep_rules)
        alone += figures(held, {"rule": CERTAIN})
        judged.append((held, weights))
    lean = _calibrated(judged, keep_rules)
    found = nothing
    for _ in range(2):
        # a threshold of half of F1 needs F1, which depends on it little
        found = nothing
        for held, weights in judged:
            found += figures(held, _leaning(weights, lean, keep_rules))
        lean = _calibrated(judged, keep_rules) + _odds(1000 - found.f1 // 2)
    return _leaning(fit(ordered, keep_rules=keep_rules), lean, keep_rules), alone, found


def _calibrated(
    judged: Sequence[tuple[Sequence[Labelled], Mapping[str, int]]], keep_rules: bool
) -> int:
    """The lean with which the chances of held-out statements sum up to how many there are."""
    sums: list[int] = []
    wanted = 0
    for held, weights in judged:
        for example in (e for d in held for e in d.examples):
            if keep_rules and example.by_rule:
                continue
            if example.by_rule or is_worth(weights, example.names):
                sums.append(sum(weights.get(name, 0) for name in example.names))
                wanted += example.label is not None
    chances = _chances()
    return min(
        LEANS,
        key=lambda lean: (
            abs(sum(_chance(chances, (total + lean) // 10) for total in sums) - wanted * _MILLION),
            lean,
        ),
    )


def _odds(thousandths: int) -> int:
    """The logit of a chance, in thousandths."""
    return round(1000 * math.log(thousandths / (1000 - thousandths)))


def _leaning(weights: Mapping[str, int], lean: int, keep_rules: bool) -> dict[str, int]:
    leaning = ("open",) if keep_rules else ("open", "rule")
    return {**weights, **{name: weights.get(name, 0) + lean for name in leaning}}


def fit(documents: Sequence[Labelled], *, keep_rules: bool) -> dict[str, int]:
    """Weights in thousandths of a logit, without those that are nothing."""
    examples = [e for d in documents for e in d.examples if not (keep_rules and e.by_rule)]
    counts = Counter(name for e in examples for name in e.names)
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    place = {name: i for i, name in enumerate(names)}
    rows = [
        ([place[name] for name in e.names if name in place], 0 if e.label is None else _MILLION)
        for e in examples
    ]
    weights, spread = [0.0] * len(names), [0.01] * len(names)
    chances = _chances()
    order = list(range(len(rows)))
    random = Random(SEED)
    for _ in range(max(3, min(10, SEEN // max(1, len(rows))))):
        random.shuffle(order)
        for n in order:
            active, wanted = rows[n]
            total = round(100 * sum(weights[i] for i in active))
            slope = (wanted - _chance(chances, total)) / _MILLION
            square = slope * slope
            step = RATE * slope
            for i in active:
                spread[i] += square
                weights[i] += step / math.sqrt(spread[i])
    found = {name: round(1000 * weights[i]) for name, i in place.items()}
    if keep_rules:
        found["rule"] = CERTAIN
    return {name: value for name, value in found.items() if value}


def _chances() -> list[int]:
    """Millionths of a chance for every logit from -_FARTHEST to _FARTHEST, in hundredths."""
    return [
        round(_MILLION / (1 + math.exp(-total / 100))) for total in range(-_FARTHEST, _FARTHEST + 1)
    ]


def _chance(chances: Sequence[int], total: int) -> int:
    return chances[max(-_FARTHEST, min(_FARTHEST, total)) + _FARTHEST]


def figures(documents: Sequence[Labelled], weights: Mapping[str, int]) -> Figures:
    """What the weights accept of the documents' examples, as Tagger.decide does."""
    right = found = total = 0
    for document in documents:
        best: dict[tuple[int, int, int], tuple[int, Example]] = {}
        for n, example in enumerate(document.examples):
            if not example.by_rule and not is_worth(weights, example.names):
                continue
            summed = sum(weights.get(name, 0) for name in example.names)
            key = (*example.group, n if example.by_rule else -1)
            if summed > max(0, best[key][0] if key in best else 0):
                best[key] = (summed, example)
        told = [e.label for _, e in best.values()]
        right += len({label for label in told if label is not None})
        found += len(told)
        total += document.labels
    return Figures(right, found, total)

"""Where one line says not what another says so: denials, exclusions, and why both may yet be true.

A false alarm is the worst defect. Two lines are opposed if one denies the very act that the other tells as
done (denials.py) and nothing speaks for another act, part or occasion. `contradicts` is then kept for two
outlets in their own voice; a word of somebody makes it `incompatible_accounts`; where a doubt is left, the
two differ in polarity.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import Pair, is_close
from onrecord.relate.denials import NOWHERE, Denial, Near, acts_of, denials, told_acts, told_in
from onrecord.relate.denied_acts import is_denied, is_unpledged, is_unsaid, may_be_one, unsaying
from onrecord.relate.doubts import doubt_of, is_past
from onrecord.relate.excluding import excluding, families_of, is_called_untrue, is_first_another
from onrecord.relate.frames import Finding, Frame, name_of, outlet_of
from onrecord.relate.keys import tables
from onrecord.relate.matching import Match, Weights
from onrecord.relate.senses import named_senses

ACT_NOUNS = {
    "threaten": "threat",
    "promise": "promise",
    "agree": "agreement",
    "refuse": "refusal",
    "demand": "demand",
    "offer": "offer",
}


def unspoken(a: Frame, b: Frame) -> Finding | None:
    """What comes of a denial that something was said, promised or threatened, in either of two lines."""
    for no, yes in ((a, b), (b, a)):
        if denies_speech(no) and (found := speech_act(no, yes)):
            return found
    return None


@functools.lru_cache(maxsize=20_000)
def denies_speech(frame: Frame) -> bool:
    """Whether a line denies an act of speech at all: one in forty does, and all pairs are asked."""
    return _denied_speech(frame) is not None or bool(unsaying(frame))


def speech_act(denial: Frame, other: Frame) -> Finding | None:
    """ "X did not threaten Y" beside X's threat as others report it: differing, never contradicting.

    The denial speaks of what was said on one occasion; the other report, of what was said on another
    or in other words.
    """
    line, told = denial.line, other.line
    if is_unsaid(denial, other):
        return Finding(
            "incompatible_accounts",
            "polarity",
            f"{name_of(denial)} says it was never said; {outlet_of(other)} reports it as said",
            past=True,
        )
    head = _denied_speech(denial)
    if head is None:
        return None
    speech = tables()["speech"]
    act = speech[head.predicate]
    if told.holder is None:
        mine = next(
            (c for c in told.clauses if speech.get(c.predicate) == act and not c.negative), None
        )
        if mine is None:
            return None
        same_act, speakers = True, set(mine.doer_ids)
    else:
        same_act = (
            told.act == act or (act == "threaten" and told.act == "warn")
        ) and not told.negative
        speakers = {told.holder.actor_id} if told.holder.actor_id else set()
    accused = set(head.doer_ids) or set(line.actors)
    meant = bool(speakers & accused) or bool(
        told.side is not None and told.side in _countries(line, head)
    )
    about = ({k for k, _ in line.keys} & {k for k, _ in told.keys}) - {head.predicate, act}
    if not (same_act and meant and about):
        return None
    matter = ", ".join([word for key, word in line.keys if key in about][:3])
    by = f" by {told.holder.name}" if told.holder else ""
    return Finding(
        "differs",
        "characterisation",
        f"{name_of(denial)} says there was no {ACT_NOUNS.get(act, act)} ({matter}); {outlet_of(other)} "
        f"reports one{by}; whether both speak of the same words on the same occasion is not shown",
    )


@functools.lru_cache(maxsize=20_000)
def _denied_speech(frame: Frame) -> Clause | None:
    """The first clause by which a holder denies an act of speech."""
    line, speech = frame.line, tables()["speech"]
    if line.holder is None:
        return None
    return next(
        (c for c in line.clauses if (c.negative or line.negative) and c.predicate in speech), None
    )


def _countries(line: Line, clause: Clause) -> frozenset[str]:
    """The countries of those a clause says did it."""
    return frozenset(c for a, c in line.sides if a in clause.doer_ids)


def polarity(a: Frame, b: Frame, match: Match) -> Finding | None:
    """Who says not what the other says so: opposed where nothing leaves a doubt, else differing."""
    return denied(a, b, match.score) or exclusive(a, b, match.score)


def exclusive(a: Frame, b: Frame, score: int, near: Near = NOWHERE) -> Finding | None:
    """What comes of two lines that cannot both be so though neither denies anything."""
    voices = a.line.holder is not None or b.line.holder is not None
    if may_be_one(a.line, b.line):
        return None
    relation = "incompatible_accounts" if voices else "contradicts"
    if found := excluding(a, b, score, near):
        x, y = found
        return Finding(
            relation,
            "polarity",
            f"{name_of(a)}: “{x.word}”; {name_of(b)}: “{y.word}”: of one thing both cannot be so",
        )
    if is_first_another(a, b, score):
        return Finding(
            relation,
            "polarity",
            f"{name_of(a)} and {name_of(b)} each name another as the first to do it",
        )
    for no, yes in ((a, b), (b, a)):
        if is_called_untrue(no, yes, score):
            return Finding(
                relation, "polarity", f"{name_of(no)} calls untrue what {name_of(yes)} tells"
            )
    return None


def denied(
    a: Frame, b: Frame, score: int, near: Mapping[bool, Near] | None = None
) -> Finding | None:
    """What comes of a denial of the very act that the other line tells; None if neither denies it.
    `near`: what each has in common with the lines around the other, by whether the first denies."""
    doubted: Finding | None = None
    for no, yes in ((a, b), (b, a)):
        for denial in denials(no):
            for clause in told_in(yes):
                here = near[no is a] if near else NOWHERE
                if is_unpledged(no, denial, yes, clause, score, here) and not may_be_one(
                    a.line, b.line
                ):
                    told = f"{name_of(no)} says there was none; {name_of(yes)} gives it"
                    return Finding("incompatible_accounts", "polarity", told)
                if not is_denied(no, denial, yes, clause, score, here):
                    continue
                told = f"{name_of(no)} says not; {name_of(yes)} says so"
                doubt = doubt_of(no, denial.clause, yes, clause)
                if doubt is None and may_be_one(a.line, b.line):
                    doubt = "the same occasion is not shown"
                if doubt is None:
                    return _opposed(no, yes, denial, clause, told)
                if denial.about:
                    doubted = doubted or Finding("differs", "polarity", f"{told}; {doubt}")
    return doubted


def _opposed(no: Frame, yes: Frame, denial: Denial, y: Clause, told: str) -> Finding:
    x = denial.clause
    day = "same day" if set(x.days) & set(y.days) else "no other occasion is named"
    own = no.line.holder is None and yes.line.holder is None and not denial.word
    return Finding(
        "contradicts" if own else "incompatible_accounts",
        "polarity",
        f"{told}: same act, {day}",
        is_past(no, x, y),
    )


def further(
    frames: Sequence[Frame],
    weights: Weights,
    common: int,
    placed: Mapping[tuple[int, int], Match],
) -> Iterator[tuple[tuple[int, int], Finding, Match]]:
    """Lines that have too few words in common to be compared, one of which denies the very act that the
    other tells; of one report too, where two holders speak. Acts that more than `common` lines tell are left out."""
    telling: dict[str, list[int]] = defaultdict(list)
    beside = _Beside(frames, weights)
    for j, frame in enumerate(frames):
        for key in sorted(
            {k for c in told_in(frame) for k in (c.predicate, *told_acts(c), *c.others)}
        ):
            telling[key].append(j)
    yield from _excluding_further(frames, weights, common, placed, beside)
    yield from _unspoken_further(frames, weights, placed)
    for i, no in enumerate(frames):
        partners: set[int] = set()
        for denial in denials(no):
            for act in sorted(acts_of(denial.clause) | (denial.none or frozenset())):
                for key in named_senses(act):
                    if len(telling[key]) <= common:
                        partners |= set(telling[key])
        for j in sorted(partners - {i}):
            yes = frames[j]
            own = no.line.article_id == yes.line.article_id
            if own and (not (no.line.holder or yes.line.holder) or _overlap(no.line, yes.line)):
                continue
            pair = (min(i, j), max(i, j))
            match = placed.get(pair) or weights.match(*pair)
            found = denied(no, yes, match.score, beside.shared(i, j))
            if found is not None and found.relation != "differs":
                yield pair, found, match


def _unspoken_further(
    frames: Sequence[Frame], weights: Weights, placed: Mapping[tuple[int, int], Match]
) -> Iterator[tuple[tuple[int, int], Finding, Match]]:
    """Who denies that something was said, promised or threatened, beside all who tell of it: how many
    other lines share more words with the denial says nothing of that."""
    for i, no in enumerate(frames):
        if not denies_speech(no):
            continue
        for j, yes in enumerate(frames):
            pair = (min(i, j), max(i, j))
            if pair in placed or no.line.article_id == yes.line.article_id:
                continue
            if found := speech_act(no, yes):
                yield pair, found, weights.match(*pair)


def _excluding_further(
    frames: Sequence[Frame],
    weights: Weights,
    common: int,
    placed: Mapping[tuple[int, int], Match],
    beside: _Beside,
) -> Iterator[tuple[tuple[int, int], Finding, Match]]:
    """The same of lines whose predicates exclude each other of one thing that both name."""
    sides: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for i, frame in enumerate(frames):
        for clause in frame.line.clauses:
            if clause.main and not clause.negative and clause.told in ("done", "present"):
                for family, side in families_of(clause):
                    for key in (*clause.doers, *clause.others):
                        sides[family, key][side].add(i)
    pairs = {
        (min(i, j), max(i, j))
        for held in sides.values()
        for side, one in held.items()
        for other, rest in held.items()
        if side < other and len(one) + len(rest) <= common
        for i in one
        for j in rest
        if frames[i].line.article_id != frames[j].line.article_id
    }
    for i, j in sorted(pairs):
        match = placed.get((i, j)) or weights.match(i, j)
        near = beside.shared(i, j)[True]
        if near.weight < OUTLETS and match.score < SURE:
            continue
        found = exclusive(frames[i], frames[j], match.score, near)
        if found is not None:
            yield (i, j), found, match


OUTLETS = 700
"""What two lines must have in common with the lines around one another to be of one matter, if they share few
words and neither denies anything."""

SURE = 350
"""Score that two lines need if nothing around them shows one occasion and neither denies anything."""


class _Beside:
    """What lines have in common with the lines around others: a denial answers what its report told
    just before, and what another report tells is of the same occasion if it shares that."""

    def __init__(self, frames: Sequence[Frame], weights: Weights) -> None:
        self._frames, self._weights = frames, weights
        self._around: dict[int, frozenset[str]] = {}

    def around(self, i: int) -> frozenset[str]:
        """The keys of the lines that stand next to a line in its report, and its own."""
        if i not in self._around:
            of = self._frames[i].line.article_id
            low, high = max(0, i - BEFORE), min(len(self._frames), i + AFTER + 1)
            self._around[i] = frozenset(
                key
                for n in range(low, high)
                if self._frames[n].line.article_id == of
                for key in self._weights.keys[n]
            )
        return self._around[i]

    def shared(self, i: int, j: int) -> dict[bool, Near]:
        """What two lines share with what stands around the other; by whether the first denies."""
        one = self._weights.keys[i] & self.around(j)
        weight = self._weights.of(one | (self._weights.keys[j] & self.around(i)))
        return {True: Near(weight, self.around(j)), False: Near(weight, self.around(i))}


BEFORE, AFTER = 2, 1
"""Lines in front of a line and behind it that tell of its occasion."""


def _overlap(a: Line, b: Line) -> bool:
    """Whether one of two lines of a report stands inside the other."""
    x, y = a.citation, b.citation
    return (x.start or 0) < (y.end or 0) and (y.start or 0) < (x.end or 0)


def untrue(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one says is to come or is so, and the other says is not."""
    for x, y in pairs:
        if x.negative == y.negative or not (x.main and y.main and is_close(x, y)):
            continue
        if not told_in(b if x.negative else a):
            continue
        no, yes = (a, b) if x.negative else (b, a)
        return Finding(
            "differs",
            "polarity",
            f"{name_of(no)} says not; {name_of(yes)} says so; the same occasion is not shown",
        )
    return None

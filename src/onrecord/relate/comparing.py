"""How two frames relate, and why. Every rule names what it saw; none rests on a likeness score.

A false alarm is the worst defect: `contradicts` is kept for two accounts of one holder kind about the
same act on the same day with opposite polarity, both unconditional; a denial by one holder and an
assertion by another is `incompatible_accounts` only on a shared, known day; everything else that is
not alike `differs`, with what it differs in.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from onrecord.relate.frames import Frame, tables
from onrecord.relate.quantities import compatible
from onrecord.relate.wordings import between, differing_words, longest_common, longest_run
from onrecord.text.folding import words


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation between two frames. `in_` names what differs; None where nothing does."""

    relation: str
    in_: str | None
    basis: str


def compare(a: Frame, b: Frame) -> Finding | None:
    """The relation of two frames of different reports; None if they speak of different things.

    Symmetric but for the order in which the basis names the two.
    """
    same_holder = _same_holder(a, b)
    if same_holder is not False and (found := _quotation(a, b)):
        return found
    if found := _speech_act(a, b) or _speech_act(b, a):
        return found
    if not _same_subject_matter(a, b, same_holder):
        return None
    for rule in (_condition, _polarity, _number, _day, _modality):
        if found := rule(a, b, same_holder):
            return found
    if a.negative != b.negative or _realised(a, b):
        return None
    if same_holder and a.holder is not None:
        return Finding(
            "paraphrase",
            "wording",
            f"{a.holder.name}'s words told in two ways: both have {_shared(a, b)}",
        )
    if not _one_proposition(a, b):
        return None
    if a.holder is None and b.holder is None:
        return Finding("corroborates", None, f"both reports tell it themselves: {_shared(a, b)}")
    if same_holder is False:
        return Finding(
            "corroborates", "attribution", f"{_name(a)} and {_name(b)} both have {_shared(a, b)}"
        )
    if (a.holder is None) != (b.holder is None):
        return Finding(
            "corroborates", "attribution", f"{_name(a)} tells as {_name(b)} does: {_shared(a, b)}"
        )
    return None


OPEN = frozenset({"planned", "threatened", "conditional"})


def _unrealised(frame: Frame) -> bool:
    """Whether a line speaks of what is still to come, wished or conditional."""
    return (
        frame.status in OPEN
        or frame.modality in ("planned", "hypothetical", "required", "possible")
        or frame.act in ("threaten", "promise", "offer", "demand", "propose", "ask")
    )


def _realised(a: Frame, b: Frame) -> bool:
    """Whether one line announces what the other tells as done: what came of it, not the same claim."""
    return _unrealised(a) != _unrealised(b)


def _one_proposition(a: Frame, b: Frame) -> bool:
    """Whether two lines say the same of the same: one predicate, a shared actor or subject matter."""
    return (
        a.predicate is not None
        and _group(a.predicate) == _group(b.predicate)
        and bool(a.actors & b.actors or len(a.lemmas & b.lemmas) >= 4)
    )


def _same_holder(a: Frame, b: Frame) -> bool | None:
    """True or False where both holders are known, None where one is not resolved."""
    if a.holder is None or b.holder is None:
        return a.holder is b.holder
    if a.holder.actor_id and b.holder.actor_id:
        return a.holder.actor_id == b.holder.actor_id
    return None


UNKNOWN_OUTLET = "outlet unknown"


def _outlet(frame: Frame) -> str:
    return frame.outlet or UNKNOWN_OUTLET


def _name(frame: Frame) -> str:
    where = _outlet(frame)
    return f"{frame.holder.name} ({where})" if frame.holder else where


def _shared(a: Frame, b: Frame) -> str:
    """The first shared words, as one of the two writes them."""
    common = a.lemmas & b.lemmas
    return "“" + "”, “".join(word for lemma, word in a.surfaces if lemma in common) + "”"


# --------------------------------------------------------------------------- quotations


SHORT_QUOTE = 2
"""A quoted phrase of this many words is a shared phrase if the same holder said it."""
LONG_QUOTE = 4
"""A run of this many quoted words is one utterance: below it, stock phrases meet by chance."""


SAME_QUOTE = 80
"""Per cent of the shorter quotation's words that must stand in the other, in order, for one utterance."""


def _quotation(a: Frame, b: Frame) -> Finding | None:
    best: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None
    for left in a.quotes:
        for right in b.quotes:
            run = longest_run(left, right)
            if best is None or run > best[0]:
                best = (run, left, right)
    plain = _quote_against_words(a, b) or _quote_against_words(b, a)
    if best is None or best[0] < SHORT_QUOTE:
        return plain
    run, left, right = best
    shorter = min(len(left), len(right))
    if run < LONG_QUOTE and (run < shorter or not (a.lemmas & b.lemmas)):
        return plain
    phrase = " ".join(longest_common(left, right))
    if _conditions_differ(a, b):
        return Finding(
            "differs", "condition", f"the same words “{phrase}”, but {_conditions(a, b)}"
        )
    if run < shorter and run * 2 < shorter:
        return Finding("same_quote", "wording", f"{run} words of one utterance in both: “{phrase}”")
    different = differing_words(left, right)
    alike = Indel.normalized_similarity(list(left), list(right))
    equal = round(alike * (len(left) + len(right)) / 2)
    if different and equal * 100 < SAME_QUOTE * shorter:
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
        return Finding("adds", "wording", f"the same quotation, longer in {_outlet(longer)}")
    inner = between(left, right)
    if inner is None:
        return Finding("same_quote", "wording", f"{run} words of one utterance in both: “{phrase}”")
    changed = "; ".join(f"‘{x or '–'}’ / ‘{y or '–'}’" for x, y in inner[:4])
    return Finding("same_quote", "wording", f"same words but for {changed}")


def _quote_against_words(a: Frame, b: Frame) -> Finding | None:
    """A quotation that the other report gives without marks, in part or whole."""
    told = words(b.text)
    for left in a.quotes:
        run = longest_run(left, told)
        if run >= LONG_QUOTE and 2 * run >= len(left):
            if _conditions_differ(a, b):
                return Finding("differs", "condition", f"the same words, but {_conditions(a, b)}")
            return Finding(
                "paraphrase",
                "wording",
                f"{run} words that {_outlet(a)} quotes stand in the other without marks",
            )
    return None


# --------------------------------------------------------------------------- denials of a speech act


ACT_NOUNS = {
    "threaten": "threat",
    "promise": "promise",
    "agree": "agreement",
    "refuse": "refusal",
    "demand": "demand",
    "offer": "offer",
}


def _speech_act(denial: Frame, other: Frame) -> Finding | None:
    """ "X did not threaten Y" beside X's threat as others report it: differing, never contradicting.

    The denial speaks of what was said on one occasion; the other report, of what was said on another
    or in other words. Only a shared day that both name would make them incompatible accounts.
    """
    speech = tables()["speech"]
    act = speech.get(denial.predicate or "")
    if not (denial.negative and act and denial.holder is not None):
        return None
    if other.holder is None:
        same_act = speech.get(other.predicate or "") == act and not other.negative
        speakers = other.subject
    else:
        same_act = (
            other.act == act or (act == "threaten" and other.act == "warn")
        ) and not other.negative
        speakers = frozenset({other.holder.actor_id}) if other.holder.actor_id else frozenset()
    meant = bool(speakers & (denial.subject or denial.actors)) or (
        other.side is not None and other.side in denial.subject_sides
    )
    about = (denial.lemmas & other.lemmas) - {denial.predicate or "", act}
    if not (same_act and meant and about):
        return None
    matter = ", ".join([word for lemma, word in denial.surfaces if lemma in about][:3])
    noun = ACT_NOUNS.get(act, act)
    by = f" by {other.holder.name}" if other.holder else ""
    return Finding(
        "differs",
        "characterisation",
        f"{_name(denial)} says there was no {noun} ({matter}); {_outlet(other)} reports one{by}; "
        "whether both speak of the same words on the same occasion is not shown",
    )


# --------------------------------------------------------------------------- frames


def _same_subject_matter(a: Frame, b: Frame, same_holder: bool | None) -> bool:
    """Whether two frames speak of the same thing: enough shared content words and a shared predicate
    or actor. Stricter where the holders differ or are unknown."""
    shared = a.lemmas & b.lemmas
    smaller = min(len(a.lemmas), len(b.lemmas))
    if smaller == 0:
        return False
    same_predicate = a.predicate is not None and _group(a.predicate) == _group(b.predicate)
    if a.event_id is not None and a.event_id == b.event_id:
        return True
    if same_holder and a.holder is not None and a.pairs & b.pairs:
        return True
    needed, share = (3, 34) if same_holder else (3, 50)
    enough = len(shared) >= needed and len(shared) * 100 >= share * smaller
    if same_predicate and a.actors & b.actors:
        return enough or (
            len(shared) >= 2 and len(shared) * 100 >= 34 * smaller and bool(same_holder)
        )
    return (
        enough
        and (same_predicate or len(shared) * 100 >= 60 * smaller)
        and bool(a.actors & b.actors or len(shared) >= 4)
    )


def _group(predicate: str | None) -> str | None:
    return tables()["topics"].get(predicate, predicate) if predicate else None


def _conditions_differ(a: Frame, b: Frame) -> bool:
    if not a.condition or not b.condition:
        return False
    left, right = set(words(a.condition)), set(words(b.condition))
    return len(left & right) * 2 < min(len(left), len(right)) or _key(left) != _key(right)


_SMALL = frozenset(
    "if unless the a an in of to by on and or is are was were would will should that it its as for before after until".split()
)


def _key(found: set[str]) -> frozenset[str]:
    return frozenset(found - _SMALL)


def _conditions(a: Frame, b: Frame) -> str:
    return f"{_outlet(a)}: {a.condition}; {_outlet(b)}: {b.condition}"


def _condition(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    if _conditions_differ(a, b):
        left, right = _key(set(words(a.condition or ""))), _key(set(words(b.condition or "")))
        if len(left & right) * 3 < 2 * min(len(left), len(right)):
            return Finding("differs", "condition", _conditions(a, b))
        return None
    if (
        (a.condition is None) != (b.condition is None)
        and a.modality != "hypothetical"
        and b.modality != "hypothetical"
    ):
        if len(a.lemmas & b.lemmas) * 10 < 6 * max(len(a.lemmas), len(b.lemmas)):
            return None
        with_it, without = (a, b) if a.condition else (b, a)
        return Finding(
            "differs",
            "condition",
            f"{_name(with_it)}: {with_it.condition}; {_name(without)} names no condition",
        )
    return None


def _polarity(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    if a.negative == b.negative:
        return None
    if not (a.predicate and _group(a.predicate) == _group(b.predicate)):
        return None
    no, yes = (a, b) if a.negative else (b, a)
    told = f"{_name(no)} says not; {_name(yes)} says so"
    firm = all(
        f.modality == "asserted"
        and not f.condition
        and f.status in ("asserted", "happened", "denied", "ongoing")
        for f in (a, b)
    )
    same_subject = bool(a.subject & b.subject)
    same_day = bool(a.days & b.days)
    if firm and same_subject and same_day and _much(a, b):
        if same_holder and a.holder is None:
            return Finding("contradicts", "polarity", f"{told}: same act, same actor, same day")
        if same_holder is False or (a.holder is None) != (b.holder is None):
            return Finding(
                "incompatible_accounts", "polarity", f"{told}: same act, same actor, same day"
            )
    if (
        firm
        and same_subject
        and same_holder is not True
        and _much(a, b)
        and not (a.days and b.days)
    ):
        return Finding(
            "incompatible_accounts",
            "polarity",
            f"{told}: same act, same actor, no other occasion is named",
        )
    return Finding("differs", "polarity", f"{told}; the same occasion is not shown")


def _much(a: Frame, b: Frame) -> bool:
    shared = a.lemmas & b.lemmas
    return len(shared) >= 3 and len(shared) * 10 >= 6 * min(len(a.lemmas), len(b.lemmas))


DURATIONS = frozenset("second minute hour day week month year".split())
"""Units of time: "three hours" and "six hours" are told of different occasions or up to different
moments of one; a difference in them shows nothing."""


def _number(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    for x in a.numbers:
        for y in b.numbers:
            if x.unit == y.unit and x.unit not in DURATIONS and not compatible(x, y):
                return Finding(
                    "differs",
                    "number",
                    f"{_outlet(a)}: {x.value} {x.noun}; {_outlet(b)}: {y.value} {y.noun}",
                )
    return None


def _day(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    if not (a.days and b.days) or a.days & b.days or a.predicate != b.predicate:
        return None
    if any(x[0] <= y[1] and y[0] <= x[1] for x in a.days for y in b.days):
        return None
    left, right = min(a.days)[0], min(b.days)[0]
    return Finding("differs", "date", f"{_outlet(a)}: {left}; {_outlet(b)}: {right}")


def _modality(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    """One report tells as done what another, not earlier, tells as still to come."""
    if a.predicate != b.predicate or _unrealised(a) == _unrealised(b):
        return None
    ahead, done = (a, b) if _unrealised(a) else (b, a)
    if done.status not in ("happened", "ongoing") or ahead.status not in OPEN:
        return None
    if (
        ahead.published is None
        or done.published is None
        or ahead.published[:10] <= done.published[:10]
    ):
        return None
    return Finding(
        "differs", "modality", f"{_name(ahead)}: {ahead.status}; {_name(done)}: {done.status}"
    )

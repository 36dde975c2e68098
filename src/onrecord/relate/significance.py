"""How much a change matters to a reader: one number from 0 to 1000 to put changes in order, and why.

An order to read in, not a judgement on anybody. What a report takes back stands first, then what it is
called, what turns it into its contrary, its figures, names, quotations and days, then sentences that
went or came, then words, then looks. The steps are ours, by what corrections columns correct.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Hunk
from onrecord.relate.labelling import Judged

STEP = 49
"""Most that length and place add, so that no kind of change outranks the next."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank in per mille with its reason."""

    significance: int
    basis: str


_BY_LABEL = {
    "removed": (950, "the report was taken down"),
    "correction": (900, "a correction note"),
    "headline": (800, "the headline"),
    "number": (650, "a number"),
    "quote": (650, "quoted words"),
    "name": (650, "a name"),
    "date": (650, "a date or time"),
    "deletion": (550, "words taken out"),
    "addition": (500, "words put in"),
    "wording": (250, "wording"),
    "move": (150, "a passage moved"),
    "cosmetic": (50, "spacing or marks alone"),
    "template": (0, "the page's template"),
}
_NEGATED = (750, "a negation put in or taken out")
_CONDITION = (750, "a condition put in or taken out")
_HEDGED = (450, "how sure the report is")
_MINOR = {
    "order": "the same words in another order",
    "style": "the same number written otherwise",
    "spelling": "a word for one that is nearly the same",
    "case": "capitals alone",
    "punctuation": "punctuation alone",
}
_MINOR_BASE = 200
_MINOR_HEADLINE = 300


def rank(judged: Judged, start: int, length: int) -> Rank:
    """The rank of a hunk. `start` is the code point at which it stands, `length` that of the version."""
    labels, traits = set(judged.labels), judged.traits
    found = [_BY_LABEL[label] for label in judged.labels if label in _BY_LABEL]
    minor = next((why for trait, why in _MINOR.items() if trait in traits), None)
    if minor and not labels - {"headline", "wording", "revert"}:
        base = _MINOR_HEADLINE if "headline" in labels else _MINOR_BASE
        found = [(base, f"{minor}, in the headline" if "headline" in labels else minor)]
    if "negation" in traits and "template" not in labels:
        found.append(_NEGATED)
    if "condition" in traits:
        found.append(_CONDITION)
    if "hedge" in traits:
        found.append(_HEDGED)
    found.sort(key=lambda f: -f[0])
    base, why = found[0]
    if len(found) > 1 and base > _MINOR_BASE:
        # A label that says only how ("wording") adds nothing to one that says what.
        more = [w for b, w in found[1:] if b > 250][:2]
        why = "; ".join([why, *more])
    if "speaker" in traits:
        why += "; beside a quotation"
    if "revert" in labels:
        why += "; back to earlier words"
    if base == 0:
        return Rank(0, why)
    words = min(STEP * 2 // 3, 2 * judged.words)
    place = (STEP // 3) * (length - min(start, length)) // max(1, length)
    return Rank(min(1000, base + words + place), why)


def of_change(hunks: Sequence[Hunk], *, removed: bool) -> Rank:
    """The rank of a change: that of its weightiest hunk."""
    if removed:
        return Rank(1000, "the report was taken down")
    first = max(hunks, key=lambda h: h.significance)
    rest = sum(h.significance >= 250 for h in hunks) - 1
    more = f"; and {rest} more" if rest > 0 else ""
    return Rank(first.significance, first.basis + more)

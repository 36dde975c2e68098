"""A line with what its report tells of it, and what comparing two of them gives: names for both."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance.Levenshtein import distance

from onrecord.records import Line
from onrecord.relate.keys import words_of
from onrecord.relate.matching import Match
from onrecord.text.folding import words


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A line with what its report tells of it: outlet, when it was published, the events told in it.

    Frames are equal only to themselves: what is worked out of one is kept for the many it is held
    against, and hashing all its words costs more than working it out.
    """

    line: Line
    outlet: str | None
    published: str | None
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation between two frames. `in_` names what differs; None where nothing does. `past`: of what
    was done once, which no later day can have changed."""

    relation: str
    in_: str | None
    basis: str
    past: bool = False


TOGETHER = Finding("together", None, "")
"""Two lines speak of the same thing, and nothing shows whether what they say of it agrees."""


UNNAMED = frozenset({"unnamed source", "he", "she", "they", "it", "who", "which"})
"""What stands for a holder whom a report does not name."""


def is_same_holder(a: Line, b: Line) -> bool | None:
    """True or False where both holders are known, None where one is not resolved."""
    if a.holder is None or b.holder is None:
        return a.holder is b.holder
    if a.holder.actor_id and b.holder.actor_id:
        if a.holder.actor_id == b.holder.actor_id:
            return True
        return None if named_alike(a.holder.name, b.holder.name) else False
    return True if _one_surname(a.holder.name, b.holder.name) else None


def _one_surname(one: str, other: str) -> bool:
    """Whether one of two names of one episode is the other's surname: "Merhan" and "Dalia Merhan"."""
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) == 1 and short[0][:1].isupper() and short[0] == long[-1]


UNKNOWN_OUTLET = "outlet unknown"


def outlet_of(frame: Frame) -> str:
    """The outlet of a frame as a basis names it."""
    return frame.outlet or UNKNOWN_OUTLET


def name_of(frame: Frame) -> str:
    """Who tells a frame: its holder with the outlet, or the outlet in its own voice."""
    where = outlet_of(frame)
    return f"{frame.line.holder.name} ({where})" if frame.line.holder else where


def shared_words(a: Frame, match: Match) -> str:
    """The first shared words, as one of the two writes them."""
    found = [word for key, word in a.line.keys if key in match.shared]
    return "“" + "”, “".join(found[:8]) + "”"


def named_alike(one: str, other: str) -> bool:
    """Whether one name may be a short form of the other, or a misspelling: "Merhan" and "Dalia Merhan"."""
    left, right = words_of(one), words_of(other)
    if set(left) <= set(right) or set(right) <= set(left):
        return True
    # "Vicente Maar" and "Vincente Maar": one surname, and first names a slip apart.
    return left[-1:] == right[-1:] and distance(left[0], right[0], score_cutoff=1) <= 1


def names_speaker(a: Line, b: Line) -> bool:
    """Whether one of two lines is an outlet's own and names the person who speaks in the other."""
    for held, own in ((a, b), (b, a)):
        if held.holder is not None and own.holder is None and held.person:
            surname = words_of(held.holder.name)[-1:]
            return bool(surname) and surname[0] in words_of(own.text)
    return False


def conditions_differ(a: Line, b: Line) -> bool:
    """Whether both lines name a condition, and not the same."""
    if not a.condition or not b.condition:
        return False
    left, right = set(words(a.condition)), set(words(b.condition))
    if left <= _POINTS or right <= _POINTS:
        return False
    return len(left & right) * 2 < min(len(left), len(right)) or condition_words(
        left
    ) != condition_words(right)


_POINTS = frozenset(
    "if unless not so it they he she we you i this that do does did happens is are was were then".split()
)
"""Words of a condition that only points to another one: "if they do", "if not"."""

_SMALL = frozenset(
    "if unless the a an in of to by on and or is are was were would will should that it its as for before after until".split()
)


def condition_words(found: set[str]) -> frozenset[str]:
    """The words of a condition that tell one from another."""
    return frozenset(found - _SMALL)


def conditions(a: Frame, b: Frame) -> str:
    """Both conditions, as a basis names them."""
    return f"{outlet_of(a)}: {a.line.condition}; {outlet_of(b)}: {b.line.condition}"

"""The commitments board: each threat, promise, offer, demand and deadline as an arrow on a line of time,
from the day it was said over its deadline to what came of it, and the same in words.

Places on the line are told in per cent, so that the drawing fits any width without its words shrinking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.publish import wording
from onrecord.publish.asked import Offered
from onrecord.publish.comparing import Kept, commitments
from onrecord.publish.desk import Desk
from onrecord.records import Commitment
from onrecord.text.instants import day_of

LEFT, RIGHT, OPEN = 200, 8400, 9600
"""Hundredths of a per cent: where the line of time begins and ends, and where open ends lead to."""
ROW, HEAD, FOOT = 46, 30, 26
"""Pixels: the height of a row, what stands above the first and below the last."""
LABEL = 38
"""Most code points of a row's label: what 300 pixels hold."""
WHAT = 70
"""Most code points of what was said that follow it on a wide screen."""

STATES = {"open": "nothing is known of it", "settled": "reports tell what came of it"}


@dataclass(frozen=True)
class Place:
    """A day on the line: `x` in per cent, `anchor` for words beside it, `day` in words."""

    x: str
    anchor: str
    day: str


@dataclass(frozen=True)
class Arrow:
    """A commitment on the line. None of its days need be known.

    `reported`: the day it was said is not known, its report's stands for it. `until`: where a
    deadline of several days begins. `came` is None where no report tells what came of it.
    """

    number: int
    label: str
    what: str
    top: int
    said: Place | None
    reported: bool
    until: Place | None
    deadline: Place | None
    came: Place | None
    end: str
    words: str

    @property
    def first(self) -> str:
        """Where it begins."""
        known = [p for p in (self.said, self.until, self.deadline, self.came) if p is not None]
        return known[0].x

    @property
    def last(self) -> str:
        """Where the part that is known ends."""
        known = [p for p in (self.said, self.deadline, self.came) if p is not None]
        return max((p.x for p in known), key=lambda x: float(x.rstrip("%")))

    @property
    def settled(self) -> bool:
        return self.end != "unknown"


@dataclass(frozen=True)
class Board:
    """A page of commitments as a drawing (`arrows`) and as a list (`items`, numbered alike)."""

    items: tuple[tuple[int, Kept], ...]
    arrows: tuple[Arrow, ...]
    undrawn: tuple[int, ...]
    ticks: tuple[Place, ...]
    newest: Place | None
    height: int
    words: str


@dataclass(frozen=True)
class _Days:
    """The days of a commitment, as ordinals."""

    said: int | None
    reported: bool
    earliest: int | None
    latest: int | None
    came: int | None

    @property
    def known(self) -> list[int]:
        found = (self.said, self.earliest, self.latest, self.came)
        return [day for day in found if day is not None]


def board(desk: Desk, items: Sequence[Commitment]) -> Board:
    """Commitments as a board, in the order given; numbers are those among all of the story."""
    numbers = {item.id: number for number, item in enumerate(desk.commitments, start=1)}
    kept = tuple(zip((numbers[i.id] for i in items), commitments(desk, items), strict=True))
    days = {number: _days(desk, one) for number, one in kept}
    newest = _ordinal(desk.newest)
    every = [day for found in days.values() for day in found.known]
    if not every:
        return Board(kept, (), tuple(days), (), None, 0, "")
    scale = _Scale(every + ([newest] if newest is not None else []))
    arrows: list[Arrow] = []
    for number, one in kept:
        if days[number].known:
            arrows.append(_arrow(number, one, days[number], scale, len(arrows)))
    return Board(
        kept,
        tuple(arrows),
        tuple(number for number, found in days.items() if not found.known),
        scale.ticks,
        scale.place(newest) if newest is not None else None,
        HEAD + ROW * len(arrows) + FOOT,
        " ".join(arrow.words for arrow in arrows),
    )


def is_settled(item: Commitment) -> bool:
    """Whether a report tells that it was done, or that it was not."""
    return item.outcome.act != "unknown"


class _Scale:
    """Days to places."""

    def __init__(self, days: Sequence[int]) -> None:
        self.low, self.high = min(days), max(days)
        if self.low == self.high:
            self.low, self.high = self.low - 1, self.high + 1

    def place(self, day: int) -> Place:
        x = LEFT + (RIGHT - LEFT) * (day - self.low) // (self.high - self.low)
        anchor = "start" if x < 2500 else "end" if x > 7500 else "middle"
        return Place(f"{x // 100}.{x % 100:02d}%", anchor, _day(day))

    @property
    def ticks(self) -> tuple[Place, ...]:
        """The first day, the last, and one between where there is one."""
        middle = (self.low + self.high) // 2
        return tuple(self.place(day) for day in sorted({self.low, middle, self.high}))


def _day(ordinal: int) -> str:
    return wording.day(date.fromordinal(ordinal).isoformat())


def _ordinal(text: str | None) -> int | None:
    return None if text is None else day_of(text).toordinal()


def _days(desk: Desk, kept: Kept) -> _Days:
    item = kept.item
    said = kept.said.statement.said if kept.said else None
    start = (said.earliest or said.latest) if said else None
    reported = start is None
    if start is None and kept.article is not None:
        start = kept.article.published.latest or kept.article.published.earliest
    return _Days(
        _ordinal(start),
        reported,
        _ordinal(item.deadline.earliest),
        _ordinal(item.deadline.latest or item.deadline.earliest),
        _ordinal(_came(desk, item)) if is_settled(item) else None,
    )


def _came(desk: Desk, item: Commitment) -> str | None:
    """The day of what came of it: of the event that its evidence tells, else of the report."""
    for found in item.evidence:
        if found.for_ != "act":
            continue
        for event in desk.events.values():
            told = any(c.address == found.citation.address for c in event.citations)
            if told and (event.earliest or event.latest):
                return event.earliest or event.latest
        article = desk.article_of(found.citation)
        if article is not None:
            return article.published.latest or article.published.earliest
    return None


def _arrow(number: int, kept: Kept, days: _Days, scale: _Scale, row: int) -> Arrow:
    item = kept.item
    who = item.who.name if item.who else "speaker unknown"
    label = f"{number}. {kept.act}: {who}"
    act = wording.OUTCOMES.get(item.outcome.act, item.outcome.act).removeprefix("reported as ")

    def at(day: int | None) -> Place | None:
        return None if day is None else scale.place(day)

    several = days.earliest is not None and days.earliest != days.latest
    return Arrow(
        number,
        _short(label, LABEL),
        _short(" ".join(item.what.quote.split()), WHAT),
        HEAD + ROW * row,
        at(days.said),
        days.reported,
        at(days.earliest) if several else None,
        at(days.latest),
        at(days.came),
        act if act == "unknown" or days.came is not None else f"{act}, day unknown",
        _in_words(number, kept, days, who, act),
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _in_words(number: int, kept: Kept, days: _Days, who: str, act: str) -> str:
    """A commitment in one sentence: what the drawing shows, for those who do not see it."""
    item = kept.item
    parts = [f"{number}. {kept.act} by {who}: “{' '.join(item.what.quote.split())}”"]
    if days.said is None:
        parts.append("day unknown")
    else:
        parts.append(("reported " if days.reported else "said ") + _day(days.said))
    parts.append(f"deadline {kept.deadline}" if days.latest is not None else "no deadline is known")
    if item.condition:
        parts.append(f"on the condition “{' '.join(item.condition.quote.split())}”")
    came = f", {_day(days.came)}" if days.came is not None else ""
    parts.append(f"what came of it: {act}{came}")
    parts += [
        f"{question} {wording.OUTCOMES.get(value, value).removeprefix('reported as ')}"
        for question, value in (
            ("condition", item.outcome.condition),
            ("deadline", item.outcome.deadline),
        )
    ]
    return "; ".join(parts) + "."


# --------------------------------------------------------------------------- chosen


@dataclass(frozen=True)
class Wanted:
    """Which commitments; empty: any."""

    who: str = ""
    act: str = ""
    state: str = ""


def who_of(item: Commitment) -> str:
    return item.who.name if item.who else "speaker unknown"


def _state(item: Commitment) -> str:
    return "settled" if is_settled(item) else "open"


_READ = {"who": who_of, "act": lambda item: item.act, "state": _state}


def chosen(items: Sequence[Commitment], wanted: Wanted, but: str = "") -> tuple[Commitment, ...]:
    """Those that fit, all fields but one looked at."""
    return tuple(
        item
        for item in items
        if all(
            not (value := getattr(wanted, name)) or name == but or read(item) == value
            for name, read in _READ.items()
        )
    )


def choices(items: Sequence[Commitment], wanted: Wanted, name: str) -> list[Offered]:
    """What one field offers, the most frequent first."""
    found = Counter(_READ[name](item) for item in chosen(items, wanted, name))
    current = getattr(wanted, name)
    if current:
        found.setdefault(current, 0)
    words = {"act": wording.ACTS, "state": STATES}.get(name, {})
    return [
        Offered(value, words.get(value, value), number, value == current)
        for value, number in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    ]

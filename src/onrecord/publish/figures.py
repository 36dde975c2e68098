"""Figures for pages: each series as a table by day and outlet, and as a line of steps.

The line goes through the highest number told on each day; the bars are the bounds of every number. All
coordinates are whole numbers, so that a page is the same bytes everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onrecord.publish import wording
from onrecord.publish.desk import Desk
from onrecord.records import Article, ToldFigure

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 12, 12, 36, 36
POINTS = 3
"""Days from which on a series is drawn."""


@dataclass(frozen=True)
class Row:
    """One number: who tells it, for which day, how it bounds."""

    figure: ToldFigure
    article: Article | None
    day: str
    bounds: str


@dataclass(frozen=True)
class Mark:
    """The bounds of one number in the drawing; `open` where one side has no bound."""

    x: int
    top: int
    bottom: int
    y: int
    open: str
    words: str


@dataclass(frozen=True)
class Steps:
    """A drawing: the line's path, a mark a number, and the same in words."""

    path: str
    marks: tuple[Mark, ...]
    labels: tuple[tuple[int, int, str, str], ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Series:
    """The numbers of one thing, by day."""

    id: str
    what: str
    unit: str
    rows: tuple[Row, ...]
    steps: Steps | None


def by_series(desk: Desk) -> tuple[tuple[ToldFigure, ...], ...]:
    """The story's figures in series: those told most come first."""
    groups: dict[tuple[str, str], list[ToldFigure]] = defaultdict(list)
    for figure in desk.library.by(ToldFigure, "story_id", desk.story.id):
        groups[figure.what, figure.unit].append(figure)
    made = [tuple(sorted(g, key=lambda f: (f.as_of or "9", f.id))) for g in groups.values()]
    return tuple(sorted(made, key=lambda g: (-len(g), g[0].what, g[0].unit)))


def views(desk: Desk, items: Sequence[tuple[ToldFigure, ...]]) -> tuple[Series, ...]:
    return tuple(_series(desk, group) for group in items)


def _series(desk: Desk, group: Sequence[ToldFigure]) -> Series:
    rows = tuple(
        Row(
            f, desk.article(f.article_id), wording.day(f.as_of) if f.as_of else "", bounds(f)
        )
        for f in group
    )  # fmt: skip
    return Series(group[0].id, group[0].what, group[0].unit, rows, steps(group))


def number(value: int | str) -> str:
    """A number with commas: 1,200 and 4.7."""
    whole, dot, rest = str(value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def bounds(figure: ToldFigure) -> str:
    """What a number says, in words: "1,140 to 1,260", "300 or more"."""
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    if low is not None:
        return f"{number(low)} or more"
    return f"{number(high)} or less" if high is not None else ""


def _top(figure: ToldFigure) -> Decimal:
    """The number itself as far as its bounds tell it: what stands between them, or the one it has."""
    known = [Decimal(str(v)) for v in (figure.low, figure.high) if v is not None]
    return sum(known, Decimal(0)) / len(known)


def steps(group: Sequence[ToldFigure]) -> Steps | None:
    """The drawing of a series; None with fewer than three days."""
    known = [f for f in group if f.as_of and (f.low is not None or f.high is not None)]
    days = sorted({date.fromisoformat(str(f.as_of)[:10]) for f in known})
    if len(days) < POINTS:
        return None
    values = [Decimal(str(v)) for f in known for v in (f.low, f.high) if v is not None]
    ceiling, span = max(values) or Decimal(1), (days[-1] - days[0]).days

    def across(day: date) -> int:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - days[0]).days // span

    def up(value: Decimal) -> int:
        room = HEIGHT - TOP - BOTTOM
        return HEIGHT - BOTTOM - int(value * room // ceiling)

    highest = {
        day: max((f for f in known if str(f.as_of)[:10] == day.isoformat()), key=_top)
        for day in days
    }
    path = f"M{across(days[0])} {up(_top(highest[days[0]]))}"
    for day in days[1:]:
        path += f"H{across(day)}V{up(_top(highest[day]))}"
    marks = tuple(
        Mark(
            x=across(date.fromisoformat(str(f.as_of)[:10])),
            top=up(Decimal(str(f.high if f.high is not None else f.low))),
            bottom=up(Decimal(str(f.low if f.low is not None else f.high))),
            y=up(_top(f)),
            open="above" if f.high is None else "below" if f.low is None else "",
            words=f"{wording.day(str(f.as_of))}: {bounds(f)}",
        )
        for f in known
    )
    ends = (days[0], days[-1])
    labels = tuple(
        (across(d), max(22, up(_top(highest[d])) - 8), bounds(highest[d]), wording.day(d.isoformat()))
        for d in ends
    )  # fmt: skip
    words = "; ".join(f"{wording.day(d.isoformat())}: {bounds(highest[d])}" for d in days)
    return Steps(path, marks, labels, f"Highest number told, by day. {words}")

"""Dates within a story: what other reports settle, and what stays unknown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest

from onrecord.records import (
    Article,
    Bounds,
    Citation,
    DateCandidate,
    DateExpression,
    Dateline,
    Episode,
    Story,
)
from onrecord.relate import dates
from onrecord.stage import Group
from onrecord.text.ids import make_id

FRIDAY = "2031-05-02"


@dataclass(frozen=True)
class Said:
    """A time expression of one report, as annotate leaves it."""

    report: str
    quote: str
    value: str | None
    about: tuple[str, ...] = ()
    weekday: int | None = None
    direction: str | None = None
    anchored: bool = True
    type: str = "DATE"

    def candidate(self) -> DateCandidate:
        start = sum(map(ord, self.quote + self.report)) % 5000
        end = start + len(self.quote)
        sha = hashlib.sha256(self.report.encode()).hexdigest()
        return DateCandidate(
            id=make_id("dc", f"ver-{self.report}", "date", start, end),
            version_id=f"ver-{self.report}",
            article_id=f"art-{self.report}",
            sentence=0,
            type=self.type,
            value=self.value,
            direction=self.direction,
            anchored=self.anchored,
            weekday=self.weekday,
            about=self.about,
            basis="by its own sentence",
            citation=Citation(
                version_id=f"ver-{self.report}",
                start=start,
                end=end,
                capture_id=f"cap-{self.report}",
                capture_start=start,
                capture_end=end,
                quote=self.quote,
                address=f"sha256:{sha}/utf-8:{start}-{end}",
            ),
        )


def article(name: str, published: str | None) -> Article:
    return Article(
        id=f"art-{name}",
        path=f"{name}.txt",
        url=None,
        outlet=f"The {name.title()}",
        title=None,
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=Bounds(earliest=published, latest=published),
        language="en",
        tags=(),
        announced_versions=None,
        versions=(f"ver-{name}",),
        evidence={},
    )


def settle(
    *said: Said,
    published: dict[str, str | None] | None = None,
    episodes: tuple[tuple[str, ...], ...] = (("herald", "courier", "beacon"),),
) -> dict[tuple[str, str], DateExpression]:
    """(report, quote) -> its expression, over reports published on a Friday unless said otherwise."""
    when = {"herald": FRIDAY, "courier": FRIDAY, "beacon": FRIDAY} | (published or {})
    articles = tuple(article(name, day) for name, day in when.items())
    story = Story(
        id="story-1",
        title="",
        articles=tuple(a.id for a in articles),
        episodes=tuple(
            Episode(
                id=f"ep-{i}",
                title="",
                earliest=None,
                latest=None,
                articles=tuple(f"art-{name}" for name in names),
            )
            for i, names in enumerate(episodes)
        ),
        basis="for a test",
    )
    candidates = {(s.report, s.quote): s.candidate() for s in said}
    group = Group({Story: (story,), Article: articles, DateCandidate: tuple(candidates.values())})
    made = {e.candidate_id: e for e in dates.work(group, dates.Options(), {})}
    assert len(made) == len(candidates)
    return {key: made[c.id] for key, c in candidates.items()}


OPEN = Said("courier", "Sunday", "XXXX-WXX-7", ("referendum",), weekday=6)
EXPLICIT = Said("herald", "May 4", "2031-05-04", ("referendum",), direction="after")


def test_an_explicit_date_elsewhere_settles_an_open_weekday_and_is_named() -> None:
    out = settle(OPEN, EXPLICIT)
    sunday = out["courier", "Sunday"]
    assert (sunday.value, sunday.earliest, sunday.latest) == (
        "2031-05-04",
        "2031-05-04",
        "2031-05-04",
    )
    assert "The Herald" in sunday.basis and "May 4" in sunday.basis
    assert out["herald", "May 4"].id in sunday.basis


def test_words_for_one_event_count_as_the_same() -> None:
    vote = Said("herald", "May 4", "2031-05-04", ("vote",), direction="after")
    assert settle(OPEN, vote)["courier", "Sunday"].value == "2031-05-04"


def test_a_part_of_the_day_is_kept() -> None:
    night = Said("courier", "Sunday night", "XXXX-WXX-7TNI", ("referendum",), 6, type="TIME")
    settled = settle(night, EXPLICIT)["courier", "Sunday night"]
    assert (settled.value, settled.type) == ("2031-05-04TNI", "TIME")


@pytest.mark.parametrize(
    "other",
    [
        Said("herald", "May 4", "2031-05-04", ("trial",)),
        Said("herald", "May 3", "2031-05-03", ("referendum",)),
        Said("herald", "June 8", "2031-06-08", ("referendum",)),
        Said("courier", "May 4", "2031-05-04", ("referendum",)),
        Said("herald", "May", "2031-05", ("referendum",)),
    ],
    ids=["another event", "another weekday", "too far off", "the same report", "no day"],
)
def test_what_does_not_fit_settles_nothing(other: Said) -> None:
    sunday = settle(OPEN, other)["courier", "Sunday"]
    assert (sunday.value, sunday.earliest, sunday.latest) == ("XXXX-WXX-7", None, None)
    assert sunday.basis == "by its own sentence"


def test_reports_that_disagree_settle_nothing() -> None:
    other = Said("beacon", "April 27", "2031-04-27", ("referendum",))
    assert settle(OPEN, EXPLICIT, other)["courier", "Sunday"].earliest is None


def test_the_side_the_sentence_points_to_is_kept() -> None:
    past = Said("courier", "Sunday", "XXXX-WXX-7", ("referendum",), 6, direction="before")
    assert settle(past, EXPLICIT)["courier", "Sunday"].earliest is None


def test_another_episode_settles_nothing() -> None:
    out = settle(OPEN, EXPLICIT, episodes=(("courier",), ("herald", "beacon")))
    assert out["courier", "Sunday"].earliest is None


def test_what_its_own_sentence_decides_stays() -> None:
    decided = Said("courier", "Sunday", "2031-04-27", ("referendum",), 6, direction="before")
    kept = settle(decided, EXPLICIT)["courier", "Sunday"]
    assert (kept.value, kept.basis) == ("2031-04-27", "by its own sentence")


def test_an_undated_report_takes_explicit_dates_of_singular_events_only() -> None:
    undated: dict[str, str | None] = {"courier": None}
    vote = Said("courier", "Sunday", "XXXX-WXX-7", ("referendum",), 6, anchored=False)
    assert settle(vote, EXPLICIT, published=undated)["courier", "Sunday"].value == "2031-05-04"

    by_tense = Said("herald", "Sunday", "2031-05-04", ("referendum",), 6, direction="after")
    assert settle(vote, by_tense, published=undated)["courier", "Sunday"].earliest is None

    talks = Said("courier", "Sunday night", "XXXX-WXX-7TNI", ("meeting",), 6, anchored=False)
    other_talks = Said("herald", "May 4", "2031-05-04", ("talk",))
    assert settle(talks, other_talks, published=undated)["courier", "Sunday night"].earliest is None


@pytest.mark.parametrize(
    ("value", "type_", "bounds"),
    [
        ("2031-06", "DATE", ("2031-06-01", "2031-06-30")),
        ("2031-05-02T14:00+04:00", "TIME", ("2031-05-02T14:00:00+04:00",) * 2),
        ("PT6H", "DURATION", (None, None)),
        ("XXXX-WXX-1", "SET", (None, None)),
        ("PAST_REF", "DATE", (None, None)),
        (None, "TIME", (None, None)),
    ],
)
def test_bounds_follow_from_the_value(
    value: str | None, type_: str, bounds: tuple[str | None, str | None]
) -> None:
    (made,) = settle(Said("herald", "then", value, type=type_)).values()
    assert (made.earliest, made.latest) == bounds


def test_the_order_of_candidates_changes_nothing() -> None:
    beacon = Said("beacon", "4 May", "2031-05-04", ("vote",))
    assert settle(OPEN, EXPLICIT, beacon) == settle(beacon, EXPLICIT, OPEN)

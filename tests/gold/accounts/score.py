"""Scores a build against the labelled stories beside this file: python -m tests.gold.accounts.score [FROM TO] [-v]

Every story is built by itself and as one episode; how many would have been parted
into several stories is printed. A labelled line is met by the members of claims whose citation overlaps it
by half of the shorter of the two. What the build says of a pair of lines is the relation between two such
members; `together` if they stand in one claim without a relation between them; else `none`. Of several
relations the one between the members that fit their lines best counts; a pair counts as shown opposed if
any of them opposes it. Rejected relations do not count.

A related pair is reachable if the build has a statement or an event at both lines: what comes before the
comparing loses the others. `-v` tells each miss, of the readable stories only. Figures are in tenths of a per cent. See README.md.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord import settings
from onrecord.pipeline import STAGES
from onrecord.records import (
    Citation,
    Claim,
    ClaimMember,
    Commitment,
    Event,
    Given,
    Statement,
    Story,
)
from onrecord.run.memory import build_in_memory, capture_of

HERE = Path(__file__).parent
READABLE = frozenset((*range(1, 21), *range(39, 49)))
"""Numbers of the stories that may be read while rules are written."""
OPPOSED = frozenset({"contradicts", "incompatible_accounts"})
RELATIONS = (
    "same_quote",
    "paraphrase",
    "corroborates",
    "adds",
    "differs",
    "contradicts",
    "incompatible_accounts",
    "none",
)
ONE = {
    "stories.same_event": 1,
    "stories.floor": 1,
    "stories.elsewhere": 1000,
    "stories.same_story": 1,
    "stories.near_names": 0,
    "stories.near_likeness": 0,
    "stories.near_episodes": 10_000,
    "stories.window": 400,
}
"""Makes one episode of the reports given. By default a story may be parted, and pairs across
its parts would say nothing of how lines are compared."""
Span = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """A labelled line: its report and where it stands in the report's text, in code points."""

    report: str
    span: Span
    words: str


@dataclass(frozen=True)
class Gold:
    """A labelled story."""

    name: str
    texts: Mapping[str, str]
    told: Mapping[str, Any]

    def line(self, row: Mapping[str, str]) -> Line:
        """The line that a pair, a commitment or a silence names by its words."""
        words, _, number = row["words"].partition("#")
        spots = [m.span() for m in re.finditer(re.escape(words), self.texts[row["report"]])]
        return Line(row["report"], spots[int(number or 1) - 1], words)


@dataclass(frozen=True)
class Built:
    """What the build says of a story: its claims and commitments by the ids of reports."""

    reports: Mapping[str, str]
    claims: Sequence[Claim]
    commitments: Sequence[Commitment]
    captures: Mapping[str, str]
    told_of: Mapping[str, Sequence[Span]]
    stories: int


@dataclass(frozen=True)
class Told:
    """What the build says of a pair of lines."""

    relation: str
    in_: str | None = None
    basis: str = ""
    opposed: bool = False


@dataclass
class Tally:
    """Counts by name, and each miss in one line."""

    counts: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, name: str, of: str) -> int | None:
        """In tenths of a per cent; None where there is nothing to count."""
        return 1000 * self.counts[name] // self.counts[of] if self.counts[of] else None

    def precision(self, name: str) -> int:
        """Of what was told, what is right."""
        return 1000 * self.right[name] // self.found[name] if self.found[name] else 0

    def recall(self, name: str) -> int:
        """Of what is labelled, what was told."""
        return 1000 * self.right[name] // self.gold[name] if self.gold[name] else 0

    def f1(self, name: str) -> int:
        """F1 of one relation."""
        total = self.found[name] + self.gold[name]
        return 2000 * self.right[name] // total if total else 0

    def macro_f1(self) -> int:
        """Mean F1 of the seven relations and of no relation."""
        return sum(self.f1(name) for name in RELATIONS) // len(RELATIONS)


def stories(first: int = 1, last: int = 99) -> Iterator[Gold]:
    """The labelled stories of these numbers, in order."""
    for path in sorted(HERE.glob("[0-9][0-9]-*.toml")):
        if first <= int(path.name[:2]) <= last:
            told = tomllib.loads(path.read_text("utf-8"))
            texts = {report["id"]: report["text"].strip() for report in told["report"]}
            yield Gold(path.stem, texts, told)


def build(gold: Gold) -> Built:
    """The story's reports through every stage, in memory."""
    captures, reports = [], {}
    for report in gold.told["report"]:
        given = Given(outlet=report["outlet"], published=report["published"], language="en")
        data = gold.texts[report["id"]].encode()
        capture = capture_of(f"{report['id']}.txt", data, url=report["url"], given=given)
        captures.append((capture, data))
        reports[capture.article_id] = report["id"]
    shelf, parts = build_in_memory(captures, STAGES, until="stories")
    stories_made = len(shelf.all(Story))
    shelf, reports_of = build_in_memory(captures, STAGES, options=settings.join(ONE), shelf=shelf)
    failed = [(r.stage, why) for r in (*parts, *reports_of) for _, why in r.failed]
    if failed:
        raise AssertionError(f"{gold.name}: {failed}")
    cited = [(s.article_id, s.citation) for s in shelf.all(Statement)]
    for event in shelf.all(Event):
        cited += [(a.article_id, a.citation) for a in event.accounts]
        if len(event.articles) == 1:
            cited += [(event.articles[0], c) for c in event.citations]
    return Built(
        reports,
        shelf.all(Claim),
        shelf.all(Commitment),
        {capture.id: reports[capture.article_id] for capture, _ in captures},
        {
            report: [_span(c) for article, c in cited if reports[article] == report]
            for report in gold.texts
        },
        stories_made,
    )


# --------------------------------------------------------------------------- lines and members


def overlap(a: Span, b: Span) -> int:
    """Shared code points."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _span(citation: Citation) -> Span:
    return (citation.capture_start, citation.capture_end)


def meets(line: Span, other: Span) -> bool:
    """Whether they share half of the shorter."""
    shorter = min(line[1] - line[0], other[1] - other[0])
    return shorter > 0 and 2 * overlap(line, other) >= shorter


def fit(line: Span, other: Span) -> int:
    """Dice of two spans, in thousandths."""
    return 2000 * overlap(line, other) // (line[1] - line[0] + other[1] - other[0])


def members(claim: Claim, line: Line, built: Built) -> list[ClaimMember]:
    """The members of a claim that meet a line."""
    return [
        m
        for m in claim.members
        if built.reports.get(m.article_id) == line.report and meets(line.span, _span(m.citation))
    ]


def told(built: Built, a: Line, b: Line) -> Told:
    """What the build says of two lines."""
    together = False
    ranked = []
    for claim in built.claims:
        left = {m.id: fit(a.span, _span(m.citation)) for m in members(claim, a, built)}
        right = {m.id: fit(b.span, _span(m.citation)) for m in members(claim, b, built)}
        together = together or any(x != y for x in left for y in right)
        for r in claim.relations:
            if r.review == "rejected":
                continue
            for x, y in ((r.a, r.b), (r.b, r.a)):
                if x in left and y in right and x != y:
                    ranked.append((-left[x] - right[y], r.relation, r.in_ or "", str(r.basis)))
    if not ranked:
        return Told("together" if together else "none")
    _, relation, in_, basis = min(ranked)
    return Told(relation, in_ or None, basis, any(row[1] in OPPOSED for row in ranked))


# --------------------------------------------------------------------------- the score


def count_pairs(gold: Gold, built: Built, tally: Tally) -> None:
    """Adds the pairs of a story."""
    for row in gold.told["pair"]:
        a, b = gold.line(row["a"]), gold.line(row["b"])
        is_, said = row["relation"], told(built, a, b)
        tally.gold[is_] += 1
        tally.found[said.relation] += 1
        tally.right[is_] += said.relation == is_
        related, joined = is_ != "none", said.relation != "none"
        tally.counts["related" if related else "unrelated"] += 1
        tally.counts["related together" if related else "unrelated together"] += joined
        tally.counts["opposed"] += is_ in OPPOSED
        tally.counts["shown opposed"] += said.opposed
        tally.counts["rightly opposed"] += said.opposed and is_ in OPPOSED
        tally.counts["related, reachable"] += related and all(
            any(meets(line.span, span) for span in built.told_of[line.report]) for line in (a, b)
        )
        looks = bool(row.get("looks_opposed"))
        tally.counts["looks opposed"] += looks
        tally.counts["looks opposed, shown so"] += looks and said.opposed
        if is_ == "differs":
            right = said.relation == "differs" and said.in_ in (row["in"], *row.get("also", ()))
            tally.counts["differing"] += 1
            tally.counts["differing, right in"] += right
            tally.gold[f"in {row['in']}"] += 1
            tally.right[f"in {row['in']}"] += right
        else:
            right = said.relation == is_
        if not right:
            wanted = f"{is_} {row.get('in', '')}".strip()
            has = f"{said.relation} {said.in_ or ''}".strip()
            why = f" [{said.basis}]" if said.basis else ""
            tally.wrong.append(
                f"{gold.name} {a.report}/{b.report}: {wanted}, not {has}{why}\n"
                f"    {a.words}\n    {b.words}"
            )


def count_silences(gold: Gold, built: Built, tally: Tally) -> None:
    """Adds the silences of a story: of those whose claim was found, the ones that were told."""
    articles = {report: article for article, report in built.reports.items()}
    for row in gold.told.get("silent", ()):
        line = gold.line(row["claim"])
        claims = [c for c in built.claims if members(c, line, built)]
        tally.counts["silences"] += 1
        tally.counts["silences, claim found"] += bool(claims)
        tally.counts["silences told"] += bool(claims) and all(
            articles[row["report"]] in c.silent for c in claims
        )


def count_commitments(gold: Gold, built: Built, tally: Tally) -> None:
    """Adds the commitments of a story, and what the build says came of them."""

    def met(line: Line, citation: Citation | None) -> bool:
        if citation is None or citation.capture_id is None:
            return False
        return built.captures[citation.capture_id] == line.report and meets(
            line.span, _span(citation)
        )

    for row in gold.told.get("commitment", ()):
        line = gold.line(row)
        rows = sorted(
            (c for c in built.commitments if met(line, c.what)),
            key=lambda c: (c.act != row["act"], -fit(line.span, _span(c.what)), c.id),
        )
        tally.counts["commitments"] += 1
        if not rows:
            tally.wrong.append(f"{gold.name}: no commitment: {line.words}")
            continue
        one = rows[0]
        tally.counts["commitments found"] += 1
        tally.counts["commitments, act"] += one.act == row["act"]
        tally.counts["commitments with condition"] += "condition" in row
        tally.counts["commitments, condition"] += "condition" in row and met(
            _within(gold, line, row["condition"]), one.condition
        )
        tally.counts["commitments with deadline"] += "deadline" in row
        tally.counts["commitments, deadline"] += "deadline" in row and _same_day(
            row["deadline"], one.deadline.latest
        )
        for slot in ("act", "condition", "deadline"):
            is_, said = row["outcome"][slot], getattr(one.outcome, slot)
            tally.counts["outcomes"] += 1
            tally.counts["outcomes right"] += is_ == said
            tally.counts["outcomes known"] += is_ != "unknown"
            tally.counts["outcomes told"] += said != "unknown"
            tally.counts["outcomes rightly told"] += said not in ("unknown",) and is_ == said
            if is_ != said:
                tally.wrong.append(f"{gold.name}: {slot} {is_}, not {said}: {line.words}")
        for wanted in row.get("evidence", ()):
            where = gold.line(wanted)
            tally.counts["evidence"] += 1
            tally.counts["evidence found"] += any(
                e.for_ == wanted["for"] and met(where, e.citation) for e in one.evidence
            )


def _within(gold: Gold, line: Line, words: str) -> Line:
    """The place of some words inside a line."""
    start = gold.texts[line.report].index(words, line.span[0])
    return Line(line.report, (start, start + len(words)), words)


def _same_day(labelled: str, latest: str | None) -> bool:
    return latest is not None and latest[:10] == labelled.rpartition("/")[2]


def score(first: int = 1, last: int = 99) -> Tally:
    """The tally over the stories of these numbers."""
    tally = Tally()
    for gold in stories(first, last):
        built = build(gold)
        before = len(tally.wrong)
        tally.counts["stories"] += 1
        tally.counts["stories parted by default"] += built.stories > 1
        count_pairs(gold, built, tally)
        count_silences(gold, built, tally)
        count_commitments(gold, built, tally)
        if int(gold.name[:2]) not in READABLE:
            del tally.wrong[before:]
    return tally


def lines(tally: Tally) -> Iterable[str]:
    """The figures, one a line."""
    for name in RELATIONS:
        yield (
            f"{name:22} P {tally.precision(name) / 10:5.1f}  R {tally.recall(name) / 10:5.1f}  "
            f"F1 {tally.f1(name) / 10:5.1f}  right {tally.right[name]:3}  "
            f"found {tally.found[name]:3}  gold {tally.gold[name]:3}"
        )
    yield f"{'macro-F1':22} {tally.macro_f1() / 10:5.1f}   together, no relation: {tally.found['together']}"
    for name, of in (
        ("rightly opposed", "shown opposed"),
        ("rightly opposed", "opposed"),
        ("looks opposed, shown so", "looks opposed"),
        ("related, reachable", "related"),
        ("related together", "related"),
        ("related together", "related, reachable"),
        ("unrelated together", "unrelated"),
        ("differing, right in", "differing"),
        ("silences, claim found", "silences"),
        ("silences told", "silences, claim found"),
        ("commitments found", "commitments"),
        ("commitments, act", "commitments found"),
        ("commitments, condition", "commitments with condition"),
        ("commitments, deadline", "commitments with deadline"),
        ("outcomes right", "outcomes"),
        ("outcomes rightly told", "outcomes known"),
        ("outcomes rightly told", "outcomes told"),
        ("evidence found", "evidence"),
        ("stories parted by default", "stories"),
    ):
        share = tally.share(name, of)
        percent = "    -  " if share is None else f"{share / 10:5.1f} %"
        yield f"{name:24} of {of:27} {percent}  ({tally.counts[name]} of {tally.counts[of]})"
    details = sorted(name for name in tally.gold if name.startswith("in "))
    yield "right in: " + ", ".join(
        f"{name[3:]} {tally.right[name]}/{tally.gold[name]}" for name in details
    )


def main() -> None:
    """Prints the figures, and with `-v` every miss of a readable story."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdecimal()]
    tally = score(*(numbers or (1, 20)))
    print("\n".join(lines(tally)))
    if "-v" in sys.argv:
        print("\n".join(tally.wrong))


if __name__ == "__main__":
    main()

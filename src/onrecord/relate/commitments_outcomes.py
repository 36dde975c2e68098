"""What later reports show of a pledge: was the act done, was the condition met, was the deadline kept.

Each is answered apart, with the line that shows it, or is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import (
    Outcome,
    OutcomeEvidence,
)
from onrecord.relate.commitments_conditions import condition_told
from onrecord.relate.commitments_done import (
    answered,
    by_family,
    named,
    passed,
    told,
)
from onrecord.relate.commitments_later import Later, Told
from onrecord.relate.commitments_parts import THIS_OR_NEXT, Pledge
from onrecord.text.instants import day_of, shift_days, sort_key


def outcome(pledge: Pledge, later: Later) -> tuple[Outcome, tuple[OutcomeEvidence, ...]]:
    """The three answers with their evidence. Done outweighs not done told before it; told as done and
    afterwards as not done is unknown."""
    evidence: list[OutcomeEvidence] = []
    decided = _decided(
        [
            *told(pledge, later),
            *by_family(pledge, later),
            *passed(pledge, later),
            *named(pledge, later),
            *answered(pledge, later),
        ],
        pledge,
        later,
    )
    shown, since = decided if decided is not None else (None, None)
    act = met = kept = "unknown"
    if shown is not None and (shown.done or not pledge.never):
        act = "done" if shown.done != pledge.never else "not_done"
    hung = condition_told(pledge, shown, later)
    if hung is not None:
        met = hung[0]
    if act == "done" and met == "unmet":
        # What was pledged on a condition is not done without it: one of the two speaks of something else.
        return Outcome(act="unknown", condition="unknown", deadline="unknown"), ()
    if shown is not None and act != "unknown":
        basis = f"{_basis(shown, pledge)}; {later.when(shown.line, pledge)}"
        evidence.append(OutcomeEvidence(for_="act", citation=shown.citation, basis=basis))
    if hung is not None:
        told_as = f"told as {'' if met == 'met' else 'not '}come about"
        basis = f"{told_as}; {later.when(hung[1], pledge)}"
        evidence.append(OutcomeEvidence(for_="condition", citation=hung[1].citation, basis=basis))
    moot = act == "not_done" and pledge.condition is not None and met != "met"
    if shown is not None and act != "unknown" and not moot:
        # What was pledged on a condition that did not come about was not due.
        kept, why = _kept(pledge, shown, since, later)
        if kept != "unknown":
            evidence.append(OutcomeEvidence(for_="deadline", citation=shown.citation, basis=why))
    return Outcome(act=act, condition=met, deadline=kept), tuple(evidence)


def _decided(found: Sequence[Told], pledge: Pledge, later: Later) -> tuple[Told, str | None] | None:
    """The line that serves best as evidence of what came of an act, and when that was first reported; None if
    nothing tells it, or reports tell it both ways."""

    def published(told_: Told) -> str | None:
        return later.articles[told_.line.article_id].published.earliest

    done = [f for f in found if f.done]
    if not found:
        return None
    if done:
        first = min(sort_key(published(f)) for f in done)
        if any(not f.done and sort_key(published(f)) >= first for f in found):
            return None
    told_so = done or list(found)
    earliest = min(told_so, key=lambda f: sort_key(published(f)))
    return min(told_so, key=_rank), published(earliest)


def _rank(told_: Told) -> tuple[bool, bool, bool]:
    """How well a line serves as evidence: text before headline, an outlet's own telling before somebody's word,
    with a day before without."""
    return (told_.line.part == "headline", told_.line.holder is not None, told_.days[1] is None)


def _basis(shown: Told, pledge: Pledge) -> str:
    quoted = ", ".join(f"“{w}”" for w in shown.shared)
    by = f" by {shown.line.holder.name}" if shown.line.holder is not None else ""
    if shown.passed:
        return f"told{by} that the time passed without it ({quoted})"
    told_as = "as done" if shown.done else "as not done"
    return f"told {told_as}{by} ({quoted})"


_LATE = re.compile(
    r"\b(?:later|more\s+slowly)\s+than\b[^.;:!?\n]{0,40}\b(?:promised|planned|pledged|hoped|agreed|announced|"
    r"demanded|due|set|expected)\b"
    r"|\b(?:minutes?|hours?|days?|weeks?|months?|years?)\s+(?:too\s+)?late(?!r)\b|\btoo\s+late\b|\bbelated(?:ly)?\b"
    r"|\b(?:after|past|behind)\s+(?:the|its|his|her|their)\s+(?:\w+\s+)?(?:deadline|schedule|ultimatum)\b"
    r"|\bbehind\s+schedule\b|\boverdue\b|\bafter\s+it\s+(?:had\s+been|was)\s+due\b",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"(?<!not )\b(?:in\s+(?:good\s+)?time(?!\s+(?:for|to))|on\s+(?:time|schedule)|ahead\s+of\s+(?:time|schedule|the\s+"
    r"(?:\w+\s+)?(?:deadline|ultimatum))|within\s+the\s+(?:\w+\s+)?(?:deadline|ultimatum|term)|before\s+the\s+"
    r"(?:\w+\s+)?(?:deadline|ultimatum)|(?:minutes?|hours?|days?|weeks?|months?)\s+early)\b",
    re.IGNORECASE,
)
"""How a report says itself whether something came in time. A day it names is read apart."""


_NIGHT = re.compile(r"\b(?:mid)?nights?\b|\bovernight\b", re.IGNORECASE)


def _kept(pledge: Pledge, shown: Told, since: str | None, later: Later) -> tuple[str, str]:
    """Whether the deadline was kept, by the day the act is dated to, or by when it was reported."""
    latest = pledge.deadline.latest
    if shown.passed and not pledge.never:
        return "missed", f"told that the time was up ({pledge.deadline.text}) and it was not done"
    if latest is None or pledge.never:
        return "unknown", ""
    due = day_of(latest)
    published = later.articles[shown.line.article_id].published.earliest
    if not shown.done:
        if published is not None and day_of(published) > due:
            return "missed", f"not done by {published[:10]}, after {latest[:10]}"
        return "unknown", ""
    if pledge.apart:
        return "unknown", ""
    if (late := _LATE.search(shown.line.text)) is not None:
        return "missed", f"told as late: “{late.group(0)}”"
    if (early := _EARLY.search(shown.line.text)) is not None:
        return "kept", f"told as in time: “{early.group(0)}”"
    first, last = shown.days
    if pledge.deadline.basis == THIS_OR_NEXT and first is not None and day_of(first) < due:
        return "unknown", ""
    if last is not None and day_of(last) <= due:
        return "kept", f"done by {last[:10]}, deadline {latest[:10]}"
    if (
        first is not None
        and day_of(first) == day_of(shift_days(latest, 1))
        and "night" in pledge.line.text.lower()
    ):
        # The night of a day ends on the next one.
        return (
            ("kept", f"done in the night to {first[:10]}")
            if _NIGHT.search(shown.line.text)
            else ("unknown", "")
        )
    if first is not None and day_of(first) > due:
        return "missed", f"done {first[:10]}, after {latest[:10]}"
    if first is None and since is not None and day_of(since) <= due:
        return "kept", f"reported as done on {since[:10]}, deadline {latest[:10]}"
    return "unknown", ""

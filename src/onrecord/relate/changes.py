"""Versions of one article -> Change: what was altered from each version to the next.

One row for every pair of consecutive versions. A version that nobody captured gives no row: nothing
is invented between two captures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.options import option
from onrecord.records import Change, Hunk, Version
from onrecord.relate.aligning import CutVersion, Limits, Segment
from onrecord.relate.diff import Diff, Difference
from onrecord.relate.labelling import Labeller, in_order, is_removal, is_template
from onrecord.stage import Group, Resources
from onrecord.text.folding import fold_cosmetic
from onrecord.text.ids import make_id


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the changes stage."""

    alike: int = option(
        450,
        "Sentences with this share of words in common are one edited sentence",
        unit="per mille",
    )
    moved_alike: int = option(
        800,
        "An edited sentence elsewhere with this share of words in common was moved",
        unit="per mille",
    )
    moved_words: int = option(4, "Shorter sentences are never called moved", unit="words")
    cells: int = option(
        400,
        "In gaps with more pairs of sentences only those are compared that share rarer words",
        unit="pairs",
    )


def work(group: Group, options: Options, resources: Resources) -> Iterator[Change]:
    """The changes of one article, oldest first."""
    versions = sorted(group.all(Version), key=lambda v: v.number)
    limits = Limits(options.alike, options.moved_alike, options.moved_words, options.cells)
    seen = [_substance(version) for version in versions]
    for i, (old, new) in enumerate(pairwise(versions)):
        hunks = _hunks(old, new, limits, seen[: i + 2])
        labels = {label for hunk in hunks for label in hunk.labels}
        if seen[i + 1] in seen[:i] and seen[i + 1] != seen[i]:
            labels.add("revert")
        if _removed(old, new):
            labels.add("removed")
        if hunks:
            yield Change(
                id=make_id("chg", new.article_id, old.id, new.id),
                article_id=new.article_id,
                from_version=old.id,
                to_version=new.id,
                labels=in_order(labels),
                hunks=tuple(hunks),
            )


def compare(old: Version, new: Version, options: Options = Options()) -> tuple[Hunk, ...]:
    """What differs between any two versions of one article, neighbours or not, in either order. Without
    the versions between them nothing is called a revert."""
    limits = Limits(options.alike, options.moved_alike, options.moved_words, options.cells)
    return tuple(_hunks(old, new, limits, [_substance(old), _substance(new)]))


def _substance(version: Version) -> tuple[str, ...]:
    """The sentences that a reader would compare: folded for white space and quote marks, without
    what the page's template writes."""
    return tuple(
        fold_cosmetic(s.text)
        for s in CutVersion(version).segments
        if s.kind not in ("byline", "dateline") and not _in_template(version, s)
    )


def _in_template(version: Version, segment: Segment) -> bool:
    block = version.blocks[segment.block]
    return is_template(version.text[block.start : block.end])


def _hunks(
    old: Version, new: Version, limits: Limits, seen: Sequence[tuple[str, ...]]
) -> list[Hunk]:
    diff = Diff(old, new, limits)
    labeller = Labeller(old, new, diff)
    before = [set(sentences) for sentences in seen]
    hunks = []
    for difference in diff.differences:
        labels = labeller.labels(difference)
        if not {"template", "cosmetic", "move"} & set(labels) and _reverts(
            difference, diff, before
        ):
            labels = in_order([*labels, "revert"])
        hunks.append(
            Hunk(
                op=difference.op,
                from_=difference.from_,
                to=difference.to,
                labels=labels,
                put_at=difference.put_at,
                left_at=difference.left_at,
            )
        )
    return hunks


def _reverts(difference: Difference, diff: Diff, seen: Sequence[set[str]]) -> bool:
    """Whether the sentence or sentences are again as an earlier version had them, and the last had not."""
    *earlier, last, now = seen
    came = {fold_cosmetic(s.text) for s in diff.b[difference.b[0] : difference.b[1]]} - last
    went = {fold_cosmetic(s.text) for s in diff.a[difference.a[0] : difference.a[1]]} - now
    if not came and not went:
        return False
    return any(came <= sentences and not went & sentences for sentences in earlier)


def _removed(old: Version, new: Version) -> bool:
    """Whether the page is still there but the report is not: no body left, or a notice in its place."""
    body = [[s for s in CutVersion(v).segments if s.kind != "title"] for v in (old, new)]
    if not body[0]:
        return False
    kept = {s.text for s in body[0]} & {s.text for s in body[1]}
    if not body[1]:
        return True
    return (
        len(body[1]) <= 3
        and 4 * len(kept) <= len(body[0])
        and any(is_removal(s.text) for s in body[1])
    )

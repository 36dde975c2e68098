"""Versions of one article -> Change: what was altered from each version to the next.

One row for every pair of consecutive versions. A version that nobody captured gives no row: nothing
is invented between two captures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.options import option
from onrecord.records import Change, Hunk, Version
from onrecord.relate import significance
from onrecord.relate.aligning import Limits
from onrecord.relate.cutting import FRAME, CutVersion
from onrecord.relate.diff import Diff, Difference
from onrecord.relate.edit_words import is_removal
from onrecord.relate.furniture import is_template
from onrecord.relate.labelling import Labeller, in_order
from onrecord.stage import Group, Resources
from onrecord.text.decoding import is_derived
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
        250_000,
        "In gaps with more pairs of sentences only those are compared that share rarer words",
        unit="pairs",
    )


DEFAULT = Options()

NOTICE = 3
"""Most sentences of a notice in place of a report."""


def work(group: Group, options: Options, resources: Resources) -> Iterator[Change]:
    """The changes of one article, oldest first."""
    versions = sorted(group.all(Version), key=lambda v: v.number)
    cuts = [CutVersion(version) for version in versions]
    # Two versions can show no revert: nothing to compare with.
    seen = [_substance(cut) for cut in cuts] if len(cuts) > 2 else []
    for i, (old, new) in enumerate(pairwise(cuts)):
        removed = _is_removed(old, new)
        hunks = _hunks(old, new, _limits(options), seen[: i + 2], removed=removed)
        if not hunks:
            continue
        labels = {label for hunk in hunks for label in hunk.labels}
        if seen and seen[i + 1] in seen[:i] and seen[i + 1] != seen[i]:
            labels.add("revert")
        if removed:
            labels.add("removed")
        rank = significance.of_change(hunks, removed=removed)
        article, older, newer = new.version.article_id, old.version, new.version
        yield Change(
            id=make_id("chg", article, older.id, newer.id),
            article_id=article,
            from_version=older.id,
            to_version=newer.id,
            labels=in_order(labels),
            hunks=tuple(hunks),
            significance=rank.significance,
            basis=rank.basis + _other_reader(older, newer),
        )


def compare(old: Version, new: Version, options: Options = DEFAULT) -> tuple[Hunk, ...]:
    """What differs between any two versions of one article, neighbours or not, in either order. Without
    the versions between them nothing is called a revert."""
    cuts = CutVersion(old), CutVersion(new)
    return tuple(_hunks(*cuts, _limits(options), [], removed=_is_removed(*cuts)))


def _limits(options: Options) -> Limits:
    return Limits(options.alike, options.moved_alike, options.moved_words, options.cells)


def _other_reader(old: Version, new: Version) -> str:
    """A note where two readers took the texts: what they cut otherwise would look like an edit."""
    if old.decoder == new.decoder or not (is_derived(old.decoder) or is_derived(new.decoder)):
        return ""
    return f"; read by {old.decoder} and {new.decoder}"


def _substance(cut: CutVersion) -> tuple[str, ...]:
    """The sentences that a reader would compare: folded for white space and quote marks, without
    what the page's template writes."""
    furniture = {n for n in range(len(cut.version.blocks)) if is_template(cut.block_text(n))}
    return tuple(
        fold_cosmetic(s.text)
        for s in cut.sentences()
        if s.kind not in FRAME and s.block not in furniture
    )


def _hunks(
    old: CutVersion,
    new: CutVersion,
    limits: Limits,
    seen: Sequence[tuple[str, ...]],
    *,
    removed: bool,
) -> list[Hunk]:
    diff = Diff(old, new, limits)
    labeller = Labeller(diff)
    before = [set(sentences) for sentences in seen] if len(seen) > 2 else []
    hunks = []
    for difference in diff.differences:
        judged = labeller.judge(difference)
        minor = {"template", "cosmetic", "move"} & set(judged.labels)
        if before and not minor and _reverts(difference, diff, before):
            judged = replace(judged, labels=in_order([*judged.labels, "revert"]))
        if removed and difference.whole and difference.op in ("add", "delete") and not minor:
            judged = replace(judged, labels=in_order([*judged.labels, "removed"]))
        rank = significance.rank(judged, difference.to.start, len(new.text))
        hunks.append(
            Hunk(
                op=difference.op,
                from_=difference.from_,
                to=difference.to,
                labels=judged.labels,
                significance=rank.significance,
                basis=rank.basis + ("; too long to compare by words" if difference.coarse else ""),
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


def _is_removed(old: CutVersion, new: CutVersion) -> bool:
    """Whether the page is still there but the report is not: no body left, or a notice in its place."""
    body = [[block for block in cut.blocks if block.kind != "title"] for cut in (old, new)]
    if not body[0]:
        return False
    if not body[1]:
        return True
    if len(body[1]) > NOTICE:
        return False
    before, after = (
        {s.text for block in blocks for s in cut.cut(block.number)}
        for cut, blocks in zip((old, new), body, strict=True)
    )
    return (
        len(after) <= NOTICE
        and 4 * len(before & after) <= len(before)
        and any(map(is_removal, after))
    )

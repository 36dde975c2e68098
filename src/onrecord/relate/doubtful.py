"""Which pairs of an episode's lines are only just held to speak of one thing, or only just not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.relate.claims import Options, relations
from onrecord.relate.frames import TOGETHER, Finding, Frame


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that a threshold a little lower relates, and one a little higher does not. `distance`: per
    mille between their score and the threshold."""

    a: Frame
    b: Frame
    distance: int


def doubtful(
    frames: Sequence[Frame], copies: frozenset[frozenset[str]], options: Options, near: int
) -> list[Doubt]:
    """The pairs whose relation hangs on `near` per mille of claims.shared, or of claims.near where words
    alone bring them together, the closest first."""
    low, high = (
        relations(
            frames, copies, replace(options, shared=options.shared + d, near=options.near + d)
        )
        for d in (-near, near)
    )
    found = [
        Doubt(frames[i], frames[j], abs(match.score - _least(finding, options)))
        for (i, j), (finding, match) in low.items()
        if (i, j) not in high
    ]
    return sorted(
        found, key=lambda d: (d.distance, sorted((_address(d.a), _address(d.b))), d.a.line.id)
    )


def _least(finding: Finding, options: Options) -> int:
    return options.near if finding is TOGETHER else options.shared


def _address(frame: Frame) -> str:
    return frame.line.citation.address

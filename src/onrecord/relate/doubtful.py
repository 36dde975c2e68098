"""Which pairs of an episode's lines are only just held to speak of one thing, or only just not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.relate.claims import Options, relations
from onrecord.relate.frames import Frame


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
    """The pairs whose relation hangs on `near` per mille of claims.shared, the closest first."""
    low = relations(frames, copies, replace(options, shared=options.shared - near))
    high = relations(frames, copies, replace(options, shared=options.shared + near))
    found = [
        Doubt(frames[i], frames[j], abs(match.score - options.shared))
        for (i, j), (_, match) in low.items()
        if (i, j) not in high
    ]
    return sorted(
        found, key=lambda d: (d.distance, sorted((_address(d.a), _address(d.b))), d.a.line.id)
    )


def _address(frame: Frame) -> str:
    return frame.line.citation.address

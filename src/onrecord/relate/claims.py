"""The claims stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import Record
from onrecord.stage import Group, Resources


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the claims stage."""


def work(group: Group, options: Options, resources: Resources) -> Iterator[Record]:
    """UNFINISHED."""
    yield from ()

"""UNFINISHED: places, demonyms, capitals and offices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gazetteer:
    """UNFINISHED."""


def load_gazetteer() -> Gazetteer:
    """UNFINISHED."""
    return Gazetteer()

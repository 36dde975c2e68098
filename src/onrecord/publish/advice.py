"""What a user's own endpoint said of two lines, for pages: beside a relation, and never in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from onrecord.publish.library import Library
from onrecord.records import Advice
from onrecord.text.advice import told

Advised = Mapping[frozenset[str], tuple[str, ...]]
"""The addresses of two lines -> what was said of them, "MODEL at HOST: differs in number: why" each."""


def advice_of(library: Library) -> Advised:
    """All advice of a record: for a page of many relations."""
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    for one in sorted(library.all(Advice), key=lambda one: (one.at, one.id)):
        found[frozenset((one.a, one.b))].append(told(one))
    return {pair: tuple(lines) for pair, lines in found.items()}


def advice_for(library: Library, a_address: str, b_address: str) -> tuple[str, ...]:
    """What was said of the lines at two addresses, in whichever order, the oldest first; mostly nothing."""
    return advice_of(library).get(frozenset((a_address, b_address)), ())

"""Lines of a story's reports -> Pledge: who binds himself or another, to what, if what, by when.

What somebody says is read first (commitments_spoken.py), then what an outlet tells itself
(commitments_narrated.py); what both consist of is in commitments_parts.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.records import Line
from onrecord.relate.commitments_narrated import narrated
from onrecord.relate.commitments_parts import Known, Pledge
from onrecord.relate.commitments_spoken import spoken


def pledges(lines: Sequence[Line], known: Known) -> Iterator[Pledge]:
    """The pledges among lines, in their order. What one sentence's statement pledges, the narrated rest
    of that sentence does not pledge again."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        if line.statement_id is None:
            continue
        pledge = spoken(line, known)
        if pledge is not None:
            taken[line.version_id].append((line.citation.start or 0, line.citation.end or 0))
            yield pledge
    for line in lines:
        low, high = line.citation.start or 0, line.citation.end or 0
        if line.statement_id is None and not any(
            a < high and low < b for a, b in taken[line.version_id]
        ):
            pledge = narrated(line, known)
            if pledge is not None:
                yield pledge

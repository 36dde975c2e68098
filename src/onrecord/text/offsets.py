"""The map between a version's text and the decoded capture it was read from. Code points, half-open.

Segments are rows (start, end, capture_start, capture_end), ordered and without overlap on both
sides. A row whose two lengths are equal maps character to character; any other row (an entity, a
run of white space folded into one space) maps only as a whole. The blank line between blocks has no
row: it stands in no capture.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

Segment = tuple[int, int, int, int]


def to_capture(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int]:
    """The smallest range of the capture that `start:end` of the text was read from.

    Raises ValueError if the range is empty, or none of it was read from the capture.
    """
    if start >= end:
        raise ValueError(f"empty range {start}:{end}")
    first = bisect_right(segments, start, key=lambda row: row[1])
    last = bisect_left(segments, end, key=lambda row: row[0]) - 1
    if first > last:
        raise ValueError(f"{start}:{end} was not read from the capture")
    s0, e0, c0, d0 = segments[first]
    s1, e1, c1, d1 = segments[last]
    low = c0 + (max(start, s0) - s0) if e0 - s0 == d0 - c0 else c0
    high = c1 + (min(end, e1) - s1) if e1 - s1 == d1 - c1 else d1
    return low, high


def from_capture(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int] | None:
    """The range of the text that was read from `start:end` of the capture; None if none was."""
    first = bisect_right(segments, start, key=lambda row: row[3])
    last = bisect_left(segments, end, key=lambda row: row[2]) - 1
    if first > last or start >= end:
        return None
    s0, e0, c0, d0 = segments[first]
    s1, e1, c1, d1 = segments[last]
    low = s0 + (max(start, c0) - c0) if e0 - s0 == d0 - c0 else s0
    high = s1 + (min(end, d1) - c1) if e1 - s1 == d1 - c1 else e1
    return low, high


def mapped(segments: Sequence[Segment], start: int, end: int) -> Iterator[Segment]:
    """The rows, or parts of rows, that `start:end` of the text was read by."""
    for i in range(bisect_right(segments, start, key=lambda row: row[1]), len(segments)):
        s, e, c, d = segments[i]
        if s >= end:
            return
        if e - s == d - c:
            low, high = max(s, start), min(e, end)
            yield low, high, c + low - s, c + high - s
        else:
            yield s, e, c, d


def join_segments(rows: Iterable[Segment]) -> tuple[Segment, ...]:
    """The same map with neighbouring one-to-one rows joined where nothing lies between them."""
    joined: list[Segment] = []
    for start, end, c_start, c_end in rows:
        if start == end:
            continue
        if joined:
            s, e, c, d = joined[-1]
            if e == start and d == c_start and e - s == d - c and end - start == c_end - c_start:
                joined[-1] = (s, end, c, c_end)
                continue
        joined.append((start, end, c_start, c_end))
    return tuple(joined)

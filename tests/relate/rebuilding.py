"""The newer text made from the older one and a change's hunks: what the hunks do not tell, it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Hunk, Side

Range = tuple[int, int]


def _wide(text: str, side: Range) -> Range:
    """A passage with the white space beside it."""
    low, high = side
    while low > 0 and text[low - 1].isspace():
        low -= 1
    while high < len(text) and text[high].isspace():
        high += 1
    return low, high


def _range(side: Side | None) -> Range:
    assert side is not None
    return side.start, side.end


def rebuilt(older: str, newer: str, hunks: Sequence[Hunk]) -> str:
    """`older` with every hunk applied. Of `newer` only the hunks' own passages are read, and the white
    space beside them; a moved passage's words are the older text's."""
    moves = [h for h in hunks if h.op == "move"]
    inner: dict[Range, list[Hunk]] = {_range(h.from_): [] for h in moves}
    edits: list[tuple[Range, Range]] = []
    for hunk in hunks:
        old, new = _range(hunk.from_), _range(hunk.to)
        if hunk.op == "move":
            assert hunk.put_at is not None and hunk.left_at is not None
            edits.append((old, (hunk.left_at, hunk.left_at)))
            edits.append(((hunk.put_at, hunk.put_at), new))
            continue
        home = next((m for m in moves if _inside(hunk, m)), None)
        if home is None:
            edits.append((old, new))
        else:
            inner[_range(home.from_)].append(hunk)
    carried = {
        _range(m.to): _spliced(
            older,
            _range(m.from_),
            newer,
            _range(m.to),
            [(_range(h.from_), _range(h.to)) for h in inner[_range(m.from_)]],
            {},
        )
        for m in moves
    }
    return _spliced(older, (0, len(older)), newer, (0, len(newer)), edits, carried)


def _inside(hunk: Hunk, move: Hunk) -> bool:
    (a, b), (x, y) = _range(hunk.from_), _range(move.from_)
    (c, d), (z, w) = _range(hunk.to), _range(move.to)
    return x <= a and b <= y and z <= c and d <= w


def _spliced(
    older: str,
    within: Range,
    newer: str,
    there: Range,
    edits: Sequence[tuple[Range, Range]],
    carried: dict[Range, str],
) -> str:
    rows = sorted(
        (
            (max(within[0], a[0]), min(within[1], a[1])),
            (max(there[0], b[0]), min(there[1], b[1])),
            new,
        )
        for old, new in edits
        for a, b in [(_wide(older, old), _wide(newer, new))]
    )
    joined: list[tuple[Range, Range, list[Range]]] = []
    for a, b, new in rows:
        if joined and (a[0] <= joined[-1][0][1] or b[0] <= joined[-1][1][1]):
            last = joined.pop()
            a = (min(a[0], last[0][0]), max(a[1], last[0][1]))
            b = (min(b[0], last[1][0]), max(b[1], last[1][1]))
            joined.append((a, b, [*last[2], new]))
        else:
            joined.append((a, b, [new]))
    out, at = [], within[0]
    for a, b, news in joined:
        out.append(older[at : a[0]])
        cursor = b[0]
        for low, high in sorted(news):
            gap = newer[cursor : max(cursor, low)]
            assert gap.isspace() or not gap, f"{gap!r} is told by no hunk"
            out.append(gap)
            out.append(carried.get((low, high), newer[max(low, cursor) : max(high, cursor)]))
            cursor = max(cursor, high)
        gap = newer[cursor : b[1]]
        assert gap.isspace() or not gap, f"{gap!r} is told by no hunk"
        out.append(gap)
        at = a[1]
    out.append(older[at : within[1]])
    return "".join(out)

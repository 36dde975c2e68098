"""The offset map: what was read comes back, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.offsets import Segment, from_capture, join_segments, mapped, to_capture

RUN = st.tuples(st.text("abcä€𝒳", min_size=1, max_size=5), st.sampled_from(["", " ", "<b>"]))


def _read(runs: list[tuple[str, str]]) -> tuple[str, str, list[Segment]]:
    """A made-up reading: runs of text with markup between them, white space folded to one space."""
    source, text, rows = "", "", []
    for words, gap in runs:
        rows.append((len(text), len(text) + len(words), len(source), len(source) + len(words)))
        source, text = source + words, text + words
        if gap == " ":
            rows.append((len(text), len(text) + 1, len(source), len(source) + 3))
            source, text = source + " \n ", text + " "
        else:
            source += gap
    return source, text, rows


@given(st.lists(RUN, min_size=1, max_size=8), st.data())
def test_every_range_leads_to_a_range_of_the_source_that_reads_the_same(
    runs: list[tuple[str, str]], data: st.DataObject
) -> None:
    source, text, rows = _read(runs)
    for segments in (rows, join_segments(rows)):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        low, high = to_capture(segments, start, end)
        assert source[low:high].replace("<b>", "").split() == text[start:end].split()
        back = from_capture(segments, low, high)
        assert back is not None
        assert text[slice(*back)].split() == text[start:end].split()


def test_a_range_that_was_read_from_nowhere_is_refused() -> None:
    rows = [(0, 3, 10, 13), (5, 8, 20, 23)]
    with pytest.raises(ValueError, match="not read from the capture"):
        to_capture(rows, 3, 5)
    with pytest.raises(ValueError, match="empty"):
        to_capture(rows, 2, 2)
    assert from_capture(rows, 14, 19) is None


def test_an_entity_maps_only_as_a_whole() -> None:
    rows = [(0, 1, 0, 1), (1, 2, 1, 6), (2, 3, 6, 7)]
    assert to_capture(rows, 1, 2) == (1, 6)
    assert to_capture(rows, 0, 2) == (0, 6)
    assert from_capture(rows, 2, 4) == (1, 2)


def test_a_range_gives_the_rows_and_parts_of_rows_it_was_read_by() -> None:
    rows = ((0, 5, 10, 15), (5, 6, 15, 20), (6, 9, 20, 23))
    assert list(mapped(rows, 0, 9)) == list(rows)
    assert list(mapped(rows, 3, 7)) == [(3, 5, 13, 15), (5, 6, 15, 20), (6, 7, 20, 21)]
    assert list(mapped(rows, 9, 12)) == []


ROW = st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(0, 3), st.sampled_from([0, 0, 2]))


@given(st.lists(ROW, min_size=1, max_size=12), st.data())
def test_there_and_back_covers_the_range_and_no_row_beside_it(
    shape: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    """Rows of any lengths, with source left out between them and blank lines between blocks."""
    rows: list[Segment] = []
    at = place = 0
    for size, taken, skipped, blank in shape:
        at, place = at + (blank if rows else 0), place + skipped
        rows.append((at, at + size, place, place + taken))
        at, place = at + size, place + taken
    start = data.draw(st.integers(0, at - 1))
    end = data.draw(st.integers(start + 1, at))
    inside = [r for r in rows if r[0] < end and r[1] > start]
    for segments in (rows, join_segments(rows)):
        if not inside:
            with pytest.raises(ValueError, match="not read from the capture"):
                to_capture(segments, start, end)
            continue
        low, high = to_capture(segments, start, end)
        assert inside[0][2] <= low < high <= inside[-1][3]
        back = from_capture(segments, low, high)
        assert back is not None
        assert back[0] <= max(start, inside[0][0])
        assert back[1] >= min(end, inside[-1][1])
        assert inside[0][0] <= back[0]
        assert back[1] <= inside[-1][1]
        assert to_capture(segments, *back) == (low, high)

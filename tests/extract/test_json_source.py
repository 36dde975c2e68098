"""JSON with places: the same values as Python's json, every one where it stands."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.json_source import Literal, Node, scan

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def plain(node: Node | None) -> Any:
    assert node is not None
    if isinstance(node.value, Literal):
        return json.loads(node.value)
    if isinstance(node.value, dict):
        return {name: plain(value) for name, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(value) for value in node.value]
    return node.value


def every(node: Node) -> list[Node]:
    inside = [*node.members().values(), *node.items()]
    return [node, *(one for child in inside for one in every(child))]


@given(VALUES, st.booleans(), st.none() | st.integers(0, 3))
def test_the_same_values_as_json_and_each_in_its_place(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    source = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    root = scan(source)
    assert plain(root) == value
    for node in every(root) if root else []:
        written = source[node.start : node.end]
        assert node.whole
        text = node.text()
        assert json.loads(written if text is None else f'"{written}"') == plain(node)


@given(VALUES, st.data())
def test_a_cut_source_keeps_what_stands_before_the_cut(value: Any, data: st.DataObject) -> None:
    source = json.dumps({"items": [value, value]}, indent=1)
    cut = data.draw(st.integers(0, len(source) - 1))
    root = scan(source[:cut])
    whole = [node for node in (every(root) if root else []) if node.whole]
    assert root is None or not root.whole
    for node in whole:
        assert node.end <= cut
        written = source[node.start : node.end]
        text = node.text()
        if text is not None or isinstance(node.value, list | dict):
            assert json.loads(written if text is None else f'"{written}"') == plain(node)


@given(st.text(alphabet='{}[]":,0123456789.eE-+truefalsn \\u\n\ud800', max_size=60))
def test_any_text_is_scanned_and_valid_json_as_json_reads_it(source: str) -> None:
    root = scan(source)
    try:
        value = json.loads(source)
    except ValueError:
        return
    if "NaN" not in source and "Infinity" not in source:
        assert plain(root) == value


@pytest.mark.parametrize("source", ["", " ", "x", "]", ",", "nul", '"a', "{", "[", '{"a"', '{"a":'])
def test_what_is_nothing_gives_nothing_or_what_is_open(source: str) -> None:
    root = scan(source)
    assert root is None or (not root.whole and plain(root) in ({}, []))


@pytest.mark.parametrize("piece", ["[", '{"a":', '[{"a":[', '"', "{", '{"', "1", "[1,"])
def test_no_depth_and_no_repetition_takes_time_or_memory(piece: str) -> None:
    start = time.process_time()
    tracemalloc.start()
    root = scan(piece * 200_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - start < 3
    assert root is None or not root.whole or piece in ('"', "1")
    assert peak < 3_000_000

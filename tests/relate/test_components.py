"""Components of a graph, whatever the order of its edges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.relate.components import clustered, connected


def test_edges_make_components_and_lone_nodes_stay() -> None:
    edges = [("d", "c"), ("a", "b"), ("b", "e"), ("x", "x")]
    assert connected(edges, alone=["z", "a"]) == [("a", "b", "e"), ("c", "d"), ("x",), ("z",)]
    assert connected([]) == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))), st.randoms())
def test_order_and_direction_of_edges_do_not_matter(
    edges: list[tuple[int, int]], dice: object
) -> None:
    shuffled = [(b, a) for a, b in edges]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    found = connected(edges)
    assert found == connected(shuffled)
    place = {node: i for i, members in enumerate(found) for node in members}
    assert all(place[a] == place[b] for a, b in edges)
    assert sorted(place) == sorted({node for edge in edges for node in edge})


def test_a_cluster_stops_growing_at_the_limit_and_the_first_edges_win() -> None:
    edges = [(0, 1), (2, 3), (1, 2), (3, 4)]
    assert clustered(range(5), edges, 5, 1, 1) == [[0, 1, 2, 3, 4]]
    assert clustered(range(5), edges, 3, 1, 1) == [[0, 1], [2, 3, 4]]
    assert clustered(range(2), [], 1, 1, 1) == []


def test_a_chain_of_edges_is_not_one_cluster() -> None:
    chain = [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert clustered(range(5), chain, 9, 50, 1) == [[0, 1, 2], [3, 4]]
    assert clustered(range(3), [(0, 1), (0, 2), (1, 2)], 9, 100, 1) == [[0, 1, 2]]


def test_pairs_of_one_sort_do_not_keep_clusters_apart() -> None:
    edges = [(0, 1), (1, 2)]
    assert clustered("aba", edges, 9, 60, 1) == [[0, 1, 2]]
    assert clustered("abc", edges, 9, 60, 1) == [[0, 1]]


def test_a_line_that_two_groups_need_stands_in_both() -> None:
    edges = [(0, 1), (1, 2)]
    assert clustered("abc", edges, 9, 60, 2) == [[0, 1], [1, 2]]
    assert clustered("abc", edges, 9, 60, 9) == [[0, 1], [1, 2]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] < e[1])))
def test_enough_rounds_hold_every_edge_and_no_cluster_lies_in_another(
    edges: list[tuple[int, int]],
) -> None:
    found = [set(c) for c in clustered(range(10), edges, 4, 100, 50)]
    assert all(any({a, b} <= c for c in found) for a, b in edges)
    assert not any(c <= d for n, c in enumerate(found) for m, d in enumerate(found) if m != n)

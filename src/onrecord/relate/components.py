"""The primitive `connected`: from edges to connected components, the same for any order of edges."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """What can be hashed and ordered: ids, numbers, tuples of them."""

    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)


def connected(edges: Iterable[tuple[T, T]], alone: Iterable[T] = ()) -> list[tuple[T, ...]]:
    """Connected components of an undirected graph: members in order, components by first member.

    `alone` names nodes that are wanted even if no edge holds them. An edge from a node to itself
    makes it a component of its own. Near linear (union by smallest member, path halving).
    """
    parent: dict[T, T] = {}

    def root(node: T) -> T:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges:
        x, y = root(a), root(b)
        if x != y:
            low, high = (x, y) if x < y else (y, x)
            parent[high] = low
    for node in alone:
        root(node)
    found: dict[T, list[T]] = {}
    for node in parent:
        found.setdefault(root(node), []).append(node)
    return sorted(tuple(sorted(members)) for members in found.values())


def clustered(
    sorts: Sequence[Hashable],
    edges: Sequence[tuple[int, int]],
    most: int,
    share: int,
    rounds: int,
    must: int = 0,
) -> list[list[int]]:
    """Clusters of the places of `sorts`, none larger than `most`, that together hold the edges: what one
    round of joining leaves apart, the next one joins anew, so that a node stands in several clusters if
    its edges lead to what has nothing to do with one another. No cluster lies within another one.

    After so many rounds only what is left of the first `must` edges is joined further, until each of
    them lies in a cluster.
    """
    wanted = set(edges[:must])
    left = list(edges)
    found: list[frozenset[int]] = []
    while left:
        home = {i: frozenset(c) for c in _joined(sorts, left, edges, most, share) for i in c}
        found += [c for c in dict.fromkeys(home.values()) if len(c) > 1]
        left = [(i, j) for i, j in left if j not in home[i]]
        rounds -= 1
        if rounds <= 0:
            left = [edge for edge in left if edge in wanted]
    kept = [
        c
        for n, c in enumerate(found)
        if not any(c < d or (c == d and m < n) for m, d in enumerate(found))
    ]
    return [sorted(c) for c in kept]


def _joined(
    sorts: Sequence[Hashable],
    edges: Sequence[tuple[int, int]],
    all_edges: Sequence[tuple[int, int]],
    most: int,
    share: int,
) -> list[list[int]]:
    """Edges are taken in the order given, the surest first; two clusters join if at least `share` per
    cent of the pairs between them are edges (average linkage over yes and no), so that a chain of
    likenesses does not make one cluster of many. Nodes of one sort are not compared with one another:
    their pairs do not count."""
    size = len(sorts)
    home = list(range(size))
    members = {i: [i] for i in range(size)}
    linked = {frozenset(edge) for edge in all_edges}
    for i, j in edges:
        a, b = sorted((home[i], home[j]))
        if a == b or len(members[a]) + len(members[b]) > most:
            continue
        between = sum(frozenset((x, y)) in linked for x in members[a] for y in members[b])
        possible = sum(sorts[x] != sorts[y] for x in members[a] for y in members[b])
        if between * 100 >= share * possible:
            members[a] += members.pop(b)
            for x in members[a]:
                home[x] = a
    return [sorted(found) for _, found in sorted(members.items())]

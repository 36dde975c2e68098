"""The primitive `connected`: from edges to connected components, the same for any order of edges."""

from __future__ import annotations

from collections import defaultdict
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


def connected_upto(size: int, edges: Sequence[tuple[int, int]], most: int) -> list[list[int]]:
    """Components of nodes 0 to size-1, none larger than `most`: edges are taken in the order given, the
    surest first, and one that would make a larger component is left out."""
    parent, count = list(range(size)), [1] * size

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in edges:
        a, b = sorted((root(i), root(j)))
        if a != b and count[a] + count[b] <= most:
            parent[b] = a
            count[a] += count[b]
    groups = defaultdict(list)
    for i in range(size):
        groups[root(i)].append(i)
    return [groups[r] for r in sorted(groups)]

"""A stored parse as a tree: what rules walk over, without the parser that made it.

Dependency labels are spaCy's English scheme (ClearNLP), tags are Penn Treebank, pos is Universal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from onrecord.records import Sentence


class Tree:
    """One sentence over its version's text. Token positions are indexes into the sentence."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = tuple([text[a:b] for a, b in zip(sentence.starts, sentence.ends, strict=True)])
        self.lemmas = sentence.lemmas
        self.pos = sentence.pos
        self.tags = sentence.tags
        self.deps = sentence.deps
        self.heads = sentence.heads
        self.ents = sentence.ents

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For every token its dependents, in order of the text."""
        below: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                below[head].append(i)
        return tuple(map(tuple, below))

    @cached_property
    def roots(self) -> tuple[int, ...]:
        return tuple(i for i, head in enumerate(self.heads) if head == i)

    @cached_property
    def is_title_case(self) -> bool:
        """A headline in capitals or title case, where a capital letter tells nothing."""
        letters = [w for w in self.words if w[:1].isalpha() and len(w) > 3]
        plain = any(self.pos[i] == "VERB" and w.islower() for i, w in enumerate(self.words))
        if len(letters) < 4 or plain:
            return False
        return sum(w[:1].isupper() for w in letters) * 10 >= len(letters) * 8

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of `i` with one of these labels, or None."""
        for c in self.children[i]:
            if self.deps[c] in deps:
                return c
        return None

    def all(self, i: int, *deps: str) -> tuple[int, ...]:
        """All dependents of `i` with one of these labels."""
        own = self.deps
        return tuple([c for c in self.children[i] if own[c] in deps])

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above `i`, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def subtree(self, i: int) -> tuple[int, ...]:
        """`i` and everything below it, in order of the text."""
        known = self._subtrees.get(i)
        if known is not None:
            return known
        children = self.children
        found = [i]
        for j in found:
            # what is below a token is put behind it while the list is gone through
            found.extend(children[j])
        made = self._subtrees[i] = tuple(sorted(found))
        return made

    @cached_property
    def _subtrees(self) -> dict[int, tuple[int, ...]]:
        """The subtrees that were asked for."""
        return {}

    def span(self, tokens: tuple[int, ...]) -> tuple[int, int]:
        """Offsets in the version from the first to the last of these tokens (half-open)."""
        return self.sentence.starts[min(tokens)], self.sentence.ends[max(tokens)]

    def token_at(self, offset: int) -> int | None:
        """The token that covers a version offset, or None."""
        i = bisect_right(self.sentence.starts, offset) - 1
        return i if i >= 0 and offset < self.sentence.ends[i] else None

    def tokens_in(self, start: int, end: int) -> tuple[int, ...]:
        """Tokens that overlap a range of the version's text."""
        first = bisect_right(self.sentence.ends, start)
        return tuple(range(first, bisect_left(self.sentence.starts, end, lo=first)))

"""Statements of one version before they are records: cue, speaker and content as ranges of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.annotate.cues import Cue
from onrecord.annotate.quotation import Quoted, Range
from onrecord.annotate.speakers import Phrase
from onrecord.records import Sentence, Version
from onrecord.text.tree import Tree

SPEECH = ("quote", "aside", "clause", "sentence", "quote_aside")
"""Uses of a cue whose content is what was said, not what it was about."""


@dataclass
class Draft:
    """One statement; `tree` is the sentence of its cue."""

    tree: Tree
    cue: Cue | None
    who: Phrase | None
    who_tree: Tree
    content: tuple[Range, ...]
    take: str
    content_head: int | None = None
    cue_range: Range | None = None
    via: list[str] = field(default_factory=list)
    to: tuple[Tree, Phrase] | None = None
    """Whom it is said to, and the sentence that names them; addressees.py fills it."""
    outer: Draft | None = None
    voice: Draft | None = None
    """The draft whose speaker a quoted "I" or "we" is."""
    inner: list[Draft] = field(default_factory=list)
    """What it reports others as saying; their conditions are not its own."""
    binds: int | None = None
    """Where the clause begins that tells what the whole does, if not with its first words."""
    hangs_on: Range | None = None
    """A condition that another sentence of the same quotation names."""

    @property
    def at(self) -> int:
        return self.cue_range[0] if self.cue_range else self.content[0][0]

    @property
    def span(self) -> Range:
        if self.cue_range is None:
            return self.content[0][0], self.content[-1][1]
        ends = [self.cue_range]
        if self.who is not None and self.who_tree is self.tree:
            ends.append(self.tree.span(self.who.tokens))
        ends.extend(self.content)
        return min(a for a, _ in ends), max(b for _, b in ends)


class Text:
    """A version with its trees and quotations, asked by offset."""

    def __init__(self, version: Version, sentences: Sequence[Sentence]) -> None:
        self.version = version
        ordered = sorted(sentences, key=lambda s: s.start)
        self.trees = tuple(Tree(version.text, s) for s in ordered)
        self.quoted = Quoted(version)
        self._starts = [s.start for s in ordered]

    def tree_at(self, offset: int) -> Tree | None:
        i = bisect_right(self._starts, offset) - 1
        return self.trees[i] if i >= 0 else None

    def trees_in(self, start: int, end: int) -> list[Tree]:
        i = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while i < len(self.trees) and self.trees[i].sentence.start < end:
            if self.trees[i].sentence.end > start:
                found.append(self.trees[i])
            i += 1
        return found

"""What a page's template writes, not the report's author: told by the text of blocks alone.

Both versions were read by the same reader, so a redesign of the site shows itself here: the byline
elsewhere or in other words, the headline in capitals, a label before it, counters, lists of links. A
rule names what a template may do; whatever else differs at the same place is an edit.
"""

from __future__ import annotations

import re
from functools import cached_property

from onrecord.relate.cutting import FRAME, CutVersion
from onrecord.relate.edit_words import load_words
from onrecord.relate.segments import units

KICKER_WORDS = 4
"""Most words of a line above a headline that is taken for a section's name."""

LINK_WORDS = 20
"""Most words of a line below "Related" that is taken for a link."""

LONGEST = 260
"""Most code points of a block that is furniture by its words: no pattern matches more."""

LONG_SENTENCE = 130
"""The same of a block that ends as a sentence does."""

LONG_HEADING = 60
"""The same of the heading of a list of links."""

RECASED_WORDS = 16
"""Most words of a line other than the headline that a template may write in capitals."""

_UPDATED = re.compile(
    r"\b(?:last\s+)?(?:updated|modified|edited|revised)\b.*$", re.IGNORECASE | re.DOTALL
)
_IDLE = frozenset(
    "by and from with published posted created first on at in written reporting words story report text "
    "correspondent reporter staff".split()
)
_SUFFIX = re.compile(r"\s+(?:\||·|»|::)\s+(?:[^\s|]+\s*){1,5}$")
_SENTENCE_END = (".", "!", "?", "…", "”", '"', "’", ".)", "。")


def is_template(text: str) -> bool:
    """Whether a whole block reads like a page's furniture: a counter, an advertisement's mark."""
    text = text.strip()
    if len(text) > (LONG_SENTENCE if text.endswith(_SENTENCE_END) else LONGEST):
        return False
    return load_words().template.fullmatch(text) is not None


def frame_words(block: str) -> frozenset[str]:
    """The words of a byline or dateline that carry something, in lower case; the time of the last
    update, which the site writes, left out."""
    bare = _UPDATED.sub("", block).lower()
    found = (bare[a:b] for a, b in units(bare))
    return frozenset(w for w in found if w not in _IDLE and any(c.isalnum() for c in w))


def recased(old: str, new: str) -> bool:
    """Whether one line was written in capitals throughout, and the other is the same line in mixed case."""
    return (old.isupper() or new.isupper()) and old != new and old.casefold() == new.casefold()


def without_label(title: str) -> str:
    """A headline without a section's label before it."""
    return load_words().headline_labels.sub("", title, count=1)


def without_suffix(title: str) -> str:
    """A headline without the site's name behind it, where a bar or a middle dot sets it off."""
    return _SUFFIX.sub("", title)


class Furniture:
    """The furniture of one version, by the index of its blocks."""

    def __init__(self, cut: CutVersion) -> None:
        self.cut = cut
        self.blocks = cut.version.blocks
        self._known: dict[int, bool] = {}

    @cached_property
    def links(self) -> frozenset[int]:
        """Blocks of lists of links: a heading such as "Related", and the lines behind it that are no
        sentences."""
        found: set[int] = set()
        heading = load_words().link_lists
        inside = False
        for number, block in enumerate(self.blocks):
            text = self.cut.block_text(number).strip()
            if len(text) <= LONG_HEADING and heading.fullmatch(text):
                inside = True
            elif inside:
                short = len(text.split()) <= LINK_WORDS * (8 if block.kind == "list" else 1)
                inside = short and not text.endswith(_SENTENCE_END)
            if inside:
                found.add(number)
        return frozenset(found)

    @cached_property
    def frame(self) -> frozenset[str]:
        """The words of all bylines and datelines."""
        return frozenset().union(
            *(
                frame_words(self.cut.block_text(n))
                for n, block in enumerate(self.blocks)
                if block.kind in FRAME
            )
        )

    @cached_property
    def title(self) -> int:
        """Index of the headline's block, or -1."""
        return next((n for n, block in enumerate(self.blocks) if block.kind == "title"), -1)

    def has(self, kind: str) -> bool:
        """Whether there is a block of a kind."""
        return any(block.kind == kind for block in self.blocks)

    def is_kicker(self, number: int) -> bool:
        """Whether a block is a section's name beside the headline: a few words, no sentence, above it or,
        in capitals, below it."""
        text = self.cut.block_text(number).strip()
        if len(text.split()) > KICKER_WORDS or text.endswith(_SENTENCE_END):
            return False
        if self.blocks[number].kind in ("title", *FRAME) or any(c.isdigit() for c in text):
            return False
        return number < self.title or (number == self.title + 1 and text.isupper())

    def is_furniture(self, number: int) -> bool:
        """Whether a block is furniture whatever stands in the other version."""
        if number not in self._known:
            self._known[number] = (
                is_template(self.cut.block_text(number))
                or number in self.links
                or self.is_kicker(number)
            )
        return self._known[number]

    def has_line(self, text: str) -> bool:
        """Whether a line of its own says just this, in any case."""
        wanted = text.casefold()
        return any(
            self.cut.block_text(n).strip().casefold() == wanted for n in range(len(self.blocks))
        )

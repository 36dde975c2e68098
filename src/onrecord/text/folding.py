"""Folding for comparison only; what is shown and cited is never folded."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "′": "'",
        "″": '"',
        "‹": "'",
        "›": "'",
        "〝": '"',
        "〞": '"',
        "〟": '"',
        "＂": '"',
        "＇": "'",
    }
)
_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})
_SIGNS = _QUOTES | _DASHES
WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
"""A word or number with its inner points, hyphens and apostrophes: `1.5`, `U.S`, `can't`."""


def fold_space(text: str) -> str:
    """Runs of white space (no-break and zero-width ones too) as one space, none at the ends."""
    return " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


_LONG_RUN = re.compile("[^\x00-\u02ff]{31,}")
_MOST_MARKS = 30
"""Combining marks on one letter from which a text is no writing (UAX #15, Stream-Safe Text Format)."""


def fold_form(text: str) -> str:
    """Unicode form C (UAX #15), for comparison. A text with more than 30 marks on one letter stays as
    it is: ordering them takes quadratic time, and nobody writes so."""
    if text.isascii() or any(_piled(run[0]) for run in _LONG_RUN.finditer(text)):
        return text
    return unicodedata.normalize("NFC", text)


def _piled(text: str) -> bool:
    count = 0
    for character in text:
        count = count + 1 if unicodedata.combining(character) else 0
        if count > _MOST_MARKS:
            return True
    return False


def fold_cosmetic(text: str) -> str:
    """Folded for white space, Unicode form and quote marks. Digits, signs, dashes and punctuation stay."""
    if not text.isascii():
        text = fold_form(text.replace("\u00ad", "")).translate(_QUOTES)
    return fold_space(text)


def fold_loose(text: str) -> str:
    """Lower case, accents and quote marks folded, dashes as hyphens: for names and word matching."""
    text = text.lower()
    if text.isascii():
        return " ".join(text.split())
    # Character by character: normalising takes quadratic time on long runs of marks.
    text = _FOREIGN.sub(_bare, text)
    return " ".join(text.split()) if text.isascii() else fold_space(text)


_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def _bare(match: re.Match[str]) -> str:
    return match[0].translate(_BARE)


class _Bare(dict[int, str]):
    """Code point -> its letters in lower case without accents; filled as they are met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        bare = "".join(c for c in parts if not unicodedata.combining(c)).casefold()
        self[code] = bare
        return bare


_BARE = _Bare(_SIGNS)


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded loosely, punctuation left out."""
    return WORD.findall(fold_loose(text))

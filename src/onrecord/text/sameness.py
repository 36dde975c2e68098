"""Whether two captures say the same: in bytes, in their text, in their text as a reader sees it.

The levels, in the words that the whole program uses: `same_bytes`, `same_text`, `same_folded` (other
white space, Unicode form or quote marks alone), `different`. Digits, signs, dashes, case and
punctuation are never folded: "$1.5 million" and "$15 million" are different.
"""

from __future__ import annotations

from typing import Literal

from onrecord.text.folding import fold_cosmetic

Sameness = Literal["same_bytes", "same_text", "same_folded", "different"]
"""How far two captures are the same, the closest first."""


def sameness(
    older: str, newer: str, *, older_sha256: str | None = None, newer_sha256: str | None = None
) -> Sameness:
    """How far two captures of one address are the same.

    `older` and `newer` are the texts that one and the same reader took from them, the digests those of
    their bytes (lower-case hexadecimal; None where the bytes are not known, which are then not called
    the same). Pure; raises nothing.
    """
    if older_sha256 is not None and older_sha256 == newer_sha256:
        return "same_bytes"
    if older == newer:
        return "same_text"
    if fold_cosmetic(older) == fold_cosmetic(newer):
        return "same_folded"
    return "different"

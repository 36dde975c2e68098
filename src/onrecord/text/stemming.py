"""Stems of English words (Snowball's English stemmer, Porter 2001)."""

from __future__ import annotations

import functools
import threading

from snowballstemmer.english_stemmer import EnglishStemmer

# The class itself: the package's own choice takes PyStemmer where somebody has it, and other stems with it.
_STEMMER = EnglishStemmer()
_AT_WORK = threading.Lock()
"""The stemmer keeps a word's state while it works, and pages and a build may ask at once."""


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word: "ratification" and "ratified" have one."""
    with _AT_WORK:
        found: str = _STEMMER.stemWord(word)
    return found

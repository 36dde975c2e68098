"""Headlines in title case, where a capital letter tells nothing."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word of letters."""

LONG, MOST, FEWEST = 4, 80, 4
"""A headline is in title case if of its words of at least LONG letters, FEWEST or more, MOST per cent begin
with a capital letter."""


def is_title_case(text: str) -> bool:
    """Whether nearly every longer word of a headline begins with a capital letter."""
    long = [word for word in WORD.findall(text) if len(word) >= LONG]
    capital = sum(word[0].isupper() for word in long)
    return len(long) >= FEWEST and 100 * capital >= MOST * len(long)

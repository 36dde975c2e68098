"""The language of a report: what its page says of itself, checked against its text.

The text wins where nearly all of its paragraphs are plainly in one other language: templates bear
their maker's language (4 of 310 shared pages; all of them were wrong). Where the text is plainly not in
the language the page says and in no other one the detector knows (isiZulu and isiXhosa behind
`lang="en-ZA"`: less than half of their paragraphs pass for English, and the others for a dozen
languages), the language is unknown. A language that the detector gives to no paragraph is believed:
it may not know it.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.detected_language import BORNE_OUT, guesses
from onrecord.extract.structured import Fact

_AGREED = 75
"""Per cent of a text that must be detected as one language to overrule the page."""
_DOUBTED = 60
"""Per cent below which a text does not bear out what its page says."""
_ENOUGH = 150
"""Code points of the paragraphs that are asked about, to say anything."""
_ENOUGH_TO_DOUBT = 800


def read_language(text: str, facts: Sequence[Fact]) -> tuple[str | None, Fact | None]:
    """(two or three letters of ISO 639, the fact that says so or None if the text does).

    `facts` are the page's own statements, best first; `text` its blocks parted by blank lines.
    """
    fact = next((f for f in facts if _code(f.value)), None)
    said = _code(fact.value) if fact else None
    votes = detected(text, said)
    total = sum(votes.values())
    top = max(votes, key=lambda name: (votes[name], name), default=None)
    if top and top != said and total >= _ENOUGH and 100 * votes[top] >= _AGREED * total:
        return top, None
    if total >= _ENOUGH_TO_DOUBT and said in votes and 100 * votes[said] < _DOUBTED * total:
        return None, None
    return said, fact


def _code(value: str) -> str | None:
    """The language of a tag such as `en`, `pt_BR` or `zh-Hans`; None for anything else."""
    name = value.strip().replace("_", "-").partition("-")[0].lower()
    known = name.isascii() and name.isalpha() and 2 <= len(name) <= 3 and len(value) < 20
    return _SAME.get(name, name) if known else None


_SAME = {"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it"}
"""Codes of three letters that pages write for languages with two."""


def detected(text: str, said: str | None = None) -> dict[str, int]:
    """Code points by language, over the text's pieces. Where the longest ones all bear out what the page
    `said`, the others are not asked about."""
    votes: dict[str, int] = {}
    for i, guess in enumerate(guesses(text)):
        if i == BORNE_OUT and list(votes) == [said]:
            break
        votes[guess.language] = votes.get(guess.language, 0) + guess.length
    return votes

"""Headlines whose verb the parser takes for a noun ("Council boots mayor", "Mayor tightens grip"), read once more.

Of 268 real headlines one in five told no act, most of them because of a verb that is a noun too, which the parser
had seldom read without an article before it. Such a headline is parsed again with "makes" in the place of that verb,
which nothing can be but a verb; the token keeps its own characters and its own lemma.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from onrecord.annotate.headline_case import TELLING
from onrecord.text.title_case import WORD

SINGULAR, PLURAL = "makes", "make"
"""The verb that stands for the headline's: of six tried on 19 real headlines it and "has" were read as the verb of
each, with its subject; "has" may be an auxiliary."""

MOST = 3
"""Words of one headline that are tried."""

_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})

_NOUNS = frozenset(
    "aids airs attacks awards backs bails bans bars battles beats bets bids blames blasts blocks bombs boosts boots bows "
    "boycotts brands breaks briefs builds calls campaigns casts challenges charges cheers circles cites claims clashes "
    "contracts controls costs counters courts crashes crosses crowns cuts deals debates defeats delays demands details "
    "doubts drafts drags draws drives drops ends exchanges excuses experiences exits exploits eyes faces falls fears fights "
    "files finds fires flags flips floats floods forces forms funds gains grants guarantees guides guts halts hangs heads "
    "changes bumps dips dishes slips slumps tanks hikes hints hits holds hopes hosts hunts hurts increases insults issues jails jolts jumps kicks kills knocks labels "
    "lags lands lashes laughs launches leads leaks leaps limits links lists locks looks lures makes marches marks masks "
    "meets mocks mounts moves murders names needs objects offers orders parts partners passes patrols pauses pays pens "
    "permits petitions picks pitches plagues plans pledges plots plunges points poses posts praises presses probes promises "
    "prompts protests pulls purchases purges pushes questions quits raids raises rallies ramps ranks reaches rebels "
    "rebounds rebukes recalls recruits reforms registers regrets releases removes repeals replies reports requests rescues "
    "results retreats returns reverses reviews rewards rips risks rises rolls rules runs sacks sanctions scales scores sees "
    "sells senses sentences sets shakes shares shells shields shifts shocks shoots shots shows shrugs sides signals signs "
    "sinks slaps slashes slides soars sours spares sparks spells spends spikes spills splits sponsors spreads spurs stabs "
    "stages stalls stands starts stays steps stirs stops storms stresses stretches strikes strips struggles summons supplies "
    "supports surfaces surges surprises suspects swaps sweeps swells swings switches tables talks taps targets tears teases "
    "tells tests thanks threats ties tops tours traces tracks trades trails transfers traps travels treats trials tries "
    "trims triumphs trusts turns updates urges views visits voices votes vows waits walks wants warns washes welcomes whips "
    "wins wipes wonders works worries wounds wraps wrecks yields".split()
)
"""Telling words that are as often nouns in the plural."""

_NO_OBJECT = frozenset(
    "of in on at for to from with by over after before amid against under about as and or but than between into "
    "through during".split()
)
"""Words behind a noun, seldom behind a verb that is a noun too."""

_BEFORE_NOUNS = frozenset({"DT", "JJ", "JJR", "JJS", "CD", "IN", "TO", "PRP$", "POS", "VBG", "CC"})
"""Tags of words behind which a word in -s is a noun."""


@functools.cache
def _plain() -> frozenset[str]:
    return frozenset(map(lemma_of, TELLING))


def has_verb(doc: Any) -> bool:
    """Whether a parsed headline has a verb at its head or a finite verb with its subject. The order that opens one
    ("Report details failures") is mostly a noun."""
    for token in doc:
        if (
            token.pos_ in ("VERB", "AUX")
            and token.dep_ == "ROOT"
            and (token.i or token.tag_ != "VB")
        ):
            return True
        if token.tag_ in _FINITE and any(c.dep_.startswith("nsubj") for c in token.children):
            return True
    return False


def candidates(doc: Any) -> Iterator[tuple[int, int, str]]:
    """The words of a headline, parsed without a verb, that may be its verb, in order: their range in the parsed
    text, and the word to be tried instead."""
    found = 0
    for before, token, after in zip(doc, doc[1:], [*doc[2:], None], strict=False):
        word = token.text
        if not word.islower() or not WORD.fullmatch(word):
            continue
        told = _stand_in(before, word, after)
        if told is None:
            continue
        yield token.idx, token.idx + len(word), told
        found += 1
        if found == MOST:
            return


def _stand_in(before: Any, word: str, after: Any) -> str | None:
    """The verb that may stand for a word between two others; None where it is a noun, or no verb of headlines."""
    if before.text == "-" or (after is not None and after.text == "-"):
        return None
    if word in TELLING:
        # "Top Republican hints at deal": of a group's name the parser makes an adjective.
        led = before.tag_ in _BEFORE_NOUNS and not (before.i and before.text[0].isupper())
        named = word in _NOUNS and _ends(word, after)
        joined = word in _OF_COMPOUNDS and not _has_object(after)
        return None if led or named or joined or before.tag_ == "NNS" else SINGULAR
    if word not in _plain() or not _is_plural(before) or after is None or after.text in _NO_OBJECT:
        return None
    named = f"{word}s" in _NOUNS and not _has_object(after) and after.tag_ not in ("JJ", "NNS")
    return None if named else PLURAL


_OF_COMPOUNDS = frozenset(
    "awards talks strikes works results releases tours shows controls trades sales rights cuts orders meetings matches "
    "plans reports".split()
)
"""Words that mostly stand in compounds ("film awards winners"): a verb only before a name, an article or a number."""


def _has_object(after: Any) -> bool:
    return after is not None and after.tag_ in (
        "DT",
        "PRP$",
        "PRP",
        "NNP",
        "NNPS",
        "CD",
        "RP",
        "TO",
    )


_WITH = {
    "calls": "for", "hints": "at", "looks": "at to", "moves": "to", "points": "to", "pushes": "for", "turns": "to",
    "urges": "to", "votes": "for against to", "wants": "to", "plans": "to", "pledges": "to", "offers": "to",
}  # fmt: skip
"""Words that a verb takes behind it, and its noun as well: the headline is read by its verb."""


def _ends(word: str, after: Any) -> bool:
    """Whether a word that is a noun too stands where a noun would: at the end, or before a preposition."""
    if after is None or not after.text[:1].isalnum():
        return True
    return after.text in _NO_OBJECT and after.text not in _WITH.get(word, "").split()


def _is_plural(token: Any) -> bool:
    """Whether a word before a verb is in the plural or the last of several names."""
    if token.tag_ in ("NNS", "NNPS"):
        return True
    at = token.i
    joined = {",", "and", "&"}
    return token.tag_ in ("NNP", "NN") and any(
        t.text in joined for t in token.doc[max(0, at - 3) : at]
    )


def is_verb_at(doc: Any, i: int) -> bool:
    """Whether the token at an index was read as a verb that heads a clause, with a subject before it."""
    token = doc[i]
    subject = any(c.dep_.startswith("nsubj") and c.i < i for c in token.children)
    return token.pos_ == "VERB" and token.dep_ in _HEADING and subject


_HEADING = frozenset("ROOT ccomp parataxis acl".split())


_IES, _ES = re.compile(r"\w[^aeiou]ies$"), re.compile(r"(?:ss|sh|ch|x|zz|o)es$")


def lemma_of(verb: str) -> str:
    """The lemma of a verb in the present: "tightens" -> "tighten", "crushes" -> "crush", "sue" -> "sue"."""
    if _IES.search(verb):
        return verb[:-3] + "y"
    if _ES.search(verb):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb

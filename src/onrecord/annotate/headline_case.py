"""Headlines in title case or capitals, as they would stand in running text: for the parser alone.

The parser learned from running text: of "Ilsa Brandt Lays Out Harbour Plan" it makes one long name without a
verb, so that a headline told nothing. Letters are made small where the report itself writes the word so; none
is added or taken away, so that every offset holds. What is shown and cited stays as it is printed.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.text.stemming import stem

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INSIDE = re.compile(r"(?<=[\w,;)’'] )[^\W\d_]+(?:['’][^\W\d_]+)*")
"""Words with a word or a comma before them: their capital letter begins no sentence."""

LONG, MOST, FEWEST = 4, 80, 4
"""A headline is in title case if of its words of at least LONG letters, FEWEST or more, MOST per cent begin
with a capital letter."""

_SMALL = frozenset(
    "a an the and or but nor so as at by for from in into of off on onto out over per than to up upon via vs with after "
    "before about against amid around between during despite since through toward towards under until without "
    "is are was were be been being am has have had do does did will would can could may might must shall should not "
    "no its his her their our my your it he she they we you who whom whose which what when where why how if "
    "this that these those there here all any both each more most some such too very just only also then now again "
    "new first last next down".split()
)
"""Words of the closed classes and a few that are as common: no name is made of one alone."""

_TELLING = frozenset(
    "accuses admits adopts agrees aims announces appeals approves arrests asks attacks avoids backs balks bans bars "
    "battles beats becomes begins bids blames blasts blocks boosts braces breaks brings bristles brushes builds "
    "buys calls campaigns cancels captures casts cheers cites claims clears closes comes concedes condemns confirms "
    "confronts considers convicts courts crashes criticizes criticises cuts dares deals declares declines defends "
    "delays demands denies denounces deploys detains dies digs discloses dismisses disputes doubts draws drops eases "
    "edges embraces emerges ends endorses enters erupts escapes evacuates expands expects explains extends eyes faces "
    "fails falls fears fends fights files finds fires fizzles flees flies forces frees gains gets gives goes grabs "
    "grants halts hails hangs heads hears helps hints hits holds hopes hosts hunts ignores imposes indicts insists "
    "investigates invokes issues joins jolts joins jumps keeps kicks kills lags lands lashes launches lays leads leaks "
    "leans leaves lifts lists looks looms loses makes marches marks meets mocks mounts moves mulls names nears needs "
    "nixes nominates offers opens opposes orders ousts outlines overturns passes pays picks plans pleads pledges "
    "plunges points poses posts praises prepares presses probes promises proposes prosecutes protests pulls pushes "
    "puts quits raids raises rallies ramps reaches reacts rebukes recalls receives reels refuses rejects releases "
    "remains removes renews reopens repeats replaces reports rescues resigns resists responds restores resumes "
    "retreats returns reveals reverses rips rises rolls rules runs sacks says scraps seeks seems sees seizes sells "
    "sends sets settles shakes shares shifts shoots shows shuts signals signs sinks slams slaps slashes slides soars "
    "sparks speaks spends spills splits stalls stands starts stays steps stirs stops storms strikes strips struggles "
    "sues suffers suggests supports surges surrenders survives suspects suspends sweeps swears takes talks taps "
    "targets teases tells tests thanks threatens thwarts tops touts tries trails trims turns unveils upholds urges "
    "vetoes visits voices votes vows waits walks wants warns weighs widens wins withdraws wows writes yields".split()
)
"""Verbs in the present as headlines tell news by them; a name is seldom one of them."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How a report writes its words in running text: in how many places a word has a capital letter inside
    a sentence, how it is then written, in how many it is in small letters, and the stems of those."""

    names: Counter[str]
    written: Mapping[str, str]
    small: Counter[str]
    stems: frozenset[str]


def usage_of(paragraphs: Iterable[str]) -> Usage:
    """The usage of some paragraphs of running text."""
    names: Counter[str] = Counter()
    written: dict[str, str] = {}
    small: Counter[str] = Counter()
    for text in paragraphs:
        for word in _WORD.findall(text):
            if word.islower():
                small[word] += 1
        for word in _INSIDE.findall(text):
            if not word.islower():
                names[word.casefold()] += 1
                written.setdefault(word.casefold(), word)
    return Usage(names, written, small, frozenset(map(stem, small)))


@functools.cache
def _telling() -> frozenset[str]:
    return frozenset(map(stem, _TELLING))


def is_title_case(text: str) -> bool:
    """Whether nearly every longer word of a headline begins with a capital letter."""
    long = [word for word in _WORD.findall(text) if len(word) >= LONG]
    capital = sum(word[0].isupper() for word in long)
    return len(long) >= FEWEST and 100 * capital >= MOST * len(long)


def in_running_case(headline: str, usage: Usage) -> str:
    """A headline with the words in small letters that are no names, of the same length in code points."""
    if not is_title_case(headline):
        return headline
    shouted = headline.isupper()
    first = _WORD.search(headline)

    def written(match: re.Match[str]) -> str:
        word = match.group()
        folded = word.casefold()
        if len(folded) != len(word) or folded == word:
            return word
        named, small = usage.names[folded], usage.small[folded]
        if shouted and named > small and len(usage.written[folded]) == len(word):
            return usage.written[folded]
        if first is not None and match.start() == first.start():
            return word[0] + folded[1:] if shouted else word
        if folded in _SMALL and (shouted or not word.isupper() or len(word) == 1):
            return folded
        if named > small or (not shouted and word.isupper() and len(word) > 1):
            return word
        if small or stem(folded) in usage.stems or stem(folded) in _telling():
            return folded
        return word

    return _WORD.sub(written, headline)

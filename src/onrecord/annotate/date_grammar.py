"""How a grammar over token classes is written and read; the rules themselves are in date_rules.py.

A pattern is a regular expression whose letters are class names (date_words.CLASS_NAMES); `{name}`
stands for a piece that rules share; blanks only separate. Of overlapping finds the one that begins
first wins, then the longest, then the rule that stands first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.annotate.date_values import Meaning
from onrecord.annotate.date_words import CLASS_NAMES, Token

_CHARS: Mapping[str, str] = {name: chr(0xE000 + i) for i, name in enumerate(CLASS_NAMES)}
_NAME = re.compile(r"(?<!\w)([A-Z]+)(?!<)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern's match over tokens."""

    tokens: Sequence[Token]
    match: re.Match[str]

    @property
    def first(self) -> Token:
        return self.tokens[self.match.start()]

    @property
    def before(self) -> Token | None:
        """The token in front of the match, if there is one."""
        start = self.match.start()
        return self.tokens[start - 1] if start else None

    def get(self, group: str) -> Token | None:
        """The first token of a group, or None where the pattern has none or it took no part."""
        if group not in self.match.re.groupindex:
            return None
        start, end = self.match.span(group)
        return self.tokens[start] if end > start >= 0 else None

    def has(self, group: str) -> bool:
        return self.get(group) is not None

    def kind(self, group: str) -> str | None:
        """The class of a group's first token."""
        token = self.get(group)
        return token.kind if token else None

    def text(self, group: str) -> str:
        """What a group's first token stands for, as text; empty where it took no part."""
        token = self.get(group)
        return str(token.value) if token else ""

    def number(self, group: str) -> int:
        """What a group's first token stands for, as a whole number; 0 where it took no part."""
        value = self.text(group)
        return int(value) if value.isdigit() else 0


Reader = Callable[[Hit], Meaning | None]
"""What the words of a hit mean; None where they are no time expression after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and how its words are read."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at `start:end` of the text, the rule that found it and what it means."""

    start: int
    end: int
    rule: str
    meaning: Meaning


def rule(name: str, pattern: str, read: Reader, pieces: Mapping[str, str]) -> Rule:
    """A rule from its written pattern. Raises KeyError if it names an unknown piece or class."""
    while "{" in pattern:
        pattern = re.sub(r"\{(\w+)\}", lambda m: pieces[m[1]], pattern)
    return Rule(name, re.compile(_NAME.sub(lambda m: _CHARS[m[1]], pattern).replace(" ", "")), read)


def scan(tokens: Sequence[Token], rules: Sequence[Rule]) -> Iterator[Found]:
    """The time expressions among the tokens, without overlap, in order."""
    kinds = "".join(_CHARS[token.kind] for token in tokens)
    hits = [
        (match.start(), -match.end(), number, match)
        for number, one in enumerate(rules)
        for match in one.pattern.finditer(kinds)
    ]
    reached = 0
    for start, minus_end, number, match in sorted(hits, key=lambda hit: hit[:3]):
        if start < reached:
            continue
        meaning = rules[number].read(Hit(tokens, match))
        if meaning is not None:
            reached = -minus_end
            yield Found(tokens[start].start, tokens[reached - 1].end, rules[number].name, meaning)

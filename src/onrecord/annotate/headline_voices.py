"""Whose words a headline gives, named behind a dash or a colon: "Pier fire was 'barbaric act' - mayor".

British and Asian outlets name the voice of a headline last, without a verb. Read as the outlet's own words, such a
headline would make its claim of what somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from onrecord.annotate.drafts import Draft, Text
from onrecord.annotate.ranges import tidy
from onrecord.annotate.speakers import Phrase, speaks
from onrecord.text.tree import Tree

_VOICE = re.compile(
    r"(?P<what>\S.*\S)(?:\s+(?P<mark>[-–—]{1,2})|(?P<colon>:))\s+(?P<who>[^-–—:,;?!“”\"‘’()|\n]{2,40})"
)

_TELLING = frozenset(
    "report study survey poll source document datum research inquiry letter email memo paper witness lawyer "
    "expert analyst watchdog regulator".split()
)
"""Lemmas of what a headline names as its source though it is nobody."""

_TOPICS = frozenset(
    "why how what when where who is are will should can could opinion analysis live".split()
)
"""Words that open a headline which asks or explains: behind it stands its author."""

_WORDS, _LONGEST = 4, 4
"""Words that what is said has at least before a colon, and that a voice has at most."""


def headline_voices(text: Text, found: Sequence[Draft], persons: Container[str]) -> list[Draft]:
    """The statements of headlines whose voice stands last, but for those that are found already. `persons`: the
    names, as written, of the persons whom the version mentions."""
    made = []
    for block in text.version.blocks:
        if block.kind not in ("title", "deck"):
            continue
        match = _VOICE.fullmatch(text.version.text, block.start, block.end)
        if match is None:
            continue
        what, who = match.span("what"), match.span("who")
        tree = text.tree_at(who[0])
        if tree is None or any(
            d.content[0][0] < what[1] and d.content[-1][1] > what[0] for d in found
        ):
            continue
        tokens = tree.tokens_in(*who)
        words = match["what"].split()
        if words[0].casefold().rstrip("’'s:") in _TOPICS or (
            match["colon"] and len(words) < _WORDS
        ):
            continue
        if not _is_voice(tree, tokens, match["who"], text, persons) or not _tells(text, *what):
            continue
        phrase = Phrase(tokens[-1], tokens, tokens, tokens)
        content = tuple(tidy(text.version.text, [what]))
        made.append(
            Draft(
                tree,
                None,
                phrase,
                tree,
                content,
                "quote",
                None,
                match.span("mark" if match["mark"] else "colon"),
            )
        )
    return made


def _is_voice(
    tree: Tree, tokens: Sequence[int], written: str, text: Text, persons: Container[str]
) -> bool:
    if not 0 < len(tokens) <= _LONGEST:
        return False
    head = tokens[-1]
    if tree.lemmas[head] in _TELLING and written[:1].islower():
        return True
    if any(tree.tags[t][:2] in ("VB", "MD") for t in tokens):
        return False
    if written[:1].islower():
        return tree.pos[head] in ("NOUN", "PROPN") and speaks(tree, head)
    if written in persons:
        return True
    # "PM", "UN"; another name only if the report itself speaks of it: what stands last may be the site's.
    return (written.isupper() and len(written) <= 5) or text.version.text.count(written) > 1


def _tells(text: Text, start: int, end: int) -> bool:
    """Whether words tell an act or quote somebody's words."""
    if any(mark in text.version.text[start:end] for mark in "‘“\"'"):
        return True
    return any(
        tree.tags[i] in ("VBZ", "VBP", "VBD", "VBN", "MD", "TO")
        for tree in text.trees_in(start, end)
        for i in tree.tokens_in(start, end)
    )

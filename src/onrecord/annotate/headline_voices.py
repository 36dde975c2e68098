"""Whose words a headline gives, named behind a dash or a colon: "Pier fire was 'barbaric act' - mayor".

British and Asian outlets name the voice of a headline last, without a verb. Read as the outlet's own words, such a
headline would make its claim of what somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from onrecord.annotate.drafts import Draft, Text
from onrecord.annotate.ranges import tidy
from onrecord.annotate.speakers import Phrase
from onrecord.text.tree import Tree

_VOICE = re.compile(
    r"(?P<what>\S.*\S)(?:\s+(?P<mark>[-–—]{1,2})|(?P<colon>:))\s+(?P<who>[^-–—:,;?!“”\"‘’()|\n]{2,40})"
)

_ROLES = frozenset(
    "agency aide ambassador analyst army attorney bank board boss campaign campaigner captain charity chief commander "
    "commissioner company consultant coroner council court datum defence diplomat director doctor document embassy envoy "
    "executive expert forecaster government governor hospital industry inquiry inspector investigator judge lawmaker lawyer "
    "leader mayor military minister ministry monitor observer office official operator opposition organiser organizer "
    "owner paper parliament party police poll premier president prosecutor publisher rebel regulator report research "
    "researcher resident scientist secretary senator source spokesman spokesperson spokeswoman staff study survey "
    "trader union watchdog witness".split()
)
"""Lemmas of those who speak for somebody, know or find something. The nouns of victims, relatives and winners are
none: "Ten hurt in fire - two children"."""

_ALONE = frozenset("report paper document study survey poll".split())
"""Those of them that stand alone, or behind one of _OF: a "match report" says nothing."""
_OF = frozenset("new official police government inquest media leaked".split())

_BODIES = frozenset(
    "AG CDC CEO CFO CIA DOJ ECB EU FBI FDA IAEA IMF MP MPs NATO NHS NSA OPEC PM UN WHO Kremlin Pentagon Vatican".split()
) | {"Downing Street", "White House", "State Department", "Justice Department", "Foreign Office"}
"""Offices and bodies that headlines name so."""

_NAMING = frozenset(
    "name names named naming elect elects elected appoint appoints appointed pick picks choose chooses crown crowns identify "
    "identifies nominate nominates select selects hire hires sign signs unveil unveils win wins won kill kills killed "
    "arrest arrests charge charges first new winner champion".split()
)
"""Words of a headline behind which a person is who was named, won or was killed."""

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
        if not _is_voice(tree, tokens, match["what"], match["who"], persons) or not _tells(
            text, *what
        ):
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
    tree: Tree, tokens: Sequence[int], what: str, written: str, persons: Container[str]
) -> bool:
    if not 0 < len(tokens) <= _LONGEST or not all(c.isalpha() or c in " .’'-" for c in written):
        return False
    if written in _BODIES:
        return True
    head = tokens[-1]
    if written[:1].islower():
        lemma = tree.lemmas[head]
        if any(tree.pos[t] in ("ADP", "CCONJ", "NUM") for t in tokens) or lemma not in _ROLES:
            return False
        return lemma not in _ALONE or len(tokens) == 1 or tree.words[tokens[0]] in _OF
    words = {word.strip("“”‘’\"',.").casefold() for word in what.split()}
    return written in persons and words.isdisjoint(_NAMING)


def _tells(text: Text, start: int, end: int) -> bool:
    """Whether words tell an act or quote somebody's words."""
    if any(mark in text.version.text[start:end] for mark in "‘“\"'"):
        return True
    return any(
        tree.tags[i] in ("VBZ", "VBP", "VBD", "VBN", "MD", "TO")
        for tree in text.trees_in(start, end)
        for i in tree.tokens_in(start, end)
    )

"""What words have in common when two lines are compared: keys of words, figures and names.

A key is a folded word brought to its stem (Snowball's English stemmer, Porter 2001), or the name of
the topic that frames.toml puts it in, so that "ratified", "ratification" and "was adopted" can meet.
A name that is linked to an actor gives the keys of the actor's name, so that "he", "the minister"
and the minister's name meet too.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from onrecord.records import Mention
from onrecord.relate.quantities import quantity
from onrecord.text.folding import fold_loose, words
from onrecord.text.stemming import stem
from onrecord.text.tree import Tree

Keys = tuple[tuple[str, str], ...]
"""(key, the word as it is written), in order."""

Named = tuple[Mention, str, Keys]
"""A mention that is linked to an actor, with the actor's id and the keys of the actor's name."""

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
"""Universal parts of speech that carry what a line is about."""


@functools.cache
def written() -> Mapping[str, Any]:
    """frames.toml as it is written: table -> group -> words."""
    found: dict[str, Any] = tomllib.loads(
        files("onrecord.relate").joinpath("frames.toml").read_text("utf-8")
    )
    return found


@functools.cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Word -> group of the tables of frames.toml, and `light` as word -> word."""
    data = written()
    grouped = {
        name: {word: group for group, members in table.items() for word in members}
        for name, table in data.items()
        if isinstance(table, dict)
    }
    return {**grouped, "light": {word: word for word in data["light"]}}


@functools.lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a line, which is compared with many others."""
    return tuple(words(text))


def topic(lemma: str) -> str:
    """The group a folded lemma belongs to, or the lemma itself."""
    return tables()["topics"].get(lemma, lemma)


@functools.lru_cache(maxsize=100_000)
def key_of(lemma: str) -> str:
    """The key of a folded lemma: its topic, else its stem; empty for a light word or a mere sign."""
    if lemma in tables()["light"] or not any(c.isalnum() for c in lemma):
        return ""
    group = tables()["topics"].get(lemma)
    if group is not None:
        return group
    stemmed = stem(lemma)
    return tables()["topics"].get(stemmed, stemmed)


@functools.lru_cache(maxsize=20_000)
def name_keys(name: str, kind: str) -> Keys:
    """(key, word) of an actor's name: of a person the last word, of others every word that carries."""
    found = [w.removesuffix("'s") for w in words(name) if w not in _PARTICLES and len(w) > 1]
    if kind == "person":
        found = found[-1:]
    return tuple((key, w) for w in found if (key := key_of(w)))


_PARTICLES = frozenset("the of and for a an in at on de la el al".split())


class Names:
    """The names in one version: for an offset, the mention that stands there and its actor's keys."""

    def __init__(
        self, mentions: Sequence[Mention], actors: Mapping[str, tuple[str, str, str]]
    ) -> None:
        """`actors`: mention id -> (actor id, name, kind)."""
        self._at: dict[int, Named] = {}
        for mention in sorted(
            mentions, key=lambda m: (m.start - m.end, m.start, m.id), reverse=True
        ):
            linked = actors.get(mention.id)
            if linked is None:
                continue
            entry = (mention, linked[0], name_keys(linked[1], linked[2]))
            self._at.update(dict.fromkeys(range(mention.start, mention.end), entry))
        self._in: dict[str, Sequence[Named | None]] = {}
        self._keys: dict[str, Sequence[Keys]] = {}

    def at(self, offset: int) -> Named | None:
        """The shortest linked mention that covers an offset: itself, its actor's id and keys."""
        return self._at.get(offset)

    def named_in(self, tree: Tree) -> Sequence[Named | None]:
        """The same for where each token of a sentence of the version begins."""
        known = self._in.get(tree.sentence.id)
        if known is None:
            known = self._in[tree.sentence.id] = [*map(self._at.get, tree.sentence.starts)]
        return known

    def keys_of(self, tree: Tree) -> Sequence[Keys]:
        """(key, the word as written) for each token of a sentence of the version; empty of one that
        carries nothing. A token stands in a line and in several of its clauses: the keys of a sentence
        are worked out once, and all at once: token by token took a fifth more of all that lines cost."""
        known = self._keys.get(tree.sentence.id)
        if known is None:
            known = self._keys[tree.sentence.id] = [
                _keys_of(tree, i, named) for i, named in enumerate(self.named_in(tree))
            ]
        return known


def key_at(tree: Tree, i: int) -> str:
    """The key of a verb with its particle ("walked out", "pulled back") if frames.toml knows the two,
    else of the word itself."""
    lemma = fold_loose(tree.lemmas[i])
    particle = tree.child(i, "prt") if tree.pos[i] == "VERB" else None
    if particle is not None:
        phrase = f"{lemma} {fold_loose(tree.lemmas[particle])}"
        if (group := tables()["phrases"].get(phrase)) is not None:
            return group
    return key_of(lemma)


def keyed(tree: Tree, tokens: Sequence[int], names: Names) -> Keys:
    """(key, the word as written) of the tokens that carry content, in order, each key once."""
    found: dict[str, str] = {}
    keys = names.keys_of(tree)
    for i in tokens:
        for key, word in keys[i]:
            found.setdefault(key, word)
    return tuple(found.items())


def _keys_of(tree: Tree, i: int, named: Named | None) -> Keys:
    shown, pos = tree.words[i], tree.pos[i]
    if named is not None and (pos in ("PROPN", "PRON", "DET") or shown[:1].isupper()):
        folded = fold_loose(shown)
        return tuple([(key, shown if folded == w else w.capitalize()) for key, w in named[2]])
    if tree.tags[i] == "CD":
        lemma = fold_loose(tree.lemmas[i])
        value = quantity(lemma)
        key = lemma if value is None else f"#{value}"
    elif pos == "PROPN":
        lemma = fold_loose(tree.lemmas[i])
        key = "" if lemma in tables()["light"] else stem(lemma)
    elif pos in CONTENT:
        key = key_at(tree, i)
    else:
        return ()
    return ((key, shown),) if any(c.isalnum() for c in key) else ()

"""States that no table lists, told by the version's own words: "Velmara's foreign minister", "the Velmaran army".

A name counts as a state only where the version gives it what only states have (a foreign or prime
minister, an army, a border), or has an adjective of English's forms for peoples made from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.gazetteer.rows import Country
from onrecord.text.tree import Tree

_STATE_THINGS = frozenset(
    """government parliament army navy ambassador embassy border constitution territory troops forces counterpart
    diplomat sovereignty airspace premier warship citizen coastguard capital consulate""".split()
)
_MINISTRIES = frozenset("foreign prime defence defense interior finance".split())
_ENDINGS = frozenset("n an ian ean ese i ish ans ians eans is s".split())
_NO_STATES = frozenset(
    "Republic Democrat Christ Union Parliament Senate President Empire Court".split()
)


def with_unlisted_states(trees: Sequence[Tree], gazetteer: Gazetteer) -> Gazetteer:
    """The gazetteer with the states that only this version tells of, or the same one if there are none."""
    capitals = sorted({w for t in trees for w in t.words if w[:1].isupper() and len(w) > 3})
    people = {surname for t in trees for surname in _people(t, gazetteer)}
    candidates = {
        name for t in trees for name in _owners(t, gazetteer) if name.split()[-1] not in people
    }
    called = {w for t in trees for w in _qualifiers(t, gazetteer)}
    seen = {
        w for t in trees for i, w in enumerate(t.words) if t.pos[i] == "PROPN" and w in capitals
    }
    for word in sorted(called):
        stems = [
            n for n in sorted(seen) if n != word and n not in people and is_demonym_of(word, n)
        ]
        plain = [n for n in stems if _is_free(n, gazetteer)]
        if len(plain) == 1:
            candidates.add(plain[0])
    if not candidates:
        return gazetteer
    states = tuple(
        Country(
            name=name,
            adjectives=tuple(w for w in capitals if is_demonym_of(w, name) and not w.endswith("s")),
            people=tuple(w for w in capitals if is_demonym_of(w, name)),
        )
        for name in sorted(candidates)
    )
    return replace(gazetteer, countries=(*gazetteer.countries, *states))


def _is_free(name: str, gazetteer: Gazetteer) -> bool:
    """Whether no table knows a word as a place, a people, a body or a given name."""
    listed = gazetteer.longest_name([name], 0) is not None or gazetteer.is_demonym(name)
    return (
        not listed and gazetteer.gender(name) is None and len(name) > 4 and name not in _NO_STATES
    )


def is_demonym_of(word: str, name: str) -> bool:
    """Whether a word is formed from a place's name with one of English's endings for peoples."""
    stem = name.rstrip("aeiouy")
    return (
        len(stem) > 3
        and word != name
        and word.startswith(stem)
        and (
            word[len(stem) :] in _ENDINGS
            or (word.startswith(name) and word[len(name) :] in _ENDINGS - {"s", "is"})
        )
    )


def _is_state_thing(tree: Tree, i: int) -> bool:
    if tree.lemmas[i] in _STATE_THINGS or tree.words[i].lower() in _STATE_THINGS:
        return True
    if tree.lemmas[i] in ("minister", "ministry", "secretary"):
        return any(tree.words[c].lower() in _MINISTRIES for c in tree.children[i] if c < i)
    return False


def _unlisted(tree: Tree, i: int, gazetteer: Gazetteer) -> str | None:
    """The name that ends at a token, if it is a capitalised one that no table knows."""
    if (
        tree.pos[i] != "PROPN"
        or not tree.words[i][:1].isupper()
        or len(tree.words[i]) < 3
        or tree.words[i].isupper()
    ):
        return None
    first = i
    while (
        first
        and tree.pos[first - 1] == "PROPN"
        and tree.heads[first - 1] == i
        and tree.words[first - 1][:1].isupper()
    ):
        first -= 1
    if first and (tree.pos[first - 1] == "DET" or tree.words[first - 1][:1].isupper()):
        return None
    span = list(tree.words[first : i + 1])
    if any(
        gazetteer.longest_name(span, k)
        or gazetteer.is_demonym(span[k])
        or gazetteer.office(span[k])
        for k in range(len(span))
    ):
        return None
    if gazetteer.gender(span[0]) is not None:
        return None
    return " ".join(span)


def _owners(tree: Tree, gazetteer: Gazetteer) -> Iterator[str]:
    for i in range(len(tree)):
        head = tree.heads[i]
        owned = tree.deps[i] == "poss" and _is_state_thing(tree, head)
        if tree.deps[i] == "pobj" and tree.words[head].lower() == "of":
            head = tree.heads[head]
            owned = _is_state_thing(tree, head)
        if owned and not tree.words[head][:1].isupper() and (name := _unlisted(tree, i, gazetteer)):
            yield name


def _qualifiers(tree: Tree, gazetteer: Gazetteer) -> Iterator[str]:
    """Capitalised adjectives of no table: "Velmaran" of "Velmaran army" and "Velmaran Water Minister"."""
    for i, word in enumerate(tree.words):
        if (
            word[:1].isupper()
            and not word.isupper()
            and tree.deps[i] in ("amod", "compound", "nmod", "poss", "acomp", "attr")
            and not (i > 1 and tree.words[i - 1][:1].isupper() and tree.pos[i - 1] == "PROPN")
            and not gazetteer.is_demonym(word)
        ):
            yield word


def _people(tree: Tree, gazetteer: Gazetteer) -> Iterator[str]:
    """Words that stand as surnames: behind a given name, a title or a word of address."""
    for i in range(1, len(tree)):
        before = tree.words[i - 1]
        if not tree.words[i][:1].isupper() or not before[:1].isupper():
            continue
        if (
            gazetteer.gender(before)
            or before.lower().strip(".") in words().honorifics
            or gazetteer.office(before)
        ):
            yield tree.words[i]

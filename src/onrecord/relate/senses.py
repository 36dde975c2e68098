"""Which keys name one kind of act, show it, exclude it, or are of one kind of thing: the tables of frames.toml."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from onrecord.relate.keys import key_of, written


@functools.cache
def sense_table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Key -> the groups of one table of frames.toml it stands in; a key may stand in several."""
    found: dict[str, list[str]] = {}
    for group, members in written()[name].items():
        for word in members:
            found.setdefault(key_of(word) or word, []).append(group)
    return {key: tuple(groups) for key, groups in found.items()}


def is_same_sense(one: str, other: str) -> bool:
    """Whether two keys of predicates name one kind of act."""
    return one == other or bool(
        set(sense_table("senses").get(one, ())) & set(sense_table("senses").get(other, ()))
    )


@functools.cache
def _members(name: str) -> Mapping[str, frozenset[str]]:
    """Group of one table of frames.toml -> the keys in it."""
    found: dict[str, set[str]] = {}
    for key, groups in sense_table(name).items():
        for group in groups:
            found.setdefault(group, set()).add(key)
    return {group: frozenset(keys) for group, keys in found.items()}


@functools.cache
def _shown() -> Mapping[str, frozenset[str]]:
    """Key of an act -> the keys of those that show it: nobody was hurt, and somebody died."""
    return {key_of(act) or act: keys for act, keys in _members("shows").items()}


@functools.cache
def named_senses(denied: str) -> frozenset[str]:
    """The keys by which a line may tell an act that is denied."""
    groups = _members("senses")
    mine = sense_table("senses").get(denied, ())
    # What is in two groups has two senses, and shows of the one are none of the other.
    acts = (denied, *(key_of(group) or group for group in mine[:1] if len(mine) == 1))
    same = [groups[group] for group in mine]
    return frozenset({denied}).union(*same, *(_shown().get(act, frozenset()) for act in acts))


@functools.cache
def idiom_table() -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
    """Key of a verb -> the words that make an idiom with it, and the act the two name together."""
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for act, phrases in written()["idioms"].items():
        for phrase in phrases:
            verb, *rest = (key_of(w) or w for w in phrase.split())
            found.setdefault(verb, []).append((frozenset(rest), key_of(act) or act))
    return {verb: tuple(rows) for verb, rows in found.items()}


@functools.cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Key of a thing -> the keys of the kinds it is of: a dog is an animal."""
    found: dict[str, set[str]] = {}
    for kind, members in written()["kinds"].items():
        for word in members:
            found.setdefault(key_of(word) or word, set()).add(key_of(kind) or kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def is_of_kind(key: str, kinds: frozenset[str]) -> bool:
    """Whether a thing is one of some kinds of things, or both are of one."""
    return key in kinds or bool(_kinds().get(key, frozenset()) & kinds)


@functools.lru_cache(maxsize=50_000)
def is_opposite(one: str, other: str) -> bool:
    """Whether two keys of predicates exclude each other of one thing at one time."""
    left = {(f, s) for f, _, s in (g.partition("/") for g in sense_table("opposites").get(one, ()))}
    right = {
        (f, s) for f, _, s in (g.partition("/") for g in sense_table("opposites").get(other, ()))
    }
    return any(f == g and s != t for f, s in left for g, t in right)

"""The words that govern an act and say whether it was done: event_status.toml, by class."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.annotate.event_lexicon import has_parts
from onrecord.text.tree import Tree


@dataclass(frozen=True)
class Words:
    """event_status.toml: classes of governing verbs (with particles), nouns, adjectives, modals."""

    verb: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    noun: Mapping[str, str]
    adjective: Mapping[str, str]
    modal: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    marks: frozenset[str]
    phrases: tuple[str, ...]
    after_future: tuple[str, ...]
    inverted: frozenset[str]
    hostile: frozenset[str]


@cache
def load_words() -> Words:
    """The bundled lists."""
    text = files("onrecord.annotate").joinpath("event_status.toml").read_text("utf-8")
    data = tomllib.loads(text)
    verb: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in data["verb"].items():
        for phrase in phrases.split():
            first, *rest = phrase.split("_")
            verb.setdefault(first, []).append((tuple(rest), name))
    condition = data["condition"]

    def flat(section: str) -> dict[str, str]:
        table: dict[str, str] = {}
        for name, listed in data[section].items():
            for word in listed.split():
                table.setdefault(word, name)
        return table

    return Words(
        verb={w: tuple(sorted(rows, key=lambda row: -len(row[0]))) for w, rows in verb.items()},
        noun=flat("noun"),
        adjective=flat("adjective"),
        modal=flat("modal"),
        sets={name: frozenset(listed.split()) for name, listed in data["words"].items()},
        marks=frozenset(condition["marks"].split()),
        phrases=tuple(condition["phrases"]),
        after_future=tuple(condition["after_future"]),
        inverted=frozenset(condition["inverted"].split()),
        hostile=frozenset(data["hostile"]["kinds"].split()),
    )


def governing(tree: Tree, i: int) -> str | None:
    """The class of a governing verb (planned, denied, demanded, ...); None for any other verb."""
    for rest, name in load_words().verb.get(tree.lemmas[i], ()):
        if has_parts(tree, i, rest):
            return name
    return None

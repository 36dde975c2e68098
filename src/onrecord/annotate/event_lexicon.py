"""The event lexicon: which words of a parsed sentence tell which PLOVER act.

Roots are those of PLOVER (Political Language Ontology for Verifiable Event Records), CONCEDE and
RETREAT as YIELD. The data, written for onrecord, is in event_lexicon.toml, which explains its keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.text.tree import Tree

KINDS = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""PLOVER's fifteen roots."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Kinds in which both sides do the same: a conjoined subject holds both."""


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the lexicon: which words tell this kind of act, and what their objects must be."""

    kind: str
    mode: str | None
    objects: frozenset[str]
    not_objects: frozenset[str]
    people: bool
    transitive: bool
    intransitive: bool
    together: bool
    instrument: bool
    needs: frozenset[str]
    on: str | None
    preps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A verb that makes another act of what its object names: to lift sanctions is to yield."""

    over: frozenset[str]
    act: Act


@dataclass(frozen=True)
class Lexicon:
    """The whole lexicon, by first word. Lists keep the order of the file."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Act], ...]]
    nouns: Mapping[str, Act]
    turns: Mapping[str, tuple[tuple[tuple[str, ...], Turn], ...]]
    light: Mapping[str, tuple[tuple[str, ...], ...]]
    light_subject: Mapping[str, tuple[tuple[str, ...], ...]]
    people: frozenset[str]
    empty: frozenset[str]


def _act(row: Mapping[str, Any]) -> Act:
    if row["kind"] not in KINDS:
        raise ValueError(f"event_lexicon.toml: {row['kind']} is no PLOVER root")
    return Act(
        kind=row["kind"],
        mode=row.get("mode"),
        objects=frozenset(row.get("objects", "").split()),
        not_objects=frozenset(row.get("not_objects", "").split()),
        people=row.get("people", False),
        transitive=row.get("transitive", False),
        intransitive=row.get("intransitive", False),
        together=row.get("together", False),
        instrument=row.get("instrument", False),
        needs=frozenset(row.get("needs", "").split()),
        on=row.get("on"),
        preps=tuple(row.get("preps", "").split()),
    )


def _by_first(words: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words.split():
        first, *rest = phrase.split("_")
        table.setdefault(first, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in table.items()}


@cache
def load_lexicon() -> Lexicon:
    """The bundled lexicon. Raises ValueError where an entry names an unknown root."""
    text = files("onrecord.annotate").joinpath("event_lexicon.toml").read_text("utf-8")
    data = tomllib.loads(text)
    verbs: dict[str, list[tuple[tuple[str, ...], Act]]] = {}
    nouns: dict[str, Act] = {}
    turns: dict[str, list[tuple[tuple[str, ...], Turn]]] = {}
    for row in data["act"]:
        act = _act(row)
        for phrase in row.get("verbs", "").split():
            first, *rest = phrase.split("_")
            verbs.setdefault(first, []).append((tuple(rest), act))
        for noun in row.get("nouns", "").split():
            nouns.setdefault(noun, act)
    for row in data["turn"]:
        turn = Turn(frozenset(row["over"].split()), _act(row))
        for phrase in row["verbs"].split():
            first, *rest = phrase.split("_")
            turns.setdefault(first, []).append((tuple(rest), turn))
    return Lexicon(
        verbs={word: tuple(rows) for word, rows in verbs.items()},
        nouns=nouns,
        turns={word: tuple(rows) for word, rows in turns.items()},
        light=_by_first(data["carriers"]["light"]),
        light_subject=_by_first(data["carriers"]["light_subject"]),
        people=frozenset(data["words"]["people"].split()),
        empty=frozenset(data["frames"]["empty"].split()),
    )


def has_parts(tree: Tree, i: int, parts: Sequence[str]) -> bool:
    """Whether all these words depend on token `i`, directly or one step down (pull out *of*)."""
    if not parts:
        return True
    below = {tree.words[c].lower() for c in tree.children[i]} | {
        tree.lemmas[c] for c in tree.children[i]
    }
    for c in tree.children[i]:
        if tree.deps[c] in ("prt", "prep", "advmod"):
            below.update(tree.words[d].lower() for d in tree.children[c])
    return all(part in below for part in parts)


def is_phrase(tree: Tree, i: int, table: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    """Whether token `i` with its particles is one of the phrases of `table`."""
    return any(has_parts(tree, i, rest) for rest in table.get(tree.lemmas[i], ()))


def is_somebody(tree: Tree, i: int, people: frozenset[str]) -> bool:
    """Whether a noun names a person or a group of persons."""
    return (
        tree.lemmas[i] in people
        or tree.pos[i] in ("PRON", "PROPN")
        or tree.ents[i][2:] in ("PERSON", "NORP", "ORG", "GPE")
    )


def _object_fits(tree: Tree, act: Act, objects: Sequence[int], people: frozenset[str]) -> bool:
    lemmas = {tree.lemmas[o] for o in objects}
    if act.objects and not lemmas & act.objects:
        return False
    if (lemmas | _whole(tree, objects)) & act.not_objects:
        return False
    if act.people and not any(is_somebody(tree, o, people) for o in objects):
        return False
    if act.transitive and not objects:
        return False
    return not (act.intransitive and objects)


def _whole(tree: Tree, objects: Sequence[int]) -> set[str]:
    """Nouns that an object hangs on by `of`: of "the reading of the law offered by" the parse gives the
    offering either noun."""
    found = set()
    for o in objects:
        preposition = tree.heads[o]
        if tree.deps[o] == "pobj" and tree.words[preposition].lower() == "of":
            found.add(tree.lemmas[tree.heads[preposition]])
    return found


def match_verb(tree: Tree, i: int, objects: Sequence[int]) -> Act | None:
    """The act that the verb `i` with these objects tells; None if it tells none.

    An entry that names the object beats one that names a particle, which beats a bare verb; of
    equals the first in the file counts.
    """
    lexicon = load_lexicon()
    best: tuple[int, Act] | None = None
    words = {tree.words[c].lower() for c in tree.children[i]}
    particles = {tree.words[c].lower() for c in tree.all(i, "prt")}  # to call off is not to call
    for rest, act in lexicon.verbs.get(tree.lemmas[i], ()):
        if not has_parts(tree, i, rest) or not particles <= set(rest):
            continue
        fits = _object_fits(tree, act, objects, lexicon.people)
        if not fits and not (act.on and _strike_after(tree, i, act.on)):
            continue
        if act.needs and not words & act.needs:
            continue
        if (
            act.together
            and not words & {"together", "jointly", "with"}
            and not _joint(tree, objects)
        ):
            continue
        rank = (4 if act.objects else 0) + (3 if rest else 0) + (2 if act.people else 0)
        rank += 1 if act.transitive or act.intransitive or act.needs else 0
        if best is None or rank > best[0]:
            best = (rank, act)
    return best[1] if best else None


def _strike_after(tree: Tree, i: int, noun: str) -> bool:
    return any(
        tree.lemmas[p] == noun
        for c in tree.children[i]
        if tree.words[c].lower() == "on"
        for p in tree.children[c]
    )


def _joint(tree: Tree, objects: Sequence[int]) -> bool:
    return any(tree.lemmas[c] in ("joint", "combined") for o in objects for c in tree.children[o])


def match_turn(tree: Tree, i: int, objects: Sequence[int]) -> Act | None:
    """The act that verb `i` makes of the event noun among its objects (lift + embargo); or None."""
    lexicon = load_lexicon()
    for rest, turn in lexicon.turns.get(tree.lemmas[i], ()):
        if has_parts(tree, i, rest):
            for o in objects:
                noun = lexicon.nouns.get(tree.lemmas[o])
                if noun and noun.kind in turn.over:
                    return turn.act
    return None


def match_noun(tree: Tree, i: int) -> Act | None:
    """The act that noun `i` names, itself or by what it is made of (a wave of arrests); or None."""
    lexicon = load_lexicon()
    own = lexicon.nouns.get(tree.lemmas[i])
    if own is not None or tree.lemmas[i] not in lexicon.empty:
        return own
    parts = list(tree.all(i, "compound"))
    for p in tree.all(i, "prep"):
        if tree.words[p].lower() == "of":
            parts.extend(tree.all(p, "pobj"))
    return next((act for c in parts if (act := lexicon.nouns.get(tree.lemmas[c]))), None)

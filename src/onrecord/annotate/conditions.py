"""Conditions: the if, unless, until and "as long as" clauses of a sentence, wherever they stand."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from onrecord.text.tree import Tree

_VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Condition:
    """A conditional clause: its tokens from the opening word on, and the token that it hangs on."""

    tokens: tuple[int, ...]
    governed: int


@functools.cache
def _words() -> tuple[frozenset[str], tuple[str, ...], frozenset[str], tuple[str, ...]]:
    table = tomllib.loads(files("onrecord.annotate").joinpath("conditions.toml").read_text("utf-8"))
    phrases = sorted(table["phrases"], key=lambda p: (-len(p.split()), p))
    return (
        frozenset(table["marks"]),
        tuple(phrases),
        frozenset(table["not_behind"]),
        tuple(table["not_before"]),
    )


def conditions(tree: Tree) -> tuple[Condition, ...]:
    """All conditions of a sentence, in order of the text; none inside another."""
    marks, phrases, not_behind, not_before = _words()
    low = tuple(w.lower() for w in tree.words)
    found: list[Condition] = []
    covered = -1
    for i, word in enumerate(low):
        if i <= covered:
            continue
        condition = None
        phrase = next((p for p in phrases if _at(low, i, p)), None)
        if phrase is not None:
            first = i + len(phrase.split())
            if first < len(low) and low[first] not in not_before:
                condition = _from(tree, i, first, exact=False)
        elif word in marks and not (i and low[i - 1] in not_behind):
            if tree.deps[i] in ("mark", "advmod") and tree.deps[tree.heads[i]] != "ccomp":
                condition = _from(tree, i, i, exact=True)
        elif word in ("should", "were", "had") and _inverted(tree, i):
            condition = _from(tree, i, i, exact=True)
        if condition is not None:
            found.append(condition)
            covered = condition.tokens[-1]
    return tuple(found)


def _at(low: tuple[str, ...], i: int, phrase: str) -> bool:
    words = phrase.split()
    return list(low[i : i + len(words)]) == words


def _from(tree: Tree, opening: int, first: int, *, exact: bool) -> Condition | None:
    """The clause that a condition's opening words head, from them to its own end."""
    if exact:
        head = tree.heads[first]
    else:
        inside = next(
            (
                t
                for t in range(first, len(tree))
                if tree.pos[t] in (*_VERBS, "NOUN", "PROPN", "PRON")
            ),
            None,
        )
        if inside is None:
            return None
        head = inside
        while tree.heads[head] >= first and tree.heads[head] != head:
            head = tree.heads[head]
    if head < opening:
        return None
    below = [t for t in tree.subtree(head) if t >= opening]
    end = opening
    while end + 1 in below or (end + 1 < head):
        end += 1
    while end > opening and tree.pos[end] == "PUNCT":
        end -= 1
    if end <= first and exact:
        return None
    governed = tree.heads[head]
    while opening <= governed <= end and tree.heads[governed] != governed:
        governed = tree.heads[governed]
    return Condition(tuple(range(opening, end + 1)), governed)


def _inverted(tree: Tree, i: int) -> bool:
    """ "Should the vote go ahead, ...": the auxiliary before its subject, no question."""
    verb = tree.heads[i]
    subject = tree.child(verb, "nsubj", "nsubjpass", "expl")
    return (
        tree.deps[i] in ("aux", "auxpass")
        and tree.deps[verb] == "advcl"
        and subject is not None
        and i < subject < verb
        and tree.words[-1] != "?"
    )

"""What doing something does to others: harms them, helps them, or neither; and costs announced."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

from onrecord.annotate.modality import content_modality, negated, words_of_acts
from onrecord.text.tree import Tree

_VERBS = ("VERB", "AUX")
_WITH_PARTICLE = frozenset(
    (verb, particle)
    for verb, particles in (
        ("walk", "out away"),
        ("turn", "back away"),
        ("pull", "out"),
        ("lay", "off"),
        ("shut", "down off out"),
        ("cut", "off"),
        ("throw", "out"),
        ("lock", "up out"),
        ("close", "down"),
        ("kick", "out"),
        ("break", "off"),
        ("turn", "off"),
        ("switch", "off"),
        ("tear", "up down apart"),
        ("rip", "up"),
        ("burn", "down"),
        ("bring", "down"),
        ("vote", "down out"),
        ("black", "out"),
        ("boot", "out"),
        ("hunt", "down"),
        ("strip", "away"),
        ("hit", "back"),
        ("strike", "back"),
        ("fight", "back"),
    )
    for particle in particles.split()
)
"""Verbs that harm only with a word behind them: "will walk out", "will turn them back"."""


def effect_of(tree: Tree, verb: int, tokens: Iterable[int]) -> str:
    """harm, help or none: what doing `verb` does to the one it is said to.

    Not doing what only lapses ("will not extend the truce") harms; see `lapses`.
    """
    words = words_of_acts()
    inside = set(tokens)
    chain = _chain(tree, verb, inside)
    told = _said_of(tree, verb, inside)
    if any(f" {phrase} " in told for phrase in phrases()["harm"]):
        return "harm"
    if any(f" {phrase} " in told for phrase in phrases()["help"]):
        return "help"
    harms = [
        t
        for t in inside
        if tree.lemmas[t] in words["harm_nouns"] and tree.pos[t] in ("NOUN", "PROPN")
    ]
    for link in chain:
        lemma = tree.lemmas[link]
        objects = _objects(tree, link)
        if lemma in ("take", "bring", "drag", "haul", "go", "see") and _to_court(tree, link):
            return "harm"
        right = tree.child(link, "dobj")
        if lemma == "reserve" and right is not None and tree.lemmas[right] == "right":
            chain.extend(c for c in tree.all(right, "acl") if c in inside and c not in chain)
            continue
        if any(
            (lemma, tree.words[p].lower()) in _WITH_PARTICLE
            for p in tree.all(link, "prt", "advmod")
        ):
            return "harm"
        if lemma == "recall" and objects & words["envoy_nouns"]:
            return "harm"
        if objects & words["benign_objects"] or (lemma == "fight" and not objects):
            continue
        if lemma in words["withhold_verbs"] and objects & words["benefit_nouns"]:
            return "harm"
        held = tree.child(link, "xcomp")
        if lemma in ("stop", "quit", "cease") and held is not None and tree.tags[held] == "VBG":
            given = words["help_verbs"] | words["give_verbs"] | words["dealing_verbs"]
            return "harm" if tree.lemmas[held] in given else "help"
        if lemma in ("withdraw", "recall") and objects & words["army_nouns"]:
            return "help"
        if lemma in words["give_verbs"] and objects & words["benefit_nouns"]:
            return "help"
        if lemma in words["relief_verbs"] and (harms or lemma not in words["harm_verbs"]):
            return "help"
        if lemma in words["withhold_verbs"] and objects & words["own_conduct"]:
            continue
        if lemma in words["harm_verbs"]:
            return "harm"
        if (
            lemma in words["harm_with"]
            and lemma not in words["suffer_verbs"]
            and any(link in tree.ancestors(t) for t in harms)
        ):
            return "harm"
    if any(tree.lemmas[link] in words["help_verbs"] for link in chain):
        return "help"
    return "none"


@functools.cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """The fixed phrases of effects.toml that tell of harm and of help, by these names."""
    table = tomllib.loads(files("onrecord.annotate").joinpath("effects.toml").read_text("utf-8"))
    return {name: tuple(listed) for name, listed in table.items()}


def _said_of(tree: Tree, verb: int, inside: set[int]) -> str:
    """The lemmas from a verb on to the end of its clause, without articles and possessives."""
    skipped = ("DET", "PUNCT", "SPACE")
    said = [
        tree.lemmas[t].lower()
        for t in tree.subtree(verb)
        if t >= verb
        and t in inside
        and tree.pos[t] not in skipped
        and tree.tags[t] != "PRP$"
        and tree.deps[t] != "advcl"
    ]
    return f" {' '.join(said)} "


def lapses(tree: Tree, verb: int) -> bool:
    """Whether not doing `verb` takes something away: "will not extend the truce"."""
    return tree.lemmas[verb] in words_of_acts()["lapse_verbs"] and (
        tree.child(verb, "dobj") is not None
    )


def suffers(tree: Tree, verb: int, tokens: Iterable[int]) -> bool:
    """Whether a clause tells somebody what is going to befall them: "it will face sanctions"."""
    words = words_of_acts()
    return tree.lemmas[verb] in words["suffer_verbs"] and any(
        tree.lemmas[t] in words["harm_nouns"]
        and tree.pos[t] in ("NOUN", "PROPN")
        and verb in tree.ancestors(t)
        for t in tokens
    )


def _chain(tree: Tree, verb: int, inside: set[int]) -> list[int]:
    """A verb and those it leads to: "is ready to impose", "will close it and expel them"."""
    chain = [verb]
    for link in chain:
        if tree.lemmas[link] in words_of_acts()["request_verbs"]:
            # what others are asked to do harms nobody yet
            continue
        chain.extend(
            c
            for c in tree.all(link, "xcomp", "conj")
            if c in inside
            and tree.pos[c] in _VERBS
            and c not in chain
            and (tree.deps[c] == "xcomp" or tree.child(c, "nsubj", "nsubjpass") is None)
        )
        acomp = tree.child(link, "acomp", "attr")
        if acomp is not None:
            chain.extend(
                c for c in tree.all(acomp, "xcomp", "ccomp") if c in inside and c not in chain
            )
    return chain


def _objects(tree: Tree, verb: int) -> set[str]:
    """Lemmas and words of what a verb is done to."""
    heads = [c for c in tree.all(verb, "dobj", "nsubjpass") if tree.pos[c] != "PRON"]
    heads += [c for head in heads for c in tree.all(head, "conj")]
    return {tree.lemmas[c] for c in heads} | {tree.words[c].lower() for c in heads}


def _to_court(tree: Tree, verb: int) -> bool:
    """ "take Vesk to court", "to an international tribunal"."""
    return any(
        tree.lemmas[inner] in ("court", "tribunal", "arbitration")
        for prep in tree.subtree(verb)
        if tree.words[prep].lower() in ("to", "in") and tree.deps[prep] in ("prep", "dative")
        for inner in tree.all(prep, "pobj")
    )


def announces_costs(tree: Tree, tokens: tuple[int, ...]) -> bool:
    """ "There will be consequences": costs that are to come, and for no other's reason."""
    words = words_of_acts()["cost_nouns"]
    for t in tokens:
        if tree.lemmas[t] not in words or tree.pos[t] != "NOUN":
            continue
        if tree.deps[t] not in ("attr", "nsubj", "dobj", "conj", "oprd", "pobj"):
            continue
        verb = next((a for a in tree.ancestors(t) if tree.pos[a] in _VERBS), None)
        while verb is not None and tree.deps[verb] == "xcomp":
            verb = tree.heads[verb]
        if (
            verb is None
            or verb not in tokens
            or tree.lemmas[verb]
            not in ("be", "face", "pay", "come", "follow", "have", "go", "suffer")
        ):
            continue
        if negated(tree, verb) or tree.deps[verb] == "relcl":
            continue
        if content_modality(tree, verb, reported=True) in ("planned", "required"):
            return True
    return False


_DISCLAIMER = 6
"""Tokens between a negation and the "threat" it takes back: "do not say that as a threat" has four.
Read from the words, since parsers hang "as a threat" on any verb around."""


def disclaims(tree: Tree) -> bool:
    """ "We do not say that as a threat": what the speaker says it is not, the record does not call it."""
    return any(
        tree.lemmas[t] == "threat"
        and any(tree.deps[n] == "neg" for n in range(max(0, t - _DISCLAIMER), t))
        for t in range(len(tree))
    )

"""Whether the act that an event noun names was done: by the verb that tells it, its adjectives, its place."""

from __future__ import annotations

from onrecord.annotate.event_conditions import inside_condition
from onrecord.annotate.event_grammar import is_verb
from onrecord.annotate.event_status import Reading, climb, read_status
from onrecord.annotate.event_tense import (
    CONDITIONAL,
    DENIED,
    HAPPENED,
    ONGOING,
    PLANNED,
    THREATENED,
)
from onrecord.annotate.event_words import governing, load_words
from onrecord.text.tree import Tree


def read_noun_status(
    tree: Tree, noun: int, carrier: int | None, kind: str, *, headline: bool
) -> Reading:
    """The status of the act that an event noun names. `carrier`: the verb that tells it (launch an
    attack, talks began); None where the noun only mentions it (after the attack on the port)."""
    words = load_words()
    inner = inside_condition(tree, noun)
    if inner is not None:
        return Reading(CONDITIONAL, "stands inside the condition", inner)
    if tree.words[-1] == "?":
        return Reading(None, "asked, not told")
    modifiers = {tree.lemmas[c] for c in tree.children[noun]} | {
        tree.words[c].lower() for c in tree.children[noun]
    }
    if modifiers & {"no"}:
        return Reading(DENIED, "negated by 'no'")
    verb = carrier
    if verb is None:
        verb = noun
        path = []
        while tree.heads[verb] != verb and not is_verb(tree, verb):
            path.append(verb)
            verb = tree.heads[verb]
        if any(
            tree.lemmas[p] in words.noun
            or tree.words[p].lower()
            in ("without", "instead", "against", "before", "for", "possible", "like")
            for p in path[1:]
        ):
            return Reading(None, "named, not told as done")
        called = tree.lemmas[verb] == "be" and tree.child(verb, "attr", "acomp") is not None
        if called and tree.deps[noun] == "nsubj":
            return Reading(None, "said what it is, not told as done")
        if not is_verb(tree, verb):
            return Reading(HAPPENED if headline else None, "named, not told as done")
    if carrier is not None and is_verb(tree, carrier):
        outer = read_status(tree, carrier, kind, headline=headline)
    else:
        outer = climb(tree, verb, kind, headline, False, 0)
    if modifiers & words.sets["planned_adjective"] and outer.status in (HAPPENED, ONGOING, PLANNED):
        return Reading(PLANNED, "called planned or coming")
    if modifiers & words.sets["unreal"] and outer.status != DENIED:
        return Reading(None, "called alleged or possible")
    if outer.status is None or outer.status in (CONDITIONAL, DENIED):
        if outer.status == DENIED and governing(tree, verb) == "denied":
            return Reading(None, "a denial or a cancelling is itself negated")
        if carrier is None and outer.status == DENIED:
            return Reading(None, "named, not told as done")
        return outer
    name = governing(tree, verb)
    lemma = tree.lemmas[verb]
    below = carrier is not None or tree.deps[noun] in ("dobj", "nsubjpass", "pobj")
    if below and name == "denied":
        return (
            Reading(DENIED, f"'{lemma}': said not to have happened or not to come")
            if carrier is not None
            else Reading(None, "named under a denial")
        )
    if below and name in ("planned", "attempted", "postponed"):
        if carrier is None:
            return Reading(None, "named, not told as done")
        return Reading(PLANNED, f"'{lemma}': intended, not told as done")
    if below and name == "threatened":
        return (
            Reading(THREATENED, f"'{lemma}': threatened")
            if carrier is not None
            else Reading(None, "named under a threat")
        )
    facts = ("condemn", "discuss", "investigate", "blame", "mean")
    if below and name in ("demanded", "alleged") and lemma not in facts:
        return Reading(None, f"under '{lemma}': not told as done")
    if (
        carrier is not None
        and (name == "ongoing" or lemma in ("resume",))
        and outer.status == HAPPENED
        and lemma == "continue"
    ):
        return Reading(ONGOING, f"'{lemma}': going on")
    if carrier is not None and lemma in ("fail", "collapse") and tree.deps[noun] == "nsubj":
        return Reading(HAPPENED, "as narrated; it failed")
    if carrier is None:
        return (
            Reading(HAPPENED, "named as a fact")
            if outer.status in (HAPPENED, ONGOING)
            else Reading(None, "named, not told as done")
        )
    return outer

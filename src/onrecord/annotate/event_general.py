"""Acts outside PLOVER's roots: ordinary reported facts, told by a finite verb of doing or change.

"The council closed the ferry on Monday", "the report was not published", "none of the pumps has
arrived". Such an act names who did it but nobody it was done to: a pair of actors is claimed only
where the event lexicon knows what the one did to the other. States, thought, speech and what is
generally so (the simple present) are no acts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.annotate.event_conditions import yet_to
from onrecord.annotate.event_grammar import (
    agents,
    conjuncts,
    is_passive,
    is_verb,
    patients,
    surface_subject,
)
from onrecord.annotate.event_lexicon import has_parts, is_phrase, load_lexicon
from onrecord.annotate.event_roles import Filler, Naming
from onrecord.annotate.event_status import Reading, read_status
from onrecord.annotate.event_tense import CONDITIONAL, DENIED, HAPPENED, ONGOING, PLANNED
from onrecord.annotate.event_words import governing, load_words
from onrecord.text.tree import Tree

_WITHIN = frozenset(
    "none some all most many few several half any each tonne ton kilo litre liter gallon barrel number "
    "dozen hundred thousand million pair dozens hundreds thousands millions part".split()
)
"""Words of quantity whose noun follows `of`: none of the doses, ten tonnes of ash."""


@dataclass(frozen=True)
class Tables:
    """event_general.toml. Phrasal verbs by first word."""

    stative: frozenset[str]
    speech: frozenset[str]
    with_object: Mapping[str, tuple[tuple[str, ...], ...]]
    unaccusative: Mapping[str, tuple[tuple[str, ...], ...]]
    figures: Mapping[str, tuple[tuple[str, ...], ...]]
    objects: Mapping[str, frozenset[str]]
    open_modals: frozenset[str]
    institutions: frozenset[str]


@dataclass(frozen=True, slots=True)
class General:
    """An act outside PLOVER: who did it, the lemmas of what it was done to, and whether it was done."""

    predicate: str
    actors: tuple[Filler, ...]
    about: tuple[str, ...]
    reading: Reading


def _phrases(words: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words.split():
        first, *rest = phrase.split("_")
        table.setdefault(first, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in table.items()}


@cache
def load_tables() -> Tables:
    """The bundled lists."""
    text = files("onrecord.annotate").joinpath("event_general.toml").read_text("utf-8")
    data = tomllib.loads(text)
    verbs = data["verbs"]
    return Tables(
        stative=frozenset(verbs["stative"].split()),
        speech=frozenset(verbs["speech"].split()),
        with_object=_phrases(verbs["with_object"]),
        unaccusative=_phrases(verbs["unaccusative"]),
        figures=_phrases(verbs["figures"]),
        objects={verb: frozenset(nouns.split()) for verb, nouns in data["objects"].items()},
        open_modals=frozenset(data["modals"]["open"].split()),
        institutions=frozenset(data["words"]["institutions"].split()),
    )


def predicate_of(tree: Tree, i: int) -> str:
    """The verb's lemma with its particle: "hand over", "turn away"."""
    particle = next(
        (
            tree.words[c].lower()
            for c in tree.children[i]
            if tree.deps[c] == "prt"
            or (c == i + 1 and tree.deps[c] == "advmod" and tree.words[c].lower() in _PARTICLES)
        ),
        None,
    )
    return f"{tree.lemmas[i]} {particle}" if particle else tree.lemmas[i]


_PARTICLES = frozenset("away back down off out over up aside through".split())


def read_general(
    tree: Tree, naming: Naming, i: int, *, headline: bool, dated: bool, placed: bool
) -> General | None:
    """The act outside PLOVER that verb `i` tells; None if it tells none.

    `headline`: the sentence stands in a title, where the simple present tells what happened.
    `dated`: a time expression hangs on the verb. `placed`: the clause names a place.
    """
    figure = _state_with_figure(tree, i)
    if figure is not None:
        return figure
    if not is_verb(tree, i) or tree.pos[i] != "VERB" or not _in_clause(tree, i):
        return None
    objects = _things(tree, patients(tree, i))
    passive = is_passive(tree, i)
    if not _tells_act(tree, i, objects, passive) or not _finite(tree, i, headline):
        return None
    reading = read_status(tree, i, "", headline=headline)
    if reading.status is None or not _kept(tree, i, reading, dated):
        return None
    happens = passive or (not objects and is_phrase(tree, i, load_tables().unaccusative))
    denied = reading.status == DENIED
    doers = agents(tree, i)
    subject = surface_subject(tree, i)
    undergoing = (subject,) if happens and subject is not None else ()
    actors = (
        tuple(f for d in doers for f in naming.fill(d, ())) if not undergoing or passive else ()
    )
    if undergoing and not passive and subject is not None:
        actors = naming.fill(subject, ())
    named = any(f.mention is not None for f in actors)
    particle = " " in predicate_of(tree, i)
    if named:
        kept = bool(objects) or particle or dated or denied or happens
        if reading.status == ONGOING and all(
            f.mention is None or f.mention.role == "pronoun" for f in actors
        ):
            kept = dated
    elif undergoing:
        kept = _is_thing(tree, undergoing[0]) and (
            dated or placed or denied or _counted(tree, undergoing[0])
        )
    else:
        kept = (
            bool(objects)
            and any(_is_thing(tree, d) and (dated or _acts(tree, d)) for d in doers)
            and (dated or denied or any(_counted(tree, o) for o in objects))
        )
    if not kept:
        return None
    done_to = objects or _things(tree, undergoing)
    return General(
        predicate=predicate_of(tree, i),
        actors=tuple(f for f in actors if f.mention is not None),
        about=tuple(dict.fromkeys(tree.lemmas[_inner(tree, o)] for o in done_to)),
        reading=reading,
    )


def _in_clause(tree: Tree, i: int) -> bool:
    """Whether a verb heads a main, coordinate, relative or reported clause, or stands below a verb that
    says whether it was done or will be: failed to hand over, is to reopen."""
    head, dep = tree.heads[i], tree.deps[i]
    if dep == "conj":
        return is_verb(tree, head) and _in_clause(tree, head)
    if dep == "relcl":
        return _definite(tree, head)
    if dep == "ccomp":
        asked = any(tree.tags[c] in ("WRB", "WP", "WDT") for c in tree.children[i])
        return not asked and is_verb(tree, head) and tree.lemmas[head] in load_tables().speech
    if dep == "xcomp":
        return is_verb(tree, head) or tree.pos[head] == "ADJ"
    return dep in ("ROOT", "parataxis") and surface_subject(tree, i) is not None


def _definite(tree: Tree, noun: int) -> bool:
    """Whether a noun stands for something in particular: a name, "the mill", "its mill", "two mills"."""
    if tree.pos[noun] == "PROPN" or _counted(tree, noun):
        return True
    return any(
        tree.deps[c] == "poss" or tree.words[c].lower() in ("the", "this", "that", "these", "those")
        for c in tree.children[noun]
        if c < noun
    ) and tree.lemmas[noun] not in ("people", "one", "man", "woman", "person")


def _tells_act(tree: Tree, i: int, objects: tuple[int, ...], passive: bool) -> bool:
    tables = load_tables()
    lemma = tree.lemmas[i]
    lemmas = {tree.lemmas[o] for o in objects}
    if lemmas & tables.objects.get(lemma, frozenset()):
        return True
    if lemmas & load_lexicon().nouns.keys():
        return False  # its event noun tells the act, or nothing does
    if tree.child(i, "ccomp") is not None and tree.child(i, "dobj") is None and not passive:
        return False
    if any(is_verb(tree, c) and tree.pos[c] == "VERB" for c in tree.all(i, "xcomp")):
        return False
    if lemma not in tables.stative and lemma not in tables.speech:
        return True
    if is_phrase(tree, i, tables.unaccusative) and not objects:
        return True
    return is_phrase(tree, i, tables.with_object) and bool(objects)


def _finite(tree: Tree, i: int, headline: bool) -> bool:
    """Whether the verb's tense tells single acts: past, perfect, future, progressive; the simple present
    only in a title."""
    low = [tree.words[a].lower() for a in tree.all(i, "aux", "auxpass")]
    tag = tree.tags[i]
    if tree.deps[i] == "conj" and not low and tag in ("VB", "VBN", "VBG"):
        head = tree.heads[i]
        return is_verb(tree, head) and tree.pos[head] == "VERB" and _finite(tree, head, headline)
    if tree.deps[i] == "xcomp":
        return tag == "VB" and "to" in low
    if tag == "VBD":
        return True
    if tag in ("VBZ", "VBP"):
        return headline
    if tag == "VBN":
        past = {"has", "have", "had", "'ve", "'d", "was", "were", "been", "being", "got"}
        modal = any(tree.tags[a] == "MD" for a in tree.all(i, "aux"))
        bare = not low and (headline or tree.child(i, "nsubj") is not None)  # a mistagged past
        return bool(past & set(low)) or modal or bare
    if tag == "VBG":
        return bool({"is", "are", "was", "were", "been", "'s", "'re"} & set(low))
    if tag == "VB":
        return any(
            tree.tags[a] == "MD" or tree.words[a].lower() == "did" for a in tree.all(i, "aux")
        )
    return False


def _kept(tree: Tree, i: int, reading: Reading, dated: bool) -> bool:
    """Whether a status is one this act may have: what is only possible, what nobody ever can, what not
    all of something did, and what a wish or plan embeds without a day, is left to the statements."""
    low = {tree.words[a].lower() for a in tree.all(i, "aux")}
    if low & load_tables().open_modals and reading.status != DENIED and reading.condition is None:
        return False
    if reading.status == DENIED and (
        _not_all(tree, i) or (low & {"can", "ca", "cannot"} and not dated)
    ):
        return False
    if tree.deps[i] != "xcomp":
        return True
    if reading.status == PLANNED:
        return dated
    head = tree.heads[i]
    undone = governing(tree, head) == "denied" or yet_to(tree, i)
    return reading.status == CONDITIONAL or (reading.status == DENIED and undone)


def _not_all(tree: Tree, i: int) -> bool:
    """Whether only a part is denied: "not all of the crates arrived"."""
    subject = surface_subject(tree, i)
    if subject is None:
        return False
    first = min(tree.subtree(subject))
    return tree.words[first].lower() == "not" or (
        first > 0 and tree.words[first - 1].lower() == "not" and first < i
    )


def _state_with_figure(tree: Tree, i: int) -> General | None:
    """A state of a number of people or things: 300 homes have been without power."""
    if tree.pos[i] not in ("AUX", "VERB") or tree.deps[i] not in ("ROOT", "conj", "ccomp"):
        return None
    rests = load_tables().figures.get(tree.lemmas[i], ())
    subject = tree.child(i, "nsubj")
    if subject is None or not _counted(tree, subject):
        return None
    after = [tree.words[c].lower() for c in tree.all(i, "prep")]
    word = next((rest[0] for rest in rests if rest[0] in after and has_parts(tree, i, rest)), None)
    if word is None:
        return None
    reading = read_status(tree, i, "", headline=False)
    if reading.status is None:
        return None
    low = {tree.words[a].lower() for a in tree.all(i, "aux")}
    present = tree.tags[i] in ("VBZ", "VBP") or bool(low & {"has", "have"})
    if reading.status == HAPPENED and present:
        reading = Reading(ONGOING, "a state that lasts, as narrated")
    inner = [
        tree.lemmas[n] for p in tree.all(i, "prep") for n in _things(tree, tree.all(p, "pobj"))
    ]
    about = dict.fromkeys([tree.lemmas[_inner(tree, subject)], *inner])
    return General(f"{tree.lemmas[i]} {word}", (), tuple(about), reading)


# --------------------------------------------------------------------------- nouns


def _things(tree: Tree, nouns: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(n for n in nouns if tree.ents[n][2:] not in ("DATE", "TIME"))


def _inner(tree: Tree, noun: int) -> int:
    """The noun behind a word of quantity: of "none of the doses" the doses."""
    if tree.pos[noun] in ("PRON", "DET", "NUM", "ADJ") or tree.lemmas[noun].lower() in _WITHIN:
        for p in tree.all(noun, "prep"):
            if tree.words[p].lower() == "of" and (inner := tree.child(p, "pobj")) is not None:
                return inner
    return noun


def _is_thing(tree: Tree, noun: int) -> bool:
    """Whether a subject says what it is: a noun, a name, a number, or a negative word; not a pronoun."""
    if tree.lemmas[_inner(tree, noun)] in ("it", "there", "this", "that", "what", "which"):
        return False
    inner = _inner(tree, noun)
    negative = tree.words[noun].lower() in load_words().sets["negative_subject"]
    return negative or tree.pos[inner] in ("NOUN", "PROPN", "NUM")


def _acts(tree: Tree, noun: int) -> bool:
    lexicon = load_lexicon()
    return (
        tree.lemmas[_inner(tree, noun)].lower() in load_tables().institutions | lexicon.people
        or tree.pos[noun] == "PROPN"
        or tree.words[noun].lower() in load_words().sets["negative_subject"]
    )


def _counted(tree: Tree, noun: int) -> bool:
    """Whether a number counts the noun: "some 1,200 homes", "40,000 of them"."""
    around = {noun, _inner(tree, noun), *conjuncts(tree, noun)}
    return any(
        tree.tags[t] == "CD" and tree.ents[n][2:] not in ("DATE", "TIME")
        for n in around
        for t in (n, *tree.all(n, "nummod"))
    )

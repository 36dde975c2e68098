"""Who does it and to whom: from nouns around an event's trigger to Holders with their mentions.

A filler that is itself no mention leads on to the one inside it: "Velmaran jets" to Velmaran, "the
assets of eleven generals" to the generals. Unknown stays unknown: a filler without a mention keeps its
words and no id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotate.event_grammar import (
    agents,
    conjuncts,
    is_verb,
    patients,
    prepositions,
    surface_subject,
)
from onrecord.annotate.event_lexicon import MUTUAL, Act
from onrecord.records import Holder, Mention, Version
from onrecord.text.citing import cite
from onrecord.text.tree import Tree

_INSIDE = (
    "of",
    "from",
    "against",
    "on",
    "with",
    "to",
    "for",
    "between",
    "at",
    "into",
    "by",
    "over",
    "about",
    "in",
)
_OWNERS = ("of", "by", "from")
_DASHES = frozenset({"-", "--", "–", "—", ":"})
_PRONOUNS = frozenset(
    ["i", "we", "he", "she", "it", "they", "my", "our", "his", "her", "its", "their"]
)
_ON_PLACES = frozenset(["ASSAULT", "COERCE", "AID", "SANCTION", "PROTEST", "MOBILIZE", "YIELD"])
"""Kinds done to a place where the object itself is nobody: they shelled the harbour of Dun."""
_ABOUT = frozenset("AGREE REJECT ACCUSE SUPPORT REQUEST THREATEN YIELD SANCTION".split())
"""Acts of words or of law: what their object is about is whom they are aimed at."""
_OF_OTHERS = frozenset("ACCUSE SUPPORT REJECT".split())
"""Acts aimed at whose thing it is, before whom that thing concerns: to welcome Ostrel's offer to Kess."""
_WHERE = frozenset("in at near inside outside around across".split())
_TIMES = frozenset(["DATE", "TIME"])


@dataclass(frozen=True, slots=True)
class Filler:
    """A noun that fills a role: the tokens that name it, and its mention if it has one."""

    tokens: tuple[int, ...]
    mention: Mention | None


class Naming:
    """The mentions of one sentence by token."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        self.tree = tree
        self._at: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
            for i in tree.tokens_in(mention.start, mention.end):
                self._at.setdefault(i, mention)

    def at(self, i: int) -> Mention | None:
        """The longest mention that covers token `i`."""
        return self._at.get(i)

    def fill(
        self, head: int, inside: Sequence[str] = _INSIDE, depth: int = 0
    ) -> tuple[Filler, ...]:
        """The named fillers that the noun `head` leads to; its bare words if it leads to none."""
        tree = self.tree
        mention = self._at.get(head)
        if mention is not None:
            return (Filler(tree.tokens_in(mention.start, mention.end), mention),)
        owners = self.owners(head)
        if owners:
            return owners
        for participle in tree.all(head, "acl"):
            by = tree.child(participle, "agent")
            doer = tree.child(by, "pobj") if by is not None else None
            if doer is not None and (named := self._within(doer)):
                return tuple(Filler(phrase(tree, head), m) for m in named)
        if depth < 3:
            below = prepositions(tree, head)
            for word in inside:
                for prep, noun in below:
                    if prep == word:
                        inner = [
                            f
                            for n in conjuncts(tree, noun)
                            for f in self.fill(n, inside, depth + 1)
                            if f.mention is not None
                        ]
                        if inner:
                            return tuple(inner)
        return (Filler(phrase(tree, head), None),)

    def owners(self, head: int) -> tuple[Filler, ...]:
        """Whose the noun `head` is by its possessor, else by the names set before it."""
        tree = self.tree
        for deps in (("poss",), ("compound", "amod", "nmod", "appos")):
            named = [
                m
                for c in tree.all(head, *deps)
                if not _cut_off(tree, c, head)
                for m in self._within(c)
            ]
            if named:
                return tuple(Filler(phrase(tree, head), m) for m in named)
        return ()

    def _within(self, i: int) -> list[Mention]:
        """The mention at a modifier or at one of its own modifiers and conjuncts."""
        found = []
        for j in (*conjuncts(self.tree, i), *self.tree.all(i, "compound", "amod", "nmod", "poss")):
            mention = self._at.get(j)
            if mention is not None and mention not in found:
                found.append(mention)
        return found


def _cut_off(tree: Tree, a: int, b: int) -> bool:
    """Whether a dash or colon stands between two tokens: a dateline is no modifier."""
    return any(tree.words[i] in _DASHES for i in range(min(a, b) + 1, max(a, b)))


def phrase(tree: Tree, head: int) -> tuple[int, ...]:
    """The noun phrase around `head` without its clauses, prepositions and conjuncts."""
    keep = {head}
    for c in tree.children[head]:
        if tree.deps[c] in (
            "det",
            "amod",
            "compound",
            "nummod",
            "poss",
            "nmod",
            "quantmod",
            "case",
            "predet",
        ):
            keep.update(tree.subtree(c))
    return tuple(range(min(keep), max(keep) + 1))


def stands_for(tree: Tree, i: int) -> int | None:
    """Whom a pronoun in the clause of token `i` most nearly stands for: the subject of the verb that
    reports or governs the clause; None where nothing does."""
    j = i
    while tree.heads[j] != j:
        j = tree.heads[j]
        if is_verb(tree, j):
            own = surface_subject(tree, j)
            if own is not None and tree.words[own].lower() not in _PRONOUNS:
                return own
    return None


def _agrees(pronoun: str, mention: Mention) -> bool:
    """Whether a pronoun can stand for a mention: he and she for persons and offices, it and they not."""
    person = mention.kind in ("person", "office")
    if pronoun in ("he", "she", "his", "her", "i", "my"):
        return person
    return pronoun in ("we", "our") or not person


def _doers(naming: Naming, heads: Sequence[int], at: int) -> tuple[Filler, ...]:
    """Fillers of the acting side. A pronoun that is no mention stands for who reports the clause."""
    tree = naming.tree
    found: list[Filler] = []
    for head in heads:
        if tree.ents[head][2:] in _TIMES:
            continue
        own = naming.at(head)
        if tree.words[head].lower() in _PRONOUNS and (own is None or own.chain == own.id):
            above = stands_for(tree, at)
            mention = naming.at(above) if above is not None and above != head else None
            if mention is not None and _agrees(tree.words[head].lower(), mention):
                found.append(Filler((head,), mention))
                continue
        found.extend(naming.fill(head, _OWNERS))
    return tuple(found)


def _known(fillers: Sequence[Filler]) -> bool:
    return any(f.mention is not None for f in fillers)


def verb_roles(naming: Naming, i: int, act: Act) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """(actors, recipients) of an act told by verb `i`."""
    tree = naming.tree
    doers = _doers(naming, agents(tree, i), i)
    objects = [o for o in patients(tree, i) if tree.ents[o][2:] not in _TIMES]
    return _settle(tree, doers, recipients(naming, i, objects, act), act)


def recipients(naming: Naming, i: int, objects: Sequence[int], act: Act) -> tuple[Filler, ...]:
    """Whom an act is done to: the object if it is somebody, else whom the act's prepositions name,
    else whom the object's own words name, else the place it is done in."""
    tree = naming.tree
    used = [o for o in objects if act.instrument or tree.lemmas[o] in act.objects]
    done_to = [o for o in objects if o not in used]
    direct = [Filler(tree.tokens_in(m.start, m.end), m) for o in done_to if (m := naming.at(o))]
    if direct and not act.objects:
        return tuple(direct)
    if act.kind in _OF_OTHERS:
        theirs = [f for o in done_to for f in naming.owners(o)]
        if theirs:
            return tuple(theirs)
    around = list(prepositions(tree, i))
    for o in objects:
        around.extend(prepositions(tree, o))
    for below in tree.all(i, "xcomp", "ccomp", "advcl"):
        if act.kind in ("AGREE", "REJECT", "THREATEN", "REQUEST") and tree.deps[below] != "advcl":
            around.extend(prepositions(tree, below))
    for word in act.preps:
        named = [
            f
            for prep, noun in around
            if prep == word and tree.ents[noun][2:] not in _TIMES
            for n in conjuncts(tree, noun)
            for f in naming.fill(n)
        ]
        if _known(named):
            return tuple(f for f in named if f.mention is not None)
    if direct:
        return tuple(direct)
    inside = [f for o in done_to for f in naming.fill(o)]
    if not act.instrument:
        inside.extend(f for o in used if naming.at(o) is None for f in naming.fill(o))
    if _known(inside):
        return tuple(f for f in inside if f.mention is not None)
    below_named = _of_complement(naming, i, act)
    if below_named:
        return below_named
    deep = _deep(naming, i, act)
    if deep:
        return deep
    where = [
        Filler(tree.tokens_in(m.start, m.end), m)
        for prep, noun in around
        if prep in ("in", "at", "near", "into", "across", "inside", "outside", "over", "through")
        and (m := naming.at(noun)) is not None
    ]
    itself = [Filler(tree.tokens_in(m.start, m.end), m) for o in used if (m := naming.at(o))]
    if itself and not act.instrument and act.kind not in ("AID", "MOBILIZE"):
        return tuple(itself)
    if where and (not inside or act.kind in _ON_PLACES):
        return tuple(where)
    return tuple(inside)


def _deep(naming: Naming, i: int, act: Act) -> tuple[Filler, ...]:
    """Whom the act's prepositions name further down in the clause (marched through the town against the
    junta); for acts of words, whom the object or complement is about."""
    tree = naming.tree
    below = [t for t in tree.subtree(i) if t != i and not _under_clause(tree, t, i)]
    for word in act.preps:
        if word == "of":
            continue
        for t in below:
            if tree.deps[t] != "prep" or tree.words[t].lower() != word or t < i:
                continue
            noun = tree.child(t, "pobj")
            if noun is None or tree.ents[noun][2:] in _TIMES:
                continue
            named = [f for n in conjuncts(tree, noun) for f in naming.fill(n) if f.mention]
            if named:
                return tuple(named)
    if act.kind in _ABOUT:
        tops = (*patients(tree, i), *tree.all(i, "xcomp", "ccomp", "dobj"))
        for top in tops:
            for t in tree.subtree(top):
                mention = naming.at(t)
                if t > i and mention is not None and mention.role != "pronoun":
                    return (Filler(tree.tokens_in(mention.start, mention.end), mention),)
    return ()


def _under_clause(tree: Tree, t: int, top: int) -> bool:
    """Whether a finite clause of its own lies between token `t` and verb `top`."""
    for above in tree.ancestors(t):
        if above == top:
            return False
        if is_verb(tree, above) and tree.child(above, "nsubj", "nsubjpass") is not None:
            return True
    return False


def _of_complement(naming: Naming, i: int, act: Act) -> tuple[Filler, ...]:
    """Whom the act below a verb of consent, demand, refusal or threat is aimed at."""
    tree = naming.tree
    if act.kind not in ("AGREE", "REJECT", "THREATEN", "REQUEST"):
        return ()
    for below in tree.all(i, "xcomp", "ccomp"):
        own = tree.child(below, "nsubj", "nsubjpass")
        if (
            own is not None
            and tree.words[own].lower() not in _PRONOUNS
            and act.kind in ("REQUEST", "THREATEN")
        ):
            named = [f for f in naming.fill(own) if f.mention is not None]
            if named:
                return tuple(named)
        found = [f for o in patients(tree, below) for f in naming.fill(o) if f.mention is not None]
        if found:
            return tuple(found)
        named = [
            f
            for _, noun in prepositions(tree, below)
            if tree.ents[noun][2:] not in _TIMES
            for f in naming.fill(noun)
            if f.mention is not None
        ]
        if named:
            return tuple(named)
    return ()


def noun_roles(
    naming: Naming, noun: int, act: Act, carrier: int | None, carried: bool
) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """(actors, recipients) of an act told by an event noun. `carrier` is the verb it hangs on;
    `carried` whether that verb's subject does it (launch an attack)."""
    tree = naming.tree
    below = prepositions(tree, noun)
    owners = [
        f
        for c in tree.all(noun, "poss", "compound", "amod", "nmod")
        if not _cut_off(tree, c, noun)
        for f in naming.fill(c, ())
        if f.mention
    ]
    by = [
        f
        for prep, n in below
        if prep == "by"
        for m in conjuncts(tree, n)
        for f in naming.fill(m, _OWNERS)
    ]
    doers: tuple[Filler, ...] = tuple(by) or tuple(owners)
    if not doers and carrier is not None and carried:
        doers = _doers(naming, agents(tree, carrier), carrier)
    elif carrier is not None and carried and act.kind in MUTUAL:
        doers = (*_doers(naming, agents(tree, carrier), carrier), *doers)
    around = list(below)
    if carrier is not None and carried:
        around.extend(prepositions(tree, carrier))
    named = [f for o in tree.all(noun, "dobj") for f in naming.fill(o) if f.mention is not None]
    for word in () if named else act.preps:
        named = [
            f
            for prep, n in around
            if prep == word and tree.ents[n][2:] not in _TIMES
            for m in conjuncts(tree, n)
            for f in naming.fill(m)
            if f.mention is not None
        ]
        if named:
            break
    if act.kind in MUTUAL and not doers and not named:
        named = [
            f
            for prep, n in below
            if prep in ("of", "among")
            for m in conjuncts(tree, n)
            for f in naming.fill(m)
        ]
    return _settle(tree, doers, tuple(named), act)


def _settle(
    tree: Tree, doers: Sequence[Filler], done_to: Sequence[Filler], act: Act
) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """Each filler once; nobody on both sides; a place where they met is no side."""
    done_to = [f for f in done_to if not _only_where(tree, f, act)]
    actors = _once(doers)
    chains = {f.mention.chain for f in actors if f.mention is not None}
    others = _once([f for f in done_to if f.mention is None or f.mention.chain not in chains])
    return actors, others


def _only_where(tree: Tree, filler: Filler, act: Act) -> bool:
    """Whether a place is where an act was, not whom it was done to: they met in a town. What is attacked
    or closed, sent to or arrived in can be a place itself."""
    mention = filler.mention
    if mention is None or "place" not in (mention.role, mention.kind):
        return False
    if act.kind in _ON_PLACES or act.mode == "visit":
        return False
    inside = set(filler.tokens)
    top = next((t for t in filler.tokens if tree.heads[t] not in inside), filler.tokens[0])
    while tree.deps[top] == "conj":
        top = tree.heads[top]
    return tree.deps[top] == "pobj" and tree.words[tree.heads[top]].lower() in _WHERE


def _once(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    seen: set[object] = set()
    found: list[Filler] = []
    for filler in fillers:
        key: object = filler.mention.chain if filler.mention is not None else filler.tokens
        if key not in seen:
            seen.add(key)
            found.append(filler)
    return tuple(found)


def holder(version: Version, tree: Tree, filler: Filler) -> Holder:
    """The record of a filler."""
    start, end = tree.span(filler.tokens)
    return Holder(
        name=version.text[start:end],
        mention_id=filler.mention.id if filler.mention is not None else None,
        citation=cite(version, start, end),
    )

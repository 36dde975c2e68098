"""Cues: the words of a sentence that report what somebody says, thinks, promises or demands.

A cue is found by the words of cues.toml and the stored parse alone; whether it has a speaker and a
content is for the modules speakers.py and contents.py. Words that only look like cues ("that is to
say", "the deal is said to be dead") are left alone.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files

from onrecord.text.tree import Tree

_LEFT_OF_VERB = ("aux", "auxpass", "neg", "advmod")


@dataclass(frozen=True, slots=True)
class Entry:
    """One use of a word: its act and what of the sentence can be its content (see cues.toml)."""

    act: str
    takes: frozenset[str]
    person: bool = False
    attitude: bool = False
    particle: frozenset[str] = frozenset()
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of one sentence. `head` governs the content, `verb` bears subject, tense and negation."""

    kind: str
    head: int
    verb: int | None
    tokens: tuple[int, ...]
    entries: tuple[Entry, ...]
    own: tuple[int, ...] = field(default=())
    """Tokens of a prepositional cue's phrase ("according to" and whom), which are no content."""

    def act_of(self, take: str) -> str:
        """The act of the first use that takes this kind of content."""
        return next((e.act for e in self.entries if take in e.takes), self.entries[0].act)

    def takes(self, *names: str) -> bool:
        return any(not e.takes.isdisjoint(names) for e in self.entries)

    @property
    def person(self) -> bool:
        return any(e.person for e in self.entries)

    @property
    def attitude(self) -> bool:
        return all(e.attitude for e in self.entries)


@dataclass(frozen=True)
class Lexicon:
    """cues.toml, ready for use."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    adjectives: dict[str, Entry]
    support: frozenset[str]
    concerns: frozenset[str]
    views: frozenset[str]
    unaddressed: frozenset[str]
    idioms: tuple[str, ...]
    speaking: frozenset[str]
    documents: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The bundled word list."""
    table = tomllib.loads(files("onrecord.annotate").joinpath("cues.toml").read_text("utf-8"))
    found: dict[str, dict[str, list[Entry]]] = {"verb": {}, "noun": {}}
    for part, words in found.items():
        for row in table[part]:
            entry = Entry(
                act=row["act"],
                takes=frozenset(row["takes"]),
                person=row.get("person", False),
                attitude=row.get("attitude", False),
                particle=frozenset(row.get("particle", "").split()),
                object=row.get("object"),
            )
            for lemma in row["lemmas"].split():
                words.setdefault(lemma, []).append(entry)
    adjectives = {
        word: Entry(
            act=act,
            takes=frozenset(("clause", "infinitive", "about", "of", "at", "over"))
            | (frozenset(("to",)) if word in ("open", "opposed", "committed") else frozenset()),
        )
        for act, words in table["adjectives"].items()
        for word in words.split()
    }
    return Lexicon(
        verbs={k: tuple(v) for k, v in found["verb"].items()},
        nouns={k: tuple(v) for k, v in found["noun"].items()},
        adjectives=adjectives,
        support=frozenset(table["support"]["verbs"].split()),
        concerns=frozenset(table["support"]["concerns"].split()),
        views=frozenset(table["words"]["views"].split()),
        unaddressed=frozenset(table["words"]["unaddressed"].split()),
        idioms=tuple(table["words"]["idioms"]),
        speaking=frozenset(table["words"]["speaking"].split()),
        documents=frozenset(table["words"]["documents"].split()),
    )


def find(tree: Tree, text: str) -> list[Cue]:
    """All cues of a sentence, in order of the text. `text` is the sentence's own text."""
    words = lexicon()
    low = tuple(w.lower() for w in tree.words)
    banned = _idiom_tokens(tree, text, words)
    found: list[Cue] = []
    for i, lemma in enumerate(tree.lemmas):
        if i in banned:
            continue
        opens = low[i] == "according" or low[i] in words.views
        cue = _phrase(tree, low, i, words) if opens else None
        if cue is not None:
            pass
        elif tree.pos[i] in ("VERB", "AUX"):
            cue = _verb(tree, low, i, words)
        elif tree.pos[i] == "ADJ" and low[i] in words.adjectives:
            cue = _adjective(tree, i, low, words)
        elif tree.pos[i] == "NOUN" and lemma in words.nouns:
            cue = _noun(tree, i, lemma, words)
        if cue is not None:
            found.append(cue)
    return found


def _idiom_tokens(tree: Tree, text: str, words: Lexicon) -> set[int]:
    folded = text.lower()
    if len(folded) != len(text):
        return set()
    banned: set[int] = set()
    for idiom in words.idioms:
        at = folded.find(idiom)
        while at >= 0:
            end = at + len(idiom)
            if not folded[at - 1 : at].isalnum() and not folded[end : end + 1].isalnum():
                start = tree.sentence.start + at
                banned.update(tree.tokens_in(start, start + len(idiom)))
            at = folded.find(idiom, at + 1)
    return banned


def verb_group(tree: Tree, i: int) -> tuple[int, ...]:
    """The verb with the auxiliaries, negation and adverbs right before it and its particle behind it."""
    group = {i}
    j = i - 1
    while j >= 0 and tree.heads[j] == i and tree.deps[j] in _LEFT_OF_VERB and tree.words[j] != ",":
        group.add(j)
        j -= 1
    for child in tree.children[i]:
        if child == max(group) + 1 and tree.deps[child] == "prt":
            group.add(child)
    return tuple(sorted(group))


def _verb(tree: Tree, low: tuple[str, ...], i: int, words: Lexicon) -> Cue | None:
    lemma = tree.lemmas[i]
    if lemma == "make":
        clear = next(
            (c for c in tree.subtree(i) if low[c] in ("clear", "plain") and i < c <= i + 4), None
        )
        if clear is None:
            return None
        entry = Entry("assert", frozenset(("clause", "quote", "aside")))
        return Cue("verb", i, i, (*verb_group(tree, i), *range(i + 1, clear + 1)), (entry,))
    entries = words.verbs.get(lemma, ())
    if not entries:
        return None
    beside = {low[c] for c in tree.children[i] if tree.deps[c] in ("prt", "prep", "advmod")}
    if i + 1 < len(tree):
        beside.add(low[i + 1])
    objects = {low[c] for c in tree.all(i, "dobj")}
    fixed = tuple(
        e
        for e in entries
        if (e.particle and e.particle & beside) or (e.object and e.object in objects)
    )
    plain = tuple(e for e in entries if not e.particle and not e.object)
    # "point out", "rule out" are not "point", "rule"; "call for" beside "call" stays both
    chosen = fixed + tuple(e for e in plain if not fixed or lemma == "call") if fixed else plain
    if not chosen:
        return None
    tokens = set(verb_group(tree, i))
    for entry in fixed:
        tokens.update(
            c
            for c in tree.children[i]
            if low[c] in entry.particle and tree.deps[c] in ("prt", "advmod", "prep")
        )
    return Cue("verb", i, i, tuple(sorted(t for t in tokens if t <= i + 2)), chosen)


def _adjective(tree: Tree, i: int, low: tuple[str, ...], words: Lexicon) -> Cue | None:
    if tree.deps[i] not in ("acomp", "conj") or not tree.children[i]:
        return None
    verb = tree.heads[i]
    if tree.deps[i] == "conj":
        verb = tree.heads[verb]
    if tree.lemmas[verb] not in ("be", "become", "remain", "feel", "stand", "seem", "sound"):
        return None
    entry = words.adjectives[low[i]]
    return Cue(
        "adjective",
        i,
        verb,
        (*verb_group(tree, verb), *range(verb + 1, i + 1)) if verb < i <= verb + 4 else (i,),
        (entry,),
    )


def _noun(tree: Tree, i: int, lemma: str, words: Lexicon) -> Cue | None:
    head = tree.heads[i]
    verb = None
    tokens: tuple[int, ...] = (i,)
    if tree.deps[i] == "dobj" and tree.lemmas[head] in words.support:
        verb = head
        if head < i <= head + 5:
            tokens = (*verb_group(tree, head), *range(head + 1, i + 1))
    return Cue("noun", i, verb, tokens, words.nouns[lemma])


def _phrase(tree: Tree, low: tuple[str, ...], i: int, words: Lexicon) -> Cue | None:
    """ "according to X", "in X's view", "in the words of X", "as X put it" (the verb's own)."""
    entry = Entry("assert", frozenset(("sentence",)))
    if low[i] == "according" and i + 1 < len(tree) and low[i + 1] == "to":
        own = tuple(t for t in tree.subtree(i))
        return Cue("according", i, None, (i, i + 1), (entry,), own if len(own) > 2 else ())
    if (
        low[i] in words.views
        and tree.deps[i] == "pobj"
        and low[tree.heads[i]] in ("in", "by", "per")
    ):
        prep = tree.heads[i]
        owner = tree.child(i, "poss") is not None
        of = next((c for c in tree.children[i] if low[c] == "of" and low[i] != "view"), None)
        if (owner or of is not None) and tree.deps[prep] == "prep":
            return Cue("view", i, None, (prep, i), (entry,), tree.subtree(prep))
    return None

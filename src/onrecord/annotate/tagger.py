"""The light tagger: which of a sentence's possible statements are statements.

Rules draw what may be one: those of the word list (sentence_drafts.py), and for every other verb, noun
and adjective the readings of candidates.py. A linear model over what can be seen of each, its word and
use, speaker, content and place, accepts or rejects it (logistic regression, Cox, 1958). Weights are
whole numbers, thousandths of a natural logit, so that sums are the same on every machine.
"""

from __future__ import annotations

import functools
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from onrecord.annotate.candidates import candidates, is_no_saying
from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.drafts import Draft, Text
from onrecord.annotate.speakers import Phrase, is_passive, speaks
from onrecord.errors import RecordDamaged, UsageError
from onrecord.text.tree import Tree

BUNDLED = "statement_weights.json"
_OPEN_CLASSES = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_SIZES = (8, 20, 40, 80, 160)
"""Code points of a content at which its size counts as the next larger."""
_HELPERS = ("aux", "neg", "prt", "mark")
_DEEPEST = 40
KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}
"""Kinds of cue by part of speech."""
DULL = -200
"""Thousandths of a logit."""
_OWN = ("lemma ", "class ", "listed ")


@dataclass(frozen=True)
class Tagger:
    """Weights by feature; a statement is accepted if the sum of its features' weights is positive."""

    weights: Mapping[str, int]

    @functools.cached_property
    def _worths(self) -> dict[tuple[str, str], bool]:
        return {}

    def _is_dull(self, tree: Tree, i: int) -> bool:
        """Whether a word by itself says enough against a statement; asked once a word, not a token."""
        kind = KINDS.get(tree.pos[i])
        if kind is None:
            return True
        key = kind, tree.lemmas[i].lower()
        if key not in self._worths:
            self._worths[key] = is_worth(self.weights, of_word(*key))
        return not self._worths[key]

    def decide(self, text: Text, tree: Tree, ruled: Sequence[Draft]) -> list[Draft]:
        """The statements of a sentence: of those that rules made the accepted ones, and of every other
        head the reading with the largest sum, if that is accepted. In order of their cues."""
        kept = [d for d in ruled if d.cue is None or self._sum(text, d, ruled, True) > 0]
        best: dict[int, tuple[int, Draft]] = {}
        dull = {i for i in range(len(tree)) if self._is_dull(tree, i)}
        for draft in proposals(text, tree, ruled, dull):
            if draft.cue is None or is_no_saying(draft):
                continue
            total = self._sum(text, draft, ruled, False)
            if total > max(0, best.get(draft.cue.head, (0, draft))[0]):
                best[draft.cue.head] = (total, draft)
        kept.extend(draft for _, draft in best.values())
        kept.sort(key=lambda d: d.at)
        return kept

    def _sum(self, text: Text, draft: Draft, ruled: Sequence[Draft], by_rule: bool) -> int:
        weights = self.weights
        return sum(weights.get(name, 0) for name in features(text, draft, ruled, by_rule=by_rule))


def digest(weights: Mapping[str, int]) -> str:
    """The SHA-256 over weights in canonical JSON."""
    text = json.dumps(weights, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def load_tagger(path: Path | None = None) -> Tagger:
    """The tagger with the weights of a file that `onrecord train statements` wrote, else with the
    bundled ones. Raises UsageError for a file that is none, RecordDamaged for one that was altered."""
    source = files("onrecord.annotate").joinpath(BUNDLED) if path is None else path
    where = BUNDLED if path is None else str(path)
    try:
        data = json.loads(source.read_text("utf-8"))
        weights = data["weights"]
        sound = all(type(value) is int for value in weights.values())
        written = data["sha256"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "cannot read the tagger's weights",
            where=where,
            why=f"{type(error).__name__}: {error}",
            do="`onrecord train statements` writes such a file",
        ) from error
    if not sound or digest(weights) != written:
        raise RecordDamaged("the tagger's weights do not have their digest", where=where)
    return Tagger(weights)


def proposals(
    text: Text, tree: Tree, ruled: Sequence[Draft], dull: Iterable[int] = ()
) -> Iterator[Draft]:
    """All readings of the heads that the rules left without a statement and that are not `dull`."""
    taken = set(dull)
    for draft in ruled:
        if draft.cue is not None:
            taken.add(draft.cue.head)
            if draft.cue.verb is not None:
                taken.add(draft.cue.verb)
    return candidates(text, tree, taken)


@functools.cache
def _classes() -> dict[str, dict[str, tuple[str, ...]]]:
    """tagger.toml: for verbs, nouns and adjectives the classes of each word."""
    table = tomllib.loads(files("onrecord.annotate").joinpath("tagger.toml").read_text("utf-8"))
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for part, classes in table.items():
        words = found.setdefault(part, {})
        for name, listed in classes.items():
            for word in listed.split():
                words[word] = (*words.get(word, ()), name)
    return found


def of_word(kind: str, lemma: str) -> list[str]:
    """The features that a head has wherever it stands."""
    names = [f"lemma {kind} {lemma}"]
    names += [f"class {kind} {name}" for name in _classes().get(kind, {}).get(lemma, ())]
    words = lexicon()
    if lemma in {"verb": words.verbs, "noun": words.nouns}.get(kind, words.adjectives):
        names.append(f"listed {kind}")
    return names


def is_worth(weights: Mapping[str, int], names: Iterable[str]) -> bool:
    """Whether a head with these features of its own (see of_word) is looked at. Most are not, which
    saves two thirds of the time: words that neither the corpus nor a list knows, and those that weigh
    less than DULL. On the shared dev split no figure fell by it."""
    own = [name for name in names if name.startswith(_OWN)]
    known = [name for name in own if name in weights or not name.startswith("lemma ")]
    return bool(known) and sum(weights.get(name, 0) for name in known) >= DULL


def features(text: Text, draft: Draft, ruled: Sequence[Draft], *, by_rule: bool) -> list[str]:
    """What can be seen of a draft with a cue, as names. `ruled` are the rules' drafts of its sentence,
    `by_rule` whether it is one of them."""
    cue = draft.cue
    if cue is None:
        return []
    tree, made = draft.tree, "rule" if by_rule else "open"
    verb = cue.head if cue.verb is None else cue.verb
    found = _of_cue(tree, cue, draft.take, verb, made)
    found += _of_speaker(tree, draft, made)
    found += _of_verb(tree, cue, draft.take, verb, made)
    found += _of_content(text, draft, made)
    found += _of_place(text, draft, ruled, made)
    return found


def _of_cue(tree: Tree, cue: Cue, take: str, verb: int, made: str) -> list[str]:
    head, kind = cue.head, cue.kind
    lemma, use = tree.lemmas[head].lower(), f"{cue.kind} {take}"
    found = [
        made,
        f"use {made} {use}",
        *of_word(kind, lemma),
        f"both {lemma} {use}",
        f"all {made} {lemma} {use}",
    ]
    for name in _classes().get(kind, {}).get(lemma, ()):
        found.append(f"sense {made} {use} {name}")
    if made == "open":
        words = lexicon()
        known = {"verb": words.verbs, "noun": words.nouns}.get(kind, words.adjectives)
        found.append(f"known {use} {lemma in known}")
    if kind != "verb" and cue.verb is not None:
        carrier = tree.lemmas[verb].lower()
        found += [f"carrier {carrier}", f"carrier {carrier} {lemma}"]
    behind = max(cue.tokens) + 1
    if behind < len(tree) and tree.pos[behind] not in _OPEN_CLASSES:
        found.append(f"next {kind} {tree.words[behind].lower()}")
    return found


def _of_speaker(tree: Tree, draft: Draft, made: str) -> list[str]:
    who, cue = draft.who, draft.cue
    holder = _holder(tree, who)
    kind = "" if cue is None else cue.kind
    found = [f"who {holder}", f"who {made} {kind} {draft.take} {holder}"]
    if who is not None and cue is not None:
        lemma = tree.lemmas[who.head].lower()
        named = tree.pos[who.head] == "PROPN"
        found.append(f"whose {'NAME' if named else lemma}")
        found.append(f"side {kind} {who.head > cue.head}")
        if not named:
            found.append(f"whose {lemma} {tree.lemmas[cue.head].lower()}")
    return found


def _holder(tree: Tree, who: Phrase | None) -> str:
    """What sort of a speaker is named."""
    if who is None:
        return "none"
    head = who.head
    if tree.pos[head] == "PRON":
        return tree.words[head].lower()
    return f"{'body' if speaks(tree, head) else 'thing'} {tree.pos[head]} {tree.ents[head][2:]}"


def _of_verb(tree: Tree, cue: Cue, take: str, verb: int, made: str) -> list[str]:
    kind, tag, dep = cue.kind, tree.tags[verb], tree.deps[verb]
    found = [f"tag {kind} {tag}", f"dep {kind} {dep}", f"form {made} {tag} {dep}"]
    if tree.pos[verb] in ("VERB", "AUX"):
        if is_passive(tree, verb):
            found.append(f"passive {take}")
        for child in tree.children[verb]:
            if tree.deps[child] in _HELPERS and child < verb + 3:
                found.append(f"{tree.deps[child]} {tree.lemmas[child].lower()}")
                found.append(f"{made} {tree.deps[child]} {take}")
    above = tree.heads[verb]
    if above != verb:
        found.append(f"above {dep} {tree.lemmas[above].lower()}")
    verbs = lexicon().verbs
    for up in tree.ancestors(verb):
        if tree.pos[up] == "VERB" and tree.lemmas[up] in verbs:
            found.append(f"below {made} {up < verb}")
            break
    return found


def _of_content(text: Text, draft: Draft, made: str) -> list[str]:
    tree, take = draft.tree, draft.take
    start, end = draft.content[0]
    length = sum(b - a for a, b in draft.content)
    found = [f"size {made} {take} {sum(length >= size for size in _SIZES)}"]
    first = tree.token_at(start)
    if first is None:
        return found
    pos = tree.pos[first]
    found.append(f"first {take} {pos if pos in _OPEN_CLASSES else tree.words[first].lower()}")
    if made == "rule" or draft.cue is None:
        return found
    core, climbed = first, 0
    while climbed < _DEEPEST and start <= tree.sentence.starts[tree.heads[core]] < end:
        if tree.heads[core] == core:
            break
        core, climbed = tree.heads[core], climbed + 1
    lemma, cue = tree.lemmas[core].lower(), tree.lemmas[draft.cue.head].lower()
    word = "NAME" if tree.pos[core] == "PROPN" else lemma
    found += [
        f"core {take} {tree.tags[core]}",
        f"core {take} {word}",
        f"core {take} ent {tree.ents[core][2:]}",
        f"pair {cue} {tree.pos[core]}",
        f"pair {cue} {word}",
    ]
    return found


def _of_place(text: Text, draft: Draft, ruled: Sequence[Draft], made: str) -> list[str]:
    tree, take = draft.tree, draft.take
    marks = bool(text.quoted.in_range(*draft.content[0]))
    inside = text.quoted.at(draft.at) is not None
    others = [d for d in ruled if d is not draft]
    within = any(a <= draft.at < b for d in others for a, b in d.content)
    around = any(a <= d.at < b for d in others for a, b in draft.content)
    block = text.version.blocks[tree.sentence.block].kind
    return [
        f"marks {made} {take} {marks} {inside}",
        f"quoted {made} {inside} {_holder(tree, draft.who)}",
        f"block {made} {block}",
        f"within {made} {within} {inside}",
        f"around {made} {take} {around}",
        f"others {made} {min(2, len(others))}",
    ]

"""What a statement does: its act, its polarity and its modality.

Negation, modality and condition are read from the content's own main verb and from the cue together:
"did not threaten" is never a threat, "may say" was not said.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.speakers import Phrase
from onrecord.text.tree import Tree

_VERBS = ("VERB", "AUX")
_HAPPENED = frozenset(
    "continue begin start appear seem try go come use happen tend proceed keep rush hasten decide choose manage".split()
)
_AHEAD = frozenset(
    "plan expect intend vow promise want prepare set seek hope agree aim due pledge schedule look".split()
)
_NEGATIVE_ACTS = ("deny", "refuse")
_NOMINAL = (
    "object",
    "naming",
    "as",
    "of_with_object",
    "object_for",
    "object_harm",
    "about",
    "of",
    "for",
    "at",
    "over",
    "on",
    "to",
    "with",
    "against",
)


@dataclass(frozen=True, slots=True)
class Reading:
    act: str
    polarity: str
    modality: str


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("onrecord.annotate").joinpath("acts.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def negated(tree: Tree, verb: int) -> bool:
    """Whether a verb is denied: not, never, "no one", "has no plans", "neither ... nor"."""
    words = _words()["negators"]
    shared = (c for c in tree.all(verb, "conj") if tree.pos[c] in _VERBS)
    group = [verb, *(c for c in shared if tree.child(c, "nsubj", "nsubjpass", "expl") is None)]
    denied = any(
        tree.deps[c] == "neg"
        or tree.words[c].lower() in ("never", "n't", "n’t", "neither", "hardly")
        for one in group
        for c in tree.children[one]
    )
    nobody = any(_is_none(tree, c, words) for c in tree.all(verb, "nsubj", "nsubjpass"))
    nothing = any(
        _is_none(tree, c, words) for one in group for c in tree.all(one, "dobj", "attr", "oprd")
    )
    return (denied != nobody) or nothing


def _is_none(tree: Tree, noun: int, words: frozenset[str]) -> bool:
    """ "nobody", "no plans", "neither we nor they"."""
    return tree.words[noun].lower() in words or any(
        tree.words[c].lower() in ("no", "neither") and c < noun for c in tree.children[noun]
    )


_EPISTEMIC = frozenset(["believe", "think", "convince", "assume", "suppose", "guess"])
_SURE = frozenset(["convinced", "sure", "certain", "confident", "clear", "adamant"])


def _embedded(tree: Tree, verb: int) -> int | None:
    """What is believed, of "I am convinced that they do not want it"; None for any other verb."""
    if tree.lemmas[verb] in _EPISTEMIC:
        return tree.child(verb, "ccomp")
    acomp = tree.child(verb, "acomp")
    if acomp is not None and tree.words[acomp].lower() in _SURE:
        return tree.child(acomp, "ccomp") or tree.child(verb, "ccomp")
    return None


def predicate(tree: Tree, tokens: Iterable[int]) -> int | None:
    """The main verb among some tokens of a sentence: the highest one, the first of several."""
    inside = tuple(tokens)
    members = set(inside)
    tops = [
        t
        for t in inside
        if tree.pos[t] in _VERBS
        and tree.deps[t] not in ("aux", "auxpass")
        and (tree.heads[t] not in members or tree.heads[t] == t)
    ]
    if tops:
        return next((t for t in tops if not _is_conditional(tree, t)), tops[0])
    verbs = [t for t in inside if tree.pos[t] in _VERBS and tree.deps[t] not in ("aux", "auxpass")]
    return min(verbs, key=lambda t: (sum(1 for _ in tree.ancestors(t)), t)) if verbs else None


def _is_conditional(tree: Tree, verb: int) -> bool:
    return any(tree.words[c].lower() in ("if", "unless") for c in tree.all(verb, "mark"))


def cue_modality(tree: Tree, verb: int | None) -> str:
    """How far the saying itself is a fact: asserted, planned, possible, required, hypothetical."""
    if verb is None:
        return "asserted"
    for child in tree.all(verb, "aux"):
        word = tree.words[child].lower()
        if word in ("will", "'ll", "’ll", "wo", "shall"):
            return "planned"
        if word in _words()["required_words"]:
            return "required"
        if word in ("may", "might", "can", "could"):
            return "possible"
        if word in ("would", "'d", "’d"):
            return "hypothetical"
        if tree.tags[child] == "TO":
            head = tree.heads[verb]
            if tree.deps[verb] not in ("xcomp", "ccomp", "acl", "advcl"):
                return "asserted"
            if tree.lemmas[head] in _HAPPENED:
                return "asserted"
            if tree.lemmas[head] in _AHEAD or tree.deps[verb] == "advcl":
                return "planned"
            if tree.lemmas[head] == "be" or tree.lemmas[head] == "have":
                return "planned" if tree.lemmas[head] == "be" else "required"
            return "possible"
        if tree.lemmas[child] == "go":
            return "planned"
    if any(tree.words[c].lower() in ("if", "whether", "unless") for c in tree.all(verb, "mark")):
        return "hypothetical"
    subject = tree.child(verb, "nsubj", "nsubjpass")
    asked = tree.words[-1] == "?" and subject is not None
    if asked and any(c < (subject or 0) for c in tree.all(verb, "aux", "auxpass")):
        return "hypothetical"
    return "asserted"


def content_modality(tree: Tree, verb: int, *, reported: bool) -> str:
    """The modality of a content's main verb. `reported`: in indirect speech after a past cue, where
    "would" is the past of "will"."""
    words = _words()
    for child in (*tree.all(verb, "aux", "auxpass"), *tree.all(verb, "advmod")):
        word = tree.words[child].lower()
        if word in ("will", "'ll", "’ll", "wo", "shall"):
            return "planned"
        if word in words["required_words"]:
            return "required"
        if word in words["possible_words"]:
            return "possible"
        if word in ("would", "'d", "’d"):
            return "planned" if reported else "hypothetical"
    lemma = tree.lemmas[verb]
    inner = tree.child(verb, "xcomp")
    if lemma in ("have", "need") and inner is not None and _is_to(tree, inner):
        return "required"
    if lemma == "go" and inner is not None and _is_to(tree, inner) and tree.tags[verb] == "VBG":
        deeper = tree.child(inner, "xcomp")
        return "required" if tree.lemmas[inner] == "have" and deeper is not None else "planned"
    if (
        lemma in ("plan", "intend", "aim", "prepare", "hope", "want", "expect")
        and inner is not None
    ):
        return "planned"
    acomp = tree.child(verb, "acomp")
    if acomp is not None and tree.words[acomp].lower() in (
        "ready",
        "prepared",
        "set",
        "due",
        "willing",
    ):
        return "planned"
    if acomp is not None and tree.words[acomp].lower() in words["possible_words"]:
        return "possible"
    if _is_to(tree, verb):
        return "planned"
    return "asserted"


def _is_to(tree: Tree, verb: int) -> bool:
    return any(tree.tags[c] == "TO" for c in tree.all(verb, "aux"))


def _effect(tree: Tree, verb: int, tokens: Iterable[int]) -> str:
    """harm, help or none: what doing `verb` does to the one it is said to."""
    words = _words()
    inside = set(tokens)
    chain = [verb]
    for link in chain:
        chain.extend(
            c
            for c in tree.all(link, "xcomp", "conj")
            if c in inside and tree.pos[c] in _VERBS and c not in chain
        )
        acomp = tree.child(link, "acomp", "attr")
        if acomp is not None:
            chain.extend(
                c for c in tree.all(acomp, "xcomp", "ccomp") if c in inside and c not in chain
            )
    harms = [
        t
        for t in inside
        if tree.lemmas[t] in words["harm_nouns"] and tree.pos[t] in ("NOUN", "PROPN")
    ]
    for link in chain:
        lemma = tree.lemmas[link]
        if lemma in words["relief_verbs"] and (harms or lemma not in words["harm_verbs"]):
            return "help"
        if lemma in words["harm_verbs"]:
            return "harm"
        if lemma in words["harm_with"] and any(link in tree.ancestors(t) for t in harms):
            return "harm"
    if any(tree.lemmas[link] in words["help_verbs"] for link in chain):
        return "help"
    return "none"


def reading(
    tree: Tree,
    cue: Cue,
    take: str,
    who: Phrase | None,
    content_tree: Tree,
    content_tokens: tuple[int, ...],
    *,
    direct: bool,
) -> Reading:
    """Act, polarity and modality of one statement.

    `content_tree` and `content_tokens` are the sentence its content begins in (mostly the cue's own)
    and the content's tokens there.
    """
    verb = predicate(content_tree, content_tokens)
    is_clause = take not in _NOMINAL and not take.endswith("_owned")
    negative, modality, effect = False, "asserted", "none"
    if verb is not None and is_clause:
        past = cue.verb is None or tree.tags[cue.verb] not in ("VBZ", "VBP")
        negative = negated(content_tree, verb)
        believed = _embedded(content_tree, verb)
        if believed in content_tokens and believed is not None:
            negative = negative != negated(content_tree, believed)
        modality = content_modality(content_tree, verb, reported=past and not direct)
        effect = _effect(content_tree, verb, content_tokens)
    else:
        negative = any(content_tree.words[t].lower() == "no" for t in content_tokens[:2])
        verb = None
    act = cue.act_of(take)
    if act == "assert" and verb is not None and not cue.attitude:
        act = _act_of_content(
            tree, cue, take, who, content_tree, content_tokens, verb, direct=direct
        )
    committed = modality == "planned" and not negative
    if effect == "harm" and not negative and (act == "promise" or (act == "warn" and committed)):
        act = "threaten"
    elif (
        act == "assert"
        and effect != "none"
        and committed
        and verb is not None
        and _speaks_of_self(content_tree, verb, who, tree)
    ):
        act = "threaten" if effect == "harm" else "promise"
    if act == "threaten" and cue.act_of(take) != "threaten" and _disclaims(content_tree):
        act = "warn"
    if act in _NEGATIVE_ACTS and not (act == "deny" and cue.act_of(take) != "deny"):
        negative = not negative or act == "refuse"
    if cue.verb is not None and negated_cue(tree, cue):
        negative = not negative
        if act in ("agree", "praise", "promise", "offer", "threaten"):
            act = "refuse"
    own = cue_modality(tree, cue.verb)
    if own != "asserted":
        modality = own
    elif act == "demand" or (act == "ask" and take in ("infinitive", "object_clause")):
        modality = "required" if modality in ("asserted", "planned") else modality
    elif cue.attitude and take in ("infinitive", "object_clause"):
        modality = "possible" if modality == "asserted" else modality
    return Reading(act, "negative" if negative else "positive", modality)


def _act_of_content(
    tree: Tree,
    cue: Cue,
    take: str,
    who: Phrase | None,
    content_tree: Tree,
    tokens: tuple[int, ...],
    verb: int,
    *,
    direct: bool,
) -> str:
    """What a plain "said" does by what is said."""
    if tree.lemmas[cue.head] in ("insist", "suggest", "recommend") and _is_subjunctive(
        content_tree, verb
    ):
        return "demand" if tree.lemmas[cue.head] == "insist" else "propose"
    if _announces_costs(content_tree, tokens):
        return "threaten"
    if (
        direct
        and not negated(content_tree, verb)
        and cue_modality(content_tree, verb) == "asserted"
    ):
        first = content_tree.child(verb, "nsubj")
        uses = lexicon().verbs.get(content_tree.lemmas[verb], ())
        if (
            first is not None
            and content_tree.words[first].lower() in ("i", "we")
            and content_tree.tags[verb] == "VBP"
            and uses
            and uses[0].act
            in ("promise", "demand", "deny", "refuse", "propose", "threaten", "condemn", "warn")
        ):
            return uses[0].act
    if negated(content_tree, verb) and _refutes(content_tree, verb, tokens):
        return "deny"
    return "assert"


def negated_cue(tree: Tree, cue: Cue) -> bool:
    """Whether the saying itself is denied."""
    verb = cue.verb
    if verb is None:
        return False
    if any(
        tree.deps[c] == "neg" or tree.words[c].lower() in ("never", "neither")
        for c in tree.children[verb]
        if c < verb + 3
    ):
        return True
    above = verb
    while tree.deps[above] == "xcomp" and tree.heads[above] != above:
        # "does not want to say"
        above = tree.heads[above]
        if any(tree.deps[c] == "neg" for c in tree.children[above]):
            return True
    if cue.kind == "adjective" and any(tree.deps[c] == "neg" for c in tree.children[cue.head]):
        return True
    subject = tree.child(verb, "nsubj", "nsubjpass")
    if subject is not None and (
        tree.words[subject].lower() in ("nobody", "none", "neither")
        or any(
            tree.words[c].lower() in ("no", "neither") and tree.deps[c] in ("det", "preconj")
            for c in tree.children[subject]
        )
    ):
        return True
    return cue.kind == "noun" and any(
        tree.words[c].lower() == "no" for c in tree.children[cue.head]
    )


def _speaks_of_self(tree: Tree, verb: int, who: Phrase | None, cue_tree: Tree) -> bool:
    subject = tree.child(verb, "nsubj")
    if subject is None:
        return _is_to(tree, verb)
    word = tree.words[subject].lower()
    if word in ("he", "she", "it", "they", "we", "i"):
        return True
    return who is not None and word == cue_tree.words[who.head].lower()


def _announces_costs(tree: Tree, tokens: tuple[int, ...]) -> bool:
    """ "There will be consequences": costs that are to come, and for no other's reason."""
    words = _words()["cost_nouns"]
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


def _disclaims(tree: Tree) -> bool:
    """ "We do not say that as a threat": what the speaker says it is not, the record does not call it."""
    return any(
        tree.lemmas[t] == "threat"
        and any(tree.deps[n] == "neg" for n in range(max(0, t - _DISCLAIMER), t))
        for t in range(len(tree))
    )


def _is_subjunctive(tree: Tree, verb: int) -> bool:
    """ "that it be done": a bare verb with its own subject."""
    return (
        tree.tags[verb] == "VB"
        and tree.child(verb, "aux") is None
        and tree.child(verb, "nsubj", "nsubjpass") is not None
    )


def _refutes(tree: Tree, verb: int, tokens: tuple[int, ...]) -> bool:
    """Whether a negated clause turns down a reproach ("did not threaten", "has no plans to invade")."""
    words = _words()
    if (
        tree.lemmas[verb] in words["blame_verbs"]
        and tree.child(verb, "nsubj", "nsubjpass") is not None
    ):
        return content_modality(tree, verb, reported=False) in ("asserted",)
    return any(
        tree.lemmas[t] in words["blame_nouns"]
        and tree.pos[t] == "NOUN"
        and (tree.heads[t] == verb or tree.heads[tree.heads[t]] == verb)
        for t in tokens
    )


def emits_when_negated(cue: Cue, take: str) -> bool:
    """Whether a denied cue still tells what its subject holds ("does not believe", "did not agree").

    "Did not say that ..." and "did not threaten to ..." tell of no statement.
    """
    return cue.attitude or cue.act_of(take) in ("agree", "praise") or cue.kind == "adjective"

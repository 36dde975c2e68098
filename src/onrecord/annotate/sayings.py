"""What a plain saying does by what is said: denies, asks, demands, proposes, praises or condemns."""

from __future__ import annotations

import re

from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.effects import announces_costs
from onrecord.annotate.hinges import Own
from onrecord.annotate.modality import (
    content_modality,
    cue_modality,
    is_to,
    negated,
    words_of_acts,
)
from onrecord.text.tree import Tree

_COPULAS = ("be", "seem", "remain", "become", "look", "sound", "amount")


def act_of_content(
    tree: Tree,
    cue: Cue,
    content_tree: Tree,
    tokens: tuple[int, ...],
    verb: int,
    *,
    direct: bool,
    own: Own,
) -> str:
    """What a plain "said" does by what is said; "assert" if nothing else.

    `tree` is the cue's sentence, `content_tree` the content's, with its tokens and main verb there.
    """
    subjunctive = _is_subjunctive(content_tree, verb)
    lemma = tree.lemmas[cue.head]
    if subjunctive and lemma in _MANDATIVE:
        return _MANDATIVE[lemma]
    if announces_costs(content_tree, tokens):
        return "threaten"
    no = negated(content_tree, verb)
    asserted = content_modality(content_tree, verb, reported=False) == "asserted"
    if direct and not no and cue_modality(content_tree, verb) == "asserted":
        done = _performed(content_tree, verb)
        if done is not None:
            return done
    if no and (
        _refutes(content_tree, verb, tokens)
        or (asserted and _never_was(content_tree, verb, tokens))
        or (asserted and _is_bare(content_tree, verb))
    ):
        return "deny"
    if (
        _turns_down(content_tree, tokens)
        and content_tree.lemmas[verb] not in (words_of_acts()["consent_verbs"])
    ):
        return "deny"
    if direct and _is_question(content_tree, tokens):
        return "ask"
    if direct and _is_imperative(content_tree, verb):
        return "demand"
    if _is_let_us(content_tree, verb, tokens):
        return "propose"
    if lemma == "suggest" and _is_advised(content_tree, verb):
        return "propose"
    if _is_obliged(content_tree, verb, own):
        return "demand"
    if _is_willing(content_tree, verb):
        return "offer"
    if asserted and not no:
        return _judged(content_tree, verb, own) or "assert"
    return "assert"


_MANDATIVE = {
    "insist": "demand",
    "suggest": "propose",
    "recommend": "propose",
    "write": "demand",
    "say": "demand",
}
"""What a saying does whose content is a bare subjunctive: "suggested that the pit be shut"."""
_CLOSING = frozenset(("”", '"', "’", "'", "''", "»"))
_PERFORMED = (
    "promise demand deny refuse propose threaten condemn warn ask agree offer praise".split()
)


def _performed(tree: Tree, verb: int) -> str | None:
    """ "I promise", "we are asking for": what the first person says that it does, it does."""
    first = tree.child(verb, "nsubj")
    if first is None or tree.words[first].lower() not in ("i", "we"):
        return None
    doing = tree.tags[verb] == "VBG" and any(tree.tags[c] == "VBP" for c in tree.all(verb, "aux"))
    if tree.tags[verb] != "VBP" and not doing:
        return None
    if tree.lemmas[verb] == "call":
        beside = {tree.words[c].lower() for c in tree.children[verb]}
        return "demand" if beside & {"for", "on", "upon"} else None
    uses = lexicon().verbs.get(tree.lemmas[verb], ())
    return uses[0].act if uses and uses[0].act in _PERFORMED else None


# --------------------------------------------------------------------------- denials

_UNTRUE = re.compile(
    r"\b(?:no such (?:thing|promise|assurance|offer|plan|order|talks|deal|agreement|letter|call|claim)"
    r"|nothing of the (?:sort|kind)|(?:is|was|are|were) (?:untrue|false|a lie|nonsense|not true|not so))\b"
    r"|^\W*(?:nonsense|rubbish|untrue|not true)\b",
    re.IGNORECASE,
)
"""How a plain saying turns down what others say: "it had agreed to nothing of the sort"."""


def _turns_down(tree: Tree, tokens: tuple[int, ...]) -> bool:
    return bool(tokens) and bool(_UNTRUE.search(" ".join(tree.words[t] for t in tokens)))


def _refutes(tree: Tree, verb: int, tokens: tuple[int, ...]) -> bool:
    """Whether a negated clause turns down a reproach ("did not threaten", "has no plans to invade")."""
    words = words_of_acts()
    if content_modality(tree, verb, reported=False) != "asserted":
        # "will not open it under threat" turns nothing down
        return False
    if (
        tree.lemmas[verb] in words["blame_verbs"]
        and tree.child(verb, "nsubj", "nsubjpass") is not None
    ):
        return True
    return any(
        tree.lemmas[t] in words["blame_nouns"]
        and tree.pos[t] == "NOUN"
        and (tree.heads[t] == verb or tree.heads[tree.heads[t]] == verb)
        for t in tokens
    )


def _never_was(tree: Tree, verb: int, tokens: tuple[int, ...]) -> bool:
    """ "Had never ordered any", "had nothing to do with it": turned down for all the past."""
    things = [c for c in tree.all(verb, "dobj", "attr") if tree.words[c].lower() == "nothing"]
    if things and any(tree.words[t].lower() in ("against", "do") for t in tokens if t > things[0]):
        return True
    past = tree.tags[verb] in ("VBD", "VBN") or any(
        tree.tags[c] == "VBD" for c in tree.all(verb, "aux")
    )
    words = {tree.words[t].lower() for t in tokens}
    return (
        past and "never" in words and bool(words & {"any", "anyone", "anybody", "anything", "such"})
    )


def _is_bare(tree: Tree, verb: int) -> bool:
    """ "It was not", "they did not": nothing but the denial of what was asked or said before."""
    return tree.lemmas[verb] in ("be", "do", "have") and not any(
        tree.deps[c] not in ("nsubj", "nsubjpass", "neg", "punct", "expl", "mark", "intj", "advmod")
        for c in tree.children[verb]
    )


def turned_down(tree: Tree, tokens: tuple[int, ...], lemma: str) -> str | None:
    """deny, if what is rejected or ruled out is a claim or a misdeed and no proposal; else None."""
    words = words_of_acts()
    head = next((t for t in tokens if tree.deps[t] in ("dobj", "nsubjpass", "pobj")), None)
    if head is None or lemma not in ("reject", "rebuff", "dismiss", "repudiate", "rule", "spurn"):
        return None
    nouns = words["claim_nouns"] if lemma != "rule" else words["misdeed_nouns"]
    return "deny" if tree.lemmas[head] in nouns else None


# --------------------------------------------------------------------------- asking for something


def _is_question(tree: Tree, tokens: tuple[int, ...]) -> bool:
    """Whether the sentence that is quoted asks."""
    last = next((t for t in reversed(tokens) if tree.words[t] not in _CLOSING), None)
    return last is not None and tree.words[last] == "?"


def _is_imperative(tree: Tree, verb: int) -> bool:
    """ "Ask your brother": a bare verb without a subject that opens its clause."""
    if tree.tags[verb] != "VB" or tree.lemmas[verb] in ("let", "thank", "be", "have"):
        return False
    if tree.child(verb, "nsubj", "nsubjpass", "aux", "mark", "expl") is not None:
        return False
    before = [
        t for t in range(verb) if tree.pos[t] not in ("PUNCT", "ADV", "INTJ", "CCONJ", "SPACE")
    ]
    return not before or (
        tree.words[before[-1]].lower() in ("not", "n't", "do") and len(before) <= 2
    )


def _is_let_us(tree: Tree, verb: int, tokens: tuple[int, ...]) -> bool:
    """ "Let us meet", "let's talk"."""
    first = [tree.words[t].lower() for t in tokens if tree.pos[t] not in ("PUNCT", "CCONJ")][:2]
    return first in (["let", "us"], ["let", "'s"], ["let", "’s"])


def _is_subjunctive(tree: Tree, verb: int) -> bool:
    """ "That it be done", "that they share it": a bare verb with its own subject."""
    if tree.child(verb, "aux") is not None or tree.child(verb, "nsubj", "nsubjpass") is None:
        return False
    if tree.tags[verb] == "VB":
        return True
    return any(tree.words[c].lower() == "be" for c in tree.all(verb, "auxpass"))


def _is_advised(tree: Tree, verb: int) -> bool:
    """ "Suggested that they should wait"."""
    return any(tree.words[c].lower() in ("should", "might") for c in tree.all(verb, "aux"))


def _is_obliged(tree: Tree, verb: int, own: Own) -> bool:
    """ "The ships must leave": what others are told that they must or should do.

    What should or must be so ("must be safe", "should help") is no deed, and what the speaker's own
    side must do is nobody else's.
    """
    must = any(tree.words[c].lower() in ("must", "should") for c in tree.all(verb, "aux"))
    if not must or any(tree.words[c].lower() == "have" for c in tree.all(verb, "aux")):
        return False
    passive = tree.child(verb, "nsubjpass")
    if passive is not None:
        return tree.child(verb, "auxpass") is not None
    subject = tree.child(verb, "nsubj")
    if subject is None or tree.lemmas[verb] in ("be", "have"):
        return False
    word = tree.words[subject].lower()
    somebody = word in ("they", "you", "he", "she", "nobody", "everyone", "everybody", "anyone")
    named = tree.pos[subject] == "PROPN" or tree.ents[subject].endswith(("PERSON", "ORG", "GPE"))
    return (somebody or named) and not own(tree, subject)


def _is_willing(tree: Tree, verb: int) -> bool:
    """ "Is willing to halve it", "was ready to host talks"."""
    if tree.lemmas[verb] != "be" or negated(tree, verb):
        return False
    state = tree.child(verb, "acomp")
    return (
        state is not None
        and tree.words[state].lower() in ("willing", "ready", "prepared", "happy")
        and tree.child(state, "xcomp") is not None
        and tree.child(verb, "nsubj") is not None
        and tree.child(verb, "aux") is None
    )


# --------------------------------------------------------------------------- praise and blame


def named_as(tree: Tree, tokens: tuple[int, ...]) -> str | None:
    """praise or condemn, by what something is called or described as; None if by no such word."""
    return _verdict(tree, tokens)


def _judged(tree: Tree, verb: int, own: Own) -> str | None:
    """ "The plan is a farce", "it was a triumph": praise or condemn of what is not one's own."""
    if tree.lemmas[verb] in words_of_acts()["praise_verbs"]:
        return "praise"
    subject = tree.child(verb, "nsubj")
    if tree.lemmas[verb] not in _COPULAS or subject is None:
        return None
    said = tree.child(verb, "attr", "acomp")
    if said is None:
        return None
    near = [said, *(c for c in tree.children[said] if tree.deps[c] in ("amod", "compound", "conj"))]
    if tree.child(said, "relcl", "nsubj") is not None:
        near = [said]
    return _verdict(tree, near)


def _verdict(tree: Tree, tokens: tuple[int, ...] | list[int]) -> str | None:
    words = words_of_acts()
    for t in tokens:
        both = {tree.words[t].lower(), tree.lemmas[t].lower()}
        if both & words["condemn_words"]:
            return "condemn"
        if both & words["praise_words"]:
            return "praise"
    return None


def speaks_of_self(tree: Tree, verb: int, own: Own) -> bool:
    """Whether what is to be done is to be done by the speaker or its side."""
    if tree.child(verb, "nsubjpass", "expl", "csubj") is not None:
        return False
    subject = tree.child(verb, "nsubj")
    return is_to(tree, verb) if subject is None else own(tree, subject)

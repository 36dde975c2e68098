"""What a statement does: its act, its polarity and its modality.

Negation, modality and condition are read from the content's own main verb and from the cue together:
"did not threaten" is never a threat, "may say" was not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.effects import announces_costs, disclaims, effect_of, lapses, suffers
from onrecord.annotate.modality import (
    content_modality,
    cue_modality,
    embedded,
    is_to,
    negated,
    words_of_acts,
)
from onrecord.text.tree import Tree

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


_REQUESTS = ("ask", "request", "urge")
"""Main verbs by which a plain saying announces a request: "said it would ask them to leave"."""

Own = Callable[[Tree, int], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    act: str
    polarity: str
    modality: str


def reading(
    tree: Tree,
    cue: Cue,
    take: str,
    content_tree: Tree,
    content_tokens: tuple[int, ...],
    verb: int | None,
    *,
    direct: bool,
    own: Own,
    hinge: str,
    hinge_word: str = "",
    wished: bool = False,
) -> Reading:
    """Act, polarity and modality of one statement.

    `content_tree` and `content_tokens` are the sentence its content begins in (mostly the cue's own)
    and the content's tokens there; `verb` is the main verb among them: what a content of several
    clauses or sentences does is what its first main clause does. `own` tells whether a subject in
    `content_tree` is the speaker or its side, `hinge` whether a condition governs the verb: "" if
    none, "open" if it is told in the present tense, else "remote"; `hinge_word` is its first word, and
    it is `wished` for if nothing in it is negated or harms.
    """
    is_clause = take not in _NOMINAL and not take.endswith("_owned")
    negative, modality, effect = False, "asserted", "none"
    if verb is not None and is_clause:
        past = cue.verb is None or tree.tags[cue.verb] not in ("VBZ", "VBP")
        negative = negated(content_tree, verb)
        believed = embedded(content_tree, verb)
        if believed in content_tokens and believed is not None:
            negative = negative != negated(content_tree, believed)
        modality = content_modality(content_tree, verb, reported=past and not direct)
        # "said she would return if they pay" reports a "will" of her own; any other "would" is open
        would = modality == "planned" and bool(hinge) and _is_would(content_tree, verb)
        if would and (hinge == "remote" or not _speaks_of_self(content_tree, verb, own)):
            modality = "hypothetical"
        effect = effect_of(content_tree, verb, content_tokens)
    else:
        negative = any(content_tree.words[t].lower() == "no" for t in content_tokens[:2])
        verb = None
    act = cue.act_of(take)
    if act == "assert" and verb is not None and not cue.attitude:
        act = _act_of_content(tree, cue, content_tree, content_tokens, verb, direct=direct)
    ahead = modality == "planned" or (modality == "hypothetical" and bool(hinge))
    committed = ahead and not negative
    told = cue.verb is not None and tree.child(cue.verb, "dobj", "dative") is not None
    harms = effect == "harm" and not negative and act == "promise"
    if harms or (
        verb is not None
        and act == "warn"
        and committed
        and told
        and suffers(content_tree, verb, content_tokens)
    ):
        act = "threaten"
    elif (
        verb is not None
        and ahead
        and act in ("assert", "warn")
        and not (cue.attitude and negative)
        and _speaks_of_self(content_tree, verb, own)
    ):
        if negative:
            act = _not_done(content_tree, verb, act, effect)
        elif act == "assert" and hinge_word == "unless" and _is_deed(content_tree, verb):
            act = "threaten"
        elif act == "assert" and content_tree.lemmas[verb] in _REQUESTS:
            act = "ask"
        elif effect != "none":
            kind = "offer" if hinge_word == "if" and wished else "promise"
            act = "threaten" if effect == "harm" else (kind if act == "assert" else act)
        elif act == "assert" and hinge and _is_deed(content_tree, verb):
            act = "promise" if hinge_word in _PROVIDED else "offer" if wished else act
    if act == "assert" and verb is not None and ahead and _spares(content_tree, verb, effect):
        act = "promise"
    if act == "threaten" and cue.act_of(take) != "threaten" and disclaims(content_tree):
        act = "warn"
    if act in _NEGATIVE_ACTS and not (act == "deny" and cue.act_of(take) != "deny"):
        negative = not negative or act == "refuse"
    if cue.verb is not None and negated_cue(tree, cue):
        negative = not negative
        if act in ("agree", "praise", "promise", "offer", "threaten"):
            act = "refuse"
    telling = cue_modality(tree, cue.verb)
    if telling != "asserted":
        modality = telling
    elif act == "demand" or (act == "ask" and take in ("infinitive", "object_clause")):
        modality = "required" if modality in ("asserted", "planned") else modality
    elif cue.attitude and take in ("infinitive", "object_clause"):
        modality = "possible" if modality == "asserted" else modality
    return Reading(act, "negative" if negative else "positive", modality)


_PROVIDED = frozenset(("provided", "providing", "as", "so", "once"))
"""First words of conditions on which something wanted is done: "as long as", "provided that"."""
_STATES = frozenset(
    """be have know want need like seem remain stay feel think believe expect hope understand exist
    become mean matter last face suffer see get""".split()
)
"""Verbs that no deed is done by."""


def _spares(tree: Tree, verb: int, effect: str) -> bool:
    """ "Nobody would be laid off": what harms is to befall nobody."""
    subject = tree.child(verb, "nsubjpass", "nsubj")
    if subject is None:
        return False
    nobody = tree.words[subject].lower() in ("nobody", "none") or any(
        tree.words[c].lower() in ("no", "not") and c < subject for c in tree.children[subject]
    )
    harmed = tree.child(verb, "nsubjpass") is not None or tree.lemmas[verb] in ("lose", "suffer")
    return (
        nobody and harmed and (effect == "harm" or tree.lemmas[verb] in ("lose", "suffer", "send"))
    )


def _is_deed(tree: Tree, verb: int) -> bool:
    return tree.lemmas[verb] not in _STATES


def _not_done(tree: Tree, verb: int, act: str, effect: str) -> str:
    """What it does to say that one will not do something oneself."""
    if lapses(tree, verb):
        return "threaten"
    if act != "assert" or not _is_deed(tree, verb):
        return act
    return "promise" if effect == "harm" else "refuse"


def _act_of_content(
    tree: Tree,
    cue: Cue,
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
    if announces_costs(content_tree, tokens):
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
    if _turns_down(content_tree, tokens):
        return "deny"
    if direct and _is_question(content_tree, tokens):
        return "ask"
    if direct and _is_imperative(content_tree, verb):
        return "demand"
    if _is_willing(content_tree, verb):
        return "offer"
    return "assert"


_UNTRUE = re.compile(
    r"\b(?:no such (?:thing|promise|assurance|offer|plan|order|talks|deal|agreement|letter|call|claim)"
    r"|nothing of the (?:sort|kind)|(?:is|was|are|were) (?:untrue|false|a lie|nonsense|not true|not so))\b"
    r"|^\W*(?:nonsense|rubbish|untrue|not true)\b",
    re.IGNORECASE,
)
"""How a plain saying turns down what others say: "it had agreed to nothing of the sort"."""


def _turns_down(tree: Tree, tokens: tuple[int, ...]) -> bool:
    return bool(tokens) and bool(_UNTRUE.search(" ".join(tree.words[t] for t in tokens)))


def _is_question(tree: Tree, tokens: tuple[int, ...]) -> bool:
    """Whether the sentence that is quoted asks."""
    last = next((t for t in reversed(tokens) if tree.words[t] not in _CLOSING), None)
    return last is not None and tree.words[last] == "?"


_CLOSING = frozenset(("”", '"', "’", "'", "''", "»"))


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


def _is_willing(tree: Tree, verb: int) -> bool:
    """ "is willing to halve it", "was ready to host talks"."""
    if tree.lemmas[verb] != "be" or negated(tree, verb):
        return False
    state = tree.child(verb, "acomp")
    return (
        state is not None
        and tree.words[state].lower() in ("willing", "ready", "prepared", "happy")
        and tree.child(state, "xcomp") is not None
        and tree.child(verb, "nsubj") is not None
        and content_modality(tree, verb, reported=False) == "asserted"
    )


def is_wished(tree: Tree, tokens: tuple[int, ...]) -> bool:
    """Whether a condition is something that the speaker may want: nothing in it is negated or harms."""
    words = words_of_acts()
    return not any(
        tree.deps[t] == "neg"
        or tree.words[t].lower() in words["negators"]
        or (tree.pos[t] == "VERB" and tree.lemmas[t] in words["harm_verbs"] | _UNWISHED)
        for t in tokens
    )


_UNWISHED = frozenset(
    """bring take fail refuse reject lose go leave break cross miss ignore deny delay try attempt dare
    keep continue pass adopt approve sign win fall come happen""".split()
)
"""Verbs of conditions that are as often feared as hoped for."""


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


def _speaks_of_self(tree: Tree, verb: int, own: Own) -> bool:
    """Whether what is to be done is to be done by the speaker or its side."""
    if tree.child(verb, "nsubjpass", "expl", "csubj") is not None:
        return False
    subject = tree.child(verb, "nsubj")
    return is_to(tree, verb) if subject is None else own(tree, subject)


def _is_would(tree: Tree, verb: int) -> bool:
    return any(tree.words[c].lower() in ("would", "'d", "’d") for c in tree.all(verb, "aux"))


def _is_subjunctive(tree: Tree, verb: int) -> bool:
    """ "that it be done": a bare verb with its own subject."""
    return (
        tree.tags[verb] == "VB"
        and tree.child(verb, "aux") is None
        and tree.child(verb, "nsubj", "nsubjpass") is not None
    )


def _refutes(tree: Tree, verb: int, tokens: tuple[int, ...]) -> bool:
    """Whether a negated clause turns down a reproach ("did not threaten", "has no plans to invade")."""
    words = words_of_acts()
    if (
        tree.lemmas[verb] in words["blame_verbs"]
        and tree.child(verb, "nsubj", "nsubjpass") is not None
    ):
        return content_modality(tree, verb, reported=False) in ("asserted",)
    if content_modality(tree, verb, reported=False) != "asserted":
        # "will not open it under threat" turns nothing down
        return False
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

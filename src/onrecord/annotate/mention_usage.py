"""Whether a place name stands for a party that acts or is dealt with, or for where something is.

"Moscow warned", "warned Moscow", "Moscow's view", "between Moscow and the West" are parties;
"in Moscow", "flew to Moscow", "the Moscow talks" are places. Where nothing tells, a town is a place.
"""

from __future__ import annotations

from onrecord.annotate.mention_spans import nominal
from onrecord.annotate.mention_words import words
from onrecord.text.tree import Tree

_ROUTES = frozenset(
    "flight road train distance route border railway highway line pipeline travel bridge".split()
)
_TOPIC = frozenset("on over about regarding concerning upon".split())
_BURDENS = frozenset(
    """sanction pressure attack assault ban embargo tariff war strike restriction penalty cost crackdown impose blow blame
    duty levy tax airstrike offensive raid invasion condition limit declare inflict clamp retaliation""".split()
)
_NOT_DEALT = frozenset(
    "visit leave enter reach tour flee cross quit discuss mention describe cover inside surround approach".split()
)
_NEAR = frozenset("close near next adjacent nearby home back".split())


def is_party(tree: Tree, i: int, sort: str) -> bool:
    """Whether the place name headed by token `i` acts or is acted upon as a party.

    `sort` is the gazetteer's place kind: country, capital, seat, bloc, or other for a place that is in
    no table.
    """
    if sort == "city":
        return False
    at, dep = nominal(tree, i)
    head = tree.heads[at]
    state = sort in ("country", "seat", "bloc")
    if sort in ("region", "other"):
        return _clearly_acts(tree, head, dep)
    if dep == "nsubj":
        return _acts(tree, head, state)
    if dep == "nsubjpass":
        return state or tree.lemmas[head] in words().pressing
    if dep in ("agent", "dative"):
        return True
    if dep == "poss":
        return _possesses(tree, head, state)
    if dep in ("dobj", "oprd"):
        return _is_object(tree, head, sort)
    if dep == "pobj":
        return _behind_preposition(tree, head, sort)
    if dep in ("compound", "nmod", "amod"):
        return state and tree.lemmas[head] in words().acts
    if dep == "ROOT":
        return sort in ("country", "seat", "bloc")
    if dep in ("npadvmod", "advmod", "attr", "acomp"):
        return False
    return sort in ("country", "seat") and dep in ("dep", "conj", "nsubj", "csubj", "intj")


def _clearly_acts(tree: Tree, head: int, dep: str) -> bool:
    """A place that is no state acts only where the verb is one that states and parties do or are done to."""
    lists = words()
    lemma = tree.lemmas[head]
    if dep == "nsubj":
        return lemma in lists.stately or lemma in lists.pressing
    if dep in ("dobj", "nsubjpass"):
        return lemma in lists.pressing and lemma not in (
            "attack",
            "target",
            "back",
            "give",
            "show",
            "help",
            "suspect",
            "call",
        )
    if dep == "pobj":
        word, above = tree.words[head].lower(), tree.lemmas[tree.heads[head]]
        dealt = (
            above in _BURDENS
            or above in lists.pressing
            or above
            in ("talk", "war", "relation", "agreement", "treaty", "tie", "negotiate", "negotiation")
        )
        return dealt and word in ("with", "against", "on", "between", "by")
    return dep == "agent"


def _acts(tree: Tree, verb: int, state: bool) -> bool:
    lemma = tree.lemmas[verb]
    if state or tree.pos[verb] not in ("VERB", "AUX"):
        return state or tree.pos[verb] == "VERB"
    if lemma not in words().townly:
        return True
    stance = [tree.lemmas[c] for c in tree.children[verb] if tree.deps[c] in ("acomp", "attr")]
    return any(s in words().stance for s in stance)


def _possesses(tree: Tree, thing: int, state: bool) -> bool:
    return state or tree.lemmas[thing] not in words().urban


def _is_object(tree: Tree, verb: int, sort: str) -> bool:
    lemma = tree.lemmas[verb]
    if sort == "capital":
        return lemma in words().pressing
    return lemma not in _NOT_DEALT


def _behind_preposition(tree: Tree, preposition: int, sort: str) -> bool:
    lists = words()
    word = tree.words[preposition].lower()
    head = tree.heads[preposition]
    governor = tree.lemmas[head]
    above = tree.lemmas[tree.heads[head]] if tree.pos[head] == "ADP" else governor
    state = sort in ("country", "seat", "bloc")
    dealt = governor in lists.dealing or governor in lists.pressing or above in lists.dealing
    if tree.deps[preposition] == "agent" or word == "by":
        return True
    if word in lists.locative:
        return False
    if word in ("with", "against", "versus"):
        return governor not in _ROUTES
    if word == "between":
        return governor not in _ROUTES
    if word == "to":
        if governor in _NEAR:
            return False
        if governor in lists.moving and governor not in lists.dealing:
            return False
        return (
            dealt or _verb_deals(tree, head) or (state and tree.pos[head] not in ("NOUN", "PROPN"))
        )
    if word == "from":
        return dealt or (state and _verb_deals(tree, head))
    if word == "for":
        return state or dealt
    if word in _TOPIC:
        return governor in _BURDENS or any(
            tree.lemmas[c] in _BURDENS
            for c in tree.children[head]
            if tree.deps[c] in ("dobj", "nsubjpass")
        )
    if word == "of":
        return state and (
            governor in lists.people
            or governor in lists.governments
            or governor in lists.dealing
            or governor
            in (
                "position",
                "view",
                "stance",
                "behalf",
                "alignment",
                "leader",
                "government",
                "accuse",
                "interest",
            )
        )
    return state and word in (
        "like",
        "as",
        "than",
        "including",
        "among",
        "despite",
        "without",
        "alongside",
        "except",
        "unlike",
        "under",
        "behind",
    )


def _verb_deals(tree: Tree, head: int) -> bool:
    """A verb of dealing, or one whose object is a noun of dealing: "pose questions to"."""
    lists = words()
    if tree.lemmas[head] in lists.dealing:
        return True
    return any(
        tree.lemmas[c] in lists.dealing
        for c in tree.children[head]
        if tree.deps[c] in ("dobj", "nsubjpass")
    )

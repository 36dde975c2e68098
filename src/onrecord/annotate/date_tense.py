"""What the form of a verb says of time: "will meet" and "is to meet" lie ahead, "met" and "had met"
behind. Over a stored parse; None where the form does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.text.tree import Tree

_MODALS = frozenset("will shall 'll ’ll wo would may might could can ca should must".split())
_DENIALS = frozenset("neither nor nobody none no few".split())
PLANNING = frozenset(
    "schedule set slate expect due plan bill book fix tip poise intend aim prepare hope want wish seek "
    "ask urge order tell agree vow promise pledge threaten offer decide refuse decline ready likely "
    "certain sure about call invite demand require need commit propose allow guarantee "
    "determined eager keen willing able forecast predict anticipate arrange organise organize announce "
    "convene appear look seem have be".split()
)
"""Governors whose infinitive lies ahead: "expected to", "agreed to", "is to"."""

FIXED = frozenset(
    "schedule set slate expect due plan bill book fix tip poise forecast arrange organise organize "
    "announce call convene propose demand postpone delay adjourn reschedule move invite summon ready".split()
)
"""What is scheduled, called or put off for a day has the day ahead."""

_DONE = frozenset(
    "begin start continue try manage fail help come go return travel fly rush gather".split()
)
"""Governors whose infinitive happened with them: "began to leak", "flew in to meet"."""

REPORTING = frozenset("say tell report show note add write indicate suggest reveal quote".split())


@dataclass(frozen=True, slots=True)
class Direction:
    """`before`, `after` or None, the words that tell, and whether they only suggest it."""

    way: str | None
    why: str
    weak: bool = False


def verb_above(tree: Tree, i: int) -> int:
    """The nearest verb (or predicate adjective) at or above a token."""
    for j in _upward(tree, i):
        if tree.pos[j] in ("VERB", "AUX"):
            return j
        if tree.pos[j] == "ADJ" and tree.lemmas[j] in PLANNING:
            return j
    return i


def _upward(tree: Tree, i: int) -> Iterator[int]:
    yield i
    yield from tree.ancestors(i)


def _helpers(tree: Tree, verb: int) -> tuple[int, ...]:
    return tree.all(verb, "aux", "auxpass")


def has_modal(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].lower() in _MODALS for i in _helpers(tree, verb))


def is_denied(tree: Tree, verb: int) -> bool:
    """not, or a subject that denies: "neither man could be reached"."""
    if tree.child(verb, "neg") is not None:
        return True
    subjects = tree.all(verb, "nsubj", "nsubjpass", "preconj", "cc")
    return any(tree.words[j].lower() in _DENIALS for i in subjects for j in tree.subtree(i))


def is_past(tree: Tree, i: int, block: str) -> bool:
    return tense_of(tree, verb_above(tree, i), block).way == "before"


def _phrase(tree: Tree, verb: int) -> str:
    """The verb with its helpers, as written."""
    parts = sorted((*_helpers(tree, verb), *tree.all(verb, "neg"), verb))
    return " ".join(tree.words[i] for i in parts)


def tense_of(tree: Tree, verb: int, block: str, depth: int = 0) -> Direction:
    """What a verb's form says: "will meet" lies ahead, "met" and "had met" behind."""
    if depth > 6:
        return Direction(None, "")
    tag, lemma = tree.tags[verb], tree.lemmas[verb]
    helpers = [tree.words[i].lower() for i in _helpers(tree, verb)]
    tags = [tree.tags[i] for i in _helpers(tree, verb)]
    phrase = _phrase(tree, verb)
    future = Direction("after", f"future tense (‘{phrase}’)")
    past = Direction("before", f"past tense (‘{phrase}’)")
    modal = next((h for h in helpers if h in _MODALS), None)
    if modal:
        if "have" in helpers and modal not in ("will", "'ll", "’ll", "shall", "wo"):
            return past
        if modal == "could" and is_denied(tree, verb):
            return past
        return future
    if tree.pos[verb] == "ADJ":
        return Direction("after", f"‘{tree.words[verb]}’ points ahead")
    if "to" in helpers or (tag == "VB" and tree.deps[verb] in ("xcomp", "acl")):
        return _infinitive(tree, verb, block, depth)
    if tag == "VBG":
        if any(t in ("VBZ", "VBP") for t in tags) and "been" not in helpers:
            if block in ("title", "caption"):
                return Direction(None, "")
            return Direction("after", f"present tense (‘{phrase}’)", weak=True)
        if any(t in ("VBD", "VBN") for t in tags) or "been" in helpers:
            return past
        return (
            tense_of(tree, verb_above(tree, tree.heads[verb]), block, depth + 1)
            if tree.heads[verb] != verb
            else Direction(None, "")
        )
    if tag == "VBN":
        return _participle(tree, verb, helpers, tags, block, phrase)
    if tag == "VBD":
        if lemma == "be" and (complement := _plan_complement(tree, verb)):
            return complement
        if lemma in ("plan", "schedule", "slate"):
            return Direction("after", f"‘{phrase}’ points ahead")
        if lemma in FIXED and tree.deps[verb] in ("acl", "amod"):
            return Direction("after", f"‘{phrase}’ points ahead")
        return past
    if tag in ("VBZ", "VBP"):
        if lemma in REPORTING and tree.words[verb].lower() != "shows":
            return Direction("before", f"‘{phrase}’ reports what was said")
        if block in ("title", "caption"):
            return Direction(
                "before" if block == "caption" else None, f"present tense of a {block} (‘{phrase}’)"
            )
        return Direction("after", f"present tense (‘{phrase}’)", weak=True)
    if tag == "VB":
        if any(t == "VBD" for t in tags):
            return past
        if tree.deps[verb] == "conj" and tree.heads[verb] != verb:
            return tense_of(tree, tree.heads[verb], block, depth + 1)
        return future
    return Direction(None, "")


def _plan_complement(tree: Tree, be: int) -> Direction | None:
    """was due, is likely: a predicate that points ahead whatever the tense of "be"."""
    complement = tree.child(be, "acomp", "attr")
    if complement is not None and tree.lemmas[complement] in FIXED:
        return Direction("after", f"‘{tree.words[be]} {tree.words[complement]}’ points ahead")
    return None


def _participle(
    tree: Tree, verb: int, helpers: list[str], tags: list[str], block: str, phrase: str
) -> Direction:
    if tree.lemmas[verb] in FIXED and "have" not in helpers:
        prepositions = [tree.words[c].lower() for c in tree.all(verb, "prep")]
        if (
            "for" in prepositions
            or tree.child(verb, "xcomp") is not None
            or tree.lemmas[verb] in ("schedule", "slate", "set", "due")
        ):
            return Direction("after", f"‘{phrase}’ points ahead")
    if (
        helpers
        and all(h in ("is", "are", "'s", "’s", "'re", "’re", "being") for h in helpers)
        and "being" not in helpers
    ):
        if block in ("title", "caption"):
            return Direction("before", f"present tense of a {block} (‘{phrase}’)")
        return Direction("after", f"present tense (‘{phrase}’)", weak=True)
    return Direction("before", f"past tense (‘{phrase}’)")


def _infinitive(tree: Tree, verb: int, block: str, depth: int) -> Direction:
    """to vote: ahead after "expected", "agreed", "is"; with its governor after "began", "failed"."""
    head = tree.heads[verb]
    if head == verb:
        return Direction("after", f"infinitive (‘{tree.words[verb]}’)")
    ahead = Direction("after", f"‘{tree.words[head]} to {tree.words[verb]}’ points ahead")
    if tree.deps[verb] == "conj" and tree.pos[head] in ("VERB", "AUX"):
        return tense_of(tree, head, block, depth + 1)
    if tree.lemmas[head] in PLANNING:
        copula = tree.heads[head] if tree.pos[head] == "ADJ" else head
        helpers = [tree.words[i].lower() for i in (*_helpers(tree, copula), copula)]
        if "had" in helpers and "been" in helpers:
            return Direction("before", f"past perfect (‘had been {tree.words[head]}’)")
        return ahead
    if tree.lemmas[head] in _DONE or tree.deps[verb] == "advcl":
        return tense_of(tree, verb_above(tree, head), block, depth + 1)
    return ahead

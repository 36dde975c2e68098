"""Which way a sentence points for a time expression in it: `before` or `after` its publication.

Decided, in this order, by words in front of the expression ("as soon as", "since", "ahead of"), by
what the expression names the time of ("Sunday's vote", "Monday's explosion"), and by the tense of
the verb that governs it. Taken as a whole the last two days' worth of newswire names more past than
future days, but no default is set here: None says that the sentence does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.text.tree import Tree


@dataclass(frozen=True, slots=True)
class Direction:
    """`before`, `after` or None, the words that tell, and whether they only suggest it."""

    way: str | None
    why: str
    weak: bool = False


_MODALS = frozenset("will shall 'll ’ll wo would may might could can ca should must".split())
_DENIALS = frozenset("neither nor nobody none no few".split())
PLANNING = frozenset(
    "schedule set slate expect due plan bill book fix tip poise intend aim prepare hope want wish seek "
    "ask urge order tell agree vow promise pledge threaten offer decide refuse decline ready likely "
    "certain sure about call invite demand require need commit propose want allow want guarantee "
    "determined eager keen willing able forecast predict anticipate arrange organise organize announce "
    "convene appear look seem have be".split()
)
"""Governors whose infinitive lies ahead: "expected to", "agreed to", "is to"."""

_FIXED = frozenset(
    "schedule set slate expect due plan bill book fix tip poise forecast arrange organise organize "
    "announce call convene propose demand postpone delay adjourn reschedule move invite summon ready".split()
)
"""What is scheduled, called or put off for a day has the day ahead."""

_DONE = frozenset("begin start continue try manage fail help come go return travel fly rush gather".split())
"""Governors whose infinitive happened with them: "began to leak", "flew in to meet"."""

_REPORTING = frozenset("say tell report show note add write indicate suggest reveal quote".split())

_KEPT = frozenset(
    "give have set extend delay postpone adjourn suspend order ask demand urge hold defer schedule close "
    "shut remain stay wait allow grant impose".split()
)
"""Verbs whose "until" points ahead even in the past tense: "gave them until Tuesday"."""

INCIDENTS = frozenset(
    "explosion attack bombing blast crash killing shooting murder raid earthquake quake riot clash arrest "
    "defeat victory win loss result announcement statement speech disaster fire flood storm storming coup "
    "accident incident violence bloodshed massacre death collapse close closing fall gain rally rise drop "
    "slide plunge ruling verdict decision earnings report article edition remark comment interview outburst walkout ambush".split()
)
"""Nouns for what is known only once it happened."""

SCHEDULED = frozenset(
    "referendum vote election ballot poll polls runoff summit deadline hearing trial session meeting talk "
    "talks conference debate match final funeral ceremony inauguration visit strike rally march protest "
    "game race launch celebration primary caucus congress convention concert festival".split()
)
"""Nouns for what is fixed beforehand: the day alone does not tell whether it has been."""

_AHEAD = ("as soon as", "as early as", "as late as", "no later than", "not later than", "starting", "effective", "in time for", "ahead of")  # fmt: skip


def direction_of(tree: Tree, start: int, end: int, block: str = "paragraph") -> Direction:
    """The direction of the expression at `start:end` of the version's text.

    `block` is the kind of block it stands in: a headline's or caption's present tense tells of what
    happened.
    """
    inside = tree.tokens_in(start, end)
    if not inside:
        return Direction(None, "")
    lead = _lead(tree, inside[0])
    top = _top(tree, inside)
    attached, preposition = _attachment(tree, top)
    return (
        _by_lead(tree, inside, attached, lead, block)
        or _by_noun(tree, inside, attached, lead, block)
        or _by_neighbour(tree, inside[0])
        or _by_verb(tree, attached, preposition, block)
        or Direction(None, "")
    )


def _lead(tree: Tree, first: int) -> str:
    """Up to three words in front, in lower case, without an article at their end."""
    words = [w.lower() for w in tree.words[max(0, first - 4) : first]]
    while words and words[-1] in ("the", "a", "an", "this", "late", "early", "about", "around"):
        words.pop()
    return " ".join(words[-3:])


def _top(tree: Tree, inside: tuple[int, ...]) -> int:
    """The token of the expression whose head lies outside of it."""
    within = set(inside)
    return next((i for i in inside if tree.heads[i] not in within or tree.heads[i] == i), inside[-1])


def _attachment(tree: Tree, top: int) -> tuple[int, str]:
    """What the expression depends on, prepositions and adverbs between them stepped over."""
    preposition = ""
    at = top
    for above in tree.ancestors(top):
        if tree.pos[above] in ("ADP", "ADV", "SCONJ", "PART") or tree.tags[above] in ("IN", "TO"):
            preposition = preposition or tree.words[above].lower()
            at = above
            continue
        return above, preposition
    return at, preposition


def _by_lead(
    tree: Tree, inside: tuple[int, ...], attached: int, lead: str, block: str
) -> Direction | None:
    """By the words in front of the expression."""
    first = inside[0]
    last_word = lead.rpartition(" ")[2]
    following = tree.words[inside[-1] + 1 : inside[-1] + 2]
    possessive = following[:1] in (("'s",), ("’s",), ("'",), ("’",))
    for phrase in _AHEAD:
        if lead.endswith(phrase):
            if phrase == "as soon as" or phrase == "ahead of" or not _past(tree, attached, block):
                return Direction("after", f"‘{phrase}’")
            return None
    if last_word == "since":
        return Direction("before", "‘since’")
    if last_word in ("coming", "upcoming", "next"):
        return Direction("after", f"‘{last_word}’")
    if last_word in ("until", "till", "by", "before"):
        return _by_limit(tree, attached, last_word, first, block)
    if last_word == "for" and not possessive:
        head = tree.lemmas[_verb_above(tree, attached)]
        noun = tree.lemmas[attached]
        if head in _FIXED or noun in SCHEDULED or noun in _FIXED or _scheduled_before(tree, first):
            return Direction("after", "‘for’ after something that is fixed beforehand")
    if last_word == "dated":
        return Direction("before", "‘dated’")
    return None


def _scheduled_before(tree: Tree, first: int) -> bool:
    """Whether one of the four words before the expression is a thing or an act of scheduling."""
    near = range(max(0, first - 4), first)
    return any(tree.lemmas[i] in SCHEDULED or tree.lemmas[i] in _FIXED for i in near)


def _by_limit(tree: Tree, attached: int, word: str, first: int, block: str) -> Direction | None:
    """until, by, before: ahead, unless the governing verb is plainly over."""
    verb = _verb_above(tree, attached)
    tense = _tense(tree, verb, block)
    if tense.way != "before":
        return Direction("after", f"‘{word}’")
    if word == "until" or word == "till":
        if _denied(tree, verb):
            return Direction("before", f"‘not … {word}’ with a past tense")
        if tree.lemmas[verb] in _KEPT or any(tree.lemmas[a] in _KEPT for a in tree.ancestors(verb)):
            return Direction("after", f"‘{word}’ after ‘{tree.words[verb]}’")
        return tense
    return tense


def _by_noun(
    tree: Tree, inside: tuple[int, ...], attached: int, lead: str, block: str
) -> Direction | None:
    """Sunday's vote, the referendum on Sunday, Monday's explosion."""
    if tree.pos[attached] not in ("NOUN", "PROPN"):
        return None
    lemma = tree.lemmas[attached]
    if lemma in INCIDENTS:
        return Direction("before", f"‘{tree.words[attached]}’ is known only once it happened")
    if lemma not in SCHEDULED:
        return None
    before_noun = [tree.words[i].lower() for i in range(max(0, min(inside[0], attached) - 3), attached)]
    text = " ".join(before_noun)
    for phrase in ("ahead of", "upcoming", "coming", "until after", "planned", "scheduled", "forthcoming"):
        if phrase in text:
            return Direction("after", f"‘{phrase}’")
    governed = _tense(tree, _verb_above(tree, attached), block)
    if governed.way == "after":
        return governed
    if governed.way == "before" and _subject_of(tree, attached):
        return governed
    if governed.way == "before":
        return Direction(None, f"‘{tree.words[attached]}’ is fixed beforehand; the verb does not tell")
    return governed if governed.way else None


def _subject_of(tree: Tree, noun: int) -> bool:
    """Whether the noun itself does or undergoes what the verb says: it was, then, over."""
    return tree.deps[noun] in ("nsubj", "nsubjpass")


def _by_neighbour(tree: Tree, first: int) -> Direction | None:
    """A reporting verb right in front: "said Friday", "said on Friday"."""
    i = first - 1
    while i >= 0 and (tree.words[i].lower() in ("on", "late", "early", "earlier") or tree.pos[i] == "ADP"):
        i -= 1
    if i >= 0 and tree.lemmas[i] in _REPORTING and tree.tags[i] in ("VBD", "VBN") and not _has_modal(tree, i):
        return Direction("before", f"past tense (‘{tree.words[i]}’)")
    return None


def _by_verb(tree: Tree, attached: int, preposition: str, block: str) -> Direction | None:
    tense = _tense(tree, _verb_above(tree, attached), block)
    return tense if tense.way else None


# ------------------------------------------------------------------------------- tense


def _verb_above(tree: Tree, i: int) -> int:
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


def _has_modal(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].lower() in _MODALS for i in _helpers(tree, verb))


def _denied(tree: Tree, verb: int) -> bool:
    """not, or a subject that denies: "neither man could be reached"."""
    if tree.child(verb, "neg") is not None:
        return True
    subjects = tree.all(verb, "nsubj", "nsubjpass", "preconj", "cc")
    return any(tree.words[j].lower() in _DENIALS for i in subjects for j in tree.subtree(i))


def _past(tree: Tree, i: int, block: str) -> bool:
    return _tense(tree, _verb_above(tree, i), block).way == "before"


def _phrase(tree: Tree, verb: int) -> str:
    """The verb with its helpers, as written."""
    parts = sorted((*_helpers(tree, verb), *tree.all(verb, "neg"), verb))
    return " ".join(tree.words[i] for i in parts)


def _tense(tree: Tree, verb: int, block: str, depth: int = 0) -> Direction:
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
        if modal == "could" and _denied(tree, verb):
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
        return _tense(tree, _verb_above(tree, tree.heads[verb]), block, depth + 1) if tree.heads[verb] != verb else Direction(None, "")
    if tag == "VBN":
        return _participle(tree, verb, helpers, tags, block, phrase)
    if tag == "VBD":
        if lemma == "be" and (complement := _plan_complement(tree, verb)):
            return complement
        if lemma in ("plan", "schedule", "slate"):
            return Direction("after", f"‘{phrase}’ points ahead")
        if lemma in _FIXED and tree.deps[verb] in ("acl", "amod"):
            return Direction("after", f"‘{phrase}’ points ahead")
        return past
    if tag in ("VBZ", "VBP"):
        if lemma in _REPORTING and tree.words[verb].lower() != "shows":
            return Direction("before", f"‘{phrase}’ reports what was said")
        if block in ("title", "caption"):
            return Direction("before" if block == "caption" else None, f"present tense of a {block} (‘{phrase}’)")
        return Direction("after", f"present tense (‘{phrase}’)", weak=True)
    if tag == "VB":
        if any(t == "VBD" for t in tags):
            return past
        if tree.deps[verb] == "conj" and tree.heads[verb] != verb:
            return _tense(tree, tree.heads[verb], block, depth + 1)
        return future
    return Direction(None, "")


def _plan_complement(tree: Tree, be: int) -> Direction | None:
    """was due, is likely: a predicate that points ahead whatever the tense of "be"."""
    complement = tree.child(be, "acomp", "attr")
    if complement is not None and tree.lemmas[complement] in _FIXED:
        return Direction("after", f"‘{tree.words[be]} {tree.words[complement]}’ points ahead")
    return None


def _participle(
    tree: Tree, verb: int, helpers: list[str], tags: list[str], block: str, phrase: str
) -> Direction:
    if tree.lemmas[verb] in _FIXED and "have" not in helpers:
        prepositions = [tree.words[c].lower() for c in tree.all(verb, "prep")]
        if "for" in prepositions or tree.child(verb, "xcomp") is not None or tree.lemmas[verb] in ("schedule", "slate", "set", "due"):
            return Direction("after", f"‘{phrase}’ points ahead")
    if helpers and all(h in ("is", "are", "'s", "’s", "'re", "’re", "being") for h in helpers) and "being" not in helpers:
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
        return _tense(tree, head, block, depth + 1)
    if tree.lemmas[head] in PLANNING:
        return ahead
    if tree.lemmas[head] in _DONE or tree.deps[verb] == "advcl":
        return _tense(tree, _verb_above(tree, head), block, depth + 1)
    return ahead

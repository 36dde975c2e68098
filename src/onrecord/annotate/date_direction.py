"""Which way a sentence points for a time expression in it: `before` or `after` its publication.

Decided, in this order, by words in front of the expression ("as soon as", "since", "ahead of"), by
what the expression names the time of ("Sunday's vote", "Monday's explosion"), and by the tense of
the verb that governs it. There is no default: None says that the sentence does not tell.
"""

from __future__ import annotations

from onrecord.annotate.date_tense import (
    FIXED,
    PLANNING,
    REPORTING,
    Direction,
    has_modal,
    is_denied,
    is_past,
    tense_of,
    verb_above,
)
from onrecord.text.tree import Tree

_MOVED = frozenset("postpone delay adjourn move reschedule extend defer put push".split())
"""What these are moved to lies ahead."""

_ATTENDING = frozenset(
    "address attend chair host open close join hold lead win lose watch leave interrupt disrupt skip "
    "boycott cover celebrate".split()
)
"""Verbs whose object happened when they did."""

_CALLED_OFF = frozenset("cancel postpone scrap delay suspend ban condemn reject oppose".split())
"""Verbs that say nothing of when their object was, or would have been."""

_KEPT = frozenset(
    "give have set extend delay postpone adjourn suspend order ask demand urge hold defer schedule close "
    "shut remain stay wait allow grant impose".split()
)
"""Verbs whose "until" points ahead even in the past tense: "gave them until Tuesday"."""

INCIDENTS = frozenset(
    "explosion attack bombing blast crash killing shooting murder raid earthquake quake riot clash arrest "
    "defeat victory loss disaster fire flood storm storming coup accident incident violence bloodshed "
    "massacre death collapse outburst walkout ambush kidnapping assassination fall gain rise drop slide "
    "plunge".split()
)
"""Nouns for what nobody knows of beforehand."""

ISSUED = frozenset(
    "announcement statement speech ruling verdict decision result earnings report article edition remark "
    "comment interview close closing".split()
)
"""Nouns for what is known once it is out: ahead only where they will do something themselves."""

SCHEDULED = frozenset(
    "referendum plebiscite vote election ballot poll polls runoff summit deadline hearing trial session meeting talk "
    "talks conference debate match final funeral ceremony inauguration visit strike rally march protest "
    "game race launch celebration primary caucus congress convention concert festival".split()
)
"""Nouns for what is fixed beforehand: the day alone does not tell whether it has been."""


def events_of(tree: Tree, start: int, end: int) -> tuple[str, ...]:
    """Lemmas of the event nouns that the expression at `start:end` is the time of: the noun it stands
    at, or the subject and objects of its verb. In alphabetical order."""
    inside = tree.tokens_in(start, end)
    if not inside:
        return ()
    attached = _attachment(tree, _top(tree, inside))
    noun = tree.pos[attached] in ("NOUN", "PROPN") and attached not in inside
    if noun and tree.lemmas[attached] in SCHEDULED | INCIDENTS | ISSUED:
        return (tree.lemmas[attached],)
    verb = verb_above(tree, attached)
    nouns: set[int] = set()
    found = {_AS_NOUN[tree.lemmas[verb]]} if tree.lemmas[verb] in _AS_NOUN else set()
    while True:
        nouns.update(tree.all(verb, "nsubj", "nsubjpass", "dobj", "attr"))
        if tree.deps[verb] not in ("xcomp", "acomp", "oprd") or tree.heads[verb] == verb:
            break
        verb = tree.heads[verb]
    # The month of March is a name; a march is not.
    found |= {tree.lemmas[i] for i in nouns - set(inside) if tree.pos[i] == "NOUN"}
    return tuple(sorted(found & (SCHEDULED | INCIDENTS | ISSUED)))


_AS_NOUN = {"vote": "vote", "meet": "meeting", "march": "march", "strike": "strike"}
"""Verbs that name an event as their noun does."""


_AHEAD_OF_NOUN = ("ahead of", "until after", "upcoming", "coming", "planned", "scheduled", "forthcoming")  # fmt: skip
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
    attached = _attachment(tree, _top(tree, inside))
    return (
        _by_lead(tree, inside, attached, lead, block)
        or _by_noun(tree, inside, attached, block)
        or _by_neighbour(tree, inside[0])
        or _by_report(tree, inside[0], attached)
        or _by_verb(tree, attached, block)
        or _by_sentence(tree, block)
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
    return next(
        (i for i in inside if tree.heads[i] not in within or tree.heads[i] == i), inside[-1]
    )


def _attachment(tree: Tree, top: int) -> int:
    """What the expression depends on, prepositions and adverbs between them stepped over."""
    at = top
    for above in tree.ancestors(top):
        if tree.pos[above] not in ("ADP", "ADV", "SCONJ", "PART") and tree.tags[above] not in (
            "IN",
            "TO",
        ):
            return above
        at = above
    return at


def _by_lead(
    tree: Tree, inside: tuple[int, ...], attached: int, lead: str, block: str
) -> Direction | None:
    """By the words in front of the expression."""
    first = inside[0]
    last_word = lead.rpartition(" ")[2]
    possessive = _possessive(tree, inside)
    for phrase in _AHEAD:
        if lead.endswith(phrase):
            if phrase == "as soon as" or phrase == "ahead of" or not is_past(tree, attached, block):
                return Direction("after", f"‘{phrase}’")
            return None
    if last_word == "since":
        return Direction("before", "‘since’")
    if last_word in ("coming", "upcoming", "next"):
        return Direction("after", f"‘{last_word}’")
    if last_word == "before" and possessive and tree.lemmas[attached] not in SCHEDULED:
        return None
    if last_word in ("until", "till", "by", "before") and not (
        last_word == "until" and tree.lemmas[verb_above(tree, attached)] in _MOVED
    ):
        return _by_limit(tree, attached, last_word, block)
    if last_word == "for" and not possessive:
        head = tree.lemmas[verb_above(tree, attached)]
        noun = tree.lemmas[attached]
        if head in FIXED or noun in SCHEDULED or noun in FIXED or _scheduled_before(tree, first):
            return Direction("after", "‘for’ after something that is fixed beforehand")
    if last_word in ("to", "until") and tree.lemmas[verb_above(tree, attached)] in _MOVED:
        return Direction("after", f"‘{tree.words[verb_above(tree, attached)]} {last_word}’")
    if last_word == "dated":
        return Direction("before", "‘dated’")
    return None


def _scheduled_before(tree: Tree, first: int) -> bool:
    """Whether one of the four words before the expression is a thing or an act of scheduling."""
    near = range(max(0, first - 4), first)
    return any(tree.lemmas[i] in SCHEDULED or tree.lemmas[i] in FIXED for i in near)


def _by_limit(tree: Tree, attached: int, word: str, block: str) -> Direction | None:
    """until, by, before: ahead, unless the governing verb is plainly over."""
    verb = verb_above(tree, attached)
    tense = tense_of(tree, verb, block)
    if tense.way != "before":
        return Direction("after", f"‘{word}’")
    if word == "until" or word == "till":
        if is_denied(tree, verb):
            return Direction("before", f"‘not … {word}’ with a past tense")
        if tree.lemmas[verb] in _KEPT or any(tree.lemmas[a] in _KEPT for a in tree.ancestors(verb)):
            return Direction("after", f"‘{word}’ after ‘{tree.words[verb]}’")
        return tense
    if word == "by" and tree.lemmas[verb] in PLANNING | _KEPT:
        return Direction("after", f"‘by’ after ‘{tree.words[verb]}’")
    if word == "before" and tree.lemmas[attached] in SCHEDULED:
        return Direction(None, f"a past ‘{tree.words[verb]}’ does not date what came after it")
    return tense


def _by_noun(tree: Tree, inside: tuple[int, ...], attached: int, block: str) -> Direction | None:
    """Sunday's vote, the referendum on Sunday, Monday's explosion."""
    if tree.pos[attached] not in ("NOUN", "PROPN"):
        return None
    lemma = tree.lemmas[attached]
    if lemma in ISSUED and _subject_of(tree, attached):
        tense = tense_of(tree, verb_above(tree, attached), block)
        if tense.way == "after" and not tense.weak:
            return tense
    if lemma in INCIDENTS | ISSUED:
        return Direction("before", f"‘{tree.words[attached]}’ is known only once it happened")
    if lemma not in SCHEDULED:
        if attached <= inside[-1] or not _possessive(tree, inside):
            return None
        # "Tuesday's declaration": a present tense around it does not move it ahead.
        verb = verb_above(tree, attached)
        if tree.deps[attached] == "dobj" and tree.lemmas[verb] in _CALLED_OFF:
            return Direction(None, f"‘{tree.words[verb]}’ does not tell")
        if tense_of(tree, verb, block).weak:
            return Direction("before", f"‘{tree.words[attached]}’ with a present tense")
        return None
    near = range(max(0, min(inside[0], attached) - 3), attached)
    text = " ".join(["", *(tree.words[i].lower() for i in near), ""])
    for phrase in _AHEAD_OF_NOUN:
        if f" {phrase} " in text:
            return Direction("after", f"‘{phrase}’")
    governed = tense_of(tree, verb_above(tree, attached), block)
    if governed.way == "after":
        return governed
    if (
        governed.way == "before"
        and _subject_of(tree, attached)
        and not _backshifted(tree, attached)
    ):
        return governed
    if governed.way == "before" and (
        _taken_part(tree, attached) or " after " in text or " following " in text
    ):
        return governed
    if governed.way == "before":
        return Direction(
            None, f"‘{tree.words[attached]}’ is fixed beforehand; the verb does not tell"
        )
    return governed if governed.way else None


def _possessive(tree: Tree, inside: tuple[int, ...]) -> bool:
    return tree.words[inside[-1] + 1 : inside[-1] + 2] in (("'s",), ("’s",), ("'",), ("’",))


def _subject_of(tree: Tree, noun: int) -> bool:
    """Whether the noun itself does or undergoes what the verb says: it was, then, over."""
    return tree.deps[noun] in ("nsubj", "nsubjpass")


def _taken_part(tree: Tree, noun: int) -> bool:
    """attended Monday's talks, at Monday's talks: who was at it, it was."""
    above = tree.heads[noun]
    if tree.deps[noun] == "pobj":
        return tree.words[above].lower() in ("at", "in", "during", "throughout")
    return tree.deps[noun] == "dobj" and tree.lemmas[above] in _ATTENDING


def _backshifted(tree: Tree, noun: int) -> bool:
    """ "said the vote on Sunday was illegal": a reported "is" that reads "was"."""
    verb = verb_above(tree, noun)
    return tree.lemmas[verb] == "be" and tree.deps[verb] == "ccomp"


def _by_neighbour(tree: Tree, first: int) -> Direction | None:
    """A reporting verb right in front: "said Friday", "said on Friday"."""
    i = first - 1
    while i >= 0 and (
        tree.words[i].lower() in ("on", "late", "early", "earlier") or tree.pos[i] == "ADP"
    ):
        i -= 1
    if (
        i >= 0
        and tree.lemmas[i] in REPORTING
        and tree.tags[i] in ("VBD", "VBN")
        and not has_modal(tree, i)
    ):
        return Direction("before", f"past tense (‘{tree.words[i]}’)")
    return None


def _by_report(tree: Tree, first: int, attached: int) -> Direction | None:
    """told the house on Tuesday he would go: before the reported clause's subject, the day is the telling's.

    The parser often hangs it on the reported verb.
    """
    verb = verb_above(tree, attached)
    subject = tree.child(verb, "nsubj", "nsubjpass")
    governor = tree.heads[verb]
    if subject is None or tree.deps[verb] != "ccomp" or tree.pos[governor] != "VERB":
        return None
    marker = tree.child(verb, "mark")
    opening = min(i for i in (subject, *tree.subtree(subject)))
    if not governor < first < opening or (marker is not None and marker < first):
        return None
    if tree.tags[governor] in ("VBD", "VBN") and not has_modal(tree, governor):
        return Direction("before", f"past tense (‘{tree.words[governor]}’)")
    return None


def _by_sentence(tree: Tree, block: str) -> Direction | None:
    """The one tense of the whole sentence, where the parse does not lead to a verb; not in headlines."""
    if block in ("title", "deck", "heading", "caption"):
        return None
    verbs = [
        i for i, pos in enumerate(tree.pos) if pos in ("VERB", "AUX") and tree.tags[i] != "VBG"
    ]
    ways = {tense_of(tree, i, block).way for i in verbs if tree.deps[i] not in ("aux", "auxpass")}
    if len(ways) != 1 or None in ways:
        return None
    way = ways.pop()
    return Direction(
        way, f"the sentence is in the {'past' if way == 'before' else 'future or present'}"
    )


def _by_verb(tree: Tree, attached: int, block: str) -> Direction | None:
    tense = tense_of(tree, verb_above(tree, attached), block)
    return tense if tense.way else None

"""Whether an act was done: read from tense, aspect, negation, modals, governing words and conditions.

The climb starts at the trigger and goes up through everything that governs it. The weakest reading on
the way wins: a condition over all else, then denial, threat, plan. What is only demanded, alleged or
asked gives no event at all: nobody says that it was done or will be. Word lists: event_status.toml.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.event_ahead import asked_or_wished, negated_ahead
from onrecord.annotate.event_conditions import (
    condition_of,
    condition_phrase,
    inside_condition,
    negated,
    yet_to,
)
from onrecord.annotate.event_grammar import is_verb, surface_subject
from onrecord.annotate.event_tense import (
    BARRED,
    CONDITIONAL,
    DENIED,
    HAPPENED,
    ONGOING,
    PLANNED,
    THREATENED,
    own_status,
)
from onrecord.annotate.event_words import governing, load_words
from onrecord.text.tree import Tree

_ORDER = (CONDITIONAL, DENIED, THREATENED, PLANNED, ONGOING, HAPPENED)


_DENIALS = frozenset(["deny", "dismiss", "reject", "refute", "rebut", "disown", "disavow"])

_RELATIVE = frozenset({"WDT", "WP", "WRB", "WP$"})

_DEPTH = 12
"""Clauses climbed; deeper nesting is a broken parse."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A status and why. `status` None: the sentence does not say that it was or will be done.

    `condition` holds the tokens of the condition clause.
    """

    status: str | None
    basis: str
    condition: tuple[int, ...] | None = None


def _weaker(a: Reading, b: Reading) -> Reading:
    """The reading of the two that claims less; None claims nothing."""
    if a.status is None or b.status is None:
        return a if a.status is None else b
    return a if _ORDER.index(a.status) <= _ORDER.index(b.status) else b


def read_status(
    tree: Tree, trigger: int, kind: str, *, headline: bool, speaker_speaks: bool = False
) -> Reading:
    """The status of the act that verb `trigger` tells (kind: its PLOVER root).

    `headline`: the sentence stands in a title. `speaker_speaks`: it stands inside somebody's quoted
    words, so that "we will" plus a hostile act is a threat.
    """
    words = load_words()
    inner = inside_condition(tree, trigger)
    if inner is not None:
        return Reading(CONDITIONAL, "stands inside the condition", inner)
    if tree.words[-1] == "?":
        return Reading(None, "asked, not told")
    reading = climb(tree, trigger, kind, headline, speaker_speaks, 0)
    if reading.status is None:
        return reading
    asked = asked_or_wished(tree, trigger)
    if asked is not None:
        return Reading(None, asked)
    if reading.status == DENIED and negated_ahead(tree, trigger):
        return Reading(None, "said not to come: no act, and none that was not done")
    if reading.condition is None and reading.status in (PLANNED, CONDITIONAL, THREATENED):
        phrase = condition_phrase(tree, trigger)
        if phrase is not None:
            return Reading(CONDITIONAL, "hangs on a condition", phrase)
    if reading.status not in (HAPPENED, ONGOING):
        return reading
    if any(
        tree.words[c].lower() in words.sets["unreal"] | words.sets["hearsay"]
        and tree.deps[c] in ("advmod", "amod")
        for c in tree.children[trigger]
    ):
        return Reading(None, "called alleged or possible")
    if _denied_before(tree, trigger):
        return Reading(None, "behind a denied report: not told as done")
    return reading


def _denied_before(tree: Tree, trigger: int) -> bool:
    """Whether a verb of denial with a report or a `that` stands before the trigger in its clause.

    The parse often loses such a clause ("dismissed as a lie the report that ..."); what it then
    looks like, a plain past tense, must not be taken for an act that was done.
    """
    words = load_words()
    denied = False
    for i in range(trigger):
        if tree.words[i] in (";", ":") or (
            tree.words[i].lower()
            in ("but", "while", "although", "though", "after", "when", "as", "because")
            and tree.pos[i] in ("CCONJ", "SCONJ")
        ):
            denied = False
        elif is_verb(tree, i) and i != trigger and tree.lemmas[i] in _DENIALS:
            denied = True
        elif denied and (
            tree.words[i].lower() == "that" or tree.lemmas[i] in words.sets["denied_reports"]
        ):
            return True
    return False


def climb(tree: Tree, i: int, kind: str, headline: bool, quoted: bool, depth: int) -> Reading:
    """The status of verb `i` under everything above it."""
    status, basis = own_status(tree, i, headline)
    word = negated(tree, i)
    if status == BARRED or (word is not None and "possible only" in basis and _may(tree, i)):
        return Reading(None, basis)
    condition = condition_of(tree, i, status in (PLANNED, CONDITIONAL))
    if condition is not None and status is not None:
        return Reading(CONDITIONAL, "hangs on a condition", condition)
    if word is not None:
        if _only_asked(tree, i):
            return Reading(None, "asked not to be done: nobody says that it was")
        return Reading(DENIED, f"negated by '{word}'")
    if yet_to(tree, i):
        return Reading(DENIED, "'yet to': not done so far")
    if status == PLANNED and kind in load_words().hostile and quoted and _first_person(tree, i):
        return Reading(THREATENED, "the speaker announces a hostile act")
    own = Reading(status, basis)
    if depth == 0 or tree.deps[i] in ("ccomp", "pcomp", "csubj", "advcl"):
        marks = {tree.words[m].lower() for m in tree.all(i, "mark", "advmod")}
        if "whether" in marks or ("if" in marks and tree.deps[i] == "ccomp"):
            return Reading(None, "asked whether, not told as done")
    if depth > _DEPTH:
        return Reading(None, "nested too deeply to be read")
    above = _above(tree, i, kind, headline, quoted, depth)
    if above is None:
        return own
    bare = tree.tags[i] in ("VBG", "VBN", "VB") and not tree.all(i, "aux")
    if status is not None and not bare:
        above = above if above.status is None else _weaker(above, own)
    if condition is not None and above.status is not None:
        return Reading(CONDITIONAL, "hangs on a condition", condition)
    return above


def _may(tree: Tree, i: int) -> bool:
    """Whether a negated modal leaves it open: "may not come" is no denial, "could not come" is one."""
    return any(tree.words[a].lower() in ("may", "might") for a in tree.all(i, "aux"))


def _first_person(tree: Tree, i: int) -> bool:
    subject = surface_subject(tree, i)
    return subject is not None and tree.words[subject].lower() in load_words().sets["first_person"]


def _subject_is_pronoun(tree: Tree, i: int) -> bool:
    own = tree.child(i, "nsubj", "nsubjpass")
    return own is None or tree.words[own].lower() in load_words().sets["pronouns"]


def _above(
    tree: Tree, i: int, kind: str, headline: bool, quoted: bool, depth: int
) -> Reading | None:
    """What governs verb `i` says of it; None if nothing above bears on it."""
    words = load_words()
    head, dep = tree.heads[i], tree.deps[i]
    if head == i:
        return None
    if dep == "conj":
        alike = tree.tags[i] in ("VB", tree.tags[head]) and not tree.all(i, "aux")
        if alike and is_verb(tree, head) and tree.child(i, "nsubj", "nsubjpass") is None:
            return climb(tree, head, kind, headline, quoted, depth + 1)
        if _is_to(tree, i) and not _is_to(tree, head):
            return Reading(None, "infinitive")
        return _above(tree, head, kind, headline, quoted, depth + 1)
    if dep == "pcomp":
        preposition = tree.words[head].lower()
        outside = tree.words[head - 1].lower() if head else ""
        if preposition == "of" and outside in words.sets["instead"]:
            return Reading(DENIED, f"'{outside} of': not done")
        if preposition in words.sets["instead"]:
            return Reading(DENIED, f"'{preposition}': not done")
        noun_or_verb = tree.heads[head]
        if preposition == "against" and tree.lemmas[noun_or_verb] in (
            "decide",
            "vote",
            "advise",
            "argue",
        ):
            return Reading(DENIED, "decided against")
        if preposition == "from" and is_verb(tree, noun_or_verb):
            if governing(tree, noun_or_verb) == "denied":
                return _governed(tree, noun_or_verb, i, kind, headline, quoted, depth)
            return None
        if is_verb(tree, noun_or_verb):
            if preposition in ("by", "after", "since", "in", "before", "while", "when", "for"):
                if preposition == "before":
                    return Reading(None, "said of a later moment only")
                outer = governing(tree, noun_or_verb)
                if preposition in ("for", "in") and (
                    outer == "alleged"
                    or tree.lemmas[noun_or_verb] in words.sets["for_what_is_alleged"]
                ):
                    return Reading(None, "alleged, not told as done")
                return climb(tree, noun_or_verb, kind, headline, quoted, depth + 1)
            return _governed(tree, noun_or_verb, i, kind, headline, quoted, depth)
        return _under_noun(tree, noun_or_verb, kind, headline, quoted, depth)
    if dep in ("acl", "relcl"):
        reports = words.sets["evidence"] | words.sets["denied_reports"]
        bare = _own_subject(tree, i) and (
            tree.lemmas[head] in reports
            or (tree.lemmas[head] in words.noun and not _relative(tree, i))
        )
        if (dep == "acl" and tree.tags[i] == "VB") or bare or tree.child(i, "mark") is not None:
            return _under_noun(tree, head, kind, headline, quoted, depth)
        if (
            dep == "relcl"
            and tree.tags[i] == "VB"
            and "to" in [tree.words[a].lower() for a in tree.all(i, "aux")]
        ):
            return Reading(None, "purpose")
        return None
    if dep in ("xcomp", "ccomp"):
        if not is_verb(tree, head):
            if tree.pos[head] in ("ADJ",) or tree.lemmas[head] in words.adjective:
                return _under_adjective(tree, head, kind, headline, quoted, depth)
            if tree.pos[head] in ("NOUN", "PROPN"):
                return _under_noun(tree, head, kind, headline, quoted, depth)
            return None
        return _governed(tree, head, i, kind, headline, quoted, depth)
    if dep == "advcl":
        if tree.tags[i] == "VB":
            return Reading(None, "purpose")
        if (
            tree.tags[i] in ("VBG", "VBN")
            and tree.child(i, "nsubj") is None
            and is_verb(tree, head)
        ):
            return climb(tree, head, kind, headline, quoted, depth + 1)
        return None
    return None


def _only_asked(tree: Tree, i: int) -> bool:
    """Whether a negated infinitive is what somebody urges, or a gerund what somebody is accused of."""
    head = tree.heads[i]
    if tree.deps[i] == "pcomp":
        head = tree.heads[head]
    elif not _is_to(tree, i):
        return False
    if head == i or not is_verb(tree, head):
        return False
    return governing(tree, head) in ("demanded", "alleged") or tree.lemmas[head] in (
        "warn",
        "order",
    )


def _own_subject(tree: Tree, i: int) -> bool:
    """Whether a clause on a noun has a subject that is no relative word: "evidence they shelled it"."""
    own = tree.child(i, "nsubj", "nsubjpass")
    return own is not None and tree.tags[own] not in _RELATIVE


def _relative(tree: Tree, i: int) -> bool:
    return any(tree.tags[t] in _RELATIVE for t in tree.subtree(i))


def _is_to(tree: Tree, i: int) -> bool:
    return any(tree.words[a].lower() == "to" for a in tree.all(i, "aux"))


def _governed(
    tree: Tree, head: int, i: int, kind: str, headline: bool, quoted: bool, depth: int
) -> Reading:
    """The status of verb `i` as complement of verb `head`."""
    words = load_words()
    name = governing(tree, head)
    verb = tree.lemmas[head]
    report = _claims_object(tree, head)
    if verb == "be" and _is_to(tree, i):
        outer = climb(tree, head, kind, headline, quoted, depth + 1)
        return (
            _weaker(Reading(PLANNED, "'is to': arranged"), outer)
            if outer.status != DENIED
            else outer
        )
    if verb == "have" and _is_to(tree, i):
        return Reading(None, "'has to': called for, not done")
    outer = climb(tree, head, kind, headline, quoted, depth + 1)
    finite = not _is_to(tree, i) and tree.tags[i] != "VBG"
    if verb == "find" and report in ("evidence",) and negated(tree, head):
        return Reading(DENIED, "no evidence of it, as reported")
    if outer.status == CONDITIONAL and outer.condition is not None:
        return outer
    if name == "said" or (
        name in ("alleged", "planned")
        and finite
        and verb in ("warn", "announce", "agree", "promise", "pledge", "expect")
    ):
        if verb == "warn":
            if _subject_is_pronoun(tree, i):
                return Reading(THREATENED, "warned of by who would do it")
            return Reading(None, "warned of, not told as done")
        if name == "said" and outer.status not in (HAPPENED, ONGOING):
            return Reading(None, f"under '{verb}', which is not told as done itself")
        if name == "said" and _is_to(tree, i):
            return Reading(None, f"'{verb} to': hearsay, not told as done")
        return (
            Reading(HAPPENED, "as reported")
            if tree.tags[i] in ("VBD", "VBN", "VBZ", "VBP", "VBG")
            else outer
        )
    if name == "threatened":
        if outer.status == DENIED:
            return Reading(DENIED, f"'{verb}' is negated")
        if verb == "vow" and kind not in words.hostile:
            return Reading(PLANNED, f"'{verb}': promised")
        if finite and not _subject_is_pronoun(tree, i):
            return Reading(None, f"'{verb}' about somebody else's act")
        return Reading(THREATENED, f"'{verb}': threatened")
    if name == "denied":
        if outer.status == DENIED:
            if verb in ("fail", "hesitate", "neglect", "resist", "avoid"):
                return Reading(HAPPENED, f"'{verb}' is negated")
            return Reading(None, f"'{verb}' is negated")
        return Reading(DENIED, f"'{verb}': said not to have happened or not to come")
    if name == "planned":
        if outer.status == DENIED:
            return Reading(DENIED, f"'{verb}' is negated")
        if finite and tree.tags[i] in ("VBD", "VBN"):
            return Reading(HAPPENED, "as reported")
        return Reading(PLANNED, f"'{verb}': intended, not told as done")
    if name == "attempted":
        if outer.status == DENIED:
            return Reading(DENIED, f"'{verb}' is negated")
        return Reading(PLANNED, f"'{verb}': attempted, not told as done")
    if name == "postponed":
        return Reading(PLANNED, f"'{verb}': put off")
    if name == "ongoing":
        if outer.status == HAPPENED:
            return Reading(ONGOING, f"'{verb}': going on")
        return outer
    if name == "done":
        return outer
    if name in ("demanded", "alleged"):
        return Reading(None, f"'{verb}': not told as done")
    if verb in ("include", "involve", "entail") and outer.status == PLANNED:
        return Reading(None, f"under '{verb}': named, not told as planned")
    if _is_to(tree, i):
        if outer.status in (DENIED, CONDITIONAL, PLANNED):
            return outer
        return Reading(None, f"under '{verb}': not told as done")
    return outer


def _claims_object(tree: Tree, head: int) -> str | None:
    words = load_words()
    for o in tree.all(head, "dobj", "attr", "nsubj", "nsubjpass", "pobj"):
        if tree.lemmas[o] in words.sets["evidence"]:
            return "evidence"
        if tree.lemmas[o] in words.sets["denied_reports"]:
            return "report"
    return None


def _under_noun(
    tree: Tree, noun: int, kind: str, headline: bool, quoted: bool, depth: int
) -> Reading:
    """The status of an act that a noun announces: a plan to, a threat to, reports that."""
    words = load_words()
    lemma = tree.lemmas[noun]
    verb = noun
    while tree.heads[verb] != verb and not is_verb(tree, verb):
        verb = tree.heads[verb]
    has_verb = is_verb(tree, verb)
    no = any(tree.words[c].lower() == "no" for c in tree.children[noun])
    if lemma in words.sets["evidence"] and (no or (has_verb and negated(tree, verb))):
        return Reading(DENIED, "no evidence of it, as reported")
    outer = (
        climb(tree, verb, kind, headline, quoted, depth + 1)
        if has_verb
        else Reading(HAPPENED, "as named")
    )
    if (
        has_verb
        and lemma in words.sets["denied_reports"]
        and governing(tree, verb) == "denied"
        and verb != noun
    ):
        return Reading(DENIED, f"'{tree.lemmas[verb]}' denies it")
    if outer.status == CONDITIONAL and outer.condition is not None:
        return outer
    name = words.noun.get(lemma)
    if name == "denied":
        return Reading(DENIED, f"'{lemma}': not done")
    if name in ("planned", "attempted", "threatened"):
        if no or outer.status == DENIED or (has_verb and governing(tree, verb) == "denied"):
            return Reading(DENIED, f"'{lemma}' is negated or dropped")
        return Reading(
            THREATENED if name == "threatened" else PLANNED, f"'{lemma}': not told as done"
        )
    return Reading(None, f"under '{lemma}': not told as done")


def _under_adjective(
    tree: Tree, adjective: int, kind: str, headline: bool, quoted: bool, depth: int
) -> Reading:
    """The status of an act that an adjective announces: ready to, unable to."""
    words = load_words()
    word = tree.lemmas[adjective]
    name = words.adjective.get(word) or words.adjective.get(tree.words[adjective].lower())
    copula = tree.heads[adjective]
    outer = (
        climb(tree, copula, kind, headline, quoted, depth + 1)
        if is_verb(tree, copula) and copula != adjective
        else Reading(HAPPENED, "as narrated")
    )
    own_condition = condition_of(tree, adjective, True)
    if own_condition is not None:
        return Reading(CONDITIONAL, "hangs on a condition", own_condition)
    if outer.status == CONDITIONAL and outer.condition is not None:
        return outer
    if name == "denied":
        return Reading(DENIED, f"'{word}': not done")
    if outer.status == DENIED:
        return Reading(DENIED, f"not '{word}'")
    if name == "planned":
        return Reading(PLANNED, f"'{word} to': still to come")
    return Reading(None, f"under '{word}': not told as done")

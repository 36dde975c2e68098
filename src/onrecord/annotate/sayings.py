"""What a plain saying does by what is said: denies, asks, demands, proposes, praises or condemns."""

from __future__ import annotations

import re

from onrecord.annotate import speakers
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
    if subjunctive and cue.kind == "verb":
        return _MANDATIVE.get(lemma, "demand")
    if announces_costs(content_tree, tokens):
        return "threaten"
    no = negated(content_tree, verb)
    asserted = content_modality(content_tree, verb, reported=False) == "asserted"
    if direct and not no and cue_modality(content_tree, verb) == "asserted":
        done = _performed(content_tree, verb)
        if done is not None:
            return done
    if no and asserted and _no_intent(content_tree, verb, own):
        return "refuse"
    if no and (
        _refutes(content_tree, verb, tokens)
        or (asserted and _never_was(content_tree, verb, tokens, own))
        or (asserted and _is_bare(content_tree, verb))
        or (asserted and lemma in _CONTRADICTING)
    ):
        return "deny"
    if no and content_tree.lemmas[verb] == "make" and _is_nothing(content_tree, verb):
        return "refuse"
    if no and _is_withheld(content_tree, verb, own):
        return "refuse"
    if no and _has_no_objection(content_tree, verb):
        return "agree"
    if _turns_down(content_tree, tokens, verb):
        return "deny"
    opening = " ".join(
        content_tree.words[t].lower() for t in tokens if content_tree.pos[t] != "PUNCT"
    )
    if direct and opening.startswith(_SUGGESTIONS):
        return "propose"
    if direct and opening.startswith("how dare"):
        return "condemn"
    if direct and _is_question(content_tree, tokens):
        return "ask"
    if direct and _is_imperative(content_tree, verb):
        return "demand"
    if _is_let_us(content_tree, verb, tokens):
        return "propose"
    if lemma == "suggest" and _is_advised(content_tree, verb):
        return "propose"
    if _is_obliged(content_tree, verb, own) or (direct and _is_wanted(content_tree, verb)):
        return "demand"
    if not no and _concedes(content_tree, verb, own):
        return "agree"
    if _is_willing(content_tree, verb):
        return "offer"
    if not no and _is_committed(content_tree, verb, own):
        return "promise"
    if asserted and not no:
        return _judged(content_tree, verb, own) or "assert"
    return "assert"


_MANDATIVE = {
    "insist": "demand",
    "suggest": "propose",
    "recommend": "propose",
    "move": "propose",
}
"""What a saying does whose content is a bare subjunctive: "suggested that the pit be shut"."""
_CONTRADICTING = ("insist", "maintain", "protest", "counter", "retort")
"""Sayings of what others do not hold: "insisted that he had nothing against it"."""
_CLOSING = frozenset(("”", '"', "’", "'", "''", "»"))
_PERFORMED = (
    "promise demand deny refuse propose threaten condemn warn ask agree offer praise".split()
)


_SUGGESTIONS = (
    "how about",
    "what about",
    "why not",
    "why do n't we",
    "why do n’t we",
    "what if we",
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
    r"\b(?:no such \w+|without (?:any )?(?:foundation|basis|merit|truth)|nothing of the (?:sort|kind)|not (?:\w+ )?(?:true|the case))\b|\bnot so\W*$"
    r"|^\W*(?:nonsense|rubbish|untrue|not true|lies|not guilty)\b",
    re.IGNORECASE,
)
"""How a plain saying turns down what others say: "it had agreed to nothing of the sort"."""


def _turns_down(tree: Tree, tokens: tuple[int, ...], verb: int) -> bool:
    words = words_of_acts()
    if tree.lemmas[verb] in words["recognition_verbs"]:
        # "it recognises no such rule"
        return False
    # what is told within it ("had assured him that no such step was planned") is another's
    below = {t for c in tree.all(verb, "ccomp", "advcl", "relcl") for t in tree.subtree(c)}
    main = [t for t in tokens if t not in below or verb in below]
    if main and _UNTRUE.search(" ".join(tree.words[t] for t in main)):
        return True
    said = tree.child(verb, "attr", "acomp")
    of = tree.child(verb, "nsubj", "nsubjpass")
    if tree.child(verb, "nsubjpass") is not None:
        # "the claim was invented"
        said = verb
    elif tree.lemmas[verb] != "be":
        return False
    if said is None or of is None or negated(tree, verb):
        return False
    story = tree.words[of].lower() in ("it", "that", "this", "these", "they", "those") or (
        tree.lemmas[of] in words["claim_nouns"]
    )
    return story and bool({tree.words[said].lower(), tree.lemmas[said]} & words["untrue_words"])


def _no_intent(tree: Tree, verb: int, own: Own) -> bool:
    """ "She had no intention of resigning": no plan of one's own to do what one is asked for; a plan
    to harm is what one denies."""
    words = words_of_acts()
    subject = tree.child(verb, "nsubj")
    noun = tree.child(verb, "dobj")
    if subject is None or noun is None or tree.lemmas[verb] != "have":
        return False
    if tree.lemmas[noun] not in ("intention", "plan", "desire", "wish") or not own(tree, subject):
        return False
    inner = [t for t in tree.subtree(noun) if tree.pos[t] == "VERB"]
    return bool(inner) and not (
        {tree.lemmas[t] for t in inner} & (words["harm_verbs"] | words["blame_verbs"])
    )


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


def _never_was(tree: Tree, verb: int, tokens: tuple[int, ...], own: Own) -> bool:
    """ "Had never ordered any", "had nothing to do with it", "was not responsible": turned down for
    all the past, of oneself or of another."""
    low = {t: tree.words[t].lower() for t in tokens}
    things = [c for c in tree.all(verb, "dobj", "attr") if tree.words[c].lower() == "nothing"]
    if things and tree.lemmas[verb] == "know":
        return True
    if things and any(
        low[t] in ("against", "do", "wrong", "hide") for t in tokens if t > things[0]
    ):
        return True
    state = tree.child(verb, "acomp", "attr")
    if state is not None and tree.words[state].lower() in words_of_acts()["guilt_words"]:
        return True
    past = tree.tags[verb] in ("VBD", "VBN") or any(
        tree.tags[c] == "VBD" for c in tree.all(verb, "aux")
    )
    found = set(low.values())
    never, any_ = "never" in found, bool(found & _ANY)
    subject = tree.child(verb, "nsubj")
    oneself = subject is not None and own(tree, subject)
    if tree.lemmas[verb] in ("see", "hear", "know", "feel", "experience", "witness", "taste"):
        # "I have never seen such courage" turns nothing down
        return False
    plain = oneself and tree.child(verb, "dobj") is not None and _is_done(tree, verb)
    return past and ((never and any_) or (oneself and (never or any_ or plain)))


def _is_done(tree: Tree, verb: int) -> bool:
    """Whether a verb is something one does to a thing: "did not touch the money", not "did not want"."""
    return tree.lemmas[verb] in words_of_acts()["misdeed_verbs"]


_ANY = frozenset(("any", "anyone", "anybody", "anything", "such"))


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
    """ "Let us meet", "let's talk", "we should sit down and talk"."""
    first = [tree.words[t].lower() for t in tokens if tree.pos[t] not in ("PUNCT", "CCONJ")][:2]
    if first in (["let", "us"], ["let", "'s"], ["let", "’s"]):
        return True
    # "we should sit down and talk"
    subject = tree.child(verb, "nsubj")
    return (
        subject is not None
        and tree.words[subject].lower() == "we"
        and any(tree.words[c].lower() == "should" for c in tree.all(verb, "aux"))
        and tree.tags[verb] == "VB"
        and tree.lemmas[verb] not in (*_COPULAS, "have", "know", "see")
    )


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
    must = any(tree.words[c].lower() in ("must", "should", "shall") for c in tree.all(verb, "aux"))
    if any(tree.words[c].lower() == "have" for c in tree.all(verb, "aux")):
        return False
    passive = tree.child(verb, "nsubjpass")
    if must and passive is not None:
        done = tree.lemmas[verb] not in ("finish", "complete", "expect")
        return done and tree.child(verb, "auxpass") is not None
    inner = tree.child(verb, "xcomp")
    needs = inner is not None and is_to(tree, inner) and tree.child(verb, "aux") is None
    has = tree.tags[verb] in ("VBP", "VBZ") and tree.lemmas[verb] == "have"
    needs = needs and not negated(tree, verb) and (has or tree.lemmas[verb] == "need")
    subject = tree.child(verb, "nsubj")
    if not (must or needs) or subject is None or (must and tree.lemmas[verb] in ("be", "have")):
        return False
    return speakers.speaks(tree, subject) and not own(tree, subject)


def _is_withheld(tree: Tree, verb: int, own: Own) -> bool:
    """ "Was not prepared to pay", "the island is not for sale"."""
    if tree.lemmas[verb] != "be":
        return False
    state, subject = tree.child(verb, "acomp"), tree.child(verb, "nsubj")
    if state is not None and subject is not None:
        word = tree.words[state].lower()
        if word in ("prepared", "willing", "ready") and tree.child(state, "xcomp") is not None:
            return own(tree, subject)
        if word in ("negotiable", "acceptable"):
            return True
    prep = tree.child(verb, "prep")
    of = None if prep is None else tree.child(prep, "pobj")
    return of is not None and (tree.words[prep or 0].lower(), tree.lemmas[of]) in (
        ("for", "sale"),
        ("on", "table"),
        ("up", "discussion"),
    )


def _is_nothing(tree: Tree, verb: int) -> bool:
    """ "Nothing would make her sell"."""
    subject = tree.child(verb, "nsubj")
    ahead = any(tree.words[c].lower() in ("will", "would") for c in tree.all(verb, "aux"))
    return subject is not None and ahead and tree.words[subject].lower() == "nothing"


def _has_no_objection(tree: Tree, verb: int) -> bool:
    thing = tree.child(verb, "dobj")
    return thing is not None and tree.lemmas[verb] == "have" and tree.lemmas[thing] == "objection"


def _is_wanted(tree: Tree, verb: int) -> bool:
    """ "We want an apology", "it is time for him to go"."""
    subject = tree.child(verb, "nsubj")
    if subject is None or negated(tree, verb):
        return False
    word = tree.words[subject].lower()
    if word == "it" and tree.lemmas[verb] == "be":
        what = tree.child(verb, "attr")
        return what is not None and tree.lemmas[what] == "time" and len(tree.children[what]) > 0
    return (
        word in ("i", "we")
        and tree.lemmas[verb] in ("want", "demand")
        and tree.tags[verb] == "VBP"
        and tree.child(verb, "dobj", "ccomp") is not None
    )


def _concedes(tree: Tree, verb: int, own: Own) -> bool:
    """ "She is right", "the critics had a point"."""
    subject = tree.child(verb, "nsubj")
    if subject is None or own(tree, subject) or not speakers.speaks(tree, subject):
        return False
    state, thing = tree.child(verb, "acomp"), tree.child(verb, "dobj")
    if state is not None and tree.lemmas[verb] == "be" and tree.child(verb, "aux") is None:
        return tree.words[state].lower() == "right"
    return thing is not None and (tree.lemmas[verb], tree.lemmas[thing]) == ("have", "point")


def _is_willing(tree: Tree, verb: int) -> bool:
    """ "Is willing to halve it", "was ready to host talks"."""
    if tree.lemmas[verb] != "be" or negated(tree, verb):
        return False
    state = tree.child(verb, "acomp")
    return (
        state is not None
        and tree.words[state].lower()
        in ("willing", "ready", "prepared", "happy", "glad", "delighted")
        and tree.child(state, "xcomp") is not None
        and tree.child(verb, "nsubj") is not None
        and all(tree.words[c].lower() in ("would", "'d", "’d") for c in tree.all(verb, "aux"))
    )


def _is_committed(tree: Tree, verb: int, own: Own) -> bool:
    """ "The firm is committed to paying everybody", "we have given our word"."""
    subject = tree.child(verb, "nsubj", "nsubjpass")
    if subject is None or not own(tree, subject):
        return False
    state = tree.child(verb, "acomp", "attr")
    if tree.lemmas[verb] == "be" and state is not None:
        return tree.lemmas[state] in ("commit", "committed", "determined")
    if tree.lemmas[verb] == "commit" and tree.tags[verb] == "VBN":
        return any(tree.lemmas[c] == "to" for c in tree.all(verb, "prep"))
    thing = tree.child(verb, "dobj")
    return thing is not None and (tree.lemmas[verb], tree.lemmas[thing]) == ("give", "word")


# --------------------------------------------------------------------------- praise and blame


def named_as(tree: Tree, tokens: tuple[int, ...]) -> str | None:
    """praise or condemn, by what something is called or described as; None if by no such word."""
    return _verdict(tree, tokens)


def _judged(tree: Tree, verb: int, own: Own) -> str | None:
    """ "The plan is a farce", "they did a fantastic job", "he betrayed us": praise or condemn of what
    is not one's own."""
    words = words_of_acts()
    subject = tree.child(verb, "nsubj")
    lemma = tree.lemmas[verb]
    if subject is None:
        return None
    if lemma in words["praise_verbs"]:
        return "praise"
    said = tree.child(verb, "attr", "acomp")
    if said is not None and tree.words[said].lower() == "proud" and own(tree, subject):
        return "praise" if any(tree.words[c] == "of" for c in tree.children[said]) else None
    if own(tree, subject):
        return None
    thing = tree.child(verb, "dobj")
    if lemma in words["condemn_verbs"] and speakers.speaks(tree, subject):
        return "condemn"
    if thing is not None:
        return _judged_by_deed(tree, lemma, thing)
    if said is None or lemma not in _COPULAS:
        return None
    near = [said, *(c for c in tree.children[said] if tree.deps[c] in ("amod", "compound", "conj"))]
    if tree.child(said, "relcl", "nsubj") is not None:
        near = [said]
    return _verdict(tree, near)


def _judged_by_deed(tree: Tree, lemma: str, thing: int) -> str | None:
    """ "Broke its word", "failed the country", "deserve a medal", "did a fantastic job"."""
    what = tree.lemmas[thing]
    if lemma == "break" and what in ("promise", "pledge", "word", "vow", "trust"):
        return "condemn"
    if lemma == "fail" and speakers.speaks(tree, thing):
        return "condemn"
    if lemma == "deserve" and what in words_of_acts()["merits"]:
        return "praise"
    if lemma not in ("do", "make", "play", "give", "put", "have", "show"):
        return None
    return _verdict(tree, [thing, *tree.all(thing, "amod", "compound")])


def felt(tree: Tree, tokens: tuple[int, ...]) -> str | None:
    """What expressing a feeling does ("expressed outrage at the raid"); None if nothing by itself."""
    head = next((t for t in tokens if tree.deps[t] in ("dobj", "nsubjpass")), None)
    if head is None:
        return None
    words = words_of_acts()
    for act in ("condemn", "praise", "agree", "refuse"):
        if tree.lemmas[head] in words[f"{act}_feelings"]:
            return act
    return None


def _verdict(tree: Tree, tokens: tuple[int, ...] | list[int]) -> str | None:
    words = words_of_acts()
    for t in tokens:
        both = {tree.words[t].lower(), tree.lemmas[t].lower()}
        if both & words["condemn_words"]:
            return "condemn"
        if both & words["praise_words"]:
            return "praise"
        if both & words["good_words"] and tree.lemmas[tree.heads[t]] in words["good_things"]:
            return "praise"
    return None


def speaks_of_self(tree: Tree, verb: int, own: Own) -> bool:
    """Whether what is to be done is to be done by the speaker or its side."""
    if tree.child(verb, "nsubjpass", "expl", "csubj") is not None:
        return False
    subject = tree.child(verb, "nsubj")
    return is_to(tree, verb) if subject is None else own(tree, subject)


_NO = re.compile(
    r"^\W*(?:absolutely not|certainly not|of course not|no way|never|not a chance|no chance|nothing"
    r"|over my dead body|out of the question)\W*$|^\W*not (?:while|as long as|until|if)\b",
    re.IGNORECASE,
)


def answered(tree: Tree, tokens: tuple[int, ...]) -> str | None:
    """refuse or deny, of an answer without a verb ("No way", "Nonsense"); None of any other."""
    words = " ".join(tree.words[t] for t in tokens)
    if _NO.match(words):
        return "refuse"
    if _UNTRUE.search(words):
        return "deny"
    if re.match(r"^\W*fair enough\b", words, re.IGNORECASE):
        return "agree"
    exclaimed = re.match(r"^\W*(?:what an?|such an?|shame)\b", words, re.IGNORECASE)
    return _verdict(tree, tokens) if exclaimed else None

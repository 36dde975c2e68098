"""What a statement does: its act, its polarity and its modality.

Negation, modality and condition are read from the content's own main verb and from the cue together:
"did not threaten" is never a threat, "may say" was not said.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.effects import disclaims, effect_of, lapses, suffers
from onrecord.annotate.hinges import NONE, Hinge, Own
from onrecord.annotate.modality import (
    content_modality,
    cue_modality,
    embedded,
    negated,
    words_of_acts,
)
from onrecord.annotate.sayings import (
    act_of_content,
    answered,
    felt,
    named_as,
    speaks_of_self,
    turned_down,
)
from onrecord.annotate.speakers import is_passive
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


@dataclass(frozen=True, slots=True)
class Reading:
    act: str
    polarity: str
    modality: str


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is said to be done: `verb` of a sentence, how far it is a fact, what it does to others.

    `told` if the cue names who it is said to, `attitude` if it is only believed or wanted."""

    tree: Tree
    verb: int
    tokens: tuple[int, ...]
    negative: bool
    modality: str
    effect: str
    own: bool
    hinge: Hinge
    told: bool
    attitude: bool

    @property
    def ahead(self) -> bool:
        return self.modality == "planned" or (
            self.modality == "hypothetical" and bool(self.hinge.kind)
        )

    @property
    def lemma(self) -> str:
        return self.tree.lemmas[self.verb]


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
    hinge: Hinge = NONE,
) -> Reading:
    """Act, polarity and modality of one statement.

    `content_tree` and `content_tokens` are the sentence its content begins in (mostly the cue's own)
    and the content's tokens there; `verb` is the main verb among them: what a content of several
    clauses or sentences does is what its first main clause does. `own` tells whether a subject in
    `content_tree` is the speaker or its side, `hinge` what the verb hangs on.
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
        # "said it would close if they came" is a reported "will close if they come" (sequence of
        # tenses); behind no past saying, or in a question, nothing is reported as a plan
        would = modality == "planned" and _is_would(content_tree, verb)
        unreported = cue.verb is None and hinge.kind == "remote"
        if would and (unreported or hinge.kind == "event" or cue.act_of(take) == "ask"):
            modality = "hypothetical"
        if take == "infinitive" and modality == "planned" and _is_held_so(tree, cue):
            modality = "asserted"
        effect = effect_of(content_tree, verb, content_tokens)
    else:
        negative = any(content_tree.words[t].lower() == "no" for t in content_tokens[:2])
        verb = None
    act = given = _given(tree, cue, take, content_tree, verb)
    if act == "assert" and not cue.attitude and take in ("naming", "as"):
        act = named_as(content_tree, content_tokens) or act
    elif act == "assert" and take == "object" and tree.lemmas[cue.head] in ("express", "voice"):
        act = felt(content_tree, content_tokens) or act
    elif cue.kind == "adjective" and tree.words[cue.head].lower() in _WILLING:
        act = "offer"
    elif act in ("refuse", "assert") and take in ("object", "as") and not cue.attitude:
        act = turned_down(content_tree, content_tokens, tree.lemmas[cue.head]) or act
    if verb is not None and not cue.attitude and (act == "assert" or _is_quoted(act, take)):
        plain = act_of_content(
            tree, cue, content_tree, content_tokens, verb, direct=direct, own=own
        )
        act = plain if act == "assert" or plain == "deny" else act
    elif verb is None and act == "assert" and is_clause:
        act = answered(content_tree, content_tokens) or act
    if verb is not None:
        deed = _Deed(
            content_tree,
            verb,
            content_tokens,
            negative,
            modality,
            effect,
            speaks_of_self(content_tree, verb, own),
            hinge,
            cue.verb is not None and tree.child(cue.verb, "dobj", "dative") is not None,
            cue.attitude,
        )
        assured = cue.head < len(tree) and tree.lemmas[cue.head] in _ASSURING
        act = _committed(act, deed, assured=assured)
        if act == "offer" != given and effect == "harm":
            act = "threaten"
    if act == "threaten" and given != "threaten" and disclaims(content_tree):
        act = "warn"
    if act == "deny" and given != "deny":
        negative = True
    elif act in _NEGATIVE_ACTS:
        negative = not negative or act == "refuse"
    if cue.verb is not None and negated_cue(tree, cue):
        negative = not negative
        if act in ("agree", "praise", "promise", "offer", "threaten"):
            act = "refuse"
        elif act in _NEGATIVE_ACTS and act == given:
            # "did not deny that she knew", "does not rule out a delay"
            modality = "possible" if act == "refuse" and modality == "asserted" else modality
            act, negative = "assert", False
    if tree.lemmas[cue.head] == "doubt" and cue.kind == "verb":
        negative = not negative
    telling = cue_modality(tree, cue.verb)
    if telling != "asserted":
        modality = telling
    elif act == "demand" or (act == "ask" and take in _REQUESTED):
        modality = "required" if modality in ("asserted", "planned") else modality
    elif act == "propose":
        # "proposed to open a kitchen" is one's own plan, "a proposal to open one" is not
        plan = modality == "planned" and take == "infinitive" and cue.kind == "verb"
        modality = modality if modality not in ("asserted", "planned") or plan else "required"
    elif act in ("promise", "offer", "threaten") and modality in ("asserted", "required"):
        modality = "planned"
    elif act == "warn" and take in ("against", "infinitive"):
        modality = "required"
        negative = negative or take == "against"
    elif act == "warn" and take == "of" and modality == "asserted":
        modality = "planned"
    elif cue.attitude and take in ("infinitive", "object_clause"):
        modality = "possible" if modality == "asserted" else modality
    return Reading(act, "negative" if negative else "positive", modality)


HELD_SO = frozenset(
    "expect believe say think report understand suspect estimate presume assume rumour rumor".split()
)
"""Verbs whose passive with an infinitive gives what is held of somebody by nobody named."""


def _is_held_so(tree: Tree, cue: Cue) -> bool:
    """ "Is believed to be abroad": an infinitive that tells how things are, not what is to come."""
    lemma = tree.lemmas[cue.head]
    return lemma in HELD_SO and lemma != "expect" and is_passive(tree, cue.head)


def _given(tree: Tree, cue: Cue, take: str, content_tree: Tree, verb: int | None) -> str:
    """The cue's own act: who begs asks, who advises that something is so only says it."""
    act = cue.act_of(take)
    lemma = tree.lemmas[cue.head]
    if act == "assert" and not cue.attitude:
        act = _unlisted(tree, cue) or act
    if act == "assert" and lemma == "want" and take in ("object_clause", "object"):
        # "the union wants a rise", "wants the board to go": what one wants of others
        return "demand"
    if act == "demand" and lemma in words_of_acts()["begging_verbs"]:
        return "ask"
    if act == "propose" and take == "clause" and lemma in ("advise", "counsel"):
        told = verb is not None and (
            content_tree.tags[verb] in ("VBD", "VBZ")
            or any(content_tree.tags[c] == "MD" for c in content_tree.all(verb, "aux"))
        )
        return (
            "assert"
            if told and content_modality(content_tree, verb or 0, reported=False) != "required"
            else act
        )
    return act


_ACTS = tuple(
    "condemn praise threaten warn promise offer refuse deny demand ask propose agree".split()
)


def _unlisted(tree: Tree, cue: Cue) -> str | None:
    """The act of a cue that the list of cues does not hold, by its word and what stands beside it
    ("turned down", "paid tribute"); None if it only says."""
    words, lemma = words_of_acts(), tree.lemmas[cue.head]
    if cue.kind == "noun":
        if lemma in lexicon().nouns:
            return None
        return next((a for a in _ACTS if lemma in words[f"{a}_nouns"]), None)
    if cue.kind != "verb":
        return None
    beside = {
        f"{lemma}_{tree.lemmas[c]}"
        for c in tree.children[cue.head]
        if tree.deps[c] in ("prt", "prep", "dobj", "advmod", "dative")
    }
    names = beside if lemma in lexicon().verbs else {lemma, *beside}
    return next((a for a in _ACTS if names & words[f"{a}_cues"]), None)


_WILLING = ("ready", "prepared", "willing")
_ASSURING = ("assure", "reassure", "guarantee")


def _is_quoted(act: str, take: str) -> bool:
    """Whether a cue that itself blames or praises only brings words: "shot back: ..."."""
    return act in ("condemn", "praise") and take in ("quote", "aside", "quote_aside")


def _committed(act: str, deed: _Deed, *, assured: bool) -> str:
    """The act, as far as it rests on what is going to be done, by whom and to whom."""
    if act == "promise":
        if deed.negative:
            return act
        forced = deed.hinge.word == "unless" and deed.hinge.doer == "other"
        return "threaten" if deed.effect == "harm" or (forced and deed.effect != "help") else act
    if assured and not deed.attitude and deed.ahead:
        return "promise"
    if deed.hinge.kind == "alternative" and act in ("assert", "demand"):
        return "threaten"
    if act not in ("assert", "warn"):
        return act
    if not deed.attitude and _is_calamity(deed):
        return "warn"
    if not deed.ahead:
        return _not_doing(deed) if act == "assert" and deed.own else act
    if deed.hinge.word == "unless" and deed.hinge.doer == "us":
        return "warn"
    if act == "warn" and deed.told and not deed.negative and _befalls(deed):
        return "threaten"
    if not deed.negative and not deed.attitude and _is_punished_if(deed):
        return "threaten"
    if act == "assert" and not deed.attitude and _is_granted(deed):
        return "promise"
    if deed.own and not (deed.attitude and deed.negative):
        return _own_deed(act, deed)
    return _deed_of_others(act, deed)


def _is_calamity(deed: _Deed) -> bool:
    """ "If the rain goes on, the dam will burst": what nobody wants, and nobody does to others."""
    if deed.hinge.word not in ("if", "unless", "should", "without") or deed.own:
        return False
    if deed.modality not in ("planned", "asserted") or deed.negative:
        return deed.modality == "planned" and _nobody_left(deed)
    return deed.lemma in words_of_acts()["calamity_verbs"]


def _nobody_left(deed: _Deed) -> bool:
    """ "You will have nobody left"."""
    return deed.lemma in ("have", "be") and any(
        deed.tree.lemmas[t] in ("leave", "left") for t in deed.tokens
    )


def _own_deed(act: str, deed: _Deed) -> str:
    """What it does to say that one is going to do something oneself."""
    if deed.negative and deed.lemma in ("hesitate", "shrink", "shy"):
        return "threaten" if deed.effect == "harm" else "promise"
    if deed.negative and not _no_choice(deed):
        return _not_done(act, deed)
    if act == "assert" and deed.lemma in words_of_acts()["accord_verbs"]:
        return "agree"
    if act == "assert" and _rather(deed):
        return "refuse"
    acts_on = _is_deed(deed)
    by_others = deed.hinge.doer == "other" and deed.hinge.word not in _PROVIDED
    forced = deed.hinge.word == "unless" or (deed.hinge.unsettled and by_others)
    forced = (forced and deed.effect != "help") or (deed.hinge.feared and by_others)
    if acts_on and (forced or act == "warn") and not deed.attitude:
        return "threaten"
    if act == "assert" and deed.lemma in _REQUESTS:
        return "ask"
    if deed.effect == "harm" or _no_choice(deed):
        return "threaten"
    if act == "assert" and deed.effect == "help":
        asked = deed.hinge.word in ("if", "should", "once", "as soon") and deed.hinge.wished
        return "offer" if asked else "promise"
    if act == "assert" and deed.hinge.kind and acts_on:
        if deed.hinge.word in _PROVIDED:
            return "promise"
        return "offer" if deed.hinge.wished else act
    return act


def _deed_of_others(act: str, deed: _Deed) -> str:
    """What it does to say what is going to be done by or to others."""
    befalls = _befalls_whoever(deed) or _is_to_regret(deed)
    if not deed.negative and not deed.attitude and befalls:
        return "threaten"
    active = deed.tree.child(deed.verb, "nsubj") is not None
    forced = deed.hinge.word == "unless" and deed.hinge.doer == "other"
    if forced and active and act == "assert" and deed.effect == "harm" and not deed.attitude:
        return "threaten"
    if act == "assert" and _spares(deed):
        return "promise"
    if act == "assert" and deed.negative and not deed.attitude:
        return _ruled_out(deed) or act
    return act


def _ruled_out(deed: _Deed) -> str | None:
    """ "She would not be bullied" refuses, "there will be no layoffs" promises; None for neither."""
    tree, words = deed.tree, words_of_acts()
    if deed.lemma in words["cowing_verbs"] and tree.child(deed.verb, "nsubjpass") is not None:
        return "refuse"
    thing = tree.child(deed.verb, "attr", "nsubj")
    if deed.lemma != "be" or thing is None or tree.child(deed.verb, "expl") is None:
        return None
    if tree.lemmas[thing] in words["feared_things"]:
        return "promise"
    return "refuse" if tree.lemmas[thing] in words["wanted_things"] else None


def _befalls(deed: _Deed) -> bool:
    """Whether those who are spoken to are told what is going to befall them."""
    if suffers(deed.tree, deed.verb, deed.tokens):
        return True
    subject = deed.tree.child(deed.verb, "nsubjpass")
    if subject is not None and deed.lemma in ("answer", "punish", "avenge", "meet"):
        return True
    return (
        subject is not None
        and deed.tree.pos[subject] == "PRON"
        and deed.tree.child(deed.verb, "agent") is None
        and deed.lemma in words_of_acts()["harm_verbs"] | words_of_acts()["punish_verbs"]
    )


def _is_punished_if(deed: _Deed) -> bool:
    """ "It would be fined if it missed the deadline": a punishment that one can avert."""
    tree, verb = deed.tree, deed.verb
    if deed.hinge.word not in ("if", "unless") or deed.hinge.doer not in ("other", "self"):
        return False
    loser = tree.child(verb, "nsubj")
    if loser is not None and tree.pos[loser] == "PRON":
        # "told him that he would lose his seat if he spoke"
        oneself = tree.words[loser].lower() in ("i", "we") and deed.own
        return deed.told and not oneself and deed.lemma in ("lose", "forfeit", "face")
    return (
        tree.child(verb, "nsubjpass") is not None
        and tree.child(verb, "agent") is None
        and deed.lemma in words_of_acts()["punish_verbs"]
    )


def _is_to_regret(deed: _Deed) -> bool:
    """ "You will regret this", "they will pay for it"."""
    subject = deed.tree.child(deed.verb, "nsubj")
    hearers = subject is not None and deed.tree.words[subject].lower() in ("you", "they")
    return hearers and (
        deed.lemma == "regret"
        or (
            deed.lemma == "pay"
            and deed.tree.child(deed.verb, "dobj") is None
            and any(deed.tree.words[c] == "for" for c in deed.tree.children[deed.verb])
        )
    )


def _no_choice(deed: _Deed) -> bool:
    """ "Would have no choice but to close the plant"."""
    tree, words = deed.tree, words_of_acts()
    noun = tree.child(deed.verb, "dobj")
    if deed.lemma != "have" or noun is None:
        return False
    return tree.lemmas[noun] in ("choice", "option", "alternative") and any(
        tree.lemmas[t] in words["harm_verbs"] and tree.pos[t] == "VERB" and t > noun
        for t in deed.tokens
    )


def _befalls_whoever(deed: _Deed) -> bool:
    """ "Anyone who enters will be turned back": what whoever does something is going to suffer."""
    tree, verb, words = deed.tree, deed.verb, words_of_acts()
    subject = tree.child(verb, "nsubjpass", "nsubj")
    if subject is None:
        return False
    word = tree.words[subject].lower()
    whoever = word in ("anyone", "anybody", "whoever", "those", "everyone") or any(
        tree.words[c].lower() == "any" for c in tree.children[subject]
    )
    named = tree.child(subject, "relcl", "acl", "prep") is not None or word == "whoever"
    if not whoever or not named:
        return False
    passive = tree.child(verb, "nsubjpass") is not None
    return (
        (passive and deed.lemma in words["harm_verbs"] | words["punish_verbs"])
        or (not passive and deed.lemma in words["loss_verbs"])
        or (deed.lemma == "hear" and any(tree.words[c] == "from" for c in tree.children[verb]))
    )


_REQUESTED = ("infinitive", "object_clause", "for", "object", "for_owned", "of_owned")
"""Uses of "ask" and "request" by which a deed or a thing is asked for, not an answer."""
_PROVIDED = frozenset(("provided", "providing", "as long", "so long"))
"""First words of conditions that only limit what is done anyway: "as long as", "provided that"."""
_STATES = frozenset(
    """be have know want need like seem remain stay feel think believe expect hope understand exist
    become mean matter last face suffer see get""".split()
)
"""Verbs that no deed is done by."""


def _spares(deed: _Deed) -> bool:
    """ "Nobody would be laid off": what harms is to befall nobody."""
    tree, verb = deed.tree, deed.verb
    subject = tree.child(verb, "nsubjpass", "nsubj")
    if subject is None:
        return False
    nobody = tree.words[subject].lower() in ("nobody", "none") or any(
        tree.words[c].lower() in ("no", "not") and c < subject for c in tree.children[subject]
    )
    losing = deed.lemma in ("lose", "suffer")
    harmed = tree.child(verb, "nsubjpass") is not None or losing
    return nobody and harmed and (deed.effect == "harm" or losing or deed.lemma == "send")


def _is_granted(deed: _Deed) -> bool:
    """ "Every family will be compensated", "they will get their money back", "it will not happen again":
    what is good for others, or will not befall them, told as certain and of no agent but the speaker."""
    tree, verb = deed.tree, deed.verb
    if deed.hinge.kind in ("event", "alternative") or deed.hinge.feared:
        return False
    if deed.negative:
        return deed.lemma in ("happen", "occur", "repeat") and any(
            tree.words[t].lower() == "again" for t in deed.tokens
        )
    if tree.child(verb, "nsubjpass") is not None:
        return tree.child(verb, "agent") is None and (
            deed.lemma in words_of_acts()["granting_verbs"]
        )
    subject = tree.child(verb, "nsubj")
    if subject is None or deed.lemma not in ("get", "receive", "have"):
        return False
    given = tree.child(verb, "dobj")
    return given is not None and tree.lemmas[given] in words_of_acts()["granted_things"]


def _is_deed(deed: _Deed) -> bool:
    return deed.lemma not in _STATES


def _rather(deed: _Deed) -> bool:
    """ "Would resign rather than sign", "would rather resign": not what is asked for."""
    tree = deed.tree
    return any(
        tree.words[t].lower() == "rather" and (tree.heads[t] == deed.verb or t > deed.verb)
        for t in deed.tokens
    )


def _not_done(act: str, deed: _Deed) -> str:
    """What it does to say that one will not do something oneself."""
    if lapses(deed.tree, deed.verb):
        return "threaten"
    if act != "assert" or not _is_deed(deed):
        return act
    if deed.lemma in words_of_acts()["steadfast_verbs"] or _lets_down(deed):
        return "promise"
    traded = deed.hinge.word == "if" and deed.hinge.doer == "other" and not deed.hinge.feared
    wished = deed.hinge.wished and deed.hinge.word != "unless"
    if deed.effect == "harm" or traded or wished:
        return "promise" if deed.hinge.word not in _UNTIL else "refuse"
    return "refuse"


def _lets_down(deed: _Deed) -> bool:
    return deed.lemma == "let" and any(
        deed.tree.words[c].lower() == "down" for c in deed.tree.children[deed.verb]
    )


_UNTIL = ("until", "till", "before", "without")


def _not_doing(deed: _Deed) -> str:
    """What it does to say what one does not do or can do: "we do not deal with thieves"."""
    tree, verb, words = deed.tree, deed.verb, words_of_acts()
    if deed.modality == "possible":
        if deed.negative:
            thing = tree.child(verb, "dobj")
            asked = thing is not None and tree.lemmas[thing] in words["asked_things"]
            return "refuse" if asked or deed.lemma in words["consent_verbs"] else "assert"
        helps = deed.effect == "help" or deed.lemma == "send"
        return "offer" if helps and deed.hinge.word in ("if", "should") else "assert"
    if deed.modality != "asserted" or not deed.negative:
        reserved = deed.lemma == "reserve" and deed.effect == "harm"
        return "threaten" if reserved else "assert"
    now = tree.tags[verb] == "VBG" and tree.child(verb, "aux") is not None
    if now and deed.effect != "harm" and deed.lemma not in words["blame_verbs"]:
        return "refuse" if _is_deed(deed) and deed.lemma not in words["inner_verbs"] else "assert"
    if now:
        return "deny"
    # "did not recognise the court" is a reported "do not"
    present = tree.tags[verb] in ("VB", "VBP", "VBZ") and (
        deed.lemma in words["recognition_verbs"]
        or not any(tree.tags[c] == "VBD" for c in tree.all(verb, "aux"))
    )
    return "refuse" if present and deed.lemma in words["consent_verbs"] else "assert"


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


def _is_would(tree: Tree, verb: int) -> bool:
    return any(tree.words[c].lower() in ("would", "'d", "’d") for c in tree.all(verb, "aux"))


def emits_when_negated(cue: Cue, take: str) -> bool:
    """Whether a denied cue still tells what its subject holds ("does not believe", "did not agree").

    "Did not say that ..." and "did not threaten to ..." tell of no statement.
    """
    return cue.attitude or cue.act_of(take) in ("agree", "praise") or cue.kind == "adjective"

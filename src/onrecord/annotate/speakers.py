"""Who speaks: the noun phrase of a cue, found by the stored parse."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.datelines import told_from
from onrecord.annotate.mention_words import words as mention_words
from onrecord.text.tree import Tree

_CLAUSES = ("relcl", "acl", "advcl", "ccomp", "parataxis")
_LONGEST = 40
"""A subject of more tokens than this is cut before its first clause: by then a parse error is likelier."""


_LONG_ASIDE = 14
"""A relative clause set off by a comma and longer than this many tokens is no part of the name."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head token; `whole` with all that hangs on it, `tokens` without a long
    added clause (", who ..."), `core` without any clause or apposition."""

    head: int
    tokens: tuple[int, ...]
    core: tuple[int, ...]
    whole: tuple[int, ...]


def phrase(tree: Tree, head: int, *, without: frozenset[int] = frozenset()) -> Phrase:
    """The noun phrase of a head token, in one piece, without what stands in `without`."""
    low = high = head
    inside = set(tree.subtree(head)) - without
    start = told_from(tree)
    if head >= start:
        inside -= set(range(start))
    inside = _cut(tree, head, inside)
    while low - 1 in inside:
        low -= 1
    while high + 1 in inside:
        high += 1
    if high - low > _LONGEST:
        for child in tree.children[head]:
            if child > head and tree.deps[child] in _CLAUSES:
                high = min(high, min(tree.subtree(child)) - 1)
    high = max(high, head)
    whole = _trim(tree, tuple(range(low, high + 1)), head)
    shown = set(whole)
    for child in tree.children[head]:
        if tree.deps[child] in ("relcl", "acl", "advcl") and child > head:
            opening = min(tree.subtree(child))
            if (
                opening - 1 in shown
                and tree.words[opening - 1] == ","
                and high - opening > _LONG_ASIDE
            ):
                shown -= set(range(opening, high + 1))
    tokens = _trim(tree, tuple(sorted(shown)), head)
    core = set(tokens)
    for child in tree.children[head]:
        if tree.deps[child] in (*_CLAUSES, "appos") and child > head:
            core -= set(range(min(tree.subtree(child)), high + 1))
    return Phrase(head, tokens, _trim(tree, tuple(sorted(core)), head), whole)


def _cut(tree: Tree, head: int, inside: set[int]) -> set[int]:
    """Leaves out what the parser hangs on a noun across a quotation mark or a dash before it."""
    marks = [t for t in inside if tree.words[t] in ('"', "“", "”") and t < head]
    if marks:
        inside = {t for t in inside if t > max(marks)}
    return inside


def _trim(tree: Tree, tokens: tuple[int, ...], head: int) -> tuple[int, ...]:
    # a clause behind the head may have tokens before it, so that nothing at all is left
    low, high = min((head, *tokens)), max((head, *tokens))
    while low < head and (
        tree.deps[low] == "punct"
        or tree.deps[low] in ("cc", "preconj", "mark")
        or tree.pos[low] == "ADV"
    ):
        low += 1
    while high > head and tree.pos[high] == "PUNCT" and tree.words[high] not in (")",):
        high -= 1
    return tuple(range(low, high + 1))


def _behind(tree: Tree, verb: int, own: int | None) -> int | None:
    """A subject, or who stands behind the dateline if the parse took its town for one."""
    start = told_from(tree)
    if own is None or own >= start:
        return own
    heads = (
        i
        for i in range(start, verb)
        if tree.pos[i] in ("NOUN", "PROPN", "PRON")
        and tree.heads[i] in (own, verb, *tree.children[own])
        and not (tree.deps[i] in _PART_OF_NAME and tree.heads[i] > i)
    )
    return next(heads, own)


_PART_OF_NAME = ("compound", "nmod", "poss", "amod", "det")


def subject(tree: Tree, verb: int) -> int | None:
    """The head of a verb's logical subject, over control and coordination; None if it has none.

    Passives have their agent, or None.
    """
    seen = set()
    passive = _passive(tree, verb)
    if passive:
        return agent(tree, verb)
    while verb not in seen:
        seen.add(verb)
        own = _behind(tree, verb, next((s for s in tree.all(verb, "nsubj", "csubj")), None))
        if own is None and _passive(tree, verb) and len(seen) > 1:
            own = tree.child(verb, "nsubjpass")
        if own is not None:
            return own
        head, dep = tree.heads[verb], tree.deps[verb]
        if head == verb:
            return None
        if dep in ("acl",) and tree.pos[head] in ("NOUN", "PROPN", "PRON"):
            if tree.tags[verb] == "VBN":
                return None
            if tree.tags[verb] == "VB":
                # "a meeting to discuss", "in order to say": not the noun speaks, but who acts
                above = next(
                    (a for a in tree.ancestors(head) if tree.pos[a] in ("VERB", "AUX")), None
                )
                if above is None:
                    return owner(tree, head)
                verb = above
                continue
            return _holder(tree, head)
        if (
            dep == "relcl"
            and tree.tags[verb] in ("VBG", "VB")
            and tree.pos[head] in ("NOUN", "PROPN", "PRON")
        ):
            return _holder(tree, head)
        if dep == "xcomp" or (dep == "ccomp" and tree.tags[verb] in ("VB", "VBG")):
            # object control: "asked him to admit"
            person = tree.child(head, "dobj", "dative")
            if (
                person is not None
                and person < verb
                and tree.lemmas[head] not in ("promise", "make")
            ):
                return person
            verb = head
            continue
        if dep == "pcomp":
            above = next((a for a in tree.ancestors(head) if tree.pos[a] in ("VERB", "AUX")), None)
            if above is None:
                return None
            if tree.words[head].lower() == "as" and tree.lemmas[above] in ("quote", "cite"):
                # "the agency quoted him as saying"
                whom = tree.child(above, "nsubjpass", "dobj")
                if whom is not None:
                    return whom
            if tree.words[head].lower() in ("of", "for", "from"):
                # "criticised him for saying", "was accused of saying"
                whom = tree.child(above, "nsubjpass", "dobj")
                if whom is not None and whom < verb and speaks(tree, whom):
                    return whom
            verb = above
            own = tree.child(verb, "nsubjpass")
            if own is not None:
                return own
            continue
        if dep in ("conj", "advcl", "ccomp", "parataxis", "dep") and (
            dep != "ccomp" or tree.tags[verb] == "VBG"
        ):
            if tree.pos[head] not in ("VERB", "AUX"):
                return head if tree.pos[head] in ("PROPN",) and dep == "advcl" else None
            verb = head
            continue
        return None
    return None


def _holder(tree: Tree, noun: int) -> int | None:
    """Whoever a participle behind a noun speaks for: the noun itself, or who gave a document out."""
    if tree.lemmas[noun] not in lexicon().documents:
        return noun
    by = owner(tree, noun)
    if by is not None:
        return by
    for above in tree.ancestors(noun):
        if tree.pos[above] in ("VERB", "AUX"):
            if tree.lemmas[above] in lexicon().support:
                issuer = subject(tree, above)
                return noun if issuer is None else issuer
            break
    return noun


_PERSON_ENDINGS = (
    "er",
    "or",
    "ist",
    "man",
    "men",
    "woman",
    "women",
    "ian",
    "ant",
    "ee",
    "person",
    "eer",
    "leader",
)


def speaks(tree: Tree, head: int) -> bool:
    """Whether a noun names somebody or some body that can say, think or want something."""
    pos, word = tree.pos[head], tree.words[head].lower()
    if pos == "PRON":
        return word not in ("it", "this", "that", "these", "those", "which", "what", "there")
    if pos == "PROPN":
        return not tree.ents[head].endswith(("DATE", "TIME", "LAW", "PRODUCT", "LOC"))
    if tree.ents[head].endswith(("PERSON", "ORG", "GPE", "NORP")):
        return True
    lemma = tree.lemmas[head]
    words = lexicon()
    return (
        lemma in words.speaking
        or word in words.speaking
        or lemma in mention_words().people
        or lemma in mention_words().groups
        or lemma.endswith(_PERSON_ENDINGS)
        or word.isdigit()
        or pos in ("NUM", "ADJ", "DET")
    )


def _passive(tree: Tree, verb: int) -> bool:
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if tree.tags[verb] != "VBN":
        return False
    # "Asked about it, she ...", "the deal denounced by him": participles without "have"
    return tree.child(verb, "agent") is not None or (
        tree.deps[verb] in ("advcl", "acl") and tree.child(verb, "aux") is None
    )


def antecedent(tree: Tree, pronoun: int) -> int | None:
    """What "who" or "which" stands for: the noun its relative clause hangs on; None for other words."""
    if tree.words[pronoun].lower() not in ("who", "which", "that", "whom"):
        return None
    for above in tree.ancestors(pronoun):
        if tree.deps[above] == "relcl":
            return tree.heads[above]
    return None


def apposition(tree: Tree, made: Phrase) -> Phrase | None:
    """The name set off behind a role: Ana Dorva in "the port's director, Ana Dorva"; None without one."""
    if not tree.words[made.head][:1].islower():
        return None
    for t in made.whole:
        if tree.pos[t] != "PROPN" or tree.deps[t] != "appos":
            continue
        low = min(tree.subtree(t))
        if (
            low - 1 > made.head
            and tree.words[low - 1] == ","
            and (tree.heads[t] == made.head or low - 2 == made.head)
            and all(tree.pos[i] == "PROPN" for i in range(low, t))
        ):
            return phrase(tree, t)
    return None


def is_joint(tree: Tree, head: int) -> bool:
    """Whether several are named together: "Norland and Vesk"."""
    return any(
        tree.pos[c] in ("NOUN", "PROPN", "PRON") and tree.ents[c] != "I-" + tree.ents[head][2:]
        for c in tree.all(head, "conj")
    )


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is in the passive voice."""
    return _passive(tree, verb)


def agent(tree: Tree, verb: int) -> int | None:
    """The head of the "by" phrase of a passive, or None."""
    by = tree.child(verb, "agent")
    if by is None:
        by = next((c for c in tree.all(verb, "prep") if tree.words[c].lower() == "by"), None)
    return None if by is None else tree.child(by, "pobj")


def owner(tree: Tree, noun: int) -> int | None:
    """Whose a noun is: "X's promise", "a promise by X", "a threat from X"; None if it says not."""
    own = tree.child(noun, "poss")
    if own is not None:
        return own
    for prep in tree.all(noun, "prep", "agent"):
        if tree.words[prep].lower() in ("by", "from"):
            return tree.child(prep, "pobj")
    return None


def speaker(tree: Tree, cue: Cue) -> Phrase | None:
    """The speaker's noun phrase, or None where the sentence names none."""
    head: int | None = None
    if cue.kind == "according":
        to = cue.tokens[1]
        head = tree.child(to, "pobj", "pcomp") or next(
            (
                c
                for c in tree.children[cue.head]
                if c > to and tree.pos[c] in ("NOUN", "PROPN", "PRON")
            ),
            None,
        )
    elif cue.kind == "view":
        head = tree.child(cue.head, "poss")
        if head is None:
            of = next(
                (c for c in tree.all(cue.head, "prep") if tree.words[c].lower() == "of"), None
            )
            head = None if of is None else tree.child(of, "pobj")
    elif cue.kind == "noun":
        head = owner(tree, cue.head)
        if cue.verb is not None and (head is None or tree.pos[head] == "PRON"):
            carrier = subject(tree, cue.verb)
            head = head if carrier is None else carrier
    elif cue.verb is not None:
        head = subject(tree, cue.verb)
    if head is None or (tree.words[head].lower() in ("there", "it") and tree.deps[head] == "expl"):
        return None
    if tree.pos[head] in ("VERB", "AUX", "ADV", "PUNCT", "ADP"):
        return None
    without = frozenset(cue.tokens) | frozenset(
        tree.subtree(cue.head) if cue.head in tree.subtree(head) and cue.kind != "noun" else ()
    )
    return phrase(tree, head, without=without - {head})

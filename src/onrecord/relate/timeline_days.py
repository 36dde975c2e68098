"""Which day a sentence is told of, and as what: by the clause that a time expression stands in.

A day in a relative clause, in an aside or on a noun ("ahead of Sunday's vote") dates that, not what
the sentence tells. Tense says whether the clause tells something as done, to come, or not so.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.text.tree import Tree

DONE, TO_COME, DENIED = "done", "to come", "denied"
"""What a telling tells its day's event as."""

GROUP = {
    "happened": DONE,
    "ongoing": DONE,
    "denied": DENIED,
    "planned": TO_COME,
    "conditional": TO_COME,
    "threatened": TO_COME,
}
"""An event's status -> what tellings of one entry share."""

_APART = frozenset("ahead before until till since after prior".split())
"""Prepositions behind which a day is not the sentence's own: talks ahead of Sunday's vote."""

_BOUNDS = frozenset({"by", "than"})
"""Prepositions that set a day apart only if it is theirs: by Sunday, not by train on Sunday."""

SPEECH = frozenset(
    "say add tell note explain stress claim argue insist state declare think report confirm".split()
)
"""Verbs whose own tense tells only that something was said."""

_FUTURE = frozenset({"will", "'ll", "wo", "shall", "would", "'d", "may", "might", "could", "can"})
_AIMED = frozenset("be set due slate schedule plan arrange fix".split())
_OCCASION = frozenset({"at", "during", "in", "on", "address"})


def _verb(tree: Tree, i: int) -> bool:
    return tree.pos[i] in ("VERB", "AUX")


def _clause(tree: Tree, tokens: Iterable[int]) -> tuple[int, tuple[int, ...]]:
    """(the nearest verb at or above tokens, or the root; the tokens on the way to it)."""
    inside = set(tokens)
    at = next((t for t in sorted(inside) if tree.heads[t] not in inside), min(inside))
    way = [at]
    while tree.heads[at] != at:
        at = tree.heads[at]
        if _verb(tree, at):
            return at, tuple(way)
        way.append(at)
    return at, tuple(way)


def main_verbs(tree: Tree) -> frozenset[int]:
    """The verbs that tell what a sentence tells: its roots, what a verb of saying there reports, what
    these verbs govern without a subject of its own, and what is conjoined with them."""
    found = set(tree.roots)
    todo = list(found)
    while todo:
        i = todo.pop()
        for c in tree.children[i]:
            if not _verb(tree, c) or c in found:
                continue
            bare = tree.tags[c] in ("VBG", "VBN") and tree.child(c, "mark", "nsubj") is None
            if tree.deps[c] in ("ccomp", "conj", "xcomp", "parataxis") or (
                tree.deps[c] == "advcl" and bare
            ):
                found.add(c)
                todo.append(c)
    return frozenset(found)


def is_own_day(tree: Tree, low: int, high: int, ahead: bool) -> bool:
    """Whether the time expression at version offsets [low, high) is when the sentence's main clause is.

    `ahead`: the day lies after the report, so that on a noun it is that noun's alone. The words
    before it are read as well: in "talks ahead of the vote on Sunday" the parse hangs Sunday on
    either, the order of the words does not change.
    """
    tokens = tree.tokens_in(low, high)
    if not tokens or not _own_by_words(tree, tokens[0]):
        return False
    verb, way = _clause(tree, tokens)
    if any(tree.deps[t] in ("relcl", "acl", "appos") for t in way[1:]):
        return False
    if verb not in main_verbs(tree):
        return False
    noun = next((t for t in way if t not in tokens and tree.pos[t] in ("NOUN", "PROPN")), None)
    inside = noun is not None and tokens[0] < noun and tree.deps[way[0]] != "npadvmod"
    if noun is None or not inside or tree.deps[noun] in ("nsubj", "nsubjpass"):
        return True
    return not ahead and tree.lemmas[tree.heads[noun]] in _OCCASION


def _own_by_words(tree: Tree, first: int) -> bool:
    for i in range(first - 1, -1, -1):
        word = tree.words[i].lower()
        near = all(tree.pos[j] != "ADP" for j in range(i + 1, first))
        if word in _APART or (word in _BOUNDS and near):
            return False
        if word == "for" and i == first - 1 and _aims(tree, i):
            return False
        if word == "," or _verb(tree, i):
            return True
    return True


def _aims(tree: Tree, i: int) -> bool:
    """Whether a `for` names the day of what is arranged ("called a vote for Sunday"), not of arranging
    it. Where nothing stands between ("is set for Sunday"), the day is what is told."""
    verb = next((j for j in reversed(range(i)) if tree.pos[j] == "VERB"), None)
    return verb is not None and (verb < i - 1 or tree.lemmas[verb] not in _AIMED)


def told_as(tree: Tree, tokens: tuple[int, ...], lies: int | None) -> str:
    """What the clause of a time expression tells by its tense; of a verb of saying, what it reports.

    `lies`: negative for a day before the report's own, 0 for that day, positive after it, None where
    that is not known. The plain present tells of a past day what was, else what is arranged; a state
    is on the report's own day as well.
    """
    verb = _clause(tree, tokens)[0] if tokens else next(iter(tree.roots), 0)
    if tree.lemmas[verb] in SPEECH:
        said = tree.child(verb, "ccomp")
        aux = tree.all(said, "aux") if said is not None else ()
        ahead = any(tree.words[a].lower() in _FUTURE for a in aux)
        if ahead and not any(tree.words[a].lower() == "have" for a in aux):
            return TO_COME
    seen = {verb}
    while True:
        low = [tree.words[a].lower() for a in tree.all(verb, "aux", "auxpass")]
        if tree.child(verb, "neg") is not None:
            return TO_COME if set(low) & _FUTURE else DENIED
        if set(low) & _FUTURE and "have" not in low:
            return TO_COME
        if {"was", "were", "did", "had"} & set(low) and "to" not in low:
            return DONE
        tag = tree.tags[verb]
        if tag == "VBD" or (tag == "VBN" and {"has", "have"} & set(low)):
            return DONE
        above = tree.heads[verb]
        if tag in ("VB", "VBG", "VBN") and above not in seen and _verb(tree, above):
            if tree.lemmas[above] == "be" and tree.deps[verb] == "xcomp" and "to" in low:
                return TO_COME
            seen.add(above)
            verb = above
            continue
        state = lies == 0 and tree.lemmas[verb] in ("be", "have", "remain")
        return DONE if state or (lies is not None and lies < 0) else TO_COME


def narrates(tree: Tree) -> bool:
    """Whether a sentence's main verb is in a past or perfect tense, neither negated nor modal: for what
    happens without anybody doing it, such as an earthquake. "Have begun to" tells how things stand."""
    for i in tree.roots:
        if not _verb(tree, i):
            continue
        if tree.lemmas[i] in SPEECH:
            return False
        below = tree.children[i]
        if any(tree.deps[j] == "neg" or tree.tags[j] in ("MD", "TO") for j in below):
            return False
        auxes = {tree.words[j].lower() for j in below}
        if tree.tags[i] == "VBD" or auxes & {"had", "was", "were"}:
            return True
        return bool(auxes & {"has", "have"}) and tree.child(i, "xcomp") is None
    return False


def tells_main(tree: Tree, low: int, high: int) -> bool:
    """Whether the clause at version offsets [low, high) holds a main verb, one that does not only say."""
    starts = tree.sentence.starts
    return any(low <= starts[i] < high and tree.lemmas[i] not in SPEECH for i in main_verbs(tree))


def denies(tree: Tree) -> bool:
    """Whether the main clause, or the one that it reports, is negated."""
    heads = {h for r in tree.roots for h in (r, *tree.all(r, "ccomp"))}
    return any(d == "neg" and tree.heads[i] in heads for i, d in enumerate(tree.deps))


def acts_of(tree: Tree) -> frozenset[str]:
    """Lemmas of the verbs that tell what the sentence tells, without those that only say so."""
    verbs = {tree.lemmas[i] for i in main_verbs(tree) if tree.pos[i] == "VERB"}
    return frozenset(verbs - SPEECH) or frozenset(verbs)


def figures_of(tree: Tree) -> frozenset[tuple[str, str]]:
    """(what is counted, its number) of a sentence; numbers of days and times are not counted things."""
    return frozenset(
        (tree.lemmas[tree.heads[i]], tree.words[i].lower())
        for i, tag in enumerate(tree.tags)
        if tag == "CD" and tree.deps[i] == "nummod" and tree.ents[i][2:] not in ("DATE", "TIME")
    )


def people_of(tree: Tree) -> frozenset[str]:
    """Last words of the persons a sentence names."""
    return frozenset(
        word
        for i, word in enumerate(tree.words)
        if tree.ents[i][2:] == "PERSON"
        and tree.pos[i] == "PROPN"
        and not (
            i + 1 < len(tree) and tree.ents[i + 1] == "I-PERSON" and tree.pos[i + 1] == "PROPN"
        )
    )


def doer_of(tree: Tree) -> frozenset[str]:
    """The names among the subjects of what a sentence tells, and what stands conjoined with them."""
    found: set[str] = set()
    for i in main_verbs(tree):
        if tree.lemmas[i] in SPEECH:
            continue
        for s in tree.all(i, "nsubj", "nsubjpass"):
            found.update(
                tree.lemmas[t] for t in (s, *tree.all(s, "conj")) if tree.pos[t] == "PROPN"
            )
    return frozenset(found)


def about_itself(tree: Tree) -> bool:
    """Whether a line is about the report that prints it: This article has been corrected."""
    nouns = {"report", "article", "story", "page", "post", "version", "copy"}
    return any(
        tree.lemmas[s] in nouns and any(tree.words[c].lower() == "this" for c in tree.children[s])
        for r in tree.roots
        for s in tree.all(r, "nsubj", "nsubjpass")
    )

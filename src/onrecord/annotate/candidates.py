"""Statements the word list does not name: every verb, noun and adjective with something that could be
what is said or thought, each drawn by the parse alone. The tagger decides which of them are statements.

A head has several readings ("supports the plan of the council": the object alone, or all that follows);
at most one of them becomes a statement.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from onrecord.annotate.clauses import clause_form
from onrecord.annotate.cues import Cue, Entry, lexicon, verb_group
from onrecord.annotate.drafts import Draft, Text
from onrecord.annotate.quotation import Range
from onrecord.annotate.ranges import close_quotations, tidy
from onrecord.annotate.speakers import Phrase, is_passive, speaker
from onrecord.text.tree import Tree

_CLAUSES = ("ccomp", "xcomp")
_OBJECTS = ("dobj", "attr", "oprd")
_BEHIND = ("prep", "dobj", "oprd", "acomp", "xcomp", "ccomp", "dative", "advmod", "npadvmod")
"""Relations of what goes on with an object: "endorsed her for mayor", "urged them to stay"."""
_LIGHT = ("be", "become", "remain", "feel", "seem", "sound", "look", "get")
_NO_CUE = ("be", "have", "do", "will", "would", "can", "could", "may", "might", "must", "shall")
_SHORTEST = 2
"""Letters of a content, at least."""


def candidates(text: Text, tree: Tree, taken: Container[int]) -> Iterator[Draft]:
    """All readings of the heads that are not `taken`, head by head in order of the text."""
    for i in range(len(tree)):
        if i in taken:
            continue
        pos = tree.pos[i]
        if pos == "VERB" or (pos == "AUX" and tree.lemmas[i] not in _NO_CUE):
            yield from _of_verb(text, tree, i)
        elif pos == "NOUN":
            yield from _of_noun(text, tree, i)
        elif pos == "ADJ" and tree.deps[i] in ("acomp", "conj") and tree.children[i]:
            yield from _of_adjective(text, tree, i)


_SITES = frozenset(
    """village town city bridge port harbour harbor ship boat house building camp base convoy position
    post depot airfield airport station church school hospital market border line road tower wall
    video page browser file""".split()
)
"""Things that are attacked, defended or supported with hands: no content of what is said or thought."""


def is_no_saying(draft: Draft) -> bool:
    """Whether a reading can be no statement, whatever the tagger makes of its words: a deed done to a
    thing ("attacked the village"), a saying that there was none of ("Nobody asked us"). The tagger is
    trained without this, so that its weights do not hang on it."""
    tree, cue = draft.tree, draft.cue
    if cue is None or cue.verb is None:
        return False
    subject = tree.child(cue.verb, "nsubj")
    if subject is not None and tree.words[subject].lower() in ("nobody", "none", "nothing"):
        return True
    done_to = tree.child(cue.head, "dobj")
    return (
        draft.take.startswith("object")
        and done_to is not None
        and tree.lemmas[done_to].lower() in _SITES
    )


def _entry(tree: Tree, i: int, take: str) -> tuple[Entry, ...]:
    """One use of a word: its act is that of its first use in the word list, else a plain assertion."""
    words = lexicon()
    known = {"VERB": words.verbs, "NOUN": words.nouns}.get(tree.pos[i], {}).get(tree.lemmas[i], ())
    act = known[0].act if known else "assert"
    return (Entry(act, frozenset((take,)), attitude=bool(known) and known[0].attitude),)


def _made(
    text: Text, tree: Tree, cue: Cue, who: Phrase | None, take: str, low: int, high: int
) -> Iterator[Draft]:
    """The draft of a reading whose content is the tokens from `low` to `high`, if anything is left."""
    starts, ends = tree.sentence.starts, tree.sentence.ends
    if high < low:
        return
    own = (starts[min(cue.tokens)], ends[max(cue.tokens)])
    quoted = text.quoted
    inside = quoted.at(starts[cue.head])
    ranges: tuple[Range, ...] = ((starts[low], ends[high]),)
    if inside is None:
        ranges = close_quotations(quoted, ranges, (own,))
    else:
        ranges = tuple(tidy(quoted.text, list(ranges)))
    if not ranges or sum(b - a for a, b in ranges) < _SHORTEST:
        return
    yield Draft(tree, cue, who, tree, ranges, take, low, own)


def _stop(tree: Tree, verb: int) -> int:
    """The first token behind a verb that belongs to a verb coordinated with it."""
    for child in tree.all(verb, "conj"):
        if child > verb and tree.pos[child] in ("VERB", "AUX"):
            low = min((t for t in tree.subtree(child) if t > verb), default=child)
            while low - 1 > verb and (tree.deps[low - 1] == "cc" or tree.words[low - 1] == ","):
                low -= 1
            return low
    return len(tree)


def _of_verb(text: Text, tree: Tree, i: int) -> Iterator[Draft]:
    group = verb_group(tree, i)
    plain = Cue("verb", i, i, group, _entry(tree, i, "object"))
    passive = is_passive(tree, i)
    stop = _stop(tree, i)
    right = [c for c in tree.children[i] if max(group) < c < stop]
    who: Phrase | None = None
    known = False
    for child in right:
        dep = tree.deps[child]
        if dep not in (*_CLAUSES, *_OBJECTS, "prep", "acomp", "agent"):
            continue
        if not known:
            who, known = speaker(tree, plain), True
        below = [t for t in tree.subtree(child) if max(group) < t < stop]
        if not below:
            continue
        low, high = min(below), max(below)
        if dep in _CLAUSES:
            take = clause_form(tree, child)
            if take == "object_clause":
                low = min(low, child)
            whom = tree.child(i, "dobj")
            if take == "infinitive" and whom is not None and i < whom < child:
                low = min(t for t in tree.subtree(whom) if t > i)
                take = "object_clause"
            cue = Cue("verb", i, i, group, _entry(tree, i, take))
            yield from _made(text, tree, cue, who, take, low, high)
        elif dep in _OBJECTS:
            if tree.ents[child].endswith(("DATE", "TIME")) and not passive:
                continue
            cue = Cue("verb", i, i, group, _entry(tree, i, "object"))
            yield from _made(text, tree, cue, who, "object", low, high)
            end = high
            for other in right:
                if other > child and tree.deps[other] in _BEHIND:
                    after = [t for t in tree.subtree(other) if t < stop]
                    if after and min(after) == end + 1:
                        end = max(after)
            if end > high:
                cue = Cue("verb", i, i, group, _entry(tree, i, "object_rest"))
                yield from _made(text, tree, cue, who, "object_rest", low, end)
        elif dep == "prep":
            inner = tree.child(child, "pobj", "pcomp")
            if inner is None or tree.ents[inner].endswith(("DATE", "TIME")):
                continue
            word = tree.words[child].lower()
            tokens = (*group, child) if child == max(group) + 1 else group
            cue = Cue("verb", i, i, tokens, _entry(tree, i, word))
            yield from _made(text, tree, cue, who, word, max(low, child + 1), high)
    if passive:
        subject = tree.child(i, "nsubjpass")
        if subject is None and tree.deps[i] == "acl" and tree.heads[i] < i:
            return
        if subject is not None and subject < i:
            if not known:
                who = speaker(tree, plain)
            below = [t for t in tree.subtree(subject) if t < min(group)] or [subject]
            cue = Cue("verb", i, i, group, _entry(tree, i, "object"))
            yield from _made(text, tree, cue, who, "subject", min(below), max(below))


def _of_noun(text: Text, tree: Tree, i: int) -> Iterator[Draft]:
    below = [
        c for c in tree.children[i] if c > i and tree.deps[c] in ("acl", "relcl", "ccomp", "prep")
    ]
    if not below:
        return
    verb = tree.heads[i] if tree.deps[i] == "dobj" and tree.heads[i] < i else None
    carried = verb is not None and tree.lemmas[verb] in lexicon().support
    tokens: tuple[int, ...] = (i,)
    if carried and verb is not None and i <= verb + 5:
        tokens = (*verb_group(tree, verb), *range(verb + 1, i + 1))
    bearer = verb if carried else None
    plain = Cue("noun", i, bearer, tokens, _entry(tree, i, "of"))
    who = speaker(tree, plain)
    for child in below:
        dep = tree.deps[child]
        inside = [t for t in tree.subtree(child) if t > i]
        low, high = min(inside), max(inside)
        if dep == "prep":
            word = tree.words[child].lower()
            inner = tree.child(child, "pobj", "pcomp")
            if inner is None or word in ("by", "from"):
                continue
            cue = Cue("noun", i, bearer, tokens, _entry(tree, i, word))
            yield from _made(text, tree, cue, who, word, max(low, child + 1), high)
            continue
        take = clause_form(tree, child)
        if take == "bare" or (dep == "relcl" and tree.words[low].lower() != "that"):
            continue
        cue = Cue("noun", i, bearer, tokens, _entry(tree, i, take))
        yield from _made(text, tree, cue, who, take, low, high)


def _of_adjective(text: Text, tree: Tree, i: int) -> Iterator[Draft]:
    verb = tree.heads[i] if tree.deps[i] == "acomp" else tree.heads[tree.heads[i]]
    if tree.lemmas[verb] not in _LIGHT:
        return
    tokens = (*verb_group(tree, verb), *range(verb + 1, i + 1)) if verb < i <= verb + 4 else (i,)
    plain = Cue("adjective", i, verb, tokens, _entry(tree, i, "clause"))
    who: Phrase | None = None
    known = False
    for child in tree.children[i]:
        if child < i or tree.deps[child] not in ("ccomp", "xcomp", "prep", "advcl"):
            continue
        if not known:
            who, known = speaker(tree, plain), True
        inside = [t for t in tree.subtree(child) if t > i]
        low, high = min(inside), max(inside)
        take = clause_form(tree, child)
        if tree.deps[child] == "prep":
            take = tree.words[child].lower()
            if tree.child(child, "pobj", "pcomp") is None:
                continue
            low = max(low, child + 1)
        cue = Cue("adjective", i, verb, tokens, _entry(tree, i, take))
        yield from _made(text, tree, cue, who, take, low, high)

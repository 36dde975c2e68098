"""Sentences -> EventCandidate: who did, plans, threatens or denies what to whom, sentence by sentence.

An act is told by a verb of the event lexicon, by a verb that carries an event noun ("launched an
attack", "called off the talks"), or by an event noun with both its sides ("Ostrel's raid on Marn").
What a sentence only demands, alleges or asks gives no candidate of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.event_conditions import negated
from onrecord.annotate.event_grammar import clause_tokens, is_verb, patients, prepositions
from onrecord.annotate.event_lexicon import (
    Act,
    is_phrase,
    load_lexicon,
    match_noun,
    match_turn,
    match_verb,
)
from onrecord.annotate.event_noun_status import read_noun_status
from onrecord.annotate.event_roles import Filler, Naming, holder, noun_roles, verb_roles
from onrecord.annotate.event_status import Reading, read_status
from onrecord.annotate.event_words import load_words
from onrecord.options import option
from onrecord.records import (
    DateCandidate,
    EventCandidate,
    Mention,
    PlaceRef,
    Sentence,
    StatementCandidate,
    Version,
)
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.ids import make_id
from onrecord.text.tree import Tree

_HEADLINE = frozenset({"title", "deck", "heading"})
_WHERE = ("in", "at", "near", "outside", "inside", "across", "around", "on")
_ABOUT_OTHERS = frozenset("condemn deny avoid prevent follow trigger face suffer come".split())
"""Verbs that carry an event noun whose act their subject need not have done."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the event_candidates stage."""

    longest_sentence: int = option(
        150, "A longer sentence is left out: its parse cannot be relied on", unit="tokens"
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """An act found in a sentence, before it becomes a record."""

    act: Act
    trigger: int
    verb: int
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]
    reading: Reading


def work(group: Group, options: Options, resources: Resources) -> Iterator[EventCandidate]:
    """All event candidates of one version, in order of the text."""
    version = group.one(Version)
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for mention in group.all(Mention):
        mentions[mention.sentence].append(mention)
    dates: dict[int, list[DateCandidate]] = defaultdict(list)
    for date in group.all(DateCandidate):
        dates[date.sentence].append(date)
    statements = group.all(StatementCandidate)
    for sentence in sorted(group.all(Sentence), key=lambda s: s.number):
        if len(sentence.starts) > options.longest_sentence:
            continue
        tree = Tree(version.text, sentence)
        naming = Naming(tree, mentions[sentence.number])
        headline = version.blocks[sentence.block].kind in _HEADLINE
        inside = _quoted_tokens(tree)
        for told in find(tree, naming, headline, inside):
            yield _record(version, sentence, tree, naming, told, dates[sentence.number], statements)


def _quoted_tokens(tree: Tree) -> frozenset[int]:
    """Tokens between double quotation marks of this sentence."""
    inside: set[int] = set()
    open_mark = False
    for i, word in enumerate(tree.words):
        if word in ('"', "“", "”", "``", "''"):
            open_mark = word in ("“", "``") or (word == '"' and not open_mark)
        elif open_mark:
            inside.add(i)
    return frozenset(inside)


def find(tree: Tree, naming: Naming, headline: bool, quoted: frozenset[int]) -> Iterator[_Told]:
    """Every act told in a sentence, in order of its triggers."""
    taken: set[int] = set()
    found: dict[int, _Told] = {}
    for i in range(len(tree)):
        if is_verb(tree, i):
            told = _by_verb(tree, naming, i, headline, i in quoted, taken)
            if told is not None:
                found[i] = told
    for i in range(len(tree)):
        if i not in taken and i not in found and tree.pos[i] == "NOUN":
            told = _by_noun(tree, naming, i, headline)
            if told is not None:
                found[i] = told
    for i in sorted(found):
        yield found[i]


def _by_verb(
    tree: Tree, naming: Naming, i: int, headline: bool, quoted: bool, taken: set[int]
) -> _Told | None:
    objects = patients(tree, i)
    act = match_turn(tree, i, objects) or match_verb(tree, i, objects)
    if act is None or not _meant(tree, i, act):
        return None
    if act.objects or act.kind == "YIELD":
        taken.update(
            o
            for o in objects
            if tree.lemmas[o] in act.objects or tree.lemmas[o] in load_lexicon().nouns
        )
    reading = read_status(tree, i, act.kind, headline=headline, speaker_speaks=quoted)
    if reading.status is None:
        return None
    actors, recipients = verb_roles(naming, i, act)
    return _Told(act, i, i, actors, recipients, reading)


def _meant(tree: Tree, i: int, act: Act) -> bool:
    """Whether a verb means its act here: to be met with anger is no meeting, to vow to defend or to warn
    of somebody else's attack is no threat."""
    lemma = tree.lemmas[i]
    if lemma == "meet":
        return tree.child(i, "nsubjpass", "auxpass") is None
    if act.kind != "THREATEN" or lemma not in ("vow", "warn"):
        return True
    below = tree.child(i, "xcomp", "ccomp")
    if below is None:
        return lemma == "warn"
    if lemma == "vow":
        told = match_verb(tree, below, patients(tree, below))
        return told is not None and told.kind in load_words().hostile and not negated(tree, below)
    own = tree.child(below, "nsubj", "nsubjpass")
    return own is None or tree.words[own].lower() in load_words().sets["pronouns"]


def _carrier(tree: Tree, noun: int) -> tuple[int | None, bool]:
    """(verb that tells the noun's act, whether its subject does it)."""
    lexicon = load_lexicon()
    head, dep = tree.heads[noun], tree.deps[noun]
    while dep == "conj":
        head, dep = tree.heads[head], tree.deps[head]
    if dep in ("dobj", "nsubjpass", "attr", "xcomp") and is_verb(tree, head):
        if is_phrase(tree, head, lexicon.light):
            return head, not (dep == "nsubjpass" and tree.child(head, "agent") is None)
        if dep == "nsubjpass" and is_phrase(tree, head, lexicon.light_subject):
            return head, False
    if dep == "nsubj" and is_verb(tree, head) and is_phrase(tree, head, lexicon.light_subject):
        return head, False
    if dep == "pobj":
        verb = tree.heads[head]
        if (
            is_verb(tree, verb)
            and is_phrase(tree, verb, lexicon.light)
            and tree.words[head].lower() in ("in", "into", "to", "on", "with")
        ):
            return verb, True
    if dep in ("acl", "relcl"):
        return None, False
    participle = next((c for c in tree.all(noun, "acl") if tree.tags[c] == "VBN"), None)
    if participle is not None and is_phrase(tree, participle, lexicon.light) and dep in ("ROOT",):
        return participle, True
    return None, False


def _by_noun(tree: Tree, naming: Naming, i: int, headline: bool) -> _Told | None:
    act = match_noun(tree, i)
    if act is None or tree.deps[i] in ("compound", "amod", "nmod", "poss"):
        return None
    carrier, carried = _carrier(tree, i)
    others = carrier is not None and tree.lemmas[carrier] in _ABOUT_OTHERS
    gerund = tree.deps[i] == "xcomp"
    actors, recipients = noun_roles(naming, i, act, carrier, carried and (gerund or not others))
    named = any(f.mention for f in actors), any(f.mention for f in recipients)
    if carrier is None and not all(named):
        return None
    if not any(named):
        return None
    reading = read_noun_status(tree, i, carrier, act.kind, headline=headline)
    if reading.status is None:
        return None
    return _Told(act, i, carrier if carrier is not None else i, actors, recipients, reading)


# --------------------------------------------------------------------------- records


def _record(
    version: Version,
    sentence: Sentence,
    tree: Tree,
    naming: Naming,
    told: _Told,
    dates: Sequence[DateCandidate],
    statements: Sequence[StatementCandidate],
) -> EventCandidate:
    start, end = sentence.starts[told.trigger], sentence.ends[told.trigger]
    condition = told.reading.condition
    return EventCandidate(
        id=make_id("evc", version.id, "event", start, end),
        version_id=version.id,
        article_id=version.article_id,
        sentence=sentence.number,
        kind=told.act.kind,
        mode=told.act.mode,
        predicate=tree.lemmas[told.trigger],
        actors=tuple(holder(version, tree, f) for f in told.actors),
        recipients=tuple(holder(version, tree, f) for f in told.recipients),
        dates=tuple(d.id for d in dates if _hangs_on(tree, told, d)),
        place=_place(version, tree, naming, told),
        status=told.reading.status or "",
        status_basis=told.reading.basis,
        condition=cite(version, *_trimmed(tree, condition)) if condition else None,
        statement=_statement(statements, start, end),
        trigger=cite(version, start, end),
        citation=cite(version, *_covering(tree, told)),
    )


def _covering(tree: Tree, told: _Told) -> tuple[int, int]:
    """The clause, which holds its trigger whatever the parse says."""
    tokens = clause_tokens(tree, told.verb)
    return tree.span((*tokens, told.trigger))


def _trimmed(tree: Tree, tokens: tuple[int, ...]) -> tuple[int, int]:
    kept = list(tokens)
    while len(kept) > 1 and tree.pos[kept[-1]] == "PUNCT":
        kept.pop()
    while len(kept) > 1 and tree.pos[kept[0]] == "PUNCT":
        kept.pop(0)
    return tree.span(tuple(kept))


def _hangs_on(tree: Tree, told: _Told, date: DateCandidate) -> bool:
    """Whether a time expression dates this act: the first verb or event noun above it is the act's."""
    if (
        date.type not in ("DATE", "TIME")
        or date.citation.start is None
        or date.citation.end is None
    ):
        return False
    tokens = tree.tokens_in(date.citation.start, date.citation.end)
    if not tokens:
        return False
    inside = set(tokens)
    top = next((t for t in tokens if tree.heads[t] not in inside or tree.heads[t] == t), tokens[0])
    for above in tree.ancestors(top):
        if above in (told.verb, told.trigger):
            return True
        if is_verb(tree, above):
            return False
    return False


def _place(version: Version, tree: Tree, naming: Naming, told: _Told) -> PlaceRef | None:
    """Where the clause says it was: a named place behind in, at, near; not one that is a party."""
    parties = {t for f in (*told.actors, *told.recipients) for t in f.tokens}
    for i in dict.fromkeys((told.trigger, told.verb)):
        around = list(prepositions(tree, i))
        for o in patients(tree, i) if is_verb(tree, i) else ():
            around.extend(prepositions(tree, o))
        for word, noun in around:
            if word not in _WHERE or noun in parties:
                continue
            mention = naming.at(noun)
            if mention is not None and (mention.role == "place" or mention.kind == "place"):
                return PlaceRef(name=mention.name, citation=mention.citation)
            if mention is None and tree.ents[noun][2:] in _PLACES:
                start, end = tree.span((noun,))
                return PlaceRef(name=version.text[start:end], citation=cite(version, start, end))
    return None


def _statement(statements: Sequence[StatementCandidate], start: int, end: int) -> str | None:
    """The innermost statement whose content holds the trigger."""
    holding = [
        (piece.end - piece.start, s.id)
        for s in statements
        for piece in s.content
        if piece.start is not None
        and piece.end is not None
        and piece.start <= start
        and end <= piece.end
    ]
    return min(holding)[1] if holding else None

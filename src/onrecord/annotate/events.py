"""Sentences -> EventCandidate: who did, plans, threatens or denies what to whom, sentence by sentence.

An act is told by a verb of the event lexicon, by a verb that carries an event noun ("launched an
attack", "called off the talks"), or by an event noun with both its sides ("Ostrel's raid on Marn").
What a sentence only demands, alleges or asks gives no candidate of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.event_conditions import negated
from onrecord.annotate.event_general import load_tables, read_general
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
from onrecord.annotate.event_roles import Filler, Naming, holder, noun_roles, phrase, verb_roles
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

    kind: str | None
    mode: str | None
    predicate: str
    trigger: int
    verb: int
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]
    about: tuple[str, ...]
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
        for told in find(tree, naming, headline, inside, dates[sentence.number]):
            record = _record(
                version, sentence, tree, naming, told, dates[sentence.number], statements
            )
            if record.kind is None and record.statement is None and _reported(tree, told.verb):
                continue  # who says it is not known: it is not the report's own telling
            yield record


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


def find(
    tree: Tree,
    naming: Naming,
    headline: bool,
    quoted: frozenset[int],
    dates: Sequence[DateCandidate] = (),
) -> Iterator[_Told]:
    """Every act told in a sentence, in order of its triggers."""
    taken: set[int] = set()
    known: set[int] = set()
    found: dict[int, _Told] = {}
    for i in range(len(tree)):
        if is_verb(tree, i):
            if _lexical(tree, i) is not None:
                known.add(i)
            told = _by_verb(tree, naming, i, headline, i in quoted, taken)
            if told is not None:
                found[i] = told
    for i in range(len(tree)):
        if i not in taken and i not in found and tree.pos[i] == "NOUN":
            told = _by_noun(tree, naming, i, headline)
            if told is not None:
                found[i] = told
                known.add(told.verb)
    for i in range(len(tree)):
        if i not in known and i not in quoted:
            told = _by_general(tree, naming, i, headline, dates)
            if told is not None:
                found[i] = told
    for i in sorted(found):
        yield found[i]


def _lexical(tree: Tree, i: int) -> Act | None:
    """The act of the lexicon that a verb tells with its objects, if it means it here."""
    objects = patients(tree, i)
    act = match_turn(tree, i, objects) or match_verb(tree, i, objects)
    return act if act is not None and _meant(tree, i, act) else None


def _by_verb(
    tree: Tree, naming: Naming, i: int, headline: bool, quoted: bool, taken: set[int]
) -> _Told | None:
    objects = patients(tree, i)
    act = _lexical(tree, i)
    if act is None:
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
    about = tuple(dict.fromkeys(tree.lemmas[o] for o in objects))
    return _Told(act.kind, act.mode, tree.lemmas[i], i, i, actors, recipients, about, reading)


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
    verb = carrier if carrier is not None else i
    return _Told(act.kind, act.mode, tree.lemmas[i], i, verb, actors, recipients, (), reading)


def _by_general(
    tree: Tree, naming: Naming, i: int, headline: bool, dates: Sequence[DateCandidate]
) -> _Told | None:
    """An act outside PLOVER's roots, told in the report's own voice or in a statement."""
    act = read_general(
        tree,
        naming,
        i,
        headline=headline,
        dated=any(_hangs_on(tree, (i,), d) for d in dates),
        placed=_named_place(tree, naming, (i,), frozenset()) is not None,
    )
    if act is None:
        return None
    return _Told(None, None, act.predicate, i, i, act.actors, (), act.about, act.reading)


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
        kind=told.kind,
        mode=told.mode,
        predicate=told.predicate,
        actors=tuple(holder(version, tree, f) for f in told.actors),
        recipients=tuple(holder(version, tree, f) for f in told.recipients),
        about=told.about,
        dates=tuple(d.id for d in dates if _hangs_on(tree, (told.verb, told.trigger), d)),
        place=_place(version, tree, naming, told),
        status=told.reading.status or "",
        status_basis=told.reading.basis,
        condition=cite(version, *_trimmed(tree, condition)) if condition else None,
        statement=_statement(statements, start, end),
        trigger=cite(version, start, end),
        citation=cite(version, *_covering(tree, told)),
    )


def _covering(tree: Tree, told: _Told) -> tuple[int, int]:
    """The clause, which holds its trigger whatever the parse says. A relative clause comes with the
    noun it is about; a clause conjoined with it that has a subject of its own is left to itself."""
    tokens = set(clause_tokens(tree, told.verb)) | {told.trigger}
    if told.kind is None:
        for c in tree.all(told.verb, "conj"):
            if c > told.trigger and tree.child(c, "nsubj", "nsubjpass") is not None:
                cut = min(tree.subtree(c))
                tokens = {t for t in tokens if t < cut}
        if tree.deps[told.verb] == "relcl" and tree.heads[told.verb] < min(tokens):
            tokens.update(phrase(tree, tree.heads[told.verb]))
    return tree.span(_without_edges(tree, tokens, told.trigger))


def _without_edges(tree: Tree, tokens: Iterable[int], keep: int) -> tuple[int, ...]:
    """Tokens in order, without conjunctions and punctuation at the edges."""
    ordered = sorted(tokens)
    while ordered[-1] > keep and tree.pos[ordered[-1]] in ("PUNCT", "SPACE", "CCONJ"):
        ordered.pop()
    while ordered[0] < keep and tree.pos[ordered[0]] in ("PUNCT", "SPACE", "CCONJ"):
        ordered.pop(0)
    return tuple(ordered)


def _trimmed(tree: Tree, tokens: tuple[int, ...]) -> tuple[int, int]:
    kept = list(tokens)
    while len(kept) > 1 and tree.pos[kept[-1]] == "PUNCT":
        kept.pop()
    while len(kept) > 1 and tree.pos[kept[0]] == "PUNCT":
        kept.pop(0)
    return tree.span(tuple(kept))


def _hangs_on(tree: Tree, tellers: tuple[int, ...], date: DateCandidate) -> bool:
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
        if above in tellers:
            return True
        if is_verb(tree, above):
            return False
    return False


def _place(version: Version, tree: Tree, naming: Naming, told: _Told) -> PlaceRef | None:
    """Where the clause says it was: a named place behind in, at, near; not one that is a party."""
    parties = frozenset(t for f in (*told.actors, *told.recipients) for t in f.tokens)
    noun = _named_place(tree, naming, tuple(dict.fromkeys((told.trigger, told.verb))), parties)
    if noun is None:
        return None
    mention = naming.at(noun)
    if mention is not None:
        return PlaceRef(name=mention.name, citation=mention.citation)
    start, end = tree.span((noun,))
    return PlaceRef(name=version.text[start:end], citation=cite(version, start, end))


def _named_place(
    tree: Tree, naming: Naming, tellers: tuple[int, ...], parties: frozenset[int]
) -> int | None:
    """The noun that names where an act was, below the words that tell it; None where none does."""
    for i in tellers:
        around = list(prepositions(tree, i))
        for o in patients(tree, i) if is_verb(tree, i) else ():
            around.extend(prepositions(tree, o))
        for word, noun in around:
            if word not in _WHERE or noun in parties:
                continue
            mention = naming.at(noun)
            if mention is not None and (mention.role == "place" or mention.kind == "place"):
                return noun
            if mention is None and tree.ents[noun][2:] in _PLACES:
                return noun
    return None


def _reported(tree: Tree, i: int) -> bool:
    """Whether a clause hangs on a verb of saying or has one beside it: ", officials said"."""
    speech = load_tables().speech
    if any(
        tree.deps[c] in ("parataxis", "ccomp") and tree.lemmas[c] in speech
        for c in tree.children[i]
    ):
        return True
    while tree.heads[i] != i:
        if tree.deps[i] in ("ccomp", "parataxis") and tree.lemmas[tree.heads[i]] in speech:
            return True
        i = tree.heads[i]
    return False


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

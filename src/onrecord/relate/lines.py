"""Statements and narrated sentences of one report -> Line: what it says, in comparable parts.

A sentence that an outlet tells itself is a line of its own, less the words that stand in statements.
Of several versions every sentence counts once, where it stood first. Nothing here compares.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from onrecord.records import (
    ActorLinks,
    Citation,
    ClaimHolder,
    Clause,
    DateExpression,
    EventCandidate,
    Figure,
    Line,
    Mention,
    Sentence,
    Statement,
    Version,
)
from onrecord.relate.clauses import clause_at, clauses_in, figures_in
from onrecord.relate.counted import read
from onrecord.relate.keys import CONTENT, Names, key_of, keyed
from onrecord.relate.wordings import printed
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.ids import make_id
from onrecord.text.quotes import quotations
from onrecord.text.tree import Tree

HEADLINES = frozenset({"title", "deck"})
_PRINTED = frozenset({"title", "deck", "paragraph", "heading", "caption", "list", "quote", "embed"})


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the lines stage."""


class _Text:
    """What is known of one version's passages, by place."""

    def __init__(self, version: Version, group: Group) -> None:
        mine = version.id
        self.version = version
        self.sentences = sorted(
            (s for s in group.all(Sentence) if s.version_id == mine), key=lambda s: s.start
        )
        self.trees = {s.id: Tree(version.text, s) for s in self.sentences}
        links = {x.mention_id: x for found in group.all(ActorLinks) for x in found.links}
        self.sides = {x.actor_id: (x.kind, x.country) for x in links.values()}
        self.names = Names(
            [m for m in group.all(Mention) if m.version_id == mine],
            {i: (x.actor_id, x.name, x.kind) for i, x in links.items()},
        )
        self.dates = [d for d in group.all(DateExpression) if d.citation.version_id == mine]
        blocks = [(b.start, b.end) for b in version.blocks]
        self.quoted = tuple(p for q in quotations(version.text, blocks) for p in q.pieces)

    def parsed(self, start: int, end: int) -> list[tuple[Tree, tuple[int, ...]]]:
        """The trees that overlap a range, with their tokens in it."""
        found = []
        for sentence in self.sentences:
            if sentence.start < end and sentence.end > start:
                tree = self.trees[sentence.id]
                if tokens := tree.tokens_in(start, end):
                    found.append((tree, tokens))
        return found

    def quotes(self, start: int, end: int) -> tuple[str, ...]:
        """The words of every quotation inside a range, cut to the range."""
        found = (
            printed(self.version.text[max(low, start) : min(high, end)])
            for low, high in self.quoted
            if low < end and high > start
        )
        return tuple(q for q in found if q)

    def side(self, actor_id: str | None) -> str | None:
        """The country a government, a group or an office speaks for."""
        kind, country = self.sides.get(actor_id or "", ("", None))
        return country if kind in ("government", "group", "office") else None

    def persons(self, actors: Sequence[str]) -> tuple[str, ...]:
        """Those of the actors who are persons."""
        return tuple(a for a in actors if self.sides.get(a, ("", None))[0] == "person")

    def countries(self, actors: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """(actor, country) of the actors whose country is known."""
        found = ((a, self.sides.get(a, ("", None))[1]) for a in actors)
        return tuple((a, country) for a, country in found if country)


def work(group: Group, options: Options, resources: Resources) -> Iterator[Line]:
    """All lines of one report."""
    versions = sorted(group.all(Version), key=lambda v: (v.number, v.id))
    texts = {v.id: _Text(v, group) for v in versions}
    statements = {s.id: s for s in group.all(Statement)}
    for statement in statements.values():
        text = texts.get(statement.citation.version_id or "")
        if text is not None and not is_part(statement, statements.get(statement.within or "")):
            line = _spoken(statement, text)
            if line is not None:
                yield line
    taken = _taken(group)
    told = defaultdict(list)
    for candidate in group.all(EventCandidate):
        told[candidate.version_id].append(candidate)
    seen: set[str] = set()
    for version in versions:
        for sentence in texts[version.id].sentences:
            words_ = fold_loose(version.text[sentence.start : sentence.end])
            if words_ in seen or version.blocks[sentence.block].kind not in _PRINTED:
                continue
            seen.add(words_)
            line = _narrated(sentence, texts[version.id], taken[version.id], told[version.id])
            if line is not None:
                yield line


def is_part(statement: Statement, outer: Statement | None) -> bool:
    """Whether a statement only picks a pledge or a condition out of what the same speaker says in the
    statement around it, which is compared as a whole."""
    return (
        outer is not None
        and statement.speaker is not None
        and outer.speaker is not None
        and statement.speaker.name == outer.speaker.name
    )


def _taken(group: Group) -> dict[str, list[tuple[int, int]]]:
    """By version the ranges that belong to statements: what is said, who says it, the cue."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    spans: list[Citation] = []
    for statement in group.all(Statement):
        spans += statement.content
        spans += [statement.cue] if statement.cue else []
        if statement.speaker and statement.speaker.citation:
            spans.append(statement.speaker.citation)
    for c in spans:
        if c.version_id is not None and c.start is not None and c.end is not None:
            found[c.version_id].append((c.start, c.end))
    return found


def _split(
    tree: Tree, tokens: Sequence[int], spans: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """The tokens that begin outside these ranges, and those that begin inside one."""
    outside: list[int] = []
    within: list[int] = []
    starts = tree.sentence.starts
    for i in tokens:
        start = starts[i]
        for low, high in spans:
            if low <= start < high:
                within.append(i)
                break
        else:
            outside.append(i)
    return outside, within


def _spans(citations: Sequence[Citation]) -> list[tuple[int, int]]:
    return [(c.start, c.end) for c in citations if c.start is not None and c.end is not None]


def _spoken(statement: Statement, text: _Text) -> Line | None:
    spans = _spans(statement.content)
    if not spans:
        return None
    parsed = [row for low, high in spans for row in text.parsed(low, high)]
    hinge = _spans([statement.condition]) if statement.condition else []
    outside = [(tree, _split(tree, tokens, hinge)[0]) for tree, tokens in parsed]
    apart = [
        (tree, _split(tree, tokens, hinge)[1])
        for low, high in hinge
        for tree, tokens in text.parsed(low, high)
    ]
    if not any(tokens for _, tokens in outside):
        outside = [(tree, list(tokens)) for tree, tokens in parsed]
    keys = _keys(outside, text.names) or _light_keys(outside)
    if not keys:
        return None
    speaker = statement.speaker
    told, figures = _clauses(outside, text)
    clauses = _said(told, statement.polarity == "negative")
    act = None if clauses else _act(statement, text)
    if act is not None:
        tree, tokens, clause = act
        clauses = (structs.replace(clause, figures=figures),)
        keys = _keys([*outside, (tree, tokens)], text.names)
        figures = ()
    first = statement.content[0].start
    return Line(
        id=make_id("lin", statement.id),
        article_id=statement.article_id,
        version_id=text.version.id,
        statement_id=statement.id,
        told=(),
        part=_part(text, first or 0),
        holder=ClaimHolder(
            actor_id=speaker.actor_id if speaker else None,
            name=speaker.name if speaker else "unnamed source",
        ),
        person=text.sides.get((speaker.actor_id if speaker else None) or "", ("", None))[0]
        == "person",
        nested=statement.within is not None,
        side=text.side(speaker.actor_id if speaker else None),
        citation=statement.citation,
        text=" … ".join(c.quote for c in statement.content),
        keys=keys,
        hinge=tuple(k for k, _ in _keys(apart, text.names)),
        actors=(actors := _actors(outside, text.names)),
        sides=text.countries(actors),
        persons=text.persons(actors),
        quotes=tuple(q for low, high in spans for q in text.quotes(low - 1, high + 1)),
        act=statement.act,
        negative=statement.polarity == "negative" or any(c.main and c.negative for c in clauses),
        modality=statement.modality,
        condition=statement.condition.quote if statement.condition else None,
        said=(statement.said.earliest, statement.said.latest),
        status="conditional" if statement.condition else "asserted",
        clauses=clauses,
        figures=figures,
        saying=_saying(statement, text),
        cue=tuple(words(statement.cue.quote)) if statement.cue else (),
        by_cue=act is not None,
    )


def _act(statement: Statement, text: _Text) -> tuple[Tree, list[int], Clause] | None:
    """Of a statement whose content tells no act ("proposed a budget of 6 million", "banned night
    flights") the clause of its cue: there the saying is what is done. With the tokens it is of."""
    if statement.cue is None or statement.cue.start is None or statement.cue.end is None:
        return None
    for tree, tokens in text.parsed(statement.cue.start, statement.cue.end):
        verb = next((i for i in tokens if tree.pos[i] == "VERB"), None)
        if verb is None:
            continue
        begin, end = tree.sentence.start, tree.sentence.end
        dates = [d for d in text.dates if begin <= (d.citation.start or 0) < end]
        return tree, *clause_at(tree, verb, text.names, dates)
    return None


def _saying(statement: Statement, text: _Text) -> tuple[str, ...]:
    """The words of the sentence that holds the cue, less what is said."""
    if statement.cue is None or statement.cue.start is None:
        return ()
    at = statement.cue.start
    inside = _spans(statement.content)
    found: list[str] = []
    for sentence in text.sentences:
        if sentence.start <= at < sentence.end:
            low = sentence.start
            for first, last in sorted(inside):
                if first < sentence.end and last > low:
                    found += words(text.version.text[low : max(low, first)])
                    low = max(low, last)
            found += words(text.version.text[low : sentence.end])
    return tuple(found)


def _keys(
    parsed: Sequence[tuple[Tree, Sequence[int]]], names: Names
) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for tree, tokens in parsed:
        for key, word in keyed(tree, tokens, names):
            found.setdefault(key, word)
    return tuple(found.items())


def _light_keys(parsed: Sequence[tuple[Tree, Sequence[int]]]) -> tuple[tuple[str, str], ...]:
    """The keys of a saying of light words alone: of "Do not come" it is "come" that was said."""
    return tuple(
        (fold_loose(tree.lemmas[i]), tree.words[i])
        for tree, tokens in parsed
        for i in tokens
        if tree.pos[i] in CONTENT and tree.words[i].isalpha()
    )


def _actors(parsed: Sequence[tuple[Tree, Sequence[int]]], names: Names) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                named[1]
                for tree, tokens in parsed
                for here in [names.named_in(tree)]
                for i in tokens
                if (named := here[i])
            }
        )
    )


def _clauses(
    parsed: Sequence[tuple[Tree, Sequence[int]]], text: _Text
) -> tuple[tuple[Clause, ...], tuple[Figure, ...]]:
    """The clauses of passages, and the figures that stand in none."""
    found: list[Clause] = []
    loose: list[Figure] = []
    for tree, tokens in parsed:
        if tokens:
            low, high = tree.span(tuple(tokens))
            begin, end = tree.sentence.start, tree.sentence.end
            dates = [d for d in text.dates if begin <= (d.citation.start or 0) < end]
            here = tuple(clauses_in(tree, tokens, text.names, dates))
            held = {f.start for c in here for f in c.figures}
            apart = [f for f in figures_in(tree, tokens) if f.start not in held]
            told, rest = read(text.version.text, low, high, here, apart)
            found += told
            loose += rest
    return tuple(found), tuple(loose)


def _said(clauses: Sequence[Clause], negative: bool) -> tuple[Clause, ...]:
    """The clauses of a statement; what it denies by its cue ("denied that …") is denied in its first
    main clause. Where a clause has a "not" of its own, it is that which makes the statement negative:
    "he was hit and had not fallen" denies the fall alone."""
    if any(c.negative for c in clauses if c.main):
        return tuple(clauses)
    first = next((c for c in clauses if c.main), None)
    return tuple(
        structs.replace(c, negative=negative or c.negative) if c is first else c for c in clauses
    )


def _part(text: _Text, offset: int) -> str:
    """ "headline" for a title, a deck and the bullets above the first paragraph, else "body"."""
    above = True
    for block in text.version.blocks:
        above = above and block.kind != "paragraph"
        if block.start <= offset < block.end:
            bullet = above and block.kind == "list"
            return "headline" if bullet or block.kind in HEADLINES else "body"
    return "body"


_LEAST = 3
"""Content words a narrated sentence must have beside its statements to be a line."""

_DATELINE = re.compile(
    r"[^\W\d_a-z](?:[\w.’'/&-]|,? (?=[^\W_a-z]|mid-|d[’'])|,? (?:&|and|de|del|des|du|el|la|le|of|on|the|upon|van|von) ){2,60}"
    r"(?:\s?\([^()]{2,40}\)\s*)?\s?[-–—]{1,2}(?:\s+(?=[\"“”‘’'«(\[]?(?:[^\W_a-z]|[$€£¥₹]))|$)"
)
"""What stands before a report's first words: "KELM, March 3 (Reuters) - ". Names and days alone: "The mayor
resigned on Monday - a day after the fire" opens with its news, and so does "Brandt - who had resigned - "."""

_CREDIT = re.compile(r"\s*(?:Credit|Photo|Picture|Image)")
"""What names the photographer behind a caption, often without a space: "at the Capitol.CreditJo Lund"."""

_SIGNATURE = re.compile(r"(?:pic\.twitter\.com/\S+\s*)?[-–—]\s*[^()]{1,60}\(@\w+\)[\w ,]*")
"""What stands under a post that a page embeds: its picture's address, who posted it, the day."""

_BETWEEN = frozenset({"PUNCT", "SPACE", "CCONJ"})


def _tells(tree: Tree, tokens: Sequence[int], keys: Sequence[tuple[str, str]]) -> bool:
    """Whether what is left of a sentence beside its statements tells something: an act, a number, or
    many words; not "before the talks, the agency reported"."""
    acts = any(
        tree.pos[i] == "VERB" and key_of(fold_loose(tree.lemmas[i])) and tree.deps[i] != "amod"
        for i in tokens
    )
    return acts or any(tree.tags[i] == "CD" for i in tokens) or len(keys) >= 2 * _LEAST


_STATUS = {"ahead": "planned", "would": "conditional", "may": "conditional", "if": "conditional"}


def _narrated(
    sentence: Sentence,
    text: _Text,
    taken: Sequence[tuple[int, int]],
    told: Sequence[EventCandidate],
) -> Line | None:
    version = text.version
    if _SIGNATURE.fullmatch(version.text, sentence.start, sentence.end):
        return None
    tree = text.trees[sentence.id]
    spans = [(low, high) for low, high in taken if low < sentence.end and high > sentence.start]
    part = _part(text, sentence.start)
    dateline = _DATELINE.match(version.text[sentence.start : sentence.end])
    if dateline is not None and part == "body":
        spans.append((sentence.start, sentence.start + dateline.end()))
    tokens, _ = _split(tree, range(len(tree)), spans)
    while tokens and tree.pos[tokens[0]] in _BETWEEN:
        tokens = tokens[1:]
    while tokens and tree.pos[tokens[-1]] in ("SPACE", "CCONJ"):
        tokens = tokens[:-1]
    parsed = [(tree, tokens)]
    keys = _keys(parsed, text.names)
    if len(keys) < _LEAST or (spans and not _tells(tree, tokens, keys)):
        return None
    low, high = tree.span(tuple(tokens))
    clauses, figures = _clauses(parsed, text)
    if part == "body" and not figures and not {"VERB", "AUX"} & set(tree.pos):
        block = version.blocks[sentence.block]
        if (sentence.start, sentence.end) == (block.start, block.end) or _CREDIT.match(
            version.text, sentence.end, block.end
        ):
            # A caption, a heading, who took the picture: a paragraph without a verb tells nothing.
            return None
    mine = [
        c
        for c in told
        if c.citation.start is not None and low <= c.citation.start < high and c.statement is None
    ]
    main = min(mine, key=lambda c: (c.citation.start or 0, c.id), default=None)
    first = next((c for c in clauses if c.main), None)
    status = main.status if main else _STATUS.get(first.told if first else "", "happened")
    negative = status == "denied" or bool(first is not None and first.negative)
    condition = main.condition.quote if main and main.condition else None
    return Line(
        id=make_id("lin", version.id, str(sentence.start)),
        article_id=version.article_id,
        version_id=version.id,
        statement_id=None,
        told=tuple(sorted({c.citation.address for c in mine})),
        part=part,
        holder=None,
        person=False,
        nested=False,
        side=None,
        citation=cite(version, low, high),
        text=version.text[low:high],
        keys=keys,
        hinge=(),
        actors=(actors := _actors(parsed, text.names)),
        sides=text.countries(actors),
        persons=text.persons(actors),
        quotes=tuple(q for q in text.quotes(low, high) if not spans or len(q.split()) > 1),
        act="assert",
        negative=negative,
        modality={"planned": "planned", "conditional": "hypothetical"}.get(status, "asserted"),
        condition=condition,
        said=(None, None),
        status=status,
        clauses=clauses,
        figures=figures,
    )

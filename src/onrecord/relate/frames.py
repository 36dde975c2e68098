"""A frame: what one line says, in the parts that two lines can be compared by.

Built from a Statement or from one report's account of an Event, over the stored parse of the
passage: predicate, content words, actors, polarity, modality, condition, numbers with what they
count, days, and the words inside quotation marks. Nothing here compares.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from onrecord.records import (
    ActorLinks,
    Citation,
    ClaimHolder,
    DateExpression,
    Event,
    Mention,
    Sentence,
    Statement,
    Version,
)
from onrecord.text.folding import fold_loose, words
from onrecord.text.quotes import quotations
from onrecord.text.tree import Tree

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with the folded lemma of what it counts. `bound`: "least" (more than, at
    least), "most" (up to, less than), "about" (some, nearly) or "" where it is told as exact."""

    value: str
    unit: str
    noun: str
    bound: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One line in comparable parts. `start` and `end` span its content in the version's text."""

    article_id: str
    outlet: str | None
    holder: ClaimHolder | None
    statement_id: str | None
    event_id: str | None
    citation: Citation
    text: str
    predicate: str | None
    lemmas: frozenset[str]
    surfaces: tuple[tuple[str, str], ...]
    """(folded lemma, the word as written) of the content words, in order of the text."""
    pairs: frozenset[tuple[str, str]]
    """Content words that follow one another, no names among them: "common vision"."""
    actors: frozenset[str]
    subject: frozenset[str]
    negative: bool
    act: str
    modality: str
    condition: str | None
    numbers: tuple[Number, ...]
    days: frozenset[tuple[str, str]]
    quotes: tuple[tuple[str, ...], ...]
    said: tuple[str | None, str | None]
    status: str
    published: str | None = None
    side: str | None = None
    """The country a government or a people speaks for, as the holder."""
    subject_sides: frozenset[str] = frozenset()
    """The countries of those whom the predicate is told of."""


@functools.cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Word -> group of the tables `speech` and `topics`, and `light` as word -> word."""
    data = tomllib.loads(files("onrecord.relate").joinpath("frames.toml").read_text("utf-8"))
    grouped = {
        name: {w: group for group, members in data[name].items() for w in members}
        for name in ("speech", "topics")
    }
    return {**grouped, "light": {w: w for w in data["light"]}}


class Reader:
    """What is known of one version's passages: sentences, mentions and dates by place."""

    def __init__(
        self,
        version: Version,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        links: ActorLinks | None,
        dates: Sequence[DateExpression],
    ) -> None:
        self.version = version
        self.sentences = sorted(sentences, key=lambda s: s.start)
        self.mentions = mentions
        self.actor_of = {link.mention_id: link.actor_id for link in (links.links if links else ())}
        self.side_of = {
            link.actor_id: (link.kind, link.country) for link in (links.links if links else ())
        }
        self.dates = dates
        self._quotes: tuple[tuple[int, int], ...] | None = None

    def trees(self, start: int, end: int) -> list[Tree]:
        """The parsed sentences that overlap a range of the text."""
        return [
            Tree(self.version.text, s) for s in self.sentences if s.start < end and s.end > start
        ]

    def quoted(self, start: int, end: int) -> tuple[tuple[str, ...], ...]:
        """The words of every quotation inside a range, cut to the range."""
        if self._quotes is None:
            blocks = [(b.start, b.end) for b in self.version.blocks]
            self._quotes = tuple(p for q in quotations(self.version.text, blocks) for p in q.pieces)
        found = []
        for low, high in self._quotes:
            if low < end and high > start:
                spoken = tuple(words(self.version.text[max(low, start) : min(high, end)]))
                if spoken:
                    found.append(spoken)
        return tuple(found)

    def actors_in(self, start: int, end: int) -> frozenset[str]:
        """The actors mentioned in a range."""
        return frozenset(
            self.actor_of[m.id]
            for m in self.mentions
            if m.start < end and m.end > start and m.id in self.actor_of
        )

    def days_in(self, start: int, end: int) -> frozenset[tuple[str, str]]:
        """The resolved days or months named in a range, as inclusive bounds."""
        return frozenset(
            (d.earliest, d.latest)
            for d in self.dates
            if d.citation.start is not None
            and d.citation.end is not None
            and start <= d.citation.start < end
            and d.type in ("DATE", "TIME")
            and d.earliest
            and d.latest
        )


def sides(reader: Reader, actors: Iterable[str]) -> frozenset[str]:
    """The countries of actors, as far as their report or another tells."""
    found = (reader.side_of.get(a, ("", None))[1] for a in actors)
    return frozenset(country for country in found if country)


def _side(reader: Reader, actor_id: str | None) -> str | None:
    kind, country = reader.side_of.get(actor_id or "", ("", None))
    return country if kind in ("government", "group", "office") else None


def _spans(citations: Iterable[Citation]) -> list[tuple[int, int]]:
    return [(c.start, c.end) for c in citations if c.start is not None and c.end is not None]


def topic(lemma: str) -> str:
    """The group a lemma belongs to, or the lemma itself."""
    return tables()["topics"].get(lemma, lemma)


def content_lemmas(trees: Iterable[tuple[Tree, Sequence[int]]]) -> frozenset[str]:
    """Folded lemmas of the content words, light words left out, grouped by topic."""
    light = tables()["light"]
    return frozenset(
        topic(lemma)
        for tree, tokens in trees
        for i in tokens
        if tree.pos[i] in CONTENT
        and (lemma := fold_loose(tree.lemmas[i])) not in light
        and any(c.isalnum() for c in lemma)
    )


def surfaces_of(trees: Iterable[tuple[Tree, Sequence[int]]]) -> tuple[tuple[str, str], ...]:
    """(folded lemma, the word as written) of the content words, each lemma once."""
    light = tables()["light"]
    found: dict[str, str] = {}
    for tree, tokens in trees:
        for i in tokens:
            lemma = fold_loose(tree.lemmas[i])
            if tree.pos[i] in CONTENT and lemma not in light:
                found.setdefault(topic(lemma), tree.words[i])
    return tuple(found.items())


def content_pairs(trees: Iterable[tuple[Tree, Sequence[int]]]) -> frozenset[tuple[str, str]]:
    """Folded lemmas of neighbouring content words, names and light words left out."""
    light = tables()["light"]
    found = set()
    for tree, tokens in trees:
        for i, j in pairwise(tokens):
            if (
                j == i + 1
                and {tree.pos[i], tree.pos[j]} <= {"NOUN", "VERB", "ADJ"}
                and "NOUN" in (tree.pos[i], tree.pos[j])
            ):
                a, b = fold_loose(tree.lemmas[i]), fold_loose(tree.lemmas[j])
                if a not in light and b not in light:
                    found.add((a, b))
    return frozenset(found)


def head_of(tree: Tree, tokens: Sequence[int]) -> int | None:
    """The token of a passage whose head lies outside it: its predicate. Verbs before nouns."""
    inside = set(tokens)
    heads = [i for i in tokens if tree.heads[i] == i or tree.heads[i] not in inside]
    ranked = sorted(
        heads,
        key=lambda i: (tree.pos[i] not in ("VERB", "AUX"), tree.pos[i] not in ("NOUN", "PROPN"), i),
    )
    return (
        ranked[0]
        if ranked and tree.pos[ranked[0]] in ("VERB", "AUX", "NOUN", "PROPN", "ADJ")
        else None
    )


def predicate_of(tree: Tree, head: int) -> str:
    """The lemma a head predicates: of a copula its complement, else its own."""
    if tree.lemmas[head] == "be":
        complement = tree.child(head, "attr", "acomp")
        if complement is not None:
            return fold_loose(tree.lemmas[complement])
    return fold_loose(tree.lemmas[head])


def is_negated(tree: Tree, head: int) -> bool:
    """Whether the clause of `head` is negated: a `neg`, "no" before its object, "neither", "never"."""
    near = [
        head,
        *tree.all(
            head, "aux", "auxpass", "dobj", "attr", "nsubj", "nsubjpass", "advmod", "preconj", "cc"
        ),
    ]
    if any(tree.deps[c] == "neg" for i in near for c in tree.children[i]):
        return True
    return any(
        tree.lemmas[c] in ("no", "neither", "nor", "never", "none", "nobody", "nothing")
        for i in near
        for c in (i, *tree.children[i])
        if tree.deps[c]
        in ("det", "preconj", "advmod", "nsubj", "nsubjpass", "dobj", "neg", "attr", "cc")
        and (c != head)
    )


_BOUNDS = {
    "least": frozenset("more over least above exceed".split()),
    "most": frozenset("less fewer under most up below".split()),
    "about": frozenset("about around nearly almost some roughly approximately".split()),
}


def _bound(near: set[str]) -> str:
    return next((name for name, words_ in _BOUNDS.items() if near & words_), "")


def numbers_in(tree: Tree, tokens: Sequence[int]) -> list[Number]:
    """Numbers that count something: "six hours", "$4.7 million" (unit: the currency and scale)."""
    found = []
    for i in tokens:
        if (
            tree.tags[i] != "CD"
            or tree.ents[i].endswith(("DATE", "ORDINAL"))
            or tree.deps[i] == "compound"
        ):
            continue
        head = tree.heads[i]
        scale = tree.words[head] if tree.tags[head] == "CD" and head != i else ""
        low = tree.all(i, "compound")
        parts = sorted({i, *low})
        value = " ".join(fold_loose(tree.words[p]) for p in parts)
        counted = head if not scale else tree.heads[head]
        money = "$" if any(tree.tags[c] in ("$",) for c in tree.children[i]) else ""
        unit = money or fold_loose(tree.lemmas[counted])
        if not money and tree.pos[counted] not in ("NOUN", "PROPN"):
            continue
        near = {tree.lemmas[c] for c in tree.children[i]} | {
            tree.lemmas[c] for p in low for c in tree.children[p]
        }
        start, end = tree.span(tuple(parts))
        noun = money or tree.words[counted]
        found.append(Number(value, topic(unit), noun, _bound(near), start, end))
    return found


def conditional_subject(tree: Tree, head: int | None) -> tuple[int, int] | None:
    """The subject of a clause with "would": "ratification would amount to …" hangs on ratification.

    Only for a subject that is itself an act (a noun with a complement of its own), never a person.
    """
    if head is None or not any(tree.lemmas[c] == "would" for c in tree.all(head, "aux")):
        return None
    subject = tree.child(head, "nsubj", "csubj")
    if (
        subject is None
        or tree.pos[subject] not in ("NOUN", "VERB")
        or not tree.all(subject, "prep", "pcomp", "dobj")
    ):
        return None
    return tree.span(tree.subtree(subject))


def statement_frame(
    statement: Statement, reader: Reader, outlet: str | None, published: str | None = None
) -> Frame | None:
    """The frame of a statement; None if its content lies in no parsed sentence."""
    spans = _spans(statement.content)
    parsed = [
        (tree, tree.tokens_in(low, high)) for low, high in spans for tree in reader.trees(low, high)
    ]
    parsed = [(tree, tokens) for tree, tokens in parsed if tokens]
    if not parsed:
        return None
    condition = statement.condition.quote if statement.condition else None
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    outside = [
        (tree, [i for i in tokens if not _inside(tree, i, statement.condition)])
        for tree, tokens in parsed
    ]
    tree, tokens = next(((t, k) for t, k in outside if k), parsed[0])
    head = head_of(tree, tokens)
    if condition is None and (found := conditional_subject(tree, head)):
        condition = reader.version.text[found[0] : found[1]]
    subject: frozenset[str] = frozenset()
    if head is not None:
        below = [c for c in tree.children[head] if tree.deps[c] in ("nsubj", "nsubjpass")]
        subject = frozenset(
            a
            for c in below
            for a in reader.actors_in(tree.sentence.starts[c], tree.sentence.ends[c])
        )
    speaker = statement.speaker
    return Frame(
        article_id=statement.article_id,
        outlet=outlet,
        holder=ClaimHolder(
            actor_id=speaker.actor_id if speaker else None,
            name=speaker.name if speaker else "unnamed source",
        ),
        statement_id=statement.id,
        event_id=None,
        citation=statement.citation,
        text=" … ".join(c.quote for c in statement.content),
        predicate=predicate_of(tree, head) if head is not None else None,
        lemmas=content_lemmas(outside),
        surfaces=surfaces_of(outside),
        pairs=content_pairs(outside),
        actors=frozenset(a for s, e in spans for a in reader.actors_in(s, e)),
        subject=subject,
        negative=statement.polarity == "negative" or (head is not None and is_negated(tree, head)),
        act=statement.act,
        modality=statement.modality,
        condition=condition,
        numbers=tuple(n for t, k in outside for n in numbers_in(t, k)),
        days=reader.days_in(low, high),
        quotes=tuple(q for s, e in spans for q in reader.quoted(s - 1, e + 1)),
        said=(statement.said.earliest, statement.said.latest),
        status="conditional" if condition else "asserted",
        published=published,
        side=_side(reader, speaker.actor_id if speaker else None),
        subject_sides=sides(reader, subject),
    )


def _inside(tree: Tree, token: int, citation: Citation | None) -> bool:
    return (
        citation is not None
        and citation.start is not None
        and citation.end is not None
        and citation.start <= tree.sentence.starts[token] < citation.end
    )


def event_frames(
    event: Event,
    readers: Mapping[str, Reader],
    outlets: Mapping[str, str | None],
    published: Mapping[str, str | None],
) -> list[Frame]:
    """One frame for every report that tells the event in its own voice."""
    found = []
    for account in event.accounts:
        c = account.citation
        reader = readers.get(c.version_id or "")
        if account.attributed_to or reader is None or c.start is None or c.end is None:
            continue
        parsed = [(tree, tree.tokens_in(c.start, c.end)) for tree in reader.trees(c.start, c.end)]
        parsed = [(tree, tokens) for tree, tokens in parsed if tokens]
        if not parsed:
            continue
        found.append(
            Frame(
                article_id=account.article_id,
                outlet=outlets.get(account.article_id),
                holder=None,
                statement_id=None,
                event_id=event.id,
                citation=c,
                text=c.quote,
                predicate=event.predicate,
                lemmas=content_lemmas(parsed),
                surfaces=surfaces_of(parsed),
                pairs=content_pairs(parsed),
                actors=frozenset((*event.actors, *event.recipients))
                | reader.actors_in(c.start, c.end),
                subject=frozenset(event.actors),
                negative=account.status == "denied",
                act="assert",
                modality={"planned": "planned", "conditional": "hypothetical"}.get(
                    account.status, "asserted"
                ),
                condition=event.condition.quote
                if event.condition and account.status == "conditional"
                else None,
                numbers=tuple(n for t, k in parsed for n in numbers_in(t, k)),
                days=frozenset({(account.earliest, account.latest)})
                if account.earliest and account.latest
                else frozenset(),
                quotes=(),
                said=(None, None),
                status=account.status,
                published=published.get(account.article_id),
                subject_sides=sides(reader, event.actors),
            )
        )
    return found

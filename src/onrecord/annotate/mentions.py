"""Version and Sentences -> Mention: every place where somebody or something that can act is named.

Mentions of one version never overlap. A personal name is cited without its title, a noun phrase from
its first modifier to its noun. Where nothing tells who a word stands for, there is no mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.coreference import Reach, Resolver
from onrecord.annotate.mention_chains import Chain, chains_of
from onrecord.annotate.mention_names import name_spans
from onrecord.annotate.mention_nouns import noun_spans
from onrecord.annotate.mention_spans import Span, settle
from onrecord.annotate.mention_states import with_unlisted_states
from onrecord.annotate.mention_usage import is_party
from onrecord.gazetteer import Gazetteer
from onrecord.options import option
from onrecord.records import Mention, Sentence, Version
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.ids import make_id
from onrecord.text.quotes import quotations
from onrecord.text.tree import Tree

_QUALIFIES = ("compound", "nmod", "amod")
_NOT_TOLD = ("byline", "dateline")  # who wrote a report and where is no part of what it tells


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the mentions stage."""

    pronouns: bool = option(
        True, "Join he, she, they and it to what they stand for, where one thing fits"
    )
    reach: int = option(3, "How far back he and she may look for a person", unit="sentences")


def work(group: Group, options: Options, resources: Resources) -> Iterator[Mention]:
    """All mentions of one version, in order of the text. Needs the resource `gazetteer`."""
    version = group.one(Version)
    told = {i for i, block in enumerate(version.blocks) if block.kind not in _NOT_TOLD}
    sentences = [s for s in sorted(group.all(Sentence), key=lambda s: s.number) if s.block in told]
    gazetteer: Gazetteer = resources["gazetteer"]
    trees = [Tree(version.text, s) for s in sentences]
    gazetteer = with_unlisted_states(trees, gazetteer)
    chains = chains_of(spans_of(version.text, trees, gazetteer), gazetteer)
    rows = [(span, number) for number, chain in enumerate(chains) for span in chain.spans]
    if options.pronouns:
        rows += Resolver(trees, chains, quoted_ranges(version), Reach(person=options.reach)).run()
    yield from records_of(version, trees, chains, rows)


def quoted_ranges(version: Version) -> list[tuple[int, int]]:
    """Ranges of the text inside quotation marks."""
    blocks = [(b.start, b.end) for b in version.blocks]
    return [piece for q in quotations(version.text, blocks) for piece in q.pieces]


def spans_of(text: str, trees: Sequence[Tree], gazetteer: Gazetteer) -> list[Span]:
    """All spans of a version, without overlaps, places told from parties."""
    found = name_spans(text, trees, gazetteer)
    longer: dict[int, list[Span]] = {}
    for span in found:
        if span.last - span.first > 1 and span.rank < 4:
            longer.setdefault(span.sentence, []).append(span)
    for number, tree in enumerate(trees):
        names = longer.get(number, ())
        found += [
            n
            for n in noun_spans(text, number, tree, gazetteer)
            if not any(inside(n, o) for o in names)
        ]
    return [
        used
        for span in settle(found)
        if span.kind and (used := by_usage(text, trees[span.sentence], span, gazetteer)) is not None
    ]


def inside(span: Span, other: Span) -> bool:
    """Whether a span lies within a longer one: the word "justice" of a department's name."""
    within = other.first <= span.first and span.last <= other.last
    return within and span.last - span.first < other.last - other.first


def by_usage(text: str, tree: Tree, span: Span, gazetteer: Gazetteer) -> Span | None:
    """A place name as what it stands for here: a government, a body, a group of states, or a place.

    None where it only qualifies a noun that is a mention of its own or no party at all.
    """
    if span.key == "dateline":
        return span
    if span.kind != "place":
        return None if _only_qualifies(tree, span) else span
    sort = gazetteer.place_kind(span.name) or "other"
    if is_party(tree, span.head, sort):
        if body := gazetteer.seated_in(span.name):
            return replace(
                span, kind="organisation", role="metonym", name=body.name, country=body.country
            )
        if sort == "bloc":
            return replace(span, kind="group", role="name", plural=True)
        country = gazetteer.country_of(span.name)
        role = "metonym" if sort in ("capital", "seat") else "name"
        return replace(
            span, kind="government", role=role, name=country or span.name, country=country
        )
    if (
        span.key != "dateline"
        and tree.deps[span.head] in _QUALIFIES
        and sort in ("country", "seat", "other")
    ):
        return None
    return span


def _only_qualifies(tree: Tree, span: Span) -> bool:
    """One word that only the recogniser knows, before another noun: the dam of "the Skarn dam"."""
    guessed = span.kind in ("organisation", "person") and span.rank >= 5 and not span.noun
    return guessed and span.last - span.first == 1 and tree.deps[span.head] in _QUALIFIES


def records_of(
    version: Version,
    trees: Sequence[Tree],
    chains: Sequence[Chain],
    rows: Sequence[tuple[Span, int]],
) -> Iterator[Mention]:
    """Mentions of spans and their chains' numbers, in order of the text."""
    ordered = sorted(rows, key=lambda row: (row[0].sentence, row[0].first))
    first: dict[int, str] = {}
    for span, number in ordered:
        sentence = trees[span.sentence].sentence
        start, end = sentence.starts[span.first], sentence.ends[span.last - 1]
        ident = make_id("men", version.id, "mention", start, end)
        chain = chains[number]
        yield Mention(
            id=ident,
            version_id=version.id,
            article_id=version.article_id,
            start=start,
            end=end,
            chain=first.setdefault(number, ident),
            name=chain.name,
            kind=chain.kind,
            role=span.role,
            office=span.office if span.office != "counterpart" else None,
            country=chain.country,
            sentence=sentence.number,
            citation=cite(version, start, end),
        )

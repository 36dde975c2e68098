"""Versions of all articles -> Reuse: who copied whom, who prints the same quotation or the same wire text.

    copy           narration shared beyond one sentence: text was taken over from the other report or
                   from one that nobody captured
    shared_quote   the shared words stand inside quotation marks in both
    shared_source  a run of narration in reports that credit the same agency: the agency's text is
                   the parent, and if nobody captured it the source is the agency's name alone

A text printed by many is linked to the earliest report that has it, not everybody to everybody: the
rows are a forest, and its connected components are the texts' families.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.gazetteer import Outlets
from onrecord.options import option
from onrecord.records import Article, Citation, Reuse, ReuseSource, Ruling, Version
from onrecord.relate.components import connected
from onrecord.relate.judging_lines import kept
from onrecord.relate.passages import (
    SHINGLE,
    Caps,
    Passage,
    Text,
    align,
    candidates,
    read,
    stretches,
)
from onrecord.relate.precedence import CREDITS, Report, credited, first, is_agency, own_name, rank
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the reuse stage."""

    copy_sentences: int = option(
        2, "A copy shares narration of at least so many sentences", unit="sentences"
    )
    copy_words: int = option(24, "A copy shares at least so many words", unit="words")
    copy_share: int = option(
        10, "Of the shorter text, a copy shares at least this part", unit="per cent"
    )
    copy_run: int = option(
        12, "Shorter runs of common words do not count towards a copy: formulas", unit="words"
    )
    copy_long: int = option(
        80, "So many shared words make a copy whatever their share", unit="words"
    )
    brief_share: int = option(
        80,
        "A text of one sentence is a copy where this part of both texts is shared",
        unit="per cent",
    )
    row_words: int = option(
        12,
        "A passage of a copied text is listed as copied if it shares so many words of narration",
        unit="words",
    )
    quote_words: int = option(6, "Shorter quotations in common are not listed", unit="words")
    source_words: int = option(
        10,
        "A run of narration in reports crediting one agency is listed from this length",
        unit="words",
    )
    new_share: int = option(
        25,
        "A further source of a copied text is listed if this part of what it shares is not yet explained",
        unit="per cent",
    )
    holders: int = option(
        40, "Words printed by more articles link each of them to the earliest only", unit="articles"
    )
    boilerplate: int = option(
        8,
        "Words in more articles of one outlet are its boilerplate and not compared",
        unit="articles",
    )


@dataclass(frozen=True)
class Pair:
    """Two texts and what they share; `a` is the earlier by rank."""

    a: Text
    b: Text
    passages: tuple[Passage, ...]
    sign: int
    why: str
    agencies: tuple[str, ...]
    """Agencies that stand behind both: each report credits it, or one of them is it."""

    @property
    def words(self) -> int:
        return sum(p.b1 - p.b0 for p in self.passages)


def work(group: Group, options: Options, resources: Resources) -> Iterator[Reuse]:
    """Every reuse among the articles but what was rejected. Needs the resource `outlets`."""
    return kept(_reuse(group, options, resources["outlets"]), group.all(Ruling))


def _reuse(group: Group, options: Options, outlets: Outlets) -> Iterator[Reuse]:
    articles = {article.id: article for article in group.all(Article)}
    versions = [v for v in group.all(Version) if v.article_id in articles]
    versions.sort(key=lambda v: (rank(articles[v.article_id]), v.number))
    keys: dict[str, str] = {}
    texts = [read(version, order, keys) for order, version in enumerate(versions)]
    reports = _reports(versions, articles)
    names = {a.id: fold_loose(own_name(a, outlets) or "") for a in articles.values()}

    def outlet_of(text: Text) -> str | None:
        return names[text.version.article_id] or None

    found, dropped = candidates(
        texts, Caps(options.holders, options.boilerplate), outlet_of, options.quote_words - 4
    )
    copies: list[Pair] = []
    rest: list[Pair] = []
    for i, j, _ in found:
        a, b = texts[i], texts[j]
        passages = align(a, b, dropped)
        if not passages:
            continue
        sign, why = first(reports[a.version.id], reports[b.version.id], outlets)
        both = _behind(articles[a.version.article_id], articles[b.version.article_id], outlets)
        pair = Pair(a, b, tuple(passages), sign, why, both)
        uncaptured = [n for n in both if fold_loose(n) not in (outlet_of(a), outlet_of(b))]
        if not is_copy(pair, options) or uncaptured:
            rest.append(pair)
            continue
        told, other = _by_narration(pair, options)
        if told.passages:
            copies.append(told)
        if other.passages:
            rest.append(other)
    yield from _copies(copies, options)
    yield from _quotes(rest, options)
    yield from _sources(rest, texts, options, lambda v: own_name(articles[v.article_id], outlets))


def _by_narration(pair: Pair, options: Options) -> tuple[Pair, Pair]:
    """The pair with the passages that share narration enough for a copy, and with the others: of two
    texts that print one picture, or one quotation, those words alone show no copying."""
    told: list[Passage] = []
    other: list[Passage] = []
    for p in pair.passages:
        (told if _told(pair, p) >= options.row_words else other).append(p)
    return replace(pair, passages=tuple(told)), replace(pair, passages=tuple(other))


def _told(pair: Pair, p: Passage) -> int:
    """Words of narration that a passage shares, on the side that has fewer."""
    return min(sum(pair.a.told[p.a0 : p.a1]), sum(pair.b.told[p.b0 : p.b1]))


def _reports(versions: Sequence[Version], articles: dict[str, Article]) -> dict[str, Report]:
    seen = {(v.article_id, v.number): v.seen_at for v in versions}
    return {
        v.id: Report(articles[v.article_id], v, seen.get((v.article_id, v.number - 1)))
        for v in versions
    }


def _behind(a: Article, b: Article, outlets: Outlets) -> tuple[str, ...]:
    """Agencies behind both reports: each credits it or is it, and not both are it."""
    sides = []
    for article in (a, b):
        own = own_name(article, outlets)
        names = (*credited(article, outlets), *((own,) if own else ()))
        sides.append({fold_loose(n): n for n in names if is_agency(n, outlets)})
    if own_name(a, outlets) == own_name(b, outlets):
        sides[0].pop(fold_loose(own_name(a, outlets) or ""), None)
    return tuple(name for folded, name in sides[0].items() if folded in sides[1])


# --------------------------------------------------------------------------- copies


def is_copy(pair: Pair, options: Options) -> bool:
    """Whether the texts share more than one sentence or quotation, and enough of either."""
    strong = [p for p in pair.passages if min(p.a1 - p.a0, p.b1 - p.b0) >= options.copy_run]
    sides = []
    for text, ranges in (
        (pair.a, [(p.a0, p.a1) for p in strong]),
        (pair.b, [(p.b0, p.b1) for p in strong]),
    ):
        told: dict[int, int] = defaultdict(int)
        for low, high in ranges:
            for w in range(low, high):
                if text.told[w]:
                    told[text.sentence[w]] += 1
        whole = sum(n >= min(6, text.sentence_lengths[s]) for s, n in told.items() if n >= 3)
        sides.append((whole, sum(high - low for low, high in ranges), len(text)))
    count = min(sides[0][0], sides[1][0])
    shared = min(sides[0][1], sides[1][1])
    share = max(100 * covered // total for _, covered, total in sides)
    least = min(100 * covered // total for _, covered, total in sides)
    if count >= options.copy_sentences and shared >= options.copy_words:
        return share >= options.copy_share or shared >= options.copy_long
    return count >= 1 and shared >= options.copy_words // 2 and least >= options.brief_share


def _copies(pairs: Sequence[Pair], options: Options) -> Iterator[Reuse]:
    """One row a passage, each copied text linked to the reports that explain it best."""
    towards: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        pair = pair if pair.sign <= 0 else _flip(pair)
        towards[pair.b.version.article_id].append(pair)
    for _, sources in sorted(towards.items()):
        explained: set[int] = set()
        while sources:
            fresh = [
                sum(w not in explained for p in s.passages for w in _letters(s, p)) for s in sources
            ]
            best = max(fresh)
            at = min(
                (i for i, n in enumerate(fresh) if 10 * n >= 9 * best),
                key=lambda i: (
                    not _names_source(sources[i]),
                    sources[i].a.order,
                ),
            )
            pair = sources.pop(at)
            if 100 * fresh[at] < options.new_share * sum(
                len(_letters(pair, p)) for p in pair.passages
            ):
                continue
            for p in pair.passages:
                explained.update(_letters(pair, p))
                yield _row("copy", pair, p, _copy_basis(pair))


def _letters(pair: Pair, p: Passage) -> range:
    """What a passage covers of the copied version, as offsets: versions of one article share no words
    by number, but nearly all by place."""
    return range(pair.b.spans[p.b0][0], pair.b.spans[p.b1 - 1][1])


def _flip(pair: Pair) -> Pair:
    return Pair(
        pair.b, pair.a, tuple(p.flip() for p in pair.passages), -pair.sign, pair.why, pair.agencies
    )


def _copy_basis(pair: Pair) -> str:
    count = len(pair.passages)
    where = "one passage" if count == 1 else f"{count} passages"
    return f"{pair.words} words run together in {where}; {pair.why}"


def _row(kind: str, pair: Pair, p: Passage, basis: str) -> Reuse:
    source, target = _cite(pair.a, p.a0, p.a1), _cite(pair.b, p.b0, p.b1)
    return Reuse(
        id=make_id(
            "reu", kind, pair.a.version.id, source.address, pair.b.version.id, target.address
        ),
        kind=kind,
        source=ReuseSource.of(source),
        target=target,
        articles=(pair.a.version.article_id, pair.b.version.article_id),
        words=p.b1 - p.b0,
        direction="known" if pair.sign and (kind == "copy" or _names_source(pair)) else "unknown",
        basis=basis,
    )


def _cite(text: Text, low: int, high: int) -> Citation:
    return cite(text.version, text.spans[low][0], text.spans[high - 1][1])


# --------------------------------------------------------------------------- quotations


def _quotes(pairs: Sequence[Pair], options: Options) -> Iterator[Reuse]:
    """The same words inside quotation marks in both: one row a stretch."""
    for pair in pairs:
        for p, quoted in stretches(pair.a, pair.b, pair.passages):
            if quoted and p.b1 - p.b0 >= options.quote_words:
                by = pair if pair.sign <= 0 else _flip(pair)
                here = p if pair.sign <= 0 else p.flip()
                yield _row("shared_quote", by, here, _quote_basis(by, p))


def _quote_basis(pair: Pair, p: Passage) -> str:
    """What is equal, and the order. Who was printed first does not show who took a quotation from
    whom: both may have heard it."""
    count = p.b1 - p.b0
    words = f"the same {count} words" if p.same == count else f"{p.same} equal words of {count}"
    taken = "" if _names_source(pair) else "; not known whether one took it from the other"
    return f"{words} stand inside quotation marks in both; {pair.why}{taken}"


def _names_source(pair: Pair) -> bool:
    return pair.why.startswith(CREDITS)


# --------------------------------------------------------------------------- a common agency


def _sources(
    pairs: Sequence[Pair],
    every: Sequence[Text],
    options: Options,
    outlet_of: Callable[[Version], str | None],
) -> Iterator[Reuse]:
    """The same run of narration in reports that credit one agency: one row a run, however many print
    it. A run that stands in a captured text of the agency is linked to that text, here or as a copy."""
    runs: dict[str, list[tuple[tuple[int, int, int], tuple[int, int, int]]]] = defaultdict(list)
    texts: dict[int, Text] = {}
    for pair in pairs:
        for agency in pair.agencies:
            for p, quoted in stretches(pair.a, pair.b, pair.passages):
                if not quoted and _told(pair, p) >= options.source_words:
                    texts[pair.a.order], texts[pair.b.order] = pair.a, pair.b
                    runs[agency].append(((pair.a.order, p.a0, p.a1), (pair.b.order, p.b0, p.b1)))
    for agency, edges in sorted(runs.items()):
        nodes = sorted({node for edge in edges for node in edge})
        same = [
            (x, y)
            for x, y in pairwise(nodes)
            if x[0] == y[0] and 2 * (min(x[2], y[2]) - y[1]) >= min(x[2] - x[1], y[2] - y[1])
        ]
        own = [text for text in every if outlet_of(text.version) == agency]
        for members in connected([*edges, *same]):
            held = any(outlet_of(texts[order].version) == agency for order, _, _ in members)
            if held or not any(_prints(text, texts[m[0]], m) for text in own for m in members):
                yield _source_row(agency, members, texts, outlet_of)


def _prints(own: Text, text: Text, run: tuple[int, int, int]) -> bool:
    """Whether a text prints at least half of a run of words of another."""
    _, low, high = run
    pieces = [text.keys[i : i + SHINGLE] for i in range(low, high - SHINGLE + 1)]
    return 2 * sum(piece in own.places for piece in pieces) >= len(pieces)


def _source_row(
    agency: str,
    members: Sequence[tuple[int, int, int]],
    texts: dict[int, Text],
    outlet_of: Callable[[Version], str | None],
) -> Reuse:
    longest: dict[int, tuple[int, int, int]] = {}
    for order, low, high in members:
        if order not in longest or high - low > longest[order][2] - longest[order][1]:
            longest[order] = (order, low, high)
    cited = {o: _cite(texts[o], low, high) for o, low, high in longest.values()}
    own = [o for o in sorted(cited) if outlet_of(texts[o].version) == agency]
    ordered = [*own, *(o for o in sorted(cited) if o not in own)]
    held = bool(own)
    source = ReuseSource.of(cited[own[0]]) if held else ReuseSource.uncaptured(agency)
    target, *others = [cited[o] for o in (ordered[1:] if held else ordered)]
    if held:
        basis = (
            f"{agency} printed this run of narration, and {len(ordered) - 1} reports that credit it"
        )
    else:
        basis = (
            f"{len(cited)} reports print the same run of narration and each credits {agency}, whose "
            "own text of it was not captured; none is taken for the other's copy"
        )
    first_of = longest[ordered[1] if held else ordered[0]]
    return Reuse(
        id=make_id("reu", "shared_source", agency, target.version_id, target.address),
        kind="shared_source",
        source=source,
        target=target,
        others=tuple(others),
        articles=tuple(texts[o].version.article_id for o in ordered),
        words=first_of[2] - first_of[1],
        direction="known",
        basis=basis,
    )

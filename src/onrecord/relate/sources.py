"""Story -> PrimarySource: which of the sources that its reports name are held, and how they are quoted.

Held is what somebody attached (a judgement about addresses, so it outlives rebuilds), and the text of an
agency that the report was found to be a printed copy of. Of a held source every quotation in the story's
reports is laid beside its words: what was changed, cut, put in.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from onrecord.options import option
from onrecord.records import (
    ActorRef,
    Article,
    Attached,
    Capture,
    Citation,
    Judgement,
    NamedSource,
    PrimarySource,
    QuotedFrom,
    Reuse,
    Ruling,
    Story,
    Version,
    WordDifference,
)
from onrecord.relate.judging import Lines, by, docket
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id
from onrecord.text.quotes import quotations


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the sources stage."""

    shortest: int = option(
        5, "A quotation of fewer words is not looked for in a source that is held", unit="words"
    )
    shared: int = option(
        60,
        "Share of a quotation's words that must stand in the held source, in order, to be of it",
        unit="per cent",
    )


# --------------------------------------------------------------------------- attached


def attached(group: Group, options: object, resources: Resources) -> Iterator[Attached]:
    """What a judgement attaches: its first address is the report's passage, its second the source."""
    one = group.one(Judgement)
    if one.undone is not None or one.about.kind != "source" or one.verdict != "confirm":
        return
    report, source = (a.removeprefix("sha256:").partition("/")[0] for a in one.about.addresses)
    captures = sorted(group.all(Capture), key=lambda c: c.id)
    held = next((c for c in captures if c.sha256 == source), None)
    if held is None:
        return
    for article in sorted({c.article_id for c in captures if c.sha256 == report}):
        yield Attached(
            id=make_id("att", one.id, article),
            article_id=article,
            judgement_id=one.id,
            capture_id=held.id,
            source_article=held.article_id,
        )


# --------------------------------------------------------------------------- held


@dataclass(frozen=True)
class _Held:
    capture_id: str
    article_id: str
    why: str
    by_hand: bool


def work(group: Group, options: Options, resources: Resources) -> Iterator[PrimarySource]:
    """The primary sources that a story's reports name."""
    story = group.one(Story)
    named = {n.id: n for n in group.all(NamedSource)}
    articles = {a.id: a for a in group.all(Article)}
    held = _agency_texts(named, articles, group.all(Reuse)) | _attached(named, group)
    versions: dict[str, list[Version]] = defaultdict(list)
    for version in sorted(group.all(Version), key=lambda v: (v.article_id, v.number, v.id)):
        versions[version.article_id].append(version)
    quotes: dict[str, dict[str, list[QuotedFrom]]] = {}
    for row in held.values():
        source = next(iter(versions.get(row.article_id, [])[::-1]), None)
        if row.by_hand and source is not None and row.capture_id not in quotes:
            mine = quotes[row.capture_id] = defaultdict(list)
            for quoted in quoted_from(source, versions, options):
                mine[quoted.article_id].append(quoted)
    held |= _quoting(named, held, quotes)
    holding = {(named[i].article_id, row.capture_id) for i, row in held.items()}
    for one in sorted(named.values(), key=lambda n: n.id):
        found = held.get(one.id)
        yield PrimarySource(
            id=one.id,
            article_id=one.article_id,
            story_id=story.id,
            kind=one.kind,
            text=one.text,
            name=one.name,
            author=one.author,
            to=one.to,
            released_by=one.released_by,
            mentions=one.mentions,
            held=found.capture_id if found else None,
            held_basis=found.why if found else None,
            quotes=tuple(
                quoted
                for article, some in (quotes.get(found.capture_id, {}) if found else {}).items()
                if found
                and (
                    article == one.article_id
                    or (found.by_hand and (article, found.capture_id) not in holding)
                )
                for quoted in some
            ),
            basis=one.basis,
        )


def _quoting(
    named: dict[str, NamedSource],
    held: dict[str, _Held],
    quotes: dict[str, dict[str, list[QuotedFrom]]],
) -> dict[str, _Held]:
    """Sources of other reports that are the one attached: of its kind, of no other author or addressee,
    and the report quotes its words."""
    found: dict[str, _Held] = {}
    for known, row in sorted(held.items()):
        for one in named.values() if row.by_hand else ():
            if (
                one.id not in held
                and one.kind == named[known].kind
                and one.article_id != named[known].article_id
                and _agree(one.author, named[known].author)
                and _agree(one.to, named[known].to)
                and quotes.get(row.capture_id, {}).get(one.article_id)
            ):
                why = f"{row.why} to another report that names it; this one quotes its words"
                found.setdefault(one.id, _Held(row.capture_id, row.article_id, why, by_hand=False))
    return found


def _agree(a: ActorRef | None, b: ActorRef | None) -> bool:
    if a is None or b is None:
        return True
    if a.actor_id is not None and b.actor_id is not None:
        return a.actor_id == b.actor_id
    return fold_loose(a.name) == fold_loose(b.name)


def _attached(named: dict[str, NamedSource], group: Group) -> dict[str, _Held]:
    """The captures that somebody attached; of several the last."""
    where = {(a.judgement_id, a.article_id): a for a in group.all(Attached)}
    lines = Lines(
        {n.id: [n.text.address, *(c.address for c in n.mentions)] for n in named.values()}
    )
    found = {}
    for entry in docket(group.all(Ruling), "source"):
        if entry.judgement.verdict != "confirm":
            continue
        met = lines.meet(entry.about[0]).lines[:1]
        for source in met:
            row = where.get((entry.judgement.id, named[source].article_id))
            if row is not None:
                why = f"attached {by(entry.judgement)}"
                found[source] = _Held(row.capture_id, row.source_article, why, by_hand=True)
    return found


def _agency_texts(
    named: dict[str, NamedSource], articles: dict[str, Article], reuse: Sequence[Reuse]
) -> dict[str, _Held]:
    """The captures that reports were found to be printed copies of, and that the credited agency wrote."""
    found = {}
    for one in named.values():
        for row in reuse if one.kind == "agency text" else ():
            if row.kind != "copy" or row.articles[1] != one.article_id or not row.source.capture_id:
                continue
            origin = articles.get(row.articles[0])
            if origin is not None and fold_loose(origin.outlet or "") == fold_loose(one.name):
                why = f"this report was found to be a copy of it ({row.id})"
                found[one.id] = _Held(row.source.capture_id, origin.id, why, by_hand=False)
                break
    return found


# --------------------------------------------------------------------------- word by word

_RUN = 3
"""Words that must stand in a row in both, for a quotation to be looked for at that place."""
_AROUND = 12
"""Words of the source that are looked at beyond a quotation's own length."""


@dataclass(frozen=True)
class _Words:
    """The words of a text with their places."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def _words(text: str, start: int, end: int) -> _Words:
    found = [
        (fold_loose(m[0]), m.span())
        for m in re.finditer(r"\w+(?:['’]\w+)*", text[:end])
        if m.start() >= start
    ]
    return _Words(tuple(w for w, _ in found), tuple(s for _, s in found))


def quoted_from(
    source: Version, versions: dict[str, list[Version]], options: Options
) -> Iterator[QuotedFrom]:
    """Every quotation of the story's reports that is taken from a source, beside its words there."""
    there = _words(source.text, 0, len(source.text))
    starts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(there.words) - _RUN + 1):
        starts[there.words[i : i + _RUN]].append(i)
    for article, some in sorted(versions.items()):
        if article == source.article_id:
            continue
        seen: set[tuple[str, ...]] = set()
        for version in some:
            blocks = [(b.start, b.end) for b in version.blocks]
            for quotation in quotations(version.text, blocks):
                for start, end in quotation.pieces:
                    here = _words(version.text, start, end)
                    if len(here.words) < options.shortest or here.words in seen:
                        continue
                    seen.add(here.words)
                    found = _beside(here, there, starts, options)
                    if found is not None:
                        yield _row(article, version, source, here, there, found)


def _beside(
    here: _Words, there: _Words, starts: dict[tuple[str, ...], list[int]], options: Options
) -> list[tuple[int, int]] | None:
    """Pairs of places of the words that both have, in order; None if too few are."""
    best: list[tuple[int, int]] = []
    tried: set[int] = set()
    for i in range(len(here.words) - _RUN + 1):
        for j in starts.get(here.words[i : i + _RUN], ()):
            low = max(0, j - i - _AROUND)
            if low // _AROUND in tried:
                continue
            tried.add(low // _AROUND)
            high = min(len(there.words), j - i + len(here.words) + 2 * _AROUND)
            pairs = _close(_pairs(here.words, there.words, low, high), here.words, there.words)
            if len(pairs) > len(best):
                best = pairs
    if len(best) < options.shortest or len(best) * 100 < options.shared * len(here.words):
        return None
    return best


def _pairs(here: Sequence[str], there: Sequence[str], low: int, high: int) -> list[tuple[int, int]]:
    """Places of the words that a quotation and a stretch of the source have in one order."""
    return [
        (op.src_start + k, low + op.dest_start + k)
        for op in Indel.opcodes(list(here), list(there[low:high]))
        if op.tag == "equal"
        for k in range(op.src_end - op.src_start)
    ]


_ALONE = 2
"""Words in a row at an end of what both have; fewer, far from the rest, are shared by chance."""


def _close(
    pairs: Sequence[tuple[int, int]], here: Sequence[str], there: Sequence[str]
) -> list[tuple[int, int]]:
    """The pairs without short runs at either end that a gap of the source parts from the rest; the
    runs that are left go on as far as the words do."""
    runs: list[list[tuple[int, int]]] = []
    for pair in pairs:
        if runs and runs[-1][-1][0] + 1 == pair[0] and runs[-1][-1][1] + 1 == pair[1]:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    far = _AROUND // 3
    while len(runs) > 1 and len(runs[0]) < _ALONE and runs[1][0][1] - runs[0][-1][1] > far:
        runs.pop(0)
    while len(runs) > 1 and len(runs[-1]) < _ALONE and runs[-1][0][1] - runs[-2][-1][1] > far:
        runs.pop()
    kept = [pair for run in runs for pair in run]
    while kept and min(kept[0]) > 0 and here[kept[0][0] - 1] == there[kept[0][1] - 1]:
        kept.insert(0, (kept[0][0] - 1, kept[0][1] - 1))
    while (
        kept
        and kept[-1][0] + 1 < len(here)
        and kept[-1][1] + 1 < len(there)
        and here[kept[-1][0] + 1] == there[kept[-1][1] + 1]
    ):
        kept.append((kept[-1][0] + 1, kept[-1][1] + 1))
    return kept


_EDGE = 2
"""Words at an end of a quotation that may stand for as many of the source, in the same sentence."""


def _ends(source: Version, here: _Words, there: _Words, pairs: Sequence[tuple[int, int]]) -> range:
    """The words of the source that a quotation stands for: from its first shared one to its last, and
    as many beyond as the quotation has other words there, if they are few."""
    low, high = pairs[0][1], pairs[-1][1]
    before, behind = pairs[0][0], len(here.words) - 1 - pairs[-1][0]
    if 0 < before <= min(_EDGE, low) and _joined(source.text, there, low - before, low):
        low -= before
    if 0 < behind <= min(_EDGE, len(there.words) - 1 - high) and _joined(
        source.text, there, high, high + behind
    ):
        high += behind
    return range(low, high + 1)


def _joined(text: str, words: _Words, first: int, last: int) -> bool:
    """Whether no sentence ends between two words."""
    return not re.search(r"[.!?\n]", text[words.spans[first][1] : words.spans[last][0]])


def _row(
    article: str,
    version: Version,
    source: Version,
    here: _Words,
    there: _Words,
    pairs: Sequence[tuple[int, int]],
) -> QuotedFrom:
    ends = _ends(source, here, there, pairs)
    pairs = _pairs(here.words, there.words, ends[0], ends[-1] + 1)
    return QuotedFrom(
        article_id=article,
        citation=_cited(version, here, 0, len(here.words) - 1),
        original=_cited(source, there, ends[0], ends[-1]),
        words=len(pairs),
        differences=tuple(_differences(version.text, source.text, here, there, pairs, ends)),
    )


def _cited(version: Version, words: _Words, first: int, last: int) -> Citation:
    return cite(version, words.spans[first][0], words.spans[last][1])


def _differences(
    quoting: str,
    original: str,
    here: _Words,
    there: _Words,
    pairs: Sequence[tuple[int, int]],
    ends: range,
) -> Iterator[WordDifference]:
    """What stands between the shared words on either side, in order of the quotation."""

    def words(text: str, found: _Words, first: int, behind: int) -> str:
        if first >= behind:
            return ""
        return " ".join(text[found.spans[first][0] : found.spans[behind - 1][1]].split())

    edges = [(-1, ends[0] - 1), *pairs, (len(here.words), ends[-1] + 1)]
    for (a, b), (c, d) in itertools.pairwise(edges):
        put_in, cut = words(quoting, here, a + 1, c), words(original, there, b + 1, d)
        if put_in or cut:
            op = "changed" if put_in and cut else "put_in" if put_in else "cut"
            yield WordDifference(op=op, original=cut, quoted=put_in)

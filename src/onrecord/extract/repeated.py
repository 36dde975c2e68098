"""Lines that an outlet prints in many of its reports: found by a keyed stage, taken out of the text.

Evidence that only several captures can give. A line counts once a report, and reports that are
mostly the same text (a wire story printed at two addresses) count as one. Running text that an
outlet repeats (the background of a running story) is its own report and stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from onrecord.options import option
from onrecord.records import Block, LeftOut, Reading, Record, RepeatedLines
from onrecord.stage import Group, Resources
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id
from onrecord.text.offsets import Segment

_KINDS = frozenset(("paragraph", "list", "quote", "embed", "caption", "heading"))
_LONG_LINE = 60
"""Code points from which a line tells that two reports are the same text."""
_COMMON = 50
"""A line in so many reports tells nothing of which of them are the same text."""
_SAME = 50
"""Two reports are the same text if they share so many per cent of the shorter one's long lines."""
_RUNNING = 8
"""Words from which a line with a sentence's end is running text. Edits of one word were lost where it
was 25: reports of one series share sentences."""
_SHORT = 4
"""A line of fewer words may head or end any report."""
_SENTENCE = re.compile(r"[.!?…。！？][\"”’')\]]*(?:\s|$)")
_TO_READERS = frozenset(
    "you your you're you'll us our we subscribe subscription newsletter newsletters sign signup "
    "download app follow click email inbox podcast donate membership copyright rights reserved "
    "terms privacy advertise whatsapp telegram sie ihr ihre uns unser unsere unseren abonnieren "
    "abo vous votre nos notre abonnez usted su nuestro nuestra suscríbete".split()
)
"""Words of an outlet that speaks to its readers, not of the news."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of finding repeated lines."""

    least: int = option(
        3, "A line in so many different reports of one outlet is the outlet's", unit="reports"
    )
    most_reports: int = option(
        2_000, "Reports of one outlet that are looked at; the others are not", unit="reports"
    )


def line_keys(reading: Reading) -> list[str]:
    """The blocks of a reading that may be repeated, folded, in order."""
    return [fold_loose(reading.text[b.start : b.end]) for b in reading.blocks if b.kind in _KINDS]


def repeated_lines(reports: Iterable[tuple[str, Sequence[str]]], least: int = 3) -> dict[str, int]:
    """Folded lines that stand in at least `least` different reports, with their number.

    `reports` are (article id, folded lines), one for each capture; captures of one article count
    once, and so do articles that are mostly the same text.
    """
    lines: dict[str, set[str]] = defaultdict(set)
    for article, keys in reports:
        lines[article].update(key for key in keys if key)
    same = _same_texts(lines)
    standing: dict[str, set[str]] = defaultdict(set)
    for article, held in lines.items():
        for key in held:
            standing[key].add(same[article])
    counts = {key: len(texts) for key, texts in standing.items() if len(texts) >= least}
    return dict(sorted(counts.items()))


def _same_texts(lines: Mapping[str, set[str]]) -> dict[str, str]:
    """Article -> the first of the articles that have its text."""
    holders: dict[str, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for article, keys in sorted(lines.items()):
        long = [key for key in keys if len(key) >= _LONG_LINE]
        sizes[article] = sum(map(len, long))
        for key in long:
            holders[key].append(article)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for key, articles in holders.items():
        if len(articles) <= _COMMON:
            for i, one in enumerate(articles):
                for other in articles[i + 1 :]:
                    shared[one, other] += len(key)
    first = {article: article for article in lines}

    def root(article: str) -> str:
        while first[article] != article:
            article = first[article]
        return article

    for (one, other), letters in sorted(shared.items()):
        if 100 * letters >= _SAME * min(sizes[one], sizes[other]):
            low, high = sorted((root(one), root(other)))
            first[high] = low
    return {article: root(article) for article in lines}


def is_outlets_own(line: str) -> bool:
    """Whether a repeated line (folded) is the outlet's own word: said to readers, or neither running
    text nor so short that it may head or end any report."""
    words = line.split()
    to_readers = sum(word.strip(".,:;!?()\"'") in _TO_READERS for word in words)
    if len(words) < _SHORT:
        return to_readers >= 1
    if len(words) >= _RUNNING and _SENTENCE.search(line):
        return to_readers >= 2
    return True


def without_repeated(reading: Reading, repeated: Mapping[str, int]) -> Reading:
    """The reading with the outlet's own lines left out, each with the number of its reports."""
    reasons: dict[int, str] = {}
    for i, block in enumerate(reading.blocks):
        if block.kind not in _KINDS:
            continue
        line = fold_loose(reading.text[block.start : block.end])
        if (count := repeated.get(line, 0)) and is_outlets_own(line):
            reasons[i] = f"also in {count - 1} or more other reports of this outlet"
    for i in sorted(reasons):
        if reading.blocks[i].kind == "heading" and _heads_report(reading.blocks, i, reasons):
            del reasons[i]
    if not reasons or len(reasons) == len(reading.blocks):
        return reading
    return _drop(reading, reasons)


def _heads_report(blocks: Sequence[Block], i: int, reasons: Mapping[int, str]) -> bool:
    """Whether a heading stands above text that is kept."""
    return i + 1 < len(blocks) and i + 1 not in reasons


def _drop(reading: Reading, reasons: Mapping[int, str]) -> Reading:
    texts: list[str] = []
    blocks: list[Block] = []
    rows: list[Segment] = []
    left_out = list(reading.left_out)
    at = 0
    for i, block in enumerate(reading.blocks):
        if i in reasons:
            left_out.append(
                LeftOut(
                    capture_start=block.capture_start,
                    capture_end=block.capture_end,
                    reason=reasons[i],
                )
            )
            continue
        at += 2 if blocks else 0
        shift = at - block.start
        rows += [
            (s + shift, e + shift, c, d)
            for s, e, c, d in reading.segments
            if block.start <= s < block.end
        ]
        size = block.end - block.start
        blocks.append(structs.replace(block, start=at, end=at + size))
        texts.append(reading.text[block.start : block.end])
        at += size
    return structs.replace(
        reading,
        text="\n\n".join(texts),
        blocks=tuple(blocks),
        segments=tuple(rows),
        left_out=tuple(sorted(left_out, key=lambda o: (o.capture_start, o.capture_end))),
    )


def work(group: Group, options: Options, resources: Resources) -> Iterator[Record]:
    """The repeated lines of one site; nothing for readings whose site is unknown."""
    readings = [r for r in group.all(Reading) if r.kind == "article"][: options.most_reports]
    site = readings[0].site if readings else ""
    if not site:
        return
    counts = repeated_lines(((r.article_id, line_keys(r)) for r in readings), options.least)
    if counts:
        lines = {line: _at_least(count) for line, count in counts.items()}
        yield RepeatedLines(id=make_id("rep", site), site=site, lines=lines)


def _at_least(count: int) -> int:
    """Other reports than the one at hand, down to a power of two, and that one: an exact number would
    change every report of an outlet, and all that is read from it, with each new one."""
    return (1 << (max(count - 1, 1).bit_length() - 1)) + 1

"""Version -> Sentence: the parse, stored, so that a changed rule never parses again.

spaCy is fed paragraphs, never whole documents: on documents it glues closing quotes and headlines to
the wrong sentence, and headlines in title case as they would stand in running text. The same text gives the same parse for any batch size and number of processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotate.headline_case import in_running_case, usage_of
from onrecord.options import option
from onrecord.records import Sentence, Version
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the sentences stage."""

    batch: int = option(
        32, "Blocks the parser takes at once; the result is the same for any number"
    )
    longest_block: int = option(
        20_000,
        "A longer block is parsed in pieces of this length, cut at white space",
        unit="characters",
    )


HEADLINES = frozenset({"title", "deck", "heading"})
RUNNING_TEXT = frozenset({"paragraph", "quote", "list"})


def pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """`start:end` in ranges no longer than `longest`, cut behind white space where there is any."""
    while end - start > longest:
        cut = text.rfind(" ", start + 1, start + longest) + 1 or start + longest
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def work(group: Group, options: Options, resources: Resources) -> Iterator[Sentence]:
    """All sentences of one version, block by block. Needs the resource `nlp` (a spaCy pipeline)."""
    version = group.one(Version)
    ranges = [
        (number, low, high)
        for number, block in enumerate(version.blocks)
        for low, high in pieces(version.text, block.start, block.end, options.longest_block)
    ]
    usage = usage_of(
        version.text[b.start : b.end] for b in version.blocks if b.kind in RUNNING_TEXT
    )
    docs = resources["nlp"].pipe(
        (
            in_running_case(version.text[low:high], usage)
            if version.blocks[number].kind in HEADLINES
            else version.text[low:high]
            for number, low, high in ranges
        ),
        batch_size=options.batch,
    )
    number = 0
    for (block, low, _), doc in zip(ranges, docs, strict=True):
        for sent in doc.sents:
            tokens = [t for t in sent if not t.is_space]
            if not tokens:
                continue
            place = {t.i: i for i, t in enumerate(tokens)}
            heads = []
            for i, t in enumerate(tokens):
                head = t.head
                while head.i not in place and head.head.i != head.i:
                    head = head.head
                heads.append(place.get(head.i, i))
            start, end = low + tokens[0].idx, low + tokens[-1].idx + len(tokens[-1])
            yield Sentence(
                id=make_id("sen", version.id, "sentence", start, end),
                version_id=version.id,
                article_id=version.article_id,
                number=number,
                block=block,
                start=start,
                end=end,
                starts=tuple(low + t.idx for t in tokens),
                ends=tuple(low + t.idx + len(t) for t in tokens),
                lemmas=tuple(t.lemma_.lower() for t in tokens),
                pos=tuple(t.pos_ for t in tokens),
                tags=tuple(t.tag_ for t in tokens),
                deps=tuple(t.dep_ for t in tokens),
                heads=tuple(heads),
                ents=tuple(
                    f"{t.ent_iob_}-{t.ent_type_}" if t.ent_iob_ in ("B", "I") else "O"
                    for t in tokens
                ),
            )
            number += 1

"""Version -> Sentence: the parse, stored, so that a changed rule never parses again.

spaCy is fed paragraphs, never whole documents: on documents it glues closing quotes and headlines to
the wrong sentence. It reads headlines in title case as they would stand in running text (headline_case.py) and
once more where it took their verb for a noun (headline_verbs.py), and scales written short as words
(short_scales.py); the offsets are those of the text as it is printed. The same text gives the same parse for any
batch size and number of processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.annotate.headline_case import in_running_case, usage_of
from onrecord.annotate.headline_verbs import SINGULAR, candidates, has_verb, is_verb_at, lemma_of
from onrecord.annotate.read_as import ReadAs, read_as
from onrecord.options import option
from onrecord.records import Sentence, Version
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id
from onrecord.text.short_scales import short_scales


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


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A passage of a block as the parser read it. `low`: where it begins in the version's text; `verb`: offset in
    the passage of the headline's verb that stood under another word, with its lemma and tag; -1 if none did."""

    block: int
    low: int
    reading: ReadAs
    doc: Any
    verb: tuple[int, str, str] = (-1, "", "")


def work(group: Group, options: Options, resources: Resources) -> Iterator[Sentence]:
    """All sentences of one version, block by block. Needs the resource `nlp` (a spaCy pipeline)."""
    version = group.one(Version)
    number = 0
    for parsed in _parsed(version, options, resources["nlp"]):
        for sent in parsed.doc.sents:
            tokens = [t for t in sent if not t.is_space]
            if tokens:
                yield _sentence(version, parsed, tokens, number)
                number += 1


def _parsed(version: Version, options: Options, nlp: Any) -> Iterator[_Parsed]:
    usage = usage_of(
        version.text[b.start : b.end] for b in version.blocks if b.kind in RUNNING_TEXT
    )
    passages = []
    for number, block in enumerate(version.blocks):
        for low, high in pieces(version.text, block.start, block.end, options.longest_block):
            text = version.text[low:high]
            headline = block.kind in HEADLINES
            if headline:
                # Of a hyphen set as a dash the parser makes one word with what stands beside it.
                text = in_running_case(text, usage).replace(" - ", " — ")
            passages.append((number, low, headline, text, tuple(short_scales(text))))
    readings = [read_as(text, scales) for *_, text, scales in passages]
    docs = nlp.pipe((reading.text for reading in readings), batch_size=options.batch)
    for (number, low, headline, text, scales), reading, doc in zip(
        passages, readings, docs, strict=True
    ):
        found = _Parsed(number, low, reading, doc)
        if headline and not has_verb(doc):
            found = _with_verb(found, text, scales, nlp) or found
        yield found


def _with_verb(
    found: _Parsed, text: str, scales: Sequence[tuple[int, int, str]], nlp: Any
) -> _Parsed | None:
    """A headline parsed again with one of its words read as a verb; None if none is one."""
    for start, end, told in candidates(found.doc):
        low, high = found.reading.on_page(start), found.reading.on_page(end)
        reading = read_as(text, sorted((*scales, (low, high, told))))
        doc = next(iter(nlp.pipe((reading.text,))))
        if is_verb_at(doc, [reading.on_page(t.idx) for t in doc].index(low)):
            tag = "VBZ" if told == SINGULAR else "VBP"
            return replace(
                found, reading=reading, doc=doc, verb=(low, lemma_of(text[low:high].lower()), tag)
            )
    return None


def _sentence(version: Version, parsed: _Parsed, tokens: Sequence[Any], number: int) -> Sentence:
    place = {t.i: i for i, t in enumerate(tokens)}
    heads = []
    for i, t in enumerate(tokens):
        head = t.head
        while head.i not in place and head.head.i != head.i:
            head = head.head
        heads.append(place.get(head.i, i))
    begins = [parsed.reading.on_page(t.idx) for t in tokens]
    starts = tuple(parsed.low + at for at in begins)
    ends = tuple(parsed.low + parsed.reading.on_page(t.idx + len(t)) for t in tokens)
    verb, lemma, tag = parsed.verb
    return Sentence(
        id=make_id("sen", version.id, "sentence", starts[0], ends[-1]),
        version_id=version.id,
        article_id=version.article_id,
        number=number,
        block=parsed.block,
        start=starts[0],
        end=ends[-1],
        starts=starts,
        ends=ends,
        lemmas=tuple(
            lemma if at == verb else t.lemma_.lower() for at, t in zip(begins, tokens, strict=True)
        ),
        pos=tuple(t.pos_ for t in tokens),
        tags=tuple(tag if at == verb else t.tag_ for at, t in zip(begins, tokens, strict=True)),
        deps=tuple(t.dep_ for t in tokens),
        heads=tuple(heads),
        ents=tuple(
            f"{t.ent_iob_}-{t.ent_type_}" if t.ent_iob_ in ("B", "I") else "O" for t in tokens
        ),
    )

"""Mentions of texts made by hand, read with the real parser: what several test modules share."""

from __future__ import annotations

import functools
import hashlib

from onrecord.annotate import mentions, sentences
from onrecord.gazetteer import load_gazetteer
from onrecord.records import Block, Mention, Sentence, Version
from onrecord.run.resources import load_nlp
from onrecord.stage import Group
from onrecord.text.ids import make_id


def version(text: str, article: str = "art-1", kinds: str = "") -> Version:
    """A version of paragraphs parted by blank lines; `kinds`: t title, b byline, p paragraph (default)."""
    names = {"t": "title", "b": "byline", "p": "paragraph"}
    blocks, start = [], 0
    for i, piece in enumerate(text.split("\n\n")):
        kind = names[kinds[i] if i < len(kinds) else "p"]
        end = start + len(piece)
        blocks.append(Block(kind=kind, start=start, end=end, capture_start=start, capture_end=end))
        start = end + 2
    return Version(
        id=make_id("ver", article, text),
        article_id=article,
        capture_id=f"cap-{article}",
        number=1,
        seen_at=None,
        text=text,
        blocks=tuple(blocks),
        left_out=(),
        segments=tuple((b.start, b.end, b.start, b.end) for b in blocks),
        language="en",
        decoder="utf-8",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@functools.cache
def read(
    text: str, article: str = "art-1", kinds: str = "", pronouns: bool = True
) -> tuple[Mention, ...]:
    """All mentions of a text, in order."""
    made = version(text, article, kinds)
    parsed = tuple(
        sentences.work(Group({Version: (made,)}), sentences.Options(), {"nlp": load_nlp()})
    )
    group = Group({Version: (made,), Sentence: parsed})
    options = mentions.Options(pronouns=pronouns)
    return tuple(mentions.work(group, options, {"gazetteer": load_gazetteer()}))


def find(found: tuple[Mention, ...], words: str, nth: int = 0) -> Mention:
    """The nth mention whose cited words are these."""
    return [m for m in found if m.citation.quote == words][nth]


def quotes(found: tuple[Mention, ...]) -> list[str]:
    """The cited words of all mentions."""
    return [m.citation.quote for m in found]

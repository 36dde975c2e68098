"""Articles and versions made by hand, for tests of what compares them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from onrecord.records import Article, Block, Bounds, Dateline, Version
from onrecord.text.ids import make_id


def version(
    text: str,
    *,
    article: str = "art-1",
    number: int = 1,
    seen_at: str | None = None,
    kinds: str = "",
) -> Version:
    """A version whose blocks are the text's paragraphs: a title, then paragraphs, unless `kinds`
    gives their kinds in order (t title, b byline, p paragraph)."""
    names = {"t": "title", "b": "byline", "p": "paragraph"}
    pieces = text.split("\n\n")
    rows = [(names[(kinds or "t" + "p" * 999)[i]], piece) for i, piece in enumerate(pieces)]
    return version_of_blocks(rows, article=article, number=number, seen_at=seen_at)


def version_of_blocks(
    rows: Sequence[tuple[str, str]],
    *,
    article: str = "art-1",
    number: int = 1,
    seen_at: str | None = None,
) -> Version:
    """A version of blocks as (kind, text)."""
    text = "\n\n".join(piece for _, piece in rows)
    blocks, start = [], 0
    for kind, piece in rows:
        end = start + len(piece)
        blocks.append(Block(kind=kind, start=start, end=end, capture_start=start, capture_end=end))
        start = end + 2
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Version(
        id=make_id("ver", article, digest, number),
        article_id=article,
        capture_id=f"cap-{article}-{number}",
        number=number,
        seen_at=seen_at,
        text=text,
        blocks=tuple(blocks),
        left_out=(),
        segments=tuple((b.start, b.end, b.start, b.end) for b in blocks if b.start < b.end),
        language="en",
        decoder="utf-8",
        sha256=digest,
    )


def article(
    ident: str,
    versions: Sequence[Version],
    *,
    outlet: str | None = None,
    published: str | None = None,
    credits: Sequence[str] = (),
) -> Article:
    """An article over its versions."""
    return Article(
        id=ident,
        path=f"{ident}.txt",
        url=None,
        outlet=outlet,
        title=versions[0].text.split("\n\n")[0],
        bylines=(),
        dateline=Dateline(),
        credits=tuple(credits),
        published=Bounds(earliest=published, latest=published),
        language="en",
        tags=(),
        announced_versions=None,
        versions=tuple(v.id for v in versions),
        evidence={},
    )

"""Verification: every capture re-hashed and re-decoded, every citation resolved again."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.capture.deriving import decode_again
from onrecord.errors import InputError, LimitExceeded, RecordDamaged
from onrecord.extract.html_source import Page, read_page
from onrecord.extract.html_source import words as shown_words
from onrecord.extract.readings import HTML
from onrecord.records import (
    KINDS,
    Advice,
    Block,
    Capture,
    Citation,
    Judgement,
    Part,
    Record,
    ReuseSource,
    Version,
)
from onrecord.run import screenshotting, timestamping
from onrecord.store.record import Store
from onrecord.text import advice
from onrecord.text.citing import parse_address
from onrecord.text.decoding import decode, is_derived
from onrecord.text.entities import unescape
from onrecord.text.judgements import check
from onrecord.text.offsets import mapped, to_capture


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold: the capture or the record, and why."""

    where: str
    why: str


def citations(value: object) -> Iterator[Citation]:
    """Every citation inside a record, at any depth."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, ReuseSource):
        if found := value.citation():
            yield found
    elif isinstance(value, Part | Record):
        for name in value.__struct_fields__:
            yield from citations(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from citations(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from citations(one)


_HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)


def words_of(source: str, media_type: str) -> str:
    """The letters and digits that a range of a decoded capture shows: for HTML without tags and with
    entities resolved. White space and punctuation go: tags may stand for either."""
    if media_type != "text/plain":
        source = unescape(_HIDDEN.sub(" ", source))
    return "".join(c for c in source if c.isalnum())


@dataclass
class Checked:
    """How much was checked."""

    captures: int = 0
    citations: int = 0
    judgements: int = 0
    stamps: timestamping.TokensChecked = field(default_factory=timestamping.TokensChecked)
    shots: screenshotting.PicturesChecked = field(default_factory=screenshotting.PicturesChecked)


def verify(store: Store, checked: Checked, certificates: Path | None = None) -> Iterator[Problem]:
    """Everything that does not hold. `checked` counts what was looked at, as it goes. With a time-stamp
    service's `certificates` (a PEM file) the signatures of its tokens are checked as well."""
    for where, why in timestamping.problems(store, checked.stamps, certificates):
        yield Problem(where, why)
    for where, why in screenshotting.problems(store, checked.shots):
        yield Problem(where, why)
    for judgement in store.stream(Judgement):
        checked.judgements += 1
        try:
            check(judgement)
        except InputError as error:
            yield Problem(f"judgements {judgement.id}", error.line())
    for one in store.stream(Advice):
        try:
            advice.check(one)
        except InputError as error:
            yield Problem(f"advice {one.id}", error.line())
    captures = {capture.id: capture for capture in store.stream(Capture)}
    texts: dict[tuple[str, str], str] = {}
    for capture in captures.values():
        checked.captures += 1
        where = f"{capture.path} (captures/{capture.sha256[:2]}/{capture.sha256})"
        try:
            data = store.captures.read(capture.sha256)
        except RecordDamaged as error:
            yield Problem(where, error.why)
            continue
        found = hashlib.sha256(data).hexdigest()
        if found != capture.sha256:
            yield Problem(
                where, f"its bytes hash to {found[:12]}…, not to its name: they were altered"
            )
            continue
        if not is_derived(capture.decoder):
            texts[capture.sha256, capture.decoder] = decode(data, capture.decoder)
            continue
        try:
            text = store.captures.derived(capture.sha256, capture.decoder)
        except RecordDamaged as error:
            yield Problem(f"{capture.path} ({error.where})", f"{error.what}: {error.why}")
            continue
        texts[capture.sha256, capture.decoder] = text
        if why := _reads_otherwise(capture, data, text):
            yield Problem(where, why)
    versions = {version.id: version for version in store.stream(Version)}
    for name, kind in KINDS.items():
        for record in store.stream(kind):
            for citation in citations(record):
                checked.citations += 1
                why = _unresolved(citation, captures, texts, versions)
                if why:
                    yield Problem(f"{name} {record.id}: {citation.address}", why)
    for version in store.stream(Version):
        capture = captures[version.capture_id]
        source = texts.get((version.sha256, version.decoder))
        for block in version.blocks if source is not None else ():
            checked.citations += 1
            if source is None or not same_words(
                source, capture, version, (block.start, block.end), _place(block)
            ):
                yield Problem(
                    f"versions {version.id}: block {block.start}-{block.end}",
                    "reads otherwise in its capture",
                )


def _unresolved(
    citation: Citation,
    captures: dict[str, Capture],
    texts: dict[tuple[str, str], str],
    versions: dict[str, Version],
) -> str:
    capture = captures.get(citation.capture_id)
    if capture is None:
        return "its capture is not in the record"
    try:
        sha, decoder, start, end = parse_address(citation.address)
    except ValueError as error:
        return str(error)
    if (sha, start, end) != (capture.sha256, citation.capture_start, citation.capture_end):
        return "its address names another place"
    source = texts.get((sha, decoder))
    if source is None:
        return "its capture cannot be read any more"
    if not 0 <= start < end <= len(source):
        return "its place is outside the capture"
    if citation.version_id is None:
        return "" if source[start:end] == citation.quote else "the capture reads otherwise there"
    version = versions.get(citation.version_id)
    if version is None:
        return "its version is not in the record"
    if version.text[citation.start : citation.end] != citation.quote:
        return "the version reads otherwise there"
    span = (citation.start or 0, citation.end or 0)
    if not same_words(source, capture, version, span, (start, end)):
        return "the capture reads otherwise there"
    return ""


def _reads_otherwise(capture: Capture, data: bytes, text: str) -> str:
    """Why the text that was stored for a capture is not what its reader gives for it now."""
    try:
        again = decode_again(data, capture.decoder, capture.path)
    except LimitExceeded:
        return ""  # a slower machine than the one that read it is no damage
    except InputError as error:
        return f"its reader {capture.decoder} cannot read it any more: {error.what}: {error.why}"
    if again is None or again == text:
        return ""
    return f"its reader {capture.decoder} gives another text than the one that is stored"


PRINTED = frozenset(("application/pdf", "text/vtt", "application/x-subrip"))
"""Where time codes or page heads may stand inside a block's range, so that its words must be looked
for where the offset map has them. So they must for a passage of several paragraphs of a page, with
an advert or a picture between them."""


@functools.lru_cache(maxsize=4)
def _page(source: str) -> Page:
    """A page as its reader takes it: asked where stripping tags by a pattern gives other words, as it
    does with a `>` inside an attribute."""
    return read_page(source)


def _place(block: Block) -> tuple[int, int]:
    return block.capture_start, block.capture_end


def same_words(
    source: str, capture: Capture, version: Version, span: tuple[int, int], place: tuple[int, int]
) -> bool:
    """Whether `span` of a version's text has the letters and digits that its place in the capture has."""
    start, end = span
    said = words_of(version.text[start:end], "text/plain")
    if capture.media_type in HTML:
        quick = words_of(source[slice(*place)], capture.media_type)
        if quick == said or shown_words(_page(source), *place) == said:
            return True
    elif capture.media_type not in PRINTED:
        return words_of(source[slice(*place)], capture.media_type) == said
    try:
        found = to_capture(version.segments, start, end)
    except ValueError:
        return False
    read = "".join(
        words_of(source[c:d] if e - s == d - c else unescape(source[c:d]), "text/plain")
        for s, e, c, d in mapped(version.segments, start, end)
        if not version.text[s:e].isspace()
    )
    return found == place and read == said

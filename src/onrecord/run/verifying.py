"""Verification: every capture re-hashed and re-decoded, every citation resolved again."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import RecordDamaged
from onrecord.records import KINDS, Capture, Citation, Part, Record, ReuseSource, Version
from onrecord.store.record import Store
from onrecord.text.citing import parse_address
from onrecord.text.decoding import decode


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
        source = html.unescape(_HIDDEN.sub(" ", source))
    return "".join(c for c in source if c.isalnum())


@dataclass
class Checked:
    """How much was checked."""

    captures: int = 0
    citations: int = 0


def verify(store: Store, checked: Checked) -> Iterator[Problem]:
    """Everything that does not hold. `checked` counts what was looked at, as it goes."""
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
        texts[capture.sha256, capture.decoder] = decode(data, capture.decoder)
    versions = {version.id: version.text for version in store.stream(Version)}
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
            shown = (
                words_of(source[block.capture_start : block.capture_end], capture.media_type)
                if source
                else ""
            )
            if shown != words_of(version.text[block.start : block.end], "text/plain"):
                yield Problem(
                    f"versions {version.id}: block {block.start}-{block.end}",
                    "reads otherwise in its capture",
                )


def _unresolved(
    citation: Citation,
    captures: dict[str, Capture],
    texts: dict[tuple[str, str], str],
    versions: dict[str, str],
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
    text = versions.get(citation.version_id)
    if text is None:
        return "its version is not in the record"
    if text[citation.start : citation.end] != citation.quote:
        return "the version reads otherwise there"
    if words_of(source[start:end], capture.media_type) != words_of(citation.quote, "text/plain"):
        return "the capture reads otherwise there"
    return ""

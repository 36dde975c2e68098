"""From bytes and what is known of them to a Capture."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onrecord.capture import sniff
from onrecord.capture.deriving import derive, transcript
from onrecord.capture.pdf import Limits
from onrecord.errors import InputError
from onrecord.records import Capture, Given, Hop, Memento, Screenshot
from onrecord.text.ids import make_id
from onrecord.text.urls import article_id


@dataclass(frozen=True)
class Origin:
    """What is known of bytes beside the bytes themselves."""

    path: str
    url: str | None = None
    final_url: str | None = None
    captured_at: str | None = None
    status: int | None = None
    content_type: str | None = None
    given: Given = field(default_factory=Given)
    redirects: tuple[Hop, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    memento: Memento | None = None
    cut: bool = False


@dataclass(frozen=True)
class Found:
    """An input that can be recorded; `lines` are what a user should know of it. `text` is what a
    derived decoder gave, None where a codec decodes the bytes. `shots` are screenshots of it that came
    with it from another record, with their pictures."""

    capture: Capture
    data: bytes
    lines: tuple[str, ...] = ()
    text: str | None = None
    shots: tuple[tuple[Screenshot, bytes], ...] = ()


def capture(data: bytes, origin: Origin, pdfs: Limits | None = None) -> Found:
    """The capture of `data`. Raises InputError if it is empty or no text, LimitExceeded for a PDF
    beyond the limits `pdfs`.

    A page saved with its pictures tells its own address and time; what the origin says of them wins.
    """
    if derived := derive(data, origin.path, pdfs):
        known = replace(
            origin,
            url=origin.url or derived.url,
            captured_at=origin.captured_at or derived.captured_at,
        )
        return _found(data, known, derived.media_type, derived.decoder, derived.lines, derived.text)
    media = sniff.media_type(data, origin.path, origin.content_type)
    if media in ("text/plain", "text/html"):
        media = transcript(data) or media
    decoder = sniff.decoder(data, media, origin.content_type)
    bad = sniff.bad_bytes(data, decoder)
    lines: tuple[str, ...] = ()
    if bad:
        error = InputError(
            f"{bad} bytes are not valid {decoder}",
            where=origin.path,
            why="shown as U+FFFD, the capture is kept",
        )
        lines = (error.line(),)
    return _found(data, origin, media, decoder, lines, None)


def _found(
    data: bytes,
    origin: Origin,
    media: str,
    decoder: str,
    lines: tuple[str, ...],
    text: str | None,
) -> Found:
    sha = hashlib.sha256(data).hexdigest()
    ident = make_id("cap", sha, origin.url or origin.path, origin.captured_at)
    return Found(
        Capture(
            id=ident,
            path=origin.path,
            url=origin.url,
            final_url=origin.final_url,
            captured_at=origin.captured_at,
            media_type=media,
            decoder=decoder,
            sha256=sha,
            bytes=len(data),
            status=origin.status,
            article_id=article_id(origin.url, ident),
            given=origin.given,
            redirects=origin.redirects,
            headers=dict(origin.headers),
            memento=origin.memento,
            cut=origin.cut,
        ),
        data,
        lines,
        text,
    )

"""Capture -> Reading: the reader for a capture's media type.

Web pages go to html_reading.py, transcripts to transcripts.py, what a PDF reader gave to pdf_text.py,
any other text to text_capture.py. A feed's items go to feed.py: it tells of reports and is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import structs

from onrecord.errors import LimitExceeded
from onrecord.extract.feed import MEDIA_TYPES, read_feed
from onrecord.extract.text_options import TextOptions
from onrecord.options import option
from onrecord.records import Bounds, Capture, Dateline, LeftOut, Reading
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id
from onrecord.text.urls import host_of

HTML = frozenset(("text/html", "application/xhtml+xml"))
PDF = "application/pdf"
TRANSCRIPTS = frozenset(("text/vtt", "application/x-subrip"))


@dataclass(frozen=True, slots=True)
class Options(TextOptions):
    """Options of the readings stage."""

    largest: int = option(
        10_000_000, "A capture with more decoded text than this is not read", unit="characters"
    )
    pause: int = option(
        3, "In a transcript, silence of this length begins a new paragraph", unit="seconds"
    )
    paragraph: int = option(
        800, "In a transcript, a paragraph this long ends with its sentence", unit="characters"
    )


def site_of(reading: Reading) -> str:
    """What readings of one site share: the address's host, else the outlet's name; "" if unknown."""
    host = host_of(reading.url) if reading.url else None
    return (host or reading.given.outlet or reading.outlet or "").lower()[:80]


def work(group: Group, options: Options, resources: Resources) -> Iterator[Reading]:
    """The Reading of one capture; of a feed one an item. Needs what `read` does.

    A capture over a limit has a Reading of the kind `unreadable`, without text, that says why; then
    LimitExceeded is raised, so that whoever works the stage is told, too.
    """
    try:
        found = tuple(read(group, options, resources))
    except LimitExceeded as error:
        reading = unreadable(group.one(Capture), error, resources)
        yield structs.replace(reading, site=site_of(reading))
        raise
    for reading in found:
        yield structs.replace(reading, site=site_of(reading))


def unreadable(capture: Capture, error: LimitExceeded, resources: Resources) -> Reading:
    """The Reading of a capture that is beyond a limit: all of it is left out, for that reason."""
    source = resources["captures"].text(capture.sha256, capture.decoder)
    reason = f"{error.what}: {error.why}" if error.why else error.what
    return Reading(
        id=make_id("rea", capture.id),
        capture_id=capture.id,
        article_id=capture.article_id,
        text="",
        blocks=(),
        segments=(),
        left_out=(LeftOut(capture_start=0, capture_end=len(source), reason=reason),),
        url=capture.url,
        outlet=None,
        title=None,
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=Bounds(),
        modified=Bounds(),
        language=None,
        tags=(),
        announced_versions=None,
        capture_path=capture.path,
        captured_at=capture.captured_at,
        decoder=capture.decoder,
        sha256=capture.sha256,
        given=capture.given,
        extractor="limits 1",
        kind="unreadable",
    )


def read(group: Group, options: Options, resources: Resources) -> Iterator[Reading]:
    """The readings of a capture, their site not yet told.

    Needs the resources `captures` (decoded texts) and `outlets`. Raises LimitExceeded for a capture
    that is larger than the limit.
    """
    capture = group.one(Capture)
    media_type = capture.media_type.partition(";")[0].strip().lower()
    source = resources["captures"].text(capture.sha256, capture.decoder)
    if len(source) > options.largest:
        raise LimitExceeded(
            "too large to read",
            where=capture.path,
            why=f"{len(source):,} characters, the limit is {options.largest:,}",
            do="raise the option readings.largest",
        )
    if media_type in MEDIA_TYPES:
        yield from read_feed(capture, source)
    elif media_type in HTML:
        from onrecord.extract.html_reading import read_html

        yield read_html(capture, source, resources["outlets"])
    elif media_type in TRANSCRIPTS:
        from onrecord.extract.transcripts import TranscriptOptions, read_transcript

        chosen = TranscriptOptions(options.pause, options.paragraph)
        yield read_transcript(capture, source, resources["outlets"], chosen)
    elif media_type == PDF:
        from onrecord.extract.pdf_text import read_pdf_text

        yield read_pdf_text(capture, source, resources["outlets"], options)
    else:
        from onrecord.extract.text_capture import read_text

        yield read_text(capture, source, options, resources["outlets"])

"""The evidence page's view: an address resolved to its characters, in the capture and in the report."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import InputError, LimitExceeded, OnrecordError
from onrecord.publish.as_read import LARGEST, Around, Read, around, lay_out, read_of
from onrecord.publish.library import Library
from onrecord.publish.marking import Marked, fragment_link, mark, safe_url
from onrecord.records import Article, Capture, Citation, Version
from onrecord.text.citing import parse_address
from onrecord.text.offsets import from_capture

AROUND = 700
"""Code points shown in the open on both sides of the cited ones."""
NEAR = 20_000
"""Code points that unfold on the page itself; beyond them the capture's own pages go on."""
ON_PAGE = 900
"""Code points of the page as it was read shown in the open on both sides of the cited words."""


class NotHere(InputError):
    """The address is well formed, but this record cannot show it."""


@dataclass(frozen=True)
class Evidence:
    """What an address leads to.

    `words` is None where no version of a report was read from there, `page` where the cited characters
    are no text of a web page (an attribute, a script) or the capture is none. `heard`: the time codes
    of a transcript's block.
    """

    citation: Citation
    captures: tuple[Capture, ...]
    article: Article | None
    version: Version | None
    markup: bool
    source: Marked
    earlier: str
    later: str
    words: Marked | None
    read: Read | None
    page: Around | None
    heard: tuple[str, str] | None
    url: str | None
    fragment: str | None

    @property
    def capture(self) -> Capture:
        return self.captures[0]


def is_markup(capture: Capture) -> bool:
    """Whether the decoded capture is page source rather than readable text."""
    return any(name in capture.media_type for name in ("html", "xml"))


def is_page(capture: Capture) -> bool:
    """Whether the capture is a web page, whose text stands between tags."""
    return "html" in capture.media_type


def read(library: Library, capture: Capture, decoder: str = "") -> str:
    """A decoded capture. Raises NotHere if its bytes are gone or damaged."""
    try:
        return library.source(capture.sha256, decoder or capture.decoder)
    except (LookupError, OSError, OnrecordError) as error:
        raise NotHere(
            "the capture cannot be read",
            where=capture.path,
            why=str(error),
            do="run onrecord verify",
        ) from error


def resolve(library: Library, address: str) -> Evidence:
    """The evidence at an address. Raises ValueError if it is no address, NotHere if it is not held."""
    digest, decoder, start, end = parse_address(address)
    captures = tuple(c for c in library.all(Capture) if c.sha256 == digest)
    if not captures:
        raise NotHere("no capture of this record has these bytes", where=f"sha256:{digest}")
    capture = captures[0]
    text = read(library, capture, decoder)
    try:
        source = mark(text, start, end, AROUND)
    except ValueError as error:
        raise NotHere(str(error), where=address) from error
    version, span = _version(library, captures, decoder, start, end)
    words = mark(version.text, *span, AROUND) if version and span else None
    article = library.get(Article, version.article_id if version else capture.article_id)
    readers = (read_of(library, c) for c in captures)
    known = next((r for r in readers if r and r.decoder == decoder), None)
    fate = known.at(start, end) if known else None
    url = safe_url(capture.final_url or capture.url) or safe_url(article.url if article else None)
    quote = words.marked if words else source.marked
    citation = Citation(
        version_id=version.id if version and span else None,
        start=span[0] if span else None,
        end=span[1] if span else None,
        capture_id=capture.id,
        capture_start=start,
        capture_end=end,
        quote=quote,
        address=address,
    )
    return Evidence(
        citation,
        captures,
        article,
        version,
        is_markup(capture),
        source,
        text[max(0, source.start - NEAR) : source.start],
        text[source.end : source.end + NEAR],
        words,
        known,
        _on_page(capture, text, known, start, end),
        fate.heard if fate else None,
        url,
        fragment_link(url, quote),
    )


def _on_page(
    capture: Capture, text: str, known: Read | None, start: int, end: int
) -> Around | None:
    """The page around the cited words; None where there is none to show."""
    if known is None or not is_page(capture) or len(text) > LARGEST:
        return None
    try:
        return around(lay_out(text, True, known, (start, end)), ON_PAGE)
    except LimitExceeded:
        # Read by a reader with other limits: the source itself still shows the characters.
        return None


def _version(
    library: Library, captures: tuple[Capture, ...], decoder: str, start: int, end: int
) -> tuple[Version | None, tuple[int, int] | None]:
    """The version read from these characters, with the range of its text that they became."""
    nearest = None
    for capture in captures:
        for version in library.by(Version, "capture_id", capture.id):
            if version.decoder != decoder:
                continue
            nearest = nearest or version
            span = from_capture(version.segments, start, end)
            if span is not None and span[0] < span[1]:
                return version, span
    return nearest, None

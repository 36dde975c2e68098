"""Citations: from a range of a version's text to the exact characters of its capture, and back."""

from __future__ import annotations

from onrecord.records import Citation, Version
from onrecord.text.offsets import to_capture


def address(sha256: str, decoder: str, start: int, end: int) -> str:
    """The permanent address of evidence: `sha256:HEX/DECODER:START-END`."""
    return f"sha256:{sha256}/{decoder}:{start}-{end}"


def parse_address(text: str) -> tuple[str, str, int, int]:
    """(sha256, decoder, start, end) of an address. Raises ValueError if it is none."""
    scheme, _, rest = text.partition(":")
    head, _, span = rest.rpartition(":")
    digest, _, decoder = head.partition("/")
    low, _, high = span.partition("-")
    if (
        scheme != "sha256"
        or len(digest) != 64
        or not decoder
        or not (low.isdecimal() and high.isdecimal())
    ):
        raise ValueError(f"not an evidence address: {text!r}")
    return digest, decoder, int(low), int(high)


def cite(version: Version, start: int, end: int) -> Citation:
    """The citation of `version.text[start:end]`.

    Raises ValueError if the range is empty, outside the text or has no counterpart in the capture.
    """
    if not 0 <= start < end <= len(version.text):
        raise ValueError(f"{start}:{end} is not a range of {version.id}")
    low, high = to_capture(version.segments, start, end)
    return Citation(
        version_id=version.id,
        start=start,
        end=end,
        capture_id=version.capture_id,
        capture_start=low,
        capture_end=high,
        quote=version.text[start:end],
        address=address(version.sha256, version.decoder, low, high),
    )


def cite_capture(
    capture_id: str, sha256: str, decoder: str, source: str, start: int, end: int
) -> Citation:
    """The citation of evidence outside an article's text: `source[start:end]` of the decoded capture.

    Raises ValueError if the range is empty or outside the source.
    """
    if not 0 <= start < end <= len(source):
        raise ValueError(f"{start}:{end} is not a range of {capture_id}")
    return Citation(
        version_id=None,
        start=None,
        end=None,
        capture_id=capture_id,
        capture_start=start,
        capture_end=end,
        quote=source[start:end],
        address=address(sha256, decoder, start, end),
    )

"""Bodies of HTTP responses, taken out of gzip, deflate, brotli and zstd piece by piece.

A piece never grows beyond PIECE bytes at once, so that a reader can stop at its limit: a few bytes of
brotli can hold gigabytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

from onrecord.text.decoding import is_codec

PIECE = 1 << 16
"""Bytes taken out at once."""

DEEPEST = 3
"""Codings around one another that are undone; more are no honest page."""


GZIP = b"\x1f\x8b"
"""How a gzip member begins; several may follow one another (RFC 1952, 2.2)."""


NO_CODINGS = frozenset({"identity", "none", "binary", "7bit", "8bit"})


class BadBody(ValueError):
    """A body that is not in the coding its response names, or is cut short."""


def decoded(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The body, of what `Content-Encoding` says of it. Raises BadBody, also for an unknown coding."""
    names = [name for part in coding.split(",") if (name := part.strip().lower())]
    names = [name for name in names if not _is_none(name)]
    if len(names) > DEEPEST:
        raise BadBody(f"{len(names)} content codings around one another")
    body = iter(pieces)
    for name in reversed(names):
        if name not in CODINGS:
            raise BadBody(f"the content coding {name!r} is not read")
        body = CODINGS[name](body)
    return body


def _is_none(name: str) -> bool:
    """Whether it says that nothing was done: also in what servers write there by mistake, charsets,
    media types and the codings of mail, which browsers pass over as well."""
    return name in NO_CODINGS or "/" in name or is_codec(name)


def _gzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    return _inflated(pieces, "gzip", lambda head: 31)


def _deflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """zlib's form as RFC 9110 wants it, or the bare deflate stream that some servers send."""
    return _inflated(pieces, "deflate", lambda head: 15 if _is_zlib(head) else -15)


def _is_zlib(head: bytes) -> bool:
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0


def _inflated(
    pieces: Iterator[bytes], name: str, window: Callable[[bytes], int]
) -> Iterator[bytes]:
    rest = _two_bytes(b"", pieces)
    if not rest:
        return
    inflater = zlib.decompressobj(window(rest))
    try:
        while True:
            out = inflater.decompress(rest, PIECE)
            if out:
                yield out
            rest = inflater.unconsumed_tail
            if inflater.eof:
                rest = _two_bytes(inflater.unused_data, pieces)
                if not rest.startswith(GZIP):
                    return
                inflater = zlib.decompressobj(31)
            elif not rest and len(out) < PIECE:
                rest = next(pieces, b"")
                if not rest:
                    raise BadBody(f"the {name} stream is cut short")
    except zlib.error as error:
        raise BadBody(f"not a {name} stream: {error}") from error


def _two_bytes(start: bytes, pieces: Iterator[bytes]) -> bytes:
    """`start` with as many pieces behind it as give two bytes, if there are so many."""
    while len(start) < 2 and (piece := next(pieces, b"")):
        start += piece
    return start


def _brotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    empty = True
    try:
        for piece in pieces:
            empty = False
            out = decoder.process(piece, output_buffer_limit=PIECE)
            while out or not decoder.can_accept_more_data():
                yield out
                out = decoder.process(b"", output_buffer_limit=PIECE)
            if decoder.is_finished():
                return
    except brotli.error as error:
        raise BadBody(f"not a brotli stream: {error}") from error
    if not empty:
        raise BadBody("the brotli stream is cut short")


def _zstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    import zstandard

    data = b"".join(pieces)
    if not data:
        return
    # browsers take windows of 8 MB (RFC 9659), writers of archives use up to 128 MB
    decoder = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    try:
        expected, read = max(1, zstandard.frame_content_size(data)), 0
        with decoder.stream_reader(data, read_across_frames=True) as stream:
            while out := stream.read(PIECE):
                read += len(out)
                yield out
    except zstandard.ZstdError as error:
        raise BadBody(f"not a zstd stream: {error}") from error
    if read < expected:
        raise BadBody("the zstd stream is cut short")


CODINGS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
"""Content codings that are read, by name."""

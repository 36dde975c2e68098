"""Independent time-stamps (RFC 3161): a service signs that a hash was there at a time.

The service learns the hash and nothing else. What it answers is kept as it came, status and all, the
way `openssl ts` reads and writes it. What is checked here is that it granted the stamp, and that hash
and nonce are those that were sent; the signature and its certificates are checked by
`openssl ts -verify` (run/timestamping.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.capture.addresses import sendable
from onrecord.capture.der import (
    BOOLEAN,
    EXPLICIT,
    INTEGER,
    NULL,
    OCTETS,
    SEQUENCE,
    TIME,
    UTF8,
    BadDer,
    Element,
    element,
    elements,
    integer,
    oid,
)
from onrecord.capture.web import Options as Web
from onrecord.capture.web import Unreachable, one_line, user_agent
from onrecord.errors import InputError
from onrecord.options import option


@dataclass(frozen=True, slots=True)
class Options:
    """Options of independent time-stamps."""

    service: str = option(
        "",
        "Address of a time-stamp service (RFC 3161) that the watcher has the finished days' lists of "
        "captures stamped by; without one nothing is stamped",
    )


LARGEST = 1_000_000
"""Bytes of an answer; with certificates one has about 6,000."""
SHA256 = oid(2, 16, 840, 1, 101, 3, 4, 2, 1)
SIGNED_DATA = oid(1, 2, 840, 113549, 1, 7, 2)
TST_INFO = oid(1, 2, 840, 113549, 1, 9, 16, 1, 4)
GRANTED = frozenset({0, 1})
"""RFC 3161, 2.4.2: granted, and granted with modifications."""
STATUSES = {
    2: "it rejected the request",
    3: "it asks to wait",
    4: "it warns that a certificate is being revoked",
    5: "a certificate is revoked",
}


@dataclass(frozen=True)
class Token:
    """What a granted answer holds: the hash stamped, when (UTC), and the nonce sent, if any."""

    imprint: bytes
    at: str
    nonce: int | None


class Refused(ValueError):
    """A service's answer that grants no stamp, with its reason."""


class NoStamp(InputError):
    """A service's answer that is no stamp of what was sent."""


def request(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq for a SHA-256 (RFC 3161, 2.4.1) that asks for the service's certificate as well."""
    algorithm = element(SEQUENCE, SHA256, element(NULL))
    imprint = element(SEQUENCE, algorithm, element(OCTETS, digest))
    return element(SEQUENCE, integer(1), imprint, integer(nonce), element(BOOLEAN, b"\xff"))


def read_token(answer: bytes) -> Token:
    """The token in a TimeStampResp. Raises BadDer if it is none, Refused with the service's own words if
    it did not grant one."""
    status, *rest = _least(_only(elements(answer)).inside(), 1)
    code, *more = _least(status.inside(), 1)
    if code.number not in GRANTED:
        why = STATUSES.get(code.number, "its status is unknown")
        raise Refused(": ".join([why, *_words(more)]))
    signed = _of_kind(_only(tuple(rest)), SIGNED_DATA)
    packed = _of_kind(_least(signed.inside(), 3)[2], TST_INFO)
    return _token(_only(elements(packed.must(OCTETS))))


def _of_kind(content: Element, kind: bytes) -> Element:
    """What a ContentInfo of this kind holds (RFC 5652, 3)."""
    found, inner = _least(content.inside(), 2)[:2]
    _must_be(found, kind)
    return _only(inner.inside(EXPLICIT))


def _token(info: Element) -> Token:
    _, _, imprint, _, at, *more = _least(info.inside(), 5)
    algorithm, digest = _least(imprint.inside(), 2)[:2]
    _must_be(_least(algorithm.inside(), 1)[0], SHA256)
    nonce = next((one.number for one in more if one.tag == INTEGER), None)
    return Token(digest.must(OCTETS), _instant(at.must(TIME)), nonce)


def _least(found: tuple[Element, ...], count: int) -> tuple[Element, ...]:
    if len(found) < count:
        raise BadDer("elements are missing")
    return found


def _only(found: tuple[Element, ...]) -> Element:
    if len(found) != 1:
        raise BadDer(f"there are {len(found)} elements where one should stand")
    return found[0]


def _must_be(found: Element, expected: bytes) -> None:
    if element(found.tag, found.content) != expected:
        raise BadDer("it is of another kind than a time-stamp of a SHA-256")


def _instant(written: bytes) -> str:
    """A GeneralizedTime (RFC 3161, 2.4.2) in UTC, fractions of a second left out."""
    text = written.decode("ascii", "replace").partition(".")[0].removesuffix("Z")
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError as error:
        raise BadDer(f"its time {text[:20]!r} is none") from error


def _words(more: list[Element]) -> list[str]:
    """What a service says of a refusal in words (PKIFreeText)."""
    texts = more[0].inside() if more and more[0].tag == SEQUENCE else ()
    words = [one.content.decode("utf-8", "replace") for one in texts if one.tag == UTF8]
    return [word for word in words if word.isprintable()][:1]


def check(answer: bytes, digest: bytes, nonce: int | None) -> Token:
    """The token of an answer, if it is one for this hash and, where given, nonce. Raises NoStamp."""
    try:
        token = read_token(answer)
    except BadDer as error:
        raise NoStamp("not a time-stamp", why=str(error)) from error
    except Refused as error:
        raise NoStamp("no time-stamp was granted", why=str(error)) from error
    if token.imprint != digest:
        raise NoStamp("not the time-stamp asked for", why="it stamps another hash")
    if nonce is not None and token.nonce != nonce:
        why = "its nonce is another one: it may be an old answer"
        raise NoStamp("not the time-stamp asked for", why=why)
    return token


def stamp(service: str, digest: bytes, nonce: int, web: Web) -> tuple[bytes, Token]:
    """The answer of a service for a SHA-256, checked, and the token in it.

    `nonce` is a number nobody can know before. Raises NoStamp for an answer
    that is none, Unreachable if there is no answer, Forbidden for a private address that is not allowed.
    """
    url = sendable(service)
    status, kind, body = _asked(url, request(digest, nonce), web)
    if status != 200:
        raise NoStamp("no time-stamp", where=url, why=f"the service answered {status}")
    try:
        return body, check(body, digest, nonce)
    except NoStamp as error:
        typed = kind == "application/timestamp-reply"
        why = error.why if typed else f"the service sent {kind or 'no content type'}: {error.why}"
        raise NoStamp(error.what, where=url, why=why) from error


def _asked(url: str, body: bytes, web: Web) -> tuple[int, str, bytes]:
    """Status, content type and body of the answer to a request."""
    import httpx

    from onrecord.capture.network import Deadline, Transport

    deadline = Deadline()
    transport = Transport(deadline, private=web.private, proxy=web.proxy)
    headers = {
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
        "User-Agent": user_agent(web).encode("ascii", "replace").decode(),
    }
    deadline.start(web.deadline)
    with (
        one_line(url, web),
        httpx.Client(transport=transport, timeout=web.timeout, trust_env=False) as client,
        client.stream("POST", url, content=body, headers=headers) as answer,
    ):
        found = bytearray()
        for piece in answer.iter_bytes():
            found += piece
            if len(found) > LARGEST:
                raise Unreachable("no time-stamp", where=url, why="its answer is too large")
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return answer.status_code, kind, bytes(found)

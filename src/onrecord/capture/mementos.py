"""One capture of a web archive, as it was archived.

An archive shows a capture raw (`id_` behind its time, in most) or with its own banner and links; it may
answer with the capture nearest in time; and what it archived may be a redirect or an error. Each is told
apart here, and the page of today is never taken for one of then.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from onrecord.capture.addresses import host_key, joined, sendable
from onrecord.capture.archives import filled
from onrecord.capture.capturing import Found, Origin, capture
from onrecord.capture.headers import kept_headers
from onrecord.capture.links import read_links
from onrecord.capture.recorded import Said, proved
from onrecord.capture.timemaps import Listed, instant_from, replayed
from onrecord.capture.web import REDIRECTS, USABLE, Answer, Fetcher, NotAPage
from onrecord.errors import InputError
from onrecord.records import Capture, Given, Hop, Memento
from onrecord.text.ids import make_id
from onrecord.text.instants import moment, normalise
from onrecord.text.urls import article_id, identity


class AlreadyHeld(InputError):
    """The archive answers with a capture of another time, which is in the record or listed itself."""


@dataclass
class Reader:
    """Takes captures out of an archive, and remembers for one run which hosts have raw ones.

    `known` says whether a capture of an address (by the frozen rule) and time is in the record, or
    will be by itself.
    """

    fetcher: Fetcher
    known: Callable[[str, str], bool]
    replay: str = ""
    raw: bool = True
    _has_raw: dict[str, bool] = field(default_factory=dict)

    def address(self, one: Listed) -> str:
        """Where a listed capture is asked for first; the same in every run. Raises InputError if that
        cannot be known."""
        return self._forms(one)[0]

    def take(self, one: Listed) -> Found:
        """The capture, with the time at which it was archived.

        Raises NotAPage if an error page was archived, or no page; AlreadyHeld; or as Fetcher.ask.
        """
        forms = self._forms(one)
        start = forms[0]
        if not self._has_raw.get(host_key(start), True):
            forms = forms[-1:]
        answers: list[Answer] = []
        for form in forms:
            answers.append(self._follow(one, form, start))
            if _is_certain(one, answers[-1]) or answers[-1].status >= 500:
                break
        usable = [a for a in answers if a.header("memento-datetime") or a.status in USABLE]
        if not usable:
            raise InputError(
                "not captured",
                where=start,
                why=f"the archive answered {answers[-1].status}",
                do="it is asked again next time",
            )
        best = max(usable, key=lambda answer: _is_certain(one, answer))
        if len(forms) > 1:
            known = self._has_raw.get(host_key(start), False)
            self._has_raw[host_key(start)] = known or best is answers[0]
        return self._found(one, best, start)

    def _forms(self, one: Listed) -> list[str]:
        """Addresses to try: the raw form, then the one that the archive shows; or that one alone."""
        if one.address is None and not self.replay:
            raise InputError(
                "not captured",
                where=one.url,
                why="the listing does not say where the archive shows its captures",
                do="name the archive with --archive, or the pattern with --replay",
            )
        shown = one.address or filled(self.replay, one.url, timestamp=one.timestamp)
        parts = replayed(shown)
        if not parts:
            return [sendable(shown)]
        plain = sendable(parts.written(""))
        return [sendable(parts.written("id_")), plain] if self.raw else [plain]

    def _follow(self, one: Listed, target: str, start: str) -> Answer:
        """The answer behind the archive's own redirects and those that it archived."""
        hops: list[Hop] = []
        while True:
            answer = self.fetcher.ask(target)
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return dataclasses.replace(answer, hops=tuple(hops))
            hops.append(Hop(url=target, status=answer.status))
            target = _inside(answer, location)
            if any(hop.url == target for hop in hops):
                raise NotAPage("not captured", where=start, why="its redirects go in a circle")
            if len(hops) > self.fetcher.options.redirects:
                raise NotAPage("not captured", where=start, why="it redirects too often")
            parts = replayed(target)
            if parts and parts.at:
                self._check(one, parts.at, start)

    def _check(self, one: Listed, at: str, start: str) -> None:
        if at != one.at and self.known(one.url, at):
            raise AlreadyHeld(
                "not captured twice",
                where=start,
                why=f"the archive answers with its capture of {at}, which is taken by itself",
            )

    def _found(self, one: Listed, answer: Answer, start: str) -> Found:
        if answer.status not in USABLE:
            raise _error_page(start, answer.status)
        parts = replayed(answer.url)
        at = instant_from(answer.header("memento-datetime") or "") or (parts and parts.at) or one.at
        self._check(one, at, start)
        matches = one.digest is not None and has_digest(answer, one.digest)
        record = _from_a_record(one, at, answer)
        is_raw = matches or bool(record) or (parts is not None and parts.modifier == "id_")
        origin = Origin(
            path=start,
            url=record.url if record else one.url,
            final_url=record.final_url
            if record
            else _original(answer) or (parts.url if parts else one.url),
            captured_at=record.captured_at if record else at,
            status=answer.status,
            content_type=answer.header("content-type"),
            redirects=record.redirects if record else answer.hops,
            headers=kept_headers(answer.headers, archived=True),
            memento=Memento(
                address=answer.url,
                form="raw" if is_raw else "replayed",
                digest=one.digest if matches else None,
            ),
        )
        try:
            return capture(answer.body, origin)
        except InputError as error:
            raise NotAPage(error.what, where=start, why=error.why) from error


def _from_a_record(one: Listed, at: str, answer: Answer) -> Said | None:
    """What another onrecord says of a capture, if it is the one that was asked for and the bytes prove it."""
    found = proved(answer.body, dict(answer.headers))
    if found is None or identity(found.url) != identity(one.url):
        return None
    written = normalise(found.captured_at)
    same = written == found.captured_at and moment(written).isoformat() == at
    return found if same else None


def _error_page(where: str, status: int) -> NotAPage:
    return NotAPage("not captured", where=where, why=f"the archived answer is an error ({status})")


def _is_certain(one: Listed, answer: Answer) -> bool:
    """Whether it is an archived answer beyond doubt: the archive says so, or it has the digest listed."""
    if answer.header("memento-datetime"):
        return True
    return bool(answer.status in USABLE and one.digest and has_digest(answer, one.digest))


def _inside(answer: Answer, location: str) -> str:
    """Where a redirect leads inside the archive: never to the page of today.

    An archived redirect is followed at its own time: the archive may give the address as it was
    written (then it is asked for there), or as one of its own.
    """
    here, target = replayed(answer.url), joined(answer.url, location)
    there = replayed(target)
    if there:
        other = here and (here.timestamp, here.url) != (there.timestamp, there.url)
        lost = here and here.modifier and not there.modifier
        return sendable(there.written("id_")) if other and lost else target
    archived = answer.header("memento-datetime") is not None
    if host_key(target) == host_key(answer.url) and not archived:
        return target
    if here is None:
        raise NotAPage(
            "not captured", where=answer.url, why=f"the archive leads out of itself, to {target}"
        )
    meant = joined(here.url, location)
    return sendable(dataclasses.replace(here, url=meant).written(here.modifier))


def _original(answer: Answer) -> str | None:
    links, _ = read_links(answer.header("link") or "")
    return next((link.target for link in links if "original" in link.relations), None)


def by_digest(one: Listed, held: Capture, address: str) -> Capture:
    """A listed capture that has the digest, and so the bytes, of one that was fetched."""
    ident = make_id("cap", held.sha256, one.url, one.at)
    return msgspec.structs.replace(
        held,
        id=ident,
        path=address,
        url=one.url,
        final_url=one.url,
        captured_at=one.at,
        article_id=article_id(one.url, ident),
        given=Given(),
        redirects=(),
        headers={},
        memento=Memento(address=address, form="by_digest", digest=one.digest),
    )


def digest_key(written: str) -> str:
    """A digest without the name of its algorithm, for comparing."""
    return written.rpartition(":")[2].strip().upper()


def has_digest(answer: Answer, written: str) -> bool:
    """Whether the body, as sent or decoded, has this digest: SHA-1 (base 32, as CDX servers write it,
    or hexadecimal), SHA-256 or MD5."""
    wanted = digest_key(written)
    for data in (answer.sent, answer.body):
        for name in ("sha1", "sha256", "md5"):
            digest = hashlib.new(name, data, usedforsecurity=False)
            raw = digest.digest()
            if wanted in (base64.b32encode(raw).decode(), digest.hexdigest().upper()):
                return True
    return False


_NO_PAGE = re.compile(
    r"(?:image|audio|video|font)/|text/(?:css|javascript)\b|application/(?:x-)?javascript\b"
)


def unfit(one: Listed, address: str) -> NotAPage | None:
    """Why a listed capture is no page, as far as the listing tells: an error, a picture, a script."""
    if one.status and one.status >= 400:
        return _error_page(address, one.status)
    kind = (one.media_type or "").lower()
    if _NO_PAGE.match(kind):
        return NotAPage("not captured", where=address, why=f"the archive lists it as {kind}")
    return None

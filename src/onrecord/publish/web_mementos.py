"""The app as a web archive: time maps, a time gate and mementos of every captured address (RFC 7089)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.publish.answering import HEADERS, held
from onrecord.publish.library import Library
from onrecord.publish.mementos import (
    LINK_FORMAT,
    Addresses,
    Memento,
    about,
    around,
    asked,
    content_type,
    http_date,
    json_timemap,
    link_timemap,
    mementos,
    nearest,
    stamped,
    told_headers,
    why_none,
)
from onrecord.records import Capture
from onrecord.text.urls import article_id

REPLAYED = {
    **HEADERS,
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-DNS-Prefetch-Control": "off",
}
"""Sent with a captured page: a stranger's words on our address. It gets an origin of its own, runs no
script, sends no form and loads nothing; only its styles and the pictures inside it are shown. One thing
no policy forbids: for `<link rel="preconnect">` Chromium 150 opens a connection, over which it asks for
nothing."""


FILES = {"application/pdf": "pdf", "message/rfc822": "mht", "multipart/related": "mht"}
"""Media types that are offered as a file, with its ending."""


def link_header(request: Request, captures: Iterable[Capture]) -> dict[str, str]:
    """The header that leads from a page about captures of one address to its time gate and time maps."""
    found = mementos(captures)
    if not found:
        return {}
    return {"Link": about(Addresses(str(request.base_url), found[-1].capture.url or ""))}


def routes(library: Library) -> list[Route]:
    """What `create_app` takes in."""
    pages = _Mementos(library)
    return [
        Route("/timemap/link/{url:path}", pages.timemap_link),
        Route("/timemap/json/{url:path}", pages.timemap_json),
        Route("/timegate/{url:path}", pages.timegate),
        Route("/memento/id/{id}", pages.memento),
        Route("/memento/bytes/{id}", pages.undated),
        Route("/memento/{time}/{url:path}", pages.at_time),
    ]


class _Mementos:
    def __init__(self, library: Library) -> None:
        self.library = library

    def timemap_link(self, request: Request) -> Response:
        where, found = self._asked(request, "/timemap/link/")
        return StreamingResponse(
            link_timemap(where, found), headers={**HEADERS}, media_type=LINK_FORMAT
        )

    def timemap_json(self, request: Request) -> Response:
        where, found = self._asked(request, "/timemap/json/")
        return Response(
            json_timemap(where, found), headers={**HEADERS}, media_type="application/json"
        )

    def timegate(self, request: Request) -> Response:
        """To the capture nearest to the time asked for, to the newest if none is (RFC 7089, 4.5)."""
        varies = {"Vary": "accept-datetime"}
        where, found = self._asked(request, "/timegate/", varies)
        wanted = request.headers.get("accept-datetime")
        try:
            one = nearest(found, http_date(wanted)) if wanted is not None else found[-1]
        except ValueError as error:
            raise HTTPException(
                400, f"Accept-Datetime: {error}", {**varies, "Link": about(where)}
            ) from error
        return _to(where, found, one, varies)

    def at_time(self, request: Request) -> Response:
        """To the capture of that time, or else nearest to it."""
        time = request.path_params["time"]
        try:
            at = stamped(time)
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        where, found = self._asked(request, f"/memento/{quote(time)}/")
        return _to(where, found, nearest(found, at), {})

    def undated(self, request: Request) -> Response:
        """The bytes of any capture, a memento or not, shown as carefully as a memento."""
        capture = held(self.library.get(Capture, request.path_params["id"]), "capture")
        return Response(self.library.data(capture.sha256), headers=_replayed(capture))

    def memento(self, request: Request) -> Response:
        """The bytes as they were captured."""
        capture = held(self.library.get(Capture, request.path_params["id"]), "capture")
        if why := why_none(capture):
            raise HTTPException(404, f"This capture is no memento: {why}.")
        found = mementos(self.library.by(Capture, "article_id", capture.article_id))
        number = next(n for n, m in enumerate(found) if m.capture.id == capture.id)
        where = Addresses(str(request.base_url), capture.url or "")
        return Response(
            self.library.data(capture.sha256),
            headers={
                **_replayed(capture),
                "Memento-Datetime": found[number].date,
                "Link": around(where, found, number),
                **told_headers(capture),
            },
        )

    def _asked(
        self, request: Request, prefix: str, headers: dict[str, str] | None = None
    ) -> tuple[Addresses, Sequence[Memento]]:
        """The mementos of the address behind the prefix. Raises 404 if there are none."""
        meant = asked(_behind(request, prefix))
        captures = [
            capture
            for one in dict.fromkeys(article_id(url, "") for url in meant)
            for capture in self.library.by(Capture, "article_id", one)
        ]
        found = mementos(captures)
        if not found:
            reasons = sorted({why_none(capture) for capture in captures})
            why = f": {'; '.join(reasons)}" if reasons else ""
            raise HTTPException(404, f"No capture of {meant[0]} has a time{why}.", headers)
        return Addresses(str(request.base_url), found[-1].capture.url or ""), found


def _behind(request: Request, prefix: str) -> str:
    """What of the request stands behind a prefix, its query included, as it was sent."""
    raw: bytes = request.scope.get("raw_path") or quote(request.url.path).encode()
    path = raw.decode("latin-1").partition("?")[0].partition(prefix)[2]
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _replayed(capture: Capture) -> dict[str, str]:
    """The headers that a captured page is shown with; what no browser shows in a sandbox is a file."""
    kind = content_type(capture)
    headers = {**REPLAYED, "Content-Type": kind}
    if ending := FILES.get(kind.partition(";")[0].strip().lower()):
        headers["Content-Disposition"] = f'attachment; filename="{capture.id}.{ending}"'
    return headers


def _to(
    where: Addresses, found: Sequence[Memento], one: Memento, headers: dict[str, str]
) -> Response:
    return Response(
        status_code=302,
        headers={
            **HEADERS,
            **headers,
            "Location": where.memento(one.capture),
            "Link": around(where, found, found.index(one)),
        },
    )

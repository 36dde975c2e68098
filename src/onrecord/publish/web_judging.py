"""The web app's way to decide: POST /judgements, POST /judgements/undo, and what a form of it needs.

The app stands on this machine's own address, and any page a browser shows could post to it. So a
request counts only if it carries the token that our pages hold, and if the browser, where it says
where the request comes from (Sec-Fetch-Site, Origin), names this very address.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs, quote, unquote, urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import InputError, OnrecordError, RecordBusy, UsageError
from onrecord.publish.answering import HEADERS
from onrecord.publish.decisions import Decisions
from onrecord.publish.library import Library
from onrecord.records import Judgement, JudgementValue
from onrecord.text.judgements import LONGEST_NAME

AUTHOR = "onrecord_author"
"""The cookie that remembers who decides."""
YEAR = 365 * 24 * 3600
LARGEST = 200_000
"""Bytes of a request: a thousand addresses have room."""
PATIENCE = 5.0
"""Seconds that a form's answer waits for its decision to be brought in."""


class Deciding(Protocol):
    """What the app decides with: run.deciding.Bench."""

    @property
    def author(self) -> str: ...
    @property
    def problem(self) -> str: ...
    def decide(
        self,
        author: str,
        verdict: str,
        lines: Sequence[str],
        value: JudgementValue,
        kind: str = "",
        to: str = "",
    ) -> Judgement: ...
    def take_back(self, identity: str, author: str) -> Judgement: ...
    def settled(self, seconds: float) -> bool: ...


@dataclass(frozen=True)
class Form:
    """What a page's form of a decision needs: hidden field `token`, and who decided before."""

    token: str
    author: str
    action: str = "/judgements"
    undo: str = "/judgements/undo"


def form(request: Request) -> Form | None:
    """The form of this app; None where nothing can be decided (a read-only app, a dossier)."""
    judging: Judging | None = getattr(request.app.state, "judging", None)
    return judging.form(request) if judging else None


def decisions(request: Request, library: Library) -> Decisions:
    """What a page says of decisions, with forms that lead back to it."""
    query = request.url.query
    back = quote(request.url.path) + (f"?{query}" if query else "")
    return Decisions(library, form(request), back)


@dataclass(frozen=True)
class Asked:
    """A request's fields. In a form `line` and `value.NAME` are fields of their own."""

    verdict: str
    lines: tuple[str, ...]
    value: JudgementValue
    kind: str
    to: str
    author: str
    identity: str
    token: str
    then: str


class Judging:
    """The handlers. One token for as long as the app runs."""

    def __init__(self, bench: Deciding) -> None:
        self.bench = bench
        self._token = secrets.token_urlsafe(32)

    def routes(self) -> list[Route]:
        """What `create_app` takes in."""
        return [
            Route("/judgements", self.decide, methods=["POST"]),
            Route("/judgements/undo", self.undo, methods=["POST"]),
            Route("/judgements/author", self.author, methods=["POST"]),
            Route("/judgements/form", self.fields),
        ]

    def form(self, request: Request) -> Form:
        """What a page of this app puts into its forms."""
        return Form(self._token, unquote(request.cookies.get(AUTHOR, "")) or self.bench.author)

    def fields(self, request: Request) -> Response:
        """The form's fields as JSON, for programs on this machine. No page elsewhere can read them."""
        self._same_origin(request)
        found = self.form(request)
        return _json({"token": found.token, "author": found.author}, 200)

    async def decide(self, request: Request) -> Response:
        """A decision. 201 and JSON, or for a form a redirect (303) to its field `then`."""
        return await self._answer(request, self._decide)

    async def undo(self, request: Request) -> Response:
        """Takes a decision back: field `id`."""
        return await self._answer(request, self._undo)

    async def author(self, request: Request) -> Response:
        """Remembers who decides: field `author`. 204, or for a form a redirect to its field `then`."""
        plain = _wants_json(request)
        try:
            asked, author = await self._asked(request)
            if len(author) > LONGEST_NAME or not author.isprintable():
                raise HTTPException(
                    400, f"A name has at most {LONGEST_NAME} characters, in one line."
                )
        except HTTPException as error:
            if plain:
                return _json({"error": error.detail}, error.status_code)
            raise
        answer = (
            Response(None, 204, HEADERS) if plain else RedirectResponse(asked.then, 303, HEADERS)
        )
        return _remember(answer, author)

    def _decide(self, asked: Asked, author: str) -> Judgement:
        return self.bench.decide(
            author, asked.verdict, asked.lines, asked.value, asked.kind, asked.to
        )

    def _undo(self, asked: Asked, author: str) -> Judgement:
        return self.bench.take_back(asked.identity, author)

    async def _answer(self, request: Request, act: Any) -> Response:
        plain = _wants_json(request)
        try:
            asked, author = await self._asked(request)
            one = await run_in_threadpool(act, asked, author)
            built = await run_in_threadpool(self.bench.settled, 0.0 if plain else PATIENCE)
        except OnrecordError as error:
            status = 503 if isinstance(error, RecordBusy) else 400
            if not isinstance(error, RecordBusy | UsageError | InputError):
                status = 500
            if plain:
                return _json({"error": error.line()}, status)
            raise HTTPException(status, error.line()) from error
        except HTTPException as error:
            if plain:
                return _json({"error": error.detail}, error.status_code)
            raise
        answer: Response
        if plain:
            values = {"judgement": msgspec.to_builtins(one), "built": built}
            answer = _json({**values, "problem": self.bench.problem or None}, 201)
        else:
            answer = RedirectResponse(asked.then, 303, HEADERS)
        return _remember(answer, author)

    async def _asked(self, request: Request) -> tuple[Asked, str]:
        """What one of our own pages asks for, and in whose name. Raises HTTPException."""
        self._same_origin(request)
        asked = _read(request, await _body(request))
        token = request.headers.get("x-onrecord-token", "") or asked.token
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise HTTPException(403, "This form is out of date: load its page again.")
        author = asked.author.strip() or self.form(request).author
        if not author:
            raise HTTPException(400, "It is not said who decides: give your name.")
        return asked, author

    @staticmethod
    def _same_origin(request: Request) -> None:
        """Refuses what a browser says comes from another page's address."""
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        if site not in ("same-origin", "none") or (origin is not None and origin != own):
            raise HTTPException(403, "Only this record's own pages can decide.")
        if site == "none" and request.method != "GET":
            raise HTTPException(403, "Only this record's own pages can decide.")


def _remember(answer: Response, author: str) -> Response:
    answer.set_cookie(
        AUTHOR, quote(author), max_age=YEAR, path="/", httponly=True, samesite="strict"
    )
    return answer


def _json(values: Mapping[str, Any], status: int) -> Response:
    body = msgspec.json.encode(values, order="deterministic")
    headers = {**HEADERS, "Cache-Control": "no-store"}
    return Response(body, status, headers, "application/json")


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _wants_json(request: Request) -> bool:
    return (
        _media_type(request) == "application/json"
        or "application/json" in request.headers.get("accept", "").lower()
    )


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, f"A decision has at most {LARGEST} bytes.")
    return body


def _read(request: Request, body: bytes) -> Asked:
    """The fields of a request. Raises HTTPException if it has none."""
    media_type = _media_type(request)
    try:
        if media_type == "application/json":
            values = msgspec.json.decode(body)
            if not isinstance(values, dict):
                raise HTTPException(400, "A decision is a JSON object.")
            return _asked(values, values.get("lines", ()), values.get("value") or {})
        if media_type != "application/x-www-form-urlencoded":
            raise HTTPException(415, "A decision is a form (urlencoded) or JSON.")
        fields = parse_qs(body.decode("utf-8"), max_num_fields=2000)
        single = {name: some[-1] for name, some in fields.items()}
        value = {n.removeprefix("value."): v for n, v in single.items() if n.startswith("value.")}
        return _asked(single, fields.get("line", ()), value)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"This is no decision: {str(error)[:200]}") from error


def _asked(values: Mapping[str, Any], lines: Sequence[str], value: Mapping[str, Any]) -> Asked:
    note = values.get("note")
    said = {**{k: v for k, v in value.items() if v != ""}, **({"text": note} if note else {})}

    def text(name: str) -> str:
        return msgspec.convert(values.get(name, ""), str)

    return Asked(
        verdict=text("verdict"),
        lines=msgspec.convert(lines, tuple[str, ...]),
        value=msgspec.convert(said, JudgementValue),
        kind=text("kind"),
        to=text("to"),
        author=text("author"),
        identity=text("id"),
        token=text("token"),
        then=_local(text("then")),
    )


def _local(path: str) -> str:
    """A path of this app; its first page for anything else, so that no form leads elsewhere."""
    parts = urlsplit(path)
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path
    plain = all(" " < c < "\x7f" for c in path)
    return path if safe and plain and not parts.scheme and not parts.netloc else "/"

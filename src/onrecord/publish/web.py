"""The web app over a library: read-only pages on 127.0.0.1, nothing loaded from anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import LimitExceeded, OnrecordError, UsageError
from onrecord.publish import as_read, citations, evidence, history, views, watched
from onrecord.publish.answering import HEADERS, held, html, number_in
from onrecord.publish.desk import NO_STORY, Desk, Page, page, try_cite
from onrecord.publish.dossier import render as render_dossier
from onrecord.publish.library import Found, Library, notices_of
from onrecord.publish.links import AppLinks
from onrecord.publish.marking import cuts
from onrecord.publish.mementos import Addresses, why_none
from onrecord.publish.pages import SECTIONS, asset, opening, render, shown
from onrecord.publish.web_accounts import routes as accounts_routes
from onrecord.publish.web_board import routes as board_routes
from onrecord.publish.web_edits import routes as edit_routes
from onrecord.publish.web_history import routes as history_routes
from onrecord.publish.web_judging import Deciding, Judging, decisions
from onrecord.publish.web_mementos import link_header
from onrecord.publish.web_mementos import routes as memento_routes
from onrecord.publish.web_reviewing import routes as review_routes
from onrecord.publish.web_statements import routes as statement_routes
from onrecord.records import (
    Article,
    Capture,
    Citation,
    Claim,
    Commitment,
    Screenshot,
    Statement,
    Story,
    Version,
)
from onrecord.text.instants import sort_key

HOSTS = ("127.0.0.1", "localhost")
"""Names the app answers to: a page elsewhere must not read a record through a renamed host."""

WITH_PICTURES = HEADERS["Content-Security-Policy"].replace("img-src data:", "img-src 'self' data:")
"""Policy of the page of a capture, which shows its screenshots."""

STORIES_PER_PAGE = 20
ROWS_PER_PAGE = 100
HITS = 50
CAPTURE_WINDOW = 20_000
"""Code points of a capture on one of its pages."""


@dataclass(frozen=True)
class StoryCard:
    """A story on the first page."""

    story: Story
    articles: int
    earliest: str | None
    latest: str | None
    look: int
    due: int


@dataclass(frozen=True)
class HitRow:
    """A passage found; `pieces` are its words, cut where the words looked for stand."""

    citation: Citation
    article: Article | None
    version: Version
    pieces: tuple[tuple[str, bool], ...]


def _card(library: Library, story: Story) -> StoryCard:
    """Counts without loading a report: possible oppositions nobody reviewed, and deadlines."""
    look = sum(
        any(
            r.relation in ("contradicts", "incompatible_accounts") and r.review == "unreviewed"
            for r in claim.relations
        )
        for claim in library.by(Claim, "story_id", story.id)
    )
    due = sum(
        bool(c.deadline.earliest or c.deadline.latest)
        for c in library.by(Commitment, "story_id", story.id)
    )
    starts = [e.earliest for e in story.episodes if e.earliest]
    ends = [e.latest or e.earliest for e in story.episodes if e.latest or e.earliest]
    return StoryCard(
        story,
        len(story.articles),
        min(starts, key=sort_key) if starts else None,
        max(ends, key=sort_key) if ends else None,
        look,
        due,
    )


def _latest(story: Story) -> str | None:
    ends = [t for e in story.episodes if (t := e.latest or e.earliest)]
    return max(ends, key=sort_key) if ends else None


class Pages:
    """The handlers. Each is called in a thread of its own and only reads."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def index(self, request: Request) -> Response:
        stories = sorted(self.library.all(Story), key=lambda s: s.id)
        stories.sort(
            key=lambda s: sort_key(_latest(s)) if _latest(s) else (0, "", ""), reverse=True
        )
        stories.sort(key=lambda s: len(s.articles) < 2)
        found = page(stories, number_in(request), STORIES_PER_PAGE)
        return html(
            render(
                "index.html",
                AppLinks(),
                page=found,
                cards=[_card(self.library, s) for s in found.items],
                notices=len(self.library.notices()),
                here="/",
            )
        )

    def story(self, request: Request) -> Response:
        desk = Desk(self.library, self._story(request))
        sections = [opening(desk, s) for s in SECTIONS]
        here = frozenset[str]().union(*(s.ids for s in sections))
        return html(
            render(
                "story.html",
                AppLinks(here, decisions(request, self.library)),
                desk=desk,
                story=desk.story,
                first=views.first_screen(desk),
                brief=views.brief(desk),
                shown=sections,
            )
        )

    def section(self, request: Request) -> Response:
        desk = Desk(self.library, self._story(request))
        name = request.path_params["section"]
        section = held(next((s for s in SECTIONS if s.name == name), None), "section")
        one = shown(
            desk,
            section,
            number=number_in(request),
            size=section.per,
            item=request.query_params.get("item", ""),
        )
        return html(
            render(
                "section.html",
                AppLinks(one.ids, decisions(request, self.library)),
                desk=desk,
                story=desk.story,
                one=one,
                here=f"/story/{quote(desk.story.id, safe='')}/{name}",
            )
        )

    def dossier(self, request: Request) -> Response:
        story = self._story(request)
        full = request.query_params.get("full") == "1"
        text = render_dossier(self.library, story.id, full_text=full)
        return Response(
            text.encode("utf-8", "replace"),
            headers={
                **HEADERS,
                "Content-Disposition": f'attachment; filename="{story.id}.html"',
            },
            media_type="text/html",
        )

    def article(self, request: Request) -> Response:
        article = held(self.library.get(Article, request.path_params["id"]), "report")
        story = next((s for s in self.library.all(Story) if article.id in s.articles), None)
        desk = Desk(
            self.library,
            story or Story(id="", title="", articles=(article.id,), episodes=(), basis=""),
        )
        versions = desk.versions(article)
        wanted = request.query_params.get("version", "")
        version = next((v for v in versions if v.id == wanted), versions[-1] if versions else None)
        try:
            left = history.left_out(self.library, version) if version else ()
            problem = ""
        except (LookupError, OSError, ValueError, OnrecordError) as error:
            left, problem = (), str(error)
        said = sorted(
            self.library.by(Statement, "article_id", article.id),
            key=lambda s: (s.citation.capture_start, s.id),
        )
        return html(
            render(
                "article.html",
                AppLinks(decisions=decisions(request, self.library)),
                desk=desk,
                story=story,
                article=article,
                captures=desk.captures(article),
                kinds={
                    c.id: known.kind
                    for c in desk.captures(article)
                    if (known := as_read.read_of(self.library, c))
                },
                versions=versions,
                version=version,
                blocks=_blocks(version) if version else (),
                left_out=page(left, number_in(request), ROWS_PER_PAGE),
                problem=problem,
                past=history.history(desk, article, desk.changes),
                standings=watched.standings(self.library, article.id),
                said=[views.said_view(desk, s) for s in said],
                here=f"/article/{quote(article.id, safe='')}",
                carried={"version": version.id} if version else {},
            ),
            200,
            **link_header(request, desk.captures(article)),
        )

    def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "").strip()[:400]
        try:
            hits = self.library.search(query, HITS) if query else ()
        except UsageError:
            hits = ()
        rows = [row for hit in hits if (row := self._row(hit)) is not None]
        return html(render("search.html", AppLinks(), query=query, rows=rows, limit=HITS))

    def _row(self, hit: Found) -> HitRow | None:
        """A hit with its citation; None if its version is gone or it stands in no capture."""
        version = self.library.get(Version, hit.version_id)
        citation = try_cite(version, hit.start, hit.end) if version else None
        if version is None or citation is None or citation.start is None or citation.end is None:
            return None
        start, end = citation.start, citation.end
        marks = [(a - start, b - start) for a, b in hit.marks if start <= a < b <= end]
        pieces = tuple(
            (citation.quote[a:b], inside) for a, b, inside in cuts(len(citation.quote), marks)
        )
        return HitRow(citation, self.library.get(Article, version.article_id), version, pieces)

    def notices(self, request: Request) -> Response:
        found = page(notices_of(self.library), number_in(request), ROWS_PER_PAGE)
        rows = [(n, self._subject(n.subject)) for n in found.items]
        return html(render("notices.html", AppLinks(), page=found, rows=rows, here="/notices"))

    def _subject(self, subject: str) -> tuple[str, str]:
        """What a notice is about: words and link."""
        article = self.library.get(Article, subject)
        if article is not None:
            return article.title or article.path, f"/article/{quote(article.id, safe='')}"
        capture = self.library.get(Capture, subject)
        if capture is not None:
            return capture.path, f"/capture/{quote(capture.id, safe='')}"
        version = self.library.get(Version, subject)
        if version is not None:
            owner = self.library.get(Article, version.article_id)
            name = (owner.title or owner.path) if owner else version.article_id
            link = f"/article/{quote(version.article_id, safe='')}?{urlencode({'version': version.id})}"
            return f"{name}, version {version.number}", link
        story = self.library.get(Story, subject)
        if story is not None:
            return story.title, f"/story/{quote(story.id, safe='')}"
        return subject, ""

    def evidence(self, request: Request) -> Response:
        address = request.query_params.get("address", "")
        try:
            found = evidence.resolve(self.library, address)
        except evidence.NotHere as error:
            raise HTTPException(404, str(error)) from error
        except (ValueError, LookupError) as error:
            raise HTTPException(400, str(error)) from error
        desk = Desk(self.library, NO_STORY)
        return html(
            render(
                "evidence.html",
                AppLinks(decisions=decisions(request, self.library)),
                found=found,
                cited=citations.cited([found.citation], found.article, desk.capture, desk.version),
                said=[views.said_view(desk, s) for s in views.said_at(desk, found.citation)],
            )
        )

    def capture(self, request: Request) -> Response:
        capture = held(self.library.get(Capture, request.path_params["id"]), "capture")
        try:
            text = evidence.read(self.library, capture)
        except evidence.NotHere as error:
            raise HTTPException(404, str(error)) from error
        at = min(number_in(request, "at", 0), max(0, len(text) - 1))
        return html(
            render(
                "capture.html",
                AppLinks(),
                capture=capture,
                article=self.library.get(Article, capture.article_id),
                known=as_read.read_of(self.library, capture),
                notices=[
                    n for n in notices_of(self.library) if n.subject in (capture.id, capture.path)
                ],
                text=text[at : at + CAPTURE_WINDOW],
                at=at,
                end=min(len(text), at + CAPTURE_WINDOW),
                total=len(text),
                window=CAPTURE_WINDOW,
                no_memento=why_none(capture),
                shots=sorted(
                    self.library.by(Screenshot, "capture_id", capture.id),
                    key=lambda shot: (shot.taken_at, shot.id),
                ),
                timemap=Addresses("/", capture.url or "").timemap,
            ),
            200,
            **link_header(request, [capture]),
            **{"Content-Security-Policy": WITH_PICTURES},
        )

    def screenshot(self, request: Request) -> Response:
        shot = held(self.library.get(Screenshot, request.path_params["id"]), "screenshot")
        try:
            png = self.library.picture(shot.sha256)
        except (LookupError, OnrecordError) as error:
            raise HTTPException(404, f"The picture cannot be read: {error}") from error
        return Response(png, headers=HEADERS, media_type="image/png")

    def capture_read(self, request: Request) -> Response:
        capture = held(self.library.get(Capture, request.path_params["id"]), "capture")
        known = held(as_read.read_of(self.library, capture), "reading of this capture")
        try:
            text = evidence.read(self.library, capture, known.decoder)
        except evidence.NotHere as error:
            raise HTTPException(404, str(error)) from error
        if len(text) > as_read.LARGEST:
            raise HTTPException(404, "This capture is too large to lay out; its own pages show it.")
        start, end = number_in(request, "start", 0), number_in(request, "end", 0)
        cited = (start, end) if start < end <= len(text) else None
        try:
            laid = as_read.lay_out(text, evidence.is_page(capture), known, cited)
        except LimitExceeded as error:
            raise HTTPException(404, str(error)) from error
        parts = as_read.parts(laid)
        where = next((i for i, part in enumerate(parts, 1) if any(s.cited for s in part)), 1)
        number = min(number_in(request, default=where), len(parts))
        return html(
            render(
                "capture_read.html",
                AppLinks(),
                capture=capture,
                article=self.library.get(Article, capture.article_id),
                known=known,
                cited=cited,
                cited_part=where,
                page=Page(parts[number - 1], number, len(parts), sum(map(len, parts))),
                carried={"start": start, "end": end} if cited else {},
            )
        )

    def _story(self, request: Request) -> Story:
        story: Story = held(self.library.get(Story, request.path_params["id"]), "story")
        return story


def _blocks(version: Version) -> list[tuple[str, str, Any, Any]]:
    """A version's blocks: kind, text, citation, and of a transcript when it is heard."""

    return [
        (
            b.kind,
            version.text[b.start : b.end],
            try_cite(version, b.start, b.end),
            (b.begins, b.ends or b.begins) if b.begins else None,
        )
        for b in version.blocks
    ]


def _static(name: str, media_type: str) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        return Response(asset(name), headers=HEADERS, media_type=media_type)

    return serve


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else str(error)
    titles = {
        400: "That is not an address" if request.method == "GET" else "That cannot be decided",
        403: "Not allowed",
        404: "Not in this record",
        405: "Not possible here",
        503: "The record is busy",
    }
    return html(
        render(
            "error.html", AppLinks(), title=titles.get(status, "This page failed"), detail=detail
        ),
        status,
        **(getattr(error, "headers", None) or {}),
    )


def _wrong(request: Request, error: Exception) -> Response:
    return _refused(request, HTTPException(500, str(error)))


def create_app(
    library: Library, hosts: Sequence[str] = HOSTS, bench: Deciding | None = None
) -> Starlette:
    """The app. `hosts`: names it answers to; ["*"] for any. It starts nothing, and writes nothing but
    what people decide, if it is given a bench for that."""
    pages = Pages(library)
    judging = Judging(bench) if bench else None
    routes = [
        Route("/", pages.index),
        Route("/story/{id}", pages.story),
        *edit_routes(library),
        Route("/story/{id}/dossier.html", pages.dossier),
        *review_routes(library),
        *board_routes(library),
        *accounts_routes(library),
        Route("/story/{id}/{section}", pages.section),
        Route("/article/{id}", pages.article),
        *history_routes(library),
        *statement_routes(library),
        Route("/search", pages.search),
        Route("/notices", pages.notices),
        Route("/evidence", pages.evidence),
        Route("/capture/{id}", pages.capture),
        Route("/capture/{id}/read", pages.capture_read),
        Route("/screenshot/{id}.png", pages.screenshot),
        *memento_routes(library),
        *(judging.routes() if judging else ()),
        Route("/static/onrecord.css", _static("onrecord.css", "text/css")),
        Route("/static/onrecord.js", _static("onrecord.js", "text/javascript")),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={HTTPException: _refused, OnrecordError: _wrong},
    )
    app.state.judging = judging
    return app

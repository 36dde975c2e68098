"""The web app's ledger of statements: a page to filter and sort them, a table of them, a person's page."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.errors import InputError
from onrecord.publish import cited_csv, ledger, statement_filter
from onrecord.publish.answering import HEADERS, held, html, number_in
from onrecord.publish.desk import NO_STORY, Desk, page
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.pages import render
from onrecord.publish.views import Told
from onrecord.publish.web_judging import decisions
from onrecord.records import Actor, Article, Story
from onrecord.store.sayings import Filter

PER_PAGE = 40
MENTIONS_PER_PAGE = 100


class Pages:
    """The handlers. Each is called in a thread of its own and only reads."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def ledger(self, request: Request) -> Response:
        try:
            wanted = statement_filter.parse(request.query_params.multi_items())
        except InputError as error:
            return html(self._ledger(request, Filter(), problem=error.line()), 400)
        return html(self._ledger(request, wanted))

    def _ledger(self, request: Request, wanted: Filter, problem: str = "") -> str:
        article, story = self._scope(wanted)
        counts = self.library.statement_counts(wanted)
        total = 0 if problem else counts.total
        desk = Desk(self.library, NO_STORY)
        found = ledger.listed(desk, wanted, total, number_in(request), PER_PAGE)
        called = ledger.names(self.library, wanted)
        query = statement_filter.query_of(wanted)
        return render(
            "statements.html",
            AppLinks(frozenset(s.id for s in found.page.items), decisions(request, self.library)),
            wanted=wanted,
            article=article,
            story=story,
            title=statement_filter.in_words(
                wanted,
                story=story.title if story else "",
                article=(article.title or article.path) if article else "",
                names=called,
            ),
            called=called,
            problem=problem,
            groups=found.groups,
            page=found.page,
            speakers=ledger.people(counts.speakers, wanted.speaker, called),
            addressees=ledger.people(counts.addressees, wanted.addressee, called),
            outlets=ledger.outlets(counts.outlets, wanted.outlet),
            acts=ledger.acts(counts.acts, wanted.acts),
            manners=ledger.manners(counts.manners, wanted.manner),
            conditions=ledger.conditions(counts.conditions, wanted.condition),
            sorts=statement_filter.SORTS,
            only=lambda act: _address(
                "/statements", replace(wanted, acts=() if wanted.acts == (act,) else (act,))
            ),
            table=_address("/statements.csv", wanted),
            carried=dict(parse_qsl(query)),
            here="/statements",
        )

    def _scope(self, wanted: Filter) -> tuple[Article | None, Story | None]:
        """404 for an article or a story that is not in the record."""
        article: Article | None = None
        story: Story | None = None
        if wanted.article:
            article = held(self.library.get(Article, wanted.article), "report")
        if wanted.story:
            story = held(self.library.get(Story, wanted.story), "story")
        return article, story

    def table(self, request: Request) -> Response:
        """All statements that the filter leaves, as a table for a spreadsheet."""
        try:
            wanted = statement_filter.parse(request.query_params.multi_items())
        except InputError as error:
            return Response(error.line() + "\n", 400, HEADERS, "text/plain")
        self._scope(wanted)
        headers = {**HEADERS, "Content-Disposition": 'attachment; filename="statements.csv"'}
        return StreamingResponse(
            cited_csv.whole(self.library, wanted), 200, headers, "text/csv; charset=utf-8"
        )

    def actor(self, request: Request) -> Response:
        actor = held(self.library.get(Actor, request.path_params["id"]), "person or body")
        pairs = [
            (key, value)
            for key, value in request.query_params.multi_items()
            if key in ("act", "outlet")
        ]
        try:
            asked, problem = statement_filter.parse(pairs), ""
        except InputError as error:
            asked, problem = Filter(), error.line()
        desk = Desk(self.library, NO_STORY)
        parts = ledger.parts(self.library, actor, asked)
        known = decisions(request, self.library)
        mentions = page(actor.mentions, number_in(request), MENTIONS_PER_PAGE)
        return html(
            render(
                "actor.html",
                AppLinks(decisions=known),
                actor=actor,
                reports=ledger.reports_naming(desk, actor) if known.form else (),
                asked=asked,
                title=statement_filter.in_words(asked),
                problem=problem,
                parts=[
                    (
                        part,
                        ledger.listed(
                            desk,
                            part.wanted,
                            part.counts.total,
                            number_in(request, part.name),
                            PER_PAGE,
                        ),
                        _address("/statements", part.wanted),
                        _address("/statements.csv", part.wanted),
                    )
                    for part in parts
                ],
                acts=[
                    option
                    for option in ledger.acts(
                        ledger.added([p.counts.acts for p in parts]), asked.acts
                    )
                    if option.number or option.chosen
                ],
                outlets=ledger.outlets(
                    ledger.added([p.counts.outlets for p in parts]), asked.outlet
                ),
                page=mentions,
                mentions=[Told(c, desk.article_of(c)) for c in mentions.items],
                carried=dict(parse_qsl(statement_filter.query_of(asked))),
                here=f"/actor/{quote(actor.id, safe='')}",
            ),
            400 if problem else 200,
        )


def _address(path: str, wanted: Filter) -> str:
    query = statement_filter.query_of(wanted)
    return f"{path}?{query}" if query else path


def routes(library: Library) -> list[Route]:
    """The ledger, its table and a person's page."""
    pages = Pages(library)
    return [
        Route("/statements", pages.ledger),
        Route("/statements.csv", pages.table),
        Route("/actor/{id}", pages.actor),
    ]

"""The web app's page of a story's accounts side by side, with its filter."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import InputError
from onrecord.publish import accounts_filter
from onrecord.publish.accounts_filter import Filter
from onrecord.publish.answering import held, html, number_in
from onrecord.publish.desk import Desk
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.pages import SECTIONS, render, shown
from onrecord.records import Story


def routes(library: Library) -> list[Route]:
    """The page; it has to stand before the one of any section."""
    section = next(s for s in SECTIONS if s.name == "accounts")

    def accounts(request: Request) -> Response:
        desk = Desk(library, held(library.get(Story, request.path_params["id"]), "story"))
        try:
            wanted, problem = accounts_filter.parse(request.query_params.multi_items()), ""
        except InputError as error:
            wanted, problem = Filter(), error.line()
        rows = section.items(desk)
        one = shown(
            desk,
            section,
            number=number_in(request),
            size=section.per,
            item=request.query_params.get("item", ""),
            chosen=() if problem else accounts_filter.chosen(desk, rows, wanted),
        )
        page = render(
            "accounts.html",
            AppLinks(one.ids),
            desk=desk,
            story=desk.story,
            one=one,
            wanted=wanted,
            problem=problem,
            every=len(rows),
            choices=accounts_filter.choices(desk, rows, wanted),
            carried=dict(parse_qsl(accounts_filter.query_of(wanted))),
            here=f"/story/{quote(desk.story.id, safe='')}/accounts",
        )
        return html(page, 400 if problem else 200)

    return [Route("/story/{id}/accounts", accounts)]

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
from onrecord.publish.reviewing import latest, lines, progress
from onrecord.publish.web_judging import decisions
from onrecord.records import Story

LATELY = 5
"""What one decided last, to be taken back from here."""


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
        known = decisions(request, library)
        author = known.form.author if known.form else ""
        page = render(
            "accounts.html",
            AppLinks(one.ids, known),
            desk=desk,
            story=desk.story,
            one=one,
            wanted=wanted,
            problem=problem,
            every=len(rows),
            choices=accounts_filter.choices(desk, rows, wanted),
            review=progress(library, desk.claims),
            lately=lines(library, latest(library, author, LATELY)) if author else (),
            carried=dict(parse_qsl(accounts_filter.query_of(wanted))),
            here=f"/story/{quote(desk.story.id, safe='')}/accounts",
        )
        return html(page, 400 if problem else 200)

    return [Route("/story/{id}/accounts", accounts)]

"""The web app's page of a story's commitments: the board, narrowed by who, what and whether it is open."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.publish.answering import held, html, number_in
from onrecord.publish.board import Wanted, board, choices, chosen
from onrecord.publish.desk import Desk, page
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.pages import SECTIONS, render
from onrecord.publish.web_judging import decisions
from onrecord.records import Story

FIELDS = {"who": "Who", "act": "What it is", "state": "What came of it"}


def routes(library: Library) -> list[Route]:
    """The board's page. It stands before those of a story's other sections, whose path is alike."""
    section = next(s for s in SECTIONS if s.name == "commitments")

    def commitments(request: Request) -> Response:
        story = held(library.get(Story, request.path_params["id"]), "story")
        desk = Desk(library, story)
        asked = request.query_params
        wanted = Wanted(**{name: asked.get(name, "") for name in FIELDS})
        items = chosen(desk.commitments, wanted)
        looked_for = asked.get("item", "")
        at = next((n for n, i in enumerate(items) if i.id == looked_for), None)
        number = number_in(request) if at is None else at // section.per + 1
        found = page(items, number, section.per)
        return html(
            render(
                "section_commitments_page.html",
                AppLinks(frozenset(i.id for i in found.items), decisions(request, library)),
                desk=desk,
                story=story,
                section=section,
                page=found,
                view=board(desk, found.items),
                all=len(desk.commitments),
                fields=[
                    (name, words, choices(desk.commitments, wanted, name))
                    for name, words in FIELDS.items()
                ],
                carried={name: value for name in FIELDS if (value := getattr(wanted, name))},
                here=f"/story/{quote(story.id, safe='')}/commitments",
            )
        )

    return [Route("/story/{id}/commitments", commitments)]

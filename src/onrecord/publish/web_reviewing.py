"""The web app's pages of the review: the queue of a story and of all, and what was decided."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.publish import wording
from onrecord.publish.advice import advice_of
from onrecord.publish.answering import HEADERS, held, html, number_in
from onrecord.publish.asked import Offered
from onrecord.publish.desk import NO_STORY, Desk, page
from onrecord.publish.exports import jsonl
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.pages import render
from onrecord.publish.reviewing import Queue, Wanted, item, latest, lines, queue
from onrecord.publish.web_judging import decisions
from onrecord.records import Judgement, Story
from onrecord.run.judging import standings

PER_PAGE = 20
LATELY = 5
"""What one decided last, as the queue shows it."""
DECIDED_PER_PAGE = 50


class Pages:
    """The handlers. They only read: decisions go to web_judging."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def review(self, request: Request) -> Response:
        """The queue: of one story if its path, or the form's field, says which."""
        asked = request.query_params
        story_id = request.path_params.get("id") or asked.get("story", "")
        story = held(self.library.get(Story, story_id), "story") if story_id else None
        wanted = Wanted(story_id, asked.get("relation", ""), asked.get("in", ""))
        found = queue(self.library, wanted)
        row = asked.get("row", "")
        place = found.place(row) if row else None
        number = number_in(request) if place is None else place // PER_PAGE + 1
        rows = page(found.rows, number, PER_PAGE)
        known = decisions(request, self.library)
        if row:  # Once it is decided, it is not looked for again.
            known.back = f"{quote(request.url.path)}?page={rows.number}"
        author = known.form.author if known.form else ""
        desk = Desk(self.library, NO_STORY)
        advised = advice_of(self.library)
        narrowed = {"relation": wanted.relation, "in": wanted.in_}
        if not request.path_params.get("id"):
            narrowed["story"] = story_id
        return html(
            render(
                "review.html",
                AppLinks(decisions=known),
                story=story,
                wanted=wanted,
                queue=found,
                page=rows,
                items=[item(desk, known, row) for row in rows.items],
                advice={row.key: advised.get(row.pair, ()) for row in rows.items},
                stories={s.id: s for s in self.library.all(Story)},
                relations=_relations(found, wanted),
                ins=_ins(found, wanted),
                choices=self._stories(found, wanted),
                lately=lines(self.library, latest(self.library, author, LATELY)),
                missed=bool(row) and place is None,
                carried={name: value for name, value in narrowed.items() if value},
                here=quote(request.url.path),
            )
        )

    def _stories(self, found: Queue, wanted: Wanted) -> list[Offered]:
        stories = sorted(
            self.library.all(Story), key=lambda s: (-found.stories.get(s.id, 0), s.title, s.id)
        )
        return [
            Offered(s.id, s.title, found.stories.get(s.id, 0), s.id == wanted.story)
            for s in stories
            if found.stories.get(s.id) or s.id == wanted.story
        ]

    def decided(self, request: Request) -> Response:
        """Every judgement with how it stands, newest first, and how two records' are joined."""
        found = standings(self.library)
        counts = Counter(one.state for one in found)
        state = request.query_params.get("state", "")
        fitting = [one for one in reversed(found) if state in ("", one.state)]
        rows = page(fitting, number_in(request), DECIDED_PER_PAGE)
        cited = lines(self.library, [one.judgement for one in rows.items])
        return html(
            render(
                "review_decided.html",
                AppLinks(decisions=decisions(request, self.library)),
                page=rows,
                rows=list(zip(rows.items, cited, strict=True)),
                states=[
                    Offered(name, words, counts.get(name, 0), name == state)
                    for name, words in STATES.items()
                ],
                authors=Counter(one.judgement.author for one in found),
                counts=counts,
                total=len(found),
                carried={"state": state} if state else {},
                here="/review/decided",
            )
        )

    def export(self, request: Request) -> Response:
        """All judgements as `onrecord export judgements` writes them."""
        body = b"".join(jsonl(self.library.all(Judgement)))
        headers = {
            **HEADERS,
            "Content-Disposition": 'attachment; filename="judgements.jsonl"',
        }
        return Response(body, 200, headers, "application/x-ndjson")


STATES = {
    "applied": "at work",
    "next": "brought in by the next build",
    "waiting": "waiting: nothing in the record matches",
    "overruled": "a later one counts",
    "noted": "notes",
    "undone": "taken back",
}
"""How a judgement stands, in words."""


def _relations(found: Queue, wanted: Wanted) -> list[Offered]:
    return [
        Offered(name, words, found.relations.get(name, 0), name == wanted.relation)
        for name, words in wording.RELATIONS.items()
        if found.relations.get(name) or name == wanted.relation
    ]


def _ins(found: Queue, wanted: Wanted) -> list[Offered]:
    return [
        Offered(name, words, found.ins.get(name, 0), name == wanted.in_)
        for name, words in wording.DETAILS.items()
        if found.ins.get(name) or name == wanted.in_
    ]


def routes(library: Library) -> list[Route]:
    """The review's pages. They stand before those of a story's sections, whose path is alike."""
    pages = Pages(library)
    return [
        Route("/review", pages.review),
        Route("/review/decided", pages.decided),
        Route("/review/judgements.jsonl", pages.export),
        Route("/story/{id}/review", pages.review),
    ]

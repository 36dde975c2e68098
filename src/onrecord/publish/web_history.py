"""The web app's pages of what was kept when: a report's history, two of its versions against one another,
the calendar of captures."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.publish import calendars, history, watched
from onrecord.publish.answering import held, html, number_in
from onrecord.publish.desk import Desk, page
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.pages import render
from onrecord.publish.side_by_side import lay_out
from onrecord.records import Article, Hunk, Story, Version
from onrecord.relate.changes import compare
from onrecord.text.instants import is_instant, normalise

PASSED_PER_PAGE = 30
LOOKS_SHOWN = 100
CAPTURES_PER_PAGE = 100
VIEWS = ("side", "inline")


@dataclass(frozen=True)
class Step:
    """Two neighbouring versions, to go to from a comparison."""

    older: Version
    newer: Version


class Pages:
    """The handlers. Each is called in a thread of its own and only reads."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def _article(self, request: Request) -> tuple[Article, Desk]:
        article: Article = held(self.library.get(Article, request.path_params["id"]), "report")
        story = Story(id="", title="", articles=(article.id,), episodes=(), basis="")
        return article, Desk(self.library, story)

    def history(self, request: Request) -> Response:
        article, desk = self._article(request)
        versions = desk.versions(article)
        checks = watched.checks_of(self.library, article.id)
        told = history.history(desk, article, desk.changes)
        line = history.line_of_time(versions, told, desk, checks)
        looks = watched.looks(checks)
        shown = page(line, number_in(request), PASSED_PER_PAGE)
        return html(
            render(
                "article_history.html",
                AppLinks(),
                article=article,
                past=told,
                page=shown,
                on_page={p.version.number for p in shown.items if p.version},
                no_versions=history.no_versions(desk, article),
                standings=watched.standings(self.library, article.id, checks),
                checks=looks[:LOOKS_SHOWN],
                more_checks=sum(look.number for look in looks[LOOKS_SHOWN:]),
                here=AppLinks().history(article.id),
            )
        )

    def calendar(self, request: Request) -> Response:
        wanted = request.path_params.get("id")
        article = held(self.library.get(Article, wanted), "report") if wanted else None
        found = calendars.archive(self.library, wanted)
        years = found.years
        asked = number_in(request, "year", years[-1] if years else 0)
        year = min(years, key=lambda y: (abs(y - asked), y)) if years else None
        return html(
            render(
                "calendar.html",
                AppLinks(),
                article=article,
                found=found,
                year=year,
                months=found.months(year) if year is not None else (),
                here=f"{AppLinks().article(article.id)}/calendar" if article else "/calendar",
            )
        )

    def day(self, request: Request) -> Response:
        day = request.path_params["day"]
        held(day if normalise(day) == day and not is_instant(day) else None, "day")
        wanted = request.query_params.get("article")
        article = held(self.library.get(Article, wanted), "report") if wanted else None
        only = request.query_params.get("only") == "versions"
        found = calendars.archive(self.library, wanted)
        ids = [i for i in found.captures(day) if not only or i in found.begun]
        shown = page(ids, number_in(request), CAPTURES_PER_PAGE)
        before, behind = found.beside(day)
        carried = {
            **({"article": article.id} if article else {}),
            **({"only": "versions"} if only else {}),
        }
        return html(
            render(
                "calendar_day.html",
                AppLinks(),
                article=article,
                day=day,
                counted=found.days.get(day),
                before=before,
                behind=behind,
                only=only,
                page=shown,
                fates=calendars.fates(self.library, found, day),
                entries=calendars.entries(self.library, found, shown.items),
                here=f"/calendar/{day}",
                carried=carried,
            )
        )

    def compare(self, request: Request) -> Response:
        article, desk = self._article(request)
        versions = desk.versions(article)
        view = request.query_params.get("view", VIEWS[0])
        if view not in VIEWS:
            raise HTTPException(400, "A comparison is shown side by side or inline.")
        by_id = {name: v for v in versions for name in (v.id, str(v.number))}
        if len(versions) < 2:
            return html(render("article_compare.html", AppLinks(), article=article, shown=None))
        older = held(by_id.get(request.query_params.get("from") or versions[-2].id), "version")
        newer = held(by_id.get(request.query_params.get("to") or versions[-1].id), "version")
        shown = lay_out(older, newer, _hunks(desk, older, newer))
        edits = history.edits(shown)
        return html(
            render(
                "article_compare.html",
                AppLinks(),
                article=article,
                versions=versions,
                view=view,
                shown=shown,
                found={d.number: d for d in shown.differences},
                ranked=[e for e in edits if not e.minor],
                previous=_before(versions, older, newer),
                following=_behind(versions, older, newer),
            )
        )


def _hunks(desk: Desk, older: Version, newer: Version) -> tuple[Hunk, ...]:
    """The recorded differences of neighbours, which know what an earlier version said; of any other two
    those that are found now."""
    between = (older.id, newer.id)
    recorded = (c for c in desk.changes if (c.from_version, c.to_version) == between)
    change = next(recorded, None)
    return change.hunks if change else compare(older, newer)


def _before(versions: tuple[Version, ...], older: Version, newer: Version) -> Step | None:
    """The change that led to the older of the two."""
    at = min(versions.index(older), versions.index(newer))
    return Step(versions[at - 1], versions[at]) if at > 0 else None


def _behind(versions: tuple[Version, ...], older: Version, newer: Version) -> Step | None:
    """The first change behind the newer of the two."""
    at = max(versions.index(older), versions.index(newer))
    return Step(versions[at], versions[at + 1]) if at + 1 < len(versions) else None


def routes(library: Library) -> list[Route]:
    """The pages of histories and the calendar."""
    pages = Pages(library)
    return [
        Route("/article/{id}/history", pages.history),
        Route("/article/{id}/compare", pages.compare),
        Route("/article/{id}/calendar", pages.calendar),
        Route("/calendar", pages.calendar),
        Route("/calendar/{day}", pages.day),
    ]

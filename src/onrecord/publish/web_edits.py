"""The web app's page of the latest edits, and their feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import InputError
from onrecord.publish import edit_filter, edits, feeds
from onrecord.publish.answering import HEADERS, held, html, number_in
from onrecord.publish.asked import Offered
from onrecord.publish.desk import Page
from onrecord.publish.library import Library
from onrecord.publish.links import AppLinks
from onrecord.publish.pages import render
from onrecord.records import Article, Story
from onrecord.store.edits import Counts, Filter

PER_PAGE = 25
PER_FEED = 50
"""Items on a page of a feed."""
SOURCES = 200
"""Most outlets that the form offers; others can be asked for by the address."""
SPOTS = 3
"""Changed passages of an item on the page."""
NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
LEVELS = (
    (0, "any"),
    (200, "wording and weightier"),
    (500, "passages put in, and weightier"),
    (600, "numbers, names, quotations, and weightier"),
    (800, "headlines, and weightier"),
    (900, "corrections and removals"),
)
"""Levels of significance that the form offers; the scale is told in docs/exports.md."""


@dataclass(frozen=True)
class Scope:
    """What edits are of: a report, a story or everything, with the titles that headings need."""

    article: Article | None
    story: Story | None

    def words(self, wanted: Filter) -> str:
        title = (self.article.title or self.article.path) if self.article else ""
        return edit_filter.in_words(wanted, title, self.story.title if self.story else "")


class Pages:
    """The handlers. Each is called in a thread of its own and only reads. `base` begins the links of
    feeds, the address that was asked for if it is empty; `clock` gives the time in UTC."""

    def __init__(self, library: Library, base: str, clock: Callable[[], datetime]) -> None:
        self.library = library
        self.base = base.rstrip("/")
        self.clock = clock

    def page(self, request: Request) -> Response:
        try:
            wanted = edit_filter.parse(request.query_params.multi_items())
        except InputError as error:
            return html(self._rendered(request, Filter(), problem=error.line()), 400)
        return html(self._rendered(request, wanted))

    def _rendered(self, request: Request, wanted: Filter, problem: str = "") -> str:
        scope = self._scope(wanted)
        counts = Counts() if problem else self.library.edit_counts(wanted)
        pages = max(1, -(-counts.total // PER_PAGE))
        number = min(max(number_in(request), 1), pages)
        rows = self.library.edits(wanted, PER_PAGE, (number - 1) * PER_PAGE) if counts.total else ()
        found = Page(edits.items(self.library, rows), number, pages, counts.total)
        query = edit_filter.query_of(wanted)
        return render(
            "edits.html",
            AppLinks(),
            wanted=wanted,
            scope=scope,
            title=scope.words(wanted),
            page=found,
            problem=problem,
            labels=self._labels(wanted, counts),
            sources=self._sources(wanted, counts),
            feeds=[(form, _address(f"/edits.{form}", query)) for form in feeds.FORMS],
            names=NAMES,
            levels=_levels(wanted.least),
            label_words=edit_filter.label_words,
            shown=SPOTS,
            carried=dict(parse_qsl(query)),
            here="/edits",
        )

    def _labels(self, wanted: Filter, counts: Counts) -> list[Offered]:
        if wanted.labels:
            counts = self.library.edit_counts(replace(wanted, labels=()))
        return [
            Offered(
                name,
                edit_filter.label_words(name),
                counts.labels.get(name, 0),
                name in wanted.labels,
            )
            for name in edit_filter.NAMES
        ]

    def _sources(self, wanted: Filter, counts: Counts) -> list[Offered]:
        if wanted.source:
            counts = self.library.edit_counts(replace(wanted, source=""))
        found = [(n, outlet) for outlet, n in counts.outlets.items() if outlet]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        made = [Offered(name, name, n, name == wanted.source) for n, name in found[:SOURCES]]
        if wanted.source and not any(choice.chosen for choice in made):
            made.append(
                Offered(wanted.source, wanted.source, counts.outlets.get(wanted.source, 0), True)
            )
        return sorted(made, key=lambda choice: (choice.words.casefold(), choice.words))

    def _scope(self, wanted: Filter) -> Scope:
        """404 for an article or a story that is not in the record."""
        article: Article | None = None
        story: Story | None = None
        if wanted.article:
            article = held(self.library.get(Article, wanted.article), "report")
        if wanted.story:
            story = held(self.library.get(Story, wanted.story), "story")
        return Scope(article, story)

    # ------------------------------------------------------------------ feeds

    def everything(self, request: Request) -> Response:
        return self._feed(request, {})

    def of_article(self, request: Request) -> Response:
        return self._feed(request, {"article": request.path_params["id"]})

    def of_story(self, request: Request) -> Response:
        return self._feed(request, {"story": request.path_params["id"]})

    def _feed(self, request: Request, given: dict[str, str]) -> Response:
        form = request.path_params["form"]
        write, media_type = held(feeds.FORMS.get(form), "feed")
        pairs = [*request.query_params.multi_items(), *given.items()]
        try:
            wanted = edit_filter.parse(pairs)
        except InputError as error:
            return Response(error.line() + "\n", 400, HEADERS, "text/plain")
        scope = self._scope(wanted)
        number = max(1, number_in(request))
        rows = self.library.edits(wanted, PER_FEED + 1, (number - 1) * PER_FEED)
        own = edit_filter.query_of(
            replace(
                wanted,
                article="" if "article" in given else wanted.article,
                story="" if "story" in given else wanted.story,
            )
        )
        path = request.url.path

        def page_at(at: int) -> str:
            paged = {"page": str(at)} if at > 1 else {}
            return _address(_quoted(path), "&".join(p for p in (own, urlencode(paged)) if p))

        words = scope.words(wanted)
        feed = feeds.Feed(
            name=edits.urn("feed", edit_filter.query_of(wanted)),
            title=f"Edits: {words}" if words else "Latest edits",
            base=self.base or str(request.base_url).rstrip("/"),
            page=_address("/edits", edit_filter.query_of(wanted)),
            here=page_at(number),
            first=page_at(1),
            previous=page_at(number - 1) if number > 1 else None,
            next=page_at(number + 1) if len(rows) > PER_FEED else None,
            items=edits.items(self.library, rows[:PER_FEED]),
        )
        return self._conditional(request, write(feed), media_type, feeds.newest(feed.items))

    def _conditional(
        self, request: Request, body: bytes, media_type: str, modified: datetime | None
    ) -> Response:
        """The body, or 304 where the client holds it. A time in the future is not told as that of the
        last change (RFC 9110, 8.8.2.1)."""
        modified = modified if modified and modified <= self.clock() else None
        tag = feeds.etag(body)
        headers = {**HEADERS, "ETag": tag, "Cache-Control": "no-cache"}
        if modified:
            headers["Last-Modified"] = feeds.http_date(modified)
        asked = request.headers
        if feeds.unchanged(
            tag, modified, _joined(asked.getlist("if-none-match")), asked.get("if-modified-since")
        ):
            return Response(None, 304, headers)
        if request.method == "HEAD":
            headers["Content-Length"] = str(len(body))
            return Response(None, 200, headers, f"{media_type}; charset=utf-8")
        return Response(body, 200, headers, f"{media_type}; charset=utf-8")


def _joined(values: list[str]) -> str | None:
    """A header that may stand several times (RFC 9110, 5.3)."""
    return ", ".join(values) if values else None


def _quoted(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=-._~")


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _levels(chosen: int) -> list[tuple[int, str]]:
    others = [] if chosen in dict(LEVELS) else [(chosen, f"at least {chosen}")]
    return sorted([*LEVELS, *others])


def utc_now() -> datetime:
    return datetime.now(UTC)


def routes(
    library: Library, base: str = "", clock: Callable[[], datetime] = utc_now
) -> list[Route]:
    """The page of the latest edits and the feeds of edits. To stand before `/story/{id}/{section}`."""
    pages = Pages(library, base, clock)
    return [
        Route("/edits", pages.page),
        Route("/edits.{form}", pages.everything),
        Route("/article/{id}/changes.{form}", pages.of_article),
        Route("/story/{id}/changes.{form}", pages.of_story),
    ]

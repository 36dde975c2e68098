"""Reading served pages in tests: a client without a network, and what a crawler needs of HTML."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from types import MappingProxyType

import httpx
from starlette.applications import Starlette

NONE: Mapping[str, str] = MappingProxyType({})


class Site:
    """Asks the app in this process."""

    def __init__(self, app: Starlette, host: str = "127.0.0.1", scheme: str = "http") -> None:
        self._app = app
        self._base = f"{scheme}://{host}"

    def get(self, path: str, headers: Mapping[str, str] = NONE) -> httpx.Response:
        return self.ask("GET", path, headers)

    def ask(self, method: str, path: str, headers: Mapping[str, str] = NONE) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url=self._base) as client:
                return await client.request(method, path, headers=dict(headers))

        return asyncio.run(send())


class Reader(HTMLParser):
    """Collects elements (name, attributes) in order, ids, and the text inside `<mark id="cited">`."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.marked: str | None = None
        self._inside = False
        self.words: list[str] = []
        self._silent = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag == "mark" and found.get("id") == "cited":
            self._inside, self.marked = True, ""
        if tag in ("script", "style"):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._inside = False
        if tag in ("script", "style"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.marked = (self.marked or "") + data
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.elements if "id" in a]

    def all(self, name: str, css_class: str = "") -> list[dict[str, str]]:
        return [
            a
            for tag, a in self.elements
            if tag == name and (not css_class or css_class in a.get("class", "").split())
        ]


def folded(text: str) -> str:
    return " ".join(text.split())


def source_words(source: str) -> str:
    """The words of HTML source, tags and entities read, white space folded."""
    return folded(html.unescape(re.sub(r"<[^>]*>", "", source)))


NOT_CRAWLED = (
    *("/evidence", "/memento/", "/timemap/", "/edits.", "/statements.", "/statements?"),
    "/review/judgements.",
)
"""Evidence has tests of its own; captured pages are strangers', and time maps and feeds are for programs."""


def crawl(site: Site, *first: str) -> dict[str, Reader]:
    """Every page reachable from the first ones inside the app, those of NOT_CRAWLED and files left out."""
    todo, seen = list(first), {}
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        answer = site.get(path)
        assert answer.status_code == 200, path
        seen[path] = Reader(answer.text)
        for link in seen[path].all("a"):
            href = link["href"].partition("#")[0]
            if href.startswith("/") and not href.startswith(NOT_CRAWLED) and "dossier" not in href:
                todo.append(href)
    return seen

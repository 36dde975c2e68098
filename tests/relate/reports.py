"""Small invented stories for tests: texts of a few outlets, built in memory through the whole pipeline."""

from __future__ import annotations

from onrecord.pipeline import STAGES
from onrecord.records import Article, Given
from onrecord.run.memory import MemoryShelf, build_in_memory, capture_of

HEAD = "Ferry quarrel between Velmora and Ostrand goes on\n\n"
TAIL = (
    "\n\nThe ferry Aurelia links the harbours of Velmora and Ostrand. Captain Jory Teague has sailed it for years. "
    "The quarrel over the harbour fee began in spring between Foreign Minister Ilsa Brandt and Harbour Minister Oskar Venn."
)


def story(*reports: tuple[str, str, str]) -> MemoryShelf:
    """(outlet, day of publication or "", paragraphs) of each report; opening and background are shared
    in sense, so that the reports are one story."""
    captures = []
    for number, (outlet, day, text) in enumerate(reports):
        data = (HEAD + text + TAIL).encode()
        given = Given(outlet=outlet, published=day or None, language="en")
        captures.append((capture_of(f"{number}.txt", data, given=given), data))
    shelf, built = build_in_memory(captures, STAGES)
    assert [why for r in built for _, why in r.failed] == []
    return shelf


def outlet_of(shelf: MemoryShelf, article_id: str) -> str | None:
    return next(a.outlet for a in shelf.all(Article) if a.id == article_id)

"""A page's runs of text as lines: what the reader knows of each while it decides what to keep."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_source import Element, Page, Run, plain

NOT_CHOSEN = "not part of the report's text"
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NO_KEY = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[.!?…。！？؟।][\"”’')»\]]*(?:\s|$)|[。！？]")
_FIRST_WIDE = "\u2e80"
"""From here on most scripts write without spaces; two characters count as a word."""


def key(text: str) -> str:
    """Letters and digits alone, compatibility forms and case folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        return "".join(filter(str.isalnum, text))
    return _NO_KEY.sub("", text).lower()


def count_words(text: str) -> int:
    """Words of a folded text; in scripts without spaces, half of the characters."""
    spaced = text.count(" ") + 1
    if text.isascii():
        return spaced
    return max(spaced, sum(c >= _FIRST_WIDE for c in text) // 2)


@dataclass(slots=True)
class Line:
    """One run of a page with what the reader knows of it. `kind` is None while it is left out."""

    run: Run
    text: str
    key: str
    kind: str | None = None
    reason: str = NOT_CHOSEN
    parts: list[tuple[int, int, Element | None]] = field(default_factory=list)
    """What of the run is read: all of it, or a byline's names, a caption without its credit."""
    _links: int = -1
    _words: int = -1
    _sentences: int = -1

    @property
    def element(self) -> Element:
        return self.run.element

    @property
    def words(self) -> int:
        """Number of words."""
        if self._words < 0:
            self._words = count_words(self.text)
        return self._words

    @property
    def sentences(self) -> int:
        """Number of sentence ends."""
        if self._sentences < 0:
            self._sentences = sum(1 for _ in _SENTENCE.finditer(self.text))
        return self._sentences

    @property
    def links(self) -> int:
        """Per cent of the source characters that stand in links."""
        if self._links < 0:
            self._links = _link_share(self.run)
        return self._links

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading element."""
        return any(e.tag in HEADINGS for e, _ in zip(self.element.path, range(3), strict=False))


class Marks:
    """Furniture marks by element, each looked up once, less those of the article's own containers."""

    def __init__(self) -> None:
        self._marks: dict[int, str | None] = {}
        self.wrappers: set[int] = set()
        self.void: set[tuple[str, str]] = set()
        """Tags and class names that this site puts on the report's own paragraphs."""

    def own(self, element: Element) -> str | None:
        """The element's own mark."""
        found = self._marks.get(id(element), "")
        if found == "":
            found = self._marks[id(element)] = furniture.mark(element)
        if found and (element.tag, element.get("class")) in self.void:
            return None
        return None if id(element) in self.wrappers else found

    def over(self, element: Element) -> str | None:
        """The innermost mark of an element and what it stands in."""
        for e in element.path:
            if reason := self.own(e):
                return reason
        return None


def _link_share(run: Run) -> int:
    total = linked = 0
    for start, end, element in run.parts:
        if element is None:
            continue
        total += end - start
        for e in element.path:
            if e.tag == "a":
                linked += end - start
                break
            if e is run.element:
                break
    return 100 * linked // total if total else 0


def link_share(line: Line) -> int:
    """Per cent of a line's source characters that stand in links."""
    return line.links


def has_word(element: Element, words: frozenset[str], *, levels: int = 3) -> bool:
    """Whether an element or one of the next few around it is named by one of the words."""
    for i, e in enumerate(element.path):
        if i >= levels or e.tag in ("body", "main", "article", ""):
            return False
        if not words.isdisjoint(furniture.words_of(e)):
            return True
    return False


def read_lines(page: Page) -> list[Line]:
    """Every run that holds a letter or digit, as a line not yet kept."""
    lines = []
    for run in page.runs:
        text = plain(page.source, run)
        if letters := key(text):
            lines.append(Line(run, text, letters, parts=run.parts))
    return lines


def inside(element: Element, container: Element) -> bool:
    """Whether an element is the container or stands in it."""
    return any(e is container for e in element.path)

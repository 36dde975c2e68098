"""A page's runs of text as lines: what the reader knows of each while it decides what to keep."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
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
        # Marks go before normalising, which takes quadratic time on long runs of them, and two
        # ligatures that would become whole phrases of 18 letters.
        text = text.replace("\ufdfa", "").replace("\ufdfb", "")
        text = unicodedata.normalize("NFKD", "".join(filter(str.isalnum, text))).casefold()
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
    def tags(self) -> tuple[str, str, str]:
        """Its element's tag and those of the two around it."""
        element = self.run.element
        around = element.parent
        if around is None:
            return element.tag, "", ""
        outer = around.parent
        return element.tag, around.tag, outer.tag if outer is not None else ""

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading element."""
        return not HEADINGS.isdisjoint(self.tags)


class Marks:
    """Furniture marks by element, each looked up once, less those of the article's own containers."""

    def __init__(self) -> None:
        self._marks: dict[int, str | None] = {}
        self._marked: dict[int, tuple[Element, ...]] = {}
        self.wrappers: frozenset[int] = frozenset()
        self.void: frozenset[tuple[str, str]] = frozenset()

    def settle(self, wrappers: frozenset[int], void: frozenset[tuple[str, str]]) -> None:
        """Makes marks void: of elements (by identity), and of tags with class names that this site
        puts on the report's own paragraphs."""
        self.wrappers, self.void = wrappers, void

    def declare(self, found: Mapping[Element, str]) -> None:
        """Marks elements for what is said in them."""
        self._marks.update((id(e), reason) for e, reason in found.items())
        self._marked = {}

    def _named(self, element: Element) -> str | None:
        found = self._marks.get(id(element), "")
        if found == "":
            found = self._marks[id(element)] = furniture.mark(element)
        return found

    def own(self, element: Element) -> str | None:
        """The element's own mark."""
        found = self._named(element)
        if found and (
            id(element) in self.wrappers or (element.tag, element.get("class")) in self.void
        ):
            return None
        return found

    def _chain(self, element: Element) -> tuple[Element, ...]:
        """The marked ones among an element and those it stands in, void or not, outermost first."""
        known = self._marked
        found = known.get(id(element))
        if found is not None:
            return found
        fresh: list[Element] = []
        above: tuple[Element, ...] = ()
        for e in element.path:
            found = known.get(id(e))
            if found is not None:
                above = found
                break
            fresh.append(e)
        for e in reversed(fresh):
            if self._named(e):
                above = (*above, e)
            known[id(e)] = above
        return above

    def marked(self, element: Element) -> list[Element]:
        """The marked ones among an element and those it stands in, outermost first."""
        return [e for e in self._chain(element) if self.own(e)]

    def over(self, element: Element) -> str | None:
        """The innermost mark of an element and what it stands in."""
        for e in reversed(self._chain(element)):
            if reason := self.own(e):
                return reason
        return None


_CARD = 5_000
"""Source of a link around whole blocks, at most (code points): more is an anchor left open."""


def _link_share(run: Run) -> int:
    around: Element | None = run.element
    for _ in range(6):
        if around is None:
            break
        if around.tag == "a" and around.end - around.start <= _CARD and around.get("href"):
            return 100
        around = around.parent
    total = linked = 0
    home = run.element
    for start, end, element in run.parts:
        if element is None:
            continue
        total += end - start
        inner: Element | None = element
        while inner is not None and inner is not home:
            if inner.tag == "a":
                linked += end - start
                break
            inner = inner.parent
    return 100 * linked // total if total else 0


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
    return container.start <= element.start < container.end

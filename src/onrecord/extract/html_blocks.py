"""From a page's runs to the blocks of its report: which are kept, as what, and why others are not.

trafilatura's choice is the ground; names of containers take furniture out of it again, and
paragraphs that stand between chosen ones in one container are put back. Both make the text of a page
the same at every capture, whatever stood around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_choice import choose, key
from onrecord.extract.html_source import Element, Page, Run, plain

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
WRAPPER = 30
"""An element with more than so many per cent of the chosen text is the article's own container."""
ALIKE = 50
"""Paragraphs of one signature that hold so many per cent of the chosen text speak for the others."""
_FILLED = frozenset(("p", "blockquote", "h2", "h3", "h4", "li"))
REPEATED = 40
"""Lines of fewer letters and digits may stand twice."""
_LOOKED_BACK = 100_000
HIDDEN = "hidden"
NOT_CHOSEN = "not part of the report's text"


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

    @property
    def element(self) -> Element:
        return self.run.element


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


def link_share(line: Line) -> int:
    """Per cent of a line's source characters that stand in links."""
    total = linked = 0
    for start, end, element in line.run.parts:
        if element is None:
            continue
        total += end - start
        for e in element.path:
            if e.tag == "a":
                linked += end - start
                break
            if e is line.element:
                break
    return 100 * linked // total if total else 0


def has_word(element: Element, words: frozenset[str], *, levels: int = 3) -> bool:
    """Whether an element or one of the next few around it is named by one of the words."""
    for i, e in enumerate(element.path):
        if i >= levels or e.tag in ("body", "main", "article", ""):
            return False
        if not words.isdisjoint(furniture.words_of(e)):
            return True
    return False


def _find_wrappers(lines: Sequence[Line], chosen: Sequence[bool], marks: Marks) -> None:
    """An element is a wrapper by its own weight, or by that of all elements of the same name (some
    sites put one name on every paragraph)."""
    weights: dict[int, int] = {}
    by_name: dict[tuple[str, str], int] = {}
    total = 0
    for line, is_chosen in zip(lines, chosen, strict=True):
        if not is_chosen:
            continue
        total += len(line.key)
        seen = set()
        for e in line.element.path:
            if marks.own(e):
                weights[id(e)] = weights.get(id(e), 0) + len(line.key)
                if e.get("class"):
                    seen.add((e.tag, e.get("class")))
        for name in seen:
            by_name[name] = by_name.get(name, 0) + len(line.key)
    marks.wrappers = {e for e, weight in weights.items() if 100 * weight > WRAPPER * total}
    marks.void = {name for name, weight in by_name.items() if 100 * weight > WRAPPER * total}


def _kind(line: Line, marks: Marks) -> str:
    """What kind of block a chosen line is, by the elements it stands in."""
    table = furniture.tables()
    kind = ""
    for e in line.element.path:
        if e.tag in ("article", "main", "body"):
            break
        if e.tag in _HEADINGS:
            kind = kind or "heading"
        elif e.tag == "figcaption":
            return "caption"
        elif e.tag in ("li", "dd", "dt", "tr", "caption"):
            kind = kind or "list"
        elif e.tag == "blockquote":
            return "embed" if _is_embed(e) else "quote"
        elif e.tag in ("div", "figure", "section") and _is_embed(e) and id(e) not in marks.wrappers:
            return "embed"
    if not table.caption.isdisjoint(furniture.words_of(line.element)):
        return "caption"
    return kind or "paragraph"


_SIGNATURE = re.compile(r"(?:[—–]|--)\s?.{1,80}\(@\w{1,30}\)")
"""How a post set into a page is signed: a dash, a name, its handle in brackets."""


def _posts(lines: Sequence[Line]) -> None:
    """Makes quotes embeds where the blockquote they stand in is signed as a post."""

    def quote_of(line: Line) -> Element | None:
        return next((e for e in line.element.path if e.tag == "blockquote"), None)

    signed = {
        id(quote)
        for line in lines
        if line.kind == "quote" and _SIGNATURE.search(line.text) and (quote := quote_of(line))
    }
    for line in lines:
        if line.kind == "quote" and (quote := quote_of(line)) and id(quote) in signed:
            line.kind = "embed"


def _is_embed(element: Element) -> bool:
    return not furniture.tables().embed.isdisjoint(furniture.words_of(element))


def read_lines(page: Page) -> list[Line]:
    """Every run that holds a letter or digit, as a line not yet kept."""
    lines = []
    for run in page.runs:
        text = plain(page.source, run)
        if letters := key(text):
            lines.append(Line(run, text, letters, parts=run.parts))
    return lines


def _signature(line: Line) -> tuple[str, ...]:
    parent = line.element.parent
    return (line.element.tag, parent.tag, parent.get("class")) if parent else (line.element.tag,)


def _fill(lines: Sequence[Line], chosen: list[bool], marks: Marks) -> None:
    """Chooses unmarked paragraphs between chosen ones of the same container, and those in containers
    of the very same name where most of the chosen text stands."""
    homes: dict[int, list[int]] = {}
    weights: dict[tuple[str, ...], int] = {}
    for i, line in enumerate(lines):
        if line.element.tag in _FILLED and line.element.parent:
            homes.setdefault(id(line.element.parent), []).append(i)
        if chosen[i] and line.element.tag == "p":
            sign = _signature(line)
            weights[sign] = weights.get(sign, 0) + len(line.key)
    total = sum(len(line.key) for line, c in zip(lines, chosen, strict=True) if c)
    first = chosen.index(True) if any(chosen) else len(lines)
    common = {sign for sign, w in weights.items() if sign[-1] and 100 * w > ALIKE * total}
    wanted = {i for i, line in enumerate(lines) if i > first and _signature(line) in common}
    for members in homes.values():
        picked = [i for i in members if chosen[i]]
        if len(picked) >= 2:
            most = 100 * sum(len(lines[i].key) for i in picked) > ALIKE * total
            low = members[0] - 1 if most else picked[0]
            wanted.update(i for i in members if low < i < picked[-1])
    for i in sorted(wanted):
        line = lines[i]
        if not chosen[i] and not marks.over(line.element) and link_share(line) < 50:
            chosen[i] = True


def choose_lines(page: Page, lines: Sequence[Line], marks: Marks) -> bool:
    """Sets kind, or the reason why not, on every line. False where no main content was found; every
    line that bears no mark is kept then."""
    chosen = choose(page.source, [line.key for line in lines])
    found = chosen is not None
    if chosen is None:
        shown = any(not line.run.hidden for line in lines)
        chosen = [
            not marks.over(line.element) and not (shown and line.run.hidden) for line in lines
        ]
    _find_wrappers(lines, chosen, marks)
    if found:
        _fill(lines, chosen, marks)
    for i, line in enumerate(lines):
        reason = marks.over(line.element)
        if chosen[i]:
            reason = reason or furniture.line_reason(line.text, link_share(line))
            if reason is None:
                line.kind = _kind(line, marks)
                continue
            if reason == "beside the article" and link_share(line) < 30 and len(line.text) > 200:
                line.kind = _kind(line, marks)
                continue
        line.reason = HIDDEN if line.run.hidden else reason or NOT_CHOSEN
    _posts(lines)
    _drop_repeated(lines)
    return found


def _drop_repeated(lines: Sequence[Line]) -> None:
    """Leaves out what the page prints a second time: pull quotes, copies for other layouts."""
    seen: set[str] = set()
    text = ""
    for line in lines:
        if line.kind is None:
            continue
        size = len(line.key)
        if size >= REPEATED and (
            line.key in seen or (size >= 5 * REPEATED and line.key in text[-_LOOKED_BACK:])
        ):
            line.kind, line.reason = None, "repeated"
            continue
        seen.add(line.key)
        text += line.key

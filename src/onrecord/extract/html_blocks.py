"""From a page's runs to the blocks of its report: which are kept, as what, and why others are not.

html_content.py chooses the lines; here they get their kinds, and the others a reason.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_content import choose, find_content
from onrecord.extract.html_lines import (
    HEADINGS,
    NOT_CHOSEN,
    Line,
    Marks,
)
from onrecord.extract.html_source import Element, Page

REPEATED = 40
"""Lines of fewer letters and digits may stand twice."""
_LOOKED_BACK = 100_000
HIDDEN = "hidden"
LINKS = "links"
TEASER = "teaser of another report"
_MOSTLY_LINKS = 60
_CELLS = frozenset(("td", "th"))
_DATUM = 600
"""Source of a table's cell that is a row of data, at most (code points)."""


class _Kinds:
    """What kind of block a line is by the elements it stands in, asked once an element."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self._known: dict[int, tuple[str, str]] = {}

    def of(self, line: Line) -> str:
        element = line.element
        strong, weak = self._around(element)
        if strong:
            return strong
        if not furniture.tables().caption.isdisjoint(furniture.words_of(element)):
            return "caption"
        if element.tag in _CELLS and _is_data(element):
            return "list"
        return weak or "paragraph"

    def _around(self, element: Element) -> tuple[str, str]:
        """(the kind that an element around a line settles, the kind that the innermost hints at)."""
        fresh: list[Element] = []
        found = "", ""
        for e in element.path:
            if e.tag in ("article", "main", "body"):
                break
            if id(e) in self._known:
                found = self._known[id(e)]
                break
            fresh.append(e)
        for e in reversed(fresh):
            strong, weak = self._own(e)
            found = self._known[id(e)] = strong or found[0], weak or found[1]
        return found

    def _own(self, element: Element) -> tuple[str, str]:
        tag = element.tag
        if tag in HEADINGS:
            return "", "heading"
        if tag == "figcaption":
            return "caption", ""
        if tag in ("li", "dd", "dt", "caption"):
            return "", "list"
        if tag == "blockquote":
            return ("embed" if _is_embed(element) else "quote"), ""
        boxes = tag in ("div", "figure", "section") and id(element) not in self.marks.wrappers
        return ("embed" if boxes and _is_embed(element) else ""), ""


def _is_data(cell: Element) -> bool:
    """Whether a table's cell holds a datum: pages used to be laid out in tables, too."""
    return cell.end - cell.inner <= _DATUM


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


def choose_lines(page: Page, lines: Sequence[Line], marks: Marks) -> bool:
    """Sets kind, or the reason why not, on every line. False where no prose was found; every line
    that bears no mark is kept then."""
    content = find_content(page, lines, marks)
    if content is not None:
        kept = choose(lines, content, marks)
    else:
        shown = any(not line.run.hidden for line in lines)
        kept = [not marks.over(line.element) and not (shown and line.run.hidden) for line in lines]
    kinds = _Kinds(marks)
    for i, line in enumerate(lines):
        if kept[i]:
            line.kind = kinds.of(line)
        else:
            line.reason = _why_not(line, marks, content is not None and content.teasers[i])
    _posts(lines)
    _drop_repeated(lines)
    return content is not None


def _why_not(line: Line, marks: Marks, teaser: bool) -> str:
    if line.run.hidden:
        return HIDDEN
    if reason := marks.over(line.element) or furniture.line_reason(line.text, line.links):
        return reason
    if teaser:
        return TEASER
    return LINKS if line.links >= _MOSTLY_LINKS else NOT_CHOSEN


def _drop_repeated(lines: Sequence[Line]) -> None:
    """Leaves out what the page prints a second time: pull quotes, copies for other layouts. What is
    repeated among its equals (a refrain, a recurring row of a list) is the report's own."""
    seen: dict[str, Line] = {}
    recent: deque[str] = deque()
    held = 0
    for line in lines:
        if line.kind is None:
            continue
        size = len(line.key)
        first = seen.setdefault(line.key, line)
        again = first is not line and not _equals(first.element, line.element)
        part = first is line and size >= 5 * REPEATED and line.key in "".join(recent)
        if size >= REPEATED and (again or part):
            line.kind, line.reason = None, "repeated"
            continue
        recent.append(line.key)
        held += size
        while held > _LOOKED_BACK:
            held -= len(recent.popleft())


def _equals(one: Element, other: Element) -> bool:
    return one.tag == other.tag and _named(one.parent) == _named(other.parent)


def _named(element: Element | None) -> tuple[str, str]:
    return (element.tag, element.get("class")) if element is not None else ("", "")

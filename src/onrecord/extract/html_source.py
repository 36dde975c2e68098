"""A page's source read as text: every text node with the exact range of the source it stands in.

This is not a browser's tree builder. It follows HTML's tokenizer (tags, quoted attributes, comments,
raw text elements) and keeps a stack of open elements that is good enough to tell which block a text
stands in and what it is nested in. It works in one pass, in time linear in the page for any input.
Offsets are code points of the decoded capture, half-open.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.text.offsets import Segment, join_segments

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol optgroup option p pre section select summary table tbody tfoot thead tr ul iframe video "
    "audio button textarea".split()
)
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split()
)
_RAW = frozenset("script style iframe noembed noframes xmp title textarea".split())
_UNSEEN = frozenset(
    "script style iframe noembed noframes title template noscript svg math object canvas head "
    "datalist textarea".split()
)
_SPACERS = frozenset("br td th img input wbr".split())
_CLOSES_ITS_LIKE = {
    "li": ("li", frozenset({"ul", "ol", "menu"})),
    "dt": ("dt dd", frozenset({"dl"})),
    "dd": ("dt dd", frozenset({"dl"})),
    "tr": ("tr", frozenset({"table", "tbody", "thead", "tfoot"})),
    "td": ("td th", frozenset({"tr", "table"})),
    "th": ("td th", frozenset({"tr", "table"})),
    "option": ("option", frozenset({"select", "datalist"})),
}
_IN_HEAD = frozenset(
    "head title meta link base script style noscript template bgsound basefont object".split()
)
_P_STAYS = frozenset("html body option optgroup button".split())
DEEPEST = 400
"""Elements nested deeper than this are not told apart from their parent (browsers stop at 512)."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>")
_OPENS = re.compile(r"</?[A-Za-z]")
_CARELESS_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)([^>]*+)>")
_UNCLOSED_QUOTES = 20
"""After so many tags whose quotes never close, quotes are not looked at: keeps the pass linear."""
_ATTRIBUTE = re.compile(
    r"[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?+"
)
_PIECE = re.compile(
    r"\s++|&(?:#[xX]?[0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]*+;?)|\x00++|[^\s&\x00]++|&"
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Element:
    """An open or closed element. `start` is its tag's first character, `end` behind its content.

    `unseen` holds for scripts and the like, whose text is no text of the page; `hidden` for what a
    style or attribute hides, and scripts of the page may show.
    """

    __slots__ = (
        "_attributes",
        "end",
        "hidden",
        "inner",
        "parent",
        "source",
        "start",
        "tag",
        "unseen",
    )

    def __init__(
        self, source: str, tag: str, parent: Element | None, start: int, inner: int
    ) -> None:
        self.source, self.tag, self.parent = source, tag, parent
        self.start, self.inner, self.end = start, inner, inner
        self.hidden: bool = parent is not None and parent.hidden
        self.unseen: bool = parent is not None and parent.unseen
        self._attributes: dict[str, tuple[str, int, int]] | None = None

    @property
    def attributes(self) -> dict[str, tuple[str, int, int]]:
        """Name in lower case -> (value with entities resolved, range of the value in the source)."""
        if self._attributes is None:
            found: dict[str, tuple[str, int, int]] = {}
            at = self.start + 1 + len(self.tag)
            for match in _ATTRIBUTE.finditer(self.source, at, max(at, self.inner - 1)):
                group = match.lastindex or 1
                raw, low, high = "", match.end(), match.end()
                if group > 1:
                    raw, (low, high) = match[group], match.span(group)
                value = html.unescape(raw) if "&" in raw else raw
                found.setdefault(match[1].lower(), (value, low, high))
            self._attributes = found
        return self._attributes

    def get(self, name: str) -> str:
        """The attribute's value, or ""."""
        found = self.attributes.get(name)
        return found[0] if found else ""

    @property
    def path(self) -> Iterator[Element]:
        """This element and those it stands in, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True)
class Run:
    """Text between two block boundaries: ranges of the source, each with its innermost element.

    A range whose element is None stands for a space (a line break, a cell border).
    """

    parts: list[tuple[int, int, Element | None]]
    element: Element

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def hidden(self) -> bool:
        """Whether the page hides it, as long as no script shows it."""
        return all(e is None or e.hidden for _, _, e in self.parts)

    @property
    def end(self) -> int:
        return self.parts[-1][1]


@dataclass(slots=True)
class Page:
    """A page read once: its runs of text in order, and the elements that carry metadata."""

    source: str
    runs: list[Run] = field(default_factory=list)
    metas: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    scripts: list[Element] = field(default_factory=list)
    times: list[Element] = field(default_factory=list)
    images: list[Element] = field(default_factory=list)
    marked: list[Element] = field(default_factory=list)
    title: Element | None = None
    root: Element | None = None
    passwords: int = 0
    deepest: int = 0
    frames: int = 0


class _Reader:
    def __init__(self, source: str) -> None:
        self.page = Page(source)
        self.source = source
        self.stack: list[Element] = [Element(source, "", None, 0, 0)]
        self.open: Counter[str] = Counter()
        self.parts: list[tuple[int, int, Element | None]] = []
        self.never: set[str] = set()
        self.unclosed = 0

    def block(self) -> None:
        """A block boundary: what was gathered becomes a run."""
        parts = self.parts
        if parts:
            self.parts = []
            while parts and parts[-1][2] is None:
                parts.pop()
            first = next((i for i, part in enumerate(parts) if part[2] is not None), len(parts))
            if first < len(parts):
                parts = parts[first:]
                inner = parts[0][2]
                assert inner is not None
                element = next(
                    (e for e in inner.path if e.tag in BLOCKS or e.parent is None), inner
                )
                self.page.runs.append(Run(parts, element))

    def text(self, start: int, end: int) -> None:
        if start >= end:
            return
        element = self.stack[-1]
        if self.source[start:end].isspace():
            if self.parts and not element.unseen:
                self.parts.append((start, end, None))
        elif not element.unseen:
            self.parts.append((start, end, element))

    def start_tag(self, tag: str, start: int, inner: int, attributes: str) -> None:
        if self.open["head"] and tag not in _IN_HEAD:
            self.close_head(start)
        if tag in BLOCKS:
            self.block()
            if self.open["p"] and tag not in _P_STAYS:
                self.close_p()
        if tag in _CLOSES_ITS_LIKE:
            likes, borders = _CLOSES_ITS_LIKE[tag]
            self.close_like(likes.split(), borders)
        element = Element(self.source, tag, self.stack[-1], start, inner)
        page = self.page
        if tag in _SPACERS:
            if tag == "br" and self.parts and self._is_second_break():
                self.block()
            elif self.parts:
                self.parts.append((start, inner, None))
        if tag == "meta":
            page.metas.append(element)
        elif tag == "link":
            page.links.append(element)
        elif tag == "time":
            page.times.append(element)
        elif tag in ("img", "amp-img"):
            page.images.append(element)
        elif tag == "html" and page.root is None:
            page.root = element
        elif tag == "input" and "password" in attributes:
            page.passwords += 1
        if attributes:
            if "itemprop" in attributes or "rel=" in attributes:
                page.marked.append(element)
            if ("hidden" in attributes or "none" in attributes) and (
                "hidden" in element.attributes or _HIDING.search(element.get("style"))
            ):
                element.hidden = True
        if tag in _UNSEEN:
            element.unseen = True
        if tag in VOID or (attributes.endswith("/") and element.unseen and tag not in _RAW):
            return
        if len(self.stack) < DEEPEST:
            self.stack.append(element)
            self.open[tag] += 1
            page.deepest = max(page.deepest, len(self.stack))

    def _is_second_break(self) -> bool:
        """Whether only white space stands between this break and another one."""
        for start, _, element in reversed(self.parts):
            if element is not None:
                return False
            if self.source.startswith(("<br", "<BR"), start):
                return True
        return False

    def close_head(self, at: int) -> None:
        """A head is over, closed or not, where something begins that cannot stand in it."""
        i = next((i for i, e in enumerate(self.stack) if e.tag == "head"), 0)
        if i and not any(e.tag in ("svg", "noscript", "template") for e in self.stack[i:]):
            self.pop_to(i, at)

    def close_p(self) -> None:
        for i in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[i].tag
            if tag == "p":
                self.pop_to(i, self.stack[-1].inner)
                return
            if tag in BLOCKS or tag in ("td", "th"):
                return

    def close_like(self, likes: list[str], borders: frozenset[str]) -> None:
        for i in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[i].tag
            if tag in likes:
                self.pop_to(i, self.stack[-1].inner)
                return
            if tag in borders:
                return

    def pop_to(self, i: int, end: int) -> None:
        for element in self.stack[i:]:
            element.end = max(element.inner, end)
            self.open[element.tag] -= 1
        del self.stack[i:]

    def end_tag(self, tag: str, start: int, end: int) -> None:
        if tag in BLOCKS:
            self.block()
        if tag == "br" and self.parts:
            self.parts.append((start, end, None))
        if not self.open[tag]:
            return
        is_block = tag in BLOCKS
        for i in range(len(self.stack) - 1, 0, -1):
            if self.stack[i].tag == tag:
                self.pop_to(i, start)
                return
            if not is_block and self.stack[i].tag in BLOCKS and tag not in ("td", "th"):
                return

    def raw_text(self, tag: str, inner: int) -> int:
        """Where the raw text of a script, style or title ends; `inner` if it is never closed."""
        if tag in self.never:
            return inner
        match = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(self.source, inner)
        if match is None:
            self.never.add(tag)
            return len(self.source) if tag in ("script", "style") else inner
        return match.start()

    def read(self) -> Page:
        source, at, size = self.source, 0, len(self.source)
        while at < size:
            low = source.find("<", at)
            if low < 0:
                self.text(at, size)
                break
            match = self._tag(low)
            if match is None:
                follow = source[low + 1 : low + 2]
                if follow in ("!", "?", "/"):
                    self.text(at, low)
                    at = self._markup_end(low)
                else:
                    self.text(at, low + 1)
                    at = low + 1
                continue
            self.text(at, low)
            at = match.end()
            tag = match[2].lower()
            if match[1]:
                self.end_tag(tag, low, at)
                continue
            self.start_tag(tag, low, at, match[3])
            if tag in _RAW:
                stop = self.raw_text(tag, at)
                if self.stack[-1].tag == tag and self.stack[-1].start == low:
                    element = self.stack[-1]
                    self.pop_to(len(self.stack) - 1, stop)
                    if tag == "script":
                        self.page.scripts.append(element)
                    elif tag == "title" and self.page.title is None and not _inside(element, "svg"):
                        self.page.title = element
                at = stop
        self.block()
        self.pop_to(1, size)
        return self.page

    def _tag(self, low: int) -> re.Match[str] | None:
        if ">" in self.never or not _OPENS.match(self.source, low):
            return None
        if self.unclosed < _UNCLOSED_QUOTES:
            match = _TAG.match(self.source, low)
            if match is not None:
                return match
            self.unclosed += 1
        match = _CARELESS_TAG.match(self.source, low)
        if match is None:
            self.never.add(">")
        return match

    def _markup_end(self, low: int) -> int:
        """Behind the comment, declaration or stray end tag that begins at `low`."""
        source, size = self.source, len(self.source)
        if source.startswith("<!--", low):
            if source.startswith((">", "->"), low + 4):
                return source.index(">", low) + 1
            if "-->" in self.never:
                return low + 4
            end = source.find("-->", low + 4)
            if end < 0:
                self.never.add("-->")
                return low + 4
            return end + 3
        if ">" in self.never:
            return size
        end = source.find(">", low)
        if end < 0:
            self.never.add(">")
            return size
        return end + 1


def _inside(element: Element, tag: str) -> bool:
    return any(e.tag == tag for e in element.path)


def read_page(source: str) -> Page:
    """Reads a decoded page. Never raises on malformed markup."""
    return _Reader(source).read()


def pieces(
    source: str, ranges: list[tuple[int, int, Element | None]]
) -> Iterator[tuple[str, int, int]]:
    """(text, start, end) of the source: white space as " ", entities resolved, the rest as it is."""
    for start, end, element in ranges:
        if element is None:
            yield " ", start, end
            continue
        for match in _PIECE.finditer(source, start, end):
            raw = match[0]
            if raw[0] == "&":
                text = html.unescape(raw)
                yield (" " if text.isspace() else text), match.start(), match.end()
            elif raw[0] == "\0":
                continue
            elif raw.isspace():
                yield " ", match.start(), match.end()
            else:
                yield raw, match.start(), match.end()


def folded(
    source: str, ranges: list[tuple[int, int, Element | None]]
) -> tuple[str, tuple[Segment, ...]]:
    """The text of these ranges, white space folded to one space and none at the ends, and its map
    (rows count from the text's first character)."""
    out: list[str] = []
    rows: list[Segment] = []
    length = 0
    gap: tuple[int, int] | None = None
    for text, start, end in pieces(source, ranges):
        if text == " ":
            if length:
                gap = (gap[0] if gap else start, end)
            continue
        if not text:
            continue
        if gap is not None:
            out.append(" ")
            rows.append((length, length + 1, *gap))
            length += 1
            gap = None
        out.append(text)
        rows.append((length, length + len(text), start, end))
        length += len(text)
    return "".join(out), join_segments(rows)


def plain(source: str, run: Run) -> str:
    """A run's text, folded, without its map."""
    parts = [" " if e is None else source[a:b] for a, b, e in run.parts]
    text = "".join(parts)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.replace("\0", "").split())

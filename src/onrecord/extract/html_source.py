"""A page's source read as text: every text node with the exact range of the source it stands in.

This follows HTML's tokenizer (tags, quoted attributes, comments, raw text elements) and keeps a stack
of open elements by the standard's rules for what closes what: enough to tell which block a text stands
in and what it is nested in, without a tree. It works in one pass, in time linear in the page for any
input, and refuses a page of more than MOST_TAGS tags.

Source: HTML Standard, 13.2.5 (tokenization) and 13.2.6 (tree construction). Left out on purpose:
text in a table stays where it stands (browsers move it before the table, offsets would not stay in
order), formatting elements are not opened again in the next paragraph, `xmp` and `plaintext` are read
as `pre`, and what is never closed (a title, an iframe, a quoted attribute) swallows no text.

Offsets are code points of the decoded capture, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from msgspec import Struct

from onrecord.errors import LimitExceeded
from onrecord.text.entities import PATTERN, resolve, unescape, unescape_attribute
from onrecord.text.offsets import Segment, join_segments

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu "
    "nav ol optgroup option p plaintext pre search section select summary table tbody tfoot thead tr ul "
    "xmp iframe video audio button textarea".split()
)
"""Elements before and behind which a text ends."""
DEEPEST = 200
"""Elements nested deeper than this are not told apart from their parent (browsers stop at 512; the
deepest page of the shared benchmark has 52). It bounds every walk along Element.path."""
MOST_TAGS = 100_000
"""Tags that a page may have. The largest page of the shared benchmark has 5,850; at this
limit read_page takes below 2 s of CPU, whatever is in the page."""

MOST_ROWS = 500_000
"""Rows that the map of a text may have: one for each tag, reference and white space in it that is more
than one space. The largest text of the shared benchmark has 485."""

Part = tuple[int, int, "Element | None"]


class TooMuch(LimitExceeded):
    """A page has more tags, or a text more references, than are read."""


def _kinds(*rows: tuple[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for bit, names in rows:
        for name in names.split():
            found[name] = found.get(name, 0) | bit
    return found


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK, _VOID, _RAW, _UNSEEN, _SPACER = 1, 2, 4, 8, 16
_CLOSES_P, _CLOSES_LIKE, _NOTED, _IN_HEAD, _ONCE = 32, 64, 128, 256, 512
_SCOPE, _TABLE, _SPECIAL, _STAYS = 1024, 2048, 4096, 8192
_FORMATTING, _FOREIGN, _BREAKOUT, _SCOPED, _CELLS = 16384, 32768, 65536, 131072, 262144
_OWN_KIND = 524288
"""An element of the site's own (its name has a hyphen): inline to the standard, most often a block in
the site's style. Two of them in a row with nothing between are taken for blocks."""
_NESTS = _SCOPE | _TABLE | _SPECIAL
_OPENED_WITH_CARE = _CLOSES_LIKE | _ONCE
_LOWER = _kinds(
    (_BLOCK, " ".join(BLOCKS)),
    (
        _VOID,
        "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
        "track wbr",
    ),
    (_RAW, "script style iframe noembed noframes noscript title textarea"),
    (
        _UNSEEN,
        "script style iframe noembed noframes title template noscript svg math object canvas head "
        "datalist textarea video audio",
    ),
    (_SPACER, "br td th img input wbr"),
    (
        _CLOSES_P,
        "address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li dd dt listing main menu nav ol p plaintext "
        "pre search section summary table ul xmp",
    ),
    (_CLOSES_LIKE, "li dd dt tr td th tbody thead tfoot caption table option optgroup button"),
    (_CLOSES_LIKE, " ".join(_HEADINGS)),
    (_NOTED, "meta link time html input img amp-img dialog"),
    (
        _IN_HEAD,
        "head title meta link base script style noscript template bgsound basefont noframes",
    ),
    (_ONCE, "html head body"),
    (_SCOPE, "applet caption html table td th marquee object template"),
    (_TABLE, "html table template"),
    (
        _SPECIAL,
        "address applet area article aside blockquote body button caption center dd details dir div dl "
        "dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html "
        "li listing main marquee menu nav object ol p plaintext pre search section select summary "
        "table tbody td template tfoot th thead tr ul xmp foreignobject desc mi mo mn ms mtext "
        "annotation-xml",
    ),
    (_STAYS, "address div p"),
    (_FORMATTING, "a b big code em font i nobr s small strike strong tt u"),
    (_FOREIGN, "svg math"),
    (
        _BREAKOUT,
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li "
        "listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var",
    ),
    (
        _SCOPED,
        "address applet article aside blockquote button center details dialog dir div dl dd dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup li listing main "
        "marquee menu nav object ol p plaintext pre search section select summary ul xmp",
    ),
    (_CELLS, "table tbody thead tfoot tr td th caption"),
)
"""What is known of a tag, as bits."""
_HTML_AGAIN = frozenset("foreignobject desc title mi mo mn ms mtext annotation-xml".split())
"""Elements of SVG and MathML whose content is HTML."""
_KNOWN = {name: (name, bits) for name, bits in _LOWER.items()} | {
    name.upper(): (name, bits) for name, bits in _LOWER.items()
}

_SPACE = "\t\n\f\r "
_TOKEN = re.compile(
    rf"<(?:(/?)([A-Za-z][^{_SPACE}/>]*+)"
    rf"((?:[^>\"'=]*+(?<![{_SPACE}/\"'])=(?:\"[^\"]*+\"|'[^']*+'|[^{_SPACE}\"'=>]++(?=[{_SPACE}>])))*+"
    r"[^>\"'=]*+)>|[A-Za-z/!?])"
)
"""A tag whose attributes are written in one of the usual ways, else the head of what may be markup."""
_ODD_TAG = re.compile(
    rf"<(/?)([A-Za-z][^{_SPACE}/>]*+)"
    rf"((?:[{_SPACE}/]++|[^{_SPACE}/>][^{_SPACE}/>=]*+"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"[^\"]*+\"|'[^']*+'|[^{_SPACE}\"'>][^{_SPACE}>]*+|(?=>))"
    rf"|(?![{_SPACE}]*+=)))*+)>"
)
"""A tag as the standard reads it."""
_CARELESS = re.compile(rf"<(?:(/?)([A-Za-z][^{_SPACE}/>]*+)([^>]*+)>|[A-Za-z/!?])")
_OPENS = re.compile(r"</?[A-Za-z]")
_COMMENT_END = re.compile(r"--!?>")
_UNCLOSED_QUOTES = 20
"""After so many tags whose quotes never close, quotes are not looked at: keeps the pass linear."""
_ATTRIBUTE = re.compile(
    rf"[{_SPACE}/]*+([^{_SPACE}/>][^{_SPACE}/>=]*+)"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^{_SPACE}>]++))?+)?+"
)
_ESCAPED = re.compile(rf"<!--|-->|<(/?)script(?=[{_SPACE}/>])", re.IGNORECASE)
_EVENT = re.compile(rf"\s\s++|[^\S ]|\x00++|{PATTERN}")
"""Where a text differs from its source: white space that is not one space, nulls, references."""
_HIDING = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)
_DRAWN = re.compile(
    r"<(?!/?(?:path|g|use|rect|circle|polygon|polyline|line|ellipse|defs|stop|clipPath|mask|symbol|text|"
    rf"tspan|linearGradient|radialGradient)[{_SPACE}/>])"
)
_DRAWING = 10_000
"""A drawing of fewer code points that holds nothing but shapes is read over at once."""
_LIFTED = 40
"""So many elements at most are taken out of a formatting element that is closed across them."""


class Element(Struct, eq=False, gc=False):
    """An open or closed element. `start` is its tag's first character, `end` behind its content.

    `unseen` holds for scripts and the like, whose text is no text of the page; `hidden` for what a
    style or attribute hides, and scripts of the page may show.

    Where a page closes a link or another formatting element across blocks (`<a><div></a>`), the blocks
    go on as other Elements of the same tag and `start`, outside of it, as in a browser.
    """

    source: str
    tag: str
    parent: Element | None
    start: int
    inner: int
    end: int = -1
    hidden: bool = False
    unseen: bool = False
    foreign: bool = False
    """Whether it is part of a drawing or a formula: other rules hold for the tags inside."""
    _link: Element | None = None
    _attributes: dict[str, tuple[str, int, int]] | None = None

    @property
    def attributes(self) -> dict[str, tuple[str, int, int]]:
        """Name in lower case -> (value with entities resolved, range of the value in the source)."""
        found = self._attributes
        if found is None:
            found = self._attributes = {}
            at = self.start + 1 + len(self.tag)
            if at < self.inner - 1:
                for match in _ATTRIBUTE.finditer(self.source, at, self.inner - 1):
                    group = match.lastindex or 1
                    name = match[1].lower()
                    if name in found:
                        continue
                    if group > 1:
                        value = match[group]
                        if "&" in value:
                            value = unescape_attribute(value)
                        found[name] = (value, *match.span(group))
                    else:
                        found[name] = ("", match.end(), match.end())
        return found

    def get(self, name: str) -> str:
        """The attribute's value, or ""."""
        every = self._attributes
        found = (self.attributes if every is None else every).get(name)
        return found[0] if found else ""

    @property
    def link(self) -> Element | None:
        """The innermost `a` that it is or stands in."""
        return self if self.tag == "a" else self._link

    @property
    def path(self) -> Iterator[Element]:
        """This element and those it stands in, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Run(Struct, eq=False):
    """Text between two block boundaries: ranges of the source, each with its innermost element.

    A range whose element is None stands for a space (a line break, a cell border). The first range
    and the last one are text. `element` is the innermost block that the first range stands in.
    """

    parts: list[Part]
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
    """Elements with an itemprop, or a rel that names an author."""
    title: Element | None = None
    root: Element | None = None
    passwords: int = 0
    deepest: int = 0


Limits = tuple[int, int, int, int]
"""Depths of the innermost open elements that end a scope, a table's scope, that are special, and that
end the search for a list item to close."""


def _nest(above: Limits, kind: int, depth: int) -> Limits:
    scope, table, special, border = above
    if kind & _SCOPE:
        scope = depth
    if kind & _TABLE:
        table = depth
    if kind & _SPECIAL:
        special = depth
        if not kind & _STAYS:
            border = depth
    return scope, table, special, border


class _Reader:
    def __init__(self, source: str) -> None:
        self.page = Page(source)
        self.source = source
        self.stack: list[Element] = [Element(source, "", None, 0, 0)]
        self.limits: list[Limits] = [(0, 0, 0, 0)]
        self.open: defaultdict[str, list[int]] = defaultdict(list)
        """Depths of the open elements of a tag."""
        self.beyond: dict[str, int] = {}
        """Elements too deep to be kept, by tag: their end tags close nothing."""
        self.once: set[str] = set()
        self.in_head = False
        self.never: set[str] = set()
        self.unclosed = 0
        self.token = _TOKEN

    def depth(self, tag: str) -> int:
        """Depth of the innermost open element of a tag, 0 if there is none."""
        depths = self.open.get(tag)
        return depths[-1] if depths else 0

    def pop_to(self, i: int, end: int) -> None:
        """Closes the elements from depth `i` on."""
        stack = self.stack
        for element in stack[i:]:
            element.end = end
            self.open[element.tag].pop()
        del stack[i:]
        del self.limits[i:]
        if self.beyond:
            self.beyond.clear()

    def push(self, element: Element, kind: int) -> None:
        depth = len(self.stack)
        self.open[element.tag].append(depth)
        self.stack.append(element)
        above = self.limits[-1]
        self.limits.append(_nest(above, kind, depth) if kind & _NESTS else above)

    def lift(self, i: int, end: int) -> None:
        """Closes the element at depth `i` alone: those inside it go on without it."""
        inside = self.stack[i + 1 :]
        if len(inside) > _LIFTED:
            return
        self.pop_to(i, end)
        for old in inside:
            assert old.parent is not None
            top = self.stack[-1]
            element = Element(
                self.source,
                old.tag,
                top,
                old.start,
                old.inner,
                end=end,
                hidden=top.hidden or (old.hidden and not old.parent.hidden),
                unseen=top.unseen or (old.unseen and not old.parent.unseen),
                foreign=old.foreign,
                _link=top.link,
            )
            self.push(element, _LOWER.get(old.tag, 0))

    def before(self, tag: str, kind: int, low: int) -> int:
        """Closes what a start tag closes, `p` aside; gives what the tag is here: in a drawing it is
        less, and -1 means that it opens nothing."""
        if self.stack[-1].foreign:
            if not (kind & _BREAKOUT or (tag == "font" and self._is_html_font(low))):
                if tag in _HTML_AGAIN:
                    return _UNSEEN | _SCOPE | _SPECIAL
                return kind & (_UNSEEN | _FOREIGN | (_RAW if tag in ("script", "style") else 0))
            i = len(self.stack)
            while self.stack[i - 1].foreign:
                i -= 1
            self.pop_to(i, low)
        if self.in_head and not kind & _IN_HEAD:
            self.close_head(low)
        if kind & _ONCE:
            if tag in self.once or (tag == "head" and self.stack[-1].tag not in ("", "html")):
                return -1
            self.once.add(tag)
            self.in_head = tag == "head"
        elif kind & _CELLS:
            return self.close_cells(tag, low, kind)
        elif kind & _CLOSES_LIKE:
            self.close_like(tag, low)
        return kind

    def _is_html_font(self, low: int) -> bool:
        font = Element(self.source, "font", None, low, self.source.find(">", low) + 1)
        return not font.attributes.keys().isdisjoint(("color", "face", "size"))

    def close_cells(self, tag: str, low: int, kind: int) -> int:
        """Closes what a table or a part of one closes; outside a table its parts open nothing."""
        depth, table = self.depth, self.limits[-1][1]
        at = 0
        if self.stack[table].tag != "table":
            return kind if tag == "table" else kind | _VOID
        if tag == "table":
            at = table if max(depth("td"), depth("th"), depth("caption")) < table else 0
        else:
            # All that stands open in the table, in its group or in its row.
            at = table
            if tag in ("tr", "td", "th"):
                at = max(at, depth("tbody"), depth("thead"), depth("tfoot"))
            if tag in ("td", "th"):
                at = max(at, depth("tr"))
            at += 1
        if 0 < at < len(self.stack):
            self.pop_to(at, low)
        return kind

    def close_like(self, tag: str, low: int) -> None:
        """Closes the element of its own kind that a start tag ends: an item by an item, and so on."""
        depth, (scope, _, _, border) = self.depth, self.limits[-1]
        top = len(self.stack) - 1
        at = 0
        if tag == "button":
            at = depth("button")
            at = at if at > scope else 0
        elif tag in _HEADINGS:
            at = top if self.stack[top].tag in _HEADINGS else 0
        elif tag in ("option", "optgroup"):
            if self.stack[top].tag == "option":
                at = top
            if tag == "optgroup" and depth("optgroup") == (at or top + 1) - 1:
                at = depth("optgroup")
        else:
            at = depth("li") if tag == "li" else max(depth("dd"), depth("dt"))
            at = at if at == border else 0
        if at:
            self.pop_to(at, low)

    def close_p(self, low: int) -> None:
        """A block ends the paragraph it begins in, unless a table cell or a button stands between."""
        i = self.open["p"][-1]
        if i > self.limits[-1][0] and self.depth("button") < i:
            self.pop_to(i, low)

    def note(self, element: Element, written: str) -> None:
        """Keeps what carries metadata or shows pictures; closed dialogs are hidden."""
        page, tag = self.page, element.tag
        if tag == "meta":
            page.metas.append(element)
        elif tag == "link":
            page.links.append(element)
        elif tag == "time":
            page.times.append(element)
        elif tag == "html":
            page.root = page.root or element
        elif tag == "input":
            page.passwords += "password" in written
        elif tag == "dialog":
            element.hidden |= "open" not in element.attributes
        else:
            page.images.append(element)

    def close_head(self, low: int) -> None:
        """A head is over, closed or not, where something begins that cannot stand in it."""
        i = self.depth("head")
        if i and all(e.tag not in ("template", "noscript") for e in self.stack[i:]):
            self.pop_to(i, low)
            self.in_head = False

    def close(self, tag: str, kind: int, low: int) -> None:
        """An end tag that may close an element of its name."""
        if tag == "p" and self.stack[-1].foreign:
            self.before("p", _LOWER["p"], low)
        if self.beyond.get(tag):
            self.beyond[tag] -= 1
            return
        i = self.depth(tag)
        if kind & _ONCE:
            if tag == "head" and i:
                self.close_head(low)
            return
        scope, table, special, _ = self.limits[-1]
        if tag in _HEADINGS:
            i = max(map(self.depth, _HEADINGS))
        if not i:
            return
        if i == len(self.stack) - 1:
            self.pop_to(i, low)
        elif kind & _FORMATTING:
            if i > special:
                self.pop_to(i, low)
            elif i > scope:
                self.lift(i, low)
        elif tag == "form":
            if i >= special:
                self.pop_to(i, low)
            elif i > scope:
                self.lift(i, low)
        elif kind & _CELLS:
            if i >= table:
                self.pop_to(i, low)
        elif kind & _SCOPED:
            if i >= scope and not (
                (tag == "p" and self.depth("button") > i)
                or (tag == "li" and max(self.depth("ul"), self.depth("ol")) > i)
            ):
                self.pop_to(i, low)
        elif i >= special or tag in ("template", "svg", "math"):
            self.pop_to(i, low)

    def raw_end(self, tag: str, inner: int) -> int:
        """Where the raw text of a script, style or title ends; -1 if it is never closed."""
        if tag in self.never:
            return -1
        source, size = self.source, len(tag)
        at = source.find("</", inner)
        while at >= 0:
            follow = source[at + 2 + size : at + 3 + size]
            if follow in "\t\n\f\r />" and source[at + 2 : at + 2 + size].lower() == tag and follow:
                if tag == "script" and source.find("<!--", inner, at) >= 0:
                    return self._script_end(inner, at)
                return at
            at = source.find("</", at + 2)
        self.never.add(tag)
        return len(source) if tag in ("script", "style") else -1

    def drawn(self, inner: int) -> int:
        """Where a drawing ends that holds nothing but shapes; 0 if it holds more."""
        stop = self.source.find("</svg>", inner, inner + _DRAWING)
        return 0 if stop < 0 or _DRAWN.search(self.source, inner, stop) else stop

    def raw(self, element: Element) -> int:
        """Reads over an element whose content is no markup: where the page goes on behind it."""
        page, tag = self.page, element.tag
        if tag == "script":
            page.scripts.append(element)
        stop = self.raw_end(tag, element.inner)
        if stop < 0:
            return element.inner
        element.end = stop
        if tag == "title" and page.title is None:
            page.title = element
        behind = stop + len(tag) + 3
        return behind if self.source[behind - 1 : behind] == ">" else stop

    def _script_end(self, inner: int, first: int) -> int:
        """The end of a script with a comment in it: an end tag inside `<!-- <script>` is none, unless
        there is no other (`first` is where the first one stands)."""
        source, at = self.source, inner
        escaped = double = False
        while match := _ESCAPED.search(source, at):
            at = match.end()
            if match[0] == "<!--":
                if not escaped:
                    escaped = True
                    at = match.start() + 2
            elif match[0] == "-->":
                escaped = double = False
            elif not match[1]:
                double = escaped
            elif double:
                double = False
            else:
                return match.start()
        return first

    def read(self) -> Page:
        """The page. The loop is written out for speed: it runs once a tag."""
        page, source = self.page, self.source
        stack, limits, opened, beyond = self.stack, self.limits, self.open, self.beyond
        runs = page.runs
        names = dict(_KNOWN)
        parts: list[Part] = []
        seam: Part | None = None
        at, left, deepest, broken = 0, MOST_TAGS, 1, False
        search = self.token.search
        while match := search(source, at):
            low, end = match.span()
            top = stack[-1]
            if low > at:
                if not top.unseen:
                    if not source[at:low].isspace():
                        parts.append((at, low, top))
                        broken = False
                    elif parts:
                        parts.append((at, low, None))
                elif self.in_head and top.tag == "head" and not source[at:low].isspace():
                    self.close_head(at)
                    top = stack[-1]
                    parts.append((at, low, top))
            closing, name, written = match.groups()
            if name is None:
                odd = self.odd(low)
                search = self.token.search
                if isinstance(odd, int):
                    at = odd
                    continue
                end = odd.end()
                closing, name, written = odd.groups()
            at = end
            left -= 1
            if not left:
                raise TooMuch(
                    "too many tags",
                    why=f"more than {MOST_TAGS:,}, as no page of a report has",
                )
            known = names.get(name)
            if known is None:
                tag = name.lower()
                kind = _LOWER.get(tag, _OWN_KIND if "-" in tag else 0)
                known = names[name] = (tag, kind)
            tag, kind = known
            if closing and tag != "br":
                if parts and kind & _BLOCK:
                    runs.append(_run(parts))
                    parts = []
                elif parts and kind & _OWN_KIND:
                    seam = parts[-1]
                if top.tag == tag and not kind & _ONCE and not beyond:
                    top.end = low
                    stack.pop()
                    limits.pop()
                    opened[tag].pop()
                else:
                    self.close(tag, kind, low)
                continue
            if kind & _OPENED_WITH_CARE or self.in_head or top.foreign:
                kind = self.before(tag, kind, low)
                if kind < 0:
                    continue
                top = stack[-1]
            if kind & _BLOCK:
                if parts:
                    runs.append(_run(parts))
                    parts = []
                if kind & _CLOSES_P and opened["p"]:
                    self.close_p(low)
                    top = stack[-1]
            else:
                if parts and kind & _OWN_KIND and seam is _last_shown(parts):
                    runs.append(_run(parts))
                    parts = []
                if parts and kind & _SPACER:
                    if tag == "br" and broken:
                        runs.append(_run(parts))
                        parts = []
                        broken = False
                    else:
                        parts.append((low, end, None))
                        broken = broken or tag == "br"
                if tag == "a" and opened["a"] and opened["a"][-1] > limits[-1][0]:
                    self.close("a", _FORMATTING, low)
                    top = stack[-1]
            element = Element(
                source,
                tag,
                top,
                low,
                end,
                end,
                top.hidden,
                top.unseen,
                top.foreign,
                top if top.tag == "a" else top._link,
            )
            if kind & _NOTED:
                self.note(element, written)
            if written:
                said = written.lower()
                if "itemprop" in said or ("author" in said and "rel" in said):
                    page.marked.append(element)
                if (
                    ("none" in said or "hidden" in said)
                    and not kind & _VOID
                    and ("hidden" in element.attributes or _HIDING.search(element.get("style")))
                ):
                    element.hidden = True
            if kind & _VOID:
                continue
            if kind & _UNSEEN:
                element.unseen = True
                if kind & _FOREIGN:
                    element.foreign = True
            if element.foreign:
                if written.endswith("/") and _closes_itself(element):
                    continue
                if tag == "svg" and (stop := self.drawn(end)):
                    element.end, at = stop, stop + len("</svg>")
                    continue
                element.foreign = tag not in _HTML_AGAIN
            if kind & _RAW:
                at = self.raw(element)
                continue
            depth = len(stack)
            if depth < DEEPEST:
                opened[tag].append(depth)
                stack.append(element)
                if kind & _NESTS:
                    limits.append(_nest(limits[-1], kind, depth))
                else:
                    limits.append(limits[-1])
                if depth >= deepest:
                    deepest = depth + 1
            else:
                beyond[tag] = beyond.get(tag, 0) + 1
        size = len(source)
        if at < size and not source[at:].isspace():
            if self.in_head and stack[-1].tag == "head":
                self.close_head(at)
            if not stack[-1].unseen:
                parts.append((at, size, stack[-1]))
        if parts:
            runs.append(_run(parts))
        self.pop_to(1, size)
        stack[0].end = size
        page.deepest = deepest
        return page

    def odd(self, low: int) -> re.Match[str] | int:
        """What begins at `low` and is no tag in one of the usual forms: a tag all the same, or where
        the text goes on behind it."""
        source = self.source
        if _OPENS.match(source, low):
            if self.token is _TOKEN:
                if match := _ODD_TAG.match(source, low):
                    return match
                self.unclosed += 1
                if self.unclosed >= _UNCLOSED_QUOTES:
                    self.token = _CARELESS
            match = _CARELESS.match(source, low)
            return match if match is not None and match.lastindex else len(source)
        if source.startswith("<!--", low):
            if source.startswith((">", "->"), low + 4):
                return source.index(">", low) + 1
            match = _COMMENT_END.search(source, low + 4)
            return match.end() if match else len(source)
        if self.stack[-1].foreign and source.startswith("<![CDATA[", low):
            end = source.find("]]>", low)
            return end + 3 if end >= 0 else len(source)
        end = source.find(">", low)
        return end + 1 if end >= 0 else len(source)


def _closes_itself(element: Element) -> bool:
    """Whether the slash at the end of a tag is its own, not the end of a value without quotes."""
    return all(high < element.inner - 1 for _, _, high in element.attributes.values())


def _last_shown(parts: list[Part]) -> Part:
    """The last part that is no space."""
    return parts[-2] if parts[-1][2] is None and len(parts) > 1 else parts[-1]


def _run(parts: list[Part]) -> Run:
    while parts[-1][2] is None:
        parts.pop()
    element = parts[0][2]
    assert element is not None
    while element.tag not in BLOCKS and element.parent is not None:
        if "-" in element.tag and _holds(element, parts):
            break
        element = element.parent
    return Run(parts, element)


def _holds(element: Element, parts: list[Part]) -> bool:
    """Whether all of a run's parts stand in an element (which may still be open)."""
    last = parts[-1][2]
    return last is not None and any(e is element for e in last.path)


def read_page(source: str) -> Page:
    """Reads a decoded page. Never fails on malformed markup; raises TooMuch above MOST_TAGS tags."""
    return _Reader(source).read()


def pieces(source: str, ranges: list[Part]) -> Iterator[tuple[str, int, int]]:
    """(text, start, end) of the source: white space as " ", entities resolved, the rest as it is.

    Single spaces stand inside the pieces, and may stand at their ends.
    """
    for start, end, element in ranges:
        if element is None:
            yield " ", start, end
            continue
        at = start
        for match in _EVENT.finditer(source, start, end):
            low, high = match.span()
            raw = match[0]
            if raw[0] == "&":
                text, used = resolve(raw)
                if not used:
                    continue
                high = low + used
                if text.isspace():
                    text = " "
            else:
                text = "" if raw[0] == "\0" else " "
            if low > at:
                yield source[at:low], at, low
            if text:
                yield text, low, high
            at = high
        if at < end:
            yield source[at:end], at, end


def folded(source: str, ranges: list[Part]) -> tuple[str, tuple[Segment, ...]]:
    """The text of these ranges, white space folded to one space and none at the ends, and its map
    (rows count from the text's first character). Raises TooMuch above MOST_ROWS rows."""
    out: list[str] = []
    rows: list[Segment] = []
    length = 0
    gap = gap_end = -1
    for text, start, end in pieces(source, ranges):
        if text[0] == " ":
            if length:
                if gap < 0:
                    gap = start
                gap_end = end if text == " " else start + 1
            if text == " ":
                continue
            text, start = text[1:], start + 1
        after = text[-1] == " "
        if after:
            text, end = text[:-1], end - 1
        if gap >= 0:
            out.append(" ")
            rows.append((length, length + 1, gap, gap_end))
            length += 1
            gap = -1
        out.append(text)
        rows.append((length, length + len(text), start, end))
        length += len(text)
        if after:
            gap, gap_end = end, end + 1
        if len(rows) > MOST_ROWS:
            raise TooMuch(
                "too many references and gaps in one text", why=f"more than {MOST_ROWS:,}"
            )
    return "".join(out), join_segments(rows)


def plain(source: str, run: Run) -> str:
    """A run's text, folded, without its map."""
    parts = run.parts
    if len(parts) == 1:
        text = unescape(source[parts[0][0] : parts[0][1]])
    else:
        text = "".join([" " if e is None else source[a:b] for a, b, e in parts])
        if "&" in text:
            text = "".join([" " if e is None else unescape(source[a:b]) for a, b, e in parts])
    return " ".join(text.replace("\0", "").split())


def words(page: Page, start: int, end: int) -> str:
    """The letters and digits that a range of a page shows; where the page shows nothing there (a value
    of an attribute, the title element), those of the source itself, references resolved."""
    first = max(0, bisect_right(page.runs, start, key=lambda run: run.start) - 1)
    found: list[Part] = []
    for run in islice(page.runs, first, None):
        if run.start >= end:
            break
        found += [
            (max(a, start), min(b, end), e)
            for a, b, e in run.parts
            if e is not None and a < end and b > start
        ]
    if not found:
        found = [(start, end, Element(page.source, "", None, start, start))]
    return "".join(c for text, _, _ in pieces(page.source, found) for c in text if c.isalnum())

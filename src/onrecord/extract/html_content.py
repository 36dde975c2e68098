"""Which lines of a page are its report: prose, right behind the headline, in one container.

Three steps, each explainable. (1) Prose is weighed and handed up to the containers around it, less
at every level (after Arc90's Readability, 2009); what stands right behind the headline counts most,
furniture by its name hardly. The heaviest container is the report's. (2) Names that would be
furniture but hold most of that prose are the site's own names for its report. (3) Every line gets
evidence for and against, in whole numbers, and the best sequence of kept and left-out lines is taken
(Viterbi, 1967), so that one line's evidence is read with its neighbours'.

The numbers were set by hand on the shared benchmark as a whole. Changing single ones by a third and
more moved a part's body F1 by at most 0.25 points (an earlier state, 21 trials).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_lines import HEADINGS, Line, Marks, has_word, inside, key
from onrecord.extract.html_source import Element, Page
from onrecord.extract.sequence import best_sequence
from onrecord.text.entities import unescape

_FLOW = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dd dt blockquote q figure figcaption pre table thead tbody tfoot "
    "tr td th a span b i strong em font u s small center cite code label picture".split()
)
"""Elements of running text: not containers of it."""
_ITEMS = frozenset(("li", "td"))
_SHARES = (100, 60, 45, 35, 30, 25)
"""Per cent of a line's weight that its container and the containers around it get."""
_MARKED = {
    "comment": 0,
    "cookie notice": 0,
    "page footer": 5,
    "dialog": 10,
    "related links": 15,
    "sidebar": 15,
    "beside the article": 15,
    "newsletter box": 15,
    "advertisement": 15,
    "about the author": 15,
}
_MARKED_ELSE = 70
"""Per cent of its weight that marked prose keeps while the report's container is looked for: what is
called a menu or a paywall and holds prose is often the report."""
_HIDDEN = 35
"""Likewise for what is hidden until a script shows it."""
_ABOVE = 20
"""Likewise for what stands above the headline."""
_BETWEEN = 400
"""Letters and digits of prose between headline and container that halve the container's weight."""
_OWN = 50
"""A name with so many per cent of the container's prose is no furniture here."""
_MAIN_NAME = 30
"""A container's name with so many per cent of the prose is that of the report's own parts."""
_LONGEST_TEASER = 60
"""Words of a line that sums another report up, at most."""
_AGO = re.compile(
    r"(?:\d+|\ban?|one) (?:min(?:ute)?|h(?:ou)?r|day|week|month|year)s? ago\W?$|"
    r"\bvor (?:\d+|einer|einem) (?:Minute|Stunde|Tag|Woche|Monat)e?n?\W?$|"
    r"\b(?:hace|il y a|há) (?:\d+|una?|une?|um) \w{3,9}\W?$"
)
"""A line that ends so is a comment or a teaser with the time it was posted at."""
_FORM = re.compile(r"<form\b|<input[^>]{0,200}\btype=[\"']?email", re.IGNORECASE)
_FORM_BOX = 4_000
"""Source of a box around a form, at most (code points)."""
_STATED = '"articleBody"'
_STRING = re.compile(r'\s*:\s*"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>")
_STATED_LINE = 30
"""Letters and digits a line needs to be looked for in the stated body."""
_STATED_TRIES = 8
_STATED_LONGEST = 400_000
_LONG = 3000
"""A line weighs at most so many letters and digits."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """For (positive) and against a line, in hundredths of a natural logit."""

    in_container: int = 150
    main_name: int = 50
    nested: int = -120
    like_container: int = 120
    in_article: int = -60
    elsewhere: int = -260
    behind: int = -150
    prose: int = 150
    paragraph: int = 50
    item: int = -130
    list_entry: int = -80
    fragment: int = -40
    list_item: int = -20
    links_80: int = -380
    links_50: int = -240
    links_25: int = -40
    hidden: int = -150
    for_readers_of_screens: int = -300
    teaser: int = -350
    ago: int = -300
    below: int = -350
    notice_box: int = -350
    stated: int = 250
    change: int = 110
    change_of_container: int = 60


EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True)
class Content:
    """The container of a report, and what each line weighs as prose of it."""

    container: Element
    weights: tuple[int, ...]
    headline: int | None
    teasers: tuple[bool, ...]
    stated: tuple[bool, ...]
    """Which lines stand in the report's text as the page's structured data has it."""


def home(element: Element) -> Element:
    """The innermost container an element of running text stands in."""
    while element.parent is not None and element.tag in _FLOW:
        element = element.parent
    return element


def _name(element: Element) -> tuple[str, str]:
    """Tag and class names; where there are none, the place of the element around."""
    own = element.get("class")
    if own or element.parent is None:
        return element.tag, own
    return f"{element.tag} in {element.parent.start}", ""


def prose_weight(line: Line) -> int:
    """Letters and digits of a line that reads like running text; 0 of any other."""
    if line.words < 8 or line.links >= 50:
        return 0
    if line.words < 20 and not line.sentences and line.element.tag != "p":
        return 0
    if _AGO.search(line.text, max(0, len(line.text) - 30)):
        return 0
    return min(len(line.key), _LONG)


def find_headline(page: Page, lines: Sequence[Line]) -> int | None:
    """The first line that reads as the page's own title, best one in an h1."""
    named = [key(m.get("content")) for m in page.metas if _names_title(m)]
    if page.title is not None:
        named.append(key(page.source[page.title.inner : page.title.end]))
    named = [n for n in named if len(n) >= 8]
    best = None
    for i, line in enumerate(lines):
        if len(line.key) < 8 or line.run.hidden or not any(_same(line.key, n) for n in named):
            continue
        if any(e.tag == "h1" for e, _ in zip(line.element.path, range(4), strict=False)):
            return i
        if best is None and line.links < 90:
            best = i
    return best


def _names_title(meta: Element) -> bool:
    names = (meta.get("property").lower(), meta.get("name").lower())
    return any(name in ("og:title", "twitter:title", "title") for name in names)


def _same(one: str, other: str) -> bool:
    """Whether two folded titles are the same but for a site's name on one of them."""
    if one == other:
        return True
    if len(one) >= 15 and one in other:
        return True
    return len(other) >= 15 and other in one and len(one) < 2 * len(other)


def _find_teasers(lines: Sequence[Line], prose: Sequence[int]) -> tuple[bool, ...]:
    """Which prose sums another report up: it shares a small container with a line that is a link."""
    links = [line.links >= 80 and line.words >= 3 for line in lines]
    found = [False] * len(lines)
    for i, line in enumerate(lines):
        if not prose[i] or line.words > _LONGEST_TEASER:
            continue
        for j in (i - 1, i - 2, i - 3, i + 1, i + 2):
            if not (0 <= j < len(lines) and links[j]):
                continue
            box = _shared(line.element, lines[j].element)
            if box is None:
                continue
            near = range(max(0, i - 8), min(len(lines), i + 9))
            if sum(1 for k in near if prose[k] and inside(lines[k].element, box)) <= 2:
                found[i] = True
                break
    return tuple(found)


def _shared(one: Element, other: Element) -> Element | None:
    """The innermost element around both, at most four levels up from the first."""
    for level, e in enumerate(one.path):
        if level > 4 or e.tag in ("body", "main", "article", ""):
            return None
        if inside(other, e):
            return e
    return None


def _heaviest(
    lines: Sequence[Line], weights: Sequence[int], headline: int | None
) -> Element | None:
    scores: dict[int, int] = {}
    found: dict[int, tuple[Element, int]] = {}
    passed = 0
    for i, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        if not weight:
            continue
        below = headline is None or i > headline
        counted = weight if below else weight * _ABOVE // 100
        for share, e in zip(_SHARES, home(line.element).path, strict=False):
            scores[id(e)] = scores.get(id(e), 0) + counted * share
            found.setdefault(id(e), (e, passed))
        if headline is not None and below:
            passed += weight
    if not scores:
        return None
    best = max(scores, key=lambda k: scores[k] * _BETWEEN // (_BETWEEN + found[k][1]))
    return found[best][0]


def _void_marks(
    lines: Sequence[Line], prose: Sequence[int], headline: int | None, marks: Marks
) -> Element | None:
    """Makes marks void that hold most of the likely report's prose; gives its container."""

    def weigh(line: Line, weight: int) -> int:
        if not weight:
            return 0
        if line.run.hidden:
            weight = weight * _HIDDEN // 100
        found = (marks.own(e) or "" for e in marks.marked(line.element))
        return weight * min((_MARKED.get(m, _MARKED_ELSE) for m in found), default=100) // 100

    weights = [weigh(line, weight) for line, weight in zip(lines, prose, strict=True)]
    if not any(weights):
        weights = list(prose)
    container = _heaviest(lines, weights, headline)
    if container is None:
        return None
    by_element: dict[int, int] = {}
    by_name: dict[tuple[str, str], int] = {}
    total = 0
    for line, weight in zip(lines, weights, strict=True):
        if not weight or not inside(line.element, container):
            continue
        total += weight
        names = set()
        for e in marks.marked(line.element):
            by_element[id(e)] = by_element.get(id(e), 0) + weight
            if e.get("class"):
                names.add(_name(e))
        for name in names:
            by_name[name] = by_name.get(name, 0) + weight
    marks.settle(
        frozenset(e for e, weight in by_element.items() if 100 * weight > _OWN * total),
        frozenset(name for name, weight in by_name.items() if 100 * weight > _OWN * total),
    )
    return container


def stated_body(page: Page) -> str:
    """The longest `articleBody` (schema.org) of the page's JSON-LD, as a key; "" if there is none."""
    source, at, longest = page.source, 0, ""
    for _ in range(_STATED_TRIES):
        at = source.find(_STATED, at)
        if at < 0:
            break
        at += len(_STATED)
        if match := _STRING.match(source, at, at + _STATED_LONGEST):
            longest = max(longest, match[1], key=len)
            at = match.end()
    try:
        text = json.loads(f'"{longest}"', strict=False)
    except ValueError:
        return ""
    return key(_TAGS.sub(" ", unescape(text)))


def find_content(page: Page, lines: Sequence[Line], marks: Marks) -> Content | None:
    """The report's container; None on a page without prose. Settles which marks are void."""
    stated = stated_body(page)
    told = [len(line.key) >= _STATED_LINE and line.key in stated for line in lines]
    prose = [prose_weight(line) for line in lines]
    headline = find_headline(page, lines)
    likely = _void_marks(lines, prose, headline, marks)
    if likely is None:
        return None
    weights = [
        0
        if not weight or marks.over(line.element)
        else weight * (_HIDDEN if line.run.hidden else 100) // 100
        for line, weight in zip(lines, prose, strict=True)
    ]
    container = _heaviest(lines, weights, headline) or likely
    return Content(container, tuple(weights), headline, _find_teasers(lines, prose), tuple(told))


def choose(lines: Sequence[Line], content: Content, marks: Marks) -> list[bool]:
    """For every line whether it is the report's."""
    if not lines:
        return []
    homes = [home(line.element) for line in lines]
    names = _main_names(lines, homes, content)
    marks.declare(_told_boxes(lines, homes, names, content))
    scores = _scores(lines, homes, names, content, marks)
    open_ones = [i for i, score in enumerate(scores) if score is not None]
    prices = [
        EVIDENCE.change if homes[i] is homes[before] else EVIDENCE.change_of_container
        for before, i in zip([*open_ones[:1], *open_ones], open_ones, strict=False)
    ]
    kept = [False] * len(lines)
    sequence = best_sequence([scores[i] or 0 for i in open_ones], prices)
    for i, keep in zip(open_ones, sequence, strict=True):
        kept[i] = keep
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if not kept[i]:
            continue
        tail = not content.weights[i] and line.words < 6 and not line.sentences
        if not line.is_heading and not (tail and _name(homes[i]) not in names):
            break
        kept[i] = False
    return kept


def _main_names(
    lines: Sequence[Line], homes: Sequence[Element], content: Content
) -> set[tuple[str, str]]:
    """Names of the containers that hold much of the report's prose."""
    rows = [
        (_name(h), weight, teaser)
        for h, weight, teaser in zip(homes, content.weights, content.teasers, strict=True)
        if weight and inside(h, content.container)
    ]
    if 2 * sum(weight for _, weight, teaser in rows if teaser) < sum(
        weight for _, weight, _ in rows
    ):
        rows = [row for row in rows if not row[2]]
    by_name: dict[tuple[str, str], int] = {}
    for name, weight, _ in rows:
        by_name[name] = by_name.get(name, 0) + weight
    total = sum(by_name.values())
    return {name for name, weight in by_name.items() if 100 * weight >= _MAIN_NAME * total}


def _shells(homes: Sequence[Element], content: Content) -> frozenset[int]:
    """The container and the elements in it (by identity) that hold much of the report's prose."""
    held: dict[int, int] = {}
    total = 0
    for h, weight in zip(homes, content.weights, strict=True):
        if not weight or not inside(h, content.container):
            continue
        total += weight
        for e in h.path:
            held[id(e)] = held.get(id(e), 0) + weight
            if e is content.container:
                break
    return frozenset(e for e, weight in held.items() if 100 * weight >= _MAIN_NAME * total)


def _scores(
    lines: Sequence[Line],
    homes: Sequence[Element],
    names: set[tuple[str, str]],
    content: Content,
    marks: Marks,
) -> list[int | None]:
    """Evidence by line; None for what is furniture for certain, which must not speak for its
    neighbours: adverts come and go from one capture to the next."""
    container = content.container
    places, forms = _Places(content, names, _shells(homes, content)), _Forms(container)
    within = [inside(h, container) for h in homes]
    own = [
        (i, w)
        for i, (w, there) in enumerate(zip(content.weights, within, strict=True))
        if w and there
    ]
    last = own[-1][0] if own else len(lines)
    hidden = sum(w for i, w in own if lines[i].run.hidden)
    some_shown = 2 * hidden < sum(w for _, w in own)
    reasons = [
        marks.over(line.element) or furniture.line_reason(line.text, line.links) for line in lines
    ]
    below = _first_below(lines, content)
    result: list[int | None] = []
    for i, (line, h) in enumerate(zip(lines, homes, strict=True)):
        if reasons[i]:
            result.append(None)
            continue
        place = places.of(h)
        if not within[i]:
            if place == EVIDENCE.in_article and (content.headline or -1) >= i:
                place = EVIDENCE.elsewhere
            if i > last:
                place += EVIDENCE.behind
        score = place + _shape(line)
        if line.run.hidden and some_shown:
            score += EVIDENCE.hidden
        if within[i] and forms.holds(h):
            score += EVIDENCE.notice_box
        if line.words < 12 and has_word(line.element, furniture.tables().spoken, levels=2):
            score += EVIDENCE.for_readers_of_screens
        if content.teasers[i] and not (within[i] and places.of(h) > EVIDENCE.in_container):
            score += EVIDENCE.teaser
        if content.stated[i]:
            score += EVIDENCE.stated
        if i >= below:
            score += EVIDENCE.below
        result.append(score)
    return result


def _told_boxes(
    lines: Sequence[Line],
    homes: Sequence[Element],
    names: set[tuple[str, str]],
    content: Content,
) -> dict[Element, str]:
    """Boxes beside the report's own containers that say what they are: by a line that asks to
    subscribe or to allow, by a heading over links to other reports."""
    table = furniture.tables()
    own = _shells(homes, content)
    found: dict[Element, str] = {}
    for line, h in zip(lines, homes, strict=True):
        if id(h) in own or _name(h) in names or inside(content.container, h):
            continue
        reason = furniture.line_reason(line.text, line.links)
        if reason in table.boxes or (reason == "related links" and line.is_heading):
            found.setdefault(h, reason)
    return found


def _first_below(lines: Sequence[Line], content: Content) -> int:
    """The first heading, with prose of the report above it, that says that the report is over."""
    pattern = furniture.tables().below
    told = False
    for i, line in enumerate(lines):
        told = told or bool(content.weights[i] and i > (content.headline or 0))
        if (
            told
            and line.is_heading
            and len(line.text) <= 60
            and pattern.fullmatch(line.text.lower())
        ):
            return i
    return len(lines)


class _Forms:
    """Which small boxes inside the report's container hold a form: they ask for something."""

    def __init__(self, container: Element) -> None:
        self.container = container
        self._known: dict[int, bool] = {}

    def holds(self, element: Element) -> bool:
        """Whether the element, or one of the two around it, is such a box."""
        found = self._known.get(id(element))
        if found is None:
            found = False
            box: Element | None = element
            for _ in range(3):
                if box is None or inside(self.container, box):
                    break
                if box.end - box.start <= _FORM_BOX and _FORM.search(
                    box.source, box.start, box.end
                ):
                    found = True
                    break
                box = box.parent
            self._known[id(element)] = found
        return found


class _Places:
    """Evidence from where a line's container stands, found once an element."""

    def __init__(
        self, content: Content, names: set[tuple[str, str]], shells: frozenset[int]
    ) -> None:
        self.container = content.container
        self.like = {name for name in names if name[1]}
        if content.container.get("class"):
            self.like.add(_name(content.container))
        path = content.container.path
        self.article = next((e for e in path if e.tag in ("article", "main")), None)
        self.names = names
        self.shells = shells
        self._known: dict[int, int] = {}
        self._like: dict[int, bool] = {}

    def of(self, element: Element) -> int:
        """Evidence for what stands directly in the element."""
        found = self._known.get(id(element))
        if found is None:
            if inside(element, self.container):
                found = EVIDENCE.in_container
                if _name(element) in self.names:
                    found += EVIDENCE.main_name
                elif id(element) not in self.shells:
                    found += EVIDENCE.nested
            else:
                found = self._outside(element)
            self._known[id(element)] = found
        return found

    def _outside(self, element: Element) -> int:
        if self._is_like(element):
            return EVIDENCE.like_container
        if self.article is not None and inside(element, self.article):
            return EVIDENCE.in_article
        return EVIDENCE.elsewhere

    def _is_like(self, element: Element) -> bool:
        """Whether an element, or one around it, is named like the report's container or its parts."""
        fresh: list[Element] = []
        found = False
        for e in element.path:
            known = self._like.get(id(e))
            if known is not None:
                found = known
                break
            if e is self.article or inside(self.container, e):
                break
            fresh.append(e)
        for e in reversed(fresh):
            found = found or self._has_like_name(e)
            self._like[id(e)] = found
        return found

    def _has_like_name(self, element: Element) -> bool:
        name = _name(element)
        if name in self.like:
            return True
        return element.parent is self.container.parent and name == _name(self.container)


def _shape(line: Line) -> int:
    """Evidence from a line's own look."""
    score = 0
    if _AGO.search(line.text, max(0, len(line.text) - 30)):
        score += EVIDENCE.ago
    tags = line.tags
    if HEADINGS.isdisjoint(tags):
        if line.sentences and line.words >= 10:
            score += EVIDENCE.prose
        elif line.words < 5 and not line.sentences:
            score += EVIDENCE.list_entry if tags[0] in _ITEMS else EVIDENCE.item
        elif not line.sentences:
            score += EVIDENCE.fragment
    if tags[0] == "p":
        score += EVIDENCE.paragraph
    if not _ITEMS.isdisjoint(tags):
        score += EVIDENCE.list_item
    if line.links >= 80:
        score += EVIDENCE.links_80
    elif line.links >= 50:
        score += EVIDENCE.links_50
    elif line.links >= 25:
        score += EVIDENCE.links_25
    return score

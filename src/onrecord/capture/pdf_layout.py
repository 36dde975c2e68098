"""Printed words with their places -> a page's text in reading order; pure, no PDF library.

Coordinates are PDF's: points, the origin at the foot of a page on the left. Lines are told apart by
line feeds, paragraphs by a blank line, pages by a form feed behind each but the last; one line feed
more stands before a paragraph in larger print than the text has. FROZEN under the
name `pdf-1`: what it gives is stored with a capture, and a change needs a new name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

PAGE_BREAK = "\f"
FAR, FAR_SPACED = 1.5, 5.0
"""Line heights. Words farther apart on one line are two pieces: two columns, a label and its value. A
space that is printed may be wider: narrow columns set to full width have such."""
_COLUMN_LINES = 4
_MARGINS = 12
"""Places where most lines begin, among which the columns' are looked for."""
_COLUMN_FILLED = 0.6
"""Share of a column's width that its middle line fills. Prose does, the cells of a table do not."""
_APART, _EDGE_LINES = 2.5, 3
"""A line step of so many line heights parts the head or foot of a page, of so many lines at most."""
_LOOSE = 1.25
"""Times the usual leading. A wider step from line to line begins a paragraph."""
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_HYPHENS = str.maketrans("\x02\ufffe\u00ad\u2010", "----")
"""PDFium gives a hyphen at a line's end, broken word or compound, one of the first two; word processors
map their hyphen's glyph to the third."""
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f"
_BROKEN = re.compile(r"([^\W\d_]+)-\Z")
_REST = re.compile(r"([^\W\d_]+)(\S*)\s*")
_JOINED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_PREFIXES = frozenset(
    "self non ex co well anti pro pre post re so all half vice cross multi semi long short high low".split()
)
"""First parts of compounds that keep their hyphen where nothing in the document tells."""
_HYPHENATED = 30
"""Per mille of lines that end in a hyphen where a document breaks words: text set without breaking
words ends under ten lines in a thousand so, text with it fifty and more."""
_RAGGED = 0.25
"""Share of a column's width that a full line of text set ragged may leave free."""
_LARGE = 1.15
"""Times the usual line height. What is printed larger is a title or a heading."""
_BULLET = re.compile(r"[•·▪◦●○‣■□\uf0b7]\s")
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’'»)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text printed in one go: a line, or the part of it that stands in one column."""

    text: str
    left: float
    right: float
    base: float
    """Height of its baseline above the foot of the page."""
    height: float
    bold: bool = False
    turned: bool = False
    """Printed at an angle: a watermark, a notice in the margin."""


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one baseline in one column, from left to right, and what they measure together."""

    words: tuple[Word, ...]
    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool

    @classmethod
    def of(cls, words: Iterable[Word]) -> Line:
        ordered = tuple(sorted(words, key=lambda word: word.left))
        return cls(
            ordered,
            " ".join(word.text for word in ordered),
            ordered[0].left,
            max(word.right for word in ordered),
            ordered[0].base,
            max(word.height for word in ordered),
            all(word.bold for word in ordered),
        )


def clean(text: str) -> str:
    """A printed piece as text: ligatures written out, all hyphens as one, what is no character as
    U+FFFD, no white space at its ends nor runs of it inside."""
    shown = "".join(
        c if c.isprintable() or c.isspace() or c in _UNSEEN else "\ufffd"
        for c in text.translate(_LIGATURES).translate(_HYPHENS)
    )
    return " ".join(shown.split())


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are written from right to left."""
    kinds = Counter(unicodedata.bidirectional(c) for c in text)
    return kinds["R"] + kinds["AL"] > kinds["L"]


def _mirrored(page: Sequence[Word]) -> list[Word]:
    """A page written from right to left, turned over, so that its lines and columns begin on the left."""
    if not is_right_to_left("".join(word.text for word in page)):
        return list(page)
    return [replace(word, left=-word.right, right=-word.left) for word in page]


# ------------------------------------------------------------------ reading order


def stretches(words: Sequence[Word], known: Sequence[float] = ()) -> list[list[Word]]:
    """The words of a page in stretches to be read one after the other: lines that stand apart at its
    head, its columns, lines that stand apart at its foot. So no running head parts two columns.

    `known` are the gutters of other pages: a few lines left over on a last page are columns by them.
    """
    head, body, foot = _edges(words)
    return [stretch for stretch in (head, *columns(body, known), foot) if stretch]


def gutters(pages: Iterable[Sequence[Word]]) -> list[float]:
    """The gutters of all pages that have one."""
    found = (_gutter(_edges(page)[1]) for page in pages)
    return [gutter for gutter in found if gutter is not None]


def _edges(words: Sequence[Word]) -> tuple[list[Word], list[Word], list[Word]]:
    """The lines that stand apart at a page's head, the body, and those at its foot."""
    if not words:
        return [], [], []
    apart = _APART * median(word.height for word in words)
    rows = lines_of(words)
    first = next((i for i in range(1, len(rows)) if rows[i - 1].base - rows[i].base > apart), 0)
    low = 1 + max(
        (i for i in range(first, len(rows) - 1) if rows[i].base - rows[i + 1].base > apart),
        default=len(rows) - 1,
    )
    first = first if first <= _EDGE_LINES else 0
    low = low if len(rows) - low <= _EDGE_LINES else len(rows)
    parts = (rows[:first], rows[first:low], rows[low:])
    head, body, foot = ([word for row in part for word in row.words] for part in parts)
    return head, body, foot


def columns(words: Sequence[Word], known: Sequence[float] = ()) -> list[list[Word]]:
    """The words of a page's body in stretches to be read one after the other, each from top to bottom.

    Words that stand across the gutter between two columns (a headline, a table) part the page into
    bands; in each band the left column comes first. Short lines that go with what stands across are
    read with it. A page without a gutter is one stretch.
    """
    own = _gutter(words)
    gutter = own if own is not None else next((x for x in known if _any_beside(words, x)), None)
    if gutter is None:
        return [list(words)] if words else []
    across = sorted((w for w in words if w.left < gutter < w.right), key=lambda w: -w.base)
    rest = [w for w in words if not w.left < gutter < w.right]
    found: list[list[Word]] = []
    wide: list[Word] = []
    i = 0
    while i < len(across) or rest:
        high = across[i].base if i < len(across) else float("-inf")
        band = [w for w in rest if w.base > high]
        rest = [w for w in rest if w.base <= high]
        before = [w for w in band if w.right <= gutter]
        behind = [w for w in band if w.right > gutter]
        if before and behind and (own is not None or _are_columns(before, behind, gutter)):
            top = max(w.base + w.height / 2 for w in behind)
            wide += [w for w in before if wide and w.base > top]
            before = [w for w in before if not (wide and w.base > top)]
            tail = _tail(before, behind) if i < len(across) else []
            before = [w for w in before if w not in tail]
            found += [wide, *columns(before, known), *columns(behind, known)]
            wide = tail
        else:
            wide += band
        while i < len(across) and not any(w.base > across[i].base for w in rest):
            wide.append(across[i])
            i += 1
    return [stretch for stretch in (*found, wide) if stretch]


def _tail(before: Sequence[Word], behind: Sequence[Word]) -> list[Word]:
    """What stands below both columns, apart from the left one or in another print: a heading of what
    stands across below it."""
    low = min(w.base - w.height / 2 for w in behind)
    lines = lines_of(before)
    for above, line in pairwise(lines):
        apart = above.base - line.base > _LOOSE * 1.5 * line.height
        other = abs(above.height - line.height) > 0.12 * line.height or above.bold != line.bold
        if line.base < low and (apart or other):
            return [w for w in before if w.base <= line.base]
    return []


def _gutter(words: Sequence[Word], deep: int = 3) -> float | None:
    """Where (x) a page is parted into two columns of prose, either of them parted again up to `deep`
    times; None if it is not."""
    if len(words) < 2 * _COLUMN_LINES or not deep:
        return None
    least = min(word.left for word in words)
    most = max(word.right for word in words)
    height = median(word.height for word in words)
    lefts = Counter(round(word.left) for word in words)
    common = sorted(lefts.items(), key=lambda item: (-item[1], item[0]))[:_MARGINS]
    for left in (left for left, count in common if count >= _COLUMN_LINES):
        gutter = left - height / 4 - 1
        before = [w for w in words if w.right <= gutter]
        behind = [w for w in words if w.left >= gutter]
        if not before or len(words) > 2 * (len(before) + len(behind)):
            continue
        sides = ((before, gutter - least), (behind, most - gutter))
        if _beside(before, behind) and all(
            _is_prose(side, width, _COLUMN_LINES) or _gutter(side, deep - 1) is not None
            for side, width in sides
        ):
            return gutter
    return None


def _any_beside(words: Sequence[Word], gutter: float) -> bool:
    """Whether anything stands on both sides of another page's gutter on one line."""
    before = {round(w.base) for w in words if w.right <= gutter}
    return any(round(w.base) in before for w in words if w.left >= gutter)


def _are_columns(before: Sequence[Word], behind: Sequence[Word], gutter: float) -> bool:
    """Whether a band is two columns by another page's gutter: two lines of prose on either side."""
    low = min(w.base for w in behind) - 1
    beside = [w for w in before if w.base >= low]
    least, most = min(w.left for w in before), max(w.right for w in behind)
    return (
        bool(beside)
        and _is_prose(beside, gutter - least, 2)
        and _is_prose(behind, most - gutter, 2)
    )


def _is_prose(words: Sequence[Word], width: float, fewest: int) -> bool:
    """Whether a column is running text: its lines fill it, and what wide spaces part does not stand in
    columns of its own, as the cells of a table do."""
    lines = lines_of(words)
    inner = Counter(round(word.left) for line in lines for word in line.words[1:])
    return (
        len(lines) >= fewest
        and median(line.right - line.left for line in lines) >= width * _COLUMN_FILLED
        and median(line.text.count(" ") for line in lines) >= 2
        and max(inner.values(), default=0) * 3 <= max(6, len(lines))
    )


def _beside(before: Sequence[Word], behind: Sequence[Word]) -> bool:
    """Whether two columns stand beside one another for at least half of the shorter one."""
    low = max(min(w.base for w in before), min(w.base for w in behind))
    high = min(max(w.base for w in before), max(w.base for w in behind))
    shorter = min(
        max(w.base for w in side) - min(w.base for w in side) for side in (before, behind)
    )
    return high - low >= shorter / 2


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines of one stretch, from top to bottom."""
    rows: list[list[Word]] = []
    tall = 0.0
    for word in sorted(words, key=lambda w: (-w.base, w.left)):
        if rows and rows[-1][0].base - word.base < 0.4 * min(tall, word.height):
            rows[-1].append(word)
            tall = max(tall, word.height)
        else:
            rows.append([word])
            tall = word.height
    return [Line.of(row) for row in rows]


# ------------------------------------------------------------------ paragraphs


def _leading(parts: Sequence[Sequence[Line]]) -> float:
    """The usual step from line to line, in line heights."""
    steps = [
        (above.base - below.base) / below.height
        for lines in parts
        for above, below in pairwise(lines)
        if below.height and abs(above.height - below.height) <= 0.1 * below.height
    ]
    close = [step for step in steps if step < 3]
    return median(close) if close else 1.2


def _paragraphs(lines: Sequence[Line], leading: float, size: float) -> list[list[Line]]:
    """Lines of one stretch -> its paragraphs. `size` is the usual line height of the document."""
    if not lines:
        return []
    wide = max(line.right for line in lines)
    lefts = Counter(round(line.left) for line in lines)
    margin = min(lefts, key=lambda left: (-lefts[left], left))
    found = [[lines[0]]]
    for i in range(1, len(lines)):
        below = lines[i + 1] if i + 1 < len(lines) else None
        one = len(found[-1]) == 1
        if _begins(lines[i - 1], lines[i], below, leading, size, margin, wide) or (
            one and _is_indented_again(lines[i - 1], lines[i], below, margin)
        ):
            found.append([])
        found[-1].append(lines[i])
    return found


def _is_indented_again(above: Line, line: Line, below: Line | None, margin: float) -> bool:
    """Whether a line begins a paragraph under one of a single line, both indented alike."""
    return (
        bool(_SENTENCE_END.search(above.text))
        and abs(above.left - line.left) <= 2
        and 0.5 * line.height <= line.left - margin <= 5 * line.height
        and below is not None
        and abs(below.left - margin) <= 2
    )


def _begins(
    above: Line,
    line: Line,
    below: Line | None,
    leading: float,
    size: float,
    margin: float,
    wide: float,
) -> bool:
    """Whether a paragraph begins with a line."""
    height = line.height
    if abs(above.height - height) > 0.12 * max(above.height, height):
        return True
    if above.base - line.base > _LOOSE * leading * height or above.bold != line.bold:
        return True
    if height > _LARGE * size:
        return False
    if _BULLET.match(line.text):
        return True
    indent = line.left - above.left
    if _BULLET.match(above.text) and 0 < indent <= 5 * height:
        return False
    if 0.5 * height <= indent <= 5 * height and abs(above.left - margin) <= 2:
        return below is None or abs(below.left - above.left) <= 2 or below.left >= line.left
    if above.text.endswith("-") and line.text[0].islower():
        return False
    first = line.text.partition(" ")[0]
    needed = (line.right - line.left) * (len(first) + 2) / max(1, len(line.text))
    return wide - above.right > needed + height and (
        bool(_SENTENCE_END.search(above.text)) or wide - above.right > 0.4 * (wide - margin)
    )


# ------------------------------------------------------------------ words broken at a line's end


class Hyphens:
    """Decides whether a hyphen at the end of a line belongs to the word: by the document's own words,
    else by whether the document breaks words at all."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._compounds = {m[0].lower() for t in texts for m in _JOINED.finditer(t)}
        self._words = {w.lower() for t in texts for w in re.findall(r"[^\W\d_]+", t)}
        ending = sum(bool(_BROKEN.search(t)) for t in texts)
        self._breaks = ending * 1000 >= len(texts) * _HYPHENATED

    def join(self, above: str, below: str) -> tuple[str, str]:
        """Both lines, with a word that was broken between them whole on the upper one."""
        head, rest = _BROKEN.search(above), _REST.match(below)
        if head is None or rest is None or not rest[1].islower():
            return above, below
        whole, compound = f"{head[1]}{rest[1]}".lower(), f"{head[1]}-{rest[1]}".lower()
        if compound in self._compounds:
            kept = True
        elif whole in self._words:
            kept = False
        else:
            kept = not self._breaks or head[1].lower() in _PREFIXES
        stem = above if kept else above[:-1]
        return stem + rest[1] + rest[2], below[rest.end() :]


# ------------------------------------------------------------------ the text


def text_of(pages: Sequence[Sequence[Word]]) -> str:
    """The text of a document, its pages in order. What is printed at an angle stands last on its page."""
    level = [_mirrored([word for word in page if not word.turned]) for page in pages]
    known = sorted(set(gutters(level)))
    read = [[lines_of(part) for part in stretches(page, known)] for page in level]
    every = [lines for page in read for lines in page]
    heights = [line.height for lines in every for line in lines for _ in line.text]
    size, leading = median(heights) if heights else 0.0, _leading(every)
    hyphens = Hyphens([line.text for lines in every for line in lines])
    found: list[str] = []
    for page, parts in zip(pages, read, strict=True):
        blocks: list[list[Line]] = []
        for number, lines in enumerate(parts):
            parted = _paragraphs(lines, leading, size)
            if number and _goes_on(parts[number - 1], parted[0][0]):
                blocks[-1] += parted.pop(0)
            blocks += parted
        texts = [
            ("\n" if block[0].height > _LARGE * size else "")
            + "\n".join(_whole_words([line.text for line in block], hyphens))
            for block in blocks
        ]
        texts += [word.text for word in page if word.turned]
        found.append("\n\n".join(texts))
    return f"\n{PAGE_BREAK}".join(found) + "\n"


def _goes_on(column: Sequence[Line], first: Line) -> bool:
    """Whether the last paragraph of a column goes on at the head of the next one: in the same print, in
    the middle of a sentence, and with a small letter or behind a line that was full."""
    last = column[-1]
    left, right = min(line.left for line in column), max(line.right for line in column)
    return (
        first.base > last.base
        and abs(first.height - last.height) <= 0.1 * last.height
        and first.bold == last.bold
        and not _SENTENCE_END.search(last.text)
        and (first.text[0].islower() or right - last.right <= (right - left) * _RAGGED)
    )


def _whole_words(lines: Sequence[str], hyphens: Hyphens) -> list[str]:
    found = [lines[0]]
    for line in lines[1:]:
        found[-1], rest = hyphens.join(found[-1], line)
        if rest:
            found.append(rest)
    return found

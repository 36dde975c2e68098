"""What a PDF's reader gave -> Reading: paragraphs put together over lines and pages, read as a text.

The decoded text (capture/pdf_layout.py) parts pages by a form feed, paragraphs by a blank line, lines
by a line feed; one line feed more stands before what is printed larger. Running heads, running feet, page
numbers and the letterhead are left out; what remains is read by the reader of texts, and its reading
is carried back to the decoded text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from onrecord.extract.masthead import read_date_line
from onrecord.extract.ranges import carried, fold_tokens, tokens_of
from onrecord.extract.text_capture import read_text
from onrecord.extract.text_options import TextOptions
from onrecord.gazetteer.outlets import Outlets
from onrecord.records import Capture, CaptureSpan, LeftOut, Reading
from onrecord.text.offsets import Segment, join_segments

EXTRACTOR = "pdf 1"

RUNNING = "repeated on the pages"
PAGE_NUMBER = "page number"
PRINTED = "printed by a browser"
LETTERHEAD = "letterhead"

_EDGE = 4
"""Lines at the head and foot of a page among which running ones are looked for."""
_TITLE_LINES = 15
"""Lines at the head of the first page among which the title is looked for."""
_NUMBERED = re.compile(
    r"\W*(?:page|pg|p|seite|página|pagina)\W{0,3}\d{1,4}(?:\s*(?:of|/|von|de|di)\s*\d{1,4})?\W*|"
    r"\W*\d{1,4}\s*(?:of|/|von|de|di)\s*\d{1,4}\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")
_BROWSER_FOOT = re.compile(
    r"(?:(?:https?|file)://\S+|about:\S+)\s+\d+/\d+|\d+ of \d+\s+\d.*\d:\d\d.*"
)
_BROWSER_HEAD = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4},? \d{1,2}:\d{2}(?:\s?[AP]M)?\b.*|.*\bhttps?://\S+",
    re.IGNORECASE,
)
"""What browsers print at the foot and head of a page: its address and number; the time of printing,
which is no time of the report, and its title."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’'»)\]]*\Z")
_FULL = 75
"""Per cent of the usual long line: a line this long was broken by the margin, not by its writer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its place in the decoded text, its page from 0, and whether a paragraph begins."""

    start: int
    end: int
    page: int
    begins: bool
    large: bool
    """Whether it begins a paragraph that is printed larger than the text."""


def printed_lines(source: str) -> list[Line]:
    """The non-blank lines of the decoded text."""
    found: list[Line] = []
    page, feeds = 0, 0
    for match in re.finditer(r"[^\n\f]+|\n+|\f", source):
        piece = match[0]
        if piece == "\f":
            page, feeds = page + 1, 2
        elif piece[0] == "\n":
            feeds = (feeds if feeds == 2 or not found else 0) + len(piece)
        elif piece.strip():
            begins = feeds > 1 or not found
            found.append(
                Line(
                    match.start(), match.end(), page, begins, feeds > 2 or (not found and feeds > 0)
                )
            )
            feeds = 0
    return found


def running_lines(source: str, lines: Sequence[Line]) -> dict[int, str]:
    """Index -> reason of the lines that are no text: running heads and feet, page numbers.

    A line runs if it stands at the same edge of two pages or more, and of a third of them, whatever
    numbers are in it. Only lines between the edge and the text can. What stands at the head of the first
    page is read with the text: it may be the title, or tell who speaks and when.
    """
    pages: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        pages.setdefault(line.page, []).append(i)
    texts = [" ".join(source[line.start : line.end].split()) for line in lines]
    keys = [re.sub(r"\d+", "#", text).casefold() for text in texts]
    browser = any(_BROWSER_FOOT.fullmatch(texts[inner[-1]]) for inner in pages.values())
    seen: Counter[tuple[str, str]] = Counter()
    steps: Counter[tuple[str, int]] = Counter()
    edges = [
        (side, page, inner[:_EDGE] if side == "head" else inner[::-1][:_EDGE])
        for page, inner in pages.items()
        for side in ("head", "foot")
    ]
    for side, page, edge in edges:
        seen.update({(side, keys[i]) for i in edge})
        if number := _NUMBER.fullmatch(texts[edge[0]]):
            steps[side, int(number[1]) - page] += 1
    found: dict[int, str] = {}
    for side, page, edge in edges:
        for i in edge:
            number = _NUMBER.fullmatch(texts[i])
            pattern = _BROWSER_HEAD if side == "head" else _BROWSER_FOOT
            if browser and i == edge[0] and pattern.fullmatch(texts[i]):
                found[i] = PRINTED
            elif _NUMBERED.fullmatch(texts[i]) or (
                number
                and (
                    steps[side, int(number[1]) - page] > 1
                    or (len(pages) == 1 and side == "foot" and int(number[1]) == 1)
                )
            ):
                found[i] = PAGE_NUMBER
            elif seen[side, keys[i]] > 1 and seen[side, keys[i]] * 3 >= len(pages):
                if page or side == "foot":
                    found[i] = RUNNING
            else:
                break
    return found


def paragraphs(source: str, lines: Iterable[Line]) -> list[list[Line]]:
    """Lines put together to paragraphs, over the border of a page where one goes on behind it."""
    kept = list(lines)
    lengths = sorted(line.end - line.start for line in kept)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    found: list[list[Line]] = []
    for i, line in enumerate(kept):
        following = kept[i + 1] if i + 1 < len(kept) else None
        if not found or (line.begins and not _goes_on(source, found[-1], line, following, usual)):
            found.append([])
        found[-1].append(line)
    return found


def _goes_on(
    source: str, above: Sequence[Line], line: Line, following: Line | None, usual: int
) -> bool:
    """Whether a paragraph of the page before goes on with the first line of a page."""
    last = above[-1]
    if last.page == line.page or _SENTENCE_END.search(source, max(0, last.end - 6), last.end):
        return False
    if source[line.start].islower():
        return True
    full = (last.end - last.start) * 100 >= usual * _FULL
    return full and len(above) > 1 and following is not None and not following.begins


def printed_title(
    source: str, lines: Sequence[Line], running: Mapping[int, str]
) -> tuple[int, int] | None:
    """The lines (first, behind the last) of the title by its print: the first paragraph of four words
    or more among those at the head of the first page that are printed larger than the text."""
    for i, line in enumerate(lines[:_TITLE_LINES]):
        if line.page:
            return None
        if line.large and i not in running:
            last = next((k for k in range(i + 1, len(lines)) if lines[k].begins), len(lines))
            if len(source[line.start : lines[last - 1].end].split()) >= 4:
                return i, last
    return None


def letterhead(source: str, above: Sequence[Line], outlets: Outlets) -> list[int]:
    """Which of the lines above the title only tell whose paper it is. Dates and names of outlets stay:
    the reader of texts knows what they tell."""
    texts = [" ".join(source[line.start : line.end].split()) for line in above]
    return [
        i
        for i, text in enumerate(texts)
        if read_date_line(text) is None and outlets.by_name(text) is None
    ]


def read_pdf_text(
    capture: Capture, source: str, outlets: Outlets, options: TextOptions | None = None
) -> Reading:
    """What a PDF says. `source` is the decoded capture."""
    lines = printed_lines(source)
    running = running_lines(source, lines)
    title = printed_title(source, lines, running)
    above = lines[: title[0]] if title else []
    running = dict.fromkeys(letterhead(source, above, outlets), LETTERHEAD) | running
    made: list[str] = []
    rows: list[Segment] = []
    at = 0
    for paragraph in paragraphs(source, (line for i, line in enumerate(lines) if i not in running)):
        text, own = fold_tokens(_words(source, paragraph), at)
        made.append(text)
        rows += own
        at += len(text) + 2
    left = [
        LeftOut(capture_start=lines[i].start, capture_end=lines[i].end, reason=reason)
        for i, reason in running.items()
    ]
    reading = read_text(capture, "\n\n".join(made), options, outlets)
    found = carried(reading, join_segments(rows), left)
    found = structs.replace(found, extractor=f"{EXTRACTOR}, {reading.extractor}")
    if title and found.title is None:
        start, end = lines[title[0]].start, lines[title[1] - 1].end
        evidence = {**found.evidence, "title": (CaptureSpan(start=start, end=end),)}
        words = " ".join(source[start:end].split())
        return structs.replace(found, title=words, evidence=dict(sorted(evidence.items())))
    return found


def _words(source: str, paragraph: Sequence[Line]) -> Iterable[tuple[str, int, int]]:
    """The tokens of a paragraph. A word that is broken over two pages keeps its hyphen and no space."""
    for i, line in enumerate(paragraph):
        broken = (
            i > 0
            and paragraph[i - 1].page != line.page
            and re.search(r"[^\W\d_]-\Z", source[: paragraph[i - 1].end][-2:])
            and source[line.start].islower()
        )
        if i and not broken:
            end = paragraph[i - 1].end
            yield " ", end, end + 1
        yield from tokens_of(source, line.start, line.end)

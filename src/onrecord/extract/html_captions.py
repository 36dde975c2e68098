"""Captions of pictures inside the report, without the credits set into them.

A line is a caption where the page says so (`figcaption`, `itemprop=caption`, a class name), where it
stands with a picture in a small container of their own, or where it repeats what the picture's own
`alt` or `title` says. An `alt` text that no line shows is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_lines import Line, Marks, has_word, key, link_share
from onrecord.extract.html_source import Element, Page
from onrecord.extract.trailer import image_credit

CREDIT = "picture credit"
_SHORTEST = 8
_SHORTEST_BESIDE = 20
_LONGEST_BESIDE = 600
"""Code points of a line that a picture's container alone makes a caption."""
_LONGEST_CHOSEN = 450
"""The same for a line that the choice of the text took for a paragraph."""
_MOST_LINES = 4
"""Lines (caption, credit, a counter) in a container that is a picture's own."""
_LEVELS = 8
_LARGEST_PICTURE = 12_000
"""Source of a container that holds one picture and its caption, at most (code points)."""
_NO_BOX = frozenset("html body main article section table tbody tr ul ol dl form nav".split())
_NEAR = 4
"""Lines behind a picture among which one may repeat its alt text."""
_TELLING_ALT = 20
_KEPT = frozenset(("title", "byline", "deck", "heading", "caption"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EMPHASIS = frozenset("em i small figcaption cite".split())
_IMAGE_TAG = re.compile(r"<(?:img|picture|amp-img)\b", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_ENDING_CREDIT = re.compile(r"\s*(?:[(\[][^()\[\]]{2,100}[)\]]|©.{2,80}|\|.{2,60})\.?\s*$")
_SHORT_CREDIT = re.compile(
    r"\W*(?:(?:getty(?: images)?|imago(?: images)?|reuters|afp|ap|dpa|epa|apa|shutterstock|alamy|istock|picture[ -]alliance|"
    r"keystone|xinhua|wikimedia|pexels|unsplash|handout|courtesy|file)\b.{0,60}|.{2,60}/\s?(?:getty images|imago|reuters|afp|ap|dpa|epa|apa|shutterstock)\W*)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"\W*(?:©|\(c\)|copyright\b|quelle\s*:|source\s*:|credit\s*:|photograph\s*:)", re.IGNORECASE)
_LONGEST_CREDIT = 100


def caption_element(line: Line) -> Element | None:
    """The element that makes a line a caption by its own name, or None."""
    words, pictures = furniture.tables().caption, furniture.tables().pictures
    for i, e in enumerate(line.element.path):
        if e.tag in ("article", "main", "body", "section"):
            return None
        if e.tag == "figcaption" or e.get("itemprop").lower() == "caption":
            return e
        if i < 4 and not words.isdisjoint(furniture.words_of(e)):
            return e
        if (
            line.kind is None
            and i < 4
            and len(line.text) >= _SHORTEST_BESIDE
            and not pictures.isdisjoint(furniture.words_of(e))
            and e.end - e.start <= _LARGEST_PICTURE
            and _IMAGE_TAG.search(line.element.source, e.start, e.end)
        ):
            return e
    return None


def is_credit(text: str) -> bool:
    """Whether a line names who made or owns a picture, and says nothing of what it shows."""
    if len(text) > _LONGEST_CREDIT and not image_credit(text):
        return False
    if _SHORT_CREDIT.fullmatch(text) or _COPYRIGHT.match(text):
        return True
    rest = _ENDING_CREDIT.sub("", text)
    return image_credit(text) and (len(rest) < _SHORTEST_BESIDE or image_credit(rest))


def _box(image: Element, starts: Sequence[int]) -> tuple[Element, int, int] | None:
    """The innermost container of a picture that holds text, with the indexes of its lines."""
    for depth, e in enumerate(image.path):
        if depth and (e.tag in _NO_BOX or depth > _LEVELS):
            return None
        if depth and e.end > e.inner:
            low = bisect_left(starts, e.start)
            high = bisect_left(starts, e.end, low)
            if high > low:
                return e, low, high
    return None


def _teased(line: Line, box: Element) -> bool:
    """Whether the text is a link to something else: a teaser's, not a caption."""
    if link_share(line) <= 50:
        return False
    link = next((e for e in line.element.path if e.tag == "a"), None)
    return link is None or not _IMAGE_FILE.search(link.get("href"))


def _set_apart(line: Line) -> bool:
    """Whether a paragraph that a picture stands in looks like its caption: small or slanted."""
    return any(
        e is not None
        and any(x.tag in _EMPHASIS for _, x in zip(range(3), e.path, strict=False))
        for _, _, e in line.run.parts
    )


def _alike(alts: Sequence[str], line: Line) -> bool:
    return any(
        alt.startswith(line.key) if len(alt) > len(line.key) else line.key.startswith(alt)
        for alt in alts
        if min(len(alt), len(line.key)) >= _TELLING_ALT
    )


def beside_pictures(page: Page, lines: Sequence[Line]) -> dict[int, Element]:
    """Lines that a picture makes captions: index -> the container that holds both."""
    starts = [line.run.start for line in lines]
    found: dict[int, Element] = {}
    for image in page.images:
        if image.unseen:
            continue
        alts = [key(image.get(name)) for name in ("alt", "title", "data-caption")]
        boxed = _box(image, starts)
        box, low, high = boxed or (image, 0, 0)
        small = 0 < high - low <= _MOST_LINES and all(
            lines[i].kind not in _KEPT - {"caption"} for i in range(low, high)
        )
        if small:
            told = [i for i in range(low, high) if not is_credit(lines[i].text)]
            behind = all(lines[i].run.start > image.start for i in told)
            if behind and len(told) <= 2:
                found.update((i, box) for i in told if _may_be(lines[i], box, image, alts))
        after = bisect_left(starts, image.inner)
        for i in range(after, min(len(lines), after + _NEAR)):
            if i not in found and _plain(lines[i]) and _alike(alts, lines[i]):
                found[i] = lines[i].element
                break
    return found


def _plain(line: Line) -> bool:
    return (
        line.kind not in _KEPT
        and line.reason not in ("byline", "publication date")
        and not any(e.tag in _HEADINGS for _, e in zip(range(4), line.element.path, strict=False))
    )


def _may_be(line: Line, box: Element, image: Element, alts: Sequence[str]) -> bool:
    if not _plain(line) or _teased(line, box) or len(line.text) > _LONGEST_BESIDE:
        return False
    if furniture.line_reason(line.text, link_share(line)) or len(line.text) < _SHORTEST:
        return False
    if line.kind is None:
        return len(line.text) >= _SHORTEST_BESIDE
    if len(line.text) > _LONGEST_CHOSEN:
        return False
    return box.tag != "p" or _set_apart(line) or _alike(alts, line) or is_ending_credited(line.text)


def is_ending_credited(text: str) -> bool:
    """Whether a text ends in a picture's credit (`... at sea. (Photo: A. Lens)`)."""
    match = _ENDING_CREDIT.search(text)
    return match is not None and is_credit(match[0].strip(" ().[]|"))


def _is_credit(element: Element | None, within: Element) -> bool:
    words = furniture.tables().caption_credits
    for e in element.path if element is not None else ():
        if e is within:
            return False
        if not words.isdisjoint(furniture.words_of(e)):
            return True
    return False


def without_credit(
    line: Line, within: Element
) -> tuple[list[tuple[int, int, Element | None]], list[tuple[int, int]]]:
    """(the parts that are caption, the ranges that are credit): credits at either end are cut off."""
    flags = [_is_credit(e, within) for _, _, e in line.run.parts]
    parts = line.run.parts
    low, high = 0, len(parts)
    while low < high and (flags[low] or parts[low][2] is None):
        low += 1
    while high > low and (flags[high - 1] or parts[high - 1][2] is None):
        high -= 1
    cut = []
    if low:
        cut.append((parts[0][0], parts[low - 1][1]))
    if high < len(parts):
        cut.append((parts[high][0], parts[-1][1]))
    return parts[low:high], cut


def _marks(line: Line, marks: Marks, within: Element, *, boxed: bool) -> Iterator[str]:
    """Furniture marks around a line; where a picture's own container holds it, those outside that."""
    inside = boxed
    for e in line.element.path:
        if e is within:
            inside = False
        if not inside and (mark := marks.own(e)):
            yield mark


def keep_captions(
    page: Page, lines: Sequence[Line], marks: Marks, first: int, last: int
) -> list[tuple[int, int, str]]:
    """Makes captions between the headline and the end of the text blocks of their own; gives the
    ranges of credits that were cut off, with the reason."""
    cut: list[tuple[int, int, str]] = []
    credits, harmless = furniture.tables().caption_credits, furniture.tables().caption_harmless
    seen = {line.key for line in lines if line.kind == "caption"}
    beside = beside_pictures(page, lines)
    for i in range(max(0, first), min(len(lines), last + 1)):
        line = lines[i]
        element = caption_element(line) if line.kind not in ("title", "byline") else None
        boxed = element is None and i in beside
        element = beside[i] if boxed else element
        if element is None:
            continue
        own = line.kind is not None
        furnished = set(_marks(line, marks, element, boxed=boxed))
        if furnished - harmless or (link_share(line) > 80 and not own):
            continue
        parts, ranges = without_credit(line, element)
        credited = is_credit(line.text) or (
            has_word(line.element, credits, levels=1) and line.element is not element
        )
        if not parts or credited:
            line.kind, line.reason = None, CREDIT
            continue
        if len(line.key) < _SHORTEST or (line.key in seen and not own):
            continue
        seen.add(line.key)
        line.kind, line.parts = "caption", parts
        cut.extend((a, b, CREDIT) for a, b in ranges)
    return cut

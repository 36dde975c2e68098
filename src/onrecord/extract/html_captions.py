"""Captions of pictures inside the report, without the credits set into them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_blocks import Line, Marks, has_word, link_share
from onrecord.extract.html_source import Element
from onrecord.extract.trailer import image_credit

CREDIT = "picture credit"
_SHORTEST = 8
_SHORTEST_BESIDE = 20
_LARGEST_PICTURE = 12_000
"""Source of a container that holds one picture and its caption, at most (code points)."""
_IMAGE_TAG = re.compile(r"<(?:img|picture|amp-img)\b", re.IGNORECASE)


def caption_element(line: Line) -> Element | None:
    """The element that makes a line a caption, or None."""
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


def keep_captions(
    lines: Sequence[Line], marks: Marks, first: int, last: int
) -> list[tuple[int, int, str]]:
    """Makes captions between the headline and the end of the text blocks of their own; gives the
    ranges of credits that were cut off, with the reason."""
    cut: list[tuple[int, int, str]] = []
    credits, harmless = furniture.tables().caption_credits, furniture.tables().caption_harmless
    seen = {line.key for line in lines if line.kind == "caption"}
    for i in range(max(0, first), min(len(lines), last + 1)):
        line = lines[i]
        element = caption_element(line) if line.kind not in ("title", "byline") else None
        if element is None:
            continue
        own = line.kind is not None
        furnished = {m for e in line.element.path if (m := marks.own(e))}
        if furnished - harmless or (link_share(line) > 80 and not own):
            continue
        parts, ranges = without_credit(line, element)
        is_credit = image_credit(line.text) or (
            has_word(line.element, credits, levels=1) and line.element is not element
        )
        if not parts or is_credit:
            line.kind, line.reason = None, CREDIT
            continue
        if len(line.key) < _SHORTEST or (line.key in seen and not own):
            continue
        seen.add(line.key)
        line.kind, line.parts = "caption", parts
        cut.extend((a, b, CREDIT) for a, b in ranges)
    return cut

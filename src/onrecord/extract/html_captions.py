"""Captions of pictures inside the report, without the credits set into them.

A line is a caption where the page says so (`figcaption`, `itemprop=caption`, a class name), where it
stands with a picture in a small container of their own, or where it repeats what the picture's own
`alt` or `title` says. An `alt` text that no line shows is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract import html_furniture as furniture
from onrecord.extract.html_lines import Line, Marks, has_word, key
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
_FARTHEST = 12
_BEHIND = 2
_LONGEST_CAPTION_HEAD = 60
_LARGEST_PICTURE = 12_000
"""Source of a container that holds one picture and its caption, at most (code points)."""
_NO_BOX = frozenset("html body main article section table tbody tr ul ol dl form nav".split())
_NEAR = 4
"""Lines behind a picture among which one may repeat its alt text."""
_TELLING_ALT = 20
_OTHERS = frozenset(("title", "byline", "heading"))
_KEPT = _OTHERS | {"deck", "caption"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GALLERY = frozenset(
    "carousel gallery slide slides slider slideshow swiper lightbox galerie bildergalerie fotostrecke fotogaleria galleria diaporama".split()
)
_IN_GALLERY = frozenset(("related links", "navigation"))
"""Marks that the expanders and arrows of a gallery bear."""
_CLOCK = re.compile(
    r"(?<![\d:.])\d{1,2}[:.]\d{2}(?![\d:.])|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b"
)
_LONGEST_TIME = 60
_NO_CAPTION = re.compile(
    r"\bvideo\b.{0,40}\b(?:load|play|available|unavailable)|\bplayback\b.{0,20}\bsupported|\bjavascript\b|"
    r"\bsubscri(?:be|ption)\b|\bnewsletter\b|\babonnement\b|"
    r"^\W*(?:(?:image|photo|picture|slide|bild|foto)s?\s*)?\d{1,3}\s*(?:of|/|von|de|sur|di)\s*\d{1,3}\W*$",
    re.IGNORECASE,
)
"""What players, offers and counters say in a caption's place."""
_JOINED_CREDIT = re.compile(r"\svia\s|/")
_CREDIT_WORDS = 8
_OF_CREDITS = frozenset("of the via for by photo".split())
_EMPHASIS = frozenset("em i small figcaption cite".split())
_IMAGE_TAG = re.compile(r"<(?:img|picture|amp-img)\b", re.IGNORECASE)
_MEDIA = re.compile(
    r"<(?:img|picture|video|audio|iframe|svg|canvas|object|embed|amp-|source)|background(?:-image)?\s*:[^;\"'>]*url",
    re.IGNORECASE,
)
_LARGEST_MEDIA = 100_000
_AROUND = 4
_TEASER = frozenset("teaser teasers card cards".split())
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_ENDING_CREDIT = re.compile(r"\s*(?:[(\[][^()\[\]]{2,100}[)\]]|©.{2,80}|\|.{2,60})\.?\s*$")
_AGENCY = (
    r"(?:getty(?: images)?|imago(?: images)?|reuters|afp|ap|dpa|epa|apa|shutterstock|alamy|istock|picture[ -]alliance|"
    r"keystone|xinhua|wikimedia|pexels|unsplash)"
)
_SHORT_CREDIT = re.compile(
    rf"\W*(?:{_AGENCY}|handout|courtesy)\b.{{0,60}}",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|quelle\s*:|source\s*:|credit\s*:|photograph\s*:)", re.IGNORECASE
)
_LONGEST_CREDIT = 100


class Media:
    """Which elements hold a picture or a player, each looked at once."""

    def __init__(self) -> None:
        self._media: dict[int, bool] = {}
        self._images: dict[int, bool] = {}

    def within(self, element: Element) -> bool:
        """Whether a picture, a player or a frame stands in the element (in its first part, if it is
        very large)."""
        found = self._media.get(id(element))
        if found is None:
            end = min(element.end, element.start + _LARGEST_MEDIA)
            found = bool(_MEDIA.search(element.source, element.start, end))
            self._media[id(element)] = found
        return found

    def small_picture(self, element: Element) -> bool:
        """Whether the element is no larger than a picture with its caption, and holds a picture."""
        found = self._images.get(id(element))
        if found is None:
            small = element.end - element.start <= _LARGEST_PICTURE
            found = small and bool(_IMAGE_TAG.search(element.source, element.start, element.end))
            self._images[id(element)] = found
        return found

    def around(self, caption: Element) -> bool:
        """Whether something to look at stands in one of the containers around a caption."""
        for i, e in enumerate(caption.path):
            if i > _AROUND or e.tag in ("article", "main", "body", "blockquote"):
                return False
            if self.within(e):
                return True
            if e.tag == "figure":
                return False
        return False


def caption_element(line: Line, media: Media) -> Element | None:
    """The element that makes a line a caption by its own name, or None.

    It must stand with something to look at: quotations and designs bear the same names.
    """
    words, pictures = furniture.tables().caption, furniture.tables().pictures
    for i, e in enumerate(_innermost(line).path):
        if i > _FARTHEST or e.tag in ("article", "main", "body", "section"):
            return None
        if e.tag == "figcaption" or e.get("itemprop").lower() == "caption":
            return e if media.around(e) else None
        if i < 4 and not words.isdisjoint(furniture.words_of(e)) and e.tag not in _HEADINGS:
            return e if media.around(e) else None
        if (
            line.kind is None
            and i < 4
            and len(line.text) >= _SHORTEST_BESIDE
            and not pictures.isdisjoint(furniture.words_of(e))
            and media.small_picture(e)
        ):
            return e
    return None


def _innermost(line: Line) -> Element:
    """The element of a line; in a table its cell, if all of the line stands in one."""
    first = line.run.parts[0][2]
    if line.element.tag != "tr" or first is None:
        return line.element
    cell = next((e for e in first.path if e.tag in ("td", "th")), line.element)
    return cell if cell.start <= line.run.start and line.run.end <= cell.end else line.element


def is_credit(text: str) -> bool:
    """Whether a line names who made or owns a picture, and says nothing of what it shows."""
    if len(text) > _LONGEST_CREDIT and not image_credit(text):
        return False
    words = text.split()
    told = sum(w[0].islower() and w not in _OF_CREDITS for w in words)
    if (_SHORT_CREDIT.fullmatch(text) and told <= 1) or _COPYRIGHT.match(text):
        return True
    if (
        len(words) <= _CREDIT_WORDS
        and _JOINED_CREDIT.search(text)
        and told <= 1
        and not text.endswith((".", "!", "?"))
    ):
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


def _is_time(text: str) -> bool:
    return len(text) <= _LONGEST_TIME and bool(_CLOCK.search(text))


def _is_head(lines: Sequence[Line], own: Iterable[int]) -> bool:
    """Whether some of the lines tell who wrote or when: the head of a report or a teaser."""
    return any(
        _is_time(lines[i].text) or lines[i].kind == "byline" or lines[i].reason == "byline"
        for i in own
    )


def _links_on(image: Element, box: Element) -> bool:
    """Whether a picture is the way to another page: a teaser's."""
    for e in image.path:
        if e is box.parent:
            return False
        if e.tag == "a":
            href = e.get("href")
            return bool(href) and not href.startswith("#") and not _IMAGE_FILE.search(href)
    return False


def _teased(line: Line) -> bool:
    """Whether the text is a link to something else: a teaser's, not a caption."""
    if line.links <= 50:
        return False
    link = next((e for e in line.element.path if e.tag == "a"), None)
    return link is None or not _IMAGE_FILE.search(link.get("href"))


def _set_apart(line: Line) -> bool:
    """Whether a paragraph that a picture stands in looks like its caption: small or slanted."""
    return any(
        e is not None and any(x.tag in _EMPHASIS for _, x in zip(range(3), e.path, strict=False))
        for _, _, e in line.run.parts
    )


def _alike(alts: Sequence[str], line: Line) -> bool:
    return any(
        alt.startswith(line.key) if len(alt) > len(line.key) else line.key.startswith(alt)
        for alt in alts
        if min(len(alt), len(line.key)) >= _TELLING_ALT
    )


def beside_pictures(page: Page, lines: Sequence[Line], first: int, last: int) -> dict[int, Element]:
    """Lines that pictures among the lines `first` to `last` make captions: index -> the container
    that holds both."""
    starts = [line.run.start for line in lines]
    found: dict[int, Element] = {}
    tags = Counter(line.element.tag for line in lines if line.kind == "paragraph")
    usual = max(tags, key=lambda tag: (tags[tag], tag), default="p")
    for image in page.images:
        after = bisect_left(starts, image.start)
        if image.unseen or not first <= after <= last:
            continue
        alts = [key(image.get(name)) for name in ("alt", "title", "data-caption")]
        boxed = _box(image, starts)
        box, low, high = boxed or (image, 0, 0)
        small = 0 < high - low <= _MOST_LINES and all(
            lines[i].kind not in _OTHERS for i in range(low, high)
        )
        if small:
            own = range(low, high)
            told = [i for i in own if _tells(lines[i])]
            credited = any(is_credit(lines[i].text) for i in own)
            behind = all(lines[i].run.start > image.start for i in told)
            if behind and len(told) <= 2 and not _is_head(lines, own):
                teaser = _links_on(image, box) or has_word(box, _TEASER)
                captions = [
                    i
                    for i in told
                    if (lines[i].kind or not teaser)
                    and _may_be(
                        lines[i],
                        box,
                        alts,
                        credited or (not teaser and lines[i].element.tag != usual),
                    )
                ]
                if captions:
                    found.update((i, box) for i in own if i in captions or is_credit(lines[i].text))
        for i in range(after, min(len(lines), after + _NEAR)):
            if (
                i not in found
                and lines[i].kind not in _KEPT
                and _plain(lines[i])
                and _alike(alts, lines[i])
            ):
                found[i] = lines[i].element
                break
    return found


def _tells(line: Line) -> bool:
    """Whether a line in a picture's container is more than a credit, a counter or a button."""
    return (line.kind is not None or len(line.text) >= _SHORTEST_BESIDE) and not is_credit(
        line.text
    )


def _plain(line: Line) -> bool:
    return (
        line.kind not in _OTHERS
        and line.reason not in ("byline", "publication date")
        and not any(e.tag in _HEADINGS for _, e in zip(range(4), line.element.path, strict=False))
    )


def _may_be(line: Line, box: Element, alts: Sequence[str], apart: bool) -> bool:
    """Whether a line beside a picture is its caption. `apart`: a credit stands beside both, or the
    line is no such element as the report's paragraphs are."""
    if not _plain(line) or _teased(line) or not _SHORTEST <= len(line.text) <= _LONGEST_BESIDE:
        return False
    if furniture.line_reason(line.text, line.links):
        return False
    if line.kind is None:
        return True
    if len(line.text) > _LONGEST_CHOSEN or (line.kind == "deck" and not apart):
        return False
    return (
        (apart and box.tag != "p")
        or _set_apart(line)
        or _alike(alts, line)
        or ends_credited(line.text)
        or (box.tag != "p" and has_word(line.element, _named_pictures()))
    )


def _named_pictures() -> frozenset[str]:
    return furniture.tables().pictures | furniture.tables().caption


def ends_credited(text: str) -> bool:
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
    parts = line.run.parts
    flags = [_is_credit(e, within) for _, _, e in parts]
    last = parts[-1][2]
    if last is not None and last is not line.element and not flags[-1]:
        own = [i for i, (_, _, e) in enumerate(parts) if e is last]
        text = "".join(last.source[parts[i][0] : parts[i][1]] for i in own)
        if len(own) < len(parts) and is_credit(text.strip(" ()[]")):
            flags = [flag or i in own for i, flag in enumerate(flags)]
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


def _marks(line: Line, marks: Marks, within: Element) -> Iterator[str]:
    """Furniture marks around a line; in a gallery, those of its own expanders and arrows are none."""
    gallery = has_word(within, _GALLERY, levels=5)
    inside = True
    for e in line.element.path:
        mark = marks.own(e)
        if mark and not (inside and gallery and mark in _IN_GALLERY):
            yield mark
        if e is within:
            inside = False


def keep_captions(
    page: Page, lines: Sequence[Line], marks: Marks, first: int, last: int
) -> list[tuple[int, int, str]]:
    """Makes captions between the headline and the end of the text blocks of their own; gives the
    ranges of credits that were cut off, with the reason.

    `last` may lie a little behind the text, where figures still belong to it; what a picture alone
    would make a caption there is an author's portrait or a teaser.
    """
    cut: list[tuple[int, int, str]] = []
    credits = furniture.tables().caption_credits
    seen = {line.key for line in lines if line.kind == "caption"}
    beside = beside_pictures(page, lines, first, last - _BEHIND)
    media = Media()
    before: tuple[Line, Element] | None = None
    for i in range(max(0, first), min(len(lines), last + 1)):
        line = lines[i]
        element = caption_element(line, media) if line.kind not in ("title", "byline") else None
        element = element or beside.get(i)
        if line.kind == "caption" and element is None:
            line.kind = "quote" if _in_quotation(line) else "paragraph"
        if line.kind == "caption" and _NO_CAPTION.search(line.text):
            line.kind, line.reason = None, "tool"
        if element is None or not _wanted(lines, i, element, marks, boxed=i in beside):
            continue
        parts, ranges = without_credit(line, element)
        credited = is_credit(line.text) or (
            has_word(line.element, credits, levels=1) and line.element is not element
        )
        if not parts or credited:
            line.kind, line.reason = None, CREDIT
            continue
        if len(line.key) < _SHORTEST or (line.key in seen and line.kind is None):
            continue
        seen.add(line.key)
        cut.extend((a, b, CREDIT) for a, b in ranges)
        whole = next((e for e in line.element.path if e.tag == "figcaption"), None)
        if before is not None and before[1] is whole and _heads(before[0]):
            head = before[0]
            head.parts = [*head.parts, (head.parts[-1][1], parts[0][0], None), *parts]
            line.kind, line.reason, before = None, "", None
            continue
        line.kind, line.parts = "caption", parts
        before = (line, whole) if whole is not None else None
    _drop_told_again(lines)
    return cut


def _wanted(lines: Sequence[Line], at: int, element: Element, marks: Marks, *, boxed: bool) -> bool:
    """Whether a line that an element or a picture makes a caption is one: no time, no furniture, no
    teaser, nothing of an author's portrait."""
    line = lines[at]
    own, explicit = line.kind is not None, element.tag == "figcaption"
    if _is_time(line.text) or line.reason == "byline" or _NO_CAPTION.search(line.text):
        return False
    if line.kind == "deck" and not explicit and not boxed:
        return False
    if set(_marks(line, marks, element)) - furniture.tables().caption_harmless:
        return False
    if own:
        return True
    if explicit:
        return not _is_head(lines, _lines_in(lines, at, element.parent))
    return line.links <= 80


def _heads(line: Line) -> bool:
    """Whether a line is the heading of the caption that follows it in the same element."""
    return len(line.text) < _LONGEST_CAPTION_HEAD and not line.text.endswith((".", "!", "?", ":"))


def _in_quotation(line: Line) -> bool:
    """Whether a line signs a quotation that is set off: a figure's with nothing to look at."""
    return any(e.tag in ("blockquote", "figure", "q") for e in line.element.path)


def _lines_in(lines: Sequence[Line], at: int, container: Element | None) -> Iterator[int]:
    """Indexes of the neighbours of a line that stand in the same container."""
    for i in range(max(0, at - _MOST_LINES), min(len(lines), at + _MOST_LINES + 1)):
        if container is not None and container.start <= lines[i].run.start < container.end:
            yield i


def _drop_told_again(lines: Sequence[Line]) -> None:
    """Leaves out paragraphs that only repeat the caption beside them (copies for other layouts)."""
    for i, line in enumerate(lines):
        if line.kind != "caption":
            continue
        for other in lines[max(0, i - _NEAR) : i + _NEAR + 1]:
            if (
                other.kind in ("paragraph", "list", "quote")
                and len(other.key) >= _TELLING_ALT
                and line.key.startswith(other.key)
            ):
                other.kind, other.reason = None, "the caption repeated"

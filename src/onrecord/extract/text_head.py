"""Where a report begins in a page of text: its title, and what is said between title and first paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from onrecord.extract.masthead import read_date_line
from onrecord.extract.text_bylines import find_byline
from onrecord.extract.text_furniture import is_prose, word_count
from onrecord.extract.text_lines import Unit
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.folding import WORD, fold_loose

WINDOW = 30
"""Lines above the first paragraph among which the title is looked for."""
LONGEST_TITLE = 28
"""Words. Longer first lines are leads."""
KICKERS = 3
"""Lines of the report's own that may stand above its title: a section, a label, a rule."""
LONGEST_NAME = 60
"""Code points of an outlet's name behind a title that is said again."""
MOST_ALIKE = 20
"""Lines with one beginning that a line is compared with."""
_CUT = re.compile(r"\s*(?:\.{3}|…|\[…\])\Z")
_CUT_ENDS = ("...", "…", "[…]")
"""How a text that was cut ends."""


_LABELLED = re.compile(
    r"[©|]|(?:image|photo|picture|caption|share)s?\b\s?(?:[:|]|all sharing)", re.IGNORECASE
)


def headline_like(unit: Unit) -> bool:
    """Whether a line can be a headline: short, and not a sentence that ends in a full stop."""
    count = word_count(unit)
    if not 1 <= count <= LONGEST_TITLE or len(unit.text) > 220:
        return False
    if not re.search(r"[^.][.]\Z|[。]\Z", unit.text):
        return True
    cased = [w for w in unit.words if w[0].isalpha()]
    return (
        3 <= count <= 16 and len(cased) >= 3 and all(w[0].isupper() or len(w) <= 4 for w in cased)
    )


def _slug_words(url: str | None) -> frozenset[str]:
    path = re.sub(r"^https?://[^/]*", "", url or "")
    return frozenset(
        w for w in re.split(r"[^\w]+|_", fold_loose(path)) if len(w) >= 3 and not w.isdigit()
    )


def find_title(
    units: Sequence[Unit],
    certain: Mapping[int, str],
    first: int,
    url: str | None,
    outlets: Outlets,
    *,
    clean: bool = False,
    start: int | None = None,
) -> int | None:
    """The index of the title among the lines above the first paragraph (index `first`), if one fits.

    `start` is where the report's lines begin, if short ones stand above its first paragraph: the title
    is none of those further down.

    Points for the length and form of a headline, for words shared with the page's address and with the
    first paragraphs, for standing close above them and before a masthead. On a page without furniture
    only its first line can be one.
    """
    low = max(0, first - WINDOW)
    if clean:
        low = next(
            (
                i
                for i in range(first + 1)
                if i not in certain and not _is_masthead(units[i], outlets)
            ),
            first,
        )
    slug = _slug_words(url)
    body = {w for u in units[first : first + 6] for w in WORD.findall(u.folded) if len(w) >= 4}
    best: tuple[int, int] | None = None
    between = 0
    masts: dict[int, bool] = {}

    def masthead(at: int) -> bool:
        if at not in masts:
            masts[at] = _is_masthead(units[at], outlets)
        return masts[at]

    top = first if start is None else min(first, start + KICKERS)
    for i in range(min(low if clean else top, len(units) - 1), low - 1, -1):
        unit = units[i]
        if i in certain or _LABELLED.match(unit.text):
            continue
        if i == first and (
            (is_prose(unit) and not re.search(r"[?!]\W?\Z", unit.text)) or first + 1 >= len(units)
        ):
            continue
        if masthead(i):
            continue
        if headline_like(unit):
            points = _points(unit, slug, body) - between // 2
            twice = word_count(unit) >= 4 and sum(u.text == unit.text for u in units) > 1
            points += 1 if twice else 0
            points += 2 if any(masthead(k) for k in range(i + 1, min(i + 4, first + 1))) else 0
            if best is None or points > best[0]:
                best = (points, i)
        if i < first:
            between += 1
    return best[1] if best and best[0] >= 3 else None


def _points(unit: Unit, slug: frozenset[str], body: Set[str]) -> int:
    count = word_count(unit)
    own = [w for w in dict.fromkeys(WORD.findall(unit.folded)) if len(w) >= 3]
    points = 4 if 5 <= count <= 20 else 2 if 3 <= count <= 24 else -1
    points += 2 * min(5, sum(w in slug for w in own)) if slug else 0
    points += min(4, sum(w in body for w in own if len(w) >= 4))
    points -= 4 if unit.mark and not unit.mark[0].isdigit() else 0
    points -= 2 if unit.text[0].islower() or unit.text.endswith(("...", "…", ":")) else 0
    points += 1 if unit.blank_before and unit.blank_after else 0
    return points


def _is_masthead(unit: Unit, outlets: Outlets) -> bool:
    return read_date_line(unit.text) is not None or find_byline(unit.text, outlets) is not None


NAMEPLATE = "the name above the report"
"""Why a line with the outlet's own name is left out."""


def nameplate(units: Sequence[Unit], outlets: Outlets) -> int | None:
    """The index of a line that only says whose page it is: the name of an outlet among the first lines,
    or a first line of at most three words above a headline of five or more and a masthead."""
    if len(units) < 3:
        return None
    for i, unit in enumerate(units[:6]):
        if outlets.by_name(unit.text):
            return i
    first, second = units[0], units[1]
    if (
        word_count(first) <= 3
        and not re.search(r"[.?!:,;]\Z", first.text)
        and word_count(second) >= 5
    ):
        below = any(_is_masthead(u, outlets) for u in units[2:4])
        if (
            below
            and headline_like(first)
            and headline_like(second)
            and not _is_masthead(first, outlets)
        ):
            return 0
    return None


def repeats(units: Sequence[Unit], title: int | None, *, clean: bool = False) -> dict[int, str]:
    """Lines that say again what is said elsewhere: the title, a paragraph's beginning, a whole line.

    Of a line and the paragraph that begins with it the line is the repetition, wherever it stands; of
    two equal lines of eight words or more the second; what stands three times is a refrain or furniture,
    and the line model's business. In text without furniture (`clean`) a sentence may well stand twice.
    """
    found: dict[int, str] = {}
    if title is not None:
        name = units[title].folded
        for i, unit in enumerate(units):
            if i == title or not len(name) - 8 <= len(unit.text) <= len(name) + LONGEST_NAME:
                continue
            text = unit.folded
            if len(name) >= 12 and (
                text == name
                or (text.startswith(name) and re.fullmatch(r"\s[|–—-]\s.{2,40}", text[len(name) :]))
            ):
                found[i] = "repeats the title"
    openings: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        if unit.count >= 8:
            openings.setdefault(unit.text[:32], []).append(i)
    for same in openings.values():
        if len(same) == 1:
            continue
        standing = Counter([units[i].text for i in same])
        for i in same:
            if i in found or i == title:
                continue
            twice = standing[units[i].text] == 2
            text = units[i].text
            if text.endswith(_CUT_ENDS):
                text = _CUT.sub("", text)
            whole = text == units[i].text and units[i].ends_sentence
            for k in same[:MOST_ALIKE]:
                other = units[k].text
                if k < i and twice and not clean and other == units[i].text and k != title:
                    found[i] = "repeats an earlier line"
                elif (
                    k != i
                    and len(other) > len(text)
                    and other.startswith(text)
                    and k != title
                    and not whole
                    and (i < k or not clean)
                ):
                    found[i] = "repeats the beginning of another paragraph"
    return found

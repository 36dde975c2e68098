"""Datelines: the place, the day and the agency that stand at the head of a report.

    LONDON, March 14 (Reuters) - ...      WARSAW, Apr. 13, 2009 (Xinhua) -- ...
    PARIS (AP) — ...                      KYIV. Aug 21 (Interfax) - ...
    ANKARA, June 18. /TASS/. ...          ROME — ...            (Reuters) - ...

The forms are those of the agencies' own style guides. A place without an agency or a day counts only
in capitals before a dash, so that a sentence that begins with a name is none. Offsets are code points
of the text given, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.text_times import FULL, NO_YEAR, WrittenTime, find_times, names
from onrecord.gazetteer.outlets import Outlets
from onrecord.text.folding import fold_loose

_UPPER = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİŁŃŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁІЇЄҐ]"
_CAPITALS = rf"{_UPPER}(?:['’.-]?{_UPPER})+\.?"
_WORD = rf"{_UPPER}[^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NO_MONTH = r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\w{0,6}\.?\s\d)"
_STATE = rf"(?:,\s{_NO_MONTH}{_UPPER}[\w.]{{1,14}}(?:\s{_UPPER}[\w.]{{1,14}})?)?"
_PLACE_CAPITALS = rf"{_CAPITALS}(?:[ /]{_NO_MONTH}(?:{_CAPITALS}|de|la|al)){{0,4}}{_STATE}"
_PLACE_TITLED = rf"{_WORD}(?:[ /]{_NO_MONTH}(?:{_WORD}|de|la|al|am|an|der)){{0,4}}{_STATE}"
_DASH = r"(?:\s?[-–—―]{1,3}(?=\s|[\"“'‘A-ZÀ-Þ]|$)|\s?:(?=\s)|\.(?=\s|$))"
_AGENCY = r"[(\[/]\s?(?P<agency>[^()\[\]/\n]{2,40}(?:/[^()\[\]/\n]{2,40})?)\s?[)\]/]"

_WITH_AGENCY = re.compile(
    rf"(?P<place>{_PLACE_TITLED})(?P<day>[,.]?\s[^()/\n]{{3,30}}?)??[.,]?(?:\s|--|\s?[–—]\s?)?{_AGENCY}(?P<dash>{_DASH})?"
)
_WITH_DAY = re.compile(
    rf"(?P<place>{_PLACE_TITLED})[,.]\s(?P<day>[^()/\n–—]{{3,22}}?)(?P<dash>\s?(?:[-–—―]{{1,3}})(?=\s|[\"“'‘A-ZÀ-Þ])|:(?=\s))"
)
_BARE = re.compile(
    rf"(?P<place>{_PLACE_CAPITALS})(?P<dash>\s?[–—―](?=\s|[\"“'‘A-ZÀ-Þ])|\s--?(?=\s)|\s?--(?=\s?[\"“'‘A-ZÀ-Þ]))"
)
_AGENCY_ALONE = re.compile(rf"{_AGENCY}(?P<dash>{_DASH})")
_NAMED_ALONE = re.compile(r"(?P<agency>[A-Z][\w-]{1,10})\s?(?:--|[–—]|\s-)\s")
_CELLS = re.compile(r"\s*[|·•]\s*")

LONGEST = 160
"""Code points at the head of a text among which a dateline is looked for."""

_NO_PLACE = frozenset(
    "UPDATE UPDATED BREAKING EXCLUSIVE WATCH VIDEO OPINION ANALYSIS LIVE CORRECTION CORRECTED NOTE FACTBOX "
    "TIMELINE WRAPUP INTERVIEW SUMMARY URGENT ADVERTISEMENT PHOTOS RELATED".split()
)
"""Labels that stand in capitals at a head and are no place."""


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline at `start:end`: the dash belongs to it. `agency` is the text in brackets."""

    start: int
    end: int
    place: str | None
    time: WrittenTime | None
    agency: str | None


def place_name(written: str) -> str:
    """A place as prose writes it: words in capitals with one capital each; initials stay (D.C.)."""

    def word(match: re.Match[str]) -> str:
        text = match[0]
        return text if len(text) <= 2 or "." in text[:-1] else text[0] + text[1:].lower()

    written = written.strip(" ,")
    if "," not in written and not re.search(r"\.\w", written):
        written = written.rstrip(".")
    return (
        re.sub(r"[^\s/,\-]+", word, written)
        if written.upper() == written or "," in written
        else written
    )


def _one_day(text: str) -> WrittenTime | None:
    """The day that makes up the whole of a text (an hour or a comma beside it apart)."""
    text = text.strip(" ,.")
    times = [t for t in find_times(text) if t.status in (FULL, NO_YEAR)]
    if len(times) != 1:
        return None
    rest = text[: times[0].start] + text[times[0].end :]
    return times[0] if not re.search(r"\w{2,}", rest) else None


def _agency(text: str, outlets: Outlets) -> bool:
    """Whether the words in brackets can be who filed it: registered, or one to four capitalised words."""
    if outlets.by_name(text) or outlets.find(text):
        return True
    words = text.split()
    return (
        1 <= len(words) <= 4
        and not re.search(r"\d", text)
        and all(w[0].isupper() for w in words)
        and (len(words) > 1 or text.upper() == text)
    )


def _is_place(place: str) -> bool:
    words = re.findall(r"[^\W\d_]+", place)
    first, folded = words[0].upper() if words else "", {fold_loose(w) for w in words}
    return (
        len(place) <= 45
        and not _NO_PLACE & {w.upper() for w in words}
        and first not in ("BY", "FROM", "THE", "AN", "IN", "AT")
        and not folded & (names().weekdays.keys() | names().months.keys())
    )


def _capitals_open(text: str, match: re.Match[str]) -> bool:
    """Whether a place in capitals and its agency open a sentence without a dash between."""
    after = text[match.end() :].lstrip()
    return bool(match["place"].upper() == match["place"] and re.match(rf"[\"“‘«]?{_UPPER}", after))


def find_dateline(text: str, outlets: Outlets) -> FoundDateline | None:
    """The dateline at the head of a text, if it has one."""
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}~"
    if (
        (match := _WITH_AGENCY.match(text))
        and _is_place(match["place"])
        and _agency(match["agency"], outlets)
    ):
        known = bool(outlets.by_name(match["agency"]) or outlets.find(match["agency"]))
        day = _one_day(match["day"]) if match["day"] else None
        whole = match.end() == len(text)
        sure = match["dash"] or whole or (known and (day or _capitals_open(text, match)))
        if (day or not match["day"]) and sure:
            time = _shifted(text, match, day)
            return FoundDateline(
                0, match.end(), place_name(match["place"]), time, match["agency"].strip()
            )
    if (
        (match := _WITH_DAY.match(text))
        and _is_place(match["place"])
        and (day := _one_day(match["day"]))
    ):
        return FoundDateline(
            0, match.end(), place_name(match["place"]), _shifted(text, match, day), None
        )
    if (
        (match := _BARE.match(text))
        and _is_place(match["place"])
        and re.search(r"\w{4}", match["place"])
    ):
        return FoundDateline(0, match.end(), place_name(match["place"]), None, None)
    if (match := _AGENCY_ALONE.match(text)) and _agency(match["agency"], outlets):
        return FoundDateline(0, match.end(), None, None, match["agency"].strip())
    if (
        (match := _NAMED_ALONE.match(text))
        and (outlet := outlets.by_name(match["agency"]))
        and outlet.agency
    ):
        return FoundDateline(0, match.end(), None, None, match["agency"])
    return None


def _shifted(text: str, match: re.Match[str], day: WrittenTime | None) -> WrittenTime | None:
    """The day with its offsets in the whole text."""
    if day is None:
        return None
    low = match.start("day")
    found = find_times(text[low : match.end("day")])[0]
    return WrittenTime(
        low + found.start, low + found.end, found.status, found.day, found.instant, found.short_year
    )


def find_cells(text: str, outlets: Outlets) -> FoundDateline | None:
    """A dateline set as cells on a line of its own: `PTI | Nairobi | May 6, 2018`, in any order.

    An agency must be there with a day, a place or both; the place is a capitalised name.
    """
    if len(text) > 120:
        return None
    cells = _CELLS.split(text.strip())
    if len(cells) == 1 and len(text) <= 60:
        cells = re.split(r",\s|\s[-–—]\s", text.strip())
        if len(cells) != 2 or not (named := outlets.by_name(cells[0])) or not named.agency:
            return None
    if not 2 <= len(cells) <= 4:
        return None
    agency = place = None
    time: WrittenTime | None = None
    for cell in cells:
        outlet = outlets.by_name(cell)
        if outlet and outlet.agency and agency is None:
            agency = cell
        elif time is None and (day := _one_day(cell)):
            low = text.find(cell) + cell.find(cell.strip(" ,.")) + day.start
            time = WrittenTime(
                low, low + day.end - day.start, day.status, day.day, day.instant, day.short_year
            )
        elif place is None and re.fullmatch(_PLACE_TITLED, cell):
            place = cell
        else:
            return None
    if agency is None or (time is None and place is None) or (place and not _is_place(place)):
        return None
    return FoundDateline(0, len(text), place and place_name(place), time, agency)

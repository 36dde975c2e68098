"""The masthead of a text capture: when it was published and changed, by which outlet, in which form.

A line is a masthead only where a written time and a few words of labels, names and sections make up
all of it. Only what stands there counts: an ambiguous date, a day without a year and a clock without
a zone give what they hold and no more. Offsets are code points of the line given, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.extract.text_times import FULL, NO_YEAR, WrittenTime, find_times, year_before
from onrecord.records import Bounds
from onrecord.text.folding import fold_loose
from onrecord.text.instants import is_instant

PUBLISHED, UPDATED = "published", "updated"

_UPDATED = re.compile(
    r"\b(?:last\s+)?(?:updated?|modified|edited|changed|revised|corrected|actualizado|actualise|mis a jour|modifie|"
    r"aktualisiert|stand|aggiornato|bijgewerkt|atualizado|обновлено)\b"
)
_PUBLISHED = re.compile(
    r"\b(?:first\s+)?(?:published|posted|created|issued|released|publish(?:ed)?\s+date|pubdate|publie|parution|cree|veroffentlicht|"
    r"erstellt|publicado|publicada|publicacion|pubblicato|gepubliceerd|publicerad|опубликовано)\b"
)
_LABEL_WORDS = frozenset(
    """
    published posted updated update modified edited changed revised corrected created issued released first last
    on at by the date time day dated publie publiee le a mis jour actualise modifie veroffentlicht erstellt
    aktualisiert am um stand uhr publicado publicada actualizado el las pubblicato aggiornato il alle ore
    gepubliceerd op bijgewerkt from in de del local gmt utc est edt bst cet cest et originally and story page
    print text datum fecha data pubdate as of am pm hrs hours
    """.split()
)
_CITY_TIME = re.compile(r"\b(?:moscow|london|local|beijing|new york|eastern|pacific|uk)\s+time\b")
_WORDS = re.compile(r"\b\d{2,6}\s+words\b|\b\d{1,3}[\s-]min(?:ute)?s?\s+read\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?P<n>\d{1,3}|an?|one)\s*(?P<unit>minutes?|mins?|hours?|hrs?|days?)\s+ago"
    r"|il y a (?P<n2>\d{1,3}|une?)\s*(?P<unit2>minutes?|heures?|jours?)"
    r"|vor (?P<n3>\d{1,3}|einer|einem)\s*(?P<unit3>minuten?|stunden?|tag(?:en)?)"
    r"|hace (?P<n4>\d{1,3}|una?)\s*(?P<unit4>minutos?|horas?|dias?)"
    r"|ha (?P<n5>\d{1,3}|uma?)\s*(?P<unit5>minutos?|horas?|dias?)"
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A masthead line with a time: `rest` are the words beside times and labels, with their offset."""

    times: tuple[tuple[str, WrittenTime], ...]
    rest: tuple[tuple[str, int], ...]
    word_count: bool


def _roles(line: str, times: tuple[WrittenTime, ...]) -> list[tuple[str, WrittenTime]]:
    """Each time with what it is the time of, by the label that stands before it."""
    folded = fold_loose(line) if len(fold_loose(line)) == len(line) else line.lower()
    roles = []
    before = 0
    for time in times:
        label = folded[before : time.start]
        updated, published = list(_UPDATED.finditer(label)), list(_PUBLISHED.finditer(label))
        role = PUBLISHED
        if updated and (not published or updated[-1].start() > published[-1].start()):
            role = UPDATED
        roles.append((role, time))
        before = time.end
    return roles


def read_date_line(line: str, *, longest_rest: int = 6) -> DateLine | None:
    """The masthead that a line is, if a written time and few other words make it up.

    `longest_rest` is how many words beside the times and their labels are allowed.
    """
    if len(line) > 200:
        return None
    times = find_times(line)
    if not times:
        return None
    cut: list[tuple[str, int]] = []
    at = 0
    for time in times:
        cut.append((line[at : time.start], at))
        at = time.end
    cut.append((line[at:], at))
    rest: list[tuple[str, int]] = []
    counted = bool(_WORDS.search(line))
    for text, low in cut:
        spaced = _WORDS.sub(lambda m: " " * len(m[0]), text)
        spaced = (
            _CITY_TIME.sub(lambda m: " " * len(m[0]), spaced.lower())
            if _CITY_TIME.search(spaced.lower())
            else spaced
        )
        for match in re.finditer(r"[^|·•<>;/]+", spaced):
            piece = match[0]
            words = [(w[0], w.start()) for w in re.finditer(r"[^\s,]+", piece)]
            while words and _is_label(words[0][0]):
                words.pop(0)
            while words and _is_label(words[-1][0]):
                words.pop()
            if words:
                first, last = words[0][1], words[-1][1] + len(words[-1][0])
                rest.append(
                    (
                        line[low + match.start() + first : low + match.start() + last],
                        low + match.start() + first,
                    )
                )
    count = sum(len(text.split()) for text, _ in rest)
    sentence = re.search(r"[a-z]{2}[.!?]$", line) and not re.search(r"\b(?:a|p)\.m\.$", line)
    if count > longest_rest or (sentence and count > 1) or any(_prose(text) for text, _ in rest):
        return None
    return DateLine(tuple(_roles(line, times)), tuple(rest), counted)


def _is_label(word: str) -> bool:
    folded = fold_loose(word).strip(".:()[]-–—,'\"")
    return (
        not folded
        or folded in _LABEL_WORDS
        or bool(re.fullmatch(r"\d{1,2}(?:[:.h]\d{2})?(?:am|pm)?", folded))
    )


def _prose(text: str) -> bool:
    """Whether words beside a date read as a sentence: three or more words that begin in lower case."""
    words = text.split()
    lower = sum(w[:1].islower() for w in words)
    return lower >= 3 or ("“" in text or '"' in text)


def relative_bounds(line: str, captured_at: str | None) -> tuple[bool, Bounds | None]:
    """(whether the line is a relative time, its bounds).

    Bounds are days, since "3 hours ago" is rounded: they need the time of the capture.
    """
    folded = fold_loose(line)
    match = _RELATIVE.search(folded)
    if match is None:
        return False, None
    words = [
        w for w in (folded[: match.start()] + folded[match.end() :]).split() if not _is_label(w)
    ]
    if len(words) > 4:
        return False, None
    if captured_at is None or not is_instant(captured_at):
        return True, None
    number, unit = next(
        (match[f"n{i}"], match[f"unit{i}"]) for i in ("", 2, 3, 4, 5) if match[f"n{i}"]
    )
    count = int(number) if number.isdigit() else 1
    taken = datetime.fromisoformat(captured_at)
    if unit.startswith(("d", "j", "t")):
        first = last = (taken - timedelta(days=count)).date()
    else:
        step = timedelta(minutes=1) if unit.startswith("m") else timedelta(hours=1)
        first, last = (taken - (count + 1) * step).date(), (taken - count * step).date()
    bounds = Bounds(
        earliest=first.isoformat(),
        latest=last.isoformat(),
        text=line,
        basis="the page says how long ago, counted from the time of the capture",
    )
    return True, bounds


def bounds_of_time(
    time: WrittenTime, line: str, captured_at: str | None, where: str
) -> Bounds | None:
    """What a written time commits to: an instant, a day, or None if it is no date by itself."""
    text = line[time.start : time.end]
    if time.status == FULL and time.day:
        value = time.instant or time.day
        why = f"{where}, with its zone" if time.instant else f"{where} gives the day"
        return Bounds(earliest=value, latest=value, text=text, basis=why)
    day = year_before(time.day, captured_at) if time.day and captured_at else None
    if time.status == NO_YEAR and day:
        return Bounds(
            earliest=day,
            latest=day,
            text=text,
            basis=f"{where} gives day and month, the time of the capture the year",
        )
    return None


_URL_DAY = re.compile(
    r"/(?P<y>(?:19|20)\d{2})(?P<sep>[/-]?)(?P<m>\d{2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?P=sep)(?P<d>\d{2})(?=[/._-]|$)",
    re.IGNORECASE,
)


def day_in_url(url: str | None) -> Bounds | None:
    """The day that an address carries in its path (`/2014/03/14/`, `/2014/mar/14/`, `/20140314`)."""
    match = _URL_DAY.search(url or "")
    if match is None:
        return None
    month = (
        match["m"]
        if match["m"].isdigit()
        else f"{('jan feb mar apr may jun jul aug sep oct nov dec'.split()).index(match['m'].lower()) + 1:02d}"
    )
    try:
        day = datetime.fromisoformat(f"{match['y']}-{month}-{match['d']}").date().isoformat()
    except ValueError:
        return None
    return Bounds(
        earliest=day, latest=day, text=match[0].strip("/"), basis="the day in the page's address"
    )

"""What a page of text tells of itself around its title and below its text: times, authors, credits, outlet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from onrecord.extract.masthead import (
    PUBLISHED,
    UPDATED,
    DateLine,
    bounds_of_time,
    day_in_url,
    read_date_line,
    relative_bounds,
)
from onrecord.extract.text_bylines import (
    Byline,
    bare_names,
    find_byline,
    role_line,
    signed,
    staff_line,
)
from onrecord.extract.text_datelines import FoundDateline, find_cells, find_dateline
from onrecord.extract.text_lines import Unit
from onrecord.extract.text_times import AMBIGUOUS, FULL, NO_YEAR, WrittenTime, year_before
from onrecord.extract.trailer import (
    Credit,
    agencies_in,
    closing_credit,
    copyright_agency,
    image_credit,
    lead_credits,
    organisation_credit,
    trailer_credits,
)
from onrecord.gazetteer.outlets import Outlets
from onrecord.records import Bounds, CaptureSpan, Dateline
from onrecord.text.instants import day_of

MASTHEAD = "masthead"
MOST_DATES = 4
"""More date lines than this above the text are a table or a list; names beside them sign nothing."""
TRAILER = "agency trailer"

_COPYRIGHT_YEAR = re.compile(r"(?:©|\bcopyright\b|\(c\))\D{0,12}((?:19|20)\d{2})", re.IGNORECASE)
_HOUSE = re.compile(
    r"(?:skip to )?more (?:stories |news |articles )?(?:from )?(?P<a>.{2,40}?)(?: sites?)?$|(?P<b>.{2,40}?)['’]s? top stor(?:y|ies)$|"
    r"(?:about|follow|contact|support|subscribe to|download the|sign up (?:for|to)) (?P<c>.{2,40}?)(?: app)?$|"
    r"our standards: (?P<d>.{4,60})$|(?:©|\(c\)|copyright)[\s\d–-]*(?P<e>.{2,60}?)(?:[.,].*)?$",
    re.IGNORECASE,
)


def _may_name_house(text: str) -> bool:
    """Whether a line begins as every line does that names the house, or speaks of its top stories."""
    return text[0] in "SsMmAaFfCcDdOo©(" or "top stor" in text.lower()


@dataclass
class Meta:
    """What was found so far; `kinds` are units that are a byline or a dateline, `reasons` those left out."""

    bylines: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    place: str | None = None
    dateline: FoundDateline | None = None
    dateline_unit: int | None = None
    published: Bounds = field(default_factory=Bounds)
    modified: Bounds = field(default_factory=Bounds)
    outlet: str | None = None
    kinds: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    evidence: dict[str, list[CaptureSpan]] = field(default_factory=dict)


class Reader:
    """Collects the meta data of one page. `source` is the decoded capture, `units` its lines."""

    def __init__(
        self, source: str, units: Sequence[Unit], outlets: Outlets, captured_at: str | None
    ) -> None:
        self.source, self.units, self.outlets, self.captured_at = (
            source,
            units,
            outlets,
            captured_at,
        )
        self.meta = Meta()

    def _span(self, name: str, unit: Unit, words: str) -> None:
        """Adds the words, where they stand in the unit, as evidence of a field."""
        pattern = r"\s+".join(map(re.escape, words.split()))
        match = re.compile(pattern).search(self.source, unit.start, unit.end) if pattern else None
        low, high = match.span() if match else (unit.start, unit.end)
        spans = self.meta.evidence.setdefault(name, [])
        span = CaptureSpan(start=low, end=high)
        if span not in spans:
            spans.append(span)

    def _credit(self, unit: Unit, credits: Sequence[Credit], at: int = 0) -> None:
        for credit in credits:
            if credit.name not in self.meta.credits:
                self.meta.credits.append(credit.name)
            self._span("credits", unit, unit.text[at + credit.start : at + credit.end])

    def _byline(self, unit: Unit, names: Sequence[tuple[str, int, int]]) -> None:
        for name, _, _ in names:
            if name.casefold() not in (n.casefold() for n in self.meta.bylines):
                self.meta.bylines.append(name)
                self._span("bylines", unit, name)

    # -- the head

    def read_head(self, low: int, title: int | None, first: int, kept: Sequence[int]) -> None:
        """The lines from `low` to the first paragraphs. `kept` are the first kept units below the title."""
        zone = [i for i in range(low, min(first + 1, len(self.units))) if i != title]
        dated = self._dates(
            [i for i in zone if i < first or not self.units[i].ends_sentence], title, kept
        )
        for i in zone:
            unit = self.units[i]
            if (
                len(unit.text) > 300
                or len(unit.words) > 30
                or i in dated
                or (title is not None and i < title - 3)
            ):
                continue
            if byline := find_byline(unit.text, self.outlets):
                self._take_byline(i, byline)
            elif staff_line(unit.text):
                self.meta.kinds[i] = "byline"
            elif outlet := organisation_credit(unit.text, self.outlets):
                self._credit(unit, (Credit(outlet.name, 0, len(unit.text)),))
                self.meta.kinds[i] = "byline"
                above = (
                    bare_names(self.units[i - 1].text, self.outlets) if i and i - 1 != title else ()
                )
                if above and i - 1 not in self.meta.kinds and len(self.units[i - 1].words) <= 12:
                    self._byline(self.units[i - 1], above)
                    self.meta.kinds[i - 1] = "byline"
            elif self.meta.kinds.get(i - 1) == "byline" and role_line(unit.text):
                self.meta.kinds[i] = "byline"
            elif (
                i < first
                and (i - 1 in dated or i + 1 in dated or i - 1 == title)
                and len(unit.words) <= 12
            ):
                near = (i - 1 in dated or i + 1 in dated) and len(dated) <= MOST_DATES
                if sign := signed(unit.text, self.outlets):
                    self._take_byline(i, sign)
                elif near and (names := bare_names(unit.text, self.outlets)):
                    self._byline(unit, names)
                    self.meta.kinds[i] = "byline"
                elif unit.text.startswith(("(", "Agenc", "agenc", "Source", "source", "Staff")):
                    is_credit, credits = trailer_credits(unit.text, self.outlets)
                    if is_credit:
                        self._credit(unit, credits)
                        self.meta.kinds[i] = "byline"
        self._dateline(kept)
        for i in kept[:2]:
            text = self.units[i].text
            at = (
                self.meta.dateline.end if self.meta.dateline and self.meta.dateline_unit == i else 0
            )
            self._credit(self.units[i], lead_credits(text[at:], self.outlets), at)

    def _take_byline(self, i: int, byline: Byline) -> None:
        unit = self.units[i]
        self._byline(unit, byline.names)
        self._credit(unit, self._agencies(byline.organisations))
        if byline.place and self.meta.place is None:
            self.meta.place = byline.place
            self._span("dateline", unit, byline.place)
        self.meta.kinds[i] = "byline"

    def _agencies(self, names: Sequence[str]) -> list[Credit]:
        found = []
        for name in names:
            outlet = self.outlets.by_name(name)
            if outlet and outlet.agency:
                found.append(Credit(outlet.name, 0, 0))
        return found

    def _dates(self, zone: Sequence[int], title: int | None, kept: Sequence[int]) -> set[int]:
        """Reads the date lines of a zone; the indices of those that are one. More of them among the
        `kept` lines than a masthead has are a programme that the report prints."""
        dated: set[int] = set()
        lines: list[tuple[int, DateLine]] = []
        name = self.units[title].folded if title is not None else ""
        for i in zone:
            unit = self.units[i]
            if unit.folded == name:
                continue
            if len(unit.text) > 300:
                continue
            if cells := find_cells(unit.text, self.outlets):
                self._set_dateline(i, cells)
                self.meta.kinds[i] = "dateline"
                dated.add(i)
            elif (line := read_date_line(unit.text)) and not find_dateline(unit.text, self.outlets):
                lines.append((i, line))
                dated.add(i)
            elif len(unit.words) <= 12 and not unit.ends_sentence:
                relative, bounds = relative_bounds(unit.text, self.captured_at)
                if relative:
                    dated.add(i)
                    self.meta.reasons[i] = MASTHEAD
                    changed = re.search(r"updat|modif|edit", unit.text, re.IGNORECASE)
                    if bounds and not changed and self.meta.published.earliest is None:
                        self.meta.published = bounds
                        self._span("published", unit, unit.text)
        programme = {i for i, _ in lines}.intersection(kept)
        if len(programme) > MOST_DATES:
            dated -= programme
            lines = [(i, line) for i, line in lines if i not in programme]
        below = [(i, line) for i, line in lines if title is None or i > title]
        above = [(i, line) for i, line in lines if title is not None and i < title]
        for i, line in (*below, *reversed(above)):
            if i in {k for k, _ in above} and (
                self.meta.published.text or title is None or i < title - 8
            ):
                continue
            self._take(i, line)
        return dated

    def _take(self, i: int, line: DateLine) -> None:
        unit = self.units[i]
        self.meta.reasons.setdefault(i, MASTHEAD)
        for role, time in line.times:
            self._take_time(unit, role, time)
        names: list[tuple[str, int, int]] = []
        for text, at in line.rest:
            intro = find_byline(text, self.outlets)
            found = intro.names if intro else bare_names(text, self.outlets)
            names.extend(found)
            self._credit(unit, agencies_in(text, self.outlets), at)
            for _, _, outlet in self.outlets.find(text):
                if (
                    not outlet.agency
                    and self.meta.outlet is None
                    and len(text.split()) <= len(outlet.name.split()) + 1
                ):
                    self.meta.outlet = outlet.name
                    self._span("outlet", unit, text)
        if names:
            self._byline(unit, names)
            self.meta.kinds[i] = "byline"
            self.meta.reasons.pop(i, None)

    def _take_time(self, unit: Unit, role: str, time: WrittenTime) -> None:
        bounds = bounds_of_time(time, unit.text, self.captured_at, "the masthead")
        words = unit.text[time.start : time.end]
        if bounds is None:
            if time.status == AMBIGUOUS and role == PUBLISHED and self.meta.published.text is None:
                self.meta.published = Bounds(
                    text=words, basis="the numbers may be read as day/month or month/day"
                )
                self._span("published", unit, words)
            return
        if time.short_year and not self._short_year(str(time.day)):
            return
        if role == PUBLISHED and self.meta.published.earliest is None:
            self.meta.published = bounds
            self.meta.evidence.pop("published", None)
            self._span("published", unit, words)
        elif role == UPDATED and self.meta.modified.earliest is None:
            self.meta.modified = bounds
            self._span("modified", unit, words)

    def _short_year(self, day: str) -> bool:
        """Whether nothing on the page contradicts a year of two digits."""
        years = {int(m[1]) for m in _COPYRIGHT_YEAR.finditer(self.source)}
        return not years or int(day[:4]) <= max(years)

    def _set_dateline(self, i: int, found: FoundDateline) -> None:
        unit = self.units[i]
        self.meta.dateline, self.meta.dateline_unit = found, i
        if found.place and self.meta.place is None:
            self.meta.place = found.place
        self._span("dateline", unit, unit.text[found.start : found.end])
        if found.agency:
            named = agencies_in(found.agency, self.outlets)
            if not named:
                known = self.outlets.by_name(found.agency)
                named = (Credit(known.name if known else found.agency, 0, 0),)
            for credit in named:
                if credit.name not in self.meta.credits:
                    self.meta.credits.append(credit.name)
            self._span("credits", unit, found.agency)

    def _dateline(self, kept: Sequence[int]) -> None:
        if self.meta.dateline is not None:
            return
        for i in kept[:8]:
            unit = self.units[i]
            if unit.mark:
                continue
            if found := find_dateline(unit.text, self.outlets):
                self._set_dateline(i, found)
                if found.end == len(unit.text):
                    self.meta.kinds[i] = "dateline"
                return
            if unit.ends_sentence and len(unit.words) > 14 and i != kept[0]:
                return

    # -- the tail

    def read_tail(self, last: int, kept: Sequence[int]) -> None:
        """Trailers among the last kept paragraphs and the lines below the last one (index `last`)."""
        for i in [*kept[-3:], *range(last + 1, min(last + 12, len(self.units)))]:
            unit = self.units[i]
            if i in self.meta.kinds or image_credit(unit.text):
                continue
            is_trailer, credits = trailer_credits(unit.text, self.outlets)
            if is_trailer:
                self._credit(unit, credits)
                self.meta.reasons[i] = TRAILER
                self._reporters(unit)
            elif i in kept:
                self._credit(unit, closing_credit(unit.text, self.outlets))
            elif copyright := copyright_agency(unit.text, self.outlets):
                self._credit(unit, (copyright,))
            if (
                i > last
                and self.meta.published.earliest is None
                and self.meta.published.text is None
            ):
                line = read_date_line(unit.text, longest_rest=2)
                if line and re.match(
                    r"(?:date|published|posted|first published|created|datum|erstellt|publi)",
                    unit.text,
                    re.IGNORECASE,
                ):
                    self._take(i, line)

    def _reporters(self, unit: Unit) -> None:
        if self.meta.bylines:
            return
        match = re.match(
            r"[(\[]?\s?(?:reporting|written|story|text) by\s+(?P<names>[^;.)]+)",
            unit.text,
            re.IGNORECASE,
        )
        byline = find_byline(f"By {match['names'].strip()}", self.outlets) if match else None
        if byline:
            self._byline(unit, byline.names)

    # -- the outlet and what hangs on everything above

    def read_outlet(self, frame: Mapping[int, str]) -> None:
        """The outlet that lines of furniture name as the house itself, if they all name one."""
        if self.meta.outlet:
            return
        votes: dict[str, list[tuple[Unit, str]]] = {}
        for i in sorted(frame):
            unit = self.units[i]
            if len(unit.text) > 120 or not _may_name_house(unit.content):
                continue
            match = _HOUSE.fullmatch(unit.content.strip())
            if match is None and "kip" in unit.text:
                match = _HOUSE.fullmatch(
                    re.sub(r"^skip (?:to|next section)\s+", "", unit.content, flags=re.IGNORECASE)
                )
            group = next((g for g in "abcde" if match and match[g]), None)
            if match is None or group is None:
                continue
            for start, end, outlet in self.outlets.find(match[group]):
                if start <= 12 and (not outlet.agency or group == "d"):
                    votes.setdefault(outlet.name, []).append((unit, match[group][start:end]))
        if len(votes) == 1:
            ((name, places),) = votes.items()
            self.meta.outlet = name
            for unit, words in places:
                self._span("outlet", unit, words)

    def read_nameplate(self, index: int) -> None:
        """The outlet whose name stands alone above the report. An agency's name may be a credit there,
        so it decides nothing."""
        unit = self.units[index]
        outlet = self.outlets.by_name(unit.text)
        if outlet and not outlet.agency:
            self.meta.outlet = outlet.name
            self._span("outlet", unit, unit.text)

    def finish(self, url: str | None) -> Dateline:
        """The dateline with its year; fills in publication from the dateline or the address."""
        meta = self.meta
        from_url = day_in_url(url)
        anchor = meta.published.earliest or (from_url.earliest if from_url else None)
        day: str | None = None
        time = meta.dateline.time if meta.dateline else None
        if time and time.day:
            if time.status == FULL:
                day = time.day
            elif time.status == NO_YEAR and anchor:
                day = _nearest(time.day, anchor)
            elif time.status == NO_YEAR and self.captured_at:
                day = year_before(time.day, self.captured_at)
        if meta.published.earliest is None and meta.published.text is None:
            if time and day and (time.status == FULL or from_url is None):
                text = (
                    self.units[meta.dateline_unit].text[time.start : time.end]
                    if meta.dateline_unit is not None
                    else None
                )
                year = "" if time.status == FULL else ", its year from the time of the capture"
                meta.published = Bounds(
                    earliest=day, latest=day, text=text, basis=f"the dateline's day{year}"
                )
                meta.evidence["published"] = meta.evidence.get("dateline", [])
            elif from_url:
                meta.published = from_url
            elif meta.modified.latest:
                meta.published = Bounds(
                    latest=meta.modified.latest,
                    text=meta.modified.text,
                    basis="the page says only when it was last changed; published no later",
                )
        return Dateline(place=meta.place, date=day)


def _nearest(month_day: str, anchor: str) -> str | None:
    """The day of this month and day within 60 days of the anchor, if there is one."""
    middle = day_of(anchor)
    for year in (middle.year - 1, middle.year, middle.year + 1):
        try:
            day = date(year, int(month_day[2:4]), int(month_day[5:7]))
        except ValueError:
            continue
        if abs(day - middle) <= timedelta(days=60):
            return day.isoformat()
    return None

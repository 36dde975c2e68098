"""Countries, regions, organisations, offices and given names: small sourced tables, and the look-ups on them.

Data: countries.toml, organisations.toml, offices.toml, given_names.toml. A user's file may hold any
of their tables (`[[country]]`, `[[region]]`, `[[organisation]]`, `[[office]]`, `[[holder]]`); a later
entry of the same name replaces an earlier one.

Every look-up folds case, accents, quote marks and the points of abbreviations, a leading "the" and a
possessive ending: `country_of("the U.S.'s")` is "United States". What is not in a table is None.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.gazetteer.rows import (
    Country,
    Holder,
    OfficeTitle,
    Organisation,
    Region,
    country_row,
    fold_key,
    holder_row,
    office_row,
    organisation_row,
    region_row,
)
from onrecord.text.names import fold_name, fold_token

BUNDLED = ("countries.toml", "organisations.toml", "offices.toml", "given_names.toml")


@dataclass(frozen=True)
class Gazetteer:
    """The tables with their look-ups. Make one with `load_gazetteer`."""

    countries: tuple[Country, ...] = ()
    regions: tuple[Region, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    offices: tuple[OfficeTitle, ...] = ()
    holders: tuple[Holder, ...] = ()
    given_names: dict[str, str] = field(default_factory=dict, repr=False)

    # ------------------------------------------------------------------ look-ups

    def country_of(self, phrase: str) -> str | None:
        """The country a name, demonym, capital, metonym or one-country organisation stands for.

        "Russian", "Russians", "Moscow", "the Kremlin", "Russia" -> "Russia". None for anything
        else, for whole phrases too: use `country_within` on "Russian Foreign Minister".
        """
        key = fold_key(phrase)
        return self._country_words.get(key)

    def country_within(self, phrase: str) -> str | None:
        """The country of the longest run of words in a phrase that has one; the first, if several.

        "Russian Foreign Minister" -> "Russia"; "U.S. Secretary of State" -> "United States".
        """
        words = phrase.split()
        for size in range(min(4, len(words)), 0, -1):
            for i in range(len(words) - size + 1):
                if found := self.country_of(" ".join(words[i : i + size]).strip(',;:()[]"“”')):
                    return found
        return None

    def is_metonym(self, word: str) -> bool:
        """Whether this is a capital or a seat that may speak for a government: Moscow, the Kremlin."""
        return fold_key(word) in self._metonyms

    def is_seat(self, word: str) -> bool:
        """Whether this is a metonym that is not also a town: the Kremlin, Downing Street."""
        return self._metonyms.get(fold_key(word)) == "seat"

    def is_demonym(self, word: str) -> bool:
        """Whether this is a nationality word, adjective or noun: Russian, Russians, Spaniard."""
        return fold_key(word) in self._demonyms

    def place_kind(self, name: str) -> str | None:
        """country, capital, city, region, bloc (a region that acts: the West), seat, or None."""
        return self._places.get(fold_key(name))

    def place_name(self, name: str) -> str | None:
        """The table's own name of a place: "Kyiv" -> "Kiev", "UK" -> "United Kingdom"."""
        return self._place_names.get(fold_key(name))

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of this name, alias or acronym."""
        return self._organisation_names.get(fold_key(name))

    def seated_in(self, place: str) -> Organisation | None:
        """The organisation a town speaks for: "Brussels" -> European Union."""
        return self._seats.get(fold_key(place))

    def office(self, words: str) -> OfficeTitle | None:
        """The office whose title or alias ends these words: the longest one.

        "Russian Foreign Minister" -> foreign minister; "a senior official" -> official.
        """
        parts = fold_key(words).split()
        for i in range(len(parts)):
            if found := self._office_words.get(" ".join(parts[i:])):
                return found
        return None

    def holders_of(self, name: str) -> tuple[Holder, ...]:
        """Entries of a person's full name or alias, transliterations folded; () if unknown."""
        return self._holders_by_name.get(fold_name(name), ())

    def held(self, name: str, title: str, country: str | None = None) -> Holder | None:
        """The entry of a surname or full name with an office of the same role; None if none or several.

        `title` is an office's words; a country given must be the holder's.
        """
        office = self.office(title)
        if office is None:
            return None
        folded = fold_name(name)
        rows = self._holders_by_name.get(folded) or (
            self._holders_by_surname.get(folded[-1], ()) if folded else ()
        )
        fitting = [
            h
            for h in rows
            if self._same_office(h.title, office) and (country is None or country == h.country)
        ]
        people = {h.person for h in fitting}
        return fitting[0] if len(people) == 1 else None

    def held_by_surname(self, name: str) -> tuple[Holder, ...]:
        """Entries whose person has this surname, transliterations folded; () if unknown."""
        folded = fold_name(name)
        return self._holders_by_surname.get(folded[-1], ()) if folded else ()

    def gender(self, given: str) -> str | None:
        """`m`, `f` or `u` (both) for a known given name, None for any other word."""
        return self.given_names.get(fold_token(given))

    def longest_name(self, words: Sequence[str], start: int) -> tuple[int, str, str] | None:
        """The longest table name beginning at `words[start]`: (end, sort, name), or None.

        `sort` is organisation or what `place_kind` gives. Words must begin as names do: a capital
        letter or digit first, all but short function words capitalised.
        """
        if not _capitalised(words[start : start + 1]):
            return None
        first = fold_key(words[start])
        for size in range(min(self._longest.get(first, 0), len(words) - start), 0, -1):
            part = words[start : start + size]
            if not part[-1][-1:].isalnum() and not part[-1].endswith("."):
                continue
            if part[-1] == "." or part[-1].lower() in ("s", "'s", "’s") or not _capitalised(part):
                continue
            key = fold_key(" ".join(part))
            if len(key) <= _SHORT_ACRONYM and key in self._acronyms and not "".join(part).isupper():
                continue
            if found := self._organisation_names.get(key):
                return start + size, "organisation", found.name
            if kind := self._places.get(key):
                return start + size, kind, self._place_names[key]
        return None

    # ------------------------------------------------------------------ tables

    def _same_office(self, title: str, office: OfficeTitle) -> bool:
        own = self.office(title)
        return own is not None and own.role == office.role

    @cached_property
    def _country_words(self) -> dict[str, str]:
        table: dict[str, str] = {}
        for o in self.organisations:
            if o.country:
                table.update({fold_key(n): o.country for n in (o.name, *o.aliases)})
        for r in self.regions:
            if r.country:
                table.update({fold_key(n): r.country for n in (r.name, *r.aliases)})
        for c in self.countries:
            own = (*c.cities, *c.people, *c.adjectives, *c.metonyms, *c.capital_aliases)
            for word in (*own, *([c.capital] if c.capital else ()), *c.aliases):
                table.setdefault(fold_key(word), c.name)
        table.update({fold_key(n): c.name for c in self.countries for n in (c.name, *c.aliases)})
        return table

    @cached_property
    def _metonyms(self) -> dict[str, str]:
        table: dict[str, str] = {}
        for c in self.countries:
            if c.capital:
                table.update({fold_key(n): "capital" for n in (c.capital, *c.capital_aliases)})
            table.update({fold_key(n): "seat" for n in c.metonyms})
        table.update(dict.fromkeys(self._seats, "capital"))
        for c in self.countries:
            table.pop(fold_key(c.name), None)
        return table

    @cached_property
    def _demonyms(self) -> frozenset[str]:
        return frozenset(fold_key(w) for c in self.countries for w in (*c.adjectives, *c.people))

    @cached_property
    def _places(self) -> dict[str, str]:
        table: dict[str, str] = {}
        for c in self.countries:
            table.update({fold_key(n): "city" for n in c.cities})
        for r in self.regions:
            kind = "bloc" if r.bloc else "region"
            table.update({fold_key(n): kind for n in (r.name, *r.aliases)})
        for c in self.countries:
            if c.capital:
                table.update({fold_key(n): "capital" for n in (c.capital, *c.capital_aliases)})
            table.update({fold_key(n): "seat" for n in c.metonyms})
        table.update(dict.fromkeys(self._seats, "capital"))
        table.update({fold_key(n): "country" for c in self.countries for n in (c.name, *c.aliases)})
        return table

    @cached_property
    def _place_names(self) -> dict[str, str]:
        table: dict[str, str] = {}
        table.update({fold_key(n): n for o in self.organisations for n in o.seats})
        for c in self.countries:
            table.update({fold_key(n): n for n in (*c.cities, *c.metonyms)})
        for r in self.regions:
            table.update({fold_key(n): r.name for n in (r.name, *r.aliases)})
        for c in self.countries:
            if c.capital:
                table.update({fold_key(n): c.capital for n in (c.capital, *c.capital_aliases)})
        table.update({fold_key(n): c.name for c in self.countries for n in (c.name, *c.aliases)})
        return table

    @cached_property
    def _organisation_names(self) -> dict[str, Organisation]:
        return {fold_key(n): o for o in self.organisations for n in (o.name, *o.aliases)}

    @cached_property
    def _seats(self) -> dict[str, Organisation]:
        return {fold_key(n): o for o in self.organisations for n in o.seats}

    @cached_property
    def _office_words(self) -> dict[str, OfficeTitle]:
        return {fold_key(n): o for o in self.offices for n in (o.title, *o.aliases)}

    @cached_property
    def _holders_by_name(self) -> dict[tuple[str, ...], tuple[Holder, ...]]:
        table: dict[tuple[str, ...], tuple[Holder, ...]] = {}
        for h in self.holders:
            for name in (h.person, *h.aliases):
                table[fold_name(name)] = (*table.get(fold_name(name), ()), h)
        return table

    @cached_property
    def _holders_by_surname(self) -> dict[str, tuple[Holder, ...]]:
        table: dict[str, tuple[Holder, ...]] = {}
        for h in self.holders:
            for last in dict.fromkeys(fold_name(name)[-1] for name in (h.person, *h.aliases)):
                table[last] = (*table.get(last, ()), h)
        return table

    @cached_property
    def _acronyms(self) -> frozenset[str]:
        """Keys written in capitals throughout: "US" is a country, "Us" is not."""
        names = [n for o in self.organisations for n in (o.name, *o.aliases)]
        names += [n for c in self.countries for n in (c.name, *c.aliases)]
        return frozenset(fold_key(n) for n in names if n.isupper())

    @cached_property
    def _longest(self) -> dict[str, int]:
        """First word -> number of words of the longest name that begins with it."""
        table: dict[str, int] = {}
        for key in (*self._places, *self._organisation_names):
            parts = key.split()
            table[parts[0]] = max(table.get(parts[0], 0), len(parts))
        return {first: size + 2 for first, size in table.items()}


_SHORT_ACRONYM = 3  # longer ones are also written like words: Nato, Opec
_SMALL = frozenset("of the and for in on de la le du des del al at to &".split())


def _capitalised(words: Sequence[str]) -> bool:
    first = words[0]
    if not (first[:1].isupper() or first[:1].isdigit() or first in ("al", "el")):
        return False
    return all(w[:1].isupper() or not w[:1].isalpha() or w in _SMALL for w in words)


TABLES = frozenset({"country", "region", "organisation", "office", "holder", "given"})


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """The bundled tables and the user's files. Raises UsageError for a file that is not of the form."""
    if not extra:
        return _bundled()
    return _load(tuple((str(p), _text(p)) for p in extra))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("not a gazetteer", where=str(path), why=str(error)) from error


@functools.cache
def _bundled() -> Gazetteer:
    return _load(())


def _load(extra: tuple[tuple[str, str], ...]) -> Gazetteer:
    root = files("onrecord.gazetteer")
    texts = [(name, root.joinpath(name).read_text("utf-8")) for name in BUNDLED]
    countries: dict[str, Country] = {}
    regions: dict[str, Region] = {}
    organisations: dict[str, Organisation] = {}
    offices: dict[str, OfficeTitle] = {}
    holders: dict[tuple[str, str, str | None], Holder] = {}
    given: dict[str, str] = {}
    for where, text in (*texts, *extra):
        try:
            data = tomllib.loads(text)
            unknown = sorted(data.keys() - TABLES)
            if unknown:
                raise KeyError(f"unknown table {unknown[0]}; known: {', '.join(sorted(TABLES))}")
            for row in data.get("country", ()):
                countries[row["name"]] = country_row(row)
            for row in data.get("region", ()):
                regions[row["name"]] = region_row(row)
            for row in data.get("organisation", ()):
                organisations[row["name"]] = organisation_row(row)
            for row in data.get("office", ()):
                offices[row["title"]] = office_row(row)
            for row in data.get("holder", ()):
                holder = holder_row(row)
                holders[holder.person, holder.title, holder.earliest] = holder
            for sort, names in data.get("given", {}).items():
                for name in names.split():
                    key = fold_token(name)
                    given[key] = sort if given.get(key, sort) == sort else "u"
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise UsageError("not a gazetteer", where=where, why=str(error)) from error
    made = Gazetteer(
        countries=tuple(countries.values()),
        regions=tuple(regions.values()),
        organisations=tuple(organisations.values()),
        offices=tuple(offices.values()),
        holders=tuple(holders.values()),
        given_names=given,
    )
    for holder in holders.values():
        if made.office(holder.title) is None:
            raise UsageError(
                "not a gazetteer",
                where=", ".join(where for where, _ in extra) or "offices.toml",
                why=f"{holder.person!r} held an office of no table: {holder.title!r}",
                do="add an [[office]] with this title",
            )
    return made

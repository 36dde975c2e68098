"""Rows of the gazetteer's tables: what each holds, how a TOML table becomes one, how a name is folded for look-up."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.text.folding import fold_loose
from onrecord.text.instants import day_of, normalise

_POINTS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)|(?<=\b\w)\.(?=\w\.)")


@functools.lru_cache(maxsize=1 << 15)
def fold_key(phrase: str) -> str:
    """Folded for look-up: case, accents, quote marks, hyphens, "the", abbreviation points, 's."""
    text = fold_loose(phrase)
    text = text.removesuffix("'s").removesuffix("'").replace("-", " ")
    if "." in text:
        text = _POINTS.sub("", text).rstrip(".")
    return " ".join(text.split()).removeprefix("the ")


@dataclass(frozen=True)
class Country:
    """A state. `people` are words for its citizens, `metonyms` seats that speak for its government."""

    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str | None = None
    capital_aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """A part of a country, of several, or a disputed one: `country` is None unless undisputed.

    `bloc`: its name also stands for a group of states that act (the West, the Arab world).
    """

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    bloc: bool = False


@dataclass(frozen=True)
class Organisation:
    """A body. `sort`: intergovernmental, parliament, party, forces, agency, court, group, company.

    `country` is the state it belongs to, None for bodies of several. `seats` are towns that speak
    for it as a capital does for a government: Brussels for the European Union.
    """

    name: str
    aliases: tuple[str, ...] = ()
    sort: str = "group"
    country: str | None = None
    seats: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeTitle:
    """An office by its words. `role` is what it does, whatever a country calls it.

    Roles: head of state, head of government, foreign, defence, interior, finance, minister,
    spokesperson, diplomat, legislator, party, military, police, justice, regional, cleric, royal,
    organisation, official. Titles of one role compete; `foreign secretary` and `foreign minister`
    are both `foreign`.
    """

    title: str
    role: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holder:
    """Who held an office: `earliest`/`latest` are days, None where open or not known."""

    person: str
    title: str
    country: str | None = None
    organisation: str | None = None
    aliases: tuple[str, ...] = ()
    earliest: str | None = None
    latest: str | None = None


# ------------------------------------------------------------------ from TOML


ROLES = frozenset(
    (
        "head of state", "vice president", "head of government", "foreign", "defence", "interior",
        "finance", "minister", "spokesperson", "diplomat", "legislator", "party", "military", "police",
        "justice", "regional", "cleric", "royal", "scholar", "organisation", "official", "counterpart",
    )
)  # fmt: skip
"""What an office does, whatever a country calls it."""
_DAYS = ("earliest", "latest")
_KEYS: dict[str, tuple[str, ...]] = {
    "office": ("title", "role", "aliases"),
    "holder": ("person", "title", "country", "organisation", "aliases", *_DAYS),
}
_NEEDED = {"office": ("title", "role"), "holder": ("person", "title")}


def _check(sort: str, row: dict[str, Any]) -> None:
    """Raises ValueError for a row that lacks a key or has one that is not known."""
    named = row.get("title") or row.get("person") or "?"
    for key in _NEEDED[sort]:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ValueError(f"[[{sort}]] {named!r} needs {key!r}")
    for key in row:
        if key not in _KEYS[sort]:
            raise ValueError(
                f"[[{sort}]] {named!r} has {key!r}; known are {', '.join(_KEYS[sort])}"
            )


def _strings(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, ())
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        raise TypeError(f"{key} must be a list of strings")
    return tuple(value)


def _people(adjectives: Iterable[str], given: Iterable[str]) -> tuple[str, ...]:
    """Citizens' nouns: those given, else the regular plural of adjectives in -n, -i and -k."""
    listed = tuple(given)
    if listed:
        return listed
    regular = [a + "s" for a in adjectives if a.endswith(("n", "i", "k"))]
    return tuple(regular)


def country_row(row: dict[str, Any]) -> Country:
    adjectives = _strings(row, "adjectives")
    return Country(
        name=row["name"],
        aliases=_strings(row, "aliases"),
        adjectives=adjectives,
        people=_people(adjectives, _strings(row, "people")),
        capital=row.get("capital"),
        capital_aliases=_strings(row, "capital_aliases"),
        metonyms=_strings(row, "metonyms"),
        cities=_strings(row, "cities"),
    )


def region_row(row: dict[str, Any]) -> Region:
    return Region(
        name=row["name"],
        aliases=_strings(row, "aliases"),
        country=row.get("country"),
        bloc=bool(row.get("bloc", False)),
    )


def organisation_row(row: dict[str, Any]) -> Organisation:
    return Organisation(
        name=row["name"],
        aliases=_strings(row, "aliases"),
        sort=row.get("sort", "group"),
        country=row.get("country"),
        seats=_strings(row, "seats"),
    )


def office_row(row: dict[str, Any]) -> OfficeTitle:
    """Raises ValueError for a missing or unknown key and for an unknown role."""
    _check("office", row)
    if row["role"] not in ROLES:
        known = ", ".join(sorted(ROLES))
        raise ValueError(f"office {row['title']!r} has the role {row['role']!r}; known are {known}")
    return OfficeTitle(title=row["title"], role=row["role"], aliases=_strings(row, "aliases"))


def holder_row(row: dict[str, Any]) -> Holder:
    """Raises ValueError for a missing or unknown key, for what is not a day, and for an end before the
    beginning."""
    _check("holder", row)
    days: dict[str, str | None] = {}
    for bound in _DAYS:
        day = row.get(bound)
        if day is not None:
            written = normalise(str(day))
            if written is None:
                raise ValueError(f"{bound} of {row['person']!r} is not a day: {day!r}")
            day = day_of(written).isoformat()
        days[bound] = day
    if days["earliest"] and days["latest"] and days["latest"] < days["earliest"]:
        raise ValueError(
            f"{row['person']!r} held an office from {days['earliest']} to {days['latest']}"
        )
    return Holder(
        person=row["person"],
        title=row["title"],
        country=row.get("country"),
        organisation=row.get("organisation"),
        aliases=_strings(row, "aliases"),
        earliest=days["earliest"],
        latest=days["latest"],
    )

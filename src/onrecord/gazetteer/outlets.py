"""Outlets and agencies: names, aliases, domains, sign-off forms. Data in outlets.toml; users add files of the same form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.text.folding import fold_loose
from onrecord.text.urls import host_of


@dataclass(frozen=True)
class Outlet:
    """One publisher. `agency`: others print its texts and credit it."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    agency: bool = False


@dataclass(frozen=True)
class Outlets:
    """The registry. Later entries of the same name replace earlier ones."""

    entries: tuple[Outlet, ...]

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return {fold_loose(n): o for o in self.entries for n in (o.name, *o.aliases)}

    @cached_property
    def _by_domain(self) -> dict[str, Outlet]:
        return {d.lower().removeprefix("www."): o for o in self.entries for d in o.domains}

    def by_name(self, name: str) -> Outlet | None:
        """The outlet of this name or alias, in any case; None if unknown."""
        return self._by_name.get(fold_loose(name).removeprefix("the ")) or self._by_name.get(
            fold_loose(name)
        )

    def by_url(self, url: str | None) -> Outlet | None:
        """The outlet whose domain the URL's host is or ends in; None if unknown."""
        host = host_of(url)
        while host and "." in host:
            if found := self._by_domain.get(host):
                return found
            host = host.partition(".")[2]
        return None

    def find(self, text: str) -> tuple[tuple[int, int, Outlet], ...]:
        """Where outlets are named in a line, as (start, end, outlet): whole words, in the case
        registered, longest name first, none overlapping. For mastheads and sign-offs, not for prose:
        names such as Time, Express or Independent are words too."""
        found: list[tuple[int, int, Outlet]] = []
        at = 0
        while match := self._pattern.search(text, at):
            if outlet := self._written.get(match[0]):
                found.append((match.start(), match.end(), outlet))
            at = match.end()
        return tuple(found)

    @cached_property
    def _written(self) -> dict[str, Outlet]:
        return {n: o for o in self.entries for n in (o.name, *o.aliases)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """All names, longest first, by their first character: the search leaps from one to the next."""
        by_first: dict[str, list[str]] = {}
        for name in sorted(self._written, key=lambda n: (-len(n), n)):
            by_first.setdefault(name[0], []).append(re.escape(name[1:]))
        return re.compile(
            "|".join(
                rf"{re.escape(first)}(?<![\w@#].)(?:{'|'.join(rest)})(?!\w)"
                for first, rest in sorted(by_first.items())
            )
        )

    @cached_property
    def agencies(self) -> tuple[Outlet, ...]:
        """The entries others credit as a source, in order of the file."""
        return tuple(o for o in self.entries if o.agency)


def load_outlets(extra: Sequence[Path] = ()) -> Outlets:
    """The bundled registry and the user's files. Raises UsageError for a file that is not of the form."""
    entries: dict[str, Outlet] = {}
    bundled = files("onrecord.gazetteer").joinpath("outlets.toml").read_text("utf-8")
    for name, text in [("outlets.toml", bundled), *((str(p), p.read_text("utf-8")) for p in extra)]:
        try:
            rows = tomllib.loads(text)["outlet"]
            for row in rows:
                outlet = Outlet(
                    name=row["name"],
                    aliases=tuple(row.get("aliases", ())),
                    domains=tuple(row.get("domains", ())),
                    agency=bool(row.get("agency", False)),
                )
                entries[outlet.name] = outlet
        except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
            raise UsageError("not an outlet registry", where=name, why=str(error)) from error
    return Outlets(tuple(entries.values()))

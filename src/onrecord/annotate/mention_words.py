"""The word lists of mention_words.toml, as sets of lemmas."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files


@dataclass(frozen=True)
class Words:
    """One set of lower-case lemmas a field; the file's comments say what each is for."""

    people: frozenset[str]
    groups: frozenset[str]
    organisations: frozenset[str]
    governments: frozenset[str]
    quantities: frozenset[str]
    pressing: frozenset[str]
    dealing: frozenset[str]
    moving: frozenset[str]
    locative: frozenset[str]
    urban: frozenset[str]
    stately: frozenset[str]
    stance: frozenset[str]
    townly: frozenset[str]
    acts: frozenset[str]
    honorifics_m: frozenset[str]
    honorifics_f: frozenset[str]
    honorifics_u: frozenset[str]

    @functools.cached_property
    def honorifics(self) -> frozenset[str]:
        """Words of address before a name, whatever gender they tell."""
        return self.honorifics_m | self.honorifics_f | self.honorifics_u


@functools.cache
def words() -> Words:
    """The bundled lists."""
    text = files("onrecord.annotate").joinpath("mention_words.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return Words(**{f.name: frozenset(data[f.name].split()) for f in fields(Words)})

"""What the query of an address asks for: keys, days and words checked, nonsense said in one line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.errors import InputError

LONGEST_ASKED = 400
"""Characters of one value of a query."""


@dataclass(frozen=True)
class Offered:
    """A value that a form offers; `number` rows have it, as far as the form's other fields allow."""

    value: str
    words: str
    number: int
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """The values of a query by key; `kind` names what is asked for: edits, statements."""

    kind: str
    values: dict[str, list[str]]

    def one(self, key: str) -> str:
        """The value of a key, empty if there is none."""
        return next(iter(self.values.get(key, ())), "")

    def among(self, key: str, names: Sequence[str]) -> str:
        """The value of a key that has to be one of these names, or empty."""
        value = self.one(key)
        return known(self.kind, key, value, names) if value else ""

    def several(self, key: str, names: Sequence[str]) -> tuple[str, ...]:
        """The values of a key that may stand several times or hold commas, in the order of `names`."""
        given = (name.strip() for value in self.values.get(key, ()) for name in value.split(","))
        found = {known(self.kind, key, name, names) for name in sorted(set(given)) if name}
        return tuple(name for name in names if name in found)

    def words(self, key: str) -> str:
        """The value of a key that has to hold a word, or empty."""
        value = self.one(key)
        if value and not re.search(r"\w", value):
            raise nonsense(self.kind, f"{key}: {value!r}", "it holds no word")
        return value

    def days(self, first: str, last: str) -> tuple[str, str]:
        """The days of two keys, either of which may be empty."""
        since, until = self._day(first), self._day(last)
        if since and until and since > until:
            raise nonsense(self.kind, f"from {since} to {until}", "it ends before it begins")
        return since, until

    def _day(self, key: str) -> str:
        text = self.one(key)
        if not text:
            return ""
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
        raise nonsense(self.kind, f"{key}: {text!r}", "it is no day", "write it as 2031-03-14")


def asked(
    kind: str,
    pairs: Iterable[tuple[str, str]],
    keys: Sequence[str],
    several: Collection[str],
) -> Asked:
    """The values that a query gives to these keys; what is empty and the key `page` do not count.

    Raises InputError, one line, for another key, for one that stands twice with different values
    and is none of `several`, and for a value that is too long.
    """
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        if key != "page" and value.strip():
            given.setdefault(known(kind, "key", key, keys), []).append(value.strip())
    for key, values in given.items():
        if key not in several and len(set(values)) > 1:
            raise nonsense(kind, f"{key} stands twice", " and ".join(map(repr, values)))
        if len(values[0]) > LONGEST_ASKED:
            why = f"it has more than {LONGEST_ASKED} characters"
            raise nonsense(kind, f"{key}: {values[0]!r}", why)
    return Asked(kind, given)


def known(kind: str, what: str, name: str, names: Sequence[str]) -> str:
    """The name, if it is one of these. Raises InputError with a suggestion for another."""
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, 1)
    do = f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
    raise nonsense(kind, repr(name), f"there is no such {what}", do)


def nonsense(kind: str, what: str, why: str, do: str = "") -> InputError:
    """The error of a query that cannot be meant."""
    what = what if len(what) <= 100 else f"{what[:100]}…"
    return InputError(f"not a filter of {kind}: {what}", why=why, do=do)

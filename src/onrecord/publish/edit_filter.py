"""Which edits are wanted: from the query of an address to a filter, back, and into words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from onrecord.errors import InputError
from onrecord.publish import wording
from onrecord.relate.labelling import LABELS
from onrecord.store.edits import Filter

NAMES = (*LABELS, "returned", "first")
"""Labels that can be asked for: those of changes, and a page that is back, and a report first seen."""
ALSO = ("minor", "first")
KEYS = ("article", "story", "source", "label", "q", "from", "to", "least", "also")
"""Keys of a query that tells a filter, in the order of its canonical form."""

LONGEST_ASKED = 400
"""Characters of one value of a query."""


def parse(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter that a query tells; what is empty and the key `page` do not count.

    Keys: `article` and `story` (ids), `source` (an outlet's name, or a host), `label` (several times,
    or with commas), `q` (words), `from` and `to` (days), `least` (0 to 1000), `also` (minor, first).
    Raises InputError, one line, for anything else.
    """
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        if key != "page" and value.strip():
            given.setdefault(_known("key", key, KEYS), []).append(value.strip())
    for key in given.keys() - {"label", "also"}:
        if len(set(given[key])) > 1:
            raise _nonsense(f"{key} stands twice", " and ".join(map(repr, given[key])))
    one = {key: values[0] for key, values in given.items()}
    for key, value in one.items():
        if len(value) > LONGEST_ASKED:
            raise _nonsense(f"{key}: {value!r}", f"it has more than {LONGEST_ASKED} characters")
    wanted = Filter(
        article=one.get("article", ""),
        story=one.get("story", ""),
        source=_source(one.get("source", "")),
        labels=_several("label", given.get("label", ()), NAMES),
        words=one.get("q", ""),
        since=_day("from", one.get("from", "")),
        until=_day("to", one.get("to", "")),
        least=_least(one.get("least", "")),
        also=_several("also", given.get("also", ()), ALSO),
    )
    if wanted.words and not re.search(r"\w", wanted.words):
        raise _nonsense(f"q: {wanted.words!r}", "it holds no word")
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise _nonsense(f"from {wanted.since} to {wanted.until}", "it ends before it begins")
    return wanted


def _nonsense(what: str, why: str, do: str = "") -> InputError:
    what = what if len(what) <= 100 else f"{what[:100]}…"
    return InputError(f"not a filter of edits: {what}", why=why, do=do)


def _known(what: str, name: str, names: Sequence[str]) -> str:
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, 1)
    do = f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
    raise _nonsense(repr(name), f"there is no such {what}", do)


def _several(what: str, values: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    asked = {name.strip() for value in values for name in value.split(",") if name.strip()}
    found = {_known(what, name, names) for name in sorted(asked)}
    return tuple(name for name in names if name in found)


def _source(text: str) -> str:
    """A host as records have it, or an outlet's name as it is."""
    host = text.lower().removeprefix("www.")
    return host if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host) else text


def _day(key: str, text: str) -> str:
    if not text:
        return ""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise _nonsense(f"{key}: {text!r}", "it is no day", "write it as 2031-03-14")


def _least(text: str) -> int:
    if not text:
        return 0
    if re.fullmatch(r"\d{1,4}", text, re.ASCII) and int(text) <= 1000:
        return int(text)
    raise _nonsense(f"least: {text!r}", "significance is a whole number from 0 to 1000")


def query_of(wanted: Filter) -> str:
    """The canonical query of a filter: the same filter gives the same text. Empty for all edits."""
    values = (
        *(wanted.article, wanted.story, wanted.source, ",".join(wanted.labels), wanted.words),
        *(wanted.since, wanted.until, str(wanted.least or ""), ",".join(wanted.also)),
    )
    return urlencode([(k, v) for k, v in zip(KEYS, values, strict=True) if v], safe=",")


def in_words(wanted: Filter, article: str = "", story: str = "") -> str:
    """A filter in words, for headings: `number, name; Tern Post; from 1 March 2031`. `article` and
    `story` are their titles. Empty for all edits."""
    names = {"minor": "changes of looks too", "first": "reports first seen too"}
    parts = [
        f"“{article}”" if wanted.article else "",
        f"story “{story}”" if wanted.story else "",
        wanted.source,
        ", ".join(label_words(label) for label in wanted.labels),
        f"with “{wanted.words}”" if wanted.words else "",
        f"from {wording.day(wanted.since)}" if wanted.since else "",
        f"to {wording.day(wanted.until)}" if wanted.until else "",
        f"significance at least {wanted.least}" if wanted.least else "",
        *(names[name] for name in wanted.also),
    ]
    return "; ".join(part for part in parts if part)


def label_words(label: str) -> str:
    """A label in words."""
    return {"removed": "removed", "returned": "back again", "first": "first seen"}.get(
        label, wording.CHANGES.get(label, label)
    )

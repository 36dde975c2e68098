"""Which edits are wanted: from the query of an address to a filter, back, and into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from onrecord.publish import wording
from onrecord.publish.asked import asked, nonsense
from onrecord.relate.labelling import LABELS
from onrecord.store.edits import Filter

NAMES = (*LABELS, "returned", "first")
"""Labels that can be asked for: those of changes, and a page that is back, and a report first seen."""
ALSO = ("minor", "first")
KEYS = ("article", "story", "source", "label", "q", "from", "to", "least", "also")
"""Keys of a query that tells a filter, in the order of its canonical form."""


def parse(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter that a query tells; what is empty and the key `page` do not count.

    Keys: `article` and `story` (ids), `source` (an outlet's name, or a host), `label` (several times,
    or with commas), `q` (words), `from` and `to` (days), `least` (0 to 1000), `also` (minor, first).
    Raises InputError, one line, for anything else.
    """
    found = asked("edits", pairs, KEYS, ("label", "also"))
    since, until = found.days("from", "to")
    return Filter(
        article=found.one("article"),
        story=found.one("story"),
        source=_source(found.one("source")),
        labels=found.several("label", NAMES),
        words=found.words("q"),
        since=since,
        until=until,
        least=_least(found.one("least")),
        also=found.several("also", ALSO),
    )


def _source(text: str) -> str:
    """A host as records have it, or an outlet's name as it is."""
    host = text.lower().removeprefix("www.")
    return host if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host) else text


def _least(text: str) -> int:
    if not text:
        return 0
    if re.fullmatch(r"\d{1,4}", text, re.ASCII) and int(text) <= 1000:
        return int(text)
    raise nonsense("edits", f"least: {text!r}", "significance is a whole number from 0 to 1000")


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

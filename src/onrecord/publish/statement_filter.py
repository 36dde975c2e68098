"""Which statements are wanted: from the query of an address to a filter, back, and into words."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from onrecord.publish import wording
from onrecord.publish.asked import asked
from onrecord.store.sayings import UNKNOWN, Filter

KEYS = (
    *("story", "article", "speaker", "name", "addressee", "about", "outlet"),
    *("act", "manner", "condition", "q", "from", "to", "sort"),
)
"""Keys of a query that tells a filter, in the order of its canonical form."""

ACTS = tuple(wording.ACTS)
MANNERS = tuple(wording.MANNERS)
CONDITIONS = {"yes": "on a condition", "no": "without a condition"}
SORTS = {
    "said": "in the order of saying",
    "newest": "newest first",
    "speaker": "by speaker",
}


def parse(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter that a query tells; what is empty and the key `page` do not count.

    Keys: `story` and `article` (ids), `speaker` and `addressee` (an actor's id, or `name:` and a name;
    `speaker=unknown`), `name` (words of the speaker's name), `about` (an actor's id: what others said
    of them), `outlet` (a name, or unknown), `act` (several times, or with commas), `manner`,
    `condition` (yes, no), `q` (words), `from` and `to` (days), `sort` (said, newest, speaker).
    Raises InputError, one line, for anything else.
    """
    found = asked("statements", pairs, KEYS, ("act",))
    since, until = found.days("from", "to")
    return Filter(
        story=found.one("story"),
        article=found.one("article"),
        speaker=found.one("speaker"),
        name=found.words("name"),
        addressee=found.one("addressee"),
        about=found.one("about"),
        outlet=found.one("outlet"),
        acts=found.several("act", ACTS),
        manner=found.among("manner", MANNERS),
        condition=found.among("condition", tuple(CONDITIONS)),
        words=found.words("q"),
        since=since,
        until=until,
        sort=found.among("sort", tuple(SORTS)) or "said",
    )


def query_of(wanted: Filter) -> str:
    """The canonical query of a filter: the same filter gives the same text. Empty for all statements."""
    values = (
        *(wanted.story, wanted.article, wanted.speaker, wanted.name, wanted.addressee),
        *(wanted.about, wanted.outlet, ",".join(wanted.acts), wanted.manner, wanted.condition),
        *(wanted.words, wanted.since, wanted.until),
        wanted.sort if wanted.sort != "said" else "",
    )
    return urlencode([(k, v) for k, v in zip(KEYS, values, strict=True) if v], safe=",:")


def in_words(
    wanted: Filter, *, story: str = "", article: str = "", names: dict[str, str] | None = None
) -> str:
    """A filter in words, for headings: `threat; Tern Post; from 1 March 2031`. `story` and `article` are
    their titles, `names` those of actors by id. Empty for all statements."""
    called = names or {}
    parts = [
        f"story “{story}”" if wanted.story else "",
        f"“{article}”" if wanted.article else "",
        f"said by {somebody(wanted.speaker, called)}" if wanted.speaker else "",
        f"said by somebody named “{wanted.name}”" if wanted.name else "",
        f"said to {somebody(wanted.addressee, called)}" if wanted.addressee else "",
        f"said by others of {somebody(wanted.about, called)}" if wanted.about else "",
        ("outlet unknown" if wanted.outlet == UNKNOWN else wanted.outlet),
        ", ".join(wording.ACTS[act] for act in wanted.acts),
        wording.MANNERS.get(wanted.manner, ""),
        CONDITIONS.get(wanted.condition, ""),
        f"with “{wanted.words}”" if wanted.words else "",
        f"from {wording.day(wanted.since)}" if wanted.since else "",
        f"to {wording.day(wanted.until)}" if wanted.until else "",
    ]
    return "; ".join(part for part in parts if part)


def somebody(key: str, names: dict[str, str]) -> str:
    """What a filter's speaker or addressee is called."""
    if key == UNKNOWN:
        return "somebody unknown"
    return names.get(key) or key.removeprefix("name:")

"""Which headers of a response are kept with a capture: those that date, identify or link the page."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.capture.links import read_links

KEPT = frozenset(
    {
        "content-language",
        "content-location",
        "content-type",
        "date",
        "etag",
        "last-modified",
        "link",
        "memento-datetime",
    }
)
"""Header names, also with ARCHIVED in front."""

OF_THE_ANSWER = frozenset({"content-location", "date", "etag", "last-modified"})
"""Headers that tell of an answer rather than of the page in it, where a web archive gives both."""

ARCHIVED = "x-archive-orig-"
"""What web archives put in front of a header that the archived response had."""

LINKED = frozenset({"canonical", "original", "timegate", "timemap"})
"""Relations of a `Link` header that are kept; and `memento`, where it is not the first, next or last."""

LONGEST = 2000
"""Characters; a longer value is left out rather than cut."""


def kept_headers(pairs: Iterable[tuple[str, str]], *, archived: bool = False) -> dict[str, str]:
    """The kept headers, names in lower case, values as written; repeated ones joined by `, `
    (RFC 9110, 5.3). With `archived` they are those of a web archive: its own date and validators are
    left out, they tell of its answer and not of the page."""
    found: dict[str, str] = {}
    for written, value in pairs:
        name = written.lower()
        if name.removeprefix(ARCHIVED) not in KEPT or (archived and name in OF_THE_ANSWER):
            continue
        if name == "link":
            value = ", ".join(
                link.written for link in read_links(value)[0] if _is_kept(link.relations)
            )
        value = value.strip()
        if value:
            found[name] = f"{found[name]}, {value}" if name in found else value
    return {name: value for name, value in sorted(found.items()) if len(value) <= LONGEST}


def _is_kept(relations: frozenset[str]) -> bool:
    return bool(relations & LINKED) or relations == {"memento"}

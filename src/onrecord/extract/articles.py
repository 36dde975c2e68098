"""Readings of one article -> the Article and its Versions.

Captures are put in order of time; a version is a run of captures with the very same text (A, B, A
are three versions, an unchanged recapture joins the run). A consent wall, a login form or an error
page is a capture of the article but no version of it. What a manifest gives wins over what the page
says; `evidence` keeps where the page says it, `given` what the manifest said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from onrecord.extract.repeated import without_repeated
from onrecord.records import (
    Article,
    Bounds,
    Citation,
    Dateline,
    Given,
    Reading,
    Record,
    RepeatedLines,
    Version,
)
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite_capture
from onrecord.text.ids import make_id
from onrecord.text.instants import moment, normalise

ARTICLE = "article"
FEED = "feed"
TEXTLESS = "textless"
TOLD = (ARTICLE, FEED, TEXTLESS)
"""Readings whose title is the report's: a wall or an error page has a title of its own."""


@dataclass(frozen=True, slots=True)
class Options:
    """The articles stage has no options."""


def _time_key(value: str | None) -> tuple[int, str]:
    return (0, moment(value).isoformat()) if value else (1, "")


def in_order(readings: Sequence[Reading]) -> list[Reading]:
    """Readings by time of capture, then by what the page says of its last change and publication,
    then by path and id. Captures of unknown time stand where their page's own times put them."""

    def key(r: Reading) -> tuple[object, ...]:
        own = r.modified.latest or r.published.latest
        return (_time_key(r.captured_at or own), _time_key(own), r.capture_path, r.id)

    return sorted(readings, key=key)


def runs(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Neighbouring readings of equal text, in order."""
    found: list[list[Reading]] = []
    for reading in readings:
        if found and found[-1][0].text == reading.text:
            found[-1].append(reading)
        else:
            found.append([reading])
    return found


def _version(run: Sequence[Reading], number: int, turn: int, language: str | None) -> Version:
    first = run[0]
    return Version(
        id=make_id("ver", first.article_id, first.text, turn),
        article_id=first.article_id,
        capture_id=first.capture_id,
        captures=tuple(r.capture_id for r in run),
        number=number,
        seen_at=first.captured_at,
        text=first.text,
        blocks=first.blocks,
        left_out=first.left_out,
        segments=first.segments,
        language=language,
        decoder=first.decoder,
        sha256=first.sha256,
    )


def versions_of(readings: Sequence[Reading], language: str | None) -> list[Version]:
    """The versions of one article from its readings in order; `language` is the manifest's, or None."""
    turns: Counter[str] = Counter()
    found: list[Version] = []
    for run in runs([r for r in readings if r.kind == ARTICLE and r.text]):
        text = run[0].text
        turns[text] += 1
        said = language or next((r.language for r in run if r.language), None)
        found.append(_version(run, len(found) + 1, turns[text], said))
    return found


def merge_given(readings: Sequence[Reading]) -> Given:
    """What manifests and feeds said of the article: for each field the first capture that says it."""

    def first(name: str) -> str | None:
        return next((value for r in readings if (value := getattr(r.given, name))), None)

    return Given(
        outlet=first("outlet"),
        published=first("published"),
        language=first("language"),
        credit=first("credit"),
    )


def _published(given: Given, readings: Sequence[Reading]) -> Bounds:
    """The manifest's time; else the earliest that the pages say; else the feeds'; else what the captures bound."""
    if given.published and (value := normalise(given.published)):
        return Bounds(earliest=value, latest=value, text=given.published, basis="manifest")
    said = [r for r in readings if r.published.earliest or r.published.latest]
    if said:
        return min(
            said,
            key=lambda r: (
                r.kind == FEED,
                _time_key(r.published.earliest or r.published.latest),
                r.id,
            ),
        ).published
    notes = [r.published.basis for r in readings if r.published.basis]
    seen = [r.captured_at for r in readings if r.captured_at and r.kind == ARTICLE]
    if seen:
        latest = min(seen, key=moment)
        return Bounds(
            latest=latest, basis="captured then, so published no later; the page gives no time"
        )
    return Bounds(basis=notes[0] if notes else None)


def _modified(readings: Sequence[Reading]) -> Bounds:
    said = [r.modified for r in readings if r.modified.latest]
    return max(said, key=lambda b: (_time_key(b.latest), b.latest or "")) if said else Bounds()


def _evidence(readings: Sequence[Reading], resources: Resources) -> dict[str, tuple[Citation, ...]]:
    """Per field the citations of the first capture that has evidence for it."""
    found: dict[str, tuple[Citation, ...]] = {}
    for reading in readings:
        wanted = {
            name: spans for name, spans in reading.evidence.items() if name not in found and spans
        }
        if not wanted:
            continue
        source = resources["captures"].text(reading.sha256, reading.decoder)
        for name, spans in wanted.items():
            found[name] = tuple(
                cite_capture(
                    reading.capture_id,
                    reading.sha256,
                    reading.decoder,
                    source,
                    span.start,
                    span.end,
                )
                for span in spans
                if 0 <= span.start < span.end <= len(source)
            )
    return {name: citations for name, citations in sorted(found.items()) if citations}


def _only_published(feeds: Sequence[Reading]) -> list[Reading]:
    """Feed items with no evidence but for the time of publication, the one value they can give."""
    return [
        structs.replace(r, evidence={n: s for n, s in r.evidence.items() if n == "published"})
        for r in feeds
    ]


def _merged(values: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for row in values for value in row))


def work(group: Group, options: Options, resources: Resources) -> Iterator[Record]:
    """One Article and its Versions. Needs the resource `captures`, for the words of its evidence."""
    repeated = {r.site: r.lines for r in group.all(RepeatedLines)}
    ordered = in_order([without_repeated(r, repeated.get(r.site, {})) for r in group.all(Reading)])
    readable = [r for r in ordered if r.kind == ARTICLE] or ordered
    feeds = [r for r in ordered if r.kind == FEED and r not in readable]
    given = merge_given(ordered)
    versions = versions_of(ordered, given.language)
    # The latest state of the page tells what it is now called; the first tells when it came out.
    newest = list(reversed(readable))
    credits = _merged([tuple([given.credit] if given.credit else []), *(r.credits for r in newest)])
    announced = [r.announced_versions for r in readable if r.announced_versions]
    yield Article(
        id=ordered[0].article_id,
        path=readable[0].capture_path,
        url=next((r.url for r in ordered if r.url), None),
        outlet=given.outlet or next((r.outlet for r in newest if r.outlet), None),
        title=next((r.title for r in newest if r.title and r.kind in TOLD), None),
        bylines=next((r.bylines for r in newest if r.bylines), ()),
        dateline=next((r.dateline for r in newest if r.dateline != Dateline()), Dateline()),
        credits=credits,
        published=_published(given, [*readable, *feeds]),
        modified=_modified(readable),
        language=given.language or next((r.language for r in newest if r.language), None),
        tags=next((r.tags for r in newest if r.tags), ()),
        announced_versions=max(announced) if announced else None,
        missing=_merged([r.missing for r in readable]),
        versions=tuple(v.id for v in versions),
        captures=tuple(r.capture_id for r in ordered),
        evidence=_evidence([*newest, *_only_published(feeds)], resources),
        given=given,
    )
    yield from versions

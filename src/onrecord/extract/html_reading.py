"""A page -> its Reading: the report's text in blocks, what was left out, what the page tells of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onrecord.extract.html_about import canonical_url, read_outlet, read_tags
from onrecord.extract.html_blocks import choose_lines
from onrecord.extract.html_captions import keep_captions
from onrecord.extract.html_head import (
    Title,
    element_text_of_title,
    find_bylines,
    find_deck,
    find_title,
    labelled_bylines,
    name_title,
    opening_name,
)
from onrecord.extract.html_language import read_language
from onrecord.extract.html_lines import NOT_CHOSEN, Line, Marks, key, read_lines
from onrecord.extract.html_names import Authors, names_site, read_authors
from onrecord.extract.html_signals import Shows, announced_versions, missing_parts, page_kind
from onrecord.extract.html_source import Element, Page, folded, read_page
from onrecord.extract.html_times import (
    LONGEST_LABELLED,
    Shown,
    address_bounds,
    consistent,
    displayed,
    labelled,
    of_elements,
    published_bounds,
    settle_roles,
)
from onrecord.extract.structured import Fact, Facts, read_structured
from onrecord.extract.text_bylines import find_byline
from onrecord.extract.text_datelines import find_dateline
from onrecord.extract.text_times import NO_YEAR, year_before
from onrecord.extract.trailer import (
    closing_credit,
    image_credit,
    lead_credits,
    organisation_credit,
    trailer_credits,
)
from onrecord.gazetteer.outlets import Outlets
from onrecord.records import Block, Bounds, Capture, CaptureSpan, Dateline, LeftOut, Reading
from onrecord.text.ids import make_id
from onrecord.text.offsets import Segment, join_segments, to_capture
from onrecord.text.urls import host_of

EXTRACTOR = "html 2"
"""Name and version of this reader; both sides of a comparison are read by the same."""

Parts = list[tuple[int, int, Element | None]]
_BODY = frozenset(("paragraph", "heading", "list", "quote", "embed"))
_TRAILER_LINES = 4
TRAILER = "agency trailer"
_EDGE = 2_000
"""Code points at the beginning and end of a paragraph that credits and datelines are looked for in."""
_LONGEST_TIME_LINE = 200
_TOLD = 80
"""Code points of a paragraph that tells something: what stands before the first is still the head."""


@dataclass(slots=True)
class Draft:
    """A page on its way to a Reading."""

    page: Page
    lines: list[Line]
    marks: Marks
    facts: Facts
    cut: list[tuple[int, int, str]] = field(default_factory=list)
    title: Title | None = None
    first: int = 0
    last: int = 0

    def text_of(self, parts: Parts) -> tuple[str, tuple[Segment, ...]]:
        return folded(self.page.source, parts)


def read_html(capture: Capture, source: str, outlets: Outlets) -> Reading:
    """The Reading of a web page from its decoded source. Never raises on malformed markup."""
    page = read_page(source)
    facts = read_structured(page, capture.final_url or capture.url)
    url = capture.final_url or capture.url
    draft = Draft(page, read_lines(page), Marks(), facts)
    choose_lines(page, draft.lines, draft.marks)
    document = element_text_of_title(page)
    site, site_fact = read_outlet(url, facts, outlets, document)
    names_of_site = facts.sites[0].value if facts.sites else site
    draft.title = find_title(page, draft.lines, draft.marks, facts.titles, names_of_site, url)
    _settle_title(draft)
    _find_borders(draft)
    authors = read_authors(
        [*facts.authors, *facts.organisations], outlets, names_of_site, host_of(url)
    )
    shown = settle_roles(_shown_times(draft), facts.published, facts.modified)
    names = _settle_bylines(
        draft, authors, outlets, lambda name: names_site(name, names_of_site, host_of(url))
    )
    _settle_deck(draft)
    draft.cut += keep_captions(page, draft.lines, draft.marks, *_caption_scope(draft))
    _clear_above_title(draft)
    _settle_trailer(draft, outlets)
    text, blocks, segments = _assemble(draft)
    evidence: dict[str, tuple[CaptureSpan, ...]] = {}
    published, spans = published_bounds(facts.published, shown)
    if not published.earliest:
        published, spans = address_bounds(url, facts.urls)
    evidence["published"] = spans
    modified, evidence["modified"] = published_bounds(facts.modified, shown, role="updated")
    modified = consistent(modified, published)
    dateline, evidence["dateline"], agency = _dateline(text, blocks, segments, outlets, published)
    credits, evidence["credits"] = _credits(draft, authors, agency, outlets)
    announced, evidence["announced_versions"] = announced_versions(draft.lines)
    told = [text[b.start : b.end] for b in blocks if b.kind != "title"]
    missing, evidence["missing"] = missing_parts(
        draft.lines, sum(map(len, told)), _facts_spans(facts.paid)
    )
    evidence["bylines"] = _facts_spans(authors.facts) or tuple(
        CaptureSpan(start=b.capture_start, end=b.capture_end) for b in blocks if b.kind == "byline"
    )
    called, place = name_title(draft.title, page, facts.titles, names_of_site, url)
    evidence["title"] = (CaptureSpan(start=place[0], end=place[1]),) if place else ()
    evidence["outlet"] = _facts_spans([site_fact] if site_fact else [])
    language, fact = read_language(text, facts.languages)
    evidence["language"] = _facts_spans([fact] if fact else [])
    tags, tag_facts = read_tags(facts.tags, called)
    evidence["tags"] = _facts_spans(tag_facts)
    canonical = canonical_url(facts)
    evidence["url"] = _facts_spans([canonical] if canonical else [])
    return Reading(
        id=make_id("rea", capture.id),
        capture_id=capture.id,
        article_id=capture.article_id,
        text=text,
        blocks=blocks,
        segments=segments,
        left_out=_left_out(draft),
        url=capture.url or (canonical.value if canonical else None),
        outlet=site,
        title=called,
        bylines=names,
        dateline=dateline,
        credits=credits,
        published=published,
        modified=modified,
        language=language,
        tags=tags,
        announced_versions=announced,
        missing=missing,
        evidence={name: spans for name, spans in sorted(evidence.items()) if spans},
        capture_path=capture.path,
        captured_at=capture.captured_at,
        decoder=capture.decoder,
        sha256=capture.sha256,
        given=capture.given,
        extractor=EXTRACTOR,
        kind=page_kind(
            Shows(
                headline=draft.title.text if draft.title else "",
                document=document[0] if document else "",
                kept=told,
                every=(line.text for line in draft.lines),
                named=facts.says_article,
                claims=facts.says_article and bool(facts.published),
                status=capture.status,
                passwords=page.passwords,
            )
        ),
    )


def _facts_spans(facts: Sequence[Fact]) -> tuple[CaptureSpan, ...]:
    spans = dict.fromkeys((f.start, f.end) for f in facts if f.start < f.end)
    return tuple(CaptureSpan(start=a, end=b) for a, b in spans)


def _settle_title(draft: Draft) -> None:
    """The title's line becomes a block; other lines that only repeat the headline go."""
    title = draft.title
    if title is None:
        return
    headline = key(title.text)
    for i, line in enumerate(draft.lines):
        if i == title.line:
            line.kind, line.reason = "title", ""
        elif line.key == headline and line.kind in (None, "heading", "paragraph"):
            line.kind, line.reason = None, "the headline repeated"


def _find_borders(draft: Draft) -> None:
    """Indexes of the first and last line of the report's text (behind the headline, if it is shown)."""
    after = draft.title.line if draft.title and draft.title.line is not None else -1
    body = [i for i, line in enumerate(draft.lines) if line.kind in _BODY and i > after]
    draft.first = body[0] if body else len(draft.lines)
    draft.last = body[-1] if body else after


def _head_range(draft: Draft) -> tuple[int, int]:
    line = draft.title.line if draft.title else None
    low = max(0, line - 4) if line is not None else max(0, draft.first - 12)
    return low, min(len(draft.lines), draft.first + 2, low + 45)


def _shown_times(draft: Draft) -> list[Shown]:
    """Times shown in the head of the report, or right behind its text."""
    low, high = _head_range(draft)
    told = (
        i
        for i, line in enumerate(draft.lines)
        if i >= draft.first and line.kind == "paragraph" and len(line.text) >= _TOLD
    )
    high = max(high, min(next(told, high), low + 45))
    lines = draft.lines[low:high] + draft.lines[max(high, draft.last) : draft.last + 4]
    rows = [(line, draft.text_of(line.run.parts)) for line in lines if len(line.text) <= 200]
    for line, (text, _) in rows:
        if line.kind in (None, "paragraph", "heading") and displayed(
            [(text, ((0, len(text), 0, 1),))]
        ):
            line.kind, line.reason = None, "publication date"
    after = draft.title.line if draft.title and draft.title.line is not None else -1
    exact = [
        s
        for i, line in enumerate(draft.lines[low:high], low)
        if i > after and len(line.text) <= _LONGEST_TIME_LINE
        for s in of_elements(line)
    ]
    found = [*exact, *displayed(own for _, own in rows)]
    if found or draft.facts.published:
        return found
    short = (line for line in draft.lines if len(line.text) <= LONGEST_LABELLED)
    return labelled(draft.text_of(line.run.parts) for line in short)


def _settle_bylines(
    draft: Draft, authors: Authors, outlets: Outlets, own: Callable[[str], bool]
) -> tuple[str, ...]:
    """Makes the lines that name the authors byline blocks; gives the names. `own` tells the
    outlet's names."""
    low, high = _head_range(draft)
    found = find_bylines(draft.lines, low, high, authors.names, outlets, own)
    if not found and draft.lines:
        tail = max(high, draft.last - 1), min(len(draft.lines), draft.last + 3)
        found = find_bylines(draft.lines, *tail, authors.names, outlets, own)
    if not found and not authors.names:
        found = labelled_bylines(draft.lines, outlets, own)
    if not found and not authors.names and draft.first < len(draft.lines):
        spans = opening_name(draft.lines[draft.first], outlets, own)
        found = {draft.first: spans} if spans else {}
    if not found and not authors.names and not authors.desks:
        found = find_bylines(draft.lines, low, high, (), outlets, own, desks=True)
    names = list(authors.names)
    above = draft.title.line if draft.title and draft.title.line is not None else -1
    for i, spans in sorted(found.items()):
        line = draft.lines[i]
        text, rows = draft.text_of(line.run.parts)
        if text != line.text:
            continue
        if not authors.names:
            names += [text[a:b] for a, b in spans if text[a:b] not in names]
        low_cut, high_cut = spans[0][0], spans[-1][1]
        start, end = to_capture(rows, low_cut, high_cut)
        line.reason = "byline"
        if line.kind == "title" or i < above:
            continue
        parts = [
            (max(a, start), min(b, end), e) for a, b, e in line.run.parts if a < end and b > start
        ]
        line.kind, line.parts = "byline", parts
        if line.run.start < start:
            draft.cut.append((line.run.start, start, "byline"))
        if end < line.run.end:
            draft.cut.append((end, line.run.end, "byline"))
    for i in range(low, min(high, draft.first + 1)):
        line = draft.lines[i]
        if line.kind in _BODY and line.kind != "list" and find_byline(line.text, outlets):
            line.kind, line.reason = None, "byline"
    if authors.beside or not names:
        names += [desk for desk in authors.desks if desk not in names]
    return tuple(names)


def _settle_deck(draft: Draft) -> None:
    _find_borders(draft)
    line = draft.title.line if draft.title else None
    for i in find_deck(draft.lines, line, draft.first, draft.facts.descriptions):
        if draft.lines[i].kind in (None, "paragraph", "heading", "list") and draft.lines[
            i
        ].reason in ("", NOT_CHOSEN):
            draft.lines[i].kind = "deck"


def _caption_scope(draft: Draft) -> tuple[int, int]:
    """Where captions are the report's own: from the headline, or the report's element, to its end."""
    title = draft.title.line if draft.title and draft.title.line is not None else draft.first
    return min(title, draft.first), draft.last + 2


def _clear_above_title(draft: Draft) -> None:
    """The headline comes first: what was chosen above it is left out, so that offsets stay in order."""
    title = draft.title
    if title is None:
        return
    border = title.parts[0][0]
    for line in draft.lines:
        if line.kind and line.kind != "title" and line.run.start < border:
            line.kind, line.reason = None, "above the headline"


def _settle_trailer(draft: Draft, outlets: Outlets) -> None:
    """The last lines that only say which agencies or persons wrote the report are no paragraphs."""
    body = [i for i, line in enumerate(draft.lines) if line.kind in ("paragraph", "quote", "list")]
    for i in body[-_TRAILER_LINES:]:
        line = draft.lines[i]
        if len(line.text) > _EDGE or line.links >= 90:
            continue
        if trailer_credits(line.text, outlets)[0]:
            line.kind, line.reason = None, TRAILER


def _assemble(draft: Draft) -> tuple[str, tuple[Block, ...], tuple[Segment, ...]]:
    """Text, blocks and offset map of the lines that are kept, the headline first."""
    kept: list[tuple[str, Parts]] = []
    if draft.title is not None:
        kept.append(("title", draft.title.parts))
    kept += [(line.kind, line.parts) for line in draft.lines if line.kind and line.kind != "title"]
    texts: list[str] = []
    blocks: list[Block] = []
    rows: list[Segment] = []
    at = 0
    for kind, parts in kept:
        text, own = draft.text_of(parts)
        if not text:
            continue
        if blocks:
            at += 2
        shifted = [(a + at, b + at, c, d) for a, b, c, d in own]
        rows.extend(shifted)
        blocks.append(
            Block(
                kind=kind,
                start=at,
                end=at + len(text),
                capture_start=shifted[0][2],
                capture_end=shifted[-1][3],
            )
        )
        texts.append(text)
        at += len(text)
    return "\n\n".join(texts), tuple(blocks), join_segments(rows)


def _left_out(draft: Draft) -> tuple[LeftOut, ...]:
    """Everything visible that is no block, neighbours of one reason joined."""
    rows = [(line.run.start, line.run.end, line.reason) for line in draft.lines if not line.kind]
    cuts = sorted(draft.cut)
    kept = sorted((line.run.start, line.run.end, "") for line in draft.lines if line.kind)
    found: list[LeftOut] = []
    last_reason = ""
    for start, end, reason in sorted([*rows, *cuts, *kept]):
        if reason and reason == last_reason:
            found[-1] = LeftOut(
                capture_start=found[-1].capture_start, capture_end=end, reason=reason
            )
        elif reason:
            found.append(LeftOut(capture_start=start, capture_end=end, reason=reason))
        last_reason = reason
    return tuple(found)


def _dateline(
    text: str,
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    outlets: Outlets,
    published: Bounds,
) -> tuple[Dateline, tuple[CaptureSpan, ...], str | None]:
    """Place, day and agency at the head of the first paragraph."""
    block = next((b for b in blocks if b.kind == "paragraph"), None)
    if block is None:
        return Dateline(), (), None
    found = find_dateline(text[block.start : min(block.end, block.start + _EDGE)], outlets)
    if found is None:
        return Dateline(), (), None
    day = found.time.day if found.time else None
    if found.time and found.time.status == NO_YEAR and day:
        day = year_before(day, published.latest) if published.latest else None
    low, high = to_capture(segments, block.start + found.start, block.start + found.end)
    return Dateline(place=found.place, date=day), (CaptureSpan(start=low, end=high),), found.agency


def _credits(
    draft: Draft, authors: Authors, agency: str | None, outlets: Outlets
) -> tuple[tuple[str, ...], tuple[CaptureSpan, ...]]:
    """Agencies named as the source: in byline, dateline, lead, closing lines."""
    names: dict[str, None] = {}
    spans: list[CaptureSpan] = []

    def add(name: str) -> bool:
        known = outlets.by_name(name)
        if known is None or not known.agency:
            return False
        names.setdefault(known.name)
        return True

    for name in authors.organisations:
        if add(name):
            spans.extend(_facts_spans(authors.facts))
    for piece in (agency or "").replace(" and ", "/").split("/"):
        add(piece.strip())
    low, high = _head_range(draft)
    body = [i for i, line in enumerate(draft.lines) if line.kind in ("paragraph", "quote", "list")]
    tail = set(body[-_TRAILER_LINES:]) | set(
        range(draft.last + 1, min(len(draft.lines), draft.last + 3))
    )
    tail |= {i for i, line in enumerate(draft.lines) if line.reason == TRAILER}
    for i, line in enumerate(draft.lines):
        found = []
        if low <= i < high and line.kind in (None, "byline") and len(line.text) <= 160:
            if not image_credit(line.text) and (byline := find_byline(line.text, outlets)):
                found += [o for o in byline.organisations if add(o)]
            elif known := organisation_credit(line.text, outlets):
                found += [known.name] if add(known.name) else []
        if i in body[:2]:
            found += [c.name for c in lead_credits(line.text[:_EDGE], outlets) if add(c.name)]
        if i in tail and line.links < 90:
            if len(line.text) <= _EDGE:
                found += [c.name for c in trailer_credits(line.text, outlets)[1] if add(c.name)]
            if line.kind:
                found += [
                    c.name for c in closing_credit(line.text[-_EDGE:], outlets) if add(c.name)
                ]
        if found:
            spans.append(CaptureSpan(start=line.run.start, end=line.run.end))
    return tuple(names), tuple(spans)

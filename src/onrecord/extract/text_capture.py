"""A text capture -> Reading: the page as text, with its furniture or without.

Lines are labelled, never deleted: each non-blank one ends up in a block or in `left_out` with a plain
reason. Certain rules come first, then the line model; text that shows no furniture is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from onrecord.errors import LimitExceeded
from onrecord.extract.detected_language import language_of
from onrecord.extract.html_signals import Shows, page_kind
from onrecord.extract.line_model import CERTAIN, kept_lines, line_scores, load_model
from onrecord.extract.text_build import Built, Piece, build
from onrecord.extract.text_captions import glued_caption
from onrecord.extract.text_datelines import find_dateline
from onrecord.extract.text_furniture import NO_WORDS, TAGS, certain, is_prose, word_count
from onrecord.extract.text_head import (
    NAMEPLATE,
    WINDOW,
    find_title,
    headline_like,
    nameplate,
    repeats,
)
from onrecord.extract.text_lines import Unit, units
from onrecord.extract.text_meta import Reader
from onrecord.extract.text_options import TextOptions
from onrecord.extract.text_print import print_view
from onrecord.extract.text_tracker import Tracked, read_tracker
from onrecord.extract.trailer import image_credit
from onrecord.gazetteer.outlets import Outlets, load_outlets
from onrecord.records import Bounds, Capture, CaptureSpan, Dateline, Reading
from onrecord.text.ids import make_id

EXTRACTOR = "text 2"

MOST_LINES = 50_000
"""Lines that a text capture may have. The largest of the shared benchmark has 525; at this
limit reading takes below 10 s of CPU, whatever is in the lines."""
ABOVE = "above the headline"
BY_SHAPE = "outside the report, by its shape and place"
IMAGE_CREDIT = "image credit"
LIST_MARK = "list mark"

_TWEET = re.compile(r"[—–-]{1,2}\s?.{1,80}\(@\w{1,30}\)\s*.{0,40}")
POST = 60
"""Words a post set into a page has at most; its text stands right above its signature."""
_TWEET_TEXT = re.compile(r"@\w|#\w|https?://|\bt\.co/|pic\.twitter\.com")
_CAPTION = re.compile(
    r"(?:file )?(?:photo(?:graph)?|image|picture|video)s?\s?(?:from|by|of|shows?|taken)\b.{2,300}|"
    r"(?:photo|image|picture|file photo|foto)s?\s?[:|]\s?(?:\S+\s+){7,}.*|FILE\s?[-–—:]\s.{10,500}|"
    r".{4,300}[(\[](?:image|photo|picture|pic|credit|file photo|photograph|foto|bild)s?\b[^()\[\]]{0,60}[)\]]\.?|"
    r".{4,300}\b(?:photo(?:graph)?|image|picture|pic|credit|photo by|foto|bild)s?:\s[^.]{2,60}|"
    r".{4,400}\s©\s?[^.©]{2,60}\.?|.{4,400}\b(?:bildrechte|bildquelle|cr[ée]dits? photo|photo credits?|cr[ée]ditos?)\s?[:/©]\s?[^.]{2,60}\.?|"
    r"(?:legende|bildunterschrift|pie de foto|légende)\s?:\s.{10,400}|.{4,400}\((?:archivbild|archivfoto|symbolbild|symbolfoto|file photo|file image|archive photo)\)\.?|"
    r".{4,300}[/|(]\s?(?:AP|AFP|Reuters|Getty Images?|GETTY IMAGES|EPA|Shutterstock|AP Photo|AFP Photo)(?:\s?/[^/.]{2,40})?\)?",
    re.IGNORECASE | re.DOTALL,
)
_OF_PICTURES = (
    *("photo", "image", "pic", "credit", "crédit", "foto", "bild", "video", "file", "legende"),
    *("légende", "©", "/"),
)
_AGENCY_SIGN = re.compile(r"[|(]\s?(?:ap|afp|reuters|getty|epa|shutterstock)")
"""Every caption that is told by its words holds one of these words or signs, in lower case."""
_TAG_LINE = re.compile(
    r"(?:tags?|topics|keywords|filed under|categories)\s?:\s*(?P<tags>.{1,400})", re.IGNORECASE
)
SHORT_PAGE = 400
"""Code points of text below which all of a page is asked whether it is a wall instead of a report."""
_ABOUT_CONSENT = (
    *("consent", "cookie", "privacy", "einwillig", "zustimm", "vos données", "privacidad"),
)


def read_text(
    capture: Capture, source: str, options: object = None, outlets: Outlets | None = None
) -> Reading:
    """What a text capture says. `source` is the decoded capture; `options` a TextOptions, or None.

    `outlets` may also be given in place of `options`.
    """
    if isinstance(options, Outlets):
        options, outlets = None, options
    outlets = outlets or load_outlets()
    chosen = options if isinstance(options, TextOptions) else TextOptions()
    lines = units(source)
    if len(lines) > MOST_LINES:
        raise LimitExceeded(
            "too many lines",
            where=capture.path,
            why=f"{len(lines):,}, and no report has more than {MOST_LINES:,}",
            do="capture the report alone, or its page",
        )
    if tracked := read_tracker(source, lines, outlets):
        return _tracked_reading(capture, source, lines, tracked)
    return _page_reading(capture, source, lines, chosen, outlets)


def _tracked_reading(
    capture: Capture, source: str, lines: Sequence[Unit], tracked: Tracked
) -> Reading:
    built = build(source, tracked.pieces)
    return _reading(
        capture,
        built,
        lines,
        url=capture.url or tracked.url,
        outlet=tracked.outlet,
        title=tracked.title,
        announced=tracked.announced,
        missing=tracked.missing,
        published=tracked.published,
        evidence=tracked.evidence,
    )


def _page_reading(
    capture: Capture, source: str, lines: Sequence[Unit], options: TextOptions, outlets: Outlets
) -> Reading:
    sure = certain(lines) if len(lines) > 1 else {}
    for i, unit in enumerate(lines):
        if unit.count <= 8 and len(lines) > 1 and _only_credits(unit.text):
            sure[i] = IMAGE_CREDIT
    frame, printed = print_view(lines)
    sure.update(frame)
    plate = nameplate(lines, outlets)
    if plate is not None:
        sure[plate] = NAMEPLATE
    kept = _kept(lines, sure, options)
    first = next((i for i, k in enumerate(kept) if k and is_prose(lines[i])), None)
    if first is None:
        first = next((i for i, k in enumerate(kept) if k), 0)
    for i in range(max(0, first - 3), first):
        kept[i] = kept[i] or (i not in sure and find_dateline(lines[i].text, outlets) is not None)
    url = capture.final_url or capture.url or (printed.url if printed else None)
    clean = _clean(sure)
    title = _title(lines, sure, first, _start(kept, first), url, outlets, clean)
    if title == first:
        first = next((i for i in range(first + 1, len(lines)) if kept[i]), first)
    twice = repeats(lines, title, clean=clean)
    body = [
        i
        for i, k in enumerate(kept)
        if k and i != title and i not in twice and (title is None or i > title)
    ]
    last = max((i for i in body if is_prose(lines[i])), default=first)

    reader = Reader(source, lines, outlets, capture.captured_at)
    lowest = 0 if clean or title is None else max(0, title - 12)
    reader.read_head(lowest, title, first, body)
    reader.read_tail(last, [i for i in body if i <= last])
    meta = reader.meta
    start = title if title is not None and not clean else 0
    for i in range((title or 0) + 1, last + 1):
        kept[i] = kept[i] or (i not in sure and _is_caption(lines[i]))
    for i in _summary(lines, title, [*meta.kinds, *body[:1]]):
        kept[i] = i not in sure
    pieces: list[Piece] = []
    kinds: dict[int, str] = {}
    for i, unit in enumerate(lines):
        reason = ""
        if i == title:
            kinds[i] = "title"
        elif i in meta.kinds:
            kinds[i] = meta.kinds[i]
        elif i in meta.reasons:
            reason = meta.reasons[i]
        elif i in twice:
            reason = twice[i]
        elif i in sure:
            reason = sure[i]
        elif i < start:
            reason = ABOVE
        elif not kept[i]:
            reason = BY_SHAPE
        else:
            kinds[i] = "paragraph"
        if reason:
            pieces.append(Piece(unit.start, unit.end, reason=reason))
    _refine(lines, kinds, title)
    order = sorted(kinds)
    if title is not None:
        for i in [i for i in order if i < title]:
            pieces.append(
                Piece(
                    lines[i].start,
                    lines[i].end,
                    reason=meta.reasons.get(i, "masthead above the headline"),
                )
            )
            del kinds[i]
    pieces += _pieces(source, lines, kinds)
    reader.read_outlet({i: "" for i in range(len(lines)) if i not in kinds})
    if plate is not None and meta.outlet is None:
        reader.read_nameplate(plate)
    if meta.outlet is None and url and (known := outlets.by_url(url)):
        meta.outlet = known.name
    dateline = reader.finish(url)
    if printed and not capture.url:
        meta.evidence["url"] = [CaptureSpan(start=printed.start, end=printed.end)]
    if title is not None:
        meta.evidence["title"] = [CaptureSpan(start=lines[title].start, end=lines[title].end)]
    return _reading(
        capture,
        build(source, pieces),
        lines,
        url=capture.url or (printed.url if printed else None),
        outlet=meta.outlet,
        title=lines[title].text if title is not None else None,
        bylines=tuple(meta.bylines),
        dateline=dateline,
        credits=tuple(meta.credits),
        published=meta.published,
        modified=meta.modified,
        tags=_tags(lines, sure),
        evidence={k: tuple(v) for k, v in sorted(meta.evidence.items())},
    )


@lru_cache(maxsize=20_000)
def _only_credits(text: str) -> bool:
    """Whether a short line credits a picture and says nothing of what it shows."""
    return image_credit(text) and not _CAPTION.fullmatch(text)


def _is_caption(unit: Unit) -> bool:
    """Whether a line says of itself that it belongs to a picture."""
    text = unit.text
    if len(text) > 500 or unit.count > 60:
        return False
    low = text.lower()
    told = any(map(low.__contains__, _OF_PICTURES)) or (
        ("(" in low or "|" in low) and _AGENCY_SIGN.search(low) is not None
    )
    return told and _CAPTION.fullmatch(text) is not None


def _summary(lines: Sequence[Unit], title: int | None, heads: Sequence[int]) -> list[int]:
    """The wire summary: lines with a bullet, of five words or more each, below the title and right
    above the byline, the dateline or the first paragraph (`heads`)."""
    found: list[int] = []
    for head in heads:
        run: list[int] = []
        i = head - 1
        while (
            title is not None
            and i > title
            and lines[i].mark
            and not lines[i].mark[0].isdigit()
            and len(lines[i].words) >= 5
        ):
            run.append(i)
            i -= 1
        found += run if len(run) <= 8 else []
    return found


def _clean(sure: Mapping[int, str]) -> bool:
    """Whether no line of a page is certainly furniture."""
    return all(reason in (NO_WORDS, IMAGE_CREDIT, NAMEPLATE) for reason in sure.values())


CLEAN = 250
"""Added to the lenience where no line is certainly furniture: such text is mostly clean, and clean text
must not be made worse."""
LONG = 16
"""Words from which a line is given the whole lenience, a single word half of it: a paragraph lost is
worse than an entry of a menu kept."""


def _kept(lines: Sequence[Unit], sure: Mapping[int, str], options: TextOptions) -> list[bool]:
    """Which lines belong to the report."""
    lenience = options.lenience + (CLEAN if _clean(sure) else 0)
    scores = [
        score
        if score == -CERTAIN
        else score + lenience * (LONG + min(unit.count, LONG)) // (2 * LONG)
        for unit, score in zip(lines, line_scores(lines, sure, load_model()), strict=True)
    ]
    kept = kept_lines(scores, options.change_price)
    if not any(kept):
        kept = [i not in sure for i in range(len(lines))]
    return kept


def _title(
    lines: Sequence[Unit],
    sure: Mapping[int, str],
    first: int,
    start: int,
    url: str | None,
    outlets: Outlets,
    clean: bool,
) -> int | None:
    if not lines:
        return None
    if len(lines) == 1:
        only = lines[0]
        return 0 if headline_like(only) and not re.search(r"[.。]\W?\Z", only.text) else None
    no_title = dict(sure)
    for i in range(max(0, first - WINDOW), min(first + 1, len(lines))):
        if i not in no_title and _is_caption(lines[i]):
            no_title[i] = IMAGE_CREDIT
    return find_title(lines, no_title, first, url, outlets, clean=clean, start=start)


HOLES = 3
"""Lines left out that may stand inside one run of kept ones."""


def _start(kept: Sequence[bool], first: int) -> int:
    """Where the run of kept lines that holds the line `first` begins."""
    start = first
    for i in range(first - 1, -1, -1):
        if kept[i]:
            start = i
        elif start - i > HOLES:
            break
    return start


def _refine(lines: Sequence[Unit], kinds: dict[int, str], title: int | None) -> None:
    """Gives the kept lines their kinds of block."""
    order = sorted(kinds)
    for place, i in enumerate(order):
        if kinds[i] != "paragraph":
            continue
        unit = lines[i]
        count = word_count(unit)
        following = order[place + 1] if place + 1 < len(order) else None
        if _TWEET.fullmatch(unit.text):
            kinds[i] = "embed"
            before = order[place - 1] if place else None
            if (
                before is not None
                and kinds[before] in ("paragraph", "heading")
                and (_TWEET_TEXT.search(lines[before].text) or word_count(lines[before]) <= POST)
            ):
                kinds[before] = "embed-text"
        elif _is_caption(unit):
            kinds[i] = "caption"
        elif unit.mark and (
            not unit.mark[0].isdigit() or (count <= 60 and _numbered(lines, order, place))
        ):
            kinds[i] = "list"
        elif unit.text.startswith("> "):
            kinds[i] = "quote"
        elif (
            following is not None
            and count <= 14
            and not re.search(r"[.!…:;,。][\"”’'»)\]]*\Z", unit.text)
            and unit.blank_before
            and not unit.text[0].islower()
            and (word_count(lines[following]) > count or lines[following].ends_sentence)
            and title is not None
        ):
            kinds[i] = "heading"
    _deck(lines, kinds, title)


def _deck(lines: Sequence[Unit], kinds: dict[int, str], title: int | None) -> None:
    """The first sentence line below the title is its deck if a line that is neither text nor deck
    (masthead, byline, credit, player) stands between it and the next one, within ten lines."""
    if title is None:
        return
    below = [i for i in sorted(kinds) if i > title]
    text = [i for i in below if kinds[i] in ("paragraph", "heading")]
    if len(text) < 2:
        return
    first, second = text[0], text[1]
    between = [i for i in range(first + 1, second) if kinds.get(i) not in ("list",)]
    if (
        8 <= word_count(lines[first]) <= 60
        and between
        and second - first <= 10
        and any(i not in kinds or kinds[i] == "byline" for i in between)
    ) or (kinds[first] == "heading" and word_count(lines[first]) >= 8):
        kinds[first] = "deck"


def _numbered(lines: Sequence[Unit], order: Sequence[int], place: int) -> bool:
    """Whether a numbered line has a neighbour in the count among the kept ones."""
    number = int(re.sub(r"\D", "", lines[order[place]].mark))
    near = {int(re.sub(r"\D", "", lines[k].mark)) for k in order if lines[k].mark[:1].isdigit()}
    return number + 1 in near or number - 1 in near


def _pieces(source: str, lines: Sequence[Unit], kinds: Mapping[int, str]) -> list[Piece]:
    pieces: list[Piece] = []
    joined: int | None = None
    for i in sorted(kinds):
        unit, kind = lines[i], kinds[i]
        if kind == "embed-text":
            joined = i
            continue
        low = unit.start
        if kind == "embed" and joined is not None:
            if source[lines[joined].end : unit.start].strip():
                pieces.append(Piece(lines[joined].start, lines[joined].end, kind="embed"))
            else:
                low = lines[joined].start
        elif kind == "list" and not unit.mark[0].isdigit():
            pieces.append(Piece(unit.start, unit.after_mark, reason=LIST_MARK))
            low = unit.after_mark
        joined = None
        cut = glued_caption(source, low, unit.end) if kind == "paragraph" else None
        pieces.append(Piece(low, cut or unit.end, kind=kind))
        if cut:
            pieces.append(Piece(cut, unit.end, kind="caption"))
    return pieces


def _tags(lines: Sequence[Unit], sure: Mapping[int, str]) -> tuple[str, ...]:
    found: list[str] = []
    for i in sorted(sure):
        match = _TAG_LINE.fullmatch(lines[i].content) if sure[i] == TAGS else None
        if match:
            found += [t.strip(" .#") for t in re.split(r"[,;|•·]", match["tags"])]
    return tuple(dict.fromkeys(t for t in found if t))


def _kind(built: Built, lines: Sequence[Unit], title: str | None) -> str:
    """article, or why a capture is none: empty, error, login, consent, paywall, challenge.

    As web pages are judged (`html_signals`). Of short text all lines are asked, kept or not: what a wall
    says is furniture elsewhere.
    """
    text = built.text
    if not re.search(r"[^\W_]", text):
        return "empty"
    if len(text) >= SHORT_PAGE:
        if not any(map(text[:1500].lower().__contains__, _ABOUT_CONSENT)):
            return "article"
        kept = [text[b.start : b.end] for b in built.blocks if b.kind != "title"]
    else:
        kept = [u.text for u in lines if u.count >= 3][:60]
    first = lines[0].text if lines else ""
    kind = page_kind(Shows(title or first, first, kept, ()))
    return "article" if kind == "empty" else kind


def _reading(
    capture: Capture,
    built: Built,
    lines: Sequence[Unit],
    *,
    url: str | None,
    outlet: str | None,
    title: str | None,
    bylines: tuple[str, ...] = (),
    dateline: Dateline | None = None,
    credits: tuple[str, ...] = (),
    published: Bounds | None = None,
    modified: Bounds | None = None,
    tags: tuple[str, ...] = (),
    announced: int | None = None,
    missing: tuple[str, ...] = (),
    evidence: dict[str, tuple[CaptureSpan, ...]],
) -> Reading:
    return Reading(
        id=make_id("rea", capture.id),
        capture_id=capture.id,
        article_id=capture.article_id,
        text=built.text,
        blocks=built.blocks,
        segments=built.segments,
        left_out=built.left_out,
        url=url,
        outlet=outlet,
        title=title,
        bylines=bylines,
        dateline=dateline or Dateline(),
        credits=credits,
        published=published or Bounds(),
        modified=modified or Bounds(),
        language=language_of(built.text),
        tags=tags,
        announced_versions=announced,
        missing=missing,
        evidence=evidence,
        capture_path=capture.path,
        captured_at=capture.captured_at,
        decoder=capture.decoder,
        sha256=capture.sha256,
        given=capture.given,
        extractor=EXTRACTOR,
        kind=_kind(built, lines, title),
    )

"""Citations to copy: lines for a reader, and a W3C Web Annotation for programs.

An annotation's target is told in three ways that fail independently: the words with what stands
before and behind them (TextQuoteSelector: findable on a page that has changed elsewhere), their place
in the text of the report's version (TextPositionSelector, code points, half-open), and as its `id`
the permanent address of the characters in the captured bytes. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import msgspec

from onrecord.publish import wording
from onrecord.publish.edits import urn
from onrecord.publish.marking import safe_url
from onrecord.records import Article, Capture, Citation, Statement, Version
from onrecord.text.instants import is_instant, moment

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
AROUND = 32
"""Code points before and behind the quoted words, where that many tell them apart."""
MOST_AROUND = 1024
"""Code points beyond which a text that repeats itself is told apart by the position alone."""


@dataclass(frozen=True)
class Cited:
    """A citation to copy: `text` in lines, and as JSON, made when it is asked for."""

    text: str
    make: Callable[[bool], str]

    @property
    def annotation(self) -> str:
        """The annotation with `text` as its body, laid out to be read."""
        return self.make(False)

    @property
    def brief(self) -> str:
        """The same in one line without the body, for the one file."""
        return self.make(True)


# --------------------------------------------------------------------------- in lines


def quoted(content: Sequence[Citation]) -> str:
    """What was said, in one line; spans that do not follow each other are parted by dots."""
    return " … ".join(" ".join(citation.quote.split()) for citation in content)


def in_marks(words: str) -> str:
    """A quotation in quotation marks, unless it begins with one of its own."""
    return words if words[:1] in "“\"„«‘'" else f"“{words}”"


def about_statement(item: Statement) -> str:
    """All that keeps a quotation from being misread: `Ana Ruhl; denial, with a negation; to reporters`."""
    modality = wording.MODALITIES.get(item.modality, item.modality)
    act = wording.ACTS.get(item.act, item.act)
    parts = [
        item.speaker.name if item.speaker else "speaker unknown",
        f"{act}, with a negation" if item.polarity == "negative" else act,
        wording.MANNERS.get(item.manner, item.manner),
        modality,
        f"to {item.addressee.name}" if item.addressee else "",
        f"on the condition {in_marks(quoted([item.condition]))}" if item.condition else "",
        f"said {wording.bounds(item.said)}" if item.said.earliest or item.said.latest else "",
        f"through {', '.join(item.via)}" if item.via else "",
        "told inside another statement" if item.within else "",
    ]
    return "; ".join(part for part in parts if part)


def lines(
    content: Sequence[Citation],
    article: Article | None,
    capture: Capture | None,
    url: str | None,
    about: str = "",
) -> str:
    """A citation to paste elsewhere: the words, who says them, the report, its address, the capture,
    and the permanent address of the words in it."""
    report = ""
    if article is not None:
        published = f"published {wording.bounds(article.published)}"
        report = f"{wording.outlet(article)}, “{wording.title(article)}”, {published}"
    when = capture.captured_at if capture else None
    captured = f"Captured {wording.instant(when)}" if when else "Captured unknown when"
    found = (
        in_marks(quoted(content)),
        about,
        report,
        safe_url(url) or "Web address unknown",
        captured,
        *(f"Evidence {c.address}" for c in content),
    )
    return "\n".join(line for line in found if line)


# --------------------------------------------------------------------------- for programs


def quote_selector(text: str, start: int, end: int) -> dict[str, str]:
    """The TextQuoteSelector of `text[start:end]`: what stands around the words grows until the text
    has them only once so, up to MOST_AROUND code points. Raises ValueError for an empty range."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is not a range of a text of {len(text)} characters")
    around = AROUND
    while True:
        low, high = max(0, start - around), min(len(text), end + around)
        once = text.find(text[low:high], text.find(text[low:high]) + 1) < 0
        if once or around >= MOST_AROUND:
            break
        around *= 2
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[low:start],
        "suffix": text[end:high],
    }


def selectors(version: Version, start: int, end: int) -> list[dict[str, Any]]:
    """Selectors of a range of a version's text: by words, by place; of a transcript the time at
    which its block is heard, refined by the words."""
    quote = quote_selector(version.text, start, end)
    found: list[dict[str, Any]] = [
        quote,
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
    block = next((b for b in version.blocks if b.start <= start < b.end), None)
    if block and block.begins:
        span = f"{block.begins},{block.ends}" if block.ends else block.begins
        found.append(
            {
                "type": "FragmentSelector",
                "conformsTo": MEDIA_FRAGMENTS,
                "value": f"t={span}",
                "refinedBy": {"type": "TextQuoteSelector", "exact": quote["exact"]},
            }
        )
    return found


def target(
    citation: Citation, version: Version | None, capture: Capture | None, url: str | None
) -> dict[str, Any]:
    """The SpecificResource of a citation. What no version's text holds (a masthead, an attribute) has
    its place in the decoded capture, which is then its source."""
    held = citation.address.rpartition(":")[0]
    digest = held.partition("/")[0]
    state: dict[str, Any] = {"type": "TimeState", "cached": digest}
    if capture and capture.captured_at and is_instant(capture.captured_at):
        at = moment(capture.captured_at).astimezone(UTC)
        state = {"type": "TimeState", "sourceDate": f"{at:%Y-%m-%dT%H:%M:%SZ}", "cached": digest}
    made: dict[str, Any] = {"id": citation.address, "type": "SpecificResource"}
    page = safe_url(url)
    if version is None or citation.start is None or citation.end is None:
        place = {
            "type": "TextPositionSelector",
            "start": citation.capture_start,
            "end": citation.capture_end,
        }
        words = {"type": "TextQuoteSelector", "exact": citation.quote}
        return {**made, "source": held, "state": state, "selector": [words, place]}
    name = f"onrecord, text of version {version.number} ({version.id})"
    return {
        **made,
        "source": page or digest,
        "state": state,
        "renderedVia": {"type": "Software", "name": name},
        "selector": selectors(version, citation.start, citation.end),
    }


def annotation(text: str, targets: Sequence[dict[str, Any]], brief: bool = False) -> str:
    """The annotation of these targets as JSON-LD; `text` is its body, which a brief one has not. Its
    name hangs on the permanent addresses alone: the same words of the same bytes give the same."""
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": urn("citation", " ".join(one["id"] for one in targets)),
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "format": "text/plain", "value": text},
        "target": targets[0] if len(targets) == 1 else list(targets),
    }
    if brief:
        del made["body"]
        return msgspec.json.encode(made).decode()
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode()


def cited(
    content: Sequence[Citation],
    article: Article | None,
    capture_of: Callable[[str], Capture | None],
    version_of: Callable[[str], Version | None],
    about: str = "",
) -> Cited:
    """The citation of these words; captures and versions are asked for by id, versions only for the
    annotation."""
    capture = capture_of(content[0].capture_id)
    url = safe_url((capture.final_url or capture.url) if capture else None) or (
        article.url if article else None
    )
    text = lines(content, article, capture, url, about)

    def make(brief: bool) -> str:
        targets = [
            target(
                c,
                version_of(c.version_id) if c.version_id else None,
                capture_of(c.capture_id),
                url,
            )
            for c in content
        ]
        return annotation(text, targets, brief)

    return Cited(text, make)

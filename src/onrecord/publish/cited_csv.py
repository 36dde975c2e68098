"""Statements as a table to work with in a spreadsheet: who said what, and where it can be looked up.

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end, in
their full-width forms too) gets an apostrophe before it, and so does one that begins with apostrophes
before such a sign: taking one apostrophe away from every cell that matches `^'+[=+\\-@...]` gives the
text back. The file begins with a byte order mark, without which spreadsheets misread UTF-8.
https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from onrecord.publish.citations import quoted
from onrecord.publish.desk import Desk
from onrecord.publish.ledger import in_order
from onrecord.publish.marking import safe_url
from onrecord.records import ActorRef, Statement

COLUMNS = (
    *("speaker", "quotation", "act", "addressee", "condition", "said_earliest", "said_latest"),
    *("outlet", "headline", "published_earliest", "published_latest", "url"),
    *("captured_at", "capture_sha256", "address", "manner", "polarity", "modality", "via"),
    *("within", "place", "said_basis", "passage", "passage_address"),
    *("speaker_id", "addressee_id", "article_id", "id"),
)
"""The columns, in order: those that a reader looks for first. `quotation` holds the words of all spans,
parted by " … ", `address` the permanent address of each, parted by a blank; an unknown value is an
empty cell. `manner` is indirect where the words are the report's own."""

AT_ONCE = 200
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def cell(text: str | None) -> str:
    """A cell's text that no spreadsheet takes for a formula."""
    return f"'{text}" if text and _FORMULA.match(text) else text or ""


def table(desk: Desk, ids: Sequence[str]) -> Iterator[bytes]:
    """A header and one row for each statement, in their order; UTF-8, lines end in a line feed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    buffer.write("\ufeff")
    writer.writerow(COLUMNS)
    for low in range(0, len(ids), AT_ONCE):
        for item in in_order(desk.library, ids[low : low + AT_ONCE]):
            values = _row(desk, item)
            writer.writerow(cell(values[name]) for name in COLUMNS)
        yield buffer.getvalue().encode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def _row(desk: Desk, item: Statement) -> dict[str, str | None]:
    content = item.content or (item.citation,)
    article = desk.article(item.article_id)
    capture = desk.capture(content[0].capture_id)
    url = safe_url((capture.final_url or capture.url) if capture else None)
    return {
        "speaker": item.speaker.name if item.speaker else None,
        "quotation": quoted(content),
        "act": item.act,
        "addressee": item.addressee.name if item.addressee else None,
        "condition": quoted([item.condition]) if item.condition else None,
        "said_earliest": item.said.earliest,
        "said_latest": item.said.latest,
        "outlet": article.outlet if article else None,
        "headline": article.title if article else None,
        "published_earliest": article.published.earliest if article else None,
        "published_latest": article.published.latest if article else None,
        "url": url or safe_url(article.url if article else None),
        "captured_at": capture.captured_at if capture else None,
        "capture_sha256": capture.sha256 if capture else None,
        "address": " ".join(citation.address for citation in content),
        "manner": item.manner,
        "polarity": item.polarity,
        "modality": item.modality,
        "via": "; ".join(item.via),
        "within": item.within,
        "place": item.place.name if item.place else None,
        "said_basis": item.said.basis,
        "passage": quoted([item.citation]),
        "passage_address": item.citation.address,
        "speaker_id": _id(item.speaker),
        "addressee_id": _id(item.addressee),
        "article_id": item.article_id,
        "id": item.id,
    }


def _id(ref: ActorRef | None) -> str | None:
    return ref.actor_id if ref else None

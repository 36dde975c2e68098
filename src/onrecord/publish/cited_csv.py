"""Statements as a table to work with in a spreadsheet: who said what, and where it can be looked up.

A cell that a spreadsheet would take for a formula (it begins with = + - @, in their full-width forms
too) gets an apostrophe before it, and so does one that begins with apostrophes before such a sign:
taking one apostrophe away from every cell that matches `^'+[=+\\-@＝＋－＠]` gives the text back. White
space and control characters are one blank each, so that a row is a line. The file begins with a byte
order mark, without which spreadsheets misread UTF-8. https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

from onrecord.errors import InputError, UsageError
from onrecord.publish import statement_filter
from onrecord.publish.citations import quoted
from onrecord.publish.desk import NO_STORY, Desk
from onrecord.publish.ledger import in_order
from onrecord.publish.library import Library
from onrecord.publish.marking import safe_url
from onrecord.records import ActorRef, Article, Statement, Story
from onrecord.store.sayings import Filter

COLUMNS: dict[str, str] = {
    "speaker": "Who says it, as the record names them",
    "quotation": "The words; spans that do not follow each other are parted by ` … `",
    "act": "What kind of statement it is",
    "addressee": "To whom",
    "condition": "On which condition, word for word",
    "said_earliest": "When it was said: a day, or an instant with its offset",
    "said_latest": "The other bound",
    "outlet": "Who reports it",
    "headline": "Title of the report",
    "published_earliest": "When the report was published",
    "published_latest": "The other bound",
    "url": "Address of the captured page",
    "captured_at": "When it was captured",
    "capture_sha256": "SHA-256 of the captured bytes",
    "address": "Permanent address of the words, of each span one, parted by a blank",
    "manner": "direct, indirect (the words are the report's own), mixed",
    "polarity": "negative where it is negated",
    "modality": "asserted, planned, possible, required, hypothetical",
    "via": "Outlets or agencies it came through, parted by `; `",
    "within": "Id of the statement it is nested in",
    "place": "Where it was said",
    "said_basis": "How the day is known",
    "passage": "The words with cue and speaker, as printed",
    "passage_address": "Permanent address of the passage",
    "speaker_id": "Actor id",
    "addressee_id": "Actor id",
    "article_id": "Id of the report",
    "id": "Id of the statement",
}
"""The columns, in order, with what they hold: those that a reader looks for first. An unknown value is
an empty cell."""

AT_ONCE = 200
EVERYTHING = 1 << 40
_FORMULA = re.compile("'*[=+\\-@＝＋－＠]")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")


def cell(text: str | None) -> str:
    """A cell's text in one line that no spreadsheet takes for a formula."""
    line = _BLANK.sub(" ", text or "").strip()
    return f"'{line}" if _FORMULA.match(line) else line


def export(library: Library, where: str, story: str, article: str) -> Iterator[bytes]:
    """The table of the statements that a query asks for, of one story or article if that is named.
    Raises UsageError for a query that asks for nothing known, and for a story or article not held."""
    given = [("story", story), ("article", article)]
    try:
        wanted = statement_filter.parse([*parse_qsl(where.removeprefix("?")), *given])
    except InputError as error:
        raise UsageError(error.what, why=error.why, do=error.do) from error
    if wanted.story and library.get(Story, wanted.story) is None:
        raise UsageError("no such story", where=wanted.story)
    if wanted.article and library.get(Article, wanted.article) is None:
        raise UsageError("no such article", where=wanted.article)
    return whole(library, wanted)


def whole(library: Library, wanted: Filter) -> Iterator[bytes]:
    """The table of all statements that a filter leaves."""
    return table(Desk(library, NO_STORY), library.statements(wanted, EVERYTHING))


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

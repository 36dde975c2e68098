"""Attaching: a capture is the letter, transcript or document that a report names.

It is written down as two judgements, so that it outlives rebuilds, is exported to colleagues and can be
taken back: that the source named at one address is the capture at another; and, unless the capture stands
in a story of several reports already, that it belongs to the report's episode, where its words are read
beside those of the reports.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.capture.capturing import Found
from onrecord.errors import InputError, UsageError
from onrecord.records import Article, Capture, Judgement, JudgementValue, PrimarySource, Story
from onrecord.run.judging import Named, Records, article_address, capture_address, decide
from onrecord.store.record import Store
from onrecord.text.citing import parse_address


@dataclass(frozen=True)
class Wanted:
    """The passage of a report that names a source: its address and the report's article."""

    address: str
    article_id: str


def named(records: Records, name: str) -> Wanted:
    """The source that a user names by its id in `export sources`, or by the address of any passage.
    Raises UsageError if there is none."""
    source = records.get(PrimarySource, name)
    if source is not None:
        return Wanted(source.text.address, source.article_id)
    try:
        sha = parse_address(name)[0]
    except ValueError as error:
        raise UsageError(
            "there is no such source",
            where=name,
            do="name it by its id in `onrecord export sources`, or by an address in the report",
        ) from error
    articles = sorted({c.article_id for c in records.all(Capture) if c.sha256 == sha})
    if not articles:
        raise UsageError("its capture is not in the record", where=name)
    return Wanted(name, articles[0])


def held(records: Records, name: str) -> Capture | None:
    """The capture that a user names by its id or by its article's id; None for anything else."""
    if name.startswith("cap-"):
        return records.get(Capture, name)
    article = records.get(Article, name) if name.startswith("art-") else None
    return records.get(Capture, article.captures[-1]) if article and article.captures else None


def add_one(store: Store, found: list[Found | InputError], where: str) -> Capture:
    """Records the one capture of an input. Raises UsageError if it gives none, or several."""
    captures = [one for one in found if isinstance(one, Found)]
    errors = [one for one in found if isinstance(one, InputError)]
    if len(captures) != 1 or errors:
        why = errors[0].line() if errors else f"it holds {len(captures)} captures"
        raise UsageError("one text is attached at a time", where=where, why=why)
    (one,) = captures
    store.add(one.capture, one.data, one.text)
    return store.get(Capture, one.capture.id) or one.capture


def attach(
    store: Store, wanted: Wanted, capture: Capture, author: str, now: str, note: str | None = None
) -> tuple[Judgement, ...]:
    """Writes down that a capture is the source named. Raises UsageError if it is the report itself."""
    if capture.article_id == wanted.article_id:
        raise UsageError(
            "a report is not its own source", where=capture.path, why="it is the report named"
        )
    there = capture_address(store, capture)
    value = JudgementValue(text=note) if note else JudgementValue()
    made = [decide(store, author, now, "confirm", Named("source", (wanted.address, there)), value)]
    home = next((s for s in store.all(Story) if capture.article_id in s.articles), None)
    if home is None or (len(home.articles) == 1 and wanted.article_id not in home.articles):
        to = JudgementValue(to=article_address(store, wanted.article_id))
        made.append(decide(store, author, now, "split", Named("story", (there,), to), value))
    return tuple(made)

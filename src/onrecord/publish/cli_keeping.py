"""Commands that keep the record beyond itself: captures as WARC and WACZ, independent time-stamps."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL, UsageError
from onrecord.publish.console import Call, Configurable, common, now

if TYPE_CHECKING:
    from onrecord.publish.wacz_out import Words
    from onrecord.records import Capture
    from onrecord.store.record import Store

ARCHIVES = ("warc", "wacz")
"""What `onrecord export` writes beside the kinds of records."""


def export_archive(
    call: Call, kind: str, output: Path | None, story: str | None, article: str | None
) -> int:
    """Writes the captures as a WARC file (compressed if its name ends in .gz) or as a WACZ."""
    from onrecord.publish import wacz_out, warc_out
    from onrecord.publish.exports import write

    if kind == "wacz" and output is not None and output.suffix != ".wacz":
        raise UsageError(
            "a WACZ file is named so", where=str(output), do="let its name end in .wacz"
        )
    with call.store() as store:
        captures = list(_chosen(store, story, article))
        if kind == "warc":
            compress = output is not None and output.suffix == ".gz"
            written = warc_out.write(captures, store, compress=compress)
            pieces: Iterator[bytes] = (one.data for one in written)
        else:
            name = f"{len(captures)} captures of news reports"
            pieces = wacz_out.wacz(captures, store, functools.partial(_words, store), name)
        if output is None:
            _to_standard_output(pieces)
        else:
            write(output, pieces)
            values = {"kind": kind, "file": str(output), "captures": len(captures)}
            call.console.answer(values, [f"wrote {len(captures)} captures to {output}"])
    return EXIT_OK


def _words(store: Store, capture: Capture) -> Words:
    """Title and text that were read from a capture."""
    from onrecord.publish.wacz_out import Words
    from onrecord.records import Article, Version

    article = store.get(Article, capture.article_id)
    versions = store.by(Version, "article_id", capture.article_id)
    text = next((v.text for v in versions if capture.id in (v.capture_id, *v.captures)), None)
    return Words(article.title if article else None, text)


def _to_standard_output(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def _chosen(store: Store, story: str | None, article: str | None) -> Iterator[Capture]:
    """The captures of a story, of one article, or all. Raises UsageError if there is no such one."""
    from onrecord.records import Article, Capture, Story

    if story is None and article is None:
        yield from store.stream(Capture)
        return
    wanted: set[str] = set()
    if story is not None:
        found = store.get(Story, story)
        if found is None:
            raise UsageError(
                f"there is no story {story}",
                where=str(store.folder),
                do="`onrecord export stories` lists them",
            )
        wanted |= set(found.articles)
    if article is not None:
        if not store.get(Article, article) and not store.by(Capture, "article_id", article):
            raise UsageError(
                f"there is no article {article}",
                where=str(store.folder),
                do="`onrecord export articles` lists them",
            )
        wanted = wanted & {article} if story is not None else {article}
    for one in sorted(wanted):
        yield from store.by(Capture, "article_id", one)


@click.command(cls=Configurable)
@click.option("--service", metavar="URL", help="Address of a time-stamp service (RFC 3161).")
@click.option(
    "--day",
    "days",
    multiple=True,
    metavar="DAY",
    help="Only captures of this day, 2014-03-14 (UTC), or `undated`; may be given several times.",
)
@click.option("--all-days", is_flag=True, help="Today's captures as well.")
@common
def timestamp(call: Call, service: str | None, days: tuple[str, ...], all_days: bool) -> int:
    """Have an independent service sign that the captures of each day were in the record.

    For each day (UTC) a list of its captures (hash, id, time, address) is written to the record's
    folder `timestamps`, and the service signs the hash of that list; it learns nothing else. Without
    --day the lists of all days that are over are stamped. Captures added later are listed anew; a list
    is never altered. `onrecord verify` checks lists and time-stamps.
    """
    from dataclasses import replace

    from onrecord.run.timestamping import stamp_days, wanted_day

    if days and all_days:
        raise UsageError("--day and --all-days exclude each other")
    settings = call.settings()
    options = settings["timestamps"]
    options = replace(options, service=service) if service else options
    if not options.service:
        raise UsageError("no time-stamp service is named", do="name one with --service URL")
    chosen = [wanted_day(day) for day in days] or None
    with call.store() as store:
        report = stamp_days(store, options, settings["web"], now(), days=chosen, today=all_days)
    call.warn(report.lines)
    values = {
        "written": report.written,
        "stamped": report.stamped,
        "left": report.left,
        "problems": report.lines,
    }
    left = f", {report.left} left without a time-stamp" if report.left else ""
    call.console.answer(values, [f"{report.written} lists written, {report.stamped} stamped{left}"])
    return EXIT_PARTIAL if report.lines else EXIT_OK


COMMANDS = (timestamp,)

"""The command that attaches a primary source to the report that names it."""

from __future__ import annotations

from typing import Any

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL, UsageError
from onrecord.publish.cli_judging import no_build, patience_option
from onrecord.publish.console import Call, Configurable, Progress, common, now, read_input


@click.command(cls=Configurable)
@click.argument("source", metavar="ID|ADDRESS")
@click.argument("text", metavar="PATH|URL|CAPTURE")
@click.option("--note", help="How it is known to be that source, in your words.")
@click.option("--author", default="", metavar="NAME", help="Who says so (setting judging.author).")
@no_build
@patience_option
@common
def attach(
    call: Call,
    source: str,
    text: str,
    note: str | None,
    author: str,
    no_build: bool,
    patience: float,
) -> int:
    """Attach the letter, transcript or document itself to a report that names it.

    ID is a source's in `onrecord export sources`; ADDRESS that of any passage of a report that names
    it. The text is a file (text, HTML, PDF, VTT or SRT), a page, or a capture of the record by its id.
    The source then counts as held, and every quotation of it in the story's reports is laid beside its
    words: what was changed, cut, put in. It is kept as judgements about addresses: it outlives
    rebuilds, goes to colleagues with `onrecord export judgements`, and `onrecord judge --undo ID` takes
    it back.
    """
    from onrecord.records import PrimarySource
    from onrecord.run import attaching
    from onrecord.run.adding import inputs
    from onrecord.run.building import build_record

    settings = call.settings()
    who = author or settings["judging"].author
    if not who:
        raise UsageError("it is not said who attaches it", do="name yourself with --author NAME")
    problems: list[str] = []
    rows: list[PrimarySource] = []
    with call.store() as store:
        wanted = attaching.named(store, source)
        capture = attaching.held(store, text)
        if capture is None:
            found = list(inputs([text], read_input, settings["web"], now, settings["capture"]))
            capture = attaching.add_one(store, found, text)
        made = attaching.attach(store, wanted, capture, who, now(), note)
        if not no_build:
            with Progress(call.console) as progress:
                reports = build_record(store, settings, progress, patience=patience)
            problems = [f"{r.stage}: {key}: {why}" for r in reports for key, why in r.failed]
            rows = [s for s in store.all(PrimarySource) if s.held == capture.id]
    call.warn(problems)
    quotes = {q.citation.address: q for row in rows for q in row.quotes}
    altered = sum(1 for q in quotes.values() if q.differences)
    values: dict[str, Any] = {
        "capture": capture.id,
        "judgements": [one.id for one in made],
        "sources": [row.id for row in rows],
        "quotations": len(quotes),
        "altered": altered,
        "built": not no_build,
    }
    lines = [f"{capture.path} is attached: {', '.join(one.id for one in made)}"]
    if not no_build:
        lines.append(f"{len(quotes)} quotations of it found, {altered} of them not word for word")
    call.console.answer(values, lines)
    return EXIT_PARTIAL if problems else EXIT_OK


COMMANDS = (attach,)

"""Commands that show what is in the record: serve, dossier, export, search, status, verify."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import EXIT_DAMAGED, EXIT_OK, UsageError
from onrecord.publish.cli_judging import told_waiting, waiting_judgements
from onrecord.publish.console import Call, common, now

if TYPE_CHECKING:
    from onrecord.records import Record
    from onrecord.store.record import Store


LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses at which only this machine's own programs reach the app: only there it takes decisions."""


def run_server(store: Store, host: str, port: int, call: Call, read_only: bool = False) -> None:
    """Serves the record until it is stopped. On an address that others reach it takes no decisions."""
    import uvicorn

    from onrecord.publish.web import create_app
    from onrecord.run.deciding import Bench

    bench = None
    if host in LOOPBACK and not read_only:
        bench = Bench(store, call.settings(), now)
    call.console.warn(f"onrecord serves on http://{host}:{port} (stop with Ctrl-C)")
    try:
        app = create_app(store, bench=bench)
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
    finally:
        if bench:
            bench.close()


def check_kind(name: str) -> str:
    """The name of an export kind. Raises UsageError for another, with a suggestion."""
    import difflib

    from onrecord.records import KINDS

    if name not in KINDS:
        close = difflib.get_close_matches(name, KINDS, 1)
        raise UsageError(
            f"there is no kind {name!r}",
            why="kinds are " + ", ".join(KINDS) + ", and of the captures themselves warc, wacz",
            do=f"did you mean {close[0]}?" if close else "",
        )
    return name


def counts(store: Store) -> dict[str, int]:
    """How many records there are of each kind."""
    from onrecord.records import KINDS

    return {name: store.count(kind) for name, kind in KINDS.items()}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, help="Port of the web app.")
@click.option("--read-only", is_flag=True, help="Nothing can be decided on its pages.")
@common
def serve(call: Call, host: str, port: int, read_only: bool) -> int:
    """Serve the record as a web app on this machine."""
    with call.store() as store:
        run_server(store, host, port, call, read_only)
    return EXIT_OK


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write.",
)
@click.option("--story", help="Id of the story (default: the one with the most articles).")
@click.option("--full-text", is_flag=True, help="Put whole captured texts into the file.")
@common
def dossier(call: Call, output: Path, story: str | None, full_text: bool) -> int:
    """Write one self-contained page of a story."""
    from onrecord.publish.dossier import render
    from onrecord.publish.exports import write
    from onrecord.records import Story

    with call.store() as store:
        stories = store.all(Story)
        if not stories:
            raise UsageError(
                "there is no story in this record",
                where=str(call.record),
                do="run `onrecord build` first",
            )
        chosen = story or min(stories, key=lambda s: (-len(s.articles), s.id)).id
        if chosen not in {s.id for s in stories}:
            raise UsageError(
                f"there is no story {chosen}",
                where=str(call.record),
                do="`onrecord export stories` lists them",
            )
        write(output, [render(store, chosen, full_text=full_text).encode()])
    call.console.answer({"story": chosen, "file": str(output)}, [f"wrote {output}"])
    return EXIT_OK


@click.command()
@click.argument("kind")
@click.option(
    "--format",
    "fmt",
    default="jsonl",
    show_default=True,
    type=click.Choice(["jsonl", "csv", "parquet", "cited-csv"]),
    help="File format; parquet is an extra, cited-csv a table of `statements` with citations.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (default: standard output).",
)
@click.option("--story", help="Of `warc`, `wacz` and cited-csv: only this story.")
@click.option("--article", help="Of `warc`, `wacz` and cited-csv: only this article.")
@click.option(
    "--where",
    metavar="QUERY",
    help="Of cited-csv: only some, as the page of statements asks for them: act=threaten&q=bridge.",
)
@common
def export(
    call: Call,
    kind: str,
    fmt: str,
    output: Path | None,
    story: str | None,
    article: str | None,
    where: str | None,
) -> int:
    """Export all records of a KIND, ordered by id; or the captures themselves as a web archive.

    KIND `warc` writes a WARC 1.1 file (compressed if its name ends in .gz), `wacz` a WACZ 1.1.1 with
    index and pages. Both can be added to another record by `onrecord add`.

    `onrecord export statements --format cited-csv` writes a table for a spreadsheet: speaker, quotation,
    act, addressee, condition, days, outlet, headline, address, capture and its SHA-256, in the order of
    saying. A cell that would be read as a formula (it begins with = + - @) gets an apostrophe before it.
    """
    from onrecord.publish import exports
    from onrecord.publish.cli_keeping import ARCHIVES, export_archive
    from onrecord.records import KINDS, Article, Watch

    if kind in ARCHIVES:
        return export_archive(call, kind, output, story, article)
    check_kind(kind)
    cited = fmt == "cited-csv"
    if cited and kind != "statements":
        raise UsageError("cited-csv is a format of `statements`", where=kind)
    if (story or article or where) and not cited:
        why = "--story and --article are for `warc`, `wacz` and `statements --format cited-csv`"
        raise UsageError(f"{why}, --where is for the last", where=kind)
    with call.store() as store:
        records: Iterable[Record] = store.stream(KINDS[kind])
        if kind == "articles":
            records = exports.with_watching(store.stream(Article), store.stream(Watch))
        if cited:
            from onrecord.publish.cited_csv import export as cite

            pieces = cite(store, where or "", story or "", article or "")
        else:
            pieces = exports.export(kind, fmt, records)
        if output is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            exports.write(output, pieces)
            if call.console.as_json:
                call.console.answer({"kind": kind, "file": str(output)}, [])
    return EXIT_OK


@click.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, help="Most passages to show.")
@common
def search(call: Call, query: str, limit: int) -> int:
    """Find passages that hold all words of the query; "words in quotes" stay together."""
    from onrecord.records import Article, Version
    from onrecord.text.citing import cite

    values, lines = [], []
    with call.store() as store:
        for hit in store.search(query, limit):
            version, article = (
                store.get(Version, hit.version_id),
                store.get(Article, hit.article_id),
            )
            if version is None or article is None:
                continue
            citation = cite(version, hit.start, hit.end)
            marked, at = "", hit.start
            for low, high in hit.marks:
                if low >= at:
                    marked += version.text[at:low] + click.style(
                        version.text[low:high], bold=True, underline=True
                    )
                    at = high
            marked += version.text[at : hit.end]
            name = article.outlet or "outlet unknown"
            lines += [
                click.style(f"{name}: {article.title or article.path}", dim=True),
                f"  {marked}",
                f"  {citation.address}",
                "",
            ]
            values.append(
                {
                    "article_id": article.id,
                    "outlet": article.outlet,
                    "title": article.title,
                    "address": citation.address,
                    "quote": citation.quote,
                    "marks": hit.marks,
                }
            )
    call.console.answer({"query": query, "found": values}, lines or ["nothing found"])
    return EXIT_OK


@click.command()
@common
def status(call: Call) -> int:
    """How many records there are, and what was skipped, failed or could not be used."""
    with call.store() as store:
        found_counts, found = counts(store), store.notices()
    notices = [{"stage": s, "subject": k, "outcome": o, "why": n} for s, k, o, n in found]
    call.console.answer(
        {"counts": found_counts, "notices": notices},
        [f"{count:7} {name}" for name, count in found_counts.items()]
        + [f"{o}: {s}: {k}: {n}" for s, k, o, n in found],
    )
    return EXIT_OK


@click.command()
@click.option(
    "--certificates",
    type=click.Path(dir_okay=False, path_type=Path),
    help="PEM file of a time-stamp service's certificates: checks its signatures, by openssl.",
)
@common
def verify(call: Call, certificates: Path | None) -> int:
    """Re-hash and re-decode every capture, resolve every citation again. Exit 3 if one fails.

    Lists of captures are compared with the captures, and independent time-stamps with their lists; who
    signed them is checked with --certificates, or by the commands that are shown.
    """
    from onrecord.run.timestamping import commands
    from onrecord.run.verifying import Checked
    from onrecord.run.verifying import verify as check

    checked = Checked()
    with call.store() as store:
        problems = [{"where": p.where, "why": p.why} for p in check(store, checked, certificates)]
        signatures = [] if certificates else list(commands(store))
        waiting = waiting_judgements(store)
    call.warn(f"{p['where']}: {p['why']}" for p in problems)
    stamps = checked.stamps
    told = f", {stamps.lists} lists and {stamps.tokens} time-stamps" if stamps.lists else ""
    if checked.judgements:
        told += f", {checked.judgements} judgements"
    if pictures := checked.shots.pictures:
        told += f", {pictures} screenshots"
    lines = [
        f"{checked.captures} captures and {checked.citations} citations{told} checked, {len(problems)} problems"
    ]
    lines += told_waiting(waiting)
    if signatures:
        lines += ["who signed the time-stamps is checked by:", *signatures]
    values = {
        "captures": checked.captures,
        "citations": checked.citations,
        "lists": stamps.lists,
        "timestamps": stamps.tokens,
        "screenshots": pictures,
        "judgements": checked.judgements,
        "waiting": len(waiting),
        "problems": problems,
    }
    call.console.answer(values, lines)
    return EXIT_DAMAGED if problems else EXIT_OK


COMMANDS = (serve, dossier, export, search, status, verify)

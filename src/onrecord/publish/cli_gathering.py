"""Commands that bring something into the record and build on it: add, backfill, build, open, demo."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL, InputError, UsageError
from onrecord.publish.cli_judging import told_waiting, waiting_judgements
from onrecord.publish.cli_showing import check_kind, counts, run_server
from onrecord.publish.console import (
    Call,
    Configurable,
    Progress,
    common,
    now,
    read_input,
)

if TYPE_CHECKING:
    from onrecord.run.adding import AddReport
    from onrecord.run.backfilling import BackfillReport, Planned, Wanted
    from onrecord.run.engine import StageReport
    from onrecord.store.record import Store

FILE = click.Path(dir_okay=False, path_type=Path)

sources_argument = click.argument("sources", nargs=-1, metavar="[PATH|URL|-]…")
manifest_option = click.option(
    "--manifest",
    "manifests",
    multiple=True,
    type=FILE,
    help="A CSV or JSONL manifest of captures.",
)


def serving_options(function: Callable[..., int]) -> Callable[..., int]:
    """What the commands take that end by serving."""
    port = click.option("--port", default=8765, show_default=True, help="Port of the web app.")
    return click.option("--no-serve", is_flag=True, help="Stop before serving.")(port(function))


# --------------------------------------------------------------------------- add


@click.command(cls=Configurable)
@sources_argument
@manifest_option
@common
def add(call: Call, sources: tuple[str, ...], manifests: tuple[Path, ...]) -> int:
    """Capture files, folders, archives, standard input (-) or live pages into the record.

    Live pages are fetched politely: robots.txt is asked first, there is a pause between two requests
    to one host, Retry-After is kept to, and redirects are recorded. What cannot be used is told in one
    line each and listed by `onrecord status`; the rest is done. For the captures that a web archive
    has of a page see `onrecord backfill`.
    """
    settings = call.settings()
    with call.store(create=True) as store:
        report = _add(store, sources, manifests, settings)
    values, lines = _added(report)
    call.warn(report.lines)
    call.console.answer(values, lines)
    return EXIT_PARTIAL if report.lines else EXIT_OK


def _add(
    store: Store, sources: Sequence[str], manifests: Sequence[Path], settings: Mapping[str, Any]
) -> AddReport:
    from onrecord.run.adding import AddReport, add, add_manifest, inputs

    if not sources and not manifests:
        raise UsageError(
            "nothing to add", do="name files, folders, addresses, `-`, or --manifest FILE"
        )
    if len(sources) == 1 and not manifests:
        (source,) = sources
        if source != "-" and "://" not in source and not Path(source).exists():
            raise UsageError("there is no such file or folder", where=source)
    reports = [add_manifest(store, path, settings["capture"]) for path in manifests]
    if sources:
        found = inputs(sources, read_input, settings["web"], now, settings["capture"])
        reports.append(add(store, found))
    return AddReport(
        added=sum(one.added for one in reports),
        known=sum(one.known for one in reports),
        lines=[line for one in reports for line in one.lines],
    )


def _added(report: AddReport) -> tuple[dict[str, Any], list[str]]:
    values = {"added": report.added, "known": report.known, "unusable": report.lines}
    known = f", {report.known} known already" if report.known else ""
    return values, [f"{report.added} captures added{known}"]


# --------------------------------------------------------------------------- backfill


@click.command(cls=Configurable)
@click.argument("url", required=False)
@click.option(
    "--archive",
    metavar="ARCHIVE",
    help="web.archive.org; or the address that an archive's captures stand under, such as "
    "https://archive.example/web; or that of a listing, with {url} in it.",
)
@click.option(
    "--timemap",
    type=FILE,
    help="A time map or CDX listing in a file, instead of what an archive lists.",
)
@click.option("--from", "start", metavar="DATE", help="Only captures of this day or later.")
@click.option("--to", "end", metavar="DATE", help="Only captures of this day or earlier.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help="Most captures to fetch; the next run takes the next.",
)
@click.option("--dry-run", is_flag=True, help="List what there is and fetch nothing of it.")
@click.option(
    "--replay",
    default="",
    metavar="PATTERN",
    help="Where captures stand that a listing does not say: an address with {timestamp} and {url}.",
)
@common
def backfill(
    call: Call,
    url: str | None,
    archive: str | None,
    timemap: Path | None,
    start: str | None,
    end: str | None,
    limit: int | None,
    dry_run: bool,
    replay: str,
) -> int:
    """Capture what a web archive has of a page: URL --archive ARCHIVE.

    The archive is asked for its list of captures (a CDX server, or a Memento time map), and each
    capture is fetched raw where the archive has it so, with the time at which the archive took it.
    Captures with equal digests are fetched once and recorded at each of their times. Archived error
    pages are not captured. A second run fetches only what is missing. DATE is a day (2014-03-14), a
    month, a year, an instant, or digits as archives write them, in UTC.
    """
    from onrecord.capture.web import Fetcher
    from onrecord.run import backfilling

    wanted = replace(_wanted(url, archive, timemap, start, end, replay), limit=limit)
    settings = call.settings()
    with (
        _record_or_none(call, dry_run) as store,
        Fetcher(settings["web"], now) as fetcher,
        Progress(call.console) as progress,
    ):
        if dry_run:
            plan, problems = backfilling.dry_run(store, fetcher, wanted, settings["archives"])
            values, lines = _planned(plan, problems)
        else:
            report = backfilling.backfill(store, fetcher, wanted, settings["archives"], progress)
            problems = report.lines
            values, lines = _backfilled(report)
    call.warn(problems)
    call.console.answer(values, lines)
    return EXIT_PARTIAL if problems else EXIT_OK


def _wanted(
    url: str | None,
    archive: str | None,
    timemap: Path | None,
    start: str | None,
    end: str | None,
    replay: str,
) -> Wanted:
    """What the call asks for. Raises UsageError if it cannot be that."""
    from onrecord.capture.addresses import sendable
    from onrecord.capture.archives import Archive, parse_archive, parse_span
    from onrecord.run.backfilling import Wanted

    try:
        address = sendable(url) if url else None
    except InputError as error:
        raise UsageError("not a page's address", where=error.where, why=error.why) from error
    if not timemap and not (url and archive):
        raise UsageError(
            "nothing to ask for", do="name an address and --archive, or a listing with --timemap"
        )
    named = parse_archive(archive, replay) if archive else Archive("", (), replay)
    return Wanted(address, named, _listing(timemap), parse_span(start, end))


def _listing(timemap: Path | None) -> tuple[str, bytes] | None:
    try:
        return (timemap.name, timemap.read_bytes()) if timemap else None
    except OSError as error:
        raise UsageError(
            "cannot read the listing", where=str(timemap), why=error.strerror or str(error)
        ) from error


@contextmanager
def _record_or_none(call: Call, dry_run: bool) -> Iterator[Store]:
    """The record; for a dry run where there is none an empty one, which leaves nothing behind."""
    from onrecord.store.record import Store

    if dry_run and not call.database and not (call.record / "record.db").is_file():
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
            yield store
    else:
        with call.store(create=True) as store:
            yield store


def _planned(plan: Sequence[Planned], problems: list[str]) -> tuple[dict[str, Any], list[str]]:
    captures = [
        {
            "at": one.listed.at,
            "url": one.listed.url,
            "status": one.listed.status,
            "media_type": one.listed.media_type,
            "digest": one.listed.digest,
            "address": one.address,
            "plan": one.plan,
        }
        for one in plan
    ]
    lines = [
        f"{one.listed.at}  {one.listed.status or '-':>3}  {one.address}  {one.short}"
        for one in plan
    ]
    total = f"{len(plan)} captures listed"
    return {"listed": len(plan), "captures": captures, "unusable": problems}, [*lines, total]


def _backfilled(report: BackfillReport) -> tuple[dict[str, Any], list[str]]:
    values = asdict(report)
    values["unusable"] = values.pop("lines")
    told = (
        (report.held, "in the record already"),
        (report.added, "added"),
        (report.by_digest, "of them known by their digest"),
        (report.replayed, "of them as the archive shows them, its banner included"),
        (report.settled, "not to be captured"),
        (report.failed, "failed"),
        (report.left, "left for another time"),
    )
    counted = ", ".join(f"{count} {what}" for count, what in told if count)
    return values, [f"{report.listed} captures listed{': ' if counted else ''}{counted}"]


# --------------------------------------------------------------------------- build


@click.command(cls=Configurable)
@click.option(
    "--only",
    multiple=True,
    metavar="KIND",
    help="Run only the stages that exports of this KIND need (may be given several times).",
)
@common
def build(call: Call, only: tuple[str, ...]) -> int:
    """Run every stage on what is new since the last build, and only on that."""
    settings = call.settings()
    kinds = [check_kind(name) for name in only]
    with call.store() as store:
        values, lines, problems = _built(_build(call, store, settings, kinds))
        waiting = waiting_judgements(store)
    call.warn(problems)
    call.console.answer({**values, "waiting": len(waiting)}, [*lines, *told_waiting(waiting)])
    return EXIT_PARTIAL if problems else EXIT_OK


def _build(
    call: Call, store: Store, settings: Mapping[str, Any], only: Sequence[str] = ()
) -> list[StageReport]:
    from onrecord.pipeline import STAGES, stages_for
    from onrecord.records import KINDS
    from onrecord.run.building import build_record

    stages = stages_for(KINDS[name] for name in only) if only else STAGES
    with Progress(call.console) as progress:
        return build_record(store, settings, progress, stages)


def _built(reports: Iterable[StageReport]) -> tuple[dict[str, Any], list[str], list[str]]:
    reports = list(reports)
    stages = [
        {
            "stage": r.stage,
            "worked": r.worked,
            "unchanged": r.unchanged,
            "withdrawn": r.withdrawn,
            "records": r.records,
            "skipped": [{"group": k, "why": why} for k, why in r.skipped],
            "failed": [{"group": k, "why": why} for k, why in r.failed],
        }
        for r in reports
    ]
    problems = [f"{r.stage}: {key}: {why}" for r in reports for key, why in r.failed]
    worked = sum(r.worked for r in reports)
    skipped = {key: why for r in reports for key, why in r.skipped}
    lines = [f"built: {worked} groups worked, {sum(r.unchanged for r in reports)} unchanged"]
    if skipped:
        lines.append(f"{len(skipped)} versions were not read further: see `onrecord status`")
    return {"stages": stages}, lines, problems


# --------------------------------------------------------------------------- open, demo


@click.command(name="open", cls=Configurable)
@sources_argument
@manifest_option
@serving_options
@common
def open_(
    call: Call, sources: tuple[str, ...], manifests: tuple[Path, ...], no_serve: bool, port: int
) -> int:
    """Add, build and serve: the main job in one line."""
    with call.store(create=True) as store:
        return _add_build_serve(call, store, sources, manifests, None if no_serve else port, {})


@click.command(cls=Configurable)
@serving_options
@common
def demo(call: Call, no_serve: bool, port: int) -> int:
    """Build the bundled sample story in a fresh folder and serve it."""
    import shutil

    from onrecord.publish.demo import story

    target = Path("demo-record") if call.record == Path("record") else call.record
    if (target / "record.db").exists():
        shutil.rmtree(target)
    call = replace(call, record=target)
    with story() as folder, call.store(create=True) as store:
        shutil.copy(folder / "outlets.toml", target / "outlets.toml")
        manifest = folder / "manifest.csv"
        where = {"record": str(target)}
        return _add_build_serve(call, store, (), (manifest,), None if no_serve else port, where)


def _add_build_serve(
    call: Call,
    store: Store,
    sources: Sequence[str],
    manifests: Sequence[Path],
    port: int | None,
    more: Mapping[str, str],
) -> int:
    """Adds, builds, says what became of it, and serves if a port is given."""
    settings = call.settings()
    report = _add(store, sources, manifests, settings)
    call.warn(report.lines)
    built, lines, problems = _built(_build(call, store, settings))
    call.warn(problems)
    values, added = _added(report)
    found = counts(store)
    summary = "  ".join(f"{count} {name}" for name, count in found.items() if count)
    call.console.answer({**values, **built, "counts": found, **more}, [*added, *lines, summary])
    if port is not None:
        run_server(store, "127.0.0.1", port, call)
    return EXIT_PARTIAL if report.lines or problems else EXIT_OK


COMMANDS = (add, backfill, build, open_, demo)

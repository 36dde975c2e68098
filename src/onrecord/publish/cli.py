"""The command line. Rooms are imported inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord import __version__
from onrecord.errors import EXIT_DAMAGED, EXIT_OK, EXIT_PARTIAL, UsageError
from onrecord.publish.console import (
    Commands,
    Configurable,
    Console,
    Progress,
    common,
    now,
    open_store,
    read_input,
    read_settings,
)

if TYPE_CHECKING:
    from onrecord.run.adding import AddReport
    from onrecord.run.engine import StageReport
    from onrecord.store.record import Store


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Put a news story on the record: what was published, changed, copied, said and contradicted,
    every line one click from the exact characters it came from."""


# --------------------------------------------------------------------------- add, build


def _add(
    store: Store, sources: tuple[str, ...], manifests: tuple[Path, ...], settings: Mapping[str, Any]
) -> AddReport:
    from onrecord.run.adding import AddReport, add, add_manifest, inputs

    if not sources and not manifests:
        raise UsageError(
            "nothing to add", do="name files, folders, addresses, `-`, or --manifest FILE"
        )
    for source in sources:
        if (
            source != "-"
            and "://" not in source
            and not Path(source).exists()
            and len(sources) == 1
            and not manifests
        ):
            raise UsageError("there is no such file or folder", where=source)
    report = AddReport()
    reports = [add_manifest(store, path, settings["capture"]) for path in manifests]
    if sources:
        found = inputs(sources, read_input, settings["web"], now, settings["capture"])
        reports.append(add(store, found))
    for one in reports:
        report.added += one.added
        report.known += one.known
        report.lines += one.lines
    return report


def _added(report: AddReport) -> tuple[dict[str, Any], list[str]]:
    values = {"added": report.added, "known": report.known, "unusable": report.lines}
    known = f", {report.known} known already" if report.known else ""
    return values, [f"{report.added} captures added{known}"]


def _warn(console: Console, lines: Iterable[str]) -> None:
    if not console.as_json:
        for line in lines:
            console.warn(line)


sources_argument = click.argument("sources", nargs=-1, metavar="[PATH|URL|-]…")
manifest_option = click.option(
    "--manifest",
    "manifests",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A CSV or JSONL manifest of captures.",
)


@main.command(cls=Configurable)
@sources_argument
@manifest_option
@common
def add(
    sources: tuple[str, ...],
    manifests: tuple[Path, ...],
    record: Path,
    database: str | None,
    config: Path | None,
    as_json: bool,
    **flags: Any,
) -> int:
    """Capture files, folders, standard input (-) or live pages into the record."""
    console = Console(as_json)
    settings = read_settings(config, flags)
    with open_store(record, database, create=True) as store:
        report = _add(store, sources, manifests, settings)
    values, lines = _added(report)
    _warn(console, report.lines)
    console.answer(values, lines)
    return EXIT_PARTIAL if report.lines else EXIT_OK


def _build(
    store: Store, settings: Mapping[str, Any], console: Console, only: Sequence[str] = ()
) -> list[StageReport]:
    from onrecord.pipeline import STAGES, stages_for
    from onrecord.records import KINDS
    from onrecord.run.building import build_record

    stages = stages_for(KINDS[name] for name in only) if only else STAGES
    with Progress(console) as progress:
        return build_record(store, settings, progress, stages)


def _kind(name: str) -> str:
    """The name of an export kind. Raises UsageError for another, with a suggestion."""
    import difflib

    from onrecord.records import KINDS

    if name not in KINDS:
        close = difflib.get_close_matches(name, KINDS, 1)
        raise UsageError(
            f"there is no kind {name!r}",
            why="kinds are " + ", ".join(KINDS),
            do=f"did you mean {close[0]}?" if close else "",
        )
    return name


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


@main.command(cls=Configurable)
@click.option(
    "--only",
    multiple=True,
    metavar="KIND",
    help="Run only the stages that exports of this KIND need (may be given several times).",
)
@common
def build(
    only: tuple[str, ...],
    record: Path,
    database: str | None,
    config: Path | None,
    as_json: bool,
    **flags: Any,
) -> int:
    """Run every stage on what is new since the last build, and only on that."""
    console = Console(as_json)
    settings = read_settings(config, flags)
    kinds = [_kind(name) for name in only]
    with open_store(record, database) as store:
        values, lines, problems = _built(_build(store, settings, console, kinds))
    _warn(console, problems)
    console.answer(values, lines)
    return EXIT_PARTIAL if problems else EXIT_OK


@main.command(name="open", cls=Configurable)
@sources_argument
@manifest_option
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--port", default=8765, show_default=True, help="Port of the web app.")
@common
def open_(
    sources: tuple[str, ...],
    manifests: tuple[Path, ...],
    no_serve: bool,
    port: int,
    record: Path,
    database: str | None,
    config: Path | None,
    as_json: bool,
    **flags: Any,
) -> int:
    """Add, build and serve: the main job in one line."""
    console = Console(as_json)
    settings = read_settings(config, flags)
    with open_store(record, database, create=True) as store:
        report = _add(store, sources, manifests, settings)
        _warn(console, report.lines)
        built, lines, problems = _built(_build(store, settings, console))
        _warn(console, problems)
        values, added = _added(report)
        console.answer(
            {**values, **built, "counts": _counts(store)}, [*added, *lines, *_summary(store)]
        )
        if not no_serve:
            _serve(store, "127.0.0.1", port, console)
    return EXIT_PARTIAL if report.lines or problems else EXIT_OK


def _counts(store: Store) -> dict[str, int]:
    from onrecord.records import KINDS

    return {name: store.count(kind) for name, kind in KINDS.items()}


def _summary(store: Store) -> list[str]:
    return ["  ".join(f"{count} {name}" for name, count in _counts(store).items() if count)]


# --------------------------------------------------------------------------- look


def _serve(store: Store, host: str, port: int, console: Console) -> None:
    import uvicorn

    from onrecord.publish.web import create_app

    console.warn(f"onrecord serves on http://{host}:{port} (stop with Ctrl-C)")
    uvicorn.run(create_app(store), host=host, port=port, log_level="warning", access_log=False)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, help="Port of the web app.")
@common
def serve(
    host: str, port: int, record: Path, database: str | None, config: Path | None, as_json: bool
) -> int:
    """Serve the record as a web app on this machine."""
    with open_store(record, database) as store:
        _serve(store, host, port, Console(as_json))
    return EXIT_OK


@main.command()
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
def dossier(
    output: Path,
    story: str | None,
    full_text: bool,
    record: Path,
    database: str | None,
    config: Path | None,
    as_json: bool,
) -> int:
    """Write one self-contained page of a story."""
    from onrecord.publish.dossier import render
    from onrecord.publish.exports import write
    from onrecord.records import Story

    with open_store(record, database) as store:
        stories = store.all(Story)
        if not stories:
            raise UsageError(
                "there is no story in this record",
                where=str(record),
                do="run `onrecord build` first",
            )
        chosen = story or min(stories, key=lambda s: (-len(s.articles), s.id)).id
        if chosen not in {s.id for s in stories}:
            raise UsageError(
                f"there is no story {chosen}",
                where=str(record),
                do="`onrecord export stories` lists them",
            )
        write(output, [render(store, chosen, full_text=full_text).encode()])
    Console(as_json).answer({"story": chosen, "file": str(output)}, [f"wrote {output}"])
    return EXIT_OK


@main.command()
@click.argument("kind")
@click.option(
    "--format",
    "fmt",
    default="jsonl",
    show_default=True,
    type=click.Choice(["jsonl", "csv", "parquet"]),
    help="File format; parquet is an extra.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (default: standard output).",
)
@common
def export(
    kind: str,
    fmt: str,
    output: Path | None,
    record: Path,
    database: str | None,
    config: Path | None,
    as_json: bool,
) -> int:
    """Export all records of a KIND, ordered by id."""
    from onrecord.publish import exports
    from onrecord.records import KINDS

    _kind(kind)
    with open_store(record, database) as store:
        pieces = exports.export(kind, fmt, store.stream(KINDS[kind]))
        if output is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            exports.write(output, pieces)
            if as_json:
                Console(True).answer({"kind": kind, "file": str(output)}, [])
    return EXIT_OK


@main.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, help="Most passages to show.")
@common
def search(
    query: str, limit: int, record: Path, database: str | None, config: Path | None, as_json: bool
) -> int:
    """Find passages that hold all words of the query; "words in quotes" stay together."""
    from onrecord.records import Article, Version
    from onrecord.text.citing import cite

    console = Console(as_json)
    values, lines = [], []
    with open_store(record, database) as store:
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
    console.answer({"query": query, "found": values}, lines or ["nothing found"])
    return EXIT_OK


@main.command()
@common
def status(record: Path, database: str | None, config: Path | None, as_json: bool) -> int:
    """How many records there are, and what was skipped, failed or could not be used."""
    with open_store(record, database) as store:
        counts, found = _counts(store), store.notices()
    notices = [{"stage": s, "subject": k, "outcome": o, "why": n} for s, k, o, n in found]
    Console(as_json).answer(
        {"counts": counts, "notices": notices},
        [f"{count:7} {name}" for name, count in counts.items()]
        + [f"{o}: {s}: {k}: {n}" for s, k, o, n in found],
    )
    return EXIT_OK


@main.command()
@common
def verify(record: Path, database: str | None, config: Path | None, as_json: bool) -> int:
    """Re-hash and re-decode every capture, resolve every citation again. Exit 3 if one fails."""
    from onrecord.run.verifying import Checked
    from onrecord.run.verifying import verify as check

    console = Console(as_json)
    checked = Checked()
    with open_store(record, database) as store:
        problems = [{"where": p.where, "why": p.why} for p in check(store, checked)]
    _warn(console, (f"{p['where']}: {p['why']}" for p in problems))
    console.answer(
        {"captures": checked.captures, "citations": checked.citations, "problems": problems},
        [
            f"{checked.captures} captures and {checked.citations} citations checked, {len(problems)} problems"
        ],
    )
    return EXIT_DAMAGED if problems else EXIT_OK


@main.command(cls=Configurable)
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--port", default=8765, show_default=True, help="Port of the web app.")
@common
def demo(
    no_serve: bool,
    port: int,
    record: Path,
    database: str | None,
    config: Path | None,
    as_json: bool,
    **flags: Any,
) -> int:
    """Build the bundled sample story in a fresh folder and serve it."""
    import shutil

    from onrecord.publish.demo import story

    console = Console(as_json)
    target = Path("demo-record") if record == Path("record") else record
    if (target / "record.db").exists():
        shutil.rmtree(target)
    settings = read_settings(config, flags)
    with story() as folder, open_store(target, database, create=True) as store:
        shutil.copy(folder / "outlets.toml", target / "outlets.toml")
        report = _add(store, (), (folder / "manifest.csv",), settings)
        _warn(console, report.lines)
        built, lines, problems = _built(_build(store, settings, console))
        _warn(console, problems)
        values, added = _added(report)
        console.answer(
            {**values, **built, "counts": _counts(store), "record": str(target)},
            [*added, *lines, *_summary(store)],
        )
        if not no_serve:
            _serve(store, "127.0.0.1", port, console)
    return EXIT_PARTIAL if report.lines or problems else EXIT_OK


if __name__ == "__main__":
    main()

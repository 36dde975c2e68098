"""The command line. Rooms are imported inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord import __version__
from onrecord.errors import (
    EXIT_DAMAGED,
    EXIT_OK,
    EXIT_PARTIAL,
    EXIT_USAGE,
    OnrecordError,
    UsageError,
)

if TYPE_CHECKING:
    from onrecord.run.adding import AddReport
    from onrecord.run.engine import StageReport
    from onrecord.store.record import Store


class Console:
    """Where answers go: plain lines, or one JSON object with `--json`. Errors go to standard error."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def answer(self, values: Mapping[str, Any], lines: Iterable[str]) -> None:
        """The outcome of a command, in one of the two forms."""
        if self.as_json:
            click.echo(json.dumps(values, ensure_ascii=False))
        else:
            for line in lines:
                click.echo(line)

    def warn(self, line: str) -> None:
        """Something a user should know, beside the answer."""
        click.echo(line, err=True)


class Commands(click.Group):
    """Turns every error that is ours into one line and the contract's exit status."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["standalone_mode"] = False
        as_json = "--json" in (args[0] if args and args[0] is not None else sys.argv[1:])
        try:
            status = super().main(*args, **kwargs)
            code = status if isinstance(status, int) else EXIT_OK
        except OnrecordError as error:
            code = error.exit_status
            _fail(error.line(), code, as_json)
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.ClickException as error:
            code = EXIT_USAGE
            hint = (
                f" (see `{error.ctx.command_path} --help`)"
                if isinstance(error, click.UsageError) and error.ctx
                else ""
            )
            _fail(error.format_message() + hint, code, as_json)
        except (click.Abort, KeyboardInterrupt):
            code = 130
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = EXIT_OK
        sys.exit(code)


def _fail(line: str, code: int, as_json: bool) -> None:
    click.echo(
        json.dumps({"error": line, "exit_status": code}, ensure_ascii=False)
        if as_json
        else f"onrecord: {line}",
        err=True,
    )


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options every command takes."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="Answer in JSON, errors included."),
        click.option(
            "--config",
            type=click.Path(dir_okay=False, path_type=Path),
            envvar="ONRECORD_CONFIG",
            help="Settings file (default: onrecord.toml here, if there is one).",
        ),
        click.option(
            "--database",
            envvar="ONRECORD_DATABASE",
            help="Keep the tables in PostgreSQL: postgresql://…",
        ),
        click.option(
            "--record",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("record"),
            envvar="ONRECORD_RECORD",
            show_default=True,
            help="The record's folder.",
        ),
    ):
        function = decorate(function)
    return function


class Configurable(click.Command):
    """A command with a flag for every setting. They are made when the command runs, not before."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        from onrecord.settings import every

        params = super().get_params(ctx)
        own = {name for p in params for name in p.opts}
        extra = [
            click.Option(
                [setting.flag, setting.key.replace(".", "__")],
                default=None,
                metavar=type(setting.field.default).__name__.upper(),
                help=f"{setting.doc} [default: {setting.field.default}]",
            )
            for setting in every()
            if setting.flag not in own
        ]
        return params + extra


def _settings(config: Path | None, flags: Mapping[str, Any]) -> dict[str, Any]:
    from onrecord import settings

    known = {setting.key: setting for setting in settings.every()}
    typed = {
        name.replace("__", "."): known[name.replace("__", ".")].parse(
            value, known[name.replace("__", ".")].flag
        )
        for name, value in flags.items()
        if value is not None and "__" in name
    }
    if config is None and Path("onrecord.toml").is_file():
        config = Path("onrecord.toml")
    layers = [settings.from_file(config)] if config else []
    return settings.join(*layers, settings.from_environment(os.environ), typed)


def _store(record: Path, database: str | None, *, create: bool = False) -> Store:
    from onrecord.store.record import Store

    return Store(record, database=database, create=create)


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).replace(microsecond=0).isoformat()


def _read_input() -> bytes:
    return sys.stdin.buffer.read()


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
    reports = [add_manifest(store, path) for path in manifests]
    if sources:
        reports.append(add(store, inputs(sources, _read_input, settings["web"], _now)))
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
    settings = _settings(config, flags)
    with _store(record, database, create=True) as store:
        report = _add(store, sources, manifests, settings)
    values, lines = _added(report)
    _warn(console, report.lines)
    console.answer(values, lines)
    return EXIT_PARTIAL if report.lines else EXIT_OK


def _build(store: Store, settings: Mapping[str, Any], console: Console) -> list[StageReport]:
    from onrecord.run.building import build_record

    with _Progress(console) as progress:
        return build_record(store, settings, progress)


class _Progress:
    """A bar on standard error, and only on a terminal."""

    def __init__(self, console: Console) -> None:
        self._show = sys.stderr.isatty() and not console.as_json
        self._bar: Any = None
        self._task: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        if not self._show:
            return lambda stage, done, total: None
        from rich.console import Console as Terminal
        from rich.progress import Progress

        self._bar = Progress(console=Terminal(stderr=True), transient=True)
        self._bar.start()
        return self._update

    def _update(self, stage: str, done: int, total: int) -> None:
        if stage not in self._task and total:
            self._task[stage] = self._bar.add_task(stage, total=total)
        if stage in self._task:
            self._bar.update(self._task[stage], completed=done)

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()


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
@common
def build(
    record: Path, database: str | None, config: Path | None, as_json: bool, **flags: Any
) -> int:
    """Run every stage on what is new since the last build, and only on that."""
    console = Console(as_json)
    settings = _settings(config, flags)
    with _store(record, database) as store:
        values, lines, problems = _built(_build(store, settings, console))
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
    settings = _settings(config, flags)
    with _store(record, database, create=True) as store:
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
    with _store(record, database) as store:
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

    with _store(record, database) as store:
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
    import difflib

    from onrecord.publish import exports
    from onrecord.records import KINDS

    if kind not in KINDS:
        close = difflib.get_close_matches(kind, KINDS, 1)
        raise UsageError(
            f"there is no kind {kind!r}",
            why="kinds are " + ", ".join(KINDS),
            do=f"did you mean {close[0]}?" if close else "",
        )
    with _store(record, database) as store:
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
    with _store(record, database) as store:
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
    with _store(record, database) as store:
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
    with _store(record, database) as store:
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
    from onrecord.publish.demo import manifests as demo_manifests

    console = Console(as_json)
    target = Path("demo-record") if record == Path("record") else record
    if (target / "record.db").exists():
        import shutil

        shutil.rmtree(target)
    settings = _settings(config, flags)
    with demo_manifests() as manifests, _store(target, database, create=True) as store:
        report = _add(store, (), manifests, settings)
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

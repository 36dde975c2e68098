"""What all commands share: answers and errors, the common options, a flag for every setting, progress."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from onrecord.errors import (
    EXIT_OK,
    EXIT_USAGE,
    OnrecordError,
)

if TYPE_CHECKING:
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
            fail(error.line(), code, as_json)
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.ClickException as error:
            code = EXIT_USAGE
            hint = (
                f" (see `{error.ctx.command_path} --help`)"
                if isinstance(error, click.UsageError) and error.ctx
                else ""
            )
            fail(error.format_message() + hint, code, as_json)
        except (click.Abort, KeyboardInterrupt):
            code = 130
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = EXIT_OK
        sys.exit(code)


def fail(line: str, code: int, as_json: bool) -> None:
    click.echo(
        json.dumps({"error": line, "exit_status": code}, ensure_ascii=False)
        if as_json
        else f"onrecord: {line}",
        err=True,
    )


@dataclass(frozen=True)
class Call:
    """One call of a command: the record it is about, its settings, and where its answer goes."""

    record: Path
    database: str | None
    console: Console
    config: Path | None = None
    flags: Mapping[str, Any] = field(default_factory=dict)

    def store(self, *, create: bool = False) -> Store:
        """The record, opened. Raises UsageError if it is not there and is not to be made."""
        from onrecord.store.record import Store

        return Store(self.record, database=self.database, create=create)

    def settings(self) -> dict[str, Any]:
        """Section name -> options, from the file, the environment and the flags of this call."""
        return read_settings(self.config, self.flags)

    def warn(self, lines: Iterable[str]) -> None:
        """Lines a user should know beside the answer; in JSON the answer holds them."""
        if not self.console.as_json:
            for line in lines:
                self.console.warn(line)


def common(function: Callable[..., int]) -> Callable[..., int]:
    """Gives a command the options that every command takes, as one `Call` in front of its own."""

    @functools.wraps(function)
    def called(
        record: Path, database: str | None, config: Path | None, as_json: bool, **given: Any
    ) -> int:
        flags = {name: given.pop(name) for name in list(given) if "__" in name}
        return function(Call(record, database, Console(as_json), config, flags), **given)

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
        called = decorate(called)
    return called


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


def read_settings(config: Path | None, flags: Mapping[str, Any]) -> dict[str, Any]:
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


def now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).replace(microsecond=0).isoformat()


def read_input() -> BinaryIO:
    return sys.stdin.buffer


class Progress:
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

"""Settings: the rooms' options joined, read from four places.

Command line > environment > file (`onrecord.toml`) > default. An option `similarity` of the stage
`stories` is the flag `--stories-similarity`, the variable `ONRECORD_STORIES_SIMILARITY` and the key
`similarity` of the table `[stories]`. An unknown key is an error with a suggestion.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.capture import (
    archives,
    asking,
    contents,
    posting,
    schedule,
    screenshots,
    timestamps,
    web,
)
from onrecord.errors import UsageError
from onrecord.options import option
from onrecord.pipeline import STAGES


@dataclass(frozen=True, slots=True)
class Build:
    """Options of a build as a whole."""

    processes: int = option(1, "Worker processes; the result is the same for any number")
    batch: int = option(32, "Groups committed at once; a killed build resumes behind the last")


@dataclass(frozen=True, slots=True)
class Registry:
    """Files that extend what onrecord knows."""

    outlets: str = option(
        "", "More outlets and agencies: TOML files of the bundled form, separated by `,`"
    )
    offices: str = option(
        "",
        "More offices, who held them when, organisations and places: TOML files of the form of "
        "gazetteer/offices.toml, separated by `,`",
    )
    statements: str = option(
        "", "Weights that `onrecord train statements` wrote, instead of the bundled ones"
    )


@dataclass(frozen=True, slots=True)
class Judging:
    """Options of judgements."""

    author: str = option("", "Your name, as judgements name who decided")


SECTIONS: dict[str, type[Any]] = {
    "build": Build,
    "registry": Registry,
    "capture": contents.Options,
    "web": web.Options,
    "archives": archives.Options,
    "timestamps": timestamps.Options,
    "screenshots": screenshots.Options,
    "watch": schedule.Options,
    "hooks": posting.Options,
    "judging": Judging,
    "adjudication": asking.Options,
    **{stage.name: stage.options for stage in STAGES if dataclasses.fields(stage.options)},
}


@dataclass(frozen=True)
class Setting:
    """One option with all its names."""

    section: str
    field: dataclasses.Field[Any]

    @property
    def key(self) -> str:
        return f"{self.section}.{self.field.name}"

    @property
    def flag(self) -> str:
        return "--" + f"{self.section}-{self.field.name}".replace("_", "-")

    @property
    def variable(self) -> str:
        return f"ONRECORD_{self.section}_{self.field.name}".upper()

    @property
    def doc(self) -> str:
        unit = self.field.metadata.get("unit")
        return f"{self.field.metadata['doc']} ({unit})" if unit else str(self.field.metadata["doc"])

    def parse(self, value: Any, where: str) -> Any:
        """The value in the option's type. Raises UsageError if it does not fit."""
        kind = type(self.field.default)
        if (
            kind is bool
            and isinstance(value, str)
            and value.lower() in ("true", "false", "1", "0", "yes", "no")
        ):
            return value.lower() in ("true", "1", "yes")
        if kind is int and isinstance(value, str) and value.lstrip("-").isdecimal():
            return int(value)
        if type(value) is kind:
            return value
        raise UsageError(
            f"{value!r} does not fit {self.key}", where=where, why=f"it takes a {kind.__name__}"
        )


def every() -> Iterator[Setting]:
    """All settings, in order of the sections."""
    for name, section in SECTIONS.items():
        for field in dataclasses.fields(section):
            yield Setting(name, field)


def from_file(path: Path) -> dict[str, Any]:
    """Keys `section.name` and values of a config file. Raises UsageError for an unknown key."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("cannot read the settings", where=str(path), why=str(error)) from error
    known = {setting.key: setting for setting in every()}
    found: dict[str, Any] = {}
    for section, table in tables.items():
        for name, value in table.items() if isinstance(table, dict) else [("", table)]:
            key = f"{section}.{name}" if name else section
            if key not in known:
                raise _unknown(key, list(known), str(path))
            found[key] = known[key].parse(value, str(path))
    return found


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Keys and values of the environment's ONRECORD_ variables of sections. Raises UsageError for
    an unknown name."""
    known = {setting.variable: setting for setting in every()}
    others = {"ONRECORD_RECORD", "ONRECORD_DATABASE", "ONRECORD_CONFIG"}
    found: dict[str, Any] = {}
    for name, value in environment.items():
        if not name.startswith("ONRECORD_") or name in others:
            continue
        if name.startswith(posting.VARIABLES):
            # A program that a hook runs may call onrecord itself.
            continue
        if name not in known:
            raise _unknown(name, list(known), "environment")
        found[known[name].key] = known[name].parse(value, name)
    return found


def _unknown(key: str, known: list[str], where: str) -> UsageError:
    close = difflib.get_close_matches(key, known, 1)
    return UsageError(
        f"there is no setting {key!r}",
        where=where,
        do=f"did you mean {close[0]}?" if close else "see docs/options.md",
    )


def join(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """Section name -> its options; later layers win over earlier ones."""
    values: dict[str, Any] = {}
    for layer in layers:
        values.update(layer)
    return {
        name: section(
            **{k.partition(".")[2]: v for k, v in values.items() if k.partition(".")[0] == name}
        )
        for name, section in SECTIONS.items()
    }

"""A parameter's way: command line > environment > file > default; a misspelt one is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from onrecord import settings
from onrecord.errors import UsageError


def test_every_setting_can_be_given_in_every_way_and_comes_out_where_it_belongs(
    tmp_path: Path,
) -> None:
    for setting in settings.every():
        default = setting.field.default
        other = (
            (not default)
            if isinstance(default, bool)
            else default + 1
            if isinstance(default, int)
            else "x"
        )
        written = tmp_path / "onrecord.toml"
        literal = str(other).lower() if isinstance(other, bool) else repr(other).replace("'", '"')
        written.write_text(f"[{setting.section}]\n{setting.field.name} = {literal}\n")
        for layer in (
            settings.from_file(written),
            settings.from_environment({setting.variable: str(other)}),
            {setting.key: setting.parse(str(other), "flag")},
        ):
            assert getattr(settings.join(layer)[setting.section], setting.field.name) == other, (
                setting.key
            )


def test_later_layers_win() -> None:
    joined = settings.join({"build.processes": 2, "build.batch": 5}, {"build.processes": 3})
    assert (joined["build"].processes, joined["build"].batch) == (3, 5)
    assert joined["web"] == settings.SECTIONS["web"]()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[build]\nprocessses = 2\n", "did you mean build.processes?"),
        ("[biuld]\nprocesses = 2\n", "did you mean build.processes?"),
        ("[build]\nprocesses = 'two'\n", "does not fit build.processes"),
        ("[web]\nrobots = 1\n", "does not fit web.robots"),
        ("processes = 2\n", "there is no setting"),
        ("not toml", "cannot read the settings"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "onrecord.toml").write_text(text)
    with pytest.raises(UsageError, match=why):
        settings.from_file(tmp_path / "onrecord.toml")


def test_options_hold_no_floats_so_that_their_hash_is_the_same_everywhere() -> None:
    for section in settings.SECTIONS.values():
        for field in dataclasses.fields(section):
            assert isinstance(field.default, int | str | bool) and field.metadata["doc"]
